"""P4: the recovery key opens everything, and each slip in typing it is caught."""

from uuid import uuid4

import pytest

from db.keys import (
    add_user,
    change_password,
    check_recovery_key,
    remove_user,
    renew_recovery,
    unlock,
    unlock_with_recovery,
)
from db.problems import WrongKey
from db.recovery_key import LETTERS, is_group, new_recovery_key
from tests.key_files import GOOD, OTHER, PRIYA, SAM, fast_keys, made, path

__all__ = ["fast_keys", "made", "path"]


def test_p4_the_recovery_key_opens_everything_however_it_is_typed(path, made):
    keyring, recovery_key = made
    careless = recovery_key.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert unlock_with_recovery(path, recovery_key) == keyring
    assert unlock_with_recovery(path, f"  {careless}\n") == keyring
    assert check_recovery_key(careless) == recovery_key


def test_p4_the_recovery_key_has_160_bits_in_fours():
    groups = new_recovery_key().split("-")

    assert [len(group) for group in groups] == [4] * 8 + [2]
    assert set("".join(groups)) <= set(LETTERS)
    assert len({new_recovery_key() for _ in range(100)}) == 100


@pytest.mark.parametrize("seed", range(5))
def test_p4_each_single_wrong_letter_is_caught(seed):
    letters = new_recovery_key().replace("-", "")
    slips = {
        letters[:place] + wrong + letters[place + 1 :]
        for place in range(len(letters))
        for wrong in LETTERS
        if wrong != letters[place]
    }

    assert len(slips) == 34 * 31  # of them 992 in the 32 letters of the secret
    for slip in slips:
        with pytest.raises(ValueError, match="slip"):
            check_recovery_key(slip)


def test_p4_each_swap_of_two_neighbours_is_caught():
    for _ in range(50):
        letters = new_recovery_key().replace("-", "")
        for place in range(len(letters) - 1):
            one, two = letters[place], letters[place + 1]
            if one != two:
                with pytest.raises(ValueError, match="slip"):
                    check_recovery_key(letters[:place] + two + one + letters[place + 2 :])


def test_p4_a_swap_of_the_last_secret_letter_with_the_first_check_letter_is_caught():
    for _ in range(5000):
        letters = new_recovery_key().replace("-", "")
        if letters[31] != letters[32]:
            with pytest.raises(ValueError, match="slip"):
                check_recovery_key(letters[:31] + letters[32] + letters[31] + letters[33])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda key: key[:-1], "34"),
        (lambda key: key + "2", "34"),
        (lambda key: "", "34"),
        (lambda key: "U" + key[1:], "«U»"),
    ],
)
def test_p4_a_recovery_key_of_other_letters_or_length_is_explained(change, why):
    with pytest.raises(ValueError, match=why):
        check_recovery_key(change(new_recovery_key()))


def test_p4_another_stores_recovery_key_and_a_slip_open_nothing(path, made):
    with pytest.raises(WrongKey, match="does not open this store"):
        unlock_with_recovery(path, new_recovery_key())
    with pytest.raises(WrongKey, match="letters and digits"):
        unlock_with_recovery(path, "ABCD")


def test_p4_the_recovery_key_still_opens_after_users_and_passwords_changed(path, made):
    keyring, recovery_key = made
    add_user(path, keyring, user_name=PRIYA, user_id=uuid4(), password=OTHER)
    change_password(path, keyring, user_name=SAM, password=OTHER)
    remove_user(path, keyring.user_id)

    assert unlock_with_recovery(path, recovery_key).dek == keyring.dek


def test_p4_a_forgotten_password_is_replaced_with_the_recovery_key(path, made):
    keyring, recovery_key = made
    change_password(path, unlock_with_recovery(path, recovery_key), user_name=SAM, password=OTHER)

    assert unlock(path, SAM, OTHER) == keyring


def test_p4_a_group_of_the_sheet_is_known_however_it_is_typed():
    key = "0A1B-2222-3333-4444-5555-6666-7777-8888-99"

    assert all(is_group(key, 0, typed) for typed in ("0A1B", "oalb", " 0-a1 b", "OAIB"))
    assert not any(is_group(key, 0, typed) for typed in ("", "0A1", "0A1B2", "2222"))


def test_p4_a_new_recovery_key_makes_the_old_sheet_void(path, made):
    keyring, old = made
    printed = new_recovery_key()

    renew_recovery(path, keyring, printed)

    assert unlock_with_recovery(path, printed).dek == keyring.dek
    with pytest.raises(WrongKey):
        unlock_with_recovery(path, old)
    assert unlock(path, SAM, GOOD) == keyring
