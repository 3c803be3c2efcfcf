"""A desk joins its central by a code: the network's part of it. Nothing is written here.

The roots are fetched from whoever answers, and believed only once the first of them is the one that the code names.
Everything else is said over a connection that this root vouches for: the secret of the code, and the roots to keep.
"""

import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from counter_app.domain.enrolment_code import EnrolmentCode
from counter_app.domain.french import typeset
from counter_app.sync.enrolment import Enrol, Enrolled, proof
from counter_app.sync.https import CONNECT, READ, HttpsCentral, open_client, reason_of
from counter_app.sync.outcomes import unreachable
from counter_app.sync.transport import Trouble
from counter_app.sync.trust import trusting

MOST_OF_ROOTS = 64 * 1024
_WORD = re.compile(r"[a-z_]{1,40}")
_TOKEN = re.compile(r"[\x21-\x7e]{20,512}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """The desk that joins."""

    device: str
    public_key: str
    desk: str
    letter: str
    site: str
    training: bool
    sign: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class NotJoined:
    """Why a desk did not join: a stable word, and a French sentence."""

    code: str
    sentence: str


def central_url(text: str) -> str | None:
    """The address of a central, `https://server:port`, as it is kept; None when it is none."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        return None
    extra = parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme.lower() != "https" or not parts.hostname or extra or any(c.isspace() for c in parts.netloc):
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"https://{host}:{port}" if port else f"https://{host}"


def join(url: str, code: EnrolmentCode, candidate: Candidate, ticks: Callable[[], float]) -> Enrolled | NotJoined:
    """Join the central at an address (see `central_url`)."""
    root = _vouched(url, code)
    if isinstance(root, NotJoined):
        return root
    asked = Enrol(
        code.secret,
        candidate.device,
        candidate.public_key,
        candidate.desk,
        candidate.letter,
        candidate.site,
        candidate.training,
        candidate.sign(proof(code.secret, candidate.device)),
    )
    central = HttpsCentral(url, root, ticks)
    try:
        found = central.post("/v1/enrol", asked, Enrolled)
    finally:
        central.close()
    if isinstance(found, Trouble):
        return _not_joined(found)
    return found if _sound(found, candidate, root) else _told("not_guichet")


def _vouched(url: str, code: EnrolmentCode) -> str | NotJoined:
    """The first root that the server shows, in PEM, once it is the one that the code names."""
    found = _fetched(url)
    if isinstance(found, Trouble):
        return NotJoined("central_unreachable", typeset(f"{found.sentence} Rien n’a été enregistré sur ce poste."))
    try:
        roots = x509.load_pem_x509_certificates(found)
    except ValueError:
        return _told("not_guichet")
    first = roots[0]
    if not code.names(first.public_bytes(Encoding.DER)):
        return _told("other_central")
    return first.public_bytes(Encoding.PEM).decode("ascii")


def _fetched(url: str) -> bytes | Trouble:
    """What the server shows as its roots, whoever it is. Nothing is sent to it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    client = open_client(context)
    try:
        timeout = httpx.Timeout(READ, connect=CONNECT)
        with client.stream("GET", f"{url}/v1/roots", timeout=timeout) as response:
            body = b""
            for piece in response.iter_raw():
                body += piece
                if len(body) > MOST_OF_ROOTS:
                    return b""
            return body if response.status_code == httpx.codes.OK else b""
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return unreachable(reason_of(error))
    finally:
        client.close()


def _sound(found: Enrolled, candidate: Candidate, root: str) -> bool:
    """Whether what a central gave can be kept and used."""
    try:
        trusting(found.roots)
        ends = datetime.fromisoformat(found.expires_at)
        key = bytes.fromhex(found.site_key)
    except (ssl.SSLError, ValueError):
        return False
    same = (found.site, found.training) == (candidate.site, candidate.training)
    return (
        same
        and root in found.roots
        and ends.tzinfo is not None
        and len(key) == 32
        and bool(_TOKEN.fullmatch(found.token))
    )


def _not_joined(trouble: Trouble) -> NotJoined:
    word = trouble.word if _WORD.fullmatch(trouble.word) else "not_guichet"
    if word in _NETWORK:
        return NotJoined("central_unreachable", typeset(f"{trouble.sentence} Rien n’a été enregistré sur ce poste."))
    return NotJoined(f"enrol_{word}", trouble.sentence)


_NETWORK = frozenset({"address", "name", "refused", "timeout", "cut", "network", "tls"})
_SENTENCES = {
    "not_guichet": "Ce qui répond à cette adresse n’est pas une base centrale de Guichet (un serveur mandataire, "
    "peut-être). Rien n’a été enregistré. Vérifiez l’adresse auprès de qui a donné le code.",
    "other_central": "Le certificat du serveur qui répond à cette adresse n’est pas celui de ce code : ce n’est pas la "
    "base centrale qui l’a donné, ou quelqu’un s’est mis à sa place. Rien n’a été envoyé ni enregistré. Vérifiez "
    "l’adresse et le code ; s’ils sont justes, prévenez le service informatique.",
}


def _told(code: str) -> NotJoined:
    return NotJoined(code, typeset(_SENTENCES[code]))
