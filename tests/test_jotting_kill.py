"""P10: a program that is killed while somebody types into a small form loses nothing that was kept."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from caseapp import accounts, jottings, journal
from tests.story import PASSWORD, fast_keys

ROOT = Path(__file__).parent.parent
KEPT_FIRST = 2  # times that it says so before it is killed

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot be killed so")


def test_p10_a_kill_loses_nothing_that_a_small_form_has_kept(tmp_path, monkeypatch, record_property):
    fast_keys(monkeypatch)
    path = tmp_path / "a.caseapp"
    accounts.make_store(path, user_name="max", name="Max North", password=PASSWORD).signed_in.close()
    surroundings = {"CASEAPP_STORE": str(path), "CASEAPP_USER": "max", "CASEAPP_PASSWORD": PASSWORD}

    said = typed_until_killed(os.environ | surroundings)

    signed_in = accounts.sign_in(path, "max", PASSWORD)
    journal.take_back(signed_in.store, signed_in.actor)  # as the window does: some may lie beside the store
    with closing(signed_in), signed_in.store.session(signed_in.actor) as session:
        (left,) = jottings.writing(session)
    kept = max(int(words[1]) for words in said if words[0] == "KEPT")
    typed = max(int(words[1]) for words in said if words[0] == "TYPED")
    found = len(left.answers["words"])
    record_property("figure", f"killed after {typed} letters, {found} found again")
    assert left.about.title == "Add a visit"
    assert kept <= found <= typed


def typed_until_killed(surroundings):
    """Return what the writer said, as words."""
    said = []
    with subprocess.Popen(
        [sys.executable, "-m", "tests.jotting_writer"],
        cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True,
    ) as writer:  # fmt: skip
        for line in writer.stdout:
            said.append(line.split())
            if sum(words[0] == "KEPT" for words in said) == KEPT_FIRST:
                writer.kill()
    return said
