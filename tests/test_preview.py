"""The preview shows pages of the real PDF, finds words in them, and saves them only when asked."""

from io import BytesIO

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from reportlab.pdfgen.canvas import Canvas

from ui import pdf_pages
from ui.preview import PreviewPane, PreviewScreen, Printing

WORDS = ("Attendance is good", "A quiet start", "Mondays are hard")


def pdf(words=WORDS):
    file = BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for text in words:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def pane(qtbot):
    pane = PreviewPane()
    qtbot.addWidget(pane)
    pane.resize(480, 600)
    pane.show()
    pane.show_pdf(pdf(), "plan.pdf")
    qtbot.waitUntil(lambda: len(pane.view().pages()) == 3)
    return pane


def test_pages_are_drawn_as_they_come_into_sight(pane, qtbot):
    first, _, last = pane.view().pages()
    qtbot.waitUntil(lambda: "Attendance is good" in first.words())
    assert pane.number_words() == "Page 1 of 3"

    pane.view().go_to(2)

    qtbot.waitUntil(lambda: "Mondays are hard" in last.words())
    qtbot.waitUntil(lambda: pane.number_words() == "Page 3 of 3")


def test_a_page_is_dark_where_there_are_words_and_its_words_are_spoken(pane, qtbot):
    page = pane.view().pages()[0]
    qtbot.waitUntil(lambda: bool(page.words()))

    image = page._picture.image
    darkest = min(
        image.pixelColor(x, y).lightness()
        for x in range(0, image.width(), 2)
        for y in range(image.height() // 10, image.height() // 4)
    )

    assert darkest < 100
    assert page.accessibleName() == "Page 1 of 3"
    assert "Attendance is good" in page.accessibleDescription()


def test_the_pages_fit_the_width_until_somebody_zooms(pane, qtbot):
    view = pane.view()
    assert view.pages()[0].width() <= view.viewport().width()
    narrow = view.scale()

    pane.resize(800, 600)
    qtbot.waitUntil(lambda: view.scale() > narrow)
    wide = view.scale()
    view.zoom(1.2)
    pane.resize(600, 600)

    assert view.scale() == pytest.approx(wide * 1.2)
    view.fit_width()
    assert view.scale() < wide


def test_search_goes_to_the_page_and_on_to_the_next(pane, qtbot):
    QTest.keyClick(pane, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pane._search.hasFocus()

    QTest.keyClicks(pane._search, "quiet")
    qtbot.waitUntil(lambda: pane._hits.text() == "1 of 1")
    assert pane.number_words() == "Page 2 of 3"

    pane._search.setText("ar")
    qtbot.waitUntil(lambda: pane._hits.text() == "1 of 3")
    QTest.keyClick(pane._search, Qt.Key.Key_Return)
    assert pane._hits.text() == "2 of 3"


def test_words_are_found_where_they_stand():
    found = pdf_pages.find(pdf(), "QUIET")

    assert [each.page for each in found] == [1]
    box = found[0].boxes[0]
    assert 72 < box.left() < 100
    assert 842 - 712 < box.top() < box.bottom() < 842 - 696


def test_another_pdf_is_shown_at_the_same_place(pane, qtbot):
    pane.view().go_to(2)
    at = pane.view().verticalScrollBar().value()

    pane.show_pdf(pdf(("One", "Two", "Three")), "plan.pdf")

    qtbot.waitUntil(lambda: "Three" in pane.view().pages()[2].words())
    assert pane.view().verticalScrollBar().value() == at


def test_it_saves_where_it_is_told_and_says_what_went_wrong(pane, tmp_path):
    pane.save_to(str(tmp_path / "plan.pdf"))
    assert (tmp_path / "plan.pdf").read_bytes() == pdf_of(pane)

    pane.save_to(str(tmp_path / "nowhere" / "plan.pdf"))
    assert "was not saved" in pane._banner.text()


def test_a_pane_that_records_first_asks_before_it_hands_out(qtbot):
    pane = PreviewPane(records_first=True)
    qtbot.addWidget(pane)

    with qtbot.waitSignal(pane.wanted) as asked:
        pane._want_file()

    assert asked.args == ["save"]
    assert not pane.findChildren(type(pane), options=Qt.FindChildOption.FindDirectChildrenOnly)


def test_the_pages_asked_for_are_printed(qapp, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(100)
    printer.setFullPage(True)
    printer.setFromTo(2, 3)

    printing = Printing(printer, pdf(), 3)

    assert printing.numbers() == [1, 2]
    assert printing.run() == ""
    assert len(pdf_pages.sizes((tmp_path / "printed.pdf").read_bytes())) == 2


def test_a_preview_screen_makes_large_print_when_asked(qtbot):
    made = []

    class Desk:
        def run(self, screen, work, then, failed=None):
            then(work("session"))

    def make(session, large):
        made.append((session, large))
        return pdf()

    screen = PreviewScreen(Desk(), "Chronology", "chronology.pdf", make)
    qtbot.addWidget(screen)
    screen.pane()._large.click()

    assert made == [("session", False), ("session", True)]


def pdf_of(pane):
    return pane._pdf
