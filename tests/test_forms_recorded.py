"""While a small form is recorded: it is sent once, nothing is typed in vain, and it is not offered again."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID, uuid4

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from sqlalchemy import select

from caseapp import jottings, journal, overview
from caseapp.jottings import About, Jotted, Writing
from caseapp.looked_after.review_rules import Prompt
from caseapp.work import NotAllowed, NotSaved, Problem, utc_now
from db.models import HelpStep, Note, Relation
from db.spool import Spool
from tests.desk_fixture import DeskAtOnce, add_child, at_work, done
from tests.every_form import classes, made
from tests.help_tab import form_of, hartleys, helped, tab
from tests.record_screen import button, fill
from ui.care_reviews import ReviewsPart
from ui.child_details import DetailsDialog
from ui.child_people import PeoplePage
from ui.desk import Desk
from ui.jotting import screen_name
from ui.new_child import NewChildDialog
from ui.new_note import NewNotePanel, NoteDialog
from ui.picker import Found, Picker
from ui.window import MainWindow

__all__ = ["at_work", "hartleys", "helped"]


class SlowDesk(DeskAtOnce):
    """Saves only when it is told to."""

    def __init__(self, *made_with):
        super().__init__(*made_with)
        self.waits = []

    def run_in_order(self, *work, **how):
        self.waits.append(partial(self.run, *work, **how))

    def save(self):
        waits, self.waits = self.waits, []
        for each in waits:
            each()


@pytest.fixture
def amelia(at_work):
    return add_child(at_work.sam, "Amelia", "Kowalska")


@pytest.fixture
def slow(at_work):
    return SlowDesk(at_work.store, at_work.sam.actor)


def count(at_work, kind):
    return len(done(at_work.sam, lambda session: session.scalars(select(kind)).all()))


def people(qtbot, desk, child_id):
    head = done(desk, partial(overview.open_child, child_id=child_id)).head
    page = PeoplePage(desk, child_id, head)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


def note(desk, child_id, parent=None):
    return NoteDialog(desk, child_id, "Amelia", "Add a visit", "Seen.", parent=parent)


# Sent once


def test_a_note_whose_button_is_pressed_twice_is_added_once(qtbot, at_work, amelia, slow):
    panel = NewNotePanel(slow, amelia, "Amelia")
    qtbot.addWidget(panel)
    panel.show()
    fill(panel.form, words="She was calm.", seen="seen")

    add = button(panel, "Add note")
    add.click()
    add.click()
    slow.save()

    assert count(at_work, Note) == 1


def test_a_person_whose_button_is_pressed_twice_is_added_once(qtbot, at_work, amelia, slow):
    page = people(qtbot, slow, amelia)
    button(page, "Add a person").click()
    fill(page._family.form.form, given="Ewa", kind="Mother")

    add = button(page, "Add person")
    add.click()
    add.click()
    slow.save()

    assert count(at_work, Relation) == 1


def test_a_reason_to_bring_a_review_forward_is_recorded_once(qtbot, at_work, amelia, slow):
    part = ReviewsPart(slow, amelia, True)
    qtbot.addWidget(part)
    prompt = Prompt("asked", date(2026, 11, 20), "the child asked for it")

    part._record(prompt)
    part._record(prompt)

    assert len(slow.waits) == 1


def test_a_form_that_waits_until_its_page_is_read_anew_is_not_recorded_again(
    qtbot, at_work, hartleys, helped, slow
):
    page = tab(qtbot, slow, hartleys.leo)
    page.refresh = lambda: None  # the reading takes its time
    steps = count(at_work, HelpStep)
    page._ask_level()
    fill(form_of(page), level="3", reason="More worries at home.")

    for _ in range(2):
        button(page, "Record the level").click()
        slow.save()
    assert count(at_work, HelpStep) == steps + 1

    fill(form_of(page), reason="More worries at school.")
    button(page, "Record the level").click()
    slow.save()
    assert count(at_work, HelpStep) == steps + 2


def test_while_it_is_recorded_nothing_is_typed_and_the_keyboard_comes_back(
    qtbot, at_work, amelia, slow, monkeypatch
):
    monkeypatch.setattr("caseapp.people.add_family", refuse)
    page = people(qtbot, slow, amelia)
    button(page, "Add a person").click()
    form = page._family.form
    fill(form.form, given="Ewa", kind="Mother")
    name = form.form.editor("given").control()

    form._try()
    assert not name.isEnabled()
    slow.save()

    assert QApplication.focusWidget() is name
    assert form.words.text() == "No."


def test_the_keyboard_stays_where_it_was_put_while_something_was_recorded(qtbot, at_work, amelia, slow):
    page = people(qtbot, slow, amelia)
    button(page, "Add a person").click()
    fill(page._family.form.form, given="Ewa", kind="Mother")
    page._family.form._try()
    elsewhere = button(page, "Add a school")

    elsewhere.setFocus()
    slow.save()
    QApplication.processEvents()

    assert QApplication.focusWidget() is elsewhere


def test_once_it_is_recorded_the_keyboard_is_where_the_form_was_opened(qtbot, at_work, amelia, slow):
    page = people(qtbot, slow, amelia)
    opener = button(page, "Add a person")
    opener.setFocus()
    opener.click()
    fill(page._family.form.form, given="Ewa", kind="Mother")
    page._family.form._try()

    slow.save()
    QApplication.processEvents()

    assert QApplication.focusWidget() is opener


def refuse(*_anything, **_more):
    raise Problem("No.")


@pytest.mark.parametrize("which", ["note", "details", "new child"])
def test_what_is_being_recorded_cannot_be_cancelled(qtbot, at_work, amelia, slow, which):
    holder = QWidget()
    qtbot.addWidget(holder)
    makes = {"note": a_note, "details": details, "new child": new_child}[which]
    dialog, form, press = makes(slow, amelia, holder)
    with qtbot.waitExposed(dialog):
        dialog.show()

    press()
    dialog.reject()
    dialog.reject()
    assert dialog.isVisible()
    assert not form.isEnabled()

    slow.waits = [partial(slow.waits[0].args[3], Problem("No."))]  # the save has failed
    slow.save()
    gone = []
    dialog.finished.connect(gone.append)
    dialog.reject()
    dialog.reject()
    assert gone


def a_note(desk, child_id, parent):
    dialog = note(desk, child_id, parent)
    fill(dialog.form, words="She was calm.", seen="no")
    return dialog, dialog.form, dialog.save_button.click


def details(desk, child_id, parent):
    dialog = DetailsDialog(desk, child_id, parent)
    fill(dialog.panel.form, known_as="Ola")
    return dialog, dialog.panel.form, dialog.panel.save_button.click


def new_child(desk, _child_id, parent):
    dialog = NewChildDialog(desk, parent=parent)
    fill(dialog.panel.form, given="Mia", family="Marsh", born_on="2015-03-04")
    return dialog, dialog.panel.form, dialog.panel._register


def test_a_form_that_is_gone_before_it_is_recorded_leaves_its_page_right(qtbot, at_work, amelia, slow):
    page = people(qtbot, slow, amelia)
    button(page, "Add a person").click()
    fill(page._family.form.form, given="Ewa", kind="Mother")
    button(page, "Add person").click()
    form = page._family.form
    page._family.close_form()
    qtbot.waitUntil(lambda: not isValid(form))

    with qtbot.waitSignal(page.changed):
        slow.save()

    assert done(slow, jottings.writing) == []


# Not offered again


def test_p10_what_was_recorded_as_the_window_closed_is_not_offered_again(qtbot, at_work, amelia, tmp_path):
    store = at_work.store
    store.spool = Spool(tmp_path / "a.spool", b"k" * 32)
    desk, holder = Desk(store, at_work.sam.actor), QWidget()
    qtbot.addWidget(holder)
    dialog = note(desk, amelia, holder)
    fill(dialog.form, words="She was calm.", seen="no")
    about = About("note", str(amelia), amelia, "Add a visit")
    # The store was busy as this was written.
    journal.keep(store, desk.actor, Jotted(dialog.jotter.id, about, dialog.form.answers()), aside=True)

    dialog.save_button.click()
    desk.finish()  # and the answer never arrives

    assert count(at_work, Note) == 1
    assert journal.take_back(store, desk.actor).forms == 0
    assert done(at_work.sam, jottings.writing) == []
    store.spool = None


# What could not be kept


def test_what_may_not_be_written_is_told_and_not_tried_for_ever(qtbot, at_work, amelia, monkeypatch):
    dialog = note(at_work.sam, amelia)
    qtbot.addWidget(dialog)
    asked = []

    def refused(_screen, what, _then, failed):
        asked.append(what)
        failed(NotAllowed("You may not."))

    monkeypatch.setattr(at_work.sam, "keep_typing", refused)
    fill(dialog.form, words="She was")
    dialog.jotter.keep()
    dialog.jotter.keep()
    assert (dialog.jotter.line.text(), len(asked)) == ("You may not.", 1)

    fill(dialog.form, words="She was calm.")
    dialog.jotter.keep()
    assert len(asked) == 2


def test_what_is_offered_is_offered_again_once_the_store_can_be_written(qtbot, at_work, amelia, monkeypatch):
    older = note(at_work.sam, amelia)
    qtbot.addWidget(older)
    fill(older.form, words="Of yesterday.")
    older.jotter.keep()
    dialog = note(at_work.sam, amelia)
    qtbot.addWidget(dialog)

    monkeypatch.setattr(at_work.sam, "keep_typing", lambda *told: told[-1](NotSaved("Full.")))
    fill(dialog.form, words="Of today.")
    dialog.jotter.keep()
    assert dialog.jotter.line.text().startswith("Not kept: ")

    monkeypatch.undo()
    dialog.jotter.keep()
    assert dialog.jotter.line.text().startswith("You were writing this on ")


def test_what_could_not_be_discarded_is_still_offered(qtbot, at_work, amelia, monkeypatch):
    older = note(at_work.sam, amelia)
    qtbot.addWidget(older)
    fill(older.form, words="Of yesterday.")
    older.jotter.keep()
    dialog = note(at_work.sam, amelia)
    qtbot.addWidget(dialog)

    monkeypatch.setattr(at_work.sam, "keep_typing", lambda *told: told[-1](NotSaved("The disk is full.")))
    dialog.jotter.line.discarded.emit()
    assert dialog.jotter.line.text() == "The disk is full."
    monkeypatch.undo()
    dialog.jotter.take_up()

    assert dialog.form.text("words") == "Of yesterday."


# What is chosen beside the questions


CHOOSING = (
    "AdviserDialog", "AllocationForm", "AssessDialog", "LeadForm", "RestrictionForm", "SchoolForm",
    "SchoolDialog", "SiblingForm", "TakeContactDialog", "WorkerForm",
)  # fmt: skip


@pytest.mark.parametrize("kind", [each for each in classes() if each.__name__ in CHOOSING])
def test_p10_what_is_chosen_beside_the_questions_comes_back_with_them(qtbot, at_work, amelia, kind):
    before = made(kind, at_work.sam, amelia)
    qtbot.addWidget(before)
    opened = before.form.written()
    for place, each in enumerate(before.findChildren(Picker), 1):
        each._choose(Found("Ewa Lis", UUID(int=place), "Social worker"))
    assert before.form.written() != opened
    before.jotter.keep()

    after = made(kind, at_work.sam, amelia)
    qtbot.addWidget(after)
    after.jotter.take_up()

    assert after.form.written() == before.form.written()


def test_letters_to_choose_by_and_nobody_chosen_come_back_too(qtbot, at_work):
    picker = Picker(at_work.sam, "Worker", lambda _session, _text: [])
    qtbot.addWidget(picker)

    picker.bring_back(["Ew"])
    assert (picker.text(), picker.chosen(), picker.written()) == ("Ew", None, ["Ew"])

    picker.bring_back(["Northfield", "", "Add as new:"])
    assert picker.chosen() == Found("Northfield", None, "Add as new:")

    picker.bring_back(None)
    assert (picker.text(), picker.chosen(), picker.written()) == ("", None, None)


def test_whom_somebody_chose_is_let_go_of_only_when_asked_twice(qtbot, at_work, amelia):
    dialog = made(next(each for each in classes() if each.__name__ == "AssessDialog"), at_work.sam, amelia)
    qtbot.addWidget(dialog)
    dialog.who.picker._choose(Found("Amelia Kowalska", amelia, "15 years"))

    dialog.reject()

    assert "30 days" in dialog.said()


# Where it was opened


def begun(child_id, screen):
    about = About("care_family_forms.FamilyTimeDialog: Add", str(child_id), child_id, "Add", screen)
    return Writing(uuid4(), about, "Amelia Kowalska", utc_now(), {})


def test_the_window_opens_the_part_of_a_tab_where_it_was_begun(qtbot, at_work):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska", status="looked_after")
    window = MainWindow(at_work.sam, "x.caseapp")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()

    window.ways.open_writing(begun(child_id, "child/Care/Family time"))

    qtbot.waitUntil(lambda: window.trail.name == "child")
    part = window.trail.current.page().part()
    assert part.accessibleName() == "Family time"
    qtbot.waitUntil(lambda: screen_name(part) == "child/Care/Family time")


def test_the_window_opens_the_tab_of_a_screen_where_it_was_begun(qtbot, at_work, amelia):
    window = MainWindow(at_work.sam, "x.caseapp")
    qtbot.addWidget(window)

    window.ways.open_writing(begun(amelia, "front door/Referrals"))

    qtbot.waitUntil(lambda: window.trail.name == "front door")
    assert window.trail.current.page().accessibleName() == "Referrals"
