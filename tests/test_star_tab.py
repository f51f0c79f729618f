"""The Outcome Star tab: which star and whose, the readings, a new one, copies, brothers and sisters."""

from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QPushButton

from caseapp import plans
from caseapp.early_help import episodes
from caseapp.star_packs import StarOffer
from tests.desk_fixture import add_child, at_work, done
from tests.star_readings import CHILD, FIRST, LATEST, key_of, read
from tests.story import lived
from ui.child_star import StarPage, StarReadings
from ui.star_family import FamilyCard
from ui.star_numbers import NumbersTable

__all__ = ["at_work"]

FAMILY = "progress-wheel"
MIDDLE = (4, 4, 3, 7, 4, 5, 6, 4, 3, 3)


@pytest.fixture
def amelia(at_work):
    return lived(at_work, _amelia)


def _amelia(at_work):
    return add_child(at_work.sam, "Amelia", "Kowalska")


def opened(qtbot, desk, child_id, may_write=True) -> StarPage:
    page = StarPage(desk, child_id, "star", may_write)
    qtbot.addWidget(page)
    page.resize(1182, 700)
    with qtbot.waitExposed(page):
        page.show()
    QApplication.processEvents()
    return page


def shown(page) -> StarReadings:
    QApplication.processEvents()
    return next(each for each in page.findChildren(StarReadings) if each.isVisible())


def words(widget) -> set[str]:
    QApplication.processEvents()
    return {each.text() for each in widget.findChildren(QLabel) if each.isVisible()}


def named(widget, text) -> QPushButton:
    return next(each for each in widget.findChildren(QPushButton) if each.isVisible() and each.text() == text)


def headings(table: NumbersTable) -> list[str]:
    return [table.horizontalHeaderItem(column).text() for column in range(table.columnCount())]


def cells(table: NumbersTable, row: int) -> list[str]:
    return [table.item(row, column).text() for column in range(table.columnCount() - 1)]


@pytest.fixture
def three(at_work, amelia):
    return lived(at_work, _three, amelia)


def _three(at_work, amelia):
    read(at_work.sam, amelia, "2026-02-20", FIRST, reading="first")
    read(at_work.sam, amelia, "2026-06-01", MIDDLE)
    note = {key_of(FAMILY, 1) + "_note": "The dentist <b>slipped</b>."}
    read(at_work.sam, amelia, "2026-11-16", LATEST, **note)
    return amelia


def test_the_table_holds_every_number_with_its_stage_and_the_change(qtbot, at_work, three):
    told = shown(opened(qtbot, at_work.sam, three))

    assert headings(told.table) == [
        "20/02/2026\nFirst reading", "01/06/2026\nReview", "16/11/2026\nReview",
        "Since the first\nup to 16/11/2026",
    ]  # fmt: skip
    assert cells(told.table, 0) == ["3   ready to talk", "4   taking first steps", "6   making it work"]
    assert cells(told.table, 2)[-1] == "not discussed"
    assert told.table.cellWidget(0, 3).text() == "▲ +3"
    assert told.table.cellWidget(2, 3).text() == ""


def test_the_chart_draws_the_chosen_reading_the_one_before_and_the_first(qtbot, at_work, three):
    told = shown(opened(qtbot, at_work.sam, three))
    assert "01/06/2026, review" in told.chart.description()
    assert any(each.startswith("Recorded progress since 20/02/2026: 7 areas up") for each in words(told))

    told.slider.setValue(0)

    assert told.chart.scores() == FIRST
    assert "The first reading." in words(told)
    assert told.table.cellWidget(0, 3).text() == ""


def test_a_line_of_the_table_marks_the_area_on_the_chart_and_its_note(qtbot, at_work, three):
    told = shown(opened(qtbot, at_work.sam, three))

    told.table.selectRow(1)

    assert told.chart.marked_area() == 1
    strong = [each.text() for each in told.findChildren(QLabel) if each.property("role") == "label"]
    assert "Health: 5" in strong
    assert "The dentist <b>slipped</b>." in words(told)


def test_the_mouse_on_the_chart_marks_an_area_and_tells_its_note_as_text(qtbot, at_work, three):
    chart = shown(opened(qtbot, at_work.sam, three)).chart

    qtbot.mouseMove(chart, chart.point(1, 5).toPoint())
    qtbot.waitUntil(lambda: chart.marked_area() == 1)

    assert "The dentist &lt;b&gt;slipped&lt;/b&gt;." in chart._tip(1, 5)


def test_two_people_and_two_stars_are_never_one_series(qtbot, at_work, three):
    read(at_work.sam, three, "2026-11-18", (2, 4, 3, 1, 3, 2), CHILD, reading="first")
    mother = {"whose": "parent", "whose_name": "Samira Haddad"}
    read(at_work.sam, three, "2026-11-17", FIRST, **mother)
    page = opened(qtbot, at_work.sam, three)
    chooser = page.findChild(QComboBox, "series")

    assert [chooser.itemText(place) for place in range(chooser.count())] == [
        "Child's Progress Wheel · The child · 1 reading, latest 18/11/2026",
        "Family Progress Wheel · One parent or carer: Samira Haddad · 1 reading, latest 17/11/2026",
        "Family Progress Wheel · The family together · 3 readings, latest 16/11/2026",
    ]
    assert shown(page).chart.scores() == (2, 4, 3, 1, 3, 2)

    chooser.setCurrentIndex(2)

    assert shown(page).chart.scores() == LATEST


def test_one_series_needs_no_chooser(qtbot, at_work, three):
    assert opened(qtbot, at_work.sam, three).findChild(QComboBox) is None


def test_who_disagrees_has_a_line_and_a_column(qtbot, at_work, amelia):
    read(at_work.sam, amelia, "2026-02-20", FIRST, reading="first")
    theirs = [{"area": key_of(FAMILY, 6), "score": 9, "who": "Samira Haddad"}]
    read(
        at_work.sam, amelia, "2026-11-16", LATEST,
        agreed="no", difference="Bedtimes", for_report="yes", other_scores=theirs,
    )  # fmt: skip
    told = shown(opened(qtbot, at_work.sam, amelia))

    assert "16/11/2026, view of Samira Haddad: " in told.chart.description()
    assert "16/11/2026\nView of Samira Haddad" in headings(told.table)
    assert cells(told.table, 6)[1:] == ["7   making it work", "9   managing well"]
    assert {"Seen differently", "Bedtimes"} <= words(told)


def test_a_partial_reading_says_so_and_null_is_not_nought(qtbot, at_work, amelia):
    read(at_work.sam, amelia, "2026-11-16", (0, *(None,) * 9))
    told = shown(opened(qtbot, at_work.sam, amelia))

    assert "partial" in headings(told.table)[0]
    assert cells(told.table, 0) == ["0   not yet talking about it"]
    assert cells(told.table, 1) == ["not discussed"]
    assert "Person and worker together" in words(told)


def test_a_new_reading_begins_with_the_star_that_was_chosen(qtbot, at_work, three):
    page = opened(qtbot, at_work.sam, three)
    entries = named(page, "New reading").menu().actions()
    assert [each.text() for each in entries[:2]] == ["Family Progress Wheel", "Child's Progress Wheel"]

    with qtbot.waitSignal(page.start_star) as started:
        entries[1].trigger()

    assert started.args == [three, CHILD]


def test_a_locked_star_stands_there_with_the_reason_and_cannot_be_chosen(qtbot, at_work, three, monkeypatch):
    why = "No licence and approval of its owner are on record."
    offers = [
        StarOffer(FAMILY, "Family Progress Wheel", False, ""),
        StarOffer("star-x", "Other Star", True, why),
    ]
    monkeypatch.setattr("caseapp.star_packs.on_offer", lambda _session: offers)
    page = opened(qtbot, at_work.sam, three)
    entries = named(page, "New reading").menu().actions()

    locked = next(each for each in entries if each.text() == "Other Star: locked")
    assert not locked.isEnabled()
    assert locked.toolTip() == why
    assert why in " ".join(each.text() for each in entries)


def test_an_open_draft_is_gone_on_with(qtbot, at_work, three):
    draft = done(at_work.sam, lambda session: plans.start(session, three, "star"))
    page = opened(qtbot, at_work.sam, three)

    with qtbot.waitSignal(page.open_plan) as went:
        named(page, "Continue the draft").click()

    assert went.args == [draft]


def test_who_may_only_read_is_offered_no_reading(qtbot, at_work, three):
    page = opened(qtbot, at_work.sam, three, may_write=False)

    assert not [each for each in page.findChildren(QPushButton) if each.text() == "New reading"]


def test_before_the_first_reading_the_page_says_what_comes_next(qtbot, at_work, amelia):
    page = opened(qtbot, at_work.sam, amelia)
    assert "No reading yet" in words(page)

    begin = named(page, "Take the first reading")
    begin.click()
    menu = QApplication.activePopupWidget()

    pressed = QRect(begin.mapToGlobal(begin.rect().topLeft()), begin.size())
    assert not menu.geometry().intersects(pressed)
    assert [each.text() for each in menu.actions()][:2] == ["Family Progress Wheel", "Child's Progress Wheel"]
    menu.close()


@pytest.mark.parametrize(
    ("name", "ending", "begins"),
    [("PNG", "png", b"\x89PNG"), ("SVG", "svg", b"<?xml"), ("PDF", "pdf", b"%PDF")],
)
def test_the_chart_is_saved_as_a_file(qtbot, at_work, three, tmp_path, name, ending, begins):
    page = opened(qtbot, at_work.sam, three)
    named(shown(page), f"Save as {name}").click()
    dialog = page.findChild(QFileDialog)
    assert dialog.defaultSuffix() == ending

    target = tmp_path / f"star.{ending}"
    dialog.fileSelected.emit(str(target))
    dialog.close()

    assert target.read_bytes().startswith(begins)
    assert page.banner.text() == f"Saved as {target}. The file is not encrypted."


def test_a_file_that_cannot_be_written_says_what_to_do(qtbot, at_work, three, tmp_path):
    page = opened(qtbot, at_work.sam, three)
    named(shown(page), "Save as SVG").click()
    dialog = page.findChild(QFileDialog)

    dialog.fileSelected.emit(str(tmp_path / "no such folder" / "star.svg"))
    dialog.close()

    assert page.banner.text().endswith("Choose another place and save again.")


def test_the_page_for_the_child_goes_to_the_preview(qtbot, at_work, three):
    page = opened(qtbot, at_work.sam, three)

    with qtbot.waitSignal(page.print_bytes) as made:
        named(shown(page), "Page for the child").click()

    assert made.args[0] == "Star of 16/11/2026 for the child"
    assert bytes(made.args[1]).startswith(b"%PDF")


def test_a_parents_reading_has_no_page_for_the_child(qtbot, at_work, amelia):
    read(at_work.sam, amelia, "2026-11-16", LATEST, whose="parent", whose_name="Samira Haddad")
    page = opened(qtbot, at_work.sam, amelia)

    named(shown(page), "Page for the child").click()

    assert page.banner.isVisible()
    assert "not the child’s own" in page.banner.text()


def test_brothers_and_sisters_helped_together_stand_side_by_side(qtbot, at_work, three):
    ola, tomek = (add_child(at_work.sam, given, "Kowalski") for given in ("Ola", "Tomek"))
    read(at_work.sam, ola, "2026-11-10", LATEST, reading="first")
    new = episodes.NewEpisode(date(2026, 1, 5), "self_request")
    done(at_work.sam, lambda session: episodes.open_episode(session, [three, ola, tomek], new))
    page = opened(qtbot, at_work.sam, three)
    card = page.findChild(FamilyCard)

    assert {"Brothers and sisters", "No reading yet.", "The first reading."} <= words(card)
    with qtbot.waitSignal(page.open_child) as went:
        named(card, "Ola").click()
    assert went.args == [ola]


def test_the_page_is_worked_with_the_keyboard_alone(qtbot, at_work, three):
    page = opened(qtbot, at_work.sam, three)
    told = shown(page)
    told.slider.setFocus()

    qtbot.keyClick(told.slider, Qt.Key.Key_Left)
    assert told.chart.scores() == MIDDLE

    told.table.setFocus()
    told.table.setCurrentCell(0, 0)
    qtbot.keyClick(told.table, Qt.Key.Key_Down)
    assert told.chart.marked_area() == 1
    for each in page.findChildren(QPushButton):
        assert each.accessibleName() or not each.isVisible()
