"""The look: fonts, colours by name, tinted icons, and the style sheet made of them."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QByteArray, QDir, QObject, QSize, Qt, QTemporaryDir, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

NAMES: Final = ("light", "dark", "contrast")
FAMILIES: Final = ("Source Sans 3", "Noto Sans Armenian", "Noto Sans Georgian")
POINTS: Final = 10.5
SMALL_POINTS: Final = 9.5
_RESOURCES: Final = files("resources")
_PLACE = re.compile(r"\{(?:icon:([a-z-]+):)?([a-z][a-z-]*)\}")


@dataclass(frozen=True)
class Theme:
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
        self.icons = QTemporaryDir(QDir.tempPath() + "/caseapp-icons-XXXXXX")


@cache
def _shown() -> _Shown:
    return _Shown()


@cache
def theme(name: str) -> Theme:
    """Return the theme of that name: "light", "dark" or "contrast"."""
    if name not in NAMES:
        raise ValueError(f"There is no theme called {name}.")
    told = tomllib.loads((_RESOURCES / "theme" / f"{name}.toml").read_text(encoding="utf-8"))
    return Theme(name, told["outlined"], MappingProxyType(told["tokens"]), MappingProxyType(told["meaning"]))


def current() -> Theme:
    """Return the theme in force."""
    return _shown().theme


def changes() -> Changes:
    """Return the object whose signal `changed` follows each `apply`."""
    return _shown().changes


def system_scheme() -> str:
    """Return the name of the theme that the computer's own settings ask for."""
    hints = QGuiApplication.styleHints()
    access = getattr(hints, "accessibility", None)  # Qt 6.10 and later
    if access is not None and access().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


@cache
def load_fonts() -> tuple[str, ...]:
    """Make the bundled fonts known to Qt and return their families; needs an application."""
    families: list[str] = []
    for path in sorted(_font_files(), key=lambda path: path.name):
        number = QFontDatabase.addApplicationFontFromData(QByteArray(path.read_bytes()))
        if number < 0:
            raise RuntimeError(f"The font {path.name} cannot be read.")
        families += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(families))


def _font_files() -> list[Traversable]:
    return [path for path in (_RESOURCES / "fonts").iterdir() if path.name.endswith(".ttf")]


def font(points: float = POINTS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the application's typeface at a size, with figures of one width."""
    made = QFont(list(FAMILIES))
    made.setPointSizeF(points)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def apply(app: QApplication, name: str) -> None:
    """Dress the whole application; windows that are open change with it."""
    shown = _shown()
    shown.theme = theme(name)
    app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(palette(shown.theme))
    app.setStyleSheet(style_sheet(shown.theme))
    for widget in app.allWidgets():
        if isinstance(widget, QAbstractButton) and widget.property("icon_name"):
            _tint(widget)
        widget.update()
    shown.changes.changed.emit()


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
    """Return `app.qss` with the theme's colours and icons filled in."""

    def filled(place: re.Match[str]) -> str:
        icon_name, token = place.groups()
        return _icon_file(icon_name, wanted, token) if icon_name else wanted.tokens[token]

    return _PLACE.sub(filled, (_RESOURCES / "theme" / "app.qss").read_text(encoding="utf-8"))


def _icon_file(name: str, wanted: Theme, token: str) -> str:
    path = Path(_shown().icons.filePath(f"{wanted.name}-{name}-{token}.svg"))
    path.write_text(_svg(name).replace("currentColor", wanted.tokens[token]), encoding="utf-8")
    return path.as_posix()


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
    return _pixmap(name, tint.name(), size, QGuiApplication.instance().devicePixelRatio())  # type: ignore[union-attr]


@cache
def _pixmap(name: str, tint: str, size: int, ratio: float) -> QPixmap:
    drawn = QPixmap(QSize(size, size) * ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(_svg(name).replace("currentColor", tint).encode())).render(painter)
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, token: str = "ink", size: int = 18, checked: str = "") -> QIcon:  # noqa: S107 - a colour
    """Return an icon in a token's colour (greyed when disabled, in `checked`'s colour when checked)."""
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
