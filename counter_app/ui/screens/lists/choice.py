"""What the columns page decides: one target per column, told as a mapping. Pure."""

from collections.abc import Sequence

from counter_app.domain.foreign_number import NumberStatus, read_number
from counter_app.imports.mapping import Mapping
from counter_app.imports.targets import Target
from counter_app.wording.numbers import grouped

NOT_READ = ""
"""A column that becomes nothing."""


def chosen_of(headings: Sequence[str], mapping: Mapping) -> tuple[str, ...]:
    """For each heading, the target it becomes in a mapping, `NOT_READ` when none."""
    chosen = [NOT_READ] * len(headings)
    for target, positions in mapping.indexes(headings).items():
        for position in positions:
            chosen[position] = chosen[position] or target.value
    return tuple(chosen)


def mapping_of(headings: Sequence[str], chosen: Sequence[str], before: Mapping) -> Mapping:
    """The mapping of what was chosen. A target that was known and is no longer chosen is deliberately not read."""
    trust = before.indexes(headings)
    columns: dict[Target, tuple[str, ...]] = dict.fromkeys(before.columns, ())
    for target in Target:
        positions = [place for place, name in enumerate(chosen) if name == target.value]
        known = [place for place in trust.get(target, ()) if place in positions]
        ordered = known + [place for place in positions if place not in known]
        if ordered:
            columns[target] = tuple(headings[place] for place in ordered)
    return Mapping(before.source, columns)


def example_of(values: Sequence[str], target: str) -> str:
    """A few values as shown beside a column; a foreign number is shown as it would be read."""
    if not values:
        return ""
    if target != Target.foreign_number:
        return " · ".join(values)
    reading = read_number(values[0])
    if reading.status is NumberStatus.LEGACY_EXPANDED:
        return f"{values[0]} → {grouped(reading.candidates[0])} ?"
    return f"{values[0]} → {grouped(reading.normalized)}" if reading.normalized else values[0]
