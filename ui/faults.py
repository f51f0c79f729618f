"""Faults that nobody caught end here, the interpreter's, a thread's, Qt's: logged, and told by one signal."""

from __future__ import annotations

import os
import re
import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from shiboken6 import isValid

from caseapp.faults import keep_log, note, report

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

__all__ = ["NO_SCREEN", "Hooks", "keep_log", "report"]

NO_SCREEN: Final = (
    "caseapp cannot open a window: there is no screen here, or a library for it is missing. "
    "No store was touched. Start it on a desktop; README.md names the libraries."
)


class Hooks(QObject):
    """Brings every fault that nobody caught to one signal: the interpreter's, a slot's, a thread's."""

    fault = Signal(object)

    def install(self) -> None:
        """Catch from now on."""
        sys.excepthook = self._uncaught
        sys.unraisablehook = self._unraisable
        threading.excepthook = self._thread_died
        qInstallMessageHandler(_qt_said)

    def _uncaught(self, kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, None)
            return
        from caseapp.work import Problem

        problem = error if isinstance(error, Problem) else report(error)
        if isValid(self):  # at the very end the log alone is left
            self.fault.emit(problem)

    def _unraisable(self, args: UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            self._uncaught(args.exc_type, args.exc_value, args.exc_traceback)

    def _thread_died(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def _qt_said(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    """Log that Qt complained: of its words only which part spoke, the rest may quote the screen."""
    if kind == QtMsgType.QtFatalMsg:
        # Qt aborts after this; the usual reason is that there is no screen, and that can be said in words.
        note("Qt ended the program")
        stopped = "caseapp had to stop. What was saved is safe. Start it again."
        sys.stderr.write(f"{NO_SCREEN if 'platform plugin' in words else stopped}\n")
        sys.stderr.flush()
        os._exit(2)
    if kind == QtMsgType.QtCriticalMsg:
        spoke = re.match(r"\w+(?:::\w+)+", words, re.ASCII)
        note("Qt said %s", spoke.group() if spoke else "")
