"""Verification of the journal: every link, every digest, every signed head, recomputed from what is stored."""

import json
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from counter_app.domain.acts import GENESIS, ActKind, device_of
from counter_app.store.journal import details_hold, link_holds
from counter_app.store.lines import AHEAD
from counter_app.store.received import Check
from counter_app.store.statements import first
from counter_app.store.tables import act as acts
from counter_app.store.tables import apart, branch, head


@dataclass(slots=True)
class Verification:
    """Outcome: `faults` names each broken place by stream and position, never by person."""

    acts: int = 0
    streams: int = 0
    erased: int = 0
    lost: int = 0
    """Acts that a damaged file lost, as a recovery told when it happened."""
    end_unknown: bool = False
    """Whether a recovery told that acts may have followed the last one it read."""
    unknown: int = 0
    """Acts of a kind that this version does not know: kept, without effect here."""
    ahead: int = 0
    """Acts received ahead of those before them, which the next exchange brings, when anybody still holds them."""
    ahead_since: str | None = None
    """When the oldest of these was recorded, ISO 8601."""
    unchecked: int = 0
    """Signatures of devices whose key is not known here."""
    faults: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """True when nothing was altered, removed or inserted."""
        return not self.faults


@dataclass(slots=True)
class _Walk:
    """One stream being walked from its first act."""

    stream: str
    told: dict[int, int]
    """Gaps that a recovery told: first lost position, last one (0: to the end)."""
    outcome: Verification
    seq: int = 0
    digest: str = GENESIS
    signed: bool = True
    """Whether the last act met carries a signature."""
    own: bool = True
    """Whether this desk writes the stream: what was received may end on an act that a later one covers."""

    def fault(self, seq: object, words: str) -> None:
        self.outcome.faults.append(f"{self.stream} n° {seq} : {words}")


def verify(connection: sa.Connection, check: Check, own: str) -> Verification:
    """Walk every line from its first act to its end; `own` is the stream of this desk, which cannot be empty."""
    outcome = Verification()
    heads = {row.stream: row for row in connection.execute(sa.select(head))}
    streams = set(connection.execute(sa.select(acts.c.stream).distinct()).scalars()) | set(heads)
    told = _told_gaps(connection, own)
    for stream in sorted(streams):
        outcome.streams += 1
        walk = _Walk(stream, told.get(stream, {}), outcome, own=stream == own)
        query = sa.select(acts).where(acts.c.stream == stream).order_by(acts.c.seq)
        _verify_line(connection, query, walk, heads.get(stream), check)
    for stream, gaps in told.items():
        _count_lost(connection, stream, gaps, outcome)
    _verify_apart(connection, outcome, check)
    if own not in streams:
        outcome.faults.append(f"{own} n° 1 : le journal de ce poste est vide")
    return outcome


def _verify_apart(connection: sa.Connection, outcome: Verification, check: Check) -> None:
    """Branches of forked streams, and acts that came ahead of their turn."""
    for known in connection.execute(sa.select(branch).where(branch.c.branch != AHEAD)):
        walk = _Walk(known.stream, {}, outcome, known.first - 1, known.base, own=False)
        mine = sa.and_(apart.c.stream == known.stream, apart.c.branch == known.branch)
        _verify_line(connection, sa.select(apart).where(mine).order_by(apart.c.seq), walk, known, check)
    for row in connection.execute(sa.select(apart).where(apart.c.branch == AHEAD)):
        outcome.ahead += 1
        outcome.ahead_since = min(row.at, outcome.ahead_since or row.at)
        _verify_content(row, _Walk(row.stream, {}, outcome), check)


def _told_gaps(connection: sa.Connection, own: str) -> dict[str, dict[int, int]]:
    """What recoveries of this very device told: nobody else says what this file lost."""
    told: dict[str, dict[int, int]] = {}
    for row in connection.execute(sa.select(acts).where(acts.c.kind == ActKind.HOME_RECOVERED)):
        mine = device_of(row.stream) == device_of(own)
        if mine and details_hold(row) and link_holds(row) and row.details is not None:
            for stream, first_lost, last in json.loads(row.details).get("lost", ()):
                told.setdefault(stream, {})[first_lost] = last
    return told


def _verify_line(
    connection: sa.Connection, query: sa.Select[Any], walk: _Walk, known: sa.Row[Any] | None, check: Check
) -> None:
    for row in connection.execute(query.execution_options(yield_per=2000)):
        walk.outcome.acts += 1
        walk.outcome.erased += row.details is None
        walk.outcome.unknown += row.kind not in set(ActKind)
        if isinstance(row.seq, int):
            _verify_place(row, walk)
        _verify_content(row, walk, check)
        walk.seq = row.seq if isinstance(row.seq, int) else walk.seq + 1
        walk.digest, walk.signed = row.digest, row.signature is not None
    _verify_end(walk, known)


def _verify_place(row: sa.Row[Any], walk: _Walk) -> None:
    """Where the act stands: after the one before it, or after a gap that a recovery told and left in its line."""
    if row.seq != walk.seq + 1 and walk.told.get(walk.seq + 1) == row.seq - 1:
        return
    if row.seq != walk.seq + 1:
        walk.fault(row.seq, f"il manque un acte avant celui-ci (attendu n° {walk.seq + 1})")
    if row.prev != walk.digest:
        walk.fault(row.seq, "ne suit pas l’acte précédent")


def _verify_content(row: sa.Row[Any], walk: _Walk, check: Check) -> None:
    if not details_hold(row):
        walk.fault(row.seq, "détails modifiés")
    if not link_holds(row):
        walk.fault(row.seq, "acte modifié")
    if row.signature is not None:
        made = check(walk.stream, row.digest, row.signature)
        walk.outcome.unchecked += made is None
        if made is False:
            walk.fault(row.seq, "signature différente")


def _verify_end(walk: _Walk, known: sa.Row[Any] | None) -> None:
    if walk.own and not walk.signed and walk.seq + 1 not in walk.told:
        walk.fault(walk.seq, "dernier acte sans signature")
    if known is None or (known.seq, known.digest) != (walk.seq, walk.digest):
        walk.fault(walk.seq, "la fin du journal ne correspond pas à ce que le poste avait noté")


_HELD = (
    "SELECT count(DISTINCT seq) FROM (SELECT seq FROM act WHERE stream = ? UNION ALL "
    "SELECT seq FROM apart WHERE stream = ?) WHERE seq BETWEEN ? AND ?"
)


def _count_lost(connection: sa.Connection, stream: str, gaps: dict[int, int], outcome: Verification) -> None:
    """What a recovery told as lost and no exchange brought back; an end that nobody knows unless acts follow it."""
    for first_lost, last in gaps.items():
        found = first(connection, _HELD, (stream, stream, first_lost, last or first_lost))
        held = found[0] if found else 0
        outcome.lost += max(0, last - first_lost + 1 - held)
        outcome.end_unknown = outcome.end_unknown or not (last or held)
