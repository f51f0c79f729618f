"""Why a young person is in a category: plain sentences with the dates used."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from caseapp import words
from caseapp.pathway.life import HOME_TO_PARENTS, Life, settled_on

NO_BIRTHDAY = "The date of birth is not known, so that no category can be worked out. Record it first."
_FIRST = {
    "died": "Died on {on}.",
    "taken_over": "Another local authority took over the care on {on}; the authority that last looked after "
    "somebody is the responsible one.",
    "under_16": "Under 16: the categories begin on the 16th birthday, {sixteen}.",
    "eligible": "Looked after since {on}, and 16 since {sixteen}.",
    "looked_after": "Looked after since {on}, and 16 since {sixteen}, but not yet eligible.",
    "relevant": "Left care on {on}, eligible until then, and is not yet 18.",
    "detained": "Left care on {on} after 13 weeks or more; straight from care to custody or hospital, and "
    "there on the 16th birthday, {sixteen}.",
    "left_at_18": "Looked after and eligible up to the 18th birthday, {eighteen}, when care ended.",
    "was_relevant": "Left care on {on} and was relevant before the 18th birthday, {eighteen}.",
    "settled_home": "At home with a parent or someone with parental responsibility since {on}, settled since "
    "{settled}, six months on: qualifying for as long as that lasts.",
    "to_a_guardian": "Left care on {on} to special guardianship or a child arrangements order, which makes "
    "nobody more than qualifying.",
    "short_care": "Looked after since the 16th birthday, {sixteen}; left care on {on}, not eligible by then.",
    "guardianship": "Under a special guardianship order made on {on}, straight from care: qualifying up to "
    "the 21st birthday, {twenty_one}.",
    "adopted": "Adopted on {on}: adoption ends every claim from the care before it.",
    "not_after_16": "Not looked after on any day since the 16th birthday, {sixteen}.",
    "aged_21": "The 21st birthday was on {twenty_one}: from then only those looked after since 16 and in "
    "education or training are qualifying.",
    "aged_25": "The 25th birthday was on {twenty_five}: every duty to a care leaver has ended.",
}
# Grounds that no number of weeks would change.
_UNCOUNTED = frozenset({"died", "taken_over", "adopted", "guardianship", "aged_21", "aged_25"})
_FORMER = frozenset({"left_at_18", "was_relevant"})


class Ground(NamedTuple):
    """What a category rests on, and the day on which that began."""

    name: str
    on: date


def sentences(life: Life, day: date, ground: Ground) -> tuple[str, ...]:
    """Return why the ground is what it is on the day, the deciding sentence first."""
    found = [_first(life, ground)]
    if ground.name not in _UNCOUNTED and day >= life.fourteen:
        found.append(_weeks(life, day))
        if life.had_short_breaks:
            found.append("Short breaks (V3 and V4) are not counted.")
    if ground.name == "relevant":
        found += _went_home(life, day)
    if ground.name == "was_relevant":
        found += _breakdown(life)
    if ground.name in _FORMER:
        found += _owed(life, day)
    return tuple(found)


def _first(life: Life, ground: Ground) -> str:
    return _FIRST[ground.name].format(
        on=words.day(ground.on),
        settled=words.day(settled_on(ground.on)),
        sixteen=words.day(life.sixteen),
        eighteen=words.day(life.eighteen),
        twenty_one=words.day(life.twenty_one),
        twenty_five=words.day(life.twenty_five),
    )


def _weeks(life: Life, day: date) -> str:
    days = words.count(life.days_since_14(day), "day")
    fourteen, reached = words.day(life.fourteen), life.reached_13_weeks_on(day)
    if reached and reached <= day:
        at = (
            f"13 weeks (91 days) in care since the 14th birthday, {fourteen}, reached on {words.day(reached)}"
        )
        return f"{at}; {days} up to {words.day(day)}."
    so_far = f"{days} in care since the 14th birthday, {fourteen}, up to {words.day(day)}"
    if reached and reached < life.eighteen:
        return f"{so_far}; 13 weeks (91 days) will be reached on {words.day(reached)} if care goes on."
    return f"{so_far}; 13 weeks (91 days) are needed."


def _went_home(life: Life, day: date) -> list[str]:
    left = life.left(day)
    if left is None or left.reason not in HOME_TO_PARENTS or life.of("settled_home"):
        return []
    return [
        f"Went home to parents on {words.day(left.end)}. Once settled there for six months, qualifying for "
        "as long as it lasts: record the home to have that counted."
    ]


def _breakdown(life: Life) -> list[str]:
    homes = [each for each in life.of("settled_home") if each.is_settled(life.eve_of_18)]
    return [f"The home settled at 18 ended on {words.day(each.end)}." for each in homes if each.end]


def _owed(life: Life, day: date) -> list[str]:
    twenty_one, twenty_five = words.day(life.twenty_one), words.day(life.twenty_five)
    if day < life.twenty_one:
        return [f"Plan and personal adviser are owed up to the 21st birthday, {twenty_one}."]
    study, asked = life.studies(day), life.asked(day)
    found = []
    if study:
        found.append(f"In education or training, or wanting it, since {words.day(study.start)}.")
    if asked:
        found.append(f"Asked for a personal adviser on {words.day(asked.start)}.")
    if found:
        return [
            *found,
            f"Plan and personal adviser are owed, at most up to the 25th birthday, {twenty_five}.",
        ]
    return [
        f"Since the 21st birthday, {twenty_one}, plan and personal adviser are owed to those who study or "
        f"ask, up to the 25th birthday, {twenty_five}."
    ]
