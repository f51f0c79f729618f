"""Supervision among the dates: children (O2), workers (O1), the service's figures, plans that came back."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from caseapp import (
    access,
    actions,
    clock_counting,
    clock_limits,
    clocks,
    dates,
    holidays,
    my_week,
    plans,
    redating,
    today,
)
from caseapp.access import Restriction
from caseapp.actions import NewAction
from caseapp.calendars import england
from caseapp.clock_counting import Counting, CutOff
from caseapp.early_help import moves
from caseapp.education.virtual_school_pupils import Day
from caseapp.looked_after import health_rules
from caseapp.looked_after.timing import timing
from caseapp.pathway import approvals
from caseapp.supervision import cases, measures, service, sessions, staff_due
from caseapp.supervision.new_rows import NewCase, NewSession
from db.models import Child, Contact, HealthEvent, Note, Worker
from db.moments import pretend
from db.problems import NotAllowed, Problem
from tests.help_story import ASSESSED, new_family
from tests.help_story import assessment as completed
from tests.pathway_life import signed_plan, young_person
from tests.pdf_reading import words_of
from tests.story import NORTH, TODAY, new_story

AGREED = "Agreed by the assistant director."
EVENING = datetime(2026, 11, 20, 18, tzinfo=UTC)  # a Friday


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def leyla(story):
    return registered(story, "ada", "Leyla", "Haddad", date(2024, 2, 5))


def registered(story, who, given, family, on):
    story.store.today = lambda: on
    child_id = story.register(who, given, family)
    story.store.today = lambda: TODAY
    return child_id


def talk(story, child_id, on=TODAY, who="max"):
    new = NewCase(happened_on=on, discussion="School has worries.")
    return story.call(who, lambda session: cases.add(session, child_id, new))


def become(story, child_id, status):
    def work(session):
        child = session.get_one(Child, child_id)
        child.status = status
        dates.refresh(session, child)

    story.call("ada", work)


def stored(story, child_id, kind="O2"):
    asked = "SELECT started_on, due_on, met_on FROM clock WHERE child_id = ? AND kind = ? ORDER BY started_on"
    return [
        tuple(day and date.fromisoformat(day) for day in row)
        for row in story.raw(asked, child_id.bytes, kind)
    ]


def supervise(story, who="max", whom="ada", **more):
    worker = story.actors[whom].worker_id
    new = NewSession(**{"held_on": TODAY} | more)
    return story.call(who, lambda session: sessions.add(session, worker, new))


def owed(story, who):
    return story.call(who, staff_due.staff_due)


def newly_qualified(story, whom, since):
    def work(session):
        session.get_one(Worker, story.actors[whom].worker_id).nqsw_from = since

    story.call("amy", work, purpose="users")


def settle(story, chosen):
    story.call("amy", lambda session: clock_counting.choose(session, chosen), purpose="settings")


def ahead(story, chosen):
    return story.call("amy", lambda session: redating.of_counting(session, chosen), purpose=redating.PURPOSE)


def limit_ahead(story, clock_id, limit):
    return story.call(
        "amy",
        lambda session: redating.of_limit(session, clock_id, limit, date(2026, 11, 1), AGREED),
        purpose=redating.PURPOSE,
    )


# Children (O2)


def test_old_records_are_not_late_for_supervision_that_nobody_recorded(story, leyla):
    other = story.register("ada", "Sami", "Haddad")
    become(story, leyla, "looked_after")
    assert stored(story, leyla) == []

    talk(story, other)
    become(story, leyla, "looked_after")  # as the next morning works every date out anew

    assert stored(story, leyla) == [(TODAY, date(2026, 12, 21), None)]
    (due,) = [each for each in due_of(story, leyla) if each.clock == "O2"]
    assert "supervision of children began to be recorded here on 23/11/2026" in due.why


def due_of(story, child_id):
    return story.call("ada", lambda session: dates.due_of(session, session.get_one(Child, child_id)))


@pytest.mark.parametrize(
    ("status", "due_on"),
    [
        ("child_protection", date(2026, 12, 21)),
        ("looked_after", date(2026, 12, 21)),
        ("child_in_need", date(2027, 1, 4)),
        ("early_help", date(2027, 1, 23)),
        ("care_leaver", date(2027, 1, 23)),
    ],
)
def test_how_often_a_child_is_talked_about_follows_the_status(story, leyla, status, due_on):
    become(story, leyla, status)
    talk(story, leyla)

    assert stored(story, leyla)[-1] == (TODAY, due_on, None)
    view = story.call("max", lambda session: cases.of_child(session, leyla))
    assert view.due_on == due_on


def test_talking_about_the_child_meets_it_and_starts_the_next(story, leyla):
    become(story, leyla, "looked_after")
    talk(story, leyla, date(2026, 10, 1))
    talk(story, leyla, date(2026, 11, 2))

    assert stored(story, leyla) == [
        (date(2026, 10, 1), date(2026, 10, 29), date(2026, 11, 2)),
        (date(2026, 11, 2), date(2026, 11, 30), None),
    ]


def test_what_is_done_keeps_its_date_when_the_status_changes(story, leyla):
    become(story, leyla, "looked_after")
    talk(story, leyla, date(2026, 10, 1))
    talk(story, leyla, date(2026, 11, 2))

    become(story, leyla, "child_in_need")

    assert stored(story, leyla) == [
        (date(2026, 10, 1), date(2026, 10, 29), date(2026, 11, 2)),
        (date(2026, 11, 2), date(2026, 12, 14), None),
    ]


def test_case_supervision_stands_on_today_of_worker_and_supervisor(story, leyla):
    become(story, leyla, "looked_after")
    talk(story, leyla, date(2026, 10, 1))

    for who in ("ada", "max"):
        late = [each for each in story.call(who, today.today).overdue if each.clock == "O2"]
        assert [(each.child, each.due_on) for each in late] == [("Leyla Haddad", date(2026, 10, 29))]
        assert dict(late[0].reasons.facts)["Starts with"].startswith("The child was last talked about")


def test_a_limit_of_the_area_moves_only_those_whom_it_concerns(story, leyla):
    in_need = story.register("ada", "Sami", "Haddad")
    for child_id, status in ((leyla, "looked_after"), (in_need, "child_in_need")):
        become(story, child_id, status)
        talk(story, child_id)

    assert [each.child for each in limit_ahead(story, "O2", "CD+35").named] == []  # named within reach alone
    assert limit_ahead(story, "O2", "CD+35").dates == 1
    assert limit_ahead(story, "O2", "CD+56").dates == 2


# Workers (O1)


def test_supervision_of_staff_stands_on_today_of_both(story):
    supervise(story, held_on=date(2026, 10, 19))

    (mine,), (theirs,) = owed(story, "ada"), owed(story, "max")

    assert (mine.what, theirs.what) == ("My own supervision", "Supervision of Ada North")
    assert mine.due_on == theirs.due_on == date(2026, 11, 16)
    assert (mine.state, mine.words) == ("overdue", "5 working days late")
    assert story.call("max", today.today).supervision == [theirs]
    assert owed(story, "bea") == owed(story, "tom") == []


@pytest.mark.parametrize(
    ("since", "due_on"),
    [
        (date(2026, 11, 9), date(2026, 11, 30)),  # weekly
        (date(2026, 9, 1), date(2026, 12, 7)),  # every fortnight
        (date(2026, 5, 4), date(2026, 12, 21)),  # as everybody
    ],
)
def test_the_newly_qualified_are_supervised_more_often(story, since, due_on):
    newly_qualified(story, "ada", since)
    supervise(story)

    (due,) = owed(story, "max")

    assert due.due_on == due_on
    is_protected = due_on < date(2026, 12, 21)
    assert ("Newly qualified" in dict(due.reasons.facts)["Limit"]) == is_protected


def test_the_first_year_begins_the_count_before_any_supervision(story):
    newly_qualified(story, "bea", date(2026, 11, 9))

    (due,) = owed(story, "max")

    assert (due.what, due.due_on) == ("Supervision of Bea North", date(2026, 11, 16))


def test_an_area_that_supervises_more_often_does_so_for_the_newly_qualified_too(story):
    newly_qualified(story, "ada", date(2026, 9, 1))
    supervise(story)
    story.call(
        "amy",
        lambda session: clock_limits.set_limit(session, "O1", "CD+10", date(2026, 11, 1), AGREED),
        purpose="settings",
    )

    assert owed(story, "max")[0].due_on == date(2026, 12, 3)


def test_the_week_on_paper_holds_supervision_that_is_owed(story):
    supervise(story, held_on=date(2026, 10, 19))

    said = words_of(story.call("ada", my_week.week_pdf))

    assert "My own supervision" in said
    assert "16/11/2026" in said


# The service


def whole(story, who="max"):
    return story.call(who, service.service)


def test_the_service_counts_workers_children_and_sessions_called_off(story, leyla):
    become(story, leyla, "looked_after")
    talk(story, leyla)
    supervise(story)
    supervise(story, "tom", "sue", held_on=TODAY - timedelta(days=33))
    called_off = supervise(story, whom="bea", held_on=None, planned_on=TODAY)
    story.call("max", lambda session: sessions.cancel(session, called_off, 1, "Illness"))

    found = whole(story)

    assert [share.shown for share in found.whole.held] == ["33.3 % (1 of 3)", "66.7 % (2 of 3)"]
    assert found.whole.cases.shown == "100.0 % (1 of 1)"
    assert found.whole.called_off.shown == "100.0 % (1 of 1)"
    north = next(each for each in found.teams if each.team == NORTH)
    assert (north.is_mine, north.held[0].shown) == (True, "50.0 % (1 of 2)")


def test_a_team_of_others_is_hidden_where_a_share_would_name_somebody(story):
    supervise(story, "tom", "sue")

    by_team = {each.team: each for each in whole(story).teams}

    assert {name: each.is_hidden for name, each in by_team.items()} == {NORTH: False, "South": True}


def test_children_who_are_not_owed_it_yet_are_left_out_of_the_service_s_share(story, leyla):
    become(story, leyla, "looked_after")
    new = story.register("sue", "Noor", "Aziz")
    become_by(story, "sue", new, "child_protection")

    assert whole(story).whole.cases.shown == "0.0 % (0 of 1)"


@pytest.mark.parametrize(("who", "counted"), [("max", "0 of 2"), ("tom", "0 of 1")])
def test_a_restricted_child_is_in_the_service_s_share_for_those_let_in_alone(story, leyla, who, counted):
    hidden = registered(story, "ada", "Zuleika", "Quarterman", date(2026, 8, 3))
    for child_id in (leyla, hidden):
        become(story, child_id, "looked_after")
    ada, max_north = (story.actors[each].worker_id for each in ("ada", "max"))
    named = Restriction("absent", [ada], "A threat was made.", max_north)
    story.call("max", lambda session: access.restrict(session, hidden, named))

    assert counted in whole(story, who).whole.cases.shown


def become_by(story, who, child_id, status):
    def work(session):
        session.get_one(Child, child_id).status = status

    story.call(who, work)


def test_only_managers_are_told_of_the_service(story):
    with pytest.raises(NotAllowed):
        whole(story, "ada")


# Plans that came back


def returned(story, who="ada"):
    return story.call(who, today.sent_back)


def test_a_pathway_plan_sent_back_stands_on_its_author_s_day_until_it_is_put_right(story):
    child_id = young_person(story)
    plan = signed_plan(story, child_id)
    story.call("max", lambda session: approvals.send_back(session, plan, "Who is called at the weekend?"))

    (row,) = returned(story)
    assert (row.revision_id, row.because, row.on) == (plan, "Who is called at the weekend?", TODAY)
    assert returned(story, "max") == returned(story, "bea") == []

    draft = story.call("ada", lambda session: plans.correct(session, plan, "Weekend numbers."))
    assert [each.revision_id for each in returned(story)] == [draft]

    from tests.pathway_life import answers

    story.sign("ada", draft, answers())
    assert returned(story) == []


def test_an_early_help_assessment_sent_back_opens_for_its_author(story):
    family = new_family()
    family.on(ASSESSED)
    signed = family.sign(family.leo, "early-help", completed())

    def move(key, who, reason=""):
        def work(session):
            moves.make_move(session, family.episodes[0], key, ASSESSED, reason=reason)

        family.call(work, who)

    move("to_manager", "ada")
    assert family.call(today.sent_back) == []
    move("send_back", "max", "The father’s view is missing.")

    (row,) = family.call(today.sent_back)

    assert (row.revision_id, row.because) == (signed, "The father’s view is missing.")


# How this area counts


def contact(story, child_id, at=EVENING, **more):
    def work(session):
        row = Contact(child_id=child_id, received_at=at, reason="Police", needs=[], outcomes=[], **more)
        session.add(row)
        dates.refresh(session, session.get_one(Child, child_id))

    story.call("ada", work)


def test_what_comes_in_after_the_cut_off_counts_as_of_the_next_day(story, leyla):
    contact(story, leyla)  # Friday evening: counted as of Saturday it is due on Monday all the same
    contact(story, leyla, datetime(2026, 11, 19, 18, tzinfo=UTC))
    late = Counting(cut_off=CutOff(time(16, 30), date(2026, 11, 1)))

    found = ahead(story, late)
    settle(story, late)
    become(story, leyla, "early_help")

    assert found.by_clock == (("Decision on a contact", 1),)
    assert stored(story, leyla, "F1") == [
        (date(2026, 11, 20), date(2026, 11, 23), None),
        (date(2026, 11, 21), date(2026, 11, 23), None),
    ]


def test_receipt_before_the_cut_off_holds_leaves_its_own_day(story):
    late = CutOff(time(16, 30), date(2026, 11, 21))

    assert late.day_of(EVENING) == date(2026, 11, 20)


@pytest.mark.parametrize(("typed", "after"), [("16:30", time(16, 30)), ("9.15", time(9, 15)), ("", None)])
def test_a_cut_off_is_typed_as_a_time_of_day(typed, after):
    made = clock_counting.cut_off(typed, None, TODAY)

    assert (made and made.after) == after


def test_what_is_no_time_of_day_is_refused():
    with pytest.raises(Problem, match="Give the time as 16:30"):
        clock_counting.cut_off("half past four", None, TODAY)


def test_the_area_says_from_when_something_is_due_soon(story):
    settle(story, Counting(soon_days=3))
    calendar = story.call("ada", holidays.calendar)

    kinds = [clocks.state(TODAY + timedelta(days=days), None, TODAY, calendar).kind for days in (3, 4)]
    assert kinds == ["due_soon", "on_track"]

    settle(story, Counting(soon_percent=25))
    calendar = story.call("ada", holidays.calendar)
    begun = TODAY - timedelta(days=30)
    ends = [TODAY + timedelta(days=days) for days in (10, 11)]
    assert [clocks.state(end, None, TODAY, calendar, begun).kind for end in ends] == ["due_soon", "on_track"]


def test_what_cannot_be_due_soon_is_refused(story):
    with pytest.raises(Problem, match="1 to 60 working days"):
        settle(story, Counting(soon_days=0))


def test_the_preview_of_a_cautious_area_tells_the_health_reviews(story):
    child_id = story.register("ada", "Leo", "Hartley", date(2022, 3, 2))
    story.look_after(child_id, date(2025, 11, 1))

    def work(session):
        session.add(
            HealthEvent(child_id=child_id, kind="review", happened_on=date(2026, 11, 15), outcome="done")
        )
        dates.refresh(session, session.get_one(Child, child_id))

    story.call("ada", work)

    assert ahead(story, Counting(cautious_from=date(2026, 11, 1))).by_clock == (("Health review", 1),)


def test_a_cautious_area_says_so_beside_the_health_assessments():
    born_on, last_on = date(2022, 3, 2), date(2026, 11, 15)

    assert "a cautious one keeps to six" in health_rules.interval_words(born_on, last_on)
    assert "this area asks for the next in six months" in health_rules.interval_words(
        born_on, last_on, date(2026, 11, 1)
    )


def test_a_limit_for_a_rating_tells_which_contacts_it_moves(story, leyla):
    contact(story, leyla, rating="green", first_rating="green")
    contact(story, leyla, rating="red", first_rating="red")

    found = limit_ahead(story, "F13", "WD+5")

    assert found.by_clock == (("Decision on a contact rated green", 1),)


def test_visits_written_up_late_stand_behind_their_figure(story, leyla):
    def moved_on(days):
        return datetime(2026, 11, 16, 12, tzinfo=UTC) + timedelta(days=days)

    for days in (2, 3):
        with pretend(moved_on(days)):
            visited(story, leyla, date(2026, 11, 16))

    found = {each.key: each for each in story.call("max", measures.team).figures}["written_up"]

    assert found.shown == "50.0 % (1 of 2)"
    assert [each.said for each in found.others] == ["Visit on 16/11/2026, written up on 19/11/2026"]


# A child in need, a child with a plan


def visited(story, child_id, on):
    def work(session):
        session.add(Note(child_id=child_id, happened_on=on, kind="visit", words="Seen.", seen=True))
        dates.refresh(session, session.get_one(Child, child_id))

    story.call("ada", work)


@pytest.mark.parametrize(
    ("status", "kind", "due_on"),
    [("child_in_need", "A13", date(2026, 12, 14)), ("child_protection", "A10", date(2026, 11, 30))],
)
def test_visits_to_a_child_in_need_or_with_a_plan_chain(story, leyla, status, kind, due_on):
    become(story, leyla, status)
    visited(story, leyla, date(2026, 11, 16))

    assert stored(story, leyla, kind) == [(date(2026, 11, 16), due_on, None)]
    assert kind in today.VISITS


# Area holidays reach every sentence


def test_a_day_that_the_area_added_counts_in_every_sentence(story, leyla):
    day = date(2026, 11, 24)
    story.call(
        "amy", lambda session: holidays.add(session, day, "Civic day", holidays.BANK), purpose="settings"
    )
    calendar = story.call("ada", holidays.calendar)

    new = NewAction(what="Call school", who="Ada", by_on=date(2026, 11, 25))
    story.call("ada", lambda session: actions.add(session, leyla, new))
    (action,) = story.call("ada", lambda session: actions.of_child(session, leyla))

    assert action.by_words == "in 1 working day"
    assert timing(date(2026, 11, 25), None, TODAY, calendar).words == "Due in 1 working day"
    assert not Day(TODAY, calendar=calendar).is_school_day(day)
    assert Day(TODAY, calendar=england()).is_school_day(day)
