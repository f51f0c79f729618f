"""Rows of schooling from the record into a plan, and out of a signed plan back into the record."""

from datetime import date
from decimal import Decimal

import pytest

from caseapp.education import plan_rows, records
from caseapp.education.records import (
    NewProvision,
)
from caseapp.work import Problem, utc_now
from tests.schooling_story import assessed, suspension, term, timetable, told

__all__ = ["told"]

# Into a plan


def test_a_plan_begins_with_the_line_of_schools_and_its_gaps(told):
    assert told.rows("schools", "school", "from_on", "until_on") == [
        {"school": "Mill Lane Primary", "from_on": "2018-09-04", "until_on": "2026-03-31"},
        {"school": "No school on record", "from_on": "2026-04-01", "until_on": "2026-04-19"},
        {"school": "Quenby Vale Academy", "from_on": "2026-04-20"},
    ]


def test_a_plan_begins_with_the_last_four_terms_as_its_questions_have_them(told):
    for year, name in (
        (2024, "summer"),
        (2025, "autumn"),
        (2025, "spring"),
        (2025, "summer"),
        (2026, "autumn"),
    ):
        told.add(records.add_attendance, term(told, school_year=year, term=name))

    found = told.rows("attendance", "term", "percent", "attended", "late")
    assert [each["term"] for each in found] == ["autumn 2025", "spring 2026", "summer 2026", "autumn 2026"]
    assert found[-1] == {"term": "autumn 2026", "percent": "88.0", "attended": 88, "late": 0}


def test_a_plan_begins_with_suspensions_of_the_year_and_what_runs(told):
    told.add(records.add_suspension, suspension(told, started_on=date(2026, 6, 1), sessions=10))
    told.add(records.add_suspension, suspension(told, reasons=("DB",)))
    told.add(records.add_timetable, timetable(told))
    told.add(records.add_timetable, timetable(told, started_on=date(2025, 9, 3), ended_on=date(2025, 10, 1)))
    told.add(records.add_provision, NewProvision("Forest Farm", date(2026, 9, 3), False, minutes=90))

    assert told.rows("suspensions", "permanent", "started_on", "sessions", "reasons") == [
        {"permanent": "no", "started_on": "2026-11-02", "sessions": 3, "reasons": ["DB"]}
    ]
    assert told.rows("timetables", "started_on", "hours", "full_hours") == [
        {"started_on": "2026-09-03", "hours": "12.1", "full_hours": "25.0"}
    ]
    assert told.rows("provision", "name", "registered", "hours") == [
        {"name": "Forest Farm", "registered": "no", "hours": "1.5"}
    ]


def test_a_plan_begins_with_the_latest_of_each_subject_and_the_starting_point_apart(told):
    told.add(records.add_attainment, assessed("Maths", date(2025, 2, 2), "WB", baseline=True))
    told.add(records.add_attainment, assessed("Maths", date(2026, 6, 1), "B"))
    told.add(records.add_attainment, assessed("maths", date(2026, 11, 2), "E"))

    assert told.rows("attainment", "subject", "judgement", "assessed_on") == [
        {"subject": "maths", "judgement": "E", "assessed_on": "2026-11-02"}
    ]
    assert told.rows("baseline", "subject", "judgement") == [{"subject": "Maths", "judgement": "WB"}]


def test_every_kind_of_rows_can_be_asked_for(told):
    for what in plan_rows.WHAT:
        assert isinstance(told.rows(what, "school"), list)


# Out of a signed plan


def test_what_a_signed_plan_says_becomes_rows_of_the_record(told):
    told.sign(
        {
            "attendance": [{"term": "Autumn 2026", "possible": 100, "attended": 95}],
            "suspensions": [
                {"permanent": "no", "started_on": "2026-11-02", "sessions": 3, "reasons": ["DB"]}
            ],
            "timetables": [
                {
                    "started_on": "2026-09-03",
                    "until_on": "2026-10-03",
                    "hours": "12.5",
                    "full_hours": "25.0",
                    "reason": "A return",
                }
            ],
            "provision": [{"name": "Forest Farm", "started_on": "2026-09-03", "hours": "1.5"}],
            "attainment": [{"subject": "Maths", "assessed_on": "2026-11-02", "judgement": "E"}],
            "baseline": [
                {"subject": "Maths", "assessed_on": "2025-02-03", "judgement": "B"},
                {"subject": "Art", "judgement": "B"},
            ],
        }
    )

    view = told.view()
    assert (view.attendance[0].school, view.attendance[0].percent) == ("Quenby Vale Academy", Decimal("95.0"))
    assert view.suspensions.year_sessions == 3
    assert (view.timetables[0].given.minutes, view.provision[0].given.minutes) == (750, 90)
    (maths,) = view.attainment.subjects
    assert (maths.baseline.judgement, maths.cells[0].since_start) == ("B", "up")


def test_a_plan_signed_a_second_time_makes_no_doubles(told):
    answers = {
        "schools": told.rows("schools", "school", "from_on", "until_on"),
        "attendance": [{"term": "autumn 2026", "possible": 100, "attended": 95}],
        "suspensions": [{"permanent": "no", "started_on": "2026-11-02", "sessions": 3}],
        "attainment": [{"subject": "Maths", "assessed_on": "2026-11-02", "judgement": "E"}],
        "provision": [{"name": "Forest Farm", "started_on": "2026-09-03"}],
    }
    told.sign(answers)
    before = told.view()
    told.sign(answers)

    after = told.view()
    assert len(after.schools) == 3
    for name in ("attendance", "provision"):
        assert len(getattr(after, name)) == len(getattr(before, name)) == 1
    assert len(after.suspensions.rows) == len(after.attainment.subjects) == 1


def test_a_plan_puts_a_row_right_and_keeps_what_it_does_not_ask(told):
    told.add(records.add_suspension, suspension(told, reasons=("DB",), told_on=date(2026, 11, 2)))
    told.add(records.add_timetable, timetable(told, agreed_by="Carer"))

    told.sign(
        {
            "suspensions": [{"permanent": "no", "started_on": "2026-11-02", "sessions": 4}],
            "timetables": [
                {"started_on": "2026-09-03", "until_on": "2026-12-18", "hours": "12.1", "full_hours": "25.0"}
            ],
        }
    )

    given = told.view().suspensions.rows[0].given
    assert (given.sessions, given.reasons, given.told_on) == (4, ("DB",), date(2026, 11, 2))
    given = told.view().timetables[0].given
    assert (given.until_on, given.minutes, given.agreed_by) == (date(2026, 12, 18), 725, "Carer")


def test_what_was_put_right_in_the_record_after_the_plan_was_begun_stands(told):
    begun = utc_now()
    told.add(records.add_attendance, term(told, attended=97))

    told.sign({"attendance": [{"term": "autumn 2026", "possible": 100, "attended": 95}]}, begun=begun)

    assert told.view().attendance[0].given.attended == 97


def test_an_earlier_school_typed_in_a_plan_joins_the_line(told):
    told.sign(
        {
            "schools": [
                {"school": "No school on record", "from_on": "2026-04-01", "until_on": "2026-04-19"},
                {
                    "school": "Weir Row Infants",
                    "from_on": "2017-09-04",
                    "until_on": "2018-07-20",
                    "reason_left": "Moved up",
                },
            ]
        }
    )

    line = told.view().schools
    assert (line[-1].name, line[-1].reason) == ("Weir Row Infants", "Moved up")
    assert sum(each.is_gap for each in line) == 1


def test_a_new_school_typed_in_a_plan_ends_the_one_before(told):
    told.sign({"schools": [{"school": "Weir Row School", "from_on": "2026-11-02"}]})

    view = told.view()
    assert view.school_now.name == "Weir Row School"
    assert view.schools[1].until_on == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            {"attendance": [{"term": "half term", "possible": 1, "attended": 1}]},
            "Attendance, row 1: “half term” is no term",
        ),
        ({"attendance": [{"term": "autumn 2026", "possible": 1, "attended": 2}]}, "cannot be attended"),
        ({"suspensions": [{"permanent": "no", "sessions": 2}]}, "Suspensions, row 1: Give the date"),
    ],
)
def test_a_row_that_cannot_be_is_named_and_nothing_is_signed(told, answers, said):
    with pytest.raises(Problem, match=said) as refused:
        told.sign(answers)
    assert refused.value.words.startswith("Not signed yet.")


def test_a_row_without_a_school_takes_the_school_of_its_day(told):
    told.sign({"attendance": [{"term": "autumn 2025", "possible": 100, "attended": 95}]})

    assert told.view().attendance[0].school == "Mill Lane Primary"
