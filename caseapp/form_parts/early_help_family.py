"""The parts of the early help assessment about the child, the household and who works with them."""

from caseapp.form import YES_NO, AnyOf, Choice, Choices, Date, Is, Number, Rows, Section, Text
from caseapp.form_parts import early_help_lists as lists
from caseapp.form_parts.shared_lists import ETHNICITIES

_DISABLED = AnyOf("disability", tuple(code for code, _ in lists.DISABILITIES if code != "NONE"))
_CARES = Is("relies_on_child", "yes")

ABOUT_CHILD = Section(
    "child",
    "The child",
    (
        Text(
            "name",
            "Full legal name",
            required=True,
            prefill="child.name",
            help="For an unborn baby: Unborn baby of, and the mother's name",
        ),
        Text("known_as", "Known as", prefill="child.known_as", half=True),
        Text("former_names", "Former names", prefill="child.former_names", half=True),
        Date("born_on", "Date of birth", prefill="child.born_on", past=True, half=True),
        Date("due_on", "Expected date of delivery, if unborn", prefill="child.due_on", half=True),
        Choice("sex", "Sex", options=lists.SEXES, prefill="child.sex", half=True),
        Text("gender", "Gender, if the child uses another word", prefill="child.gender", half=True),
        Text("pronouns", "Pronouns", prefill="child.pronouns", half=True),
        Choice("ethnicity", "Ethnicity", options=ETHNICITIES, prefill="child.ethnicity", half=True),
        Text("religion", "Religion or belief", prefill="child.religion", half=True),
        Text("first_language", "First language", prefill="child.first_language", half=True),
        Text("interpreter", "Interpreter or signer needed", prefill="child.interpreter", half=True),
        Text("nationality", "Nationality", prefill="child.nationality", half=True),
        Text(
            "immigration",
            "Immigration or asylum status, where it matters for help",
            half=True,
            professional=True,
        ),
        Choice(
            "address_private",
            "Keep the address off paper copies?",
            options=YES_NO,
            half=True,
            help="For example after domestic abuse",
        ),
        Text(
            "address", "Address", lines=2, prefill="child.address", secret_when=Is("address_private", "yes")
        ),
        Text(
            "postcode",
            "Postcode",
            prefill="child.postcode",
            half=True,
            secret_when=Is("address_private", "yes"),
        ),
        Text("nhs_number", "NHS number", prefill="child.nhs_number", half=True),
        Text("gp", "GP", prefill="child.gp", half=True),
        Text("upn", "Unique pupil number (UPN)", prefill="child.upn", half=True, professional=True),
        Text("school", "School or setting", prefill="child.school", half=True),
        Text("year_group", "Year group", prefill="child.year_group", half=True),
        Number(
            "attendance",
            "Attendance this school year",
            unit="%",
            high=100,
            places=1,
            half=True,
            report=True,
            fresh=True,
        ),
        Choice(
            "sen_status",
            "Special educational needs",
            options=lists.SEN,
            prefill="child.sen_status",
            half=True,
        ),
        Choices("disability", "Disability", options=lists.DISABILITIES, prefill="child.disability"),
        Text("disability_detail", "Disability: what it means day to day", lines=2, when=_DISABLED),
        Text(
            "access",
            "Communication and access needs",
            lines=2,
            help="What helps the child and family to take part",
        ),
        Text(
            "status",
            "Known to children's social care as",
            prefill="child.status",
            half=True,
            fresh=True,
            help="Child in need, child protection, looked after, or not known",
            plain="Help from the council now",
        ),
        Text("legal_status", "Legal status, if any", prefill="child.legal_status", half=True, fresh=True),
        Text("household", "Who lives with this child", lines=3, prefill="child.household"),
        Text(
            "professionals",
            "Professionals on this child's record",
            lines=3,
            prefill="child.professionals",
            plain="People who already help",
        ),
    ),
    guidance="The record fills in what it knows. Check it with the family and put right what has changed.",
)

HOUSEHOLD = Section(
    "family",
    "Family and household",
    (
        Rows(
            "family",
            "Family and household members",
            row="person",
            help="Both parents, wherever they live, and everyone in the home",
            fields=(
                Text("name", "Name", required=True),
                Date("born_on", "Date of birth", past=True, half=True),
                Text(
                    "relation",
                    "Relationship to each child",
                    required=True,
                    half=True,
                    help="For example: mother of both; father of the younger",
                ),
                Choice("lives_here", "Lives in this home?", options=YES_NO, half=True),
                Choice("responsibility", "Parental responsibility?", options=lists.YES_NO_UNKNOWN, half=True),
                Text("address", "Address", when=Is("lives_here", "no"), professional=True),
                Text("phone", "Phone", half=True, professional=True),
                Text("work", "Occupation or benefit", half=True, professional=True),
                Choice(
                    "visit_risk",
                    "Any risk to visiting workers?",
                    options=YES_NO,
                    half=True,
                    professional=True,
                ),
                Text(
                    "visit_risk_detail",
                    "What the risk is",
                    when=Is("visit_risk", "yes"),
                    required=True,
                    professional=True,
                ),
            ),
        ),
        Text("others", "Other important people outside the home", lines=3),
        Choice(
            "removed",
            "Have other children been removed from these parents' care?",
            options=lists.YES_NO_UNKNOWN,
            professional=True,
        ),
        Text(
            "removed_detail",
            "Who, when and where they are now",
            lines=3,
            when=Is("removed", "yes"),
            professional=True,
        ),
        Text(
            "visits_note",
            "Anything to know before a visit",
            lines=2,
            help="Dogs and other pets, entry, parking, best times",
            professional=True,
        ),
        Text("genogram", "Notes for the family tree", lines=3, professional=True),
    ),
    guidance="Ask about fathers and other parents who live elsewhere. A parent with parental responsibility "
    "should take part unless that would be unsafe.",
    shared=True,
    plain="Our family and home",
)

CARING = Section(
    "caring",
    "Caring for someone at home",
    (
        Choice(
            "relies_on_child",
            "Does anyone at home rely on this child for care?",
            options=lists.YES_NO_UNKNOWN,
            required=True,
            report=True,
        ),
        Date("carer_identified_on", "Noticed on", past=True, report=True, when=_CARES, half=True),
        Text("carer_identified_by", "Noticed by, and how", when=_CARES, half=True),
        Text("cared_for", "Who they care for, and how they are related", when=_CARES),
        Text("cared_for_condition", "Illness, disability or other reason", when=_CARES, professional=True),
        Text(
            "care_tasks",
            "What the child does",
            lines=3,
            when=_CARES,
            help="Practical and personal care, interpreting, money, younger children",
        ),
        Text("care_emotional", "Watching over, comforting or worrying", lines=2, when=_CARES),
        Number("care_hours", "Hours a week", unit="hours", high=168, when=_CARES, half=True),
        Choice(
            "care_assessment",
            "Young carer's needs assessment",
            options=(
                ("offered", "Offered"),
                ("declined", "Offered and declined"),
                ("completed", "Completed"),
                ("not_offered", "Not offered yet"),
            ),
            when=_CARES,
            required=True,
            report=True,
            half=True,
            plain="A talk about your needs as a young carer",
        ),
        Date(
            "care_assessment_on",
            "Offered, declined or completed on",
            past=True,
            when=_CARES,
            half=True,
        ),
        Text("care_effect", "What it does to school, health and free time", lines=3, when=_CARES),
        Text(
            "care_appropriate",
            "Is it right that this child gives this care? Which tasks are too much?",
            lines=3,
            when=_CARES,
        ),
        Text(
            "care_support",
            "Support given, and the adult's own assessment",
            lines=2,
            when=_CARES,
            plain="Help for you, and for the person you care for",
        ),
    ),
    guidance="Ask in every family. A young carer is anyone under 18 who cares for another person, unpaid.",
)

SERVICES = Section(
    "services",
    "Services working with the family",
    (
        Rows(
            "services",
            "Services",
            row="service",
            fields=(
                Text("agency", "Agency", required=True, half=True),
                Text("name", "Name", half=True),
                Text("role", "Role", half=True),
                Text("contact", "Phone or e-mail", half=True),
                Date("since", "Involved since", past=True, half=True),
                Text("often", "How often", half=True),
                Choice(
                    "reach",
                    "Kind of service",
                    options=(("universal", "For everyone"), ("targeted", "Targeted")),
                    half=True,
                    professional=True,
                ),
                Choice(
                    "contributed",
                    "Contributed to this assessment?",
                    options=YES_NO,
                    half=True,
                    plain="Did they tell us how things are?",
                ),
                Choice(
                    "may_share",
                    "Does the family agree to sharing with them?",
                    options=YES_NO,
                    plain="May we share this with them?",
                ),
                Text(
                    "told_us",
                    "What they told us",
                    lines=2,
                    professional=True,
                    help="Their words about the family stay off the family's copy",
                ),
            ),
        ),
    ),
    guidance="Include services for adults in the family. Ask each what they know now, not last year.",
    shared=True,
    plain="Who is helping already",
)
