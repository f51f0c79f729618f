"""The parts of the Personal Education Plan about school: the place, attendance, needs and progress."""

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Computed,
    Date,
    Filled,
    Is,
    Number,
    Rows,
    Section,
    Text,
)
from caseapp.form_parts import pep_lists as lists
from caseapp.form_parts.asking import anew, only_if, pairs

EHCP = Is("sen_status", "E")
SUPPORTED = AnyOf("sen_status", ("K", "E"))
IN_SCHOOL = AnyOf("variant", ("school", "special"))
EXCLUDED = Is("excluded", "yes")
REDUCED = Is("timetable_reduced", "yes")
ELSEWHERE = Is("alternative", "yes")

SCHOOL = Section(
    "school",
    "School",
    (
        *pairs(
            Text("school", "School or setting", required=True, prefill="child.school"),
            Choice("setting_type", "Type of school", options=lists.SETTING_TYPES, required=True, report=True),
            Text("school_urn", "School number (URN)", prefill="child.school_urn"),
            Text("school_authority", "Council of the school"),
            Text("school_phone", "Telephone"),
            Text("school_miles", "Distance from the placement"),
        ),
        Text("school_address", "Address", lines=3),
        Text("inspection", "Last Ofsted report", help="Date, and what it said in short"),
        *pairs(
            Date("on_roll_on", "On roll since", required=True, prefill="child.school_from"),
            Text("year_group", "Year group by age", required=True, prefill="child.year_group"),
            Choice(
                "key_stage", "Key stage", options=lists.KEY_STAGES, prefill="child.key_stage", report=True
            ),
            Text("actual_year_group", "Year group taught in, if different"),
        ),
        Text("actual_year_reason", "Why it is different", when=Filled("actual_year_group"), required=True),
        *pairs(
            Text("tutor", "Class or tutor"),
            Text("teacher", "Designated teacher", required=True, prefill="child.designated_teacher"),
            Text("teacher_email", "Designated teacher's email", required=True),
            Text("head_of_year", "Head of year"),
            Text("senco", "SEN co-ordinator"),
            Text("attendance_lead", "Attendance lead"),
            Number(
                "hours_week",
                "Hours of education a week",
                unit="hours",
                high=60,
                places=1,
                required=True,
                report=True,
            ),
            Choice("full_time", "Is this full time?", options=YES_NO, required=True, report=True),
        ),
        Text(
            "part_time_reason",
            "Why not, and what happens in the other hours",
            lines=3,
            when=Is("full_time", "no"),
            required=True,
            help="Give a reduced timetable under “Behaviour, suspensions and timetable”",
        ),
        Choice("alternative", "Is any of it alternative provision?", options=YES_NO, report=True),
        *only_if(
            ELSEWHERE,
            *pairs(
                Text("alternative_name", "Provider", required=True),
                Choice(
                    "alternative_registered", "Is the provider registered?", options=YES_NO, required=True
                ),
                Text("alternative_days", "Days"),
                Number("alternative_hours", "Hours a week there", unit="hours", high=60, places=1),
                Date("alternative_from", "Started"),
                Date("alternative_review_on", "To be reviewed"),
            ),
            Text("alternative_by", "Commissioned by"),
        ),
        *pairs(
            Choice("dual", "On the roll of two schools?", options=YES_NO),
            Choice("boards", "Does the child board?", options=YES_NO),
            Number("school_moves", "School moves in the last 12 months", high=50, report=True),
            Text("exam_centre", "Exam centre number"),
        ),
        Rows(
            "previous_schools",
            "Earlier schools",
            row="school",
            fields=(
                Text("name", "School", required=True),
                Date("from_on", "From"),
                Date("to_on", "To"),
                Text("reason", "Why it ended"),
            ),
        ),
    ),
    guidance="Where the child learns, for how many hours, and who answers for it at the school.",
    owner="Designated teacher",
)

ATTENDANCE = Section(
    "attendance",
    "Attendance",
    (
        *anew(
            Number(
                "sessions_possible",
                "Sessions possible this school year",
                high=500,
                required=True,
                half=True,
                help="Half days, 1 September to today",
            ),
            Number("sessions_attended", "Sessions attended", high=500, required=True, half=True),
            Computed(
                "attendance_percent",
                "Attendance",
                of="percent",
                needs=("sessions_attended", "sessions_possible"),
                unit="%",
                report=True,
                help="90 % or less counts as persistent absence",
            ),
            *pairs(
                Number("sessions_authorised", "Authorised absence", unit="sessions", high=500),
                Number(
                    "sessions_unauthorised", "Unauthorised absence", unit="sessions", high=500, report=True
                ),
                Number("lates", "Times late", high=500),
                Number("percent_last_term", "Attendance last term", unit="%", high=100, places=1),
                Number("percent_last_year", "Attendance last year", unit="%", high=100, places=1),
                Text("register_codes", "Register codes", help="Such as I 6, M 2, U 1"),
            ),
            Text("absence_reasons", "Reasons for absence", lines=3),
        ),
        Text(
            "attendance_helps",
            "What helps the child be in school?",
            lines=3,
            help="A sentence or two, in words the child would recognise",
        ),
        Text("attendance_plan", "Plan, if attendance is under 95 %", lines=3, fresh=True),
        Date("attendance_check_on", "Next attendance check", fresh=True),
    ),
    guidance="One day is two sessions. The percentage is worked out from the sessions.",
    owner="Designated teacher",
)

EXCLUSIONS = Section(
    "exclusions",
    "Behaviour, suspensions and timetable",
    (
        Number(
            "suspended_days_term",
            "Suspended this term",
            unit="days",
            high=200,
            places=1,
            report=True,
            fresh=True,
            half=True,
            help="Half days count, and so does being sent home for one",
        ),
        Number(
            "suspended_days_year",
            "Suspended this school year",
            unit="days",
            high=200,
            places=1,
            report=True,
            fresh=True,
            half=True,
            help="45 school days is the legal limit in a year",
        ),
        Rows(
            "suspensions",
            "Suspensions this school year",
            row="suspension",
            help="The school tells the virtual school and the social worker without delay",
            fields=(
                Date("from_on", "From", past=True, required=True),
                Date("to_on", "To"),
                Number("sessions", "Sessions", high=100, required=True, help="Half days"),
                Choices("reasons", "Reasons, up to three", options=lists.SUSPENSION_REASONS),
                Text("provided_from", "Education provided from day", help="The sixth at the latest"),
                Date("told_on", "Virtual school told"),
                Date("return_on", "Return meeting"),
            ),
        ),
        Choice("excluded", "Permanently excluded?", options=YES_NO, report=True),
        *only_if(
            EXCLUDED,
            *pairs(
                Date("excluded_on", "Excluded on", past=True, required=True),
                Choices("excluded_for", "Reasons", options=lists.SUSPENSION_REASONS),
                Date("governors_on", "Governors' meeting"),
                Choice("governors", "What the governors decided", options=lists.GOVERNORS),
                Choice("rescinded", "Was it withdrawn?", options=YES_NO),
                Date("excluded_provision_on", "Education provided from"),
            ),
        ),
        Choice(
            "timetable_reduced",
            "Is the timetable reduced?",
            options=(("no", "No"), ("yes", "Yes, by agreement and with an end date")),
            report=True,
        ),
        *only_if(
            REDUCED,
            *pairs(
                Number("timetable_hours", "Hours offered a week", high=60, places=1, required=True),
                Number("timetable_full", "Hours of a full week", high=60, places=1),
                Date("timetable_from", "Reduced from", required=True, report=True),
                Date("timetable_to", "Ends on", required=True, report=True),
            ),
            Text("timetable_reason", "Why it is reduced", lines=3, required=True),
            Text("timetable_reviews", "Review dates", half=True),
            Choices("timetable_by", "Agreed by", options=lists.AGREED_BY, required=True, half=True),
        ),
        Text("rewards", "Rewards and praise", lines=3, fresh=True),
        Text("behaviour_plan", "Behaviour plan", lines=3),
        Number(
            "restraints", "Times the child was physically held this term", high=200, fresh=True, half=True
        ),
        Text("managed_move", "Managed move", half=True, help="To which school, from when"),
        Text("restraints_note", "What happened, and what was learned", lines=3, fresh=True),
    ),
    guidance="Begin with what goes well. Sending a child home informally is unlawful: count it here.",
    owner="Designated teacher",
)

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
                Date("ehcp_issued_on", "Plan issued", past=True),
                Date("ehcp_reviewed_on", "Last annual review", past=True),
                Date("ehcp_review_due_on", "Next annual review due", report=True),
                Text("ehcp_placement", "School named in section I"),
                Choices("ehcp_parts", "The plan also has", options=lists.EHCP_PARTS),
            ),
        ),
        Text("top_up", "Top-up funding", when=SUPPORTED, half=True),
        Text("provision", "Support in place", lines=4, when=SUPPORTED),
        Text("exam_access", "Exam access arrangements", lines=2),
        Text("psychologist", "Educational psychologist", lines=2),
        Text("therapies", "Therapies", lines=2),
    ),
    guidance="What the child needs in order to learn, and the support that is in place now.",
    owner="Designated teacher",
)

PROGRESS = Section(
    "progress",
    "Progress",
    (
        *anew(
            *only_if(
                IN_SCHOOL,
                *pairs(
                    Choice(
                        "reading",
                        "Reading for the child's age",
                        options=lists.JUDGEMENTS,
                        required=True,
                        report=True,
                    ),
                    Choice(
                        "writing",
                        "Writing for the child's age",
                        options=lists.JUDGEMENTS,
                        required=True,
                        report=True,
                    ),
                    Choice(
                        "maths",
                        "Maths for the child's age",
                        options=lists.JUDGEMENTS,
                        required=True,
                        report=True,
                    ),
                ),
            ),
            Choice("progress_overall", "Progress overall", options=lists.PROGRESS, report=True, half=True),
            Rows(
                "attainment",
                "Subject by subject",
                row="subject",
                at_least=1,
                help="Reading, writing and maths in years 1 to 11; from key stage 4 every course",
                fields=(
                    Text("subject", "Subject", required=True),
                    Date("assessed_on", "Assessed on", past=True, required=True),
                    Choice("framework", "Assessed by", options=lists.FRAMEWORKS),
                    Text("result", "Result", help="As the school writes it: EXS, 104, grade 5, 5-4, Merit"),
                    Choice("judgement", "For the age", options=lists.JUDGEMENTS, required=True),
                    Text("not_assessed", "Why not assessed", when=Is("judgement", "N"), required=True),
                    Choice("progress", "Progress since the last plan", options=lists.PROGRESS, required=True),
                    Choice("from_baseline", "Progress since coming into care", options=lists.PROGRESS),
                    Text("target_grade", "Predicted or target grade"),
                    Text("remark", "Teacher's comment", lines=2),
                ),
            ),
            Choice(
                "gcse_course",
                "English and maths: on course for",
                options=lists.GCSE_COURSE,
                when=Is("key_stage", "KS4"),
                report=True,
            ),
        ),
        Rows(
            "baseline",
            "Starting point when the child came into care",
            row="subject",
            help="Kept and shown on every later plan",
            fields=(
                Text("subject", "Subject", required=True),
                Date("assessed_on", "Assessed on", past=True),
                Choice("framework", "Assessed by", options=lists.FRAMEWORKS),
                Text("result", "Result"),
                Choice("judgement", "For the age", options=lists.JUDGEMENTS),
            ),
        ),
    ),
    guidance=(
        "Compare each subject with the last plan and with the starting point in care. Say “expected” of the "
        "child's age, not of the class."
    ),
    owner="Designated teacher",
)
