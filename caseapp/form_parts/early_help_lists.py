"""The lists that the early help assessment offers."""

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
