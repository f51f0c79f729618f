"""Star progress on screen: pickers, figures that open their children, and the file that leaves."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton

from caseapp.star_figures import Figure
from db.models import HelpEpisode
from db.moments import new_id
from tests import figure_pages
from tests.desk_fixture import Office, add_child, at_work, done
from tests.record_screen import read_star
from tests.story import lived
from ui.charts import StarChart
from ui.parts import LinkButton
from ui.star_report import StarReportPage, star_report_page

__all__ = ["at_work"]


@pytest.fixture
def leo(at_work: Office):
    return lived(at_work, _leo)


def _leo(at_work: Office):
    child_id = add_child(at_work.sam, "Leo", "Hartley")
    episode = {"family_id": new_id(), "number": 1, "opened_on": date(2026, 1, 5), "route": "own_concern"}
    done(
        at_work.sam,
        lambda session: session.add(
            HelpEpisode(child_id=child_id, reasons=[], status="plan_active", agency="primary", **episode)
        ),
    )
    read_star(at_work.sam, child_id, "2026-02-20", [3] * 10)
    read_star(at_work.sam, child_id, "2026-06-01", [5] * 10)
    return child_id


@pytest.fixture
def mia(at_work: Office):
    return lived(at_work, _mia)


def _mia(at_work: Office):
    child_id = add_child(at_work.sam, "Mia", "Brook")
    read_star(at_work.sam, child_id, "2026-03-02", [6] * 10)
    return child_id


def opened(qtbot, desk) -> StarReportPage:
    return figure_pages.opened(qtbot, star_report_page(desk))


def words_of(page) -> list[str]:
    QApplication.processEvents()
    return [each.text() for each in page.findChildren(QLabel) if not each.isHidden()]


def link(page, name: str) -> LinkButton:
    QApplication.processEvents()
    found = [each for each in page.findChildren(LinkButton) if not each.isHidden()]
    return next(each for each in found if each.accessibleName() == name)


def press(widget, key: Qt.Key) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def test_the_page_says_recorded_progress_whose_and_as_at(qtbot, at_work, leo, mia):
    said = words_of(opened(qtbot, at_work.sam))

    assert any(
        each.startswith("Recorded progress: of 1 person with two readings, 1 improved") for each in said
    )
    assert "Children of Sam Okafor. 23/11/2025 to 23/11/2026. As at 23/11/2026." in said
    assert not any("impact" in each.casefold() for each in said)


def test_a_figure_opens_its_children_and_enter_opens_a_record(qtbot, at_work, leo, mia):
    page = opened(qtbot, at_work.sam)

    link(page, "People with a star: 2").click()
    assert page.behind.isVisible()
    assert [each.child for each in page.behind.rows()] == ["Leo Hartley", "Mia Brook"]

    press(page.behind.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.open_child) as asked:
        press(page.behind.table, Qt.Key.Key_Return)
    assert asked.args == [mia]


def test_escape_closes_the_list_and_gives_the_keyboard_back(qtbot, at_work, leo):
    page = opened(qtbot, at_work.sam)
    shown = link(page, "Improved: 1 of 1 (100 %)")
    shown.setFocus()
    shown.click()

    qtbot.keyClick(page.behind.table, Qt.Key.Key_Escape)

    assert page.behind.isHidden()
    assert QApplication.focusWidget() is shown


def test_every_link_lists_as_many_rows_as_its_figure_counts(qtbot, at_work, leo, mia):
    page = opened(qtbot, at_work.sam)
    asked: list[Figure] = []
    links = [each for each in page.findChildren(LinkButton) if each.accessibleDescription()]

    for each in links:
        each.click()
        asked.append(page._report.told.headline[0])
        title, number = each.accessibleName().rsplit(": ", 1)
        rows = page.behind.table.rowCount()
        assert rows == len(page.behind.rows()) > 0, title
        if number.split(" ")[0].isdigit():
            assert rows == int(number.split(" ")[0]), title

    assert len(asked) > 30


def test_the_chart_shows_the_averages_of_those_with_two_readings(qtbot, at_work, leo, mia):
    page = opened(qtbot, at_work.sam)
    chart = page.findChild(StarChart)

    assert chart.scores() == (5.0,) * 10
    assert "First, average of 1" in chart.accessibleDescription()


def test_other_children_are_shown_when_another_whose_or_agency_is_chosen(qtbot, at_work, leo, mia):
    page = opened(qtbot, at_work.sam)

    page.agency.setCurrentIndex(page.agency.findData("primary"))
    assert page._report.told.one("stars").child_ids == (leo,)

    page.agency.setCurrentIndex(0)
    page.whose.setCurrentIndex(page.whose.findData("team"))
    assert page._report.told.one("stars").count == 2
    assert any("Team Family Support East" in each for each in words_of(page))


def test_another_period_is_asked_for_by_typing_its_days(qtbot, at_work, leo, mia):
    page = opened(qtbot, at_work.sam)

    page.since.setText("1/4/26")
    page.since.editingFinished.emit()

    assert page._report.told.one("stars").child_ids == (leo,)


def test_a_day_that_is_none_is_said_and_nothing_is_counted_anew(qtbot, at_work, leo):
    page = opened(qtbot, at_work.sam)
    before = page._report

    page.until.setText("31/02/2026")
    page.until.editingFinished.emit()

    assert "is not a date in the calendar" in page.banner.text()
    assert page._report is before


def test_a_period_that_ends_before_it_begins_is_refused_in_words(qtbot, at_work, leo):
    page = opened(qtbot, at_work.sam)

    page.since.setText("01/12/2026")
    page.since.editingFinished.emit()

    assert "ends before it begins" in page.banner.text()


def test_an_answer_to_an_earlier_question_is_not_shown(qtbot, at_work, leo):
    page = opened(qtbot, at_work.sam)
    shown = page._report

    page._show(page._asked - 1, shown._replace(whose="Somebody else"))

    assert page._report is shown


def test_nobody_to_count_says_what_will_be_here(qtbot, at_work):
    page = opened(qtbot, at_work.sam)

    assert "No star in this period" in words_of(page)
    assert not [each for each in page.findChildren(LinkButton) if each.accessibleDescription()]


def test_the_file_holds_the_figures_without_childrens_names_and_the_export_is_recorded(
    qtbot, at_work, leo, tmp_path
):
    page = opened(qtbot, at_work.sam)

    page.exporting.save_to(str(tmp_path / "progress.csv"))

    written = (tmp_path / "progress.csv").read_text(encoding="utf-8-sig")
    assert "With a change to show,1,1,100" in written
    assert "Hartley" not in written
    assert "Saved as" in page.banner.text()
    with at_work.store.engine.connect() as connection:
        looks = connection.connection.driver_connection.execute("SELECT act, detail FROM look").fetchall()
    assert any(act == "export" and "Star progress" in detail for act, detail in looks)


def test_a_file_that_cannot_be_written_is_said(qtbot, at_work, leo, tmp_path):
    page = opened(qtbot, at_work.sam)

    page.exporting.save_to(str(tmp_path))

    assert "The file was not saved" in page.banner.text()


def test_every_control_has_a_name(qtbot, at_work, leo):
    page = opened(qtbot, at_work.sam)
    link(page, "People with a star: 1").click()

    controls = [
        *page.findChildren(QPushButton), *page.findChildren(QComboBox), *page.findChildren(QLineEdit)
    ]  # fmt: skip
    assert all(each.accessibleName() for each in controls if each.isVisibleTo(page))
