"""Which papers of a record fit a child, and what each still waits for: said before one is chosen."""

from __future__ import annotations

from typing import Final

from caseapp import ages
from caseapp.events import care_periods
from caseapp.household import Home, homes_of
from caseapp.looked_after import placement_plan
from db import children as queries
from db import plans
from db.models import Child, Episode
from db.store import Session

LEAVING_FROM: Final = 16
_PATHWAY: Final = ("pathway-plan", "pathway-needs")


def offered(session: Session, child: Child) -> dict[str, str]:
    """Return the papers of a child whose record is open: {key: why it cannot be made yet, or nothing}.

    What was never to be printed of this child is not among them.
    """
    found = {"doorstep": ""}
    if child.status == "looked_after":
        found |= _of_care(session, child)
    if _is_leaving(session, child):
        found["passport"] = ""
    return found


def _of_care(session: Session, child: Child) -> dict[str, str]:
    episodes = queries.of_child(session, Episode, child.id)
    periods = care_periods(sorted(episodes, key=lambda each: each.started_on))
    in_care = bool(periods and periods[-1][1] is None)
    home = next(iter(homes_of(session, child.id)[-1:]), None) if in_care else None
    not_in_care = "" if in_care else "the record has no episode of care that runs now"
    not_placed = "" if home else "the record has no placement of now"
    return {
        "lac-summary": "" if episodes else "the record has no episode of care",
        "review-pack": not_in_care,
        "placement-record": not_in_care or not_placed,
        "delegated-authority": not_in_care or not_placed or _no_plan(session, child, home),
        "missing-sheet": "",
    }


def _no_plan(session: Session, child: Child, home: Home | None) -> str:
    plans_signed = placement_plan.signed_plans(session, child.id)
    return "" if home and placement_plan.plan_of(plans_signed, home.started_on) else placement_plan.NOT_SIGNED


def _is_leaving(session: Session, child: Child) -> bool:
    in_care = child.status in ("looked_after", "care_leaver")
    if not in_care and not queries.of_child(session, Episode, child.id):
        return False
    if child.born_on and ages.age(child.born_on, session.today) >= LEAVING_FROM:
        return True
    return any(plans.last_signed(session, child.id, kind) for kind in _PATHWAY)
