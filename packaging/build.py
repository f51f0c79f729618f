"""Build the program with PyInstaller, then start what was built as a machine without Python would.

Run: python packaging/build.py [--to FOLDER]    in an environment with `pip install . pyinstaller`

The check runs the built files with an empty environment: no Python on the path, no settings, no home but a
temporary one. It makes a store, takes a national return in, prints, and opens the window until it is painted.
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

HERE = Path(__file__).parent
RETURN = HERE.parent / "tests" / "data" / "ssda903" / "clean_2025_26"
WINDOW_SECONDS = 20


def main() -> int:
    """Build into a folder and check it; return 0 if everything ran."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=HERE.parent / "dist")
    options = parser.parse_args()
    built = build(options.to)
    check(built)
    print(f"{pack(built)}: built and started.")
    return 0


def build(folder: Path) -> Path:
    """Return the folder of the built program."""
    with tempfile.TemporaryDirectory() as work:
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
        places = ["--distpath", str(folder), "--workpath", work]
        subprocess.run([*command, *places, str(HERE / "caseapp.spec")], check=True)
    return folder / "caseapp"


def check(built: Path) -> None:
    """Start the program as on a clean machine. Raises CalledProcessError where a step fails."""
    with tempfile.TemporaryDirectory() as home:
        bare = {"HOME": home, "USERPROFILE": home, "CASEAPP_PASSWORD": "gravel otter window nine"}
        if os.name == "nt":
            bare |= {"SYSTEMROOT": os.environ["SYSTEMROOT"], "TEMP": home, "TMP": home}
        store = str(Path(home) / "first.caseapp")

        def run(*typed: str) -> str:
            done = subprocess.run(
                [built / "caseapp", *typed], env=bare, check=True, capture_output=True, text=True, cwd=home
            )
            return done.stdout

        who = ("--store", store, "--user", "sam")
        run("--version")
        run("new", store, "--user", "sam")
        taken = json.loads(run("import", "ssda903", str(RETURN), *who, "--json"))
        if not taken["children"]:
            raise SystemExit("The built program took no child in.")
        ref = json.loads(run("add", "Leo Hartley", "--born", "2015-04-09", *who, "--json"))["ref"]
        run("print", "record", str(ref), "--out", str(Path(home) / "record.pdf"), *who)
        run("check", *who)
        _open_window(built, bare, store)


def _open_window(built: Path, bare: dict[str, str], store: str) -> None:
    """Open the window where nobody sees it, and see that it stays open."""
    environment = bare | {"QT_QPA_PLATFORM": "offscreen"}
    try:
        subprocess.run([built / "caseapp", store], env=environment, check=True, timeout=WINDOW_SECONDS)
    except subprocess.TimeoutExpired:
        return  # it stood until we ended it
    raise SystemExit("The window of the built program closed by itself.")


def pack(built: Path) -> Path:
    """Return the archive of the built folder, for handing on: it keeps what is executable."""
    kind = "zip" if os.name == "nt" else "gztar"
    name = str(built.with_name(f"caseapp-{sys.platform}"))
    return Path(shutil.make_archive(name, kind, built.parent, built.name))


if __name__ == "__main__":
    sys.exit(main())
