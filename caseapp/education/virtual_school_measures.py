"""The measures of the virtual school, one row a measure: what it is called, what it means, how it is told.

Source: the measures that virtual schools report to their corporate parenting board each year.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from caseapp.education import virtual_school_peps as peps
from caseapp.education import virtual_school_schooling as schooling
from caseapp.education.virtual_school_formula import Formula
from caseapp.form_parts import pep_lists as lists

COUNT, SHARE, PERCENT, MEAN, DAYS, MONEY = "count", "share", "percent", "mean", "days", "money"
"""Units: children; a share of children; a mean of percents; a mean; a sum of days; a sum of pence."""


@dataclass(frozen=True)
class Measure:
    """A figure: its key, group, title, meaning, unit and formula."""

    key: str
    group: str
    title: str
    definition: str
    unit: str
    formula: Formula


GROUPS: Final = (
    ("peps", "PEPs"),
    ("quality", "Quality"),
    ("voice", "Voice and meetings"),
    ("attendance", "Attendance"),
    ("suspensions", "Suspensions and places"),
    ("attainment", "Attainment"),
    ("money", "Pupil premium"),
    ("sen", "Special educational needs"),
    ("post_16", "Post-16"),
    ("stability", "Stability"),
)
_VOICE = frozenset(code for code, _ in lists.VOICE_METHODS if code != "refused")
_RWM = ("reading", "writing", "maths")
_NEED = "children who need a PEP: looked after other than by short breaks, old enough, under 18"
_TWELVE = "at the newest assessment of the last twelve months"

MEASURES: Final = (
    Measure("needing", "peps", "Need a PEP", f"Everybody on the roll: {_NEED}.", COUNT, peps.needing),
    Measure(
        "up_to_date", "peps", "PEP up to date",
        "Of those who need a PEP and whose first is due: a meeting was held this term or, in the first 30 "
        "days of the term, last term.", SHARE, peps.up_to_date,
    ),
    Measure(
        "approved", "peps", "Up to date and approved",
        "Of the same children: the PEP is up to date and quality assurance has approved it.",
        SHARE, peps.approved,
    ),
    Measure(
        "completed", "peps", "Held this term",
        "Of those who need a PEP: a meeting was held this term. Two in one term count once.",
        SHARE, peps.completed,
    ),
    Measure(
        "initial", "peps", "First PEP on time",
        "Of entries into care whose 20 working days ended this term: begun within 10 working days and held "
        "within 20. Coming back into care is a new entry; a planned entry may have it before.",
        SHARE, partial(peps.initial, begun=True, held=True),
    ),
    Measure(
        "initial_begun", "peps", "First PEP begun in 10 days",
        "Of the same entries into care: begun within 10 working days.",
        SHARE, partial(peps.initial, begun=True, held=False),
    ),
    Measure(
        "initial_held", "peps", "First PEP held in 20 days",
        "Of the same entries into care: the meeting was held within 20 working days.",
        SHARE, partial(peps.initial, begun=False, held=True),
    ),
    Measure(
        "first_not_due", "peps", "First PEP not due yet",
        "Need a PEP, have had none in this time in care, and still have days left. Not in the figures of "
        "PEPs up to date.", COUNT, peps.first_not_due,
    ),
    Measure(
        "overdue", "peps", "Overdue",
        "Need a PEP, had no meeting this term, and the planned day has passed or there is none. The longest "
        "overdue stand first. Nobody counts after leaving care or turning 18.", COUNT, peps.overdue,
    ),
    Measure(
        "good", "quality", "Approved as good or better",
        "Of PEPs approved this term, the newest of each child: graded green, gold, good or outstanding.",
        SHARE, peps.good,
    ),
    Measure(
        "returned", "quality", "Given back",
        "Of children whose PEP was decided on this term: it was given back at least once this term.",
        SHARE, peps.returned,
    ),
    Measure(
        "resubmissions", "quality", "Mean resubmissions",
        "How often the PEPs approved this term came back mended before, on average.", MEAN,
        peps.resubmissions,
    ),
    Measure(
        "voice", "voice", "Child’s voice present",
        "Of children with a meeting this term: the newest holds their views, by whatever method. A child who "
        "did not wish to share is not counted.", SHARE,
        partial(peps.meeting_says, key="voice_method", counted=_VOICE, titles=dict(lists.VOICE_METHODS)),
    ),
    Measure(
        "child_came", "voice", "Child attended",
        "Of children with a meeting this term: they came to all or part of it.", SHARE,
        partial(peps.meeting_says, key="child_there", counted=frozenset({"all", "part"}),
                titles=dict(lists.CHILD_ATTENDED)),
    ),
    Measure(
        "carer_came", "voice", "Carer attended",
        "Of children with a meeting this term: the carer came, in person or online.", SHARE,
        partial(peps.meeting_says, key="carer_there", counted=frozenset({"there", "online"}),
                titles=dict(lists.ATTENDED)),
    ),
    Measure(
        "attendance", "attendance", "Mean attendance",
        "The mean of the children’s attendance this school year, up to and with this term. Children without "
        "a register are left out.", PERCENT, schooling.mean_attendance,
    ),
    Measure(
        "persistent", "attendance", "Persistent absence",
        "Of children with a register this school year: a tenth or more of the sessions missed. Severe "
        "absence is part of it.", SHARE, partial(schooling.absent, kinds=("persistent", "severe")),
    ),
    Measure(
        "severe", "attendance", "Severe absence",
        "Of children with a register this school year: half or more of the sessions missed.",
        SHARE, partial(schooling.absent, kinds=("severe",)),
    ),
    Measure(
        "suspended", "suspensions", "Children suspended",
        "Of those who need a PEP: suspended at least once this school year. Withdrawn ones do not count.",
        SHARE, schooling.suspended,
    ),
    Measure(
        "suspension_days", "suspensions", "Days of suspension",
        "School days of suspensions that began this school year; a session is half a day.",
        DAYS, schooling.suspension_days,
    ),
    Measure(
        "excluded", "suspensions", "Permanent exclusions",
        "Children permanently excluded this school year; withdrawn ones do not count. The target is 0.",
        COUNT, schooling.excluded,
    ),
    Measure(
        "timetables", "suspensions", "Reduced timetable over 6 weeks",
        "Children whose reduced timetable still runs after six weeks.", COUNT, schooling.long_timetables,
    ),
    Measure(
        "no_place", "suspensions", "No school place over 20 days",
        "Children of compulsory school age without a school for more than 20 school days in care.",
        COUNT, schooling.no_place,
    ),
    *(
        Measure(
            f"expected_{subject}", "attainment", f"{subject.capitalize()} at or above expected",
            f"Of children in years 1 to 11 judged in {subject}: at or above what is expected for the age, "
            f"{_TWELVE}.", SHARE, partial(schooling.expected, subjects=(subject,)),
        )
        for subject in _RWM
    ),
    Measure(
        "expected_combined", "attainment", "All three at or above expected",
        f"Of children in years 1 to 11 judged in reading, writing and maths: at or above in each, {_TWELVE}.",
        SHARE, partial(schooling.expected, subjects=_RWM),
    ),
    *(
        Measure(
            f"progress_{subject}", "attainment", f"Expected progress in {subject}",
            f"Of children in years 1 to 11 whose progress in {subject} is known: as expected or more, "
            f"{_TWELVE}.", SHARE, partial(schooling.progressed, subject=subject),
        )
        for subject in _RWM
    ),
    Measure(
        "premium_approved", "money", "Approved",
        "Pupil premium of all streams approved for this financial year, of everybody who has some, still in "
        "care or not.", MONEY, partial(schooling.premium, sum_of=schooling.granted),
    ),
    Measure(
        "premium_spent", "money", "Spent",
        "What of it was paid and is recorded as spent.", MONEY,
        partial(schooling.premium, sum_of=schooling.spent),
    ),
    Measure(
        "premium_unspent", "money", "Unspent",
        "What of it is not recorded as spent. On 31 March it is lost.",
        MONEY, partial(schooling.premium, sum_of=schooling.unspent),
    ),
    Measure(
        "sen_support", "sen", "SEN support",
        "Of those who need a PEP: on SEN support. For last term what the last plan by then says.",
        SHARE, partial(schooling.sen, code="K"),
    ),
    Measure(
        "ehcp", "sen", "Education, health and care plan",
        "Of those who need a PEP: with an EHC plan. For last term what the last plan by then says.",
        SHARE, partial(schooling.sen, code="E"),
    ),
    Measure(
        "ehcp_overdue", "sen", "Annual review overdue",
        "Children with an EHC plan whose next annual review, as the newest PEP gives it, should have been.",
        COUNT, schooling.review_overdue,
    ),
    Measure(
        "eet", "post_16", "In education, employment or training",
        "Of those who need a PEP in year 12 or above: in education, employment or training by the newest "
        "PEP. Nothing recorded counts as no.", SHARE, schooling.in_activity,
    ),
    Measure(
        "neet", "post_16", "Not in any of them",
        "Young people in year 12 or above who are in none by the newest PEP (NEET).",
        COUNT, schooling.not_in_activity,
    ),
    Measure(
        "moves", "stability", "Changed school",
        "Of those who need a PEP: began at another school in the last twelve months, the usual changes of "
        "September included. A change of placement alone is none.", SHARE, schooling.moved,
    ),
    Measure(
        "key_stage_4_moves", "stability", "Changed school in key stage 4",
        "Of those in year 10 or 11: began at another school within key stage 4; starting year 10 in "
        "September is none.", SHARE, schooling.moved_in_key_stage_4,
    ),
)  # fmt: skip
