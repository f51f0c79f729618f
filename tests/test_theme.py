"""The colours can be read, the icons can be seen, and a change of theme reaches what is open."""

import re
import tomllib
from importlib.resources import files

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QColor, QFont, QFontInfo, QIcon, QPalette, QRawFont
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from ui import theme

HUES = ("red", "amber", "green", "blue", "violet")
GROUNDS = ("canvas", "surface", "field", "hover")
TEXT = [
    *((ink, ground) for ink in ("ink", "muted", *HUES) for ground in GROUNDS),
    *((ink, ground) for ink in ("accent", "disabled") for ground in ("canvas", "surface", "field")),
    *((hue, f"{hue}-soft") for hue in HUES),
    *(("ink", f"{hue}-soft") for hue in HUES),
    *(("accent", f"{hue}-soft") for hue in HUES),
    *((ink, "accent-soft") for ink in ("ink", "muted", "accent")),
    *(("on-accent", ground) for ground in ("accent", "accent-hover")),
    *((ink, ground) for ink in ("railtext", "rail-ink") for ground in ("rail", "rail-on")),
    ("accent-hover", "surface"),
    ("tip-ink", "tip"),
]
CONTROLS = [
    *((edge, ground) for edge in ("edge", "accent", "red") for ground in ("canvas", "surface", "field")),
    ("focus-on-accent", "accent"),
    ("rail-ink", "rail"),
]
ICONS = sorted(
    path.name[:-4] for path in (files("resources") / "icons").iterdir() if path.name.endswith(".svg")
)
PROMISED = [
    "today",
    "children",
    "caseload",
    "early-help",
    "front-door",
    "audits",
    "reports",
    "settings",
    "find",
    "lock",
    "unlock",
    "user",
    "add",
    "print",
    "save",
    "compare",
    "sign",
    "overdue",
    "due-soon",
    "on-track",
    "draft",
    "signed",
    "restricted",
    "warning",
    "info",
    "close",
    "back",
    "next",
    "calendar",
    "star",
    "timeline",
    "people",
    "education",
    "care",
    "pathway",
    "history",
    "import",
    "backup",
    "undo",
    "check",
    "part-done",
    "not-begun",
    "more",
    "external",
    "eye",
    "eye-off",
    "note",
    "phone",
    "home",
    "health",
    "missing",
    "help",
    "sun",
    "moon",
    "zoom-in",
    "zoom-out",
    "download",
    "delete",
    "up",
    "down",
]


def luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def between(name: str, one: str, other: str) -> float:
    tokens = theme.theme(name).tokens
    return contrast(QColor(tokens[one]), QColor(tokens[other]))


def test_contrast_is_counted_as_wcag_counts_it():
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", theme.NAMES)
def test_every_text_can_be_read_on_its_ground(name):
    weak = {pair: round(between(name, *pair), 2) for pair in TEXT if between(name, *pair) < 4.5}

    assert weak == {}


@pytest.mark.parametrize("name", theme.NAMES)
def test_every_control_and_focus_ring_can_be_seen(name):
    weak = {pair: round(between(name, *pair), 2) for pair in CONTROLS if between(name, *pair) < 3}

    assert weak == {}


@pytest.mark.parametrize("name", theme.NAMES)
@pytest.mark.parametrize("group", ["Active", "Inactive", "Disabled"])
def test_the_palette_can_be_read_in_every_state(name, group):
    palette, state, roles = theme.palette(theme.theme(name)), QPalette.ColorGroup[group], QPalette.ColorRole
    pairs = [
        (roles.WindowText, roles.Window),
        (roles.Text, roles.Base),
        (roles.ButtonText, roles.Button),
        (roles.PlaceholderText, roles.Base),
        (roles.HighlightedText, roles.Highlight),
        (roles.Link, roles.Base),
        (roles.ToolTipText, roles.ToolTipBase),
    ]

    weak = [pair for pair in pairs if contrast(*(palette.color(state, role) for role in pair)) < 4.5]

    assert weak == []


@pytest.mark.parametrize("name", theme.NAMES)
def test_every_theme_has_the_same_names_as_the_light_one(name):
    light, other = theme.theme("light"), theme.theme(name)

    assert other.tokens.keys() == light.tokens.keys()
    assert other.meaning.keys() == light.meaning.keys()
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in other.tokens.values())


@pytest.mark.parametrize("name", theme.NAMES)
def test_every_meaning_has_an_ink_that_can_be_read_on_its_ground(qapp, name):
    theme.apply(qapp, name)

    weak = [word for word in theme.current().meaning if contrast(*theme.meaning(word)) < 4.5]

    theme.apply(qapp, "light")
    assert weak == []


@pytest.mark.parametrize("name", theme.NAMES)
def test_the_colours_are_what_a_reader_of_toml_finds(name):
    told = tomllib.loads((files("resources") / "theme" / f"{name}.toml").read_text(encoding="utf-8"))

    assert theme.theme(name)[1:] == (told["outlined"], told["tokens"], told["meaning"])


def test_the_first_scheme_follows_the_colours_that_windows_have(qapp):
    before = QPalette(qapp.palette())
    found = []
    for name in theme.NAMES:
        qapp.setPalette(theme.palette(theme.theme(name)))
        found.append(theme.first_scheme())
    qapp.setPalette(before)

    assert found == ["light", "dark", "dark"]


def test_a_theme_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match="sepia"):
        theme.theme("sepia")


@pytest.mark.parametrize("name", theme.NAMES)
def test_qt_understands_the_whole_style_sheet(qtbot, qapp, name):
    said: list[str] = []

    def listen(kind: QtMsgType, _where: object, words: str) -> None:
        said.append(words)

    before = qInstallMessageHandler(listen)
    theme.apply(qapp, name)
    label = QPushButton("Sign")
    qtbot.addWidget(label)
    label.show()
    qInstallMessageHandler(before)

    theme.apply(qapp, "light")
    assert [words for words in said if "stylesheet" in words.lower() or "property" in words.lower()] == []


def test_an_open_window_changes_with_the_theme(qtbot, qapp):
    label = QLabel("Today")
    label.setObjectName("canvas")
    button = QPushButton("Find")
    theme.set_icon(button, "find")
    qtbot.addWidget(label)
    qtbot.addWidget(button)
    label.show()
    told: list[str] = []
    theme.changes().changed.connect(lambda: told.append(theme.current().name))

    before = button.icon().pixmap(18).toImage()
    theme.apply(qapp, "dark")
    ink, after = label.palette().windowText().color(), button.icon().pixmap(18).toImage()
    theme.apply(qapp, "light")

    assert ink == QColor(theme.theme("dark").tokens["ink"])
    assert before != after
    assert told == ["dark", "light"]


def test_every_promised_icon_is_there():
    assert set(PROMISED) <= set(ICONS)


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_something_in_the_colour_asked_for(qapp, name):
    image = theme.pixmap(name, QColor("#A3221F"), 24).toImage()

    drawn = [QColor.fromRgba(image.pixel(x, y)) for x in range(image.width()) for y in range(image.height())]
    solid = [colour for colour in drawn if colour.alpha() > 250]
    assert sum(colour.alpha() > 0 for colour in drawn) > 20
    assert all(abs(colour.red() - 0xA3) < 4 and abs(colour.green() - 0x22) < 4 for colour in solid)


def test_a_disabled_icon_is_grey(qapp):
    icon = theme.icon("delete", "red")

    usual, disabled = icon.pixmap(18), icon.pixmap(18, QIcon.Mode.Disabled)

    assert usual.toImage() != disabled.toImage()
    assert disabled.toImage() == theme.pixmap("delete", theme.colour("disabled"), 18).toImage()


@pytest.mark.parametrize(
    ("weight", "style"),
    [(QFont.Weight.Normal, "Regular"), (QFont.Weight.DemiBold, "Semibold"), (QFont.Weight.Bold, "Bold")],
)
def test_the_bundled_typeface_is_the_one_on_screen(qapp, weight, style):
    shown = QFontInfo(theme.font(weight=weight))

    assert (shown.family(), shown.styleName()) == ("Source Sans 3", style)


@pytest.mark.parametrize(
    "name", ["Siân Ŵyn", "Łukasz", "Șerban", "Işıl", "Nguyễn", "Ọmọ", "Šárka", "Олена", "Ελένη"]
)
def test_names_of_europe_are_in_the_typeface(qapp, name):
    face = QRawFont.fromFont(theme.font())

    assert [letter for letter in name if letter != " " and not face.supportsCharacter(ord(letter))] == []


@pytest.mark.parametrize(("family", "name"), [("Noto Sans Armenian", "Արամ"), ("Noto Sans Georgian", "ნინო")])
def test_armenian_and_georgian_names_have_a_typeface_of_their_own(qapp, family, name):
    face = QRawFont.fromFont(QFont(family))

    assert face.familyName() == family
    assert all(face.supportsCharacter(ord(letter)) for letter in name)


def test_each_bundled_font_and_icon_has_its_licence_beside_it():
    fonts, icons = files("resources") / "fonts", files("resources") / "icons"

    assert "SIL OPEN FONT LICENSE" in (fonts / "OFL-SourceSans3.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in (fonts / "OFL-Noto.txt").read_text(encoding="utf-8")
    assert "ISC License" in (icons / "LICENSE-lucide.txt").read_text(encoding="utf-8")


def test_the_fonts_stay_small():
    screen = files("resources") / "fonts"
    of_both = [path for path in screen.iterdir() if path.is_file()]

    assert sum(len(path.read_bytes()) for path in of_both) < 2_000_000
    assert sum(len(path.read_bytes()) for path in (screen / "paper").iterdir()) < 8_000_000


def test_the_system_asks_for_a_theme_that_exists(qapp):
    assert theme.system_scheme() in theme.NAMES


@pytest.mark.parametrize(("many", "shown"), [(5, 5), (40, 10)])
def test_a_list_of_choices_shows_whole_rows_and_a_bar_where_there_are_more(qtbot, many, shown):
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItems([f"Choice {number}" for number in range(many)])
    box.show()

    box.showPopup()

    view = box.view()
    qtbot.waitUntil(view.isVisible)
    assert view.viewport().height() == shown * view.sizeHintForRow(0)
    assert view.verticalScrollBar().isVisible() == (many > shown)
    box.hidePopup()
