"""The prints of early help, read back: each copy, agenda, minutes, plan, chronology, closing, paper."""

from datetime import date, timedelta

import pytest

from caseapp import actions, notes, prints
from caseapp.actions import NewAction
from caseapp.early_help import consents
from caseapp.form import Rows, Text
from caseapp.forms import FORMS
from caseapp.notes import NewNote
from db.models import Look
from db.problems import NotAllowed, NotFound, Problem
from tests.help_story import (
    ASSESSED,
    CLOSED,
    MET,
    MOTHER,
    OPENED,
    assessment,
    consent,
    new_family,
    reading,
)
from tests.pdf_reading import words_by_page, words_of
from tests.story import lived, sample

NURSE = "School nursing"
PREPARED = (
    "planned_on", "planned_time", "held_as", "place", "chair", "minute_taker", "agenda", "invited", "words",
)  # fmt: skip


@pytest.fixture
def family():
    return new_family()


@pytest.fixture
def assessed(family):
    """Return the assessment that was signed for Leo."""
    return lived(family, _assessed)


def _assessed(family):
    family.on(ASSESSED)
    return family.sign(family.leo, "early-help", assessment())


def prepared(family, **more):
    """Return a draft of the next family meeting."""
    family.on(MET - timedelta(days=7))
    planned = {key: sample("taf")[key] for key in PREPARED} | more
    return family.draft(family.leo, "taf", planned)


def met(family):
    """Return the minutes of the meeting that was held."""
    return lived(family, _met)


def _met(family):
    family.on(MET + timedelta(days=4))
    return family.sign(family.leo, "taf", dict(sample("taf")))


def printed(family, revision_id, who="ada", **more):
    return family.call(lambda session: prints.plan_pdf(session, revision_id, **more), who)


def refused(family, revision_id, **more):
    with pytest.raises(Problem) as told:
        printed(family, revision_id, **more)
    return told.value.words


def for_professionals(fields, answers):
    """Yield the words that the family's copy leaves out, those in rows too."""
    for each in fields:
        answer = answers.get(each.key)
        if isinstance(each, Rows):
            for row in answer or ():
                inner = each.fields if not each.professional else [_marked(one) for one in each.fields]
                yield from for_professionals(inner, row)
        elif each.professional and isinstance(each, Text) and answer:
            yield str(answer).split("\n")[0]


def _marked(field):
    return Text(field.key, field.label, professional=True)


# Whose copy it is


@pytest.mark.parametrize("kind", ["early_help", "taf", "early_help_closing", "young_carer", "step_up"])
def test_the_family_copy_leaves_out_what_is_for_professionals(family, kind):
    form, answers = FORMS[kind.replace("_", "-")], dict(sample(kind))
    draft = family.draft(family.leo, form.kind, answers)
    marked = [
        said
        for section in form.sections
        for said in for_professionals(
            [_marked(each) for each in section.fields] if section.professional else section.asked(answers),
            answers,
        )
    ]

    ours = words_of(printed(family, draft, answers=answers))
    theirs = words_of(printed(family, draft, answers=answers, edition="family"))

    shown = [each for each in marked if " ".join(each.split())[:60] in ours]
    assert shown
    assert [each for each in shown if len(each) > 20 and " ".join(each.split())[:60] in theirs] == []


def test_the_family_copy_speaks_plainly_and_says_whom_to_tell(family, assessed):
    first, *_ = pages = words_by_page(printed(family, assessed, edition="family"))
    text = " ".join(pages)

    assert "This is your copy" in first
    assert "tell Ruth Okonjo (01632 960120)" in first
    assert "Who brings it together Ruth Okonjo, Council family support" in first
    assert "Lead practitioner" not in text
    assert "What the child told us" in text
    assert "Our plan" in text
    assert "The child's own view" not in text
    assert all("the family’s copy" in page for page in pages)


def test_a_draft_for_the_family_shows_no_empty_questions(family):
    draft = family.draft(family.leo, "early-help", {"name": "Leo Zielny"})

    assert "Not answered" in words_of(printed(family, draft))
    assert "Not answered" not in words_of(printed(family, draft, edition="family"))


def test_a_copy_for_an_agency_names_it_and_who_agreed_and_is_recorded_as_shared(family, assessed):
    pages = words_by_page(printed(family, assessed, edition="professionals", shared_with=f" {NURSE} "))

    assert "Copy for School nursing" in pages[0]
    assert "Shared with consent of Kasia Zielna (parent with parental responsibility), 05/01/2026" in pages[0]
    assert "Do not pass it on" in pages[0]
    assert all("OFFICIAL-SENSITIVE, copy for School nursing" in page for page in pages)
    look = family.call(lambda session: session.query(Look).filter_by(act="share").one())
    assert look.detail["shared_with"] == NURSE
    assert look.detail["edition"] == "professionals"
    assert look.detail["because"].startswith(MOTHER)


def test_looking_at_a_copy_before_it_is_given_is_not_yet_sharing(family, assessed):
    printed(family, assessed, edition="professionals", shared_with=NURSE, act="open")

    assert family.call(lambda session: session.query(Look).filter_by(act="share").count()) == 0


@pytest.mark.parametrize(
    ("decided", "words"),
    [
        ({"decision": "refused"}, "It may not be shared with School nursing."),
        ({"decision": "limits", "refused": (NURSE,)}, "not with School nursing"),
        ({"decision": "limits", "allowed": ("Housing",)}, "may be shared with Housing"),
    ],
)
def test_nothing_is_printed_for_an_agency_that_the_family_does_not_want(family, assessed, decided, words):
    asked = consent(moment="sharing", purposes=("share",), happened_on=ASSESSED, **decided)
    family.call(lambda session: consents.add(session, family.episodes, asked))

    told = refused(family, assessed, edition="professionals", shared_with=NURSE)

    assert words in told
    assert told.endswith("Nothing was printed.")
    assert family.call(lambda session: session.query(Look).filter_by(act="share").count()) == 0


def test_without_consent_the_refusal_says_what_to_do_and_the_family_still_get_their_copy():
    family = new_family(consented=False)
    draft = family.draft(family.leo, "early-help", {"name": "Leo Zielny"})

    told = refused(family, draft, edition="professionals", shared_with=NURSE)

    assert "Record the consent to share on the Early help page first." in told
    assert printed(family, draft, edition="family").startswith(b"%PDF")


def test_a_manager_may_override_and_the_copy_says_so(family, assessed):
    decided = consent(
        purposes=("share",), decision="refused", happened_on=ASSESSED, overridden=True,
        override_because="Leo was hurt.", override_by="Max North",
    )  # fmt: skip
    family.call(lambda session: consents.add(session, family.episodes, decided))

    first = words_by_page(printed(family, assessed, edition="professionals", shared_with=NURSE))[0]

    assert "Shared on the decision of Max North: Leo was hurt." in first
    assert "with consent of" not in first


def test_after_consent_is_withdrawn_nothing_goes_out_and_only_the_workers_print(family, assessed):
    withdrawn = consent(
        decision="withdrawn", purposes=("start",), happened_on=ASSESSED, because="They want to stop.",
        told="School", safeguarding="No", carries_on="No",
    )  # fmt: skip
    family.call(lambda session: consents.add(session, family.episodes, withdrawn))

    told = refused(family, assessed, edition="professionals", shared_with=NURSE)

    assert "Consent for this early help was withdrawn" in told
    assert printed(family, assessed).startswith(b"%PDF")
    with pytest.raises(NotAllowed, match="only those who work with the family"):
        printed(family, assessed, "rob")
    with pytest.raises(NotAllowed, match="only those who work with the family"):
        family.call(lambda session: prints.help_plan_pdf(session, family.leo), "rob")


def test_an_agency_has_to_be_named_and_an_edition_to_exist(family, assessed):
    assert "Say which agency" in refused(family, assessed, edition="professionals")
    assert "There is no edition “short”" in refused(family, assessed, edition="short")


def test_a_plan_whose_parts_are_not_marked_has_no_copy_for_others(family):
    needs = family.story.draft("ada", family.leo, "pathway-needs")

    assert "has one edition" in refused(family, needs, edition="family")


@pytest.mark.parametrize("edition", ["full", "family", "professionals"])
def test_an_address_to_be_withheld_is_withheld_in_each_copy(family, edition):
    hidden = {"address_private": "yes", "address": "9 Hidden Row\nQuenby", "postcode": "QX9 9ZZ"}
    answers = assessment() | hidden
    draft = family.draft(family.leo, "early-help", answers)

    text = words_of(printed(family, draft, edition=edition, shared_with=NURSE))

    assert "Hidden Row" not in text
    assert "QX9 9ZZ" not in text
    assert "Withheld" in text


def test_another_team_prints_no_edition(family, assessed):
    with pytest.raises(NotFound):
        printed(family, assessed, "sue", edition="family")


# Agenda and minutes


def test_the_agenda_says_when_where_and_who_and_begins_with_the_child(family, assessed):
    draft = prepared(family)

    text = words_of(family.call(lambda session: prints.agenda_pdf(session, draft)))

    assert "Agenda Team around the family meeting: Leo Zielny and Mia Zielna" in text
    assert "When Thursday 12 February 2026, 15:45" in text
    assert "Where Beechfield Primary School" in text
    assert "☐ Owen Marsh Tenancy officer Housing" in text
    assert "4 Kasia: the letter about the flat" in text
    assert "Breakfast club is good" in text
    assert text.index("First of all: Leo’s part") < text.index("Mia’s part") < text.index("Who is invited")
    assert "DRAFT" not in text


def test_the_agenda_has_each_open_action_to_tick(family, assessed):
    draft = prepared(family)
    rows = family.call(lambda session: actions.open_rows(session, family.leo, ("no", "what", "who")))
    assert len(rows) == 5

    text = words_of(family.call(lambda session: prints.agenda_pdf(session, draft)))

    for row in rows:
        assert f"{row['no']} {row['what']}"[:30] in text
        assert row["who"] in text
    assert text.count("☐ On the way") == 5
    assert "Notes" in text
    assert "Next time" in text


def test_an_agenda_of_what_is_typed_now_and_in_large_print(family):
    draft = prepared(family)
    typed = {"planned_on": "2026-02-12", "agenda": "The landing light"}

    pdf = family.call(lambda session: prints.agenda_pdf(session, draft, answers=typed, large=True))

    assert "The landing light" in words_of(pdf)
    assert "Owen Marsh" not in words_of(pdf)


def test_no_agenda_goes_to_somebody_whom_the_family_refused(family, assessed):
    asked = consent(purposes=("share",), decision="limits", refused=("Housing",), happened_on=ASSESSED)
    family.call(lambda session: consents.add(session, family.episodes, asked))
    draft = prepared(family)

    with pytest.raises(Problem, match="Kasia Zielna asked that this is not shared with Housing"):
        family.call(lambda session: prints.agenda_pdf(session, draft))


def test_only_a_meeting_has_an_agenda(family, assessed):
    with pytest.raises(Problem, match="Only a family meeting has an agenda"):
        family.call(lambda session: prints.agenda_pdf(session, assessed))


def test_the_meeting_meant_is_the_one_being_prepared_else_the_last(family, assessed):
    held = met(family)
    assert family.call(lambda session: prints.meeting(session, family.leo)) == held

    again = family.story.draft("ada", family.leo, "taf")

    assert family.call(lambda session: prints.meeting(session, family.leo)) == again
    assert family.call(lambda session: prints.meeting(session, family.leo, 1)) == held


def test_the_minutes_show_each_action_with_who_by_when_and_how_far(family):
    text = words_of(printed(family, met(family)))

    assert "No. What Who By when How far" in text
    assert "2 Mend the lock and the light on the landing" in text
    assert "27/02/2026 (before: 30/01/2026)" in text
    assert "Why the date moved: The electrician was ill" in text
    assert "In progress" in text
    assert "On track" in text
    assert "Done, outcome reached" in text  # blue in words, as the outcome of the first is fully reached


def test_who_was_invited_and_how_things_are_stand_in_a_few_columns(family):
    text = words_of(printed(family, met(family)))

    assert "Who From Invited Came?" in text
    assert (
        "Grace Pell School nurse School nursing 29/01/2026 By e-mail or message Sent a report instead" in text
    )
    assert "6 of 10" in text
    assert "No shouting at night" in text


def test_a_heading_never_stands_alone_at_the_foot_of_a_page(family):
    for page in words_by_page(printed(family, met(family))):
        assert not any(page.endswith(section.title) for section in FORMS["taf"].sections)


# Plan


def test_the_plan_shows_what_is_wanted_and_each_action_under_its_need(family, assessed):
    family.on(date(2026, 1, 30))

    text = words_of(family.call(lambda session: prints.help_plan_pdf(session, family.leo)))

    assert "Early help plan" in text
    assert "Level of need Level 3: Targeted" in text
    assert "Leo’s best hope “That we go to Cardiff" in text
    assert "Next meeting Thursday 12 February 2026" in text
    assert text.index("Rent arrears and the delayed payment") < text.index("Ring about the delayed decision")
    assert "Overdue" in text  # the first was to be done by 28/01/2026
    assert "If things get worse" in text


def test_the_family_plan_is_ours_in_two_pages_without_levels(family, assessed):
    pages = words_by_page(
        family.call(lambda session: prints.help_plan_pdf(session, family.leo, edition="family"))
    )

    assert "Our plan" in pages[0]
    assert "This is your copy" in pages[0]
    assert len(pages) <= 2
    assert "Level" not in " ".join(pages)


def test_what_is_done_moves_to_the_end_of_the_plan(family, assessed):
    family.on(date(2026, 1, 30))
    first = family.call(lambda session: actions.of_child(session, family.leo))[0]
    family.call(
        lambda session: actions.step(session, first.id, on=date(2026, 1, 30), status="done", words="All week")
    )

    text = words_of(family.call(lambda session: prints.help_plan_pdf(session, family.leo)))

    assert text.index("Done already") < text.index(first.what[:30])


def test_without_early_help_there_is_no_plan_and_no_chronology_of_it(family):
    other = family.story.register("ada", "Ola", "Dale")

    for make in (prints.help_plan_pdf, prints.help_chronology_pdf):
        with pytest.raises(Problem, match="has had no early help"):
            family.call(lambda session, make=make: make(session, other))


# Chronology


def test_the_chronology_of_early_help_holds_its_days_alone(family, assessed):
    def write(session):
        notes.add(session, family.leo, NewNote(OPENED - timedelta(days=30), "visit", "Long before"))
        notes.add(session, family.leo, NewNote(MET, "visit", "In between"))
        actions.add(session, family.leo, NewAction("Ring the landlord", "Ada North", MET))

    family.on(MET)
    family.call(write)
    met(family)

    text = words_of(family.call(lambda session: prints.help_chronology_pdf(session, family.leo)))

    assert "Long before" not in text
    assert "In between" in text
    for said in (
        "Early help: Request", "Early help: In assessment", "Consent: given", "Level 3: Targeted",
        "Lead practitioner: Ruth Okonjo", "Early help assessment, 22/01/2026", "Ring the landlord: agreed",
        "Team around the family meeting, 12/02/2026", "Lock mended; no bulb yet",
    ):  # fmt: skip
        assert said in text
    assert text.index("Early help: Request") < text.index("Early help: In assessment")


def test_the_timeline_has_early_help_as_a_kind_of_its_own(family):
    kinds = {each.kind for each in family.call(lambda session: notes.timeline(session, family.mia))}

    assert kinds == {"Early help"}


# Closing


@pytest.fixture
def closing(family, assessed):
    return lived(family, _closing)


def _closing(family):
    family.sign(family.leo, "star", reading(ASSESSED, "first", routines=6, money=3))
    met(family)
    family.on(CLOSED + timedelta(days=3))
    family.sign(family.leo, "star", reading(CLOSED - timedelta(days=1), "last", routines=8, money=7))
    return family.sign(family.leo, "early-help-closing", dict(sample("early_help_closing")))


def test_the_closing_summary_sets_the_last_star_beside_the_first(family, closing):
    text = words_of(printed(family, closing))

    assert "Family Progress Wheel: first and last reading" in text
    assert "Recorded progress since 22/01/2026" in text
    assert "Area 22/01/2026 12/11/2026 Change" in text
    assert "Money and work 3 7 ▲ +4" in text
    assert "Support around us not discussed not discussed –" in text


def test_the_closing_summary_sets_the_last_scores_beside_the_first(family, closing):
    text = words_of(printed(family, closing, edition="family"))

    assert "Scores from 0 to 10: first and last" in text
    assert "Kasia Zielna, parent or carer The family 5 on 12/02/2026 8 on 12/11/2026 ▲ +3" in text


def test_one_reading_is_not_compared_with_itself(family, assessed):
    family.on(CLOSED + timedelta(days=3))
    family.sign(family.leo, "star", reading(CLOSED, "last"))
    summary = family.sign(family.leo, "early-help-closing", dict(sample("early_help_closing")))

    assert "first and last" not in words_of(printed(family, summary))


# Paper to be filled in by pen


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        ("early-help", 18), ("taf", 7), ("step-up", 4), ("step-down", 4), ("early-help-closing", 6),
        ("young-carer", 6),
    ],
)  # fmt: skip
def test_each_form_of_early_help_is_paper_that_somebody_would_carry(kind, most):
    pages = words_by_page(prints.blank_pdf(kind))

    assert len(pages) <= most
    assert FORMS[kind].title in pages[0]
    asked = [section.title for section in FORMS[kind].sections]
    assert [title for title in asked if title not in " ".join(pages)] == []
