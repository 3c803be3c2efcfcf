"""The journal: acts appended, chained, signed, read back and verified. Nothing here overwrites or drops an act."""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from counter_app.domain.acts import (
    LINKED,
    VERSION,
    Act,
    Author,
    Details,
    Subject,
    SubjectType,
    canonical,
    device_of,
    digest_of_details,
    digest_of_link,
)
from counter_app.domain.clock import tick
from counter_app.store.heads import Head
from counter_app.store.statements import first, marks, rows, write
from counter_app.store.tables import act as acts
from counter_app.store.tables import apart

Sign = Callable[[str], str]
"""Signs a digest (hexadecimal) with the device's key; answers hexadecimal."""

COLUMNS = tuple(column.name for column in acts.columns)
_INSERT = f"INSERT INTO act ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_SET_HEAD = (
    "INSERT INTO head (stream, seq, digest, clock) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, digest = excluded.digest, clock = excluded.clock"
)


def new_act_id(at: datetime) -> str:
    """UUID version 7 (RFC 9562): made at the desk, sorted by time, the identity of the act for ever."""
    time = f"{int(at.timestamp() * 1000) & ((1 << 48) - 1):012x}"
    chance = secrets.token_hex(10)
    variant = "89ab"[int(chance[3], 16) & 3]
    return f"{time[:8]}-{time[8:]}-7{chance[:3]}-{variant}{chance[4:7]}-{chance[7:19]}"


def chain(place: Head, author: Author, at: datetime, kind: str, subject: Subject, details: Details) -> Act:
    """The next act of a stream; `place` moves on to it."""
    prev, salt, text = place.digest, secrets.token_hex(16), canonical(details)
    place.clock = tick(place.clock, at)
    place.seq += 1
    act_id, details_digest = new_act_id(at), digest_of_details(salt, text)
    who = (author.site, author.stream, place.seq, author.desk, author.agent, at.isoformat(), place.clock)
    what = (str(kind), VERSION, str(subject.type), subject.id, details_digest)
    place.digest = digest = digest_of_link((prev, act_id, *who, *what))
    fixed = (act_id, author, place.seq, at, place.clock, kind, VERSION, subject, details)
    return Act(*fixed, salt, prev, details_digest, digest, text)


def append(connection: sa.Connection, written: Sequence[Act], sign: Sign) -> None:
    """Write chained acts of one stream; the last one carries the device's signature over the whole chain."""
    last = written[-1]
    signed = _row(last, sign(last.digest))
    write(connection, _INSERT, [*(_row(act, None) for act in written[:-1]), signed])
    write(connection, _SET_HEAD, [(last.author.stream, last.seq, last.digest, last.clock)])


def _row(act: Act, signature: str | None) -> tuple[object, ...]:
    author = act.author
    return (
        act.act_id,
        author.stream,
        act.seq,
        author.site,
        author.desk,
        author.agent,
        act.at.isoformat(),
        act.clock,
        str(act.kind),
        act.version,
        str(act.subject.type),
        act.subject.id,
        act.text or canonical(act.details),
        act.salt,
        act.details_digest,
        act.prev,
        act.digest,
        signature,
    )


def read_act(row: sa.Row[tuple[object, ...]]) -> Act:
    """An act as it was written; erased details read as empty."""
    details = json.loads(row.details) if row.details is not None else {}
    return Act(
        act_id=row.act_id,
        author=Author(row.site, row.stream, row.desk, row.agent),
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        clock=row.clock,
        kind=row.kind,
        version=row.version,
        subject=Subject(row.subject_type, row.subject_id),
        details=details if isinstance(details, dict) else {},
        salt=row.salt or "",
        prev=row.prev,
        details_digest=row.details_digest,
        digest=row.digest,
    )


def details_hold(row: sa.Row[Any] | SimpleNamespace) -> bool:
    """Whether the details are those that were signed; erased ones are held by their digest alone."""
    return row.details is None or bool(digest_of_details(row.salt, row.details) == row.details_digest)


def link_holds(row: sa.Row[Any] | SimpleNamespace) -> bool:
    """Whether the metadata are those that were signed, to the letter."""
    return bool(digest_of_link(getattr(row, name) for name in LINKED) == row.digest)


def acts_of(connection: sa.Connection, subject: Subject) -> list[Act]:
    """Every act about one subject, in the one order all desks agree on."""
    found = [
        act
        for table in (acts, apart)
        for act in connection.execute(
            sa.select(table).where(table.c.subject_type == subject.type, table.c.subject_id == subject.id)
        )
    ]
    return sorted(map(read_act, found), key=lambda act: act.order)


def all_by_subject(connection: sa.Connection, subject_type: str) -> Iterator[Act]:
    """Every act about subjects of a type, subject after subject, each in order."""
    return map(read_act, connection.execute(_every(), {"subject_type": subject_type}))


@cache
def _every() -> sa.Select[Any]:
    of_type: sa.BindParameter[str] = sa.bindparam("subject_type")
    both = (sa.select(*_of(table)).where(table.c.subject_type == of_type) for table in (acts, apart))
    every = sa.union_all(*both).subquery()
    in_order = (every.c.subject_id, every.c.clock, every.c.stream, every.c.act_id)
    return sa.select(every).order_by(*in_order).execution_options(yield_per=2000)


def _of(table: sa.Table) -> list[sa.Column[Any]]:
    return [table.c[name] for name in COLUMNS]


_MARK = "SELECT coalesce(max(rowid), 0) FROM act"
_SINCE = "SELECT subject_type, subject_id FROM act WHERE rowid > ? LIMIT ?"
MANY = 300
"""Acts after which what changed is not worth telling one by one."""


def mark(connection: sa.Connection) -> int:
    """How far this file's journal goes; acts received from other desks move it too."""
    found = first(connection, _MARK)
    assert found is not None, "an aggregate always answers"
    return int(found[0])


def subjects_since(connection: sa.Connection, mark: int) -> list[str] | None:
    """Convocations told of since a mark; None when everything is better read again: so much was told, or of a list,
    which may say something else of anybody."""
    told = rows(connection, _SINCE, (mark, MANY + 1))
    if len(told) > MANY or any(kind == SubjectType.LIST for kind, _subject in told):
        return None
    return list({subject: None for kind, subject in told if kind == SubjectType.CONVOCATION})


_LATER = "SELECT 1 FROM head WHERE stream = ? AND clock >= ?"


def may_bear_later(connection: sa.Connection, stream: str, at: datetime) -> bool:
    """Whether an act of a stream may bear an hour after this one: its clock, never behind any hour, has come so far."""
    return first(connection, _LATER, (stream, tick(0, at))) is not None


_MOMENTS = "SELECT at FROM act WHERE stream = ? ORDER BY seq DESC LIMIT ?"


def newest_moment(connection: sa.Connection, stream: str, looked_at: int) -> datetime | None:
    """The latest hour that the last acts of a desk bear; None before its first act."""
    moments = (datetime.fromisoformat(row[0]) for row in rows(connection, _MOMENTS, (stream, looked_at)))
    return max(moments, default=None)


def latest(connection: sa.Connection, stream: str, kinds: Iterable[str], limit: int) -> list[Act]:
    """Last acts that this device wrote, newest first; those of before a recovery are in streams of their own, those
    after which a copy of the file went on too stand apart."""
    device = device_of(stream)
    bounds, wanted = (f"{device}:", f"{device};"), list(kinds)
    mine = rows(connection, "SELECT stream FROM head WHERE stream >= ? AND stream < ?", bounds)
    main = [sa.select(acts).where(acts.c.stream == one).order_by(acts.c.seq.desc()) for (one,) in mine]
    others = (
        sa.select(apart).where(apart.c.stream >= bounds[0], apart.c.stream < bounds[1]).order_by(apart.c.clock.desc())
    )
    found: list[Act] = []
    for query, table in (*((one, acts) for one in main), (others, apart)):
        found += map(read_act, connection.execute(query.where(table.c.kind.in_(wanted)).limit(limit)))
    return sorted(found, key=lambda act: act.order, reverse=True)[:limit]


def subjects_of_list(connection: sa.Connection, list_id: str, kinds: Sequence[str]) -> list[str]:
    """Convocations of which an import told something, in the order of its first words about each."""
    question = (
        "SELECT subject_id FROM act WHERE rowid >= (SELECT min(rowid) FROM act WHERE subject_type = ? "
        f"AND subject_id = ?) AND kind IN ({marks(kinds)}) AND json_extract(details, '$.list_id') = ? ORDER BY rowid"
    )
    told = rows(connection, question, (SubjectType.LIST.value, list_id, *map(str, kinds), list_id))
    return list({subject: None for (subject,) in told})


def told_without_list(connection: sa.Connection, source: str, exported_at: str, kinds: Sequence[str]) -> bool:
    """Whether a list told something by acts that do not name it, as they were written before lists had an identity."""
    question = (
        f"SELECT 1 FROM act WHERE kind IN ({marks(kinds)}) AND json_extract(details, '$.list_id') IS NULL "
        "AND json_extract(details, '$.source') = ? AND json_extract(details, '$.exported_at') = ? LIMIT 1"
    )
    return bool(rows(connection, question, (*map(str, kinds), source, exported_at)))
