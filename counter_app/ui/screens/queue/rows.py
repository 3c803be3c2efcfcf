"""Rows of the waiting room: number, arrival, wait, hour, name, service, where the person is."""

from collections.abc import Sequence
from datetime import tzinfo

from counter_app.domain.queue_rules import QueueRules
from counter_app.domain.visit_story import Stage
from counter_app.telling.queue import numbers_told, state_told
from counter_app.ui.widgets.people_table import Column, PersonRow
from counter_app.usecases.queue_answers import QueueLine
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import hour

_WIDTHS = {"number": 8, "arrived": 7, "waited": 7, "slot": 7, "name": 18, "purpose": 20, "state": 22}
_SPARE = ("purpose", "arrived")
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


def rows_of(lines: Sequence[QueueLine], rules: QueueRules, zone: tzinfo, words: Words) -> list[PersonRow]:
    """One row for each person."""
    return [_row(line, rules, zone, words) for line in lines]


def _row(line: QueueLine, rules: QueueRules, zone: tzinfo, words: Words) -> PersonRow:
    visit = line.visit
    service = rules.service(visit.service)
    cells = (
        numbers_told(line),
        hour(visit.arrived_at.astimezone(zone), words.lang) if visit.arrived_at else "",
        words("queue.minutes", n=int(line.waited.total_seconds() // 60)),
        hour(visit.slot.astimezone(zone), words.lang) if visit.slot else words("queue.no_slot_short"),
        line.name,
        service.name if service else visit.service,
        state_told(line, words.lang),
    )
    titles = (column.title for column in columns(words))
    sentence = ", ".join(f"{title} {cell}" for title, cell in zip(titles, cells, strict=True) if cell)
    icon, token = _LOOKS.get(visit.stage, ("circle", "text-2"))
    if line.contradictory:
        icon, token = "git-merge-conflict", "stop-text"
    elif visit.priority:
        icon, token = "accessibility", "go-text"
    return PersonRow(visit.id, cells, sentence, icon, token, strong=0)
