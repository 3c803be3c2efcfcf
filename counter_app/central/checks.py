"""What the central checks of acts before it takes them: their envelope, never what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from counter_app.domain.acts import GENESIS, device_of
from counter_app.domain.envelope import fault
from counter_app.domain.lines import runs
from counter_app.sync.wire import WireAct


@dataclass(frozen=True, slots=True)
class Checked:
    """A run of acts, each following the one before: those that hold and end on a signature, then those that do not."""

    stream: str
    sound: tuple[WireAct, ...]
    rest: tuple[WireAct, ...] = ()
    reason: str = ""
    """Why the rest does not hold: one word of `wire.Pushed.reason`."""


def checked(acts: Sequence[WireAct], site: str, keys: Mapping[str, str]) -> list[Checked]:
    """Acts cut into runs, each checked. `keys`: public key of each device, hexadecimal."""
    found: list[Checked] = []
    for stream, some in _by_stream(acts).items():
        for run in _runs(some):
            found.append(_checked(stream, run, site, keys.get(device_of(stream))))
    return found


def _by_stream(acts: Sequence[WireAct]) -> dict[str, list[WireAct]]:
    found: dict[str, list[WireAct]] = {}
    for act in acts:
        found.setdefault(act.stream if storable(act.stream) else "", []).append(act)
    return found


def _runs(acts: list[WireAct]) -> list[list[WireAct]]:
    """Runs of acts; one whose place in the chain cannot even be read stands alone."""
    found: list[list[WireAct]] = []
    placed: list[WireAct] = []
    for act in acts:
        if type(act.seq) is int and isinstance(act.prev, str) and isinstance(act.digest, str):
            placed.append(act)
        else:
            found += [*runs(placed), [act]]
            placed = []
    return [*found, *runs(placed)]


def _checked(stream: str, run: list[WireAct], site: str, key: str | None) -> Checked:
    """The run up to the last signature before the first act that does not hold."""
    reason, signed = "signature", 0
    for place, act in enumerate(run):
        wrong = _fault(act, site, key)
        if wrong is not None:
            reason = wrong
            break
        signed = place + 1 if act.signature is not None else signed
    return Checked(stream, tuple(run[:signed]), tuple(run[signed:]), reason if signed < len(run) else "")


def _fault(act: WireAct, site: str, key: str | None) -> str | None:
    wrong = fault(act)
    if wrong is not None:
        return wrong
    if not storable("".join([value for value in act if type(value) is str])):
        return "form"
    if "~" in act.stream or not device_of(act.stream):
        return "form"
    if act.site != site:
        return "site"
    if (act.seq == 1) != (act.prev == GENESIS):
        return "chain"
    unsigned = act.signature is None or key is None
    return None if unsigned or signed_by(key or "", act.digest, act.signature or "") else "signature"


def storable(value: object) -> bool:
    """Whether both databases keep a value as it is: a text without the character zero nor half of a pair."""
    return isinstance(value, str) and "\0" not in value and (value.isascii() or _is_unicode(value))


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def signed_by(public: str, digest: str, signature: str) -> bool:
    """Whether a device made this signature of a digest."""
    try:
        _key(public).verify(bytes.fromhex(signature), digest.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=4096)
def _key(public: str) -> Ed25519PublicKey:
    """Making the key out of its bytes costs a tenth of a verification."""
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
