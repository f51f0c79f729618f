"""The Care tab and its first part: placements over time, and the dialogs of episodes."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar

from caseapp import dates
from caseapp.looked_after import episode_chain as chains
from caseapp.looked_after import episodes, placements_view
from caseapp.looked_after.episode_chain import Beginning, Change, Ending
from caseapp.looked_after.new_rows import NewPlacement
from caseapp.looked_after.placements_view import PlacementRow
from db.models import Child, Episode
from tests.desk_fixture import Office, add_child, at_work, done
from tests.record_screen import button, dialog, fill, opened, texts
from tests.story import lived
from ui.care_placements import PlacementsPart
from ui.charts import LifeStrip
from ui.child_care import PARTS, CarePage
from ui.form_dialog import FormDialog

__all__ = ["at_work"]

HERE = NewPlacement(
    UUID(int=0), "Rana Whitfield", "", "3 Ash Grove\nUpton", phone="07700 900345", distance=132, in_area=True,
    notified_on=date(2025, 9, 1),
)  # fmt: skip


@pytest.fixture
def amelia(at_work: Office):
    return lived(at_work, _amelia)


def _amelia(at_work: Office):
    return add_child(at_work.sam, "Amelia", "Kowalska", address="14 Mill Lane", postcode="B1 1AA")


@pytest.fixture
def in_care(at_work: Office, amelia):
    """A child with a move, an order and a stay in hospital behind her."""
    return lived(at_work, _in_care, amelia)


def _in_care(at_work: Office, amelia):
    first = Beginning(date(2025, 2, 3), "V2", "U6", "N1", "PR1", "B1 1AA", "B2 2AA", "SC123456")
    move = Change(date(2025, 9, 1), chains.PLACEMENT, "", "U4", "PR4", "B3 3AA", "SC765432", "CARPL")

    def live(session):
        session.info["clocks_wait"] = True
        last = episodes.begin_care(session, amelia, first)
        for new, living in (
            (move, HERE),
            (Change(date(2026, 1, 12), chains.LEGAL, "C2"), None),
            (Change(date(2026, 3, 2), chains.AWAY, placement="T1"), None),
            (Change(date(2026, 3, 6), chains.BACK), None),
        ):
            held = session.get_one(Episode, last).version
            last = episodes.record_change(session, amelia, held, new, living)
        session.info["clocks_wait"] = False
        dates.refresh(session, session.get_one(Child, amelia))

    done(at_work.sam, live)
    return amelia


def chain_of(desk, child_id):
    return done(desk, lambda session: episodes.chain_of(session, child_id))


def version(desk, row_id):
    return done(desk, lambda session: session.get_one(Episode, row_id).version)


def change(desk, child_id, new, lived=None):
    held = version(desk, chain_of(desk, child_id)[-1].id)
    done(desk, lambda session: episodes.record_change(session, child_id, held, new, lived))


def shown(qtbot, desk, child_id, may_write=True, height=1600) -> PlacementsPart:
    page = PlacementsPart(desk, child_id, may_write)
    qtbot.addWidget(page)
    page.resize(1182, height)
    with qtbot.waitExposed(page):
        page.show()
    QApplication.processEvents()
    return page


def press(page, text) -> FormDialog:
    button(page, text).click()
    return dialog(page)


def tool(page, name) -> QAbstractButton:
    QApplication.processEvents()
    return next(each for each in page.findChildren(QAbstractButton) if name in each.accessibleName())


def buttons(widget) -> list[QAbstractButton]:
    return [each for each in widget.findChildren(QAbstractButton) if each.isVisible()]


def problems(form, *keys) -> str:
    return " ".join(form.editor(key).problem() for key in keys)


# What is shown


@pytest.mark.parametrize(
    ("carers", "home", "said"),
    [
        ("Beth Rowe", "The Old Post Office", "With Beth Rowe"),
        ("", "Rowan House", "At Rowan House"),
        ("", "", ""),
    ],
)
def test_the_head_says_with_whom_or_of_a_home_without_named_carers_where(carers, home, said):
    told = NewPlacement(UUID(int=0), carers=carers, home_name=home)
    row = PlacementRow(*[None] * len(PlacementRow._fields))._replace(given=told)

    assert placements_view._lived_at([row]) == said
    assert placements_view._lived_at([]) == ""


def test_the_head_says_since_when_by_which_law_and_where(qtbot, at_work, in_care):
    said = " ".join(texts(shown(qtbot, at_work.sam, in_care)))

    assert "Looked after since 03/02/2025." in said
    assert "full care order; foster placement with other carer, long term. With Rana Whitfield." in said


def test_the_bars_tell_legal_status_and_placement_in_words_too(qtbot, at_work, in_care):
    strip = shown(qtbot, at_work.sam, in_care).findChild(LifeStrip)

    assert [(bar.row, bar.starts_on) for bar in strip.bars()][:2] == [
        ("Legal status", date(2025, 2, 3)), ("Legal status", date(2026, 1, 12)),
    ]  # fmt: skip
    assert "Full care order, since 12/01/2026" in strip.accessibleDescription()
    assert "Temporary: in hospital, 02/03/2026 to 06/03/2026" in strip.accessibleDescription()


def test_a_stay_in_hospital_is_an_episode_but_no_placement(at_work, in_care):
    view = done(at_work.sam, lambda session: placements_view.view(session, in_care))

    assert len(view.episodes) == 5
    assert [each.started_on for each in view.placements] == [date(2025, 9, 1), date(2025, 2, 3)]
    assert [each.ended_on for each in view.placements] == [None, date(2025, 9, 1)]


def test_a_placement_shows_carers_address_notice_plan_and_the_rule_of_visits(qtbot, at_work, in_care):
    said = texts(shown(qtbot, at_work.sam, in_care))

    assert {"Rana Whitfield", "3 Ash Grove, Upton", "13.2 miles", "Everybody told 01/09/2025"} <= set(said)
    assert "Placement plan was due 08/09/2025" in said
    assert any(text.startswith("Visits. After the first year") for text in said)


def test_a_withheld_address_is_not_on_the_page(qtbot, at_work, in_care):
    page = shown(qtbot, at_work.sam, in_care)
    form = press(page, "Change the details of the placement from 01/09/2025").form
    fill(form, withheld="yes")
    dialog(page).save_button.click()

    said = texts(page)
    assert "Withheld" in said
    assert not any("Ash Grove" in text or "07700" in text for text in said)


def test_who_may_only_read_sees_no_buttons(qtbot, at_work, in_care):
    page = shown(qtbot, at_work.sam, in_care, may_write=False)

    assert buttons(page) == []


def test_an_imported_episode_with_something_wrong_says_so(qtbot, at_work, amelia):
    def imported(session):
        session.add(Episode(child_id=amelia, started_on=date(2025, 2, 3), reason_started="S",
                            legal_status="V2", placement="P1", provider="PR4"))  # fmt: skip

    done(at_work.sam, imported)

    page = shown(qtbot, at_work.sam, amelia)
    said = "A placement with parents has the parents as its provider. (Rule 530)"
    assert {"To look at", said} <= set(texts(page))
    tool(page, "Put the episode from 03/02/2025 right").click()
    assert said in dialog(page).remarks.text()


def test_all_controls_have_a_name(qtbot, at_work, in_care):
    page = shown(qtbot, at_work.sam, in_care)

    assert all(each.accessibleName() or each.text() for each in buttons(page))


# What is written


def test_care_begins_with_the_home_filled_in_and_the_placement_kept(qtbot, at_work, amelia):
    page = shown(qtbot, at_work.sam, amelia)
    form = press(page, "Care begins …").form
    assert form.text("home_postcode") == "B1 1AA"

    fill(form, started_on="2026-11-20", legal_status="C1", placement="U6")
    fill(form, provider="PR1", urn="sc123456", placement_postcode="b2 2aa", category_of_need="N1")
    fill(form, carers="Rana Whitfield", where="in", approval="nominated_officer")
    fill(form, approved_by="Max North")
    dialog(page).save_button.click()

    only = chain_of(at_work.sam, amelia)[0]
    assert (only.reason_started, only.urn, only.placement_postcode) == ("S", "SC123456", "B2 2AA")
    said = texts(page)
    assert "Rana Whitfield" in said
    assert "Max North, nominated officer" in said


def test_what_cannot_be_stands_at_its_question_while_it_is_typed(qtbot, at_work, in_care):
    form = press(shown(qtbot, at_work.sam, in_care), "Something changed …").form
    fill(form, kind="placement")
    fill(form, changed_on="2026-11-20", placement="K3", urn="12")

    assert "16 and over" in problems(form, "placement")
    assert "Rule 371" in problems(form, "placement")
    fill(form, urn="12")
    assert "seven digits" in problems(form, "urn")
    fill(form, changed_on="2026-03-01")
    assert "before it began" in problems(form, "changed_on")

    fill(form, changed_on="2026-11-20", placement="U6", urn="1234567")
    assert problems(form, "placement", "urn", "changed_on").strip() == ""


def test_what_is_refused_is_not_sent(qtbot, at_work, in_care):
    page = shown(qtbot, at_work.sam, in_care)
    form = press(page, "Something changed …").form
    fill(form, kind="placement")
    fill(form, changed_on="2026-11-20", placement="K3", reason_moved="CARPL")
    dialog(page).save_button.click()

    assert len(chain_of(at_work.sam, in_care)) == 5
    assert "Rule 371" in problems(form, "placement")


def test_each_change_asks_only_for_what_has_changed(qtbot, at_work, in_care):
    form = press(shown(qtbot, at_work.sam, in_care), "Something changed …").form

    asked = {}
    for kind in ("legal", "placement", "same_carer", "both", "away"):
        fill(form, kind=kind)
        keys = ("legal_status", "placement", "away_to", "reason_moved", "carers")
        asked[kind] = [key for key in keys if form.editor(key).isVisibleTo(form)]
    assert asked == {
        "legal": ["legal_status"],
        "placement": ["placement", "reason_moved", "carers"],
        "same_carer": ["placement", "reason_moved"],
        "both": ["legal_status", "placement", "reason_moved", "carers"],
        "away": ["away_to"],
    }


def test_with_the_same_carer_what_stays_is_filled_in(qtbot, at_work, in_care):
    form = press(shown(qtbot, at_work.sam, in_care), "Something changed …").form
    fill(form, kind="same_carer")

    assert (form.text("placement"), form.text("provider"), form.text("urn")) == ("U4", "PR4", "SC765432")
    assert form.text("placement_postcode") == ""


def test_a_move_says_who_approves_and_that_notice_is_due(qtbot, at_work, in_care):
    page = shown(qtbot, at_work.sam, in_care)
    form = press(page, "Something changed …").form
    fill(form, kind="placement")
    fill(form, changed_on="2026-11-20", placement="K2", where="distance")

    said = dialog(page).remarks.text()
    assert "director of children’s services" in said
    assert "reg 10" in said
    assert "reg 14" in said
    assert "ask for this later: “Provider”, “Ofsted URN”, “Postcode of the placement”." in said


def test_while_the_child_is_away_coming_back_is_offered_first(qtbot, at_work, in_care):
    change(at_work.sam, in_care, Change(date(2026, 5, 1), chains.AWAY, placement="T3"))
    page = shown(qtbot, at_work.sam, in_care)

    form = press(page, "Something changed …").form
    assert form.text("kind") == "back"
    fill(form, changed_on="2026-05-08")
    dialog(page).save_button.click()
    assert chain_of(at_work.sam, in_care)[-1].placement == "U4"


def test_care_ends_with_its_reason_and_who_approved(qtbot, at_work, in_care):
    page = shown(qtbot, at_work.sam, in_care)
    form = press(page, "Care ends …").form
    fill(form, ended_on="2026-11-20", reason_ended="E17")
    assert "Rule 460" in problems(form, "reason_ended")
    fill(form, reason_ended="E4A")
    assert "nominated officer" in dialog(page).remarks.text()
    fill(form, approved_by="Max North")
    assert "nominated officer" not in dialog(page).remarks.text()
    dialog(page).save_button.click()

    assert chain_of(at_work.sam, in_care)[-1].reason_ended == "E4A"
    assert "Not looked after now. Last from 03/02/2025 to 20/11/2026." in texts(page)
    assert button(page, "Care begins …")


def test_an_episode_is_put_right_and_its_neighbour_follows(qtbot, at_work, in_care):
    page = shown(qtbot, at_work.sam, in_care)
    tool(page, "Put the episode from 01/09/2025 right").click()
    fill(dialog(page).form, started_on="2025-08-30")
    dialog(page).save_button.click()

    assert [each.started_on for each in chain_of(at_work.sam, in_care)][:2] == [
        date(2025, 2, 3), date(2025, 8, 30),
    ]  # fmt: skip
    assert chain_of(at_work.sam, in_care)[0].ended_on == date(2025, 8, 30)


def test_a_correction_keeps_what_nobody_touched(qtbot, at_work, in_care):
    before = chain_of(at_work.sam, in_care)
    page = shown(qtbot, at_work.sam, in_care)
    for each in before:
        tool(page, f"Put the episode from {each.started_on:%d/%m/%Y} right").click()
        dialog(page).save_button.click()
        QApplication.processEvents()

    assert chain_of(at_work.sam, in_care) == before


def test_an_episode_entered_by_mistake_is_taken_off_with_a_reason(qtbot, at_work, in_care):
    page = shown(qtbot, at_work.sam, in_care)
    tool(page, "Put the episode from 02/03/2026 right").click()
    fill(dialog(page).form, wrong=["yes"])
    dialog(page).save_button.click()
    assert len(chain_of(at_work.sam, in_care)) == 5

    fill(dialog(page).form, wrong_because="She was never in hospital")
    dialog(page).save_button.click()
    assert len(chain_of(at_work.sam, in_care)) == 3


def test_what_was_typed_about_a_placement_comes_back_as_it_was(qtbot, at_work, in_care):
    page = shown(qtbot, at_work.sam, in_care)
    press(page, "Change the details of the placement from 01/09/2025").save_button.click()

    view = done(at_work.sam, lambda session: placements_view.view(session, in_care))
    kept = view.placements[0].given
    assert (kept.distance, kept.in_area, kept.lines) == (132, True, HERE.lines)


def test_details_may_be_added_to_an_old_placement(qtbot, at_work, in_care):
    page = shown(qtbot, at_work.sam, in_care)
    form = press(page, "Add the details of the placement from 03/02/2025").form
    fill(form, carers="Ola Nowak", where="adjoining", miles="4.5", circumstances=["emergency"])
    assert "reg 11" in dialog(page).remarks.text()
    dialog(page).save_button.click()

    view = done(at_work.sam, lambda session: placements_view.view(session, in_care))
    kept = view.placements[1].given
    assert (kept.carers, kept.distance, kept.in_area, kept.adjoining, kept.emergency) == (
        "Ola Nowak", 45, False, True, True,
    )  # fmt: skip


# The tab


def test_the_care_tab_has_its_parts_and_makes_one_when_it_is_opened(qtbot, at_work, in_care):
    screen = opened(qtbot, at_work.sam, in_care, "Care")
    page = screen.page()

    assert isinstance(page, CarePage)
    assert page.part_names()[0] == "Placements"
    assert isinstance(page.part(), PlacementsPart)
    qtbot.keyClick(page.findChild(QTabBar), Qt.Key.Key_Right)
    assert page.part().accessibleName() == page.part_names()[1]


@pytest.mark.parametrize("name", PARTS)
def test_every_part_of_care_opens_and_is_read_anew_after_a_change(qtbot, at_work, in_care, name):
    page = CarePage(at_work.sam, in_care, True)
    qtbot.addWidget(page)
    page.show_part(name)

    page.refresh()
    assert not page.part().banner.isVisibleTo(page.part())
    assert page.findChild(QTabBar).tabText(page.findChild(QTabBar).currentIndex()) == name


def test_the_head_of_the_record_follows_what_is_written_on_the_care_tab(qtbot, at_work, in_care):
    screen = opened(qtbot, at_work.sam, in_care, "Care")
    ending = Ending(date(2026, 11, 20), "E4A")
    held = version(at_work.sam, chain_of(at_work.sam, in_care)[-1].id)
    done(at_work.sam, lambda session: episodes.end_care(session, in_care, held, ending))
    screen.page().part().changed.emit()

    assert "Closed" in texts(screen)


def test_a_child_in_need_has_the_tab_on_which_care_begins(qtbot, at_work):
    child_id = add_child(at_work.sam, "Ola", "Nowak", status="child_in_need")

    screen = opened(qtbot, at_work.sam, child_id, "Care")
    assert "Care begins …" in [each.text() for each in buttons(screen)]


def test_no_care_begins_for_somebody_of_18(qtbot, at_work):
    grown = add_child(at_work.sam, "Jaspreet", "Gill", date(2007, 6, 23))
    nearly = add_child(at_work.sam, "Minh", "Tran", date(2008, 11, 24))

    names = [each.text() for each in buttons(shown(qtbot, at_work.sam, grown))]
    assert "Care begins …" not in names
    assert "Care begins …" in [each.text() for each in buttons(shown(qtbot, at_work.sam, nearly))]
