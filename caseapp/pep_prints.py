"""The prints of a Personal Education Plan: our record, the child's page, the school's copy, the summary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from caseapp import pep_copies, pep_reading, plan_writing, words
from caseapp.education import pep_states
from caseapp.form import Answers
from caseapp.form_parts.pep_lists import VARIANTS
from caseapp.forms import FORMS
from caseapp.pep_copies import CHILD, EDITIONS, FULL, SCHOOL, SUMMARY
from caseapp.print_parts import called, heading, may_print, printed
from db.children import child_of
from db.looks import record_look
from db.models import Child, Revision
from db.problems import NotFound, Problem
from db.store import Session

if TYPE_CHECKING:
    from caseapp.form import Form
    from caseapp.paper import Heading

__all__ = ["EDITIONS", "blank_pdf", "is_drawn", "pep_pdf"]

_FIRST_DRAWN = 2  # earlier versions of the form have other questions: they are printed as they stand
_MARKING = "OFFICIAL-SENSITIVE"
_SCHOOL_TITLE = "The school’s copy"
_SCHOOL_NOTICE = (
    "It leaves out what the school does not need in order to teach and to keep safe. "
    "Keep it with the designated teacher, and show it only to staff who need it."
)
_APPROVED = ("approved", "superseded")


def is_drawn(form: Form) -> bool:
    """Return whether a form is printed by this module."""
    return form.key == "pep" and form.version >= _FIRST_DRAWN


def pep_pdf(
    session: Session,
    revision_id: UUID,
    *,
    answers: Answers | None = None,
    large: bool = False,
    act: str = "print",
    edition: str = FULL,
) -> bytes:
    """Return a PEP as PDF in one of EDITIONS; with `answers`, a draft as it stands on the screen.

    Raises Problem for another edition, another kind of plan, and letters that cannot be printed.
    """
    revision = session.get(Revision, revision_id)
    if not revision:
        raise NotFound("There is no such plan, or you may not see it.")
    child = child_of(session, revision.child_id)
    may_print(session, child)
    form = plan_writing.form_of(session, revision)
    _refuse(form, edition)
    detail = {"kind": revision.kind, "number": revision.number, "edition": edition}
    record_look(session, act, child.id, tbl="revision", row_id=revision.id, detail=detail)
    session.commit()
    typed = form.clean(answers, today=session.today)[0] if answers is not None else revision.document.answers
    told = pep_copies.hidden(pep_copies.asked_only(form, typed))
    return printed(lambda: _made(session, child, revision, form, told, edition, large=large))


def _refuse(form: Form, edition: str) -> None:
    if edition not in EDITIONS:
        raise Problem(f"There is no edition “{edition}” of a PEP. Choose {words.listed([*EDITIONS], 'or')}.")
    if form.kind != "pep":
        raise Problem(f"This is a {form.title}, not a PEP. Nothing was printed.")
    if not is_drawn(form):
        raise Problem(
            "This plan was written on an older form, which has one edition, our own record. "
            "Nothing was printed. Print the full edition."
        )


def _made(
    session: Session,
    child: Child,
    revision: Revision,
    form: Form,
    told: Mapping[str, Any],
    edition: str,
    *,
    large: bool,
) -> bytes:
    from caseapp.paper.pep import pep_pdf as whole_of
    from caseapp.paper.pep_short import child_pdf, summary_pdf

    head = _heading(session, child, revision, form, told, edition, large=large)
    if edition == CHILD:
        return child_pdf(form, told, head)
    if edition == SUMMARY:
        return summary_pdf(pep_copies.for_school(form), told, head)
    return whole_of(pep_copies.for_school(form) if edition == SCHOOL else form, told, head)


def _heading(
    session: Session,
    child: Child,
    revision: Revision,
    form: Form,
    told: Mapping[str, Any],
    edition: str,
    *,
    large: bool,
) -> Heading:
    """Return the heading: who and what as the plan says it, and how far the plan has come."""
    said = pep_reading.shown(form, told)
    name = said.get("name", "") or child.name
    term = said.get("term", "")
    about = (said.get("year_group", ""), f"{term[:1].lower()}{term[1:]}")
    status, watermark = _standing(session, revision)
    made = replace(
        heading(session, child, form.title, large=large),
        subtitle=", ".join(part for part in (name, *about) if part),
        document=f"{form.short or form.title} {child.ref}-{revision.number}",
        version=f"version {revision.number}",
        facts=(),
        status=status,
        watermark=watermark,
    )
    if edition == CHILD:
        first = pep_reading.called(told) or called(child)
        return replace(
            made, title=f"{first}’s education plan", subtitle=about[1].capitalize(), child_name=first,
            born_on=None, marking="My own copy",
        )  # fmt: skip
    if edition == SUMMARY:
        from caseapp.paper.pep_front import front_facts

        return replace(
            made, title="Education summary", facts=tuple(front_facts(pep_copies.for_school(form), told))
        )
    if edition == SCHOOL:
        return replace(
            made, marking=f"{_MARKING}, the school’s copy", notice_title=_SCHOOL_TITLE, notice=_SCHOOL_NOTICE
        )
    return made


def _standing(session: Session, revision: Revision) -> tuple[str, str]:
    """Return the status for the foot of the page, and what goes across: DRAFT until the plan is approved."""
    state = pep_states.state_of(session, revision)
    if not revision.signed_at:
        return "draft", ""
    signed = f"signed {words.day(words.london_day(revision.signed_at))}, {state.words.lower()}"
    if state.key in _APPROVED:
        return signed, ""
    return signed, "VOID" if state.key == "void" else "DRAFT"


def blank_pdf(variant: str, *, large: bool = False) -> bytes:
    """Return the empty PEP of one kind of setting, to be filled in by pen. Raises Problem for another."""
    from caseapp import paper

    if variant not in dict(VARIANTS):
        listed = words.listed([code for code, _ in VARIANTS], "or")
        raise Problem(f"There is no PEP for “{variant}”. Choose {listed}. Nothing was printed.")
    return paper.blank_pdf(pep_copies.for_variant(FORMS["pep"], variant), large=large)
