"""Finding what a person asks for: three letters of any word that names it, accents or not, in any order."""

import math
from collections.abc import Iterable

from counter_app.domain.orientation import Held, Motive
from counter_app.domain.person_names import tokens

LEAST_LETTERS = 3
"""Letters after which a search answers."""
SAME = 7
"""First letters by which two long words are one."""

_SMALL = (
    "a ai au aux c ce cette comment d dans de des du en est et faire j je l la le les ma mes mon ou par pour que qui s "
    "sa ses son sur un une veux voudrais y"
)
_SMALL_WORDS = frozenset(_SMALL.split())

_PARTED = str.maketrans("_'’", "   ")
"""« d’asile » is asile, as a slug is the words it is made of."""


def find(motives: Iterable[Motive], text: str, held: Held | None = None) -> tuple[Motive, ...]:
    """Motives that a text of three letters or more can mean, the likeliest first.

    Each word begins a word of the motive. When no motive has them all, those kept have half of what was said, by count
    or by rarity: « titre de séjour saisonnier » is the seasonal worker, since many motives know titre and séjour.
    """
    wanted = _plain(text)
    if sum(map(len, wanted)) < LEAST_LETTERS:
        return ()
    asked = [one for one in motives if held is None or one.held in (held, None)]
    known = {one.slug: _known(wanted, one.spellings) for one in asked}
    weights = {word: 1 / max(1, sum(word in words for words in known.values())) for word in wanted}
    likely = {one.slug: sum(weights[word] for word in known[one.slug]) for one in asked}
    half = sum(weights.values()) / 2
    enough = (likely[slug] for slug, words in known.items() if 2 * len(words) >= len(weights) or likely[slug] >= half)
    best = max(enough, default=0)
    kept = [one for one in asked if best and math.isclose(likely[one.slug], best)]
    return tuple(sorted(kept, key=lambda one: _rank(wanted, one, held)))


def _known(wanted: Iterable[str], phrases: Iterable[str]) -> frozenset[str]:
    """The words wanted that begin a word of the phrases."""
    words = _words(phrases)
    return frozenset(start for start in wanted if _begins(start, words))


def _rank(wanted: list[str], motive: Motive, held: Held | None) -> tuple[int, ...]:
    """Named so exactly, about the document held, found in its name; then the order of the list of motives."""
    exact = any(_plain(spelling) == wanted for spelling in motive.spellings)
    return (not exact, held is not None and motive.held is not held, -_in_name(wanted, motive))


def _in_name(wanted: Iterable[str], motive: Motive) -> int:
    return len(_known(wanted, motive.names.values()))


def named(motives: Iterable[Motive], text: str, held: Held | None = None) -> Motive | None:
    """The one motive that a text means: by its name, or because no other is as likely; else the one of a document."""
    wanted = _plain(text)
    if not wanted:
        about = [one for one in motives if held and one.held is held]
        return about[0] if len(about) == 1 else None
    exact = [one for one in motives if wanted and any(_plain(spelling) == wanted for spelling in one.spellings)]
    found = [one for one in exact if held in (None, one.held)] or exact or find(motives, text, held)
    if len(found) > 1 and not exact and _in_name(wanted, found[0]) > _in_name(wanted, found[1]):
        return found[0]
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> list[str]:
    return [word for word in tokens(text.translate(_PARTED)) if word not in _SMALL_WORDS]


def _words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in _plain(phrase))


def _begins(start: str, words: frozenset[str]) -> bool:
    """« renouveler » is « renouvellement »: seven letters in common are the same word."""
    return any(word.startswith(start[:SAME]) for word in words)
