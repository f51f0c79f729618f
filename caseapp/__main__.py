"""Start: a command, or the window."""

from __future__ import annotations

import gc
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from caseapp.hardening import harden

if TYPE_CHECKING:
    from caseapp.accounts import SignedIn

COMMANDS = frozenset(
    {
        *("demo", "new", "import", "add", "record", "compare", "find", "show", "print", "due"),
        *("clock", "clocks", "check", "backup", "restore", "users", "help", "early-help", "voice"),
        *("star-report", "star-licence", "virtual-school", "export", "quality", "caseload"),
    }
)


def main() -> int:
    """Run the command that was typed, or open the window; return the exit code."""
    if sys.argv[1:] == ["--read-apart"]:  # a frozen program's reader of files; nothing else is loaded for it
        from caseapp import intake_worker

        return intake_worker.main()
    harden()
    collect_garbage_seldom()
    typed = sys.argv[1:]
    if _asks_for_window(typed):
        return open_window(Path(typed[0]) if typed else None)
    _write_utf8()
    from caseapp import cli

    return cli.run(typed, open_window)


def collect_garbage_seldom() -> None:
    """Collect garbage after every ten thousand new objects, not after every 700 as is usual.

    A list of a few hundred rows makes thousands of objects and hardly any garbage: to look for some again and
    again took a fifth of the list's time.
    """
    gc.set_threshold(10_000)


def _asks_for_window(typed: list[str]) -> bool:
    """Return whether nothing was typed, or a store alone: a file that is there, or what looks like a path."""
    if not typed:
        return True
    first = typed[0]
    if len(typed) > 1 or first.startswith("-") or first in COMMANDS:
        return False
    path = Path(first)
    return bool(path.suffix) or len(path.parts) > 1 or path.is_file()


def _write_utf8() -> None:
    """Let results pass into files and pipes as they are: Windows would stop at a Polish name."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def open_window(store: Path | None, signed_in: SignedIn | None = None) -> int:
    """Open the window on a store. Where Qt cannot start, say in words what is missing."""
    gc.disable()  # while modules are loaded there is nothing to collect; then `ui/collecting.py` does it
    try:
        from ui.app import main as window
    except ImportError as error:
        gc.enable()
        if (error.name or "").partition(".")[0] in ("ui", "caseapp", "db"):
            raise
        sys.stderr.write(_missing(str(error)))
        return 2
    return window(store, signed_in=signed_in)


def _missing(said: str) -> str:
    library = said.split(":")[0]
    return (
        f"The window cannot open: this computer lacks a library it needs ({library}). Nothing was changed.\n"
        "On Debian or Ubuntu: apt-get install -y --no-install-recommends libglib2.0-0 libegl1 libgl1 "
        "libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 "
        "libxkbcommon-x11-0 libxcb-shape0 libxcb-randr0 libxcb-xkb1 libx11-xcb1\n"
        "Without a screen, the commands work all the same: caseapp --help\n"
    )


if __name__ == "__main__":
    sys.exit(main())
