"""Start the built program on a machine without Python: a small Debian of its own with the README's libraries.

Run as root, with debootstrap: python packaging/clean_machine.py dist/caseapp-linux.tar.xz

The machine is made in a temporary folder. It must have no Python; the commands must run before any library of
a desktop is there, the window after those that the README names; and no packed file may miss another.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from build import RETURN, Place, check

SUITE = "bookworm"
HOME = "/home/worker"
ROOT = Path(__file__).parents[1]
# Of the desktop itself: no program packs its drivers and its display server's.
OF_THE_DESKTOP = ("libEGL", "libGL", "libGLX", "libdrm", "libgbm", "libwayland", "libvulkan")


def main(archive: Path) -> int:
    """Make the machine and start the program on it; return 0 if everything ran."""
    with tempfile.TemporaryDirectory() as folder:
        machine = Path(folder)
        debootstrap = shutil.which("debootstrap") or "debootstrap"
        subprocess.run([debootstrap, "--variant=minbase", SUITE, folder], check=True, capture_output=True)
        if inside(machine, "sh", "-c", "ls -d /usr/bin/python* /usr/lib/python* 2>/dev/null; true"):
            raise SystemExit("The machine has a Python: nothing is proved on it.")
        with tarfile.open(archive) as packed:
            packed.extractall(machine / "opt", filter="tar")
        print("Without a desktop:", inside(machine, "/opt/caseapp/caseapp", "--version").strip())
        inside(machine, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *libraries())
        missed = missing(machine)
        if missed:
            raise SystemExit("Not packed, but needed:\n" + "\n".join(missed))
        (machine / HOME[1:]).mkdir(parents=True)
        shutil.copytree(RETURN, machine / HOME[1:] / "return")
        chroot = shutil.which("chroot") or "chroot"
        before = files(machine)
        check(Place((chroot, folder, "/opt/caseapp/caseapp"), HOME, f"{HOME}/return"))
        if files(machine) != before:
            raise SystemExit("The program wrote into its own folder, which is deleted to remove it.")
    print("Started where there is no Python.")
    return 0


def files(machine: Path) -> list[tuple[str, int]]:
    """Return the files of the program and their sizes."""
    found = sorted((machine / "opt/caseapp").rglob("*"))
    return [(str(each), each.lstat().st_size) for each in found]


def libraries() -> list[str]:
    """Return what the README has Debian install for the window."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"--no-install-recommends ((?:[a-z0-9.-]+|\\\n)(?:[ \\\n]+[a-z0-9.-]+)*)", readme)
    if not found:
        raise SystemExit("The README names no libraries.")
    return found[1].replace("\\", " ").split()


def inside(machine: Path, *words: str) -> str:
    """Run a program on the machine and return what it says."""
    bare = {"HOME": "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}
    chroot = shutil.which("chroot") or "chroot"
    done = subprocess.run(
        [chroot, str(machine), *words], env=bare, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def missing(machine: Path) -> list[str]:
    """Return each packed library that does not find another one, with the one it misses."""
    found = []
    packed = ("env", "LD_LIBRARY_PATH=/opt/caseapp/_internal")  # as the program sets it for itself
    for file in sorted((machine / "opt/caseapp/_internal").rglob("*.so*")):
        seen = f"/{file.relative_to(machine)}"
        for line in inside(machine, *packed, "ldd", seen).splitlines():
            name = line.split("=>")[0].strip()
            if "not found" in line and not name.startswith(OF_THE_DESKTOP):
                found.append(f"{seen}: {name}")
    return found


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
