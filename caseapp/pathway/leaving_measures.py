"""The measures of leaving care, one row a measure: what it is called, what it means, how it is told.

Source: the measures that leaving-care services report; the national ones as the SSDA903 return defines them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from caseapp.form import YES_NO
from caseapp.form_parts import pathway_lists as lists
from caseapp.pathway import leaving_circumstances as circumstances
from caseapp.pathway import leaving_support as support
from caseapp.pathway.leaving_formula import Formula
from caseapp.pathway.leaving_people import ADULT, NO_INFORMATION, SUITABLE, UNSUITABLE

COUNT, SHARE, MONEY = "count", "share", "money"
"""Units: young people (or moves); a share of them; a sum of pence."""
NATIONAL, STATUTORY, LOCAL = "National", "Statutory", "Local"
"""Whose a measure is: published for England from the return; a duty in law; this authority's own."""


@dataclass(frozen=True)
class Measure:
    """A figure. `among` ends the sentence that begins with a number: «9 of 12 in the cohort».

    `of` names what is counted; `compared`: whether the year before beside it makes sense.
    """

    key: str
    group: str
    title: str
    definition: str
    among: str
    basis: str
    unit: str
    formula: Formula
    compared: bool = True
    of: tuple[str, str] = ("young person", "young people")


GROUPS: Final = (
    ("who", "Who is on the list"),
    ("national", "In touch, home and activity"),
    ("plans", "Plan and personal adviser"),
    ("ahead", "Coming up"),
    ("homes", "Homes"),
    ("health", "Health and papers"),
    ("ages", "By age"),
    ("money", "Setting up home"),
)
_LESS = "less those who died or went home"
_COHORT = f"in the cohort, {_LESS}"
_OF_COHORT = (
    f"÷ relevant and former relevant young people of 17 or over, {_LESS}: the code of what is recorded for "
    "the day, else of the newest return."
)
_OWED = f"owed a plan, {_LESS}"
_OF_OWED = (
    f"÷ all owed a pathway plan: eligible, relevant, former relevant under 21, and those of 21 to 24 who "
    f"study or asked for an adviser, {_LESS}, and less those whose closing plan is approved."
)
_NEWEST = "by the newest signed pathway plan; nothing recorded counts as no"
_HOME = "By the home recorded for the day, else the newest return."
_MOVES = ("move", "moves")
_CHANGES = ("change", "changes")
_ENTRIES = "of the setting-up-home allowance, by those who have an entry by the day."
_TURNING = f"owed a pathway plan, {_LESS}, with the 18th birthday in the six months after the day"

MEASURES: Final = (
    Measure(
        "listed", "who", "On the list",
        "Everybody who is eligible, relevant, former relevant or qualifying on the day: by the dates on "
        "record, or by a manager’s word.", "in or leaving care", LOCAL, COUNT, circumstances.listed,
    ),
    *(
        Measure(
            key, "who", title, f"Everybody on the list who is {title.lower()} on the day.",
            "on the list", LOCAL, COUNT, partial(circumstances.of_category, category=key),
        )
        for key, title in (
            ("eligible", "Eligible"), ("relevant", "Relevant"), ("former_relevant", "Former relevant"),
            ("qualifying", "Qualifying"),
        )
    ),
    Measure(
        "changed", "who", "Category changed this month",
        "Each change of legal category from the first of the calendar month to the day: onto the list, "
        "within it, or off it.", "of category", LOCAL, COUNT, circumstances.changed, compared=False,
        of=_CHANGES,
    ),
    Measure(
        "cohort", "national", "Cohort of the return",
        f"Relevant and former relevant young people of 17 or over, {_LESS}.",
        f"of 17 or over, {_LESS}", NATIONAL, COUNT, circumstances.cohort,
    ),
    Measure(
        "gone", "national", "Died or went home",
        "Relevant and former relevant young people of 17 or over who died after leaving care, or went home "
        "for six months or more (codes DIED and RHOM): left out of the measures of the cohort.",
        "left out of the cohort", NATIONAL, COUNT, circumstances.gone,
    ),
    Measure(
        "in_touch", "national", "In touch", f"In touch (code YES) {_OF_COHORT}",
        _COHORT, NATIONAL, SHARE, circumstances.in_touch,
    ),
    Measure(
        "suitable", "national", "Suitable home",
        f"Home judged suitable (suffix 1; abroad, deported and not known left out) {_OF_COHORT}",
        _COHORT, NATIONAL, SHARE, partial(circumstances.home_judged, judged=SUITABLE),
    ),
    Measure(
        "unsuitable", "national", "Unsuitable home",
        f"Home judged unsuitable (suffix 2; abroad, deported and not known left out) {_OF_COHORT}",
        _COHORT, NATIONAL, SHARE, partial(circumstances.home_judged, judged=UNSUITABLE),
    ),
    Measure(
        "no_information", "national", "No information on the home",
        "Not known (0 or R), gone abroad (G), deported (H), or not judged yet; with suitable and unsuitable "
        f"it makes the whole {_OF_COHORT}",
        _COHORT, NATIONAL, SHARE, partial(circumstances.home_judged, judged=NO_INFORMATION),
    ),
    Measure(
        "suitable_known", "national", "Suitable, of homes known",
        "Home judged suitable ÷ the cohort’s homes that were judged at all: higher than the national figure, "
        "and never to be set beside it.",
        "whose home was judged", LOCAL, SHARE,
        partial(circumstances.home_judged, judged=SUITABLE, known_only=True),
    ),
    Measure(
        "eet", "national", "Education, work, training",
        f"In education, employment or training (F1 P1 F2 P2 F4 P4 F5 P5; F3 P3 in old returns) {_OF_COHORT}",
        _COHORT, NATIONAL, SHARE, circumstances.busy,
    ),
    Measure(
        "neet", "national", "In none of them (NEET)",
        "Not in education, employment or training (G4 G5 G6), with reason and days, the longest first "
        f"{_OF_COHORT}", _COHORT, NATIONAL, SHARE, circumstances.not_busy,
    ),
    Measure(
        "activity_unknown", "national", "Activity not known",
        f"Nothing recorded, or code 0: shown by itself, and within the cohort {_OF_COHORT}",
        _COHORT, NATIONAL, SHARE, circumstances.activity_unknown,
    ),
    Measure(
        "in_date", "plans", "Pathway plan in date",
        f"Plan approved, and the last review (or the plan, if never reviewed) plus six months not over "
        f"{_OF_OWED}", _OWED, STATUTORY, SHARE, support.in_date,
    ),
    Measure(
        "assessed", "plans", "Needs assessment on time",
        "Needs assessment done within three months of first becoming eligible or relevant, at 16 or later ÷ "
        "all whose three months ended in the twelve months to the day and who were still owed it then.",
        "whose three months ended in the last year", STATUTORY, SHARE, support.assessed_on_time,
    ),
    Measure(
        "adviser", "plans", "Adviser by 16",
        "First personal adviser on or before the 16th birthday ÷ the eligible and relevant of 16 and 17 who "
        f"were looked after on that birthday, {_LESS}.",
        "aged 16 or 17 and in care on the 16th birthday", LOCAL, SHARE, support.adviser_by_16,
    ),
    Measure(
        "contact", "plans", "Contact in eight weeks",
        "Seen or spoken with in the last 56 days; attempts do not count ÷ relevant and former relevant owed "
        "an adviser whose home is not provided by us, less those whose first eight weeks since leaving care, "
        "or a home of ours, are still running.",
        "owed an adviser, in homes not of ours", LOCAL, SHARE, support.contacted,
    ),
    Measure(
        "first_visit", "plans", "Visit within 7 days of moving",
        "Visited at home within seven days of moving into a home that we provide ÷ all such moves whose "
        "seven days ended in the twelve months to the day, where they still lived there then.",
        "into homes of ours, in the last year", STATUTORY, SHARE, support.first_visits, of=_MOVES,
    ),
    Measure(
        "visits", "plans", "Visit within two months",
        "Visited at home in the last two months ÷ all who live in a home that we provide, less those who "
        "moved in in the last week and wait for the first visit.",
        "in homes of ours", STATUTORY, SHARE, support.later_visits,
    ),
    *(
        Measure(
            f"age_{low}", "ages", title, f"Everybody on the list who is {said} on the day.", "on the list",
            LOCAL, COUNT, partial(circumstances.of_age, low=low, high=high),
        )
        for low, high, title, said in (
            (0, 16, "Up to 16", "16 or younger"), (17, 17, "17", "17"), (18, 18, "18", "18"),
            (19, 21, "19 to 21", "19 to 21"), (22, 200, "22 to 25", "22 or over, to the 25th birthday"),
        )
    ),
    Measure(
        "age_unknown", "ages", "Age not known",
        "Everybody on the list, by a manager’s word, whose date of birth is not known.", "on the list",
        LOCAL, COUNT, circumstances.of_unknown_age,
    ),
    *(
        Measure(
            key, "homes", title, f"Everybody on the list who lives {said}, {_LESS}. {_HOME}",
            "on the list", LOCAL, COUNT, partial(circumstances.living, letter=letter),
        )
        for key, title, letter, said in (
            ("homeless", "Homeless", "S", "nowhere fixed (code S)"),
            ("bed_and_breakfast", "Bed and breakfast", "W", "in bed and breakfast (code W)"),
            ("emergency", "Emergency housing", "V", "in a night shelter or direct-access hostel (code V)"),
            ("custody", "In custody", "X", "in custody (code X)"),
        )
    ),
    Measure(
        "staying_put", "homes", "Staying put",
        f"Everybody on the list of 18 or over who lives with former foster carers (code Z), {_LESS}. {_HOME}",
        "of 18 or over", LOCAL, COUNT, partial(circumstances.living, letter="Z", from_age=ADULT),
    ),
    Measure(
        "stayed_put", "homes", "Fostered to 18 and staying put",
        "Living with former foster carers (code Z) ÷ those aged 18 on the day who were in foster care on the "
        f"day before their 18th birthday, {_LESS}.",
        "aged 18 and fostered to 18", LOCAL, SHARE, circumstances.stayed_put,
    ),
    Measure(
        "passport", "health", "Health passport given",
        f"Health passport or summary given, {_NEWEST} ÷ those owed a plan who are 18 or over, {_LESS}.",
        f"aged 18 or over and {_OWED}", LOCAL, SHARE,
        partial(support.plan_says, key="health_passport", counted=("given",), titles=lists.PASSPORT_GIVEN,
                from_age=ADULT),
    ),
    Measure(
        "gp", "health", "Has a GP", f"Has a GP, {_NEWEST} {_OF_OWED}", _OWED, LOCAL, SHARE,
        partial(support.plan_says, key="has_gp", counted=("yes",), titles=YES_NO),
    ),
    Measure(
        "dentist", "health", "Has a dentist", f"Has a dentist, {_NEWEST} {_OF_OWED}", _OWED, LOCAL, SHARE,
        partial(support.plan_says, key="has_dentist", counted=("yes",), titles=YES_NO),
    ),
    Measure(
        "papers", "health", "Documents complete",
        f"Each of passport, driving licence, birth certificate, National Insurance letter, immigration "
        f"status and bus pass there or not needed, {_NEWEST} {_OF_OWED}",
        _OWED, LOCAL, SHARE, support.papers_complete,
    ),
    Measure(
        "allocated", "money", "Allocated", f"All that was granted {_ENTRIES}", "with an entry", LOCAL, MONEY,
        partial(support.setting_up, sum_of=support.granted),
    ),
    Measure(
        "spent", "money", "Spent", f"All that was spent {_ENTRIES}", "with an entry", LOCAL, MONEY,
        partial(support.setting_up, sum_of=support.spent),
    ),
    Measure(
        "left", "money", "Left", f"What is left {_ENTRIES} Less than nothing where more was spent.",
        "with an entry", LOCAL, MONEY, partial(support.setting_up, sum_of=support.left),
    ),
    Measure(
        "turning_18", "ahead", "Turning 18 in six months", f"Everybody {_TURNING}.", "to be prepared for",
        LOCAL, COUNT, support.turning_18, compared=False,
    ),
    Measure(
        "no_plan", "ahead", "Turning 18 without a plan",
        f"Those {_TURNING}, who have no approved pathway plan.", "turning 18",
        LOCAL, COUNT, partial(support.turning_18, lacking=support.lacks_plan), compared=False,
    ),
    Measure(
        "no_home", "ahead", "Turning 18 without a next home",
        f"Those {_TURNING}, whose newest signed plan names no next move, no day for it and no staying put.",
        "turning 18", LOCAL, COUNT, partial(support.turning_18, lacking=support.lacks_home), compared=False,
    ),
    Measure(
        "no_adviser", "ahead", "Turning 18 without an adviser",
        f"Those {_TURNING}, who have no personal adviser on the day.", "turning 18",
        LOCAL, COUNT, partial(support.turning_18, lacking=support.lacks_adviser), compared=False,
    ),
    Measure(
        "review_21", "ahead", "21-year review due",
        "Former relevant young people from six months before the 21st birthday to the 22nd, while no review "
        f"was held and nothing else prepared for it in that time, {_LESS}.",
        "around 21", LOCAL, COUNT, support.review_at_21, compared=False,
    ),
    Measure(
        "closing_25", "ahead", "Closing at 25 in three months",
        f"Everybody on the list with the 25th birthday in the three months after the day, {_LESS}.",
        "on the list", LOCAL, COUNT, support.closing_at_25, compared=False,
    ),
)  # fmt: skip
