"""The annex of a report, kept apart from its page: open cases named one by one, what was stopped, agreed, signed.

It holds personal data: for whoever closes these cases, and nobody else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from counter_app.documents import layout
from counter_app.documents.fonts import Face
from counter_app.documents.layout import Block, Style
from counter_app.documents.paper_texts import FRENCH, counted, day_words, hour_words, label, remarks_moved
from counter_app.documents.sheet import A4, MM, TRAINING_MARK, Marks, Paper, publish_numbered
from counter_app.documents.table import Column, Table

_PAPER: Paper = replace(A4, margin=13 * MM)
_TITLE, _STRONG, _SMALL = Style(Face.BOLD, 17), Style(Face.BOLD, 11), Style(Face.REGULAR, 8.5)
_ROW = 12.0
_OPEN = Table(
    (
        Column("column_day", 21),
        Column("column_slot", 13, Face.BOLD),
        Column("column_name", 46, Face.BOLD),
        Column("column_purpose", 40),
        Column("column_code", 30),
        Column("column_waits_for", 34),
    ),
    _ROW,
    8.5,
)
_STOPPED = Table((Column("column_verdict", 120), Column("column_times", 20)), _ROW, 8.5)
_AGREED = Table(
    (
        Column("column_day", 21),
        Column("column_slot", 13),
        Column("column_desk", 35),
        Column("column_reason", 70),
        Column("column_who", 45),
    ),
    _ROW,
    8.5,
)


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One case that somebody has to close."""

    slot: datetime
    name: str
    purpose: str
    code: str
    why: str
    """What it waits for, in words."""


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """Something done beyond the rules."""

    at: datetime
    desk: str
    reason: str
    who: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version that was signed, and what it changed, figure by figure."""

    version: int
    at: datetime
    desk: str
    agent: str
    digest: str
    changed: Sequence[tuple[str, str, str]]
    remarks: str = ""
    """What was written with it."""
    remarks_before: str | None = None
    """What was written with the version before, when it was something else; empty when nothing was."""
    since: Sequence[tuple[int, str, datetime, Sequence[tuple[str, str, str]]]] = ()
    """Of several versions that stood, signed by desks apart: version, desk, moment, what changed; else none."""


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """Everything in the annex. `period`: its day or days, in words."""

    period: str
    site: str
    counted_at: datetime
    open_cases: Sequence[OpenLine]
    stopped: Sequence[tuple[str, int]]
    """Verdict in words, times."""
    agreements: Sequence[AgreedLine]
    versions: Sequence[VersionLine] | None
    """Of a day; None for a period, which nobody signs: each of its days has its own."""
    training: bool


def report_annex(facts: AnnexFacts) -> bytes:
    """The PDF of the annex, as many pages as it takes."""
    width = _PAPER.column
    training = [layout.inverted(TRAINING_MARK, Style(Face.BOLD, 12), width)] if facts.training else []
    when = {"day": day_words(FRENCH, facts.counted_at.date()), "hour": hour_words(FRENCH, facts.counted_at)}
    blocks = [
        *training,
        layout.paragraph(label("annex_title", period=facts.period), _TITLE, width),
        layout.paragraph(f"{facts.site} · {label('annex_counted', **when)}", Style(Face.REGULAR, 10), width),
        layout.inverted(label("annex_keep"), Style(Face.BOLD, 10), width),
        *_section("open", _OPEN, [_open(one) for one in facts.open_cases], len(facts.open_cases)),
        *_section(
            "stopped",
            _STOPPED,
            [(words, str(count)) for words, count in facts.stopped],
            sum(count for _words, count in facts.stopped),
        ),
        *_section("agreements", _AGREED, [_agreed(one) for one in facts.agreements], len(facts.agreements)),
        *_versions(facts.versions),
    ]
    marks = Marks(label("annex_mark"), facts.counted_at, facts.training)
    return publish_numbered(_PAPER, blocks, marks, lambda page, pages: _foot(facts.period, page, pages))


def _foot(period: str, page: int, pages: int) -> Block:
    """A sheet that lies alone says what it is a part of."""
    told = f"{label('annex_title', period=period)} · {label('page_of', page=page, pages=pages)}"
    return layout.paragraph(told, _SMALL, _PAPER.column)


def _section(name: str, table: Table, rows: Sequence[Sequence[str]], count: int) -> list[Block]:
    """A title with its count, then the rows; nothing is told apart by an empty table."""
    title = label(f"annex_{name}", count=count) if rows else label(f"annex_no_{name}")
    heading = layout.paragraph(title, _STRONG, _PAPER.column)
    if not rows:
        return [layout.gap(8), heading]
    titles = table.heading()
    first, *others = (replace(table.row(row), again=titles) for row in rows)
    return [layout.gap(8), layout.stack([heading, layout.gap(2), titles, first]), *others]


def _open(one: OpenLine) -> tuple[str, ...]:
    return (_day(one.slot), f"{one.slot:%H:%M}", one.name, one.purpose, one.code, one.why)


def _agreed(one: AgreedLine) -> tuple[str, ...]:
    return (_day(one.at), f"{one.at:%H:%M}", one.desk, one.reason, one.who)


def _day(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y}"


def _versions(versions: Sequence[VersionLine] | None) -> list[Block]:
    width = _PAPER.column
    if versions is None:
        return []
    title = label("annex_versions", count=len(versions)) if versions else label("annex_no_versions")
    heading = layout.paragraph(title, _STRONG, width)
    lines = [layout.paragraph(line, _SMALL, width) for one in versions for line in _version(one)]
    return [layout.gap(8), layout.stack([heading, *lines[:1]]), *lines[1:]]


def _version(one: VersionLine) -> list[str]:
    when = {"day": day_words(FRENCH, one.at.date()), "hour": hour_words(FRENCH, one.at)}
    by = {"agent": one.agent, "desk": one.desk, "digest": one.digest}
    changed = label("annex_first_version") if one.version == 1 else counted("annex_changed", len(one.changed))
    told = label("annex_version", version=one.version, changed=changed, **when, **by)
    changes = [*_changes(one.changed)]
    if one.since:
        changes = []
        for version, desk, at, changed_since in one.since:
            about: dict[str, str | int] = {"version": version, "desk": desk, "hour": hour_words(FRENCH, at)}
            changes += [counted("day_report_since", len(changed_since), **about), *_changes(changed_since)]
    remarks = [label("day_report_remarks", remarks=one.remarks)] if one.remarks else []
    moved = remarks_moved(one.remarks, one.remarks_before)
    return [told, *(f"    {line}" for line in (*remarks, *moved, *changes))]


def _changes(changed: Sequence[tuple[str, str, str]]) -> list[str]:
    return [label("annex_change", figure=figure, before=before, after=after) for figure, before, after in changed]
