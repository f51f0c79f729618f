"""Scripts whose letters join, turn, stack, or are many: which font has them, and how it draws a word.

Nothing of this is read before a text has such a letter. HarfBuzz chooses and places the shapes; only those
that were drawn go into the file.
"""

from __future__ import annotations

from bisect import bisect_right
from importlib.resources import files
from itertools import accumulate, groupby, pairwise
from typing import Final, NamedTuple

import uharfbuzz

_BOTH, _ONE = ("Regular", "Bold"), ("Regular",)
_WEIGHTS: Final = {
    "NotoSansHebrew": _BOTH, "NotoNaskhArabic": _BOTH, "NotoSansDevanagari": _BOTH,
    "NotoSansBengali": _BOTH, "NotoSansGurmukhi": _BOTH, "NotoSansGujarati": _BOTH, "NotoSansTamil": _BOTH,
    "NotoSansTelugu": _ONE, "NotoSansKannada": _ONE, "NotoSansMalayalam": _ONE, "NotoSansSinhala": _ONE,
    "NotoSansThai": _ONE, "NotoSansLao": _ONE, "NotoSansMyanmar": _ONE, "NotoSansKhmer": _ONE,
    "NotoSansEthiopic": _BOTH, "DroidSansFallback": ("",),
}  # fmt: skip
RANGES: Final = (
    (0x0590, 0x05FF, "NotoSansHebrew"), (0x0600, 0x06FF, "NotoNaskhArabic"),
    (0x0750, 0x077F, "NotoNaskhArabic"), (0x08A0, 0x08FF, "NotoNaskhArabic"),
    (0x0900, 0x097F, "NotoSansDevanagari"), (0x0980, 0x09FF, "NotoSansBengali"),
    (0x0A00, 0x0A7F, "NotoSansGurmukhi"), (0x0A80, 0x0AFF, "NotoSansGujarati"),
    (0x0B80, 0x0BFF, "NotoSansTamil"), (0x0C00, 0x0C7F, "NotoSansTelugu"),
    (0x0C80, 0x0CFF, "NotoSansKannada"), (0x0D00, 0x0D7F, "NotoSansMalayalam"),
    (0x0D80, 0x0DFF, "NotoSansSinhala"), (0x0E00, 0x0E7F, "NotoSansThai"), (0x0E80, 0x0EFF, "NotoSansLao"),
    (0x1000, 0x109F, "NotoSansMyanmar"), (0x1100, 0x11FF, "DroidSansFallback"),
    (0x1200, 0x139F, "NotoSansEthiopic"), (0x1780, 0x17FF, "NotoSansKhmer"),
    (0x19E0, 0x19FF, "NotoSansKhmer"), (0x1CD0, 0x1CFF, "NotoSansDevanagari"),
    (0x2D80, 0x2DDF, "NotoSansEthiopic"), (0x3000, 0x33FF, "DroidSansFallback"),
    (0x4E00, 0x9FFF, "DroidSansFallback"), (0xA8E0, 0xA8FF, "NotoSansDevanagari"),
    (0xA9E0, 0xA9FF, "NotoSansMyanmar"), (0xAA60, 0xAA7F, "NotoSansMyanmar"),
    (0xAB00, 0xAB2F, "NotoSansEthiopic"), (0xAC00, 0xD7AF, "DroidSansFallback"),
    (0xF900, 0xFAFF, "DroidSansFallback"), (0xFB1D, 0xFB4F, "NotoSansHebrew"),
    (0xFB50, 0xFDFF, "NotoNaskhArabic"), (0xFE10, 0xFE6F, "DroidSansFallback"),
    (0xFE70, 0xFEFE, "NotoNaskhArabic"), (0xFF00, 0xFFEF, "DroidSansFallback"),
)  # fmt: skip
"""First and last letter of a range, and the family of fonts that has it."""
LANGUAGES: Final = {
    "NotoSansHebrew": "he", "NotoNaskhArabic": "und-Arab", "NotoSansDevanagari": "und-Deva",
    "NotoSansBengali": "bn", "NotoSansGurmukhi": "pa", "NotoSansGujarati": "gu", "NotoSansTamil": "ta",
    "NotoSansTelugu": "te", "NotoSansKannada": "kn", "NotoSansMalayalam": "ml", "NotoSansSinhala": "si",
    "NotoSansThai": "th", "NotoSansLao": "lo", "NotoSansMyanmar": "my", "NotoSansKhmer": "km",
    "NotoSansEthiopic": "und-Ethi",
}  # fmt: skip
"""What is told of a font's letters: a language, or a script where several languages share it."""
_STARTS: Final = [first for first, _, _ in RANGES]


class Glyph(NamedTuple):
    """A shape, the letters that it stands for, and where it is drawn, in thousandths of the size."""

    number: int
    letters: str
    across: float
    up: float


class Shaped(NamedTuple):
    """The shapes of a piece of text, and how wide it is in thousandths of the size.

    They stand from left to right, but a mark after what it stands on: so it is read after it, too.
    """

    glyphs: tuple[Glyph, ...]
    wide: float


class Face:
    """A font of such a script, and the words that it has shaped."""

    def __init__(self, name: str) -> None:
        self.name = name
        data = files("resources").joinpath("fonts", "paper", f"{name}.ttf").read_bytes()
        self.face = uharfbuzz.Face(uharfbuzz.Blob(data))
        self.font = uharfbuzz.Font(self.face)
        self.font.scale = (1000, 1000)
        self.letters = frozenset(map(chr, self.face.unicodes))
        self._shaped: dict[tuple[str, bool], Shaped] = {}

    def shaped(self, text: str, *, is_turned: bool) -> Shaped:
        """Return the shapes of a text, which runs right to left if it `is_turned`."""
        found = self._shaped.get((text, is_turned))
        if found is None:
            found = self._shaped[text, is_turned] = self._shape(text, is_turned=is_turned)
        return found

    def _shape(self, text: str, *, is_turned: bool) -> Shaped:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if is_turned else "ltr"
        uharfbuzz.shape(self.font, buffer, {})
        infos, places = buffer.glyph_infos, buffer.glyph_positions
        starts = list(accumulate((each.x_advance for each in places), initial=0))
        ends = dict(pairwise([*sorted({each.cluster for each in infos}), len(text)]))
        glyphs = []
        for start, row in groupby(range(len(infos)), lambda at: infos[at].cluster):
            held = list(row)
            letters_of = _shared(text[start : ends[start]], len(held))
            for at, letters in zip(reversed(held) if is_turned else held, letters_of, strict=True):
                x, up = starts[at] + places[at].x_offset, places[at].y_offset
                glyphs.append(Glyph(infos[at].codepoint, letters, x, up))
        return Shaped(tuple(glyphs), starts[-1])

    def width_of(self, number: int) -> float:
        """Return how wide a shape is by itself."""
        return float(self.font.get_glyph_h_advance(number))

    def forget(self) -> None:
        """Forget the words that were shaped: they are people's."""
        self._shaped.clear()


def _shared(letters: str, count: int) -> list[str]:
    """Return the letters of shapes that belong together: one each, and all that are left for the last."""
    return [*(letters[at : at + 1] for at in range(count - 1)), letters[count - 1 :]]


_FACES: Final[dict[str, Face]] = {}


def face(name: str) -> Face:
    """Return a font, which is read at the first asking."""
    if name not in _FACES:
        _FACES[name] = Face(name)
    return _FACES[name]


def forget() -> None:
    """Forget the words that were shaped."""
    for each in _FACES.values():
        each.forget()


def font_of(letter: str, *, is_heavy: bool) -> str:
    """Return the name of the font for a letter, nothing if none has it."""
    at = bisect_right(_STARTS, ord(letter)) - 1
    if at < 0 or ord(letter) > RANGES[at][1]:
        return ""
    name = RANGES[at][2]
    light, *heavy = _WEIGHTS[name]
    if letter not in face(_file_name(name, light)).letters:
        return ""
    return _file_name(name, heavy[0] if is_heavy and heavy else light)


def _file_name(family: str, weight: str) -> str:
    return f"{family}-{weight}" if weight else family


def language(font: str) -> str:
    """Return the language of a font's letters, as far as it is known."""
    return LANGUAGES.get(font.partition("-")[0], "und")


def is_one(font: str) -> bool:
    """Return whether a font is one of these."""
    return font.partition("-")[0] in _WEIGHTS
