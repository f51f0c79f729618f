"""The lists that the forms of early help offer."""

from caseapp.form import YES_NO, Options

YES_NO_UNKNOWN: Options = (*YES_NO, ("unknown", "Not known"))
AGREE: Options = (("agree", "Agrees"), ("partly", "Agrees in part"), ("disagree", "Disagrees"))
LEVELS: Options = (
    ("1", "Level 1: universal – needs met by family and everyday services"),
    ("2", "Level 2: additional – a need that one or a few services can meet"),
    ("3", "Level 3: targeted – several needs, a team around the family"),
    ("4", "Level 4: specialist – children's social care or another statutory service"),
)
SEXES: Options = (("F", "Female"), ("M", "Male"), ("U", "Not known, or not born yet"))
SEN: Options = (("N", "None"), ("K", "SEN support"), ("E", "Education, health and care (EHC) plan"))
DISABILITIES: Options = (
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
STAGES: Options = (
    ("first", "First assessment"),
    ("review", "Review of an assessment"),
    ("again", "New assessment after twelve months or a large change"),
)
ROUTES: Options = (
    ("own_concern", "Our own concern"),
    ("self_request", "The family asked"),
    ("panel", "Early Help Panel"),
    ("step_down", "Step down from children's social care"),
    ("other_agency", "Another agency asked"),
)
EARLIER: Options = (
    ("none", "No earlier assessment found"),
    ("closed", "An earlier assessment, now closed"),
    ("open", "An assessment already open"),
)
AGENCIES: Options = (
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
INVITED: Options = (("family", "Family or friends"), *AGENCIES)
REASONS: Options = (
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
CAPACITIES: Options = (
    ("parent_pr", "Parent with parental responsibility"),
    ("carer", "Carer without parental responsibility"),
    ("child", "Child, in their own right"),
    ("young_person", "Young person of 16 or over"),
    ("adult", "Another adult in the household"),
    ("authority", "Local authority with parental responsibility"),
)
MOMENTS: Options = (
    ("start", "At the start of the assessment"),
    ("sharing", "At the end, before it is shared"),
    ("review", "At a review"),
    ("between", "At another time"),
)
PURPOSES: Options = (
    ("start", "Start an early help assessment"),
    ("store", "Keep the record in this system"),
    ("share", "Share it with named agencies"),
    ("panel", "Share it with the Early Help Panel"),
    ("families", "Check eligibility for Supporting Families"),
    ("outcomes", "Use a wheel or other outcomes tool"),
    ("research", "Use it, without names, for research or statistics"),
)
CONSENTS: Options = (
    ("given", "Given"),
    ("limits", "Given with limits"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
    ("not_sought", "Not sought, because asking would be unsafe"),
    ("lapsed", "Lapsed"),
)
HOW_AGREED: Options = (
    ("paper", "Signed on paper"),
    ("screen", "Signed on screen"),
    ("verbal", "Spoken, with a witness"),
    ("email", "E-mail"),
)
METHODS: Options = (
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
HEARD: Options = (
    ("heard", "Yes, in words or in their own way"),
    ("observed", "Observed, because they do not use words yet"),
    ("unborn", "Not born yet"),
    ("not_seen", "No"),
)
DECISIONS: Options = (
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
RATINGS: Options = (
    ("strength", "Strength"),
    ("good_enough", "Good enough"),
    ("some_need", "Some need"),
    ("high_need", "High need"),
)
ACTION_STATUSES: Options = (
    ("not_started", "Not started"),
    ("in_progress", "In progress"),
    ("done", "Done"),
    ("partly", "Partly done"),
    ("not_done", "Not done"),
    ("not_needed", "No longer needed"),
)
RESULTS: Options = (
    ("fully", "Fully"),
    ("partly", "Partly"),
    ("not", "Not"),
    ("early", "Too early to say"),
)
RESPONDENTS: Options = (
    ("child", "Child"),
    ("parent", "Parent or carer"),
    ("worker", "Worker"),
    ("agency", "Another agency"),
)
MEETINGS: Options = (
    ("first", "First meeting"),
    ("review", "Review meeting"),
    ("last", "Last meeting"),
)
VENUES: Options = (("room", "In person"), ("online", "Online"), ("both", "In person and online"))
INVITATIONS: Options = (
    ("spoken", "Spoken to"),
    ("phone", "By phone"),
    ("letter", "By letter"),
    ("email", "By e-mail or message"),
)
ATTENDANCES: Options = (
    ("came", "Came"),
    ("apologies", "Sent apologies"),
    ("report", "Sent a report instead"),
    ("absent", "Did not come"),
)
MEETING_DECISIONS: Options = (
    ("go_on", "Go on with the plan"),
    ("change_lead", "Go on, with another lead practitioner"),
    ("step_up", "Step up to children's social care"),
    ("step_down", "Step down to help from one agency"),
    ("close", "Close early help"),
)
STEP_UP_TRIGGERS: Options = (
    ("harm", "A child may be suffering, or likely to suffer, significant harm"),
    ("disclosure", "Something that a child or adult told us"),
    ("incident", "An incident"),
    ("no_progress", "No progress in spite of the plan"),
    ("more_needs", "Needs have grown beyond early help"),
    ("consent_ended", "Agreement ended and the worry remains"),
    ("family_asked", "The family asked"),
    ("other", "Something else"),
)
STEP_UP_RESULTS: Options = (
    ("waiting", "No answer yet"),
    ("accepted", "Accepted"),
    ("returned", "Returned to early help"),
    ("advice", "Advice given"),
)
STEP_DOWN_SOURCES: Options = (
    ("assessment", "Child and family assessment"),
    ("meeting", "Closing child in need meeting"),
)
CLOSURES: Options = (
    ("C01", "All needs are met and the plan reached its outcomes"),
    ("C02", "Most needs are met; one agency holds what is left"),
    ("C03", "Stepped up: child in need, or an assessment"),
    ("C04", "Stepped up: child protection"),
    ("C05", "Became looked after"),
    ("C06", "The family ended it, or withdrew their consent"),
    ("C07", "The family did not take part"),
    ("C08", "Moved out of the area; transferred"),
    ("C09", "Moved, and nobody knows where"),
    ("C10", "Reached the age limit, or moved to an adult service"),
    ("C11", "The child died"),
    ("C12", "Opened in error, or a duplicate"),
)
CLOSURE_COUNTS: dict[str, str] = {
    "C01": "positive",
    "C02": "positive",
    "C03": "escalation",
    "C04": "escalation",
    "C05": "escalation",
    "C06": "not_completed",
    "C07": "not_completed",
    "C08": "neutral",
    "C09": "neutral",
    "C10": "neutral",
    "C11": "neutral",
    "C12": "excluded",
}
"""What each reason for closing counts as in the measures."""

OUTCOMES: Options = (
    ("achieved", "Achieved"),
    ("partly", "Partly"),
    ("no_change", "No change"),
    ("worse", "Worse"),
    ("not_applicable", "Does not apply"),
)
CARER_FOUND: Options = (
    ("eha_question", "The question in the early help assessment"),
    ("school", "School or college"),
    ("adult_services", "Adult services"),
    ("health", "Health"),
    ("self", "The child or a parent asked"),
    ("voluntary", "Young carers' service or another charity"),
    ("other", "Another way"),
)
CARER_ASSESSED: Options = (
    ("offered", "Offered"),
    ("declined", "Offered and declined"),
    ("completed", "Completed"),
)
CARE_TASKS: Options = (
    ("household", "Cooking, cleaning and shopping"),
    ("personal", "Washing, dressing and toilet"),
    ("mobility", "Lifting, stairs and getting about"),
    ("medicine", "Medicines and treatment"),
    ("siblings", "Looking after brothers or sisters"),
    ("money", "Money, bills and forms"),
    ("interpreting", "Interpreting or signing"),
    ("emotional", "Comforting and watching over"),
    ("nights", "Nights"),
    ("other", "Something else"),
)
RELIANCE: Options = (
    ("little", "A little: others could do it"),
    ("partly", "Partly: some things would not get done"),
    ("mainly", "Mostly: the child holds things together"),
)
ADULT_ASSESSMENTS: Options = (
    ("asked", "Asked for"),
    ("under_way", "Under way"),
    ("completed", "Completed"),
    ("declined", "Declined by the adult"),
    ("none", "Not asked for yet"),
)
