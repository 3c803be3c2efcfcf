"""The words printed on papers, per language (resources/paper). French is complete and first; the others are help.

A translation names the digest of the French it was made from: when the French changes, it is withdrawn (not printed)
until it is redone. A text or a file that is missing is a breakage, caught by a test.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from counter_app.wording import dates
from counter_app.wording.shipped import shipped

FRENCH = "fr"
MOST_LETTERS = 300
"""Of one text typed by somebody: what several lines of a paper hold."""


@dataclass(frozen=True, slots=True)
class PaperLanguage:
    """A language that papers can be printed in; `name` is in its own script."""

    code: str
    name: str
    translator: str
    checked: bool
    """True once a translator has read every text; until then papers say that the help was not read over."""
    checked_on: date | None


def languages() -> tuple[PaperLanguage, ...]:
    """Every language with a file under resources/paper, French first, then by code."""
    codes = {path.stem for path in shipped("paper").glob("*.toml")} - {FRENCH}
    return tuple(language(code) for code in (FRENCH, *sorted(codes)))


@cache
def language(code: str) -> PaperLanguage:
    """One language. Raises ValueError when there are no paper texts in it."""
    content = _content(code)
    day = content.get("checked_on", "")
    return PaperLanguage(
        code=code,
        name=content["name"],
        translator=content.get("translator", ""),
        checked=code == FRENCH or content["checked"],
        checked_on=date.fromisoformat(day) if day else None,
    )


def label(key: str, **words: str | int) -> str:
    """A short French label, filled in. Raises KeyError for an unknown label or a missing word."""
    return str(_content(FRENCH)["labels"][key]).format(**words)


def remarks_moved(remarks: str, before: str | None) -> list[str]:
    """How observations differ from those of the version before, which were `before`; nothing when it is None."""
    if before is None:
        return []
    how = "added" if not before else "replaced" if remarks else "dropped"
    return [label(f"day_report_remarks_{how}", before=before)]


def counted(key: str, count: int, **words: str | int) -> str:
    """The French label that tells how many: `{key}_none`, `{key}_one` or `{key}_several`, filled in."""
    form = "none" if count == 0 else "one" if count == 1 else "several"
    return label(f"{key}_{form}", count=count, **words)


def shortened(words: str) -> str:
    """A text typed by somebody, as far as a paper has room for it; the journal keeps the whole."""
    return words if len(words) <= MOST_LETTERS else label("shortened", start=words[:MOST_LETTERS].rstrip())


def text(code: str, key: str, **words: str) -> str:
    """A text in French or in translation, filled in; empty when the French has changed since it was translated.

    Raises ValueError for an unknown language, KeyError for an unknown text or a missing word.
    """
    french = str(_content(FRENCH)["texts"][key])
    if code == FRENCH:
        return french.format(**words)
    translated = _content(code)["texts"][key]
    if translated["french"] != digest(french):
        return ""
    return str(translated["text"]).format(**words)


def text_keys() -> tuple[str, ...]:
    """The keys of every text that each language must have."""
    return tuple(_content(FRENCH)["texts"])


@cache
def digest(french: str) -> str:
    """The first 16 hex letters of the SHA-256 of a French text: the proof of which French a translation renders."""
    return hashlib.sha256(french.encode()).hexdigest()[:16]


def day_words(code: str, day: date) -> str:
    """A day for a text of this language: in words in French and English, in figures elsewhere."""
    match code:
        case "fr" | "en":
            return dates.long_date(day, code)
        case _:
            return dates.short_date(day)


def hour_words(code: str, moment: datetime) -> str:
    """A time of day for a text of this language: « 9 h 24 » in French, 09:24 elsewhere."""
    return dates.hour(moment, "fr" if code == FRENCH else "en")


@cache
def _content(code: str) -> dict[str, Any]:
    """The file of a language. `Any`: TOML values, checked by the tests of this module."""
    path = shipped("paper") / f"{code}.toml"
    if not code.isalpha() or not path.exists():
        raise ValueError(f"no paper texts in this language: {code!r}")
    return tomllib.loads(path.read_text(encoding="utf-8"))
