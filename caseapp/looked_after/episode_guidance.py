"""What the law asks around a move and at the end of care, as sentences for the worker. Pure: no store.

Source: the Care Planning, Placement and Case Review (England) Regulations 2010 (CPPCR).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from caseapp import ages
from caseapp.looked_after.episode_chain import Chain, period_began_on
from caseapp.looked_after.episode_code_rules import CARE_ORDERS
from caseapp.looked_after.episode_rule import About
from caseapp.pathway.life import CareSpell
from caseapp.pathway.status import status_on

IN_AREA, ADJOINING, AT_A_DISTANCE = "in", "adjoining", "distance"
EXIT_CHECKLIST: Final = (
    "Before care ends: hold a review; say the leaving category; write the summary of the case and see to the "
    "life story; send the closing letter; set the date until which the record is kept."
)
ADULT: Final = 18
_LONG_ENOUGH: Final = 20  # working days looked after (reg 39)
_KEY_STAGE_4: Final = ("Year 10", "Year 11")
# Ends that are not the council's decision: orders of a court, death, another council, the 18th birthday.
_NOT_DECIDED: Final = frozenset({
    "E11", "E12", "E2", "E3", "E41", "E45", "E46", "E47", "E48", "E9", "E14", "E15", "E17",
})  # fmt: skip
_CLOSES: Final = "The record is then closed. Where other help goes on, set its status under Edit details."
_LEAVERS: Final = ("relevant", "former_relevant")
_CATEGORIES: Final = {
    "relevant": "a relevant child",
    "former_relevant": "a former relevant young person",
    "qualifying": "a qualifying young person",
    "none": "no care leaver in law",
}


def before_a_move(about: About, moved_on: date, where: str, approval: str) -> list[str]:
    """Return what has to be approved before a move to a placement in some place, and is not yet.

    `where` is IN_AREA, ADJOINING, AT_A_DISTANCE or nothing; `approval` as `Placement.approval`.
    """
    said = []
    if where == AT_A_DISTANCE and approval != "director":
        said.append(
            "Neither in our area nor in one next to it: the director of children’s services approves before "
            "the move, and the council of that area is told in writing. Record who approved. (CPPCR reg 11)"
        )
    if where == ADJOINING and not approval:
        said.append(
            "Out of our area: a nominated officer approves before the move, and the council of that area is "
            "told in writing. Record who approved. (CPPCR reg 11)"
        )
    if about.born_on and not approval and _is_in_key_stage_4(about.born_on, moved_on):
        said.append(
            "Key stage 4: a nominated officer approves a move that disturbs schooling before it is made. "
            "Record who approved. (CPPCR reg 10)"
        )
    return said


def _is_in_key_stage_4(born_on: date, on: date) -> bool:
    return ages.year_group_words(ages.year_group(born_on, on)) in _KEY_STAGE_4


def before_the_end(about: About, chain: Chain, ended_on: date, reason: str) -> str:
    """Return who has to approve that a child is no longer looked after; nothing where nobody has to."""
    if not chain or reason in _NOT_DECIDED or about.born_on is None:
        return ""
    age = ages.age(about.born_on, ended_on)
    if age in (16, 17) and chain[-1].legal_status not in CARE_ORDERS:
        return (
            "At 16 and 17 without a care order the director of children’s services approves that care ends. "
            "Record who did. (CPPCR reg 39)"
        )
    began_on = period_began_on(chain, len(chain) - 1)
    days = about.calendar.working_days_between(began_on, ended_on)
    if age < ADULT and days >= _LONG_ENOUGH:
        return (
            "Looked after for 20 working days or more: a nominated officer approves that care ends. "
            "Record who did. (CPPCR reg 39)"
        )
    return ""


def what_follows(about: About, ended: Chain) -> str:
    """Return what the young person is in law after care, at 16 and over, and whether the file closes."""
    last = ended[-1]
    if about.born_on is None or last.ended_on is None or ages.age(about.born_on, last.ended_on) < 16:
        return _CLOSES
    spells = [
        CareSpell(each.started_on, each.ended_on, each.legal_status, each.reason_ended) for each in ended
    ]
    status = status_on(about.born_on, spells, (), last.ended_on)
    named = _CATEGORIES.get(status.category, _CATEGORIES["none"])
    closes = "" if status.category in _LEAVERS else f" {_CLOSES}"
    return f"By the dates on record the young person is then {named} ({status.law}).{closes}"
