"""Everybody in or leaving care of 16 to 25 in reach, with their whole record, read in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp.form_parts import pathway_lists as lists
from caseapp.pathway import adviser
from caseapp.pathway import leaving_rows as rows
from caseapp.pathway.leaving_people import YoungPerson
from caseapp.pathway.leaving_rows import Decision, Plan
from caseapp.pathway.life import CareSpell, LifeEvent
from db import leaving_view as queries
from db.leaving_view import FactRow, PlanRow, Reach
from db.models import Note, PlanApproval
from db.store import Session

PLAN: Final = "pathway-plan"
REVIEW, ASSESSED, PREPARED = "pathway_review", "needs_assessment", "birthday_prepared"
DOCUMENTS: Final = tuple(f"document_{key}" for key, _ in lists.DOCUMENTS)
SAID: Final = (
    "health_passport", "has_gp", "has_dentist", "staying_put", "next_move_on", "neet_reason", "neet_since",
    "plan_type", *DOCUMENTS,
)  # fmt: skip
_CONTACTS: Final = ("visit", "call", "meeting", "message")
_YOUNGEST, _OLDEST = relativedelta(years=16), relativedelta(years=26)
_TURNING: Final = relativedelta(years=18)
_AHEAD: Final = relativedelta(months=6)
_MOVED_SINCE: Final = relativedelta(months=15)  # moves of twelve months, and visits two months before
Row = TypeVar("Row")


def roll(session: Session, days: Sequence[date]) -> list[YoungPerson]:
    """Return the young people whom the figures of some days are about, by name."""
    reach = Reach(min(days) - _OLDEST, max(days) - _YOUNGEST)
    facts = queries.facts(session, reach, {REVIEW, ASSESSED, *SAID})
    signed = queries.plans(session, reach, PLAN)
    moves: dict[UUID, str] = {}
    for on in days:
        # Born so that the 18th birthday is ahead of the day: the others' answers are not needed
        born = (on - _TURNING - timedelta(days=1), on + _AHEAD - _TURNING + timedelta(days=1))
        answers = queries.answers(session, reach, PLAN, born)
        moves |= {key: str(said.get("next_move") or "").strip() for key, said in answers.items()}
    plans = _by_child_of(_plans(signed, facts, moves))
    decisions = _by_child_of(_decisions(queries.approvals(session, reach), signed))
    episodes = _by_child(queries.episodes(session, reach))
    events = _by_child(queries.leaving_events(session, reach))
    decided = _by_child(queries.overrides(session, reach))
    touches = _by_child(queries.in_touch(session, reach))
    homes = _by_child(queries.homes(session, reach))
    doings = _by_child(queries.activities(session, reach))
    years = _by_child(queries.years(session, reach))
    contacts = _by_child(queries.contacts(session, reach, min(days) - _MOVED_SINCE, _CONTACTS))
    advisers = _by_child(queries.advisers(session, reach, adviser.ROLE))
    money = _by_child(queries.money(session, reach))
    happened = _happened(facts)
    return [
        YoungPerson(
            each.id, each.ref, each.name, each.born_on, each.team_id, each.team, each.worker_id, each.worker,
            spells=tuple(
                CareSpell(one.started_on, one.ended_on, one.legal_status, one.reason_ended)
                for one in episodes[each.id]
            ),
            stays=tuple(
                rows.Stay(one.started_on, one.ended_on, one.placement) for one in episodes[each.id]
            ),
            # Kinds that no category rests on change nothing there
            events=tuple(LifeEvent(one.kind, one.from_on, one.until_on) for one in events[each.id]),
            decided=tuple(
                rows.Word(one.category, one.from_on, one.until_on) for one in decided[each.id]
            ),
            touches=tuple(rows.Touch(one.happened_on, one.code) for one in touches[each.id]),
            homes=tuple(
                rows.Home(one.kind, one.from_on, one.until_on, one.suitable, one.provided)
                for one in homes[each.id]
            ),
            doings=tuple(
                rows.Doing(one.code, one.from_on, one.until_on, one.words) for one in doings[each.id]
            ),
            years=tuple(
                rows.Year(one.year, one.in_touch, one.activity, one.accommodation)
                for one in years[each.id]
            ),
            contacts=tuple(_contact(one) for one in contacts[each.id]),
            advisers=tuple(
                rows.Adviser(one.name, one.from_on, one.until_on) for one in advisers[each.id]
            ),
            plans=tuple(plans[each.id]),
            decisions=tuple(decisions[each.id]),
            reviewed=tuple(happened[each.id, REVIEW]),
            assessed=tuple(happened[each.id, ASSESSED]),
            prepared=tuple(one.from_on for one in events[each.id] if one.kind == PREPARED),
            money=tuple(rows.Entry(one.happened_on, one.kind, one.pence) for one in money[each.id]),
        )
        for each in queries.children(session, reach)
    ]  # fmt: skip


def _by_child(found: Iterable[Row]) -> Mapping[UUID, list[Any]]:
    return _by_child_of((each.child_id, each) for each in found)  # type: ignore[attr-defined]  # every row has it


def _by_child_of(pairs: Iterable[tuple[UUID, Row]]) -> Mapping[UUID, list[Row]]:
    found: defaultdict[UUID, list[Row]] = defaultdict(list)
    for child_id, each in pairs:
        found[child_id].append(each)
    return found


def _contact(note: Note) -> rows.Contact:
    is_visit = note.kind == "visit" and note.seen and note.where_seen in (None, "home")
    return rows.Contact(note.happened_on, adviser.counts(note), is_visit)


def _plans(
    signed: Sequence[PlanRow], facts: Iterable[FactRow], moves: Mapping[UUID, str]
) -> Iterable[tuple[UUID, Plan]]:
    """Return (child, plan) of each signed plan that no correction replaced, the first first."""
    said: defaultdict[UUID, list[FactRow]] = defaultdict(list)
    for each in facts:
        if not each.is_event:
            said[each.revision_id].append(each)
    replaced = {each.replaces_id for each in signed}
    for plan in signed:
        if plan.id not in replaced:
            codes = {each.field: each.code for each in said[plan.id] if each.code}
            days = {each.field: each.day for each in said[plan.id] if each.day}
            yield plan.child_id, Plan(plan.id, plan.number, plan.on, codes, days, moves.get(plan.id, ""))


def _decisions(taken: Iterable[PlanApproval], signed: Iterable[PlanRow]) -> Iterable[tuple[UUID, Decision]]:
    by_id = {each.id: each for each in signed}
    for each in taken:
        if plan := by_id.get(each.revision_id):
            yield (
                each.child_id,
                Decision(each.happened_on, each.revision_id, plan.number, plan.on, each.kind),
            )


def _happened(facts: Iterable[FactRow]) -> Mapping[tuple[UUID, str], list[date]]:
    found: defaultdict[tuple[UUID, str], list[date]] = defaultdict(list)
    for each in facts:
        if each.is_event and each.day:
            found[each.child_id, each.field].append(each.day)
    return found
