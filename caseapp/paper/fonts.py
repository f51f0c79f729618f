"""The letters that paper can print: bundled fonts, the one for each letter, and a plain no for the rest.

Import this before anything of `reportlab.platypus`: that package fixes its base font when it is imported,
and would otherwise bring in Helvetica, which is never embedded and prints «Łukasz» as «■ukasz».
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from caseapp import words

REGULAR, SEMIBOLD = "SourceSans3-Regular", "SourceSans3-Semibold"
BOLD, ITALIC = "SourceSans3-Bold", "SourceSans3-It"
_LIGHT = (REGULAR, "NotoSansArmenian-Regular", "NotoSansGeorgian-Regular")
_HEAVY = (BOLD, "NotoSansArmenian-Bold", "NotoSansGeorgian-Bold")
_ALSO = {REGULAR: _LIGHT[1:], ITALIC: _LIGHT[1:], SEMIBOLD: _HEAVY[1:], BOLD: _HEAVY[1:]}

_MOST_NAMED = 12  # letters in one message; a page of Chinese would fill the screen


class Unprintable(ValueError):
    """A text holds letters that no bundled font has. Raised before anything is drawn."""


def _register() -> None:
    for name in {*_LIGHT, *_HEAVY, SEMIBOLD, ITALIC}:
        data = files("resources").joinpath("fonts", f"{name}.ttf").read_bytes()
        pdfmetrics.registerFont(TTFont(name, BytesIO(data)))
        # Each weight is a family of its own: weights are chosen by style, never by markup.
        pdfmetrics.registerFontFamily(name)
    rl_config.canvas_basefontname = rl_config.defaultGraphicsFontName = REGULAR
    # A picture named in somebody's text is never fetched or read.
    rl_config.useA85 = 0  # files are bytes: letters for them cost time and a quarter more room
    rl_config.trustedHosts, rl_config.trustedSchemes = [], ["data"]


_register()

# Signs that would turn or hide text are shown by name: what is printed must be what was written.
_NAMED_SIGNS = {
    0x061C: "ALM", 0x200E: "LRM", 0x200F: "RLM", 0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF",
    0x202D: "LRO", 0x202E: "RLO", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI",
}  # fmt: skip
# These only tell where a line may break or which shape is liked: nothing is lost without them.
_UNSEEN = (0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF)
_LINE_ENDS = (0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029)
_SIGNS: dict[int, str] = (
    {code: f"‹U+{code:04X}›" for code in (*range(9), *range(0x0E, 0x20), *range(0x7F, 0xA0))}
    | {code: f"‹{name}›" for code, name in _NAMED_SIGNS.items()}
    | dict.fromkeys(_UNSEEN, "")
    | dict.fromkeys(_LINE_ENDS, "\n")
    | dict.fromkeys((0x09, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
)


@cache
def _letters(font: str) -> frozenset[str]:
    face = pdfmetrics.getFont(font).face  # type: ignore[attr-defined]  # the stub knows the built-in fonts only
    return frozenset(map(chr, face.charToGlyph)) | {"\n"}


@cache
def _held() -> frozenset[str]:
    return _letters(REGULAR).union(*(_letters(font) for font in _LIGHT[1:]))


def shown(text: str) -> str:
    """Return the text as paper shows it: composed, hidden signs and pictures named, one kind of line end."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_SIGNS)
    if text.isascii() or _held().issuperset(text):
        return text
    pictures = [each for each in set(text) - _held() if unicodedata.category(each) in ("So", "Sk")]
    return text.translate({ord(each): f"‹{unicodedata.name(each, 'picture').lower()}›" for each in pictures})


def missing(text: str) -> list[str]:
    """Return each letter that cannot be printed, once, in the order of the text."""
    strange = set(shown(text)) - _held()
    return [letter for letter in dict.fromkeys(shown(text)) if letter in strange] if strange else []


def refuse_unprintable(texts: Iterable[tuple[str, str]]) -> None:
    """Raise Unprintable if a text holds a letter that no font has. `texts` are (where it stands, text)."""
    found: dict[str, list[str]] = {}
    for where, text in texts:
        if strange := missing(text):
            found[where] = list(dict.fromkeys([*found.get(where, []), *strange]))
    if found:
        places = words.listed([f"{_named(letters)} in {where}" for where, letters in found.items()])
        raise Unprintable(
            f"Nothing was printed: this program cannot print some letters yet. They are {places}. "
            "What was written is safe. Write them another way, or print without that part."
        )


def _named(letters: list[str]) -> str:
    named = [
        f"‘{letter}’"
        if letter.isprintable() and not unicodedata.combining(letter)
        else f"U+{ord(letter):04X}"
        for letter in letters[:_MOST_NAMED]
    ]
    more = len(letters) - len(named)
    return ", ".join(named) + (f" and {more:,} more" if more else "")


def runs(text: str, font: str) -> list[tuple[str, str]]:
    """Return (font, text) pieces: the font asked for, and another only where it lacks the letters."""
    text = shown(text)
    if _letters(font).issuperset(text):
        return [(font, text)]
    refuse_unprintable([("a text", text)])
    pieces: list[tuple[str, str]] = []
    for letter in text:
        chosen = next(each for each in (font, *_ALSO[font]) if letter in _letters(each))
        if pieces and pieces[-1][0] == chosen:
            pieces[-1] = (chosen, pieces[-1][1] + letter)
        else:
            pieces.append((chosen, letter))
    return pieces


class _Units(dict[str, float]):
    """How wide texts are in thousandths of the size: each is measured once for a document."""

    def __init__(self, font: str) -> None:
        super().__init__()
        self._font = font
        face = pdfmetrics.getFont(font).face  # type: ignore[attr-defined]  # as above
        self._wide = {chr(code): wide for code, wide in face.charWidths.items()}

    def __missing__(self, text: str) -> float:
        try:
            found = sum(map(self._wide.__getitem__, text))
        except KeyError:
            found = sum(
                pdfmetrics.stringWidth(piece, chosen, 1000) for chosen, piece in runs(text, self._font)
            )
        self[text] = found = float(found)
        return found


_units = cache(_Units)


def forget() -> None:
    """Forget the words that were measured: they are people's."""
    for font in {*_LIGHT, *_HEAVY, SEMIBOLD, ITALIC}:
        _units(font).clear()


def text_width(text: str, font: str, size: float) -> float:
    """Return how wide one line of text is, in points."""
    return 0.001 * size * _units(font)[text]


def widths(words: Iterable[str], font: str, size: float) -> list[float]:
    """Return how wide each of some words is, in points."""
    units, scale = _units(font), 0.001 * size
    return [scale * units[word] for word in words]


class Codes:
    """What stands in a document for the letters of a font, as far as they are in its first subset."""

    def __init__(self, canvas: Any, font: str) -> None:
        self._document, self._font = canvas._doc, pdfmetrics.getFont(font)
        self._table: dict[int, str] = {}
        self._held: set[str] = set()
        self._name = ""

    def code(self, text: str, size: float) -> str:
        """Return the operators that show a text; nothing if it has other letters too."""
        if not self._held.issuperset(text) and not self._learnt(text):
            return ""
        return f"{self._name} {size:.6g} Tf ({text.translate(self._table)}) Tj"

    def _learnt(self, text: str) -> bool:
        font: Any = self._font
        letters = set(text) - self._held
        if not all(ord(letter) in font.face.charToGlyph for letter in letters):
            return False
        for letter in sorted(letters):
            ((subset, code),) = font.splitString(letter, self._document)
            if subset:
                return False
            self._table[ord(letter)] = _escaped(code[0])
            self._held.add(letter)
        self._name = font.getSubsetInternalName(0, self._document)
        return True


def _escaped(code: int) -> str:
    if code < 32 or code > 126:
        return f"\\{code:03o}"
    return f"\\{chr(code)}" if chr(code) in "\\()" else chr(code)


def text_code(canvas: Any, text: str, font: str, size: float) -> str:
    """Return the operators that show a line of text within a text object."""
    codes = canvas.letter_codes.get(font)
    if codes is None:
        codes = canvas.letter_codes[font] = Codes(canvas, font)
    return codes.code(text, size) or _mixed_code(canvas, text, font, size)


def _mixed_code(canvas: Any, text: str, font: str, size: float) -> str:
    made = []
    for chosen, piece in runs(text, font):
        held: Any = pdfmetrics.getFont(chosen)
        for subset, codes in held.splitString(piece, canvas._doc):
            name = held.getSubsetInternalName(subset, canvas._doc)
            made.append(f"{name} {size:.6g} Tf ({''.join(map(_escaped, codes))}) Tj")
    return " ".join(made)


def draw_text(
    canvas: Canvas, x: float, y: float, text: str, font: str, size: float, *, align: float = 0
) -> None:
    """Draw one line of text. `align` is the share of its width that lies to the left of x."""
    x -= align * text_width(text, font, size)
    for chosen, piece in runs(text, font):
        canvas.setFont(chosen, size)
        canvas.drawString(x, y, piece)
        x += pdfmetrics.stringWidth(piece, chosen, size)
