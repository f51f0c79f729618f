"""The young person's own part of a Team Around You meeting: what matters, who is there, what I want."""

from caseapp.form import Choice, Choices, Rows, Score, Section, Text
from caseapp.form_parts import care_lists as lists
from caseapp.form_parts.asking import anew

MATTERS = Section(
    "matters",
    "What matters",
    guidance="“To me” is what makes a good day. “For me” is what keeps me healthy and safe; others may add "
    "to it.",
    owner="Young person",
    fields=(
        Text("matters_to_me", "What matters to me", lines=4, quote=True, required=True),
        Text("matters_for_me", "What matters for me", lines=4, required=True),
        Text("proud_of", "What I am proud of, and what people like about me", lines=3, quote=True),
        *anew(
            Text("works", "What works", lines=3, quote=True, required=True),
            Text("works_not", "What does not work", lines=3, quote=True, required=True),
            Score(
                "my_score",
                "How life is for me right now",
                low=1,
                low_words="Really hard",
                high_words="Really good",
            ),
            Text("my_score_because", "Why that number", lines=2, quote=True),
        ),
    ),
)

CIRCLE = Section(
    "circle",
    "My circle of support",
    guidance="Who is close, who is further out, and who is paid to be there. Is anybody missing?",
    owner="Young person",
    fields=(
        Rows(
            "circle",
            "People around me",
            fields=(
                Text("name", "Name", required=True, half=True),
                Choice("closeness", "Where they stand", options=lists.CLOSENESS, required=True, half=True),
                Text("is_to_me", "Who they are to me", half=True),
                Text("helps", "What they do for me", half=True),
            ),
            row="person",
            at_least=1,
        ),
        Text("missing_person", "Who is missing, or whom I would like to see more of", lines=2, quote=True),
    ),
)

GOALS = Section(
    "goals",
    "My goals",
    guidance="What I want, not what others want for me. Small first steps count.",
    owner="Young person",
    fields=(
        Rows(
            "goals",
            "What I want",
            fields=(
                Text("goal", "My goal", lines=2, quote=True, required=True),
                Text("why", "Why it matters to me", quote=True),
                Text("first_step", "My first step", required=True, half=True),
                Text("know", "How I will know I am there", half=True),
                Choices("feeds", "Goes into", options=lists.FEEDS),
            ),
            row="goal",
            at_least=1,
        ),
        Text("dream", "My dream, however big", lines=2, quote=True),
    ),
)
