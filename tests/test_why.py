"""«Why this date»: each due date taken apart, in data and on screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from caseapp import clocks, dates, overview
from caseapp.calendars import england
from tests.clock_story import PUPIL, day, story
from tests.desk_fixture import at_work, done
from tests.record_screen import amelia, button, texts
from tests.test_window import nameless
from ui.child_head import RecordHead
from ui.why import WhyPopover, open_why, why_button

__all__ = ["amelia", "at_work"]


def facts(running, clock_id, today="15 Sep 2026", calendar=None, whose=""):
    found = next(each for each in running if each.clock.id == clock_id)
    told = clocks.story_of(found, day(today), calendar or england(), whose)
    return told, dict(told.facts)


def test_a_source_that_was_not_read_is_told_in_plain_words():
    _, said = facts(story("looked_after 14 Sep 2026", "lac_review 15 Sep 2026", today="15 Sep 2026"), "L18")

    assert said["Source"].endswith("(not looked up for this program: check it before you rely on it)")


def test_a_date_tells_its_start_rule_calendar_source_and_what_is_left():
    told, said = facts(story("looked_after 14 Sep 2026", today="15 Sep 2026"), "L5")

    assert (told.what, told.due_on) == ("Looked-after review 1", date(2026, 10, 12))
    assert said == {
        "Starts with": "Becoming looked after, Monday 14 September 2026",
        "Rule": "20 working days after it. The day it starts is day 0, and the next working day is day 1.",
        "Calendar": "England’s bank holidays",
        "Source": "Care Planning Regulations 2010 reg 33(1) (read in its source)",
        "Limit": "National",
        "Plan by": "The day itself: it is a working day",
        "Left": "27 days (19 working days)",
        "Also": "If it is held on its last day, review 2 is due by 12/01/2027.",
    }


def test_a_date_on_a_weekend_stays_and_names_the_working_day_before():
    running = story("looked_after 14 Sep 2026", "lac_review 02 Oct 2026", today="05 Jan 2027")

    _, said = facts(running, "L6", today="05 Jan 2027")

    assert said["Plan by"].startswith("Thursday 31 December 2026, the last working day before it.")
    assert said["Rule"].startswith("3 months after it.")
    assert said["Left"] == "3 days late (2 working days)"


def test_terms_hours_birthdays_and_what_is_due_at_once_read_as_sentences():
    running = story(
        "looked_after 01 May 2024", "review_asked 05 Oct 2026", "returned_from_missing 04 Oct 2026",
        today="06 Oct 2026", born="01 Mar 2009",
    )  # fmt: skip
    rules = {each.clock.id: facts([each], each.clock.id)[1]["Rule"] for each in running}

    assert rules["P3"] == "Once a term. Terms are those of this area."
    assert rules["L19"].startswith("72 hours after it. Nights, weekends and holidays count.")
    assert rules["L26"] == "At once. Every day counts, weekends and holidays too."
    assert rules["W9"].startswith("6 months before it.")
    ready = next(each for each in running if each.clock.id == "W9")
    assert clocks.explain(ready, england()).startswith("Due 01/09/2026: 6 months before the 18th birthday (")


def test_a_local_limit_says_whose_it_is_and_an_open_calendar_that_it_is_open():
    running = story("star_reading 01 Nov 2028", today="01 Nov 2028")

    _, usual = facts(running, "F8", "01 Nov 2028")
    _, own = facts(running, "F8", "01 Nov 2028", whose="Local: set here.")

    assert usual["Limit"] == "Local practice: this area has set no limit of its own"
    assert own["Limit"] == "Local: set here."
    assert "not yet published" in usual["Take care"]


def test_where_the_day_of_the_event_counts_the_rule_says_so():
    counted = replace(england(), event_day_counts=True)

    _, said = facts(story("looked_after 14 Sep 2026", today="15 Sep 2026"), "L5", calendar=counted)

    assert "is day 1 where it is a working day" in said["Rule"]


def test_what_was_done_has_nothing_left():
    running = story("looked_after 14 Sep 2026", "lac_review 01 Oct 2026", today="05 Oct 2026")

    assert "Left" not in facts(running, "L5")[1]


def test_every_clock_that_runs_can_be_taken_apart():
    running = story(
        "looked_after 01 May 2024", "visit 02 May 2024", "sdq 01 Jun 2026", "early_help_consent 01 Sep 2026",
        "court_application 01 Sep 2026", "pathway_plan 01 Sep 2026", today="05 Oct 2026", born=PUPIL,
    )  # fmt: skip

    for each in running:
        said = facts([each], each.clock.id)[1]
        assert {"Starts with", "Rule", "Calendar", "Source", "Limit", "Plan by"} <= set(said)
        assert all(said.values())


def head_of(qtbot, at_work, child_id):
    found = done(at_work.sam, lambda session: overview.open_child(session, child_id))
    head = RecordHead()
    qtbot.addWidget(head)
    head.resize(1182, 90)
    head.show_head(found.head, found.dues)
    with qtbot.waitExposed(head):
        head.show()
    return head, found.dues


def test_the_head_of_a_record_opens_why_and_steps_to_the_other_dates(qtbot, at_work, amelia):
    head, dues = head_of(qtbot, at_work, amelia)
    next(each for each in head.findChildren(QToolButton) if each.accessibleName().startswith("Why ")).click()
    (popover,) = head.findChildren(WhyPopover)

    assert dues[0].what in texts(popover)
    assert f"1 of {len(dues)}" in texts(popover)
    button(popover, "Next date").click()
    assert dues[1].what in texts(popover)
    button(popover, "Earlier date").click()
    assert dues[0].what in texts(popover)
    assert nameless(popover) == []


def test_the_keyboard_opens_and_closes_why(qtbot, at_work, amelia):
    head, dues = head_of(qtbot, at_work, amelia)
    opener = next(each for each in head.findChildren(QToolButton) if each.accessibleName().startswith("Why "))
    opener.setFocus()
    qtbot.keyClick(opener, Qt.Key.Key_Space)
    (popover,) = head.findChildren(WhyPopover)

    assert popover.accessibleName() == f"Why {dues[0].what} is due {day_words(dues[0])}"
    assert dues[0].reasons.facts[0][1] in popover.accessibleDescription()
    with qtbot.waitSignal(popover.destroyed):
        qtbot.keyClick(popover, Qt.Key.Key_Escape)


def day_words(due: dates.Due) -> str:
    return f"{due.due_on:%d/%m/%Y}"


def test_one_date_has_no_way_to_others_and_stays_on_the_screen(qtbot, at_work, amelia):
    _, dues = head_of(qtbot, at_work, amelia)
    opener = why_button(dues[0], of="Amelia")
    qtbot.addWidget(opener)
    opener.show()

    popover = open_why(opener, dues[:1])
    QApplication.processEvents()

    assert "1 of 1" not in texts(popover)
    assert opener.accessibleName().endswith(", Amelia")
    assert popover.screen().availableGeometry().contains(popover.geometry())
