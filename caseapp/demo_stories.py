"""The paths that lives of the demo take at home: early help, in need, protection, closed; and the richest."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from caseapp import care_record, children, demo_care, demo_looked_after, demo_plans, people
from caseapp.care_record import NewEpisode
from caseapp.demo_lives import (
    DAY,
    STAR_EVERY,
    Life,
    Reading,
    due_from,
    every,
)
from caseapp.demo_people import ago, ahead, carer_address, texts, working_day
from caseapp.forms.progress_wheel import CHILD_WHEEL, PROGRESS_WHEEL
from caseapp.people import NewPerson

LATELY = 3  # days ago at the least that a family with an open case was last visited
AFTER_HOME = {"early_help": 26, "child_in_need": 27, "child_protection": 14, "closed": 60}


def tell(life: Life) -> None:
    """Write down everything that happens to a child before the demo's day."""
    if life.kid.life.get("life") == "amelia":
        _amelia(life)
    else:
        _opening(life)
    if life.kid.status == "looked_after":
        demo_care.looked_after(life)
        demo_care.education_plans(life)
    elif life.kid.status == "care_leaver":
        demo_care.leaving_care(life)
    else:
        _at_home(life)
    _stars(life)
    _missing(life)
    if "pathway" in life.kid.life:
        demo_care.pathway_plans(life)
    if "breaks" in life.kid.life:
        _short_breaks(life)
    if "closed" in life.kid.life and "eha" in life.kid.life:
        _closing(life)


def _opening(life: Life) -> None:
    if life.kid.status in ("looked_after", "care_leaver") and "since" not in life.kid.life:
        return
    life.note(working_day(life.opened_on + 2 * DAY), "visit", "opened")


# At home


def _at_home(life: Life) -> None:
    """Visits at the pace of the status, and calls, meetings and supervision among them."""
    is_open = "closed" not in life.kid.life
    end = life.as_of if is_open else ago(life.as_of, life.kid.life["closed"])
    days = list(every(life, life.opened_on + 9 * DAY, end, AFTER_HOME[life.kid.status]))
    latest = working_day(life.as_of - (LATELY + life.family.number % 5) * DAY)
    if is_open and (not days or days[-1] < latest):  # the whole family was seen on one visit
        days.append(latest)
    for number, on in enumerate(days):
        if life.kid.due_on:
            life.note(on, "visit", "unborn")
            continue
        alone = life.kid.age_on(on) >= 7 and number % 2 == 0
        life.note(on, "visit", "home", seen=True, alone=alone)
        if number % 5 == 1:
            life.note(working_day(on + 6 * DAY), "call", "calls")
        if number % 6 == 2:
            life.note(working_day(on + 10 * DAY), "supervision", "supervision")
        if number == 2 and life.number == 0:
            life.note(working_day(on - 5 * DAY), "attempt", "attempts")
    if life.number == 0 and life.kid.status in ("child_in_need", "child_protection"):
        pool, apart = ("protection", 34) if life.kid.status == "child_protection" else ("meetings", 68)
        for on in every(life, life.opened_on + 30 * DAY, end, apart):
            life.note(on, "meeting", pool)


def _stars(life: Life) -> None:
    own = texts("amelia")["stars"] if life.kid.life.get("life") == "amelia" else None
    if own:
        days = [working_day(ago(life.as_of, each["ago"])) for each in own]
        scores = [each["scores"] for each in own]
    elif "next_star" in life.kid.life or "stars" in life.kid.life:
        days = [working_day(ago(life.as_of, each)) for each in life.kid.life.get("stars", [])]
        if "closed" not in life.kid.life:
            days.append(due_from(ahead(life.as_of, life.kid.life["next_star"]), STAR_EVERY))
        scores = []
    else:
        return
    small = 0 <= life.kid.age_on(life.as_of) < demo_plans.CHILD_WHEEL_UNTIL and life.kid.age_on(days[0]) >= 4
    areas, high = (6, 5) if small else (10, 10)
    scores = scores or demo_plans.scores_over_time(life.random, areas, high, len(days))
    kinds = ["first", *["review"] * (len(days) - 1)]
    if "closed" in life.kid.life:
        kinds[-1] = "last"
    for on, reading, kind in zip(days, scores, kinds, strict=True):
        _star(life, on, reading, kind, small=small)


def _star(life: Life, on: date, scores: list[int], kind: str, *, small: bool) -> None:
    said, kid = life.said(on), life.kid_on(on)
    form, keys = (CHILD_WHEEL, demo_plans.CHILD_AREAS) if small else (PROGRESS_WHEEL, demo_plans.FAMILY_AREAS)
    titles = {each.key: each.label for each in form.fields if each.key in keys}
    life.readings.append(Reading(on, dict(zip(keys, scores, strict=True)), titles))
    if small:
        life.plan(
            "star", on, lambda _: demo_plans.child_wheel(kid, said, scores, on, kind=kind),
            form_key="child-progress-wheel",
        )  # fmt: skip
        return
    steps = (
        "Ring about it together",
        "Try it for two weeks and write down how it went",
        "Ask the family hub for a place",
    )
    step = (
        texts("amelia")["star_step"]
        if life.kid.life.get("life") == "amelia"
        else steps[(life.family.number + on.month) % 3]
    )
    life.plan("star", on, lambda _: demo_plans.wheel(kid, said, scores, on, kind=kind, step=step))


def _missing(life: Life) -> None:
    for when in life.kid.life.get("missing", []):
        on = ago(life.as_of, when)
        demo_looked_after.missing(life, on)
        if "return-interview" not in life.kid.life.get("papers", ()):  # that tells what was said
            life.note(on + 3 * DAY, "visit", "missing", alone=True)


def _short_breaks(life: Life) -> None:
    start = working_day(ago(life.as_of, life.kid.life["breaks"]))
    _, postcode = carer_address(9)
    new = NewEpisode(start, "S", "V4", "U6", "N2", "PR1", "", life.family.address[1], postcode)
    life.then(start, lambda: care_record.add_episode(life.session, life.id, new))
    text = "Short breaks begin: a weekend a month with Dorothy and Alan Pike. {name} packed the bear first."
    life.write(start, "note", text)


def _closing(life: Life) -> None:
    life.note(working_day(ago(life.as_of, life.kid.life["closed"])) - DAY, "meeting", "closing")


# The richest record


def _amelia(life: Life) -> None:
    own = texts("amelia")
    for each in own["notes"]:
        on = working_day(ago(life.as_of, each["ago"]))
        life.write(
            on, each["kind"], each["words"], each.get("quote", ""), alone=each.get("alone", False),
            seen=each["kind"] == "visit",
        )  # fmt: skip
    for each in own["homes"]:
        on = ago(life.as_of, each["ago"])
        life.then(
            on,
            partial(people.move, life.session, life.id, each["lines"], each["postcode"], on),
        )
    aunt = NewPerson("Dorota", "Maj", phone="07700 900231")
    life.then(
        ago(life.as_of, "4y9m"), lambda: people.add_family(life.session, life.id, aunt, "Aunt or uncle")
    )
    life.then(ago(life.as_of, "3y2m"), lambda: _change(life, {"status": "child_in_need"}))


def _change(life: Life, values: dict[str, Any]) -> None:
    opened = children.details(life.session, life.id)
    children.change_details(life.session, life.id, opened.version, values)
