"""Copies of secrets: marked so that histories of the clipboard leave them out, gone after half a minute."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication

SECRET_MS: Final = 30_000
MARKS: Final = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': bytes(4),
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': bytes(4),
}
"""What managers of clipboards on Linux and Windows look for before they keep a copy."""


def copy_secret(text: str) -> None:
    """Put a secret on the clipboard for half a minute."""
    marked = QMimeData()
    marked.setText(text)
    for kind, value in MARKS.items():
        marked.setData(kind, value)
    QGuiApplication.clipboard().setMimeData(marked)
    QTimer.singleShot(SECRET_MS, partial(forget, text))


def forget(text: str) -> None:
    """Take a secret off the clipboard, if it is still there."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.text() == text:
        clipboard.clear()
