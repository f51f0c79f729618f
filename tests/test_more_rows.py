"""The model that reads on as it is scrolled."""

from collections.abc import Callable

import pytest

from ui.more_rows import Column, MoreRows

COLUMNS = (Column("Number", str, order="number", is_number=True), Column("Word", lambda row: f"row {row}"))


class Shelf:
    """Numbers that are handed out page by page, when the test says so."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.waiting: list[tuple[int | None, Callable, Callable]] = []

    def read_on(self, last, receive, give_up) -> None:
        self.waiting.append((last, receive, give_up))

    def answer(self, page_size: int = 200) -> None:
        last, receive, _ = self.waiting.pop(0)
        first = 0 if last is None else last + 1
        receive([(number, number) for number in range(first, min(first + page_size, self.count))])


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(450)


@pytest.fixture
def model(qapp, shelf) -> MoreRows:
    return MoreRows(COLUMNS, shelf.read_on)


def test_the_model_behaves_as_qt_expects(model, shelf, qtmodeltester):
    model.restart()
    shelf.answer()

    qtmodeltester.check(model)


def test_rows_arrive_page_by_page_until_the_last(model, shelf):
    model.restart()

    counts = []
    while shelf.waiting:
        shelf.answer()
        counts.append(model.rowCount())
        model.fetchMore()

    assert counts == [200, 400, 450]
    assert model.is_whole
    assert not model.canFetchMore()
    assert [model.row_at(at) for at in (0, 449)] == [0, 449]


def test_a_page_is_asked_for_only_once(model, shelf):
    model.restart()

    model.fetchMore()
    model.fetchMore()

    assert len(shelf.waiting) == 1


def test_an_answer_to_an_earlier_question_is_dropped(model, shelf):
    model.restart()
    model.restart()

    shelf.answer()
    assert model.rowCount() == 0

    shelf.answer()
    assert model.rowCount() == 200


def test_after_a_page_that_failed_it_can_be_asked_for_again(model, shelf):
    model.restart()
    shelf.waiting.pop()[2]()

    assert model.canFetchMore()
    model.fetchMore()
    shelf.answer()

    assert model.rowCount() == 200


def test_an_empty_list_says_so(qapp, qtbot):
    empty = Shelf(0)
    model = MoreRows(COLUMNS, empty.read_on)
    model.restart()

    with qtbot.waitSignal(model.page_shown, timeout=1000):
        empty.answer()

    assert model.is_whole
    assert model.rowCount() == 0
