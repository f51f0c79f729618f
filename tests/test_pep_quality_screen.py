"""Quality assurance on screen: the check of one plan, the line above it, the plans that wait, the setting."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton, QWidget

from caseapp import pep_quality
from caseapp.education import pep_cycle
from caseapp.education.qa_schemes import CRITERIA, SECTIONS, Check, Review
from caseapp.forms import FORMS
from caseapp.work import Actor
from db.models import Document, Revision, Worker
from db.moments import new_id
from tests.desk_fixture import TODAY, DeskAtOnce, Office, add_child, at_work, done
from tests.record_screen import button, texts
from tests.test_child_screen import nameless
from ui import theme
from ui.pep_chips import came_back, grade_look, state_chip
from ui.pep_quality import QualityBar, QualityDialog
from ui.pep_queue import QualityQueue

__all__ = ["at_work"]

MET = date(2026, 11, 5)
GREEN = Review({part.code: "green" for part in SECTIONS}, {part.code: Check("yes") for part in CRITERIA})
RED = replace(GREEN, grades=GREEN.grades | {"targets": "red"}, words="Give each target a date.")


class Desks(NamedTuple):
    """Sam, who signs, Max, who checks, and Amy, who sets how."""

    sam: DeskAtOnce
    max: DeskAtOnce
    amy: DeskAtOnce


@pytest.fixture
def desks(at_work: Office) -> Desks:
    sam = at_work.sam
    office = Actor(new_id(), "Setup", None, frozenset({"administrator"}))

    def hire(session) -> UUID:
        worker = Worker(
            name="Max North", sort_name="max north", team_id=sam.actor.team_id, job="Virtual school"
        )
        session.add(worker)
        session.flush()
        return worker.id

    with at_work.store.session(office, purpose="users") as session:
        worker_id = hire(session)
    manager = replace(sam.actor, worker_id=worker_id, name="Max North", roles=frozenset({"manager"}))
    admin = replace(sam.actor, roles=frozenset({"administrator"}))
    return Desks(sam, DeskAtOnce(at_work.store, manager), DeskAtOnce(at_work.store, admin))


def plan(desk: DeskAtOnce, child_id: UUID, number: int = 1, met_on: date = MET, signed=True, **more) -> UUID:
    """Put a plan on file, signed at the desk unless it is a draft."""

    def write(session) -> UUID:
        made = Revision(
            child_id=child_id, kind="pep", number=number, form_key="pep", form_version=FORMS["pep"].version,
            started_on=met_on, dated_on=met_on, **more,
        )  # fmt: skip
        if signed:
            made.signed_at = datetime(met_on.year, met_on.month, met_on.day, 12, tzinfo=UTC)
            made.signed_by = session.actor.worker_id
        made.document = Document(child_id=child_id, answers={"met_on": met_on.isoformat()})
        session.add(made)
        session.flush()
        return made.id

    return done(desk, write)


@pytest.fixture
def amelia(desks: Desks) -> UUID:
    return plan(desks.sam, add_child(desks.sam, "Amelia", "Kowalska"))


@pytest.fixture
def checked(desks: Desks, amelia: UUID) -> UUID:
    done(desks.max, lambda session: pep_cycle.begin_qa(session, amelia))
    return amelia


@pytest.fixture
def returned(desks: Desks, checked: UUID) -> UUID:
    by = date(2026, 12, 4)
    done(desks.max, lambda session: pep_quality.give_back(session, checked, RED, by))
    return checked


def shown(qtbot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def dialog(qtbot, desk, revision_id) -> QualityDialog:
    made = QualityDialog(desk, revision_id)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return shown(qtbot, made)


def key_of(desk, revision_id) -> str:
    return done(desk, lambda session: pep_quality.view(session, revision_id)).state.key


def choose(form, review: Review) -> None:
    """Say all of a review, as if it had been typed."""
    form.set_review(review, form.mend_by())
    form.changed.emit()


# The check of one plan


def test_a_submitted_plan_is_taken_up_graded_and_approved(qtbot, desks, amelia):
    screen = dialog(qtbot, desks.max, amelia)
    assert "Submitted" in texts(screen)

    button(screen, "Begin the check").click()
    assert screen.form().worked_out() == "8 to grade"
    choose(screen.form(), GREEN)
    assert screen.form().worked_out() == "Green"
    with qtbot.waitSignal(screen.changed):
        button(screen, "Approve").click()

    assert "Approved, green" in texts(screen)
    assert screen.form() is None
    assert key_of(desks.sam, amelia) == "approved"


def test_what_is_missing_is_said_at_once_and_nothing_typed_goes(qtbot, desks, checked):
    screen = dialog(qtbot, desks.max, checked)
    choose(screen.form(), replace(RED, checks={}))

    button(screen, "Approve").click()

    assert "Answer the checklist: 13 lines open." in screen.said()
    assert "A plan graded red must be put right first: give it back." in screen.said()
    assert screen.form().review().words == "Give each target a date."


def test_giving_back_needs_words_and_proposes_a_day(qtbot, desks, checked):
    screen = dialog(qtbot, desks.max, checked)
    assert screen.form().mend_by() == date(2026, 12, 7)
    button(screen, "Give back").click()
    assert "Say what has to be mended." in screen.said()

    choose(screen.form(), RED)
    button(screen, "Give back").click()

    said = texts(screen)
    assert "To be mended by 07/12/2026" in said
    assert "Designated teacher: New targets and support – red." in said


def test_the_author_sees_what_to_do_and_begins_the_correction(qtbot, desks, returned):
    screen = dialog(qtbot, desks.sam, returned)
    opened = []
    screen.open_plan.connect(opened.append)

    button(screen, "Correct this plan").click()

    (newer,) = opened
    begun = done(desks.sam, lambda session: session.get_one(Revision, newer))
    assert begun.replaces_id == returned
    assert begun.reason.endswith("Give each target a date.")


def test_whoever_signed_it_may_look_but_not_check(qtbot, desks, amelia):
    both = replace(desks.sam.actor, roles=frozenset({"practitioner", "manager"}))
    screen = dialog(qtbot, DeskAtOnce(desks.sam._store, both), amelia)

    assert any("nobody approves or grades their own" in each for each in texts(screen))
    assert not [each for each in ("Begin the check", "Approve") if _has(screen, each)]


def _has(screen, text) -> bool:
    try:
        button(screen, text)
    except StopIteration:
        return False
    return True


def test_another_overall_grade_asks_why(qtbot, desks, checked):
    screen = dialog(qtbot, desks.max, checked)
    form = screen.form()
    choose(form, replace(GREEN, overall="amber"))
    assert form.whole.editor("because").isVisibleTo(form)
    button(screen, "Approve").click()
    assert "Say why the overall grade is another than the green of the sections." in screen.said()

    choose(form, replace(GREEN, overall="amber", because="Attendance is a worry."))
    button(screen, "Approve").click()

    assert "Approved, amber" in texts(screen)
    assert "Attendance is a worry." in texts(screen)


def test_a_review_is_kept_as_it_is_typed_and_there_again_after_closing(qtbot, desks, checked):
    screen = dialog(qtbot, desks.max, checked)
    line = screen.form().line("smart")
    partly = next(each for each in line.findChildren(QRadioButton) if each.text() == "Partly")
    partly.click()
    QTest.keyClicks(line.findChild(QLineEdit), "No dates.")
    qtbot.waitUntil(lambda: "Kept; only you see it until you decide" in texts(screen))
    QTest.keyClicks(line.findChild(QLineEdit), " At all.")
    screen.close()  # within the second: it is kept all the same

    again = dialog(qtbot, desks.max, checked)
    assert again.form().review().checks == {"smart": Check("partly", "No dates. At all.")}
    assert "Kept from before" in texts(again)


def test_a_comment_without_an_answer_is_kept_too(qtbot, desks, checked):
    screen = dialog(qtbot, desks.max, checked)
    QTest.keyClicks(screen.form().line("next").findChild(QLineEdit), "Which term?")

    assert screen.form().review().checks == {"next": Check("", "Which term?")}


def test_a_section_is_graded_with_the_keyboard_alone(qtbot, desks, checked):
    screen = dialog(qtbot, desks.max, checked)
    control = screen.form().sections.editor("voice").control()
    assert control.hasFocus()

    QTest.keyClick(control, Qt.Key.Key_Down)

    assert screen.form().review().grades == {"voice": "green"}
    QTest.keyClick(control, Qt.Key.Key_Delete)
    assert screen.form().review().grades == {}


def test_void_asks_for_a_reason_first(qtbot, desks, amelia):
    screen = dialog(qtbot, desks.max, amelia)
    button(screen, "Make void…").click()
    button(screen, "Make this plan void").click()
    assert "This is needed." in texts(screen)

    reason = screen._reason.form
    reason.set_answers({"reason": "It was the other child's."})
    button(screen, "Make this plan void").click()

    assert "Void" in texts(screen)
    assert not _has(screen, "Make void…")
    assert key_of(desks.sam, amelia) == "void"


def test_a_draft_says_what_it_needs_and_can_be_cancelled(qtbot, desks):
    child = add_child(desks.sam, "Bo", "Tree")
    draft = plan(desks.sam, child, signed=False, met_on=TODAY + timedelta(days=9), replaces_id=new_id())
    screen = dialog(qtbot, desks.sam, draft)

    assert "The meeting on 02/12/2026 is still to come." in texts(screen)
    assert _has(screen, "Cancel this plan…")


# The line above a plan


def test_the_line_above_a_plan_says_how_it_stands_and_opens_the_rest(qtbot, desks, returned):
    bar = shown(qtbot, QualityBar(desks.sam, returned))

    assert "Given back, red" in texts(bar)
    assert bar.text() == (
        "Given back by Max North on 23/11/2026: Give each target a date. Mend it by 04/12/2026."
    )
    opened = bar.open_quality()
    assert opened.isVisible()
    assert not opened.isModal()  # the plan is read while it is graded


def test_the_same_check_is_not_open_twice(qtbot, desks, checked):
    bar = shown(qtbot, QualityBar(desks.max, checked))
    first = bar.open_quality()
    QTest.keyClicks(first.form().line("smart").findChild(QLineEdit), "No dates.")

    second = bar.open_quality()

    assert second.form().review().checks == {"smart": Check("", "No dates.")}
    QApplication.sendPostedEvents(None, 52)  # deferred deletion
    assert len([each for each in bar.findChildren(QualityDialog) if each.isVisible()]) == 1


# The plans that wait


@pytest.fixture
def queued(desks: Desks, checked: UUID) -> list[UUID]:
    leo = plan(desks.sam, add_child(desks.sam, "Leo", "Hartley"), met_on=date(2026, 11, 19))
    own = plan(desks.max, add_child(desks.sam, "Jo", "Lark"), met_on=date(2026, 11, 3))
    return [own, checked, leo]


def test_the_queue_says_what_waits_how_long_and_what_can_be_done(qtbot, desks, queued):
    screen = shown(qtbot, QualityQueue(desks.max))

    said = texts(screen)
    assert "PEPs waiting for quality assurance (3)" in said
    assert [each for each in said if each.startswith(("Overdue", "In "))] == [
        "Overdue 4 working days",
        "Overdue 2 working days",
        "In 8 working days",
    ]
    assert any("yours, so somebody else checks it" in each for each in said)
    assert [_has(screen, each) for each in ("Look", "Go on", "Check")] == [True, True, True]
    assert queued


def test_a_plan_of_the_queue_opens_and_so_does_its_check(qtbot, desks, queued):
    screen = shown(qtbot, QualityQueue(desks.max))
    opened = []
    screen.open_plan.connect(opened.append)

    button(screen, "Leo Hartley – Personal Education Plan, autumn term 2026").click()
    button(screen, "Check: Leo Hartley, Personal Education Plan, autumn term 2026").click()

    assert opened == [queued[2]]
    (check,) = [each for each in screen.findChildren(QualityDialog) if each.isVisible()]
    button(check, "Begin the check").click()
    assert len([each for each in texts(screen) if each == "Being checked"]) >= 2


def test_what_was_given_back_stands_in_a_list_of_its_own(qtbot, desks, returned):
    screen = shown(qtbot, QualityQueue(desks.sam))

    said = texts(screen)
    assert "No plan waits. A plan appears here once its author has signed it." in said
    assert "Given back, waiting to be mended (1)" in said
    assert any("to be mended by 04/12/2026: Give each target a date." in each for each in said)


# What all have in common


@pytest.mark.parametrize("name", theme.NAMES)
def test_every_part_opens_in_every_theme_and_every_control_has_a_name(qtbot, qapp, desks, checked, name):
    theme.apply(qapp, name)
    try:
        for made in (
            dialog(qtbot, desks.max, checked),
            shown(qtbot, QualityQueue(desks.max)),
            shown(qtbot, QualityBar(desks.max, checked)),
        ):
            made.grab()
            assert nameless(QAccessible.queryAccessibleInterface(made), []) == []
    finally:
        theme.apply(qapp, "light")


def test_every_state_and_grade_has_a_look():
    for key, said in pep_cycle.STATES.items():
        assert state_chip(pep_cycle.PepState(key, said)).text() == said
    from caseapp.education.qa_schemes import TITLES

    assert all(grade_look(code)[1] or grade_look(code)[0] in ("success", "alert") for code in TITLES)
    assert [came_back(number) for number in (0, 1, 2, 3)] == [
        "", "resubmitted once", "resubmitted twice", "resubmitted 3 times",
    ]  # fmt: skip
