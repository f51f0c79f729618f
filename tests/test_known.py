"""What the record knows is asked once, and told in one way wherever it stands."""

from datetime import UTC, date, datetime

import pytest

from caseapp import care_panels, care_prints, known, notes, overview, plan_reading, plans
from caseapp.care_print_parts import About
from caseapp.care_record import NewEpisode, add_episode
from caseapp.early_help import episodes
from caseapp.education import attendance_now
from caseapp.education import new_rows as school
from caseapp.education import records as school_records
from caseapp.looked_after import placements_view
from caseapp.notes import NewNote
from caseapp.people import add_school
from db import children as queries
from db.models import Attendance
from db.moments import pretend
from db.problems import Problem
from tests.care_story import CareStory
from tests.story import TODAY, new_story

BEGUN, NOTICED, SEARCHED = date(2026, 11, 16), date(2026, 10, 30), date(2026, 11, 12)


@pytest.fixture
def story():
    return new_story()


# Early help


def helped(story, **more):
    """Return a child whose early help began, and the answers that an assessment begins with."""
    child = story.register("ada", "Leo", "Hart")
    given = {
        "reasons": ("debt",),
        "needed_on": NOTICED,
        "searched_on": SEARCHED,
        "searched": "none",
        "level": 3,
    }
    new = episodes.NewEpisode(BEGUN, "self_request", **(given | more))
    story.call("ada", lambda session: episodes.open_episode(session, [child], new))
    draft = story.draft("ada", child)
    return child, story.call("ada", lambda session: plan_reading.open_plan(session, draft))


def test_the_assessment_begins_with_what_starting_early_help_asked(story):
    _, plan = helped(story)

    told = {
        "route": "self_request", "identified_on": "2026-10-30", "level_at_start": "3",
        "checked_on": "2026-11-12", "checked": "none", "main_reason": "debt",
    }  # fmt: skip
    assert {key: plan.answers.get(key) for key in told} == told
    asked = {each.key: each for each in plan.form.fields}
    assert all(asked[key].show(plan.known[asked[key].prefill]) for key in told)  # so that it is told whence


def test_of_several_reasons_none_is_taken_for_the_main_one(story):
    _, plan = helped(story, reasons=("housing", "debt"))

    assert plan.answers.get("main_reason") is None
    assert set(plan.answers["reasons"]) == {"housing", "debt"}


def test_the_level_at_the_start_stays_that_of_the_start(story):
    child, _ = helped(story)
    episode = story.call("ada", lambda session: episodes.current(session, child).id)
    story.call("ada", lambda session: episodes.set_level(session, episode, 2, TODAY, "It goes better."))

    assert story.call("ada", lambda s: known.known(s, child))["help.level_at_start"] == "3"


def test_an_answer_that_the_writer_changed_is_kept(story):
    child, plan = helped(story)
    changed = plan.answers | {"route": "panel"}
    story.call("ada", lambda s: plans.save(s, plan.revision_id, plan.version, changed))

    again = story.draft("ada", child)

    assert story.call("ada", lambda s: plan_reading.open_plan(s, again)).answers["route"] == "panel"


# School


def test_a_year_without_a_school_says_that_none_is_recorded(story):
    child = story.register("ada", "Leo", "Hart", date(2014, 12, 1))

    facts = dict(story.call("ada", lambda session: overview.open_child(session, child)).facts)

    assert facts["School"] == "No school recorded · Year 7"


def attended(care, attended_sessions, written_on):
    """Let the register of the autumn be written down on a day."""

    def write(session):
        for row in queries.of_child(session, Attendance, care.kezia):
            row.attended = attended_sessions
            return
        at = add_school(session, "Larkfield Primary School")
        row = school.NewAttendance(at, 2026, "autumn", 100, attended_sessions, 100 - attended_sessions)
        school_records.add(session, care.kezia, row)

    with pretend(datetime.combine(written_on, datetime.min.time(), UTC)):
        care.call(write)


def newest(care, planned_on):
    """Return what is told of attendance where the last plan of a day says 93 per cent."""
    return care.call(lambda s: attendance_now.newest_words(s, care.kezia, "93 %", planned_on))


def test_the_newest_attendance_is_told_with_its_day():
    care = CareStory()
    planned_on = date(2026, 10, 19)
    attended(care, 88, date(2026, 10, 2))
    before = newest(care, planned_on)
    attended(care, 90, date(2026, 11, 20))

    assert before == "93 % (PEP of 19/10/2026)"
    assert newest(care, planned_on) == "90.0 % in the school year 2026/27, as recorded on 20/11/2026"


def test_the_sheets_of_care_tell_the_attendance_of_the_record():
    care = CareStory()
    attended(care, 88, date(2026, 11, 20))

    panel = care.call(
        lambda s: care_panels.education(About(s, care.kezia, "test", addresses=True, large=False))
    )

    assert dict(panel.facts)["Attendance"].startswith("88.0 %")


# The placement plan


def plan_words(care):
    """Return what the Care page and the placement's print say of the plan of now."""
    return care.call(lambda session: placements_view.view(session, care.kezia)).placements[0].plan[0]


def test_a_plan_that_only_a_note_tells_of_is_signed_nowhere_else():
    care = CareStory()
    noted = NewNote(date(2026, 9, 15), "placement_plan", "The carers signed the plan on paper.")
    care.call(lambda session: notes.add(session, care.kezia, noted))

    assert plan_words(care) == ("Placement plan noted as signed 15/09/2026. It is not written in this record")
    assert_refused(care)


def test_a_signed_plan_is_signed_on_the_page_and_on_paper():
    care = CareStory()
    care.sign("placement-plan", "placement_plan")

    assert plan_words(care).startswith("Placement plan signed ")
    assert care.call(lambda session: care_prints.delegated_sheet(session, care.kezia)).startswith(b"%PDF")


def test_the_plan_of_the_placement_before_decides_nothing_in_this_one():
    care = CareStory()
    care.sign("placement-plan", "placement_plan")
    move = NewEpisode(TODAY, "P", "V2", "U4", reason_moved="CARPL", placement_postcode="QX1 1AA")
    care.call(lambda session: add_episode(session, care.kezia, move))

    assert plan_words(care).startswith("Placement plan due ")
    assert_refused(care)


def assert_refused(care):
    told = care.call(lambda session: overview.open_child(session, care.kezia)).papers
    assert "no signed placement plan" in told["delegated-authority"]
    with pytest.raises(Problem, match="no signed placement plan"):
        care.call(lambda session: care_prints.delegated_sheet(session, care.kezia))
