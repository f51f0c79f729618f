"""Everything that waits for a manager's decision, in one list. Nobody approves their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, NamedTuple, TypeVar
from uuid import UUID

from caseapp import actions, clock_limits, holidays, pep_quality, plan_versions, words
from caseapp.clocks import due_on, state
from caseapp.forms import FORMS
from db import access as access_queries
from db import approvals_list as queries
from db.looks import record_look
from db.models import Child
from db.reach import child_subject
from db.roles import may
from db.store import Session

Row = TypeVar("Row")
MOST: Final = 200
KINDS: Final = {
    "contact": "Contacts",
    "referral": "Referrals",
    "assessment": "Assessments",
    "early-help": "Early help",
    "pep": "Education plans",
    "pathway": "Pathway plans",
    "emergency": "Opened in an emergency",
}
"""The kinds of what waits, in the order in which they are offered."""
FRONT_DOOR: Final = {"contact": "Contacts", "referral": "Referrals", "assessment": "Assessments"}
"""The tab of the front door where a kind is decided on."""
RECORD_TABS: Final = {"early-help": "Early help", "pathway": "Pathway", "emergency": "History"}
"""The tab of the child's record where a kind is decided on."""
_CLOCKS: Final = {
    "contact": "F1", "referral": "F2", "assessment": "A1", "early-help": "F4", "pathway": "W2",
}  # fmt: skip


class Waiting(NamedTuple):
    """Something that waits for a decision. `row_id` is the row's or the version's.

    `state` and `state_words` say how urgent it is; without `due_on` no day is set. `own_words` say why one
    may not decide on it oneself.
    """

    kind: str
    row_id: UUID
    child_id: UUID
    child: str
    ref: int
    what: str
    by: str
    since: date
    due_on: date | None
    state: str
    state_words: str
    own_words: str

    @property
    def is_own(self) -> bool:
        """Return whether somebody else has to decide on it."""
        return bool(self.own_words)


class _Found(NamedTuple):
    kind: str
    row_id: UUID
    children: tuple[Child, ...]
    what: str
    by: str
    since: date
    started_on: date | None
    own_words: str


def waiting(session: Session) -> list[Waiting]:
    """Return what waits for a manager; nothing for those who approve nothing.

    First the records that somebody opened in an emergency, then the rest, the longest overdue first.
    Which children were shown is recorded.
    """
    if not may(session.actor, "approve").allowed:
        return []
    found = [
        each for read in (_contacts, _referrals, _assessments, _helped, _pathway) for each in read(session)
    ]
    ids = {child.id for each in found for child in each.children}
    open_ones = queries.open_clocks(session, ids, set(_CLOCKS.values()))
    dues = {key: clock.due_on for key, clock in open_ones.items()}
    emergencies = _emergencies(session)
    ids |= {each.child_id for each in emergencies}
    rows = [_row(session, each, dues) for each in found] + _peps(session) + emergencies
    record_look(
        session, "list", detail={"list": "Waiting for approval", "ids": sorted(each.hex for each in ids)}
    )
    return sorted(rows, key=_urgency)


def _urgency(each: Waiting) -> tuple[bool, date, date, str]:
    """Put an emergency first: somebody reads a record who may not, until a manager has looked."""
    return (each.kind != "emergency", each.due_on or date.max, each.since, each.child)


def _row(session: Session, found: _Found, dues: dict[tuple[UUID, str], date]) -> Waiting:
    clock = _CLOCKS[found.kind]
    first = found.children[0]
    due = dues.get((first.id, clock))
    if due is None and found.started_on is not None:
        due = _usual_due(session, clock, found.started_on)
    key, said = _standing(session, due)
    return Waiting(
        found.kind, found.row_id, first.id, actions.together(found.children), first.ref, found.what, found.by,
        found.since, due, key, said, found.own_words,
    )  # fmt: skip


def _usual_due(session: Session, clock: str, started_on: date) -> date:
    limit = clock_limits.in_force(session, clock, started_on).limit
    return due_on(limit, started_on, holidays.calendar(session))


def _standing(session: Session, due: date | None) -> tuple[str, str]:
    if due is None:
        return "neutral", "no day set"
    standing = state(due, None, session.today, holidays.calendar(session))
    return standing.kind, standing.words


def _grouped(
    found: Sequence[tuple[Row, Child]], group_of: Callable[[Row], UUID]
) -> list[tuple[Row, tuple[Child, ...]]]:
    """Return rows that belong together once, with all their children, the oldest first."""
    first: dict[UUID, Row] = {}
    children: dict[UUID, list[Child]] = {}
    for row, child in found:
        first.setdefault(group_of(row), row)
        children.setdefault(group_of(row), []).append(child)
    return [(row, tuple(sorted(children[group], key=_by_age))) for group, row in first.items()]


def _by_age(child: Child) -> tuple[date, str]:
    return (child.born_on or date.max, child.sort_name)


def _contacts(session: Session) -> list[_Found]:
    found = _grouped(queries.contacts(session, MOST), lambda each: each.group_id or each.id)
    names = queries.worker_names(session, {row.created_by for row, _ in found})
    return [
        _Found(
            "contact", row.id, children, f"Contact: {row.reason or 'no reason given'}",
            f"taken by {names.get(row.created_by, 'somebody')}", words.london_day(row.received_at),
            words.london_day(row.received_at), "",
        )
        for row, children in found
    ]  # fmt: skip


def _referrals(session: Session) -> list[_Found]:
    found = queries.referrals(session, MOST)
    names = queries.worker_names(session, {row.created_by for row, _ in found})
    return [
        _Found(
            "referral", row.id, (child,), f"Referral{f' from {row.source_name}' if row.source_name else ''}",
            f"entered by {names.get(row.created_by, 'somebody')}", words.london_day(row.received_at),
            words.london_day(row.received_at), "",
        )
        for row, child in found
    ]  # fmt: skip


def _assessments(session: Session) -> list[_Found]:
    found = queries.assessments(session, MOST)
    names = queries.worker_names(session, {row.worker_id for row, _ in found if row.worker_id})
    me = session.actor.worker_id
    own = "You made this assessment: nobody authorises their own."
    return [
        _Found(
            "assessment", row.id, (child,), "Child and family assessment",
            f"made by {names.get(row.worker_id, 'somebody') if row.worker_id else 'nobody named'}",
            row.submitted_on or row.started_on, row.referred_on, own if row.worker_id == me else "",
        )
        for row, child in found
    ]  # fmt: skip


def _helped(session: Session) -> list[_Found]:
    found = queries.helped(session, MOST)
    by_episode = {each.episode.id: each for each in found}
    grouped = _grouped([(each.episode, each.child) for each in found], lambda each: each.family_id)
    senders = {each.step.created_by for each in found if each.step}
    names = queries.worker_names(session, senders)
    own = "You signed this assessment: nobody approves their own."
    made = []
    for episode, children in grouped:
        step, signed_by = by_episode[episode.id].step, by_episode[episode.id].signed_by
        made.append(
            _Found(
                "early-help", episode.id, children, f"Early help assessment, early help no. {episode.number}",
                f"sent by {names.get(step.created_by, 'somebody')}" if step else "",
                step.happened_on if step else episode.opened_on, None,
                own if signed_by == session.actor.worker_id else "",
            )
        )  # fmt: skip
    return made


def _pathway(session: Session) -> list[_Found]:
    found = queries.pathway_plans(session, MOST)
    names = queries.worker_names(session, {row.signed_by for row, _ in found if row.signed_by})
    own = "You signed this plan: nobody approves their own."
    return [
        _Found(
            "pathway", row.id, (child,), plan_versions.title(FORMS["pathway-plan"], row),
            f"signed by {names.get(row.signed_by, 'somebody') if row.signed_by else 'somebody'}",
            words.london_day(row.signed_at or row.created_at), None,
            own if row.signed_by == session.actor.worker_id else "",
        )
        for row, child in found
    ]  # fmt: skip


def _peps(session: Session) -> list[Waiting]:
    own = "You signed this plan: nobody approves or grades their own."
    made = []
    for each in pep_quality.queue(session).waiting:
        key, said = _standing(session, each.due_on)
        made.append(
            Waiting(
                "pep", each.revision_id, each.child_id, each.child, each.ref, each.title,
                f"signed by {each.signed_by}", each.since, each.due_on, key, said, own if each.is_own else "",
            )
        )  # fmt: skip
    return made


def _emergencies(session: Session) -> list[Waiting]:
    """Return the records that somebody opened in an emergency and that nobody has reviewed."""
    found = access_queries.unreviewed(session, MOST)
    names = queries.worker_names(session, {grant.worker_id for grant, _ in found})
    own = "You opened this record: somebody else reviews it."
    return [
        Waiting(
            "emergency", grant.id, child.id, child.name, child.ref, f"Opened in an emergency: {grant.why}",
            f"opened by {names.get(grant.worker_id, 'somebody')}", words.london_day(grant.from_at), None,
            "overdue", "to review", own if grant.worker_id == session.actor.worker_id else "",
        )
        for grant, child in found
        if may(session.actor, "approve", child_subject(session, child)).allowed
    ]  # fmt: skip
