"""The file as it is written: what is no stream stands together in compressed ones.

reportlab writes each part of the structure as an object of its own, uncompressed, with twenty bytes more to
find it by: of a tagged plan that is half of the file. PDF 1.5 has streams of objects for this.
"""

from __future__ import annotations

import zlib
from typing import Any, Final

# isort: split
from reportlab.pdfbase import pdfdoc

_TOGETHER: Final = 200  # objects in a stream: a reader unpacks all of them to see one
_HEADER: Final = b"%%PDF-%d.%d\n%%\xe2\xe3\xcf\xd3\n"
_FREE, _PLAIN, _PACKED = 0, 1, 2


class Code(pdfdoc.PDFObject):
    """An object of the file whose code is known."""

    __RefOnly__ = 1

    def __init__(self, code: str = "") -> None:
        self.code = code

    def format(self, document: Any) -> bytes:
        """Return the code."""
        return self.code.encode("latin-1")


def packed(document: Any) -> bytes:
    """Return the bytes of a document of reportlab's, which is ready to be written."""
    # Asked for before the others are written, as the catalogue and the title are found by their numbers.
    ends = {"Root": document.Reference(document.Catalog), "Info": document.Reference(document.info)}
    parts = _parts(document)
    file = bytearray(_HEADER % document._pdfVersion)
    places: dict[int, tuple[int, int, int]] = {0: (_FREE, 0, 65_535)}
    for number, code in parts.items():
        if _is_stream(code):
            places[number] = (_PLAIN, len(file), 0)
            file += b"%d 0 obj\n%s\nendobj\n" % (number, code)
    loose = [number for number, code in parts.items() if not _is_stream(code)]
    following = len(parts) + 1
    for start in range(0, len(loose), _TOGETHER):
        together = loose[start : start + _TOGETHER]
        places |= {number: (_PACKED, following, at) for at, number in enumerate(together)}
        places[following] = (_PLAIN, len(file), 0)
        file += b"%d 0 obj\n%s\nendobj\n" % (following, _of_objects({each: parts[each] for each in together}))
        following += 1
    places[following] = (_PLAIN, len(file), 0)
    told = b"".join(b"/%s %s" % (name.encode(), _code(each, document)) for name, each in ends.items())
    told += b"/ID" + _code(document.ID(), document)
    end = b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(file)
    return bytes(file + b"%d 0 obj\n%s" % (following, _of_places(places, told)) + end)


def _parts(document: Any) -> dict[int, bytes]:
    """Return the code of each object by its number, from 1; while one is written others may come up."""
    document.encrypt.prepare(document)
    found: dict[int, bytes] = {}
    while (number := len(found) + 1) in document.numberToId:
        found[number] = _code(
            document.idToObject[document.numberToId[number]], document, toplevel=True
        ).strip()
    return found


def _code(thing: Any, document: Any, *, toplevel: bool = False) -> bytes:
    made = pdfdoc.format(thing, document, toplevel=toplevel)
    return made if isinstance(made, bytes) else bytes(pdfdoc.pdfdocEnc(made))


def _is_stream(code: bytes) -> bool:
    return code.endswith(b"endstream")


def _of_objects(parts: dict[int, bytes]) -> bytes:
    """Return a stream of objects: first where each begins, then all of them."""
    starts, at = [], 0
    for number, code in parts.items():
        starts.append(b"%d %d" % (number, at))
        at += len(code) + 1
    first = b" ".join(starts) + b"\n"
    named = b"/Type/ObjStm/N %d/First %d" % (len(parts), len(first))
    return _stream(named, first + b"\n".join(parts.values()))


def _of_places(places: dict[int, tuple[int, int, int]], told: bytes) -> bytes:
    """Return the stream that says where each object is: in the file, or in which stream as which."""
    rows = b"".join(
        kind.to_bytes(1, "big") + where.to_bytes(4, "big") + at.to_bytes(2, "big")
        for _, (kind, where, at) in sorted(places.items())
    )
    return _stream(b"/Type/XRef/W[1 4 2]/Size %d%s" % (len(places), told), rows)


def _stream(named: bytes, content: bytes) -> bytes:
    small = zlib.compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (named, len(small), small)
