"""Papers of the stock: bordereaux, the sign sheet of a day, labels of sleeves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from counter_app.domain.acts import ActKind
from counter_app.domain.custody import SAFE, same_desk
from counter_app.domain.handover_record import record_in
from counter_app.domain.permit import Permit, PermitState
from counter_app.domain.permit_listing import plain_tray
from counter_app.domain.told_apart import hours_on, other_hours
from counter_app.store import permit_rows
from counter_app.store.permit_rows import code_of
from counter_app.usecases.answers import Paper
from counter_app.usecases.bordereaux import find_bordereau
from counter_app.usecases.desk import Desk
from counter_app.usecases.find_permit import sought
from counter_app.usecases.stock import not_in_stock
from counter_app.usecases.stock_answers import Bordereau, SlipKind, SlipLine, StockAnswer

if TYPE_CHECKING:
    from counter_app.documents.facts import BordereauRow, SignSheetRow, SleeveLabel

_GONE = frozenset({PermitState.SENT_BACK, PermitState.POSTED, PermitState.DESTROYED})
"""Permits that nobody can come and sign for any more."""


def bordereau_page(desk: Desk, text: str) -> Paper | None:
    """A bordereau by its number or identity, as it was made; None when this desk does not know it."""
    from counter_app.documents.bordereau import bordereau
    from counter_app.documents.facts import BordereauFacts
    from counter_app.documents.paper_texts import label

    slip = find_bordereau(desk, text)
    if slip is None:
        return None
    to_safe = slip.kind is SlipKind.TRANSFER and same_desk(slip.recipient, SAFE)
    facts = BordereauFacts(
        site=desk.rules.name,
        address=desk.rules.address,
        number=slip.number,
        kind=slip.kind.value,
        made_at=datetime.fromisoformat(slip.made_at).astimezone(desk.rules.zone),
        desk=slip.desk,
        agent=slip.agent,
        reason=slip.reason,
        recipient=label("bordereau_safe") if to_safe else slip.recipient,
        rows=_slip_rows(desk, slip),
        voided=_voided(desk, slip),
        printed_at=desk.now(),
        training=desk.training,
    )
    return Paper(bordereau(facts), f"bordereau-{slip.number}.pdf")


def _voided(desk: Desk, slip: Bordereau) -> str:
    """When, by whom and why a bordereau was voided, as its paper says it; empty while it stands."""
    from counter_app.documents.paper_texts import FRENCH, day_words, hour_words, label, shortened

    if not slip.voided_at:
        return ""
    at = datetime.fromisoformat(slip.voided_at).astimezone(desk.rules.zone)
    when = {"day": day_words(FRENCH, at.date()), "hour": hour_words(FRENCH, at)}
    return label("bordereau_voided", agent=slip.voided_by, reason=shortened(slip.voided_reason), **when)


def _slip_rows(desk: Desk, slip: Bordereau) -> tuple["BordereauRow", ...]:
    from counter_app.documents.facts import BordereauRow

    with desk.looking() as connection:
        permits = permit_rows.by_ids(connection, [line.permit_id for line in slip.lines])
    return tuple(
        BordereauRow(
            card_number=line.card_number,
            name=line.name,
            foreign_number=line.foreign_number,
            kind=line.kind,
            note=_note(slip, line, permits.get(line.permit_id)),
        )
        for line in slip.lines
    )


def _note(slip: Bordereau, line: SlipLine, permit: Permit | None) -> str:
    """The tracking number of a parcel; else why this permit leaves, when it was told of it alone."""
    from counter_app.documents.paper_texts import label

    if slip.kind in (SlipKind.POST, SlipKind.TRANSFER):
        return line.tracking
    marks = permit.marks if permit else ()
    place = next((place for place, mark in enumerate(marks) if mark.text("slip") == slip.id), 0)
    told = next((mark for mark in reversed(marks[:place]) if mark.kind in _WHY), None)
    if told is None:
        return slip.reason
    field = told.text("field")
    return label("bordereau_fault", field=field) if field else told.text("reason") or slip.reason


_WHY = frozenset({ActKind.PERMIT_FAULTY, ActKind.PERMIT_TO_SEND_BACK})


def sign_sheet_page(desk: Desk, day: date) -> Paper:
    """The sign sheet of everybody convened on a day for a permit that is still here or was handed over."""
    from counter_app.documents.facts import SignSheetFacts
    from counter_app.documents.sign_sheet import sign_sheet

    facts = SignSheetFacts(
        site=desk.rules.name,
        day=day,
        rows=tuple(_sign_row(desk, one, day) for one in convened(desk, day)),
        document_numbers=desk.document_numbers,
        printed_at=desk.now(),
        training=desk.training,
    )
    return Paper(sign_sheet(facts), f"emargement-{day.isoformat()}.pdf")


def convened(desk: Desk, day: date) -> list[Permit]:
    """Permits of those expected on a day, by hour then name, were it at another hour that a message of ours gave; not
    those that left under a bordereau."""
    noon = datetime.combine(day, time(12), desk.rules.zone)
    with desk.looking() as connection:
        named = [*permit_rows.by_day(connection, day), *permit_rows.naming_day(connection, day)]
    expected = {one.id: one for one in named if one.state not in _GONE and hours_on(one, noon)}
    return sorted(expected.values(), key=lambda one: (hours_on(one, noon)[0], one.name, one.id))


def _sign_row(desk: Desk, permit: Permit, day: date) -> "SignSheetRow":
    from counter_app.documents.facts import SignSheetRow

    noon, left = datetime.combine(day, time(12), desk.rules.zone), permit.departure
    slot = hours_on(permit, noon)[0]
    told = (hour.astimezone(desk.rules.zone) for hour in (permit.slot, *other_hours(permit)) if hour)
    return SignSheetRow(
        slot=slot,
        also=tuple(hour for hour in told if hour != slot),
        name=permit.name,
        foreign_number=permit.foreign_number or permit.best("number_as_read") or "",
        record=record_in(left),
        handed_at=left.moment.astimezone(desk.rules.zone) if left else None,
        amount_due=permit.stamp_amount,
        contested=permit.disputed,
    )


def of_lot(desk: Desk, lot: str) -> list[Permit]:
    """Permits of a lot that are in the stock, by tray and rank: those whose sleeves get labels."""
    wanted = lot.strip().casefold()
    with desk.looking() as connection:
        permits = permit_rows.every(connection)
    return [one for one in permits if one.in_stock and wanted and (one.best("lot") or "").casefold() == wanted]


def named(desk: Desk, raws: Sequence[str]) -> list[StockAnswer]:
    """The permits of the stock meant by what was scanned or typed, one answer each; nothing is recorded."""
    with desk.looking() as connection:
        answers = [sought(connection, raw) for raw in raws]
    return [replace(one, refusal=not_in_stock(one.permit)) if one.permit else one for one in answers]


def label_page(desk: Desk, permits: Sequence[Permit], *, roll: bool = False) -> Paper:
    """Labels for the sleeves of these permits, in this order: sheets of 14, or a roll of 80 mm.

    Raises ValueError when there is none.
    """
    from counter_app.documents.sleeve_labels import sleeve_labels

    at = desk.now()
    pdf = sleeve_labels([_label(one) for one in permits], at, roll=roll, training=desk.training)
    return Paper(pdf, f"etiquettes-{at:%Y%m%d-%H%M%S}.pdf", roll=roll)


def trays_in_use(desk: Desk) -> list[str]:
    """Names of the trays that hold a permit, or should."""
    with desk.looking() as connection:
        return list(permit_rows.trays(connection))


def tray_page(desk: Desk, trays: Sequence[str], *, roll: bool = False) -> Paper:
    """Labels for these trays, in this order. Raises ValueError when there is none."""
    from counter_app.documents.tray_labels import tray_labels

    at = desk.now()
    wanted = list(dict.fromkeys(filter(None, map(plain_tray, trays))))
    pdf = tray_labels(wanted, desk.rules.name, at, roll=roll, training=desk.training)
    return Paper(pdf, f"etiquettes-bacs-{at:%Y%m%d-%H%M%S}.pdf", roll=roll)


def _label(permit: Permit) -> "SleeveLabel":
    from counter_app.documents.facts import SleeveLabel

    place = permit.place
    return SleeveLabel(
        code=code_of(permit),
        name=permit.name,
        card_number=permit.card_number,
        lot=permit.best("lot") or "",
        tray=place.tray if place else "",
        rank=place.rank or "" if place else "",
    )
