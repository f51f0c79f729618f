"""What makes a password good enough, and phrases that are: as the NCSC advises, no composition rules."""

from __future__ import annotations

import math
import re
import secrets
import unicodedata
from functools import cache
from importlib.resources import files

LEAST_CHARACTERS = 14
LEAST_OF_ONES_OWN = 10
LEAST_DIFFERENT = 6
WORDS_IN_A_PHRASE = 4
# Longer ones are judged by their beginning; whoever types so many letters need not be told about repeats.
LOOKED_AT = 200

PLAIN_WORDS = (
    "caseapp passphrase password welcome letmein changeme administrator admin qwerty iloveyou secret login "
    "spring summer autumn winter christmas london manchester birmingham liverpool newcastle arsenal chelsea "
    "everton tottenham"
)
WALKS = (
    *("12345678901234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"),
    *("1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p"),
)
SHORTEST_WALK = 5
YEARS = re.compile(r"(?:19|20)\d\d")
DISGUISES = str.maketrans("013457@$!€", "oieastasie")

MOSTLY_A_NAME = "This password is mostly your own name, which others know. Choose four other words."
MOSTLY_A_WALK = "This password is mostly a run along the keyboard. Choose four words instead."
TRIED_FIRST = (
    "This password is one of those that others try first. Choose four words that have no connection."
)
MOSTLY_REPEATS = "This password is mostly repeats, blanks or common pieces. Choose four words instead."


def problems_with(password: str, user_name: str) -> str | None:
    """Return what is wrong with a new password, as a sentence; None when it may be used."""
    text = unicodedata.normalize("NFC", password)
    if len(text) < LEAST_CHARACTERS:
        return f"A password needs {LEAST_CHARACTERS} or more characters, not {len(text)}. Choose four words."
    folded = _folded(text)
    return _judged(folded, user_name) or _judged(folded.translate(DISGUISES), user_name)


def phrase() -> str:
    """Return four random words with hyphens between them: more than 51 bits."""
    while True:
        chosen = "-".join(secrets.choice(_words()) for _ in range(WORDS_IN_A_PHRASE))
        if problems_with(chosen, "") is None:
            return chosen


def bits() -> float:
    """Return how many bits a phrase has: what somebody must guess who knows how it was made."""
    return WORDS_IN_A_PHRASE * math.log2(len(_words()))


def _judged(folded: str, user_name: str) -> str | None:
    left = folded
    for without, sentence in (
        (lambda text: _without(text, _names(user_name)), MOSTLY_A_NAME),
        (_without_walks, MOSTLY_A_WALK),
        (_without_the_common, TRIED_FIRST),
        (_without_repeats, MOSTLY_REPEATS),
    ):
        # On its own first: a name can stand by chance within a saying (Sam in «open sesame») and hide it.
        if _too_little(without(folded), folded):
            return sentence
        left = without(left)
    return MOSTLY_REPEATS if len(left) < LEAST_OF_ONES_OWN or len(set(left)) < LEAST_DIFFERENT else None


def _too_little(left: str, before: str) -> bool:
    """Return whether what was taken away is what makes it too little."""
    return len(left) < min(LEAST_OF_ONES_OWN, len(before))


def _folded(text: str) -> str:
    """Return small letters without blanks and hyphens, without which a password is no weaker to guess."""
    small = unicodedata.normalize("NFKC", text[:LOOKED_AT]).casefold()
    return re.sub(r"[\s\-_.,;:/'’\"?]", "", small)


def _names(user_name: str) -> list[str]:
    words = re.split(r"[\s\-_.,'’@]+", unicodedata.normalize("NFKC", user_name).casefold())
    return [word for word in (*words, "".join(words)) if len(word) > 2]


def _without(text: str, known: list[str]) -> str:
    for word in sorted(known, key=len, reverse=True):
        text = text.replace(word, "")
    return text


def _without_the_common(text: str) -> str:
    return _without(YEARS.sub("", text), [*_denied(), *PLAIN_WORDS.split()])


def _without_walks(text: str) -> str:
    return re.sub("|".join(_steps()), "", text)


def _without_repeats(text: str) -> str:
    """Return the text with «abcabcabc» as «abc» and «aaaa» as «a»; a double letter stays."""
    return re.sub(r"(.{2,}?)\1+|(.)\2{2,}", lambda found: found[1] or found[2], text)


@cache
def _steps() -> tuple[str, ...]:
    """Return every piece of a walk, either way, the longest first."""
    both_ways = [way for walk in WALKS for way in (walk, walk[::-1])]
    pieces = {
        way[start:end]
        for way in both_ways
        for start in range(len(way))
        for end in range(start + SHORTEST_WALK, len(way) + 1)
    }
    return tuple(sorted(pieces, key=lambda piece: (-len(piece), piece)))


@cache
def _words() -> tuple[str, ...]:
    return _listed("phrase-words.txt")


@cache
def _denied() -> tuple[str, ...]:
    return _listed("denied-passwords.txt")


def _listed(name: str) -> tuple[str, ...]:
    return tuple((files("resources") / "words" / name).read_text("utf-8").split())
