"""Troubles of a network, in words; and what will end, told ahead.

No trouble says that an act was lost or taken: only an answer does, and the next greeting looks again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from counter_app.domain.french import typeset
from counter_app.sync.transport import Trouble, TroubleKind

TOLD_BEFORE = timedelta(days=30)
"""What ends within this time is told."""

_REASONS = {
    "address": "L’adresse de la base centrale ne se lit pas : elle commence par https://.",
    "name": "Le nom du serveur de la base centrale n’est pas connu du réseau.",
    "refused": "Le serveur de la base centrale répond, mais pas le service : il est arrêté, ou le port est un autre.",
    "timeout": "La base centrale ne répond pas à temps.",
    "cut": "La liaison avec la base centrale a été coupée.",
    "network": "Le réseau ne mène pas à la base centrale.",
    "certificate": "Le serveur qui répond n’est pas la base centrale de ce poste : son certificat n’est pas le sien. "
    "Rien ne lui a été envoyé.",
    "certificate_name": "Le certificat de la base centrale n’est pas fait pour cette adresse. Rien n’a été envoyé.",
    "certificate_dates": "Le certificat de la base centrale n’est pas valable à l’heure de ce poste : il a pris fin, "
    "ou l’horloge de ce poste est fausse. Rien n’a été envoyé.",
    "tls": "Ce qui répond à cette adresse ne parle pas TLS 1.3 : ce n’est pas la base centrale.",
}


def unreachable(reason: str) -> Trouble:
    """The question did not arrive, or its answer did not come back; `reason` is a word of the table above."""
    return Trouble(TroubleKind.UNREACHABLE, typeset(_REASONS[reason]), word=reason)


@dataclass(frozen=True, slots=True)
class Ending:
    """Something without which sync stops, and local work does not."""

    what: str
    """`token`, `certificate` or `root`."""
    at: datetime
    days: int
    """Whole days left; negative once it is over."""

    @property
    def sentence(self) -> str:
        """French, for an agent."""
        begins, remedy = _ENDINGS[self.what]
        when = f"prend fin le {self.at:%d/%m/%Y}" if self.days >= 0 else f"a pris fin le {self.at:%d/%m/%Y}"
        return typeset(
            f"{begins} {when}. {remedy} Le travail de ce poste continue ; seuls les échanges s’arrêteraient."
        )


_ENDINGS = {
    "token": ("L’inscription de ce poste", "Un échange avec la base centrale la renouvelle, sinon un nouveau code."),
    "certificate": ("Le certificat de la base centrale", "Prévenez le service informatique."),
    "root": ("L’autorité de la base centrale", "Prévenez le service informatique."),
}


def endings(known: Iterable[tuple[str, datetime]], now: datetime) -> tuple[Ending, ...]:
    """What ends within thirty days, the nearest first."""
    found = (Ending(what, at, (at - now) // timedelta(days=1)) for what, at in known if at - now < TOLD_BEFORE)
    return tuple(sorted(found, key=lambda one: one.at))
