"""The demo's day-to-day care: who was told, reviews with their papers, health, returns, and signed plans."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from importlib.resources import files
from typing import Any
from uuid import UUID

from dateutil.relativedelta import relativedelta

from caseapp import calendars, words
from caseapp.ages import birthday
from caseapp.demo_lives import DAY, HOUSES, Life
from caseapp.demo_people import ago, carer_phone, texts, working_day
from caseapp.form import Answers
from caseapp.forms import FORMS
from caseapp.looked_after import records
from caseapp.looked_after.new_rows import (
    NewFamilyTime,
    NewHealth,
    NewMissing,
    NewPermanence,
    NewPlacement,
    NewPreviousPermanence,
    NewProceedings,
    NewReview,
    NewTalk,
    NewTimeHeld,
    NewWorkerSpell,
)
from caseapp.pathway import records as leaving_records
from caseapp.pathway.new_rows import NewLeavingEvent
from db import children as queries
from db.models import AboutChild, Child, LacReview, ReturnTalk

WRITTEN_ON = date(2026, 11, 23)
"""The day as of which the answers of resources/demo/care were written: their dates move with the demo's."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TOLD = "Child, parents, school, GP, health trust, reviewing officer"
_SAID = {
    "reasons": "An argument about the phone, and a friend who said come.",
    "where_been": "At a friend’s, then the bus station.",
    "with_whom": "Two friends from school.",
    "harm": "None told.",
    "push_pull": "Pulled by friends; pushed by the house rules on phones.",
    "plan": "The phone rule is talked over on Thursday. The friend’s mother has our number.",
}
_SEEN_AT = {
    "initial": "Sallowmere Surgery", "review": "Sallowmere Surgery", "dental": "Ditchfoot Dental Practice",
}  # fmt: skip
_ISSUED = {"C1": "care", "C2": "care"}


def placement(life: Life, episode_id: UUID, on: date, home: int, postcode: str, lines: str) -> None:
    """Keep what was agreed about a placement: the carers, the distance, and who was told of it."""
    _, family, full = life.carers(home)
    house = home in HOUSES
    new = NewPlacement(
        episode_id,
        carers="" if house else full,
        home_name=family if house else "",
        lines=f"{lines}\n{postcode}",
        withheld=bool(life.care.get("uasc")),
        phone=carer_phone(home),
        distance=20 + abs(home) * 17,
        in_area=not house,
        adjoining=True if house else None,
        approval="nominated_officer" if house else "",
        approved_by="Ruth Adeyemi" if house else "",
        approved_on=on if house else None,
        notified_on=on,
        notified=_TOLD,
        to_18_from=on if life.care.get("place") == "U4" else None,
        temporary_approval=life.care.get("place") == "U1" and home < 0,
    )
    records.add(life.session, life.id, new)


def urn(home: int) -> str:
    """Return the number with the inspectorate of a home, or of the fostering service."""
    return f"SC4{abs(home):05}" if home in HOUSES else "SC450001"


def for_the_return(life: Life, start: date) -> None:
    """Keep what only the return asks: the social worker's number, and any permanent home before."""
    number = f"SW{100_001 + sorted(life.staff).index(life.family.worker or 'ruth')}"
    spell = NewWorkerSpell(number, start, None, "FCONTA")
    life.then(start, partial(records.add, life.session, life.id, spell))
    life.then(start, partial(records.add, life.session, life.id, NewPreviousPermanence("Z1")))
    if life.kid.sex == "F":
        life.then(start, partial(_set_no_mother, life))
    born = life.kid.born_on
    if born and life.as_of - timedelta(days=50) < birthday(born, 18) - relativedelta(months=6) < life.as_of:
        ready = NewLeavingEvent(
            "birthday_prepared", life.as_of - 40 * DAY, words="Plan, home and adviser named."
        )
        life.then(ready.from_on, partial(leaving_records.add, life.session, life.id, ready))


def _set_no_mother(life: Life) -> None:
    life.session.get_one(Child, life.id).is_mother = False


def review(life: Life, on: date, took_part: str) -> None:
    """Hold a review; its decisions go out within the week, and the record within three."""
    officer = life.said(on)["reviewing_officer"]
    held = NewReview(on, took_part, chair=officer, place="At home with the carers", spoke_on=_before(on))
    life.then(on, partial(records.add, life.session, life.id, held))
    england = calendars.england()
    decided, recorded = england.add_working_days(on, 3), england.add_working_days(on, 12)
    told = replace(held, decisions_sent_on=decided)
    life.then(decided, partial(_change_review, life, told))
    life.then(recorded, partial(_change_review, life, replace(told, record_sent_on=recorded)))


def _before(on: date) -> date:
    return calendars.england().add_working_days(on, -1)


def _change_review(life: Life, told: NewReview) -> None:
    for each in _rows(life, LacReview):
        if each.held_on == told.held_on:
            records.change(life.session, each.id, each.version, told)


def _rows(life: Life, table: type[AboutChild]) -> list[Any]:
    return queries.of_child(life.session, table, life.id)


def health(life: Life, on: date, kind: str, pool: str) -> None:
    """Keep a check with words of its own: the first assessment by a doctor, the rest by the nurse."""
    own = texts("notes")["others"][pool]
    text, _, *_ = own[(life.told.get(pool, 0) + life.family.number) % len(own)]
    life.told[pool] = life.told.get(pool, 0) + 1
    by, profession = {
        "initial": ("Dr Hiba Saleh", "doctor"), "review": ("Adaeze Umeh", "nurse"),
        "dental": ("Anneke Visser", "dentist"),
    }[kind]  # fmt: skip
    said = str(text).format_map(life.said(on))
    report = working_day(on + 9 * DAY) if kind != "dental" else None
    new = NewHealth(
        kind, on, "done", by, profession, _SEEN_AT[kind],
        report if report and report <= life.as_of and report == on else None, True, said,
    )  # fmt: skip
    life.then(on, partial(records.add, life.session, life.id, new))


def missing(life: Life, on: date) -> None:
    """A night away, told to the police, and the interview the day after the return."""
    told_in_full = "return-interview" in life.kid.life.get("papers", ())
    nights = 2 if told_in_full else 1
    left = _moment(on, 22, 10) if told_in_full else _moment(on, 21, 40)
    back = _moment(on + nights * DAY, 4, 35) if told_in_full else _moment(on + DAY, 8, 15)
    held = _moment(on + 3 * DAY, 9, 30)

    def act() -> None:
        period = records.add(
            life.session, life.id,
            NewMissing("M", on, on + nights * DAY, left, back, _moment(on, 22, 30), f"TV-{on:%m%d}"),
        )  # fmt: skip
        if told_in_full:
            return  # the signed interview brings its own row
        offered = NewTalk(period, offered_at=back)
        life.relations["missing"] = records.add(life.session, life.id, offered)

    def talk() -> None:
        for each in _rows(life, ReturnTalk):
            if each.id == life.relations.get("missing"):
                told = NewTalk(
                    each.missing_id, back, True, None, held, "Rosalind Achebe, Safe Steps", True, **_SAID
                )  # fmt: skip
                records.change(life.session, each.id, each.version, told)

    life.then(on + nights * DAY, act)
    if on + 3 * DAY <= life.as_of and not told_in_full:
        life.then(on + 3 * DAY, talk)


def _moment(on: date, hour: int, minute: int) -> datetime:
    return datetime.combine(on, time(hour, minute), words.LONDON)


def family_and_court(life: Life, start: date) -> None:
    """Family time, the plan for permanence, and the case where there is or was one."""
    if life.family.mother and not life.care.get("uasc"):
        arranged = NewFamilyTime(
            f"{life.family.mother} {life.family.surname}", "supported", start + 7 * DAY, "Mother",
            "Every week", "Family hub, Wexham Road", False, life.said(start)["worker"],
        )  # fmt: skip
        life.then(start + 7 * DAY, partial(_meet, life, arranged))
    decided = working_day(start + timedelta(days=110))
    option = {"U4": "foster_to_18", "U1": "relatives"}.get(_placed(life, decided), "return_later")
    plan = NewPermanence(decided, option, words="Agreed at the second review.")
    life.then(decided, partial(records.add, life.session, life.id, plan))
    if kind := _ISSUED.get(str(life.care["legal"])):
        life.then(start, partial(records.add, life.session, life.id, _case(life, kind, start)))


def _placed(life: Life, on: date) -> str:
    care = life.care
    is_moved = "moved" in care and ago(life.as_of, care["moved"]) <= on
    return str(care["moved_to"] if is_moved else care["place"])


def _meet(life: Life, arranged: NewFamilyTime) -> None:
    made = records.add(life.session, life.id, arranged)
    times = ((7, "held", "We made pancakes."), (6, "cancelled_family", ""), (5, "held", ""))
    for weeks, outcome, view in times:
        on = working_day(life.as_of - timedelta(weeks=weeks))
        if on > arranged.from_on:
            held = NewTimeHeld(made, on, outcome, view if life.kid.age_on(on) > 3 else "")
            life.then(on, partial(records.add, life.session, life.id, held))


def _case(life: Life, kind: str, start: date) -> NewProceedings:
    """Return the case in which the order that a child is in care under was made."""
    is_final = life.care["legal"] == "C2"
    issued = max(working_day(start - timedelta(days=172 if is_final else 9)), life.kid.born_on or date.min)
    case = NewProceedings(kind, issued, "Family Court at Slough", f"SL{issued:%y}C{life.family.number:05}")
    if not is_final:
        return case
    return replace(case, ended_on=start, order_made="Care order", outcome="Care plan approved.")


# Plans that are written in full


@cache
def _written(name: str) -> Any:
    return json.loads((files("resources") / "demo" / "care" / f"{name}.json").read_text(encoding="utf-8"))


def papers(life: Life) -> None:
    """Sign the documents that the family's line names, their days moved to the demo's."""
    moved = life.as_of - WRITTEN_ON
    for kind in life.kid.life.get("papers", ()):
        written = _written(kind.replace("-", "_"))
        answers = _put_in(written, moved, _names(life))
        on = _dated(kind, answers, life.as_of)
        life.plan(kind, on, partial(_whole, answers))


def _whole(answers: Answers, _begun: Answers) -> Answers:
    return dict(answers)


def _dated(kind: str, answers: Answers, as_of: date) -> date:
    """Return the first day on which the document can be signed: all that it tells had happened."""
    days = sorted({date.fromisoformat(each) for each in _DAY.findall(json.dumps(answers))})
    lived = [day for day in days if day <= as_of]
    return next(day for day in lived if not FORMS[kind].clean(answers, today=day, to_sign=True)[1])


def _names(life: Life) -> dict[str, str]:
    said = life.said(life.as_of)
    worker, officer = said["worker"], said["reviewing_officer"]
    return {
        "Ifeoma Okafor": worker, "Ifeoma": worker.split()[0],
        "Marcus Bell": worker, "Marcus": worker.split()[0],
        "Sunita Rao": officer, "Sunita": officer.split()[0],
    }  # fmt: skip


def _put_in(value: Any, moved: timedelta, names: Mapping[str, str]) -> Any:
    """Return answers with their days moved and the demo's own workers in them."""
    if isinstance(value, dict):
        return {key: _put_in(each, moved, names) for key, each in value.items()}
    if isinstance(value, list):
        return [_put_in(each, moved, names) for each in value]
    if not isinstance(value, str):
        return value
    if _DAY.fullmatch(value):
        return value if value < "2020" else (date.fromisoformat(value) + moved).isoformat()
    for written, own in names.items():
        value = value.replace(written, own)
    return value
