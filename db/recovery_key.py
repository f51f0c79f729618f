"""The recovery key as people print, read and type it: 160 bits in 32 letters, and two that catch slips."""

from __future__ import annotations

import secrets
import unicodedata

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_LETTERS, CHECK_LETTERS = 32, 2
# The largest prime below 32². With 32 as the base, every wrong letter and every swap of two neighbours, also
# across the border to the check letters, then changes the remainder.
CHECK_PRIME = 1021


def new_recovery_key() -> str:
    """Return a fresh recovery key as it is printed."""
    secret = "".join(secrets.choice(LETTERS) for _ in range(SECRET_LETTERS))
    return _in_fours(secret + _check_letters(secret))


def check_recovery_key(text: str) -> str:
    """Return a typed recovery key as it is printed: capitals, in fours, O read as 0, I and L as 1.

    Raises ValueError with a sentence when a letter is wrong, missing or swapped.
    """
    letters = _read(text)
    strange = next((c for c in letters if c not in LETTERS), None)
    if strange is not None:
        raise ValueError(f"No recovery key has «{strange}» in it. Compare it with the sheet, group by group.")
    wanted = SECRET_LETTERS + CHECK_LETTERS
    if len(letters) != wanted:
        raise ValueError(
            f"A recovery key has {wanted} letters and digits, this one has {len(letters)}. "
            "Compare it with the sheet."
        )
    if letters[SECRET_LETTERS:] != _check_letters(letters[:SECRET_LETTERS]):
        raise ValueError("There is a slip in this recovery key. Compare it with the sheet, group by group.")
    return _in_fours(letters)


def is_group(key: str, number: int, typed: str) -> bool:
    """Return whether what was typed is the group of this number, from 0, of a printed recovery key."""
    return key.split("-")[number] == _read(typed)


def _read(text: str) -> str:
    """Return letters and digits as they are printed: capitals, O read as 0, I and L as 1."""
    typed = "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())
    return typed.translate(str.maketrans("OIL", "011"))


def _check_letters(secret: str) -> str:
    number = 0
    for letter in secret:
        number = number * len(LETTERS) + LETTERS.index(letter)
    high, low = divmod(number % CHECK_PRIME, len(LETTERS))
    return LETTERS[high] + LETTERS[low]


def _in_fours(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
