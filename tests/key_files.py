"""The key file of a new store, and the keys and people that open it."""

from uuid import uuid4

import pytest

from db.keys import create
from tests import story

SAM, PRIYA = "Sam Okafor", "Priya Shah"
GOOD, OTHER = "tulip-ladder-mist-oboe", "kettle-harp-lilac-stone"


@pytest.fixture(autouse=True)
def fast_keys(monkeypatch):
    story.fast_keys(monkeypatch)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "family.caseapp.keys"


@pytest.fixture
def made(path):
    """Return the first user's keyring and the recovery key of a new store."""
    return create(path, user_name=SAM, user_id=uuid4(), password=GOOD)
