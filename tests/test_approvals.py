"""What waits for a manager in one list, and «my week» on paper."""

import copy
from datetime import UTC, date, datetime

import pytest

from caseapp import access, actions, approvals_list, my_week, today
from caseapp.actions import NewAction
from caseapp.dates import Due
from caseapp.early_help import moves
from caseapp.pathway import approvals, cycle
from caseapp.supervision import sessions
from caseapp.supervision.new_rows import NewSession
from db.models import Assessment, Contact, Referral
from db.problems import NotAllowed
from tests.help_story import ASSESSED, new_family
from tests.help_story import assessment as completed
from tests.pathway_life import signed_plan, young_person
from tests.pdf_reading import words_of
from tests.story import TODAY, new_story, sample

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def leyla(story):
    return story.register("ada", "Leyla", "Haddad")


def waiting(story, who="max"):
    return story.call(who, approvals_list.waiting)


def write(story, *rows, who="ada"):
    story.call(who, lambda session: session.add_all(rows))


def contact(child_id, **more):
    return Contact(child_id=child_id, received_at=AT, reason="Police notice", needs=[], outcomes=[], **more)


def assessment(child_id, worker_id, **more):
    return Assessment(
        child_id=child_id, referred_on=date(2026, 9, 21), started_on=date(2026, 9, 22), worker_id=worker_id,
        factors=[], outcomes=[], **more,
    )  # fmt: skip


def test_a_contact_waits_from_the_day_it_came_until_the_next_working_day(story, leyla):
    write(story, contact(leyla))

    (row,) = waiting(story)

    assert (row.kind, row.child, row.since, row.due_on) == (
        "contact",
        "Leyla Haddad",
        date(2026, 11, 20),
        date(2026, 11, 23),
    )
    assert (row.by, row.state_words) == ("taken by Ada North", "today")


def test_one_contact_about_brothers_and_sisters_stands_once(story, leyla):
    other = story.register("ada", "Sami", "Haddad")
    group = leyla  # any id will do
    write(story, contact(leyla, group_id=group), contact(other, group_id=group))

    assert [each.child for each in waiting(story)] == ["Leyla and Sami Haddad"]


def test_what_is_decided_double_or_abandoned_waits_no_more(story, leyla):
    worker = story.actors["ada"].worker_id
    write(
        story,
        contact(leyla, decided_at=AT),
        contact(leyla, duplicate_of_id=leyla),
        Referral(child_id=leyla, received_at=AT, decided_at=AT),
        assessment(leyla, worker),
        assessment(leyla, worker, submitted_on=TODAY, abandoned_on=TODAY),
        assessment(leyla, worker, submitted_on=TODAY, authorised_on=TODAY),
    )

    assert waiting(story) == []


def test_the_most_urgent_comes_first(story, leyla):
    worker = story.actors["ada"].worker_id
    write(story, contact(leyla), Referral(child_id=leyla, received_at=datetime(2026, 11, 18, 9, tzinfo=UTC)))
    write(story, assessment(leyla, worker, submitted_on=TODAY))

    found = waiting(story)

    assert [each.kind for each in found] == ["referral", "contact", "assessment"]
    assert (found[0].state, found[0].state_words) == ("overdue", "2 working days late")
    assert found[2].due_on == date(2026, 11, 23)  # 45 working days from the referral


def test_what_was_opened_in_an_emergency_comes_before_what_is_overdue(story, leyla):
    write(story, Referral(child_id=leyla, received_at=datetime(2026, 11, 18, 9, tzinfo=UTC)))
    asked = access.Emergency("the police ring about a fire", ref="10001")
    story.call("sue", lambda session: access.open_in_emergency(session, asked))

    assert [each.kind for each in waiting(story)] == ["emergency", "referral"]
    assert [each.kind for each in story.call("max", today.today).approvals] == ["emergency", "referral"]


def test_ones_own_assessment_says_that_somebody_else_authorises_it(story, leyla):
    write(story, assessment(leyla, story.actors["max"].worker_id, submitted_on=TODAY), who="max")

    (row,) = waiting(story)

    assert row.is_own
    assert row.own_words == "You made this assessment: nobody authorises their own."
    assert story.call("max", today.today).approvals == []


def test_only_managers_have_a_list_and_only_of_children_in_reach(story, leyla):
    write(story, contact(leyla))

    assert waiting(story, "ada") == []
    assert waiting(story, "tom") == []


def test_pathway_plans_wait_exactly_as_long_as_their_record_says(story):
    child_id = young_person(story)

    def waits():
        view = story.call("max", lambda session: cycle.view(session, child_id))
        listed = [each.row_id for each in waiting(story) if each.kind == "pathway"]
        assert listed == ([view.waiting.revision_id] if view.waiting else [])
        return bool(listed)

    assert not waits()
    plan = signed_plan(story, child_id)
    assert waits()
    story.call("max", lambda session: approvals.approve(session, plan, "Agreed."))
    assert not waits()


def test_a_signed_education_plan_waits_to_be_checked(story, leyla):
    story.look_after(leyla, date(2024, 3, 11))
    story.sign("ada", story.draft("ada", leyla, "pep"), copy.deepcopy(sample("pep")))

    (row,) = waiting(story)

    assert (row.kind, row.since, row.by, row.is_own) == ("pep", TODAY, "signed by Ada North", False)


def test_early_help_with_the_manager_stands_once_for_the_family():
    family = new_family()
    family.on(ASSESSED)
    family.sign(family.leo, "early-help", completed("Leo Zielny"))
    family.sign(family.mia, "early-help", completed("Mia Zielna"))
    first, *others = family.episodes
    day = ASSESSED
    family.call(lambda session: moves.make_move(session, first, "to_manager", day, also=others))

    (row,) = waiting(family.story)

    assert (row.kind, row.since, row.by) == ("early-help", day, "sent by Ada North")
    assert {"Leo", "Mia"} <= set(row.child.split())


# My week


def test_the_week_on_paper_has_its_days_actions_drafts_and_signatures(story, leyla):
    story.look_after(leyla, date(2026, 11, 9))
    promise = NewAction("Ring the school", "Ada North", date(2026, 11, 27))
    story.call("ada", lambda session: actions.add(session, leyla, promise))
    story.draft("ada", leyla, "early-help")
    worker = story.actors["ada"].worker_id
    story.call("max", lambda session: sessions.add(session, worker, NewSession(held_on=TODAY)))

    said = words_of(story.call("ada", my_week.week_pdf))

    for part in (
        "Ada North, Monday 23 November 2026 to Sunday 29 November 2026", "Due this week", "Friday",
        "Ring the school", "Drafts", "Supervision with Max North", "Visits, late or within two weeks",
    ):  # fmt: skip
        assert part in said


def test_at_the_weekend_the_week_is_the_one_to_come(story, leyla):
    story.store.today = lambda: date(2026, 11, 28)

    found = story.call("ada", my_week.week)

    assert (found.monday, found.sunday) == (date(2026, 11, 30), date(2026, 12, 6))


def test_a_manager_gets_the_teams_week_or_their_own_and_a_reader_none(story, leyla):
    story.look_after(leyla, date(2026, 11, 9))
    write(story, contact(leyla))

    assert story.call("max", my_week.week).overdue
    assert not story.call("max", lambda session: my_week.week(session, own=True)).overdue
    assert "Waiting for my approval" in words_of(story.call("max", my_week.week_pdf))
    with pytest.raises(NotAllowed):
        story.call("amy", my_week.week_pdf)


# Today


def test_a_draft_that_lacks_only_the_signature_is_complete():
    assert today.Draft(TODAY, TODAY, "", "", 3, 3).is_complete
    assert not today.Draft(TODAY, TODAY, "", "", 2, 3).is_complete
    assert not today.Draft(TODAY, TODAY, "", "", 0, 0).is_complete


def due(child_id, clock, on):
    told = {"child_id": child_id, "clock": clock, "due_on": on, "state": "on_track"}
    return Due(**(dict.fromkeys(Due._fields, "") | told))


def test_a_visit_stands_once_for_a_child_and_not_a_month_ahead(leyla):
    first, later = due(leyla, "L8", TODAY), due(leyla, "L9", date(2026, 12, 1))
    other = due(TODAY, "L9", date(2026, 12, 7))
    review, far = due(TODAY, "L7", TODAY), due(TODAY, "L9", date(2026, 12, 8))

    assert today.visits_of([first, review, later, other, far], TODAY) == [first, other]


def test_only_seeing_the_child_is_a_visit():
    assert {"L8", "L9", "W4", "W6", "F7"} <= today.VISITS
    assert "L1" not in today.VISITS
