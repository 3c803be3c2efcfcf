"""Custody of a permit: one holder, a desk or the safe, moved by an offer of one side and a take of the other."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from counter_app.domain.acts import ActKind, device_of
from counter_app.domain.permit_marks import Mark

SAFE = "safe"
"""The holder that is no desk."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Custody offered and not taken yet: it moves nothing."""

    act_id: str
    to: str
    by: str


@dataclass(frozen=True, slots=True)
class Custody:
    """Who holds the card, what is offered, and whether somebody took it from a desk that no longer held it."""

    holder: str | None = None
    """Name of the desk, or `safe`."""
    device: str | None = None
    """The device that stood at that desk: a desk that is given another name keeps what it holds."""
    offers: tuple[Offer, ...] = ()
    contested: bool = False

    def held_by(self, desk: str, stream: str = "") -> bool:
        """Whether the desk of this name holds the card, or the device of this stream under another name."""
        if self.holder is None:
            return False
        return same_desk(self.holder, desk) or (bool(stream) and device_of(stream) == self.device)

    def offered_to(self, desk: str) -> Offer | None:
        """The newest offer that this desk may take."""
        return next((offer for offer in reversed(self.offers) if same_desk(offer.to, desk)), None)


def same_desk(one: str, other: str) -> bool:
    """Two ways to write one desk's name."""
    return desk_key(one) == desk_key(other)


def desk_key(name: str) -> str:
    """The name of a desk, the same however it is typed."""
    return " ".join(name.split()).casefold()


def custody_after(first: Custody, marks: Iterable[Mark]) -> Custody:
    """Custody after the marks that stand, in order, from the desk that received the card."""
    now = first
    for mark in marks:
        now = _after(now, mark)
    return now


def _after(now: Custody, mark: Mark) -> Custody:
    if mark.kind == ActKind.CUSTODY_OVERRIDDEN:
        return Custody(mark.text("to"), device_of(mark.stream))
    if mark.kind == ActKind.PERMIT_BACK_IN_STOCK:
        return Custody(mark.desk, device_of(mark.stream))
    if mark.kind == ActKind.CUSTODY_OFFERED and now.held_by(mark.text("from") or ""):
        offer = Offer(mark.act_id, mark.text("to") or "", mark.desk)
        return replace(now, offers=(*now.offers, offer))
    if mark.kind == ActKind.CUSTODY_TAKEN:
        taken = next((offer for offer in now.offers if offer.act_id == mark.text("offer")), None)
        if taken is None:
            return replace(now, contested=True)
        return Custody(taken.to, None if taken.to == SAFE else device_of(mark.stream), contested=now.contested)
    return now
