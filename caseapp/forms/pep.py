"""The Personal Education Plan for a child of school age.

Source: Care Planning, Placement and Case Review (England) Regulations 2010, schedule 1 paragraph 2;
DfE, Promoting the education of looked-after and previously looked-after children (2018).
"""

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Computed,
    Date,
    Form,
    Money,
    NotBefore,
    NotOver,
    Number,
    Rows,
    Section,
    Signatures,
    Text,
)
from caseapp.form_parts import pep_lists as lists
from caseapp.form_parts.asking import anew, pairs
from caseapp.form_parts.pep_home import ABOUT, CARE, ENRICHMENT, HEALTH, TRANSITION
from caseapp.form_parts.pep_school import ATTENDANCE, EXCLUSIONS, PROGRESS, SCHOOL, SEN
from caseapp.form_parts.pep_views import VIEWS, VOICE

LAST_TERM = Section(
    "last_term",
    "Last term's targets",
    (
        Rows(
            "last_targets",
            "How the last targets went",
            row="target",
            from_last="targets",
            fields=(
                Text("what", "Target", required=True),
                Text("who", "Who helped"),
                Date("by", "By"),
                Choice("outcome", "Result", options=lists.OUTCOMES, required=True),
                Text("evidence", "What happened", lines=2),
                Text("impact", "What difference the money made", lines=2),
                Text("carried_to", "Goes on as new target"),
            ),
        ),
        Rows(
            "last_actions",
            "What became of the last actions",
            row="action",
            from_last="actions",
            fields=(
                Text("what", "Action", required=True),
                Text("who", "Who"),
                Date("by", "By"),
                Choice("status", "Where it stands", options=lists.STATUS, required=True),
            ),
        ),
    ),
    guidance=(
        "The targets and actions of the last signed plan stand here to be reviewed. What is still needed is "
        "agreed anew below."
    ),
    owner="Designated teacher",
)

TARGETS = Section(
    "new_targets",
    "New targets",
    (
        Rows(
            "targets",
            "What we agreed",
            row="target",
            at_least=3,
            actions=True,
            fresh=True,
            fields=(
                Choice("category", "About", options=lists.TARGET_KINDS),
                Text("need", "Which need it answers", required=True),
                Text("what", "Target", lines=2, required=True),
                Text("measure", "How it is measured, and the starting point", required=True),
                Text("success", "How we will know", required=True),
                Text("intervention", "What will be done", lines=2, required=True),
                Text("delivered_by", "Who delivers it", required=True),
                Text("often", "How often", required=True),
                Text("group_size", "Group size"),
                Date("starts_on", "From", required=True),
                Date("ends_on", "To", required=True),
                Text("who", "Who sees to it", required=True, help="A named person, not “school”"),
                Text("own_words", "In the child's own words", quote=True),
                Date("by", "By when", required=True),
                Money("cost", "Pupil premium plus"),
                Choice("rag", "How it stands", options=lists.RAG),
                Choice("status", "Status", options=lists.STATUS),
            ),
        ),
    ),
    guidance=(
        "At least three: two for learning and one for feelings and friendships. Each says what, how much, "
        "by when and who, and can be done in about twelve weeks."
    ),
    owner="Designated teacher",
)

PREMIUM = Section(
    "premium",
    "Pupil premium plus",
    (
        Rows(
            "last_requests",
            "What last term's money did",
            row="item",
            from_last="pp_requests",
            fields=(
                Text("item", "What for", required=True),
                Money("approved", "Approved"),
                Money("spent", "Spent", required=True),
                Text("impact", "Evidence, and the difference it made", lines=2, required=True),
            ),
        ),
        *anew(
            Rows(
                "pp_requests",
                "Requests this term",
                row="request",
                help="Tied to a target, and not for what every pupil gets",
                fields=(
                    Text("item", "What for", required=True),
                    Text("target", "Which target"),
                    Choice("category", "Kind", options=lists.SPENDING_KINDS),
                    Money("amount", "Amount", required=True),
                    Text("term", "Term"),
                    Text("asked_by", "Requested by"),
                    Date("asked_on", "Requested on", past=True),
                    Choice("decision", "Decision", options=lists.DECISIONS),
                    Money(
                        "approved",
                        "Approved",
                        when=AnyOf(
                            "decision",
                            ("approved", "part"),
                        ),
                        required=True,
                    ),
                    Text("decided_by", "Decided by"),
                    Date("decided_on", "Decided on", past=True),
                    Text(
                        "why",
                        "Why",
                        when=AnyOf(
                            "decision",
                            ("part", "declined", "query"),
                        ),
                        required=True,
                    ),
                    Date("paid_on", "Paid on"),
                    Money("spent", "Spent so far"),
                ),
            ),
            *pairs(
                Money("pp_allocated", "Allocated this year", report=True),
                Money("pp_approved", "Approved this year", report=True),
                Money("pp_paid", "Paid this year"),
                Money("pp_spent", "Spent this year", report=True),
                Computed(
                    "pp_unplanned",
                    "Not yet planned",
                    of="left",
                    needs=("pp_allocated", "pp_approved"),
                    unit="pence",
                ),
                Computed(
                    "pp_left",
                    "Not yet spent",
                    of="left",
                    needs=("pp_allocated", "pp_spent"),
                    unit="pence",
                    report=True,
                ),
            ),
        ),
    ),
    guidance=(
        "The year runs from 1 April to 31 March, and the council cannot keep what is unspent. The virtual "
        "school decides each request."
    ),
    owner="Designated teacher",
)

DOCUMENTS = Section(
    "documents",
    "Documents",
    (
        Rows(
            "documents",
            "Papers that belong to this plan",
            row="document",
            fields=(
                Choice("kind", "Kind", options=lists.DOCUMENTS, required=True),
                Text("title", "Title", required=True),
                Date("dated_on", "Dated"),
                Text("kept", "Where it is kept"),
            ),
        ),
    ),
    guidance="Say which papers there are and where they are kept.",
    owner="Designated teacher",
)

MEETING = Section(
    "meeting",
    "Meeting and actions",
    (
        *anew(
            Date(
                "met_on",
                "Date of the meeting",
                event="pep_held",
                past=True,
                required=True,
                report=True,
                half=True,
            ),
            Text("met_at", "Time", half=True),
            Text("met_where", "Place or online link"),
            *pairs(
                Choice("child_there", "The child", options=lists.CHILD_ATTENDED, required=True, report=True),
                Choice("carer_there", "Carer", options=lists.ATTENDED, required=True, report=True),
                Choice("worker_there", "Social worker", options=lists.ATTENDED, required=True, report=True),
                Choice(
                    "teacher_there", "Designated teacher", options=lists.ATTENDED, required=True, report=True
                ),
            ),
            Rows(
                "attendees",
                "Others who were invited",
                row="person",
                fields=(
                    Text("name", "Name", required=True),
                    Text("role", "Role"),
                    Text("organisation", "Organisation"),
                    Choice("invited", "Invited?", options=YES_NO),
                    Choice("attended", "How they took part", options=lists.ATTENDED, required=True),
                    Choice("gave_view", "View given?", options=YES_NO),
                ),
            ),
            Text("decisions", "What was decided", lines=4),
            Rows(
                "actions",
                "Who does what",
                row="action",
                actions=True,
                fields=(
                    Text("what", "Action", required=True),
                    Text("who", "Who", required=True),
                    Date("by", "By when", required=True),
                    Choice("status", "Status", options=lists.STATUS),
                ),
            ),
            *pairs(
                Date("next_on", "Date of the next PEP", required=True, report=True),
                Text("next_at", "Time of the next PEP"),
                Choices("sent_to", "Who receives this plan", options=lists.RECEIVERS),
                Choice(
                    "child_version", "Was the child given their own version?", options=YES_NO, report=True
                ),
            ),
        ),
    ),
    guidance="The social worker, the designated teacher and the carer come to every meeting.",
    owner="Designated teacher",
)

SIGNATURES = Section(
    "agreement",
    "Agreement and signatures",
    (Signatures("signatures", "Who agrees with this plan", at_least=3),),
    guidance=(
        "This plan is part of the care plan. It says how everybody who signs will help this child to learn. "
        "The social worker, the designated teacher and the carer sign, and the child if they wish."
    ),
    owner="Social worker",
)

QUALITY = Section(
    "quality",
    "Quality assurance",
    (
        Text("qa_by", "Reviewed by", fresh=True, half=True),
        Date("qa_on", "Reviewed on", past=True, fresh=True, half=True),
        *(
            Choice(f"qa_{code}", label, options=lists.PARTLY, fresh=True, half=True)
            for code, label in lists.CHECKS
        ),
        *anew(
            Choice("qa_grade", "Overall grade", options=lists.GRADES, report=True, half=True),
            Rows(
                "qa_sections",
                "Grade of each section",
                row="section",
                fields=(
                    Text("section", "Section", required=True),
                    Choice("grade", "Grade", options=lists.GRADES, required=True),
                    Text("remark", "Comment", lines=2),
                ),
            ),
            Text("qa_comments", "Comments", lines=4),
            Rows(
                "qa_actions",
                "To be put right",
                row="action",
                actions=True,
                fields=(
                    Text("what", "What", required=True),
                    Text("who", "Who", required=True),
                    Date("by", "By when", required=True),
                    Choice("status", "Status", options=lists.STATUS),
                ),
            ),
            Number("qa_returns", "Times sent back", high=20, report=True, half=True),
            Date("qa_approved_on", "Approved on", past=True, report=True, half=True),
        ),
    ),
    guidance="For the virtual school only. Two ambers make the plan amber; a red is sent back.",
    owner="Virtual school",
)

PEP = Form(
    "pep",
    1,
    "pep",
    "Personal Education Plan",
    short="PEP",
    source=(
        "Care Planning, Placement and Case Review (England) Regulations 2010, schedule 1 paragraph 2; "
        "DfE, Promoting the education of looked-after children and previously looked-after children, 2018"
    ),
    dated_by="met_on",
    sections=(
        ABOUT,
        VOICE,
        CARE,
        SCHOOL,
        ATTENDANCE,
        EXCLUSIONS,
        SEN,
        HEALTH,
        PROGRESS,
        LAST_TERM,
        TARGETS,
        PREMIUM,
        ENRICHMENT,
        TRANSITION,
        VIEWS,
        DOCUMENTS,
        MEETING,
        SIGNATURES,
        QUALITY,
    ),
    rules=(
        NotOver(
            "sessions_attended",
            "sessions_possible",
            "More sessions are attended than were possible. Check both.",
        ),
        NotOver(
            "suspended_days_term",
            "suspended_days_year",
            "This term cannot have more days than the year so far.",
        ),
        NotOver(
            "timetable_hours", "timetable_full", "A reduced week cannot have more hours than a full one."
        ),
        NotOver("pp_paid", "pp_approved", "More is paid than was approved. Check both sums."),
        NotBefore("looked_after_since", "born_on", "This date is before the child was born."),
        NotBefore("timetable_to", "timetable_from", "The reduced timetable ends before it starts."),
        NotBefore("ehcp_review_due_on", "ehcp_reviewed_on", "The next review is before the last one."),
        NotBefore("attendance_check_on", "met_on", "This date is before the meeting. Choose a later one."),
        NotBefore("next_on", "met_on", "The next PEP is before this one. Choose a later date."),
        NotBefore("qa_approved_on", "met_on", "The plan cannot be approved before its meeting."),
    ),
)
