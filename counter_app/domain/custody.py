"""Custody of a permit: one holder, a desk or the safe, moved by an offer of one side and a take of the other.

A desk that took the card by an offer that stood no more, unknown to it, says that it has the card too: until a
supervisor has answered, or agreed to an override, nobody holds it for certain.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from counter_app.domain.acts import ActKind, device_of
from counter_app.domain.permit_marks import Mark, names

SAFE = "safe"
"""The holder that is no desk."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Custody offered and not taken yet: it moves nothing."""

    act_id: str
    to: str
    by: str


class Claim(NamedTuple):
    """A desk, or the safe, that took the card by an offer that stood no more."""

    by: str
    acts: tuple[str, ...]
    """Its taking, and what contradicts that."""


@dataclass(frozen=True, slots=True)
class Custody:
    """Who holds the card, what is offered, and who else says that they have it."""

    holder: str | None = None
    """Name of the desk, or `safe`; where the card is `contested`, the one of those `between` whom it falls back to."""
    device: str | None = None
    """The device that stood at that desk: a desk that is given another name keeps what it holds."""
    offers: tuple[Offer, ...] = ()
    since: str = ""
    """The act by which it is held; empty for the desk that received the card."""
    claims: tuple[Claim, ...] = ()

    @property
    def contested(self) -> bool:
        """Whether desks that were apart say that they have the card, each of them."""
        return bool(self.claims)

    @property
    def between(self) -> tuple[str, ...]:
        """Who says so: nobody when it is not contested."""
        told = (self.holder or "", *(one.by for one in self.claims))
        return tuple({desk_key(name): name for name in reversed(told)}.values())[::-1] if self.claims else ()

    def held_by(self, desk: str, stream: str = "") -> bool:
        """Whether the desk of this name holds the card, or the device of this stream under another name: nobody does
        for certain while it is contested."""
        if self.holder is None or self.contested:
            return False
        return same_desk(self.holder, desk) or (bool(stream) and device_of(stream) == self.device)

    def offered_to(self, desk: str) -> Offer | None:
        """The newest offer that this desk may take."""
        offers = () if self.contested else self.offers
        return next((offer for offer in reversed(offers) if same_desk(offer.to, desk)), None)


def same_desk(one: str, other: str) -> bool:
    """Two ways to write one desk's name."""
    return desk_key(one) == desk_key(other)


def desk_key(name: str) -> str:
    """The name of a desk, the same however it is typed."""
    return " ".join(name.split()).casefold()


def custody_after(first: Custody, marks: Sequence[Mark]) -> Custody:
    """Custody after the marks that stand, in order, from the desk that received the card."""
    now = first
    for mark in marks:
        now = _after(now, mark, marks)
    return now


def _after(now: Custody, mark: Mark, marks: Sequence[Mark]) -> Custody:
    match mark.kind:
        case ActKind.CUSTODY_OVERRIDDEN:
            return Custody(mark.text("to"), device_of(mark.stream), since=mark.act_id)
        case ActKind.PERMIT_BACK_IN_STOCK:
            return Custody(mark.desk, device_of(mark.stream), since=mark.act_id)
        case ActKind.CUSTODY_OFFERED if same_desk(now.holder or "", mark.text("from") or ""):
            offer = Offer(mark.act_id, mark.text("to") or "", mark.desk)
            return replace(now, offers=(*now.offers, offer))
        case ActKind.CUSTODY_TAKEN:
            return _taken(now, mark, marks)
        case _:
            return now


def _taken(now: Custody, take: Mark, marks: Sequence[Mark]) -> Custody:
    """By an offer that stands, or as a supervisor answered; else one more desk says that it has the card."""
    offer = next((offer for offer in now.offers if offer.act_id == take.text("offer")), None)
    to = offer.to if offer else take.text("to") or take.desk
    if offer or _kept(take, marks):
        device = None if to == SAFE else device_of(take.stream)
        return Custody(to, device, since=take.act_id, claims=now.claims)
    if same_desk(now.holder or "", to):
        return now
    withdrawn = [one.act_id for one in marks if one.kind == ActKind.CUSTODY_UNDONE and names(one, take.text("offer"))]
    against = withdrawn or [now.since] * bool(now.since)
    return replace(now, claims=(*now.claims, Claim(to, (*against, take.act_id))))


def _kept(take: Mark, marks: Iterable[Mark]) -> bool:
    return any(one.kind == ActKind.CUSTODY_SETTLED and one.text("kept") == take.act_id for one in marks)
