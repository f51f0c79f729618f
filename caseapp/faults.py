"""Faults of ours: a reference, a line in the log that names the place, and words that hold nothing else.

A Problem is no fault: its words say what to do, so it has no reference and is not logged.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from db.problems import Problem

LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def keep_log(folder: Path) -> None:
    """Write the log into a folder that only this user can read. A folder that refuses costs the log alone."""
    from caseapp import log_file

    log_file.keep(folder)


def report(error: BaseException) -> Problem:
    """Log where a fault happened, without its words (they may hold a name), and return what to show."""
    from db.problems import Problem  # here, as the window to sign in waits for what is loaded above

    reference = logged(error)
    return Problem(
        "Something went wrong inside the program. What was saved before is safe; what was under way was not "
        "saved. Try it again. If it happens again, tell whoever looks after the program the reference "
        f"{reference}."
    )


def logged(error: BaseException) -> str:
    """Log the kind and the places of a fault; return the reference under which they stand there."""
    import secrets

    reference = "E-" + "".join(secrets.choice(LETTERS) for _ in range(4))
    note("fault %s %s at %s", reference, type(error).__name__, places_of(error))
    return reference


def places_of(error: BaseException, most: int = 40) -> str:
    """Return where in the program a fault came from, innermost first: files and lines, no values."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)[-most:]
    places = " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in reversed(frames))
    return places or "an unknown place"


def note(event: str, *parts: object) -> None:
    """Write an event of `log_file.EVENTS` into the log; anything else is dropped there."""
    import logging

    logging.getLogger("caseapp").error(event, *parts)
