"""The lead practitioner: named, and changed with a handover. Any agency can hold the part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import words
from caseapp.early_help import episodes
from caseapp.lines import paragraphs
from db import early_help as queries
from db.models import Child, HelpEpisode, LeadPractitioner
from db.problems import Problem
from db.reach import child_subject
from db.roles import authorise
from db.store import Session


class LeadRow(NamedTuple):
    """Who led, from when until when, and what was handed over to them."""

    name: str
    agency: str
    contact: str
    from_on: date
    until_on: date | None
    handover: str


def rows(session: Session, episode_id: UUID) -> list[LeadRow]:
    """Return the lead practitioners of an episode, latest first."""
    found = queries.of_episode(session, LeadPractitioner, [episode_id])
    return [
        LeadRow(each.name, each.agency, each.contact, each.from_on, each.until_on, each.handover)
        for each in reversed(found)
    ]


def lead(session: Session, episode_id: UUID) -> LeadRow | None:
    """Return who leads now."""
    return next((each for each in rows(session, episode_id) if each.until_on is None), None)


def name_lead(
    session: Session,
    episode_ids: Sequence[UUID],
    *,
    name: str,
    agency: str,
    contact: str = "",
    from_on: date,
    handover: str = "",
    worker_id: UUID | None = None,
) -> None:
    """Name the lead practitioner, or hand over to a new one. Raises Problem without name, or handover."""
    if not name.strip():
        raise Problem("Say who is to be lead practitioner. Nothing was changed.")
    if from_on > session.today:
        raise Problem(f"{words.day(from_on)} is still to come. Nothing was changed. Name them on the day.")
    for episode_id in episode_ids:
        _named(
            session, episodes.one(session, episode_id), words.tidy(name).strip(), words.tidy(agency).strip(),
            words.tidy(contact).strip(), from_on, paragraphs(handover, "A handover"), worker_id,
        )  # fmt: skip


def _named(
    session: Session,
    episode: HelpEpisode,
    name: str,
    agency: str,
    contact: str,
    from_on: date,
    handover: str,
    worker_id: UUID | None,
) -> None:
    child = session.get_one(Child, episode.child_id)
    authorise(session.actor, "write", child_subject(session, child))
    found = queries.of_episode(session, LeadPractitioner, [episode.id])
    before = next((each for each in found if each.until_on is None), None)
    if before and not handover:
        raise Problem(f"Say what {before.name} hands over. Nothing was changed.")
    if from_on < (before.from_on if before else episode.opened_on):
        raise Problem("That is before the present lead, or early help, began. Nothing was changed.")
    if before:
        before.until_on = from_on
    session.add(
        LeadPractitioner(
            child_id=child.id,
            episode_id=episode.id,
            worker_id=worker_id,
            name=name,
            agency=agency,
            contact=contact,
            from_on=from_on,
            handover=handover,
        )
    )
    was = before.name if before else ""
    episodes.add_step(session, episode, "lead", from_on, was=was, now=name, reason=handover)
