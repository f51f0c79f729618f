"""The hidden commands for tests from outside start at once: no window, no database until they need one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caseapp import trials

ROOT = Path(__file__).parent.parent
LONGEST_SECONDS = 0.3
UP_TO_STARTED = """
import json, sys, time
from caseapp import cli, trials

def started(_words):
    loaded = {each.partition(".")[0] for each in sys.modules}
    heavy = loaded & {"PySide6", "sqlalchemy", "sqlcipher3", "reportlab"}
    print(json.dumps([sorted(heavy), time.process_time()]), flush=True)
    sys.exit(0)

trials.say = started
cli.run(sys.argv[1:])
"""


@pytest.mark.parametrize("name", ["test-writer", "test-may"])
def test_a_hidden_command_is_up_before_anything_heavy_is_loaded(name):
    ran = subprocess.run(
        [sys.executable, "-c", UP_TO_STARTED, name, "--store", "none"],
        cwd=ROOT, env=os.environ | {"CASEAPP_TEST": "1"}, capture_output=True, text=True, check=True,
    )  # fmt: skip

    heavy, seconds = json.loads(ran.stdout)
    assert heavy == []
    assert seconds < LONGEST_SECONDS


def test_every_hidden_command_is_known_by_its_name():
    assert trials.named(["--store", "x", "test-writer"]) == "test-writer"
    assert trials.named(["add", "note"]) == ""
