"""Whose copy of a Personal Education Plan it is: what each leaves out. Pure: forms and answers only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from caseapp.form import Answers, AnyOf, Condition, Field, Form, Is, Text
from caseapp.form_parts.pep_lists import NOT_FOR_SCHOOL, VARIANTS

FULL, CHILD, SCHOOL, SUMMARY = "full", "child", "school", "summary"
EDITIONS: Final = {
    FULL: "Our record", CHILD: "The child", SCHOOL: "The school", SUMMARY: "Education summary, one page",
}  # fmt: skip
WITHHELD: Final = "withheld"
_IDENTIFIES: Final = ("placement_address", "placement_postcode", "carer_contact")
_STAGE_OF: Final = {"early_years": "EYFS", "post_16": "KS5"}
NOT_BY_PEN: Final = frozenset(
    {
        "variant", "variant_because", "opened_on", "due_on", "academic_year", "upn_state", "permanence",
        "uln", "pp_unplanned", "pp_left", "attendance_percent", "sdq_total", "sdq_written", "sdq_earlier",
        "baseline", "schools", "school_moves", "agencies", "documents", "manager", "manager_contact",
        "worker_contact",
    }
)  # fmt: skip
"""What the record holds or works out by itself, or the worker types: nobody needs to write it by pen."""
_MOST_LINES: Final = 3
_SOME_PLACE: Final = "primary"  # whoever has a school to write about is in some setting


def for_school(form: Form) -> Form:
    """Return the form without the questions that a school does not need."""
    sections = tuple(
        replace(section, fields=tuple(each for each in section.fields if each.key not in NOT_FOR_SCHOOL))
        for section in form.sections
    )
    return replace(form, sections=sections)


def asked_only(form: Form, answers: Mapping[str, Any]) -> Answers:
    """Return the answers to the questions that are asked: what was typed before «refused» is not printed."""
    keys = {each.key for section in form.sections for each in section.asked(answers)}
    return {key: said for key, said in answers.items() if key in keys}


def hidden(answers: Mapping[str, Any]) -> Answers:
    """Return the answers; a withheld address, postcode or contact is hidden wherever else it was typed."""
    if answers.get("address_withheld") != "yes":
        return dict(answers)
    secrets = sorted(set(_secrets(answers)), key=len, reverse=True)
    if not secrets:
        return dict(answers)
    pattern = re.compile("|".join(_loosely(each) for each in secrets), re.IGNORECASE)
    return {key: said if key in _IDENTIFIES else _without(said, pattern) for key, said in answers.items()}


def _secrets(answers: Mapping[str, Any]) -> Iterable[str]:
    lines = re.split(r"[\n,]", str(answers.get("placement_address") or ""))
    # A line without a number may be the town's, which the school's address has too; the first names the home.
    yield from (
        line.strip()
        for at, line in enumerate(lines)
        if len(line.strip()) > 4 and (at == 0 or re.search(r"\d", line))
    )
    yield from _long(str(answers.get("placement_postcode") or ""))
    for part in re.split(r"[\n,;]", str(answers.get("carer_contact") or "")):
        if re.search(r"\d{4}|@", part):
            yield from _long(part)


def _long(text: str) -> list[str]:
    return [text.strip()] if len(text.strip()) > 4 else []


def _loosely(text: str) -> str:
    """Return a pattern that finds the text with or without its spaces."""
    return r"\s*".join(re.escape(letter) for letter in text if not letter.isspace())


def _without(answer: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(answer, str):
        return pattern.sub(WITHHELD, answer)
    if isinstance(answer, list):
        return [_without(each, pattern) for each in answer]
    if isinstance(answer, dict):
        return {key: _without(each, pattern) for key, each in answer.items()}
    return answer


def for_variant(form: Form, variant: str) -> Form:
    """Return the form with the questions of one kind of setting, to be filled in by pen.

    What only other settings are asked is left out, and so is what the record knows or works out itself.
    """
    settled = {"variant": variant, "setting_type": _SOME_PLACE}
    if variant in _STAGE_OF:
        settled["key_stage"] = _STAGE_OF[variant]
    conditions = [each.when for each in form.sections] + [each.when for each in form.fields]
    named = {each.key for each in conditions if each} - settled.keys()
    sections = tuple(
        replace(
            section,
            when=_left(section.when, settled),
            fields=_asked_by_pen(section.fields, settled, named),
        )
        for section in form.sections
        if _may_hold(section.when, settled)
    )
    titled = f"{form.title}: {dict(VARIANTS).get(variant, variant).lower()}"
    return replace(form, title=titled, sections=tuple(each for each in sections if each.fields))


def _asked_by_pen(
    fields: Sequence[Field], settled: Mapping[str, str], named: Collection[str]
) -> tuple[Field, ...]:
    """Return the questions left; one that others are asked on stays, though the record knows it."""
    asked = [
        replace(each, when=_left(each.when, settled))
        for each in fields
        if _may_hold(each.when, settled)
        and each.key not in NOT_BY_PEN
        and (not each.prefill or each.key in named)
    ]
    return tuple(
        replace(each, lines=min(each.lines, _MOST_LINES)) if isinstance(each, Text) else each
        for each in asked
    )


def _may_hold(condition: Condition | None, settled: Mapping[str, str]) -> bool:
    is_settled = isinstance(condition, Is | AnyOf) and condition.key in settled
    return condition.holds(settled) if is_settled and condition else True


def _left(condition: Condition | None, settled: Mapping[str, str]) -> Condition | None:
    return None if isinstance(condition, Is | AnyOf) and condition.key in settled else condition
