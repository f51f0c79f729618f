"""A file is asked for among one's documents or where the last one was, never in the working folder."""

from collections import deque
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ui import file_dialogs
from ui.entry import FolderField, PathField

UI = Path(file_dialogs.__file__).parent


@pytest.fixture
def documents(tmp_path, monkeypatch):
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr(file_dialogs, "LAST_FOLDER", deque(maxlen=1))
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(folder))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return folder


@pytest.fixture
def page(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def asked(field):
    field._ask()
    dialog = field.findChild(QFileDialog)
    dialog.close()
    return dialog


def test_every_dialog_opens_among_the_documents(documents, page):
    dialogs = (
        file_dialogs.to_save(page, "Save as", "plan.pdf", "PDF (*.pdf)"),
        file_dialogs.to_open(page, "A file", ""),
        file_dialogs.for_folder(page, "A folder"),
    )

    assert {each.directory().path() for each in dialogs} == {str(documents)}
    assert dialogs[0].defaultSuffix() == "pdf"


def test_without_a_folder_of_documents_it_is_ones_own(documents, page):
    documents.rmdir()

    assert file_dialogs.first_folder() == documents.parent


def test_the_next_dialog_opens_where_the_last_one_ended(documents, page, tmp_path):
    elsewhere = tmp_path / "Elsewhere"
    elsewhere.mkdir()
    file_dialogs.to_open(page, "A file", "").fileSelected.emit(str(elsewhere / "school.csv"))

    assert file_dialogs.to_open(page, "A file", "").directory().path() == str(elsewhere)


def test_a_place_that_is_not_there_yet_is_asked_for_in_ones_own_folder(documents, qtbot, tmp_path):
    field = PathField("Where", to_make=True, pattern="Stores (*.caseapp)")
    qtbot.addWidget(field)
    field.set_path(tmp_path / "not" / "made" / "caseapp.caseapp")

    assert asked(field).directory().path() == str(tmp_path)


def test_a_typed_folder_is_where_the_dialog_begins(documents, qtbot, tmp_path):
    field = FolderField("Folder")
    qtbot.addWidget(field)
    field.set_path(tmp_path)

    assert asked(field).directory().path() == str(tmp_path)


def test_every_dialog_for_files_is_made_in_one_place():
    makers = [each.name for each in UI.glob("*.py") if "QFileDialog(" in each.read_text(encoding="utf-8")]

    assert makers == ["file_dialogs.py"]
