"""What is printed: plans, records, chronologies. Every print is recorded before its bytes are handed out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp import (
    notes,
    overview,
    pathway_prints,
    people,
    pep_prints,
    plan_reading,
    plan_versions,
    words,
)
from caseapp.agenda_print import agenda_pdf, meeting
from caseapp.early_help.statuses import HELP_KINDS
from caseapp.form import Answers
from caseapp.forms import FORMS
from caseapp.help_prints import first_and_last, help_chronology_pdf, help_plan_pdf
from caseapp.household import CARER
from caseapp.looked_after import pen
from caseapp.looked_after.veil import WITHHELD, Veil, veil_of
from caseapp.pathway_prints import passport_pdf
from caseapp.plan_writing import form_of
from caseapp.print_editions import FAMILY, FULL, PROFESSIONALS, copy_for, refuse_withdrawn, sharing
from caseapp.print_parts import heading, help_facts, may_print, printed, printing
from db.children import child_of
from db.looks import record_look
from db.models import Child, HelpEpisode, Revision
from db.problems import NotFound
from db.store import Session

if TYPE_CHECKING:
    from caseapp.early_help.consents import Sharing
    from caseapp.form import Form
    from caseapp.paper import Heading
    from caseapp.print_editions import Copy

__all__ = [
    "agenda_pdf", "blank_pdf", "chronology_pdf", "help_chronology_pdf", "help_plan_pdf", "may_share",
    "meeting", "passport_pdf", "plan_pdf", "record_pdf",
]  # fmt: skip

# Where a closing summary's comparison of first and last belongs: after its own scores
_COMPARED_AFTER = "scaling"


def plan_pdf(
    session: Session,
    revision_id: UUID,
    *,
    answers: Answers | None = None,
    large: bool = False,
    sections: Collection[str] | None = None,
    act: str = "print",
    edition: str = FULL,
    shared_with: str = "",
    why: str = "",
    leave_out: Collection[str] | None = None,
    with_numbers: bool = False,
) -> bytes:
    """Return a version as PDF; with `answers`, a draft as it stands on the screen.

    The editions «family» and «professionals» are for documents of early help; the latter names the agency it
    is shared with. A PEP has those of `pep_prints`, a pathway plan those of `pathway_prints`, where `why`,
    `leave_out` and `with_numbers` are explained. Raises Problem for letters that cannot be printed, and where
    there is no consent to share.
    """
    from caseapp import paper

    revision = session.get(Revision, revision_id)
    if not revision:
        raise NotFound("There is no such plan, or you may not see it.")
    child = child_of(session, revision.child_id)
    may_print(session, child)
    refuse_withdrawn(session, child, revision.kind)
    form = form_of(session, revision)
    if pep_prints.is_drawn(form) and sections is None:
        return pep_prints.pep_pdf(
            session, revision_id, answers=answers, large=large, act=act, edition=edition
        )
    if pathway_prints.is_drawn(form) and sections is None:
        return pathway_prints.pathway_pdf(
            session, revision_id, answers=answers, large=large, act=act, edition=edition,
            shared_with=shared_with, why=why, leave_out=leave_out, with_numbers=with_numbers,
        )  # fmt: skip
    copy = copy_for(session, child, form, edition, shared_with)
    detail = {"kind": revision.kind, "number": revision.number, **copy.detail}
    detail |= {"edition": edition} if edition != FULL else {}
    shared = edition == PROFESSIONALS and act == "print"
    record_look(
        session, "share" if shared else act, child.id, tbl="revision", row_id=revision.id, detail=detail
    )
    session.commit()
    shown = form.clean(answers, today=session.today)[0] if answers is not None else revision.document.answers
    earlier = tuple(plan_reading.earlier(session, revision)[:2]) if form.kind == "star" else ()
    compared = first_and_last(session, revision) if form.kind == "early-help-closing" else []
    head = _plan_heading(session, child, revision, form, copy, large=large, is_family=edition == FAMILY)
    return printed(
        lambda: paper.plan_pdf(
            form, shown, head, sections=sections, earlier=earlier, edition=edition,
            after={_COMPARED_AFTER: compared},
        )
    )  # fmt: skip


def _plan_heading(
    session: Session,
    child: Child,
    revision: Revision,
    form: Form,
    copy: Copy,
    *,
    large: bool,
    is_family: bool,
) -> Heading:
    titled = plan_versions.title(form, revision)
    made = heading(session, child, titled, large=large)
    facts = made.facts
    if revision.kind in HELP_KINDS:
        episode = session.get(HelpEpisode, revision.episode_id) if revision.episode_id else None
        facts = help_facts(session, child, episode, is_family=is_family) if episode else made.facts
    return replace(
        made,
        title=form.title,
        subtitle=f"{child.name}{titled.removeprefix(form.title)}",
        document=f"{form.short or form.title} {child.ref}-{revision.number}",
        version=f"version {revision.number}",
        status=f"signed {words.day(words.london_day(revision.signed_at))}" if revision.signed_at else "draft",
        marking=copy.marking,
        notice_title=copy.notice_title,
        notice=copy.notice,
        facts=facts,
    )


def may_share(session: Session, child_id: UUID, agency: str) -> Sharing:
    """Return whether a copy may be given to an agency: who agreed, or why not and what to do."""
    return sharing(session, child_of(session, child_id), words.tidy(agency).strip())


def blank_pdf(kind: str, *, large: bool = False, variant: str = "") -> bytes:
    """Return the empty form of a kind, to be filled in by pen; a PEP's also for one kind of setting."""
    from caseapp import paper

    if kind == "pep" and variant:
        return pep_prints.blank_pdf(variant, large=large)
    if kind == "pathway-plan":
        return pathway_prints.blank_pdf(large=large)
    form = pen.for_pen(FORMS[kind]) if kind in pen.KINDS else FORMS[kind]
    return paper.blank_pdf(form, large=large)


def record_pdf(session: Session, child_id: UUID, *, large: bool = False) -> bytes:
    """Return the overview of a child's record as PDF."""
    from caseapp import paper

    child = printing(session, child_id, "record")
    view = overview.open_child(session, child_id)
    who, veil = people.people(session, child_id), veil_of(session, child_id)
    hidden = {"Lives with"} if veil.is_placement else set()
    facts = [(label, WITHHELD if label in hidden else said) for label, said in view.facts]
    due = [("Due", "What", "Why"), *((words.day(each.due_on), each.what, each.why) for each in view.dues)]
    family = [("Name", "Relation", "Telephone"), *(_family_row(each, veil) for each in who.family)]
    involved = [
        ("Name", "Part", "From"),
        *((each.name, each.role, each.organisation) for each in who.involved),
    ]
    plan_rows = [
        ("Plan", "Version", "Status"),
        *((each.title, str(each.number), _status(each)) for each in view.plans),
    ]
    blocks = [
        paper.Block("Key facts", facts=tuple(facts)),
        *([paper.Block(f"In {view.head.known_as}’s words", paragraphs=view.quote)] if view.quote else []),
        *(paper.Block(title, table=tuple(rows)) for title, rows in (
            ("What is due", due), ("Family", family), ("Who is involved", involved), ("Plans", plan_rows),
        ) if len(rows) > 1),
    ]  # fmt: skip
    shown = veil.of(blocks)
    return printed(lambda: paper.record_pdf(heading(session, child, "Record", large=large), shown))


def _family_row(each: people.FamilyRow, veil: Veil) -> tuple[str, str, str]:
    """Return name, relation and telephone; of whoever may be a carer where nobody may know, the relation."""
    is_carer = each.kind == CARER and not each.until_on
    if veil.is_placement and (is_carer or each.lives_with):
        return WITHHELD, each.kind, ""
    return each.name, each.kind, each.phone


def chronology_pdf(session: Session, child_id: UUID, *, large: bool = False) -> bytes:
    """Return everything about a child in one line of time as PDF, earliest first."""
    from caseapp import paper

    child = printing(session, child_id, "chronology")
    entries = list(reversed(notes.timeline(session, child_id)))
    block = paper.Block("Chronology", table=notes.as_table(entries))
    return printed(lambda: paper.record_pdf(heading(session, child, "Chronology", large=large), [block]))


def _status(row: plan_versions.VersionRow) -> str:
    return f"Signed {words.day(words.london_day(row.signed_at))}" if row.signed_at else "Draft"
