"""Open cases of a day, one by one: hour, name, purpose, what each waits for."""

from collections.abc import Sequence
from datetime import tzinfo

from counter_app.domain.day_balance import Ended
from counter_app.store.convocation_rows import code_of
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.people_table import Column, PeopleTable, PersonRow
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import hour

_COLUMNS = {"hour": 7, "name": 20, "purpose": 36, "why": 30}
_DOUBT = ("circle-help", "tech-text")
_LOOKS = {"expected": ("circle", "text-2"), "gone_from_list": _DOUBT, "resembles": _DOUBT}
_HERE = ("hourglass", "warn-text")


def cases_table(theme: Theme, words: Words) -> PeopleTable:
    """An empty list of open cases."""
    columns = [
        Column(words(f"report.heads.{name}"), letters, spare=name == "purpose") for name, letters in _COLUMNS.items()
    ]
    return PeopleTable(theme, words("report.open_people"), columns)


def case_rows(cases: Sequence[Ended], zone: tzinfo, words: Words) -> list[PersonRow]:
    """One row for each person."""
    return [_row(one, zone, words) for one in cases]


def _row(one: Ended, zone: tzinfo, words: Words) -> PersonRow:
    person, why = one.case.convocation, str(one.why or "")
    at = hour(person.slot.astimezone(zone), words.lang)
    cells = (at, person.name, person.purpose, words(f"report.why.{why}"))
    icon, token = _LOOKS.get(why, _HERE)
    return PersonRow(person.id, cells, ", ".join((*cells, code_of(person))), icon, token)
