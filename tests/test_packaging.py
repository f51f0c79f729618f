"""The built program: what is left out of it, where it is tried, and that what it needs is packed."""

import importlib.util
import re
import sys

import pytest

from caseapp import __main__ as start
from tests.documents import ROOT, text

SPEC = text(ROOT / "packaging" / "caseapp.spec")
NIGHTLY = text(ROOT / ".ci" / "nightly")
KEPT = (
    "PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/Qt/plugins/platforms/libqwayland.so",
    "PySide6/Qt/plugins/platforms/libqoffscreen.so", "PySide6/plugins/platforms/qwindows.dll",
    "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", "PySide6/Qt/plugins/imageformats/libqsvg.so",
    "PySide6/Qt/plugins/iconengines/libqsvgicon.so", "PySide6/Qt/plugins/imageformats/libqjpeg.so",
    "hunspell/hunspell.cpython-311-x86_64-linux-gnu.so", "libhunspell-1.7.so.0", "libQt6XcbQpa.so.6",
    "resources/dictionaries/en_GB.dic", "sqlcipher3/_sqlite3.cpython-311-x86_64-linux-gnu.so",
    "libQt6Core.so.6", "libicudata.so.73", "resources/help/today.md",
    "rapidfuzz/fuzz_cpp.cpython-311-x86_64-linux-gnu.so",
)  # fmt: skip
LEFT_OUT = (
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so", "PySide6/Qt/plugins/platforms/libqvnc.so",
    "PySide6/Qt/plugins/generic/libqtuiotouchplugin.so", "PySide6/Qt/translations/qtbase_de.qm",
    "PySide6/translations/qtbase_de.qm", "pillow.libs/libavif-c6062d5f.so.16.4.2", "libQt6Network.so.6",
    "libpango-1.0.so.0", "PIL/_avif.cpython-311-x86_64-linux-gnu.so",
    "rapidfuzz/distance/metrics_cpp_avx2.cpython-311-x86_64-linux-gnu.so",
)  # fmt: skip


def needless():
    """Return the pattern of the spec, which only PyInstaller can run whole."""
    parts = re.findall(
        r'^    r"(.*)"$', SPEC[SPEC.index("NEEDLESS") : SPEC.index("def packed")], re.MULTILINE
    )
    return re.compile("".join(parts))


@pytest.fixture
def clean_machine(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    found = importlib.util.spec_from_file_location("clean_machine", ROOT / "packaging" / "clean_machine.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    yield module
    sys.modules.pop("build", None)


def test_what_is_left_out_is_what_no_desktop_needs():
    assert [each for each in KEPT if needless().search(each)] == []
    assert [each for each in LEFT_OUT if not needless().search(each)] == []


def test_the_data_that_modules_read_are_packed():
    assert 'collect_data_files("resources"' in SPEC
    assert 'collect_data_files("db"' in SPEC
    assert 'copy_metadata("caseapp")' in SPEC


def test_each_night_it_is_built_and_started_where_there_is_no_python():
    steps = ["packaging/build.py", "packaging/clean_machine.py", "tests.long_commands"]

    assert [each for each in steps if each in NIGHTLY] == steps
    assert sorted(NIGHTLY.index(each) for each in steps) == [NIGHTLY.index(each) for each in steps]


def test_the_clean_machine_has_the_libraries_that_a_reader_is_told_of(clean_machine):
    told = start._missing("").splitlines()[1].split("--no-install-recommends ")[1].split()

    assert clean_machine.libraries() == told


def test_the_return_that_the_built_program_takes_in_is_there(clean_machine):
    assert sorted(clean_machine.RETURN.glob("*.csv"))
