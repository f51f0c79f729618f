"""Actions of a pathway plan as the young person says them: «I will …», «Sam will help me …». Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from caseapp import words

_ME: Final = frozenset({"i", "me", "myself", "young person", "the young person"})
_DOING: Final = frozenset(
    {
        "agree", "apply", "arrange", "ask", "begin", "block", "book", "bring", "buy", "call", "check",
        "choose", "claim", "come", "complete", "contact", "cook", "do", "fill", "find", "finish",
        "get", "give", "go",
        "have", "help", "invite", "join", "keep", "learn", "look", "make", "meet", "move", "open", "pay",
        "phone", "plan", "read", "register", "report", "ring", "save", "see", "send", "set", "show", "sign",
        "sort", "speak", "start", "take", "talk", "tell", "try", "visit", "work", "write",
    }
)  # fmt: skip
"""What actions begin with: these never are names, whatever follows."""
_BETWEEN: Final = re.compile(r"\s*(?:,|;|&|\+|\band\b|\bwith\b)\s*", re.IGNORECASE)


def i_will(action: Mapping[str, Any], names: frozenset[str]) -> str:
    """Return an action in the first person. `names` are what the young person is called, folded.

    >>> i_will({"what": "Ask for the offer", "who": "Yonas", "by": "2027-02-26"}, frozenset({"yonas"}))
    'I will ask for the offer, by 26/02/2027.'
    >>> i_will({"what": "Get a laptop", "who": "Sam Lee", "by": "2026-09-30"}, frozenset({"yonas"}))
    'Sam Lee will help me by 30/09/2026: get a laptop.'
    """
    what = _begun_small(_mine(_tidy(str(action.get("what") or "")), names))
    day = words.stored_day(action.get("by"))
    by = f"by {words.day(day)}" if day else ""
    is_mine, others = _who(str(action.get("who") or ""), names)
    if is_mine or not others:
        together = f"together with {words.listed(others)}" if others else ""
        start = f"I will {what}" if is_mine else f"We will {what}"
        return _sentence(", ".join(part for part in (start, together, by) if part))
    return _sentence(
        f"{' '.join(part for part in (words.listed(others), 'will help me', by) if part)}: {what}"
    )


def names_of(answers: Mapping[str, Any], *more: str) -> frozenset[str]:
    """Return what a young person is called: whole name, first name, the name they go by; folded."""
    said = [str(answers.get("name") or ""), str(answers.get("known_as") or ""), *more]
    whole = {each.strip().casefold() for each in said if each.strip()}
    return frozenset(whole | {each.split()[0] for each in whole})


def sentences(text: str) -> list[str]:
    """Return a text in sentences: one idea a line."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    # A dot between two digits, in an initial or before a small letter ends no sentence.
    return [
        each.strip()
        for line in lines
        for each in re.split(r"(?<=[a-zà-ÿ0-9)’”\"'][.!?])\s+(?=[A-ZÀ-Ý0-9“‘\"'])", line)
        if each.strip()
    ]


def _who(text: str, names: frozenset[str]) -> tuple[bool, list[str]]:
    """Return whether it is the young person, and the others."""
    if text.strip().casefold() in names | _ME:
        return True, []
    parts = [each for each in _BETWEEN.split(text.strip()) if each]
    if not any(each.casefold() in names | _ME for each in parts):
        # «Parveen Akhtar, solicitor» is one person
        named = re.sub(r"^([^,]+), ([a-zà-ÿ][^,]*)$", r"\1 (\2)", text.strip())
        return False, [named] if named else []
    return True, [each for each in parts if each.casefold() not in names | _ME]


def _mine(text: str, names: frozenset[str]) -> str:
    """Return the text with «Yonas’s» said as «my»."""
    if not names:
        return text
    called = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
    return re.sub(rf"\b(?:{called})(?:['’]s|['’])(?=\s)", "my", text, flags=re.IGNORECASE)


def _tidy(text: str) -> str:
    said = " ".join(text.split()).rstrip(" .")
    return re.sub(r"^(?:I will|I'll|I’ll|To)\s+", "", said)


def _begun_small(text: str) -> str:
    """Return the text with a small first letter, unless its first word is a name or an abbreviation."""
    first, _, rest = text.partition(" ")
    if first.casefold() in _DOING:
        return text[:1].lower() + text[1:]
    is_name = bool(re.match(r"[A-ZÀ-Ý&]", rest)) or first in ("I", "Mr", "Mrs", "Ms", "Dr")
    is_short_form = len(first) > 1 and any(letter.isupper() for letter in first[1:])
    return text if is_name or is_short_form else text[:1].lower() + text[1:]


def _sentence(text: str) -> str:
    return text if text.endswith(("!", "?")) else f"{text}."
