"""The caseload: figures against a plain count, averages against the report's, moves, paper and sheet."""

import io
import json
import random
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from caseapp import notes, people
from caseapp.caseload import drift, handover, paper, reallocation, settled, sheet, view, weights, zone
from caseapp.caseload.cases import Case, Deadline
from caseapp.caseload.figures import DEFINITIONS
from caseapp.caseload.reallocation import Reallocation
from caseapp.caseload.settled import USUAL
from caseapp.cli_caseload import _document, _text
from caseapp.notes import NewNote
from db.models import CaseSpell, Child, ClockRow, History, Look, Note
from db.problems import NotAllowed, NotFound, Problem
from tests.caseload_county import plainly, random_county, team_with
from tests.pdf_reading import words_of
from tests.story import TODAY, new_story

YESTERDAY = TODAY - timedelta(days=1)


def of(story, who="max", team_id=None, on=None):
    return story.call(who, lambda session: view.whole(session, team_id, on))


def line(shown, name):
    return next(each for each in shown.lines if each.name == name)


# The figures


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_of_every_manager_and_day_counts_its_own_list_and_no_other(seed):
    story, dice = new_story(), random.Random(seed)
    random_county(story, dice)

    for who in ("max", "tom"):
        for back in (0, 12, 75):
            on = TODAY - timedelta(days=back)
            shown = of(story, who, on=on)
            here = {each.child_id for each in shown.everyone.cases if each.is_here}
            expected = plainly(story, on, story.actors[who].team_id, here)
            for key, number in expected.items():
                figure = shown.everyone[key]
                assert figure.count == len(figure.rows) == number, (who, on, key)
            for every in (*shown.lines, shown.unallocated, shown.everyone):
                held = {each.child_id for each in every.cases}
                for figure in every.figures.values():
                    assert {row.child_id for row in (*figure.rows, *figure.others)} <= held
                    assert (figure.count, figure.of) == (
                        len(figure.rows),
                        len(figure.rows) + len(figure.others),
                    )


def test_the_lines_add_up_to_the_team():
    story = new_story()
    random_county(story, random.Random(7))

    shown = of(story)

    for each in DEFINITIONS:
        if each.unit == "count":
            parts = sum(one[each.key].count for one in (*shown.lines, shown.unallocated))
            assert parts == shown.everyone[each.key].count, each.key


def a_case(child_id, ref, child, status, **more):
    return Case(child_id, ref, child, status, **more)


cases = st.builds(
    a_case,
    st.builds(uuid4), st.integers(1, 99), st.just("Mia"),
    st.sampled_from(["early_help", "child_protection", "looked_after"]),
    opened_on=st.dates(date(2026, 6, 1), TODAY),
    seen_on=st.none() | st.dates(date(2026, 6, 1), TODAY),
    deadlines=st.lists(
        st.builds(Deadline, st.sampled_from(["P3", "W2", "W3", "F6"]), st.just("PEP"),
                  st.dates(date(2026, 10, 1), date(2026, 12, 31)),
                  st.booleans()),
        max_size=4,
    ).map(tuple),
    plans=st.sets(st.sampled_from(["pep", "early-help"])).map(frozenset),
    in_court=st.booleans(),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(cases, max_size=6))
def test_a_date_is_overdue_or_due_in_7_days_or_neither_and_a_share_asks_about_each_child_once(found):
    asked = view.Asked(TODAY, USUAL)
    shown = {each.key: view.figure(each, found, asked) for each in DEFINITIONS}

    late = sum(each.is_late for case in found for each in case.deadlines)
    soon = sum(each.due_on <= TODAY + timedelta(days=7) for case in found for each in case.deadlines)
    both = sum(
        each.is_late and each.due_on <= TODAY + timedelta(days=7) for case in found for each in case.deadlines
    )
    assert shown["overdue"].count == late
    assert shown["due_in_7_days"].count == soon - both
    with_pep = [each for each in found if any(one.clock == "P3" for one in each.deadlines)]
    assert shown["pep_in_date"].of == len(with_pep)
    days = [(TODAY - (each.seen_on or each.opened_on)).days for each in found]
    assert shown["longest_unseen"].value == (max(days) if days else None)


def test_a_past_day_is_told_by_who_held_the_case_then_and_a_child_gone_elsewhere_has_no_name():
    story = new_story()
    story.store.today = lambda: TODAY - timedelta(days=30)
    child = story.register("ada", "Mia", "Farrow")
    story.store.today = lambda: TODAY
    sue = story.actors["sue"].worker_id
    story.call("max", lambda session: people.allocate(session, child, sue, "Moved house"))

    then, now = of(story, on=YESTERDAY), of(story)

    assert [row.child for row in line(then, "Ada North")["open"].rows] == ["A child who is with others today"]
    assert line(then, "Ada North")["early_help"].count == 1
    assert line(then, "Ada North")["longest_unseen"].rows == ()
    assert "1 child is with others today" in then.notes[1]
    assert not now.lines
    assert [row.child for row in line(of(story, "tom"), "Sue South")["open"].rows] == ["Mia Farrow"]


def test_a_date_that_began_after_the_day_was_not_yet_running_and_one_met_after_it_still_was():
    story = new_story()
    story.store.today = lambda: TODAY - timedelta(days=30)
    child = story.register("ada", "Mia", "Farrow")
    story.store.today = lambda: TODAY
    began, met = TODAY - timedelta(days=2), TODAY - timedelta(days=5)

    def write(session):
        for kind, started, due, met_on in (("P3", began, YESTERDAY, None), ("W3", met, met, YESTERDAY)):
            session.add(
                ClockRow(child_id=child, kind=kind, started_on=started, due_on=due, met_on=met_on, what=kind)
            )

    story.call("amy", write, purpose="import")

    def late(back):
        shown = of(story, on=TODAY - timedelta(days=back)).everyone
        return {row.said[:2] for key in ("overdue", "due_in_7_days") for row in shown[key].rows}

    assert "P3" not in late(3)
    assert "W3" in late(3)
    assert "P3" in late(0)
    assert "W3" not in late(0)


def test_only_managers_see_the_caseload_and_only_of_teams_in_reach_and_no_day_to_come():
    story = new_story()
    story.register("sue", "Mia", "Farrow")

    for who in ("ada", "rob", "amy"):
        with pytest.raises(NotAllowed):
            of(story, who)
    with pytest.raises(NotFound):
        of(story, "max", story.teams["South"])
    with pytest.raises(Problem, match="today or a day before"):
        of(story, "max", on=TODAY + timedelta(days=1))
    with pytest.raises(NotFound):
        story.call("max", lambda session: view.team_of(session, "South", TODAY))


def test_the_look_names_the_children_who_were_shown():
    story = new_story()
    child = story.register("ada", "Mia", "Farrow")
    of(story)

    looks = story.call(
        "amy", lambda session: [each.detail for each in session.scalars(select(Look))], purpose="check"
    )

    assert [each["ids"] for each in looks if each.get("list") == "Caseload"] == [[child.hex]]


# Averages, zone, weights


def test_the_averages_of_the_progress_report_come_out_of_entered_cases():
    story = new_story()
    assessment = team_with(story, "Assessment and Child in Need", [20, 21, 20, 21])
    protection = team_with(story, "Protection and Care", [22, 22, 22, 21])
    care = team_with(story, "Looked After Children and Care Leavers", [15] * 5 + [14] * 14)
    story.actors["ann"] = story.actors["max"].__class__(
        story.actors["max"].worker_id, "Ann", assessment, frozenset({"manager"})
    )

    shown = of(story, "ann")

    by_name = {each.name: each for each in shown.service}
    told = [(each.children, each.holders) for each in shown.service]
    assert sorted(told) == [(82, 4), (87, 4), (271, 19)]
    averages = {name: zone.average_words(each.average) for name, each in by_name.items()}
    assert sorted(averages.values()) == ["14.26", "20.5", "21.75"]
    assert shown.average == Decimal("20.5")
    assert "4.5 over the target of 16 (+28.1 %)" in shown.sentence
    assert zone.average_words(shown.whole_service.average) == "16.3"  # 440 ÷ 27, not the mean 18.84
    assert {protection, care, assessment} >= {shown.team_id}


def test_the_zone_is_green_inside_amber_to_a_fifth_above_red_beyond_and_blue_below():
    kinds = [
        zone.standing(Decimal(each), USUAL).kind for each in ("13.9", "14", "18", "18.1", "21.6", "21.7")
    ]

    assert kinds == ["below", "inside", "inside", "above", "above", "far_above"]
    assert [each.meaning for each in zone.STANDINGS] == ["info", "on_track", "due_soon", "overdue"]


def test_a_court_case_weighs_most_and_of_siblings_all_but_the_heaviest_as_siblings():
    one, two, three = uuid4(), uuid4(), uuid4()
    found = [
        Case(one, 1, "A", "child_in_need", siblings=frozenset({two})),
        Case(two, 2, "B", "child_protection"),
        Case(three, 3, "C", "looked_after", in_court=True),
    ]

    assert weights.points(found, USUAL) == [Decimal("0.5"), Decimal(2), Decimal("2.5")]


def test_the_unallocated_stand_apart_and_out_of_the_average():
    story = new_story()
    story.register("ada", "Mia", "Farrow")
    nobodys = story.register("ada", "Tom", "Hart")
    story.call("max", lambda session: people.allocate(session, nobodys, None, "Worker left"))

    shown = of(story)

    assert (shown.average, shown.children) == (Decimal(1), 1)
    assert [each.child for each in shown.unallocated.cases] == ["Tom Hart"]
    assert "1 more has no worker" in shown.sentence


def test_an_administrator_settles_zone_and_points_and_nobody_else():
    story = new_story()

    story.call(
        "amy", lambda session: settled.choose(session, {"high": 20, "court": "3.5"}), purpose="settings"
    )

    found = story.call("max", settled.read)
    assert (found["high"], found["court"], found["low"]) == (20, Decimal("3.5"), 14)
    for numbers in ({"target": 40}, {"court": "2.25"}, {"unseen_days": "x"}, {"low": 0}):
        with pytest.raises(Problem):
            story.call(
                "amy", lambda session, given=numbers: settled.choose(session, given), purpose="settings"
            )
    with pytest.raises(NotAllowed):
        story.call("max", lambda session: settled.choose(session, {"high": 20}), purpose="settings")


def test_a_case_drifts_without_a_date_without_a_visit_and_without_a_plan():
    asked = view.Asked(TODAY, USUAL)
    date_ahead = Deadline("F6", "Family plan review", TODAY + timedelta(days=9))
    well = Case(uuid4(), 1, "A", "early_help", opened_on=TODAY - timedelta(days=90), seen_on=YESTERDAY,
                deadlines=(date_ahead,), plans=frozenset({"early-help"}))  # fmt: skip
    drifts = Case(uuid4(), 2, "B", "early_help", opened_on=TODAY - timedelta(days=46))

    assert drift.reasons(well, asked) == []
    assert drift.reasons(drifts, asked) == [
        "open without a next date", "never seen, open for 46 days", "no plan signed, open for 46 days",
    ]  # fmt: skip


# Reallocation


def moving(
    story, *children, to="bea", on=TODAY, reason="Back from leave", brief="Call the school on Monday."
):
    agreed = Reallocation(story.actors[to].worker_id, on, reason, tuple((each, brief) for each in children))
    return story.call("max", lambda session: reallocation.reallocate(session, agreed))


def test_children_go_to_a_worker_from_a_day_with_reason_and_brief():
    story = new_story()
    story.store.today = lambda: TODAY - timedelta(days=30)
    first, second = story.register("ada", "Mia", "Farrow"), story.register("ada", "Tom", "Hart")
    story.store.today = lambda: TODAY
    agreed_on = TODAY - timedelta(days=3)

    assert moving(story, first, second, on=agreed_on) == 2

    def read(session):
        spells = session.scalars(
            select(CaseSpell).where(CaseSpell.child_id == first).order_by(CaseSpell.from_on)
        )
        noted = session.scalar(select(Note).where(Note.child_id == first))
        clocks = session.scalars(select(ClockRow.worker_id).where(ClockRow.child_id == first)).all()
        reasons = session.scalars(select(History.reason).where(History.child_id == first)).all()
        return [(each.worker_id, each.from_on) for each in spells], noted.words, set(clocks), reasons

    spells, noted, clocks, reasons = story.call("amy", read, purpose="check")
    ada, bea = story.actors["ada"].worker_id, story.actors["bea"].worker_id
    assert spells == [(ada, TODAY - timedelta(days=30)), (bea, agreed_on)]
    assert noted == "Handover brief\n\nCall the school on Monday."
    assert clocks <= {bea}
    assert "Back from leave" in reasons
    assert line(of(story), "Bea North")["open"].count == 2


def test_nothing_goes_without_a_reason_on_a_day_to_come_or_before_the_case_stood_so():
    story = new_story()
    child = story.register("ada", "Mia", "Farrow")
    for given_badly in (
        {"reason": " "},
        {"on": TODAY + timedelta(days=1)},
        {"on": YESTERDAY},
        {"to": "ada"},
    ):
        with pytest.raises(Problem, match="Nothing was changed"):
            moving(story, child, **given_badly)

    assert line(of(story), "Ada North")["open"].count == 1
    with pytest.raises(NotAllowed):
        story.call("ada", lambda session: reallocation.offer(session, [child]))


def test_the_first_refused_child_keeps_all_where_they_are():
    story = new_story()
    first, other = story.register("ada", "Mia", "Farrow"), story.register("bea", "Tom", "Hart")

    with pytest.raises(Problem, match="Tom Hart is with this worker already"):
        moving(story, first, other)

    assert story.raw("SELECT count(*) FROM note") == [(0,)]


def test_the_brief_is_made_from_the_record():
    story = new_story()
    child = story.register("ada", "Mia", "Farrow")
    seen = NewNote(YESTERDAY, "visit", "Mia showed me her room.", seen_alone=True)
    story.call("ada", lambda session: notes.add(session, child, seen))
    story.draft("ada", child)

    told = story.call("max", lambda session: handover.brief(session, child))

    assert "22/11/2026, seen alone: Mia showed me her room." in told
    assert "Early help assessment, 23/11/2026: a draft, begun 23/11/2026" in told
    assert "Next dates:\n– " in told


def test_the_offer_says_who_holds_how_many_and_the_briefs_print():
    story = new_story()
    child = story.register("ada", "Mia", "Farrow")

    found = story.call("max", lambda session: reallocation.offer(session, [child]))
    pdf = story.call(
        "max", lambda session: reallocation.briefs_pdf(session, found.moves, "Bea North", TODAY, "Leave")
    )

    assert {each.name: each.held for each in found.workers}["Ada North"] == 1
    told = words_of(pdf)
    assert "Mia Farrow" in told
    assert "To Bea North" in told


# What leaves


def test_the_meeting_paper_has_averages_workers_children_and_room_to_agree():
    story = new_story()
    random_county(story, random.Random(3))

    def make(session):
        shown = view.whole(session)
        return shown, paper.review_pdf(session, shown)

    shown, pdf = story.call("max", make)

    told = words_of(pdf)
    for each in ("Caseload review", "Averages", "Proposed moves", "Present", "staffing", "Ada North"):
        assert each in told
    assert all(f"{each.child} ({each.ref})" in told for each in shown.everyone.cases)


def test_the_sheet_is_read_back_with_a_list_for_every_number():
    story = new_story()
    random_county(story, random.Random(5))

    def make(session):
        shown = view.whole(session)
        return shown, sheet.xlsx_file(session, shown, with_children=True), sheet.csv_file(session, shown)

    shown, xlsx, csv = story.call("max", make)

    book = openpyxl.load_workbook(io.BytesIO(xlsx))
    assert book.sheetnames == ["About", "Workers", "Teams", "Meetings", "Cases", "Children"]
    heads, *rows = list(book["Workers"].values)
    overdue = heads.index("Overdue")
    assert {row[0]: row[overdue] for row in rows}["Ada North"] == line(shown, "Ada North")["overdue"].count
    listed = [row for row in book["Children"].values if row[0] == "Overdue"]
    assert len(listed) == shown.everyone["overdue"].count
    assert len(list(book["Cases"].values)) == 1 + len(shown.everyone.cases)
    assert csv.decode("utf-8-sig").startswith("Worker,Job,Zone,Open cases")


def test_a_name_like_a_formula_stays_text_in_the_sheet():
    story = new_story()
    story.register("ada", "=1+1", "Farrow")

    def make(session):
        return sheet.xlsx_file(session, view.whole(session), with_children=True)

    book = openpyxl.load_workbook(io.BytesIO(story.call("max", make)))
    cells = [cell for row in book["Cases"].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("'=1+1") for cell in cells)


def test_the_command_prints_a_line_a_worker_with_the_fields_that_are_promised():
    story = new_story()
    story.register("ada", "Mia", "Farrow")

    document = json.loads(json.dumps(_document(of(story)), default=str))

    first, nobody = document
    assert (
        first | {"team": "North", "worker": "Ada North", "open": 1, "overdue": 0, "due_in_7_days": 0} == first
    )
    assert (nobody["worker"], nobody["open"]) == (None, 0)
    assert "Ada North" in _text(of(story))


def test_a_closed_case_is_in_no_caseload_from_its_last_day_on():
    story = new_story()
    story.store.today = lambda: TODAY - timedelta(days=10)
    child = story.register("ada", "Mia", "Farrow")
    story.store.today = lambda: TODAY

    def close(session):
        session.get_one(Child, child).closed_on = TODAY

    story.call("ada", close)

    assert (len(of(story).everyone.cases), len(of(story, on=YESTERDAY).everyone.cases)) == (0, 1)
