"""The return home interview: what a child who was missing says to somebody outside their placement."""

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Date,
    Form,
    Is,
    NotBefore,
    Number,
    Rows,
    Section,
    Signatures,
    Text,
)
from caseapp.form_parts import care_lists as lists
from caseapp.form_parts.asking import anew, only_if, pairs
from caseapp.form_parts.care_asking import actions

_OFFERED = Is("offered", "yes")
_HELD = Is("accepted", "yes")
_NOT_HELD = AnyOf("accepted", ("no", "na"))

_OFFER = Section(
    "offer",
    "Missing, back, and the offer",
    guidance="Offered after every time missing or away, however short; held within 72 hours of the return, "
    "by somebody who is independent of the placement. The police's own prevention interview is not this.",
    fields=anew(
        *pairs(
            Text("name", "Name", prefill="child.name", required=True),
            Choice("kind", "Missing or away", options=lists.MISSING, required=True, report=True),
            Date("missing_on", "Missing since", past=True, required=True),
            Text("missing_at", "Time (missing since)"),
            Date("returned_on", "Returned or found on", past=True, required=True),
            Text("returned_at", "Time (returned)", required=True),
            Text("found_how", "How they came back"),
            Text("police_ref", "Police reference"),
            Number(
                "times", "Times missing in 90 days, this one too", low=1, high=99, required=True, report=True
            ),
            Choice("offered", "Was the interview offered?", options=YES_NO, required=True, report=True),
        ),
        Text(
            "not_offered",
            "Why not, and when it will be",
            lines=2,
            when=Is("offered", "no"),
            required=True,
            professional=True,
        ),
        *only_if(
            _OFFERED,
            *pairs(
                Date("offered_on", "Offered on", past=True, required=True),
                Text("offered_at", "Time and way (offered)", required=True),
                Choice(
                    "accepted", "Did the child accept?", options=lists.ACCEPTED, required=True, report=True
                ),
            ),
        ),
        *only_if(
            _NOT_HELD,
            Date("refused_on", "Refused, or could not be asked, on", past=True, required=True),
            Text("refused_words", "What the child said about it", lines=2, quote=True),
            Text(
                "tried_again",
                "What else was tried, and who else the child may talk to",
                lines=2,
                required=True,
            ),
        ),
    ),
    plain="When I was away",
)

_TALK = Section(
    "talk",
    "The interview",
    when=_HELD,
    fields=anew(
        *pairs(
            Date("held_on", "Held on", past=True, required=True, report=True),
            Text("held_at", "Time", required=True),
            Text("held_by", "By whom", required=True, report=True),
            Text("held_by_role", "Their role and organisation", required=True),
            Choice(
                "independent",
                "Are they independent of the placement?",
                options=YES_NO,
                required=True,
                report=True,
            ),
            Text(
                "not_independent",
                "Why not, and what made up for it",
                when=Is("independent", "no"),
                required=True,
            ),
            Text("place", "Where, and was that the child's choice", required=True),
            Choice("alone", "Seen alone", options=YES_NO, required=True),
        ),
        Text("present", "Who else was there, and why", when=Is("alone", "no"), required=True),
        Text("late_because", "If later than 72 hours after the return, why"),
        Choice(
            "own_talk",
            "Was this a conversation of its own, apart from the police's?",
            options=YES_NO,
            required=True,
        ),
        Text("told_before", "What the child was told about what is kept and what must be passed on"),
    ),
)

_WORDS = Section(
    "child_words",
    "The child's words",
    when=_HELD,
    guidance="As they said it. Listen before asking; nobody is in trouble for what is said here.",
    owner="Child",
    fields=anew(
        Text("words", "What happened, in my own words", lines=6, quote=True, required=True),
        Text("feels_now", "How I feel now", lines=2, quote=True),
        Text("would_help", "What would help me not to go again", lines=3, quote=True, required=True),
        Text("trusts", "Whom I trust and would ring", lines=2, quote=True),
        Text(
            "not_passed_on",
            "What the child asked us not to pass on",
            lines=2,
            professional=True,
            help="Never promise to keep a worry about safety secret",
        ),
    ),
    plain="What I said",
)

_LEARNED = Section(
    "learned",
    "What we learned",
    when=_HELD,
    fields=anew(
        Choices("reasons", "Why they went", options=lists.GONE_REASONS, required=True),
        Text("reasons_words", "More about why", lines=2),
        Text("where_been", "Where they were", lines=2, required=True),
        Text(
            "with_whom",
            "With whom: names, ages, nicknames, vehicles",
            lines=2,
            required=True,
            professional=True,
        ),
        Text("push", "Push: what made them want to leave", lines=2, required=True),
        Text("pull", "Pull: what or who drew them", lines=2, required=True),
        Choices("harm", "Harm", options=lists.HARMS, required=True),
        Text(
            "harm_words",
            "What harm, by whom, what was done about it",
            lines=3,
            when=AnyOf("harm", tuple(code for code, _ in lists.HARMS if code not in ("none", "not_known"))),
            required=True,
        ),
        Text("seen", "What was noticed: injuries, clothes, money, phone, mood", lines=2),
        Choice(
            "medical",
            "Medical help",
            options=(
                ("not_needed", "Not needed"),
                ("given", "Given"),
                ("refused", "Offered and refused"),
            ),
            half=True,
        ),
        Choice(
            "exploitation",
            "Sign of exploitation",
            options=lists.YES_PARTLY_NO,
            required=True,
            report=True,
            half=True,
        ),
    ),
)

_DONE = Section(
    "done",
    "What is being done",
    guidance="Three times in 90 days, or any sign of exploitation: ask for a strategy or planning meeting.",
    fields=(
        actions("actions", "What we do", at_least=1, fresh=True),
        *anew(
            Text("safety_plan", "Safety plan: if it happens again, who does what", lines=4, required=True),
            Choice(
                "meeting",
                "Strategy or planning meeting",
                options=(
                    ("not_needed", "Not needed"),
                    ("asked", "Asked for"),
                    ("held", "Held"),
                ),
                required=True,
                report=True,
                half=True,
            ),
            Date("meeting_on", "Its date", when=AnyOf("meeting", ("asked", "held")), half=True),
            Text("carer_view", "What the carer or parent says", lines=2),
            Rows(
                "shared",
                "Passed on to",
                fields=(
                    Text("to", "To whom", required=True, half=True),
                    Date("on", "On", past=True, required=True, half=True),
                    Text("what", "What"),
                ),
                row="agency",
                professional=True,
            ),
        ),
        Signatures("signatures", "Signatures", at_least=1),
    ),
    plain="What we do",
)

RETURN_INTERVIEW = Form(
    "return-interview",
    1,
    "return-interview",
    "Return home interview",
    short="Return interview",
    source="Statutory guidance on children who run away or go missing from home or care, 2014",
    dated_by="held_on",
    sections=(_OFFER, _TALK, _WORDS, _LEARNED, _DONE),
    rules=(
        NotBefore("returned_on", "missing_on", "The child is back before they were missing."),
        NotBefore("offered_on", "missing_on", "The interview was offered before the child was missing."),
        NotBefore("refused_on", "offered_on", "It was refused before it was offered."),
        NotBefore("held_on", "returned_on", "The interview was held before the child was back."),
    ),
)
