"""The papers that a record offers, and that each is made when it is chosen."""

from datetime import date

from caseapp import overview
from tests.desk_fixture import add_child, at_work, done, look_after
from tests.record_screen import amelia, opened
from ui.record_papers import PAPERS

__all__ = ["amelia", "at_work"]


def actions(screen):
    return {action.data().key: action for action in screen._papers_link.papers.actions()}


def offered(screen):
    return [action.text() for action in screen._papers_link.papers.actions()]


def test_a_child_in_care_has_the_papers_of_care(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Overview")

    assert [*actions(screen)] == [paper.key for paper in PAPERS if paper.key != "passport"]


def test_what_cannot_be_made_yet_is_grey_and_says_why(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Overview")
    grey = [action.text() for action in actions(screen).values() if not action.isEnabled()]

    assert grey == ["Delegated authority, for the carer: this placement has no signed placement plan"]


def test_every_paper_that_is_offered_is_made(at_work, amelia):
    for child in (amelia, add_child(at_work.sam, "Leo", "Hart"), adult(at_work)):
        told = done(at_work.sam, lambda session, child=child: overview.open_child(session, child)).papers
        for paper in PAPERS:
            if told.get(paper.key) == "":
                pdf = done(at_work.sam, lambda session, make=paper.make, child=child: make(session, child))
                assert pdf.startswith(b"%PDF")


def test_the_passport_is_for_those_who_are_sixteen(at_work):
    told = done(at_work.sam, lambda session: overview.open_child(session, adult(at_work))).papers

    assert "passport" in told


def adult(at_work):
    """Return a young person who left care."""
    child = add_child(at_work.sam, "Ben", "Hale", born_on=date(2008, 5, 4))
    look_after(at_work.sam, child)
    return child


def test_a_child_in_early_help_has_the_doorstep_sheet_alone(qtbot, at_work):
    screen = opened(qtbot, at_work.sam, add_child(at_work.sam, "Leo", "Hart"), "Overview")

    assert offered(screen) == [PAPERS[0].name]


def test_what_is_chosen_is_made_and_shown(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Overview")
    with qtbot.waitSignal(screen.print_bytes, timeout=20_000) as shown:
        screen._papers_link.papers.actions()[0].trigger()

    title, pdf = shown.args
    assert title.startswith(PAPERS[0].name)
    assert pdf.startswith(b"%PDF")
