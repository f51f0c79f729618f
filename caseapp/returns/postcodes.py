"""Postcodes as far as their form tells: whether one can exist, and in which country it lies. Pure.

The list of all postcodes is not held here: one with the right form and a known area counts as existing.
"""

from __future__ import annotations

import re

AREAS = frozenset({
    "AB", "AL", "B", "BA", "BB", "BD", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF", "CH", "CM",
    "CO", "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "E", "EC", "EH",
    "EN", "EX", "FK", "FY", "G", "GL", "GU", "GY", "HA", "HD", "HG", "HP", "HR", "HS", "HU", "HX", "IG",
    "IM", "IP", "IV", "JE", "KA", "KT", "KW", "KY", "L", "LA", "LD", "LE", "LL", "LN", "LS", "LU", "M",
    "ME", "MK", "ML", "N", "NE", "NG", "NN", "NP", "NR", "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO",
    "PR", "RG", "RH", "RM", "S", "SA", "SE", "SG", "SK", "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST",
    "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR", "TS", "TW", "UB", "W", "WA", "WC", "WD", "WF", "WN",
    "WR", "WS", "WV", "YO", "ZE",
})  # fmt: skip

# Areas wholly outside England. Those across the border (CH, HR, LD, NP, SY, TD) count as England.
_SCOTLAND = frozenset({
    "AB", "DD", "DG", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "ZE",
})  # fmt: skip
_WALES = frozenset({"CF", "LL", "SA"})
_OUTSIDE = _SCOTLAND | _WALES | {"BT", "GY", "IM", "JE"}

# The last three signs are a digit and two letters, of which C I K M O V are never used.
_FORM = re.compile(r"([A-Z]{1,2})\d[A-Z\d]?\d[ABD-HJLNP-UW-Z]{2}", re.ASCII)


def bare(postcode: str) -> str:
    """Return a postcode without its spaces, to compare it with another."""
    return "".join(postcode.split())


def area(postcode: str) -> str:
    """Return the postcode area, such as B of B1 1TA; blank for what can be no postcode.

    >>> area("b74 3UP"), area("EE28 7VZ"), area("B1 1CA")
    ('B', '', '')
    """
    parts = _FORM.fullmatch(bare(postcode).upper())
    return parts[1] if parts and parts[1] in AREAS else ""


def exists(postcode: str) -> bool:
    """Return whether a postcode can exist, by its form and its area."""
    return bool(area(postcode))


def is_outside_england(postcode: str) -> bool:
    """Return whether a postcode lies in an area wholly outside England."""
    return area(postcode) in _OUTSIDE
