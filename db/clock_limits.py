"""Queries of an area's own limits and holidays, and of the open dates that they move."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import Assessment, Child, ClockLimit, ClockRow, Contact, Holiday, Referral, Setting


def limits(session: Session) -> list[ClockLimit]:
    """Return every local limit that was set, oldest first."""
    return list(session.scalars(select(ClockLimit).order_by(ClockLimit.clock_id, ClockLimit.from_on)))


def holidays(session: Session) -> list[Holiday]:
    """Return every day that this area added, took out or closes on, in order."""
    return list(session.scalars(select(Holiday).order_by(Holiday.day)))


def open_rows(
    session: Session, kinds: Collection[str] | None = None, *, in_working_days: bool = False
) -> list[tuple[ClockRow, Child]]:
    """Return what is due and not done, of some clocks or all, with the child; the earliest due first."""
    asked = (
        select(ClockRow, Child).join(Child, Child.id == ClockRow.child_id).where(ClockRow.met_on.is_(None))
    )
    if kinds is not None:
        asked = asked.where(ClockRow.kind.in_(kinds))
    if in_working_days:
        asked = asked.where(or_(ClockRow.limit.startswith("WD"), ClockRow.limit == ""))
    ordered = asked.order_by(ClockRow.due_on, ClockRow.kind, ClockRow.id)
    return [(row, child) for row, child in session.execute(ordered)]


def open_contacts(session: Session, rating: str) -> list[tuple[Contact, Child]]:
    """Return the contacts of a rating that nobody has decided on, with the child; the oldest first."""
    asked = (
        select(Contact, Child)
        .join(Child, Child.id == Contact.child_id)
        .where(Contact.decided_at.is_(None), Contact.duplicate_of_id.is_(None), Contact.rating == rating)
        .order_by(Contact.received_at, Contact.id)
    )
    return [(contact, child) for contact, child in session.execute(asked)]


def open_assessments(session: Session) -> list[Assessment]:
    """Return the assessments that are neither authorised nor abandoned."""
    asked = select(Assessment).where(Assessment.authorised_on.is_(None), Assessment.abandoned_on.is_(None))
    return list(session.scalars(asked))


def received(session: Session, child_ids: Collection[UUID]) -> dict[str, list[tuple[UUID, datetime]]]:
    """Return by table (contact, referral) when what concerns some children came in."""
    contacts = session.scalars(select(Contact).where(Contact.child_id.in_(child_ids)))
    referrals = session.scalars(select(Referral).where(Referral.child_id.in_(child_ids)))
    return {
        "contact": [(each.child_id, each.received_at) for each in contacts],
        "referral": [(each.child_id, each.received_at) for each in referrals],
    }


def settled(session: Session, prefix: str) -> dict[str, str]:
    """Return the settings whose names begin so, in one query: they are read in every session."""
    asked = select(Setting).where(Setting.name.startswith(prefix, autoescape=True))
    return {each.name: each.value for each in session.scalars(asked)}
