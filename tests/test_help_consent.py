"""Consent on the Early help tab: recorded, withdrawn, asked again, overridden."""

from datetime import date

from caseapp import people
from caseapp.form import Choice, Is, Text
from tests.desk_fixture import TODAY, at_work, done
from tests.help_tab import agree, dialog_of, fill, hartleys, helped, tab, view
from tests.record_screen import button, texts
from ui.consent_form import deciders
from ui.small_form import SmallForm

__all__ = ["at_work", "hartleys", "helped"]


def test_a_decision_is_recorded_for_brothers_and_sisters(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    button(shown, "Record a decision").click()
    dialog = dialog_of(shown)
    mother = dialog.form.editor("person").field.options[0][0]
    fill(dialog.form, person=mother)
    assert dialog.form.text("capacity") == "parent_pr"
    fill(dialog.form, decision="limits", how="verbal")
    fill(dialog.form, witness="Ms Shah", allowed="Quenby Primary\nSchool nursing", refused="Housing")

    dialog.save_button.click()

    said = texts(shown)
    assert {"Dana Hartley", "Given with limits", "Not with Housing"} <= set(said)
    assert "May be shared with Quenby Primary and School nursing" in said
    assert "Ask again by 23/11/2027" in said
    assert view(at_work.sam, hartleys.mia).consents[0].person == "Dana Hartley"


def test_what_is_asked_depends_on_the_decision(qtbot, at_work, hartleys, helped):
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    shown.open_consent()
    form = dialog_of(shown).form

    def asked() -> set[str]:
        keys = ("how", "witness", "allowed", "told", "safeguarding", "carries_on", "override_by", "name")
        return {key for key in keys if not form.editor(key).isHidden()}

    assert asked() == set()
    fill(form, decision="given")
    assert asked() == {"how"}
    fill(form, how="verbal")
    assert asked() == {"how", "witness"}
    fill(form, decision="withdrawn")
    assert asked() == {"told", "safeguarding", "carries_on"}
    fill(form, overridden="yes", person="somebody")
    assert asked() == {"told", "safeguarding", "carries_on", "override_by", "name"}


def test_the_child_decides_as_a_child_and_from_sixteen_as_a_young_person(at_work, hartleys):
    family = done(at_work.sam, lambda session: people.people(session, hartleys.leo)).family

    assert deciders("Leo", 11, family)[-1] == ("child", "Leo", "child")
    assert deciders("Leo", 16, family)[-1] == ("child", "Leo", "young_person")
    assert [name for _, name, _ in deciders("Leo", 11, family)] == ["Dana Hartley", "Leo"]


def test_a_withdrawal_is_seen_at_once(qtbot, at_work, hartleys, helped):
    agree(at_work.sam, helped)
    shown = tab(qtbot, at_work.sam, hartleys.leo)
    shown.open_consent()
    form = dialog_of(shown).form
    mother = form.editor("person").field.options[0][0]
    fill(
        form, person=mother, decision="withdrawn", because="Too many meetings", told="All agencies, by phone"
    )
    fill(form, safeguarding="None known", carries_on="School does, with her agreement", also=[])

    dialog_of(shown).save_button.click()

    said = texts(shown)
    assert {"Consent withdrawn", "Withdrawn", "Because: Too many meetings"} <= set(said)
    assert view(at_work.sam, hartleys.mia).episode.status == "draft"


def test_the_latest_decision_stands_and_earlier_ones_are_folded(qtbot, at_work, hartleys, helped):
    agree(at_work.sam, helped[:1], happened_on=date(2026, 9, 2))
    agree(at_work.sam, helped[:1], decision="refused", how="", because="Not now")
    shown = tab(qtbot, at_work.sam, hartleys.leo)

    said = texts(shown)
    assert "Refused" in said
    assert "Given" not in said
    button(shown, "Earlier decisions (1)").click()
    assert "Given" in texts(shown)


def test_consent_to_be_asked_again_stands_out(qtbot, at_work, hartleys, helped):
    agree(at_work.sam, helped[:1], review_on=date(2026, 11, 2))

    assert "Ask again, due 02/11/2026" in texts(tab(qtbot, at_work.sam, hartleys.leo))


def test_an_override_says_who_decided_and_why(qtbot, at_work, hartleys, helped):
    agree(
        at_work.sam, helped[:1], decision="refused", how="", overridden=True,
        override_because="A child is at risk", override_by="Max North",
    )  # fmt: skip

    said = texts(tab(qtbot, at_work.sam, hartleys.leo))

    assert {"Refused", "Overridden"} <= set(said)
    assert "Gone ahead to keep somebody safe, decided by Max North: A child is at risk" in said


def test_a_question_that_is_not_asked_counts_for_nothing(qtbot):
    fields = (
        Choice("sure", "Sure?", options=(("yes", "Yes"), ("no", "No"))),
        Text("why", "Why?", when=Is("sure", "no")),
    )
    form = SmallForm(fields, TODAY, ("why",))
    qtbot.addWidget(form)
    fill(form, sure="no", why="Because")
    assert form.answers() == {"sure": "no", "why": "Because"}

    fill(form, sure="yes")

    assert form.answers() == {"sure": "yes", "why": None}
    assert form.text("why") == ""
    assert form.check()
