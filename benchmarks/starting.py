"""From nothing to the window to sign in, and from the password to Today."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import Row, row, said_ms, until_said
from caseapp import accounts
from caseapp.children import NewChild, register

NAME, PASSWORD = "bench", "gravel-otter-window-nine"


def rows(*, quick: bool) -> Iterator[Row]:
    """Yield the lines of starting."""
    times = 5 if quick else 15
    with TemporaryDirectory() as folder:
        _keep_compiled(Path(folder))
        yield from _rows(times, str(_store(Path(folder))))


def _keep_compiled(folder: Path) -> None:
    """Let the processes find their modules compiled, as an installed program does."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")


def _rows(times: int, store: str) -> Iterator[Row]:
    floor = until_said("first_window", times, "bare")
    shown = until_said("first_window", times, "sign-in")
    yield row("start to the painted sign-in screen / a bare Qt window", shown, floor, ratio=1.3)
    floor = said_ms("signing_in", times, "floor", store)
    whole = said_ms("signing_in", times, "whole", store)
    yield row("sign-in to Today usable / its imports, key and opening", whole, floor, ratio=1.2)


def _store(folder: Path) -> Path:
    """Return a store as a practitioner has it, with keys that cost what they cost here."""
    path = folder / "bench.caseapp"
    made = accounts.make_store(path, user_name=NAME, name="Ben Chmark", password=PASSWORD)
    with made.signed_in.store.session(made.signed_in.actor) as session:
        for number in range(20):
            register(session, NewChild(f"Child{number}", "Bench", date(2014, 1, 1 + number)))
    made.signed_in.close()
    return path
