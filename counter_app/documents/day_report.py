"""The page of a day: its balance, its charts with every number written, who agreed to what. No name but those.

One A4 sheet. Bars are told apart by their place and their words, never by a shade.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from counter_app.documents import layout
from counter_app.documents.fonts import Face
from counter_app.documents.layout import Block, Style
from counter_app.documents.paper_texts import FRENCH, counted, day_words, hour_words, label
from counter_app.documents.report_bars import bars
from counter_app.documents.report_groups import COLUMNS, ENDINGS, GroupLine, groups, row
from counter_app.documents.sheet import A4, MM, TRAINING_MARK, Marks, Paper, publish
from counter_app.wording.dates import hour_on

TITLE = "Bilan du jour"
_PAPER: Paper = replace(A4, margin=13 * MM)
A4_ROOM = 297 * MM - 2 * _PAPER.margin
"""Height of the one page."""
_BODY, _STRONG, _SMALL = Style(Face.REGULAR, 10), Style(Face.BOLD, 11), Style(Face.REGULAR, 8.5)
_MOST_AGREEMENTS, _MOST_OF_A_PERIOD = 8, 3
"""Agreements on the page: the annex tells them all."""
_MOST_STOPPED = 8
"""Reasons of those stopped, likewise."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signed, and what changed since the version before."""

    version: int
    at: datetime
    desk: str
    agent: str
    digest: str
    changed: int
    remarks: str
    provisional: bool = False
    """Whether something was not known yet at that moment."""
    since: Sequence[tuple[int, str, datetime, int]] = ()
    """Of several versions that stood, signed by desks apart: version, desk, moment, figures changed; else none."""


@dataclass(frozen=True, slots=True)
class DayReportFacts:
    """Everything on the page. Counts by their JSON names; durations in minutes as text."""

    site: str
    desks: int
    """Of the site."""
    day: date
    counted_at: datetime
    balance: Mapping[str, int]
    walk_ins: Mapping[str, int]
    arrivals: Mapping[str, int]
    channels: Mapping[str, int]
    """By the words of each channel."""
    stopped: Mapping[str, int]
    """Answers that stopped somebody at a door, by their words, the most first."""
    waits: Mapping[str, str | int | None]
    walk_in_waits: Mapping[str, str | int | None]
    services: Mapping[str, str | int | None]
    by_service: Sequence[GroupLine]
    by_purpose: Sequence[GroupLine]
    stock: Mapping[str, int]
    gestures: Mapping[str, int]
    agreements: Sequence[tuple[datetime, str, str, str]]
    """Hour, desk, reason, who agreed."""
    provisional: Sequence[str]
    """What may still be missing, in words; empty when nothing is, as far as is known."""
    signed: Signed | None
    training: bool
    last: date | None = None
    """The last day of a period; None for one day."""
    only: str = ""
    """Whose figures these are, in words, when they are not everybody's: the stock then tells nothing."""
    gestured: bool = True
    """False of a service: gestures then tell nothing."""
    spread: tuple[str, Mapping[str, int]] | None = None
    """Title and counts of a chart over the days of a period."""
    compared: tuple[str, Sequence[Sequence[str]]] | None = None
    """Title, then lines of figure, before, after, change."""


def day_report(facts: DayReportFacts) -> bytes:
    """The PDF of the page."""
    width = _PAPER.column
    half = (width - 6 * MM) / 2
    charts = layout.across(
        [bars(label("day_report_arrivals"), facts.arrivals, half), _beside(facts, half)], half + 6 * MM
    )
    above = [
        *_head(facts, width),
        layout.rule(width),
        layout.paragraph(_balance(facts), _STRONG, width),
        layout.paragraph(label("day_report_walk_ins", **_some(facts.walk_ins)), _BODY, width),
        layout.gap(4),
        charts,
        layout.gap(4),
        *(layout.paragraph(line, _BODY, width) for line in _lines(facts)),
        layout.gap(4),
    ]
    below = [
        layout.gap(4),
        *_compared(facts, width),
        *_agreements(facts, width),
        *_foot(facts, width),
    ]
    room = A4_ROOM - sum(block.height for block in (*above, *below))
    blocks = [*above, groups(facts.by_service, facts.by_purpose, width, room), *below]
    return publish(_PAPER, blocks, Marks(TITLE, facts.counted_at, facts.training))


def _head(facts: DayReportFacts, width: float) -> list[Block]:
    training = [layout.inverted(TRAINING_MARK, Style(Face.BOLD, 12), width)] if facts.training else []
    when = {"day": day_words(FRENCH, facts.counted_at.date()), "hour": hour_words(FRENCH, facts.counted_at)}
    signed = facts.signed
    when_counted = (
        label("day_report_counted", version=signed.version, **when) if signed else label("day_report_draft", **when)
    )
    missing = [layout.inverted(line, _STRONG, width) for line in facts.provisional]
    title = label("day_report", day=day_words(FRENCH, facts.day))
    if facts.last:
        title = label("period_report", first=f"{facts.day:%d/%m/%Y}", last=f"{facts.last:%d/%m/%Y}")
    return [
        *training,
        layout.paragraph(title, Style(Face.BOLD, 17), width),
        layout.paragraph(f"{facts.site}, {counted('day_report_desks', facts.desks)} · {when_counted}", _BODY, width),
        *([layout.paragraph(facts.only, _STRONG, width)] if facts.only else []),
        *missing,
    ]


def _balance(facts: DayReportFacts) -> str:
    return label("day_report_balance", **_some(facts.balance))


def _some(counts: Mapping[str, int]) -> dict[str, str | int]:
    return {name: counts.get(name, 0) for name in COLUMNS}


def _beside(facts: DayReportFacts, width: float) -> Block:
    endings = {label(f"figure_balance_{name}"): facts.balance.get(name, 0) for name in ENDINGS}
    return layout.stack(
        [
            bars(label("day_report_endings"), endings, width),
            layout.gap(6),
            *([bars(label("day_report_channels"), facts.channels, width), layout.gap(6)] if facts.gestured else []),
            *([bars(*facts.spread, width)] if facts.spread else []),
        ]
    )


def _lines(facts: DayReportFacts) -> list[str]:
    waits, let_in, services = facts.waits, facts.walk_in_waits, facts.services
    waited, served = int(waits["count"] or 0), int(services["count"] or 0)
    nights = sum(int(one["not_measured"] or 0) for one in (waits, let_in))
    unmeasured = {"waits": nights, "services": int(services["not_measured"] or 0)}
    return [
        _waited("day_report_waits", waits) if waited else label("day_report_no_waits"),
        *([_waited("day_report_walk_in_waits", let_in)] if let_in["count"] else []),
        *([counted("day_report_services", served, **_told(services))] if served else []),
        *([label("day_report_not_measured", **unmeasured)] if any(unmeasured.values()) else []),
        label("day_report_no_stock") if facts.only else label("day_report_stock", **facts.stock),
        *([label("day_report_summoned")] if any(facts.stock.values()) and not facts.only else []),
        label("day_report_gestures", **facts.gestures) if facts.gestured else label("day_report_no_gestures"),
        *([_stopped(facts.stopped)] if facts.stopped else []),
    ]


def _waited(key: str, waits: Mapping[str, str | int | None]) -> str:
    share = round(100 * float(str(waits["within_target"])))
    return counted(key, int(waits["count"] or 0), share=share, **_told(waits))


def _stopped(counts: Mapping[str, int]) -> str:
    """Who was stopped at a door, by reason."""
    most = [f"{words} {count}" for words, count in list(counts.items())[:_MOST_STOPPED]]
    others = sum(list(counts.values())[_MOST_STOPPED:])
    told = [*most, *([label("day_report_stopped_others", count=others)] if others else [])]
    return label("day_report_stopped", count=sum(counts.values()), told=" · ".join(told))


def _told(times: Mapping[str, str | int | None]) -> dict[str, str | int]:
    return {name: str(times[name]).replace(".", ",") for name in ("median", "p90", "longest")}


def _compared(facts: DayReportFacts, width: float) -> list[Block]:
    """Another period beside this one, figure by figure."""
    if not facts.compared:
        return []
    title, lines = facts.compared
    cell = 36 * MM
    heads = [label(f"sheet_{name}") for name in ("before", "after", "change")]
    rows = [row(words, cells, width - 3 * cell, cell, Face.REGULAR) for words, *cells in lines]
    head = [row(label("sheet_figure"), heads, width - 3 * cell, cell, Face.BOLD)] if rows else []
    return [layout.paragraph(title, _STRONG, width), *head, *rows, layout.gap(4)]


def _agreements(facts: DayReportFacts, width: float) -> list[Block]:
    if not facts.agreements:
        return []
    shown = [
        label("day_report_agreement", hour=hour_on(at, facts.day), desk=desk, reason=reason, who=who)
        for at, desk, reason, who in facts.agreements[: _MOST_OF_A_PERIOD if facts.last else _MOST_AGREEMENTS]
    ]
    more = len(facts.agreements) - len(shown)
    lines = [*shown, *([f"+ {more}"] if more > 0 else [])]
    title = f"{label('day_report_agreements')} : {len(facts.agreements)}"
    return [layout.paragraph(title, _STRONG, width), *(layout.paragraph(line, _SMALL, width) for line in lines)]


def _foot(facts: DayReportFacts, width: float) -> list[Block]:
    signed = facts.signed
    if signed is None:
        return []
    when = {"day": day_words(FRENCH, signed.at.date()), "hour": hour_words(FRENCH, signed.at)}
    changed = [counted("day_report_changed", signed.changed, version=signed.version - 1)]
    if signed.since:
        changed = [
            counted("day_report_since", count, version=version, desk=desk, hour=hour_words(FRENCH, at))
            for version, desk, at, count in signed.since
        ]
    return [
        layout.rule(width),
        *([layout.paragraph(line, _BODY, width) for line in changed] if signed.version > 1 else []),
        *(
            [layout.paragraph(label("day_report_remarks", remarks=signed.remarks), _BODY, width)]
            if signed.remarks
            else []
        ),
        layout.paragraph(label("day_report_signature", agent=signed.agent, desk=signed.desk, **when), _STRONG, width),
        *([layout.paragraph(label("day_report_signed_provisional"), _BODY, width)] if signed.provisional else []),
        layout.paragraph(label("day_report_digest", digest=signed.digest), _SMALL, width),
    ]
