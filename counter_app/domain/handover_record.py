"""What a handover was, told truly: who came, what was shown, taken back, paid and signed, and what was gone beyond.

These are the details of the act `permit_handed_over`: the journal, the receipt and the screens all read them here, so
that a paper never says « verified » when it was not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.acts import UNREADABLE, ActKind, Json
from counter_app.domain.handover import HandoverDecision
from counter_app.domain.handover_attempts import SCANNED
from counter_app.domain.handover_checklist import amount_due
from counter_app.domain.handover_draft import (
    BY_HAND,
    SIGNED,
    Collector,
    HandoverDraft,
    IdentityResult,
    Line,
    OldDocument,
    Signature,
    StampShown,
    last_characters,
)
from counter_app.domain.handover_obstacles import sleeve_scanned
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import Mark


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a supervisor agreed to go beyond, and why."""

    reason: str
    approved_by: str
    lifted: tuple[str, ...]
    """Slugs of the verdicts gone beyond."""
    notes: tuple[str, ...] = ()
    """What kept the card here, where the slug alone does not tell: `held`, `to_send_back`, `validity_over`."""


@dataclass(frozen=True, slots=True)
class HandoverRecord:
    """One handover as it was recorded. Empty texts and None are things that were not done, not shown or not known."""

    sleeve: str
    """`scanned` or `by_hand`."""
    identity_document: str
    identity_result: IdentityResult | None
    identity_number: str
    """Last characters of the number, when it was read or the agent wrote it."""
    identity_read_by: str
    collector: Collector
    collector_name: str
    collector_relation: str
    medical_certificate: bool
    slot: datetime | None
    """The hour the person was convened for."""
    old_document: OldDocument | None
    stamps: tuple[StampShown, ...]
    amount_due: int | None
    amount_reason: str
    """Why the agent changed what the list says."""
    exempt: str
    signature: Signature | None
    signature_ink: str
    chip_checked: bool
    read_through: bool
    offline: bool
    chips: tuple[str, ...]
    """Slugs of what else was true: closing soon, late, offline…"""
    asked: tuple[Line, ...]
    """Required lines of the checklist that day."""
    agreed: Agreed | None

    @property
    def signed(self) -> bool:
        return self.signature in SIGNED

    @property
    def verified(self) -> bool:
        """Whether a document was shown and matched: only then may a paper say so."""
        return bool(self.identity_document) and self.identity_result is IdentityResult.MATCH

    def to_json(self) -> dict[str, Json]:
        """Details of the act. The number of a stamp is not among them: last digits and keyed digest only."""
        return {
            "sleeve": self.sleeve,
            "identity": {
                "document": self.identity_document,
                "result": self.identity_result.value if self.identity_result else None,
                "number": self.identity_number,
                "read_by": self.identity_read_by,
            },
            "collector": {
                "capacity": self.collector.value,
                "name": self.collector_name,
                "relation": self.collector_relation,
                "medical_certificate": self.medical_certificate,
            },
            "slot": self.slot.isoformat() if self.slot else None,
            "old_document": _old_json(self.old_document),
            "stamp": {
                "due": self.amount_due,
                "due_reason": self.amount_reason,
                "exempt": self.exempt,
                "shown": [{"last": one.last, "digest": one.digest, "amount": one.amount} for one in self.stamps],
            },
            "signature": {"how": self.signature.value if self.signature else None, "ink": self.signature_ink},
            "chip_checked": self.chip_checked,
            "read_through": self.read_through,
            "offline": self.offline,
            "chips": list(self.chips),
            "asked": [line.value for line in self.asked],
            "override": _agreed_json(self.agreed),
        }

    @staticmethod
    def from_json(details: Mapping[str, Json]) -> "HandoverRecord":
        """Read back what `to_json` wrote; raises one of `UNREADABLE` when details were erased or say something else."""
        identity, collector = _part(details, "identity"), _part(details, "collector")
        stamp, signature = _part(details, "stamp"), _part(details, "signature")
        slot, result, how = details["slot"], identity["result"], signature["how"]
        return HandoverRecord(
            sleeve=str(details["sleeve"]),
            identity_document=str(identity["document"]),
            identity_result=IdentityResult(str(result)) if result else None,
            identity_number=str(identity["number"]),
            identity_read_by=str(identity["read_by"]),
            collector=Collector(str(collector["capacity"])),
            collector_name=str(collector["name"]),
            collector_relation=str(collector["relation"]),
            medical_certificate=collector["medical_certificate"] is True,
            slot=datetime.fromisoformat(str(slot)) if slot else None,
            old_document=_old(details["old_document"]),
            stamps=_stamps(stamp["shown"]),
            amount_due=_euros(stamp["due"]),
            amount_reason=str(stamp["due_reason"]),
            exempt=str(stamp["exempt"]),
            signature=Signature(str(how)) if how else None,
            signature_ink=str(signature["ink"]),
            chip_checked=details["chip_checked"] is True,
            read_through=details["read_through"] is True,
            offline=details["offline"] is True,
            chips=tuple(map(str, _list(details["chips"]))),
            asked=tuple(Line(str(line)) for line in _list(details["asked"])),
            agreed=_agreed(details["override"]),
        )


def record_of(
    permit: Permit, draft: HandoverDraft, decision: HandoverDecision, *, offline: bool, agreed: Agreed | None
) -> HandoverRecord:
    """The record of a handover that was decided: what the draft says, no more."""
    return HandoverRecord(
        sleeve=sleeve_told(permit, draft),
        identity_document=draft.identity_document,
        identity_result=draft.identity_result,
        identity_number=last_characters(draft.identity_number),
        identity_read_by=draft.identity_read_by,
        collector=draft.collector,
        collector_name=draft.collector_name.strip(),
        collector_relation=draft.collector_relation.strip(),
        medical_certificate=draft.medical_certificate,
        slot=permit.slot,
        old_document=draft.old_document,
        stamps=draft.distinct_stamps,
        amount_due=amount_due(permit, draft),
        amount_reason=draft.amount_reason.strip(),
        exempt=draft.exempt.strip(),
        signature=draft.signature,
        signature_ink=draft.signature_ink,
        chip_checked=draft.chip_checked,
        read_through=draft.read_through,
        offline=offline,
        chips=tuple(chip.value for chip in (decision.verdict, *decision.chips)),
        asked=tuple(one.line for one in decision.lines if one.required),
        agreed=agreed,
    )


def sleeve_told(permit: Permit, draft: HandoverDraft) -> str:
    """`scanned` when the reader saw this very sleeve, `by_hand` when the agent says so, else empty."""
    return SCANNED if sleeve_scanned(permit, draft) else BY_HAND if draft.sleeve == BY_HAND else ""


def record_in(mark: Mark | None) -> HandoverRecord | None:
    """The record that a mark of the permit holds; None when it is no handover, or its details were erased."""
    if mark is None or mark.kind != ActKind.PERMIT_HANDED_OVER:
        return None
    try:
        return HandoverRecord.from_json(mark.details)
    except UNREADABLE:
        return None


def stamps_in(mark: Mark) -> tuple[StampShown, ...]:
    """Stamps spent at a handover; none when what was said of them cannot be read."""
    if mark.kind != ActKind.PERMIT_HANDED_OVER:
        return ()
    try:
        return _stamps(_part(mark.details, "stamp")["shown"])
    except UNREADABLE:
        return ()


def _part(details: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    part = details[name]
    if not isinstance(part, dict):
        raise TypeError(f"{name} holds values")
    return part


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return value


def _euros(value: Json) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise TypeError("an amount is whole euros")


def _stamps(value: Json) -> tuple[StampShown, ...]:
    parts = [one for one in _list(value) if isinstance(one, dict)]
    return tuple(StampShown(str(one["last"]), str(one["digest"]), _euros(one["amount"])) for one in parts)


def _old_json(old: OldDocument | None) -> Json:
    return {"surrendered": old.surrendered, "what": old.what, "reason": old.reason.strip()} if old else None


def _old(value: Json) -> OldDocument | None:
    if not isinstance(value, dict):
        return None
    return OldDocument(value["surrendered"] is True, str(value["what"]), str(value["reason"]))


def _agreed_json(agreed: Agreed | None) -> Json:
    if agreed is None:
        return None
    told: dict[str, Json] = {"reason": agreed.reason, "approved_by": agreed.approved_by, "lifted": list(agreed.lifted)}
    return {**told, "notes": list(agreed.notes)} if agreed.notes else told


def _agreed(value: Json) -> Agreed | None:
    if not isinstance(value, dict):
        return None
    lifted, notes = _list(value["lifted"]), _list(value.get("notes", []))
    return Agreed(str(value["reason"]), str(value["approved_by"]), tuple(map(str, lifted)), tuple(map(str, notes)))
