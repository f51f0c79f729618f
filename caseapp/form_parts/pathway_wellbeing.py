"""The parts of the pathway plan about the young person: health, identity, people, skills and safety."""

from caseapp.form import YES_NO, AnyOf, Choice, Date, Field, Is, Number, Rows, Section, Text
from caseapp.form_parts import pathway_lists as lists
from caseapp.form_parts.pathway_asking import talked_over


def _skills() -> tuple[Field, ...]:
    asked: list[Field] = []
    for skill, label in lists.SKILLS:
        key = f"skill_{skill}"
        to_learn = AnyOf(key, ("help", "no"))
        asked.append(Choice(key, label, options=lists.SKILL_LEVELS, half=True))
        asked.append(Date(f"{key}_by", f"{label.split(':')[0]}: by when", when=to_learn, half=True))
    return tuple(asked)


HEALTH = Section(
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
        *talked_over("health"),
    ),
)  # fmt: skip

IDENTITY = Section(
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
        Text(
            "uasc_support", "Support with my claim, and as a survivor",
            lines=3, when=Is("uasc", "yes"), required=True,
        ),
        Choice("photo_id", "I have photo ID", options=YES_NO),
        *talked_over("identity"),
    ),
)  # fmt: skip

FAMILY = Section(
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
        *talked_over("family"),
    ),
)  # fmt: skip

SKILLS = Section(
    "skills",
    "Practical skills",
    guidance="Nobody can do all of this at once. Tick where you are, and pick a date for what comes next.",
    owner="Young person",
    fields=(*_skills(), *talked_over("skills")),
)

SAFETY = Section(
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
        *talked_over("safety"),
    ),
)
