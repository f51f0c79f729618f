"""Episodes of early help: opening one for a child or for brothers and sisters, and its level of need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp import dates, levels, words
from caseapp.early_help.statuses import ENDED, HELP_KINDS, OPEN
from caseapp.form_parts import early_help_lists as lists
from db import early_help as queries
from db.children import child_of
from db.models import Child, HelpEpisode, HelpStep
from db.moments import new_id
from db.problems import NotFound, Problem
from db.reach import child_subject
from db.roles import authorise
from db.store import Session


@dataclass(frozen=True)
class NewEpisode:
    """How early help began: codes of the lists of the assessment, and the days that matter."""

    opened_on: date
    route: str
    reasons: tuple[str, ...] = ()
    agency: str = ""
    asked_by: str = ""
    needed_on: date | None = None
    searched_on: date | None = None
    searched: str = ""
    level: int | None = None


def open_episode(session: Session, child_ids: Sequence[UUID], new: NewEpisode) -> list[UUID]:
    """Open early help for one child, or for brothers and sisters together. Raises Problem in plain words."""
    _check(session, new)
    children = [child_of(session, child_id) for child_id in dict.fromkeys(child_ids)]
    for child in children:
        if current(session, child.id):
            raise Problem(f"{child.name} has early help open already. Nothing was opened. Go on with that.")
    family_id, number = new_id(), queries.next_number(session)
    return [_opened(session, child, family_id, number, new) for child in children]


def _check(session: Session, new: NewEpisode) -> None:
    for value, options, what in (
        (new.route, lists.ROUTES, "how it came about"),
        (new.agency, lists.AGENCIES, "the kind of agency"),
        (new.searched, lists.EARLIER, "what the search found"),
        *((reason, lists.REASONS, "the reasons") for reason in new.reasons),
    ):
        if value and value not in dict(options):
            raise Problem(f"“{value}” is none of the answers for {what}. Nothing was opened.")
    if not new.route:
        raise Problem("Say how early help came about. Nothing was opened.")
    for day in (new.opened_on, new.needed_on, new.searched_on):
        if day and day > session.today:
            raise Problem(f"{words.day(day)} is still to come. Nothing was opened. Give the day it happened.")
    if new.needed_on and new.needed_on > new.opened_on:
        raise Problem("Early help cannot begin before the need was noticed. Nothing was opened.")
    if new.level is not None:
        levels.check(new.level)


def _opened(session: Session, child: Child, family_id: UUID, number: int, new: NewEpisode) -> UUID:
    before = next((each for each in queries.episodes(session, child.id) if each.status != "void"), None)
    episode = HelpEpisode(
        id=new_id(), child_id=child.id, family_id=family_id, number=number, opened_on=new.opened_on,
        route=new.route, asked_by=words.tidy(new.asked_by).strip(), agency=new.agency,
        reasons=list(new.reasons), needed_on=new.needed_on, searched_on=new.searched_on,
        searched=new.searched, status="draft", level=new.level, follows_id=before.id if before else None,
    )  # fmt: skip
    session.add(episode)
    session.flush()
    add_step(session, episode, "moved", new.opened_on, now="draft")
    if new.level is not None:
        add_step(session, episode, "level", new.opened_on, now=str(new.level), reason="At the request")
    if child.status == "closed":
        child.status, child.closed_on, child.opened_on = "early_help", None, new.opened_on
    dates.refresh(session, child)
    return episode.id


def add_step(
    session: Session,
    episode: HelpEpisode,
    kind: str,
    on: date,
    *,
    was: str = "",
    now: str = "",
    reason: str = "",
) -> None:
    """Write down what happened in an episode."""
    session.add(
        HelpStep(
            child_id=episode.child_id,
            episode_id=episode.id,
            happened_on=on,
            kind=kind,
            was=was,
            now=now,
            reason=reason,
        )
    )
    session.flush()


def one(session: Session, episode_id: UUID) -> HelpEpisode:
    """Return an episode. Raises NotFound."""
    episode = session.get(HelpEpisode, episode_id)
    if not episode:
        raise NotFound("There is no such early help, or you may not see it.")
    return episode


def episodes(session: Session, child_id: UUID) -> list[HelpEpisode]:
    """Return a child's episodes, newest first."""
    return queries.episodes(session, child_id)


def current(session: Session, child_id: UUID) -> HelpEpisode | None:
    """Return the episode that is going on."""
    return next((each for each in queries.episodes(session, child_id) if each.status in OPEN), None)


def family(session: Session, episode: HelpEpisode) -> list[tuple[Child, HelpEpisode]]:
    """Return the children helped together, the oldest first, this one among them."""
    return queries.family(session, episode.family_id)


def level_at_start(session: Session, episode: HelpEpisode) -> str:
    """Return the level of need given when the episode was opened, as its number; nothing if none was."""
    steps = queries.of_episode(session, HelpStep, [episode.id])
    first = next((each for each in steps if each.kind == "level"), None)
    return first.now if first and not first.was and first.happened_on == episode.opened_on else ""


def set_level(session: Session, episode_id: UUID, level: int, on: date, reason: str) -> None:
    """Record a child's level of need on a day, with its reason; it may move either way."""
    levels.check(level)
    episode = one(session, episode_id)
    child = child_of(session, episode.child_id)
    authorise(session.actor, "write", child_subject(session, child))
    if on > session.today or on < episode.opened_on:
        raise Problem(f"Give a day from {words.day(episode.opened_on)} to today. Nothing was changed.")
    if not reason.strip():
        raise Problem("Say why the level of need is what it is. Nothing was changed.")
    _note_level(session, episode, level, on, words.tidy(reason).strip())


def _note_level(session: Session, episode: HelpEpisode, level: int, on: date, reason: str) -> None:
    was = "" if episode.level is None else str(episode.level)
    add_step(session, episode, "level", on, was=was, now=str(level), reason=reason)
    episode.level = level


def level_from_document(session: Session, episode_id: UUID, answer: str, on: date, title: str) -> None:
    """Take over the level of need that a signed document gives: each step is dated and says whence."""
    episode = one(session, episode_id)
    if answer.isdigit() and episode.status not in ENDED:
        _note_level(session, episode, int(answer), on, title)


def writing_refused(session: Session, child_id: UUID, kind: str) -> str:
    """Return why a document of early help may not be written now, or nothing."""
    episode = current(session, child_id) if kind in HELP_KINDS else None
    if episode and episode.status == "consent_withdrawn":
        return (
            "Consent for this early help was withdrawn, so what is on file can be read and not written. "
            "Record the family's new consent, or close the early help."
        )
    return ""
