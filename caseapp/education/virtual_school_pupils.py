"""The children of the virtual school: each one's whole schooling, and how it stood on a day. Pure.

Nothing after the day that is asked for counts, so that last term's figures are made as this term's are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from caseapp import ages, calendars
from caseapp.calendars import Calendar, Term
from caseapp.education import school_rules as rules
from caseapp.education import suspension_rules, variants
from caseapp.education.rates import financial_year
from caseapp.form_parts.pathway_lists import IN_ACTIVITY, NOT_IN_ACTIVITY

GRACE_DAYS = 30  # of a term in which last term's meeting still counts, as clock P3 has it
BEGUN_DAYS, HELD_DAYS = 10, 20  # working days of clocks P1 and P2
MAJORITY = 18
FIRST_POST_16 = 12
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """The day as at which figures are told, with its term and what the area settled."""

    on: date
    term_of: Callable[[date], Term] = calendars.term_of
    from_age: int = 3
    calendar: Calendar = field(default_factory=calendars.england)

    @cached_property
    def term(self) -> Term:
        """The term of the day; a day in the holidays belongs to the term before it."""
        return self.term_of(self.on)

    @cached_property
    def before(self) -> Day:
        """The last day before this term: as at which last term's figures are told."""
        return Day(self.term.starts_on - _ONE_DAY, self.term_of, self.from_age, self.calendar)

    @property
    def grace_on(self) -> date:
        """The last day on which a meeting of the term before still makes a plan up to date."""
        return self.term.starts_on + timedelta(days=GRACE_DAYS)

    @property
    def season(self) -> str:
        """Autumn, spring or summer."""
        return self.term.name.split(" ")[0]

    @property
    def school_year(self) -> int:
        """The year in which the term's school year began."""
        return int(self.term.name.rsplit(" ", 1)[1]) - (self.season != "autumn")

    @property
    def premium_year(self) -> int:
        """The financial year of the day."""
        return financial_year(self.on)

    def is_in_term(self, day: date | None) -> bool:
        """Return whether something happened in this term, up to the day."""
        return day is not None and self.term.starts_on <= day <= self.on

    def is_school_day(self, day: date) -> bool:
        """Return whether schools of the area may teach on a day."""
        return rules.is_taught_day(day, self.calendar) and day <= self.term_of(day).ends_on


class Care(NamedTuple):
    """A time looked after; its last day starts nothing. `ended_before`: when the time before it ended."""

    start: date
    end: date | None = None
    ended_before: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether the child is looked after on a day."""
        return self.start <= on and (self.end is None or on < self.end)

    def owns(self, held_on: date) -> bool:
        """Return whether a meeting belongs to this time: a planned entry may have it before the start."""
        if self.end is not None and held_on > self.end:
            return False
        return held_on >= self.start or self.ended_before is None or held_on > self.ended_before


class Meeting(NamedTuple):
    """A PEP meeting that was held, with what its signed plan says.

    `plans` are the version and those that it puts right.
    """

    held_on: date
    number: int
    plans: tuple[UUID, ...]
    codes: Mapping[str, str]
    days: Mapping[str, date]


class Step(NamedTuple):
    """A decision on a plan: approved with a grade, or returned. `resubmissions`: how often it came back."""

    on: date
    state: str
    grade: str
    plan: UUID
    resubmissions: int


class At(NamedTuple):
    """A spell at a school."""

    stay: rules.Stay
    school_id: UUID
    school: str
    kind: str

    def holds(self, on: date) -> bool:
        """Return whether the spell runs on a day."""
        first, last = self.stay
        return (first is None or first <= on) and (last is None or on <= last)


class Sessions(NamedTuple):
    """A term's attendance at a school."""

    school_year: int
    season: str
    possible: int
    attended: int


class Timetable(NamedTuple):
    """A reduced timetable."""

    started_on: date
    ended_on: date | None


class Judged(NamedTuple):
    """How a subject stood on a day; the subject folded."""

    subject: str
    on: date
    judgement: str
    progress: str


class Money(NamedTuple):
    """A request for pupil premium that was granted, in pence."""

    year: int
    approved: int
    decided_on: date | None
    spent: int
    paid_on: date | None


@dataclass(frozen=True)
class Pupil:
    """A child with everything that a figure may be made of, each list in the order of time."""

    id: UUID
    ref: int
    name: str
    born_on: date | None
    sen: str = ""
    worker_id: UUID | None = None
    worker: str = ""
    care: tuple[Care, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    begun: tuple[date, ...] = ()
    steps: tuple[Step, ...] = ()
    schools: tuple[At, ...] = ()
    groups: Mapping[int, int] = field(default_factory=dict)
    attendance: tuple[Sessions, ...] = ()
    suspensions: tuple[suspension_rules.Spell, ...] = ()
    timetables: tuple[Timetable, ...] = ()
    attainment: tuple[Judged, ...] = ()
    money: tuple[Money, ...] = ()

    def care_on(self, on: date) -> Care | None:
        """Return the time looked after that a day lies in."""
        return next((each for each in reversed(self.care) if each.holds(on)), None)

    def age(self, on: date) -> int | None:
        """Return the age on a day."""
        return ages.age(self.born_on, on) if self.born_on else None

    def needs_pep(self, day: Day) -> bool:
        """Return whether the child needs a PEP: in care, old enough, under 18. Short breaks are no care.

        Of a child without a date of birth the age is taken to be right, as the clocks take it.
        """
        age = self.age(day.on)
        return self.care_on(day.on) is not None and (age is None or day.from_age <= age < MAJORITY)

    def held(self, day: Day) -> list[Meeting]:
        """Return the meetings of the present time in care up to the day, the newest last."""
        care = self.care_on(day.on)
        return [each for each in self.meetings if care and care.owns(each.held_on) and each.held_on <= day.on]

    def newest(self, day: Day) -> Meeting | None:
        """Return the newest meeting of the present time in care."""
        return next(reversed(self.held(day)), None)

    def this_term(self, day: Day) -> Meeting | None:
        """Return this term's meeting: of two the newest counts."""
        newest = self.newest(day)
        return newest if newest and day.is_in_term(newest.held_on) else None

    def first_due(self, day: Day) -> date | None:
        """Return the last day for the first PEP of the present time in care.

        A child who became old enough in care has it in the term after, by the day of grace.
        """
        care = self.care_on(day.on)
        if not care:
            return None
        old_enough = ages.birthday(self.born_on, day.from_age) if self.born_on else date.min
        if care.start >= old_enough:
            return day.calendar.add_working_days(care.start, HELD_DAYS)
        ends_on = day.term_of(old_enough).ends_on + _ONE_DAY
        while (term := day.term_of(ends_on)) == day.term_of(old_enough):
            ends_on += _ONE_DAY  # days of the holidays belong to the term before
        return term.starts_on + timedelta(days=GRACE_DAYS)

    def waits_for_first(self, day: Day) -> bool:
        """Return whether the first PEP is still to come and not due yet."""
        due = self.first_due(day)
        return not self.held(day) and due is not None and day.on <= due

    def is_up_to_date(self, day: Day) -> bool:
        """Return whether a meeting was held this term, or last term while this one is young."""
        newest = self.newest(day)
        if newest is None:
            return False
        since = day.before.term.starts_on if day.on <= day.grace_on else day.term.starts_on
        return newest.held_on >= since

    def approved(self, meeting: Meeting, on: date) -> Step | None:
        """Return the approval of a meeting's plan; a correction that waits does not undo it."""
        return next(
            (
                each
                for each in reversed(self.steps)
                if each.state == "approved" and each.on <= on and each.plan in meeting.plans
            ),
            None,
        )

    def decided(self, day: Day) -> list[Step]:
        """Return the decisions of quality assurance in this term."""
        return [each for each in self.steps if day.is_in_term(each.on)]

    def told(self, day: Day, key: str) -> str:
        """Return what the newest plan up to the day says, among those that say it."""
        return next((each.codes[key] for each in reversed(self._plans(day)) if key in each.codes), "")

    def told_day(self, day: Day, key: str) -> date | None:
        """Return a date that the newest plan up to the day gives, among those that give it."""
        return next((each.days[key] for each in reversed(self._plans(day)) if key in each.days), None)

    def _plans(self, day: Day) -> list[Meeting]:
        return [each for each in self.meetings if each.held_on <= day.on]

    def sen_on(self, day: Day, today: date) -> str:
        """Return the SEN status: today the record's; on an earlier day what the last plan by then says."""
        return self.sen if day.on >= today else self.told(day, "sen_status") or self.sen

    def group(self, on: date) -> int | None:
        """Return the year group that the child is taught in on a day."""
        other = self.groups.get(rules.school_year(on))
        if other is not None or not self.born_on:
            return other
        return ages.year_group(self.born_on, on)

    def school_on(self, on: date) -> At | None:
        """Return the school on a day, the one begun last; a place that says «no provision» is none."""
        found = next((each for each in reversed(self.schools) if each.holds(on)), None)
        return None if found and variants.setting_code(found.kind) == variants.NONE else found

    def sessions(self, day: Day) -> tuple[int, int]:
        """Return the sessions attended and possible in the school year, up to the end of the term."""
        last = rules.TERMS.index(day.season)
        counted = [
            each
            for each in self.attendance
            if each.school_year == day.school_year and rules.TERMS.index(each.season) <= last
        ]
        return sum(each.attended for each in counted), sum(each.possible for each in counted)

    def suspended(self, day: Day, *, permanent: bool) -> list[suspension_rules.Spell]:
        """Return the suspensions or exclusions of the school year that stand."""
        first = date(day.school_year, 9, 1)
        return [
            each
            for each in self.suspensions
            if first <= each.started_on <= day.on
            and each.permanent == permanent
            and not (each.rescinded_on and each.rescinded_on <= day.on)
        ]

    def newest_judged(self, day: Day) -> dict[str, Judged]:
        """Return by subject how it stands, from what was assessed in the last twelve months."""
        since = ages.birthday(day.on, -1)
        return {each.subject: each for each in self.attainment if since < each.on <= day.on}

    def without_school_since(self, day: Day) -> date | None:
        """Return since when a child of compulsory school age in care has had no school place."""
        care = self.care_on(day.on)
        if not care or not self.born_on or not ages.is_compulsory_school_age(self.born_on, day.on):
            return None
        if self.school_on(day.on):
            return None
        begins = calendars.term_of(ages.birthday(self.born_on, 5)).ends_on
        ended = [self._ended(each) for each in self.schools if self._ended(each) <= day.on]
        return max([begins, care.start, *(each + _ONE_DAY for each in ended)])

    def _ended(self, at: At) -> date:
        """Return the last day at a place; one that is none never counts as one."""
        is_none = variants.setting_code(at.kind) == variants.NONE
        return date.min if is_none else at.stay.until_on or date.max

    @property
    def stays(self) -> list[rules.Stay]:
        """The spells at schools as the rules read them; days without provision are no school."""
        return [each.stay for each in self.schools if variants.setting_code(each.kind) != variants.NONE]

    def is_eet(self, day: Day) -> bool | None:
        """Return whether a young person is in education, employment or training; None: not known."""
        activity = self.told(day, "eet")
        if activity in IN_ACTIVITY:
            return True
        return False if activity in NOT_IN_ACTIVITY else None

    def is_post_16(self, day: Day) -> bool:
        """Return whether the young person is in year 12 or above."""
        group = self.group(day.on)
        return group is not None and group >= FIRST_POST_16
