"""Reviews and visits as their page tells them: what is due and why, what was in time, what may be needed."""

from datetime import date
from functools import cache

import pytest

from caseapp import care_record, notes, people
from caseapp.care_record import NewEpisode
from caseapp.looked_after import new_rows as care
from caseapp.looked_after import records, review_rules, reviews, visit_rules, visits
from caseapp.looked_after.visit_rules import Placed
from caseapp.notes import NewNote
from caseapp.people import NewPerson
from db import children as queries
from db.models import Episode
from db.problems import NotFound
from tests.story import new_story


@cache
def county():
    return new_story()


class File:
    """A child's file, read on a day."""

    def __init__(self, today: date, born_on: date = date(2014, 3, 2)) -> None:
        self.county = county()
        self.county.store.today = lambda: today
        self.child_id = self.county.register("ada", "Mia", "Farrow", born_on)

    def call(self, use_case, *given):
        return self.county.call("ada", lambda session: use_case(session, *given))

    def episode(self, started_on, reason="S", status="C2", placement="U6", postcode="B1 1TA", moved=""):
        new = NewEpisode(started_on, reason, status, placement, "N1", "PR1", moved, "", postcode)
        self.call(care_record.add_episode, self.child_id, new)

    def move(self, on, reason="P", status="C2", why="CARPL"):
        self.episode(on, reason, status, "U4", "B9 9TA", why)

    def add(self, *rows):
        return [self.call(records.add, self.child_id, each) for each in rows]

    def placed(self, **more):
        def write(session):
            last = queries.of_child(session, Episode, self.child_id, Episode.started_on)[-1]
            return records.add(session, self.child_id, care.NewPlacement(last.id, **more))

        self.call(write)

    def visit(self, *days, **more):
        for day in days:
            seen = {"seen": True} | more
            self.call(notes.add, self.child_id, NewNote(day, "visit", "A visit.", **seen))

    @property
    def reviews(self):
        return self.call(reviews.view, self.child_id)

    @property
    def visits(self):
        return self.call(visits.view, self.child_id)


def reviewed(today, started_on, *held):
    file = File(today)
    file.episode(started_on)
    file.add(*(care.NewReview(day, "PN1") for day in held))
    return file


# started looked after, reviews held, what is due, its day: the worked examples X7.1 to X7.9
REVIEWS = {
    "X7.1": (date(2026, 9, 14), (), "L5", date(2026, 10, 12)),
    "X7.2": (date(2026, 9, 14), (date(2026, 10, 12),), "L6", date(2027, 1, 12)),
    "X7.3": (date(2026, 9, 14), (date(2026, 10, 2),), "L6", date(2027, 1, 2)),
    "X7.4": (date(2026, 12, 11), (), "L5", date(2027, 1, 13)),
    "X7.5": (date(2027, 3, 12), (), "L5", date(2027, 4, 13)),
    "X7.6": (date(2026, 11, 21), (), "L5", date(2026, 12, 18)),
    "X7.7": (date(2026, 6, 1), (date(2026, 6, 26), date(2026, 8, 31)), "L7", date(2027, 2, 28)),
    "X7.8": (date(2027, 6, 1), (date(2027, 6, 25), date(2027, 8, 31)), "L7", date(2028, 2, 29)),
    "X7.9": (date(2027, 7, 30), (), "L5", date(2027, 8, 27)),
}


@pytest.mark.parametrize("name", REVIEWS)
def test_the_next_review_is_due_as_in_the_worked_examples(name):
    started_on, held, clock, due_on = REVIEWS[name]

    file = reviewed(max((started_on, *held)), started_on, *held)

    due = next(each for each in file.reviews.dues if each.clock == clock)
    assert due.due_on == due_on
    assert "Care Planning Regulations 2010 reg 33" in due.why


def test_until_review_1_is_held_the_second_has_a_provisional_day():
    file = reviewed(date(2026, 9, 14), date(2026, 9, 14))

    assert file.reviews.second_by == date(2027, 1, 12)
    assert reviewed(date(2026, 10, 12), date(2026, 9, 14), date(2026, 10, 12)).reviews.second_by is None


def test_a_review_tells_by_when_it_was_due_and_how_late_it_was():
    file = reviewed(date(2027, 2, 1), date(2026, 9, 14), date(2026, 10, 12), date(2027, 1, 14))

    second, first = file.reviews.held
    assert (first.title, first.timing.due_on, first.timing.words) == (
        "Review 1",
        date(2026, 10, 12),
        "In time",
    )
    assert (second.title, second.timing.due_on, second.timing.words) == (
        "Review 2",
        date(2027, 1, 12),
        "2 working days late",
    )


def test_reviews_are_numbered_anew_in_each_time_in_care():
    file = File(date(2026, 11, 2))
    file.episode(date(2025, 1, 6))
    file.add(care.NewReview(date(2025, 1, 31), "PN1"))
    file.call(care_record.end_episode, file.child_id, date(2025, 6, 2), "E4A")
    file.episode(date(2026, 10, 5))
    file.add(care.NewReview(date(2026, 10, 30), "PN1"))

    assert [each.title for each in file.reviews.held] == ["Review 1", "Review 1"]
    assert [each.timing.due_on for each in file.reviews.held] == [date(2026, 11, 2), date(2025, 2, 3)]


def test_decisions_go_out_in_five_working_days_and_the_record_in_fifteen():
    file = File(date(2026, 11, 23))
    file.episode(date(2026, 9, 14))
    sent = {"decisions_sent_on": date(2026, 10, 19), "record_sent_on": date(2026, 11, 4)}
    file.add(care.NewReview(date(2026, 10, 12), "PN1", **sent))

    held = file.reviews.held[0]

    assert (held.decisions.due_on, held.decisions.words) == (date(2026, 10, 19), "In time")
    assert (held.record.due_on, held.record.words) == (date(2026, 11, 2), "2 working days late")


def test_what_was_never_noted_of_an_older_review_is_said_once_and_not_called_late():
    file = reviewed(date(2027, 2, 1), date(2026, 9, 14), date(2026, 10, 12), date(2027, 1, 11))

    second, first = file.reviews.held
    assert (first.decisions, first.record) == (None, None)
    assert "Not noted: talk with the reviewing officer, decisions sent and full record sent" in first.told
    assert second.decisions.words == "10 working days late"


def test_the_share_taking_part_leaves_out_those_under_four():
    assert review_rules.share_taking_part(["PN0", "PN1", "PN4", "PN6", "PN7", ""]) == (2, 4)


def test_an_early_review_is_due_at_once_until_it_is_held_or_called_off():
    file = reviewed(date(2026, 11, 23), date(2026, 9, 14), date(2026, 10, 12))
    file.add(care.NewReviewAsked("child", date(2026, 11, 16), words="I want to move school"))

    asked = file.reviews.asked[0]
    assert (asked.state, asked.state_words) == ("open", "As soon as possible")
    assert asked.told == ["The child asked (practice)", "I want to move school"]
    assert "L26" in {each.clock for each in file.reviews.dues}

    called_off = care.NewReviewAsked("child", date(2026, 11, 16), cancelled_on=date(2026, 11, 20))
    file.call(records.change, asked.id, asked.version, called_off)
    assert file.reviews.asked[0].state_words == "Called off on 20/11/2026"
    assert "L26" not in {each.clock for each in file.reviews.dues}


def test_a_planned_review_says_by_when_invitations_and_report_go_out():
    file = reviewed(date(2026, 11, 23), date(2026, 9, 14), date(2026, 10, 12))
    planned = care.NewReviewAsked(
        "timetable", date(2026, 11, 2), date(2026, 12, 9), "School", invited_on=date(2026, 11, 22)
    )
    file.add(planned)

    asked = file.reviews.asked[0]

    assert (asked.state, asked.state_words) == ("planned", "Planned for 09/12/2026")
    assert asked.told == ["School", "Invitations: 22/11/2026", "Social worker’s report by 04/12/2026"]


def test_a_review_planned_for_after_its_due_day_is_called_out():
    file = reviewed(date(2026, 11, 23), date(2026, 9, 14), date(2026, 10, 12))
    days = (date(2027, 1, 12), date(2027, 1, 13))
    file.add(*(care.NewReviewAsked("timetable", date(2026, 11, 2), day) for day in days))

    assert sorted(each.warning for each in file.reviews.asked) == [
        "", "Planned after it is due, 12/01/2027",
    ]  # fmt: skip


def test_a_review_that_is_a_case_note_only_is_named_so_that_somebody_enters_it():
    file = reviewed(date(2026, 11, 23), date(2026, 9, 14), date(2026, 10, 12))
    for day in (date(2026, 10, 12), date(2026, 11, 2)):
        file.call(notes.add, file.child_id, NewNote(day, "review", "We met."))

    assert file.reviews.noted_only.startswith("In case notes only: 02/11/2026.")


def test_a_new_placement_after_the_last_review_prompts_for_one_until_it_is_asked_for():
    file = reviewed(date(2026, 11, 23), date(2026, 9, 14), date(2026, 10, 12))
    file.move(date(2026, 11, 2))

    prompt = file.reviews.prompts[0]
    assert prompt.reason == "move"
    assert "a new placement began on 02/11/2026" in prompt.words

    file.add(care.NewReviewAsked("move", date(2026, 11, 23)))
    assert file.reviews.prompts == []


def test_a_move_that_the_last_review_looked_at_prompts_for_nothing():
    file = reviewed(date(2026, 11, 23), date(2026, 9, 14), date(2026, 10, 12))
    file.move(date(2026, 11, 2))
    file.add(care.NewReview(date(2026, 11, 16), "PN1"))

    assert file.reviews.prompts == []


def test_before_review_1_a_move_prompts_for_nothing():
    file = reviewed(date(2026, 10, 5), date(2026, 9, 14))
    file.move(date(2026, 10, 1))

    assert file.reviews.prompts == []


def test_an_allegation_or_a_new_order_since_the_last_review_prompts_by_its_own_name():
    file = reviewed(date(2026, 11, 23), date(2026, 9, 14), date(2026, 10, 12))
    file.move(date(2026, 11, 2), "B", "E1", why="ALLEG")

    assert [each.reason for each in file.reviews.prompts] == ["allegation", "court"]


def test_missing_three_times_in_ninety_days_prompts_for_a_review():
    file = reviewed(date(2026, 12, 14), date(2026, 9, 14), date(2026, 10, 12))
    for day in (date(2026, 9, 20), date(2026, 10, 20)):
        file.add(care.NewMissing("M", day, day))
    assert file.reviews.prompts == []

    file.add(care.NewMissing("M", date(2026, 11, 10), date(2026, 11, 10)))
    assert [(each.reason, each.since) for each in file.reviews.prompts] == [("missing", date(2026, 11, 10))]


def test_notice_of_the_end_of_a_section_20_placement_prompts_for_a_review_before_it():
    file = File(date(2026, 11, 23))
    file.episode(date(2026, 9, 14), status="V2")
    file.add(care.NewReview(date(2026, 10, 12), "PN1"))
    file.placed(notice_on=date(2026, 11, 20))

    assert [each.reason for each in file.reviews.prompts] == ["leaving"]


def test_a_long_term_foster_placement_over_a_year_needs_a_meeting_once_a_year():
    file = File(date(2026, 9, 14))
    file.episode(date(2025, 9, 14), placement="U4")
    assert file.reviews.long_term == ""

    later = File(date(2026, 9, 15))
    later.episode(date(2025, 9, 14), placement="U4")
    assert "at least one meeting a year (guidance)" in later.reviews.long_term


def test_a_concern_says_its_stage_and_the_officer_is_named():
    file = reviewed(date(2026, 11, 23), date(2026, 9, 14))
    file.add(care.NewConcern(date(2026, 11, 2), "manager", "No plan for permanence", "Max North"))
    officer = NewPerson("Dele", "Mensah")
    file.call(people.add_professional, file.child_id, officer, "Independent reviewing officer")

    concern = file.reviews.concerns[0]
    assert (concern.title, concern.is_open) == ("02/11/2026: No plan for permanence", True)
    assert concern.told == ["Raised with the team manager (stage 3 of 6)", "With Max North"]
    assert file.reviews.officer.startswith("Dele Mensah")


def test_another_teams_child_is_not_there():
    file = reviewed(date(2026, 11, 23), date(2026, 9, 14))

    for view in (reviews.view, visits.view):
        with pytest.raises(NotFound):
            file.county.call("sue", lambda session, view=view: view(session, file.child_id))


# Visits


def placed(*visited, today, started_on, status="C2", placement="U4", held=(), **more):
    file = File(today)
    file.episode(started_on, status=status, placement=placement)
    file.add(*(care.NewReview(day, "PN1") for day in held))
    if more:
        file.placed(**more)
    file.visit(*visited)
    return file


# the worked examples X9.1 to X9.7
VISITS = {
    "X9.1": ({"today": date(2026, 12, 18), "started_on": date(2026, 12, 18)}, (), date(2026, 12, 25)),
    "X9.2": ({"today": date(2027, 2, 26), "started_on": date(2027, 2, 26)}, (), date(2027, 3, 5)),
    "X9.3": (
        {"today": date(2027, 1, 14), "started_on": date(2027, 1, 8)}, (date(2027, 1, 14),), date(2027, 2, 25),
    ),
    "X9.4": (
        {"today": date(2026, 11, 13), "started_on": date(2026, 11, 9)}, (date(2026, 11, 13),),
        date(2026, 12, 25),
    ),
    "X9.5": (
        {"today": date(2026, 11, 30), "started_on": date(2025, 9, 1), "to_18_from": date(2026, 9, 1)},
        (date(2026, 11, 30),), date(2027, 2, 28),
    ),
    "X9.6": (
        {"today": date(2026, 8, 31), "started_on": date(2025, 3, 3), "six_monthly_from": date(2026, 4, 1)},
        (date(2026, 8, 31),), date(2027, 2, 28),
    ),
    "X9.7": (
        {"today": date(2026, 11, 23), "started_on": date(2026, 10, 5), "status": "C1", "placement": "P1",
             "held": (date(2026, 10, 30),)},
        (date(2026, 11, 23),), date(2026, 12, 21),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", VISITS)
def test_the_next_visit_is_due_as_in_the_worked_examples(name):
    story, visited, due_on = VISITS[name]

    file = placed(*visited, **story)

    dues = file.visits.dues
    assert [each.due_on for each in dues][-1] == due_on
    assert "Care Planning Regulations 2010 reg 28" in dues[-1].why


REGIMES = {
    "first year": (Placed(date(2026, 3, 2)), "every six weeks", "reg 28(2)(a) and (b)"),
    "after it": (Placed(date(2025, 3, 2)), "every six weeks", "reg 28(2)(c)"),
    "to 18": (Placed(date(2025, 3, 2), to_18_from=date(2026, 1, 5)), "every three months", "reg 28(2)(c)"),
    "to 18 in the first year": (
        Placed(date(2026, 3, 2), to_18_from=date(2026, 4, 1)), "First year", "reg 28(2)(a) and (b)",
    ),
    "the child agreed": (
        Placed(date(2025, 3, 2), to_18_from=date(2026, 1, 5), six_monthly_from=date(2026, 4, 1)),
        "every six months", "reg 28(2)(c)",
    ),
    "a parent before assessment": (
        Placed(date(2026, 3, 2), before_assessment=True), "every week until the first review",
        "regs 19 and 28(3)",
    ),
    "a parent after review 1": (
        Placed(date(2026, 3, 2), before_assessment=True, reviewed=True), "every six weeks",
        "regs 19 and 28(3)",
    ),
    "a connected person": (
        Placed(date(2026, 3, 2), temporary_approval=True, reviewed=True), "every four weeks",
        "regs 24 and 28(4)",
    ),
    "an interim order with a parent": (
        Placed(date(2026, 3, 2), interim_order_with_parent=True), "every week", "reg 28(4)",
    ),
    "a care order with a parent": (
        Placed(date(2026, 3, 2), date(2026, 5, 1), interim_order_with_parent=True),
        "within a week of the order, then every six weeks", "reg 28(5)",
    ),
    "another body": (Placed(date(2026, 3, 2), other_body=True), "every six weeks in the first", "reg 28(6)"),
    "another body, after a year": (
        Placed(date(2025, 3, 2), other_body=True), "every three months", "reg 28(6)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REGIMES)
def test_the_rule_in_force_is_told_with_its_regulation(name):
    it, said, source = REGIMES[name]

    found = visit_rules.regime(it, date(2026, 11, 23))

    assert said in found.words
    assert found.source == source


def test_short_breaks_have_a_rule_of_their_own_and_no_care_has_none():
    file = File(date(2026, 11, 23))
    assert file.visits.regime is None

    file.episode(date(2026, 11, 20), status="V4", postcode="")
    assert file.visits.regime == visit_rules.SHORT_BREAKS


def test_a_visit_tells_what_was_seen_and_whether_it_was_in_time():
    file = placed(date(2026, 9, 7), today=date(2026, 11, 23), started_on=date(2026, 9, 1))
    more = {"where_seen": "home", "present": "Mr Bell", "bedroom_seen": True, "planned": False}
    file.visit(date(2026, 10, 21), seen_alone=True, worries="Tired", purpose="After the move", **more)

    second, first = file.visits.rows
    assert (first.timing.due_on, first.timing.words) == (date(2026, 9, 8), "In time")
    assert (second.title, second.timing.words) == ("Unannounced visit", "2 working days late")
    assert second.told == ["Where the child lives, with Mr Bell", "After the move"]
    assert (second.seen_alone, second.bedroom_seen, second.worries) == (True, True, "Tired")


def test_a_visit_that_meets_two_limits_is_held_against_the_first():
    file = File(date(2026, 11, 23))
    file.episode(date(2026, 9, 1), status="C1", placement="P1")
    file.episode(date(2026, 9, 4), "L", placement="P1")
    file.visit(date(2026, 9, 9))

    # a week from the placement is 8 September, a week from the care order the 11th
    row = file.visits.rows[0]
    assert (row.timing.due_on, row.timing.words) == (date(2026, 9, 8), "1 working day late")


def test_an_attempt_is_shown_and_counts_for_nothing():
    file = placed(date(2026, 9, 7), today=date(2026, 11, 23), started_on=date(2026, 9, 1))
    file.visit(date(2026, 10, 1), seen=False)
    file.call(notes.add, file.child_id, NewNote(date(2026, 10, 2), "attempt", "Nobody was in."))

    assert [each.counts for each in file.visits.rows] == [False, False, True]
    assert file.visits.rows[0].title == "Attempted visit"
    assert file.visits.dues[0].due_on == date(2026, 10, 19)


def test_the_share_in_time_counts_what_fell_due_in_twelve_months():
    held = (date(2026, 1, 9), date(2026, 2, 20), date(2026, 4, 10), date(2026, 5, 20))
    file = placed(*held, today=date(2026, 8, 3), started_on=date(2026, 1, 5))

    share = file.visits.share

    # due 12/01, 20/02, 03/04, 22/05 and 01/07: the third was late, the fifth was never held
    assert (share.in_time, share.due, str(share.percent)) == (3, 5, "60.0")


def test_with_nothing_due_yet_there_is_no_share():
    share = placed(today=date(2026, 9, 2), started_on=date(2026, 9, 1)).visits.share

    assert (share.due, share.percent) == (0, None)


def test_a_visit_that_a_move_made_needless_is_not_counted_as_missed():
    file = placed(date(2026, 9, 7), today=date(2026, 11, 2), started_on=date(2026, 9, 1))
    file.move(date(2026, 10, 1))
    file.visit(date(2026, 10, 7))

    assert (file.visits.share.in_time, file.visits.share.due) == (2, 2)
