"""The Early help tab of a record: opening, consent, moves, level, lead, documents, plans of siblings."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton, QScrollArea

from caseapp import levels, people, plans
from caseapp.early_help import consents, episodes, leads, moves, page
from caseapp.early_help.consents import NewConsent
from caseapp.early_help.episodes import NewEpisode
from caseapp.early_help.statuses import ENDED, STATUSES
from caseapp.form import Choice, Is, Text
from caseapp.work import Actor
from db.models import HelpEpisode
from tests.desk_fixture import TODAY, DeskAtOnce, Office, add_child, add_mother, at_work, done
from tests.record_screen import button, texts
from tests.story import lived
from tests.test_child_screen import nameless
from ui import theme
from ui.child_help import HelpPage
from ui.chips import ICONS
from ui.consent_form import deciders
from ui.form_dialog import FormDialog
from ui.help_cards import starts
from ui.help_status import MissingList, review_words, status_look, where
from ui.parts import LinkButton
from ui.people_forms import Found
from ui.plan import PlanScreen
from ui.plan_head import SiblingBar
from ui.record_parts import ElidedLink, FilterChip
from ui.small_form import SmallForm

__all__ = ["at_work"]

REQUEST = NewEpisode(date(2026, 9, 1), "self_request", ("anxiety",), "primary", level=2)
AGREED = NewConsent(
    "Dana Hartley", "parent_pr", "start", ("start", "share"), "given", date(2026, 9, 3), how="paper"
)


class Family(NamedTuple):
    """Two children on file who are brother and sister."""

    leo: UUID
    mia: UUID


@pytest.fixture
def hartleys(at_work: Office) -> Family:
    return lived(at_work, _hartleys)


def _hartleys(at_work: Office) -> Family:
    sam = at_work.sam
    leo = add_child(sam, "Leo", "Hartley", date(2015, 4, 3))
    mia = add_child(sam, "Mia", "Hartley", date(2018, 1, 30))
    add_mother(sam, leo, "Dana Hartley")
    done(sam, lambda session: people.relate(session, leo, mia, "Sister", "Brother", lives_with=True))
    return Family(leo, mia)


@pytest.fixture
def helped(at_work: Office, hartleys: Family) -> list[UUID]:
    return list(lived(at_work, _helped, hartleys))


def _helped(at_work: Office, hartleys: Family) -> list[UUID]:
    return done(at_work.sam, lambda session: episodes.open_episode(session, list(hartleys), REQUEST))


def manager(office: Office) -> DeskAtOnce:
    actor = office.sam.actor
    return DeskAtOnce(office.store, replace(actor, roles=frozenset({"practitioner", "manager"})))


def tab(qtbot, desk, child_id, width=1182) -> HelpPage:
    may_write = desk.may("write").allowed
    shown = HelpPage(desk, child_id, may_write, "Leo Hartley", date(2015, 4, 3))
    qtbot.addWidget(shown)
    shown.resize(width, 560)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def form_of(shown: HelpPage) -> SmallForm:
    return shown.status_card().form().form


def fill(form: SmallForm, **answers) -> None:
    for key, answer in answers.items():
        editor = form.editor(key)
        editor.set_answer(answer)
        editor.edited()


def dialog_of(shown: HelpPage) -> FormDialog:
    return shown.findChildren(FormDialog)[-1]


def buttons(widget) -> set[str]:
    return {each.accessibleName() for each in widget.findChildren(QPushButton) if each.isVisible()}


def view(desk, child_id):
    return done(desk, lambda session: page.page(session, child_id))


def move(desk, episode_ids, *keys, on=TODAY, **more) -> None:
    for each in episode_ids:
        for key in keys:
            done(desk, lambda session, each=each, key=key: moves.make_move(session, each, key, on, **more))


def agree(desk, episode_ids, **more):
    return done(desk, lambda session: consents.add(session, episode_ids, replace(AGREED, **more)))


def put(desk, episode_id, **values) -> None:
    def work(session) -> None:
        episode = session.get_one(HelpEpisode, episode_id)
        for name, value in values.items():
            setattr(episode, name, value)

    done(desk, work)


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


# Consent


def test_a_decision_is_recorded_for_brothers_and_sisters(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    button(shown, "Record a decision").click()
    dialog = dialog_of(shown)
    mother = dialog.form.editor("person").field.options[0][0]
    fill(dialog.form, person=mother)
    assert dialog.form.text("capacity") == "parent_pr"
    fill(dialog.form, decision="limits", how="verbal")
    fill(dialog.form, witness="Ms Shah", allowed="Quenby Primary\nSchool nursing", refused="Housing")

    dialog.save_button.click()

    said = texts(shown)
    assert {"Dana Hartley", "Given with limits", "Not with Housing"} <= set(said)
    assert "May be shared with Quenby Primary and School nursing" in said
    assert "Ask again by 23/11/2027" in said
    assert view(at_work.sam, hartleys.mia).consents[0].person == "Dana Hartley"


def test_what_is_asked_depends_on_the_decision(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    shown.open_consent()
    form = dialog_of(shown).form

    def asked() -> set[str]:
        keys = ("how", "witness", "allowed", "told", "safeguarding", "carries_on", "override_by", "name")
        return {key for key in keys if not form.editor(key).isHidden()}

    assert asked() == set()
    fill(form, decision="given")
    assert asked() == {"how"}
    fill(form, how="verbal")
    assert asked() == {"how", "witness"}
    fill(form, decision="withdrawn")
    assert asked() == {"told", "safeguarding", "carries_on"}
    fill(form, overridden="yes", person="somebody")
    assert asked() == {"told", "safeguarding", "carries_on", "override_by", "name"}


def test_the_child_decides_as_a_child_and_from_sixteen_as_a_young_person(at_work, hartleys):
    family = done(at_work.sam, lambda session: people.people(session, hartleys.leo)).family

    assert deciders("Leo", 11, family)[-1] == ("child", "Leo", "child")
    assert deciders("Leo", 16, family)[-1] == ("child", "Leo", "young_person")
    assert [name for _, name, _ in deciders("Leo", 11, family)] == ["Dana Hartley", "Leo"]


def test_a_withdrawal_is_seen_at_once(qtbot, at_work, hartleys, helped):
    agree(at_work.sam, helped)
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    shown.open_consent()
    form = dialog_of(shown).form
    mother = form.editor("person").field.options[0][0]
    fill(
        form, person=mother, decision="withdrawn", because="Too many meetings", told="All agencies, by phone"
    )
    fill(form, safeguarding="None known", carries_on="School does, with her agreement", also=[])

    dialog_of(shown).save_button.click()

    said = texts(shown)
    assert {"Consent withdrawn", "Withdrawn", "Because: Too many meetings"} <= set(said)
    assert view(at_work.sam, hartleys.mia).episode.status == "draft"


def test_the_latest_decision_stands_and_earlier_ones_are_folded(qtbot, at_work, hartleys, helped):
    agree(at_work.sam, helped[:1], happened_on=date(2026, 9, 2))
    agree(at_work.sam, helped[:1], decision="refused", how="", because="Not now")
    shown = tab(qtbot, at_work.sam, hartleys.leo)

    said = texts(shown)
    assert "Refused" in said
    assert "Given" not in said
    button(shown, "Earlier decisions (1)").click()
    assert "Given" in texts(shown)


def test_consent_to_be_asked_again_stands_out(qtbot, at_work, hartleys, helped):
    agree(at_work.sam, helped[:1], review_on=date(2026, 11, 2))

    assert "Ask again, due 02/11/2026" in texts(tab(qtbot, at_work.sam, hartleys.leo))


def test_an_override_says_who_decided_and_why(qtbot, at_work, hartleys, helped):
    agree(
        at_work.sam, helped[:1], decision="refused", how="", overridden=True,
        override_because="A child is at risk", override_by="Max North",
    )  # fmt: skip

    said = texts(tab(qtbot, at_work.sam, hartleys.leo))

    assert {"Refused", "Overridden"} <= set(said)
    assert "Gone ahead to keep somebody safe, decided by Max North: A child is at risk" in said


def test_a_question_that_is_not_asked_counts_for_nothing(qtbot):
    fields = (
        Choice("sure", "Sure?", options=(("yes", "Yes"), ("no", "No"))),
        Text("why", "Why?", when=Is("sure", "no")),
    )
    form = SmallForm(fields, TODAY, ("why",))
    qtbot.addWidget(form)
    fill(form, sure="no", why="Because")
    assert form.answers() == {"sure": "no", "why": "Because"}

    fill(form, sure="yes")

    assert form.answers() == {"sure": "yes", "why": None}
    assert form.text("why") == ""
    assert form.check()


# Documents


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        ("draft", {"young-carer", "step-up"}),
        ("in_assessment", {"taf", "young-carer", "step-up"}),
        ("plan_active", {"taf", "young-carer", "step-up"}),
        ("closing", {"taf", "young-carer", "step-up", "early-help-closing"}),
        ("consent_withdrawn", set()),
        ("closed", set()),
    ],
)
def test_only_documents_that_make_sense_now_are_offered(at_work, hartleys, helped, status, kinds):
    episode = view(at_work.sam, hartleys.leo).episode._replace(status=status)

    assert {kind for kind, _ in starts(episode, [])} == kinds


def test_a_step_down_is_offered_to_a_family_that_came_from_social_care(at_work, hartleys):
    new = replace(REQUEST, route="step_down")
    done(at_work.sam, lambda session: episodes.open_episode(session, [hartleys.leo], new))

    assert "step-down" in dict(starts(view(at_work.sam, hartleys.leo).episode, []))


def test_documents_are_begun_opened_and_gone_on_with(qtbot, at_work, hartleys, helped):
    put(at_work.sam, helped[0], status="plan_active")
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    with qtbot.waitSignal(shown.start_plan) as started:
        button(shown, "Plan a family meeting").click()
    assert started.args == [hartleys.leo, "taf"]

    draft = done(at_work.sam, lambda session: plans.start(session, hartleys.leo, "taf"))
    shown.refresh()

    assert "Plan a family meeting" not in buttons(shown)
    link = next(
        each for each in shown.findChildren(ElidedLink) if "Team around the family" in each.whole_text()
    )
    with qtbot.waitSignal(shown.open_plan) as signal:
        link.click()
    assert signal.args == [draft]


def test_an_assessment_signed_before_there_were_episodes_is_still_shown(qtbot, at_work, hartleys):
    done(at_work.sam, lambda session: plans.start(session, hartleys.leo, "early-help"))

    said = texts(tab(qtbot, at_work.sam, hartleys.leo))

    assert {"No early help yet", "Assessment"} <= set(said)


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


# Plans of brothers and sisters


def both_parts(office, hartleys) -> tuple[UUID, UUID]:
    def work(session) -> tuple[UUID, UUID]:
        leos = plans.start(session, hartleys.leo, "taf")
        return leos, plans.start(session, hartleys.mia, "taf")

    return done(office.sam, work)


def parts_of(screen) -> list[FilterChip]:
    """Return the chips of the bar that leads to brothers' and sisters' parts."""
    bar = screen.findChild(SiblingBar)
    return [each for each in bar.findChildren(FilterChip) if each.isVisible()]


def test_a_shared_plan_leads_to_the_part_of_the_sister(qtbot, at_work, hartleys, helped):
    leos, mias = both_parts(at_work, hartleys)
    screen = PlanScreen(at_work.sam, leos)
    qtbot.addWidget(screen)
    screen.show()

    chips = parts_of(screen)
    assert [(each.text(), each.isChecked()) for each in chips] == [("Leo", True), ("Mia", False)]
    assert "Common parts are typed once and stand in both." in texts(screen)
    with qtbot.waitSignal(screen.open_sibling) as signal:
        chips[1].click()
    assert signal.args == [mias]


def test_keys_step_through_the_parts_and_stop_at_the_ends(qtbot, at_work, hartleys, helped):
    leos, mias = both_parts(at_work, hartleys)
    screen = PlanScreen(at_work.sam, mias)
    qtbot.addWidget(screen)

    assert not screen.to_sibling(1)
    with qtbot.waitSignal(screen.open_sibling) as signal:
        assert screen.to_sibling(-1)
    assert signal.args == [leos]


def test_a_plan_of_one_child_has_no_such_bar(qtbot, at_work, hartleys):
    revision_id = done(at_work.sam, lambda session: plans.start(session, hartleys.leo, "early-help"))
    screen = PlanScreen(at_work.sam, revision_id)
    qtbot.addWidget(screen)
    screen.show()

    assert not parts_of(screen)
    assert not screen.to_sibling(1)


def test_each_paper_shows_its_pages(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    for title in ("The plan", "The plan, the family’s copy", "The chronology of this early help"):
        with qtbot.waitSignal(shown.print_bytes) as told:
            next(each for each in shown.findChildren(LinkButton) if each.text() == title).click()
        assert told.args[0] == title
        assert told.args[1].startswith(b"%PDF")
