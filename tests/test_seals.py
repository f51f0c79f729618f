"""Tampering shows: every way to change what was written, by hand or with the file's key, is found."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from sqlalchemy import select

import db.anchors
import db.check
import db.seals
from caseapp import children, notes, soundness, upkeep
from caseapp.notes import NewNote
from db import anchors, chain_check, seals
from db.chain_check import Stopped, until
from db.check import Fault, at_this_computer, check, check_newest
from db.history import NO_CHILD, Link, append, link_mac, values_mac
from db.keys import Keyring
from db.looks import record_look
from db.models import Child, History, Look
from db.moments import pretend
from db.seals import seal
from db.store import Store
from db.types import canonical_value
from tests.figures import figure
from tests.story import TODAY, Story, new_story

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
STORE_ID = UUID(int=77)
SEEDS = {who: bytes([number]) * 32 for number, who in enumerate(("ada", "bea", "max"), 1)}
FORGED = bytes([99]) * 32
MODELS = {"history": History, "look": Look}


def sealed(story, who):
    """Let somebody lock their window."""
    return story.call(who, lambda session: seal(session, SEEDS[who]))


def keyring(story, who):
    return Keyring(bytes(32), SEEDS[who], story.actors[who].worker_id, STORE_ID)


class County(NamedTuple):
    """A store sealed three times and written after, as it was at each seal, and what was remembered last."""

    story: Story
    stages: list[Store]
    anchor: Path
    ids: list[UUID]
    older: list[tuple]
    """The rows of one child as they were before."""


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    story, stages, older = new_story(), [], []
    ids = [story.register("ada", name, "Haddad", postcode="QX1 2AB") for name in ("Leyla", "Omar", "Sara")]
    for number, who in enumerate(("ada", "bea", "ada", "")):
        for child_id in ids:
            write(story, child_id, number)
        older += story.raw("SELECT * FROM child WHERE id = ?", ids[0].bytes)
        if who:
            sealed(story, who)
            stages.append(copied(story.store, Store(None, bytes(32))))
    file = tmp_path_factory.mktemp("state") / "anchor.json"
    with stages[-1].engine.connect() as connection:
        anchors.write(file, anchors.anchor(connection, STORE_ID))
    for name in ("history", "look", "seal"):
        for act in ("update", "delete"):
            story.raw(f"DROP TRIGGER {name}_no_{act}")
    return County(story, stages, file, ids, older[:-1])


def write(story, child_id, number):
    for part in range(2):
        note = NewNote(TODAY - timedelta(days=number), "note", f"Note {number}, {part}")
        story.call("ada", partial(notes.add, child_id=child_id, new=note))
    opened = story.call("ada", lambda session: children.details(session, child_id)).version
    values = {"known_as": f"Name {number}"}
    story.call("ada", lambda session: children.change_details(session, child_id, opened, values))
    with pretend(NOON + timedelta(hours=number)):
        for who in ("ada", "bea", "max"):
            story.call(who, lambda session: record_look(session, "open", child_id, row_id=child_id))


def copied(source, into):
    with source.engine.connect() as one, into.engine.connect() as other:
        one.connection.driver_connection.backup(other.connection.driver_connection)
    return into


def glance(county, story, who="ada"):
    """Return what a start finds."""
    here = at_this_computer(story.store, keyring(county.story, who), county.anchor)
    return {each.code for each in [*here, *check_newest(story.store)]}


def whole(county, story, who="ada"):
    """Return what the weekly check finds."""
    here = at_this_computer(story.store, keyring(county.story, who), county.anchor)
    return {each.code for each in [*here, *check(story.store).faults]}


# How somebody may change it


def entry(story, dice, table, after_seal=False):
    """Return child and number of some entry: one that a seal covers, or one written after the last."""
    reach = "e.n > h.sealed_n" if after_seal else "e.n <= h.sealed_n"
    rows = story.raw(
        f"SELECT e.child_id, e.n FROM {table} e JOIN chain_head h ON h.child_id = e.child_id "
        f"AND h.chain = '{table}' WHERE {reach} ORDER BY 1, 2"
    )
    return dice.choice(rows)


def some(dice):
    return dice.choice(("history", "look"))


WRONG = {
    "at": "2020-01-01 00:00:00.000000",
    "n": 99,
    "version": 77,
    "detail": '{"x": 1}',
    "reason": "x",
    "tbl": "x",
    "act": "x",
}
COLUMNS = ("reason", "tbl", "act", "at", "by", "device_id", "row_id", "n", "mac", "child_id")


def edit(county, story, dice, after_seal=False):
    table = some(dice)
    column = dice.choice([*COLUMNS, *(("content", "version") if table == "history" else ("detail",))])
    place = entry(story, dice, table, after_seal)
    value = WRONG.get(column, dice.randbytes(16))
    story.raw(f"UPDATE {table} SET {column} = ? WHERE child_id = ? AND n = ?", value, *place)


def put_in(county, story, dice):
    table = some(dice)
    names = [each[1] for each in story.raw(f"PRAGMA table_info({table})")]
    row = story.raw(f"SELECT * FROM {table} WHERE child_id = ? AND n = ?", *entry(story, dice, table))[0]
    owner = dice.choice(county.ids).bytes
    last = story.raw(f"SELECT max(n) FROM {table} WHERE child_id = ?", owner)[0][0]
    new = dict(zip(names, row, strict=True)) | {"id": dice.randbytes(16), "child_id": owner, "n": last + 1}
    if table == "history":
        new["version"] = 50
    story.raw(f"INSERT INTO {table} VALUES ({', '.join('?' * len(new))})", *new.values())
    set_head(story, table, owner, new["n"], new["mac"])


def set_head(story, table, owner, n, mac):
    story.raw("UPDATE chain_head SET n = ?, mac = ? WHERE child_id = ? AND chain = ?", n, mac, owner, table)


def take_out(county, story, dice):
    table = some(dice)
    story.raw(f"DELETE FROM {table} WHERE child_id = ? AND n = ?", *entry(story, dice, table))


def take_out_and_number_anew(county, story, dice):
    table = some(dice)
    owner, n = entry(story, dice, table)
    story.raw(f"DELETE FROM {table} WHERE child_id = ? AND n = ?", owner, n)
    story.raw(f"UPDATE {table} SET n = -n WHERE child_id = ? AND n > ?", owner, n)
    story.raw(f"UPDATE {table} SET n = -n - 1 WHERE child_id = ? AND n < 0", owner)
    story.raw("UPDATE chain_head SET n = n - 1 WHERE child_id = ? AND chain = ?", owner, table)


def change_order(county, story, dice):
    table = some(dice)
    owner = dice.choice(county.ids).bytes
    last = story.raw(f"SELECT max(n) FROM {table} WHERE child_id = ?", owner)[0][0]
    one, other = dice.sample(range(1, last + 1), 2)
    for was, now in ((one, -1), (other, one), (-1, other)):
        story.raw(f"UPDATE {table} SET n = ? WHERE child_id = ? AND n = ?", now, owner, was)


def put_an_old_row_back(county, story, dice):
    names = [each[1] for each in story.raw("PRAGMA table_info(child)")]
    row = dice.choice(county.older)
    columns = ", ".join(f"{name} = ?" for name in names)
    story.raw(f"UPDATE child SET {columns} WHERE id = ?", *row, county.ids[0].bytes)


def cut(county, story, dice):
    table = some(dice)
    owner, n = entry(story, dice, table)
    n = max(1, n - 1)  # what was written since the last seal can be cut: nobody has signed it yet
    mac = story.raw(f"SELECT mac FROM {table} WHERE child_id = ? AND n = ?", owner, n)[0][0]
    story.raw(f"DELETE FROM {table} WHERE child_id = ? AND n > ?", owner, n)
    set_head(story, table, owner, n, mac)
    story.raw("UPDATE chain_head SET sealed_n = min(sealed_n, n)")


def roll_back(county, story, dice):
    copied(dice.choice(county.stages[:-1]), story.store)


def take_a_seal(county, story, dice):
    """Take the newest seals off as if they had never been, or one from among them."""
    if dice.random() < 0.5:
        story.raw("DELETE FROM seal WHERE n = ?", dice.choice((1, 2)))
        return
    story.raw("DELETE FROM seal WHERE n > ?", dice.choice((0, 1, 2)))
    story.raw("UPDATE chain_head SET sealed_n = NULL")
    for (heads,) in story.raw("SELECT heads FROM seal ORDER BY n"):
        for child_id, chains in json.loads(heads).items():
            for chain, (n, _) in chains.items():
                where = "WHERE child_id = ? AND chain = ?"
                story.raw(f"UPDATE chain_head SET sealed_n = ? {where}", n, bytes.fromhex(child_id), chain)


def forge_seals(county, story, dice):
    """Write an entry anew, every seal after it too, with a key that is not its maker's."""
    rewrite(county, story, dice)
    forge_from(story, dice.choice((1, 2, 3)))


def forge_from(story, first):
    with story.store.engine.begin() as connection:
        rows = connection.execute(select(seals.Seal.__table__).order_by(seals.Seal.n)).mappings().all()
    before = b""
    for row in rows:
        values = dict(row) | {"before": before}
        if row["n"] >= first:
            values["public_key"] = seals.public_key(FORGED)
            heads = {
                child_id: {chain: [n, mac_of(story, chain, child_id, n)] for chain, (n, _) in chains.items()}
                for child_id, chains in row["heads"].items()
            }
            values["heads"] = heads
            values["signature"] = seals._private(FORGED).sign(seals._text(values))
            story.raw(
                "UPDATE seal SET heads = ?, before = ?, public_key = ?, signature = ? WHERE n = ?",
                json.dumps(heads), before, values["public_key"], values["signature"], row["n"],
            )  # fmt: skip
        before = values["signature"]


def mac_of(story, chain, child_id, n):
    asked = f"SELECT lower(hex(mac)) FROM {chain} WHERE child_id = ? AND n = ?"
    return story.raw(asked, bytes.fromhex(child_id), n)[0][0]


def rewrite(county, story, dice, tables=("history", "look")):
    """Change an entry and work out every seal of its chain anew, as the key of the file allows."""
    table = dice.choice(tables)
    owner, n = entry(story, dice, table)
    column = dice.choice(("by", "reason", "at"))
    value = {"by": dice.randbytes(16), "reason": "x", "at": WRONG["at"]}[column]
    story.raw(f"UPDATE {table} SET {column} = ? WHERE child_id = ? AND n = ?", value, owner, n)
    work_out(story, table, owner)


def work_out(story, table, owner):
    model = MODELS[table].__table__
    with story.store.engine.begin() as connection:
        asked = select(model).where(model.c.child_id == UUID(bytes=owner)).order_by(model.c.n)
        rows = connection.execute(asked).mappings().all()
    mac = b""
    for row in rows:
        mac = link_mac(story.store.history_key, mac, dict(row))
        story.raw(f"UPDATE {table} SET mac = ? WHERE child_id = ? AND n = ?", mac, owner, row["n"])
    set_head(story, table, owner, rows[-1]["n"], mac)


def edit_a_change(county, story, dice):
    """Let an entry say something else than what was changed: that stands outside its seal."""
    place = entry(story, dice, "history")
    asked = "SELECT act, change FROM history WHERE child_id = ? AND n = ?"
    ((act, said),) = story.raw(asked, *place)
    change = json.loads(said)
    if act == "create":
        change[dice.choice(list(change))] = "another"
    else:
        name = dice.choice(list(change))
        old, new = change[name]
        change[name] = ["another", new] if dice.random() < 0.5 else [old, "another"]
    story.raw("UPDATE history SET change = ? WHERE child_id = ? AND n = ?", json.dumps(change), *place)


def blank_a_change(county, story, dice):
    place = entry(story, dice, "history")
    story.raw("UPDATE history SET change = '{}' WHERE child_id = ? AND n = ?", *place)


def erase_a_child(county, story, dice):
    child_id = dice.choice(county.ids).bytes
    story.raw("PRAGMA foreign_keys = OFF")
    tables = [row[0] for row in story.raw("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        if any(each[1] == "child_id" for each in story.raw(f'PRAGMA table_info("{table}")')):
            story.raw(f'DELETE FROM "{table}" WHERE child_id = ?', child_id)
    story.raw("DELETE FROM child WHERE id = ?", child_id)
    story.raw("PRAGMA foreign_keys = ON")


# What is done -> by which check it is found
KINDS = {
    "an entry edited": (edit, whole),
    "an entry after the last seal edited": (partial(edit, after_seal=True), glance),
    "an entry put in": (put_in, glance),
    "an entry taken out": (take_out, whole),
    "an entry taken out, the others numbered anew": (take_out_and_number_anew, whole),
    "two entries in the other order": (change_order, whole),
    "an older row put back": (put_an_old_row_back, whole),
    "a chain cut at its end": (cut, whole),
    "the whole file rolled back": (roll_back, glance),
    "seals taken away": (take_a_seal, glance),
    "seals forged with the key of the file": (forge_seals, glance),
    "history rewritten with the key of the file": (partial(rewrite, tables=("history",)), whole),
    "looks rewritten with the key of the file": (partial(rewrite, tables=("look",)), whole),
    "what was changed told otherwise": (edit_a_change, whole),
    "what was changed blanked": (blank_a_change, whole),
    "a child erased whole": (erase_a_child, whole),
}
EACH = figure(50, 6_300)  # sixteen kinds: 100,000 at the gate


@pytest.mark.parametrize("kind", KINDS)
def test_p20_tampering_is_found(county, kind, record_property):
    tamper, finds = KINDS[kind]
    story, dice = Story(Store(None, bytes(32)), {}, county.story.actors), random.Random(kind)
    unseen = []
    for number in range(EACH):
        copied(county.story.store, story.store)
        tamper(county, story, dice)
        if not finds(county, story):
            unseen.append(number)

    record_property("figure", f"{EACH} times, {len(unseen)} unseen, at {finds.__name__}: {kind}")
    assert unseen == []


def test_p20_a_store_that_was_only_used_is_sound(county):
    assert glance(county, county.story) == whole(county, county.story) == set()
    assert [whole(county, county.story, who) for who in ("bea", "max")] == [set(), set()]


# Seals


@pytest.fixture
def story():
    made = new_story()
    made.register("ada", "Leyla", "Haddad")
    return made


def reach(story):
    return story.raw("SELECT count(*), sum(n), sum(sealed_n) FROM chain_head")[0]


def test_a_seal_names_the_chains_that_grew_and_nothing_is_sealed_twice(story):
    first = sealed(story, "ada")
    child_id = story.register("bea", "Omar", "Haddad")
    second = sealed(story, "bea")

    assert list(second.heads) == [child_id.hex]
    assert len(first.heads) > 1
    assert (second.n, second.before, second.by) == (2, first.signature, story.actors["bea"].worker_id)
    assert reach(story)[1] == reach(story)[2]
    assert sealed(story, "ada") is None
    assert check(story.store).faults == []


def test_somebody_with_a_new_key_says_so_and_the_store_is_sound(story, tmp_path):
    sealed(story, "ada")
    story.register("ada", "Omar", "Haddad")
    story.call("ada", lambda session: seal(session, FORGED))

    assert story.raw("SELECT act FROM look WHERE child_id = ?", NO_CHILD.bytes) == [("signing key",)]
    assert check(story.store).faults == []
    now = Keyring(bytes(32), FORGED, story.actors["ada"].worker_id, STORE_ID)
    assert at_this_computer(story.store, now, None) == []


def test_p20_somebody_sees_that_another_sealed_in_their_name(story):
    sealed(story, "ada")
    story.register("ada", "Omar", "Haddad")
    story.call("ada", lambda session: seal(session, FORGED))  # says so, as a new key of Ada's would

    found = at_this_computer(story.store, keyring(story, "ada"), None)

    assert [(each.code, each.where) for each in found] == [("seal-forged", "seal 2")]


def test_p20_a_seal_in_the_name_of_a_stranger_is_found(story):
    story.actors["zoe"] = replace(story.actors["ada"], worker_id=UUID(int=5))
    story.call("zoe", lambda session: seal(session, FORGED))

    assert {each.code for each in check(story.store).faults} >= {"seal-forged"}


def test_p20_seals_cut_off_show_in_the_heads(county):
    story = Story(copied(county.story.store, Store(None, bytes(32))), {}, county.story.actors)
    story.raw("DELETE FROM seal WHERE n > 1")

    assert "seal-cut" in {each.code for each in check(story.store).faults}


def test_p20_a_child_erased_whole_is_missed_by_the_seals_alone(county):
    story = Story(copied(county.story.store, Store(None, bytes(32))), {}, county.story.actors)
    erase_a_child(county, story, random.Random(1))

    assert {each.code for each in check(story.store).faults} == {"seal-unmet"}


def test_a_start_looks_only_at_what_no_seal_covers(story):
    child_id = story.register("ada", "Omar", "Haddad")
    sealed(story, "ada")
    story.register("ada", "Sara", "Haddad")
    story.raw("DROP TRIGGER history_no_update")
    story.raw("UPDATE history SET reason = 'x' WHERE child_id = ?", child_id.bytes)

    assert check_newest(story.store) == []
    assert "history-altered" in {each.code for each in check(story.store).faults}


def test_redaction_may_blank_a_change_if_an_entry_says_so(story):
    story.raw("DROP TRIGGER history_no_update")
    story.raw("UPDATE history SET change = '{}' WHERE tbl = 'child'")

    assert [each.code for each in check(story.store).faults] == ["history-blanked"]

    row = story.call("ada", lambda session: session.scalars(select(Child)).one())
    whole_row = {each.key: getattr(row, each.key) for each in Child.__mapper__.column_attrs}
    values = {
        "tbl": "child", "row_id": row.id, "version": row.version + 1, "act": "redact",
        "change": canonical_value(whole_row | {"version": row.version + 1}), "content": b"",
    }  # fmt: skip
    story.raw("UPDATE child SET version = version + 1")
    values["content"] = values_mac(
        story.store.history_key, Child.__table__, whole_row | {"version": row.version + 1}
    )
    story.call("ada", lambda session: append(session, History, [Link(row.id, values)]))
    assert check(story.store).faults == []


def test_a_check_gives_up_when_the_window_locks(county, monkeypatch):
    monkeypatch.setattr(chain_check, "_BETWEEN_LOOKS", 10)
    asked = []

    with pytest.raises(Stopped), until(lambda: not asked.append(1)):
        check(county.story.store)

    assert asked


def test_every_fault_has_words():
    source = "".join(Path(each.__file__).read_text() for each in (db.check, db.seals, db.anchors, upkeep))
    codes = set(re.findall(r'Fault\(\s*"([a-z-]+)"', source)) | {"history-gap", "look-altered", "history-cut"}

    assert len(codes) > 15
    for code in codes:
        happened, to_do = soundness.in_words([Fault(code, "", "")])
        assert happened.endswith("."), code
        assert "Nothing was changed" in to_do
