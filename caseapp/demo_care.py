"""The paths of the demo that lead through care: placements, reviews, education plans, leaving care."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from dateutil.relativedelta import relativedelta

from caseapp import (
    calendars,
    care_record,
    children,
    demo_after_pep,
    demo_leaving,
    demo_looked_after,
    demo_pathway,
    demo_pep,
    demo_school,
    people,
)
from caseapp.ages import birthday
from caseapp.care_record import NewEpisode
from caseapp.demo_lives import (
    DAY,
    HOUSES,
    PLAN_EVERY,
    REVIEW_EVERY,
    VISIT_EVERY,
    Life,
    at,
    due_from,
    every,
    until,
)
from caseapp.demo_people import ago, ahead, carer_address, carer_phone, texts, working_day
from caseapp.form import Answers
from caseapp.people import NewPerson

TEETH_FROM, FIVE, WRITES_FROM = 2, 5, 7
PEP_FROM, PEP_DAYS_INTO_TERM = 3, 18


def looked_after(life: Life) -> None:
    """Placements, visits, reviews and health of a child in care."""
    demo_school.change_schools(life)
    placements = _placements(life)
    for number, (on, place, home) in enumerate(placements):
        _place(life, on, place, home, number)
    start = placements[0][0]
    next_visit = ahead(life.as_of, life.kid.life.get("next_visit") or str(life.random.randint(8, 36)))
    last = next_visit - timedelta(days=VISIT_EVERY)
    for number, (on, _, _) in enumerate(placements):
        end = working_day(placements[number + 1][0] - 5 * DAY) if number + 1 < len(placements) else last
        _visits(life, on, end, number == 0)
    if "papers" not in life.kid.life or "lac-review" not in life.kid.life["papers"]:
        _reviews(life, start)  # the signed record of one brings it with it
    demo_looked_after.family_and_court(life, start)
    demo_looked_after.for_the_return(life, start)
    demo_looked_after.papers(life)
    for on in every(life, max(start, ago(life.as_of, "12m")) + 40 * DAY, life.as_of, 140):
        life.note(on, "supervision", "supervision")
        life.note(working_day(on + 8 * DAY), "call", "calls")
    if life.care.get("uasc"):
        life.then(start, lambda: care_record.set_unaccompanied(life.session, life.id))
    _health_year(life, start)
    _health(life, start)


def _health(life: Life, start: date) -> None:
    """Health assessments and dental checks within their times, the first soon after care began."""
    if "health-assessment" in life.kid.life.get("papers", ()):
        return  # the signed assessment brings its rows
    under_five = life.kid.age_on(life.as_of) < FIVE
    for number, on in enumerate(until(start, life.as_of, 170 if under_five else 330)):
        demo_looked_after.health(life, working_day(on), "review" if number else "initial", "health")
    if life.kid.age_on(start) >= TEETH_FROM:
        for on in until(start + 50 * DAY, life.as_of, 350):
            demo_looked_after.health(life, working_day(on), "dental", "dental")


def _placements(life: Life) -> list[tuple[date, str, int]]:
    care, start = life.care, life.care_on or life.as_of
    found = [(start, str(care["place"]), int(care["home"]))]
    if "moved" in care:
        found.append((ago(life.as_of, care["moved"]), str(care["moved_to"]), int(care["moved_home"])))
    return found


def _place(life: Life, on: date, place: str, home: int, number: int) -> None:
    """Begin a placement: the episode, the address, the carers as family."""
    care = life.care
    lines, postcode = carer_address(home)
    _, family, full = life.carers(home)
    new = NewEpisode(
        on, "P" if number else "S", care["legal"], place, care["need"], "PR4" if home in HOUSES else "PR1",
        care.get("moved_why", "") if number else "", life.family.address[1], postcode,
        demo_looked_after.urn(home),
    )  # fmt: skip

    def act() -> None:
        episode_id = care_record.add_episode(life.session, life.id, new)
        demo_looked_after.placement(life, episode_id, on, home, postcode, lines)
        for key in [each for each in life.relations if each.startswith("carer")]:
            people.end_relation(life.session, life.relations.pop(key), on)
        if home not in HOUSES:
            for each in full.removesuffix(f" {family}").split(" and "):
                phone = carer_phone(home)
                person = NewPerson(each, family, phone=phone, address=lines, postcode=postcode)
                kind = "Grandparent" if home < 0 else "Foster carer"
                with at(life.session, life.worker_on(on), on, 17):
                    added = people.add_family(life.session, life.id, person, kind, lives_with=True)
                life.relations[f"carer {each}"] = added
        held_back = bool(care.get("uasc"))
        at_home = family if home in HOUSES else full
        people.move(life.session, life.id, f"{at_home}, {lines}", postcode, on, withheld=held_back)

    life.then(on, act)


def _visits(life: Life, start: date, last: date, first: bool) -> None:
    """Visits within the week of a placement's start and then every six weeks, the newest on its own day.

    In a placement meant to last to 18, every twelve weeks between its first year and the last of all.
    """
    if first:
        life.note(start, "note", "arrived")
    soon = working_day(start + 4 * DAY)
    if soon < life.as_of:
        life.note(
            soon,
            "visit",
            "first_days" if life.kid.age_on(soon) >= WRITES_FROM else "care",
            alone=True,
            seen=True,
        )
        life.note(soon, "placement_plan", "placement_plan")
        if first:
            life.note(working_day(start + 9 * DAY), "care_plan", "care_plan")
    for on in _visit_days(life, start, last):
        newest = on == last and last > life.as_of - timedelta(days=VISIT_EVERY + 4)
        own = texts("amelia")["last_visit"] if newest and life.kid.life.get("life") == "amelia" else None
        if own:
            life.write(on, "visit", own["words"], own["quote"], alone=True, seen=True)
        else:
            life.note(
                on, "visit", "care", alone=life.kid.age_on(on) >= 4, seen=True,
                where_seen="home", planned=True, bedroom_seen=on.month % 2 == 0, purpose="Visit under reg 28",
            )  # fmt: skip


def _visit_days(life: Life, start: date, last: date) -> list[date]:
    days, on = [], last
    year_ago = life.as_of - timedelta(days=365)
    while on > start + 12 * DAY:
        days.append(on if on == last else working_day(on))
        apart = life.random.randint(34, 41)
        is_settled = life.care.get("place") == "U4" and start + timedelta(days=365) < on - 2 * apart * DAY
        on -= timedelta(days=2 * apart if is_settled and on <= year_ago else apart)
    return days[::-1]


def _reviews(life: Life, start: date) -> None:
    due = ahead(life.as_of, life.kid.life.get("next_review") or str(life.random.randint(25, 150)))
    _hold_reviews(life, start, due_from(due, REVIEW_EVERY))


def _hold_reviews(life: Life, start: date, last: date) -> None:
    """Hold the first two reviews of care in their times, and one every six months up to the last."""
    first = calendars.england().add_working_days(start, 16)
    second = working_day(first + relativedelta(months=3) - 9 * DAY)
    days = [first, second]
    between = (last - second).days
    if between > 30:
        steps = -(-between // 176)
        days += [working_day(second + timedelta(days=between * step // steps)) for step in range(1, steps)]
        days.append(last)
    for number, on in enumerate(days):
        took_part = "PN0" if life.kid.age_on(on) < 4 else ("PN1", "PN3", "PN6", "PN1")[number % 4]
        demo_looked_after.review(life, on, took_part)


def _health_year(life: Life, start: date) -> None:
    year = life.as_of.year if life.as_of >= date(life.as_of.year, 4, 20) else life.as_of.year - 1
    if start > date(year - 1, 3, 31):
        return
    years = life.kid.age_on(date(year, 3, 31))
    score = {"sdq_score": life.random.randint(9, 20)} if 4 <= years <= 16 else {"sdq_reason": "SDQ1"}
    life.then(
        date(year, 4, 20),
        lambda: care_record.add_health_year(
            life.session, life.id, year, convicted=False if years >= 10 else None,
            health_check=True if years < FIVE else None, immunisations=True,
            teeth_check=True, health_assessment=True, substance_misuse=False, **score,
        ),
    )  # fmt: skip


def education_plans(life: Life) -> None:
    """One a term, the newest as many as the family's line says; this term's may be a draft or missing."""
    start = life.care_on
    if (
        start is None
        or not life.schools
        or life.kid.age_on(life.as_of) < PEP_FROM
        or "peps" not in life.kid.life
    ):
        return
    demo_school.lose_school(life)
    now = life.kid.life.get("pep_now", "held")
    days = _pep_days(life, start, now)
    for which, on in enumerate(days):
        _education_plan(life, which, on, start)
        demo_after_pep.after_plan(life, which, on)
    if now == "draft":
        _education_plan(life, len(days), working_day(life.as_of - DAY), start, draft=True)
    demo_school.at_school(life)


def _pep_days(life: Life, start: date, now: str) -> list[date]:
    """Return the days of the meetings, the oldest first: some weeks into each term, never in the future."""
    found: list[date] = []
    left_out = calendars.term_of(ago(life.as_of, life.kid.life.get("pep_gap", "90y")))
    term = calendars.term_of(life.as_of)
    if now != "held":
        term = calendars.term_of(term.starts_on - DAY)
    while len(found) < life.kid.life["peps"] and term.ends_on > start:
        on = working_day(term.starts_on + timedelta(days=PEP_DAYS_INTO_TERM + life.random.randint(0, 8)))
        if on <= start + 12 * DAY:
            on = calendars.england().add_working_days(start, 15)
        if "pep_on" in life.kid.life and not found:
            on = working_day(ago(life.as_of, life.kid.life["pep_on"]))
        if on < life.as_of and on <= term.ends_on and term != left_out:
            found.append(on)
        term = calendars.term_of(term.starts_on - DAY)
    return found[::-1]


def _education_plan(life: Life, which: int, on: date, start: date, *, draft: bool = False) -> None:
    said, kid, profile = demo_school.said_at_school(life, on), life.kid_on(on), demo_school.profile(life, on)
    initial = (on - start).days < 40

    def answers(known: dict[str, Any]) -> dict[str, Any]:
        given = demo_pep.pep(kid, said, profile, which, on, start, initial)
        given |= demo_school.attainment(life, on) | _looked_back(known, given, which)
        given |= demo_school.year_so_far(known, given, on)
        given["carers"] = known.get("carers") or given["carers"]
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


def pathway_plans(life: Life) -> None:
    """A needs assessment, the plans that build on it, so that the next review falls due on its day."""
    due = ahead(life.as_of, life.kid.life["next_pathway"])
    days = [due_from(due, PLAN_EVERY)]
    for _ in range(life.kid.life["pathway"] - 1):
        days.append(working_day(days[-1] - relativedelta(months=PLAN_EVERY) + 6 * DAY))
    days.reverse()
    needs_on = working_day(days[0] - 15 * DAY)
    said = life.said(needs_on)
    life.plan("pathway-needs", needs_on, lambda _: demo_pathway.needs(life.kid, said, needs_on))
    for number, on in enumerate(days, 1):
        life.plan(
            "pathway-plan", on,
            _pathway_answers(life, number, on, needs_on),
        )  # fmt: skip
        demo_leaving.approve(life, on)
    well_on = working_day(days[-1] - 6 * DAY)
    well_said = life.said(well_on)
    life.plan("leaving-well", well_on, lambda _: demo_pathway.leaving_well(life.kid, well_said, well_on))


def _pathway_answers(life: Life, number: int, on: date, needs_on: date) -> Callable[[Answers], Answers]:
    said, answers = life.said(on), demo_pathway.pathway
    return lambda _: answers(life.kid, said, number, on, needs_on)


def leaving_care(life: Life) -> None:
    """Years in care, the 18th birthday, and the contacts after it."""
    start, born = life.care_on, life.kid.born_on
    if start is None or born is None:
        return
    adult = birthday(born, 18)
    for number, (on, place, home) in enumerate(_placements(life)):
        _place(life, on, place, home, number)
    life.note(start, "note", "arrived")
    for on in until(start, adult, VISIT_EVERY * 2):
        life.note(working_day(on), "visit", "care", alone=True, seen=True)
    _hold_reviews(life, start, working_day(adult - relativedelta(months=2)))
    life.then(adult, lambda: _turned_18(life, adult))
    demo_leaving.leaver(life, adult)
    newest = life.as_of - timedelta(days=life.random.randint(6, 21))
    for back in range(7):
        life.note(
            working_day(newest - timedelta(days=37 * back)),
            ("visit", "call", "message", "visit")[back % 4],
            "contacts",
            seen=back % 4 == 0,
            mood=(7, None, None, 6)[back % 4],
        )
    _leaver_years(life, adult)


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
                partial(care_record.add_leaver_year, life.session, life.id, year, *codes),
            )
