"""How a virtual school grades Personal Education Plans: schemes, checklist, and what a review asks for. Pure.

Sources: the schemes and criteria of several virtual schools; none is national, so the scheme is a setting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from caseapp.form import Options

NOT_ASKED = "none"
"""In place of a grade: this part does not apply to the child."""
ANSWERS: Options = (("yes", "Yes"), ("partly", "Partly"), ("no", "No"))
TEACHER, WORKER, CARER = "Designated teacher", "Social worker", "Carer"


class Grade(NamedTuple):
    """A grade: its code, its name, and what it says of a plan."""

    code: str
    title: str
    means: str


@dataclass(frozen=True)
class Scheme:
    """Grades from best to worst; the worst is never approved. `good`: what counts as good in figures."""

    key: str
    title: str
    grades: tuple[Grade, ...]
    good: frozenset[str]
    rule: str

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes, best first."""
        return tuple(grade.code for grade in self.grades)

    @property
    def worst(self) -> str:
        """Return the grade with which a plan goes back."""
        return self.codes[-1]


SCHEMES: tuple[Scheme, ...] = (
    Scheme(
        "rag",
        "Red, amber, green",
        (
            Grade("green", "Green", "effective and complete"),
            Grade("amber", "Amber", "something is missing, to be mended by the next PEP"),
            Grade("red", "Red", "must be put right before it is signed off"),
        ),
        frozenset({"green"}),
        "The lowest grade of any section.",
    ),
    Scheme(
        "gold",
        "Gold, green, amber, red",
        (
            Grade("gold", "Gold", "high quality"),
            Grade("green", "Green", "good"),
            Grade("amber", "Amber", "incomplete"),
            Grade("red", "Red", "poor"),
        ),
        frozenset({"gold", "green"}),
        "Gold with at most one section green; green with at most one amber; amber with two or more.",
    ),
    Scheme(
        "four",
        "Outstanding to inadequate",
        (
            Grade("outstanding", "Outstanding", "exceptional in every part"),
            Grade("good", "Good", "meets the child's needs"),
            Grade("improve", "Requires improvement", "parts of it do not help the child yet"),
            Grade("inadequate", "Inadequate", "must be put right before it is signed off"),
        ),
        frozenset({"outstanding", "good"}),
        "The lowest grade of any section.",
    ),
)
BY_KEY = {scheme.key: scheme for scheme in SCHEMES}
TITLES = {grade.code: grade.title for scheme in SCHEMES for grade in scheme.grades}
GOOD: frozenset[str] = frozenset[str]().union(*(scheme.good for scheme in SCHEMES))
"""Every grade that counts as good, of whichever scheme it was given under."""


class Part(NamedTuple):
    """A section that is graded, or a line of the checklist: its code, its words, and who mends it."""

    code: str
    title: str
    owner: str


ATTAINMENT = "attainment"
SECTIONS: tuple[Part, ...] = (
    Part("voice", "What the child says", TEACHER),
    Part("needs", "Needs, SEN and health", WORKER),
    Part("attendance", "Attendance and suspensions", TEACHER),
    Part(ATTAINMENT, "Attainment and progress", TEACHER),
    Part("last_targets", "Review of the last targets", TEACHER),
    Part("targets", "New targets and support", TEACHER),
    Part("premium", "Pupil premium plus", TEACHER),
    Part("meeting", "Meeting, views and what comes next", WORKER),
)
CRITERIA: tuple[Part, ...] = (
    Part("voice", "The child’s voice is strong and acted on", TEACHER),
    Part("reviewed", "The last targets are reviewed", TEACHER),
    Part("attainment", "Current attainment is complete", TEACHER),
    Part("needs", "Additional needs are named", WORKER),
    Part("smart", "Targets are SMART and tied to a need", TEACHER),
    Part("interventions", "Help says what, when, where, who and how often", TEACHER),
    Part("transitions", "Changes to come are planned", TEACHER),
    Part("carer", "The carer’s part is there", CARER),
    Part("premium", "Money is costed, tied to targets and extra", TEACHER),
    Part("attendees", "Who took part is recorded", WORKER),
    Part("next", "The next date is set", WORKER),
    Part("attendance", "Attendance and suspensions are planned for", TEACHER),
    Part("documents", "The key papers are there", WORKER),
)
_SECTION_NAMES = {part.code: part for part in SECTIONS}


@dataclass(frozen=True)
class Setting:
    """How this area grades. `reds`: how many red sections make a gold-to-red plan red.

    `attainment_counts`: some areas leave that section out of the overall grade. `qa_days`: working days in
    which a submitted plan is to be checked.
    """

    scheme: str = "rag"
    reds: int = 1
    attainment_counts: bool = True
    qa_days: int = 10

    @property
    def grading(self) -> Scheme:
        """Return the scheme in force."""
        return BY_KEY[self.scheme]

    @property
    def rule(self) -> str:
        """Return in words how the overall grade follows from the sections."""
        red = " Red with any section red." if self.reds == 1 else f" Red with {self.reds} sections red."
        left_out = "" if self.attainment_counts else " Attainment is not counted."
        return self.grading.rule + (red if self.scheme == "gold" else "") + left_out


class Check(NamedTuple):
    """The answer to a line of the checklist: yes, partly or no (nothing as yet), and a comment."""

    answer: str
    comment: str = ""


_NO_ANSWER = Check("")


@dataclass(frozen=True)
class Review:
    """What a reviewer says: grades by section, the checklist, a comment, and perhaps a grade of their own."""

    grades: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, Check] = field(default_factory=dict)
    words: str = ""
    overall: str = ""
    because: str = ""


def ungraded(review: Review) -> list[str]:
    """Return the titles of the sections without a grade, in the plan's order."""
    return [part.title for part in SECTIONS if not review.grades.get(part.code)]


def unchecked(review: Review) -> list[str]:
    """Return the lines of the checklist without an answer; a comment alone is none."""
    return [part.title for part in CRITERIA if not review.checks.get(part.code, _NO_ANSWER).answer]


def worked_out(setting: Setting, review: Review) -> str:
    """Return the overall grade that follows from the sections; nothing until each has one of the scheme."""
    if ungraded(review) or not {NOT_ASKED, *setting.grading.codes}.issuperset(review.grades.values()):
        return ""
    left_out = set() if setting.attainment_counts else {ATTAINMENT}
    given = [
        grade
        for code, grade in review.grades.items()
        if code in _SECTION_NAMES and code not in left_out and grade != NOT_ASKED
    ]
    if not given:
        return ""
    if setting.scheme == "gold":
        return _gold_to_red(given, setting.reds)
    return max(given, key=setting.grading.codes.index)


def _gold_to_red(given: list[str], reds: int) -> str:
    red, amber, green = (given.count(each) for each in ("red", "amber", "green"))
    if red >= reds:
        return "red"
    if red or amber > 1:  # a red that does not yet make the whole red still keeps it from green
        return "amber"
    return "green" if amber or green > 1 else "gold"


def overall(setting: Setting, review: Review) -> str:
    """Return the grade that counts: the reviewer's own, else the one worked out."""
    return review.overall or worked_out(setting, review)


def strange(setting: Setting, review: Review) -> list[str]:
    """Return what of a review is none of the scheme's grades or answers, in sentences."""
    allowed = setting.grading.codes
    codes = [review.overall, *review.grades.values()]
    wrong = [code for code in codes if code and code != NOT_ASKED and code not in allowed]
    said = [f"“{code}” is no grade of the scheme “{setting.grading.title}”." for code in wrong]
    if review.overall == NOT_ASKED:
        said.append("The whole plan needs a grade.")
    known = {"", *(code for code, _ in ANSWERS)}
    said += [f"“{each.answer}” is no answer." for each in review.checks.values() if each.answer not in known]
    parts = {*review.grades} - {*_SECTION_NAMES} | {*review.checks} - {part.code for part in CRITERIA}
    return said + [f"There is no part “{code}”." for code in sorted(parts)]


def to_do(review: Review) -> tuple[str, ...]:
    """Return what has to be mended, each with who sees to it: poor sections first, then the checklist."""
    worst = {scheme.worst for scheme in SCHEMES}
    poor = [
        f"{part.owner}: {part.title} – {TITLES[review.grades[part.code]].lower()}."
        for part in SECTIONS
        if review.grades.get(part.code) in worst
    ]
    return (*poor, *(_mend(part, review.checks[part.code]) for part in CRITERIA if _unmet(review, part)))


def _unmet(review: Review, part: Part) -> bool:
    return review.checks.get(part.code, _NO_ANSWER).answer in ("partly", "no")


def _mend(part: Part, check: Check) -> str:
    comment = f" {check.comment}" if check.comment else ""
    return f"{part.owner}: {part.title} – {dict(ANSWERS).get(check.answer, check.answer).lower()}.{comment}"


# How a review is kept: «section=grade» beside what is needed to read it later, and «line=answer=comment».

_SCHEME, _WORKED_OUT, _BECAUSE = "@scheme", "@worked_out", "@because"


def packed(setting: Setting, review: Review) -> tuple[list[str], list[str]]:
    """Return a review's grades and checklist as a step of the plan keeps them."""
    extra = {_SCHEME: setting.scheme, _WORKED_OUT: worked_out(setting, review), _BECAUSE: review.because}
    grades = {part.code: review.grades[part.code] for part in SECTIONS if review.grades.get(part.code)}
    checks = [(part.code, review.checks[part.code]) for part in CRITERIA if part.code in review.checks]
    said = bool(grades or review.overall)
    return (
        [f"{key}={value}" for key, value in (extra | grades).items() if value] if said else [],
        [f"{code}={check.answer}={check.comment}" for code, check in checks],
    )


def unpacked(grades: list[str], criteria: list[str], words: str = "", overall: str = "") -> Review:
    """Return the review that a step keeps; `overall` only where it is not the one worked out."""
    held = dict(each.split("=", 1) for each in grades)
    checks = {}
    for each in criteria:
        code, answer, comment = each.split("=", 2)
        checks[code] = Check(answer, comment)
    own = overall if overall != held.get(_WORKED_OUT, "") else ""
    sections = {code: grade for code, grade in held.items() if not code.startswith("@")}
    return Review(sections, checks, words, own, held.get(_BECAUSE, ""))
