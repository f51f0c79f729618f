"""The sheets about a child in care, and the summary of the record on two sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp import actions, codes, dates, voice, words
from caseapp.care_panels import dues, education, family_time, health_panel, to_ring
from caseapp.care_print_parts import About
from caseapp.doorstep_print import doorstep_sheet
from caseapp.looked_after import missing, permanence, placements_view, reviews, sheets
from caseapp.missing_print import missing_sheet
from caseapp.placement_print import delegated_sheet, placement_record
from caseapp.print_parts import may_print
from db import children as queries
from db.children import child_of
from db.models import Episode
from db.problems import Problem
from db.store import Session

if TYPE_CHECKING:
    from caseapp.paper.care_sheets import Panel, Row

__all__ = ["delegated_sheet", "doorstep_sheet", "lac_summary", "missing_sheet", "placement_record"]


def lac_summary(session: Session, child_id: UUID, *, addresses: bool = True, large: bool = False) -> bytes:
    """Return the record of a child in care, or once in care, on two sides.

    Raises Problem for a child who never was, NotFound or NotAllowed.
    """
    child = child_of(session, child_id)
    may_print(session, child)
    if not queries.of_child(session, Episode, child_id):
        raise Problem(f"{child.name} was never looked after. Nothing was printed. Print the record instead.")
    about = About(session, child_id, "lac-summary", addresses=addresses, large=large)
    facts, rows = summary_parts(about)
    return about.pdf(
        about.head("Looked-after child: summary", facts, short="Summary"), rows, pages=2, photo=True
    )


def summary_parts(about: About) -> tuple[Sequence[tuple[str, str]], list[Row]]:
    """Return the facts and the panels of the summary."""
    child, stands = about.child, about.stands
    since = f", since {words.day(stands.since)}" if stands.since else ""
    facts = [
        *about.who(),
        ("NHS number", child.nhs_number),
        ("UPN", child.upn),
        ("Legal status", f"{stands.legal_status}{since}" if since else codes.STATUSES.get(child.status, "")),
        ("Responsibility", sheets.responsibility(about.session, child.id)),
        ("Heritage", codes.meaning("ethnicity", child.ethnicity) if child.ethnicity else ""),
        ("Language, religion", ", ".join(part for part in (child.first_language, child.religion) if part)),
    ]
    rows: list[Row] = [
        _risks(about),
        *_own_words(about),
        (_where(about), _care(about)),
        (health_panel(about), education(about)),
        to_ring(about),
        *family_time(about),
        *_placements(about),
        *_open_actions(about),
        (_reviewed(about), dues(about)),
    ]
    return facts, rows


def _risks(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    told = tuple(part for part in (about.child.alerts, about.planned("risks")) if part)
    return Panel("Risks and alerts", paragraphs=told or ("The record names none.",), framed=True)


def _own_words(about: About) -> Iterable[Panel]:
    from caseapp.paper.care_sheets import Panel

    own = next((each for each in voice.gathered(about.session, about.child.id) if not each.whose), None)
    if own:
        yield Panel(f"In {about.called}’s words", quotes=((own.source, own.words),))


def _where(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    return Panel("Where they live", facts=tuple(about.lives()))


def _care(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    made = permanence.view(about.session, about.child.id)
    plan = next((each for each in made.plans if not each.given.ended_on), None)
    case = next((each for each in made.cases if each.is_open), None)
    times = missing.view(about.session, about.child.id)
    facts = [
        ("Permanence", f"{plan.title}. {'. '.join(plan.told)}" if plan else "No plan is on record yet"),
        ("Court", f"{case.row.title}. {case.row.flags[0].words}" if case and case.row.flags else ""),
        ("Missing", f"{times.in_12_months} in 12 months" if times.rows else "Never on record"),
    ]
    return Panel("The plan", facts=tuple(each for each in facts if each[1]))


def _placements(about: About) -> Iterable[Panel]:
    from caseapp.paper.care_sheets import Panel

    found = placements_view.view(about.session, about.child.id).placements
    episodes = queries.of_child(about.session, Episode, about.child.id, Episode.started_on)
    why = {each.ended_on: codes.meaning("REASON_PLACE_CHANGE", each.reason_moved) for each in episodes}
    rows = [
        (
            words.day(each.started_on),
            words.day(each.ended_on) if each.ended_on else "now",
            each.kind,
            why.get(each.ended_on, "") if each.ended_on else "",
        )
        for each in found
    ]
    if rows:
        table = (("From", "To", "Placement", "Why it ended"), *rows)
        yield Panel("Placements", table=table, shares=(0.14, 0.14, 0.42, 0.3))


def _open_actions(about: About) -> Iterable[Panel]:
    from caseapp.paper.care_sheets import Panel

    found = [each for each in actions.of_child(about.session, about.child.id) if each.done_on is None]
    rows = [
        (each.what, each.who, words.day(each.by_on) if each.by_on else "", each.status_words)
        for each in found
    ]
    if rows:
        table = (("What", "Who", "By when", "How far"), *rows)
        yield Panel("Decisions and actions that are open", table=table, shares=(0.48, 0.2, 0.14, 0.18))


def _reviewed(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    told = reviews.view(about.session, about.child.id)
    last = told.held[0] if told.held else None
    due = next(
        (each for each in dates.due_of(about.session, about.child) if each.clock in reviews.REVIEW_CLOCKS),
        None,
    )
    facts = [
        ("Reviewing officer", told.officer),
        ("Last review", f"{last.title}, {words.day(last.held_on)}" if last else "None is on record"),
        (
            "Took part",
            codes.meaning("REVIEW_CODE", last.participation) if last and last.participation else "",
        ),
        ("Next by", f"{words.day(due.due_on)}, {due.words}" if due else ""),
    ]
    return Panel("Reviews", facts=tuple(each for each in facts if each[1]))
