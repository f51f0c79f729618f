"""Daily life in the placement plan: home, health, school, family, leisure, money and who decides what."""

from caseapp.form import YES_NO, AnyOf, Choice, Choices, Date, Field, Is, Money, Rows, Section, Text
from caseapp.form_parts import care_lists as lists
from caseapp.form_parts.asking import only_if, pairs
from caseapp.form_parts.care_asking import family_time
from caseapp.form_parts.shared_lists import ETHNICITIES


def _decisions() -> tuple[Field, ...]:
    return tuple(
        Choice(f"decide_{key}", label, options=lists.DECIDERS, required=True, half=True)
        for key, label in lists.DECISIONS
    )


DAILY = Section(
    "daily",
    "Day-to-day care",
    guidance="What a good carer would want to know on the first evening. Plain and practical.",
    fields=(
        Text("routines", "Getting up, meals, bath, bed", lines=3, required=True),
        Text("food", "Food: likes, dislikes, diet, allergies", lines=2, required=True),
        Text("comfort", "What comforts and what upsets; what helps then", lines=3, required=True),
        Text("behaviour", "How limits are set, and what is never done", lines=3, required=True),
        Text(
            "safer_caring",
            "Safer caring: bedrooms, bathrooms, touch, time alone, pets",
            lines=2,
            required=True,
        ),
        Text("online", "Phone, games and the internet", lines=2),
        Text("equipment", "Things the child needs or has brought", lines=2),
        Text(
            "background",
            "The child's history, as the carer needs to know it",
            lines=3,
            required=True,
            professional=True,
        ),
        *pairs(
            Choice("ethnicity", "Ethnicity", options=ETHNICITIES, prefill="child.ethnicity"),
            Text("religion", "Religion", prefill="child.religion"),
            Text("language", "First language", prefill="child.first_language"),
            Text("interpreter", "Interpreter or signer", prefill="child.interpreter"),
        ),
        Text("identity", "How faith, culture, language, hair and skin are cared for", lines=2, required=True),
    ),
    plain="Every day",
)

SAFETY = Section(
    "safety",
    "Keeping safe",
    fields=(
        Text(
            "risks",
            "Known risks, and what the carer does about each",
            lines=3,
            required=True,
            professional=True,
        ),
        Text(
            "if_missing",
            "If the child is not where they should be: what to do, in which order, whom to ring",
            lines=3,
            required=True,
        ),
        Text("not_allowed", "People who may not come to or know the address", lines=2, professional=True),
    ),
)

HEALTH = Section(
    "health",
    "Health",
    fields=(
        *pairs(
            Text("gp", "GP: name and address", prefill="child.gp", required=True),
            Text("dentist", "Dentist: name and address", required=True),
            Text("optician", "Optician: name and address"),
            Text("health_team", "Nurse for looked-after children"),
        ),
        Text("conditions", "Conditions, and what the carer does", lines=2, required=True),
        Text("allergies", "Allergies", required=True, help="“None known” where there are none"),
        Text(
            "medication",
            "Medication: what, how much, when, how it is kept and noted down",
            lines=2,
            required=True,
        ),
        Text(
            "emotional",
            "Feelings and mind: support there is, and what the carer does",
            lines=2,
            required=True,
        ),
        Text("appointments", "Appointments to come", lines=2),
        Text(
            "medical_consent",
            "Who consents to examination and treatment, and how they are reached",
            lines=2,
            required=True,
        ),
        Choice("health_papers", "Health record and consent form handed to the carer", options=YES_NO),
    ),
    plain="Keeping healthy",
)

EDUCATION = Section(
    "education",
    "Education",
    fields=(
        *pairs(
            Text(
                "school",
                "School, nursery or college, with its address",
                prefill="child.school",
                required=True,
            ),
            Text("designated_teacher", "Designated teacher", prefill="child.designated_teacher"),
            Date("pep_on", "Last personal education plan (PEP)", past=True),
            Text("ehcp_authority", "Council that keeps the EHC plan, if there is one"),
        ),
        Text("travel", "How the child gets there and back", required=True),
        Text(
            "carer_school",
            "What the carer does: homework, reading, meetings, absence",
            lines=2,
            required=True,
        ),
    ),
    plain="School",
)

FAMILY = Section(
    "family",
    "Family time",
    guidance="With limits, and how a change is made known. An order about it is named here word for word.",
    fields=(
        family_time("family_time", "Who sees or hears from whom"),
        Text("contact_orders", "Orders about family time, and what they say", lines=2),
        Text(
            "contact_limits",
            "Limits: what the carer does if somebody comes, rings or writes without being asked",
            lines=2,
            required=True,
        ),
        Text("contact_changes", "How a change is made known, to whom and by when", lines=2, required=True),
    ),
    plain="Seeing my family",
)

VISITS = Section(
    "visits",
    "Visits and support",
    guidance="The first visit is within a week of the start of the placement.",
    fields=(
        *pairs(
            Choice("visits", "Social worker's visits", options=lists.VISITS, required=True, report=True),
            Date("first_visit_by", "First visit by", required=True),
        ),
        Text("between_visits", "Advice and help for the child between visits", lines=2, required=True),
        Text(
            "carer_support",
            "Support for the carer: supervising worker, short breaks, training",
            lines=2,
            required=True,
        ),
        *pairs(
            Choice("independent_visitor", "Independent visitor", options=lists.VISITOR, required=True),
            Text(
                "visitor_name",
                "Their name, and how often they come",
                when=Is("independent_visitor", "appointed"),
                required=True,
            ),
            Choice("advocate", "Advocate", options=lists.ADVOCATE, required=True),
            Choice("complaints_told", "Child told how to complain", options=YES_NO, required=True),
        ),
        Text("out_of_hours", "Whom to ring in the evening, at night and at weekends", required=True),
    ),
)

LEISURE = Section(
    "leisure",
    "Play, clubs and holidays",
    fields=(
        Text("clubs", "Clubs, sport, music, faith: what goes on and what begins", lines=2, required=True),
        Text("friends", "Friends, and how they are seen", lines=2),
        Text("holidays", "School holidays, and holidays away", lines=2),
        Text(
            "away_approval",
            "When the council must say yes beforehand: school trips, nights away",
            lines=2,
            required=True,
        ),
    ),
    plain="Fun and free time",
)

DELEGATED = Section(
    "delegated",
    "Who decides what",
    guidance="A child should not have to wait for a form to have a haircut. Each line has one who decides. "
    "For a child accommodated under section 20 the parents keep the last word: nothing is handed on without "
    "them.",
    fields=(
        Choice(
            "responsibility",
            "Parental responsibility rests with",
            options=lists.RESPONSIBILITY,
            required=True,
        ),
        Text("responsibility_names", "Who has it, and under which order", required=True),
        Choice(
            "parents_agree",
            "Do the parents agree with this list?",
            options=lists.AGREES,
            required=True,
            report=True,
            half=True,
        ),
        Date("delegated_on", "Agreed on", past=True, required=True, half=True),
        Text(
            "parents_keep",
            "What the parents decide themselves",
            lines=2,
            when=Is("responsibility", "parents"),
            required=True,
        ),
        Text(
            "parents_differ",
            "What the parents do not agree to, and what follows",
            lines=2,
            when=AnyOf("parents_agree", ("partly", "no")),
            required=True,
        ),
        *_decisions(),
        Rows(
            "decisions",
            "Terms, and other decisions",
            help="Terms of a decision above, whatever else there is to decide, and what has changed since",
            fields=(
                Text("decision", "Decision", required=True),
                Choice("decides", "Who decides", options=lists.DECIDERS[:5], required=True, half=True),
                Text("terms", "Terms", half=True),
                Text("tell", "Whom to tell", half=True),
                Date("on", "Agreed on", past=True, required=True, half=True),
            ),
            row="decision",
        ),
        Text("child_decides", "What the child decides for themselves", lines=2),
    ),
)

MONEY = Section(
    "money",
    "Money",
    fields=(
        *pairs(
            Money("allowance", "Paid to the carer a week", professional=True),
            Money("pocket_money", "Pocket money a week", required=True),
            Money("savings", "Put by for the child a week", required=True),
            Money("clothing", "For clothes a week"),
        ),
        Text(
            "extra_money",
            "Birthdays, festivals, holidays, travel, school trips: who pays",
            lines=2,
            required=True,
        ),
        Choice("child_account", "Child has an account or a junior ISA", options=YES_NO),
    ),
)

_HOME = Is("goes_home", "yes")
ENDING = Section(
    "ending",
    "How this placement ends",
    guidance="It ends only after a review, unless the child is at once in danger. Written notice comes "
    "before, or within ten working days after.",
    fields=(
        *pairs(
            Date("expected_until", "Expected to last until"),
            Choice("goes_home", "Is the child to go home from here?", options=YES_NO),
        ),
        Text("expected_words", "How long, and what that hangs on", required=True),
        *only_if(_HOME, Text("home_steps", "Steps towards going home", lines=2, required=True)),
        Text("may_end", "When it may end, and notice on each side", lines=2, required=True),
        Text("before_end", "What is tried first if it becomes hard", lines=2, required=True),
        Choices(
            "leaves_with",
            "The child leaves with",
            options=(
                ("things", "All their things, in proper bags"),
                ("photos", "Photographs and memory box"),
                ("savings", "Savings"),
                ("health", "Health record"),
                ("passport", "Passport and papers"),
            ),
        ),
    ),
)
