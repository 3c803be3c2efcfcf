"""People of the lists under a number, as rows of a table."""

from datetime import date

from counter_app.domain.convocation import Convocation
from counter_app.telling.verdicts import person_line
from counter_app.ui.widgets.people_table import STATUS_LOOKS, Column, PersonRow
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import birth_date_words, hour, short_date

HIDDEN = "•••"


def columns(words: Words) -> tuple[Column, ...]:
    """Hour, name, birth date, purpose, state."""
    letters = {"hour": 12, "name": 26, "birth": 11, "purpose": 17, "status": 12}
    return tuple(Column(words(f"number.column_{name}"), width) for name, width in letters.items())


def person_row(one: Convocation, today: date, words: Words, hidden: bool) -> PersonRow:
    """One person; names and birth dates covered when personal data is hidden."""
    icon, token = STATUS_LOOKS[one.status.value]
    slot = one.slot.date()
    day = "" if slot == today else f"{short_date(slot)} "
    status = words(f"statuses.{one.status.value}")
    moment = f"{day.removesuffix(f'/{today.year} ')} {hour(one.slot, words.lang)}".strip()
    if hidden:
        return PersonRow(one.id, (moment, HIDDEN, HIDDEN, HIDDEN, status), f"{moment}, {status}", icon, token)
    born = birth_date_words(one.best("birth_date"))
    cells = (moment, one.name, born, one.purpose, status)
    return PersonRow(one.id, cells, person_line(one, today, words.lang), icon, token, dimmed=bool(day))
