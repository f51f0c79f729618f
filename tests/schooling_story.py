"""A child at a school, short ways to read and write, and the questions of a plan about schooling."""

from datetime import date
from functools import partial
from types import SimpleNamespace

import pytest

from caseapp import people
from caseapp.education import plan_rows, records, taking_up
from caseapp.education.records import (
    NewAttainment,
    NewAttendance,
    NewSchooling,
    NewSuspension,
    NewTimetable,
)
from caseapp.form import Choice, Choices, Date, Form, Number, Rows, Section, Text
from caseapp.form_parts import pep_lists as lists
from caseapp.work import utc_now
from tests.story import Story, new_story

BORN = date(2014, 5, 4)


class Told:
    """A child at a school, and short ways to read and write."""

    def __init__(self, story: Story):
        self.story = story
        self.child_id = story.register("ada", "Leo", "Hart", BORN)
        self.old, self.school = (
            story.call("ada", partial(people.add_school, name=name, kind=kind))
            for name, kind in (("Mill Lane Primary", "primary"), ("Quenby Vale Academy", "secondary"))
        )
        self.add(records.add_schooling, NewSchooling(self.old, date(2018, 9, 4), date(2026, 3, 31), "Ms A"))
        self.spell = self.add(
            records.add_schooling, NewSchooling(self.school, date(2026, 4, 20), None, "Mr B")
        )

    def add(self, use_case, new, who="ada"):
        return self.story.call(who, lambda session: use_case(session, self.child_id, new))

    def change(self, row_id, opened, new, who="ada"):
        self.story.call(who, lambda session: records.change(session, row_id, opened, new))

    def remove(self, row, reason="Another child"):
        self.story.call(
            "ada", lambda session: records.remove(session, type(row.given), row.id, row.version, reason)
        )

    def view(self, who="ada"):
        return self.story.call(who, lambda session: records.view(session, self.child_id))

    def rows(self, what, *keys):
        return self.story.call(
            "ada", lambda session: plan_rows.rows_for_plan(session, self.child_id, what, keys)
        )

    def sign(self, answers, begun=None, dated_on=date(2026, 11, 20)):
        """Let a signed plan with these answers be taken up."""
        revision = SimpleNamespace(
            child_id=self.child_id,
            created_at=begun or utc_now(),
            dated_on=dated_on,
            document=SimpleNamespace(answers=answers),
        )
        self.story.call("ada", lambda session: taking_up.take_up(session, revision, PLAN))


def rows(key, *fields, from_record=None):
    return Rows(
        key,
        key.capitalize(),
        row="row",
        from_record=key if from_record is None else from_record,
        fields=fields,
    )


# The questions of the plan, as far as schooling goes
PLAN = Form(
    "pep",
    9,
    "pep",
    "Plan",
    sections=(
        Section(
            "all",
            "All",
            (
                Text("school", "School"),
                rows(
                    "schools",
                    Text("school", "S"),
                    Date("from_on", "F"),
                    Date("until_on", "U"),
                    Text("reason_left", "R"),
                ),
                rows(
                    "attendance",
                    Text("school", "S"),
                    Text("term", "T"),
                    Number("possible", "P"),
                    Number("attended", "A"),
                ),
                rows(
                    "suspensions",
                    Choice("permanent", "P"),
                    Date("started_on", "F"),
                    Number("sessions", "S"),
                    Choices("reasons", "R", options=lists.SUSPENSION_REASONS),
                ),
                rows(
                    "timetables",
                    Date("started_on", "F"),
                    Date("until_on", "U"),
                    Number("hours", "H"),
                    Number("full_hours", "H"),
                ),
                rows("provision", Text("name", "N"), Date("started_on", "F"), Number("hours", "H")),
                rows("attainment", Text("subject", "S"), Date("assessed_on", "D"), Choice("judgement", "J")),
                rows("baseline", Text("subject", "S"), Date("assessed_on", "D"), from_record=""),
            ),
        ),
    ),
)


@pytest.fixture
def told():
    return Told(new_story())


def term(told, **more):
    given = {"school_id": told.school, "school_year": 2026, "term": "autumn", "possible": 100, "attended": 88}
    return NewAttendance(**(given | more))


def suspension(told, **more):
    given = {"school_id": told.school, "started_on": date(2026, 11, 2), "sessions": 3}
    return NewSuspension(**(given | more))


def timetable(told, **more):
    given = {
        "school_id": told.school,
        "started_on": date(2026, 9, 3),
        "until_on": date(2026, 12, 1),
        "minutes": 725,
        "full_minutes": 1500,
        "reason": "A slow return",
    }
    return NewTimetable(**(given | more))


def assessed(subject, on, judgement, **more):
    return NewAttainment(subject, on, "school", judgement=judgement, **more)
