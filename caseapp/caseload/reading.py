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
from caseapp.clocks import CLOCKS_BY_ID
from caseapp.forms import FORMS_BY_KEY
from caseapp.stars import counts
from db import caseload as queries
from db.caseload import Reach
from db.caseload_rows import HeldRow, Key, RevisionLine
from db.store import Session

_NONE: AbstractSet[Any] = frozenset()
SIBLINGS = (
    "Brother", "Sister", "Half-brother", "Half-sister", "Step-brother", "Step-sister", "Twin",
)  # fmt: skip


def cases(session: Session, reach: Reach) -> list[Case]:
    """Return the cases of a day by name; last those whose records are out of reach today, without one."""
    here = _here(session, reach)
    return [*here, *_gone(session, reach, [each.child_id for each in here if each.child_id])]


def _gone(session: Session, reach: Reach, seen: Sequence[UUID]) -> list[Case]:
    """Return the own team's cases of a past day whose records are out of reach today."""
    if not reach.is_past or reach.team_id is None or reach.team_id != session.actor.team_id:
        return []
    return [
        Case(None, None, ELSEWHERE, each.status, each.worker_id)
        for each in queries.gone(session, reach, seen)
    ]


def _here(session: Session, reach: Reach) -> list[Case]:
    held, versions = queries.held(session, reach), queries.revisions(session, reach)
    drafts, plans = _drafts(versions, reach), _plans(versions, reach)
    deadlines, peps = _deadlines(session, reach)
    stars, seen = _stars(session, versions, reach), queries.seen(session, reach)
    siblings = _siblings(session, reach, {each.key: each.id for each in held})
    courts = queries.in_court(session, reach)
    unmoved: tuple[Decimal | None, str] = (None, "")
    found = []
    for each in held:
        key = each.key
        star, star_said = stars.get(key, unmoved)
        found.append(
            Case(
                each.id,
                each.ref,
                each.name,
                each.status,
                each.worker_id,
                opened_on=each.opened_on,
                seen_on=_seen_on(each, seen.get(key), reach.on),
                deadlines=deadlines.get(key, ()),
                drafts=drafts.get(key, ()),
                plans=plans.get(key, _NONE),
                star=star,
                star_said=star_said,
                in_court=key in courts,
                siblings=siblings.get(key, _NONE),
                had_pep=key in peps,
            )
        )
    return found


def _seen_on(row: HeldRow, noted: date | None, on: date) -> date | None:
    """Return when a child was seen last by a day: by a note, or the record's own day where it is no later."""
    own = row.last_seen_on if row.last_seen_on and row.last_seen_on <= on else None
    return max(noted, own) if noted and own else noted or own


def _deadlines(session: Session, reach: Reach) -> tuple[dict[Key, list[Deadline]], set[Key]]:
    """Return the dates that ran by child, and the children who had a PEP by the day."""
    lines, peps = queries.clocks(session, reach, PEP_CLOCKS)
    found = defaultdict[Key, list[Deadline]](list)
    for child, kind, what, due_on, red_after, started_on in lines:
        named = what or CLOCKS_BY_ID[kind].name
        found[child].append(Deadline(kind, named, due_on, red_after, started_on))
    return found, peps


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
