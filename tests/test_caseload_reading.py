"""Reading a caseload: who is in reach at which moment, how often the store is asked, what weighs more."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import event

from caseapp.caseload import view
from db import caseload_workers as queries
from db.models import AccessGrant, ClockRow, Proceedings, Relation
from db.moments import pretend
from tests.story import TODAY, new_story

YESTERDAY = TODAY - timedelta(days=1)


def of(story, who="max", on=None):
    return story.call(who, lambda session: view.whole(session, None, on))


def named(story, child_id, who, until_at=None):
    """Restrict a record to somebody, past the use cases: those let in whoever restricts."""
    story.raw("UPDATE child SET restricted = 'absent' WHERE id = ?", child_id.bytes)
    way = AccessGrant(
        child_id=child_id, worker_id=story.actors[who].worker_id, kind="named", why="named",
        from_at=datetime(2026, 11, 1, tzinfo=UTC), until_at=until_at,
    )  # fmt: skip
    story.call("amy", lambda session: session.add(way), purpose="import")


def test_a_restricted_record_is_in_no_list_and_in_no_number_of_who_may_not_see_it():
    story = new_story()
    story.register("ada", "Tom", "Hart")
    hidden = story.register("ada", "Mia", "Farrow")
    named(story, hidden, "bea")

    for on in (TODAY, YESTERDAY):
        shown = of(story, on=on)
        assert hidden not in {each.child_id for each in shown.everyone.cases}
        assert sum(len(each.cases) for each in shown.lines) == sum(each.children for each in shown.service)
    ada = story.actors["ada"].worker_id
    assert story.call("max", lambda session: queries.held_now(session, TODAY)) == {ada: 1}

    story.raw("UPDATE worker SET left_on = '2026-11-22' WHERE id = ?", story.actors["bea"].worker_id.bytes)

    assert hidden in {each.child_id for each in of(story).everyone.cases}  # shut to all for good otherwise
    assert story.call("max", lambda session: queries.held_now(session, TODAY)) == {ada: 2}


def test_a_way_into_a_restricted_record_ends_on_its_moment_though_the_question_is_kept():
    story = new_story()
    hidden = story.register("ada", "Mia", "Farrow")
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    named(story, hidden, "bea")
    named(story, hidden, "max", until_at=noon + timedelta(hours=1))

    shown = []
    for hours in (0, 2):
        with pretend(noon + timedelta(hours=hours)):
            shown.append([each.child for each in of(story).everyone.cases])

    assert shown == [["Mia Farrow"], []]


def test_a_pep_that_was_held_on_the_day_itself_is_in_date():
    story = new_story()
    child_id = story.register("ada", "Mia", "Farrow")
    story.look_after(child_id, date(2024, 3, 11))
    story.raw("DELETE FROM clock")
    held = ClockRow(child_id=child_id, kind="P3", started_on=YESTERDAY, due_on=TODAY, met_on=TODAY)
    story.call("amy", lambda session: session.add(held), purpose="import")

    peps = of(story).everyone["pep_in_date"]

    assert (peps.count, peps.of, peps.rows[0].said) == (1, 1, "held, the next one was not yet to begin")


def test_a_caseload_of_today_is_read_by_indices_alone_and_its_dates_without_their_rows():
    story, asked = new_story(), []
    story.register("ada", "Mia", "Farrow")
    event.listen(story.store.engine, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
    story.call("max", view.caseload)

    plans = [
        line[3]
        for statement, values in asked
        if statement.startswith("SELECT")
        for line in story.raw(f"EXPLAIN QUERY PLAN {statement}", *values)
    ]

    assert [each for each in plans if each.startswith("SCAN")] == []
    assert "SEARCH clock USING COVERING INDEX ix_clock_running (child_id=?)" in plans


def test_a_caseload_asks_the_store_as_often_for_twenty_children_as_for_one(record_property):
    asked = []
    for children in (1, 20):
        story = new_story()
        for number in range(children):
            story.register("ada", f"Mia {number}", "Farrow")
        story.call("max", view.caseload)
        counted = []
        event.listen(
            story.store.engine, "before_cursor_execute", lambda *told, to=counted: to.append(told[2])
        )
        story.call("max", view.caseload)
        asked.append([each for each in counted if each.startswith("SELECT")])

    record_property("figure", f"{len(asked[1])} queries")
    assert len(asked[0]) == len(asked[1]) <= 10


def test_a_court_on_the_day_and_a_sister_with_the_same_worker_weigh_as_the_record_says():
    story = new_story()
    mia, zoe = story.register("ada", "Mia", "Farrow"), story.register("ada", "Zoe", "Farrow")
    days = {"began_on": TODAY - timedelta(days=9), "ended_on": TODAY}

    def write(session):
        session.add_all([
            Proceedings(child_id=mia, kind="care", **days),
            Proceedings(child_id=zoe, kind="pre", began_on=YESTERDAY),
            Relation(child_id=mia, other_child_id=zoe, kind="Sister"),
        ])  # fmt: skip

    alone = points(story)
    story.call("amy", write, purpose="import")

    assert (alone, points(story)) == ([Decimal(1), Decimal(1)], [Decimal(1), Decimal("0.5")])
    story.raw("UPDATE proceedings SET ended_on = NULL")
    assert points(story) == [Decimal("2.5"), Decimal("0.5")]


def points(story):
    return [each.points for each in of(story).everyone.cases]
