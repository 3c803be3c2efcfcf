"""Rows of the stock's lists: permits, files received, rows to correct, differences of a count."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from counter_app.domain.permit import Permit, PermitState
from counter_app.domain.permit_marks import Mark
from counter_app.telling.stock import custody_told, holder_told, place_told, state_told, stray_told
from counter_app.ui.screens.stock.lists import is_old
from counter_app.ui.widgets.people_table import Column, PersonRow
from counter_app.usecases.answers import RowProblem
from counter_app.usecases.look_at_stock import StockLook
from counter_app.usecases.stock_answers import LotFile, TrayCount
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import hour, short_date

_LOOKS = {
    PermitState.RECEIVED: ("package-search", "tech-text"),
    PermitState.SHELVED: ("package-check", "ok-text"),
    PermitState.TO_LOCATE: ("package-search", "warn-text"),
    PermitState.ON_HOLD: ("lock", "stop-text"),
    PermitState.FAULTY: ("file-warning", "stop-text"),
    PermitState.TO_SEND_BACK: ("undo-2", "go-text"),
    PermitState.SENT_BACK: ("package-x", "text-2"),
    PermitState.POSTED: ("mail", "text-2"),
    PermitState.DESTROYED: ("x", "text-2"),
    PermitState.HANDED_OVER: ("badge-check", "text-2"),
    PermitState.DISPUTED: ("git-merge-conflict", "stop-text"),
}


def _titles(words: Words, widths: dict[str, int], spare: tuple[str, ...] = ()) -> tuple[Column, ...]:
    titles = ((name, words(f"stock_desk.columns.{name}"), letters) for name, letters in widths.items())
    return tuple(Column(title, letters, spare=name in spare) for name, title, letters in titles)


def permit_columns(words: Words) -> tuple[Column, ...]:
    """Name, card, place, custody, slot, state."""
    return _titles(
        words, {"name": 22, "card": 12, "place": 11, "custody": 9, "slot": 12, "state": 23}, ("custody", "slot")
    )


def file_columns(words: Words) -> tuple[Column, ...]:
    """When, which lots, how many rows, what is left to correct."""
    return _titles(words, {"received": 16, "lots": 30, "rows": 8, "problems": 18}, ("rows",))


def problem_columns(words: Words) -> tuple[Column, ...]:
    """Line, column, value, what is wrong."""
    return _titles(words, {"line": 6, "column": 18, "value": 18, "problem": 44})


def count_columns(words: Words) -> tuple[Column, ...]:
    """Name, card, and why a permit differs."""
    return _titles(words, {"name": 22, "card": 12, "difference": 36})


def permit_row(one: Permit, look: StockLook, zone: tzinfo, words: Words) -> PersonRow:
    """One permit; why it is blocked, how it left and how long it has been here are part of its state."""
    icon, token = _LOOKS[one.state]
    slot = one.slot.astimezone(zone) if one.slot else None
    when = f"{slot:%d/%m} {hour(slot, words.lang)}" if slot else words("stock_desk.no_slot")
    place = place_told(one, words.lang) if one.in_stock else ""
    cells = (one.name, one.card_number, place, custody_told(one, words.lang), when, _state(one, look, words))
    titles = (column.title for column in permit_columns(words))
    told = [f"{title} {cell}" for title, cell in zip(titles, cells, strict=True) if cell]
    sentence = ", ".join((*told, *(why for why in (one.hold, one.fault) if why)))
    return PersonRow(one.id, cells, sentence, icon, token)


def _state(one: Permit, look: StockLook, words: Words) -> str:
    told = [state_told(one, words.lang)]
    left = one.departure
    if left:
        told.append(short_date(left.moment.date()))
    days = one.age_on(look.on)
    if days is not None and is_old(one, look):
        told.append(words.counted("stock_desk.days", days))
    return " · ".join(told)


def about_told(one: Permit, zone: tzinfo, words: Words) -> str:
    """What else is known of a permit: why it is blocked, who holds it, how it left."""
    told = [state_told(one, words.lang), one.hold, one.fault]
    if one.in_stock:
        holder = custody_told(one, words.lang)
        told.append(words("stock_desk.held_by", holder=holder) if holder else "")
    told += [departure_told(mark, zone, words) for mark in one.departures]
    told += [mark.text("bordereau") for mark in one.departures]
    return " · ".join(part for part in told if part)


def departure_told(mark: Mark, zone: tzinfo, words: Words) -> str:
    """How and when a permit left, at which desk: « remis le 24/11/2026 à 9 h 12, Poste 2 »."""
    at = mark.moment.astimezone(zone)
    kind = words(f"stock_desk.departures.{mark.kind}")
    return words(
        "stock_desk.departure", kind=kind, day=short_date(at.date()), hour=hour(at, words.lang), desk=mark.desk
    )


def file_row(one: LotFile, zone: tzinfo, words: Words) -> PersonRow:
    """One file received."""
    at = one.received_at.astimezone(zone)
    when = f"{short_date(at.date())} {hour(at, words.lang)}"
    problems = (
        words.counted("stock_desk.to_correct", len(one.rejected)) if one.rejected else words("stock_desk.all_read")
    )
    cells = (when, ", ".join(one.lots), str(one.rows), problems)
    icon, token = ("file-warning", "warn-text") if one.rejected else ("circle-check", "ok-text")
    return PersonRow(one.id, cells, ", ".join(cells), icon, token)


def problem_row(row_id: str, one: RowProblem, words: Words) -> PersonRow:
    """One row that gave no permit."""
    column = one.column or words("import.whole_row")
    cells = (str(one.row), column, one.value, one.reason)
    sentence = words("stock_desk.problem_line", row=one.row, column=column, value=one.value, reason=one.reason)
    return PersonRow(row_id, cells, sentence, "file-warning", "stop-text")


def count_rows(count: TrayCount, words: Words) -> Sequence[PersonRow]:
    """Differences first: astray, not read, missing; then what is where it should be."""
    return tuple(_count_rows(count, words))


def _count_rows(count: TrayCount, words: Words) -> Iterator[PersonRow]:
    for stray in count.unexpected:
        told = words("stock_desk.count.stray", why=stray_told(stray, words.lang))
        yield _difference(stray.permit, told, "triangle-alert", "warn-text")
    for place, answer in enumerate(count.unread):
        told = words(f"stock_desk.unread.{answer.refusal}")
        yield PersonRow(f"unread {place}", (answer.raw, "", told), f"{answer.raw}, {told}", "circle-help", "stop-text")
    for permit in count.missing:
        yield _difference(permit, words("stock_desk.count.missing"), "package-search", "tech-text")
    for permit in count.elsewhere:
        holder = holder_told(permit.moved_to, words.lang)
        yield _difference(permit, words("stock_desk.count.elsewhere", holder=holder), "info", "text-2")
    for permit in count.present:
        yield _difference(permit, words("stock_desk.count.present"), "circle-check", "ok-text")


def _difference(permit: Permit, told: str, icon: str, token: str) -> PersonRow:
    cells = (permit.name, permit.card_number, told)
    return PersonRow(permit.id, cells, ", ".join(cells), icon, token)
