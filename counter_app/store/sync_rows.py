"""What the exchange with the central leaves in a desk's file: the desks of the site, notes, acts set aside."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from counter_app.domain.acts import Json
from counter_app.store.statements import first, rows, write


def set_peers(connection: sa.Connection, told: Iterable[tuple[str, str, str, dict[str, Json]]]) -> None:
    """The desks of the site: device, name, public key, and what is shown of each. Those no longer told stay."""
    into = (
        "INSERT INTO peer (device, desk, public_key, told) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (device) DO UPDATE SET desk = excluded.desk, told = excluded.told"
    )
    write(connection, into, [(device, desk, key, json.dumps(shown)) for device, desk, key, shown in told])


def peer_keys(connection: sa.Connection) -> dict[str, str]:
    """Public key of each device known here; the first one told stands, so that nobody takes another's place."""
    return dict(rows(connection, "SELECT device, public_key FROM peer"))


def peer(connection: sa.Connection, device: str) -> tuple[str, dict[str, Json]] | None:
    """Public key of a device, and what was last told of it; None for one never told."""
    row = first(connection, "SELECT public_key, told FROM peer WHERE device = ?", (device,))
    return (row[0], json.loads(row[1])) if row else None


def peers(connection: sa.Connection) -> list[dict[str, Json]]:
    """What was last told of each desk of the site, by name."""
    return [json.loads(told) for (told,) in rows(connection, "SELECT told FROM peer ORDER BY desk, device")]


def note(connection: sa.Connection, name: str, value: Json) -> None:
    """Keep a word about the exchange."""
    into = "INSERT INTO sync_note (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    write(connection, into, [(name, json.dumps(value))])


def noted(connection: sa.Connection, name: str) -> Json:
    """A word kept about the exchange; None when there is none."""
    row = first(connection, "SELECT value FROM sync_note WHERE name = ?", (name,))
    kept: Json = json.loads(row[0]) if row else None
    return kept


@dataclass(frozen=True, slots=True)
class SetAside:
    """An act received that has no effect here."""

    digest: str
    stream: str
    seq: int
    reason: str
    """form, clock, details, chain, site, signature, act_id: not in the journal. newer, fold: in it, without effect."""
    received_at: str


def set_aside(connection: sa.Connection) -> list[SetAside]:
    """Acts received that have no effect here, oldest first."""
    found = rows(
        connection,
        "SELECT digest, stream, seq, reason, received_at FROM set_aside_act ORDER BY received_at, stream, seq",
    )
    return [SetAside(*row) for row in found]


_WAITING = (
    "SELECT coalesce(sum(max(0, h.seq - coalesce(k.value, 0))), 0) FROM head AS h LEFT JOIN ("
    "SELECT substr(name, 6) AS stream, CAST(value AS INTEGER) AS value FROM sync_note WHERE name LIKE 'sent:%') AS k "
    "ON k.stream = h.stream WHERE h.stream >= ? AND h.stream < ?"
)
_LOOSE = "SELECT count(*) FROM apart WHERE branch = '?' AND stream >= ? AND stream < ?"


def waiting(connection: sa.Connection, device: str) -> int:
    """Acts of this device that were not yet seen at the central: a figure to show, never an acknowledgement.

    Those that a recovery found without the acts before them are counted until somebody brings these.
    """
    mine = (f"{device}:", f"{device};")
    found = (first(connection, question, mine) for question in (_WAITING, _LOOSE))
    return sum(int(row[0]) for row in found if row)


_HELD = "SELECT coalesce(sum(seq), 0) FROM head WHERE NOT (stream >= ? AND stream < ?)"


def held(connection: sa.Connection, device: str) -> int:
    """Acts of other devices held here: a figure to show."""
    row = first(connection, _HELD, (f"{device}:", f"{device};"))
    return int(row[0]) if row else 0


def note_sent(connection: sa.Connection, positions: dict[str, int]) -> None:
    """How far the central was seen to hold the streams of this device."""
    for stream, seq in positions.items():
        note(connection, f"sent:{stream}", seq)


def sent(connection: sa.Connection, stream: str) -> int:
    """How far the central was seen to hold a stream; 0 when it never was."""
    position = noted(connection, f"sent:{stream}")
    return position if isinstance(position, int) else 0
