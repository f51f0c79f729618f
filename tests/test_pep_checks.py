"""What holds between the rows of an education plan, and what it prompts for."""

import json
from datetime import date
from pathlib import Path

import pytest

from caseapp.form_parts import pep_checks
from caseapp.forms.pep import PEP

TODAY = date(2026, 11, 23)
SAMPLES = Path(__file__).parent / "sample_answers"
FILES = (SAMPLES / "pep.json", *sorted((SAMPLES / "pep").glob("*.json")))


def read(file):
    return PEP.clean(json.loads(file.read_text(encoding="utf-8")), today=TODAY)[0]


@pytest.fixture
def answers():
    return read(SAMPLES / "pep.json")


def said(answers, last=None):
    return [(each.key, each.words) for each in pep_checks.troubles(PEP, answers, last)]


def prompted(answers):
    return "\n".join(pep_checks.prompts(answers, TODAY))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_sound_plan_has_nothing_at_odds(file):
    assert said(read(file)) == []
    assert prompted(read(file)) == ""


@pytest.mark.parametrize(
    ("key", "row", "words"),
    [
        ("attendance", {"possible": 10, "attended": 11}, "attended than were possible"),
        ("timetables", {"hours": "26.0", "full_hours": "25.0"}, "more hours than a full one"),
        ("premium", {"asked": 100, "approved": 101}, "approved than was asked"),
        ("premium", {"approved": 100, "spent": 101}, "spent than was approved"),
        ("schools", {"from_on": "2026-09-02", "until_on": "2026-09-01"}, "ends before it starts"),
        ("suspensions", {"started_on": "2026-10-06", "ended_on": "2026-10-05"}, "ends before it starts"),
        (
            "suspensions",
            {"started_on": "2026-10-06", "return_meeting_on": "2026-10-05"},
            "before the suspension",
        ),
        ("suspensions", {"reasons": ["PP", "PA", "VP", "VA"]}, "three reasons"),
        ("timetables", {"started_on": "2026-10-06", "until_on": "2026-10-05"}, "ends before it starts"),
        ("alternatives", {"started_on": "2026-10-06", "ended_on": "2026-10-05"}, "ends before it starts"),
        ("targets", {"starts_on": "2026-10-06", "ends_on": "2026-10-05"}, "ends before it starts"),
        ("premium", {"asked_on": "2026-10-06", "decided_on": "2026-10-05"}, "before it was asked"),
        ("premium", {"decided_on": "2026-10-06", "paid_on": "2026-10-05"}, "before it was decided"),
    ],
)
def test_a_row_at_odds_with_itself_is_named(answers, key, row, words):
    found = said(answers | {key: [{"school": "Sound"}, row]})

    assert [each for each, _ in found] == [key]
    assert found[0][1].startswith("Row 2: ")
    assert words in found[0][1]


def test_a_number_that_could_not_be_understood_is_left_to_its_own_question(answers):
    assert said(answers | {"attendance": [{"possible": "ten", "attended": 11}]}) == []


def test_a_question_that_is_not_asked_keeps_nobody_from_signing(answers):
    wrong = [{"possible": 10, "attended": 11}]

    assert said(answers | {"variant": "not_in_education", "attendance": wrong}) == []


def test_every_target_of_the_last_plan_is_reviewed_even_if_its_row_was_taken_out(answers):
    last = {"targets": [{"no": 1, "what": "Finish the English coursework"}, {"no": 9, "what": "Read daily"}]}

    assert said(answers, last) == [("last_targets", "The last target “Read daily” needs a result.")]


def test_a_last_target_is_known_by_its_number_when_its_words_were_mended(answers):
    assert said(answers, {"targets": [{"no": 2, "what": "Two maths sesions"}]}) == []


@pytest.mark.parametrize(
    ("stage", "subjects", "missing"),
    [
        ("KS2", ["Reading", "Writing"], "Add maths."),
        ("KS2", ["Mathematics"], "Add reading and writing."),
        ("KS4", ["English language", "Maths"], ""),
        ("KS5", ["Motor vehicle"], ""),
        ("EYFS", ["Communication and language", "Physical development", "PSED", "Literacy"], "Add maths."),
    ],
)
def test_the_subjects_that_are_always_there_are_asked_for(answers, stage, subjects, missing):
    rows = [{"subject": each} for each in subjects]

    found = said(answers | {"key_stage": stage, "attainment": rows})

    assert [words.partition(" If not")[0] for _, words in found] == ([missing] if missing else [])


def test_children_assessed_by_the_engagement_model_need_no_school_subjects(answers):
    assert said(answers | {"variant": "special", "attainment": [{"subject": "Communication"}]}) == []


def test_a_meeting_before_coming_into_care_is_pointed_out_and_not_refused(answers):
    early = answers | {"looked_after_since": "2026-11-30"}

    assert "right only where coming into care was planned" in prompted(early)
    assert said(early) == []


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ({"sdq_done": None}, True),
        ({"sdq_on": "2025-11-19"}, True),
        ({"sdq_on": "2025-11-20"}, False),
        ({"sdq_done": "no", "sdq_none": "SDQ2"}, False),
        ({"sdq_done": None, "born_on": "2022-11-20"}, False),
        ({"sdq_done": None, "born_on": "2022-11-19"}, True),
        ({"sdq_done": None, "born_on": "2009-11-19"}, False),
    ],
)
def test_from_4_to_16_a_questionnaire_of_the_last_twelve_months_is_prompted_for(answers, change, asked):
    assert ("last 12 months" in prompted(answers | change)) == asked


def test_a_high_total_without_help_from_staff_is_pointed_out(answers):
    assert "17, a concern" in prompted(answers | {"sdq_total": 17, "sdq_strategies": ""})
    assert prompted(answers | {"sdq_total": 16, "sdq_strategies": ""}) == ""


def test_low_attendance_without_a_plan_is_pointed_out(answers):
    assert "91.5 %: say what the plan is" in prompted(answers | {"attendance_plan": ""})
    assert prompted(answers | {"attendance_plan": "", "attendance_percent": "95.0"}) == ""


def test_a_move_in_key_stage_4_prompts_for_its_approval(answers):
    moving = answers | {"change_type": ["placement"]}

    assert "regulation 10" in prompted(moving)
    assert prompted(moving | {"approval_by": "Ruth Adeyemi"}) == ""
    assert prompted(moving | {"key_stage": "KS3"}) == ""


@pytest.mark.parametrize(
    ("since", "warns"), [("2026-10-01", True), ("2026-11-24", False), ("2026-05-01", False)]
)
def test_a_new_placement_asks_for_the_contacts_to_be_checked(answers, since, warns):
    held = answers | {"placement_since": since, "met_on": "2026-11-20"}

    assert ("check the contacts" in prompted(held)) is warns


@pytest.mark.parametrize("typed", ["12345", "9990012", "99900A"])
def test_a_school_number_has_six_digits(answers, typed):
    ((key, words),) = said(answers | {"school_urn": typed})

    assert (key, words) == (
        "school_urn",
        f"“{typed}” is no school number: that has six digits. Mend or clear it.",
    )


def test_a_school_number_may_be_left_out_and_a_nursery_has_one_of_ofsteds(answers):
    assert said(answers | {"school_urn": ""}) == []
    assert not [key for key, _ in said(answers | {"variant": "early_years", "school_urn": "EY123456"})
                if key == "school_urn"]  # fmt: skip


def test_the_next_plan_on_the_day_of_this_meeting_is_pointed_out(answers):
    assert "The next PEP is on the day of this meeting" in prompted(answers | {"next_on": answers["met_on"]})
