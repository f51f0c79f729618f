"""Children: find, add, list, change their details."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import codes, dates, words
from caseapp.lines import line, paragraphs
from db import children as queries
from db import names
from db.children import ChildRow, Filter, Place, child_of
from db.looks import record_look
from db.models import Address, Child, FormerName
from db.problems import NotFound, Problem, Stale, Unclear
from db.roles import authorise
from db.store import Session

__all__ = ["ChildRow", "Filter", "Place"]


@dataclass(frozen=True)
class NewChild:
    """What is asked to register a child. An unborn child has `due_on` and a family name."""

    given: str
    family: str
    born_on: date | None = None
    due_on: date | None = None
    sex: str = ""
    known_as: str = ""
    status: str = "early_help"
    address: str = ""
    postcode: str = ""
    ethnicity: str = ""
    first_language: str = ""


class Registered(NamedTuple):
    """A child now on file."""

    id: UUID
    ref: int


def find(session: Session, text: str, limit: int = 20) -> list[ChildRow]:
    """Return the children whom a few letters find: a name, a reference, a birthday, a place."""
    typed = words.tidy(text)
    ids = names.find_ids(session, typed, _typed_day(typed, session.today), limit)
    rows = queries.rows_of(session, ids)
    shown = {"ids": sorted(row.id.hex for row in rows)}
    record_look(session, "search", tbl="child", detail=shown)
    return rows


def folded(typed: str) -> str:
    """Return letters as the names of a list are sorted."""
    return names.fold(typed)


def _typed_day(text: str, today: date) -> date | None:
    if sum(map(str.isdigit, text)) < 4 or text.strip().isdigit():
        return None
    try:
        return words.day_from(text, today)
    except ValueError:
        return None


def one(session: Session, text: str) -> ChildRow:
    """Return the one child of a reference, id or name. Raises NotFound, or Unclear with those it fits."""
    typed = words.tidy(text).strip()[: names.MOST_LETTERS]
    ids = _exact_ids(session, typed)
    rows = queries.rows_of(session, ids) if ids or typed.isdecimal() else find(session, typed, 20)
    if not rows:
        raise NotFound(f"No child is found by “{typed}”. Check the spelling, or search with caseapp find.")
    is_guess = not ids and not _is_named(rows[0], typed)  # by sound, a former name or a place
    if len(rows) > 1 or is_guess:
        choices = tuple(
            (str(row.ref), f"{row.name}, born {words.day(row.born_on) if row.born_on else '?'}")
            for row in rows
        )
        fits = "several children" if len(rows) > 1 else "this child, but not by name"
        raise Unclear(f"“{typed}” fits {fits}. Use the reference.", choices)
    return rows[0]


def _is_named(row: ChildRow, typed: str) -> bool:
    """Return whether what was typed begins the child's present name or its parts."""
    return names.begins(typed, row.sort_name, row.name)


def _exact_ids(session: Session, text: str) -> list[UUID]:
    child = queries.by_ref(session, int(text)) if text.isdecimal() and len(text) < 10 else None
    child = child or queries.by_source_ref(session, text)
    if child:
        return [child.id]
    try:
        return [UUID(text)]
    except ValueError:
        return []


def likely_matches(session: Session, new: NewChild) -> list[ChildRow]:
    """Return children on file who may be the same: alike in name, or born the same day and a little alike."""
    from rapidfuzz.distance import JaroWinkler

    wanted = names.sort_name(new.given, new.family)
    near = queries.possible_matches(session, new.born_on, names.fold(new.family)[:2])
    scored = []
    for row in near:
        alike = max(JaroWinkler.similarity(wanted, each) for each in (row.sort_name, _turned(row.sort_name)))
        same_day = new.born_on is not None and row.born_on == new.born_on
        if alike >= (0.75 if same_day else 0.93):
            scored.append((alike + same_day, row))
    scored.sort(key=lambda pair: (-pair[0], pair[1].sort_name))
    rows = [row for _, row in scored[:10]]
    record_look(session, "search", detail={"ids": sorted(row.id.hex for row in rows)})
    return rows


def _turned(sorted_name: str) -> str:
    return " ".join(reversed(sorted_name.split()))


def register(session: Session, new: NewChild) -> Registered:
    """Put a child on file, with the writer as worker. Raises Problem if name or date are missing or odd."""
    authorise(session.actor, "register")
    _check_new(new, session.today)
    child = Child(
        ref=queries.next_ref(session),
        given=line(new.given, "A name"),
        family=line(new.family, "A name"),
        known_as=line(new.known_as, "A name"),
        sort_name=names.sort_name(new.given, new.family),
        born_on=new.born_on,
        due_on=new.due_on,
        sex=line(new.sex, "Sex"),
        status=new.status,
        ethnicity=line(new.ethnicity, "Ethnicity"),
        first_language=line(new.first_language, "First language"),
        opened_on=session.today,
        worker_id=session.actor.worker_id,
        team_id=session.actor.team_id,
    )
    session.add(child)
    session.flush()
    if new.address.strip() or new.postcode.strip():
        session.add(
            Address(
                child_id=child.id,
                lines=paragraphs(new.address, "An address"),
                postcode=line(new.postcode, "A postcode").upper(),
                from_on=session.today,
            )
        )
    names.index_child(session, child)
    dates.refresh(session, child)
    return Registered(child.id, child.ref)


def _check_new(new: NewChild, today: date) -> None:
    if not new.born_on and not new.due_on:
        raise Problem("A child needs a date of birth, or the date an unborn baby is due. Nothing was added.")
    if new.status not in codes.STATUSES:
        raise Problem(f"“{new.status}” is not one of the statuses. Nothing was added.")
    _check_person(new.given, new.family, new.born_on, today)


def _check_person(given: str, family: str, born_on: date | None, today: date) -> None:
    if not names.fold(f"{given} {family}"):
        raise Problem("A child needs a name. Nothing was saved. Type at least the family name.")
    if born_on and not 0 <= (today - born_on).days <= 26 * 366:
        raise Problem(
            f"A date of birth of {words.day(born_on)} is not that of a child or young person. "
            "Nothing was saved. Check the year."
        )


# Details that the record screen may change, with their words for history and help.
DETAILS: dict[str, str] = {
    "given": "Given names", "family": "Family name", "known_as": "Known as", "pronouns": "Pronouns",
    "born_on": "Date of birth", "due_on": "Baby due", "sex": "Sex", "gender": "Gender identity",
    "ethnicity": "Ethnicity", "first_language": "First language", "interpreter": "Interpreter needed",
    "religion": "Religion", "nationality": "Nationality", "disability": "Disability",
    "sen_status": "Special educational needs", "alerts": "Alerts: allergy, medical, risk", "gp": "GP",
    "phone": "Telephone", "email": "E-mail", "upn": "UPN", "uln": "ULN", "nhs_number": "NHS number",
    "status": "Status",
}  # fmt: skip


class Details(NamedTuple):
    """A child's details for editing, with the version they were opened at."""

    version: int
    values: dict[str, Any]


def details(session: Session, child_id: UUID) -> Details:
    """Return what the details panel shows."""
    child = child_of(session, child_id)
    return Details(child.version, {name: getattr(child, name) for name in DETAILS})


def change_details(session: Session, child_id: UUID, opened: int, values: dict[str, Any]) -> int:
    """Change some details; a name that goes stays as a former name. Return the new version. Raises Stale."""
    child = child_of(session, child_id)
    if child.version != opened:
        raise Stale("Somebody else changed these details after you opened them. Nothing was overwritten.")
    was = (child.given, child.family)
    for name, value in values.items():
        if name not in DETAILS:
            raise Problem(f"“{name}” is not one of the details that can be changed.")
        setattr(child, name, paragraphs(value, DETAILS[name]) if isinstance(value, str) else value)
    _check_changed(child, was, session.today)
    if (child.given, child.family) != was and any(was):
        session.add(FormerName(child_id=child.id, given=was[0], family=was[1]))
    child.sort_name = names.sort_name(child.given, child.family) or child.sort_name  # imported: by reference
    child.closed_on = (child.closed_on or session.today) if child.status == "closed" else None
    names.index_child(session, child)
    dates.refresh(session, child)
    return child.version


def _check_changed(child: Child, was: tuple[str, str], today: date) -> None:
    """Raise Problem for details that no child has. An imported child may stay without a name."""
    child.given, child.family = line(child.given, "A name"), line(child.family, "A name")
    if any(was) or child.given or child.family:
        _check_person(child.given, child.family, child.born_on, today)
    if child.status not in codes.STATUSES:
        raise Problem(f"“{child.status}” is not one of the statuses. Nothing was saved.")


def page(
    session: Session, narrowed: Filter, last: Place | None, limit: int = 200
) -> list[tuple[ChildRow, Place]]:
    """Return the next page of the list of children, and record which were shown."""
    me, team = session.actor.worker_id, session.actor.team_id
    rows = queries.rows_after(session, narrowed, me, team, last, limit)
    shown = {"list": filter_words(narrowed), "ids": sorted(row.id.hex for row, _ in rows)}
    record_look(session, "list", detail=shown)
    return rows


def count(session: Session, narrowed: Filter) -> int:
    """Return how many children a filter holds."""
    return queries.count(session, narrowed, session.actor.worker_id, session.actor.team_id)


def filter_words(narrowed: Filter) -> str:
    """Return the filter in force in words, as printed above a list and on its export."""
    whose = {"mine": "My children", "team": "My team’s children", "unallocated": "Children without a worker"}
    parts = [whose.get(narrowed.whose, "All children I may see")]
    if narrowed.statuses:
        parts.append(words.listed([codes.STATUSES[each].lower() for each in narrowed.statuses], "or"))
    if narrowed.overdue_on:
        parts.append("with something overdue")
    return ", ".join(parts)
