"""Every label and sentence of the window, in French and English, from `resources/wording/<language>.toml`.

A key is the path of its table: `text("rail.accueil", "fr")`. Both languages hold the same keys with the same fields,
which a test checks: a text that is missing stops the tests, never the desk.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from counter_app.wording.dates import Language
from counter_app.wording.shipped import shipped

LANGUAGES: tuple[Language, ...] = ("fr", "en")


@cache
def catalogue(lang: Language) -> Mapping[str, str]:
    """All texts of a language by dotted key. Raises ValueError when a leaf is not a text."""
    tree = tomllib.loads(shipped("wording", f"{lang}.toml").read_text(encoding="utf-8"))
    return dict(_leaves("", tree))


def text(key: str, lang: Language, **values: str | int) -> str:
    """The text of a key with its fields filled. Raises KeyError for an unknown key or a field not given."""
    return catalogue(lang)[key].format(**values)


def counted(key: str, n: int, lang: Language, **values: str | int) -> str:
    """The text of `key.one` or `key.other` for n things: French says « 0 ligne », English “0 lines”."""
    singular = n in (0, 1) if lang == "fr" else n == 1
    return text(f"{key}.{'one' if singular else 'other'}", lang, n=n, **values)


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue of one language, as widgets hold it: `words("rail.accueil")`."""

    lang: Language = "fr"

    def __call__(self, key: str, /, **values: str | int) -> str:
        """The text of a key; see `text`."""
        return text(key, self.lang, **values)

    def counted(self, key: str, n: int, /, **values: str | int) -> str:
        """The text of a key for n things; see `counted`."""
        return counted(key, n, self.lang, **values)


def _leaves(prefix: str, tree: Mapping[str, object]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in tree.items():
        match value:
            case dict():
                found += _leaves(f"{prefix}{name}.", value)
            case str():
                found.append((prefix + name, value))
            case _:
                raise ValueError(f"{prefix}{name} is not a text")
    return found
