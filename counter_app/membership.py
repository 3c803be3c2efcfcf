"""What a home keeps of the central it joined: where it is, whom to trust, and two secrets in the keyring or a file.

A window reads it before its first paint: what speaks to a network is imported when it speaks.
"""

import json
import os
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from counter_app import keys
from counter_app.config import read_settings
from counter_app.domain.enrolment_code import EnrolmentCode, EnrolmentFault, read_enrolment_code
from counter_app.domain.refusal import StoreRefused
from counter_app.home import Home
from counter_app.store.safety import why_not_written
from counter_app.sync.enrolment import Renew, Renewed, proof
from counter_app.sync.transport import Trouble, TroubleKind
from counter_app.sync.trust import trusting
from counter_app.sync.wire import DESK, LETTER, Answer, HelloAnswer, Question

if TYPE_CHECKING:
    from counter_app.sync.https import HttpsCentral

FILE, SECRETS = "central.json", "central.key"
RENEWED_BEFORE = timedelta(days=60)
"""A token is renewed when it has less than this to live: two thirds of its life."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A desk's place at its central."""

    url: str
    roots: str
    """The two roots that the desk trusts, in PEM."""
    expires_at: str
    """When the token ends, ISO 8601."""
    token: str
    site_key: str
    """Key of the digests of stamp numbers, in hexadecimal: the same at every desk of the site."""

    def due(self, now: datetime) -> bool:
        """Whether the token has to be renewed at the next exchange."""
        return datetime.fromisoformat(self.expires_at) - now < RENEWED_BEFORE


def enrol(home: Home, typed: str, url: str, ticks: Callable[[], float]) -> Membership:
    """Join the central that gave a code. Refuses in French, with nothing written, when the desk does not join."""
    from counter_app.sync.joining import central_url

    code = read_enrolment_code(typed)
    if isinstance(code, EnrolmentFault):
        raise StoreRefused("bad_code", _CODES[code])
    address = central_url(url)
    if address is None:
        raise StoreRefused(
            "bad_url",
            "L’adresse de la base centrale s’écrit https://serveur:port, sans rien derrière. Rien n’a été changé.",
        )
    _check_place(home)
    joined = _join(home, code, address, ticks)
    keep(home, joined)
    return joined


def _join(home: Home, code: EnrolmentCode, address: str, ticks: Callable[[], float]) -> Membership:
    from counter_app.sync.joining import Candidate, NotJoined, join

    identity, settings = home.identity, read_settings(home.path).settings
    if not settings.desk.strip():
        raise StoreRefused(
            "no_desk_name",
            "Ce poste n’a pas de nom : la base centrale et les autres postes ne sauraient pas qui il est. Donnez-le "
            "(counter-app settings --set desk=…), puis recommencez avec le même code.",
        )
    own = keys.fetch(home.path, identity.id, identity.keys)
    candidate = Candidate(
        identity.device, own.public, settings.desk, settings.letter, identity.site, identity.training, own.sign
    )
    found = join(address, code, candidate, ticks)
    if isinstance(found, NotJoined):
        raise StoreRefused(found.code, found.sentence)
    return Membership(address, found.roots, found.expires_at, found.token, found.site_key)


def _check_place(home: Home) -> None:
    """A code serves once: a home that cannot be written is told before it has."""
    if not os.access(home.path, os.W_OK):
        raise StoreRefused(
            "not_writable",
            f"Le dossier « {home.path} » ne se laisse pas écrire : le poste n’a pas été inscrit, le code reste bon. "
            "Rétablissez l’accès, puis recommencez.",
        )


@dataclass(slots=True)
class MemberCentral:
    """The central of a home: found when it is first asked, its token renewed in time. Threads may share it."""

    home: Home
    joined: Membership
    ticks: Callable[[], float]
    clock: Callable[[], datetime]
    _found: "HttpsCentral | None" = None
    _closed: bool = False
    _renewed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, question: Question, patience: float | None = None) -> Answer | Trouble:
        """The answer; a greeting that went through is the moment to renew what ends."""
        central = self._central()
        if central is None:
            return Trouble(TroubleKind.CLOSED, "")
        answer = central.ask(question, patience)
        if isinstance(answer, HelloAnswer) and not answer.revoked and self.joined.due(self.clock()):
            self._renew(central)
        return answer

    def endings(self) -> tuple[tuple[str, datetime], ...]:
        """When what the exchanges rely on ends, as far as it is known: for `outcomes.endings`."""
        known = self._found.endings() if self._found else ()
        return (("token", datetime.fromisoformat(self.joined.expires_at)), *known)

    def close(self) -> None:
        """Let go of the line: whoever waits for an answer gets a trouble at once."""
        with self._lock:
            self._closed = True
        if self._found is not None:
            self._found.close()

    def _central(self) -> "HttpsCentral | None":
        from counter_app.sync.https import HttpsCentral

        with self._lock:
            if self._closed:
                return None
            if self._found is None:
                one = self.joined
                self._found = HttpsCentral(one.url, one.roots, self.ticks, one.token, self._called)
            return self._found

    def _called(self) -> dict[str, str]:
        """The name of this desk and the letter of its tickets, as they are set now: they may have changed since it
        joined."""
        settings = read_settings(self.home.path).settings
        told = {LETTER: settings.letter, DESK: quote(settings.desk)}
        return {header: value for header, value in told.items() if value}

    def _renew(self, central: "HttpsCentral") -> None:
        """Once a session: the former token goes on being accepted until its own end, were the new one lost."""
        with self._lock:
            if self._renewed:
                return
            self._renewed = True
        with suppress(StoreRefused):
            self.joined = renewed(self.home, self.joined, central)


def renewed(home: Home, kept: Membership, central: "HttpsCentral") -> Membership:
    """Take another token, and the roots of today, when the central gives them; the one kept when it does not."""
    own = keys.fetch(home.path, home.identity.id, home.identity.keys)
    device = home.identity.device
    found = central.renew(Renew(device, own.sign(proof(kept.token, device))))
    if not isinstance(found, Renewed) or not _sound(found):
        return kept
    renewed = replace(kept, token=found.token, expires_at=found.expires_at, roots=found.roots)
    keep(home, renewed)
    return renewed


def _sound(found: Renewed) -> bool:
    try:
        trusting(found.roots)
        return datetime.fromisoformat(found.expires_at).tzinfo is not None and found.token.isascii()
    except (ssl.SSLError, ValueError):
        return False


def keep(home: Home, joined: Membership) -> None:
    """Keep a place at a central: the secrets first, then what says that there are some."""
    secrets = json.dumps({"token": joined.token, "site_key": joined.site_key})
    public = {name: value for name, value in asdict(joined).items() if name not in ("token", "site_key")}
    try:
        keys.keep_secret(home.path / SECRETS, _name(home), secrets)
        _write(home.path / FILE, json.dumps(public, indent=1))
    except OSError as error:
        raise StoreRefused(
            "not_kept",
            f"La base centrale connaît ce poste, mais son inscription n’a pas pu être gardée dans « {home.path} » : "
            f"{why_not_written(error)}. Les actes du poste sont intacts. Libérez de la place, puis demandez un nouveau "
            "code.",
        ) from error


def read(home: Home) -> Membership | None:
    """The place of a home at its central; None when it joined none. Refuses in words when it is damaged."""
    path = home.path / FILE
    if not path.exists():
        return None
    try:
        public = json.loads(path.read_text(encoding="utf-8"))
        secrets = json.loads(keys.secret(home.path / SECRETS, _name(home)) or "")
        return _checked(Membership(**public, **secrets))
    except (OSError, ValueError, TypeError) as error:
        raise StoreRefused(
            "central_unreadable",
            f"L’inscription de ce poste à la base centrale ne se lit plus (« {path} » ou son secret). Le travail du "
            "poste continue, les échanges s’arrêtent. Demandez un nouveau code, puis inscrivez-le de nouveau.",
        ) from error


def _checked(joined: Membership) -> Membership:
    """A place whose values are of their kind. Raises ValueError or TypeError."""
    if not all(isinstance(value, str) for value in asdict(joined).values()):
        raise TypeError("a membership holds texts")
    ends, key = datetime.fromisoformat(joined.expires_at), bytes.fromhex(joined.site_key)
    if ends.tzinfo is None or len(key) != 32 or not (joined.token.isascii() and joined.token.isprintable()):
        raise ValueError("a membership holds secrets of another form")
    trusting(joined.roots)
    return joined


def forget(home: Home) -> None:
    """Take away what `keep` wrote, the secrets first."""
    keys.destroy(home.path / SECRETS, _name(home))
    (home.path / FILE).unlink(missing_ok=True)


def _name(home: Home) -> str:
    return f"{home.identity.id} central"


def _write(path: Path, text: str) -> None:
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


_CODES = {
    EnrolmentFault.LENGTH: "Un code d’inscription a 32 lettres, en huit groupes de quatre. Il en manque, ou il y en a "
    "trop : relisez-le. Rien n’a été envoyé.",
    EnrolmentFault.LETTER: "Ce code contient un signe qui n’est pas dans les codes d’inscription : seules y sont les "
    "lettres B C D F G H J K L N P R S T V X. Relisez-le. Rien n’a été envoyé.",
    EnrolmentFault.CHECK: "Une lettre de ce code est fausse, ou deux sont inversées. Relisez-le groupe par groupe. "
    "Rien n’a été envoyé.",
}
