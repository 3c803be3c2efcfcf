"""Shapes of permits. Keys are a contract, listed in docs/cli.md: add, never rename or remove."""

from counter_app.cli.shapes import Shape
from counter_app.domain.permit import Permit
from counter_app.domain.told_apart import holders_apart, other_hours
from counter_app.store.permit_rows import code_of
from counter_app.wording.numbers import masked_phone


def permit(one: Permit) -> Shape:
    """One permit, as every verb about permits shows it."""
    place, slot, left = one.place, one.slot, one.departure
    return {
        "code": code_of(one),
        "card_number": one.card_number,
        "foreign_number": one.foreign_number,
        "number_as_read": one.best("number_as_read"),
        "name": one.name,
        "holders": [
            {"name": read.text("name"), "foreign_number": read.text("foreign_number") or read.text("number_as_read")}
            for read in holders_apart(one)
        ],
        "birth_date": one.best("birth_date"),
        "kind": one.best("kind"),
        "valid_from": one.best("valid_from"),
        "valid_to": one.best("valid_to"),
        "state": one.state.value,
        "tray": place.tray if place else None,
        "rank": place.rank if place else None,
        "place_scanned": place.scanned if place else None,
        "custody": None if one.custody.contested else one.custody.holder,
        "custody_between": list(one.custody.between),
        "offered_to": [offer.to for offer in one.custody.offers],
        "slot": slot.isoformat() if slot else None,
        "told_otherwise": [hour.isoformat() for hour in other_hours(one)],
        "summoned_on": one.summoned_on,
        "missed_slots": list(one.missed_slots),
        "received_on": one.received_on,
        "lot": one.best("lot"),
        "stamp_amount": one.stamp_amount,
        "phone": masked_phone(one.phone) if one.phone else None,
        "hold": one.hold,
        "fault": one.fault,
        "left_at": left.at if left else None,
        "bordereau": left.text("bordereau") if left else None,
    }
