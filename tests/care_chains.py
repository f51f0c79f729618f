"""A time in care as a chain of episodes, and what its rules say."""

from dataclasses import replace
from datetime import date

from caseapp.looked_after import episode_chain as chains
from caseapp.looked_after.episode_chain import Beginning, Change, Correction
from caseapp.looked_after.episode_rule import About
from caseapp.looked_after.episode_rules import judge

TODAY = date(2026, 11, 23)
BORN = date(2011, 9, 4)
AMELIA = About(BORN, TODAY)
BEGINNING = Beginning(date(2025, 2, 3), "V2", "U6", "N1", "PR1", "B1 1AA", "B2 2AA", "SC123456")
MOVE = Change(date(2025, 9, 1), chains.PLACEMENT, "", "U4", "PR4", "B3 3AA", "SC765432", "CARPL")


def begun(**more):
    return chains.begin((), replace(BEGINNING, **more))


def refused(chain, about=AMELIA):
    return {(each.field, each.rule) for each in judge(about, chain) if each.refuses}


def warned(chain, about=AMELIA):
    return {(each.field, each.rule) for each in judge(about, chain) if not each.refuses}


def alone(**more):
    """Return the refusals of one open episode that differs from a sound one."""
    return refused(begun(**more))


def corrected(was, **more):
    same_carer = more.pop("same_carer", was.reason_started in ("T", "U"))
    told = {name: value for name, value in was._asdict().items() if name not in ("id", "reason_started")}
    return Correction(**told | more, same_carer=same_carer)
