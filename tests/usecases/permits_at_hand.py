"""Permits as a lot brings them, at a desk of tests: received, shelved, convened."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.handover_draft import HandoverDraft, IdentityResult, OldDocument, Signature
from counter_app.domain.permit import Permit
from counter_app.domain.permit_listing import permit_id
from counter_app.store import permit_rows
from counter_app.usecases.desk import Desk
from counter_app.usecases.hand_over import stamp_shown
from tests.homes import AtDesk, moment

STAMP = "1234567890123456"
OTHER_STAMP = "9876543210987654"


def listing(card: str = "F5V9RY2WJ", **more: Json) -> dict[str, Json]:
    """What a lot says of one permit; keywords replace its usual values, None takes one away."""
    values: dict[str, Json] = {
        "source": "list",
        "exported_at": "2026-11-20T08:00:00+00:00",
        "card_number": card,
        "name": "SOW Aïssata",
        "foreign_number": "5912345678",
        "birth_date": "1991-07-04",
        "kind": "CST 1 an",
        "valid_from": "2026-10-24",
        "valid_to": "2027-10-24",
        "received_on": "2026-11-11",
        "lot": "IN-2611-1",
        "tray": "D",
        "rank": "78",
        "stamp_amount": 250,
        "phone": "+33612340001",
        "summoned_on": "2026-11-16",
        "slot": moment("9:20").isoformat(),
    }
    return {name: value for name, value in {**values, **more}.items() if value is not None}


def receive(desk: Desk, card: str = "F5V9RY2WJ", /, **more: Json) -> str:
    """A permit received at this desk; its identity."""
    identity = permit_id(desk.rules.site, card)
    with desk.gesture() as gesture:
        gesture.record(ActKind.PERMIT_RECEIVED, Subject(SubjectType.PERMIT, identity), listing(card, **more))
    return identity


def mark(desk: Desk, permit: str, kind: ActKind, /, **details: Json) -> str:
    """Something else that a desk did with it; the act."""
    with desk.gesture() as gesture:
        return gesture.record(kind, Subject(SubjectType.PERMIT, permit), details).act_id


def permit_of(desk: Desk, identity: str) -> Permit:
    with desk.looking() as connection:
        found = permit_rows.by_id(connection, identity)
    assert found is not None
    return found


def sleeve_of(desk: Desk, identity: str) -> str:
    """The code printed on its sleeve."""
    return permit_rows.code_of(permit_of(desk, identity))


def full_draft(desk: Desk, in_hand: str, /, stamp: str = STAMP, **more: object) -> HandoverDraft:
    """A page on which every line is done."""
    _reading, shown = stamp_shown(desk, stamp)
    assert shown is not None
    draft = HandoverDraft(
        sleeve=in_hand,
        identity_document="passport",
        identity_result=IdentityResult.MATCH,
        old_document=OldDocument(surrendered=True, what="recepisse"),
        stamps=(shown,),
        signature=Signature.PAPER,
    )
    return replace(draft, **more)  # type: ignore[arg-type]


@dataclass(slots=True)
class Stocked:
    """A desk with one permit ready for 9:20, at 9:15."""

    here: AtDesk
    identity: str

    @property
    def desk(self) -> Desk:
        return self.here.desk

    @property
    def permit(self) -> Permit:
        return permit_of(self.desk, self.identity)

    @property
    def sleeve(self) -> str:
        return sleeve_of(self.desk, self.identity)

    def draft(self, **more: object) -> HandoverDraft:
        return full_draft(self.desk, self.sleeve, **more)  # type: ignore[arg-type]

    def at(self, hour: str, days: int = 0) -> None:
        at = moment(hour)
        self.here.clock.at(hour, (at + timedelta(days=days)).date())

    def now(self) -> datetime:
        return self.desk.now()
