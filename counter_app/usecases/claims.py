"""Which row of a list speaks of which convocation, for lists of any length: fingerprints in flat arrays, no texts."""

from array import array
from collections.abc import Mapping

_SMALLEST = 1024


class Claims:
    """Identities named by a list, each with the source key that names it. A million take some thirty megabytes."""

    def __init__(self, named: Mapping[str, str] | None = None) -> None:
        self._size, self._filled = _SMALLEST, 0
        self._identities, self._keys = array("q", [0]) * self._size, array("q", [0]) * self._size
        for identity, source_key in (named or {}).items():
            self.claim(identity, source_key)

    def claim(self, identity: str, source_key: str) -> bool:
        """Name the convocation by this key; False when another key of the list names it already."""
        print_, key = _fingerprint(identity), hash(source_key)
        place = self._place(print_)
        if self._identities[place] == print_:
            return self._keys[place] == key
        self._identities[place], self._keys[place] = print_, key
        self._filled += 1
        if self._filled * 4 > self._size * 3:
            self._grow()
        return True

    def __contains__(self, identity: str) -> bool:
        print_ = _fingerprint(identity)
        return self._identities[self._place(print_)] == print_

    def _place(self, print_: int) -> int:
        mask = self._size - 1
        place = print_ & mask
        while self._identities[place] not in (0, print_):
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        held = [pair for pair in zip(self._identities, self._keys, strict=True) if pair[0]]
        self._size *= 2
        self._identities, self._keys = array("q", [0]) * self._size, array("q", [0]) * self._size
        for print_, key in held:
            place = self._place(print_)
            self._identities[place], self._keys[place] = print_, key


def _fingerprint(identity: str) -> int:
    return hash(identity) or 1
