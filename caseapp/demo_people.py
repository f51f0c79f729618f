"""Who lives in the demo: invented families from resources/demo, and more of their kind for a larger store."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from dateutil.relativedelta import relativedelta

from caseapp import calendars
from caseapp.ages import age

SUNDAY = 6
FIRST_URN = 199_001
_PRONOUNS = {
    "F": ("she", "her", "her", "herself", "She/her"),
    "M": ("he", "him", "his", "himself", "He/him"),
    "": ("the baby", "the baby", "the baby’s", "itself", ""),
}


@dataclass
class Kid:
    """A child of the demo. `life` is what families.toml says happens to them."""

    given: str
    family: str
    sex: str
    born_on: date | None
    due_on: date | None
    life: dict[str, Any]
    known_as: str = ""
    school: tuple[str, str, str] = ("", "", "")  # name, designated teacher, kind

    @property
    def status(self) -> str:
        """Return how the record stands at the end."""
        return str(self.life["status"])

    @property
    def name(self) -> str:
        """Return the name that texts use."""
        return self.known_as or self.given or f"Baby {self.family}"

    @property
    def full_name(self) -> str:
        """Return the name that forms are signed with."""
        return f"{self.given} {self.family}" if self.given else self.name

    def age_on(self, day: date) -> int:
        """Return the completed years; -1 before birth."""
        return age(self.born_on, day) if self.born_on else -1


@dataclass
class Family:
    """A household of the demo, with whoever is the same for all its children."""

    number: int
    worker: str
    origin: Mapping[str, Any]
    mother: str
    father: str
    surname: str
    kids: list[Kid]
    address: tuple[str, str]
    kin: Mapping[str, Any] = field(default_factory=dict)  # twins, half, step, own_child


@cache
def texts(name: str) -> Any:
    """Return a file of resources/demo."""
    return tomllib.loads((files("resources") / "demo" / f"{name}.toml").read_text(encoding="utf-8"))


def filled(value: Any, said: Mapping[str, str]) -> Any:
    """Return texts with names and pronouns put in, in lists and tables too."""
    if isinstance(value, str):
        text = value.format_map(said)
        return text[:1].upper() + text[1:] if value.startswith("{") else text
    if isinstance(value, list):
        return [filled(each, said) for each in value]
    return value


def ago(day: date, text: str) -> date:
    """Return the day so long before another: 15y2m19d, 5w, 2wd (working days)."""
    units: dict[str, int] = defaultdict(int)
    number = ""
    for letter in text.replace("wd", "k"):
        if letter.isdigit():
            number += letter
        else:
            units[letter], number = int(number), ""
    if units["k"]:
        return calendars.england().add_working_days(day, -units["k"])
    back = relativedelta(years=units["y"], months=units["m"], weeks=units["w"], days=units["d"])
    return day - back


def ahead(day: date, text: str) -> date:
    """Return when something falls due: "12" days on, "w2" days on within this week, "-1" working day."""
    if text.startswith("w"):
        friday = day + timedelta(days=max(0, SUNDAY - 2 - day.weekday()))
        return min(day + timedelta(days=int(text[1:])), friday)
    days = int(text)
    return calendars.england().add_working_days(day, days) if days < 0 else day + timedelta(days=days)


def working_day(day: date) -> date:
    """Return the day, or the working day before it."""
    return calendars.england().last_working_day_on_or_before(day)


def pronouns(sex: str) -> dict[str, str]:
    """Return the words that stand for a child in the texts."""
    they, them, their, themself, _ = _PRONOUNS.get(sex, _PRONOUNS[""])
    return {
        "they": they,
        "them": them,
        "their": their,
        "themself": themself,
        "They": they.capitalize(),
        "Their": their.capitalize(),
    }


def own_pronouns(sex: str) -> str:
    """Return the pronouns as the record keeps them."""
    return _PRONOUNS.get(sex, _PRONOUNS[""])[4]


def dice(seed: str) -> Random:
    """Return the chance that a seed decides. Nothing secret hangs on it: all of it is invented."""
    return Random(seed)  # noqa: S311  # the same each time is what it is for


def families(children: int, random: Random, as_of: date) -> list[Family]:
    """Return whole families, the written ones first, until so many children are among them."""
    found: list[Family] = []
    written = texts("families")["family"]
    while sum(len(each.kids) for each in found) < children:
        number = len(found)
        said = written[number] if number < len(written) else _more(random)
        found.append(_family(number, said, random, as_of))
    return found


def _family(number: int, said: Mapping[str, Any], random: Random, as_of: date) -> Family:
    origin = texts("people")["origins"][said["origin"]]
    kids = [_kid(each, said["name"], as_of) for each in said["children"]]
    family = Family(
        number, said["worker"], origin, said.get("mother", ""), said.get("father", ""), said["name"],
        kids, _address(random, "streets", "districts"), said,
    )  # fmt: skip
    for kid in kids:
        kid.school = _school(kid, number, random, as_of)
    return family


def _kid(said: Mapping[str, Any], surname: str, as_of: date) -> Kid:
    due = as_of + (as_of - ago(as_of, said["due"])) if "due" in said else None
    born = None if due else ago(as_of, said["age"])
    return Kid(
        said["given"],
        said.get("family", surname),
        said["sex"],
        born,
        due,
        dict(said),
        said.get("known_as", ""),
    )


def _more(random: Random) -> dict[str, Any]:
    """Return a family of the same kind as the written ones, other names, for a store larger than these."""
    people = texts("people")
    name = random.choice(sorted(people["origins"]))
    origin = people["origins"][name]
    workers = sorted(key for key, each in people["staff"].items() if "practitioner" in each["roles"])
    story = random.choice(sorted(set(texts("early_help")["stories"]) - {"young_parent"}))
    children = [
        _more_child(origin, story, number, random) for number in range(random.choice((1, 1, 2, 2, 3)))
    ]
    return {
        "name": random.choice(origin["families"]), "origin": name, "worker": random.choice(workers),
        "mother": random.choice(origin["mothers"]),
        "father": random.choice((*origin["fathers"], "")), "children": children,
    }  # fmt: skip


def _more_child(origin: Mapping[str, Any], story: str, number: int, random: Random) -> dict[str, Any]:
    sex = random.choice("FM")
    months = random.randint(8, 11)
    child = {
        "given": random.choice(origin["girls" if sex == "F" else "boys"]), "sex": sex, "since": f"{months}m",
        "age": f"{max(2, random.randint(9, 16) - 3 * number)}y{random.randint(0, 11)}m",
        "status": random.choice(("early_help", "early_help", "child_in_need")),
    }  # fmt: skip
    if number == 0 and random.random() < 0.7:
        child |= {"eha": f"{months - 1}m", "story": story, "stars": [f"{months - 2}m"], "next_star": "40"}
    return child


def _address(random: Random, streets: str, districts: str) -> tuple[str, str]:
    places = texts("people")["places"]
    inward = f"{random.randint(1, 9)}{random.choice('ABDEFGHJ')}{random.choice('LNPQRSTU')}"
    lines = f"{random.randint(2, 140)} {random.choice(places[streets])}, Slough"
    return lines, f"{random.choice(places[districts])} {inward}"


def carer_address(home: int) -> tuple[str, str]:
    """Return where a foster home of the list stands: always the same."""
    if str(home) in (told := texts("people")["homes"]["addresses"]):
        return str(told[str(home)][0]), str(told[str(home)][1])
    random = dice(f"home {home}")
    places = texts("people")["places"]
    _, postcode = _address(random, "streets", "districts")
    street, town = random.choice(places["carer_streets"]), random.choice(places["carer_towns"])
    return f"{random.randint(2, 60)} {street}, {town}", postcode


def carer_phone(home: int) -> str:
    """Return the telephone number of a home of the list: always the same, of those kept for fiction."""
    return f"01632 960{131 + home}"


def school_kind(age_in_september: int, life: Mapping[str, Any]) -> str:
    """Return the kind of setting for an age at the start of the school year; nothing for the smallest."""
    if age_in_september >= 3 and life.get("sen") == "E":
        return "special"
    for limit, kind in ((2, ""), (4, "nursery"), (11, "primary"), (16, "secondary"), (19, "college")):
        if age_in_september < limit:
            return kind
    return ""


def september_age(born_on: date, day: date) -> int:
    """Return the age at the start of the school year that holds a day."""
    start = date(day.year if day.month >= 9 else day.year - 1, 9, 1)
    return age(born_on, start)


def _school(kid: Kid, number: int, random: Random, as_of: date) -> tuple[str, str, str]:
    kind = school_kind(september_age(kid.born_on, as_of), kid.life) if kid.born_on else ""
    if not kind:
        return ("", "", "")
    if kid.life.get("life") == "amelia":
        return ("Quillmaker High School", "Mrs Shah", kind)
    if "school" in kid.life:
        name, teacher = kid.life["school"]
        return (name, teacher, kind)
    return school_of(kind, number, kid.sex)


def school_of(kind: str, number: int, sex: str) -> tuple[str, str, str]:
    """Return name, designated teacher and kind of a family's school; only girls go to one for girls."""
    listed = [each for each in texts("people")["schools"][kind] if sex == "F" or "Girls" not in each[0]]
    name, teacher = listed[number % len(listed)]
    return (name, teacher, kind)


def school_urn(name: str) -> str:
    """Return a school's number: six digits as every one has, of a block in which there is no school."""
    listed = [each[0] for some in texts("people")["schools"].values() for each in some]
    return str(FIRST_URN + listed.index(name))
