"""The caseload of a team as of any day: lines by worker, averages against the zone, what stands behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from caseapp import words, working_time
from caseapp.caseload import reading, weights, zone
from caseapp.caseload import settled as rules
from caseapp.caseload.cases import Asked, Case, Figure, figure
from caseapp.caseload.figures import DEFINITIONS, DEFINITIONS_BY_KEY
from caseapp.caseload.meeting import Meeting, meetings
from caseapp.caseload.settled import Settled
from caseapp.caseload.zone import Load, Standing
from caseapp.working_time import USUAL, WorkingTime
from db import caseload_workers as queries
from db import working_time as time_queries
from db.caseload_reach import Reach
from db.caseload_rows import HolderRow
from db.looks import record_look
from db.moments import utc_now
from db.problems import NotFound, Problem
from db.roles import authorise
from db.store import Session
from db.working_time import TimeRow

TITLE = "Caseload"
NOBODY = "Not allocated"
FORMULA = "children ÷ full-time equivalent of the workers who hold at least one of them"
FORMULAS = (
    ("children ÷ FTE", f"{FORMULA}; the figure that is compared with the zone"),
    ("children ÷ headcount", "children ÷ workers who hold at least one of them"),
    (
        "Left out",
        "workers who are away for over four weeks on the day, and managers who are not practitioners too and "
        "for whom no part of full time is recorded, with the children whom they hold",
    ),
)


@dataclass(frozen=True)
class Line:
    """The cases of a worker, of nobody, or of all, and every figure over them."""

    worker_id: UUID | None
    name: str
    job: str
    cases: tuple[Case, ...]
    asked: Asked
    time: WorkingTime = USUAL
    _made: dict[str, Figure] = field(default_factory=dict, repr=False, compare=False)

    @property
    def figures(self) -> Mapping[str, Figure]:
        """Return the figures by key."""
        return {each.key: self[each.key] for each in DEFINITIONS}

    def __getitem__(self, key: str) -> Figure:
        if key not in self._made:
            self._made[key] = figure(DEFINITIONS_BY_KEY[key], self.cases, self.asked)
        return self._made[key]

    @property
    def is_counted(self) -> bool:
        """Return whether the worker is in the averages: a case holder, and not away for over four weeks."""
        return self.worker_id is not None and not self.why_not_counted

    @property
    def why_not_counted(self) -> str:
        """Return in a word why a worker is in no average, or nothing."""
        if self.time.is_long_away(self.asked.on):
            return "away"
        return "manager" if self.time.only_manages else ""

    @property
    def load(self) -> Decimal:
        """Return the plain count as it would be at full time: what is compared with the zone."""
        return len(self.cases) / self.time.share

    @property
    def standing(self) -> Standing | None:
        """Return where the load stands in the zone; None for cases that nobody holds."""
        return zone.standing(self.load, self.asked.settled) if self.worker_id else None

    @property
    def over_limit(self) -> str:
        """Return that the protected limit of the first year is passed, or nothing."""
        limit = self.time.limit(self.asked.settled["target"], self.asked.on)
        if limit is None or len(self.cases) <= limit:
            return ""
        return f"Over the first-year limit of {rules.shown(limit)}"

    @property
    def zone_words(self) -> str:
        """Return in words where the worker stands: past a limit of the first year, away, or in the zone."""
        if self.over_limit or self.standing is None:
            return self.over_limit
        why = self.why_not_counted.capitalize()
        return f"{why}, in no average" if why else self.standing.words

    @property
    def time_words(self) -> str:
        """Return what is not as usual about the worker's time."""
        return self.time.words(self.asked.on)


class TeamLine(NamedTuple):
    """A team of the service, and its load."""

    name: str
    load: Load

    @property
    def children(self) -> int:
        """Return how many children have a worker who counts."""
        return self.load.children

    @property
    def holders(self) -> int:
        """Return how many workers hold them."""
        return self.load.holders

    @property
    def average(self) -> Decimal | None:
        """Return children to a full-time case holder."""
        return self.load.average


class Caseload(NamedTuple):
    """What screen, paper and sheet show. `lines` are of one worker each, by name.

    `teams`, `service`, `supervised` (by worker: last and next) and `meetings` (of the own team) are empty
    until `whole` has asked for them.
    """

    as_of: date
    counted_at: datetime
    team_id: UUID | None
    team: str
    teams: tuple[tuple[UUID, str], ...]
    settled: Settled
    lines: tuple[Line, ...]
    unallocated: Line
    everyone: Line
    service: tuple[TeamLine, ...]
    notes: tuple[str, ...]
    supervised: Mapping[UUID, tuple[date | None, date | None]]
    meetings: tuple[Meeting, ...]

    @property
    def children(self) -> int:
        """Return how many children have a worker, also one who is in no average."""
        return sum(len(each.cases) for each in self.lines)

    @property
    def load(self) -> Load:
        """Return the load of the workers who count."""
        counted = [each for each in self.lines if each.is_counted]
        fte = sum((each.time.share for each in counted), Decimal(0))
        return Load(sum(len(each.cases) for each in counted), len(counted), fte)

    @property
    def average(self) -> Decimal | None:
        """Return children to a full-time case holder."""
        return self.load.average

    @property
    def whole_service(self) -> TeamLine:
        """Return the figure of the whole service: total ÷ total, never the mean of averages."""
        return TeamLine("All teams", _total(each.load for each in self.service))

    @property
    def sentence(self) -> str:
        """Return the caseload in a sentence."""
        if not self.children and not self.unallocated.cases:
            return "No open case is held here on this day."
        parts = [_held_words(self)] if self.children else []
        parts += _away_words(self) + _managers_words(self)
        if number := len(self.unallocated.cases):
            who = f"{number} more" if self.children else words.count(number, "child", "children")
            parts.append(f"{who} {'has' if number == 1 else 'have'} no worker.")
        return " ".join(parts)


def _total(loads: Iterable[Load]) -> Load:
    found = list(loads)
    return Load(
        sum(each.children for each in found),
        sum(each.holders for each in found),
        sum((each.fte for each in found), Decimal(0)),
    )


def supervision_words(shown: Caseload, line: Line) -> tuple[str, str]:
    """Return when a worker's supervision was last and is next, as those may read it whom it was between."""
    last, following = shown.supervised.get(line.worker_id, (None, None)) if line.worker_id else (None, None)
    return (words.day(last) if last else "–", words.day(following) if following else "–")


def _held_words(shown: Caseload) -> str:
    held = words.count(shown.children, "child", "children")
    if shown.average is None:
        return f"{held}."
    load, against = shown.load, zone.over_words(shown.average, shown.settled)
    workers = words.count(load.holders, "worker")
    if load.fte != load.holders:
        workers += f" ({rules.shown(load.fte)} full-time)"
    held = words.count(load.children, "child", "children")
    return f"{held} with {workers}, {zone.average_words(shown.average)} on average, {against}."


def _away_words(shown: Caseload) -> list[str]:
    return [
        f"{each.name} is {each.time_words} with {words.count(len(each.cases), 'child', 'children')}: in no "
        "average."
        for each in shown.lines
        if each.why_not_counted == "away"
    ]


def _managers_words(shown: Caseload) -> list[str]:
    managers = [each for each in shown.lines if each.why_not_counted == "manager"]
    if not managers:
        return []
    number = sum(len(each.cases) for each in managers)
    held = words.count(number, "child is", "children are")
    return [f"{held} with {'a manager' if len(managers) == 1 else 'managers'}, not counted in the average."]


def caseload(session: Session, team_id: UUID | None = None, on: date | None = None) -> Caseload:
    """Return the caseload of a team, one's own unless another is asked for. The look is recorded.

    For team managers. Raises NotAllowed, NotFound for a team out of reach, Problem for a day to come.
    """
    authorise(session.actor, "allocate")
    on = on or session.today
    if on > session.today:
        raise Problem("A caseload is told of today or a day before. Choose an earlier day.")
    own = session.actor.team_id
    chosen = team_id or own
    if team_id and team_id != own and team_id not in dict(queries.teams_in_reach(session, on, own)):
        raise NotFound("There is no such team, or none of its children are in your reach.")
    before = datetime.combine(on + timedelta(days=1), time(), words.LONDON)
    reach = Reach(on, before, chosen, teamless=chosen == own, is_past=on < session.today)
    asked, staff = Asked(on, rules.read(session)), _staff(session, reach)
    names = {worker_id: row.name for worker_id, row in staff.known.items()}
    cases = reading.cases(session, reach, asked.settled, names)
    record_look(session, "list", detail={"list": TITLE, "as_of": on.isoformat(), "ids": _ids(cases)})
    return _view(session, asked, chosen, cases, staff)


def whole(session: Session, team_id: UUID | None = None, on: date | None = None) -> Caseload:
    """Return the caseload of a team with the averages of all teams, numbers without a child, and when the
    workers' supervision was and is: what a manager looks at, prints and exports.
    """
    shown = caseload(session, team_id, on)
    workers = [each.worker_id for each in shown.lines if each.worker_id]
    return shown._replace(
        teams=tuple(queries.teams_in_reach(session, shown.as_of, session.actor.team_id)),
        service=_service(session, shown.as_of),
        supervised=time_queries.supervised(session, workers, shown.as_of),
        meetings=meetings(session, shown.team_id, shown.as_of),
    )


def _service(session: Session, on: date) -> tuple[TeamLine, ...]:
    away = working_time.long_away(time_queries.away_on(session, on), on)
    teams: dict[UUID, tuple[str, list[HolderRow]]] = {}
    for each in queries.holders(session, on):
        teams.setdefault(each.team_id, (each.team, []))[1].append(each)
    return tuple(
        TeamLine(name, _load(each for each in found if each.worker_id not in away and _is_holder(each)))
        for name, found in teams.values()
    )


def _is_holder(each: HolderRow) -> bool:
    return not working_time.only_manages(each.roles, each.fte)


def _load(holders: Iterable[HolderRow]) -> Load:
    return _total(
        Load(each.children, 1, working_time.WHOLE if each.fte is None else each.fte) for each in holders
    )


def team_of(session: Session, name: str, on: date) -> UUID:
    """Return the team of a name among those in reach on a day. Raises NotFound."""
    authorise(session.actor, "allocate")
    folded = words.tidy(name).strip().casefold()
    for team_id, found in queries.teams_in_reach(session, on, session.actor.team_id):
        if found.casefold() == folded:
            return team_id
    raise NotFound(f"There is no team “{name}” in your reach on {words.day(on)}.")


class _Staff(NamedTuple):
    """The workers who held a child on the day, and how each of them worked then."""

    known: Mapping[UUID, TimeRow]
    times: Mapping[UUID, WorkingTime]


def _staff(session: Session, reach: Reach) -> _Staff:
    known, away = queries.workers(session, reach)
    return _Staff(known, working_time.on_day(known, away))


def _view(
    session: Session,
    asked: Asked,
    team_id: UUID | None,
    cases: Sequence[Case],
    staff: _Staff,
) -> Caseload:
    by_worker: dict[UUID | None, list[Case]] = {}
    for each in cases:
        by_worker.setdefault(each.worker_id, []).append(each)
    lines = {key: _line(key, staff, found, asked) for key, found in by_worker.items()}
    held = sorted((each for key, each in lines.items() if key), key=lambda each: each.name.casefold())
    unallocated = lines.get(None) or Line(None, NOBODY, "", (), asked)
    everybody = tuple(case for line in (*held, unallocated) for case in line.cases)
    return Caseload(
        asked.on,
        utc_now(),
        team_id,
        queries.team_name(session, team_id) if team_id else "All I may see",
        (),
        asked.settled,
        tuple(held),
        unallocated,
        Line(None, "All", "", everybody, asked),
        (),
        _notes(asked.on, session.today, cases),
        {},
        (),
    )


def _line(worker_id: UUID | None, staff: _Staff, cases: Sequence[Case], asked: Asked) -> Line:
    told = tuple(weights.weighed(cases, asked.settled))
    if worker_id is None:
        return Line(None, NOBODY, "", told, asked)
    row = staff.known.get(worker_id)
    name, job = (row.name, row.job) if row else (reading.UNKNOWN, "")
    return Line(worker_id, name, job, told, asked, staff.times.get(worker_id, USUAL))


def _ids(cases: Sequence[Case]) -> list[str]:
    return sorted(each.child_id.hex for each in cases if each.child_id)


def _notes(on: date, today: date, cases: Sequence[Case]) -> tuple[str, ...]:
    if on == today:
        return ()
    found = [
        "Who held whom is as it was that day. What was due is worked out from the record as it is today: "
        "dates of cases that have closed since are not kept, so they are not among them, and hours and leave "
        "are those known today."
    ]
    if elsewhere := sum(not each.is_here for each in cases):
        who = words.count(elsewhere, "child is", "children are")
        found.append(f"{who} with others today: counted by worker and status, without a name or dates.")
    return tuple(found)
