"""Opening the very row of a record, and the field in it, that something elsewhere speaks of."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.form_dialog import FormDialog

ROW: Final = "row"
"""The property of a button that changes a row: the row's id."""


def open_row(page: QWidget, row_id: UUID, field: str) -> bool:
    """Press the button that changes a row on a page, and put the keyboard into a field of its questions.

    Return whether the row is there and may be changed.
    """
    buttons = (each for each in page.findChildren(QAbstractButton) if each.property(ROW) == str(row_id))
    button = next((each for each in buttons if each.isVisibleTo(page)), None)
    if button is None:
        return False
    button.click()
    for dialog in page.findChildren(FormDialog):
        if dialog.isVisible() and field in dialog.form.answers():
            dialog.form.editor(field).focus()
    return True
