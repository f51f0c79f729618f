"""Queries of a report on a star: a fixed number of them, each over all the children in reach."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from db.models import (
    Child,
    ClockRow,
    Document,
    Fact,
    FormCopy,
    HelpEpisode,
    LeadPractitioner,
    Revision,
    Team,
    Worker,
)


@dataclass(frozen=True)
class Scope:
    """Whose children a report is about, among those in reach: a worker's, a team's, else all."""

    worker_id: UUID | None = None
    team_id: UUID | None = None


class ReadingRow(NamedTuple):
    """A signed version of a star."""

    revision_id: UUID
    child_id: UUID
    digest: str
    number: int
    on: date
    replaces_id: UUID | None
    episode_id: UUID | None


class FactRow(NamedTuple):
    """A reportable answer of a version."""

    revision_id: UUID
    field: str
    code: str | None
    number: Decimal | None


class ChildRow(NamedTuple):
    """A child, and who holds the file today."""

    id: UUID
    ref: int
    name: str
    sort_name: str
    worker_id: UUID | None
    team_id: UUID | None


class SpellRow(NamedTuple):
    """A spell of early help."""

    id: UUID
    child_id: UUID
    family_id: UUID
    opened_on: date
    closed_on: date | None
    agency: str


class LeadRow(NamedTuple):
    """Who led a spell of early help, from when."""

    episode_id: UUID
    agency: str
    from_on: date


NO_SPELL = ("declined", "void")


def readings(session: Session, form_key: str, scope: Scope) -> list[ReadingRow]:
    """Return every signed version of a star, corrected ones too."""
    asked = (
        select(
            Revision.id, Revision.child_id, Revision.form_digest, Revision.number,
            func.coalesce(Revision.dated_on, Revision.started_on), Revision.replaces_id, Revision.episode_id,
        )
        .join(Child, Child.id == Revision.child_id)
        .where(*_signed(form_key), *_within(scope))
    )  # fmt: skip
    return [ReadingRow(*row) for row in session.execute(asked)]


def facts(session: Session, form_key: str, fields: Collection[str], scope: Scope) -> list[FactRow]:
    """Return some reportable answers of a star's versions. A corrected version has none."""
    asked = (
        select(Fact.revision_id, Fact.field, Fact.code, Fact.number)
        .join(Revision, Revision.id == Fact.revision_id)
        .join(Child, Child.id == Fact.child_id)
        .where(*_signed(form_key), Fact.field.in_(sorted(fields)), *_within(scope))
    )
    return [FactRow(*row) for row in session.execute(asked)]


def answers(
    session: Session, form_key: str, whose: Sequence[str], scope: Scope
) -> dict[UUID, dict[str, Any]]:
    """Return the answers of those versions that are about a person who is named in them."""
    asked = (
        select(Document.revision_id, Document.answers)
        .join(Revision, Revision.id == Document.revision_id)
        .join(Fact, Fact.revision_id == Revision.id)
        .join(Child, Child.id == Document.child_id)
        .where(*_signed(form_key), Fact.field == "whose", Fact.code.in_(whose), *_within(scope))
    )
    return {row.revision_id: row.answers for row in session.execute(asked)}


def answers_of(session: Session, revision_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return the answers of a few versions."""
    asked = select(Document.revision_id, Document.answers).where(Document.revision_id.in_(revision_ids))
    return {row.revision_id: row.answers for row in session.execute(asked)}


def definitions(session: Session, form_key: str) -> dict[str, dict[str, Any]]:
    """Return the forms that a star's readings were signed under, by digest, oldest version first."""
    asked = select(FormCopy.digest, FormCopy.definition).where(FormCopy.form_key == form_key)
    return {row.digest: row.definition for row in session.execute(asked.order_by(FormCopy.form_version))}


def titles(session: Session) -> dict[str, dict[str, Any]]:
    """Return the newest definition of each star that has a signed reading in reach, by its key."""
    read = select(Revision.form_digest).where(Revision.kind == "star", Revision.signed_at.is_not(None))
    asked = select(FormCopy.form_key, FormCopy.definition).where(FormCopy.digest.in_(read))
    return {row.form_key: row.definition for row in session.execute(asked.order_by(FormCopy.form_version))}


def children(session: Session, form_key: str, scope: Scope) -> dict[UUID, ChildRow]:
    """Return the children who have a reading of a star, or had early help."""
    revision, episode = Revision.__table__.c, HelpEpisode.__table__.c
    read = select(revision.child_id).where(revision.kind == "star", revision.form_key == form_key)
    asked = select(Child).where(
        or_(Child.id.in_(read), Child.id.in_(select(episode.child_id))), *_within(scope)
    )
    return {
        each.id: ChildRow(each.id, each.ref, each.name, each.sort_name, each.worker_id, each.team_id)
        for each in session.scalars(asked)
    }


def spells(session: Session, scope: Scope) -> list[SpellRow]:
    """Return the spells of early help in which help was given, in the order they began."""
    asked = (
        select(
            HelpEpisode.id, HelpEpisode.child_id, HelpEpisode.family_id, HelpEpisode.opened_on,
            HelpEpisode.closed_on, HelpEpisode.agency,
        )
        .join(Child, Child.id == HelpEpisode.child_id)
        .where(HelpEpisode.status.not_in(NO_SPELL), *_within(scope))
        .order_by(HelpEpisode.opened_on, HelpEpisode.id)
    )  # fmt: skip
    return [SpellRow(*row) for row in session.execute(asked)]


def leads(session: Session, scope: Scope) -> list[LeadRow]:
    """Return who led spells of early help, the latest of each spell last."""
    asked = (
        select(LeadPractitioner.episode_id, LeadPractitioner.agency, LeadPractitioner.from_on)
        .join(Child, Child.id == LeadPractitioner.child_id)
        .where(*_within(scope))
        .order_by(LeadPractitioner.from_on, LeadPractitioner.id)
    )
    return [LeadRow(*row) for row in session.execute(asked)]


def overdue(session: Session, clock: str, on: date, scope: Scope) -> dict[UUID, date]:
    """Return the children whose clock of a kind ran out before a day, each with the day it did."""
    asked = (
        select(ClockRow.child_id, ClockRow.due_on)
        .join(Child, Child.id == ClockRow.child_id)
        .where(ClockRow.kind == clock, ClockRow.met_on.is_(None), ClockRow.due_on < on, *_within(scope))
    )
    return {row.child_id: row.due_on for row in session.execute(asked)}


def worker_names(session: Session) -> dict[UUID, str]:
    """Return every worker's name."""
    return {row.id: row.name for row in session.execute(select(Worker.id, Worker.name))}


def team_names(session: Session) -> dict[UUID, str]:
    """Return every team's name."""
    return {row.id: row.name for row in session.execute(select(Team.id, Team.name))}


def _signed(form_key: str) -> tuple[ColumnElement[bool], ...]:
    return Revision.kind == "star", Revision.form_key == form_key, Revision.signed_at.is_not(None)


def _within(scope: Scope) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    if scope.worker_id:
        tests.append(Child.worker_id == scope.worker_id)
    if scope.team_id:
        tests.append(Child.team_id == scope.team_id)
    return tests
