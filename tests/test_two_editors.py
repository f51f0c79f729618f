"""P13: two editors never overwrite each other: the later one is told, and both texts are kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from caseapp import accounts
from tests.figures import figure
from tests.kill_farm import ADDED
from tests.story import PASSWORD, fast_keys
from tests.test_plans import TwoWriters

ROOT = Path(__file__).parent.parent
RUNS, STEPS = figure(10, 200), 50
PROCESSES = figure(4, 16)


def test_p13_two_sessions_overwrite_nothing(record_property):
    record_property("figure", f"{RUNS * STEPS:,} steps of two writers and a model")

    run_state_machine_as_test(
        TwoWriters,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),  # the steps that lost something are told at once, not made fewer first
        ),
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_p13_processes_that_add_one_lose_none(tmp_path, monkeypatch, record_property):
    fast_keys(monkeypatch)
    path = tmp_path / "a.caseapp"
    accounts.make_store(path, user_name="max", name="Max", password=PASSWORD).signed_in.close()
    sign_in = {"CASEAPP_STORE": str(path), "CASEAPP_USER": "max", "CASEAPP_PASSWORD": PASSWORD}

    ran = subprocess.run(
        [sys.executable, "-m", "tests.kill_farm", f"incr={PROCESSES}"],
        cwd=ROOT, env=os.environ | sign_in, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr[-3000:]
    found = json.loads(ran.stdout)
    record_property("figure", f"{PROCESSES} processes, {len(found['said'])} additions, none lost")
    assert sorted(found["said"]) == list(range(2, PROCESSES * ADDED + 2))  # the farm itself added the first
    assert found["made"] == PROCESSES * ADDED + 1
