"""Licences: what allows this organisation to record readings on a star that belongs to somebody else.

Without a licence in force a pack is locked. What was recorded before it ran out is still read and printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.lines import line
from caseapp.star_definitions import Pack, read_pack, shipped
from db import stars as queries
from db.models import StarLicence
from db.moments import utc_now
from db.problems import NotFound, Problem
from db.roles import authorise
from db.store import Session

WHERE = "An administrator records it in Settings, under Stars and licences."
MOST_USERS = 100_000


class Trained(NamedTuple):
    """A worker whom a licensed trainer has trained."""

    name: str
    on: date


@dataclass(frozen=True)
class NewLicence:
    """What is written down of a licence. `approval` is the owner's reference for approving this system."""

    owner: str
    organisation: str
    number: str
    valid_from: date
    valid_until: date
    approval: str
    approved_on: date
    users: int | None = None
    trained: tuple[Trained, ...] = field(default=())


class Licence(NamedTuple):
    """A licence on record."""

    id: UUID
    owner: str
    organisation: str
    number: str
    valid_from: date
    valid_until: date
    approval: str
    approved_on: date
    users: int | None
    trained: tuple[Trained, ...]


class Standing(NamedTuple):
    """How an owner's stars stand on a day: open, locked, expired or not_yet, and a sentence that says why.

    `licence` is the one in force; if none is, the one that ran out last or comes next.
    """

    state: str
    words: str
    licence: Licence | None


def record(session: Session, new: NewLicence) -> UUID:
    """Put a licence on record. Raises Problem if something is missing or odd, NotAllowed for most."""
    authorise(session.actor, "licences")
    tidied = _tidied(new)
    _check(tidied, session.today)
    if any(each.number == tidied.number for each in queries.licences(session, tidied.owner)):
        raise Problem(
            f"A licence {tidied.number} of {tidied.owner} is on record already. Nothing was changed. "
            "Withdraw that one first if it was written down wrongly."
        )
    row = StarLicence(
        owner=tidied.owner,
        organisation=tidied.organisation,
        number=tidied.number,
        valid_from=tidied.valid_from,
        valid_until=tidied.valid_until,
        approval=tidied.approval,
        approved_on=tidied.approved_on,
        users=tidied.users,
        trained=_stored(tidied.trained),
    )
    session.add(row)
    session.flush()
    return row.id


def _tidied(new: NewLicence) -> NewLicence:
    return replace(
        new,
        owner=line(new.owner, "The owner"),
        organisation=line(new.organisation, "The organisation"),
        number=line(new.number, "The licence number"),
        approval=line(new.approval, "The reference of the approval"),
        trained=tuple(Trained(line(each.name, "A worker's name"), each.on) for each in new.trained),
    )


def _check(new: NewLicence, today: date) -> None:
    needed = {
        "the owner": new.owner,
        "the organisation": new.organisation,
        "the licence number": new.number,
        "the reference of the owner's approval": new.approval,
    }
    if missing := [name for name, text in needed.items() if not text]:
        raise Problem(f"Give {words.listed(missing)}. Nothing was recorded.")
    if new.valid_until < new.valid_from:
        raise Problem("The licence would end before it begins. Nothing was recorded. Check its two dates.")
    if new.approved_on > today:
        raise Problem("The approval lies in the future. Nothing was recorded. Give the day it was given.")
    if new.users is not None and not 1 <= new.users <= MOST_USERS:
        raise Problem(f"A licence is for 1 to {MOST_USERS:,} users. Nothing was recorded.")
    for each in new.trained:
        _check_trained(each, today)


def _check_trained(each: Trained, today: date) -> None:
    if not each.name:
        raise Problem("Give the name of the worker who was trained. Nothing was recorded.")
    if each.on > today:
        raise Problem(f"The training of {each.name} lies in the future. Nothing was recorded.")


def name_trained(session: Session, licence_id: UUID, worker: Trained) -> None:
    """Add a trained worker to a licence, or change the day of one who is named already."""
    authorise(session.actor, "licences")
    row = _row(session, licence_id)
    told = Trained(line(worker.name, "A worker's name"), worker.on)
    _check_trained(told, session.today)
    others = [each for each in _trained(row) if not _is_same(each.name, told.name)]
    row.trained = _stored((*others, told))


def withdraw(session: Session, licence_id: UUID, reason: str) -> None:
    """Take a licence off the record, such as one that was written down wrongly. Readings stay."""
    authorise(session.actor, "licences")
    row = _row(session, licence_id)
    if not reason.strip():
        raise Problem("Say why the licence is taken off the record. Nothing was changed.")
    row.deleted_at, row.deleted_by = utc_now(), session.actor.worker_id
    row.delete_reason = line(reason, "The reason")


def _row(session: Session, licence_id: UUID) -> StarLicence:
    row = queries.licence(session, licence_id)
    if not row:
        raise NotFound("There is no such licence. Nothing was changed.")
    return row


def licences(session: Session, owner: str = "") -> list[Licence]:
    """Return the licences on record, the one that runs longest first."""
    return [_read(row) for row in queries.licences(session, owner)]


def licence_for(session: Session, owner: str, on: date) -> Licence | None:
    """Return the licence of an owner's stars that is in force on a day."""
    return next(
        (each for each in licences(session, owner) if each.valid_from <= on <= each.valid_until), None
    )


def standing(session: Session, owner: str, on: date) -> Standing:
    """Return how an owner's stars stand on a day."""
    return standing_of(licences(session, owner), owner, on)


def standing_of(known: list[Licence], owner: str, on: date) -> Standing:
    """Return how an owner's stars stand on a day, from the owner's licences."""
    in_force = [each for each in known if each.valid_from <= on <= each.valid_until]
    if in_force:
        one = in_force[0]
        return Standing("open", f"Licence {one.number}, in force until {words.day(one.valid_until)}.", one)
    to_come = sorted((each for each in known if each.valid_from > on), key=lambda each: each.valid_from)
    if to_come:
        begins = words.day(to_come[0].valid_from)
        return Standing(
            "not_yet", f"The licence of {owner} begins on {begins}: no readings until then.", to_come[0]
        )
    if known:
        ended = words.day(known[0].valid_until)
        said = (
            f"The licence of {owner} ran out on {ended}. Readings can be read and printed, but no new ones "
            f"recorded until it is renewed. {WHERE}"
        )
        return Standing("expired", said, known[0])
    said = (
        f"This star belongs to {owner}. No licence and approval of its owner are on record, so no readings "
        f"can be recorded. {WHERE}"
    )
    return Standing("locked", said, None)


def packs(session: Session) -> list[Pack]:
    """Return every pack by title; one of this store's own stands in place of a shipped one of its key."""
    found = {each.key: each for each in shipped()}
    found |= {row.pack_key: read_pack(row.definition) for row in queries.packs(session)}
    return sorted(found.values(), key=lambda pack: (pack.title.casefold(), pack.key))


def pack_of(session: Session, form_key: str) -> Pack | None:
    """Return the pack whose readings are written on a form; none for our own wheels."""
    return next((each for each in packs(session) if each.form_key == form_key), None)


def refuse_locked(session: Session, form_key: str) -> None:
    """Raise Problem unless readings may be recorded today on the star of a form. Our own wheels are free."""
    pack = pack_of(session, form_key)
    if not pack or not pack.licence_required:
        return
    stands = standing(session, pack.owner, session.today)
    if stands.state != "open":
        raise Problem(f"{pack.title} is locked. {stands.words}")


def training_warning(session: Session, form_key: str) -> str:
    """Return a sentence if whoever is at work is not named as trained for a star; it keeps nobody out."""
    pack = pack_of(session, form_key)
    one = licence_for(session, pack.owner, session.today) if pack and pack.licence_required else None
    if not pack or not one or any(_is_same(each.name, session.actor.name) for each in one.trained):
        return ""
    return (
        f"You are not named as trained for {pack.title}. Its owner asks that everybody who uses it is: "
        "tell your administrator the day of your training."
    )


def _is_same(name: str, other: str) -> bool:
    return name.casefold().split() == other.casefold().split()


def _stored(trained: tuple[Trained, ...]) -> dict[str, list[dict[str, str]]]:
    by_name = sorted(trained, key=lambda each: each.name.casefold())
    return {"workers": [{"name": each.name, "on": each.on.isoformat()} for each in by_name]}


def _trained(row: StarLicence) -> tuple[Trained, ...]:
    return tuple(
        Trained(each["name"], date.fromisoformat(each["on"])) for each in row.trained.get("workers", ())
    )


def _read(row: StarLicence) -> Licence:
    return Licence(
        row.id, row.owner, row.organisation, row.number, row.valid_from, row.valid_until, row.approval,
        row.approved_on, row.users, _trained(row),
    )  # fmt: skip
