"""Whether a manager's workers have supervision and their children are talked about; the lists behind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from caseapp import clock_limits, clocks, holidays, words
from caseapp.clocks import State
from caseapp.supervision import agenda, owed, rules
from caseapp.supervision.agenda import ToDiscuss
from caseapp.supervision.sessions import waits_for
from db import supervision as queries
from db.models import Child, SupervisionSession, Worker
from db.roles import may
from db.store import Session

_CALLED_OFF_DAYS: Final = 90
_WRITTEN_UP: Final = "O7"
_KNOWN_FOR: Final = timedelta(days=366)


class Behind(NamedTuple):
    """A row behind a figure: a worker's session, or a child."""

    title: str
    said: str
    child_id: UUID | None = None


class Figure(NamedTuple):
    """A share with the rows that count and those that do not. `percent` is None of nothing."""

    key: str
    title: str
    definition: str
    rows: tuple[Behind, ...]
    others: tuple[Behind, ...]

    @property
    def of(self) -> int:
        """Return of how many."""
        return len(self.rows) + len(self.others)

    @property
    def percent(self) -> Decimal | None:
        """Return the share to one place; None where there is nothing to take a share of."""
        return words.percent(len(self.rows), self.of) if self.of else None

    @property
    def percent_words(self) -> str:
        """Return the share alone."""
        return f"{self.percent} %" if self.of else "–"

    @property
    def shown(self) -> str:
        """Return the share with what it is made of."""
        return f"{self.percent_words} ({len(self.rows)} of {self.of})" if self.of else "–"


class WorkerLine(NamedTuple):
    """A worker of a manager. `standing` is None before the first supervision that the manager held."""

    worker_id: UUID
    name: str
    job: str
    children: int
    owed_cases: int
    """Children whom it was owed to talk about by now, or who were talked about."""
    late_cases: int
    last_on: date | None
    next_on: date | None
    due_on: date | None
    standing: State | None
    waits: str


class TeamView(NamedTuple):
    """A manager's workers by name, and the figures over them."""

    team: str
    workers: list[WorkerLine]
    figures: tuple[Figure, ...]


def team(session: Session) -> TeamView:
    """Return a manager's workers and figures; nobody for those who supervise nobody."""
    me = session.actor
    if not may(me, "approve").allowed:
        return TeamView(me.team, [], ())
    held = queries.sessions_with(session, me.worker_id)
    workers = supervised(session, held)
    cases = agenda.standings(session, [each.id for each in workers])
    workers = [each for each in workers if _is_supervised(each, held, cases)]
    figures = (
        _held_figure(session, workers, held), _cases_figure(cases), _called_off(session, held),
        _written_up(session, workers),
    )  # fmt: skip
    lines = [_line(session, each, held, cases) for each in workers]
    return TeamView(me.team, lines, figures)


def supervised(session: Session, held: Sequence[SupervisionSession]) -> list[Worker]:
    """Return the workers of one's team, and those whom one supervised within a year, by name."""
    me = session.actor
    own = queries.team_workers(session, me.team_id) if me.team_id else []
    since = session.today - _KNOWN_FOR
    others = {each.supervisee_id for each in held if (each.held_on or each.planned_on or date.min) >= since}
    elsewhere = queries.workers(session, others - {each.id for each in own})
    found = [*own, *(each for each in elsewhere.values() if each.left_on is None)]
    return sorted((each for each in found if each.id != me.worker_id), key=lambda each: each.sort_name)


def _is_supervised(
    worker: Worker, held: Sequence[SupervisionSession], cases: Sequence[tuple[Child, ToDiscuss]]
) -> bool:
    """Return whether somebody works with children: neither the office nor a reader is owed supervision."""
    return (
        "practitioner" in worker.roles
        or any(child.worker_id == worker.id for child, _ in cases)
        or any(each.supervisee_id == worker.id for each in held)
    )


def _line(
    session: Session,
    worker: Worker,
    held: Sequence[SupervisionSession],
    cases: Sequence[tuple[Child, ToDiscuss]],
) -> WorkerLine:
    own = [each for each in held if each.supervisee_id == worker.id]
    last_on = _last_on(own)
    due_on = owed.session_due_on(session, worker, last_on) if last_on else None
    mine = [each for child, each in cases if child.worker_id == worker.id]
    unsigned = [each for each in own if waits_for(each)]
    planned = [each.planned_on for each in own if each.planned_on and not each.held_on]
    return WorkerLine(
        worker.id, worker.name, worker.job, len(mine), sum(_is_owed(each) for each in mine),
        sum(not each.is_in_time for each in mine), last_on,
        min((day for day in planned if day >= session.today), default=None), due_on,
        owed.standing(session, due_on) if due_on else None,
        f"{words.count(len(unsigned), 'record')} to sign" if unsigned else "",
    )  # fmt: skip


def _last_on(held: Sequence[SupervisionSession]) -> date | None:
    return max((each.held_on for each in held if each.held_on), default=None)


def _held_figure(session: Session, workers: Sequence[Worker], held: Sequence[SupervisionSession]) -> Figure:
    since = session.today - rules.SUPERVISED_WITHIN
    rows: list[Behind] = []
    others: list[Behind] = []
    for each in workers:
        last_on = _last_on([one for one in held if one.supervisee_id == each.id])
        said = f"Last on {words.day(last_on)}" if last_on else "None recorded by you"
        (rows if last_on and last_on >= since else others).append(Behind(each.name, said))
    return Figure(
        "held",
        "Workers supervised",
        f"Of your workers: those with whom you held supervision in the last {rules.SUPERVISED_WITHIN.days} "
        "days. What others hold is theirs alone and not counted.",
        tuple(rows),
        tuple(others),
    )


def _cases_figure(cases: Sequence[tuple[Child, ToDiscuss]]) -> Figure:
    rows: list[Behind] = []
    others: list[Behind] = []
    for _, each in cases:
        if not _is_owed(each):
            continue
        last = f"last on {words.day(each.last_on)}" if each.last_on else "never"
        said = f"{each.status}: {last}, {'again' if each.last_on else 'owed'} by {words.day(each.due_on)}"
        (rows if each.is_in_time else others).append(Behind(each.child, said, each.child_id))
    return Figure(
        "cases",
        "Children talked about in time",
        "Of your workers’ open children: those talked about in supervision as often as owed: every 28 days "
        "(child protection, looked after), 42 days (child in need) or 2 months (others), unless this area "
        "set another limit. Who is not owed yet is left out.",
        tuple(rows),
        tuple(others),
    )


def _is_owed(each: ToDiscuss) -> bool:
    """Return whether a child counts: not one who came lately and was not talked about yet."""
    return each.last_on is not None or not each.is_in_time


def _written_up(session: Session, workers: Sequence[Worker]) -> Figure:
    since = session.today - rules.SUPERVISED_WITHIN
    limit = clock_limits.in_force(session, _WRITTEN_UP, since).limit
    calendar = holidays.calendar(session)
    rows: list[Behind] = []
    others: list[Behind] = []
    for note, child in queries.visits_written(session, [each.id for each in workers], since):
        written_on = words.london_day(note.created_at)
        own = clock_limits.in_force(session, _WRITTEN_UP, note.happened_on).limit
        said = f"Visit on {words.day(note.happened_on)}, written up on {words.day(written_on)}"
        is_in_time = written_on <= clocks.due_on(own, note.happened_on, calendar)
        (rows if is_in_time else others).append(Behind(child.name, said, child.id))
    return Figure(
        "written_up",
        "Visits written up in time",
        f"Of the visits of the last {rules.SUPERVISED_WITHIN.days} days that your workers wrote up: those "
        f"written up within {clocks.limit_words(limit)}. A visit not written up yet is not known here.",
        tuple(rows),
        tuple(others),
    )


def _called_off(session: Session, held: Sequence[SupervisionSession]) -> Figure:
    since = session.today - timedelta(days=_CALLED_OFF_DAYS)
    people = queries.workers(session, {each.supervisee_id for each in held})
    rows: list[Behind] = []
    others: list[Behind] = []
    for each in held:
        if each.planned_on is None or not since <= each.planned_on <= session.today:
            continue
        name = people[each.supervisee_id].name if each.supervisee_id in people else "Somebody who left"
        title = f"{name}, {words.day(each.planned_on)}"
        if each.cancelled_because:
            rows.append(Behind(title, each.cancelled_because))
        else:
            held_on = f"Held on {words.day(each.held_on)}" if each.held_on else "Not recorded yet"
            others.append(Behind(title, held_on))
    return Figure(
        "called_off",
        "Called off",
        f"Of the sessions that you had planned for the last {_CALLED_OFF_DAYS} days: those called off.",
        tuple(rows),
        tuple(others),
    )
