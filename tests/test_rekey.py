"""P5: who leaves knows nothing any more; a change of keys cut short leaves the old ones or the new."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from contextlib import closing
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from caseapp import accounts, children, cli, journal, plans, rekeying, upkeep, user_accounts
from caseapp.children import NewChild
from caseapp.jottings import About, Jotted
from caseapp.journal import TakenBack, Typed
from db import boxes, key_file, keys, rekey
from db.connections import open_raw
from db.models import Jotting, Typing
from db.problems import Damaged, NotAllowed, NotSaved, Problem, WrongKey
from db.recovery_key import new_recovery_key
from tests.figures import figure
from tests.story import PASSWORD, fast_keys

COLLEAGUES = (
    ("Ada North", "practitioner"), ("Sue South", "practitioner"), ("Amy North", "administrator"),
)  # fmt: skip
KILLS = figure(20, 500)


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    with pytest.MonkeyPatch.context() as patch:
        fast_keys(patch)
        made = accounts.make_store(
            folder / "a.caseapp", user_name="max", name="Max North", password=PASSWORD, team="North"
        )
        one = made.signed_in
        for name, role in (
            ("Ada North", "practitioner"),
            ("Sue South", "practitioner"),
            ("Amy North", "administrator"),
        ):
            user_name, _, team = name.casefold().partition(" ")
            with one.store.session(one.actor, purpose="users") as session:
                user_accounts.add_user(
                    session, one.keyring, user_name=user_name, name=name, password=PASSWORD, roles=[role],
                    team=team.capitalize(),
                )  # fmt: skip
        with one.store.session(one.actor) as session:
            children.register(session, NewChild("Leyla", "Haddad", date(2013, 5, 4)))
        one.close()
    return folder, made.recovery_key


@pytest.fixture
def store(county, tmp_path, monkeypatch):
    """Return the path of a store of one's own, with users max, ada, sue and amy."""
    fast_keys(monkeypatch)
    for each in county[0].iterdir():
        shutil.copy(each, tmp_path / each.name)
    return tmp_path / "a.caseapp"


def signed_in(store, who="max", password=PASSWORD):
    return closing(accounts.sign_in(store, who, password, window=True))


def without_ada(store):
    with signed_in(store) as one:
        rekeying.disable(one, "ada")


def names(store):
    return sorted(each.name for each in store.parent.iterdir())


def test_p5_who_leaves_can_open_neither_the_store_nor_a_later_one(store):
    with signed_in(store, "ada") as ada:
        known = bytes(ada.keyring.dek)
    before = accounts.keys_path(store).read_bytes()

    without_ada(store)

    with pytest.raises(Damaged):
        open_raw(str(store), known)
    with pytest.raises(WrongKey):
        accounts.sign_in(store, "ada", PASSWORD)
    for place in (accounts.keys_path(store), key_file.copy_of(accounts.keys_path(store))):
        place.write_bytes(before)  # even with the key file that she kept
    with pytest.raises(Damaged):
        accounts.sign_in(store, "ada", PASSWORD)


def test_p5_everybody_else_comes_in_as_before_and_the_recovery_key_too(county, store):
    without_ada(store)

    for who in ("max", "sue", "amy"):
        with signed_in(store, who) as one:
            assert one.actor.name.casefold().startswith(who)
    with closing(accounts.sign_in_with_recovery(store, county[1])) as opened:
        assert opened.actor.name == "Max North"
    assert key_file.flaws(accounts.keys_path(store)) == []
    assert names(store) == ["a.caseapp", "a.caseapp.keys", "a.caseapp.keys.bak", "a.caseapp.lock"]


def test_p5_what_somebody_typed_beside_the_store_about_a_child_out_of_reach_keeps_no_key_alive(store):
    def beside(one):
        return one.store.spool.size, list(map(len, one.store.call(one.actor, kept, purpose="check")))

    def kept(session):
        return session.scalars(select(Jotting)).all(), session.scalars(select(Typing)).all()

    with signed_in(store) as one:
        leyla = one.store.call(one.actor, lambda session: children.one(session, "Leyla Haddad").id)
        draft = one.store.call(one.actor, lambda session: plans.start(session, leyla, "early-help"))
    with signed_in(store, "sue") as sue:
        about = About("note", "x", leyla, "Add a note")
        for what in (Jotted(uuid4(), about, {"words": "She waved."}), Typed(draft, 1, {"worries": "Rent"})):
            journal.keep(sue.store, sue.actor, what, aside=True)
        assert journal.take_back(sue.store, sue.actor) == TakenBack(0, 0)
        assert beside(sue)[0] > 0

    with signed_in(store) as one:
        rekeying.disable(one, "sue")

    with signed_in(store) as one:
        assert beside(one) == (0, [1, 1])


def test_p5_the_chains_still_hold_and_say_that_the_keys_changed(store):
    without_ada(store)

    with signed_in(store) as one:
        report = upkeep.check(one)
        with one.store.engine.connect() as connection:
            raw = connection.connection.driver_connection
            acts = raw.execute("SELECT count(*) FROM look WHERE act = 'change keys'").fetchone()
            kept = dict(raw.execute("SELECT name, value FROM setting").fetchall())
    assert report.faults == []
    assert acts == (1,)
    assert kept["rekeyed_at"].endswith("+00:00")
    assert kept["rekey_due"] == ""


def test_p5_keys_change_again_and_again_also_for_those_who_stay_away(county, store):
    for _ in range(3):
        with signed_in(store) as one:
            rekeying.change_keys(one)

    with signed_in(store, "ada") as ada:
        boxes_of = [len(slot.boxes) for slot in key_file.load(accounts.keys_path(store)).people()]
        known = bytes(ada.keyring.dek)
    assert boxes_of == [1, 0, 3, 3]  # max was here in between, ada has just come
    with closing(accounts.sign_in_with_recovery(store, county[1])) as opened:
        assert opened.keyring.dek == known


def test_p5_a_backup_from_before_opens_with_the_passwords_of_then(store, tmp_path):
    target = tmp_path / "monday.caseapp-backup"
    with signed_in(store) as one:
        upkeep.back_up(one, target)
    without_ada(store)

    upkeep.restore(target, tmp_path / "again" / "b.caseapp", "max", PASSWORD)

    with signed_in(tmp_path / "again" / "b.caseapp", "ada") as ada:
        assert ada.actor.name == "Ada North"


def test_p5_a_backup_from_after_is_restored_too(store, tmp_path):
    without_ada(store)
    with signed_in(store) as one:
        upkeep.back_up(one, tmp_path / "b.caseapp-backup")

    upkeep.restore(tmp_path / "b.caseapp-backup", tmp_path / "again" / "b.caseapp", "amy", PASSWORD)

    with signed_in(tmp_path / "again" / "b.caseapp", "sue") as sue:
        assert sue.actor.name == "Sue South"


def test_p5_only_an_administrator_changes_the_keys_and_nobody_disables_themselves(store):
    with signed_in(store, "ada") as ada, pytest.raises(NotAllowed):
        rekeying.change_keys(ada)
    with signed_in(store) as one, pytest.raises(Problem, match="cannot disable yourself"):
        rekeying.disable(one, "max")

    with signed_in(store, "ada"):
        pass


# Slots of the first format


@pytest.fixture
def older(store):
    """Return a store whose slots of sue and of the recovery key are as the first format had them."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    path = accounts.keys_path(store)
    file = key_file.load(path)
    with signed_in(store, "sue") as sue:
        kept = bytes(sue.keyring.dek + sue.keyring.seed)
        slots = []
        for slot in file.slots:
            if slot.user_id == sue.actor.worker_id or slot.label == key_file.RECOVERY:
                bare = slot._replace(public=b"", vouch=b"", boxes=())
                sealed = AESGCM(keys._kek(PASSWORD, bare)).encrypt(
                    bare.nonce, kept, key_file.bound_to(file.store_id, bare)
                )
                slots.append(bare._replace(sealed=sealed))
            else:
                slots.append(slot)
    key_file.store(path, key_file.KeyFile(file.store_id, tuple(slots)), lambda back: True)
    return store


def test_p5_who_has_not_signed_in_since_the_older_version_is_named_and_nothing_changes(older):
    before = (older.read_bytes(), accounts.keys_path(older).read_bytes())

    with signed_in(older) as one, pytest.raises(Problem) as refused:
        rekeying.disable(one, "ada")

    assert "Sue South must sign in once" in refused.value.words
    assert "make a new recovery key first" in refused.value.words
    assert accounts.keys_path(older).read_bytes() == before[1]
    with signed_in(older, "ada"):
        pass


def test_p5_the_older_slot_becomes_one_of_today_at_the_next_sign_in(older):
    with signed_in(older, "sue"):
        pass
    with signed_in(older) as one:
        printed = new_recovery_key()
        accounts.renew_recovery_key(one, printed)
        rekeying.disable(one, "ada")

    with signed_in(older, "sue") as sue:
        assert sue.actor.name == "Sue South"
    with closing(accounts.sign_in_with_recovery(older, printed)) as opened:
        assert "administrator" in opened.actor.roles


def test_p5_the_one_who_leaves_need_not_have_signed_in(older):
    with signed_in(older) as one:
        accounts.renew_recovery_key(one, new_recovery_key())
        rekeying.disable(one, "sue")

    with pytest.raises(WrongKey):
        accounts.sign_in(older, "sue", PASSWORD)


def test_p5_disabling_alone_leaves_a_word_that_the_keys_are_due(older):
    with signed_in(older) as one:
        with one.store.session(one.actor, purpose="users") as session:
            user_accounts.disable(session, "ada")
        found = rekeying.standing(one)

    assert found.is_due
    assert not found.can_change
    assert found.must_sign_in == ("Sue South",)


def test_p5_the_commands_change_the_keys_or_say_that_they_are_due(store, monkeypatch, capsys):
    for name, value in (("USER", "max"), ("PASSWORD", PASSWORD), ("STORE", str(store))):
        monkeypatch.setenv(f"CASEAPP_{name}", value)
    assert cli.run(["users", "disable", "ada", "--keep-keys"]) == 0
    assert cli.run(["users", "rekey"]) == 0
    assert cli.run(["users", "disable", "sue"]) == 0
    assert cli.run(["users", "disable", "max"]) == 2
    told = capsys.readouterr()

    assert "(left)" in told.out
    assert told.err.count("All keys are changed.") == 2
    assert "cannot disable yourself" in told.err
    assert len(key_file.load(accounts.keys_path(store)).people()) == 2
    with signed_in(store) as one:
        assert not rekeying.standing(one).is_due


# Somebody who can write the key file


def test_p5_a_public_half_that_a_stranger_put_there_gets_no_key(store):
    path = accounts.keys_path(store)
    file = key_file.load(path)
    theirs = file.slots[2]._replace(public=boxes.public_of(boxes.new_private()))
    key_file.store(path, file.with_slot(theirs), lambda back: True)

    with signed_in(store) as one, pytest.raises(Problem, match="must sign in once"):
        rekeying.change_keys(one)


def test_p5_a_stranger_cannot_hand_somebody_a_key_of_his_own(store):
    path = accounts.keys_path(store)
    file = key_file.load(path)
    forged = boxes.box(bytes(32), file.slots[0], file.store_id, os.urandom(32))
    key_file.store(path, file.with_slot(file.slots[0]._replace(boxes=(forged,))), lambda back: True)

    with pytest.raises(WrongKey):
        accounts.sign_in(store, "max", PASSWORD)


def test_p5_a_box_for_one_slot_opens_in_no_other(store):
    file = key_file.load(accounts.keys_path(store))
    private, before = boxes.new_private(), bytes(32)
    mine = file.slots[0]._replace(public=boxes.public_of(private))
    boxed = boxes.box(b"k" * 32, mine, file.store_id, before)

    assert boxes.unbox(boxed, private, mine, file.store_id, before) == b"k" * 32
    from cryptography.exceptions import InvalidTag

    for slot, store_id, key in (
        (mine._replace(number=9), file.store_id, before),
        (mine._replace(user_id=uuid4()), file.store_id, before),
        (mine, uuid4(), before),
        (mine, file.store_id, b"x" * 32),
    ):
        with pytest.raises(InvalidTag):
            boxes.unbox(boxed, private, slot, store_id, key)


# Cut short


@pytest.mark.parametrize("where", ["_export", "_compare", "_sync", "_swap"])
def test_p5_a_full_disk_leaves_keys_that_open(store, monkeypatch, where):
    def full(*_):
        raise OSError(28, "No space left on device")

    with signed_in(store) as one, monkeypatch.context() as broken:
        broken.setattr(rekey, where, full)
        with pytest.raises(NotSaved, match="No space left") as fault:
            rekeying.change_keys(one)

    assert "opens with the same passwords" in fault.value.words
    assert not key_file.load(accounts.keys_path(store)).pending
    assert not [name for name in names(store) if "rekey" in name]
    with signed_in(store, "ada"):
        pass


def test_p5_a_folder_that_is_not_flushed_after_the_swap_leaves_the_new_keys(store, monkeypatch):
    with signed_in(store) as one:
        known = bytes(one.keyring.dek)
        with monkeypatch.context() as broken:
            broken.setattr(rekey, "_sync_folder", lambda _: (_ for _ in ()).throw(OSError(5, "I/O error")))
            rekeying.change_keys(one)

    with signed_in(store, "ada") as ada:
        assert ada.keyring.dek != known


def test_p5_a_store_that_is_not_sound_keeps_its_keys(store):
    with signed_in(store) as one:
        with one.store.engine.connect() as connection:
            raw = connection.connection.driver_connection
            raw.execute("UPDATE child SET sort_name = 'x'")
        with pytest.raises(Damaged, match="not sound"):
            rekeying.change_keys(one)

    assert not key_file.load(accounts.keys_path(store)).pending
    assert not [name for name in names(store) if "rekey" in name]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_p5_killed_at_any_moment_the_store_opens_with_the_old_keys_or_the_new(store, county, record_property):
    outcomes = {"old": 0, "new": 0}
    with signed_in(store) as one:
        known = bytes(one.keyring.dek)
    whole = seconds_and_steps(store)

    for n in range(KILLS):
        kill_a_change(store, n, *whole)
        with signed_in(store, ("max", "ada", "sue", "amy")[n % 4]) as one:
            now = bytes(one.keyring.dek)
            assert not key_file.load(accounts.keys_path(store)).pending
        outcomes["old" if now == known else "new"] += 1
        known = now

    with closing(accounts.sign_in_with_recovery(store, county[1])) as one:
        assert upkeep.check(one).faults == []
    assert names(store) == ["a.caseapp", "a.caseapp.keys", "a.caseapp.keys.bak", "a.caseapp.lock"]
    assert min(outcomes.values()) >= KILLS // 10
    record_property("figure", f"{KILLS} kills, {outcomes['old']} old, {outcomes['new']} new, 0 neither")


STEPS = ("replace", "fsync", "open", "unlink")


def seconds_and_steps(store):
    """Return how long a change of keys takes in a child, and how many steps on disk it has."""
    reading, writing = os.pipe()
    started = time.monotonic()
    if not (child := os.fork()):
        steps = counted(-1)
        change(store)
        os.write(writing, str(len(steps)).encode())
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    took = time.monotonic() - started
    os.close(writing)
    with os.fdopen(reading) as said:
        return took, int(said.read())


def kill_a_change(store, n, seconds, steps):
    """Kill a change of keys: by turns at a step on disk, the last ones first, and after some of its time."""
    if not (child := os.fork()):
        if n % 2:
            counted(steps - 1 - n // 2 * 3 % steps)
        change(store)
        os._exit(0)
    if n % 2 == 0:
        time.sleep(seconds * (n * 0.6180339887 % 1))
        os.kill(child, signal.SIGKILL)
    assert os.waitpid(child, 0)[1] in (0, signal.SIGKILL)


def counted(stop):
    """Make each step on disk count, and the one of this number kill the process."""
    seen = []

    def watched(call):
        def step(*given, **more):
            if len(seen) == stop:
                os.kill(os.getpid(), signal.SIGKILL)
            seen.append(call)
            return call(*given, **more)

        return step

    for name in STEPS:
        setattr(os, name, watched(getattr(os, name)))
    return seen


def change(store):
    try:
        with signed_in(store) as one:
            rekeying.change_keys(one)
    except BaseException:  # noqa: BLE001  # a child of the test must not go on as a second test run
        os._exit(1)


def test_p5_the_key_file_of_a_change_cut_short_names_both(store, monkeypatch):
    def cut(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(rekey, "_swap", cut)
    with signed_in(store) as one, pytest.raises(KeyboardInterrupt):
        rekeying.change_keys(one)

    content = json.loads(accounts.keys_path(store).read_text())
    assert content["format"] == 2
    assert [len(each["boxes"]) for each in content["pending"]] == [1] * len(content["slots"])
    whole = store.read_bytes()
    store.write_bytes(bytes(4096) + whole[4096:])
    with pytest.raises(Damaged):
        accounts.sign_in(store, "ada", PASSWORD)
    assert key_file.load(accounts.keys_path(store)).pending  # which key is the right one is not known
    store.write_bytes(whole)
    with signed_in(store, "ada"):
        assert not key_file.load(accounts.keys_path(store)).pending
