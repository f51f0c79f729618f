"""Accounts: a store opens for those who may, says what is wrong in words, and is left as it was otherwise."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta

import pytest

from caseapp import accounts, children, upkeep, user_accounts
from caseapp.children import Filter
from caseapp.words import LONDON
from db import keys
from db.connections import open_raw
from db.moments import utc_now
from db.problems import Damaged, NotAllowed, NotFound, NotSaved, Problem, WrongKey
from db.store import SCHEMA, create_store, open_store
from tests.story import PASSWORD, fast_keys, make_on_disk

OTHER = "velvet orchard thirteen canoes"


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    with pytest.MonkeyPatch.context() as patch:
        fast_keys(patch)
        recovery_key = make_on_disk(folder / "a.caseapp")
    return folder, recovery_key


@pytest.fixture
def store(county, tmp_path, monkeypatch):
    """Return the path of a store of one's own."""
    fast_keys(monkeypatch)
    for each in county[0].iterdir():
        shutil.copy(each, tmp_path / each.name)
    return tmp_path / "a.caseapp"


@pytest.fixture
def signed_in(store):
    opened = accounts.sign_in(store, "max", PASSWORD)
    yield opened
    opened.close()


def contents(folder):
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}


def as_users(signed_in):
    return signed_in.store.session(signed_in.actor, purpose="users")


# Making and opening


def test_a_new_store_has_its_first_user_signed_in_who_may_everything_on_it(store):
    one = accounts.sign_in(store, "max", PASSWORD)

    assert one.actor.roles == {"administrator", "manager"}
    assert (one.actor.name, one.actor.team) == ("Max North", "North")
    one.close()


def test_the_files_are_for_their_owner_only(store):
    if os.name == "posix":
        made = accounts.make_store(store.with_name("b.caseapp"), user_name="x", name="X Y", password=PASSWORD)
        made.signed_in.close()
        for name in ("b.caseapp", "b.caseapp.keys", "b.caseapp.lock"):
            assert (store.with_name(name).stat().st_mode & 0o077) == 0, name


@pytest.mark.parametrize("password", ["", "short", "max max max max", "passwordpassword", "a" * 18])
def test_a_weak_password_makes_no_store(tmp_path, monkeypatch, password):
    fast_keys(monkeypatch)

    with pytest.raises(Problem):
        accounts.make_store(tmp_path / "a.caseapp", user_name="max", name="Max", password=password)

    assert list(tmp_path.iterdir()) == []


def test_a_store_is_not_made_where_one_is(store):
    before = contents(store.parent)

    with pytest.raises(Problem, match="already"):
        accounts.make_store(store, user_name="x", name="X", password=OTHER)

    assert contents(store.parent) == before


def test_a_store_is_not_made_where_none_can_be(tmp_path, monkeypatch):
    fast_keys(monkeypatch)
    (tmp_path / "file").write_text("x")

    for path in (tmp_path / "file" / "a.caseapp", tmp_path / "file" / "b" / "a.caseapp"):
        with pytest.raises(NotSaved):
            accounts.make_store(path, user_name="x", name="X", password=OTHER)


def test_a_store_that_could_not_be_finished_is_gone_and_can_be_made_again(tmp_path, monkeypatch):
    fast_keys(monkeypatch)
    path = tmp_path / "a.caseapp"
    with monkeypatch.context() as patch:
        patch.setattr("db.migrations.upgrade", lambda engine: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            accounts.make_store(path, user_name="max", name="Max", password=PASSWORD)

    assert [each.name for each in tmp_path.iterdir() if not each.name.endswith(".lock")] == []
    accounts.make_store(path, user_name="max", name="Max", password=PASSWORD).signed_in.close()


@pytest.mark.parametrize(
    ("user", "password"),
    [("max", OTHER), ("max", ""), ("nobody", PASSWORD), ("", ""), ("MAX ", PASSWORD + " ")],
)
def test_a_wrong_name_and_a_wrong_password_sound_the_same(store, user, password):
    with pytest.raises(WrongKey) as problem:
        accounts.sign_in(store, user, password)

    assert problem.value.words == str(keys.WrongPassword())
    accounts.sign_in(store, "max", PASSWORD).close()


def test_a_name_is_read_without_case(store):
    with closing(accounts.sign_in(store, "MAX", PASSWORD)) as one:
        assert one.actor.name == "Max North"


def test_the_recovery_key_opens_everything_as_an_administrator(county, store):
    one = accounts.sign_in_with_recovery(store, county[1].lower().replace("-", " "))

    assert "administrator" in one.actor.roles
    one.close()
    with pytest.raises(WrongKey):
        accounts.sign_in_with_recovery(store, "0" * 34)


def test_a_second_window_is_told_who_has_the_store(store):
    first = accounts.sign_in(store, "max", PASSWORD, window=True)

    for window in (True, False):
        with pytest.raises(Problem, match="open in another window"):
            accounts.sign_in(store, "ada", PASSWORD, window=window)
    first.close()
    accounts.sign_in(store, "ada", PASSWORD, window=True).close()


def test_commands_share_a_store(store):
    first, second = (accounts.sign_in(store, name, PASSWORD) for name in ("max", "ada"))

    with pytest.raises(Problem, match="open in another window"):
        accounts.sign_in(store, "max", PASSWORD, window=True)

    first.close()
    second.close()


def test_each_sign_in_is_recorded(store):
    accounts.sign_in(store, "ada", PASSWORD).close()
    one = accounts.sign_in(store, "max", PASSWORD)

    with one.store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        found = raw.execute("SELECT count(*) FROM look WHERE act = 'sign in'").fetchone()[0]
    one.close()

    assert found >= 3


# Users


def test_a_user_is_added_signs_in_and_sees_their_team_only(signed_in, store):
    with as_users(signed_in) as session:
        user_accounts.add_user(
            session, signed_in.keyring, user_name="bob", name="Bob New", password=OTHER,
            roles=["practitioner"], team="South",
        )  # fmt: skip

    bob = accounts.sign_in(store, "bob", OTHER)

    assert (bob.actor.team, bob.actor.roles) == ("South", {"practitioner"})
    with bob.store.session(bob.actor) as session:
        assert children.page(session, Filter(), None) == []
    bob.close()


@pytest.mark.parametrize(
    "change",
    [
        {"user_name": "ada"}, {"user_name": "Ada "}, {"user_name": " "}, {"password": "short"},
        {"roles": ["boss"]}, {"roles": []},
    ],
)  # fmt: skip
def test_a_user_that_cannot_be_is_not_added(signed_in, change):
    new = {"user_name": "bob", "name": "Bob", "password": OTHER, "roles": ["reader"]} | change
    before = accounts.keys_path(signed_in.store.path).read_bytes()

    with pytest.raises(Problem), as_users(signed_in) as session:
        user_accounts.add_user(session, signed_in.keyring, **new)

    assert accounts.keys_path(signed_in.store.path).read_bytes() == before
    with as_users(signed_in) as session:
        assert len(user_accounts.users(session)) == 4


def test_a_user_who_is_disabled_signs_in_no_more(signed_in, store):
    with as_users(signed_in) as session:
        user_accounts.disable(session, "ada")

    with pytest.raises(WrongKey):
        accounts.sign_in(store, "ada", PASSWORD)
    with as_users(signed_in) as session:
        assert {each.user_name: each.active for each in user_accounts.users(session)}["ada"] is False


def test_nobody_shuts_themselves_out(signed_in):
    for act in (
        lambda session: user_accounts.disable(session, "max"),
        lambda session: user_accounts.set_roles(session, "max", ["manager"]),
        lambda session: user_accounts.set_roles(session, "ada", []),
        lambda session: user_accounts.set_roles(session, "ada", ["boss"]),
    ):
        with pytest.raises(Problem), as_users(signed_in) as session:
            act(session)


def test_an_unknown_user_is_not_found(signed_in):
    with pytest.raises(NotFound), as_users(signed_in) as session:
        user_accounts.set_roles(session, "nobody", ["reader"])


def test_a_role_that_is_given_holds_from_the_next_sign_in(signed_in, store):
    with as_users(signed_in) as session:
        user_accounts.set_roles(session, "ada", ["reader"])

    ada = accounts.sign_in(store, "ada", PASSWORD)

    assert ada.actor.roles == {"reader"}
    ada.close()


def test_only_administrators_see_and_change_users(store):
    ada = accounts.sign_in(store, "ada", PASSWORD)

    for act in (
        lambda session: user_accounts.users(session),
        lambda session: user_accounts.disable(session, "sue"),
        lambda session: user_accounts.set_roles(session, "ada", ["administrator"]),
        lambda session: user_accounts.add_worker(session, name="X"),
    ):
        with pytest.raises(NotAllowed), ada.store.session(ada.actor, purpose="users") as session:
            act(session)
    ada.close()


def test_a_changed_password_opens_and_the_old_one_no_longer(store):
    one = accounts.sign_in(store, "ada", PASSWORD)
    accounts.change_password(store, one.keyring, "ada", OTHER)
    one.close()

    with pytest.raises(WrongKey):
        accounts.sign_in(store, "ada", PASSWORD)
    accounts.sign_in(store, "ada", OTHER).close()
    accounts.sign_in(store, "max", PASSWORD).close()


# What is no store, not ours, newer, or damaged


def dek_of(store):
    return keys.unlock(accounts.keys_path(store), "max", PASSWORD).dek


def refused(store, kind=Problem, user="max", password=PASSWORD):
    before = contents(store.parent)
    with pytest.raises(kind) as problem:
        accounts.sign_in(store, user, password)
    after = contents(store.parent)
    kept = {name for name in before if not name.endswith("-shm")}  # who reads leaves a mark there
    assert {name: after.get(name) for name in kept} == {name: before[name] for name in kept}
    assert problem.value.words[0].isupper()
    assert problem.value.words.endswith(".")
    return problem.value


def test_a_store_that_is_not_there_is_named(tmp_path):
    assert "no store" in refused(tmp_path / "none.caseapp").words


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"SQLite format 3\x00" + bytes(5000), bytes(8192), b"PK\x03\x04" * 2000]
)
def test_p11_a_file_that_is_no_store_is_refused_and_left_as_it_is(store, content):
    store.write_bytes(content)

    assert "backup" in refused(store, Damaged).words


def test_a_store_without_its_keys_is_told_what_is_missing(store):
    for each in store.parent.glob("*.keys*"):
        each.unlink()

    assert "key file" in refused(store).words


def test_the_keys_of_another_store_do_not_open_this_one(store, tmp_path):
    other = accounts.make_store(tmp_path / "b.caseapp", user_name="max", name="Max", password=PASSWORD)
    other.signed_in.close()
    for ending in (".keys", ".keys.bak"):
        if store.with_name(f"b.caseapp{ending}").exists():
            shutil.copy(store.with_name(f"b.caseapp{ending}"), store.with_name(f"a.caseapp{ending}"))

    assert "restore" in refused(store, Damaged).words.lower()


def test_a_plain_database_is_no_store(store, tmp_path):
    key = bytes(range(32))
    create_store(tmp_path / "c", key).close()
    connection = open_raw(str(tmp_path / "c"), key)
    connection.execute("PRAGMA application_id = 1")
    connection.close()

    with pytest.raises(Damaged, match="not a caseapp store"):
        open_store(tmp_path / "c", key)


@pytest.mark.parametrize("schema", ["0006", "0010", "9999", "zzzz"])
def test_p17_a_newer_schema_is_refused_untouched(store, schema):
    connection = open_raw(str(store), dek_of(store))
    connection.execute("UPDATE alembic_version SET version_num = ?", (schema,))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()

    assert "newer version" in refused(store).words
    assert schema > SCHEMA


def test_p11_a_damaged_store_is_named_by_the_whole_check(store):
    whole = store.read_bytes()
    store.write_bytes(whole[:-2000] + bytes(8) + whole[-1992:])
    one = accounts.sign_in(store, "max", PASSWORD)

    report = upkeep.check(one)
    one.close()

    assert "file-cipher" in {each.code for each in report.faults}


@pytest.mark.parametrize("size", [0, 100, 4095, 4096, 8192, -4096, -1])
def test_p11_a_store_cut_short_never_goes_unseen(store, size):
    whole = store.read_bytes()
    store.write_bytes(whole[:size])

    try:
        one = accounts.sign_in(store, "max", PASSWORD)
    except Damaged:
        return
    try:
        assert upkeep.check(one).faults
    except Damaged:
        return
    finally:
        one.close()


def test_p6_wrong_passwords_are_slowed_down_but_never_for_good(store):
    for _ in range(5):
        with pytest.raises(keys.WrongPassword):
            accounts.sign_in(store, "max", OTHER)

    with pytest.raises(keys.Throttled) as problem:
        accounts.sign_in(store, "max", PASSWORD)

    assert problem.value.seconds <= 1
    tries = store.with_name("a.caseapp.tries")
    kept = json.loads(tries.read_text())
    tries.write_text(json.dumps(kept | {"last_at": kept["last_at"] - 60}))
    accounts.sign_in(store, "max", PASSWORD).close()
    assert not tries.exists()


def test_p6_wrong_passwords_are_on_record_and_told_at_the_next_sign_in_alone(store, record_property):
    before = utc_now()
    for user, word in (("max", OTHER), ("nobody", OTHER), ("ada", "")):
        with pytest.raises(keys.WrongPassword):
            accounts.sign_in(store, user, word)

    with closing(accounts.sign_in(store, "ada", PASSWORD)) as ada:
        wrong = ada.wrong
        with ada.store.engine.connect() as connection:
            raw = connection.connection.driver_connection
            rows = raw.execute("SELECT detail FROM look WHERE act = 'wrong password'").fetchall()
        assert upkeep_of(ada) == []
    with closing(accounts.sign_in(store, "max", PASSWORD)) as again:
        assert again.wrong is None

    assert wrong.number == 3
    assert abs((wrong.since - before).total_seconds()) < 60
    assert [json.loads(row[0])["number"] for row in rows] == [3]
    record_property("figure", "3 wrong passwords: on record once, told once")


def upkeep_of(signed_in):
    from db.check import check

    return check(signed_in.store).faults


@pytest.mark.parametrize(
    ("number", "days", "said"),
    [(1, 0, "1 wrong password was tried since "), (1200, 3, "1,200 wrong passwords were tried since ")],
)
def test_p6_the_words_name_number_and_moment(number, days, said):
    since = utc_now() - timedelta(days=days)

    told = accounts.wrong_words(accounts.WrongPasswords(number, since))

    assert told.startswith(f"{said}{since.astimezone(LONDON):%A} ")
    long_ago = accounts.wrong_words(accounts.WrongPasswords(2, datetime(2026, 1, 2, 13, 5, tzinfo=UTC)))
    assert "2 January 2026" in long_ago or "02/01/2026" in long_ago or "2 Jan 2026" in long_ago


def test_p6_a_count_that_is_nonsense_stops_nobody(store):
    store.with_name("a.caseapp.tries").write_text(
        json.dumps({"wrong": 1, "last_at": 0, "untold": 9, "first_at": 1e300})
    )

    with closing(accounts.sign_in(store, "max", PASSWORD)) as one:
        assert one.wrong.number == 9


# What is half done


def not_written(signed_in, use_case):
    """Run a use case whose transaction fails at its very end."""
    with suppress(ZeroDivisionError), as_users(signed_in) as session:
        use_case(session)
        raise ZeroDivisionError


def cat(session, keyring, **more):
    given = {"user_name": "cat", "name": "Cat", "password": OTHER, "roles": ["reader"]} | more
    return user_accounts.add_user(session, keyring, **given)


def test_a_user_whose_adding_was_not_written_is_nobody_and_can_be_added_again(signed_in, store):
    not_written(signed_in, lambda session: cat(session, signed_in.keyring))
    refused(store, WrongKey, "cat", OTHER)

    with as_users(signed_in) as session:
        cat(session, signed_in.keyring, password=PASSWORD)

    refused(store, WrongKey, "cat", OTHER)
    with closing(accounts.sign_in(store, "cat", PASSWORD)) as added:
        assert added.actor.roles == {"reader"}


def test_a_user_whose_disabling_was_not_written_can_be_disabled_again(signed_in):
    not_written(signed_in, lambda session: user_accounts.disable(session, "ada"))

    with as_users(signed_in) as session:
        user_accounts.disable(session, "ada")
    with as_users(signed_in) as session:
        assert [each.user_name for each in user_accounts.users(session) if not each.active] == ["ada"]


def test_a_disabled_user_stays_out_though_an_old_key_file_is_put_back(signed_in, store):
    old = accounts.keys_path(store).read_bytes()
    with as_users(signed_in) as session:
        user_accounts.disable(session, "ada")
    accounts.keys_path(store).write_bytes(old)

    with pytest.raises(WrongKey):
        accounts.sign_in(store, "ada", PASSWORD)


def test_the_recovery_key_opens_the_store_after_its_first_user_has_left(county, store):
    with closing(accounts.sign_in(store, "amy", PASSWORD)) as amy, as_users(amy) as session:
        user_accounts.disable(session, "max")

    with closing(accounts.sign_in_with_recovery(store, county[1])) as opened:
        assert opened.actor.name == "Amy North"
