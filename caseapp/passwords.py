"""What screens and commands may know of passwords and recovery keys, without SQLAlchemy."""

from db.key_file import KeyFileMissing
from db.keys import Throttled, check_recovery_key
from db.passwords import LEAST_CHARACTERS, phrase, problems_with

__all__ = [
    "LEAST_CHARACTERS",
    "KeyFileMissing",
    "Throttled",
    "check_recovery_key",
    "phrase",
    "problems_with",
]
