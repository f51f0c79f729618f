"""What people say in the Personal Education Plan: the child, and the people around them."""

from caseapp.form import AnyOf, Choice, Date, Is, Rows, Score, Section, Text
from caseapp.form_parts import pep_lists as lists
from caseapp.form_parts.asking import anew, only_if, pairs

SHARED = AnyOf("voice_method", tuple(code for code, _ in lists.VOICE_METHODS if code != "refused"))
TOLD = AnyOf(
    "voice_method", tuple(code for code, _ in lists.VOICE_METHODS if code not in ("refused", "watched"))
)
WATCHED = Is("voice_method", "watched")
REFUSED = Is("voice_method", "refused")

VOICE = Section(
    "voice",
    "What the child says",
    (
        *anew(
            Choice(
                "voice_method",
                "How I shared my views",
                options=lists.VOICE_METHODS,
                required=True,
                report=True,
            ),
            Date("voice_on", "When", past=True, when=SHARED, required=True, report=True, half=True),
            Text("voice_helper", "Who helped me", when=SHARED, half=True),
            *only_if(
                REFUSED,
                Date("refused_on", "When I was asked", past=True, required=True, half=True),
                Date("ask_again_on", "When somebody will ask me again", required=True, half=True),
                Text("refused_note", "What I said about not sharing", lines=3),
            ),
            Text(
                "observed",
                "What I showed: what I enjoy, do well and find hard, and what helps",
                lines=5,
                when=WATCHED,
                required=True,
                help="For a child who does not use words: what was seen, where, and by whom",
            ),
            *only_if(
                TOLD,
                Text("enjoys", "What I enjoy", lines=3, quote=True, required=True),
                Text("good_at", "What I am good at and proud of", lines=3, quote=True, required=True),
                Text("hard", "What is hard", lines=3, quote=True, required=True),
                Text("helps_learn", "What helps me learn", lines=3, quote=True, required=True),
            ),
            *only_if(
                SHARED,
                Text("helpers", "Who helps me", lines=2, quote=True),
                Score(
                    "feeling",
                    "How I feel at school",
                    low=1,
                    high=5,
                    low_words="Very unhappy",
                    high_words="Very happy",
                    report=True,
                ),
                Text("my_clubs", "My clubs and what I do for fun", lines=2, quote=True),
                Text("wants_changed", "What I want to change", lines=3, quote=True),
                Text("hopes_year", "My hopes for next year", lines=2, quote=True),
                *pairs(
                    Text("hopes_job", "The job I would like", quote=True),
                    Text("hopes_dream", "My dream", quote=True),
                    Choice("knows_why", "Do I know why I have this plan?", options=lists.PARTLY),
                    Choice("wants_to_come", "Do I want to come to the meeting?", options=lists.COMES),
                ),
                Text("wants_there", "Who should be there, and where", lines=2, quote=True),
                Text("said_before", "What I said last time", lines=2),
                Text("came_of_it", "What happened because of it", lines=2),
                Text("comment", "What I think of this plan", lines=3, quote=True),
            ),
        ),
    ),
    guidance=(
        "Write the child's own words, not a summary. If they do not wish to share, say so and when they "
        "will be asked again."
    ),
    owner="Child",
    plain="What I say",
)

VIEWS = Section(
    "views",
    "Views of others",
    (
        Text("carer_view", "The carer's view", lines=4, required=True, fresh=True),
        Text("carer_support", "What the carer does to support learning", lines=3, required=True, fresh=True),
        Text("home_reading", "Reading at home", half=True),
        Text("homework", "Space and a device for homework", half=True),
        *anew(
            Text("parent_view", "The parents' view", lines=4),
            Text("worker_view", "The social worker's view", lines=4, required=True),
            Text(
                "teacher_view",
                "The designated teacher's or lead's view",
                lines=4,
                required=True,
                help="Not in education: the view of the virtual school",
            ),
            Rows(
                "other_views",
                "Views of other people",
                row="view",
                fields=(
                    Text("name", "Name", required=True),
                    Text("role", "Role"),
                    Text("view", "View", lines=3, required=True),
                ),
            ),
        ),
    ),
    guidance="Each person writes for themselves. Say what goes well before what does not.",
    owner="Carer",
)
