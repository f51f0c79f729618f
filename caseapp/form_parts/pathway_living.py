"""The parts of the pathway plan about daily living: home, work and money."""

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Computed,
    Date,
    Field,
    Is,
    Money,
    Number,
    Rows,
    Section,
    Text,
)
from caseapp.form_parts import pathway_lists as lists
from caseapp.form_parts.pathway_asking import talked_over

_IN_CARE = Is("category", "eligible")
_STAYING_PUT = Is("staying_put", "yes")
_JUDGED = AnyOf("accommodation", lists.JUDGED)
_BUSY = AnyOf("activity", lists.IN_ACTIVITY)
_NOT_BUSY = AnyOf("activity", lists.NOT_IN_ACTIVITY)
_UNIVERSITY = AnyOf("university", lists.UNIVERSITY_AHEAD)
_BUDGET_IN = ("in_wages", "in_benefits", "in_council", "in_other")
_BUDGET_OUT = ("out_rent", "out_energy", "out_food", "out_travel", "out_phone", "out_debts", "out_other")


def _suitability_points() -> tuple[Field, ...]:
    asked: list[Field] = []
    for point, label in lists.SUITABILITY_POINTS:
        key = f"suitable_{point}"
        short_of = AnyOf(key, ("partly", "no"))
        asked.append(Choice(key, label, options=lists.POINT, required=True))
        asked.append(Text(f"{key}_why", f"{label} – what is missing", lines=2, required=True, when=short_of))
    return tuple(asked)


def _documents() -> tuple[Field, ...]:
    states = lists.DOCUMENT_STATES
    return tuple(
        Choice(f"document_{key}", label, options=states, half=True, report=True)
        for key, label in lists.DOCUMENTS
    )


HOME = Section(
    "home",
    "Where I live",
    guidance="Where you live now, how long you can stay, and where you could go next.",
    fields=(
        Choice(
            "accommodation", "Kind of place", help="A foster home that goes on is “Somewhere else”.",
            options=lists.ACCOMMODATION, required=True, report=True, prefill="pathway.accommodation",
        ),
        Text("placement", "Placement in care", when=_IN_CARE, prefill="child.placement_type"),
        Date("home_since", "I have lived here since", prefill="pathway.home_since", past=True, half=True),
        Text("landlord", "Landlord or provider", prefill="pathway.landlord", half=True),
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
        *talked_over("home"),
    ),
)  # fmt: skip

SUITABLE = Section(
    "suitable",
    "Is my home suitable?",
    guidance="Safe, secure and affordable, and right for this young person. Weigh each point together, "
    "at the place itself if possible.",
    owner="Personal adviser",
    when=_JUDGED,
    fields=(
        *_suitability_points(),
        Choice(
            "suitability", "Is it suitable?", help="Homeless and custody never are.",
            options=lists.SUITABILITY, required=True, report=True, prefill="pathway.suitability", fresh=True,
        ),
        Text("suitability_reasons", "Why it is suitable or not", lines=4, required=True, fresh=True),
    ),
)  # fmt: skip

WORK = Section(
    "work",
    "Education, training and work",
    guidance="What you do now, what you want to do, and what would help you get there.",
    fields=(
        Choice(
            "activity", "What I do now", options=lists.ACTIVITY,
            required=True, report=True, prefill="pathway.activity",
        ),
        Date(
            "activity_since", "I have done this since",
            past=True, prefill="pathway.activity_since", when=_BUSY, half=True,
        ),
        Number("activity_hours", "Hours a week", high=80, when=_BUSY, half=True),
        Text("course", "Course or job, and where", when=_BUSY, half=True),
        Text("course_level", "Level of the course or job", when=_BUSY, half=True),
        Date(
            "neet_since", "Not in any of these since",
            past=True, prefill="pathway.activity_since", when=_NOT_BUSY, report=True,
        ),
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
        *talked_over("work"),
    ),
)  # fmt: skip

MONEY = Section(
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
        Money(
            "setting_up_limit", "Setting-up-home allowance",
            required=True, report=True, prefill="pathway.setting_up_limit", half=True,
        ),
        Money(
            "setting_up_spent", "Spent of it so far",
            required=True, report=True, prefill="pathway.setting_up_spent", half=True,
        ),
        Computed(
            "setting_up_left", "Left of my setting-up-home allowance",
            of="left", needs=("setting_up_limit", "setting_up_spent"), unit="pence", report=True,
        ),
        Text("setting_up_bought", "What it was spent on", lines=2),
        Text("setting_up_over", "Why more was spent than allowed", help="Only if it was.", lines=2),
        *_documents(),
        *talked_over("money"),
    ),
)  # fmt: skip
