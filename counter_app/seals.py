"""Signatures of sealed documents (2D-Doc), checked with the certificates that ship: no network, nothing of the account.

The package `tddoc` brings the certificates of the State's list and the TEST authority FR00; only these files are used.
A certificate counts when its authority ships too and issued it, and when it was valid on the day of the signature
(not today: papers outlive certificates). What FR00 or any test certificate signed is a specimen, never genuine.
A training home may bring more authorities in its folder `certificats`, to practise; a real one never does.
"""

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from importlib.resources import files
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.x509.oid import NameOID

from counter_app.domain.sealed_document import CheckSeal, SealCheck, SealedDocument, SealStatus, may_sign

TEST_AUTHORITY = "FR00"
_TEST_CERTIFICATES = ("0000", "TES", "TST")
"""How authorities name the certificates they test with."""
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "secp256r1": hashes.SHA256(),
    "secp384r1": hashes.SHA384(),
    "secp521r1": hashes.SHA512(),
}


def seal_check(practice: Path | None = None) -> CheckSeal:
    """The check of a desk; `practice` is a folder of certificates (DER or PEM), for a training home alone."""
    return partial(_check, practice)


def _check(practice: Path | None, document: SealedDocument) -> SealCheck:
    certificate = _certificate(document.authority, document.certificate, practice)
    if certificate is None:
        return SealCheck(SealStatus.UNKNOWN_CERTIFICATE)
    authority = _name(certificate.subject, NameOID.ORGANIZATION_NAME)
    matches = _matches(certificate.public_key(), document)
    if matches is None:
        return SealCheck(SealStatus.UNKNOWN_CERTIFICATE)
    if not matches:
        return SealCheck(SealStatus.BROKEN, authority)
    if _is_test(document):
        return SealCheck(SealStatus.SPECIMEN, authority)
    if not _signed_while_valid(certificate, document):
        return SealCheck(SealStatus.BROKEN, authority, out_of_period=True)
    brought = _shipped(document.authority) is None
    if not brought and not may_sign(document.document_type, authority):
        return SealCheck(SealStatus.UNEXPECTED_AUTHORITY, authority)
    return SealCheck(SealStatus.GENUINE, authority)


def _certificate(authority: str, name: str, practice: Path | None) -> x509.Certificate | None:
    """The certificate that signed, issued by an authority that ships; the practice folder never speaks for those."""
    issuer = _shipped(authority)
    if authority == TEST_AUTHORITY:
        return issuer if issuer and _named(issuer, authority, name) else None
    if issuer:
        leaf = _shipped(f"{authority}_{name}")
        return leaf if leaf and _named(leaf, authority, name) and _issued(leaf, issuer) else None
    brought = list(_brought(practice)) if practice else []
    issuers = [one for one in brought if _name(one.subject) == authority]
    leaves = (one for one in brought if _named(one, authority, name))
    return next((leaf for leaf in leaves if any(_issued(leaf, one) for one in issuers)), None)


def _shipped(name: str) -> x509.Certificate | None:
    file = files("tddoc.chains").joinpath(f"{name}.der")
    return x509.load_der_x509_certificate(file.read_bytes()) if file.is_file() else None


def _brought(folder: Path) -> Iterable[x509.Certificate]:
    """Certificates of a folder; a file that is none is left aside."""
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        with suppress(ValueError, OSError):
            content = path.read_bytes()
            pem = content.lstrip().startswith(b"-----BEGIN")
            yield x509.load_pem_x509_certificate(content) if pem else x509.load_der_x509_certificate(content)


def _named(certificate: x509.Certificate, authority: str, name: str) -> bool:
    return _name(certificate.issuer) == authority and _name(certificate.subject) == name


def _name(name: x509.Name, part: x509.ObjectIdentifier = NameOID.COMMON_NAME) -> str:
    found = name.get_attributes_for_oid(part)
    return str(found[0].value) if found else ""


def _issued(leaf: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        leaf.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _matches(key: object, document: SealedDocument) -> bool | None:
    """Whether the signature is that of the text; None when this version cannot tell."""
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name not in _HASHES:
        return None
    half = len(document.signature) // 2
    r, s = int.from_bytes(document.signature[:half], "big"), int.from_bytes(document.signature[half:], "big")
    try:
        key.verify(encode_dss_signature(r, s), document.signed_text.encode(), ec.ECDSA(_HASHES[key.curve.name]))
    except InvalidSignature:
        return False
    return True


def _is_test(document: SealedDocument) -> bool:
    return document.authority == TEST_AUTHORITY or document.certificate.startswith(_TEST_CERTIFICATES)


def _signed_while_valid(certificate: x509.Certificate, document: SealedDocument) -> bool:
    first, last = certificate.not_valid_before_utc.date(), certificate.not_valid_after_utc.date()
    return document.signed_on is not None and first <= document.signed_on <= last
