"""Reading the cases of a day: who held whom, and what of the record the figures are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from caseapp import star_change, words
from caseapp.caseload.cases import ELSEWHERE, Case, Deadline, Draft
from caseapp.caseload.figures import PEP_CLOCKS
from caseapp.caseload.settled import Settled
from caseapp.caseload.weights import weighed_alone
from caseapp.clocks import CLOCKS_BY_ID
from caseapp.forms import FORMS_BY_KEY
from caseapp.stars import counts
from db import caseload as queries
from db.caseload_reach import Reach
from db.caseload_rows import HeldRow, Key, RevisionLine
from db.store import Session

_NONE: AbstractSet[Any] = frozenset()
UNKNOWN = "A worker who is not known here"
SIBLINGS = (
    "Brother", "Sister", "Half-brother", "Half-sister", "Step-brother", "Step-sister", "Twin",
)  # fmt: skip


def cases(session: Session, reach: Reach, settled: Settled, names: Mapping[UUID, str]) -> list[Case]:
    """Return the cases of a day by name; last those whose records are out of reach today, without one.

    `names`: of the workers. Each case weighs what it weighs alone.
    """
    here = _here(session, reach, settled, names)
    return [*here, *_gone(session, reach, settled, names, here)]


def _name(names: Mapping[UUID, str], worker_id: UUID | None) -> str:
    return names.get(worker_id, UNKNOWN) if worker_id else ""


def _gone(
    session: Session,
    reach: Reach,
    settled: Settled,
    names: Mapping[UUID, str],
    here: Sequence[Case],
) -> list[Case]:
    """Return the own team's cases of a past day whose records are out of reach today."""
    if not reach.is_past or reach.team_id is None or reach.team_id != session.actor.team_id:
        return []
    return [
        Case(
            None, None, ELSEWHERE, each.status, each.worker_id, _name(names, each.worker_id),
            points=weighed_alone(each.status, settled),
        )
        for each in queries.gone(session, reach, [each.child_id for each in here if each.child_id])
    ]  # fmt: skip


def _here(session: Session, reach: Reach, settled: Settled, names: Mapping[UUID, str]) -> list[Case]:
    held, versions = queries.held(session, reach, PEP_CLOCKS), queries.revisions(session, reach)
    drafts, plans = _drafts(versions, reach), _plans(versions, reach)
    deadlines = _deadlines(session, reach)
    stars = _stars(session, versions, reach)
    siblings = _siblings(session, reach, {each.key: each.id for each in held})
    unmoved: tuple[Decimal | None, str] = (None, "")
    return [
        Case(
            each.id,
            each.ref,
            each.name,
            each.status,
            each.worker_id,
            _name(names, each.worker_id),
            each.opened_on,
            _seen_on(each, reach.on),
            deadlines.get(each.key, ()),
            drafts.get(each.key, ()),
            plans.get(each.key, _NONE),
            *stars.get(each.key, unmoved),
            each.in_court,
            siblings.get(each.key, _NONE),
            each.had_pep,
            weighed_alone(each.status, settled, in_court=each.in_court),
        )
        for each in held
    ]


def _seen_on(row: HeldRow, on: date) -> date | None:
    """Return when a child was seen last by a day: by a note, or the record's own day where it is no later."""
    noted, own = row.noted_on, row.last_seen_on
    if own is None or own > on:
        return noted
    return max(noted, own) if noted else own


def _deadlines(session: Session, reach: Reach) -> dict[Key, list[Deadline]]:
    """Return the dates that ran, by child."""
    on, found = reach.on, defaultdict[Key, list[Deadline]](list)
    for child, kind, what, due_on, red_after, started_on in queries.clocks(session, reach):
        named = what or CLOCKS_BY_ID[kind].name
        is_late = due_on < on or (red_after is not None and red_after < on)
        found[child].append(Deadline(kind, named, due_on, is_late, started_on <= on))
    return found


def _is_draft(each: RevisionLine, reach: Reach) -> bool:
    return each.signed_at is None or each.signed_at >= reach.before


def _drafts(versions: Sequence[RevisionLine], reach: Reach) -> dict[Key, list[Draft]]:
    found: dict[Key, list[Draft]] = {}
    for each in versions:
        if _is_draft(each, reach):
            form = FORMS_BY_KEY.get(each.form_key)
            title = form.title if form else each.kind.replace("-", " ").capitalize()
            found.setdefault(each.child, []).append(Draft(title, each.started_on))
    return found


def _plans(versions: Sequence[RevisionLine], reach: Reach) -> dict[Key, set[str]]:
    found: dict[Key, set[str]] = {}
    for each in versions:
        if each.kind != queries.STAR and not _is_draft(each, reach):
            found.setdefault(each.child, set()).add(each.kind)
    return found


def _siblings(session: Session, reach: Reach, ids: Mapping[Key, UUID]) -> dict[Key, set[UUID]]:
    """Return brothers and sisters among the cases themselves: others weigh nothing here."""
    found: dict[Key, set[UUID]] = {}
    for one, other in queries.siblings(session, reach, SIBLINGS):
        if other in ids:
            found.setdefault(one, set()).add(ids[other])
    return found


def _stars(
    session: Session, versions: Sequence[RevisionLine], reach: Reach
) -> dict[Key, tuple[Decimal, str]]:
    """Return how far each child's newest star moved between its first and latest reading that count."""
    readings = [
        each
        for each in versions
        if each.kind == queries.STAR and not _is_draft(each, reach) and each.on <= reach.on
    ]
    if not readings:
        return {}
    facts: dict[Key, dict[str, str | int]] = {}
    for row in queries.star_facts(session, reach):
        said = int(row.number) if row.number is not None else row.code or ""
        facts.setdefault(row.revision_id, {})[row.field] = said
    replaced = {each.replaces_id for each in readings}
    series: dict[Key, dict[tuple[str, str], list[tuple[date, dict[str, str | int]]]]] = {}
    for each in readings:
        told = facts.get(each.id, {})
        if each.id not in replaced and _counts(told):
            person = (each.form_key, str(told.get("whose", "")))
            series.setdefault(each.child, {}).setdefault(person, []).append((each.on, told))
    found = {child: _moved(each) for child, each in series.items()}
    return {child: each for child, each in found.items() if each}


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
