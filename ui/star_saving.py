"""A star as a file: asking where it goes, writing it, and a picture of points made of its drawing."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt, Signal
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from caseapp import star_svg
from ui import file_dialogs, theme

FORMATS: Final = {"png": "PNG picture (*.png)", "svg": "SVG drawing (*.svg)", "pdf": "PDF (*.pdf)"}
_TWICE: Final = 2  # as sharp on paper as on the finest screens


def png_of(svg: bytes) -> bytes:
    """Return a drawing as a PNG picture, twice its size in points."""
    theme.load_fonts()
    # Qt takes a list of families for the name of one.
    drawing = svg.decode().replace(star_svg.FAMILIES, theme.FAMILIES[0])
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    image = QImage(renderer.defaultSize() * _TWICE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())


class Saving(QObject):
    """Asks where a file goes and writes it; what came of it is said by signals."""

    saved = Signal(str)
    """The place of the file."""
    failed = Signal(str)
    """Why there is no file, and what to do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent

    def ask(self, file_name: str, made_as: str, content: bytes) -> None:
        """Ask where to save, proposing a name, and save there."""
        dialog = file_dialogs.to_save(self._window, "Save as", file_name, FORMATS[made_as])
        dialog.fileSelected.connect(partial(self.write, content))
        dialog.open()

    def write(self, content: bytes, path: str) -> None:
        """Write the file."""
        try:
            Path(path).write_bytes(content)
        except OSError as error:
            self.failed.emit(
                f"The file was not saved: {error.strerror}. Choose another place and save again."
            )
        else:
            self.saved.emit(path)
