"""What a person finds in a PDF: its words page by page, its fonts and its bookmarks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import ParamSpec

import pikepdf
import pypdfium2

Asked = ParamSpec("Asked")


def once(draw: Callable[Asked, bytes]) -> Callable[Asked, bytes]:
    """Return what draws a print the first time it is asked for, and hands out the same one after."""
    drawn: dict[str, bytes] = {}

    @wraps(draw)
    def given(*args: Asked.args, **more: Asked.kwargs) -> bytes:
        asked = repr((args, sorted(more.items())))
        if asked not in drawn:
            drawn[asked] = draw(*args, **more)
        return drawn[asked]

    return given


def words_by_page(pdf: bytes) -> list[str]:
    """Return the text of each page, with single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def words_of(pdf: bytes) -> str:
    """Return the text of the whole document in one line."""
    return " ".join(words_by_page(pdf))


def bookmarks(pdf: bytes) -> list[tuple[str, int]]:
    """Return (title, page from 1) of each bookmark."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(each.get_title(), each.get_dest().get_index() + 1) for each in document.get_toc()]
    finally:
        document.close()


def fonts(pdf: bytes) -> dict[str, bool]:
    """Return each font's name and whether it is embedded."""
    found: dict[str, bool] = {}
    with pikepdf.open(BytesIO(pdf)) as document:
        for thing in document.objects:
            is_font = isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
            if is_font and "/DescendantFonts" not in thing:  # what it names is embedded
                described = thing.get("/FontDescriptor", {})
                found[str(thing.BaseFont)] = "/FontFile2" in described
    return found


def about(pdf: bytes) -> dict[str, str]:
    """Return title, author and language."""
    with pikepdf.open(BytesIO(pdf)) as document:
        info = document.docinfo
        return {
            "title": str(info["/Title"]),
            "author": str(info["/Author"]),
            "language": str(document.Root.Lang),
        }


def told(pdf: bytes) -> list[tuple[str, str]]:
    """Return what the structure says of words that shapes hide, each with its language."""
    with pikepdf.open(BytesIO(pdf)) as document:
        parts = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        return [(str(each.ActualText), str(each.get("/Lang", ""))) for each in parts if "/ActualText" in each]


def holds_pictures_or_links(pdf: bytes) -> bool:
    """Return whether there is a picture, a link, a script or an attached file in it."""
    with pikepdf.open(BytesIO(pdf)) as document:
        things = [each for each in document.objects if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)]
        return any(
            each.get("/Subtype") in ("/Image", "/Link")
            or "/JS" in each
            or each.get("/Type") == "/EmbeddedFile"
            for each in things
        )
