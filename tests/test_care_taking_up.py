"""Signed forms of care stand in the record once; new ones begin with what the record holds."""

from datetime import date, datetime

import pytest

from caseapp import care_record, dates, plan_writing, plans
from caseapp.care_record import NewEpisode
from caseapp.forms import FORMS
from caseapp.looked_after import new_rows as new
from caseapp.looked_after import records
from caseapp.looked_after.beginning import from_record
from caseapp.looked_after.taking_up import take_up
from caseapp.words import LONDON
from db import children as queries
from db.models import (
    Child,
    HealthEvent,
    IroConcern,
    LacReview,
    MissingPeriod,
    Placement,
    ReturnTalk,
    Revision,
)
from db.problems import Problem
from tests.story import TODAY, new_story, sample

CARE_FROM = date(2026, 8, 3)


@pytest.fixture(scope="module")
def county():
    return new_story()


@pytest.fixture
def child(county):
    """An eleven-year-old in care since August."""
    child_id = county.register("ada", "Kezia", "Thornbury", date(2015, 3, 9))
    episode = NewEpisode(CARE_FROM, "S", "V2", "U6", "N1", "PR1", placement_postcode="B1 1TA")
    county.call("ada", lambda session: care_record.add_episode(session, child_id, episode))
    return child_id


def add(county, child_id, row):
    return county.call("ada", lambda session: records.add(session, child_id, row))


def rows(county, child_id, table):
    return county.call("ada", lambda session: queries.of_child(session, table, child_id))


def taken_up(county, revision_id):
    def work(session):
        revision = session.get_one(Revision, revision_id)
        take_up(session, revision, plan_writing.form_of(session, revision))

    county.call("ada", work)


def signed(county, child_id, kind, draft=None, /, **answers):
    """Sign the sample of a kind with other answers, and take it up."""
    draft = draft or county.draft("ada", child_id, kind)
    given = sample(kind.replace("-", "_")) | {"looked_after_since": CARE_FROM.isoformat()} | answers
    given = {key: value for key, value in given.items() if value is not None}
    county.sign("ada", draft, given)
    taken_up(county, draft)
    return draft


def corrected(county, child_id, kind, revision_id, /, **answers):
    draft = county.call("ada", lambda session: plans.correct(session, revision_id, "A date was wrong"))
    return signed(county, child_id, kind, draft, **answers)


# Reviews


def test_a_signed_review_stands_among_the_reviews_with_all_that_it_says(county, child):
    revision_id = signed(county, child, "lac-review")
    given = sample("lac_review")

    (review,) = rows(county, child, LacReview)

    assert review.held_on.isoformat() == given["held_on"]
    assert (review.participation, review.chair, review.place) == (
        given["participation"], given["chair"], given["place"],
    )  # fmt: skip
    assert review.decisions_sent_on.isoformat() == given["decisions_sent_on"]
    assert review.record_sent_on.isoformat() == given["record_sent_on"]
    assert review.spoke_on.isoformat() == given["spoke_on"]
    assert not review.reason
    assert review.revision_id == revision_id
    assert {each.concern for each in rows(county, child, IroConcern)} == {
        each["concern"] for each in given["concerns"]
    }


def test_signed_again_nothing_stands_twice(county, child):
    revision_id = signed(county, child, "lac-review")
    taken_up(county, revision_id)

    assert len(rows(county, child, LacReview)) == 1
    assert len(rows(county, child, IroConcern)) == len(sample("lac_review")["concerns"])


def test_a_review_on_record_already_is_filled_and_keeps_what_was_put_right_since(county, child):
    held_on = date.fromisoformat(sample("lac_review")["held_on"])
    draft = county.draft("ada", child, "lac-review")
    add(county, child, new.NewReview(held_on, "PN2", chair="Dele Mensah"))
    signed(county, child, "lac-review", draft)

    (review,) = rows(county, child, LacReview)

    assert (review.participation, review.chair) == ("PN2", "Dele Mensah")
    assert review.place == sample("lac_review")["place"]


def test_a_review_on_record_before_the_form_was_begun_takes_the_forms_words(county, child):
    held_on = date.fromisoformat(sample("lac_review")["held_on"])
    add(county, child, new.NewReview(held_on, "PN7", chair="Dele Mensah"))
    signed(county, child, "lac-review", chair="Sunita Rao")

    (review,) = rows(county, child, LacReview)

    assert (review.participation, review.chair) == (sample("lac_review")["participation"], "Sunita Rao")


def test_a_correction_moves_the_same_review_to_its_right_day(county, child):
    first = signed(county, child, "lac-review")
    second = corrected(county, child, "lac-review", first, held_on="2026-10-08", participation="PN3")

    (review,) = rows(county, child, LacReview)

    assert (review.held_on, review.participation) == (date(2026, 10, 8), "PN3")
    assert review.revision_id == second


def test_a_corrected_concern_is_put_right_and_one_left_out_is_taken_off(county, child):
    concerns = sample("lac_review")["concerns"]
    first = signed(county, child, "lac-review")
    better = concerns[0] | {"concern": "The housing transfer has no owner."}
    corrected(county, child, "lac-review", first, concerns=[better])

    (concern,) = rows(county, child, IroConcern)

    assert concern.concern == "The housing transfer has no owner."
    assert concern.level == concerns[0]["level"]


def test_a_code_that_does_not_fit_the_age_stops_the_signing_in_words(county, child):
    draft = county.draft("ada", child, "lac-review")

    with pytest.raises(Problem) as refused:
        signed(county, child, "lac-review", draft, participation="PN0")

    assert refused.value.words.startswith("Not signed yet. PN0 is for a child under four.")
    assert refused.value.words.endswith("Your text stays as it is.")


def test_an_early_review_says_why_and_one_of_the_timetable_does_not(county, child):
    signed(county, child, "lac-review", which="extra", reason="move")

    assert rows(county, child, LacReview)[0].reason == "move"


def test_reviews_of_short_breaks_are_none_of_the_returns(county):
    child_id = county.register("ada", "Sol", "Quinn", date(2015, 3, 9))
    episode = NewEpisode(CARE_FROM, "S", "V4", "U6", "N2", "PR1")
    county.call("ada", lambda session: care_record.add_episode(session, child_id, episode))

    signed(county, child_id, "lac-review")

    assert rows(county, child_id, LacReview) == []


# Health


def test_an_assessment_stands_in_the_health_record_with_the_checks_it_tells_of(county, child):
    revision_id = signed(county, child, "health-assessment", optician_on="2026-10-01")

    held = {each.kind: each for each in rows(county, child, HealthEvent)}

    assert held.keys() == {"initial", "dental", "optician", "immunisations"}
    assert (held["initial"].by_whom, held["initial"].profession) == ("Dr Abena Osei", "doctor")
    assert held["initial"].report_on == date(2026, 10, 19)
    assert held["dental"].happened_on == date(2026, 9, 21)
    assert held["immunisations"].up_to_date is True
    assert {each.revision_id for each in held.values()} == {revision_id}


def test_the_clock_of_the_assessment_stops_once(county, child):
    signed(county, child, "health-assessment")

    def due(session):
        return [each.due_on for each in dates.due_of(session, session.get_one(Child, child))
                if each.clock in ("L13", "L14")]  # fmt: skip

    assert county.call("ada", due) == [date(2027, 10, 5)]


def test_a_corrected_assessment_puts_the_same_rows_right(county, child):
    first = signed(county, child, "health-assessment", optician_on="2026-10-01")
    corrected(
        county, child, "health-assessment", first,
        kind="review", doctor=None, assessed_on="2026-10-06", dental_on="2026-09-22", optician_on=None,
    )  # fmt: skip

    held = {each.kind: each.happened_on for each in rows(county, child, HealthEvent)}

    assert held == {
        "review": date(2026, 10, 6), "dental": date(2026, 9, 22), "immunisations": date(2026, 10, 6),
    }  # fmt: skip


def test_a_check_typed_by_hand_is_not_doubled_nor_taken_off_by_a_correction(county, child):
    add(county, child, new.NewHealth("dental", date(2026, 9, 21), by_whom="Wexley Dental"))
    first = signed(county, child, "health-assessment")
    once = dental_checks(county, child)
    corrected(county, child, "health-assessment", first, dental_on=None)

    assert once == dental_checks(county, child) == [(date(2026, 9, 21), "Wexley Dental")]


def dental_checks(county, child_id):
    held = rows(county, child_id, HealthEvent)
    return [(each.happened_on, each.by_whom) for each in held if each.kind == "dental"]


def test_a_refusal_is_noted_with_its_day_and_stops_no_clock(county, child):
    refused = {
        "name": "Kezia", "born_on": "2015-03-09", "kind": "initial", "outcome": "refused",
        "refused_on": "2026-09-20", "understands": "yes", "refused_words": "Not now.",
        "offered_instead": "The nurse at school", "offered_again_on": "2026-12-01",
        "next_due_on": "2026-12-01", "signatures": sample("health_assessment")["signatures"],
    }  # fmt: skip
    draft = county.draft("ada", child, "health-assessment")
    county.sign("ada", draft, refused)
    taken_up(county, draft)

    (event,) = rows(county, child, HealthEvent)

    assert (event.outcome, event.happened_on, event.words) == ("refused", date(2026, 9, 20), "Not now.")


# Return interviews


def test_an_interview_fills_that_of_the_time_missing_it_names(county, child):
    named = add(county, child, new.NewMissing("M", date(2026, 8, 21), date(2026, 8, 23)))
    add(county, child, new.NewMissing("M", date(2026, 8, 24), date(2026, 8, 24)))
    revision_id = signed(county, child, "return-interview")

    (talk,) = rows(county, child, ReturnTalk)

    assert (talk.missing_id, talk.revision_id) == (named, revision_id)
    assert talk.held_at == datetime(2026, 8, 25, 11, 15, tzinfo=LONDON)
    assert talk.offered_at == datetime(2026, 8, 23, 14, 0, tzinfo=LONDON)
    assert (talk.accepted, talk.independent, talk.held_by) == (True, True, "Rosalind Achebe")
    assert talk.reasons.startswith("To see family, After an argument")
    assert talk.push_pull.startswith("Push: Weekend staff")
    assert talk.plan == sample("return_interview")["safety_plan"]


def test_an_interview_whose_day_differs_is_about_the_newest_time_without_one(county, child):
    newest = add(county, child, new.NewMissing("M", date(2026, 8, 20), date(2026, 8, 23)))
    signed(county, child, "return-interview")

    assert [each.missing_id for each in rows(county, child, ReturnTalk)] == [newest]
    assert len(rows(county, child, MissingPeriod)) == 1


def test_a_time_missing_that_nobody_recorded_is_made_by_its_interview(county, child):
    signed(county, child, "return-interview")

    (period,) = rows(county, child, MissingPeriod)

    assert period.left_at == datetime(2026, 8, 21, 22, 10, tzinfo=LONDON)
    assert period.returned_at == datetime(2026, 8, 23, 4, 35, tzinfo=LONDON)
    assert period.police_ref == "WX-2026-0821-377"


def test_a_corrected_interview_stays_with_its_time_missing(county, child):
    named = add(county, child, new.NewMissing("M", date(2026, 8, 21), date(2026, 8, 23)))
    first = signed(county, child, "return-interview")
    corrected(county, child, "return-interview", first, missing_on="2026-08-22", held_by="Rosalind A. Achebe")

    (talk,) = rows(county, child, ReturnTalk)

    assert (talk.missing_id, talk.held_by) == (named, "Rosalind A. Achebe")
    assert len(rows(county, child, MissingPeriod)) == 1


def test_an_interview_without_a_time_counts_as_held_at_the_end_of_its_day(county, child):
    add(county, child, new.NewMissing("M", date(2026, 8, 21), date(2026, 8, 23)))
    signed(county, child, "return-interview", held_at="In the morning")

    assert rows(county, child, ReturnTalk)[0].held_at == datetime(2026, 8, 25, 23, 59, tzinfo=LONDON)


# Placement plans


def test_a_placement_plan_says_who_was_told_and_when_the_last_of_them(county, child):
    told = [{"who": "gp", "name": "Dr Anand", "on": "2026-08-04"}, {"who": "school", "on": "2026-08-06"}]
    signed(county, child, "placement-plan", started_on=CARE_FROM.isoformat(), told=told, emergency="yes")

    (placement,) = rows(county, child, Placement)

    assert placement.notified_on == date(2026, 8, 6)
    assert placement.notified == "GP: Dr Anand, 04/08/2026\nSchool or nursery, 06/08/2026"
    assert placement.emergency
    assert placement.carers == sample("placement_plan")["carers"]


def test_what_was_agreed_about_a_placement_keeps_what_the_plan_does_not_ask(county, child):
    signed(county, child, "placement-plan", started_on=CARE_FROM.isoformat())
    (first,) = rows(county, child, Placement)

    def flag(session):
        row = session.get_one(Placement, first.id)
        row.temporary_approval, row.distance = True, 123

    county.call("ada", flag)
    signed(county, child, "placement-plan", started_on=CARE_FROM.isoformat(), phone="01632 960111")
    (placement,) = rows(county, child, Placement)

    assert (placement.temporary_approval, placement.distance) == (True, 123)


def test_a_plan_signed_before_its_placement_begins_is_held_by_the_form_alone(county, child):
    signed(county, child, "placement-plan", started_on="2026-12-01", first_visit_by="2026-12-05",
           expected_until="2027-12-01")  # fmt: skip

    assert rows(county, child, Placement) == []


# What a form begins with


def lived(county, child_id):
    """A child whose record knows something for every form."""
    for row in (
        new.NewReview(date(2026, 8, 28), "PN1"),
        new.NewReviewAsked("timetable", date(2026, 10, 1), date(2026, 11, 25), report_on=date(2026, 11, 20)),
        new.NewHealth("initial", date(2026, 8, 24)),
        new.NewHealth("dental", date(2026, 9, 2)),
        new.NewHealth("optician", date(2026, 9, 3), "refused"),
        new.NewHealth("immunisations", date(2026, 8, 24), up_to_date=False),
        new.NewPermanence(date(2026, 8, 28), "return_6_months", "relatives"),
        new.NewFamilyTime("Donna", "supervised", CARE_FROM, "Mother", "Tuesdays", "Centre", True, "Staff"),
        new.NewFamilyTime("Lee", "phone", CARE_FROM, until_on=date(2026, 9, 1)),
        new.NewMissing("M", date(2026, 9, 1), date(2026, 9, 2)),
        new.NewMissing(
            "M", date(2026, 11, 1), date(2026, 11, 2),
            datetime(2026, 11, 1, 21, 30, tzinfo=LONDON), datetime(2026, 11, 2, 6, 5, tzinfo=LONDON),
            police_ref="CAD 4",
        ),
    ):  # fmt: skip
        add(county, child_id, row)


def begun(county, child_id, kind):
    return county.call("ada", lambda session: from_record(session, child_id, kind))


def test_a_review_begins_with_what_the_record_holds(county, child):
    lived(county, child)

    assert begun(county, child, "lac-review") == {
        "which": "second", "report_on": "2026-11-20", "dental_on": "2026-09-02", "immunised": "no",
        "health_assessed_on": "2026-08-24", "times_missing": 2, "return_talks": 0,
        "arrangements": "Donna: Face to face, supervised, Tuesdays, Centre",
        "permanence": "return_6_months", "permanence_second": "relatives",
    }  # fmt: skip


@pytest.mark.parametrize(("planned_on", "held_on"), [(TODAY, TODAY.isoformat()), (date(2030, 1, 1), None)])
def test_a_review_begins_with_the_place_that_was_planned_and_with_its_day_once_that_is_there(
    county, child, planned_on, held_on
):
    add(county, child, new.NewReviewAsked("timetable", date(2026, 10, 1), planned_on, "County Hall"))

    first = begun(county, child, "lac-review")

    assert (first.get("held_on"), first["place"]) == (held_on, "County Hall")


def test_a_review_asked_for_early_begins_as_an_extra_one(county, child):
    add(county, child, new.NewReviewAsked("child", date(2026, 11, 2)))

    first = begun(county, child, "lac-review")

    assert (first["which"], first["reason"]) == ("extra", "child")


def test_an_interview_begins_with_the_last_time_missing(county, child):
    lived(county, child)

    assert begun(county, child, "return-interview") == {
        "kind": "M", "missing_on": "2026-11-01", "missing_at": "21:30", "returned_on": "2026-11-02",
        "returned_at": "06:05", "police_ref": "CAD 4", "times": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    "kind", ["lac-review", "health-assessment", "return-interview", "placement-plan", "care-plan"]
)
def test_every_answer_that_a_form_begins_with_is_one_of_its_own(county, child, kind):
    lived(county, child)
    answers = begun(county, child, kind)

    stored, troubles = FORMS[kind].clean(answers, today=TODAY)

    assert stored == answers
    assert not [each for each in troubles if each.key in answers]


def test_other_forms_begin_with_nothing_of_this(county, child):
    lived(county, child)

    assert begun(county, child, "team-around-you") == {}
