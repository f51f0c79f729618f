"""Leaving care on screen: figures that open their lists, a day, filters, meanings, and what leaves."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QToolButton,
)

from tests.figure_pages import desk_of, link, links, opened, press, said
from tests.leaving_county import invented, put
from tests.story import new_story
from ui.leaving_care import LeavingCareScreen
from ui.parts import EmptyState
from ui.record_parts import FilterChip

ON = date(2026, 11, 23)
NOW, BEFORE = "as of 23/11/2026", "as of 23/11/2025"


@pytest.fixture(scope="module")
def county():
    story = new_story(ON)
    put(story, invented(9, 24))
    return story


def page_of(story, who="max") -> LeavingCareScreen:
    return LeavingCareScreen(desk_of(story, who))


def choose_day(page, text: str) -> None:
    page.day.setText(text)
    page.day.editingFinished.emit()


def test_every_measure_stands_with_its_denominator_and_the_year_before_where_that_makes_sense(qtbot, county):
    page = opened(qtbot, page_of(county))

    shown, words = page._shown, said(page)
    compared = [line for line in shown.lines if line.before]
    assert len(links(page)) == len(shown.lines) + len(compared)
    for line in shown.lines:
        assert link(page, f"{line.measure.title}, {NOW}: ").text() == line.now.shown
        if line.measure.unit == "share":
            assert line.now.sentence in words
    for line in compared:
        assert link(page, f"{line.measure.title}, {BEFORE}: ").text() == line.before.shown
    assert any(each.startswith("All young people that you may see. As of 23/11/2026,") for each in words)


def test_every_number_opens_as_many_as_it_counts(qtbot, county):
    page = opened(qtbot, page_of(county))

    for line in page._shown.lines:
        for figure, when in ((line.now, NOW), (line.before, BEFORE)):
            if figure is None:
                continue
            link(page, f"{line.measure.title}, {when}").click()
            page.behind.counted.click()
            assert page.behind.rows() == figure.rows, line.measure.key
            assert page.behind.table.rowCount() == figure.count
            if figure.others:
                page.behind.others.click()
                assert page.behind.table.rowCount() == figure.of - figure.count


def test_enter_opens_a_record_and_escape_gives_the_keyboard_back(qtbot, county):
    page = opened(qtbot, page_of(county))
    number = link(page, f"On the list, {NOW}")
    number.setFocus()
    number.click()
    rows = page._shown.one("listed").now.rows

    press(page.behind.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.open_child) as asked:
        press(page.behind.table, Qt.Key.Key_Return)
    assert asked.args == [rows[1].child_id]

    qtbot.keyClick(page.behind.table, Qt.Key.Key_Escape)
    assert page.behind.isHidden()
    assert QApplication.focusWidget() is number


def test_what_a_number_means_and_whose_it_is_are_read_by_keyboard_and_in_the_list(qtbot, county):
    page = opened(qtbot, page_of(county))
    number = link(page, f"In touch, {NOW}")
    measure = page._shown.one("in_touch").measure

    number.setFocus()
    QApplication.processEvents()

    assert page.meaning.text() == f"In touch: {measure.definition} National measure."
    assert number.accessibleDescription() == f"{measure.definition} National measure."
    number.click()
    assert f"{page._shown.one('in_touch').now.whole}. {measure.definition} National measure." in said(page)


def test_another_day_tells_the_figures_of_that_day(qtbot, county):
    page = opened(qtbot, page_of(county))

    choose_day(page, "31/3/26")

    assert page.day.text() == "31/03/2026"
    assert page._shown.as_of == date(2026, 3, 31)
    assert link(page, "On the list, as of 31/03/2025")


@pytest.mark.parametrize("typed", ["24/11/2026", "soon"])
def test_a_day_ahead_or_no_day_is_said_and_changes_nothing(qtbot, county, typed):
    page = opened(qtbot, page_of(county))

    choose_day(page, typed)

    assert page.banner.text().endswith("What is shown is as of 23/11/2026.")
    assert not page.banner.isHidden()
    assert page._shown.as_of == ON


def test_filters_narrow_and_a_chip_takes_one_away(qtbot, county):
    page = opened(qtbot, page_of(county))
    everybody = page._shown.one("listed").now.count

    page.worker.setCurrentIndex(1)
    page.worker.activated.emit(1)
    page.bands["19-21"].click()

    worker_id, name = page._shown.offer.workers[0]
    assert (page.filter.worker_id, page.filter.band) == (worker_id, "19-21")
    assert page.worker.currentText() == name
    assert page._shown.one("listed").now.count < everybody
    chip = page.in_force.findChild(FilterChip)
    assert chip.accessibleName() == f"Take the filter away: young people of {name}"
    chip.click()
    assert (page.filter.worker_id, page.filter.band) == (None, "19-21")
    assert page.worker.currentIndex() == 0


def test_an_answer_to_an_earlier_question_is_not_shown(qtbot, county):
    page = opened(qtbot, page_of(county))
    shown = page._shown

    page._answer(page._asked - 1, page._show, shown._replace(filter_words="Somebody else"))

    assert page._shown is shown


def test_nobody_in_care_says_what_will_be_here(qtbot):
    page = opened(qtbot, page_of(new_story(ON)))

    assert page.findChild(EmptyState).accessibleName().startswith("Nobody in or leaving care here")
    assert not links(page)


def test_a_manager_exports_a_sheet_for_each_list(qtbot, county, tmp_path):
    page = opened(qtbot, page_of(county))

    page.exporting.save_to(str(tmp_path / "leaving.xlsx"))

    names = openpyxl.load_workbook(tmp_path / "leaving.xlsx").sheetnames
    assert names[:3] == ["About", "Measures", "On the list"]
    assert "It holds young people’s names." in page.banner.text()


def test_a_practitioner_exports_figures_without_names(qtbot, county, tmp_path):
    page = opened(qtbot, page_of(county, "ada"))

    page.exporting.save_to(str(tmp_path / "leaving.xlsx"))

    assert openpyxl.load_workbook(tmp_path / "leaving.xlsx").sheetnames == ["About", "Measures"]
    assert "It holds no young person’s name." in page.banner.text()


def test_a_file_that_cannot_be_written_is_said(qtbot, county, tmp_path):
    page = opened(qtbot, page_of(county))

    page.exporting.save_to(str(tmp_path))

    assert "The file was not saved" in page.banner.text()


def test_the_pages_are_made_for_the_preview(qtbot, county):
    page = opened(qtbot, page_of(county))

    with qtbot.waitSignal(page.print_bytes) as asked:
        page._print.click()

    assert asked.args[0] == "Leaving care"
    assert bytes(asked.args[1]).startswith(b"%PDF")


def test_a_reader_is_offered_the_print_and_no_export(qtbot, county):
    page = opened(qtbot, page_of(county, "rob"))

    assert page._export.isHidden()
    assert not page._print.isHidden()


def test_every_control_has_a_name(qtbot, county):
    page = opened(qtbot, page_of(county))
    link(page, f"Pathway plan in date, {NOW}").click()

    controls = [each for kind in (QPushButton, QComboBox, QToolButton, QTableWidget, QLineEdit)
                for each in page.findChildren(kind)]  # fmt: skip
    assert all(each.accessibleName() for each in controls if each.isVisibleTo(page))
