"""The Education tab: what is shown of schooling; how rows are added, changed and taken off."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from caseapp import people
from caseapp.dates import Due
from caseapp.education import records
from caseapp.education.records import (
    NewAttainment,
    NewAttendance,
    NewProvision,
    NewSchooling,
    NewSuspension,
    NewTimetable,
)
from tests.desk_fixture import Office, add_child, at_work, done, look_after
from tests.record_screen import button, dialog, fill, texts, tool
from tests.story import lived
from ui import theme
from ui.child_education import EducationPage
from ui.education_cards import _next_chip
from ui.education_charts import JudgementCell, ShareBar
from ui.form_dialog import FormDialog
from ui.picker import Found

__all__ = ["at_work"]

TODAY = date(2026, 11, 23)


@pytest.fixture
def amelia(at_work: Office):
    return lived(at_work, _amelia)


def _amelia(at_work: Office):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    look_after(at_work.sam, child_id)
    return child_id


def school(desk, name="Quenby Vale Academy"):
    return done(desk, lambda session: people.add_school(session, name, "secondary"))


def write(desk, child_id, *rows):
    def work(session):
        for new in rows:
            add = records.add_schooling if isinstance(new, NewSchooling) else records.add
            add(session, child_id, new)

    done(desk, work)


@pytest.fixture
def schooled(at_work: Office, amelia):
    """A child with something in every card."""
    return lived(at_work, _schooled, amelia)


def _schooled(at_work: Office, amelia):
    desk = at_work.sam
    now, before = school(desk), school(desk, "Upton Park School")
    write(
        desk,
        amelia,
        NewSchooling(before, date(2016, 9, 5), date(2026, 3, 31), "Mrs Shah", "Placement moved"),
        NewSchooling(now, date(2026, 4, 20), None, "Mr Vaughan"),
        NewAttendance(before, 2025, "spring", 100, 45),
        NewAttendance(now, 2026, "autumn", 100, 88),
        NewSuspension(now, date(2026, 11, 2), 3, date(2026, 11, 3), ("DB",)),
        NewTimetable(now, date(2026, 9, 3), date(2026, 12, 1), 750, 1500, "A slow return"),
        NewProvision("Forest Farm", date(2026, 9, 3), False),
        NewAttainment("Reading", date(2026, 2, 2), "school", judgement="WB", baseline=True),
        NewAttainment("Reading", date(2026, 6, 1), "school", judgement="B"),
        NewAttainment("Reading", date(2026, 11, 2), "school", judgement="E", result="5"),
    )
    return amelia


def shown(qtbot, desk, child_id, may_write=True) -> EducationPage:
    page = EducationPage(desk, child_id, may_write)
    qtbot.addWidget(page)
    page.resize(1182, 1600)
    with qtbot.waitExposed(page):
        page.show()
    QApplication.processEvents()
    return page


def view(desk, child_id):
    return done(desk, lambda session: records.view(session, child_id))


def test_an_empty_page_says_so_in_each_card_and_offers_a_school_first(qtbot, at_work, amelia):
    page = shown(qtbot, at_work.sam, amelia)

    said = " ".join(texts(page))
    assert "No attendance on record yet." in said
    assert "Nothing assessed yet." in said
    assert "No plan yet." in said
    assert said.count("None on record.") == 2
    assert "Add a term" not in [each.text() for each in page.findChildren(QAbstractButton)]
    assert button(page, "Add a school")
    assert button(page, "Add a subject")


def test_the_top_says_where_the_child_is_at_school_and_what_is_due(qtbot, at_work, schooled):
    said = texts(shown(qtbot, at_work.sam, schooled))

    assert {"Quenby Vale Academy", "Mr Vaughan", "Year 10", "KS4", "SEN support"} <= set(said)
    assert any("was due" in text for text in said)


def test_the_line_of_schools_shows_the_gap_between_two(qtbot, at_work, schooled):
    said = texts(shown(qtbot, at_work.sam, schooled))

    assert "No school on record 01/04/2026–19/04/2026" in said
    assert "05/09/2016 to 31/03/2026, Mrs Shah, Placement moved" in said
    assert "1 move in the last 12 months" in said


def test_each_term_has_a_bar_with_its_figure_and_flag_as_words(qtbot, at_work, schooled):
    page = shown(qtbot, at_work.sam, schooled)

    assert [each.accessibleName() for each in page.findChildren(ShareBar)][:2] == [
        "Autumn term 2026: 88.0 %",
        "Spring term 2026: 45.0 %",
    ]
    assert {"88.0 %", "45.0 %", "Persistent", "Severe", "2026/27: 88.0 %"} <= set(texts(page))


def test_suspensions_stand_against_the_days_that_are_lawful(qtbot, at_work, schooled):
    said = texts(shown(qtbot, at_work.sam, schooled))

    assert "1½ days of 45 this school year, 1½ days this term" in said
    assert {"1½ days, 02/11/2026 to 03/11/2026", "Persistent disruptive behaviour"} <= set(said)
    assert "Virtual school not told yet" in said


def test_over_the_limit_the_page_says_so(qtbot, at_work, schooled):
    now = view(at_work.sam, schooled).school_now.given.school_id
    write(at_work.sam, schooled, NewSuspension(now, date(2026, 9, 3), 90))

    said = " ".join(texts(shown(qtbot, at_work.sam, schooled)))
    assert "46½ days this school year, over the legal limit of 45 days" in said


def test_a_long_timetable_and_an_unregistered_provider_are_called_out(qtbot, at_work, schooled):
    said = texts(shown(qtbot, at_work.sam, schooled))

    assert "12½ hours of 25 hours a week, 03/09/2026 to 01/12/2026" in said
    assert {"Open for 11 weeks; six are the most to plan for", "Provider not registered"} <= set(said)


def test_the_grid_says_each_judgement_in_words_with_its_trend(qtbot, at_work, schooled):
    page = shown(qtbot, at_work.sam, schooled)

    cells = page.findChildren(JudgementCell)
    assert [each.text_lines() for each in cells] == [
        ("Well below expected", ""),
        ("Below expected", ""),
        ("At expected", "5"),
    ]
    assert cells[2].accessibleName() == (
        "Reading, Autumn term 2026: At expected, result 5, better than the term before, "
        "better than the starting point"
    )


def test_earlier_terms_are_stepped_to(qtbot, at_work, amelia):
    days = [date(year, month, 2) for year in (2024, 2025) for month in (2, 6, 11)] + [date(2026, 2, 2)]
    write(at_work.sam, amelia, *(NewAttainment("Maths", day, "school", judgement="E") for day in days))
    page = shown(qtbot, at_work.sam, amelia)
    assert "Spring 2024" not in texts(page)

    button(page, "Earlier terms").click()

    assert {"Spring 2024", "Autumn 2025"} - set(texts(page)) == {"Autumn 2025"}
    button(page, "Later terms").click()
    assert "Spring 2026" in texts(page)


def test_all_terms_of_attendance_are_shown_when_asked(qtbot, at_work, schooled):
    now = view(at_work.sam, schooled).school_now.given.school_id
    terms = [(year, term) for year in (2023, 2024) for term in ("autumn", "spring", "summer")]
    write(at_work.sam, schooled, *(NewAttendance(now, *each, 100, 99) for each in terms))
    page = shown(qtbot, at_work.sam, schooled)
    assert "Autumn 2023" not in texts(page)

    button(page, "Show all 8 terms").click()

    assert "Autumn 2023" in texts(page)


def test_a_school_is_added_from_the_list_of_schools(qtbot, at_work, amelia):
    page = shown(qtbot, at_work.sam, amelia)
    button(page, "Add a school").click()
    asked = dialog(page)
    fill(asked.form, from_on="2025-09-03", designated_teacher="Mrs Shah")
    asked.save_button.click()
    assert "Choose a school from the list, or “Add as new”." in texts(asked)

    asked.picker._choose(Found("Weir Row School", None, "Add as new:"))
    asked.save_button.click()

    now = view(at_work.sam, amelia).school_now
    assert (now.name, now.from_on, now.designated_teacher) == (
        "Weir Row School",
        date(2025, 9, 3),
        "Mrs Shah",
    )
    assert "Weir Row School" in texts(page)


def test_a_term_is_typed_and_what_cannot_be_is_said_in_the_dialog(qtbot, at_work, schooled):
    page = shown(qtbot, at_work.sam, schooled)
    button(page, "Add a term").click()
    asked = dialog(page)
    assert asked.form.answers()["term"] == "autumn"
    fill(asked.form, term="summer", year="2025", possible=60, attended=61)
    asked.save_button.click()
    assert "cannot be attended" in asked.said()

    fill(asked.form, attended=57)
    asked.save_button.click()

    row = next(each for each in view(at_work.sam, schooled).attendance if each.term == "Summer term 2026")
    assert (row.school, str(row.percent)) == ("Quenby Vale Academy", "95.0")
    assert "95.0 %" in texts(page)


def test_a_suspension_is_added_with_its_reasons(qtbot, at_work, schooled):
    page = shown(qtbot, at_work.sam, schooled)
    button(page, "Add one").click()
    asked = dialog(page)
    fill(asked.form, started_on="2026-10-05", ended_on="2026-10-05", sessions=1, reasons=["PP", "BU"])

    with qtbot.waitSignal(page.changed):
        asked.save_button.click()

    row = view(at_work.sam, schooled).suspensions.rows[1]
    assert (row.title, row.given.reasons) == ("Half a day, 05/10/2026", ("PP", "BU"))


def test_a_row_is_changed_from_its_pencil_with_what_it_holds(qtbot, at_work, schooled):
    page = shown(qtbot, at_work.sam, schooled)
    tool(page, "Change the timetable").click()
    asked = dialog(page)
    assert asked.form.answers()["hours"] == "12.5"
    fill(asked.form, ended_on="2026-11-20")

    asked.save_button.click()

    row = view(at_work.sam, schooled).timetables[0]
    assert (row.is_open, row.given.minutes, row.given.reason) == (False, 750, "A slow return")


def test_a_cell_of_the_grid_opens_with_the_keyboard(qtbot, at_work, schooled):
    page = shown(qtbot, at_work.sam, schooled)
    cell = page.findChildren(JudgementCell)[2]
    cell.setFocus()
    qtbot.keyClick(cell, Qt.Key.Key_Space)
    asked = dialog(page)
    fill(asked.form, judgement="GD")

    asked.save_button.click()

    assert view(at_work.sam, schooled).attainment.subjects[0].cells[1].judgement == "GD"


def test_a_row_entered_by_mistake_is_taken_off_with_a_reason(qtbot, at_work, schooled):
    page = shown(qtbot, at_work.sam, schooled)
    tool(page, "Change 1½ days").click()
    asked = dialog(page)
    fill(asked.form, wrong=["yes"])
    asked.save_button.click()
    assert "Say why" in asked.said()

    fill(asked.form, wrong_because="It was another child")
    asked.save_button.click()

    assert view(at_work.sam, schooled).suspensions.rows == []


def test_a_row_that_somebody_else_changed_is_not_overwritten(qtbot, at_work, schooled):
    page = shown(qtbot, at_work.sam, schooled)
    tool(page, "Change the attendance of Autumn").click()
    asked = dialog(page)
    row = view(at_work.sam, schooled).attendance[-1]
    new = NewAttendance(row.given.school_id, 2026, "autumn", 100, 99)
    done(at_work.sam, lambda session: records.change(session, row.id, row.version, new))

    fill(asked.form, attended=90)
    asked.save_button.click()

    assert "Somebody else changed this row" in asked.said()
    assert view(at_work.sam, schooled).attendance[-1].given.attended == 99


def test_the_next_pep_is_as_urgent_on_this_tab_as_everywhere():
    due = Due(
        UUID(int=0), "Amelia", 1, "P3", "PEP, autumn term", date(2026, 9, 1), date(2026, 12, 31), -1,
        "overdue", "none yet this term", "", "", (),
    )  # fmt: skip

    late = _next_chip(due, TODAY)
    past = _next_chip(due._replace(due_on=date(2026, 11, 20), words="1 working day late"), TODAY)
    ahead = _next_chip(due._replace(state="on_track", words="in 26 working days"), TODAY)

    assert late.text() == "PEP, autumn term, none yet this term, due 31/12/2026"
    assert past.text() == "PEP, autumn term, was due 20/11/2026"
    assert ahead.text() == "PEP, autumn term, due 31/12/2026"
    assert [each._meaning for each in (late, past, ahead)] == ["overdue", "overdue", "on_track"]


def test_the_year_group_is_changed_with_a_reason(qtbot, at_work, schooled):
    page = shown(qtbot, at_work.sam, schooled)
    tool(page, "Change the year group").click()
    asked = dialog(page)
    fill(asked.form, group="9", reason="Held back after a long illness")

    asked.save_button.click()

    assert "Year 9 (Year 10 by age)" in texts(page)
    assert "Year group other than by age: Held back after a long illness" in texts(page)


def test_a_reader_sees_all_and_changes_nothing(qtbot, at_work, schooled):
    page = shown(qtbot, at_work.sam, schooled, may_write=False)

    assert "Quenby Vale Academy" in texts(page)
    names = [each.accessibleName() for each in page.findChildren(QAbstractButton) if each.isVisible()]
    assert not [name for name in names if name.startswith(("Add", "Change", "Start"))]
    page.findChildren(JudgementCell)[0].click()
    assert not page.findChildren(FormDialog)


def test_plans_are_begun_from_the_top_and_listed_below(qtbot, at_work, schooled):
    page = shown(qtbot, at_work.sam, schooled)

    with qtbot.waitSignal(page.start_plan) as asked:
        button(page, "Start the first PEP").click()

    assert asked.args == [schooled, "pep"]


def test_every_control_has_a_name_in_both_themes(qtbot, at_work, schooled):
    for name in ("light", "dark", "contrast"):
        theme.apply(QApplication.instance(), name)
        page = shown(qtbot, at_work.sam, schooled)
        controls = [
            each for each in page.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        assert controls
        assert [each for each in controls if each.isVisible() and not each.accessibleName()] == []
        assert not page.grab().isNull()
    theme.apply(QApplication.instance(), "light")
