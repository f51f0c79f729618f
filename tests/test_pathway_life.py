"""Adviser and contacts, being in touch, homes and activity, codes of the return, money, papers, scores."""

from datetime import date

import pytest

from caseapp import notes, plans
from caseapp.notes import NewNote
from caseapp.pathway import adviser, codes_checks, homes, money, records, scores
from caseapp.pathway.homes import Known, oc3, on_or_around
from caseapp.pathway.new_rows import NewActivity, NewHome, NewInTouch, NewMoney
from db.models import Child
from db.problems import NotAllowed, Problem
from tests.pathway_life import add, answers, signed_plan, young_person
from tests.story import TODAY, new_story

BIRTHDAY = date(2026, 5, 11)


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def yonas(story):
    child_id = young_person(story)

    def leave(session):
        session.get_one(Child, child_id).status = "care_leaver"

    story.call("ada", leave)
    return child_id


def told(story, child_id, who="ada"):
    return story.call(who, lambda session: adviser.view(session, child_id))


def allocate(story, child_id, whom, from_on, handover="", who="ada"):
    worker = story.actors[whom].worker_id
    story.call(who, lambda session: adviser.allocate(session, child_id, worker, from_on, handover))


def note(story, child_id, happened_on, kind="visit", **more):
    new = NewNote(happened_on, kind, "Words.", **more)
    return story.call("ada", lambda session: notes.add(session, child_id, new))


# The adviser


def test_a_new_adviser_ends_the_one_before_on_the_same_day(story, yonas):
    allocate(story, yonas, "bea", date(2024, 3, 1))

    allocate(story, yonas, "ada", date(2026, 3, 2), "Likes texts before calls.")

    seen = told(story, yonas)
    assert (seen.now.name, seen.now.handover) == ("Ada North", "Likes texts before calls.")
    assert [(each.name, each.until_on) for each in seen.allocations] == [
        ("Ada North", None),
        ("Bea North", date(2026, 3, 2)),
    ]
    assert seen.was_in_time
    assert seen.by_sixteen == "First adviser from 01/03/2024, before the 16th birthday, 11/05/2024."


def test_an_adviser_who_came_after_16_is_said_to_be_late(story, yonas):
    assert told(story, yonas).by_sixteen == "Was due by the 16th birthday, 11/05/2024."

    allocate(story, yonas, "bea", date(2024, 5, 12))

    assert told(story, yonas).was_in_time is False


def test_before_the_16th_birthday_an_adviser_is_not_late(story):
    child_id = young_person(story, date(2011, 2, 3), started_on=date(2025, 1, 1))

    seen = told(story, child_id)

    assert (seen.by_sixteen, seen.was_in_time) == ("Due by the 16th birthday, 03/02/2027.", None)


def test_the_same_adviser_or_a_day_to_come_is_refused(story, yonas):
    allocate(story, yonas, "bea", date(2026, 3, 2))

    with pytest.raises(Problem, match="Bea North is the adviser already"):
        allocate(story, yonas, "bea", date(2026, 6, 1))
    with pytest.raises(Problem, match="still to come"):
        allocate(story, yonas, "ada", date(2026, 12, 1))
    with pytest.raises(Problem, match="give a later day"):
        allocate(story, yonas, "ada", date(2026, 1, 1))


def test_a_reader_allocates_nobody(story, yonas):
    with pytest.raises(NotAllowed):
        allocate(story, yonas, "bea", TODAY, who="rob")


# Contacts


def test_attempts_and_visits_without_being_seen_are_kept_but_do_not_count(story, yonas):
    note(story, yonas, date(2026, 9, 7), seen_alone=True, where_seen="home", mood=7, purpose="Settling in")
    note(story, yonas, date(2026, 10, 5))
    note(story, yonas, date(2026, 10, 12), "attempt", method="phone")

    seen = told(story, yonas)

    assert [(each.title, each.not_counted) for each in seen.contacts] == [
        ("Telephone", "Attempt: does not count"),
        ("Visit", "Not seen: does not count"),
        ("Visit", ""),
    ]
    assert seen.contacts[2].detail == "Seen alone, at home, mood 7 of 10"
    assert seen.last_counted_on == date(2026, 9, 7)


def test_a_contact_is_due_eight_weeks_after_the_last_that_counts(story, yonas):
    note(story, yonas, date(2026, 10, 5), "call", method="video")
    note(story, yonas, date(2026, 11, 2), "attempt")

    seen = told(story, yonas)

    assert (seen.next_due.clock, seen.next_due.due_on) == ("W7", date(2026, 11, 30))
    assert seen.regime.startswith("Contact at least every eight weeks")


def test_in_a_home_that_we_provide_the_visits_of_regulation_8_run(story, yonas):
    add(story, yonas, NewHome("D", date(2026, 11, 9), suitable=True, because="Near college.", provided=True))

    seen = told(story, yonas)

    assert (seen.next_due.clock, seen.next_due.due_on) == ("W4", date(2026, 11, 16))
    assert "regulation 8(2)" in seen.regime
    assert [(each.clock, each.due_on) for each in seen.dues if each.clock == "W5"] == [
        ("W5", date(2026, 12, 7))
    ]


def test_while_looked_after_the_social_workers_visits_run(story):
    child_id = young_person(story, date(2010, 9, 4))

    assert told(story, child_id).regime.startswith("Still looked after")


def test_refused_contact_names_the_manager_and_the_next_offer(story, yonas):
    with pytest.raises(Problem, match="which manager agreed"):
        add(story, yonas, NewInTouch("REFU", date(2026, 10, 1), "Letter"))

    add(story, yonas, NewInTouch("REFU", date(2026, 10, 1), "Letter", "Max North", date(2027, 4, 1)))

    row = told(story, yonas).in_touch[0]
    assert row.title == "No, the young person refuses contact"
    assert row.detail == "Letter, agreed by Max North, next offer 01/04/2027"


# The codes of the return


@pytest.mark.parametrize(
    ("codes", "age", "rules"),
    [
        (("YES", "F2", "D1"), 18, []),
        (("YES", "0", "D1"), 18, ["345"]),
        (("DIED", "0", "0"), 19, []),
        (("RHOM", "F2", "0"), 19, ["344"]),
        (("NO", "0", "0"), 18, []),
        (("YES", "", "U1"), 19, ["153"]),
        (("", "", ""), 19, []),
        (("YES", "F2", "Z1"), 17, ["3001"]),
        (("YES", "F2", "Z1"), 18, []),
        (("YES", "F2", "T2"), 17, ["347"]),
        (("YES", "G5", "S1"), 18, ["ACCOM"]),
        (("YES", "G5", "V1"), 18, ["ACCOM"]),
        (("YES", "G5", "S2"), 18, []),
        (("YES", "F2", "U1"), 26, ["351"]),
        (("YES", "F2", "C1"), 16, ["391"]),
    ],
)
def test_the_three_codes_fit_each_other_and_the_age(codes, age, rules):
    assert [each.rule for each in codes_checks.troubles(*codes, age)] == rules


def test_emergency_accommodation_called_suitable_is_a_warning_and_no_refusal():
    (trouble,) = codes_checks.troubles("YES", "G5", "W1", 19)

    assert trouble.is_warning


def known(code, start, end=None):
    return Known(code, start, end)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([known("A", date(2026, 1, 1))], "A"),
        ([known("A", date(2026, 1, 1), BIRTHDAY), known("B", BIRTHDAY)], "B"),
        ([known("A", date(2026, 1, 1), date(2026, 2, 11))], "A"),  # three months before, to the day
        ([known("A", date(2026, 1, 1), date(2026, 2, 10))], None),
        ([known("A", date(2026, 6, 11))], "A"),  # a month after, to the day
        ([known("A", date(2026, 6, 12))], None),
        ([known("A", date(2026, 1, 1), date(2026, 5, 1)), known("B", date(2026, 5, 30))], "A"),
        ([known("A", date(2026, 1, 1), date(2026, 4, 1)), known("B", date(2026, 5, 12))], "B"),
        ([], None),
    ],
)
def test_what_holds_on_the_birthday_counts_else_the_nearest_around_it(rows, code):
    found = on_or_around(rows, BIRTHDAY)

    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("touch", "codes"),
    [
        ("YES", ("YES", "", "")),
        ("NO", ("NO", "0", "0")),
        ("REFU", ("REFU", "0", "0")),
        ("DIED", ("DIED", "0", "0")),
    ],
)
def test_nothing_known_is_nought_only_for_somebody_not_in_touch(touch, codes):
    assert oc3([known(touch, BIRTHDAY)], [], [], BIRTHDAY) == codes


def test_somebody_gone_home_for_good_has_neither_activity_nor_home():
    lives = [known("B1", date(2026, 1, 1))]

    assert oc3([known("RHOM", BIRTHDAY)], [known("F2", BIRTHDAY)], lives, BIRTHDAY) == ("RHOM", "0", "0")


def test_the_codes_of_the_birthday_come_from_the_rows_of_the_record(story, yonas):
    add(story, yonas, NewInTouch("YES", date(2026, 4, 20)))
    add(story, yonas, NewActivity("F2", date(2025, 9, 8)))
    add(story, yonas, NewHome("E", date(2026, 4, 1), suitable=True, because="Kind hosts."))
    add(story, yonas, NewHome("U", date(2026, 10, 1), suitable=False, because="Mould."))

    def codes(day):
        return story.call("ada", lambda session: homes.oc3_on(session, yonas, day))

    assert codes(BIRTHDAY) == ("YES", "F2", "E1")
    assert codes(TODAY) == ("YES", "F2", "U2")
    assert codes(date(2025, 1, 1)) == ("", "", "")


# Homes and activity


def living(story, child_id):
    return story.call("ada", lambda session: homes.view(session, child_id))


def test_a_home_says_how_it_is_judged_and_a_move_ends_the_one_before(story, yonas):
    first = NewHome(
        "D", date(2026, 5, 11), None, True, "Near college.", True, "3 Quay Street", True, "Harbour Homes",
        "licence",
    )  # fmt: skip
    add(story, yonas, first)

    add(story, yonas, NewHome("X", date(2026, 11, 2)))

    now, before = living(story, yonas).homes
    assert (now.suitable, now.code, now.is_now) == ("Not suitable", "X2", True)
    assert (before.suitable, before.code, before.is_now) == ("Suitable", "D1", False)
    assert before.period == "11/05/2026 to 02/11/2026"
    assert before.address == "Address withheld"
    assert before.facts == "Harbour Homes, Licence or lodger agreement, provided by the authority"


def test_a_hostel_called_suitable_is_warned_about_and_kept(story, yonas):
    add(story, yonas, NewHome("V", date(2026, 11, 2), suitable=True, because="For two nights."))

    (row,) = living(story, yonas).homes
    assert row.warnings == ["Emergency accommodation and bed and breakfast are seldom suitable: look again."]


@pytest.mark.parametrize("kind", ["S", "X"])
def test_no_home_or_custody_is_never_suitable(story, yonas, kind):
    with pytest.raises(Problem, match="never suitable"):
        add(story, yonas, NewHome(kind, date(2026, 11, 2), suitable=True))


def test_not_in_education_or_work_counts_its_days(story, yonas):
    add(story, yonas, NewActivity("F5", date(2026, 6, 1), words="Warehouse"))
    add(story, yonas, NewActivity("G5", date(2026, 10, 24), words="Laid off"))

    now, before = living(story, yonas).activities

    assert (now.is_busy, now.days) == (False, 30)
    assert (before.is_busy, before.is_now, before.period) == (True, False, "01/06/2026 to 24/10/2026")


def test_what_does_not_fit_today_is_told_with_the_rule_of_the_return(story, yonas):
    add(story, yonas, NewInTouch("YES", date(2026, 11, 1)))
    add(story, yonas, NewActivity("F2", date(2026, 9, 1)))

    assert [(each.words, each.rule) for each in living(story, yonas).troubles] == [
        ("The return asks for all three or none: record where they live.", "153")
    ]


# Money and papers


def test_the_allowance_is_kept_in_pence_with_what_is_left_after_each_entry(story, yonas):
    add(story, yonas, NewMoney("grant", date(2026, 5, 11), 300_000, "Setting-up-home allowance"))
    add(story, yonas, NewMoney("spent", date(2026, 6, 1), 48_000, "Bed"))
    add(story, yonas, NewMoney("spent", date(2026, 6, 2), 12_999, "Pans"))

    seen = story.call("ada", lambda session: money.view(session, yonas))

    assert (seen.granted, seen.spent, seen.left) == (300_000, 60_999, 239_001)
    assert [(each.what, each.left) for each in seen.rows] == [
        ("Pans", 239_001),
        ("Bed", 252_000),
        ("Setting-up-home allowance", 300_000),
    ]


def test_spending_more_than_is_left_needs_its_reason(story, yonas):
    add(story, yonas, NewMoney("grant", date(2026, 5, 11), 10_000, "Allowance"))

    with pytest.raises(Problem, match=r"more than the £100\.00 left"):
        add(story, yonas, NewMoney("spent", date(2026, 6, 1), 10_001, "Sofa"))

    add(story, yonas, NewMoney("spent", date(2026, 6, 1), 10_001, "Sofa", "Flood in the flat."))
    seen = story.call("ada", lambda session: money.view(session, yonas))
    assert (seen.left, seen.rows[0].detail) == (-1, "Flood in the flat.")


def test_papers_are_read_from_the_newest_signed_plan(story, yonas):
    empty = story.call("ada", lambda session: money.papers(session, yonas))
    signed_plan(story, yonas, "2026-05-20", document_passport="no")
    signed_plan(story, yonas, "2026-11-19", 2, document_passport="applied", document_birth="have")

    seen = story.call("ada", lambda session: money.papers(session, yonas))

    assert empty.papers == []
    states = {each.label: each.words for each in seen.papers}
    assert states["Passport or travel document"] == "Applied for"
    assert states["Birth certificate"] == "I have it"
    assert seen.by == "Pathway plan 2, 19/11/2026"


# Scores


def test_scores_of_both_stand_by_part_and_plan_and_drafts_do_not_count(story, yonas):
    signed_plan(story, yonas, "2026-05-20", home_my_score=4, home_worker_score=6)
    signed_plan(story, yonas, "2026-11-19", 2, home_my_score=7, home_worker_score=None)
    story.draft("ada", yonas, "pathway-plan")

    home = next(
        each for each in story.call("ada", lambda session: scores.view(session, yonas)) if each.key == "home"
    )

    assert home.title == "Where I live"
    assert home.points == ((date(2026, 5, 20), 4, 6), (date(2026, 11, 19), 7, None))
    assert home.change == 3


def test_a_correction_takes_the_place_of_the_plan_that_it_puts_right(story, yonas):
    first = signed_plan(story, yonas, "2026-11-19", home_my_score=4)
    mended = story.call("ada", lambda session: plans.correct(session, first, "A wrong number."))
    story.sign("ada", mended, answers("2026-11-19", home_my_score=5))

    parts = story.call("ada", lambda session: scores.view(session, yonas))
    assert [each.mine for each in next(each for each in parts if each.key == "home").points] == [5]


def test_before_any_plan_nothing_is_scored(story, yonas):
    assert story.call("ada", lambda session: scores.view(session, yonas)) == []


def test_a_reader_adds_no_row(story, yonas):
    with pytest.raises(NotAllowed):
        add(story, yonas, NewMoney("grant", TODAY, 100, "Allowance"), "rob")
    with pytest.raises(Problem, match="no such record"):
        story.call("sue", lambda session: records.add(session, yonas, NewMoney("grant", TODAY, 100, "x")))
