"""The meeting of the team around the family (TAF): who came, what has changed, what was decided."""

from dataclasses import replace

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Date,
    Form,
    Is,
    NotBefore,
    Rows,
    Section,
    Signatures,
    Text,
)
from caseapp.form_parts import early_help_lists as lists
from caseapp.form_parts.asking import anew
from caseapp.form_parts.early_help_levels import LEVEL_4_STEPS, level_fields, voice_fields
from caseapp.form_parts.early_help_plan import COPIES, IF_WORSE, NEW_ROWS, NO_ACTION, REVIEWED
from caseapp.form_parts.early_help_views import SCALING

_GOES_ON = AnyOf("decision", ("go_on", "change_lead", "step_up", "step_down"))
_NOT_THERE = AnyOf("attendance", ("apologies", "report", "absent"))

_MEETING = Section(
    "meeting",
    "The meeting",
    (
        Choice("meeting", "Which meeting", options=lists.MEETINGS, report=True, fresh=True),
        Date("planned_on", "Planned for", half=True, fresh=True),
        Text("planned_time", "Time", half=True, fresh=True),
        Choice("held_as", "In person or online", options=lists.VENUES, half=True),
        Text("place", "Place or link", half=True),
        Date(
            "held_on",
            "Held on",
            past=True,
            required=True,
            report=True,
            event="taf",
            half=True,
            fresh=True,
        ),
        Text("chair", "Chair", required=True, half=True),
        Text("minute_taker", "Who takes the notes", half=True),
        Text(
            "agenda",
            "Agenda",
            lines=4,
            fresh=True,
            help="Begin with what went well. Ask the family what they want to talk about.",
        ),
    ),
    guidance="Plan a time and place that suit the family. Tell them beforehand who will be there.",
    shared=True,
)

_INVITED = Section(
    "invited",
    "Who was invited and who came",
    (
        Rows(
            "invited",
            "Invitations",
            row="person",
            at_least=1,
            fields=(
                Text("name", "Name", required=True, half=True),
                Text("role", "Role or relationship", half=True),
                Choice("agency", "Kind of agency", options=lists.INVITED, required=True, half=True),
                Choice("invited_how", "Invited how", options=lists.INVITATIONS, half=True),
                Date("invited_on", "Invited on", past=True, half=True, fresh=True),
                Choice("attendance", "Did they come?", options=lists.ATTENDANCES, half=True, fresh=True),
                Choice(
                    "report_in",
                    "Report received?",
                    options=YES_NO,
                    when=_NOT_THERE,
                    half=True,
                    fresh=True,
                ),
            ),
        ),
        Text("new_members", "Who joins the team", lines=2, fresh=True),
    ),
    guidance="Invite both parents and everyone with an action. The family may bring somebody.",
    shared=True,
    plain="Who was there",
)

_CHILD = Section(
    "child_voice",
    "This child's part in the meeting",
    (
        *anew(
            Choice(
                "child_attended",
                "Did the child come?",
                options=(("yes", "Yes"), ("part", "For part of it"), ("no", "No")),
                required=True,
                report=True,
                half=True,
            ),
        ),
        *voice_fields(about="In the child's own words"),
        *anew(
            Text("child_progress", "What has changed for this child since last time", lines=3),
            Text("voice_influence", "How the child's view changed what was decided", lines=2),
            Date(
                "voice_told_on",
                "Told the child what came of it on",
                half=True,
            ),
        ),
    ),
    guidance="Write what the child said as they said it. A child who does not come is heard beforehand.",
    plain="What the child told us",
)

_PARENTS = Section(
    "parents",
    "Parents and carers in the meeting",
    (
        Rows(
            "parents_views",
            "Each parent or carer",
            row="view",
            at_least=1,
            help="One for each parent, the absent one too",
            fresh=True,
            fields=(
                Text("name", "Name", required=True, half=True),
                Text("relation", "Relationship to each child", required=True, half=True),
                Choice(
                    "attended",
                    "How they took part",
                    options=(
                        ("came", "Came to the meeting"),
                        ("online", "By phone or video"),
                        ("before", "Spoke or wrote to us beforehand"),
                        ("not", "Not at all"),
                    ),
                    required=True,
                    half=True,
                ),
                Text(
                    "why_not",
                    "Why not, and what was tried",
                    when=Is("attended", "not"),
                    required=True,
                    professional=True,
                ),
                Text("views", "What they say", lines=3, when=AnyOf("attended", ("came", "online", "before"))),
                Text(
                    "private",
                    "What they asked us not to pass on to the family",
                    lines=2,
                    professional=True,
                    help="Never promise to keep a worry about a child's safety secret",
                ),
            ),
        ),
    ),
    guidance="Each parent apart, in their own words where you can.",
    shared=True,
    plain="What parents and carers told us",
)

_SINCE = Section(
    "since",
    "Since last time",
    anew(
        Choice(
            "consent_checked",
            "Was consent checked again?",
            options=YES_NO,
            required=True,
            half=True,
            help="A change is recorded on the Early help page",
            plain="Did we ask you again whether we may go on and share?",
        ),
        Date(
            "consent_checked_on",
            "Checked on",
            past=True,
            required=True,
            when=Is("consent_checked", "yes"),
            half=True,
        ),
        Text(
            "consent_unchecked",
            "Why not, and when it will be",
            required=True,
            when=Is("consent_checked", "no"),
            professional=True,
        ),
        Text("went_well", "What has gone well", lines=3, required=True),
        Text("worries", "What we are worried about", lines=3),
        Text("changes", "What has changed at home", lines=3),
    ),
    guidance="Begin with what went well, and with the family.",
    shared=True,
)

_REVIEWED = Section(
    "reviewed",
    "The plan so far",
    (REVIEWED,),
    guidance="One after the other: done, on the way, or stuck? A date that moves needs a reason.",
    shared=True,
    plain="What we said we would do",
)

_SCALING = replace(
    SCALING,
    fields=(
        *anew(*SCALING.fields),
        Text(
            "star_note",
            "What the newest star or wheel shows",
            lines=2,
            fresh=True,
            help="The reading itself is a record of its own",
        ),
    ),
)

_PLAN = Section(
    "plan",
    "New needs and new actions",
    (
        Text("new_needs", "New needs", lines=3, fresh=True),
        NEW_ROWS,
        replace(NO_ACTION, fresh=True),
        IF_WORSE,
    ),
    guidance="One action, one owner, one date; the family owns some of them.",
    shared=True,
    plain="What we do next",
)

_DECISION = Section(
    "decision",
    "Decision for this child",
    (
        *level_fields(),
        LEVEL_4_STEPS,
        *anew(
            Choice(
                "decision",
                "What was decided",
                options=lists.MEETING_DECISIONS,
                required=True,
                report=True,
                help="Steps up and down and closing have a form of their own: fill it in too",
            ),
            Text("decision_because", "Why", lines=3, required=True),
            Text("new_lead", "New lead practitioner", when=Is("decision", "change_lead"), required=True),
            Text(
                "decision_agency",
                "Agency that gives the help from now on",
                when=Is("decision", "step_down"),
                required=True,
            ),
        ),
    ),
    guidance="Each child has a level of their own. Say what has changed and what has not.",
)

_NEXT = Section(
    "next",
    "Next meeting",
    anew(
        Date("next_on", "Next meeting on", required=True, report=True, half=True),
        Text("next_time", "Time", half=True),
        Text("next_place", "Place, and who else to invite"),
    ),
    guidance="Within six weeks. Agree the day before anyone leaves.",
    when=_GOES_ON,
    shared=True,
)

_MINUTES = Section(
    "minutes",
    "Notes of the meeting",
    anew(
        Text("minutes", "What was said", lines=8),
        Text("disagreements", "Where people see it differently", lines=3),
        Text("confidential", "What others told us in confidence", lines=3, professional=True),
        COPIES,
        Signatures("signatures", "Signatures"),
    ),
    shared=True,
)

TAF = Form(
    "taf",
    1,
    "taf",
    "Team around the family meeting",
    short="TAF",
    source="Working Together to Safeguard Children; local early help procedures",
    dated_by="held_on",
    sections=(
        _MEETING,
        _INVITED,
        _CHILD,
        _PARENTS,
        _SINCE,
        _REVIEWED,
        _SCALING,
        _PLAN,
        _DECISION,
        _NEXT,
        _MINUTES,
    ),
    rules=(
        NotBefore("next_on", "held_on", "The next meeting cannot come before this one."),
        NotBefore("voice_told_on", "voice_on", "The child cannot be told before they were heard."),
    ),
)
