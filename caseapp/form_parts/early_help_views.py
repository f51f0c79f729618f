"""What people say in the early help assessment, the child before all, and how they score it."""

from caseapp.form import YES_NO, AnyOf, Choice, Choices, Date, Is, Rows, Score, Section, Text
from caseapp.form_parts import early_help_lists as lists
from caseapp.form_parts.asking import anew

_HEARD_IT = Is("voice", "heard")
_SEEN = AnyOf("voice", ("heard", "observed"))
_NOT_SEEN = AnyOf("voice", ("unborn", "not_seen"))
_TOOK_PART = AnyOf("how", ("met", "phone", "written"))

VOICE = Section(
    "voice",
    "The child's own view",
    anew(
        Choice("voice", "Did the child take part?", options=lists.HEARD, required=True, report=True),
        Text(
            "voice_why_not",
            "Why not, and what will be done about it",
            lines=2,
            required=True,
            when=_NOT_SEEN,
            help="For an unborn baby: what is hoped for, and who speaks for the baby",
            professional=True,
        ),
        Date("voice_on", "Date", past=True, required=True, when=_SEEN, half=True),
        Text("voice_place", "Place", when=_SEEN, half=True),
        Text("voice_present", "Who was there", when=_SEEN, half=True),
        Choice("seen_alone", "Seen alone?", options=YES_NO, when=_SEEN, half=True, report=True),
        Choice("seen_home", "Seen at home?", options=YES_NO, when=_SEEN, half=True),
        Choice("seen_bedroom", "Bedroom seen?", options=YES_NO, when=_SEEN, half=True, professional=True),
        Choices("voice_methods", "How", options=lists.METHODS, when=_SEEN),
        Text("voice_understanding", "Age and understanding", lines=2, when=_SEEN, professional=True),
        Text("observed", "What was seen", lines=4, required=True, when=Is("voice", "observed")),
        Text("words", "In the child's own words", lines=4, quote=True, required=True, when=_HEARD_IT),
        Text("my_day", "A day in my life", lines=4, quote=True, when=_HEARD_IT),
        Text("my_feelings", "How I feel", lines=2, quote=True, when=_HEARD_IT),
        Text("my_wishes", "What I wish for", lines=2, quote=True, when=_HEARD_IT),
        Text("my_worries", "What worries me", lines=2, quote=True, when=_HEARD_IT),
        Text("my_change", "What I want to change", lines=2, quote=True, when=_HEARD_IT),
        Text("my_helpers", "Who helps me", lines=2, quote=True, when=_HEARD_IT),
        Text("my_hope", "My best hope", lines=2, quote=True, when=_HEARD_IT),
        Text(
            "words_private",
            "What the child asked us not to pass on to the family",
            lines=2,
            when=_HEARD_IT,
            professional=True,
            help="Never promise to keep a worry about safety secret",
        ),
        Text(
            "voice_meaning",
            "What we make of it",
            lines=3,
            when=_SEEN,
            help="The worker's own view, apart from the child's words",
        ),
        Text("voice_influence", "How it changed the plan", lines=3, when=_SEEN),
        Date("voice_told_on", "Told the child what came of it on", past=True, when=_SEEN),
    ),
    guidance="Write what the child said as they said it. Too young is no reason for a blank: "
    "say what you saw the child do.",
    plain="What the child told us",
)

PARENTS_VIEWS = Section(
    "parents_views",
    "Parents' and carers' views",
    anew(
        Rows(
            "parents_views",
            "Each parent or carer",
            row="view",
            help="One for each parent, the absent one too, and for wider family who matter to the child",
            fields=(
                Text("name", "Name", required=True, half=True),
                Text("relation", "Relationship to the child", required=True, half=True),
                Choice(
                    "how",
                    "How they took part",
                    options=(
                        ("met", "In person"),
                        ("phone", "By phone or video"),
                        ("written", "In writing"),
                        ("not", "Not at all"),
                    ),
                    required=True,
                    half=True,
                ),
                Text(
                    "why_not",
                    "Why not, and what was tried",
                    when=Is("how", "not"),
                    required=True,
                    professional=True,
                ),
                Text("going_well", "What they say is going well", lines=2, when=_TOOK_PART),
                Text("worries", "What they are worried about", lines=2, when=_TOOK_PART),
                Text("wants", "What they want to happen", lines=2, when=_TOOK_PART),
                Choice("agrees", "Do they agree with the worker?", options=lists.AGREE, half=True),
                Text(
                    "differs",
                    "Where they see it differently",
                    lines=2,
                    when=AnyOf("agrees", ("partly", "disagree")),
                    required=True,
                ),
                Text(
                    "private",
                    "What they asked us not to pass on to the family",
                    lines=2,
                    professional=True,
                    help="Never promise to keep a worry about a child's safety secret",
                ),
            ),
        ),
        Text("parents_differ", "Where parents see it differently from each other", lines=2),
    ),
    guidance="Each parent apart, in their own words where you can.",
    shared=True,
    plain="What parents and carers told us",
)

SCALING = Section(
    "scaling",
    "How are things, from 0 to 10?",
    (
        Rows(
            "scaling",
            "Scores",
            row="score",
            help="Each parent, each child who can answer, and the worker. Earlier scores stay.",
            fields=(
                Text("respondent", "Who answered", required=True, half=True),
                Choice(
                    "respondent_role",
                    "As",
                    options=lists.RESPONDENTS,
                    required=True,
                    half=True,
                ),
                Text("subject", "About whom", required=True, half=True, help="A child's name, or the family"),
                Date("on", "Date", past=True, required=True, half=True),
                Score(
                    "score",
                    "Score",
                    required=True,
                    low_words="As bad as it could be",
                    high_words="As good as it could be, no help needed",
                ),
                Text("why_not_lower", "Why not lower", lines=2),
                Text("one_higher", "What one point higher would look like", lines=2),
            ),
        ),
    ),
    guidance="0 is as bad as it could be, 10 as good as it could be with no help needed. "
    "Scores of different people are shown side by side, never averaged. Leave out who did not answer.",
    shared=True,
)
