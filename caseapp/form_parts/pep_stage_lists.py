"""The further lists of the Personal Education Plan: what differs by setting, agreement, grants."""

from caseapp.form import Options

# Early years

FUNDED: Options = (
    ("two", "15 hours for two-year-olds"),
    ("universal", "15 hours for three and four-year-olds"),
    ("working", "Hours for working parents, carers included"),
    ("other", "Other"),
)
AGE_STAGE: Options = (
    ("on_track", "On track"),
    ("some", "Some concern"),
    ("significant", "Significant concern"),
    ("not_due", "Not due yet"),
    ("not_done", "Not done"),
)
DONE: Options = (("done", "Done"), ("not_done", "Not done"), ("not_due", "Not due yet"))
GOALS: Options = (  # the early learning goals in the order of the profile
    ("listening", "Listening, attention and understanding"),
    ("speaking", "Speaking"),
    ("regulation", "Self-regulation"),
    ("managing", "Managing self"),
    ("relationships", "Building relationships"),
    ("gross_motor", "Gross motor skills"),
    ("fine_motor", "Fine motor skills"),
    ("comprehension", "Comprehension"),
    ("word_reading", "Word reading"),
    ("writing", "Writing"),
    ("number", "Number"),
    ("patterns", "Numerical patterns"),
    ("past", "Past and present"),
    ("cultures", "People, culture and communities"),
    ("nature", "The natural world"),
    ("materials", "Creating with materials"),
    ("expressive", "Being imaginative and expressive"),
)
REACHED: Options = (("yes", "Yes"), ("no", "No"), ("not_due", "Not at the end of reception yet"))
EARLY_PREMIUM: Options = (
    ("claimed", "Claimed"),
    ("asked", "Asked for, not paid yet"),
    ("not_claimed", "Not claimed yet"),
    ("no_hours", "No funded hours, so none"),
)
APPLIED: Options = (
    ("yes", "Yes"),
    ("no", "Not yet"),
    ("not_due", "Not due yet"),
    ("started", "Has begun school"),
)

# Special schools and education otherwise than at school

NEED_AREAS: Options = (
    ("communication", "Communication and interaction"),
    ("cognition", "Cognition and learning"),
    ("semh", "Social, emotional and mental health"),
    ("sensory", "Sensory and physical"),
    ("adulthood", "Preparing for adulthood"),
)

# Post-16

LEVELS: Options = (
    ("entry", "Entry level"),
    ("1", "Level 1"),
    ("2", "Level 2"),
    ("3", "Level 3: A level, T level and their like"),
    ("4", "Level 4"),
    ("5", "Level 5"),
    ("6", "Level 6"),
    ("7", "Level 7"),
)
COURSE_STATES: Options = (
    ("enrolled", "Enrolled"),
    ("retained", "Still on the course"),
    ("completed", "Completed"),
    ("withdrew", "Withdrew"),
)
GRADE_FOUR: Options = (
    ("has", "Has grade 4 or above"),
    ("resit", "Taking the GCSE again"),
    ("functional", "Taking functional skills"),
    ("exempt", "Not asked of this young person"),
    ("none", "Not studying it"),
)
UCAS: Options = (
    ("no", "Not applying"),
    ("later", "Later"),
    ("writing", "Being written"),
    ("sent", "Sent"),
    ("offer", "Has an offer"),
    ("accepted", "Has accepted a place"),
)
BURSARY: Options = (
    ("paid", "Paid"),
    ("asked", "Asked for"),
    ("not_asked", "Not asked for yet"),
    ("not_due", "Not entitled to it"),
)
NEET_RISK: Options = (
    ("green", "Green: settled"),
    ("amber", "Amber: at risk"),
    ("red", "Red: likely, or already without"),
)
GUARANTEE: Options = (
    ("offered", "Has an offer"),
    ("accepted", "Has accepted an offer"),
    ("applied", "Has applied and waits"),
    ("none", "No offer yet"),
    ("not_due", "Not in year 11 or 12"),
)

# Not in education

NO_PLACE: Options = (
    ("moved", "Moved, and no school found yet"),
    ("excluded", "Permanently excluded"),
    ("refused", "A school refused the place"),
    ("ehcp", "Waiting for a place that the EHC plan names"),
    ("arrived", "Newly arrived in the country"),
    ("illness", "Illness"),
    ("ended", "A course or apprenticeship ended"),
    ("does_not_go", "The child does not go"),
    ("other", "Another reason"),
)
PLACE_STEPS: Options = (
    ("none", "None needed so far"),
    ("fair_access", "Taken to the fair access panel"),
    ("direction_asked", "Direction of the school asked for"),
    ("directed", "School directed to admit"),
    ("review", "Gone to the adjudicator or Secretary of State"),
)
AGREES: Options = (
    ("yes", "Yes"),
    ("partly", "Partly"),
    ("no", "No"),
    ("not_asked", "Could not be asked"),
)
STREAMS: Options = (
    ("early_years", "Early years pupil premium"),
    ("school", "Pupil premium plus"),
    ("post_16", "Post-16 pupil premium plus"),
)
