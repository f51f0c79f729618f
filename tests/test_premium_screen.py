"""Pupil premium on screen, and the settings of education that administrators keep."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QToolButton

from caseapp import levels, pep_settings
from caseapp.education import premium, qa_settings, rates, terms
from caseapp.pep_settings import PepSettings
from tests.desk_fixture import DeskAtOnce
from tests.premium_story import add_school, ask, child_id, decide, pay, spend, story
from tests.record_screen import button, fill, texts
from tests.test_window import nameless
from ui.child_premium import PremiumCard
from ui.level_settings import LevelsCard, level_cards
from ui.school_settings import PepCard, RatesCard, TermsCard, school_cards

__all__ = ["child_id", "story"]  # fixtures


def desk(story, who):
    return DeskAtOnce(story.store, story.actors[who])


def shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.resize(720, 900)
    with qtbot.waitExposed(widget):
        widget.show()
    QApplication.processEvents()
    return widget


def card_of(qtbot, story, child_id, who="ada", may_write=True):
    return shown(qtbot, PremiumCard(desk(story, who), child_id, may_write))


def settings_card(qtbot, story, kind):
    return shown(qtbot, next(each for each in school_cards(desk(story, "amy")) if isinstance(each, kind)))


def requests(story, child_id):
    return story.call("ada", lambda session: premium.requests(session, child_id))


def submit(card, save, **answers):
    fill(card.form.form, **answers)
    button(card.form, save).click()


def press(widget, name):
    next(each for each in widget.findChildren(QToolButton) if each.accessibleName() == name).click()


# The card on the Education tab


def test_a_request_is_asked_for_with_what_the_record_knows(qtbot, story, child_id):
    add_school(story, child_id, "Quenby Vale Academy")
    card = card_of(qtbot, story, child_id)

    button(card, "Ask for pupil premium").click()
    submit(card.card, "Ask", thing="Maths tutor", category="tuition", asked=48_050, target="Times tables")

    (row,) = requests(story, child_id)
    assert (row.thing, row.asked, row.asked_by, row.stream) == ("Maths tutor", 48_050, "Ada North", "school")
    assert (row.term, row.school, row.targets) == (
        "autumn term 2026",
        "Quenby Vale Academy",
        ("Times tables",),
    )
    assert "1. Maths tutor, £480.50" in texts(card)
    assert "Waiting for a decision" in texts(card)


def test_a_request_without_a_sum_is_not_saved_and_says_so(qtbot, story, child_id):
    card = card_of(qtbot, story, child_id)
    button(card, "Ask for pupil premium").click()

    submit(card.card, "Ask", thing="Maths tutor", category="tuition")

    assert requests(story, child_id) == []
    assert "This is needed." in texts(card)


def test_a_manager_decides_on_screen_and_the_sums_follow(qtbot, story, child_id):
    ask(story, child_id)
    card = card_of(qtbot, story, child_id, "max")

    button(card, "Decide").click()
    submit(card.card, "Save the decision", decision="part", approved=20_000, because="Five hours first.")

    assert "To be paid" in texts(card)
    assert "£200.00" in texts(card)
    assert any("Approved in part £200.00 by Max North" in text for text in texts(card))


def test_what_the_store_refuses_is_said_in_the_form_and_what_was_typed_stays(qtbot, story, child_id):
    ask(story, child_id)
    card = card_of(qtbot, story, child_id, "max")
    button(card, "Decide").click()

    submit(card.card, "Save the decision", decision="part", approved=99_000, because="All of it.")

    assert any("is not a part of the £480.50" in text for text in texts(card))
    assert card.card.form.form.text("because") == "All of it."
    assert requests(story, child_id)[0].state == "waiting"


def test_who_asked_is_not_offered_the_decision(qtbot, story, child_id):
    ask(story, child_id, who="max")

    for who in ("max", "ada"):
        card = card_of(qtbot, story, child_id, who)
        with pytest.raises(StopIteration):
            button(card, "Decide")
        assert button(card, "Change")


def test_payment_spending_and_impact_are_offered_one_after_the_other(qtbot, story, child_id):
    decide(story, ask(story, child_id))
    card = card_of(qtbot, story, child_id)

    button(card, "Record the payment").click()
    submit(card.card, "Save the payment", on="2026-10-20")
    button(card, "Record what was spent").click()
    submit(card.card, "Save", spent=40_000)
    button(card, "Tell the impact").click()
    submit(card.card, "Save the impact", impact="She puts her hand up now.")

    (row,) = requests(story, child_id)
    assert (row.paid_on, row.spent, row.state) == (date(2026, 10, 20), 40_000, "told")
    assert "Impact: She puts her hand up now." in texts(card)


def test_a_rate_that_is_not_known_is_said_and_no_nought_is_shown_for_it(qtbot, story, child_id):
    ask(story, child_id)

    said = texts(card_of(qtbot, story, child_id))

    assert said.count("Not known") == 2
    assert any("The rate of 2026-27 is not known yet" in text for text in said)


def test_money_unspent_after_31_march_is_warned_of_above_the_card(qtbot, story, child_id):
    request_id = ask(story, child_id, year=2025, asked_on=date(2026, 3, 2))
    decide(story, request_id)
    pay(story, request_id)
    spend(story, request_id, 40_000)

    said = texts(card_of(qtbot, story, child_id))

    assert any("£80.50 approved is not recorded as spent by 31/03/2026" in text for text in said)


def test_a_child_for_whom_no_money_comes_is_told_why(qtbot, story):
    child_id = story.register("ada", "Mia", "Haddad")

    said = texts(card_of(qtbot, story, child_id))

    assert any("No money comes for this child this year: not looked after" in text for text in said)


def test_whoever_may_only_read_is_offered_nothing(qtbot, story, child_id):
    ask(story, child_id)
    card = card_of(qtbot, story, child_id, "rob", may_write=False)

    assert "1. Maths tutor, 10 hours, £480.50" in texts(card)
    for text in ("Ask for pupil premium", "Change", "Take back"):
        with pytest.raises(StopIteration):
            button(card, text)


def test_every_control_of_the_card_and_its_forms_has_a_name(qtbot, story, child_id):
    ask(story, child_id)
    card = card_of(qtbot, story, child_id, "max")

    for text in ("Ask for pupil premium", "Decide", "Take back"):
        button(card, text).click()
        assert nameless(card) == []
        card.card.close_form()


def test_each_request_stands_under_the_sums_that_it_is_part_of(qtbot, story, child_id):
    for year, asked_on in ((2026, date(2026, 10, 5)), (2025, date(2026, 3, 2)), (2026, date(2026, 10, 6))):
        ask(story, child_id, year=year, asked_on=asked_on)

    said = [text for text in texts(card_of(qtbot, story, child_id)) if "tutor" in text or "plus 20" in text]

    assert said == [
        "Pupil premium plus 2026-27",
        "3. Maths tutor, 10 hours, £480.50",
        "1. Maths tutor, 10 hours, £480.50",
        "Pupil premium plus 2025-26",
        "2. Maths tutor, 10 hours, £480.50",
    ]


# Settings


@pytest.mark.parametrize("who", ["ada", "max", "rob"])
def test_nobody_but_an_administrator_sees_the_settings_of_education(qtbot, story, who):
    assert school_cards(desk(story, who)) == []


def test_a_rate_is_set_with_its_source(qtbot, story):
    card = settings_card(qtbot, story, RatesCard)
    assert "Not known" in texts(card)

    press(card, "Change: Pupil premium plus 2026-27")
    submit(card, "Save rate", known="yes", pence=269_000, source="Conditions of grant 2026 to 2027")

    assert card.said() == "Pupil premium plus 2026-27 is £2,690.00 from now on."
    assert "£2,690.00" in texts(card)
    assert "Conditions of grant 2026 to 2027. Set by this office" in texts(card)


def test_a_rate_is_made_unknown_again(qtbot, story):
    card = settings_card(qtbot, story, RatesCard)
    press(card, "Change: Pupil premium plus 2025-26")

    submit(card, "Save rate", known="no")

    assert card.said() == "Pupil premium plus 2025-26 is not known from now on."
    assert story.call("ada", lambda session: rates.rate(session, "school", 2025)).pence is None


def test_a_terms_dates_are_set(qtbot, story):
    card = settings_card(qtbot, story, TermsCard)

    press(card, "Change: autumn term 2026")
    submit(card, "Save dates", first_on="2026-09-03", last_on="2026-12-18")

    assert card.said().startswith("The autumn term 2026 runs from 03/09/2026 to 18/12/2026.")
    assert {"03/09/2026", "18/12/2026"} <= {*texts(card)}


def test_dates_that_cannot_be_are_refused_in_the_form(qtbot, story):
    card = settings_card(qtbot, story, TermsCard)
    press(card, "Change: autumn term 2026")

    submit(card, "Save dates", first_on="2026-09-03", last_on="2025-12-18")

    assert any("would end before it begins" in text for text in texts(card))
    assert not any(each.is_own for each in story.call("amy", terms.table))


def test_what_a_plan_must_have_and_how_it_is_graded_is_chosen_in_one_place(qtbot, story):
    card = settings_card(qtbot, story, PepCard)
    button(card, "Change how PEPs are made and graded").click()

    submit(card, "Save", from_age=2, targets=4, scheme="gold", reds="2", attainment="no", qa_days=5)

    assert story.call("ada", pep_settings.read) == PepSettings(2, 4)
    quality = story.call("ada", qa_settings.read)
    assert (quality.scheme, quality.reds, quality.attainment_counts, quality.qa_days) == ("gold", 2, False, 5)
    assert {"2 years", "At least 4", "5 working days"} <= {*texts(card)}


def test_every_control_of_the_settings_has_a_name(qtbot, story):
    for each in school_cards(desk(story, "amy")):
        assert nameless(shown(qtbot, each)) == []


def test_an_administrator_names_the_levels_of_need(qtbot, story):
    card = shown(qtbot, LevelsCard(desk(story, "amy")))
    button(card, "Change the names of the levels of need").click()

    submit(card, "Save", **{"3": "Intensive"})

    assert story.call("ada", levels.names)[3] == "Intensive"
    assert "Intensive" in texts(card)
    assert nameless(card) == []
    assert level_cards(desk(story, "ada")) == []
