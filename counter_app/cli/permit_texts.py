"""Lines about permits that the command line prints for people."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from counter_app.cli.texts import REHEARSED
from counter_app.domain.permit import Permit
from counter_app.telling.stock import (
    counted_told,
    done_told,
    holder_told,
    lot_told,
    not_done,
    returned_told,
    state_told,
    stray_told,
)
from counter_app.usecases.stock_answers import LotFile, Received, StockAnswer, TrayCount
from counter_app.wording.catalogue import counted

OLDER = "Une liste plus récente est déjà sur ce poste : ce fichier n’a rien changé. "


def line_of(one: Permit) -> str:
    """One permit in one line."""
    place = f"bac {one.place.tray}{f', {one.place.rank}' if one.place.rank else ''}" if one.place else "sans place"
    return f"{one.card_number} · {one.name} · {state_told(one)} · {place}"


def told_of(answer: StockAnswer, slug: str, **more: str) -> str:
    """What a gesture did, in a sentence, or why it did nothing."""
    return not_done(answer) or (done_told(slug, answer.permit, "fr", **more) if answer.permit else "")


def received_told(outcome: Received, *, rehearsed: bool) -> str:
    """What a file of permits brought, or would bring, and each row that gave none."""
    names = ("added", "changed", "unchanged")
    figures = ((name, int(getattr(outcome, name))) for name in names)
    counts = ", ".join(f"{n} {counted(f'stock_desk.lot.{name}', n, 'fr')}" for name, n in figures)
    left = counted("stock_desk.to_correct", len(outcome.rejected), "fr")
    before = f"{f'{REHEARSED} ' if rehearsed else ''}{OLDER if outcome.superseded else ''}"
    lines = [f"{before}Titres : {counts}. {left}."]
    lines += [returned_told(outcome.returned)] if outcome.returned else []
    lines += [f"  ligne {one.row} : {one.reason}" for one in outcome.rejected]
    return "\n".join((*lines, *lot_told(outcome)))


def lot_lines(one: LotFile, zone: ZoneInfo) -> Iterator[str]:
    """A file received, and its rows that gave no permit."""
    rows = counted("commands.rows", one.rows, "fr")
    yield f"{one.received_at.astimezone(zone):%d/%m/%Y} {', '.join(one.lots)} : {rows}"
    yield from (f"  ligne {problem.row} : {problem.reason}" for problem in one.rejected)


def count_lines(done: TrayCount) -> Iterator[str]:
    """What the count of a tray found, did, and could not read."""
    yield counted_told(done)
    yield from (f"  manque : {line_of(one)}" for one in done.missing)
    yield from (f"  confié à {holder_told(one.moved_to)} : {line_of(one)}" for one in done.elsewhere)
    yield from (f"  en trop : {line_of(one.permit)} ({stray_told(one)})" for one in done.unexpected)
    yield from (f"  pas lu : {not_done(one)}" for one in done.unread)
