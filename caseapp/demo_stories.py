"""The paths that lives of the demo take: early help, in need, protection, looked after, leaving care, closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from caseapp import calendars, care_record, children, demo_plans, people
from caseapp.ages import birthday
from caseapp.care_record import NewEpisode
from caseapp.demo_lives import (
    HOUSES,
    PLAN_EVERY,
    REVIEW_EVERY,
    STAR_EVERY,
    VISIT_EVERY,
    Life,
    due_from,
)
from caseapp.demo_people import ago, ahead, carer_address, texts, working_day
from caseapp.people import NewPerson

DAY = timedelta(days=1)
PEP_FROM, PEP_DAYS_INTO_TERM = 4, 18
AFTER_HOME = {"early_help": 45, "child_in_need": 27, "child_protection": 14, "closed": 60}


def tell(life: Life) -> None:
    """Write down everything that happens to a child before the demo's day."""
    if life.kid.life.get("life") == "amelia":
        _amelia(life)
    else:
        _opening(life)
    if life.kid.status == "looked_after":
        _looked_after(life)
        _education_plans(life)
    elif life.kid.status == "care_leaver":
        _leaving_care(life)
    else:
        _at_home(life)
    _early_help_plan(life)
    _stars(life)
    _missing(life)
    if "pathway" in life.kid.life:
        _pathway_plans(life)
    if "breaks" in life.kid.life:
        _short_breaks(life)
    if "closed" in life.kid.life:
        _closing(life)


def _opening(life: Life) -> None:
    if life.kid.status in ("looked_after", "care_leaver") and "since" not in life.kid.life:
        return
    life.note(working_day(life.opened_on + 2 * DAY), "visit" if life.number else "call", "opened")


# At home


def _at_home(life: Life) -> None:
    """Visits at the pace of the status, and calls, meetings and supervision among them."""
    end = ago(life.as_of, life.kid.life["closed"]) if "closed" in life.kid.life else life.as_of
    for number, on in enumerate(_every(life, life.opened_on + 9 * DAY, end, AFTER_HOME[life.kid.status])):
        if life.kid.due_on:
            life.note(on, "visit", "unborn")
            continue
        alone = life.kid.age_on(on) >= 7 and number % 2 == 0
        life.note(on, "visit", "home", seen=True, alone=alone)
        if number % 3 == 1:
            life.note(working_day(on + 6 * DAY), "call", "calls")
        if number % 4 == 2:
            life.note(working_day(on + 10 * DAY), "supervision", "supervision")
        if number == 2 and life.number == 0:
            life.note(working_day(on - 5 * DAY), "attempt", "attempts")
    pool = "protection" if life.kid.status == "child_protection" else "meetings"
    if life.number == 0:
        for on in _every(life, life.opened_on + 30 * DAY, end, 34 if pool == "protection" else 68):
            life.note(on, "meeting", pool)


def _every(life: Life, start: date, end: date, days: int) -> Iterator[date]:
    """Yield working days from a start on, about so many days apart, the last some days before the end."""
    on = start
    while on < end - 2 * DAY:
        yield working_day(on)
        on += timedelta(days=days + life.random.randint(-4, 4))


def _early_help_plan(life: Life) -> None:
    said = life.said()
    when = life.kid.life.get("eha")
    if not when:
        return
    draft = when == "draft"
    on = working_day(life.as_of - DAY if draft else ago(life.as_of, when))
    life.plan(
        "early-help",
        on,
        lambda known: demo_plans.early_help(
            life.family, life.kid, said | {"worker": known["assessor"]}, on, draft
        ),
        draft=draft,
    )
    if "correction" in life.kid.life:
        put_right = working_day(ago(life.as_of, life.kid.life["correction"]))
        change = {"worries": "That help stops when things look better; the chair by the door.", "level": "3"}
        life.correction(
            put_right, "early-help", "The level was agreed as 3 at the meeting and written down as 2", change
        )


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
    for number, (on, reading) in enumerate(zip(days, scores, strict=True)):
        _star(life, on, reading, first=number == 0, small=small)


def _star(life: Life, on: date, scores: list[int], *, first: bool, small: bool) -> None:
    said = life.said()
    if small:
        life.plan(
            "star", on, lambda _: demo_plans.child_wheel(life.kid, said, scores, on, first=first),
            form_key="child-progress-wheel",
        )  # fmt: skip
        return
    steps = (
        "Ring about it together",
        "Try it for two weeks and write down how it went",
        "Ask the family hub for a place",
    )
    step = steps[(life.family.number + on.month) % 3]
    life.plan("star", on, lambda _: demo_plans.wheel(life.kid, said, scores, on, first=first, step=step))


def _missing(life: Life) -> None:
    for when in life.kid.life.get("missing", []):
        on = ago(life.as_of, when)
        life.then(on + DAY, lambda on=on: care_record.add_missing(life.session, life.id, on, on + DAY))
        life.note(on + 3 * DAY, "visit", "missing", alone=True)


def _short_breaks(life: Life) -> None:
    start = working_day(ago(life.as_of, life.kid.life["breaks"]))
    lines, postcode = carer_address(9)
    new = NewEpisode(start, "S", "V4", "U6", "N2", "PR1", "", life.family.address[1], postcode)
    life.then(start, lambda: care_record.add_episode(life.session, life.id, new))
    text = "Short breaks begin: a weekend a month with Dorothy and Alan Pike, as agreed with {mother}. {name} packed the bear first."
    life.write(start, "note", text)


def _closing(life: Life) -> None:
    on = working_day(ago(life.as_of, life.kid.life["closed"]))
    life.note(on - DAY, "meeting", "closing")

    def close() -> None:
        opened = children.details(life.session, life.id)
        children.change_details(life.session, life.id, opened.version, {"status": "closed"})

    life.then(on, close)


# In care


def _looked_after(life: Life) -> None:
    placements = _placements(life)
    for number, (on, place, home) in enumerate(placements):
        _place(life, on, place, home, number)
    start = placements[0][0]
    next_visit = ahead(life.as_of, life.kid.life.get("next_visit") or str(life.random.randint(8, 36)))
    last = next_visit - timedelta(days=VISIT_EVERY)
    for number, (on, _, _) in enumerate(placements):
        until = placements[number + 1][0] if number + 1 < len(placements) else last
        _visits(life, on, until, number == 0)
    _reviews(life, start)
    for on in _every(life, max(start, ago(life.as_of, "12m")) + 40 * DAY, life.as_of, 95):
        life.note(on, "supervision", "supervision")
        life.note(on + 8 * DAY, "call", "calls")
    if life.care.get("uasc"):
        life.then(start, lambda: care_record.set_unaccompanied(life.session, life.id))
    _health_year(life, start)


def _placements(life: Life) -> list[tuple[date, str, int]]:
    care, start = life.care, life.care_on
    assert start is not None
    found = [(start, str(care["place"]), int(care["home"]))]
    if "moved" in care:
        found.append((ago(life.as_of, care["moved"]), str(care["moved_to"]), int(care["moved_home"])))
    return found


def _place(life: Life, on: date, place: str, home: int, number: int) -> None:
    """Begin a placement: the episode, the address, the carers as family."""
    care = life.care
    lines, postcode = carer_address(home)
    one, family, full = life._carers(home)
    new = NewEpisode(
        on, "P" if number else "S", care["legal"], place, care["need"], "PR4" if home in HOUSES else "PR1",
        care.get("moved_why", "") if number else "", life.family.address[1], postcode,
    )  # fmt: skip

    def act() -> None:
        care_record.add_episode(life.session, life.id, new)
        for key in [each for each in life.relations if each.startswith("carer")]:
            people.end_relation(life.session, life.relations.pop(key), on)
        if home not in HOUSES:
            for each in full.removesuffix(f" {family}").split(" and "):
                person = NewPerson(each, family, phone="01632 960127", address=lines, postcode=postcode)
                kind = "Grandparent" if home < 0 else "Foster carer"
                life.relations[f"carer {each}"] = people.add_family(
                    life.session, life.id, person, kind, lives_with=True
                )
        held_back = bool(care.get("uasc"))
        people.move(life.session, life.id, f"{full}, {lines}", postcode, on, withheld=held_back)

    life.then(on, act)


def _visits(life: Life, start: date, last: date, first: bool) -> None:
    """Visits within the week of a placement's start and then every six weeks, the newest on its own day.

    Further back than a year only every second one is told.
    """
    if first:
        life.note(start, "note", "arrived")
    soon = start + 4 * DAY
    if soon < life.as_of:
        life.note(soon, "visit", "care", alone=True, seen=True)
    for on in _visit_days(life, start + 12 * DAY, last):
        newest = on == last and last > life.as_of - timedelta(days=VISIT_EVERY + 4)
        own = texts("amelia")["last_visit"] if newest and life.kid.life.get("life") == "amelia" else None
        if own:
            life.write(on, "visit", own["words"], own["quote"], alone=True, seen=True)
        else:
            life.note(on, "visit", "care", alone=life.kid.age_on(on) >= 4, seen=True)


def _visit_days(life: Life, start: date, last: date) -> list[date]:
    days, on = [], last
    year_ago = life.as_of - timedelta(days=365)
    while on > start:
        days.append(on)
        apart = life.random.randint(34, 41)
        on -= timedelta(days=apart if on > year_ago else 2 * apart)
    return days[::-1]


def _reviews(life: Life, start: date) -> None:
    first = calendars.england().add_working_days(start, 16)
    second = working_day(first + relativedelta(months=3) - 9 * DAY)
    due = ahead(life.as_of, life.kid.life.get("next_review") or str(life.random.randint(25, 150)))
    last = due_from(due, REVIEW_EVERY)
    days = [first, second]
    between = (last - second).days
    if between > 30:
        steps = -(-between // 176)
        days += [second + timedelta(days=between * step // steps) for step in range(1, steps)] + [last]
    for number, on in enumerate(days):
        took_part = "PN0" if life.kid.age_on(on) < 4 else ("PN1", "PN3", "PN6", "PN1")[number % 4]
        life.then(on, lambda on=on, part=took_part: care_record.add_review(life.session, life.id, on, part))


def _health_year(life: Life, start: date) -> None:
    year = life.as_of.year if life.as_of >= date(life.as_of.year, 4, 20) else life.as_of.year - 1
    if start > date(year - 1, 3, 31):
        return
    years = life.kid.age_on(date(year, 3, 31))
    score = {"sdq_score": life.random.randint(9, 20)} if 4 <= years <= 16 else {"sdq_reason": "SDQ1"}
    life.then(
        date(year, 4, 20),
        lambda: care_record.add_health_year(
            life.session, life.id, year, convicted=False, health_check=True, immunisations=True, teeth_check=True,
            health_assessment=True, substance_misuse=False, **score,
        ),
    )  # fmt: skip


def _education_plans(life: Life) -> None:
    """One a term, the newest as many as the family's line says; this term's may be a draft or missing."""
    start = life.care_on
    if (
        start is None
        or not life.kid.school[0]
        or life.kid.age_on(life.as_of) < PEP_FROM
        or "peps" not in life.kid.life
    ):
        return
    profile = demo_plans.profile_of(life.kid, life.family.number)
    now = life.kid.life.get("pep_now", "held")
    days = _pep_days(life, start, now)
    for which, on in enumerate(days):
        _education_plan(life, profile, which, on, start)
    if now == "draft":
        _education_plan(life, profile, len(days), life.as_of - DAY, start, draft=True)


def _pep_days(life: Life, start: date, now: str) -> list[date]:
    """Return the days of the meetings, the oldest first: some weeks into each term, never in the future."""
    found = []
    term = calendars.term_of(life.as_of)
    if now != "held":
        term = calendars.term_of(term.starts_on - DAY)
    while len(found) < life.kid.life["peps"] and term.ends_on > start:
        on = working_day(term.starts_on + timedelta(days=PEP_DAYS_INTO_TERM + life.random.randint(0, 8)))
        if on <= start + 12 * DAY:
            on = calendars.england().add_working_days(start, 15)
        if on < life.as_of and on <= term.ends_on:
            found.append(on)
        term = calendars.term_of(term.starts_on - DAY)
    return found[::-1]


def _education_plan(
    life: Life, profile: Any, which: int, on: date, start: date, *, draft: bool = False
) -> None:
    said = life.said()
    initial = (on - start).days < 40

    def answers(known: dict[str, Any]) -> dict[str, Any]:
        given = demo_plans.pep(life.kid, said, profile, which, on, start, initial)
        given |= _looked_back(known, given, which)
        if draft:
            unfinished = (
                "met_on",
                "signatures",
                "targets",
                "actions",
                "next_on",
                "decisions",
                "worker_view",
                "teacher_view",
            )
            return {key: each for key, each in given.items() if key not in unfinished}
        return given

    life.plan("pep", on, answers, draft=draft)


def _looked_back(known: dict[str, Any], given: dict[str, Any], which: int) -> dict[str, Any]:
    """Return how the last plan's targets and actions went, which the new plan begins with."""
    outcomes = ("achieved", "partly", "achieved")
    evidence = (
        "Done, and {} says so.",
        "Half of it; it goes on as a new target.",
        "Seen in the book and in the register.",
    )
    name = str(known.get("known_as") or known.get("name") or "the child")
    targets = [
        row | {"outcome": outcomes[(at + which) % 3], "evidence": evidence[(at + which) % 3].format(name)}
        for at, row in enumerate(known.get("last_targets") or [])
    ]
    actions = [row | {"status": "done"} for row in known.get("last_actions") or []]
    return {key: rows for key, rows in (("last_targets", targets), ("last_actions", actions)) if rows}


# Leaving care


def _pathway_plans(life: Life) -> None:
    due = ahead(life.as_of, life.kid.life["next_pathway"])
    days = [due_from(due, PLAN_EVERY)]
    for _ in range(life.kid.life["pathway"] - 1):
        days.append(working_day(days[-1] - relativedelta(months=PLAN_EVERY) + 6 * DAY))
    days.reverse()
    needs_on = working_day(days[0] - 15 * DAY)
    for number, on in enumerate(days, 1):
        said, number_now = life.said(), number
        life.plan(
            "pathway-plan", on,
            lambda known, n=number_now, on=on, said=said: demo_plans.pathway(life.kid, said, n, on, needs_on, life.random),
        )  # fmt: skip


def _leaving_care(life: Life) -> None:
    start, born = life.care_on, life.kid.born_on
    assert start is not None and born is not None
    adult = birthday(born, 18)
    for number, (on, place, home) in enumerate(_placements(life)):
        _place(life, on, place, home, number)
    life.note(start, "note", "arrived")
    for on in _until(start, adult, 260):
        life.note(working_day(on), "visit", "care", alone=True, seen=True)
        part = ("PN1", "PN1", "PN6")[on.month % 3]
        life.then(on, lambda on=on, part=part: care_record.add_review(life.session, life.id, on, part))
    life.then(adult, lambda: _turned_18(life, adult))
    newest = life.as_of - timedelta(days=life.random.randint(6, 21))
    for back in range(7):
        life.note(
            newest - timedelta(days=37 * back),
            ("visit", "call", "message", "visit")[back % 4],
            "contacts",
            seen=back % 4 == 0,
        )
    _leaver_years(life, adult)


def _until(start: date, end: date, days: int) -> Iterator[date]:
    on = start + 20 * DAY
    while on < end - 5 * DAY:
        yield on
        on += timedelta(days=days)


def _turned_18(life: Life, on: date) -> None:
    care_record.end_episode(life.session, life.id, on, "E5")
    opened = children.details(life.session, life.id)
    children.change_details(life.session, life.id, opened.version, {"status": "care_leaver"})
    lines = f"Flat {life.family.number + 2}, Sallowmere Court, Slough"
    people.move(life.session, life.id, lines, life.family.address[1], on)
    for key in [each for each in life.relations if each.startswith("carer")]:
        people.end_relation(life.session, life.relations.pop(key), on)


def _leaver_years(life: Life, adult: date) -> None:
    story = texts("pathway")["stories"][life.kid.life["leaver"]]
    for year in range(adult.year + 1, life.as_of.year + 1):
        end = date(year, 3, 31)
        if adult < end and end + 20 * DAY <= life.as_of and life.kid.age_on(end) <= 21:
            codes = ("YES", story["activity"], f"{story['accommodation']}1")
            life.then(
                end + 20 * DAY,
                lambda year=year, codes=codes: care_record.add_leaver_year(
                    life.session, life.id, year, *codes
                ),
            )


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
            lambda each=each, on=on: people.move(life.session, life.id, each["lines"], each["postcode"], on),
        )
    aunt = NewPerson("Dorota", "Maj", phone="07700 900231")
    life.then(
        ago(life.as_of, "4y9m"), lambda: people.add_family(life.session, life.id, aunt, "Aunt or uncle")
    )
    life.then(ago(life.as_of, "2y"), lambda: _change(life, {"status": "child_in_need"}))


def _change(life: Life, values: dict[str, Any]) -> None:
    opened = children.details(life.session, life.id)
    children.change_details(life.session, life.id, opened.version, values)
