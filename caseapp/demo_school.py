"""Schooling in the demo's lives: moves, terms, attainment, and one whole school life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from caseapp import calendars, demo_pep, people
from caseapp.ages import year_group
from caseapp.calendars import Term
from caseapp.demo_lives import DAY, Life
from caseapp.demo_people import Kid, ago, school_urn, texts, working_day
from caseapp.education import records
from caseapp.education import school_rules as rules
from caseapp.education.new_rows import NewAttendance, NewSchooling, NewSuspension, NewTimetable
from caseapp.education.taking_up import term_from
from caseapp.form import Answers
from db import education as queries
from db.models import ReducedTimetable

_SESSIONS = {f"sessions_{name}": name for name in ("possible", "attended", "authorised", "unauthorised")}
TOLD_FOR = timedelta(days=800)  # attendance further back is told of the whole school life only
VIRTUAL = "Ines Marlow, virtual school"
_POSSIBLE = {"autumn": 140, "spring": 116, "summer": 124}
_FULL_WEEK = 1500
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
        school_id = school_id_of(life, school)
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
        school_id_of(life, school),
        rules.school_year(term.starts_on), season, possible, possible - missed, missed - kept_away, kept_away,
        late,
    )  # fmt: skip
    records.add_attendance(life.session, life.id, new)


def _percent(life: Life, term: Term) -> int:
    if is_whole(life.kid):
        return int(_year(life.kid, term.starts_on)["percent"][season_on(term.starts_on)])
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
        school_id = school_id_of(life, school)
        records.add_suspension(life.session, life.id, suspended.row(school_id))


def _fewer_hours(life: Life, on: date, weeks: int, minutes: int) -> None:
    school, until = life.kid_on(on).school, on + timedelta(weeks=weeks)
    made: list[UUID] = []

    def begin(ended_on: date | None = None) -> NewTimetable:
        return NewTimetable(
            school_id_of(life, school), on, until, minutes, _FULL_WEEK,
            "Back after a term without a school; more hours each fortnight.",
            f"{life.said(on)['carer']}, the school and the virtual school", ended_on, on + 14 * DAY,
        )  # fmt: skip

    def end() -> None:
        row = life.session.get_one(ReducedTimetable, made[0])
        records.change(life.session, row.id, row.version, begin(until))

    if school[2]:
        life.then(on, lambda: made.append(records.add_timetable(life.session, life.id, begin())))
        life.then(until, end)


def school_id_of(life: Life, school: tuple[str, str, str]) -> UUID:
    """Return the id of a school of the demo, which is added the first time."""
    return people.add_school(life.session, school[0], school[2], school_urn(school[0]), town="Slough")


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
    group, season, year = group_on(kid, on), season_on(on), _year(kid, on)
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
    year, group, season = _year(life.kid, on), group_on(life.kid, on), season_on(on)
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


def group_on(kid: Kid, on: date) -> int:
    """Return the year group that a child is in on a day."""
    return max(0, min(13, year_group(kid.born_on or on, on)))


def _year(kid: Kid, on: date) -> Mapping[str, Any]:
    found: Mapping[str, Any] = texts("school")["bryony"]["years"][group_on(kid, on)]
    return found


def season_on(on: date) -> int:
    """Return which term of the school year a day is in: 0 is autumn."""
    return rules.TERMS.index(calendars.term_of(on).name.split(" ")[0])


def _term_start(kid: Kid, group: int, season: int) -> date:
    """Return the first day of a term of the school year in which a child is in a year group."""
    born = kid.born_on or date.min
    first = born.year + 4 + (born.month >= 9) + group
    return date(first, 9, 1) if season == 0 else date(first + 1, 1 if season == 1 else 4, 1)


def year_so_far(known: Mapping[str, Any], given: Mapping[str, Any], on: date) -> dict[str, int]:
    """Return the sessions of the school year: those of its terms on record, and of this one so far."""
    now = term_from(calendars.term_of(on).name)
    terms = [(term_from(row["term"]), row) for row in known.get("attendance", ())]
    told = [row for term, row in terms if term[0] == now[0]]
    is_told = any(term == now for term, _ in terms)
    return {
        key: sum(row.get(name, 0) for row in told) + (0 if is_told else given[key])
        for key, name in _SESSIONS.items()
    }
