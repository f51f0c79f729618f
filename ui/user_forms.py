"""Forms about who can sign in: somebody new, another name or team, a password, a change of all keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseapp import accounts, rekeying, words
from caseapp.rekeying import Standing
from caseapp.user_accounts import UserRow
from caseapp.user_changes import Details
from caseapp.work import ROLES
from ui.basics import HandsKeyboardOn
from ui.new_store import NewPassword
from ui.parts import LinkButton, Muted, plain, primary


def team_field(teams: Sequence[str]) -> QLineEdit:
    """Return a field for a team that offers those there are: a slip of the pen would make another one."""
    field = QLineEdit()
    field.setPlaceholderText("Yours, if left empty")
    offers = QCompleter(list(teams), field)
    offers.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    offers.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(offers)
    return field


def _column(form: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(form)
    layout.setContentsMargins(0, 0, 0, 12)
    layout.setSpacing(8)
    return layout


def _in_pairs(**fields: QLineEdit) -> QGridLayout:
    """Lay out fields two in a row, each beneath its name."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    for number, (key, edit) in enumerate(fields.items()):
        name = key.replace("_", " ")
        label = plain(name, "label")
        label.setBuddy(edit)
        edit.setAccessibleName(name)
        grid.addWidget(label, number // 2 * 2, number % 2)
        grid.addWidget(edit, number // 2 * 2 + 1, number % 2)
    return grid


def _buttons(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


class RoleBoxes(HandsKeyboardOn, QWidget):
    """A box for each role."""

    def __init__(self, chosen: tuple[str, ...]) -> None:
        super().__init__()
        self._boxes = {role: QCheckBox(name) for role, name in ROLES.items()}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for role, box in self._boxes.items():
            box.setChecked(role in chosen)
            layout.addWidget(box)
        layout.addStretch(1)
        self.front = next(iter(self._boxes.values()))

    def roles(self) -> tuple[str, ...]:
        """Return the roles that are ticked."""
        return tuple(role for role, box in self._boxes.items() if box.isChecked())

    def set_role(self, role: str, is_on: bool) -> None:
        """Tick a role, or not."""
        self._boxes[role].setChecked(is_on)


class NewUser(HandsKeyboardOn, QWidget):
    """What is asked of somebody who shall sign in."""

    def __init__(self, teams: Sequence[str]) -> None:
        super().__init__()
        self.name, self.user_name, self.job = (QLineEdit() for _ in range(3))
        self.team = team_field(teams)
        self.roles = RoleBoxes(("practitioner",))
        self.password = NewPassword()
        self.save = primary("Add this user")
        self.cancel = QPushButton("Cancel")
        self.cancel.setAccessibleName("Cancel: add a user")
        layout = _column(self)
        layout.addLayout(_in_pairs(Name=self.name, User_name=self.user_name, Team=self.team, Job=self.job))
        layout.addWidget(plain("Roles", "label"))
        layout.addWidget(self.roles)
        layout.addWidget(plain("First password", "label"))
        layout.addWidget(self.password)
        layout.addLayout(_buttons(self.save, self.cancel))
        self.name.textEdited.connect(self._suggest)
        self.user_name.textChanged.connect(self._judge)
        self.front = self.name

    def _suggest(self, name: str) -> None:
        if not self.user_name.isModified():
            self.user_name.setText(accounts.suggested_user_name(name))

    def _judge(self, user_name: str) -> None:
        self.password.user_name = user_name
        self.password.judge()


class ChangeKeys(HandsKeyboardOn, QWidget):
    """What it means that all keys change, and the buttons for it; `user` is who leaves, if anybody does."""

    def __init__(self, standing: Standing, user: UserRow | None, *, may_allocate: bool = False) -> None:
        super().__init__()
        self.reallocate = LinkButton("Reallocate their children…")
        self.reallocate.setVisible(bool(standing.children) and may_allocate)
        self.go_on = primary("Disable and change all keys" if user else "Change all keys")
        self.alone = QPushButton("Disable now, change the keys later")
        self.cancel = QPushButton("Cancel")
        self.cancel.setAccessibleName("Cancel: change all keys")
        self.go_on.setVisible(standing.can_change)
        self.alone.setVisible(user is not None and not standing.can_change)
        layout = _column(self)
        layout.addWidget(plain(f"Disable {user.name}" if user else "Change all keys", "label"))
        for said in _told(standing, user):
            layout.addWidget(Muted(said))
        layout.addWidget(self.reallocate, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(_buttons(self.go_on, self.alone, self.cancel))
        self.front = self.cancel


def _told(standing: Standing, user: UserRow | None) -> list[str]:
    whose = f"nothing that {user.name} knows opens it" if user else "nothing that was known before opens it"
    said = [f"{user.name} can sign in no more. What they wrote stays."] if user else []
    if user and standing.children:
        said.append(_held_words(user, standing.children))
    if not standing.can_change:
        return [*said, rekeying.refusal(standing)]
    return [
        *said,
        f"All keys of the store change, so that {whose}. That takes about {standing.seconds} seconds; the "
        "window is locked meanwhile, and you go on with your password. Everybody keeps theirs, and the sheet "
        "with the recovery key stays good. Backups made before open with the passwords of then.",
    ]


def _held_words(user: UserRow, number: int) -> str:
    held = words.count(number, "child is", "children are")
    return (
        f"{held} still allocated to {user.name}, and so are the dates that fall due, until a team manager "
        "reallocates them under Caseload."
    )


class ChangeRoles(HandsKeyboardOn, QWidget):
    """What somebody may do."""

    def __init__(self, user: UserRow) -> None:
        super().__init__()
        self.boxes = RoleBoxes(user.roles)
        self.save = primary("Save roles")
        self.cancel = QPushButton("Cancel")
        self.cancel.setAccessibleName("Cancel: change roles")
        layout = _column(self)
        layout.addWidget(plain(f"Roles of {user.name}", "label"))
        layout.addWidget(self.boxes)
        layout.addLayout(_buttons(self.save, self.cancel))
        self.front = self.boxes


class ChangeDetails(HandsKeyboardOn, QWidget):
    """How somebody is called and where they work."""

    def __init__(self, user: UserRow, teams: Sequence[str]) -> None:
        super().__init__()
        self.name, self.job, self.team = QLineEdit(user.name), QLineEdit(user.job), team_field(teams)
        self.team.setText(user.team)
        self.save = primary("Save")
        self.save.setAccessibleName(f"Save the details of {user.name}")
        self.cancel = QPushButton("Cancel")
        self.cancel.setAccessibleName("Cancel: change details")
        layout = _column(self)
        layout.addWidget(plain(f"Details of {user.name}, who signs in as {user.user_name}", "label"))
        layout.addLayout(_in_pairs(Name=self.name, Job=self.job, Team=self.team))
        layout.addLayout(_buttons(self.save, self.cancel))
        self.front = self.name

    def details(self) -> Details:
        """Return what is typed."""
        return Details(self.name.text(), self.job.text(), self.team.text())


class GivePassword(HandsKeyboardOn, QWidget):
    """Another password for somebody who forgot theirs, or who comes back."""

    def __init__(self, user: UserRow) -> None:
        super().__init__()
        self.password = NewPassword()
        self.password.user_name = user.user_name
        self.save = primary("Give this password")
        self.cancel = QPushButton("Cancel")
        self.cancel.setAccessibleName("Cancel: give a password")
        layout = _column(self)
        layout.addWidget(plain(f"A new password for {user.name}", "label"))
        said = "From then on the old one opens nothing. What they wrote stays."
        layout.addWidget(Muted(said if user.active else f"{user.name} can sign in again."))
        layout.addWidget(self.password)
        layout.addLayout(_buttons(self.save, self.cancel))
        self.front = self.password
