"""The formulas of the virtual school's measures. Pure.

A formula tells, child by child, who is looked at, whether they count, and why; every number is made of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from caseapp import words
from caseapp.education import judgements, qa_schemes, suspension_rules
from caseapp.education import school_rules as rules
from caseapp.education.virtual_school_pupils import BEGUN_DAYS, HELD_DAYS, Care, Day, Meeting, Money, Pupil
from caseapp.form_parts import pep_lists as lists
from caseapp.form_parts.pathway_lists import ACTIVITY

NO_PLACE_DAYS: Final = 20
_LAST_GROUP, _KEY_STAGE_4 = 11, (10, 11)
_ONE_DAY = timedelta(days=1)


class Told(NamedTuple):
    """What a formula says of one child: whether they count, why, and how much where sums are made."""

    pupil: Pupil
    counts: bool
    said: str
    amount: Decimal | None = None


class Asked(NamedTuple):
    """Whom a figure is asked of: everybody the filters let through, those who need a PEP, and the day."""

    everybody: Sequence[Pupil]
    needing: Sequence[Pupil]
    day: Day
    today: date


Formula = Callable[[Asked], Iterable[Told]]


# PEPs


def needing(asked: Asked) -> Iterator[Told]:
    """Tell everybody who needs a PEP."""
    for each in asked.needing:
        care = each.care_on(asked.day.on)
        yield Told(each, True, f"looked after since {words.day(care.start)}" if care else "")


def up_to_date(asked: Asked) -> Iterator[Told]:
    """Tell whose PEP is up to date, among those whose first one is due."""
    for each in asked.needing:
        if not each.waits_for_first(asked.day):
            yield Told(each, each.is_up_to_date(asked.day), _last_words(each, asked.day))


def approved(asked: Asked) -> Iterator[Told]:
    """Tell whose PEP is up to date and approved."""
    for each in asked.needing:
        if each.waits_for_first(asked.day):
            continue
        newest = each.newest(asked.day)
        step = each.approved(newest, asked.day.on) if newest else None
        said = f", approved {words.day(step.on)}" if step else ", not approved" if newest else ""
        counts = step is not None and each.is_up_to_date(asked.day)
        yield Told(each, counts, _last_words(each, asked.day) + said)


def _last_words(pupil: Pupil, day: Day) -> str:
    newest = pupil.newest(day)
    return f"last meeting {words.day(newest.held_on)}" if newest else "no meeting yet"


def first_not_due(asked: Asked) -> Iterator[Told]:
    """Tell whose first PEP is still to come and not due yet."""
    for each in asked.needing:
        due = each.first_due(asked.day)
        if each.waits_for_first(asked.day) and due:
            yield Told(each, True, f"first PEP due {words.day(due)}")


def completed(asked: Asked) -> Iterator[Told]:
    """Tell who had a meeting this term."""
    for each in asked.needing:
        yield Told(each, each.this_term(asked.day) is not None, _last_words(each, asked.day))


class _Entry(NamedTuple):
    pupil: Pupil
    care: Care
    begun_by: date
    held_by: date
    begun_on: date | None
    held_on: date | None


def _entries(asked: Asked) -> Iterator[_Entry]:
    """Yield each entry into care whose first PEP fell due this term, while the child was still in care."""
    calendar = asked.day.calendar
    for each in asked.everybody:
        for care in each.care:
            if not asked.day.term.starts_on <= care.start + timedelta(days=60):
                continue  # so long ago that it is not worth counting working days
            held_by = calendar.add_working_days(care.start, HELD_DAYS)
            if not asked.day.is_in_term(held_by) or not care.holds(held_by):
                continue
            if not _is_of_age(each, asked.day, care.start, held_by):
                continue
            held = [each.held_on for each in each.meetings if care.owns(each.held_on)]
            begun = sorted([*held, *(on for on in each.begun if care.owns(on))])
            begun_by = calendar.add_working_days(care.start, BEGUN_DAYS)
            yield _Entry(
                each, care, begun_by, held_by, next(iter(begun), None), next(iter(held), None)
            )  # fmt: skip


def _is_of_age(pupil: Pupil, day: Day, start: date, end: date) -> bool:
    first, last = pupil.age(start), pupil.age(end)
    return first is None or last is None or (first >= day.from_age and last < 18)


def initial(asked: Asked, *, begun: bool, held: bool) -> Iterator[Told]:
    """Tell which entries into care had their first PEP begun, held, or both in time."""
    for each in _entries(asked):
        said = [f"came into care {words.day(each.care.start)}"]
        counts = True
        if begun:
            counts = each.begun_on is not None and each.begun_on <= each.begun_by
            said.append(_done("begun", each.begun_on, each.begun_by))
        if held:
            counts = counts and each.held_on is not None and each.held_on <= each.held_by
            said.append(_done("held", each.held_on, each.held_by))
        yield Told(each.pupil, counts, ", ".join(said))


def _done(what: str, on: date | None, by: date) -> str:
    told = f"{what} {words.day(on)}" if on else f"not {what}"
    return f"{told} (due {words.day(by)})"


def overdue(asked: Asked) -> Iterator[Told]:
    """Tell whose PEP is overdue, the longest first."""
    found = []
    for each in asked.needing:
        since = overdue_since(each, asked.day)
        if since:
            found.append((since, each))
    for since, each in sorted(found, key=lambda pair: pair[0]):
        days = words.count((asked.day.on - since).days, "day")
        planned = _planned(each, asked.day)
        why = f"planned for {words.day(planned)}" if planned else f"no date planned, due {words.day(since)}"
        yield Told(each, True, f"{days}: {why}, {_last_words(each, asked.day)}")


def overdue_since(pupil: Pupil, day: Day) -> date | None:
    """Return since when a PEP is overdue; None if it is not.

    Overdue: no meeting this term, and the planned day has passed or there is none. Counted from the planned
    day, else from the last day for the first PEP, else from the first day of the term.
    """
    if pupil.this_term(day) or pupil.waits_for_first(day):
        return None
    planned = _planned(pupil, day)
    if planned:
        return planned if planned < day.on else None
    return day.term.starts_on if pupil.newest(day) else pupil.first_due(day)


def _planned(pupil: Pupil, day: Day) -> date | None:
    newest = pupil.newest(day)
    return newest.days.get("next_on") if newest else None


# Quality


def good(asked: Asked) -> Iterator[Told]:
    """Tell whose newest PEP approved this term is graded good or better."""
    for each in asked.needing:
        given = [step for step in each.decided(asked.day) if step.state == "approved"]
        if given:
            title = qa_schemes.TITLES.get(given[-1].grade, given[-1].grade)
            said = f"approved {words.day(given[-1].on)}, {title.lower()}"
            yield Told(each, given[-1].grade in qa_schemes.GOOD, said)


def returned(asked: Asked) -> Iterator[Told]:
    """Tell whose PEP was given back, among those decided on this term."""
    for each in asked.needing:
        decided = each.decided(asked.day)
        back = [step for step in decided if step.state == "returned"]
        if decided:
            days = words.listed([words.day(step.on) for step in back])
            yield Told(each, bool(back), f"given back {days}" if back else "approved at once")


def resubmissions(asked: Asked) -> Iterator[Told]:
    """Tell how often the newest PEPs approved this term came back mended."""
    for each in asked.needing:
        given = [step for step in each.decided(asked.day) if step.state == "approved"]
        if given:
            times = given[-1].resubmissions
            yield Told(each, True, f"mended {words.count(times, 'time')}", Decimal(times))


# Voice


def meeting_says(asked: Asked, key: str, counted: frozenset[str], titles: dict[str, str]) -> Iterator[Told]:
    """Tell for whom this term’s plan gives one of some codes to a question."""
    for each, meeting in _met(asked):
        code = meeting.codes.get(key, "")
        said = titles.get(code, "not recorded").lower()
        yield Told(each, code in counted, f"meeting {words.day(meeting.held_on)}: {said}")


def _met(asked: Asked) -> Iterator[tuple[Pupil, Meeting]]:
    for each in asked.needing:
        meeting = each.this_term(asked.day)
        if meeting:
            yield each, meeting


# Attendance


def _attended(asked: Asked) -> Iterator[tuple[Pupil, Decimal, str, str]]:
    """Yield each child with sessions this school year: per cent, kind of absence, and both in words."""
    for each in asked.needing:
        attended, possible = each.sessions(asked.day)
        percent = rules.attendance_percent(attended, possible)
        if percent is not None:
            said = f"{percent}%: {attended} of {possible} sessions"
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
