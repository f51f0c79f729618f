"""Children: find, add, list, open. Opening is recorded before anything is shown."""

from __future__ import annotations


from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import ages, codes, dates, known, plans, stars, words
from caseapp.dates import Due
from caseapp.form import Action
from db import children as queries
from db import names
from db import plans as plan_queries
from db.children import ChildRow, Filter, Place
from db.guard import record_look
from db.models import Address, Child, Episode, FormerName, Note, Schooling
from db.problems import NotFound, Problem, Stale, Unclear
from db.roles import Subject, authorise, may
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


class ChildHead(NamedTuple):
    """The top of a child's record."""

    id: UUID
    ref: int
    name: str
    known_as: str
    pronouns: str
    born_on: date | None
    due_on: date | None
    age: str
    nhs_number: str
    status: str
    legal_status: str
    sen: str
    alerts: str
    worker: str
    team: str
    may_write: bool


class Bar(NamedTuple):
    """A stretch of a life for the strip of bars: `row` is Lives with, School or Plans."""

    row: str
    label: str
    started_on: date
    ended_on: date | None
    meaning: str


class Overview(NamedTuple):
    """What the first page of a record shows."""

    head: ChildHead
    dues: list[Due]
    facts: list[tuple[str, str]]
    quote: tuple[str, str] | None
    actions: list[Action]
    plans: list[plans.VersionRow]
    bars: list[Bar]
    star: stars.StarSummary | None


def find(session: Session, text: str, limit: int = 20) -> list[ChildRow]:
    """Return the children whom a few letters find: name in any order, former name, reference, birthday, place."""
    ids = names.find_ids(session, text, _typed_day(text, session.today), limit)
    rows = queries.rows_of(session, ids)
    shown = {"ids": sorted(row.id.hex for row in rows)}
    record_look(session, "search", tbl="child", detail=shown)
    return rows


def _typed_day(text: str, today: date) -> date | None:
    if sum(map(str.isdigit, text)) < 4 or text.strip().isdigit():
        return None
    try:
        return words.day_from(text, today)
    except ValueError:
        return None


def one(session: Session, text: str) -> ChildRow:
    """Return the one child of a reference, id or name. Raises NotFound, or Unclear with those it fits."""
    ids = _exact_ids(session, text.strip())
    rows = queries.rows_of(session, ids) if ids else find(session, text, 20)
    if not rows:
        raise NotFound(f"No child is found by “{text}”. Check the spelling, or search with caseapp find.")
    if len(rows) > 1:
        choices = tuple(
            (str(row.ref), f"{row.name}, born {words.day(row.born_on) if row.born_on else '?'}")
            for row in rows
        )
        raise Unclear(f"“{text}” fits several children. Use the reference.", choices)
    return rows[0]


def _exact_ids(session: Session, text: str) -> list[UUID]:
    child = queries.by_ref(session, int(text)) if text.isdigit() and len(text) < 10 else None
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
        given=words.tidy(new.given).strip(),
        family=words.tidy(new.family).strip(),
        known_as=words.tidy(new.known_as).strip(),
        sort_name=names.sort_name(new.given, new.family),
        born_on=new.born_on,
        due_on=new.due_on,
        sex=new.sex,
        status=new.status,
        ethnicity=new.ethnicity,
        first_language=new.first_language,
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
                lines=words.tidy(new.address).strip(),
                postcode=new.postcode.strip().upper(),
                from_on=session.today,
            )
        )
    names.index_child(session, child)
    dates.refresh(session, child)
    return Registered(child.id, child.ref)


def _check_new(new: NewChild, today: date) -> None:
    if not names.fold(f"{new.given}{new.family}"):
        raise Problem("A child needs a name. Nothing was added. Type at least the family name.")
    if not new.born_on and not new.due_on:
        raise Problem("A child needs a date of birth, or the date an unborn baby is due. Nothing was added.")
    if new.born_on and not 0 <= (today - new.born_on).days <= 26 * 366:
        raise Problem(
            f"A date of birth of {words.day(new.born_on)} is not that of a child or young person. "
            "Nothing was added. Check the year."
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
    child = _child(session, child_id)
    return Details(child.version, {name: getattr(child, name) for name in DETAILS})


def change_details(session: Session, child_id: UUID, opened: int, values: dict[str, Any]) -> int:
    """Change some details; a name that goes stays as a former name. Return the new version. Raises Stale."""
    child = _child(session, child_id)
    if child.version != opened:
        raise Stale("Somebody else changed these details after you opened them. Nothing was overwritten.")
    was = (child.given, child.family)
    for name, value in values.items():
        if name not in DETAILS:
            raise Problem(f"“{name}” is not one of the details that can be changed.")
        setattr(child, name, words.tidy(value).strip() if isinstance(value, str) else value)
    if (child.given, child.family) != was and any(was):
        session.add(FormerName(child_id=child.id, given=was[0], family=was[1]))
    child.sort_name = names.sort_name(child.given, child.family)
    child.closed_on = session.today if child.status == "closed" else None
    names.index_child(session, child)
    dates.refresh(session, child)
    return child.version


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


def open_child(session: Session, child_id: UUID) -> Overview:
    """Return a child's record as its first page shows it. The only way into a full record."""
    child = _child(session, child_id)
    record_look(session, "open", child.id, row_id=child.id)
    session.commit()
    facts = known.known(session, child.id)
    versions = plans.versions(session, child.id)
    return Overview(
        head_of(session, child, facts), dates.due_of(session, child), _key_facts(child, facts), _latest_quote(session, child),
        _actions(session, child), versions, bars(session, child), stars.summary(session, child.id),
    )  # fmt: skip


def _child(session: Session, child_id: UUID) -> Child:
    child = session.get(Child, child_id)
    if not child:
        raise NotFound("There is no such record, or you may not see it.")
    return child


def head_of(session: Session, child: Child, facts: dict[str, str]) -> ChildHead:
    """Return the top of a record."""
    born = child.born_on or child.due_on
    rights = may(session.actor, "write", Subject(child.team_id, child.worker_id))
    return ChildHead(
        child.id, child.ref, child.name, child.known_as or child.given or child.name, child.pronouns, child.born_on,
        child.due_on, ages.age_words(born, session.today) if born else "", child.nhs_number,
        codes.STATUSES.get(child.status, child.status), facts.get("child.legal_status", ""),
        codes.SEN.get(child.sen_status, "") if child.sen_status in ("K", "E") else "", child.alerts,
        facts.get("child.worker", ""), facts.get("child.team", ""), rights.allowed,
    )  # fmt: skip


def _key_facts(child: Child, facts: dict[str, str]) -> list[tuple[str, str]]:
    since = words.stored_day(facts.get("child.placement_since"))
    placed = facts.get("child.placement_type", "")
    rows = [
        ("Lives with", facts.get("child.carers") or facts.get("child.household", "")),
        ("Placement", f"{placed}, since {words.day(since)}" if since else placed),
        ("Address", facts.get("child.address", "")),
        ("School", ", ".join(facts[name] for name in ("child.school", "child.year_group") if name in facts)),
        ("Designated teacher", facts.get("child.designated_teacher", "")),
        ("Worker", facts.get("child.worker") or "Not allocated yet"),
        ("Reviewing officer", facts.get("child.reviewing_officer", "")),
        ("Personal adviser", facts.get("child.personal_adviser", "")),
        ("Last seen", words.day(child.last_seen_on) if child.last_seen_on else "Not recorded yet"),
        ("Parents", facts.get("child.parents", "")),
        ("Brothers and sisters", facts.get("child.siblings", "")),
        ("First language", child.first_language),
        ("Ethnicity", codes.meaning("ethnicity", child.ethnicity) if child.ethnicity else ""),
        ("Last SDQ", facts.get("child.last_sdq", "")),
    ]
    return [row for row in rows if row[1]]


def _latest_quote(session: Session, child: Child) -> tuple[str, str] | None:
    """Return the child's latest own words, and where and when they were said."""
    said: list[tuple[date, str, str]] = [
        (
            note.happened_on,
            note.quote,
            f"{codes.NOTE_KINDS[note.kind]} on {words.day(note.happened_on)}"
            + (", seen alone" if note.seen_alone else ""),
        )
        for note in queries.of_child(session, Note, child.id)
        if note.quote
    ]
    for revision in plan_queries.versions(session, child.id):
        quotes = (
            plans.form_of(session, revision).quotes(revision.document.answers) if revision.signed_at else []
        )
        if quotes:
            on = revision.dated_on or revision.started_on
            form = plans.form_of(session, revision)
            said.append((on, quotes[0], f"{form.short or form.title}, {words.day(on)}"))
    return max(said)[1:] if said else None


def _actions(session: Session, child: Child) -> list[Action]:
    """Return what was agreed in the newest signed version of each kind, the earliest due first."""
    found: list[Action] = []
    seen: set[str] = set()
    for revision in plan_queries.versions(session, child.id):
        if revision.signed_at and revision.kind not in seen:
            seen.add(revision.kind)
            found += plans.form_of(session, revision).actions(revision.document.answers)
    return sorted(found, key=lambda each: each.by or date.max)


def bars(session: Session, child: Child) -> list[Bar]:
    """Return the stretches of a child's life: homes and placements, schools, plans and care."""
    found = _home_bars(session, child)
    found += [
        Bar("School", each.school.name, each.from_on, each.until_on, "blue")
        for each in queries.of_child(session, Schooling, child.id, Schooling.from_on)
        if each.from_on
    ]
    episodes = queries.of_child(session, Episode, child.id, Episode.started_on)
    found += [
        Bar("Plans", "Looked after", start, end, "violet") for start, end in dates.care_periods(episodes)
    ]
    if not episodes:
        found.append(
            Bar("Plans", codes.STATUSES.get(child.status, ""), child.opened_on, child.closed_on, "green")
        )
    return found


def _home_bars(session: Session, child: Child) -> list[Bar]:
    placed = [
        Bar("Lives with", codes.meaning("PLACE", each.placement), each.started_on, each.ended_on, "violet")
        for each in queries.of_child(session, Episode, child.id, Episode.started_on)
        if each.placement and each.legal_status not in dates.SHORT_BREAKS
    ]
    homes = [
        Bar(
            "Lives with",
            "Withheld" if each.withheld else each.lines.split(",")[0] or each.postcode,
            each.from_on,
            each.until_on,
            "green",
        )
        for each in queries.of_child(session, Address, child.id, Address.from_on)
    ]
    return [*homes, *_joined(placed)] if not placed else _joined(placed)


def _joined(stretches: list[Bar]) -> list[Bar]:
    """Return bars with neighbours of the same label made one: a change of legal status is no move."""
    joined: list[Bar] = []
    for each in stretches:
        if joined and joined[-1].label == each.label and joined[-1].ended_on == each.started_on:
            joined[-1] = joined[-1]._replace(ended_on=each.ended_on)
        else:
            joined.append(each)
    return joined
