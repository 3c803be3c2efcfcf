"""The names of one day in memory: whom typed words can mean, answered letter by letter in a millisecond."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import fuzz, process

from counter_app.domain.person_names import fold, sounds_like, tokens

Rank = tuple[int, str]
"""0 is best; and why: `exact`, `prefix`, `typo`, `sound`."""
ALIKE = 50
"""Least likeness, of 100, of two spellings that sound the same: a phonetic key alone takes Diallo for Giulia."""
CLOSE = 78
"""Least likeness, of 100, at which a typed name still means somebody."""
SHORTEST_INSIDE, SHORTEST_DOUBT = 3, 4
"""Letters typed from which they are looked for inside names, and doubted."""
Places = set[int]


class DayNames:
    """Names by the words they hold. People are told by their place in the sequence that was given."""

    def __init__(self, names: Iterable[str]) -> None:
        self._words = [tokens(name) for name in names]
        self._joined = ["".join(words) for words in self._words]
        self._sorted = [" ".join(sorted(words)) for words in self._words]
        self._bearers: defaultdict[str, Places] = defaultdict(set)
        for place, words in enumerate(self._words):
            for word in words:
                self._bearers[word].add(place)
        self._vocabulary = list(self._bearers)
        self._sounds: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            self._sounds[sounds_like(word)].append(word)

    def ranks(self, text: str) -> dict[int, Rank]:
        """Everybody that the words can mean, in any order of the words, with or without accents."""
        wanted = fold(text).split()
        if not wanted:
            return {}
        glued, ordered = "".join(wanted), " ".join(sorted(wanted))
        found: dict[int, Rank] = {}
        if len(glued) >= SHORTEST_DOUBT:
            _add(found, self._all(wanted, self._heard), (4, "sound"))
            _add(found, self._misspelt(wanted, ordered), (3, "typo"))
        if len(glued) >= SHORTEST_INSIDE:
            _add(found, (place for place, joined in enumerate(self._joined) if glued in joined), (2, "prefix"))
        begun = self._all(wanted, self._begun)
        _add(found, begun, (1, "prefix"))
        _add(found, (place for place in begun if self._sorted[place] == ordered), (0, "exact"))
        return found

    def _all(self, wanted: Sequence[str], words_for: Callable[[str], Iterable[str]]) -> Places:
        """Those who bear, for each word wanted, one of the words that stand for it."""
        each = ({place for word in words_for(part) for place in self._bearers[word]} for part in wanted)
        return set.intersection(*each)

    def _begun(self, part: str) -> list[str]:
        return [word for word in self._vocabulary if word.startswith(part)]

    def _heard(self, part: str) -> list[str]:
        return [word for word in self._sounds.get(sounds_like(part), ()) if fuzz.ratio(part, word) >= ALIKE]

    def _close(self, part: str) -> list[str]:
        """Words of which the beginning is nearly this part."""
        beginnings = [word[: len(part) + 1] for word in self._vocabulary]
        near = process.extract(part, beginnings, scorer=fuzz.ratio, score_cutoff=CLOSE, limit=None)
        return [self._vocabulary[place] for _beginning, _score, place in near]

    def _misspelt(self, wanted: Sequence[str], ordered: str) -> Places:
        whole = process.extract(ordered, self._sorted, scorer=fuzz.ratio, score_cutoff=CLOSE, limit=None)
        return {place for _name, _score, place in whole} | self._all(wanted, self._close)


def _add(found: dict[int, Rank], places: Iterable[int], rank: Rank) -> None:
    """A better rank is added after a worse one."""
    found.update(dict.fromkeys(places, rank))
