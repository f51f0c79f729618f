"""Words on paper: a paragraph of one style, which is broken into lines once for a width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from caseapp.paper import directions, fonts
from caseapp.paper.tags import Element

# isort: split
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")  # spaces that hold are none
# A telephone number stays on one line.
_KEPT_BREAKS = re.compile(r"[^\S\u00a0\u202f]+(?:(?<!\d )|(?!\d{3}))")
_SHARES: dict[object, float] = {TA_CENTER: 0.5, TA_RIGHT: 1.0}
_NO_ROOM = 1e-6
_A_FEW_WORDS = 0.35  # of a line
_FEW_LETTERS = 6  # a last line of so few looks like a slip
_KINDS = {
    "title": "H1", "cover_title": "H1", "child_title": "H1", "own_title": "H1",
    "section": "H2", "own_head": "H2", "easy": "H2",
}  # fmt: skip


class Line(NamedTuple):
    """A line of a paragraph, how wide it is in points, and the level of each letter unless all are plain."""

    text: str
    wide: float
    levels: Sequence[int] = ()


class Words(Flowable):
    """A paragraph without markup: text from people is never read as anything but text.

    `way` is 1 if it runs right to left; `is_among` says that there is more of the same text above or below.
    """

    def __init__(self, text: str, style: ParagraphStyle, way: int = 0, *, is_among: bool = False) -> None:
        super().__init__()
        self.text, self.style = text, style
        self._way, self._is_among = way, is_among
        self._lines: list[Line] = []
        self._for_width = -1.0
        self._element: Element | None = None
        self._goes_on = False
        self.height = 0.0

    def getSpaceBefore(self) -> float:
        """Return the room above it."""
        return float(self.style.spaceBefore)

    def getSpaceAfter(self) -> float:
        """Return the room below it."""
        return float(self.style.spaceAfter)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size; lines are broken anew for another width only."""
        if width < _NO_ROOM:
            return 0.0, 1e9
        if width != self._for_width:
            self._lines = broken(self.text, self.style, width)
            if not fonts.is_plain(self.text):
                self._lines = _levelled(self._lines, self.text, self._way)
            self._for_width = self.width = width
            self.height = len(self._lines) * self.style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return what fits and what is left, two lines at least each; nothing if it does not part well."""
        self.wrap(width, height)
        fit, count = int(height / self.style.leading), len(self._lines)
        if fit <= 1:
            return []
        if count <= fit:
            return [self]
        if count == fit + 1:
            fit -= 1
            if count <= 3:
                return []
        self._element = self._element or self._new_element()
        return [
            self._part(self._lines[:fit], goes_on=True),
            self._part(self._lines[fit:], goes_on=self._goes_on),
        ]

    def _part(self, lines: list[Line], *, goes_on: bool) -> Words:
        between = "" if lines[0].levels else " "
        part = Words(between.join(each.text for each in lines), self.style, self._way, is_among=True)
        part._lines, part._for_width, part.width = lines, self._for_width, self._for_width
        part.height = len(lines) * self.style.leading
        part._element, part._goes_on = self._element, goes_on
        return part

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw the lines, without a state of their own: each of them names its font and ink."""
        style = self.style
        if not self._lines:
            return
        ascent = pdfmetrics.getAscentDescent(style.fontName, style.fontSize)[0]
        base, ink = y + self.height - ascent, style.textColor
        code = [f"{ink.red:.4g} {ink.green:.4g} {ink.blue:.4g} rg BT {style.leading:.6g} TL"]
        code += self._placed(canvas, x, base) if self._lines[0].levels else self._flowing(canvas, x, base)
        code.append("ET")
        if self._lines[0].levels and not self._element:
            self._element = self._new_element()
        canvas.write(" ".join(code), _KINDS.get(style.name, "P"), self._element)

    def _new_element(self) -> Element:
        """Return what it is in the structure, with its words where shapes hide them."""
        kind = _KINDS.get(self.style.name, "P")
        if fonts.is_plain(self.text):
            return Element(kind)
        return Element(kind, words=self.text, language=fonts.language(self.text))

    def _flowing(self, canvas: Any, x: float, base: float) -> list[str]:
        """Return the operators of lines that all run left to right, a letter a shape."""
        style, code = self.style, list[str]()
        size, leading = style.fontSize, style.leading
        share = _SHARES.get(style.alignment, 0.0)
        if not share:
            code.append(f"1 0 0 1 {x:.3f} {base:.3f} Tm")
        last = len(self._lines) - 1
        for at, (line, wide, _) in enumerate(self._lines):
            spare = self.width - wide
            if share:
                code.append(f"1 0 0 1 {x + share * max(spare, 0):.3f} {base - at * leading:.3f} Tm")
            if spare < 0 and (spaces := line.count(" ") + line.count("\u00a0")):
                code.append(f"{spare / spaces:.6f} Tw")
            # Without a space at its end the last word of a line is read together with the first of the next.
            ended = line if at == last and not self._goes_on else f"{line} "
            code.append(fonts.text_code(canvas, ended, style.fontName, size))
            if spare < 0:
                code.append("0 Tw")
            if not share and at < last:
                code.append("T*")
        return code

    def _placed(self, canvas: Any, x: float, base: float) -> list[str]:
        """Return the operators of lines with letters that join or run right to left."""
        style, code = self.style, list[str]()
        share = _SHARES.get(style.alignment, 1.0 if self._stands_right() else 0.0)
        for at, (line, wide, levels) in enumerate(self._lines):
            start, level = x + share * max(self.width - wide, 0), base - at * style.leading
            code.append(fonts.placed_code(canvas, start, level, line, levels, style.fontName, style.fontSize))
        return code

    def _stands_right(self) -> bool:
        """Return whether it begins at the right: a name or a few words stay beside their label."""
        is_long = self._is_among or len(self._lines) > 1 or self._lines[0].wide > _A_FEW_WORDS * self.width
        return self._way == 1 and is_long


def _levelled(lines: Sequence[Line], text: str, way: int) -> list[Line]:
    """Return lines with the levels of their letters in the whole text, and the spaces between them."""
    whole = " ".join(each for each in _BREAKS.split(text) if each)
    levels, at, made = directions.levels(whole, way), 0, []
    for line, wide, _ in lines:
        end = at + len(line)
        space = " " if whole[end : end + 1] == " " else ""
        # Where it is seen does not matter, but it must not stand between the edge and the words.
        made.append(Line(line + space, wide, [*levels[at:end], *([0] * len(space))]))
        at = end + len(space)
    return made


def broken(text: str, style: ParagraphStyle, width: float) -> list[Line]:
    """Return the text in lines for a width; a word that is wider is cut.

    A line may be wider by what its spaces can shrink.
    """
    font, size = style.fontName, style.fontSize
    space = fonts.text_width(" ", font, size)
    shrinks = space * float(style.spaceShrinkage) if fonts.is_plain(text) else 0.0
    lines: list[Line] = []
    line: list[str] = []
    used = 0.0
    words, wide = _words(text, font, size, width)
    for at, needed in enumerate(wide):
        word = words[at]
        if line and used + space + needed <= width + shrinks * len(line):
            line.append(word)
            used += space + needed
            continue
        if (needed > width or fonts.breaks_anywhere(word)) and len(
            pieces := _cut(word, font, size, width, used + space if line else 0.0)
        ) > 1:
            first, *whole, word = pieces
            lines.append(_line([*line, first] if first else line, font, size))
            lines += [_line([each], font, size) for each in whole]
            needed = fonts.text_width(word, font, size)
        elif line:
            lines.append(Line(" ".join(line), used))
        line, used = [word], needed
    if lines and len(line) == 1 and line[0] == words[-1] and len(line[0]) <= _FEW_LETTERS:
        return _in_company(lines, line[0], font, size, width)
    return [*lines, Line(" ".join(line), used)] if line else lines


def _words(text: str, font: str, size: float, width: float) -> tuple[list[str], Sequence[float]]:
    """Return what may stand on lines of its own, and how wide each is."""
    words = unbroken(text)
    wide = fonts.widths(words, font, size)
    if any(needed > width and " " in word for word, needed in zip(words, wide, strict=True)):
        words = [each for each in _BREAKS.split(text) if each]
        wide = fonts.widths(words, font, size)
    return words, wide


def unbroken(text: str) -> list[str]:
    """Return the parts of a text that each stay on one line: its words and telephone numbers."""
    return [each for each in _KEPT_BREAKS.split(text) if each]


def _in_company(lines: list[Line], last: str, font: str, size: float, width: float) -> list[Line]:
    """Return lines that end in a very short word: the one before it comes along, if there is room."""
    *stay, word = _KEPT_BREAKS.split(lines[-1].text)
    together = _line([word, last], font, size)
    if not stay or together.wide > width:
        return [*lines, _line([last], font, size)]
    return [*lines[:-1], _line(stay, font, size), together]


def _line(words: Sequence[str], font: str, size: float) -> Line:
    text = " ".join(words)
    return Line(text, fonts.text_width(text, font, size))


def _cut(word: str, font: str, size: float, width: float, used: float) -> list[str]:
    """Return a long word in pieces, the first of which goes on where so much of the line is used."""
    pieces, piece = [], ""
    for letter in fonts.clusters(word):
        needed = fonts.text_width(letter, font, size)
        if used + needed > width and (piece or used):
            pieces.append(piece)
            piece, used = "", 0.0
        piece += letter
        used += needed
    return [*pieces, piece]
