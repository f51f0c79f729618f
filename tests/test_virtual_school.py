"""The virtual school's figures: equal to their lists, equal to a second count, true to the law's traps."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest
from sqlalchemy import event

from caseapp import cli_school, dates
from caseapp import virtual_school_out as out
from caseapp.education import terms
from caseapp.education import virtual_school as school
from caseapp.education.virtual_school import Filter
from caseapp.education.virtual_school_measures import GROUPS, MEASURES, SHARE
from caseapp.work import NotAllowed
from db.models import Child, Episode
from tests import virtual_naive as naive
from tests.pdf_reading import words_of
from tests.story import Story, new_story
from tests.virtual_county import invented, put

DAYS = (date(2026, 11, 23), date(2027, 1, 20), date(2026, 10, 1), date(2027, 4, 30))


@pytest.fixture(scope="module")
def county():
    story = new_story()
    told = invented(7, 500)
    put(story, told)
    return story, told


def shown(story: Story, on: date, asked: Filter | None = None, who: str = "max") -> school.VirtualSchool:
    kept = story.__dict__.setdefault("kept", {})  # counting takes a second: once for each question
    if (on, asked, who) not in kept:
        story.store.today = lambda: on
        kept[on, asked, who] = story.call(who, lambda session: school.virtual_school(session, asked))
    return kept[on, asked, who]


@pytest.mark.parametrize("on", DAYS)
def test_five_hundred_lives_counted_a_second_way_give_the_same_figures(county, on):
    story, told = county

    found = shown(story, on)

    before = naive.term_start(on) - timedelta(days=1)
    for day, at in ((on, 1), (before, 2)):
        entries = [(one["ref"], *each) for one in told for each in naive.entries(one, day)]
        for key, counts in (
            ("initial_begun", lambda one: one[1]), ("initial_held", lambda one: one[2]),
            ("initial", lambda one: one[1] and one[2]),
        ):  # fmt: skip
            figure = found.one(key)[at]
            assert sorted(row.ref for row in figure.rows) == sorted(e[0] for e in entries if counts(e)), key
            assert figure.of == len(entries), key
        for key, (yes, no, amounts) in naive.counted(told, day, on).items():
            figure = found.one(key)[at]
            assert {row.ref for row in figure.rows} == yes, (key, day)
            assert {row.ref for row in figure.others} == no, (key, day)
            assert {
                row.ref: pytest.approx(float(row.amount), abs=0.051) for row in figure.rows if amounts
            } == amounts


def test_the_second_count_knows_every_measure(county):
    _, told = county

    counted = {"initial", "initial_begun", "initial_held", *naive.counted(told, DAYS[0], DAYS[0])}

    assert {each.key for each in MEASURES} == counted


@pytest.mark.parametrize("on", DAYS[:2])
def test_every_number_is_made_of_its_list(county, on):
    found = shown(county[0], on)

    for line in found.lines:
        for figure in (line.now, line.before):
            assert figure.count == len(figure.rows)
            assert figure.of == len(figure.rows) + len(figure.others)
            if line.measure.unit == SHARE:
                assert figure.beneath in (f"{len(figure.rows)} of {figure.of}", "nobody to count")
            elif line.measure.unit == "count":
                assert figure.shown == str(len(figure.rows))
            elif line.measure.unit in ("days", "money"):
                assert figure.value == sum((row.amount for row in figure.rows), Decimal(0))
            else:
                mean = sum(float(row.amount) for row in figure.rows) / len(figure.rows)
                assert float(figure.value) == pytest.approx(mean, abs=0.051)


def test_no_measure_goes_untried_in_the_invented_county(county):
    lines = [line for on in DAYS for line in shown(county[0], on).lines]

    tried = {line.measure.key for line in lines if line.now.rows or line.before.rows}
    assert tried == {each.key for each in MEASURES}


@pytest.mark.parametrize("many", [5, 120])
def test_the_queries_are_as_many_for_few_children_as_for_many(many):
    story = new_story()
    put(story, invented(3, many))
    asked: list[str] = []

    def count(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(story.store.engine, "before_cursor_execute", count)
    try:
        shown(story, DAYS[0])
    finally:
        event.remove(story.store.engine, "before_cursor_execute", count)

    assert sum(each.lstrip().startswith("SELECT") for each in asked) <= 22


# Filters


def test_filters_narrow_to_a_school_a_year_a_worker_and_a_need(county):
    story, told = county
    everybody = shown(story, DAYS[0])
    at, name = everybody.offer.schools[0]
    sam = story.actors["ada"].worker_id
    by_ref = {each["ref"]: each for each in told}

    for asked, is_meant in (
        (Filter(school_id=at), lambda row: row.school == name),
        (Filter(group=9), lambda row: row.year == "Year 9"),
        (Filter(worker_id=sam), lambda row: by_ref[row.ref]["worker"] == "ada"),
        (Filter(sen="K"), lambda row: by_ref[row.ref]["sen"] == "K"),
    ):
        rows = shown(story, DAYS[0], asked).one("needing").now.rows
        assert rows == tuple(row for row in everybody.one("needing").now.rows if is_meant(row))
        assert rows


def test_a_filter_is_said_in_words(county):
    story, _ = county
    offered = shown(story, DAYS[0]).offer
    at, name = offered.schools[0]

    found = shown(story, DAYS[0], Filter(school_id=at, group=9, sen="E"))

    assert found.filter_words == f"{name}, Year 9 and SEN: EHC plan"
    assert shown(story, DAYS[0]).filter_words == "All children that you may see"


def test_another_team_sees_nobody_and_an_administrator_is_refused(county):
    story, _ = county

    assert shown(story, DAYS[0], who="tom").one("needing").now.count == 0
    with pytest.raises(NotAllowed):
        shown(story, DAYS[0], who="amy")


def test_the_look_is_recorded_with_every_child_listed(county):
    story, _ = county
    found = shown(story, DAYS[0], who="rob")

    [(detail,)] = story.raw("SELECT detail FROM look WHERE by = ?", story.actors["rob"].worker_id.bytes) or [
        ("",)
    ]
    assert '"list": "Virtual school"' in detail or '"list":"Virtual school"' in detail
    assert all(row.child_id.hex in detail for row in found.one("needing").now.rows)


# The traps


ON = date(2026, 11, 23)


def life(**changes):
    """Return a child of ten in care since 2025, with a plan each term, ready to be put."""
    told = {
        "ref": 30_000, "family": "Trap", "born_on": date(2016, 5, 4), "sen": "", "worker": "ada",
        "care": [{"start": date(2025, 3, 3), "end": None, "short": False, "moves": []}],
        "plans": [plan(date(2026, 2, 10)), plan(date(2026, 6, 9)), plan(date(2026, 10, 6))],
        "schools": [{"from": date(2023, 9, 4), "until": None, "school": 0}], "group": None,
        "attendance": [], "suspensions": [], "timetables": [], "attainment": [], "money": [],
    }  # fmt: skip
    return told | changes


def plan(held, **changes):
    return {
        "held": held, "begun": None, "next": None, "voice": "talk", "child": "all", "carer": "there",
        "sen": "", "eet": "", "review": None, "returned": [], "approved": held + timedelta(days=5),
        "grade": "green", "void": False,
    } | changes  # fmt: skip


def told_of(*lives, on=ON):
    story = new_story()
    put(story, list(lives))
    return shown(story, on)


def care(start, end=None, moves=()):
    return {"start": start, "end": end, "short": False, "moves": list(moves)}


def test_of_two_approved_peps_in_one_term_the_newest_counts_once():
    twice = [
        plan(date(2026, 9, 15), voice="refused", grade="amber"), plan(date(2026, 11, 3), voice="talk")
    ]  # fmt: skip

    found = told_of(life(plans=twice))

    assert found.one("completed").now.whole == "100 % (1 of 1)"
    assert found.one("good").now.whole == "100 % (1 of 1)"
    assert found.one("voice").now.whole == "100 % (1 of 1)"


def test_a_child_who_left_care_mid_term_is_not_overdue_and_keeps_the_pep_of_last_term():
    left = life(care=[care(date(2025, 3, 3), date(2026, 11, 9))], plans=[plan(date(2026, 6, 9))])

    found = told_of(left)

    assert found.one("needing").now.count == 0
    assert found.one("overdue").now.count == 0
    assert found.one("completed").before.whole == "100 % (1 of 1)"


def test_the_last_day_of_care_starts_nothing():
    leaves_today = life(care=[care(date(2025, 3, 3), ON)])

    assert told_of(leaves_today).one("needing").now.count == 0
    assert told_of(leaves_today, on=ON - timedelta(days=1)).one("needing").now.count == 1


def test_at_eighteen_no_pep_is_needed_from_the_birthday_on():
    young = life(born_on=date(2008, 11, 23), plans=[])

    assert told_of(young).one("overdue").now.count == 0
    assert told_of(young, on=date(2026, 11, 22)).one("overdue").now.count == 1


def test_before_the_age_that_the_area_settled_no_pep_is_needed():
    small = life(born_on=date(2023, 11, 24), plans=[])

    assert told_of(small).one("needing").now.count == 0
    assert told_of(small, on=date(2026, 11, 24)).one("first_not_due").now.count == 1


def test_a_child_who_comes_back_into_care_needs_a_new_first_pep():
    back = life(
        care=[care(date(2025, 3, 3), date(2026, 10, 9)), care(date(2026, 11, 10))],
        plans=[plan(date(2026, 10, 6))],
    )

    found = told_of(back)

    assert found.one("up_to_date").now.whole == "–"
    assert [row.said for row in found.one("first_not_due").now.rows] == ["first PEP due 08/12/2026"]
    assert told_of(back, on=date(2026, 12, 8)).one("first_not_due").now.count == 1
    late = told_of(back, on=date(2026, 12, 9))
    assert late.one("up_to_date").now.whole == "0 % (0 of 1)"
    assert late.one("initial").now.whole == "0 % (0 of 1)"
    assert late.one("overdue").now.rows[0].said.startswith("1 day: no date planned, due 08/12/2026")


def test_a_planned_entry_has_its_first_pep_before_care_begins():
    planned = life(care=[care(date(2026, 10, 12))], plans=[plan(date(2026, 10, 2))])

    found = told_of(planned)

    assert found.one("initial").now.whole == "100 % (1 of 1)"
    assert found.one("up_to_date").now.whole == "100 % (1 of 1)"


def test_a_planned_return_to_care_has_its_first_pep_after_the_care_before():
    back = life(
        care=[care(date(2025, 3, 3), date(2026, 9, 25)), care(date(2026, 10, 12))],
        plans=[plan(date(2026, 9, 22)), plan(date(2026, 10, 2))],
    )

    found = told_of(back)

    assert found.one("initial").now.whole == "100 % (1 of 1)"
    assert [row.said for row in found.one("up_to_date").now.rows] == ["last meeting 02/10/2026"]
    assert told_of(back | {"plans": back["plans"][:1]}).one("initial").now.whole == "0 % (0 of 1)"


def test_an_annual_review_is_overdue_from_the_day_after():
    due = life(sen="E", plans=[plan(date(2026, 10, 6), review=ON)])

    assert told_of(due).one("ehcp_overdue").now.count == 0
    late = told_of(due, on=date(2026, 11, 24)).one("ehcp_overdue").now.rows
    assert [row.said for row in late] == ["annual review due 23/11/2026, 1 day ago"]


def test_the_areas_own_terms_count_where_they_are_set():
    story = new_story()
    put(story, [life(plans=[plan(date(2026, 9, 2))])])
    with story.store.session(story.actors["amy"], purpose="settings") as session:
        terms.set_term(session, 2026, "autumn", date(2026, 9, 3), date(2026, 12, 18))

    found = shown(story, ON)

    assert found.one("completed").now.count == 0
    assert found.one("completed").before.count == 1
    assert found.before_on == date(2026, 9, 2)


def test_a_change_of_placement_alone_asks_for_nothing_new():
    moved = life(care=[care(date(2025, 3, 3), None, [date(2026, 11, 16)])])

    found = told_of(moved)

    assert found.one("up_to_date").now.whole == "100 % (1 of 1)"
    assert found.one("initial").now.of == 0
    assert found.one("moves").now.count == 0


def test_short_breaks_alone_need_no_pep():
    away = life(care=[{"start": date(2025, 3, 3), "end": None, "short": True, "moves": []}], plans=[])

    assert told_of(away).one("needing").now.count == 0


@pytest.mark.parametrize(
    ("day", "told"), [(date(2026, 10, 1), "100 % (1 of 1)"), (date(2026, 10, 2), "0 % (0 of 1)")]
)
def test_last_terms_meeting_holds_until_the_day_of_grace(day, told):
    found = told_of(life(plans=[plan(date(2026, 6, 9), next=date(2026, 12, 1))]), on=day)

    assert found.one("up_to_date").now.whole == told
    assert found.one("overdue").now.count == 0


def test_the_day_of_grace_is_that_of_the_clock():
    story = new_story(ON)
    child_id = story.register("ada", "Kim", "Clock", date(2014, 1, 1))

    def red_after(session):
        child = session.get_one(Child, child_id)
        session.add(
            Episode(
                child_id=child_id, started_on=date(2026, 6, 1), reason_started="S", legal_status="C2",
                placement="U1",
            )
        )  # fmt: skip
        session.flush()
        return [each.red_after for each in dates.running(session, child) if each.clock.id == "P3"]

    assert story.call("ada", red_after) == [school.Day(ON).grace_on] == [date(2026, 10, 1)]


def test_overdue_stands_longest_first_with_its_days():
    early = life(ref=1, plans=[plan(date(2026, 2, 10), next=date(2026, 6, 1))])
    late = life(ref=2, plans=[plan(date(2026, 6, 9), next=date(2026, 11, 20))])

    rows = told_of(late, early).one("overdue").now.rows

    assert [row.ref for row in rows] == [1, 2]
    assert rows[1].said == "3 days: planned for 20/11/2026, last meeting 09/06/2026"


def test_a_void_pep_counts_nowhere():
    found = told_of(life(plans=[plan(date(2026, 10, 6), void=True)]))

    assert found.one("completed").now.count == 0
    assert found.one("good").now.of == 0


def test_a_plan_mended_after_it_was_given_back_counts_its_resubmissions():
    mended = plan(
        date(2026, 9, 15), returned=[date(2026, 9, 22), date(2026, 10, 1)], approved=date(2026, 10, 8)
    )  # fmt: skip

    found = told_of(life(plans=[mended]))

    assert found.one("resubmissions").now.shown == "2.0"
    assert found.one("returned").now.rows[0].said == "given back 22/09/2026 and 01/10/2026"


# The table of measures


def test_every_measure_says_what_it_means_once():
    assert len({each.key for each in MEASURES}) == len(MEASURES)
    assert {each.group for each in MEASURES} == {key for key, _ in GROUPS}
    for each in MEASURES:
        assert each.definition.endswith("."), each.key
        assert each.title[0].isupper(), each.key


# What leaves


def test_the_workbook_holds_the_figures_with_their_meaning_and_no_names(county):
    story, _ = county
    found = shown(story, ON)

    book = openpyxl.load_workbook(
        BytesIO(story.call("ada", lambda session: out.xlsx_file(session, found)))
    )  # fmt: skip

    assert book.sheetnames == ["About", "Measures"]
    rows = list(book["Measures"].values)
    assert len(rows) == len(MEASURES) + 1
    wanted = found.one("up_to_date")
    assert rows[2][1:5] == ("PEP up to date", float(wanted.now.value), wanted.now.count, wanted.now.of)
    assert rows[2][-1] == wanted.measure.definition
    assert "Invented" not in str(rows)


def test_names_leave_only_with_the_right_to_export_many(county):
    story, _ = county
    found = shown(story, ON)

    with pytest.raises(NotAllowed):
        story.call("ada", lambda session: out.xlsx_file(session, found, with_children=True))
    content = story.call("max", lambda session: out.xlsx_file(session, found, with_children=True))

    rows = list(openpyxl.load_workbook(BytesIO(content))["Children now"].values)[1:]
    listed = [row for row in rows if row[0] == "Overdue"]
    assert len(listed) == found.one("overdue").now.count
    looks = story.raw("SELECT detail FROM look WHERE act = 'export'")
    assert any("Virtual school" in detail for (detail,) in looks)


def test_the_print_says_each_measure_now_and_then(county):
    story, _ = county
    found = shown(story, ON)

    said = words_of(story.call("max", lambda session: out.print_pdf(session, found)))

    assert "As at Monday 23 November 2026 (autumn term 2026)" in said
    assert f"PEP up to date {found.one('up_to_date').now.whole}" in said
    assert found.one("overdue").measure.definition[:40] in said
    assert "Invented" not in said


def test_a_reader_may_print_and_not_export(county):
    story, _ = county
    found = shown(story, ON)

    assert story.call("rob", lambda session: out.print_pdf(session, found, large=True)).startswith(b"%PDF")
    with pytest.raises(NotAllowed):
        story.call("rob", lambda session: out.xlsx_file(session, found))


def test_the_command_tells_text_and_json(county, monkeypatch, capsys):
    story, _ = county
    story.store.today = lambda: ON

    class Reading:
        def __init__(self, _options):
            self._lent = story.store.session(story.actors["max"])

        def __enter__(self):
            return self._lent.__enter__()

        def __exit__(self, *error):
            return self._lent.__exit__(*error)

    monkeypatch.setattr(cli_school, "reading", Reading)
    assert cli_school.virtual_school(SimpleNamespace(json=True)) == 0
    told = capsys.readouterr().out
    assert '"key": "up_to_date"' in told
    assert '"as_at": "2026-11-23"' in told
    assert cli_school.virtual_school(SimpleNamespace(json=False)) == 0
    assert "PEP up to date" in capsys.readouterr().out
