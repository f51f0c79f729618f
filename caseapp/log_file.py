"""The log: what kind of event, when, and where in the program. It can hold nothing about anybody.

Only events listed here get through, each part only in its own shape: whatever else a line would say, such as
the words of an exception or the value of a parameter, is left out. Five files of a megabyte, for this user.
"""

from __future__ import annotations

import logging
import os
import re
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

FILE_NAME: Final = "caseapp.log"
MOST_BYTES, FILES = 1_000_000, 5
WITHHELD: Final = "…"

_NAME = r"[A-Za-z_][A-Za-z0-9_]{0,60}"
_PLACE = r"[A-Za-z0-9_.<> ()-]{1,80}:\d{1,6}"
_CODE = r"[a-z][a-z0-9-]{0,40}"
EVENTS: Final[dict[str, tuple[str, ...]]] = {
    "fault %s %s at %s": (r"E-[2-9A-HJ-NP-Z]{4}", _NAME, rf"(?:{_PLACE}(?: < {_PLACE})*|an unknown place)"),
    "check of the store found %s": (rf"{_CODE}(?:, {_CODE})*",),
    "clock %s seconds behind the last entry": (r"\d{1,12}",),
    "Qt said %s": (rf"{_NAME}(?:::{_NAME})+",),
    "Qt ended the program": (),
}
"""What may be logged, and the shape of each of its parts."""


class KnownEvents(logging.Filter):
    """Drops what is no known event, and from a known one what has not the shape of its part."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a line is written; take out of it what could tell of a person."""
        shapes = EVENTS.get(str(record.msg))
        parts = record.args if isinstance(record.args, tuple) else (record.args,)
        if shapes is None or len(parts) != len(shapes):
            return False
        record.args = tuple(_fitting(part, shape) for part, shape in zip(parts, shapes, strict=True))
        record.exc_info = record.exc_text = record.stack_info = None  # a traceback quotes values
        return True


def _fitting(part: object, shape: str) -> str:
    said = str(part)
    return said if re.fullmatch(shape, said, re.ASCII) else WITHHELD


class PrivateFile(RotatingFileHandler):
    """A log file that only this user can read, its successors too."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        descriptor = os.open(self.baseFilename, flags, 0o600)
        return open(descriptor, "a", encoding="utf-8")


def keep(folder: Path) -> None:
    """Write the log into a folder of this user's own. A folder that refuses costs the log alone."""
    log = logging.getLogger("caseapp")
    # Without one, Python prints what a library complains of, with its values, to standard error.
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = PrivateFile(folder / FILE_NAME, maxBytes=MOST_BYTES, backupCount=FILES - 1)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    handler.addFilter(KnownEvents())
    log.addHandler(handler)
    log.propagate = False
