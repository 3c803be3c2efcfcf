"""Rules in force from a day on: which one holds on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Dated(Protocol):
    """A rule that says from when on it holds."""

    @property
    def since(self) -> date: ...


Rule = TypeVar("Rule", bound=Dated)


def in_force(rules: Iterable[Rule], day: date) -> Rule:
    """The newest rule begun by a day; the oldest one before the first date. Raises IndexError without any rule."""
    ordered = sorted(rules, key=lambda rule: rule.since)
    return ([rule for rule in ordered if rule.since <= day] or ordered[:1])[-1]
