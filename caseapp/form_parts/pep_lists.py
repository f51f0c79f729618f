"""The value lists of the Personal Education Plan: codes as the returns and schools use them."""

from caseapp.form import Options

# The plan itself

PEP_TYPES: Options = (
    ("initial", "First plan after coming into care"),
    ("review", "Termly review"),
    ("change", "Change of school or setting"),
    ("interim", "Interim plan in a school holiday"),
    ("extra", "Extra meeting"),
)
VARIANTS: Options = (
    ("early_years", "Early years"),
    ("school", "School"),
    ("special", "Special school or education otherwise than at school"),
    ("post_16", "Post-16"),
    ("not_in_education", "Not in education"),
)
IN_SETTING = ("early_years", "school", "special", "post_16")

# What a copy for the school leaves out: what it does not need in order to teach and keep safe
NOT_FOR_SCHOOL = (
    "nhs_number", "social_care_id", "placements_count", "permanence", "home_miles", "asylum", "immigration",
    "youth_justice", "youth_justice_note", "sdq_emotional", "sdq_conduct", "sdq_hyperactivity", "sdq_peer",
    "sdq_prosocial", "sdq_impact", "sdq_written", "sdq_band", "sdq_source", "sdq_earlier", "refused_note",
    "approval_by", "approval_on", "pathway_link",
)  # fmt: skip

# The child

SEX: Options = (("M", "Male"), ("F", "Female"), ("U", "Unknown"))
DISABILITY: Options = (
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
    ("AUT", "Autism, diagnosed"),
    ("DDA", "Other disability under the Equality Act"),
)
UPN_STATES: Options = (
    ("known", "Known"),
    ("UN1", "None yet: not of school age"),
    ("UN2", "None: never at a maintained school in England"),
    ("UN3", "None: educated outside England"),
    ("UN4", "Newly looked after, not yet known"),
    ("UN5", "Sources disagree"),
)

# Care, in the words of the SSDA903 return, so that what the record knows is understood

LEGAL_STATUS: Options = (
    ("V2", "Single period of accommodation under section 20"),
    ("C1", "Interim care order"),
    ("C2", "Full care order"),
    ("E1", "Placement order granted"),
    ("V3", "Agreed series of short-term breaks, individual episodes recorded"),
    ("V4", "Agreed series of short-term breaks, agreements recorded"),
    ("L1", "Under police protection in local authority accommodation"),
    ("L2", "Emergency protection order"),
    ("L3", "Under child assessment order in local authority accommodation"),
    ("J1", "Remanded to local authority accommodation or youth detention accommodation"),
    ("J2", "In local authority accommodation under the Police and Criminal Evidence Act"),
    ("J3", "Youth rehabilitation order with residence or intensive fostering requirement"),
)
PLACEMENT_TYPES: Options = (
    ("U1", "Foster placement with relative or friend, long term"),
    ("U2", "Foster placement with relative or friend who is also an approved adopter"),
    ("U3", "Foster placement with relative or friend, not long term and not fostering for adoption"),
    ("U4", "Foster placement with other carer, long term"),
    ("U5", "Foster placement with other carer who is also an approved adopter"),
    ("U6", "Foster placement with other carer, not long term and not fostering for adoption"),
    ("K1", "Secure children's home"),
    ("K2", "Children's home subject to the children's homes regulations"),
    ("K3", "Supported accommodation registered with Ofsted"),
    ("P1", "Placed with own parent(s) or other person(s) with parental responsibility"),
    ("P3", "Residential employment"),
    ("R1", "Residential care home"),
    ("R2", "NHS or other establishment giving medical or nursing care"),
    ("R3", "Family centre or mother and baby unit"),
    ("R5", "Young offender institution"),
    ("S1", "Residential school not dual registered as a children's home"),
    ("A3", "Placed for adoption with consent, with current foster carer(s)"),
    ("A4", "Placed for adoption with consent, not with current foster carer(s)"),
    ("A5", "Placed for adoption with placement order, with current foster carer(s)"),
    ("A6", "Placed for adoption with placement order, not with current foster carer(s)"),
    ("T0", "All types of temporary move"),
    ("T1", "Temporary: in hospital"),
    ("T2", "Temporary: on holiday"),
    ("T3", "Temporary: usual foster carer(s) on holiday"),
    ("T4", "Temporary: seven days or less, other reason"),
    ("Z11", "Other placement (Z11)"),
    ("Z12", "Other placement (Z12)"),
    ("Z13", "Other placement (Z13)"),
    ("Z14", "Other placement (Z14)"),
)
PERMANENCE: Options = (
    ("family", "Stay with birth family, supported"),
    ("return_month", "Return home within a month"),
    ("return_six", "Return home within six months"),
    ("return_later", "Return home eventually"),
    ("relatives", "Long term with relatives or friends"),
    ("foster", "Long-term foster care to 18"),
    ("residential", "Residential care until independence"),
    ("supported", "Supported living"),
    ("adoption", "Adoption"),
    ("guardian", "Special guardianship"),
    ("arrangements", "Child arrangements order"),
    ("other", "Other"),
)
SIGNERS: Options = (
    ("carer", "Carer"),
    ("worker", "Social worker"),
    ("manager", "Team manager"),
    ("parent", "Parent"),
    ("child", "The young person"),
)

# School

SETTING_TYPES: Options = (
    ("nursery", "Nursery, pre-school or childminder"),
    ("primary", "Mainstream primary"),
    ("secondary", "Mainstream secondary"),
    ("through", "All-through school"),
    ("special", "Special school"),
    ("independent", "Independent school"),
    ("independent_special", "Independent special school"),
    ("pru", "Pupil referral unit or alternative provision academy"),
    ("hospital", "Hospital school"),
    ("secure", "Education in secure accommodation or custody"),
    ("home", "Elective home education"),
    ("eotas", "Education otherwise than at school (EOTAS)"),
    ("fe", "Further education college"),
    ("sixth", "Sixth form"),
    ("training", "Training provider"),
    ("apprentice", "Apprenticeship employer"),
    ("university", "University"),
    ("none", "No provision"),
)
KEY_STAGES: Options = (
    ("EYFS", "Early years foundation stage"),
    ("KS1", "Key stage 1"),
    ("KS2", "Key stage 2"),
    ("KS3", "Key stage 3"),
    ("KS4", "Key stage 4"),
    ("KS5", "Post-16"),
)
SUSPENSION_REASONS: Options = (
    ("PP", "Physical assault on a pupil"),
    ("PA", "Physical assault on an adult"),
    ("VP", "Verbal abuse or threats to a pupil"),
    ("VA", "Verbal abuse or threats to an adult"),
    ("OW", "Weapon or prohibited item"),
    ("BU", "Bullying"),
    ("RA", "Racist abuse"),
    ("LG", "Abuse about sexual orientation or gender identity"),
    ("DS", "Abuse about disability"),
    ("SM", "Sexual misconduct"),
    ("DA", "Drugs or alcohol"),
    ("DM", "Damage"),
    ("TH", "Theft"),
    ("DB", "Persistent disruptive behaviour"),
    ("MT", "Misuse of social media or technology"),
    ("PH", "Breach of public-health measures"),
)
GOVERNORS: Options = (
    ("waiting", "Not met yet"),
    ("upheld", "Upheld the exclusion"),
    ("reinstated", "Reinstated the pupil"),
    ("review", "Gone to independent review"),
)
AGREED_BY: Options = (
    ("parent", "Parent"),
    ("carer", "Carer"),
    ("authority", "Local authority"),
    ("virtual", "Virtual school"),
)

# Special educational needs, health and wellbeing

SEN_STATUS: Options = (("N", "None"), ("K", "SEN support"), ("E", "Education, health and care plan"))
SEN_NEEDS: Options = (
    ("SPLD", "Specific learning difficulty"),
    ("MLD", "Moderate learning difficulty"),
    ("SLD", "Severe learning difficulty"),
    ("PMLD", "Profound and multiple learning difficulty"),
    ("SEMH", "Social, emotional and mental health"),
    ("SLCN", "Speech, language and communication"),
    ("HI", "Hearing impairment"),
    ("VI", "Vision impairment"),
    ("MSI", "Multi-sensory impairment"),
    ("PD", "Physical disability"),
    ("ASD", "Autistic spectrum disorder"),
    ("OTH", "Other"),
    ("NSA", "SEN support, no specialist assessment of need"),
)
EHCP_PARTS: Options = (("health", "Health sections"), ("care", "Care sections"))
SDQ_BY: Options = (("carer", "Parent or carer"), ("teacher", "Teacher"), ("self", "The young person"))
SDQ_BANDS: Options = (
    ("close", "Close to average"),
    ("raised", "Slightly raised"),
    ("high", "High"),
    ("very_high", "Very high"),
)
SDQ_NONE: Options = (
    ("SDQ1", "Under 4 or over 16"),
    ("SDQ2", "Carer did not wish to"),
    ("SDQ3", "Not possible because of severe disability"),
    ("SDQ5", "Child did not wish to"),
    ("SDQ4", "Another reason"),
)

# The child's voice

VOICE_METHODS: Options = (
    ("talk", "Face to face"),
    ("form", "Filled in a form"),
    ("app", "Through an app"),
    ("drawing", "Drawing"),
    ("symbols", "Symbols or signs"),
    ("advocate", "Through an advocate"),
    ("watched", "Observation of a child who does not use words"),
    ("refused", "Did not wish to share"),
)
COMES: Options = (
    ("all", "Yes, to all of it"),
    ("part", "Yes, to part of it"),
    ("no", "No"),
    ("unsure", "Not sure"),
)
PARTLY: Options = (("yes", "Yes"), ("partly", "Partly"), ("no", "No"))

# Attainment

FRAMEWORKS: Options = (
    ("eyfs", "Early years profile"),
    ("phonics", "Phonics check"),
    ("ks1", "Key stage 1 teacher assessment"),
    ("tables", "Multiplication tables check"),
    ("ks2", "Key stage 2 tests"),
    ("ks2_writing", "Key stage 2 teacher assessment"),
    ("engagement", "Pre-key-stage or engagement model"),
    ("school", "School's own assessment"),
    ("gcse", "GCSE"),
    ("vocational", "Vocational qualification"),
    ("entry", "Entry level"),
    ("functional", "Functional skills"),
    ("post16", "Post-16 qualification"),
    ("other", "Other"),
)
FIRST_SUBJECTS = ("Reading", "Writing", "Maths", "English", "Science")
EARLY_AREAS = (
    "Communication and language",
    "Personal, social and emotional development",
    "Physical development",
    "Literacy",
    "Understanding the world",
    "Expressive arts and design",
)
LATER_SUBJECTS = (
    "Art and design", "Business", "Computing", "Design and technology", "Drama", "Food", "French",
    "Geography", "Health and social care", "History", "Music", "Physical education", "Religious studies",
    "Spanish",
)  # fmt: skip
JUDGEMENTS: Options = (
    ("WB", "Well below expected"),
    ("B", "Below expected"),
    ("E", "At expected"),
    ("GD", "Above expected"),
    ("N", "Not assessed"),
)
PROGRESS: Options = (
    ("more", "More than expected"),
    ("expected", "As expected"),
    ("less", "Less than expected"),
    ("none", "No data"),
)
GCSE_COURSE: Options = (
    ("five", "Strong pass (5 or above) in both"),
    ("four", "Standard pass (4 or above) in both"),
    ("one", "Standard pass in one of them"),
    ("neither", "Neither yet"),
)

# Targets, actions and money

TARGET_KINDS: Options = (
    ("reading", "Reading"),
    ("writing", "Writing"),
    ("maths", "Maths"),
    ("subject", "Another subject"),
    ("attendance", "Attendance"),
    ("semh", "Social, emotional and mental health"),
    ("speech", "Speech and language"),
    ("independence", "Independence"),
    ("aspiration", "Aspiration"),
    ("enrichment", "Enrichment"),
    ("transition", "Transition"),
)
RAG: Options = (
    ("green", "Green: on track or achieved"),
    ("amber", "Amber: some progress, or at risk"),
    ("red", "Red: no progress, or overdue"),
)
OUTCOMES: Options = (
    ("achieved", "Achieved"),
    ("partly", "Partly achieved"),
    ("not", "Not achieved"),
    ("gone", "No longer relevant"),
)
STATUS: Options = (
    ("open", "Not started"),
    ("started", "Under way"),
    ("done", "Done"),
    ("dropped", "No longer needed"),
)
SPENDING_KINDS: Options = (
    ("tuition", "Tuition"),
    ("adult", "Teaching assistant or mentor"),
    ("therapy", "Therapy"),
    ("equipment", "Equipment"),
    ("enrichment", "Enrichment"),
    ("transport", "Transport"),
    ("training", "Training"),
    ("pooled", "Pooled"),
)
DECISIONS: Options = (
    ("waiting", "Not decided yet"),
    ("approved", "Approved"),
    ("part", "Approved in part"),
    ("declined", "Declined"),
    ("query", "Sent back with a question"),
)

# Change, documents and meeting

CHANGES: Options = (
    ("nursery", "Nursery to school"),
    ("ks1", "Key stage 1 to 2"),
    ("secondary", "Primary to secondary"),
    ("post16", "Key stage 4 to post-16"),
    ("adult", "To adulthood"),
    ("placement", "Change of placement"),
    ("home", "Return home"),
    ("adoption", "Adoption"),
    ("school", "Between schools"),
    ("custody", "Out of custody"),
)
DOCUMENTS: Options = (
    ("report", "School report"),
    ("ehcp", "Education, health and care plan"),
    ("risk", "Risk assessment"),
    ("iep", "Individual plan or provision map"),
    ("results", "Examination results"),
    ("photos", "Photographs of work"),
    ("other", "Other"),
)
ATTENDED: Options = (
    ("there", "In person"),
    ("online", "Online"),
    ("report", "Sent a report"),
    ("apologies", "Sent apologies"),
    ("absent", "Did not attend"),
    ("not_asked", "Not invited"),
)
CHILD_ATTENDED: Options = (
    ("all", "All of it"),
    ("part", "Part of it"),
    ("views", "Sent views instead"),
    ("chose_not", "Chose not to come"),
    ("not_asked", "Was not invited"),
)
RECEIVERS: Options = (
    ("child", "The child"),
    ("carer", "Carer"),
    ("parent", "Parent"),
    ("school", "School"),
    ("worker", "Social worker"),
    ("officer", "Independent reviewing officer"),
    ("virtual", "Virtual school"),
    ("next_school", "Next school"),
)
