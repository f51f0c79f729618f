"""The pack for a looked-after review: its papers in one PDF with contents, bookmarks and running numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from caseapp import actions, notes, pathway_copies, pathway_prints, pep_copies, plan_writing, words
from caseapp.actions import ActionRow
from caseapp.care_print_parts import About, latest, shown_entries
from caseapp.care_prints import summary_parts
from caseapp.form import filled_rows
from caseapp.forms import FORMS
from caseapp.forms.lac_review import LAC_REVIEW
from caseapp.looked_after import health, reviews, sheets
from caseapp.looked_after.pen import for_pen
from caseapp.looked_after.reviews import ReviewsView
from caseapp.pep_prints import is_drawn
from caseapp.plan_versions import title as version_title
from caseapp.print_parts import heading, may_print, printed
from db import plans as plan_queries
from db.children import child_of
from db.models import Revision
from db.problems import Problem
from db.store import Session

if TYPE_CHECKING:
    from caseapp.paper import ActionLine, Heading
    from caseapp.paper.pack import PackPart

PARTS: Final[dict[str, str]] = {
    "agenda": "Invitation and agenda",
    "summary": "Summary of the record",
    "report": "Social worker’s report (the care plan)",
    "decisions": "Decisions of the last review, and how they stand",
    "pep": "Education summary",
    "health": "Health",
    "pathway": "Pathway plan",
    "chronology": "Chronology since the last review",
    "record": "Record of the review, to be filled in",
}
"""What a pack may hold, in its order."""
_ROOM_TO_SAY: Final = 3


def review_pack(
    session: Session,
    child_id: UUID,
    parts: Collection[str] = tuple(PARTS),
    *,
    addresses: bool = True,
    large: bool = False,
) -> bytes:
    """Return the papers for a child's looked-after review; `parts` are keys of PARTS.

    What the record does not hold is left out, and the cover says so. Raises Problem for a part that there is
    not, for letters that cannot be printed and for a child not looked after; NotFound or NotAllowed.
    """
    unknown = [each for each in parts if each not in PARTS]
    if unknown or not parts:
        named = (
            f"There is no part “{unknown[0]}” of a review pack." if unknown else "The pack would be empty."
        )
        raise Problem(f"{named} Choose {words.listed([*PARTS], 'or')}. Nothing was printed.")
    child = child_of(session, child_id)
    may_print(session, child)
    if sheets.standing(session, child_id).since is None:
        raise Problem(f"{child.name} is not looked after now, so no review is due. Nothing was printed.")
    about = About(session, child_id, "review-pack", addresses=addresses, large=large)
    told = reviews.view(session, child_id)
    made = {key: _MAKERS[key](about, told) for key in PARTS if key in parts}
    lacking = [PARTS[key].lower() for key, part in made.items() if part is None]
    held = [_veiled(about, part) for part in made.values() if part]
    said = [f"Not in this pack, as the record has none: {words.listed(lacking)}."] if lacking else []
    if len(made) < len(PARTS):
        said.append(f"This pack holds {len(held)} of the {len(PARTS)} papers that it may have.")

    def make() -> bytes:
        from caseapp.paper.pack import pack_pdf

        return pack_pdf(_cover(about, told), held, said)

    return printed(make)


def _veiled(about: About, part: PackPart) -> PackPart:
    """Return a part without what is withheld, wherever it was typed; the blank record holds nothing."""
    return part._replace(
        blocks=about.veil.of(part.blocks),
        panels=about.veil.of(part.panels),
        answers=about.veil.of(part.answers),
    )


def _cover(about: About, told: ReviewsView) -> Heading:
    when, place = _planned(told)
    facts = [
        ("Review", words.long_day(when) if when else "Day to be agreed"),
        ("Place", place),
        ("Reviewing officer", told.officer.split(", named")[0]),
        ("Legal status", about.stands.legal_status),
        (
            "Due by",
            next((words.day(each.due_on) for each in told.dues if each.clock in reviews.REVIEW_CLOCKS), ""),
        ),
        ("Last review", words.day(told.held[0].held_on) if told.held else "This is the first"),
    ]
    made = about.head(
        "Looked-after review", facts, subtitle=f"Papers for {about.child.name}", short="Review pack"
    )
    notice = (
        "For those who are invited to this review, and for nobody else. Bring it along or give it back; "
        "do not copy it."
    )
    return replace(made, notice_title="Who this is for", notice=notice)


def _planned(told: ReviewsView) -> tuple[date | None, str]:
    planned = next((each.given for each in told.asked if each.state in ("open", "planned")), None)
    return (planned.planned_on, planned.place) if planned else (None, "")


def _paper(about: About, title: str, facts: Iterable[tuple[str, str]] = ()) -> Heading:
    """Return the heading of a paper that is made for this pack."""
    return about.head(title, [*facts], short=title)


def _part(key: str, note: str, head: Heading, **more: Any) -> PackPart:
    from caseapp.paper.pack import PackPart

    return PackPart(key, PARTS[key], note, head, **more)


def _agenda(about: About, told: ReviewsView) -> PackPart:
    from caseapp.paper.care_sheets import Panel

    when, place = _planned(told)
    facts = [
        ("When", words.long_day(when) if when else "To be agreed"),
        ("Where", place or "To be agreed with the child"),
        ("Chair", told.officer.split(", named")[0]),
    ]
    name = about.called
    rows = [(f"☐\u00a0 {each.name}", _lowered(each.part)) for each in about.contacts()]
    asked = f"{name} is asked where and when it suits, who comes, and what is to be talked about:"
    panels = (
        Panel(f"First of all: {name}’s part", paragraphs=(asked,), lines=_ROOM_TO_SAY),
        (
            Panel("Whom to invite", table=(("", ""), *rows), shares=(0.55, 0.45), is_whole=True),
            Panel("What we will talk about", paragraphs=tuple(_talked_about(name))),
        ),
        Panel("Notes", lines=6),
    )
    note = words.day(when) if when else "day to be agreed"
    return _part("agenda", note, _paper(about, "Agenda", facts), panels=panels)


def _talked_about(name: str) -> Iterable[str]:
    themes = [
        each.title for each in LAC_REVIEW.sections if f"{each.key}_now" in {one.key for one in each.fields}
    ]
    talk = [
        f"What {name} wants to say, show or ask", "What has gone well", "The decisions of last time",
        *themes, "What we decide now: one decision, one person, one day", "The next review",
    ]  # fmt: skip
    return (f"{number}  {each}" for number, each in enumerate(talk, 1))


def _lowered(part: str) -> str:
    return part if part[1:2].isupper() else f"{part[:1].lower()}{part[1:]}"


def _summary(about: About, _told: ReviewsView) -> PackPart:
    facts, panels = summary_parts(about)
    head = about.head("Looked-after child: summary", facts, short="Summary")
    return _part(
        "summary", f"as of {words.day(about.session.today)}", head, panels=tuple(panels), pages=2, photo=True
    )


def _report(about: About, _told: ReviewsView) -> PackPart | None:
    return _document(about, "report", "care-plan")


def _pathway(about: About, _told: ReviewsView) -> PackPart | None:
    return _document(about, "pathway", "pathway-plan")


def _document(about: About, key: str, kind: str) -> PackPart | None:
    """Return the newest signed document of a kind; a draft, marked as such, where none is signed."""
    session = about.session
    found = sheets.newest(session, about.child.id, kind)
    revision = (
        session.get(Revision, found.revision_id)
        if found
        else plan_queries.draft(session, about.child.id, kind)
    )
    if revision is None:
        return None
    form = plan_writing.form_of(session, revision)
    head, note = _of_version(about, revision)
    answers = revision.document.answers
    if not pathway_prints.is_drawn(form):
        return _part(key, note, head, form=form, answers=answers)
    told = pathway_copies.without_numbers(pathway_copies.asked_only(form, answers))
    return _part(key, note, head, form=form, answers=told, made="pathway")


def _of_version(about: About, revision: Revision) -> tuple[Heading, str]:
    form = plan_writing.form_of(about.session, revision)
    signed = f"signed {words.day(words.london_day(revision.signed_at))}" if revision.signed_at else "draft"
    titled = version_title(form, revision)
    head = replace(
        heading(about.session, about.child, form.title, large=about.large),
        subtitle=f"{about.child.name}{titled.removeprefix(form.title)}",
        document=f"{form.short or form.title} {about.child.ref}-{revision.number}",
        version=f"version {revision.number}",
        status=signed,
    )
    return head, f"version {revision.number}, {signed}"


def _decisions(about: About, told: ReviewsView) -> PackPart | None:
    from caseapp.paper import Block

    if not told.held:
        return None
    last = told.held[0]
    found = actions.of_child(about.session, about.child.id)
    newest = sheets.newest(about.session, about.child.id, reviews.KIND)
    rows = filled_rows(newest.answers.get("decisions")) if newest else []
    numbers = {str(each.get("no")) for each in rows}
    own = [each for each in found if str(each.no) in numbers]
    older = [each for each in found if each.kind == reviews.KIND and each not in own and not each.done_on]
    groups = (("", own), ("Open from earlier reviews", older))
    shown = tuple((title, tuple(map(_line, rows))) for title, rows in groups if rows)
    blocks = [Block("The last review", paragraphs=tuple(last.told))]
    if shown:
        blocks.append(Block("Decisions and how they stand", actions=shown))
    else:
        blocks.append(
            Block("Decisions and how they stand", paragraphs=("No decision is on record as an action.",))
        )
    head = _paper(about, "Decisions of the last review", [("Held on", words.long_day(last.held_on))])
    return _part("decisions", f"review of {words.day(last.held_on)}", head, blocks=tuple(blocks))


def _line(row: ActionRow) -> ActionLine:
    from caseapp.paper import ActionLine

    more = [f"What will be different: {row.outcome}"] if row.outcome else []
    more += [f"{words.day(each.on)}: {each.words}" for each in row.steps[:1] if each.words]
    return ActionLine(
        str(row.no), row.what, row.who, words.day(row.by_on) if row.by_on else "", row.status_words,
        row.colour, row.colour_words if row.colour_words != row.status_words else "", tuple(more),
    )  # fmt: skip


def _pep(about: About, _told: ReviewsView) -> PackPart | None:
    from caseapp.paper.pep_front import front_facts

    found = sheets.newest(about.session, about.child.id, "pep")
    if found is None or not is_drawn(found.form):
        return None
    answers = pep_copies.hidden(pep_copies.asked_only(found.form, found.answers))
    form = pep_copies.for_school(found.form)
    revision = about.session.get_one(Revision, found.revision_id)
    head, note = _of_version(about, revision)
    head = replace(head, title="Education summary", facts=tuple(front_facts(form, answers)))
    return _part("pep", note, head, form=form, answers=answers, made="summary")


def _health(about: About, _told: ReviewsView) -> PackPart:
    from caseapp.paper import Block

    told = health.view(about.session, about.child.id)
    rows = [(words.day(each.on), each.title, each.outcome_words, ". ".join(each.told))
            for each in (*told.assessments[:3], *told.checks[:6])]  # fmt: skip
    kept = sheets.newest(about.session, about.child.id, health.KIND)
    facts = sheets.health_facts(about.session, about.child)
    facts += [(each.label, each.words) for each in told.latest if each.on]
    blocks = [
        Block("What to know", facts=tuple(facts), paragraphs=() if facts else ("Nothing is on record.",))
    ]
    if kept and kept.words.get("summary"):
        blocks.append(Block(kept.title, paragraphs=(kept.words["summary"],)))
    if rows:
        table = (("When", "What", "How", "Details"), *rows)
        blocks.append(Block("Assessments and checks", table=table, shares=(0.14, 0.25, 0.16, 0.45)))
    dues = tuple((each.what, f"{words.day(each.due_on)}, {each.words}") for each in told.dues)
    blocks += [Block("What is due", facts=dues)] if dues else []
    return _part(
        "health", f"as of {words.day(about.session.today)}", _paper(about, "Health"), blocks=tuple(blocks)
    )


def _chronology(about: About, told: ReviewsView) -> PackPart:
    from caseapp.paper import Block

    since = told.held[0].held_on if told.held else about.stands.since or date.min
    entries = [each for each in reversed(latest(about.session, about.child.id)) if each.on >= since]
    table = notes.as_table(shown_entries(about, entries))
    head = _paper(about, "Chronology", [("From", words.day(since)), ("To", words.day(about.session.today))])
    block = Block("Chronology", table=table, shares=notes.TABLE_SHARES)
    return _part("chronology", f"since {words.day(since)}", head, blocks=(block,))


def _record(about: About, _told: ReviewsView) -> PackPart:
    head = heading(about.session, about.child, LAC_REVIEW.title, large=about.large)
    head = replace(
        head, subtitle="To be filled in by pen", document=LAC_REVIEW.title, status="empty form", facts=()
    )
    return _part("record", "empty form", head, form=for_pen(FORMS[reviews.KIND]), made="blank")


_MAKERS: Final[dict[str, Callable[[About, ReviewsView], PackPart | None]]] = {
    "agenda": _agenda,
    "summary": _summary,
    "report": _report,
    "decisions": _decisions,
    "pep": _pep,
    "health": _health,
    "pathway": _pathway,
    "chronology": _chronology,
    "record": _record,
}
