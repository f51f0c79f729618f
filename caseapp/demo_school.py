"""Schooling in the demo's lives: moves, terms, quality assurance, money, and one whole school life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import calendars, demo_pep, people, plans
from caseapp.ages import year_group
from caseapp.calendars import Term
from caseapp.demo_lives import DAY, Life
from caseapp.demo_people import Kid, ago, filled, texts, working_day
from caseapp.education import pep_cycle, premium, qa_schemes, rates, records
from caseapp.education import school_rules as rules
from caseapp.education.new_rows import NewAttendance, NewSchooling, NewSuspension, NewTimetable
from caseapp.education.premium import NewRequest
from caseapp.education.qa_schemes import Check, Review
from caseapp.form import Answers
from db import education as queries
from db.models import ReducedTimetable, Revision
from db.roles import Actor

TOLD_FOR = timedelta(days=800)  # attendance further back is told of the whole school life only
TAKEN_UP_AFTER, CHECKED_AFTER, MENDED_AFTER, CHECKED_AGAIN_AFTER = 5 * DAY, 6 * DAY, 12 * DAY, 15 * DAY
DECIDED_AFTER, PAID_AFTER, SPENT_AFTER = 7 * DAY, 24 * DAY, 60 * DAY
VIRTUAL = "Ines Marlow, virtual school"
_SEASONS = rules.TERMS
_POSSIBLE = {"autumn": 140, "spring": 116, "summer": 124}
_FULL_WEEK = 1500
_STREAMS = {"early_years": "early_years", "post_16": "post_16"}
_EARLY = (
    "Communication and language", "Literacy", "Mathematics",
    "Personal, social and emotional development", "Physical development",
)  # fmt: skip


def is_whole(kid: Kid) -> bool:
    """Return whether this is the child whose whole school life is told."""
    return kid.life.get("life") == "bryony"


def said_at_school(life: Life, on: date) -> dict[str, str]:
    """Return the words of a day for a plan; without a school the virtual school stands in for a teacher."""
    said = life.said(on)
    if life.kid_on(on).school[2]:
        return said
    left = max((day for day, school in life.schools if day <= on and not school[2]), default=on)
    return said | {"teacher": VIRTUAL, "school": "no school", "left_on": left.isoformat()}


# Schools that changed


def change_schools(life: Life) -> None:
    """Let a child change school, with the time between two schools if there was one."""
    if is_whole(life.kid):
        for left, began, name, teacher, kind, why in texts("school")["bryony"]["moves"]:
            _change_school(life, ago(life.as_of, left), ago(life.as_of, began), (name, teacher, kind), why)


def _change_school(life: Life, left: date, began: date, school: tuple[str, str, str], why: str) -> None:
    if left < began:
        life.schools.append((left, ("", "", "")))
    life.schools.append((began, school))
    life.schools.sort(key=lambda each: each[0])
    life.then(left, partial(_leave, life, left, why))

    def begin() -> None:
        school_id = _school_id(life, school)
        new = NewSchooling(school_id, began, designated_teacher=school[1])
        records.add_schooling(life.session, life.id, new)

    life.then(began, begin)


def _leave(life: Life, on: date, why: str) -> None:
    for each in queries.schools_of(life.session, life.id):
        if each.from_on and each.from_on < on and (each.until_on is None or each.until_on > on):
            new = NewSchooling(each.school_id, each.from_on, on, each.designated_teacher, why)
            records.change(life.session, each.id, each.version, new)


def lose_school(life: Life) -> None:
    """Let a child be excluded, and be without a school from that day on."""
    if "no_school" not in life.kid.life:
        return
    on = working_day(ago(life.as_of, life.kid.life["no_school"]))
    school = life.kid_on(on).school
    life.schools.append((on + DAY, ("", "", "")))

    def act() -> None:
        _suspended(life, school, Sent(on, 0, ("PP",), permanent=True))
        _leave(life, on + DAY, "Permanently excluded")

    life.then(on + DAY, act)


# Terms at school


def at_school(life: Life) -> None:
    """Tell each term's attendance once the term is over, and what this one has so far."""
    since = life.care_on or life.as_of
    first = since if is_whole(life.kid) else max(since, life.as_of - TOLD_FOR)
    for term in _terms(first, life.as_of):
        school = life.kid_on(min(term.ends_on, life.as_of)).school
        if school[2]:
            told_on = min(working_day(term.ends_on + 9 * DAY), working_day(life.as_of - 2 * DAY))
            if told_on > term.starts_on + 14 * DAY:
                life.then(told_on, partial(_attended, life, term, school, told_on))
    if is_whole(life.kid):
        _troubles(life)


def _terms(first: date, last: date) -> Iterator[Term]:
    term = calendars.term_of(first)
    while term.starts_on <= last:
        yield term
        term = calendars.term_after(term)


def _attended(life: Life, term: Term, school: tuple[str, str, str], told_on: date) -> None:
    season = term.name.split(" ")[0]
    whole = _POSSIBLE[season]
    weeks = (min(told_on, term.ends_on) - term.starts_on).days // 7
    possible = whole if told_on > term.ends_on else min(whole, 10 * weeks)
    missed = possible - round(possible * _percent(life, term) / 100)
    kept_away = missed // 4 if missed > possible // 14 else 0
    late = min(possible - missed, 9 if missed > possible // 10 else missed % 4)
    new = NewAttendance(
        _school_id(life, school),
        rules.school_year(term.starts_on), season, possible, possible - missed, missed - kept_away, kept_away,
        late,
    )  # fmt: skip
    records.add_attendance(life.session, life.id, new)


def _percent(life: Life, term: Term) -> int:
    if is_whole(life.kid):
        return int(_year(life.kid, term.starts_on)["percent"][_season(term.starts_on)])
    low = 6 if life.kid.school[2] == "college" else 0
    return 97 - low - (life.family.number * 5 + life.number * 3 + term.starts_on.month) % 9


def _troubles(life: Life) -> None:
    told = texts("school")["bryony"]["trouble"]
    for group, season, days, sessions, reasons in told["suspensions"]:
        on = working_day(_term_start(life.kid, group, season) + timedelta(days=days))
        suspended = Sent(on, sessions, tuple(reasons))
        life.then(on + 8 * DAY, partial(_suspended, life, life.kid_on(on).school, suspended))
    group, season, days, weeks, minutes = told["timetable"]
    on = _term_start(life.kid, group, season) + timedelta(days=days)
    _fewer_hours(life, on, weeks, minutes)


class Sent(NamedTuple):
    """A suspension of the demo: its first day, its half days and reasons; or a permanent exclusion."""

    on: date
    sessions: int
    reasons: tuple[str, ...]
    permanent: bool = False

    def row(self, school_id: UUID) -> NewSuspension:
        """Return it as a row of the record."""
        if self.permanent:
            return NewSuspension(
                school_id, self.on, reasons=self.reasons, permanent=True, told_on=self.on,
                provision_from=working_day(self.on + 9 * DAY), outcome="waiting",
            )  # fmt: skip
        days = -(-self.sessions // 2)
        last = calendars.england().add_working_days(self.on, days - 1) if days > 1 else self.on
        back_on = calendars.england().add_working_days(last, 1)
        return NewSuspension(
            school_id, self.on, self.sessions, last, self.reasons, told_on=self.on, return_meeting_on=back_on
        )


def _suspended(life: Life, school: tuple[str, str, str], suspended: Sent) -> None:
    if school[2]:
        school_id = _school_id(life, school)
        records.add_suspension(life.session, life.id, suspended.row(school_id))


def _fewer_hours(life: Life, on: date, weeks: int, minutes: int) -> None:
    school, until = life.kid_on(on).school, on + timedelta(weeks=weeks)
    made: list[UUID] = []

    def begin(ended_on: date | None = None) -> NewTimetable:
        return NewTimetable(
            _school_id(life, school), on, until, minutes, _FULL_WEEK,
            "Back after a term without a school; more hours each fortnight.",
            f"{life.said(on)['carer']}, the school and the virtual school", ended_on, on + 14 * DAY,
        )  # fmt: skip

    def end() -> None:
        row = life.session.get_one(ReducedTimetable, made[0])
        records.change(life.session, row.id, row.version, begin(until))

    if school[2]:
        life.then(on, lambda: made.append(records.add_timetable(life.session, life.id, begin())))
        life.then(until, end)


def _school_id(life: Life, school: tuple[str, str, str]) -> UUID:
    return people.add_school(life.session, school[0], school[2], town="Slough")


# What stands in a plan


def profile(life: Life, on: date) -> Mapping[str, Any]:
    """Return what is said about a child at school at the time of a plan."""
    kid = life.kid_on(on)
    if is_whole(kid):
        return _profile(kid, on)
    own = kid.life.get("setting", "")
    if own and demo_pep.variant(kid) == own:
        return dict(texts("school")["settings"][own]) | {"no_place": "excluded"}
    return demo_pep.profile_of(kid, life.family.number)


def _profile(kid: Kid, on: date) -> dict[str, Any]:
    """Return a term of the whole school life: the year's words, and three of its four targets."""
    group, season, year = _group(kid, on), _season(on), _year(kid, on)
    stage = next(each for each in texts("school")["bryony"]["stages"] if group <= each["until"])
    voice = {"voice_method": "drawing"} if group < 1 else {}
    after_gcse = {"has_english": True, "applies": group > 12} if group >= 12 else {}
    return {
        **{key: each for key, each in stage.items() if key != "until"},
        **{
            key: each[season] if isinstance(each, list) else each
            for key, each in year.items()
            if key not in ("group", "percent", "judged", "targets")
        },
        "targets": [year["targets"][(season + each) % 4] for each in range(3)],
        **voice,
        **after_gcse,
    }


def attainment(life: Life, on: date) -> Answers:
    """Return the subjects of a term of the whole school life; the year's end is its best."""
    if not is_whole(life.kid):
        return {}
    year, group, season = _year(life.kid, on), _group(life.kid, on), _season(on)
    assessed = working_day(on - 6 * DAY).isoformat()
    judged = dict(zip(("Reading", "Writing", "Maths"), year["judged"], strict=True))
    if group < 1:
        judged = dict.fromkeys(_EARLY, "E") | {"Communication and language": "B", "Literacy": "B"}
    elif group >= 12:
        judged = {str(year["strong"]): year["judged"][0], str(year["weak"]): year["judged"][1]}
    elif group >= 7:
        judged = {"English": judged["Writing"], "Reading": judged["Reading"], "Maths": judged["Maths"]}
    if 1 <= group < 12 and year["strong"] not in judged:
        judged |= {str(year["strong"]): "GD"}
    names = "eyfs" if group < 1 else "post16" if group >= 12 else "school"
    rows = [
        {
            "subject": name, "assessed_on": assessed, "framework": names, "judgement": said,
            "progress": "more" if season == 2 else "expected", "comment": _remark(said),
        }
        for name, said in judged.items()
    ]  # fmt: skip
    return {"attainment": rows}


def _remark(judged: str) -> str:
    return {"B": "Support goes on; see the targets.", "GD": "A strength to build on."}.get(
        judged, "On course."
    )


def _group(kid: Kid, on: date) -> int:
    return max(0, min(13, year_group(kid.born_on or on, on)))


def _year(kid: Kid, on: date) -> Mapping[str, Any]:
    found: Mapping[str, Any] = texts("school")["bryony"]["years"][_group(kid, on)]
    return found


def _season(on: date) -> int:
    return _SEASONS.index(calendars.term_of(on).name.split(" ")[0])


def _term_start(kid: Kid, group: int, season: int) -> date:
    """Return the first day of a term of the school year in which a child is in a year group."""
    born = kid.born_on or date.min
    first = born.year + 4 + (born.month >= 9) + group
    return date(first, 9, 1) if season == 0 else date(first + 1, 1 if season == 1 else 4, 1)


# After the signature: quality assurance and money


def after_plan(life: Life, which: int, on: date) -> None:
    """Let a signed plan be checked and its help paid for, by somebody else than who signed it."""
    manager = _manager(life)
    told = texts("school")["bryony"]
    life.then(on + TAKEN_UP_AFTER, partial(_take_up, life), manager)
    if is_whole(life.kid) and which == told["returned_at"]:
        life.then(on + CHECKED_AFTER, partial(_give_back, life), manager)
        life.then(on + MENDED_AFTER, partial(_mend, life))
        life.then(on + CHECKED_AGAIN_AFTER, partial(_take_up, life), manager)
        life.then(on + CHECKED_AGAIN_AFTER, partial(_approve, life, which), manager)
    else:
        life.then(on + CHECKED_AFTER, partial(_approve, life, which), manager)
    if is_whole(life.kid):
        for group, season, *row in told["money"]["rows"]:
            if (group, season) == (_group(life.kid, on), _season(on)):
                _ask(life, on, manager, _Money(*row))
    elif demo_pep.variant(life.kid_on(on)) != "not_in_education":
        _ask(life, on, manager, _usual_money(life, which, on))


def _manager(life: Life) -> Actor:
    return life.staff["ruth" if life.worker.team.endswith("East") else "helen"]


def _signed(life: Life) -> Revision:
    return plans.numbered(life.session, life.id, "pep")


def _review(grade: str, mixed: bool, words: str = "") -> Review:
    grades = {part.code: grade for part in qa_schemes.SECTIONS}
    checks = {part.code: Check("yes") for part in qa_schemes.CRITERIA}
    if mixed:
        grades["targets"] = "amber"
        checks["smart"] = Check("partly", "Say how much, and by when.")
    return Review(grades, checks, words)


def _take_up(life: Life) -> None:
    pep_cycle.begin_qa(life.session, _signed(life).id)


def _approve(life: Life, which: int) -> None:
    revision = _signed(life)
    mixed = (which + life.family.number) % 4 == 3
    words = "The next plan needs sharper targets." if mixed else "Clear, and in the child’s own words."
    pep_cycle.approve(life.session, revision.id, _review("green", mixed, words))


def _give_back(life: Life) -> None:
    revision = _signed(life)
    said = "Say in the designated teacher’s view what the mock showed and what follows from it"
    mend_by = life.session.today + 10 * DAY
    pep_cycle.give_back(life.session, revision.id, _review("green", True, said), mend_by)


def _mend(life: Life) -> None:
    given_back = _signed(life)
    state = pep_cycle.state_of(life.session, given_back)
    kept = {key: each for key, each in given_back.document.answers.items() if key == "signatures"}
    draft_id = plans.correct(life.session, given_back.id, pep_cycle.reason_to_correct(state))
    draft = life.session.get_one(Revision, draft_id)
    view = draft.document.answers["teacher_view"]
    mended = {
        "teacher_view": f"{view} The mock was a grade under the aim, so the hour with the tutor goes on."
    }
    plans.sign(life.session, draft.id, draft.version, draft.document.answers | kept | mended)


class _Money(NamedTuple):
    """A request of the demo, in pounds. Nothing approved: declined. Nothing spent: still to come."""

    thing: str
    category: str
    asked: int
    approved: int
    spent: int
    impact: str
    target: str = ""


def _usual_money(life: Life, which: int, on: date) -> _Money:
    """Return a request for the first target of a plan: how it went differs from child to child."""
    said = said_at_school(life, on)
    _, _, what, *_ = profile(life, on)["targets"][0]
    asked = 120 + (life.family.number * 35 + which * 20) % 240
    approved, spent, impact = (
        (asked, asked - 6, "The target was reached, and {teacher} has seen it."),
        (asked, 0, ""),
        (asked - 40, asked - 40, "Half of the target; it goes on."),
        (0, 0, "Every pupil of the school gets this. Ask for what is extra."),
    )[(life.family.number + life.number + which) % 4]
    told = (str(filled(each, said)) for each in (impact, what))
    return _Money("Help with a target, one to one", "adult", asked, approved, spent, *told)


def _ask(life: Life, on: date, manager: Actor, money: _Money) -> None:
    """Ask for money on the day after a meeting; decided, paid, spent and told as the days go by."""
    made: list[UUID] = []
    session, asked_on = life.session, on + DAY

    def ask() -> None:
        revision, kid = _signed(life), life.kid_on(on)
        targets = (money.target or str(revision.document.answers["targets"][0]["what"]),)
        school = kid.school
        new = NewRequest(
            money.thing, money.category, money.asked * 100, said_at_school(life, on)["teacher"], asked_on,
            _STREAMS.get(demo_pep.variant(kid), "school"), rates.financial_year(asked_on),
            _SEASONS[_season(asked_on)], targets,
            _school_id(life, school) if school[2] else None,
            revision.id if revision.signed_at else None,
        )  # fmt: skip
        made.append(premium.ask(session, life.id, new))

    def decide() -> None:
        today = session.today
        if not money.approved:
            premium.decide(session, made[0], decision="declined", on=today, because=money.impact)
        elif money.approved < money.asked:
            because = "What the school has already is left out."
            premium.decide(
                session, made[0], decision="part", on=today, approved=money.approved * 100, because=because
            )
        else:
            premium.decide(session, made[0], decision="approved", on=today)

    def spend() -> None:
        premium.spend(session, made[0], money.spent * 100)
        premium.tell_impact(session, made[0], money.impact)

    life.then(asked_on, ask)
    life.then(asked_on + DECIDED_AFTER, decide, manager)
    if money.approved:
        life.then(asked_on + PAID_AFTER, lambda: premium.pay(session, made[0], session.today), manager)
        if money.spent:
            life.then(asked_on + SPENT_AFTER, spend)
