"""What the sheets about a child in care share: the heading, what withholds, tables of people and dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from caseapp import ages, dates, notes, words
from caseapp.looked_after import sheets
from caseapp.looked_after.sheets import Contact, Said, Standing
from caseapp.looked_after.veil import WITHHELD, Veil, veil_of
from caseapp.print_parts import called, heading, printed, printing
from db import children as queries
from db.models import Address, Child
from db.store import Session

if TYPE_CHECKING:
    from caseapp.notes import Entry
    from caseapp.paper import Heading
    from caseapp.paper.care_sheets import Row

_SEXES = {"F": "Female", "M": "Male"}


class About:
    """The child whose sheet is printed, with what every sheet asks: the look at it is recorded first."""

    def __init__(self, session: Session, child_id: UUID, what: str, *, addresses: bool, large: bool) -> None:
        """Record the print, then read. Raises NotFound or NotAllowed."""
        self.child = printing(session, child_id, what, addresses=addresses)
        self.session, self.large, self._what = session, large, what
        self.veil: Veil = veil_of(session, child_id, addresses=addresses)
        self.stands: Standing = sheets.standing(session, child_id)
        self.placement_plan: Said | None = sheets.newest(session, child_id, "placement-plan")
        """The newest signed one: of a placement before this one it still tells of the child."""
        self.plan_of_now: Said | None = sheets.plan_of_now(session, child_id)

    @property
    def called(self) -> str:
        """Return the name that the child goes by."""
        return called(self.child)

    def planned(self, *keys: str) -> str:
        """Return the first of some answers about the child that the newest signed placement plan has."""
        return _first(self.placement_plan, keys)

    def agreed(self, *keys: str) -> str:
        """Return the first of some answers that the plan of the present placement has."""
        return _first(self.plan_of_now, keys)

    def head(
        self, title: str, facts: Sequence[tuple[str, str]], *, subtitle: str = "", short: str = ""
    ) -> Heading:
        """Return the heading of a sheet as of today; `short` is its name at the foot of the page."""
        made = heading(self.session, self.child, title, large=self.large)
        return replace(
            made,
            subtitle=subtitle or f"{self.child.name}, {words.day(self.session.today)}",
            document=f"{short or title} {self.child.ref}",
            version=f"as of {words.day(self.session.today)}",
            facts=self.veil.of(tuple(fact for fact in facts if fact[1])),
        )

    def pdf(
        self, head: Heading, rows: Sequence[Row], *, pages: int = 1, photo: bool = False, cut: bool = False
    ) -> bytes:
        """Return the sheet without what is withheld. Raises Problem for letters that cannot be printed."""
        from caseapp.paper.care_sheets import sheet_pdf

        shown = [self.veil.of(each) for each in rows]
        return printed(lambda: sheet_pdf(head, shown, pages=pages, photo=photo, cut=cut))

    def who(self) -> list[tuple[str, str]]:
        """Return name, other name, pronouns, age and sex; empty where not known."""
        child, today = self.child, self.session.today
        born = f"{words.day(child.born_on)}, {ages.age_words(child.born_on, today)}" if child.born_on else ""
        known_as = child.known_as if child.known_as not in ("", child.given) else ""
        return [
            ("Name", child.name),
            ("Known as", known_as),
            ("Pronouns", child.pronouns),
            ("Date of birth", born),
            ("Sex", ", ".join(part for part in (_SEXES.get(child.sex, ""), child.gender) if part)),
        ]

    def lives(self) -> list[tuple[str, str]]:
        """Return where the child lives: the placement, or the address of a child at home or on their own."""
        placed = sheets.placement_facts(self.stands, self.veil)
        if any(label == "Address" for label, _ in placed):
            return placed
        homes = queries.of_child(self.session, Address, self.child.id, Address.from_on)
        now = next((each for each in reversed(homes) if each.until_on is None), None)
        if now is None:
            return placed
        lines = ", ".join(part for part in (*now.lines.splitlines(), now.postcode) if part)
        hides = now.withheld or self.veil.leaves_out or self.veil.is_placement
        return [*placed, ("Address", WITHHELD if hides else lines)]

    def contacts(self) -> list[Contact]:
        """Return whom to ring."""
        return sheets.contacts(self.session, self.child, self.stands, self.veil)


def _first(plan: Said | None, keys: Sequence[str]) -> str:
    told = plan.words if plan else {}
    return next((told[key] for key in keys if told.get(key)), "")


def due_rows(session: Session, child: Child, most: int) -> list[tuple[str, str]]:
    """Return what is due: (what, by when and how urgent), the earliest first."""
    found = sorted(dates.due_of(session, child), key=lambda each: each.due_on)
    return [(each.what, f"{words.day(each.due_on)}, {each.words}") for each in found[:most]]


def shown_entries(about: About, entries: Iterable[Entry]) -> list[Entry]:
    """Return entries of the timeline for paper: an address that this copy leaves out is withheld."""
    moved = "Moved"
    return [
        each._replace(words=WITHHELD)
        if about.veil.leaves_out and each.title == moved
        else about.veil.of(each)
        for each in entries
    ]


def latest(session: Session, child_id: UUID) -> list[Entry]:
    """Return the timeline up to today, latest first."""
    return [each for each in notes.timeline(session, child_id) if each.on <= session.today]
