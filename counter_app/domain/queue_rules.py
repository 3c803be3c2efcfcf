"""Dated rules of the waiting room at one site: its services, when a number may be called again, the wait aimed at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from counter_app.domain.dated import in_force
from counter_app.domain.person_names import fold


@dataclass(frozen=True, slots=True)
class QueueLimits:
    """What is in force from a day on."""

    since: date
    source: str
    recall_after: timedelta
    """Between two calls of one number, and between the last call and « absent »."""
    calls: int
    """Calls before somebody may be noted absent."""
    target: timedelta
    """The wait, from the real arrival, that the site aims at."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the waiting room, with numbers of its own."""

    key: str
    name: str
    """As agents read it; papers and displays show only the number and the place."""
    letter: str
    """Before the letter of the desk in its numbers; empty for the service that takes everybody else."""
    place: str
    """Where to wait, in neutral words; parts separated by « · »."""
    usual_minutes: float
    """From one call to the next at one desk, as long as nothing was measured."""
    words: tuple[str, ...] = ()
    """Folded words of a purpose or service in the lists; empty: everybody else."""


COLLECTING = "remise"
"""Key of the service that hands permits over, at every site."""


@dataclass(frozen=True, slots=True)
class QueueRules:
    """Everything dated about the waiting room."""

    limits: tuple[QueueLimits, ...]
    services: tuple[Service, ...]

    def limits_on(self, day: date) -> QueueLimits:
        """Limits in force on a day; the oldest ones before the first date."""
        return in_force(self.limits, day)

    def service(self, key: str) -> Service | None:
        """A service by its key."""
        return next((one for one in self.services if one.key == key), None)

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Key and name of every service."""
        return tuple((one.key, one.name) for one in self.services)

    def named(self, text: str) -> tuple[str, ...]:
        """Keys of the services named in a text, parted by commas, in the order of the site; none named: no key.

        Raises ValueError with the first word that is no service of the site.
        """
        words = [word.strip().lower() for word in text.split(",") if word.strip()]
        keys = [one.key for one in self.services]
        for word in words:
            if word not in keys:
                raise ValueError(word)
        return tuple(key for key in keys if key in words)

    def service_for(self, *told: str | None) -> Service:
        """The service that lists or a motive tell of: the first one whose words they hold, else the usual one."""
        said = f" {' '.join(fold(one) for one in told if one)} "
        named = (one for one in self.services if any(f" {word} " in said for word in one.words))
        return next(named, self.usual)

    @property
    def usual(self) -> Service:
        """The service of everybody whom no words send elsewhere."""
        return next(one for one in self.services if not one.words)


def read_queue_rules(values: Mapping[str, Any]) -> QueueRules:
    """The rules as a site's file says them. Raises KeyError or ValueError when the shipped file is wrong."""
    rules = QueueRules(
        tuple(_limits(one) for one in values["queue"]), tuple(_service(one) for one in values["service"])
    )
    if sum(not one.words for one in rules.services) != 1:
        raise ValueError("one service, and one only, takes everybody whom no words send elsewhere")
    letters = [one.letter for one in rules.services]
    if len(set(letters)) != len(letters):
        raise ValueError("each service has a letter of its own")
    return rules


def _limits(values: Mapping[str, Any]) -> QueueLimits:
    return QueueLimits(
        since=values["since"],
        source=values["source"],
        recall_after=timedelta(seconds=int(values["recall_after_seconds"])),
        calls=int(values["calls"]),
        target=timedelta(minutes=int(values["target_minutes"])),
    )


def _service(values: Mapping[str, Any]) -> Service:
    return Service(
        key=values["key"],
        name=values["name"],
        letter=values.get("letter", ""),
        place=values.get("place", ""),
        usual_minutes=float(values["usual_minutes"]),
        words=tuple(fold(word) for word in values.get("words", ())),
    )
