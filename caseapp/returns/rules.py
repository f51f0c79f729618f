"""Every rule of the return that is done here, and which are not and why. Pure: no store."""

from __future__ import annotations

from caseapp.returns import (
    rules_adoption,
    rules_asylum,
    rules_episodes_chain,
    rules_episodes_codes,
    rules_episodes_lengths,
    rules_episodes_none,
    rules_episodes_places,
    rules_episodes_postcodes,
    rules_episodes_years,
    rules_header,
    rules_health,
    rules_leavers,
    rules_missing,
    rules_mothers,
    rules_permanence,
    rules_placed,
    rules_reviews,
    rules_structure,
    rules_workers,
)
from caseapp.returns.rule import Finding, Rule
from caseapp.returns.tables import Return

RULES: tuple[Rule, ...] = (
    *rules_structure.RULES,
    *rules_header.RULES,
    *rules_mothers.RULES,
    *rules_asylum.RULES,
    *rules_episodes_codes.RULES,
    *rules_episodes_chain.RULES,
    *rules_episodes_places.RULES,
    *rules_episodes_postcodes.RULES,
    *rules_episodes_lengths.RULES,
    *rules_episodes_years.RULES,
    *rules_episodes_none.RULES,
    *rules_reviews.RULES,
    *rules_health.RULES,
    *rules_leavers.RULES,
    *rules_missing.RULES,
    *rules_permanence.RULES,
    *rules_placed.RULES,
    *rules_adoption.RULES,
    *rules_workers.RULES,
)

BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}

_OFSTED = "It needs Ofsted’s list of registered providers, which the program does not hold."
_PLACES = "It needs the council of each postcode, from a list which the program does not hold."
_DISTANCES = "It needs the position of each postcode on the map, from a list which the program does not hold."

NOT_DONE: dict[str, str] = {
    **dict.fromkeys(("1008", "219", "221", "224", "227", "228", "229", "241"), _OFSTED),
    **dict.fromkeys(("1015", "452", "503H", "503J"), _PLACES),
    **dict.fromkeys(("453", "454", "503G"), _DISTANCES),
    "164": "The distance is worked out from two postcodes, so it is never outside the limits.",
    "411": "Place and council are worked out from one postcode, so they never disagree.",
    **rules_structure.NOT_DONE,
}


def check(told: Return) -> list[Finding]:
    """Return what all rules find in a return, by child and code, rows in their order."""
    found = [finding for rule in RULES for finding in rule.findings(told)]
    return sorted(found, key=lambda each: (each.child, each.code, each.line.table, each.line.number))
