"""The help: a page for each screen, read from its file, and the search over all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from caseapp.form import Field, Section

GROUPS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("To begin with", ("start", "sign-in", "restore", "find", "saved", "lock", "printing")),
    (
        "Screens",
        (
            "today", "children", "add-a-child", "caseload", "early-help", "front-door", "education",
            "supervision", "approvals", "reports", "import",
        ),
    ),
    (
        "A child’s record",
        (
            "record", "record-overview", "record-timeline", "record-people", "record-early-help",
            "record-outcome-star", "record-measures", "record-voice", "record-education", "record-care",
            "record-pathway", "record-actions", "record-history",
        ),
    ),
    (
        "Care",
        (
            "record-placements", "record-reviews-and-visits", "record-health", "record-missing",
            "record-permanence-and-court", "record-family-time", "record-plans", "care-dialogs",
        ),
    ),
    ("Plans", ("plan", "star", "compare", "dates")),
    ("Who may read", ("access", "restricted", "emergency")),
    ("Settings", ("settings", "settings-users", "settings-store", "settings-area", "settings-stars")),
    ("This program", ("about", "changes")),
)  # fmt: skip
"""The pages in the order in which they are listed."""

_FOLDER: Final = files("resources") / "help"
_INLINE: Final = re.compile(r"\*\*(.+?)\*\*|`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)")
_WORDS: Final = re.compile(r"<!-- words: (.*?) -->")
_ENDINGS: Final = ("ings", "ing", "ies", "ed", "es", "s", "y")
_LEAST_STEM: Final = 4
_NOISE: Final = frozenset(
    ["a", "an", "and", "at", "be", "by", "can", "do", "for", "how", "i", "in", "is", "it", "my", "of", "on",
     "or", "the", "to", "what", "whats", "where", "with"]
)  # fmt: skip
_SEE_ALSO: Final = "See also"
_ALIKE: Final = 75
_IN_TITLE, _IN_WORDS, _IN_HEADING, _IN_TEXT = 12, 8, 9, 1


class Run(NamedTuple):
    """A stretch of text: plain, or `bold` (a name on screen), `key` or `link`, which leads to `target`."""

    text: str
    look: str = ""
    target: str = ""


class Block(NamedTuple):
    """A heading, a paragraph (`text`), a numbered `step` or a `bullet`."""

    kind: str
    runs: tuple[Run, ...]
    number: int = 0

    @property
    def text(self) -> str:
        """Return the words alone."""
        return "".join(each.text for each in self.runs)


class Page(NamedTuple):
    """A page of the help. `words` are others by which it is found; they are not shown."""

    key: str
    title: str
    words: str
    blocks: tuple[Block, ...]

    def anchors(self) -> list[str]:
        """Return what can be gone to on the page, one for each heading, from the top."""
        return [slug(each.text) for each in self.blocks if each.kind == "heading"]

    def told_at(self, name: str) -> str | None:
        """Return the heading under which a name on screen is told of, "" above the first; None: nowhere."""
        wanted, anchor = slug(name), ""
        for block in self.blocks:
            anchor = slug(block.text) if block.kind == "heading" else anchor
            named = block.kind == "heading" and anchor == wanted
            if named or any(run.look == "bold" and slug(run.text) == wanted for run in block.runs):
                return anchor
        return None


class Hit(NamedTuple):
    """A part of a page that a search found: where it is, and its first words."""

    page: str
    title: str
    heading: str
    first_words: str

    @property
    def target(self) -> str:
        """Return the link that opens it."""
        return f"{self.page}#{slug(self.heading)}" if self.heading else self.page


class _Part(NamedTuple):
    hit: Hit
    words: dict[str, int]


def slug(text: str) -> str:
    """Return a name as it stands in links: small letters, figures and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold().replace("’", "")).strip("-")


def names() -> list[str]:
    """Return the names of all pages, in order."""
    return [key for _, pages in GROUPS for key in pages]


@cache
def page(key: str) -> Page:
    """Return a page by name. Raises KeyError if there is none."""
    if key not in names():
        raise KeyError(key)
    return read_page(key, (_FOLDER / f"{key}.md").read_text(encoding="utf-8"))


def read_page(key: str, source: str) -> Page:
    """Return the page that a text makes.

    Of Markdown it knows what the pages use: one title, headings, paragraphs, numbered steps, bullets; and
    within them **names on screen**, `keys` and [links](page#heading). Anything else is text as it stands.
    Raises ValueError for a text that does not begin with a title.
    """
    lines = source.splitlines()
    if not lines or not lines[0].startswith("# "):
        raise ValueError(f"The help page {key} does not begin with its title.")
    found = _WORDS.search(source)
    return Page(key, lines[0][2:].strip(), found[1] if found else "", tuple(_blocks(lines[1:])))


def contents() -> Page:
    """Return the list of all pages, as a page."""
    blocks: list[Block] = []
    for title, names in GROUPS:
        blocks.append(Block("heading", (Run(title),)))
        blocks += [Block("bullet", (Run(page(name).title, "link", name),)) for name in names]
    return Page("contents", "Contents", "", tuple(blocks))


def section_page(section: Section) -> Page:
    """Return the guidance of a section of a form as a page, a heading for each question."""
    blocks = [Block("text", (Run(section.guidance),))] if section.guidance else []
    for field in section.fields:
        blocks += _question(field)
    blocks.append(Block("heading", (Run("How to fill in a plan"),)))
    blocks.append(Block("text", (Run(page("plan").title, "link", "plan"),)))
    return Page("section", section.title, "", tuple(blocks))


def _question(field: Field) -> Iterator[Block]:
    yield Block("heading", (Run(field.label),))
    told = field.help if not field.help or field.help.endswith((".", "?")) else f"{field.help}."
    needed = "Needed before signing." if field.required else "May be left open."
    yield Block("text", (Run(f"{told} {needed}".strip()),))


def search(typed: str, most: int = 12) -> list[Hit]:
    """Return the parts of pages that hold every word that was typed, the likeliest first.

    Where none holds them all, those that hold the most. Words may be begun only, and their endings differ.
    """
    wanted = [_known(each) for each in _stems(typed)]
    if not wanted:
        return []
    scored = [(_score(part, wanted), place, part.hit) for place, part in enumerate(_parts())]
    best = max(matched for (matched, _), _, _ in scored)
    fits = sorted((-score, place, hit) for (matched, score), place, hit in scored if matched == best > 0)
    return [hit for _, _, hit in fits[:most]]


def found_page(typed: str, hits: list[Hit]) -> Page:
    """Return what a search found as a page of links."""
    blocks: list[Block] = []
    for hit in hits:
        name = f"{hit.title}: {hit.heading}" if hit.heading else hit.title
        blocks.append(Block("text", (Run(name, "link", hit.target), Run(f"\u2028{hit.first_words}"))))
    if not hits:
        blocks.append(Block("text", (Run("No page has these words. Try fewer, or look under "),
                                     Run("Contents", "link", "contents"), Run("."))))  # fmt: skip
    return Page("found", f"Found for “{typed}”", "", tuple(blocks))


def _score(part: _Part, wanted: list[str]) -> tuple[int, int]:
    """Return how many of the words a part holds, and how much they weigh: whole words more."""
    weights = []
    for stem in wanted:
        whole = 2 * part.words.get(stem, 0)
        weights.append(
            max([whole, *(weight for word, weight in part.words.items() if word.startswith(stem))])
        )
    return sum(weight > 0 for weight in weights), sum(weights)


def _known(stem: str) -> str:
    """Return a word as the pages have it: one that none of them begins with may be a slip of the keys."""
    told = _vocabulary()
    if len(stem) < _LEAST_STEM or any(word.startswith(stem) for word in told):
        return stem
    nearest = process.extractOne(stem, told, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return nearest[0] if nearest else stem


@cache
def _vocabulary() -> tuple[str, ...]:
    return tuple(sorted({word for part in _parts() for word in part.words}))


@cache
def _parts() -> tuple[_Part, ...]:
    return tuple(part for key in names() for part in _parts_of(page(key)))


def _parts_of(whole: Page) -> Iterator[_Part]:
    """Take a page apart at its headings: the first part is the page itself."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for block in whole.blocks:
        if block.kind == "heading":
            parts.append((block.text, []))
        else:
            parts[-1][1].append(block.text)
    for heading, texts in parts:
        if heading == _SEE_ALSO:
            continue
        told = " ".join(texts)
        weights: dict[str, int] = {}
        own = ((whole.title, _IN_TITLE), (whole.words, _IN_WORDS)) if not heading else ((whole.title, 2),)
        for text, weight in (*own, (heading, _IN_HEADING), (told, _IN_TEXT)):
            for stem in _stems(text):
                weights[stem] = max(weight, weights.get(stem, 0))
        yield _Part(Hit(whole.key, whole.title, heading, _shortened(told)), weights)


def _stems(text: str) -> list[str]:
    found = re.findall(r"[a-z0-9]+", text.casefold().replace("’", "").replace("'", ""))
    return [_stem(each) for each in found if each not in _NOISE]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word.removesuffix(ending)
    return word


def _shortened(text: str, most: int = 110) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


def _blocks(lines: list[str]) -> Iterator[Block]:
    paragraph: list[str] = []
    kind, number = "text", 0
    for line in [*lines, ""]:
        begins = re.match(r"(## |- |(\d+)\. )(.*)", line)
        if (begins or not line.strip()) and paragraph:
            yield Block(kind, _runs(" ".join(paragraph)), number)
            paragraph, kind, number = [], "text", 0
        if begins:
            kind = {"## ": "heading", "- ": "bullet"}.get(begins[1], "step")
            number = int(begins[2] or 0)
            paragraph = [begins[3].strip()]
        elif line.strip() and not _WORDS.fullmatch(line.strip()):
            paragraph.append(line.strip())


def _runs(text: str) -> tuple[Run, ...]:
    runs: list[Run] = []
    at = 0
    for found in _INLINE.finditer(text):
        runs.append(Run(text[at : found.start()]))
        name, key, link, target = found.groups()
        runs.append(Run(name, "bold") if name else Run(key, "key") if key else Run(link, "link", target))
        at = found.end()
    runs.append(Run(text[at:]))
    return tuple(each for each in runs if each.text)
