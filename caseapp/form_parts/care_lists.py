"""The lists that the forms of care offer; where a table of the record keeps an answer, with its codes."""

from __future__ import annotations

from caseapp.codes import return_codes
from caseapp.form import YES_NO, Options

YES_PARTLY_NO: Options = (("yes", "Yes"), ("partly", "In part"), ("no", "No"))
YES_NO_NONE: Options = (*YES_NO, ("none", "Does not apply"))
HEARD: Options = (
    ("heard", "Yes, in words or in their own way"),
    ("observed", "Observed, because they do not use words yet"),
    ("not_heard", "No"),
)
METHODS: Options = (
    ("talk", "Talking"),
    ("play", "Play or drawing"),
    ("written", "Letter, booklet or app"),
    ("recording", "Recording or video"),
    ("symbols", "Signs or symbols"),
    ("advocate", "Through an advocate"),
    ("interpreter", "With an interpreter or signer"),
    ("observation", "Watching"),
)
ACTION_STATUSES: Options = (
    ("not_started", "Not started"),
    ("in_progress", "In progress"),
    ("done", "Done"),
    ("partly", "Partly done"),
    ("not_done", "Not done"),
    ("not_needed", "No longer needed"),
)
PARTICIPATION: Options = tuple(
    (code, f"{meaning} ({code})") for code, meaning in return_codes("REVIEW_CODE").items()
)
NOT_THERE = ("PN5", "PN6", "PN7")

PERMANENCE: Options = (
    ("birth_family", "Stay with the birth family, with support"),
    ("return_1_month", "Return home within one month"),
    ("return_6_months", "Return home within six months"),
    ("return_later", "Return home eventually"),
    ("relatives", "Long term with relatives or friends"),
    ("foster_to_18", "Long-term foster care to 18"),
    ("residential", "Residential care until independence"),
    ("supported_living", "Supported living"),
    ("adoption", "Adoption"),
    ("special_guardianship", "Special guardianship"),
    ("child_arrangements", "Child arrangements order"),
    ("other", "Another plan"),
)
SIBLINGS: Options = (
    ("together", "Together"),
    ("apart_for_now", "Apart for now; to live together"),
    ("apart", "Apart, as assessed to be right for each of them"),
    ("none", "No brothers or sisters in care"),
)
RESPONSIBILITY: Options = (
    ("parents", "Parents alone (section 20 or no order)"),
    ("shared", "Shared with the council (care order or interim care order)"),
    ("order", "Another order; see below"),
)
PLAN_REASONS: Options = (
    ("first", "First care plan"),
    ("review", "Brought up to date after a review"),
    ("change", "Changed for another reason"),
)
TIME_KINDS: Options = (
    ("direct", "Face to face"),
    ("supervised", "Face to face, supervised"),
    ("supported", "Face to face, supported"),
    ("letter", "Letters and cards"),
    ("phone", "Telephone"),
    ("video", "Video call"),
    ("refused", "None for now: refused"),
)
NOT_REFUSED = ("direct", "supervised", "supported", "letter", "phone", "video")
VISITOR: Options = (
    ("not_needed", "Not needed: parents are in touch"),
    ("appointed", "Appointed"),
    ("being_found", "Being found"),
    ("declined", "The child does not want one"),
)
OUT_OF_AREA: Options = (
    ("in_area", "In our area"),
    ("adjoining", "In an adjoining area"),
    ("distance", "At a distance (beyond adjoining areas)"),
)
AGREES: Options = (
    ("yes", "Agrees"),
    ("partly", "Agrees in part"),
    ("no", "Does not agree"),
    ("not_asked", "Could not be asked"),
)

DECIDERS: Options = (
    ("carer", "Carer"),
    ("worker", "Social worker"),
    ("manager", "Manager"),
    ("parent", "Parent"),
    ("child", "The young person"),
    ("none", "Does not arise"),
)
DECISIONS: Options = (  # short, so that two stand on a line of the carer's sheet
    ("haircut", "Haircut"),
    ("piercing", "Piercing or tattoo"),
    ("sleepover", "Sleepover"),
    ("sitter", "Babysitter"),
    ("contact_cover", "Cover for family time"),
    ("holiday", "Holiday in the UK"),
    ("holiday_abroad", "Holiday abroad"),
    ("passport", "Passport"),
    ("trip", "School day trip"),
    ("trip_nights", "School trip with nights"),
    ("trip_abroad", "School trip abroad"),
    ("school_forms", "School forms"),
    ("school_photos", "School photographs"),
    ("media", "Press and television"),
    ("social_media", "Social media"),
    ("phone", "Phone and games"),
    ("routine_health", "Doctor, dentist, optician"),
    ("vaccination", "Vaccination"),
    ("surgery", "Surgery or anaesthetic"),
    ("emergency", "Emergency treatment"),
    ("counselling", "Counselling"),
    ("clubs", "Clubs and sport"),
    ("job", "Part-time job"),
    ("worship", "Worship and diet"),
)
VISITS: Options = (  # the regular spans of regulation 28
    ("weekly", "Every week until the first review"),
    ("four_weeks", "At least every four weeks"),
    ("six_weeks", "At least every six weeks"),
    ("three_months", "At least every three months"),
    ("six_months", "At least every six months, as the child agreed"),
)
TOLD: Options = (
    ("child", "The child"),
    ("parent", "Parent or other person with parental responsibility"),
    ("gp", "GP"),
    ("school", "School or nursery"),
    ("nhs", "NHS (integrated care board)"),
    ("iro", "Reviewing officer"),
    ("carers_before", "Carers before this placement"),
    ("area_authority", "Council of the area"),
    ("health_team", "Health team for looked-after children"),
    ("other", "Somebody else"),
)

REVIEWS: Options = (
    ("first", "First"),
    ("second", "Second"),
    ("later", "Later one in the timetable"),
    ("extra", "Extra or early one"),
)
EARLY_REASONS: Options = (
    ("iro", "The reviewing officer asked"),
    ("unsafe", "A visit found the child not safe or not well cared for"),
    ("move", "A move, planned or made"),
    ("release", "Left a secure centre or a young offender institution"),
    ("leaving", "About to leave accommodation (section 20)"),
    ("disruption", "The placement broke down or may break down"),
    ("missing", "Missing again and again"),
    ("allegation", "An allegation"),
    ("court", "A change in court"),
    ("child", "The child asked"),
    ("family", "The family asked"),
    ("change", "Another significant change to the care plan"),
)
HELD_AS: Options = (
    ("meeting", "One meeting"),
    ("series", "Several meetings"),
    ("papers", "Without a meeting (long-term foster care over a year)"),
)
TAKING_PART: Options = (
    ("came", "Came"),
    ("online", "By phone or video"),
    ("report", "Sent a report or their views"),
    ("apologies", "Apologies"),
    ("absent", "Invited, did not answer"),
    ("not_invited", "Not invited"),
)
PERMANENCE_AGREED: Options = (
    ("yes", "Yes, agreed at or before this review"),
    ("not_yet", "Not yet; this is the first review"),
    ("late", "No, and this is the second review or a later one"),
)
CONCERN_LEVELS: Options = (
    ("informal", "Talked over with the worker"),
    ("worker", "Raised with the social worker"),
    ("manager", "Raised with the team manager"),
    ("head", "Raised with the head of service"),
    ("director", "Raised with the director"),
    ("cafcass", "Referred to Cafcass"),
)
ADVOCATE: Options = (
    ("accepted", "Offered and accepted"),
    ("declined", "Offered and declined"),
    ("not_offered", "Not offered"),
)
CLOSENESS: Options = (
    ("closest", "Closest to me"),
    ("friends", "Friends and people I like"),
    ("belong", "Where I belong: club, faith, team"),
    ("paid", "People paid to help me"),
)
FEEDS: Options = (
    ("care_plan", "Care plan"),
    ("review", "My next review"),
    ("pep", "Personal education plan"),
    ("pathway", "Pathway plan"),
    ("health", "Health plan"),
)
MISSING: Options = (("M", "Missing"), ("A", "Away without authorisation"))
ACCEPTED: Options = (("yes", "Yes"), ("no", "No"), ("na", "Too young, or could not be asked"))
GONE_REASONS: Options = (
    ("friends", "To be with friends"),
    ("family", "To see family"),
    ("partner", "To see a boyfriend or girlfriend"),
    ("argument", "After an argument"),
    ("unhappy_home", "Unhappy where they live"),
    ("unhappy_school", "Unhappy at school, or bullied"),
    ("rules", "Did not agree with a rule or a time to be home"),
    ("pressure", "Told or made to go by somebody"),
    ("substances", "Alcohol or drugs"),
    ("time", "Lost track of time, or could not get back"),
    ("other", "Something else"),
)
HARMS: Options = (
    ("none", "None told, seen or suspected"),
    ("hurt", "Hurt or threatened"),
    ("sexual", "Sexual harm or exploitation"),
    ("criminal", "Criminal exploitation, carrying or selling drugs"),
    ("substances", "Alcohol or drugs"),
    ("offence", "Suspected of an offence"),
    ("self_harm", "Self-harm"),
    ("sleeping_rough", "Sleeping rough, cold or hungry"),
    ("online", "Contact with strangers met online"),
    ("not_known", "Not known"),
)

ASSESSMENTS: Options = (("initial", "Initial assessment"), ("review", "Review assessment"))
HEALTH_OUTCOMES: Options = (
    ("done", "Yes"),
    ("refused", "No: the young person refused"),
    ("not_attended", "No: was not brought, or did not come"),
)
NOT_DONE = ("refused", "not_attended")
PROFESSIONS: Options = (
    ("doctor", "Doctor"),
    ("nurse", "Nurse for looked-after children"),
    ("health_visitor", "Health visitor"),
    ("school_nurse", "School nurse"),
    ("midwife", "Midwife"),
)
CONSENTS: Options = (
    ("child", "The young person, able to decide for themselves"),
    ("parent", "Parent or other person with parental responsibility"),
    ("authority", "The council, under an order"),
    ("delegated", "The carer, as delegated"),
)
ON_TRACK: Options = (
    ("on_track", "On track"),
    ("some", "Some concern"),
    ("significant", "Significant concern"),
)
SDQ_NONE: Options = tuple(return_codes("SDQ_REASON").items())
RECEIVED: Options = (
    ("not_needed", "Not needed"),
    ("received", "Received"),
    ("refused", "Offered and refused"),
    ("not_offered", "Not offered yet"),
)
