"""Rows of the reception desk's list: people found, people expected, people a code could mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from counter_app.domain.convocation import Convocation, ConvocationStatus
from counter_app.domain.rules import SiteRules
from counter_app.telling.verdicts import arrival_text, person_line
from counter_app.ui.widgets.people_table import Column, PersonRow
from counter_app.usecases.answers import ArrivalAnswer, Hit
from counter_app.wording.catalogue import Words, text
from counter_app.wording.dates import Language, birth_date_words, hour, hour_on
from counter_app.wording.fill import shown_back

BIRTH, PURPOSE = 2, 3
_LOOKS = {
    ConvocationStatus.EXPECTED: ("circle", "text-2"),
    ConvocationStatus.CHECKED_IN: ("circle-check", "ok-text"),
    ConvocationStatus.SERVED: ("check", "ok-text"),
    ConvocationStatus.MISSED: ("calendar-x", "go-text"),
    ConvocationStatus.CANCELLED: ("calendar-off", "stop-text"),
    ConvocationStatus.CANCELLED_BY_OFFICE: ("calendar-sync", "go-text"),
    ConvocationStatus.RESCHEDULED: ("replace", "warn-text"),
    ConvocationStatus.ABSENT_FROM_LIST: ("circle-help", "tech-text"),
}


def columns(words: Words) -> tuple[Column, ...]:
    """Hour, name, birth date, purpose, status."""
    return (
        Column(words("reception.column_hour"), 10),
        Column(words("reception.column_name"), 17),
        Column(words("reception.column_birth"), 10),
        Column(words("reception.column_purpose"), 30, spare=True),
        Column(words("reception.column_status"), 22),
    )


def person_row(one: Convocation, at: datetime, words: Words, *, homonyms: int = 0, hidden: bool = False) -> PersonRow:
    """One person in one row; another day says which and is dimmed; homonyms show the birth date in bold."""
    icon, token = _LOOKS[one.status]
    slot = one.slot.astimezone(at.tzinfo)
    today = slot.date() == at.date()
    when = hour(slot, words.lang) if today else f"{slot:%d/%m} {hour(slot, words.lang)}"
    name = words("reception.hidden") if hidden else one.name
    born = "" if hidden else birth_date_words(one.best("birth_date"))
    return PersonRow(
        id=one.id,
        cells=(when, name, born, one.purpose, _status(one, homonyms, words)),
        sentence=words("reception.hidden") if hidden else person_line(one, at.date(), words.lang),
        icon=icon,
        token=token,
        dimmed=not today,
        strong=BIRTH if homonyms else None,
    )


def person_words(answer: ArrivalAnswer, lang: Language, detail: str = "") -> str:
    """« DIALLO Mariama · né(e) le 04/07/1991 · 9 h 30 · Dépôt de dossier », but for what the detail tells already.

    The purpose is for people who come in: it says where they go.
    """
    one = answer.convocation
    if one is None:
        return ""
    born = birth_date_words(one.best("birth_date"))
    who = (one.name, f"{text('person.born', lang)} {born}" if born else "")
    purpose = one.purpose if answer.would_record else ""
    when = "" if _tells(detail, hour(one.slot, lang)) else hour_on(one.slot, answer.at.date(), lang)
    what = (part for part in (when, purpose) if not _tells(detail, part))
    return " · ".join(part for part in (*who, *what) if part)


def _tells(detail: str, part: str) -> bool:
    """« 9 h » is not told by « 9 h 30 »."""
    return re.search(rf"(?<!\d){re.escape(part)}(?!\u00a0?\d)", detail) is not None


def overtaken_words(answer: ArrivalAnswer, rules: SiteRules, words: Words) -> str:
    """A line about somebody who is no longer in front of the agent."""
    name = answer.convocation.name if answer.convocation else shown_back(answer.raw)
    return words("reception.overtaken", name=name, title=arrival_text(answer, rules, words.lang).title)


def _status(one: Convocation, homonyms: int, words: Words) -> str:
    word = words(f"statuses.{one.status.value}")
    if one.arrival and one.status is ConvocationStatus.CHECKED_IN:
        arrived = one.arrival.moment.astimezone(one.slot.tzinfo)
        word = words("reception.arrived_at", hour=hour_on(arrived, one.slot.date(), words.lang))
    return f"{word} · {words('reception.same_name')}" if homonyms else word


def hit_rows(hits: Sequence[Hit], at: datetime, words: Words) -> list[PersonRow]:
    """What a search found."""
    return [person_row(hit.convocation, at, words, homonyms=hit.homonyms) for hit in hits]


TABS = ("expected", "arrived", "absent")


@dataclass(frozen=True, slots=True)
class DayView:
    """The day's people under three counts."""

    expected: tuple[Convocation, ...] = ()
    arrived: tuple[Convocation, ...] = ()
    absent: tuple[Convocation, ...] = ()

    def of(self, tab: str) -> tuple[Convocation, ...]:
        """People under a tab."""
        return {"expected": self.expected, "arrived": self.arrived, "absent": self.absent}[tab]


def day_view(people: Sequence[Convocation], at: datetime) -> DayView:
    """Expected from now on (and the late ones), arrived, and those who should have come more than an hour ago."""
    gone = at - timedelta(hours=1)
    expected = [one for one in people if one.status is ConvocationStatus.EXPECTED]
    return DayView(
        expected=tuple(one for one in expected if one.slot >= gone),
        arrived=tuple(one for one in people if one.status in (ConvocationStatus.CHECKED_IN, ConvocationStatus.SERVED)),
        absent=tuple(one for one in expected if one.slot < gone),
    )
