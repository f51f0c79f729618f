"""What the sheets about a child in care are made of: the record, and the newest signed papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from caseapp import ages, codes, words
from caseapp.events import care_periods
from caseapp.form import Answers, Form
from caseapp.household import CARER, homes_of, household
from caseapp.looked_after import placement_plan, placements_view
from caseapp.looked_after.placements_view import PlacementRow
from caseapp.looked_after.veil import WITHHELD, Veil
from caseapp.plan_versions import title
from caseapp.plan_writing import form_of
from db import children as queries
from db import signed
from db.models import Child, Episode, FamilyTime, Involvement, Relation, Schooling, Worker
from db.store import Session

_SHARED: Final = frozenset({"C1", "C2", "E1", "L2"})  # orders under which the council has responsibility too
_HEALTH_KINDS: Final = ("health-assessment", "placement-plan", "pep")
_HEALTH: Final = (
    ("Allergies", ("allergies",)),
    ("Conditions", ("conditions", "medical")),
    ("Medication", ("medication",)),
    ("Feelings and mind", ("emotional",)),
)


class Said(NamedTuple):
    """A signed document: its title, and each answer that may be printed, in words, by its question."""

    title: str
    on: date
    number: int
    words: dict[str, str]
    answers: Answers
    form: Form
    revision_id: UUID


class Contact(NamedTuple):
    """Somebody to ring."""

    name: str
    part: str
    phone: str


class Standing(NamedTuple):
    """How a child stands in care now: all empty for a child who is not looked after."""

    legal_status: str
    since: date | None
    placement: PlacementRow | None
    is_temporary: bool
    now_words: str


def newest(session: Session, child_id: UUID, kind: str) -> Said | None:
    """Return the newest signed document of a kind that stands."""
    found = signed.standing(session, child_id, (kind,))
    return _said(session, found[-1]) if found else None


def plan_of_now(session: Session, child_id: UUID) -> Said | None:
    """Return the signed plan of the placement in which a child is now, if it has one."""
    homes = homes_of(session, child_id)
    if not homes or homes[-1].ended_on is not None:
        return None
    found = placement_plan.plan_of(placement_plan.signed_plans(session, child_id), homes[-1].started_on)
    return _said(session, found) if found else None


def _said(session: Session, revision: Any) -> Said:
    form, answers = form_of(session, revision), revision.document.answers
    shown = {
        each.key: WITHHELD
        if each.secret_when and each.secret_when.holds(answers)
        else each.show(answers.get(each.key))
        for _, each in form.asked(answers)
        if answers.get(each.key)
    }
    on = revision.dated_on or revision.started_on
    return Said(title(form, revision), on, revision.number, shown, answers, form, revision.id)


def standing(session: Session, child_id: UUID) -> Standing:
    """Return legal status and placement of now."""
    rows = queries.of_child(session, Episode, child_id, Episode.started_on)
    periods = care_periods(rows)
    if not periods or periods[-1][1] is not None:
        return Standing("", None, None, False, "")
    newest_row = rows[-1]
    placements = placements_view.view(session, child_id).placements
    is_temporary = newest_row.placement.startswith("T")
    return Standing(
        codes.meaning("LS", newest_row.legal_status),
        periods[-1][0],
        placements[0] if placements else None,
        is_temporary,
        codes.meaning("PLACE", newest_row.placement),
    )


def placement_facts(stands: Standing, veil: Veil) -> list[tuple[str, str]]:
    """Return the placement of now in words; what is withheld is told as such."""
    placed = stands.placement
    if placed is None:
        return []
    told = placed.given
    hides = told.withheld
    lines = ", ".join(told.lines.splitlines())
    rows = [
        ("Placement", f"{placed.kind}, since {words.day(placed.started_on)}"),
        ("At the moment", stands.now_words if stands.is_temporary else ""),
        ("Carers", WITHHELD if hides and told.carers else told.carers),
        ("Home", WITHHELD if hides and told.home_name else told.home_name),
        ("Address", WITHHELD if (hides or veil.leaves_out) and lines else lines),
        ("Telephone", WITHHELD if (hides or veil.leaves_out) and told.phone else told.phone),
    ]
    return [row for row in rows if row[1]]


def responsibility(session: Session, child_id: UUID) -> str:
    """Return who has parental responsibility, as the record knows it; it ends with the 18th birthday."""
    child = session.get(Child, child_id)
    if child and _is_adult(child, session.today):
        return "Nobody: an adult"
    named = [
        f"{_name(session, each)} ({each.kind.lower()})"
        for each in queries.of_child(session, Relation, child_id)
        if each.parental_responsibility and not each.until_on
    ]
    rows = queries.of_child(session, Episode, child_id, Episode.started_on)
    stands = standing_code(rows)
    if stands in _SHARED:
        named.append(f"the council, under the {_lowered(codes.meaning('LS', stands))}")
    said = words.listed(named)
    if said:
        return f"{said[:1].upper()}{said[1:]}"
    for kind in ("placement-plan", "care-plan"):
        plan = newest(session, child_id, kind)
        if plan and plan.words.get("responsibility_names"):
            return plan.words["responsibility_names"]
    return ""


def standing_code(rows: Sequence[Episode]) -> str:
    """Return the legal status of now; nothing for a child who is not looked after."""
    periods = care_periods(rows)
    return rows[-1].legal_status if periods and periods[-1][1] is None else ""


def _is_adult(child: Child, today: date) -> bool:
    return child.born_on is not None and ages.birthday(child.born_on, 18) <= today


def _lowered(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def _name(session: Session, each: Relation) -> str:
    if each.person:
        return each.person.name
    other = session.get(Child, each.other_child_id) if each.other_child_id else None
    return other.name if other else "a child of another team"


def contacts(session: Session, child: Child, stands: Standing, veil: Veil) -> list[Contact]:
    """Return whom to ring: carers, those with responsibility, our people, school, others; each once."""
    found = [*_carers(stands, veil), *_family(session, child, stands, veil), *_workers(session, child)]
    found += [*_involved(session, child), *_school(session, child)]
    once: dict[str, Contact] = {}
    for each in found:
        there = once.get(each.name.casefold())
        if each.name and (there is None or (each.phone and not there.phone)):
            once[each.name.casefold()] = each
    return list(once.values())


def _carers(stands: Standing, veil: Veil) -> Iterable[Contact]:
    if stands.placement and (who := stands.placement.given.carers or stands.placement.given.home_name):
        told = stands.placement.given
        if told.withheld:
            yield Contact(f"{WITHHELD}: ask the worker", "Carers", "")
        else:
            yield Contact(who, "Carers", WITHHELD if veil.leaves_out and told.phone else told.phone)


def _family(session: Session, child: Child, stands: Standing, veil: Veil) -> Iterable[Contact]:
    rows = [each for each in queries.of_child(session, Relation, child.id) if not each.until_on]
    is_adult = _is_adult(child, session.today)
    named = bool(stands.placement and stands.placement.given.carers)
    living = household(session, child.id, rows).living
    for each in sorted(rows, key=lambda one: (not one.parental_responsibility, not one.emergency_contact)):
        at_home, lives = each.kind == CARER, living[each.id]
        is_over = at_home and lives.until_on is not None
        # Written down before the move, a grandmother may be the carer of now: her number would name the home.
        may_house = at_home or lives.now or each.lives_with
        if is_over or (named and at_home) or (veil.is_placement and may_house):
            continue
        phone = each.person.phone if each.person else ""
        responsible = each.parental_responsibility and not is_adult
        if responsible or each.emergency_contact or lives.now or phone:
            more = ", parental responsibility" if responsible else ""
            yield Contact(_name(session, each), f"{each.kind}{more}", phone)


def _workers(session: Session, child: Child) -> Iterable[Contact]:
    worker = session.get(Worker, child.worker_id) if child.worker_id else None
    if worker:
        yield Contact(worker.name, worker.job or "Worker", worker.phone)


def _involved(session: Session, child: Child) -> Iterable[Contact]:
    for each in queries.of_child(session, Involvement, child.id):
        who = each.worker or each.person
        if who and (each.until_on is None or each.until_on >= session.today):
            yield Contact(who.name, each.role, who.phone)


def _school(session: Session, child: Child) -> Iterable[Contact]:
    spell = schooling(session, child.id)
    if spell:
        teacher = f", {spell.designated_teacher}" if spell.designated_teacher else ""
        yield Contact(spell.school.name, f"School{teacher}", spell.school.phone)


def schooling(session: Session, child_id: UUID) -> Schooling | None:
    """Return the school that the child is on the roll of today."""
    spells = queries.of_child(session, Schooling, child_id, Schooling.from_on)
    return next(
        (each for each in reversed(spells) if not each.until_on or each.until_on >= session.today), None
    )


def health_facts(session: Session, child: Child) -> list[tuple[str, str]]:
    """Return what a stranger must know of a child's health, from the newest paper that tells it."""
    papers = [each for kind in _HEALTH_KINDS if (each := newest(session, child.id, kind))]
    papers.sort(key=lambda each: each.on, reverse=True)
    rows = [(label, _first(papers, keys)) for label, keys in _HEALTH]
    rows += [("Disability", child.disability), ("GP", child.gp or _first(papers, ("gp",), dated=False)),
             ("NHS number", child.nhs_number)]  # fmt: skip
    return [row for row in rows if row[1]]


def _first(papers: Sequence[Said], keys: Sequence[str], *, dated: bool = True) -> str:
    for paper in papers:
        said = next((paper.words[key] for key in keys if paper.words.get(key)), "")
        if said:
            return f"{said.rstrip('.')} ({words.day(paper.on)})" if dated else said
    return ""


def arranged(session: Session, child_id: UUID) -> list[FamilyTime]:
    """Return the arrangements of family time that hold today."""
    return [
        each
        for each in queries.of_child(session, FamilyTime, child_id, FamilyTime.from_on)
        if each.until_on is None or each.until_on >= session.today
    ]
