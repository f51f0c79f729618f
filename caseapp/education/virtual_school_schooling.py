"""The virtual school's formulas about schooling, from attendance to moves, and the pupil premium. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from caseapp import words
from caseapp.education import judgements, suspension_rules
from caseapp.education import school_rules as rules
from caseapp.education.virtual_school_formula import Asked, Told
from caseapp.education.virtual_school_pupils import Day, Money, Pupil
from caseapp.form_parts import pep_lists as lists
from caseapp.form_parts.pathway_lists import ACTIVITY

NO_PLACE_DAYS: Final = 20
_LAST_GROUP, _KEY_STAGE_4 = 11, (10, 11)
_ONE_DAY = timedelta(days=1)


# Attendance


def _attended(asked: Asked) -> Iterator[tuple[Pupil, Decimal, str, str]]:
    """Yield each child with sessions this school year: per cent, kind of absence, and both in words."""
    for each in asked.needing:
        attended, possible = each.sessions(asked.day)
        percent = rules.attendance_percent(attended, possible)
        if percent is not None:
            said = f"{percent} %: {attended} of {possible} sessions"
            yield each, percent, rules.absence(attended, possible), said


def mean_attendance(asked: Asked) -> Iterator[Told]:
    """Tell everybody’s attendance, the lowest first."""
    for each, percent, _, said in sorted(_attended(asked), key=lambda told: told[1]):
        yield Told(each, True, said, percent)


def absent(asked: Asked, kinds: tuple[str, ...]) -> Iterator[Told]:
    """Tell whose absence is of one of some kinds."""
    for each, _, kind, said in _attended(asked):
        yield Told(each, kind in kinds, said)


# Suspensions, timetables, places


def suspended(asked: Asked) -> Iterator[Told]:
    """Tell who was suspended this school year."""
    for each in asked.needing:
        found = each.suspended(asked.day, permanent=False)
        said = f"{words.count(len(found), 'suspension')}, {_days_words(found)}" if found else "none"
        yield Told(each, bool(found), said)


def suspension_days(asked: Asked) -> Iterator[Told]:
    """Tell how many days of suspension each child had."""
    for each in asked.needing:
        found = each.suspended(asked.day, permanent=False)
        if found:
            yield Told(each, True, _days_words(found), rules.days(sum(one.sessions for one in found)))


def _days_words(found: Sequence[suspension_rules.Spell]) -> str:
    told = rules.days_words(sum(each.sessions for each in found))
    return f"{told}, last {words.day(found[-1].started_on)}"


def excluded(asked: Asked) -> Iterator[Told]:
    """Tell who was permanently excluded."""
    for each in asked.needing:
        for spell in each.suspended(asked.day, permanent=True)[-1:]:
            yield Told(each, True, f"permanently excluded {words.day(spell.started_on)}")


def long_timetables(asked: Asked) -> Iterator[Told]:
    """Tell whose reduced timetable runs for more than six weeks."""
    on = asked.day.on
    for each in asked.needing:
        found = [one for one in each.timetables if one.started_on <= on and rules.is_long_timetable(*one, on)]
        if found:
            weeks = words.count((on - found[0].started_on).days // 7, "week")
            yield Told(each, True, f"since {words.day(found[0].started_on)}, {weeks}")


def no_place(asked: Asked) -> Iterator[Told]:
    """Tell who has had no school place for too long."""
    for each in asked.needing:
        since = each.without_school_since(asked.day)
        if since and _has_over(NO_PLACE_DAYS, since, asked.day):
            yield Told(each, True, f"no school since {words.day(since)}")


def _has_over(limit: int, since: date, day: Day) -> bool:
    """Return whether more school days than the limit lie from a day to the day asked for, both included."""
    counted, at = 0, since
    while at <= day.on:
        counted += day.is_school_day(at)
        if counted > limit:
            return True
        at += _ONE_DAY
    return False


# Attainment


def expected(asked: Asked, subjects: tuple[str, ...]) -> Iterator[Told]:
    """Tell who stands at or above the age’s expectation in every one of some subjects."""
    for each in _of_school_years(asked):
        newest = each.newest_judged(asked.day)
        ranks = [
            judgements.is_at_expected(newest[one].judgement) if one in newest else None for one in subjects
        ]
        if None in ranks:
            continue
        said = ", ".join(
            f"{one} {judgements.judgement_words(newest[one].judgement).lower()}" for one in subjects
        )  # fmt: skip
        yield Told(each, all(ranks), said)


def progressed(asked: Asked, subject: str) -> Iterator[Told]:
    """Tell who made the progress expected in a subject."""
    titles = dict(lists.PROGRESS)
    for each in _of_school_years(asked):
        judged = each.newest_judged(asked.day).get(subject)
        if judged and judged.progress not in ("", "none"):
            said = f"{words.day(judged.on)}: {titles.get(judged.progress, judged.progress).lower()}"
            yield Told(each, judged.progress in ("expected", "more"), said)


def _of_school_years(asked: Asked) -> Iterator[Pupil]:
    for each in asked.needing:
        group = each.group(asked.day.on)
        if group is not None and 1 <= group <= _LAST_GROUP:
            yield each


# Money


def premium(asked: Asked, sum_of: Callable[[Money, date], int]) -> Iterator[Told]:
    """Tell each child’s sum of pupil premium in the financial year."""
    for each in asked.everybody:
        found = [one for one in each.money if one.year == asked.day.premium_year]
        pence = sum(sum_of(one, asked.day.on) for one in found)
        if pence:
            yield Told(each, True, words.money(pence), Decimal(pence))


def granted(money: Money, on: date) -> int:
    """Return the pence approved by a day."""
    return money.approved if money.decided_on and money.decided_on <= on else 0


def spent(money: Money, on: date) -> int:
    """Return the pence paid by a day and recorded as spent."""
    return money.spent if granted(money, on) and money.paid_on and money.paid_on <= on else 0


def unspent(money: Money, on: date) -> int:
    """Return the pence approved by a day and not recorded as spent."""
    return granted(money, on) - spent(money, on)


# Special educational needs


def sen(asked: Asked, code: str) -> Iterator[Told]:
    """Tell whose SEN status is a code."""
    titles = dict(lists.SEN_STATUS)
    for each in asked.needing:
        status = each.sen_on(asked.day, asked.today)
        yield Told(each, status == code, titles.get(status, "not recorded"))


def review_overdue(asked: Asked) -> Iterator[Told]:
    """Tell whose EHC plan should have been reviewed."""
    for each in asked.needing:
        due = each.told_day(asked.day, "ehcp_review_due_on")
        if due and due < asked.day.on and each.sen_on(asked.day, asked.today) == "E":
            late = words.count((asked.day.on - due).days, "day")
            yield Told(each, True, f"annual review due {words.day(due)}, {late} ago")


# Post-16


def in_activity(asked: Asked) -> Iterator[Told]:
    """Tell who of year 12 or above is in education, employment or training."""
    for each in asked.needing:
        if each.is_post_16(asked.day):
            yield Told(each, each.is_eet(asked.day) is True, _activity(each, asked.day))


def not_in_activity(asked: Asked) -> Iterator[Told]:
    """Tell who of year 12 or above is known to be in none."""
    for each in asked.needing:
        if each.is_post_16(asked.day) and each.is_eet(asked.day) is False:
            yield Told(each, True, _activity(each, asked.day))


def _activity(pupil: Pupil, day: Day) -> str:
    return dict(ACTIVITY).get(pupil.told(day, "eet"), "not recorded in a PEP")


# Stability


def moved(asked: Asked) -> Iterator[Told]:
    """Tell who changed school in the last twelve months."""
    for each in asked.needing:
        days = rules.moves_in_last_year(each.stays, asked.day.on)
        yield Told(each, bool(days), _moves_words(days))


def moved_in_key_stage_4(asked: Asked) -> Iterator[Told]:
    """Tell who of year 10 or 11 changed school within key stage 4."""
    for each in asked.needing:
        if each.born_on and each.group(asked.day.on) in _KEY_STAGE_4:
            days = rules.key_stage_4_moves(each.stays, each.born_on, asked.day.on)
            yield Told(each, bool(days), _moves_words(days))


def _moves_words(days: Sequence[date]) -> str:
    return "moved " + words.listed([words.day(each) for each in days]) if days else "no move"
