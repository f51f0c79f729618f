"""What a kind of plan checks beyond its single answers: on Check and sign, and at the signature. Pure."""

from __future__ import annotations

from datetime import date

from caseapp import ages, smart, smart_targets, words
from caseapp.form import Answers, Form, Trouble
from caseapp.form_parts import pathway_checks, pep_checks


def looked_over(
    form: Form, answers: Answers, last: Answers | None, born_on: date | None, today: date
) -> tuple[list[Trouble], list[str]]:
    """Return what keeps a draft from being signed, and what is worth a second look before it is."""
    _, found = form.clean(answers, today=today, to_sign=True)
    worth = [*smart.of_form(form, answers, today), *prompts(form, answers, born_on, today)]
    return found + troubles(form, answers, last, born_on), worth


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
    return []


def _age(form: Form, answers: Answers, born_on: date | None) -> int | None:
    """Return the age on the day of the plan."""
    on = words.stored_day(answers.get(form.dated_by))
    return ages.age(born_on, on) if born_on and on else None
