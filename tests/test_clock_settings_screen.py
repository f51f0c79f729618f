"""Settings of dates on screen: limits, counting and holidays, each shown before it is saved."""

from __future__ import annotations

import json
from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton

from caseapp import clock_counting, clock_limits, dates, holidays, jottings
from caseapp.clock_counting import Counting
from caseapp.clocks import Event
from db.models import Child
from tests.record_screen import button, fill, texts
from tests.story import new_story
from tests.test_premium_screen import desk, shown, submit
from tests.test_window import nameless
from ui.clock_settings import CountingCard, LimitsCard, clock_cards
from ui.holiday_settings import HolidaysCard, holiday_cards
from ui.record_parts import row

LIMIT = {
    "clock": "F4",
    "number": 45,
    "unit": "WD",
    "from_on": "2026-11-01",
    "reason": "The board, in October.",
}


@pytest.fixture
def story():
    return new_story()


def consented(story, monkeypatch):
    """Put a child on file whose early help assessment is due on 30/12/2026, and take her clocks down."""
    monkeypatch.setattr(dates, "events_of", lambda *_: [Event("early_help_consent", date(2026, 11, 16))])
    child_id = story.register("ada", "Leyla", "Haddad")
    story.call("ada", lambda session: dates.refresh(session, session.get_one(Child, child_id)))


def due_dates(story):
    return [due for (due,) in story.raw("SELECT due_on FROM clock WHERE kind = 'F4'")]


def card(qtbot, story, kind):
    return shown(qtbot, kind(desk(story, "amy")))


def test_a_limit_shows_what_it_moves_and_is_saved_only_then(qtbot, story, monkeypatch):
    consented(story, monkeypatch)
    limits = card(qtbot, story, LimitsCard)
    button(limits, "Set a limit of this area").click()

    submit(limits, "Show what it moves", **LIMIT)

    assert story.call("amy", clock_limits.rows)[2].set == ()
    assert any(text.startswith("1 open date of 1 child moves.") for text in texts(limits))
    assert "And 1 more, not named here." not in texts(limits)  # folded away
    button(limits, "Save").click()
    assert clock_limits.InForce("WD+45", date(2026, 11, 1), "The board, in October.") in [
        one for row in story.call("amy", clock_limits.rows) for one in row.set
    ]
    assert "45 working days from 01/11/2026 (with the program: 30 working days)" in texts(limits)
    assert due_dates(story) == ["2026-12-30"]


def test_the_dates_are_worked_out_at_once_if_somebody_asks(qtbot, story, monkeypatch):
    consented(story, monkeypatch)
    limits = card(qtbot, story, LimitsCard)
    button(limits, "Set a limit of this area").click()
    submit(limits, "Show what it moves", **LIMIT)
    button(limits, "Save").click()

    button(limits, "Work the dates out now").click()

    assert due_dates(story) == ["2027-01-21"]
    assert limits.said() == "All open dates are worked out anew. What is done keeps its date."


def test_what_was_shown_can_be_left_alone(qtbot, story):
    limits = card(qtbot, story, LimitsCard)
    button(limits, "Set a limit of this area").click()
    submit(limits, "Show what it moves", **LIMIT)

    button(limits, "Cancel: nothing is changed").click()

    assert story.raw("SELECT * FROM clock_limit") == []
    assert not any("open date" in text for text in texts(limits))


@pytest.mark.parametrize("last", ["Save", "Cancel: nothing is changed"])
def test_the_keyboard_goes_back_to_what_opened_the_form(qtbot, story, last):
    limits = LimitsCard(desk(story, "amy"))
    window = shown(qtbot, row(QPushButton("Elsewhere"), limits))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    opener = button(limits, "Set a limit of this area")
    opener.setFocus()
    opener.click()
    submit(limits, "Show what it moves", **LIMIT)
    qtbot.waitUntil(button(limits, last).isVisible)
    button(limits, last).setFocus()

    button(limits, last).click()

    assert window.focusWidget() is opener


def test_a_limit_out_of_bounds_is_said_in_the_form(qtbot, story):
    limits = card(qtbot, story, LimitsCard)
    button(limits, "Set a limit of this area").click()

    submit(limits, "Show what it moves", **(LIMIT | {"number": 200}))

    assert any("between 10 working days and 45 working days" in text for text in texts(limits))
    assert limits.form.form.text("reason") == "The board, in October."


def test_counting_is_chosen_after_its_preview(qtbot, story, monkeypatch):
    consented(story, monkeypatch)
    counting = card(qtbot, story, CountingCard)
    button(counting, "Change how dates are counted").click()
    submit(counting, "Show what it moves", event_day="yes", closure_days="no", cautious="yes")

    assert any(text.startswith("1 open date of 1 child moves.") for text in texts(counting))
    button(counting, "Save").click()

    assert story.call("ada", clock_counting.read) == Counting(False, True, date(2026, 11, 23))
    assert {"The day of the event", "Yes, from 23/11/2026"} <= {*texts(counting)}


def test_late_receipt_and_due_soon_are_settled_and_said(qtbot, story):
    counting = card(qtbot, story, CountingCard)
    button(counting, "Change how dates are counted").click()
    submit(counting, "Show what it moves", cut_off="at tea time", soon_days=5)
    assert any("Give the time as 16:30" in text for text in texts(counting))

    submit(counting, "Show what it moves", cut_off="16.30", soon_days=5)
    button(counting, "Save").click()

    assert {"After 16:30 it counts as of the next day from 23/11/2026", "5 working days before"} <= {
        *texts(counting)
    }


def test_a_day_is_added_taken_out_and_put_back(qtbot, story):
    table = card(qtbot, story, HolidaysCard)
    button(table, "Add a bank holiday or a closure day").click()
    submit(table, "Show what it moves", day="2026-12-29", kind="bank", name="A day of mourning")
    button(table, "Save").click()

    assert "A day of mourning, added here" in texts(table)
    button(table, "Take out: A day of mourning, 29/12/2026").click()
    button(table, "Save").click()
    assert not any("A day of mourning," in text for text in texts(table) if "added here" in text)
    button(table, "Take out: Boxing Day, 28/12/2026").click()
    button(table, "Save").click()
    assert "Boxing Day, taken out here: a working day" in texts(table)
    button(table, "Put back: Boxing Day, 28/12/2026").click()
    button(table, "Save").click()
    assert "Boxing Day" in texts(table)


def test_what_is_begun_of_a_day_is_forgotten_once_that_day_is_saved_and_no_other(qtbot, story):
    table = card(qtbot, story, HolidaysCard)
    adding = button(table, "Add a bank holiday or a closure day")
    adding.click()
    fill(table.form.form, day="2026-12-29", name="A day of mourning")
    table.form.jotter.keep()

    button(table, "Take out: Boxing Day, 28/12/2026").click()
    button(table, "Save").click()
    assert [each.answers["name"] for each in story.call("amy", jottings.writing)] == ["A day of mourning"]

    adding.click()
    table.form.jotter.take_up()
    submit(table, "Show what it moves", kind="bank")
    button(table, "Save").click()
    assert story.call("amy", jottings.writing) == []


def test_a_weekend_is_refused_in_the_form(qtbot, story):
    table = card(qtbot, story, HolidaysCard)
    button(table, "Add a bank holiday or a closure day").click()

    submit(table, "Show what it moves", day="2026-12-26", kind="bank", name="Boxing Day")

    assert any("26/12/2026 is a Saturday" in text for text in texts(table))


def test_a_file_is_looked_at_before_it_is_taken(qtbot, story, tmp_path, monkeypatch):
    consented(story, monkeypatch)
    path = tmp_path / "list.json"
    events = [{"title": "A day of mourning", "date": "2026-12-29"}]
    path.write_text(json.dumps({"england-and-wales": {"events": events}}), encoding="utf-8")
    table = card(qtbot, story, HolidaysCard)

    table.look(str(path))

    assert "list.json. Added: A day of mourning 29/12/2026. Known already: 0." in texts(table)
    assert any(text.startswith("1 open date of 1 child moves.") for text in texts(table))
    button(table, "Save").click()
    assert date(2026, 12, 29) in story.call("ada", holidays.calendar).holidays


def test_a_file_that_is_refused_says_why(qtbot, story, tmp_path):
    path = tmp_path / "list.json"
    path.write_text("{", encoding="utf-8")
    table = card(qtbot, story, HolidaysCard)

    table.look(str(path))

    assert table.said().startswith("list.json is refused whole, and nothing was changed.")


def test_the_card_says_how_far_the_holidays_are_sure(qtbot, story):
    table = card(qtbot, story, HolidaysCard)

    assert any(
        text.startswith("Bank holidays are published up to 31/12/2028. Later ones") for text in texts(table)
    )
    assert any("after 31/12/2030 are not known to this program yet" in text for text in texts(table))


@pytest.mark.parametrize("who", ["ada", "max", "rob"])
def test_only_administrators_have_these_cards(story, who):
    assert clock_cards(desk(story, who)) == holiday_cards(desk(story, who)) == []


def test_every_control_of_these_cards_has_a_name(qtbot, story):
    for each in (*clock_cards(desk(story, "amy")), *holiday_cards(desk(story, "amy"))):
        assert nameless(shown(qtbot, each)) == []
