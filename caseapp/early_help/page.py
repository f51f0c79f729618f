"""What the Early help tab of a record shows."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import holidays, levels, words
from caseapp.calendars import Calendar
from caseapp.early_help import consents, episodes, leads, moves
from caseapp.early_help.consents import ConsentRow
from caseapp.early_help.leads import LeadRow
from caseapp.early_help.moves import Move
from caseapp.early_help.statuses import OPEN, STATUSES
from caseapp.form_parts import early_help_lists as lists
from db import early_help as queries
from db.children import child_of
from db.models import HelpEpisode, HelpStep
from db.reach import child_subject
from db.roles import may
from db.store import Session

_WATCHED_FOR = relativedelta(months=12)


class EpisodeView(NamedTuple):
    """An episode as people read it."""

    id: UUID
    number: int
    opened_on: date
    route: str
    agency: str
    reasons: tuple[str, ...]
    status: str
    status_words: str
    level: int | None
    level_words: str
    closed_on: date | None
    closure_words: str
    next_review_on: date | None
    calendar: Calendar


class Sibling(NamedTuple):
    """A brother or sister helped together: their record, episode and how it stands."""

    child_id: UUID
    episode_id: UUID
    name: str
    status: str
    status_words: str


class StepRow(NamedTuple):
    """What happened, on which day, written down by whom, and why."""

    on: date
    words: str
    reason: str


class HelpView(NamedTuple):
    """The Early help tab. Without an episode only `earlier` and `watch` say anything."""

    episode: EpisodeView | None
    earlier: list[EpisodeView]
    siblings: list[Sibling]
    consents: list[ConsentRow]
    leads: list[LeadRow]
    steps: list[StepRow]
    moves: list[Move]
    prompt: str
    watch: str
    may_write: bool


def page(session: Session, child_id: UUID) -> HelpView:
    """Return a child's early help: the episode that goes on, or the last, with all that belongs to it."""
    child = child_of(session, child_id)
    found = episodes.episodes(session, child_id)
    shown = next((each for each in found if each.status in OPEN), found[0] if found else None)
    called = levels.names(session)
    rights = may(session.actor, "write", child_subject(session, child))
    return HelpView(
        _view(session, shown, called) if shown else None,
        [_view(session, each, called) for each in found if each is not shown],
        _siblings(session, shown) if shown else [],
        consents.rows(session, child_id),
        leads.rows(session, shown.id) if shown else [],
        _steps(session, shown, called) if shown else [],
        moves.moves(session, shown) if shown and rights.allowed else [],
        _prompt(session, shown) if shown else "",
        _watch(found, session.today),
        rights.allowed,
    )


def _view(session: Session, each: HelpEpisode, called: dict[int, str]) -> EpisodeView:
    named = dict(lists.REASONS)
    return EpisodeView(
        each.id, each.number, each.opened_on, dict(lists.ROUTES).get(each.route, each.route),
        dict(lists.AGENCIES).get(each.agency, each.agency),
        tuple(named.get(code, code) for code in each.reasons), each.status, STATUSES[each.status],
        each.level, levels.label(each.level, called), each.closed_on,
        dict(lists.CLOSURES).get(each.closure, ""),
        moves.next_review(session, each) if each.status in OPEN else None, holidays.calendar(session),
    )  # fmt: skip


def _siblings(session: Session, episode: HelpEpisode) -> list[Sibling]:
    return [
        Sibling(child.id, other.id, child.name, other.status, STATUSES[other.status])
        for child, other in episodes.family(session, episode)
        if other.id != episode.id
    ]


def _steps(session: Session, episode: HelpEpisode, called: dict[int, str]) -> list[StepRow]:
    found = queries.of_episode(session, HelpStep, [episode.id])
    return [StepRow(each.happened_on, step_words(each, called), each.reason) for each in reversed(found)]


def step_words(step: HelpStep, called: dict[int, str]) -> str:
    """Return what a step says: where the episode moved, which level, who leads."""
    if step.kind == "level":
        return levels.label(int(step.now), called)
    if step.kind == "lead":
        return f"Lead practitioner: {step.now}" + (f", after {step.was}" if step.was else "")
    return STATUSES.get(step.now, step.now)


def _prompt(session: Session, episode: HelpEpisode) -> str:
    """Return what level 4 asks for, while no step up is written."""
    if episode.level != 4 or episode.status not in OPEN or queries.signed(session, episode.id, "step-up"):
        return ""
    return (
        "Level 4: write the step up now. Refer to children's social care, and say who has been told and when."
    )


def _watch(found: list[HelpEpisode], today: date) -> str:
    """Return until when a new request counts as a return, or that the present one is."""
    ended = next((each for each in found if each.closed_on and each.status != "void"), None)
    if not ended or not ended.closed_on:
        return ""
    until = ended.closed_on + _WATCHED_FOR
    going_on = next((each for each in found if each.status in OPEN), None)
    if going_on and going_on.opened_on <= until:
        return f"A return within 12 months: early help ended before on {words.day(ended.closed_on)}."
    if not going_on and today <= until:
        return f"Watched for a return until {words.day(until)}, 12 months after it ended."
    return ""
