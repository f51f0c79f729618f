"""A practitioner's first screen: what is due, drafts to finish, files opened lately."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from caseapp import actions, dates, plan_writing, plans
from caseapp.actions import ActionRow
from caseapp.dates import Due
from db import children as child_queries
from db import plans as plan_queries
from db import today as queries
from db.children import ChildRow, Filter
from db.guard import record_look
from db.store import Session


class Draft(NamedTuple):
    """A plan to finish."""

    revision_id: UUID
    child_id: UUID
    child: str
    title: str
    sections_done: int
    sections_asked: int


class TodayView(NamedTuple):
    """What the screen shows. `whose` is «you» or «your team»."""

    on: date
    children: int
    whose: str
    overdue: list[Due]
    this_week: list[Due]
    next_30_days: list[Due]
    actions: list[ActionRow]
    drafts: list[Draft]
    lately: list[ChildRow]


def today(session: Session) -> TodayView:
    """Return what is due for me; for a manager without children of their own, for the team."""
    me = session.actor
    mine = child_queries.count(session, Filter("mine"), me.worker_id, me.team_id)
    for_team = not mine and "manager" in me.roles and me.team_id is not None
    dues = due_until(session, session.today + timedelta(days=30), team=for_team)
    sunday = session.today + timedelta(days=6 - session.today.weekday())
    drafts = plan_queries.drafts(session, me.worker_id)
    lately = child_queries.rows_of(session, child_queries.lately_opened(session, me.worker_id))
    agreed = actions.mine(session)
    shown = {each.child_id.hex for each in dues} | {each.child_id.hex for each in agreed}
    shown |= {each.id.hex for each in lately}
    record_look(session, "list", detail={"list": "Today", "ids": sorted(shown)})
    number = child_queries.count(session, Filter("team"), me.worker_id, me.team_id) if for_team else mine
    return TodayView(
        session.today,
        number,
        "your team" if for_team else "you",
        [each for each in dues if each.state == "overdue"],
        [each for each in dues if each.state != "overdue" and each.due_on <= sunday],
        [each for each in dues if each.state != "overdue" and each.due_on > sunday],
        agreed,
        [_draft(session, each) for each in drafts],
        lately,
    )


def due_until(
    session: Session, until: date, *, team: bool = False, worker_id: UUID | None = None
) -> list[Due]:
    """Return what is due up to a day, the earliest first: mine, a worker's, or my team's."""
    narrowed = (
        {"team_id": session.actor.team_id} if team else {"worker_id": worker_id or session.actor.worker_id}
    )
    found = queries.open_clocks(session, until, **narrowed)
    return [dates.due_row(child, ref, row, session.today) for row, child, ref in found]


def _draft(session: Session, row: plan_queries.DraftRow) -> Draft:
    title = plans.title(plan_writing.form_of(session, row.revision), row.revision)
    return Draft(row.revision_id, row.child_id, row.child, title, row.sections_done, row.sections_asked)
