"""Letters as people type them who have other ones on the keyboard, or plain ones only."""

from __future__ import annotations

import unicodedata
from typing import Final

_LATIN = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ɖ": "d", "ɗ": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
    "ħ": "h", "ŋ": "n", "ŧ": "t", "ɓ": "b", "ƙ": "k", "ƴ": "y", "ɣ": "g", "ə": "e", "ɛ": "e", "ɔ": "o",
    "ƒ": "f", "ʋ": "v", "ɩ": "i", "ɨ": "i", "ʉ": "u", "ĸ": "q",
}  # fmt: skip
# One sound is another letter on a Persian, Urdu or Kurdish keyboard; and hamza is often left out.
_ARABIC = {
    "\u0671": "\u0627", "\u0672": "\u0627", "\u0673": "\u0627",  # alef with a wasla or a wavy hamza
    "\u0621": "", "\u0674": "", "\u0640": "",  # hamza alone, tatweel
    "\u0649": "\u064a", "\u06cc": "\u064a", "\u06d2": "\u064a",  # alef maksura, Farsi yeh, yeh barree
    "\u06cd": "\u064a", "\u06d0": "\u064a", "\u06ce": "\u064a",  # of Pashto and Sorani
    "\u06a9": "\u0643", "\u06aa": "\u0643",  # keheh, swash kaf
    "\u0629": "\u0647", "\u06c1": "\u0647", "\u06c3": "\u0647",  # teh marbuta, heh goal
    "\u06be": "\u0647", "\u06d5": "\u0647",  # heh doachashmee, the ae of Sorani
    "\u06c6": "\u0648", "\u06c7": "\u0648", "\u06cb": "\u0648",  # oe, u, ve
    "\u06ba": "\u0646", "\u0695": "\u0631", "\u06b5": "\u0644",  # noon ghunna, reh and lam of Sorani
}  # fmt: skip
# The forms at the end of a word, and the ligatures of Yiddish.
_HEBREW = {
    "\u05da": "\u05db", "\u05dd": "\u05de", "\u05df": "\u05e0", "\u05e3": "\u05e4", "\u05e5": "\u05e6",
    "\u05f0": "\u05d5\u05d5", "\u05f1": "\u05d5\u05d9", "\u05f2": "\u05d9\u05d9",
}  # fmt: skip
_CYRILLIC = {"\u0491": "\u0433"}  # the g with an upturn, which Russian keyboards lack

PLAIN: Final = str.maketrans(_LATIN | _ARABIC | _HEBREW | _CYRILLIC)
"""What decomposing leaves as it is, though people type another letter, or none."""


def ascii_words(text: str) -> list[str]:
    """Return the words of a text in small plain letters and digits: «Núñez O’Brien» is nunez and obrien."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN)).encode("ascii", "ignore").decode()
    words = ("".join(filter(str.isalnum, each)) for each in bare.split())
    return [each for each in words if each]
