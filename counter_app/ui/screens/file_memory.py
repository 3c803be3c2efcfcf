"""What the desk remembers of imports, in the folder « colonnes » of its home: columns per source, and the last folder.

A known source has one file (`rdv_insertion.toml`); any other list has one file per set of headings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from counter_app.imports.headings import fold_heading
from counter_app.imports.mapping import Mapping, effective_mapping, load_mapping, save_mapping
from counter_app.imports.refusals import UnreadableMapping
from counter_app.imports.sources import Source, detect_source

FOLDER = "colonnes"
_LAST_FOLDER = "dernier-dossier.txt"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the columns become: remembered when a person named them once, else guessed from the headings."""

    mapping: Mapping
    by_a_person: bool = False
    warning: str = ""


def _file(memory: Path, headings: Sequence[str]) -> Path:
    source = detect_source(headings)
    if source is not Source.other:
        return memory / f"{source.value}.toml"
    digest = sha256("\n".join(map(fold_heading, headings)).encode()).hexdigest()
    return memory / f"autre-{digest[:12]}.toml"


def recall(memory: Path, headings: Sequence[str]) -> Remembered:
    """What these columns become; a remembered file that cannot be read is told, and left as it is."""
    path = _file(memory, headings)
    if not path.is_file():
        return Remembered(effective_mapping(headings, None))
    try:
        return Remembered(effective_mapping(headings, load_mapping(path)), by_a_person=True)
    except UnreadableMapping as refusal:
        return Remembered(effective_mapping(headings, None), warning=refusal.sentence)


def remember(memory: Path, headings: Sequence[str], mapping: Mapping) -> None:
    """Keep what a person chose. OSError when the folder cannot be written."""
    memory.mkdir(parents=True, exist_ok=True)
    save_mapping(_file(memory, headings), mapping)


def last_folder(memory: Path) -> Path:
    """Where the last list was chosen, if that folder still exists; else the user's own folder."""
    try:
        remembered = Path((memory / _LAST_FOLDER).read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return Path.home()
    return remembered if remembered.is_dir() else Path.home()


def remember_folder(memory: Path, folder: Path) -> None:
    """Keep where the agent found a list. OSError when the folder cannot be written."""
    memory.mkdir(parents=True, exist_ok=True)
    (memory / _LAST_FOLDER).write_text(str(folder), encoding="utf-8")
