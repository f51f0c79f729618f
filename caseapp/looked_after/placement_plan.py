"""Which signed placement plan is that of a placement: one reading for the page, the papers and their menu."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from caseapp import words
from db import signed
from db.models import Revision
from db.store import Session

KIND: Final = "placement-plan"
NOT_SIGNED: Final = "this placement has no signed placement plan"


def signed_plans(session: Session, child_id: UUID) -> list[Revision]:
    """Return a child’s signed placement plans that stand, oldest first."""
    return signed.standing(session, child_id, (KIND,))


def plan_of(plans: Sequence[Revision], started_on: date, before: date | None = None) -> Revision | None:
    """Return the newest plan of a placement that began on a day; `before` is the first day of the next one.

    A plan may be signed before its placement begins: it then says itself from when it is.
    """
    found = [each for each in plans if started_on <= _for_day(each) < (before or date.max)]
    return found[-1] if found else None


def _for_day(plan: Revision) -> date:
    begins = words.stored_day(plan.document.answers.get("started_on"))
    signed_on = plan.dated_on or plan.started_on
    return max(begins, signed_on) if begins else signed_on
