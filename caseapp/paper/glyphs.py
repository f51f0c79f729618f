"""Shapes in a file: a font of those that were drawn, what they stand for, the operators that draw them."""

from __future__ import annotations

import struct
from typing import Any, Final

import uharfbuzz
from reportlab.pdfbase import pdfdoc

from caseapp.paper.packed import Code
from caseapp.paper.scripts import Face, Glyph, Shaped

_NOTHING: Final = "\u200b"  # what a shape stands for that adds no letter: a reader must find something
_MOST_AT_ONCE: Final = 100  # entries in one list of what shapes stand for, as the format has it
_LEFT_OUT: Final = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "cmap",
    "name",
    "post",
    "OS/2",
)  # shapes are chosen and placed
_LETTERS_OF_DIGITS: Final = str.maketrans("0123456789", "ABCDEFGHIJ")  # the mark of a subset is in capitals
_SYMBOLIC: Final = 4  # the flag of a font whose codes are its own
_CMAP = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{lists}\n"
    "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
)


class GlyphFont:
    """A font in one document: each shape with what it stands for has a code of its own."""

    def __init__(self, document: Any, face: Face) -> None:
        self._face = face
        self.name = f"S{len(document.delayedFonts) + 1}"
        self._codes: dict[tuple[int, str], int] = {}
        document.delayedFonts.append(self)

    def code(self, shaped: Shaped, size: float) -> str:
        """Return the operators that draw shapes from where the text stands."""
        made: list[str] = []
        drawn = up = 0.0
        for each in shaped.glyphs:
            if each.up != up:
                made.append(f"] TJ {each.up * size / 1000:.4g} Ts [")
                up = each.up
            if apart := round(drawn - each.across, 2):
                made.append(f"{apart:g}")
            made.append(f"<{self._code(each):04X}>")
            drawn = each.across + self._face.width_of(each.number)
        end = " 0 Ts" if up else ""
        return f"/{self.name} {size:.6g} Tf [{' '.join(made)}] TJ{end}"

    def _code(self, glyph: Glyph) -> int:
        return self._codes.setdefault((glyph.number, glyph.letters or _NOTHING), len(self._codes) + 1)

    def addObjects(self, document: Any) -> None:
        """Write the font into the file: reportlab asks each font for this at the end."""
        subset, places = self._subset()
        name = f"{self.name}AAAA"[:5].translate(_LETTERS_OF_DIGITS) + f"A+{self._face.name}"
        described = _number(
            document,
            f"<</Type/FontDescriptor/FontName/{name}/Flags {_SYMBOLIC}/ItalicAngle 0/StemV 80"
            f"{self._measures()}/FontFile2 {_stream(document, subset, Length1=len(subset))} 0 R>>",
        )
        inner = _number(
            document,
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/FontDescriptor {described} 0 R"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/DW 0/W[1[{self._widths()}]]/CIDToGIDMap {_stream(document, places)} 0 R>>",
        )
        meanings = _stream(document, self._meanings().encode())
        font = Code(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
            f"/DescendantFonts[{inner} 0 R]/ToUnicode {meanings} 0 R>>"
        )
        document.idToObject["BasicFonts"].dict[self.name] = document.Reference(font)

    def _subset(self) -> tuple[bytes, bytes]:
        """Return the font with the drawn shapes only, and for each code where its shape is in it."""
        wanted = uharfbuzz.SubsetInput()
        wanted.glyph_set.update({number for number, _ in self._codes})
        wanted.drop_table_tag_set.update(map(_tag, _LEFT_OUT))
        wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
        plan = uharfbuzz.SubsetPlan(self._face.face, wanted)
        moved = plan.old_to_new_glyph_mapping
        places = b"".join(moved[number].to_bytes(2, "big") for number, _ in self._codes)
        return bytes(plan.execute().blob.data), b"\0\0" + places

    def _measures(self) -> str:
        """Return how high and how wide its shapes are at most."""
        head = self._face.face.reference_table("head").data
        scale = 1000 / self._face.face.upem
        box = " ".join(f"{each * scale:.0f}" for each in struct.unpack(">4h", head[36:44]))
        reach = self._face.font.get_font_extents("ltr")
        up, down = reach.ascender, reach.descender
        return f"/FontBBox[{box}]/Ascent {up}/Descent {down}/CapHeight {up}"

    def _widths(self) -> str:
        return " ".join(f"{self._face.width_of(number):g}" for number, _ in self._codes)

    def _meanings(self) -> str:
        """Return the list of the letters that each code stands for."""
        rows = [
            f"<{code:04X}> <{letters.encode('utf-16-be').hex()}>"
            for (_, letters), code in self._codes.items()
        ]
        parts = [rows[start : start + _MOST_AT_ONCE] for start in range(0, len(rows), _MOST_AT_ONCE)]
        lists = [f"{len(part)} beginbfchar\n{chr(10).join(part)}\nendbfchar" for part in parts]
        return _CMAP.format(lists="\n".join(lists))


def _tag(name: str) -> int:
    return int.from_bytes(name.encode(), "big")


def _number(document: Any, code: str) -> int:
    """Return the number that an object of this code gets in the file."""
    name = document.Reference(Code(code)).name
    return int(document.idToObjectNumberAndVersion[name][0])


def _stream(document: Any, content: bytes, **said: int) -> int:
    """Return the number of a stream of bytes."""
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(said), content, filters=[pdfdoc.PDFZCompress])
    return int(document.idToObjectNumberAndVersion[document.Reference(stream).name][0])
