"""Rules on adoption: the AD1 table, who adopts, and how it goes with the episodes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseapp.returns import rules_placed
from caseapp.returns.episode_checks import ADOPTED, FOR_ADOPTION
from caseapp.returns.rule import Check, Fault, Rule
from caseapp.returns.table_checks import (
    AD1_ITEMS,
    OC3_ITEMS,
    given,
    in_return,
    known_episodes,
    no_date,
    rows,
    unlisted,
    whole,
)
from caseapp.returns.tables import Line, Return

BY_FORMER_CARER, BY_OTHERS = frozenset({"A3", "A5"}), frozenset({"A4", "A6"})
ALONE, SAME, DIFFERENT = frozenset({"M1", "F1"}), frozenset({"MM", "FF"}), frozenset({"MF"})


def _adoptions(told: Return, child: str) -> list[Line]:
    """Return the episodes that ended in the year with adoption."""
    return [
        line
        for line in told.of("Episodes", child)
        if line["REC"] in ADOPTED and told.starts_on <= (line.day("DEC") or date.min) <= told.ends_on
    ]


def _not_filled_in(told: Return) -> Iterator[Fault]:
    for child in told.children:
        adoptions = _adoptions(told, child)
        if not adoptions:
            continue
        held = told.of("AD1", child)
        if not held:
            yield Fault(adoptions[-1], ("REC",))
        for line in held:
            if not whole(line, AD1_ITEMS):
                yield Fault(line, tuple(column for column in AD1_ITEMS if not line[column]))


def _not_adopted(told: Return, line: Line) -> bool:
    return given(line, AD1_ITEMS) and not _adoptions(told, line.child)


def _care_leaver_too(told: Return, line: Line) -> bool:
    return given(line, AD1_ITEMS) and any(given(each, OC3_ITEMS) for each in told.of("OC3", line.child))


def _matched_after_placement(told: Return, line: Line) -> bool:
    matched_on = line.day("DATE_MATCH")
    starts = [each.day("DECOM") for each in told.of("Episodes", line.child) if each["REC"] in ADOPTED]
    return matched_on is not None and any(day is not None and matched_on > day for day in starts)


def _matched_before_decided(line: Line) -> bool:
    decided_on, matched_on = line.day("DATE_INT"), line.day("DATE_MATCH")
    if matched_on is None:
        return False
    return not line["DATE_INT"] or (decided_on is not None and decided_on > matched_on)


def _decided_before_care(told: Return, line: Line) -> bool:
    decided_on = line.day("DATE_INT")
    begun = [each.day("DECOM") for each in known_episodes(told, line.child) if each["RNE"] == "S"]
    return decided_on is not None and any(day is not None and decided_on < day for day in begun[-1:])


def _decided_after_placement(told: Return, line: Line) -> bool:
    decided_on = line.day("DATE_INT")
    placed = [
        day
        for each in told.episodes(line.child)
        if each["PLACE"] in FOR_ADOPTION and (day := each.day("DECOM"))
    ]
    return decided_on is not None and any(decided_on > day for day in placed)


def _another_decision(told: Return, line: Line) -> bool:
    decided_on = line.day("DATE_INT")
    placed = [day for each in told.of("PlacedAdoption", line.child) if (day := each.day("DATE_PLACED"))]
    return decided_on is not None and bool(placed) and decided_on not in placed


def _another_carer(told: Return, line: Line) -> bool:
    wrong = {"0": BY_FORMER_CARER, "1": BY_OTHERS}.get(line["FOSTER_CARE"], frozenset())
    episodes = told.of("Episodes", line.child)
    return any(each["REC"] in ADOPTED and each["PLACE"] in wrong for each in episodes)


def _matched_and_adopted_at_once(told: Return, line: Line) -> bool:
    matched_on = line.day("DATE_MATCH")
    ends = [each.day("DEC") for each in told.of("Episodes", line.child) if each["REC"] in ADOPTED]
    return matched_on is not None and matched_on in ends


def _decision_reversed(told: Return, line: Line) -> bool:
    latest = rules_placed.latest(told, line.child)
    return given(line, AD1_ITEMS) and latest is not None and bool(latest["DATE_PLACED_CEASED"])


def _adopters(status: str, sexes: frozenset[str]) -> Check:
    """Return a check that adopters of a legal status are of the sexes that go with it."""
    return rows(
        "AD1",
        "SEX_ADOPTR",
        "LS_ADOPTR",
        broken=lambda line: line["LS_ADOPTR"] == status and line["SEX_ADOPTR"] not in sexes,
    )


_CELLS = (
    Rule(
        "112",
        "The day of the decision for adoption is no date.",
        "Enter the day on which it was decided that the child should be placed for adoption.",
        no_date("AD1", "DATE_INT"),
    ),
    Rule(
        "113",
        "The day of the match with the adopters is no date.",
        "Enter the day on which the child was matched with the adopters.",
        no_date("AD1", "DATE_MATCH"),
    ),
    Rule(
        "114",
        "Whether the former foster carer adopts is neither 0 nor 1.",
        "Enter 1 if a former foster carer adopts, else 0.",
        unlisted("AD1", "FOSTER_CARE"),
    ),
    Rule(
        "175",
        "The number of adopters is neither 1 nor 2.",
        "Enter 1 or 2.",
        unlisted("AD1", "NB_ADOPTR"),
    ),
    Rule(
        "176",
        "The sex of the adopters is no code of the return.",
        "Choose M1, F1, MM, FF or MF.",
        unlisted("AD1", "SEX_ADOPTR"),
    ),
    Rule(
        "177",
        "The legal status of the adopters is no code of the return.",
        "Choose L0, L11, L12, L2, L3 or L4.",
        unlisted("AD1", "LS_ADOPTR"),
    ),
    Rule(
        "151",
        "Of the adoption items, some are filled in and some blank.",
        "Fill in all six, or take the row out.",
        rows("AD1", *AD1_ITEMS, broken=lambda line: given(line, AD1_ITEMS) and not whole(line, AD1_ITEMS)),
    ),
)

_ADOPTERS = (
    Rule(
        "511",
        "Two people adopt, but the sex is not that of a couple.",
        "Choose MM, FF or MF, or correct the number of adopters.",
        rows(
            "AD1",
            "SEX_ADOPTR",
            "NB_ADOPTR",
            broken=lambda line: (
                line["NB_ADOPTR"] == "2"
                and bool(line["SEX_ADOPTR"])
                and line["SEX_ADOPTR"] not in SAME | DIFFERENT
            ),
        ),
    ),
    Rule(
        "514",
        "The legal status says that one person adopts (L0), but the sex is that of a couple.",
        "Choose M1 or F1, or correct the legal status.",
        _adopters("L0", ALONE),
    ),
    Rule(
        "517",
        "The legal status says: unmarried, of different sex (L3), but the sex is not MF.",
        "Choose MF, or correct the legal status.",
        _adopters("L3", DIFFERENT),
    ),
    Rule(
        "518",
        "The legal status says: unmarried, of the same sex (L4), but the sex is not MM or FF.",
        "Choose MM or FF, or correct the legal status.",
        _adopters("L4", SAME),
    ),
    Rule(
        "519",
        "The legal status says: civil partners (L2), but the sex is not that of a couple.",
        "Choose MM, FF or MF, or correct the legal status.",
        _adopters("L2", SAME | DIFFERENT),
    ),
    Rule(
        "520",
        "The legal status says: married, of different sex (L11), but the sex is not MF.",
        "Choose MF, or correct the legal status.",
        _adopters("L11", DIFFERENT),
    ),
    Rule(
        "524",
        "The legal status says: married, of the same sex (L12), but the sex is not MM or FF.",
        "Choose MM or FF, or correct the legal status.",
        _adopters("L12", SAME),
    ),
)

_ORDER = (
    Rule(
        "134",
        "A care leaver has adoption items.",
        "Take the row out of the adoption table (AD1), or out of the care leavers’ (OC3).",
        in_return("AD1", *AD1_ITEMS, broken=_care_leaver_too),
    ),
    Rule(
        "331",
        "The child was matched with the adopters after the placement for adoption began.",
        "Correct the day of the match, or the start of the placement.",
        in_return("AD1", "DATE_MATCH", broken=_matched_after_placement),
    ),
    Rule(
        "333",
        "The child was matched with the adopters before it was decided to place the child for adoption.",
        "Enter or correct the day of the decision.",
        rows("AD1", "DATE_INT", "DATE_MATCH", broken=_matched_before_decided),
    ),
    Rule(
        "334",
        "Adoption was decided on before the child began to be looked after.",
        "Correct the day of the decision, or the first episode.",
        in_return("AD1", "DATE_INT", broken=_decided_before_care),
    ),
    Rule(
        "335",
        "Whether the former foster carer adopts does not go with the last placement.",
        "Enter 1 with A3 or A5, and 0 with A4 or A6; or correct the placement.",
        in_return("AD1", "FOSTER_CARE", broken=_another_carer),
    ),
    Rule(
        "521",
        "Adoption was decided on after the child was placed for adoption.",
        "Correct the day of the decision, or the start of the placement.",
        in_return("AD1", "DATE_INT", broken=_decided_after_placement),
    ),
    Rule(
        "523",
        "The day of the decision is not the one in the table of decisions (placed for adoption).",
        "Make the two dates the same.",
        in_return("AD1", "DATE_INT", broken=_another_decision),
    ),
    Rule(
        "525",
        "The decision that the child should be placed for adoption was reversed, yet the child is adopted.",
        "Leave the end of the decision blank, or take the adoption row out.",
        in_return("AD1", *AD1_ITEMS, broken=_decision_reversed),
    ),
    Rule(
        "582",
        "The child was matched with the adopters on the day of the adoption, which is rare.",
        "Check the day of the match.",
        in_return("AD1", "DATE_MATCH", broken=_matched_and_adopted_at_once),
    ),
    Rule(
        "601",
        "The child was adopted in the year, but the adoption items are blank or the row is missing.",
        "Fill in all six adoption items.",
        _not_filled_in,
    ),
    Rule(
        "602",
        "There is an adoption row, but no episode ended with adoption in the year.",
        "Take the row out, or correct the reason why care ended.",
        in_return("AD1", "CHILD", broken=_not_adopted),
    ),
)

RULES: tuple[Rule, ...] = (*_CELLS, *_ADOPTERS, *_ORDER)
