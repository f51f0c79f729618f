"""The check: it says what it looked at, finds what is wrong with signed plans too, and shows no record."""

from __future__ import annotations

import random
from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import select

from caseapp import accounts, plans, upkeep
from db.check import check, counts, heads_digest
from db.connections import open_raw
from db.history import canonical
from db.models import NO_HISTORY
from db.models.base import Base
from db.problems import Damaged
from db.store import create_store, open_store
from db.stored import columns, row_json
from tests.figures import figure
from tests.story import Story, fast_keys, live, lived, make_on_disk, new_story, sample


class SignedIn:
    """A story's store as the check takes it."""

    def __init__(self, story: Story, who: str = "ada"):
        self.store, self.actor = story.store, story.actors[who]


@pytest.fixture
def story():
    story = new_story()
    lived(story, live, "ada")
    return story


def codes(story, who="ada"):
    return sorted(each.code for each in upkeep.check(SignedIn(story, who)).faults)


def test_a_store_that_was_only_used_is_sound(story):
    report = upkeep.check(SignedIn(story))

    assert report.faults == []
    assert report.looked_at["signed plans"] == 1
    assert report.looked_at["rows"] > 20
    assert report.looked_at["history entries"] > 20
    assert report.looked_at["look entries"] > 0


def test_the_check_is_recorded(story):
    upkeep.check(SignedIn(story))

    assert story.raw("SELECT count(*) FROM look WHERE act = 'check'") == [(1,)]


@pytest.mark.parametrize("who", ["ada", "rob", "max", "amy"])
def test_everybody_may_check(story, who):
    assert codes(story, who) == []


def test_figures_that_differ_from_their_answers_are_found(story):
    for statement in (
        "UPDATE fact SET number = number + 1 WHERE number IS NOT NULL",
        "DELETE FROM fact WHERE is_event",
        "UPDATE fact SET day = '2020-01-01' WHERE day IS NOT NULL",
        "UPDATE fact SET code = 'x' WHERE code IS NOT NULL",
    ):
        rows = story.raw("SELECT * FROM fact")
        story.raw(statement)
        assert codes(story) == ["facts"], statement
        story.raw("DELETE FROM fact")
        for row in rows:
            story.raw(f"INSERT INTO fact VALUES ({', '.join('?' * len(row))})", *row)
    assert codes(story) == []


def test_figures_of_a_version_that_was_put_right_are_found(story):
    first = UUID(bytes=story.raw("SELECT id FROM revision WHERE kind = 'star'")[0][0])
    kept = story.raw("SELECT * FROM fact WHERE field = 'health'")[0]
    second = story.call("ada", lambda session: plans.correct(session, first, "Wrong"))
    story.sign("ada", second, sample("progress_wheel") | {"health": 6})
    assert codes(story) == []

    story.raw(f"INSERT INTO fact VALUES ({', '.join('?' * len(kept))})", *kept)

    assert codes(story) == ["facts"]


def test_a_kept_form_that_was_altered_is_found(story):
    story.raw("UPDATE form_copy SET definition = replace(definition, 'Health', 'Wealth')")

    assert codes(story) == ["form-altered", "row-altered"]


def test_a_link_that_leads_nowhere_is_found(story):
    story.raw("PRAGMA foreign_keys = OFF")
    story.raw("UPDATE schooling SET school_id = randomblob(16)")
    story.raw("PRAGMA foreign_keys = ON")

    assert codes(story) == ["link", "row-altered"]


def test_an_index_that_disagrees_with_its_table_is_found(story):
    story.raw("PRAGMA writable_schema = ON")
    story.raw(
        "UPDATE sqlite_master SET sql = replace(sql, 'born_on', 'due_on') WHERE name = 'ix_child_born_on'"
    )
    story.raw("PRAGMA writable_schema = RESET")

    assert set(codes(story)) & {"file-structure", "file-unreadable"}


def test_the_digest_of_all_heads_changes_with_every_entry(story):
    digests = set()
    for _ in range(3):
        with story.store.engine.connect() as connection:
            digests.add(heads_digest(connection))
        story.register("ada", "A", "B")

    assert len(digests) == 3


def test_the_counts_name_every_table(story):
    with story.store.engine.connect() as connection:
        found = counts(connection)

    assert found["child"] == 1
    assert found["worker"] == len(story.actors)
    assert set(found) > {"history", "look", "chain_head", "typing", "setting"}


def test_how_far_a_chain_is_sealed_is_no_part_of_its_digest(story):
    """A backup made before there were seals stays what its list of contents says."""
    digests = set()
    for sealed in ("NULL", "n"):
        story.raw(f"UPDATE chain_head SET sealed_n = {sealed}")
        with story.store.engine.connect() as connection:
            digests.add(heads_digest(connection))

    assert len(digests) == 1


def test_what_a_check_reads_of_a_row_is_what_history_wrote_of_it(story):
    for table in (each for each in Base.metadata.tables.values() if each.name not in NO_HISTORY):
        with story.store.engine.connect() as connection:
            typed = connection.execute(select(table)).mappings().all()
        listed = ", ".join(f'"{each.name}"' for each in table.c)
        stored = story.raw(f'SELECT {listed} FROM "{table.name}"')
        for one, other in zip(typed, stored, strict=True):
            kept = {
                name: value
                for name, value in one.items()
                if value is not None or "later" not in table.c[name].info
            }
            assert row_json(columns(table), other) == canonical(kept)


def test_the_check_changes_nothing(story):
    with story.store.engine.connect() as connection:
        before = counts(connection)

    check(story.store)

    with story.store.engine.connect() as connection:
        assert counts(connection) == before


def test_a_store_on_disk_is_checked_page_by_page(tmp_path, monkeypatch):
    fast_keys(monkeypatch)
    make_on_disk(tmp_path / "a.caseapp")
    one = accounts.sign_in(tmp_path / "a.caseapp", "max", "copper lantern meadow tickets")

    report = upkeep.check(one)
    one.close()

    assert report.faults == []
    assert report.looked_at["pages"] > 100


FLIPS = figure(500, 20_000)


def test_p11_each_flipped_byte_is_named_or_keeps_the_store_shut(tmp_path, record_property):
    """Every byte of every page is under a seal; a fifteenth of those tried lie in the first page."""
    key, path = bytes(range(32)), tmp_path / "a.caseapp"
    create_store(path, key).close()
    dice = random.Random(11)
    places = dice.sample(range(4096), FLIPS // 15)
    places += dice.sample(range(4096, path.stat().st_size), FLIPS - len(places))
    unseen = []
    for place in places:
        with flipped(path, place, 1 << dice.randrange(8)):
            if not damage_is_named(path, key):
                unseen.append(place)

    record_property("figure", f"{len(places)} flips, {len(unseen)} unseen")
    assert unseen == []
    assert not damage_is_named(path, key)


@contextmanager
def flipped(path, place, mask):
    with path.open("r+b", buffering=0) as file:
        file.seek(place)
        was = file.read(1)
        file.seek(place)
        file.write(bytes([was[0] ^ mask]))
        yield
        file.seek(place)
        file.write(was)


def damage_is_named(path, key):
    """Return whether the file stays shut, or the part of the check that looks at its pages names it."""
    try:
        connection = open_raw(str(path), key)
    except Damaged:
        return True
    try:
        return bool(connection.execute("PRAGMA cipher_integrity_check").fetchall())
    finally:
        connection.close()


def test_p11_a_damaged_page_is_named_by_the_whole_check(tmp_path):
    key, path = bytes(range(32)), tmp_path / "a.caseapp"
    create_store(path, key).close()
    with flipped(path, path.stat().st_size - 2000, 1):
        store = open_store(path, key)

        found = check(store).faults

        assert found[0].code == "file-cipher"
        assert found[0].where
        store.close()
