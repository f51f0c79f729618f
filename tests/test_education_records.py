"""Rows of schooling in the record: added, changed, refused, shown, and on the timeline."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from caseapp.education import happenings, records
from caseapp.education.records import (
    NewAttainment,
    NewProvision,
    NewSchooling,
)
from caseapp.work import NotAllowed, NotFound, Problem, Stale
from db.models import Child
from tests.schooling_story import BORN, assessed, suspension, term, timetable, told

__all__ = ["told"]

# Schools


def test_the_line_of_schools_is_unbroken_with_its_gaps_as_rows(told):
    line = told.view().schools

    assert [each.name for each in line] == [
        "Quenby Vale Academy", "No school on record 01/04/2026–19/04/2026", "Mill Lane Primary",
    ]  # fmt: skip
    assert [each.is_now for each in line] == [True, False, False]
    assert told.view().moves_last_year == 1


def test_schooling_before_the_first_school_on_record_is_a_gap_from_compulsory_age(told):
    # Five in May 2019: of compulsory school age from 31 August 2019, the last day of that term
    child_id = told.story.register("ada", "Ann", "Hart", BORN)
    new = NewSchooling(told.school, date(2024, 9, 3))
    told.story.call("ada", lambda session: records.add_schooling(session, child_id, new))

    told.child_id = child_id
    assert told.view().schools[-1].name == "No school on record 31/08/2019–02/09/2024"


def test_a_school_that_runs_ends_the_one_before_and_one_of_long_ago_does_not(told):
    told.add(records.add_schooling, NewSchooling(told.old, date(2026, 11, 2)))
    told.add(records.add_schooling, NewSchooling(told.school, date(2017, 9, 4)))

    spells = [each for each in told.view().schools if not each.is_gap]
    assert [(each.from_on, each.until_on) for each in spells] == [
        (date(2026, 11, 2), None),
        (date(2026, 4, 20), date(2026, 11, 2)),
        (date(2018, 9, 4), date(2026, 3, 31)),
        (date(2017, 9, 4), date(2018, 9, 4)),
    ]


def test_a_school_is_put_right_and_finds_its_children_by_its_new_name(told):
    told.change(told.spell, 1, NewSchooling(told.school, date(2026, 4, 1), None, "Mrs Shah", ""))

    view = told.view()
    assert (view.school_now.from_on, view.school_now.designated_teacher) == (date(2026, 4, 1), "Mrs Shah")
    assert not any(each.is_gap for each in view.schools)


@pytest.mark.parametrize(
    ("from_on", "until_on", "said"),
    [
        (date(2026, 4, 2), date(2026, 4, 1), "before the first day"),
        (date(2013, 1, 1), None, "before the child"),
    ],
)
def test_a_spell_that_cannot_be_is_refused(told, from_on, until_on, said):
    with pytest.raises(Problem, match=said):
        told.add(records.add_schooling, NewSchooling(told.school, from_on, until_on))


# Attendance


def test_attendance_is_shown_by_term_and_by_year_with_its_flag(told):
    told.add(records.add_attendance, term(told, school_year=2025, term="summer", possible=60, attended=60))
    told.add(
        records.add_attendance,
        term(told, school_year=2025, term="spring", school_id=told.old, possible=120, attended=50),
    )
    told.add(records.add_attendance, term(told))

    view = told.view()
    assert [(each.term, each.percent, each.absence) for each in view.attendance] == [
        ("Spring term 2026", Decimal("41.7"), "severe"),
        ("Summer term 2026", Decimal("100.0"), ""),
        ("Autumn term 2026", Decimal("88.0"), "persistent"),
    ]
    assert [(each.words, each.percent, each.absence) for each in view.years] == [
        ("2026/27", Decimal("88.0"), "persistent"), ("2025/26", Decimal("61.1"), "persistent"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"attended": 101}, "cannot be attended"),
        ({"attended": -1}, "counted from 0"),
        ({"authorised": 8, "unauthorised": 5}, "12 sessions were missed"),
        ({"late": 89}, "late session"),
        ({"term": "winter"}, "Say which term"),
        ({"term": ""}, "Say which term"),
        ({"term": "spring"}, "begins on 01/01/2027"),
        ({"school_id": uuid4()}, "no such school"),
    ],
)
def test_attendance_that_cannot_be_is_refused_in_plain_words(told, wrong, said):
    with pytest.raises(Problem, match=said):
        told.add(records.add_attendance, term(told, **wrong))
    assert told.view().attendance == []


def test_a_term_at_a_school_stands_once_and_is_changed_instead(told):
    told.add(records.add_attendance, term(told))
    with pytest.raises(Problem, match="on record already"):
        told.add(records.add_attendance, term(told, attended=90))

    row = told.view().attendance[0]
    told.change(row.id, row.version, term(told, attended=90))
    assert told.view().attendance[0].percent == Decimal("90.0")


def test_a_change_into_a_term_that_has_its_own_row_is_refused(told):
    told.add(records.add_attendance, term(told))
    told.add(records.add_attendance, term(told, school_year=2025))
    row = told.view().attendance[0]

    with pytest.raises(Problem, match="row of its own"):
        told.change(row.id, row.version, term(told))


def test_the_second_change_of_the_same_row_is_stale(told):
    row_id = told.add(records.add_attendance, term(told))
    told.change(row_id, 1, term(told, attended=90))

    with pytest.raises(Stale):
        told.change(row_id, 1, term(told, attended=70))


# Suspensions


def test_suspensions_count_against_the_days_of_the_year(told):
    told.add(records.add_suspension, suspension(told, reasons=("PP", "DB"), ended_on=date(2026, 11, 3)))
    told.add(records.add_suspension, suspension(told, started_on=date(2026, 6, 1), sessions=10))

    told_now = told.view().suspensions
    assert (told_now.year_sessions, told_now.term_sessions, told_now.alerts) == (3, 3, [])
    assert told_now.rows[0].title == "1½ days, 02/11/2026 to 03/11/2026"
    assert told_now.rows[0].reasons == "Physical assault on a pupil; Persistent disruptive behaviour"


def test_over_forty_five_days_is_an_alert(told):
    told.add(records.add_suspension, suspension(told, started_on=date(2026, 9, 2), sessions=91))

    assert [each.meaning for each in told.view().suspensions.alerts] == ["alert", "warning"]


def test_a_permanent_exclusion_stands_apart_until_it_is_withdrawn(told):
    told.add(records.add_suspension, suspension(told, permanent=True, sessions=0))
    row = told.view().suspensions.rows[0]
    assert (told.view().suspensions.permanent, row.title) == (1, "Permanently excluded 02/11/2026")
    assert row.alert.meaning == "alert"

    told.change(
        row.id, row.version, suspension(told, permanent=True, sessions=0, rescinded_on=date(2026, 11, 9))
    )

    assert told.view().suspensions.permanent == 0
    assert told.view().suspensions.rows[0].alert is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sessions": 0}, "how many half days"),
        ({"reasons": ("PP", "PA", "VP", "DB")}, "3 reasons at most"),
        ({"reasons": ("ZZ",)}, "not a reason"),
        ({"ended_on": date(2026, 11, 1)}, "end before it began"),
        ({"ended_on": date(2026, 11, 2)}, "2 half days at most"),
        ({"started_on": date(2026, 11, 24)}, "still to come"),
    ],
)
def test_a_suspension_that_cannot_be_is_refused(told, wrong, said):
    with pytest.raises(Problem, match=said):
        told.add(records.add_suspension, suspension(told, **wrong))


def test_a_row_entered_by_mistake_is_taken_off_with_a_reason_and_counts_no_more(told):
    told.add(records.add_suspension, suspension(told))
    row = told.view().suspensions.rows[0]
    with pytest.raises(Problem, match="Say why"):
        told.remove(row, " ")

    told.remove(row)

    assert told.view().suspensions.rows == []
    assert told.view().suspensions.year_sessions == 0
    told.add(records.add_suspension, suspension(told))


def test_attendance_is_put_right_and_never_taken_off(told):
    told.add(records.add_attendance, term(told))

    with pytest.raises(Problem, match="put right"):
        told.remove(told.view().attendance[0])


# Timetables, provision


def test_a_reduced_timetable_that_runs_over_six_weeks_is_called_out(told):
    told.add(records.add_timetable, timetable(told))

    row = told.view().timetables[0]
    assert row.title == "12 h 5 min of 25 hours a week, 03/09/2026 to 01/12/2026"
    assert row.is_open
    assert row.alert.words == "Open for 11 weeks; six are the most to plan for"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"minutes": 1500}, "fewer hours"),
        ({"reason": " "}, "Say why"),
        ({"until_on": date(2026, 9, 2)}, "end before it began"),
    ],
)
def test_a_reduced_timetable_needs_fewer_hours_a_reason_and_an_end(told, wrong, said):
    with pytest.raises(Problem, match=said):
        told.add(records.add_timetable, timetable(told, **wrong))


def test_alternative_provision_is_shown_while_it_runs(told):
    told.add(records.add_provision, NewProvision("Forest Farm", date(2026, 9, 3), True, days=2, minutes=600))

    assert [(each.title, each.is_open) for each in told.view().provision] == [
        ("Forest Farm, since 03/09/2026", True)
    ]
    with pytest.raises(Problem, match="needs a name"):
        told.add(records.add_provision, NewProvision(" ", date(2026, 9, 3)))


# Attainment


def test_attainment_is_a_grid_of_subjects_and_terms_with_trends(told):
    for new in (
        assessed("Maths", date(2026, 6, 1), "B"),
        assessed("Reading", date(2026, 2, 2), "WB", baseline=True),
        assessed("reading", date(2026, 6, 1), "B"),
        assessed("Reading", date(2026, 11, 2), "E"),
        assessed("Maths", date(2026, 11, 2), "N"),
    ):
        told.add(records.add_attainment, new)

    grid = told.view().attainment
    reading, maths = grid.subjects
    assert grid.terms == ["Summer term 2026", "Autumn term 2026"]
    assert (reading.subject, reading.baseline.judgement) == ("Reading", "WB")
    assert [(each.judgement, each.trend, each.since_start) for each in reading.cells] == [
        ("B", "", "up"), ("E", "up", "up"),
    ]  # fmt: skip
    assert [(each.words, each.trend) for each in maths.cells] == [
        ("Below expected", ""),
        ("Not assessed", ""),
    ]


def test_a_trend_reaches_over_a_term_that_was_not_assessed_and_the_latest_of_a_term_stands(told):
    for on, judgement in (
        (date(2025, 11, 3), "E"), (date(2026, 2, 2), "N"), (date(2026, 6, 1), "GD"), (date(2026, 7, 1), "B"),
    ):  # fmt: skip
        told.add(records.add_attainment, assessed("Writing", on, judgement))

    cells = told.view().attainment.subjects[0].cells
    assert [(each.judgement, each.trend) for each in cells] == [("E", ""), ("N", ""), ("B", "down")]


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (NewAttainment("Maths", date(2026, 11, 2), "tables", "26", "E"), "from 0 to 25"),
        (NewAttainment("Maths", date(2026, 11, 2), "school"), "result or a judgement"),
        (NewAttainment("Maths", date(2026, 11, 2), "school", judgement="X"), "not a judgement"),
        (NewAttainment(" ", date(2026, 11, 2), "school", judgement="E"), "needs a name"),
        (NewAttainment("Maths", date(2026, 11, 24), "school", judgement="E"), "still to come"),
    ],
)
def test_attainment_that_cannot_be_is_refused(told, new, said):
    with pytest.raises(Problem, match=said):
        told.add(records.add_attainment, new)


def test_the_same_subject_and_day_stands_once(told):
    told.add(records.add_attainment, assessed("Maths", date(2026, 11, 2), "E"))

    with pytest.raises(Problem, match="on record already"):
        told.add(records.add_attainment, assessed(" MATHS ", date(2026, 11, 2), "B"))


# Year group


def set_group(told, group, reason):
    told.story.call(
        "ada", lambda session: records.set_year_group(session, told.child_id, 2026, group, reason)
    )


def test_a_year_group_other_than_by_age_needs_a_reason_and_can_be_taken_back(told):
    with pytest.raises(Problem, match="Say why"):
        set_group(told, 7, " ")

    set_group(told, 7, "Missed a year abroad")
    year = told.view().year
    assert (year.words, year.key_stage, year.reason) == (
        "Year 7 (Year 8 by age)",
        "KS3",
        "Missed a year abroad",
    )

    set_group(told, 8, "")
    assert told.view().year.words == "Year 8"


# Rights


def test_another_team_sees_nothing_and_a_reader_writes_nothing(told):
    with pytest.raises(NotFound):
        told.view("sue")
    with pytest.raises(NotFound):
        told.add(records.add_attendance, term(told), who="sue")
    with pytest.raises(NotAllowed):
        told.add(records.add_attendance, term(told), who="rob")
    row_id = told.add(records.add_suspension, suspension(told))
    with pytest.raises(NotFound):
        told.change(row_id, 1, suspension(told, sessions=1), who="sue")


# The timeline


def test_the_timeline_tells_what_happened(told):
    told.add(records.add_suspension, suspension(told, reasons=("DB",)))
    told.add(records.add_timetable, timetable(told))
    told.add(records.add_provision, NewProvision("Forest Farm", date(2026, 9, 3)))
    told.add(records.add_attainment, assessed("Maths", date(2026, 11, 2), "E", result="5"))
    told.add(records.add_attainment, assessed("Reading", date(2026, 11, 2), "B"))
    told.add(records.add_attendance, term(told, school_year=2025))

    found = told.story.call("ada", lambda session: happenings.happened(session, told.child_id))
    said = {each.title: each.words for each in found}
    assert said["Suspended from school"] == (
        "1½ days, since 02/11/2026. Quenby Vale Academy. Persistent disruptive behaviour"
    )
    assert said["Assessed at school"] == "Maths: At expected, 5; Reading: Below expected"
    assert said["Attendance, autumn term 2025"] == "88.0 % (88 of 100 sessions). Persistent absence"
    assert {"Reduced timetable", "Alternative provision began"} <= set(said)


def test_a_child_without_a_date_of_birth_has_a_view_all_the_same(told):
    def forget(session):
        session.get_one(Child, told.child_id).born_on = None

    told.story.call("ada", forget)

    view = told.view()
    assert view.year is None
    assert [each.is_gap for each in view.schools] == [False, True, False]
