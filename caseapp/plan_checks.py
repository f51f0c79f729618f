"""What a kind of plan checks beyond its single answers: on Check and sign, and at the signature. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from caseapp import ages, smart, smart_targets, words
from caseapp.form import Answers, Field, Form, Trouble
from caseapp.form_parts import care_checks, pathway_checks, pep_checks

_OF_THE_CHILD: Final = "child."


def looked_over(
    form: Form,
    answers: Answers,
    last: Answers | None,
    born_on: date | None,
    today: date,
    known: Mapping[str, str] | None = None,
) -> tuple[list[Trouble], list[str]]:
    """Return what keeps a draft from being signed, and what is worth a second look before it is.

    `known` is what the record holds now; none for a correction, whose facts are those of its day.
    """
    _, found = form.clean(answers, today=today, to_sign=True)
    worth = [*smart.of_form(form, answers, today), *prompts(form, answers, born_on, today)]
    return found + troubles(form, answers, last, born_on), worth + differing(form, answers, known or {})


def troubles(form: Form, answers: Answers, last: Answers | None, born_on: date | None) -> list[Trouble]:
    """Return what keeps a plan from being signed. `last` was written last time; none for a correction."""
    if form.kind == "pep":
        return pep_checks.troubles(form, answers, last)
    if form.kind == "pathway-plan":
        return pathway_checks.troubles(form, answers, _age(form, answers, born_on))
    return []


def prompts(form: Form, answers: Answers, born_on: date | None, today: date) -> list[str]:
    """Return what is worth a second look before signing. It warns and never stops anybody."""
    if form.kind == "pep":
        return [*smart_targets.of_plan(answers, today), *pep_checks.prompts(answers, today)]
    if form.kind == "pathway-plan":
        return pathway_checks.prompts(answers, _age(form, answers, born_on))
    if form.kind == "lac-review":
        return care_checks.prompts(answers)
    return []


def differing(form: Form, answers: Answers, known: Mapping[str, str]) -> list[str]:
    """Return each fact about the child that the form took from the record and that differs now."""
    told = (
        (each.label, _on_a_line(each.show(answers.get(each.key))), _on_a_line(_now(each, known)))
        for _, each in form.asked(answers)
        if each.prefill.startswith(_OF_THE_CHILD)
    )
    return [
        f"{label}: differs now. Here “{here}”, in the record “{now}”."
        for label, here, now in told
        if here and now and here != now
    ]


def _now(field: Field, known: Mapping[str, str]) -> str:
    try:
        return field.show(field.clean(known.get(field.prefill, "")))
    except ValueError:  # the record's words are none of this question's choices
        return ""


def _on_a_line(text: str) -> str:
    return " ".join(text.split())


def _age(form: Form, answers: Answers, born_on: date | None) -> int | None:
    """Return the age on the day of the plan."""
    on = words.stored_day(answers.get(form.dated_by))
    return ages.age(born_on, on) if born_on and on else None
