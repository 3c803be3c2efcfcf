"""Desks of a central as a verb names them: which one is meant, and what is told of one that was taken out before."""

from collections.abc import Sequence
from datetime import datetime

from counter_app.config import load_rules
from counter_app.sync.wire import Peer


def meant(desks: Sequence[Peer], named: str) -> list[Peer]:
    """Desks of this identity, else of this name: those in service first, a name may be taken up again."""
    by_name = [one for one in desks if one.desk.casefold() == named.strip().casefold()]
    return [one for one in desks if one.device == named] or sorted(by_name, key=lambda one: one.revoked)


def already_revoked(desk: Peer, site: str, since: str) -> str:
    """The sentence of a desk that was taken out before; `since`: ISO 8601, told at the site's hour."""
    at = datetime.fromisoformat(since).astimezone(load_rules(site).zone)
    return (
        f"Le poste « {desk.desk} » est déjà révoqué, depuis le {at:%d/%m/%Y} à {at:%H:%M} : rien n’a été changé. Il ne "
        "reçoit plus rien ; ce qu’il garde encore est pris à son prochain échange."
    )
