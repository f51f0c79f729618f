"""Clocks: what falls due, when, and why. One row a clock; events start and stop them.

Event kinds that the clocks listen to, as forms and rows publish them (child, kind, day):
"looked_after" (a period of care starts; short breaks V3 and V4 are not announced), "care_ended",
"placement_started", "placed_to_18", "lac_review" (held), "visit" (child seen), "care_plan", "placement_plan",
"health_assessment", "dental_check", "sdq", "pep_begun", "pep_held", "needs_assessment", "pathway_plan",
"pathway_review", "pa_contact", "early_help_consent", "early_help_assessment" (completed), "taf",
"star_reading", "early_help_visit" (child seen), "early_help_closed", "school_changed", "ehc_review" (an
education, health and care plan issued or reviewed).

At the front door, those of one contact, referral or assessment joined by `about`: "contact",
"contact_outcome", "contact_void" (a duplicate), "referral", "referral_decision", "referrer_told",
"referrer_unknown" (anonymous: nobody can be told), "assessment_started", "manager_checkpoint",
"assessment_visit" (child seen), "assessment_authorised", "assessment_abandoned".

In care: "placement_notified", "placement_ended" (without notice), "written_notice", "six_monthly_agreed"
(long-term, the child agrees), "placed_before_assessment" (with a parent, reg 19), "temporary_approval" (a
connected person, reg 24), "interim_order_with_parent", "care_order_with_parent", "arrangement_started"
(another body runs it), "iro_named", "review_asked" (early), "decisions_sent", "record_sent",
"returned_from_missing", "return_interview" (held, or refused), "court_application", "final_order",
"pre_proceedings_letter", "pre_proceedings_ended", "police_protection", "child_assessment" and
"emergency_protection" (orders), each with "…_ended", as "police_protection_ended".

Leaving care: "pathway_approved", "pathway_closed" (a closing plan approved), "adviser_asked",
"pathway_review_asked", "leaving_accommodation" (the authority provides the
home) and "leaving_accommodation_ended", "pa_visit" (seen there), "education_asked", "offer_after_21",
"birthday", "birthday_prepared".

In need: "cin_plan_decided" (an assessment leads to services), "cin_meeting", "cin_visit", "cp_visit" (child
seen). Supervision: "case_opened" (the record), "case_supervision" (the child was talked about).

A clock without a rule is counted on request (`due_on`) and not run from events yet.
"""

from caseapp.clocks.clock import Clock, Running
from caseapp.clocks.front_rules import counted_from
from caseapp.clocks.limits import due_at, due_on, limit_words, plan_by
from caseapp.clocks.rows import CLOCKS, CLOCKS_BY_ID
from caseapp.clocks.rules import health_review_limit, provisional_second_review
from caseapp.clocks.running import running_clocks
from caseapp.clocks.staff_rules import FORTNIGHTLY_UNTIL, case_limit, first_case_on, staff_limit
from caseapp.clocks.standing import State, explain, state, state_of
from caseapp.clocks.story import Event, Local, Span, eligible_on
from caseapp.clocks.why import Why, story_of

__all__ = [
    "CLOCKS",
    "CLOCKS_BY_ID",
    "FORTNIGHTLY_UNTIL",
    "Clock",
    "Event",
    "Local",
    "Running",
    "Span",
    "State",
    "Why",
    "case_limit",
    "counted_from",
    "due_at",
    "due_on",
    "eligible_on",
    "explain",
    "first_case_on",
    "health_review_limit",
    "limit_words",
    "plan_by",
    "provisional_second_review",
    "running_clocks",
    "staff_limit",
    "state",
    "state_of",
    "story_of",
]
