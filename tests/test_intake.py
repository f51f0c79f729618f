"""Files in (P21): whatever stands in one, the answer is a clean yes or a no in words, and soon."""

import ast
import itertools
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from caseapp import intake, intake_worker
from caseapp.intake import Limits, Refused
from tests import fuzz_files
from tests.figures import figure
from tests.fuzz_files import Office

ROOT = Path(__file__).parents[1]
SOON = 10  # seconds
LIMITS = Limits(20_000)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return Office(tmp_path_factory.mktemp("in"))


@pytest.fixture
def here(monkeypatch):
    """Files are taken apart in this process: hundreds of them, and nothing else is different."""
    monkeypatch.setattr(intake, "parsed_apart", fuzz_files.parsed_here)


def judged(office, case, what, path, *, stores=True):
    """Demand an answer in words, soon; and where it was a refusal, the store as it was before."""
    before, began = office.dump(), time.perf_counter()
    said = office.take_path(what, path, stores=stores)
    assert time.perf_counter() - began < SOON, case
    for each in said:
        assert each.endswith((".", "…")), (case, what, each)
        assert all(letter.isprintable() or letter == "\n" for letter in each), (case, what, each)
        assert "Traceback" not in each
    if len(said) == 1 and ("nothing was" in said[0].casefold() or "Nothing was" in said[0]):
        assert office.dump() == before, (case, what)
        return False
    return True


# Good files, and spoilt ones


def test_good_files_of_every_format_are_taken(office):
    for what, content in office.samples.items():
        assert office.take(what, content) == [], what


def test_p21_any_spoilt_file_is_a_clean_yes_or_a_no_in_words_and_nothing_in_between(
    office, here, record_property
):
    cases, taken = figure(1_000, 100_000), 0
    for number in range(cases):
        what, path = office.spoilt(number)
        # Taking a return into the store costs a hundred times what reading it does.
        taken += judged(office, number, what, path, stores=what != "return" or number % 300 == 9)

    record_property(
        "figure", f"{cases} spoilt files, {taken} taken, {cases - taken} refused whole, 0 unclear"
    )
    assert cases // 20 < taken < cases * 19 // 20  # neither all refused nor all taken: both ways were tried


def test_p21_spoilt_files_end_the_same_in_a_process_of_their_own(office, monkeypatch):
    for number in range(figure(30, 300)):
        what, path = office.spoilt(5_000 + number)
        if what == "return":
            continue
        content = path.read_bytes()
        apart, here = (_parsed(what, content, way) for way in (intake.parsed_apart, fuzz_files.parsed_here))
        assert apart == here, number


def _parsed(what, content, way):
    if what.endswith("csv"):
        order = intake_worker.Order("csv", [len(content)], ",;\t", 20_000, 200, 5_000)
    else:
        order = intake_worker.Order("json", [len(content)])
    return [tuple(json.loads(json.dumps(each))) for each in way(order, [content])]


# Bombs


def _bombs():
    """Yield (name, kind, content): files made to be too much, each within the limit of its size."""
    share = figure(4, 1)
    ten, five = intake.CSV_LIMIT // share, intake.JSON_LIMIT // share
    yield "a row of 10 MB", "csv", b"a,b\n" + b"x" * (ten - 4)
    yield "a million columns", "csv", b"," * 1_000_000 + b"\n"
    yield "a quote never closed", "csv", b'a,b\n"' + b"x,\n" * ((ten - 5) // 3)
    yield "ten million line ends", "csv", b"\n" * ten
    yield "as many cells as fit", "csv", (b"ab," * 33 + b"c\n") * (ten // 101)
    # The one that takes most memory is as large as may be: a letter out of the way makes all four bytes wide.
    yield "cells of a wide text", "csv", "😀\n".encode() + (b"ab," * 33 + b"c\n") * 98_000
    yield "only quotes", "csv", b'"' * ten
    yield "too many rows", "csv", b"a\n" * (ten // 2)
    yield "deep lists", "json", b"[" * five
    yield "deep objects", "json", b'{"a":' * (five // 5)
    yield "deep behind a text of brackets", "json", b'["' + b"[" * 500_000 + b'",' + b"[" * 60
    yield "empty lists", "json", b"[" + b"[]," * ((five - 10) // 3) + b"1]"
    yield "objects", "json", b"[" + b'{"a":{}},' * ((five - 10) // 9) + b"1]"
    yield "one long number", "json", b"9" * five
    yield "many long numbers", "json", b"[" + (b"9" * 4_000 + b",") * (five // 4_100) + b"1]"
    yield "one long text", "json", b'"' + b"x" * (five - 2) + b'"'
    yield "many names", "json", b"{" + b",".join(b'"%d":1' % n for n in range(five // 13)) + b"}"
    yield "backslashes", "json", b'"' + b"\\" * (five - 2) + b'"'


def _own_peak():
    """Return the most MiB that this process held, where the system tells; its usage counts who began it."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def weigh():
    """Let every bomb go off, and print how each ended, with seconds and the most memory so far."""
    import resource

    for name, kind, content in _bombs():
        began = time.perf_counter()
        try:
            if kind == "csv":
                intake.sheet(content, Limits(100_000, letters=100_000))
            else:
                intake.document(content)
            said = "taken"
        except Refused as error:
            said = str(error)
        kept = max(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, _own_peak())
        sys.stdout.write(json.dumps([name, round(time.perf_counter() - began, 2), kept, said]) + "\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell a child's peak of memory")
def test_p21_no_file_within_its_size_takes_ten_seconds_or_512_mb(record_property):
    script = "from tests.test_intake import weigh; weigh()"

    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=300
    )

    told = [json.loads(line) for line in ran.stdout.splitlines()]
    slowest, largest = max(each[1] for each in told), max(each[2] for each in told)
    record_property("figure", f"{len(told)} bombs: {slowest} s and {largest} MiB at the most")
    assert len(told) == len(list(_bombs()))
    assert slowest < SOON
    assert largest <= 512
    assert all(each[3] == "taken" or each[3].endswith(".") for each in told)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
@pytest.mark.parametrize(
    "greed",
    ["bytearray(2**30)", "list(range(10**8))", "open(os.devnull.replace('null', 'shm/x'), 'wb').write(b'x')"],
)
def test_p21_a_reader_that_wants_too_much_is_refused_it_and_the_file_with_it(monkeypatch, greed):
    script = (
        "import os\nfrom caseapp import intake_worker as w\nw.limit_this_process()\n"
        f"w._text_of = lambda content: {greed}\nraise SystemExit(w.main())"
    )
    monkeypatch.setattr(intake, "_command", lambda: [sys.executable, "-c", script])

    with pytest.raises(Refused, match="more time or memory than any file"):
        intake.sheet(b"a,b\n1,2\n", LIMITS)


def test_p21_a_reader_that_never_answers_is_stopped(monkeypatch):
    script = "import time\nend = time.monotonic() + 15\nwhile time.monotonic() < end: pass"
    monkeypatch.setattr(intake, "_command", lambda: [sys.executable, "-c", script])
    monkeypatch.setattr(intake, "PATIENCE_SECONDS", 0.5)
    began = time.perf_counter()

    with pytest.raises(Refused, match="Save it anew"):
        intake.sheet(b"a,b\n1,2\n", LIMITS)

    assert time.perf_counter() - began < 10


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_p21_a_reader_has_limits_of_memory_and_time():
    script = (
        "import json, resource as r\nfrom caseapp.intake_worker import limit_this_process\n"
        "limit_this_process()\n"
        "print(json.dumps([r.getrlimit(each)[0] for each in "
        "(r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_CORE)]))"
    )

    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert json.loads(told.stdout) == [512 * 1024 * 1024, 10, 0, 0]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_p21_the_reader_that_the_program_starts_has_its_limits():
    """A text of 120 MB, which no door lets in, is 600 MB in a reader's hands, and more than it may have."""
    with pytest.raises(Refused, match="more time or memory than any file"):
        intake.sheet(b"x" * 120_000_000, LIMITS)


def test_a_reader_starts_in_a_moment_and_loads_nothing_of_the_program():
    before = os.times()
    for _ in range(5):
        intake.sheet(b"a,b\n1,2\n", LIMITS)
    now = os.times()
    spent = now.children_user + now.children_system - before.children_user - before.children_system

    assert spent / 5 < 0.15  # of the processor: a busy computer lets everybody wait
    tree = ast.parse(Path(intake_worker.__file__).read_text(encoding="utf-8"))
    found = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)} | {
        each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names
    }
    assert all(name.partition(".")[0] in sys.stdlib_module_names for name in found)


def test_a_frozen_program_starts_itself_as_the_reader(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert intake._command() == [sys.executable, intake.APART]
    monkeypatch.setattr(intake, "_command", lambda: [sys.executable, "-m", "caseapp", intake.APART])

    assert intake.sheet(b"a,b\n1,2\n", LIMITS).rows == [(1, ["a", "b"]), (2, ["1", "2"])]


def test_the_reader_heeds_no_module_that_lies_beside_the_file(tmp_path, monkeypatch):
    (tmp_path / "csv.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    assert len(intake.sheet(b"a,b\n1,2\n", LIMITS).rows) == 2


# What stands in place of a file


def _said(path, limit=1000):
    with pytest.raises(Refused) as refused:
        intake.content_of(path, limit)
    return str(refused.value)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices have no place among files there")
def test_p21_a_pipe_a_device_and_a_folder_are_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round.csv").symlink_to(tmp_path / "round.csv")

    for name in ("pipe.csv", "folder.csv", "zero.csv"):
        assert _said(tmp_path / name) == "It is no ordinary file and cannot be read."
    for name in ("gone.csv", "round.csv", "none.csv", "nul\0.csv", "\udcff.csv"):
        assert _said(tmp_path / name) == "There is no such file, or it cannot be read."


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices have no place among files there")
def test_p21_every_import_refuses_what_is_no_file(office, tmp_path):
    for what in office.samples:
        os.mkfifo(tmp_path / what)
        (said,) = office.take_path(what, tmp_path / what)
        assert "It is no ordinary file" in said, what


def test_a_link_that_somebody_chose_leads_to_the_file(tmp_path):
    (tmp_path / "there.csv").write_bytes(b"a\n")
    (tmp_path / "here.csv").symlink_to(tmp_path / "there.csv")

    assert intake.content_of(tmp_path / "here.csv", 10) == b"a\n"


def test_p21_a_file_over_its_limit_is_refused_before_it_is_read(tmp_path, monkeypatch):
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(5_000_000_000)  # takes no room on the disk
    monkeypatch.setattr(os, "open", None)

    assert _said(tmp_path / "large.csv", 10_000_000) == "It is larger than 10 MB."


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path):
    (tmp_path / "shut.csv").write_bytes(b"a")
    (tmp_path / "shut.csv").chmod(0)

    assert "cannot be read" in _said(tmp_path / "shut.csv")


def test_p21_a_file_that_changes_while_it_is_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "growing.csv"
    path.write_bytes(b"a,b\n")
    sizes, real = itertools.count(), os.fstat

    def grown(handle):
        if next(sizes):
            path.write_bytes(b"a,b\n1,2\n")
        return real(handle)

    monkeypatch.setattr(os, "fstat", grown)

    assert "It changed while it was being read" in _said(path)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices have no place among files there")
def test_p21_a_pipe_put_in_place_of_a_file_after_it_was_looked_at_holds_nobody_up(tmp_path, monkeypatch):
    path = tmp_path / "swapped.csv"
    path.write_bytes(b"a,b\n")
    real = os.stat

    def swapped(asked, **how):
        found = real(asked, **how)
        if asked == path and stat.S_ISREG(found.st_mode):
            path.unlink()
            os.mkfifo(path)
        return found

    monkeypatch.setattr(os, "stat", swapped)
    before = signal.signal(signal.SIGALRM, _wake)
    signal.alarm(5)
    try:
        assert _said(path) == "It is no ordinary file and cannot be read."
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _wake(_signal, _frame):
    raise TimeoutError


# What a file may hold


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[" * 51 + b"]" * 51, "lists stand in lists over 50 deep"),
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', "“c” stands twice"),
        (b"[NaN]", "NaN is no number"),
        (b"[-Infinity]", "-Infinity is no number"),
        (b"[1e999]", "too large to count with"),
        (b'["\\udc00"]', "half a letter"),
        (b'{"\\ud800": 1}', "half a letter"),
        ("é".encode("cp1252"), "not UTF-8"),
        ("[]".encode("utf-16"), "not UTF-8"),
        (b"", "not JSON"),
        (b"[1,]", "not JSON"),
        (b"[] []", "not JSON"),
        (b"\x00", "not JSON"),
        (b'["a\x01"]', "not JSON"),
        (b" " * 5_000_001, "larger than 5 MB"),
    ],
)
def test_p21_json_that_two_readers_would_read_differently_is_refused(content, said):
    with pytest.raises(Refused, match=said):
        intake.document(content)


def test_json_fifty_deep_and_with_brackets_in_its_texts_is_taken():
    deep = b"[" * 49 + b'{"]]\\"[[": "' + b"[" * 90 + b'"}' + b"]" * 49

    found = intake.document(deep)

    assert json.dumps(found).encode() == deep
    assert intake.document(b"\xef\xbb\xbf" + '{"é": [1.5, "\\ud83d\\ude00", null]}'.encode()) == {
        "é": [1.5, "😀", None]
    }


def test_p21_what_a_csv_was_written_in_is_told():
    plain, windows = (intake.sheet("Zoë\n".encode(each), LIMITS) for each in ("utf-8-sig", "cp1252"))

    assert plain.rows == windows.rows == [(1, ["Zoë"])]
    assert plain.note == ""
    assert windows.note == "The file was read as Windows text, for it is not UTF-8: look at the accents."


def test_rows_keep_their_lines_and_their_blanks(here):
    found = intake.sheet(b'a,b\r\n\r\n , \r\n"x\r\ny", z\r\n1\r\n', LIMITS)

    assert found.rows == [(1, ["a", "b"]), (4, ["x\r\ny", " z"]), (6, ["1"])]


def test_p25_text_comes_out_of_a_csv_as_it_went_in(here):
    from caseapp.sheets import csv_bytes

    texts = [each for each in fuzz_files.SHORT if "\0" not in each and each.strip() and each.isprintable()]
    found = intake.sheet(csv_bytes([[each] for each in texts]), LIMITS)

    assert [cells[0].removeprefix("'") for _, cells in found.rows] == [
        each.removeprefix("'") for each in texts
    ]


# One door


OWN = {  # what they read came with the program, or was written by it
    "caseapp/intake.py", "caseapp/intake_worker.py", "caseapp/places.py", "caseapp/cli_parts.py",
    "caseapp/backups.py", "caseapp/help.py", "caseapp/licences.py", "caseapp/log_file.py",
}  # fmt: skip


def test_p21_every_file_comes_in_by_one_door():
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sorted((ROOT / "caseapp").rglob("*.py"))
        if path.relative_to(ROOT).as_posix() not in OWN
        for line in _readings(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def _readings(text):
    """Yield the lines where a file is opened or taken apart that is none of the program's own."""
    if not re.search(r"\.(read_bytes|read_text)\(|\bcsv\.|open\(", text):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and _reads(node):
            around = text.splitlines()[max(0, node.lineno - 6) : node.lineno + 1]
            if "resources" not in "\n".join(around):
                yield node.lineno


def _reads(node):
    called = node.func
    if isinstance(called, ast.Attribute):
        owner = called.value.id if isinstance(called.value, ast.Name) else ""
        if called.attr in ("reader", "DictReader"):
            return owner == "csv"
        if called.attr == "open":
            return owner not in ("", "self", "webbrowser") and bool(node.args)
        return called.attr in ("read_bytes", "read_text")
    return isinstance(called, ast.Name) and called.id == "open"


_TAKES_APART = re.compile(
    r"^\s*(?:import|from) (xml|lxml|pickle|shelve|marshal|yaml|openpyxl|zipfile|tarfile|gzip|bz2|lzma|zlib)\b"
    r"(.*)",
    re.MULTILINE,
)


def test_p21_no_xml_is_read_and_no_archive_but_a_backup():
    for path in sorted(each for part in ("caseapp", "db", "ui") for each in (ROOT / part).rglob("*.py")):
        for top, rest in _TAKES_APART.findall(path.read_text(encoding="utf-8")):
            writes_only = top + rest.partition(" import")[0] == "xml.sax.saxutils"
            writes_only |= path.name == "packed.py" and top == "zlib"
            is_backup = path.parent.name == "db" and top in ("zipfile", "zlib")
            assert writes_only or is_backup, (path, top)
