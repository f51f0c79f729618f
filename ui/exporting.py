"""A file that leaves a page: where it goes is asked, then it is made in the background, written and told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject

from ui import file_dialogs
from ui.asking import Asking

if TYPE_CHECKING:
    from caseapp.work import Session

XLSX: Final = "Excel workbook (*.xlsx)"
CSV: Final = "Spreadsheet (*.csv)"


class Made(NamedTuple):
    """How a file is made, and whose names it holds, as told once it is written."""

    work: Callable[[Session], bytes]
    holds: str = ""


class Exporting(QObject):
    """Lets files of one kind leave a page. `make(path)` says how, or None while there is nothing to let out.

    The use case that makes a file records the export first.
    """

    def __init__(self, page: Asking, file_name: str, kinds: str, make: Callable[[str], Made | None]) -> None:
        super().__init__(page)
        self._page, self._file_name, self._kinds, self._make = page, file_name, kinds, make

    def ask_where(self) -> None:
        """Ask where the file is to be saved, and save it there."""
        dialog = file_dialogs.to_save(self._page, "Save as", self._file_name, self._kinds)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Make the file and write it."""
        made = self._make(path)
        if made is not None:
            self._page.ask("Writing the file …", made.work, partial(self._write, path, made.holds))

    def _write(self, path: str, holds: str, content: bytes) -> None:
        banner = self._page.banner
        try:
            Path(path).write_bytes(content)
        except OSError as error:
            said = f"The file was not saved: {error.strerror}. Choose another place and save again."
            banner.set_banner(said, "warning")
        else:
            told = f"{holds} " if holds else ""
            banner.set_banner(f"Saved as {path}. {told}The file is not encrypted.", "success")
        banner.show()
