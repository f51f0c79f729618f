"""The parts of the Personal Education Plan that only one kind of setting has."""

from caseapp.form import AnyOf, Choice, Choices, Date, Is, Money, Number, Rows, Section, Text
from caseapp.form_parts import pep_lists as lists
from caseapp.form_parts import pep_stage_lists as stages
from caseapp.form_parts.asking import anew, only_if, pairs
from caseapp.form_parts.pathway_lists import ACTIVITY

CHECKED = AnyOf("two_year_check", ("on_track", "some", "significant"))

EARLY_YEARS = Section(
    "early_years",
    "Early years",
    (
        *pairs(
            Text("key_person", "Key person", required=True, help="Who knows the child best in the setting"),
            Text("key_person_contact", "How to reach the key person"),
            Choices("funded_kind", "Which funded hours", options=stages.FUNDED),
            Number(
                "funded_hours", "Funded hours offered a week", unit="hours", high=60, places=1, required=True
            ),
            Number(
                "hours_taken",
                "Funded hours taken up a week",
                unit="hours",
                high=60,
                places=1,
                required=True,
                report=True,
            ),
            Text("hours_not_taken", "Why not all of them"),
        ),
        Choice(
            "two_year_check",
            "Progress check at two",
            options=stages.AGE_STAGE,
            required=True,
            report=True,
            half=True,
        ),
        *only_if(
            CHECKED,
            Date("two_year_on", "Checked on", past=True, half=True),
            Text("two_year_note", "What it said, and what was done", lines=3),
        ),
        *anew(
            Text("development", "What the child has learned to do since last time", lines=4, required=True)
        ),
        *pairs(
            Choice(
                "early_premium",
                "Early years pupil premium",
                options=stages.EARLY_PREMIUM,
                report=True,
                fresh=True,
            ),
            Text("early_premium_use", "What it is used for", fresh=True),
        ),
        Choice(
            "school_applied",
            "Has a school place been applied for?",
            options=stages.APPLIED,
            required=True,
            report=True,
            fresh=True,
            half=True,
            help="Applications for primary school close on 15 January",
        ),
        *only_if(
            AnyOf("school_applied", ("yes", "started")),
            *pairs(
                Date("school_applied_on", "Applied on", past=True),
                Text("school_choices", "Schools asked for"),
                Text("school_offered", "School offered"),
                Date("school_starts_on", "Starts school on"),
            ),
        ),
    ),
    guidance=(
        "Written with the key person. The areas of learning stand under “Progress”, one row each; two or "
        "three small steps are enough as targets."
    ),
    owner="Designated teacher",
    when=Is("variant", "early_years"),
    plain="My nursery",
)

SPECIAL = Section(
    "special",
    "Special school, or education otherwise than at school",
    (
        Text("curriculum", "The child's curriculum", lines=3),
        *anew(
            *(
                Text(f"engagement_{code}", label, lines=2)
                for code, label in (
                    ("exploration", "Engagement: exploration"),
                    ("realisation", "Engagement: realisation"),
                    ("anticipation", "Engagement: anticipation"),
                    ("persistence", "Engagement: persistence"),
                    ("initiation", "Engagement: initiation"),
                )
            ),
        ),
        Rows(
            "therapy_sessions",
            "Therapies in the week",
            row="therapy",
            fields=(
                Text("what", "Therapy", required=True),
                Text("who", "Who gives it"),
                Text("often", "How often, and how long"),
                Text("effect", "What it brings", lines=2),
            ),
        ),
        Text("communication", "How the child communicates", lines=2),
        Text("eotas", "Education otherwise than at school: what, where and who", lines=3),
    ),
    guidance=(
        "The five areas are those of the engagement model, for children who work below the standard of "
        "the national tests. The outcomes of the EHC plan stand under special educational needs."
    ),
    owner="Designated teacher",
    when=Is("variant", "special"),
    plain="My school week",
)

POST_16 = Section(
    "post_16",
    "Education, employment and training",
    (
        *pairs(
            Choice("eet", "What the young person does", options=ACTIVITY, required=True, report=True),
            Date("eet_since", "Since"),
        ),
        Rows(
            "courses",
            "Courses and qualifications",
            row="course",
            fields=(
                Text("title", "Course", required=True),
                Choice("level", "Level", options=stages.LEVELS, required=True),
                Text("provider", "Where"),
                Date("ends_on", "Ends on", required=True),
                Choice("state", "How it stands", options=stages.COURSE_STATES, required=True),
            ),
        ),
        *pairs(
            Choice("english_four", "English", options=stages.GRADE_FOUR, required=True, report=True),
            Choice("maths_four", "Maths", options=stages.GRADE_FOUR, required=True, report=True),
            Choice("ucas", "University application (UCAS)", options=stages.UCAS, report=True),
            Text("ucas_note", "Choices, deadline, who helps"),
        ),
        Text("apprenticeships", "Apprenticeships: applications and answers", lines=2),
        *pairs(
            Choice(
                "bursary_state",
                "16 to 19 bursary for vulnerable groups",
                options=stages.BURSARY,
                report=True,
                help="Up to £1,200 a year for young people in care and care leavers",
            ),
            Money("bursary_amount", "How much this year"),
        ),
        *anew(
            Choice(
                "neet_risk",
                "Risk of being without education, work or training",
                options=stages.NEET_RISK,
                required=True,
                report=True,
            ),
            Text("neet_help", "What is done about the risk", lines=2),
        ),
        *pairs(
            Text("adviser", "Personal adviser", prefill="child.personal_adviser"),
            Choice(
                "adviser_there", "Did the personal adviser take part?", options=lists.ATTENDED, fresh=True
            ),
            Date("pathway_on", "Pathway plan dated"),
            Text("pathway_link", "What of this goes into the pathway plan"),
        ),
    ),
    guidance="Until 18 this plan goes with the pathway plan: say it once and point from one to the other.",
    owner="Designated teacher",
    when=Is("variant", "post_16"),
    plain="College, work and training",
)

NOT_IN_EDUCATION = Section(
    "not_in_education",
    "Not in education",
    (
        *pairs(
            Date("last_in_education_on", "Last day in education", past=True, required=True, report=True),
            Choice("no_place", "Why there is no place", options=stages.NO_PLACE, required=True, report=True),
        ),
        Text("no_place_note", "What happened, and what the child says about it", lines=3),
        *anew(
            *pairs(
                Number(
                    "days_without",
                    "School days without a place",
                    high=1_000,
                    required=True,
                    report=True,
                    help="To the day of the meeting; a place is due within 20",
                ),
                Date("missing_on", "Reported as missing education", past=True),
                Number(
                    "tuition_hours",
                    "Hours of tuition a week meanwhile",
                    unit="hours",
                    high=60,
                    places=1,
                    required=True,
                    report=True,
                ),
                Text("tuition_by", "Who teaches, and where"),
            ),
        ),
        *pairs(
            Text("applied_school", "School or college applied for"),
            Date("applied_on", "Applied on", past=True),
            Choice("place_step", "Fair access or direction", options=stages.PLACE_STEPS),
            Date("place_step_on", "On", past=True),
            Date("place_offered_on", "Place offered on", past=True, report=True),
            Date("place_starts_on", "Place begins on"),
        ),
    ),
    guidance="The actions of this plan are about getting a full-time place, and about learning until then.",
    owner="Virtual school",
    when=Is("variant", "not_in_education"),
    plain="Getting me back into school",
)
