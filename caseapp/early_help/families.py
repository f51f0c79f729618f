"""The list of families with early help open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from caseapp import levels, words
from caseapp.early_help.statuses import OPEN, STATUSES
from db import early_help_list as queries
from db import names
from db.early_help_list import REVIEWED, Narrowed, Part
from db.looks import record_look
from db.store import Session

PAGE = 200


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to. `whose` is mine or team, else everybody whom I may see."""

    whose: str = "mine"
    statuses: tuple[str, ...] = ()
    level: int | None = None
    late: bool = False
    text: str = ""


class FamilyRow(NamedTuple):
    """Brothers and sisters helped together. `child_id` is the oldest of them, `number` the reference.

    `status` is that of the oldest, `statuses` are the words of all that differ.
    """

    number: int
    child_id: UUID
    child_ids: tuple[UUID, ...]
    family: str
    status: str
    statuses: tuple[str, ...]
    level: int | None
    level_words: str
    lead: str
    review_on: date | None
    is_late: bool
    opened_on: date


def families(
    session: Session, narrowed: Filter, last: int | None = None, limit: int = PAGE
) -> list[FamilyRow]:
    """Return the next families of the list, newest first, and record which were shown.

    `last` is the number of the row that the page before ended with.
    """
    numbers = queries.numbers_after(session, _narrowed(session, narrowed), last, limit)
    found: dict[int, list[Part]] = {number: [] for number in numbers}
    for each in queries.parts(session, numbers, sorted(OPEN)):
        found[each.episode.number].append(each)
    leads = queries.leads(session, [each for parts in found.values() for each in parts])
    called = levels.names(session)
    rows = [_row(number, parts, leads, called, session.today) for number, parts in found.items()]
    ids = sorted(child_id.hex for row in rows for child_id in row.child_ids)
    record_look(session, "list", detail={"list": filter_words(narrowed), "ids": ids})
    return rows


def count(session: Session, narrowed: Filter) -> int:
    """Return how many families a filter holds."""
    return queries.count(session, _narrowed(session, narrowed))


def _narrowed(session: Session, narrowed: Filter) -> Narrowed:
    typed = words.tidy(narrowed.text).strip()
    number = _number(typed)
    return Narrowed(
        sorted(set(narrowed.statuses) & OPEN or OPEN),
        session.actor.worker_id if narrowed.whose == "mine" else None,
        session.actor.team_id,
        narrowed.whose == "team",
        narrowed.level,
        () if number is not None else tuple(names.fold(typed[: names.MOST_LETTERS]).split()),
        number,
        session.today if narrowed.late else None,
    )


def _number(typed: str) -> int | None:
    """Return the reference that is typed: «EH-12», «eh 12» or «12»."""
    bare = typed.upper().removeprefix("EH").strip(" -–")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 10 else None


def _row(
    number: int, parts: list[Part], leads: dict[UUID, str], called: dict[int, str], today: date
) -> FamilyRow:
    given = [each.episode.level for each in parts if each.episode.level is not None]
    level = max(given, default=None)
    reviews = [(each.review_on, each.episode.status in REVIEWED) for each in parts if each.review_on]
    review_on = min((day for day, _ in reviews), default=None)
    is_late = any(day < today and is_reviewed for day, is_reviewed in reviews)
    named = list(dict.fromkeys(leads[each.episode.id] for each in parts if each.episode.id in leads))
    return FamilyRow(
        number, parts[0].child.id, tuple(each.child.id for each in parts), _family(parts),
        parts[0].episode.status, tuple(dict.fromkeys(STATUSES[each.episode.status] for each in parts)),
        level, levels.label(level, called), words.listed(named), review_on, is_late,
        min(each.episode.opened_on for each in parts),
    )  # fmt: skip


def _family(parts: list[Part]) -> str:
    """Return the names of brothers and sisters: «Leo and Mia Hartley», each whole where they differ."""
    families = {each.child.family for each in parts}
    if len(parts) > 1 and len(families) == 1 and all(each.child.given for each in parts):
        return f"{words.listed([each.child.given for each in parts])} {parts[0].child.family}"
    return words.listed([each.child.name for each in parts])


def filter_words(narrowed: Filter) -> str:
    """Return the filter in force in words, as it stands above the list."""
    whose = {"mine": "Families of mine", "team": "My team’s families"}
    said = [whose.get(narrowed.whose, "All families I may see"), "with early help open"]
    if narrowed.statuses:
        said.append(words.listed([STATUSES[each].lower() for each in narrowed.statuses], "or"))
    if narrowed.level is not None:
        said.append(f"level {narrowed.level}")
    if narrowed.late:
        said.append("review overdue")
    if narrowed.text.strip():
        said.append(f"found by “{narrowed.text.strip()}”")
    return ", ".join(said)
