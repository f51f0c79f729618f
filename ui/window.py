"""The window: rail, find box, the open screen with the way back, what was saved, the lock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from caseapp import plans, settings
from caseapp.settings import Settings
from caseapp.work import Damaged, NotSaved, Problem, Session
from ui import screens, theme
from ui.desk import Desk
from ui.frame import ENTRIES, Rail, StatusLine, TopBar
from ui.keys import KeysOverlay
from ui.lock import IdleWatch, Locking
from ui.parts import Banner

ICONS_BELOW: Final = 1200
FLUSH_MS: Final = 1500
CLOSE_MS: Final = 10_000
MOST_BACK: Final = 12
TITLE: Final = "caseapp"


class MainWindow(QMainWindow):
    """Everything that somebody signed in sees."""

    gone = Signal(bool)
    """The window has closed; True: somebody wants to sign in again."""

    def __init__(self, desk: Desk, store_name: str, user_name: str = "") -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(800, 560)
        self._desk = desk
        self._trail: list[QWidget] = []
        self._is_leaving = self._may_close = self._wants_sign_in = False
        self._theme = "system"
        self._entries = [each for each in ENTRIES if not each.right or desk.may(each.right).allowed]
        self._place_all(store_name)
        self._locking = Locking(self._pages, desk, self.flush, user_name)
        self._idle = IdleWatch(parent=self)
        self._connect()
        self._add_keys()
        desk.run(self, settings.read, self._show_settings)
        self.open_entry(self._entries[0].key)

    # What it is made of

    def _place_all(self, store_name: str) -> None:
        self._work = QWidget()
        self._work.setObjectName("work")
        self._rail = Rail(self._entries)
        self._top = TopBar(self._desk)
        self._status = StatusLine(store_name)
        self._banner = Banner("", "warning", "Close")
        self._banner_room = QWidget()
        self._banner_room.hide()
        room = QVBoxLayout(self._banner_room)
        room.setContentsMargins(24, 12, 24, 0)
        room.addWidget(self._banner)
        self._stack = QStackedWidget()
        self._stack.setObjectName("canvas")
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._top)
        right.addWidget(self._banner_room)
        right.addWidget(self._stack, 1)
        right.addWidget(self._status)
        layout = QHBoxLayout(self._work)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail)
        layout.addLayout(right, 1)
        self._help = KeysOverlay(self._work)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._work)
        self.setCentralWidget(self._pages)
        QWidget.setTabOrder(self._rail, self._top)
        self._new_menu = QMenu(self._work)
        self._new_menu.aboutToShow.connect(self._fill_new_menu)
        self._top.new.setMenu(self._new_menu)

    def _connect(self) -> None:
        self._rail.chosen.connect(self.open_entry)
        self._top.find.open_child.connect(self.open_child)
        self._top.find.add_child.connect(self.add_child)
        self._top.back.clicked.connect(self.back)
        self._top.lock.clicked.connect(self.lock)
        self._top.theme_chosen.connect(self.choose_theme)
        self._top.password_asked.connect(self.open_password)
        self._top.sign_out_asked.connect(self.sign_out)
        self._status.retry_asked.connect(self._retry)
        self._banner.acted.connect(self._banner_room.hide)
        self._desk.problem.connect(self.show_problem)
        self._desk.busy.connect(self._show_busy)
        self._idle.idle.connect(self.lock)
        self._locking.locked.connect(self._locked)
        self._locking.unlocked.connect(self._unlocked)
        self._locking.other_asked.connect(self.sign_out)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def _add_keys(self) -> None:
        # The work page owns them: they rest while the lock screen hides it.
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+K": self._top.find.take_focus,
            "Ctrl+N": self._top.new.showMenu,
            "Ctrl+L": self.lock,
            "Alt+Left": self.back,
            "F1": self.open_help,
            "Ctrl+/": self.open_keys,
            "Esc": self.close_last,
        }
        for number, entry in enumerate(self._entries, 1):
            keys[f"Alt+{number}"] = partial(_click, self._rail, entry.key)
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self._work, act)

    # Going from screen to screen

    def open_entry(self, key: str) -> None:
        """Open one of the rail's screens, or read it anew where it is open already."""
        self._rail.show_chosen(self._current_entry())
        if self._trail and self._trail[-1].property("screen") == key:
            _refresh(self._trail[-1])
            return
        makers = {
            "today": screens.today_screen,
            "children": screens.children_screen,
            "settings": screens.settings_screen,
        }
        self._go(partial(makers[key], self._desk), key, key)

    def open_child(self, child_id: UUID) -> None:
        """Open a child's record."""
        self._go(partial(screens.child_screen, self._desk, child_id), "child", "children")

    def open_plan(self, revision_id: UUID) -> None:
        """Open a version of a plan."""
        self._go(partial(screens.plan_screen, self._desk, revision_id), "plan", "children")

    def start_plan(self, child_id: UUID, kind: str) -> None:
        """Open the child's draft of a kind; without one, begin it."""
        self._desk.run_in_order(
            self, lambda session: plans.start(session, child_id, kind), self.open_plan
        )

    def add_child(self, typed: str = "") -> None:
        """Ask for a new child, with what was searched for as the name."""
        self._go(partial(screens.new_child_screen, self._desk, typed), "new child", "children")

    def open_import(self) -> None:
        """Open the import of a return's files."""
        self._go(partial(screens.import_screen, self._desk), "import", "settings")

    def open_password(self) -> None:
        """Open the settings where the password is changed."""
        if self._trail and self._trail[-1].property("screen") == "settings":
            _focus_password(self._trail[-1])
        else:
            self._go(partial(screens.settings_screen, self._desk), "settings", "settings", _focus_password)

    def back(self) -> None:
        """Go back to the screen before, read anew."""
        if len(self._trail) > 1:
            self._after_flush(self._step_back)

    def _go(
        self,
        make: Callable[[], QWidget],
        name: str,
        entry: str,
        after: Callable[[QWidget], object] | None = None,
    ) -> None:
        self._after_flush(partial(self._enter, make, name, entry, after))

    def _enter(
        self,
        make: Callable[[], QWidget],
        name: str,
        entry: str,
        after: Callable[[QWidget], object] | None,
    ) -> None:
        screen = make()
        screen.setProperty("screen", name)
        screen.setProperty("entry", entry)
        self._connect_screen(screen)
        self._stack.addWidget(screen)
        self._trail.append(screen)
        self._arrive(screen)
        if len(self._trail) > MOST_BACK:
            self._let_go(self._trail.pop(0))
        (after or _focus_first)(screen)

    def _step_back(self) -> None:
        left = self._trail.pop()
        self._arrive(self._trail[-1])
        self._let_go(left)
        _refresh(self._trail[-1])
        _focus_first(self._trail[-1])

    def _arrive(self, screen: QWidget) -> None:
        self._stack.setCurrentWidget(screen)
        self._status.show_saved("")
        self._banner_room.hide()
        self._rail.show_chosen(screen.property("entry"))
        self._top.back.setEnabled(len(self._trail) > 1)

    def _let_go(self, screen: QWidget) -> None:
        """Close a screen for good once its typing is saved; until then it waits, unseen."""
        _flush(screen, partial(_close, self._stack, screen))

    def _connect_screen(self, screen: QWidget) -> None:
        ways: dict[str, Callable[..., object]] = {
            "open_child": self.open_child,
            "open_plan": self.open_plan,
            "start_plan": self.start_plan,
            "add_child": self.add_child,
            "save_state": self._status.show_saved,
            "left": self.back,
            "theme_chosen": self.choose_theme,
            "idle_chosen": self._set_idle,
            "backed_up": self._read_settings,
            "import_asked": self.open_import,
        }
        for name, way in ways.items():
            if (signal := getattr(screen, name, None)) is not None:
                signal.connect(way)

    def _current_entry(self) -> str:
        return str(self._trail[-1].property("entry")) if self._trail else ""

    # Saving what is typed

    def flush(self, then: Callable[[], object]) -> None:
        """Have the open screen save what is typed, then call `then()`."""
        if self._trail:
            _flush(self._trail[-1], then)
        else:
            then()

    def _after_flush(self, then: Callable[[], object]) -> None:
        """Go on once it is saved, or a moment later: the screen that is left goes on saving unseen."""
        if self._is_leaving:
            return
        self._is_leaving = True
        go_on = partial(self._leave, then)
        QTimer.singleShot(FLUSH_MS, self, go_on)
        self.flush(go_on)

    def _leave(self, then: Callable[[], object]) -> None:
        if self._is_leaving:
            self._is_leaving = False
            then()

    def _retry(self) -> None:
        again = getattr(self._trail[-1], "retry", None)
        if again is not None:
            again()
        else:
            self.flush(_nothing)
