"""What the database says when it fails, in words for the person at the screen."""

from __future__ import annotations

import os
from pathlib import Path

from db import lockfile
from db.problems import Damaged, NotSaved, Problem

_KEPT = "What was saved before is safe, and what you typed is still on the screen."
GONE = (
    "The store cannot be reached: its folder, disk or network drive is gone. What was saved there before is "
    "safe, and what you typed is still on the screen. Leave the window open and connect it again, then try "
    "again."
)
NOT_OURS = "This file is not a caseapp store. Nothing was changed. Choose another file, or restore a backup."
_UNREADABLE = "It was left as it is. Restore the last good backup."
_WORDS: tuple[tuple[str, type[Problem], str], ...] = (
    ("version is closed", Problem, "This is signed and stays as it is. Make a correction instead."),
    (
        "append-only",
        Problem,
        "History cannot be changed. It was left as it is. Make a correction instead.",
    ),
    (
        "not a database",
        Damaged,
        f"The store does not open with this key, or the file is damaged. {_UNREADABLE}",
    ),
    ("no such table", Damaged, f"A part of the store is missing. {_UNREADABLE}"),
    ("malformed", Damaged, f"The store file is damaged. {_UNREADABLE}"),
    ("full", NotSaved, f"The disk is full. {_KEPT} Make room, then try again."),
    (
        "readonly",
        NotSaved,
        f"The store is read-only here: it can be read, not written. {_KEPT} Ask whoever looks after this "
        "computer for the right to write in its folder, then try again.",
    ),
    (
        "unable to open",
        NotSaved,
        f"The store cannot be opened here now. {_KEPT} Check that its folder is there and may be read, then "
        "try again.",
    ),
    (
        "disk i/o",
        NotSaved,
        f"The disk did not answer. {_KEPT} Check the disk and its connection, then try again.",
    ),
)


def is_busy(error: BaseException | None) -> bool:
    """Return whether a database error says that somebody else is writing."""
    return "locked" in str(getattr(error, "orig", error)).casefold()


def worded(error: Exception, path: Path | None = None) -> Problem:
    """Return a database error in words. The first match decides."""
    said = str(getattr(error, "orig", error)).casefold()
    if path is not None and not os.path.exists(path):
        return NotSaved(GONE)
    if is_busy(error):
        return NotSaved(_busy_words(path))
    for sign, kind, words in _WORDS:
        if sign in said:
            return kind(words)
    return NotSaved(f"The store could not be written. {_KEPT} Try again.")


def _busy_words(path: Path | None) -> str:
    who = lockfile.holder(path.with_name(path.name + ".lock")) if path else ""
    held = f" It is open in the window of {who}." if who else ""
    return (
        f"Something else is writing to the store, such as an import, and did not end in time.{held} {_KEPT} "
        "Wait for it to end, then try again."
    )
