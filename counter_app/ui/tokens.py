"""Colours and sizes of the window, from `resources/tokens.json`. Nothing else in the app names a colour."""

import json
from collections.abc import Mapping
from functools import cache

from PySide6.QtGui import QColor, QPalette

from counter_app.wording.shipped import shipped

Tokens = Mapping[str, str]

FAMILIES = ("ok", "warn", "stop", "go", "tech")

POINTS: Mapping[str, int] = {
    "caption": 10,
    "body": 11,
    "word": 13,
    "field": 14,
    "h2": 15,
    "verdict-compact": 18,
    "h1": 22,
    "verdict": 26,
    "place": 32,
}
"""Text sizes in points at 100 %."""

Role = QPalette.ColorRole

_ROLES: Mapping[Role, str] = {
    Role.Window: "bg",
    Role.WindowText: "text",
    Role.Base: "surface",
    Role.AlternateBase: "surface-2",
    Role.ToolTipBase: "surface-2",
    Role.ToolTipText: "text",
    Role.PlaceholderText: "text-2",
    Role.Text: "text",
    Role.Button: "surface-2",
    Role.ButtonText: "text",
    Role.BrightText: "stop-text",
    Role.Highlight: "selection",
    Role.HighlightedText: "on-selection",
    Role.Link: "link",
    Role.LinkVisited: "link",
    Role.Accent: "brand",
    Role.Light: "surface",
    Role.Midlight: "surface-2",
    Role.Mid: "border-soft",
    Role.Dark: "border",
    Role.Shadow: "border",
}

_NATIVE: Mapping[str, Role] = {
    "bg": Role.Window,
    "surface": Role.Base,
    "surface-2": Role.AlternateBase,
    "text-disabled": Role.PlaceholderText,
    "brand": Role.Highlight,
    "brand-hover": Role.Highlight,
    "on-brand": Role.HighlightedText,
    "brand-soft": Role.Window,
    "link": Role.Link,
    "focus": Role.Highlight,
    "focus-gap": Role.Window,
    "selection": Role.Highlight,
    "on-selection": Role.HighlightedText,
    **dict.fromkeys((*FAMILIES, *(f"{family}-soft" for family in FAMILIES)), Role.Window),
}
"""Roles of a system palette that stand for our tokens; every other token is its text."""


@cache
def tokens(name: str) -> Tokens:
    """Colours of `light`, `dark` or `contrast`, as #RRGGBB by token."""
    themes: dict[str, dict[str, str]] = json.loads(shipped("tokens.json").read_text(encoding="utf-8"))
    return themes[name]


def native_tokens(palette: QPalette) -> Tokens:
    """Our tokens drawn from the system's own palette, for systems in high contrast."""
    return {token: palette.color(_NATIVE.get(token, Role.WindowText)).name() for token in tokens("light")}


def palette_of(colours: Tokens) -> QPalette:
    """The palette that drives every control which no style sheet touches."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(colours[token]))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours["text-disabled"]))
    return palette
