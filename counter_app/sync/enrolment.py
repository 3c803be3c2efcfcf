"""What a desk and its central say when the desk joins, and when it renews its token. No network, no file.

A desk joins once, by the code of `domain.enrolment_code`, over a connection verified by the root that the code names.
It proves that it holds its key by signing what it asks with.
"""

from dataclasses import dataclass

from counter_app.sync.wire import VERSION


@dataclass(frozen=True, slots=True)
class Enrol:
    """A desk asks to join."""

    code: str
    """The secret of the enrolment code: its first eleven letters."""
    device: str
    public_key: str
    """Ed25519, hexadecimal."""
    desk: str
    letter: str
    site: str
    training: bool
    signature: str
    """Of `proof(code, device)`, by the key of the device, hexadecimal."""
    version: int = VERSION


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The desk is known from now on."""

    site: str
    training: bool
    token: str
    """Shown with every question, as a bearer token. Kept as a secret."""
    expires_at: str
    """When the token stops to be accepted, ISO 8601."""
    site_key: str
    """Key, in hexadecimal, of the digests of stamp numbers: the same at every desk of the site. Kept as a secret."""
    roots: str
    """The two roots that the desk trusts from now on, in PEM, the one in use first."""


@dataclass(frozen=True, slots=True)
class Renew:
    """A desk asks for another token before its own ends, with its own as the bearer token."""

    device: str
    signature: str
    """Of `proof(token, device)`, by the key of the device, hexadecimal: a token that was stolen renews nothing."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """The token from now on; the former one is accepted until this one was seen."""

    token: str
    expires_at: str
    roots: str


@dataclass(frozen=True, slots=True)
class Turned:
    """Why something was not answered: every status other than 200 says so."""

    code: str
    """A stable word."""
    sentence: str
    """French, for an agent."""


def proof(subject: str, device: str) -> str:
    """What a device signs when it joins or renews."""
    return f"guichet {subject} {device}"
