"""A line of several fonts or directions: where each part of it stands, and what a reader is told of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

from reportlab.pdfbase import pdfmetrics

from caseapp.paper import directions, scripts
from caseapp.paper.glyphs import GlyphFont

SILENT: Final = "\u061c\u200c\u200d\u200e\u200f"
"""Signs that part or join letters, or say which way is meant, and are no letters themselves."""
_WITHOUT_SILENT: Final = str.maketrans("", "", SILENT)


class Part(NamedTuple):
    """Letters of one font that run one way."""

    font: str
    text: str
    level: int

    @property
    def is_turned(self) -> bool:
        """Return whether they run right to left."""
        return self.level % 2 == 1


def piece_width(font: str, text: str) -> float:
    """Return how wide letters of one font are, in thousandths of the size."""
    if scripts.is_one(font):
        is_turned = bool(directions.RIGHT_TO_LEFT.search(text))
        return scripts.face(font).shaped(text, is_turned=is_turned).wide
    return float(pdfmetrics.stringWidth(text.translate(_WITHOUT_SILENT), font, 1000))


def parts(pieces: Sequence[tuple[str, str]], levels: Sequence[int]) -> list[Part]:
    """Return the pieces of a line, (font, text) each, parted where the level of their letters changes."""
    made, at = [], 0
    for font, text in pieces:
        # What is seen the other way round is told by itself.
        alone = [place if ord(letter) in directions.MIRRORED else -1 for place, letter in enumerate(text)]
        for (level, _), row in groupby(
            zip(levels[at : at + len(text)], alone, text, strict=True), lambda each: each[:2]
        ):
            made.append(Part(font, "".join(letter for _, _, letter in row), level))
        at += len(text)
    return made


def language(pieces: Sequence[tuple[str, str]]) -> str:
    """Return the language of most letters of a text, nothing if most are of the document's own."""
    count = Counter[str]()
    for font, text in pieces:
        count[font if scripts.is_one(font) else ""] += len(text.replace(" ", ""))
    most = count.most_common(1)[0][0]
    return scripts.language(most) if most else ""


def code(canvas: Any, line: Sequence[Part], x: float, y: float, size: float) -> str:
    """Return the operators that draw a line, in the order in which it is read; for within a text object."""
    starts = _starts(line, x, size)
    made = []
    for part, start in zip(line, starts, strict=True):
        drawn = f"1 0 0 1 {start:.3f} {y:.3f} Tm {_part_code(canvas, part, size)}"
        made.append(_told(part, drawn))
    return " ".join(made)


def _starts(line: Sequence[Part], x: float, size: float) -> list[float]:
    starts = [0.0] * len(line)
    for at in directions.seen_order([each.level for each in line]):
        starts[at] = x
        x += piece_width(line[at].font, line[at].text) * size / 1000
    return starts


def _told(part: Part, drawn: str) -> str:
    """Return the operators with what a reader is told: the language, and the letters where shapes hide them.

    Readers expect letters that run right to left as they are seen, and turn them round themselves.
    """
    is_one = scripts.is_one(part.font)
    told = f"/Lang ({scripts.language(part.font)})" if is_one else ""
    if ord(part.text[0]) in directions.MIRRORED if part.is_turned else is_one:
        told += f"/ActualText <FEFF{part.text.encode('utf-16-be').hex()}>"
    return f"/Span <<{told}>> BDC {drawn} EMC" if told else drawn


def _part_code(canvas: Any, part: Part, size: float) -> str:
    if scripts.is_one(part.font):
        face = scripts.face(part.font)
        held = canvas.glyph_fonts.get(part.font)
        if held is None:
            held = canvas.glyph_fonts[part.font] = GlyphFont(canvas._doc, face)
        return str(held.code(face.shaped(part.text, is_turned=part.is_turned), size))
    text = part.text[::-1].translate(directions.MIRRORED) if part.is_turned else part.text
    return plain_code(canvas, part.font, text, size)


def plain_code(canvas: Any, font: str, text: str, size: float) -> str:
    """Return the operators that show letters of one font, a shape each."""
    held: Any = pdfmetrics.getFont(font)
    made = []
    for subset, codes in held.splitString(text.translate(_WITHOUT_SILENT), canvas._doc):
        name = held.getSubsetInternalName(subset, canvas._doc)
        made.append(f"{name} {size:.6g} Tf ({''.join(map(escaped, codes))}) Tj")
    return " ".join(made)


def escaped(code: int) -> str:
    """Return a letter's code as it stands in a string of the file."""
    if code < 32 or code > 126:
        return f"\\{code:03o}"
    return f"\\{chr(code)}" if chr(code) in "\\()" else chr(code)
