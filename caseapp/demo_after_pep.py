"""After a signed PEP in the demo's lives: it is checked, given back and mended, and help is paid for."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import NamedTuple
from uuid import UUID

from caseapp import demo_pep, plan_reading, plans
from caseapp.demo_lives import DAY, Life
from caseapp.demo_people import filled, texts
from caseapp.demo_school import group_on, is_whole, profile, said_at_school, school_id_of, season_on
from caseapp.education import pep_cycle, premium, qa_schemes, rates
from caseapp.education import school_rules as rules
from caseapp.education.premium import NewRequest
from caseapp.education.qa_schemes import Check, Review
from db.models import Revision
from db.roles import Actor

TAKEN_UP_AFTER, CHECKED_AFTER, MENDED_AFTER, CHECKED_AGAIN_AFTER = 5 * DAY, 6 * DAY, 12 * DAY, 15 * DAY
DECIDED_AFTER, PAID_AFTER, SPENT_AFTER = 7 * DAY, 24 * DAY, 60 * DAY
_STREAMS = {"early_years": "early_years", "post_16": "post_16"}


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
            if (group, season) == (group_on(life.kid, on), season_on(on)):
                _ask(life, on, manager, _Money(*row))
    elif demo_pep.variant(life.kid_on(on)) != "not_in_education":
        _ask(life, on, manager, _usual_money(life, which, on))


def _manager(life: Life) -> Actor:
    return life.staff["ruth" if life.worker.team.endswith("East") else "helen"]


def _signed(life: Life) -> Revision:
    return plan_reading.numbered(life.session, life.id, "pep")


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
            rules.TERMS[season_on(asked_on)], targets,
            school_id_of(life, school) if school[2] else None,
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
