"""The window: rail, find box, the open screen with the way back, what was saved, the lock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QTimer, Signal, SignalInstance
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

from caseapp import plan_versions, plans, settings, upkeep
from caseapp.jottings import NEW_CHILD, NOTE
from caseapp.plan_versions import VersionRow
from caseapp.settings import Settings
from caseapp.spelling import add_own_word
from caseapp.work import Damaged, NotSaved, Problem
from ui import screens, theme
from ui.away import AwayWatch
from ui.desk import Desk
from ui.frame import ENTRIES, LEAST_SIZE, Rail, StatusLine, TopBar
from ui.guide import Guide
from ui.lock import IdleWatch, Locking
from ui.parts import Banner
from ui.soundness_card import SoundnessWatch, UnsoundBanner
from ui.spelling import spelling
from ui.trail import Trail, ask
from ui.unsaved import UnsavedBanner, taken_back_words

if TYPE_CHECKING:
    from caseapp.jottings import Writing
    from caseapp.journal import TakenBack
    from caseapp.returns.opens import Opens
    from ui.backup_watch import BackupWatch

ICONS_BELOW: Final = 1200
CLOSE_MS: Final = 10_000
CLOSE_AGAIN_MS: Final = 1000
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
        self._may_close = self._is_closing = self._was_warned = self._wants_sign_in = False
        self.starts_again = False
        """Whether the program is to start anew once this window has closed."""
        self._is_keeping = False
        self._theme = "system"
        self._patience = QTimer(self, interval=CLOSE_MS)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._not_saved_in_time)
        self._entries = [each for each in ENTRIES if not each.right or desk.may(each.right).allowed]
        self._place_all(store_name)
        self._trail = Trail(self._stack)
        self.guide = Guide(self._work, self._desk, self._trail)
        self.guide.about_asked.connect(self.open_about)
        self.backups: BackupWatch | None = None
        self._locking = Locking(self._pages, desk, self._flush_and_back_up, user_name)
        self._idle = IdleWatch(parent=self)
        self._away = AwayWatch(self)
        self._soundness = SoundnessWatch(desk, self)
        self._connect()
        self._add_keys()
        desk.run(self, settings.read, self._show_settings)
        self.open_entry(self._entries[0].key)
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
        self._unsaved = UnsavedBanner()
        right.addWidget(self._top)
        right.addWidget(self._unsaved)
        self._unsound = UnsoundBanner()
        right.addWidget(self._unsound)
        right.addWidget(self._banner_room)
        right.addWidget(self._stack, 1)
        right.addWidget(self._status)
        layout = QHBoxLayout(self._work)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._rail)
        layout.addLayout(right, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._work)
        self.setCentralWidget(self._pages)
        QWidget.setTabOrder(self._rail, self._top)
        self._new_menu = QMenu(self._work)
        self._new_menu.aboutToShow.connect(self._fill_new_menu)
        self._top.new.setMenu(self._new_menu)

    def _connect(self) -> None:
        self._rail.chosen.connect(self.open_entry)
        self._top.finder.open_child.connect(self.open_child)
        self._top.finder.add_child.connect(self.add_child)
        self._top.back.clicked.connect(self._trail.back)
        self._trail.entered.connect(self._connect_screen)
        self._trail.arrived.connect(self._arrived)
        self._top.lock.clicked.connect(self.lock)
        self._top.theme_chosen.connect(self.choose_theme)
        self._top.password_asked.connect(self.open_password)
        self._top.sign_out_asked.connect(self.sign_out)
        self._status.retry_asked.connect(self._trail.retry)
        self._banner.acted.connect(self._banner_room.hide)
        self._desk.problem.connect(self.show_problem)
        self._desk.busy.connect(self._show_busy)
        self._idle.idle.connect(self.lock)
        spelling().word_added.connect(self._keep_word)
        self._away.away.connect(self.lock)
        self._locking.locked.connect(self._locked)
        self._locking.unlocked.connect(self._unlocked)
        self._locking.other_asked.connect(self.sign_out)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def _add_keys(self) -> None:
        # The work page owns them: they rest while the lock screen hides it.
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+K": self._top.finder.take_focus,
            "Ctrl+N": self._top.new.showMenu,
            "Ctrl+L": self.lock,
            "Alt+Left": self.go_left,
            "Alt+Right": self.go_right,
            "F1": self.guide.toggle_help,
            "Ctrl+/": self.guide.toggle_keys,
            "Esc": self.close_last,
        }
        for number, entry in enumerate(self._entries[:10], 1):
            keys[f"Alt+{number % 10}"] = partial(self.open_entry, entry.key)
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self._work, act)

    def watch_soundness(self) -> None:
        """Look from now on whether the store is sound: a glance at each opening, everything once a week."""
        self._soundness.found.connect(self._unsound.say)
        self._unsound.settings_asked.connect(partial(self.open_settings, "focus_store"))
        self._locking.locked.connect(self._soundness.stop)
        self._locking.unlocked.connect(self._soundness.begin)
        self._soundness.begin()

    def keep_backed_up(self) -> None:
        """Let backups make themselves from now on: at lock, at the end, every half hour."""
        from ui.backup_watch import BackupWatch

        self.backups = BackupWatch(self._desk, self._status, self)
        self.backups.alarmed.connect(self.show_problem)

    # Going from screen to screen

    def open_entry(self, key: str) -> None:
        """Open one of the rail's screens, or read it anew where it is open already."""
        self._rail.show_chosen(self._trail.entry)
        if self._trail.name == key:
            ask(self._trail.current, "refresh")
            return
        makers = {
            "today": screens.today_screen,
            "children": screens.children_screen,
            "caseload": screens.caseload_screen,
            "early help": screens.early_help_screen,
            "front door": screens.front_door_screen,
            "education": screens.education_screen,
            "supervision": screens.supervision_screen,
            "approvals": screens.approvals_screen,
            "reports": screens.reports_screen,
            "settings": screens.settings_screen,
        }
        self._trail.go(partial(makers[key], self._desk), key, key)

    def open_child(self, child_id: UUID) -> None:
        """Open a child's record."""
        self.open_child_tab(child_id, "")

    def open_child_tab(self, child_id: UUID, tab: str) -> None:
        """Open a child's record on one of its tabs."""
        self._trail.go(partial(screens.child_screen, self._desk, child_id, tab), "child", "children")

    def open_place(self, place: Opens) -> None:
        """Open a child's record at the row and the field that something speaks of."""
        self._trail.go(partial(screens.place_screen, self._desk, place), "child", "children")

    def open_writing(self, writing: Writing) -> None:
        """Open a form that was begun, or the place where it opens: it then takes up what was written."""
        about = writing.about
        screen, tab = (*about.screen.split("/"), "")[:2]
        if about.form == NOTE:
            screens.go_on_with_note(self._desk, writing)
            screen, tab = "child", "Timeline"
        else:
            self._desk.wanted = writing.id
        if about.form == NEW_CHILD:
            self.add_child()
        elif about.child_id is not None:
            self.open_child_tab(about.child_id, tab if screen == "child" else "")
        elif screen in {each.key for each in ENTRIES}:
            self.open_entry(screen)

    def open_front_door(self, tab: str, row_id: UUID) -> None:
        """Open the front door at a contact, a referral or an assessment."""
        make = partial(screens.front_door_screen, self._desk, tab, row_id)
        self._trail.go(make, "front door", "front door")

    def open_plan(self, revision_id: UUID) -> None:
        """Open a version of a plan."""
        self._trail.go(partial(screens.plan_screen, self._desk, revision_id), "plan", "children")

    def start_plan(self, child_id: UUID, kind: str) -> None:
        """Open the child's draft of a kind; without one, begin it."""
        self._desk.run_in_order(self, lambda session: plans.start(session, child_id, kind), self.open_plan)

    def start_star(self, child_id: UUID, form_key: str) -> None:
        """Open the child's draft of a reading; without one, begin it on this star."""
        self._desk.run_in_order(
            self, lambda session: plans.start(session, child_id, "star", form_key), self.open_plan
        )

    def open_sibling(self, revision_id: UUID) -> None:
        """Open a brother's or sister's part of a plan in place of the open one."""
        self._trail.swap(partial(screens.plan_screen, self._desk, revision_id), "plan", "children")

    def go_left(self) -> None:
        """Go to the part before in a plan of brothers and sisters, else back."""
        if not self._to_sibling(-1):
            self._trail.back()

    def go_right(self) -> None:
        """Go to the next part in a plan of brothers and sisters."""
        self._to_sibling(1)

    def _to_sibling(self, step: int) -> bool:
        go: Callable[[int], bool] | None = getattr(self._trail.current, "to_sibling", None)
        return go is not None and go(step)

    def add_child(self, typed: str = "") -> None:
        """Ask for a new child, with what was searched for as the name."""
        dialog = screens.new_child_dialog(self._desk, typed, self)
        dialog.added.connect(self.open_child)
        dialog.open_child.connect(self.open_child)
        dialog.open()

    def compare(self, child_id: UUID, kind: str) -> None:
        """Show the newest version of a plan beside the one before."""
        self._desk.run(
            self,
            lambda session: plan_versions.versions(session, child_id, kind),
            partial(self._compare, child_id, kind),
        )

    def _compare(self, child_id: UUID, kind: str, rows: list[VersionRow]) -> None:
        newest = max((row.number for row in rows), default=0)
        self._trail.go(
            partial(screens.compare_screen, self._desk, child_id, kind, newest), "compare", "children"
        )

    def show_pdf(self, title: str, pdf: bytes) -> None:
        """Show the pages of a PDF."""
        self._trail.go(partial(screens.pdf_screen, title, pdf), "pdf", "children")

    def open_import(self) -> None:
        """Open the import of a return's files."""
        self._trail.go(partial(screens.import_screen, self._desk), "import", "settings")

    def open_about(self) -> None:
        """Open the page about the program and its licences."""
        self._trail.go(screens.about_screen, "about", "settings")

    def open_password(self) -> None:
        """Open the settings where the password is changed."""
        self.open_settings("focus_password")

    def open_settings(self, focus: str) -> None:
        """Open the settings at one of their places: «focus_password», «focus_store»."""
        if self._trail.name == "settings":
            ask(self._trail.current, focus)
        else:
            make = partial(screens.settings_screen, self._desk)
            self._trail.go(make, "settings", "settings", partial(ask, what=focus))

    def _arrived(self) -> None:
        self._status.show_saved("")
        self._banner_room.hide()
        self._rail.show_chosen(self._trail.entry)
        self._top.back.setEnabled(self._trail.leads_back)

    def _connect_screen(self, screen: QWidget) -> None:
        ways: dict[str, Callable[..., object]] = {
            "open_child": self.open_child,
            "open_child_tab": self.open_child_tab,
            "open_place": self.open_place,
            "open_front_door": self.open_front_door,
            "open_writing": self.open_writing,
            "open_approvals": partial(self.open_entry, "approvals"),
            "open_supervision": partial(self.open_entry, "supervision"),
            "open_sibling": self.open_sibling,
            "open_plan": self.open_plan,
            "start_plan": self.start_plan,
            "start_star": self.start_star,
            "add_child": self.add_child,
            "compare": self.compare,
            "print_bytes": self.show_pdf,
            "save_state": self._status.show_saved,
            "left": self._trail.back,
            "theme_chosen": self.choose_theme,
            "idle_chosen": self._set_idle,
            "start_again_asked": self.start_again,
            "backed_up": self._read_settings,
            "import_asked": self.open_import,
            "about_asked": self.open_about,
            "keys_asked": self._locking.lock_for,
        }
        for name, way in ways.items():
            signal = getattr(screen, name, None)
            if isinstance(signal, SignalInstance):
                signal.connect(way)
        self._unsaved.watch(screen)

    # What the window itself says and does

    def _show_taken_back(self, taken: TakenBack) -> None:
        if words := taken_back_words(taken):
            self.show_problem(Problem(words))

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong, where every screen leaves room for it."""
        meaning = "alert" if isinstance(problem, NotSaved | Damaged) else "warning"
        self._banner.set_banner(problem.words, meaning, "Close")
        self._banner_room.show()

    def keep_typed(self) -> None:
        """Keep what is typed now: after a fault nobody knows how long the window lives. Once at a time."""
        if not self._is_keeping and not self._locking.is_locked:
            self._is_keeping = True  # a fault within it must not begin it again
            self._trail.flush(self._kept)

    def _kept(self) -> None:
        self._is_keeping = False

    def ask_for_password(self) -> None:
        """Say that the recovery key opened the store, and that a new password is due."""
        self.open_password()
        words = "You came in with the recovery key. Choose a new password now, under Your password."
        self.show_problem(Problem(words))

    def _show_busy(self, is_busy: bool) -> None:
        if is_busy:
            self._status.busy.begin("Working…", may_cancel=False)
        else:
            self._status.busy.end()

    def _fill_new_menu(self) -> None:
        self._new_menu.clear()
        if self._desk.may("register").allowed:
            self._new_menu.addAction("Child…", self.add_child)
        if (note := self._note_of_screen()) is not None:
            self._new_menu.addAction("Note…", note)
        if self._desk.may("import").allowed:
            self._new_menu.addAction("Import…", self.open_import)

    def _note_of_screen(self) -> Callable[[], object] | None:
        """Return how the open screen begins a note; only a child's record can."""
        screen = self._trail.current
        if self._trail.name != "child" or screen is None or not self._desk.may("write").allowed:
            return None
        return partial(_begin_note, screen)

    def close_last(self) -> None:
        """Close what opened last: list of children, help, banner, what the screen has open."""
        if self._top.finder.is_open:
            self._top.finder.close_results()
        elif self.guide.close_what_is_open():
            return
        elif self._banner_room.isVisible():
            self._banner_room.hide()
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
        if read.theme != self._theme:
            self._dress(read.theme)
        self._top.show_theme(read.theme)

    def _set_idle(self, minutes: int) -> None:
        self._idle.minutes = minutes

    def choose_theme(self, name: str) -> None:
        """Dress the window anew, and keep that for next time."""
        self._top.show_theme(name)
        self._dress(name)
        self._desk.run(self, lambda session: settings.choose_theme(session, name), _ignore)

    def _dress(self, name: str) -> None:
        self._theme = name
        wanted = theme.system_scheme() if name == "system" else name
        app = QApplication.instance()
        if isinstance(app, QApplication) and wanted != theme.current().name:
            theme.apply(app, wanted)

    def _follow_system(self, _scheme: object) -> None:
        if self._theme == "system":
            self._dress("system")

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
        if self._may_close or self._locking.is_locked:
            self._finish()
            event.accept()
            return
        event.ignore()
        if not self._is_closing:
            self._is_closing = True
            self._patience.start()
            self._trail.flush(self._saved_for_closing)

    def _saved_for_closing(self) -> None:
        self._patience.stop()
        if self.backups is None:
            self._close_soon()
            return
        for part in (self._rail, self._top, self._stack):
            part.setEnabled(False)  # what was typed now would be in no save
        self.backups.before_leaving(self._close_soon)

    def _close_soon(self) -> None:
        QTimer.singleShot(0, self, self._close_now)  # not within closeEvent: Qt takes no notice of it there

    def _flush_and_back_up(self, then: Callable[[], None]) -> None:
        self._trail.flush(then if self.backups is None else partial(self.backups.at_lock, then))

    def _close_now(self) -> None:
        if self._is_closing:
            self._may_close = True
            self.close()

    def _not_saved_in_time(self) -> None:
        if self._was_warned:
            self._close_now()
            return
        self._is_closing = self._wants_sign_in = self.starts_again = False
        self._was_warned = True
        self._patience.setInterval(CLOSE_AGAIN_MS)
        words = "What you typed could not be saved, so the window stays open. Nothing is lost."
        self._banner.set_banner(f"{words} Close it again to close without saving.", "alert", "Close")
        self._banner_room.show()

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


def _begin_note(screen: QWidget) -> None:
    show_tab: Callable[[str], object] | None = getattr(screen, "show_tab", None)
    page: Callable[[], QWidget | None] | None = getattr(screen, "page", None)
    if show_tab is not None and page is not None:
        show_tab("Timeline")
        ask(page(), "open_note")


def _ignore(_result: object) -> None:
    """Take no notice of a result."""
