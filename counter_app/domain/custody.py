"""Custody of a permit: one holder, a desk or the safe, moved by an offer of one side and a take of the other."""

from collections.abc import Iterable
from dataclasses import dataclass

from counter_app.domain.acts import ActKind
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
    offers: tuple[Offer, ...] = ()
    contested: bool = False

    def held_by(self, desk: str) -> bool:
        """Whether this desk holds the card."""
        return self.holder is not None and same_desk(self.holder, desk)

    def offered_to(self, desk: str) -> Offer | None:
        """The newest offer that this desk may take."""
        return next((offer for offer in reversed(self.offers) if same_desk(offer.to, desk)), None)


def same_desk(one: str, other: str) -> bool:
    """Two ways to write one desk's name."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def custody_after(first: str | None, marks: Iterable[Mark]) -> Custody:
    """Custody after the marks that stand, in order, from the desk that received the card."""
    now = Custody(first)
    for mark in marks:
        now = _after(now, mark)
    return now


def _after(now: Custody, mark: Mark) -> Custody:
    if mark.kind == ActKind.CUSTODY_OVERRIDDEN:
        return Custody(mark.text("to"))
    if mark.kind == ActKind.PERMIT_BACK_IN_STOCK:
        return Custody(mark.desk)
    if mark.kind == ActKind.CUSTODY_OFFERED and now.held_by(mark.text("from") or ""):
        offer = Offer(mark.act_id, mark.text("to") or "", mark.desk)
        return Custody(now.holder, (*now.offers, offer), now.contested)
    if mark.kind == ActKind.CUSTODY_TAKEN:
        taken = next((offer for offer in now.offers if offer.act_id == mark.text("offer")), None)
        return Custody(taken.to, (), now.contested) if taken else Custody(now.holder, now.offers, contested=True)
    return now
