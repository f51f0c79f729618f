"""The young people of the leaving-care view: each one's whole record, and how it stood on a day. Pure.

Nothing after the day that is asked for counts, so that last year's figures are made as this year's are.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import ages, words
from caseapp.form_parts import pathway_lists as lists
from caseapp.pathway.codes_checks import GONE, NOT_KNOWN
from caseapp.pathway.homes import ACTIVITY_WORDS, HOME_WORDS
from caseapp.pathway.leaving_rows import (
    Adviser,
    Contact,
    Decision,
    Doing,
    Entry,
    Home,
    Plan,
    Stay,
    Touch,
    Word,
    Year,
    held,
)
from caseapp.pathway.life import CareSpell, Life, LifeEvent, life_of
from caseapp.pathway.records import NO_DATA, home_code
from caseapp.pathway.status import CATEGORY_WORDS, Status, history, status_on

LISTED: Final = frozenset({"eligible", "relevant", "former_relevant", "qualifying"})
LEAVERS: Final = frozenset({"relevant", "former_relevant"})
OWED: Final = frozenset({"eligible", "relevant", "former_relevant"})
BUSY: Final = frozenset({*lists.IN_ACTIVITY, "F3", "P3"})  # F3 and P3: the returns to 2020-21
NOT_BUSY: Final = frozenset(lists.NOT_IN_ACTIVITY)
SUITABLE, UNSUITABLE, NO_INFORMATION = "1", "2", ""
FIRST_RETURN: Final = 17
ADULT, PLAN_ENDS, CLOSES = 18, 21, 25
REVIEW_EVERY: Final = relativedelta(months=6)
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class YoungPerson:
    """Somebody with everything that a figure may be made of, each list in the order of time."""

    id: UUID
    ref: int
    name: str
    born_on: date | None
    team_id: UUID | None = None
    team: str = ""
    worker_id: UUID | None = None
    worker: str = ""
    spells: tuple[CareSpell, ...] = ()
    stays: tuple[Stay, ...] = ()
    events: tuple[LifeEvent, ...] = ()
    decided: tuple[Word, ...] = ()
    touches: tuple[Touch, ...] = ()
    homes: tuple[Home, ...] = ()
    doings: tuple[Doing, ...] = ()
    years: tuple[Year, ...] = ()
    contacts: tuple[Contact, ...] = ()
    advisers: tuple[Adviser, ...] = ()
    plans: tuple[Plan, ...] = ()
    decisions: tuple[Decision, ...] = ()
    reviewed: tuple[date, ...] = ()
    assessed: tuple[date, ...] = ()
    prepared: tuple[date, ...] = ()
    money: tuple[Entry, ...] = ()

    @cached_property
    def life(self) -> Life | None:
        """Return the dates that the category rests on; None without a date of birth."""
        return life_of(self.born_on, self.spells, self.events) if self.born_on else None

    def birthday(self, years: int) -> date | None:
        """Return a birthday."""
        return ages.birthday(self.born_on, years) if self.born_on else None

    @cached_property
    def turns(self) -> list[Status]:
        """Return the status on each day on which the category changed by the dates, those ahead too."""
        return history(self.born_on, self.spells, self.events, date.max)

    def turn(self, on: date) -> Status | None:
        """Return the last change of category up to a day, by the dates; None before birth or without it."""
        at = bisect_right(self.turns, on, key=lambda each: each.from_on)
        return self.turns[at - 1] if at else None

    def is_owed_by_dates(self, on: date) -> bool:
        """Return whether a plan and an adviser are owed on a day, by the dates."""
        turn, twenty_one = self.turn(on), self.birthday(PLAN_ENDS)
        if turn is None or twenty_one is None or turn.category not in OWED:
            return False
        # From 21 it hangs on studies and on asking; before, on the category alone
        return on < twenty_one or status_on(self.born_on, self.spells, self.events, on).needs_plan

    def word(self, on: date) -> Word | None:
        """Return the manager's word that holds on a day: the one begun last."""
        return held(self.decided, on)

    def category(self, on: date) -> str:
        """Return the category of a day: a manager's word where there is one, else by the dates."""
        return word.category if (word := self.word(on)) else self.category_by_dates(on)

    def category_by_dates(self, on: date) -> str:
        """Return the category of a day by the dates alone."""
        return turn.category if (turn := self.turn(on)) else "none"

    @property
    def first_owed_on(self) -> date | None:
        """Return the day on which somebody first becomes eligible or relevant by the dates."""
        return next((each.from_on for each in self.turns if each.category in ("eligible", "relevant")), None)

    def changes(self, since: date, until: date) -> list[tuple[date, str, str]]:
        """Return (day, category before, category after) of each change in a stretch of days."""
        turns = {each.from_on for each in self.turns}
        turns |= {day for each in self.decided for day in (each.from_on, each.until_on) if day}
        found = []
        for day in sorted(each for each in turns if since <= each <= until):
            before, after = self.category(day - ONE_DAY), self.category(day)
            if before != after:
                found.append((day, before, after))
        return found


@dataclass(frozen=True)
class Seen:
    """A young person as of a day."""

    person: YoungPerson
    on: date

    @cached_property
    def category(self) -> str:
        """Return the legal category."""
        return self.person.category(self.on)

    @cached_property
    def age(self) -> int | None:
        """Return the age."""
        return ages.age(self.person.born_on, self.on) if self.person.born_on else None

    @property
    def is_listed(self) -> bool:
        """Return whether they are on the list of leaving care."""
        return self.category in LISTED

    @property
    def is_gone(self) -> bool:
        """Return whether they died or went home for good, by what is known of being in touch."""
        return self.in_touch in GONE

    @property
    def is_leaver(self) -> bool:
        """Return whether they are of the return's cohort: relevant or former relevant, 17 or over."""
        return self.category in LEAVERS and (self.age is None or self.age >= FIRST_RETURN)

    @property
    def is_owed(self) -> bool:
        """Return whether a pathway plan and an adviser are owed, and there is somebody to owe it to."""
        if self.is_gone or self.is_closed or not self.is_listed:
            return False
        if self.category != self.person.category_by_dates(self.on):
            return self.category in OWED
        return self.person.is_owed_by_dates(self.on)

    @property
    def category_words(self) -> str:
        """Return the category with its beginning, and whose word it is."""
        word, turn = self.person.word(self.on), self.person.turn(self.on)
        since = word.from_on if word else turn.from_on if turn else self.on
        said = f"{CATEGORY_WORDS[self.category].lower()} since {words.day(since)}"
        return f"{said}, by a manager’s word" if word else said

    # In touch, home, activity

    @cached_property
    def _year(self) -> Year | None:
        """The newest return's items up to the day, for what the record has no rows of."""
        last = self.on.year + (self.on >= date(self.on.year, 4, 1))
        return next((each for each in reversed(self.person.years) if each.year <= last), None)

    @cached_property
    def in_touch(self) -> str:
        """Return the code of IN_TOUCH; nothing where it is not known."""
        told = [each for each in self.person.touches if each.on <= self.on]
        return told[-1].code if told else self._year.in_touch if self._year else ""

    @property
    def in_touch_words(self) -> str:
        """Return being in touch in words, and since when."""
        said = small_first(dict(lists.IN_TOUCH).get(self.in_touch, self.in_touch)) or "not recorded"
        told = [each.on for each in self.person.touches if each.on <= self.on]
        return f"{said}, {words.day(told[-1])}" if told else self._of_return(said, self.in_touch)

    @cached_property
    def home(self) -> Home | None:
        """Return the home of the day, where the record has one."""
        return held(self.person.homes, self.on)

    @cached_property
    def home_code(self) -> str:
        """Return the code of ACCOM, or its letter alone while nobody judged the home."""
        if any(each.from_on <= self.on for each in self.person.homes):
            return (home_code(self.home.kind, self.home.suitable) or self.home.kind) if self.home else ""
        return self._year.accommodation if self._year else ""

    @property
    def home_letter(self) -> str:
        """Return the letter of ACCOM; nothing where it is not known."""
        return self.home_code[:1].replace(NOT_KNOWN, "")

    @property
    def judged(self) -> str:
        """Return how the home was judged: suitable, unsuitable, or no information."""
        has_data = self.home_letter and self.home_letter not in NO_DATA
        return self.home_code[1:] if has_data else NO_INFORMATION

    @property
    def home_words(self) -> str:
        """Return the home in words, how it was judged, and since when."""
        if not self.home_letter:
            return self._of_return("where they live is not known", self.home_code)
        # Without what the form adds in brackets
        said = small_first(HOME_WORDS.get(self.home_letter, self.home_letter)).partition(" (")[0]
        if self.home_letter not in NO_DATA:
            judged = {SUITABLE: "suitable", UNSUITABLE: "not suitable"}.get(self.judged, "not judged yet")
            said = f"{said}: {judged}"
        return f"{said}, since {words.day(self.home.from_on)}" if self.home else self._of_return(said, said)

    @cached_property
    def doing(self) -> Doing | None:
        """Return what they do, where the record has it."""
        return held(self.person.doings, self.on)

    @cached_property
    def activity(self) -> str:
        """Return the code of ACTIV; 0 or nothing where it is not known."""
        if any(each.from_on <= self.on for each in self.person.doings):
            return self.doing.code if self.doing else ""
        return self._year.activity if self._year else ""

    @property
    def activity_words(self) -> str:
        """Return what they do in words, and since when."""
        if self.activity in ("", NOT_KNOWN):
            return self._of_return("what they do is not known", self.activity)
        said = small_first(ACTIVITY_WORDS.get(self.activity, f"old code {self.activity}"))
        if self.doing:
            return f"{said}, since {words.day(self.doing.from_on)}"
        return self._of_return(said, said)

    def _of_return(self, said: str, known: str) -> str:
        return f"{said}, return of {self._year.year}" if known and self._year else said

    @property
    def not_busy_since(self) -> date | None:
        """Return since when they are in no education, employment or training, where it is known.

        One code after another without a gap is one time.
        """
        since = None
        for each in reversed([one for one in self.person.doings if one.from_on <= self.on]):
            runs_on = each.until_on is None or each.until_on >= (since or self.on + ONE_DAY)
            if each.code not in NOT_BUSY or not runs_on:
                break
            since = each.from_on
        if since or not self.plan:
            return since
        return self.plan.days.get("neet_since")

    # The plan, the adviser, contact

    @cached_property
    def plan(self) -> Plan | None:
        """Return the newest signed plan of the day."""
        signed = [each for each in self.person.plans if each.on <= self.on]
        return max(signed, key=lambda each: (each.on, each.number), default=None)

    @cached_property
    def in_force(self) -> Decision | None:
        """Return the approval of the plan in force: the newest plan whose last decision is to approve it."""
        last = {each.plan: each for each in self.person.decisions if each.on <= self.on}
        approved = [each for each in last.values() if each.kind == "approved"]
        return max(approved, key=lambda each: each.number, default=None)

    @property
    def is_closed(self) -> bool:
        """Return whether the newest signed plan is a closing one and approved: no plan is owed any more."""
        plan, in_force = self.plan, self.in_force
        if plan is None or in_force is None or plan.id != in_force.plan:
            return False
        return plan.codes.get("plan_type") == "closing"

    @property
    def in_date_until(self) -> date | None:
        """Return the last day on which the plan in force is in date: six months from the last review.

        From the plan itself, if it was never reviewed.
        """
        if not self.in_force:
            return None
        reviewed = [day for day in self.person.reviewed if day <= self.on]
        return max(reviewed, default=self.in_force.planned_on) + REVIEW_EVERY

    @cached_property
    def adviser(self) -> Adviser | None:
        """Return the personal adviser of the day."""
        return held(self.person.advisers, self.on)

    @property
    def adviser_words(self) -> str:
        """Return the adviser in words."""
        return f"adviser {self.adviser.name}" if self.adviser else "no adviser"

    @cached_property
    def last_contact_on(self) -> date | None:
        """Return the day of the last contact that counts."""
        days = [each.on for each in self.person.contacts if each.counts and each.on <= self.on]
        return max(days, default=None)

    def home_visits(self, since: date, until: date) -> list[date]:
        """Return the days of visits where they live, in order."""
        return [each.on for each in self.person.contacts if each.is_home_visit and since <= each.on <= until]

    # Money

    def pence(self, kind: str) -> int:
        """Return what was granted or spent by the day. Pence."""
        return sum(each.pence for each in self.person.money if each.kind == kind and each.on <= self.on)

    @property
    def has_money(self) -> bool:
        """Return whether anything was granted or spent by the day."""
        return any(each.on <= self.on for each in self.person.money)

    # Care

    @property
    def was_fostered_to_18(self) -> bool:
        """Return whether they were in care with foster carers on the day before 18; a short move is none."""
        life = self.person.life
        if life is None or life.in_care_since(life.eve_of_18) is None:
            return False
        lived = [
            each
            for each in self.person.stays
            if each.start <= life.eve_of_18 and not each.placement.startswith("T")
        ]
        return bool(lived) and lived[-1].placement.startswith("U")


def small_first(said: str) -> str:
    """Return words with a small first letter, as they stand within a line; DWP and the like stay."""
    return said if said[1:2].isupper() else f"{said[:1].lower()}{said[1:]}"
