"""«My week» on paper: what is late, what falls due on each day, visits, actions, drafts and signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from caseapp import actions, approvals_list, today, words
from caseapp.actions import ActionRow
from caseapp.approvals_list import Waiting
from caseapp.dates import Due
from caseapp.print_parts import heading_of_many, printed
from caseapp.supervision import sessions, staff_due
from caseapp.supervision.sessions import ToSign
from caseapp.supervision.staff_due import StaffDue
from caseapp.today import Draft, SentBack
from db.looks import record_look
from db.reach import authorise_taking_out
from db.store import Session

if TYPE_CHECKING:
    from caseapp.paper import Block

TITLE: Final = "My week"
_SATURDAY: Final = 5


class Week(NamedTuple):
    """A worker's week; a manager's is the team's, unless their own alone was asked for.

    `days` are (day, what is due on it), empty working days among them.
    """

    monday: date
    sunday: date
    overdue: list[Due]
    days: list[tuple[date, list[Due]]]
    visits: list[Due]
    actions: list[ActionRow]
    drafts: list[Draft]
    to_sign: list[ToSign]
    approvals: list[Waiting]
    supervision: list[StaffDue]
    sent_back: list[SentBack]


def week(session: Session, *, own: bool = False) -> Week:
    """Return the week of whoever is at work, from today on; at a weekend the week that begins on Monday."""
    on = session.today
    first = on if on.weekday() < _SATURDAY else on + timedelta(days=7 - on.weekday())
    monday = first - timedelta(days=first.weekday())
    sunday = monday + timedelta(days=6)
    dues = today.due_until(session, on + today.VISITS_AHEAD, team=today.is_for_team(session.actor, own=own))
    late = [each for each in dues if each.state == "overdue"]
    open_ones = [each for each in dues if each.state != "overdue"]
    days = [on + timedelta(days=ahead) for ahead in range((sunday - on).days + 1)]
    by_day = [(day, [each for each in open_ones if each.due_on == day]) for day in days]
    return Week(
        monday,
        sunday,
        late,
        [(day, found) for day, found in by_day if found or day.weekday() < _SATURDAY],
        today.visits_of(dues, on),
        [each for each in actions.mine(session) if each.by_on is None or each.by_on <= sunday],
        today.drafts(session),
        sessions.to_sign(session),
        [each for each in approvals_list.waiting(session) if not each.is_own],
        staff_due.staff_due(session, sunday),
        today.sent_back(session),
    )


def week_pdf(session: Session, *, own: bool = False, large: bool = False) -> bytes:
    """Return the week as a PDF. The print is recorded first, with the children who stand on it.

    Whom only an emergency opens is not among them. Raises NotAllowed without the right to print.
    """
    from caseapp import paper

    authorise_taking_out(session, "print")
    found = week(session, own=own)
    record_look(session, "print", detail={"what": TITLE, "ids": _ids(found)})
    session.commit()
    heading = heading_of_many(
        session,
        TITLE,
        f"{session.actor.name}, {words.long_day(found.monday)} to {words.long_day(found.sunday)}",
        version=f"as at {words.day(session.today)}",
        large=large,
    )
    return printed(lambda: paper.record_pdf(heading, _blocks(found)))


def _ids(found: Week) -> list[str]:
    dues = [*found.overdue, *found.visits, *(each for _, due in found.days for each in due)]
    ids = {each.child_id.hex for each in dues} | {each.child_id.hex for each in found.actions}
    ids |= {each.child_id.hex for each in found.approvals} | {each.child_id.hex for each in found.sent_back}
    return sorted(ids | {each.child_id.hex for each in found.drafts})


def _blocks(found: Week) -> list[Block]:
    blocks = [_dues(f"Overdue ({len(found.overdue)})", found.overdue, "Was due")] if found.overdue else []
    blocks.append(_days(found.days))
    if found.visits:
        blocks.append(_dues("Visits, late or within two weeks", found.visits, "By"))
    return blocks + [
        block
        for make in (_actions, _sent_back, _drafts, _signatures, _supervision, _approvals)
        if (block := make(found))
    ]


def _days(days: Sequence[tuple[date, Sequence[Due]]]) -> Block:
    from caseapp.paper import Block

    rows: list[tuple[str, ...]] = []
    for day, dues in days:
        named = f"{day:%A} {words.day(day)[:5]}"  # the year stands at the top
        rows += [("☐", named if not place else "", each.child, each.what) for place, each in enumerate(dues)]
        rows += [] if dues else [("", named, "Nothing is due", "")]
    table = (("", "Day", "Who", "What"), *rows)
    return Block("Due this week", table=table, shares=(0.06, 0.22, 0.3, 0.42))


def _dues(title: str, dues: Sequence[Due], when: str) -> Block:
    from caseapp.paper import Block

    rows = [("☐", each.child, each.what, f"{words.day(each.due_on)}\n{each.words}") for each in dues]
    return Block(title, table=(("", "Who", "What", when), *rows), shares=(0.06, 0.32, 0.4, 0.22))


def _actions(found: Week) -> Block | None:
    from caseapp.paper import Block

    rows = [
        ("☐", each.child, each.what, f"{words.day(each.by_on)}\n{each.by_words}" if each.by_on else "No day")
        for each in found.actions
    ]
    table = (("", "Who", "What I said I would do", "By"), *rows)
    return Block("My actions", table=table, shares=(0.06, 0.28, 0.44, 0.22)) if rows else None


def _drafts(found: Week) -> Block | None:
    from caseapp.paper import Block

    rows = [
        (
            "☐",
            each.child,
            each.title,
            "To be signed" if each.is_complete else f"{each.sections_done} of {each.sections_asked} sections",
        )
        for each in found.drafts
    ]
    table = (("", "Who", "Plan", "How far"), *rows)
    return Block("Drafts", table=table, shares=(0.06, 0.28, 0.44, 0.22)) if rows else None


def _signatures(found: Week) -> Block | None:
    from caseapp.paper import Block

    rows = [("☐", each.title, words.day(each.held_on)) for each in found.to_sign]
    table = (("", "What", "Held on"), *rows)
    return Block("Waiting for my signature", table=table, shares=(0.06, 0.7, 0.24)) if rows else None


def _sent_back(found: Week) -> Block | None:
    from caseapp.paper import Block

    rows = [
        (
            "☐",
            each.child,
            f"{each.title}\n{each.because}",
            words.day(each.mend_by) if each.mend_by else "No day",
        )
        for each in found.sent_back
    ]
    table = (("", "Who", "Plan, and what is to be put right", "By"), *rows)
    return Block("Sent back to me", table=table, shares=(0.06, 0.28, 0.48, 0.18)) if rows else None


def _supervision(found: Week) -> Block | None:
    from caseapp.paper import Block

    rows = [("☐", each.what, f"{words.day(each.due_on)}\n{each.words}") for each in found.supervision]
    table = (("", "What", "By"), *rows)
    return Block("Supervision", table=table, shares=(0.06, 0.7, 0.24)) if rows else None


def _approvals(found: Week) -> Block | None:
    from caseapp.paper import Block

    rows = [
        ("☐", each.child, each.what, words.day(each.due_on) if each.due_on else "No day")
        for each in found.approvals
    ]
    table = (("", "Who", "What", "By"), *rows)
    return Block("Waiting for my approval", table=table, shares=(0.06, 0.32, 0.42, 0.2)) if rows else None
