"""What a document is to who hears it read: headings, paragraphs, lists, tables, figures, artifacts.

reportlab marks nothing by itself. A canvas of this kind notes what is drawn as what, in the order of the
story, and writes the tree of it into the file, with the language and the title of the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from caseapp.paper import fonts
from caseapp.paper.packed import Code, packed

# isort: split
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

LANGUAGE = "en-GB"
_ON_PAPER = 4  # the flag of a link that is printed as it is shown
PDF_VERSION = (1, 7)
_TAKES_TEXT = frozenset({"TD", "TH", "Lbl", "LBody"})  # what holds one paragraph holds its text itself
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1">'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    "<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>"
    '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
)


class Element:
    """A part of the structure. `kids` are elements, (page from 0, mark on it) and references to links.

    `words` and `language` are told where they are not plain from what is drawn.
    """

    __slots__ = ("alt", "attributes", "is_placed", "kids", "kind", "language", "words")

    def __init__(
        self, kind: str, *, alt: str = "", attributes: str = "", words: str = "", language: str = ""
    ) -> None:
        self.kind, self.alt, self.attributes = kind, alt, attributes
        self.words, self.language = words, language
        self.kids: list[Element | tuple[int, int] | str] = []
        self.is_placed = False


class TaggedCanvas(Canvas):
    """A canvas that knows as what each thing is drawn."""

    _code: list[str]
    _doc: Any
    _absRect: Any
    _addAnnotation: Any
    _bookmarkReference: Any

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{**more, "pdfVersion": PDF_VERSION})
        self._root = Element("Document")
        self._around = [self._root]
        self._marks: dict[int, int] = {}
        self._links: list[tuple[pdfdoc.LinkAnnotation, Element, int]] = []
        self.letter_codes: dict[str, fonts.Codes] = {}
        self.glyph_fonts: dict[str, Any] = {}
        self.is_marked = False

    @contextmanager
    def inside(self, element: Element) -> Iterator[None]:
        """Let what is drawn belong to an element; it is added where it is first drawn."""
        if not self.is_marked:
            self._add(element)
        self._around.append(element)
        try:
            yield
        finally:
            self._around.pop()

    @contextmanager
    def marked(self, kind: str, *, alt: str = "", element: Element | None = None) -> Iterator[None]:
        """Draw as something of a kind, as more of an `element`, or without a kind as decoration.

        What is part of something already stays that.
        """
        if self.is_marked:
            yield
            return
        self._code.append(self._mark(element or Element(kind, alt=alt)) if kind else "/Artifact BMC")
        self.is_marked = True
        try:
            yield
        finally:
            self._code.append("EMC")
            self.is_marked = False

    @contextmanager
    def edge(self, place: str) -> Iterator[None]:
        """Draw what is not read with the text: a «Header», a «Footer», a «Watermark» of the page."""
        was_marked = self.is_marked
        if not was_marked:
            self._code.append(f"/Artifact <</Type /Pagination /Subtype /{place}>> BDC")
        self.is_marked = True
        try:
            yield
        finally:
            if not was_marked:
                self._code.append("EMC")
            self.is_marked = was_marked

    def write(self, code: str, kind: str, element: Element | None) -> None:
        """Add drawn text as a paragraph or heading, or as more of an `element`."""
        if self.is_marked:
            self._code.append(code)
        else:
            self._code += (self._mark(element or Element(kind)), code, "EMC")

    def link(self, words: str, key: str, box: tuple[float, float, float, float]) -> Element:
        """Make a place of the page a link to a bookmark, and return it; `words` say where it leads."""
        element = Element("Link", alt=words)
        annotation = _Link(
            Rect=self._absRect(box, 1), Contents=words, Destination=self._bookmarkReference(key),
            Border="[0 0 0]", F=_ON_PAPER,
        )  # fmt: skip
        self._addAnnotation(annotation)
        self._links.append((annotation, element, self.getPageNumber() - 1))
        return element

    def _add(self, element: Element) -> None:
        """Put an element into what is around it, once: what runs on over pages is there already."""
        if not element.is_placed:
            element.is_placed = True
            self._around[-1].kids.append(element)

    def _mark(self, element: Element) -> str:
        self._add(element)
        page = self.getPageNumber() - 1
        mark = self._marks.get(page, 0)
        self._marks[page] = mark + 1
        element.kids.append((page, mark))
        return f"/{element.kind} <</MCID {mark}>> BDC"

    def save(self) -> None:
        """Write the file with its structure."""
        _Writer(self._doc, self._marks).write(self._root, self._links)
        catalog = self._doc.Catalog
        catalog.Lang = pdfdoc.PDFString(LANGUAGE)
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalog.Metadata = _Metadata(self._doc.info.title)
        self.setViewerPreference("DisplayDocTitle", "true")
        self._doc.format = partial(packed, self._doc)
        super().save()


class _Link(pdfdoc.LinkAnnotation):
    """A link that knows its place in the structure."""

    permitted = (*pdfdoc.LinkAnnotation.permitted, "StructParent")


class _Metadata(pdfdoc.PDFStream):
    """What the file says of itself to programs."""

    def __init__(self, title: str) -> None:
        told = _XMP.format(title=escape(title), language=LANGUAGE).encode()
        named = {"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}
        super().__init__(pdfdoc.PDFDictionary(named), told, filters=[])


class _Writer:
    """Writes elements into a file, and for each page the list of whose its marks are."""

    def __init__(self, document: Any, marks: dict[int, int]) -> None:
        self._document = document
        self._pages = [self._number(each) for each in document.Pages.pages]
        self._owners = [[0] * marks.get(page, 0) for page in range(len(self._pages))]
        self._of_element: dict[int, int] = {}

    def _number(self, thing: Any) -> int:
        """Return the number of an object in the file, which it gets at the first asking."""
        name = self._document.Reference(thing).name
        return int(self._document.idToObjectNumberAndVersion[name][0])

    def write(self, root: Element, links: Sequence[tuple[pdfdoc.LinkAnnotation, Element, int]]) -> None:
        """Write the tree below the root, and point to it from pages, links and catalogue."""
        first = len(self._pages)
        for at, (annotation, element, page) in enumerate(links):
            annotation.otherkw["StructParent"] = first + at
            there = f"<</Type/OBJR/Obj {self._number(annotation)} 0 R/Pg {self._pages[page]} 0 R>>"
            element.kids.append(there)
        tree, lists = Code(), Code()
        number = self._number(tree)
        whole = self._element(root, number)
        tree.code = (
            f"<</Type/StructTreeRoot/K {whole} 0 R/ParentTree {self._number(lists)} 0 R"
            f"/ParentTreeNextKey {first + len(links)}>>"
        )
        rows = [
            self._number(Code("[" + " ".join(f"{each} 0 R" for each in owners) + "]"))
            for owners in self._owners
        ]
        rows += [self._of_element[id(element)] for _, element, _ in links]
        lists.code = "<</Nums[" + " ".join(f"{key} {each} 0 R" for key, each in enumerate(rows)) + "]>>"
        for page, each in enumerate(self._document.Pages.pages):
            each.__NoDefault__ = [*each.__NoDefault__, "StructParents", "Tabs"]
            each.StructParents, each.Tabs = page, pdfdoc.PDFName("S")
        self._document.Catalog.StructTreeRoot = tree

    def _element(self, element: Element, parent: int) -> int:
        made = Code()
        number = self._of_element[id(element)] = self._number(made)
        kids, told = element.kids, element
        while element.kind in _TAKES_TEXT and len(kids) == 1 and isinstance(only := kids[0], Element):
            if only.kind != "P":
                break
            kids, told = only.kids, only
        first = next((each[0] for each in kids if isinstance(each, tuple)), None)
        parts = [self._kid(each, number, first) for each in kids]
        made.code = "".join((
            f"<</S/{element.kind}/P {parent} 0 R",
            "" if first is None else f"/Pg {self._pages[first]} 0 R",
            f"/Alt {_text(element.alt)}" if element.alt else "",
            f"/ActualText {_text(told.words)}" if told.words else "",
            f"/Lang ({told.language})" if told.language else "",
            f"/A {element.attributes}" if element.attributes else "",
            "/K[" + " ".join(parts) + "]" if len(parts) != 1 else f"/K {parts[0]}",
            ">>",
        ))  # fmt: skip
        return number

    def _kid(self, kid: Element | tuple[int, int] | str, owner: int, first: int | None) -> str:
        if isinstance(kid, Element):
            return f"{self._element(kid, owner)} 0 R"
        if isinstance(kid, str):
            return kid
        page, mark = kid
        self._owners[page][mark] = owner
        return str(mark) if page == first else f"<</Type/MCR/Pg {self._pages[page]} 0 R/MCID {mark}>>"


def _text(words: str) -> str:
    return f"<FEFF{fonts.shown(words).encode('utf-16-be').hex()}>"


class Drawn(Flowable):
    """What is drawn and not set: a figure that is told in words, letters in a shape, or decoration."""

    kind = ""
    """«Figure», «P», or nothing for decoration."""

    def told(self) -> str:
        """Return what the drawing shows, for who does not see it."""
        return ""

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
        """Draw it as what it is."""
        with canvas.marked(self.kind, alt=self.told() if self.kind == "Figure" else ""):
            super().drawOn(canvas, x, y, _sW)  # type: ignore[call-arg]  # the stub lacks the spare width
