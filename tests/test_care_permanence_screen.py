"""Permanence and court, family time, plans of care: what their parts show, and what is done there."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from caseapp import plan_reading, plans
from caseapp.looked_after import family_time, permanence, records
from caseapp.looked_after import new_rows as new
from tests.desk_fixture import Office, add_child, at_work, done, look_after
from tests.record_screen import button, dialog, fill, texts, tool
from tests.story import lived, sample
from ui.care_family import FamilyPart
from ui.care_permanence import PermanencePart
from ui.care_plans import CarePlansPart
from ui.chips import Chip

__all__ = ["at_work"]

WHOLE = 1134


@pytest.fixture
def amelia(at_work: Office):
    return lived(at_work, _amelia)


def _amelia(at_work: Office):
    child_id = add_child(at_work.sam, "Amelia", "Kowalska")
    look_after(at_work.sam, child_id)
    return child_id


def write(desk, child_id, *rows):
    return done(desk, lambda session: [records.add(session, child_id, each) for each in rows])


def shown(qtbot, part, width=WHOLE):
    qtbot.addWidget(part)
    part.resize(width, 1600)
    with qtbot.waitExposed(part):
        part.show()
    QApplication.processEvents()
    return part


def held(desk, child_id, module=permanence):
    return done(desk, lambda session: module.view(session, child_id))


# Permanence and court


def test_an_empty_part_says_what_will_stand_there(qtbot, at_work, amelia):
    said = texts(shown(qtbot, PermanencePart(at_work.sam, amelia, True)))

    assert {
        "Plan for permanence", "Nothing decided yet.", "No case in court, and none prepared.",
        "No decision for adoption.", "Not noted as an unaccompanied asylum-seeking child.",
    } <= set(said)  # fmt: skip
    assert "Short breaks" not in said


def test_a_case_shows_its_weeks_as_icon_word_and_colour(qtbot, at_work, amelia):
    write(at_work.sam, amelia, new.NewProceedings("care", date(2026, 5, 1), "Family Court", "WX1"))

    part = shown(qtbot, PermanencePart(at_work.sam, amelia, True))

    (chip,) = [each for each in part.findChildren(Chip) if "weeks" in each.text()]
    assert chip.text() == "29 weeks 3 days, red"
    assert "Issued on 01/05/2026; 26 weeks end on 30/10/2026 (Children Act 1989 s32)" in texts(part)


def test_a_case_and_its_hearing_are_added_by_dialogs(qtbot, at_work, amelia):
    part = shown(qtbot, PermanencePart(at_work.sam, amelia, True))
    qtbot.mouseClick(button(part, "Add a case"), Qt.MouseButton.LeftButton)
    asked = dialog(part)
    fill(asked.form, kind="care", began_on="2026-10-01", court="Family Court at Wexley")
    with qtbot.waitSignal(part.changed):
        asked.save_button.click()
    qtbot.mouseClick(button(part, "Add a hearing"), Qt.MouseButton.LeftButton)
    asked = dialog(part)
    fill(asked.form, kind="final", held_on="2027-03-01")
    asked.save_button.click()

    (case,) = held(at_work.sam, amelia).cases
    assert case.row.given.court == "Family Court at Wexley"
    assert [each.title for each in case.hearings] == ["Final hearing, 01/03/2027"]
    assert "Next hearing" in texts(part)


def test_an_extension_asks_for_its_reason_before_anything_is_saved(qtbot, at_work, amelia):
    part = shown(qtbot, PermanencePart(at_work.sam, amelia, True))
    qtbot.mouseClick(button(part, "Add a case"), Qt.MouseButton.LeftButton)
    asked = dialog(part)
    fill(asked.form, kind="care", began_on="2026-02-02", extended_to="2026-12-01")

    asked.save_button.click()

    assert asked.isVisible()
    assert asked.form.editor("extended_because").problem() == "This is needed."
    assert held(at_work.sam, amelia).cases == []


def test_a_plan_is_changed_and_taken_off_with_a_reason(qtbot, at_work, amelia):
    write(at_work.sam, amelia, new.NewPermanence(date(2026, 9, 28), "return_6_months", "relatives", True))
    part = shown(qtbot, PermanencePart(at_work.sam, amelia, True))

    tool(part, "Change Return home within six months").click()
    asked = dialog(part)
    assert asked.form.text("siblings_together") == "yes"
    fill(asked.form, option="foster_to_18", siblings_together=None)
    asked.save_button.click()
    assert held(at_work.sam, amelia).plans[0].given == new.NewPermanence(
        date(2026, 9, 28), "foster_to_18", "relatives"
    )

    tool(part, "Change Long-term foster care to 18").click()
    asked = dialog(part)
    fill(asked.form, wrong=["yes"], wrong_because="Another child’s")
    asked.save_button.click()
    assert held(at_work.sam, amelia).plans == []


def test_the_items_of_an_adoption_are_offered_once_it_was_decided(qtbot, at_work, amelia):
    part = shown(qtbot, PermanencePart(at_work.sam, amelia, True))
    assert "Add what the return asks" not in [each.text() for each in part.findChildren(QAbstractButton)]

    write(at_work.sam, amelia, new.NewAdoptionDecision(date(2026, 9, 28)))
    part.refresh()
    qtbot.mouseClick(button(part, "Add what the return asks"), Qt.MouseButton.LeftButton)
    asked = dialog(part)
    fill(
        asked.form, decided_on="2026-09-28", by_foster_carer="no", adopters=2, adopters_sex="MF",
        adopters_legal_status="L11",
    )  # fmt: skip
    asked.save_button.click()

    assert held(at_work.sam, amelia).adoption.given == new.NewAdoption(
        date(2026, 9, 28), None, False, 2, "MF", "L11"
    )


def test_a_social_workers_spell_is_added_for_the_return(qtbot, at_work, amelia):
    part = shown(qtbot, PermanencePart(at_work.sam, amelia, True))
    qtbot.mouseClick(button(part, "Add a spell"), Qt.MouseButton.LeftButton)
    asked = dialog(part)
    fill(asked.form, source_ref="12345", started_on="2026-09-01", reason="MANAGE")
    asked.save_button.click()
    assert "begins with SW" in asked.said()

    fill(asked.form, source_ref="sw12345")
    asked.save_button.click()

    assert {"SW12345", "Since 01/09/2026", "Managing caseloads"} <= set(texts(part))


def test_a_child_who_came_alone_is_noted_and_the_note_taken_off(qtbot, at_work, amelia):
    part = shown(qtbot, PermanencePart(at_work.sam, amelia, True))
    tool(part, "Note it: unaccompanied").click()
    dialog(part).save_button.click()
    assert {"Unaccompanied asylum-seeking child", "Counts still"} <= set(texts(part))

    tool(part, "Change: unaccompanied").click()
    asked = dialog(part)
    fill(asked.form, wrong=["yes"], wrong_because="Came with her aunt")
    asked.save_button.click()

    assert held(at_work.sam, amelia).unaccompanied is None


def test_who_only_reads_is_offered_no_change(qtbot, at_work, amelia):
    write(at_work.sam, amelia, new.NewProceedings("care", date(2026, 5, 1)))
    write(at_work.sam, amelia, new.NewFamilyTime("Ewa", "direct", date(2026, 5, 1)))
    parts = (PermanencePart, FamilyPart, CarePlansPart)

    for each in parts:
        part = shown(qtbot, each(at_work.sam, amelia, False))
        offered = [one for one in part.findChildren(QAbstractButton) if one.isVisible()]
        named = {one.text() for one in offered if not one.accessibleName().startswith("Why")}
        assert named <= {"Blank paper"}, each


# Family time


def test_the_first_arrangement_is_added_from_the_empty_part(qtbot, at_work, amelia):
    part = shown(qtbot, FamilyPart(at_work.sam, amelia, True))
    qtbot.mouseClick(button(part, "Add family time"), Qt.MouseButton.LeftButton)
    asked = dialog(part)
    fill(
        asked.form, person="Ewa Kowalska", relationship="Mother", kind="supervised", by_order="no",
        often="Tuesdays", supervised_by="Centre staff", from_on="2026-11-01",
    )  # fmt: skip
    asked.save_button.click()

    said = texts(part)
    assert {"Ewa Kowalska (Mother)", "Face to face, supervised; Tuesdays", "Supervised by: Centre staff"} <= {
        *said
    }
    assert "Since 01/11/2026, by agreement" in said


def test_how_a_time_went_is_written_down_and_counted(qtbot, at_work, amelia):
    write(at_work.sam, amelia, new.NewFamilyTime("Ewa", "direct", date(2026, 5, 1)))
    part = shown(qtbot, FamilyPart(at_work.sam, amelia, True))
    for outcome, view in (("held", "Mum did my hair."), ("cancelled_family", None)):
        tool(part, "Write down how a time went: Ewa").click()
        asked = dialog(part)
        fill(asked.form, outcome=outcome, child_view=view)
        asked.save_button.click()

    said = texts(part)
    assert "1 of 2 held in the last three months (50.0 %): 1 cancelled by the family" in said
    assert {"“Mum did my hair.”", "Held", "Cancelled by the family"} <= set(said)


def test_many_times_are_folded_until_they_are_asked_for(qtbot, at_work, amelia):
    (mother,) = write(at_work.sam, amelia, new.NewFamilyTime("Ewa", "direct", date(2026, 5, 1)))
    write(at_work.sam, amelia, *(new.NewTimeHeld(mother, date(2026, 11, day)) for day in range(1, 8)))
    part = shown(qtbot, FamilyPart(at_work.sam, amelia, True))
    assert "02/11/2026" not in texts(part)

    button(part, "Show all 7 times").click()

    assert "02/11/2026" in texts(part)


def test_a_refusal_over_seven_days_without_an_order_warns_at_the_top(qtbot, at_work, amelia):
    write(at_work.sam, amelia, new.NewFamilyTime("Marek", "refused", date(2026, 11, 2)))

    part = shown(qtbot, FamilyPart(at_work.sam, amelia, True))

    said = texts(part)
    assert any("Time with Marek has been refused since 02/11/2026" in each for each in said)
    assert "Refused over seven days, no order" in said
    assert held(at_work.sam, amelia, family_time).warnings


# Plans of care


def test_each_form_of_care_says_when_it_is_due_and_starts(qtbot, at_work, amelia):
    part = shown(qtbot, CarePlansPart(at_work.sam, amelia, True))

    said = " ".join(texts(part))
    assert "Before each placement, at the latest five working days after it began." in said
    assert "Placement plan: " in said
    with qtbot.waitSignal(part.start_plan) as started:
        button(part, "Write the care plan").click()
    assert started.args == [amelia, "care-plan"]


def test_team_around_you_is_offered_from_fourteen(qtbot, at_work):
    young = add_child(at_work.sam, "Ola", "Kowalska", born_on=date(2012, 11, 24))
    look_after(at_work.sam, young)
    old = add_child(at_work.sam, "Iga", "Kowalska", born_on=date(2012, 11, 23))
    look_after(at_work.sam, old)

    offered = [
        "Plan the meeting" in [each.text() for each in part.findChildren(QAbstractButton)]
        for part in (shown(qtbot, CarePlansPart(at_work.sam, one, True)) for one in (young, old))
    ]

    assert offered == [False, True]


def test_versions_open_compare_and_a_draft_is_gone_on_with(qtbot, at_work, amelia):
    def sign(session):
        revision_id = plans.start(session, amelia, "team-around-you")
        opened = plan_reading.open_plan(session, revision_id).version
        return plans.sign(session, revision_id, opened, sample("team_around_you")).revision_id

    for _ in range(4):
        signed = done(at_work.sam, sign)
    draft = done(at_work.sam, lambda session: plans.start(session, amelia, "care-plan"))
    part = shown(qtbot, CarePlansPart(at_work.sam, amelia, True))

    with qtbot.waitSignal(part.open_plan) as opened:
        tool(part, "Continue: Care Plan").click()
    assert opened.args == [draft]
    with qtbot.waitSignal(part.open_plan) as opened:
        tool(part, "Open: Team Around You").click()
    assert opened.args == [signed]
    with qtbot.waitSignal(part.compare) as compared:
        tool(part, "Compare versions: Team Around You").click()
    assert compared.args == [amelia, "team-around-you"]
    assert "Write the care plan" not in [each.text() for each in part.findChildren(QAbstractButton)]

    assert not [each for each in texts(part) if each.startswith("Version 1, signed")]
    tool(part, "Show all 4: Team Around You").click()
    assert [each for each in texts(part) if each.startswith("Version 1, signed")]


def test_blank_paper_is_printed_from_the_part(qtbot, at_work, amelia):
    part = shown(qtbot, CarePlansPart(at_work.sam, amelia, True))

    with qtbot.waitSignal(part.print_bytes) as printed:
        tool(part, "Blank paper: Return home interview").click()

    title, pdf = printed.args
    assert title == "Return home interview, blank"
    assert bytes(pdf).startswith(b"%PDF")
