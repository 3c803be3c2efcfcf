"""Finding what a person asks for: three letters of any word that names it, accents or not, in any order."""

from collections.abc import Iterable

from counter_app.domain.orientation import Held, Motive
from counter_app.domain.person_names import tokens

LEAST_LETTERS = 3
"""Letters after which a search answers."""

_SMALL = "a au aux d de des du en et l la le les ma mes mon ou par pour s sa ses son sur un une y"
_SMALL_WORDS = frozenset(_SMALL.split())

_PARTED = str.maketrans("_'’", "   ")
"""« d’asile » is asile, as a slug is the words it is made of."""


def find(motives: Iterable[Motive], text: str, held: Held | None = None) -> tuple[Motive, ...]:
    """Motives that a text of three letters or more can mean, the likeliest first.

    Each word begins a word of the motive; when no motive has them all, those that have most of them are kept.
    """
    wanted = _plain(text)
    if sum(map(len, wanted)) < LEAST_LETTERS:
        return ()
    scored = [(_share(wanted, one), one) for one in motives if held is None or one.held in (held, None)]
    best = max((share for share, _one in scored), default=0.0)
    kept = [one for share, one in scored if share == best] if best >= 0.5 else []
    return tuple(sorted(kept, key=lambda one: _rank(wanted, one, held)))


def _share(wanted: list[str], motive: Motive) -> float:
    words = _words(motive.spellings)
    return sum(_begins(word, words) for word in wanted) / len(wanted)


def _rank(wanted: list[str], motive: Motive, held: Held | None) -> tuple[int, ...]:
    """Named so exactly, about the document held, found in its name, and the fewest words beside."""
    exact = any(_plain(spelling) == wanted for spelling in motive.spellings)
    name = _words([motive.names["fr"]])
    in_name = sum(_begins(word, name) for word in wanted)
    return (not exact, held is not None and motive.held is not held, -in_name, len(name))


def named(motives: Iterable[Motive], text: str, held: Held | None = None) -> Motive | None:
    """The one motive that a text means: by its name, or because no other is as likely; else the one of a document."""
    wanted = _plain(text)
    if not wanted:
        about = [one for one in motives if held and one.held is held]
        return about[0] if len(about) == 1 else None
    exact = [one for one in motives if wanted and any(_plain(spelling) == wanted for spelling in one.spellings)]
    found = [one for one in exact if held in (None, one.held)] or exact or find(motives, text, held)
    by_name = [one for one in found if all(_begins(word, _words([one.names["fr"]])) for word in wanted)]
    likeliest = by_name if len(by_name) == 1 else found
    return likeliest[0] if len(likeliest) == 1 else None


def _plain(text: str) -> list[str]:
    return [word for word in tokens(text.translate(_PARTED)) if word not in _SMALL_WORDS]


def _words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in _plain(phrase))


def _begins(start: str, words: frozenset[str]) -> bool:
    return any(word.startswith(start) for word in words)
