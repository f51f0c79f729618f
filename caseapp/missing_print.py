"""The front sheet for an emergency: what the police and the duty team ask first of a missing child."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from caseapp import codes, words
from caseapp.care_print_parts import About
from caseapp.looked_after import missing, missing_rules, sheets
from caseapp.looked_after.missing import MissingRow, MissingView
from db import children as queries
from db.models import Address
from db.store import Session

if TYPE_CHECKING:
    from caseapp.paper.care_sheets import Panel, Row

_LOOKS: Final = (
    "Height and build", "Hair", "Eyes, glasses", "Skin, marks, piercings", "Clothes and shoes",
    "Bag, phone, money",
)  # fmt: skip
_SHOWN: Final = 3
_TRIED: Final = ("Where or who", "Why", "Tried at, by whom, result")
_STEPS: Final = (
    ("Carer, school", "Look through the home and nearby; ring the child, their friends and family."),
    ("Carer", "Ring the police: 101, or 999 if the child is in danger. Ask for the reference."),
    ("Carer", "Tell the worker; in the evening, at night and at weekends the out-of-hours team."),
    ("Worker", "Tell those with parental responsibility and the manager; give the police this sheet."),
    ("Worker, police", "Agree who looks where, and when you speak next."),
    ("Carer", "When they are back: warmth, food, injuries. Tell the police and the worker at once."),
    ("Worker", "Offer the return home interview: within 72 hours, by somebody independent."),
)


def missing_sheet(session: Session, child_id: UUID, *, addresses: bool = True, large: bool = False) -> bytes:
    """Return the front sheet for a child who is missing, of two sides at most where the record allows it.

    Without `addresses` no address or telephone of a home is on it. Raises NotFound, NotAllowed or Problem.
    """
    about = About(session, child_id, "missing-sheet", addresses=addresses, large=large)
    times = missing.view(session, child_id)
    child = about.child
    facts = [
        *about.who(),
        ("Described as", codes.meaning("ethnicity", child.ethnicity) if child.ethnicity else ""),
        (
            "Language",
            ", ".join(part for part in (child.first_language, _interpreter(child.interpreter)) if part),
        ),
        ("Disability", child.disability),
        ("Their phone", child.phone),
    ]
    head = about.head("Missing child: front sheet", facts, subtitle=child.name, short="Missing")
    rows: list[Row] = [
        _risks(about, times),
        (_last_seen(times.now), _looks()),
        (_health(about), _law(about)),
        _to_ring(about),
        *_to_try(about, times),
        _before(times),
        *_plan_says(about),
        _next(times),
    ]
    return about.pdf(head, rows, pages=2, photo=True)


def _interpreter(said: str) -> str:
    return f"interpreter: {said}" if said else ""


def _risks(about: About, times: MissingView) -> Panel:
    from caseapp.paper.care_sheets import Panel

    told = [about.child.alerts, about.planned("risks")]
    kept_away = about.planned("not_allowed")
    told.append(f"May not come near: {kept_away}" if kept_away else "")
    harm = next((each.talk.given.harm for each in times.rows if each.talk and each.talk.given.harm), "")
    told.append(f"Harm at an earlier time: {harm}" if harm else "")
    told += [f"Family time with {each.person}: {each.risks}"
             for each in sheets.arranged(about.session, about.child.id) if each.risks]  # fmt: skip
    said = tuple(part for part in told if part)
    nothing = "The record names no risk. That does not mean there is none: ask the worker and the carers."
    return Panel("Risks and alerts", paragraphs=said or (nothing,), framed=True)


def _last_seen(now: MissingRow | None) -> Panel:
    from caseapp.paper.care_sheets import Panel

    if now is None:
        pens = (
            "Day and time",
            "Where",
            "By whom",
            "Who with",
            "Police told at",
            "Police reference",
            "Officer",
        )
        return Panel("Last seen", pens=pens)
    told = [("Since", now.since_words), ("For", now.lasted)]
    given = now.given
    told.append(("Police told", words.moment(given.police_told_at) if given.police_told_at else ""))
    told += [("Police reference", given.police_ref), ("What is known", given.words)]
    open_ones = ["Where", "By whom", "Who with"]
    open_ones += [] if given.police_told_at else ["Police told at"]
    open_ones += [] if given.police_ref else ["Police reference"]
    return Panel("Last seen", facts=tuple(each for each in told if each[1]), pens=(*open_ones, "Officer"))


def _looks() -> Panel:
    from caseapp.paper.care_sheets import Panel

    return Panel("What they look like today", pens=_LOOKS)


def _health(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    facts = sheets.health_facts(about.session, about.child)
    if facts:
        return Panel("Health", facts=tuple(facts))
    return Panel("Health", paragraphs=("Nothing is on record.",), pens=("Medication", "Allergies"))


def _law(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    stands = about.stands
    legal = f"{stands.legal_status}, looked after since {words.day(stands.since)}" if stands.since else ""
    facts = [
        ("Legal status", legal or codes.STATUSES.get(about.child.status, about.child.status)),
        ("Parental responsibility", sheets.responsibility(about.session, about.child.id) or "Not on record"),
        *about.lives(),
    ]
    return Panel("In law, and where they live", facts=tuple(facts))


def _to_ring(about: About) -> Panel:
    from caseapp.paper.care_sheets import Panel

    rows = [(each.name, each.part, each.phone, "") for each in about.contacts()]
    rows.append(("Out-of-hours team", about.planned("out_of_hours"), "", ""))
    rows.append(("Police", "101, in danger 999", "", ""))
    table = (("Who", "Part", "Telephone", "Rung at"), *rows)
    return Panel("Whom to ring", table=table, shares=(0.28, 0.36, 0.2, 0.16))


def _to_try(about: About, times: MissingView) -> Iterable[Panel]:
    from caseapp.paper.care_sheets import Panel

    rows = list(dict.fromkeys(_places(about, times)))
    blank = ("", "", "")
    yield Panel(
        "Places and people to try",
        table=(_TRIED, *((*row, "") for row in rows), blank, blank),
        shares=(0.4, 0.3, 0.3),
    )


def _places(about: About, times: MissingView) -> Iterable[tuple[str, str]]:
    for each in times.rows[:_SHOWN]:
        given = each.talk.given if each.talk else None
        where = (
            ". ".join(part.rstrip(".") for part in (given.where_been, given.with_whom) if part)
            if given
            else ""
        )
        if where:
            yield where, f"Was there when missing, {words.day(each.given.started_on)}"
    for arranged in sheets.arranged(about.session, about.child.id):
        if arranged.kind != "refused":
            yield (
                arranged.person,
                ", ".join(part for part in (arranged.relationship or "Somebody", "family time") if part),
            )
    if friends := about.planned("friends"):
        yield friends, "Friends, as the placement plan has them"
    spell = sheets.schooling(about.session, about.child.id)
    if spell:
        place = ", ".join(part for part in (spell.school.name, spell.school.town) if part)
        yield place, "School"
    homes = queries.of_child(about.session, Address, about.child.id, Address.from_on)
    for home in [each for each in homes if each.until_on is not None][-1:]:
        if not home.withheld and not about.veil.leaves_out:
            yield (
                ", ".join(home.lines.splitlines()),
                f"Lived there until {words.day(home.until_on or home.from_on)}",
            )


def _before(times: MissingView) -> Panel:
    from caseapp.paper.care_sheets import Panel

    earlier = [each for each in times.rows if not each.is_open]
    if not earlier:
        return Panel("Earlier times missing", paragraphs=("None is on record.",))
    pattern = f" {missing_rules.PATTERN_WORDS}." if times.is_pattern else ""
    this = "with this one " if times.now else ""
    counted = (
        f"{words.count(len(earlier), 'time')} on record; {this}{times.in_90_days} in the last 90 days, "
        f"{times.in_12_months} in the last 12 months.{pattern}"
    )
    rows = [(each.since_words, each.lasted or each.until_words, _found(each)) for each in earlier[:_SHOWN]]
    table = (("When", "How long", "Where found, with whom"), *rows)
    return Panel("Earlier times missing", paragraphs=(counted,), table=table, shares=(0.24, 0.2, 0.56))


def _found(each: MissingRow) -> str:
    given = each.talk.given if each.talk else None
    told = [given.where_been, given.with_whom] if given else []
    return ". ".join(part.rstrip(".") for part in (*told, each.given.words) if part) or "Not on record"


def _plan_says(about: About) -> Iterable[Panel]:
    from caseapp.paper.care_sheets import Panel

    if about.placement_plan and (said := about.planned("if_missing")):
        signed = words.day(about.placement_plan.on)
        yield Panel(f"What the placement plan of {signed} says", paragraphs=(said,))


def _next(times: MissingView) -> Panel:
    from caseapp.paper.care_sheets import Panel

    more = (
        ("Manager", f"{words.count(times.in_90_days, 'time')} in 90 days: strategy or planning meeting."),
    )
    return Panel("What to do next, and who does it", steps=_STEPS + (more if times.is_pattern else ()))
