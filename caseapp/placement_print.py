"""The sheets about a placement: its information record, and who decides what, for the carer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from caseapp import words
from caseapp.care_panels import decided, dues, education, family_time, health_panel, to_ring
from caseapp.care_print_parts import About
from caseapp.form import filled_rows
from caseapp.form_parts import care_lists as lists
from caseapp.looked_after import placement_plan, sheets
from caseapp.looked_after.veil import WITHHELD
from caseapp.print_parts import may_print
from db.children import child_of
from db.problems import Problem
from db.store import Session

if TYPE_CHECKING:
    from caseapp.paper.care_sheets import Panel, Row

_APPROVED: Final = ("Approved", "In our area", "Distance from home")


def delegated_sheet(
    session: Session, child_id: UUID, *, addresses: bool = True, large: bool = False
) -> bytes:
    """Return who decides what as one page for the carer, from the signed plan of the placement.

    Raises Problem where there is none, NotFound or NotAllowed.
    """
    child = child_of(session, child_id)
    may_print(session, child)
    plan = sheets.plan_of_now(session, child_id)
    if plan is None:
        raise Problem(
            f"Who decides what stands in the placement plan of {child.name}, but "
            f"{placement_plan.NOT_SIGNED}. Nothing was printed. Write the placement plan and sign it first."
        )
    about = About(session, child_id, "delegated-authority", addresses=addresses, large=large)
    told = plan.words
    facts = [
        ("Carers", WITHHELD if about.veil.is_placement else told.get("carers", "")),
        ("Agreed on", told.get("delegated_on", "")),
        ("Responsibility", told.get("responsibility_names", "")),
        ("Parents agree", told.get("parents_agree", "")),
        ("Social worker", ", ".join(told[key] for key in ("worker", "worker_contact") if told.get(key))),
        ("Out of hours", told.get("out_of_hours", "")),
    ]
    head = about.head(
        "Who decides what", facts, short="Decisions",
        subtitle=f"{child.name}: for the carer, from the placement plan of {words.day(plan.on)}",
    )  # fmt: skip
    return about.pdf(head, list(decided(plan, "Decisions")))


def placement_record(
    session: Session, child_id: UUID, *, addresses: bool = True, large: bool = False
) -> bytes:
    """Return what those who care for a child are told, with what was agreed and who was told.

    Raises Problem for a child who is not placed, NotFound or NotAllowed.
    """
    child = child_of(session, child_id)
    may_print(session, child)
    if sheets.standing(session, child_id).placement is None:
        raise Problem(f"{child.name} is in no placement. Nothing was printed. Add the episode first.")
    about = About(session, child_id, "placement-record", addresses=addresses, large=large)
    stands = about.stands
    facts = [
        *about.who(),
        ("Legal status", stands.legal_status),
        ("Looked after since", words.day(stands.since) if stands.since else ""),
        ("Responsibility", sheets.responsibility(session, child_id)),
        ("Language, religion", ", ".join(part for part in (child.first_language, child.religion) if part)),
    ]
    rows: list[Row] = [
        (_placed(about), _agreed(about)),
        *_notices(about),
        *_daily(about),
        (health_panel(about), education(about)),
        *family_time(about),
        *(decided(about.plan_of_now, "Who decides what") if about.plan_of_now else ()),
        (_visits(about), dues(about)),
        to_ring(about),
        _signatures(),
    ]
    return about.pdf(about.head("Placement information record", facts, short="Placement"), rows, pages=4)


def _placed(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    told = sheets.placement_facts(about.stands, about.veil)
    return Panel("The placement", facts=tuple(told))


def _agreed(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    placed = about.stands.placement
    shown = dict(placed.facts) if placed else {}
    facts = [(label, shown.get(label, "")) for label in _APPROVED]
    facts += [("Made", "In an emergency")] if placed and placed.given.emergency else []
    facts += [("Placement plan", placed.plan[0]), ("Notices", placed.notice[0])] if placed else []
    facts += [
        ("Why this placement", about.agreed("why_placement")),
        ("How it ends", about.agreed("may_end")),
    ]
    told = tuple(each for each in facts if each[1])
    return Panel("What was agreed", facts=told, paragraphs=() if told else ("Nothing is on record yet.",))


def _notices(about: About) -> Iterable[Panel]:
    from caseapp.paper.care_sheets import Panel

    plan = about.plan_of_now
    named = dict(lists.TOLD)
    rows = [
        (
            named.get(_text(each, "who"), ""),
            _text(each, "name"),
            _written(_text(each, "on")),
            _text(each, "how"),
        )
        for each in (filled_rows(plan.answers.get("told")) if plan else [])
    ]
    given = about.stands.placement.given if about.stands.placement else None
    said: tuple[str, ...] = ()
    if given and given.notified:
        on = f" on {words.day(given.notified_on)}" if given.notified_on else ""
        said = (f"Told{on}: {given.notified}",) if not rows else ()
    if rows or said:
        table = (("Who", "Name", "When", "How"), *rows) if rows else ()
        yield Panel(
            "Who was told", paragraphs=said, table=table, shares=(0.3, 0.3, 0.16, 0.24) if rows else ()
        )


def _written(value: str) -> str:
    on = words.stored_day(value)
    return words.day(on) if on else value


def _text(row: dict[str, object], key: str) -> str:
    return str(row.get(key) or "")


def _daily(about: About) -> Iterable[Panel]:
    from caseapp.paper.care_sheets import Panel

    questions = (
        ("Every day", "routines"), ("Food", "food"), ("Comforts, upsets", "comfort"), ("Limits", "behaviour"),
        ("Safer caring", "safer_caring"), ("Who they are", "identity"), ("Known risks", "risks"),
        ("If missing", "if_missing"), ("Not to be let in", "not_allowed"),
    )  # fmt: skip
    facts = tuple((label, said) for label, key in questions if (said := about.planned(key)))
    said = about.planned("words")
    if facts or said:
        quotes = ((f"What {about.called} wants you to know", said),) if said else ()
        yield Panel("Day by day", quotes=quotes, facts=facts)


def _visits(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    placed = about.stands.placement
    regime = placed.regime if placed else None
    seen = about.child.last_seen_on
    facts = [
        ("How often", regime.words if regime else ""),
        ("After that", regime.then if regime else ""),
        ("Last seen", words.day(seen) if seen else "Not recorded yet"),
        ("Between visits", about.agreed("between_visits")),
    ]
    return Panel("Visits", facts=tuple(each for each in facts if each[1]))


def _signatures() -> Panel:
    from caseapp.paper.care_sheets import Panel

    pens = ("Given to", "Date", "Signed, carer", "Signed, social worker")
    return Panel("Handed over", pens=pens)
