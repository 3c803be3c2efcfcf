"""The page of a day: its balance, its charts with every number written, who agreed to what. No name but those.

One A4 sheet. Bars are told apart by their place and their words, never by a shade.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from counter_app.documents import layout
from counter_app.documents.fonts import Face
from counter_app.documents.layout import Block, Style
from counter_app.documents.paper_texts import FRENCH, counted, day_words, hour_words, label, remarks_moved
from counter_app.documents.report_charts import Counts, charts
from counter_app.documents.report_groups import COLUMNS, ENDINGS, GroupLine, groups, row
from counter_app.documents.sheet import A4, MM, TRAINING_MARK, Marks, Paper, publish
from counter_app.wording.dates import hour, hour_on, short_date

TITLE = "Bilan du jour"
_PAPER: Paper = replace(A4, margin=13 * MM)
A4_ROOM = 297 * MM - 2 * _PAPER.margin
"""Height of the one page."""
_BODY, _STRONG, _SMALL = Style(Face.REGULAR, 9), Style(Face.BOLD, 11), Style(Face.REGULAR, 8.5)
_BAND = Style(Face.BOLD, 9)
_LINES = 4
"""Lines of services, and of purposes, that stand beside agreements."""
_FEWEST, _FEW_BARS = 2, 4
"""Lines and bars when nothing else makes the room."""
_MOST_AGREEMENTS, _MOST_BARS, _LONGEST_REMARK, _LONGEST_BEFORE = 8, 6, 700, 150
"""Agreements, bars of channels and reasons, letters of observations, and of those of the version before, on the page at
most: the annex tells them all."""


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
    remarks_before: str | None = None
    """Observations of the version before, when they were others; empty when it had none."""


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
    """The PDF of the page: as many agreements, then as many services and purposes, as one sheet has room for."""
    for agreements, lines in (*((most, _LINES) for most in range(_MOST_AGREEMENTS, 0, -1)), (0, _LINES), (0, _FEWEST)):
        blocks = _blocks(facts, agreements, lines, _PAPER.column)
        if sum(block.height for block in blocks) <= A4_ROOM:
            break
    return publish(_PAPER, blocks, Marks(TITLE, facts.counted_at, facts.training))


def _blocks(facts: DayReportFacts, agreements: int, lines: int, width: float) -> list[Block]:
    half = (width - 6 * MM) / 2
    columns = charts(_counts(facts), facts.spread, _MOST_BARS if lines > _FEWEST else _FEW_BARS, half)
    above = [
        *_head(facts, width),
        layout.rule(width),
        layout.paragraph(_balance(facts), _STRONG, width),
        layout.paragraph(label("day_report_walk_ins", **_some(facts.walk_ins)), _BODY, width),
        layout.gap(4),
        layout.across(columns, half + 6 * MM),
        layout.gap(4),
        *(layout.paragraph(line, _BODY, width) for line in _lines(facts)),
        layout.gap(4),
    ]
    below = [
        layout.gap(4),
        *_compared(facts, width),
        *_agreements(facts, agreements, width),
        *_foot(facts, width),
    ]
    room = A4_ROOM - sum(block.height for block in (*above, *below))
    return [*above, groups(facts.by_service, facts.by_purpose, width, room, lines), *below]


def _head(facts: DayReportFacts, width: float) -> list[Block]:
    training = [layout.inverted(TRAINING_MARK, Style(Face.BOLD, 12), width)] if facts.training else []
    when = {"day": day_words(FRENCH, facts.counted_at.date()), "hour": hour_words(FRENCH, facts.counted_at)}
    signed = facts.signed
    when_counted = (
        label("day_report_counted", version=signed.version, **when) if signed else label("day_report_draft", **when)
    )
    missing = [layout.inverted(line, _BAND, width) for line in facts.provisional]
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


def _counts(facts: DayReportFacts) -> Counts:
    gestures = (facts.channels, facts.stopped) if facts.gestured else (None, None)
    return Counts(facts.arrivals, {name: facts.balance.get(name, 0) for name in ENDINGS}, *gestures)


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
        *([label("day_report_summoned")] if any(facts.stock.values()) and not (facts.only or facts.last) else []),
        label("day_report_gestures", **facts.gestures) if facts.gestured else label("day_report_no_gestures"),
    ]


def _waited(key: str, waits: Mapping[str, str | int | None]) -> str:
    share = round(100 * float(str(waits["within_target"])))
    return counted(key, int(waits["count"] or 0), share=share, **_told(waits))


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


def _agreements(facts: DayReportFacts, most: int, width: float) -> list[Block]:
    if not facts.agreements:
        return []
    shown = [
        label("day_report_agreement", hour=_moment(at, facts), desk=desk, reason=reason, who=who)
        for at, desk, reason, who in facts.agreements[:most]
    ]
    more = len(facts.agreements) - len(shown)
    lines = [*shown, *([label("day_report_others", count=more)] if more > 0 else [])]
    title = f"{label('day_report_agreements')} : {len(facts.agreements)}"
    return [layout.paragraph(title, _STRONG, width), *(layout.paragraph(line, _SMALL, width) for line in lines)]


def _moment(at: datetime, facts: DayReportFacts) -> str:
    """The hour; of a period, the day too."""
    return hour_on(at, facts.day) if facts.last is None else f"{short_date(at.date())} {hour(at)}"


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
    remarks = [label("day_report_remarks", remarks=_shortened(signed.remarks))] if signed.remarks else []
    before = signed.remarks_before and _shortened(signed.remarks_before, _LONGEST_BEFORE)
    told = [*(changed if signed.version > 1 else []), *remarks, *remarks_moved(signed.remarks, before)]
    return [
        layout.rule(width),
        *(layout.paragraph(line, _BODY, width) for line in told),
        layout.paragraph(label("day_report_signature", agent=signed.agent, desk=signed.desk, **when), _STRONG, width),
        *([layout.paragraph(label("day_report_signed_provisional"), _BODY, width)] if signed.provisional else []),
        layout.paragraph(label("day_report_digest", digest=signed.digest), _SMALL, width),
    ]


def _shortened(remarks: str, most: int = _LONGEST_REMARK) -> str:
    """As much as the page has room for: the annex tells the rest."""
    if len(remarks) <= most:
        return remarks
    return label("day_report_remarks_cut", start=remarks[:most].rsplit(" ", 1)[0])
