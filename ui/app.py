"""Start: the look, the log, the window to sign in, and after it the window with the records."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import threading
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QProcess, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from caseapp import places
from caseapp.hardening import harden
from ui import theme
from ui.faults import NO_SCREEN, Hooks, keep_log
from ui.sign_in import SignInScreen

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn
    from caseapp.work import Problem
    from ui.window import MainWindow

START_AGAIN: Final = 75
"""What the event loop ends with where the program is to start anew, such as at another size."""


def main(store_path: Path | None, *, signed_in: SignedIn | None = None) -> int:
    """Open the window on a store, or the window to sign in; return the exit code."""
    harden()
    if not _has_screen():
        sys.stderr.write(f"{NO_SCREEN}\n")
        return 2
    logging.getLogger("caseapp").addHandler(_FirstEvent())
    hooks = Hooks()
    hooks.install()
    take_size()
    app = QApplication([sys.argv[0], *theme.ARGUMENTS])
    app.setApplicationName("caseapp")
    app.setQuitOnLastWindowClosed(False)
    theme.load_first_fonts()
    program = Program(app)
    hooks.fault.connect(program.show_fault)
    if signed_in is None:
        program.painted.connect(partial(complete, app))
        program.start(store_path or places.last_store())
    else:
        theme.apply(app, theme.first_scheme())
        complete(app)
        program.open_window(signed_in)
    code = app.exec()
    if code == START_AGAIN:
        return start_again(program.store_path)
    return code


def start_again(store: Path | None) -> int:
    """Start the program anew at the size that is kept now; return the exit code of this one."""
    os.environ.pop("QT_SCALE_FACTOR", None)  # the new one inherits it, and would not look at what is kept
    named = [str(store)] if store else []
    begun = [] if getattr(sys, "frozen", False) else ["-m", "caseapp"]
    return 0 if QProcess.startDetached(sys.executable, [*begun, *named])[0] else 1


def take_size() -> None:
    """Let Qt draw everything at the size kept here; it asks once, when the application is made."""
    if (percent := places.size_percent()) != places.SIZES[0]:
        os.environ.setdefault("QT_SCALE_FACTOR", str(percent / 100))


class _FirstEvent(logging.Handler):
    """Opens the log when first there is something to log: what writes it takes long to load."""

    def emit(self, record: logging.LogRecord) -> None:
        """Hand the event on to the file."""
        _open_log()
        logging.getLogger("caseapp").handle(record)


def _open_log() -> None:
    log = logging.getLogger("caseapp")
    for waiting in [each for each in log.handlers if isinstance(each, _FirstEvent)]:
        log.removeHandler(waiting)
        keep_log(places.log_folder())


@cache
def complete(app: QApplication) -> None:
    """Load what the first window did without, once it stands: most start to type only then."""
    from ui.collecting import Collecting
    from ui.dialog_room import RoomForDialogs
    from ui.enter_key import EnterPresses
    from ui.focus_in_sight import watch_focus
    from ui.keyboard_back import give_keyboard_back
    from ui.plain_tips import PlainTips

    Collecting(app)
    _open_log()
    app.installEventFilter(EnterPresses(app))
    app.installEventFilter(PlainTips(app))
    app.installEventFilter(RoomForDialogs(app))
    watch_focus(app)
    give_keyboard_back(app)
    theme.load_fonts()
    theme.tint_icons()
    wanted = theme.system_scheme()
    if wanted != theme.current().name:
        theme.apply(app, wanted)


def _has_screen() -> bool:
    """Return whether there is a screen to draw on; without one Qt would abort."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def warm_up() -> None:
    """Load what the window needs: SQLAlchemy, the rules, the window and Today."""
    from caseapp import accounts, children, imports, plans, settings, today, upkeep  # noqa: F401  # loading is the point
    from ui import backup_watch, screens, window  # noqa: F401
    from ui import today as today_screen  # noqa: F401


class Program(QObject):
    """One window at a time: to sign in, or with the records."""

    painted = Signal()
    """A window to sign in stands."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._window: QWidget | None = None
        self._main: MainWindow | None = None
        self._is_warm = False
        self._path: Path | None = None

    @property
    def store_path(self) -> Path | None:
        """Return the store that was open last."""
        return self._path

    @property
    def window(self) -> QWidget | None:
        """Return the window that is open."""
        return self._window

    def start(self, store_path: Path | None) -> None:
        """Make the window to sign in, dress it, and show it.

        In this order: a style sheet in force dresses every part anew each time that it is put into another.
        """
        theme.choose(self._app, theme.first_scheme())
        screen = SignInScreen(store_path)
        theme.dress(self._app, *theme.FIRST_ICONS)
        self._show_screen(screen)

    def show_sign_in(self, store_path: Path | None, user_name: str = "") -> None:
        """Show the window to sign in; what the records need is loaded behind it."""
        self._show_screen(SignInScreen(store_path, user_name))

    def _show_screen(self, screen: SignInScreen) -> None:
        screen.signed_in.connect(self._signed_in)
        screen.demo_asked.connect(self._try_demo)
        screen.closed.connect(self._app.quit)
        screen.painted.connect(self._stands)
        screen.card.begun.connect(self._warm_up)
        self._show(screen)

    def _stands(self) -> None:
        self.painted.emit()
        self._warm_up()

    def _warm_up(self) -> None:
        """Load while the person types, or, for those who paste a password, while the key is derived."""
        if not self._is_warm:
            self._is_warm = True
            threading.Thread(target=warm_up, name="warm-up", daemon=True).start()

    def open_window(self, signed_in: SignedIn, by_recovery_key: bool = False) -> None:
        """Show the window with the records."""
        from caseapp import accounts
        from caseapp.work import Problem
        from ui.desk import Desk
        from ui.window import MainWindow

        path = signed_in.store.path
        desk = Desk(signed_in.store, signed_in.actor, signed_in)
        window = self._main = MainWindow(desk, path.name if path else "")
        desk.setParent(window)
        window.keep_backed_up()
        window.watch_soundness()
        window.gone.connect(self._gone)
        window.resize(1366, 768)
        if by_recovery_key:
            from ui.own_settings import RECOVERING

            desk.setProperty(RECOVERING, True)
            window.ask_for_password()
        self._path = path
        self._show(window)
        if signed_in.wrong:
            window.show_problem(Problem(accounts.wrong_words(signed_in.wrong)))
        elif signed_in.behind:
            from caseapp import clock_check

            window.show_problem(Problem(clock_check.behind_words(signed_in.behind)))
        window.guide.welcome()

    def _signed_in(self, signed_in: SignedIn, by_recovery_key: bool) -> None:
        if signed_in.store.path is not None:
            places.remember_store(signed_in.store.path)
        self.open_window(signed_in, by_recovery_key)

    def _show(self, window: QWidget) -> None:
        before, self._window = self._window, window
        if before is not None:
            window.resize(before.size().expandedTo(window.size()))
        _fit(window)
        window.show()
        window.activateWindow()
        if isinstance(before, SignInScreen):
            before.closed.disconnect(self._app.quit)
            before.close()
        if before is not None:
            before.deleteLater()

    def _gone(self, wants_sign_in: bool) -> None:
        main, self._main = self._main, None
        if main is not None and main.starts_again:
            self._app.exit(START_AGAIN)
        elif wants_sign_in:
            self.show_sign_in(self._path)
        else:
            self._app.quit()

    def _try_demo(self) -> None:
        if isinstance(self._window, SignInScreen):
            self._window.card.run(_demo, self._demo_made, "Inventing families… (half a minute)")

    def _demo_made(self, signed_in: SignedIn) -> None:
        self.open_window(signed_in)

    def show_fault(self, problem: Problem) -> None:
        """Say that something of ours went wrong, wherever it happened; what is typed is kept first."""
        if self._main is not None:
            self._main.show_problem(problem)
            self._main.keep_typed()
        elif isinstance(self._window, SignInScreen):
            self._window.show_problem(problem.words)


def _demo() -> SignedIn:
    """Make invented families in a temporary folder, and sign in as their practitioner."""
    from caseapp import accounts, demo
    from caseapp.words import LONDON
    from caseapp.work import utc_now

    folder = Path(tempfile.mkdtemp(prefix="caseapp-demo-"))
    made = demo.make_demo(folder, children=40, seed=1, as_of=utc_now().astimezone(LONDON).date())
    first = next(each for each in made.users if "practitioner" in each.role.casefold())
    return accounts.sign_in(made.store, first.user_name, first.password, window=True)


def _fit(window: QWidget) -> None:
    """Take the room of a small screen whole; on a large one stay at a size that reads well."""
    screen = QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    window.resize(min(window.width(), room.width()), min(window.height(), room.height()))
    if room.width() <= 1440:
        window.setGeometry(room)
    else:
        window.move(room.center() - window.rect().center())
