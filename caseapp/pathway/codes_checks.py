"""What holds between the three codes of a care leaver in the SSDA903 return (table OC3). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

NOT_KNOWN: Final = "0"
GONE: Final = frozenset({"DIED", "RHOM"})
_ONLY_UNSUITABLE: Final = frozenset({"S1", "X1"})
_SELDOM_SUITABLE: Final = {"V1": "Emergency accommodation", "W1": "Bed and breakfast"}
_STAYING_PUT: Final = frozenset({"Z1", "Z2"})
_FOYER: Final = frozenset({"T1", "T2"})
_ADULT, _FIRST, _LAST = 18, 17, 25


class CodeTrouble(NamedTuple):
    """What does not fit, how to mend it, and the rule of the return it breaks; a warning refuses nothing."""

    words: str
    rule: str
    is_warning: bool = False


def troubles(in_touch: str, activity: str, accommodation: str, age: int | None) -> list[CodeTrouble]:
    """Return what does not fit among the codes at an age; an empty code is not filled in."""
    found = list(_together(in_touch, activity, accommodation))
    if accommodation in _ONLY_UNSUITABLE:
        found.append(CodeTrouble("Homeless and in custody are never suitable: judge it unsuitable.", "ACCOM"))
    if home := _SELDOM_SUITABLE.get(accommodation):
        found.append(CodeTrouble(f"{home} is seldom suitable: look at the judgement again.", "ACCOM", True))
    if age is not None:
        found += _of_age(accommodation, age)
    return found


def _together(in_touch: str, activity: str, accommodation: str) -> Iterator[CodeTrouble]:
    codes = (activity, accommodation)
    if in_touch in GONE and any(code not in ("", NOT_KNOWN) for code in codes):
        said = "died" if in_touch == "DIED" else "went home for good"
        yield CodeTrouble(f"Somebody who {said} has neither activity nor home: end them.", "344")
    if in_touch == "YES" and NOT_KNOWN in codes:
        yield CodeTrouble("We are in touch, so activity and home are known: record both.", "345")
    named = {"whether we are in touch": in_touch, "what they do": activity, "where they live": accommodation}
    blank = [name for name, code in named.items() if not code]
    if blank and len(blank) < len(named):
        yield CodeTrouble(f"The return asks for all three or none: record {' and '.join(blank)}.", "153")


def _of_age(accommodation: str, age: int) -> Iterator[CodeTrouble]:
    if accommodation in _STAYING_PUT and age < _ADULT:
        yield CodeTrouble("Staying put begins at 18: at 17 the foster home is another kind.", "3001")
    if accommodation in _FOYER and age < _ADULT:
        yield CodeTrouble("A foyer is for 18 and over: choose the kind that fits.", "347")
    if age > _LAST:
        yield CodeTrouble("The return ends with the 25th birthday: nothing is sent.", "351")
    if age < _FIRST:
        yield CodeTrouble("The return begins with the 17th birthday: nothing is sent yet.", "391", True)
