"""The papers that a record offers, and that each is made when it is chosen."""

from tests.desk_fixture import add_child, at_work
from tests.record_screen import amelia, opened
from ui.record_papers import PAPERS

__all__ = ["amelia", "at_work"]


def offered(screen):
    return [action.text() for action in screen._papers_link.papers.actions()]


def test_a_child_in_care_has_the_papers_of_care(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Overview")

    assert offered(screen) == [
        paper.name for paper in PAPERS if not paper.leaving or "Pathway" in screen.tab_names()
    ]


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
