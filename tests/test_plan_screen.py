"""A plan's screen over a real store: typing is kept, signing closes, corrections and clashes lose nothing."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea
from sqlalchemy import select

from caseapp import plan_reading, plans, words
from caseapp.journal import Kept
from caseapp.work import NotSaved, Unfinished, utc_now
from db.models import History
from db.moments import pretend
from tests.desk_fixture import add_child, at_work, done
from tests.story import lived, sample
from ui import keeper, plan, plan_unsaved
from ui.compare import changed_words
from ui.keeper import Keeper
from ui.plan import PlanScreen

__all__ = ["at_work"]  # a fixture


@pytest.fixture
def child_id(at_work):
    return lived(at_work, _child_id)


def _child_id(at_work):
    return add_child(at_work.sam, "Amelia", "Kowalska")


@pytest.fixture
def draft(at_work, child_id):
    return lived(at_work, _draft, child_id)


def _draft(at_work, child_id):
    return done(at_work.sam, lambda session: plans.start(session, child_id, "pep"))


@pytest.fixture
def screen(qtbot, at_work, draft):
    return opened(qtbot, at_work.sam, draft)


def opened(qtbot, desk, revision_id):
    screen = PlanScreen(desk, revision_id)
    qtbot.addWidget(screen)
    screen.resize(1182, 700)
    screen.show()
    return screen


def stored(desk, revision_id):
    return done(desk, lambda session: plan_reading.open_plan(session, revision_id))


def type_into(widget, text):
    for letter in text:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(widget, event)


def write(screen, section, key, text):
    screen.go_to(section, key)
    type_into(screen.form().page().editors()[key].control(), text)


def press(screen, name):
    buttons = [each for each in screen.findChildren(QPushButton) if each.isVisible()]
    next(each for each in buttons if each.accessibleName() == name).click()


def words_on(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def fill(screen):
    """Put complete answers on the screen, as if typed."""
    screen.form().set_answers(sample("pep"))
    screen._typing.touch()


def test_it_opens_with_child_title_and_status(screen):
    assert screen._head.title() == "Personal Education Plan, autumn term 2026"
    assert screen._head.chip() == "Draft, version 1"
    assert screen.form().answers()["name"] == "Amelia Kowalska"


def test_the_childs_name_opens_the_record(screen, qtbot, child_id):
    with qtbot.waitSignal(screen.open_child) as asked:
        press(screen, "Open the record of Amelia Kowalska")

    assert asked.args == [child_id]


def test_typing_is_kept_within_the_second_and_said(screen, qtbot, at_work, draft):
    states = []
    screen.save_state.connect(states.append)

    with qtbot.waitSignal(screen.save_state, timeout=1000):
        write(screen, "about", "religion", "Roman Catholic")

    assert stored(at_work.sam, draft).unsaved.answers["religion"] == "Roman Catholic"
    assert states[0] == "Saving…"
    assert states[-1].startswith("Saved ")


def test_a_flush_makes_a_saved_version_before_the_window_closes(screen, at_work, draft):
    write(screen, "about", "religion", "Muslim")
    closed = []

    screen.flush(lambda: closed.append(True))

    saved = stored(at_work.sam, draft)
    assert closed == [True]
    assert saved.answers["religion"] == "Muslim"
    assert saved.unsaved is None


def test_leaving_the_screen_makes_a_saved_version(screen, at_work, draft):
    write(screen, "about", "religion", "Muslim")

    screen.hide()

    assert stored(at_work.sam, draft).answers["religion"] == "Muslim"


def test_going_to_another_question_keeps_what_was_typed_at_once(screen, at_work, draft):
    write(screen, "about", "religion", "Muslim")

    screen.form().page().editors()["known_as"].focus()

    assert stored(at_work.sam, draft).unsaved.answers["religion"] == "Muslim"


def left_behind(qtbot, desk, revision_id):
    """Open a draft at 12:45 whose last words were typed at 12:42, and are in no version yet."""
    with pretend(datetime.combine(desk.today, time(12, 42), words.LONDON)):
        keep_typing(desk, revision_id, {"religion": "Sikh"})
    return opened(qtbot, desk, revision_id)


UNSAVED = "what was typed at 12:42"


def test_unsaved_work_can_be_kept(qtbot, at_work, draft):
    screen = left_behind(qtbot, at_work.sam, draft)
    assert screen._unsaved.text() == "Typed at 12:42, not yet in a version."

    press(screen, f"Keep it: {UNSAVED}")

    assert screen.form().answers()["religion"] == "Sikh"
    assert stored(at_work.sam, draft).answers["religion"] == "Sikh"
    assert not screen._unsaved.isVisible()


def test_the_keyboard_is_on_keeping_unsaved_work_and_goes_to_the_form_then(qtbot, at_work, draft):
    screen = left_behind(qtbot, at_work.sam, draft)
    assert screen.focusWidget().accessibleName() == f"Keep it: {UNSAVED}"

    QTest.keyClick(screen.focusWidget(), Qt.Key.Key_Space)

    assert screen.form().isAncestorOf(screen.focusWidget())


def test_unsaved_work_of_another_day_says_the_day(qtbot, at_work, draft):
    typed_at = datetime(2026, 11, 22, 10, 22, tzinfo=UTC)

    said = plan_unsaved._typed(plan_reading.Unsaved(typed_at, {}), date(2026, 11, 23))

    assert said == "Typed on 22/11/2026 at 10:22"


def test_typing_on_beside_unsaved_work_makes_it_a_version_and_keeps_both(qtbot, at_work, draft):
    screen = left_behind(qtbot, at_work.sam, draft)
    before = len(documents(at_work.sam))

    write(screen, "about", "known_as", "Zo")

    qtbot.waitUntil(lambda: "not in the form now" in screen._unsaved.text())
    screen.flush(lambda: None)
    was, *_, now = documents(at_work.sam)[before:]
    assert was["religion"] == "Sikh"
    assert now["known_as"].endswith("Zo")
    assert "religion" not in now
    assert stored(at_work.sam, draft).discarded.answers["religion"] == "Sikh"


def documents(desk):
    """Return the answers of each version that was ever saved, from the second."""
    asked = select(History.change).where(History.tbl == "document", History.act == "update")
    return [
        change["answers"][1]
        for change in done(desk, lambda session: session.scalars(asked.order_by(History.n)).all())
    ]


def test_p10_what_is_typed_while_unsaved_work_is_set_aside_is_saved_as_the_screen_is_left(
    qtbot, at_work, draft, monkeypatch
):
    desk, waits, left = at_work.sam, [], []
    screen = left_behind(qtbot, desk, draft)
    monkeypatch.setattr(desk, "run_in_order", lambda *work: waits.append(partial(desk.run, *work)))

    write(screen, "about", "known_as", "Zo")
    screen.flush(partial(left.append, "left"))
    assert not left  # the store is busy
    while waits:
        waits.pop(0)()

    assert left == ["left"]
    assert stored(desk, draft).answers["known_as"].endswith("Zo")


def test_unsaved_work_that_cannot_be_set_aside_is_not_typed_over(qtbot, at_work, draft, monkeypatch):
    desk, states = at_work.sam, []
    screen = left_behind(qtbot, desk, draft)
    screen.save_state.connect(states.append)

    with monkeypatch.context() as broken:
        broken.setattr(plan_unsaved.plans, "set_aside", refuse)
        write(screen, "about", "known_as", "Zo")
    assert states[-1] == keeper.NOT_SAVED
    assert screen.has_unsaved()
    assert stored(desk, draft).unsaved.answers["religion"] == "Sikh"
    screen.retry()

    assert stored(desk, draft).answers["known_as"].endswith("Zo")
    assert stored(desk, draft).discarded.answers["religion"] == "Sikh"


def refuse(*_asked, **_named):
    raise NotSaved("The store cannot be written.")


def test_unsaved_work_is_not_signed_away(qtbot, at_work, draft):
    done(
        at_work.sam,
        lambda session: plans.save(session, draft, stored(at_work.sam, draft).version, sample("pep")),
    )
    screen = left_behind(qtbot, at_work.sam, draft)

    screen.check()
    screen.check_page().sign_button().click()
    screen.check_page().confirm_button().click()

    assert stored(at_work.sam, draft).signed_at is not None
    assert any(each.get("religion") == "Sikh" for each in documents(at_work.sam))
    assert stored(at_work.sam, draft).answers["religion"] != "Sikh"


def test_unsaved_work_can_be_compared_and_discarded(qtbot, at_work, draft):
    screen = left_behind(qtbot, at_work.sam, draft)

    press(screen, f"Compare: {UNSAVED}")
    qtbot.waitUntil(lambda: "Religion" in words_on(screen._pages))
    press(screen, f"Discard: {UNSAVED}")

    assert stored(at_work.sam, draft).unsaved is None
    assert "religion" not in screen.form().answers()
    assert screen._unsaved.text() == "Typed at 12:42, not in the form now. It stays here for 30 days."


def test_discarded_work_can_be_brought_back_for_thirty_days_and_is_offered_no_more(qtbot, at_work, draft):
    press(left_behind(qtbot, at_work.sam, draft), f"Discard: {UNSAVED}")
    with pretend(utc_now() + timedelta(days=31)):
        assert stored(at_work.sam, draft).discarded is None

    screen = opened(qtbot, at_work.sam, draft)
    press(screen, f"Bring it back: {UNSAVED}")

    assert stored(at_work.sam, draft).answers["religion"] == "Sikh"
    assert not screen._unsaved.isVisible()
    version, answers = stored(at_work.sam, draft).version, stored(at_work.sam, draft).answers
    done(at_work.sam, lambda session: plans.save(session, draft, version, answers | {"religion": "Jain"}))
    assert stored(at_work.sam, draft).discarded is None


def test_what_bringing_back_replaces_is_a_version_first_and_offered_in_its_turn(qtbot, at_work, draft):
    screen = left_behind(qtbot, at_work.sam, draft)
    press(screen, f"Discard: {UNSAVED}")
    write(screen, "about", "religion", "Muslim")

    press(screen, f"Bring it back: {UNSAVED}")

    saved = [each.get("religion") for each in documents(at_work.sam)]
    assert saved[-2:] == ["Muslim", "Sikh"]
    assert screen.form().answers()["religion"] == "Sikh"
    assert screen._unsaved.isVisible()
    assert "not in the form now" in screen._unsaved.text()
    assert stored(at_work.sam, draft).discarded.answers["religion"] == "Muslim"


def keep_typing(desk, revision_id, more):
    view = stored(desk, revision_id)
    done(desk, lambda session: plans.keep_typing(session, revision_id, view.version, view.answers | more))


# Signing


def test_what_is_missing_stands_as_links_and_at_its_questions(screen, qtbot):
    screen.check()
    links = screen.check_page().links()
    assert "Kind of plan" in [link.text() for link in links]
    assert not screen.check_page().sign_button().isEnabled()
    assert screen.preview().isVisible()

    next(link for link in links if link.text() == "Kind of plan").click()

    assert screen.form().current() == "about"
    assert screen.form().page().editors()["pep_type"].problem() == "This is needed before signing."


def test_the_keyboard_stays_on_the_plan_when_esc_closes_its_pages(screen):
    screen.check()
    screen.close_what_is_open()
    assert screen.form().isAncestorOf(screen.focusWidget())
    screen.preview().focus_search()

    screen.close_what_is_open()

    assert screen.preview().isHidden()
    assert screen.focusWidget().accessibleName() == "Preview"


def test_tab_goes_from_the_way_back_by_what_is_missing_to_signing(screen):
    fill(screen)
    screen.check()
    page = screen.check_page()
    page.sign_button().setFocus()

    page.focusNextPrevChild(False)
    if screen.focusWidget() is page.findChild(QScrollArea):
        page.focusNextPrevChild(False)  # something is worth a look

    assert screen.focusWidget().text() == "Back to the form"


def test_tab_goes_from_the_head_by_the_form_to_the_pages_and_there_as_they_are_read(screen):
    screen.toggle_preview()
    screen._head.focus_preview()

    went = [tabbed(screen) for _ in range(400)]

    form, preview = screen.form(), screen.preview()
    last = went.index(next(each for each in went if preview.isAncestorOf(each)))
    assert [each for each in went[:last] if form.isAncestorOf(each)]
    assert not [
        each for each in went[: went.index(screen.form().focusWidget())] if preview.isAncestorOf(each)
    ]
    in_pages = [each.accessibleName() or each.text() for each in went[last:] if preview.isAncestorOf(each)]
    assert in_pages.index("For") < in_pages.index("Large print")


def tabbed(screen):
    screen.window().focusWidget().focusNextPrevChild(True)
    return screen.window().focusWidget()


def test_a_draft_saved_on_another_day_says_the_day():
    saved = datetime(2026, 11, 22, 10, 22, tzinfo=UTC)

    assert plan._lately(saved, date(2026, 11, 22)) == "10:22"
    assert plan._lately(saved, date(2026, 11, 23)) == "22/11/2026 10:22"


def test_signing_asks_once_and_closes_the_version(screen, at_work, draft):
    fill(screen)
    screen.check()
    assert screen.check_page().links() == []

    screen.check_page().sign_button().click()
    assert stored(at_work.sam, draft).signed_at is None
    screen.check_page().confirm_button().setFocus()
    screen.check_page().confirm_button().click()

    assert screen.window().focusWidget().accessibleName() == "Preview"
    assert stored(at_work.sam, draft).signed_at is not None
    assert screen._head.chip() == "Signed, version 1"
    said = words_on(screen)
    assert "needed before signing" not in said
    assert "done" not in said
    assert "by Sam Okafor; a correction makes a new version." in screen._bars.signed.text()


def test_what_the_store_finds_missing_is_shown_at_the_question(screen, monkeypatch):
    fill(screen)
    screen.check()
    words = "The virtual school has to approve it first."

    def refuse(*_):
        raise Unfinished("Not signed yet.", (("about", "term", "Term", words),))

    monkeypatch.setattr(plans, "sign", refuse)
    screen.check_page().confirm_button().click()

    assert [link.text() for link in screen.check_page().links()] == ["Term"]
    screen.go_to("about", "term")
    assert screen.form().page().editors()["term"].problem() == words


def test_a_signed_version_is_read_only_and_a_correction_asks_why(qtbot, at_work, child_id, draft):
    sign(at_work.sam, draft)
    screen = opened(qtbot, at_work.sam, draft)
    screen.form().show_section("about")
    assert not screen.form().page().editors()["religion"].control().isVisible()

    press(screen, "Correct this version")
    type_into(screen._bars.signed.reason(), "Wrong school")
    with qtbot.waitSignal(screen.open_plan) as asked:
        QTest.keyClick(screen._bars.signed.reason(), Qt.Key.Key_Return)

    correction = stored(at_work.sam, asked.args[0])
    assert (correction.replaces, correction.reason) == (1, "Wrong school")


def test_versions_are_compared_side_by_side(qtbot, at_work, child_id, draft):
    sign(at_work.sam, draft)
    second = done(at_work.sam, lambda session: plans.correct(session, draft, "Wrong faith"))
    screen = opened(qtbot, at_work.sam, second)
    write(screen, "about", "religion", " (Polish)")

    screen.compare()

    texts = screen._compare.differences().texts()
    after = {old.accessibleName(): new.accessibleDescription() for old, new in texts}
    assert after["Religion, before"] == "Roman Catholic[inserted: (Polish)]"


def sign(desk, revision_id):
    view = stored(desk, revision_id)
    done(desk, lambda session: plans.sign(session, revision_id, view.version, sample("pep")))


# Somebody else saved


def test_a_clash_shows_both_texts_and_keeps_ones_own(screen, qtbot, at_work, draft):
    view = stored(at_work.sam, draft)
    theirs = view.answers | {"religion": "Hindu", "known_as": "Amy"}
    done(at_work.sam, lambda session: plans.save(session, draft, view.version, theirs))
    write(screen, "about", "religion", "Sikh")

    screen.flush(lambda: None)

    qtbot.waitUntil(lambda: "Somebody else saved this plan" in words_on(screen._pages))
    assert "Religion" in words_on(screen._pages)
    press(screen, "Use theirs: Known as")
    press(screen, "Go on with mine")
    saved = stored(at_work.sam, draft).answers
    assert (saved["religion"], saved["known_as"]) == ("Sikh", "Amy")


def test_going_on_with_theirs_shows_theirs(screen, at_work, draft):
    view = stored(at_work.sam, draft)
    theirs = view.answers | {"religion": "Hindu"}
    done(at_work.sam, lambda session: plans.save(session, draft, view.version, theirs))
    write(screen, "about", "religion", "Sikh")
    screen.flush(lambda: None)

    press(screen, "Go on with theirs")

    assert screen.form().answers()["religion"] == "Hindu"


# When typing is kept


class SlowDesk:
    """Answers when it is told to, so that a test sees what happens meanwhile."""

    def __init__(self):
        self.errands = []

    def run_in_order(self, screen, work, then, failed=None):
        self.errands.append((work, then, failed))

    def keep_typing(self, screen, typed, then, failed, *, aside=False):
        self.errands.append((aside, then, failed))

    def answer(self, result):
        _, then, _ = self.errands[-1]
        then(result)

    def fail(self, problem):
        _, _, failed = self.errands[-1]
        failed(problem)


@pytest.fixture
def slow():
    return SlowDesk()


@pytest.fixture
def parent(qtbot):
    parent = QPushButton()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def kept(parent, slow, draft, monkeypatch):
    monkeypatch.setattr(keeper, "QUIET_MS", 20)
    monkeypatch.setattr(keeper, "AT_MOST_MS", 60)
    monkeypatch.setattr(keeper, "RETRY_MS", 20)
    return Keeper(slow, draft, 1, lambda: {"term": "autumn"}, parent)


def test_the_times_are_those_that_were_promised():
    assert keeper.QUIET_MS == 400
    assert keeper.AT_MOST_MS == 800
    assert timedelta(minutes=5) / timedelta(milliseconds=1) == keeper.VERSION_MS


def test_one_call_at_a_time_and_none_left_out(kept, slow, qtbot):
    kept.touch()
    qtbot.waitUntil(lambda: len(slow.errands) == 1)
    kept.touch()
    kept.keep()
    assert len(slow.errands) == 1

    slow.answer(Kept(utc_now()))

    assert len(slow.errands) == 2


def test_p10_typing_on_and_on_is_kept_all_the_same(parent, slow, draft, qtbot, monkeypatch):
    monkeypatch.setattr(keeper, "QUIET_MS", 60_000)  # as if the next key always came before it
    monkeypatch.setattr(keeper, "AT_MOST_MS", 60)
    kept = Keeper(slow, draft, 1, lambda: {"term": "autumn"}, parent)

    kept.touch()

    qtbot.waitUntil(lambda: len(slow.errands) == 1)


def test_what_could_not_be_saved_is_said_and_tried_again(kept, slow, qtbot):
    kept.touch()
    qtbot.waitUntil(lambda: len(slow.errands) == 1)

    with qtbot.waitSignal(kept.state) as state:
        slow.fail(NotSaved("The disk is full."))

    assert state.args == ["Not saved – retry"]
    assert kept.has_unsaved()
    qtbot.waitUntil(lambda: len(slow.errands) == 2)


def test_a_flush_waits_for_the_call_under_way_and_saves_what_came_after(kept, slow, qtbot):
    closed = []
    kept.touch()
    kept.keep()
    kept.touch()
    kept.flush(lambda: closed.append(True))
    assert len(slow.errands) == 1

    slow.answer(Kept(utc_now()))
    assert closed == []
    slow.answer(plans.Saved(2, utc_now()))

    assert closed == [True]
    assert kept.version == 2
    assert not kept.has_unsaved()


def test_what_is_typed_while_a_slow_save_goes_on_is_kept_beside_the_store(kept, slow, qtbot):
    states = []
    kept.state.connect(states.append)
    kept.touch()
    kept.save()
    kept.touch()
    qtbot.waitUntil(lambda: len(slow.errands) == 2)
    is_aside, kept_aside, _ = slow.errands[1]
    assert is_aside is True
    kept_aside(Kept(utc_now(), "It is being saved."))
    assert states[-1] == "Saving…"

    slow.errands[0][1](plans.Saved(2, utc_now()))

    assert slow.errands[2][0] is False  # and then in the store, upon the new version
    slow.answer(Kept(utc_now()))
    assert states[-1].startswith("Saved ")


def test_what_is_kept_beside_the_store_is_not_called_saved(kept, slow, qtbot):
    kept.touch()
    kept.keep()

    with qtbot.waitSignal(kept.state) as state:
        slow.answer(Kept(utc_now(), "The disk is full."))

    assert state.args[0].startswith("Not saved yet – kept beside the store ")
    assert kept.has_unsaved()
    qtbot.waitUntil(lambda: len(slow.errands) == 2)  # tried again by itself


def test_a_save_that_fails_is_kept_at_once_and_tried_again_later(kept, slow, qtbot):
    closed = []
    kept.touch()
    kept.flush(lambda: closed.append(True))

    slow.fail(NotSaved("The disk is full."))

    assert slow.errands[-1][0] is False
    slow.answer(Kept(utc_now(), "The disk is full."))
    qtbot.waitUntil(lambda: len(slow.errands) == 3)
    slow.answer(plans.Saved(2, utc_now()))
    assert closed == [True]
    assert not kept.has_unsaved()


# Changed words


def test_only_what_differs_is_marked():
    old, new = changed_words("Meeting on 12/11/2026 at school.", "Meeting on 19/11/2026 at school.")

    assert [piece.words for piece in old if piece.is_changed] == ["12/11/2026"]
    assert [piece.words for piece in new if piece.is_changed] == ["19/11/2026"]
    assert "".join(piece.words for piece in new) == "Meeting on 19/11/2026 at school."
