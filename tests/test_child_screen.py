"""A child's record: its head, its tabs, what is added there, and who may see it."""

import gc
import json
import weakref
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea

from caseapp import children, people, plans, readings, stars
from caseapp.care import care
from caseapp.forms import FORMS
from caseapp.work import NotFound
from db.models import CareLeaverYear, HealthYear
from tests.desk_fixture import (
    TODAY,
    Office,
    add_child,
    add_mother,
    add_note,
    at_work,
    done,
    look_after,
)
from ui import people_forms, theme
from ui.card_columns import CardColumns
from ui.child import ChildScreen
from ui.child_details import DetailsDialog
from ui.child_head import in_a_sentence, then_words
from ui.child_star import StarReadings
from ui.chips import Chip
from ui.parts import LinkButton
from ui.people_forms import EndForm, FamilyForm, SchoolForm, SiblingForm
from ui.picker import Picker
from ui.record_parts import ElidedLink, FilterChip

__all__ = ["at_work"]

SAMPLES = Path(__file__).parent / "sample_answers"


@pytest.fixture
def amelia(at_work: Office):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska", address="14 Mill Lane, Upton", postcode="up1 2ab")
    look_after(at_work.sam, child_id)
    add_mother(at_work.sam, child_id)
    add_note(
        at_work.sam, child_id, date(2026, 11, 2), "A visit.", quote="See Ola every week.", seen_alone=True
    )
    add_note(at_work.sam, child_id, date(2026, 9, 1), "A call about maths.", kind="call")
    return child_id


def opened(qtbot, desk, child_id, tab="", width=1182) -> ChildScreen:
    screen = ChildScreen(desk, child_id, tab)
    qtbot.addWidget(screen)
    screen.resize(width, 688)
    with qtbot.waitExposed(screen):
        screen.show()
    QApplication.processEvents()
    return screen


def texts(widget) -> list[str]:
    QApplication.processEvents()
    found = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    found += [link.whole_text() for link in widget.findChildren(ElidedLink) if link.isVisible()]
    return found + [chip.text() for chip in widget.findChildren(Chip) if chip.isVisible()]


def button(widget, text) -> QPushButton:
    QApplication.processEvents()
    found = [each for each in widget.findChildren(QPushButton) if each.isVisible()]
    return next(each for each in found if text in (each.text(), each.accessibleName()))


def fill(form, **answers) -> None:
    form.set_answers(form.answers() | answers)
    form.changed.emit()


def read_star(desk, child_id, day: str, points: list[int]) -> None:
    """Sign a reading of the star."""
    form = FORMS["star"]
    answers = dict(zip((each.key for each in stars.areas(form)), points, strict=False))
    answers[form.dated_by] = day

    def work(session) -> None:
        revision_id = plans.start(session, child_id, "star")
        view = plans.open_plan(session, revision_id)
        for each in form.fields:
            if each.required and each.key not in answers:
                choices = getattr(each, "options", ())
                answers[each.key] = choices[0][0] if choices else "words"
        plans.sign(session, revision_id, view.version, answers)

    done(desk, work)


# The head


def test_the_head_says_who_it_is(qtbot, at_work, amelia):
    said = texts(opened(qtbot, at_work.sam, amelia))

    assert "Amelia Kowalska" in said
    assert any(text.startswith("15 years 2 months, born 04/09/2011  ·  ref 10001") for text in said)
    assert {"Looked after, section 20", "SEN support", "Care plan: 447 working days late"} <= set(said)
    assert any(text.startswith("then ") for text in said)


def test_alerts_stand_one_by_one_in_the_head(qtbot, at_work, amelia):
    def work(session) -> None:
        details = children.details(session, amelia)
        told = "Severe nut allergy\nNever tell Dad the address"
        children.change_details(session, amelia, details.version, {"alerts": told})

    done(at_work.sam, work)

    said = texts(opened(qtbot, at_work.sam, amelia))

    assert {"Severe nut allergy", "Never tell Dad the address"} <= set(said)


def test_a_title_inside_a_sentence_keeps_its_capitals():
    assert in_a_sentence("PEP for this term") == "PEP for this term"
    assert in_a_sentence("Visit") == "visit"
    assert then_words([]) == ""


def test_a_child_who_was_never_in_care_has_no_care_tabs(qtbot, at_work, amelia):
    other = add_child(at_work.sam, "Ola", "Kowalska", date(2017, 3, 1))

    assert {"Care", "Pathway"} <= set(opened(qtbot, at_work.sam, amelia).tab_names())
    assert not {"Care", "Pathway"} & set(opened(qtbot, at_work.sam, other).tab_names())


def test_control_tab_goes_round_the_tabs(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia)
    screen.activateWindow()

    qtbot.keyClick(screen, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert screen.tab == "Timeline"

    qtbot.keyClick(
        screen, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.keyClick(
        screen, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert screen.tab == "History"


def test_another_teams_record_stays_shut(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.priya, amelia)

    said = texts(screen)
    assert "There is no such record, or you may not see it." in said
    assert not any("Kowalska" in text for text in said)
    assert screen.tab_names() == []


def test_opening_is_recorded_in_the_history(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "History")

    assert "Opened the record" in texts(screen.page())
    screen.page().chips["changes"].click()
    assert "Opened the record" not in texts(screen.page())
    assert "Added a note" in texts(screen.page())


# Overview


def test_the_overview_shows_words_facts_and_next_steps(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia)
    said = texts(screen.page())

    assert {"In Amelia’s words", "“See Ola every week.”", "Visit on 02/11/2026, seen alone"} <= set(said)
    assert "14 Mill Lane, Upton" in said
    with qtbot.waitSignal(screen.start_plan) as started:
        button(screen, "Take the first reading").click()
    assert started.args == [amelia, "star"]


def test_signed_plans_bring_promises_and_open(qtbot, at_work, amelia):
    answers = json.loads((SAMPLES / "pep.json").read_text(encoding="utf-8"))

    def work(session):
        revision_id = plans.start(session, amelia, "pep")
        plans.sign(session, revision_id, plans.open_plan(session, revision_id).version, answers)
        return revision_id

    revision_id = done(at_work.sam, work)
    screen = opened(qtbot, at_work.sam, amelia)
    said = texts(screen.page())
    link = next(each for each in screen.findChildren(ElidedLink) if "Personal Education" in each.whole_text())

    assert "Personal Education Plan, autumn term 2026" in said
    assert "Book the same tutor to the end of May" in said
    with qtbot.waitSignal(screen.open_plan) as signal:
        link.click()
    assert signal.args == [revision_id]


@pytest.mark.parametrize(("width", "columns"), [(1182, 3), (820, 2), (560, 1)])
def test_the_cards_stand_in_as_many_columns_as_fit(qtbot, at_work, amelia, width, columns):
    screen = opened(qtbot, at_work.sam, amelia, width=width)

    assert screen.findChild(CardColumns).column_count() == columns


@pytest.mark.parametrize("tab", ["Overview", "Timeline", "People", "Care", "History", "Outcome Star"])
@pytest.mark.parametrize("width", [860, 1182])
def test_no_page_is_wider_than_the_window(qtbot, at_work, tab, width):
    child_id = add_child(at_work.sam, "Anastasia-Maximiliana " * 4, "Featherstonehaugh-Cholmondeley")
    look_after(at_work.sam, child_id)
    add_mother(at_work.sam, child_id, "Wilhelmina " + "Featherstonehaugh-Cholmondeley-" * 4)
    read_star(at_work.sam, child_id, "2026-02-20", [3] * 10)
    screen = opened(qtbot, at_work.sam, child_id, tab, width)

    for area in screen.page().findChildren(QScrollArea):
        assert area.widget().width() <= area.viewport().width()


# Timeline


def test_the_timeline_is_latest_first_by_month(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Timeline")
    page = screen.page()

    said = [text for text in texts(page) if text in ("November 2026", "September 2026", "June 2026")]
    assert said == ["November 2026", "September 2026", "June 2026"]
    days = [each.on for each in page.shown_entries()]
    assert days == sorted(days, reverse=True)


def test_filters_and_search_narrow_the_timeline(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Timeline")
    page = screen.page()
    chip = next(each for each in page.findChildren(FilterChip) if each.text() == "Notes 2")

    chip.click()
    assert {each.kind for each in page.shown_entries()} == {"Notes"}

    page._search.setText("MATHS")
    qtbot.waitUntil(lambda: "A call about maths." in texts(page) and "A visit." not in texts(page))


def test_a_note_that_is_added_appears_in_the_timeline_and_the_head(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia)
    screen.new_note()
    form = screen.page()._note.form
    fill(
        form,
        words="Seen at school with Mrs Shah.",
        quote="Maths is hard.",
        seen="alone",
        happened_on="2026-11-20",
    )

    button(screen, "Add note").click()

    assert {"Seen at school with Mrs Shah.", "“Maths is hard.”"} <= set(texts(screen.page()))
    screen.show_tab("Overview")
    assert "“Maths is hard.”" in texts(screen.page())


def test_an_empty_note_or_a_day_to_come_is_refused_in_words(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Timeline")
    screen.new_note()
    before = len(screen.page().shown_entries())
    fill(screen.page()._note.form, happened_on="2026-12-24")

    button(screen, "Add note").click()

    said = texts(screen.page())
    assert "This is needed." in said
    assert any("still to come" in text for text in said)
    assert len(screen.page().shown_entries()) == before


def test_an_unfinished_note_waits_while_the_user_looks_elsewhere(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia)
    screen.new_note()
    fill(screen.page()._note.form, words="Half a sentence")
    screen.close()

    again = opened(qtbot, at_work.sam, amelia, "Timeline")

    assert again.page()._note.form.text("words") == "Half a sentence"
    assert again.page()._note.isVisible()


def test_the_chronology_is_handed_to_the_window_as_pdf(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Timeline")

    with qtbot.waitSignal(screen.print_bytes) as printed:
        button(screen, "Print chronology").click()

    title, pdf = printed.args
    assert title == "Chronology, Amelia Kowalska"
    assert bytes(pdf).startswith(b"%PDF")


# People


def open_form(screen, card_text: str):
    button(screen, card_text).click()
    forms = screen.findChildren(people_forms.PeopleForm)
    return next(each for each in forms if not each.isHidden())


def test_a_family_member_is_added_and_ended(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "People")
    form = open_form(screen, "Add a person")
    assert isinstance(form, FamilyForm)
    fill(form.form, given="Jan", family="Kowalski", kind="Father", holds=["pr"])

    button(form, "Add person").click()
    assert {"Jan Kowalski", "parental responsibility"} <= set(texts(screen.page()))

    end = open_form(screen, "End: Jan Kowalski")
    assert isinstance(end, EndForm)
    button(end, "End").click()
    assert any(text.startswith("Father") and "until 23/11/2026" in text for text in texts(screen.page()))


def test_a_person_without_a_name_is_refused_at_the_question(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "People")
    form = open_form(screen, "Add a person")

    button(form, "Add person").click()

    assert texts(form).count("This is needed.") == 2


def test_a_brother_on_file_is_found_linked_and_opened(qtbot, at_work, amelia):
    brother = add_child(at_work.sam, "Kuba", "Kowalski", date(2014, 1, 1))
    screen = opened(qtbot, at_work.sam, amelia, "People")
    form = open_form(screen, "Link a child on file")
    assert isinstance(form, SiblingForm)
    choose(form.picker, "kuba")
    fill(form.form, kind="Brother", back="Sister")

    button(form, "Link").click()

    link = next(each for each in screen.findChildren(ElidedLink) if each.whole_text() == "Kuba Kowalski")
    with qtbot.waitSignal(screen.open_child) as signal:
        link.click()
    assert signal.args == [brother]


def choose(picker: Picker, text: str, place: int = 0) -> None:
    picker._line.setText(text)
    picker.look()
    picker._list.itemClicked.emit(picker._list.item(place))


def test_a_school_that_is_not_known_yet_is_added_as_new(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "People")
    form = open_form(screen, "Add a school")
    assert isinstance(form, SchoolForm)
    button(form, "Add school").click()
    assert any("Choose a school" in text for text in texts(form))

    choose(form.picker, "Upton Academy")
    fill(form.form, teacher="Mrs Shah")
    button(form, "Add school").click()

    assert {"Upton Academy", "Mrs Shah  ·  since 23/11/2026"} <= set(texts(screen.page()))
    assert done(at_work.sam, lambda session: people.schools(session, "upton"))[0].name == "Upton Academy"


def test_a_known_school_is_offered_and_not_doubled(qtbot, at_work, amelia):
    done(at_work.sam, lambda session: people.add_school(session, "Upton Academy", "Secondary", town="Upton"))
    picker = Picker(at_work.sam, "School", people_forms.find_schools, "Add as new:")
    qtbot.addWidget(picker)

    picker._line.setText("upton academy")
    picker.look()

    assert [each.text for each in picker.found()] == ["Upton Academy"]


def test_a_reader_is_offered_nothing_to_write(qtbot, at_work, amelia):
    actor = replace(at_work.sam.actor, roles=frozenset({"reader"}))
    reader = type(at_work.sam)(at_work.store, actor)
    screen = opened(qtbot, reader, amelia, "People")
    words = {each.text() for each in screen.findChildren(LinkButton) if each.isVisible()}

    assert not words & {"Add a person", "Edit details", "End"}


def test_a_manager_gives_the_child_to_another_worker_with_a_reason(qtbot, at_work, amelia):
    actor = replace(at_work.sam.actor, roles=frozenset({"manager"}))
    manager = type(at_work.sam)(at_work.store, actor)
    screen = opened(qtbot, manager, amelia, "People")
    form = open_form(screen, "Change the child’s worker")
    choose(form.picker, "priya")
    button(form, "Change worker").click()
    assert "This is needed." in texts(form)

    fill(form.form, reason="Sam is leaving")
    button(form, "Change worker").click()

    row = done(at_work.priya, lambda session: children.one(session, str(amelia)))
    assert row.worker == "Priya Nair"


# Plans and star


def test_an_empty_kind_offers_its_first_step(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Education")

    with qtbot.waitSignal(screen.start_plan) as started:
        button(screen, "Start the first PEP").click()

    assert started.args == [amelia, "pep"]


def test_an_open_draft_is_gone_on_with(qtbot, at_work, amelia):
    draft = done(at_work.sam, lambda session: plans.start(session, amelia, "pep"))
    screen = opened(qtbot, at_work.sam, amelia, "Education")

    with qtbot.waitSignal(screen.open_plan) as signal:
        button(screen, "Continue the draft").click()

    assert signal.args == [draft]


def test_the_star_shows_readings_with_the_change_since_the_first(qtbot, at_work, amelia):
    for day, points in (("2026-02-20", [3] * 10), ("2026-06-01", [4] * 10), ("2026-11-16", [6] * 10)):
        read_star(at_work.sam, amelia, day, points)
    screen = opened(qtbot, at_work.sam, amelia, "Outcome Star")
    shown = screen.findChild(StarReadings)

    assert shown.chart.scores() == (6,) * 10
    assert texts(shown).count("▲ +3") == 10

    shown.slider.setValue(0)
    assert shown.chart.scores() == (3,) * 10
    assert "The first reading." in texts(shown)

    with qtbot.waitSignal(screen.compare) as compared:
        button(screen, "Compare versions").click()
    assert compared.args == [amelia, "star"]


def test_a_corrected_reading_is_drawn_once(at_work, amelia):
    read_star(at_work.sam, amelia, "2026-02-20", [3] * 10)

    def correct(session) -> None:
        first = plans.versions(session, amelia, "star")[0]
        revision_id = plans.correct(session, first.revision_id, "A slip of the pen")
        view = plans.open_plan(session, revision_id)
        answers = view.answers | {stars.areas(view.form)[0].key: 9}
        plans.sign(session, revision_id, view.version, answers)

    done(at_work.sam, correct)

    told = done(at_work.sam, lambda session: readings.readings(session, amelia))

    assert [scores[0] for _, scores in told.readings] == [9]


# Care


def test_the_care_record_is_in_words(at_work, amelia):
    def work(session) -> None:
        session.add(HealthYear(child_id=amelia, year=2026, sdq_score=12, teeth_check=True, convicted=False))
        session.add(
            CareLeaverYear(child_id=amelia, year=2026, in_touch="YES", activity="F1", accommodation="B1")
        )

    done(at_work.sam, work)

    view = done(at_work.sam, lambda session: care(session, amelia))

    assert view.periods == [(date(2025, 2, 3), None)]
    assert [each.started_on for each in view.episodes] == [date(2025, 9, 1), date(2025, 2, 3)]
    assert view.episodes[0].placement == "Foster placement with other carer, long term"
    assert view.episodes[1].reason_ended == ""
    assert view.reviews[0].participation == "Attends and speaks for self"
    assert view.missing[0].what == "Missing"
    assert ("SDQ score", "12") in view.health[0].items
    assert ("Convicted or cautioned", "No") in view.health[0].items
    assert [label for label, _ in view.leaving[0].items] == ["In touch", "Activity", "Accommodation"]


def test_the_care_record_of_another_team_is_not_there(at_work, amelia):
    with at_work.store.session(at_work.priya.actor) as session, pytest.raises(NotFound):
        care(session, amelia)


def test_the_care_page_shows_episodes_and_reviews(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Care")
    said = texts(screen.page())

    assert "01/09/2025 and goes on" in said
    assert "Attends and speaks for self" in said


# Details


def test_details_are_changed_and_shown_in_the_head(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia)
    button(screen, "Edit details").click()
    dialog = screen.findChild(DetailsDialog)
    fill(dialog.panel.form, family="Nowak", alerts="Severe nut allergy")

    dialog.panel.save_button.click()

    assert {"Amelia Nowak", "Severe nut allergy"} <= set(texts(screen))


def test_details_somebody_else_changed_are_not_overwritten(qtbot, at_work, amelia):
    dialog = DetailsDialog(at_work.sam, amelia)
    qtbot.addWidget(dialog)
    dialog.open()
    fill(dialog.panel.form, phone="07700 900555")

    def somebody_else(session) -> None:
        details = children.details(session, amelia)
        children.change_details(session, amelia, details.version, {"email": "amelia@example.org"})

    done(at_work.sam, somebody_else)
    dialog.panel.save_button.click()
    assert any("What you typed is still here" in text for text in texts(dialog))

    button(dialog, "Load their changes").click()
    assert dialog.panel.form.text("phone") == "07700 900555"
    assert dialog.panel.form.text("email") == "amelia@example.org"
    dialog.panel.save_button.click()
    values = done(at_work.sam, lambda session: children.details(session, amelia)).values
    assert (values["phone"], values["email"]) == ("07700 900555", "amelia@example.org")


# For every tab


def nameless(interface, found: list[str]) -> list[str]:
    roles = {QAccessible.Role.EditableText, QAccessible.Role.Button, QAccessible.Role.ComboBox,
             QAccessible.Role.CheckBox, QAccessible.Role.Table, QAccessible.Role.List}  # fmt: skip
    state = interface.state()
    is_used = interface.role() in roles and state.focusable and not state.invisible
    if is_used and not interface.text(QAccessible.Text.Name):
        found.append(f"{interface.role()} {interface.object()}")
    for place in range(interface.childCount()):
        if (child := interface.child(place)) is not None:
            nameless(child, found)
    return found


def test_every_control_of_every_tab_has_a_name(qtbot, at_work, amelia):
    read_star(at_work.sam, amelia, "2026-02-20", [3] * 10)
    screen = opened(qtbot, at_work.sam, amelia)
    for name in screen.tab_names():
        screen.show_tab(name)
        QApplication.processEvents()
        assert nameless(QAccessible.queryAccessibleInterface(screen), []) == [], name


@pytest.mark.parametrize("name", theme.NAMES)
def test_every_tab_opens_in_every_theme(qtbot, qapp, at_work, amelia, name):
    theme.apply(qapp, name)
    try:
        screen = opened(qtbot, at_work.sam, amelia)
        for tab in screen.tab_names():
            screen.show_tab(tab)
            assert not screen.grab().isNull()
    finally:
        theme.apply(qapp, "light")


def test_a_closed_record_is_let_go(qapp, at_work, amelia):
    screen = ChildScreen(at_work.sam, amelia)
    for name in screen.tab_names():
        screen.show_tab(name)
    gone = weakref.ref(screen)

    screen.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del screen
    gc.collect()

    assert gone() is None


def test_today_is_the_stores_day(at_work):
    assert at_work.sam.today == TODAY
