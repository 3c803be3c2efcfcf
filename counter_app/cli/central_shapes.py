"""What a central holds as JSON: docs/cli.md names every key."""

from collections.abc import Iterator
from datetime import datetime

from counter_app.central.figures import SiteFigures
from counter_app.domain.acts import Json
from counter_app.sync.wire import Peer
from counter_app.wording.catalogue import counted


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


def site_lines(one: SiteFigures) -> Iterator[str]:
    """A site of the store as people read it, then each of its desks by the name that `central revoke` takes."""
    acts, desks = counted("commands.acts", one.acts, "fr"), counted("commands.desks", len(one.desks), "fr")
    yield f"{one.site} : {acts}, {desks}, mis de côté : {one.set_aside}"
    for desk in one.desks:
        seen = f"vu le {datetime.fromisoformat(desk.seen_at):%d/%m/%Y %H:%M} (UTC)" if desk.seen_at else "jamais vu"
        told = (desk.desk, f"lettre {desk.letter}", seen, f"en attente : {desk.waiting}")
        yield "  " + " · ".join((*told, *(["révoqué"] if desk.revoked else []), *([desk.error] if desk.error else [])))


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
