"""How the demo's children come on file: details, family, professionals, schools, brothers and sisters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from caseapp import children, people
from caseapp.ages import birthday
from caseapp.children import NewChild
from caseapp.demo_lives import LEAVING_FROM, TEEN_FROM, YOUNG_FROM, Life, at
from caseapp.demo_people import (
    Kid,
    own_pronouns,
    school_kind,
    school_of,
    school_urn,
    september_age,
    texts,
)
from caseapp.people import NewPerson

FIRST_STATUS = {"looked_after": "child_in_need", "care_leaver": "child_in_need", "closed": "early_help"}
_OF_CARE = ("Supervising social worker", "Advocate")  # named once care begins, not before


def register(life: Life) -> None:
    """Put the child on file with details, family and professionals."""
    kid, session = life.kid, life.session
    first = life.staff[kid.life.get("first_worker") or life.family.worker or "ruth"]
    lines, postcode = ("", "") if life.care.get("uasc") else life.family.address
    with at(session, first, life.opened_on, 9):
        new = NewChild(
            kid.given, kid.family, kid.born_on, kid.due_on, kid.sex, kid.known_as,
            kid.life.get("first_status") or FIRST_STATUS.get(kid.status, kid.status),
            lines, postcode, life.family.origin["ethnicity"], life.family.origin["language"],
        )  # fmt: skip
        life.id = children.register(session, new).id
        opened = children.details(session, life.id)
        children.change_details(session, life.id, opened.version, _details(life))
    for add in (*_family(life), *_professionals(life), *_schooling(life)):
        with at(session, first, life.opened_on, 9):
            add()
    with at(session, first, life.opened_on, 10):
        if not life.family.worker:
            people.allocate(session, life.id, None, "New; to be given to a worker at Thursday’s meeting")
    if "first_worker" in kid.life:
        _allocate_later(life)
    _of_care(life)


def _allocate_later(life: Life) -> None:
    worker_id = life.worker.worker_id
    reason = "Early help has ended; looked-after work"
    life.then(
        life.went_over_on,
        lambda: people.allocate(life.session, life.id, worker_id, reason),
        life.staff["ruth"],
    )


def _details(life: Life) -> dict[str, Any]:
    kid, told, random = life.kid, life.kid.life, life.random
    details: dict[str, Any] = {
        "pronouns": own_pronouns(kid.sex) if kid.age_on(life.as_of) >= TEEN_FROM else "",
        "religion": life.family.origin["religion"],
        "alerts": told.get("alerts", ""),
        "sen_status": told.get("sen", "N" if kid.school[0] else ""),
        "interpreter": told.get("interpreter", ""),
        "gp": "Sallowmere Surgery" if random.random() < 0.6 else "Ditchfoot Health Centre",
    }
    if kid.born_on:
        details["nhs_number"] = nhs_number(random)
    if kid.school[2] in ("primary", "secondary", "special", "college"):
        details["upn"] = upn(random, kid.born_on or life.as_of)
    if kid.age_on(life.as_of) >= LEAVING_FROM:
        details["phone"] = f"07700 900{random.randint(100, 999)}"
    return details


def _family(life: Life) -> Iterator[Callable[[], object]]:
    """Yield what adds mother and father, and relatives whom the child's papers name."""
    family, kin = life.family, life.family.kin
    for given, kind, sex in ((family.mother, "Mother", "F"), (family.father, "Father", "M")):
        elsewhere = kind == "Father" and kin.get("step") and life.number == 0
        if not given or elsewhere or life.is_own_child:
            continue
        relation = "Step-parent" if kind == "Father" and kin.get("step") and life.number < 2 else kind
        phone = f"07700 900{100 + (family.number * 14 + ord(sex)) % 800}"
        yield partial(
            people.add_family, life.session, life.id,
            NewPerson(given, family.surname, sex=sex, phone=phone), relation,
            lives_with=life.kid.status not in ("looked_after", "care_leaver"),
            parental_responsibility=relation != "Step-parent", emergency_contact=kind == "Mother",
        )  # fmt: skip
    for given, surname, kind in life.kid.life.get("relatives", ()):
        yield partial(people.add_family, life.session, life.id, NewPerson(given, surname), kind)


def _professionals(life: Life) -> Iterator[Callable[[], object]]:
    """Yield what adds the professionals of other agencies in the child's life at home."""
    for role in _roles(life):
        if role not in _OF_CARE:
            yield partial(_add_professional, life, role)


def _of_care(life: Life) -> None:
    """Name those whom care and leaving it bring, on the day from which there is one."""
    if life.care_on is None:
        return
    for role in _roles(life):
        if role in _OF_CARE:
            life.then(life.care_on, partial(_add_professional, life, role))
    if life.kid.status == "looked_after":
        life.then(
            life.care_on, partial(_add_worker, life, _officer_id(life), "Independent reviewing officer")
        )
    if "pathway" in life.kid.life and life.kid.born_on:
        of_age = max(life.care_on, birthday(life.kid.born_on, LEAVING_FROM))
        life.then(of_age, partial(_add_worker, life, life.workers["marcus"], "Personal adviser"))


def _add_professional(life: Life, role: str) -> None:
    listed, number = texts("people")["professionals"], life.family.number
    given, family = listed[role][number % len(listed[role])]
    phone = f"01632 960{200 + (number * 5 + list(listed).index(role) * 37) % 700}"
    person = NewPerson(given, family, phone=phone, organisation=listed["organisations"][role])
    people.add_professional(life.session, life.id, person, role)


def _add_worker(life: Life, worker_id: UUID, role: str) -> None:
    people.add_worker(life.session, life.id, worker_id, role)


def _officer_id(life: Life) -> UUID:
    return life.workers["daniel" if life.worker.team.endswith("East") else "siobhan"]


def _roles(life: Life) -> list[str]:
    kid, years = life.kid, life.kid.age_on(life.as_of)
    roles = ["Midwife"] if years < 0 else []
    roles += ["Health visitor"] if years < YOUNG_FROM else []
    roles += ["School nurse"] if YOUNG_FROM <= years < LEAVING_FROM and kid.status == "early_help" else []
    roles += ["SENCO"] if kid.life.get("sen") else []
    roles += ["CAMHS"] if kid.life.get("story") == "anxiety" else []
    roles += ["Housing"] if kid.life.get("story") in ("housing", "young_parent") else []
    if life.home_number(life.as_of) >= 0 and kid.status == "looked_after":
        roles.append("Supervising social worker")
    return roles + (["Advocate"] if life.care.get("uasc") else [])


# School


def _schooling(life: Life) -> Iterator[Callable[[], object]]:
    """Yield what puts the child on the roll of each school."""
    life.schools = list(_schools(life))
    for on, school in life.schools:
        yield partial(_start_school, life, on, *school)


def _start_school(life: Life, on: date, name: str, teacher: str, kind: str) -> None:
    school_id = people.add_school(life.session, name, kind, school_urn(name), town="Slough")
    people.start_school(life.session, life.id, school_id, on, teacher)


def _schools(life: Life) -> Iterator[tuple[date, tuple[str, str, str]]]:
    """Yield the schools of a life, the first first; the demo's day has the one of the family's line."""
    kid, before = life.kid, ""
    if not kid.born_on:
        return
    came_on = life.opened_on + timedelta(days=9) if life.care.get("uasc") else date.min
    for year in range(kid.born_on.year + 2, life.as_of.year + 1):
        kind = school_kind(september_age(kid.born_on, date(year, 9, 1)), kid.life)
        on = max(date(year, 9, 1), came_on)
        if kind == before or on > life.as_of or on >= date(year + 1, 9, 1):
            continue
        before = kind
        if kind:
            yield on, kid.school if kind == kid.school[2] else school_of(kind, life.family.number, kid.sex)


# Brothers and sisters


def relate(life: Life, other: Life) -> None:
    """Relate the child to a brother or sister, each in the other's record."""
    kin = life.family.kin
    if kin.get("own_child"):
        back, kind = "Mother", "Own child"
    else:
        prefix = "Half-" if kin.get("half") or life.kid.family != other.kid.family else ""
        kind, back = (_sibling_word(each.kid, prefix, bool(kin.get("twins"))) for each in (other, life))
    together = all(each.kid.status != "looked_after" for each in (life, other))
    together = together or life.care.get("home", 0) == other.care.get("home", -9)
    people.relate(life.session, life.id, other.id, kind, back, lives_with=together)


def _sibling_word(kid: Kid, prefix: str, twins: bool) -> str:
    if twins:
        return "Twin"
    word = {"F": "sister", "M": "brother"}.get(kid.sex, "")
    return (prefix + word).capitalize() if word else "Other"


# Numbers


def nhs_number(random: Random) -> str:
    """Return a number of the block kept for tests (999), with its check digit."""
    while True:
        digits = [9, 9, 9, *(random.randint(0, 9) for _ in range(6))]
        check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            text = "".join(map(str, (*digits, check % 11)))
            return f"{text[:3]} {text[3:6]} {text[6:]}"


def upn(random: Random, born_on: date) -> str:
    """Return a unique pupil number of an authority that does not exist (999), with its check letter."""
    digits = f"9999{random.randint(0, 999):03}{(born_on.year + 4) % 100:02}{random.randint(0, 999):03}"
    at = sum(int(digit) * weight for weight, digit in enumerate(digits, 2)) % 23
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[at] + digits
