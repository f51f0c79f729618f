"""A home with its own folders for settings, stores and logs, and a store in it."""

from __future__ import annotations

import pytest

from caseapp import accounts, places
from tests.story import fast_keys

PASSWORD = "lantern-copper-river-tandem"


@pytest.fixture
def home(tmp_path, monkeypatch):
    fast_keys(monkeypatch)
    for kind, place in (("config", "settings_folder"), ("data", "stores_folder"), ("log", "log_folder")):
        monkeypatch.setattr(places, place, lambda kind=kind: tmp_path / kind)
    return tmp_path


@pytest.fixture
def store_path(home):
    path = home / "family-support.caseapp"
    made = accounts.make_store(path, user_name="sam", name="Sam Okafor", password=PASSWORD)
    made.signed_in.close()
    return path
