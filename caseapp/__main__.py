"""Start: a command, or the window."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn

COMMANDS = (
    "demo new import add record compare find show print due clock clocks check backup restore users help"
).split()


def main() -> int:
    """Run the command that was typed, or open the window; return the exit code."""
    if os.name == "posix":
        os.umask(0o077)
    words = sys.argv[1:]
    if words and (words[0] in COMMANDS or words[0].startswith(("test-", "-"))):
        from caseapp import cli

        return cli.run(words)
    return open_window(Path(words[0]) if words else None)


def open_window(store: Path | None, signed_in: SignedIn | None = None) -> int:
    """Open the window on a store. Where Qt cannot start, say in words what is missing."""
    try:
        from ui.app import main as window
    except ImportError as error:
        sys.stderr.write(_missing(str(error)))
        return 2
    return window(store, signed_in=signed_in)


def _missing(said: str) -> str:
    library = said.split(":")[0]
    return (
        f"The window cannot open: this computer lacks a library it needs ({library}). Nothing was changed.\n"
        "On Debian or Ubuntu: apt-get install -y libegl1 libgl1 libglib2.0-0 libxkbcommon0 libdbus-1-3 "
        "libfontconfig1 libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1\n"
        "Without a screen, the commands work all the same: caseapp --help\n"
    )


if __name__ == "__main__":
    sys.exit(main())
