"""The pure fold of the acts about one permit.

It keeps what sources say (one register per source and value, the newest export that tells it wins) and the marks that
desks made, in the order of acts, each once: the same acts give the same permit whatever order they arrive in, and
however often.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from counter_app.domain.acts import UNREADABLE, VERSION, Act, ActKind, Author, Details, Json, device_of
from counter_app.domain.handover_attempts import WARNS
from counter_app.domain.permit import Permit
from counter_app.domain.permit_listing import LIST, PermitListing
from counter_app.domain.permit_marks import IN_HAND, KEPT, UNHEARD, Mark, absences, check


def apply(permit: Permit | None, act: Act) -> Permit | None:
    """The permit after one more act; one that this desk cannot read gives back the very same object."""
    if act.version > VERSION:
        return permit
    try:
        return _applied(permit, act)
    except UNREADABLE:
        return permit


def fold(acts: Iterable[Act]) -> Permit | None:
    """The permit that a set of acts tells of, in any order, with any repetition."""
    permit: Permit | None = None
    unique = {act.act_id: act for act in acts}
    for act in sorted(unique.values(), key=lambda act: act.order):
        permit = apply(permit, act)
    return permit


def _applied(permit: Permit | None, act: Act) -> Permit | None:
    now = permit or Permit(id=act.subject.id)
    if act.kind == ActKind.PERMIT_RECEIVED:
        return _read(now, PermitListing.read(act.details), act)
    if act.kind == ActKind.HANDOVER_ATTEMPTED:
        marks = (*now.marks, Mark.of(act)) if act.details.get(WARNS) is True else now.marks
        return replace(now, attempts=now.attempts + 1, marks=marks)
    if act.kind not in KEPT:
        return permit
    check(act)
    return replace(now, marks=(*now.marks, Mark.of(act)))


def _read(now: Permit, listing: PermitListing, act: Act) -> Permit:
    """The permit after a reception: one by a desk that knew nothing of the card may leave a mark."""
    told, marks = _received(now, listing, act.author), now.marks
    if act.details.get(IN_HAND) is True or act.details.get(UNHEARD) is True:
        marks = _readings(now, listing, act)
    held, brought = _listed(told), now.listed_by
    tells = listing.source == LIST and held is not None and not held.of_another(listing)
    if tells and (brought or act.details.get(UNHEARD) is True):
        brought = replace(Mark.of(act), details={})
    return replace(told, marks=marks, listed_by=brought)


def _readings(now: Permit, listing: PermitListing, act: Act) -> tuple[Mark, ...]:
    """The marks after one more reading of the card: each that was in hand, and lots where they tell another person."""
    read, held, brought = (
        [mark for mark in now.marks if mark.kind == ActKind.PERMIT_RECEIVED],
        _listed(now),
        now.listed_by,
    )
    lot: tuple[Mark, ...] = ()
    if held and brought and held.of_another(listing) and brought.act_id not in {mark.act_id for mark in read}:
        lot = (replace(brought, details=held.to_json()),)
    another = lot or any(PermitListing.from_json(mark.details).of_another(listing) for mark in read)
    return (*lot, *now.marks, Mark.of(act)) if another or act.details.get(IN_HAND) is True else now.marks


def _listed(permit: Permit) -> PermitListing | None:
    return next((one for one in permit.listings if one.source == LIST), None)


def _received(permit: Permit, listing: PermitListing, author: Author) -> Permit:
    current = {held.source: held for held in permit.listings}
    current[listing.source] = listing.after(current.get(listing.source))
    in_order = sorted(current.values(), key=lambda one: (one.exported_at, one.source))
    if permit.received_by is None:
        permit = replace(permit, received_by=author.desk, received_device=device_of(author.stream))
    return _still_came(permit, replace(permit, listings=tuple(in_order)))


def _still_came(before: Permit, permit: Permit) -> Permit:
    """A lot that brings again a card that left tells another stay of it: the day on which it first came remains."""
    left = before.departures or absences(before.marks)
    came = before.came_on or (before.received_on if left else None)
    return replace(permit, came_on=came if came != permit.received_on else None)


def to_json(permit: Permit) -> dict[str, Json]:
    """The whole state, as a projection keeps it."""
    more: dict[str, Json] = {"came_on": permit.came_on} if permit.came_on else {}
    more |= {"listed_by": permit.listed_by.to_json()} if permit.listed_by else {}
    return {
        "listings": [listing.to_json() for listing in permit.listings],
        "received_by": permit.received_by,
        "received_device": permit.received_device,
        "marks": [mark.to_json() for mark in permit.marks],
        "attempts": permit.attempts,
        **more,
    }


def from_json(subject_id: str, state: Mapping[str, Json]) -> Permit:
    """Read back what `to_json` wrote."""
    return Permit(
        id=subject_id,
        listings=tuple(PermitListing.from_json(values) for values in _list(state["listings"])),
        received_by=_text(state, "received_by"),
        received_device=_text(state, "received_device"),
        marks=tuple(Mark.from_json(values) for values in _list(state["marks"])),
        attempts=int(str(state["attempts"])),
        listed_by=next(map(Mark.from_json, _list([state.get("listed_by")])), None),
        came_on=_text(state, "came_on") if "came_on" in state else None,
    )


def _text(state: Mapping[str, Json], name: str) -> str | None:
    value = state[name]
    return None if value is None else str(value)


def _list(value: Json) -> list[Details]:
    assert isinstance(value, list)
    return [one for one in value if isinstance(one, dict)]
