"""Which way letters run: left to right, right to left, and what turns within the other.

The Unicode Bidirectional Algorithm (UAX #9) for a paragraph without the signs that turn text by force: those
are shown by their names (`fonts.shown`), so there is one level to begin with.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
"""Letters that run right to left, and the digits and marks among them."""
_BRACKETS: Final = "()[]{}⟦⟧⟨⟩⟪⟫〈〉《》「」『』【】〔〕（）［］｛｝"
_TURNED: Final = _BRACKETS + "<>«»‹›≤≥"
MIRRORED: Final = {ord(each): _TURNED[at ^ 1] for at, each in enumerate(_TURNED)}
"""What stands for a sign where letters run right to left."""
_OPENS: Final = dict(zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True))
_MOST_OPEN: Final = 63  # brackets open at a time, as the algorithm has it
_PARTS_OF: Final = {"EN": ("CS", "ES"), "AN": ("CS",)}  # what may stand within a number
_STRONG: Final = {"L": 0, "R": 1, "AL": 1}
_COUNTS_AS: Final = {"L": 0, "R": 1, "EN": 1, "AN": 1}
_NEUTRAL: Final = frozenset({"B", "S", "WS", "ON"})
_RAISED: Final = ({"L": 0, "R": 1, "AN": 2, "EN": 2}, {"L": 1, "R": 0, "AN": 1, "EN": 1})


class _Letter(NamedTuple):
    """A letter that takes part, and where it stands."""

    at: int
    sign: str


def base(text: str) -> int:
    """Return 1 if most letters run right to left, or else 0.

    Not the first letter's way, as the algorithm has it: an English sentence may begin with a name in Arabic.
    """
    if text.isascii() or not RIGHT_TO_LEFT.search(text):
        return 0
    ways = Counter(_STRONG.get(unicodedata.bidirectional(each)) for each in text)
    return int(ways[1] > ways[0])


def levels(text: str, level: int) -> list[int]:
    """Return each letter's level in a paragraph of level 0 or 1: odd ones run right to left."""
    letters = [_Letter(at, sign) for at, sign in enumerate(text) if unicodedata.bidirectional(sign) != "BN"]
    kinds = [unicodedata.bidirectional(each.sign) or "L" for each in letters]
    original = list(kinds)
    _resolve_marks_and_numbers(kinds, "LR"[level])
    _resolve_separators(kinds)
    _resolve_european(kinds, "LR"[level])
    _resolve_brackets([each.sign for each in letters], kinds, original, level)
    _resolve_neutrals(kinds, level)
    found = [level] * len(text)
    for each, kind in zip(letters, kinds, strict=True):
        found[each.at] = level + _RAISED[level][kind]
    for at in range(1, len(text)):
        if unicodedata.bidirectional(text[at]) == "BN":
            found[at] = found[at - 1]
    return found


def _resolve_marks_and_numbers(kinds: list[str], start: str) -> None:
    """Let marks be what they stand on, and numbers after Arabic letters be Arabic ones (W1 to W3)."""
    before = start
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = before
        before = kinds[at]
    strong = start
    for at, kind in enumerate(kinds):
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
    for at, kind in enumerate(kinds):
        if kind == "AL":
            kinds[at] = "R"


def _resolve_separators(kinds: list[str]) -> None:
    """Let what separates and ends numbers belong to them (W4 to W6)."""
    for at in range(1, len(kinds) - 1):
        before, kind, after = kinds[at - 1 : at + 2]
        if before == after and kind in _PARTS_OF.get(before, ()):
            kinds[at] = before
    for start, end in _stretches(kinds, frozenset({"ET"})):
        if "EN" in (kinds[start - 1] if start else "", kinds[end] if end < len(kinds) else ""):
            kinds[start:end] = ["EN"] * (end - start)
    for at, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[at] = "ON"


def _resolve_european(kinds: list[str], start: str) -> None:
    """Let numbers after letters from left to right run with them (W7)."""
    strong = start
    for at, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"


def _resolve_brackets(signs: Sequence[str], kinds: list[str], original: Sequence[str], level: int) -> None:
    """Let both brackets of a pair go the way of what they hold, or of what is before them (N0)."""
    for start, end in _pairs(signs, kinds):
        held = {_COUNTS_AS[kind] for kind in kinds[start + 1 : end] if kind in _COUNTS_AS}
        if not held:
            continue
        way = level
        if level not in held:
            earlier = (_COUNTS_AS[kind] for kind in reversed(kinds[:start]) if kind in _COUNTS_AS)
            way = next(earlier, level)
        for at in (start, end):
            kinds[at] = "LR"[way]
            for mark in range(at + 1, len(kinds)):
                if original[mark] != "NSM":
                    break
                kinds[mark] = "LR"[way]


def _pairs(signs: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Return where brackets open and close, in the order in which they open."""
    found, opened = [], list[tuple[str, int]]()
    for at, sign in enumerate(signs):
        if kinds[at] != "ON":
            continue
        if sign in _OPENS:
            if len(opened) == _MOST_OPEN:
                break
            opened.append((_OPENS[sign], at))
        elif any(sign == closes for closes, _ in opened):
            while opened:
                closes, start = opened.pop()
                if closes == sign:
                    found.append((start, at))
                    break
    return sorted(found)


def _resolve_neutrals(kinds: list[str], level: int) -> None:
    """Let what has no direction go the way of what is around it, or of the paragraph (N1 and N2)."""
    for start, end in _stretches(kinds, _NEUTRAL):
        before = _COUNTS_AS[kinds[start - 1]] if start else level
        after = _COUNTS_AS[kinds[end]] if end < len(kinds) else level
        kinds[start:end] = ["LR"[before if before == after else level]] * (end - start)


def _stretches(kinds: Sequence[str], wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Give start and end of each row of letters of the wanted kinds."""
    start = 0
    while start < len(kinds):
        end = start
        while end < len(kinds) and kinds[end] in wanted:
            end += 1
        if end > start:
            yield start, end
        start = end + 1


def seen_order(levels_of: Sequence[int]) -> list[int]:
    """Return the places of parts of a line as they are seen from left to right; each has a level (L2)."""
    order = list(range(len(levels_of)))
    for level in range(max(levels_of, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels_of[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = max(end, start + 1)
    return order
