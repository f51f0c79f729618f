"""The list behind a figure, figures in cards, and tables that give up columns where there is no room."""

from typing import NamedTuple
from uuid import UUID, uuid4

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from ui.figure_list import FigureList, Listed
from ui.figures import FigureLink, FigureRow, FiguresCard, Number, Tile
from ui.more_rows import MoreRows
from ui.rows_table import Cell, RowsTable


class Row(NamedTuple):
    """Somebody in a list."""

    name: str
    child_id: UUID | None


MIA, TOM = Row("Mia Farrow", uuid4()), Row("Tom Hart", uuid4())
NOBODY = Row("A worker", None)


def name_of(row):
    return row.name


@pytest.fixture
def behind(qtbot):
    made = FigureList(("Child",), (), lambda row: (row.name,))
    qtbot.addWidget(made)
    return made


def number(shown="3", opens=print):
    return Number(shown, f"Overdue: {shown}", "What is late.", "Overdue: what is late.", opens)


def names_in(table):
    return [table.item(row, 0).text() for row in range(table.rowCount())]


def test_two_chips_choose_who_counts_and_who_does_not(behind):
    behind.show_rows(Listed("PEP in date: 1 of 2", "Held this term.", [MIA], [TOM], of=("child", "children")))

    first = names_in(behind.table)
    behind.others.click()

    assert (first, names_in(behind.table)) == (["Mia Farrow"], ["Tom Hart"])
    assert behind.others.accessibleName() == "Not counted: 1 child"


def test_where_nobody_counts_those_who_do_not_are_listed_first(behind):
    behind.show_rows(Listed("Overdue", "", [], [TOM]))

    assert names_in(behind.table) == ["Tom Hart"]


def test_without_others_there_is_nothing_to_choose(behind):
    behind.show_rows(Listed("Overdue", "", [MIA]))

    assert behind.counted.isHidden()
    assert behind.others.isHidden()


def test_enter_opens_the_child_and_a_row_of_no_child_opens_nothing(qtbot, behind):
    opened = []
    behind.open_child.connect(opened.append)
    behind.show_rows(Listed("Overdue", "", [NOBODY, MIA]))

    for row in (0, 1):
        behind.table.setCurrentCell(row, 0)
        behind.table.itemActivated.emit(behind.table.item(row, 0))

    assert opened == [MIA.child_id]


def test_a_list_of_nobody_says_so(behind):
    behind.show_rows(Listed("Overdue", "", []))

    assert "Nobody." in [each.text() for each in behind.findChildren(QLabel) if each.isVisibleTo(behind)]


def test_a_number_that_opens_nothing_is_no_link(qtbot):
    rows = [FigureRow("Overdue", "", (number(), number("–", None))), FigureRow("Late", "", (None, number()))]
    card = FiguresCard("Dates", rows, ("Now", "Before"))
    qtbot.addWidget(card)

    assert [each.text() for each in card.findChildren(FigureLink)] == ["3", "3"]
    assert "–" in [each.text() for each in card.findChildren(QLabel)]


def test_a_tile_opens_its_list(qtbot):
    opened = []
    tile = Tile(number(opens=lambda: opened.append("overdue")), "Overdue", "for 3 children")
    qtbot.addWidget(tile)

    tile.link.click()

    assert opened == ["overdue"]


@pytest.mark.parametrize(("width", "is_hidden"), [(900, False), (500, True)])
def test_a_spare_column_goes_first_where_names_would_be_cut_short(qtbot, width, is_hidden):
    cells = (
        Cell("Child", name_of, 30, is_link=True),
        Cell("Worker", name_of, 30),
        Cell("Received", name_of, 140),
        Cell("In 12 months", name_of, 160, is_spare=True),
    )
    model = MoreRows([each.column for each in cells], lambda last, receive, failed: receive([]))
    table = RowsTable("Contacts", cells, model, name_of)
    qtbot.addWidget(table)
    table.resize(width, 300)
    table.show()
    QApplication.processEvents()

    assert table.isColumnHidden(3) == is_hidden
    assert table.columnWidth(0) >= 118
    assert table.horizontalHeader().length() <= table.viewport().width()
