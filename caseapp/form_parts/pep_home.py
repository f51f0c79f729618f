"""The parts of the Personal Education Plan about the child, their care and their life outside lessons."""

from caseapp.form import (
    YES_NO,
    Choice,
    Choices,
    Computed,
    Date,
    Filled,
    Is,
    Number,
    Rows,
    Score,
    Section,
    Text,
)
from caseapp.form_parts import pep_lists as lists
from caseapp.form_parts.asking import anew, only_if, pairs
from caseapp.form_parts.shared_lists import ETHNICITIES

WITHHELD = Is("address_withheld", "yes")
SDQ_DONE = Is("sdq_done", "yes")

ABOUT = Section(
    "about",
    "About the child",
    (
        *anew(
            *pairs(
                Text("term", "Term", required=True, prefill="term.name", report=True),
                Text("academic_year", "School year", required=True, help="Such as 2026 to 2027"),
                Choice("pep_type", "Kind of plan", options=lists.PEP_TYPES, required=True, report=True),
            ),
        ),
        Choice(
            "variant",
            "Kind of setting",
            options=lists.VARIANTS,
            required=True,
            prefill="pep.variant",
            report=True,
            half=True,
            help="Decides which parts are asked; suggested from age, year group and school",
        ),
        Text("variant_because", "Why another than suggested", fresh=True, half=True, professional=True),
        Date(
            "opened_on",
            "Plan begun",
            event="pep_begun",
            past=True,
            prefill="today",
            fresh=True,
            half=True,
            help="A first plan is begun within 10 working days of coming into care",
        ),
        Date("due_on", "Meeting due by", fresh=True, half=True),
        *pairs(
            Text("name", "Legal name", required=True, prefill="child.name"),
            Text("known_as", "Known as", prefill="child.known_as"),
            Date("born_on", "Date of birth", past=True, required=True, prefill="child.born_on"),
            Choice("sex", "Sex", options=lists.SEX, prefill="child.sex"),
            Text("gender", "Gender identity", prefill="child.gender", help="Only if the child wants it here"),
            Text("pronouns", "Pronouns", prefill="child.pronouns"),
            Choice("ethnicity", "Ethnicity", options=ETHNICITIES, prefill="child.ethnicity"),
            Text("religion", "Religion", prefill="child.religion"),
            Text("first_language", "First language", prefill="child.first_language"),
            Choice("eal", "Is English an additional language?", options=YES_NO),
        ),
        Text("interpreter", "Interpreter needed", prefill="child.interpreter"),
        Choice("upn_state", "Unique pupil number", options=lists.UPN_STATES, required=True, half=True),
        Text(
            "upn",
            "The number (UPN)",
            when=Is("upn_state", "known"),
            required=True,
            prefill="child.upn",
            half=True,
        ),
        *pairs(
            Text("uln", "Unique learner number", prefill="child.uln", help="For those over 14"),
            Text("nhs_number", "NHS number", prefill="child.nhs_number"),
            Text("social_care_id", "Social care reference", prefill="child.ref"),
            Text("year_group", "Year group by age", required=True, prefill="child.year_group"),
            Choice(
                "key_stage", "Key stage", options=lists.KEY_STAGES, prefill="child.key_stage", report=True
            ),
            Text("actual_year_group", "Year group taught in, if different"),
        ),
        Text("actual_year_reason", "Why it is different", when=Filled("actual_year_group"), required=True),
    ),
    guidance="The record fills in what it knows. Check it with the child and correct what has changed.",
    owner="Social worker",
)

CARE = Section(
    "care",
    "Care and the people who matter",
    (
        *pairs(
            Choice(
                "legal_status",
                "Legal status",
                options=lists.LEGAL_STATUS,
                required=True,
                prefill="child.legal_status",
            ),
            Date(
                "looked_after_since",
                "Looked after since",
                past=True,
                required=True,
                prefill="child.looked_after_since",
            ),
            Number("placements_count", "Placements so far", high=200, prefill="child.placements_count"),
            Choice("permanence", "Permanence plan", options=lists.PERMANENCE),
            Choice(
                "placement_type",
                "Kind of placement",
                options=lists.PLACEMENT_TYPES,
                prefill="child.placement_type",
            ),
            Date("placement_since", "In this placement since", past=True, prefill="child.placement_since"),
        ),
        Choice(
            "address_withheld",
            "Must the address be withheld?",
            options=YES_NO,
            required=True,
            help="Printed copies then say “Withheld”",
        ),
        Text(
            "placement_address",
            "Placement address",
            lines=3,
            prefill="child.address",
            secret_when=WITHHELD,
        ),
        *pairs(
            Text("placement_postcode", "Postcode", prefill="child.postcode", secret_when=WITHHELD),
            Text("placement_authority", "Council of the placement", secret_when=WITHHELD),
            Number("home_miles", "Miles from home", high=1_000, secret_when=WITHHELD),
            Text("carers", "Carers", required=True, prefill="child.carers"),
            Text(
                "carer_contact", "How to reach the carers", secret_when=WITHHELD, help="Telephone and email"
            ),
        ),
        Text("parents", "Parents", prefill="child.parents"),
        Text("responsibility", "Who holds parental responsibility", lines=3, required=True),
        Text("may_collect", "Who may collect the child", lines=2, required=True),
        Text("may_have_reports", "Who may have school reports", lines=2, required=True),
        Choice("prohibited", "Is anyone not to have contact?", options=YES_NO, required=True),
        Text(
            "prohibition",
            "Who, and what the school must do",
            lines=3,
            when=Is("prohibited", "yes"),
            required=True,
        ),
        *pairs(
            Text("worker", "Social worker", required=True, prefill="child.worker"),
            Text("worker_contact", "Social worker's telephone and email", required=True),
            Text("manager", "Team manager", required=True),
            Text("manager_contact", "Team manager's telephone and email", required=True),
            Text("team", "Team", prefill="child.team"),
            Text("reviewing_officer", "Independent reviewing officer", prefill="child.reviewing_officer"),
            Choices("signs_trips", "Who signs for trips", options=lists.SIGNERS, required=True),
            Choices("signs_photos", "Who signs for photographs", options=lists.SIGNERS, required=True),
            Choices("signs_medical", "Who signs for medical treatment", options=lists.SIGNERS, required=True),
            Text("signing_note", "Anything else about consent"),
        ),
        Text("siblings", "Brothers and sisters", prefill="child.siblings", half=True),
        Text("siblings_schools", "Their schools", half=True),
        Choice("asylum", "Unaccompanied asylum-seeking child?", options=YES_NO, half=True),
        Text("immigration", "Immigration note", when=Is("asylum", "yes"), half=True, professional=True),
        Choice("youth_justice", "Is youth justice involved?", options=YES_NO, half=True),
        Text(
            "youth_justice_note",
            "What the school needs to know of it",
            when=Is("youth_justice", "yes"),
            half=True,
            professional=True,
        ),
        Text(
            "school_must_know",
            "Risks and safeguarding that the school must know",
            lines=4,
            help="What staff need to keep the child and others safe, and no more",
            professional=True,
        ),
        Text("transport", "How the child travels to school", lines=2),
        Rows(
            "agencies",
            "Others who help",
            row="agency",
            fields=(
                Text("name", "Name", required=True),
                Text("role", "Role"),
                Text("contact", "Contact"),
                Text("purpose", "What they do"),
                Date("ends_on", "Until"),
            ),
        ),
    ),
    guidance=(
        "The school needs to know whom to ring, who may collect the child and who signs. Leave out why the "
        "child is in care."
    ),
    owner="Social worker",
    plain="My home and the people who look after me",
)

HEALTH = Section(
    "health",
    "Health and wellbeing",
    (
        *pairs(
            Choices("disability", "Disability", options=lists.DISABILITY, prefill="child.disability"),
            Text("allergies", "Allergies"),
            Text("medical", "Medical conditions"),
            Text("medication", "Medication", help="What, when, and who gives it at school"),
        ),
        Text("appointments", "Dental and other appointments that affect attendance", lines=2),
        Text("trusted_adult", "Trusted adult in school", half=True),
        Text("therapy", "CAMHS or other therapy", half=True),
        Text("friendships", "Friendships", lines=2, fresh=True),
        Text("bullying", "Bullying", lines=2, fresh=True),
        Choice(
            "sdq_done",
            "Is there a Strengths and Difficulties Questionnaire from the last 12 months?",
            options=YES_NO,
            report=True,
        ),
        Choice(
            "sdq_none",
            "Why there is none",
            options=lists.SDQ_NONE,
            when=Is("sdq_done", "no"),
            required=True,
            report=True,
        ),
        *only_if(
            SDQ_DONE,
            *pairs(
                Date(
                    "sdq_on", "Date of the questionnaire", event="sdq", past=True, required=True, report=True
                ),
                Choice("sdq_by", "Filled in by", options=lists.SDQ_BY, required=True),
                Score("sdq_emotional", "Emotional symptoms", required=True),
                Score("sdq_conduct", "Conduct", required=True),
                Score("sdq_hyperactivity", "Hyperactivity", required=True),
                Score("sdq_peer", "Getting on with others", required=True),
                Score(
                    "sdq_prosocial",
                    "Kind and helpful behaviour",
                    required=True,
                    help="Not part of the total; here a high score is good",
                ),
                Score("sdq_impact", "Effect on daily life"),
                Number(
                    "sdq_written",
                    "Total as written on the questionnaire",
                    high=40,
                    help="To check the scores above; kind and helpful behaviour is not counted",
                ),
                Computed(
                    "sdq_total",
                    "Total difficulties, 0 to 40",
                    of="total",
                    needs=("sdq_emotional", "sdq_conduct", "sdq_hyperactivity", "sdq_peer"),
                    report=True,
                ),
                Choice(
                    "sdq_band",
                    "Band of the total",
                    options=lists.SDQ_BANDS,
                    help="Bands begin at 14, 17, 20 (carer); 12, 16, 19 (teacher); 15, 18, 20 (young person)",
                ),
                Text("sdq_source", "Where the score comes from"),
                Text("sdq_action", "What was done about it"),
            ),
            Text(
                "sdq_strategies",
                "What staff do to help",
                lines=3,
                help="Expected where the total is 17 or more, which the national return counts as a concern",
            ),
        ),
        Rows(
            "sdq_earlier",
            "Earlier questionnaires",
            row="questionnaire",
            fields=(
                Date("scored_on", "Date", past=True, required=True),
                Choice("filled_in_by", "Filled in by", options=lists.SDQ_BY),
                Score("total", "Total", high=40, required=True),
            ),
        ),
    ),
    guidance="What adults in school need to know to look after the child well.",
    owner="Social worker",
)

ENRICHMENT = Section(
    "enrichment",
    "Leisure and enrichment",
    (
        Text("clubs_in", "Clubs in school", lines=2),
        Text("clubs_out", "Clubs outside school", lines=2),
        *pairs(
            Text("sport", "Sport"),
            Text("music", "Music and arts"),
            Text("holiday", "Holiday activities"),
            Text("trips", "Trips taken up"),
        ),
        Text("achievements", "Achievements and awards", lines=3, fresh=True),
        Text("barriers", "What gets in the way", lines=2),
        *pairs(
            Choice("library", "Library card?", options=YES_NO),
            Choice("laptop", "Laptop or tablet to use?", options=YES_NO),
            Choice("internet", "Internet where the child lives?", options=YES_NO),
            Text("equipment", "Other equipment needed"),
        ),
    ),
    guidance="What the child does for joy, and what would make more of it possible.",
    owner="Carer",
)
