"""The front door on screen: lists, a contact from the call to the referral, figures that open their lists."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QTabBar

from caseapp import words
from caseapp.front_door import contacts, referrals
from caseapp.front_door.new_rows import ContactDecision, NewContact, NewReferral
from db.models import Contact
from tests.desk_fixture import DeskAtOnce
from tests.story import new_story
from ui.figures import FigureLink
from ui.form_dialog import FormDialog
from ui.front_door import FrontDoorScreen
from ui.front_door_opened import OneDialog
from ui.parts import EmptyState
from ui.picker import Found


def at(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=words.LONDON)


@pytest.fixture
def story():
    return new_story()


def take(story, child_id, when: str = "19/11/2026 10:00", **more):
    new = NewContact(at(when), "2A", "Bruises seen.", **more)
    return story.call("ada", lambda session: contacts.take(session, [child_id], new))[0]


def screen(qtbot, story, who: str = "max", tab: int = 0) -> FrontDoorScreen:
    made = FrontDoorScreen(DeskAtOnce(story.store, story.actors[who]))
    qtbot.addWidget(made)
    made.resize(1182, 688)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_tab(tab)
    QApplication.processEvents()
    return made


def opened(page, number: int = 0) -> OneDialog:
    page.open_row(page.rows[number].id)
    QApplication.processEvents()
    return page.findChildren(OneDialog)[-1]


def questions(holder) -> FormDialog:
    QApplication.processEvents()
    return [each for each in holder.findChildren(FormDialog) if each.isVisible()][-1]


def said(widget) -> str:
    QApplication.processEvents()
    return " | ".join(each.text() for each in widget.findChildren(QLabel) if not each.isHidden())


def press(widget, key: Qt.Key) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def test_what_waits_stands_with_how_late_it_is_and_a_repeat_is_flagged(qtbot, story, qtmodeltester):
    child_id = story.register("ada", "Leo", "Hartley")
    for month in ("03/2026", "06/2026", "11/2026"):
        take(story, child_id, f"16/{month} 10:00", rating="red")
    made = screen(qtbot, story)
    page = made.page()

    model = page.table.model()
    row = [model.index(0, column).data() for column in range(model.columnCount())]
    assert row == [
        "Leo Hartley",
        "16/11/2026 10:00",
        "School",
        "Red",
        "4 working days late",
        "3 contacts",
        "–",
    ]
    assert "3 contacts waiting" in said(page)
    qtmodeltester.check(model)


def test_an_empty_list_says_what_to_do(qtbot, story):
    made = screen(qtbot, story, tab=1)
    page = made.page()

    assert any(each.isVisible() for each in page.findChildren(EmptyState))
    assert "0 referrals waiting" in said(page)


def test_a_call_about_an_unknown_child_becomes_a_referral_in_the_window(qtbot, story):
    made = screen(qtbot, story)
    taking = made.page().take()
    answers = taking.form.answers() | {
        "unknown": [{"given": "Noor", "family": "Aziz", "born_on": "2020-03-01"}],
        "received_on": "2026-11-19", "received_time": "10:00", "source": "3A", "reason": "Weight loss.",
        "rating": "amber",
    }  # fmt: skip
    taking.form.set_answers(answers)
    taking.save_button.click()
    assert [each.child for each in made.page().rows] == ["Noor Aziz"]

    dialog = opened(made.page())
    dialog.button("Decide…").click()
    deciding = questions(dialog)
    deciding.form.set_answers(
        deciding.form.answers()
        | {
            "decided_on": "2026-11-20",
            "decided_time": "09:00",
            "outcomes": ["referral"],
            "because": "Needs it.",
        }
    )  # fmt: skip
    deciding.save_button.click()
    assert "Outcome | New referral" in said(dialog)
    assert not made.page().rows

    made.show_tab(1)
    assert [(each.child, each.due.words) for each in made.page().rows] == [
        ("Noor Aziz", "1 working day late")
    ]


def test_a_contact_without_a_child_is_refused_in_words_and_nothing_typed_is_lost(qtbot, story):
    made = screen(qtbot, story)
    taking = made.page().take()
    more = {"received_on": "2026-11-19", "received_time": "10:00", "source": "6", "reason": "A notice."}
    taking.form.set_answers(taking.form.answers() | more)

    taking.save_button.click()

    assert "Say which child it is about." in taking.said()
    assert taking.form.text("reason") == "A notice."


def test_only_a_manager_is_offered_the_decision(qtbot, story):
    take(story, story.register("ada", "Leo", "Hartley"))

    for who, is_offered in (("ada", False), ("max", True)):
        made = screen(qtbot, story, who)
        dialog = opened(made.page())
        acts = [each.text() for each in dialog._acts.children() if hasattr(each, "text")]
        assert ("Decide…" in acts) is is_offered


def test_a_referral_is_decided_into_an_assessment_that_stands_in_its_list(qtbot, story):
    child_id = story.register("ada", "Leo", "Hartley")
    new = NewReferral(at("02/11/2026 10:00"), "2A")
    story.call("ada", lambda session: referrals.receive(session, child_id, new))
    made = screen(qtbot, story, tab=1)
    dialog = opened(made.page())
    dialog.button("Decide…").click()
    deciding = questions(dialog)
    deciding.form.set_answers(
        deciding.form.answers()
        | {
            "decided_on": "2026-11-03", "decided_time": "10:00", "outcome": "assessment", "because": "Look.",
            "started_on": "2026-11-04", "worker": str(story.actors["ada"].worker_id),
        }
    )  # fmt: skip
    deciding.save_button.click()

    made.show_tab(2)
    (row,) = made.page().rows
    assert (row.worker, row.referred_on, row.started_on, row.used) == (
        "Ada North", date(2026, 11, 2), date(2026, 11, 4), 15,
    )  # fmt: skip
    shown = said(opened(made.page()))
    assert "15 of 45 working days (13 since it started)" in shown
    assert "Due 16/11/2026" in shown


def test_an_assessment_is_written_handed_in_and_authorised_in_the_window(qtbot, story):
    test_a_referral_is_decided_into_an_assessment_that_stands_in_its_list(qtbot, story)
    made = screen(qtbot, story, tab=2)
    dialog = opened(made.page())
    steps = (
        ("Write…", {"seen_on": "2026-11-05", "need": "N1", "factors": ["16A"], "outcomes": ["services"]}),
        ("Hand in…", {"on": "2026-11-20"}),
        ("Authorise…", {"on": "2026-11-23", "outcomes": ["services"]}),
    )
    for button, answers in steps:
        dialog.button(button).click()
        asked = questions(dialog)
        asked.form.set_answers(asked.form.answers() | answers)
        asked.save_button.click()
        QApplication.processEvents()

    assert "Authorised 23/11/2026" in said(dialog)
    assert "Authorised by | Max North" in said(dialog)


def test_the_history_of_a_rating_is_told_with_its_reason(qtbot, story):
    contact_id = take(story, story.register("ada", "Leo", "Hartley"), rating="green")
    story.call(
        "max",
        lambda session: contacts.rate(
            session, contact_id, session.get(Contact, contact_id).version, "red", "Seen at A&E."
        ),
    )

    made = screen(qtbot, story)
    shown = said(opened(made.page()))

    assert "Red (first green)" in shown
    assert "green to red" in shown
    assert "Max North, Seen at A&E." in shown


def test_enter_opens_a_row_and_the_record_opens_from_it(qtbot, story):
    child_id = story.register("ada", "Leo", "Hartley")
    take(story, child_id)
    made = screen(qtbot, story)
    press(made.page().table, Qt.Key.Key_Return)
    dialog = made.page().findChildren(OneDialog)[-1]

    with qtbot.waitSignal(made.open_child) as asked:
        dialog._open_child()
    assert asked.args == [child_id]


def test_tab_goes_as_one_reads(qtbot, story):
    take(story, story.register("ada", "Leo", "Hartley"))
    made = screen(qtbot, story)
    page = made.page()
    opened(page)

    assert QApplication.focusWidget().text() == "Decide…"
    reached = []
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget().text())
    assert reached == ["Ask an agency…", "Rate anew…", "Change…", "Close", "Open the record"]


def test_a_list_is_reached_after_its_filters(qtbot, story):
    made = screen(qtbot, story)
    page = made.page()
    page.chips["all"].setFocus()
    reached = []
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget().accessibleName())

    assert reached == ["Search by name", "Take a contact"]


@pytest.fixture
def busy(story):
    for number in range(4):
        contact_id = take(
            story, story.register("ada", "Child", f"Number{number}"), f"0{number + 3}/11/2026 10:00"
        )
        if number < 3:
            when = at("06/11/2026 12:00")
            story.call(
                "max",
                lambda session, made=contact_id, on=when: contacts.decide(
                    session, {made: 1}, ContactDecision(on, ("advice",), "Told.")
                ),
            )
    return story


def links(page) -> list[FigureLink]:
    QApplication.processEvents()
    return [each for each in page.findChildren(FigureLink) if not each.isHidden()]


def test_every_number_opens_as_many_as_it_counts(qtbot, busy):
    made = screen(qtbot, busy, tab=3)
    page = made.page()

    for link in links(page):
        title, rest = link.accessibleName().split(", ", 1)
        line = next(each for each in page.shown.lines if each.measure.title == title)
        link.click()
        page.behind.counted.click()
        counted = page.behind.table.rowCount()
        assert rest.split(": ")[1] == page.opened.whole
        assert counted == page.opened.count
        assert line.measure is page.opened.measure
    assert len(links(page)) > 5


def test_a_title_shows_its_months_as_chart_and_table_and_escape_closes_the_list(qtbot, busy):
    made = screen(qtbot, busy, tab=3)
    page = made.page()
    page.choose("contacts_to_referrals")
    first = links(page)[0]
    first.setFocus()
    first.click()

    qtbot.keyClick(page.behind.table, Qt.Key.Key_Escape)

    assert page.behind.isHidden()
    assert QApplication.focusWidget() is first
    assert "Contacts that became referrals" in said(page)
    first.click()
    made.findChild(QTabBar).setFocus()
    made.close_what_is_open()  # what the window's Esc asks of the screen wherever the keyboard is
    assert page.behind.isHidden()
    assert "0 of 4" in said(page)


def test_what_is_saved_and_printed_is_what_is_shown(qtbot, busy, tmp_path):
    made = screen(qtbot, busy, tab=3)
    page = made.page()
    path = tmp_path / "front-door.xlsx"

    page.exporting.save_to(str(path))
    with qtbot.waitSignal(page.print_bytes) as printed:
        page.ask_print()

    book = openpyxl.load_workbook(path)
    shown = page.shown.one("contacts_in_day").month
    assert book["Measures"].cell(2, 3).value == shown.count
    assert "It holds the children’s names." in page.banner.text()
    assert printed.args[1].startswith(b"%PDF")


def test_a_row_that_waits_elsewhere_is_opened_at_its_list(qtbot, story):
    row_id = take(story, story.register("ada", "Leo", "Hartley"))
    made = screen(qtbot, story)
    made.open_row("Contacts", row_id)

    qtbot.waitUntil(lambda: bool(made.page().findChildren(OneDialog)), timeout=5000)


def test_a_child_with_an_open_case_is_assessed_from_the_list_without_a_referral(qtbot, story):
    child = story.register("ada", "Mia", "Farrow", status="child_in_need")
    shown = screen(qtbot, story, "ada", tab=2)
    page = shown.page()

    page.assess_button.click()
    asked = questions(page)
    asked.who._add(Found("Mia Farrow", child, "10000"))
    asked.save_button.click()
    QApplication.processEvents()

    assert [(each.child, each.worker) for each in page.rows] == [("Mia Farrow", "Ada North")]
    assert story.raw("SELECT count(*) FROM referral") == [(0,)]


def test_nobody_is_assessed_before_a_child_is_chosen(qtbot, story):
    shown = screen(qtbot, story, "ada", tab=2)
    page = shown.page()

    page.assess_button.click()
    asked = questions(page)
    asked.save_button.click()
    QApplication.processEvents()

    assert "Choose the child who is to be assessed" in asked.said()
    assert story.raw("SELECT count(*) FROM assessment") == [(0,)]
