"""Is the store sound? A glance at each start, the whole each week, and what a fault means in words."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from caseapp import places, sealing, upkeep, words
from db import settings
from db.chain_check import Stopped, until
from db.check import Fault, Report, at_this_computer, check_newest
from db.history import NO_CHILD
from db.looks import record_look
from db.models import Child
from db.moments import utc_now
from db.problems import Damaged, NotSaved
from db.roles import authorise
from db.store import Session

if TYPE_CHECKING:
    from pathlib import Path

    from caseapp.accounts import SignedIn

CHECKED_AT, FOUND = "checked_at", "check_found"
EVERY = timedelta(days=7)
MOST_KEPT = 20
REMEMBERED = frozenset({"rolled-back", "seals-replaced"})
"""What only this computer's own memory of the store says; it may have been done on purpose."""
_log = logging.getLogger("caseapp")


class Verdict(NamedTuple):
    """What a check came to, for people: its result, what to do, and each fault with its place."""

    checked_at: datetime | None
    result: str
    to_do: str
    faults: tuple[str, ...]
    is_sound: bool
    may_be_meant: bool


def at_start(signed_in: SignedIn) -> list[Fault]:
    """Look at what was written since the last seal, and at what this computer remembers: milliseconds."""
    faults = [*_remembered(signed_in), *check_newest(signed_in.store)]
    _note(faults)
    return faults


def glance(signed_in: SignedIn) -> str:
    """Look at what a start can see; return what happened and what to do, nothing if all is well."""
    return " ".join(in_words(at_start(signed_in))).strip()


def whole(signed_in: SignedIn) -> Report:
    """Look at everything, and keep what was found for the settings."""
    report = upkeep.check(signed_in)
    report = Report(report.looked_at, [*_remembered(signed_in), *report.faults])
    kept = json.dumps([*report.faults[:MOST_KEPT]])
    with (
        suppress(Damaged, NotSaved),  # so damaged that it cannot even be noted
        signed_in.store.session(signed_in.actor, "Check", purpose="check") as session,
    ):
        settings.put(session, CHECKED_AT, utc_now().isoformat(timespec="seconds"))
        settings.put(session, FOUND, kept)
    return report


def now(signed_in: SignedIn, is_over: Callable[[], bool]) -> None:
    """Look at everything, and keep what was found; give up once `is_over()` is true."""
    with suppress(Stopped), until(is_over):
        _note(whole(signed_in).faults)


def weekly(signed_in: SignedIn, is_over: Callable[[], bool]) -> str:
    """Look at everything if that is a week ago; return what happened and what to do, nothing if all is well.

    Given up, until the next start, once `is_over()` is true.
    """
    with signed_in.store.session(signed_in.actor, "Check", purpose="check") as session:
        if not is_due(session):
            return ""
    with suppress(Stopped), until(is_over):
        faults = whole(signed_in).faults
        _note(faults)
        return " ".join(in_words(faults)).strip()
    return ""


def is_due(session: Session) -> bool:
    """Return whether the whole store was last looked at a week ago or more."""
    checked_at = _checked_at(session)
    return checked_at is None or not timedelta(0) <= utc_now() - checked_at < EVERY


def last(session: Session) -> Verdict:
    """Return what the last check of the whole store came to."""
    kept = json.loads(settings.value(session, FOUND) or "[]")
    return verdict(session, [Fault(*each) for each in kept], _checked_at(session))


def verdict(session: Session, faults: Sequence[Fault], checked_at: datetime | None) -> Verdict:
    """Return what faults mean to whoever is at work, who may not know every child."""
    result, to_do = in_words(faults)
    if not faults:
        when = words.moment(checked_at) if checked_at else ""
        result = f"The store is sound. It was looked at whole {when}." if when else "Not looked at yet."
    named = tuple(f"{fault.what} {_place(session, fault.where)}" for fault in faults)
    meant = any(fault.code in REMEMBERED for fault in faults)
    return Verdict(checked_at, result, to_do, named, not faults, meant)


def in_words(faults: Sequence[Fault]) -> tuple[str, str]:
    """Return what happened, and what to do; nothing for no fault. The gravest fault speaks."""
    for signs, happened, to_do in _WORDS:
        if any(fault.code.startswith(signs) for fault in faults):
            return happened, to_do
    return "", ""


_KEEP = "Nothing was changed by looking. Reading goes on."
_WORDS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("file-", "value-", "link"),
        "The store file is damaged.",
        f"{_KEEP} Write nothing more, and restore the last good backup; the damaged file is kept beside it.",
    ),
    (
        ("history-", "look-", "row-", "seal-", "form-", "facts"),
        "The history was changed outside the program.",
        f"{_KEEP} Leave the file as it is, tell whoever looks after your records, and compare with a backup.",
    ),
    (
        ("rolled-back", "seals-replaced"),
        "An older or another copy of the store was put in its place.",
        f"{_KEEP} Later work may be missing. If nobody meant it, leave the file as it is and restore the "
        "newest backup. If it was meant, an administrator says so in the settings.",
    ),
)


def accept(signed_in: SignedIn) -> None:
    """Take the store as it stands for the right one, and record who said so. For administrators."""
    authorise(signed_in.actor, "restore")
    path = signed_in.store.path
    with signed_in.store.session(signed_in.actor, "Store accepted", purpose="restore") as session:
        record_look(session, "accept store", tbl="store")
    if path is not None:
        sealing.forget(path)
    sealing.seal(signed_in.store, signed_in.keyring)


def _remembered(signed_in: SignedIn) -> list[Fault]:
    path: Path | None = signed_in.store.path
    file = places.anchor_file(path) if path else None
    return at_this_computer(signed_in.store, signed_in.keyring, file)


def _note(faults: Sequence[Fault]) -> None:
    if faults:
        _log.error("check of the store found %s", ", ".join(sorted({fault.code for fault in faults})))


def _checked_at(session: Session) -> datetime | None:
    said = settings.value(session, CHECKED_AT)
    return datetime.fromisoformat(said) if said else None


def _place(session: Session, where: str) -> str:
    """Return a place for people: a child whom they may see is named by the reference."""
    first, _, rest = where.partition(" ")
    if first == NO_CHILD.hex:
        return f"(the chain of no child, {rest})"
    try:
        child = session.get(Child, UUID(hex=first))
    except ValueError:
        return f"({where})"
    return f"(child {child.ref}, {rest})" if child and rest else f"({where})"
