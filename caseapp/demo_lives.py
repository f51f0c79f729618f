"""What happens to the demo's families: each life as dated steps, which the use cases then take in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import notes, plan_reading, plans, words
from caseapp.demo_people import (
    Family,
    Kid,
    ago,
    carer_phone,
    filled,
    pronouns,
    texts,
    working_day,
)
from caseapp.form import Answers
from caseapp.notes import NewNote
from db.models import Revision
from db.moments import computers_now, pretend
from db.roles import Actor
from db.store import Session

DAY = timedelta(days=1)
VISIT_EVERY, REVIEW_EVERY, PLAN_EVERY, STAR_EVERY = 42, 6, 6, 3
GRANDPARENTS, HOUSES = -1, (-2, -3)
YOUNG_FROM, TEEN_FROM = 5, 11
LEAVING_FROM = 16
WITH_WORDS = ("young", "teen")
TALKS_FROM = 3
# Words in a text, and the age from which it fits; words that need a family in this country.
LEAST_AGES = (("{teacher}", 5), ("joined for the last", 7), ("college", 14), ("mock", 14), ("revising", 13))
OF_A_FAMILY = ("{mother}", "Family time", "live at home")


class Step(NamedTuple):
    """Something that a worker did on a day."""

    on: date
    order: int
    actor: Actor
    act: Callable[[], object]


class Reading(NamedTuple):
    """A reading of a wheel: points and titles by area."""

    on: date
    scores: dict[str, int]
    titles: dict[str, str]


@contextmanager
def at(session: Session, actor: Actor, day: date, hour: int = 10) -> Iterator[None]:
    """Let a session be somebody's work on an earlier day.

    Each time is a little later than the one before: ids, which run with time, then keep the order too.
    """
    session.info["actor"], session.info["today"] = actor, day
    turn = session.info["turn"] = session.info.get("turn", 0) + 1
    with pretend(moment(day, time(hour, day.day)) + timedelta(milliseconds=turn)):
        yield
        session.flush()


def moment(day: date, hour: time) -> datetime:
    """Return a moment of a day; of the real today its first hour.

    Whoever opens the demo in the morning would else be told that the computer's clock is behind.
    """
    is_today = day >= computers_now().astimezone(words.LONDON).date()
    return datetime.combine(day, hour.replace(hour=0) if is_today else hour, words.LONDON)


def due_from(due_on: date, months: int) -> date:
    """Return the day from which so many months end on a day, or the day after where a month is too short."""
    start = due_on - relativedelta(months=months)
    while start + relativedelta(months=months) < due_on:
        start += timedelta(days=1)
    return start


@dataclass
class Life:
    """One child's life on the way into the store."""

    session: Session
    staff: dict[str, Actor]
    workers: dict[str, UUID]  # those who do not sign in
    family: Family
    kid: Kid
    as_of: date
    random: Random
    number: int
    id: UUID = field(default_factory=lambda: UUID(int=0))
    steps: list[Step] = field(default_factory=list)
    relations: dict[str, UUID] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)
    schools: list[tuple[date, tuple[str, str, str]]] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    @property
    def worker(self) -> Actor:
        """Return who works with the child; a manager where nobody does yet."""
        return self.staff[self.family.worker or "ruth"]

    def worker_on(self, day: date) -> Actor:
        """Return who worked with the child on a day: another one before the case went over."""
        before = self.kid.life.get("first_worker")
        return self.staff[before] if before and day < self.went_over_on else self.worker

    @property
    def went_over_on(self) -> date:
        """Return when a first worker gives the child to the present one."""
        return working_day(ago(self.as_of, "2y"))

    @property
    def care(self) -> dict[str, Any]:
        """Return what is said about the child's care."""
        return dict(self.kid.life.get("care", {}))

    @property
    def opened_on(self) -> date:
        """Return when the record begins."""
        since = self.kid.life.get("since") or self.care["since"]
        opened = min(working_day(ago(self.as_of, since)), self.care_on or date.max)
        return max(opened, self.kid.born_on or date.min)

    @property
    def care_on(self) -> date | None:
        """Return when care began."""
        return ago(self.as_of, self.care["since"]) if self.care else None

    def then(self, on: date, act: Callable[[], object], actor: Actor | None = None) -> None:
        """Add a step, unless it is still to come or before the record began."""
        if self.opened_on <= on <= self.as_of:
            self.steps.append(Step(on, len(self.steps), actor or self.worker_on(on), act))

    def kid_on(self, day: date) -> Kid:
        """Return the child with the school of a day."""
        spells = [school for on, school in self.schools if on <= day]
        return replace(self.kid, school=spells[-1] if spells else ("", "", ""))

    def said(self, on: date) -> dict[str, str]:
        """Return the words that stand in for people and places in the texts of a day."""
        kid, family = self.kid_on(on), self.family
        first, last, full = self.carers(self.home_number(on))
        worker = self.worker_on(on)
        mother = f"{family.mother} {family.surname}" if family.mother else ""
        east = self.worker.team.endswith("East")
        parent = family.mother or family.father or first
        return pronouns(kid.sex) | {
            "name": kid.name,
            "mother": family.kids[0].given if self.is_own_child else parent,
            "mother_full": mother,
            "school": kid.school[0] or "the family hub",
            "teacher": kid.school[1] or "the nursery nurse",
            "worker": worker.name,
            "job": worker.job,
            "team": worker.team,
            "manager": self.staff["ruth" if east else "helen"].name,
            "carer": first,
            "carer_full": full,
            "carer_signs": f"{first} of {last}" if self.home_number(on) in HOUSES else f"{first} {last}",
            "carer_phone": carer_phone(self.home_number(on)),
            "home": family.address[0],
            "adviser": "Marcus Boateng",
            "reviewing_officer": "Daniel Mbeki" if east else "Siobhán Gallagher",
        }

    @property
    def is_own_child(self) -> bool:
        """Return whether the child is that of the young parent on file."""
        return bool(self.family.kin.get("own_child")) and self.number > 0

    def home_number(self, on: date) -> int:
        """Return which home of the list the child is placed in on a day."""
        care = self.care
        moved_on = ago(self.as_of, care["moved"]) if "moved" in care else None
        return int(care["moved_home"] if moved_on and on >= moved_on else care.get("home", 0))

    def carers(self, home: int) -> tuple[str, str, str]:
        """Return carers: the one whom texts name, the family or house, and all of them in full."""
        homes = texts("people")["homes"]
        if home in HOUSES:
            house = homes["houses"][str(home)]
            return "the key worker", house, f"the staff of {house}"
        one, other, family = homes["grandparents"] if home == GRANDPARENTS else homes["foster"][home]
        return one, family, f"{one} and {other} {family}"

    # Notes and visits

    def note(
        self, on: date, kind: str, pool: str, *, alone: bool = False, seen: bool = False, **visit: Any
    ) -> None:
        """Add a note with the next text of a pool that this child has not had yet."""
        own = [each for each in self._pool(pool) if self._fits(each[0], on)]
        text, quote, *kinds = own[
            (self.told.get(pool, 0) + self.family.number * 3 + self.number * 2) % len(own)
        ]
        self.told[pool] = self.told.get(pool, 0) + 1
        quote = quote if self.kid.age_on(on) >= TALKS_FROM else ""
        self.write(on, kinds[0] if kinds else kind, text, quote, alone=alone, seen=seen, **visit)

    def _fits(self, text: str, on: date) -> bool:
        """Return whether a text suits the child's age on a day, and whether there is a family here."""
        years = self.kid.age_on(on)
        if not self.family.mother and any(word in text for word in OF_A_FAMILY):
            return False
        return all(years >= least or word not in text for word, least in LEAST_AGES)

    def _pool(self, name: str) -> list[list[str]]:
        found, band = texts("notes"), self._band()
        if name == "home":
            return list(found["visits"][band])
        if name == "care":
            at_home = [[text.replace("{mother}", "{carer}"), quote] for text, quote in found["visits"][band]]
            return found["visits"]["care"] + at_home if band in WITH_WORDS else at_home
        return list(found["others"][name])

    def _band(self) -> str:
        years = self.kid.age_on(self.as_of)
        limits = ((1, "baby"), (YOUNG_FROM, "small"), (TEEN_FROM, "young"))
        return next((band for limit, band in limits if years < limit), "teen")

    def write(
        self,
        on: date,
        kind: str,
        text: str,
        quote: str = "",
        *,
        alone: bool = False,
        seen: bool = False,
        **visit: Any,
    ) -> None:
        """Add a note that is written on the day."""
        new = NewNote(on, kind, _sentence(text, self.said(on)), quote, seen, alone, **visit)
        self.then(on, lambda: notes.add(self.session, self.id, new))

    # Plans

    def plan(
        self,
        kind: str,
        on: date,
        answers: Callable[[Answers], Answers],
        *,
        form_key: str = "",
        draft: bool = False,
    ) -> None:
        """Begin a plan on a day and sign it, or leave it a draft."""

        def act() -> None:
            revision_id = plans.start(self.session, self.id, kind, form_key)
            revision = self.session.get_one(Revision, revision_id)
            begun = revision.document.answers
            write = plans.save if draft else plans.sign
            write(self.session, revision_id, revision.version, begun | answers(begun))

        self.then(on, act)

    def correction(self, on: date, kind: str, reason: str, change: Answers) -> None:
        """Put the last signed version right: a new version that names it."""

        def act() -> None:
            signed = plan_reading.numbered(self.session, self.id, kind)
            kept = {key: each for key, each in signed.document.answers.items() if key == "signatures"}
            draft = self.session.get_one(Revision, plans.correct(self.session, signed.id, reason))
            plans.sign(self.session, draft.id, draft.version, draft.document.answers | kept | change)

        self.then(on, act)


def every(life: Life, start: date, end: date, days: int) -> Iterator[date]:
    """Yield working days from a start on, about so many days apart, the last some days before the end."""
    on = start
    while on < end - 2 * DAY:
        yield working_day(on)
        on += timedelta(days=days + life.random.randint(-4, 4))


def until(start: date, end: date, days: int) -> Iterator[date]:
    """Yield days so far apart from soon after a start to shortly before an end."""
    on = start + 16 * DAY
    while on < end - 5 * DAY:
        yield on
        on += timedelta(days=days)


def _sentence(text: str, said: dict[str, str]) -> str:
    text = str(filled(text, said))
    return text[:1].upper() + text[1:]
