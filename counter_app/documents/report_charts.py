"""The charts of the page of a report, in two columns: bars with their numbers."""

from collections.abc import Mapping
from typing import NamedTuple

from counter_app.documents import layout
from counter_app.documents.layout import Block
from counter_app.documents.paper_texts import label
from counter_app.documents.report_bars import bars

_GAP = 6


class Counts(NamedTuple):
    """What is drawn. Channels and stops are None of a service: gestures do not say theirs."""

    arrivals: Mapping[str, int]
    """By half hour."""
    endings: Mapping[str, int]
    """Of people convened, by their JSON names."""
    channels: Mapping[str, int] | None
    stopped: Mapping[str, int] | None


def charts(counts: Counts, spread: tuple[str, Mapping[str, int]] | None, most: int, width: float) -> list[Block]:
    """Two columns; the chart of a period's days stands in the shorter one. `most`: bars of channels and of reasons."""
    columns = [[bars(label("day_report_arrivals"), counts.arrivals, width)], _beside(counts, most, width)]
    if spread:
        shorter = min(columns, key=lambda column: sum(one.height for one in column))
        shorter.append(bars(*spread, width))
    return [layout.stack([part for one in column for part in (one, layout.gap(_GAP))]) for column in columns]


def _beside(counts: Counts, most: int, width: float) -> list[Block]:
    endings = {label(f"figure_balance_{name}"): count for name, count in counts.endings.items()}
    drawn = [bars(label("day_report_endings"), endings, width)]
    if counts.channels is not None:
        drawn.append(bars(label("day_report_channels"), _most(counts.channels, most), width))
    if counts.stopped:
        title = label("day_report_stopped", count=sum(counts.stopped.values()))
        drawn.append(bars(title, _most(counts.stopped, most), width))
    return drawn


def _most(counts: Mapping[str, int], most: int) -> Mapping[str, int]:
    """The most counted, and all others as one."""
    ordered = sorted(counts.items(), key=lambda one: -one[1])
    if len(ordered) <= most:
        return dict(ordered)
    others = ordered[most - 1 :]
    rest = label("day_report_others", count=len(others))
    return {**dict(ordered[: most - 1]), rest: sum(count for _words, count in others)}
