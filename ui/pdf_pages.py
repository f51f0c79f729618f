"""Pages of a PDF as pictures, made off the GUI thread and from memory: no file is written."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any, Final, NamedTuple

import pypdfium2
from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

_LOCK: Final = Lock()  # PDFium is not made for several threads
_POINTS_AN_INCH: Final = 72


class PagePicture(NamedTuple):
    """A page drawn at a scale, with its words for those who do not see it."""

    number: int
    scale: float
    image: QImage
    words: str


class Found(NamedTuple):
    """A place where searched words stand: page number from 0, and its boxes in points from the top left."""

    page: int
    boxes: tuple[QRectF, ...]


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def sizes(pdf: bytes) -> list[QSizeF]:
    """Return the size of each page in points."""
    with _opened(pdf) as document:
        return [QSizeF(*document.get_page_size(number)) for number in range(len(document))]


def picture(pdf: bytes, number: int, scale: float) -> PagePicture:
    """Return a page (numbered from 0) drawn with `scale` pixels to a point."""
    with _opened(pdf) as document:
        page = document[number]
        words = page.get_textpage().get_text_range()
        return PagePicture(number, scale, _drawn(page, scale), words)


def _drawn(page: Any, scale: float) -> QImage:
    bitmap = page.render(scale=scale, prefer_bgrx=True)
    image = QImage(
        bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
    )  # fmt: skip
    return image.copy()  # the buffer goes with the bitmap


def images(pdf: bytes, numbers: list[int], dpi: int) -> Iterator[QImage]:
    """Yield pages one by one as they are printed; the lock is free between two pages."""
    for number in numbers:
        yield picture(pdf, number, dpi / _POINTS_AN_INCH).image


def find(pdf: bytes, wanted: str) -> list[Found]:
    """Return every place where the words stand, in reading order; capitals do not matter."""
    found: list[Found] = []
    with _opened(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            text, height = page.get_textpage(), page.get_height()
            searcher = text.search(wanted)
            while (place := searcher.get_next()) is not None:
                count = text.count_rects(*place)
                edges = [text.get_rect(box) for box in range(count)]
                boxes = [QRectF(x, height - top, right - x, top - low) for x, low, right, top in edges]
                found.append(Found(number, tuple(boxes)))
    return found


# Work in the background


class _Workshop(QObject):
    """Does work in a thread of its own and gives the result back on the GUI thread.

    Whatever belongs to a screen is held here and let go on the GUI thread only: Qt does not survive it
    when the last reference to a widget dies in another thread.
    """

    settled = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._threads = ThreadPoolExecutor(1, "pages")
        self._tickets = itertools.count()
        self._waiting: dict[int, tuple[QObject, Callable[[], object], Callable[[Any], object]]] = {}
        self.settled.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    def run(self, screen: QObject, work: Callable[[], object], then: Callable[[Any], object]) -> None:
        ticket = next(self._tickets)
        self._waiting[ticket] = (screen, work, then)
        self._threads.submit(self._do, ticket)

    def _do(self, ticket: int) -> None:
        self.settled.emit(ticket, self._waiting[ticket][1]())

    def _settle(self, ticket: int, result: object) -> None:
        screen, _, then = self._waiting.pop(ticket)
        if isValid(screen):
            then(result)


@cache
def _workshop() -> _Workshop:
    return _Workshop()


def in_background(screen: QObject, work: Callable[[], object], then: Callable[[Any], object]) -> None:
    """Call `work()` in a thread, then `then(result)` on the GUI thread if the screen is still there.

    `work` holds plain values only and raises nothing.
    """
    _workshop().run(screen, work, then)
