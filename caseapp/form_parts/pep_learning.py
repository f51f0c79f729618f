"""The parts of the Personal Education Plan about learning: special educational needs, and progress."""

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Date,
    Is,
    Number,
    Rows,
    Section,
    Text,
)
from caseapp.form_parts import pep_lists as lists
from caseapp.form_parts import pep_stage_lists as stages
from caseapp.form_parts.asking import anew, only_if, pairs

EHCP = Is("sen_status", "E")
SUPPORTED = AnyOf("sen_status", ("K", "E"))
IN_SETTING = AnyOf("variant", lists.IN_SETTING)

SEN = Section(
    "sen",
    "Special educational needs",
    (
        Choice(
            "sen_status",
            "SEN status",
            options=lists.SEN_STATUS,
            required=True,
            prefill="child.sen_status",
            report=True,
        ),
        Choice("primary_need", "Main need", options=lists.SEN_NEEDS, when=SUPPORTED, report=True, half=True),
        Choices("other_needs", "Other needs", options=lists.SEN_NEEDS, when=SUPPORTED, half=True),
        Date(
            "ehcp_asked_on",
            "Assessment for a plan requested",
            past=True,
            half=True,
            help="A decision is due within 20 weeks",
        ),
        *only_if(
            EHCP,
            *pairs(
                Text("ehcp_authority", "Council that keeps the plan"),
                Date("ehcp_issued_on", "Plan issued", past=True, event="ehc_review"),
                Date("ehcp_reviewed_on", "Last annual review", past=True, event="ehc_review"),
                Date("ehcp_review_due_on", "Next annual review due", report=True),
                Text("ehcp_placement", "School named in section I"),
                Choices("ehcp_parts", "The plan also has", options=lists.EHCP_PARTS),
            ),
        ),
        Rows(
            "ehcp_outcomes",
            "Outcomes of the plan",
            row="outcome",
            when=EHCP,
            help="A target below may name the outcome that it is a step towards",
            fields=(
                Text("outcome", "Outcome", lines=2, required=True),
                Choice("area", "Area", options=stages.NEED_AREAS),
                Date("by", "By"),
                Text("progress", "How far it is", lines=2),
            ),
        ),
        Text("top_up", "Top-up funding", when=SUPPORTED, half=True, professional=True),
        Text("provision", "Support in place", lines=4, when=SUPPORTED),
        Text("exam_access", "Exam access arrangements", lines=2),
        Text("psychologist", "Educational psychologist", lines=2),
        Text("therapies", "Therapies", lines=2),
    ),
    guidance="What the child needs in order to learn, and the support that is in place now.",
    owner="Designated teacher",
    plain="Extra help with learning",
)

PROGRESS = Section(
    "progress",
    "Progress",
    (
        *anew(
            Choice("progress_overall", "Progress overall", options=lists.PROGRESS, report=True, half=True),
            Rows(
                "attainment",
                "Subject by subject",
                row="subject",
                at_least=1,
                when=IN_SETTING,
                from_record="attainment",
                help=(
                    "Early years: the areas of learning. Years 1 to 11: reading, writing and maths. From key "
                    "stage 4: every course"
                ),
                fields=(
                    Text("subject", "Subject", required=True),
                    Date("assessed_on", "Assessed on", past=True, required=True),
                    Choice("framework", "Assessed by", options=lists.FRAMEWORKS),
                    Text("result", "Result", help="As the school writes it: EXS, 104, grade 5, 5-4, Merit"),
                    Choice("judgement", "For the age", options=lists.JUDGEMENTS, required=True),
                    Text("not_assessed", "Why not assessed", when=Is("judgement", "N"), required=True),
                    Choice("progress", "Progress since the last plan", options=lists.PROGRESS, required=True),
                    Choice("from_baseline", "Progress since coming into care", options=lists.PROGRESS),
                    Text("target", "Predicted or target grade"),
                    Text("comment", "Teacher's comment", lines=2),
                ),
            ),
            Choice(
                "gcse_course",
                "English and maths: on course for",
                options=lists.GCSE_COURSE,
                when=Is("key_stage", "KS4"),
                report=True,
            ),
            Choice(
                "ebacc",
                "Entered for the English Baccalaureate?",
                options=YES_NO,
                when=Is("key_stage", "KS4"),
                half=True,
            ),
            Number(
                "attainment_eight",
                "Attainment 8",
                high=90,
                places=1,
                when=Is("key_stage", "KS4"),
                half=True,
            ),
        ),
        *only_if(
            Is("key_stage", "EYFS"),
            *pairs(
                Choice("baseline_check", "Reception baseline assessment", options=stages.DONE),
                Choice("good_level", "Good level of development?", options=stages.REACHED, report=True),
            ),
            Choices(
                "goals_met",
                "Early learning goals at the expected level",
                options=stages.GOALS,
                help="At the end of reception. The first twelve together make a good level of development",
            ),
        ),
        Rows(
            "baseline",
            "Starting point when the child came into care",
            row="subject",
            from_record="baseline",
            help="Kept and shown on every later plan",
            fields=(
                Text("subject", "Subject", required=True),
                Date("assessed_on", "Assessed on", past=True),
                Choice("framework", "Assessed by", options=lists.FRAMEWORKS),
                Text("result", "Result"),
                Choice("judgement", "For the age", options=lists.JUDGEMENTS),
            ),
        ),
        Text("learning_note", "What the child knows and can do", lines=3, fresh=True),
    ),
    guidance=(
        "Compare each subject with the last plan and with the starting point in care. Say “expected” of the "
        "child's age, not of the class."
    ),
    owner="Designated teacher",
    plain="How learning is going",
)
