"""The Early help tab of a record: opening, moves, level, lead, and who sees what."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton, QScrollArea

from caseapp import levels
from caseapp.early_help import episodes, leads
from caseapp.early_help.statuses import ENDED, STATUSES
from caseapp.work import Actor
from tests.desk_fixture import TODAY, DeskAtOnce, add_child, at_work, done
from tests.help_tab import (
    REQUEST,
    agree,
    buttons,
    dialog_of,
    fill,
    form_of,
    hartleys,
    helped,
    move,
    put,
    tab,
    view,
)
from tests.record_screen import button, texts
from tests.test_child_screen import nameless
from ui import theme
from ui.chips import ICONS
from ui.help_status import MissingList, review_words, status_look, where
from ui.people_forms import Found
from ui.record_parts import ElidedLink

__all__ = ["at_work", "hartleys", "helped"]

# Opening


def test_early_help_is_started_for_brothers_and_sisters_together(qtbot, at_work, hartleys):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    assert "No early help yet" in texts(shown)

    button(shown, "Start early help").click()
    dialog = dialog_of(shown)
    fill(dialog.form, route="other_agency", asked_by="Ms Shah", reasons=["anxiety"], level="3")
    assert dialog.form.codes("also") == (str(hartleys.mia),)
    dialog.save_button.click()

    said = texts(shown)
    assert {"EH-1", "Request", "Level 3: Targeted", "Mia Hartley", "Another agency asked"} <= set(said)
    assert view(at_work.sam, hartleys.mia).episode.number == 1


def test_what_is_needed_to_start_is_said_at_its_question(qtbot, at_work, hartleys):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    shown.open_help()
    dialog = dialog_of(shown)

    dialog.save_button.click()

    assert dialog.form.editor("route").problem() == "This is needed."
    assert view(at_work.sam, hartleys.leo).episode is None


def test_who_asked_is_a_question_only_where_somebody_asked(qtbot, at_work, hartleys):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    shown.open_help()
    form = dialog_of(shown).form

    fill(form, route="own_concern")
    assert form.editor("asked_by").isHidden()
    fill(form, route="panel")
    assert not form.editor("asked_by").isHidden()


def test_a_refusal_stands_in_the_dialog_and_nothing_typed_is_lost(qtbot, at_work, hartleys):
    done(at_work.sam, lambda session: episodes.open_episode(session, [hartleys.mia], REQUEST))
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    shown.open_help()
    dialog = dialog_of(shown)
    fill(dialog.form, route="panel")

    dialog.save_button.click()

    assert "Mia Hartley has early help open already" in dialog.said()
    assert dialog.form.text("route") == "panel"
    assert view(at_work.sam, hartleys.leo).episode is None


def test_typed_answers_are_dropped_only_when_asked_twice(qtbot, at_work, hartleys):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    shown.open_help()
    dialog = dialog_of(shown)
    fill(dialog.form, route="panel")

    button(dialog, "Cancel").click()
    assert "Press Cancel again" in dialog.said()
    assert dialog.isVisible()

    button(dialog, "Cancel").click()
    assert not dialog.isVisible()


# The status and its moves


def test_the_top_says_how_it_stands(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)

    said = texts(shown.status_card())

    assert {"EH-1", "Request", "Level 2: Additional", "01/09/2026", "Nobody yet", "No date given"} <= set(
        said
    )
    assert "The family asked, Primary school" in said
    link = next(each for each in shown.findChildren(ElidedLink) if each.whole_text() == "Mia Hartley")
    with qtbot.waitSignal(shown.open_child_tab) as signal:
        link.click()
    assert signal.args == [hartleys.mia, "Early help"]


def test_a_move_takes_brothers_and_sisters_of_the_same_status_along(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)

    button(shown, "Ask for consent").click()
    assert form_of(shown).codes("also") == (str(helped[1]),)
    button(shown.status_card().form(), "Ask for consent").click()

    assert [view(at_work.sam, each).episode.status for each in hartleys] == ["awaiting_consent"] * 2
    assert "Awaiting consent" in texts(shown.status_card())


def test_a_brother_or_sister_whose_box_is_not_ticked_stays_behind(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    button(shown, "Ask for consent").click()
    fill(form_of(shown), also=[])

    button(shown.status_card().form(), "Ask for consent").click()

    stands = [view(at_work.sam, each).episode.status for each in hartleys]
    assert stands == ["awaiting_consent", "draft"]


def test_while_a_form_is_open_it_has_the_one_main_button(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    first = button(shown, "Ask for consent")

    first.click()
    assert first.isHidden()
    button(shown, "Cancel: Ask for consent").click()

    assert not first.isHidden()
    assert shown.status_card().form() is None


def test_after_a_move_there_is_one_main_button(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    for _ in range(2):
        shown.refresh()
    button(shown, "Ask for consent").click()
    button(shown, "Cancel: Ask for consent").click()

    main = [each for each in shown.findChildren(QPushButton) if each.property("primary") and each.isVisible()]
    assert [each.text() for each in main] == ["Ask for consent"]


def test_what_is_missing_is_told_in_place_with_the_way_to_it(qtbot, at_work, hartleys, helped):
    move(at_work.sam, helped, "ask_consent", on=date(2026, 9, 2))
    shown = tab(qtbot, at_work.sam, hartleys.leo)

    button(shown, "Start the assessment").click()

    told = shown.status_card().form()
    assert isinstance(told, MissingList)
    assert "“Start the assessment” is not possible yet" in texts(told)
    assert any("Record who agreed" in text for text in texts(told))
    button(told, "Record a decision").click()
    assert dialog_of(shown).windowTitle() == "Record a decision"


def test_every_thing_that_can_be_missing_leads_to_where_it_is_done(at_work, hartleys, helped):
    without = ("Nobody approves their own", "This is for a team manager", "Early help is open already")
    said = set()
    for status in STATUSES:
        closed_on = date(2026, 1, 5) if status in ENDED else None
        put(at_work.sam, helped[0], status=status, closed_on=closed_on, opened_on=date(2026, 1, 2))
        for each in view(at_work.sam, hartleys.leo).moves:
            said |= set(each.missing)

    assert len(said) >= 11
    assert [each for each in said if not each.startswith(without) and not where(each)[1]] == []


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_an_icon_beside_its_word(status):
    meaning, icon = status_look(status)

    assert theme.meaning(meaning)
    assert icon or ICONS[meaning]


def test_a_reason_that_a_move_needs_is_asked_for(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    decline = next(each for each in view(at_work.sam, hartleys.leo).moves if each.key == "decline")
    shown.status_card().asked.emit(decline)

    button(shown, "The family declined").click()
    assert form_of(shown).editor("reason").problem() == "This is needed."
    fill(form_of(shown), reason="They want no help now", also=[])
    button(shown, "The family declined").click()

    said = texts(shown)
    assert {"Declined", "They want no help now"} <= set(said)
    assert button(shown, "Start early help again").isVisible()


def test_an_ended_spell_is_followed_by_a_new_one_and_folded_away(qtbot, at_work, hartleys, helped):
    move(at_work.sam, helped, "decline", reason="No help wanted")
    shown = tab(qtbot, at_work.sam, hartleys.leo)

    button(shown, "Start early help again").click()
    fill(dialog_of(shown).form, route="panel", also=[])
    dialog_of(shown).save_button.click()

    said = texts(shown)
    assert {"EH-2", "Request"} <= set(said)
    assert any(text.startswith("A return within 12 months") for text in said)
    assert "EH-1" not in said
    button(shown, "Earlier early help (1)").click()
    assert "EH-1" in texts(shown)


def test_level_four_asks_for_the_step_up(qtbot, at_work, hartleys, helped):
    put(at_work.sam, helped[0], level=4)
    shown = tab(qtbot, at_work.sam, hartleys.leo)

    assert any(text.startswith("Level 4: write the step up now") for text in texts(shown))
    with qtbot.waitSignal(shown.start_plan) as started:
        shown._prompt.acted.emit()
    assert started.args == [hartleys.leo, "step-up"]


def test_the_level_of_need_is_changed_with_its_reason(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    button(shown, "Change the level of need").click()
    fill(form_of(shown), level="3", reason="Two more needs")

    button(shown, "Record the level").click()

    said = texts(shown)
    assert said.count("Level 3: Targeted") == 2
    assert "Two more needs" in said
    assert view(at_work.sam, hartleys.mia).episode.level == 2


def test_levels_are_called_what_this_area_calls_them(qtbot, at_work, hartleys, helped):
    boss = DeskAtOnce(
        at_work.store, replace(at_work.sam.actor, roles=frozenset({"practitioner", "administrator"}))
    )
    boss.run(boss, lambda session: levels.rename(session, 2, "Early"), print, purpose="settings")
    shown = tab(qtbot, at_work.sam, hartleys.leo)

    assert "Level 2: Early" in texts(shown.status_card())


def test_a_lead_of_another_agency_is_named_and_hands_over(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    button(shown, "Name the lead practitioner").click()
    form = shown.status_card().form()
    button(form, "Name the lead").click()
    assert any(text.startswith("Choose a worker") or text == "This is needed." for text in texts(form))

    form.picker._choose(Found("Ms Shah", None))
    fill(form.form, agency="Quenby Primary")
    button(form, "Name the lead").click()

    assert "Ms Shah, Quenby Primary" in texts(shown.status_card())
    assert view(at_work.sam, hartleys.mia).leads[0].name == "Ms Shah"
    button(shown, "Change the lead practitioner").click()
    assert "What Ms Shah hands over" in texts(shown.status_card().form())


def test_one_of_our_workers_leads_with_our_agency_filled_in(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    button(shown, "Name the lead practitioner").click()
    form = shown.status_card().form()

    form.picker._choose(Found("Sam Okafor", at_work.sam.actor.worker_id))
    button(form, "Name the lead").click()

    assert "Sam Okafor, Children’s services" in texts(shown.status_card())


def test_the_next_review_says_in_how_many_working_days(at_work, hartleys, helped):
    episode = view(at_work.sam, hartleys.leo).episode

    assert review_words(episode._replace(next_review_on=date(2026, 12, 18)), TODAY) == (
        "18/12/2026, in 19 working days"
    )
    assert review_words(episode._replace(next_review_on=TODAY), TODAY) == "23/11/2026, today"
    assert review_words(episode, TODAY) == "No date given"


# Who sees what, and how it looks


def test_who_may_only_read_is_offered_nothing(qtbot, at_work, hartleys, helped):
    agree(at_work.sam, helped)
    actor: Actor = replace(at_work.sam.actor, roles=frozenset({"reader"}))

    shown = tab(qtbot, DeskAtOnce(at_work.store, actor), hartleys.leo)

    assert "Dana Hartley" in texts(shown)
    offers = {"Record a decision", "More moves", "Ask for consent", "Change the level of need"}
    assert not offers & buttons(shown)


@pytest.mark.parametrize("width", [700, 860, 1182])
def test_long_names_do_not_make_the_page_wider_than_the_window(qtbot, at_work, width):
    long_one = add_child(at_work.sam, "Anastasia-Maximiliana " * 4, "Featherstonehaugh-Cholmondeley")
    other = add_child(at_work.sam, "Wilhelmina " * 6, "Featherstonehaugh-Cholmondeley")
    ids = done(at_work.sam, lambda session: episodes.open_episode(session, [long_one, other], REQUEST))
    agree(at_work.sam, ids, person="Wilhelmina " + "Featherstonehaugh-" * 5, because="Reasons " * 40)
    name = "Bartholomew " * 8
    done(
        at_work.sam,
        lambda session: leads.name_lead(
            session, ids, name=name, agency="The agency of " * 5, from_on=date(2026, 9, 5)
        ),
    )
    shown = tab(qtbot, at_work.sam, long_one, width)

    for area in shown.findChildren(QScrollArea):
        assert area.widget().width() <= area.viewport().width()


def test_every_control_of_page_forms_and_dialogs_has_a_name(qtbot, at_work, hartleys, helped):
    agree(at_work.sam, helped)
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    for ask in (shown._ask_level, shown._ask_lead):
        ask()
        assert nameless(QAccessible.queryAccessibleInterface(shown), []) == []
    for ask in (shown.open_help, shown.open_consent):
        ask()
        assert nameless(QAccessible.queryAccessibleInterface(dialog_of(shown)), []) == []
