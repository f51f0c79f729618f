"""Build the program with PyInstaller, then start what was built as a machine without Python would.

Run: python packaging/build.py [--to FOLDER]    in an environment with `pip install ".[build]"`

The check runs the built files with an empty environment: no Python on the path, no settings, no home but a
temporary one. It makes a store, takes a national return in, prints, and opens the window until it is painted.
`packaging/clean_machine.py` does the same where there is no Python at all.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
RETURN = HERE.parent / "tests" / "data" / "ssda903" / "clean_2025_26"
WINDOW_SECONDS = 20
# Some come with all that a debugger wants, which is most of their size.
TALKATIVE = ("libpython*.so*", "python*/lib-dynload/*.so", "sqlcipher3/*.so")


class Place(NamedTuple):
    """Where the built program is started: the words that start it, and folders as it sees them."""

    start: tuple[str, ...]
    home: str
    returned: str


def main() -> int:
    """Build into a folder and check it; return 0 if everything ran."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=HERE.parent / "dist")
    options = parser.parse_args()
    built = build(options.to)
    with tempfile.TemporaryDirectory() as home:
        check(Place((str(built / "caseapp"),), home, str(RETURN)))
    print(f"{pack(built)}: built and started.")
    return 0


def build(folder: Path) -> Path:
    """Return the folder of the built program."""
    with tempfile.TemporaryDirectory() as work:
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
        places = ["--distpath", str(folder), "--workpath", work]
        subprocess.run([*command, *places, str(HERE / "caseapp.spec")], check=True)
    built = folder / "caseapp"
    if sys.platform == "linux":
        told = [file for each in TALKATIVE for file in (built / "_internal").glob(each)]
        subprocess.run([shutil.which("strip") or "strip", "--strip-debug", *told], check=True)
    return built


def check(place: Place) -> None:
    """Start the program as on a clean machine. Raises CalledProcessError where a step fails."""
    home = place.home
    bare = {"HOME": home, "USERPROFILE": home, "CASEAPP_PASSWORD": "gravel otter window nine"}
    if os.name == "nt":
        bare |= {"SYSTEMROOT": os.environ["SYSTEMROOT"], "TEMP": home, "TMP": home}
    store = f"{home}/first.caseapp"

    def run(*typed: str) -> str:
        done = subprocess.run([*place.start, *typed], env=bare, capture_output=True, text=True)
        if done.returncode:
            sys.stderr.write(done.stderr)
        done.check_returncode()
        return done.stdout

    who = ("--store", store, "--user", "sam")
    print(run("--version").strip())
    run("new", store, "--user", "sam")
    taken = json.loads(run("import", "ssda903", place.returned, *who, "--json"))
    if not taken["children"]:
        raise SystemExit("The built program took no child in.")
    ref = json.loads(run("add", "Leo Hartley", "--born", "2015-04-09", *who, "--json"))["ref"]
    run("print", "record", str(ref), "--out", f"{home}/record.pdf", *who)
    run("check", *who)
    _open_window(place, bare, store)


def _open_window(place: Place, bare: dict[str, str], store: str) -> None:
    """Open the window where nobody sees it, and see that it stays open."""
    environment = bare | {"QT_QPA_PLATFORM": "offscreen"}
    try:
        subprocess.run([*place.start, store], env=environment, check=True, timeout=WINDOW_SECONDS)
    except subprocess.TimeoutExpired:
        return  # it stood until we ended it
    raise SystemExit("The window of the built program closed by itself.")


def pack(built: Path) -> Path:
    """Return the archive of the built folder, for handing on: it keeps what is executable."""
    kind = "zip" if os.name == "nt" else "xztar"
    name = str(built.with_name(f"caseapp-{sys.platform}"))
    return Path(shutil.make_archive(name, kind, built.parent, built.name))


if __name__ == "__main__":
    sys.exit(main())
