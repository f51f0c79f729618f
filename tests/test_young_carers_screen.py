"""Young carers on screen: counts that open their children, the period, and the line on the Early help tab."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QApplication

from caseapp import plan_reading, plans, words, young_carers
from tests.desk_fixture import Office, add_child, at_work, done
from tests.record_screen import texts
from tests.story import lived, sample
from tests.test_child_screen import nameless
from ui.child_help import HelpPage
from ui.early_help import EarlyHelpScreen
from ui.parts import LinkButton
from ui.young_carers import STEPS, YoungCarersPage

__all__ = ["at_work"]


def sign(desk, child_id: UUID, **answers) -> None:
    """Sign a young carer's needs assessment."""

    def work(session) -> None:
        revision_id = plans.start(session, child_id, "young-carer")
        view = plan_reading.open_plan(session, revision_id)
        plans.sign(session, revision_id, view.version, sample("young_carer") | answers)

    done(desk, work)


def offered(**answers):
    return {"assessment": "offered", "offered_on": "2026-10-01", "written_on": "2026-10-01"} | answers


@pytest.fixture
def leo(at_work: Office) -> UUID:
    """Identified by his school in September, assessed and supported on 19/11/2026."""
    return lived(at_work, _leo)


def _leo(at_work: Office) -> UUID:
    child_id = add_child(at_work.sam, "Leo", "Hartley")
    sign(at_work.sam, child_id, identified_on="2026-09-03", identified_how="school")
    return child_id


@pytest.fixture
def mia(at_work: Office) -> UUID:
    """Identified by a nurse in September, assessment offered."""
    return lived(at_work, _mia)


def _mia(at_work: Office) -> UUID:
    child_id = add_child(at_work.sam, "Mia", "Brook")
    sign(at_work.sam, child_id, **offered(identified_on="2026-09-30", identified_how="health"))
    return child_id


@pytest.fixture
def zoe(at_work: Office) -> UUID:
    """Identified by her school before this school year."""
    return lived(at_work, _zoe)


def _zoe(at_work: Office) -> UUID:
    child_id = add_child(at_work.sam, "Zoe", "Quist")
    sign(at_work.sam, child_id, **offered(identified_on="2026-08-31", identified_how="school"))
    return child_id


def opened(qtbot, desk) -> YoungCarersPage:
    screen = EarlyHelpScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1182, 688)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.show_tab(2)
    page = screen.page()
    assert isinstance(page, YoungCarersPage)
    page.screen_of_tabs = screen  # keeps the screen alive as long as its page
    return page


def links(page) -> dict[str, LinkButton]:
    QApplication.processEvents()
    found = [each for each in page.findChildren(LinkButton) if each.accessibleDescription()]
    return {each.accessibleName(): each for each in found if each.isVisible()}


def press(widget, key: Qt.Key) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def choose(editor, typed: str) -> None:
    editor.control().setText(typed)
    editor.control().textEdited.emit(typed)
    editor.control().editingFinished.emit()


def test_the_school_year_so_far_is_counted_by_month_and_source(qtbot, at_work, leo, mia, zoe):
    page = opened(qtbot, at_work.sam)

    assert set(links(page)) == {
        "Identified: 2", "Assessed: 1", "Supported: 1",
        "Identified, September 2026, Health: 1",
        "Identified, September 2026, School or college: 1",
        "Assessed, November 2026, School or college: 1",
        "Supported, November 2026, School or college: 1",
    }  # fmt: skip
    assert any(
        each.startswith("School year 2026/27 so far, 01/09/2026 to 23/11/2026.") for each in texts(page)
    )


def test_every_number_is_as_long_as_its_list_and_as_the_measure(qtbot, at_work, leo, mia, zoe):
    page = opened(qtbot, at_work.sam)
    measured = done(
        at_work.sam,
        lambda session: young_carers.measures(session, date(2026, 9, 1), date(2026, 11, 23)),
    )

    shown = links(page)
    for name, link in shown.items():
        link.click()
        assert page.behind.table.rowCount() == len(page.behind.rows()) == int(link.text()), name
    for step, counts in zip(STEPS, measured, strict=True):
        assert f"{step}: {sum(len(each.children) for each in counts)}" in shown
        for each in counts:
            month = f"{words.MONTHS[each.month.month - 1]} {each.month.year}"
            assert f"{step}, {month}, {each.source_words}: {len(each.children)}" in shown


def test_a_number_lists_its_children_with_source_and_day_and_enter_opens_one(qtbot, at_work, leo, mia):
    page = opened(qtbot, at_work.sam)
    links(page)["Identified: 2"].click()

    rows = [(each.child, each.whose, each.said) for each in page.behind.rows()]
    assert rows == [("Leo Hartley", "School or college", "03/09/2026"), ("Mia Brook", "Health", "30/09/2026")]
    heads = [page.behind.table.horizontalHeaderItem(column).text() for column in range(4)]
    assert heads == ["Child", "Reference", "How noticed", "Day"]
    press(page.behind.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.screen_of_tabs.open_child) as asked:
        press(page.behind.table, Qt.Key.Key_Return)
    assert asked.args == [mia]


def test_escape_closes_the_list_and_gives_the_keyboard_back(qtbot, at_work, leo):
    page = opened(qtbot, at_work.sam)
    link = links(page)["Assessed: 1"]
    link.setFocus()
    link.click()

    qtbot.keyClick(page.behind.table, Qt.Key.Key_Escape)

    assert page.behind.isHidden()
    assert QApplication.focusWidget() is link


def test_each_figure_says_what_it_means_by_the_law(qtbot, at_work, leo):
    said = texts(opened(qtbot, at_work.sam))

    assert all(meaning in said for meaning in STEPS.values())
    assert all("s17ZA" in meaning for meaning in STEPS.values())


def test_another_period_is_counted_once_its_day_is_typed(qtbot, at_work, leo, zoe):
    page = opened(qtbot, at_work.sam)

    choose(page.since, "31/8/26")

    assert "Identified: 2" in links(page)
    assert any(each.startswith("31/08/2026 to 23/11/2026.") for each in texts(page))


def test_the_two_days_stand_side_by_side(qtbot, at_work):
    page = opened(qtbot, at_work.sam)

    assert page.since.geometry().right() < page.until.geometry().left()


def test_a_day_that_is_none_is_said_at_its_field_and_nothing_is_counted_anew(qtbot, at_work, leo):
    page = opened(qtbot, at_work.sam)

    choose(page.until, "31/02/2026")

    assert page.until.problem()
    assert page.until.control().text() == "31/02/2026"
    assert "Identified: 1" in links(page)


def test_a_day_taken_away_is_the_usual_one_again(qtbot, at_work, leo, zoe):
    page = opened(qtbot, at_work.sam)
    choose(page.since, "31/8/26")

    choose(page.since, "")

    assert page.since.control().text() == "01/09/2026"
    assert "Identified: 1" in links(page)


def test_a_period_that_ends_before_it_begins_is_refused_and_shows_no_numbers(qtbot, at_work, leo):
    page = opened(qtbot, at_work.sam)
    links(page)["Identified: 1"].click()

    choose(page.since, "01/12/2026")

    assert "Give the earlier day first" in page.banner.text()
    assert page.behind.isHidden()
    assert links(page) == {}


def test_an_answer_to_an_earlier_question_is_not_shown(qtbot, at_work, leo):
    page = opened(qtbot, at_work.sam)

    page._show(page._asked - 1, young_carers.Measured([], [], []))

    assert "Identified: 1" in links(page)


def test_nobody_to_count_says_what_will_be_here(qtbot, at_work, zoe):
    page = opened(qtbot, at_work.sam)

    assert "No young carer in this period" in texts(page)
    assert links(page) == {}


def test_another_teams_carers_are_not_shown(qtbot, at_work, leo):
    assert "No young carer in this period" in texts(opened(qtbot, at_work.priya))


def test_every_control_has_a_name(qtbot, at_work, leo):
    page = opened(qtbot, at_work.sam)
    links(page)["Identified: 1"].click()

    assert nameless(QAccessible.queryAccessibleInterface(page), []) == []


def help_tab(qtbot, desk, child_id) -> HelpPage:
    page = HelpPage(desk, child_id, True, "Leo Hartley", date(2011, 9, 4))
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


def test_the_early_help_tab_says_how_a_child_stands_as_a_young_carer(qtbot, at_work, mia):
    said = texts(help_tab(qtbot, at_work.sam, mia))

    assert "As a young carer: identified 30/09/2026, assessment offered 01/10/2026." in said


def test_the_early_help_tab_says_nothing_of_a_child_who_is_no_carer(qtbot, at_work):
    child_id = add_child(at_work.sam, "Ana", "Brook")

    assert not any(
        "young carer:" in each.casefold() for each in texts(help_tab(qtbot, at_work.sam, child_id))
    )
