"""The files of a day: page, list of what is open, figures as a sheet. No name but on the list of open cases."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.acts import Json
from counter_app.domain.day_figures import DayFigures, Figures, Group
from counter_app.domain.spreadsheet import harmless
from counter_app.usecases.answers import Paper
from counter_app.usecases.close_day import Closing
from counter_app.usecases.desk import Desk
from counter_app.usecases.figures_told import lines, of_balance, of_times, told
from counter_app.usecases.freshness import other_desks
from counter_app.usecases.report_words import channel_words, figure_words, half_hour_words, open_lines
from counter_app.wording.verdicts import verdict_name

if TYPE_CHECKING:
    from counter_app.documents.day_report import DayReportFacts, Signed
    from counter_app.documents.report_groups import GroupLine


@dataclass(frozen=True, slots=True)
class DayFile:
    """A file of the day, ready to write. Its name says the day, never a person."""

    content: bytes
    name: str


def day_page(desk: Desk, figures: DayFigures, closing: Closing | None = None) -> Paper:
    """The page of a day, signed or not."""
    from counter_app.documents.day_report import day_report

    return Paper(day_report(page_facts(desk, figures, figures.day, closing)), f"bilan-{day_name(figures, closing)}.pdf")


def day_name(figures: DayFigures, closing: Closing | None) -> str:
    """What names the files of a day: the day and the version."""
    return f"{figures.day.isoformat()}-v{closing.version}" if closing else f"{figures.day.isoformat()}-provisoire"


def page_facts(desk: Desk, figures: Figures, day: date, closing: Closing | None) -> "DayReportFacts":
    """What the page of a day, or the first day of a period, tells."""
    from counter_app.documents.day_report import DayReportFacts

    gestures, zone = figures.gestures, desk.rules.zone
    return DayReportFacts(
        site=desk.rules.name,
        desks=figures.desks,
        day=day,
        counted_at=figures.at,
        balance=_counts(of_balance(figures.balance)),
        walk_ins=_counts(of_balance(figures.walk_ins)),
        arrivals={half_hour_words(begins): count for begins, count in figures.arrivals.items()},
        channels=_by_words(gestures.oriented, channel_words),
        stopped=_by_words(gestures.stopped, verdict_name),
        waits=_durations(of_times(figures.waits)),
        walk_in_waits=_durations(of_times(figures.walk_in_waits)),
        services=_durations(of_times(figures.services)),
        by_service=[_line(one) for one in figures.by_service],
        by_purpose=[_line(one) for one in figures.by_purpose],
        stock={
            "morning": figures.stock.morning,
            "received": figures.stock.received,
            "handed_over": figures.stock.handed_over,
            "returned": figures.stock.returned,
            "evening": figures.stock.evening,
            "wrong_sleeves": figures.stock.wrong_sleeves,
        },
        gestures={
            "reprints": gestures.reprints,
            "taken_back": gestures.arrivals_taken_back,
            "offline": gestures.offline,
            "conflicts": figures.open_conflicts,
        },
        agreements=[(one.at.astimezone(zone), one.desk, one.reason, one.approved_by) for one in gestures.agreements],
        provisional=doubts(desk, figures),
        signed=_signed(desk, closing) if closing else None,
        training=desk.training,
        gestured=figures.gestured,
    )


def _line(group: Group) -> "GroupLine":
    from counter_app.documents.report_groups import GroupLine

    durations = (group.waits.median, group.waits.p90, group.services.median)
    minutes = (None if one is None else f"{one:g}" for one in durations)
    return GroupLine(group.name, _counts(of_balance(group.balance)), *minutes)


def doubts(desk: Desk, figures: Figures) -> list[str]:
    """Which desks have not sent everything, whose clock was wrong, and until when the others are known."""
    from counter_app.documents.paper_texts import FRENCH, counted, day_words, hour_words, label

    with desk.looking() as connection:
        others = other_desks(desk, connection, figures.at)
    late, names = len(figures.not_sent), ", ".join(figures.not_sent)
    told = [counted("day_report_provisional", late, total=figures.desks, desks=names)] if late else []
    if figures.wrong_clocks:
        told.append(label("day_report_wrong_clocks", desks=", ".join(figures.wrong_clocks)))
    if others.cut_off and others.verified_at:
        known = others.verified_at.astimezone(desk.rules.zone)
        when = {"day": day_words(FRENCH, known.date()), "hour": hour_words(FRENCH, known)}
        told.append(label("day_report_known_until", **when))
    elif others.cut_off:
        told.append(label("day_report_never_known"))
    return told


def _by_words(counts: Mapping[str, int], words_of: Callable[[str], str]) -> dict[str, int]:
    """Counts by their words, the most first: two slugs may be the same for people."""
    found: Counter[str] = Counter()
    for slug, count in counts.items():
        found[words_of(slug)] += count
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _signed(desk: Desk, closing: Closing) -> "Signed":
    from counter_app.documents.day_report import Signed

    return Signed(
        version=closing.version,
        at=closing.signed_at.astimezone(desk.rules.zone),
        desk=closing.desk,
        agent=closing.agent,
        digest=closing.digest,
        changed=len(closing.changed),
        remarks=closing.remarks,
        remarks_before=closing.remarks_before if closing.remarks_moved else None,
        provisional=closing.provisional,
        since=[
            (one.version, one.desk, one.signed_at.astimezone(desk.rules.zone), len(one.changed))
            for one in closing.since
            if len(closing.since) > 1
        ],
    )


def _counts(values: dict[str, Json]) -> dict[str, int]:
    return {name: value for name, value in values.items() if isinstance(value, int)}


def _durations(values: dict[str, Json]) -> dict[str, str | int | None]:
    return {name: value for name, value in values.items() if value is None or isinstance(value, str | int)}


def figures_file(figures: DayFigures, closing: Closing) -> DayFile:
    """What was signed, to the letter, figures and observations: its SHA-256 is the one that the page prints."""
    return DayFile(closing.signed_text.encode(), f"bilan-{day_name(figures, closing)}.json")


def sheet(figures: DayFigures, closing: Closing | None = None) -> DayFile:
    """Every figure, one a line, as spreadsheets of French offices open it: its name in the data, value and words. Of a
    version, those that it signed."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(("chiffre", "valeur", "en clair"))
    shape = closing.figures if closing else told(figures)
    # An act keeps its keys in the order of the alphabet; people read them in that of the page.
    places = {key: place for place, (key, _value) in enumerate(lines(told(figures)))}
    for key, value in sorted(lines(shape), key=lambda one: places.get(one[0], len(places))):
        writer.writerow((key, harmless("" if value is None else str(value)), harmless(_in_words(shape, key))))
    if closing and closing.remarks:
        writer.writerow(("remarks", harmless(closing.remarks), figure_words("remarks")))
    return DayFile(text.getvalue().encode("utf-8-sig"), f"bilan-{day_name(figures, closing)}.csv")


def _in_words(shape: Mapping[str, Json], key: str) -> str:
    """What a figure is called; one of a service or a purpose by its name rather than by its place."""
    head, _dot, rest = key.partition(".")
    place, _dot, leaf = rest.partition(".")
    groups = shape.get(head)
    if isinstance(groups, list) and place.isdigit() and isinstance(one := groups[int(place) - 1], dict):
        return figure_words(f"{head}.{one.get('name', place)}.{leaf}")
    return figure_words(head if isinstance(groups, list) else key)


def open_list(figures: DayFigures, closing: Closing | None = None) -> DayFile:
    """Open cases by name, for whoever closes them: kept apart, never printed with the page."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(("heure", "nom", "motif", "code", "attend"))
    writer.writerows(_open_rows(figures))
    return DayFile(text.getvalue().encode("utf-8-sig"), f"non-clotures-{day_name(figures, closing)}.csv")


def was_open_list(name: str, day: date) -> bool:
    """Whether a file is a list of open cases of a day, of whatever version: a later one makes it untrue."""
    return bool(re.fullmatch(rf"non-clotures-{day.isoformat()}(-v\d+)?\.csv", name))


def _open_rows(figures: DayFigures) -> Iterator[Sequence[str]]:
    for person, code, why in open_lines(figures.open_cases):
        yield (f"{person.slot:%H:%M}", *map(harmless, (person.name, person.purpose, code, why)))
