"""A practitioner's first screen: what is due, drafts to finish, files opened lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from caseapp import actions, approvals_list, dates, jottings, plan_versions, plan_writing
from caseapp.actions import ActionRow
from caseapp.approvals_list import Waiting
from caseapp.clocks import CLOCKS
from caseapp.dates import Due
from caseapp.form import Answers
from caseapp.jottings import Writing
from caseapp.supervision import sessions, staff_due
from caseapp.supervision.sessions import ToSign
from caseapp.supervision.staff_due import StaffDue
from db import children as child_queries
from db import plans as plan_queries
from db import today as queries
from db.children import ChildRow, Filter
from db.looks import record_look
from db.roles import Actor
from db.store import Session

VISITS = frozenset(clock.id for clock in CLOCKS if clock.stops == "visit" or clock.stops.endswith("_visit"))
"""The clocks that seeing the child stops."""
VISITS_AHEAD = timedelta(days=14)


class Draft(NamedTuple):
    """A plan to finish. One `is_complete` when only its signature is missing."""

    revision_id: UUID
    child_id: UUID
    child: str
    title: str
    sections_done: int
    sections_asked: int

    @property
    def is_complete(self) -> bool:
        """Return whether all of its sections are answered."""
        return 0 < self.sections_asked <= self.sections_done


class SentBack(NamedTuple):
    """A plan of one's own that came back, and why. `revision_id` is the draft that mends it, if begun."""

    revision_id: UUID
    child_id: UUID
    child: str
    title: str
    on: date
    because: str
    mend_by: date | None


class TodayView(NamedTuple):
    """What the screen shows. `whose` is «you» or «your team»; one who `leads` may choose between the two.

    `approvals` wait for one's decision as a manager, `to_sign` are records of supervision that wait for one's
    signature. `visits` are also among what is due: the children to be seen, late or within two weeks.
    `supervision` is one's own and that of those whom one supervises, late or within 30 days; `sent_back` are
    plans of one's own, `writing` is what was written into small forms and not recorded.
    """

    on: date
    children: int
    whose: str
    leads: bool
    overdue: list[Due]
    this_week: list[Due]
    next_30_days: list[Due]
    actions: list[ActionRow]
    drafts: list[Draft]
    lately: list[ChildRow]
    visits: list[Due]
    approvals: list[Waiting]
    to_sign: list[ToSign]
    supervision: list[StaffDue]
    sent_back: list[SentBack]
    writing: list[Writing]


def today(session: Session, *, own: bool = False) -> TodayView:
    """Return what is due for me; for a manager for the team, unless their `own` is asked for."""
    me = session.actor
    for_team = is_for_team(me, own=own)
    dues = due_until(session, session.today + timedelta(days=30), team=for_team)
    sunday = session.today + timedelta(days=6 - session.today.weekday())
    lately = child_queries.rows_of(session, child_queries.lately_opened(session, me.worker_id))
    agreed = actions.mine(session)
    shown = {each.child_id.hex for each in dues} | {each.child_id.hex for each in agreed}
    shown |= {each.id.hex for each in lately}
    returned = sent_back(session)
    begun = jottings.writing(session)
    shown |= {each.child_id.hex for each in returned}
    shown |= {each.about.child_id.hex for each in begun if each.about.child_id}
    record_look(session, "list", detail={"list": "Today", "ids": sorted(shown)})
    held = Filter("team" if for_team else "mine")
    return TodayView(
        session.today,
        child_queries.count(session, held, me.worker_id, me.team_id),
        "your team" if for_team else "you",
        leads(me),
        [each for each in dues if each.state == "overdue"],
        [each for each in dues if each.state != "overdue" and each.due_on <= sunday],
        [each for each in dues if each.state != "overdue" and each.due_on > sunday],
        agreed,
        drafts(session),
        lately,
        visits_of(dues, session.today),
        [each for each in approvals_list.waiting(session) if not each.is_own],
        sessions.to_sign(session),
        staff_due.staff_due(session),
        returned,
        begun,
    )


def visits_of(dues: Sequence[Due], on: date) -> list[Due]:
    """Return the visits that are late or due within two weeks, one a child, the earliest first."""
    first: dict[UUID, Due] = {}
    for each in dues:
        if each.clock in VISITS and each.due_on <= on + VISITS_AHEAD:
            first.setdefault(each.child_id, each)
    return list(first.values())


def is_for_team(actor: Actor, *, own: bool = False) -> bool:
    """Return whether what is due is the team's: a manager's is, unless their own alone is asked for."""
    return leads(actor) and not own


def leads(actor: Actor) -> bool:
    """Return whether somebody is the manager of a team."""
    return "manager" in actor.roles and actor.team_id is not None


def due_until(
    session: Session, until: date, *, team: bool = False, worker_id: UUID | None = None
) -> list[Due]:
    """Return what is due up to a day, the earliest first: mine, a worker's, or my team's."""
    narrowed = (
        {"team_id": session.actor.team_id} if team else {"worker_id": worker_id or session.actor.worker_id}
    )
    found = queries.open_clocks(session, until, **narrowed)
    rules = dates.rules(session)
    return [dates.due_row(child, ref, row, session.today, rules) for row, child, ref in found]


def drafts(session: Session) -> list[Draft]:
    """Return one's own plans to finish, latest first; what was typed since the last save counts."""
    me = session.actor.worker_id
    rows = plan_queries.drafts(session, me)
    typed = queries.typed_since(session, me, [each.revision_id for each in rows])
    return [_draft(session, each, typed.get(each.revision_id)) for each in rows]


def _draft(session: Session, row: plan_queries.DraftRow, typed: Answers | None) -> Draft:
    form = plan_writing.form_of(session, row.revision)
    done, asked = row.sections_done, row.sections_asked
    if typed is not None:
        done, asked = plan_writing.sections(form, form.of_draft(typed))
    title = plan_versions.title(form, row.revision)
    return Draft(row.revision_id, row.child_id, row.child, title, done, asked)


def sent_back(session: Session) -> list[SentBack]:
    """Return one's own plans that were sent back and are not put right yet, the longest ago first."""
    found = queries.sent_back(session, session.actor.worker_id)
    drafts = queries.drafts_of_corrections(session, [each.revision.id for each in found])
    return [
        SentBack(
            drafts.get(each.revision.id, each.revision.id), each.child.id, each.child.name,
            plan_versions.title(plan_writing.form_of(session, each.revision), each.revision),
            each.on, each.because, each.mend_by,
        )
        for each in found
    ]  # fmt: skip
