"""The county as fixtures: made once, copied for every test."""

import io
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from caseapp import accounts, children, user_accounts
from caseapp.children import NewChild
from db.moments import pretend
from db.store import Store
from tests.cli.county import (
    CHILDREN,
    STAFF,
    TEST_MODE,
    TODAY,
    Line,
)
from tests.story import PASSWORD


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a store: five users, four children. To be copied, not changed."""
    folder = tmp_path_factory.mktemp("county")
    with pytest.MonkeyPatch.context() as patch, pretend(datetime(2026, 11, 20, 9, tzinfo=UTC)):
        for name, value in TEST_MODE.items():
            patch.setenv(name, value)
        path = folder / "county.caseapp"
        made = accounts.make_store(path, user_name="sam", name="Sam Okafor", password=PASSWORD, team="East")
        sam, made_store = made.signed_in, made.signed_in.store
        made_store.today = lambda: TODAY
        with made_store.session(sam.actor, purpose="users") as session:
            for user, (name, roles, team) in STAFF.items():
                user_accounts.add_user(
                    session, sam.keyring, user_name=user, name=name, password=PASSWORD, roles=roles, team=team
                )
        sam.close()
        for user, given, family in CHILDREN:
            signed_in = accounts.sign_in(path, user, PASSWORD)
            with signed_in.store.session(signed_in.actor) as session:
                children.register(session, NewChild(given, family, date(2016, 5, 4)))
            signed_in.close()
    return folder


@pytest.fixture
def store(county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a store of one's own, named by the environment, with Pat at work on TODAY."""
    path = shutil.copytree(county, tmp_path / "county") / "county.caseapp"
    surroundings = {"CASEAPP_STORE": str(path), "CASEAPP_USER": "pat", "CASEAPP_PASSWORD": PASSWORD}
    for name, value in (TEST_MODE | surroundings).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(Store.__init__, "__defaults__", (lambda: TODAY,))
    with pretend(datetime(2026, 11, 23, 10, tzinfo=UTC)):
        yield path


@pytest.fixture
def line(capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(capsys)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take store, user and password out of the environment."""
    for name in ("CASEAPP_STORE", "CASEAPP_USER", "CASEAPP_PASSWORD", "CASEAPP_NEW_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
