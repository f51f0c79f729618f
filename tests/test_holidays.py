"""Bank holidays of an area: added, taken out and read from a file; open dates follow, done ones stay."""

from __future__ import annotations

import json
from datetime import date

import pytest

from caseapp import clock_counting, clocks, dates, holiday_file, holidays, redating, upkeep
from caseapp.calendars import england
from caseapp.clock_counting import Counting
from caseapp.clocks import Event
from caseapp.holidays import BANK, CLOSURE, REMOVED
from db.models import Child
from db.problems import NotAllowed, Problem
from tests.story import TODAY, new_story

EXTRA = date(2026, 12, 29)  # a Tuesday, ordinary until somebody proclaims it
BOXING = date(2026, 12, 28)  # shipped: for Sat 26
YEAR_2029 = [
    "2029-01-01", "2029-03-30", "2029-04-02", "2029-05-08", "2029-05-28", "2029-08-27",
    "2029-12-25", "2029-12-26",
]  # fmt: skip  # as worked out by rule, but for 8 May in the place of 7 May


@pytest.fixture
def story():
    return new_story()


def office(story, work, who="amy"):
    return story.call(who, work, purpose="settings")


def add(story, day, name="A day of mourning", kind=BANK, who="amy"):
    office(story, lambda session: holidays.add(session, day, name, kind), who)


def calendar(story):
    return story.call("ada", holidays.calendar)


def table(story):
    return {row.day: row for row in story.call("amy", holidays.table)}


def choose(story, **chosen):
    office(story, lambda session: clock_counting.choose(session, Counting(**chosen)))


def govuk(tmp_path, days, name="bank-holidays.json", division="england-and-wales"):
    events = [
        {"title": f"Day {place}", "date": day, "notes": "", "bunting": True} for place, day in enumerate(days)
    ]
    path = tmp_path / name
    path.write_text(json.dumps({division: {"division": division, "events": events}}), encoding="utf-8")
    return path


def csv(tmp_path, *lines):
    path = tmp_path / "days.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def look(story, path):
    return story.call("amy", lambda session: holiday_file.look(session, path))


def take(story, path, who="amy"):
    return office(story, lambda session: holiday_file.take(session, path), who)


def refresh(story, child_id):
    story.call("ada", lambda session: dates.refresh(session, session.get_one(Child, child_id)))


def due_dates(story, child_id, kind):
    asked = "SELECT due_on, met_on FROM clock WHERE child_id = ? AND kind = ? ORDER BY started_on"
    return story.raw(asked, child_id.bytes, kind)


def test_without_days_of_its_own_an_area_has_the_shipped_calendar(story):
    assert calendar(story) == england()


def test_an_added_day_is_no_working_day_any_more_and_can_be_taken_back(story):
    add(story, EXTRA)
    added = calendar(story)
    office(story, lambda session: holidays.take_out(session, EXTRA))

    assert not added.is_working_day(EXTRA)
    assert "1 day added here" in added.about
    assert calendar(story) == england()
    assert EXTRA not in table(story)
    add(story, EXTRA, "Proclaimed after all")
    assert not calendar(story).is_working_day(EXTRA)


def test_a_shipped_day_is_taken_out_and_put_back(story):
    office(story, lambda session: holidays.take_out(session, BOXING))
    without, row = calendar(story), table(story)[BOXING]
    office(story, lambda session: holidays.put_back(session, BOXING))

    assert without.is_working_day(BOXING)
    assert (row.kind, row.is_own, row.name) == (REMOVED, True, "Boxing Day")
    assert calendar(story) == england()
    assert (table(story)[BOXING].kind, table(story)[BOXING].is_own) == (BANK, False)


def test_closure_days_count_only_where_the_area_says_so(story):
    add(story, EXTRA, "Offices closed", CLOSURE)

    assert calendar(story).is_working_day(EXTRA)
    choose(story, closure_days=True)
    assert not calendar(story).is_working_day(EXTRA)
    assert "1 closure day counted" in calendar(story).about


def test_a_bank_holiday_that_becomes_a_closure_day_counts_as_one(story):
    office(story, lambda session: holidays.take_out(session, BOXING))
    add(story, BOXING, "Offices closed", CLOSURE)

    assert calendar(story).is_working_day(BOXING)
    choose(story, closure_days=True)
    assert not calendar(story).is_working_day(BOXING)


@pytest.mark.parametrize(
    ("day", "name", "kind", "because"),
    [
        (
            date(2026, 12, 26),
            "Boxing Day",
            BANK,
            "26/12/2026 is a Saturday: give the weekday that stands for it.",
        ),
        (date(1926, 12, 27), "Boxing Day", BANK, "27/12/1926 cannot be right"),
        (EXTRA, " ", BANK, "Say what 29/12/2026 is called."),
        (EXTRA, "A day", "party", "Say whether it is a bank holiday or a closure day."),
        (BOXING, "Boxing Day", BANK, "28/12/2026 is in the table already."),
        (date(2019, 12, 25), "Christmas Day", CLOSURE, "25/12/2019 is in the table already."),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(story, day, name, kind, because):
    with pytest.raises(Problem) as refused:
        add(story, day, name, kind)

    assert because in refused.value.words
    assert refused.value.words.endswith("Nothing was changed.")
    assert story.raw("SELECT * FROM holiday") == []


def test_a_day_that_is_not_there_is_neither_taken_out_nor_put_back(story):
    for act in (holidays.take_out, holidays.put_back):
        with pytest.raises(Problem, match=r"29/12/2026"):
            office(story, lambda session, act=act: act(session, EXTRA))


@pytest.mark.parametrize("who", ["ada", "max", "rob"])
def test_nobody_but_an_administrator_changes_holidays(story, who, tmp_path):
    path = govuk(tmp_path, YEAR_2029)
    for act in (
        lambda session: holidays.add(session, EXTRA, "A day", BANK),
        lambda session: holidays.take_out(session, BOXING),
        lambda session: holidays.put_back(session, BOXING),
        lambda session: holiday_file.take(session, path),
    ):
        with pytest.raises(NotAllowed):
            office(story, act, who)

    assert story.raw("SELECT * FROM holiday") == []


def test_open_dates_follow_the_table_and_done_ones_keep_theirs(story, monkeypatch):
    child_id = story.register("ada", "Leyla", "Haddad")
    events = [
        Event("early_help_consent", date(2026, 9, 7)),
        Event("early_help_assessment", date(2026, 10, 7)),
    ]
    events += [Event("early_help_closed", date(2026, 10, 8)), Event("early_help_consent", date(2026, 11, 16))]
    monkeypatch.setattr(dates, "events_of", lambda *_: events)
    refresh(story, child_id)
    before = due_dates(story, child_id, "F4")

    add(story, date(2026, 9, 21))
    add(story, EXTRA)
    story.call("amy", upkeep.begin_day, purpose="rebuild")

    assert before == [("2026-10-19", "2026-10-07"), ("2026-12-30", None)]
    assert due_dates(story, child_id, "F4") == [("2026-10-19", "2026-10-07"), ("2026-12-31", None)]


def test_the_preview_of_a_day_tells_what_comes_true(story, monkeypatch):
    child_id = story.register("max", "Leyla", "Haddad")
    monkeypatch.setattr(dates, "events_of", lambda *_: [Event("early_help_consent", date(2026, 11, 16))])
    refresh(story, child_id)

    found = story.call("max", lambda session: redating.of_day(session, EXTRA, BANK), purpose=redating.PURPOSE)
    back = story.call(
        "max", lambda session: redating.of_day(session, BOXING, REMOVED), purpose=redating.PURPOSE
    )

    assert [(each.from_on, each.to_on) for each in found.named] == [(date(2026, 12, 30), date(2026, 12, 31))]
    assert [each.to_on for each in back.named] == [date(2026, 12, 29)]
    assert story.raw("SELECT * FROM holiday") == []


def test_counting_the_day_of_the_event_brings_dates_a_day_forward_unless_it_was_no_working_day(story):
    choose(story, event_day=True)
    counted = calendar(story)

    assert clocks.due_on("WD+10", date(2026, 9, 14), counted) == date(2026, 9, 25)  # X10.1 less a day
    assert clocks.due_on("WD+20", date(2026, 11, 21), counted) == date(2026, 12, 18)  # X7.6: a Saturday
    assert clocks.due_on("WD+0", date(2026, 9, 14), counted) == date(2026, 9, 14)
    assert clocks.due_on("CD+7", date(2026, 9, 14), counted) == date(2026, 9, 21)


def test_the_calendar_of_a_session_follows_what_it_chooses(story):
    def work(session):
        before = holidays.calendar(session)
        clock_counting.choose(session, Counting(event_day=True))
        return before.event_day_counts, holidays.calendar(session).event_day_counts

    assert office(story, work) == (False, True)


def test_the_preview_of_counting_tells_what_moves(story, monkeypatch):
    child_id = story.register("max", "Leyla", "Haddad")
    monkeypatch.setattr(dates, "events_of", lambda *_: [Event("early_help_consent", date(2026, 11, 16))])
    refresh(story, child_id)

    found = story.call(
        "max",
        lambda session: redating.of_counting(session, Counting(event_day=True)),
        purpose=redating.PURPOSE,
    )

    assert [each.to_on for each in found.named] == [date(2026, 12, 29)]


def test_govuks_list_confirms_a_year_and_moves_what_was_worked_out_wrongly(story, tmp_path):
    path = govuk(tmp_path, YEAR_2029)

    seen = look(story, path)
    taken = take(story, path)

    assert seen == taken
    assert (seen.coming, seen.going) == (
        ((date(2029, 5, 8), "Day 3"),),
        ((date(2029, 5, 7), "Early May bank holiday"),),
    )
    assert (len(seen.confirmed), seen.known, seen.whole_years) == (7, 0, (2029,))
    found = calendar(story)
    assert found.is_working_day(date(2029, 5, 7))
    assert not found.is_working_day(date(2029, 5, 8))
    assert (found.published_to, found.known_to) == (date(2029, 12, 31), date(2030, 12, 31))
    assert found.caution(date(2029, 12, 31)) == ""
    with pytest.raises(Problem, match="known already"):
        take(story, path)


def test_a_list_that_goes_beyond_the_shipped_years_makes_them_known(story, tmp_path):
    more = [day.replace("2029", year) for year in ("2030", "2031") for day in YEAR_2029]
    weekdays = [day for day in more if date.fromisoformat(day).weekday() < 5]
    spare = [f"{year}-06-{day}" for year in ("2030", "2031") for day in ("10", "11", "12")]

    take(story, govuk(tmp_path, YEAR_2029 + weekdays + spare))

    assert (calendar(story).published_to, calendar(story).known_to) == (
        date(2031, 12, 31),
        date(2031, 12, 31),
    )


def test_the_shipped_list_read_back_changes_nothing(story, tmp_path):
    days = [day.isoformat() for day in sorted(england().holidays) if day.year <= 2028]

    seen = look(story, govuk(tmp_path, days))

    assert (seen.coming, seen.going, seen.confirmed, seen.known) == ((), (), (), len(days))


def test_a_few_days_in_a_csv_are_added_and_take_nothing_out(story, tmp_path):
    path = csv(tmp_path, "Date,Title", "29/12/2026,A day of mourning", "2026-12-28,Boxing Day")

    take(story, path)

    assert (table(story)[EXTRA].name, table(story)[EXTRA].is_own) == ("A day of mourning", True)
    assert calendar(story).holidays == england().holidays | {EXTRA}


def test_a_day_taken_out_here_comes_back_with_a_list_that_names_it(story, tmp_path):
    office(story, lambda session: holidays.take_out(session, BOXING))

    take(story, csv(tmp_path, "date,title", "28/12/2026,Boxing Day"))

    assert calendar(story) == england()


def test_every_bad_row_is_named_and_nothing_is_taken(story, tmp_path):
    path = csv(
        tmp_path, "date,title", "29/12/2026,A day", "31/02/2026,No day", "26/12/2026,A Saturday",
        "30/12/2026,", "29/12/2026,Twice",
    )  # fmt: skip

    with pytest.raises(Problem) as refused:
        take(story, path)

    assert refused.value.words == (
        "days.csv is refused whole, and nothing was changed. "
        "Line 3: “31/02/2026” is not a date. Write 25/12/2026 or 2026-12-25. "
        "Line 4: 26/12/2026 is a Saturday: give the weekday that stands for it. "
        "Line 5: Say what 30/12/2026 is called. Line 6: 29/12/2026 is there twice."
    )
    assert story.raw("SELECT * FROM holiday") == []


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"{", "It is not GOV.UK"),
        (b"[" * 100_000, "It is not GOV.UK"),
        (b'{"scotland": {"events": []}}', "It is not GOV.UK"),
        (b'{"england-and-wales": {"events": [3]}}', "It is not GOV.UK"),
        (b'{"england-and-wales": {"events": []}}', "It holds no days."),
        (b"\xff\xfe\x00", "It is not GOV.UK"),
        (b" " * 1_000_001, "It is larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(story, tmp_path, content, because):
    path = tmp_path / "list.json"
    path.write_bytes(content)

    with pytest.raises(Problem, match=because):
        take(story, path)


def test_a_csv_without_the_columns_and_a_file_that_is_not_there_say_so(story, tmp_path):
    with pytest.raises(Problem, match="needs the columns “date” and “title”"):
        take(story, csv(tmp_path, "when,what", "29/12/2026,A day"))
    with pytest.raises(Problem, match="There is no such file"):
        take(story, tmp_path / "gone.json")


def test_a_list_of_thousands_of_days_is_refused(story, tmp_path):
    with pytest.raises(Problem, match="more than 2,000 days"):
        take(story, govuk(tmp_path, ["2026-12-29"] * 2_001))


def test_what_a_file_would_move_is_told_before(story, tmp_path, monkeypatch):
    child_id = story.register("max", "Leyla", "Haddad")
    monkeypatch.setattr(dates, "events_of", lambda *_: [Event("early_help_consent", date(2026, 11, 16))])
    refresh(story, child_id)
    path = csv(tmp_path, "date,title", "29/12/2026,A day")

    found = story.call("max", lambda session: redating.of_file(session, path), purpose=redating.PURPOSE)

    assert (found.dates, found.children) == (1, 1)


def test_days_of_years_long_gone_are_shown_only_where_the_area_changed_them(story):
    add(story, date(2022, 9, 20), "The day after")

    days = sorted(table(story))

    assert days[0] == date(2022, 9, 20)
    assert days[1].year == TODAY.year - 1
    assert [row.is_sure for row in table(story).values() if row.day.year == 2029] == [False] * 8
