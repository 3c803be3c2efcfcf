"""Whether an act that comes from elsewhere is to the letter what its author recorded: form, digests, clock.

Nothing here judges what the act says: facts are not refused, only envelopes that do not hold.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from itertools import product
from operator import itemgetter

from counter_app.domain.acts import LINKED, canonical, digest_of_details, digest_of_link
from counter_app.domain.instants import read_instant

FIELDS = (
    *("act_id", "stream", "seq", "site", "desk", "agent", "at", "clock", "kind", "version"),
    *("subject_type", "subject_id", "details", "salt", "details_digest", "prev", "digest", "signature"),
)
"""Columns of the journal, in the order in which an act travels."""
WHOLE_NUMBERS = frozenset({"seq", "clock", "version"})
MAY_BE_EMPTY = frozenset({"details", "salt", "signature"})
LATEST_CLOCK = int(datetime.fromisoformat("2200-01-01T00:00:00+00:00").timestamp() * 1000) << 16
"""A hybrid clock beyond this would leave every desk that merges it without room to count."""
LARGEST = 2**63 - 1
"""Largest number that both databases hold."""
LONGEST = 200
"""Characters of any field but the details."""
DEEPEST = 32
"""Lists and objects inside each other, in details: an act of ours has four."""

_TYPES = frozenset(
    product(
        *((int,) if name in WHOLE_NUMBERS else (str, type(None)) if name in MAY_BE_EMPTY else (str,) for name in FIELDS)
    )
)
"""Types of the fields of an act, in every way in which it may be empty."""
_LINKED = itemgetter(*(FIELDS.index(name) for name in LINKED))
_SHORT = itemgetter(*(FIELDS.index(name) for name in FIELDS if name not in WHOLE_NUMBERS | MAY_BE_EMPTY))
_SEQ, _CLOCK, _VERSION, _AT = (FIELDS.index(name) for name in ("seq", "clock", "version", "at"))
_DETAILS, _SALT, _DETAILS_DIGEST = (FIELDS.index(name) for name in ("details", "salt", "details_digest"))
_DIGEST, _SIGNATURE = FIELDS.index("digest"), FIELDS.index("signature")


def fault(act: Sequence[object]) -> str | None:
    """One word for what does not hold in an act as it travelled: form, clock, details, chain. None when all holds."""
    try:
        return _fault(act) if _has_form(act) else "form"
    except UnicodeEncodeError:
        # Half of a pair of signs is no letter: no digest is made of it.
        return "form"


def _fault(act: Sequence[object]) -> str | None:
    if not (0 < _int(act[_CLOCK]) < LATEST_CLOCK):
        return "clock"
    details = act[_DETAILS]
    if details is not None and not _are_details(str(details)):
        return "form"
    if details is not None and digest_of_details(str(act[_SALT]), str(details)) != act[_DETAILS_DIGEST]:
        return "details"
    if digest_of_link(_LINKED(act)) != act[_DIGEST]:
        return "chain"
    return None


def _has_form(act: Sequence[object]) -> bool:
    if tuple(map(type, act)) not in _TYPES:
        return False
    if not (0 < _int(act[_SEQ]) <= LARGEST and 0 < _int(act[_VERSION]) <= LARGEST):
        return False
    if act[_DETAILS] is not None and act[_SALT] is None:
        return False
    texts = (*_SHORT(act), act[_SALT] or "", act[_SIGNATURE] or "")
    return max(map(len, texts)) <= LONGEST and _is_moment(str(act[_AT]))


def _are_details(text: str) -> bool:
    """Whether details are an object that any desk can read, keep in its rows and write again."""
    try:
        details = _STRICT.decode(text)
        if "\\u" in text:
            canonical(details).encode()
    except (ValueError, RecursionError):
        return False
    nested = text.count("[") + text.count("{") > DEEPEST
    return isinstance(details, dict) and not (nested and _is_deep(details))


def _is_deep(details: object) -> bool:
    level: list[object] = [details]
    for _ in range(DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
    return bool(level)


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list) else []


def _whole(digits: str) -> int:
    number = int(digits)
    if abs(number) > LARGEST:
        raise ValueError("larger than a database holds")
    return number


def _finite(digits: str) -> float:
    number = float(digits)
    if number - number != 0:
        raise ValueError("not a number")
    return number


_STRICT = json.JSONDecoder(parse_int=_whole, parse_float=_finite, parse_constant=_finite)


def _is_moment(at: str) -> bool:
    try:
        read_instant(at)
    except ValueError:
        return False
    return True


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value
