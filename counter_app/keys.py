"""The desk's two secrets: the raw key of the local file and the seed that signs, in the system's keyring or a file."""

import hmac
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from counter_app.domain.refusal import StoreRefused

SERVICE = "guichet"
FILE = "key.json"

IN_FILE = (
    "Ce poste n’a pas de trousseau de clés. La clé du fichier local est gardée dans « {file} », lisible par ce seul "
    "compte : qui copie ce dossier entier peut lire les données. Protégez la session et chiffrez le disque."
)


@dataclass(frozen=True, slots=True)
class DeskKeys:
    """Raw 32-byte key of the file, and the 32-byte Ed25519 seed of the device."""

    store: bytes
    device: bytes

    @staticmethod
    def new() -> "DeskKeys":
        """Fresh secrets from the system's generator."""
        return DeskKeys(secrets.token_bytes(32), secrets.token_bytes(32))

    def sign(self, digest: str) -> str:
        """Ed25519 signature of a digest, hexadecimal."""
        return _signer(self.device).sign(digest.encode()).hex()

    @property
    def public(self) -> str:
        """Public key of the device, hexadecimal: what others check signatures with."""
        return _signer(self.device).public_key().public_bytes_raw().hex()

    def derived(self, purpose: str) -> bytes:
        """A 32-byte key for one purpose, the same at each opening: it tells nothing of the key of the file."""
        return hmac.digest(self.store, f"guichet {purpose}".encode(), "sha256")

    def text(self) -> str:
        """Form kept in the keyring or the file."""
        return json.dumps({"store": self.store.hex(), "device": self.device.hex()})

    @staticmethod
    def read(text: str) -> "DeskKeys":
        """Read `text` back. Raises ValueError or KeyError when it was altered."""
        values = json.loads(text)
        return DeskKeys(bytes.fromhex(values["store"]), bytes.fromhex(values["device"]))


@lru_cache(maxsize=2)
def _signer(seed: bytes) -> Ed25519PrivateKey:
    """Making the key out of its seed costs twice a signature."""
    return Ed25519PrivateKey.from_private_bytes(seed)


def signed_by(public: str, digest: str, signature: str) -> bool:
    """Whether a device made this signature."""
    try:
        _verifier(public).verify(bytes.fromhex(signature), digest.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def _verifier(public: str) -> Ed25519PublicKey:
    """Making the key out of its bytes costs a tenth of a verification; a week of a site has thousands of each desk."""
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))


def keep(keys: DeskKeys, home: Path, home_id: str) -> str:
    """Put the secrets in the keyring when there is one, else in a 0600 file; answers `keyring` or `file`."""
    if _keep_in_keyring(home_id, keys.text()):
        return "keyring"
    _keep_in_file(home / FILE, keys.text())
    return "file"


def keep_secret(path: Path, name: str, text: str) -> str:
    """Keep another secret of the desk as its keys are: in the keyring under a name, else in a 0600 file at a path.

    Answers `keyring` or `file`.
    """
    if _keep_in_keyring(name, text):
        path.unlink(missing_ok=True)
        return "keyring"
    _keep_in_file(path, text)
    return "file"


def secret(path: Path, name: str) -> str:
    """A secret kept so; empty when there is none. Raises OSError when its file cannot be read."""
    return path.read_text(encoding="utf-8") if path.is_file() else _from_keyring(name) or ""


def forget_secret(path: Path, name: str) -> None:
    """Keep it no more, wherever it is."""
    path.unlink(missing_ok=True)
    if _from_keyring(name):
        _keep_in_keyring(name, "")


def destroy(path: Path, name: str) -> None:
    """Destroy a secret wherever it is, for ever: what it opened stays closed. On a plain disk no byte of it is left."""
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError, OSError):
        if keyring.get_password(SERVICE, name) is not None:
            keyring.delete_password(SERVICE, name)
    if path.is_file():
        _keep_in_file(path, "0" * path.stat().st_size)
        path.unlink()


def _keep_in_file(path: Path, text: str) -> None:
    """Written whole, for this account alone."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def fetch(home: Path, home_id: str, place: str) -> DeskKeys:
    """The secrets of a home. Refuses in words when they are gone: without them the file cannot be read."""
    text = _from_keyring(home_id) if place == "keyring" else _from_file(home / FILE)
    try:
        return DeskKeys.read(text or "")
    except (ValueError, KeyError, TypeError) as error:
        raise StoreRefused(
            "key_missing",
            f"La clé du fichier local est absente ou abîmée ({'trousseau' if place == 'keyring' else FILE}). "
            "Sans elle, les données ne se lisent pas. Rien n’a été changé : prévenez le service informatique.",
        ) from error


def _from_file(path: Path) -> str | None:
    return path.read_text(encoding="ascii", errors="replace") if path.is_file() else None


def _keep_in_keyring(name: str, text: str) -> bool:
    import keyring
    from keyring.errors import KeyringError

    if getattr(keyring.get_keyring(), "priority", 0) < 1:
        return False
    try:
        keyring.set_password(SERVICE, name, text)
        return keyring.get_password(SERVICE, name) == text
    except (KeyringError, OSError):
        return False


def _from_keyring(name: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, name)
    except (KeyringError, OSError):
        return None
