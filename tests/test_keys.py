"""P1, P2, P6: who can open a store, what a guess costs, and how wrong passwords are slowed down."""

import json
import subprocess
import sys
import unicodedata
from uuid import uuid4

import pytest

from db import keys
from db.keys import (
    FLOOR,
    Costs,
    KeyFileMissing,
    Throttled,
    WrongPassword,
    add_user,
    change_password,
    costs_for,
    create,
    derive,
    has_user,
    measured_costs,
    remove_user,
    strengthen,
    unlock,
)
from db.passwords import bits
from db.problems import NotFound, Problem, WrongKey
from tests.key_files import GOOD, OTHER, PRIYA, SAM, fast_keys, made, path

__all__ = ["fast_keys", "made", "path"]


class Clock:
    def __init__(self):
        self.seconds = 1_000_000.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def real_costs(monkeypatch):
    monkeypatch.delenv("CASEAPP_TEST_FAST_KEYS")


@pytest.fixture
def clock():
    return Clock()


def wrong_five_times(path, clock):
    for _ in range(5):
        with pytest.raises(WrongPassword):
            unlock(path, SAM, OTHER, now=clock)


def test_the_right_name_and_password_give_the_same_keys_again(path, made):
    keyring, _ = made

    assert unlock(path, SAM, GOOD) == keyring
    assert (len(keyring.dek), len(keyring.seed)) == (32, 32)


def test_a_wrong_password_and_an_unknown_name_are_told_alike(path, made):
    with pytest.raises(WrongPassword) as wrong:
        unlock(path, SAM, OTHER)
    with pytest.raises(WrongPassword) as unknown:
        unlock(path, "Nobody Here", GOOD)

    assert wrong.value.words == unknown.value.words
    assert wrong.value.exit_code == 5


def test_an_unknown_name_costs_one_derivation_like_a_known_one(path, made, monkeypatch):
    costs_paid = []
    argon2 = keys._argon2
    monkeypatch.setattr(keys, "_argon2", lambda *given: costs_paid.append(given[2]) or argon2(*given))
    for name in (SAM, "Nobody Here"):
        with pytest.raises(WrongPassword):
            unlock(path, name, OTHER)

    assert len(costs_paid) == 2
    assert costs_paid[0] == costs_paid[1]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Zoë Łucja", unicodedata.normalize("NFD", "zoë  łucja ")),
        ("👩‍👧 Sam", "👩‍👧 sam"),
        ("STRASSE", "straße"),
        ("ＳＡＭ", "sam"),
        ("Ọmọ", unicodedata.normalize("NFD", "ỌMỌ")),
        ("a\x00b\ud800", "A\x00B\ud800"),
        ("recovery", "Recovery"),
    ],
)
def test_a_name_is_known_however_it_is_typed(path, stored, typed):
    create(path, user_name=stored, user_id=uuid4(), password=GOOD)

    assert has_user(path, typed)
    assert unlock(path, typed, GOOD).user_id


@pytest.mark.parametrize("password", ["Zoë-ladder-mist", "👩‍👧" * 10, "\udce9 terminal bytes", "x" * 100_000])
def test_a_password_is_known_in_either_unicode_form(path, password):
    create(path, user_name=SAM, user_id=uuid4(), password=password)

    assert unlock(path, SAM, unicodedata.normalize("NFD", password))


def test_p1_the_key_file_holds_no_name_and_no_key(path, made):
    keyring, recovery_key = made
    text = path.read_bytes()

    for secret in (b"Sam", b"Okafor", recovery_key.encode(), keyring.dek, keyring.dek.hex().encode()):
        assert secret not in text
    assert keyring.dek.hex() not in repr(keyring)
    assert repr(keyring.dek) not in repr(keyring)


def test_a_missing_key_file_is_named(path):
    with pytest.raises(KeyFileMissing, match=r"family\.caseapp\.keys is missing"):
        unlock(path, SAM, GOOD)


def test_a_second_key_file_is_not_made_over_the_first(path, made):
    before = path.read_bytes()
    with pytest.raises(Problem, match="already"):
        create(path, user_name=SAM, user_id=uuid4(), password=OTHER)

    assert path.read_bytes() == before


def test_p2_each_slot_of_a_new_store_costs_at_least_the_floor(path, real_costs, record_property):
    keyring, _ = create(path, user_name=SAM, user_id=uuid4(), password=GOOD)
    add_user(path, keyring, user_name=PRIYA, user_id=uuid4(), password=OTHER)

    slots = json.loads(path.read_text())["slots"]
    assert len(slots) == 3
    for slot in slots:
        kdf = slot["kdf"]
        assert (kdf["m"] >= FLOOR.m_kib, kdf["t"] >= FLOOR.t, kdf["p"] >= FLOOR.p) == (True, True, True)
    record_property(
        "figure", f"{len(slots)} slots at 64 MiB, 3 passes, 4 lanes or more; phrases {bits():.1f} bits"
    )
    assert bits() >= 51


@pytest.mark.parametrize(
    "costs", [Costs(FLOOR.m_kib - 1, 3, 4), Costs(FLOOR.m_kib, 2, 4), Costs(FLOOR.m_kib, 3, 3)]
)
def test_p2_costs_below_the_floor_are_refused(path, real_costs, costs):
    with pytest.raises(ValueError, match="floor"):
        create(path, user_name=SAM, user_id=uuid4(), password=GOOD, costs=costs)

    assert not path.exists()


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.05, 0.12, 0.27, 0.5, 0.57, 0.7, 1.0, 1.3, 2.5, 60.0])
def test_p2_the_measured_costs_stay_between_floor_and_ceiling_and_aim_at_half_a_second_to_one(seconds):
    costs = costs_for(seconds)
    expected = seconds * costs.m_kib * costs.t / (128 * 1024 * 3)

    assert FLOOR.m_kib <= costs.m_kib <= 256 * 1024
    assert FLOOR.t <= costs.t <= 10
    assert costs.p == FLOOR.p
    if 0.12 <= seconds <= 1.3:
        assert 0.5 <= expected <= 1.0


def test_p2_the_measured_costs_are_taken_on_this_machine(real_costs, monkeypatch):
    monkeypatch.setattr(keys, "_seconds_at_default", lambda: 0.35)

    assert measured_costs() == Costs(256 * 1024, 3, 4)


def test_fast_keys_are_refused_outside_tests(path, monkeypatch):
    monkeypatch.delenv("CASEAPP_TEST")
    with pytest.raises(Problem, match="tests only"):
        create(path, user_name=SAM, user_id=uuid4(), password=GOOD)

    assert not path.exists()


def test_p2_a_slot_below_the_floor_is_raised_at_the_next_sign_in(path, made, monkeypatch):
    keyring, _ = made
    assert not strengthen(path, keyring, user_name=SAM, password=GOOD)

    monkeypatch.delenv("CASEAPP_TEST_FAST_KEYS")
    assert strengthen(path, keyring, user_name=SAM, password=GOOD)
    assert not strengthen(path, keyring, user_name=SAM, password=GOOD)
    assert json.loads(path.read_text())["slots"][0]["kdf"]["m"] >= FLOOR.m_kib
    assert unlock(path, SAM, GOOD) == keyring


def test_p6_five_wrong_passwords_are_free_then_the_pauses_double_up_to_a_minute(path, made, clock):
    wrong_five_times(path, clock)

    for pause in (1, 2, 4, 8, 16, 32, 60, 60, 60):
        clock.seconds += pause - 0.5
        with pytest.raises(Throttled) as throttled:
            unlock(path, SAM, GOOD, now=clock)
        assert throttled.value.seconds == pytest.approx(0.5)
        clock.seconds += 0.5
        with pytest.raises(WrongPassword):
            unlock(path, SAM, OTHER, now=clock)


def test_p6_the_pause_outlives_a_restart(path, made):
    program = (
        "import sys, pathlib; from db import keys\n"
        "try: keys.unlock(pathlib.Path(sys.argv[1]), 'Sam Okafor', 'wrong', now=lambda: 1e6)\n"
        "except keys.WrongKey as fault: print(type(fault).__name__)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
        for _ in range(6)
    ]

    assert [run.stdout.strip() for run in runs] == ["WrongPassword"] * 5 + ["Throttled"]


def test_p6_what_was_tried_is_counted_until_it_is_told(path, made, clock):
    wrong_five_times(path, clock)
    first = clock.seconds
    clock.seconds += 600
    unlock(path, SAM, GOOD, now=clock)
    wrong_five_times(path, clock)

    assert keys.wrong_since_unlock(path) == (10, first)
    keys.forget_wrong(path)
    assert keys.wrong_since_unlock(path) is None
    assert b"Sam" not in path.read_bytes()


def test_p6_unknown_names_are_slowed_down_too(path, made, clock):
    for name in "abcde":
        with pytest.raises(WrongPassword):
            unlock(path, name, OTHER, now=clock)

    with pytest.raises(Throttled, match="Wait 1 second, then"):
        unlock(path, SAM, GOOD, now=clock)


def test_p6_a_right_password_after_the_pause_clears_the_count(path, made, clock):
    wrong_five_times(path, clock)
    clock.seconds += 1
    assert unlock(path, SAM, GOOD, now=clock) == made[0]

    wrong_five_times(path, clock)  # free again: the pauses begin after them
    with pytest.raises(Throttled, match="Wait 1 second, then"):
        unlock(path, SAM, GOOD, now=clock)


def test_p6_a_clock_put_back_ten_years_never_locks_out_for_good(path, made, clock):
    wrong_five_times(path, clock)
    clock.seconds -= 10 * 365 * 86400
    with pytest.raises(Throttled) as throttled:
        unlock(path, SAM, GOOD, now=clock)
    assert throttled.value.seconds <= 60

    clock.seconds += throttled.value.seconds
    assert unlock(path, SAM, GOOD, now=clock)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"wrong": "x"}', b'{"wrong": 1e999, "last_at": 0}', b"\xff"]
)
def test_p6_a_damaged_count_locks_nobody_out(path, made, content):
    path.with_suffix(".tries").write_bytes(content)

    assert unlock(path, SAM, GOOD)


def test_a_second_user_opens_the_same_store_with_a_seed_of_their_own(path, made):
    keyring, _ = made
    priya = uuid4()
    add_user(path, keyring, user_name=PRIYA, user_id=priya, password=OTHER)

    theirs = unlock(path, PRIYA, OTHER)
    assert (theirs.dek, theirs.user_id, theirs.store_id) == (keyring.dek, priya, keyring.store_id)
    assert theirs.seed != keyring.seed
    assert unlock(path, SAM, GOOD) == keyring


def test_a_name_or_person_is_not_added_twice(path, made):
    keyring, _ = made
    for name, person in ((SAM.upper(), uuid4()), (PRIYA, keyring.user_id), (" ", uuid4())):
        with pytest.raises(Problem, match="Nothing was changed"):
            add_user(path, keyring, user_name=name, user_id=person, password=OTHER)


def test_a_changed_password_opens_and_the_old_one_no_more_also_by_the_copy(path, made):
    keyring, _ = made
    change_password(path, keyring, user_name="Sam Okafor-Shah", password=OTHER)
    path.unlink()

    assert unlock(path, "Sam Okafor-Shah", OTHER) == keyring
    for name in (SAM, "Sam Okafor-Shah"):
        with pytest.raises(WrongPassword):
            unlock(path, name, GOOD)


def test_a_password_is_not_changed_under_another_users_name(path, made):
    keyring, _ = made
    add_user(path, keyring, user_name=PRIYA, user_id=uuid4(), password=OTHER)

    with pytest.raises(Problem, match="another user of this name"):
        change_password(path, keyring, user_name=PRIYA, password=GOOD)


def test_a_keyring_that_is_wiped_holds_zeros_alone(path, made):
    keyring, _ = made
    held = (keyring.dek, keyring.seed, keyring.private)

    keyring.wipe()

    assert [bytes(each) for each in held] == [bytes(32)] * 3


def test_a_removed_user_cannot_open_the_store_nor_change_a_password(path, made):
    keyring, _ = made
    add_user(path, keyring, user_name=PRIYA, user_id=uuid4(), password=OTHER)
    remove_user(path, keyring.user_id)

    assert not has_user(path, SAM)
    with pytest.raises(WrongPassword):
        unlock(path, SAM, GOOD)
    with pytest.raises(NotFound):
        change_password(path, keyring, user_name=SAM, password=GOOD)
    with pytest.raises(NotFound):
        remove_user(path, keyring.user_id)
    assert unlock(path, PRIYA, OTHER)


def test_the_last_user_is_not_removed(path, made):
    keyring, _ = made
    with pytest.raises(Problem, match="Nobody else"):
        remove_user(path, keyring.user_id)

    assert unlock(path, SAM, GOOD)


def test_keys_of_another_store_do_not_change_this_one(path, made, tmp_path):
    stranger, _ = create(tmp_path / "other.keys", user_name=SAM, user_id=uuid4(), password=GOOD)

    with pytest.raises(WrongKey, match="another store"):
        add_user(path, stranger, user_name=PRIYA, user_id=uuid4(), password=OTHER)


def test_keys_for_different_purposes_differ_and_stay_the_same_for_good():
    dek = bytes(range(32))
    made = {purpose: derive(dek, purpose).hex() for purpose in ("history-v1", "backup", "spool")}

    assert len(set(made.values())) == 3
    assert made["history-v1"] == "180435e981b59533162d6b0998d36da3bea09eda686e76994840dbc10483187e"


def test_the_module_itself_loads_no_cryptography():
    program = "import db.keys, sys; print([m for m in sys.modules if m.startswith(('crypto', 'argon2'))])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"
