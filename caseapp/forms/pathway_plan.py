"""The pathway plan of a young person in or leaving care, with the needs assessment that it rests on."""

from __future__ import annotations

from caseapp import pathway_lists as lists
from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Computed,
    Date,
    Field,
    Form,
    Is,
    Money,
    NotBefore,
    Number,
    Options,
    Rows,
    Score,
    Section,
    Signatures,
    Text,
)

_ACTION = (
    Text("what", "What", required=True),
    Text("who", "Who", required=True, half=True),
    Date("by", "By when", required=True, half=True),
    Choice("status", "How it is going", options=lists.STATUSES, half=True),
    Text("outcome", "What came of it", half=True),
)


def _actions(key: str, label: str) -> Rows:
    return Rows(key, label, fields=_ACTION, row="action", actions=True)


def _talked_over(key: str) -> tuple[Field, ...]:
    """Return the questions that end each part of the plan: views, scores, actions, what if it fails."""
    return (
        Text(f"{key}_working", "What's working", lines=3, fresh=True),
        Text(f"{key}_not_working", "What's not working", lines=3, fresh=True),
        _score(f"{key}_my_score", "My score"),
        _score(f"{key}_worker_score", "My worker's score"),
        Text(f"{key}_want", "What I want", lines=3, quote=True, fresh=True),
        _actions(f"{key}_actions", "What we will do"),
        Text(f"{key}_contingency", "If this does not work, we will", lines=2),
    )


def _score(key: str, label: str) -> Score:
    return Score(
        key,
        label,
        low=1,
        low_words="Needs a lot of help",
        high_words="Going really well",
        half=True,
        fresh=True,
    )


def _suitability_points() -> tuple[Field, ...]:
    asked: list[Field] = []
    for point, label in lists.SUITABILITY_POINTS:
        key = f"suitable_{point}"
        short_of = AnyOf(key, ("partly", "no"))
        asked.append(Choice(key, label, options=lists.POINT, required=True))
        asked.append(Text(f"{key}_why", f"{label}: what is missing", lines=2, required=True, when=short_of))
    return tuple(asked)


def _skills() -> tuple[Field, ...]:
    asked: list[Field] = []
    for skill, label in lists.SKILLS:
        key = f"skill_{skill}"
        to_learn = AnyOf(key, ("help", "no"))
        asked.append(Choice(key, label, options=lists.SKILL_LEVELS, half=True))
        asked.append(Date(f"{key}_by", f"{label.split(':')[0]}: by when", when=to_learn, half=True))
    return tuple(asked)


def _documents() -> tuple[Field, ...]:
    states = lists.DOCUMENT_STATES
    return tuple(
        Choice(f"document_{key}", label, options=states, half=True, report=True)
        for key, label in lists.DOCUMENTS
    )


def _needs(headings: Options, if_none: str) -> tuple[Field, ...]:
    return tuple(Text(key, label, help=if_none, lines=3, required=True) for key, label in headings)


_ATTEMPTS = Rows(
    "attempts",
    "What was tried so that I could take part",
    help="At least three tries before a plan is made without me.",
    fields=(
        Date("on", "Date", required=True, past=True, half=True),
        Choice("how", "How", options=lists.CONTACT_WAYS, required=True, half=True),
        Text("result", "What happened", required=True),
    ),
    row="try",
    at_least=3,
    when=Is("how_i_took_part", "none"),
    fresh=True,
)
_TOOK_PART = Rows(
    "took_part",
    "Who took part",
    fields=(
        Text("name", "Name", required=True, half=True),
        Text("role", "Role", required=True, half=True),
        Choice("how", "How", options=lists.TAKING_PART, required=True),
    ),
    row="person",
    fresh=True,
)
_ELIGIBLE = Is("category", "eligible")
_FIRST_MEETING = AnyOf("plan_type", lists.NOT_REVIEWS)
_REVIEW_MEETING = AnyOf("plan_type", lists.REVIEWS)
_LEFT_CARE = AnyOf("category", lists.CARE_LEAVERS)

_THE_PLAN = Section(
    "the_plan",
    "The plan",
    guidance="Which plan this is, who made it and when it is looked at again. Most of it is known already.",
    owner="Personal adviser",
    fields=(
        Number("plan_number", "Plan number", low=1, high=999, required=True, fresh=True, half=True),
        Choice(
            "plan_type", "Kind of plan", options=lists.PLAN_TYPES,
            required=True, report=True, fresh=True, half=True,
        ),
        Choice(
            "category", "Category", options=lists.CATEGORIES,
            required=True, report=True, prefill="child.leaving_care_category", half=True,
        ),
        Date("category_from", "In this category since", report=True, half=True),
        Date(
            "plan_on", "Date of the plan",
            required=True, past=True, event="pathway_plan", report=True, fresh=True, half=True,
        ),
        Date(
            "next_review_on", "Next review by", help="Six months ahead at most; sooner if I ask.",
            required=True, report=True, fresh=True, half=True,
        ),
        Date("met_on", "Date of the meeting", past=True, when=_FIRST_MEETING, fresh=True, half=True),
        Date(
            "review_met_on", "Date of the review meeting", when=_REVIEW_MEETING,
            required=True, past=True, event="pathway_review", report=True, fresh=True, half=True,
        ),
        Choice(
            "in_touch", "Are we in touch?", options=lists.IN_TOUCH, when=_LEFT_CARE,
            required=True, report=True, prefill="child.in_touch", half=True,
        ),
        Text(
            "personal_adviser", "My personal adviser",
            required=True, report=True, prefill="child.personal_adviser", half=True,
        ),
        Date("adviser_since", "My personal adviser since", report=True, half=True),
        Text("social_worker", "Social worker", prefill="child.worker", half=True),
        Text("team", "Team", prefill="child.team", half=True),
        Text("manager", "Manager", half=True),
        Text("iro", "Reviewing officer (IRO)", prefill="child.reviewing_officer", when=_ELIGIBLE, half=True),
        Text("chair", "Who chaired the meeting", fresh=True, half=True),
        _TOOK_PART,
        Choices("how_i_took_part", "How I took part", options=lists.TOOK_PART, required=True, fresh=True),
        _ATTEMPTS,
        Text("interpreter", "Interpreter", help="Language, or “Not needed”.", prefill="child.interpreter"),
        Choice("advocate_offered", "I was offered an advocate", options=YES_NO, fresh=True, half=True),
        Choice(
            "advocate_accepted", "I said yes to an advocate", options=YES_NO,
            when=Is("advocate_offered", "yes"), fresh=True, half=True,
        ),
        Date("copy_given_on", "I got my copy on", past=True, fresh=True, half=True),
        Choice("copy_format", "How I got my copy", options=lists.FORMATS, fresh=True, half=True),
    ),
)  # fmt: skip

_SECRET = Is("address_secret", "yes")
_LEAVE_ENDS = AnyOf("immigration", lists.LEAVE_EXPIRES)
_ABOUT_ME = Section(
    "about_me",
    "About me",
    guidance="This part is yours. Say as much or as little as you like, in your own words.",
    owner="Young person",
    fields=(
        Text("my_story", "My story, in my words", lines=5, quote=True),
        Text("strengths", "What I am good at", lines=3, quote=True),
        Text("others_like", "What others like about me", lines=2, quote=True),
        Text("important_people", "People who matter to me", lines=3, quote=True),
        Text("live_with", "Who I live with", prefill="child.household", lines=2),
        Text("name", "My name", prefill="child.name", half=True),
        Text("known_as", "I am called", prefill="child.known_as", half=True),
        Text("former_names", "Names I had before", prefill="child.former_names", half=True),
        Text("pronouns", "My pronouns", prefill="child.pronouns", half=True),
        Date("born_on", "My date of birth", prefill="child.born_on", past=True, half=True),
        Choice("address_secret", "Keep my address and phone off paper", options=YES_NO, half=True),
        Text("address", "My address", prefill="child.address", lines=2, secret_when=_SECRET),
        Text("phone", "My phone", prefill="child.phone", half=True, secret_when=_SECRET),
        Text("email", "My email", prefill="child.email", half=True, secret_when=_SECRET),
        Choice("contact_way", "Best way to reach me", options=lists.CONTACT_WAYS, half=True),
        Text("safe_times", "When it is safe and good to call", half=True),
        Text("emergency_name", "In an emergency, call", half=True),
        Text("emergency_phone", "Their phone (emergency)", half=True),
        Text("ethnicity", "Ethnicity", prefill="child.ethnicity", half=True),
        Text("language", "First language", prefill="child.first_language", half=True),
        Text("religion", "Religion", prefill="child.religion", half=True),
        Text("disability", "Disability", prefill="child.disability", half=True),
        Choice("immigration", "Immigration status", options=lists.IMMIGRATION, half=True),
        Date("leave_ends_on", "Leave to remain ends on", when=_LEAVE_ENDS, half=True),
        Choice("uasc", "I came to this country without family, or was trafficked", options=YES_NO),
        Choices("parenthood", "Expecting a baby, or a parent", options=lists.PARENTHOOD),
        Choice("youth_justice", "Youth justice", options=lists.YOUTH_JUSTICE, half=True),
        Choice(
            "ni_number", "National Insurance number received", help="Only whether; never the number itself.",
            options=YES_NO, half=True,
        ),
    ),
)  # fmt: skip

_VIEWS = Section(
    "views",
    "My views",
    guidance="What you think of this plan, what you hope for, what worries you. Nobody tidies your words.",
    owner="Young person",
    fields=(
        Text("view_of_plan", "What I think of this plan", lines=4, quote=True, required=True, fresh=True),
        Text("hopes_one_year", "What I hope for in a year", lines=3, quote=True, fresh=True),
        Text("hopes_five_years", "What I hope for in five years", lines=3, quote=True, fresh=True),
        Text("worries", "What worries me", lines=3, quote=True, fresh=True),
        Choice("agree", "Do I agree with this plan?", options=lists.AGREEMENT, required=True, fresh=True),
        Text("agree_with", "What I agree with", lines=2, quote=True, fresh=True),
        Text(
            "disagree_with", "What I do not agree with", lines=2, quote=True,
            when=AnyOf("agree", ("most", "some", "none")), required=True, fresh=True,
        ),
        Choice(
            "complaint_told", "I was told how to complain and how to get an advocate",
            options=YES_NO, required=True, fresh=True,
        ),
        Text("view_parents", "My parents' view", lines=3, fresh=True),
        Text("view_carer", "My carer's view", lines=3, fresh=True),
        Text("view_iro", "My reviewing officer's view", lines=3, when=_ELIGIBLE, fresh=True),
    ),
)  # fmt: skip

_NEEDS = Section(
    "needs",
    "Needs assessment",
    guidance="Each heading takes a few sentences, or “No need”. It is due within three months of the 16th "
    "birthday, or of becoming eligible or relevant after it.",
    owner="Personal adviser",
    fields=(
        Date(
            "needs_assessed_on", "Assessment completed on",
            required=True, past=True, event="needs_assessment", report=True,
        ),
        Text("need_wishes", "My wishes and feelings", lines=4, quote=True, required=True),
        *_needs(lists.NEEDS, "If there is none, write “No need”."),
        *_needs(lists.NEEDS_VIEWS, "If nobody could be asked, say why."),
    ),
)  # fmt: skip

_STAYING_PUT = Is("staying_put", "yes")
_JUDGED = AnyOf("accommodation", lists.JUDGED)
_HOME = Section(
    "home",
    "Where I live",
    guidance="Where you live now, how long you can stay, and where you could go next.",
    fields=(
        Choice(
            "accommodation", "Kind of place", options=lists.ACCOMMODATION,
            required=True, report=True, prefill="child.accommodation",
        ),
        Date("home_since", "I have lived here since", prefill="child.placement_since", past=True, half=True),
        Text("landlord", "Landlord or provider", half=True),
        Choice("tenancy", "Kind of tenancy", options=lists.TENANCIES, half=True),
        Number("support_hours", "Support I get there", unit="hours a week", high=168, half=True),
        Money("rent", "Rent a week", half=True),
        Text("rent_paid_by", "Who pays the rent", half=True),
        Money("arrears", "Rent owed", half=True),
        Date("notice_on", "Notice to leave by", half=True),
        Choice("homeless_risk", "Risk of homelessness", options=lists.RISK, report=True, half=True),
        Choice(
            "duty_to_refer", "Housing department told (duty to refer)", options=lists.NEEDED,
            when=AnyOf("homeless_risk", ("medium", "high")), half=True,
        ),
        Text("next_move", "Where I could move next, and how", lines=3),
        Date("next_move_on", "When I could move", report=True),
        Choice(
            "staying_put", "Staying put with my foster carers",
            options=lists.CONSIDERED, report=True, half=True,
        ),
        Date("staying_put_on", "Staying put agreed on", when=_STAYING_PUT, past=True, half=True),
        Money("staying_put_rate", "Paid to carers a week", when=_STAYING_PUT, half=True),
        Date("staying_put_review_on", "Staying put looked at again on", when=_STAYING_PUT, half=True),
        Choice("staying_close", "Staying close", options=lists.CONSIDERED, half=True),
        Choice("shared_lives", "Shared lives", options=lists.CONSIDERED, half=True),
        Choice("supported_lodgings", "Supported lodgings", options=lists.CONSIDERED, half=True),
        Choice("housing_register", "On the housing register", options=YES_NO, half=True),
        Text("housing_band", "Housing band", when=Is("housing_register", "yes"), half=True),
        Choice("priority_need", "In priority need", options=YES_NO, half=True),
        Text("local_connection", "Local connection with", half=True),
        Text("storage", "Somewhere to keep my things", half=True),
        Number("moves", "Moves in the last 12 months", high=99, report=True, fresh=True, half=True),
        Number(
            "nights_homeless", "Nights without a home in the last 12 months",
            high=366, report=True, fresh=True, half=True,
        ),
        Text("home_emergency", "Who can I call at 2 am?", help="Names, numbers, where to go.", lines=2),
        *_talked_over("home"),
    ),
)  # fmt: skip

_SUITABLE = Section(
    "suitable",
    "Is my home suitable?",
    guidance="Safe, secure and affordable, and right for this young person. Weigh each point together, "
    "at the place itself if possible.",
    owner="Personal adviser",
    when=_JUDGED,
    fields=(
        *_suitability_points(),
        Choice(
            "suitability", "Is it suitable?", help="Homeless and custody always count as not suitable.",
            options=lists.SUITABILITY, required=True, report=True, fresh=True,
        ),
        Text("suitability_reasons", "Why it is suitable or not", lines=4, required=True, fresh=True),
    ),
)  # fmt: skip

_BUSY = AnyOf("activity", lists.IN_ACTIVITY)
_NOT_BUSY = AnyOf("activity", lists.NOT_IN_ACTIVITY)
_UNIVERSITY = AnyOf("university", lists.UNIVERSITY_AHEAD)
_WORK = Section(
    "work",
    "Education, training and work",
    guidance="What you do now, what you want to do, and what would help you get there.",
    fields=(
        Choice(
            "activity", "What I do now", options=lists.ACTIVITY,
            required=True, report=True, prefill="child.activity",
        ),
        Date("activity_since", "I have done this since", past=True, when=_BUSY, half=True),
        Number("activity_hours", "Hours a week", high=80, when=_BUSY, half=True),
        Text("course", "Course or job, and where", when=_BUSY, half=True),
        Text("course_level", "Level of the course or job", when=_BUSY, half=True),
        Date("neet_since", "Not in any of these since", past=True, when=_NOT_BUSY, report=True),
        Text("neet_reason", "Why I am not in education, training or work", when=_NOT_BUSY, report=True),
        Text("neet_plan", "What is being done to change that", lines=2, when=_NOT_BUSY),
        Rows(
            "qualifications", "My results",
            fields=(
                Text("subject", "Subject", required=True, half=True),
                Text("level", "Level", half=True),
                Text("result", "Result", half=True),
                Date("on", "Date", half=True),
            ),
            row="result",
        ),
        Text("aims", "What I want to become", lines=3, quote=True),
        Date("careers_on", "Careers interview", half=True),
        Choice("cv", "I have a CV", options=YES_NO, half=True),
        Text("work_experience", "Work experience and volunteering", lines=2),
        Text("barriers", "What gets in the way", lines=2),
        Text("apprenticeship", "Apprenticeship: found, applied, started", half=True),
        Text("work_coach", "DWP work coach", half=True),
        Choices("bursary", "Bursaries", options=lists.BURSARIES),
        Choice("laptop", "A laptop and internet", options=lists.NEEDED, half=True),
        Choice("travel_help", "Help with travel", options=lists.NEEDED, half=True),
        Date("pep_on", "Last personal education plan (to 18)", past=True, half=True),
        Text("pep_link", "What the PEP asks for", half=True),
        Choice("university", "University", options=lists.UNIVERSITY),
        Text("university_offer", "Offer: where and what", when=_UNIVERSITY, half=True),
        Text("university_holidays", "Where I live in the holidays", when=_UNIVERSITY, half=True),
        Choice("he_bursary_paid", "Higher education bursary paid", options=YES_NO, when=_UNIVERSITY),
        *_talked_over("work"),
    ),
)  # fmt: skip

_HEALTH = Section(
    "health",
    "Health and wellbeing",
    guidance="Body and mind. You choose what is written here and who may read it.",
    fields=(
        Choice("health_consent", "May my health information be shared?", options=lists.CONSENT, fresh=True),
        Choice("has_gp", "I have a GP", options=YES_NO, required=True, report=True, half=True),
        Text("gp", "GP and practice", prefill="child.gp", when=Is("has_gp", "yes"), half=True),
        Choice("has_dentist", "I have a dentist", options=YES_NO, required=True, report=True, half=True),
        Text("dentist", "Dentist, and when last seen", when=Is("has_dentist", "yes"), half=True),
        Text("optician", "Optician, and when last seen", half=True),
        Date("health_assessed_on", "Last health assessment", past=True, report=True, half=True),
        Choice(
            "health_passport", "Health passport or summary", options=lists.PASSPORT_GIVEN,
            required=True, report=True, half=True,
        ),
        Choice("immunisations", "Immunisations", options=lists.UP_TO_DATE, half=True),
        Text("conditions", "Conditions and allergies", lines=2),
        Text("medication", "Medication", lines=2),
        Choice("mental_health_service", "Mental health service", options=lists.MENTAL_HEALTH),
        Text("mental_health", "How I feel, which service, how long the wait", lines=3),
        Rows(
            "measures", "Questionnaires",
            fields=(
                Choice("which", "Which", options=lists.MEASURES, required=True, half=True),
                Number("score", "Score", high=40, required=True, half=True),
                Date("on", "Date", required=True, past=True),
            ),
            row="score",
        ),
        Text("substances", "Smoking, vaping, alcohol, drugs", lines=2),
        Text("sexual_health", "Sexual health: advice and services known", lines=2),
        Text("pregnancy", "Pregnancy: midwife, dates, support", lines=2, when=Is("parenthood", "expecting")),
        Text("disability_services", "Disability services", lines=2),
        Choice("adult_care", "Adult social care", options=lists.ADULT_CARE, half=True),
        Choice("chc", "NHS continuing healthcare (CHC)", options=lists.ADULT_CARE, half=True),
        Choice("prescriptions", "Prescriptions certificate (HC2)", options=lists.CERTIFICATE),
        *_talked_over("health"),
    ),
)  # fmt: skip

_BUDGET_IN = ("in_wages", "in_benefits", "in_council", "in_other")
_BUDGET_OUT = ("out_rent", "out_energy", "out_food", "out_travel", "out_phone", "out_debts", "out_other")
_MONEY = Section(
    "money",
    "Money and papers",
    guidance="What comes in, what goes out and what you are entitled to. Put 0 where there is none, "
    "so that the sums add up.",
    fields=(
        Rows(
            "income", "Money I get",
            fields=(
                Text("source", "From", required=True),
                Money("amount", "How much", required=True, half=True),
                Choice("every", "Every", options=lists.PAID_EVERY, half=True),
            ),
            row="income",
        ),
        Rows(
            "benefits", "Benefits",
            fields=(
                Text("which", "Benefit", required=True, half=True),
                Date("claimed_on", "Claim date", half=True),
                Choice("state", "How far it is", options=lists.BENEFIT_STATES, half=True),
                Money("advance", "Advance to pay back", half=True),
            ),
            row="benefit",
        ),
        Money("in_wages", "In a month: wages", half=True),
        Money("in_benefits", "In a month: benefits", half=True),
        Money("in_council", "In a month: from the council", half=True),
        Money("in_other", "In a month: other", half=True),
        Money("out_rent", "Out a month: rent and council tax", half=True),
        Money("out_energy", "Out a month: energy and water", half=True),
        Money("out_food", "Out a month: food and household", half=True),
        Money("out_travel", "Out a month: travel", half=True),
        Money("out_phone", "Out a month: phone and internet", half=True),
        Money("out_debts", "Out a month: debts", half=True),
        Money("out_other", "Out a month: clothes, fun and the rest", half=True),
        Computed("budget_in", "All that comes in a month", of="total", needs=_BUDGET_IN, unit="pence"),
        Computed("budget_out", "All that goes out a month", of="total", needs=_BUDGET_OUT, unit="pence"),
        Computed(
            "budget_left", "Left over a month", of="left", needs=("budget_in", "budget_out"), unit="pence"
        ),
        Text("debts", "Debts, and how they are paid back", lines=2),
        Choice("bank", "I have a bank account", options=YES_NO, required=True, report=True, half=True),
        Choice("savings", "My savings", options=lists.SAVINGS, required=True, report=True, half=True),
        Money("savings_sum", "Savings, as far as known", half=True),
        Rows(
            "allowances", "Allowances from the council",
            fields=(
                Text("what", "What for", required=True),
                Money("amount", "How much", required=True, half=True),
                Choice("every", "Every", options=lists.PAID_EVERY, half=True),
            ),
            row="allowance",
        ),
        Money("setting_up_limit", "Setting-up-home allowance", required=True, report=True, half=True),
        Money("setting_up_spent", "Spent of it so far", required=True, report=True, half=True),
        Computed(
            "setting_up_left", "Left of my setting-up-home allowance",
            of="left", needs=("setting_up_limit", "setting_up_spent"), unit="pence", report=True,
        ),
        Text("setting_up_bought", "What it was spent on; if more than allowed, why", lines=2),
        *_documents(),
        *_talked_over("money"),
    ),
)  # fmt: skip

_IDENTITY = Section(
    "identity",
    "Who I am",
    guidance="Faith, culture, language, where you come from, who you are. Say only what you want to.",
    fields=(
        Text("faith", "My religion, and what it means for my days", lines=2),
        Text("culture", "My culture and background", lines=2),
        Text("languages", "Languages I speak and want to keep", lines=2),
        Text("diversity", "What else makes me who I am", help="Race, gender, disability, joys.", lines=2),
        Text("sexuality", "My sexuality, if I want to say", lines=2),
        Choice("life_story", "Life-story work", options=lists.LIFE_STORY, half=True),
        Date("records_asked_on", "I asked to see my records on", past=True, half=True),
        Text("nationality", "Nationality", prefill="child.nationality", half=True),
        Choice("nationality_work", "Settlement and citizenship", options=lists.NATIONALITY_WORK, half=True),
        Text("uasc_support", "Support with my claim, and as a survivor", lines=3, when=Is("uasc", "yes")),
        Choice("photo_id", "I have photo ID", options=YES_NO),
        *_talked_over("identity"),
    ),
)  # fmt: skip

_FAMILY = Section(
    "family",
    "Family, friends and people I trust",
    guidance="Who is there for you, who you want to see more of, and who you want to keep away from.",
    fields=(
        Text("family_tree", "My family", prefill="child.parents", lines=3),
        Rows(
            "contacts", "Seeing people",
            fields=(
                Text("who", "Who", required=True, half=True),
                Text("relation", "Who they are to me", half=True),
                Choice("how", "How", options=lists.SEEN_HOW, half=True),
                Choice("often", "How often", options=lists.SEEN_EVERY, half=True),
                Choice("safe", "Is it safe?", options=lists.SAFE, required=True, half=True),
                Text("plan", "What would help", half=True),
            ),
            row="person",
        ),
        Text("siblings", "My brothers and sisters", prefill="child.siblings", lines=2),
        Text("friends", "My friends", lines=2),
        Text("partner", "My partner", lines=2),
        Text("carers", "Carers I keep in touch with", prefill="child.carers", lines=2),
        Choice("lifelong_links", "Lifelong links", options=lists.RELATIONSHIP_OFFER, half=True),
        Choice("mentor", "Mentor or independent visitor", options=lists.RELATIONSHIP_OFFER, half=True),
        Text(
            "parenting", "Support for me as a parent", help="My child has a record of their own.", lines=2,
            when=AnyOf("parenthood", ("expecting", "parent", "parent_apart")),
        ),
        *_talked_over("family"),
    ),
)  # fmt: skip

_SKILLS = Section(
    "skills",
    "Practical skills",
    guidance="Nobody can do all of this at once. Tick where you are, and pick a date for what comes next.",
    owner="Young person",
    fields=(*_skills(), *_talked_over("skills")),
)

_SAFETY = Section(
    "safety",
    "Safety and justice",
    guidance="What keeps you safe. Leave this part out of copies for landlords and colleges.",
    fields=(
        Choice("missing_risk", "Risk of going missing", options=lists.RISK, fresh=True, half=True),
        Choice("exploitation_risk", "Risk of exploitation", options=lists.RISK, fresh=True, half=True),
        Text("missing_words", "Missing and exploitation: what is known", lines=2),
        Text("court_orders", "Court orders", lines=2),
        Text("justice_worker", "Probation or youth justice worker", half=True),
        Text("licence", "Licence conditions, and until when", half=True),
        Text("domestic_abuse", "Domestic abuse", lines=2),
        Text("gangs", "Gangs and criminal exploitation", lines=2),
        Text("radicalisation", "Radicalisation", lines=2),
        Text("safety_plan", "My safety plan", lines=3),
        *_talked_over("safety"),
    ),
)

_CONTINGENCY = Section(
    "contingency",
    "If things go wrong",
    guidance="One page to keep on the fridge: what could go wrong, and exactly what happens then. Put names "
    "and phone numbers.",
    fields=(
        Text("could_go_wrong", "What could go wrong", lines=3, required=True),
        Text("early_signs", "How we would notice early", lines=3, required=True),
        Text("who_does_what", "Who then does what", lines=3, required=True),
        Text("backup_home", "Where I could stay", lines=2, required=True),
        Text("backup_money", "Money for the first days", lines=2, required=True),
        Text("who_to_tell", "Who to tell, with phone numbers", lines=3, required=True),
    ),
)

_SUPPORT = Section(
    "support",
    "Support I can count on",
    guidance="What has been agreed and what you are entitled to. The local offer is what the council "
    "promises to everyone leaving care.",
    owner="Personal adviser",
    fields=(
        Choice(
            "contact_often", "How often we are in contact", options=lists.CONTACT_OFTEN,
            required=True, half=True,
        ),
        Text("contact_by", "Who with", prefill="child.personal_adviser", required=True, half=True),
        Choices("contact_how", "How we are in contact", options=lists.CONTACT_WAYS, required=True),
        Rows(
            "services", "Services I get",
            fields=(
                Text("service", "Service", required=True, half=True),
                Text("what", "What they do", half=True),
                Text("who", "Who to ask for, and phone", half=True),
                Text("often", "How often, until when", half=True),
            ),
            row="service",
        ),
        Date("local_offer_on", "Local offer given to me on", past=True, required=True, report=True),
        Choices("entitlements", "Entitlements we went through", options=lists.ENTITLEMENTS),
        Rows(
            "approved", "Allowances approved",
            fields=(
                Text("what", "What for", required=True),
                Money("amount", "How much", required=True, half=True),
                Text("who", "Approved by", half=True),
                Date("on", "On", past=True, half=True),
            ),
            row="allowance",
        ),
    ),
)  # fmt: skip

_ACTIONS = Section(
    "actions",
    "Other actions",
    guidance="Actions of the parts above need no second entry: only what has no place there.",
    owner="Personal adviser",
    fields=(
        Text("progress", "How the last plan's actions went", lines=3, fresh=True),
        _actions("other_actions", "Anything else we agreed"),
    ),
)

_AGREEMENT = Section(
    "agreement",
    "Agreement",
    guidance="The young person and the personal adviser at least; then social worker, manager, carer, and "
    "the reviewing officer while still looked after. Who does not sign stands here too, with the reason.",
    fields=(
        Text("manager_note", "Manager's note", lines=3, fresh=True),
        Signatures("signatures", "Who signs, or why not", at_least=2),
    ),
)

PATHWAY_PLAN = Form(
    "pathway-plan",
    1,
    "pathway-plan",
    "Pathway Plan",
    short="Pathway plan",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, regulations 42 and 43 and "
    "Schedule 8; Care Leavers (England) Regulations 2010, regulations 5 to 9 and Schedules 1 and 2",
    dated_by="plan_on",
    sections=(
        _THE_PLAN, _ABOUT_ME, _VIEWS, _NEEDS, _HOME, _SUITABLE, _WORK, _HEALTH, _MONEY, _IDENTITY,
        _FAMILY, _SKILLS, _SAFETY, _CONTINGENCY, _SUPPORT, _ACTIONS, _AGREEMENT,
    ),
    rules=(
        NotBefore("next_review_on", "plan_on", "The next review is before the date of this plan."),
        NotBefore("next_review_on", "review_met_on", "The next review is before the review meeting."),
        NotBefore("plan_on", "born_on", "The plan is dated before the young person was born."),
    ),
)  # fmt: skip
