"""Rows of summonses: who, the hour, how they are reached, and what is to be done."""

from datetime import datetime, tzinfo

from counter_app.documents.paper_texts import FRENCH, language
from counter_app.domain.acts import ActKind
from counter_app.domain.permit import Permit
from counter_app.domain.phone import read_phone, takes_messages
from counter_app.domain.summons import slot_was_missed
from counter_app.domain.work_items import WorkItemKind
from counter_app.telling.stock import place_told, validity_told
from counter_app.ui.screens.summons.state import SummonsState, Tab
from counter_app.ui.widgets.people_table import Column, PersonRow
from counter_app.usecases.summon import Missed
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import hour, long_date, short_date
from counter_app.wording.numbers import masked_phone


def columns(words: Words) -> tuple[Column, ...]:
    """Name, since when, hour, telephone, what is to be done."""
    widths = {"name": 23, "slot": 18, "place": 10, "phone": 12, "language": 22}
    titles = ((name, words(f"summons_desk.columns.{name}"), letters) for name, letters in widths.items())
    return tuple(Column(title, letters, spare=name in ("place", "phone")) for name, title, letters in titles)


def row_of(permit: Permit, state: SummonsState, zone: tzinfo, words: Words) -> PersonRow:
    """One person."""
    slot = state.slot_of(permit)
    when = slot_told(slot, zone, words) if slot else words("summons_desk.no_hour")
    last, icon, token = _last(permit, state, words)
    phone = masked_phone(permit.phone) if permit.phone else words("summons_desk.no_phone")
    cells = (permit.name, when, place_told(permit, words.lang), phone, last)
    titles = (column.title for column in columns(words))
    sentence = ", ".join(f"{title} {cell}" for title, cell in zip(titles, cells, strict=True) if cell)
    return PersonRow(permit.id, cells, sentence, icon, token)


def slot_told(slot: datetime, zone: tzinfo, words: Words) -> str:
    """« mardi 01/12, 9 h 20 »: the year is that of everybody's calendar."""
    here = slot.astimezone(zone)
    return f"{long_date(here.date(), words.lang).partition(' ')[0]} {here:%d/%m}, {hour(here, words.lang)}"


def _last(permit: Permit, state: SummonsState, words: Words) -> tuple[str, str, str]:
    if state.is_over(permit):
        return validity_told(permit, words.lang), "calendar-x", "stop-text"
    if state.tab is Tab.MISSED:
        return _missed(permit, state, words)
    if state.tab is Tab.NOT_ABSENT:
        return words(f"summons_desk.apart_short.{state.why_apart(permit)}"), "info", "text-2"
    if state.tab is Tab.TO_SEND and (why := state.held(permit)):
        return _held(why, words)
    if state.tab is Tab.TO_SEND and (doubt := _doubt(permit, ActKind.SUMMONS_SENT, state, words)):
        return doubt
    if not _reachable(permit) and permit.id not in state.addresses:
        return words("summons_desk.by_letter"), "mail", "warn-text"
    by_email = words("summons_desk.by_email") if permit.id in state.addresses else ""
    code = state.language_of(permit) if state.tab is Tab.WAITING else _code(permit, state)
    spoken = language(code).name
    said = f"{by_email} · {spoken}" if by_email else spoken
    if permit.stamp_amount is None:
        return f"{said} · {words('summons_desk.no_amount')}", "stamp", "warn-text"
    icon = "at-sign" if by_email else "languages" if code != FRENCH else "phone"
    return said, icon, "text-2"


def _code(permit: Permit, state: SummonsState) -> str:
    messages = state.look.ready.messages if state.look else ()
    return next((message.language for one, message in messages if one.id == permit.id), FRENCH)


def _missed(permit: Permit, state: SummonsState, words: Words) -> tuple[str, str, str]:
    told = permit.missed_told(permit.slot) if permit.slot else None
    if told:
        return words("summons_desk.told_on", day=short_date(told.moment.date())), "check", "text-2"
    if not slot_was_missed(permit):
        return words("summons_desk.not_noted"), "calendar-x", "warn-text"
    if doubt := _doubt(permit, ActKind.MISSED_TOLD, state, words):
        return doubt
    if why := state.held(permit):
        return _held(why, words)
    alone = not _reachable(permit) and permit.id not in state.addresses
    return words("summons_desk.noted_by_letter" if alone else "summons_desk.noted"), "mail", "warn-text"


def _held(why: WorkItemKind, words: Words) -> tuple[str, str, str]:
    """That the message waits for a conflict to be settled."""
    return words(f"summons_desk.held_short.{why.value}"), "git-merge-conflict", "stop-text"


def _doubt(permit: Permit, kind: ActKind, state: SummonsState, words: Words) -> tuple[str, str, str] | None:
    """That a message may have left already, until an address given anew says that it leaves once more."""
    mark = permit.maybe_told(kind)
    if mark is None or permit.id in state.addresses:
        return None
    return words("summons_desk.maybe_sent_on", day=short_date(mark.moment.date())), "at-sign", "warn-text"


def _reachable(permit: Permit) -> bool:
    phone = read_phone(permit.phone or "")
    return phone is not None and takes_messages(phone)


def then_told(one: Missed, words: Words) -> str:
    """What the site's notice prescribes for somebody who did not come."""
    return words(f"summons_desk.then.{one.then.value}", contact=one.contact)
