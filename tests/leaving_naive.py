"""The leaving-care figures counted the slow, plain way from what was invented: no query, no rule of ours.

The category of each day is the oracle's, who walks through a life one day after another.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from caseapp.pathway.status import CareSpell, LifeEvent
from tests.leaving_county import PAPERS, Told, years_on
from tests.pathway_oracle import walk

Counted = tuple[list[int], list[int], int]
"""Who counts and who does not, by reference, each as often as listed; and the sum of pence."""
DAY = timedelta(days=1)
LISTED = ("eligible", "relevant", "former_relevant", "qualifying")
EET = ("F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5", "F3", "P3")


def months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def told_days(each: Told) -> dict[date, Any]:
    """Return what the oracle says of each day of a life; kept, as walking takes its time."""
    if "days" not in each:
        spells = [CareSpell(one["start"], one["end"], one["law"], one["reason"]) for one in each["care"]]
        events = [LifeEvent(*one) for one in each["events"]]
        each["days"] = walk(each["born"], spells, events)
    return each["days"]


def by_dates(each: Told, on: date) -> tuple[str, bool]:
    told = told_days(each).get(on)
    return (told.category, told.owed) if told else ("none", False)


def category(each: Told, on: date) -> str:
    for name, start, end in reversed(each["decided"]):
        if start <= on and (end is None or on < end):
            return name
    return by_dates(each, on)[0]


def age(each: Told, on: date) -> int:
    return sum(years_on(each["born"], years) <= on for years in range(1, 60))


def holding(rows: list[Told], on: date) -> Told | None:
    found = [one for one in rows if one["from"] <= on and (one["until"] is None or on < one["until"])]
    return found[-1] if found else None


def of_year(each: Told, on: date, place: int) -> str:
    """Return an item of the newest return that had begun by the day."""
    rows = [row for row in each["years"] if date(row[0] - 1, 4, 1) <= on]
    return max(rows)[place] if rows else ""


def touch(each: Told, on: date) -> str:
    rows = [code for day, code in each["touches"] if day <= on]
    return rows[-1] if rows else of_year(each, on, 1)


def home(each: Told, on: date) -> tuple[str, str]:
    """Return (letter, 1 or 2 or nothing)."""
    if not any(one["from"] <= on for one in each["homes"]):
        code = of_year(each, on, 3)
        return ("", "") if code in ("", "0") else (code[0], "" if code[0] in "GHR" else code[1])
    there = holding(each["homes"], on)
    if there is None:
        return "", ""
    kind = there["kind"]
    if kind in "GHR":
        return kind, ""
    if kind in "SX":
        return kind, "2"
    return kind, {True: "1", False: "2", None: ""}[there["suitable"]]


def activity(each: Told, on: date) -> str:
    if not any(one["from"] <= on for one in each["doings"]):
        return of_year(each, on, 2)
    there = holding(each["doings"], on)
    return there["code"] if there else ""


def is_gone(each: Told, on: date) -> bool:
    return touch(each, on) in ("DIED", "RHOM")


def is_owed(each: Told, on: date) -> bool:
    name, owed = by_dates(each, on)
    if category(each, on) != name:
        owed = category(each, on) in LISTED[:3]
    return owed and category(each, on) in LISTED and not is_gone(each, on) and not is_closed(each, on)


def is_closed(each: Told, on: date) -> bool:
    plan = newest(each, on)
    return plan is not None and plan is in_force(each, on) and plan["codes"]["plan_type"] == "closing"


def standing_plans(each: Told) -> list[Told]:
    """Return the plans that no later one puts right."""
    plans = each["plans"]
    return [one for at, one in enumerate(plans) if at + 1 == len(plans) or not plans[at + 1]["replaces"]]


def newest(each: Told, on: date) -> Told | None:
    found = [one for one in standing_plans(each) if one["on"] <= on]
    return found[-1] if found else None


def in_force(each: Told, on: date) -> Told | None:
    found = None
    for one in each["plans"]:
        kinds = [kind for day, kind in one["decided"] if day <= on]
        if kinds and kinds[-1] == "approved":
            found = one
    return found


def in_date(each: Told, on: date) -> bool:
    plan = in_force(each, on)
    if plan is None:
        return False
    days = [one["reviewed"] for one in each["plans"] if one["reviewed"] and one["reviewed"] <= on]
    return on <= months_on(max(days) if days else plan["on"], 6)


def in_care(each: Told, on: date) -> bool:
    """Return whether the day counts as a day in care; the care ended by adoption is wiped out later."""
    if on >= years_on(each["born"], 18):
        return False
    return any(
        one["law"] != "V4" and one["start"] <= on and (one["end"] is None or on < one["end"])
        for one in each["care"]
    )


def wiped(each: Told, on: date, seen_from: date) -> bool:
    """Return whether an adoption up to a day took away the care of an earlier one."""
    return any(
        one["reason"] == "E11" and one["law"] != "V4" and on < one["end"] <= seen_from
        for one in each["care"] if one["end"]
    )  # fmt: skip


def fostered_to_18(each: Told) -> bool:
    eve = years_on(each["born"], 18) - DAY
    if not in_care(each, eve):
        return False
    lived = [one["place"] for one in each["care"] if one["start"] <= eve and one["place"][0] != "T"]
    return bool(lived) and lived[-1][0] == "U"


def talks(each: Told, on: date) -> list[date]:
    return [
        day for day, kind, seen, _ in each["notes"]
        if day <= on and (kind in ("call", "meeting", "message") or (kind == "visit" and seen))
    ]  # fmt: skip


def visits(each: Told, first: date, last: date) -> list[date]:
    return [
        day for day, kind, seen, where in each["notes"]
        if kind == "visit" and seen and where in (None, "home") and first <= day <= last
    ]  # fmt: skip


def left_care_on(each: Told, on: date) -> date | None:
    """Return the last day, up to the one asked for, that was out of care after a day in care."""
    at = on
    if in_care(each, at):
        return None
    while at > years_on(each["born"], 10):
        if in_care(each, at - DAY):
            return at
        at -= DAY
    return None


def first_owed(each: Told, on: date) -> date | None:
    at = years_on(each["born"], 16)
    while at <= on:
        if by_dates(each, at)[0] in ("eligible", "relevant"):
            return at
        at += DAY
    return None


def changes(each: Told, on: date) -> int:
    found = 0
    for number in range(on.day):
        day = on - timedelta(days=number)
        before, after = category(each, day - DAY), category(each, day)
        found += before != after and (before in LISTED or after in LISTED)
    return found


def has_adviser(each: Told, on: date) -> bool:
    return any((start or date.min) <= on and (end is None or on < end) for start, end in each["advisers"])


def has_next_home(each: Told, on: date) -> bool:
    plan = newest(each, on)
    return plan is not None and bool(
        plan["next_move"] or plan["next_move_on"] or plan["codes"]["staying_put"] == "yes"
    )


def ahead(each: Told, on: date, years: int, months: int) -> bool:
    return on < years_on(each["born"], years) <= months_on(on, months)


def _split(among: list[Told], counts: Callable[[Told], Any]) -> Counted:
    yes = [each["ref"] for each in among if counts(each)]
    return sorted(yes), sorted(each["ref"] for each in among if not counts(each)), 0


def counted(everybody: list[Told], on: date) -> dict[str, Counted]:
    """Return every figure: who counts, who does not, how much."""
    listed = [each for each in everybody if category(each, on) in LISTED]
    there = [each for each in listed if not is_gone(each, on)]
    leavers = [each for each in listed if category(each, on) in LISTED[1:3] and age(each, on) >= 17]
    cohort = [each for each in leavers if not is_gone(each, on)]
    owed = [each for each in everybody if is_owed(each, on)]
    year_ago = years_on(on, -1)

    def some(among: list[Told], looked_at: Callable[[Told], Any] = lambda _: True) -> Counted:
        return _split([each for each in among if looked_at(each)], lambda _: True)

    def aged(low: int, high: int) -> Counted:
        return some(listed, lambda each: low <= age(each, on) <= high)

    def living(letter: str) -> Counted:
        return some(there, lambda each: home(each, on)[0] == letter)

    def of_plan(each: Told, key: str) -> str:
        plan = newest(each, on)
        return plan["codes"].get(key, "") if plan else ""

    def in_ours(each: Told) -> bool:
        at = holding(each["homes"], on)
        return bool(at and at["ours"])

    def recent(each: Told) -> bool:
        days = talks(each, on)
        return bool(days) and (on - max(days)).days <= 56

    def still_running(each: Told) -> bool:
        ends = [one["until"] for one in each["homes"] if one["ours"] and one["until"]]
        starts = [day for day in [*ends, left_care_on(each, on)] if day and day <= on]
        return bool(starts) and (on - max(starts)).days <= 56

    def sums(kind: Callable[[str], int]) -> Counted:
        rows = {
            each["ref"]: [kind(what) * pence for day, what, pence in each["money"] if day <= on]
            for each in listed if any(day <= on for day, _, _ in each["money"])
        }  # fmt: skip
        return sorted(rows), [], sum(sum(each) for each in rows.values())

    def turning(lacks: Callable[[Told], Any] = lambda _: True) -> Counted:
        return some(owed, lambda each: ahead(each, on, 18, 6) and lacks(each))

    def is_review_due(each: Told) -> bool:
        day = years_on(each["born"], 21)
        since = months_on(day, -6)
        done = [one["reviewed"] for one in each["plans"] if one["reviewed"]]
        done += [start for kind, start, _ in each["events"] if kind == "birthday_prepared"]
        is_time = category(each, on) == "former_relevant" and since <= on < years_on(each["born"], 22)
        return is_time and not any(since <= one <= on for one in done)

    assessed = ([], [])
    for each in everybody:
        first = first_owed(each, on)
        due = months_on(first, 3) if first else None
        if due and year_ago < due <= on and category(each, due) in LISTED[:3]:
            assessed[not any(day <= due for day in each["assessed"])].append(each["ref"])
    moved = ([], [])
    for each in there:
        for one in each["homes"]:
            due = one["from"] + 7 * DAY
            if one["ours"] and year_ago < due <= on and (one["until"] is None or one["until"] > due):
                moved[not visits(each, one["from"], due)].append(each["ref"])
    visited = ([], [])
    for each in there:
        if in_ours(each):
            since = holding(each["homes"], on)["from"]
            days = visits(each, since, on)
            if days or (on - since).days > 7:
                visited[not (days and on <= months_on(max(days), 2))].append(each["ref"])

    return {
        "listed": some(listed),
        **{one: some(listed, lambda each, one=one: category(each, on) == one) for one in LISTED},
        "changed": (sorted(each["ref"] for each in everybody for _ in range(changes(each, on))), [], 0),
        "cohort": some(cohort),
        "gone": some(leavers, lambda each: is_gone(each, on)),
        "in_touch": _split(cohort, lambda each: touch(each, on) == "YES"),
        "suitable": _split(cohort, lambda each: home(each, on)[1] == "1"),
        "unsuitable": _split(cohort, lambda each: home(each, on)[1] == "2"),
        "no_information": _split(cohort, lambda each: home(each, on)[1] == ""),
        "suitable_known": _split([each for each in cohort if home(each, on)[1]],
                                 lambda each: home(each, on)[1] == "1"),
        "eet": _split(cohort, lambda each: activity(each, on) in EET),
        "neet": _split(cohort, lambda each: activity(each, on)[:1] == "G"),
        "activity_unknown": _split(cohort, lambda each: activity(each, on) in ("", "0")),
        "in_date": _split(owed, lambda each: in_date(each, on)),
        "assessed": (sorted(assessed[0]), sorted(assessed[1]), 0),
        "adviser": _split(
            [each for each in owed if age(each, on) in (16, 17)
             and in_care(each, years_on(each["born"], 16))
             and not wiped(each, years_on(each["born"], 16), years_on(each["born"], 16))],
            lambda each: any(start and start <= years_on(each["born"], 16) for start, _ in each["advisers"]),
        ),
        "contact": _split(
            [each for each in owed if category(each, on) != "eligible" and not in_ours(each)
             and (recent(each) or not still_running(each))], recent,
        ),
        "first_visit": (sorted(moved[0]), sorted(moved[1]), 0),
        "visits": (sorted(visited[0]), sorted(visited[1]), 0),
        "age_0": aged(0, 16), "age_17": aged(17, 17), "age_18": aged(18, 18), "age_19": aged(19, 21),
        "age_22": aged(22, 99), "age_unknown": ([], [], 0),
        "homeless": living("S"), "bed_and_breakfast": living("W"), "emergency": living("V"),
        "custody": living("X"),
        "staying_put": some(there, lambda each: home(each, on)[0] == "Z" and age(each, on) >= 18),
        "stayed_put": _split([each for each in there if age(each, on) == 18 and fostered_to_18(each)],
                             lambda each: home(each, on)[0] == "Z"),
        "passport": _split([each for each in owed if age(each, on) >= 18],
                           lambda each: of_plan(each, "health_passport") == "given"),
        "gp": _split(owed, lambda each: of_plan(each, "has_gp") == "yes"),
        "dentist": _split(owed, lambda each: of_plan(each, "has_dentist") == "yes"),
        "papers": _split(owed, lambda each: all(of_plan(each, key) in ("have", "na") for key in PAPERS)),
        "allocated": sums(lambda what: what == "grant"),
        "spent": sums(lambda what: what == "spent"),
        "left": sums(lambda what: 1 if what == "grant" else -1),
        "turning_18": turning(),
        "no_plan": turning(lambda each: not in_force(each, on)),
        "no_home": turning(lambda each: not has_next_home(each, on)),
        "no_adviser": turning(lambda each: not has_adviser(each, on)),
        "review_21": some(there, is_review_due),
        "closing_25": some(there, lambda each: ahead(each, on, 25, 3)),
    }  # fmt: skip
