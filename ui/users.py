"""Users: who can sign in and as what; add somebody, change what is known of them, keep somebody out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from caseapp import rekeying, user_accounts, user_changes
from caseapp.rekeying import Standing
from caseapp.user_accounts import UserRow
from caseapp.work import ROLES, Problem, Session
from ui.chips import Chip
from ui.desk import Desk
from ui.escape_key import EscapeKey
from ui.parts import Banner, Card, ElidedLabel, LinkButton, Rule, icon_button
from ui.record_parts import clear
from ui.user_forms import ChangeDetails, ChangeKeys, ChangeRoles, GivePassword, NewUser, RoleBoxes


class UsersCard(Card):
    """The users, one a row."""

    keys_asked = Signal(object, str)
    """What changes all keys, which needs the store for itself, and words to say meanwhile."""
    open_caseload = Signal()
    """Children are to be given to somebody else."""

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
        self.details: ChangeDetails | None = None
        self.passing: GivePassword | None = None
        self._teams: list[str] = []
        self._came_from: str | None = None
        """The name of the button that opened the form; none: the keyboard is where it belongs."""
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
        self._teams = sorted({each.team for each in users if each.team})
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
            if not user.active:
                self._rows.addWidget(Chip("Disabled", "neutral"), row, 2)
            self._rows.addWidget(self._more(user), row, 3)
        QTimer.singleShot(0, self, self._go_back)  # Qt shows new controls only in its next turn

    def _more(self, user: UserRow) -> QWidget:
        button = icon_button("more", _more_about(user))
        menu = QMenu(button)
        is_other = user.id != self._desk.actor.worker_id
        if user.active:
            menu.addAction("Change roles…", partial(self.begin_roles, user))
            menu.addAction("Name, job and team…", partial(self.begin_details, user))
        if is_other:
            menu.addAction(
                "New password…" if user.active else "Let in again…", partial(self.begin_password, user)
            )
        if is_other and user.active:
            menu.addAction("Disable…", partial(self.begin_disabling, user))
        button.setMenu(menu)
        button.setPopupMode(button.ToolButtonPopupMode.InstantPopup)
        return button

    def begin(self) -> None:
        """Show the questions for a new user."""
        self._clear_room()
        self.form = NewUser(self._teams)
        self.form.save.clicked.connect(self.add)
        self._open(self.form, self.form.cancel)
        self._add.setEnabled(False)

    def _open(self, form: QWidget, cancel: QPushButton, user: UserRow | None = None) -> None:
        """Put a form into the room; the keyboard goes back from it to where it was opened."""
        self._came_from = _more_about(user) if user else ""
        cancel.clicked.connect(self._leave)
        EscapeKey(form, self._leave)
        self._room.addWidget(form)
        form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self._clear_room()
        self._go_back()

    def _go_back(self) -> None:
        """Put the keyboard where the form was opened that was left or recorded."""
        if self._came_from is None or self._room.count():
            return
        rows = {each.accessibleName(): each for each in self.findChildren(QToolButton) if each.isVisible()}
        rows.get(self._came_from, self._add).setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None

    def add(self) -> None:
        """Add the user who is described."""
        form = self.form
        if form is None:
            return
        name, user_name = form.name.text().strip(), form.user_name.text().strip()
        if not name or not user_name or not form.roles.roles():
            self._say("Give a name, a user name and at least one role.", "warning")
            (form.name if not name else form.user_name if not user_name else form.roles).setFocus()
        elif problem := form.password.problem():
            self._say(problem, "warning")
            form.password.setFocus()
        else:
            form.save.setEnabled(False)
            self._add_now(form, name, user_name)

    def _add_now(self, form: NewUser, name: str, user_name: str) -> None:
        keyring, password, roles = self._desk.signed_in.keyring, form.password.text(), form.roles.roles()
        team, job = form.team.text().strip(), form.job.text().strip()
        added = partial(self._added, name, self._new_team(team))
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
            added,
            self._refused,
            purpose="users",
        )

    def _added(self, name: str, new_team: str, _id: object) -> None:
        self._changed(f"{name} can sign in now. Give them the password in person.{new_team}", None)

    def begin_roles(self, user: UserRow) -> None:
        """Show the roles of a user, to be changed."""
        self._clear_room()
        form = ChangeRoles(user)
        self._roles = form.boxes
        form.save.clicked.connect(partial(self._save_roles, user))
        self._open(form, form.cancel, user)

    def begin_details(self, user: UserRow) -> None:
        """Show how a user is called and where they work, to be changed."""
        self._clear_room()
        self.details = ChangeDetails(user, self._teams)
        self.details.save.clicked.connect(partial(self._save_details, user))
        self._open(self.details, self.details.cancel, user)

    def _save_details(self, user: UserRow, _checked: bool = False) -> None:
        if self.details is not None:
            typed = self.details.details()
            self._change(
                lambda session: user_changes.set_details(session, user.user_name, typed),
                f"{typed.name.strip()} is changed. It counts from their next sign-in."
                f"{self._new_team(typed.team)}",
            )

    def begin_password(self, user: UserRow) -> None:
        """Ask for another password for a user who forgot theirs, or comes back."""
        self._clear_room()
        self.passing = GivePassword(user)
        self.passing.save.clicked.connect(partial(self._save_password, user))
        self._open(self.passing, self.passing.cancel, user)

    def _save_password(self, user: UserRow, _checked: bool = False) -> None:
        if self.passing is None:
            return
        if problem := self.passing.password.problem():
            self._say(problem, "warning")
            self.passing.setFocus()
            return
        password, keyring = self.passing.password.text(), self._desk.signed_in.keyring
        self._change(
            lambda session: user_changes.set_password(session, keyring, user.user_name, password),
            f"{user.name} can sign in with the new password. Give it to them in person.",
        )

    def _new_team(self, team: str) -> str:
        """Return in words that a team is new, so that a slip of the pen is seen."""
        name = team.strip()
        return f" The team “{name}” is new." if name and name not in self._teams else ""

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
        self.change = ChangeKeys(standing, user, may_allocate=self._desk.may("allocate").allowed)
        self.change.reallocate.clicked.connect(self._ask_for_caseload)
        self.change.go_on.clicked.connect(partial(self._change_keys, user))
        if user:
            self.change.alone.clicked.connect(partial(self._disable_alone, user))
        self._open(self.change, self.change.cancel, user)

    def _ask_for_caseload(self) -> None:
        self.open_caseload.emit()

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
        self.form = self._roles = self.change = self.details = self.passing = None
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


def _more_about(user: UserRow) -> str:
    return f"More about {user.name}"
