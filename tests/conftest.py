"""What every test may rely on: no screen is needed, and widgets look as they do in the program."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from ui import theme


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Return the application with the bundled fonts and the light theme."""
    theme.load_fonts()
    theme.apply(qapp, "light")
    return qapp
