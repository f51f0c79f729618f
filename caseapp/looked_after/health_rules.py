"""The health items of a year that the return asks for (table OC2), and how often health is looked at.

Sources: the SSDA903 guide; the Care Planning Regulations 2010, regulation 7.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from caseapp import ages, clocks
from caseapp.ages import birthday

HIGHEST_SDQ: Final = 40
FOR_ALL: Final = {
    "immunisations": "immunisations",
    "teeth_check": "dental check",
    "health_assessment": "health assessment",
    "substance_misuse": "substance misuse",
}
INTERVALS: Final = (
    "An initial assessment within 20 working days, then every six months under five and every twelve months "
    "from five (reg 7)."
)


@dataclass(frozen=True)
class NewHealthYear:
    """The items of a year to 31 March; None where nobody has said."""

    sdq_score: int | None = None
    sdq_reason: str = ""
    convicted: bool | None = None
    health_check: bool | None = None
    immunisations: bool | None = None
    teeth_check: bool | None = None
    health_assessment: bool | None = None
    substance_misuse: bool | None = None
    intervention_received: bool | None = None
    intervention_offered: bool | None = None


def starts_on(year: int) -> date:
    """Return the first day of the year that ends in `year`."""
    return date(year - 1, 4, 1)


def ends_on(year: int) -> date:
    """Return the last day of the year that ends in `year`."""
    return date(year, 3, 31)


def year_of(day: date) -> int:
    """Return the year of the return that holds a day, named by its end."""
    return day.year + (day >= date(day.year, 4, 1))


def asked(born_on: date | None, year: int) -> frozenset[str]:
    """Return which items are asked of a child of this age; all of them where the birthday is unknown."""
    named = {each.name for each in fields(NewHealthYear)}
    if born_on is None:
        return frozenset(named)
    at_end = ages.age(born_on, ends_on(year))
    if at_end >= 5:
        named.discard("health_check")
    if at_end < 10:
        named.discard("convicted")
    if at_end < 4 or ages.age(born_on, starts_on(year)) >= 17:
        named -= {"sdq_score", "sdq_reason"}
    return frozenset(named)


def troubles(new: NewHealthYear, born_on: date | None, year: int) -> list[str]:
    """Return what cannot be, as sentences with the rule of the return."""
    named = asked(born_on, year)
    score, reason = new.sdq_score, new.sdq_reason
    told = (
        (score is not None and not 0 <= score <= HIGHEST_SDQ, "The SDQ score goes from 0 to 40 (rule 180)."),
        (score is not None and bool(reason),
         "Give an SDQ score, or the reason why there is none, never both (rule 197a)."),
        ("sdq_score" not in named and (score is not None or bool(reason)),
         "The SDQ is for those who are 4 by 31 March and were not 17 yet on 1 April (rules 188 and 189)."),
        (reason == "SDQ1" and score is None and is_of_sdq_age_all_year(born_on, year),
         "The child was 4 to 16 all year, so the age is no reason for having no SDQ (rule 157)."),
        ("health_check" not in named and new.health_check is not None,
         "The health checks are for under-fives: 5 or over on 31 March (rule 546)."),
        ("convicted" not in named and new.convicted is not None,
         "Convictions are asked from 10 on: under 10 on 31 March (rule 542)."),
        (not new.substance_misuse and _any_help(new),
         "Help was offered or received, but no substance misuse is recorded (rule 193)."),
        (bool(new.intervention_received) and new.intervention_offered is not None,
         "Help was received, so whether it was offered stays blank (rule 158)."),
    )  # fmt: skip
    return [words for wrong, words in told if wrong]


def _any_help(new: NewHealthYear) -> bool:
    return new.intervention_received is not None or new.intervention_offered is not None


def is_of_sdq_age_all_year(born_on: date | None, year: int) -> bool:
    """Return whether a child was 4 already on 1 April and not yet 17 on 31 March."""
    if born_on is None:
        return False
    return ages.age(born_on, starts_on(year)) >= 4 and ages.age(born_on, ends_on(year)) < 17


def lacking(new: NewHealthYear, born_on: date | None, year: int) -> list[str]:
    """Return what the return still wants to know of a child who was looked after all year."""
    named = asked(born_on, year)
    found = [label for name, label in FOR_ALL.items() if getattr(new, name) is None]
    if "sdq_score" in named and new.sdq_score is None and not new.sdq_reason:
        found.append("SDQ score or reason")
    if "health_check" in named and new.health_check is None and born_on:
        found.append("health checks for under-fives")
    if "convicted" in named and new.convicted is None and born_on:
        found.append("convictions")
    if new.substance_misuse and new.intervention_received is None:
        found.append("whether help was received")
    if new.intervention_received is False and new.intervention_offered is None:
        found.append("whether help was offered")
    return found


def interval_words(born_on: date | None, last_on: date | None, cautious_from: date | None = None) -> str:
    """Return how often health is assessed, as it applies to a child after the last assessment.

    `cautious_from`: since when this area asks for the next one in six months all the way to the birthday.
    """
    if last_on is None:
        return INTERVALS
    if clocks.health_review_limit(born_on, last_on) == "M+6":
        return "Under five: an assessment every six months (reg 7)."
    is_cautious = cautious_from is not None and cautious_from <= last_on
    if clocks.health_review_limit(born_on, last_on, is_cautious) == "M+6":
        return "Under five at the last assessment: this area asks for the next in six months (reg 7)."
    if born_on and last_on < birthday(born_on, 5):
        return (
            "Six months on the child is five already, so the next is after twelve months (reg 7). Councils "
            "differ: a cautious one keeps to six."
        )
    return "From five: an assessment every twelve months (reg 7)."


def is_in_care_all_year(periods: list[tuple[date, date | None]], year: int) -> bool:
    """Return whether one period of care holds the whole year; short breaks are none."""
    return any(start <= starts_on(year) and (end is None or end > ends_on(year)) for start, end in periods)


def shown(value: Any) -> str:
    """Return an answer as people read it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "" if value is None else str(value)
