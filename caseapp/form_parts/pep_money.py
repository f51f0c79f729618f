"""The pupil premium in the Personal Education Plan: each request, and what came of it."""

from caseapp.form import AnyOf, Choice, Computed, Date, Money, Number, Rows, Section, Text
from caseapp.form_parts import pep_lists as lists
from caseapp.form_parts import pep_stage_lists as stages
from caseapp.form_parts.asking import anew, pairs

GRANTED = AnyOf("decision", ("approved", "part"))
NOT_GRANTED = AnyOf("decision", ("part", "declined", "query"))

PREMIUM = Section(
    "premium",
    "Pupil premium plus",
    anew(
        Rows(
            "premium",
            "Requests, and what came of them",
            row="request",
            from_record="premium",
            help="Tied to a target, and not for what every pupil gets",
            fields=(
                Number("number", "No.", help="Given by the record"),
                Choice("stream", "Which grant", options=stages.STREAMS),
                Text("term", "Term"),
                Text("thing", "What for", required=True),
                Text("targets", "Which target"),
                Choice("category", "Kind", options=lists.SPENDING_KINDS),
                Money("asked", "Asked for", required=True),
                Text("asked_by", "Requested by"),
                Date("asked_on", "Requested on", past=True),
                Choice("decision", "Decision", options=lists.DECISIONS),
                Money("approved", "Approved", when=GRANTED, required=True),
                Text("decided_by", "Decided by"),
                Date("decided_on", "Decided on", past=True),
                Text("decided_because", "Why", when=NOT_GRANTED, required=True),
                Date("paid_on", "Paid on"),
                Money("spent", "Spent so far"),
                Text("impact", "Evidence, and the difference it made", lines=2),
            ),
        ),
        *pairs(
            Money("pp_allocated", "Allocated this year", prefill="pep.allocated", report=True),
            Money("pp_approved", "Approved this year", prefill="pep.approved", report=True),
            Money("pp_paid", "Paid this year", prefill="pep.paid"),
            Money("pp_spent", "Spent this year", prefill="pep.spent", report=True),
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
    guidance=(
        "The year runs from 1 April to 31 March, and the council cannot keep what is unspent. The virtual "
        "school decides each request."
    ),
    owner="Designated teacher",
    plain="Extra money for learning",
)
