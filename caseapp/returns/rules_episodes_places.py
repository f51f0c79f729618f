"""Rules about what goes with what in one episode: placement, provider, URN, legal status and reasons."""

from __future__ import annotations

from datetime import date

from caseapp.returns.episode_checks import (
    ADOPTED,
    CONTINUES,
    FOR_ADOPTION,
    FOSTER,
    OTHER_PLACEMENTS,
    SHORT_BREAKS,
    TEMPORARY,
    alone,
    in_year,
)
from caseapp.returns.postcodes import is_outside_england
from caseapp.returns.rule import Check, Fault, Rule
from caseapp.returns.tables import Line, Return

_NO_PROVIDER = TEMPORARY | OTHER_PLACEMENTS
_NO_URN = TEMPORARY | OTHER_PLACEMENTS | {"P1", "P3", "R1", "R2", "R5"}
_ADOPTION_AGENCY = "XXXXXXX"  # what stands for the URN of a regional adoption agency
_WITH_CURRENT_CARER = frozenset({"A3", "A5"})
_NO_PUBLIC_PROVIDER = FOR_ADOPTION | FOSTER | {"P1", "K1", "K2"}
_ADOPTION_REASONS_FROM = date(2015, 4, 1)  # 217 is about episodes that began in 2015/16 or later


def _never(provider: str, places: frozenset[str]) -> Check:
    """Return a check that a provider does not stand at some placements."""
    return alone(
        "PLACE_PROVIDER",
        "PLACE",
        broken=lambda line: line["PLACE_PROVIDER"] == provider and line["PLACE"] in places,
    )


def _never_at(column: str, codes: frozenset[str], others: frozenset[str]) -> Check:
    """Return a check that some codes of a column do not stand at some placements."""
    return alone(column, "PLACE", broken=lambda line: line[column] in codes and line["PLACE"] in others)


def _adopter_who_fostered_begins_otherwise(line: Line) -> bool:
    return (
        line["PLACE"] in _WITH_CURRENT_CARER
        and (line.day("DECOM") or date.min) >= _ADOPTION_REASONS_FROM
        and line["RNE"] not in ("S", "T", "U")
    )


def _lacks_urn(told: Return, line: Line) -> bool:
    # A short break has no URN by 214, whatever the placement, so it is not asked for one here.
    ended_on = line.day("DEC")
    in_the_year = not line["DEC"] or (ended_on is not None and ended_on >= told.starts_on)
    exempt = line["PLACE"] in _NO_URN or line["LS"] in SHORT_BREAKS or is_outside_england(line["PL_POST"])
    return not line["URN"] and in_the_year and not exempt


def _both_kinds_of_short_break(told: Return) -> list[Fault]:
    found = []
    for child in told.children:
        lines = [line for line in told.of("Episodes", child) if line["LS"] in SHORT_BREAKS]
        if len({line["LS"] for line in lines}) > 1:
            found += [Fault(line, ("LS",)) for line in lines]
    return found


RULES: tuple[Rule, ...] = (
    Rule(
        "213",
        "A provider stands at a temporary or other placement.",
        "Leave the provider blank for T0 to T4 and Z11 to Z14.",
        alone(
            "PLACE_PROVIDER",
            "PLACE",
            broken=lambda line: bool(line["PLACE_PROVIDER"]) and line["PLACE"] in _NO_PROVIDER,
        ),
    ),
    Rule(
        "214",
        "A short break (V3 or V4) has a placement postcode or a URN.",
        "Leave the placement postcode and the URN blank.",
        alone(
            "PL_POST",
            "URN",
            "LS",
            broken=lambda line: line["LS"] in SHORT_BREAKS and bool(line["PL_POST"] or line["URN"]),
        ),
    ),
    Rule(
        "217",
        "A placement for adoption with the current foster carer starts with a reason that does not fit.",
        "The carer stays the same: choose T or U, or S if care starts with it.",
        alone("RNE", "PLACE", "DECOM", broken=_adopter_who_fostered_begins_otherwise),
    ),
    Rule(
        "218",
        "The placement has no Ofsted URN.",
        "Give the URN of the provider.",
        in_year("URN", "PLACE", broken=_lacks_urn),
    ),
    Rule(
        "222",
        "The placement has a URN, though its kind is not registered with Ofsted.",
        "Leave the URN blank, or check the placement.",
        alone(
            "URN",
            "PLACE",
            broken=lambda line: line["PLACE"] in _NO_URN and line["URN"] not in ("", _ADOPTION_AGENCY),
        ),
    ),
    Rule(
        "242",
        "The URN XXXXXXX stands at a placement that is neither fostering nor adoption.",
        "XXXXXXX is for regional adoption agencies alone: give the provider’s own URN.",
        alone(
            "URN",
            "PLACE",
            broken=lambda line: (
                line["URN"] == _ADOPTION_AGENCY and line["PLACE"] not in FOR_ADOPTION | FOSTER
            ),
        ),
    ),
    Rule(
        "243",
        "The placement is outside England and has a URN.",
        "Ofsted registers providers in England alone: leave the URN blank, or check the postcode.",
        alone(
            "URN",
            "PL_POST",
            broken=lambda line: bool(line["URN"]) and is_outside_england(line["PL_POST"]),
        ),
    ),
    Rule(
        "366",
        "An episode of a short break (V3) does not start with S.",
        "A short break has no change of placement within it: record each break as one that starts with S.",
        alone("RNE", "LS", broken=lambda line: line["LS"] == "V3" and line["RNE"] != "S"),
    ),
    Rule(
        "378",
        "The child is placed with parents under section 20 (V2).",
        "A child accommodated under section 20 is not looked after while with parents: check both codes.",
        alone("LS", "PLACE", broken=lambda line: line["LS"] == "V2" and line["PLACE"] == "P1"),
    ),
    Rule(
        "382",
        "A short break (V3 or V4) has a temporary placement.",
        "Give the placement of the short break itself.",
        _never_at("LS", SHORT_BREAKS, TEMPORARY),
    ),
    Rule(
        "384",
        "A short break (V3 or V4) has a long-term foster placement.",
        "Check the placement: U1 and U4 are long term.",
        _never_at("LS", SHORT_BREAKS, frozenset({"U1", "U4"})),
    ),
    Rule(
        "381",
        "Care ends in a temporary placement.",
        "End the temporary placement with X1 and go back to the usual one first.",
        alone(
            "REC",
            "PLACE",
            broken=lambda line: line["PLACE"] in TEMPORARY and line["REC"] not in ("", CONTINUES),
        ),
    ),
    Rule(
        "390",
        "The child is adopted, but was not placed for adoption.",
        "The last placement of an adopted child is one of A3 to A6.",
        alone(
            "REC",
            "PLACE",
            broken=lambda line: line["REC"] in ADOPTED and line["PLACE"] not in FOR_ADOPTION,
        ),
    ),
    Rule(
        "408",
        "The child is placed for adoption with a placement order, but the legal status is another.",
        "For A5 and A6 the legal status is E1; with the parents’ consent the placement is A3 or A4.",
        alone("LS", "PLACE", broken=lambda line: line["PLACE"] in ("A5", "A6") and line["LS"] != "E1"),
    ),
    Rule(
        "426",
        "The child has both kinds of short break (V3 and V4) in one year.",
        "Record the year’s short breaks either one by one (V3) or by their agreement (V4).",
        _both_kinds_of_short_break,
    ),
    Rule(
        "516",
        "Special guardianship is given to the former foster carer, but the placement was none with one.",
        "E45 and E46 need a foster placement, U1 to U6: check the reason and the placement.",
        alone(
            "REC",
            "PLACE",
            broken=lambda line: line["REC"] in ("E45", "E46") and line["PLACE"] not in FOSTER,
        ),
    ),
    Rule(
        "526",
        "The placement has no provider.",
        "Choose who provides the placement.",
        alone(
            "PLACE_PROVIDER",
            "PLACE",
            broken=lambda line: not line["PLACE_PROVIDER"] and line["PLACE"] not in _NO_PROVIDER,
        ),
    ),
    Rule(
        "527",
        "The council’s own provision (PR1) stands at a placement that it cannot provide.",
        "P1, R2 and R5 are not the council’s own: check provider and placement.",
        _never("PR1", frozenset({"P1", "R2", "R5"})),
    ),
    Rule(
        "528",
        "Another council’s provision (PR2) stands at a placement that it cannot provide.",
        "P1, R2 and R5 are no council’s own: check provider and placement.",
        _never("PR2", frozenset({"P1", "R2", "R5"})),
    ),
    Rule(
        "529",
        "Other public provision (PR3) stands at a placement that it cannot provide.",
        "Parents, fostering, adoption, K1 and K2 are not PR3: check provider and placement.",
        _never("PR3", _NO_PUBLIC_PROVIDER),
    ),
    Rule(
        "530",
        "A private provider (PR4) stands at a placement with parents.",
        "The provider of P1 is PR0.",
        _never("PR4", frozenset({"P1"})),
    ),
    Rule(
        "531",
        "A voluntary provider (PR5) stands at a placement with parents.",
        "The provider of P1 is PR0.",
        _never("PR5", frozenset({"P1"})),
    ),
    Rule(
        "550",
        "Parents stand as the provider (PR0) of a placement that is not with parents.",
        "PR0 goes with P1 alone: check provider and placement.",
        alone(
            "PLACE_PROVIDER",
            "PLACE",
            broken=lambda line: line["PLACE_PROVIDER"] == "PR0" and line["PLACE"] != "P1",
        ),
    ),
)
