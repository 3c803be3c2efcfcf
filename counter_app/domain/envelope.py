"""Whether an act that comes from elsewhere is to the letter what its author recorded: form, digests, clock.

Nothing here judges what the act says: facts are not refused, only envelopes that do not hold.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import product
from operator import itemgetter

from counter_app.domain.acts import LINKED, digest_of_details, digest_of_link

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
    if not _has_form(act):
        return "form"
    if not (0 < _int(act[_CLOCK]) < LATEST_CLOCK):
        return "clock"
    if act[_DETAILS] is not None and digest_of_details(str(act[_SALT]), str(act[_DETAILS])) != act[_DETAILS_DIGEST]:
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


def _is_moment(at: str) -> bool:
    try:
        return datetime.fromisoformat(at).tzinfo is not None
    except ValueError:
        return False


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value
