"""The status bar's cells and the banner's notices, from what the desk knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from counter_app.config import Settings
from counter_app.domain.rules import SiteRules
from counter_app.sync.state import Phase, SyncState
from counter_app.telling.gestures import unended_words
from counter_app.ui.screens.handover.window import window_words
from counter_app.ui.shell.sync import sync_cell
from counter_app.ui.widgets.banner import Notice
from counter_app.ui.widgets.status_bar import Cell
from counter_app.usecases.answers import UnendedImport
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import duration, hour, hour_on, long_date

ALONE = SyncState(Phase.ALONE)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the shell says of the desk at a moment."""

    at: datetime
    list_imported_at: datetime | None = None
    waiting_papers: int = 0
    printer_trouble: str = ""
    clock_behind: int = 0
    """Minutes by which the clock is behind this desk's own last acts."""
    sync: SyncState = ALONE
    conflicts: int = 0
    """Work items that wait for an answer."""


def cells(standing: Standing, settings: Settings, rules: SiteRules, words: Words) -> list[Cell]:
    """Central, list, desk, agent, handover window, printer, clock."""
    return [
        sync_cell(standing.sync, standing.conflicts, standing.at, rules.zone, words),
        _list_cell(standing, rules, words),
        Cell("desk", "monitor", settings.desk or words("shell.no_desk"), settings.desk),
        Cell("agent", "user", settings.agent or words("shell.no_agent"), settings.agent),
        _handover_cell(standing.at, rules, words),
        _printer_cell(standing, settings, words),
        _clock_cell(standing, words),
    ]


def _list_cell(standing: Standing, rules: SiteRules, words: Words) -> Cell:
    if standing.list_imported_at is None:
        return Cell("list", "triangle-alert", words("shell.no_list"), words("shell.no_list_short"), "warn-text")
    imported = standing.list_imported_at.astimezone(rules.zone)
    when = hour_on(imported, standing.at.date(), words.lang)
    old = standing.at - imported > rules.list_stale_after
    return Cell("list", "database", words("shell.list", when=when), when, "warn-text" if old else "text")


def _handover_cell(at: datetime, rules: SiteRules, words: Words) -> Cell:
    told = window_words(at, rules, words)
    return Cell("handover", told.icon, told.words, told.short, told.token)


def _printer_cell(standing: Standing, settings: Settings, words: Words) -> Cell:
    """What waits, else where papers go: a printer by its name, or the folder of papers when none is set."""
    if standing.waiting_papers:
        said = words.counted("shell.papers_wait", standing.waiting_papers)
        return Cell("printer", "printer", said, str(standing.waiting_papers), "warn-text")
    if standing.printer_trouble:
        return Cell("printer", "printer", standing.printer_trouble, words("shell.printer_stopped"), "warn-text")
    queue = settings.ticket_printer or settings.page_printer
    if not queue:
        return Cell("printer", "folder", words("shell.no_printer"), words("shell.no_printer_short"))
    return Cell("printer", "printer-check", words("shell.printer", name=queue), queue)


def _clock_cell(standing: Standing, words: Words) -> Cell:
    at, lang = standing.at, words.lang
    if not standing.clock_behind:
        return Cell("clock", "clock", f"{long_date(at.date(), lang)} · {hour(at, lang)}", hour(at, lang))
    told = f"{hour(at, lang)} · {words('shell.clock_behind', gap=_gap(standing.clock_behind, words))}"
    return Cell("clock", "clock-alert", told, told, "warn-text")


def notices(
    training: bool,
    problems: tuple[str, ...],
    keys_in_file: bool,
    words: Words,
    clock_behind: int = 0,
    unended: Sequence[UnendedImport] = (),
) -> list[Notice]:
    """States worth a band, the most serious first."""
    found = [Notice(f"setting-{place}", problem, rank=2) for place, problem in enumerate(problems)]
    if training:
        found.append(Notice("training", *_told("training", words), "flask-conical", "tech", hatched=True, rank=1))
    elif keys_in_file:
        found.append(Notice("keyring", *_told("keyring", words), "info", "warn", rank=5))
    for one in unended:
        told = (unended_words(one, words), words("import_told.unended_short"))
        found.append(Notice(f"unended-{one.list_id}", *told, "file-input", "warn", rank=3))
    if clock_behind:
        found.append(Notice("clock", *_told("clock", words, clock_behind), "clock-alert", "warn", rank=0))
    return found


def _told(notice: str, words: Words, minutes: int = 0) -> tuple[str, str]:
    """In full, and in the few words of a low window."""
    gap = _gap(minutes, words)
    return words(f"banners.{notice}", gap=gap), words(f"banners.{notice}_short", gap=gap)


def _gap(minutes: int, words: Words) -> str:
    return duration(timedelta(minutes=minutes), words.lang)
