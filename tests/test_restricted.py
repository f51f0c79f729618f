"""Restricted records: for outsiders an absent one is as if it were not there, whatever they ask."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any
from uuid import UUID

import pytest

from caseapp import (
    access,
    actions,
    approvals_list,
    children,
    histories,
    leaving_view_out,
    my_week,
    notes,
    overview,
    people,
    plan_reading,
    plan_versions,
    prints,
    star_family,
    star_report,
    today,
    virtual_school_out,
    voice,
    young_carers,
)
from caseapp.access import Restriction
from caseapp.actions import NewAction
from caseapp.children import NewChild
from caseapp.early_help import episodes, families, page
from caseapp.early_help.episodes import NewEpisode
from caseapp.education import virtual_school
from caseapp.front_door import views
from caseapp.pathway import leaving_view
from caseapp.returns import quality
from db import narrowing
from db.models import Action, Child, HelpEpisode, Note
from db.moments import new_id, pretend
from db.problems import NotAllowed, NotFound, Problem
from tests.figures import figure
from tests.pdf_reading import words_of
from tests.story import TODAY, Story, live, new_story, sample

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BORN = date(2013, 5, 4)
ASK = "There is a restricted record. Ask Max North."


def restrict(
    story: Story, child_id: UUID, kind: str = "absent", named=("ada",), who="max", ask="max"
) -> None:
    """Restrict a record to a manager, the child's worker and some more."""
    ids = [story.actors[name].worker_id for name in named]
    new = Restriction(kind, ids, "A threat was made.", story.actors[ask].worker_id)
    story.call(who, lambda session: access.restrict(session, child_id, new))


def opens(story: Story, who: str, child_id: UUID) -> bool:
    """Return whether somebody may open a record."""
    try:
        story.call(who, lambda session: overview.open_child(session, child_id))
    except NotFound:
        return False
    return True


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def leyla(story):
    return story.register("ada", "Leyla", "Haddad", BORN)


# Who is let in


@pytest.mark.parametrize("wide", [False, True], ids=["by list", "row by row"])
@pytest.mark.parametrize("kind", ["absent", "exists"])
def test_only_the_named_read_a_restricted_record(story, leyla, kind, wide, monkeypatch):
    monkeypatch.setattr(narrowing, "is_wide", lambda session, actor: wide)
    restrict(story, leyla, kind)

    assert {who for who in story.actors if opens(story, who, leyla)} == {"ada", "max"}


def test_somebody_of_another_team_who_is_named_keeps_what_their_role_allows(story, leyla):
    restrict(story, leyla, named=("sue", "una", "amy"))

    assert {who for who in story.actors if opens(story, who, leyla)} == {"ada", "max", "sue", "una"}
    new = notes.NewNote(TODAY, "note", "Seen at court.")
    story.call("sue", lambda session: notes.add(session, leyla, new))
    with pytest.raises(NotAllowed):
        story.call("una", lambda session: notes.add(session, leyla, new))


def test_somebody_of_another_team_who_is_named_writes_and_signs_a_plan(story, leyla):
    restrict(story, leyla, named=("sue",))

    draft = story.draft("sue", leyla, "star")
    view = story.call("sue", lambda session: plan_reading.open_plan(session, draft))
    signed = story.sign("sue", draft, sample("progress_wheel"))

    assert view.may_write
    assert signed.revision_id == draft
    assert story.call("sue", lambda session: overview.open_child(session, leyla)).head.may_write


def test_the_worker_whom_a_restricted_child_is_given_to_is_named_with_it(story, leyla):
    restrict(story, leyla)
    sue = story.actors["sue"].worker_id

    for _ in range(2):  # the second time changes nothing
        story.call("max", lambda session: people.allocate(session, leyla, sue, "Ada is ill."))

    assert opens(story, "sue", leyla)
    assert not opens(story, "tom", leyla)
    assert story.raw("SELECT why FROM access_grant WHERE worker_id = ?", sue.bytes) == [("allocated",)]


def test_the_worker_of_an_ordinary_record_is_not_named(story, leyla):
    story.call(
        "max", lambda session: people.allocate(session, leyla, story.actors["sue"].worker_id, "Ada is ill.")
    )

    assert story.raw("SELECT * FROM access_grant") == []


def leave(story: Story, *names: str) -> None:
    """Let people leave the council."""
    for name in names:
        story.raw("UPDATE worker SET left_on = ? WHERE id = ?", TODAY.isoformat(),
                  story.actors[name].worker_id.bytes)  # fmt: skip


def test_when_the_last_of_the_named_has_left_managers_in_ordinary_reach_name_people_anew(story, leyla):
    story.actors["nan"] = replace(story.actors["bea"], roles=frozenset({"manager"}))
    restrict(story, leyla)
    leave(story, "max")
    assert not opens(story, "nan", leyla)  # Ada is still here

    leave(story, "ada")

    assert {who for who in story.actors if opens(story, who, leyla)} - {"ada", "max"} == {"nan"}
    view = story.call("nan", lambda session: access.page(session, leyla))
    assert (view.may_restrict, "everybody named has left" in view.restricted_words) == (True, True)
    restrict(story, leyla, named=("bea",), who="nan", ask="bea")
    assert not opens(story, "max", leyla)


def test_lifting_makes_it_an_ordinary_record_again(story, leyla):
    restrict(story, leyla, named=("sue",))
    story.call("max", lambda session: access.lift(session, leyla, "The danger is over."))

    assert {who for who in story.actors if opens(story, who, leyla)} == {"ada", "bea", "max", "rob"}


def test_somebody_no_longer_named_is_shut_out(story, leyla):
    restrict(story, leyla, named=("bea", "rob"))
    restrict(story, leyla, named=("rob",))

    assert opens(story, "rob", leyla)
    assert not opens(story, "bea", leyla)


def test_whoever_restricts_and_the_childs_worker_are_always_named(story, leyla):
    restrict(story, leyla, named=())

    view = story.call("max", lambda session: access.page(session, leyla))

    assert {each.name for each in view.readers} == {"Ada North", "Max North"}


@pytest.mark.parametrize("who", ["ada", "rob", "sue", "tom", "amy"])
def test_only_a_manager_in_reach_restricts_or_lifts(story, leyla, who):
    with pytest.raises(Problem):
        restrict(story, leyla, who=who)
    restrict(story, leyla)
    with pytest.raises(Problem):
        story.call(who, lambda session: access.lift(session, leyla, "x"))
    assert story.raw("SELECT restricted FROM child") == [("absent",)]


def test_each_step_stands_in_the_history_with_its_reason(story, leyla):
    restrict(story, leyla)
    story.call("max", lambda session: access.lift(session, leyla, "The danger is over."))

    told = story.raw("SELECT DISTINCT reason FROM history WHERE tbl = 'child' AND reason <> '' ORDER BY n")

    assert told == [("A threat was made.",), ("The danger is over.",)]


@pytest.mark.parametrize(("kind", "reason"), [("hidden", "x"), ("absent", " ")])
def test_a_restriction_without_a_reason_or_of_no_known_kind_changes_nothing(story, leyla, kind, reason):
    with pytest.raises(Problem, match="Nothing changed"):
        story.call("max", lambda session: access.restrict(session, leyla, Restriction(kind, (), reason)))


# What others are told


@pytest.mark.parametrize("typed", ["Leyla Haddad", "haddad LEYLA", "10001"])
def test_of_one_that_exists_the_ordinary_reach_is_told_whom_to_ask_and_nothing_else(story, leyla, typed):
    restrict(story, leyla, "exists")

    heard = {who: story.call(who, lambda session: access.told(session, typed)) for who in story.actors}
    found = {who: story.call(who, lambda session: children.find(session, typed)) for who in story.actors}

    assert {who for who, said in heard.items() if said} == {"bea", "rob"}
    assert heard["bea"] == heard["rob"] == ASK
    assert {who for who, rows in found.items() if rows} == {"ada", "max"}


@pytest.mark.parametrize("typed", ["Leyla", "Hadd", "Leyla Hadda", "04/05/2013", "1000", "QX1 2AB"])
def test_of_one_that_exists_letters_of_the_name_tell_nothing(story, leyla, typed):
    restrict(story, leyla, "exists")

    assert story.call("bea", lambda session: access.told(session, typed)) == ""


def test_of_an_absent_one_nobody_is_told(story, leyla):
    restrict(story, leyla)

    assert {
        story.call(who, lambda session: access.told(session, "Leyla Haddad")) for who in story.actors
    } == {""}


def test_that_somebody_was_told_is_recorded(story, leyla):
    restrict(story, leyla, "exists")
    story.call("bea", lambda session: access.told(session, "Leyla Haddad"))

    assert "restricted" in story.raw("SELECT detail FROM look ORDER BY at DESC LIMIT 1")[0][0]


def test_a_new_child_of_the_same_name_and_birthday_gets_no_hint_at_all(story, leyla):
    restrict(story, leyla, "exists")
    same = NewChild("Leyla", "Haddad", BORN)

    assert story.call("bea", lambda session: children.likely_matches(session, same)) == []
    assert story.call("bea", lambda session: children.register(session, same)).ref == 10_002


def test_a_brother_of_a_restricted_child_has_no_such_sister_nor_the_history_of_one(story, leyla):
    sami = story.register("ada", "Sami", "Haddad", date(2015, 1, 1))
    story.call("ada", lambda session: people.relate(session, sami, leyla, "Sister", "Brother"))
    told = {}
    for state in ("open", "restricted"):
        told[state] = (
            [each.name for each in story.call("bea", lambda s: people.people(s, sami)).family],
            [
                each.what
                for each in story.call("bea", lambda s: histories.history(s, sami))
                if not each.is_look
            ],
        )
        restrict(story, leyla)

    assert told["open"] == (["Leyla Haddad"], ["Added a family member", "Added the child’s details"])
    assert told["restricted"] == ([], ["Added the child’s details"])


# The differential


OUTSIDERS = ("bea", "nan", "rob", "sue", "tom", "una", "amy")
Ask = Callable[[Any], Any]


def county() -> tuple[Story, Story, list[UUID], UUID]:
    """Return the same county twice, the second with a hidden child; the ids of all, Sara first."""
    one, other = new_story(), new_story()
    one.actors["nan"] = replace(one.actors["bea"], roles=frozenset({"manager"}), name="Nan North")
    with pretend(NOON):
        sara = live(one, "ada", "Sara", "Haddad")
        one.register("sue", "Leyla", "Hadley", BORN)
        loose = one.register("sue", "Lena", "Haddadin", BORN)
        one.call("tom", lambda session: people.allocate(session, loose, None, "left"))
        help_ = NewEpisode(TODAY, "self_request")
        one.call("ada", lambda session: episodes.open_episode(session, [sara], help_))
        agreed = NewAction("Ring the school", "Ada North", TODAY)
        one.call("ada", lambda session: actions.add(session, sara, agreed))
        one.call("ada", lambda session: shared(session, sara))
    with one.store.engine.connect() as made, other.store.engine.connect() as empty:
        source: Any = made.connection.driver_connection
        source.backup(empty.connection.driver_connection)
    other.actors = dict(one.actors)
    with pretend(NOON):
        leyla = hide(other, sara)
    ids = [UUID(bytes=row[0]) for table in ("child", "revision", "note", "relation", "action", "help_episode")
           for row in other.raw(f"SELECT id FROM {table} ORDER BY id")]  # fmt: skip
    return one, other, [sara, *ids], leyla


def shared(session, child_id):
    """Let an action be one that several children share."""
    session.query(Action).filter(Action.child_id == child_id).first().group_id = new_id()


def hide(story: Story, sara: UUID) -> UUID:
    """Add Sara's sister, tied to her in every way there is, and make her absent."""
    leyla = live(story, "ada", "Leyla", "Haddad")
    story.call(
        "ada", lambda session: people.relate(session, sara, leyla, "Sister", "Sister", lives_with=True)
    )

    def tie(session):
        helped = session.query(HelpEpisode).first()
        agreed = session.query(Action).filter(Action.child_id == sara).first()
        common = {"child_id": leyla}
        helps = {"family_id": helped.family_id, "number": helped.number, "route": helped.route}
        session.add(HelpEpisode(**common, **helps, opened_on=TODAY, reasons=[], status=helped.status))
        shares = {"kind": agreed.kind, "status": agreed.status, "group_id": agreed.group_id}
        days = {"agreed_on": TODAY, "by_on": TODAY}
        session.add(Action(**common, **shares, **days, no=7, what="Hidden", who="Ada North"))
        session.add(Note(**common, happened_on=TODAY, kind="note", words="x", group_id=helped.family_id))

    story.call("ada", tie)
    restrict(story, leyla)
    return leyla


WORDS = (
    "leyla", "haddad", "leyla haddad", "haddad leyla", "mansour", "layla hadad", "sara", "quenby vale",
    "qx12ab", "QX2 7CD", "04/05/2013", "10004", "Haddad, Leyla",
)  # fmt: skip


def questions(dice: Random, ids: list[UUID], some: UUID) -> dict[str, Ask]:
    """Return every use case with what it is asked, by chance, and about one record."""
    word = dice.choice(WORDS)
    typed = word[: dice.randint(1, len(word))] if dice.random() < 0.6 else word
    born = dice.choice([BORN, date(2013, 5, 5), date(2012, 5, 4)])
    new = NewChild(dice.choice(["Leyla", "Layla", "Sara"]), dice.choice(["Haddad", "Hadad"]), born)
    narrowed = children.Filter(dice.choice(["all", "mine", "team", "unallocated"]))
    wanted = access.Emergency("A neighbour rang at night.", ref=str(dice.randint(10_000, 10_006)))
    named = access.Emergency("A neighbour rang at night.", name=typed, born_on=born)
    asks: dict[str, Ask] = {
        "find": lambda s: children.find(s, typed, 50),
        "told": lambda s: access.told(s, typed),
        "one": lambda s: children.one(s, typed),
        "alike": lambda s: children.likely_matches(s, new),
        "page": lambda s: children.page(s, narrowed, None),
        "count": lambda s: children.count(s, narrowed),
        "open": lambda s: overview.open_child(s, some),
        "details": lambda s: children.details(s, some),
        "timeline": lambda s: notes.timeline(s, some),
        "people": lambda s: people.people(s, some),
        "history": lambda s: histories.history(s, some),
        "access": lambda s: access.page(s, some)[:-1],
        "plan": lambda s: plan_reading.open_plan(s, some),
        "versions": lambda s: plan_versions.versions(s, some),
        "voice": lambda s: voice.gathered(s, some),
        "help": lambda s: page.page(s, some),
        "families": lambda s: families.families(s, families.Filter()),
        "actions": lambda s: actions.of_child(s, some),
        "siblings": lambda s: star_family.siblings(s, some),
        "today": lambda s: today.today(s),
        "week": lambda s: my_week.week(s),
        "approvals": lambda s: approvals_list.waiting(s),
        "contacts": lambda s: views.contacts(s, views.Filter("all", typed)),
        "carers": lambda s: young_carers.measures(s, date(2026, 1, 1), TODAY),
        "virtual school": lambda s: virtual_school.virtual_school(s),
        "leaving care": lambda s: leaving_view.leaving_view(s),
        "stars": lambda s: star_report.offer(s),
        "return": lambda s: quality.judge(s, 2027),
        "school print": lambda s: printed(virtual_school_out.print_pdf(s, virtual_school.virtual_school(s))),
        "leaving print": lambda s: printed(leaving_view_out.print_pdf(s, leaving_view.leaving_view(s))),
        "chronology": lambda s: printed(prints.chronology_pdf(s, some)),
        "note": lambda s: notes.add(s, some, notes.NewNote(TODAY, "note", "x")) and "added",
        "relate": lambda s: people.relate(s, ids[0], some, "Sister", "Brother"),
        "agree": lambda s: agreed_number(s, some),
        "register": lambda s: bool(children.register(s, new)),
        "emergency": lambda s: access.open_in_emergency(s, wanted),
        "emergency by name": lambda s: access.open_in_emergency(s, named),
        "restrict": lambda s: access.restrict(s, some, Restriction("absent", (), "x")),
        "allocate": lambda s: people.allocate(s, some, None, "x"),
    }
    return asks


ONCE = 40
COSTLY = {"chronology", "return", "virtual school", "school print", "leaving care", "leaving print", "week"}
_MARK = re.compile(r"\d+-[0-9A-F]{6}")


def printed(pdf: bytes) -> str:
    """Return the words of a print but for its mark: that is the seal of a look, and each look has its own."""
    return _MARK.sub("mark", words_of(pdf))


def agreed_number(session, child_id):
    """Return the number that a new action gets."""
    actions.add(session, child_id, NewAction("Ask again", "Bea North", TODAY))
    session.flush()
    return max((each.no for each in session.query(Action).filter(Action.child_id == child_id)), default=0)


class Undone(Exception):
    """Raised once an answer is there, so that nothing of it stays."""


def heard(story: Story, who: str, ask: Ask) -> str:
    """Return everything that somebody is told, a refusal too."""
    told: list[str] = []
    try:
        with pretend(NOON), story.store.session(story.actors[who]) as session:
            session.commit = session.flush
            told.append(repr(ask(session)))
            raise Undone
    except Undone:
        return told[0]
    except Problem as problem:
        return f"{type(problem).__name__}: {problem.words} {getattr(problem, 'choices', '')}"


def test_p16_an_outsider_is_told_the_same_with_and_without_the_hidden_child(record_property, monkeypatch):
    """Questions of every kind, the guard asking either way; the answers are equal to the letter."""
    without, with_hidden, ids, leyla = county()
    dice, asked, answered = Random(16), figure(200, 10_000), set()

    for number in range(asked):
        wide = dice.random() < 0.5
        monkeypatch.setattr(narrowing, "is_wide", lambda session, actor, wide=wide: wide)
        who, some = dice.choice(OUTSIDERS), dice.choice(ids if dice.random() < 0.4 else ids[:4])
        asks = questions(dice, ids, ids[0] if number < ONCE else some)
        weights = [0.2 if name in COSTLY else 1 for name in asks]
        (name,) = dice.choices(list(asks), weights)
        if number < ONCE:  # each of them once about the sister, by a colleague of her team
            who, name = "nan", list(asks)[number % len(asks)]
        ask = asks[name]
        one, other = heard(without, who, ask), heard(with_hidden, who, ask)
        assert one == other, f"{who} {name}"
        answered.add((name, one.startswith(("NotFound", "NotAllowed"))))

    assert heard(with_hidden, "ada", lambda s: children.find(s, "leyla haddad")) != "[]"
    assert len({name for name, _ in answered}) > 30
    assert with_hidden.raw("SELECT count(*) FROM note WHERE child_id = ?", leyla.bytes) == [(2,)]
    record_property("figure", f"{asked} questions, 0 answers differ")


def test_p16_an_import_tells_an_administrator_numbers_alone(story, leyla):
    restrict(story, leyla)

    def everything(session):
        return session.get(Child, leyla), children.find(session, "leyla"), children.likely_matches(
            session, NewChild("Leyla", "Haddad", BORN)
        )  # fmt: skip

    assert story.call("amy", everything) == (None, [], [])
    assert story.call("amy", lambda session: session.get(Child, new_id())) is None
