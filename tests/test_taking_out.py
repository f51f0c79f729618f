"""A record that is open in an emergency is read on the screen, and leaves the store in no file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from caseapp import (
    access,
    actions,
    children,
    front_door_out,
    genogram_record,
    leaving_view_out,
    my_week,
    people,
    prints,
    record_files,
    review_pack,
    star_exports,
    star_report,
    virtual_school_out,
)
from caseapp.access import Emergency
from caseapp.actions import NewAction
from caseapp.caseload import paper, reallocation, sheet, view
from caseapp.caseload.reallocation import Move
from caseapp.children import Filter
from caseapp.education import virtual_school
from caseapp.front_door import contacts, timeliness
from caseapp.front_door.new_rows import NewContact
from caseapp.pathway import leaving_view
from caseapp.returns import findings
from caseapp.returns.export import export_ssda903
from caseapp.supervision import cases, sessions
from caseapp.supervision import paper as supervision_paper
from caseapp.supervision.new_rows import NewCase, NewSession
from db.models import Child
from db.moments import pretend
from db.problems import NotAllowed
from tests.story import NORTH, TODAY, Story, live, new_story
from tests.test_restricted import printed

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BORN = date(2009, 5, 4)  # at school still, and a care leaver to be
MARKER = re.compile(r"Zenobia|Ada North|\b10001\b")
"""The child, her reference, and her worker, of whom nothing else within reach tells."""


class Here(NamedTuple):
    """Whose record is open for an hour, a sister in the team's own, and a session that spoke of her."""

    story: Story
    zenobia: UUID
    mia: UUID
    spoken: UUID
    star: UUID
    without: dict[str, dict[str, str]]
    """What left the store before the emergency, by whom."""


class Leaves(NamedTuple):
    """How a screen reads something, and how it becomes a file."""

    read: Callable[..., Any]
    made: Callable[..., Any]


@pytest.fixture(scope="module")
def here():
    """Zenobia was the team's until today; a worker and the manager came back because of an emergency."""
    with pretend(NOON):
        yield lived_until_noon()


def lived_until_noon() -> Here:
    """Return the store as it stands within the hour."""
    story = new_story()
    zenobia = live(story, "sue", "Zenobia", "Quill")
    mia, loose = story.register("sue", "Mia", "Quill"), story.register("ada", "Lena", "Nobody")
    story.look_after(mia, date(2024, 3, 11), "sue")
    ada, sue = (story.actors[who].worker_id for who in ("ada", "sue"))
    star = UUID(bytes=story.raw("SELECT id FROM revision WHERE kind = 'star'")[0][0])

    def lived(session):
        session.get_one(Child, zenobia).born_on = BORN
        people.relate(session, mia, zenobia, "Sister", "Sister", lives_with=True)
        contacts.take(session, [zenobia], NewContact(NOON, "6", "Notice."))
        actions.add(session, zenobia, NewAction("Ring the school", "Sue South", TODAY))

    def spoke(session):
        made = sessions.add(session, sue, NewSession(planned_on=TODAY, held_on=TODAY, minutes=60))
        cases.add(session, zenobia, NewCase(TODAY, "School has worries.", session_id=made), ())
        return made

    story.call("sue", lived)
    spoken = story.call("tom", spoke)
    story.call("tom", lambda session: people.allocate(session, zenobia, ada, "She moved."))
    story.call("max", lambda session: people.allocate(session, loose, None, "Ada has left."))
    here = Here(story, zenobia, mia, spoken, star, {})
    here.without.update({who: {name: left(here, who, name)[1] for name in LISTS} for who in ("tom", "sue")})
    asked = Emergency("She is not at home tonight.", name="Zenobia Quill", born_on=BORN)
    for who in ("tom", "sue"):
        story.call(who, lambda session: access.open_in_emergency(session, asked))
    return here


LISTS = {
    "children": Leaves(
        lambda s, _: children.page(s, Filter(), None),
        lambda s, _: record_files.children_csv(s, Filter()),
    ),
    "caseload, workbook": Leaves(
        lambda s, here: view.whole(s, here.story.teams[NORTH]),
        lambda s, shown: sheet.xlsx_file(s, shown, with_children=True),
    ),
    "caseload, workers": Leaves(lambda s, here: view.whole(s, here.story.teams[NORTH]), sheet.csv_file),
    "caseload, print": Leaves(lambda s, here: view.whole(s, here.story.teams[NORTH]), paper.review_pdf),
    "virtual school, workbook": Leaves(
        lambda s, _: virtual_school.virtual_school(s),
        lambda s, shown: virtual_school_out.xlsx_file(s, shown, with_children=True),
    ),
    "virtual school, print": Leaves(
        lambda s, _: virtual_school.virtual_school(s), virtual_school_out.print_pdf
    ),
    "leaving care, workbook": Leaves(
        lambda s, _: leaving_view.leaving_view(s),
        lambda s, shown: leaving_view_out.xlsx_file(s, shown, with_names=True),
    ),
    "leaving care, print": Leaves(lambda s, _: leaving_view.leaving_view(s), leaving_view_out.print_pdf),
    "front door, workbook": Leaves(
        lambda s, _: timeliness.timeliness(s, TODAY),
        lambda s, shown: front_door_out.xlsx_file(s, shown, with_names=True),
    ),
    "front door, print": Leaves(lambda s, _: timeliness.timeliness(s, TODAY), front_door_out.print_pdf),
    "stars": Leaves(
        lambda s, _: star_report.star_report(s, "progress-wheel", until=TODAY), star_report.csv_file
    ),
    "findings": Leaves(
        lambda s, _: findings.look(s, 2027),
        lambda s, found: findings.file_of(s, found, findings.Filter(), as_csv=True),
    ),
    "my week": Leaves(lambda s, _: my_week.week(s), lambda s, _: my_week.week_pdf(s)),
    "supervision": Leaves(
        lambda s, here: (here.spoken, sessions.view(s, here.story.actors["sue"].worker_id)),
        lambda s, shown: supervision_paper.session_pdf(s, shown[0]),
    ),
    "a sister’s record": Leaves(
        lambda s, here: (here.mia, people.people(s, here.mia)),
        lambda s, shown: prints.record_pdf(s, shown[0]),
    ),
    "a sister’s genogram": Leaves(
        lambda s, here: (here.mia, people.people(s, here.mia)),
        lambda s, shown: genogram_record.genogram_pdf(s, shown[0]),
    ),
    "a sister’s data": Leaves(
        lambda s, here: (here.mia, people.people(s, here.mia)),
        lambda s, shown: record_files.record_json(s, shown[0]),
    ),
}
MANAGERS = {
    "caseload, workbook", "caseload, workers", "caseload, print", "virtual school, workbook",
    "leaving care, workbook", "front door, workbook", "findings",
}  # fmt: skip


def left(here: Here, who: str, name: str) -> tuple[str, str]:
    """Return what somebody is shown of a list, and the words of its file; neither where that is refused."""
    each = LISTS[name]
    try:
        shown = here.story.call(who, lambda session: each.read(session, here))
        return repr(shown), text(here.story.call(who, lambda session: each.made(session, shown)))
    except NotAllowed:
        return "", ""


def text(file: bytes) -> str:
    """Return the words of a file: a print, a workbook, or plain text."""
    if file.startswith(b"%PDF"):
        return printed(file)
    if file.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(file)) as book:
            return " ".join(book.read(each).decode() for each in book.namelist() if each.startswith("xl/"))
    return file.decode()


@pytest.mark.parametrize(("who", "refused"), [("sue", MANAGERS), ("tom", set())])
def test_what_an_emergency_opens_is_on_every_screen_and_in_no_file(here, who, refused):
    found = {name: left(here, who, name) for name in LISTS}
    files = {name: file for name, (_, file) in found.items()}

    assert {name for name, file in files.items() if not file} == refused
    assert {name for name, (shown, _) in found.items() if MARKER.search(shown)} == set(LISTS) - refused
    assert [name for name, file in files.items() if MARKER.search(file)] == []
    assert [name for name in LISTS if files[name] != here.without[who][name]] == []


def test_a_return_leaves_out_what_an_emergency_opens(here, tmp_path):
    here.story.call("tom", lambda session: export_ssda903(session, tmp_path, 2026))

    assert sorted(each.name for each in tmp_path.iterdir())[:1] == ["episodes.csv"]
    assert not any(MARKER.search(each.read_text(encoding="utf-8")) for each in tmp_path.iterdir())


OF_HER = {
    "record": lambda s, here: prints.record_pdf(s, here.zenobia),
    "chronology": lambda s, here: prints.chronology_pdf(s, here.zenobia),
    "plan": lambda s, here: prints.plan_pdf(s, here.star),
    "genogram": lambda s, here: genogram_record.genogram_pdf(s, here.zenobia),
    "review pack": lambda s, here: review_pack.review_pack(s, here.zenobia),
    "data": lambda s, here: record_files.record_json(s, here.zenobia),
    "star": lambda s, here: star_exports.pdf(s, here.zenobia, "", [0]),
    "star for the child": lambda s, here: star_exports.child_pdf(s, here.star),
    "supervision": lambda s, here: supervision_paper.case_pdf(s, said_of(here)),
    "handover brief offered": lambda s, here: reallocation.offer(s, [here.mia, here.zenobia]),
    "handover brief": lambda s, here: reallocation.briefs_pdf(
        s, [Move(here.zenobia, 10001, "Zenobia Quill", "", "Brief")], "Una South", TODAY, "Leave"
    ),
}


def said_of(here: Here) -> UUID:
    """Return what supervision said of her."""
    return UUID(bytes=here.story.raw("SELECT id FROM case_supervision")[0][0])


@pytest.mark.parametrize("name", OF_HER)
def test_of_the_record_itself_nothing_is_printed_or_exported(here, name):
    with pytest.raises(NotAllowed, match="emergency"):
        here.story.call("tom", lambda session: OF_HER[name](session, here))


def test_whatever_is_printed_or_exported_leaves_out_emergencies():
    """The right to take something out is asked for in the one place that leaves them out as well."""
    asked = re.compile(r'\bauthorise\([^\n]*"(?:print|export|bulk export)"')
    root = Path(record_files.__file__).parent
    bare = [path.name for path in root.rglob("*.py") for _ in asked.findall(path.read_text(encoding="utf-8"))]

    # One looks into many files at once and shows them; the other has left them out to count the rest.
    assert sorted(bare) == ["quality.py", "record_files.py"]
