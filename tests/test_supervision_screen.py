"""Supervision and approvals on screen: the team, a worker's page, the dialogs, the card, and Today."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from caseapp import actions
from caseapp.supervision import cases, measures, sessions
from caseapp.supervision.new_rows import NewCase, NewSession
from caseapp.today import SentBack
from db.models import Assessment, Contact
from tests.desk_fixture import DeskAtOnce
from tests.story import TODAY, new_story
from ui import theme
from ui.approvals import ApprovalsScreen
from ui.parts import LinkButton
from ui.record_parts import ElidedLink, FilterChip
from ui.row_fields import RowsEditor
from ui.supervision import SupervisionScreen
from ui.supervision_card import SupervisionCard
from ui.supervision_forms import CaseDialog, PlanDialog, ReasonDialog, SessionDialog
from ui.today import TodayScreen
from ui.today_waiting import SentBackCard
from ui.today_waiting import SupervisionCard as OwedCard

TODAY_ID = UUID(int=1)


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def leyla(story):
    return story.register("ada", "Leyla", "Haddad")


def desk(story, who="max"):
    return DeskAtOnce(story.store, story.actors[who])


def shown(qtbot, screen):
    qtbot.addWidget(screen)
    screen.resize(1182, 688)
    with qtbot.waitExposed(screen):
        screen.show()
    QApplication.processEvents()
    return screen


def said(widget):
    QApplication.processEvents()
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget)]


def button(widget, name):
    QApplication.processEvents()
    found = [each for each in widget.findChildren(QPushButton) if each.isVisibleTo(widget)]
    return next(each for each in found if each.accessibleName() == name or each.text() == name)


def link(widget, text):
    QApplication.processEvents()
    return next(each for each in widget.findChildren(ElidedLink) if each.whole_text() == text)


def worker(story, who="ada"):
    return story.actors[who].worker_id


def supervise(story, **more):
    new = NewSession(**({"held_on": TODAY} | more))
    return story.call("max", lambda session: sessions.add(session, worker(story), new))


def seen(story, who="max"):
    return story.call(who, lambda session: sessions.view(session, worker(story))).rows


# The team


def test_a_manager_sees_the_team_and_each_figure_opens_its_rows(qtbot, story, leyla):
    supervise(story)
    screen = shown(qtbot, SupervisionScreen(desk(story)))

    for figure in story.call("max", measures.team).figures:
        button(screen, f"{figure.title}: {figure.shown}").click()
        behind = screen.page().behind
        assert behind.isVisible()
        assert len(behind.rows()) == len(figure.rows or figure.others)
    qtbot.keyClick(behind.table, Qt.Key.Key_Escape)
    assert not behind.isVisible()


def test_a_manager_of_nobody_reads_one_thing_and_no_empty_figures(qtbot):
    story = new_story()
    elsewhere = replace(story.actors["max"], team_id=UUID(int=1))
    screen = shown(qtbot, SupervisionScreen(DeskAtOnce(story.store, elsewhere)))
    QApplication.processEvents()

    words = [each.text() for each in screen.findChildren(QLabel) if each.isVisibleTo(screen)]
    assert "Nobody to supervise yet" in words
    assert "Workers supervised" not in words


def test_the_service_stands_below_the_team_and_names_nobody(qtbot, story):
    supervise(story)
    supervise_by(story, "tom", "sue")
    screen = shown(qtbot, SupervisionScreen(desk(story)))

    told = said(screen)

    assert {"Across the service", "North (yours)", "50.0 % (1 of 2)", "66.7 % (2 of 3)"} <= {*told}
    assert any(text.startswith("Fewer than 3 workers") for text in told)
    assert not any("Sue" in text for text in told)


def supervise_by(story, who, whom):
    new = NewSession(held_on=TODAY)
    story.call(who, lambda session: sessions.add(session, worker(story, whom), new))


def test_today_says_by_when_supervision_is_owed_and_why(qtbot, story):
    supervise_by(story, "max", "ada")
    screen = shown(qtbot, TodayScreen(desk(story, "ada")))

    card = next(each for each in screen.findChildren(OwedCard) if each.isVisible())
    (why,) = card.findChildren(QToolButton)

    assert "by 21/12/2026" in said(card)
    assert why.accessibleName() == "Why 21/12/2026: My own supervision"
    with qtbot.waitSignal(screen.open_supervision):
        link(card, "My own supervision").click()


def test_a_plan_that_came_back_opens_from_today(qtbot, story):
    card = SentBackCard()
    qtbot.addWidget(card)
    row = SentBack(TODAY_ID, TODAY_ID, "Leyla Haddad", "Pathway Plan", TODAY, "Weekend numbers.", TODAY)
    card.show_plans([row])

    assert {"Weekend numbers.", "put right by 23/11/2026"} <= {*said(card)}
    with qtbot.waitSignal(card.open_plan) as opened:
        link(card, "Pathway Plan").click()
    assert opened.args == [TODAY_ID]


def test_a_worker_opens_from_the_team_and_leads_back(qtbot, story, leyla):
    screen = shown(qtbot, SupervisionScreen(desk(story)))

    link(screen, "Ada North").click()
    assert "Ada North" in said(screen.page())
    assert any(each.whole_text() == "Leyla Haddad" for each in screen.findChildren(ElidedLink))
    button(screen, "Back to all workers").click()

    assert "Your workers" in said(screen.page())


def test_a_practitioner_sees_their_own_page_and_signs_there(qtbot, story, leyla):
    supervise(story)
    screen = shown(qtbot, SupervisionScreen(desk(story, "ada")))
    assert "My supervision" in said(screen)
    assert not screen.page()._record.isVisible()

    button(screen, "Sign: supervision of 23/11/2026").click()

    assert seen(story)[0].waits_for == ("Max North",)


def test_a_session_is_printed_from_its_row(qtbot, story):
    supervise(story)
    screen = shown(qtbot, SupervisionScreen(desk(story, "ada")))

    with qtbot.waitSignal(screen.print_bytes) as printed:
        button(screen, "Print: supervision of 23/11/2026").click()

    assert printed.args[1].startswith(b"%PDF")


# The dialogs


def test_planning_recording_and_calling_off(qtbot, story):
    one = desk(story)
    plan = PlanDialog(one, worker(story), "Ada North")
    plan.form.set_answers({"planned_on": "2026-11-23", "kind": "personal"})
    plan.save_button.click()
    (row,) = seen(story)
    assert row.state == "planned"

    held = SessionDialog(one, worker(story), "Ada North", row)
    held.form.set_answers(held.form.answers() | {"minutes": 60, "agreed": "Leave in May\nA course"})
    held.save_button.click()
    (row,) = seen(story)
    assert (row.state, row.given.minutes, row.given.agreed) == ("held", 60, ("Leave in May", "A course"))
    assert row.given.planned_on == TODAY

    later = supervise(story, held_on=None, planned_on=date(2026, 12, 7))
    reason = ReasonDialog(one, next(each for each in seen(story) if each.id == later))
    reason.form.set_answers({"what": "cancelled", "because": "Court all day"})
    reason.save_button.click()
    assert [each.state for each in seen(story)] == ["cancelled", "held"]


def test_what_is_said_of_a_child_is_recorded_with_its_actions(qtbot, story, leyla):
    made = supervise(story)
    chosen = ((str(made), "Supervision, 23/11/2026"),)
    dialog = CaseDialog(desk(story), leyla, "Leyla Haddad", "Ada North", chosen)
    assert isinstance(dialog.form.editor("agreed"), RowsEditor)
    agreed = [{"what": "Visit the school", "by": "2026-12-01"}]
    dialog.form.set_answers(
        dialog.form.answers() | {"discussion": "School.", "risk": "high", "agreed": agreed}
    )

    dialog.save_button.click()

    (row,) = story.call("ada", lambda session: cases.of_child(session, leyla)).rows
    assert (row.given.session_id, row.is_risk) == (made, True)
    assert [each.what for each in story.call("ada", actions.mine)] == ["Visit the school"]


# The card of the record


def test_the_card_shows_supervision_and_only_a_manager_changes_it(qtbot, story, leyla):
    new = NewCase(TODAY, "School.", decision="Ask for a plan.", risk="urgent")
    story.call("max", lambda session: cases.add(session, leyla, new))

    card = shown(qtbot, SupervisionCard(desk(story, "ada"), leyla))
    assert "Decision: Ask for a plan." in said(card)
    names = [each.accessibleName() for each in card.findChildren(LinkButton) if each.isVisibleTo(card)]
    assert names == ["Print: supervision of 23/11/2026"]
    with qtbot.waitSignal(card.print_bytes):
        button(card, "Print: supervision of 23/11/2026").click()

    mine = shown(qtbot, SupervisionCard(desk(story), leyla))
    assert button(mine, "Change: supervision of 23/11/2026").isVisible()
    assert button(mine, "Record supervision").isVisible()


# Approvals and Today


@pytest.fixture
def waiting(story, leyla):
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    day = date(2026, 11, 9)
    rows = [
        Contact(child_id=leyla, received_at=at, reason="Police notice", needs=[], outcomes=[]),
        Assessment(
            child_id=leyla, referred_on=day, started_on=day, submitted_on=TODAY,
            worker_id=worker(story, "max"), factors=[], outcomes=[],
        ),
    ]  # fmt: skip
    story.call("max", lambda session: session.add_all(rows))
    return rows[0].id


def test_the_list_of_approvals_narrows_to_a_kind_and_opens_the_place(qtbot, story, waiting):
    screen = shown(qtbot, ApprovalsScreen(desk(story)))
    assert len(screen.shown()) == 2

    with qtbot.waitSignal(screen.open_front_door) as opened:
        button(screen, "Decide: Leyla Haddad, Contact: Police notice").click()
    assert opened.args == ["Contacts", waiting]
    next(each for each in screen.findChildren(FilterChip) if each.text() == "Assessments 1").click()

    assert [each.kind for each in screen.shown()] == ["assessment"]
    assert button(screen, "Look: Leyla Haddad, Child and family assessment").isVisible()
    assert any("nobody authorises their own" in each for each in said(screen))


def test_an_empty_list_of_approvals_says_what_will_be_there(qtbot, story):
    screen = shown(qtbot, ApprovalsScreen(desk(story)))

    assert "Nothing waits for a decision" in said(screen)


def test_today_shows_what_waits_for_my_signature_and_my_approval(qtbot, story, waiting):
    supervise(story)
    screen = shown(qtbot, TodayScreen(desk(story)))

    assert {"Waiting for my signature", "Waiting for my approval"} <= set(said(screen))
    with qtbot.waitSignal(screen.open_supervision):
        link(screen, "Supervision with Ada North").click()
    with qtbot.waitSignal(screen.open_front_door) as opened:
        link(screen._approvals, "Leyla Haddad").click()
    assert opened.args == ["Contacts", waiting]


def test_the_rest_of_a_long_list_of_approvals_is_a_click_away(qtbot, story, leyla):
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    rows = [
        Contact(child_id=leyla, received_at=at, reason=f"Call {number}", needs=[], outcomes=[])
        for number in range(6)
    ]
    story.call("ada", lambda session: session.add_all(rows))
    screen = shown(qtbot, TodayScreen(desk(story)))

    with qtbot.waitSignal(screen.open_approvals):
        button(screen, "Show all 6: waiting for my approval").click()


def test_the_week_is_printed_from_today(qtbot, story):
    screen = shown(qtbot, TodayScreen(desk(story, "ada")))

    with qtbot.waitSignal(screen.print_bytes) as printed:
        button(screen, "Print my week").click()

    assert printed.args[0] == "My week"
    assert printed.args[1].startswith(b"%PDF")


def test_nothing_waiting_leaves_today_as_calm_as_it_was(qtbot, story):
    screen = shown(qtbot, TodayScreen(desk(story, "ada")))

    assert not {"Waiting for my signature", "Waiting for my approval", "Visits"} & set(said(screen))


@pytest.mark.parametrize("name", theme.NAMES)
def test_the_screens_open_in_every_theme(qtbot, qapp, story, waiting, name):
    theme.apply(qapp, name)
    try:
        for screen in (SupervisionScreen(desk(story)), ApprovalsScreen(desk(story))):
            assert not shown(qtbot, screen).grab().isNull()
    finally:
        theme.apply(qapp, "light")
