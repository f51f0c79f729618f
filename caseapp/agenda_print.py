"""The agenda of a family meeting: when, where, who, the child's part first, and the plan to go through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp import actions, plan_reading, plan_writing, shared_plans, words
from caseapp.early_help import consents
from caseapp.form import Answers, filled_rows
from caseapp.form_parts import early_help_lists as lists
from caseapp.print_editions import refuse_withdrawn
from caseapp.print_parts import called, heading, may_print, printed
from db import plans as plan_queries
from db.children import child_of
from db.looks import record_look
from db.models import Child, Revision
from db.problems import NotFound, Problem
from db.store import Session

if TYPE_CHECKING:
    from caseapp.form import Form
    from caseapp.paper import Block

_TALK = ("What has gone well", "What {names} say", "The plan, one action after the other", "What is new")


def meeting(session: Session, child_id: UUID, number: int | None = None) -> UUID:
    """Return the family meeting that an agenda is asked for: the one being prepared, else the last."""
    draft = None if number else plan_queries.draft(session, child_id, "taf")
    return draft.id if draft else plan_reading.numbered(session, child_id, "taf", number).id


def agenda_pdf(
    session: Session,
    revision_id: UUID,
    *,
    answers: Answers | None = None,
    large: bool = False,
    act: str = "print",
) -> bytes:
    """Return the agenda of a family meeting: when, where, who, what about, the open actions to tick.

    With `answers` it is that of a draft as it stands on the screen. Raises Problem for another kind of plan,
    and where somebody is invited with whom the family does not want this shared.
    """
    from caseapp import paper

    revision = session.get(Revision, revision_id)
    if not revision:
        raise NotFound("There is no such plan, or you may not see it.")
    if revision.kind != "taf":
        raise Problem("Only a family meeting has an agenda. Nothing was printed.")
    child = child_of(session, revision.child_id)
    may_print(session, child)
    refuse_withdrawn(session, child, revision.kind)
    detail = {"kind": revision.kind, "number": revision.number, "what": "agenda"}
    record_look(session, act, child.id, tbl="revision", row_id=revision.id, detail=detail)
    session.commit()
    form = plan_writing.form_of(session, revision)
    told = revision.document.answers if answers is None else form.clean(answers, today=session.today)[0]
    _refuse_invited(session, child, told)
    family = [
        child,
        *(other for other, _ in shared_plans.others(session, revision.group_id) if other.id != child.id),
    ]
    head = replace(
        heading(session, child, "Agenda", large=large),
        subtitle=f"{form.title}: {actions.together(_by_age(family))}",
        document=f"Agenda {child.ref}-{revision.number}",
        version=f"made {words.day(session.today)}",
        facts=tuple(_meeting_facts(form, told)),
    )
    blocks = [
        *_childrens_part(session, revision, told, _by_age(family)),
        *_invited(form, told),
        _talked_about(told, words.listed([called(each) for each in _by_age(family)])),
        *_to_go_through(session, revision, form, told),
        paper.Block("Notes", lines=7),
        paper.Block("Next time", paragraphs=("Day, time and place; who else to invite:",), lines=2),
    ]
    return printed(lambda: paper.record_pdf(head, blocks))


def _by_age(family: Iterable[Child]) -> list[Child]:
    return sorted(family, key=lambda each: (each.born_on or date.max, each.sort_name))


def _refuse_invited(session: Session, child: Child, told: Answers) -> None:
    """Keep the plan from those whom the family named: an agenda goes to everybody who is invited."""
    rows = [each for each in consents.rows(session, child.id) if each.stands and "share" in each.purposes]
    refused = {name.casefold(): each.person for each in rows if not each.overridden for name in each.refused}
    for row in filled_rows(told.get("invited")):
        agency = dict(lists.INVITED).get(str(row.get("agency", "")), "")
        for name in (agency, str(row.get("name", "")), str(row.get("role", ""))):
            if name and (person := refused.get(name.casefold())):
                raise Problem(
                    f"{person} asked that this is not shared with {name}, who is on the list of invitations. "
                    "No agenda was printed. Take them off the list, or ask the family again."
                )


def _meeting_facts(form: Form, told: Answers) -> Iterable[tuple[str, str]]:
    shown = {each.key: each.show(told.get(each.key)) for each in form.fields}
    on = words.stored_day(told.get("planned_on")) or words.stored_day(told.get("held_on"))
    place = ", ".join(part for part in (shown.get("place", ""), shown.get("held_as", "").lower()) if part)
    when = ", ".join(
        part for part in (words.long_day(on) if on else "", shown.get("planned_time", "")) if part
    )
    for label, value in (
        ("When", when), ("Where", place), ("Chair", shown.get("chair", "")),
        ("Notes by", shown.get("minute_taker", "")),
    ):  # fmt: skip
        if value:
            yield label, value


def _childrens_part(
    session: Session, revision: Revision, told: Answers, family: Sequence[Child]
) -> list[Block]:
    """Return each child's own part, with the words they gave for this meeting, or room for them."""
    from caseapp.paper import Block

    own = {revision.child_id: told}
    for child, other in shared_plans.others(session, revision.group_id):
        own.setdefault(child.id, other.document.answers)
    blocks: list[Block] = []
    for child in family:
        said = str(own[child.id].get("words", "")).strip()
        name = called(child)
        title = f"{name}’s part" if blocks else f"First of all: {name}’s part"
        blocks.append(
            Block(title, quotes=((f"What {name} wants you to know", said),))
            if said
            else Block(
                title,
                paragraphs=(f"What {name} wants to say, show or ask, or what somebody says for {name}:",),
                lines=3,
            )
        )
    return blocks


def _invited(form: Form, told: Answers) -> list[Block]:
    from caseapp.paper import Block

    kinds = dict(lists.INVITED)
    rows = [
        ("☐", str(row.get("name", "")), str(row.get("role", "")), kinds.get(str(row.get("agency", "")), ""))
        for row in filled_rows(told.get("invited"))
    ]
    if not rows:
        return []
    table = (("Here", "Who", "Part", "From"), *rows)
    return [Block("Who is invited", table=table, shares=(0.08, 0.3, 0.34, 0.28))]


def _talked_about(told: Answers, names: str) -> Block:
    from caseapp.paper import Block

    typed = [line.strip() for line in str(told.get("agenda", "")).split("\n") if line.strip()]
    standard = [
        f"{number}  {each.format(names=names)}" for number, each in enumerate((*_TALK, "Next time"), 1)
    ]
    return Block("What we will talk about", paragraphs=tuple(typed or standard))


def _to_go_through(session: Session, revision: Revision, form: Form, told: Answers) -> list[Block]:
    """Return the actions to go through: as they stand now, or as a signed meeting went through them."""
    from caseapp.paper import ActionLine, Block

    keys = ("no", "what", "who", "by", "status")
    rows = (
        filled_rows(told.get("reviewed"))
        if revision.signed_at
        else actions.open_rows(session, revision.child_id, keys)
    )
    lines = tuple(
        ActionLine(str(row.get("no", "")), str(row.get("what", "")), str(row.get("who", "")), _day_of(row))
        for row in rows
    )
    return (
        [Block("The plan: what we said we would do", actions=(("", lines),), to_tick=True)] if lines else []
    )


def _day_of(row: Answers) -> str:
    on = words.stored_day(row.get("by"))
    return words.day(on) if on else ""
