"""Who is eligible, relevant, former relevant or qualifying: the dates of the domain pages, then any life."""

import doctest
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from caseapp import clocks
from caseapp.ages import birthday
from caseapp.pathway import life
from caseapp.pathway.status import CATEGORY_WORDS, CareSpell, LifeEvent, history, status_on
from tests.pathway_oracle import walk

BORN = date(2010, 6, 1)
FOURTEEN, SIXTEEN, SEVENTEEN = date(2024, 6, 1), date(2026, 6, 1), date(2027, 6, 1)
EIGHTEEN, TWENTY_ONE, TWENTY_FIVE = date(2028, 6, 1), date(2031, 6, 1), date(2035, 6, 1)
DAY = timedelta(days=1)


def spell(start, end=None, why="E8", status="C2"):
    return CareSpell(start, end, status, why if end else "")


def event(kind, start, end=None):
    return LifeEvent(kind, start, end)


def category(day, *spells, events=(), born=BORN):
    return status_on(born, spells, events, day).category


def moves(*spells, events=(), born=BORN, until=date(2040, 1, 1)):
    """Return (day, category) of each change after birth."""
    return [(each.from_on, each.category) for each in history(born, spells, events, until)][1:]


def runs(*lengths, start, gap=30):
    """Return spells of so many days, one after another."""
    made = []
    for length in lengths:
        made.append(spell(start, start + timedelta(days=length)))
        start = made[-1].end + timedelta(days=gap)
    return made


LONG = date(2022, 1, 1)  # in care well before 14
LEFT_AT_17 = spell(LONG, SEVENTEEN, "E5")


# The 13-week test: X15 of the clocks page.


@pytest.mark.parametrize(
    ("born", "start", "eligible_on"),
    [
        (date(2010, 9, 1), date(2026, 10, 5), date(2027, 1, 4)),
        (date(2010, 9, 1), date(2026, 11, 23), date(2027, 2, 22)),
        (date(2011, 9, 1), date(2027, 12, 1), date(2028, 3, 1)),
    ],
    ids=["X15.1", "X15.2", "X15.3"],
)
def test_thirteen_weeks_are_reached_on_the_day_of_the_table(born, start, eligible_on):
    before = status_on(born, [spell(start)], [], eligible_on - DAY)
    reached = status_on(born, [spell(start)], [], eligible_on)

    assert (before.category, before.days_since_14, before.until_on) == ("looked_after", 90, eligible_on)
    assert (reached.category, reached.days_since_14, reached.from_on) == ("eligible", 91, eligible_on)
    assert any(f"reached on {eligible_on:%d/%m/%Y}; 91 days" in sentence for sentence in reached.why)


def test_x15_4_runs_of_50_30_and_11_days_add_up_on_the_last_day():
    care = runs(50, 30, 11, start=date(2026, 2, 20))
    last_day = care[-1].end

    assert category(last_day - DAY, *care) == "looked_after"
    assert category(last_day, *care) == "relevant"
    assert category(last_day, *care[:2], care[2]._replace(end=None)) == "eligible"
    assert status_on(BORN, care, [], last_day).days_since_14 == 91


def test_x15_5_sixty_and_thirty_days_make_nobody_more_than_qualifying():
    after_16 = runs(60, 30, start=date(2026, 5, 1))
    before_16 = runs(60, 30, start=date(2025, 5, 1))

    assert moves(*after_16)[-3:] == [
        (after_16[1].end, "qualifying"), (TWENTY_ONE, "none"), (TWENTY_FIVE, "closed"),
    ]  # fmt: skip
    assert moves(*before_16) == []


def test_x15_6_two_hundred_days_that_ended_before_16_make_none_of_the_categories():
    assert moves(*runs(200, start=date(2025, 6, 1))) == []


def test_x15_7_a_hundred_days_of_short_breaks_make_none_of_the_categories():
    start = date(2026, 7, 1)
    breaks = spell(start, start + timedelta(days=100), status="V4")
    told = status_on(BORN, [breaks], [], start + timedelta(days=99))

    assert moves(breaks) == []
    assert moves(breaks._replace(legal_status="V3")) == []
    assert told.days_since_14 == 0
    assert "Short breaks (V3 and V4) are not counted." in told.why


def test_x15_8_days_before_14_do_not_count():
    early = spell(FOURTEEN - timedelta(days=300), FOURTEEN)
    late = spell(date(2026, 3, 3), date(2026, 3, 3) + timedelta(days=91))

    assert status_on(BORN, [early, late], [], late.end).days_since_14 == 91
    assert category(late.end, early, late) == "relevant"
    assert category(late.end - DAY, early, late) == "looked_after"


@given(some.lists(some.tuples(some.integers(1, 200), some.integers(1, 200)), min_size=1, max_size=6))
@settings(max_examples=50, deadline=None)
def test_the_day_of_becoming_eligible_is_that_of_the_needs_assessment_clock(stretches):
    start, care = date(2024, 1, 1), []
    for length, gap in stretches:
        care.append(spell(start, start + timedelta(days=length)))
        start = care[-1].end + timedelta(days=gap)
    spans = [clocks.Span(each.start, each.end) for each in care]

    reached = [on for on, name in moves(*care) if name in ("eligible", "relevant")]

    assert next(iter(reached), None) == clocks.eligible_on(spans, BORN)


# The table of section 1.


def test_care_since_childhood_makes_eligible_at_16_and_former_relevant_from_18_to_25():
    assert moves(spell(LONG)) == [
        (SIXTEEN, "eligible"), (EIGHTEEN, "former_relevant"), (TWENTY_FIVE, "closed"),
    ]  # fmt: skip


def test_someone_eligible_who_leaves_care_before_18_is_relevant_until_then():
    assert moves(LEFT_AT_17) == [
        (SIXTEEN, "eligible"), (SEVENTEEN, "relevant"),
        (EIGHTEEN, "former_relevant"), (TWENTY_FIVE, "closed"),
    ]  # fmt: skip


def test_leaving_before_16_makes_none_of_the_categories():
    assert moves(spell(LONG, date(2026, 5, 1))) == []


def test_leaving_on_the_16th_birthday_makes_none_and_a_day_later_relevant():
    assert moves(spell(LONG, SIXTEEN)) == []
    assert moves(spell(LONG, SIXTEEN + DAY))[:2] == [(SIXTEEN, "eligible"), (SIXTEEN + DAY, "relevant")]


def test_in_custody_on_the_16th_birthday_straight_from_13_weeks_in_care_is_relevant():
    custody_on = date(2026, 4, 1)
    care = spell(custody_on - timedelta(days=91), custody_on, "E9", "V2")
    custody = event("detained", custody_on, date(2026, 9, 1))

    told = status_on(BORN, [care], [custody], SIXTEEN)

    assert moves(care, events=[custody]) == [
        (SIXTEEN, "relevant"), (EIGHTEEN, "former_relevant"), (TWENTY_FIVE, "closed"),
    ]  # fmt: skip
    assert told.law == "Children Act 1989 s23A(3); Care Leavers Regulations 2010 reg 3(2)"


@pytest.mark.parametrize(
    ("days", "gap", "length"), [(90, 0, 150), (91, 1, 150), (91, 0, 61)],
    ids=["90 days", "home for a day first", "released on the birthday"],
)  # fmt: skip
def test_custody_without_13_weeks_of_care_up_to_it_and_the_birthday_in_it_does_not_count(days, gap, length):
    custody_on = date(2026, 4, 1)
    left = custody_on - timedelta(days=gap)
    care = spell(left - timedelta(days=days), left, "E9", "V2")

    assert moves(care, events=[event("detained", custody_on, custody_on + timedelta(days=length))]) == []


def test_custody_and_then_hospital_without_a_day_between_are_one():
    care = spell(LONG, date(2026, 3, 1), "E9", "V2")
    held = [event("detained", date(2026, 3, 1), date(2026, 5, 1)), event("detained", date(2026, 5, 1))]

    assert category(SIXTEEN, care, events=held) == "relevant"


def test_weeks_on_remand_count():
    assert category(SIXTEEN, spell(SIXTEEN - timedelta(days=91), status="J1")) == "eligible"


def test_six_months_settled_at_home_make_qualifying_until_that_breaks_down():
    left = spell(LONG, date(2026, 9, 1), "E4A")
    home = event("settled_home", date(2026, 9, 1), date(2027, 10, 15))

    assert moves(left, events=[home])[1:5] == [
        (date(2026, 9, 1), "relevant"), (date(2027, 3, 1), "qualifying"),
        (date(2027, 10, 15), "relevant"), (EIGHTEEN, "former_relevant"),
    ]  # fmt: skip


def test_six_months_at_home_end_with_a_shorter_month():
    left, home = spell(LONG, date(2026, 8, 31), "E4A"), event("settled_home", date(2026, 8, 31))

    assert (date(2027, 2, 28), "qualifying") in moves(left, events=[home])


def test_a_home_that_lasted_less_than_six_months_changes_nothing():
    home = event("settled_home", SEVENTEEN, date(2027, 12, 1))

    assert moves(LEFT_AT_17, events=[home]) == moves(LEFT_AT_17)


def test_settled_at_home_at_18_is_qualifying_and_former_relevant_once_it_breaks_down():
    home = event("settled_home", SEVENTEEN, date(2029, 1, 10))
    told = status_on(BORN, [LEFT_AT_17], [home], date(2029, 1, 10))

    assert category(EIGHTEEN, LEFT_AT_17, events=[home]) == "qualifying"
    assert (told.category, told.from_on) == ("former_relevant", date(2029, 1, 10))
    assert "The home settled at 18 ended on 10/01/2029." in told.why


def test_no_home_settled_after_18_takes_duties_away():
    home = event("settled_home", date(2028, 1, 1))

    assert moves(LEFT_AT_17, events=[home]) == moves(LEFT_AT_17)


def test_a_code_for_going_home_asks_for_the_home_to_be_recorded():
    told = status_on(BORN, [spell(LONG, SEVENTEEN, "E4A")], [], SEVENTEEN)

    assert told.category == "relevant"
    assert told.why[-1].startswith("Went home to parents on 01/06/2027.")


@pytest.mark.parametrize("code", ["E11", "E12"])
def test_leaving_care_by_adoption_ends_all_of_it(code):
    adopted = spell(LONG, SEVENTEEN, code)

    assert moves(adopted) == [(SIXTEEN, "eligible"), (SEVENTEEN, "none")]
    assert "Adopted on 01/06/2027" in status_on(BORN, [adopted], [], SEVENTEEN).why[0]


def test_care_after_an_adoption_counts_anew():
    adopted, again = spell(LONG, date(2026, 1, 1), "E11"), spell(date(2026, 12, 1))

    assert moves(adopted, again)[:2] == [
        (date(2026, 12, 1), "looked_after"), (date(2027, 3, 2), "eligible"),
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["E41", "E45", "E46", "E47", "E48"])
def test_leaving_to_guardianship_or_child_arrangements_after_16_is_qualifying_at_most(code):
    assert moves(spell(LONG, SEVENTEEN, code)) == [
        (SIXTEEN, "eligible"), (SEVENTEEN, "qualifying"), (TWENTY_ONE, "none"), (TWENTY_FIVE, "closed"),
    ]  # fmt: skip


def test_special_guardianship_from_care_in_childhood_is_qualifying_from_16_to_21():
    left = spell(date(2015, 1, 1), date(2018, 1, 1), "E45")
    order = event("special_guardianship", date(2018, 1, 1))

    expected = [(SIXTEEN, "qualifying"), (TWENTY_ONE, "none"), (TWENTY_FIVE, "closed")]
    assert moves(left) == moves(left, events=[order]) == expected
    assert moves(left, events=[order, event("education", EIGHTEEN)]) == expected


@pytest.mark.parametrize("end", [EIGHTEEN, date(2030, 1, 1)])
def test_guardianship_in_force_at_18_counts_to_21_whenever_it_is_recorded_as_over(end):
    left = spell(date(2015, 1, 1), date(2018, 1, 1), "E45")

    assert (
        category(TWENTY_ONE - DAY, left, events=[event("special_guardianship", left.end, end)])
        == "qualifying"
    )


def test_guardianship_ended_before_18_or_not_made_from_care_does_not_qualify():
    left = spell(date(2015, 1, 1), date(2018, 1, 1), "E45")
    ended = event("special_guardianship", date(2018, 1, 1), date(2027, 1, 1))
    later = event("special_guardianship", date(2019, 1, 1))
    on_coming_in = event("special_guardianship", date(2015, 1, 1))

    assert moves(left, events=[ended]) == [(SIXTEEN, "qualifying"), (date(2027, 1, 1), "none")]
    assert moves(left._replace(reason_ended="E4A"), events=[later, on_coming_in]) == []


def test_qualifying_lasts_to_25_in_education_and_comes_back_with_it():
    care = spell(SIXTEEN, SIXTEEN + timedelta(days=60), "E4A", "V2")
    course = event("education", date(2032, 9, 1), date(2034, 7, 1))

    assert moves(care, events=[course])[-5:] == [
        (date(2026, 7, 31), "qualifying"), (TWENTY_ONE, "none"), (date(2032, 9, 1), "qualifying"),
        (date(2034, 7, 1), "none"), (TWENTY_FIVE, "closed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "law"),
    [("education", "s23CA"), ("education_asked", "s23CA"), ("adviser_asked", "s23CZB")],
)
def test_from_21_a_former_relevant_person_is_owed_a_plan_for_education_or_on_request(kind, law):
    asked = event(kind, date(2032, 1, 1), date(2033, 1, 1))

    def duties(day):
        told = status_on(BORN, [LEFT_AT_17], [asked], day)
        return (
            told.category,
            told.from_on,
            told.needs_plan,
            told.needs_adviser,
            told.on_request,
            told.until_on,
        )

    former = ("former_relevant", EIGHTEEN)
    assert duties(TWENTY_ONE - DAY) == (*former, True, True, False, TWENTY_ONE)
    assert duties(TWENTY_ONE) == (*former, False, False, True, asked.start)
    assert duties(asked.start) == (*former, True, True, True, asked.end)
    assert duties(asked.end) == (*former, False, False, True, TWENTY_FIVE)
    assert status_on(BORN, [LEFT_AT_17], [asked], asked.start).law == f"Children Act 1989 {law}"


@pytest.mark.parametrize(
    ("day", "plan"),
    [(SIXTEEN - DAY, False), (SIXTEEN, True), (SEVENTEEN, True), (EIGHTEEN, True), (TWENTY_FIVE, False)],
)
def test_plan_and_adviser_are_owed_while_eligible_relevant_and_former_relevant(day, plan):
    told = status_on(BORN, [LEFT_AT_17], [], day)

    assert (told.needs_plan, told.needs_adviser, told.on_request) == (plan, plan, False)


# The traps of section 11, and what the records hold.


def test_eligible_ends_on_the_18th_birthday_and_not_the_day_before():
    assert category(EIGHTEEN - DAY, spell(LONG)) == "eligible"
    assert category(EIGHTEEN, spell(LONG)) == "former_relevant"


@pytest.mark.parametrize("end", [EIGHTEEN, EIGHTEEN + timedelta(days=40), None])
def test_care_that_lasts_to_18_ends_there_and_makes_former_relevant_that_day(end):
    assert moves(spell(LONG, end, "E17"))[:2] == [(SIXTEEN, "eligible"), (EIGHTEEN, "former_relevant")]


@pytest.mark.parametrize("code", ["E3", "E11", "E41", "E45"])
def test_no_code_of_the_18th_birthday_undoes_care_that_lasted_to_it(code):
    assert category(EIGHTEEN, spell(LONG, EIGHTEEN, code)) == "former_relevant"


def test_coming_back_to_care_at_17_adds_the_weeks_up():
    first = spell(date(2026, 7, 1), date(2026, 8, 30), "E4A", "V2")
    again = spell(SEVENTEEN, None, status="V2")

    assert moves(first, again) == [
        (date(2026, 7, 1), "looked_after"), (date(2026, 8, 30), "qualifying"), (SEVENTEEN, "looked_after"),
        (date(2027, 7, 2), "eligible"), (EIGHTEEN, "former_relevant"), (TWENTY_FIVE, "closed"),
    ]  # fmt: skip


def test_a_relevant_young_person_who_comes_back_is_eligible_at_once():
    again = spell(date(2027, 9, 1))

    assert (date(2027, 9, 1), "eligible") in moves(LEFT_AT_17, again)


def test_care_taken_over_by_another_authority_closes_ours_until_the_child_comes_back():
    moved, back = spell(LONG, date(2026, 9, 1), "E3"), spell(date(2027, 2, 1))

    assert moves(moved) == [(SIXTEEN, "eligible"), (date(2026, 9, 1), "closed")]
    assert moves(moved, back)[2:4] == [(date(2027, 2, 1), "eligible"), (EIGHTEEN, "former_relevant")]


def test_death_closes():
    assert moves(spell(LONG, SEVENTEEN, "E2")) == [(SIXTEEN, "eligible"), (SEVENTEEN, "closed")]


def test_episodes_that_follow_each_other_are_one_time_in_care():
    first = spell(date(2026, 7, 1), date(2026, 8, 1), "X1")
    second = spell(date(2026, 8, 1), date(2026, 9, 29), "X1", "V2")
    third = spell(date(2026, 9, 29), date(2026, 9, 30), "E5")

    assert moves(first, second, third)[:2] == [
        (date(2026, 7, 1), "looked_after"), (date(2026, 9, 30), "relevant"),
    ]  # fmt: skip
    assert status_on(BORN, [first, second], [], date(2026, 11, 1)).category == "eligible"


def test_days_in_two_episodes_at_once_count_once():
    care = [spell(date(2026, 7, 1), date(2026, 9, 1)), spell(date(2026, 8, 1), date(2026, 9, 15))]
    within = spell(date(2026, 7, 10), date(2026, 7, 12))

    assert status_on(BORN, [*care, within], [], date(2026, 9, 15)).days_since_14 == 76


def test_someone_born_on_29_february_is_18_on_1_march_of_a_common_year():
    assert moves(spell(LONG), born=date(2012, 2, 29)) == [
        (date(2028, 2, 29), "eligible"), (date(2030, 3, 1), "former_relevant"), (date(2037, 3, 1), "closed"),
    ]  # fmt: skip


def test_an_unknown_birthday_is_none_and_says_why():
    told = status_on(None, [spell(LONG)], [], SIXTEEN)

    assert (told.category, told.until_on) == ("none", None)
    assert told.why == (
        "The date of birth is not known, so that no category can be worked out. Record it first.",
    )
    assert history(None, [spell(LONG)], [], SIXTEEN) == []


def test_the_history_stops_at_the_day_asked_for_and_begins_at_birth():
    told = history(BORN, [LEFT_AT_17], [], SEVENTEEN)

    assert [(each.from_on, each.category) for each in told] == [
        (BORN, "none"), (SIXTEEN, "eligible"), (SEVENTEEN, "relevant"),
    ]  # fmt: skip
    assert told[0].until_on == SIXTEEN


def test_the_reasons_name_the_dates_that_were_used():
    care = spell(date(2026, 10, 5))

    assert status_on(date(2010, 9, 1), [care], [], date(2026, 12, 1)).why == (
        "Looked after since 05/10/2026, and 16 since 01/09/2026, but not yet eligible.",
        "57 days in care since the 14th birthday, 01/09/2024, up to 01/12/2026; "
        "13 weeks (91 days) will be reached on 04/01/2027 if care goes on.",
    )


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(life).failed == 0


# Any life, against a clerk who walks through it day by day.

LEGAL = some.sampled_from(["C2", "V2", "V2", "J1", "V4", "V3"])
REASONS = some.sampled_from(
    ["E5", "E4A", "E4B", "E9", "E8", "X1", "X1", "E45", "E47", "E41", "E11", "E12", "E3", "E2", "E17"]
)
LENGTHS = some.one_of(some.integers(0, 60), some.sampled_from([89, 90, 91, 92]), some.integers(93, 900))
GAPS = some.one_of(some.just(0), some.integers(-20, 60), some.integers(60, 500))
KINDS = ["settled_home", "settled_home", "detained", "detained", "special_guardianship", "education",
         "education_asked", "adviser_asked"]  # fmt: skip


@some.composite
def lives(draw):
    """Return (born on, spells, events) from the 13th birthday on, with the edges of the rules in reach."""
    born = draw(some.sampled_from([date(2010, 6, 1), date(2012, 2, 29), date(2009, 8, 31)]))
    around = some.sampled_from([birthday(born, years) for years in (14, 16, 18)])
    near = some.builds(lambda on, days: on + timedelta(days=days), around, some.integers(-200, 200))
    at, spells = draw(near), []
    for _ in range(draw(some.integers(0, 5))):
        end = max(at, draw(some.one_of(LENGTHS.map(lambda days, at=at: at + timedelta(days=days)), around)))
        spells.append(spell(at, end, draw(REASONS), draw(LEGAL)))
        at = max(end + timedelta(days=draw(GAPS)), birthday(born, 13))
    if spells and draw(some.booleans()):
        spells[-1] = spells[-1]._replace(end=None, reason_ended="")
    edges = [day for each in spells for day in (each.start, each.end) if day]
    starts = some.one_of(some.sampled_from(edges), near) if edges else near
    later = some.integers(0, 2600).map(lambda days: birthday(born, 18) + timedelta(days=days))
    events = []
    for kind in draw(some.lists(some.sampled_from(KINDS), max_size=5)):
        start = draw(later if kind in ("education", "education_asked", "adviser_asked") else starts)
        length = draw(some.one_of(some.none(), some.integers(1, 1200)))
        events.append(event(kind, start, length and start + timedelta(days=length)))
    return born, spells, events


@given(lives(), some.lists(some.integers(0, 12 * 365), min_size=8, max_size=8))
@settings(max_examples=100, deadline=None)
def test_every_life_moves_as_a_walk_through_its_days_says(told, offsets):
    born, spells, events = told
    days = walk(born, spells, events)
    ordered = list(days)
    standing = {day: days[day][:3] for day in ordered}
    changes = [
        (day, now.category) for before, day in pairwise(ordered)
        if (now := days[day]).category != days[before].category
    ]  # fmt: skip

    assert moves(*spells, events=events, born=born, until=ordered[-1]) == changes

    moved = [day for before, day in pairwise(ordered) if standing[day] != standing[before]]
    turned = [on for on, _ in changes] + [on - DAY for on, _ in changes]
    for day in {*turned, *(birthday(born, 13) + timedelta(days=each) for each in offsets)} & days.keys():
        found = status_on(born, spells, events, day)
        assert (found.category, found.needs_plan, found.on_request) == standing[day]
        assert (found.days_since_14, found.after_16) == days[day][3:]
        assert found.until_on == next((each for each in moved if each > day), None)
        assert found.from_on == max((on for on, _ in changes if on <= day), default=born)
        assert found.category in CATEGORY_WORDS
        assert all(sentence.endswith(".") and "{" not in sentence for sentence in found.why)
