"""Where people without an appointment are sent: `resources/orientation/<site>.toml` and what holds for the country."""

import tomllib
from datetime import date
from functools import cache
from typing import Any

from counter_app.domain.orientation import Channel, Directory, Held, Motive, Rule, Source, Span
from counter_app.domain.questions import Choice, Question
from counter_app.wording.shipped import shipped

FOLDER = "orientation"
NATIONAL = "national"


@cache
def load_directory(site: str) -> Directory:
    """The channels of a site. Raises KeyError or ValueError when a shipped file is wrong: a test reads them all."""
    own, country = _read(site), _read(NATIONAL)
    return Directory(
        site=site,
        prefecture=own["prefecture"],
        motives=_motives(),
        rules=(*_rules(own), *_rules(country)),
        questions=_questions(),
        contact=_rule({"motives": [], **own["contact"]}, _sources(own)),
        digital_help=own["help"]["text"],
    )


def _read(name: str) -> dict[str, Any]:
    """A file of the folder. `Any`: TOML values, checked by the tests of this module."""
    return tomllib.loads(shipped(FOLDER, f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _motives() -> dict[str, Motive]:
    return {
        slug: Motive(
            slug=slug,
            names={"fr": values["fr"], "en": values["en"]},
            phrases=tuple(values.get("phrases", ())),
            held=Held(values["held"]) if "held" in values else None,
        )
        for slug, values in _read("motives").items()
    }


@cache
def _questions() -> dict[str, Question]:
    return {
        name: Question(
            words={"fr": values["fr"], "en": values["en"]},
            choices=tuple(Choice({"fr": one["fr"], "en": one["en"]}, one["to"]) for one in values["choices"]),
        )
        for name, values in _read("questions").items()
    }


def _sources(values: dict[str, Any]) -> dict[str, Source]:
    return {name: Source(one["name"], one["checked_on"], one["since"]) for name, one in values["sources"].items()}


def _rules(values: dict[str, Any]) -> tuple[Rule, ...]:
    sources = _sources(values)
    return tuple(_rule(one, sources) for one in values["rule"])


def _rule(values: dict[str, Any], sources: dict[str, Source]) -> Rule:
    source = sources[values["source"]]
    since: date = values.get("since", source.since)
    texts = ("link", "address", "email", "phone", "hours", "documents_from", "advice", "question")
    return Rule(
        motives=tuple(values["motives"]),
        channel=Channel(values["channel"]),
        source=source,
        since=since,
        until=values.get("until"),
        documents=tuple(values.get("documents", ())),
        span=Span(values["span"]) if "span" in values else None,
        remarks=tuple(values.get("remarks", ())),
        **{name: str(values.get(name, "")) for name in texts},
    )
