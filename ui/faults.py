"""Faults of ours end here: a line in the log that names the place, words with a reference for the user."""

from __future__ import annotations

import logging
import os
import secrets
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from caseapp.work import Problem

LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_log = logging.getLogger("caseapp")

NO_SCREEN: Final = (
    "caseapp cannot open a window: there is no screen here, or a library for it is missing. "
    "No store was touched. Start it on a desktop; README.md names the libraries."
)


def keep_log(folder: Path) -> None:
    """Write the log into a folder that only this user can read. A folder that refuses costs the log alone."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / "caseapp.log"
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _log.addHandler(handler)
    _log.propagate = False


def report(error: BaseException) -> Problem:
    """Log where a fault happened, without its words (they may hold a name), and return what to show."""
    reference = "".join(secrets.choice(LETTERS) for _ in range(4))
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in reversed(frames))
    _log.error("%s %s at %s", reference, type(error).__name__, places or "an unknown place")
    return Problem(f"Something went wrong. Nothing was saved. Reference {reference}.")


class Hooks(QObject):
    """Brings every fault that nobody caught to one signal: the interpreter's, a thread's, Qt's."""

    fault = Signal(object)

    def install(self) -> None:
        """Catch from now on."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._thread_died
        qInstallMessageHandler(_qt_said)

    def _uncaught(self, kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, None)
            return
        self.fault.emit(error if isinstance(error, Problem) else report(error))

    def _thread_died(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def _qt_said(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    """Log that Qt complained, but not all of its words: they may quote the screen."""
    if kind == QtMsgType.QtFatalMsg:
        # Qt aborts after this; the usual reason is that there is no screen, and that can be said in words.
        _log.critical("Qt ended the program")
        sys.stderr.write(f"{NO_SCREEN if 'platform plugin' in words else 'caseapp had to stop.'}\n")
        sys.stderr.flush()
        os._exit(2)
    if kind == QtMsgType.QtCriticalMsg:
        _log.error("Qt: %s", words.split(":", 1)[0][:60])
