"""An area's own limits: from a day on, with a reason; what is open moves, what is done does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseapp import clock_counting, clock_limits, dates, redating, upkeep
from caseapp.clock_counting import Counting
from caseapp.clocks import CLOCKS, CLOCKS_BY_ID, Event
from db.models import Child, ClockRow
from db.problems import NotAllowed, Problem
from tests.story import TODAY, new_story

AGREED = "Agreed by the partnership in October."


@pytest.fixture
def story():
    return new_story()


def set_limit(story, clock_id, limit, from_on, reason=AGREED, who="amy"):
    return story.call(
        who,
        lambda session: clock_limits.set_limit(session, clock_id, limit, from_on, reason),
        purpose="settings",
    )


def preview(story, clock_id, limit, from_on, who="amy"):
    return story.call(
        who,
        lambda session: redating.of_limit(session, clock_id, limit, from_on, AGREED),
        purpose=redating.PURPOSE,
    )


def clock(story, child_id, kind, started_on, limit, due_on, met_on=None, who="ada"):
    """Store a clock as the events of a record would have made it."""

    def write(session):
        child = session.get_one(Child, child_id)
        named = {"what": CLOCKS_BY_ID[kind].name, "why": "consent", "limit": limit}
        whose = {"child_id": child_id, "worker_id": child.worker_id, "team_id": child.team_id}
        session.add(
            ClockRow(kind=kind, started_on=started_on, due_on=due_on, met_on=met_on, **named, **whose)
        )

    story.call(who, write)


def told(monkeypatch, *events):
    """Let every record tell these events: (kind, day)."""
    monkeypatch.setattr(dates, "events_of", lambda *_: [Event(*each) for each in events])


def refresh(story, child_id):
    story.call("ada", lambda session: dates.refresh(session, session.get_one(Child, child_id)))


def stored(story, child_id, kind="F4"):
    asked = 'SELECT started_on, due_on, met_on, "limit" FROM clock WHERE child_id = ? AND kind = ? ORDER BY 1'
    return story.raw(asked, child_id.bytes, kind)


def test_every_local_clock_that_falls_due_can_be_set_and_no_national_one():
    local = {each.id for each in CLOCKS if each.local}

    assert set(clock_limits.RANGES) == local - {"W9", "O4", "A11"}


@pytest.mark.parametrize("clock_id", clock_limits.RANGES)
def test_every_shipped_limit_lies_within_what_can_be_set(clock_id):
    shortest, shipped, longest = (
        clock_limits._length(each)
        for each in (
            clock_limits.RANGES[clock_id][0],
            CLOCKS_BY_ID[clock_id].limit,
            clock_limits.RANGES[clock_id][1],
        )
    )

    assert 0 < shortest <= shipped <= longest


def test_the_limit_in_force_on_the_day_of_the_start_counts(story):
    set_limit(story, "F4", "WD+45", date(2026, 11, 1))
    set_limit(story, "F4", "WD+20", date(2026, 12, 1), "A year's trial.")

    def on(day):
        found = story.call("ada", lambda session: clock_limits.in_force(session, "F4", day))
        return found.limit, found.from_on

    assert on(date(2026, 10, 31)) == ("WD+30", None)
    assert on(date(2026, 11, 1)) == ("WD+45", date(2026, 11, 1))
    assert on(date(2026, 11, 30)) == ("WD+45", date(2026, 11, 1))
    assert on(date(2026, 12, 1)) == ("WD+20", date(2026, 12, 1))


def test_a_child_s_dates_follow_the_limit_of_their_start(story, monkeypatch):
    child_id = story.register("ada", "Leyla", "Haddad")
    told(monkeypatch, ("early_help_consent", date(2026, 11, 16)))
    set_limit(story, "F4", "WD+45", date(2026, 11, 16))

    refresh(story, child_id)

    assert stored(story, child_id) == [("2026-11-16", "2027-01-21", None, "WD+45")]  # X2.3


def test_a_limit_from_a_later_day_leaves_what_started_before(story, monkeypatch):
    child_id = story.register("ada", "Leyla", "Haddad")
    told(monkeypatch, ("early_help_consent", date(2026, 11, 16)))
    set_limit(story, "F4", "WD+45", date(2026, 11, 17))

    refresh(story, child_id)

    assert stored(story, child_id) == [("2026-11-16", "2026-12-30", None, "WD+30")]  # X2.2


def test_what_is_done_keeps_the_date_that_it_was_due_on(story, monkeypatch):
    child_id = story.register("ada", "Leyla", "Haddad")
    events = [("early_help_consent", date(2026, 9, 7)), ("early_help_assessment", date(2026, 10, 7))]
    told(monkeypatch, *events)
    refresh(story, child_id)

    set_limit(story, "F4", "WD+10", date(2026, 9, 1))
    refresh(story, child_id)

    assert stored(story, child_id) == [("2026-09-07", "2026-10-19", "2026-10-07", "WD+30")]


def test_what_is_done_moves_with_a_record_that_is_put_right(story, monkeypatch):
    child_id = story.register("ada", "Leyla", "Haddad")
    told(monkeypatch, ("early_help_consent", date(2026, 9, 7)), ("early_help_assessment", date(2026, 10, 7)))
    refresh(story, child_id)

    told(monkeypatch, ("early_help_consent", date(2026, 9, 8)), ("early_help_assessment", date(2026, 10, 7)))
    refresh(story, child_id)

    assert stored(story, child_id) == [("2026-09-08", "2026-10-20", "2026-10-07", "WD+30")]


def test_a_limit_from_the_same_day_is_put_right_not_set_twice(story):
    set_limit(story, "F6", "CD+56", date(2026, 12, 1))

    set_limit(story, "F6", "CD+84", date(2026, 12, 1), "As the board minuted it.")

    assert story.raw('SELECT "limit", reason FROM clock_limit') == [("CD+84", "As the board minuted it.")]


@pytest.mark.parametrize(
    ("clock_id", "limit", "from_on", "reason", "because"),
    [
        ("L5", "WD+30", TODAY, AGREED, "“Looked-after review 1” is not for an area to set."),
        ("W9", "M+3", TODAY, AGREED, "is not for an area to set."),
        ("X9", "WD+30", TODAY, AGREED, "“X9” is not for an area to set."),
        ("F4", "WD+9", TODAY, AGREED, "between 10 working days and 45 working days."),
        ("F4", "M+12", TODAY, AGREED, "between 10 working days and 45 working days."),
        ("F4", "soon", TODAY, AGREED, "Give a number of working days"),
        ("F4", "WD+0", TODAY, AGREED, "Give a number of working days"),
        ("F4", "WD+45", date(2016, 12, 1), AGREED, "01/12/2016 is more than a year away."),
        ("F4", "WD+45", TODAY, "  ", "Say why, and who agreed it"),
        ("F4", "WD+30", TODAY, AGREED, "It is 30 working days already."),
    ],
)
def test_what_cannot_be_set_is_refused_in_words(story, clock_id, limit, from_on, reason, because):
    with pytest.raises(Problem) as refused:
        set_limit(story, clock_id, limit, from_on, reason)

    assert because in refused.value.words
    assert refused.value.words.endswith("Nothing was changed.")
    assert story.raw("SELECT * FROM clock_limit") == []


@pytest.mark.parametrize("who", ["ada", "max", "rob"])
def test_nobody_but_an_administrator_sets_a_limit(story, who):
    with pytest.raises(NotAllowed):
        set_limit(story, "F4", "WD+45", TODAY, who=who)


def test_the_preview_tells_which_open_dates_would_move_and_where(story):
    ada = story.register("ada", "Leyla", "Haddad")
    sue = story.register("sue", "Ivo", "Marsh")
    for child_id, who in ((ada, "ada"), (sue, "sue")):
        clock(story, child_id, "F4", date(2026, 11, 16), "WD+30", date(2026, 12, 30), who=who)
    clock(story, ada, "F4", date(2026, 9, 7), "WD+30", date(2026, 10, 19), date(2026, 10, 7))

    found = preview(story, "F4", "WD+45", date(2026, 9, 1), "max")

    assert (found.dates, found.children, found.by_clock) == (2, 2, (("Early help assessment", 2),))
    assert [(each.child, each.from_on, each.to_on) for each in found.named] == [
        ("Leyla Haddad", date(2026, 12, 30), date(2027, 1, 21))
    ]
    assert found.not_named == 1


def test_whoever_may_see_no_child_is_told_counts_alone(story):
    child_id = story.register("ada", "Leyla", "Haddad")
    clock(story, child_id, "F4", date(2026, 11, 16), "WD+30", date(2026, 12, 30))

    found = preview(story, "F4", "WD+45", date(2026, 9, 1), "amy")

    assert (found.dates, found.named, found.not_named) == (1, (), 1)


def test_names_in_a_preview_are_noted_as_looked_at(story):
    child_id = story.register("ada", "Leyla", "Haddad")
    clock(story, child_id, "F4", date(2026, 11, 16), "WD+30", date(2026, 12, 30))

    preview(story, "F4", "WD+45", date(2026, 9, 1), "max")

    looks = story.raw("SELECT detail FROM look WHERE act = 'list'")
    assert any("Dates that a setting moves" in str(each) and child_id.hex in str(each) for each in looks)


def test_no_more_than_fifty_are_named(story):
    child_id = story.register("ada", "Leyla", "Haddad")
    for number in range(60):
        clock(
            story,
            child_id,
            "F7",
            TODAY - timedelta(days=number),
            "CD+28",
            TODAY + timedelta(days=28 - number),
        )

    found = preview(story, "F7", "CD+42", date(2026, 1, 1), "max")

    assert (found.dates, found.children, len(found.named), found.not_named) == (60, 1, 50, 10)


def test_the_preview_writes_nothing_and_what_it_tells_comes_true(story, monkeypatch):
    child_id = story.register("ada", "Leyla", "Haddad")
    told(monkeypatch, ("early_help_consent", date(2026, 11, 16)))
    refresh(story, child_id)

    found = preview(story, "F4", "WD+45", date(2026, 11, 1), "max")
    before = stored(story, child_id)
    set_limit(story, "F4", "WD+45", date(2026, 11, 1))
    story.call("amy", upkeep.begin_day, purpose="rebuild")

    assert before == [("2026-11-16", "2026-12-30", None, "WD+30")]
    assert [str(each.to_on) for each in found.named] == [due for _, due, _, _ in stored(story, child_id)]


def test_a_star_s_own_weeks_do_not_move_with_the_area_s_limit(story):
    child_id = story.register("ada", "Leyla", "Haddad")
    clock(story, child_id, "F8", date(2026, 11, 16), "CD+84", date(2027, 2, 8))

    assert preview(story, "F8", "M+6", date(2026, 1, 1), "max").dates == 0


def test_a_preview_refuses_what_could_not_be_set(story):
    with pytest.raises(Problem, match="is not for an area to set"):
        preview(story, "L5", "WD+30", TODAY)


def test_what_is_due_says_since_when_the_area_has_its_limit(story, monkeypatch):
    child_id = story.register("ada", "Leyla", "Haddad")
    told(monkeypatch, ("early_help_consent", date(2026, 11, 16)))
    set_limit(story, "F4", "WD+45", date(2026, 11, 1))

    (due,) = story.call("ada", lambda session: dates.due_of(session, session.get_one(Child, child_id)))

    facts = dict(due.reasons.facts)
    assert facts["Limit"] == f"Local: set by this area for what starts from 01/11/2026 on. {AGREED}"
    assert facts["Rule"].startswith("45 working days after it.")


def test_a_cautious_area_asks_for_the_next_health_assessment_in_six_months(story, monkeypatch):
    child_id = story.register("ada", "Leyla", "Haddad", date(2022, 3, 2))
    held_on = date(2026, 11, 15)
    told(monkeypatch, ("looked_after", date(2026, 6, 1)), ("health_assessment", held_on))

    def due_from(cautious_from):
        story.call(
            "amy",
            lambda session: clock_counting.choose(session, Counting(cautious_from=cautious_from)),
            purpose="settings",
        )
        refresh(story, child_id)
        return [due for _, due, met, _ in stored(story, child_id, "L14") if not met]

    assert due_from(None) == ["2027-11-15"]  # X11.5
    assert due_from(held_on) == ["2027-05-15"]
    assert due_from(held_on + timedelta(days=1)) == ["2027-11-15"]


def test_who_may_not_settle_how_to_count_does_not(story):
    with pytest.raises(NotAllowed):
        story.call("max", lambda session: clock_counting.choose(session, Counting(True)), purpose="settings")
    assert story.call("ada", clock_counting.read) == Counting()
