"""Documents on the Early help tab, and plans that brothers and sisters share."""

from dataclasses import replace
from uuid import UUID

import pytest

from caseapp import plans
from caseapp.early_help import episodes
from tests.desk_fixture import at_work, done
from tests.help_tab import REQUEST, buttons, hartleys, helped, put, tab, view
from tests.record_screen import button, texts
from ui.help_cards import starts
from ui.parts import LinkButton
from ui.plan import PlanScreen
from ui.plan_head import SiblingBar
from ui.record_parts import ElidedLink, FilterChip

__all__ = ["at_work", "hartleys", "helped"]

# Documents


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        ("draft", {"young-carer", "step-up"}),
        ("in_assessment", {"taf", "young-carer", "step-up"}),
        ("plan_active", {"taf", "young-carer", "step-up"}),
        ("closing", {"taf", "young-carer", "step-up", "early-help-closing"}),
        ("consent_withdrawn", set()),
        ("closed", set()),
    ],
)
def test_only_documents_that_make_sense_now_are_offered(at_work, hartleys, helped, status, kinds):
    episode = view(at_work.sam, hartleys.leo).episode._replace(status=status)

    assert {kind for kind, _ in starts(episode, [])} == kinds


def test_a_step_down_is_offered_to_a_family_that_came_from_social_care(at_work, hartleys):
    new = replace(REQUEST, route="step_down")
    done(at_work.sam, lambda session: episodes.open_episode(session, [hartleys.leo], new))

    assert "step-down" in dict(starts(view(at_work.sam, hartleys.leo).episode, []))


def test_documents_are_begun_opened_and_gone_on_with(qtbot, at_work, hartleys, helped):
    put(at_work.sam, helped[0], status="plan_active")
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    with qtbot.waitSignal(shown.start_plan) as started:
        button(shown, "Plan a family meeting").click()
    assert started.args == [hartleys.leo, "taf"]

    draft = done(at_work.sam, lambda session: plans.start(session, hartleys.leo, "taf"))
    shown.refresh()

    assert "Plan a family meeting" not in buttons(shown)
    link = next(
        each for each in shown.findChildren(ElidedLink) if "Team around the family" in each.whole_text()
    )
    with qtbot.waitSignal(shown.open_plan) as signal:
        link.click()
    assert signal.args == [draft]


def test_an_assessment_signed_before_there_were_episodes_is_still_shown(qtbot, at_work, hartleys):
    done(at_work.sam, lambda session: plans.start(session, hartleys.leo, "early-help"))

    said = texts(tab(qtbot, at_work.sam, hartleys.leo))

    assert {"No early help yet", "Assessment"} <= set(said)


# Plans of brothers and sisters


def both_parts(office, hartleys) -> tuple[UUID, UUID]:
    def work(session) -> tuple[UUID, UUID]:
        leos = plans.start(session, hartleys.leo, "taf")
        return leos, plans.start(session, hartleys.mia, "taf")

    return done(office.sam, work)


def parts_of(screen) -> list[FilterChip]:
    """Return the chips of the bar that leads to brothers' and sisters' parts."""
    bar = screen.findChild(SiblingBar)
    return [each for each in bar.findChildren(FilterChip) if each.isVisible()]


def test_a_shared_plan_leads_to_the_part_of_the_sister(qtbot, at_work, hartleys, helped):
    leos, mias = both_parts(at_work, hartleys)
    screen = PlanScreen(at_work.sam, leos)
    qtbot.addWidget(screen)
    screen.show()

    chips = parts_of(screen)
    assert [(each.text(), each.isChecked()) for each in chips] == [("Leo", True), ("Mia", False)]
    assert "Common parts are typed once and stand in both." in texts(screen)
    with qtbot.waitSignal(screen.open_sibling) as signal:
        chips[1].click()
    assert signal.args == [mias]


def test_keys_step_through_the_parts_and_stop_at_the_ends(qtbot, at_work, hartleys, helped):
    leos, mias = both_parts(at_work, hartleys)
    screen = PlanScreen(at_work.sam, mias)
    qtbot.addWidget(screen)

    assert not screen.to_sibling(1)
    with qtbot.waitSignal(screen.open_sibling) as signal:
        assert screen.to_sibling(-1)
    assert signal.args == [leos]


def test_a_plan_of_one_child_has_no_such_bar(qtbot, at_work, hartleys):
    revision_id = done(at_work.sam, lambda session: plans.start(session, hartleys.leo, "early-help"))
    screen = PlanScreen(at_work.sam, revision_id)
    qtbot.addWidget(screen)
    screen.show()

    assert not parts_of(screen)
    assert not screen.to_sibling(1)


def test_each_paper_shows_its_pages(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    for title in ("The plan", "The plan, the family’s copy", "The chronology of this early help"):
        with qtbot.waitSignal(shown.print_bytes) as told:
            next(each for each in shown.findChildren(LinkButton) if each.text() == title).click()
        assert told.args[0] == title
        assert told.args[1].startswith(b"%PDF")
