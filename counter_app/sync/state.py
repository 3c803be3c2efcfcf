"""How a desk stands with its central: what is shown of the exchanges, and read again from the file alone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from string import ascii_uppercase

from counter_app.domain.acts import Json, device_of
from counter_app.store import heads, sync_rows
from counter_app.sync.backoff import Backoff
from counter_app.sync.wire import VERSION
from counter_app.usecases.desk import Desk
from counter_app.usecases.freshness import OLD


class Phase(StrEnum):
    """How a desk stands with its central."""

    ALONE = "alone"
    """Enrolled nowhere."""
    WAITING = "waiting"
    """Enrolled; nothing was exchanged yet, or the next try is not due."""
    EXCHANGING = "exchanging"
    UP_TO_DATE = "up_to_date"
    BEHIND = "behind"
    """The last exchange went through without bringing both to the same: another follows."""
    OFFLINE = "offline"
    UNAUTHORISED = "unauthorised"
    REVOKED = "revoked"
    TOO_OLD = "too_old"


@dataclass(frozen=True, slots=True)
class SyncState:
    """What is shown of the exchange."""

    phase: Phase
    verified_at: datetime | None = None
    """When this desk and the central were last seen to hold the same; None: never."""
    waiting: int = 0
    """Acts of this desk not yet seen at the central."""
    received: int = 0
    """Acts taken since the exchange under way began."""
    to_receive: int = 0
    """Acts that were missing when it began."""
    error: str | None = None
    """What went wrong at the last try, in French."""
    next_try: datetime | None = None
    expires_at: datetime | None = None
    """When the desk's token stops to be accepted, as the central last told it."""
    held: int = 0
    """Acts of other desks that are here."""
    set_aside: int = 0
    peers: tuple["PeerState", ...] = ()

    def same_letter(self, letter: str) -> "tuple[PeerState, ...]":
        """Other desks whose tickets have this letter, as they last told it."""
        return tuple(one for one in self.peers if not one.own and not one.revoked and one.letter == letter)

    def free_letter(self, letter: str) -> str:
        """The first letter that no desk known here has, nor is this one; empty when all are taken."""
        taken = {one.letter for one in self.peers if not one.revoked and not one.own} | {letter}
        return next((one for one in ascii_uppercase if one not in taken), "")

    def old(self, now: datetime) -> bool:
        """Whether what is shown was verified too long ago to be taken for sure; or later than now, by a wrong clock."""
        return self.verified_at is None or abs(now - self.verified_at) > OLD


@dataclass(frozen=True, slots=True)
class PeerState:
    """Another desk of the site, as the central last told it."""

    device: str
    desk: str
    seen_at: datetime | None
    waiting: int
    error: str | None
    revoked: bool
    own: bool
    version: int = VERSION
    """Version of the messages that it speaks."""
    letter: str = ""
    """Letter of its tickets when it joined, in capitals."""


def read_state(desk: Desk) -> SyncState:
    """What the last exchanges left, from the file alone: for the command line, and before the first exchange."""
    with desk.looking() as connection:
        own = device_of(heads.current_stream(connection, desk.stream))
        error = sync_rows.noted(connection, "error")
        backoff = sync_rows.noted(connection, "backoff")
        verified = _moment(sync_rows.noted(connection, "verified_at"))
        return SyncState(
            phase=Phase.OFFLINE if error else Phase.WAITING,
            verified_at=verified,
            waiting=sync_rows.waiting(connection, own),
            error=str(error) if error else None,
            next_try=Backoff.read(backoff if isinstance(backoff, str) else None).next_try,
            expires_at=_moment(sync_rows.noted(connection, "expires_at")),
            held=sync_rows.held(connection, own),
            set_aside=len(sync_rows.set_aside(connection)),
            peers=tuple(_peer(told, own) for told in sync_rows.peers(connection)),
        )


def _peer(told: dict[str, Json], own: str) -> PeerState:
    return PeerState(
        device=str(told["device"]),
        desk=str(told["desk"]),
        seen_at=_moment(told["seen_at"]),
        waiting=int(str(told["waiting"])),
        error=str(told["error"]) if told["error"] else None,
        revoked=bool(told["revoked"]),
        own=told["device"] == own,
        version=int(str(told.get("version") or VERSION)),
        letter=str(told["letter"]).strip().upper(),
    )


def _moment(value: Json) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
