"""What screens and commands may know of passwords and recovery keys, without SQLAlchemy."""

from db.key_file import KeyFileMissing
from db.keys import Throttled, check_recovery_key
from db.passwords import LEAST_CHARACTERS, phrase, problems_with
from db.recovery_key import is_group, new_recovery_key

__all__ = [
    "LEAST_CHARACTERS",
    "KeyFileMissing",
    "Throttled",
    "check_recovery_key",
    "is_group",
    "new_recovery_key",
    "phrase",
    "problems_with",
]
