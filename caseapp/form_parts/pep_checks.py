"""What holds between the rows of a Personal Education Plan, and what is worth a second look. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from caseapp import ages, words
from caseapp.form import Answers, Form, Trouble, filled_rows, is_empty

_SDQ_CONCERN: Final = 17  # of 40, as the national return counts it
_SDQ_AGES: Final = range(4, 17)
_LOW_PERCENT: Final = 95
_A_TERM: Final = timedelta(days=122)
_MOST_REASONS: Final = 3
_SCHOOL_NUMBER: Final = re.compile(r"\d{6}")

# Rows, and two of their numbers of which the first may not be over the second
_NOT_OVER: Final = (
    ("attendance", "attended", "possible", "More sessions are attended than were possible."),
    ("timetables", "hours", "full_hours", "A reduced week cannot have more hours than a full one."),
    ("premium", "approved", "asked", "More is approved than was asked for."),
    ("premium", "spent", "approved", "More is spent than was approved."),
)
# Rows, and two of their days of which the first may not be before the second
_NOT_BEFORE: Final = (
    ("schools", "until_on", "from_on", "It ends before it starts."),
    ("suspensions", "ended_on", "started_on", "It ends before it starts."),
    ("suspensions", "return_meeting_on", "started_on", "The return meeting is before the suspension."),
    ("timetables", "until_on", "started_on", "It ends before it starts."),
    ("timetables", "ended_on", "started_on", "It ends before it starts."),
    ("alternatives", "ended_on", "started_on", "It ends before it starts."),
    ("targets", "ends_on", "starts_on", "The work on it ends before it starts."),
    ("premium", "decided_on", "asked_on", "It is decided before it was asked for."),
    ("premium", "paid_on", "decided_on", "It is paid before it was decided."),
)
# The subjects that are always there: what they are called here, and the words that schools use for them
_READING, _WRITING = ("reading", ("reading", "english")), ("writing", ("writing", "english"))
_MATHS = ("maths", ("math", "number"))
_SCHOOL: Final = (_READING, _WRITING, _MATHS)
_EARLY: Final = (
    ("communication and language", ("communication", "language")),
    ("physical development", ("physical",)),
    ("personal, social and emotional development", ("personal", "social", "pse")),
    ("literacy", ("literacy", "reading")),
    _MATHS,
)
_SUBJECTS: Final = {"EYFS": _EARLY, "KS1": _SCHOOL, "KS2": _SCHOOL, "KS3": _SCHOOL, "KS4": _SCHOOL}
# Children of special schools may be assessed by the engagement model; after 16 the courses differ
_WITH_SUBJECTS: Final = ("early_years", "school")


def troubles(form: Form, answers: Mapping[str, Any], last: Mapping[str, Any] | None = None) -> list[Trouble]:
    """Return what keeps a plan from being signed beyond its single answers; `last`: the last signed plan's.

    Rows at odds with themselves, last targets that nobody reviewed, subjects that every child has.
    """
    asked = {each.key: (section, each) for section, each in form.asked(answers)}
    found = [*_numbers(answers), *_days(answers), *_reasons(answers), *_school_number(answers)]
    found += [*_unreviewed(answers, last or {}), *_subjects(answers)]
    return [Trouble(asked[key][0].key, key, asked[key][1].label, said) for key, said in found if key in asked]


def prompts(answers: Mapping[str, Any], today: date) -> list[str]:
    """Return what is worth a second look before signing. It warns and never stops anybody."""
    met_on = words.stored_day(answers.get("met_on")) or today
    found = [_before_care(answers, met_on), _strengths_and_difficulties(answers, met_on)]
    found += [_low_attendance(answers), _move_in_key_stage_4(answers), _new_placement(answers, met_on)]
    found += [_next_on_the_day(answers)]
    return [each for each in found if each]


def _rows(answers: Mapping[str, Any], key: str) -> list[tuple[int, Answers]]:
    return list(enumerate(filled_rows(answers.get(key)), 1))


def _numbers(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, part, whole, said in _NOT_OVER:
        for number, row in _rows(answers, key):
            less, more = _decimal(row.get(part)), _decimal(row.get(whole))
            if less is not None and more is not None and less > more:
                yield key, f"Row {number}: {said} Check both."


def _days(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, later, earlier, said in _NOT_BEFORE:
        for number, row in _rows(answers, key):
            end, start = words.stored_day(row.get(later)), words.stored_day(row.get(earlier))
            if end and start and end < start:
                yield key, f"Row {number}: {said} Check both days."


def _reasons(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for number, row in _rows(answers, "suspensions"):
        if isinstance(row.get("reasons"), list) and len(row["reasons"]) > _MOST_REASONS:
            yield "suspensions", f"Row {number}: Give three reasons at the most."


def _school_number(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    typed = str(answers.get("school_urn") or "")
    # Nurseries and childminders go by Ofsted's numbers, which have letters or seven digits
    if typed and answers.get("variant") != "early_years" and not _SCHOOL_NUMBER.fullmatch(typed):
        yield "school_urn", f"“{_short(typed)}” is no school number: that has six digits. Mend or clear it."


def _unreviewed(answers: Mapping[str, Any], last: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name each target of the last plan that is no longer among those reviewed."""
    reviewed = [row for _, row in _rows(answers, "last_targets")]
    said = {_folded(row.get("what")) for row in reviewed}
    numbers = {row["no"] for row in reviewed if not is_empty(row.get("no"))}
    for _, row in _rows(last, "targets"):
        is_there = _folded(row.get("what")) in said or row.get("no") in numbers
        if not is_empty(row.get("what")) and not is_there:
            yield "last_targets", f"The last target “{_short(str(row['what']))}” needs a result."


def _subjects(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if answers.get("variant") not in _WITH_SUBJECTS:
        return
    named = [_folded(row.get("subject")) for _, row in _rows(answers, "attainment")]
    wanted = _SUBJECTS.get(str(answers.get("key_stage")), ())
    bare = [name for name, called in wanted if not any(word in said for said in named for word in called)]
    if bare and named:
        yield "attainment", f"Add {words.listed(bare)}. If not assessed, say so and why."


def _before_care(answers: Mapping[str, Any], met_on: date) -> str:
    since = words.stored_day(answers.get("looked_after_since"))
    if not since or met_on >= since:
        return ""
    return (
        f"The meeting ({words.day(met_on)}) is before the child came into care ({words.day(since)}). "
        "That is right only where coming into care was planned."
    )


def _strengths_and_difficulties(answers: Mapping[str, Any], met_on: date) -> str:
    born_on, done_on = (words.stored_day(answers.get(key)) for key in ("born_on", "sdq_on"))
    if not born_on or ages.age(born_on, met_on) not in _SDQ_AGES:
        return ""
    if answers.get("sdq_done") == "no":
        return ""  # the form asks why
    if answers.get("sdq_done") != "yes" or (done_on and done_on <= ages.birthday(met_on, -1)):
        return "No Strengths and Difficulties Questionnaire of the last 12 months. Give one, or say why not."
    total = _decimal(answers.get("sdq_total"))
    if total is not None and total >= _SDQ_CONCERN and is_empty(answers.get("sdq_strategies")):
        return f"The questionnaire's total is {total}, a concern: say what staff do to help."
    return ""


def _next_on_the_day(answers: Mapping[str, Any]) -> str:
    met_on, next_on = (words.stored_day(answers.get(key)) for key in ("met_on", "next_on"))
    if not met_on or met_on != next_on:
        return ""
    return f"The next PEP is on the day of this meeting, {words.day(met_on)}: give the day of the next one."


def _low_attendance(answers: Mapping[str, Any]) -> str:
    percent = _decimal(answers.get("attendance_percent"))
    if percent is None or percent >= _LOW_PERCENT or not is_empty(answers.get("attendance_plan")):
        return ""
    return f"Attendance is {percent} %: say what the plan is."


def _new_placement(answers: Mapping[str, Any], met_on: date) -> str:
    """A move without a new school asks for no new PEP, but the school needs the new people's numbers."""
    since = words.stored_day(answers.get("placement_since"))
    if not since or not since <= met_on <= since + _A_TERM:
        return ""
    return f"The placement is new since {words.day(since)}: check the contacts of carer and social worker."


def _move_in_key_stage_4(answers: Mapping[str, Any]) -> str:
    moving = {"placement", "school"} & set(answers.get("change_type") or ())
    if answers.get("key_stage") != "KS4" or answers.get("change_planned") != "yes" or not moving:
        return ""
    if not is_empty(answers.get("approval_by")):
        return ""
    return (
        "A move in key stage 4 that would disturb schooling needs the approval of a nominated officer first "
        "(regulation 10). Say who approved it, and when."
    )


def _decimal(answer: Any) -> Decimal | None:
    """Return a stored number; nothing for what could not be understood when it was typed."""
    try:
        return None if is_empty(answer) else Decimal(str(answer))
    except ArithmeticError:
        return None


def _folded(answer: Any) -> str:
    return " ".join(str(answer or "").casefold().split())


def _short(text: str) -> str:
    first = text.strip().splitlines()[0]
    return first if len(first) <= 60 else f"{first[:59].rstrip()}…"
