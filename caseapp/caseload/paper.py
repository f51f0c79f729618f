"""The paper of a caseload review meeting: averages, a line a worker, a worker's children, room to agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from caseapp import words
from caseapp.caseload import zone
from caseapp.caseload.cases import Asked, Case
from caseapp.caseload.drift import reasons
from caseapp.caseload.settled import shown as plain_number
from caseapp.caseload.view import FORMULAS, Caseload, Line, supervision_words, whole
from caseapp.codes import STATUSES
from caseapp.print_parts import heading_of_many, printed
from db.looks import record_look
from db.reach import authorise_taking_out
from db.store import Session

if TYPE_CHECKING:
    from caseapp.paper import Block, Heading

TITLE: Final = "Caseload review"
_WORKER_SHARES: Final = (0.15, 0.07, 0.07, 0.12, 0.08, 0.1, 0.09, 0.09, 0.08, 0.15)
_WORKER_FIGURES: Final = (1, 2, 4, 5, 6, 7, 8)
_WORKER_HEADER: Final = (
    "Worker", "Open", "FTE", "Zone", "Points", "Overdue", "Due in 7", "Unseen", "Drift", "Supervision",
)  # fmt: skip
_MEETINGS: Final = 3
_CHILD_SHARES: Final = (0.24, 0.145, 0.118, 0.118, 0.118, 0.261)
_CHILD_HEADER: Final = ("Child", "Status", "Open since", "Last seen", "Next due", "To talk about")


def review_pdf(session: Session, shown: Caseload, *, large: bool = False) -> bytes:
    """Return the paper of the meeting, children by name.

    It is read anew: whom only an emergency opens is not on it. The print is recorded first. Raises
    NotAllowed, NotFound for a team of which then nobody is in reach.
    """
    from caseapp.paper import record_pdf

    authorise_taking_out(session, "print")
    shown = whole(session, shown.team_id, shown.as_of)
    ids = sorted(each.child_id.hex for each in shown.everyone.cases if each.child_id)
    detail = {"what": TITLE, "team": shown.team, "as_of": shown.as_of.isoformat(), "ids": ids}
    record_look(session, "print", detail=detail)
    heading = _heading(session, shown, large=large)
    session.commit()
    return printed(lambda: record_pdf(heading, _blocks(shown)))


def _blocks(shown: Caseload) -> list[Block]:
    from caseapp.paper import Block

    found = [
        Block("Averages", facts=_averages(shown), paragraphs=shown.notes),
        Block("Workers", table=_worker_table(shown), shares=_WORKER_SHARES, right=_WORKER_FIGURES),
        *(Block(f"Meeting of {words.day(each.held_on)}", each.facts) for each in shown.meetings[:_MEETINGS]),
        Block("Plans in date and progress", facts=_figures(shown.everyone)),
    ]
    found += [_children(line) for line in (*shown.lines, shown.unallocated) if line.cases]
    moves = (("Child", "From", "To", "Reason", "Agreed"), *(("", "", "", "", ""),) * 5)
    return [
        *found,
        Block("Proposed moves", table=moves, shares=(0.24, 0.18, 0.18, 0.28, 0.12)),
        Block("The meeting", facts=(("Date", ""), ("Present", "")), lines=2),
        Block("Actions, and what was decided about staffing", lines=8),
        Block("How to read this", notes=_meanings(shown)),
    ]


def _averages(shown: Caseload) -> tuple[tuple[str, str], ...]:
    facts = [(shown.team, shown.load.sum)]
    if shown.average is not None:
        told = zone.standing(shown.average, shown.settled)
        facts.append(("Against the zone", f"{told.words}: {zone.over_words(shown.average, shown.settled)}"))
    unusual = [f"{each.name}: {each.time_words}" for each in shown.lines if each.time_words]
    over = [f"{each.name}: {each.over_limit.lower()}" for each in shown.lines if each.over_limit]
    return (
        *facts,
        *((each.name, each.load.sum) for each in shown.service if each.name != shown.team),
        ("All teams", f"{shown.whole_service.load.sum}, total ÷ total"),
        ("Without a worker", f"{len(shown.unallocated.cases)}, not in any average"),
        ("Zone", zone.zone_words(shown.settled)),
        *((("Working time", "; ".join(unusual)),) if unusual else ()),
        *((("First year", "; ".join(over)),) if over else ()),
    )


def _worker_table(shown: Caseload) -> tuple[tuple[str, ...], ...]:
    return (_WORKER_HEADER, *(_worker(shown, each) for each in (*shown.lines, shown.unallocated)))


def _worker(shown: Caseload, line: Line) -> tuple[str, ...]:
    keys = ("points", "overdue", "due_in_7_days", "longest_unseen", "drifting")
    last, following = supervision_words(shown, line)
    return (
        line.name,
        line["open"].shown,
        plain_number(line.time.share) if line.worker_id else "–",
        line.zone_words or "–",
        *(line[key].shown for key in keys),
        f"{last}, next {following}" if line.worker_id else "–",
    )


def _figures(line: Line) -> tuple[tuple[str, str], ...]:
    keys = ("pep_in_date", "pathway_in_date", "star_change", "longest_unseen")
    return tuple((line[key].definition.title, line[key].whole) for key in keys)


def _children(line: Line) -> Block:
    from caseapp.paper import Block

    by_status = ", ".join(
        f"{line[key].shown} {STATUSES[key].lower()}"
        for key in STATUSES
        if key != "closed" and line[key].count
    )
    said = f"{words.count(len(line.cases), 'open case')}: {by_status}."
    oldest = sorted(line.cases, key=lambda each: (each.opened_on is None, each.opened_on))
    rows = tuple(_child(each, line.asked) for each in oldest)
    return Block(line.name, paragraphs=(said,), table=(_CHILD_HEADER, *rows), shares=_CHILD_SHARES)


def _child(case: Case, asked: Asked) -> tuple[str, ...]:
    days = (case.opened_on, case.seen_on, case.next_due_on)
    name = f"{case.child} ({case.ref})" if case.ref else case.child
    late = [f"{each.what} overdue" for each in case.deadlines if each.is_late]
    talk = "; ".join([*late, *reasons(case, asked)])
    written = (words.day(each) if each else "–" for each in days)
    return (name, STATUSES.get(case.status, case.status), *written, talk)


def _meanings(shown: Caseload) -> tuple[str, ...]:
    keys = ("overdue", "due_in_7_days", "longest_unseen", "points", "drifting", "pep_in_date")
    settled = shown.settled
    return (
        *(f"{name}: {meaning}." for name, meaning in FORMULAS),
        "A case is one child. Cases held jointly count for the worker who holds them. Where a worker is not "
        "full-time, the zone is measured by the cases that a whole week would come to. Supervision is told "
        "of the sessions that whoever prints may read.",
        f"Not seen for too long is more than {settled.days('unseen_days')} days; a case wants a signed plan "
        f"after {settled.days('plan_days')} days. Points: child protection "
        f"{plain_number(settled['child_protection'])}, in need {plain_number(settled['child_in_need'])}, "
        f"looked after {plain_number(settled['looked_after'])}, before the court "
        f"{plain_number(settled['court'])}, each further sibling {plain_number(settled['sibling'])}.",
        *(
            f"{shown.everyone[key].definition.title}: {shown.everyone[key].definition.meaning}"
            for key in keys
        ),
    )


def _heading(session: Session, shown: Caseload, *, large: bool) -> Heading:
    return heading_of_many(
        session,
        TITLE,
        f"{shown.team}. {shown.sentence}",
        version=f"as of {words.day(shown.as_of)}",
        large=large,
        facts=(("As of", words.long_day(shown.as_of)), ("Counted", words.moment(shown.counted_at))),
    )
