"""Both chains: every change and every look is in them, and whatever was done behind the program is found."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from caseapp import children, histories, notes, overview, people, plan_reading, plans, prints
from caseapp.histories import THINGS
from caseapp.history_words import changed_words, column_words
from caseapp.notes import NewNote
from db import history
from db.check import check
from db.looks import record_look
from db.models import Child, History, Look, Note
from db.models.base import Base
from db.moments import pretend
from db.problems import Problem
from db.roles import Actor
from db.store import memory_store
from db.types import canonical_value
from tests.story import TODAY, live, new_story

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def story():
    return new_story()


@pytest.fixture
def child_id(story):
    return story.register("ada", "Leyla", "Haddad")


def looks(story, child_id):
    return story.raw("SELECT n, act, tbl FROM look WHERE child_id = ? ORDER BY n", child_id.bytes)


# The golden chain: a change here is a break with every store there is


def golden_store(monkeypatch):
    """Return the links of a store made at a fixed moment with fixed ids and a fixed key."""
    numbers = iter(range(1, 1000))
    monkeypatch.setattr(history, "new_id", lambda: UUID(int=next(numbers)))
    store = memory_store(bytes(range(32)), today=lambda: TODAY)
    store._device_id = UUID(int=7)
    actor = Actor(UUID(int=8), "Ada", None, frozenset({"administrator"}))
    with pretend(NOON), store.session(actor, "golden", purpose="import") as session:
        session.add(
            Child(
                id=UUID(int=9), ref=10_001, given="Siân", family="Łukasz", sort_name="lukasz sian",
                opened_on=TODAY, born_on=date(2014, 2, 28),
            )
        )  # fmt: skip
        session.flush()
        session.add(Note(id=UUID(int=10), child_id=UUID(int=9), happened_on=TODAY, kind="note", words="é 😀"))
        session.flush()
        session.get_one(Child, UUID(int=9)).known_as = "Siani"
        session.flush()
        record_look(session, "open", UUID(int=9), row_id=UUID(int=9), detail={"what": "x"})
    with store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        asked = "SELECT n, act, tbl, lower(hex(mac)) FROM {} ORDER BY n"
        return [
            (n, act, tbl, mac)
            for table in ("history", "look")
            for n, act, tbl, mac in raw.execute(asked.format(table))
        ]


def test_the_golden_chain_is_the_same_as_ever(monkeypatch):
    found = [(n, act, tbl, mac[:16]) for n, act, tbl, mac in golden_store(monkeypatch)]

    assert found == [
        (1, "create", "child", "e02f1bcd4d736ff8"),
        (2, "create", "note", "833bd6096d725a18"),
        (3, "update", "child", "514b053f86b96235"),
        (1, "open", "child", "edccd366c65254fd"),
    ]


def test_equal_texts_have_one_canonical_form():
    assert history.canonical({"b": "e\u0301", "a": NOON}) == history.canonical({"a": NOON, "b": "é"})
    assert history.canonical({"b": 1, "a": [date(2026, 1, 2), b"\x01", UUID(int=1), None]}) == (
        b'{"a":["2026-01-02","01","00000000000000000000000000000001",null],"b":1}'
    )
    assert canonical_value((1, 2)) == [1, 2]


def test_fields_cannot_slide_into_each_other():
    one = {"act": "ab", "tbl": "c"}
    other = {"act": "a", "tbl": "bc"}

    assert history.link_mac(b"k", b"", one) != history.link_mac(b"k", b"", other)


# What is found


@pytest.fixture(scope="module")
def sound():
    """A store with some history to tamper with, small enough to be checked hundreds of times."""
    story = new_story()
    child_id = story.register("ada", "Leyla", "Haddad", address="4 Mill Lane", postcode="QX1 2AB")
    other_id = story.register("ada", "Omar", "Haddad")
    for number in range(12):
        note = NewNote(TODAY - timedelta(days=number), "note", f"Note {number}")
        story.call("ada", lambda session, new=note: notes.add(session, child_id, new))
        with pretend(NOON + timedelta(hours=number)):
            for who, seen in (("ada", child_id), ("bea", other_id)):
                story.call(who, lambda session, each=seen: record_look(session, "open", each, row_id=each))
    assert check(story.store).faults == []
    for name in ("history_no_update", "history_no_delete", "look_no_update", "look_no_delete"):
        story.raw(f"DROP TRIGGER {name}")
    return story, child_id, other_id


TABLES = ("history", "look", "chain_head", "note", "child")


@contextmanager
def tampered(story):
    """Let a test change rows by SQL, and put everything back behind it."""
    kept = {name: story.raw(f"SELECT * FROM {name}") for name in TABLES}
    try:
        story.raw("PRAGMA foreign_keys = OFF")
        yield
    finally:
        for name, rows in kept.items():
            story.raw(f"DELETE FROM {name}")
            for row in rows:
                story.raw(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", *row)
        story.raw("PRAGMA foreign_keys = ON")


def codes(story):
    return {each.code for each in check(story.store).faults}


def test_p20_a_history_rolled_back_with_its_head_is_found_by_the_rows(sound):
    story, child_id, _ = sound
    entries = story.raw("SELECT n, mac FROM history WHERE child_id = ? ORDER BY n", child_id.bytes)
    for n, mac in entries[:-1]:
        with tampered(story):
            story.raw("DELETE FROM history WHERE child_id = ? AND n > ?", child_id.bytes, n)
            story.raw(
                "UPDATE chain_head SET n = ?, mac = ? WHERE child_id = ? AND chain = 'history'",
                n, mac, child_id.bytes,
            )  # fmt: skip
            assert codes(story) & {"row-unknown", "row-altered"}


def test_p20_a_row_changed_put_in_or_taken_out_is_found(sound):
    story, _child_id, _ = sound
    changes = {
        "UPDATE note SET words = words || 'x'": "row-altered",
        "UPDATE note SET seen_alone = 1": "row-altered",
        "UPDATE note SET created_by = device_id": "row-altered",
        "UPDATE child SET version = version + 1": "row-altered",
        "UPDATE child SET team_id = NULL": "row-altered",
        "DELETE FROM note WHERE rowid IN (SELECT min(rowid) FROM note)": "row-gone",
        "UPDATE note SET id = randomblob(16)": "row-unknown",
    }
    for statement, code in changes.items():
        with tampered(story):
            story.raw(statement)
            assert code in codes(story), statement
    assert codes(story) == set()


@pytest.mark.parametrize("table", ["history", "look"])
def test_p20_a_chain_that_ends_before_its_head_is_found(sound, table):
    story, child_id, _ = sound
    with tampered(story):
        last = f"(SELECT max(n) FROM {table} WHERE child_id = :1)"
        story.raw(f"DELETE FROM {table} WHERE child_id = :1 AND n = {last}", child_id.bytes)
        assert f"{table}-cut" in codes(story)


def test_a_fault_names_the_place(sound):
    story, child_id, _ = sound
    with tampered(story):
        story.raw("DELETE FROM history WHERE child_id = ? AND n = 2", child_id.bytes)
        fault = next(each for each in check(story.store).faults if each.code == "history-gap")

    assert fault.where == f"{child_id.hex} entry 3"
    assert fault.what.endswith(".")


def test_another_key_verifies_nothing(sound):
    story, _, _ = sound
    kept = story.store.history_key
    try:
        story.store.history_key = bytes(32)
        assert {"history-altered", "look-altered", "row-altered"} <= codes(story)
    finally:
        story.store.history_key = kept


# Looks


def test_opening_a_record_is_recorded(story, child_id):
    story.call("bea", lambda session: overview.open_child(session, child_id))

    assert looks(story, child_id) == [(1, "open", "child")]


def test_several_looks_within_ten_minutes_are_one(story, child_id):
    for minutes in (0, 3, 9):
        with pretend(NOON + timedelta(minutes=minutes)):
            story.call("bea", lambda session: overview.open_child(session, child_id))
    assert len(looks(story, child_id)) == 1

    with pretend(NOON + timedelta(minutes=11)):
        story.call("bea", lambda session: overview.open_child(session, child_id))
    with pretend(NOON + timedelta(minutes=12)):
        story.call("max", lambda session: overview.open_child(session, child_id))
    assert len(looks(story, child_id)) == 3


def test_every_print_is_its_own_entry(story, child_id):
    with pretend(NOON):
        for _ in range(3):
            story.call("ada", lambda session: prints.chronology_pdf(session, child_id))

    assert [each[1] for each in looks(story, child_id)] == ["print"] * 3


READS = {
    "open": lambda session, child, plan: overview.open_child(session, child),
    "plan": lambda session, child, plan: plan_reading.open_plan(session, plan),
    "find": lambda session, child, plan: children.find(session, "hadd"),
    "one": lambda session, child, plan: children.one(session, "haddad"),
    "alike": lambda session, child, plan: children.likely_matches(
        session, children.NewChild("Leyla", "Haddad", date(2013, 5, 4))
    ),
    "page": lambda session, child, plan: children.page(session, children.Filter(), None),
    "print": lambda session, child, plan: prints.record_pdf(session, child),
    "chronology": lambda session, child, plan: prints.chronology_pdf(session, child),
    "plan print": lambda session, child, plan: prints.plan_pdf(session, plan),
    "compare": lambda session, child, plan: plan_reading.compare(session, child, "star", 1, 1),
}


@pytest.fixture(scope="module")
def alive():
    story = new_story()
    child_id = live(story, "ada")
    plan_id = story.raw("SELECT id FROM revision WHERE kind = 'star'")[0][0]
    return story, child_id, UUID(bytes=plan_id)


@pytest.mark.parametrize("name", sorted(READS))
def test_p14_a_read_is_logged(alive, name):
    story, child_id, plan_id = alive
    before = story.raw("SELECT count(*) FROM look")[0][0]

    with pretend(NOON + timedelta(days=1 + sorted(READS).index(name))):
        assert story.call("bea", lambda session: READS[name](session, child_id, plan_id)) is not None

    assert story.raw("SELECT count(*) FROM look")[0][0] > before


@pytest.mark.parametrize("name", sorted(READS))
def test_p14_what_cannot_be_logged_is_not_shown(alive, name):
    story, child_id, plan_id = alive
    story.raw("CREATE TRIGGER broken BEFORE INSERT ON look BEGIN SELECT RAISE(ABORT, 'disk i/o error'); END")
    shown = []

    try:
        with pytest.raises(Problem):
            story.call("max", lambda session: shown.append(READS[name](session, child_id, plan_id)))
    finally:
        story.raw("DROP TRIGGER broken")

    assert shown == []


def test_p14_a_look_is_kept_though_the_reader_breaks_off(story, child_id):
    def break_off(session):
        overview.open_child(session, child_id)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        story.call("bea", break_off)

    assert looks(story, child_id) == [(1, "open", "child")]


# What people read


def test_the_history_says_who_changed_what(story, child_id):
    opened = story.call("bea", lambda session: children.details(session, child_id)).version
    story.call("bea", lambda session: children.change_details(session, child_id, opened, {"gp": "Dr Quill"}))
    story.call("max", lambda session: overview.open_child(session, child_id))

    rows = story.call("ada", lambda session: histories.history(session, child_id))

    assert (rows[0].who, rows[0].what, rows[0].is_look) == ("Max North", "Opened the record", True)
    assert (rows[1].who, rows[1].what, rows[1].detail) == ("Bea North", "Changed the child’s details", "GP")
    assert (rows[-1].who, rows[-1].what) == ("Ada North", "Added the child’s details")


def test_the_history_names_a_new_worker_and_no_ids(story, child_id):
    bea = story.actors["bea"].worker_id
    story.call("max", lambda session: people.allocate(session, child_id, bea, "Moved house"))
    draft = story.call("ada", lambda session: plans.start(session, child_id, "early-help"))
    story.call("ada", lambda session: plans.save(session, draft, 1, {"worries": "The rent."}))

    rows = story.call("ada", lambda session: histories.history(session, child_id))
    told = {each.detail for each in rows if not each.is_look}

    assert any("worker" in each.casefold().split(", ") for each in told)
    assert not any(word.endswith(("_id", " id")) for each in told for word in each.split(", "))


COLUMNS = sorted((table, column.name) for table in THINGS for column in Base.metadata.tables[table].columns)


def test_no_change_is_told_by_the_name_of_a_column():
    vague = {
        "who",
        "what",
        "was",
        "now",
        "words",
        "no",
        "lines",
        "code",
        "by on",
        "until on",
        "from on",
        "why",
    }
    told = {place: column_words(*place) for place in COLUMNS}

    assert {place: text for place, text in told.items() if text in vague or "_" in text} == {}
    assert changed_words("action", ["who", "by_on", "version"]) == "Who is to do it, by when"
    assert changed_words("child", ["nhs_number", "sen_status"]) == "NHS number, special educational needs"


def test_a_history_goes_on_before_the_last_row_shown(story, child_id):
    for number in range(30):
        with pretend(NOON + timedelta(minutes=number)):
            story.call("ada", lambda session: notes.add(session, child_id, NewNote(TODAY, "note", "x")))

    first = story.call("ada", lambda session: histories.history(session, child_id, limit=20))
    rest = story.call("ada", lambda session: histories.history(session, child_id, before=first[-1].at))

    assert len(first) == 20
    assert not {each.at for each in first} & {each.at for each in rest}


def test_history_rebuilds_every_version_of_a_row(story, child_id):
    wanted = []
    opened = story.call("ada", lambda session: children.details(session, child_id)).version
    for name in ("Lel", "Ley", "", "Lulu"):
        change = {"known_as": name}
        opened = story.call(
            "ada", lambda session, v=opened, new=change: children.change_details(session, child_id, v, new)
        )
        wanted.append(name)
    entries = story.call(
        "ada",
        lambda session: session.scalars(
            select(History).where(History.row_id == child_id).order_by(History.version)
        ).all(),
    )

    row = dict(entries[0].change)
    rebuilt = []
    for each in entries[1:]:
        row |= {name: new for name, (_, new) in each.change.items()}
        rebuilt.append(row["known_as"])

    assert rebuilt == wanted


def test_a_team_chain_holds_what_concerns_no_child(story):
    story.call("ada", lambda session: children.find(session, "nobody"))

    assert story.raw("SELECT act FROM look WHERE child_id = ?", bytes(16)) == [("search",)]
    assert story.call("max", lambda session: session.scalars(select(Look)).all()) == []
