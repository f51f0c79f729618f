"""Team Around You: a meeting that a young person of 14 to 18 leads, written in their own words."""

from dataclasses import replace

from caseapp.form import (
    YES_NO,
    Choice,
    Choices,
    Date,
    Form,
    NotBefore,
    Rows,
    Section,
    Signatures,
    Text,
)
from caseapp.form_parts import care_lists as lists
from caseapp.form_parts.asking import anew, pairs
from caseapp.form_parts.care_asking import actions, copies
from caseapp.form_parts.care_circle import CIRCLE, GOALS, MATTERS
from caseapp.form_parts.early_help_plan import REVIEWED

_MEETING = Section(
    "my_meeting",
    "My meeting",
    guidance="For 14 to 18. It is yours: you say who comes, where and when, and what is talked about. Best "
    "held before each review.",
    owner="Young person",
    fields=(
        *pairs(
            Text("name", "My name", prefill="child.name", required=True),
            Text("known_as", "I am called", prefill="child.known_as"),
        ),
        *anew(
            Text("want_there", "Who I want there", lines=2, quote=True, required=True),
            Text("not_there", "Who I do not want there", lines=2, quote=True),
            Text("where_when", "Where and when suits me", lines=2, quote=True, required=True),
            Text("talk_about", "What I want to talk about", lines=3, quote=True, required=True),
            Text("not_about", "What I do not want to talk about here", lines=2, quote=True),
            Choices(
                "helps_me",
                "What helps me to lead it",
                options=(
                    ("practice", "Going through it beforehand"),
                    ("co_lead", "Leading it with somebody"),
                    ("pictures", "Pictures or drawing"),
                    ("breaks", "Breaks"),
                    ("food", "Something to eat"),
                    ("written", "Somebody who writes for me"),
                    ("interpreter", "An interpreter or signer"),
                ),
            ),
            *pairs(
                Date("held_on", "We met on", past=True, required=True, report=True),
                Text("held_at", "Time and place"),
                Text("led_by", "Who led it", required=True),
                Text("written_by", "Who wrote this down", required=True),
            ),
            Rows(
                "came",
                "Who came",
                fields=(
                    Text("name", "Name", required=True, half=True),
                    Text("is_to_me", "Who they are to me", required=True, half=True),
                ),
                row="person",
                at_least=1,
            ),
        ),
    ),
)

_LAST = Section(
    "last_time",
    "Since last time",
    fields=(
        replace(REVIEWED, label="What was going to be done", help="Was it? If not, why not?"),
        Text("promises_kept", "Were the promises kept, theirs and mine?", lines=2, quote=True, fresh=True),
    ),
)

_AGREED = Section(
    "agreed",
    "What we agreed",
    guidance="In the young person's words. Each line has one person and one day, and goes into their plans.",
    fields=(
        actions(
            "actions",
            "What was agreed, in my words",
            Choices("feeds", "Goes into", options=lists.FEEDS),
            at_least=1,
            fresh=True,
        ),
        Rows(
            "promises",
            "What adults promise",
            fields=(
                Text("who", "Who", required=True, half=True),
                Text("promise", "What they promise", required=True, half=True),
            ),
            row="promise",
            fresh=True,
        ),
        Text("i_promise", "What I promise", lines=2, quote=True, fresh=True),
        Text("not_agreed", "What we did not agree about", lines=2, fresh=True),
    ),
)

_AFTER = Section(
    "afterwards",
    "Celebrations and next time",
    fields=(
        *anew(
            Text("celebrations", "What we celebrate", lines=3, required=True),
            Text("how_it_was", "How this meeting was for me", lines=2, quote=True, required=True),
            *pairs(
                Date("next_on", "We meet again on", required=True, report=True),
                Text("next_where", "Where, and who is to come"),
                Text("graphic", "Drawing or poster of the meeting: where it is kept"),
                Choice("copy_mine", "I have my own copy", options=YES_NO, required=True),
            ),
            Text("not_to_share", "What is not to be passed on, and to whom", lines=2),
        ),
        copies("copies", "Who else has a copy, with my yes"),
        Signatures("signatures", "Who signs", at_least=1),
    ),
)

TEAM_AROUND_YOU = Form(
    "team-around-you",
    1,
    "team-around-you",
    "Team Around You",
    short="Team Around You",
    source="Person-centred planning; no national form",
    dated_by="held_on",
    sections=(_MEETING, MATTERS, CIRCLE, GOALS, _LAST, _AGREED, _AFTER),
    rules=(NotBefore("next_on", "held_on", "The next meeting is before this one."),),
)
