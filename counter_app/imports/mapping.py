"""Which column becomes what: found from the headings, or chosen by a person and saved per source as TOML."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import tomli_w

from counter_app.imports.headings import base_heading, fold_heading
from counter_app.imports.refusals import UnreadableMapping
from counter_app.imports.sources import SOURCE_COLUMNS, Source, detect_source
from counter_app.imports.targets import Target, target_of

_ABOUT_APPOINTMENT = re.compile(r"\b(rdv|rendez vous|convocation|creneau)\b")
_SEVERAL_COLUMNS = frozenset({Target.context, Target.foreign_number})
_ALWAYS_SUGGESTED = frozenset({Target.foreign_number})
_NEVER_IN_A_FORM = frozenset({Target.name, Target.used_name, Target.booked_day, Target.booked_hour})


@dataclass(frozen=True, slots=True)
class Mapping:
    """For each target, the headings that hold it, by order of trust (the first one that is not empty is read).

    A target with no heading (an empty tuple) is deliberately not read, even if the source is known to have it.
    """

    source: Source = Source.other
    columns: AnyMapping[Target, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", MappingProxyType(dict(self.columns)))

    def overridden_by(self, chosen: "Mapping") -> "Mapping":
        """This mapping, with what a person chose put over it."""
        return Mapping(self.source, {**self.columns, **chosen.columns})

    def indexes(self, headings: Sequence[str]) -> dict[Target, tuple[int, ...]]:
        """Positions, from 0, of the columns of each target among these headings; targets not found are left out."""
        found = {target: _positions(wanted, headings) for target, wanted in self.columns.items()}
        return {target: positions for target, positions in found.items() if positions}


def _positions(wanted: Iterable[str], headings: Sequence[str]) -> tuple[int, ...]:
    positions: dict[int, None] = {}
    for heading in wanted:
        exact = base_heading(heading) != heading and heading in headings
        folded = fold_heading(heading)
        for position, candidate in enumerate(headings):
            if candidate == heading if exact else fold_heading(base_heading(candidate)) == folded:
                positions[position] = None
    return tuple(positions)


def suggest_mapping(headings: Sequence[str]) -> Mapping:
    """The mapping these headings call for: that of the detected source, else a guess by their wording."""
    source = detect_source(headings)
    guessed = _guessed_columns(headings)
    if source is Source.other:
        return Mapping(source, guessed)
    allowed = frozenset(Target) - _NEVER_IN_A_FORM if source is Source.demarches_simplifiees else _ALWAYS_SUGGESTED
    own = {
        target: _own_or_alike(names, guessed.get(target, ()), headings, source)
        for target, names in SOURCE_COLUMNS[source].items()
    }
    return Mapping(source, {**{target: names for target, names in guessed.items() if target in allowed}, **own})


def _own_or_alike(
    own: tuple[str, ...], guessed: tuple[str, ...], headings: Sequence[str], source: Source
) -> tuple[str, ...]:
    """The headings that this source is known to write; when it no longer does, one that means the same."""
    if _positions(own, headings):
        return own
    known = {name for names in SOURCE_COLUMNS[source].values() for name in names}
    return tuple(heading for heading in guessed if fold_heading(base_heading(heading)) not in known) or own


def _guessed_columns(headings: Sequence[str]) -> dict[Target, tuple[str, ...]]:
    candidates: dict[Target, list[str]] = {}
    for heading in headings:
        target = target_of(heading)
        if target is not None:
            candidates.setdefault(target, []).append(heading)
    _settle_names(candidates)
    return {target: _kept(target, names) for target, names in candidates.items()}


def _settle_names(candidates: dict[Target, list[str]]) -> None:
    """« Nom » is the whole name when it stands alone, the family name beside « Prénom »."""
    if Target.given_name not in candidates:
        family = candidates.pop(Target.family_name, [])
        if family:
            candidates.setdefault(Target.name, []).extend(family)
        return
    bare = [heading for heading in candidates.get(Target.name, []) if fold_heading(heading) in ("nom", "noms")]
    if bare:
        candidates[Target.name] = [heading for heading in candidates[Target.name] if heading not in bare]
        candidates[Target.family_name] = candidates.get(Target.family_name, []) + bare
    if not candidates.get(Target.name, [""]):
        del candidates[Target.name]


def _kept(target: Target, headings: list[str]) -> tuple[str, ...]:
    ranked = sorted(headings, key=lambda heading: _ABOUT_APPOINTMENT.search(fold_heading(heading)) is None)
    if target in _SEVERAL_COLUMNS:
        return tuple(ranked)
    best = fold_heading(base_heading(ranked[0]))
    return tuple(heading for heading in ranked if fold_heading(base_heading(heading)) == best)


def effective_mapping(headings: Sequence[str], chosen: Mapping | None) -> Mapping:
    """The mapping to read with: what was chosen, over what the detected source is known to have."""
    detected = suggest_mapping(headings)
    if chosen is None:
        return detected
    if detected.source is Source.other or chosen.source not in (Source.other, detected.source):
        return chosen
    return detected.overridden_by(chosen)


def save_mapping(path: Path, mapping: Mapping) -> None:
    """Write a mapping as TOML, to be read again by `load_mapping`. OSError when the place cannot be written."""
    columns = {target.value: list(mapping.columns[target]) for target in Target if target in mapping.columns}
    path.write_text(tomli_w.dumps({"source": mapping.source.value, "columns": columns}), encoding="utf-8")


def load_mapping(path: Path) -> Mapping:
    """Read a mapping saved as TOML. `UnreadableMapping` says in French what to correct in the file."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise _unreadable(path, "le fichier n’a pas pu être ouvert. Vérifiez son emplacement.") from None
    except UnicodeDecodeError:
        raise _unreadable(path, "ce n’est pas un texte UTF-8. Enregistrez-le à nouveau en UTF-8.") from None
    except tomllib.TOMLDecodeError as fault:
        raise _unreadable(path, f"l’écriture TOML n’est pas suivie ({fault}).") from None
    columns = document.get("columns")
    if not isinstance(columns, dict) or not columns:
        raise _unreadable(path, "il manque la partie [columns], qui dit quelle colonne devient quoi.")
    chosen = {_target(path, name): _headings(path, name, value) for name, value in columns.items()}
    return Mapping(_source(path, document.get("source", Source.other.value)), chosen)


def _unreadable(path: Path, fault: str) -> UnreadableMapping:
    return UnreadableMapping(
        "mapping_unreadable", f"Correspondance des colonnes «\u00a0{path.name}\u00a0»\u00a0: {fault}"
    )


def _target(path: Path, name: str) -> Target:
    if name in list(Target):
        return Target(name)
    known = ", ".join(Target)
    raise _unreadable(path, f"«\u00a0{name}\u00a0» n’est pas un champ connu. Champs connus\u00a0: {known}.")


def _source(path: Path, name: object) -> Source:
    if isinstance(name, str) and name in list(Source):
        return Source(name)
    known = ", ".join(Source)
    raise _unreadable(path, f"la source «\u00a0{name}\u00a0» n’est pas connue. Sources connues\u00a0: {known}.")


def _headings(path: Path, name: str, value: object) -> tuple[str, ...]:
    headings = (value,) if isinstance(value, str) else value
    if isinstance(headings, list | tuple) and all(isinstance(text, str) and text.strip() for text in headings):
        return tuple(str(text) for text in headings)
    raise _unreadable(
        path, f"«\u00a0{name}\u00a0» attend un titre de colonne entre guillemets, ou une liste de titres."
    )
