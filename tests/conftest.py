"""What every test may rely on: no screen is needed, and widgets look as they do in the program."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from tests import new_stores
from ui import theme

REMEMBERED = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Keep what the program remembers of stores outside them away from the tester's own."""
    config.stash[REMEMBERED] = os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="caseapp-state-")
    new_stores.share()


def pytest_collection_finish() -> None:
    """Search for garbage seldom, and never among what was imported: it took up to a third of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def collect_between_tests() -> Iterator[None]:
    """Collect garbage between tests alone, as the window does between events: never as a part is painted."""
    gc.disable()
    yield
    gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    shutil.rmtree(config.stash[REMEMBERED], ignore_errors=True)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Return what the application is made with, as the program makes it."""
    return ["caseapp", *theme.ARGUMENTS]


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Return the application with the bundled fonts and the light theme."""
    theme.load_fonts()
    theme.apply(qapp, "light")
    return qapp
