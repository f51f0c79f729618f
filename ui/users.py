"""Users: who can sign in and as what; add somebody, change roles, keep somebody out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseapp import accounts, rekeying, user_accounts
from caseapp.rekeying import Standing
from caseapp.user_accounts import UserRow
from caseapp.work import ROLES, Problem, Session
from ui.chips import Chip
from ui.desk import Desk
from ui.new_store import NewPassword
from ui.parts import Banner, Card, ElidedLabel, LinkButton, Muted, Rule, icon_button, plain, primary
from ui.record_parts import clear


class RoleBoxes(QWidget):
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
        self.setFocusProxy(next(iter(self._boxes.values())))

    def roles(self) -> tuple[str, ...]:
        """Return the roles that are ticked."""
        return tuple(role for role, box in self._boxes.items() if box.isChecked())

    def set_role(self, role: str, is_on: bool) -> None:
        """Tick a role, or not."""
        self._boxes[role].setChecked(is_on)


class NewUser(QWidget):
    """What is asked of somebody who shall sign in."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.user_name, self.team, self.job = (QLineEdit() for _ in range(4))
        self.roles = RoleBoxes(("practitioner",))
        self.password = NewPassword()
        self.save = primary("Add this user")
        self.cancel = QPushButton("Cancel")
        self.cancel.setAccessibleName("Cancel: add a user")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        fields = (
            ("Name", self.name), ("User name", self.user_name), ("Team", self.team), ("Job", self.job),
        )  # fmt: skip
        for number, (text, edit) in enumerate(fields):
            label = plain(text, "label")
            label.setBuddy(edit)
            edit.setAccessibleName(text)
            grid.addWidget(label, number // 2 * 2, number % 2)
            grid.addWidget(edit, number // 2 * 2 + 1, number % 2)
        self.team.setPlaceholderText("Yours, if left empty")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(grid)
        layout.addWidget(plain("Roles", "label"))
        layout.addWidget(self.roles)
        layout.addWidget(plain("First password", "label"))
        layout.addWidget(self.password)
        layout.addLayout(buttons)
        self.name.textEdited.connect(self._suggest)
        self.user_name.textChanged.connect(self._judge)
        self.setFocusProxy(self.name)

    def _suggest(self, name: str) -> None:
        if not self.user_name.isModified():
            self.user_name.setText(accounts.suggested_user_name(name))

    def _judge(self, user_name: str) -> None:
        self.password.user_name = user_name
        self.password.judge()


class ChangeKeys(QWidget):
    """What it means that all keys change, and the buttons for it; `user` is who leaves, if anybody does."""

    def __init__(self, standing: Standing, user: UserRow | None) -> None:
        super().__init__()
        self.go_on = primary("Disable and change all keys" if user else "Change all keys")
        self.alone = QPushButton("Disable now, change the keys later")
        self.cancel = QPushButton("Cancel")
        self.cancel.setAccessibleName("Cancel: change all keys")
        self.go_on.setVisible(standing.can_change)
        self.alone.setVisible(user is not None and not standing.can_change)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.setSpacing(8)
        layout.addWidget(plain(f"Disable {user.name}" if user else "Change all keys", "label"))
        for said in _told(standing, user):
            layout.addWidget(Muted(said))
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.go_on, self.alone, self.cancel):
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        self.setFocusProxy(self.cancel)


def _told(standing: Standing, user: UserRow | None) -> list[str]:
    whose = f"nothing that {user.name} knows opens it" if user else "nothing that was known before opens it"
    said = [f"{user.name} can sign in no more. What they wrote stays."] if user else []
    if not standing.can_change:
        return [*said, rekeying.refusal(standing)]
    return [
        *said,
        f"All keys of the store change, so that {whose}. That takes about {standing.seconds} seconds; the "
        "window is locked meanwhile, and you go on with your password. Everybody keeps theirs, and the sheet "
        "with the recovery key stays good. Backups made before open with the passwords of then.",
    ]


class UsersCard(Card):
    """The users, one a row."""

    keys_asked = Signal(object, str)
    """What changes all keys, which needs the store for itself, and words to say meanwhile."""

    def __init__(self, desk: Desk) -> None:
        self._add = QPushButton("Add a user…")
        self._add.setAccessibleName("Add a user")
        super().__init__("Users", self._add)
        self._desk = desk
        self._add.clicked.connect(self.begin)
        self._said = Banner("", "success")
        self._said.hide()
        self.form: NewUser | None = None
        self.change: ChangeKeys | None = None
        self._due = Banner("", "warning", "Change all keys…")
        self._due.acted.connect(self.begin_keys)
        self._due.hide()
        self._keys = LinkButton("Change all keys…")
        self._keys.clicked.connect(self.begin_keys)
        self._room = QVBoxLayout()
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(6)
        self._rows.setColumnStretch(0, 3)
        self._rows.setColumnStretch(1, 4)
        self._roles: RoleBoxes | None = None
        self.body.addWidget(self._due)
        self.body.addWidget(self._said)
        self.body.addLayout(self._room)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._keys, 0, Qt.AlignmentFlag.AlignLeft)
        self._read()

    def _read(self) -> None:
        self._desk.run(self, user_accounts.users, self._show, purpose="users")
        self._desk.run(self, rekeying.is_due, self._show_due, purpose="users")

    def _show_due(self, is_due: bool) -> None:
        words = "Somebody who can sign in no more still knows the keys of this store."
        self._due.set_banner(words, "warning", "Change all keys…")
        self._due.setVisible(is_due)

    def _show(self, users: list[UserRow]) -> None:
        clear(self._rows)
        for number, user in enumerate(users):
            row = 2 * number
            if number:
                self._rows.addWidget(Rule(), row - 1, 0, 1, 4)
            who = QVBoxLayout()
            who.setSpacing(0)
            who.addWidget(ElidedLabel(user.name))
            who.addWidget(_small(user.user_name))
            as_what = QVBoxLayout()
            as_what.setSpacing(0)
            as_what.addWidget(ElidedLabel(", ".join(ROLES[role] for role in user.roles)))
            as_what.addWidget(_small(user.team))
            self._rows.addLayout(who, row, 0)
            self._rows.addLayout(as_what, row, 1)
            if user.active:
                self._rows.addWidget(self._more(user), row, 3)
            else:
                self._rows.addWidget(Chip("Disabled", "neutral"), row, 2, 1, 2)

    def _more(self, user: UserRow) -> QWidget:
        button = icon_button("more", f"More about {user.name}")
        menu = QMenu(button)
        menu.addAction("Change roles…", partial(self.begin_roles, user))
        if user.id != self._desk.actor.worker_id:
            menu.addAction("Disable…", partial(self.begin_disabling, user))
        button.setMenu(menu)
        button.setPopupMode(button.ToolButtonPopupMode.InstantPopup)
        return button

    def begin(self) -> None:
        """Show the questions for a new user."""
        self._clear_room()
        self.form = NewUser()
        self.form.save.clicked.connect(self.add)
        self.form.cancel.clicked.connect(self._clear_room)
        self._room.addWidget(self.form)
        self._add.setEnabled(False)
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self) -> None:
        """Add the user who is described."""
        form = self.form
        if form is None:
            return
        name, user_name = form.name.text().strip(), form.user_name.text().strip()
        if not name or not user_name or not form.roles.roles():
            self._say("Give a name, a user name and at least one role.", "warning")
        elif problem := form.password.problem():
            self._say(problem, "warning")
        else:
            form.save.setEnabled(False)
            self._add_now(form, name, user_name)

    def _add_now(self, form: NewUser, name: str, user_name: str) -> None:
        keyring, password, roles = self._desk.signed_in.keyring, form.password.text(), form.roles.roles()
        team, job = form.team.text().strip(), form.job.text().strip()
        self._desk.run_in_order(
            self,
            lambda session: user_accounts.add_user(
                session,
                keyring,
                user_name=user_name,
                name=name,
                password=password,
                roles=roles,
                team=team,
                job=job,
            ),
            partial(self._added, name),
            self._refused,
            purpose="users",
        )

    def _added(self, name: str, _id: object) -> None:
        self._clear_room()
        self._say(f"{name} can sign in now. Give them the password in person.", "success")
        self._read()

    def begin_roles(self, user: UserRow) -> None:
        """Show the roles of a user, to be changed."""
        self._clear_room()
        self._roles = RoleBoxes(user.roles)
        save = primary("Save roles")
        save.clicked.connect(partial(self._save_roles, user))
        cancel = QPushButton("Cancel")
        cancel.setAccessibleName("Cancel: change roles")
        cancel.clicked.connect(self._clear_room)
        row = QHBoxLayout()
        row.addWidget(save)
        row.addWidget(cancel)
        row.addStretch(1)
        self._room.addWidget(plain(f"Roles of {user.name}", "label"))
        self._room.addWidget(self._roles)
        self._room.addLayout(row)
        self._roles.setFocus(Qt.FocusReason.OtherFocusReason)

    def roles_form(self) -> RoleBoxes | None:
        """Return the boxes of the user whose roles are being changed."""
        return self._roles

    def _save_roles(self, user: UserRow, _checked: bool = False) -> None:
        if self._roles is not None:
            roles = self._roles.roles()
            self._change(
                lambda session: user_accounts.set_roles(session, user.user_name, roles),
                f"The roles of {user.name} are changed. They count from the next sign-in.",
            )

    def begin_disabling(self, user: UserRow) -> None:
        """Say what it means that somebody leaves, and ask."""
        self._ask_standing(user)

    def begin_keys(self) -> None:
        """Say what it means that all keys change, and ask."""
        self._ask_standing(None)

    def _ask_standing(self, user: UserRow | None) -> None:
        leaving = user.user_name if user else ""
        look = partial(rekeying.standing, self._desk.signed_in, leaving)
        self._desk.run_outside(self, look, partial(self._ask, user), self._refused)

    def _ask(self, user: UserRow | None, standing: Standing) -> None:
        self._clear_room()
        self.change = ChangeKeys(standing, user)
        self.change.go_on.clicked.connect(partial(self._change_keys, user))
        if user:
            self.change.alone.clicked.connect(partial(self._disable_alone, user))
        self.change.cancel.clicked.connect(self._clear_room)
        self._room.addWidget(self.change)
        self.change.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change_keys(self, user: UserRow | None, _checked: bool = False) -> None:
        self._clear_room()
        task = partial(rekeying.disable, user_name=user.user_name) if user else rekeying.change_keys
        self.keys_asked.emit(task, "All keys are being changed. This takes a moment; then go on as before.")

    def _disable_alone(self, user: UserRow, _checked: bool = False) -> None:
        self.disable(user)

    def disable(self, user: UserRow) -> None:
        """Keep a user from signing in, and leave the keys as they are for now."""
        self._change(
            lambda session: user_accounts.disable(session, user.user_name),
            f"{user.name} cannot sign in any more. What they wrote stays.",
        )

    def _change(self, work: Callable[[Session], None], done: str) -> None:
        self._desk.run_in_order(self, work, partial(self._changed, done), self._refused, purpose="users")

    def _changed(self, done: str, _nothing: None) -> None:
        self._clear_room()
        self._say(done, "success")
        self._read()

    def _refused(self, problem: Problem) -> None:
        if self.form is not None:
            self.form.save.setEnabled(True)
        self._say(problem.words, "alert")

    def _clear_room(self) -> None:
        clear(self._room)
        self.form = self._roles = self.change = None
        self._add.setEnabled(True)
        self._said.hide()

    def _say(self, text: str, meaning: str) -> None:
        self._said.set_banner(text, meaning)
        self._said.show()

    def said(self) -> str:
        """Return how it went."""
        return self._said.text()


def _small(text: str) -> ElidedLabel:
    label = ElidedLabel(text)
    label.setProperty("role", "small")
    return label
