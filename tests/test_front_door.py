"""The front door: contacts, referrals and assessments from the first call to the manager's word."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp import children, clocks, dates, words
from caseapp.calendars import england
from caseapp.clocks import due_on
from caseapp.early_help import episodes
from caseapp.front_door import assessments, contacts, lists, opened, referrals, rules
from caseapp.front_door.new_rows import (
    Authorisation,
    ContactDecision,
    Findings,
    NewAssessment,
    NewCheck,
    NewContact,
    NewReferral,
    ReferralDecision,
)
from db.models import Assessment, Child, Contact, Referral
from db.problems import NotAllowed, Problem
from tests.story import Story, new_story


def at(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=words.LONDON)


def day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007


@pytest.fixture
def story() -> Story:
    return new_story()


def call_about(story: Story, child_id: UUID, when: str = "19/11/2026 10:00", **more) -> UUID:
    new = NewContact(at(when), "2A", "Bruises seen at school.", **more)
    return story.call("ada", lambda session: contacts.take(session, [child_id], new))[0]


def decide(story: Story, contact_id: UUID, *outcomes: str, when: str = "20/11/2026 09:00", who: str = "max"):
    def work(session):
        version = session.get(Contact, contact_id).version
        decision = ContactDecision(at(when), outcomes, "Reasons told.")
        contacts.decide(session, {contact_id: version}, decision)

    story.call(who, work)


def due(story: Story, child_id: UUID) -> dict[str, date]:
    def read(session):
        return {each.clock: each.due_on for each in dates.due_of(session, session.get(Child, child_id))}

    return story.call("max", read)


def rows(story: Story, table, child_id: UUID) -> list:
    from db import children as queries

    return story.call("max", lambda session: queries.of_child(session, table, child_id))


# Contacts


def test_a_contact_about_two_children_stands_in_both_files_and_is_decided_once(story):
    one, two = (story.register("ada", given, "Hartley") for given in ("Leo", "Mia"))
    new = NewContact(at("19/11/2026 16:59"), "6", "Police were called.", rating="amber")
    made = story.call("ada", lambda session: contacts.take(session, [one, two], new))

    def work(session):
        opened = {each: session.get(Contact, each).version for each in made}
        contacts.decide(session, opened, ContactDecision(at("20/11/2026 09:00"), ("advice",), "Told where."))

    story.call("max", work)

    (first,), (second,) = rows(story, Contact, one), rows(story, Contact, two)
    assert first.group_id == second.group_id is not None
    assert first.outcomes == second.outcomes == ["advice"]
    assert due(story, one) == due(story, two) == {}


def test_a_child_nobody_knew_is_put_on_file_without_a_case_and_the_contact_is_still_due(story):
    unknown = [children.NewChild("Noor", "Aziz", date(2020, 3, 1))]
    new = NewContact(at("19/11/2026 16:59"), "3A", "Weight loss.")
    made = story.call("ada", lambda session: contacts.take(session, [], new, unknown))

    child_id = story.call("ada", lambda session: session.get(Contact, made[0]).child_id)
    child = story.call("ada", lambda session: session.get(Child, child_id))
    assert (child.status, child.closed_on) == ("closed", story.store.today())
    assert due(story, child_id) == {"F1": date(2026, 11, 20)}


def test_only_a_manager_decides_a_contact(story):
    contact_id = call_about(story, story.register("ada", "Leo", "Hartley"))

    with pytest.raises(NotAllowed):
        decide(story, contact_id, "nfa", who="bea")


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        (("nfa", "referral"), "cannot stand beside"),
        ((), "Say what comes of it|Say what comes of the contact"),
        (("open_case",), "no open case"),
        (("gone",), "is not an outcome"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_in_words(story, outcomes, said):
    contact_id = call_about(story, story.register("ada", "Leo", "Hartley"))

    with pytest.raises(Problem, match=said):
        decide(story, contact_id, *outcomes)


def test_a_contact_on_an_open_case_is_no_new_referral(story):
    child_id = story.register("ada", "Leo", "Hartley", status="child_in_need")
    contact_id = call_about(story, child_id)

    with pytest.raises(Problem, match="Choose “Passed to the open case” instead"):
        decide(story, contact_id, "referral")
    decide(story, contact_id, "open_case")

    assert rows(story, Referral, child_id) == []


def test_a_contact_becomes_a_referral_in_one_step_with_its_own_day(story):
    child_id = story.register("ada", "Leo", "Hartley")
    decide(story, call_about(story, child_id, source_name="Mill School"), "referral")

    (row,) = rows(story, Referral, child_id)
    assert (row.source, row.source_name) == ("2A", "Mill School")
    assert words.london_day(row.received_at) == date(2026, 11, 19)
    assert due(story, child_id) == {"F2": date(2026, 11, 20), "F3": date(2026, 11, 26)}


def test_a_contact_opens_early_help_in_one_step(story):
    child_id = story.register("ada", "Leo", "Hartley")
    decide(story, call_about(story, child_id), "early_help")

    episode = story.call("ada", lambda session: episodes.current(session, child_id))
    assert (episode.opened_on, episode.route) == (date(2026, 11, 20), "other_agency")


def test_a_duplicate_needs_no_decision_and_is_no_repeat(story):
    child_id = story.register("ada", "Leo", "Hartley")
    first, again = (call_about(story, child_id, f"19/11/2026 {hour}:00") for hour in (10, 11))

    def work(session):
        contacts.mark_duplicate(session, again, session.get(Contact, again).version, first)

    story.call("ada", work)
    decide(story, first, "advice")

    assert due(story, child_id) == {}
    with pytest.raises(Problem, match="repeats another"):
        decide(story, again, "nfa")


def test_two_contacts_each_have_their_own_clock(story):
    child_id = story.register("ada", "Leo", "Hartley")
    call_about(story, child_id, "16/11/2026 10:00")
    second = call_about(story, child_id, "18/11/2026 10:00")
    decide(story, second, "advice", when="19/11/2026 10:00")

    assert due(story, child_id) == {"F1": date(2026, 11, 17)}  # the second decision met the second alone


def test_a_rating_keeps_its_first_and_the_history_says_why_it_changed(story):
    from db.models import History

    contact_id = call_about(story, story.register("ada", "Leo", "Hartley"), rating="green")

    def work(session):
        contacts.rate(session, contact_id, session.get(Contact, contact_id).version, "red", "Seen at A&E.")

    story.call("ada", work)
    row = story.call("ada", lambda session: session.get(Contact, contact_id))
    assert (row.first_rating, row.rating) == ("green", "red")
    table = History.__tablename__
    assert ("Seen at A&E.",) in story.raw(f"SELECT reason FROM {table} WHERE row_id = ?", contact_id.bytes)


def test_an_open_contact_tells_the_day_that_holds_whatever_its_rating_says(story):
    contact_id = call_about(story, story.register("ada", "Leo", "Hartley"), rating="green")

    def told():
        return dict(story.call("ada", lambda session: opened.contact(session, contact_id).facts))

    assert told()["Rating"] == "Green, to be decided by 24/11/2026 23:59"
    assert told()["Decision due"] == "By 20/11/2026: 1 working day, whatever the rating"
    decide(story, contact_id, "advice")
    assert "Decision due" not in told()


def test_an_agency_is_asked_and_answers(story):
    contact_id = call_about(story, story.register("ada", "Leo", "Hartley"))
    asked = NewCheck(contact_id, "Health", at("19/11/2026 10:30"))
    check_id = story.call("ada", lambda session: contacts.add_check(session, asked))
    answer = NewCheck(
        contact_id, "Health", at("19/11/2026 10:30"), at("19/11/2026 12:00"), "known", "GP since birth."
    )

    story.call("ada", lambda session: contacts.change_check(session, check_id, 1, answer))
    wrong = NewCheck(contact_id, "Health", at("19/11/2026 10:30"), at("19/11/2026 09:00"), "known")
    with pytest.raises(Problem, match="before it was asked"):
        story.call("ada", lambda session: contacts.add_check(session, wrong))


@pytest.mark.parametrize(("when", "is_taken"), [("31/03/2022 10:00", False), ("01/04/2022 10:00", True)])
def test_a_source_counts_only_from_the_day_it_was_added(story, when, is_taken):
    child_id = story.register("ada", "Leo", "Hartley")
    new = NewContact(at(when), "5D", "From early help.")

    def work(session):
        return contacts.take(session, [child_id], new)

    if is_taken:
        assert len(story.call("ada", work)) == 1
    else:
        with pytest.raises(Problem, match="valid on that day"):
            story.call("ada", work)


# Rules


def test_the_third_contact_in_twelve_months_is_flagged_and_an_older_one_does_not_count():
    days = [date(2025, 11, 22), date(2025, 11, 23), date(2026, 5, 1), date(2026, 11, 23)]

    number = rules.in_year_before(date(2026, 11, 23), days)

    assert number == 3
    assert [rules.is_flagged(each) for each in (2, 3)] == [False, True]


@pytest.mark.parametrize(
    ("before", "is_again"), [("23/11/2026", True), ("23/11/2025", True), ("22/11/2025", False)]
)
def test_a_re_referral_follows_one_within_twelve_months_the_same_day_too(before, is_again):
    assert rules.is_re_referral(date(2026, 11, 23), [day(before)]) is is_again


def test_the_national_example_of_re_referrals_is_reproduced():
    share = words.percent(3250, 9740)

    assert (str(share), round(share)) == ("33.4", 33)


@pytest.mark.parametrize(
    ("clock", "start", "due_on"),
    [
        ("A1", "02/02/2015", "08/04/2015"),
        ("F1", "02/04/2015", "07/04/2015"),
        ("F1", "03/04/2015", "07/04/2015"),
        ("A6", "20/03/2015", "14/04/2015"),
    ],
)
def test_the_dates_of_the_page_come_out(clock, start, due_on):
    limit = clocks.CLOCKS_BY_ID[clock].limit

    assert clocks.due_on(limit, day(start), england()) == day(due_on)


def test_red_runs_through_the_night_and_the_others_end_with_a_working_day():
    received = at("20/11/2026 22:30")  # a Friday

    limits = {each: clocks.CLOCKS_BY_ID[clock].limit for each, clock in rules.RATING_CLOCKS.items()}

    said = {
        each: rules.urgent_by(limits.get(each, ""), received, england())
        for each in ("red", "amber", "green", "none")
    }

    assert said == {
        "red": at("21/11/2026 02:30"), "amber": at("23/11/2026 23:59"), "green": at("25/11/2026 23:59"),
        "none": None,
    }  # fmt: skip


MOMENTS = st.datetimes(datetime(2026, 4, 1), datetime(2026, 5, 20))  # noqa: DTZ001


@given(MOMENTS, MOMENTS)
def test_working_minutes_are_those_a_clock_counts_one_by_one(first, second):
    start, end = sorted(each.replace(second=0, microsecond=0) for each in (first, second))
    end = min(end, start + timedelta(days=4))
    minutes = (start + timedelta(minutes=step) for step in range(int((end - start).total_seconds()) // 60))
    naive = sum(england().is_working_day(each.date()) and 9 <= each.hour < 17 for each in minutes)

    moments = [each.replace(tzinfo=words.LONDON) for each in (start, end)]
    assert rules.working_minutes(*moments, england()) == naive


# Referrals and assessments


def refer(story: Story, child_id: UUID, when: str = "02/11/2026 10:00") -> UUID:
    new = NewReferral(at(when), "2A", "Mill School", "N1")
    return story.call("ada", lambda session: referrals.receive(session, child_id, new))


def assess(story: Story, child_id: UUID, when: str = "02/11/2026 10:00") -> UUID:
    referral_id = refer(story, child_id, when)

    def work(session):
        version = session.get(Referral, referral_id).version
        started = at(when) + timedelta(days=1)
        decision = ReferralDecision(
            started, "assessment", "Needs looking into.", worker_id=story.actors["ada"].worker_id
        )
        return referrals.decide(session, referral_id, version, decision)

    return story.call("max", work).assessment_id


def with_version(story: Story, who: str, assessment_id: UUID, act):
    return story.call(
        who, lambda session: act(session, assessment_id, session.get(Assessment, assessment_id).version)
    )


FOUND = Findings(day("05/11/2026"), True, "N1", ("16A", "3B"), ("services",))


def hand_in(story: Story, assessment_id: UUID, found: Findings = FOUND) -> None:
    with_version(story, "ada", assessment_id, lambda *row: assessments.write(*row, found))
    with_version(story, "ada", assessment_id, lambda *row: assessments.submit(*row, day("18/11/2026")))


def sign_off(story: Story, assessment_id: UUID, *outcomes: str, who: str = "max") -> None:
    decided = Authorisation(day("20/11/2026"), outcomes, "Agreed.")
    with_version(story, who, assessment_id, lambda *row: assessments.authorise_assessment(*row, decided))


def test_a_referral_leads_to_an_assessment_that_keeps_both_days_and_starts_its_clocks(story):
    child_id = story.register("ada", "Leo", "Hartley")
    assessment_id = assess(story, child_id)

    row = story.call("ada", lambda session: session.get(Assessment, assessment_id))
    assert (row.referred_on, row.started_on) == (day("02/11/2026"), day("03/11/2026"))
    assert story.call("ada", lambda session: session.get(Child, child_id).status) == "child_in_need"
    assert due(story, child_id) == {
        "F3": day("09/11/2026"), "A3": day("09/11/2026"), "A2": day("16/11/2026"), "A1": day("07/01/2027"),
    }  # fmt: skip


def test_the_case_opens_and_closes_on_the_days_decided_not_on_those_typed(story):
    story.store.today = lambda: day("01/10/2026")
    child_id = story.register("ada", "Leo", "Hartley")
    story.store.today = lambda: day("23/11/2026")
    assessment_id = assess(story, child_id)
    hand_in(story, assessment_id, Findings(day("05/11/2026"), False, "N0", (lists.NO_FACTOR,), ("nfa",)))
    sign_off(story, assessment_id, "nfa")

    found = story.raw("SELECT status, from_on FROM case_spell ORDER BY from_on")
    assert found[1:] == [("child_in_need", "2026-11-03"), ("closed", "2026-11-20")]


def test_a_second_referral_of_an_open_case_is_refused(story):
    child_id = story.register("ada", "Leo", "Hartley")
    refer(story, child_id)

    with pytest.raises(Problem, match="no new referral"):
        refer(story, child_id, "04/11/2026 10:00")


def test_an_assessment_goes_from_writing_to_another_managers_word(story):
    child_id = story.register("ada", "Leo", "Hartley")
    assessment_id = assess(story, child_id)
    with_version(
        story, "max", assessment_id,
        lambda *row: assessments.look_half_way(*row, day("16/11/2026"), "Seen, on course."),
    )  # fmt: skip
    hand_in(story, assessment_id)
    assert due(story, child_id) == {"F3": day("09/11/2026"), "A1": day("07/01/2027")}

    sign_off(story, assessment_id, "services")

    first_meeting_and_visit = {"A12": day("11/12/2026"), "A13": day("18/12/2026")}
    assert due(story, child_id) == {"F3": day("09/11/2026"), **first_meeting_and_visit}
    assert story.call("ada", lambda session: session.get(Child, child_id).status) == "child_in_need"


def test_nobody_authorises_their_own_assessment(story):
    child_id = story.register("ada", "Leo", "Hartley")
    referral_id = refer(story, child_id)

    def work(session):
        version = session.get(Referral, referral_id).version
        me = story.actors["max"].worker_id
        decision = ReferralDecision(at("03/11/2026 10:00"), "assessment", "Needed.", worker_id=me)
        return referrals.decide(session, referral_id, version, decision)

    assessment_id = story.call("max", work).assessment_id
    hand_in(story, assessment_id)

    with pytest.raises(NotAllowed, match="your own assessment"):
        sign_off(story, assessment_id, "services")


def test_no_further_action_closes_the_referral_and_the_case_and_a_new_referral_may_come(story):
    child_id = story.register("ada", "Leo", "Hartley")
    assessment_id = assess(story, child_id)
    hand_in(story, assessment_id, Findings(day("05/11/2026"), False, "N0", (lists.NO_FACTOR,), ("nfa",)))
    sign_off(story, assessment_id, "nfa")

    child = story.call("ada", lambda session: session.get(Child, child_id))
    assert (child.status, child.closed_on) == ("closed", day("20/11/2026"))
    assert rows(story, Referral, child_id)[0].closed_on == day("20/11/2026")
    refer(story, child_id, "21/11/2026 10:00")
    assert due(story, child_id)["F2"] == day("23/11/2026")


@pytest.mark.parametrize(
    ("factors", "said"), [(("21", "16A"), "cannot stand beside a factor"), (("18A",), "valid on that day")]
)
def test_factors_are_those_of_the_day_and_no_factor_stands_alone(story, factors, said):
    assessment_id = assess(story, story.register("ada", "Leo", "Hartley"))
    found = Findings(day("05/11/2026"), True, "N1", factors, ("services",))

    with pytest.raises(Problem, match=said):
        with_version(story, "ada", assessment_id, lambda *row: assessments.write(*row, found))


def test_no_factors_found_is_only_for_what_ends_there(story):
    assessment_id = assess(story, story.register("ada", "Leo", "Hartley"))

    with pytest.raises(Problem, match="only for an assessment that ends with no further action"):
        hand_in(story, assessment_id, Findings(day("05/11/2026"), True, "N1", ("21",), ("services",)))


def test_what_is_missing_is_named_before_it_is_handed_in(story):
    assessment_id = assess(story, story.register("ada", "Leo", "Hartley"))

    with pytest.raises(Problem, match=r"when the child was seen, the need, the factors and the outcome\."):
        with_version(story, "ada", assessment_id, lambda *row: assessments.submit(*row, day("18/11/2026")))


def test_an_extension_moves_no_clock_and_another_checkpoint_does(story):
    child_id = story.register("ada", "Leo", "Hartley")
    assessment_id = assess(story, child_id)
    with_version(
        story, "max", assessment_id,
        lambda *row: assessments.extend(*row, day("29/01/2027"), "Waiting for a specialist."),
    )  # fmt: skip
    with_version(
        story, "max", assessment_id, lambda *row: assessments.choose_checkpoint(*row, day("27/11/2026"))
    )

    assert due(story, child_id)["A1"] == day("07/01/2027")
    assert due(story, child_id)["A2"] == day("27/11/2026")


def test_an_abandoned_assessment_has_no_clock_any_more(story):
    child_id = story.register("ada", "Leo", "Hartley")
    assessment_id = assess(story, child_id)

    with_version(
        story, "max", assessment_id, lambda *row: assessments.abandon(*row, day("20/11/2026"), "Moved away.")
    )

    assert set(due(story, child_id)) == {"F3"}


def test_a_visit_in_the_record_shows_that_the_child_was_seen(story):
    from caseapp import notes

    child_id = story.register("ada", "Leo", "Hartley")
    assess(story, child_id)
    new = notes.NewNote(day("06/11/2026"), "visit", "Leo was at home.", seen_alone=True)
    story.call("ada", lambda session: notes.add(session, child_id, new))

    assert "A3" not in due(story, child_id)


def test_whoever_cannot_be_told_has_no_clock_for_it(story):
    child_id = story.register("ada", "Leo", "Hartley")
    new = NewReferral(at("19/11/2026 10:00"), "9")
    story.call("ada", lambda session: referrals.receive(session, child_id, new))

    assert due(story, child_id) == {"F2": day("20/11/2026")}


def test_an_assessment_is_started_without_a_referral_only_once_at_a_time(story):
    child_id = story.register("ada", "Leo", "Hartley", status="child_in_need")
    new = NewAssessment(day("02/11/2026"), day("04/11/2026"))
    story.call("ada", lambda session: assessments.start(session, child_id, new))

    with pytest.raises(Problem, match="being assessed already"):
        story.call("ada", lambda session: assessments.start(session, child_id, new))


def test_new_worries_on_open_cases_start_their_assessments_together_from_the_day_they_came(story):
    first, second = (
        story.register("ada", "Mia", "Farrow", status="child_in_need"),
        story.register("ada", "Tom", "Farrow", status="child_in_need"),
    )
    came, begun = day("19/11/2026"), day("20/11/2026")

    story.call("ada", lambda session: assessments.start_on_open_cases(session, [first, second], came, begun))

    assert {due(story, each)["A1"] for each in (first, second)} == {due_on("WD+45", came, england())}


def test_a_child_without_an_open_case_is_not_assessed_and_neither_is_the_other(story):
    child, closed = (
        story.register("ada", "Mia", "Farrow", status="child_in_need"),
        story.register("ada", "Tom", "Hart"),
    )

    def close(session):
        session.get_one(Child, closed).closed_on = day("20/11/2026")

    story.call("ada", close)

    with pytest.raises(Problem, match="Tom Hart has no open case"):
        story.call(
            "ada",
            lambda session: assessments.start_on_open_cases(
                session, [child, closed], day("20/11/2026"), day("20/11/2026")
            ),
        )
    assert story.raw("SELECT count(*) FROM assessment") == [(0,)]
