"""Words, icon and next actions of the 68 verdicts of the desk, from `resources/verdicts.csv`.

Takes plain values (a slug, figures, stable words of notes): use cases decide, this only says it.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from counter_app.wording.catalogue import catalogue, text
from counter_app.wording.dates import Language
from counter_app.wording.fill import Figures, filled, filled_words
from counter_app.wording.shipped import shipped

NO_FIGURES: Figures = MappingProxyType({})

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "orient": "F7",
        "open_number": "F8",
        "digital_help": "Ctrl+D",
        "reprint": "F9",
        "print_reminder": "F9",
        "not_the_person": "Ctrl+I",
        "not_the_same_person": "Ctrl+I",
        "open_help": "F1",
        "undo": "Ctrl+Z",
        "synchronise": "Ctrl+Maj+S",
        "other_reading": "↓",
        "escape": "Échap",
        "other_person": "Échap",
        "ask_approval": "Ctrl+Entrée",
        "receive_today": "Ctrl+Entrée",
        "receive_here": "Ctrl+Entrée",
        "receive": "Ctrl+Entrée",
        "take_over": "Ctrl+Entrée",
        "record_anyway": "Ctrl+Entrée",
        "new_visit": "Ctrl+Entrée",
    }
)
"""Key of an action when it is not the first one, as French keyboards name it; the first action is on Enter."""


@dataclass(frozen=True, slots=True)
class VerdictAction:
    """One thing the agent may do next: a stable slug, its label, and the key that does it (empty when none)."""

    slug: str
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class VerdictText:
    """A verdict as people read it."""

    code: str
    """Stable code of the verdict: C01…C35, N01…N11, R01…R22. Its help page has the same name."""
    slug: str
    family: str
    family_word: str
    title: str
    detail: str
    icon: str
    enter_action: VerdictAction
    other_actions: tuple[VerdictAction, ...]
    notes: tuple[str, ...] = ()
    """Lines under the detail, such as « Deux listes se contredisent… »."""

    @property
    def sentence(self) -> str:
        """All of it in one sentence, as a screen reader says it."""
        parts = (self.family_word, self.title, self.detail, *self.notes)
        return " ".join(part if part[-1] in ".?!…" else f"{part}." for part in parts if part)


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One row of verdicts.csv: templates with named fields, actions by slug."""

    code: str
    slug: str
    moment: str
    family: str
    icon: str
    fr_title: str
    fr_detail: str
    en_title: str
    en_detail: str
    enter_action: str
    other_actions: str
    stored_fact: str
    override: str

    def title(self, lang: Language) -> str:
        return self.fr_title if lang == "fr" else self.en_title

    def detail(self, lang: Language) -> str:
        return self.fr_detail if lang == "fr" else self.en_detail


@cache
def verdict_rows() -> Mapping[str, VerdictRow]:
    """All verdicts by slug, in the order of their codes."""
    with shipped("verdicts.csv").open(encoding="utf-8", newline="") as file:
        rows = [VerdictRow(**row) for row in csv.DictReader(file)]
    return {row.slug: row for row in rows}


def verdict_text(
    slug: str, lang: Language = "fr", figures: Figures = NO_FIGURES, notes: Sequence[str] = ()
) -> VerdictText:
    """The words of a verdict. A figure that is not known removes its piece of the detail.

    A note that changes what the verdict means (`variants.<slug>.<note>` of the catalogue) replaces title and detail;
    the other notes become lines. Raises KeyError for an unknown slug.
    """
    row = verdict_rows()[slug]
    variant = next((note for note in notes if f"variants.{slug}.{note}.title" in catalogue(lang)), None)
    prefix = f"variants.{slug}.{variant}"
    title = catalogue(lang)[f"{prefix}.title"] if variant else row.title(lang)
    detail = catalogue(lang)[f"{prefix}.detail"] if variant else row.detail(lang)
    return VerdictText(
        code=row.code,
        slug=slug,
        family=row.family,
        family_word=family_word(row.family, lang),
        title=filled(title, figures) or family_word(row.family, lang),
        detail=filled(detail, figures),
        icon=row.icon,
        enter_action=_action(row.enter_action, lang, enter_key(lang)),
        other_actions=tuple(_action(other, lang, key_name(KEYS.get(other, ""), lang)) for other in _others(row)),
        notes=tuple(note_text(note, lang, figures) for note in notes if note != variant and _is_told(note, lang)),
    )


def family_word(family: str, lang: Language) -> str:
    """The word of a family: OK, ATTENTION, STOP, À ORIENTER, À VÉRIFIER."""
    return text(f"families.{family}", lang)


def verdict_name(slug: str, lang: Language = "fr") -> str:
    """What a verdict is called where it is counted: its title, or a name of its own where that tells somebody's
    minutes or hour, or where the same verdict means two things. The slug itself when it is unknown here: a newer desk
    gave it."""
    row = verdict_rows().get(slug)
    return catalogue(lang).get(f"verdict_names.{slug}", row.title(lang) if row else slug)


def chip_text(slug: str, lang: Language, figures: Figures = NO_FIGURES) -> str:
    """A verdict that is also true, in two or three words for a chip: « mineur », « document expiré »."""
    return filled_words(catalogue(lang)[f"chips.{slug}"], figures)


def note_text(note: str, lang: Language, figures: Figures = NO_FIGURES) -> str:
    """The line of a stable note word, such as `sources_disagree`. Raises KeyError for an unknown one."""
    return filled(catalogue(lang)[f"notes.{note}"], figures)


def enter_key(lang: Language) -> str:
    """Name of the Enter key: « Entrée »."""
    return text("keys.enter", lang)


def key_name(key: str, lang: Language) -> str:
    """A key in the words of a language: « Ctrl+Entrée » becomes “Ctrl+Enter”."""
    if lang == "fr":
        return key
    return "+".join(_ENGLISH_KEYS.get(part, part) for part in key.split("+"))


_ENGLISH_KEYS = {"Entrée": "Enter", "Échap": "Esc", "Maj": "Shift", "Suppr": "Del", "Origine": "Home"}


def _action(slug: str, lang: Language, key: str) -> VerdictAction:
    return VerdictAction(slug, text(f"actions.{slug}", lang), key)


def _others(row: VerdictRow) -> list[str]:
    return row.other_actions.split()


def _is_told(note: str, lang: Language) -> bool:
    return f"notes.{note}" in catalogue(lang)
