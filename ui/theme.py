"""The look: fonts, colours by name, tinted icons, and the style sheet made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QPixmap

NAMES: Final = ("light", "dark", "contrast")
FAMILIES: Final = ("Source Sans 3", "Noto Sans Armenian", "Noto Sans Georgian")
ARGUMENTS: Final = ("-style", "Fusion")
"""What the application is made with. A style that is set later is handed back, which loads for 5 ms."""
POINTS: Final = 10.5
SMALL_POINTS: Final = 9.5
FIRST_FACES: Final = ("SourceSans3-Regular.ttf", "SourceSans3-Semibold.ttf")
"""What the window to sign in is written in."""
FIRST_ICONS: Final = ("down", "eye")
"""What the style sheet draws there."""
# The window to sign in is dressed from here, so nothing is loaded that takes long: not importlib.resources
# (3 ms), tomllib (5 ms), dataclasses (3 ms), what draws icons (5 ms) nor the namespace `Qt` (18 ms); a bare
# window takes a hundred. The icons of that window stand in the style sheet.
_RESOURCES: Final = Path(__file__).resolve().parents[1] / "resources"
_COLOUR = re.compile(r'^([a-z_-]+) = "([^"]+)"', re.MULTILINE)
_PLACE = re.compile(r"\{(?:icon:([a-z-]+):)?([a-z][a-z-]*)\}")


class Theme(NamedTuple):
    """A named set of colours: `tokens` gives `#RRGGBB` by name, `meaning` the token a word stands for."""

    name: str
    outlined: bool
    tokens: Mapping[str, str]
    meaning: Mapping[str, str]


class Changes(QObject):
    """Tells those who keep pictures of their own that the colours are different now."""

    changed = Signal()


class _Shown:
    """What the application looks like at this moment."""

    def __init__(self) -> None:
        self.theme = theme("light")
        self.changes = Changes()
        # Qt's style sheets take icons from files only, so the few that they name are tinted into this folder.
        self.icons = QTemporaryDir(f"{gettempdir()}/caseapp-icons-XXXXXX")


@cache
def _shown() -> _Shown:
    return _Shown()


@cache
def theme(name: str) -> Theme:
    """Return the theme of that name: "light", "dark" or "contrast"."""
    if name not in NAMES:
        raise ValueError(f"There is no theme called {name}.")
    told = (_RESOURCES / "theme" / f"{name}.toml").read_text(encoding="utf-8")
    tokens, _, meanings = told.partition("[meaning]")
    return Theme(name, "outlined = true" in tokens, _colours(tokens), _colours(meanings))


def _colours(told: str) -> Mapping[str, str]:
    return MappingProxyType(dict(_COLOUR.findall(told)))


def current() -> Theme:
    """Return the theme in force."""
    return _shown().theme


def changes() -> Changes:
    """Return the object whose signal `changed` follows each `apply`."""
    return _shown().changes


def first_scheme() -> str:
    """Return "dark" or "light" by the colours that the computer gives its windows, to be checked later.

    Asking in full, with `system_scheme`, takes a fifth of the time in which the first window can stand.
    """
    given, roles = QGuiApplication.palette(), QPalette.ColorRole
    is_dark = given.color(roles.Window).lightness() < given.color(roles.WindowText).lightness()
    return "dark" if is_dark else "light"


def system_scheme() -> str:
    """Return the name of the theme that the computer's own settings ask for."""
    from PySide6.QtCore import Qt

    hints = QGuiApplication.styleHints()
    access = getattr(hints, "accessibility", None)  # Qt 6.10 and later
    if access is not None and access().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def load_first_fonts() -> None:
    """Make those faces known to Qt that the window to sign in is written in; needs an application."""
    for name in FIRST_FACES:
        _families_in(name)


def load_fonts() -> tuple[str, ...]:
    """Make the bundled fonts known to Qt and return their families; needs an application."""
    names = sorted(path.name for path in (_RESOURCES / "fonts").glob("*.ttf"))
    return tuple(dict.fromkeys(family for name in names for family in _families_in(name)))


@cache
def _families_in(name: str) -> tuple[str, ...]:
    number = QFontDatabase.addApplicationFont(str(_RESOURCES / "fonts" / name))
    if number < 0:
        raise RuntimeError(f"The font {name} cannot be read.")
    return tuple(QFontDatabase.applicationFontFamilies(number))


def font(points: float = POINTS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the application's typeface at a size, with figures of one width."""
    made = QFont(list(FAMILIES))
    made.setPointSizeF(points)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def choose(app: QApplication, name: str) -> None:
    """Let font and colours be those of a theme from now on: what a part asks for while it is made."""
    _shown().theme = theme(name)
    app.setFont(font())
    app.setPalette(palette(current()))


def dress(app: QApplication, *icons: str) -> None:
    """Put the style sheet of the theme in force on all there is, with all its icons or with some of them."""
    tint_icons(*icons)
    app.setStyleSheet(style_sheet(current()))


def apply(app: QApplication, name: str) -> None:
    """Dress the whole application in a theme; windows that are open change with it."""
    choose(app, name)
    dress(app)
    for window in app.topLevelWidgets():
        for button in (window, *window.findChildren(QAbstractButton)):
            if isinstance(button, QAbstractButton) and button.property("icon_name"):
                _tint(button)
    changes().changed.emit()


def palette(wanted: Theme) -> QPalette:
    """Return the theme as a palette, for whatever the style sheet does not reach."""
    roles = QPalette.ColorRole
    tokens = {
        roles.Window: "canvas",
        roles.WindowText: "ink",
        roles.Base: "field",
        roles.AlternateBase: "surface",
        roles.Text: "ink",
        roles.Button: "surface",
        roles.ButtonText: "ink",
        roles.BrightText: "red",
        roles.ToolTipBase: "tip",
        roles.ToolTipText: "tip-ink",
        roles.PlaceholderText: "muted",
        roles.Highlight: "accent",
        roles.HighlightedText: "on-accent",
        roles.Accent: "accent",
        roles.Link: "accent",
        roles.LinkVisited: "violet",
        roles.Light: "surface",
        roles.Midlight: "hover",
        roles.Mid: "line",
        roles.Dark: "edge",
        roles.Shadow: "edge",
    }
    unusable = {roles.WindowText, roles.Text, roles.ButtonText, roles.PlaceholderText, roles.Link}
    made = QPalette()
    for role, token in tokens.items():
        made.setColor(role, QColor(wanted.tokens[token]))
        if role in unusable:
            made.setColor(QPalette.ColorGroup.Disabled, role, QColor(wanted.tokens["disabled"]))
    for role, token in ((roles.Highlight, "hover"), (roles.HighlightedText, "ink"), (roles.Base, "canvas")):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(wanted.tokens[token]))
    return made


def style_sheet(wanted: Theme) -> str:
    """Return `app.qss` with the theme's colours and the places of its icons filled in."""

    def filled(place: re.Match[str]) -> str:
        icon_name, token = place.groups()
        return _icon_file(icon_name, wanted.name, token).as_posix() if icon_name else wanted.tokens[token]

    return _PLACE.sub(filled, _unfilled())


def tint_icons(*names: str) -> None:
    """Write the icons that the style sheet names, or those of some names only, in the theme in force."""
    for name, token in set(_PLACE.findall(_unfilled())):
        if name and (not names or name in names):
            _tint_file(name, current().name, token)


@cache
def _unfilled() -> str:
    return (_RESOURCES / "theme" / "app.qss").read_text(encoding="utf-8")


def _icon_file(name: str, theme_name: str, token: str) -> Path:
    return Path(_shown().icons.filePath(f"{theme_name}-{name}-{token}.svg"))


@cache
def _tint_file(name: str, theme_name: str, token: str) -> None:
    tinted = _svg(name).replace("currentColor", theme(theme_name).tokens[token])
    _icon_file(name, theme_name, token).write_text(tinted, encoding="utf-8")


def colour(token: str) -> QColor:
    """Return the colour of that name in the theme in force."""
    return QColor(current().tokens[token])


def meaning(word: str) -> tuple[QColor, QColor]:
    """Return a meaning's two colours ("overdue", "signed" …): for ink, and for the ground behind it."""
    hue = current().meaning[word]
    if hue == "grey":
        return colour("muted"), colour("canvas")
    return colour(hue), colour(f"{hue}-soft")


@cache
def _svg(name: str) -> str:
    return (_RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, tint: QColor, size: int = 18) -> QPixmap:
    """Return the icon `size` pixels high in one colour, as sharp as the screen allows."""
    return _pixmap(name, tint.name(), size, QGuiApplication.instance().devicePixelRatio())  # type: ignore[union-attr]  # there is one


@cache
def _pixmap(name: str, tint: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtCore import QByteArray, QSize
    from PySide6.QtGui import QPainter, QPixmap
    from PySide6.QtSvg import QSvgRenderer

    drawn = QPixmap(QSize(size, size) * ratio)
    drawn.fill(QColor(0, 0, 0, 0))
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(_svg(name).replace("currentColor", tint).encode())).render(painter)
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, token: str = "ink", size: int = 18, checked: str = "") -> QIcon:  # noqa: S107 - a colour
    """Return an icon in a token's colour (greyed when disabled, in `checked`'s colour when checked)."""
    from PySide6.QtGui import QIcon

    made = QIcon(pixmap(name, colour(token), size))
    made.addPixmap(pixmap(name, colour("disabled"), size), QIcon.Mode.Disabled)
    if checked:
        made.addPixmap(pixmap(name, colour(checked), size), QIcon.Mode.Normal, QIcon.State.On)
    return made


def set_icon(
    button: QAbstractButton,
    name: str,
    token: str = "ink",  # noqa: S107 - a colour
    size: int = 18,
    checked: str = "",
) -> None:
    """Give a button an icon that follows later changes of theme."""
    from PySide6.QtCore import QSize

    button.setProperty("icon_name", name)
    button.setProperty("icon_token", token)
    button.setProperty("icon_checked", checked)
    button.setIconSize(QSize(size, size))
    _tint(button)


def _tint(button: QAbstractButton) -> None:
    name, token, checked = (button.property(f"icon_{part}") for part in ("name", "token", "checked"))
    button.setIcon(icon(name, token, button.iconSize().width(), checked))


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose property (`error`, `role` …) has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
