"""The virtual school's figures counted the slow, plain way from what was invented: no query, no rule of ours.

Only a day's primitives are shared with the program: ages, bank holidays, which days schools may teach on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from caseapp import ages, calendars
from caseapp.education.school_rules import is_taught_day
from tests.virtual_county import KINDS

Told = dict[str, Any]
Counted = tuple[set[int], set[int], dict[int, Any]]
"""Who counts, who was looked at and does not, and the amounts; children by reference."""

TERM_MONTHS = {1: 1, 2: 1, 3: 1, 4: 4, 5: 4, 6: 4, 7: 4, 8: 4, 9: 9, 10: 9, 11: 9, 12: 9}
GOOD = {"green", "gold", "good"}
ORDER = {"autumn": 0, "spring": 1, "summer": 2}


def term_start(day: date) -> date:
    return date(day.year, TERM_MONTHS[day.month], 1)


def school_year(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def working_days_on(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= calendars.england().is_working_day(day)
    return day


def care_of(child: Told, on: date) -> tuple[date, date | None, date | None] | None:
    """Return (start, end, end of the care before) of the time in care on a day."""
    found, before = None, None
    for each in child["care"]:
        if each["short"]:
            continue
        if each["start"] <= on and (each["end"] is None or each["end"] > on):
            found = (each["start"], each["end"], before)
        before = each["end"]
    return found


def owned(plan: Told, start: date, end: date | None, before: date | None) -> bool:
    if plan["void"] or (end is not None and plan["held"] > end):
        return False
    return plan["held"] >= start or before is None or plan["held"] > before


def needs(child: Told, on: date) -> bool:
    return care_of(child, on) is not None and 3 <= ages.age(child["born_on"], on) < 18


def held(child: Told, on: date) -> list[Told]:
    care = care_of(child, on)
    found = [each for each in child["plans"] if care and owned(each, *care) and each["held"] <= on]
    return sorted(found, key=lambda each: each["held"])


def first_due(child: Told, on: date) -> date:
    start = care_of(child, on)[0]
    third = ages.birthday(child["born_on"], 3)
    if start >= third:
        return working_days_on(start, 20)
    at = third
    while term_start(at) == term_start(third):
        at += timedelta(days=1)
    return at + timedelta(days=30)


def waits(child: Told, on: date) -> bool:
    return not held(child, on) and on <= first_due(child, on)


def up_to_date(child: Told, on: date) -> bool:
    since = term_start(on)
    if on <= since + timedelta(days=30):
        since = term_start(since - timedelta(days=1))
    return any(each["held"] >= since for each in held(child, on))


def this_term(child: Told, on: date) -> Told | None:
    found = [each for each in held(child, on) if each["held"] >= term_start(on)]
    return found[-1] if found else None


def decisions(child: Told, on: date) -> list[tuple[date, str, str, int]]:
    """Return (day, state, grade, resubmissions) of this term's decisions in the order of time."""
    found = []
    for plan in child["plans"]:
        # The versions that were given back stand although the last was made void.
        found += [(day, "returned", "red", 0) for day in plan["returned"]]
        if plan["approved"] and not plan["void"]:
            found.append((plan["approved"], "approved", plan["grade"], len(plan["returned"])))
    return [each for each in sorted(found, key=lambda each: each[0]) if term_start(on) <= each[0] <= on]


def group(child: Told, on: date) -> int:
    if child["group"] and child["group"][0] == school_year(on):
        return child["group"][1]
    return ages.year_group(child["born_on"], on)


def school(child: Told, on: date) -> Told | None:
    found = None
    for each in child["schools"]:
        if each["from"] <= on and (each["until"] is None or on <= each["until"]):
            found = each
    return found if found and KINDS[found["school"] % len(KINDS)] != "none" else None


def real_schools(child: Told) -> list[Told]:
    return [each for each in child["schools"] if KINDS[each["school"] % len(KINDS)] != "none"]


def latest(child: Told, on: date, key: str) -> Any:
    said = [
        (each["held"], each[key])
        for each in child["plans"]
        if not each["void"] and each["held"] <= on and each[key]
    ]
    return max(said, key=lambda pair: pair[0])[1] if said else None


def sen(child: Told, on: date, today: date) -> str:
    return child["sen"] if on >= today else latest(child, on, "sen") or child["sen"]


def sessions(child: Told, on: date) -> tuple[int, int]:
    season = {9: "autumn", 1: "spring", 4: "summer"}[term_start(on).month]
    rows = [
        row
        for row in child["attendance"]
        if row[0] == school_year(on) and ORDER[row[1]] <= ORDER[season]
    ]  # fmt: skip
    return sum(row[3] for row in rows), sum(row[2] for row in rows)


def suspensions(child: Told, on: date, permanent: bool) -> list[tuple[date, int]]:
    return [
        (started, count)
        for started, count, is_permanent, withdrawn in child["suspensions"]
        if is_permanent == permanent and date(school_year(on), 9, 1) <= started <= on
        and not (withdrawn and withdrawn <= on)
    ]  # fmt: skip


def judged(child: Told, on: date, subject: str) -> tuple[str, str] | None:
    rows = [
        (day, place, judgement, progress)
        for place, (name, day, judgement, progress) in enumerate(child["attainment"])
        if name.lower() == subject and ages.birthday(on, -1) < day <= on
    ]
    return max(rows)[2:] if rows else None


def no_place_days(child: Told, on: date) -> int:
    if not ages.is_compulsory_school_age(child["born_on"], on) or school(child, on):
        return 0
    fifth = ages.birthday(child["born_on"], 5)
    begins = {1: date(fifth.year, 3, 31), 4: date(fifth.year, 8, 31), 9: date(fifth.year, 12, 31)}
    since = max(begins[TERM_MONTHS[fifth.month]], care_of(child, on)[0])
    for each in real_schools(child):
        if each["until"] and each["until"] <= on:
            since = max(since, each["until"] + timedelta(days=1))
    return sum(is_taught_day(since + timedelta(days=step)) for step in range((on - since).days + 1))


def moves(child: Told) -> list[date]:
    return [each["from"] for each in real_schools(child)][1:]


def key_stage_4(child: Told, on: date) -> list[date]:
    found = []
    for day in moves(child):
        year = ages.year_group(child["born_on"], day)
        if day <= on and (year == 11 or (year == 10 and day.month != 9)):
            found.append(day)
    return found


def money(child: Told, on: date, what: str) -> int:
    year = on.year if on.month >= 4 else on.year - 1
    total = 0
    for each in child["money"]:
        if each["year"] != year or each["decision"] not in ("approved", "part") or each["decided"] > on:
            continue
        spent = each["spent"] if each["paid"] and each["paid"] <= on else 0
        total += {"approved": each["approved"], "spent": spent, "unspent": each["approved"] - spent}[what]
    return total


def entries(child: Told, on: date) -> list[tuple[bool, bool]]:
    """Return (begun in time, held in time) of entries whose 20 working days ended this term."""
    found, before = [], None
    for each in child["care"]:
        start, end = each["start"], each["end"]
        if each["short"]:
            continue
        by, begin_by = working_days_on(start, 20), working_days_on(start, 10)
        is_due = term_start(on) <= by <= on and (end is None or end > by)
        of_age = ages.age(child["born_on"], start) >= 3 and ages.age(child["born_on"], by) < 18
        if is_due and of_age:
            plans = [plan for plan in child["plans"] if owned(plan, start, end, before)]
            begun = [plan["held"] for plan in plans]
            for plan in child["plans"]:
                day = plan["begun"]
                if day and not plan["void"] and owned({"held": day, "void": False}, start, end, before):
                    begun.append(day)
            found.append(
                (any(day <= begin_by for day in begun), any(plan["held"] <= by for plan in plans))
            )  # fmt: skip
        before = end
    return found


def _split(children: list[Told], looked_at: Callable[[Told], bool], counts: Callable[[Told], Any]) -> Counted:
    among = [each for each in children if looked_at(each)]
    yes = {each["ref"] for each in among if counts(each)}
    return yes, {each["ref"] for each in among} - yes, {}


def _sums(children: list[Told], amount: Callable[[Told], Any]) -> Counted:
    found = {each["ref"]: amount(each) for each in children}
    kept = {ref: value for ref, value in found.items() if value is not None}
    return set(kept), set(), kept


def counted(everybody: list[Told], on: date, today: date) -> dict[str, Counted]:
    """Return every figure but those of entries: who counts, who does not, how much."""
    roll = [each for each in everybody if needs(each, on)]

    def share(counts: Callable[[Told], Any], looked_at: Callable[[Told], bool] = lambda _: True) -> Counted:
        return _split(roll, looked_at, counts)

    def some(counts: Callable[[Told], Any]) -> Counted:
        return _split(roll, counts, lambda _: True)

    def is_overdue(child: Told) -> bool:
        if this_term(child, on) or waits(child, on):
            return False
        plans = held(child, on)
        planned = plans[-1]["next"] if plans else None
        return planned is None or planned < on

    def approved(child: Told) -> bool:
        plans = held(child, on)
        given = plans[-1]["approved"] if plans else None
        return up_to_date(child, on) and given is not None and given <= on

    def last_approval(child: Told) -> tuple[date, str, str, int] | None:
        found = [each for each in decisions(child, on) if each[1] == "approved"]
        return found[-1] if found else None

    def attended(child: Told) -> float | None:
        present, possible = sessions(child, on)
        return 100 * present / possible if possible else None

    def missed(child: Told, tenths: int) -> bool:
        present, possible = sessions(child, on)
        return (possible - present) * 10 >= tenths * possible

    def in_years(child: Told) -> bool:
        return 1 <= group(child, on) <= 11

    def known(child: Told, subject: str) -> bool:
        found = judged(child, on, subject)
        return in_years(child) and found is not None and found[0] != "N"

    def at_expected(child: Told, subject: str) -> bool:
        return judged(child, on, subject)[0] in ("E", "GD")

    def progress_known(child: Told, subject: str) -> bool:
        found = judged(child, on, subject)
        return in_years(child) and found is not None and found[1] not in ("none", "")

    def meets(child: Told) -> bool:
        return this_term(child, on) is not None

    def is_late(child: Told) -> bool:
        due = latest(child, on, "review")
        return sen(child, on, today) == "E" and due is not None and due < on

    subjects = ("reading", "writing", "maths")
    return {
        "needing": some(lambda _: True),
        "up_to_date": share(lambda each: up_to_date(each, on), lambda each: not waits(each, on)),
        "approved": share(approved, lambda each: not waits(each, on)),
        "completed": share(meets),
        "first_not_due": some(lambda each: waits(each, on)),
        "overdue": some(is_overdue),
        "good": share(lambda each: last_approval(each)[2] in GOOD, lambda each: bool(last_approval(each))),
        "returned": share(
            lambda each: any(one[1] == "returned" for one in decisions(each, on)),
            lambda each: bool(decisions(each, on)),
        ),
        "resubmissions": _sums(roll, lambda each: last_approval(each) and last_approval(each)[3]),
        "voice": share(lambda each: this_term(each, on)["voice"] not in ("", "refused"), meets),
        "child_came": share(lambda each: this_term(each, on)["child"] in ("all", "part"), meets),
        "carer_came": share(lambda each: this_term(each, on)["carer"] in ("there", "online"), meets),
        "attendance": _sums(roll, attended),
        "persistent": share(lambda each: missed(each, 1), lambda each: bool(sessions(each, on)[1])),
        "severe": share(lambda each: missed(each, 5), lambda each: bool(sessions(each, on)[1])),
        "suspended": share(lambda each: bool(suspensions(each, on, permanent=False))),
        "suspension_days": _sums(
            roll, lambda each: sum(one[1] for one in suspensions(each, on, permanent=False)) / 2 or None
        ),
        "excluded": some(lambda each: bool(suspensions(each, on, permanent=True))),
        "timetables": some(
            lambda each: any(
                start <= on and (on - start).days > 42 and (end is None or end >= on)
                for start, end in each["timetables"]
            )
        ),
        "no_place": some(lambda each: no_place_days(each, on) > 20),
        **{
            f"expected_{one}": share(lambda each, one=one: at_expected(each, one),
                                     lambda each, one=one: known(each, one))
            for one in subjects
        },
        "expected_combined": share(
            lambda each: all(at_expected(each, one) for one in subjects),
            lambda each: all(known(each, one) for one in subjects),
        ),
        **{
            f"progress_{one}": share(
                lambda each, one=one: judged(each, on, one)[1] in ("expected", "more"),
                lambda each, one=one: progress_known(each, one))
            for one in subjects
        },
        **{
            f"premium_{one}": _sums(everybody, lambda each, one=one: money(each, on, one) or None)
            for one in ("approved", "spent", "unspent")
        },
        "sen_support": share(lambda each: sen(each, on, today) == "K"),
        "ehcp": share(lambda each: sen(each, on, today) == "E"),
        "ehcp_overdue": some(is_late),
        "eet": share(lambda each: latest(each, on, "eet") in ("F2", "P5"),
                     lambda each: group(each, on) >= 12),
        "neet": some(lambda each: group(each, on) >= 12 and latest(each, on, "eet") == "G5"),
        "moves": share(lambda each: any(ages.birthday(on, -1) < day <= on for day in moves(each))),
        "key_stage_4_moves": share(lambda each: bool(key_stage_4(each, on)),
                                   lambda each: group(each, on) in (10, 11)),
    }  # fmt: skip
