"""Desks that a restored store has forgotten: those enrolled since its copy, told again by desks that knew them.

Their acts may live nowhere but at their colleagues, whose word makes their signatures checkable again. That word opens
no door: a device told of so has no token, takes nobody's place, and gives way to a desk that enrols with a code.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from counter_app.central.checks import storable
from counter_app.central.tables import device as devices
from counter_app.central.tables import site as sites
from counter_app.domain.envelope import LONGEST
from counter_app.sync.wire import Vouched


def well_formed(site: str, device: str, desk: str, letter: str, public_key: str) -> bool:
    """Whether what is said of a desk can be kept and shown, and its key read."""
    words = (site, device, desk, letter, public_key)
    if not all(storable(word) and 0 < len(word) <= LONGEST and word.isprintable() for word in words):
        return False
    if not desk.strip() or not letter.strip() or any(mark in device for mark in ":~."):
        return False
    try:
        return len(bytes.fromhex(public_key)) == 32
    except ValueError:
        return False


def note(connection: sa.Connection, site: str, vouched: Iterable[Vouched], at: str) -> None:
    """Keep the desks that the store does not know; what it knows stands."""
    told = {one.device: one for one in vouched if well_formed(site, one.device, one.desk, one.letter, one.public_key)}
    # One push after the other: two desks may tell of the same one.
    connection.execute(sa.select(sites.c.site).where(sites.c.site == site).with_for_update())
    here = (devices.c.site == site, devices.c.device.in_(told))
    known = set(connection.execute(sa.select(devices.c.device).where(*here)).scalars())
    for one in (one for device, one in told.items() if device not in known):
        names = {"desk": one.desk.strip(), "letter": one.letter.strip(), "public_key": one.public_key}
        since = {"enrolled_at": at, "revoked_at": at if one.revoked else None}
        connection.execute(
            sa.insert(devices).values(site=site, device=one.device, **names, **since, waiting=0, version=1)
        )
