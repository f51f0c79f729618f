"""The prints of leaving care: the pathway plan, the young person's own editions, copies, the passport."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from caseapp import known, pathway_copies, pathway_passport, plan_writing, words
from caseapp.form import Answers
from caseapp.forms import FORMS
from caseapp.pathway import cycle
from caseapp.pathway_copies import EASY, EDITIONS, FULL, MINE, SHARED
from caseapp.print_parts import called, heading, may_print, printed, printing
from db.children import child_of
from db.looks import record_look
from db.models import Child, Revision
from db.problems import NotFound, Problem
from db.store import Session

if TYPE_CHECKING:
    from caseapp.form import Form
    from caseapp.paper import Heading

__all__ = ["EDITIONS", "SHARED", "blank_pdf", "is_drawn", "passport_pdf", "pathway_pdf"]

_MARKING = "OFFICIAL-SENSITIVE"
_NAMED_UP_TO, _WHY_UP_TO = 120, 500
_REPLACED = ("superseded",)


class _Copy(NamedTuple):
    """Whose copy it is: the topics that it leaves out, and for another, who gets it and why."""

    edition: str
    topics: frozenset[str]
    shared_with: str
    why: str
    with_numbers: bool

    @property
    def detail(self) -> dict[str, Any]:
        """Return what the record of the look keeps."""
        kept: dict[str, Any] = {"edition": self.edition}
        if self.shared_with:
            kept |= {"shared_with": self.shared_with, "why": self.why, "left_out": sorted(self.topics)}
        return kept | ({"with_numbers": True} if self.with_numbers else {})


def is_drawn(form: Form) -> bool:
    """Return whether a form is printed by this module: every version of the pathway plan is."""
    return form.kind == "pathway-plan"


def pathway_pdf(
    session: Session,
    revision_id: UUID,
    *,
    answers: Answers | None = None,
    large: bool = False,
    act: str = "print",
    edition: str = FULL,
    shared_with: str = "",
    why: str = "",
    leave_out: Collection[str] | None = None,
    with_numbers: bool = False,
) -> bytes:
    """Return a pathway plan as PDF in one of EDITIONS; with `answers`, a draft as it stands on the screen.

    A copy for a landlord or college names whom it is for and why; `leave_out` are keys of
    `pathway_copies.TOPICS`, else what such a reader does not need. Numbers of passports and permits are
    printed only `with_numbers`. Raises Problem for another edition or kind of plan, for a copy without a
    name or reason, and for letters that cannot be printed.
    """
    revision = session.get(Revision, revision_id)
    if not revision:
        raise NotFound("There is no such plan, or you may not see it.")
    child = child_of(session, revision.child_id)
    may_print(session, child)
    form = plan_writing.form_of(session, revision)
    copy = _copy(form, edition, shared_with, why, leave_out, with_numbers)
    detail = {"kind": revision.kind, "number": revision.number, **copy.detail}
    shared = bool(copy.shared_with) and act == "print"
    record_look(
        session, "share" if shared else act, child.id, tbl="revision", row_id=revision.id, detail=detail
    )
    session.commit()
    typed = form.clean(answers, today=session.today)[0] if answers is not None else revision.document.answers
    told = pathway_copies.asked_only(form, typed)
    if not with_numbers:
        told = pathway_copies.without_numbers(told)
    return printed(lambda: _made(session, child, revision, form, told, copy, large=large))


def _copy(
    form: Form,
    edition: str,
    shared_with: str,
    why: str,
    leave_out: Collection[str] | None,
    with_numbers: bool,
) -> _Copy:
    if edition not in EDITIONS:
        listed = words.listed([*EDITIONS], "or")
        raise Problem(f"There is no edition “{edition}” of a pathway plan. Choose {listed}.")
    if not is_drawn(form):
        raise Problem(f"This is a {form.title}, not a pathway plan. Nothing was printed.")
    name, reason = words.tidy(shared_with).strip(), words.tidy(why).strip()
    if edition not in SHARED:
        return _Copy(edition, frozenset(), "", "", with_numbers)
    if not name or not reason:
        raise Problem("Say who the copy is for, and why they get it: both are recorded. Nothing was printed.")
    if len(name) > _NAMED_UP_TO or len(reason) > _WHY_UP_TO:
        raise Problem(
            f"A name takes {_NAMED_UP_TO} letters and a reason {_WHY_UP_TO}. Nothing was printed. "
            "Say it shorter."
        )
    try:
        topics = pathway_copies.left_out(edition, leave_out)
    except ValueError as error:
        listed = words.listed([*pathway_copies.TOPICS], "or")
        raise Problem(f"{error} Choose {listed}. Nothing was printed.") from None
    return _Copy(edition, topics, name, reason, with_numbers)


def _made(
    session: Session,
    child: Child,
    revision: Revision,
    form: Form,
    told: Mapping[str, Any],
    copy: _Copy,
    *,
    large: bool,
) -> bytes:
    from caseapp.paper import pathway
    from caseapp.paper.pathway_mine import easy_pdf, mine_pdf

    head = _heading(session, child, revision, form, told, copy, large=large)
    if copy.edition in (MINE, EASY):
        made = mine_pdf if copy.edition == MINE else easy_pdf
        return made(pathway_copies.for_me(form), told, head, called(child))
    shorter, left = pathway_copies.for_copy(form, told, copy.topics)
    return pathway.pathway_pdf(shorter, left, head, left_out=pathway_copies.topics_in_words(copy.topics))


def _heading(
    session: Session,
    child: Child,
    revision: Revision,
    form: Form,
    told: Mapping[str, Any],
    copy: _Copy,
    *,
    large: bool,
) -> Heading:
    """Return the heading: who and what as the plan says it, and how far the plan has come."""
    from caseapp.paper.pathway_ends import cover_facts

    status, watermark = _standing(session, revision)
    name = str(told.get("name") or "") or child.name
    shorter, left = pathway_copies.for_copy(form, told, copy.topics)
    made = replace(
        heading(session, child, "My Pathway Plan", large=large),
        subtitle=name,
        document=f"{form.short or form.title} {child.ref}-{revision.number}",
        version=f"version {revision.number}",
        status=status,
        watermark=watermark,
        facts=tuple(cover_facts(shorter, left, status)),
    )
    if copy.edition in (MINE, EASY):
        first = str(told.get("known_as") or "").strip() or called(child)
        on = words.stored_day(told.get("plan_on"))
        written = f"plan of {words.day(on)}" if on else ""
        return replace(
            made, title="My plan", subtitle=", ".join(part for part in (name, written) if part),
            child_name=first, born_on=None, marking="My own copy", facts=(),
        )  # fmt: skip
    if copy.shared_with:
        return replace(
            made,
            marking=f"{_MARKING}, copy for {copy.shared_with}",
            notice_title=f"Copy for {copy.shared_with}",
            notice=f"Given because: {copy.why}\nGiven to help {called(child)}, and for nothing else. Keep it "
            "safe and do not pass it on.",
        )
    return made


def _standing(session: Session, revision: Revision) -> tuple[str, str]:
    """Return the status for the foot of the page, and what goes across a plan that another replaced."""
    if not revision.signed_at:
        return "draft", ""
    state = cycle.state_of(session, revision)
    signed = f"signed {words.day(words.london_day(revision.signed_at))}"
    more = state.words.lower().removeprefix("signed, ")
    return f"{signed}, {more}", "REPLACED" if state.key in _REPLACED else ""


def passport_pdf(session: Session, child_id: UUID, *, large: bool = False) -> bytes:
    """Return the care leaver's passport page: what they have, are entitled to, and whom to ring."""
    from caseapp.paper import passport

    child = printing(session, child_id, "passport")
    told = pathway_passport.passport(session, child)
    name = known.known(session, child.id).get("child.known_as", "")
    head = replace(
        heading(session, child, "My passport through leaving care", large=large),
        subtitle=child.name if name in child.name else f"{child.name} ({name})",
        document=f"Care leaver’s passport {child.ref}",
        facts=(),
    )
    return printed(lambda: passport.passport_pdf(told, head))


def blank_pdf(*, large: bool = False) -> bytes:
    """Return the pathway plan to be filled in by pen: what is talked over at a visit, and room to write."""
    from caseapp import paper

    return paper.blank_pdf(pathway_copies.for_pen(FORMS["pathway-plan"]), large=large)
