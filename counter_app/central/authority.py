"""The central's own certificate authority: a root in use, the root that follows it, and the server's certificate.

Desks trust these two roots and nothing else. The server's certificate is made anew under the first root as often as
wanted, and after `turn` under the second: no desk is touched. P-256 and SHA-256 (RFC 5280 profile), which every TLS
library of the desks verifies. Private keys are files of this account alone.
"""

import ipaddress
import ssl
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from counter_app.central.key_files import no_key, path, pem, read, write, written
from counter_app.domain.refusal import StoreRefused

ROOT_LIFE = timedelta(days=20 * 365)
SERVER_LIFE = timedelta(days=397)
RENEWED_BEFORE = timedelta(days=60)
"""The server's certificate is renewed when it has less than this to live."""
TOLD_BEFORE = timedelta(days=365)
"""A root that ends within this time is told: the one that follows has to be on every desk by then."""
_SKEW = timedelta(days=2)
"""Certificates begin this long before they are made: the clock of a desk may be late."""
LOCAL = ("localhost", "127.0.0.1", "::1")

ROOT, NEXT, SERVER = "root", "next-root", "server"


@dataclass(frozen=True, slots=True)
class Authority:
    """Certificates and keys of a folder, read and found to fit together."""

    folder: Path
    root: x509.Certificate
    next_root: x509.Certificate
    server: x509.Certificate
    renewable: bool = True
    """Whether the key of the root is here. It is not when somebody else signs, or keeps the key in a safe."""

    @property
    def roots(self) -> str:
        """Both roots in PEM, the one in use first: what a desk keeps."""
        return "".join(pem(one).decode("ascii") for one in (self.root, self.next_root))

    @property
    def root_der(self) -> bytes:
        """The root in use: what the enrolment code names."""
        return self.root.public_bytes(serialization.Encoding.DER)

    @property
    def names(self) -> tuple[str, ...]:
        """Names and addresses under which desks may reach the server."""
        found = self.server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        addresses = map(str, found.get_values_for_type(x509.IPAddress))
        return (*found.get_values_for_type(x509.DNSName), *addresses)

    def context(self) -> ssl.SSLContext:
        """TLS 1.3 alone, with the server's certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        self.load_into(context)
        return context

    def load_into(self, context: ssl.SSLContext) -> None:
        """Let a context show the server's certificate from its next connection on."""
        context.load_cert_chain(path(self.folder, SERVER))

    def due(self, now: datetime) -> bool:
        """Whether the server's certificate has to be renewed, and can be."""
        if not self.renewable:
            return False
        return self.server.not_valid_after_utc - now < RENEWED_BEFORE or not _issued_by(self.server, self.root)

    def told(self, now: datetime) -> tuple[str, ...]:
        """Sentences about what ends soon, and what to do."""
        ends = ((self.root, "La racine en service"), (self.next_root, "La racine suivante"))
        told = tuple(
            f"{what} de l’autorité de la base centrale se termine le {one.not_valid_after_utc:%d/%m/%Y}. Passez à la "
            "suivante (counter-app central turn-root) : les postes la connaissent déjà."
            for one, what in ends
            if one.not_valid_after_utc - now < TOLD_BEFORE
        )
        if self.renewable or self.server.not_valid_after_utc - now >= RENEWED_BEFORE:
            return told
        by_hand = (
            f"Le certificat du serveur se termine le {self.server.not_valid_after_utc:%d/%m/%Y} et la clé de la racine "
            f"n’est pas dans « {self.folder} » : remplacez-y « {SERVER}.pem », puis relancez le service."
        )
        return (*told, by_hand)


def make_authority(folder: Path, site: str, names: Sequence[str], now: datetime) -> Authority:
    """Make both roots and the server's certificate; what a folder already holds is kept."""
    with written(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
        for name, title in ((ROOT, "A"), (NEXT, "B")):
            if not path(folder, name).exists():
                _make_root(folder, name, f"Guichet {site} {title}", now)
        if not path(folder, SERVER).exists():
            _make_server(folder, names, now)
    return open_authority(folder)


def open_authority(folder: Path) -> Authority:
    """The authority of a folder. Refuses in words when something is missing or damaged: nothing is made instead."""
    try:
        (root_key, root), (_, next_root), (server_key, server) = (read(folder, name) for name in (ROOT, NEXT, SERVER))
        if server_key is None:
            raise ValueError("a server needs its key")  # noqa: TRY301 - one door for all that is damaged
    except (OSError, ValueError, TypeError) as error:
        raise StoreRefused(
            "authority_unreadable",
            f"Les certificats de la base centrale sont absents ou abîmés (« {folder} »). Rien n’a été changé. Remettez "
            "ce dossier d’une sauvegarde, ou donnez-en un autre (option --folder) : les postes ne feraient pas "
            "confiance à de nouveaux certificats.",
        ) from error
    return Authority(folder, root, next_root, server, root_key is not None)


def renew(authority: Authority, names: Iterable[str], now: datetime) -> Authority:
    """Make the server's certificate anew under the root in use, with the names it had and these."""
    with written(authority.folder):
        _make_server(authority.folder, (*authority.names, *names), now)
    return open_authority(authority.folder)


def turn(authority: Authority, site: str, now: datetime) -> Authority:
    """The root that follows becomes the one in use, and another one follows it; the server's certificate is renewed.

    Desks trust both already, and learn the new one at their next exchange. The former root is kept beside, unused.
    """
    folder = authority.folder
    if read(folder, NEXT)[0] is None:
        raise no_key(folder, NEXT)
    draft = path(folder, f"{NEXT}-draft")
    with written(folder):
        _make_root(folder, draft.stem, f"Guichet {site} {now:%Y}", now)
        path(folder, ROOT).replace(path(folder, f"former-{authority.root.serial_number:x}"))
        path(folder, NEXT).replace(path(folder, ROOT))
        draft.replace(path(folder, NEXT))
        _make_server(folder, authority.names, now)
    return open_authority(folder)


def _make_root(folder: Path, name: str, title: str, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title)])
    draft = _draft(subject, subject, key, now, ROOT_LIFE)
    draft = draft.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    draft = draft.add_extension(_usage(signs=True), critical=True)
    write(folder, name, key, draft.sign(key, hashes.SHA256()))


def _make_server(folder: Path, names: Iterable[str], now: datetime) -> None:
    issuer, root = read(folder, ROOT)
    if issuer is None:
        raise no_key(folder, ROOT)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Guichet")])
    draft = _draft(subject, root.subject, key, now, min(SERVER_LIFE, root.not_valid_after_utc - now))
    draft = draft.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    draft = draft.add_extension(_usage(signs=False), critical=True)
    draft = draft.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    issued_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())
    draft = draft.add_extension(issued_by, critical=False)
    wanted = dict.fromkeys((*LOCAL, *names))
    draft = draft.add_extension(x509.SubjectAlternativeName([_name(one) for one in wanted]), critical=False)
    write(folder, SERVER, key, draft.sign(issuer, hashes.SHA256()))


def _draft(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    draft = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
    draft = draft.not_valid_before(now - _SKEW).not_valid_after(now + life)
    return draft.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _usage(*, signs: bool) -> x509.KeyUsage:
    """A root signs certificates, a server what it says."""
    return x509.KeyUsage(not signs, False, False, False, False, signs, signs, False, False)


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        return x509.DNSName(name)
    except ValueError as error:
        raise StoreRefused(
            "bad_server_name",
            f"« {name} » ne peut pas être le nom d’un serveur : lettres sans accent, chiffres, points et tirets.",
        ) from error


def _issued_by(one: x509.Certificate, root: x509.Certificate) -> bool:
    return one.issuer == root.subject and one.not_valid_after_utc <= root.not_valid_after_utc
