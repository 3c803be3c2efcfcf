"""What a central holds as JSON: docs/cli.md names every key."""

from counter_app.central.figures import SiteFigures
from counter_app.domain.acts import Json
from counter_app.sync.wire import Peer


def site_shape(one: SiteFigures) -> Json:
    """A site of the store, its desks with it."""
    desks: list[Json] = [_desk(desk) for desk in one.desks]
    return {
        "site": one.site,
        "training": one.training,
        "generation": one.generation,
        "acts": one.acts,
        "lines": one.lines,
        "branches": one.branches,
        "set_aside": one.set_aside,
        "last_seen": one.last_seen,
        "desks": desks,
    }


def _desk(desk: Peer) -> Json:
    return {
        "device": desk.device,
        "desk": desk.desk,
        "letter": desk.letter,
        "seen_at": desk.seen_at,
        "waiting": desk.waiting,
        "error": desk.error,
        "version": desk.version,
        "revoked": desk.revoked,
    }
