"""The caseload of a team as of any day: lines by worker, averages against the zone, what stands behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from caseapp import star_change, words
from caseapp.caseload import settled as rules
from caseapp.caseload import weights, zone
from caseapp.caseload.cases import ELSEWHERE, Asked, Case, Deadline, Draft, Figure, figure
from caseapp.caseload.figures import DEFINITIONS, DEFINITIONS_BY_KEY, PEP_CLOCKS
from caseapp.caseload.settled import Settled
from caseapp.caseload.zone import Standing
from caseapp.clocks import CLOCKS_BY_ID
from caseapp.forms import FORMS_BY_KEY
from caseapp.stars import counts
from db import caseload as queries
from db.caseload import HeldRow, Reach, RevisionLine
from db.guard import record_look
from db.moments import utc_now
from db.problems import NotFound, Problem
from db.roles import authorise
from db.store import Session

TITLE = "Caseload"
NOBODY = "Not allocated"
SIBLINGS = (
    "Brother", "Sister", "Half-brother", "Half-sister", "Step-brother", "Step-sister", "Twin",
)  # fmt: skip
FORMULA = "children ÷ workers who hold at least one of them"


@dataclass(frozen=True)
class Line:
    """The cases of a worker, of nobody, or of all, and every figure over them."""

    worker_id: UUID | None
    name: str
    job: str
    cases: tuple[Case, ...]
    asked: Asked
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
    def standing(self) -> Standing | None:
        """Return where the plain count stands in the zone; None for cases that nobody holds."""
        held = self.worker_id is not None
        return zone.standing(Decimal(len(self.cases)), self.asked.settled) if held else None


class TeamLine(NamedTuple):
    """A team of the service: its children with a worker, who holds them, and the average."""

    name: str
    children: int
    holders: int
    average: Decimal | None


class Caseload(NamedTuple):
    """What screen, paper and sheet show. `lines` are of one worker each, by name; `teams` to choose from.

    `service` is empty until `with_service` has counted every team.
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
    average: Decimal | None
    service: tuple[TeamLine, ...]
    notes: tuple[str, ...]

    @property
    def children(self) -> int:
        """Return how many children have a worker."""
        return sum(len(each.cases) for each in self.lines)

    @property
    def whole_service(self) -> TeamLine:
        """Return the figure of the whole service: total ÷ total, never the mean of averages."""
        children = sum(each.children for each in self.service)
        holders = sum(each.holders for each in self.service)
        return TeamLine("All teams", children, holders, zone.average(children, holders))

    @property
    def sentence(self) -> str:
        """Return the caseload in a sentence."""
        if not self.children and not self.unallocated.cases:
            return "No open case is held here on this day."
        parts = [_held_words(self)] if self.children else []
        if number := len(self.unallocated.cases):
            who = f"{number} more" if self.children else words.count(number, "child", "children")
            parts.append(f"{who} {'has' if number == 1 else 'have'} no worker.")
        return " ".join(parts)


def _held_words(shown: Caseload) -> str:
    held = words.count(shown.children, "child", "children")
    if shown.average is None:
        return f"{held}."
    workers = words.count(len(shown.lines), "worker")
    against = zone.over_words(shown.average, shown.settled)
    return f"{held} with {workers}, {zone.average_words(shown.average)} on average, {against}."


def caseload(session: Session, team_id: UUID | None = None, on: date | None = None) -> Caseload:
    """Return the caseload of a team, one's own unless another is asked for. The look is recorded.

    For team managers. Raises NotAllowed, NotFound for a team out of reach, Problem for a day to come.
    """
    authorise(session.actor, "allocate")
    on = on or session.today
    if on > session.today:
        raise Problem("A caseload is told of today or a day before. Choose an earlier day.")
    offered = tuple(queries.teams_in_reach(session, on, session.actor.team_id))
    chosen = team_id or session.actor.team_id
    if team_id and team_id not in dict(offered):
        raise NotFound("There is no such team, or none of its children are in your reach.")
    asked = Asked(on, rules.read(session))
    before = datetime.combine(on + timedelta(days=1), time(), words.LONDON)
    reach = Reach(on, before, chosen, teamless=chosen == session.actor.team_id, is_past=on < session.today)
    here = _cases(session, reach)
    cases = [*here, *_gone(session, reach, [each.child_id for each in here if each.child_id])]
    record_look(session, "list", detail={"list": TITLE, "as_of": on.isoformat(), "ids": _ids(cases)})
    return _view(session, asked, chosen, offered, cases)


def with_service(session: Session, shown: Caseload) -> Caseload:
    """Return a caseload with the averages of all teams beside its own: numbers, no child. For managers."""
    authorise(session.actor, "allocate")
    return shown._replace(
        service=tuple(
            TeamLine(each.name, each.children, each.holders, zone.average(each.children, each.holders))
            for each in queries.teams(session, shown.as_of)
        )
    )


def whole(session: Session, team_id: UUID | None = None, on: date | None = None) -> Caseload:
    """Return the caseload of a team with the averages of all: what a manager looks at, prints and exports."""
    return with_service(session, caseload(session, team_id, on))


def team_of(session: Session, name: str, on: date) -> UUID:
    """Return the team of a name among those in reach on a day. Raises NotFound."""
    authorise(session.actor, "allocate")
    folded = words.tidy(name).strip().casefold()
    for team_id, found in queries.teams_in_reach(session, on, session.actor.team_id):
        if found.casefold() == folded:
            return team_id
    raise NotFound(f"There is no team “{name}” in your reach on {words.day(on)}.")


def _view(
    session: Session,
    asked: Asked,
    team_id: UUID | None,
    offered: tuple[tuple[UUID, str], ...],
    cases: Sequence[Case],
) -> Caseload:
    by_worker: dict[UUID | None, list[Case]] = {}
    for each in cases:
        by_worker.setdefault(each.worker_id, []).append(each)
    named = queries.worker_names(session, [each for each in by_worker if each])
    lines = {key: _line(key, named, _weighed(found, asked), asked) for key, found in by_worker.items()}
    held = sorted((each for key, each in lines.items() if key), key=lambda each: each.name.casefold())
    unallocated = lines.get(None) or Line(None, NOBODY, "", (), asked)
    everybody = tuple(case for line in (*held, unallocated) for case in line.cases)
    return Caseload(
        asked.on,
        utc_now(),
        team_id,
        dict(offered).get(team_id, "My team") if team_id else "All I may see",
        offered,
        asked.settled,
        tuple(held),
        unallocated,
        Line(None, "All", "", everybody, asked),
        zone.average(sum(len(each.cases) for each in held), len(held)),
        (),
        _notes(asked.on, session.today, cases),
    )


def _line(
    worker_id: UUID | None, named: Mapping[UUID, tuple[str, str]], cases: Sequence[Case], asked: Asked
) -> Line:
    name, job = named.get(worker_id, ("A worker who is not known here", "")) if worker_id else (NOBODY, "")
    shown = name if worker_id else ""
    return Line(worker_id, name, job, tuple(replace(each, worker=shown) for each in cases), asked)


def _weighed(cases: Sequence[Case], asked: Asked) -> list[Case]:
    found = weights.points(cases, asked.settled)
    return [replace(case, points=points) for case, points in zip(cases, found, strict=True)]


def _ids(cases: Sequence[Case]) -> list[str]:
    return sorted(each.child_id.hex for each in cases if each.child_id)


def _notes(on: date, today: date, cases: Sequence[Case]) -> tuple[str, ...]:
    if on == today:
        return ()
    found = [
        "Who held whom is as it was that day. What was due is worked out from the record as it is today: "
        "dates of cases that have closed since are not among them."
    ]
    if elsewhere := sum(not each.is_here for each in cases):
        who = words.count(elsewhere, "child is", "children are")
        found.append(f"{who} with others today: counted by worker and status, without a name or dates.")
    return tuple(found)


def _gone(session: Session, reach: Reach, seen: Sequence[UUID]) -> list[Case]:
    """Return the own team's cases of a past day whose records are out of reach today."""
    if not reach.is_past or reach.team_id is None or reach.team_id != session.actor.team_id:
        return []
    return [
        Case(None, None, ELSEWHERE, each.status, each.worker_id)
        for each in queries.gone(session, reach, seen)
    ]


def _cases(session: Session, reach: Reach) -> list[Case]:
    versions = queries.revisions(session, reach)
    deadlines, drafts, plans = _deadlines(session, reach), _drafts(versions, reach), _plans(versions, reach)
    stars = _stars(session, versions, reach)
    seen, siblings = queries.seen(session, reach), _siblings(session, reach)
    courts, peps = queries.in_court(session, reach), queries.met(session, reach, PEP_CLOCKS)
    return [
        Case(
            child_id=each.id,
            ref=each.ref,
            child=each.name,
            status=each.status,
            worker_id=each.worker_id,
            opened_on=each.opened_on,
            seen_on=_seen_on(each, seen.get(each.id), reach.on),
            deadlines=tuple(deadlines.get(each.id, ())),
            drafts=tuple(drafts.get(each.id, ())),
            plans=frozenset(plans.get(each.id, ())),
            star=stars[each.id][0] if each.id in stars else None,
            star_said=stars[each.id][1] if each.id in stars else "",
            in_court=each.id in courts,
            siblings=frozenset(siblings.get(each.id, ())),
            had_pep=each.id in peps,
        )
        for each in queries.held(session, reach)
    ]


def _seen_on(row: HeldRow, noted: date | None, on: date) -> date | None:
    """Return when a child was seen last by a day: by a note, or the record's own day where it is no later."""
    own = row.last_seen_on if row.last_seen_on and row.last_seen_on <= on else None
    return max((each for each in (noted, own) if each), default=None)


def _deadlines(session: Session, reach: Reach) -> dict[UUID, list[Deadline]]:
    found: dict[UUID, list[Deadline]] = {}
    for each in queries.clocks(session, reach):
        what = each.what or CLOCKS_BY_ID[each.kind].name
        running = Deadline(each.kind, what, each.due_on, each.red_after, each.started_on)
        found.setdefault(each.child_id, []).append(running)
    return found


def _is_draft(each: RevisionLine, reach: Reach) -> bool:
    return each.signed_at is None or each.signed_at >= reach.before


def _drafts(versions: Sequence[RevisionLine], reach: Reach) -> dict[UUID, list[Draft]]:
    found: dict[UUID, list[Draft]] = {}
    for each in versions:
        if _is_draft(each, reach):
            form = FORMS_BY_KEY.get(each.form_key)
            title = form.title if form else each.kind.replace("-", " ").capitalize()
            found.setdefault(each.child_id, []).append(Draft(title, each.started_on))
    return found


def _plans(versions: Sequence[RevisionLine], reach: Reach) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    for each in versions:
        if each.kind != queries.STAR and not _is_draft(each, reach):
            found.setdefault(each.child_id, set()).add(each.kind)
    return found


def _siblings(session: Session, reach: Reach) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for one, other in queries.siblings(session, reach, SIBLINGS):
        found.setdefault(one, set()).add(other)
    return found


def _stars(
    session: Session, versions: Sequence[RevisionLine], reach: Reach
) -> dict[UUID, tuple[Decimal, str]]:
    """Return how far each child's newest star moved between its first and latest reading that count."""
    readings = [
        each
        for each in versions
        if each.kind == queries.STAR and not _is_draft(each, reach) and each.on <= reach.on
    ]
    if not readings:
        return {}
    facts: dict[UUID, dict[str, str | int]] = {}
    for row in queries.star_facts(session, reach):
        said = int(row.number) if row.number is not None else row.code or ""
        facts.setdefault(row.revision_id, {})[row.field] = said
    replaced = {each.replaces_id for each in readings}
    series: dict[UUID, dict[tuple[str, str], list[tuple[date, dict[str, str | int]]]]] = {}
    for each in readings:
        told = facts.get(each.id, {})
        if each.id not in replaced and _counts(told):
            person = (each.form_key, str(told.get("whose", "")))
            series.setdefault(each.child_id, {}).setdefault(person, []).append((each.on, told))
    found = {child_id: _moved(each) for child_id, each in series.items()}
    return {child_id: each for child_id, each in found.items() if each}


def _counts(told: Mapping[str, str | int]) -> bool:
    return counts(*(str(told.get(key, "")) for key in ("reading", "agreed", "for_report")))


def _moved(
    stars: Mapping[tuple[str, str], Sequence[tuple[date, Mapping[str, str | int]]]],
) -> tuple[Decimal, str] | None:
    newest = max(stars.values(), key=lambda each: each[-1][0])
    (first_on, first), (last_on, last) = newest[0], newest[-1]
    areas = [key for key, point in first.items() if isinstance(point, int) and isinstance(last.get(key), int)]
    change = star_change.mean([int(last[key]) - int(first[key]) for key in areas])
    if len(newest) < 2 or change is None:
        return None
    return change, f"{words.day(first_on)} to {words.day(last_on)}, {words.count(len(areas), 'area')}"
