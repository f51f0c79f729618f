"""Rows of the care record and of leaving care: what is refused, and what each tells the clocks."""

from datetime import UTC, date, datetime

import pytest

from caseapp import care_record, dates
from caseapp.care_record import NewEpisode
from caseapp.events import placement_starts
from caseapp.looked_after import new_rows as care
from caseapp.looked_after import records
from caseapp.pathway import new_rows as leaving
from caseapp.pathway import records as leaving_records
from db import children as queries
from db.models import Child, Episode, LeaverHome, MissingPeriod
from db.problems import NotAllowed, NotFound, Problem, Stale
from tests.story import TODAY, new_story


@pytest.fixture(scope="module")
def county():
    return new_story()


@pytest.fixture
def child(county):
    """A twelve-year-old in care since January, in one placement."""
    child_id = county.register("ada", "Mia", "Farrow", date(2014, 3, 2))
    episode = NewEpisode(date(2026, 1, 12), "S", "C2", "U6", "N1", "PR1", placement_postcode="B1 1TA")
    county.call("ada", lambda session: care_record.add_episode(session, child_id, episode))
    return child_id


def add(county, child_id, new, who="ada"):
    module = leaving_records if type(new).__module__ == leaving.__name__ else records
    return county.call(who, lambda session: module.add(session, child_id, new))


def running(county, child_id):
    def work(session):
        return {each.clock for each in dates.due_of(session, session.get_one(Child, child_id))}

    return county.call("ada", work)


def first_episode(county, child_id):
    return county.call(
        "ada", lambda session: queries.of_child(session, Episode, child_id, Episode.started_on)[0].id
    )


REFUSED = {
    "a review to come": (care.NewReview(date(2026, 12, 1), "PN1"), "still to come"),
    "PN0 for a twelve-year-old": (care.NewReview(date(2026, 2, 5), "PN0"), "under four"),
    "an unknown code": (care.NewReview(date(2026, 2, 5), "PN9"), "not a way of taking part"),
    "decisions before the review": (
        care.NewReview(date(2026, 2, 5), "PN1", decisions_sent_on=date(2026, 2, 1)), "before it is held",
    ),
    "a planned review without a day": (care.NewReviewAsked("timetable", date(2026, 2, 1)), "which day"),
    "a health check before birth": (care.NewHealth("dental", date(2013, 2, 1)), "before the child was born"),
    "missing before care": (care.NewMissing("M", date(2025, 12, 30)), "not in care"),
    "back before gone": (
        care.NewMissing("M", date(2026, 6, 1), date(2026, 5, 30)), "end before it begins",
    ),
    "an extension without a reason": (
        care.NewProceedings("care", date(2026, 2, 1), extended_to=date(2026, 9, 1)), "why the time",
    ),
    "the same option twice": (care.NewPermanence(date(2026, 2, 1), "adoption", "adoption"), "the same"),
    "nobody to meet": (care.NewFamilyTime(" ", "direct", date(2026, 2, 1)), "with whom"),
    "a reversed decision without a reason": (
        care.NewAdoptionDecision(date(2026, 2, 1), date(2026, 5, 1)), "its reason|a reason",
    ),
    "an earlier home half told": (care.NewPreviousPermanence("P1", "330"), "that home"),
    "homeless and suitable": (leaving.NewHome("S", date(2026, 2, 1), suitable=True), "never suitable"),
    "staying put at twelve": (leaving.NewHome("Z", date(2026, 2, 1), suitable=True), "18 and over"),
    "an old activity": (leaving.NewActivity("F3", date(2026, 2, 1)), "replaced in 2021"),
    "refused contact that nobody agreed to": (leaving.NewInTouch("REFU", date(2026, 2, 1)), "which manager"),
    "spending without an allowance": (
        leaving.NewMoney("spent", date(2026, 2, 1), 5000, "Bedding"), "£0.00 left",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("new", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_saved(county, child, new, said):
    with pytest.raises(Problem, match=said) as refused:
        add(county, child, new)

    assert refused.value.words.endswith("saved.") or "Give the day" in refused.value.words


def test_a_time_missing_takes_its_days_from_its_moments_in_london(county, child):
    left, back = datetime(2026, 6, 1, 23, 30, tzinfo=UTC), datetime(2026, 6, 2, 22, 59, tzinfo=UTC)
    add(county, child, care.NewMissing("M", date(2026, 1, 20), left_at=left, returned_at=back))

    (period,) = county.call("ada", lambda session: queries.of_child(session, MissingPeriod, child))
    due = county.call(
        "ada",
        lambda session: records.interview_due_at(queries.of_child(session, MissingPeriod, child)[0]),
    )

    assert (period.started_on, period.ended_on) == (date(2026, 6, 2), date(2026, 6, 2))  # summer time
    assert due.astimezone(UTC) == datetime(2026, 6, 5, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("returned", "due"),
    [
        (datetime(2026, 11, 20, 21, 30, tzinfo=UTC), datetime(2026, 11, 23, 21, 30, tzinfo=UTC)),
        (datetime(2026, 12, 24, 9, 0, tzinfo=UTC), datetime(2026, 12, 27, 9, 0, tzinfo=UTC)),
        (datetime(2026, 10, 23, 17, 0, tzinfo=UTC), datetime(2026, 10, 26, 17, 0, tzinfo=UTC)),
        (datetime(2027, 3, 26, 18, 0, tzinfo=UTC), datetime(2027, 3, 29, 18, 0, tzinfo=UTC)),
    ],
)
def test_x20_hours_run_through_weekends_christmas_and_the_change_of_clocks(returned, due):
    assert records.interview_due_at(MissingPeriod(returned_at=returned)).astimezone(UTC) == due


def test_x20_5_without_a_time_the_hours_run_from_the_last_minute_of_the_day():
    due = records.interview_due_at(MissingPeriod(ended_on=date(2026, 11, 20)))

    assert due.isoformat() == "2026-11-23T23:59:00+00:00"


def test_overlapping_times_missing_are_refused(county, child):
    add(county, child, care.NewMissing("M", date(2026, 6, 1), date(2026, 6, 5)))

    with pytest.raises(Problem, match="overlaps"):
        add(county, child, care.NewMissing("A", date(2026, 6, 4), date(2026, 6, 6)))
    add(county, child, care.NewMissing("A", date(2026, 6, 5), date(2026, 6, 6)))


def test_a_refused_interview_stops_its_clock_and_an_offer_does_not(county, child):
    missing = add(county, child, care.NewMissing("M", date(2026, 11, 19), date(2026, 11, 20)))
    asked = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    talk = add(county, child, care.NewTalk(missing, offered_at=asked))
    assert "L19" in running(county, child)

    refused = care.NewTalk(missing, offered_at=asked, accepted=False, refused_on=date(2026, 11, 21))
    county.call("ada", lambda session: records.change(session, talk, 1, refused))

    assert "L19" not in running(county, child)


def test_the_facts_of_a_placement_move_its_clocks(county, child):
    assert {"L2", "L17"} <= running(county, child)
    placed = care.NewPlacement(
        first_episode(county, child), carers="Ann and Joe Webb", notified_on=date(2026, 1, 13)
    )
    add(county, child, placed)

    assert "L2" not in running(county, child)
    with pytest.raises(Problem, match="on record already"):
        add(county, child, placed)


def test_a_row_changed_by_somebody_else_is_not_written_over(county, child):
    review = add(county, child, care.NewReview(date(2026, 2, 5), "PN1"))
    county.call("ada", lambda s: records.change(s, review, 1, care.NewReview(date(2026, 2, 5), "PN2")))

    with pytest.raises(Stale):
        county.call("ada", lambda s: records.change(s, review, 1, care.NewReview(date(2026, 2, 5), "PN3")))


def test_a_row_entered_by_mistake_goes_with_a_reason_and_its_clock_with_it(county, child):
    asked = add(county, child, care.NewReviewAsked("disruption", date(2026, 11, 2)))
    assert "L26" in running(county, child)
    with pytest.raises(Problem, match="Say why"):
        county.call("ada", lambda s: records.remove(s, care.NewReviewAsked, asked, 1, " "))
    county.call("ada", lambda s: records.remove(s, care.NewReviewAsked, asked, 1, "Wrong child"))

    assert "L26" not in running(county, child)


def test_another_teams_worker_finds_no_such_child(county, child):
    with pytest.raises(NotFound):
        add(county, child, care.NewHealth("dental", date(2026, 2, 1)), who="sue")


def test_going_back_after_a_temporary_move_begins_no_placement_and_a_carers_move_neither(county, child):
    moves = (
        NewEpisode(date(2026, 3, 1), "P", "C2", "T1", "N1"),
        NewEpisode(date(2026, 3, 9), "P", "C2", "U6", "N1", "PR1", placement_postcode="B1 1TA"),
        NewEpisode(date(2026, 5, 1), "T", "C2", "U6", "N1", "PR1", "CLOSE", placement_postcode="B5 7RT"),
        NewEpisode(date(2026, 6, 1), "L", "E1", "U6", "N1", "PR1", placement_postcode="B5 7RT"),
        NewEpisode(date(2026, 7, 1), "P", "E1", "K2", "N1", "PR4", placement_postcode="B14 4DA"),
    )
    for move in moves:
        county.call("ada", lambda session, move=move: care_record.add_episode(session, child, move))

    started = county.call(
        "ada",
        lambda s: [each.started_on for each in placement_starts(queries.of_child(s, Episode, child))],
    )

    assert started == [date(2026, 1, 12), date(2026, 7, 1)]


def test_a_new_home_ends_the_one_before_and_cannot_overlap_it(county):
    leaver = county.register("ada", "Noah", "Reid", date(2007, 3, 2))
    add(county, leaver, leaving.NewHome("D", date(2025, 4, 1), suitable=True, provided=True))
    add(county, leaver, leaving.NewHome("U", date(2026, 4, 1), suitable=True))

    homes = county.call("ada", lambda s: queries.of_child(s, LeaverHome, leaver, LeaverHome.from_on))

    assert [each.until_on for each in homes] == [date(2026, 4, 1), None]
    with pytest.raises(Problem, match="overlaps"):
        add(county, leaver, leaving.NewHome("B", date(2025, 6, 1), date(2025, 9, 1), suitable=True))


def test_spending_stays_within_the_allowance_unless_somebody_says_why(county):
    leaver = county.register("ada", "Nora", "Reid", date(2007, 3, 2))
    add(county, leaver, leaving.NewMoney("grant", date(2026, 1, 5), 300_000, "Setting up home"))
    add(county, leaver, leaving.NewMoney("spent", date(2026, 2, 5), 299_950, "Furniture"))

    with pytest.raises(Problem, match=r"£0\.50 left"):
        add(county, leaver, leaving.NewMoney("spent", date(2026, 3, 5), 51, "Kettle"))
    add(county, leaver, leaving.NewMoney("spent", date(2026, 3, 5), 51, "Kettle", because="Broken"))


def test_the_legal_category_is_a_managers_word(county, child):
    word = leaving.NewOverride("relevant", TODAY, "In hospital on the 16th birthday; letter on file.")
    with pytest.raises(NotAllowed):
        add(county, child, word)

    assert add(county, child, word, who="max")


@pytest.mark.parametrize(
    ("kind", "suitable", "code"),
    [
        ("", None, "0"), ("U", True, "U1"), ("U", False, "U2"), ("U", None, ""), ("S", None, "S2"),
        ("X", None, "X2"), ("R", None, "R1"), ("G", False, "G2"),
    ],
)  # fmt: skip
def test_a_home_has_the_code_of_the_return(kind, suitable, code):
    assert leaving_records.home_code(kind, suitable) == code


def test_what_was_taken_off_can_be_entered_again(county, child):
    held = care.NewReview(date(2026, 2, 5), "PN1")
    first = add(county, child, held)
    county.call("ada", lambda session: records.remove(session, care.NewReview, first, 1, "Wrong code"))

    assert add(county, child, held) != first
