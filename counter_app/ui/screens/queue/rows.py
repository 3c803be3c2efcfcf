"""Rows of the waiting room: number, arrival, wait, hour, name, motive, where the person is."""

from collections.abc import Sequence

from counter_app.domain.visit import Visit
from counter_app.domain.visit_story import Stage
from counter_app.telling.queue import numbers_told, state_told
from counter_app.ui.widgets.people_table import Column, PersonRow
from counter_app.usecases.desk import Desk
from counter_app.usecases.queue_answers import QueueLine
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import hour

_WIDTHS = {"number": 7, "arrived": 6, "waited": 6, "slot": 6, "name": 18, "purpose": 34, "state": 22}
_SPARE = ("purpose", "arrived")
_OF_WORDS = ("name", "purpose", "state")
_ICON = 3
"""Letters that the icon of a state takes the place of."""
_LOOKS = {
    Stage.WAITING: ("hourglass", "text-2"),
    Stage.CALLED: ("bell", "warn-text"),
    Stage.SERVING: ("user", "ok-text"),
    Stage.PARKED: ("timer", "warn-text"),
    Stage.ABSENT: ("user-x", "stop-text"),
    Stage.FINISHED: ("badge-check", "ok-text"),
    Stage.LEFT: ("door-closed", "go-text"),
}


def columns(words: Words) -> tuple[Column, ...]:
    """Number first, state last."""
    return tuple(
        Column(words(f"queue.columns.{name}"), letters, spare=name in _SPARE) for name, letters in _WIDTHS.items()
    )


def rows_of(lines: Sequence[QueueLine], desk: Desk, words: Words) -> list[PersonRow]:
    """One row for each person."""
    return [_row(line, desk, words) for line in lines]


def letters_of(rows: Sequence[PersonRow]) -> dict[int, int]:
    """How many letters the columns of words need for these rows, by their place: what one leaves, others take."""
    places = {name: place for place, name in enumerate(_WIDTHS)}
    longest = {name: max((len(row.cells[places[name]]) for row in rows), default=0) for name in _OF_WORDS}
    return {places[name]: count + (_ICON if name == "state" else 0) for name, count in longest.items()}


def _purpose(visit: Visit, desk: Desk, words: Words) -> str:
    """What somebody came for: as the list says it, the motive of who has no appointment; else the service."""
    told = visit.told("purpose") or ""
    motive, service = desk.directory().motives.get(told), desk.rules.queue.service(visit.service)
    return (motive.names[words.lang] if motive else told) or (service.name if service else visit.service)


def _row(line: QueueLine, desk: Desk, words: Words) -> PersonRow:
    visit, zone = line.visit, desk.rules.zone
    cells = (
        numbers_told(line),
        hour(visit.arrived_at.astimezone(zone), words.lang) if visit.arrived_at else "",
        words("queue.minutes", n=int(line.waited.total_seconds() // 60)),
        hour(visit.slot.astimezone(zone), words.lang) if visit.slot else words("queue.no_slot_short"),
        line.name,
        _purpose(visit, desk, words),
        state_told(line, words.lang, short=True),
    )
    titles = (column.title for column in columns(words))
    sentence = ", ".join(f"{title} {cell}" for title, cell in zip(titles, cells, strict=True) if cell)
    icon, token = _LOOKS.get(visit.stage, ("circle", "text-2"))
    if line.contradictory:
        icon, token = "git-merge-conflict", "stop-text"
    elif visit.priority:
        icon, token = "accessibility", "go-text"
    return PersonRow(visit.id, cells, sentence, icon, token, strong=0)
