"""Supervision on paper, in two versions: the session for its two workers, and a child's part for its file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp import actions, words
from caseapp.print_parts import heading, heading_of_many, may_print, printed
from caseapp.supervision import cases, rules, sessions
from db import supervision as queries
from db.children import child_of
from db.looks import record_look
from db.models import CaseSupervision
from db.problems import NotFound
from db.reach import authorise_taking_out
from db.store import Session

if TYPE_CHECKING:
    from caseapp.paper import ActionLine, Block, Heading
    from db.models import Child, SupervisionSession

_ALONE = "For the two of you alone. It does not go on a child’s file."


def session_pdf(session: Session, session_id: UUID, *, large: bool = False) -> bytes:
    """Return a session for its two workers, with the worker's own words. The print is recorded first.

    Raises NotFound for anybody else, NotAllowed without the right to print.
    """
    from caseapp import paper

    authorise_taking_out(session, "print")
    row = sessions.one(session, session_id)
    record_look(session, "print", tbl="supervision_session", row_id=row.id, detail={"what": "supervision"})
    session.commit()
    head = _session_heading(session, row, large=large)
    blocks = [*_own_words(row), *_children(session, row), _signatures(session, row)]
    return printed(lambda: paper.record_pdf(head, blocks))


def _session_heading(session: Session, row: SupervisionSession, *, large: bool) -> Heading:
    names = _names(session, row)
    day = row.held_on or row.planned_on
    shown = (
        ("Worker", names[row.supervisee_id]),
        ("Supervisor", names[row.supervisor_id]),
        ("Planned for", words.day(row.planned_on) if row.planned_on else ""),
        ("Held on", words.day(row.held_on) if row.held_on else ""),
        ("Called off", row.cancelled_because),
        ("Lasted", f"{row.minutes} minutes" if row.minutes else ""),
        ("Next", words.day(row.next_on) if row.next_on else ""),
    )
    about_both = heading_of_many(
        session,
        rules.KINDS[row.kind],
        names[row.supervisee_id],
        version=words.day(day) if day else "",
        large=large,
        facts=tuple((label, said) for label, said in shown if said),
    )
    status = "signed by both" if sessions.is_closed(row) else "not signed by both yet"
    return replace(about_both, status=status, notice_title="Confidential", notice=_ALONE)


def _names(session: Session, row: SupervisionSession) -> dict[UUID, str]:
    ids = (row.supervisor_id, row.supervisee_id)
    people = queries.workers(session, ids)
    return {each: people[each].name if each in people else "Somebody who left" for each in ids}


def _own_words(row: SupervisionSession) -> list[Block]:
    from caseapp.paper import Block

    told = (
        ("How the worker is", row.wellbeing),
        ("Workload", row.workload),
        ("What was talked about", row.words),
    )
    blocks = [Block(title, paragraphs=(said,)) for title, said in told if said]
    if row.agreed:
        blocks.append(Block("What was agreed", paragraphs=tuple(f"• {each}" for each in row.agreed)))
    return blocks


def _children(session: Session, row: SupervisionSession) -> list[Block]:
    from caseapp.paper import Block

    found = queries.cases_of_sessions(session, [row.id])
    if not found:
        return []
    rows = [
        (f"{child.name}\nref {child.ref}", rules.RISKS.get(case.risk, ""), case.discussion, case.decision)
        for case, child in found
    ]
    table = (("Child", "Risk now", "What was talked about", "Decision"), *rows)
    return [Block("Children talked about", table=table, shares=(0.2, 0.12, 0.38, 0.3))]


def _signatures(session: Session, row: SupervisionSession) -> Block:
    from caseapp.paper import Block

    names = _names(session, row)
    signed = (
        (names[row.supervisor_id], row.supervisor_signed_on),
        (names[row.supervisee_id], row.supervisee_signed_on),
    )
    facts = tuple((name, f"Signed on {words.day(on)}" if on else "Not signed yet") for name, on in signed)
    return Block("Signatures", facts=facts)


def case_pdf(session: Session, case_id: UUID, *, large: bool = False) -> bytes:
    """Return what was said of a child as it stands in its file: nothing of the worker's own.

    The print is recorded first. Raises NotFound, NotAllowed.
    """
    from caseapp import paper
    from caseapp.paper import Block

    case = session.get(CaseSupervision, case_id)
    if case is None:
        raise NotFound("There is no such supervision, or you may not see it.")
    child = child_of(session, case.child_id)
    may_print(session, child)
    detail = {"what": "case supervision"}
    record_look(session, "print", child.id, tbl="case_supervision", row_id=case.id, detail=detail)
    session.commit()
    row = cases.case_row(session, case, may_change=False)
    head = heading(session, child, "Supervision of a case", large=large)
    blocks = [
        Block("Supervision", facts=_who(row)),
        *(Block(label, paragraphs=(said,)) for label, said in row.told),
    ]
    if lines := _agreed(session, child, case):
        blocks.append(Block("What was agreed", actions=(("", lines),)))
    return printed(lambda: paper.record_pdf(head, blocks))


def _who(row: cases.CaseRow) -> tuple[tuple[str, str], ...]:
    shown = (("On", words.day(row.on)), ("Supervisor", row.supervisor), ("Worker", row.worker))
    return tuple((label, said) for label, said in shown if said)


def _agreed(session: Session, child: Child, case: CaseSupervision) -> tuple[ActionLine, ...]:
    """Return the actions that were agreed when this was written."""
    from caseapp.paper import ActionLine

    written_on = words.london_day(case.created_at)
    return tuple(
        ActionLine(
            str(each.no), each.what, each.who, words.day(each.by_on) if each.by_on else "", each.status_words
        )
        for each in actions.of_child(session, child.id)
        if each.need == cases.AGREED and each.agreed_on == written_on
    )
