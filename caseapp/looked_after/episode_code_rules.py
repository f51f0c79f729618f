"""Which codes of an episode go together, by age too. Pure: no store."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from caseapp import codes
from caseapp.looked_after.episode_chain import BEGINS, Stretch
from caseapp.looked_after.episode_rule import Rule, Seen, of_one, of_pair
from caseapp.returns.episode_checks import (
    ADOPTED,
    FOR_ADOPTION,
    FOSTER,
    OTHER_PLACEMENTS,
    SHORT_BREAKS,
    TEMPORARY,
)
from caseapp.returns.postcodes import bare, exists, is_outside_england

WITH_PARENT, CHILDRENS_HOME = "P1", "K2"
NO_PROVIDER: Final = TEMPORARY | OTHER_PLACEMENTS
NO_URN: Final = TEMPORARY | OTHER_PLACEMENTS | {"P1", "P3", "R1", "R2", "R5"}
ANOTHER_BODY: Final = "XXXXXXX"  # in place of the URN of a regional adoption agency or another inspectorate
CARE_ORDERS: Final = frozenset({"C1", "C2"})
_WITH_CURRENT_CARER: Final = frozenset({"A3", "A5"})
_CRIMINAL_COURTS: Final = frozenset({"J1", "J2", "J3"})
_GUARDIANSHIP: Final = frozenset({"E45", "E46", "E47", "E48"})
_PLACEMENT_ORDERS_BEGAN_ON: Final = date(2005, 12, 1)  # as the Department's rule has it
_FREEING_ORDERS_ENDED_ON: Final = date(2005, 12, 30)
_URN = re.compile(r"SC\d{6}|\d{7}|X{7}", re.ASCII)
_FIELDS: Final = {
    "legal_status": ("LS", "144", "legal status"),
    "category_of_need": ("CIN", "145", "category of need"),
    "placement": ("PLACE", "146", "placement"),
    "provider": ("PLACE_PROVIDER", "178", "provider"),
    "reason_ended": ("REC", "149", "reason"),
    "reason_moved": ("REASON_PLACE_CHANGE", "1009", "reason"),
}


@cache
def last_years(field: str) -> dict[str, int]:
    """Return {code: last year} of the codes of a field that have gone; a year is named by its end."""
    text = (files("resources") / "codes" / "return_codes.csv").read_text(encoding="utf-8")
    return {
        row["code"]: int(row["last_year"])
        for row in csv.DictReader(text.splitlines())
        if row["return"] == "SSDA903" and row["field"] == field and row["last_year"]
    }


def _unlisted(name: str) -> Callable[[Seen], bool]:
    listed = codes.return_codes(_FIELDS[name][0])
    return lambda seen: bool(getattr(seen.it, name)) and getattr(seen.it, name) not in listed


def _gone(seen: Seen) -> bool:
    """Return whether a placement's code had gone while the episode lasted."""
    until = seen.it.ended_on or seen.about.today
    year = until.year + (until >= date(until.year, 4, 1))
    return year > last_years("PLACE").get(seen.it.placement, year)


def _never(provider: str, places: frozenset[str]) -> Callable[[Seen], bool]:
    return of_one(lambda it: it.provider == provider and it.placement in places)


def _too_young(field: str, held: frozenset[str], years: int) -> Callable[[Seen], bool]:
    return lambda seen: getattr(seen.it, field) in held and seen.younger(years, seen.it.started_on)


def _left_too_young(held: frozenset[str], years: int) -> Callable[[Seen], bool]:
    return lambda seen: seen.it.reason_ended in held and seen.younger(years, seen.it.ended_on)


def _left_too_old(held: frozenset[str]) -> Callable[[Seen], bool]:
    return lambda seen: seen.it.reason_ended in held and seen.reached(18, seen.it.ended_on)


def _begins_otherwise(it: Stretch) -> bool:
    return it.placement in _WITH_CURRENT_CARER and it.reason_started not in (BEGINS, "T", "U", "L")


def _is_impossible(name: str) -> Callable[[Seen], bool]:
    return of_one(lambda it: bool(getattr(it, name)) and not exists(getattr(it, name)))


def _same_postcode(it: Stretch) -> bool:
    home = bare(it.home_postcode)
    return bool(home) and home == bare(it.placement_postcode) and it.placement != WITH_PARENT


def _lacks_urn(it: Stretch) -> bool:
    exempt = it.placement in NO_URN or it.is_short_break or is_outside_england(it.placement_postcode)
    return bool(it.placement) and not it.urn and not exempt


def _lacks_home(seen: Seen) -> bool:
    return not (seen.it.home_postcode or seen.it.is_short_break or seen.about.unaccompanied)


def _in_care_under_order(seen: Seen) -> bool:
    return seen.it.reason_ended == "E9" and seen.it.legal_status in CARE_ORDERS


def _just_turned_18(seen: Seen) -> bool:
    return seen.it.reason_ended == "E8" and seen.reached(18, seen.it.ended_on)


def _mixed_breaks(seen: Seen) -> bool:
    others = {each.legal_status for each in seen.chain if _year(each) == _year(seen.it)}
    return seen.it.is_short_break and others >= SHORT_BREAKS


def _year(each: Stretch) -> int:
    return each.started_on.year + (each.started_on >= date(each.started_on.year, 4, 1))


_LISTED: Final = tuple(
    Rule(number, name, f"This {what} is not on the return’s list.", _unlisted(name))
    for name, (_, number, what) in _FIELDS.items()
)

_PROVIDERS: Final = (
    Rule("213", "provider", "A temporary move and an other placement have no provider: leave it blank.",
         of_one(lambda it: bool(it.provider) and it.placement in NO_PROVIDER)),
    Rule("527", "provider", "The council itself does not provide this kind of placement.",
         _never("PR1", frozenset({"P1", "R2", "R5"}))),
    Rule("528", "provider", "Another council does not provide this kind of placement.",
         _never("PR2", frozenset({"P1", "R2", "R5"}))),
    Rule("529", "provider", "No other public body provides parents, fostering, adoption or children’s homes.",
         _never("PR3", FOR_ADOPTION | FOSTER | {"P1", "K1", "K2"})),
    Rule("530", "provider", "A placement with parents has the parents as its provider.",
         _never("PR4", frozenset({WITH_PARENT}))),
    Rule("531", "provider", "A placement with parents has the parents as its provider.",
         _never("PR5", frozenset({WITH_PARENT}))),
    Rule("550", "provider", "Parents provide a placement with parents only.",
         of_one(lambda it: it.provider == "PR0" and it.placement != WITH_PARENT)),
    Rule("526", "provider", "The return asks who provides the placement.",
         of_one(lambda it: not it.provider and bool(it.placement) and it.placement not in NO_PROVIDER),
         refuses=False),
)  # fmt: skip

_PLACES: Final = (
    Rule("146", "placement", "This kind of placement is used no more. Choose what it is called now.", _gone),
    Rule("371", "placement", "Supported accommodation is for 16 and over; the child was younger on {start}.",
         _too_young("placement", frozenset({"K3"}), 16)),
    Rule("372", "placement", "Youth custody is for 10 and over; the child was younger on {start}.",
         _too_young("placement", frozenset({"R5"}), 10)),
    Rule("373", "placement", "A residential school is for 4 and over; the child was younger on {start}.",
         _too_young("placement", frozenset({"S1"}), 4)),
    Rule("374", "placement", "Residential employment is for 14 and over; the child was younger on {start}.",
         _too_young("placement", frozenset({"P3"}), 14)),
    Rule("378", "placement", "A child who lives with parents is not looked after under section 20: check the "
         "legal status and the placement.",
         of_one(lambda it: it.legal_status == "V2" and it.placement == WITH_PARENT)),
    Rule("408", "placement", "Placed for adoption under a placement order needs the legal status placement "
         "order; with the parents’ consent it is another kind of placement.",
         of_one(lambda it: it.placement in ("A5", "A6") and it.legal_status != "E1")),
    Rule("217", "placement", "Adoption by the current foster carer keeps the carer: choose “with the same "
         "carer”.", of_one(_begins_otherwise)),
    Rule("336", "placement", "Adoption by the current foster carer follows a foster placement only.",
         of_pair(lambda before, it: it.placement in _WITH_CURRENT_CARER
                 and before.placement not in FOSTER | FOR_ADOPTION)),
    Rule("382", "placement", "A short break has no temporary move.",
         of_one(lambda it: it.is_short_break and it.is_temporary)),
    Rule("384", "placement", "A short break is not with a long-term foster carer.",
         of_one(lambda it: it.is_short_break and it.placement in ("U1", "U4"))),
    Rule("366", "legal_status", "Each short break begins and ends by itself: nothing changes within it.",
         of_one(lambda it: it.legal_status == "V3" and it.reason_started != BEGINS)),
)  # fmt: skip

_LAW: Final = (
    Rule("358", "legal_status", "Criminal courts remand nobody under 10; the child was younger on {start}.",
         _too_young("legal_status", _CRIMINAL_COURTS, 10)),
    Rule("446", "legal_status", "There were no placement orders before December 2005.",
         of_one(lambda it: it.legal_status == "E1" and it.started_on < _PLACEMENT_ORDERS_BEGAN_ON)),
    Rule("SSDA903 guide", "legal_status", "There have been no freeing orders since 30/12/2005.",
         of_one(lambda it: it.legal_status == "D1" and it.started_on >= _FREEING_ORDERS_ENDED_ON)),
    Rule("553", "legal_status", "Record under Permanence and court that the child should be placed for "
         "adoption: a placement order follows that decision.",
         of_one(lambda it: it.legal_status == "E1"), refuses=False),
    Rule("145", "category_of_need", "The return asks for the category of need: the highest that fits.",
         of_one(lambda it: not it.category_of_need), refuses=False),
    Rule("426", "legal_status", "The short breaks of a year are recorded one by one or by their agreement, "
         "not both.", _mixed_breaks),
)  # fmt: skip


_WHERE: Final = (
    Rule("392c", "home_postcode", "This is no postcode: check each sign.", _is_impossible("home_postcode")),
    Rule("392c", "placement_postcode", "This is no postcode: check each sign.",
         _is_impossible("placement_postcode")),
    Rule("392d", "placement_postcode", "Home and placement have the same postcode, though the child is not "
         "placed with parents.", of_one(_same_postcode)),
    Rule("398", "home_postcode", "A short break has no postcodes in the return: leave it blank.",
         of_one(lambda it: it.is_short_break and bool(it.home_postcode))),
    Rule("214", "placement_postcode", "A short break has no postcodes in the return: leave it blank.",
         of_one(lambda it: it.is_short_break and bool(it.placement_postcode))),
    Rule("214", "urn", "A short break has no URN in the return: leave it blank.",
         of_one(lambda it: it.is_short_break and bool(it.urn))),
    Rule("1008", "urn", "A URN is seven digits, or SC and six digits; XXXXXXX where another body inspects.",
         of_one(lambda it: bool(it.urn) and not _URN.fullmatch(it.urn))),
    Rule("222", "urn", "Ofsted registers no placement of this kind: leave the URN blank.",
         of_one(lambda it: it.placement in NO_URN and it.urn not in ("", ANOTHER_BODY))),
    Rule("242", "urn", "XXXXXXX is for fostering and adoption only.",
         of_one(lambda it: it.urn == ANOTHER_BODY and it.placement not in FOR_ADOPTION | FOSTER | NO_URN)),
    Rule("243", "urn", "Ofsted registers placements in England only: leave the URN blank, or check the "
         "postcode.", of_one(lambda it: bool(it.urn) and is_outside_england(it.placement_postcode))),
    Rule("218", "urn", "The return asks for the Ofsted URN of the provider.", of_one(_lacks_urn),
         refuses=False),
    Rule("392b", "home_postcode", "The return asks for the postcode of the home: the distance is worked out "
         "from it.", _lacks_home, refuses=False),
    Rule("392b", "placement_postcode", "The return asks for the postcode of the placement.",
         of_one(lambda it: not (it.placement_postcode or it.is_short_break)), refuses=False),
    Rule("406", "home_postcode", "An unaccompanied child has no home here to measure from: leave it blank.",
         lambda seen: seen.about.unaccompanied and bool(seen.it.home_postcode), refuses=False),
)  # fmt: skip

_ENDS: Final = (
    Rule("234", "reason_moved", "Custody is for 10 and over; the child was younger.",
         lambda seen: seen.it.reason_moved == "CUSTOD" and seen.younger(10, seen.it.ended_on)),
    Rule("386", "reason_ended", "Nobody is adopted at 18 or over.", _left_too_old(ADOPTED)),
    Rule("390", "reason_ended", "An adopted child was placed for adoption before: record that placement.",
         of_one(lambda it: it.reason_ended in ADOPTED and it.placement not in FOR_ADOPTION)),
    Rule("601", "reason_ended", "Record the adoption under Permanence and court: the return asks for it.",
         of_one(lambda it: it.reason_ended in ADOPTED), refuses=False),
    Rule("387", "reason_ended", "Nobody under 14 leaves care to live independently.",
         _left_too_young(frozenset({"E5", "E6"}), 14)),
    Rule("389", "reason_ended", "Adult social care is for 16 and over.",
         _left_too_young(frozenset({"E7"}), 16)),
    Rule("407", "reason_ended", "No special guardianship order is made for someone of 18 or over.",
         _left_too_old(_GUARDIANSHIP)),
    Rule("460", "reason_ended", "Staying with the carers at 18 begins on the 18th birthday, not before.",
         _left_too_young(frozenset({"E17"}), 18)),
    Rule("516", "reason_ended", "Special guardianship to the former carer follows a foster placement.",
         of_one(lambda it: it.reason_ended in ("E45", "E46") and it.placement not in FOSTER)),
    Rule("SSDA903 guide", "reason_ended", "Turning 18 is no reason by itself: say where the child went. "
         "“Any other reason” is right for one who is missing at 18.", _just_turned_18, refuses=False),
    Rule("SSDA903 guide", "reason_ended", "A care order goes on in custody: a sentence does not end care.",
         _in_care_under_order, refuses=False),
    Rule("SSDA903 guide", "reason_ended", "Remand ends where the legal status was a remand.",
         of_one(lambda it: it.reason_ended == "E14" and it.legal_status != "J1"), refuses=False),
)  # fmt: skip

CODE_RULES: Final = (*_LISTED, *_PLACES, *_PROVIDERS, *_LAW, *_WHERE, *_ENDS)
