"""What somebody hears who has a PDF read aloud: its structure, resolved down to the words on the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf

_SHOWS = {"Tj", "TJ", "'", '"'}


@dataclass
class Part:
    """An element of the structure with its marks: (page from 0, mark on it)."""

    kind: str
    alt: str = ""
    scope: str = ""
    marks: list[tuple[int, int]] = field(default_factory=list)
    kids: list[Part] = field(default_factory=list)
    links: int = 0

    def all(self, kind: str = "") -> Iterator[Part]:
        """Yield the parts below, of a kind, in the order in which they are read."""
        for each in self.kids:
            if not kind or each.kind == kind:
                yield each
            yield from each.all(kind)


@dataclass
class Heard:
    """The structure of a document, and what is wrong with it."""

    root: Part
    said: dict[tuple[int, int], str]
    faults: list[str]
    about: dict[str, Any]

    def words(self, part: Part) -> str:
        """Return what is read for a part and all below it."""
        own = "".join(self.said.get(mark, "") for mark in part.marks)
        return " ".join(" ".join([own, *(self.words(each) for each in part.kids)]).split())

    def kinds(self, kind: str) -> list[str]:
        """Return the words of each part of a kind."""
        return [self.words(each) for each in self.root.all(kind)]


def heard(pdf: bytes) -> Heard:
    """Return the structure; faults are text outside of it, and marks that lead nowhere or to two places."""
    with pikepdf.open(BytesIO(pdf)) as document:
        pages = {page.obj.objgen: at for at, page in enumerate(document.pages)}
        faults: list[str] = []
        said = {mark: text for at in range(len(document.pages)) for mark, text in _page(document, at, faults)}
        tree = document.Root.StructTreeRoot
        root = _part(tree.K, pages, None)
        lists = dict(zip(*[iter(tree.ParentTree.Nums)] * 2, strict=True))
        _resolve(document, root, said, lists, faults)
        about = {
            "language": str(document.Root.Lang),
            "marked": bool(document.Root.MarkInfo.Marked),
            "title shown": bool(document.Root.ViewerPreferences.DisplayDocTitle),
            "title": str(document.open_metadata().get("dc:title")),
        }
    return Heard(root, said, faults, about)


def _page(document: pikepdf.Pdf, at: int, faults: list[str]) -> Iterator[tuple[tuple[int, int], str]]:
    page = document.pages[at]
    fonts = {str(name): _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    open_marks: list[int | None] = []
    found: dict[int, str] = {}
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            mark = operands[1].get("/MCID") if name == "BDC" else None
            if open_marks:
                faults.append(f"a mark within a mark on page {at + 1}")
            open_marks.append(None if mark is None else int(mark))
            if mark is not None:
                found[int(mark)] = ""
        elif name == "EMC":
            open_marks.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in _SHOWS or name == "Do":
            if not open_marks:
                faults.append(f"something outside of the structure on page {at + 1}: {operands}")
            elif open_marks[-1] is not None and name != "Do":
                text = "".join(font.get(code, "?") for code in bytes(operands[0]))
                found[open_marks[-1]] += text
    yield from (((at, mark), text) for mark, text in found.items())


def _letters(font: Any) -> dict[int, str]:
    """Return the letter of each code, as the font itself says to who copies text."""
    told = re.findall(rb"^<([0-9A-F]{2})> <([0-9A-F]{4,})>$", bytes(font.ToUnicode.read_bytes()), re.M)
    return {int(code, 16): bytes.fromhex(letter.decode()).decode("utf-16-be") for code, letter in told}


def _part(element: Any, pages: dict[Any, int], page: int | None) -> Part:
    if "/Pg" in element:
        page = pages[element.Pg.objgen]
    attributes = element.get("/A", {})
    part = Part(str(element.S)[1:], str(element.get("/Alt", "")), str(attributes.get("/Scope", ""))[1:])
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            part.marks.append((page if page is not None else -1, int(kid)))
        elif kid.get("/Type") == "/MCR":
            part.marks.append((pages[kid.Pg.objgen], int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            part.links += 1
        else:
            part.kids.append(_part(kid, pages, page))
    return part


def _resolve(
    document: pikepdf.Pdf, root: Part, said: dict[tuple[int, int], str], lists: dict[Any, Any],
    faults: list[str],
) -> None:  # fmt: skip
    told = [mark for part in [root, *root.all()] for mark in part.marks]
    if len(told) != len(set(told)):
        faults.append("a mark is read twice")
    if set(told) != set(said):
        faults.append(f"read but not on a page, or the other way: {set(told) ^ set(said)}")
    for at, page in enumerate(document.pages):
        owners = lists[page.obj.StructParents]
        if len(owners) != sum(mark[0] == at for mark in said) or any("/S" not in each for each in owners):
            faults.append(f"page {at + 1} does not know whose its marks are")
        if page.obj.Tabs != "/S":
            faults.append(f"page {at + 1} has no order for the tab key")
