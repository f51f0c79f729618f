"""The list of families with early help open: a fixed number of queries a page, none a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from db.models import Child, Fact, HelpEpisode, LeadPractitioner, Revision


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed to: `words` are folded parts of a name, a review before `late_on` is late."""

    statuses: Sequence[str]
    worker_id: UUID | None = None
    team_id: UUID | None = None
    is_of_team: bool = False
    level: int | None = None
    words: Sequence[str] = ()
    number: int | None = None
    late_on: date | None = None


class Part(NamedTuple):
    """A child of a family with the episode, and the review that was agreed last."""

    child: Child
    episode: HelpEpisode
    review_on: date | None


def _agreed(kind: str, field: str) -> Any:
    """Return the day that the newest signed version of a kind gives, within the episode."""
    fact, revision = Fact.__table__.c, Revision.__table__.c
    return (
        select(fact.day)
        .join(Revision.__table__, revision.id == fact.revision_id)
        .where(
            revision.child_id == HelpEpisode.child_id,
            revision.kind == kind,
            revision.episode_id == HelpEpisode.id,
            revision.signed_at.is_not(None),
            fact.field == field,
        )
        .order_by(revision.number.desc())
        .limit(1)
        .correlate(HelpEpisode)
        .scalar_subquery()
    )


_REVIEW = func.coalesce(_agreed("taf", "next_on"), _agreed("early-help", "review_on"))
REVIEWED = ("complete", "plan_active", "in_review")
"""The statuses in which a review that is past is late."""


def numbers_after(session: Session, narrowed: Narrowed, last: int | None, limit: int) -> list[int]:
    """Return the references of the next families, the newest first."""
    asked = _families(select(HelpEpisode.number).distinct(), narrowed)
    if last is not None:
        asked = asked.where(HelpEpisode.number < last)
    return list(session.scalars(asked.order_by(HelpEpisode.number.desc()).limit(limit)))


def count(session: Session, narrowed: Narrowed) -> int:
    """Return how many families a list holds."""
    asked = _families(select(func.count(HelpEpisode.number.distinct())), narrowed)
    return session.scalar(asked) or 0


def _families(asked: Select[Any], narrowed: Narrowed) -> Select[Any]:
    return asked.join(Child, Child.id == HelpEpisode.child_id).where(*_tests(narrowed))


def _tests(narrowed: Narrowed) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = [
        HelpEpisode.closed_on.is_(None),
        HelpEpisode.status.in_(narrowed.statuses),
    ]
    if narrowed.worker_id is not None:
        tests.append(or_(Child.worker_id == narrowed.worker_id, _is_led_by(narrowed.worker_id)))
    if narrowed.is_of_team:
        tests.append(Child.team_id == narrowed.team_id)
    if narrowed.level is not None:
        tests.append(HelpEpisode.level == narrowed.level)
    if narrowed.number is not None:
        tests.append(HelpEpisode.number == narrowed.number)
    tests += [Child.sort_name.contains(word, autoescape=True) for word in narrowed.words]
    if narrowed.late_on is not None:
        tests.append(and_(HelpEpisode.status.in_(REVIEWED), narrowed.late_on > _REVIEW))
    return tests


def _is_led_by(worker_id: UUID) -> ColumnElement[bool]:
    lead = LeadPractitioner.__table__.c
    led = select(lead.id).where(
        lead.child_id == HelpEpisode.child_id,
        lead.episode_id == HelpEpisode.id,
        lead.worker_id == worker_id,
        lead.until_on.is_(None),
    )
    return led.correlate(HelpEpisode).exists()


def parts(session: Session, numbers: Sequence[int], statuses: Sequence[str]) -> list[Part]:
    """Return the children of families who are still helped, the oldest first."""
    asked = (
        select(Child, HelpEpisode, _REVIEW)
        .join(HelpEpisode, HelpEpisode.child_id == Child.id)
        .where(HelpEpisode.number.in_(numbers), HelpEpisode.status.in_(statuses))
        .order_by(Child.born_on, Child.sort_name, Child.id)
    )
    return [Part(child, episode, review_on) for child, episode, review_on in session.execute(asked)]


def leads(session: Session, parts: Sequence[Part]) -> dict[UUID, str]:
    """Return who leads now, by episode."""
    asked = select(LeadPractitioner.episode_id, LeadPractitioner.name).where(
        LeadPractitioner.child_id.in_([each.child.id for each in parts]),
        LeadPractitioner.episode_id.in_([each.episode.id for each in parts]),
        LeadPractitioner.until_on.is_(None),
    )
    return {row.episode_id: row.name for row in session.execute(asked)}
