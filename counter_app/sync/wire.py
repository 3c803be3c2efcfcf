"""What a desk and its central say to each other: questions, answers, and their limits. No network, no database.

An act travels as the list of its journal columns (`WIRE`, in that order, the signature last), to the letter: digests
are computed over what is stored. A stream is one device and incarnation, a line one stretch of it (`domain.lines`).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from counter_app.domain.envelope import FIELDS

VERSION = 1
"""Version of these messages. A central tells the oldest that it still understands."""
NEWEST = 500
"""Acts of the first, interactive answer: the newest ones, ahead of their turn."""
BACKLOG = 2_000
"""Acts of one answer, and of one push, while there is more to catch up."""
MOST_BYTES = 32 * 1024 * 1024
"""Largest body that either side reads."""

LETTER = "Guichet-Letter"
"""Header of a hello: the letter of the desk's tickets as it is now. Outside the message, so that a central which does
not know it answers all the same."""

DESK = "Guichet-Desk"
"""Header of a hello: the name of the desk as it is now, in UTF-8 written in percents: a header holds no accents."""

WIRE = FIELDS
"""Columns of an act on the wire, in order."""


class WireAct(NamedTuple):
    """An act as it travels; see `WIRE`. Erased details travel as None, with their salt."""

    act_id: str
    stream: str
    seq: int
    site: str
    desk: str
    agent: str
    at: str
    clock: int
    kind: str
    version: int
    subject_type: str
    subject_id: str
    details: str | None
    salt: str | None
    details_digest: str
    prev: str
    digest: str
    signature: str | None


@dataclass(frozen=True, slots=True)
class Tip:
    """Where a line begins and ends."""

    first: int
    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class Peer:
    """A desk of the site, as the central knows it."""

    device: str
    desk: str
    letter: str
    public_key: str
    seen_at: str | None = None
    """When it last spoke to the central, by the central's clock, ISO 8601."""
    waiting: int = 0
    """Acts that it still had to send then."""
    error: str | None = None
    """What went wrong at its last exchange, by the desk's own word."""
    version: int = VERSION
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Hello:
    """A desk presents itself and what it holds."""

    device: str
    stream: str
    """The stream that it is writing now."""
    tips: dict[str, Tip]
    """Every line that it holds whole, by key."""
    at: str
    """Its own wall time, ISO 8601."""
    waiting: int = 0
    error: str | None = None
    version: int = VERSION


@dataclass(frozen=True, slots=True)
class HelloAnswer:
    """What the central holds. Never an acknowledgement to be stored: it is asked again at each exchange."""

    site: str
    training: bool
    generation: str
    """Changes when the central was restored or made anew."""
    time: str
    """The central's wall time, ISO 8601."""
    heads: dict[str, Tip]
    """Every line that the central holds, by key."""
    lacking: tuple[str, ...]
    """Keys of the desk's lines whose last act the central does not hold."""
    peers: tuple[Peer, ...]
    mark: int
    """Grows with what the central holds: a doorbell for `Wait`, never a position."""
    oldest_version: int = VERSION
    """Oldest version of these messages that the central understands."""
    expires_at: str | None = None
    """When the desk's token stops to be accepted, ISO 8601; it is renewed before."""
    revoked: bool = False
    """The desk was revoked: it sends what it can, then wipes its data."""


class PushStatus(StrEnum):
    """What became of a pushed stretch of acts. There is no fourth answer: nothing is ever refused for good."""

    ACCEPTED = "accepted"
    """On the central's disk, or there already."""
    LATER = "later"
    """Not taken now: the central lacks what comes before, or does not know the device yet. Keep it, say hello again."""
    SET_ASIDE = "set_aside"
    """The central keeps the bytes apart: an envelope that does not hold. The desk keeps its own, and shows it."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of one run of acts."""

    stream: str
    first: int
    last: int
    status: PushStatus
    reason: str = ""
    """One word: gap, device, signature, chain, details, site, form, act_id, clock, revoked."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """A device whose acts a desk holds and that the central does not know: it was made known to a copy now lost."""

    device: str
    desk: str
    letter: str
    public_key: str
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Push:
    """Acts, in order within each stream. Each run ends on a signed act."""

    acts: tuple[WireAct, ...]
    vouched: tuple[Vouched, ...] = ()
    """Who signed them, of those that the central did not name."""
    loose: bool = False
    """Nobody holds what comes before these acts: what cannot take its place is kept apart, it would be lost with this
    desk. They take their place all the same, should what comes before them ever arrive."""


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """What became of each run: durable when it says so."""

    runs: tuple[Pushed, ...]
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Pull:
    """Ask for the acts that follow, line by line; `newest`: the newest of them first, ahead of their turn."""

    after: dict[str, int]
    """Of each line of the central, by key, the position after which acts are wanted."""
    limit: int = BACKLOG
    newest: bool = False


@dataclass(frozen=True, slots=True)
class PullAnswer:
    """Acts in order within each stream; with `newest`, in the order of their clocks."""

    acts: tuple[WireAct, ...]
    after: dict[str, int] = field(default_factory=dict)
    """How far this answer goes in each line it touches."""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """Which acts stand at these positions of these streams?"""

    places: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class ProbeAnswer:
    """Digests found at each position of each stream, in any line."""

    digests: dict[str, dict[int, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody has a file open at another desk."""

    desk: str
    agent: str
    since: str
    """ISO 8601, by the central's clock."""


@dataclass(frozen=True, slots=True)
class Look:
    """A desk opens a person's file, or leaves it; the central forgets it after three minutes."""

    subject_type: str
    subject_id: str
    desk: str
    agent: str
    leaving: bool = False


@dataclass(frozen=True, slots=True)
class LookAnswer:
    """Who else has it open."""

    opened: tuple[Opened, ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """Answer when there is something newer than `mark`, or after `seconds`."""

    mark: int
    seconds: int = 25


@dataclass(frozen=True, slots=True)
class WaitAnswer:
    """The mark now."""

    mark: int


Question = Hello | Push | Pull | Probe | Look | Wait
Answer = HelloAnswer | PushAnswer | PullAnswer | ProbeAnswer | LookAnswer | WaitAnswer
