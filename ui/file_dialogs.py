"""Dialogs that ask for a file or a folder: each opens where the last one ended, or among one's documents."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

LAST_FOLDER: Final[deque[Path]] = deque(maxlen=1)
"""Where the last file was chosen since the program started, if any was."""


def to_save(parent: QWidget, title: str, file_name: str, kinds: str) -> QFileDialog:
    """Return a dialog that asks where a file goes, proposing a name; whoever asked opens it."""
    dialog = _dialog(parent, title, first_folder() / file_name, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(file_name).suffix.lstrip("."))
    return dialog


def to_open(parent: QWidget, title: str, kinds: str, start: Path | None = None) -> QFileDialog:
    """Return a dialog that asks for a file that is there, beginning at a place if one is given."""
    dialog = _dialog(parent, title, start or first_folder(), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog


def for_folder(parent: QWidget, title: str, start: Path | None = None) -> QFileDialog:
    """Return a dialog that asks for a folder, beginning at a place if one is given."""
    dialog = _dialog(parent, title, start or first_folder(), "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    return dialog


def first_folder() -> Path:
    """Return where a dialog opens: never the working folder, which is that of the program or of nobody."""
    if LAST_FOLDER and LAST_FOLDER[0].is_dir():
        return LAST_FOLDER[0]
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return documents if documents.is_dir() else Path.home()


def _dialog(parent: QWidget, title: str, start: Path, kinds: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(start), kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(_remember)
    return dialog


def _remember(chosen: str) -> None:
    place = Path(chosen)
    LAST_FOLDER.append(place if place.is_dir() else place.parent)
