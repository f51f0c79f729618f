"""The lists that the pathway plan offers: the codes of the national return, and its checklists."""

from __future__ import annotations

from caseapp.form import Options

# The codes IN_TOUCH, ACTIV and ACCOM are those of the SSDA903 return, so that it is filled from signed plans.

IN_TOUCH: Options = (
    ("YES", "Yes, we are in touch"),
    ("NO", "No, we are not in touch"),
    ("REFU", "No, the young person refuses contact"),
    ("NREQ", "No, the service is no longer needed"),
    ("RHOM", "Went home to a parent for six months or more"),
    ("DIED", "Died after leaving care"),
)
ACTIVITY: Options = (
    ("F1", "Higher education, full time"),
    ("P1", "Higher education, part time"),
    ("F2", "School, college or other education, full time"),
    ("P2", "School, college or other education, part time"),
    ("F4", "Apprenticeship, full time"),
    ("P4", "Apprenticeship, part time"),
    ("F5", "Training or work (not an apprenticeship), full time"),
    ("P5", "Training or work (not an apprenticeship), part time"),
    ("G4", "Not in education, training or work: illness or disability"),
    ("G6", "Not in education, training or work: pregnancy or parenting"),
    ("G5", "Not in education, training or work: another reason"),
    ("0", "Not known: not in touch"),
)
IN_ACTIVITY = ("F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5")
NOT_IN_ACTIVITY = ("G4", "G5", "G6")
ACCOMMODATION: Options = (
    ("B", "With parents or relatives"),
    ("C", "Children's home, residential care or hospital"),
    ("D", "Semi-independent, or own place with specialist or floating support"),
    ("E", "Supported lodgings"),
    ("T", "Foyer or similar, with education or work attached (18 and over)"),
    ("U", "Living independently: own tenancy, hall of residence or flat share"),
    ("Z", "With former foster carers after 18 (staying put)"),
    ("K", "Ordinary lodgings, without formal support"),
    ("V", "Emergency: night shelter or direct-access hostel"),
    ("W", "Bed and breakfast"),
    ("S", "Homeless or no fixed abode (always not suitable)"),
    ("X", "In custody (always not suitable)"),
    ("Y", "Somewhere else"),
    ("G", "Gone abroad"),
    ("H", "Deported"),
    ("R", "Where they live is not known"),
    ("0", "Not known: not in touch"),
)
JUDGED = ("B", "C", "D", "E", "T", "U", "Z", "K", "V", "W", "S", "X", "Y")
SUITABILITY: Options = (("1", "Suitable"), ("2", "Not suitable"))

PLAN_TYPES: Options = (
    ("first", "First plan"),
    ("review", "Review"),
    ("unplanned", "Unplanned review"),
    ("s23CA", "Return to education or training (s23CA)"),
    ("s23CZB", "Support asked for at 21 to 24 (s23CZB)"),
    ("closing", "Closing plan"),
)
REVIEWS = ("review", "unplanned")
NOT_REVIEWS = ("first", "s23CA", "s23CZB", "closing")
GOING_ON = ("first", "review", "unplanned", "s23CA", "s23CZB")
UNPLANNED: Options = (  # Care Leavers (England) Regulations 2010, regulation 7
    ("asked", "I asked for it"),
    ("worker", "My personal adviser or the council thought it was needed"),
    ("moved", "28 days after I moved into a home that the council provides"),
    ("other", "Something else changed"),
)
CLOSINGS: Options = (
    ("aged_out", "My 25th birthday"),
    ("refused", "I refused contact for a year"),
    ("ended", "The support that I asked for at 21 to 24 has ended"),
    ("elsewhere", "Another council took over"),
    ("died", "Died"),
)
CATEGORIES: Options = (
    ("eligible", "Eligible: 16 or 17 and looked after"),
    ("relevant", "Relevant: 16 or 17 and no longer looked after"),
    ("former_relevant", "Former relevant: 18 to 24"),
    ("qualifying", "Qualifying"),
)
CARE_LEAVERS = ("relevant", "former_relevant", "qualifying")
WITH_ASSESSMENT = ("eligible", "relevant", "former_relevant")
TAKING_PART: Options = (
    ("attended", "Came to the meeting"),
    ("view", "Sent their view"),
    ("invited", "Invited, did not answer"),
)
TOOK_PART: Options = (
    ("meeting", "I came to the meeting"),
    ("call", "By phone or video"),
    ("before", "I worked on it with my worker beforehand"),
    ("written", "I wrote or recorded my views"),
    ("advocate", "My advocate spoke for me"),
    ("none", "I did not take part"),
)
FORMATS: Options = (
    ("paper", "On paper"),
    ("email", "By email or phone"),
    ("easy", "Easy read"),
    ("translated", "In another language"),
    ("audio", "Audio or braille"),
)
CONTACT_WAYS: Options = (
    ("visit", "Visit"),
    ("call", "Phone call"),
    ("text", "Text or messaging app"),
    ("email", "Email"),
    ("video", "Video call"),
    ("letter", "Letter"),
)
CONTACT_OFTEN: Options = (
    ("week", "Every week"),
    ("fortnight", "Every two weeks"),
    ("month", "Every month"),
    ("eight_weeks", "Every eight weeks"),
    ("quarter", "Every three months"),
    ("year", "Once a year"),
    ("asked", "When I ask"),
)
IMMIGRATION: Options = (
    ("none", "British or Irish: not subject to immigration control"),
    ("settled", "EU settled status or indefinite leave"),
    ("pre_settled", "EU pre-settled status"),
    ("refugee", "Refugee status or humanitarian protection"),
    ("limited", "Other limited leave to remain"),
    ("claim", "Asylum or other claim, waiting for a decision"),
    ("appeal", "Refused, appeal under way"),
    ("exhausted", "Appeal rights exhausted"),
    ("unclear", "Not clear: advice needed"),
)
LEAVE_EXPIRES = ("pre_settled", "refugee", "limited")
PARENTHOOD: Options = (
    ("no", "No"),
    ("expecting", "I am expecting a baby"),
    ("parent", "I am a parent"),
    ("parent_apart", "I am a parent and my child lives elsewhere"),
)
YOUTH_JUSTICE: Options = (
    ("none", "No involvement"),
    ("diversion", "Out-of-court resolution"),
    ("order", "Community order or referral order"),
    ("bail", "On bail or remand"),
    ("custody", "In custody"),
    ("licence", "On licence or supervision after release"),
)
AGREEMENT: Options = (
    ("all", "I agree with all of it"),
    ("most", "I agree with most of it"),
    ("some", "I agree with some of it"),
    ("none", "I do not agree with it"),
)
STATUSES: Options = (  # red, amber and green always with their words: many people cannot tell the colours
    ("new", "Not started"),
    ("green", "On track (green)"),
    ("amber", "Slipping (amber)"),
    ("red", "Stuck (red)"),
    ("done", "Done"),
    ("dropped", "No longer needed"),
)
TENANCIES: Options = (
    ("none", "None: family, foster or children's home"),
    ("licence", "Licence or lodger agreement"),
    ("assured", "Assured tenancy, private or housing association"),
    ("starter", "Introductory or starter tenancy"),
    ("secure", "Secure council tenancy"),
    ("student", "Student hall or student tenancy"),
    ("trust", "Held on trust for me until I am 18"),
    ("other", "Other"),
)
RISK: Options = (("low", "Low"), ("medium", "Medium"), ("high", "High"))
NEEDED: Options = (("yes", "Yes"), ("no", "Not yet"), ("na", "Not needed"))
CONSIDERED: Options = (("yes", "Yes"), ("considered", "Talked about"), ("no", "No"))
POINT: Options = (("yes", "Yes"), ("partly", "Partly"), ("no", "No"))

# Care Leavers (England) Regulations 2010, regulation 9 and Schedule 2.
SUITABILITY_POINTS: Options = (
    ("needs", "It fits my needs, such as health and disability"),
    ("facilities", "It has the facilities and services I need"),
    ("repair", "It is in good repair"),
    ("safety", "It is safe"),
    ("location", "It is in the right place"),
    ("support", "I get the support I need there"),
    ("tenancy", "My right to stay there is clear"),
    ("cost", "I can afford it"),
    ("landlord", "The landlord or provider has been checked and is fit"),
    ("work", "It works for my education, training or job"),
    ("views", "My wishes were asked and taken into account"),
    ("rights", "I understand my rights, my responsibilities and how it is paid for"),
)

BURSARIES: Options = (
    ("none", "None"),
    ("16_19", "16 to 19 bursary for vulnerable students"),
    ("apprentice", "Apprenticeship bursary for care leavers"),
    ("he", "Higher education bursary"),
    ("other", "Another grant"),
)
UNIVERSITY: Options = (
    ("no", "Not for me now"),
    ("thinking", "Thinking about it"),
    ("applied", "Applied"),
    ("offer", "I have an offer"),
    ("there", "I am there"),
)
UNIVERSITY_AHEAD = ("offer", "there")
PASSPORT_GIVEN: Options = (
    ("given", "Given"),
    ("due", "Not yet: due at 18"),
    ("late", "Not given, although 18 or over"),
    ("declined", "Offered, I did not want it"),
)
UP_TO_DATE: Options = (("yes", "Up to date"), ("no", "Some missing"), ("unknown", "Not known"))
MENTAL_HEALTH: Options = (
    ("none", "No service needed"),
    ("referred", "Referred, waiting"),
    ("open", "Seeing a service"),
    ("ended", "Service ended"),
    ("declined", "Offered, I did not want it"),
)
MEASURES: Options = (
    ("sdq", "Strengths and difficulties (SDQ), 0 to 40"),
    ("gad7", "Anxiety (GAD-7), 0 to 21"),
    ("phq9", "Mood (PHQ-9), 0 to 27"),
)
ADULT_CARE: Options = (
    ("na", "Not needed"),
    ("referred", "Referred"),
    ("assessed", "Transition assessment done"),
    ("service", "Support agreed"),
    ("refused", "Not eligible"),
)
CERTIFICATE: Options = (
    ("yes", "I have one"),
    ("applied", "Applied for"),
    ("no", "Not yet"),
    ("na", "Not needed: free anyway"),
)
CONSENT: Options = (
    ("yes", "Yes, may be shared with those in this plan"),
    ("some", "Only what I have said"),
    ("no", "No"),
)
SAVINGS: Options = (
    ("isa", "Junior ISA, held until I am 18"),
    ("trust", "Child Trust Fund"),
    ("own", "In my own hands now"),
    ("searching", "Being looked for"),
    ("none", "No savings"),
)
PAID_EVERY: Options = (("week", "A week"), ("fortnight", "Two weeks"), ("month", "A month"), ("once", "Once"))
BENEFIT_STATES: Options = (
    ("planned", "To claim"),
    ("claimed", "Claimed, waiting"),
    ("advance", "Claimed, advance paid"),
    ("paid", "In payment"),
    ("sanction", "Reduced or stopped"),
    ("refused", "Refused"),
)
DOCUMENT_STATES: Options = (
    ("have", "I have it"),
    ("applied", "Applied for"),
    ("no", "Not yet"),
    ("na", "Not needed"),
)
DOCUMENTS: Options = (
    ("passport", "Passport or travel document"),
    ("driving", "Driving licence (full or provisional)"),
    ("birth", "Birth certificate"),
    ("ni", "National Insurance letter"),
    ("visa", "Immigration status: eVisa or residence permit"),
    ("bus", "Bus pass or travel card"),
)
NATIONALITY_WORK: Options = (
    ("na", "Nothing to do"),
    ("advice", "Legal advice arranged"),
    ("euss", "EU settlement scheme application"),
    ("asylum", "Asylum claim or extension of leave"),
    ("citizenship", "Citizenship application"),
    ("done", "Settled: nothing more to do"),
)
LIFE_STORY: Options = (
    ("done", "Done"),
    ("under_way", "Under way"),
    ("wanted", "Wanted, not started"),
    ("not_now", "Not now"),
)
RELATIONSHIP_OFFER: Options = (
    ("yes", "Yes, in place"),
    ("wanted", "I would like this"),
    ("no", "Not for me"),
)
SEEN_EVERY: Options = (
    ("daily", "Most days"),
    ("weekly", "Every week"),
    ("monthly", "Every month"),
    ("seldom", "A few times a year"),
    ("none", "Not now"),
)
SEEN_HOW: Options = (
    ("meet", "We meet"),
    ("supervised", "We meet, with someone there"),
    ("call", "Calls"),
    ("messages", "Messages"),
    ("letters", "Letters or cards"),
)
SAFE: Options = (("yes", "Yes"), ("unsure", "Not sure"), ("no", "No"))

SKILL_LEVELS: Options = (("yes", "I can do this"), ("help", "I can with help"), ("no", "Not yet"))
# Several of these are worded after the Leaving Well checklist for care leavers (MIT licence).
SKILLS: Options = (
    ("cooking", "Cooking: I can make a few healthy meals"),
    ("shopping", "Shopping: I can plan it and keep to what I can spend"),
    ("cleaning", "Cleaning: I can keep a home clean"),
    ("laundry", "Laundry: I can wash, dry and look after clothes"),
    ("budgeting", "Budgeting: I feel confident managing my money"),
    ("bills", "Bills: I can set up and pay rent, energy and phone"),
    ("tenancy", "Tenancy: I know my rights and what is expected of me"),
    ("travel", "Travel: I can get to the places I need to"),
    ("home_safety", "Safety at home: fire, gas, locks, first aid"),
    ("online_safety", "Safety online: I know how to keep safe and private"),
    ("appointments", "Health: I can make and keep appointments"),
    ("emergency", "Emergencies: I know which numbers to call"),
    ("forms", "Forms: I can fill in forms, on paper and online"),
    ("post", "Post and email: I open it, answer it and keep it"),
    ("relationships", "Relationships: I can tell which ones are good for me"),
    ("self_care", "Looking after myself: sleep, food, washing, feelings"),
)

ENTITLEMENTS: Options = (
    ("pa", "Personal adviser to 25"),
    ("setting_up", "Setting-up-home allowance"),
    ("he_bursary", "Higher education bursary"),
    ("bursary_16_19", "16 to 19 bursary"),
    ("apprentice", "Apprenticeship bursary"),
    ("holidays", "Somewhere to live in the holidays"),
    ("council_tax", "Council tax relief"),
    ("staying_put", "Staying put"),
    ("staying_close", "Staying close"),
    ("priority", "Priority for housing and local connection"),
    ("prescriptions", "Free prescriptions, dental and eye care"),
    ("savings", "Savings: Junior ISA or Child Trust Fund"),
    ("documents", "Passport, birth certificate and driving licence costs"),
    ("celebrations", "Birthday and festival money"),
    ("leisure", "Leisure, travel and internet offers"),
)
