"""The pathway plan of a young person in or leaving care: their own words first, then the plan."""

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Date,
    Form,
    Is,
    Money,
    NotBefore,
    Number,
    Rows,
    Section,
    Signatures,
    Text,
)
from caseapp.form_parts import pathway_lists as lists
from caseapp.form_parts.pathway_asking import actions, attempts
from caseapp.form_parts.pathway_living import HOME, MONEY, SUITABLE, WORK
from caseapp.form_parts.pathway_wellbeing import FAMILY, HEALTH, IDENTITY, SAFETY, SKILLS
from caseapp.form_parts.shared_lists import ETHNICITIES

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
_ASSESSED = AnyOf("category", lists.WITH_ASSESSMENT)
_GOES_ON = AnyOf("plan_type", lists.GOING_ON)

_THE_PLAN = Section(
    "the_plan",
    "The plan",
    guidance="Which plan this is, who made it and when it is looked at again. Most of it is known already.",
    owner="Personal adviser",
    fields=(
        Number(
            "plan_number", "Plan number", low=1, high=999,
            required=True, prefill="pathway.plan_number", fresh=True, half=True,
        ),
        Choice(
            "plan_type", "Kind of plan", options=lists.PLAN_TYPES,
            required=True, report=True, fresh=True, half=True,
        ),
        Choice(
            "unplanned_because", "Why this review is held now", options=lists.UNPLANNED,
            when=Is("plan_type", "unplanned"), required=True, report=True, fresh=True,
        ),
        Choice(
            "closing_because", "Why my plan is closed", options=lists.CLOSINGS,
            when=Is("plan_type", "closing"), required=True, report=True, fresh=True,
        ),
        Choice(
            "category", "Category", options=lists.CATEGORIES,
            required=True, report=True, prefill="pathway.category", half=True,
        ),
        Date(
            "category_from", "In this category since",
            report=True, prefill="pathway.category_from", half=True,
        ),
        Date(
            "plan_on", "Date of the plan",
            required=True, past=True, event="pathway_plan", report=True, fresh=True, half=True,
        ),
        Date(
            "next_review_on", "Next review by", help="Six months ahead at most; sooner if I ask.",
            required=True, report=True, prefill="pathway.next_review_by", when=_GOES_ON,
            fresh=True, half=True,
        ),
        Date("met_on", "Date of the meeting", past=True, when=_FIRST_MEETING, fresh=True, half=True),
        Date(
            "review_met_on", "Date of the review meeting", when=_REVIEW_MEETING,
            required=True, past=True, event="pathway_review", report=True, fresh=True, half=True,
        ),
        Choice(
            "in_touch", "Are we in touch?", options=lists.IN_TOUCH, when=_LEFT_CARE,
            required=True, report=True, prefill="pathway.in_touch", half=True,
        ),
        Text(
            "personal_adviser", "My personal adviser",
            required=True, report=True, prefill="pathway.adviser", half=True,
        ),
        Date(
            "adviser_since", "My personal adviser since",
            report=True, prefill="pathway.adviser_since", half=True,
        ),
        Text("social_worker", "Social worker", prefill="child.worker", half=True),
        Text("team", "Team", prefill="child.team", half=True),
        Text("manager", "Manager", half=True),
        Text("iro", "Reviewing officer (IRO)", prefill="child.reviewing_officer", when=_ELIGIBLE, half=True),
        Text("chair", "Who chaired the meeting", fresh=True, half=True),
        _TOOK_PART,
        Choices("how_i_took_part", "How I took part", options=lists.TOOK_PART, required=True, fresh=True),
        attempts("how_i_took_part"),
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
    ),
)  # fmt: skip

_MY_DETAILS = Section(
    "my_details",
    "My details",
    guidance="Most of it is known already. Put right what is not so any more.",
    fields=(
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
        Choice("ethnicity", "Ethnicity", options=ETHNICITIES, prefill="child.ethnicity", half=True),
        Text("language", "First language", prefill="child.first_language", half=True),
        Text("religion", "Religion", prefill="child.religion", half=True),
        Text("disability", "Disability", prefill="child.disability", half=True),
        Choice("immigration", "Immigration status", options=lists.IMMIGRATION, half=True),
        Date("leave_ends_on", "Leave to remain ends on", when=_LEAVE_ENDS, half=True),
        Choice(
            "uasc", "I came to this country without family, or was trafficked",
            options=YES_NO, required=True, report=True,
        ),
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
    "What I need",
    guidance="What the needs assessment found. Each need is met by an action in the parts below: what, who, "
    "by when.",
    owner="Personal adviser",
    fields=(
        Date(
            "needs_assessed_on", "Needs assessment completed on",
            required=True, past=True, report=True, prefill="pathway.needs_assessed_on", when=_ASSESSED,
        ),
        Text("needs_found", "What it found", lines=6, prefill="pathway.needs_found"),
        Text("needs_new", "What is new or has changed since", lines=3, fresh=True),
    ),
)  # fmt: skip

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
        Text("contact_by", "Who with", prefill="pathway.adviser", required=True, half=True),
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
        actions("other_actions", "Anything else we agreed"),
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
    2,
    "pathway-plan",
    "Pathway Plan",
    short="Pathway plan",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, regulation 43 and "
    "Schedule 8; Care Leavers (England) Regulations 2010, regulations 5 to 9 and Schedules 1 and 2",
    dated_by="plan_on",
    sections=(
        _ABOUT_ME, _VIEWS, _THE_PLAN, _MY_DETAILS, _NEEDS, HOME, SUITABLE, WORK, HEALTH, MONEY, IDENTITY,
        FAMILY, SKILLS, SAFETY, _CONTINGENCY, _SUPPORT, _ACTIONS, _AGREEMENT,
    ),
    rules=(
        NotBefore("next_review_on", "plan_on", "The next review is before the date of this plan."),
        NotBefore("next_review_on", "review_met_on", "The next review is before the review meeting."),
        NotBefore("plan_on", "born_on", "The plan is dated before the young person was born."),
        NotBefore("plan_on", "needs_assessed_on", "The plan is dated before its needs assessment."),
    ),
)  # fmt: skip
