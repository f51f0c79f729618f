"""The early help assessment (EHA): one child, with brothers and sisters in rows of their own."""

from dataclasses import replace

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Date,
    Field,
    Filled,
    Form,
    Is,
    NotBefore,
    Number,
    Options,
    Rows,
    Score,
    Section,
    Signatures,
    Text,
)

_YES_NO_UNKNOWN: Options = (*YES_NO, ("unknown", "Not known"))
_AGREE: Options = (("agree", "Agrees"), ("partly", "Agrees in part"), ("disagree", "Disagrees"))
_LEVELS: Options = (
    ("1", "Level 1: universal – needs met by family and everyday services"),
    ("2", "Level 2: additional – a need that one or a few services can meet"),
    ("3", "Level 3: targeted – several needs, a team around the family"),
    ("4", "Level 4: specialist – children's social care or another statutory service"),
)
_SEXES: Options = (("F", "Female"), ("M", "Male"), ("U", "Not known, or not born yet"))
_ETHNICITIES: Options = (  # the codes of the national returns
    ("WBRI", "White British"),
    ("WIRI", "White Irish"),
    ("WIRT", "Traveller of Irish heritage"),
    ("WROM", "Gypsy or Roma"),
    ("WOTH", "Any other White background"),
    ("MWBC", "White and Black Caribbean"),
    ("MWBA", "White and Black African"),
    ("MWAS", "White and Asian"),
    ("MOTH", "Any other mixed background"),
    ("AIND", "Indian"),
    ("APKN", "Pakistani"),
    ("ABAN", "Bangladeshi"),
    ("AOTH", "Any other Asian background"),
    ("BCRB", "Caribbean"),
    ("BAFR", "African"),
    ("BOTH", "Any other Black background"),
    ("CHNE", "Chinese"),
    ("OOTH", "Any other ethnic group"),
    ("REFU", "Preferred not to say"),
    ("NOBT", "Not yet known"),
)
_SEN: Options = (("N", "None"), ("K", "SEN support"), ("E", "Education, health and care (EHC) plan"))
_DISABILITIES: Options = (
    ("NONE", "None"),
    ("MOB", "Mobility"),
    ("HAND", "Hand function"),
    ("PC", "Personal care"),
    ("INC", "Incontinence"),
    ("COMM", "Communication"),
    ("LD", "Learning"),
    ("HEAR", "Hearing"),
    ("VIS", "Vision"),
    ("BEH", "Behaviour"),
    ("CON", "Consciousness"),
    ("AUT", "Autism"),
    ("DDA", "Another disability"),
)
_STAGES: Options = (
    ("first", "First assessment"),
    ("review", "Review of an assessment"),
    ("again", "New assessment after twelve months or a large change"),
)
_ROUTES: Options = (
    ("own_concern", "Our own concern"),
    ("self_request", "The family asked"),
    ("panel", "Early Help Panel"),
    ("step_down", "Step down from children's social care"),
    ("other_agency", "Another agency asked"),
)
_EARLIER: Options = (
    ("none", "No earlier assessment found"),
    ("closed", "An earlier assessment, now closed"),
    ("open", "An assessment already open"),
)
_AGENCIES: Options = (
    ("childrens_centre", "Children's centre or family hub"),
    ("nursery", "Nursery or early years"),
    ("primary", "Primary school"),
    ("secondary", "Secondary school"),
    ("special_school", "Special school or pupil referral unit"),
    ("college", "College"),
    ("school_nursing", "School nursing"),
    ("health_visiting", "Health visiting"),
    ("midwifery", "Midwifery"),
    ("gp", "GP or primary care"),
    ("camhs", "Child and adolescent mental health service"),
    ("youth_service", "Youth service"),
    ("youth_justice", "Youth justice"),
    ("housing", "Housing"),
    ("police", "Police"),
    ("adult_services", "Adult services"),
    ("voluntary", "Voluntary sector"),
    ("family_support", "Council family support"),
    ("send", "SEND team"),
    ("social_care", "Children's social care"),
    ("other", "Other"),
)
_REASONS: Options = (
    ("attendance", "School attendance or exclusion"),
    ("learning", "Learning or special educational needs"),
    ("speech", "Speech and language"),
    ("anxiety", "Emotional health or anxiety"),
    ("low_mood", "Low mood or depression"),
    ("self_harm", "Self-harm"),
    ("behaviour_home", "Behaviour at home"),
    ("behaviour_school", "Behaviour at school"),
    ("parenting", "Parenting support"),
    ("parent_mental_health", "A parent's mental health"),
    ("parent_substances", "A parent's use of drugs or alcohol"),
    ("child_substances", "The child's use of drugs or alcohol"),
    ("domestic_abuse", "Domestic abuse"),
    ("parental_conflict", "Conflict between parents"),
    ("family_breakdown", "Family breakdown"),
    ("housing", "Housing"),
    ("debt", "Debt or low income"),
    ("work", "Out of work, or not in education or training"),
    ("young_carer", "Young carer"),
    ("health", "Physical health or disability"),
    ("neglect", "Early signs of neglect"),
    ("exploitation", "Risk of exploitation"),
    ("missing", "Going missing"),
    ("offending", "Offending or anti-social behaviour"),
    ("bullying", "Bullying"),
    ("bereavement", "Bereavement"),
    ("pregnancy", "Pregnancy or young parent"),
    ("immigration", "Immigration or no recourse to public funds"),
    ("isolation", "Isolation"),
    ("other", "Other"),
)
_CAPACITIES: Options = (
    ("parent_pr", "Parent with parental responsibility"),
    ("carer", "Carer without parental responsibility"),
    ("child", "Child, in their own right"),
    ("young_person", "Young person of 16 or over"),
    ("adult", "Another adult in the household"),
    ("authority", "Local authority with parental responsibility"),
)
_MOMENTS: Options = (
    ("start", "At the start of the assessment"),
    ("sharing", "At the end, before it is shared"),
    ("review", "At a review"),
    ("between", "At another time"),
)
_PURPOSES: Options = (
    ("start", "Start an early help assessment"),
    ("store", "Keep the record in this system"),
    ("share", "Share it with named agencies"),
    ("panel", "Share it with the Early Help Panel"),
    ("families", "Check eligibility for Supporting Families"),
    ("outcomes", "Use a wheel or other outcomes tool"),
    ("research", "Use it, without names, for research or statistics"),
)
_CONSENTS: Options = (
    ("given", "Given"),
    ("limits", "Given with limits"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
    ("not_sought", "Not sought, because asking would be unsafe"),
    ("lapsed", "Lapsed"),
)
_HOW_AGREED: Options = (
    ("paper", "Signed on paper"),
    ("screen", "Signed on screen"),
    ("verbal", "Spoken, with a witness"),
    ("email", "E-mail"),
)
_METHODS: Options = (
    ("talk", "Talking"),
    ("play", "Play"),
    ("drawing", "Drawing"),
    ("photos", "Photographs"),
    ("observation", "Observation"),
    ("outcomes", "Wheel or other outcomes tool"),
    ("houses", "Three houses"),
    ("text", "Text messages"),
    ("advocate", "Advocate"),
    ("interpreter", "Interpreter or signer"),
)
_HEARD: Options = (
    ("heard", "Yes, in words or in their own way"),
    ("observed", "Observed, because they do not use words yet"),
    ("unborn", "Not born yet"),
    ("not_seen", "No"),
)
_DISABLED = AnyOf("disability", tuple(code for code, _ in _DISABILITIES if code != "NONE"))
_HEARD_IT = Is("voice", "heard")
_SEEN = AnyOf("voice", ("heard", "observed"))
_NOT_SEEN = AnyOf("voice", ("unborn", "not_seen"))
_CARES = Is("relies_on_child", "yes")
_TOOK_PART = AnyOf("how", ("met", "phone", "written"))
_DECISIONS: Options = (
    ("D1", "No further action: needs are met"),
    ("D2", "Support from one agency"),
    ("D3", "Plan with several agencies and a team around the family"),
    ("D4", "Refer to the Early Help Panel"),
    ("D5", "Targeted family support or a Supporting Families key worker"),
    ("D6", "Step up: refer to children's social care"),
    ("D7", "Step up: act at once to keep a child safe"),
    ("D8", "The family declined after the assessment"),
    ("D9", "Transfer to another area"),
)
_HELPED_HERE = AnyOf("decision", ("D2", "D3", "D4", "D5"))
_STEPPED_UP = AnyOf("decision", ("D6", "D7"))

# The assessment triangle: key, title as read, what to think about

_CHILD = (
    ("health", "Health", "Growth, checks, dentist, sleep, food, speech, any illness or treatment"),
    ("education", "Education", "Attendance, learning, play, progress, hopes for later"),
    ("emotions", "Emotional and behavioural development", "Feelings, worries, behaviour, coping"),
    ("identity", "Identity", "Sense of self, confidence, culture, faith, language, belonging"),
    ("relationships", "Family and social relationships", "Closest people, friends, brothers and sisters"),
    ("presentation", "Social presentation", "How the child comes across: dress, cleanliness, manners"),
    ("self_care", "Self-care skills", "Dressing, eating, travelling, doing things alone for their age"),
)
_PARENTING = (
    ("basic_care", "Basic care", "Food, warmth, clothes, hygiene, doctor and dentist"),
    ("safety", "Ensuring safety", "Safety at home, outside and online; who looks after the child"),
    ("warmth", "Emotional warmth", "Comfort, praise, affection, time together"),
    ("stimulation", "Stimulation", "Talking, playing, reading, getting to school"),
    ("boundaries", "Guidance and boundaries", "Rules, routines, how upsets are handled"),
    ("stability", "Stability", "Who stays in the child's life; moves, separations, changes"),
)
_FAMILY = (
    ("history", "Family history and functioning", "Who is in the family, losses, health, how parents get on"),
    ("wider_family", "Wider family", "Grandparents and others: who helps, who does not"),
    ("housing", "Housing", "Space, condition, security, neighbours"),
    ("employment", "Employment", "Who works, hours, what it means for the child"),
    ("income", "Income", "Money coming in, debts, benefits, going without"),
    ("integration", "Family's social integration", "Friends, faith, neighbours, isolation, discrimination"),
    ("community", "Community resources", "School, health, transport, clubs: near, open, welcoming"),
)
_DIMENSIONS = (*_CHILD, *_PARENTING, *_FAMILY)
_KNOWN: Options = (
    ("described", "Something to say"),
    ("nothing", "Nothing to report"),
    ("not_known", "Not known"),
    ("not_applicable", "Does not apply"),
)


def _anew(*fields: Field) -> tuple[Field, ...]:
    return tuple(replace(each, fresh=True) for each in fields)


def _dimension(key: str, title: str, hint: str) -> tuple[Field, ...]:
    described = Is(f"{key}_known", "described")
    return (
        Choice(f"{key}_known", title, help=hint, options=_KNOWN),
        Text(f"{key}_strengths", f"{title}: strengths", lines=3, when=described),
        Text(f"{key}_needs", f"{title}: needs", lines=3, when=described),
        Text(f"{key}_worries", f"{title}: risks or worries", lines=3, when=described),
        Text(
            f"{key}_evidence",
            f"{title}: how we know",
            lines=2,
            when=described,
            help="Who said or saw it, and when; anything that differs for a brother or sister",
        ),
    )


def _domain(key: str, title: str, dimensions: tuple[tuple[str, str, str], ...], guidance: str) -> Section:
    fields = tuple(each for dimension in dimensions for each in _dimension(*dimension))
    return Section(key, title, fields, guidance=guidance)


_START = Section(
    "start",
    "About this assessment",
    (
        Text("reference", "Reference", prefill="child.ref", half=True),
        Text("area", "Area or locality", half=True),
        Choice("stage", "What this is", options=_STAGES, report=True, fresh=True),
        Choice(
            "scope",
            "Who it covers",
            options=(("one", "This child only"), ("several", "This child and brothers or sisters")),
            required=True,
        ),
        Date("identified_on", "Need first noticed", past=True, half=True),
        Date(
            "opened_on",
            "Assessment started",
            past=True,
            half=True,
            required=True,
            prefill="today",
            report=True,
            fresh=True,
        ),
        Choice("route", "How it came about", options=_ROUTES, report=True, half=True),
        Choice(
            "level_at_start",
            "Level of need at the start",
            options=_LEVELS,
            report=True,
            half=True,
            fresh=True,
        ),
        Date("checked_on", "Looked for an earlier assessment on", past=True, half=True, fresh=True),
        Choice("checked", "What was found", options=_EARLIER, half=True, fresh=True),
        Text(
            "checked_detail",
            "Earlier assessment: reference, who holds it",
            when=AnyOf("checked", ("closed", "open")),
        ),
        Text("alerts", "Alerts on the record", lines=2, prefill="child.alerts", fresh=True),
    ),
    guidance="An assessment is voluntary. Agree with the family who it covers before you begin.",
)

_ABOUT_CHILD = Section(
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
        Choice("sex", "Sex", options=_SEXES, prefill="child.sex", half=True),
        Text("gender", "Gender, if the child uses another word", prefill="child.gender", half=True),
        Text("pronouns", "Pronouns", prefill="child.pronouns", half=True),
        Choice("ethnicity", "Ethnicity", options=_ETHNICITIES, prefill="child.ethnicity", half=True),
        Text("religion", "Religion or belief", prefill="child.religion", half=True),
        Text("first_language", "First language", prefill="child.first_language", half=True),
        Text("interpreter", "Interpreter or signer needed", prefill="child.interpreter", half=True),
        Text("nationality", "Nationality", prefill="child.nationality", half=True),
        Text("immigration", "Immigration or asylum status, where it matters for help", half=True),
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
        Text("upn", "Unique pupil number (UPN)", prefill="child.upn", half=True),
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
            "sen_status", "Special educational needs", options=_SEN, prefill="child.sen_status", half=True
        ),
        Choices("disability", "Disability", options=_DISABILITIES, prefill="child.disability"),
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
        ),
        Text("legal_status", "Legal status, if any", prefill="child.legal_status", half=True, fresh=True),
    ),
    guidance="The record fills in what it knows. Check it with the family and put right what has changed.",
)

_HOUSEHOLD = Section(
    "family",
    "Family and household",
    (
        Text("household", "Who lives at home", lines=3, prefill="child.household"),
        Rows(
            "family",
            "Family and household members",
            row="person",
            help="Both parents, wherever they live, and everyone in the home",
            fields=(
                Text("name", "Name", required=True),
                Date("born_on", "Date of birth", past=True, half=True),
                Text("relation", "Relationship to this child", required=True, half=True),
                Text("relation_others", "Relationship to the other children, if different"),
                Choice("lives_here", "Lives with the child?", options=YES_NO, half=True),
                Choice("responsibility", "Parental responsibility?", options=_YES_NO_UNKNOWN, half=True),
                Text("address", "Address", when=Is("lives_here", "no")),
                Text("phone", "Phone", half=True),
                Text("work", "Occupation or benefit", half=True),
                Choice("visit_risk", "Any risk to visiting workers?", options=YES_NO, half=True),
                Text("visit_risk_detail", "What the risk is", when=Is("visit_risk", "yes"), required=True),
            ),
        ),
        Text("others", "Other important people outside the home", lines=3),
        Choice(
            "removed", "Have other children been removed from these parents' care?", options=_YES_NO_UNKNOWN
        ),
        Text("removed_detail", "Who, when and where they are now", lines=3, when=Is("removed", "yes")),
        Text(
            "visits_note",
            "Anything to know before a visit",
            lines=2,
            help="Dogs and other pets, entry, parking, best times",
        ),
        Text("genogram", "Notes for the family tree", lines=3),
    ),
    guidance="Ask about fathers and other parents who live elsewhere. A parent with parental responsibility "
    "should take part unless that would be unsafe.",
)

_CARING = Section(
    "caring",
    "Caring for someone at home",
    (
        Choice(
            "relies_on_child",
            "Does anyone at home rely on this child for care?",
            options=_YES_NO_UNKNOWN,
            required=True,
            report=True,
        ),
        Date("carer_identified_on", "Noticed on", past=True, report=True, when=_CARES, half=True),
        Text("carer_identified_by", "Noticed by, and how", when=_CARES, half=True),
        Text("cared_for", "Who they care for, and how they are related", when=_CARES),
        Text("cared_for_condition", "Illness, disability or other reason", when=_CARES),
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
            "Young carer's assessment",
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
        Text("care_support", "Support given, and the adult's own assessment", lines=2, when=_CARES),
    ),
    guidance="Ask in every family. A young carer is anyone under 18 who cares for another person, unpaid.",
)

_SERVICES = Section(
    "services",
    "Services working with the family",
    (
        Text("professionals", "People already on the record", lines=3, prefill="child.professionals"),
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
                ),
                Choice("contributed", "Contributed to this assessment?", options=YES_NO, half=True),
                Choice("may_share", "Does the family agree to sharing with them?", options=YES_NO),
            ),
        ),
    ),
    guidance="Include services for adults in the family. Ask each what they know now, not last year.",
)

_ASSESSOR = Section(
    "assessor",
    "Who did this assessment",
    _anew(
        Text("assessor", "Name", required=True, prefill="author.name", half=True),
        Text("assessor_role", "Role", prefill="author.role", half=True),
        Text("organisation", "Organisation or team", prefill="author.team", half=True),
        Choice("agency", "Kind of agency", options=_AGENCIES, required=True, report=True, half=True),
        Text("assessor_contact", "Phone or e-mail", half=True),
        Text("assessor_manager", "Line manager", half=True),
        Rows(
            "visits",
            "Meetings and visits for this assessment",
            row="visit",
            fields=(
                Date("on", "Date", past=True, required=True, half=True),
                Text("place", "Place", half=True),
                Text("seen", "Who was seen"),
                Text("by", "Who went"),
            ),
        ),
        Choices(
            "sources",
            "Where the information comes from",
            options=(
                ("child", "The child"),
                ("parents", "Parents or carers"),
                ("family", "Wider family"),
                *_AGENCIES,
            ),
        ),
        Text("sources_note", "Reports read and people spoken to", lines=3),
    ),
)

_CONSENT = Section(
    "consent",
    "Consent",
    (
        Choice(
            "consent",
            "Consent to this assessment",
            options=tuple(each for each in _CONSENTS if each[0] != "lapsed"),
            required=True,
            report=True,
            fresh=True,
        ),
        Date(
            "consent_on",
            "Consent given on",
            past=True,
            required=True,
            event="early_help_consent",
            when=AnyOf("consent", ("given", "limits")),
            fresh=True,
        ),
        Text(
            "consent_because",
            "Why the assessment went ahead or stopped without consent",
            lines=3,
            required=True,
            when=AnyOf("consent", ("refused", "withdrawn", "not_sought")),
            fresh=True,
        ),
        Rows(
            "consents",
            "Each person's decision",
            row="decision",
            at_least=1,
            help="One for each person each time they are asked. Earlier ones stay: add the new decision.",
            fields=(
                Text("person", "Person", required=True, half=True),
                Choice("capacity", "Deciding as", options=_CAPACITIES, required=True, half=True),
                Choice("moment", "When they were asked", options=_MOMENTS, half=True),
                Choice("decision", "Decision", options=_CONSENTS, required=True, half=True),
                Choices("purposes", "Asked for", options=_PURPOSES, required=True),
                Text("allowed", "Agencies it may be shared with", lines=2),
                Text("refused", "Agencies it must not be shared with", lines=2),
                Choice(
                    "how",
                    "How they agreed",
                    options=_HOW_AGREED,
                    when=AnyOf("decision", ("given", "limits")),
                    required=True,
                    half=True,
                ),
                Text("witness", "Witness", when=Is("how", "verbal"), required=True, half=True),
                Date("on", "Date", past=True, required=True, half=True),
                Text("time", "Time", half=True),
                Text("recorded_by", "Recorded by", half=True),
                Choice(
                    "explained",
                    "Was it explained, with a leaflet or privacy notice?",
                    options=YES_NO,
                    half=True,
                ),
                Text(
                    "explained_how",
                    "What was explained, in which language, with which interpreter",
                    when=Is("explained", "yes"),
                ),
                Text(
                    "competence",
                    "Why we think they could decide for themselves",
                    lines=2,
                    when=AnyOf("capacity", ("child", "young_person")),
                    help="Understanding, age, weighing up; from 13 to 15 the Gillick test",
                ),
                Date("review_due", "Ask again by", help="Twelve months at most, and at each review"),
                Text(
                    "withdrawn_because",
                    "Why it was withdrawn, and any worry for safety",
                    lines=2,
                    when=Is("decision", "withdrawn"),
                    required=True,
                ),
                Text("withdrawn_told", "Who has been told", when=Is("decision", "withdrawn"), required=True),
                Choice(
                    "overridden",
                    "Was the decision overridden to keep somebody safe?",
                    options=YES_NO,
                    when=AnyOf("decision", ("refused", "limits", "withdrawn", "not_sought")),
                ),
                Text(
                    "override_because",
                    "Why, and what was shared with whom",
                    lines=2,
                    when=Is("overridden", "yes"),
                    required=True,
                ),
                Text("override_manager", "Manager who decided", when=Is("overridden", "yes"), required=True),
            ),
        ),
    ),
    guidance="Ask at the start, and again before the finished assessment is shared. A parent may agree to "
    "everyone but one agency. If a child may be at risk of significant harm, refer with or without consent.",
)

_REASON = Section(
    "reason",
    "Why this assessment, why now",
    (
        Choice("main_reason", "Main reason", options=_REASONS, required=True, report=True),
        Choices("reasons", "Other reasons", options=_REASONS, report=True),
        Text("led_to", "What led to it", lines=4, help="Who noticed what, and since when"),
        Text("tried", "What has been tried, and what helped", lines=3),
        Text("hopes", "What the family hope for", lines=3),
    ),
)

_DEVELOPMENT = _domain(
    "development",
    "The child's developmental needs",
    _CHILD,
    "For each heading say something, or say that there is nothing to report or that it is not known. "
    "Facts and where they come from; strengths as well as needs.",
)
_PARENTS_CARE = _domain(
    "parenting",
    "Parents and carers",
    _PARENTING,
    "Think of each parent and carer, and of those who live elsewhere. What is good enough deserves saying.",
)
_SURROUNDINGS = _domain(
    "surroundings",
    "Family and surroundings",
    _FAMILY,
    "What around the family helps or makes life harder for the child.",
)

_VOICE = Section(
    "voice",
    "The child's own view",
    _anew(
        Choice("voice", "Did the child take part?", options=_HEARD, required=True, report=True),
        Text(
            "voice_why_not",
            "Why not, and what will be done about it",
            lines=2,
            required=True,
            when=_NOT_SEEN,
            help="For an unborn baby: what is hoped for, and who speaks for the baby",
        ),
        Date("voice_on", "Date", past=True, required=True, when=_SEEN, half=True),
        Text("voice_place", "Place", when=_SEEN, half=True),
        Text("voice_present", "Who was there", when=_SEEN, half=True),
        Choice("seen_alone", "Seen alone?", options=YES_NO, when=_SEEN, half=True, report=True),
        Choice("seen_home", "Seen at home?", options=YES_NO, when=_SEEN, half=True),
        Choice("seen_bedroom", "Bedroom seen?", options=YES_NO, when=_SEEN, half=True),
        Choices("voice_methods", "How", options=_METHODS, when=_SEEN),
        Text("voice_understanding", "Age and understanding", lines=2, when=_SEEN),
        Text("observed", "What was seen", lines=4, required=True, when=Is("voice", "observed")),
        Text("words", "In the child's own words", lines=4, quote=True, required=True, when=_HEARD_IT),
        Text("my_day", "A day in my life", lines=4, quote=True, when=_HEARD_IT),
        Text("my_feelings", "How I feel", lines=2, quote=True, when=_HEARD_IT),
        Text("my_wishes", "What I wish for", lines=2, quote=True, when=_HEARD_IT),
        Text("my_worries", "What worries me", lines=2, quote=True, when=_HEARD_IT),
        Text("my_change", "What I want to change", lines=2, quote=True, when=_HEARD_IT),
        Text("my_helpers", "Who helps me", lines=2, quote=True, when=_HEARD_IT),
        Text("my_hope", "My best hope", lines=2, quote=True, when=_HEARD_IT),
        Text(
            "voice_meaning",
            "What we make of it",
            lines=3,
            when=_SEEN,
            help="The worker's own view, apart from the child's words",
        ),
        Text("voice_influence", "How it changed the plan", lines=3, when=_SEEN),
        Date("voice_told_on", "Told the child what came of it on", past=True, when=_SEEN),
    ),
    guidance="Write what the child said as they said it. Too young is no reason for a blank: "
    "say what you saw the child do.",
)

_SIBLINGS = Section(
    "siblings",
    "Brothers and sisters in this assessment",
    (
        Rows(
            "siblings",
            "Each other child",
            row="child",
            at_least=1,
            fields=(
                Text("name", "Name", required=True, half=True),
                Date("born_on", "Date of birth", past=True, half=True),
                Date("due_on", "Expected date of delivery, if unborn", half=True),
                Text("relation", "Relationship to the first child", half=True),
                Text("school", "School or setting, year group", half=True),
                Choice("ethnicity", "Ethnicity", options=_ETHNICITIES, half=True),
                Text("strengths", "Strengths", lines=3),
                Text("needs", "Needs", lines=3),
                Text("worries", "Risks or worries", lines=3),
                Choice("voice", "Did they take part?", options=_HEARD, required=True, half=True),
                Date("voice_on", "Date", past=True, when=_SEEN, half=True),
                Choice("seen_alone", "Seen alone?", options=YES_NO, when=_SEEN, half=True),
                Text("words", "In their own words", lines=3, quote=True, when=_HEARD_IT, required=True),
                Text("observed", "What was seen", lines=3, when=Is("voice", "observed"), required=True),
                Text(
                    "why_not",
                    "Why not, and what will be done about it",
                    lines=2,
                    when=_NOT_SEEN,
                    required=True,
                ),
                Text("influence", "How it changed the plan", lines=2),
                Text("meaning", "What all this means for this child", lines=3, required=True),
                Choice("level", "Level of need now", options=_LEVELS, required=True),
            ),
        ),
    ),
    guidance="Each child has a life of their own: say what it is like for every one of them.",
    when=Is("scope", "several"),
)

_PARENTS_VIEWS = Section(
    "parents_views",
    "Parents' and carers' views",
    _anew(
        Rows(
            "parents_views",
            "Each parent or carer",
            row="view",
            help="One for each parent, the absent one too, and for wider family who matter to the child",
            fields=(
                Text("name", "Name", required=True, half=True),
                Text("relation", "Relationship to the child", required=True, half=True),
                Choice(
                    "how",
                    "How they took part",
                    options=(
                        ("met", "In person"),
                        ("phone", "By phone or video"),
                        ("written", "In writing"),
                        ("not", "Not at all"),
                    ),
                    required=True,
                    half=True,
                ),
                Text("why_not", "Why not, and what was tried", when=Is("how", "not"), required=True),
                Text("going_well", "What they say is going well", lines=2, when=_TOOK_PART),
                Text("worries", "What they are worried about", lines=2, when=_TOOK_PART),
                Text("wants", "What they want to happen", lines=2, when=_TOOK_PART),
                Choice("agrees", "Do they agree with the worker?", options=_AGREE, half=True),
                Text(
                    "differs",
                    "Where they see it differently",
                    lines=2,
                    when=AnyOf("agrees", ("partly", "disagree")),
                    required=True,
                ),
            ),
        ),
        Text("parents_differ", "Where parents see it differently from each other", lines=2),
    ),
    guidance="Each parent apart, in their own words where you can.",
)

_SCALING = Section(
    "scaling",
    "How are things, from 0 to 10?",
    (
        Rows(
            "scaling",
            "Scores",
            row="score",
            help="Each parent, each child who can answer, and the worker. Earlier scores stay.",
            fields=(
                Text("respondent", "Who answered", required=True, half=True),
                Choice(
                    "respondent_role",
                    "As",
                    options=(
                        ("child", "Child"),
                        ("parent", "Parent or carer"),
                        ("worker", "Worker"),
                        ("agency", "Another agency"),
                    ),
                    required=True,
                    half=True,
                ),
                Text("subject", "About whom", required=True, half=True, help="A child's name, or the family"),
                Date("on", "Date", past=True, required=True, half=True),
                Score(
                    "score",
                    "Score",
                    required=True,
                    low_words="As bad as it could be",
                    high_words="As good as it could be, no help needed",
                ),
                Text("why_not_lower", "Why not lower", lines=2),
                Text("one_higher", "What one point higher would look like", lines=2),
            ),
        ),
    ),
    guidance="0 is as bad as it could be, 10 as good as it could be with no help needed. "
    "Scores of different people are shown side by side, never averaged. Leave out who did not answer.",
)

_ANALYSIS = Section(
    "analysis",
    "What it all means",
    _anew(
        Text("meaning", "What this means for the child's daily life", lines=6, required=True),
        Text("working_well", "What is working well", lines=3),
        Text("worries", "What we are worried about", lines=3),
        Text("complicating", "What makes it harder", lines=3),
        Text("protective", "What and who keeps the child safe and well", lines=3),
        Text("parents_impact", "How the parents' difficulties affect each child", lines=3),
        Text("if_nothing_changes", "What happens if nothing changes", lines=3),
        Choice("level", "This child's level of need now", options=_LEVELS, required=True, report=True),
        Text("level_because", "Why this level", lines=3, required=True),
        Text(
            "level_4_steps",
            "Level 4: who has been told, when, and what happens today",
            lines=3,
            required=True,
            when=Is("level", "4"),
        ),
        Choice(
            "family_level",
            "The family's level of need",
            options=_LEVELS,
            when=Is("scope", "several"),
            report=True,
            help="The highest of its children",
        ),
    ),
    guidance="So what? Do not repeat the facts: say what they add up to for this child, and why.",
)

_DECISION = Section(
    "decision",
    "Decision",
    (
        Choice("decision", "What was decided", options=_DECISIONS, required=True, report=True, fresh=True),
        Text("decision_because", "Why", lines=3, required=True, fresh=True),
        Date("decided_on", "Decided on", past=True, required=True, report=True, half=True, fresh=True),
        Text("decided_by", "Decided by", required=True, half=True, fresh=True),
        Date("family_told_on", "Family told on", past=True, half=True, fresh=True),
        Text(
            "decision_agency",
            "Agency that gives the support",
            when=Is("decision", "D2"),
            required=True,
            fresh=True,
        ),
        Choice(
            "panel_consent",
            "Does the family agree to be discussed at panel?",
            options=YES_NO,
            when=Is("decision", "D4"),
            required=True,
            fresh=True,
            help="Without it, the panel gives advice with no names",
        ),
        Text("referral_to", "Referred to", when=_STEPPED_UP, required=True, half=True, fresh=True),
        Date(
            "referral_on",
            "Referred on",
            when=_STEPPED_UP,
            past=True,
            required=True,
            report=True,
            half=True,
            fresh=True,
        ),
        Text(
            "referral_interim", "What keeps the child safe until then", lines=3, when=_STEPPED_UP, fresh=True
        ),
        Text(
            "transfer_to",
            "Area and worker that take over",
            when=Is("decision", "D9"),
            required=True,
            fresh=True,
        ),
        Text("lead", "Lead practitioner", when=_HELPED_HERE, required=True, half=True),
        Choice(
            "lead_agency",
            "Their kind of agency",
            options=_AGENCIES,
            when=_HELPED_HERE,
            report=True,
            half=True,
        ),
        Text("lead_contact", "Their phone or e-mail", when=_HELPED_HERE),
    ),
)

_PLAN = Section(
    "plan",
    "Plan",
    (
        Rows(
            "plan",
            "What we agreed",
            row="action",
            actions=True,
            fields=(
                Text("need", "Need", required=True, help="The need that this is about"),
                Choice(
                    "area",
                    "Heading of the assessment",
                    options=tuple((key, title) for key, title, _ in _DIMENSIONS),
                    half=True,
                ),
                Text("whom", "For whom", required=True, half=True, help="Names: “the family” is not enough"),
                Text(
                    "outcome",
                    "What will be different",
                    lines=2,
                    required=True,
                    help="For the child, in the family's words",
                ),
                Text("what", "What will be done", lines=2, required=True),
                Text("who", "Who does it", required=True, half=True, help="One person; a family member may"),
                Text("agency", "Their agency", half=True),
                Date("by", "By when", required=True, half=True),
                Choice(
                    "status",
                    "How far it is",
                    half=True,
                    options=(
                        ("not_started", "Not started"),
                        ("in_progress", "In progress"),
                        ("done", "Done"),
                        ("partly", "Partly done"),
                        ("not_done", "Not done"),
                        ("not_needed", "No longer needed"),
                    ),
                ),
                Text(
                    "measure", "How we will know", lines=2, help="Where it stands now, and where it should be"
                ),
                Choice(
                    "result",
                    "Was the outcome reached?",
                    half=True,
                    options=(
                        ("fully", "Fully"),
                        ("partly", "Partly"),
                        ("not", "Not"),
                        ("early", "Too early to say"),
                    ),
                ),
                Date("result_on", "Seen on", past=True, when=Filled("result"), half=True),
                Text("progress", "What has happened, and why a date moved", lines=2),
            ),
        ),
        Rows(
            "no_action",
            "Needs without an action",
            row="need",
            fields=(
                Text("need", "Need", required=True),
                Text("because", "No action because", lines=2, required=True),
            ),
        ),
        Text("if_worse", "What we do if things get worse", lines=3),
    ),
    guidance="Every need has an action or a reason why not. One action, one owner, one date; "
    "the family owns some of them.",
)

_REVIEW = Section(
    "review",
    "Review and copies",
    _anew(
        Date(
            "review_on",
            "Review meeting on",
            required=True,
            when=_HELPED_HERE,
            report=True,
            help="Within six weeks of the finished assessment",
        ),
        Text("review_place", "Where, and who is invited", when=_HELPED_HERE),
        Rows(
            "copies",
            "Copies given",
            row="copy",
            help="The family's own copy too",
            fields=(
                Text("to", "To whom", required=True, half=True),
                Text("agency", "Agency", half=True),
                Date("on", "On", past=True, required=True, half=True),
                Text("how", "How", half=True),
            ),
        ),
    ),
)

_SIGN_OFF = Section(
    "sign_off",
    "Comments and signatures",
    _anew(
        Text("child_comment", "The child's comment", lines=3, quote=True),
        Choice("child_agrees", "Does the child agree?", options=_AGREE, half=True),
        Choice("parents_agree", "Do the parents agree?", options=_AGREE, half=True, report=True),
        Text("parents_comment", "Parents' comments", lines=3),
        Text("manager", "Manager who read it", half=True),
        Date("manager_on", "Read on", past=True, half=True),
        Text("manager_comment", "Manager's comment", lines=3),
        Date(
            "completed_on",
            "Assessment completed on",
            past=True,
            required=True,
            report=True,
            event="early_help_assessment",
        ),
        Signatures("signatures", "Signatures"),
    ),
    guidance="Read it through with the family before anyone signs.",
)

EARLY_HELP = Form(
    "early-help",
    1,
    "early-help",
    "Early help assessment",
    short="EHA",
    source="Framework for the Assessment of Children in Need and their Families (2000); "
    "Common Assessment Framework form (2009–10); Working Together to Safeguard Children",
    dated_by="completed_on",
    sections=(
        _START,
        _ABOUT_CHILD,
        _HOUSEHOLD,
        _CARING,
        _SERVICES,
        _ASSESSOR,
        _CONSENT,
        _REASON,
        _DEVELOPMENT,
        _PARENTS_CARE,
        _SURROUNDINGS,
        _VOICE,
        _SIBLINGS,
        _PARENTS_VIEWS,
        _SCALING,
        _ANALYSIS,
        _DECISION,
        _PLAN,
        _REVIEW,
        _SIGN_OFF,
    ),
    rules=(
        NotBefore("opened_on", "identified_on", "The assessment cannot start before the need was noticed."),
        NotBefore("completed_on", "opened_on", "The assessment cannot be completed before it started."),
        NotBefore("decided_on", "opened_on", "The decision cannot come before the assessment started."),
        NotBefore("family_told_on", "decided_on", "The family cannot be told before the decision."),
        NotBefore("review_on", "completed_on", "The review cannot come before the assessment is completed."),
    ),
)
