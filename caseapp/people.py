"""Who and where: family, household, professionals, workers, schools, addresses of a child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import access, codes, dates, known
from caseapp.household import Home, Living, household, new_address
from caseapp.lines import line, paragraphs
from db import children as queries
from db import names
from db import people as people_queries
from db.children import child_of
from db.models import Address, Child, FormerName, Involvement, Person, Relation, School, Schooling, Worker
from db.problems import NotFound, Problem
from db.roles import authorise
from db.store import Session


@dataclass(frozen=True)
class NewPerson:
    """A family member or professional to be added."""

    given: str
    family: str
    born_on: date | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    organisation: str = ""
    job: str = ""


class FamilyRow(NamedTuple):
    """Somebody in the child's family. `child_id` is set if they have a file of their own."""

    id: UUID
    name: str
    kind: str
    born_on: date | None
    phone: str
    lives_with: bool
    parental_responsibility: bool
    emergency_contact: bool
    until_on: date | None
    child_id: UUID | None
    sex: str
    lived_until: date | None = None
    """When living with the child ended, as far as the placements tell it."""


class InvolvedRow(NamedTuple):
    """A worker or professional in the child's life."""

    id: UUID
    name: str
    role: str
    organisation: str
    phone: str
    email: str
    from_on: date | None
    until_on: date | None


class PlaceRow(NamedTuple):
    """A school or address with its dates."""

    id: UUID
    name: str
    detail: str
    from_on: date | None
    until_on: date | None


class PeopleView(NamedTuple):
    """Everything the People page shows."""

    family: list[FamilyRow]
    carers: Home | None
    """The placement of now, if it names carers whom no row of the family stands for."""
    involved: list[InvolvedRow]
    schools: list[PlaceRow]
    addresses: list[PlaceRow]
    former_names: list[str]


def people(session: Session, child_id: UUID) -> PeopleView:
    """Return the people and places of a child whose record is open."""
    child_of(session, child_id)
    former = queries.of_child(session, FormerName, child_id)
    relations = queries.of_child(session, Relation, child_id)
    lives = household(session, child_id, relations)
    return PeopleView(
        [_family_row(session, each, lives.living[each.id]) for each in relations],
        lives.carers,
        [_involved_row(each) for each in queries.of_child(session, Involvement, child_id)],
        [
            PlaceRow(each.id, each.school.name, each.designated_teacher, each.from_on, each.until_on)
            for each in queries.of_child(session, Schooling, child_id, Schooling.from_on)
        ],
        _addresses(session, child_id),
        [f"{each.given} {each.family}".strip() for each in former],
    )  # fmt: skip


def _addresses(session: Session, child_id: UUID) -> list[PlaceRow]:
    rows = queries.of_child(session, Address, child_id, Address.from_on)
    placed = new_address(session, child_id, rows)
    shown = [
        _address_row(each.id, each, each.from_on, each.until_on or (placed.started_on if placed else None))
        for each in rows
    ]
    return [*shown, _address_row(placed.id, placed, placed.started_on, None)] if placed else shown


def _address_row(row_id: UUID, at: Address | Home, from_on: date | None, until_on: date | None) -> PlaceRow:
    if at.withheld:
        return PlaceRow(row_id, "Withheld", "", from_on, until_on)
    return PlaceRow(row_id, at.lines, at.postcode, from_on, until_on)


def add_family(
    session: Session,
    child_id: UUID,
    new: NewPerson,
    kind: str,
    *,
    lives_with: bool = False,
    parental_responsibility: bool = False,
    emergency_contact: bool = False,
) -> UUID:
    """Add a family member who has no file. Return the relation's id."""
    relation = Relation(
        child_id=child_of(session, child_id).id,
        kind=_known_kind(kind),
        lives_with=lives_with,
        parental_responsibility=parental_responsibility,
        emergency_contact=emergency_contact,
        from_on=session.today,
    )
    relation.person = _person(session, new)
    session.add(relation)
    session.flush()
    return relation.id


def relate(
    session: Session, child_id: UUID, other_id: UUID, kind: str, back: str, *, lives_with: bool = False
) -> None:
    """Relate two children with files, in both: `kind` is what the other is, `back` the reverse."""
    if child_id == other_id:
        raise Problem("A child cannot be related to themselves. Nothing was added.")
    for one, other, said in ((child_id, other_id, kind), (other_id, child_id, back)):
        session.add(
            Relation(
                child_id=child_of(session, one).id,
                other_child_id=child_of(session, other).id,
                kind=_known_kind(said),
                lives_with=lives_with,
                from_on=session.today,
            )
        )


def add_professional(session: Session, child_id: UUID, new: NewPerson, role: str) -> UUID:
    """Add a professional of another agency. Return the involvement's id."""
    involvement = Involvement(
        child_id=child_of(session, child_id).id, role=line(role, "A part"), from_on=session.today
    )
    involvement.person = _person(session, new)
    session.add(involvement)
    session.flush()
    return involvement.id


def add_worker(session: Session, child_id: UUID, worker_id: UUID, role: str) -> UUID:
    """Note that one of our workers has a part in the child's life. Return the involvement's id."""
    worker = session.get(Worker, worker_id)
    if not worker:
        raise NotFound("There is no such worker.")
    involvement = Involvement(
        child_id=child_of(session, child_id).id,
        worker_id=worker.id,
        role=line(role, "A part"),
        from_on=session.today,
    )
    session.add(involvement)
    session.flush()
    return involvement.id


def allocate(
    session: Session,
    child_id: UUID,
    worker_id: UUID | None,
    reason: str,
    *,
    effective_on: date | None = None,
) -> None:
    """Give a child to a worker and the worker's team, from today or a day before.

    For team managers; the reason stands in the history. The worker of a restricted child becomes named.
    """
    authorise(session.actor, "allocate")
    child = child_of(session, child_id)
    worker = session.get(Worker, worker_id) if worker_id else None
    clocks = dates.session_clocks(session, child.id)  # before: the child may leave our sight
    if worker:
        access.name_worker(session, child, worker.id)
    before, session.info["reason"] = session.info["reason"], line(reason, "A reason")
    child.worker_id = worker.id if worker else None
    child.team_id = worker.team_id if worker else child.team_id
    for each in clocks:
        each.worker_id, each.team_id = child.worker_id, child.team_id
    day_before = session.info.get("effective_on")
    session.info["effective_on"] = effective_on or day_before
    session.flush()
    # Reason and day belong to this change alone
    session.info["reason"], session.info["effective_on"] = before, day_before


def add_school(
    session: Session, name: str, kind: str = "", urn: str = "", postcode: str = "", town: str = ""
) -> UUID:
    """Return the id of a school, adding it if it is not known yet."""
    tidy_name = line(name, "A name")
    if not tidy_name:
        raise Problem("A school needs a name. Nothing was added.")
    tidy_urn = line(urn, "A URN")
    found = people_queries.school(session, names.fold(tidy_name), tidy_urn)
    if found:
        return found.id
    school = School(
        name=tidy_name,
        sort_name=names.fold(tidy_name),
        kind=line(kind, "A kind of school"),
        urn=tidy_urn,
        postcode=line(postcode, "A postcode").upper(),
        town=line(town, "A town"),
    )
    session.add(school)
    session.flush()
    return school.id


def start_school(
    session: Session, child_id: UUID, school_id: UUID, from_on: date, designated_teacher: str = ""
) -> UUID:
    """Put a child on a school's roll; the spell before ends that day. Return the new spell's id."""
    child = child_of(session, child_id)
    spell = Schooling(
        child_id=child.id,
        school_id=school_id,
        from_on=from_on,
        until_on=_made_room(queries.of_child(session, Schooling, child_id), from_on),
        designated_teacher=line(designated_teacher, "A name"),
    )
    session.add(spell)
    names.index_child(session, child)
    dates.refresh(session, child)
    return spell.id


def move(
    session: Session, child_id: UUID, lines: str, postcode: str, from_on: date, *, withheld: bool = False
) -> None:
    """Note where a child lives from a day on; the address before ends that day."""
    child = child_of(session, child_id)
    if not lines.strip() and not postcode.strip():
        raise Problem("An address needs at least a postcode. Nothing was added.")
    session.add(
        Address(
            child_id=child.id,
            until_on=_made_room(queries.of_child(session, Address, child_id), from_on),
            lines=paragraphs(lines, "An address"),
            postcode=line(postcode, "A postcode").upper(),
            from_on=from_on,
            withheld=withheld,
        )
    )
    names.index_child(session, child)


def _made_room(stretches: Sequence[Address | Schooling], from_on: date) -> date | None:
    """End what stands open as a new stretch begins; return when that ends itself, if a later one is known."""
    for each in stretches:
        if not each.until_on and (each.from_on is None or each.from_on <= from_on):
            each.until_on = from_on
    return min((each.from_on for each in stretches if each.from_on and each.from_on > from_on), default=None)


def add_former_name(session: Session, child_id: UUID, given: str, family: str, kind: str = "former") -> None:
    """Note a name that the child had or is known by."""
    child = child_of(session, child_id)
    session.add(
        FormerName(
            child_id=child.id,
            given=line(given, "A name"),
            family=line(family, "A name"),
            kind=line(kind, "A kind"),
        )
    )
    names.index_child(session, child)


def end_relation(session: Session, relation_id: UUID, until_on: date) -> None:
    """Note that a relation ended; it stays in the record."""
    relation = session.get(Relation, relation_id)
    if not relation:
        raise NotFound("There is no such relation.")
    relation.until_on = until_on


def end_involvement(session: Session, involvement_id: UUID, until_on: date) -> None:
    """Note that somebody's part ended; it stays in the record."""
    involvement = session.get(Involvement, involvement_id)
    if not involvement:
        raise NotFound("There is no such part.")
    involvement.until_on = until_on


class WorkerRow(NamedTuple):
    """A worker in a list to choose from."""

    id: UUID
    name: str
    job: str
    team: str


def workers(session: Session) -> list[WorkerRow]:
    """Return our workers who have not left, by name."""
    return [
        WorkerRow(each.id, each.name, each.job, team or "") for each, team in people_queries.workers(session)
    ]


def schools(session: Session, start: str, limit: int = 20) -> list[PlaceRow]:
    """Return schools whose name begins with or holds what was typed."""
    return [
        PlaceRow(each.id, each.name, ", ".join(filter(None, (each.kind, each.town))), None, None)
        for each in people_queries.schools(session, names.fold(start[: names.MOST_LETTERS]), limit)
    ]


def _known_kind(kind: str) -> str:
    if kind not in codes.RELATIONS:
        raise Problem(f"“{kind}” is not a relation on the list. Nothing was added.")
    return kind


def _person(session: Session, new: NewPerson) -> Person:
    if not names.fold(f"{new.given}{new.family}"):
        raise Problem("A person needs a name. Nothing was added.")
    person = Person(
        given=line(new.given, "A name"),
        family=line(new.family, "A name"),
        sort_name=names.sort_name(new.given, new.family),
        born_on=new.born_on,
        sex=line(new.sex, "Sex"),
        phone=line(new.phone, "A telephone number"),
        email=line(new.email, "An e-mail address"),
        address=paragraphs(new.address, "An address"),
        postcode=line(new.postcode, "A postcode").upper(),
        organisation=line(new.organisation, "An organisation"),
        job=line(new.job, "A job"),
    )
    session.add(person)
    return person


def _family_row(session: Session, each: Relation, lives: Living) -> FamilyRow:
    other = session.get(Child, each.other_child_id) if each.other_child_id else None
    born = each.person.born_on if each.person else other.born_on if other else None
    return FamilyRow(
        each.id, known.relation_name(session, each), each.kind, born,
        each.person.phone if each.person else "",
        lives.now, each.parental_responsibility, each.emergency_contact, each.until_on,
        other.id if other else None, each.person.sex if each.person else other.sex if other else "",
        lives.until_on,
    )  # fmt: skip


def _involved_row(each: Involvement) -> InvolvedRow:
    who: Worker | Person | None = each.worker or each.person
    return InvolvedRow(
        each.id, known.involved_name(each), each.role,
        each.person.organisation if each.person else "Children’s services",
        who.phone if who else "", who.email if who else "", each.from_on, each.until_on,
    )  # fmt: skip
