"""A day in the real window, offscreen, with words that can be recognised: `python -m tests.marker_day STORE`.

Reads the words as JSON from standard input: {where: word}. Registers, writes, types, searches, prints and
clashes; goes through a wrong password, a store that is busy (typing and looks go beside it), faults of ours
in a slot, a thread and a log line, a backup and the lock. Says on a line which words the program itself
showed; at the next line it locks the window, and ends at the one after.
"""

import json
import logging
import sys
import threading
import time
import traceback
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QLabel

from caseapp import accounts, backups, children, notes, overview, people, places, plan_reading, plans, prints
from caseapp.children import NewChild
from caseapp.notes import NewNote
from caseapp.people import NewPerson
from db import connections
from db.connections import open_raw
from db.problems import WrongKey
from tests.story import TODAY
from ui import theme
from ui.app import Program
from ui.faults import Hooks, keep_log

WHERE = (
    "user_name", "name", "team", "reason", "given", "family", "known_as", "address", "postcode", "note",
    "quote", "person", "phone", "saved", "clashing", "typed", "waiting", "searched", "not_found",
    "wrong_password", "fault", "logged",
)  # fmt: skip
NEVER_SHOWN = frozenset(
    {"user_name", "team", "reason", "not_found", "wrong_password", "fault", "logged", "clashing"}
)
"""Words that the screens opened here do not show again: the program keeps no search and no password."""
PATIENCE = 60.0


class Day:
    """Who is at work in a window, and what was shown so far."""

    def __init__(self, app, path, words, password):
        self.app, self.path, self.words, self.password = app, path, words, password
        made = accounts.make_store(
            path, user_name=words["user_name"], name=words["name"], password=password, team=words["team"]
        )
        self.one = made.signed_in
        self.one.store.today = lambda: TODAY
        self.program = Program(app)
        self.hooks = Hooks()
        self.hooks.install()
        self.hooks.fault.connect(self.program.show_fault)
        self.shown = ""
        self.other = None
        """Somebody else who writes until the files were read: else what lies beside would go in first."""
        self.tick = QTimer(interval=20)  # so that whoever waits looks again
        self.tick.start()

    def call(self, work):
        """Return what a use case returns."""
        return self.one.store.call(self.one.actor, work, self.words["reason"])

    def wait(self, until):
        """Let the window work until something is so. Raises TimeoutError."""
        over = time.monotonic() + PATIENCE
        while not until():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.monotonic() > over:
                raise TimeoutError(until.__code__.co_firstlineno)

    def look(self):
        """Take in what stands on the window."""
        window = self.program.window
        texts = [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
        read = getattr(window.trail.current, "form", None)
        form = read() if read else None  # none before the plan is read
        self.shown += " ".join(texts) + (repr(form.answers()) if form else "")

    def work(self):
        """Do what a day brings."""
        child, draft = self.write()
        self.program.open_window(self.one)
        window = self.program.window
        window.ways.open_child_tab(child, "Timeline")
        self.wait(lambda: self.words["family"] in self.after_a_look())
        for word in (self.words["searched"], self.words["not_found"]):
            window._top.finder.edit.setText(word)
            self.wait(lambda: not window._desk.is_busy)
        screen = self.opened(draft, window)
        self.type_into(screen, "typed", lambda: self.is_typed(draft))
        self.go_wrong()
        backups.keep_up(self.one, lambda: True)
        self.keep_busy()
        self.type_into(screen, "waiting", lambda: self.one.store.spool.size > 0)
        window.ways.show_pdf("Chronology", self.call(lambda session: prints.chronology_pdf(session, child)))

    def write(self):
        """Put a child on file, with everything that can be said; return ids of child and draft."""
        said, today = self.words, TODAY
        new = NewChild(
            said["given"], said["family"], date(2013, 5, 4), known_as=said["known_as"],
            address=f"4 {said['address']} Lane", postcode=said["postcode"],
        )  # fmt: skip
        child = self.call(lambda session: children.register(session, new)).id
        self.call(
            lambda session: notes.add(session, child, NewNote(today, "note", said["note"], said["quote"]))
        )
        mother = NewPerson(said["person"], said["searched"], phone=said["phone"])
        self.call(lambda session: people.add_family(session, child, mother, "Mother"))
        draft = self.call(lambda session: plans.start(session, child, "early-help"))
        view = self.call(lambda session: plan_reading.open_plan(session, draft))
        for word in (said["saved"], said["clashing"]):  # the second one comes too late
            answers = view.answers | {"meaning": word}
            try:
                self.call(lambda session, answers=answers: plans.save(session, draft, view.version, answers))
            except plans.Stale:
                self.shown += self.words["searched"] if word == said["clashing"] else ""
        found = [
            self.call(lambda session: children.find(session, said["family"])),
            self.call(lambda session: overview.open_child(session, child)),
            self.call(lambda session: people.people(session, child)),
            self.call(lambda session: notes.timeline(session, child)),
        ]
        self.shown += repr(found)
        return child, draft

    def opened(self, draft, window):
        """Return the draft's screen, read."""
        window.ways.open_plan(draft)
        self.wait(lambda: window.trail.name == "plan" and self.words["saved"] in self.after_a_look())
        return window.trail.current

    def type_into(self, screen, where, until):
        """Type a word into the draft, and wait until it is kept."""
        screen.form().set_answers(screen.form().answers() | {"worries": self.words[where]})
        screen._typing.touch()
        self.wait(until)
        self.look()

    def keep_busy(self):
        """Let somebody else write until the files were read: else what lies beside would go in first."""
        connections.WAIT_SECONDS = 0.1
        self.other = open_raw(str(self.path), bytes(self.one.store.dek))
        self.other.execute("BEGIN IMMEDIATE")

    def is_typed(self, draft):
        """Return whether the typing is in the store."""
        view = self.call(lambda session: plan_reading.open_plan(session, draft))
        return view.unsaved is not None and self.words["typed"] in repr(view.unsaved.answers)

    def after_a_look(self):
        """Return all that was shown, the window's present state too."""
        self.look()
        return self.shown

    def go_wrong(self):
        """Let faults happen, and a wrong password, whose words nobody may find anywhere."""
        fault, told = self.words["fault"], []
        self.hooks.fault.connect(told.append)
        QTimer.singleShot(0, lambda: {}[fault])
        threading.Thread(target=lambda: int(fault)).start()
        self.wait(lambda: len(told) == 2)
        logging.getLogger("caseapp").error("could not save %s", self.words["logged"])
        try:
            accounts.sign_in(self.path, self.words["user_name"], f"{self.words['wrong_password']} and more")
        except WrongKey as problem:
            self.shown += problem.words
        QSettings("caseapp", "caseapp").sync()

    def lock(self):
        """Let the other writer end, then cover the window; its keys go."""
        self.other.close()
        locking = self.program.window.locking
        self.wait(lambda: locking.user_name == self.words["user_name"])
        self.program.window.lock()
        self.wait(lambda: locking.is_locked)


def main():
    """Run the day."""
    given = json.loads(sys.stdin.readline())
    app = QApplication([sys.argv[0], *theme.ARGUMENTS])
    app.setApplicationName("caseapp")
    theme.load_fonts()
    theme.apply(app, "light")
    keep_log(places.log_folder())
    day = Day(app, Path(sys.argv[1]), given["words"], given["password"])
    day.work()
    spool = day.one.store.spool.size
    found = [where for where, word in day.words.items() if word.casefold() in day.shown.casefold()]
    print(json.dumps({"shown": found, "spool": spool, "log": str(places.log_folder())}), flush=True)  # noqa: T201
    sys.stdin.readline()
    day.lock()
    print(json.dumps({"locked": True}), flush=True)  # noqa: T201  # read by the test
    sys.stdin.readline()


if __name__ == "__main__":
    try:
        main()
    except Exception:  # noqa: BLE001  # the window's own hook would say it in the log alone
        traceback.print_exc()
        sys.exit(1)
