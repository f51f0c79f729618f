"""What is printed: plans, records, chronologies. Every print is recorded before its bytes are handed out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp import known, notes, overview, people, plans, words
from caseapp.form import Answers
from caseapp.forms import FORMS
from db.guard import record_look
from db.models import Child, Revision
from db.moments import utc_now
from db.problems import NotFound, Problem
from db.roles import Subject, authorise
from db.store import Session

if TYPE_CHECKING:
    from caseapp.paper import Heading


def plan_pdf(
    session: Session,
    revision_id: UUID,
    *,
    answers: Answers | None = None,
    large: bool = False,
    sections: Collection[str] | None = None,
    act: str = "print",
) -> bytes:
    """Return a version as PDF; with `answers`, a draft as it stands on the screen.

    Raises Problem naming the letters that cannot be printed.
    """
    from caseapp import paper

    revision = session.get(Revision, revision_id)
    if not revision:
        raise NotFound("There is no such plan, or you may not see it.")
    child = _child(session, revision.child_id)
    authorise(session.actor, "print", Subject(child.team_id, child.worker_id))
    detail = {"kind": revision.kind, "number": revision.number}
    record_look(session, act, child.id, tbl="revision", row_id=revision.id, detail=detail)
    session.commit()
    form = plans.form_of(session, revision)
    shown = form.clean(answers, today=session.today)[0] if answers is not None else revision.document.answers
    heading = _heading(session, child, plans.title(form, revision), large=large)
    heading = replace(
        heading,
        title=form.title,
        subtitle=_subtitle(child, form.title, plans.title(form, revision)),
        document=f"{form.short or form.title} {child.ref}-{revision.number}",
        version=f"version {revision.number}",
        status=f"signed {words.day(revision.signed_at.date())}" if revision.signed_at else "draft",
    )
    earlier = tuple(plans.earlier(session, revision)[:2]) if form.kind == "star" else ()
    try:
        return paper.plan_pdf(form, shown, heading, sections=sections, earlier=earlier)
    except paper.Unprintable as error:
        raise Problem(str(error)) from None


def blank_pdf(kind: str, *, large: bool = False) -> bytes:
    """Return the empty form of a kind, to be filled in by pen."""
    from caseapp import paper

    return paper.blank_pdf(FORMS[kind], large=large)


def record_pdf(session: Session, child_id: UUID, *, large: bool = False) -> bytes:
    """Return the overview of a child's record as PDF."""
    from caseapp import paper

    child = _printing(session, child_id, "record")
    view = overview.open_child(session, child_id)
    who = people.people(session, child_id)
    due = [("Due", "What", "Why"), *((words.day(each.due_on), each.what, each.why) for each in view.dues)]
    family = [("Name", "Relation", "Telephone"), *((each.name, each.kind, each.phone) for each in who.family)]
    involved = [
        ("Name", "Part", "From"),
        *((each.name, each.role, each.organisation) for each in who.involved),
    ]
    plan_rows = [
        ("Plan", "Version", "Status"),
        *((each.title, str(each.number), _status(each)) for each in view.plans),
    ]
    blocks = [
        paper.Block("Key facts", facts=tuple(view.facts)),
        *([paper.Block(f"In {view.head.known_as}’s words", paragraphs=view.quote)] if view.quote else []),
        *(paper.Block(title, table=tuple(rows)) for title, rows in (
            ("What is due", due), ("Family", family), ("Who is involved", involved), ("Plans", plan_rows),
        ) if len(rows) > 1),
    ]  # fmt: skip
    return _printed(lambda: paper.record_pdf(_heading(session, child, "Record", large=large), blocks))


def chronology_pdf(session: Session, child_id: UUID, *, large: bool = False) -> bytes:
    """Return everything about a child in one line of time as PDF, earliest first."""
    from caseapp import paper

    child = _printing(session, child_id, "chronology")
    rows = [
        (
            words.day(each.on),
            each.title,
            "\n".join(part for part in (each.words, f"“{each.quote}”" if each.quote else "") if part),
        )
        for each in reversed(notes.timeline(session, child_id))
    ]
    block = paper.Block("Chronology", table=(("Date", "What", "Details"), *rows))
    return _printed(lambda: paper.record_pdf(_heading(session, child, "Chronology", large=large), [block]))


def _printed(make: Callable[[], bytes]) -> bytes:
    from caseapp import paper

    try:
        return make()
    except paper.Unprintable as error:
        raise Problem(str(error)) from None


def _printing(session: Session, child_id: UUID, what: str) -> Child:
    child = _child(session, child_id)
    authorise(session.actor, "print", Subject(child.team_id, child.worker_id))
    record_look(session, "print", child.id, row_id=child.id, detail={"what": what})
    session.commit()
    return child


def _child(session: Session, child_id: UUID) -> Child:
    child = session.get(Child, child_id)
    if not child:
        raise NotFound("There is no such record, or you may not see it.")
    return child


def _status(row: plans.VersionRow) -> str:
    return f"Signed {words.day(row.signed_at.date())}" if row.signed_at else "Draft"


def _subtitle(child: Child, title: str, dated: str) -> str:
    return f"{child.name}{dated.removeprefix(title)}"


def _heading(session: Session, child: Child, title: str, *, large: bool) -> Heading:
    from caseapp.paper import Heading

    facts = known.known(session, child.id)
    shown = (
        ("Worker", facts.get("child.worker", "")),
        ("School", facts.get("child.school", "")),
        ("Status", facts.get("child.status", "")),
        ("Legal status", facts.get("child.legal_status", "")),
    )
    return Heading(
        title=title,
        child_name=child.name,
        born_on=child.born_on,
        ref=str(child.ref),
        subtitle=child.name,
        printed_by=session.actor.name,
        printed_at=utc_now(),
        mark=_mark(session, child),
        large=large,
        facts=tuple((label, value) for label, value in shown if value),
    )


def _mark(session: Session, child: Child) -> str:
    """Return the history mark of a print: the number of the look that recorded it."""
    from db.histories import look_mark

    return look_mark(session, child.id)
