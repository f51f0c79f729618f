"""A school's file on screen: three steps, and the dialogs of the PEP that goes to the school and back."""

import json
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from caseapp import people, pep_exchange, plan_reading, plans
from caseapp.education import records
from caseapp.education.csv_mapping import ATTAINMENT
from tests.desk_fixture import add_child, at_work, done
from tests.record_screen import texts
from tests.test_window import nameless
from ui.pep_exchange import SendToSchool, TakeInSchoolFile
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
    row = "Kowalska,Amelia,04/09/2011,Maths,10/07/2026,Teacher,EXS\n"
    text = f"Surname,Forename,DOB,Subject,Date,Assessment,TA\n{row}"
    choose(qtbot, screen, tmp_path, text, ATTAINMENT)

    assert screen.columns().value_box("judgement", "EXS").currentData() == "E"
    box = screen.columns().value_box("framework", "teacher")
    box.setCurrentIndex(box.findData("school"))
    screen.go_on()

    assert screen.lines.model().index(0, 4).data() == "At expected"


def test_refused_rows_stand_with_line_column_and_reason(qtbot, screen, tmp_path):
    choose(
        qtbot, screen, tmp_path, HEADINGS + AMELIA.replace("112", "many") + AMELIA.replace("Amelia", "Kit")
    )
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


# The PEP to the school and back


@pytest.fixture
def draft(at_work, amelia):
    return done(at_work.sam, lambda session: plans.start(session, amelia, "pep"))


def dialog(qtbot, made):
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.open()
    return made


def change(desk, draft, **answers):
    def work(session):
        view = plan_reading.open_plan(session, draft)
        plans.save(session, draft, view.version, view.answers | answers)

    done(desk, work)


def sent(desk, draft, path, **answers):
    document = json.loads(done(desk, lambda session: pep_exchange.export_pep(session, draft)))
    for section in document["sections"]:
        for asked in section["questions"]:
            if asked["key"] in answers:
                asked["answer"] = answers[asked["key"]]
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_a_plan_is_saved_for_the_school(qtbot, at_work, draft, tmp_path):
    change(at_work.sam, draft, nhs_number="999 012 3454")
    made = dialog(qtbot, SendToSchool(at_work.sam, draft))
    assert "The school fills in" in texts(made)
    assert any("NHS number" in each for each in texts(made))

    made.file.set_path(tmp_path / "pep.json")
    with qtbot.waitSignal(made.sent):
        made.save()

    assert "is not encrypted" in made.said()
    assert "999 012 3454" not in (tmp_path / "pep.json").read_text(encoding="utf-8")


def test_no_file_is_written_over(qtbot, at_work, draft, tmp_path):
    path = tmp_path / "pep.json"
    path.write_text("mine")
    made = dialog(qtbot, SendToSchool(at_work.sam, draft))
    made.file.set_path(path)

    made.save()

    assert path.read_text() == "mine"
    assert "is there already" in made.said()


def test_what_the_school_wrote_is_shown_then_taken(qtbot, at_work, amelia, draft, tmp_path):
    path = sent(at_work.sam, draft, tmp_path / "pep.json", exam_access="More time", sen_status="Z")
    made = dialog(qtbot, TakeInSchoolFile(at_work.sam, amelia))
    made.file.set_path(path)

    made.look()
    assert {"Exam access arrangements", "More time", "“Z” is not one of the answers on offer."} <= set(
        texts(made)
    )
    with qtbot.waitSignal(made.taken):
        made.take()

    assert made.said() == "1 answer taken into Personal Education Plan, autumn term 2026, version 1."
    view = done(at_work.sam, lambda session: plan_reading.open_plan(session, draft))
    assert view.answers["exam_access"] == "More time"


@pytest.mark.parametrize(("decided", "now"), [("", "Ours"), ("theirs", "School"), ("both", "Ours\n\nSchool")])
def test_what_both_answered_is_decided_on_screen(qtbot, at_work, amelia, draft, tmp_path, decided, now):
    path = sent(at_work.sam, draft, tmp_path / "pep.json", exam_access="School")
    change(at_work.sam, draft, exam_access="Ours")
    made = dialog(qtbot, TakeInSchoolFile(at_work.sam, amelia))
    made.file.set_path(path)
    made.look()

    (card,) = made.differences
    card.decide(decided)
    made.take()

    view = done(at_work.sam, lambda session: plan_reading.open_plan(session, draft))
    assert view.answers["exam_access"] == now


def test_another_childs_file_is_refused_in_words(qtbot, at_work, draft, tmp_path):
    other = add_child(at_work.sam, "Kit", "Moran")
    path = sent(at_work.sam, draft, tmp_path / "pep.json")
    made = dialog(qtbot, TakeInSchoolFile(at_work.sam, other))
    made.file.set_path(path)

    made.look()

    assert "about another child" in made.said()
    assert not made.go_button.isEnabled()


def test_every_part_of_the_dialogs_has_a_name(qtbot, at_work, amelia, draft, tmp_path):
    path = sent(at_work.sam, draft, tmp_path / "pep.json", exam_access="School")
    change(at_work.sam, draft, exam_access="Ours")
    back = dialog(qtbot, TakeInSchoolFile(at_work.sam, amelia))
    back.file.set_path(path)
    back.look()

    assert nameless(back) == []
    assert nameless(dialog(qtbot, SendToSchool(at_work.sam, draft))) == []
