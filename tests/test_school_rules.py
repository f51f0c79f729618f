"""The rules of schooling: figures at their edges, the line of schools, what the law says of exclusions."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp import ages
from caseapp.education import judgements, suspension_rules
from caseapp.education import school_rules as rules
from caseapp.education.school_rules import Gap, Stay
from caseapp.education.suspension_rules import Spell

TODAY = date(2026, 11, 23)
BORN = date(2012, 5, 4)


@pytest.mark.parametrize(
    ("attended", "possible", "percent"),
    [(88, 100, "88.0"), (1, 3, "33.3"), (190, 190, "100.0"), (0, 10, "0.0"), (2, 3, "66.7")],
)
def test_attendance_is_a_percentage_to_one_place(attended, possible, percent):
    assert rules.attendance_percent(attended, possible) == Decimal(percent)


def test_no_possible_session_gives_no_percentage():
    assert rules.attendance_percent(0, 0) is None
    assert rules.absence(0, 0) == ""


@pytest.mark.parametrize(("attended", "possible"), [(101, 100), (1, 0), (-1, 10)])
def test_sessions_that_cannot_be_are_refused(attended, possible):
    with pytest.raises(ValueError, match="ession"):
        rules.attendance_percent(attended, possible)


@pytest.mark.parametrize(
    ("attended", "flag"),
    [(1000, ""), (901, ""), (900, "persistent"), (501, "persistent"), (500, "severe"), (0, "severe")],
)
def test_absence_is_persistent_from_a_tenth_missed_and_severe_from_half(attended, flag):
    assert rules.absence(attended, 1000) == flag


def test_a_flag_is_told_from_the_sessions_and_not_from_the_rounded_figure():
    # 90.04 % is shown as 90.0 %, and still less than a tenth was missed
    assert rules.attendance_percent(2251, 2500) == Decimal("90.0")
    assert rules.absence(2251, 2500) == ""


def test_a_register_is_counted_by_the_national_codes():
    marks = ["/", "\\", "L", "B", "V", "C1", "I", "E", "G", "U", "X", "Y3", "#", "q", " "]

    assert rules.count_register(marks) == rules.Register(10, 5, 3, 2, 1)
    with pytest.raises(ValueError, match="no attendance code"):
        rules.count_register(["/", "H"])


@given(st.lists(st.sampled_from(["/", "\\", "L", "C", "I", "U", "O", "X", "Z"])))
def test_a_counted_register_always_adds_up(marks):
    told = rules.count_register(marks)

    assert told.possible == told.attended + told.authorised + told.unauthorised


@pytest.mark.parametrize(
    ("sessions", "said"),
    [(0, "no days"), (1, "half a day"), (2, "1 day"), (3, "1½ days"), (90, "45 days"), (91, "45½ days")],
)
def test_sessions_read_as_days(sessions, said):
    assert rules.days_words(sessions) == said
    assert rules.days(sessions) == Decimal(sessions) / 2


def test_days_of_suspension_count_by_school_year_and_what_was_withdrawn_does_not():
    spells = [
        Spell(date(2026, 8, 31), 8),
        Spell(date(2026, 9, 1), 3),
        Spell(date(2027, 8, 31), 4),
        Spell(date(2027, 9, 1), 20),
        Spell(date(2026, 10, 1), 10, rescinded_on=date(2026, 10, 9)),
        Spell(date(2026, 10, 2), 0, permanent=True),
    ]

    assert suspension_rules.sessions_in_year(spells, 2026) == 7
    assert suspension_rules.sessions_between(spells, date(2026, 9, 1), date(2026, 12, 31)) == 3


def test_forty_five_days_are_lawful_and_half_a_day_more_is_not():
    assert suspension_rules.suspension_alerts(89, 0) == []
    assert [each.meaning for each in suspension_rules.suspension_alerts(90, 0)] == ["alert"]
    assert "reached" in suspension_rules.suspension_alerts(90, 0)[0].words
    assert (
        "45½ days this school year, over the legal limit"
        in suspension_rules.suspension_alerts(91, 0)[0].words
    )


def test_over_fifteen_days_in_a_term_the_governors_meet():
    assert suspension_rules.suspension_alerts(30, 30) == []
    assert "governors" in suspension_rules.suspension_alerts(31, 31)[0].words


def test_education_is_owed_from_the_sixth_school_day():
    spell = Spell(date(2026, 11, 12), 12)  # a Thursday: 12 13 | 16 17 18 19

    assert suspension_rules.provision_due(spell) == date(2026, 11, 19)
    assert suspension_rules.provision_due(spell._replace(sessions=11)) is None
    assert suspension_rules.provision_due(spell._replace(permanent=True, sessions=0)) == date(2026, 11, 19)
    assert suspension_rules.provision_due(spell._replace(rescinded_on=TODAY)) is None


def test_local_holidays_move_the_sixth_school_day():
    half_term = {date(2026, 10, 26) + timedelta(days=step) for step in range(5)}
    spell = Spell(date(2026, 10, 22), 12)

    due = suspension_rules.provision_due(
        spell, lambda day: rules.is_working_day(day) and day not in half_term
    )

    assert due == date(2026, 11, 5)


def test_education_that_comes_late_or_not_at_all_is_called_out():
    spell = Spell(date(2026, 11, 2), 20)  # due on the 9th

    assert suspension_rules.provision_alert(spell, date(2026, 11, 9)).meaning == "warning"
    assert suspension_rules.provision_alert(spell, date(2026, 11, 10)).meaning == "alert"
    assert suspension_rules.provision_alert(spell._replace(provision_from=date(2026, 11, 9)), TODAY) is None
    assert (
        "after the sixth"
        in suspension_rules.provision_alert(spell._replace(provision_from=date(2026, 11, 10)), TODAY).words
    )
    assert suspension_rules.provision_alert(spell._replace(sessions=4), TODAY) is None


def test_a_reduced_timetable_is_long_after_six_weeks_while_it_runs():
    started = TODAY - timedelta(days=42)

    assert not rules.is_long_timetable(started, None, TODAY)
    assert rules.is_long_timetable(started - timedelta(days=1), None, TODAY)
    assert not rules.is_long_timetable(started - timedelta(days=99), TODAY - timedelta(days=1), TODAY)


def test_a_timetable_past_its_agreed_end_is_called_out():
    started = TODAY - timedelta(days=20)

    assert rules.timetable_alert(started, TODAY, None, TODAY) is None
    assert rules.timetable_alert(started, TODAY - timedelta(days=1), None, TODAY).meaning == "warning"
    assert rules.timetable_alert(started, TODAY, TODAY - timedelta(days=1), TODAY) is None


def gap_words(*stays, first=date(2020, 9, 1), last=date(2030, 5, 3)):
    return [rules.gap_words(each) for each in rules.gaps(stays, first, last, TODAY)]


def test_a_gap_between_two_schools_is_named_with_its_days():
    first, second = Stay(date(2020, 9, 1), date(2026, 3, 31)), Stay(date(2026, 4, 20), None)

    assert gap_words(first, second) == ["No school on record 01/04/2026–19/04/2026"]


def test_a_move_on_the_same_or_the_next_day_leaves_no_gap():
    first = Stay(date(2020, 9, 1), date(2026, 3, 31))

    assert gap_words(first, Stay(date(2026, 3, 31), None)) == []
    assert gap_words(first, Stay(date(2026, 4, 1), None)) == []


def test_weekends_and_the_summer_holiday_are_no_gap():
    assert gap_words(Stay(date(2020, 9, 1), date(2026, 11, 13)), Stay(date(2026, 11, 16), None)) == []
    assert gap_words(Stay(date(2020, 9, 1), date(2026, 7, 22)), Stay(date(2026, 9, 3), None)) == []


def test_a_gap_that_lasts_says_since_when():
    assert gap_words(Stay(date(2020, 9, 1), date(2026, 10, 2))) == ["No school on record since 03/10/2026"]


def test_a_gap_ends_with_the_time_looked_at():
    gaps = rules.gaps([Stay(date(2020, 9, 1), date(2026, 1, 9))], date(2020, 9, 1), date(2026, 2, 1), TODAY)

    assert gaps == [Gap(date(2026, 1, 10), date(2026, 2, 1))]


def test_two_schools_at_once_cover_each_other():
    stays = Stay(date(2020, 9, 1), None), Stay(date(2021, 1, 4), date(2021, 7, 1))

    assert gap_words(*stays) == []


def test_an_unknown_beginning_lies_before_all():
    assert gap_words(Stay(None, date(2026, 3, 31)), Stay(date(2026, 4, 1), None)) == []


DAYS = st.dates(date(2020, 9, 1), TODAY)


@given(st.lists(st.tuples(DAYS, DAYS), max_size=6))
def test_each_day_stands_in_a_school_or_in_a_gap_and_never_in_both(pairs):
    stays = [Stay(min(pair), max(pair)) for pair in pairs]
    first = date(2020, 9, 1)
    gaps = rules.gaps(stays, first, TODAY, TODAY, lambda _day: True)

    for step in range(0, (TODAY - first).days, 29):
        day = first + timedelta(days=step)
        at_school = any(each.from_on <= day <= each.until_on for each in stays)
        in_gap = any(each.first_on <= day <= (each.last_on or TODAY) for each in gaps)
        assert at_school != in_gap


def test_moves_leave_out_the_first_school_and_count_twelve_months():
    stays = [Stay(date(2016, 9, 5), None), Stay(date(2025, 11, 23), None), Stay(date(2026, 4, 20), None)]

    assert rules.moves_in_last_year(stays, TODAY) == [date(2026, 4, 20)]
    assert rules.moves_in_last_year(stays, TODAY - timedelta(days=1)) == [
        date(2025, 11, 23),
        date(2026, 4, 20),
    ]
    assert rules.moves_in_last_year(stays[:1], date(2016, 9, 6)) == []


def test_a_move_within_key_stage_4_leaves_out_its_beginning():
    # Born in May 2012: Year 10 from September 2026, Year 11 from September 2027
    days = [date(2023, 9, 4), date(2026, 9, 3), date(2026, 11, 2), date(2027, 9, 6), date(2028, 9, 4)]

    found = rules.key_stage_4_moves([Stay(day, None) for day in days], BORN, date(2030, 1, 1))

    assert found == [date(2026, 11, 2), date(2027, 9, 6)]


def test_judgements_stand_in_their_order_and_not_assessed_outside():
    assert [judgements.judgement_rank(code) for code in ("WB", "B", "E", "GD", "N", "")] == [
        0,
        1,
        2,
        3,
        None,
        None,
    ]
    pairs = (("E", "B"), ("B", "E"), ("E", "E"), ("N", "E"), ("E", ""))
    assert [judgements.trend(*pair) for pair in pairs] == [
        "up", "down", "same", "", "",
    ]  # fmt: skip
    assert [judgements.is_at_expected(code) for code in ("WB", "B", "E", "GD", "N")] == [
        False,
        False,
        True,
        True,
        None,
    ]


@pytest.mark.parametrize(
    ("framework", "good", "bad"),
    [
        ("phonics", ["32", "0", "40", "A"], ["41", "-1", "31.5", "EXS"]),
        ("tables", ["25"], ["26"]),
        ("ks2", ["100", "AS", "ns"], ["79", "121", "GDS"]),
        ("gcse", ["9", "5-4", "54", "U", "X", "A*", "cd", ""], ["0", "10", "Merit"]),
        ("school", ["anything at all"], []),
    ],
)
def test_results_of_national_schemes_are_checked_and_older_grades_taken(framework, good, bad):
    for result in good:
        judgements.check_result(framework, result)
    for result in bad:
        with pytest.raises(ValueError, match="no "):
            judgements.check_result(framework, result)


# Section 7 of the education page, on 22 November 2026: born, year group, stage
PAIRS = """
    2022-08-31 Reception EYFS
    2022-09-01 Nursery_2 EYFS
    2020-08-31 Year_2 KS1
    2020-09-01 Year_1 KS1
    2019-08-31 Year_3 KS2
    2019-09-01 Year_2 KS1
    2015-08-31 Year_7 KS3
    2015-09-01 Year_6 KS2
    2012-08-31 Year_10 KS4
    2012-09-01 Year_9 KS3
    2010-08-31 Year_12 post-16
    2010-09-01 Year_11 KS4
"""


@pytest.mark.parametrize("line", PAIRS.strip().splitlines())
def test_year_group_and_stage_are_those_of_the_page(line):
    born, group, stage = line.split()
    year = rules.year_view(date.fromisoformat(born), date(2026, 11, 22))

    assert (year.words, year.key_stage, year.reason) == (group.replace("_", " "), stage, "")


def test_the_same_child_changes_group_with_the_school_year():
    born = date(2016, 8, 31)

    assert rules.year_view(born, date(2026, 8, 31)).words == "Year 5"
    assert rules.year_view(born, date(2026, 9, 1)).words == "Year 6"


def test_a_child_out_of_cohort_shows_both_groups_with_the_stage_that_is_taught():
    year = rules.year_view(date(2015, 8, 31), TODAY, taught=6, reason="Summer born, started later")

    assert year.words == "Year 6 (Year 7 by age)"
    assert (year.key_stage, year.reason) == ("KS2", "Summer born, started later")
    assert rules.year_view(date(2015, 8, 31), TODAY, taught=7, reason="x").reason == ""


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_terms_and_school_years_belong_together(day):
    year, term = rules.school_year(day), rules.term_key(day)

    assert rules.term_starts(year, term) <= day <= rules.term_ends(year, term)
    assert str(day.year) in rules.term_words(year, term)


def test_the_last_year_group_is_one_that_has_a_name():
    assert ages.year_group_words(ages.LAST_YEAR) == "Year 14"
