"""The same questions and the same writes as the use cases, as one would write them by hand on SQLCipher.

One raw connection with the key and pragmas of the app, the statements of the use cases and nothing else: no state is
read back into objects, nothing is judged, chained, signed or folded. What the use cases cost above it is what they do.
"""

import secrets
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from sqlcipher3 import dbapi2

from counter_app.store.journal import COLUMNS
from counter_app.store.opened import PRAGMAS

_OF_CODE = "SELECT id, state FROM convocation WHERE id >= ? AND id < ? AND slot IS NOT NULL"
_OF_NUMBER = "SELECT id, state FROM convocation WHERE foreign_number IN (?, ?) AND slot IS NOT NULL"
_OF_ID = "SELECT id, state FROM convocation WHERE id = ?"
_FRESHEST = (
    "SELECT imported_at FROM imported_list WHERE first_day <= ? AND last_day >= ? ORDER BY imported_at DESC LIMIT 1"
)
_LATER = "SELECT 1 FROM head WHERE stream = ? AND clock >= ?"
_HOMONYMS = "SELECT count(*) FROM convocation WHERE day = ? AND person_key = ?"
_ACT = f"INSERT INTO act ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_HEAD = "UPDATE head SET seq = ?, digest = ?, clock = ? WHERE stream = ?"
_ARRIVED = (
    "UPDATE convocation SET status = 'checked_in', state = ?, last_clock = ?, last_stream = ?, last_act = ? "
    "WHERE id = ?"
)
_RECEIPT = "INSERT INTO receipt VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Expected(NamedTuple):
    """Somebody who has not come yet."""

    id: str
    code: str
    number: str
    slot: datetime
    person_key: str


def connect(path: Path, key: bytes) -> dbapi2.Connection:
    """A raw connection as the app opens its own."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in PRAGMAS:
        connection.execute(pragma).fetchall()
    return connection


class ByHand:
    """A desk without the app."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.connection = connect(path, key)
        self._stream, self._seq = self.connection.execute("SELECT stream, seq FROM head").fetchone()

    def of_code(self, someone: Expected) -> int:
        """What a scanned code asks of the file."""
        return self._asked(_OF_CODE, (someone.id[:8], f"{someone.id[:8]}g"), someone)

    def of_number(self, someone: Expected) -> int:
        """What a foreign number asks of the file."""
        return self._asked(_OF_NUMBER, (someone.number, someone.number[1:]), someone)

    def lookup(self, someone: Expected) -> object:
        """The one statement that finds a code."""
        return self.connection.execute(_OF_CODE, (someone.id[:8], f"{someone.id[:8]}g")).fetchall()

    def _asked(self, question: str, values: tuple[str, ...], someone: Expected) -> int:
        ask, day = self.connection.execute, someone.slot.date().isoformat()
        ask("BEGIN")
        found = ask(question, values).fetchall()
        ask(_LATER, (self._stream, int(someone.slot.timestamp() * 1000) << 16)).fetchone()
        ask(_FRESHEST, (day, day)).fetchone()
        ask(_HOMONYMS, (day, someone.person_key)).fetchone()
        ask("COMMIT")
        return len(found)

    def admit(self, someone: Expected) -> None:
        """What an arrival with its ticket reads and writes, committed."""
        write, convocation, slot = self.connection.execute, someone.id, someone.slot
        day = slot.date().isoformat()
        write("BEGIN IMMEDIATE")
        write("SELECT seq, digest FROM head WHERE stream = ?", (self._stream,)).fetchone()
        state = str(write(_OF_ID, (convocation,)).fetchone()[1])
        write(_LATER, (self._stream, int(slot.timestamp() * 1000) << 16)).fetchone()
        write(_FRESHEST, (day, day)).fetchone()
        write(_HOMONYMS, (day, someone.person_key)).fetchone()
        write("SELECT coalesce(max(ordinal), 0) + 1 FROM receipt WHERE series = ?", (f"T-59-A-{day}",)).fetchone()
        self._write_arrival(convocation, slot, state)
        write("COMMIT")

    def write_acts(self, at: datetime, *acts: tuple[str, str, str, str, str]) -> tuple[str, int]:
        """Acts by identity, kind, type and identity of their subject, and details; answers their stream and clock."""
        clock = int(at.timestamp() * 1000) << 16
        self.connection.executemany(_ACT, [self._act(at.isoformat(), clock, *one) for one in acts])
        self.connection.execute(_HEAD, (self._seq, secrets.token_hex(32), clock, self._stream))
        return self._stream, clock

    def _write_arrival(self, convocation: str, slot: datetime, state: str) -> None:
        write, at = self.connection.execute, slot.isoformat()
        arrival, ticket = str(uuid4()), str(uuid4())
        stream, clock = self.write_acts(
            slot,
            (arrival, "checked_in", "convocation", convocation, _ARRIVAL),
            (ticket, "receipt_issued", "receipt", ticket, _TICKET % convocation),
        )
        write(_ARRIVED, (state.replace('"arrivals":[]', _ARRIVED_STATE), clock, stream, arrival, convocation))
        code, series = f"PGT{self._seq:09d}", f"T-59-A-{at[:10]}"
        state = _TICKET % convocation
        row = (ticket, code, series, series, self._seq, convocation, at, state, clock, stream, ticket)
        write(_RECEIPT, row)

    def _act(self, at: str, clock: int, act_id: str, kind: str, about: str, subject: str, details: str) -> object:
        self._seq += 1
        who = (self._stream, self._seq, "nord", "Guichet 1", "Agent", at, clock, kind, 1, about, subject)
        digests = [secrets.token_hex(32) for _ in range(3)]
        return (act_id, *who, details, secrets.token_hex(16), *digests, secrets.token_hex(64))

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()


_ARRIVAL = '{"minutes":0,"verdict":"admitted"}'
_TICKET = (
    '{"arrival":"01a0b8d0-0000-7000-8000-000000000000","code":"PGTBBBBBBBBB","convocation":"%s","kind":"arrival_ticket",'
    '"number":"T-59-A-260105-001","ordinal":1,"series":"T-59-A-260105","ticket":"A 001"}'
)
_ARRIVED_STATE = (
    '"arrivals":[{"act_id":"01a0b8d0-0000-7000-8000-000000000000","agent":"Agent","at":"2026-01-05T08:30:00+01:00",'
    '"desk":"Guichet 1","stream":"000000000000:000000000000","verdict":"admitted"}]'
)
