"""The one door for files from outside: size first, read with a cap, taken apart in a process with limits.

Taken are CSV and JSON. XML is taken nowhere, archives nowhere but in a backup. What comes out is plain: rows
of text, or a document of lists, texts and numbers. Nothing here touches a store, so a refusal changes none.
"""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from caseapp import intake_worker
from caseapp.intake_worker import Answer, Order, Refused

__all__ = [
    "CSV_LIMIT", "JSON_LIMIT", "Limits", "Refused", "Sheet", "content_of", "document", "sheet", "sheets",
]  # fmt: skip

CSV_LIMIT: Final = 10_000_000  # bytes: twenty times the largest council's year
JSON_LIMIT: Final = 5_000_000
PATIENCE_SECONDS: Final = 9  # for the reader; ten for the whole of it
APART: Final = "--read-apart"
_TOO_MUCH: Final = (
    "This file could not be read: it asks for more time or memory than any file of its kind may have. "
    "Save it anew in the program it comes from, or in parts."
)


class Limits(NamedTuple):
    """The most that a table may hold. `parted_by`: each letter that may part its cells."""

    rows: int
    columns: int = 200
    letters: int = 5_000
    parted_by: str = ","


class Sheet(NamedTuple):
    """A table as it was written: (line, cells) of each row with something in it, the headings first."""

    rows: list[tuple[int, list[str]]]
    encoding: str

    @property
    def note(self) -> str:
        """Return what a reader should know of the letters; nothing if they were certain."""
        if self.encoding == "UTF-8":
            return ""
        return f"The file was read as {self.encoding}, for it is not UTF-8: look at the accents."


def content_of(path: Path, limit: int) -> bytes:
    """Return the bytes of an ordinary file, of so many at the most. Raises Refused with a sentence.

    Of a pipe, a device or a folder nothing is read, and no more of a file than the limit, whatever it says.
    """
    try:
        _refuse_unless_ordinary(os.stat(path), limit)
        # Should a pipe have come in its place since: without this, opening it waits for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as file:
            before = os.fstat(handle)
            _refuse_unless_ordinary(before, limit)
            content = file.read(limit + 1)
            after = os.fstat(handle)
    except Refused:
        raise
    except (OSError, ValueError):
        raise Refused("There is no such file, or it cannot be read.") from None
    if len(content) > limit:
        raise _too_large(limit)
    if before.st_mtime_ns != after.st_mtime_ns or not before.st_size == after.st_size == len(content):
        raise Refused("It changed while it was being read: wait until it is whole, then try again.")
    return content


def _refuse_unless_ordinary(found: os.stat_result, limit: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise Refused("It is no ordinary file and cannot be read.")
    if found.st_size > limit:
        raise _too_large(limit)


def _too_large(limit: int) -> Refused:
    shown = f"{limit // 1_000_000} MB" if limit >= 1_000_000 else f"{limit // 1000} KB"
    return Refused(f"It is larger than {shown}.")


def sheets(contents: Sequence[bytes], limits: Limits) -> list[Sheet | Refused]:
    """Return the table of each CSV, or why it is refused; all are read in one process.

    Raises Refused if that process ended before it was done.
    """
    order = Order("csv", [len(each) for each in contents], limits.parted_by, limits.rows + 1, *limits[1:3])
    return [_sheet(some) for some in _by_file(parsed_apart(order, contents))]


def sheet(content: bytes, limits: Limits) -> Sheet:
    """Return the table of one CSV. Raises Refused with a sentence."""
    (found,) = sheets([content], limits)
    if isinstance(found, Refused):
        raise found
    return found


def document(content: bytes, limit: int = JSON_LIMIT) -> Any:
    """Return what a JSON file holds: no name twice, no number without end, no letter in halves, not deep.

    Raises Refused with a sentence.
    """
    if len(content) > limit:
        raise _too_large(limit)
    (some,) = _by_file(parsed_apart(Order("json", [len(content)]), [content]))
    told = dict(some)
    if "no" in told:
        raise Refused(told["no"])
    return told["document"]


def _sheet(some: list[Answer]) -> Sheet | Refused:
    what, value = some[-1]
    if what == "no":
        return Refused(value)
    rows = [(line, cells) for what, value in some if what == "rows" for line, cells in value]
    return Sheet(rows, next(value for what, value in some if what == "text"))


def _by_file(told: Iterable[Answer]) -> Iterator[list[Answer]]:
    some: list[Answer] = []
    for each in told:
        some.append(each)
        if each[0] in ("end", "no"):
            yield some
            some = []


def parsed_apart(order: Order, contents: Sequence[bytes]) -> Iterator[Answer]:
    """Yield what another process makes of the files. Raises Refused if it died, or took too long."""
    asked = io.BytesIO()
    asked.write(json.dumps(order._asdict()).encode() + b"\n")
    asked.writelines(contents)
    try:
        done = subprocess.run(  # noqa: S603  # our own program, and no word of a file among its arguments
            _command(),
            input=asked.getbuffer(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired):
        raise Refused(_TOO_MUCH) from None
    if done.returncode:
        raise Refused(_TOO_MUCH)
    for line in done.stdout.splitlines():
        what, value = json.loads(line)
        yield what, value


def _command() -> list[str]:
    """Return how the reader starts: a frozen program starts itself, for it has no Python beside it.

    Otherwise the module alone, without site packages and environment: nothing can be put in its way, and it
    starts three times quicker.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, APART]
    return [sys.executable, "-I", "-S", str(Path(intake_worker.__file__))]
