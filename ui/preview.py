"""The preview of a print: pages, zoom, search, saving, printing. Nothing goes to disk unasked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QMarginsF, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPageLayout, QPainter, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import file_dialogs, pdf_pages
from ui.page_view import STEP, PageView
from ui.parts import Banner, BusyBar, Card, icon_button, plain
from ui.pdf_pages import Found, in_background
from ui.reading_order import put_in_order

PRINT_DPI: Final = 300


class PreviewPane(Card):
    """The pages of one PDF with what can be done with them."""

    large_toggled = Signal(bool)
    """Somebody wants it in large print, or not."""
    wanted = Signal(str)
    """A pane that records first asks for the PDF to "save" or "print"; answer with `hand_out`."""

    def __init__(self, parent: QWidget | None = None, *, records_first: bool = False) -> None:
        super().__init__("", None, parent)
        self._records_first = records_first
        self._pdf, self._file_name = b"", "print.pdf"
        self._awaited = b""
        self._found: list[Found] = []
        self._at = -1
        self._printing: Printing | None = None
        self._view = PageView()
        self._view.page_changed.connect(self._show_number)
        self._number = plain("", "small")
        self._banner = Banner("", "warning")
        self._banner.hide()
        self._busy = BusyBar()
        self._busy.cancelled.connect(self._stop_printing)
        self._watch = QTimer(self, interval=200)
        self._watch.timeout.connect(self._watch_printing)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setContentsMargins(8, 8, 8, 8)
        self.body.addLayout(self._tools())
        self._above = QVBoxLayout()
        self.body.addLayout(self._above)
        self.body.addWidget(self._banner)
        self.body.addWidget(self._busy)
        self.body.addWidget(self._view, 1)
        self.body.addLayout(self._foot())
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.focus_search)
        self._enable(False)
        put_in_order(self)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        self._buttons: list[QToolButton] = []
        for icon, name, slot in (
            ("zoom-out", "Smaller", self._zoom_out),
            ("zoom-in", "Larger", self._zoom_in),
            ("reports", "Fit the width", self._view.fit_width),
        ):
            row.addWidget(self._tool(icon, name, slot))
        row.addSpacing(6)
        row.addWidget(self._number)
        row.addStretch(1)
        row.addWidget(self._tool("download", "Save as…", self._want_file))
        row.addWidget(self._tool("print", "Print…", self._want_print))
        return row

    def _tool(self, icon: str, name: str, slot: Callable[[], object]) -> QWidget:
        button = icon_button(icon, name)
        button.clicked.connect(slot)
        self._buttons.append(button)
        return button

    def _foot(self) -> QHBoxLayout:
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search the pages   Ctrl+F")
        self._search.setAccessibleName("Search the pages")
        self._search.setClearButtonEnabled(True)
        self._search.returnPressed.connect(self._search_on)
        self._search.textChanged.connect(self._search_anew)
        self._hits = plain("", "small")
        self._large = QCheckBox("Large print")
        self._large.toggled.connect(self.large_toggled)
        row = QHBoxLayout()
        row.addWidget(self._search, 1)
        row.addWidget(self._hits)
        row.addWidget(self._large)
        return row

    def _enable(self, is_there: bool) -> None:
        for button in self._buttons:
            button.setEnabled(is_there)

    # Pages

    def show_pdf(self, pdf: bytes, file_name: str) -> None:
        """Show a PDF; `file_name` is proposed for saving it."""
        self._file_name, self._awaited = file_name, pdf
        self._busy.end()
        self._banner.hide()
        in_background(self, partial(pdf_pages.sizes, pdf), partial(self._take, pdf))

    def _take(self, pdf: bytes, sizes: list[Any]) -> None:
        if pdf is not self._awaited:
            return  # other pages, or none, have been asked for since
        self._pdf = pdf
        self._view.set_pdf(pdf, sizes)
        self._enable(True)
        self._show_number(min(self._view.here(), len(sizes) - 1))
        if self._search.text():
            self._search_anew()

    def add_above(self, widget: QWidget) -> None:
        """Put a choice above the pages."""
        self._above.addWidget(widget)
        put_in_order(self)

    def clear(self) -> None:
        """Show no pages: those there are not what is wanted now."""
        self._busy.end()
        self._banner.hide()
        self._pdf = self._awaited = b""
        self._view.set_pdf(b"", [])
        self._number.setText("")
        self._enable(False)

    def wait(self, words: str = "Preparing the pages…") -> None:
        """Say that the pages are being made."""
        self._busy.begin(words, may_cancel=False)

    def show_problem(self, words: str) -> None:
        """Say why there are no pages, or no new ones."""
        self._busy.end()
        self._banner.set_banner(words, "warning")
        self._banner.show()

    def view(self) -> PageView:
        """Return the pages."""
        return self._view

    def is_large(self) -> bool:
        """Return whether large print is wanted."""
        return self._large.isChecked()

    def number_words(self) -> str:
        """Return which page is in sight: «Page 2 of 7»."""
        return self._number.text()

    def _show_number(self, number: int) -> None:
        self._number.setText(f"Page {number + 1} of {len(self._view.pages())}")

    def _zoom_in(self) -> None:
        self._view.zoom(STEP)

    def _zoom_out(self) -> None:
        self._view.zoom(1 / STEP)

    # Search

    def focus_search(self) -> None:
        """Put the keyboard into the search line."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _search_anew(self) -> None:
        wanted = self._search.text().strip()
        self._at = -1
        if wanted and self._pdf:
            in_background(self, partial(pdf_pages.find, self._pdf, wanted), partial(self._show_found, wanted))
        else:
            self._show_found(wanted, [])

    def _show_found(self, wanted: str, found: list[Found]) -> None:
        if wanted != self._search.text().strip():
            return
        self._found = found
        self._view.mark(found)
        self._hits.setText(f"{len(found)} found" if wanted else "")
        if found:
            self._search_on()

    def _search_on(self) -> None:
        if not self._found:
            return
        self._at = (self._at + 1) % len(self._found)
        hit = self._found[self._at]
        self._hits.setText(f"{self._at + 1} of {len(self._found)}")
        self._view.go_to(hit.page, hit.boxes[0].top() if hit.boxes else 0)
        self._show_number(hit.page)

    # Saving and printing

    def _want_file(self) -> None:
        if self._records_first:
            self.wanted.emit("save")
        else:
            self.save_as()

    def _want_print(self) -> None:
        if self._records_first:
            self.wanted.emit("print")
        else:
            self.print_pages()

    def hand_out(self, pdf: bytes, how: str) -> None:
        """Save or print a PDF whose print has been recorded."""
        self._busy.end()
        self._pdf = pdf
        if how == "save":
            self.save_as()
        else:
            self.print_pages()

    def save_as(self) -> None:
        """Ask where to save the PDF, and save it there."""
        dialog = file_dialogs.to_save(self, "Save as", self._file_name, "PDF (*.pdf)")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Save the PDF as a file."""
        try:
            Path(path).write_bytes(self._pdf)
        except OSError as error:
            self.show_problem(
                f"The file was not saved: {error.strerror}. Choose another place and save again."
            )
        else:
            self._banner.set_banner(f"Saved as {path}. The file is not encrypted.", "success")
            self._banner.show()

    def print_pages(self) -> None:
        """Ask for a printer and print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(PRINT_DPI)
        printer.setFullPage(True)
        printer.setDocName(self._file_name)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setMinMax(1, len(self._view.pages()))
        dialog.accepted.connect(self._print)
        self._printing = Printing(printer, self._pdf, len(self._view.pages()))
        QDialog.open(dialog)  # QPrintDialog's own wants a slot

    def _print(self) -> None:
        if self._printing:
            self._busy.begin("Printing…")
            self._watch.start()
            in_background(self, self._printing.run, self._printed)

    def _watch_printing(self) -> None:
        if self._printing:
            self._busy.progress(self._printing.done, len(self._printing.numbers()))

    def _stop_printing(self) -> None:
        if self._printing:
            self._printing.is_stopped = True

    def _printed(self, problem: str) -> None:
        self._watch.stop()
        self._busy.end()
        self._printing = None
        if problem:
            self.show_problem(problem)


class Printing:
    """One print: the pages drawn one by one onto the printer, in the background."""

    def __init__(self, printer: QPrinter, pdf: bytes, count: int) -> None:
        self._printer, self._pdf, self._count = printer, pdf, count
        self.done = 0
        self.is_stopped = False

    def numbers(self) -> list[int]:
        """Return the pages that were asked for, from 0."""
        first, last = self._printer.fromPage(), self._printer.toPage()
        return list(range(first - 1 if first else 0, min(last, self._count) if last else self._count))

    def run(self) -> str:
        """Print, and return what went wrong, or nothing."""
        self._printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
        painter = QPainter()
        if not painter.begin(self._printer):
            return "The printer could not be started. Nothing was printed. Choose another, or save the PDF."
        dpi = min(PRINT_DPI, self._printer.resolution())
        for image in pdf_pages.images(self._pdf, self.numbers(), dpi):
            if self.is_stopped:
                self._printer.abort()
                break
            if self.done:
                self._printer.newPage()
            size = image.size().scaled(painter.viewport().size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(QPoint(0, 0), size), image)
            self.done += 1
        painter.end()
        return ""
