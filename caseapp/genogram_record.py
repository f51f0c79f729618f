"""The genogram of a child, read from the record: what the People page draws, and its print."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from caseapp import genogram, words
from caseapp.genogram import Genogram, Member
from caseapp.household import CARER, Home, Living, household
from caseapp.looked_after.veil import Veil, veil_of
from caseapp.print_parts import heading, printed, printing
from db import children as queries
from db import names
from db.children import child_of
from db.models import Address, Child, Person, Relation
from db.store import Session

if TYPE_CHECKING:
    from datetime import date

_PARENTS = ("Mother", "Father")


class _Home(NamedTuple):
    """An address to be shown, and what is equal for the same address; both empty where it is not."""

    shown: str = ""
    key: str = ""


def of_child(session: Session, child_id: UUID) -> Genogram:
    """Return the genogram of a child whose record is open. Raises NotFound."""
    child = child_of(session, child_id)
    return genogram.genogram(_self(child), members(session, child), session.today)


def genogram_pdf(session: Session, child_id: UUID) -> bytes:
    """Return the genogram as one page, A4 across; what no paper may show of the child's home is withheld.

    Raises NotFound, NotAllowed, and Problem for letters that cannot be printed.
    """
    from caseapp.paper.genogram import genogram_pdf as drawn_pdf

    child = printing(session, child_id, "genogram")
    veil = veil_of(session, child_id)
    over = {each.id.hex for each in queries.of_child(session, Relation, child.id) if each.until_on}
    family = [_veiled(each, veil, over) for each in members(session, child)]
    drawn = genogram.genogram(_self(child), family, session.today)
    head = heading(session, child, "Genogram", large=False)
    return printed(lambda: drawn_pdf(drawn, head))


def _veiled(member: Member, veil: Veil, over: Collection[str]) -> Member:
    """Return somebody without what is withheld; `over` are the keys of relations that were ended.

    That the placements end one is no proof: carers written down on the day before a move are those of now.
    """
    if veil.is_placement and member.kind == CARER and member.key not in over:
        return member._replace(name="Name withheld")
    return member._replace(name=veil.of(member.name), home=veil.of(member.home))


def members(session: Session, child: Child) -> list[Member]:
    """Return the child's relations; a child whose file is not open to the reader has no name and no dates."""
    rows = list(queries.of_child(session, Relation, child.id))
    veil = veil_of(session, child.id)
    parents = {_identity(each.person): each.id.hex for each in rows if each.person and each.kind in _PARENTS}
    lives = household(session, child.id, rows)
    family = [_member(session, each, veil, parents, lives.living[each.id]) for each in rows]
    return [*family, *_placed_with(lives.carers)]


def _placed_with(home: Home | None) -> list[Member]:
    """Return the foster carers whom only the placement names, as one."""
    return [Member("placement", home.carers, CARER, lives_with=True)] if home and home.is_fostering else []


def _self(child: Child) -> Member:
    return Member(genogram.CHILD, child.name, "", child.sex, child.born_on, child.due_on)


def _member(
    session: Session,
    relation: Relation,
    veil: Veil,
    parents: dict[tuple[str, date | None], str],
    lives: Living,
) -> Member:
    key, until = relation.id.hex, relation.until_on
    if relation.kind == CARER:
        until = until or lives.until_on  # with the placement, being its carer is over
    if relation.person:
        person = relation.person
        home = _Home() if relation.kind == CARER else _home(person.address, person.postcode, veil)
        return Member(
            key, person.name, relation.kind, person.sex, person.born_on, None, lives.now, until,
            None, home.shown, home.key,
        )  # fmt: skip
    other = session.get(Child, relation.other_child_id) if relation.other_child_id else None
    if other is None:
        shut = f"{relation.kind}, record not open to you"
        return Member(key, shut, relation.kind, lives_with=lives.now, until_on=until)
    home = _home_of(session, other, veil)
    return Member(
        key, other.name, relation.kind, other.sex, other.born_on, other.due_on, lives.now, until,
        other.id, home.shown, home.key, _shared(session, other, parents),
    )  # fmt: skip


def _shared(session: Session, other: Child, parents: dict[tuple[str, date | None], str]) -> frozenset[str]:
    """Return which of the child's parents another child's own file names as a parent too."""
    theirs = [
        _identity(each.person)
        for each in queries.of_child(session, Relation, other.id)
        if each.person and each.kind in _PARENTS
    ]
    return frozenset(parents[each] for each in theirs if each in parents)


def _identity(person: Person) -> tuple[str, date | None]:
    """Return what tells a person: each file has its own row of the same mother."""
    return names.fold(person.name), person.born_on


def _home_of(session: Session, other: Child, veil: Veil) -> _Home:
    stays = [each for each in queries.of_child(session, Address, other.id, Address.from_on)
             if not each.until_on]  # fmt: skip
    if not stays or any(each.withheld for each in stays):
        return _Home()
    own = veil_of(session, other.id)
    here = _home(stays[-1].lines, stays[-1].postcode, veil)
    return here if own.of(here.shown) == here.shown and own.of(here.key) == here.key else _Home()


def _home(lines: str, postcode: str, veil: Veil) -> _Home:
    """Return an address unless any of it is withheld."""
    shown = words.tidy(", ".join(part for part in (*lines.splitlines(), postcode) if part.strip()))
    if not shown or veil.of(shown) != shown:
        return _Home()
    return _Home(shown, names.fold(shown))
