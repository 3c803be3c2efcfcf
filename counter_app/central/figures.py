"""What a central store holds, in figures, for who looks after it."""

from dataclasses import dataclass

import sqlalchemy as sa

from counter_app.central.engine import reading
from counter_app.central.shelf import every_line, mark
from counter_app.central.tables import device, set_aside, site
from counter_app.domain.lines import MAIN
from counter_app.sync.wire import Peer

_PEER = ("device", "desk", "letter", "public_key", "seen_at", "waiting", "error", "version")
_TOLD = (*(device.c[known] for known in _PEER), device.c.revoked_at.is_not(None))
_PEERS = sa.select(*_TOLD).where(device.c.site == sa.bindparam("site")).order_by(device.c.desk, device.c.device)


@dataclass(frozen=True, slots=True)
class SiteFigures:
    """One site of a store."""

    site: str
    training: bool
    generation: str
    desks: tuple[Peer, ...]
    """Those that were revoked included."""
    acts: int
    lines: int
    branches: int
    """Lines that begin where histories of one stream part: clones, restored copies."""
    set_aside: int
    """Acts kept apart: their envelope does not hold."""
    last_seen: str | None
    """When a desk last spoke, ISO 8601, UTC."""


def status(engine: sa.Engine) -> tuple[SiteFigures, ...]:
    """Figures of every site of a store, in the order of their names."""
    with reading(engine) as connection:
        sites = connection.execute(sa.select(site.c.site, site.c.training, site.c.generation).order_by(site.c.site))
        return tuple(_figures(connection, *row) for row in sites.fetchall())


def peers(connection: sa.Connection, name: str) -> tuple[Peer, ...]:
    """Every desk of a site, in the order of their names."""
    return tuple(Peer(*row) for row in connection.execute(_PEERS, {"site": name}).all())


def _figures(connection: sa.Connection, name: str, training: bool, generation: str) -> SiteFigures:
    lines, desks = every_line(connection, name), peers(connection, name)
    apart = sa.select(sa.func.count()).select_from(set_aside).where(set_aside.c.site == name)
    return SiteFigures(
        site=name,
        training=training,
        generation=generation,
        desks=desks,
        acts=mark(lines),
        lines=len(lines),
        branches=sum(line.branch != MAIN for line in lines),
        set_aside=connection.execute(apart).scalar_one(),
        last_seen=max((desk.seen_at for desk in desks if desk.seen_at), default=None),
    )
