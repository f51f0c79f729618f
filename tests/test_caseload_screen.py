"""The caseload on screen: the table, lists behind numbers, another day, reallocation, settings, export."""

import dataclasses
import random
from uuid import UUID

import openpyxl
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QToolButton,
)

from caseapp.caseload import settled
from db.moments import new_id
from tests.caseload_county import random_county
from tests.desk_fixture import DeskAtOnce
from tests.story import TODAY, new_story
from ui import theme
from ui.caseload import CaseloadScreen
from ui.caseload_bars import number_at
from ui.caseload_meeting import MeetingDialog
from ui.caseload_reallocate import ReallocateDialog
from ui.caseload_settings import CaseloadCard, caseload_cards
from ui.caseload_table import COLUMNS, SUPERVISED, TIME
from ui.figures import FigureLink, Tile
from ui.parts import EmptyState
from ui.record_parts import Scroller
from ui.working_time import WorkingTimeDialog


@pytest.fixture(scope="module")
def county():
    story = new_story()
    random_county(story, random.Random(11), children=24)
    return story


def desk_of(story, who="max") -> DeskAtOnce:
    return DeskAtOnce(story.store, story.actors[who])


def opened(qtbot, desk) -> CaseloadScreen:
    page = CaseloadScreen(desk)
    qtbot.addWidget(page)
    page.resize(1182, 688)
    with qtbot.waitExposed(page):
        page.show()
    QApplication.processEvents()
    return page


def press(widget, key: Qt.Key) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def said(page) -> str:
    QApplication.processEvents()
    return "\n".join(each.text() for each in page.findChildren(QLabel) if not each.isHidden())


def place(table, worker: str, key: str) -> tuple[int, int]:
    column = max(number for number, each in enumerate(COLUMNS) if each[0] == key)
    rows = [row for row in range(table.rowCount()) if table.item(row, 0).text() == worker]
    return rows[0], column


def test_every_cell_and_every_link_opens_as_many_rows_as_it_says(qtbot, county):
    page = opened(qtbot, desk_of(county))
    table = page.table

    for row in range(table.rowCount()):
        for column, (key, _) in enumerate(COLUMNS):
            table.cellClicked.emit(row, column)
            figure = page.opened
            assert figure.definition.key == key
            assert len(page.behind.rows()) == page.behind.table.rowCount()
            if figure.definition.unit == "count" and column > 1:
                assert str(page.behind.table.rowCount()) == table.item(row, column).text()
    links = page.findChildren(FigureLink)
    assert len(links) == 15
    for link in links:
        link.click()
        if page.opened.definition.unit == "count":
            assert str(page.behind.table.rowCount()) == link.text()


def test_the_box_of_teams_names_the_team_that_is_shown(qtbot, county):
    page = opened(qtbot, desk_of(county))
    shown = page._now
    same = UUID(shown.team_id.hex)  # as a query returns it: equal, and another object

    page._show_teams(shown._replace(teams=((new_id(), "Another team"), (same, shown.team))))

    assert page.team.currentText() == shown.team


def test_the_keyboard_opens_a_list_a_record_and_comes_back(qtbot, county):
    page = opened(qtbot, desk_of(county))
    page.activateWindow()
    page.table.setFocus()
    page.table.setCurrentCell(*place(page.table, "Ada North", "open"))

    press(page.table, Qt.Key.Key_Return)

    assert page.behind.isVisible()
    first = page.behind.rows()[0]
    with qtbot.waitSignal(page.open_child) as asked:
        page.behind.table.itemActivated.emit(page.behind.table.item(0, 0))
    assert asked.args == [first.child_id]
    page.behind.close_list()
    assert page.behind.isHidden()


def test_the_zone_is_said_in_words_beside_its_colour(qtbot, county):
    page = opened(qtbot, desk_of(county))

    told = page.table.item(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)

    assert told.startswith("Ada North, ")
    assert told.endswith("room for more")
    assert "Ada North" in page.table.accessibleDescription()


def test_another_day_shows_who_held_whom_then_and_nothing_can_be_moved(qtbot, county):
    page = opened(qtbot, desk_of(county))
    page.day.setText("01/09/2026")
    page.day.editingFinished.emit()

    assert page.shown.as_of.isoformat() == "2026-09-01"
    assert "Who held whom is as it was that day." in said(page)
    assert not page.move_button.isEnabled()
    page.table.cellClicked.emit(0, 0)
    assert not page.move_selected.isVisibleTo(page)


@pytest.mark.parametrize("typed", ["24/11/2026", "soon"])
def test_a_day_ahead_or_no_day_is_said_and_changes_nothing(qtbot, county, typed):
    page = opened(qtbot, desk_of(county))
    page.day.setText(typed)
    page.day.editingFinished.emit()

    assert page.shown.as_of == TODAY
    assert "What is shown is as of 23/11/2026." in page.banner.text()


def test_selected_children_go_to_another_worker(qtbot):
    story = new_story()
    first, second = story.register("ada", "Mia", "Farrow"), story.register("ada", "Tom", "Hart")
    page = opened(qtbot, desk_of(story))

    page.move_button.click()
    assert page.behind.isVisible()
    assert page.behind.selected() == []
    page.behind.table.selectAll()
    assert page.behind.selected() == [first, second]
    page.move_selected.click()
    dialog = page.findChild(ReallocateDialog)
    dialog.save_button.click()
    assert dialog.isVisible()  # to whom and why are still to be said
    bea = str(story.actors["bea"].worker_id)
    chosen = {"worker": bea, "reason": "Back from leave", "print": ["yes"]}
    dialog.form.set_answers({**dialog.form.answers(), **chosen})
    with qtbot.waitSignal(page.print_bytes) as printed:
        dialog.save_button.click()

    assert printed.args[1].startswith(b"%PDF")
    assert [(each.name, len(each.cases)) for each in page.shown.lines] == [("Bea North", 2)]
    assert page.banner.text() == "2 children went to Bea North. Each brief stands in the child’s file."


def test_a_refused_move_stays_in_the_dialog(qtbot):
    story = new_story()
    story.register("ada", "Mia", "Farrow")
    page = opened(qtbot, desk_of(story))
    page.move_button.click()
    page.behind.table.selectAll()
    page.move_button.click()
    dialog = page.findChild(ReallocateDialog)

    bea = str(story.actors["bea"].worker_id)
    dialog.form.set_answers({"worker": bea, "reason": "Leave", "on": "2026-11-20"})
    dialog.save_button.click()

    assert "has stood as it does since 23/11/2026" in dialog.said()
    assert dialog.isVisible()


def test_the_tiles_follow_another_theme(qtbot, qapp, county):
    page = opened(qtbot, desk_of(county))
    before = [each.link.styleSheet() for each in page.findChildren(Tile)]

    theme.apply(qapp, "dark")
    after = [each.link.styleSheet() for each in page.findChildren(Tile)]
    theme.apply(qapp, "light")

    assert all(was != now for was, now in zip(before, after, strict=True))


def test_an_empty_team_says_what_will_stand_here(qtbot):
    page = opened(qtbot, desk_of(new_story()))

    assert "No open case is held here" in said(page)
    assert not page.print_button.isEnabled()
    assert not page.move_button.isEnabled()


def test_an_empty_team_leads_to_its_first_child(qtbot):
    page = opened(qtbot, desk_of(new_story()))

    with qtbot.waitSignal(page.add_child):
        page.findChild(EmptyState).findChild(QPushButton).click()
    assert not page.meaning.isVisible()  # no number, so nothing to point at


def test_a_day_before_the_first_case_leads_back_to_today(qtbot, county):
    page = opened(qtbot, desk_of(county))
    page.day.setText("01/01/2001")
    page.day.editingFinished.emit()
    before = said(page)

    page.findChild(EmptyState).findChild(QPushButton).click()

    assert "No open case was held here" in before
    assert page.shown.as_of == TODAY
    assert page.table.isVisible()


def test_every_column_is_seen_whole_on_the_smallest_laptop(qtbot, county):
    page = opened(qtbot, desk_of(county))  # 1366 less the rail

    assert page.table.horizontalScrollBar().maximum() == 0
    heads = page.table.horizontalHeader()
    for column in range(1, page.table.columnCount()):
        words = page.table.horizontalHeaderItem(column).text().split("\n")
        wide = max(heads.fontMetrics().horizontalAdvance(each) for each in words)
        assert heads.sectionSize(column) >= wide, words


def test_with_less_room_supervision_goes_and_the_rest_is_seen_whole(qtbot, county):
    page = opened(qtbot, desk_of(county))
    page.resize(1033, 560)  # 1366 at 125 %, less the rail
    QApplication.processEvents()

    assert page.table.isColumnHidden(SUPERVISED)
    assert page.table.horizontalScrollBar().maximum() == 0


def test_the_longest_names_push_nothing_out_of_the_window(qtbot):
    story = new_story()
    story.register("ada", "Mia", "Farrow")
    page = opened(qtbot, desk_of(story))
    shown = page.shown
    long = dataclasses.replace(shown.lines[0], name="Wilhelmina-Alexandrina " * 3)

    page._show(shown._replace(team="Family Support and Safeguarding " * 9, lines=(long,)))
    QApplication.processEvents()

    assert page.findChild(Scroller).widget().minimumSizeHint().width() <= page.width()


@pytest.mark.parametrize(
    ("end", "expected"),
    [(50, 56), (91, 106), (80, 106), (99, 105), (130, 136)],
)
def test_the_number_at_a_bars_end_stands_clear_of_the_target(end, expected):
    assert number_at(end, 30, (100,)) == expected


def test_who_is_no_manager_reads_why(qtbot, county):
    page = opened(qtbot, desk_of(county, "ada"))

    assert "It is for: team manager." in page.banner.text()


def test_the_review_is_printed_and_the_sheet_saved(qtbot, county, tmp_path):
    page = opened(qtbot, desk_of(county))

    with qtbot.waitSignal(page.print_bytes) as printed:
        page.print_button.click()
    page.exporting.save_to(str(tmp_path / "caseload.xlsx"))
    assert "It holds the children’s names." in page.banner.text()
    page.exporting.save_to(str(tmp_path / "caseload.csv"))

    assert printed.args[0] == "Caseload review"
    assert "Workers" in openpyxl.load_workbook(tmp_path / "caseload.xlsx").sheetnames
    assert (tmp_path / "caseload.csv").read_text(encoding="utf-8-sig").startswith("Worker,")
    assert "It holds no child’s name." in page.banner.text()
    page.exporting.save_to(str(tmp_path))
    assert "The file was not saved" in page.banner.text()


def test_working_time_is_recorded_from_the_row_of_a_worker(qtbot):
    story = new_story()
    story.register("ada", "Mia", "Farrow")
    page = opened(qtbot, desk_of(story))

    page.table.cellClicked.emit(0, TIME)
    dialog = page.findChild(WorkingTimeDialog)
    away = {"until_on": "2026-11-30", "why": "Ill"}
    dialog.form.set_answers({"share": "0.5", "first_year_from": "2026-10-01", "leave": [away]})
    dialog.save_button.click()
    assert dialog.isVisible()  # the first day away is missing
    dialog.form.set_answers({**dialog.form.answers(), "leave": [away | {"from_on": "2026-11-20"}]})
    dialog.save_button.click()

    assert page.banner.text() == "The working time of Ada North is recorded."
    assert page.table.item(0, 0).text() == "Ada North"
    assert page.table.item(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("1 at 0.5 FTE, NQSW, away")
    assert (
        page.table.item(0, 1).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Ada North, 1 (as 2) open")
    )
    assert "(0.5 full-time)" in said(page)


def test_a_meeting_is_recorded_and_stands_beneath_the_table(qtbot):
    story = new_story()
    story.register("ada", "Mia", "Farrow")
    page = opened(qtbot, desk_of(story))

    page.meeting_button.click()
    dialog = page.findChild(MeetingDialog)
    dialog.form.set_answers(
        {**dialog.form.answers(), "agreed": "Ada closes one\n\nMax asks", "staffing": "A sixth post"}
    )
    dialog.save_button.click()

    assert page.banner.text() == "The meeting is recorded."
    for each in ("Held on 23/11/2026", "Ada closes one\nMax asks", "A sixth post"):
        assert each in said(page)


def test_every_control_has_a_name(qtbot, county):
    page = opened(qtbot, desk_of(county))
    page.table.cellClicked.emit(0, 2)

    controls = [each for kind in (QPushButton, QComboBox, QToolButton, QTableWidget, QLineEdit)
                for each in page.findChildren(kind)]  # fmt: skip
    assert all(each.accessibleName() for each in controls if each.isVisibleTo(page))


def test_an_administrator_changes_the_zone_on_the_card_and_nobody_else_has_it(qtbot):
    story = new_story()
    assert caseload_cards(desk_of(story, "max")) == []
    desk = desk_of(story, "amy")
    card = CaseloadCard(desk)
    qtbot.addWidget(card)

    card.begin()
    card.form.form.set_answers({**card.form.form.answers(), "high": 17, "court": "3.0"})
    card.form.saved.emit()

    assert card.said() == "Caseloads are measured so from now on."
    found = story.call("max", settled.read)
    assert (int(found["high"]), str(found["court"])) == (17, "3")
    card.begin()
    card.form.form.set_answers({**card.form.form.answers(), "target": 30})
    card.form.saved.emit()
    assert "The target lies in the zone" in said(card)
