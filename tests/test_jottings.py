"""What is written into small forms: kept for its writer alone, and offered after a crash."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit
from sqlalchemy import select

from caseapp import jottings, journal, notes, overview, working_time
from caseapp.form import Choices, Date, Text
from caseapp.jottings import About, Jotted, LetGo, Writing
from caseapp.journal import TakenBack
from caseapp.looked_after.missing_rules import TimeOfDay
from caseapp.looked_after.new_rows import NewConcern
from caseapp.work import NotAllowed, NotSaved, Problem
from db.models import Jotting
from db.moments import pretend, utc_now
from db.settings import change_sign
from db.spool import Spool
from tests.desk_fixture import DeskAtOnce, add_child, at_work, done
from tests.every_form import classes, made
from tests.record_screen import button, fill
from tests.story import Story, new_story
from ui import new_note
from ui.care_review_forms import ConcernDialog
from ui.caseload_meeting import MeetingDialog
from ui.child_timeline import TimelinePage
from ui.form_dialog import FormDialog
from ui.jotting import Jotter
from ui.new_child import NewChildPanel
from ui.new_note import NewNotePanel, NoteDialog
from ui.row_dialog import Opened
from ui.today import TodayScreen
from ui.window import MainWindow
from ui.working_time import WorkingTimeDialog

__all__ = ["at_work"]


@pytest.fixture
def story() -> Story:
    return new_story()


@pytest.fixture
def leo(story):
    return story.register("ada", "Leo", "Marsh")


def about(child_id=None, place="x"):
    return About("note", place, child_id, "Add a note", "child/Timeline")


def jot(story, words, child_id=None, who="ada", jotting_id=None, place="x", aside=False):
    what = Jotted(jotting_id or uuid4(), about(child_id, place), {"words": words})
    journal.keep(story.store, story.actors[who], what, aside=aside)
    return what.id


def offered(story, who="ada", place="x"):
    found = story.call(who, lambda session: jottings.offered(session, "note", place))
    return found and found.answers["words"]


def let_go(story, jotting_id, who="ada", **how):
    journal.keep(story.store, story.actors[who], LetGo(jotting_id, **how))


# In the store


def test_what_was_written_last_is_offered_where_the_form_is_opened_about_the_same_thing(story, leo):
    jot(story, "about something else", leo, place="y")
    written = jot(story, "She wa", leo)
    jot(story, "She was calm.", leo, jotting_id=written)

    assert offered(story) == "She was calm."


def test_what_somebody_writes_is_read_by_nobody_else(story, leo):
    for child_id in (leo, None):
        written = jot(story, "She was calm.", child_id)
        for who in set(story.actors) - {"ada"}:
            assert offered(story, who) is None
            assert story.call(who, lambda session: session.scalars(select(Jotting)).all()) == []
            assert story.call(who, lambda session, sought=written: session.get(Jotting, sought)) is None
            assert story.call(who, jottings.writing) == []


def test_everybody_is_offered_their_own_whoever_asked_before(story, leo):
    jot(story, "Sue's", story.register("sue", "Mia", "Marsh"), "sue")
    jot(story, "Ada's", leo)
    jot(story, "Amy's", who="amy")

    assert {who: offered(story, who) for who in ("amy", "ada", "sue", "ada")} == {
        "amy": "Amy's", "ada": "Ada's", "sue": "Sue's"
    }  # fmt: skip


def test_nobody_writes_in_the_name_of_another(story):
    bea = story.actors["bea"].worker_id
    row = Jotting(id=uuid4(), author=bea, **about()._asdict(), answers={}, updated_at=utc_now())

    with pytest.raises(NotAllowed):
        story.call("ada", lambda session: session.add(row))


def test_of_a_child_whom_the_writer_may_no_longer_read_nothing_is_offered_and_nothing_lost(story, leo):
    written = jot(story, "She was calm.", leo)
    mine = story.actors["ada"].team_id.bytes
    story.raw("UPDATE child SET team_id = ?, worker_id = NULL", story.actors["sue"].team_id.bytes)

    assert offered(story) is None
    assert story.call("ada", jottings.writing) == []
    with pytest.raises(NotAllowed):
        jot(story, "More", leo, jotting_id=uuid4())
    let_go(story, written)

    story.raw("UPDATE child SET team_id = ?", mine)
    assert offered(story) == "She was calm."


def test_it_is_in_no_history_and_counts_as_a_change_for_the_backup(story, leo):
    def standing():
        (entries,) = story.raw("SELECT count(*) FROM history")[0]
        return entries, story.call("ada", change_sign)

    signs, (entries, _) = set(), standing()
    written = jot(story, "She was calm.", leo)
    for change in (
        lambda: jot(story, "She was calm.", leo, jotting_id=written),
        lambda: let_go(story, written, is_discarded=True),
        lambda: jot(story, "She was calm.", leo, jotting_id=written),
        lambda: let_go(story, written),
    ):
        signs.add(standing()[1])
        change()
    signs.add(standing()[1])

    assert standing()[0] == entries
    assert len(signs) == 5


def test_what_was_discarded_can_be_brought_back_for_thirty_days(story, leo):
    written = jot(story, "She was calm.", leo)
    let_go(story, written, is_discarded=True)

    found = story.call("ada", lambda session: jottings.offered(session, "note", "x"))
    assert (found.answers, found.is_discarded) == ({"words": "She was calm."}, True)
    assert story.call("ada", jottings.writing) == []

    jot(story, "She was calm again.", leo, jotting_id=written)
    assert [each.about.title for each in story.call("ada", jottings.writing)] == ["Add a note"]


def test_what_was_discarded_long_ago_goes_for_good(story, leo):
    with pretend(utc_now() - timedelta(days=31)):
        let_go(story, jot(story, "She was calm.", leo), is_discarded=True)
    assert offered(story) is None

    let_go(story, jot(story, "Another", leo), is_discarded=True)

    assert story.raw("SELECT count(*) FROM jotting") == [(1,)]


def test_what_waits_comes_before_what_was_discarded(story):
    waits = jot(story, "first")
    let_go(story, jot(story, "second"), is_discarded=True)

    assert offered(story) == "first"
    let_go(story, waits)
    assert offered(story) == "second"


# Beside the store


@pytest.fixture
def spooled(story, tmp_path):
    story.store.spool = Spool(tmp_path / "a.spool", b"k" * 32)
    yield story
    story.store.spool = None  # stores of stories are used again


def take_back(story, who="ada"):
    return journal.take_back(story.store, story.actors[who])


def test_p10_what_was_written_beside_the_store_is_offered_by_its_form(spooled, leo):
    written = jot(spooled, "She wa", leo, aside=True)
    jot(spooled, "She was calm.", leo, jotting_id=written, aside=True)
    assert offered(spooled) is None

    assert take_back(spooled, "bea") == TakenBack(0, 0)
    assert take_back(spooled) == TakenBack(0, 0, 1)

    assert offered(spooled) == "She was calm."
    assert spooled.store.spool.size == 0


def test_what_is_older_than_the_store_takes_the_place_of_nothing(spooled, leo):
    written = jot(spooled, "old", leo, aside=True)
    jot(spooled, "newer", leo, jotting_id=written)

    assert take_back(spooled) == TakenBack(0, 0)
    assert offered(spooled) == "newer"


def test_what_was_recorded_meanwhile_does_not_come_back_from_beside_the_store(spooled, leo):
    written = jot(spooled, "She was calm.", leo, aside=True)
    let_go(spooled, written)

    assert take_back(spooled) == TakenBack(0, 0)
    assert offered(spooled) is None
    assert spooled.store.spool.size == 0


def test_what_was_discarded_stays_so_though_newer_words_lay_beside_the_store(spooled, leo):
    written = jot(spooled, "She wa", leo)
    jot(spooled, "She was calm.", leo, jotting_id=written, aside=True)
    let_go(spooled, written, is_discarded=True)

    assert take_back(spooled) == TakenBack(0, 0)
    assert spooled.call("ada", jottings.writing) == []


def test_what_was_discarded_can_be_brought_back_though_it_lay_beside_the_store_alone(spooled, leo):
    written = jot(spooled, "She was calm.", leo, aside=True)
    let_go(spooled, written, is_discarded=True)

    assert take_back(spooled) == TakenBack(0, 0)
    assert (offered(spooled), spooled.store.spool.size) == ("She was calm.", 0)
    assert spooled.call("ada", jottings.writing) == []


def test_what_was_recorded_comes_back_with_no_discard(spooled, leo):
    written = jot(spooled, "She was calm.", leo, aside=True)
    let_go(spooled, written)
    let_go(spooled, written, is_discarded=True)

    assert take_back(spooled) == TakenBack(0, 0)
    assert offered(spooled) is None


def test_what_was_recorded_of_a_child_out_of_reach_does_not_come_back_once_the_child_does(spooled, leo):
    written = jot(spooled, "She was calm.", leo)
    mine, theirs = (spooled.actors[who].team_id.bytes for who in ("ada", "sue"))
    journal.keep(spooled.store, spooled.actors["ada"], LetGo(written), aside=True)

    spooled.raw("UPDATE child SET team_id = ?, worker_id = NULL", theirs)
    assert take_back(spooled) == TakenBack(0, 0)
    assert len(spooled.store.spool.read().entries) == 1

    spooled.raw("UPDATE child SET team_id = ?", mine)
    assert take_back(spooled) == TakenBack(0, 0)
    assert (offered(spooled), spooled.store.spool.size) == (None, 0)


def test_about_a_child_out_of_reach_it_stays_beside_the_store(spooled, leo):
    jot(spooled, "She was calm.", leo, aside=True)
    spooled.raw("UPDATE child SET team_id = ?, worker_id = NULL", spooled.actors["sue"].team_id.bytes)

    assert take_back(spooled) == TakenBack(0, 0)
    assert len(spooled.store.spool.read().entries) == 1


def test_about_a_child_whom_an_older_backup_does_not_know_it_stays_there_and_holds_up_nothing(spooled, leo):
    jot(spooled, "She was calm.", leo, aside=True)
    jot(spooled, "Nobody here.", uuid4(), place="y", aside=True)

    assert take_back(spooled) == TakenBack(0, 0, 1)
    assert offered(spooled) == "She was calm."
    assert len(spooled.store.spool.read().entries) == 1


# On the screen


@pytest.fixture
def amelia(at_work):
    return add_child(at_work.sam, "Amelia", "Kowalska")


def typed(qtbot, dialog, **answers):
    """Type into a form and wait until it is kept; the program is then as good as killed."""
    qtbot.addWidget(dialog)
    fill(dialog.form, **answers)
    dialog.jotter.keep()
    return dialog


def note(at_work, child_id):
    return NoteDialog(at_work.sam, child_id, "Amelia", "Add a visit", "Seen.")


def waiting(at_work):
    return [each.about.title for each in done(at_work.sam, jottings.writing)]


def something(field):
    """Return an answer that a question understands."""
    if options := getattr(field, "options", ()):
        return [options[-1][0]] if isinstance(field, Choices) else options[-1][0]
    return {Date: "2026-11-02", TimeOfDay: "10:15", Text: "Calm and open."}.get(type(field), 3)


def test_p10_what_is_typed_into_any_form_is_offered_once_the_form_is_opened_again(qtbot, at_work, amelia):
    not_kept, kept = [], 0
    for kind in classes():
        before = made(kind, at_work.sam, amelia)
        qtbot.addWidget(before)
        fill(before.form, **{key: something(before.form.editor(key).field) for key in before.form.answers()})
        if before.jotter is None:
            not_kept.append(kind.__name__)
            continue
        before.jotter.keep()  # and here the program is killed

        after = made(kind, at_work.sam, amelia)
        qtbot.addWidget(after)
        assert after.jotter.line.text().startswith("You were writing this on "), kind
        assert after.form.answers() != before.form.answers()
        after.jotter.take_up()
        assert after.form.answers() == before.form.answers(), kind
        kept += 1
        after.jotter.discard()

    assert not_kept == ["EmergencyDialog"]
    assert kept > 90


def test_each_form_says_what_it_is_about():
    silent = [
        each.__name__
        for each in classes()
        if issubclass(each, FormDialog) and each.written_about is FormDialog.written_about
    ]

    assert silent == ["EmergencyDialog", "AssessDialog", "TakeContactDialog"]  # about nobody yet


def test_a_note_taken_up_another_day_keeps_its_day(qtbot, at_work, amelia):
    typed(qtbot, note(at_work, amelia), words="She was calm.")
    at_work.store.today = lambda: date(2026, 11, 24)
    tomorrow = at_work._replace(sam=DeskAtOnce(at_work.store, at_work.sam.actor))

    again = note(tomorrow, amelia)
    qtbot.addWidget(again)
    assert again.form.day("happened_on") == date(2026, 11, 24)
    again.jotter.take_up()

    assert again.form.day("happened_on") == date(2026, 11, 23)
    assert again.form.text("words") == "She was calm."


def test_of_a_row_that_somebody_changed_since_only_what_was_typed_is_taken_up(qtbot, at_work, amelia):
    def opened(level):
        given = NewConcern(date(2026, 11, 2), level, "No plan", "")
        dialog = ConcernDialog(at_work.sam, amelia, Opened(UUID(int=5), 1, given))
        qtbot.addWidget(dialog)
        return dialog

    typed(qtbot, opened("informal"), concern="No plan, and no visit")

    again = opened("manager")
    again.jotter.take_up()

    assert (again.form.text("level"), again.form.text("concern")) == ("manager", "No plan, and no visit")


def test_what_is_recorded_is_forgotten_by_the_same_commit(qtbot, at_work, amelia, monkeypatch):
    dialog = typed(qtbot, note(at_work, amelia), words="She was calm.", seen="no")
    assert waiting(at_work) == ["Add a visit"]
    monkeypatch.setattr(at_work.sam, "keep_typing", lambda *told: None)  # killed before anything else is done

    with qtbot.waitSignal(dialog.changed):
        dialog.save_button.click()

    assert waiting(at_work) == []


def test_what_is_recorded_before_it_was_kept_is_not_kept_as_the_form_closes(qtbot, at_work, amelia):
    dialog = note(at_work, amelia)
    dialog.show()
    fill(dialog.form, words="She was calm.", seen="no")

    with qtbot.waitSignal(dialog.changed):
        dialog.save_button.click()

    assert waiting(at_work) == []


def test_what_a_field_says_as_the_recorded_form_closes_is_not_kept(qtbot, at_work, amelia, monkeypatch):
    dialog = note(at_work, amelia)
    dialog.show()
    fill(dialog.form, words="She was calm.", seen="no")
    closes = dialog.accept

    def leave_the_day_and_close():
        dialog.form.changed.emit()
        closes()

    monkeypatch.setattr(dialog, "accept", leave_the_day_and_close)
    with qtbot.waitSignal(dialog.changed):
        dialog.save_button.click()

    assert waiting(at_work) == []


def test_what_a_manager_records_of_the_team_is_forgotten_too(qtbot, story):
    desk = DeskAtOnce(story.store, story.actors["max"])
    dialog = typed(qtbot, MeetingDialog(desk, desk.actor.team_id, "North"), agreed="Ada closes one")

    with qtbot.waitSignal(dialog.changed):
        dialog.save_button.click()

    assert story.call("max", jottings.writing) == []


def test_what_a_manager_records_of_a_worker_is_forgotten_too(qtbot, story):
    desk = DeskAtOnce(story.store, story.actors["max"])
    ada = partial(working_time.open_time, worker_id=story.actors["ada"].worker_id)
    dialog = typed(qtbot, WorkingTimeDialog(desk, done(desk, ada)), share="0.5")

    with qtbot.waitSignal(dialog.changed):
        dialog.save_button.click()

    assert story.call("max", jottings.writing) == []


def test_what_could_not_be_recorded_is_still_kept(qtbot, at_work, amelia, monkeypatch):
    dialog = typed(qtbot, note(at_work, amelia), words="She was calm.", seen="no")
    monkeypatch.setattr(notes, "add", refuse)

    dialog.save_button.click()

    assert dialog.said() == "No."
    assert waiting(at_work) == ["Add a visit"]


def refuse(*_anything):
    raise Problem("No.")


def test_cancel_discards_and_the_form_brings_it_back(qtbot, at_work, amelia):
    dialog = typed(qtbot, note(at_work, amelia), words="She was calm.")
    dialog.reject()
    assert "30 days" in dialog.said()
    dialog.reject()
    assert waiting(at_work) == []

    again = note(at_work, amelia)
    qtbot.addWidget(again)
    assert again.jotter.line.text().startswith("You discarded what you wrote here on ")
    again.jotter.line.taken_up.emit()

    assert again.form.text("words") == "She was calm."
    assert waiting(at_work) == ["Add a visit"]


def test_what_stands_in_the_form_is_offered_in_turn_when_older_words_are_taken_up(qtbot, at_work, amelia):
    typed(qtbot, note(at_work, amelia), words="Of yesterday.")
    again = typed(qtbot, note(at_work, amelia), words="Of today.")

    again.jotter.take_up()
    assert again.form.text("words") == "Of yesterday."
    again.jotter.take_up()

    assert again.form.text("words") == "Of today."
    assert len(waiting(at_work)) == 2


def test_the_line_is_worked_by_keyboard_and_heard(qtbot, at_work, amelia):
    typed(qtbot, note(at_work, amelia), words="She was calm.")
    again = note(at_work, amelia)
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    line = again.jotter.line

    assert line.accessibleName() == line.text()
    discard, take = (button(line, text) for text in ("Discard", "Take it up"))
    assert all(each.focusPolicy() & Qt.FocusPolicy.TabFocus for each in (discard, take))
    assert take.accessibleName().startswith("Take it up: what you wrote on ")
    qtbot.keyClick(discard, Qt.Key.Key_Space)
    assert "It stays for 30 days" in line.text()
    assert not discard.isVisible()


def test_a_form_that_is_hidden_or_locked_is_kept_at_once(qtbot, at_work, amelia):
    dialog = note(at_work, amelia)
    qtbot.addWidget(dialog)
    fill(dialog.form, words="She was")
    at_work.sam.resting.emit()
    assert waiting(at_work) == ["Add a visit"]

    with qtbot.waitExposed(dialog):
        dialog.show()
    fill(dialog.form, words="She was calm.")
    dialog.hide()

    (row,) = done(at_work.sam, lambda session: session.scalars(select(Jotting)).all())
    assert row.answers["words"] == "She was calm."


def test_p10_typing_is_kept_by_itself(qtbot, at_work, amelia):
    dialog = note(at_work, amelia)
    qtbot.addWidget(dialog)
    fill(dialog.form, words="She was calm.")
    assert waiting(at_work) == []

    qtbot.waitUntil(lambda: waiting(at_work) == ["Add a visit"])


def test_a_note_put_away_is_there_again_and_offered_only_once(qtbot, at_work, amelia):
    panel = NewNotePanel(at_work.sam, amelia, "Amelia")
    qtbot.addWidget(panel)
    fill(panel.form, words="She was calm.")
    panel.jotter.keep()

    again = NewNotePanel(at_work.sam, amelia, "Amelia")
    qtbot.addWidget(again)

    assert again.is_unfinished
    assert again.form.text("words") == "She was calm."
    assert again.jotter.line.text() == ""


def test_a_note_put_away_and_recorded_by_another_form_is_not_there_to_be_added_twice(qtbot, at_work, amelia):
    panel = NewNotePanel(at_work.sam, amelia, "Amelia")
    qtbot.addWidget(panel)
    fill(panel.form, words="She was calm.", seen="seen")
    panel.jotter.keep()
    visit = note(at_work, amelia)
    visit.show()
    visit.jotter.take_up()

    with qtbot.waitSignal(visit.changed):
        visit.save_button.click()
    panel.show()

    assert not panel.is_unfinished
    assert panel.form.text("words") == ""


def test_a_note_that_was_listed_before_it_was_finished_comes_back_as_it_was_put_away(qtbot, at_work, amelia):
    panel = NewNotePanel(at_work.sam, amelia, "Amelia")
    qtbot.addWidget(panel)
    fill(panel.form, words="She was")
    panel.jotter.keep()
    (listed,) = done(at_work.sam, jottings.writing)
    fill(panel.form, words="She was calm.")

    new_note.go_on(at_work.sam, listed)

    again = NewNotePanel(at_work.sam, amelia, "Amelia")
    qtbot.addWidget(again)
    assert again.form.text("words") == "She was calm."


def test_when_nothing_can_be_written_the_form_says_so(qtbot, at_work, amelia, monkeypatch):
    dialog = note(at_work, amelia)
    qtbot.addWidget(dialog)
    monkeypatch.setattr(at_work.sam, "keep_typing", lambda *told: told[-1](NotSaved("Full.")))

    fill(dialog.form, words="She was calm.")
    dialog.jotter.keep()

    assert dialog.jotter.line.text().startswith("Not kept: neither the store nor the file beside it")


def test_today_lists_what_was_begun_and_each_form_takes_it_up(qtbot, at_work, amelia):
    typed(qtbot, note(at_work, amelia), words="She was calm.")
    older = NewChildPanel(at_work.sam)
    qtbot.addWidget(older)
    fill(older.form, given="Mia")
    older.jotter.keep()
    today = TodayScreen(at_work.sam)
    qtbot.addWidget(today)
    with qtbot.waitExposed(today):
        today.show()
    asked = []
    today.open_writing.connect(asked.append)

    for title in ("Add a visit", "Add a child"):
        button(today, title).click()

    visit, child = asked
    assert (visit.child, visit.about.child_id, child.about.child_id) == ("Amelia Kowalska", amelia, None)
    at_work.sam.wanted = child.id
    again = NewChildPanel(at_work.sam)
    qtbot.addWidget(again)
    assert again.form.text("given") == "Mia"
    new_note.go_on(at_work.sam, visit)
    page = TimelinePage(
        at_work.sam, amelia, done(at_work.sam, partial(overview.open_child, child_id=amelia)).head
    )
    qtbot.addWidget(page)
    assert "She was calm." in [each.toPlainText() for each in page.findChildren(QPlainTextEdit)]


def test_a_note_that_is_gone_on_with_is_taken_up_by_no_other_form(qtbot, at_work, amelia, monkeypatch):
    typed(qtbot, note(at_work, amelia), words="She was calm.")
    (listed,) = done(at_work.sam, jottings.writing)
    window = MainWindow(at_work.sam, "x.caseapp")
    qtbot.addWidget(window)
    monkeypatch.setattr(Jotter, "_look", lambda jotter: None)  # the store has not answered yet

    window.ways.open_writing(listed)
    qtbot.waitUntil(lambda: window.trail.current.tab == "Timeline")
    monkeypatch.undo()

    visit = note(at_work, amelia)
    qtbot.addWidget(visit)
    assert visit.form.text("words") == ""


def test_the_window_opens_the_place_of_what_was_begun(qtbot, at_work, amelia):
    window = MainWindow(at_work.sam, "x.caseapp")
    qtbot.addWidget(window)
    where = About(
        "people_forms.SchoolForm: Add a school", str(amelia), amelia, "Add a school", "child/People"
    )

    window.ways.open_writing(Writing(UUID(int=1), where, "Amelia Kowalska", utc_now(), {}))

    qtbot.waitUntil(lambda: window.trail.name == "child")
    assert window.trail.current.child_id == amelia
    qtbot.waitUntil(lambda: window.trail.current.tab == "People")
