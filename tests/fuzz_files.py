"""Files that went wrong on the way: every format that the program takes, spoilt in every way we know.

A case is a number: the same number gives the same file, so that a failure can be looked at again.
"""

from __future__ import annotations

import io
import json
import shutil
from datetime import date
from pathlib import Path
from random import Random
from uuid import UUID

from caseapp import (
    cli_child,
    cli_help,
    holiday_file,
    intake_worker,
    people,
    pep_exchange,
    pep_take_in,
    plan_reading,
    plans,
    star_import,
    star_packs,
)
from caseapp.education import school_import
from caseapp.education.csv_mapping import ATTAINMENT, ATTENDANCE
from caseapp.imports import import_ssda903, preview
from caseapp.work import Problem
from db.models import Child
from tests.hostile import TEXTS
from tests.story import live, new_story, sample

UPN = "A123456789012"
SHORT = [text for text in TEXTS if len(text) < 400]
WHOLE = Path(__file__).parent / "data" / "ssda903" / "clean_2025_26"
TABLES = sorted(path.name for path in WHOLE.iterdir())
TOKENS = (
    b'"', b'""', b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80",
    b"\x81", b"\x1a", b"\x0c", b"{", b"}", b"[", b"]", b":", b"[" * 60, b'{"a":' * 60, b"null", b"true",
    b"NaN", b"Infinity", b"-0", b"1e999", b"9" * 400, b"\\ud800", b"\\u0000", b"\\", b"'", b"=1+1",
    b"31/02/2026", b"2026-02-31",
)  # fmt: skip


def parsed_here(order, contents):
    """Do in this process what the program lets another do; what is asked and told goes the same way."""
    asked = intake_worker.Order(**json.loads(json.dumps(order._asdict())))
    for what, value in intake_worker.answers(asked, io.BytesIO(b"".join(contents))):
        yield tuple(json.loads(json.dumps((what, value), ensure_ascii=False, allow_nan=False)))


class Office:
    """A small county into which files come. `take` says what a person reads; `dump` tells its state."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.story = new_story()
        self.child = live(self.story, "ada")
        self.school = self._call("ada", self._begin)
        self.draft = self.story.draft("ada", self.child, "pep")
        filled = {key: value for key, value in sample("pep").items() if key != "signatures"}
        view = self._call("ada", lambda session: plan_reading.open_plan(session, self.draft))
        self._call("ada", lambda session: plans.save(session, self.draft, view.version, filled))
        self.plan = self._call("ada", lambda session: pep_exchange.export_pep(session, self.draft))
        (self.ref,) = self.story.raw("SELECT ref FROM child")[0]
        self.samples = self._samples()
        self.formats = (*self.samples, "return")

    def _call(self, who, use_case, purpose=""):
        return self.story.call(who, use_case, purpose=purpose)

    def _begin(self, session) -> UUID:
        session.get_one(Child, self.child).upn = UPN
        school = people.add_school(session, "Weir School", urn="199002")
        people.start_school(session, self.child, school, date(2025, 9, 3), "Ms Okafor")
        return school

    def _samples(self) -> dict[str, bytes]:
        """Return a good file of each format but the return's, which is a folder."""
        marks = f"{UPN},10/07/2026,Reading,ks2,110,EXS\n{UPN},10/07/2026,Maths,ks2,99,WTS\n"
        rows = "".join(f"{UPN},2025/26,{term},120,112\n" for term in ("Autumn", "Spring", "Summer"))
        readings = f"{self.ref},01/09/2026,Health,4\n{self.ref},01/09/2026,Money and work,6\n"
        days = [{"title": "A day", "date": "2027-12-23"}, {"title": "Another", "date": "2027-12-24"}]
        pack = Path(__file__).parents[1] / "resources" / "stars"
        consent = {
            "person": "Rana Haddad", "capacity": "parent", "moment": "start", "purposes": ["support"],
            "decision": "given", "happened_on": "2026-11-02",
        }  # fmt: skip
        return {
            "attendance.csv": f"UPN,Academic Year,Term,Possible,Present\n{rows}".encode(),
            "attainment.csv": f"UPN,Date,Subject,Assessed by,Result,TA\n{marks}".encode(),
            "readings.csv": f"child,date,area,score\n{readings}".encode(),
            "holidays.csv": b"date,title\n29/12/2027,A day\n30/12/2027,Another\n",
            "holidays.json": json.dumps({"england-and-wales": {"events": days}}).encode(),
            "star.json": next(each.read_bytes() for each in sorted(pack.iterdir()) if each.suffix == ".json"),
            "plan.json": self.plan,
            "answers.json": json.dumps(sample("early_help"), ensure_ascii=False).encode(),
            "consent.json": json.dumps(consent).encode(),
        }

    def take(self, what: str, content: bytes) -> list[str]:
        """Take a file of one format in, and return what a person reads of it."""
        path = self.folder / what
        path.write_bytes(content)
        return self.take_path(what, path)

    def take_path(self, what: str, path: Path, *, stores: bool = True) -> list[str]:
        """Take in whatever stands at a place, and return what a person reads of it."""
        try:
            return self._taken(what, path, stores)
        except Problem as problem:
            return [problem.words]

    def _taken(self, what: str, path: Path, stores: bool) -> list[str]:
        if what in ("attendance.csv", "attainment.csv"):
            kind = ATTENDANCE if what.startswith("attend") else ATTAINMENT
            found = self._call("ada", lambda session: self._school_file(session, path, kind))
            return [*found.notes, *(each.reason for each in found.refused)]
        if what == "readings.csv":
            found = self._call(
                "amy", lambda session: star_import.take(path, session, "progress-wheel"), "import"
            )
            return [each.reason for each in found.refused]
        if what.startswith("holidays"):
            self._call("amy", lambda session: holiday_file.take(session, path), "settings")
        elif what == "star.json":
            self._call("amy", lambda session: star_packs.add_pack(session, path), "licences")
        elif what == "plan.json":
            content = pep_take_in.read(path)
            found = self._call("ada", lambda session: pep_take_in.take_in(session, self.child, content))
            return [*found.notes, *(each.reason for each in found.refused)]
        elif what == "answers.json":
            cli_child._answers(path, "early-help")
        elif what == "consent.json":
            cli_help._new_consent(path)
        else:
            return self._return(path, stores)
        return []

    def _school_file(self, session, path, kind):
        opened = school_import.open_file(session, path, self.school, kind)
        return school_import.take(session, opened.table, self.school, opened.columns)

    def _return(self, folder: Path, stores: bool) -> list[str]:
        if not stores:
            return [each.reason for each in preview(folder).refused]
        found = self._call("amy", lambda session: import_ssda903(session, folder), "import")
        return [each.reason for each in found.refused]

    def dump(self) -> list:
        """Return the state of the store: how many rows each table has, and the ends of the chains."""
        tables = self.story.raw("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        asked = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for (name,) in tables)
        return [*self.story.raw(asked), *self.story.raw("SELECT * FROM chain_head ORDER BY 1, 2")]

    def spoilt(self, number: int) -> tuple[str, Path]:
        """Return case `number`: the format, and a file, or a folder of them, with something wrong in it."""
        random = Random(number)
        what = self.formats[number % len(self.formats)]
        if what != "return":
            path = self.folder / what
            path.write_bytes(mutated(random, self.samples[what], tuple(self.samples.values())))
            return what, path
        folder = self.folder / "set"
        if not folder.exists():
            shutil.copytree(WHOLE, folder)
        for name in TABLES:
            shutil.copy(WHOLE / name, folder / name)
        table = folder / random.choice(TABLES)
        table.write_bytes(mutated(random, table.read_bytes(), tuple(self.samples.values())))
        return what, folder


def mutated(random: Random, content: bytes, others: tuple[bytes, ...]) -> bytes:
    """Return a file with one to five things wrong with it."""
    for _ in range(random.randint(1, 5)):
        content = random.choice(WAYS)(random, content, others)
    return content


def _cut(random, content, _others):
    at = random.randrange(len(content) + 1)
    return content[:at] + content[at + random.choice((1, 2, 30, 10**9)) :]


def _put(random, content, _others):
    at = random.randrange(len(content) + 1)
    return content[:at] + random.choice(TOKENS) + content[at:]


def _over(random, content, _others):
    at, put = random.randrange(len(content) + 1), random.choice(TOKENS)
    return content[:at] + put + content[at + len(put) :]


def _flip(random, content, _others):
    at = random.randrange(len(content) + 1)
    return (
        content[:at]
        + bytes(each ^ (1 << random.randrange(8)) for each in content[at : at + 1])
        + content[at + 1 :]
    )


def _twice(random, content, _others):
    at = random.randrange(len(content) + 1)
    return content[: at + random.choice((1, 20, 200, 2000))] + content[at:]


def _hostile(random, content, _others):
    """A cell or a text gives way to a hostile one."""
    put = random.choice(SHORT).encode("utf-8", "surrogatepass")
    for sign in (b'"', b","):
        parts = content.split(sign)
        if len(parts) > 3:
            parts[random.randrange(1, len(parts) - 1)] = put
            return sign.join(parts)
    return put


def _written_otherwise(random, content, _others):
    try:
        return content.decode().encode(
            random.choice(("utf-16", "utf-32", "cp1252", "utf-8-sig", "latin-1", "cp037"))
        )
    except UnicodeError:
        return b"\xff\xfe" + content


def _line_ends(random, content, _others):
    return content.replace(b"\n", random.choice((b"\r", b"\r\n", b"\n\n", b"", b"\x0b", b"\n\r")))


def _shuffled(random, content, _others):
    lines = content.split(b"\n")
    random.shuffle(lines)
    return b"\n".join(lines)


def _of_another(random, content, others):
    """The end is of another file: a name given twice, a download mixed up."""
    return content[: random.randrange(len(content) + 1)] + random.choice(others)[random.randrange(40) :]


def _much(random, content, _others):
    at = random.randrange(len(content) + 1)
    return content[:at] + content[at : at + random.randint(1, 9)] * random.choice((50, 3000)) + content[at:]


WAYS = (
    _cut, _put, _put, _put, _over, _over, _flip, _twice, _hostile, _hostile, _hostile, _written_otherwise,
    _line_ends, _shuffled, _of_another, _much,
)  # fmt: skip
