"""How long an order or a temporary move may last: warnings, for the day may be right. Pure: no store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from caseapp.looked_after.episode_chain import Stretch, goes_on
from caseapp.looked_after.episode_rule import Rule, Seen

_BREAKS_IN_A_YEAR: Final = 75  # days
_HOLIDAYS_IN_A_YEAR: Final = 2
_YEAR: Final = 365


def _too_long(field: str, code: str, days: int) -> Callable[[Seen], bool]:
    """Return a check of an unbroken time with a code, told at the episode with which it got too long."""

    def broken(seen: Seen) -> bool:
        if getattr(seen.it, field) != code:
            return False
        earlier = sum(_length(each) for each in _run(seen, field))
        return earlier <= days < earlier + seen.days()

    return broken


def _run(seen: Seen, field: str) -> Iterator[Stretch]:
    """Yield the episodes before with the same code that it carries on without a break."""
    after = seen.it
    for each in reversed(seen.chain[: seen.at]):
        if getattr(each, field) != getattr(after, field) or not goes_on(each, after):
            return
        yield each
        after = each


def _length(each: Stretch) -> int:
    return (each.ended_on - each.started_on).days if each.ended_on else 0


def _too_many_holidays(seen: Seen) -> bool:
    within = [
        each
        for each in seen.chain[: seen.at + 1]
        if each.placement == "T3"
        and each.reason_started != "L"
        and (seen.it.started_on - each.started_on).days <= _YEAR
    ]
    return seen.it.placement == "T3" and len(within) > _HOLIDAYS_IN_A_YEAR


def _too_many_breaks(seen: Seen) -> bool:
    if seen.it.legal_status != "V3":
        return False
    breaks = (each for each in seen.chain[: seen.at] if each.legal_status == "V3")
    within = (each for each in breaks if (seen.it.started_on - each.started_on).days <= _YEAR)
    return sum(map(_length, within)) + seen.days() > _BREAKS_IN_A_YEAR


LENGTH_RULES: Final = tuple(
    Rule(number, field, said, broken, refuses=False)
    for number, field, said, broken in (
        ("361", "legal_status", "Police protection lasts 72 hours at most.",
         _too_long("legal_status", "L1", 3)),
        ("362", "legal_status", "An emergency protection order lasts 8 days, 15 once extended; over 21 the "
         "return’s check asks.", _too_long("legal_status", "L2", 21)),
        ("363", "legal_status", "A child assessment order lasts 7 days at most.",
         _too_long("legal_status", "L3", 7)),
        ("364", "legal_status", "Detention under the Police and Criminal Evidence Act is short: over 21 days "
         "cannot be right.", _too_long("legal_status", "J2", 21)),
        ("365", "legal_status", "A short break lasts 17 days at most.", _too_long("legal_status", "V3", 17)),
        ("367", "legal_status", "Short breaks come to 75 days a year at most.", _too_many_breaks),
        ("375", "placement", "A temporary stay in hospital lasts six weeks at most; after that the hospital "
         "is the placement.", _too_long("placement", "T1", 42)),
        ("376", "placement", "A move for the carer’s holiday lasts three weeks at most.",
         _too_long("placement", "T3", 21)),
        ("377", "placement", "A move for the carer’s holiday happens twice in 12 months at most.",
         _too_many_holidays),
        ("379", "placement", "This kind of temporary move lasts seven days at most.",
         _too_long("placement", "T4", 7)),
    )
)  # fmt: skip
