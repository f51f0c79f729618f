"""The window: rail, find box, the open screen with the way back, what was saved, the lock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from caseapp import settings, upkeep
from caseapp.settings import Settings
from caseapp.spelling import add_own_word
from caseapp.work import Damaged, NotSaved, Problem
from ui.away import AwayWatch
from ui.closing import STAYS_OPEN, Closing
from ui.desk import Desk
from ui.dress import Dress
from ui.frame import ENTRIES, LEAST_SIZE
from ui.guide import Guide
from ui.lock import IdleWatch, Locking
from ui.new_menu import NewMenu
from ui.panes import PaneKeys
from ui.soundness_card import SoundnessWatch
from ui.spelling import spelling
from ui.trail import Trail, ask
from ui.unsaved import taken_back_words
from ui.ways import Ways, connect
from ui.work_page import WorkPage

if TYPE_CHECKING:
    from caseapp.journal import TakenBack
    from ui.backup_watch import BackupWatch

ICONS_BELOW: Final = 1200
TITLE: Final = "caseapp"


class MainWindow(QMainWindow):
    """Everything that somebody signed in sees."""

    gone = Signal(bool)
    """The window has closed; True: somebody wants to sign in again."""

    def __init__(self, desk: Desk, store_name: str, user_name: str = "") -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*LEAST_SIZE)
        self._desk = desk
        self._wants_sign_in = False
        self.starts_again = False
        """Whether the program is to start anew once this window has closed."""
        self._is_keeping = False
        self._dress = Dress(self)
        self._entries = [each for each in ENTRIES if not each.right or desk.may(each.right).allowed]
        self._work = WorkPage(desk, store_name, self._entries)
        self._rail, self._top, self._status = self._work.rail, self._work.top, self._work.status
        self._pages = QStackedWidget()
        self._pages.addWidget(self._work)
        self.setCentralWidget(self._pages)
        self._trail = Trail(self._work.stack)
        self.ways = Ways(desk, self._trail, [each.key for each in self._entries], self)
        self._new_menu = NewMenu(desk, self._trail, self._work)
        self._top.new.setMenu(self._new_menu)
        self.guide = Guide(self._work, self._desk, self._trail)
        self.guide.about_asked.connect(self.ways.open_about)
        self.backups: BackupWatch | None = None
        self._locking = Locking(self._pages, desk, self._flush_and_back_up, user_name)
        self._closing = Closing(self, self._trail.flush, self._back_up_to_leave)
        self._idle = IdleWatch(parent=self)
        self._away = AwayWatch(self)
        self._soundness = SoundnessWatch(desk, self)
        self._connect()
        self._add_keys()
        desk.run(self, settings.read, self._show_settings)
        self.ways.open_entry(self._entries[0].key)
        desk.take_back(self, self._show_taken_back)
        self._begin_day(None)

    def _begin_day(self, after: UUID | None) -> None:
        """Bring clocks in step with the day, some children at a time, so that nobody waits for it."""
        work = partial(upkeep.begin_day, after=after)
        self._desk.run(self, work, self._day_begun, reason="A new day", purpose="rebuild")

    def _day_begun(self, reached: UUID | None) -> None:
        if reached is not None:
            self._begin_day(reached)

    # What it is made of

    def _connect(self) -> None:
        self._rail.chosen.connect(self._entry_chosen)
        self._top.finder.open_child.connect(self.ways.open_child)
        self._top.finder.add_child.connect(self.ways.add_child)
        self._top.back.clicked.connect(self._trail.back)
        self._trail.entered.connect(self._connect_screen)
        self._trail.arrived.connect(self._arrived)
        self._top.lock.clicked.connect(self.lock)
        self._top.theme_chosen.connect(self.choose_theme)
        self._top.password_asked.connect(self.ways.open_password)
        self._top.sign_out_asked.connect(self.sign_out)
        self._status.retry_asked.connect(self._trail.retry)
        self._status.tour_asked.connect(self.guide.go_on_with_tour)
        self.guide.tour_waits.connect(self._status.offer_tour)
        self._new_menu.child_asked.connect(self.ways.add_child)
        self._new_menu.import_asked.connect(self.ways.open_import)
        self._closing.given_up.connect(self._stay_open)
        self._desk.problem.connect(self.show_problem)
        self._desk.busy.connect(self._show_busy)
        self._idle.idle.connect(self.lock)
        spelling().word_added.connect(self._keep_word)
        self._away.away.connect(self.lock)
        self._locking.locked.connect(self._locked)
        self._locking.unlocked.connect(self._unlocked)
        self._locking.other_asked.connect(self.sign_out)

    def _add_keys(self) -> None:
        # The work page owns them: they rest while the lock screen hides it.
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+K": self._top.finder.take_focus,
            "Ctrl+N": self._top.new.showMenu,
            "Ctrl+L": self.lock,
            "Alt+Left": self.ways.go_left,
            "Alt+Right": self.ways.go_right,
            "F1": self.guide.toggle_help,
            "Ctrl+/": self.guide.toggle_keys,
            "Esc": self.close_last,
        }
        for number, entry in enumerate(self._entries[:10], 1):
            keys[f"Alt+{number % 10}"] = partial(self.ways.open_entry, entry.key)
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self._work, act)
        PaneKeys(self._work, self._rail, self._trail)

    def watch_soundness(self) -> None:
        """Look from now on whether the store is sound: a glance at each opening, everything once a week."""
        self._soundness.found.connect(self._work.unsound.say)
        self._work.unsound.settings_asked.connect(partial(self.ways.open_settings, "focus_store"))
        self._locking.locked.connect(self._soundness.stop)
        self._locking.unlocked.connect(self._soundness.begin)
        self._soundness.begin()

    def keep_backed_up(self) -> None:
        """Let backups make themselves from now on: at lock, at the end, every half hour."""
        from ui.backup_watch import BackupWatch

        self.backups = BackupWatch(self._desk, self._status, self)
        self.backups.alarmed.connect(self.show_problem)

    # Going from screen to screen

    def _entry_chosen(self, key: str) -> None:
        self._rail.show_chosen(self._trail.entry)
        self.ways.open_entry(key)

    def _arrived(self) -> None:
        self._status.show_saved("")
        self._work.hush()
        self._rail.show_chosen(self._trail.entry)
        self._top.back.setEnabled(self._trail.leads_back)

    def _connect_screen(self, screen: QWidget) -> None:
        self.ways.connect_screen(screen)
        connect(
            screen,
            {
                "save_state": self._status.show_saved,
                "left": self._trail.back,
                "theme_chosen": self.choose_theme,
                "idle_chosen": self._set_idle,
                "start_again_asked": self.start_again,
                "backed_up": self._read_settings,
                "keys_asked": self._locking.lock_for,
                "recovered": self._work.hush,
            },
        )
        self._work.unsaved.watch(screen)

    # What the window itself says and does

    def _show_taken_back(self, taken: TakenBack) -> None:
        if words := taken_back_words(taken):
            self.show_problem(Problem(words))

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong, where every screen leaves room for it."""
        meaning = "alert" if isinstance(problem, NotSaved | Damaged) else "warning"
        self._work.say(problem.words, meaning)

    def keep_typed(self) -> None:
        """Keep what is typed now: after a fault nobody knows how long the window lives. Once at a time."""
        if not self._is_keeping and not self._locking.is_locked:
            self._is_keeping = True  # a fault within it must not begin it again
            self._trail.flush(self._kept)

    def _kept(self) -> None:
        self._is_keeping = False

    def ask_for_password(self) -> None:
        """Say that the recovery key opened the store, and that a new password is due."""
        self.ways.open_password()
        words = "You came in with the recovery key. Choose a new password now, under Your password."
        self.show_problem(Problem(words))

    def _show_busy(self, is_busy: bool) -> None:
        if is_busy:
            self._status.busy.begin("Working…", may_cancel=False)
        else:
            self._status.busy.end()

    def close_last(self) -> None:
        """Close what opened last: list of children, help, banner, what the screen has open."""
        if self._top.finder.is_open:
            self._top.finder.close_results()
        elif self.guide.close_what_is_open():
            return
        elif self._work.is_saying:
            self._work.hush()
        else:
            ask(self._trail.current, "close_what_is_open")

    # Settings and theme

    def _read_settings(self) -> None:
        self._desk.run(self, settings.read, self._show_settings)

    def _show_settings(self, read: Settings) -> None:
        self._locking.user_name = read.user_name
        if self.backups is None:
            self._status.show_backup(read.backed_up_at, self._desk.today)
        else:
            self.backups.show_state()
        self._set_idle(read.idle_minutes)
        if read.theme != self._dress.name:
            self._dress.wear(read.theme)
        self._top.show_theme(read.theme)

    def _set_idle(self, minutes: int) -> None:
        self._idle.minutes = minutes

    def choose_theme(self, name: str) -> None:
        """Dress the window anew, and keep that for next time."""
        self._top.show_theme(name)
        self._dress.wear(name)
        self._desk.run(self, lambda session: settings.choose_theme(session, name), _ignore)

    # Locking and closing

    def lock(self) -> None:
        """Cover the window; whoever goes on needs the password."""
        self._top.finder.close_results()
        self._locking.lock()

    @property
    def locking(self) -> Locking:
        """Return the lock."""
        return self._locking

    @property
    def idle(self) -> IdleWatch:
        """Return the watch that locks."""
        return self._idle

    @property
    def trail(self) -> Trail:
        """Return the way through the screens."""
        return self._trail

    def _keep_word(self, word: str) -> None:
        self._desk.run(self, lambda session: add_own_word(session, word), _ignore)

    def _locked(self) -> None:
        self.setWindowTitle(f"{TITLE} – locked")

    def _unlocked(self) -> None:
        self.setWindowTitle(TITLE)
        self._desk.take_back(self, self._show_taken_back)
        self._idle.touch()
        if self.backups is not None:
            self.backups.unlocked()

    def start_again(self) -> None:
        """Save, close, and let the program start anew."""
        self.starts_again = True
        self.close()

    def sign_out(self) -> None:
        """Save, close, and let somebody sign in."""
        self._wants_sign_in = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once everything typed is saved."""
        if self._closing.may_close or self._locking.is_locked:
            self._finish()
            event.accept()
        else:
            event.ignore()
            self._closing.begin()

    def _back_up_to_leave(self, then: Callable[[], None]) -> None:
        if self.backups is None:
            then()
        else:
            self._work.rest()
            self.backups.before_leaving(then)

    def _stay_open(self) -> None:
        self._wants_sign_in = self.starts_again = False
        self._work.say(STAYS_OPEN, "alert")

    def _flush_and_back_up(self, then: Callable[[], None]) -> None:
        self._trail.flush(then if self.backups is None else partial(self.backups.at_lock, then))

    def _finish(self) -> None:
        self._idle.minutes = 10**6
        self._soundness.finish()
        self._desk.finish()
        self._locking.finish()
        if (was := self._desk.forget_keys()) is not None:
            was.close()
        self.gone.emit(self._wants_sign_in)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room on small windows."""
        super().resizeEvent(event)
        self._rail.collapse(self.width() < ICONS_BELOW)
        self.guide.place()


def _ignore(_result: object) -> None:
    """Take no notice of a result."""
