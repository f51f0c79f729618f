"""The parts of the Personal Education Plan about school: the place, attendance, behaviour.

Rows that the record holds are asked for anew at each plan, so that a signed plan keeps what was true then.
"""

from caseapp.form import (
    YES_NO,
    AnyOf,
    Choice,
    Choices,
    Computed,
    Date,
    Is,
    Number,
    Rows,
    Section,
    Text,
)
from caseapp.form_parts import pep_lists as lists
from caseapp.form_parts.asking import anew, only_if, pairs

IN_SETTING = AnyOf("variant", lists.IN_SETTING)
REGISTERED = AnyOf("variant", ("school", "special", "post_16"))
PLACED = AnyOf("setting_type", tuple(code for code, _ in lists.SETTING_TYPES if code != "none"))
OUT_OF_AREA = Is("out_of_area", "yes")
PERMANENT = Is("permanent", "yes")
SUSPENDED = Is("permanent", "no")

SCHOOL = Section(
    "school",
    "School",
    (
        *pairs(
            Text("school", "School or setting", required=True, prefill="child.school"),
            Choice(
                "setting_type",
                "Type of school",
                options=lists.SETTING_TYPES,
                required=True,
                prefill="pep.setting_type",
                report=True,
                help="A young person over 16 may have none: say “No provision”",
            ),
            Text("school_urn", "School number (URN)", prefill="child.school_urn"),
            Text("school_authority", "Council of the school"),
            Text("school_phone", "Telephone"),
            Text("school_miles", "Distance from the placement"),
        ),
        Text("school_address", "Address", lines=3),
        Text("inspection", "Last Ofsted report", help="Date, and what it said in short"),
        *only_if(
            PLACED,
            *pairs(
                Date("on_roll_on", "On roll since", required=True, prefill="child.school_from"),
                Text("tutor", "Class or tutor"),
                Text(
                    "teacher",
                    "Designated teacher or lead",
                    required=True,
                    prefill="child.designated_teacher",
                    help="At a nursery or college, the person it has named for children in care",
                ),
                Text("teacher_email", "Their email", required=True),
                Text("head_of_year", "Head of year"),
                Text("senco", "SEN co-ordinator"),
                Text("attendance_lead", "Attendance lead"),
                Text("exam_centre", "Exam centre number"),
            ),
        ),
        Number(
            "hours_week",
            "Hours of education a week",
            unit="hours",
            high=60,
            places=1,
            required=True,
            report=True,
            half=True,
        ),
        Choice("full_time", "Is this full time?", options=YES_NO, required=True, report=True, half=True),
        Text(
            "part_time_reason",
            "Why not, and what happens in the other hours",
            lines=3,
            when=Is("full_time", "no"),
            required=True,
            help="Give a reduced timetable under “Behaviour, suspensions and timetable”",
        ),
        *pairs(
            Choice("dual", "On the roll of two schools?", options=YES_NO),
            Choice("boards", "Does the child board?", options=YES_NO),
        ),
    ),
    guidance="Where the child learns, for how many hours, and who answers for it at the school.",
    owner="Designated teacher",
    when=IN_SETTING,
    plain="My school",
)

SCHOOLING = Section(
    "schooling",
    "Schools so far, and other places of learning",
    (
        Rows(
            "schools",
            "Schools so far",
            row="school",
            from_record="schools",
            fresh=True,
            help="An unbroken line, with what happened in between",
            fields=(
                Text("school", "School", required=True),
                Date("from_on", "From"),
                Date("until_on", "To"),
                Text("reason_left", "Why it ended"),
            ),
        ),
        Number(
            "school_moves",
            "School moves in the last 12 months",
            high=50,
            report=True,
            half=True,
            fresh=True,
        ),
        Choice(
            "out_of_area",
            "Is the child or the school in another council's area?",
            options=YES_NO,
            report=True,
            half=True,
        ),
        *only_if(
            OUT_OF_AREA,
            *pairs(
                Text("host_authority", "Which council", required=True),
                Text("host_contact", "Its virtual school: name, telephone and email", required=True),
            ),
            Text("host_note", "Admissions and the moving of SEN papers between the councils", lines=2),
        ),
        Rows(
            "alternatives",
            "Alternative provision",
            row="provider",
            from_record="provision",
            fresh=True,
            fields=(
                Text("name", "Provider", required=True),
                Choice("registered", "Is the provider registered?", options=YES_NO),
                Date("started_on", "Started", required=True),
                Date("ended_on", "Ended"),
                Date("review_on", "To be reviewed"),
                Number("days", "Days a week", high=7),
                Number("hours", "Hours a week", unit="hours", high=60, places=1),
                Text("commissioner", "Commissioned by"),
            ),
        ),
    ),
    guidance="Changes of school cost months of learning: say why each happened.",
    owner="Designated teacher",
    plain="My schools so far",
)

ATTENDANCE = Section(
    "attendance",
    "Attendance",
    (
        *anew(
            *only_if(
                REGISTERED,
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
                    help="90 % or less counts as persistent absence, 50 % or less as severe",
                ),
                *pairs(
                    Number("sessions_authorised", "Authorised absence", unit="sessions", high=500),
                    Number(
                        "sessions_unauthorised",
                        "Unauthorised absence",
                        unit="sessions",
                        high=500,
                        report=True,
                    ),
                    Number("lates", "Times late", high=500),
                    Text("register_codes", "Register codes", help="Such as I 6, M 2, U 1", professional=True),
                ),
            ),
            Rows(
                "attendance",
                "Term by term",
                row="term",
                from_record="attendance",
                fields=(
                    Text("school", "School"),
                    Text("term", "Term", required=True, help="Such as autumn 2026"),
                    Number("possible", "Sessions possible", high=500, required=True),
                    Number("attended", "Attended", high=500, required=True),
                    Number("percent", "Attendance", unit="%", high=100, places=1),
                    Number("authorised", "Authorised absence", high=500),
                    Number("unauthorised", "Unauthorised absence", high=500),
                    Number("late", "Late", high=500),
                ),
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
    when=IN_SETTING,
    plain="Being at school",
)

EXCLUSIONS = Section(
    "exclusions",
    "Behaviour, suspensions and timetable",
    (
        Text("rewards", "Rewards and praise", lines=3, fresh=True),
        *anew(
            Rows(
                "suspensions",
                "Suspensions and exclusions",
                row="suspension",
                from_record="suspensions",
                help=(
                    "The school tells the virtual school and the social worker without delay. Half days "
                    "count, and so does being sent home for one. The legal limit is 45 school days a year."
                ),
                fields=(
                    Text("school", "School"),
                    Choice("permanent", "Permanent exclusion?", options=YES_NO, required=True),
                    Date("started_on", "From", past=True, required=True),
                    Date("ended_on", "To", when=SUSPENDED),
                    Number("sessions", "Sessions", high=180, when=SUSPENDED, required=True, help="Half days"),
                    Choices("reasons", "Reasons, up to three", options=lists.SUSPENSION_REASONS),
                    Date("provision_from", "Education provided from", help="The sixth day at the latest"),
                    Date("told_on", "Virtual school told", past=True),
                    Date("return_meeting_on", "Return meeting", when=SUSPENDED),
                    Date("governors_on", "Governors' meeting"),
                    Choice("outcome", "What the governors decided", options=lists.GOVERNORS, when=PERMANENT),
                    Date("rescinded_on", "Withdrawn on", past=True, when=PERMANENT),
                ),
            ),
            Rows(
                "timetables",
                "Reduced timetables",
                row="timetable",
                from_record="timetables",
                help="By agreement, for a short time, and with an end date",
                fields=(
                    Text("school", "School"),
                    Date("started_on", "From", required=True),
                    Date("until_on", "Agreed to end on", required=True),
                    Date("ended_on", "Ended on", past=True),
                    Date("review_on", "To be reviewed"),
                    Number("hours", "Hours offered a week", high=60, places=1, required=True),
                    Number("full_hours", "Hours of a full week", high=60, places=1, required=True),
                    Text("reason", "Why", required=True),
                    Text("agreed_by", "Agreed by", required=True, help="Parent, council, virtual school"),
                ),
            ),
        ),
        Text("behaviour_plan", "Behaviour plan", lines=3),
        Number(
            "restraints", "Times the child was physically held this term", high=200, fresh=True, half=True
        ),
        Text("managed_move", "Managed move", half=True, help="To which school, from when"),
        Text("restraints_note", "What happened, and what was learned", lines=3, fresh=True),
    ),
    guidance="Begin with what goes well. Sending a child home informally is unlawful: count it here.",
    owner="Designated teacher",
    when=IN_SETTING,
    plain="Behaviour, and times away from school",
)
