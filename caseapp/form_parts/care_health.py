"""The parts of the health assessment: body, feelings, growing up, and what older children are asked."""

from caseapp.form import YES_NO, AnyOf, Choice, Choices, Date, Filled, Is, Number, Rows, Section, Text
from caseapp.form_parts import care_lists as lists
from caseapp.form_parts.asking import anew, only_if, pairs

_DONE = Is("outcome", "done")

BODY = Section(
    "body",
    "Body",
    when=_DONE,
    fields=anew(
        Text("general", "General health since the last assessment", lines=3, required=True),
        *pairs(
            Number("height", "Height", unit="cm", high=250, places=1),
            Number("weight", "Weight", unit="kg", high=250, places=1),
            Text("growth", "Growth: centiles, and what they say", required=True),
            Text("examined", "What was examined"),
        ),
        Rows(
            "conditions",
            "Conditions and diagnoses",
            fields=(
                Text("condition", "Condition", required=True, half=True),
                Text("since", "Since", half=True),
                Text("care", "Who looks after it, and what next", required=True),
            ),
            row="condition",
        ),
        Rows(
            "medication",
            "Medication",
            fields=(
                Text("medicine", "Medicine", required=True, half=True),
                Text("dose", "How much, when", required=True, half=True),
                Text("why", "What for", half=True),
                Text("looked_at", "Looked at again", half=True),
            ),
            row="medicine",
        ),
        Text("allergies", "Allergies", required=True, help="“None known” where there are none"),
        Text("history", "Birth, earlier illness, operations, accidents", lines=3),
        Text("family_history", "Health of the family, as far as known", lines=2, professional=True),
    ),
    plain="My body",
)

CHECKS = Section(
    "checks",
    "Checks and protection",
    when=_DONE,
    fields=anew(
        Choice("immunised", "Immunisations up to date", options=YES_NO, required=True, report=True),
        Text(
            "immunisations_due",
            "Which are missing, and when they are given",
            when=Is("immunised", "no"),
            required=True,
        ),
        *pairs(
            Text("gp", "GP and surgery", prefill="child.gp", required=True),
            Choice("has_dentist", "Registered with a dentist", options=YES_NO, required=True, report=True),
            Text("dentist", "Dentist", when=Is("has_dentist", "yes")),
            Date("dental_on", "Last dental check", past=True, event="dental_check", report=True),
            Text("teeth", "Teeth: what was found, what is next"),
            Date("optician_on", "Last sight test", past=True),
            Text("sight", "Sight"),
            Text("hearing", "Hearing"),
            Choice(
                "under_five_checks",
                "Checks for under-fives up to date",
                options=lists.YES_NO_NONE,
                report=True,
            ),
        ),
    ),
    plain="Checks",
)

GROWING = Section(
    "growing",
    "Growing up",
    when=_DONE,
    fields=anew(
        Choice("development", "Development for this age", options=lists.ON_TRACK, required=True, report=True),
        Text(
            "development_words",
            "Movement, speech, play, learning, looking after oneself",
            lines=3,
            required=True,
        ),
        *pairs(
            Text("diet", "Eating and drinking", required=True),
            Text("sleep", "Sleep", required=True),
            Text("activity", "Moving about and sport"),
            Text("continence", "Bladder and bowels"),
            Text("disability", "Disability", prefill="child.disability"),
            Text("school_health", "School: what health means for it"),
        ),
    ),
)

FEELINGS = Section(
    "feelings",
    "Feelings and mind",
    when=_DONE,
    fields=anew(
        Text(
            "emotional",
            "Mood, worries, attachment, behaviour, what has happened to the child",
            lines=3,
            required=True,
        ),
        *pairs(
            Number("sdq_score", "Strengths and difficulties score (carer)", high=40, report=True),
            Choice("sdq_none", "If none, why", options=lists.SDQ_NONE),
            Choice("self_harm", "Self-harm or thoughts of it", options=YES_NO, required=True),
            Text("emotional_service", "Service involved, or asked for"),
        ),
        Text(
            "self_harm_plan",
            "What was done about it today",
            lines=2,
            when=Is("self_harm", "yes"),
            required=True,
            professional=True,
        ),
    ),
    plain="My feelings",
)

_OLDER = Is("older", "yes")
OLDER = Section(
    "older_child",
    "Questions for older children",
    when=_DONE,
    guidance="From about 11, or sooner if need be; seen alone, and told what stays between them and the "
    "nurse.",
    fields=anew(
        Choice("older", "Were these talked about?", options=lists.YES_NO_NONE, required=True),
        *only_if(
            _OLDER,
            Text("smoking", "Smoking and vaping", half=True),
            Text("alcohol", "Alcohol", half=True),
            Text("drugs", "Drugs", half=True),
            Choice(
                "substance_problem",
                "Substance misuse identified",
                options=YES_NO,
                required=True,
                report=True,
                half=True,
            ),
        ),
        Choice(
            "substance_help",
            "Help with substance misuse",
            options=lists.RECEIVED[1:],
            when=Is("substance_problem", "yes"),
            required=True,
            report=True,
        ),
        *only_if(
            _OLDER,
            Text("relationships", "Relationships, consent and staying safe", lines=2),
            Text("sexual_health", "Sexual health, contraception, pregnancy", lines=2, professional=True),
            Text("puberty", "Puberty, periods, body image", lines=2),
            Choice("health_passport", "Health passport (16 to 18)", options=lists.RECEIVED, half=True),
        ),
        Text("not_talked", "Why not", when=Is("older", "no"), required=True),
    ),
    plain="Growing older",
)

ADVICE = Section(
    "advice",
    "Health promotion",
    when=_DONE,
    fields=anew(
        Choices(
            "advice",
            "Advice given",
            options=(
                ("food", "Food"),
                ("teeth", "Teeth"),
                ("sleep", "Sleep and screens"),
                ("moving", "Moving about"),
                ("sun", "Sun and safety"),
                ("feelings", "Feelings"),
                ("relationships", "Relationships"),
                ("substances", "Smoking, alcohol, drugs"),
                ("online", "Online life"),
            ),
        ),
        Text(
            "advice_words", "What was said, and what was given to take home", lines=2, when=Filled("advice")
        ),
    ),
    plain="Advice for me",
)

REFUSED = Section(
    "refused",
    "Refused, or not held",
    when=AnyOf("outcome", lists.NOT_DONE),
    guidance="A young person who understands may refuse. That is noted with its day, and it is offered "
    "again.",
    fields=anew(
        Date("refused_on", "Refused, or not brought, on", past=True, required=True, report=True, half=True),
        Choice(
            "understands",
            "Old enough and able to refuse (Gillick)",
            options=YES_NO,
            when=Is("outcome", "refused"),
            required=True,
            half=True,
        ),
        Text(
            "refused_words",
            "What the young person says about it",
            lines=2,
            quote=True,
            when=Is("outcome", "refused"),
            required=True,
        ),
        Text(
            "not_brought",
            "Why not, and what is done about it",
            lines=2,
            when=Is("outcome", "not_attended"),
            required=True,
            professional=True,
        ),
        Text(
            "offered_instead",
            "What was offered instead: another place, person, phone",
            lines=2,
            required=True,
        ),
        Date("offered_again_on", "Offered again on", required=True),
    ),
)
