"""Whether a child's case is open to social care, and how it opens and closes at the front door."""

from __future__ import annotations

from datetime import date

from caseapp.early_help import episodes
from caseapp.front_door.rules import OPEN_STATUSES
from db import children as queries
from db.models import Assessment, Child, Referral
from db.store import Session


def is_open_case(session: Session, child: Child) -> bool:
    """Return whether new worries belong to a case that is open: by status, by a referral or assessment."""
    if child.status in OPEN_STATUSES and not child.closed_on:
        return True
    undecided = any(
        each.decided_at is None and each.closed_on is None
        for each in queries.of_child(session, Referral, child.id)
    )
    return undecided or any(goes_on(each) for each in queries.of_child(session, Assessment, child.id))


def goes_on(assessment: Assessment) -> bool:
    """Return whether an assessment is neither authorised nor abandoned."""
    return assessment.authorised_on is None and assessment.abandoned_on is None


def open_case(session: Session, child: Child, on: date) -> None:
    """Make the child one in need, unless the case is open already."""
    if child.status in OPEN_STATUSES and not child.closed_on:
        return
    if child.closed_on:
        child.opened_on = on
    child.status, child.closed_on = "child_in_need", None
    _hold_from(session, on)


def close_case(session: Session, child: Child, on: date) -> None:
    """Close the case of a child in need; one whom early help goes on with stays with early help."""
    if child.status != "child_in_need":
        return
    if episodes.current(session, child.id):
        child.status = "early_help"
    else:
        child.status, child.closed_on = "closed", on
    _hold_from(session, on)


def _hold_from(session: Session, on: date) -> None:
    """Write the change of status as from a day: the caseload of that day knows it."""
    before, session.info["effective_on"] = session.info.get("effective_on"), on
    session.flush()
    session.info["effective_on"] = before
