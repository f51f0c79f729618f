"""The forms of care: plans, review, Team Around You, return interview, health assessment."""

import csv
from datetime import date
from pathlib import Path

import pytest

from caseapp import actions, plan_reading
from caseapp.form import Choice, Rows, Text, is_empty
from caseapp.form_parts import care_lists as lists
from caseapp.forms.care_plan import CARE_PLAN
from caseapp.forms.health_assessment import HEALTH_ASSESSMENT
from caseapp.forms.lac_review import LAC_REVIEW
from caseapp.forms.placement_plan import PLACEMENT_PLAN
from caseapp.forms.return_interview import RETURN_INTERVIEW
from caseapp.forms.team_around_you import TEAM_AROUND_YOU
from caseapp.paper import Heading, blank_pdf, plan_pdf
from db.models import looked_after
from tests.pdf_reading import words_by_page, words_of
from tests.story import new_story, sample

TODAY = date(2026, 11, 23)
FORMS = (CARE_PLAN, PLACEMENT_PLAN, LAC_REVIEW, TEAM_AROUND_YOU, RETURN_INTERVIEW, HEALTH_ASSESSMENT)
CODES = Path(__file__).parent.parent / "resources" / "codes" / "return_codes.csv"

every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)

# What law, guidance and practice ask for, and where it is asked.
COVERED = {
    CARE_PLAN: {
        "permanence, two of them allowed": "permanence permanence_second second_why",
        "health plan: state, history, family": "health_now health_history family_health",
        "health plan: effect, care, treatment": "health_effect health_routine treatment",
        "health plan: immunisation, sight and hearing": "immunisation screening health_promotion",
        "health plan: changes, the carer's role": "health_changes health_carer",
        "education": "pep_on education_needs education_met",
        "emotional and behavioural development": "emotional_needs emotional_met",
        "identity": "religion ethnicity language identity_needs identity_met",
        "brothers and sisters": "siblings siblings_plan siblings_contact",
        "family and social relationships": "parents family_time family_work friends contact_orders",
        "independent visitor": "independent_visitor visitor_name visitor_why",
        "social presentation": "presentation",
        "self-care": "self_care",
        "placement plan": "placement_plan_on why_placement",
        "reviewing officer": "iro",
        "wishes and feelings": "words others_views",
        "trafficked or unaccompanied": "unaccompanied trafficked alone_needs trafficked_needs",
        "contingency": "permanence_if_not placement_if_not",
    },
    PLACEMENT_PLAN: {
        "daily needs": "routines food comfort behaviour",
        "contact and limits": "family_time contact_limits contact_changes contact_orders",
        "health": "gp dentist conditions medication medical_consent",
        "education": "school designated_teacher carer_school",
        "visits": "visits first_visit_by between_visits",
        "leisure": "clubs holidays away_approval",
        "delegated authority": "decide_haircut decide_passport decisions parents_keep",
        "money": "allowance pocket_money savings",
        "ending": "may_end before_end expected_words home_steps",
        "notices": "told",
        "carer's agreement and signature": "carer_agrees signatures",
    },
    LAC_REVIEW: {
        "which, why early, held, place, chair": "which reason held_on place chair",
        "participation, child seen": "participation spoke_on",
        "who took part": "took_part",
        "child's words": "words going_well child_worries wants_changed",
        "progress since last": "progress reviewed not_done changes",
        "health": "health_now health_child health_needed",
        "education": "education_now education_child school_right",
        "placement": "placement_now placement_right",
        "family time": "family_time_now arrangements",
        "identity": "identity_now",
        "emotional": "emotional_now",
        "safety": "safety_now safe times_missing",
        "permanence by the second review": "permanence permanence_second permanence_agreed permanence_late",
        "legal status": "legal_right legal_change",
        "visits, advocate, visitor": "visits advocate independent_visitor between_visits",
        "decisions": "decisions",
        "concerns": "concerns",
        "next, minutes": "next_by decisions_sent_on record_sent_on",
    },
    TEAM_AROUND_YOU: {
        "who I want there and not": "want_there not_there",
        "where and when": "where_when",
        "to me, for me": "matters_to_me matters_for_me",
        "works, does not": "works works_not",
        "circle, goals": "circle goals",
        "agreed, promises": "actions promises i_promise",
        "celebrations, next, graphic": "celebrations next_on graphic",
    },
    RETURN_INTERVIEW: {
        "offered, accepted": "offered offered_on accepted refused_on",
        "held, by whom, independent": "held_on held_at held_by independent",
        "not the police's": "own_talk",
        "reasons, where, with whom": "reasons where_been with_whom",
        "harm, push, pull": "harm push pull",
        "words": "words",
        "done, safety plan": "actions safety_plan",
        "three in 90 days": "times meeting",
    },
    HEALTH_ASSESSMENT: {
        "kind, consent, date": "kind consent_by consent_on assessed_on",
        "by whom, where, who came": "by_whom profession doctor place attended",
        "growth, immunisations": "height weight growth immunised",
        "dental, optician": "dental_on optician_on",
        "conditions, medication, allergies": "conditions medication allergies",
        "development, emotional": "development emotional sdq_score",
        "substances, sexual health": "substance_problem substance_help sexual_health",
        "child's view": "words health_wishes",
        "recommendations, report": "recommendations report_on",
        "refusal with date": "refused_on refused_words",
        "health passport": "health_passport",
    },
}

HIDDEN = {  # what stays off the family's copy
    CARE_PLAN: "voice_why_not family_health trafficked_needs manager_note family_time.risks "
    "others_views.why_not",
    PLACEMENT_PLAN: "voice_why_not background risks not_allowed not_told allowance family_time.risks",
    LAC_REVIEW: "voice_why_not confidential took_part.why_not",
    TEAM_AROUND_YOU: "",
    RETURN_INTERVIEW: "not_offered not_passed_on with_whom shared",
    HEALTH_ASSESSMENT: "not_brought family_history self_harm_plan sexual_health",
}


def answers_of(form):
    return dict(sample(form.key.replace("-", "_")))


def troubles(form, **changed):
    answers = {key: value for key, value in (answers_of(form) | changed).items() if value is not None}
    return form.clean(answers, today=TODAY, to_sign=True)[1]


def missing(form, **changed):
    return {trouble.key for trouble in troubles(form, **changed)}


def asked(form, **changed):
    return {each.key for _, each in form.asked(answers_of(form) | changed)}


def field(form, key):
    return next(each for each in form.fields if each.key == key)


def codes(options):
    return [code for code, _ in options]


# All of them


@every_form
def test_the_sample_can_be_signed_and_is_stored_as_given(form):
    answers, found = form.clean(answers_of(form), today=TODAY, to_sign=True)

    assert found == []
    assert answers == answers_of(form)


@every_form
def test_the_sample_answers_nearly_everything_that_is_asked(form):
    given = answers_of(form)
    asked_for = list(form.asked(given))
    unanswered = [each.key for _, each in asked_for if is_empty(given.get(each.key))]

    assert len(unanswered) * 20 <= len(asked_for)


@every_form
def test_each_required_answer_that_is_missing_is_named(form):
    for _, each in form.asked(answers_of(form)):
        if each.required or (isinstance(each, Rows) and each.at_least):
            assert each.key in missing(form, **{each.key: None}), each.key


@every_form
def test_what_law_and_practice_ask_for_is_asked(form):
    keys = {each.key for each in form.fields}

    assert {key for named in COVERED[form].values() for key in named.split()} - keys == set()


@every_form
def test_the_child_is_quoted_and_their_words_reach_their_own_copy(form):
    quoted = {each.key for each in form.fields if isinstance(each, Text) and each.quote}
    hidden = {each.key for section in form.sections if section.professional for each in section.fields}

    assert len(form.quotes(answers_of(form))) >= 3
    assert not quoted & (hidden | {each.key for each in form.fields if each.professional})


@pytest.mark.parametrize(
    "form", [CARE_PLAN, PLACEMENT_PLAN, LAC_REVIEW, HEALTH_ASSESSMENT], ids=lambda f: f.key
)
def test_the_childs_words_come_first(form):
    assert form.sections[0].key == "child_words"


@every_form
def test_every_label_begins_with_a_capital_and_ends_without_a_stop(form):
    rows = [each for each in form.fields if isinstance(each, Rows)]
    labels = [each.label for group in (form.fields, *(row.fields for row in rows)) for each in group]
    for label in [*labels, *(section.title for section in form.sections)]:
        assert label[0].isupper(), label
        assert label == "No." or not label.endswith("."), label


@every_form
def test_no_label_swallows_another_on_paper(form):
    labels = [each.label for each in form.fields]

    assert [
        (lead, each) for lead in labels for each in labels if each != lead and each.startswith(f"{lead}: ")
    ] == []


@every_form
def test_everything_written_reaches_the_paper(form):
    given = answers_of(form)
    said = [
        str(given[each.key]) for _, each in form.asked(given) if isinstance(each, Text) and each.key in given
    ]

    printed = words_of(plan_pdf(form, given, Heading(form.title, "Kezia Thornbury", None, "10482")))

    flat = printed.replace(" ", "")
    lost = [each for each in said if "".join(each.split("\n")[0].split())[:40] not in flat]
    assert lost == []


@every_form
def test_the_familys_copy_leaves_out_what_is_for_professionals(form):
    given = answers_of(form)
    heading = Heading(form.title, "Kezia Thornbury", None, "10482")
    rows = [each for each in form.fields if isinstance(each, Rows)]
    marked = [each.key for each in form.fields if each.professional]
    in_rows = [f"{row.key}.{each.key}" for row in rows for each in row.fields if each.professional]
    texts = [" ".join(given[key].split())[:30] for key in marked if isinstance(given.get(key), str)]

    ours = words_of(plan_pdf(form, given, heading))
    theirs = words_of(plan_pdf(form, given, heading, edition="family"))

    assert set(marked + in_rows) == set(HIDDEN[form].split())
    assert [each for each in texts if each not in ours or each in theirs] == []


@pytest.mark.parametrize(
    ("form", "most"),
    list(zip(FORMS, (10, 10, 9, 6, 5, 7), strict=True)),
    ids=[form.key for form in FORMS],
)
def test_each_form_is_paper_that_somebody_would_carry(form, most):
    pages = words_by_page(blank_pdf(form))

    assert len(pages) <= most
    assert [each.title for each in form.sections if each.title not in " ".join(pages)] == []


@pytest.mark.parametrize(
    ("form", "rows", "count"),
    [
        (CARE_PLAN, "actions", 4),
        (PLACEMENT_PLAN, "actions", 2),
        (LAC_REVIEW, "decisions", 4),
        (TEAM_AROUND_YOU, "actions", 4),
        (RETURN_INTERVIEW, "actions", 4),
        (HEALTH_ASSESSMENT, "recommendations", 4),
    ],
    ids=[form.key for form in FORMS],
)
def test_what_was_agreed_becomes_numbered_actions_of_the_childs_file(form, rows, count):
    story = new_story()
    child_id = story.register("ada", "Kezia", "Thornbury")
    given = answers_of(form)
    given[rows] = [{key: value for key, value in row.items() if key != "no"} for row in given[rows]]

    story.sign("ada", story.draft("ada", child_id, form.kind), given)

    kept = story.call("ada", lambda session: actions.of_child(session, child_id))
    assert sorted(each.what for each in kept) == sorted(row["what"] for row in given[rows])
    assert len({each.no for each in kept}) == count


# The lists


def test_codes_are_those_of_the_return_and_of_the_record():
    assert codes(lists.PARTICIPATION) == [f"PN{number}" for number in range(8)]
    assert codes(lists.PERMANENCE) == list(looked_after.PERMANENCE_OPTIONS)
    assert codes(lists.EARLY_REASONS) == [each for each in looked_after.REVIEW_REASONS if each != "timetable"]
    assert codes(lists.CONCERN_LEVELS) == list(looked_after.CONCERN_LEVELS)
    assert codes(lists.TIME_KINDS) == list(looked_after.TIME_KINDS)
    assert {*codes(lists.HEALTH_OUTCOMES), "not_needed"} == set(looked_after.HEALTH_OUTCOMES)
    assert set(codes(lists.ASSESSMENTS)) <= set(looked_after.HEALTH_KINDS)


def test_there_are_as_many_plans_for_permanence_as_the_published_list_and_two_orders_more():
    with CODES.open(encoding="utf-8") as file:
        published = [row for row in csv.DictReader(file) if row["field"] == "permanence plan"]

    orders = {"special_guardianship", "child_arrangements"}
    assert len(set(codes(lists.PERMANENCE)) - orders) == len(published)


@pytest.mark.parametrize(
    ("code", "attends"),
    [(f"PN{number}", "Attends") for number in (1, 2, 3, 4)]
    + [(f"PN{n}", "Does not attend") for n in (5, 6, 7)],
)
def test_a_code_of_participation_says_whether_the_child_was_there(code, attends):
    assert dict(lists.PARTICIPATION)[code].startswith(attends)
    assert (code in lists.NOT_THERE) == (attends != "Attends")


# The clocks


def test_signing_tells_the_clocks_what_happened_and_when():
    assert CARE_PLAN.events(answers_of(CARE_PLAN)) == [("care_plan", date(2026, 9, 24))]
    assert PLACEMENT_PLAN.events(answers_of(PLACEMENT_PLAN)) == [("placement_plan", date(2026, 9, 17))]
    assert HEALTH_ASSESSMENT.events(answers_of(HEALTH_ASSESSMENT)) == [
        ("health_assessment", date(2026, 10, 5)),
        ("dental_check", date(2026, 9, 21)),
    ]


@pytest.mark.parametrize("form", [LAC_REVIEW, TEAM_AROUND_YOU, RETURN_INTERVIEW], ids=lambda form: form.key)
def test_what_the_record_announces_itself_is_not_announced_twice(form):
    assert form.events(answers_of(form)) == []
    assert form.dated(answers_of(form)) is not None


# The care plan


def test_a_second_plan_for_permanence_says_why():
    assert missing(CARE_PLAN, second_why=None) == {"second_why"}
    assert missing(CARE_PLAN, permanence_second=None, second_why=None) == set()


def test_a_return_home_says_what_must_change():
    assert missing(CARE_PLAN, must_change=None) == {"must_change"}
    assert missing(CARE_PLAN, permanence="adoption", must_change=None) == set()


def test_a_child_from_abroad_has_needs_of_their_own():
    needed = {"immigration", "solicitor", "tracing", "alone_needs"}

    assert missing(CARE_PLAN, unaccompanied="yes") == needed
    assert missing(CARE_PLAN, trafficked="yes") == {"trafficked_needs"}


def test_a_placement_outside_the_area_is_approved():
    for area in ("adjoining", "distance"):
        assert missing(CARE_PLAN, in_area=area) == {"approved_by", "approved_on"}


def test_family_time_that_is_refused_says_why():
    row = {"person": "Lee", "relationship": "Father", "kind": "refused"}

    assert missing(CARE_PLAN, family_time=[row]) == {"family_time"}
    assert missing(CARE_PLAN, family_time=[row | {"why_refused": "Until 30/09/2026: charged"}]) == set()


@pytest.mark.parametrize("form", [CARE_PLAN, PLACEMENT_PLAN, LAC_REVIEW], ids=lambda form: form.key)
def test_a_child_without_words_is_watched_and_one_not_heard_is_accounted_for(form):
    silent = {"words": None, "voice_on": None, "voice_by": None, "voice_methods": None}

    assert missing(form, **silent, voice="not_heard") == {"voice_why_not"}
    assert missing(form, **silent, voice="observed") == {"observed", "voice_on"}


@pytest.mark.parametrize(
    ("form", "day", "changed"),
    [
        (CARE_PLAN, "next_review_on", "2026-09-01"),
        (CARE_PLAN, "plan_on", "2014-01-01"),
        (CARE_PLAN, "placement_since", "2026-09-13"),
        (PLACEMENT_PLAN, "first_visit_by", "2026-09-13"),
        (PLACEMENT_PLAN, "expected_until", "2026-09-13"),
        (LAC_REVIEW, "held_on", "2026-09-13"),
        (LAC_REVIEW, "next_by", "2026-10-08"),
        (LAC_REVIEW, "decisions_sent_on", "2026-10-08"),
        (LAC_REVIEW, "record_sent_on", "2026-10-08"),
        (TEAM_AROUND_YOU, "next_on", "2026-11-11"),
        (RETURN_INTERVIEW, "returned_on", "2026-08-20"),
        (RETURN_INTERVIEW, "held_on", "2026-08-22"),
        (HEALTH_ASSESSMENT, "report_on", "2026-10-04"),
        (HEALTH_ASSESSMENT, "next_due_on", "2026-10-04"),
        (HEALTH_ASSESSMENT, "consent_on", "2026-10-06"),
    ],
)
def test_days_that_stand_the_wrong_way_round_are_refused(form, day, changed):
    assert troubles(form, **{day: changed})


@pytest.mark.parametrize(
    ("form", "day"),
    [
        (CARE_PLAN, "plan_on"),
        (PLACEMENT_PLAN, "signed_on"),
        (LAC_REVIEW, "held_on"),
        (TEAM_AROUND_YOU, "held_on"),
        (RETURN_INTERVIEW, "held_on"),
        (HEALTH_ASSESSMENT, "assessed_on"),
    ],
)
def test_a_day_still_to_come_has_not_happened(form, day):
    assert day in missing(form, **{day: "2026-11-24"})


# The placement plan


def test_every_decision_of_the_list_has_one_who_decides():
    decisions = [field(PLACEMENT_PLAN, f"decide_{key}") for key, _ in lists.DECISIONS]

    assert all(isinstance(each, Choice) and each.required for each in decisions)
    assert all({"carer", "worker", "manager", "parent"} <= set(codes(each.options)) for each in decisions)
    assert missing(PLACEMENT_PLAN, decide_passport=None) == {"decide_passport"}


def test_parents_keep_the_last_word_under_section_20():
    assert missing(PLACEMENT_PLAN, parents_keep=None) == {"parents_keep"}
    assert missing(PLACEMENT_PLAN, responsibility="shared", parents_keep=None) == set()
    assert missing(PLACEMENT_PLAN, parents_agree="partly") == {"parents_differ"}


def test_who_decides_stands_on_paper_beside_the_decision():
    pdf = plan_pdf(
        PLACEMENT_PLAN,
        answers_of(PLACEMENT_PLAN),
        Heading("Placement Plan", "Kezia Thornbury", None, "10482"),
        sections={"delegated"},
    )

    assert "Haircut Carer Piercing or tattoo Parent" in words_of(pdf)
    assert len(words_by_page(pdf)) <= 2


def test_a_secret_address_stays_off_paper():
    heading = Heading("Placement Plan", "Kezia Thornbury", None, "10482")
    secret = answers_of(PLACEMENT_PLAN) | {"address_secret": "yes"}

    assert "8 Mill Rise" in words_of(plan_pdf(PLACEMENT_PLAN, answers_of(PLACEMENT_PLAN), heading))
    printed = words_of(plan_pdf(PLACEMENT_PLAN, secret, heading))
    assert "8 Mill Rise" not in printed
    assert "01632 960141" not in printed


def test_a_carer_who_does_not_agree_is_answered():
    assert missing(PLACEMENT_PLAN, carer_agrees="no") == {"carer_disagrees"}


# The review


def test_a_review_held_early_says_why():
    assert "reason" not in asked(LAC_REVIEW)
    assert missing(LAC_REVIEW, which="extra") == {"reason"}


@pytest.mark.parametrize("code", lists.NOT_THERE)
def test_a_child_who_was_not_there_is_accounted_for(code):
    assert missing(LAC_REVIEW, participation=code) == {"not_there"}


def test_a_plan_for_permanence_that_is_missing_at_the_second_review_is_asked_after():
    assert missing(LAC_REVIEW, permanence_agreed="late", permanence_late=None) == {"permanence_late"}
    assert missing(LAC_REVIEW, permanence_agreed="yes", permanence_late=None) == set()


def test_each_theme_asks_how_it_is_what_the_child_says_and_what_is_needed():
    for theme in [
        "health",
        "education",
        "placement",
        "family_time",
        "identity",
        "emotional",
        "safety",
        "permanence",
    ]:
        section = next(each for each in LAC_REVIEW.sections if each.key == theme)
        keys = [each.key for each in section.fields]
        assert keys[:2] == [f"{theme}_now", f"{theme}_child"]
        assert keys[-1] == f"{theme}_needed"
        assert field(LAC_REVIEW, f"{theme}_child").quote


def test_a_review_begins_with_the_decisions_that_are_still_open():
    story = new_story()
    child_id = story.register("ada", "Kezia", "Thornbury")
    story.sign("ada", story.draft("ada", child_id, "lac-review"), answers_of(LAC_REVIEW))

    draft = story.draft("ada", child_id, "lac-review")
    view = story.call("ada", lambda session: plan_reading.open_plan(session, draft))
    assert [row["what"] for row in view.answers["reviewed"]] == [
        row["what"] for row in answers_of(LAC_REVIEW)["decisions"]
    ]
    assert "words" not in view.answers


def test_what_managers_count_is_reported():
    facts = {each.field: each for each in LAC_REVIEW.facts(answers_of(LAC_REVIEW))}

    assert facts["participation"].code == "PN1"
    assert facts["permanence"].code == "return_6_months"
    assert facts["permanence_second"].code == "relatives"
    assert facts["held_on"].day == date(2026, 10, 9)
    assert facts["times_missing"].number == 0


# Team Around You


def test_the_meeting_is_written_in_the_first_person():
    labels = " ".join(each.label for each in TEAM_AROUND_YOU.fields).split()

    assert {"I", "my", "me"} <= set(labels)
    assert not {"child", "child's", "he", "she", "their"} & {each.casefold() for each in labels}


# The return interview


def test_an_interview_that_was_not_offered_or_not_taken_is_accounted_for():
    talk = {each.key for each in RETURN_INTERVIEW.sections[1].fields}
    without = dict.fromkeys([*talk, "accepted"])

    assert "not_offered" in missing(RETURN_INTERVIEW, **without, offered="no")
    assert missing(RETURN_INTERVIEW, accepted="no") == {"refused_on", "tried_again"}
    assert not talk & asked(RETURN_INTERVIEW, accepted="no")


def test_an_interviewer_who_is_not_independent_is_accounted_for():
    assert missing(RETURN_INTERVIEW, independent="no") == {"not_independent"}


def test_harm_is_put_into_words():
    assert missing(RETURN_INTERVIEW, harm=["hurt"], harm_words=None) == {"harm_words"}
    assert missing(RETURN_INTERVIEW, harm=["none"], harm_words=None) == set()


# The health assessment


def test_an_initial_assessment_names_its_doctor():
    assert missing(HEALTH_ASSESSMENT, doctor=None) == {"doctor"}
    assert missing(HEALTH_ASSESSMENT, doctor=None, kind="review", profession="nurse") == set()


def test_a_refusal_keeps_its_day_and_tells_the_clocks_nothing():
    refused = missing(HEALTH_ASSESSMENT, outcome="refused")

    assert refused == {"refused_on", "understands", "refused_words", "offered_instead", "offered_again_on"}
    assert HEALTH_ASSESSMENT.events(answers_of(HEALTH_ASSESSMENT) | {"outcome": "refused"}) == []
    assert missing(HEALTH_ASSESSMENT, outcome="not_attended") == {
        "refused_on", "not_brought", "offered_instead", "offered_again_on",
    }  # fmt: skip


def test_substance_misuse_that_was_found_is_followed_by_help():
    assert missing(HEALTH_ASSESSMENT, substance_problem="yes") == {"substance_help"}
