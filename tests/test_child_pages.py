"""The pages of a record: timeline, plans, star and care."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from caseapp import plan_reading, plan_versions, plans, stars
from caseapp.looked_after import placements_view
from caseapp.work import NotFound
from tests.desk_fixture import add_note, at_work, done
from tests.record_screen import amelia, button, fill, opened, read_star, texts
from ui.charts import LifeStrip
from ui.child_overview import version_chip
from ui.child_plans import version_words
from ui.child_star import StarReadings
from ui.record_parts import FilterChip

__all__ = ["amelia", "at_work"]


def test_the_timeline_is_latest_first_by_month(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Timeline")
    page = screen.page()

    said = [text for text in texts(page) if text in ("November 2026", "September 2026", "June 2026")]
    assert said == ["November 2026", "September 2026", "June 2026"]
    days = [each.on for each in page.shown_entries()]
    assert days == sorted(days, reverse=True)


def test_filters_and_search_narrow_the_timeline(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Timeline")
    page = screen.page()
    chip = next(each for each in page.findChildren(FilterChip) if each.text() == "Notes 2")

    chip.click()
    assert {each.kind for each in page.shown_entries()} == {"Notes"}

    page._search.setText("MATHS")
    qtbot.waitUntil(lambda: "A call about maths." in texts(page) and "A visit." not in texts(page))


def test_a_note_that_is_added_appears_in_the_timeline_and_the_head(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia)
    screen.new_note()
    form = screen.page()._note.form
    fill(
        form,
        words="Seen at school with Mrs Shah.",
        quote="Maths is hard.",
        seen="alone",
        happened_on="2026-11-20",
    )

    button(screen, "Add note").click()

    assert {"Seen at school with Mrs Shah.", "“Maths is hard.”"} <= set(texts(screen.page()))
    screen.show_tab("Overview")
    assert "“Maths is hard.”" in texts(screen.page())


def test_a_note_about_a_day_long_ago_is_in_sight_once_it_is_added(qtbot, at_work, amelia):
    for day in range(1, 25):
        add_note(at_work.sam, amelia, date(2026, 10, day), f"Call {day}.", kind="call")
    screen = opened(qtbot, at_work.sam, amelia)
    screen.new_note()
    fill(screen.page()._note.form, words="Before all that.", seen="alone", happened_on="2025-03-03")

    button(screen, "Add note").click()

    def is_in_sight():
        found = [each for each in screen.findChildren(QLabel) if each.text() == "Before all that."]
        return any(not each.visibleRegion().isEmpty() for each in found)

    qtbot.waitUntil(is_in_sight)


def test_an_empty_note_or_a_day_to_come_is_refused_in_words(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Timeline")
    screen.new_note()
    before = len(screen.page().shown_entries())
    fill(screen.page()._note.form, happened_on="2026-12-24")

    button(screen, "Add note").click()

    said = texts(screen.page())
    assert "This is needed." in said
    assert any("still to come" in text for text in said)
    assert len(screen.page().shown_entries()) == before


def test_an_unfinished_note_waits_while_the_user_looks_elsewhere(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia)
    screen.new_note()
    fill(screen.page()._note.form, words="Half a sentence")
    screen.close()

    again = opened(qtbot, at_work.sam, amelia, "Timeline")

    assert again.page()._note.form.text("words") == "Half a sentence"
    assert again.page()._note.isVisible()


def test_the_chronology_is_handed_to_the_window_as_pdf(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Timeline")

    with qtbot.waitSignal(screen.print_bytes) as printed:
        button(screen, "Print chronology").click()

    title, pdf = printed.args
    assert title == "Chronology, Amelia Kowalska"
    assert bytes(pdf).startswith(b"%PDF")


def test_an_empty_kind_offers_its_first_step(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Education")

    with qtbot.waitSignal(screen.start_plan) as started:
        button(screen, "Start the first PEP").click()

    assert started.args == [amelia, "pep"]


def test_an_open_draft_is_gone_on_with(qtbot, at_work, amelia):
    draft = done(at_work.sam, lambda session: plans.start(session, amelia, "pep"))
    screen = opened(qtbot, at_work.sam, amelia, "Education")

    with qtbot.waitSignal(screen.open_plan) as signal:
        button(screen, "Continue the draft").click()

    assert signal.args == [draft]


def test_the_star_shows_readings_with_the_change_since_the_first(qtbot, at_work, amelia):
    for day, points in (("2026-02-20", [3] * 10), ("2026-06-01", [4] * 10), ("2026-11-16", [6] * 10)):
        read_star(at_work.sam, amelia, day, points)
    screen = opened(qtbot, at_work.sam, amelia, "Outcome Star")
    shown = screen.findChild(StarReadings)

    assert shown.chart.scores() == (6,) * 10
    assert texts(shown).count("▲ +3") == 10

    shown.slider.setValue(0)
    assert shown.chart.scores() == (3,) * 10
    assert "The first reading." in texts(shown)

    with qtbot.waitSignal(screen.compare) as compared:
        button(screen, "Compare versions").click()
    assert compared.args == [amelia, "star"]


def test_a_corrected_reading_is_drawn_once(at_work, amelia):
    read_star(at_work.sam, amelia, "2026-02-20", [3] * 10)

    def correct(session) -> None:
        first = plan_versions.versions(session, amelia, "star")[0]
        revision_id = plans.correct(session, first.revision_id, "A slip of the pen")
        view = plan_reading.open_plan(session, revision_id)
        answers = view.answers | {stars.areas(view.form)[0].key: 9}
        plans.sign(session, revision_id, view.version, answers)

    done(at_work.sam, correct)

    told = done(at_work.sam, lambda session: stars.readings(session, amelia))

    assert [scores[0] for _, scores in told.readings] == [9]


def test_the_care_record_of_another_team_is_not_there(at_work, amelia):
    with at_work.store.session(at_work.priya.actor) as session, pytest.raises(NotFound):
        placements_view.view(session, amelia)


def test_the_care_page_shows_episodes_and_reviews(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Care")
    assert "01/09/2025 and goes on" in texts(screen.page())

    screen.page().show_part("Reviews and visits")
    qtbot.waitUntil(lambda: "Attends and speaks for self" in texts(screen.page()), timeout=5000)


def test_a_bar_of_the_life_narrows_the_timeline_to_its_dates_until_its_chip_is_taken_away(
    qtbot, at_work, amelia
):
    screen = opened(qtbot, at_work.sam, amelia, "Timeline")
    page = screen.page()
    strip = page.findChild(LifeStrip)
    everything = page.shown_entries()
    first = next(each for each in strip.bars() if each.ends_on)

    strip.bar_chosen.emit(first)
    inside = page.shown_entries()
    chip = next(each for each in page.findChildren(FilterChip) if first.dates() in each.text())
    chip.click()

    assert inside
    assert all(first.starts_on <= each.on <= first.ends_on for each in inside)
    assert len(inside) < len(everything)
    assert page.shown_entries() == everything


def test_enter_on_a_bar_chooses_it(qtbot, at_work, amelia):
    screen = opened(qtbot, at_work.sam, amelia, "Timeline")
    page = screen.page()
    strip = page.findChild(LifeStrip)
    strip.setFocus(Qt.FocusReason.TabFocusReason)

    with qtbot.waitSignal(strip.bar_chosen):
        qtbot.keyClick(strip, Qt.Key.Key_Return)


def test_a_signed_plan_says_the_day_with_its_year():
    row = plan_versions.VersionRow(*[None] * 13)
    signed = row._replace(signed_at=datetime(2022, 1, 21, 12, tzinfo=UTC), signed_by="Sam Okafor")

    assert version_chip(signed).text() == "Signed 21/01/2022"


def test_a_version_says_the_london_day_of_its_signature_and_what_it_corrects():
    row = plan_versions.VersionRow(*[None] * 13)
    late = datetime(2026, 7, 2, 23, 30, tzinfo=UTC)
    signed = row._replace(number=2, signed_at=late, signed_by="Sam", replaces=1, reason="Wrong date")

    said = version_words(signed)

    assert said == "Version 2, signed by Sam on 03/07/2026, replaces version 1: Wrong date"
