"""The questions of a note: which its kind asks, and what is kept of them."""

import pytest
from PySide6.QtWidgets import QApplication

from caseapp.work import Problem
from db import children as queries
from db.models import Child, Note
from tests.desk_fixture import Office, add_child, at_work
from tests.record_screen import button, fill
from ui.new_note import NewNotePanel, NoteDialog

__all__ = ["at_work"]


@pytest.fixture
def amelia(at_work: Office):
    return add_child(at_work.sam, "Amelia", "Kowalska")


def shown(qtbot, panel):
    qtbot.addWidget(panel)
    with qtbot.waitExposed(panel):
        panel.show()
    QApplication.processEvents()
    return panel


def asked(panel):
    return {key for key in panel.form.answers() if panel.form.editor(key).isVisible()}


@pytest.fixture
def panel(qtbot, at_work, amelia):
    return shown(qtbot, NewNotePanel(at_work.sam, amelia, "Amelia", asks_mood=True))


def test_a_visit_is_asked_where_who_and_what_for(panel):
    assert {"where_seen", "present", "planned", "bedroom_seen", "purpose", "worries"} <= asked(panel)
    assert "why_not_alone" not in asked(panel)

    fill(panel.form, seen="seen")
    assert "why_not_alone" in asked(panel)


def test_a_call_is_asked_how_and_not_about_the_bedroom(panel):
    fill(panel.form, kind="call")

    assert {"method", "mood"} <= asked(panel)
    assert not {"bedroom_seen", "where_seen", "worries", "seen"} & asked(panel)


def test_a_visit_is_not_added_before_it_says_whether_the_child_was_seen(panel):
    fill(panel.form, words="The garden is done.")
    button(panel, "Add note").click()

    assert panel.form.editor("seen").problem()
    assert panel.form.text("words") == "The garden is done."


def test_only_a_care_leaver_is_asked_for_a_mood(qtbot, at_work, amelia, panel):
    without = shown(qtbot, NewNotePanel(at_work.sam, amelia, "Amelia"))

    assert "mood" in asked(panel)
    assert "mood" not in without.form.answers()


def test_what_was_typed_for_a_visit_does_not_stay_on_a_call(qtbot, at_work, amelia, panel):
    fill(panel.form, words="Rang about maths.", where_seen="school", bedroom_seen="yes", seen="seen")
    fill(panel.form, kind="call", method="phone", mood=7)

    with qtbot.waitSignal(panel.added):
        button(panel, "Add note").click()

    with at_work.store.session(at_work.sam.actor) as session:
        note = queries.of_child(session, Note, amelia)[-1]
        assert (note.kind, note.method, note.mood) == ("call", "phone", 7)
        assert (note.where_seen, note.bedroom_seen, note.seen) == (None, None, False)
        assert session.get_one(Child, amelia).last_seen_on is None


def test_nothing_can_be_typed_into_a_form_that_is_being_recorded(qtbot, at_work, amelia, monkeypatch):
    dialog = shown(qtbot, NoteDialog(at_work.sam, amelia, "Amelia", "Add a visit", ""))
    fill(dialog.form, words="She drew a boat.", seen="alone")
    monkeypatch.setattr(dialog._asking, "save", lambda *_said, **_purpose: None)

    dialog.save_button.click()

    assert not dialog.form.isEnabled()
    dialog._failed(Problem("It could not be recorded."))
    assert dialog.form.isEnabled()
    assert dialog.form.text("words") == "She drew a boat."


def test_a_day_to_come_is_said_at_its_question_once_it_is_left(panel):
    editor = panel.form.editor("happened_on")
    fill(panel.form, happened_on="2026-12-24")
    editor.leave()
    assert editor.problem() == "This day is still to come. Type a day up to today."

    fill(panel.form, happened_on="2026-11-20")
    editor.leave()
    assert editor.problem() == ""
