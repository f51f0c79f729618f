"""Made-up young people in and leaving care, told as plain dictionaries and put into a store."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from caseapp.form_parts import pathway_lists as lists
from db.models import (
    Base,
    CareLeaverYear,
    Child,
    Document,
    Episode,
    Fact,
    InTouch,
    Involvement,
    LeaverActivity,
    LeaverHome,
    LeaverMoney,
    LeavingEvent,
    Note,
    PlanApproval,
    Revision,
    StatusOverride,
)
from db.moments import new_id
from tests.story import NORTH, SOUTH, Story

Told = dict[str, Any]
LAST = date(2026, 11, 23)
PAPERS = tuple(f"document_{key}" for key, _ in lists.DOCUMENTS)
_KINDS = ("visit", "visit", "call", "meeting", "message", "attempt", "note")


def invented(seed: int, many: int) -> list[Told]:
    """Return young people, the same for the same seed."""
    dice = random.Random(seed)
    return [_person(dice, number) for number in range(many)]


def _day(dice: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=dice.randint(0, max(0, (last - first).days)))


def years_on(day: date, years: int) -> date:
    """Return the same day some years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _person(dice: random.Random, number: int) -> Told:
    born = _day(dice, date(2000, 10, 1), date(2010, 12, 31))
    if dice.random() < 0.25:  # a birthday that matters lies about the day
        years = dice.choice([16, 16, 18, 18, 18, 21, 25])
        born = years_on(_day(dice, date(2025, 9, 1), date(2027, 6, 1)), -years)
    sixteen = years_on(born, 16)
    care = _care(dice, born)
    told: Told = {
        "ref": 40_000 + number, "family": f"Leaving{number:03}", "born": born,
        "worker": dice.choice(["ada", "bea", None]), "care": care, "events": [], "decided": [],
        "touches": sorted(
            ((_day(dice, sixteen, LAST), dice.choice(["YES", "YES", "YES", "NO", "REFU", "RHOM", "DIED"]))
             for _ in range(dice.choice([0, 0, 1, 1, 2]))), key=lambda each: each[0],
        ),
        "homes": _homes(dice, born),
        "doings": _doings(dice, sixteen),
        "years": [
            (year, dice.choice(["YES", "NO", "RHOM", ""]), dice.choice(["F1", "G5", "P3", "0", ""]),
             dice.choice(["U1", "B2", "S2", "G1", "W2", "0", ""]))
            for year in (2025, 2026, 2027) if dice.random() < 0.4
        ],
        "notes": [
            (_day(dice, date(2024, 6, 1), LAST), dice.choice(_KINDS), dice.random() < 0.7,
             dice.choice([None, "home", "office"]))
            for _ in range(dice.choice([0, 1, 3, 12, 40]))
        ],
        "advisers": _advisers(dice, sixteen),
        "plans": _plans(dice, sixteen),
        "assessed": [
            day for _ in range(dice.choice([0, 1, 1]))
            if (day := sixteen + timedelta(days=dice.randint(-40, 200))) <= LAST
        ],
        "money": [
            (_day(dice, date(2025, 1, 1), LAST), dice.choice(["grant", "spent"]), dice.randint(1, 300_000))
            for _ in range(dice.choice([0, 0, 1, 3]))
        ],
    }  # fmt: skip
    _add_events(dice, told, sixteen)
    for home in told["homes"]:
        if home["ours"] and dice.random() < 0.6:
            visit = home["from"] + timedelta(days=dice.choice([0, 6, 7, 8]))
            told["notes"].append((min(visit, LAST), "visit", True, "home"))
    return told


def _care(dice: random.Random, born: date) -> list[Told]:
    eighteen, found = years_on(born, 18), []
    at = years_on(born, dice.choice([12, 15, 15, 16])) + timedelta(days=dice.randint(0, 300))
    for _ in range(dice.choice([1, 1, 2, 3])):
        if at >= min(eighteen, LAST):
            break
        end = at + timedelta(days=dice.choice([30, 91, 300, 900, 2_000, 2_500]))
        goes_on = end >= min(eighteen, LAST)
        if goes_on:
            end = eighteen if eighteen <= LAST else None
        reason = "E8" if goes_on else dice.choice(["E4A", "E8", "E8", "E45", "E11", "X1", "E3"])
        found.append({
            "start": at, "end": end, "reason": reason if end else "",
            "law": dice.choice(["C2", "V2", "V2", "V4"]),
            "place": dice.choice(["U1", "U4", "U4", "U6", "K1", "T0"]),
        })  # fmt: skip
        if end is None:
            break
        at = end + timedelta(days=0 if reason == "X1" else dice.choice([1, 40, 200]))
    if found and found[-1]["reason"] == "X1":
        found[-1]["reason"] = "E8"  # nothing follows
    return found


def _spells(dice: random.Random, first: date) -> list[tuple[date, date | None]]:
    """Return stretches of time one after the other, some with gaps."""
    found, at = [], first + timedelta(days=dice.randint(0, 500))
    for _ in range(dice.choice([0, 1, 2, 4])):
        if at > LAST:
            break
        end = at + timedelta(days=dice.choice([5, 7, 8, 60, 200, 600]))
        last = end if end <= LAST and dice.random() < 0.8 else None
        found.append((at, last))
        if last is None:
            break
        at = end + timedelta(days=dice.choice([0, 0, 0, 50]))
    return found


def _homes(dice: random.Random, born: date) -> list[Told]:
    eighteen = years_on(born, 18)
    if dice.random() < 0.2 and eighteen <= LAST:
        return [{"kind": "Z", "from": eighteen, "until": None, "suitable": True, "ours": False}]
    return [
        {
            "kind": dice.choice("BDDEUUZZKVVWWSSXXGRT"), "from": start, "until": end,
            "suitable": dice.choice([True, True, False, None]), "ours": dice.random() < 0.5,
        }
        for start, end in _spells(dice, years_on(born, 17))
    ]  # fmt: skip


def _doings(dice: random.Random, first: date) -> list[Told]:
    codes = ["F1", "P2", "F4", "F5", "G4", "G5", "G5", "G6", "0"]
    return [
        {"code": dice.choice(codes), "from": start, "until": end, "words": dice.choice(["", "Waits"])}
        for start, end in _spells(dice, first)
    ]


def _advisers(dice: random.Random, sixteen: date) -> list[tuple[date | None, date | None]]:
    found: list[tuple[date | None, date | None]] = []
    if dice.random() < 0.1:
        return [(None, None)]
    if dice.random() < 0.75:
        start = sixteen + timedelta(days=dice.choice([-60, 0, 1, 90, 400]))
        end = start + timedelta(days=dice.choice([100, 700])) if dice.random() < 0.4 else None
        found.append((start, end))
        if end and dice.random() < 0.5:
            found.append((end, None))
    return [each for each in found if each[0] and each[0] <= LAST]


def _plans(dice: random.Random, sixteen: date) -> list[Told]:
    """Return signed plans: when, decided how, what they say; some are put right by the next."""
    found, at = [], sixteen + timedelta(days=dice.randint(30, 500))
    for number in range(1, dice.choice([1, 2, 3, 5, 9])):
        if at > LAST:
            break
        decided = [(at + timedelta(days=dice.randint(0, 20)), dice.choice(["approved", "returned"]))]
        if dice.random() < 0.3:
            decided.append((decided[0][0] + timedelta(days=9), "approved"))
        found.append({
            "number": number, "on": at, "decided": decided if dice.random() < 0.8 else [],
            "replaces": bool(found) and dice.random() < 0.15,
            "reviewed": at if dice.random() < 0.6 else None,
            "codes": {
                "plan_type": "closing" if dice.random() < 0.1 else "review",
                "health_passport": dice.choice(["given", "due", "late"]),
                "has_gp": dice.choice(["yes", "no"]),
                "has_dentist": dice.choice(["yes", "yes", ""]), "staying_put": dice.choice(["yes", "no", ""]),
                **dict.fromkeys(PAPERS, "have"), dice.choice(PAPERS): dice.choice(["have", "na", "no", ""]),
            },
            "next_move_on": at + timedelta(days=99) if dice.random() < 0.3 else None,
            "next_move": dice.choice(["", "", "A flat of my own"]),
        })  # fmt: skip
        at += timedelta(days=dice.choice([40, 150, 180, 184, 400]))
    return found


def _add_events(dice: random.Random, told: Told, sixteen: date) -> None:
    for kind, chance in (
        ("settled_home", 0.1), ("education", 0.15), ("adviser_asked", 0.15), ("birthday_prepared", 0.3),
        ("detained", 0.03), ("review_asked", 0.1),
    ):  # fmt: skip
        if dice.random() < chance:
            start = _day(dice, max(sixteen, date(2024, 6, 1)), LAST)
            end = start + timedelta(days=dice.choice([60, 400])) if dice.random() < 0.5 else None
            told["events"].append((kind, start, end))
    if dice.random() < 0.08:
        start = _day(dice, date(2025, 6, 1), LAST)
        end = start + timedelta(days=dice.choice([20, 300])) if dice.random() < 0.5 else None
        category = dice.choice(["eligible", "relevant", "former_relevant", "qualifying", "none"])
        told["decided"].append((category, start, end))


# Into a store, without the guard


def put(story: Story, told: list[Told]) -> None:
    """Write young people into a store."""
    rows: dict[type[Base], list[Told]] = {}
    worker = story.actors["ada"].worker_id
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    common = {
        "version": 1, "created_at": moment, "created_by": worker, "updated_at": moment, "updated_by": worker,
        "device_id": new_id(),
    }  # fmt: skip

    def add(table: type[Base], **values: Any) -> Any:
        made = {"id": new_id(), **(common if table is not Fact else {}), **values}
        rows.setdefault(table, []).append(made)
        return made["id"]

    for each in told:
        actor = story.actors[each["worker"]] if each["worker"] else None
        each["id"] = add(
            Child, ref=each["ref"], given="Kim", family=each["family"], sort_name=each["family"].lower(),
            born_on=each["born"], status="care_leaver", opened_on=date(2019, 1, 1),
            worker_id=actor.worker_id if actor else None, team_id=story.teams[NORTH if actor else SOUTH],
        )  # fmt: skip
        _put_person(add, each, worker)
    with story.store.engine.begin() as connection:
        for table, values in rows.items():
            keys = {key for each in values for key in each}
            connection.execute(table.__table__.insert(), [dict.fromkeys(keys) | each for each in values])


def _put_person(add: Any, each: Told, worker: Any) -> None:
    own = {"child_id": each["id"]}
    for one in each["care"]:
        add(Episode, **own, started_on=one["start"], ended_on=one["end"], reason_started="S",
            reason_ended=one["reason"], legal_status=one["law"], placement=one["place"])  # fmt: skip
    for kind, start, end in each["events"]:
        add(LeavingEvent, **own, kind=kind, from_on=start, until_on=end)
    for category, start, end in each["decided"]:
        add(StatusOverride, **own, category=category, from_on=start, until_on=end, reason="Made up")
    for day, code in each["touches"]:
        add(InTouch, **own, happened_on=day, code=code)
    for one in each["homes"]:
        add(LeaverHome, **own, kind=one["kind"], from_on=one["from"], until_on=one["until"],
            suitable=one["suitable"], provided=one["ours"])  # fmt: skip
    for one in each["doings"]:
        add(LeaverActivity, **own, code=one["code"], from_on=one["from"], until_on=one["until"],
            words=one["words"])  # fmt: skip
    for year, touch, activity, home in each["years"]:
        add(CareLeaverYear, **own, year=year, in_touch=touch, activity=activity, accommodation=home)
    for day, kind, seen, where in each["notes"]:
        add(Note, **own, happened_on=day, kind=kind, words="Made up", seen=seen, where_seen=where)
    for start, end in each["advisers"]:
        add(Involvement, **own, worker_id=worker, role="Personal adviser", from_on=start, until_on=end)
    for day, kind, pence in each["money"]:
        add(LeaverMoney, **own, kind=kind, happened_on=day, pence=pence, what="Things")
    before = None
    for one in each["plans"]:
        before = one["id"] = _put_plan(add, own, one, before)
    if each["assessed"]:
        needs = _signed(add, own, "pathway-needs", 1, each["assessed"][0], None)
        for day in each["assessed"]:
            add(Fact, **own, revision_id=needs, field="needs_assessment", is_event=True, day=day)


def _signed(add: Any, own: Told, kind: str, number: int, on: date, replaces: Any) -> Any:
    return add(
        Revision, **own, kind=kind, number=number, form_key=kind, form_version=2, started_on=on, dated_on=on,
        signed_at=datetime(2026, 1, 1, tzinfo=UTC), replaces_id=replaces,
    )  # fmt: skip


def _put_plan(add: Any, own: Told, plan: Told, before: Any) -> Any:
    made = _signed(add, own, "pathway-plan", plan["number"], plan["on"], before if plan["replaces"] else None)
    add(Document, **own, revision_id=made, answers={"next_move": plan["next_move"]})
    for day, kind in plan["decided"]:
        add(PlanApproval, **own, revision_id=made, kind=kind, happened_on=day, note="Made up")
    if plan["reviewed"]:
        add(Fact, **own, revision_id=made, field="pathway_review", is_event=True, day=plan["reviewed"])
    for field, code in plan["codes"].items():
        if code:
            add(Fact, **own, revision_id=made, field=field, is_event=False, code=code)
    if plan["next_move_on"]:
        add(Fact, **own, revision_id=made, field="next_move_on", is_event=False, day=plan["next_move_on"])
    return made
