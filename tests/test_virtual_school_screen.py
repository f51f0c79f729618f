"""The virtual school on screen: figures that open their children, filters, meanings, and what leaves."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QTableWidget, QToolButton

from tests.figure_pages import desk_of, link, links, opened, press, said
from tests.story import new_story
from tests.virtual_county import invented, put
from ui.parts import EmptyState
from ui.record_parts import FilterChip
from ui.virtual_school import VirtualSchoolPage, virtual_school_page

ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def county():
    story = new_story(ON)
    put(story, invented(11, 60))
    return story


def page_of(story, who="max") -> VirtualSchoolPage:
    return virtual_school_page(desk_of(story, who))


def test_every_measure_stands_with_last_term_beside_it_and_when_it_was_counted(qtbot, county):
    page = opened(qtbot, page_of(county))

    shown = page._shown
    assert len(links(page)) == 2 * len(shown.lines)
    for line in shown.lines:
        assert link(page, f"{line.measure.title}, as at 23/11/2026: ").text() == line.now.shown
        assert link(page, f"{line.measure.title}, as at 31/08/2026: ").text() == line.before.shown
    assert any(
        each.startswith("All children that you may see. As at 23/11/2026, autumn") for each in said(page)
    )


def test_every_number_opens_as_many_children_as_it_counts(qtbot, county):
    page = opened(qtbot, page_of(county))
    shown = page._shown

    for line in shown.lines:
        for figure, when in ((line.now, "23/11/2026"), (line.before, "31/08/2026")):
            link(page, f"{line.measure.title}, as at {when}").click()
            page.behind.counted.click()
            assert page.behind.rows() == figure.rows, line.measure.key
            assert page.behind.table.rowCount() == figure.count
            if figure.others:
                page.behind.others.click()
                assert page.behind.table.rowCount() == figure.of - figure.count


def test_enter_opens_a_record_and_escape_gives_the_keyboard_back(qtbot, county):
    page = opened(qtbot, page_of(county))
    number = link(page, "Need a PEP, as at 23/11/2026")
    number.setFocus()
    number.click()
    rows = page._shown.one("needing").now.rows

    press(page.behind.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.open_child) as asked:
        press(page.behind.table, Qt.Key.Key_Return)
    assert asked.args == [rows[1].child_id]

    qtbot.keyClick(page.behind.table, Qt.Key.Key_Escape)
    assert page.behind.isHidden()
    assert QApplication.focusWidget() is number


def test_a_filter_chosen_while_a_list_is_open_keeps_the_keyboard(qtbot, county):
    page = opened(qtbot, page_of(county))
    link(page, "Need a PEP, as at 23/11/2026").click()
    chip = page.sen["K"]

    chip.setFocus()
    chip.click()

    assert page.behind.isHidden()
    assert QApplication.focusWidget() is chip


def test_what_a_number_means_is_read_by_pointer_and_by_keyboard(qtbot, county):
    page = opened(qtbot, page_of(county))
    number = link(page, "Overdue, as at 23/11/2026")
    meaning = page._shown.one("overdue").measure.definition

    number.setFocus()
    QApplication.processEvents()

    assert page.meaning.text() == f"Overdue: {meaning}"
    assert number.toolTip() == meaning
    assert number.accessibleDescription() == meaning


def test_where_nobody_counts_the_list_shows_who_does_not(qtbot, county):
    page = opened(qtbot, page_of(county))
    line = next(each for each in page._shown.lines if not each.now.rows and each.now.others)

    link(page, f"{line.measure.title}, as at 23/11/2026").click()

    assert page.behind.others.isChecked()
    assert page.behind.rows() == line.now.others


def test_filters_narrow_and_a_chip_takes_one_away(qtbot, county):
    page = opened(qtbot, page_of(county))
    everybody = page._shown.one("needing").now.count

    page.year.setCurrentIndex(1)
    page.year.activated.emit(1)
    page.sen["K"].click()

    group, words = page._shown.offer.groups[0]
    assert (page.filter.group, page.filter.sen) == (group, "K")
    assert page.year.currentText() == words
    assert page._shown.one("needing").now.count < everybody
    chip = page.in_force.findChild(FilterChip)
    assert chip.accessibleName() == f"Take the filter away: {words}"
    chip.click()
    assert page.filter.group is None
    assert page.year.currentIndex() == 0
    assert page.filter.sen == "K"


def test_an_answer_to_an_earlier_question_is_not_shown(qtbot, county):
    page = opened(qtbot, page_of(county))
    shown = page._shown

    page._answer(page._asked - 1, page._show, shown._replace(filter_words="Somebody else"))

    assert page._shown is shown


def test_nobody_on_the_roll_says_what_will_be_here(qtbot):
    page = opened(qtbot, page_of(new_story(ON)))

    assert page.findChild(EmptyState).accessibleName().startswith("Nobody needs a PEP here")


def test_a_manager_exports_a_workbook_with_the_children(qtbot, county, tmp_path):
    page = opened(qtbot, page_of(county))

    page.exporting.save_to(str(tmp_path / "school.xlsx"))

    book = openpyxl.load_workbook(tmp_path / "school.xlsx")
    assert book.sheetnames == ["About", "Measures", "Children now"]
    assert "It holds the children’s names." in page.banner.text()


def test_a_practitioner_exports_figures_without_names(qtbot, county, tmp_path):
    page = opened(qtbot, page_of(county, "ada"))

    page.exporting.save_to(str(tmp_path / "school.xlsx"))

    assert openpyxl.load_workbook(tmp_path / "school.xlsx").sheetnames == ["About", "Measures"]
    assert "It holds no child’s name." in page.banner.text()


def test_a_file_that_cannot_be_written_is_said(qtbot, county, tmp_path):
    page = opened(qtbot, page_of(county))

    page.exporting.save_to(str(tmp_path))

    assert "The file was not saved" in page.banner.text()


def test_the_pages_are_made_for_the_preview(qtbot, county):
    page = opened(qtbot, page_of(county))

    with qtbot.waitSignal(page.print_bytes) as asked:
        page._print.click()

    assert asked.args[0] == "Virtual school"
    assert bytes(asked.args[1]).startswith(b"%PDF")


def test_a_reader_is_offered_the_print_and_no_export(qtbot, county):
    page = opened(qtbot, page_of(county, "rob"))

    assert page._export.isHidden()
    assert not page._print.isHidden()


def test_every_control_has_a_name(qtbot, county):
    page = opened(qtbot, page_of(county))
    link(page, "PEP up to date").click()

    controls = [each for kind in (QPushButton, QComboBox, QToolButton, QTableWidget)
                for each in page.findChildren(kind)]  # fmt: skip
    assert all(each.accessibleName() for each in controls if each.isVisibleTo(page))
