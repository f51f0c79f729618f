"""What lies beneath us is what we were promised."""

import sys

import pytest
from PySide6.QtCore import QObject
from sqlcipher3 import dbapi2 as sqlcipher

from db.connections import open_raw
from db.problems import Damaged
from db.store import create_store

KEY = bytes(range(32))


def test_calls_into_qt_do_not_lose_references_to_none():
    """PySide6 6.12.0 drops one a call on Python 3.11 and aborts after thousands."""
    thing = QObject()
    before = sys.getrefcount(None)

    for _ in range(300):
        thing.setObjectName("x")

    assert before - sys.getrefcount(None) < 50


def test_sqlite_is_free_of_the_write_ahead_log_bug():
    assert sqlcipher.sqlite_version_info >= (3, 51, 3)


def test_sqlcipher_is_of_the_fourth_series(tmp_path):
    (tmp_path / "store").touch()
    connection = open_raw(str(tmp_path / "store"), KEY)

    assert connection.execute("PRAGMA cipher_version").fetchone()[0].startswith("4.")

    connection.close()


def test_a_store_does_not_begin_like_a_plain_database(tmp_path):
    store = create_store(tmp_path / "store", KEY)
    store.close()

    assert (tmp_path / "store").read_bytes()[:16] != b"SQLite format 3\x00"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("temp_store", 2),
        ("mmap_size", 0),
        ("secure_delete", 1),
        ("cell_size_check", 1),
    ],
)
def test_every_connection_has_the_safe_settings(tmp_path, setting, value):
    (tmp_path / "store").touch()
    connection = open_raw(str(tmp_path / "store"), KEY)

    assert connection.execute(f"PRAGMA {setting}").fetchone()[0] == value

    connection.close()


def test_another_key_does_not_open_a_store(tmp_path):
    create_store(tmp_path / "store", KEY).close()

    with pytest.raises(Damaged):
        open_raw(str(tmp_path / "store"), bytes(32))


def test_a_wrong_key_prints_nothing(tmp_path, capfd):
    create_store(tmp_path / "store", KEY).close()

    with pytest.raises(Damaged):
        open_raw(str(tmp_path / "store"), bytes(32))

    assert capfd.readouterr() == ("", "")
