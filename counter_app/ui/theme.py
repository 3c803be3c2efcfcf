"""The looks of the window: Fusion, one palette and one short style sheet, all from tokens, rebuilt live.

The only module that sets a style sheet. Widgets say what they are by dynamic properties (`role`, `verdict`, `badge`,
`state`) and ask here for colours, icons and sizes; they repaint on `changed`. See WCAG 2.2 AA, 1.4.3, 1.4.4, 1.4.11.
"""

import re
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.ui import tokens as looks
from counter_app.wording.shipped import shipped

SCALES = (100, 125, 150, 200)
"""Text sizes on offer, in per cent."""

OWN_FONT = "own_font"
"""Dynamic property of widgets whose font the style sheet must give back after dressing them again."""

FAMILIES = ("Noto Sans", "Noto Sans Arabic")

_FONT_FILES = (
    "NotoSans_400Regular.ttf",
    "NotoSans_600SemiBold.ttf",
    "NotoSans_700Bold.ttf",
    "NotoSansArabic_400Regular.ttf",
    "NotoSansArabic_700Bold.ttf",
)
_MARK = re.compile(r"@([a-z][a-z0-9-]*)")


class Choice(StrEnum):
    """What the agent chose in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Theme(QObject):
    """Colours, sizes and icons of the whole window. Make one per application, before the first widget is shown."""

    changed = Signal()
    """Everything looks different: pixmaps and painted widgets must be made again."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._native_palette = QPalette(app.palette())
        self._pixmaps: dict[tuple[str, str, int, int, float], QPixmap] = {}
        self._hints = app.styleHints()
        self._contrast = self._hints.accessibility()
        self.choice = Choice.SYSTEM
        self.scale = 100
        for name in _FONT_FILES:
            QFontDatabase.addApplicationFont(str(shipped("fonts", name)))
        app.setStyle("Fusion")
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self._contrast.contrastPreferenceChanged.connect(self._follow_system)
        self._colours = looks.tokens(self._name())

    @property
    def name(self) -> str:
        """`light`, `dark`, `contrast`, or `native` when the system's own high contrast rules."""
        return self._name()

    def choose(self, choice: Choice, scale: int = 100) -> None:
        """Apply a theme and a text size (per cent, one of SCALES) to the whole application, at once."""
        if scale not in SCALES:
            raise ValueError(f"text size {scale} is not one of {SCALES}")
        self.choice, self.scale = choice, scale
        self._rebuild()

    def color(self, token: str) -> QColor:
        """Colour of a token. Raises KeyError for an unknown one."""
        return QColor(self._colours[token])

    def points(self, step: str) -> float:
        """Size of a text step in points, at the chosen text size."""
        return looks.POINTS[step] * self.scale / 100

    def px(self, pixels: int) -> int:
        """A length that grows with the text."""
        return round(pixels * self.scale / 100)

    def font(self, step: str = "body", weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Font of a text step, for what is painted by code."""
        font = QFont(list(FAMILIES))
        font.setPointSizeF(self.points(step))
        font.setWeight(weight)
        return font

    def wear_numbers(self, widget: QWidget, step: str = "field", weight: QFont.Weight = QFont.Weight.Normal) -> None:
        """Give a widget the font of numbers: digits of one width, slashed zero, a little air. Again on `changed`.

        Its size comes from here, not from the style sheet, which would drop the shape of the zero.
        """
        font = self.font(step, weight)
        for feature in ("tnum", "zero"):
            font.setFeature(QFont.Tag(feature), 1)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1)
        widget.setProperty(OWN_FONT, True)
        widget.setFont(font)

    def pixmap(self, name: str, token: str, size: int) -> QPixmap:
        """An icon in the colour of a token, `size` logical pixels square, sharp at the screen's own ratio."""
        return self._drawn(_shape("icons", name), name, token, QSize(size, size))

    def icon(self, name: str, token: str = "text", size: int = 24) -> QIcon:
        """The same as an icon for buttons."""
        return QIcon(self.pixmap(name, token, size))

    def drawing(self, name: str, width: int) -> QPixmap:
        """A drawing of `resources/drawings`, `width` logical pixels wide, in the colours of the theme."""
        return self._drawn(self._marked(_shape("drawings", name)), name, "text", QSize(width, round(width * 2 / 3)))

    def _drawn(self, svg: str, name: str, token: str, size: QSize) -> QPixmap:
        ratio = self._app.devicePixelRatio()
        key = (name, self._colours[token], size.width(), size.height(), ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = _render(svg.replace("currentColor", self._colours[token]), size, ratio)
        return self._pixmaps[key]

    def _name(self) -> str:
        if self.choice is not Choice.SYSTEM:
            return self.choice.value
        if self._contrast.contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "native"
        return "dark" if self._hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _follow_system(self) -> None:
        if self.choice is Choice.SYSTEM:
            self._rebuild()

    def _rebuild(self) -> None:
        native = self._name() == "native"
        self._colours = looks.native_tokens(self._native_palette) if native else looks.tokens(self._name())
        self._pixmaps.clear()
        self._app.setPalette(self._native_palette if native else looks.palette_of(self._colours))
        self._app.setFont(self.font())
        sheets = ("type.qss",) if native else ("type.qss", "theme.qss")
        self._app.setStyleSheet("\n".join(self._marked(shipped("qss", name).read_text("utf-8")) for name in sheets))
        self.changed.emit()

    def _marked(self, template: str) -> str:
        """The text with each @token as a colour, @step-pt as a size in points, @px-N as a length that grows."""
        return _MARK.sub(lambda mark: self._value(mark[1]), template)

    def _value(self, mark: str) -> str:
        if mark.startswith("px-"):
            return f"{self.px(int(mark.removeprefix('px-')))}px"
        if mark.endswith("-pt"):
            return f"{self.points(mark.removesuffix('-pt')):g}pt"
        return self._colours[mark]


def mark(widget: QWidget, **properties: str | bool) -> None:
    """Set dynamic properties that the style sheet selects by, and dress the widget again when one changed."""
    stale = [name for name, value in properties.items() if widget.property(name) != value]
    for name in stale:
        widget.setProperty(name, properties[name])
    if stale and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        worn = widget.font() if widget.property(OWN_FONT) else None
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        if worn:
            widget.setFont(worn)


@cache
def _shape(folder: str, name: str) -> str:
    """A shipped drawing as written. Every answer asks for a hundred icons: each file is read once."""
    return shipped(folder, f"{name}.svg").read_text(encoding="utf-8")


def _render(svg: str, size: QSize, ratio: float) -> QPixmap:
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return pixmap
