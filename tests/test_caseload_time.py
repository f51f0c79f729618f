"""Working time in the caseload: shares, leave and first years; the averages told by both formulas."""

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest

from caseapp import working_time
from caseapp.caseload import meeting, paper, sheet, view, zone
from caseapp.caseload.meeting import NewMeeting
from caseapp.supervision import sessions
from caseapp.supervision.new_rows import NewSession
from caseapp.working_time import Away, NewTime, WorkingTime
from db.models import Child, Leave, SupervisionSession, Worker
from db.problems import NotAllowed, Problem, Stale
from tests.caseload_county import team_with
from tests.pdf_reading import words_of
from tests.story import TODAY, new_story

DAY = timedelta(days=1)
PURPOSE = working_time.PURPOSE


def of(story, who="max", on=None):
    return story.call(who, lambda session: view.whole(session, None, on))


def line(shown, name):
    return next(each for each in shown.lines if each.name == name)


def with_cases(**held):
    """Return a county in which workers of North hold so many children each."""
    story = new_story()

    def write(session):
        for ref, who in enumerate(who for who, number in held.items() for _ in range(number)):
            actor = story.actors[who]
            session.add(
                Child(
                    ref=ref, given=f"Child{ref}", family="County", sort_name=f"county {ref}",
                    worker_id=actor.worker_id, team_id=actor.team_id, opened_on=TODAY - 40 * DAY,
                )
            )  # fmt: skip

    story.call("amy", write, purpose="import")
    return story


def time_of(story, who, new, by="max", version=None):
    worker_id = story.actors[who].worker_id
    opened = story.call(by, lambda session: working_time.open_time(session, worker_id))
    story.call(
        by,
        lambda session: working_time.save(session, worker_id, version or opened.version, new),
        purpose=PURPOSE,
    )


def set_time(story, who, fte=None, nqsw_from=None, leave=()):
    """Set a worker's time as an administrator does."""

    def write(session):
        row = session.get_one(Worker, story.actors[who].worker_id)
        row.fte, row.nqsw_from = fte, nqsw_from

    def away(session):
        for first, last in leave:
            session.add(Leave(worker_id=story.actors[who].worker_id, from_on=first, until_on=last))

    story.call("amy", write, purpose="users")
    story.call("amy", away, purpose="import")


# Averages


def test_half_a_week_counts_as_half_a_worker_in_the_average_and_against_the_zone():
    story = with_cases(ada=3, bea=2)
    set_time(story, "bea", fte=Decimal("0.5"))

    shown = of(story)

    assert shown.load.sum == "5 ÷ 1.5 full-time = 3.33 (÷ 2 workers = 2.5)"
    assert "with 2 workers (1.5 full-time), 3.33 on average" in shown.sentence
    assert line(shown, "Bea North").load == 4
    assert [each.average for each in shown.service] == [shown.average]


def test_who_is_away_for_over_four_weeks_is_in_no_average_and_28_days_are_not_over():
    for days, is_out in ((28, False), (29, True)):
        story = with_cases(ada=3, bea=1)
        set_time(story, "bea", leave=[(TODAY, TODAY + (days - 1) * DAY)])

        shown = of(story)

        assert shown.average == (3 if is_out else 2)
        assert shown.service[0].average == shown.average
        assert ("Bea North is away" in shown.sentence) is is_out
        assert shown.children == 4


def test_a_child_with_a_manager_never_makes_the_teams_average_look_better():
    story = with_cases(ada=3, bea=2, max=1)

    shown = of(story)

    assert shown.load.sum == "5 ÷ 2 = 2.5"
    assert [each.average for each in shown.service] == [shown.average]
    assert shown.children == 6
    assert shown.sentence.endswith(" 1 child is with a manager, not counted in the average.")
    assert line(shown, "Max North").zone_words == "Manager, in no average"
    told = openpyxl.load_workbook(io.BytesIO(story.call("max", lambda s: sheet.xlsx_file(s, shown))))
    rows = list(told["Workers"].values)
    column = rows[0].index("In the average")
    assert [row[column] for row in rows[1:4]] == ["yes", "yes", "no, manager"]


@pytest.mark.parametrize("change", [{"fte": Decimal("0.5")}, {"roles": ["manager", "practitioner"]}])
def test_a_manager_who_works_with_children_too_counts_as_a_case_holder(change):
    story = with_cases(ada=3, max=1)

    def write(session):
        row = session.get_one(Worker, story.actors["max"].worker_id)
        for name, value in change.items():
            setattr(row, name, value)

    story.call("amy", write, purpose="users")

    shown = of(story)
    assert (shown.load.children, shown.load.holders) == (4, 2)
    assert [each.average for each in shown.service] == [shown.average]


def test_leave_without_an_end_counts_as_long_once_it_has_lasted_over_four_weeks():
    since = TODAY - 28 * DAY
    away = WorkingTime(away=(since, None))

    assert [away.is_long_away(TODAY - DAY), away.is_long_away(TODAY)] == [False, True]
    assert away.words(TODAY) == "away since 26/10/2026"


def test_leave_of_another_day_changes_nothing_today():
    story = with_cases(ada=2)
    set_time(story, "ada", leave=[(TODAY - 90 * DAY, TODAY - DAY)])

    assert of(story).average == 2


def test_the_averages_of_the_report_stand_for_full_time_teams():
    told = [zone.Load(*each) for each in ((82, 4, Decimal(4)), (87, 4, Decimal(4)), (271, 19, Decimal(19)))]

    assert [zone.average_words(each.average) for each in told] == ["20.5", "21.75", "14.26"]
    assert [each.sum for each in told][2] == "271 ÷ 19 = 14.26"


def test_a_first_year_is_protected_at_nine_tenths_of_the_target_for_a_year_to_the_day():
    first = WorkingTime(first_year_from=date(2026, 2, 1))

    assert first.limit(Decimal(16), date(2027, 1, 31)) == Decimal("14.4")
    assert first.limit(Decimal(16), date(2027, 2, 1)) is None
    assert first.limit(Decimal(16), date(2026, 1, 31)) is None
    assert first._replace(share=Decimal("0.5")).limit(Decimal(16), TODAY) == Decimal("7.2")


def test_a_first_year_over_its_limit_is_marked():
    story = new_story()
    team = team_with(story, "New", [15, 14])

    def begin(session):
        for each in session.query(Worker).where(Worker.team_id == team):
            each.nqsw_from = TODAY - 30 * DAY

    story.call("amy", begin, purpose="users")
    max_ = story.actors["max"]
    story.actors["ann"] = max_.__class__(max_.worker_id, "Ann", team, frozenset({"manager"}))

    shown = of(story, "ann")

    assert [each.over_limit for each in shown.lines] == ["Over the first-year limit of 14.4", ""]


# Recording it


def test_a_manager_records_the_time_of_the_own_team_and_leave_can_be_put_right():
    story = with_cases(ada=2)
    leave = (Away(TODAY - 60 * DAY, None, "Parental leave"), Away(TODAY - 200 * DAY, TODAY - 190 * DAY))
    time_of(story, "ada", NewTime(Decimal("0.6"), TODAY - 90 * DAY, leave))
    ended = NewTime(Decimal("0.6"), None, (Away(TODAY - 60 * DAY, TODAY - DAY, "Parental leave"),))

    time_of(story, "ada", ended)

    worker_id = story.actors["ada"].worker_id
    assert story.call("max", lambda session: working_time.open_time(session, worker_id)).time == ended
    assert story.raw("SELECT count(*) FROM leave WHERE deleted_at IS NOT NULL") == [(1,)]
    assert line(of(story), "Ada North").time.share == Decimal("0.6")


def test_an_administrator_records_the_time_of_any_team():
    story = new_story()

    time_of(story, "sue", NewTime(Decimal("0.8")), by="amy")

    worker_id = story.actors["sue"].worker_id
    assert story.call(
        "amy", lambda session: working_time.open_time(session, worker_id)
    ).time.share == Decimal("0.8")


def test_nobody_else_reads_or_records_it():
    story = new_story()

    for who, whose in (("ada", "ada"), ("rob", "ada"), ("max", "sue")):
        with pytest.raises(NotAllowed):
            time_of(story, whose, NewTime(Decimal("0.8")), by=who)


def test_a_manager_changes_nothing_but_time_of_a_worker():
    story = new_story()

    def promote(session):
        session.get_one(Worker, story.actors["ada"].worker_id).roles = ["administrator"]

    with pytest.raises(NotAllowed):
        story.call("max", promote, purpose=PURPOSE)


def test_what_cannot_be_is_refused_and_nothing_is_saved():
    story = new_story()
    two = (Away(TODAY, None), Away(TODAY + DAY, TODAY + 9 * DAY))

    for new in (
        NewTime(Decimal(0)), NewTime(Decimal("1.1")), NewTime(Decimal("0.333")),
        NewTime(leave=(Away(TODAY, TODAY - DAY),)), NewTime(leave=two),
    ):  # fmt: skip
        with pytest.raises(Problem, match="Nothing was saved"):
            time_of(story, "ada", new)
    with pytest.raises(Stale):
        time_of(story, "ada", NewTime(Decimal("0.5")), version=99)
    assert story.raw("SELECT count(*) FROM leave") == [(0,)]


# Supervision and meetings


def test_supervision_is_told_last_and_next_to_whoever_held_it_and_to_nobody_else():
    story = with_cases(ada=1)
    ada = story.actors["ada"].worker_id

    def hold(session):
        sessions.add(
            session, ada, NewSession(kind="personal", held_on=TODAY - 9 * DAY, next_on=TODAY + 20 * DAY)
        )

    story.call("max", hold)
    bea = story.actors["bea"]
    story.actors["ben"] = bea.__class__(bea.worker_id, "Ben", bea.team_id, frozenset({"manager"}))

    assert of(story).supervised == {ada: (TODAY - 9 * DAY, TODAY + 20 * DAY)}
    assert view.supervision_words(of(story), line(of(story), "Ada North")) == ("14/11/2026", "13/12/2026")
    assert of(story, "ben").supervised == {}
    assert of(story, on=TODAY - 10 * DAY).supervised.get(ada, (None, None))[0] is None


def meet(story, who="max", team="North", **more):
    new = NewMeeting(**{"held_on": TODAY, "present": "Max, Ada", **more})
    return story.call(
        who, lambda session: meeting.record(session, story.teams[team], new), purpose=meeting.PURPOSE
    )


def test_a_meeting_stands_on_the_paper_beneath_the_table_and_in_the_sheet():
    story = with_cases(ada=1)
    meet(story, held_on=TODAY - DAY, words="Two long cases", agreed=("Ada closes one by Friday", " "),
         staffing="Ask for a sixth post", next_on=TODAY + 28 * DAY)  # fmt: skip

    def make(session):
        shown = view.whole(session)
        return shown, paper.review_pdf(session, shown), sheet.xlsx_file(session, shown)

    shown, pdf, xlsx = story.call("max", make)

    assert shown.meetings[0].agreed == ("Ada closes one by Friday",)
    told = words_of(pdf)
    assert told.index("Workers") < told.index("Meeting of 22/11/2026") < told.index("Proposed moves")
    for each in ("Two long cases", "Ask for a sixth post", "Ada closes one by Friday", "21/12/2026"):
        assert each in told
    book = openpyxl.load_workbook(io.BytesIO(xlsx))
    assert list(book["Meetings"].values)[1][1:5] == (
        "Max, Ada", "Two long cases", "Ada closes one by Friday", "Ask for a sixth post",
    )  # fmt: skip
    heads, row, *_ = book["Teams"].values
    assert dict(zip(heads, row, strict=True))["Compared with the zone"] == "children ÷ FTE"


def test_meetings_are_of_the_own_team_by_the_day_and_never_of_a_day_to_come():
    story = with_cases(ada=1)
    meet(story)
    meet(story, "tom", "South")

    assert len(of(story).meetings) == 1
    assert of(story, on=TODAY - DAY).meetings == ()
    for badly in ({"held_on": TODAY + DAY}, {"present": " "}, {"next_on": TODAY - DAY}):
        with pytest.raises(Problem):
            meet(story, **badly)
    for who, team in (("ada", "North"), ("max", "South"), ("amy", "North")):
        with pytest.raises(NotAllowed):
            meet(story, who, team)
    assert story.raw("SELECT count(*) FROM caseload_review") == [(2,)]


def test_supervision_that_was_called_off_is_not_next():
    story = with_cases(ada=1)
    ada = story.actors["ada"].worker_id

    def plan(session):
        common = {"supervisor_id": session.actor.worker_id, "supervisee_id": ada, "agreed": []}
        session.add(SupervisionSession(**common, planned_on=TODAY + DAY, cancelled_because="Ill"))
        session.add(SupervisionSession(**common, planned_on=TODAY + 7 * DAY))

    story.call("max", plan)

    assert of(story).supervised == {ada: (None, TODAY + 7 * DAY)}
