"""Acts: who did what, where and when. The journal holds nothing else and everything else is folded from it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeAlias

GENESIS = "0" * 64
"""What the first act of a stream names as its predecessor."""

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


class ActKind(StrEnum):
    """Every kind of act this version writes. Other kinds come from newer desks: kept and shown, never dropped."""

    HOME_OPENED = "home_opened"
    SETTING_CHANGED = "setting_changed"
    LIST_IMPORTED = "list_imported"
    ROW_SET_ASIDE = "row_set_aside"
    ROW_REPAIRED = "row_repaired"
    CONVOCATION_LISTED = "convocation_listed"
    CONVOCATION_VANISHED = "convocation_vanished"
    NUMBER_CONFIRMED = "number_confirmed"
    INSTRUCTION_GIVEN = "instruction_given"
    CHECKED_IN = "checked_in"
    ARRIVAL_UNDONE = "arrival_undone"
    ARRIVAL_ATTEMPTED = "arrival_attempted"
    SCAN_UNKNOWN = "scan_unknown"
    RECEIPT_ISSUED = "receipt_issued"
    RECEIPT_PRINTED = "receipt_printed"


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

    @property
    def order(self) -> tuple[int, str, str]:
        """The one total order every desk agrees on, whatever order acts arrive in."""
        return (self.clock, self.author.stream, self.act_id)


def canonical(value: object) -> str:
    """The one way to write JSON: sorted keys, no blanks, accents as they are. Digests and comparisons rely on it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of_details(salt: str, details: str) -> str:
    """Digest of the salted details: once retention erased both, the chain still verifies and nothing can be guessed."""
    return hashlib.sha256(f"{salt}\n{details}".encode()).hexdigest()


def digest_of_act(act: Act, details_digest: str) -> str:
    """Link of the stream's chain: metadata, the digest of the details, and the previous link."""
    author = act.author
    parts = (
        act.prev,
        act.act_id,
        author.site,
        author.stream,
        str(act.seq),
        author.desk,
        author.agent,
        act.at.isoformat(),
        str(act.clock),
        act.kind,
        str(act.version),
        act.subject.type,
        act.subject.id,
        details_digest,
    )
    # Lengths first: no value can pretend to be two values, whatever it holds.
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()
