"""Health and times missing as their pages tell them: what is due, in time, refused; the return's items."""

from datetime import UTC, date, datetime
from functools import cache

import pytest

from caseapp import care_record, measures, notes
from caseapp.care_record import NewEpisode
from caseapp.looked_after import health, health_rules, missing, missing_rules, records
from caseapp.looked_after import new_rows as care
from caseapp.looked_after.health_rules import NewHealthYear
from caseapp.notes import NewNote
from caseapp.words import LONDON
from db import children as queries
from db.models import HealthYear
from db.moments import pretend
from db.problems import NotFound, Problem, Stale
from tests.story import new_story


@cache
def county():
    return new_story()


class File:
    """The file of a child in care since a day, read on a day."""

    def __init__(self, today: date, since: date, born_on: date = date(2014, 3, 2)) -> None:
        self.county = county()
        self.county.store.today = lambda: today
        self.child_id = self.county.register("ada", "Mia", "Farrow", born_on)
        new = NewEpisode(since, "S", "C2", "U6", "N1", "PR1", placement_postcode="B1 1TA")
        self.call(care_record.add_episode, self.child_id, new)

    def call(self, use_case, *given):
        return self.county.call("ada", lambda session: use_case(session, *given))

    def add(self, *rows):
        return [self.call(records.add, self.child_id, each) for each in rows]

    @property
    def health(self):
        return self.call(health.view, self.child_id)

    @property
    def missing(self):
        return self.call(missing.view, self.child_id)

    def year(self, year):
        return next(each for each in self.health.years if each.year == year)

    def save(self, year, version=0, **items):
        return self.call(health.save_health_year, self.child_id, year, NewHealthYear(**items), version)


# since, birthday, assessed on, due: the worked examples X11.1 to X11.6
ASSESSMENTS = {
    "X11.1": (date(2026, 12, 11), date(2014, 3, 2), None, date(2027, 1, 13)),
    "X11.2": (date(2027, 3, 12), date(2014, 3, 2), None, date(2027, 4, 13)),
    "X11.3": (date(2026, 8, 3), date(2023, 5, 10), date(2026, 8, 31), date(2027, 2, 28)),
    "X11.4": (date(2026, 11, 2), date(2021, 11, 10), date(2026, 11, 15), date(2027, 11, 15)),
    "X11.5": (date(2026, 11, 2), date(2022, 3, 2), date(2026, 11, 15), date(2027, 11, 15)),
    "X11.6": (date(2028, 2, 7), date(2014, 3, 2), date(2028, 2, 29), date(2029, 2, 28)),
}


@pytest.mark.parametrize("name", ASSESSMENTS)
def test_the_next_assessment_is_due_as_in_the_worked_examples(name):
    since, born_on, assessed_on, due_on = ASSESSMENTS[name]
    file = File(assessed_on or since, since, born_on)
    if assessed_on:
        file.add(care.NewHealth("initial", assessed_on))

    due = next(each for each in file.health.dues if each.clock in ("L13", "L14"))

    assert due.due_on == due_on
    assert "Care Planning Regulations 2010 reg 7" in due.why


def test_how_often_is_told_as_it_applies_to_the_child():
    born_on = date(2022, 3, 2)

    assert "then every six months under five" in health_rules.interval_words(born_on, None)
    assert "Under five" in health_rules.interval_words(born_on, date(2026, 8, 3))
    assert "a cautious one keeps to six" in health_rules.interval_words(born_on, date(2026, 11, 15))
    assert "From five" in health_rules.interval_words(born_on, date(2027, 3, 2))


def test_an_assessment_tells_by_when_it_was_due_and_by_whom():
    file = File(date(2027, 2, 1), date(2026, 9, 14))
    by = {"by_whom": "Dr Patel", "profession": "doctor", "report_on": date(2026, 10, 20)}
    file.add(care.NewHealth("initial", date(2026, 10, 14), **by))

    row = file.health.assessments[0]

    assert (row.timing.due_on, row.timing.words) == (date(2026, 10, 12), "2 working days late")
    assert row.told == ["Dr Patel, doctor", "Report 20/10/2026"]


def test_a_refusal_stands_with_its_day_and_stops_nothing():
    file = File(date(2026, 11, 23), date(2026, 9, 14))
    file.add(care.NewHealth("initial", date(2026, 10, 1), "refused", words="Not today"))

    assert [(each.title, each.on) for each in file.health.refusals] == [
        ("Initial health assessment", date(2026, 10, 1))
    ]
    assert file.health.assessments[0].timing is None
    assert "L13" in {each.clock for each in file.health.dues}


def test_checks_that_are_case_notes_only_are_named_so_that_somebody_enters_them():
    file = File(date(2026, 11, 23), date(2025, 9, 1))
    file.add(care.NewHealth("dental", date(2026, 2, 3)))
    for kind, day in (("dental", date(2026, 2, 3)), ("health", date(2026, 3, 3))):
        file.call(notes.add, file.child_id, NewNote(day, kind, "Done."))

    assert file.health.dental_in_notes == ""
    assert file.health.assessed_in_notes.startswith("In case notes only: 03/03/2026.")


def test_the_last_of_each_check_and_the_questionnaire_stand_at_a_glance():
    file = File(date(2026, 11, 23), date(2025, 9, 1))
    file.add(
        care.NewHealth("dental", date(2026, 2, 3), by_whom="Upton Dental"),
        care.NewHealth("dental", date(2026, 8, 3), "refused"),
        care.NewHealth("immunisations", date(2026, 3, 3), up_to_date=False),
    )
    file.call(measures.add_sdq, file.child_id, measures.NewSdq(date(2026, 3, 10), "parent", total=15))

    latest = {each.label: each.words for each in file.health.latest}

    assert latest["Dental check"] == "03/02/2026"
    assert latest["Immunisations"] == "03/03/2026, not up to date"
    assert latest["Sight test"] == "Nothing on record"
    assert latest["Strengths and difficulties"].startswith("10/03/2026, 15 of 40")
    assert file.health.dentist == "Upton Dental"


def test_a_year_begins_with_what_the_record_tells():
    file = File(date(2026, 11, 23), date(2025, 1, 6))
    file.add(
        care.NewHealth("initial", date(2025, 1, 20)),
        care.NewHealth("review", date(2026, 1, 12)),
        care.NewHealth("dental", date(2025, 6, 3)),
        care.NewHealth("immunisations", date(2025, 2, 3), up_to_date=True),
    )
    file.call(measures.add_sdq, file.child_id, measures.NewSdq(date(2025, 10, 6), "parent", total=17))

    year = file.year(2026)

    assert year.in_care_all_year
    assert year.row_id is None
    assert year.given == NewHealthYear(17, "", immunisations=True, teeth_check=True, health_assessment=True)
    assert year.from_record == [
        "dental check on 03/06/2025", "health assessment on 12/01/2026", "immunisations on 03/02/2025",
        "questionnaire (SDQ) of 06/10/2025",
    ]  # fmt: skip


def test_under_five_one_assessment_in_the_year_does_not_tell_that_all_were_done():
    file = File(date(2026, 11, 23), date(2025, 1, 6), date(2023, 5, 10))
    file.add(care.NewHealth("review", date(2025, 7, 7)))
    assert file.year(2026).given.health_assessment is None

    file.add(care.NewHealth("review", date(2026, 1, 7)))
    assert file.year(2026).given.health_assessment is True


def test_a_check_that_is_not_on_record_is_no_no():
    given = File(date(2026, 11, 23), date(2025, 1, 6)).year(2026).given

    assert given == NewHealthYear()


def test_only_years_that_the_return_asks_about_stand_there():
    file = File(date(2026, 11, 23), date(2025, 1, 6))
    assert [each.year for each in file.health.years] == [2027, 2026]

    file.save(2025, teeth_check=True)
    assert [(each.year, each.in_care_all_year) for each in file.health.years][-1] == (2025, False)


@pytest.mark.parametrize(
    ("period", "holds"),
    [
        ((date(2025, 4, 1), None), True),
        ((date(2025, 4, 2), None), False),
        ((date(2020, 1, 6), date(2026, 4, 1)), True),
        ((date(2020, 1, 6), date(2026, 3, 31)), False),
    ],
)
def test_the_whole_year_runs_from_1_april_to_31_march(period, holds):
    assert health_rules.is_in_care_all_year([period], 2026) is holds


# Every age at 31 March 2026; what the return cannot hold
WRONG = {
    "180": (date(2014, 3, 2), {"sdq_score": 41}),
    "197a": (date(2014, 3, 2), {"sdq_score": 12, "sdq_reason": "SDQ2"}),
    "188": (date(2022, 4, 1), {"sdq_score": 12}),
    "189": (date(2008, 4, 1), {"sdq_reason": "SDQ4"}),
    "157": (date(2014, 3, 2), {"sdq_reason": "SDQ1"}),
    "546": (date(2021, 3, 31), {"health_check": True}),
    "542": (date(2016, 4, 1), {"convicted": False}),
    "193": (date(2014, 3, 2), {"substance_misuse": False, "intervention_received": True}),
    "158": (
        date(2014, 3, 2),
        {"substance_misuse": True, "intervention_received": True, "intervention_offered": True},
    ),
}


@pytest.mark.parametrize("rule", WRONG)
def test_what_the_return_cannot_hold_is_refused_with_the_rule_named(rule):
    born_on, items = WRONG[rule]

    told = health_rules.troubles(NewHealthYear(**items), born_on, 2026)

    assert len(told) == 1
    assert rule in told[0]


RIGHT = {
    "4 on 31 March": (date(2022, 3, 31), {"sdq_score": 12}),
    "17 on 2 April": (date(2008, 4, 2), {"sdq_reason": "SDQ1"}),
    "4 in the year, and too young when asked": (date(2021, 4, 2), {"sdq_reason": "SDQ1"}),
    "10 on 31 March": (date(2016, 3, 31), {"convicted": True}),
    "5 on 1 April": (date(2021, 4, 1), {"health_check": False}),
    "help offered": (
        date(2014, 3, 2),
        {"substance_misuse": True, "intervention_received": False, "intervention_offered": True},
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_the_return_asks_at_an_age_is_taken(name):
    born_on, items = RIGHT[name]

    assert health_rules.troubles(NewHealthYear(**items), born_on, 2026) == []


def test_what_the_return_still_wants_is_listed():
    known = NewHealthYear(immunisations=True, teeth_check=True, substance_misuse=True)

    assert health_rules.lacking(known, date(2014, 3, 2), 2026) == [
        "health assessment", "SDQ score or reason", "convictions", "whether help was received",
    ]  # fmt: skip


def test_a_year_is_saved_and_put_right_and_never_over_somebody_elses():
    file = File(date(2026, 11, 23), date(2025, 1, 6))
    file.save(2026, sdq_score=12, teeth_check=True)
    opened = file.year(2026)

    file.save(2026, opened.version, sdq_score=13, teeth_check=False)

    assert ("SDQ score", "13") in file.year(2026).items
    with pytest.raises(Stale, match="Somebody else"):
        file.save(2026, opened.version, sdq_score=14)
    rows = file.call(queries.of_child, HealthYear, file.child_id)
    assert [each.sdq_score for each in rows] == [13]


def test_a_wrong_year_saves_nothing():
    file = File(date(2026, 11, 23), date(2025, 1, 6))

    for year, items, said in (
        (2026, {"sdq_score": 5, "sdq_reason": "SDQ2"}, "never both"),
        (2026, {"sdq_reason": "SDQ9"}, "not a reason"),
        (2028, {"teeth_check": True}, "has not begun"),
    ):
        with pytest.raises(Problem, match=said):
            file.save(year, **items)
    assert file.call(queries.of_child, HealthYear, file.child_id) == []


# Missing

AT_HOME = date(2026, 1, 5)

# back, by when the interview is due: the worked examples X20.1 to X20.5
RETURNS = {
    "X20.1": (datetime(2026, 11, 20, 21, 30, tzinfo=LONDON), "by Mon 23 Nov 2026 21:30"),
    "X20.2": (datetime(2026, 12, 24, 9, 0, tzinfo=LONDON), "by Sun 27 Dec 2026 09:00"),
    "X20.3": (datetime(2026, 10, 23, 18, 0, tzinfo=LONDON), "by Mon 26 Oct 2026 17:00"),
    "X20.4": (datetime(2027, 3, 26, 18, 0, tzinfo=LONDON), "by Mon 29 Mar 2027 19:00"),
    "X20.5": (date(2026, 11, 20), "by Mon 23 Nov 2026 23:59"),
}


@pytest.mark.parametrize("name", RETURNS)
def test_the_interview_is_due_at_the_moment_of_the_worked_examples(name):
    back, said = RETURNS[name]
    at = back if isinstance(back, datetime) else None
    day = at.date() if at else back
    file = File(day, AT_HOME)

    with pretend(datetime(day.year, day.month, day.day, 23, 0, tzinfo=UTC)):
        file.add(care.NewMissing("M", day, day, returned_at=at))
        row = file.missing.rows[0]

    assert row.due_words == said
    assert row.time_unknown == (at is None)
    assert row.state == "due"


NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
LEFT = datetime(2026, 11, 13, 21, 0, tzinfo=LONDON)
BACK = datetime(2026, 11, 14, 9, 0, tzinfo=LONDON)


@pytest.fixture
def file():
    with pretend(NOW):
        yield File(date(2026, 11, 23), AT_HOME)


def absent(file, **more):
    given = {"left_at": LEFT, "returned_at": BACK} | more
    return file.add(care.NewMissing("M", LEFT.date(), **given))[0]


TALKS = {
    "held on the last minute": ({"held_at": datetime(2026, 11, 17, 9, 0, tzinfo=LONDON)}, "held", True),
    "held a minute late": ({"held_at": datetime(2026, 11, 17, 9, 1, tzinfo=LONDON)}, "held_late", False),
    "refused": ({"accepted": False, "refused_on": date(2026, 11, 15)}, "refused", None),
    "only offered": ({"offered_at": datetime(2026, 11, 14, 12, 0, tzinfo=LONDON)}, "overdue", None),
}


@pytest.mark.parametrize("name", TALKS)
def test_an_interview_stands_as_held_late_refused_or_overdue(file, name):
    given, state, within = TALKS[name]
    file.add(care.NewTalk(absent(file), held_by="J. Hall" if "held_at" in given else "", **given))

    row = file.missing.rows[0]

    assert (row.state, row.talk.within) == (state, within)


def test_a_time_missing_tells_from_when_until_when_and_what_the_police_know(file):
    absent(file, police_told_at=LEFT, police_ref="CAD 44", words="Left after tea.")

    row = file.missing.rows[0]

    assert (row.since_words, row.until_words, row.lasted) == (
        "Fri 13 Nov 2026 21:00", "Sat 14 Nov 2026 09:00", "12 hours",
    )  # fmt: skip
    assert row.told == ["Police told 13/11/2026 21:00, Police reference CAD 44", "Left after tea."]


def test_who_is_not_back_stands_as_missing_now(file):
    absent(file, returned_at=None)

    now = file.missing.now

    assert (now.is_open, now.state, now.lasted, now.due_words) == (True, "not_back", "9 days", "")


def test_three_times_in_ninety_days_are_a_pattern(file):
    for day in (date(2026, 8, 26), date(2026, 9, 20), date(2025, 11, 24)):
        if day.year == 2026:
            file.add(care.NewMissing("M", day, day))
    assert not file.missing.is_pattern

    absent(file)

    told = file.missing
    assert (told.in_90_days, told.in_12_months, told.is_pattern) == (3, 3, True)


def test_the_ninetieth_day_back_no_longer_counts():
    days = [date(2026, 8, 25), date(2026, 8, 26), date(2026, 11, 23), date(2026, 11, 24)]

    assert missing_rules.in_last(90, days, date(2026, 11, 23)) == [date(2026, 8, 26), date(2026, 11, 23)]


def test_interviews_of_a_year_are_counted_without_the_refused_ones(file):
    for day, given in (
        (date(2026, 9, 1), {"held_at": datetime(2026, 9, 2, 12, 0, tzinfo=LONDON), "held_by": "J. Hall"}),
        (date(2026, 9, 8), {"refused_on": date(2026, 9, 9), "accepted": False}),
        (date(2026, 9, 15), None),
    ):
        missing_id = file.add(care.NewMissing("A", day, day))[0]
        if given:
            file.add(care.NewTalk(missing_id, **given))
    file.add(care.NewMissing("A", date(2026, 11, 22), date(2026, 11, 22)))  # the hours still run

    told = file.missing.interviews

    assert (told.returns, told.offered, told.in_time, told.not_refused) == (3, 2, 1, 2)
    assert str(told.percent) == "50.0"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("21:30", "21:30"), ("2130", "21:30"), ("9.05", "09:05"), ("905", "09:05"), ("0:00", "00:00"),
        ("9pm", "21:00"), ("9.30pm", "21:30"), ("9:30 P.M.", "21:30"), ("12.15 am", "00:15"),
        ("", ""), ("12pm", "12:00"), ("21.30pm", "21:30"),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_type_it(typed, said):
    at = missing_rules.time_from(typed)

    assert (f"{at:%H:%M}" if at else "") == said


@pytest.mark.parametrize("typed", ["24:00", "9", "half past nine", "21:60", "13am", "0pm", "25pm"])
def test_what_is_no_time_is_refused_in_words(typed):
    with pytest.raises(ValueError, match="Type it as 21:30"):
        missing_rules.time_from(typed)


def test_another_teams_child_is_not_there(file):
    for view in (health.view, missing.view):
        with pytest.raises(NotFound):
            file.county.call("sue", lambda session, view=view: view(session, file.child_id))


def test_a_practice_typed_as_person_and_place_is_named_once(file):
    practice = "Wexley Dental Practice"
    file.add(
        care.NewHealth("dental", date(2026, 9, 1), by_whom=practice, profession="dentist", place=practice)
    )

    assert file.health.checks[0].told == [f"{practice}, dentist"]
