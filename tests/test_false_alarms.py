"""No false alarm: whatever the program writes itself, in whatever order and by whomever, is found sound."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from caseapp import journal, notes
from caseapp.notes import NewNote
from db.check import check, check_newest
from db.looks import record_look
from db.moments import pretend
from db.seals import seal
from db.spool import Spool
from tests.figures import figure
from tests.story import TODAY, Story, new_story

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SEEDS = {who: bytes([number]) * 32 for number, who in enumerate(("ada", "bea", "max"), 1)}
WORDS = ("plain", "Ünïcode 🙂", "Zoe\u0308", "a\nline", "0.80")

Desk = tuple[Story, UUID]


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    """Return a sealed story with a spool beside its store, and one child."""
    story = new_story()
    story.store.spool = Spool(tmp_path / "a.spool", bytes(range(32)))
    child_id = story.register("ada", "Leyla", "Haddad")
    lock((story, child_id), "ada", random.Random(0))
    yield story, child_id
    story.store.spool = None  # stores of stories are used again


def lock(desk: Desk, who: str, draws: random.Random) -> None:
    desk[0].call(who, lambda session: seal(session, SEEDS[who]))


def look_aside(desk: Desk, who: str, draws: random.Random) -> None:
    """Look while the log cannot be written: the look waits in the spool."""
    story, child_id = desk
    with story.store.session(story.actors[who], reading=True) as session:
        record_look(session, "open", child_id, row_id=child_id)


def look(desk: Desk, who: str, draws: random.Random) -> None:
    story, child_id = desk
    detail = {"list": draws.choice(WORDS), "number": draws.randrange(3)}
    story.call(who, lambda session: record_look(session, "list", child_id, detail=detail))


def write(desk: Desk, who: str, draws: random.Random) -> None:
    story, child_id = desk
    new = NewNote(TODAY - timedelta(days=draws.randrange(9)), "note", draws.choice(WORDS))
    story.call(who, lambda session: notes.add(session, child_id, new))


def take_back(desk: Desk, who: str, draws: random.Random) -> None:
    """Sign in again: what waited goes into the log, whoever it was."""
    story, _ = desk
    journal.take_back(story.store, story.actors[who])


ACTS = (lock, look_aside, look_aside, look, write, take_back)


def test_p20_a_look_that_waited_beside_the_store_raises_no_alarm(desk):
    story, child_id = desk
    with pretend(NOON):
        look_aside(desk, "bea", random.Random(0))
    with pretend(NOON + timedelta(minutes=20)):
        take_back(desk, "ada", random.Random(0))

    assert check_newest(story.store) == []
    assert check(story.store).faults == []
    noted = story.raw("SELECT at, by FROM look WHERE act = 'open' AND child_id = ?", child_id.bytes)
    assert noted == [("2026-11-23 12:00:00.000000", story.actors["bea"].worker_id.bytes)]


def test_p20_whatever_the_program_does_itself_is_found_sound(desk, record_property):
    tries = figure(60, 6_000)
    record_property("figure", f"{tries:,} acts of three people in any order, no false alarm after any")
    draws, at = random.Random(20), NOON
    for number in range(tries):
        act, who = draws.choice(ACTS), draws.choice(sorted(SEEDS))
        at += timedelta(microseconds=draws.choice((0, 1, 999_999, 660_000_000)))
        with pretend(at):
            act(desk, who, draws)

        assert check_newest(desk[0].store) == [], f"act {number}: {act.__name__} of {who}"
    assert check(desk[0].store).faults == []
