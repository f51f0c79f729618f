"""Pages one below the other, drawn as they come into sight, at any size."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui import pdf_pages, theme
from ui.pdf_pages import Found, PagePicture, in_background

STEP: Final = 1.2
_SMALLEST: Final = 0.3
_LARGEST: Final = 5.0
_EDGE: Final = 12


class Page(QWidget):
    """One page: white until it is drawn."""

    def __init__(self, number: int, count: int, size: QSizeF) -> None:
        super().__init__()
        self.number, self.size_in_points = number, size
        self._picture: PagePicture | None = None
        self._found: list[QRectF] = []
        self._scale = 1.0
        self.setAccessibleName(f"Page {number + 1} of {count}")

    def set_scale(self, scale: float) -> None:
        """Take the room of the page with `scale` pixels to a point."""
        self._scale = scale
        self.setFixedSize((self.size_in_points * scale).toSize())

    def wants(self, scale: float) -> bool:
        """Return whether it is not drawn at that scale yet."""
        return self._picture is None or self._picture.scale != scale

    def set_picture(self, picture: PagePicture) -> None:
        """Show the page; its words go to screen readers."""
        self._picture = picture
        self.setAccessibleDescription(picture.words)
        self.update()

    def stand_in_for(self, before: Page) -> None:
        """Show what another page shows until this one is drawn."""
        if before._picture is not None:
            self.set_picture(before._picture._replace(scale=0))

    def words(self) -> str:
        """Return the words on it, once it is drawn."""
        return self._picture.words if self._picture else ""

    def mark(self, boxes: list[QRectF]) -> None:
        """Mark what was searched for, given in points."""
        self._found = boxes
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, its marks and its edge."""
        painter = QPainter(self)
        # Paper is white in every theme: so it will be printed.
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self._picture:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self._picture.image)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(QPen(QColor(theme.theme("light").tokens["red"]), 2))
        for box in self._found:
            place = QRectF(box.topLeft() * self._scale, box.size() * self._scale)
            painter.drawRect(place.adjusted(-2, -2, 2, 2))
        painter.end()


class PageView(QScrollArea):
    """The pages of a PDF. It fits the width until somebody zooms."""

    page_changed = Signal(int)
    """The number of the page in sight, from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pages")
        self.setWidgetResizable(True)
        self._pdf = b""
        self._pages: list[Page] = []
        self._asked: set[tuple[int, float]] = set()
        self._fits_width, self._scale = True, 1.0
        self._here = 0
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._soon = QTimer(self, interval=60)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._draw_visible)

    def set_pdf(self, pdf: bytes, sizes: list[QSizeF]) -> None:
        """Show another PDF at the same place."""
        at = self.verticalScrollBar().value()
        self._pdf, self._asked = pdf, set()
        old = self._pages
        self._pages = [Page(number, len(sizes), size) for number, size in enumerate(sizes)]
        for page, before in zip(self._pages, old, strict=False):
            page.stand_in_for(before)
        holder = QWidget()
        holder.setObjectName("canvas")
        column = QVBoxLayout(holder)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(_EDGE)
        for page in self._pages:
            column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setWidget(holder)
        self._scale_all()
        holder.adjustSize()
        self.verticalScrollBar().setValue(at)
        self._soon.start()

    def pages(self) -> list[Page]:
        """Return the pages from the first."""
        return list(self._pages)

    def here(self) -> int:
        """Return the number of the page in sight, from 0."""
        return self._here

    # Size

    def fit_width(self) -> None:
        """Make the pages as wide as the view."""
        self._fits_width = True
        self._scale_all()

    def zoom(self, by: float) -> None:
        """Make the pages larger or smaller."""
        self._fits_width = False
        self._scale = min(_LARGEST, max(_SMALLEST, self._scale * by))
        self._scale_all()

    def scale(self) -> float:
        """Return how many pixels a point takes."""
        return self._scale

    def _scale_all(self) -> None:
        if not self._pages:
            return
        if self._fits_width:
            widest = max(page.size_in_points.width() for page in self._pages)
            room = self.viewport().width() - 2 * _EDGE
            self._scale = min(_LARGEST, max(_SMALLEST, room / widest))
        for page in self._pages:
            page.set_scale(self._scale)
        self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the width again."""
        super().resizeEvent(event)
        if self._fits_width:
            self._scale_all()
        self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what is in sight."""
        super().showEvent(event)
        self._soon.start()

    # Drawing what is in sight

    def _scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        here = next((page.number for page in self._pages if page.geometry().bottom() >= middle), 0)
        if here != self._here:
            self._here = here
            self.page_changed.emit(here)
        self._soon.start()

    def _draw_visible(self) -> None:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        ratio = self.devicePixelRatioF()
        scale = round(self._scale * ratio, 4)
        for page in self._pages:
            is_near = page.geometry().bottom() >= top - 200 and page.geometry().top() <= bottom + 400
            if is_near and page.wants(scale) and (page.number, scale) not in self._asked:
                self._asked.add((page.number, scale))
                draw = partial(pdf_pages.picture, self._pdf, page.number, scale)
                in_background(self, draw, partial(self._drawn, self._pdf))

    def _drawn(self, pdf: bytes, picture: PagePicture) -> None:
        if pdf is self._pdf:
            self._pages[picture.number].set_picture(picture)

    # Going about

    def go_to(self, number: int, place: float = 0.0) -> None:
        """Bring a page into sight; `place` in points from its top."""
        page = self._pages[number]
        above = 0 if not place else self.viewport().height() // 3
        self.verticalScrollBar().setValue(round(page.y() - _EDGE + place * self._scale) - above)

    def mark(self, found: list[Found]) -> None:
        """Mark what was searched for on every page."""
        for page in self._pages:
            page.mark([box for each in found if each.page == page.number for box in each.boxes])
