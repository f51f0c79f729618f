"""Bring a backup back: which one, where to, whose password. What stands there is kept beside it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from caseapp import accounts, backups, places, words
from caseapp.backups import Found
from ui import file_dialogs
from ui.background import Background
from ui.entry import EntryCard, PathField
from ui.parts import LinkButton, Muted
from ui.password_field import PasswordField

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn

MOST_OFFERED = 60
KEPT = (
    "A store stands there. This backup takes its place; what stood there is kept beside it, in a folder "
    "«before-restore-…»."
)
FREE = "Nothing stands there. Nothing is overwritten."


class BackupChooser(QWidget):
    """A backup: one of those beside the stores used here, newest first, or another file."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QComboBox()
        self._box.setAccessibleName("Backup")
        self._box.setMinimumContentsLength(12)
        self._box.setPlaceholderText("Choose a backup file")
        self._box.currentIndexChanged.connect(self.changed)
        other = QPushButton("Choose…")
        other.setAccessibleName("Choose a backup file")
        other.clicked.connect(self._ask)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._box, 1)
        layout.addWidget(other)
        self.setFocusProxy(self._box)

    def offer(self, found: list[tuple[Path, Found]]) -> None:
        """Offer backups, the first of them chosen."""
        self._box.clear()
        for store, each in found[:MOST_OFFERED]:
            self._add(each.path, described(store, each), store)
        self._box.setCurrentIndex(0 if found else -1)

    def path(self) -> Path | None:
        """Return the chosen backup."""
        data = self._box.currentData()
        return data[0] if data else None

    def store(self) -> Path | None:
        """Return the store beside which the chosen backup was found, if it was."""
        data = self._box.currentData()
        return data[1] if data else None

    def set_path(self, path: Path) -> None:
        """Choose a backup, adding it if it is not offered yet."""
        offered = [self._box.itemData(number)[0] for number in range(self._box.count())]
        if path not in offered:
            self._add(path, path.name, None)
            offered.append(path)
        self._box.setCurrentIndex(offered.index(path))

    def texts(self) -> list[str]:
        """Return what is offered, in words."""
        return [self._box.itemText(number) for number in range(self._box.count())]

    def _add(self, path: Path, text: str, store: Path | None) -> None:
        self._box.addItem(text, (path, store))
        self._box.setItemData(self._box.count() - 1, str(path), Qt.ItemDataRole.ToolTipRole)

    def _ask(self) -> None:
        pattern = f"Backups (*{places.BACKUP_SUFFIX});;All files (*)"
        dialog = file_dialogs.to_open(self, "Choose a backup", pattern)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.set_path(Path(path))


class RestoreCard(EntryCard):
    """Bring a backup back, also in place of a store that is damaged."""

    def __init__(self, background: Background) -> None:
        said = "The backup is checked whole before anything is put in place."
        super().__init__(background, "Restore a backup", said, "Restore and sign in", "Checking…")
        self.backup = BackupChooser()
        self.target = PathField("New store", to_make=True, pattern="Stores (*.caseapp)")
        self.user_name = QLineEdit()
        self.password = PasswordField()
        self._standing = Muted("")
        self.add_field("Backup", self.backup)
        self.add_field("Where the store shall be", self.target)
        self.fields.addWidget(self._standing)
        self.add_field("User name", self.user_name, "An administrator’s, as it was when the backup was made.")
        self.add_field("Password", self.password, "Whether the backup opens is known once this is typed.")
        self.target.edit.textChanged.connect(self._show_standing)
        self.target.set_path(places.stores_folder() / f"restored{places.SUFFIX}")
        self.user_name.returnPressed.connect(self.password.setFocus)
        self.password.entered.connect(self.restore)
        self.go_button.clicked.connect(self.restore)
        back = LinkButton("Back to sign in")
        back.clicked.connect(self.left)
        self.add_links(back)

    def begin(self, stores: list[Path]) -> None:
        """Offer what is found beside the stores used here."""
        self.show_problem("")
        self.backup.offer(backups.offered(stores))
        self._show_standing()

    def begin_for(self, store: Path, found: Path | None, user_name: str, password: str) -> None:
        """Offer the last good backup of a damaged store in its place, by whom was about to sign in."""
        self.backup.offer(backups.offered([store]))
        if found is not None:
            self.backup.set_path(found)
        self.target.set_path(store)
        self.user_name.setText(user_name)
        self.password.set_text(password)
        self.show_problem("" if found else f"No backup is there beside {store.name}. Choose a backup file.")

    def restore(self) -> None:
        """Check the backup, put it in place and sign in to it."""
        backup, target = self.backup.path(), self.target.path()
        if backup is None or target is None:
            self.show_problem("Choose the backup file, and where the store shall be.")
        elif self.go_button.isEnabled():
            typed = (self.user_name.text().strip(), self.password.text())
            self.run(partial(_restored, backup, places.with_suffix(target), *typed), self.done.emit)

    def standing(self) -> str:
        """Return what is said of the place."""
        return self._standing.text()

    def _show_standing(self) -> None:
        target = self.target.path()
        is_taken = target is not None and places.with_suffix(target).exists()
        self._standing.setText(KEPT if is_taken else FREE)

    def focus_first(self) -> None:
        """Put the cursor where the next letter belongs."""
        if self.user_name.text():
            (self.go_button if self.password.text() else self.password).setFocus()
        else:
            self.backup.setFocus()


def described(store: Path, found: Found) -> str:
    """Return a backup in words: when, how large, whose."""
    size = found.size / 1024**2
    return f"{words.moment(found.made_at)} · {size:,.1f} MB · {store.stem}"


def _restored(backup: Path, target: Path, user_name: str, password: str) -> SignedIn:
    from caseapp import upkeep

    upkeep.restore(backup, target, user_name, password, replacing=True)
    return accounts.sign_in(target, user_name, password, window=True)
