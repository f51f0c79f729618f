"""Today as a practitioner sees it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from caseapp import overview
from tests.desk_fixture import DeskAtOnce, Office, add_child, add_note, at_work, done, look_after
from tests.story import lived, new_story
from ui import theme
from ui.chips import Chip
from ui.due_card import DueCard
from ui.parts import ElidedLabel
from ui.record_parts import ElidedLink, FilterChip
from ui.today import TodayScreen

__all__ = ["at_work"]


def labels(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def links(widget) -> list[str]:
    return [link.whole_text() for link in widget.findChildren(ElidedLink) if not link.isHidden()]


def shown(qtbot, screen, width=1182, height=688):
    qtbot.addWidget(screen)
    screen.resize(width, height)
    with qtbot.waitExposed(screen):
        screen.show()
    QApplication.processEvents()
    return screen


def card(screen, name) -> DueCard:
    return next(each for each in screen.findChildren(DueCard) if each.accessibleName() == name)


@pytest.fixture
def amelia(at_work: Office):
    return lived(at_work, _amelia)


def _amelia(at_work: Office):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    look_after(at_work.sam, child_id)
    return child_id


def test_the_day_is_the_title_and_the_line_counts(qtbot, at_work, amelia):
    screen = shown(qtbot, TodayScreen(at_work.sam))

    assert labels(screen)[0] == "Monday 23 November 2026"
    assert any(text.startswith("1 child with you. ") and "overdue" in text for text in labels(screen))


def test_what_is_late_names_child_thing_and_date(qtbot, at_work, amelia):
    screen = shown(qtbot, TodayScreen(at_work.sam))

    overdue = card(screen, "Overdue")
    assert "Amelia Kowalska" in links(overdue)
    assert "Care plan" in labels(overdue)
    assert "17/02/2025" in labels(overdue)
    assert any(chip.text().endswith("working days late") for chip in overdue.findChildren(Chip))


def test_a_click_on_the_name_opens_the_child(qtbot, at_work, amelia):
    screen = shown(qtbot, TodayScreen(at_work.sam))

    with qtbot.waitSignal(screen.open_child) as opened:
        card(screen, "Overdue").findChildren(ElidedLink)[0].click()

    assert opened.args == [amelia]


def test_a_step_that_a_plan_answers_starts_that_plan(qtbot, at_work, amelia):
    screen = shown(qtbot, TodayScreen(at_work.sam))
    button = next(each for each in screen.findChildren(QPushButton) if each.text() == "Begin PEP")

    with qtbot.waitSignal(screen.start_plan) as started:
        button.click()

    assert started.args == [amelia, "pep"]


def test_each_date_says_why(qtbot, at_work, amelia):
    screen = shown(qtbot, TodayScreen(at_work.sam))
    button = next(
        each
        for each in screen.findChildren(QToolButton)
        if each.accessibleName().startswith("Why 17/02/2025")
    )

    assert "10 working days" in button.toolTip()
    assert button.accessibleDescription() in button.toolTip()


def test_the_columns_of_all_groups_meet(qtbot, at_work, amelia):
    add_note(at_work.sam, amelia, date(2026, 10, 26), "Visit.", seen=True)
    screen = shown(qtbot, TodayScreen(at_work.sam))

    cards = [each for each in screen.findChildren(DueCard) if each.findChildren(ElidedLink)]
    assert len(cards) > 1
    for kind in (ElidedLink, ElidedLabel, Chip):
        places = {
            each.mapTo(screen, each.rect().topLeft()).x() for one in cards for each in one.findChildren(kind)
        }
        assert len(places) == 1


@pytest.mark.parametrize("width", [916, 1044, 1182, 1736])
def test_a_very_long_name_never_makes_the_page_wider(qtbot, at_work, width):
    long_id = add_child(
        at_work.sam, "Anastasia-Maximiliana Wilhelmina " * 3, "Featherstonehaugh-Cholmondeley"
    )
    look_after(at_work.sam, long_id)
    done(at_work.sam, lambda session: overview.open_child(session, long_id))
    screen = shown(qtbot, TodayScreen(at_work.sam), width)

    for each in screen.findChildren(DueCard):
        assert each.mapTo(screen, each.rect().topRight()).x() < width
    assert any(link.toolTip() == link.whole_text() for link in screen.findChildren(ElidedLink))


def test_another_teams_child_is_not_shown(qtbot, at_work, amelia):
    screen = shown(qtbot, TodayScreen(at_work.priya))

    assert not links(screen)
    assert any("No children are allocated to you yet" in text for text in labels(screen))
    assert "Nothing is overdue." in labels(screen)
    add = next(each for each in screen.findChildren(QPushButton) if each.text() == "Add a child")
    with qtbot.waitSignal(screen.add_child):
        add.click()


def test_what_was_opened_lately_opens_again(qtbot, at_work, amelia):
    done(at_work.sam, lambda session: overview.open_child(session, amelia))
    screen = shown(qtbot, TodayScreen(at_work.sam))
    beside = screen.findChildren(ElidedLink)[-1]

    with qtbot.waitSignal(screen.open_child) as opened:
        beside.click()

    assert opened.args == [amelia]


@pytest.mark.parametrize("name", theme.NAMES)
def test_the_screen_opens_in_every_theme(qtbot, qapp, at_work, amelia, name):
    theme.apply(qapp, name)
    try:
        screen = shown(qtbot, TodayScreen(at_work.sam))
        assert not screen.grab().isNull()
    finally:
        theme.apply(qapp, "light")


def test_a_manager_sees_the_team_first_and_the_choice_of_ones_own_stays_until_sign_out(qtbot):
    story = new_story()
    for who, given in (("ada", "Leyla"), ("max", "Mia")):
        story.look_after(story.register(who, given, "Haddad"), date(2024, 3, 11), who)
    desk = DeskAtOnce(story.store, story.actors["max"])
    screen = shown(qtbot, TodayScreen(desk))
    team, mine = screen.findChildren(FilterChip)
    assert (team.text(), mine.text()) == ("My team", "Mine")
    assert {"Leyla Haddad", "Mia Haddad"} <= set(links(card(screen, "Overdue")))

    team.setFocus()
    qtbot.keyClick(team, Qt.Key.Key_Right)
    QApplication.processEvents()

    assert set(links(card(screen, "Overdue"))) == {"Mia Haddad"}
    assert any(text.startswith("1 child with you. ") for text in labels(screen))
    assert mine.hasFocus()
    again = shown(qtbot, TodayScreen(desk))
    assert set(links(card(again, "Overdue"))) == {"Mia Haddad"}


def test_who_leads_no_team_is_not_asked_whose_dates_they_want(qtbot, at_work):
    screen = shown(qtbot, TodayScreen(at_work.sam))

    assert not [each for each in screen.findChildren(FilterChip) if each.isVisible()]
