"""People, places and notes of a child: kept as typed, ended rather than deleted, in one line of time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caseapp import notes, overview, people, words
from caseapp.notes import NewNote
from caseapp.people import NewPerson
from db.check import check
from db.problems import NotFound, Problem
from tests import hostile
from tests.story import TODAY, live, lived, new_story


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def child_id(story):
    return story.register("ada", "Leyla", "Haddad")


def view(story, child_id, who="ada"):
    return story.call(who, lambda session: people.people(session, child_id))


def add_note(story, child_id, note, who="ada"):
    return story.call(who, lambda session: notes.add(session, child_id, note))


def test_everybody_in_a_childs_life_is_listed(story):
    shown = view(story, lived(story, live, "ada"))

    assert [(row.name, row.kind, row.lives_with) for row in shown.family] == [("Rana Haddad", "Mother", True)]
    assert {(row.name, row.role) for row in shown.involved} == {
        ("Idris Vaughan", "GP"), ("Ada North", "Lead practitioner"),
    }  # fmt: skip
    assert [(row.name, row.detail) for row in shown.schools] == [("Quenby Vale Academy", "Ms Okafor")]
    assert [(row.name, row.until_on) for row in shown.addresses] == [
        ("9 Weir Row, Quenby", TODAY), ("4 Mill Lane, Quenby", None),
    ]  # fmt: skip
    assert shown.former_names == ["Leyla Mansour"]


def test_brothers_and_sisters_with_files_are_related_in_both(story, child_id):
    other = story.register("ada", "Omar", "Haddad")

    story.call("ada", lambda session: people.relate(session, child_id, other, "Brother", "Sister"))

    assert [(row.name, row.kind, row.child_id) for row in view(story, child_id).family] == [
        ("Omar Haddad", "Brother", other)
    ]
    assert [(row.name, row.kind) for row in view(story, other).family] == [("Leyla Haddad", "Sister")]


def test_a_sister_of_another_team_is_not_named(story, child_id):
    other = story.register("ada", "Omar", "Haddad")
    story.call("ada", lambda session: people.relate(session, child_id, other, "Brother", "Sister"))
    sue = story.actors["sue"].worker_id
    story.call("max", lambda session: people.allocate(session, other, sue, "moved"))

    row = view(story, child_id).family[0]

    assert (row.name, row.child_id, row.born_on, row.sex) == ("Child of another team", None, None, "")


def test_nobody_is_related_to_themselves_or_to_a_child_out_of_reach(story, child_id):
    theirs = story.register("sue", "Omar", "Haddad")

    with pytest.raises(Problem):
        story.call("ada", lambda session: people.relate(session, child_id, child_id, "Twin", "Twin"))
    with pytest.raises(NotFound):
        story.call("ada", lambda session: people.relate(session, child_id, theirs, "Brother", "Sister"))
    assert story.raw("SELECT count(*) FROM relation") == [(0,)]


def test_what_ended_stays_in_the_record(story):
    child_id = lived(story, live, "ada")
    shown = view(story, child_id)

    story.call("ada", lambda session: people.end_relation(session, shown.family[0].id, TODAY))
    for row in shown.involved:
        story.call("ada", lambda session, each=row: people.end_involvement(session, each.id, TODAY))

    after = view(story, child_id)
    assert [row.until_on for row in [*after.family, *after.involved]] == [TODAY] * 3


def test_a_relation_of_another_team_cannot_be_ended(story):
    relation = view(story, lived(story, live, "ada")).family[0].id

    with pytest.raises(NotFound):
        story.call("sue", lambda session: people.end_relation(session, relation, TODAY))


def test_a_withheld_address_shows_nowhere(story, child_id):
    story.call(
        "ada", lambda session: people.move(session, child_id, "1 Secret Row", "QX9 9ZZ", TODAY, withheld=True)
    )

    def everything(session):
        opened = overview.open_child(session, child_id)
        return repr((opened, people.people(session, child_id), notes.timeline(session, child_id)))

    said = story.call("ada", everything)
    assert "Withheld" in said
    assert "Secret" not in said
    assert "QX9 9ZZ" not in said


def test_the_last_school_ends_where_the_next_begins(story, child_id):
    for name, day in (("First", date(2023, 9, 1)), ("Second", date(2025, 1, 6))):
        story.call(
            "ada",
            lambda session, n=name, d=day: people.start_school(
                session, child_id, people.add_school(session, n), d
            ),
        )

    assert [(row.name, row.until_on) for row in view(story, child_id).schools] == [
        ("First", date(2025, 1, 6)), ("Second", None),
    ]  # fmt: skip


def test_a_school_is_added_once_however_it_is_written(story):
    def add(session):
        return {people.add_school(session, name) for name in ("St Mary’s", "st marys", " ST  MARY'S ")}

    assert len(story.call("ada", add)) == 1


# Notes


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (NewNote(TODAY, "note", ""), "words"),
        (NewNote(TODAY, "note", " \n "), "words"),
        (NewNote(TODAY + timedelta(days=1), "note", "x"), "still to come"),
        (NewNote(TODAY, "gossip", "x"), "kind of note"),
        (NewNote(TODAY, "note", "x" * 20_001), "letters"),
    ],
)
def test_a_note_that_cannot_be_is_refused(story, child_id, note, said):
    with pytest.raises(Problem, match=said):
        add_note(story, child_id, note)

    assert story.raw("SELECT count(*) FROM note") == [(0,)]


def test_a_visit_moves_last_seen_on_and_never_back(story, child_id):
    for day in (date(2026, 11, 2), date(2026, 10, 1)):
        add_note(story, child_id, NewNote(day, "visit", "x", seen=True))
    add_note(story, child_id, NewNote(TODAY, "call", "x"))

    assert story.raw("SELECT last_seen_on FROM child") == [("2026-11-02",)]


def test_seen_alone_is_seen(story, child_id):
    add_note(story, child_id, NewNote(TODAY, "visit", "x", seen_alone=True))

    assert story.raw("SELECT seen, seen_alone FROM note") == [(1, 1)]


def test_the_line_of_time_holds_everything_latest_first(story):
    child_id = lived(story, live, "ada")

    entries = story.call("bea", lambda session: notes.timeline(session, child_id))

    assert [each.on for each in entries] == sorted((each.on for each in entries), reverse=True)
    assert {each.kind for each in entries} >= {"Notes", "Care", "Home and school", "Star readings"}
    visit = next(each for each in entries if each.kind == "Notes")
    assert (visit.title, visit.quote) == ("Visit, child seen alone", "I like it here, it is quiet.")


@pytest.fixture(scope="module")
def county():
    return new_story()


def type_in(county, child_id, text):
    """Write a text into everything that has words; what is refused is refused in words."""
    person = NewPerson(text, "Haddad", None, text, text, text, text, text, text, text)
    acts = (
        lambda session: notes.add(session, child_id, NewNote(TODAY, "note", text, text)),
        lambda session: people.add_family(session, child_id, person, "Mother"),
        lambda session: people.add_professional(session, child_id, NewPerson("A", "B", job=text), text),
        lambda session: people.add_school(session, text, text, text, text, text),
        lambda session: people.move(session, child_id, text, text, TODAY),
        lambda session: people.add_former_name(session, child_id, text, text, text),
        lambda session: people.schools(session, text),
    )
    with county.store.session(county.actors["ada"]) as session:
        for act in acts:
            try:
                act(session)
            except Problem as problem:
                assert len(problem.words) < 500  # noqa: PT017  # kept or refused: either is right


TENS = [hostile.TEXTS[start : start + 10] for start in range(0, len(hostile.TEXTS), 10)]


@pytest.mark.parametrize("texts", TENS, ids=lambda texts: ascii(texts[0][:20]))
def test_p25_a_hostile_text_in_a_note_a_person_or_a_place_is_kept_or_refused_in_words(county, texts):
    child_id = county.register("ada", "Leyla", "Haddad")

    for text in texts:
        type_in(county, child_id, text)

    tidy = [words.tidy(text).strip() for text in texts]
    kept = [each for each in tidy if each and len(each) <= 20_000]
    assert county.raw("SELECT words FROM note WHERE child_id = ? ORDER BY rowid", child_id.bytes) == [
        (each,) for each in kept
    ]
    entries = county.call("ada", lambda session: notes.timeline(session, child_id))
    assert sorted(each.words for each in entries if each.kind == "Notes") == sorted(kept)


def test_p25_the_store_is_sound_after_all_of_them(county):
    assert check(county.store).faults == []
