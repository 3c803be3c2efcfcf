"""Help pages (F1) and sentences to say, one per screen and per verdict code, from `resources/help/<language>.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from counter_app.wording.dates import Language
from counter_app.wording.shipped import shipped
from counter_app.wording.verdicts import verdict_rows, verdict_text

SCREENS = (
    "accueil",
    "remise",
    "file",
    "sans_rdv",
    "numero",
    "stock",
    "convoquer",
    "import",
    "conflits",
    "bilan",
    "reglages",
    "premiere_fois",
)
"""Screens that have a page, under `screen.<name>`."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page. Keys and titles are in the language of the agent; what to say is always in French and in English."""

    key: str
    title: str
    means: str
    do: str
    keys: str
    say_fr: str = ""
    say_en: str = ""


@cache
def pages(lang: Language) -> Mapping[str, Mapping[str, str]]:
    """Raw pages of a language by key: a verdict code (`C09`) or `screen.<name>`."""
    tree: dict[str, dict[str, dict[str, str]]] = tomllib.loads(
        shipped("help", f"{lang}.toml").read_text(encoding="utf-8")
    )
    return {**tree["verdict"], **{f"screen.{name}": page for name, page in tree["screen"].items()}}


def help_page(key: str, lang: Language) -> HelpPage:
    """The page of a verdict code or of `screen.<name>`. Raises KeyError when there is none."""
    page = pages(lang)[key]
    verdict = next((row.slug for row in verdict_rows().values() if row.code == key), None)
    return HelpPage(
        key=key,
        title=page["title"],
        means=page["means"],
        do=page["do"],
        keys=_keys_of(verdict, lang) if verdict else page["keys"],
        say_fr=pages("fr")[key].get("say", ""),
        say_en=pages("en")[key].get("say", ""),
    )


def _keys_of(slug: str, lang: Language) -> str:
    """The keys of a verdict, from its actions: « Entrée Enregistrer l’arrivée · F7 Orienter »."""
    words = verdict_text(slug, lang)
    actions = (words.enter_action, *words.other_actions)
    return " · ".join(f"{action.key} {action.label}" for action in actions if action.key)
