"""Queries of the front door: lists a page at a time, and everything of a period for its measures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from db.models import AgencyCheck, Assessment, Child, Contact, History, Referral

WAITING, DECIDED, ALL = "waiting", "decided", "all"


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed to; `words` are folded parts of a name."""

    state: str = WAITING
    words: Sequence[str] = ()


class Place(NamedTuple):
    """Where a page ended: the moment or day of its last row, and the id."""

    at: datetime | date
    id: UUID


def contacts(
    session: Session, narrowed: Narrowed, last: Place | None, limit: int
) -> list[tuple[Contact, Child]]:
    """Return the next contacts with their children, the newest first."""
    waits = and_(Contact.decided_at.is_(None), Contact.duplicate_of_id.is_(None))
    asked = select(Contact, Child).join(Child, Child.id == Contact.child_id)
    asked = asked.where(*_tests(narrowed, waits))
    if last:
        asked = asked.where(_after(Contact.received_at, Contact.id, last))
    ordered = asked.order_by(Contact.received_at.desc(), Contact.id.desc()).limit(limit)
    return [(row, child) for row, child in session.execute(ordered)]


def referrals(
    session: Session, narrowed: Narrowed, last: Place | None, limit: int
) -> list[tuple[Referral, Child]]:
    """Return the next referrals with their children, the newest first."""
    asked = select(Referral, Child).join(Child, Child.id == Referral.child_id)
    asked = asked.where(*_tests(narrowed, Referral.decided_at.is_(None)))
    if last:
        asked = asked.where(_after(Referral.received_at, Referral.id, last))
    ordered = asked.order_by(Referral.received_at.desc(), Referral.id.desc()).limit(limit)
    return [(row, child) for row, child in session.execute(ordered)]


def assessments(
    session: Session, narrowed: Narrowed, last: Place | None, limit: int
) -> list[tuple[Assessment, Child]]:
    """Return the next assessments with their children, the newest referral first."""
    goes_on = and_(Assessment.authorised_on.is_(None), Assessment.abandoned_on.is_(None))
    asked = select(Assessment, Child).join(Child, Child.id == Assessment.child_id)
    asked = asked.where(*_tests(narrowed, goes_on))
    if last:
        asked = asked.where(_after(Assessment.referred_on, Assessment.id, last))
    ordered = asked.order_by(Assessment.referred_on.desc(), Assessment.id.desc()).limit(limit)
    return [(row, child) for row, child in session.execute(ordered)]


def count(session: Session, table: type[Contact | Referral | Assessment], narrowed: Narrowed) -> int:
    """Return how many rows a list holds."""
    waits: dict[type[Any], ColumnElement[bool]] = {
        Contact: and_(Contact.decided_at.is_(None), Contact.duplicate_of_id.is_(None)),
        Referral: Referral.decided_at.is_(None),
        Assessment: and_(Assessment.authorised_on.is_(None), Assessment.abandoned_on.is_(None)),
    }
    asked: Select[Any] = select(func.count(table.id)).join(Child, Child.id == table.child_id)
    return session.scalar(asked.where(*_tests(narrowed, waits[table]))) or 0


def _tests(narrowed: Narrowed, waits: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    states = {WAITING: [waits], DECIDED: [~waits], ALL: []}
    named = [Child.sort_name.contains(word, autoescape=True) for word in narrowed.words]
    return [*states[narrowed.state], *named]


def _after(at: Any, row_id: Any, last: Place) -> ColumnElement[bool]:
    # The first test alone gives the index its place: without it every row to come is read and sorted.
    return and_(at <= last.at, or_(at < last.at, row_id < last.id))


def group(session: Session, contact: Contact) -> list[tuple[Contact, Child]]:
    """Return a contact in the file of each child that it is about, the oldest child first."""
    same = Contact.group_id == contact.group_id if contact.group_id else Contact.id == contact.id
    asked = select(Contact, Child).join(Child, Child.id == Contact.child_id).where(same)
    return [(row, child) for row, child in session.execute(asked.order_by(Child.born_on, Child.sort_name))]


def contact_days(session: Session, child_ids: Collection[UUID]) -> list[tuple[UUID, datetime]]:
    """Return (child, received) of every contact of some children that repeats no other."""
    asked = select(Contact.child_id, Contact.received_at).where(
        Contact.child_id.in_(child_ids), Contact.duplicate_of_id.is_(None)
    )
    return [(child_id, at) for child_id, at in session.execute(asked)]


def referral_days(session: Session, child_ids: Collection[UUID]) -> list[tuple[UUID, UUID, datetime]]:
    """Return (child, referral, received) of every referral of some children, the oldest first."""
    asked = select(Referral.child_id, Referral.id, Referral.received_at)
    asked = asked.where(Referral.child_id.in_(child_ids)).order_by(Referral.received_at, Referral.id)
    return [(child_id, row_id, at) for child_id, row_id, at in session.execute(asked)]


def checks(session: Session, contact_id: UUID) -> list[AgencyCheck]:
    """Return what agencies were asked about a contact, in order."""
    contact = Contact.__table__.c
    # An index begins with the child, none with the contact.
    whose = select(contact.child_id).where(contact.id == contact_id).scalar_subquery()
    asked = select(AgencyCheck).where(AgencyCheck.child_id == whose, AgencyCheck.contact_id == contact_id)
    return list(session.scalars(asked.order_by(AgencyCheck.asked_at, AgencyCheck.id)))


def changes(session: Session, row_id: UUID) -> list[History]:
    """Return the changes of a contact, the oldest first."""
    asked = select(History).where(History.row_id == row_id).order_by(History.version)
    return list(session.scalars(asked))


class Entered(NamedTuple):
    """All of the front door that a span of days needs, each row with its child."""

    contacts: list[tuple[Contact, Child]]
    referrals: list[tuple[Referral, Child]]
    assessments: list[tuple[Assessment, Child]]


def since(session: Session, contacts_at: datetime, referrals_at: datetime, ended_on: date) -> Entered:
    """Return contacts and referrals received since a moment, and assessments that had not ended by a day."""
    asked = select(Contact, Child).join(Child, Child.id == Contact.child_id)
    contact_rows = asked.where(Contact.received_at >= contacts_at, Contact.duplicate_of_id.is_(None))
    referred = select(Referral, Child).join(Child, Child.id == Referral.child_id)
    referral_rows = referred.where(Referral.received_at >= referrals_at)
    assessed = select(Assessment, Child).join(Child, Child.id == Assessment.child_id)
    ended = func.coalesce(Assessment.authorised_on, Assessment.abandoned_on)
    assessment_rows = assessed.where(or_(ended.is_(None), ended >= ended_on))
    return Entered(
        [(row, child) for row, child in session.execute(contact_rows.order_by(Contact.received_at))],
        [
            (row, child)
            for row, child in session.execute(referral_rows.order_by(Referral.received_at, Referral.id))
        ],
        [(row, child) for row, child in session.execute(assessment_rows.order_by(Assessment.referred_on))],
    )
