"""The record of a looked-after review: the child's words first, then theme by theme to what was decided."""

from dataclasses import replace

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Date,
    Form,
    Is,
    NotBefore,
    Rows,
    Section,
    Signatures,
    Text,
)
from caseapp.form_parts import care_lists as lists
from caseapp.form_parts.asking import anew, pairs
from caseapp.form_parts.care_asking import about_child, actions, care_facts, copies, took_part, voice
from caseapp.form_parts.care_themes import THEMES
from caseapp.form_parts.early_help_plan import REVIEWED

_WORDS = Section(
    "child_words",
    "The child's words",
    guidance="Read out first. As the child said, wrote or drew it; nobody tidies it.",
    owner="Child",
    fields=(
        *voice("What I want this review to know"),
        *anew(
            Text("going_well", "What is going well", lines=2, quote=True),
            Text("child_worries", "What worries me", lines=2, quote=True),
            Text("wants_changed", "What I want to be different", lines=2, quote=True),
            Text("said_before", "What the child asked for last time, and what came of it", lines=2),
            Choice(
                "participation",
                "How the child took part",
                options=lists.PARTICIPATION,
                required=True,
                report=True,
                help="PN0 only under four; PN1 to PN7 from the fourth birthday on",
            ),
            Text(
                "not_there",
                "Why the child was not there, and what would have helped",
                lines=2,
                when=AnyOf("participation", lists.NOT_THERE),
                required=True,
            ),
            *pairs(
                Date("spoke_on", "Reviewing officer spoke with the child on", past=True),
                Choice(
                    "chose", "Did the child choose time, place and who comes?", options=lists.YES_PARTLY_NO
                ),
                Choice("advocate", "Advocate", options=lists.ADVOCATE, required=True, report=True),
                Choice("complaints_told", "Told how to complain", options=YES_NO, required=True),
            ),
            Text(
                "not_spoken", "If the reviewing officer did not speak with the child: why, and when they will"
            ),
        ),
    ),
    plain="What I said",
)

_EXTRA = Is("which", "extra")
_REVIEW = Section(
    "review",
    "The review",
    guidance="The first within 20 working days of the start of care, the second within three months of it, "
    "then at most six months apart; earlier before a significant change.",
    owner="Reviewing officer",
    fields=(
        *anew(
            *pairs(
                Choice("which", "Which review", options=lists.REVIEWS, required=True, report=True),
                Choice(
                    "reason",
                    "Why it was held early",
                    options=lists.EARLY_REASONS,
                    when=_EXTRA,
                    required=True,
                    report=True,
                ),
                Date("held_on", "Held on", past=True, required=True, report=True),
                Choice("held_as", "How it was held", options=lists.HELD_AS, required=True),
                Text("place", "Place", required=True),
            ),
            Text("late_because", "If it was held late, why"),
        ),
        *pairs(
            Text(
                "chair",
                "Chair (reviewing officer)",
                prefill="child.reviewing_officer",
                required=True,
                report=True,
            ),
            Text("worker", "Social worker", prefill="child.worker", required=True),
            Date(
                "report_on", "Social worker's report reached the reviewing officer on", past=True, fresh=True
            ),
        ),
        *about_child(),
        *care_facts(),
        took_part("took_part", "Who was asked, and who took part"),
    ),
)

_SINCE = Section(
    "since",
    "Since the last review",
    guidance="First what went well. Then each decision of last time: done, or why not.",
    fields=anew(
        Text("progress", "Progress, and what the child can be proud of", lines=4, required=True),
        Text("changes", "What has changed in the child's life", lines=3, required=True),
        replace(
            REVIEWED,
            label="Decisions and actions that were open",
            help="Go through each one. What is changed here goes back to the action when this is signed.",
        ),
        Text("not_done", "What was not carried out, and why", lines=2),
        Text("parents_view", "What the parents say", lines=3, required=True),
        Text("carer_view", "What the carer says", lines=3, required=True),
        Text("confidential", "What others told in confidence", lines=2, professional=True),
    ),
    plain="Since last time",
)

_SUPPORT = Section(
    "support",
    "Visits, advice and people to turn to",
    fields=anew(
        *pairs(
            Choice("visits", "Visits from now on", options=lists.VISITS, required=True, report=True),
            Choice(
                "visits_right",
                "Were visits held as they should be?",
                options=lists.YES_PARTLY_NO,
                required=True,
            ),
            Choice(
                "independent_visitor",
                "Independent visitor",
                options=lists.VISITOR,
                required=True,
                report=True,
            ),
        ),
        Text("between_visits", "Advice and help between visits", lines=2, required=True),
        Choices(
            "told",
            "The child knows whom to turn to",
            options=(
                ("worker", "Social worker"),
                ("iro", "Reviewing officer"),
                ("advocate", "Advocate"),
                ("carer", "Carer"),
                ("school", "Somebody at school"),
                ("helpline", "A helpline"),
            ),
        ),
    ),
)

_DECISIONS = Section(
    "decisions",
    "What was decided",
    guidance="One decision, one person, one day. They are numbered when this is signed, and wait in the "
    "list of actions until they are done.",
    fields=(
        actions("decisions", "Decisions", at_least=1, fresh=True),
        Text("disagreements", "Who did not agree, with what", lines=2, fresh=True),
    ),
    plain="What we decided",
)

_OFFICER = Section(
    "officer",
    "The reviewing officer's view",
    owner="Reviewing officer",
    fields=(
        Text("officer_view", "Is the plan right, and is it carried out?", lines=4, required=True, fresh=True),
        Rows(
            "concerns",
            "Concerns raised",
            fields=(
                Text("concern", "Concern", lines=2, required=True),
                Choice("level", "How far", options=lists.CONCERN_LEVELS, required=True, half=True),
                Text("raised_with", "With whom", required=True, half=True),
                Date("raised_on", "Raised on", past=True, required=True, half=True),
                Date("resolved_on", "Resolved on", past=True, half=True),
                Text("outcome", "What came of it"),
            ),
            row="concern",
            fresh=True,
        ),
    ),
    plain="What the reviewing officer thinks",
)

_NEXT = Section(
    "next",
    "Next review and minutes",
    guidance="Decisions go out within five working days, the full record within fifteen.",
    fields=(
        *anew(
            *pairs(
                Date("next_by", "Next review by", required=True, report=True),
                Date("next_on", "Next review planned for"),
                Text("next_place", "Where, and who else is asked"),
                Date("decisions_sent_on", "Decisions sent on", past=True, report=True),
                Date("record_sent_on", "Full record sent on", past=True, report=True),
                Date("objection_on", "The council objected to a decision on", past=True),
            ),
            Text("minutes", "Minutes", lines=6),
        ),
        copies("copies", "Copies given"),
        Signatures("signatures", "Signatures", at_least=1),
    ),
)

LAC_REVIEW = Form(
    "lac-review",
    1,
    "lac-review",
    "Looked-after review",
    short="Review",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, regulations 32 to 38 and "
    "Schedule 7; IRO Handbook 2010",
    dated_by="held_on",
    sections=(_WORDS, _REVIEW, _SINCE, *THEMES, _SUPPORT, _DECISIONS, _OFFICER, _NEXT),
    rules=(
        NotBefore("held_on", "looked_after_since", "The review was held before the child came into care."),
        NotBefore("next_by", "held_on", "The next review is before this one."),
        NotBefore("next_on", "held_on", "The next review is before this one."),
        NotBefore("decisions_sent_on", "held_on", "Decisions cannot be sent before the review."),
        NotBefore("record_sent_on", "held_on", "The record cannot be sent before the review."),
    ),
)
