"""What use cases answer: frozen values that cross threads. A refusal is an answer, never an exception."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from counter_app.domain.convocation import Convocation
from counter_app.domain.permit_marks import Mark
from counter_app.domain.recorded_arrival import Arrival
from counter_app.domain.verdict import FAMILY, RECORDS_ARRIVAL, Family, Verdict
from counter_app.imports.listed import DUPLICATE_ROW
from counter_app.usecases.scanned_paper import ScannedPaper


@dataclass(frozen=True, slots=True)
class IssuedReceipt:
    """A receipt of a gesture: own number, own code, own count of copies."""

    id: str
    number: str
    code: str
    kind: str
    """One of `ReceiptKind`."""
    ticket: str
    """Waiting number called in the hall, such as « A 042 »."""
    convocation_id: str
    issued_at: datetime
    desk: str
    agent: str
    copies: int = 0
    """Papers made so far: 1 for the original, one more for each reprint."""
    undone: bool = False
    arrival: str = ""
    """Act of the arrival that the paper proves."""


class Certainty(StrEnum):
    """How sure it is that an arrival shown as recorded still stands, and that one not shown was not recorded."""

    THIS_DESK = "this_desk"
    """Recorded here; or this desk is alone."""
    VERIFIED = "verified"
    """As every desk that reached the central told it, a moment ago."""
    UNSURE = "unsure"
    """As it stood when this desk last reached the central."""


@dataclass(frozen=True, slots=True)
class OpenElsewhere:
    """Somebody has the same file open at another desk."""

    desk: str
    agent: str
    since: datetime


@dataclass(frozen=True, slots=True)
class ArrivalAnswer:
    """Answer to a presented code, number or chosen person."""

    verdict: Verdict
    at: datetime
    raw: str = ""
    """What was read, only for showing it back; it is never stored when it does not parse."""
    convocation: Convocation | None = None
    matches: tuple[Convocation, ...] = ()
    """The people it could be, when there are several."""
    chips: tuple[Verdict, ...] = ()
    notes: tuple[str, ...] = ()
    """Stable words of lines under the verdict: `absent_from_list`, `homonyms`, `layout_repaired`…"""
    figures: dict[str, int] = field(default_factory=dict)
    """Numbers its sentence needs: `n`, `limit`, `age`, `homonyms`."""
    first: Arrival | None = None
    """The arrival already recorded, when there is one."""
    receipt: IssuedReceipt | None = None
    recorded: bool = False
    """True when this answer recorded the arrival itself."""
    list_imported_at: datetime | None = None
    """How fresh the day's list is on this desk; None when no list of the day was ever imported."""
    next_opening: datetime | None = None
    paper: ScannedPaper | None = None
    """What was scanned, when it was a paper rather than a code."""
    verified_at: datetime | None = None
    """When this desk and the central last held the same; None: never, or this desk is alone."""
    certainty: Certainty = Certainty.THIS_DESK
    elsewhere: OpenElsewhere | None = None
    """Who has the file open at another desk."""
    permit_left: Mark | None = None
    """How the last permit of a number that is nobody's here left: to its holder, or by which bordereau."""

    @property
    def family(self) -> Family:
        """Family of the verdict: colour, shape, word, sound."""
        return FAMILY[self.verdict]

    @property
    def would_record(self) -> bool:
        """Whether the first action of this verdict records the arrival."""
        return self.verdict in RECORDS_ARRIVAL


@dataclass(frozen=True, slots=True)
class Override:
    """Why an arrival is recorded although the verdict said otherwise, and who agreed when an agent may not alone."""

    reason: str
    approved_by: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found by a search, and why."""

    convocation: Convocation
    reason: str
    """`exact`, `prefix`, `typo`, `sound`, `digits`, `hour`."""
    today: bool
    homonyms: int = 0
    """Other people of the same day with the same or nearly the same name."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row of a list that could not be taken: where, why, and what it held."""

    row: int
    column: str | None
    reason_code: str
    reason: str
    value: str


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did, or would do: every row of the file is in one of the counts."""

    list_id: str
    source: str
    rows: int
    added: int
    changed: int
    unchanged: int
    absent: int
    """People of the same days that an earlier list of this source held and this one no longer does."""
    rejected: tuple[RowProblem, ...]
    superseded: bool = False
    """True when a newer list of the same source is already here: this file changed nothing."""
    dry_run: bool = False
    days: tuple[date, ...] = ()
    many_absent: bool = False
    """So many people of a day are no longer there that this may not be the right list."""
    resumed: bool = False
    """An import of this very file had stopped half-way: this one completes it."""
    closed: int = 0
    """Rows that older lists set aside and that this one tells right: they no longer wait."""
    file_digest: str = ""
    """Fingerprint of the file that was read."""
    untold: tuple[int, ...] = ()
    """Rows of several people without knowing whose the birth dates or the numbers are."""
    unseen: tuple[int, ...] = ()
    """Rows that hold signs nobody sees, left out of their texts."""
    unsure: tuple[int, ...] = ()
    """Rows that look like somebody who was received, no longer in the list, and may be somebody else."""
    unread_sheets: tuple[str, ...] = ()
    """Other sheets of the workbook that are lists too: nobody of them was read."""

    @property
    def to_repair(self) -> tuple[RowProblem, ...]:
        """Rejected rows that wait for somebody: all but those that stand twice in the file."""
        return tuple(one for one in self.rejected if one.reason_code != DUPLICATE_ROW)

    @property
    def twice(self) -> tuple[int, ...]:
        """Rows that say again what another row of the file says: counted once, and nothing is to be done."""
        return tuple(one.row for one in self.rejected if one.reason_code == DUPLICATE_ROW)


@dataclass(frozen=True, slots=True)
class UnendedImport:
    """An import, or the undo of one, that began and did not end: the same file again completes it."""

    list_id: str
    source: str
    file_name: str
    begun_at: datetime | None
    undoing: bool


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A row that waits to be repaired."""

    id: str
    problem: RowProblem
    cells: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class RecentGesture:
    """One line of « Derniers actes »."""

    act_id: str
    subject_id: str
    at: datetime
    kind: str
    verdict: str | None
    name: str
    """Name of the person, empty for gestures about nobody."""
    agent: str
    undoable: bool
    undone: bool
    channel: str = ""
    """Where somebody without an appointment was sent."""
    together: str = ""
    """The same for all the acts of one gesture about several permits."""
    others: int = 0
    """How many more people the same gesture was about, as far as the list goes back."""
    final: bool = False
    """Whether nothing takes it back: a message that left through a mail server."""
    counted_as: str = ""
    """What the verdict of an attempt is called, when something changes the meaning of it."""
    contested: bool = False
    """Whether the card left otherwise too, or somebody says that it did not leave so: a supervisor settles it."""
    outcome: str = ""
    """How a service ended."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back; None of it is erased from the journal."""

    done: bool
    gesture: RecentGesture | None
    reason: str = ""
    """Why nothing was undone: `nothing_to_undo`, `already_undone`, `too_old`, `needs_reason`, `moved_since`,
    `out_of_stock`, `left_for_good`, `under_bordereau`, `own_agreement`, `unknown_act`, `built_upon` or `before_undo`
    (of an import)."""
    list_id: str | None = None
    """The import taken back."""
    withdrawn: int = 0
    """People whom the undone import named."""
    kept: tuple[Convocation, ...] = ()
    """Of these, the people whose arrival was recorded meanwhile: it stands."""
    others: int = 0
    """How many more people the gesture was about: taken back with it."""
    told: bool = False
    """Whether somebody had been told what no longer holds."""
    about: str = ""
    """Number of the bordereau under which a permit left, of `under_bordereau`."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A page ready to print."""

    pdf: bytes
    file_name: str
    receipt: IssuedReceipt | None = None
    roll: bool = False
    """True when it is 80 mm wide: it goes to the printer of tickets."""
