"""A school's file on screen: three steps, and the dialogs of the PEP that goes to the school and back."""

import json
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from caseapp import pep_exchange, people, plans
from caseapp.education import records
from caseapp.education.csv_mapping import ATTAINMENT
from tests.desk_fixture import add_child, at_work, done
from tests.record_screen import texts
from tests.test_window import nameless
from ui.school_import import CHECK, COLUMNS, FILE, SchoolImportScreen

__all__ = ["at_work"]

HEADINGS = "Surname,Forename,DOB,Marks so far,Present,Band\n"
AMELIA = "Kowalska,Amelia,04/09/2011,120,112,x\n"


@pytest.fixture
def amelia(at_work):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")

    def begin(session):
        school = people.add_school(session, "Quenby Vale Academy", urn="199001")
        people.start_school(session, child_id, school, date(2024, 9, 3))

    done(at_work.sam, begin)
    return child_id


@pytest.fixture
def screen(qtbot, at_work, amelia):
    made = SchoolImportScreen(at_work.sam)
    qtbot.addWidget(made)
    made.resize(1182, 688)
    with qtbot.waitExposed(made):
        made.show()
    return made


def choose(qtbot, screen, folder, text, kind=""):
    path = folder / "school.csv"
    path.write_text(text, encoding="utf-8")
    line = screen.school.findChild(QLineEdit)
    line.clear()
    qtbot.keyClicks(line, "Quenby")
    screen.school.look()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    screen.file.set_path(path)
    if kind:
        screen.kind.setCurrentIndex(screen.kind.findData(kind))
    screen.go_on()


def set_columns(screen, **columns):
    for name, key in columns.items():
        box = screen.columns().column_box(name.replace("_", " "))
        box.setCurrentIndex(box.findData(key))


def attendance(desk, child_id):
    return done(desk, lambda session: records.view(session, child_id)).attendance


def test_a_file_goes_in_by_three_steps(qtbot, at_work, amelia, screen, tmp_path):
    choose(qtbot, screen, tmp_path, HEADINGS + AMELIA)
    assert screen.step() == COLUMNS
    screen.go_on()
    assert "Choose the column of “School year”, or say it for the whole file." in screen.said()

    set_columns(screen, Marks_so_far="possible")
    screen.columns().whole_form().set_answers({"school_year": "2025/26", "term": "summer"})
    screen.go_on()
    assert screen.step() == CHECK
    assert screen.next_button().text() == "Take in 1 row"
    assert screen.lines.model().index(0, 4).data() == "112 of 120 sessions (93.3 %)"
    assert "Columns not used" in texts(screen)

    with qtbot.waitSignal(screen.taken):
        screen.go_on()
    assert screen.said() == "1 row of 1 child went into the records. 0 rows refused."
    assert not screen.next_button().isEnabled()
    assert "93.3" in str(attendance(at_work.sam, amelia))


def test_the_next_file_of_the_school_is_understood_at_once(qtbot, at_work, screen, tmp_path):
    choose(qtbot, screen, tmp_path, HEADINGS + AMELIA)
    set_columns(screen, Marks_so_far="possible")
    screen.columns().whole_form().set_answers({"school_year": "2025/26", "term": "summer"})
    screen.go_on()
    with qtbot.waitSignal(screen.taken):
        screen.go_on()
    screen.go_back()
    screen.go_back()

    choose(qtbot, screen, tmp_path, HEADINGS + AMELIA)

    assert "as Quenby Vale Academy's last file had them" in screen.said()
    assert screen.columns().column_box("Marks so far").currentData() == "possible"


def test_values_without_a_meaning_are_asked_first(qtbot, screen, tmp_path):
    text = "Surname,Forename,DOB,Subject,Date,Assessment,TA\nKowalska,Amelia,04/09/2011,Maths,10/07/2026,Teacher,EXS\n"
    choose(qtbot, screen, tmp_path, text, ATTAINMENT)

    assert screen.columns().value_box("judgement", "EXS").currentData() == "E"
    box = screen.columns().value_box("framework", "teacher")
    box.setCurrentIndex(box.findData("school"))
    screen.go_on()

    assert screen.lines.model().index(0, 4).data() == "At expected"


def test_refused_rows_stand_with_line_column_and_reason(qtbot, screen, tmp_path):
    choose(qtbot, screen, tmp_path, HEADINGS + AMELIA.replace("112", "many") + AMELIA.replace("Amelia", "Kit"))
    set_columns(screen, Marks_so_far="possible")
    screen.columns().whole_form().set_answers({"school_year": "2025/26", "term": "summer"})
    screen.go_on()

    model = screen.refused.model()
    assert [[model.index(row, column).data() for column in range(3)] for row in range(2)] == [
        ["2", "Present", "“many” is not a whole number from 0 to 9999."],
        ["3", "Surname", "No record that you may see has this name and date of birth."],
    ]
    assert not screen.next_button().isEnabled()


def test_what_is_missing_on_the_first_step_is_said(qtbot, screen, tmp_path):
    screen.go_on()
    assert "Choose a school from the list." in texts(screen)

    choose(qtbot, screen, tmp_path, "")
    assert screen.step() == FILE
    assert "school.csv is refused whole, and nothing was imported. It is empty." in screen.said()


def test_everything_has_a_name(qtbot, screen, tmp_path):
    choose(qtbot, screen, tmp_path, HEADINGS + AMELIA)

    assert nameless(screen) == []
