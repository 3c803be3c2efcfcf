"""Acts: who did what, where and when. The journal holds nothing else and everything else is folded from it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias

GENESIS = "0" * 64
"""What the first act of a stream names as its predecessor."""

VERSION = 1
"""Newest form of acts that this version writes and reads; a newer one is kept, and changes nothing here."""

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)
"""What reading details raises when they were erased by retention, or written wrong by another desk."""

Json: TypeAlias = "None | bool | int | str | list[Json] | dict[str, Json]"
Details: TypeAlias = Mapping[str, Json]


class SubjectType(StrEnum):
    """What an act can be about."""

    HOME = "home"
    SETTING = "setting"
    LIST = "list"
    ROW = "row"
    CONVOCATION = "convocation"
    RECEIPT = "receipt"
    SCAN = "scan"
    ORIENTATION = "orientation"
    PERMIT = "permit"
    LOT = "lot"
    TRAY_COUNT = "tray_count"
    BORDEREAU = "bordereau"
    WORK_ITEM = "work_item"
    DAY = "day"
    VISIT = "visit"


class ActKind(StrEnum):
    """Every kind of act this version writes. Other kinds come from newer desks: kept and shown, never dropped."""

    HOME_OPENED = "home_opened"
    HOME_RECOVERED = "home_recovered"
    HOME_RESUMED = "home_resumed"
    SETTING_CHANGED = "setting_changed"
    LIST_BEGUN = "list_begun"
    LIST_IMPORTED = "list_imported"
    LIST_UNDONE = "list_undone"
    ROW_SET_ASIDE = "row_set_aside"
    ROW_REPAIRED = "row_repaired"
    ROW_CLOSED = "row_closed"
    CONVOCATION_LISTED = "convocation_listed"
    CONVOCATION_VANISHED = "convocation_vanished"
    CONVOCATION_WITHDRAWN = "convocation_withdrawn"
    NUMBER_CONFIRMED = "number_confirmed"
    INSTRUCTION_GIVEN = "instruction_given"
    CHECKED_IN = "checked_in"
    ARRIVAL_UNDONE = "arrival_undone"
    ARRIVALS_SETTLED = "arrivals_settled"
    LISTINGS_SETTLED = "listings_settled"
    ARRIVAL_ATTEMPTED = "arrival_attempted"
    SCAN_UNKNOWN = "scan_unknown"
    NOTE_SETTLED = "note_settled"
    ORIENTED = "oriented"
    ORIENTATION_UNDONE = "orientation_undone"
    RECEIPT_ISSUED = "receipt_issued"
    RECEIPT_PRINTED = "receipt_printed"
    RECEIPT_HELD = "receipt_held"
    LOT_RECEIVED = "lot_received"
    PERMIT_RECEIVED = "permit_received"
    PERMIT_SHELVED = "permit_shelved"
    PERMIT_TO_LOCATE = "permit_to_locate"
    PERMIT_FOUND = "permit_found"
    PERMIT_HELD = "permit_held"
    PERMIT_RELEASED = "permit_released"
    PERMIT_FAULTY = "permit_faulty"
    PERMIT_TO_SEND_BACK = "permit_to_send_back"
    PERMIT_SENT_BACK = "permit_sent_back"
    PERMIT_POSTED = "permit_posted"
    PERMIT_DESTROYED = "permit_destroyed"
    PERMIT_BACK_IN_STOCK = "permit_back_in_stock"
    STOCK_UNDONE = "stock_undone"
    TRAY_COUNTED = "tray_counted"
    BORDEREAU_MADE = "bordereau_made"
    CUSTODY_OFFERED = "custody_offered"
    CUSTODY_TAKEN = "custody_taken"
    CUSTODY_OVERRIDDEN = "custody_overridden"
    CUSTODY_UNDONE = "custody_undone"
    CUSTODY_SETTLED = "custody_settled"
    BORDEREAU_VOIDED = "bordereau_voided"
    LOT_ROW_REPAIRED = "lot_row_repaired"
    PERMIT_SUMMONED = "permit_summoned"
    SUMMONS_SENT = "summons_sent"
    PHONE_CHANGED = "phone_changed"
    SLOT_MISSED = "slot_missed"
    SLOT_MOVED = "slot_moved"
    MISSED_TOLD = "missed_told"
    MESSAGE_DOUBTFUL = "message_doubtful"
    SUMMONS_UNDONE = "summons_undone"
    SUMMONS_SETTLED = "summons_settled"
    HOLDER_SETTLED = "holder_settled"
    PERMIT_HANDED_OVER = "permit_handed_over"
    HANDOVER_UNDONE = "handover_undone"
    HANDOVER_ATTEMPTED = "handover_attempted"
    HANDOVER_CONTESTED = "handover_contested"
    DISPUTE_SETTLED = "dispute_settled"
    DEPARTURE_SETTLED = "departure_settled"
    WORK_ITEM_SETTLED = "work_item_settled"
    DAY_CLOSED = "day_closed"
    VISIT_OPENED = "visit_opened"
    VISIT_PRIORITISED = "visit_prioritised"
    VISIT_CALLED = "visit_called"
    VISIT_RECALLED = "visit_recalled"
    VISIT_PRESENT = "visit_present"
    VISIT_ABSENT = "visit_absent"
    VISIT_PARKED = "visit_parked"
    VISIT_UNPARKED = "visit_unparked"
    VISIT_TRANSFERRED = "visit_transferred"
    SERVICE_BEGUN = "service_begun"
    SERVICE_FINISHED = "service_finished"
    VISIT_LEFT = "visit_left"
    VISIT_UNDONE = "visit_undone"


class Subject(NamedTuple):
    """What an act is about."""

    type: str
    id: str


@dataclass(frozen=True, slots=True)
class Author:
    """Who signs, and where the device stands."""

    site: str
    stream: str
    """Device and incarnation, `device:incarnation`: one contiguous numbering, see sync."""
    desk: str
    agent: str


def device_of(stream: str) -> str:
    """The device of a stream, the same in every incarnation: a recovery makes no other desk of it."""
    return stream.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Act:
    """One signed fact. `clock` is the hybrid clock (order), `at` the desk's own wall time (truth of the gesture)."""

    act_id: str
    author: Author
    seq: int
    at: datetime
    clock: int
    kind: str
    version: int
    subject: Subject
    details: Details
    salt: str
    prev: str
    details_digest: str = field(default="")
    digest: str = field(default="")
    text: str = field(default="", repr=False, compare=False)
    """The details in canonical JSON, on an act that this desk has just written."""

    @property
    def order(self) -> tuple[int, str, str]:
        """The one total order every desk agrees on, whatever order acts arrive in."""
        return (self.clock, self.author.stream, self.act_id)


def canonical(value: object) -> str:
    """The one way to write JSON: sorted keys, no blanks, accents as they are. Digests and comparisons rely on it."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of_details(salt: str, details: str) -> str:
    """Digest of the salted details: once retention erased both, the chain still verifies and nothing can be guessed."""
    return hashlib.sha256(f"{salt}\n{details}".encode()).hexdigest()


LINKED = (
    *("prev", "act_id", "site", "stream", "seq", "desk", "agent", "at"),
    *("clock", "kind", "version", "subject_type", "subject_id", "details_digest"),
)
"""What a link of the chain covers, in its order: the columns of the journal as they are stored."""


def digest_of_link(values: Iterable[object]) -> str:
    """Digest of the values that `LINKED` names, as the journal stores them."""
    # Lengths first: no value can pretend to be two values, whatever it holds.
    return hashlib.sha256("".join([f"{len(part)}:{part}" for part in map(str, values)]).encode()).hexdigest()
