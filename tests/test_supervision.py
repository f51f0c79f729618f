"""Supervision: sessions of two workers, what was said of a child, who is to be talked about, the figures."""

from datetime import date, timedelta

import pytest

from caseapp import actions, clock_limits, notes
from caseapp.actions import NewAction
from caseapp.notes import NewNote
from caseapp.supervision import agenda, cases, measures, owed, paper, sessions
from caseapp.supervision.new_rows import NewCase, NewSession
from db.models import Child
from db.problems import NotAllowed, NotFound, Problem, Stale
from tests.pdf_reading import words_of
from tests.story import TODAY, new_story

HELD = NewSession(
    planned_on=TODAY, held_on=TODAY, minutes=90, wellbeing="Tired since the move.",
    workload="Eighteen children.", words="Wants to learn about court work.",
    agreed=("Shadow a hearing", "  "), next_on=date(2026, 12, 21),
)  # fmt: skip


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def leyla(story):
    return registered(story, "ada", "Leyla", "Haddad", date(2026, 11, 2))


def registered(story, who, given, family, on):
    story.store.today = lambda: on
    child_id = story.register(who, given, family)
    story.store.today = lambda: TODAY
    return child_id


def worker(story, who="ada"):
    return story.actors[who].worker_id


def supervise(story, new=HELD, who="max", whom="ada"):
    return story.call(who, lambda session: sessions.add(session, worker(story, whom), new))


def seen(story, who="max", whom="ada"):
    return story.call(who, lambda session: sessions.view(session, worker(story, whom)))


def row(story, session_id, who="max"):
    return next(each for each in seen(story, who).rows if each.id == session_id)


def talk(story, child_id, who="max", agreed=(), **more):
    new = NewCase(**{"happened_on": TODAY, "discussion": "School has worries."} | more)
    return story.call(who, lambda session: cases.add(session, child_id, new, agreed))


def status(story, child_id, name):
    def work(session):
        session.get_one(Child, child_id).status = name

    story.call("ada", work)


def reasons(story, who="max", whom="ada"):
    found = story.call(who, lambda session: agenda.prepare(session, worker(story, whom)))
    return {each.child: [one.words for one in each.reasons] for each in (*found.to_discuss, *found.others)}


# Sessions


def test_what_was_said_of_the_worker_is_seen_by_the_two_alone(story):
    supervise(story)

    assert len(seen(story, "ada").rows) == 2  # the one that was held, and the next one
    assert seen(story, "bea").rows == []
    assert seen(story, "tom").rows == []


def test_the_day_agreed_for_the_next_supervision_is_planned_once(story):
    supervise(story)
    supervise(story, NewSession(held_on=TODAY, next_on=date(2027, 1, 4)))

    planned = [each.day for each in seen(story).rows if each.state == "planned"]
    assert planned == [date(2026, 12, 21)]
    assert seen(story).next_on == date(2026, 12, 21)


def test_a_supervision_is_closed_once_both_have_signed_it(story):
    made = supervise(story)
    for who in ("max", "ada"):
        opened = row(story, made, who)
        assert opened.may_sign
        story.call(who, lambda session, at=opened.version: sessions.sign(session, made, at))

    done = row(story, made)
    assert (done.state, done.may_write, done.may_sign) == ("signed", False, False)
    with pytest.raises(Problem, match="stays as it is"):
        story.call(
            "max", lambda session: sessions.change(session, made, done.version, NewSession(held_on=TODAY))
        )


def test_other_words_take_a_signature_off_again(story):
    made = supervise(story)
    story.call("ada", lambda session: sessions.sign(session, made, row(story, made).version))
    opened = row(story, made)
    assert opened.waits_for == ("Max North",)

    story.call(
        "max", lambda session: sessions.change(session, made, opened.version, NewSession(held_on=TODAY))
    )

    assert row(story, made).waits_for == ("Max North", "Ada North")


def test_nobody_signs_twice_or_what_was_not_held(story):
    made = supervise(story, NewSession(planned_on=TODAY))
    with pytest.raises(Problem, match="once it was held"):
        story.call("max", lambda session: sessions.sign(session, made, 1))

    held = supervise(story, NewSession(held_on=TODAY))
    story.call("max", lambda session: sessions.sign(session, held, 1))
    with pytest.raises(Problem, match="signed it already"):
        story.call("max", lambda session: sessions.sign(session, held, 2))


def test_only_a_manager_supervises_and_nobody_themselves(story):
    with pytest.raises(NotAllowed):
        supervise(story, who="bea")
    with pytest.raises(Problem, match="Nobody supervises themselves"):
        supervise(story, whom="max")


def test_a_supervision_that_was_called_off_says_why(story):
    made = supervise(story, NewSession(planned_on=TODAY))
    with pytest.raises(Problem, match="Say why"):
        story.call("max", lambda session: sessions.cancel(session, made, 1, " "))

    story.call("max", lambda session: sessions.cancel(session, made, 1, "Court all day"))

    assert row(story, made).told == ("Called off: Court all day",)
    with pytest.raises(Stale):
        story.call("max", lambda session: sessions.cancel(session, made, 1, "Again"))


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (NewSession(), "Say for which day"),
        (NewSession(held_on=TODAY + timedelta(days=1)), "still to come"),
        (NewSession(planned_on=TODAY, words="Well."), "Say when it was held"),
        (NewSession(held_on=TODAY, minutes=0), "1 to 600 minutes"),
        (NewSession(held_on=TODAY, next_on=TODAY), "after this one"),
        (NewSession(planned_on=date(2062, 11, 23)), "more than a year"),
        (NewSession(kind="tea", held_on=TODAY), "not a kind"),
    ],
)
def test_what_cannot_be_is_refused_in_words(story, new, said):
    with pytest.raises(Problem, match=said):
        supervise(story, new)


def test_one_with_children_in_it_is_not_taken_off(story, leyla):
    made = supervise(story)
    talk(story, leyla, session_id=made)

    with pytest.raises(Problem, match="their files name it"):
        story.call("max", lambda session: sessions.remove(session, made, 1, "Twice"))


# Children


def test_what_is_said_of_a_child_stands_in_its_file_and_its_decision_becomes_an_action(story, leyla):
    made = supervise(story)
    agreed = [NewAction("Visit the school", "Ada North", date(2026, 12, 1))]
    talk(story, leyla, agreed=agreed, decision="Ask the school for a plan.", session_id=made)

    told = story.call("ada", lambda session: notes.timeline(session, leyla))
    entry = next(each for each in told if each.kind == "Supervision")
    assert "Decision: Ask the school for a plan." in entry.words
    assert "Tired" not in entry.words
    mine = story.call("ada", actions.mine)
    assert [(each.what, each.need, each.by_on) for each in mine] == [
        ("Visit the school", cases.AGREED, date(2026, 12, 1))
    ]


def test_an_action_without_a_day_lets_nothing_be_kept(story, leyla):
    with pytest.raises(Problem, match="by when"):
        talk(story, leyla, agreed=[NewAction("Visit the school", "Ada North", None)])

    assert story.call("max", lambda session: cases.of_child(session, leyla)).rows == []


def test_only_a_manager_writes_supervision_into_a_file(story, leyla):
    with pytest.raises(NotAllowed):
        talk(story, leyla, who="ada")
    with pytest.raises(NotFound):
        talk(story, leyla, who="tom")


def test_a_child_of_a_signed_supervision_stays_as_it_is(story, leyla):
    made = supervise(story)
    case = talk(story, leyla, session_id=made)
    for who in ("max", "ada"):
        story.call(who, lambda session: sessions.sign(session, made, row(story, made).version))

    with pytest.raises(Problem, match="Both have signed"):
        story.call(
            "max", lambda session: cases.change(session, case, 1, NewCase(TODAY, "Else", session_id=made))
        )
    with pytest.raises(Problem, match="Both have signed"):
        talk(story, leyla, session_id=made)


# Who is to be talked about


@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("looked_after", date(2026, 11, 30)),
        ("child_protection", date(2026, 11, 30)),
        ("child_in_need", date(2026, 12, 14)),
        ("early_help", date(2027, 1, 2)),
    ],
)
def test_each_status_has_its_interval(story, name, due):
    assert story.call("max", lambda session: owed.case_due_on(session, name, date(2026, 11, 2))) == due


def test_a_limit_of_the_area_holds_for_the_children_looked_at_most_often(story):
    def change(session):
        clock_limits.set_limit(session, "O2", "CD+49", date(2026, 11, 1), "Agreed by the partnership")
        clock_limits.set_limit(session, "O1", "CD+14", date(2026, 11, 1), "Agreed by the partnership")

    story.call("amy", change, purpose="settings")

    def limits(session):
        found = ("looked_after", "child_in_need", "early_help")
        return [owed.case_limit(session, each, date(2026, 11, 2)) for each in found]

    assert story.call("max", limits) == ["CD+49", "CD+49", "M+2"]
    supervise(story, NewSession(held_on=date(2026, 11, 2)))
    assert seen(story).due_on == date(2026, 11, 16)


def test_a_child_is_prepared_for_supervision_with_why(story, leyla):
    assert reasons(story)["Leyla Haddad"] == ["New to the worker since 02/11/2026"]

    status(story, leyla, "child_protection")
    talk(story, leyla, happened_on=date(2026, 11, 3), risk="high", progress="drifting")
    story.store.today = lambda: date(2027, 1, 4)

    assert reasons(story)["Leyla Haddad"] == [
        "Has a child protection plan",
        "Risk was high last time",
        "Last time: drifting",
        "Never seen since 02/11/2026",
        "Not talked about since 03/11/2026, owed by 01/12/2026",
    ]


def test_a_child_seen_and_talked_about_in_time_does_not_press(story, leyla):
    visit = NewNote(date(2026, 11, 20), "visit", "Seen at school.", seen=True)
    story.call("ada", lambda session: notes.add(session, leyla, visit))
    talk(story, leyla)

    found = story.call("max", lambda session: agenda.prepare(session, worker(story)))
    assert [each.child for each in found.others] == ["Leyla Haddad"]


def test_the_most_pressing_child_comes_first(story, leyla):
    later = registered(story, "ada", "Noor", "Aziz", date(2026, 11, 2))
    status(story, later, "child_protection")

    found = story.call("max", lambda session: agenda.prepare(session, worker(story)))

    assert [each.child for each in found.to_discuss] == ["Noor Aziz", "Leyla Haddad"]


# Figures


def figure(story, key, who="max"):
    return next(each for each in story.call(who, measures.team).figures if each.key == key)


def test_workers_supervised_in_thirty_days_are_counted_and_listed(story, leyla):
    supervise(story, NewSession(held_on=TODAY - timedelta(days=30)))
    supervise(story, NewSession(held_on=TODAY - timedelta(days=31)), whom="bea")

    held = figure(story, "held")

    assert held.shown == "50.0 % (1 of 2)"
    assert [each.title for each in held.rows] == ["Ada North"]
    assert [(each.title, each.said) for each in held.others] == [("Bea North", "Last on 23/10/2026")]


def test_children_talked_about_in_time_are_a_share_of_those_who_are_owed_it(story, leyla):
    assert figure(story, "cases").shown == "–"  # new: not owed yet
    talk(story, leyla)
    other = registered(story, "bea", "Noor", "Aziz", date(2026, 6, 1))

    found = figure(story, "cases")

    assert found.shown == "50.0 % (1 of 2)"
    assert [(each.child_id, each.said) for each in found.others] == [
        (other, "Early help: never, owed by 01/08/2026")
    ]


def test_the_workers_children_add_up_to_the_figure_over_them(story, leyla):
    registered(story, "ada", "Ivo", "Marsh", TODAY)  # new: not owed yet
    registered(story, "bea", "Noor", "Aziz", date(2026, 6, 1))
    talk(story, leyla)

    lines = story.call("max", measures.team).workers

    assert sum(each.children for each in lines) == 3
    owed, late = sum(each.owed_cases for each in lines), sum(each.late_cases for each in lines)
    assert figure(story, "cases").shown == f"50.0 % ({owed - late} of {owed})"


def test_what_was_called_off_is_a_share_of_what_was_planned(story):
    for day, reason in ((1, "Court all day"), (8, ""), (15, ""), (200, "Long ago")):
        made = supervise(story, NewSession(planned_on=TODAY - timedelta(days=day)))
        if reason:
            story.call("max", lambda session, at=made, why=reason: sessions.cancel(session, at, 1, why))

    found = figure(story, "called_off")

    assert found.shown == "33.3 % (1 of 3)"
    assert [each.said for each in found.rows] == ["Court all day"]


def test_the_office_and_readers_are_owed_no_supervision(story):
    assert [each.name for each in story.call("max", measures.team).workers] == ["Ada North", "Bea North"]
    assert story.call("ada", measures.team).workers == []


# Paper


def test_the_workers_paper_has_their_own_words_and_the_files_part_has_not(story, leyla):
    made = supervise(story)
    agreed = [NewAction("Visit the school", "Ada North", date(2026, 12, 1))]
    case = talk(story, leyla, session_id=made, decision="Ask for a plan.", agreed=agreed)

    mine = words_of(story.call("ada", lambda session: paper.session_pdf(session, made)))
    filed = words_of(story.call("ada", lambda session: paper.case_pdf(session, case)))

    for said in ("Tired since the move.", "Shadow a hearing", "Leyla Haddad", "Ask for a plan."):
        assert said in mine
    assert "Ask for a plan." in filed
    assert "Visit the school" in filed
    for said in ("Tired", "Eighteen", "Shadow"):
        assert said not in filed
    with pytest.raises(NotFound):
        story.call("bea", lambda session: paper.session_pdf(session, made))
