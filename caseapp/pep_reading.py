"""What the prints of a Personal Education Plan read out of its answers: bars, grades, scores, names. Pure.

A draft may hold anything that was typed: what is no number, day or code is left out of what is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from caseapp import words
from caseapp.education import school_rules
from caseapp.form import Answers, Choice, Form, Rows, filled_rows
from caseapp.measure_rules import band

_GRADED: Final = frozenset({"gcse", "vocational", "entry", "functional", "post16"})
_FREE: Final = frozenset({"", "school", "other"})
_OLDER: Final = frozenset({"KS4", "KS5"})
_FOR_AGE: Final = re.compile(
    r"BLW|PK\s?\d|WTS|EXS|GDS|HNM|WB|.*(expected|age|depth|working|standard).*", re.I
)
_TERM: Final = re.compile(r"\s+term\b", re.I)


class AttendanceBar(NamedTuple):
    """A term's attendance: its name, the share in per cent, and what so much absence is called."""

    label: str
    percent: Decimal
    called: str = ""


class SdqPoint(NamedTuple):
    """A total of the Strengths and Difficulties Questionnaire, by whom, and its band in words."""

    on: date
    by: str
    by_words: str
    total: int
    band: str


class Subject(NamedTuple):
    """A subject as the grid shows it: words against the age and grades of courses never together."""

    name: str
    about: str
    judgement: str
    judged: str
    not_assessed: str
    result: str
    grade: str
    aim: str
    aim_grade: str
    progress: str
    progress_words: str
    since_care: str
    since_care_words: str
    comment: str


def called(answers: Mapping[str, Any]) -> str:
    """Return the name that the child goes by."""
    known_as = str(answers.get("known_as") or "").strip()
    return short(known_as or str(answers.get("name") or "").strip().split(" ")[0], 60)


def shown(form: Form, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return each answered question's answer in words."""
    return {each.key: text for each in form.fields if (text := each.show(answers.get(each.key)).strip())}


def rows_field(form: Form, key: str) -> Rows | None:
    """Return the rows of a key, if the form has them."""
    return next((each for each in form.fields if each.key == key and isinstance(each, Rows)), None)


def rows_in_words(form: Form, answers: Mapping[str, Any], key: str) -> list[dict[str, str]]:
    """Return rows with each answer in words."""
    field = rows_field(form, key)
    if field is None:
        return []
    return [
        {each.key: each.show(row.get(each.key)).strip() for each in field.fields}
        for row in filled_rows(answers.get(key))
    ]


def short(text: str, most: int) -> str:
    """Return a text cut at a word where it is longer than so many letters."""
    said = " ".join(text.split())
    return said if len(said) <= most else said[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def first_sentence(text: str, most: int = 160) -> str:
    """Return a text's first sentence."""
    said = " ".join(text.split())
    found = re.match(r".+?[.!?](?=\s|$)", said)
    return short(found.group() if found else said, most)


# Attendance


def attendance_bars(answers: Mapping[str, Any]) -> list[AttendanceBar]:
    """Return the terms as bars, in the plan's order; where there are none, this school year as one."""
    made = [bar for row in filled_rows(answers.get("attendance")) if (bar := _bar(row))]
    names = [each.label for each in made]
    if len(set(names)) < len(names):  # two schools in a term
        rows = [row for row in filled_rows(answers.get("attendance")) if _bar(row)]
        made = [
            bar._replace(label=f"{bar.label}, {row.get('school') or ''}".rstrip(", "))
            for bar, row in zip(made, rows, strict=True)
        ]
    if made:
        return made
    year = {"term": "This school year", "possible": answers.get("sessions_possible")}
    bar = _bar(year | {"attended": answers.get("sessions_attended")})
    return [bar] if bar else []


def _bar(row: Mapping[str, Any]) -> AttendanceBar | None:
    possible, attended = _whole(row.get("possible")), _whole(row.get("attended"))
    label = _TERM.sub("", str(row.get("term") or "")).strip().capitalize() or "Term"
    if possible and attended is not None and 0 <= attended <= possible:
        percent = school_rules.attendance_percent(attended, possible)
        word = school_rules.ABSENCE_WORDS.get(school_rules.absence(attended, possible), "")
        return AttendanceBar(label, percent, word) if percent is not None else None
    percent = _decimal(row.get("percent"))
    return AttendanceBar(label, percent) if percent is not None and 0 <= percent <= 100 else None


def _whole(raw: object) -> int | None:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    return int(raw) if isinstance(raw, str) and raw.strip().isdecimal() else None


def _decimal(raw: object) -> Decimal | None:
    try:
        number = Decimal(str(raw).removesuffix("%").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


# The questionnaire


def sdq_points(form: Form, answers: Mapping[str, Any]) -> list[SdqPoint]:
    """Return the totals that the plan holds, the oldest first."""
    field = rows_field(form, "sdq_earlier")
    keys = {each.key for each in form.fields}
    rows = filled_rows(answers.get("sdq_earlier")) if field else []
    given = [(row.get("scored_on"), row.get("filled_in_by"), row.get("total")) for row in rows]
    if answers.get("sdq_done") == "yes" and "sdq_total" in keys:
        given.append((answers.get("sdq_on"), answers.get("sdq_by"), _total(answers)))
    asked = (each for each in form.fields if isinstance(each, Choice) and each.key == "sdq_by")
    names = dict(next((each.options for each in asked), ()))
    found = []
    for on, by, total in given:
        day, points, code = words.stored_day(on), _whole(total), str(by or "")
        if day and points is not None and points <= 40:
            found.append(SdqPoint(day, code, names.get(code, code), points, band("total", points, code)))
    return sorted(found)


def _total(answers: Mapping[str, Any]) -> int | None:
    scores = [_whole(answers.get(f"sdq_{key}")) for key in ("emotional", "conduct", "hyperactivity", "peer")]
    known = [each for each in scores if each is not None]
    return sum(known) if len(known) == len(scores) else _whole(answers.get("sdq_total"))


# Attainment


def subjects(form: Form, answers: Mapping[str, Any]) -> list[Subject]:
    """Return the subjects as they stand in the plan."""
    return _subjects(form, answers, "attainment")


def baseline(form: Form, answers: Mapping[str, Any]) -> list[Subject]:
    """Return the subjects as they stood when the child came into care."""
    return _subjects(form, answers, "baseline")


def _subjects(form: Form, answers: Mapping[str, Any], key: str) -> list[Subject]:
    stage = str(answers.get("key_stage") or "") if key == "attainment" else ""
    rows = filled_rows(answers.get(key))
    return [
        _subject(row, said, stage)
        for row, said in zip(rows, rows_in_words(form, answers, key), strict=True)
        if said.get("subject")
    ]


def _subject(row: Answers, said: Mapping[str, str], stage: str) -> Subject:
    graded = _is_graded(str(row.get("framework") or ""), stage)
    result, aim = said.get("result", ""), said.get("target", "")
    is_grade, is_aim_grade = graded and not is_for_age(result), graded and not is_for_age(aim)
    about = ", ".join(part for part in (said.get("framework", ""), said.get("assessed_on", "")) if part)
    return Subject(
        said.get("subject", ""), about, str(row.get("judgement") or ""), said.get("judgement", ""),
        said.get("not_assessed", ""),
        "" if is_grade else result, result if is_grade else "",
        "" if is_aim_grade else aim, aim if is_aim_grade else "",
        str(row.get("progress") or ""), said.get("progress", ""),
        str(row.get("from_baseline") or ""), said.get("from_baseline", ""), said.get("comment", ""),
    )  # fmt: skip


def _is_graded(framework: str, stage: str) -> bool:
    return framework in _GRADED or (framework in _FREE and stage in _OLDER)


def is_for_age(result: str) -> bool:
    """Return whether a result is a word against the age, not a grade of a course.

    >>> is_for_age("EXS"), is_for_age("Working towards"), is_for_age("5-4"), is_for_age("Merit")
    (True, True, False, False)
    """
    return bool(_FOR_AGE.fullmatch(result.strip()))


def suspended_sessions(answers: Mapping[str, Any]) -> int:
    """Return the half days of suspension that the plan tells of."""
    rows: Sequence[Answers] = filled_rows(answers.get("suspensions"))
    return sum(_whole(row.get("sessions")) or 0 for row in rows if row.get("permanent") != "yes")


def was_excluded(answers: Mapping[str, Any]) -> bool:
    """Return whether the plan tells of a permanent exclusion that was not withdrawn."""
    rows = filled_rows(answers.get("suspensions"))
    return any(row.get("permanent") == "yes" and not row.get("rescinded_on") for row in rows)
