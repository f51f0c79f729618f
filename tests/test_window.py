"""The window: rail, find box, ways from screen to screen, what was saved, and the lock."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from sqlalchemy import select

from caseapp import accounts, children, settings
from caseapp.children import ChildRow, NewChild
from caseapp.returns.opens import Opens
from caseapp.work import Actor, Problem
from db.models import Revision
from db.store import memory_store
from ui import lock, screens
from ui.desk import Desk
from ui.find import FindBox, Found
from ui.frame import backup_words
from ui.lock import IdleWatch
from ui.window import MainWindow

PASSWORD = "lantern-copper-river-tandem"
TODAY = date(2026, 11, 23)
MANAGER = Actor(uuid4(), "Sam Okafor", uuid4(), frozenset({"manager"}))
NEEDS_A_NAME = {
    QAccessible.Role.EditableText,
    QAccessible.Role.Button,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.ComboBox,
    QAccessible.Role.CheckBox,
    QAccessible.Role.SpinBox,
    QAccessible.Role.List,
    QAccessible.Role.Table,
    QAccessible.Role.Tree,
}


class Placeholder(QWidget):
    """Stands for a screen: a name, a box to type in, and the signals that screens have."""

    open_child = Signal(UUID)
    open_plan = Signal(UUID)
    open_child_tab = Signal(UUID, str)
    open_place = Signal(object)
    open_sibling = Signal(UUID)
    start_plan = Signal(UUID, str)
    start_star = Signal(UUID, str)
    save_state = Signal(str)

    def __init__(self, text):
        super().__init__()
        self.text = QLineEdit(self)
        self.text.setAccessibleName("Text")
        self.saved, self.refreshed, self.keeps_still = [], 0, False
        self.steps, self.parts = [], 0
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(text))
        layout.addWidget(self.text)

    def flush(self, then):
        self.saved.append(self.text.text())
        if not self.keeps_still:
            then()

    def focus_first(self):
        self.text.setFocus()

    def refresh(self):
        self.refreshed += 1

    def to_sibling(self, step):
        self.steps.append(step)
        return bool(self.parts)


@pytest.fixture
def placeholders(monkeypatch):
    names = (
        "today", "children", "early_help", "reports", "child", "place", "plan", "settings", "import",
        "caseload", "front_door", "supervision", "approvals",
    )  # fmt: skip
    for name in names:
        make = f"{name}_screen"
        monkeypatch.setattr(screens, make, lambda *given, name=name: Placeholder(f"{name} {given[1:]}"))


@pytest.fixture
def fast_keys(monkeypatch):
    monkeypatch.setenv("CASEAPP_TEST", "1")
    monkeypatch.setenv("CASEAPP_TEST_FAST_KEYS", "1")


@pytest.fixture
def signed_in(tmp_path, fast_keys):
    made = accounts.make_store(
        tmp_path / "family-support.caseapp", user_name="sam", name="Sam Okafor", password=PASSWORD
    )
    yield made.signed_in
    made.signed_in.close()


@pytest.fixture
def desk(qtbot):
    store = memory_store(today=lambda: TODAY)
    made = Desk(store, MANAGER)
    yield made
    made.finish()
    store.close()


@pytest.fixture
def window(qtbot, placeholders, signed_in):
    desk = Desk(signed_in.store, signed_in.actor, signed_in)
    made = MainWindow(desk, "family-support.caseapp")
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.locking.user_name == "sam")
    yield made
    made.trail.current.keeps_still = False
    with qtbot.waitSignal(made.gone):
        made.close()
    made.deleteLater()


def labels(widget):
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]


def nameless(widget):
    """Return the visible controls under a widget that a screen reader could not name."""
    found = []
    waiting = [QAccessible.queryAccessibleInterface(widget)]
    while waiting:
        each = waiting.pop()
        if each is None or each.state().invisible:
            continue
        if each.role() in NEEDS_A_NAME and each.state().focusable and not each.text(QAccessible.Text.Name):
            found.append((each.role(), each.object()))
        waiting += [each.child(number) for number in range(each.childCount())]
    return found


# Going about


def test_the_window_opens_on_today(window):
    assert window.trail.name == "today"
    assert window.windowTitle() == "caseapp"


def test_every_control_of_the_window_has_a_name(window):
    assert nameless(window) == []


def test_a_link_opens_a_child_and_back_returns_to_a_fresh_list(qtbot, window):
    window.ways.open_entry("children")
    first = window.trail.current
    child_id = uuid4()

    first.open_child.emit(child_id)
    assert window.trail.name == "child"
    assert str(child_id) in labels(window.trail.current)[0]
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    qtbot.waitUntil(lambda: window.trail.current is first)
    assert first.refreshed == 1


def test_early_help_is_on_the_rail_and_opens_a_record_on_its_tab(window):
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert window.trail.name == "early help"
    child_id = uuid4()

    window.trail.current.open_child_tab.emit(child_id, "Early help")

    assert window.trail.name == "child"
    assert labels(window.trail.current) == [f"child ({child_id!r}, 'Early help')"]


def test_reports_are_on_the_rail_and_a_finding_opens_the_record_at_its_row(window):
    QTest.keyClick(window, Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    assert window.trail.name == "reports"
    opens = Opens(uuid4(), "Care", "Health", uuid4(), "sdq_score")

    window.trail.current.open_place.emit(opens)

    assert window.trail.name == "child"
    assert labels(window.trail.current) == [f"place ({opens!r},)"]


def test_a_managers_screens_are_on_the_rail_in_their_order(window):
    names = ("caseload", "front door", "education", "supervision", "approvals")
    for key, name in zip("35678", names, strict=True):
        if name != "education":
            QTest.keyClick(window, Qt.Key(ord(key)), Qt.KeyboardModifier.AltModifier)
            assert window.trail.name == name


def test_alt_0_opens_the_tenth_screen(window):
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)

    assert window.trail.name == "settings"


def test_what_waits_at_the_front_door_opens_there_at_its_row(window):
    row_id = uuid4()
    window.ways.open_front_door("Contacts", row_id)

    assert window.trail.name == "front door"
    assert labels(window.trail.current) == [f"front_door ('Contacts', {row_id!r})"]


def test_a_sisters_part_takes_the_place_of_the_brothers(qtbot, window):
    window.ways.open_plan(uuid4())
    brothers, back_to = window.trail.current, uuid4()
    brothers.text.setText("half a word")

    brothers.open_sibling.emit(back_to)

    assert brothers.saved[-1] == "half a word"
    assert str(back_to) in labels(window.trail.current)[0]
    window.trail.back()
    assert window.trail.name == "today"


def test_alt_left_goes_to_the_part_before_and_back_where_there_is_none(window):
    window.ways.open_plan(uuid4())
    plan = window.trail.current
    plan.parts = 1

    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert (plan.steps, window.trail.name) == ([-1, 1], "plan")

    plan.parts = 0
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.trail.name == "today"


def test_leaving_a_screen_saves_what_was_typed_in_it(window):
    screen = window.trail.current
    screen.text.setText("half a wo")

    window.ways.open_entry("children")

    assert screen.saved == ["half a wo"]


def test_a_screen_that_cannot_save_is_left_after_a_moment_and_kept(qtbot, window):
    screen = window.trail.current
    screen.keeps_still = True
    screen.text.setText("not saved yet")

    window.ways.open_entry("children")
    assert window.trail.current is screen

    qtbot.waitUntil(lambda: window.trail.name == "children", timeout=4000)
    assert screen.text.text() == "not saved yet"


def test_the_rail_shows_names_and_below_1200_pixels_icons_only(window):
    assert window._rail.width() == 184

    window.resize(1100, 700)

    assert window._rail.width() == 60


def test_an_administrator_who_may_not_read_records_sees_settings_only(qtbot, placeholders):
    store = memory_store(today=lambda: TODAY)
    desk = Desk(store, Actor(uuid4(), "Ada", None, frozenset({"administrator"})))
    window = MainWindow(desk, "x.caseapp", "ada")
    qtbot.addWidget(window)

    names = [each.accessibleName() for each in window._rail._buttons.values()]

    assert names == ["Settings"]
    qtbot.waitUntil(lambda: not desk.is_busy)
    desk.finish()


def test_keys_lead_to_the_rails_screens(window):
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)

    assert window.trail.name == "children"


def test_the_status_line_says_when_it_was_saved_and_offers_to_retry(qtbot, window):
    window.trail.current.save_state.emit("Saved 14:32")
    assert window._status.text().startswith("Saved 14:32 family-support.caseapp Not backed up yet")

    window.trail.current.save_state.emit("Not saved – retry")

    assert window._status._retry.isVisible()


def test_a_problem_stands_in_the_banner_until_it_is_closed(window):
    window._desk.problem.emit(Problem("The disk is full. Make room, then try again."))
    assert "The disk is full. Make room, then try again." in labels(window)

    QTest.keyClick(window, Qt.Key.Key_Escape)

    assert "The disk is full. Make room, then try again." not in labels(window)


def test_a_print_belongs_to_the_screen_it_was_asked_for_on_and_is_shown_once(window, monkeypatch):
    monkeypatch.setattr(screens, "pdf_screen", lambda title, pdf: Placeholder(title))
    window.ways.open_entry("reports")

    window.ways.show_pdf("Leaving care", b"")
    window.ways.show_pdf("Leaving care", b"")

    assert (window.trail.name, window.trail.entry) == ("pdf", "reports")
    window.ways.go_left()
    assert window.trail.name == "reports"


def test_escape_closes_the_help(window):
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert "Help: Today" in labels(window)
    assert nameless(window) == []

    QTest.keyClick(window, Qt.Key.Key_Escape)

    assert "Help: Today" not in labels(window)


def test_starting_a_plan_opens_its_draft(qtbot, window, signed_in):
    with signed_in.store.session(signed_in.actor) as session:
        child = children.register(session, NewChild("Amelia", "Kowalska", born_on=date(2011, 9, 4)))

    window.trail.current.start_plan.emit(child.id, "early-help")

    qtbot.waitUntil(lambda: window.trail.name == "plan")
    assert window.trail.entry == "children"


def test_a_reading_is_begun_on_the_star_that_was_chosen(qtbot, window, signed_in):
    with signed_in.store.session(signed_in.actor) as session:
        child = children.register(session, NewChild("Amelia", "Kowalska", born_on=date(2011, 9, 4)))

    window.trail.current.start_star.emit(child.id, "child-progress-wheel")

    qtbot.waitUntil(lambda: window.trail.name == "plan")
    with signed_in.store.session(signed_in.actor) as session:
        (draft,) = session.scalars(select(Revision).where(Revision.child_id == child.id))
    assert draft.form_key == "child-progress-wheel"


def test_the_chosen_theme_is_kept_for_this_user(qtbot, window, signed_in):
    window.choose_theme("dark")
    qtbot.waitUntil(lambda: not window._desk.is_busy)

    with signed_in.store.session(signed_in.actor) as session:
        assert settings.read(session).theme == "dark"
    window.choose_theme("light")
    qtbot.waitUntil(lambda: not window._desk.is_busy)


def test_a_backup_is_told_by_its_day(signed_in):
    from datetime import UTC, datetime

    assert backup_words(None, TODAY) == "Not backed up yet"
    assert backup_words(datetime(2026, 11, 23, 9, 1, tzinfo=UTC), TODAY) == "Backed up today 09:01"
    old = datetime(2026, 11, 3, 9, 1, tzinfo=UTC)
    assert backup_words(old, TODAY) == "Backed up 03/11/2026, 20 days ago"


# Finding


@pytest.fixture
def find(qtbot, desk):
    page = QWidget()
    page.setObjectName("work")
    page.resize(900, 600)
    box = FindBox(desk, page)
    box.resize(440, 34)
    qtbot.addWidget(page)
    page.show()
    box.edit.setFocus()
    yield box
    page.close()


def row(name, ref):
    return ChildRow(
        uuid4(), ref, name, name.lower(), date(2011, 9, 4), None, "looked_after", "Sam Okafor", "East",
        date(2026, 12, 19), None,
    )  # fmt: skip


def shown(find):
    model = find.results.model
    return [str(model.index(number, 0).data()) for number in range(model.rowCount())]


def test_found_children_are_told_apart(find):
    find.edit.setText("kow")

    find.show_found(0, "kow", [row("Amelia Kowalska", 10482)])

    assert shown(find) == [
        "Amelia Kowalska, 15 years 2 months, born 04/09/2011 · ref 10482 · Sam Okafor, Looked after, "
        "next 19/12/2026",
        "Add a new child “kow”…",
    ]


def test_an_answer_to_an_older_search_is_dropped(qtbot, find, desk):
    answers = []
    desk.run = lambda screen, work, then, failed=None: answers.append(then)
    for typed in ("ko", "kow"):
        find.edit.setText(typed)
        find.search()

    answers[1](Found([row("Amelia Kowalska", 10482)]))
    answers[0](Found([row("Konrad Nowak", 10500)]))

    assert [line.split(",")[0] for line in shown(find)] == ["Amelia Kowalska", "Add a new child “kow”…"]


def test_nobody_found_offers_to_add_the_child(qtbot, find):
    find.edit.setText("Zebedee")
    find.search()
    qtbot.waitUntil(lambda: find.is_open)
    assert "Nobody is found by “Zebedee”." in find.results.words.text()

    with qtbot.waitSignal(find.add_child) as asked:
        QTest.keyClick(find.edit, Qt.Key.Key_Down)
        QTest.keyClick(find.edit, Qt.Key.Key_Return)

    assert asked.args == ["Zebedee"]


def test_arrows_and_enter_open_a_child(qtbot, find):
    rows = [row("Amelia Kowalska", 1), row("Amina Kowal", 2)]
    find.edit.setText("kow")
    find.show_found(0, "kow", rows)

    with qtbot.waitSignal(find.open_child) as asked:
        QTest.keyClick(find.edit, Qt.Key.Key_Down)
        QTest.keyClick(find.edit, Qt.Key.Key_Return)

    assert asked.args == [rows[1].id]
    assert not find.is_open
    assert find.edit.text() == ""


def test_enter_before_the_answer_opens_the_one_child_found(qtbot, find, desk):
    answers, amelia = [], row("Amelia Kowalska", 10482)
    desk.run = lambda screen, work, then, failed=None: answers.append(then)
    QTest.keyClicks(find.edit, "kow")
    QTest.keyClick(find.edit, Qt.Key.Key_Return)

    with qtbot.waitSignal(find.open_child) as asked:
        answers[-1](Found([amelia]))

    assert asked.args == [amelia.id]


def test_who_went_elsewhere_before_the_answer_is_not_taken_to_a_record(find, desk):
    answers, opened = [], []
    desk.run = lambda screen, work, then, failed=None: answers.append(then)
    find.open_child.connect(opened.append)
    QTest.keyClicks(find.edit, "kow")
    QTest.keyClick(find.edit, Qt.Key.Key_Return)

    QApplication.sendEvent(find.edit, QFocusEvent(QEvent.Type.FocusOut))
    answers[-1](Found([row("Amelia Kowalska", 10482)]))

    assert opened == []


def test_enter_opens_nobody_of_an_older_answer(find, desk):
    answers, opened = [], []
    desk.run = lambda screen, work, then, failed=None: answers.append(then)
    find.open_child.connect(opened.append)
    for typed, rows in (("ko", [row("Konrad Nowak", 10500)]), ("kow", None)):
        find.edit.setText(typed)
        find.search()
        if rows:
            answers[-1](Found(rows))

    QTest.keyClick(find.edit, Qt.Key.Key_Return)
    answers[-1](Found([row("Amelia Kowalska", 1), row("Amina Kowal", 2)]))

    assert opened == []
    assert len(shown(find)) == 3


def test_typing_searches_by_itself(qtbot, find):
    QTest.keyClicks(find.edit, "zeb")

    qtbot.waitUntil(lambda: find.is_open)
    assert "“zeb”" in find.results.words.text()


def test_the_find_box_takes_the_keyboard_from_anywhere(window):
    window.trail.current.text.setFocus()

    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)

    assert window.focusWidget() is window._top.finder.edit


# Locking


def unlocked(qtbot, window, password=PASSWORD):
    qtbot.waitUntil(lambda: not window.locking._is_open)
    window.locking.card.password.set_text(password)
    window.locking.unlock(password)


def test_the_lock_keeps_a_half_typed_word_and_the_cursor(qtbot, window):
    text = window.trail.current.text
    text.setText("She said that she wou")
    text.setCursorPosition(8)
    text.setFocus()

    window.lock()
    unlocked(qtbot, window)

    qtbot.waitUntil(lambda: not window.locking.is_locked, timeout=20_000)
    assert (text.text(), text.cursorPosition()) == ("She said that she wou", 8)
    assert window.focusWidget() is text
    assert window.trail.current.saved == ["She said that she wou"]


def test_a_locked_window_shows_nothing_of_the_record(qtbot, window, monkeypatch):
    monkeypatch.setattr(lock, "clipboard_is_ours", lambda: True)  # the offscreen platform never says so
    name = QLabel("Amelia Kowalska")
    window.trail.current.layout().addWidget(name)
    name.show()
    assert "Amelia Kowalska" in labels(window)
    QGuiApplication.clipboard().setText("Amelia Kowalska")

    window.lock()

    assert not [said for said in labels(window) if "Amelia" in said]
    assert window.windowTitle() == "caseapp – locked"
    assert QGuiApplication.clipboard().text() == ""
    assert nameless(window) == []


def test_the_keys_are_dropped_only_after_the_typing_is_saved(qtbot, window):
    screen = window.trail.current
    screen.keeps_still = True

    window.lock()

    assert window._desk.signed_in is not None
    qtbot.waitUntil(lambda: not window.locking._is_open, timeout=8000)
    with pytest.raises(RuntimeError):
        _ = window._desk.signed_in


def test_shortcuts_rest_while_the_window_is_locked(qtbot, window):
    window.lock()

    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)

    assert window.trail.name == "today"


def test_a_wrong_password_does_not_unlock_and_says_no_more_than_that(qtbot, window):
    window.lock()

    unlocked(qtbot, window, "not-the-right-one-at-all")

    qtbot.waitUntil(lambda: bool(window.locking.card.problem_text()), timeout=20_000)
    assert window.locking.card.problem_text() == "The user name or the password is not right."
    assert window.locking.is_locked


def test_a_save_that_was_begun_before_the_lock_is_delivered_after_it(qtbot, window):
    done = []
    window.lock()
    qtbot.waitUntil(lambda: not window.locking._is_open)
    window._desk.run(window, lambda session: session.actor.name, done.append)
    assert done == []

    unlocked(qtbot, window)

    qtbot.waitUntil(lambda: done == ["Sam Okafor"], timeout=20_000)


def test_the_window_locks_after_the_idle_minutes(qtbot):
    now, locked = [0.0], []
    watch = IdleWatch(lambda: now[0])
    watch.idle.connect(lambda: locked.append(True))
    now[0] = 299.0
    watch.look()
    assert locked == []

    now[0] = 300.0
    watch.look()

    assert locked == [True]


def test_keys_and_mouse_keep_the_window_open(qtbot):
    now, locked = [0.0], []
    watch = IdleWatch(lambda: now[0])
    watch.idle.connect(lambda: locked.append(True))
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    now[0] = 299.0

    QTest.keyClick(field.windowHandle(), Qt.Key.Key_A)
    now[0] = 301.0
    watch.look()

    assert locked == []


def test_closing_waits_for_the_typing(qtbot, placeholders, signed_in):
    desk = Desk(signed_in.store, signed_in.actor, signed_in)
    window = MainWindow(desk, "family-support.caseapp", "sam")
    window.show()
    screen = window.trail.current
    screen.text.setText("last words")

    with qtbot.waitSignal(window.gone) as gone:
        window.sign_out()

    assert screen.saved == ["last words"]
    assert gone.args == [True]
    window.deleteLater()


def test_f6_comes_to_the_rail_at_the_open_screen(qtbot, window):
    window.ways.open_entry("children")

    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_F6)
    found = window.focusWidget()

    assert (found.accessibleName(), found.isChecked()) == ("Children", True)
