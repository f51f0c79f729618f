"""How the young person and the worker scored each part of life, from one signed pathway plan to the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from caseapp.form import Score
from caseapp.forms import FORMS
from db import plans
from db.children import child_of
from db.models import Revision
from db.store import Session

_PLAN: Final = "pathway-plan"
_MINE, _WORKERS = "_my_score", "_worker_score"
LOW, HIGH = 1, 10


class Point(NamedTuple):
    """The two scores of a day; None where nobody gave one."""

    on: date
    mine: int | None
    worker: int | None


class Part(NamedTuple):
    """A part of life with its scores, oldest first; it holds at least one."""

    key: str
    title: str
    points: tuple[Point, ...]

    @property
    def latest(self) -> Point:
        """The newest scores."""
        return self.points[-1]

    @property
    def change(self) -> int | None:
        """By how much the young person's own score moved from the first to the newest."""
        own = [each.mine for each in self.points if each.mine is not None]
        return own[-1] - own[0] if len(own) > 1 else None


def view(session: Session, child_id: UUID) -> list[Part]:
    """Return the parts of life ever scored, in the plan's order; the record is open. Raises NotFound."""
    child_of(session, child_id)
    found = plans.versions(session, child_id, _PLAN, documents=True)
    replaced = {each.replaces_id for each in found if each.signed_at}
    signed = [each for each in found if each.signed_at and each.id not in replaced]
    ordered = sorted(signed, key=lambda each: (_day(each), each.number))
    parts = [Part(key, title, _points(ordered, key)) for key, title in parts_of_plan()]
    return [each for each in parts if each.points]


def parts_of_plan() -> list[tuple[str, str]]:
    """Return (key, title) of the parts of the plan that are scored twice."""
    return [
        (field.key.removesuffix(_MINE), section.title)
        for section in FORMS[_PLAN].sections
        for field in section.fields
        if isinstance(field, Score) and field.key.endswith(_MINE)
    ]


def _day(revision: Revision) -> date:
    return revision.dated_on or revision.started_on


def _points(plans_in_order: Sequence[Revision], key: str) -> tuple[Point, ...]:
    points = [
        Point(
            _day(each),
            _whole(each.document.answers.get(key + _MINE)),
            _whole(each.document.answers.get(key + _WORKERS)),
        )
        for each in plans_in_order
    ]
    return tuple(each for each in points if each.mine is not None or each.worker is not None)


def _whole(answer: Any) -> int | None:
    return answer if isinstance(answer, int) else None
