"""Packs: what is shipped, what a file may hold, how a star of somebody else becomes a form."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from caseapp import form_json, star_packs
from caseapp.form import Score, Stage
from caseapp.forms.progress_wheel import CHILD_WHEEL, PROGRESS_WHEEL
from caseapp.paper import blank_pdf
from caseapp.star_definitions import ALLOWED, FILE_LIMIT, LONGEST_NAME, area_keys, read_file, to_document
from caseapp.star_packs import form_of, read_pack, shipped
from caseapp.work import NotAllowed, Problem
from db.models import Document, Revision
from db.moments import utc_now
from tests.pdf_reading import words_of
from tests.story import new_story

ROOT = Path(__file__).parents[1]
STARS = ROOT / "resources" / "stars"
FILES = sorted(STARS.glob("*.json"))
TRIANGLE = "Triangle Consulting Social Enterprise Ltd"
SHIPPED = {
    "carers-star": (1, 1, 5, 7),
    "family-star": (2, 1, 10, 8),
    "family-star-plus": (1, 1, 10, 10),
    "my-star": (1, 1, 5, 8),
    "shooting-star": (1, 1, 5, 6),
    "teen-star": (1, 1, 5, 6),
    "youth-star": (2, 1, 5, 6),
}
# What the owner calls the stages of its stars: words that stand nowhere in the program.
THEIR_STAGES = (
    "accepting help", "finding what works", "effective parenting", "self-reliance", "mostly safe",
    "doing alright", "cause for concern", "as good as it can be", "actively enjoying", "journey of change",
)  # fmt: skip
# Theirs too, and plain English: no name of a stage beside its points, or as a label.
ALSO_PLAIN = (
    "stuck", "trying", "resilience", "not safe", "safe and well", "not interested", "want change",
    "making changes", "getting help", "considering it", "having a go", "working on it",
)  # fmt: skip
QUENBY = {
    "key": "quenby-star",
    "title": "Quenby Star",
    "edition": 1,
    "language": "en",
    "low": 1,
    "high": 4,
    "areas": ["Area 1", "Area 2", "Area 3"],
    "whose": "child",
    "owner": "Quenby Council",
    "acknowledgement": "© Quenby Council",
    "licence_required": False,
    "default_review_weeks": 12,
    "stages": [{"label": "Stage 1", "from": 1, "to": 2}, {"label": "Stage 2", "from": 3, "to": 4}],
}
every_pack = pytest.mark.parametrize("pack", shipped(), ids=lambda pack: pack.key)


def written(folder, document, name="quenby.json"):
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def without(key):
    return {name: value for name, value in QUENBY.items() if name != key}


def refusal(document):
    with pytest.raises(ValueError, match=r".") as refused:
        read_pack(document)
    return str(refused.value)


def sign_reading(story, pack, edition=None):
    """Put a signed reading under an edition into a child's file."""
    child_id = story.register("ada", "Kit", "Moran")

    def write(session):
        reading = Revision(
            child_id=child_id, kind="star", number=1, form_key=pack.form_key,
            form_version=edition or pack.edition, started_on=session.today, signed_at=utc_now(),
        )  # fmt: skip
        reading.document = Document(child_id=child_id, answers={})
        session.add(reading)

    story.call("ada", write)


# What is shipped


def test_the_shipped_packs_are_those_whose_areas_are_verified():
    assert {each.key: (each.edition, each.low, each.high, len(each.areas)) for each in shipped()} == SHIPPED
    assert {dict(each.marks)["areas"] for each in shipped()} == {"V"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_file_holds_nothing_but_the_allowed_facts(path):
    document = json.loads(path.read_text(encoding="utf-8"))

    assert set(document) <= set(ALLOWED) - {"stages"}
    assert document["owner"] == TRIANGLE
    assert document["licence_required"] is True
    assert document["default_review_weeks"] is None
    assert "©" in document["acknowledgement"]
    assert "Outcomes Star™" in document["acknowledgement"]
    assert TRIANGLE in document["acknowledgement"]
    assert all(isinstance(name, str) and len(name) <= LONGEST_NAME for name in document["areas"])
    assert path.stem == document["key"]


def test_no_artwork_and_no_other_file_is_shipped_with_the_packs():
    assert {each.suffix for each in STARS.iterdir()} == {".json", ".md"}


def test_no_stage_of_the_owner_stands_anywhere_in_the_program():
    texts = [
        path
        for folder in ("resources", "caseapp", "db", "ui")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".json", ".md", ".toml", ".csv", ".qss")
    ]

    found = [(path.name, said) for path in texts for said in their_words(path.read_text(encoding="utf-8"))]

    assert len(texts) > 100
    assert found == []


def their_words(text):
    """Return the owner's names of stages in a text: anywhere, or the plainer ones as a stage's label."""
    said = [theirs for theirs in THEIR_STAGES if theirs in text.casefold()]
    stage = r"(Stage\(\s*|\"label\":\s*)[\"']{}[\"']"
    return said + [each for each in ALSO_PLAIN if re.search(stage.format(each), text, re.IGNORECASE)]


def test_the_search_for_their_stages_would_find_them():
    assert their_words("then Accepting help, 3–4") == ["accepting help"]
    assert their_words('{"label": "Stuck", "from": 1}') == ["stuck"]
    assert their_words('Stage("Trying", 5, 6)') == ["trying"]


@every_pack
def test_a_shipped_pack_goes_to_its_document_and_back(pack):
    assert read_pack(json.loads(json.dumps(to_document(pack)))) == pack


@every_pack
def test_a_pack_becomes_a_form_with_its_areas_in_order(pack):
    form = form_of(pack)
    scores = [each for each in form.fields if isinstance(each, Score)]

    assert (form.key, form.version, form.kind, form.title) == (
        f"star-{pack.key}", pack.edition, "star", pack.title,
    )  # fmt: skip
    assert tuple(each.label for each in scores) == pack.areas
    assert {(each.low, each.high) for each in scores} == {(pack.low, pack.high)}
    assert (form.owner, form.acknowledgement) == (pack.owner, pack.acknowledgement)
    assert (form.stages, form.review_weeks) == ((), 0)
    assert form_json.from_json(json.loads(json.dumps(form_json.to_json(form)))) == form


@every_pack
def test_every_question_of_a_pack_has_a_key_of_its_own(pack):
    keys = [each.key for each in form_of(pack).fields]

    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", key) for key in keys)


@every_pack
def test_a_pack_asks_around_its_areas_what_our_own_wheels_ask(pack):
    ours = CHILD_WHEEL if pack.whose == "child" else PROGRESS_WHEEL
    around = {each.key for each in ours.fields} - {
        key for each in ours.fields if isinstance(each, Score) for key in (each.key, f"{each.key}_note")
    }

    assert around <= {each.key for each in form_of(pack).fields}


@every_pack
def test_a_reading_of_a_pack_can_be_signed_with_a_few_scores(pack):
    form = form_of(pack)
    answers = {
        "read_on": "2026-11-10", "reading": "first", "completed_by": "both", "whose": "family",
        "whose_name": "Leila", area_keys(pack.areas)[0]: pack.high,
    }  # fmt: skip

    _, troubles = form.clean(answers, today=date(2026, 11, 23), to_sign=True)

    assert troubles == []


def test_blank_paper_of_a_pack_bears_the_owners_acknowledgement():
    pack = next(each for each in shipped() if each.key == "my-star")

    told = words_of(blank_pdf(form_of(pack)))

    assert "© Triangle Consulting Social Enterprise Ltd" in told
    assert "Where you live" in told


# A pack from a file


def test_a_good_file_is_read_with_its_stages(tmp_path):
    pack = read_file(written(tmp_path, QUENBY))

    assert pack.stages == (Stage("Stage 1", 1, 2), Stage("Stage 2", 3, 4))
    assert form_of(pack).stages == pack.stages
    assert form_of(pack).review_weeks == 12
    assert read_pack(to_document(pack)) == pack


@pytest.mark.parametrize("scale", [(0, 10), (1, 5), (1, 10), (-2, 2), (0, 1)])
def test_any_whole_scale_is_taken(scale):
    low, high = scale

    pack = read_pack(without("stages") | {"low": low, "high": high})

    assert (pack.low, pack.high) == scale


@pytest.mark.parametrize("count", [3, 15])
def test_three_to_fifteen_areas_are_taken(count):
    names = [f"Area {number}" for number in range(count)]

    assert len(form_of(read_pack(QUENBY | {"areas": names})).sections[1].fields) == 2 * count


FAULTS = {
    "no document": ([QUENBY], "should begin with {"),
    "descriptions": (QUENBY | {"descriptions": {}}, "A star has no place for “descriptions”"),
    "artwork": (QUENBY | {"image": "star.png"}, "“image”"),
    "missing": (without("owner"), "“owner” is missing."),
    "two missing": (without("owner") | {"key": "x"} | {}, "“owner” is missing."),
    "key": (QUENBY | {"key": "Quenby Star"}, "“key” must be"),
    "title": (QUENBY | {"title": " "}, "“title” must be words"),
    "edition": (QUENBY | {"edition": "2"}, "“edition” must be a whole number"),
    "flag as number": (QUENBY | {"edition": True}, "“edition” must be a whole number"),
    "scale turned": (QUENBY | {"low": 5, "high": 5}, "must be below"),
    "scale with decimals": (QUENBY | {"low": 0.5}, "“low” must be a whole number"),
    "scale too long": (without("stages") | {"high": 30}, "is too long"),
    "two areas": (QUENBY | {"areas": ["A", "B"]}, "3 to 15 names"),
    "sixteen areas": (QUENBY | {"areas": [f"A{n}" for n in range(16)]}, "3 to 15 names"),
    "area that is no text": (QUENBY | {"areas": ["A", "B", {"label": "C"}]}, "Area 3 must be words"),
    "area with a description": (QUENBY | {"areas": ["A", "B", "C" * 61]}, "60 are the most"),
    "same area": (QUENBY | {"areas": ["Home", "School", "home!"]}, "“Home” and “home!” are too alike"),
    "whose": (QUENBY | {"whose": "dog"}, "“whose” must be parent or child"),
    "licence": (QUENBY | {"licence_required": "no"}, "true or false"),
    "language": (QUENBY | {"language": "English"}, "“language”"),
    "weeks": (QUENBY | {"default_review_weeks": 0}, "“default_review_weeks”"),
    "marks": (QUENBY | {"marks": {"areas": "sure"}}, "“areas” must be V, K or U"),
    "stage description": (
        QUENBY | {"stages": [{"label": "A", "from": 1, "to": 4, "description": "…"}]},
        "Stage 1 has no place for “description”",
    ),
    "gap": (
        QUENBY | {"stages": [{"label": "A", "from": 1, "to": 1}, {"label": "B", "from": 3, "to": 4}]},
        "Stage 2 should go on from 2",
    ),
    "overlap": (
        QUENBY | {"stages": [{"label": "A", "from": 1, "to": 3}, {"label": "B", "from": 3, "to": 4}]},
        "Stage 2 should go on from 4",
    ),
    "stages too short": (QUENBY | {"stages": [{"label": "A", "from": 1, "to": 3}]}, "The stages end at 3"),
    "stage off the scale": (QUENBY | {"stages": [{"label": "A", "from": 1, "to": 5}]}, "“to” must be"),
    "stages no list": (QUENBY | {"stages": {"A": 1}}, "“stages” must be a list"),
}


@pytest.mark.parametrize(("document", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_in_a_sentence(document, said):
    told = refusal(document)

    assert said in told
    assert told.endswith(".")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{" * 50, "not JSON"),
        ("[" * 50_000, "not JSON"),
        (f'{{"low": {"9" * 5000}}}', "not JSON"),
        ("", "not JSON"),
        ('{"key": "a", "key": "b"}', "“key” stands twice"),
        (" " * (FILE_LIMIT + 1), "larger than 64 KB"),
    ],
    ids=["broken", "deep", "long number", "empty", "doubled", "large"],
)
def test_a_file_that_is_no_json_is_refused_in_words(tmp_path, content, said):
    with pytest.raises(ValueError, match=said):
        read_file(written(tmp_path, content))


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path):
    (tmp_path / "star.json").write_bytes(b"\xff\xfe{")

    for name, said in (("star.json", "not UTF-8"), ("none.json", "no such file")):
        with pytest.raises(ValueError, match=said):
            read_file(tmp_path / name)


def test_a_name_that_gives_no_key_is_kept_by_its_place():
    assert area_keys(["Place", "Ύγεια", "2 homes", "Health note"]) == ["area_1", "area_2", "area_3", "area_4"]


# Packs in a store


def test_only_an_administrator_brings_a_pack_in(tmp_path):
    story = new_story()

    with pytest.raises(NotAllowed):
        story.call("ada", lambda session: star_packs.add_pack(session, written(tmp_path, QUENBY)))


def test_an_own_pack_is_on_offer_after_our_wheels_and_before_what_is_locked(tmp_path):
    story = new_story()
    story.call("amy", lambda session: star_packs.add_pack(session, written(tmp_path, QUENBY)))

    offers = story.call("ada", star_packs.on_offer)

    assert [each.form_key for each in offers[:3]] == [
        "progress-wheel", "child-progress-wheel", "star-quenby-star",
    ]  # fmt: skip
    assert not any(each.locked for each in offers[:3])
    assert {each.title for each in offers[3:]} == {each.title for each in shipped()}
    assert all(each.locked and "No licence" in each.why for each in offers[3:])


def test_a_form_is_found_by_its_key_locked_or_not(tmp_path):
    story = new_story()
    story.call("amy", lambda session: star_packs.add_pack(session, written(tmp_path, QUENBY)))

    def titles(session):
        keys = ("progress-wheel", "star-my-star", "star-quenby-star", "pep", "star-none")
        found = [star_packs.find(session, key) for key in keys]
        return [form.title if form else None for form in found]

    assert story.call("ada", titles) == ["Family Progress Wheel", "My Star", "Quenby Star", None, None]


def test_the_same_file_twice_changes_nothing(tmp_path):
    story, path = new_story(), written(tmp_path, QUENBY)

    for _ in range(2):
        story.call("amy", lambda session: star_packs.add_pack(session, path))

    assert story.raw("SELECT version FROM star_pack") == [(1,)]


def test_a_pack_without_readings_may_be_mended(tmp_path):
    story = new_story()
    story.call("amy", lambda session: star_packs.add_pack(session, written(tmp_path, QUENBY)))

    mended = written(tmp_path, QUENBY | {"areas": ["Area 1", "Area 2", "Area 4"]})
    story.call("amy", lambda session: star_packs.add_pack(session, mended))

    packs = {each.key: each for each in story.call("ada", star_packs.packs)}
    assert packs["quenby-star"].areas[-1] == "Area 4"


def test_a_definition_with_readings_stays_and_a_new_edition_goes_beside_it(tmp_path):
    story = new_story()
    pack = story.call("amy", lambda session: star_packs.add_pack(session, written(tmp_path, QUENBY)))
    sign_reading(story, pack)
    other = QUENBY | {"areas": ["Area 1", "Area 2", "Area 4"]}

    with pytest.raises(Problem, match=r"Readings stand under edition 1 .*“edition” 2"):
        story.call("amy", lambda session: star_packs.add_pack(session, written(tmp_path, other)))
    newer = written(tmp_path, other | {"edition": 2})
    story.call("amy", lambda session: star_packs.add_pack(session, newer))

    form = story.call("ada", lambda session: star_packs.find(session, "star-quenby-star"))
    assert (form.version, "area_4" in {each.key for each in form.fields}) == (2, True)
    with pytest.raises(Problem, match=r"Edition 2 .* is in use"):
        story.call("amy", lambda session: star_packs.add_pack(session, written(tmp_path, QUENBY)))


def test_a_licensed_pack_of_ones_own_may_stand_for_a_shipped_one(tmp_path):
    story = new_story()
    my_star = to_document(next(each for each in shipped() if each.key == "my-star"))
    own = written(tmp_path, my_star | {"stages": [{"label": "Stage 1", "from": 1, "to": 5}]})

    story.call("amy", lambda session: star_packs.add_pack(session, own))

    rows = [row for row in story.call("amy", star_packs.pack_rows) if row.pack.key == "my-star"]
    assert [(row.is_own, row.state, len(row.pack.stages)) for row in rows] == [(True, "locked", 1)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"owner": "Quenby Council"}, "My Star belongs to Triangle"),
        ({"licence_required": False}, "need a licence"),
        ({"owner": TRIANGLE.upper()}, "belongs to Triangle"),
        ({"key": "mine", "owner": "Quenby Council", "licence_required": False}, "belongs to Triangle"),
        ({"key": "mine", "title": "Mine", "licence_required": False}, "need a licence"),
    ],
    ids=["another owner", "no licence", "owner in capitals", "another key", "another title"],
)
def test_no_file_frees_a_shipped_star_of_its_licence(tmp_path, changed, said):
    story = new_story()
    my_star = to_document(next(each for each in shipped() if each.key == "my-star"))
    path = written(tmp_path, my_star | changed)

    with pytest.raises(Problem, match=said) as refused:
        story.call("amy", lambda session: star_packs.add_pack(session, path))

    assert refused.value.words.endswith("Nothing was changed.")
    assert story.raw("SELECT count(*) FROM star_pack") == [(0,)]


def test_a_refused_file_is_named_and_changes_nothing(tmp_path):
    story, path = new_story(), written(tmp_path, QUENBY | {"image": "star.png"})

    with pytest.raises(Problem, match=r"quenby\.json is refused\. A star has no place for “image”"):
        story.call("amy", lambda session: star_packs.add_pack(session, path))

    assert story.raw("SELECT count(*) FROM star_pack") == [(0,)]
