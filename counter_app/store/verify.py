"""Verification of the journal: every link, every digest, every signed head, recomputed from what is stored."""

from collections.abc import Callable
from dataclasses import dataclass, field

import sqlalchemy as sa

from counter_app.domain.acts import GENESIS, digest_of_act, digest_of_details
from counter_app.store.journal import read_act
from counter_app.store.tables import act as acts
from counter_app.store.tables import head

Check = Callable[[str, str], bool]
"""Whether a signature (second) of a digest (first) was made by the device's key."""


@dataclass(slots=True)
class Verification:
    """Outcome: `faults` names each broken place by stream and position, never by person."""

    acts: int = 0
    streams: int = 0
    erased: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """True when nothing was altered, removed or inserted."""
        return not self.faults


def verify(connection: sa.Connection, check: Check) -> Verification:
    """Walk every stream from its first act to its head."""
    outcome = Verification()
    heads = {row.stream: row for row in connection.execute(sa.select(head))}
    streams = set(connection.execute(sa.select(acts.c.stream).distinct()).scalars()) | set(heads)
    for stream in sorted(streams):
        outcome.streams += 1
        _verify_stream(connection, stream, heads.get(stream), check, outcome)
    return outcome


def _verify_stream(
    connection: sa.Connection,
    stream: str,
    known: sa.Row[tuple[object, ...]] | None,
    check: Check,
    outcome: Verification,
) -> None:
    query = sa.select(acts).where(acts.c.stream == stream).order_by(acts.c.seq).execution_options(yield_per=2000)
    prev, seq, signature = GENESIS, 0, None
    for row in connection.execute(query):
        outcome.acts += 1
        outcome.faults += _faults(row, prev, seq + 1, outcome)
        prev, seq, signature = row.digest, row.seq, row.signature
        if signature is not None and not check(row.digest, signature):
            outcome.faults.append(f"{stream} n° {seq} : signature différente")
    if seq and signature is None:
        outcome.faults.append(f"{stream} n° {seq} : dernier acte sans signature")
    if known is None or (known.seq, known.digest) != (seq, prev):
        outcome.faults.append(f"{stream} n° {seq} : la fin du journal ne correspond pas à ce que le poste avait noté")


def _faults(row: sa.Row[tuple[object, ...]], prev: str, seq: int, outcome: Verification) -> list[str]:
    place = f"{row.stream} n° {row.seq}"
    found = []
    if row.seq != seq:
        found.append(f"{place} : il manque un acte avant celui-ci (attendu n° {seq})")
    if row.prev != prev:
        found.append(f"{place} : ne suit pas l’acte précédent")
    if row.details is None:
        outcome.erased += 1
    elif digest_of_details(row.salt, row.details) != row.details_digest:
        found.append(f"{place} : détails modifiés")
    if digest_of_act(read_act(row), row.details_digest) != row.digest:
        found.append(f"{place} : acte modifié")
    return found
