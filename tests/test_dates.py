"""What is due: clocks stand in the store as the events of the record make them, whoever asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseapp import children, dates, notes, overview, today, upkeep
from caseapp.notes import NewNote
from db.models import Child, Episode
from tests.story import TODAY, live, new_story


@pytest.fixture
def story():
    return new_story()


def stored(story, child_id):
    return story.raw(
        "SELECT kind, started_on, due_on, met_on FROM clock WHERE child_id = ? ORDER BY 1, 2, 3",
        child_id.bytes,
    )


def refreshed(story, after, limit):
    return story.call("amy", lambda session: upkeep.refresh_clocks(session, after, limit), purpose="rebuild")


def worked_out(story, child_id):
    def ask(session):
        child = session.get_one(Child, child_id)
        return sorted(
            (each.clock.id, str(each.started_on), str(each.due_on), str(each.met_on) if each.met_on else None)
            for each in dates.running(session, child)
            if not each.ended_on
        )

    return story.call("ada", ask)


def test_the_stored_clocks_are_those_of_the_events(story):
    child_id = live(story, "ada")

    assert stored(story, child_id) == worked_out(story, child_id)
    assert stored(story, child_id)


def test_refreshing_again_changes_nothing(story):
    child_id = live(story, "ada")
    before = stored(story, child_id)

    for _ in range(3):
        refreshed(story, None, 100)

    assert stored(story, child_id) == before


def test_what_ran_out_before_an_imported_record_came_is_not_due_by_londons_day(story):
    child_id = story.register("ada", "Leo", "Marsh")
    story.look_after(child_id, date(2026, 4, 1))
    due = min(date.fromisoformat(due_on) for _, _, due_on, met_on in stored(story, child_id) if not met_on)
    assert due.month in range(4, 10)  # when midnight in London is an hour before that of the computer’s clock
    evening = f"{due} 23:30:00.000000"
    story.raw("UPDATE child SET source_ref = 'A1', created_at = ? WHERE id = ?", evening, child_id.bytes)

    refreshed(story, None, 100)

    assert all(
        date.fromisoformat(due_on) > due for _, _, due_on, met_on in stored(story, child_id) if not met_on
    )


def test_every_child_is_refreshed_in_portions(story):
    for number in range(7):
        story.look_after(story.register("ada", f"G{number}", "F"), date(2026, 1, 5))
    story.raw("DELETE FROM clock")
    after, rounds = None, 0

    while rounds == 0 or after:
        after = story.call(
            "amy", lambda session, at=after: upkeep.refresh_clocks(session, at, 3), purpose="rebuild"
        )
        rounds += 1

    assert rounds == 3
    assert story.raw("SELECT count(DISTINCT child_id) FROM clock") == [(7,)]


def test_a_closed_child_has_nothing_due(story):
    child_id = live(story, "ada")
    opened = story.call("ada", lambda session: children.details(session, child_id)).version

    story.call(
        "ada", lambda session: children.change_details(session, child_id, opened, {"status": "closed"})
    )

    assert stored(story, child_id) == []


def test_a_visit_meets_its_clock_and_starts_the_next(story):
    child_id = story.register("ada", "Leyla", "Haddad")
    story.look_after(child_id, TODAY - timedelta(days=30))
    before = [row for row in stored(story, child_id) if row[3] is None]

    story.call("ada", lambda session: notes.add(session, child_id, NewNote(TODAY, "visit", "x", seen=True)))

    after = [row for row in stored(story, child_id) if row[3] is None]
    assert before != after
    assert stored(story, child_id) == worked_out(story, child_id)


def test_today_overview_and_list_say_the_same_dates(story):
    child_id = live(story, "ada")
    far = TODAY + timedelta(days=4000)

    listed = story.call("ada", lambda session: today.due_until(session, far))
    opened = story.call("ada", lambda session: overview.open_child(session, child_id)).dues

    assert sorted((each.clock, each.due_on, each.words) for each in listed) == sorted(
        (each.clock, each.due_on, each.words) for each in opened
    )
    assert [each.due_on for each in listed] == sorted(each.due_on for each in listed)


def test_today_shows_mine_and_for_a_manager_the_teams(story):
    child_id = story.register("ada", "Leyla", "Haddad")
    story.look_after(child_id, date(2024, 3, 11))

    mine = story.call("ada", today.today)
    theirs = story.call("max", today.today)
    others = story.call("sue", today.today)

    assert (mine.whose, mine.children) == ("you", 1)
    assert (theirs.whose, theirs.children) == ("your team", 1)
    assert [each.child_id for each in theirs.overdue] == [each.child_id for each in mine.overdue]
    assert mine.overdue
    assert not [*others.overdue, *others.this_week, *others.next_30_days, *others.drafts, *others.lately]


def test_a_manager_who_holds_a_child_still_sees_the_teams_overdue_and_can_narrow_to_their_own(story):
    for who, given in (("ada", "Leyla"), ("max", "Mia")):
        story.look_after(story.register(who, given, "Haddad"), date(2024, 3, 11))

    theirs = story.call("max", today.today)
    own = story.call("max", lambda session: today.today(session, own=True))

    assert (theirs.whose, theirs.children, theirs.leads) == ("your team", 2, True)
    assert {each.child for each in theirs.overdue} == {"Leyla Haddad", "Mia Haddad"}
    assert (own.whose, own.children) == ("you", 1)
    assert {each.child for each in own.overdue} == {"Mia Haddad"}


def test_each_due_date_stands_in_one_part_of_the_screen(story):
    child_id = story.register("ada", "Leyla", "Haddad")
    story.look_after(child_id, date(2024, 3, 11))
    shown = story.call("ada", today.today)

    assert all(each.state == "overdue" for each in shown.overdue)
    sunday = TODAY + timedelta(days=6 - TODAY.weekday())
    assert all(each.due_on <= sunday for each in shown.this_week)
    assert all(sunday < each.due_on <= TODAY + timedelta(days=30) for each in shown.next_30_days)


def episode(start, end=None, why="S", ended="", status="C2"):
    return Episode(
        started_on=start, ended_on=end, reason_started=why, reason_ended=ended, legal_status=status
    )


D = [date(2026, month, 1) for month in range(1, 10)]


@pytest.mark.parametrize(
    ("episodes", "periods"),
    [
        ([], []),
        ([episode(D[0])], [(D[0], None)]),
        ([episode(D[0], D[1], ended="X1"), episode(D[1], why="P")], [(D[0], None)]),
        ([episode(D[0], D[1], ended="E8"), episode(D[2])], [(D[0], D[1]), (D[2], None)]),
        ([episode(D[2]), episode(D[0], D[1], ended="E8")], [(D[0], D[1]), (D[2], None)]),
        ([episode(D[0], D[1], status="V4")], []),
        (
            [
                episode(D[0], D[1], ended="X1"),
                episode(D[1], D[2], "L", "E4A"),
                episode(D[3], D[4], ended="E8"),
            ],
            [(D[0], D[2]), (D[3], D[4])],
        ),
    ],
)  # fmt: skip
def test_care_is_unbroken_while_episodes_follow_each_other(episodes, periods):
    assert dates.care_periods(episodes) == periods
