"""Code lists of the front door: sources, needs, factors and outcomes, each with the days it is valid.

Sources: children in need census (DfE), standard safeguarding dataset; `front-door-and-assessment` section 8.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from caseapp.form import Options


class Code(NamedTuple):
    """A code with its words, and the first and last day on which it may be used."""

    code: str
    words: str
    from_on: date | None = None
    until_on: date | None = None

    def is_valid(self, day: date) -> bool:
        """Return whether the code may be used of a day."""
        return (self.from_on or date.min) <= day <= (self.until_on or date.max)


def options(codes: Iterable[Code], day: date) -> Options:
    """Return the codes that are valid on a day, to choose from."""
    return tuple((each.code, f"{each.code}  {each.words}") for each in codes if each.is_valid(day))


def meaning(codes: Iterable[Code], code: str) -> str:
    """Return the words of a code; the code itself where the list does not hold it."""
    return next((each.words for each in codes if each.code == code), code)


SOURCES: Final[Sequence[Code]] = (
    Code("1A", "Family, relative or carer"),
    Code("1B", "Acquaintance: neighbour, childminder"),
    Code("1C", "The child"),
    Code("1D", "Another individual: stranger, MP"),
    Code("2A", "School"),
    Code("2B", "Education services"),
    Code("3A", "GP"),
    Code("3B", "Health visitor"),
    Code("3C", "School nurse"),
    Code("3D", "Other primary health"),
    Code("3E", "A&E"),
    Code("3F", "Other health, such as a hospice"),
    Code("4", "Housing"),
    Code("5A", "Our social care, such as adults’"),
    Code("5B", "Another service of ours"),
    Code("5C", "Another authority"),
    Code("5D", "Early help", date(2022, 4, 1)),
    Code("6", "Police"),
    Code("7", "Court, probation, immigration, CAFCASS, prison"),
    Code("8", "Children’s centre, independent or voluntary body"),
    Code("9", "Anonymous"),
    Code("10", "Unknown"),
)

NEEDS: Final[Sequence[Code]] = (
    Code("N1", "Abuse or neglect"),
    Code("N2", "Child’s disability"),
    Code("N3", "Parental disability or illness"),
    Code("N4", "Family in acute stress"),
    Code("N5", "Family dysfunction"),
    Code("N6", "Socially unacceptable behaviour"),
    Code("N7", "Low income"),
    Code("N8", "Absent parenting"),
    Code("N9", "Cases other than children in need"),
    Code("N0", "Not stated"),
)
"""In the census's order: whoever is torn between two takes the one that stands higher."""

NO_FACTOR: Final = "21"
_SPLIT_ON, _LAST_WHOLE = date(2020, 4, 1), date(2020, 3, 31)
_WHOSE: Final = (("A", "child"), ("B", "parent or carer"), ("C", "another person"))
_THREEFOLD: Final = (
    "Alcohol misuse", "Drug misuse", "Domestic abuse", "Mental health", "Learning disability",
    "Physical disability or illness",
)  # fmt: skip

FACTORS: Final[Sequence[Code]] = (
    *(
        Code(f"{number}{letter}", f"{said}: {whose}")
        for number, said in enumerate(_THREEFOLD, 1)
        for letter, whose in _WHOSE
    ),
    Code("7A", "Young carer"),
    Code("8B", "Privately fostered: from overseas, will return"),
    Code("8C", "Privately fostered: from overseas, will stay"),
    Code("8D", "Privately fostered: UK, educational placement"),
    Code("8E", "Privately fostered: UK, alternative family arrangement"),
    Code("8F", "Privately fostered: other"),
    Code("9A", "Unaccompanied asylum-seeking child"),
    Code("10A", "Missing"),
    Code("11A", "Child sexual exploitation"),
    Code("12A", "Trafficking"),
    Code("13A", "Gangs"),
    Code("14A", "Socially unacceptable behaviour"),
    Code("15A", "Self-harm"),
    Code("16A", "Neglect"),
    Code("17A", "Emotional abuse"),
    Code("18A", "Physical abuse", None, _LAST_WHOLE),
    Code("18B", "Physical abuse: child on child", _SPLIT_ON),
    Code("18C", "Physical abuse: adult on child", _SPLIT_ON),
    Code("19A", "Sexual abuse", None, _LAST_WHOLE),
    Code("19B", "Sexual abuse: child on child", _SPLIT_ON),
    Code("19C", "Sexual abuse: adult on child", _SPLIT_ON),
    Code("20", "Other"),
    Code(NO_FACTOR, "No factors found"),
    Code("22A", "Female genital mutilation"),
    Code("23A", "Abuse linked to faith or belief"),
    Code("24A", "Child criminal exploitation", date(2021, 4, 1)),
)

METHODS: Final[Options] = (
    ("phone", "Telephone"), ("form", "Referral form"), ("email", "E-mail"), ("letter", "Letter"),
    ("visit", "In person"), ("police", "Police notice"), ("meeting", "Meeting"),
)  # fmt: skip
RATINGS: Final[Options] = (
    ("red", "Red: within 4 hours"), ("amber", "Amber: 1 working day"), ("green", "Green: 3 working days"),
    ("none", "None: advice only"),
)  # fmt: skip
RATING_WORDS: Final = {"red": "Red", "amber": "Amber", "green": "Green", "none": "None"}
CONSENTS: Final[Options] = (
    ("given", "Given"), ("dispensed", "Dispensed with"), ("not_asked", "Not asked yet"),
)  # fmt: skip
CHECK_RESULTS: Final[Options] = (
    ("known", "Known to the agency"), ("not_known", "Not known"), ("information", "Information given"),
    ("declined", "Declined"),
)  # fmt: skip

CONTACT_OUTCOMES: Final[Options] = (
    ("referral", "New referral"), ("open_case", "Passed to the open case"), ("early_help", "Early help"),
    ("cp_enquiry", "Child protection enquiry"), ("advice", "Information and advice"),
    ("private_fostering", "Private fostering"), ("missing", "Missing"),
    ("adoption", "Adoption outside an agency"), ("other_la_cp", "Another authority’s protection plan"),
    ("other", "Other"), ("nfa", "No further action"),
)  # fmt: skip
REFERRAL_OUTCOMES: Final[Options] = (
    ("assessment", "Single assessment"), ("strategy", "Strategy discussion"),
    ("conference", "Initial child protection conference"), ("transfer", "Child protection transfer in"),
    ("care", "Request that the child is looked after"), ("private_fostering", "Private fostering"),
    ("early_help", "Step down to early help"), ("advice", "Advice or signpost"),
    ("care_leaver", "Care leaver"), ("adoption", "Adoption"), ("other", "Other"),
    ("nfa", "No further action"),
)  # fmt: skip
ASSESSMENT_OUTCOMES: Final[Options] = (
    ("services", "Services as a child in need (section 17)"), ("strategy", "Strategy discussion"),
    ("care", "Request that the child is looked after"), ("legal", "Legal action"),
    ("private_fostering", "Private fostering"), ("short_break", "Short break"),
    ("specialist", "Specialist assessment"), ("early_help", "Early help"),
    ("other_agency", "Referred to another agency"), ("other", "Other"),
    ("nfa", "No further action"), ("nfa_s47", "No further action after a section 47 enquiry"),
)  # fmt: skip
NOTHING_MORE: Final = frozenset({"nfa", "nfa_s47"})
"""Outcomes beside which there can be no other."""


def words_of(given: Iterable[str], offered: Options) -> str:
    """Return the words of codes, one after the other in the order of the list."""
    wanted = set(given)
    return ", ".join(said for code, said in offered if code in wanted)
