"""Faults in the two chains."""

from tests.plants import Plant

PLANTS = [
    Plant(
        "P20",
        "db/check.py",
        'elif link_mac(key, last[1], dict(row)) != row["mac"]:',
        "elif False:",
        "tests/test_history.py::test_p20_an_edited_entry_is_found",
        "the check does not work the seals out again",
    ),
]
