"""The child's needs in the care plan and how each is met: regulation 5 and Schedule 1 of 2010/959."""

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Date,
    Filled,
    Is,
    Money,
    Number,
    Rows,
    Section,
    Text,
)
from caseapp.form_parts import care_lists as lists
from caseapp.form_parts.asking import only_if, pairs
from caseapp.form_parts.care_asking import family_time
from caseapp.form_parts.shared_lists import ETHNICITIES

HEALTH = Section(
    "health",
    "Health plan",
    guidance="What the last health assessment said, and what each person does about it. Write “None” where "
    "there is nothing, so that nobody thinks it was forgotten.",
    fields=(
        Text("health_now", "State of health: body, feelings and mind", lines=4, required=True),
        Text("health_history", "Health history", lines=3, required=True),
        Text("family_health", "Health of the family, as far as known", lines=2, professional=True),
        Text("health_effect", "How health affects this child's development", lines=3, required=True),
        *pairs(
            Text("gp", "GP and surgery", prefill="child.gp", required=True),
            Text("dentist", "Dentist", required=True),
            Text("optician", "Optician"),
            Date("health_assessed_on", "Last health assessment", past=True),
            Date("health_due_on", "Next health assessment by", required=True, report=True),
        ),
        Text("health_routine", "Routine checks, dental ones too", lines=2, required=True),
        Text("treatment", "Treatment and watching of what was found", lines=3, required=True),
        Text("immunisation", "Immunisations and other prevention", lines=2, required=True),
        Text("screening", "Sight and hearing", lines=2, required=True),
        Text("health_promotion", "Healthy living and care of oneself: advice and who gives it", lines=2),
        Text("health_changes", "Changes planned to any of this", lines=2),
        Text("health_carer", "What the carer does for this child's health", lines=2, required=True),
    ),
    plain="Keeping healthy",
)

EDUCATION = Section(
    "education",
    "Education and training",
    guidance="The personal education plan is part of this plan: here stands what it comes to.",
    fields=(
        *pairs(
            Text("school", "School, nursery or college", prefill="child.school"),
            Text("designated_teacher", "Designated teacher", prefill="child.designated_teacher"),
            Date("pep_on", "Last personal education plan (PEP)", past=True),
            Date("pep_due_on", "Next PEP by"),
        ),
        Text("education_needs", "Needs and strengths", lines=3, required=True),
        Text("education_met", "How they are met, and by whom", lines=3, required=True),
        Text("leisure", "Clubs, play, interests and talents", lines=2),
    ),
    plain="School and learning",
)

EMOTIONAL = Section(
    "emotional",
    "Emotional and behavioural development",
    guidance="What this child has lived through shows in what they do. Say what helps, not only what is "
    "hard.",
    fields=(
        Text("emotional_needs", "Needs and strengths", lines=3, required=True),
        *pairs(
            Text("last_sdq", "Last strengths and difficulties score", prefill="child.last_sdq"),
            Text("emotional_service", "Service involved"),
        ),
        Text("emotional_met", "How they are met, and by whom", lines=3, required=True),
    ),
    plain="Feelings",
)

IDENTITY = Section(
    "identity",
    "Identity",
    guidance="Religion, origin, culture and language, and the story of this child's life.",
    fields=(
        *pairs(
            Choice("ethnicity", "Ethnicity", options=ETHNICITIES, prefill="child.ethnicity"),
            Text("religion", "Religion", prefill="child.religion"),
            Text("language", "First language", prefill="child.first_language"),
            Text("interpreter", "Interpreter or signer", prefill="child.interpreter"),
            Text("nationality", "Nationality", prefill="child.nationality"),
            Text("disability", "Disability", prefill="child.disability"),
        ),
        Text("identity_needs", "What matters to this child about who they are", lines=3, required=True),
        Text(
            "identity_met", "How faith, culture and language are kept up, and by whom", lines=3, required=True
        ),
        Text("life_story", "Life story work: what the child knows, who does it, what comes next", lines=2),
    ),
    plain="Who I am",
)

FAMILY = Section(
    "family",
    "Family and friends",
    guidance="Each person who matters has a line, those whom the child may not see too. Refusing family "
    "time for more than seven days to a child in care needs an order.",
    fields=(
        Text(
            "parents",
            "Parents, and how they are part of this child's life",
            lines=2,
            prefill="child.parents",
            required=True,
        ),
        Text("siblings", "Brothers and sisters, and where they live", lines=2, prefill="child.siblings"),
        Choice(
            "siblings_plan",
            "Brothers and sisters in care live",
            options=lists.SIBLINGS,
            required=True,
            report=True,
        ),
        Text(
            "siblings_contact",
            "How brothers and sisters who live apart keep together",
            lines=2,
            when=AnyOf("siblings_plan", ("apart_for_now", "apart")),
            required=True,
        ),
        family_time("family_time", "Family time"),
        Text("contact_orders", "Orders about family time (section 8 or 34), and what they say", lines=2),
        Text("family_work", "What is done to keep up and mend ties", lines=3, required=True),
        Text("friends", "Friends, and others who matter", lines=2, required=True),
        Choice(
            "independent_visitor",
            "Independent visitor",
            options=lists.VISITOR,
            required=True,
            report=True,
            half=True,
        ),
        Text(
            "visitor_name",
            "Their name, and how often they come",
            when=Is("independent_visitor", "appointed"),
            required=True,
            half=True,
        ),
        Text(
            "visitor_why",
            "Why the child does not want one",
            when=Is("independent_visitor", "declined"),
            half=True,
        ),
    ),
    plain="My family and friends",
)

SOCIAL = Section(
    "social",
    "Getting on with others, and looking after myself",
    guidance="What other people see and how this child understands it; and the skills for their age.",
    fields=(
        Text(
            "presentation",
            "How this child comes across to others, and the help needed",
            lines=3,
            required=True,
        ),
        Text(
            "self_care",
            "Skills of looking after oneself: what goes well, what is practised next",
            lines=3,
            required=True,
        ),
        Text("saving", "Savings and money of their own", half=True),
        Money("saved", "Saved so far", half=True),
    ),
)

_ALONE = AnyOf("unaccompanied", ("yes",))
PROTECTION = Section(
    "protection",
    "Safety, and needs of a child from abroad",
    guidance="For a child who came to this country without family, or who may have been trafficked, the "
    "plan says what that makes needed.",
    fields=(
        Text(
            "safety",
            "What keeps this child safe: online, from harm outside the home, from going missing",
            lines=3,
            required=True,
        ),
        Choice(
            "unaccompanied",
            "Unaccompanied or asylum-seeking",
            options=YES_NO,
            required=True,
            report=True,
            half=True,
        ),
        Choice(
            "trafficked",
            "Trafficked, or may have been",
            options=YES_NO,
            required=True,
            report=True,
            half=True,
        ),
        *only_if(
            _ALONE,
            Text(
                "immigration",
                "Where the claim or application stands, and the date of the next step",
                lines=2,
                required=True,
            ),
            Text("solicitor", "Solicitor, and who goes along", required=True, half=True),
            Text("age_assessed", "Age: accepted, or assessed when and how", half=True),
            Text("tracing", "Tracing family: what the child wishes, what is safe", lines=2, required=True),
            Text(
                "alone_needs",
                "Needs that follow from the journey and from being here alone",
                lines=3,
                required=True,
            ),
        ),
        Text(
            "trafficked_needs",
            "Needs that follow, the referral made, and who guards against being found",
            lines=3,
            when=Is("trafficked", "yes"),
            required=True,
            professional=True,
        ),
    ),
)

_OUT = AnyOf("in_area", ("adjoining", "distance"))
PLACEMENT = Section(
    "placement",
    "Where the child lives now, and why there",
    guidance="A placement is the best one available if it keeps the child near home and school, with "
    "brothers and sisters, and suits their needs. Where it does not, say why.",
    fields=(
        *pairs(
            Text("placement_type", "Kind of placement", prefill="child.placement_type", required=True),
            Date("placement_since", "Since", prefill="child.placement_since", past=True),
            Text("carers", "Carers or home", prefill="child.carers", required=True),
            Number("home_miles", "Miles from home", unit="miles", high=999, places=1, report=True),
        ),
        Text("why_placement", "Why this placement", lines=3, required=True),
        Text(
            "why_not_family",
            "Why not with parents, relatives or friends",
            lines=2,
            help="“They are the carers” where they are",
            required=True,
        ),
        *pairs(
            Choice("near_home", "Near home", options=lists.YES_PARTLY_NO, required=True),
            Choice(
                "same_school", "School or training not disturbed", options=lists.YES_PARTLY_NO, required=True
            ),
            Choice("with_siblings", "With brothers and sisters", options=lists.YES_NO_NONE, required=True),
            Choice("suits_disability", "Suits a disability", options=lists.YES_NO_NONE, required=True),
            Choice("in_area", "Whose area", options=lists.OUT_OF_AREA, required=True, report=True),
        ),
        Text(
            "placement_short_of", "Where it falls short, why it was chosen and what makes up for it", lines=2
        ),
        *only_if(
            _OUT,
            *pairs(
                Text("approved_by", "Approved by (nominated officer or director)", required=True),
                Date("approved_on", "Approved on", past=True, required=True),
                Date("area_told_on", "Council of that area told on", past=True),
            ),
        ),
        *pairs(
            Date("placement_plan_on", "Placement plan signed on", past=True),
            Choice("stays_to_18", "Meant to last to 18", options=YES_NO, report=True),
        ),
        Text("placement_if_not", "If this placement cannot go on", lines=2, required=True),
    ),
    plain="Where I live",
)

VIEWS = Section(
    "views",
    "What parents and others think",
    guidance="Each parent apart, the absent one too; then others with parental responsibility, the carer, "
    "and whoever the child wants asked.",
    fields=(
        Rows(
            "others_views",
            "Each person",
            fields=(
                Text("name", "Name", required=True, half=True),
                Text("role", "Role or relationship", required=True, half=True),
                Choice("agrees", "With this plan", options=lists.AGREES, required=True, half=True),
                Date("on", "Asked on", past=True, half=True),
                Text(
                    "view",
                    "What they say",
                    lines=2,
                    when=AnyOf("agrees", ("yes", "partly", "no")),
                    required=True,
                ),
                Text(
                    "why_not",
                    "Why not, and what was tried",
                    when=Is("agrees", "not_asked"),
                    required=True,
                    professional=True,
                ),
            ),
            row="view",
            at_least=1,
            fresh=True,
        ),
        Choices(
            "parents_helped",
            "So that parents could take part, there was",
            options=(
                ("letter", "A letter in plain words"),
                ("meeting", "A meeting with them"),
                ("interpreter", "An interpreter"),
                ("advocate", "An advocate or solicitor"),
                ("travel", "Help with travel"),
            ),
        ),
        Text(
            "disagreement",
            "Where people see it differently, and what follows",
            lines=2,
            when=Filled("others_views"),
            fresh=True,
        ),
    ),
)
