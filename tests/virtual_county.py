"""Five hundred invented children for the virtual school, told as plain dictionaries and put into a store."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from db.models import (
    Attainment,
    Attendance,
    Base,
    Child,
    Document,
    Episode,
    Fact,
    PepStep,
    Premium,
    ReducedTimetable,
    Revision,
    School,
    Schooling,
    Suspension,
    YearGroup,
)
from db.moments import new_id
from tests.story import Story

FIRST, LAST = date(2025, 1, 1), date(2027, 6, 30)
KINDS = ("primary", "secondary", "special", "none", "fe")
GRADES = ("green", "amber", "gold", "good", "improve")
Told = dict[str, Any]


def invented(seed: int, count: int) -> list[Told]:
    """Return children as dictionaries, every kind of life among them."""
    dice = random.Random(seed)
    return [_child(dice, number) for number in range(count)]


def _day(dice: random.Random, first: date = FIRST, last: date = LAST) -> date:
    return first + timedelta(days=dice.randint(0, (last - first).days))


def _child(dice: random.Random, number: int) -> Told:
    born_on = _day(dice, date(2007, 1, 1), date(2024, 12, 31))
    if dice.random() < 0.08:  # turns 18 within the time told of
        born_on = _day(dice, date(2007, 8, 1), date(2009, 3, 1))
    care = _care(dice)
    told: Told = {
        "ref": 20_000 + number, "family": f"Invented{number:03}", "born_on": born_on,
        "sen": dice.choice(["", "N", "N", "K", "E"]), "worker": dice.choice(["ada", "bea"]),
        "care": care, "plans": _plans(dice, care), "schools": _schools(dice),
        "group": (2026, dice.randint(0, 13)) if dice.random() < 0.05 else None,
        "attendance": _attendance(dice), "suspensions": [], "timetables": [], "attainment": [], "money": [],
    }  # fmt: skip
    for _ in range(dice.choice([0, 0, 0, 1, 3])):
        permanent = dice.random() < 0.1
        withdrawn = _day(dice) if dice.random() < 0.1 else None
        told["suspensions"].append(
            (_day(dice), 0 if permanent else dice.randint(1, 11), permanent, withdrawn)
        )
    if dice.random() < 0.1:
        started = _day(dice)
        ended = started + timedelta(days=dice.randint(5, 200)) if dice.random() < 0.6 else None
        told["timetables"].append((started, ended))
    for subject in ("Reading", "WRITING", "Maths", "Science"):
        for day in sorted({_day(dice) for _ in range(dice.choice([0, 1, 2, 3]))}):
            judged = dice.choice(["WB", "B", "E", "E", "GD", "N"])
            told["attainment"].append(
                (subject, day, judged, dice.choice(["more", "expected", "less", "none", ""]))
            )
    for _ in range(dice.choice([0, 0, 1, 2])):
        told["money"].append(_request(dice))
    return told


def _care(dice: random.Random) -> list[Told]:
    """Return times of care: each a start, an end, whether of short breaks, and days of new placements."""
    kind = dice.random()
    if kind < 0.08:
        return []
    first = _day(dice, date(2019, 1, 1), date(2026, 11, 30))
    if kind < 0.15:
        return [{"start": first, "end": None, "short": True, "moves": []}]
    if kind < 0.55:
        return [_time(first, None, dice)]
    end = first + timedelta(days=dice.randint(10, 900))
    if kind < 0.75:
        return [_time(first, end, dice)]
    again = end + timedelta(days=dice.choice([0, 3, 40, 200]))
    later = None if dice.random() < 0.6 else again + timedelta(days=dice.randint(15, 400))
    return [_time(first, end, dice), _time(again, later, dice)]


def _time(start: date, end: date | None, dice: random.Random) -> Told:
    last = end or LAST
    moves = sorted(
        {start + timedelta(days=dice.randint(1, 400)) for _ in range(dice.choice([0, 1, 2]))}
    )  # fmt: skip
    return {"start": start, "end": end, "short": False, "moves": [day for day in moves if day < last]}


def _plans(dice: random.Random, care: list[Told]) -> list[Told]:
    """Return signed plans in and about the times of care, some twice a term, some given back, some void."""
    found = []
    for each in care:
        if each["short"]:
            continue
        at = each["start"] - timedelta(days=dice.choice([0, 0, 0, 9]))
        last = min(each["end"] or LAST, LAST)
        at += timedelta(days=dice.choice([0, 5, 15, 24, 30, 90]))
        while at <= last:
            if at >= FIRST:
                found.append(_plan(dice, at))
            at += timedelta(days=dice.choice([20, 70, 100, 120, 150, 260]))
    return found


def _plan(dice: random.Random, held: date) -> Told:
    decided = held + timedelta(days=dice.randint(1, 40))
    returns = dice.choice([0, 0, 0, 1, 2])
    back = [decided + timedelta(days=10 * step) for step in range(returns)]
    approved = decided + timedelta(days=10 * returns) if dice.random() < 0.75 else None
    return {
        "held": held, "begun": held - timedelta(days=dice.randint(0, 12)) if dice.random() < 0.8 else None,
        "next": held + timedelta(days=dice.randint(30, 150)) if dice.random() < 0.8 else None,
        "voice": dice.choice(["talk", "watched", "refused", "drawing", ""]),
        "child": dice.choice(["all", "part", "views", "chose_not"]),
        "carer": dice.choice(["there", "online", "report", "apologies"]),
        "sen": dice.choice(["N", "K", "E", ""]), "eet": dice.choice(["", "F2", "P5", "G5", "0"]),
        "review": held + timedelta(days=dice.randint(-90, 200)) if dice.random() < 0.3 else None,
        "returned": back, "approved": approved, "grade": dice.choice(GRADES),
        "void": dice.random() < 0.04,
    }  # fmt: skip


def _schools(dice: random.Random) -> list[Told]:
    found, at = [], _day(dice, date(2022, 9, 1), date(2025, 12, 31))
    for _ in range(dice.choice([0, 1, 1, 2, 3])):
        until = at + timedelta(days=dice.randint(60, 500)) if dice.random() < 0.6 else None
        found.append({"from": at, "until": until, "school": dice.randrange(10)})
        if until is None:
            break
        at = until + timedelta(days=dice.choice([1, 1, 20, 60]))
    return found


def _attendance(dice: random.Random) -> list[tuple[int, str, int, int, int]]:
    """Return (school year, term, possible, attended, school), some terms at two schools."""
    found = {}
    for year in (2025, 2026):
        for term in ("autumn", "spring", "summer"):
            for school in dice.sample(range(10), dice.choice([0, 1, 1, 2])):
                possible = dice.choice([0, 60, 120, 121])
                share = dice.choice([0.3, 0.5, 0.85, 0.9, 0.97, 1])
                found[year, term, school] = (year, term, possible, int(possible * share), school)
    return list(found.values())


def _request(dice: random.Random) -> Told:
    decided = _day(dice, date(2026, 1, 1), date(2027, 3, 31))
    granted = dice.random() < 0.7
    approved = dice.randint(100, 100_000)
    paid = decided + timedelta(days=20) if granted and dice.random() < 0.6 else None
    return {
        "year": decided.year if decided.month >= 4 else decided.year - 1, "approved": approved,
        "decision": dice.choice(["approved", "part"]) if granted else dice.choice(["declined", "", "query"]),
        "decided": decided, "paid": paid, "spent": dice.randint(0, approved) if paid else None,
    }  # fmt: skip


# Into a store, without the guard: 500 lives in a second


def put(story: Story, told: list[Told]) -> None:
    """Write children into a store; each dictionary gets its `id`, its schools theirs."""
    rows: dict[type[Base], list[Told]] = {}
    worker = story.actors["ada"].worker_id
    common = {
        "version": 1, "created_at": datetime(2026, 1, 1, tzinfo=UTC), "created_by": worker,
        "updated_at": datetime(2026, 1, 1, tzinfo=UTC), "updated_by": worker, "device_id": new_id(),
    }  # fmt: skip

    def add(table: type[Base], **values: Any) -> UUID:
        made = {"id": new_id(), **(common if table is not Fact else {}), **values}
        rows.setdefault(table, []).append(made)
        return made["id"]

    schools = [
        add(School, name=f"School {at}", sort_name=f"school {at}", kind=KINDS[at % len(KINDS)])
        for at in range(10)
    ]
    for each in told:
        actor = story.actors[each["worker"]]
        each["id"] = add(
            Child, ref=each["ref"], given="Kid", family=each["family"], sort_name=each["family"].lower(),
            born_on=each["born_on"], sen_status=each["sen"], status="looked_after",
            team_id=actor.team_id, worker_id=actor.worker_id, opened_on=date(2019, 1, 1),
        )  # fmt: skip
        _put_child(add, each, schools)
    with story.store.engine.begin() as connection:
        for table, values in rows.items():
            connection.execute(table.__table__.insert(), _even(values))


def _even(values: list[Told]) -> list[Told]:
    keys = {key for each in values for key in each}
    return [dict.fromkeys(keys) | each for each in values]


def _put_child(add: Any, each: Told, schools: list[UUID]) -> None:
    own = {"child_id": each["id"]}
    for row in _episodes(each["care"]):
        add(Episode, **own, **row)
    for number, plan in enumerate(each["plans"]):
        _put_plan(add, own, plan, 10 * number)
    for at in each["schools"]:
        add(Schooling, **own, school_id=schools[at["school"]], from_on=at["from"], until_on=at["until"])
    if each["group"]:
        add(YearGroup, **own, school_year=each["group"][0], group=each["group"][1], reason="Held back")
    for year, term, possible, attended, school in each["attendance"]:
        add(Attendance, **own, school_id=schools[school], school_year=year, term=term, possible=possible,
            attended=attended)  # fmt: skip
    for started, sessions, permanent, withdrawn in each["suspensions"]:
        add(Suspension, **own, school_id=schools[0], started_on=started, sessions=sessions,
            permanent=permanent, rescinded_on=withdrawn, reasons=[])  # fmt: skip
    for started, ended in each["timetables"]:
        add(ReducedTimetable, **own, school_id=schools[0], started_on=started, until_on=started,
            ended_on=ended, minutes=600, full_minutes=1500, reason="Made up")  # fmt: skip
    for subject, on, judged, progress in each["attainment"]:
        add(Attainment, **own, subject=subject, assessed_on=on, judgement=judged, progress=progress,
            school_year=2026, term="autumn", framework="school")  # fmt: skip
    for number, one in enumerate(each["money"], 1):
        add(Premium, **own, stream="school", year=one["year"], term="autumn", number=number, targets=[],
            thing="Tuition", category="tuition", asked=100_000, asked_by="School",
            asked_on=one["decided"], decision=one["decision"], approved=one["approved"],
            decided_on=one["decided"], paid_on=one["paid"], spent=one["spent"])  # fmt: skip


def _episodes(care: list[Told]) -> Iterable[Told]:
    for each in care:
        starts = [each["start"], *each["moves"]]
        for number, start in enumerate(starts):
            ends = starts[number + 1] if number + 1 < len(starts) else each["end"]
            last = number + 1 == len(starts)
            if number == 0 and ends == start:
                continue
            yield {
                "started_on": start, "reason_started": "P" if number else "S", "placement": "U4",
                "legal_status": "V4" if each["short"] else "C2", "ended_on": ends,
                "reason_ended": ("E8" if ends else "") if last else "X1",
            }  # fmt: skip


def _put_plan(add: Any, own: Told, plan: Told, number: int) -> None:
    """Write a plan: a version for each time it was given back, the facts with the last that stands."""
    signed = datetime(2026, 1, 1, tzinfo=UTC)
    before = None
    for at in range(len(plan["returned"]) + 1):
        last = at == len(plan["returned"])
        version = add(
            Revision, **own, kind="pep", number=number + at + 1, form_key="pep", form_version=2,
            started_on=plan["held"], dated_on=plan["held"], signed_at=signed, replaces_id=before,
        )  # fmt: skip
        add(Document, **own, revision_id=version, answers={})
        step = {**own, "revision_id": version, "grades": [], "criteria": []}
        if not last:
            add(PepStep, **step, state="returned", happened_on=plan["returned"][at], grade="red")
        elif plan["approved"]:
            add(PepStep, **step, state="approved", happened_on=plan["approved"], grade=plan["grade"])
        if last and plan["void"]:
            add(PepStep, **step, state="void", happened_on=plan["held"], grade="")
        elif last:
            _put_facts(add, {**own, "revision_id": version}, plan)
        before = version


def _put_facts(add: Any, common: Told, plan: Told) -> None:
    add(Fact, **common, field="pep_held", is_event=True, day=plan["held"])
    if plan["begun"]:
        add(Fact, **common, field="pep_begun", is_event=True, day=plan["begun"])
    for field, key in (
        ("voice_method", "voice"), ("child_there", "child"), ("carer_there", "carer"), ("sen_status", "sen"),
        ("eet", "eet"),
    ):  # fmt: skip
        if plan[key]:
            add(Fact, **common, field=field, is_event=False, code=plan[key])
    for field, key in (("next_on", "next"), ("ehcp_review_due_on", "review")):
        if plan[key]:
            add(Fact, **common, field=field, is_event=False, day=plan[key])
