"""The letters that paper can print: bundled fonts, the one for each letter, and a plain no for the rest.

Import this before anything of `reportlab.platypus`: that package fixes its base font when it is imported,
and would otherwise bring in Helvetica, which is never embedded and prints «Łukasz» as «■ukasz».
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from caseapp import words
from caseapp.paper import directions, mixed, scripts

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
_UNSEEN = (0x00AD, 0x200B, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF)
# Between letters of Persian or Hindi these part or join them; elsewhere they only hold pictures together.
_JOINERS = "\u200c\u200d"
_IDLE_JOINERS = re.compile(
    f"(?<![\u0590-\u109f\u1780-\u17ff\u1cd0-\u1cff\ua8e0-\ua9ff\uaa60-\uaa7f{_JOINERS}])[{_JOINERS}]+"
)
# In writing from right to left these say which side a stop or a number belongs to.
_WAYS = "\u061c\u200e\u200f"
_LINE_ENDS = (0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029)
_SIGNS: dict[int, str] = (
    {code: f"‹U+{code:04X}›" for code in (*range(9), *range(0x0E, 0x20), *range(0x7F, 0xA0))}
    | {code: f"‹{name}›" for code, name in _NAMED_SIGNS.items()}
    | {0xE0000 + code: chr(code) for code in range(0x21, 0x7F)}  # which land's flag a picture is
    | dict.fromkeys((*_UNSEEN, 0xE007F), "")
    | dict.fromkeys(_LINE_ENDS, "\n")
    | dict.fromkeys((0x09, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
)
# Writing without spaces between words.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_NEVER_FIRST = frozenset(mixed.SILENT + "、。，．：；！？）］｝」』】〉》々ー”’")
_NEVER_LAST = frozenset(
    "“‘（［｛「『【〈《" + "".join(map(chr, (*range(0x0E40, 0x0E45), *range(0x0EC0, 0x0EC5))))
)
_JOINS_THE_NEXT = 9  # the combining class of a virama
_SIGN_KINDS = frozenset({"So", "Sk", "Sm", "Me", "No", "Po", "Pd"})
_TURNING_SIGNS = {code: name for code, name in _SIGNS.items() if chr(code) not in _WAYS}


@cache
def _letters(font: str) -> frozenset[str]:
    if scripts.is_one(font):
        return scripts.face(font).letters
    face = pdfmetrics.getFont(font).face  # type: ignore[attr-defined]  # the stub knows the built-in fonts only
    return frozenset(map(chr, face.charToGlyph)) | {"\n"}


@cache
def _held() -> frozenset[str]:
    return _letters(REGULAR).union(*(_letters(font) for font in _LIGHT[1:]))


def shown(text: str) -> str:
    """Return the text as paper shows it: composed, hidden signs and pictures named, one kind of line end."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    text = text.translate(_TURNING_SIGNS if directions.RIGHT_TO_LEFT.search(text) else _SIGNS)
    if text.isascii() or _held().issuperset(text):
        return text
    text = _IDLE_JOINERS.sub("", text)
    return text.translate({ord(each): told for each in _strange(text) if (told := _told(each))})


def _told(letter: str) -> str:
    """Return what stands for a sign, or a letter of a fancy alphabet; nothing for one of any writing."""
    kind, _, plain = unicodedata.decomposition(letter).partition(" ")
    if kind == "<font>":
        return chr(int(plain, 16))
    name = unicodedata.name(letter, "picture").lower()
    return f"‹{name}›" if unicodedata.category(letter) in _SIGN_KINDS else ""


def _strange(text: str) -> set[str]:
    """Return the letters of a text that no font has."""
    unusual = set(text).difference(_held(), mixed.SILENT)
    return {each for each in unusual if not scripts.font_of(each, is_heavy=False)}


def missing(text: str) -> list[str]:
    """Return each letter that cannot be printed, once, in the order of the text."""
    text = shown(text)
    strange = _strange(text)
    return [letter for letter in dict.fromkeys(text) if letter in strange] if strange else []


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


def kept_in_order(parts: Iterable[str]) -> list[str]:
    """Return the parts that hold words; each stays in its place when one before it runs right to left."""
    told = [each for each in parts if each]
    if not any(directions.RIGHT_TO_LEFT.search(each) for each in told):
        return told
    return [f"\u200e{each}\u200e" for each in told]


def is_plain(text: str) -> bool:
    """Return whether the text runs left to right, a letter a shape."""
    return text.isascii() or _held().issuperset(text)


def breaks_anywhere(word: str) -> bool:
    """Return whether a line may end after any letter of it, as in Chinese."""
    return not word.isascii() and bool(_UNSPACED.search(word))


def clusters(word: str) -> list[str]:
    """Return the letters of a word, each with what stands on it or joins it to the next."""
    if is_plain(word):
        return list(word)
    made = [word[0]]
    for letter in word[1:]:
        before = made[-1][-1]
        if (
            unicodedata.category(letter)[0] == "M"
            or unicodedata.combining(before) == _JOINS_THE_NEXT
            or before in _NEVER_LAST
            or letter in _NEVER_FIRST
            or (before.isascii() and letter.isascii())
        ):
            made[-1] += letter
        else:
            made.append(letter)
    return made


def pieces(text: str, font: str) -> list[tuple[str, str]]:
    """Return (font, text) pieces: the font asked for, and another only where it lacks the letters."""
    if _letters(font).issuperset(text):
        return [(font, text)]
    if _strange(text):
        text = shown(text)
        refuse_unprintable([("a text", text)])
    made: list[tuple[str, str]] = []
    for letter in text:
        chosen = _font_of(letter, font, made[-1][0] if made else font)
        if made and made[-1][0] == chosen:
            made[-1] = (chosen, made[-1][1] + letter)
        else:
            made.append((chosen, letter))
    return made


def _font_of(letter: str, font: str, before: str) -> str:
    """Return the font for a letter after one of another font: signs stay with what they belong to."""
    if letter in mixed.SILENT or (unicodedata.category(letter) == "Mn" and letter in _letters(before)):
        return before
    for each in (font, *_ALSO[font]):
        if letter in _letters(each):
            return each
    return scripts.font_of(letter, is_heavy=font in (BOLD, SEMIBOLD))


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
            found = sum(mixed.piece_width(chosen, piece) for chosen, piece in pieces(text, self._font))
        self[text] = found = float(found)
        return found


_units = cache(_Units)


def forget() -> None:
    """Forget the words that were measured: they are people's."""
    for font in {*_LIGHT, *_HEAVY, SEMIBOLD, ITALIC}:
        _units(font).clear()
    scripts.forget()


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
            self._table[ord(letter)] = mixed.escaped(code[0])
            self._held.add(letter)
        self._name = font.getSubsetInternalName(0, self._document)
        return True


def text_code(canvas: Any, text: str, font: str, size: float) -> str:
    """Return the operators that show a plain line of text within a text object."""
    codes = canvas.letter_codes.get(font)
    if codes is None:
        codes = canvas.letter_codes[font] = Codes(canvas, font)
    return codes.code(text, size) or " ".join(
        mixed.plain_code(canvas, chosen, piece, size) for chosen, piece in pieces(text, font)
    )


def language(text: str) -> str:
    """Return the language of a text, nothing if it is the document's own."""
    return mixed.language(pieces(text, REGULAR))


def placed_code(
    canvas: Any, x: float, y: float, text: str, levels: Sequence[int], font: str, size: float
) -> str:
    """Return the operators that show a line whose letters have these levels, where it stands."""
    return mixed.code(canvas, mixed.parts(pieces(text, font), levels), x, y, size)


def draw_text(
    canvas: Canvas, x: float, y: float, text: str, font: str, size: float, *, align: float = 0,
    way: int | None = None,
) -> None:  # fmt: skip
    """Draw one line of text. `align` is the share of its width that lies to the left of x.

    `way` is 0 where it reads from left to right whatever a name in it is written in.
    """
    text = shown(text)
    x -= align * text_width(text, font, size)
    if not is_plain(text):
        levels = directions.levels(text, directions.base(text) if way is None else way)
        placed = placed_code(canvas, x, y, text, levels, font, size)
        canvas._code.append(f"BT {placed} ET")  # type: ignore[attr-defined]  # reportlab's own list of operators
        return
    for chosen, piece in pieces(text, font):
        canvas.setFont(chosen, size)
        canvas.drawString(x, y, piece)
        x += pdfmetrics.stringWidth(piece, chosen, size)
