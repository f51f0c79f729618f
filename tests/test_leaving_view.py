"""The leaving-care figures: equal to their lists, equal to a second count, true to the law's traps."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import event

from caseapp import leaving_view_out as out
from caseapp.pathway import approvals, cycle, leaving_view, standing
from caseapp.pathway.leaving_measures import GROUPS, MEASURES, MONEY, SHARE
from caseapp.pathway.leaving_view import Figure, Filter, Row
from caseapp.pathway.new_rows import (
    NewActivity,
    NewHome,
    NewInTouch,
    NewLeavingEvent,
    NewMoney,
    NewOverride,
)
from caseapp.work import NotAllowed, Problem
from db.models import CareLeaverYear, Involvement, Note
from db.moments import new_id
from tests import leaving_naive as naive
from tests.leaving_county import invented, put
from tests.pathway_life import add, signed_plan, young_person
from tests.pdf_reading import words_of
from tests.story import NORTH, TODAY, Story, new_story

DAYS = (TODAY, date(2026, 3, 31))


@pytest.fixture(scope="module")
def county():
    story = new_story()
    told = invented(9, 90)
    put(story, told)
    return story, told


@pytest.fixture
def story():
    return new_story()


def shown(story: Story, on: date | None = None, asked: Filter | None = None, who: str = "max"):
    kept = story.__dict__.setdefault("kept", {})  # counting takes a moment: once for each question
    if (on, asked, who) not in kept:
        kept[on, asked, who] = story.call(
            who, lambda session: leaving_view.leaving_view(session, asked, on)
        )  # fmt: skip
    return kept[on, asked, who]


def told(story: Story, key: str, on: date | None = None):
    """Return a measure counted anew."""
    story.__dict__.pop("kept", None)
    return shown(story, on).one(key).now


@pytest.mark.parametrize("on", DAYS)
def test_ninety_lives_counted_a_second_way_give_the_same_figures(county, on):
    story, everybody = county

    found = shown(story, on)

    for at, day in ((1, on), (2, naive.years_on(on, -1))):
        counted = naive.counted(everybody, day)
        for line in found.lines:
            figure, (yes, no, pence) = line[at], counted[line.measure.key]
            if figure is None:
                assert not line.measure.compared
                continue
            assert sorted(row.ref for row in figure.rows) == yes, (line.measure.key, day)
            assert sorted(row.ref for row in figure.others) == no, (line.measure.key, day)
            assert line.measure.unit != MONEY or figure.value == pence


def test_the_second_count_knows_every_measure(county):
    _, everybody = county

    assert {each.key for each in MEASURES} == set(naive.counted(everybody[:1], TODAY))


@pytest.mark.parametrize("on", DAYS)
def test_every_number_is_made_of_its_list(county, on):
    for line in shown(county[0], on).lines:
        for figure in (line.now, line.before):
            if figure is None:
                continue
            assert (figure.count, figure.of) == (len(figure.rows), len(figure.rows) + len(figure.others))
            if line.measure.unit == SHARE and figure.of:
                share = Decimal(100 * len(figure.rows)) / figure.of
                assert figure.value == share.quantize(Decimal("0.1"), ROUND_HALF_UP)
                assert figure.sentence.startswith(f"{len(figure.rows)} of {figure.of} ")
            elif line.measure.unit == MONEY:
                assert figure.value == sum(row.amount for row in figure.rows)
            elif line.measure.unit == "count":
                assert (figure.shown, figure.others) == (str(len(figure.rows)), ())


def test_parts_make_their_whole(county):
    found = shown(county[0], TODAY)

    def count(key):
        return found.one(key).now.count

    cohort, on_the_list = count("cohort"), count("listed")
    assert count("suitable") + count("unsuitable") + count("no_information") == cohort
    assert count("eet") + count("neet") + count("activity_unknown") == cohort
    assert sum(map(count, ("eligible", "relevant", "former_relevant", "qualifying"))) == on_the_list
    assert sum(count(each.key) for each in MEASURES if each.group == "ages") == on_the_list
    left = {row.ref: row.amount for row in found.one("left").now.rows}
    spent = {row.ref: row.amount for row in found.one("spent").now.rows}
    allocated = found.one("allocated").now.rows
    assert all(row.amount == left[row.ref] + spent[row.ref] for row in allocated)


def test_no_measure_goes_untried_in_the_invented_county(county):
    lines = [line for on in DAYS for line in shown(county[0], on).lines]

    tried = {line.measure.key for line in lines if line.now.rows or (line.before and line.before.rows)}
    assert tried == {each.key for each in MEASURES} - {"age_unknown"}


@pytest.mark.parametrize("many", [3, 30])
def test_the_queries_are_as_many_for_few_young_people_as_for_many(many):
    story = new_story()
    put(story, invented(3, many))
    asked: list[str] = []

    def count(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(story.store.engine, "before_cursor_execute", count)
    try:
        shown(story)
    finally:
        event.remove(story.store.engine, "before_cursor_execute", count)

    assert sum(each.lstrip().startswith("SELECT") for each in asked) <= 21  # one: how wide the reach is


# Filters and roles


def test_filters_narrow_to_a_team_a_worker_and_an_age(county):
    story, everybody = county
    whole = shown(story, TODAY)
    by_ref = {each["ref"]: each for each in everybody}
    north, ada = story.teams[NORTH], story.actors["ada"].worker_id

    for asked, is_meant in (
        (Filter(team_id=north), lambda row: by_ref[row.ref]["worker"] is not None),
        (Filter(worker_id=ada), lambda row: by_ref[row.ref]["worker"] == "ada"),
        (Filter(band="19-21"), lambda row: 19 <= row.age <= 21),
        (Filter(north, ada, "22-25"), lambda row: row.age >= 22 and by_ref[row.ref]["worker"] == "ada"),
    ):
        rows = shown(story, TODAY, asked).one("listed").now.rows
        assert rows == tuple(row for row in whole.one("listed").now.rows if is_meant(row))
        assert rows


def test_a_filter_is_said_in_words(county):
    story, _ = county

    found = shown(story, TODAY, Filter(story.teams[NORTH], story.actors["ada"].worker_id, "17-18"))

    assert found.filter_words == "Team North, young people of Ada North and aged 17 and 18"
    assert shown(story, TODAY).filter_words == "All young people that you may see"


def test_a_practitioner_sees_the_own_team_and_an_administrator_nobody(county):
    story, everybody = county
    named = {each["ref"] for each in everybody if each["worker"]}

    seen = {row.ref for line in shown(story, TODAY, who="ada").lines for row in line.now.rows}
    assert seen
    assert seen <= named
    assert shown(story, TODAY, who="max").one("listed").now.count > len(
        shown(story, TODAY, who="ada").one("listed").now.rows
    )  # a manager sees the unallocated too
    with pytest.raises(NotAllowed):
        shown(story, TODAY, who="amy")


def test_a_day_ahead_is_refused(story):
    with pytest.raises(Problem, match="today or a day before"):
        shown(story, TODAY + timedelta(days=1))


def test_the_look_is_recorded_with_everybody_listed(county):
    story, _ = county
    found = shown(story, TODAY, who="rob")

    details = [row[0] for row in story.raw(
        "SELECT detail FROM look WHERE by = ?", story.actors["rob"].worker_id.bytes
    )]  # fmt: skip
    assert any(
        '"Leaving care"' in each and all(row.child_id.hex in each for row in found.one("listed").now.rows)
        for each in details
    )


# What a young person's own pages say


def test_plan_in_date_is_what_the_record_page_says_and_ends_six_months_on(story):
    child_id = young_person(story)
    plan = signed_plan(story, child_id, "2026-05-23", plan_type="first")
    assert told(story, "in_date").shown == "0.0 %"

    story.call("max", lambda session: approvals.approve(session, plan, "Looked at with Ada."))

    page = story.call("ada", lambda session: cycle.view(session, child_id))
    assert page.is_in_date
    assert told(story, "in_date").whole == "100.0 % (1 of 1 owed a plan, less those who died or went home)"
    story.store.today = lambda: TODAY + timedelta(days=1)
    assert not story.call("ada", lambda session: cycle.view(session, child_id)).is_in_date
    assert [row.said for row in told(story, "in_date").others] == ["was in date to 23/11/2026"]


def test_a_managers_word_wins_over_the_dates(story):
    child_id = young_person(story)
    assert told(story, "former_relevant").count == 1

    new = NewOverride("qualifying", date(2026, 11, 2), "Legal advice.")
    story.call("max", lambda session: standing.decide(session, child_id, new))

    assert told(story, "former_relevant").count == 0
    [row] = told(story, "qualifying").rows
    assert row.said == "qualifying since 02/11/2026, by a manager’s word"
    [change] = told(story, "changed").rows
    assert change.said == "02/11/2026: former relevant to qualifying"
    assert told(story, "qualifying", date(2026, 11, 1)).count == 0


def test_the_category_moves_by_itself_on_the_eighteenth_birthday(story):
    young_person(story, date(2008, 5, 11))

    assert told(story, "eligible", date(2026, 5, 10)).count == 1
    assert told(story, "cohort", date(2026, 5, 10)).count == 0
    assert told(story, "former_relevant", date(2026, 5, 11)).count == 1
    assert told(story, "cohort", date(2026, 5, 11)).count == 1


@pytest.mark.parametrize("code", ["DIED", "RHOM"])
def test_who_died_or_went_home_is_left_out_of_the_cohort(story, code):
    gone, _ = young_person(story), young_person(story)

    add(story, gone, NewInTouch(code, date(2026, 11, 2)))

    assert told(story, "gone").count == 1
    assert told(story, "in_touch").of == 1
    assert told(story, "in_date").of == 1
    assert told(story, "in_touch", date(2026, 11, 1)).of == 2


def test_a_home_nobody_judged_and_one_abroad_are_no_information(story):
    for kind, suitable in (("U", True), ("U", None), ("G", None), ("S", None)):
        add(story, young_person(story), NewHome(kind, date(2026, 6, 1), suitable=suitable))

    assert [told(story, key).count for key in ("suitable", "unsuitable", "no_information")] == [1, 1, 2]
    assert told(story, "suitable_known").sentence == "1 of 2 whose home was judged"
    assert (
        told(story, "homeless").rows[0].said == "homeless or no fixed abode: not suitable, since 01/06/2026"
    )


def test_the_newest_return_tells_what_the_record_has_no_rows_of(story):
    child_id = young_person(story)
    story.call("ada", lambda session: session.add_all([
        CareLeaverYear(child_id=child_id, year=2026, in_touch="NO", activity="G5", accommodation="R1"),
        CareLeaverYear(child_id=child_id, year=2027, in_touch="YES", activity="F1", accommodation="U1"),
    ]))  # fmt: skip

    assert told(story, "in_touch").shown == "100.0 %"
    assert told(story, "suitable").rows[0].said.endswith("suitable, return of 2027")
    add(story, child_id, NewActivity("G5", date(2026, 10, 1), words="Waits for a course"))
    assert told(story, "eet").count == 0
    assert told(story, "neet").rows[0].said == "53 days: another reason, Waits for a course"


def test_days_without_work_run_on_from_one_reason_to_the_next(story):
    child_id = young_person(story)
    for code, start in (("F5", 5), ("G5", 6), ("G4", 10)):
        add(story, child_id, NewActivity(code, date(2026, start, 15)))

    [row] = told(story, "neet").rows
    assert row.said.startswith(f"{(TODAY - date(2026, 6, 15)).days} days: illness or disability")


def note(story: Story, child_id, on: date, kind: str = "visit", **more):
    story.call("ada", lambda session: session.add(
        Note(child_id=child_id, happened_on=on, kind=kind, words="Came by", **more)
    ))  # fmt: skip


def test_an_attempt_is_no_contact_and_fifty_six_days_are_the_last(story):
    child_id = young_person(story)
    note(story, child_id, TODAY, "attempt")
    note(story, child_id, TODAY)  # nobody was seen
    assert told(story, "contact").whole.startswith("0.0 % (0 of 1 ")

    note(story, child_id, TODAY - timedelta(days=56), "call")

    assert told(story, "contact").shown == "100.0 %"
    story.store.today = lambda: TODAY + timedelta(days=1)
    note(story, child_id, TODAY + timedelta(days=1), "attempt")
    assert told(story, "contact").shown == "0.0 %"


def test_homes_of_ours_have_their_own_visits_within_seven_days_and_two_months(story):
    child_id = young_person(story)
    add(story, child_id, NewHome("D", date(2026, 9, 1), suitable=True, provided=True))

    assert told(story, "contact").of == 0
    assert told(story, "visits", date(2026, 9, 8)).of == 0
    assert told(story, "visits", date(2026, 9, 9)).shown == "0.0 %"
    note(story, child_id, date(2026, 9, 8), seen=True, where_seen="home")
    assert told(story, "first_visit", date(2026, 9, 8)).shown == "100.0 %"
    assert told(story, "visits", date(2026, 11, 8)).shown == "100.0 %"
    assert told(story, "visits", date(2026, 11, 9)).shown == "0.0 %"
    note(story, child_id, date(2026, 11, 9), seen=True, where_seen="office")
    assert told(story, "visits").shown == "0.0 %"


def test_turning_eighteen_lacks_what_is_not_there_yet(story):
    child_id = young_person(story, date(2009, 5, 23))
    keys = ("turning_18", "no_plan", "no_home", "no_adviser")
    assert [told(story, key).count for key in keys] == [1, 1, 1, 1]

    plan = signed_plan(story, child_id, "2026-11-19", category="eligible", next_move="A flat of my own")
    story.call("max", lambda session: approvals.approve(session, plan, "Seen."))
    story.call("ada", lambda session: session.add(Involvement(
        child_id=child_id, worker_id=session.actor.worker_id, role="Personal adviser", from_on=TODAY
    )))  # fmt: skip

    assert [told(story, key).count for key in keys] == [1, 0, 0, 0]
    assert [told(story, key, date(2026, 11, 22)).count for key in keys] == [0, 0, 0, 0]


def test_from_twenty_one_a_plan_is_owed_to_those_who_ask(story):
    child_id = young_person(story, date(2004, 5, 11))
    assert told(story, "in_date").of == 0

    add(story, child_id, NewLeavingEvent("adviser_asked", date(2026, 11, 2)))

    assert told(story, "in_date").of == 1


def test_a_version_that_was_put_right_tells_nothing_any_more(story):
    life = next(each for each in invented(9, 90) if each["ref"] == 40_000)
    first, second = (
        {
            "number": number, "on": on, "decided": [], "replaces": number == 2, "reviewed": None,
            "codes": {"has_gp": gp, "staying_put": ""}, "next_move_on": None, "next_move": "",
        }
        for number, on, gp in ((1, date(2026, 3, 1), "yes"), (2, date(2026, 6, 1), "no"))
    )  # fmt: skip
    care = {"start": date(2022, 1, 1), "end": date(2026, 1, 1), "reason": "E8", "law": "C2", "place": "U4"}
    alone = {"events": [], "decided": [], "touches": [], "years": [], "care": [care]}
    put(story, [life | alone | {"born": date(2008, 1, 1), "plans": [first, second]}])

    assert told(story, "gp").others[0].said == "plan of 01/06/2026: no"
    assert told(story, "gp", date(2026, 5, 1)).others[0].said == "no signed plan: not recorded"


def test_money_is_told_to_the_penny(story):
    child_id = young_person(story)
    add(story, child_id, NewMoney("grant", date(2026, 6, 1), 300_000, "Setting up home"))
    add(story, child_id, NewMoney("spent", date(2026, 7, 1), 123_45, "A bed"))

    assert [told(story, key).shown for key in ("allocated", "spent", "left")] == [
        "£3,000.00", "£123.45", "£2,876.55",
    ]  # fmt: skip
    assert told(story, "left", date(2026, 6, 30)).shown == "£3,000.00"


def test_a_half_is_rounded_up():
    row = Row(new_id(), 1, "Kim", 18, "Former relevant", "", "in touch")
    measure = next(each for each in MEASURES if each.key == "in_touch")

    figure = Figure(measure, (row,), (row,) * 15)

    assert figure.whole == "6.3 % (1 of 16 in the cohort, less those who died or went home)"  # 6.25
    assert Figure(measure, (), ()).whole == "– (nobody in the cohort, less those who died or went home)"


def test_nothing_is_owed_once_a_closing_plan_is_approved(story):
    child_id = young_person(story)
    plan = signed_plan(story, child_id, "2026-11-19", plan_type="closing", closing_because="refused")
    assert told(story, "in_date").of == 1

    story.call("max", lambda session: approvals.approve(session, plan, "A year of refusing."))

    assert told(story, "in_date").of == 0
    assert told(story, "former_relevant").count == 1


# The table of measures


def test_every_measure_says_what_it_means_whose_it_is_and_fits_the_name_of_a_sheet():
    assert len({each.key for each in MEASURES}) == len({each.title for each in MEASURES}) == len(MEASURES)
    assert {each.group for each in MEASURES} == {key for key, _ in GROUPS}
    for each in MEASURES:
        assert each.definition.endswith("."), each.key
        assert each.basis in ("National", "Statutory", "Local")
        assert len(each.title) <= 31
        assert each.unit != SHARE or "÷" in each.definition, each.key


# What leaves


def book_of(story: Story, who: str, *, with_names: bool):
    found = shown(story, TODAY, who=who)
    made = story.call(who, lambda session: out.xlsx_file(session, found, with_names=with_names))
    return found, openpyxl.load_workbook(BytesIO(made))


def test_the_workbook_has_a_sheet_for_each_list_and_its_rows(county):
    found, book = book_of(county[0], "max", with_names=True)

    lists = [line for line in found.lines if line.now.of]
    assert book.sheetnames == ["About", "Measures", *(each.measure.title for each in lists)]
    for line in lists:
        rows = list(book[line.measure.title].values)[1:]
        assert sum(row[0] == "yes" for row in rows) == line.now.count
        assert len(rows) == line.now.of
    measures = {row[1]: row for row in book["Measures"].values}
    assert measures["In touch"][3:5] == (found.one("in_touch").now.count, found.one("in_touch").now.of)
    assert measures["In touch"][10] == "National"


def test_names_leave_only_with_the_right_to_export_many(county):
    _, book = book_of(county[0], "ada", with_names=False)

    assert book.sheetnames == ["About", "Measures"]
    with pytest.raises(NotAllowed):
        book_of(county[0], "ada", with_names=True)
    with pytest.raises(NotAllowed):
        book_of(county[0], "rob", with_names=False)


def test_the_paper_says_each_figure_its_denominator_and_meaning_without_names(county):
    story, _ = county
    found = shown(story, TODAY)

    said = " ".join(words_of(story.call("max", lambda session: out.print_pdf(session, found))).split())

    in_touch = found.one("in_touch").now
    assert f"{in_touch.shown} ({in_touch.count} of {in_touch.of})" in said
    for each in MEASURES:
        assert each.title in said, each.key
    assert "National measure." in said
    assert "Leaving0" not in said
