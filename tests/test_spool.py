"""The spool: what could not be written into the store waits beside it, sealed, and none of it gets lost."""

from __future__ import annotations

import os
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp import journal, plan_reading, plans
from caseapp.journal import TakenBack, Typed
from db import spool
from db.moments import pretend, utc_now
from db.problems import NotSaved
from db.spool import Spool
from tests.story import new_story

KEY = bytes(range(32))
ENTRIES = [{"n": n, "text": "Leyla Haddad — ünïcode 🙂" * (n + 1)} for n in range(5)]


@pytest.fixture
def kept(tmp_path):
    made = Spool(tmp_path / "a.spool", KEY)
    for each in ENTRIES:
        made.add(each)
    return made


def test_what_was_kept_is_read_back_in_its_order(kept):
    assert kept.read() == (ENTRIES, 0, kept.size)


def test_p1_the_spool_holds_no_plain_text_and_is_for_this_user_only(kept):
    content = kept.path.read_bytes()

    assert b"Leyla" not in content
    assert b"text" not in content
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600


def test_the_same_text_is_never_sealed_the_same_way_twice(tmp_path):
    twice = Spool(tmp_path / "a.spool", KEY)
    for _ in range(2):
        twice.add(ENTRIES[0])

    content = twice.path.read_bytes()
    assert content[: len(content) // 2] != content[len(content) // 2 :]


def test_p10_each_entry_is_on_the_disk_before_it_counts_as_kept(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_size))

    made = Spool(tmp_path / "a.spool", KEY)
    made.add(ENTRIES[0])
    made.add(ENTRIES[1])

    assert synced[0] > 0  # the file, then the name of a new one
    assert synced[-1] == made.size
    assert len(synced) == 3


@given(cut=st.integers(1, 10_000))
@settings(max_examples=60, deadline=None)
def test_an_entry_cut_short_at_the_end_costs_no_earlier_one(tmp_path_factory, cut):
    made = Spool(tmp_path_factory.mktemp("cut") / "a.spool", KEY)
    ends = []
    for each in ENTRIES:
        made.add(each)
        ends.append(made.size)
    left = max(0, ends[-1] - cut % (ends[-1] - ends[-2]) - 1)
    with made.path.open("r+b") as file:
        file.truncate(left)

    found = made.read()

    assert found.entries == ENTRIES[:-1]
    assert found.damaged == 0
    made.add(ENTRIES[-1])
    assert made.read().entries == ENTRIES


@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
@settings(max_examples=100, deadline=None)
def test_a_damaged_entry_is_counted_and_costs_no_other(tmp_path_factory, at, bit):
    made = Spool(tmp_path_factory.mktemp("flip") / "a.spool", KEY)
    ends = [0]
    for each in ENTRIES:
        made.add(each)
        ends.append(made.size)
    content = bytearray(made.path.read_bytes())
    at %= ends[-2]  # in any but the last, whose length could say that it was cut short
    content[at] ^= 1 << bit
    made.path.write_bytes(content)

    found = made.read()

    hit = next(n for n in range(len(ENTRIES)) if ends[n] <= at < ends[n + 1])
    assert found.entries == ENTRIES[:hit] + ENTRIES[hit + 1 :]
    assert found.damaged == 1


def test_another_key_reads_nothing(kept):
    found = Spool(kept.path, bytes(32)).read()

    assert (found.entries, found.damaged > 0) == ([], True)


def test_what_comes_while_the_spool_is_read_stays(kept):
    found = kept.read()
    kept.add({"n": "later"})

    kept.drop(found, [ENTRIES[1]])

    assert kept.read().entries == [ENTRIES[1], {"n": "later"}]
    kept.drop(kept.read(), [])
    assert kept.size == 0
    assert not kept.path.exists()


def test_half_an_entry_on_a_full_disk_is_taken_away_again(kept, monkeypatch):
    size, write = kept.size, os.write

    def half(descriptor, content):
        if kept.size > size:
            raise OSError(28, "No space left on device")
        return write(descriptor, content[: len(content) // 2])

    monkeypatch.setattr(spool.os, "write", half)

    with pytest.raises(NotSaved, match="No space left on device"):
        kept.add(ENTRIES[0])

    assert kept.size == size


# Back into the store


@pytest.fixture
def desk(tmp_path):
    """Return a story whose store has a spool, with Ada's draft for one child."""
    story = new_story()
    story.store.spool = Spool(tmp_path / "a.spool", KEY)
    child = story.register("ada", "Leyla", "Haddad")
    yield story, story.draft("ada", child)
    story.store.spool = None  # stores of stories are used again


def keep_aside(desk, words, who="ada", version=1):
    story, draft = desk
    return journal.keep(story.store, story.actors[who], Typed(draft, version, {"place": words}), aside=True)


def unsaved(desk, who="ada"):
    story, draft = desk
    found = story.call(who, lambda session: plan_reading.open_plan(session, draft)).unsaved
    return found.answers["place"] if found else None


def take_back(desk, who="ada"):
    story, _ = desk
    return journal.take_back(story.store, story.actors[who])


def test_p10_what_waited_beside_the_store_is_offered_and_not_merged(desk):
    keep_aside(desk, "At")
    keep_aside(desk, "At home")

    assert take_back(desk) == TakenBack(1, 0)

    story, draft = desk
    view = story.call("ada", lambda session: plan_reading.open_plan(session, draft))
    assert view.unsaved.answers == {"place": "At home"}
    assert "place" not in view.answers
    assert story.store.spool.size == 0
    assert take_back(desk) == TakenBack(0, 0)


def test_what_is_older_than_the_store_takes_the_place_of_nothing(desk):
    story, draft = desk
    keep_aside(desk, "old")
    story.call("ada", lambda session: plans.keep_typing(session, draft, 1, {"place": "newer"}))

    take_back(desk)

    assert unsaved(desk) == "newer"


def test_what_was_saved_since_is_not_offered_again(desk):
    story, draft = desk
    with pretend(utc_now().replace(year=2020)):
        keep_aside(desk, "old")
    story.call("ada", lambda session: plans.save(session, draft, 1, {"place": "saved"}))

    assert take_back(desk) == TakenBack(0, 0)
    assert unsaved(desk) is None


def test_typing_of_somebody_else_waits_for_them(desk):
    keep_aside(desk, "Ada's words")

    assert take_back(desk, "bea") == TakenBack(0, 0)
    assert unsaved(desk, "bea") is None
    assert take_back(desk, "ada") == TakenBack(1, 0)
    assert unsaved(desk) == "Ada's words"


def test_typing_on_what_was_signed_meanwhile_is_kept_as_a_clash(desk):
    story, _ = desk
    bea = story.actors["bea"].worker_id.bytes
    keep_aside(desk, "too late")
    story.raw("UPDATE revision SET signed_at = updated_at, updated_by = ?", bea)

    assert take_back(desk) == TakenBack(1, 0)

    assert story.raw("SELECT count(*) FROM clash") == [(1,)]


def test_what_its_writer_may_not_write_now_stays_beside_the_store(desk):
    story, _ = desk
    keep_aside(desk, "Ada's words")
    story.raw("UPDATE child SET team_id = ?, worker_id = NULL", story.actors["sue"].team_id.bytes)

    assert take_back(desk) == TakenBack(0, 0)

    assert len(story.store.spool.read().entries) == 1


def test_damage_is_counted_and_the_rest_is_offered(desk):
    story, _ = desk
    keep_aside(desk, "first")
    size = story.store.spool.size
    keep_aside(desk, "At home")
    content = bytearray(story.store.spool.path.read_bytes())
    content[size // 2] ^= 1
    story.store.spool.path.write_bytes(content)

    assert take_back(desk) == TakenBack(1, 1)
    assert unsaved(desk) == "At home"
