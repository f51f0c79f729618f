"""The care plan of a looked-after child: where they are to grow up, and how each need is met until then."""

from caseapp.form import YES_NO, AnyOf, Choice, Date, Filled, Form, Is, NotBefore, Section, Signatures, Text
from caseapp.form_parts import care_lists as lists
from caseapp.form_parts.asking import anew, pairs
from caseapp.form_parts.care_asking import about_child, actions, care_facts, copies, voice
from caseapp.form_parts.care_needs import (
    EDUCATION,
    EMOTIONAL,
    FAMILY,
    HEALTH,
    IDENTITY,
    PLACEMENT,
    PROTECTION,
    SOCIAL,
    VIEWS,
)

_WORDS = Section(
    "child_words",
    "The child's wishes and feelings",
    guidance="First and as they said it. A child who does not use words is watched, and what was seen "
    "stands here.",
    owner="Child",
    fields=(
        *voice("What I want, in my own words"),
        *anew(
            Text("hopes", "What I hope for", lines=2, quote=True),
            Text("child_worries", "What worries me", lines=2, quote=True),
            Choice(
                "child_agrees",
                "Does the child agree with this plan?",
                options=lists.AGREES,
                required=True,
                report=True,
                half=True,
            ),
            Choice("advocate", "Advocate", options=lists.ADVOCATE, required=True, half=True),
            Text("came_of_words", "What is in this plan because the child said it", lines=2, required=True),
        ),
    ),
    plain="What I want",
)

_PLAN = Section(
    "plan",
    "The plan",
    guidance="It is made before the first placement, or within ten working days of its start if that cannot "
    "be. Where a care order is applied for, the court sets the day.",
    owner="Social worker",
    fields=(
        *anew(
            *pairs(
                Date(
                    "plan_on", "Date of this plan", past=True, required=True, event="care_plan", report=True
                ),
                Choice("plan_reason", "Which plan", options=lists.PLAN_REASONS, required=True, report=True),
                Text("changed_because", "What has changed", when=Is("plan_reason", "change"), required=True),
                Date("next_review_on", "Looked at again by", required=True, report=True),
            ),
        ),
        *about_child(),
        *care_facts(),
        Choice(
            "court_timetable",
            "A care order is applied for; the court's timetable holds",
            options=YES_NO,
            required=True,
            report=True,
        ),
        Text("responsibility_names", "Who has parental responsibility", lines=2, required=True),
        Choice("responsibility", "It rests with", options=lists.RESPONSIBILITY, required=True),
        Text("why_care", "Why this child is looked after", lines=4, required=True),
        Text("aims", "What this plan is to bring about", lines=3, required=True),
        *pairs(
            Text("worker", "Social worker", prefill="child.worker", required=True),
            Text("team", "Team", prefill="child.team"),
            Text("manager", "Team manager", required=True),
            Text(
                "iro",
                "Reviewing officer (IRO)",
                prefill="child.reviewing_officer",
                required=True,
                report=True,
            ),
            Date("iro_named_on", "Reviewing officer named on", past=True),
            Text("iro_contact", "How to reach them"),
        ),
    ),
)

_PERMANENCE = Section(
    "permanence",
    "Where the child will grow up",
    guidance="The plan for permanence, agreed by the second review. Two may be worked on side by side, so "
    "that no time is lost if the first cannot be done.",
    fields=(
        Choice("permanence", "Plan for permanence", options=lists.PERMANENCE, required=True, report=True),
        Choice(
            "permanence_second",
            "Worked on at the same time (twin track)",
            options=lists.PERMANENCE,
            report=True,
        ),
        Text("permanence_why", "Why this is right for this child", lines=4, required=True),
        Text(
            "second_why",
            "Why a second plan, and when one of them is dropped",
            lines=2,
            when=Filled("permanence_second"),
            required=True,
        ),
        Text(
            "must_change",
            "What has to change at home, how it is measured, and by when",
            lines=3,
            when=AnyOf("permanence", ("birth_family", "return_1_month", "return_6_months", "return_later")),
            required=True,
        ),
        Text("permanence_steps", "Steps and their days", lines=3, required=True),
        *pairs(
            Date("permanence_by", "To be reached by", required=True, report=True),
            Date("permanence_agreed_on", "Agreed at the review on", past=True, report=True),
        ),
        Text("permanence_if_not", "If it cannot be done", lines=2, required=True),
    ),
    plain="Where I will grow up",
)

_ACTIONS = Section(
    "actions",
    "What will be done",
    guidance="One action, one person, one day. Actions of the education and the pathway plan need no second "
    "entry.",
    fields=(actions("actions", "What we agreed", at_least=1),),
)

_AGREEMENT = Section(
    "agreement",
    "Agreement",
    guidance="The social worker and the manager; then parents, carer and child as they wish. Who does not "
    "sign stands here too, with the reason.",
    fields=(
        Text("manager_note", "Manager's note", lines=2, fresh=True, professional=True),
        copies("copies", "Copies given"),
        Signatures("signatures", "Who signs, or why not", at_least=2),
    ),
)

CARE_PLAN = Form(
    "care-plan",
    1,
    "care-plan",
    "Care Plan",
    short="Care plan",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, regulations 4 to 6 and "
    "Schedule 1; Children Act 1989, sections 22C, 31A and 34",
    dated_by="plan_on",
    sections=(
        _WORDS,
        _PLAN,
        _PERMANENCE,
        PLACEMENT,
        FAMILY,
        HEALTH,
        EDUCATION,
        EMOTIONAL,
        IDENTITY,
        SOCIAL,
        PROTECTION,
        VIEWS,
        _ACTIONS,
        _AGREEMENT,
    ),
    rules=(
        NotBefore("plan_on", "born_on", "The plan is dated before the child was born."),
        NotBefore("next_review_on", "plan_on", "It is looked at again before it was made."),
        NotBefore("permanence_by", "born_on", "That is before the child was born."),
        NotBefore(
            "placement_since", "looked_after_since", "The placement starts before the child came into care."
        ),
        NotBefore(
            "health_due_on", "health_assessed_on", "The next health assessment is before the last one."
        ),
    ),
)
