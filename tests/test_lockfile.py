"""One window a store: who holds it is named, and the lock is gone with its process."""

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from db.lockfile import InUse, hold
from db.problems import NotSaved

HOLDER = """
import sys
from pathlib import Path
from db.lockfile import hold
held = hold(Path(sys.argv[1]), "Sam Okafor")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def lock(tmp_path):
    return tmp_path / "family.lock"


@pytest.fixture
def holder(lock):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_process_is_refused_and_told_who_has_the_store(lock, holder):
    with pytest.raises(InUse) as refused:
        hold(lock, "Priya Shah")

    assert refused.value.who == "Sam Okafor"
    assert "open in another window (Sam Okafor, since " in refused.value.words
    assert refused.value.exit_code == 2


def test_the_lock_is_gone_when_its_process_is_killed(lock, holder):
    holder.kill()
    holder.wait()

    with hold(lock, "Priya Shah"):
        assert "Priya Shah" in lock.read_text()


def test_a_second_window_of_the_same_process_is_refused_too(lock):
    with hold(lock, "Sam Okafor"), pytest.raises(InUse):
        hold(lock, "Priya Shah")


def test_a_refused_attempt_leaves_the_lock_with_its_holder(lock, holder):
    for _ in range(3):
        with pytest.raises(InUse):
            hold(lock, "Priya Shah")


def test_closing_gives_the_store_free_and_leaves_no_name_behind(lock):
    held = hold(lock, "Sam Okafor")
    held.close()
    held.close()

    assert lock.read_bytes() == b""
    hold(lock, "Priya Shah").close()


def test_the_time_is_shown_with_its_date_only_when_it_is_not_today(lock):
    noon = datetime(2026, 3, 9, 12, 2, tzinfo=UTC)

    with hold(lock, "Sam Okafor", now=lambda: noon):
        with pytest.raises(InUse, match=r"since \d\d:\d\d\)"):
            hold(lock, "Priya Shah", now=lambda: noon)
        with pytest.raises(InUse, match=r"since 09/03/2026 \d\d:\d\d\)"):
            hold(lock, "Priya Shah", now=lambda: noon + timedelta(days=3))


@pytest.mark.parametrize("who", ["", "Zoë\nŁucja", "x" * 10_000, "👩‍👧 Sam", "\ud800 Sam", "a\x00b"])
def test_any_name_can_hold_the_store(lock, who):
    with hold(lock, who), pytest.raises(InUse, match="Nothing was changed"):
        hold(lock, "Priya Shah")


def test_a_lock_file_with_other_content_names_nobody(lock):
    with hold(lock, "Sam Okafor"):
        lock.write_text("rubbish")
        with pytest.raises(InUse, match=r"another window\. Close it there first"):
            hold(lock, "Priya Shah")


def test_a_missing_folder_is_said_in_plain_words(tmp_path):
    with pytest.raises(NotSaved, match="Nothing was changed"):
        hold(tmp_path / "gone" / "family.lock", "Sam Okafor")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_its_owner_may_read_the_lock(lock):
    with hold(lock, "Sam Okafor"):
        assert stat.S_IMODE(lock.stat().st_mode) == 0o600
