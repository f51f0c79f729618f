"""Draw every screen at 1366×768, light and dark, from the made-up families.

Run it as `python docs/make_screens.py`.

Writes docs/screens/NAME-light.png and NAME-dark.png, 256 colours each. Offscreen, so it needs no display.
`python docs/make_contact_sheet.py` puts them on one sheet.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from caseapp import accounts, children, demo, plan_reading, plans
from caseapp.accounts import SignedIn
from ui import theme
from ui.child import ChildScreen
from ui.desk import Desk
from ui.plan import PlanScreen
from ui.settings import SettingsScreen
from ui.sign_in import SignInScreen
from ui.window import MainWindow

Screen = TypeVar("Screen", bound=QWidget)
FOLDER = Path(__file__).parent / "screens"
AS_OF = date(2026, 11, 23)
SIZE = (1366, 768)
AT_150_PERCENT = (911, 512)
TABS = (
    "Timeline", "People", "Outcome Star", "Measures", "Voice", "Education", "Care", "Actions", "History",
)  # fmt: skip


def main() -> int:
    """Make the families once, then draw each screen in both themes."""
    app = QApplication([sys.argv[0], *theme.ARGUMENTS])
    theme.load_fonts()
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = demo.make_demo(Path(folder), children=40, seed=1, as_of=AS_OF)
        users = {each.user_name: each.password for each in made.users}
        for name in ("light", "dark"):
            theme.apply(app, name)
            draw_sign_in(made.store, name)
            for user, draw in (("sam", draw_practitioner), ("ruth", draw_manager)):
                signed_in = accounts.sign_in(made.store, user, users[user], window=True)
                signed_in.store.today = lambda: AS_OF
                draw(signed_in, name)
    return 0


def settle(milliseconds: int = 1500) -> None:
    """Let background work finish and the window paint."""
    deadline = QDeadlineTimer(milliseconds)
    while not deadline.hasExpired():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def keep(window: QWidget, name: str, look: str) -> None:
    """Write a picture of the window."""
    settle()
    desk = window.findChild(Desk)
    while desk is not None and desk.is_busy:
        settle(200)
    file = FOLDER / f"{name}-{look}.png"
    window.grab().save(str(file))
    with Image.open(file) as picture:
        few_colours = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few_colours.save(file, optimize=True)


def draw_sign_in(store: Path, look: str) -> None:
    """Draw the first window."""
    window = SignInScreen(store, "sam")
    window.resize(*SIZE)
    window.show()
    keep(window, "sign-in", look)
    window.close()


class Shown(NamedTuple):
    """Whose records and which plans are drawn, of one child or another."""

    amelia: UUID
    mohammed: UUID
    jaspreet: UUID
    draft: UUID
    signed: UUID


def chosen(signed_in: SignedIn) -> Shown:
    """Return the records to draw, a PEP begun for one of them."""
    with signed_in.store.session(signed_in.actor) as session:
        amelia = children.one(session, "Amelia Kowalska").id
        return Shown(
            amelia,
            mohammed=children.one(session, "Mohammed Rafiq").id,
            jaspreet=children.one(session, "Jaspreet Gill").id,
            draft=plans.start(session, amelia, "pep"),
            signed=plan_reading.numbered(session, amelia, "pep").id,
        )


def draw_practitioner(signed_in: SignedIn, look: str) -> None:
    """Draw what a practitioner works with, from Today to the locked window."""
    records = chosen(signed_in)
    window = shown(signed_in, look)
    keep(window, "today", look)
    window.ways.open_entry("children")
    keep(window, "children", look)
    draw_records(window, records, look)
    for entry in ("early help", "education", "reports"):
        window.ways.open_entry(entry)
        settle(2500)
        keep(window, entry.replace(" ", "-"), look)
    draw_plans(window, records, look)
    draw_new_child(window, look)
    window.lock()
    keep(window, "locked", look)
    end(window, signed_in)


def draw_records(window: MainWindow, records: Shown, look: str) -> None:
    """Draw a record tab by tab; the tabs of early help and of leaving care from records that have them."""
    window.ways.open_child(records.amelia)
    keep(window, "record", look)
    for tab in TABS:
        settle()
        find(window, ChildScreen).show_tab(tab)
        keep(window, f"record-{tab.lower().replace(' ', '-')}", look)
    window.ways.open_child_tab(records.mohammed, "Early help")
    keep(window, "record-early-help", look)
    window.ways.open_child_tab(records.jaspreet, "Pathway")
    settle(2500)
    keep(window, "record-pathway", look)


def draw_plans(window: MainWindow, records: Shown, look: str) -> None:
    """Draw a draft being written, previewed and checked, then a signed plan and a comparison."""
    window.ways.open_plan(records.draft)
    settle()
    find(window, PlanScreen).go_to("attendance", "sessions_attended")
    keep(window, "plan", look)
    find(window, PlanScreen).toggle_preview()
    settle(3000)
    keep(window, "plan-preview", look)
    find(window, PlanScreen).check()
    settle(3000)
    keep(window, "plan-check-and-sign", look)
    window.ways.open_plan(records.signed)
    keep(window, "plan-signed", look)
    window.ways.compare(records.amelia, "pep")
    keep(window, "compare", look)


def draw_new_child(window: MainWindow, look: str) -> None:
    """Draw the dialog that adds a child."""
    window.ways.add_child("Nowak")
    settle()
    dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
    keep(dialog, "add-a-child", look)
    dialog.close()


def draw_manager(signed_in: SignedIn, look: str) -> None:
    """Draw what a manager works with who is the administrator as well; then a small laptop at 150 %."""
    window = shown(signed_in, look)
    for entry in ("caseload", "front door", "supervision", "approvals"):
        window.ways.open_entry(entry)
        settle()
        keep(window, entry.replace(" ", "-"), look)
    window.ways.open_entry("settings")
    settle()
    settings = find(window, SettingsScreen)
    for tab in settings.tab_names():
        settings.show_named(tab)
        keep(window, f"settings-{tab.lower().replace(' ', '-')}".removesuffix("-you"), look)
    window.ways.open_import()
    keep(window, "import", look)
    window.ways.open_about()
    keep(window, "about", look)
    draw_small(window, look)
    end(window, signed_in)


def draw_small(window: MainWindow, look: str) -> None:
    """Draw some screens as 1366×768 shows them at 150 %."""
    window.resize(*AT_150_PERCENT)
    for entry in ("today", "caseload"):
        window.ways.open_entry(entry)
        settle()
        keep(window, f"small-{entry}", look)


def shown(signed_in: SignedIn, look: str) -> MainWindow:
    """Open the window with the records."""
    desk = Desk(signed_in.store, signed_in.actor, signed_in)
    window = MainWindow(desk, "demo.caseapp")
    desk.setParent(window)
    window.resize(*SIZE)
    window.show()
    settle()
    window.choose_theme(look)
    return window


def find(window: QWidget, kind: type[Screen]) -> Screen:
    """Return the screen of a kind that is on view."""
    return next(each for each in window.findChildren(kind) if each.isVisible())


def end(window: MainWindow, signed_in: SignedIn) -> None:
    """Close the window and give the store free."""
    window.close()
    settle(500)
    signed_in.close()


if __name__ == "__main__":
    sys.exit(main())
