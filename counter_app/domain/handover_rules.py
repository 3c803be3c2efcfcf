"""Dated rules of the handover at one site: limits of the window, lines of the checklist, how people are convened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from counter_app.domain.dated import in_force
from counter_app.domain.handover_draft import Line
from counter_app.domain.person_names import fold


class AfterMissed(StrEnum):
    """What the site's notice prescribes when the person did not come."""

    NEW_SLOT = "new_slot"
    """The service convenes again."""
    MESSAGE = "message"
    """The person has to write to the service."""


@dataclass(frozen=True, slots=True)
class HandoverLimits:
    """Minutes, days and capacities in force from a day on."""

    since: date
    source: str
    closing_warning: int
    """Minutes before the window closes from which the desk is warned."""
    finish: int
    """Minutes after closing during which people already inside are finished."""
    early: int
    late: int
    """Minutes around the slot beyond which a person is told early or late; neither keeps anybody out."""
    days_ahead: int
    """Calendar days between the message and the first slot proposed."""
    slot_minutes: int
    slot_capacity: int
    """People convened at one and the same hour."""
    after_missed: AfterMissed
    missed_channel: str
    """Where a person who missed the slot asks for another: an address, or words."""
    ageing_days: int | None = None
    """Days in stock after which a permit is told as old; None: no delay, as no text sets one."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """Lines asked for some kinds of permit, in force from a day on."""

    since: date
    source: str
    kinds: tuple[str, ...]
    """Folded words found in the kind of permit; empty: every kind."""
    required: tuple[Line, ...]
    optional: tuple[Line, ...]

    def is_for(self, kind: str) -> bool:
        """Whether a kind of permit, as the list words it, has this checklist."""
        words = f" {fold(kind)} "
        return not self.kinds or any(f" {one} " in words for one in self.kinds)


@dataclass(frozen=True, slots=True)
class HandoverRules:
    """Everything dated about the handover."""

    limits: tuple[HandoverLimits, ...]
    checklists: tuple[Checklist, ...]

    def limits_on(self, day: date) -> HandoverLimits:
        """Limits in force on a day; the oldest ones before the first date."""
        return in_force(self.limits, day)

    def checklist(self, kind: str | None, day: date) -> Checklist:
        """The newest checklist in force for a kind of permit: one that names it comes before one for every kind."""
        theirs = [one for one in self.checklists if one.is_for(kind or "")]
        begun = [one for one in theirs if one.since <= day] or theirs
        return max(begun, key=lambda one: (bool(one.kinds), one.since))


def read_handover_rules(values: Mapping[str, Any]) -> HandoverRules:
    """The rules as a site's file says them. Raises KeyError or ValueError when the shipped file is wrong."""
    rules = HandoverRules(
        tuple(_limits(one) for one in values["handover_limits"]),
        tuple(_checklist(one) for one in values["handover_checklist"]),
    )
    if all(one.kinds for one in rules.checklists):
        raise ValueError("one checklist is for every kind of permit")
    return rules


_WHOLE_NUMBERS = ("closing_warning", "finish", "early", "late", "days_ahead", "slot_minutes", "slot_capacity")


def _limits(values: Mapping[str, Any]) -> HandoverLimits:
    return HandoverLimits(
        since=values["since"],
        source=values["source"],
        **{name: int(values[name]) for name in _WHOLE_NUMBERS},
        after_missed=AfterMissed(values["after_missed"]),
        missed_channel=values["missed_channel"],
        ageing_days=values.get("ageing_days"),
    )


def _checklist(values: Mapping[str, Any]) -> Checklist:
    return Checklist(
        since=values["since"],
        source=values["source"],
        kinds=tuple(fold(kind) for kind in values.get("kinds", ())),
        required=tuple(Line(line) for line in values["required"]),
        optional=tuple(Line(line) for line in values.get("optional", ())),
    )
