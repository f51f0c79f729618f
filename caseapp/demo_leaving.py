"""The demo’s leaving care: homes, activity, being in touch, the allowance, plans that a manager approves."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from caseapp import calendars, plan_reading
from caseapp.demo_lives import DAY, Life
from caseapp.demo_people import texts, working_day
from caseapp.pathway import approvals, records
from caseapp.pathway.new_rows import NewActivity, NewHome, NewInTouch, NewLeavingEvent, NewMoney

_PROVIDED = "D"  # semi-independent homes are the authority's own here
ALLOWANCE = 300_000  # pence, the government's guideline since April 2023
_SPENT = ((30, 64_900, "Bed and mattress"), (48, 32_000, "Cooker and fridge"), (90, 11_850, "Kitchen things"))


def leaver(life: Life, adult: date) -> None:
    """What a young person's rows say from the 18th birthday on."""
    story = texts("pathway")["stories"][life.kid.life["leaver"]]
    home = NewHome(
        story["accommodation"], adult, None, True, "Seen together: warm, near to friends, within the rent.",
        story["accommodation"] == _PROVIDED, landlord=story["landlord"],
    )  # fmt: skip
    activity = NewActivity(story["activity"], working_day(adult + 20 * DAY), words=story["course"])
    for on, row in (
        (adult, home),
        (working_day(adult + 20 * DAY), activity),
        (adult, NewInTouch("YES", adult, "Visit")),
        (adult, NewMoney("grant", adult, ALLOWANCE, "Setting-up-home allowance")),
    ):
        life.then(on, partial(records.add, life.session, life.id, row))
    for days, pence, what in _SPENT:
        on = working_day(adult + timedelta(days=days))
        life.then(on, partial(records.add, life.session, life.id, NewMoney("spent", on, pence, what)))
    for years in (21, 22, 23, 24):
        on = working_day(adult.replace(year=adult.year + years - 18) + 12 * DAY)
        offered = NewLeavingEvent("offer_after_21", on, words="By text and by letter.")
        life.then(on, partial(records.add, life.session, life.id, offered))


def spent_by(adult: date, on: date) -> int:
    """Return what of the setting-up allowance was spent by a day, in pence, as the rows have it."""
    return sum(pence for days, pence, _ in _SPENT if working_day(adult + timedelta(days=days)) <= on)


def approve(life: Life, on: date) -> None:
    """Let the team's manager approve the plan that was signed on a day, within the week."""
    manager = life.staff["ruth" if life.worker.team.endswith("East") else "helen"]
    day = calendars.england().add_working_days(on, 3)

    def act() -> None:
        signed = plan_reading.numbered(life.session, life.id, "pathway-plan")
        note = "Read with the adviser. The contingency is clear, and each action has a name."
        approvals.approve(life.session, signed.id, note)

    life.then(day, act, manager)
