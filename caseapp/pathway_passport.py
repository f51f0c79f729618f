"""What the care leaver's passport says: the newest signed plan's answers, and what the record knows since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from caseapp import ages, dates, pathway_copies, pep_reading, plan_writing, words
from caseapp.form import Choices, filled_rows
from caseapp.form_parts import pathway_lists as lists
from caseapp.pathway import money
from caseapp.pathway.adviser import ROLE
from db import children as queries
from db import plans
from db.models import Child, Involvement, Revision
from db.store import Session

if TYPE_CHECKING:
    from caseapp.form import Form
    from caseapp.paper.passport import Passport

_PLAN: Final = "pathway-plan"
_NOT_KNOWN: Final = "Not known"
_BIRTHDAYS: Final = (18, 21, 25)
_MOST_DUES: Final = 4
_REVIEW: Final = "W3"  # the plan itself says when


def passport(session: Session, child: Child) -> Passport:
    """Return the passport of a child whose record is open. Without a signed plan, what the record knows."""
    from caseapp.paper.passport import Passport

    plan = plans.last_signed(session, child.id, _PLAN)
    form = plan_writing.form_of(session, plan) if plan else None
    told = _answers(form, plan)
    said = pep_reading.shown(form, told) if form else {}
    held = money.view(session, child.id)
    is_in_record = bool(held.rows)
    granted = held.granted if is_in_record else _pence(told, "setting_up_limit")
    spent = held.spent if is_in_record else _pence(told, "setting_up_spent")
    return Passport(
        about=_about(child, said),
        adviser=_adviser(session, child, said),
        papers=tuple((each.label, each.state, each.words) for each in money.papers(session, child.id).papers),
        health=_health(session, child, said, told),
        dates=_dates(session, child, told),
        to_ring=_to_ring(form, told, said),
        entitlements=_entitlements(form, told),
        allowances=_allowances(form, told),
        granted=granted,
        spent=spent,
        told_by=_told_by(plan),
    )


def _answers(form: Form | None, plan: Revision | None) -> dict[str, Any]:
    if form is None or plan is None:
        return {}
    asked: dict[str, Any] = pathway_copies.without_numbers(
        pathway_copies.asked_only(form, plan.document.answers)
    )
    return asked


def _told_by(plan: Revision | None) -> str:
    if plan is None:
        return "There is no signed pathway plan yet: this is what the record knows."
    on = words.day(plan.dated_on or plan.started_on)
    return f"From pathway plan {plan.number}, {on}, and what is recorded since."


def _pence(told: Mapping[str, Any], key: str) -> int:
    found = told.get(key)
    return found if isinstance(found, int) else 0


def _about(child: Child, said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return (
        ("Name", child.name),
        ("Date of birth", words.day(child.born_on) if child.born_on else _NOT_KNOWN),
        ("National Insurance number received", said.get("ni_number", _NOT_KNOWN)),
        ("Bank account", said.get("bank", _NOT_KNOWN)),
    )


def _adviser(session: Session, child: Child, said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    named = [
        each
        for each in queries.of_child(session, Involvement, child.id)
        if each.role == ROLE and (each.until_on is None or each.until_on > session.today)
    ]
    who = (named[-1].worker or named[-1].person) if named else None
    given = (
        ("Name", who.name if who else said.get("personal_adviser", "")),
        ("Phone", (who.phone if who else "") or "…" * 10),
        ("Email", who.email if who else ""),
        ("In contact", said.get("contact_often", "")),
    )
    return tuple((label, value) for label, value in given if value)


def _health(
    session: Session, child: Child, said: Mapping[str, str], told: Mapping[str, Any]
) -> tuple[tuple[str, str], ...]:
    given = (
        ("GP", said.get("gp", "") or child.gp or _NOT_KNOWN),
        ("Dentist", said.get("dentist", "") or _NOT_KNOWN),
        ("Health passport", _health_passport(session, child, said, told)),
        ("Prescriptions", said.get("prescriptions", "")),
    )
    return tuple((label, value) for label, value in given if value)


def _health_passport(session: Session, child: Child, said: Mapping[str, str], told: Mapping[str, Any]) -> str:
    """Return whether it was given, and by which plan's day it was."""
    if told.get("health_passport") != "given":
        return said.get("health_passport", _NOT_KNOWN)
    signed = [each for each in plans.versions(session, child.id, _PLAN, documents=True) if each.signed_at]
    days = [
        each.dated_on or each.started_on
        for each in signed
        if each.document.answers.get("health_passport") == "given"
    ]
    return f"Given by {words.day(min(days))}" if days else "Given"


def _dates(session: Session, child: Child, told: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[date, str]] = []
    if following := words.stored_day(told.get("next_review_on")):
        found.append((following, "Next review of my plan"))
    found += [
        (each.due_on, each.what)
        for each in dates.due_of(session, child)
        if each.clock.startswith("W") and each.clock != _REVIEW and each.due_on >= session.today
    ][:_MOST_DUES]
    if child.born_on:
        found += [(ages.birthday(child.born_on, years), f"I am {years}") for years in _BIRTHDAYS]
    ahead = sorted((on, what) for on, what in found if on >= session.today)
    return tuple((what, words.day(on)) for on, what in dict.fromkeys(ahead))


def _to_ring(
    form: Form | None, told: Mapping[str, Any], said: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    name = said.get("emergency_name", "")
    secret = told.get("address_secret") == "yes"
    given = (
        (name, said.get("emergency_phone", "") if name else ""),
        ("If things go wrong", pep_reading.short(said.get("who_to_tell", ""), 260)),
        ("In danger", "999"),
        ("Ill, or a crisis of mind", "111"),
        ("My own phone", "" if secret else said.get("phone", "")),
    )
    return tuple((label, value) for label, value in given if label and value)


def _entitlements(form: Form | None, told: Mapping[str, Any]) -> tuple[str, ...]:
    field = next((each for each in form.fields if each.key == "entitlements"), None) if form else None
    if not isinstance(field, Choices):
        return ()
    chosen = told.get("entitlements") or ()
    return tuple(text for code, text in field.options if code in chosen)


def _allowances(form: Form | None, told: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    every = {code: text.lower() for code, text in lists.PAID_EVERY}
    found = [
        (str(row.get("what") or ""), _sum(row, every))
        for key in ("allowances", "approved")
        for row in filled_rows(told.get(key))
    ]
    return tuple((what, sum_) for what, sum_ in found if what and sum_)


def _sum(row: Mapping[str, Any], every: Mapping[str, str]) -> str:
    pence = row.get("amount")
    if not isinstance(pence, int):
        return ""
    return ", ".join(part for part in (words.money(pence), every.get(str(row.get("every")), "")) if part)
