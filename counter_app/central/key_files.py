"""Files of certificates and their keys: for this account alone, replaced whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from counter_app.domain.refusal import StoreRefused
from counter_app.store.safety import why_not_written


def write(folder: Path, name: str, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
    """Key and certificate in one file, for this account alone, replaced whole or not at all."""
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = path(folder, f"{name}-new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private + pem(certificate))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path(folder, name))


def read(folder: Path, name: str) -> tuple[ec.EllipticCurvePrivateKey | None, x509.Certificate]:
    """A certificate, and its key when it is there. Raises ValueError or TypeError when they do not fit."""
    content = path(folder, name).read_bytes()
    certificate = x509.load_pem_x509_certificate(content)
    if b"PRIVATE KEY-----" not in content:
        return None, certificate
    key = serialization.load_pem_private_key(content, None)
    if key.public_key() != certificate.public_key():
        raise ValueError("a key and a certificate that do not belong together")
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("a key of another kind than P-256")
    return key, certificate


def no_key(folder: Path, name: str) -> StoreRefused:
    """A key is kept elsewhere, where it was needed."""
    return StoreRefused(
        "no_root_key",
        f"La clé de « {name}.pem » n’est pas dans « {folder} » : rien n’a été changé. Remettez-la le temps de ce "
        "geste, ou faites signer le certificat du serveur par qui la tient.",
    )


def pem(certificate: x509.Certificate) -> bytes:
    """A certificate as text."""
    return certificate.public_bytes(serialization.Encoding.PEM)


def path(folder: Path, name: str) -> Path:
    """The file of a certificate."""
    return folder / f"{name}.pem"


@contextmanager
def written(folder: Path) -> Iterator[None]:
    """Tell in words what keeps a folder from being written."""
    try:
        yield
    except OSError as error:
        raise StoreRefused(
            "not_writable",
            f"Le dossier « {folder} » de la base centrale ne peut pas être écrit : {why_not_written(error)}. "
            "Choisissez-en un autre (option --folder).",
        ) from error
