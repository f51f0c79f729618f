"""The roll of the virtual school: the children in reach with their whole schooling, read in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from caseapp import ages, dates
from caseapp.education import school_rules as rules
from caseapp.education.premium import GRANTED
from caseapp.education.suspension_rules import Spell
from caseapp.education.virtual_school_pupils import (
    At,
    Care,
    Day,
    Judged,
    Meeting,
    Money,
    Pupil,
    Sessions,
    Step,
    Timetable,
)
from db import names
from db import virtual_school as queries
from db.models import Episode, PepStep
from db.store import Session
from db.virtual_school import FactRow, PlanRow, Reach

HELD, BEGUN = "pep_held", "pep_begun"
SAID = ("voice_method", "child_there", "carer_there", "next_on", "sen_status", "ehcp_review_due_on", "eet")
_ENTRY_DAYS = timedelta(days=60)  # what falls due in a term began at most so long before
_DECIDED = ("approved", "returned")
Row = TypeVar("Row")


def roll(session: Session, day: Day) -> list[Pupil]:
    """Return the children whom the figures of a term and of the one before it are about, by name."""
    before = day.before
    years = sorted({day.premium_year, before.premium_year})
    reach = Reach(before.term.starts_on - _ENTRY_DAYS, day.on, tuple(years))
    since = date(min(day.school_year, before.school_year), 9, 1)
    episodes = _by_child(queries.episodes(session, reach))
    facts = queries.facts(session, reach, {HELD, BEGUN, *SAID})
    plans = queries.plans(session, reach)
    chains = _chains(plans)
    meetings, begun = _meetings(facts, chains), _days(facts, BEGUN)
    steps = _steps(queries.steps(session, reach), plans, chains)
    stays = _by_child(queries.stays(session, reach))
    groups = _by_child(queries.year_groups(session, reach))
    sessions = _by_child(queries.attendance(session, reach, range(since.year, day.school_year + 1)))
    suspensions = _by_child(queries.suspensions(session, reach, since))
    timetables = _by_child(queries.timetables(session, reach, before.on))
    judged = _by_child(queries.attainment(session, reach, ages.birthday(before.on, -1)))
    money = _by_child(queries.premiums(session, reach))
    return [
        Pupil(
            each.id, each.ref, each.name, each.born_on, each.sen, each.worker_id, each.worker,
            care=_care(episodes[each.id]),
            meetings=tuple(meetings[each.id]),
            begun=tuple(begun[each.id]),
            steps=tuple(steps[each.id]),
            schools=tuple(
                At(rules.Stay(one.from_on, one.until_on), one.school_id, one.school, one.kind)
                for one in stays[each.id]
            ),
            groups={one.school_year: one.group for one in groups[each.id]},
            attendance=tuple(
                Sessions(one.school_year, one.term, one.possible, one.attended) for one in sessions[each.id]
            ),
            suspensions=tuple(
                Spell(one.started_on, one.sessions, one.permanent, rescinded_on=one.rescinded_on)
                for one in suspensions[each.id]
            ),
            timetables=tuple(Timetable(one.started_on, one.ended_on) for one in timetables[each.id]),
            attainment=tuple(
                Judged(names.fold(one.subject), one.assessed_on, one.judgement, one.progress)
                for one in judged[each.id]
            ),
            money=tuple(
                Money(one.year, one.approved, one.decided_on, one.spent or 0, one.paid_on)
                for one in money[each.id]
                if one.decision in GRANTED
            ),
        )
        for each in queries.children(session, reach)
    ]  # fmt: skip


def _by_child(rows: Iterable[Row]) -> Mapping[UUID, list[Any]]:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for each in rows:
        found[each.child_id].append(each)  # type: ignore[attr-defined]  # every row of these queries has it
    return found


def _care(episodes: list[Episode]) -> tuple[Care, ...]:
    """Return the times in care; short breaks are none, and a change of placement ends none."""
    found: list[Care] = []
    for start, end in dates.care_periods(episodes):
        found.append(Care(start, end, found[-1].end if found else None))
    return tuple(found)


def _chains(plans: Iterable[PlanRow]) -> dict[UUID, tuple[UUID, ...]]:
    """Return for each version itself and the versions that it puts right, back to the first."""
    before = {each.id: each.replaces_id for each in plans}
    found: dict[UUID, tuple[UUID, ...]] = {}
    for each in before:
        ids, at = [each], before[each]
        while at is not None and at in before and at not in ids:
            ids.append(at)
            at = before[at]
        found[each] = tuple(ids)
    return found


def _meetings(
    facts: Iterable[FactRow], chains: Mapping[UUID, tuple[UUID, ...]]
) -> Mapping[UUID, list[Meeting]]:
    """Return each child's meetings in the order of time: one for each plan that stands."""
    by_plan: defaultdict[UUID, list[FactRow]] = defaultdict(list)
    for each in facts:
        by_plan[each.revision_id].append(each)
    found: defaultdict[UUID, list[Meeting]] = defaultdict(list)
    for plan, said in by_plan.items():
        held = next((each for each in said if each.is_event and each.field == HELD and each.day), None)
        if held is None or held.day is None:
            continue
        codes = {each.field: each.code for each in said if not each.is_event and each.code}
        days = {each.field: each.day for each in said if not each.is_event and each.day}
        ids = chains.get(plan, (plan,))
        found[held.child_id].append(Meeting(held.day, held.number, ids, codes, days))
    for meetings in found.values():
        meetings.sort(key=lambda each: (each.held_on, each.number))
    return found


def _days(facts: Iterable[FactRow], event: str) -> Mapping[UUID, list[date]]:
    found: defaultdict[UUID, list[date]] = defaultdict(list)
    for each in facts:
        if each.is_event and each.field == event and each.day:
            found[each.child_id].append(each.day)
    return found


def _steps(
    taken: Sequence[PepStep], plans: Iterable[PlanRow], chains: Mapping[UUID, tuple[UUID, ...]]
) -> Mapping[UUID, list[Step]]:
    """Return each child's decisions in the order of time, of one day the later plan's last.

    A void plan has none.
    """
    numbers = {each.id: each.number for each in plans}
    void = {each.revision_id for each in taken if each.state == "void"}
    returned = {each.revision_id for each in taken if each.state == "returned"}
    found: defaultdict[UUID, list[Step]] = defaultdict(list)
    for each in taken:
        if each.state in _DECIDED and each.revision_id not in void:
            earlier = chains.get(each.revision_id, (each.revision_id,))[1:]
            times = sum(plan in returned for plan in earlier)
            step = Step(each.happened_on, each.state, each.grade, each.revision_id, times)
            found[each.child_id].append(step)
    for each_child in found.values():
        each_child.sort(key=lambda step: (step.on, numbers.get(step.plan, 0)))
    return found
