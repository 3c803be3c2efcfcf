"""The name of an appointment that stays the same from one export of a source to the next."""

from datetime import datetime
from functools import lru_cache

from counter_app.domain.person_names import fold
from counter_app.imports.people import Person
from counter_app.imports.sources import Source


def source_key(source: Source, reference: str, person: Person, slot: datetime, purpose: str) -> str:
    """What names this appointment of this person in every export of the source.

    The identifier of the source when it gives one; else name, birth date, day and purpose: an hour that changes is a
    change of the same appointment, a day that changes is another appointment.
    """
    if reference and source is Source.demarches_simplifiees:
        return reference
    name = _folded_name(person.name)
    if reference:
        return f"{reference}|{name}"
    return f"{name}|{person.birth_date or ''}|{slot.date().isoformat()}|{_folded(purpose)}"


@lru_cache(maxsize=16384)
def _folded(text: str) -> str:
    return fold(text)


def _folded_name(name: str) -> str:
    """`fold(name)`, word by word: whole names are nearly all different, the words they are made of are not."""
    return " ".join(filter(None, map(_folded, name.split())))
