"""The recovery key on one sheet of paper: what it is, the key, where to keep it, what happens without it."""

from __future__ import annotations

from datetime import datetime

from caseapp.paper.fonts import refuse_unprintable
from caseapp.paper.page import Heading, Headline, document, look, paragraphs

# isort: split
from reportlab.lib.styles import ParagraphStyle

_WHAT = (
    "This key opens the store named above, with everything in it, without a password. "
    "It lets you in as an administrator, who can then choose a new password."
)
_WHEN = (
    "•  Somebody has forgotten their password, and no administrator can sign in.\n"
    "•  The last administrator has left, or cannot be reached."
)
_WHERE = (
    "In a safe or a locked cabinet, apart from the computer and from its backups. Not in a drawer of the "
    "same desk, not as a photograph, not in an e-mail. Two people should know where it is."
)
_WITHOUT = (
    "A lost password, no sheet and no other administrator means lost data: nobody can open the store then, "
    "neither the makers of the program nor anybody else."
)
_HOW = (
    "On the first screen of the program choose “Use the recovery key”, choose the store, and type the 34 "
    "letters and digits. Capitals and hyphens do not matter; a slip is found before anything happens. "
    "The letters I, L, O and U do not occur."
)


def recovery_sheet_pdf(key_lines: str, store_name: str, printed_at: datetime) -> bytes:
    """Return the sheet as PDF, the key in two lines. Raises Unprintable for a name that no font holds."""
    heading = Heading(
        "Recovery key", "", None, "", subtitle=f"of the store {store_name}", marking="SECRET: LOCK AWAY",
        document="Recovery key", printed_at=printed_at,
    )  # fmt: skip
    refuse_unprintable(heading.texts)
    style, large = look(large=False), look(large=True)
    story = [
        *paragraphs(heading.title, style.title, way=0),
        *paragraphs(heading.subtitle, style.subtitle, way=0),
    ]
    story += [style.gap(14), *paragraphs(key_lines, ParagraphStyle("key", large.title)), style.gap(8)]
    parts = (
        ("What it is", _WHAT), ("You will need it if", _WHEN), ("How to use it", _HOW),
        ("Where to keep it", _WHERE), ("Without it", _WITHOUT),
    )  # fmt: skip
    for title, said in parts:
        story += [Headline(title, style, bookmark=False), style.gap(3), *paragraphs(said, style.body)]
    return document(heading, story)
