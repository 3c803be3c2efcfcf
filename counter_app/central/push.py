"""Acts that desks send: each run takes its place in its line, in one transaction, or is kept apart, or has to wait."""

import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from counter_app.central import vouching
from counter_app.central.checks import Checked, checked, storable
from counter_app.central.engine import reading, writing
from counter_app.central.session import Session
from counter_app.central.shelf import SiteShelf, Twice, identities, mark_of
from counter_app.central.tables import device, set_aside
from counter_app.domain.acts import device_of
from counter_app.domain.envelope import LARGEST
from counter_app.domain.lines import holds, place
from counter_app.sync.wire import Push, PushAnswer, Pushed, PushStatus, WireAct

TRIES = 5
"""Acts are written without asking whether their identity is taken: when one is, the push begins again, and asks."""

MOST_RUNS = 1_000
"""Runs taken in one push: no desk has so many lines, and others wait meanwhile. The rest is sent again."""

_KEYS = sa.select(device.c.device, device.c.public_key).where(device.c.site == sa.bindparam("site"))
_LOCKED = (
    sa.select(device.c.device)
    .where(device.c.site == sa.bindparam("site"), device.c.device.in_(sa.bindparam("devices", expanding=True)))
    .order_by(device.c.device)
    .with_for_update()
)
_APART = sa.select(set_aside.c.digest).where(
    set_aside.c.site == sa.bindparam("site"), set_aside.c.digest == sa.bindparam("digest")
)
_SET_ASIDE = sa.insert(set_aside)


def take(engine: sa.Engine, session: Session, push: Push, at: str) -> PushAnswer:
    """Keep what a desk sends: on the disk when this returns."""
    devices = {device_of(act.stream) for act in push.acts if storable(act.stream)}
    if concerned := [one for one in push.vouched if one.device in devices]:
        with writing(engine) as connection:
            vouching.note(connection, session.site, concerned, at)
    with reading(engine) as connection:
        keys = _keys(connection, session.site, devices)
    found = checked(push.acts, session.site, keys)
    for attempt in range(TRIES):
        try:
            with writing(engine) as connection:
                _lock(connection, session.site, sorted(keys))
                taking = _Taking(connection, session, at, keys, loose=push.loose, compare=attempt > 0)
                answers = [answer for one in found[:MOST_RUNS] for answer in taking.run(one)]
                answers += [later for one in found[MOST_RUNS:] for later in _later(one)]
                return PushAnswer(tuple(answers), mark_of(connection, session.site))
        except Twice:
            continue
    raise Twice


def _keys(connection: sa.Connection, site: str, devices: set[str]) -> dict[str, str]:
    """Public keys of devices; one that was revoked goes on signing what it had written."""
    return {name: key for name, key in connection.execute(_KEYS, {"site": site}) if name in devices}


def _lock(connection: sa.Connection, site: str, devices: Sequence[str]) -> None:
    """The streams of a device are written by one push at a time, even those that have no line yet."""
    connection.execute(_LOCKED, {"site": site, "devices": devices}).fetchall()


class _Link(NamedTuple):
    seq: int
    prev: str
    digest: str


class _Taking:
    """One push, inside its transaction."""

    def __init__(
        self, connection: sa.Connection, session: Session, at: str, keys: dict[str, str], *, loose: bool, compare: bool
    ) -> None:
        """`loose`: keep apart what has no place; `compare`: look for acts that bear the identity of another one before
        writing them."""
        self._loose = loose
        self._connection, self._session, self._at, self._keys = connection, session, at, keys
        self._compare = compare
        self._shelves: dict[str, SiteShelf] = {}

    def run(self, one: Checked) -> list[Pushed]:
        """What became of a run: of its acts that hold, then of those that do not."""
        told: list[Pushed] = []
        if one.sound:
            told += self._sound(one.stream, one.sound)
        if one.rest:
            told.append(self._rest(one))
        return told

    def _shelf(self, stream: str) -> SiteShelf:
        shelf = self._shelves.get(stream)
        if shelf is None:
            shelf = self._shelves[stream] = SiteShelf(self._connection, self._session.site, stream)
        return shelf

    def _sound(self, stream: str, run: Sequence[WireAct]) -> list[Pushed]:
        if device_of(stream) not in self._keys:
            return [_pushed(stream, run, PushStatus.LATER, "device")]
        twice = self._of_another(run) if self._compare else None
        if twice is not None:
            before, rest = _before(run, twice)
            told = self._placed(stream, before) if before else []
            return [*told, self._apart(stream, rest, "act_id")]
        return self._placed(stream, run)

    def _of_another(self, run: Sequence[WireAct]) -> int | None:
        """Place of the first act that bears the identity of another one."""
        seen = identities(self._connection, self._session.site, [act.act_id for act in run])
        for place_, act in enumerate(run):
            if seen.setdefault(act.act_id, act.digest) != act.digest:
                return place_
        return None

    def _placed(self, stream: str, run: Sequence[WireAct]) -> list[Pushed]:
        shelf = self._shelf(stream)
        placed = place(shelf, stream, run)
        if placed.gap:
            held, rest = run[: placed.held], run[placed.held :]
            told = [_pushed(stream, held, PushStatus.ACCEPTED)] if held else []
            apart = self._apart(stream, rest, "gap") if self._loose else _pushed(stream, rest, PushStatus.LATER, "gap")
            return [*told, apart]
        if placed.line is not None:
            shelf.add(placed.line, run[placed.held :])
        return [_pushed(stream, run, PushStatus.ACCEPTED)]

    def _rest(self, one: Checked) -> Pushed:
        """Acts whose envelope does not hold; those held here already, that only their cut left unsigned, are not."""
        last = one.rest[-1]
        if one.reason == "signature":
            shelf = self._shelf(one.stream)
            if holds(shelf, shelf.lines(), _Link(last.seq, last.prev, last.digest)):
                return _pushed(one.stream, one.rest, PushStatus.ACCEPTED)
        return self._apart(one.stream, one.rest, one.reason)

    def _apart(self, stream: str, acts: Sequence[WireAct], reason: str) -> Pushed:
        site = self._session.site
        for act in acts:
            raw = json.dumps(list(act), separators=(",", ":"), default=str)
            digest = hashlib.sha256(raw.encode()).hexdigest()
            if self._connection.execute(_APART, {"site": site, "digest": digest}).first():
                continue
            what = {"site": site, "digest": digest, "stream": stream, "raw": raw, "reason": reason}
            whence = {"device": self._session.device, "received_at": self._at}
            self._connection.execute(_SET_ASIDE, {**what, **whence, "seq": _number(act.seq)})
        return _pushed(stream, acts, PushStatus.SET_ASIDE, reason)


def _before(run: Sequence[WireAct], end: int) -> tuple[Sequence[WireAct], Sequence[WireAct]]:
    """The run cut after the last signature before a place."""
    signed = max((i + 1 for i in range(end) if run[i].signature is not None), default=0)
    return run[:signed], run[signed:]


def _later(one: Checked) -> list[Pushed]:
    return [_pushed(one.stream, (*one.sound, *one.rest), PushStatus.LATER, "gap")]


def _number(value: object) -> int:
    return value if type(value) is int and 0 <= value <= LARGEST else 0


def _pushed(stream: str, run: Sequence[WireAct], status: PushStatus, reason: str = "") -> Pushed:
    return Pushed(stream, _number(run[0].seq), _number(run[-1].seq), status, reason)
