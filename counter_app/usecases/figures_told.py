"""Figures as they are written, signed and compared: one shape for the command line, the files and the closing."""

import re
from collections.abc import Iterator
from dataclasses import asdict

from counter_app.domain.acts import Json
from counter_app.domain.day_balance import Balance
from counter_app.domain.day_figures import Figures, Group, OneDay, Times
from counter_app.domain.period_figures import Comparison

OF_GROUP = re.compile(r"(?P<name>.*?)(?:\.(?P<leaf>(?:(?:waits|service_times)\.)?[a-z0-9_]+))?")
"""The name of a group, which may hold dots, and which of its figures: `Accueil.waits.median`."""


def told(figures: OneDay) -> dict[str, Json]:
    """Every figure of a day, without a name: what a version signs. The moment of counting is no figure."""
    return {"day": figures.day.isoformat(), **counted(figures)}


def counted(figures: Figures) -> dict[str, Json]:
    """Every figure of some days; None of those that a service or a desk has not: the stock is that of the site."""
    return {
        "balance": of_balance(figures.balance),
        "walk_ins": of_balance(figures.walk_ins),
        "arrivals": dict(figures.arrivals),
        "waits": of_times(figures.waits),
        "walk_in_waits": of_times(figures.walk_in_waits),
        "service_times": of_times(figures.services),
        "by_service": [_of_group(one) for one in figures.by_service],
        "by_purpose": [_of_group(one) for one in figures.by_purpose],
        **_beside(figures),
        "open_conflicts": figures.open_conflicts,
        "not_sent": list(figures.not_sent),
    }


def lines(value: Json, place: str = "") -> Iterator[tuple[str, Json]]:
    """Figures with their whole name, one after the other."""
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from lines(inside, f"{place}.{name}".lstrip("."))
    elif isinstance(value, list):
        for number, inside in enumerate(value, start=1):
            yield from lines(inside, f"{place}.{number}")
    else:
        yield place, value


def compared(comparison: Comparison) -> list[Json]:
    """Differences figure by figure, numbers as text; None where a period lacks the figure."""
    return [
        {
            "figure": one.figure,
            "unit": one.unit.value,
            "before": _text(one.before),
            "after": _text(one.after),
            "change": _text(one.change),
            "percent": _text(one.percent),
        }
        for one in comparison.differences
    ]


def _beside(figures: Figures) -> dict[str, Json]:
    gestures = figures.gestures
    shape: dict[str, Json] = {
        "without_appointment": dict(gestures.oriented),
        "stopped": dict(gestures.stopped),
        "handover": asdict(figures.stock),
        "agreements": len(gestures.agreements),
        "reprints": gestures.reprints,
        "offline": gestures.offline,
        "arrivals_taken_back": gestures.arrivals_taken_back,
    }
    if figures.whole:
        return shape
    return {**shape, "handover": None} if figures.gestured else dict.fromkeys(shape)


def of_balance(balance: Balance) -> dict[str, Json]:
    """A balance, its sum first."""
    return {"convened": balance.convened, **asdict(balance)}


def of_times(times: Times) -> dict[str, Json]:
    """Durations: minutes to the tenth as text keeps them, the share within the target in thousandths."""
    return {
        "count": times.count,
        "median": _text(times.median),
        "p90": _text(times.p90),
        "longest": _text(times.longest),
        "within_target": _text(times.within_target),
        "not_measured": times.not_measured,
    }


def _text(value: float | None) -> str | None:
    return None if value is None else f"{value:g}"


def _of_group(group: Group) -> Json:
    durations = {"waits": of_times(group.waits), "service_times": of_times(group.services)}
    return {"name": group.name, **of_balance(group.balance), **durations}


def changes(before: Json, after: Json, place: str = "") -> list[dict[str, Json]]:
    """What differs between two tellings, figure by figure: of a group or a half hour that one of them lacks, too.

    Nobody counted is as nobody listed. What the earlier one did not count yet is no change.
    """
    if isinstance(before, dict) and after is None:
        after = {}
    if isinstance(after, dict) and before is None:
        before = {}
    if isinstance(before, dict) and isinstance(after, dict):
        # Of a day, what the earlier version did not count yet is no change.
        added = () if before and not place else (name for name in after if name not in before)
        names = [*before, *added]
        return [
            one for name in names for one in changes(before.get(name), after.get(name), f"{place}.{name}".lstrip("."))
        ]
    if isinstance(before, list) and isinstance(after, list) and _named(before) and _named(after):
        return changes(_by_name(before), _as_counted(_by_name(before), _by_name(after)), place)
    nobody = (None, 0)
    same = before == after or (before in nobody and after in nobody)
    return [] if same else [{"figure": place, "before": before, "after": after}]


def _named(values: list[Json]) -> bool:
    return all(isinstance(one, dict) and "name" in one for one in values)


def _by_name(values: list[Json]) -> dict[str, Json]:
    return {
        str(one["name"]): {figure: value for figure, value in one.items() if figure != "name"}
        for one in values
        if isinstance(one, dict)
    }


def _as_counted(before: dict[str, Json], after: dict[str, Json]) -> dict[str, Json]:
    """Groups without service times when the earlier ones have none: a day signed before these were counted by service
    and purpose is not signed again for them alone. Those of all the day are in both. A version of nobody has no group,
    and says nothing of what was counted."""
    if not before or any(isinstance(group, dict) and _LATER in group for group in before.values()):
        return after
    return {
        name: {figure: value for figure, value in group.items() if figure != _LATER}
        for name, group in after.items()
        if isinstance(group, dict)
    }


_LATER = "service_times"
