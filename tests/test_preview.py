"""The preview shows pages of the real PDF, finds words in them, and saves them only when asked."""

from datetime import date
from io import BytesIO

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from reportlab.pdfgen.canvas import Canvas

from caseapp import pathway_copies, pep_prints, plan_reading
from caseapp.early_help import consents
from db.models import Look
from tests.desk_fixture import DeskAtOnce
from tests.help_story import consent, new_family
from tests.story import sample
from ui import pdf_pages
from ui.plan_preview import PlanPreview
from ui.preview import PreviewPane, Printing

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


def pdf_of(pane):
    return pane._pdf


# For whom a plan is printed


@pytest.fixture
def family():
    family = new_family()
    family.on(date(2026, 2, 5))
    return family


def previewing(qtbot, family, kind="taf"):
    """Return the preview of a draft, its pages drawn."""
    chosen = ("planned_on", "place", "invited", "words_private")
    answers = {key: sample("taf")[key] for key in chosen} if kind == "taf" else {}
    draft = family.draft(family.leo, kind, answers)
    preview = PlanPreview(DeskAtOnce(family.story.store, family.story.actors["ada"]), draft)
    qtbot.addWidget(preview)
    preview.resize(540, 640)
    view = family.call(lambda session: plan_reading.open_plan(session, draft))
    preview.show_version(view, lambda: view.answers)
    preview.show()
    preview.draw()
    shows(qtbot, preview, view.form.title)
    return preview


def shows(qtbot, preview, words):
    qtbot.waitUntil(lambda: bool(preview.view().pages()) and words in preview.view().pages()[0].words())


def choose(preview, text, agency=""):
    """Choose whose copy it is, as with mouse and keyboard."""
    choice = preview.choice()
    choice._whose.setCurrentIndex(choice._whose.findText(text))
    if agency:
        choice._agency.setText(agency)
        QTest.keyClick(choice._agency, Qt.Key.Key_Return)


def test_the_family_copy_is_shown_as_it_is_given(qtbot, family):
    preview = previewing(qtbot, family)

    choose(preview, "The family")

    shows(qtbot, preview, "This is your copy")
    assert preview._file_name.endswith("family’s copy.pdf")


def test_a_copy_for_an_agency_says_who_agreed(qtbot, family):
    preview = previewing(qtbot, family)

    choose(preview, "Another agency…", "School nursing")

    shows(qtbot, preview, "Copy for School nursing")
    assert preview.choice().words().startswith("May be given to School nursing. Kasia Zielna (parent")


def test_a_refused_copy_shows_why_and_no_page_and_nothing_to_save(qtbot, family):
    asked = consent(purposes=("share",), decision="limits", refused=("Housing",))
    family.call(lambda session: consents.add(session, family.episodes, asked))
    preview = previewing(qtbot, family)

    choose(preview, "Another agency…", "Housing")

    assert preview.choice().words().startswith("It may not be shared with Housing.")
    assert preview.choice().words().endswith("Ask the family again first.")
    assert preview.view().pages() == []
    assert not any(button.isEnabled() for button in preview._buttons)


def test_until_an_agency_is_named_there_are_no_pages(qtbot, family):
    preview = previewing(qtbot, family)

    choose(preview, "Another agency…")

    assert "Say which agency" in preview.choice().words()
    assert preview.view().pages() == []
    choose(preview, "Our record")
    shows(qtbot, preview, "Team around the family")
    assert preview.choice().words() == ""


def test_what_is_handed_out_to_an_agency_is_recorded_as_shared(qtbot, family, monkeypatch):
    preview = previewing(qtbot, family)
    monkeypatch.setattr(preview, "save_as", lambda: None)
    choose(preview, "Another agency…", "School nursing")
    shows(qtbot, preview, "Copy for School nursing")

    preview._want_file()

    shared = family.call(lambda session: session.query(Look).filter_by(act="share").one())
    assert shared.detail["shared_with"] == "School nursing"


def test_a_meeting_has_its_agenda_a_button_away(qtbot, family):
    preview = previewing(qtbot, family)

    preview.choice()._agenda.click()
    shows(qtbot, preview, "Who is invited")
    assert not preview.choice()._whose.isEnabled()
    preview.choice()._agenda.click()

    shows(qtbot, preview, "The meeting")


def test_large_print_stays_with_every_copy(qtbot, family):
    preview = previewing(qtbot, family)
    choose(preview, "The family")
    shows(qtbot, preview, "This is your copy")
    few = len(preview.view().pages())

    preview._large.click()

    qtbot.waitUntil(lambda: len(preview.view().pages()) > few)
    assert preview.choice().chosen().edition == "family"


def test_a_plan_with_one_edition_offers_no_choice(qtbot, family):
    preview = previewing(qtbot, family, "care-plan")

    assert preview.choice().isHidden()


def test_a_pathway_plan_has_its_own_editions_and_a_landlords_copy_asks_who_and_why(qtbot, family):
    preview = previewing(qtbot, family, "pathway-plan")
    choice = preview.choice()
    whose = choice.findChild(QComboBox)

    assert [whose.itemData(place) for place in range(whose.count())] == list(pathway_copies.EDITIONS)
    whose.setCurrentIndex(list(pathway_copies.EDITIONS).index("landlord"))
    assert not choice.chosen().is_whole
    who, why = (each for each in choice.findChildren(QLineEdit) if each.accessibleName())
    who.setText("Two Rivers Housing")
    assert not choice.chosen().is_whole
    why.setText("To let the flat")

    assert choice.chosen().is_whole
    assert choice.chosen().file_words == ", copy for Two Rivers Housing"


def test_a_pep_is_offered_in_its_own_editions(qtbot, family):
    preview = previewing(qtbot, family, "pep")
    whose = preview.choice().findChild(QComboBox)

    assert not preview.choice().isHidden()
    assert [whose.itemData(place) for place in range(whose.count())] == list(pep_prints.EDITIONS)
