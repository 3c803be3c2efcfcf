"""What was measured, against its goal, as a table for people and JSON for machines."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.timing import Spread


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure: its spread, and the goal it is held to (None: told for comparison only)."""

    name: str
    size: str
    seen: Spread
    unit: str
    """`x` is a ratio to what `against` names."""
    against: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached, by the middle of what was seen."""
        if self.at_most is not None:
            return self.seen.middle <= self.at_most
        return None if self.at_least is None else self.seen.middle >= self.at_least

    @property
    def goal(self) -> str:
        """The goal as written."""
        if self.at_most is not None:
            return f"<= {self.at_most:g}"
        return "" if self.at_least is None else f">= {self.at_least:g}"


HEADINGS = ("measure", "size", "seen", "min … max", "goal", "", "against")


def table(figures: Sequence[Figure]) -> str:
    """The figures in columns."""
    rows = [HEADINGS, *map(_row, figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _row(figure: Figure) -> tuple[str, ...]:
    seen = figure.seen
    verdict = {None: "", True: "ok", False: "MISSED"}[figure.met]
    around = f"{_text(seen.low)} … {_text(seen.high)}"
    return (
        figure.name,
        figure.size,
        f"{_text(seen.middle)} {figure.unit}",
        around,
        figure.goal,
        verdict,
        figure.against,
    )


def _text(value: float) -> str:
    return f"{value:.0f}" if value >= 1000 else f"{value:.3g}"


def write(figures: Iterable[Figure], machine: Mapping[str, object], path: Path) -> None:
    """The figures as JSON, with where they were measured."""
    told = [{**asdict(figure), "met": figure.met} for figure in figures]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": machine, "figures": told}, ensure_ascii=False, indent=1), encoding="utf-8")
