"""The pathway plan: what the regulations ask, what it needs before signing, and its sums."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseapp import form_json
from caseapp.form import AnyOf, Field, Filled, Is, Rows, Text
from caseapp.forms.pathway_plan import PATHWAY_PLAN

TODAY = date(2026, 11, 23)
HERE = Path(__file__).parent
SAMPLE = HERE / "sample_answers" / "pathway_plan.json"
FIRST_VERSION = json.loads((HERE / "data" / "pathway_plan_1.json").read_text(encoding="utf-8"))
PUBLISHED = json.loads((HERE / "published_forms.json").read_text(encoding="utf-8"))
BY_KEY: dict[str, Field] = {each.key: each for each in PATHWAY_PLAN.fields}
TALKED_OVER = ("home", "work", "health", "money", "identity", "family", "skills", "safety")
BLOCK = ("working", "not_working", "my_score", "worker_score", "want", "actions", "contingency")
POINTS = "needs facilities repair safety location support tenancy cost landlord work views rights"
SKILLS = (
    "cooking shopping cleaning laundry budgeting bills tenancy travel home_safety online_safety "
    "appointments emergency forms post relationships self_care"
)

NEEDED_TO_SIGN = (  # with a star in the guide; what only some plans ask is tested on its own
    "plan_number plan_type category plan_on next_review_on personal_adviser how_i_took_part "
    "view_of_plan agree disagree_with complaint_told needs_assessed_on uasc uasc_support "
    "accommodation suitability suitability_reasons activity has_gp has_dentist health_passport "
    "bank savings setting_up_limit setting_up_spent "
    "could_go_wrong early_signs who_does_what backup_home backup_money who_to_tell "
    "contact_often contact_how contact_by local_offer_on review_met_on in_touch"
)

# What the regulations and practice ask a pathway plan to hold, and where this form asks it.
COVERED = {
    # 0 Header; status and version are those of the signed document
    "number, type": "plan_number plan_type unplanned_because closing_because",
    "category with date": "category category_from",
    "plan, meeting and review dates": "plan_on met_on review_met_on next_review_on",
    "adviser, worker, team, manager, IRO, chair": "personal_adviser social_worker team manager iro chair",
    "who took part, and how I did": "took_part how_i_took_part attempts",
    "interpreter and advocate": "interpreter advocate_offered advocate_accepted",
    "copy given": "copy_given_on copy_format",
    # 1 About me
    "names, pronouns, date of birth": "name known_as former_names pronouns born_on",
    "contact and safe times": "phone email contact_way safe_times",
    "address and its type": "address accommodation",
    "emergency contact": "emergency_name emergency_phone",
    "ethnicity, language, religion, disability": "ethnicity language religion disability",
    "immigration, leave, UASC": "immigration leave_ends_on uasc",
    "pregnancy or parent, youth justice, NI number": "parenthood youth_justice ni_number",
    "who I live with, who matters": "live_with important_people",
    "my story, strengths, what others like": "my_story strengths others_like",
    # 2 Views
    "view, hopes, worries": "view_of_plan hopes_one_year hopes_five_years worries",
    "agree and disagree": "agree agree_with disagree_with",
    "complaint and advocacy": "complaint_told",
    "views of parents, carer, IRO": "view_parents view_carer view_iro",
    # 3 Accommodation
    "type, suitability, reasons": "accommodation suitability suitability_reasons",
    "start, landlord, tenancy": "home_since placement landlord tenancy",
    "rent, payer, arrears, support hours": "rent rent_paid_by arrears support_hours",
    "notice, homelessness, duty to refer": "notice_on homeless_risk duty_to_refer",
    "next move": "next_move next_move_on",
    "staying put": "staying_put staying_put_on staying_put_rate staying_put_review_on",
    "staying close, shared lives, lodgings": "staying_close shared_lives supported_lodgings",
    "setting-up-home spend": "setting_up_spent",
    "register, priority, connection": "housing_register housing_band priority_need local_connection",
    "storage, moves, nights homeless": "storage moves nights_homeless",
    "who to call at 2 am": "home_emergency",
    # 4 Education, employment, training
    "activity": "activity activity_since course course_level activity_hours",
    "results and aims": "qualifications aims",
    "careers, CV, experience, barriers": "careers_on cv work_experience barriers",
    "apprenticeship, work coach": "apprenticeship work_coach",
    "NEET": "neet_since neet_reason neet_plan",
    "bursary, laptop, travel, PEP": "bursary laptop travel_help pep_on pep_link",
    "university": "university university_offer university_holidays he_bursary_paid",
    # 5 Health
    "GP, dentist, optician": "has_gp gp has_dentist dentist optician",
    "assessment, passport": "health_assessed_on health_passport",
    "conditions, medication, immunisations": "conditions medication immunisations",
    "mental health and scores": "mental_health_service mental_health measures",
    "substances, sexual health, pregnancy": "substances sexual_health pregnancy",
    "disability, adult care, CHC": "disability_services adult_care chc",
    "HC2 and consent": "prescriptions health_consent",
    # 6 Money
    "income and benefits": "income benefits",
    "savings and bank": "savings savings_sum bank",
    "budget": "budget_in budget_out budget_left debts",
    "allowances": "allowances setting_up_limit setting_up_spent setting_up_left setting_up_over",
    "papers": "document_passport document_driving document_birth document_ni document_visa document_bus",
    # 7 Identity
    "religion, culture, language, diversity": "faith culture languages diversity sexuality",
    "life story, records": "life_story records_asked_on",
    "nationality, settlement, photo ID": "nationality nationality_work photo_id",
    # 8 Family
    "family and contact": "family_tree contacts siblings",
    "friends, partner, carers": "friends partner carers",
    "lifelong links, mentor, parenting": "lifelong_links mentor parenting",
    # 9 Skills
    "skills with dates": " ".join(f"skill_{skill} skill_{skill}_by" for skill in SKILLS.split()),
    # 10 Safety
    "missing, exploitation": "missing_risk exploitation_risk missing_words",
    "courts and probation": "court_orders justice_worker licence",
    "abuse, gangs, radicalisation": "domestic_abuse gangs radicalisation",
    "safety plan": "safety_plan",
    # 11 to 14
    "contingency": "could_go_wrong early_signs who_does_what backup_home backup_money who_to_tell",
    "contact level": "contact_often contact_how contact_by",
    "services, local offer": "services local_offer_on entitlements approved",
    "other actions": "progress other_actions",
    "signatures": "manager_note signatures",
    # Schedule 8, 2010/959 (eligible) and Schedule 1, 2010/2571 (relevant and former relevant)
    "8.1 adviser": "personal_adviser",
    "8.2 contact and support": "contact_often contact_how contact_by services",
    "8.3 accommodation after care": "next_move next_move_on staying_put",
    "8.4 education or training": "course aims work_actions",
    "8.5 work": "apprenticeship careers_on work_experience work_actions",
    "8.6 family and social relationships": "contacts family_actions",
    "8.7 practical skills": "skills_actions skill_cooking",
    "8.8 financial support": "allowances setting_up_limit money_actions",
    "8.9 health": "health_actions mental_health conditions",
    "8.10 contingency": "who_does_what backup_home home_contingency",
    "8.11 unaccompanied or trafficked": "uasc uasc_support",
    "1.5 suitability with the points weighed": "suitability suitability_reasons suitable_safety",
    "1.10 identity": "faith culture languages identity_actions",
    # Regulation 42: the plan rests on the needs assessment
    "needs": "needs_assessed_on needs_found needs_new",
    # Regulation 9 and Schedule 2: suitable accommodation
    "points": " ".join(f"suitable_{point} suitable_{point}_why" for point in POINTS.split()),
}


@pytest.fixture
def answers() -> dict[str, Any]:
    return json.loads(SAMPLE.read_text(encoding="utf-8"))


def troubled(answers: dict[str, Any]) -> set[str]:
    _, troubles = PATHWAY_PLAN.clean(answers, today=TODAY, to_sign=True)
    return {trouble.key for trouble in troubles}


def test_the_sample_plan_may_be_signed_and_is_stored_as_written(answers):
    stored, troubles = PATHWAY_PLAN.clean(answers, today=TODAY, to_sign=True)

    assert troubles == []
    assert {key: stored[key] for key in answers} == answers


def test_cleaning_a_stored_plan_again_changes_nothing(answers):
    stored, _ = PATHWAY_PLAN.clean(answers, today=TODAY)

    assert PATHWAY_PLAN.clean(stored, today=TODAY) == (stored, [])


@pytest.mark.parametrize("key", [*NEEDED_TO_SIGN.split(), *(f"suitable_{each}" for each in POINTS.split())])
def test_a_needed_answer_that_is_missing_is_named(answers, key):
    answers.pop(key)

    _, troubles = PATHWAY_PLAN.clean(answers, today=TODAY, to_sign=True)

    assert ("This is needed before signing.", BY_KEY[key].label) in {(t.words, t.label) for t in troubles}


def test_an_empty_draft_may_be_kept():
    assert PATHWAY_PLAN.clean({}, today=TODAY) == ({}, [])


def test_a_plan_wants_the_young_person_and_the_adviser_among_the_signatures(answers):
    assert troubled(answers | {"signatures": answers["signatures"][:1]}) == {"signatures"}


def test_a_young_person_who_does_not_sign_is_no_hindrance_once_the_reason_is_given(answers):
    declined = {"name": "Yonas Tesfay", "role": "Young person", "answer": "declined", "on": "2026-11-19"}
    others = answers["signatures"][1:]

    assert troubled(answers | {"signatures": [declined, *others]}) == {"signatures"}
    assert not troubled(answers | {"signatures": [declined | {"because": "Waits for a flat"}, *others]})


def test_a_next_review_before_the_plan_is_refused(answers):
    _, troubles = PATHWAY_PLAN.clean(answers | {"next_review_on": "2026-11-01"}, today=TODAY)

    words = {trouble.words for trouble in troubles if trouble.key == "next_review_on"}
    assert "The next review is before the date of this plan." in words


def test_a_plan_without_the_young_person_wants_three_tries(answers):
    one = {"on": "2026-11-02", "how": "call", "result": "No answer"}
    without = answers | {"how_i_took_part": ["none"]}

    assert troubled(without | {"attempts": [one, one]}) == {"attempts"}
    assert not troubled(without | {"attempts": [one, one, one]})


def test_suitability_is_asked_only_of_a_place_that_is_known(answers):
    kept = {key: value for key, value in answers.items() if not key.startswith("suit")}

    assert {"suitability", "suitable_safety"} <= troubled(kept)
    assert not troubled(kept | {"accommodation": "R"})
    assert "suitability" not in {each.field for each in PATHWAY_PLAN.facts(answers | {"accommodation": "R"})}


def test_a_point_that_falls_short_wants_words(answers):
    assert troubled(answers | {"suitable_safety": "no"}) == {"suitable_safety_why"}


def test_being_in_touch_is_asked_only_after_care(answers):
    answers.pop("in_touch")

    assert troubled(answers) == {"in_touch"}
    assert not troubled(answers | {"category": "eligible"})


def test_the_form_comes_back_from_its_json_copy():
    copy = json.loads(json.dumps(form_json.to_json(PATHWAY_PLAN)))

    assert form_json.from_json(copy) == PATHWAY_PLAN


def test_no_key_is_used_twice():
    assert [
        key for key, times in Counter(each.key for each in PATHWAY_PLAN.fields).items() if times > 1
    ] == []
    for rows in (each for each in PATHWAY_PLAN.fields if isinstance(each, Rows)):
        assert len({each.key for each in rows.fields}) == len(rows.fields)


def test_every_condition_asks_a_question_of_this_form_and_an_answer_on_offer():
    for section in PATHWAY_PLAN.sections:
        assert_known(section.when, BY_KEY)
    for each in PATHWAY_PLAN.fields:
        assert_known(each.when, BY_KEY)
        assert_known(each.secret_when, BY_KEY)
        if isinstance(each, Rows):
            for inner in each.fields:
                assert_known(inner.when, {one.key: one for one in each.fields})


def assert_known(condition: Is | AnyOf | Filled | None, fields: dict[str, Field]) -> None:
    if condition is None:
        return
    asked = fields[condition.key]
    values = {condition.value} if isinstance(condition, Is) else set(getattr(condition, "values", ()))
    assert not values or values <= {code for code, _ in asked.options}, f"{condition.key}: {values}"


def test_every_list_has_each_code_and_each_wording_once():
    for each in PATHWAY_PLAN.fields:
        for one in each.fields if isinstance(each, Rows) else (each,):
            options = getattr(one, "options", ())
            assert len({code for code, _ in options}) == len({label for _, label in options}) == len(options)


def test_every_part_ends_with_views_scores_actions_and_what_if():
    for section, key in ((s, s.key) for s in PATHWAY_PLAN.sections if s.key in TALKED_OVER):
        assert [each.key for each in section.fields[-7:]] == [f"{key}_{part}" for part in BLOCK]
        assert isinstance(BY_KEY[f"{key}_want"], Text)
        assert BY_KEY[f"{key}_want"].quote


def test_every_action_says_what_who_by_when_and_how_it_is_going():
    marked = [each for each in PATHWAY_PLAN.fields if isinstance(each, Rows) and each.actions]

    assert len(marked) == len(TALKED_OVER) + 1
    assert all(
        tuple(one.key for one in each.fields) == ("what", "need", "who", "by", "status", "outcome")
        for each in marked
    )


def test_the_actions_of_every_part_are_listed_together(answers):
    found = PATHWAY_PLAN.actions(answers)

    assert len(found) == sum(len(value) for key, value in answers.items() if key.endswith("_actions"))
    assert found[0].by == date(2026, 12, 11)
    assert found[0].status == "On track (green)"


def test_what_is_left_is_worked_out_in_pence(answers):
    stored, _ = PATHWAY_PLAN.clean(answers, today=TODAY)

    assert stored["setting_up_left"] == 300_000 - 41_275
    assert BY_KEY["setting_up_left"].show(stored["setting_up_left"]) == "£2,587.25"
    assert (stored["budget_in"], stored["budget_out"], stored["budget_left"]) == (71_231, 51_506, 19_725)


def test_spending_over_the_allowance_shows_as_less_than_nothing(answers):
    stored, troubles = PATHWAY_PLAN.clean(answers | {"setting_up_spent": "3,100"}, today=TODAY)

    assert troubles == []
    assert BY_KEY["setting_up_left"].show(stored["setting_up_left"]) == "-£100.00"


def test_lists_and_tiles_may_read_what_managers_count(answers):
    stored, _ = PATHWAY_PLAN.clean(answers, today=TODAY)

    facts = {each.field: each.code or each.number or each.day for each in PATHWAY_PLAN.facts(stored)}

    assert facts["in_touch"] == "YES"
    assert (facts["accommodation"], facts["suitability"], facts["activity"]) == ("D", "1", "F2")
    assert (facts["category"], facts["personal_adviser"]) == ("former_relevant", "Marcus Adeyemi")
    assert (facts["next_review_on"], facts["review_met_on"]) == (date(2027, 5, 14), date(2026, 11, 19))
    assert (facts["has_gp"], facts["has_dentist"], facts["health_passport"]) == ("yes", "yes", "given")
    assert (facts["setting_up_left"], facts["document_birth"]) == (258_725, "no")


def test_signing_a_review_tells_the_clocks_of_plan_and_review_and_not_of_the_assessment(answers):
    assert PATHWAY_PLAN.events(answers) == [
        ("pathway_plan", date(2026, 11, 19)),
        ("pathway_review", date(2026, 11, 19)),
    ]


def test_a_first_plan_is_no_review(answers):
    kinds = [kind for kind, _ in PATHWAY_PLAN.events(answers | {"plan_type": "first"})]

    assert kinds == ["pathway_plan"]


def test_a_plan_before_its_needs_assessment_is_refused(answers):
    assert "plan_on" in troubled(answers | {"needs_assessed_on": "2026-11-20"})


def test_only_who_is_owed_an_assessment_needs_its_date(answers):
    answers.pop("needs_assessed_on")

    assert troubled(answers) == {"needs_assessed_on"}
    assert troubled(answers | {"category": "qualifying"}) == set()


def test_an_unplanned_review_says_why_it_is_held(answers):
    assert troubled(answers | {"plan_type": "unplanned"}) == {"unplanned_because"}


def test_every_kind_of_plan_is_on_offer():
    kinds = [code for code, _ in BY_KEY["plan_type"].options]

    assert kinds == ["first", "review", "unplanned", "s23CA", "s23CZB", "closing"]


def test_the_young_persons_words_come_before_the_facts(answers):
    sections = [each.key for each in PATHWAY_PLAN.sections]

    assert sections[:4] == ["about_me", "views", "the_plan", "my_details"]
    assert PATHWAY_PLAN.quotes(answers)[0] == answers["my_story"]
    assert next(PATHWAY_PLAN.asked(answers))[1].key == "my_story"


def test_what_the_record_knows_is_not_asked_again():
    named = {each.prefill: each.key for each in PATHWAY_PLAN.fields if each.prefill.startswith("pathway.")}

    assert {name.removeprefix("pathway.") for name in named} == {
        "accommodation", "activity", "activity_since", "adviser", "adviser_since", "category",
        "category_from", "home_since", "in_touch", "landlord", "needs_assessed_on", "needs_found",
        "next_review_by", "plan_number", "setting_up_limit", "setting_up_spent", "suitability",
    }  # fmt: skip


def test_a_plan_signed_under_the_first_version_is_read_with_its_own_copy():
    first = form_json.from_json(FIRST_VERSION["form"])

    assert f"{first.key}@{first.version}" == "pathway-plan@1"
    assert form_json.digest(first) == PUBLISHED["pathway-plan@1"]
    assert first.clean(FIRST_VERSION["answers"], today=TODAY, to_sign=True)[1] == []
    assert ("needs_assessment", date(2024, 8, 2)) in first.events(FIRST_VERSION["answers"])


def test_a_review_goes_on_from_a_plan_of_the_first_version():
    begun = PATHWAY_PLAN.brought_forward(FIRST_VERSION["answers"])

    stored, troubles = PATHWAY_PLAN.clean(begun, today=TODAY)

    assert troubles == []
    assert stored["home_actions"] == FIRST_VERSION["answers"]["home_actions"]
    assert stored["my_story"] == FIRST_VERSION["answers"]["my_story"]
    assert stored["needs_assessed_on"] == "2024-08-02"


def test_a_draft_of_the_first_version_keeps_what_it_asked_of_needs():
    stored, troubles = PATHWAY_PLAN.clean(FIRST_VERSION["answers"], today=TODAY)

    assert troubles == []
    assert stored["need_health"] == FIRST_VERSION["answers"]["need_health"]


@pytest.mark.parametrize("key", ["plan_on", "review_met_on", "needs_assessed_on"])
def test_a_day_still_to_come_has_not_happened(answers, key):
    assert key in troubled(answers | {key: "2026-12-01", "next_review_on": "2027-05-14"})


def test_a_review_brings_facts_and_actions_forward_and_asks_views_anew(answers):
    begun = PATHWAY_PLAN.brought_forward(answers)

    assert begun["landlord"] == answers["landlord"]
    assert begun["home_actions"] == answers["home_actions"]
    assert begun["skill_cooking"] == "yes"
    asked_anew = {"plan_on", "next_review_on", "view_of_plan", "agree", "suitability", "signatures"}
    asked_anew |= {f"{key}_{part}" for key in TALKED_OVER for part in BLOCK[:5]}
    assert asked_anew <= set(answers)
    assert not asked_anew & set(begun)


def test_an_address_to_be_kept_off_paper_is_marked(answers):
    assert all(BY_KEY[key].secret_when.holds(answers) for key in ("address", "phone", "email"))


@pytest.mark.parametrize("item", COVERED)
def test_the_form_asks_what_the_regulations_and_practice_ask(item):
    assert [key for key in COVERED[item].split() if key not in BY_KEY] == []


def test_the_national_codes_are_all_on_offer():
    codes = {
        key: {code for code, _ in BY_KEY[key].options} for key in ("in_touch", "activity", "accommodation")
    }

    assert codes["in_touch"] == {"YES", "NO", "DIED", "REFU", "NREQ", "RHOM"}
    assert codes["activity"] == {"0", "F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5", "G4", "G5", "G6"}
    assert codes["accommodation"] == {"0", *"BCDEGHKRSTUVWXYZ"}
    assert {code for code, _ in BY_KEY["suitability"].options} == {"1", "2"}
