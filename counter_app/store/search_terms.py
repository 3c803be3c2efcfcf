"""From what was typed to questions for the search index: exact words, beginnings, slips of the hand, sounds."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import sqlalchemy as sa
from rapidfuzz.distance import JaroWinkler

from counter_app.domain.foreign_number import read_number
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.person_names import PARTICLES, glued, one_typo_away, sounds_like, tokens


class Reason(StrEnum):
    """Why somebody was found; the word used in JSON."""

    EXACT = "exact"
    PREFIX = "prefix"
    TYPO = "typo"
    SOUND = "sound"
    DIGITS = "digits"


TAIL = 4
"""How many last digits of a number find it."""
NEAR_WORDS, NEAR_BEGINNINGS, SOUND_WORDS, READ_SOUNDS = 60, 20, 30, 300
"""How many words of the dictionary may stand for a word typed; beyond, they are noise and time."""
LEAST_DOUBT, LEAST_BEGINNING, LEAST_SOUND = 3, 4, 4
"""Shortest word that is doubted, shortest beginning in which a slip is looked for, shortest sounded beginning."""

FARTHEST = 0.4
"""Jaro-Winkler distance (0 the same, 1 nothing in common) beyond which two words of one sound are two names."""


def tail_token(number: str) -> str:
    """How the last digits of a number stand in the index: `z4289`, which no name can be."""
    return f"z{number[-TAIL:]}"


def twice(words: Iterable[str]) -> Iterator[str]:
    """How a word borne twice stands in the index besides: `traoretraore`, for one TRAORÉ Traoré among many TRAORÉ."""
    return (word * 2 for word, borne in Counter(words).items() if borne > 1 and not word.isdigit())


def words_asked(text: str) -> tuple[str, ...]:
    """Words typed, folded; digits parted by spaces are one number."""
    words = tokens(text)
    return ("".join(words),) if words and all(word.isdigit() for word in words) else words


def beginnings(words: Sequence[str]) -> str:
    """Question for the names that hold, in any order, words that begin so."""
    return _all(map(_beginning, words))


def whole_words(words: Sequence[str]) -> Iterator[str]:
    """Narrower questions, for when too many names answer to `beginnings`: all words whole, then all but the last."""
    yield _all(map(_word, (*words, *twice(words))))
    if len(words) > 1:
        yield _all([*map(_word, words[:-1]), _beginning(words[-1])])


def doubtful(connection: sa.Connection, words: Sequence[str]) -> Iterator[tuple[Reason, str]]:
    """Questions for when nobody answers to the words as typed: particles glued, slips of the hand, sounds."""
    together = glued(" ".join(words))
    if together != tuple(words):
        yield Reason.PREFIX, beginnings(together)
    for reason, look_up in ((Reason.TYPO, _near), (Reason.SOUND, _alike), (Reason.TYPO, _near_beginnings)):
        others = [look_up(connection, word) if _worth_doubting(word) else [] for word in words]
        if any(others):
            yield reason, _all(map(_any, words, others))


def _worth_doubting(word: str) -> bool:
    """Short words and particles are near to everything."""
    return len(word) >= LEAST_DOUBT and word.isalpha() and word not in PARTICLES


def _all(terms: Iterable[str]) -> str:
    return " AND ".join(terms)


def _any(word: str, others: Sequence[str]) -> str:
    return f"({' OR '.join((_beginning(word), *others))})"


def _word(word: str) -> str:
    return _number(word) if word.isdigit() else f'"{word}"'


def _beginning(word: str) -> str:
    return _number(word) if word.isdigit() else f'"{word}" *'


def _number(digits: str) -> str:
    """A number by its last four digits, or by its beginning; nine digits by both readings too."""
    terms = [f'"{digits}"', f'"{tail_token(digits)}"'] if len(digits) == TAIL else [f'"{digits}" *']
    reading = read_number(digits)
    if reading.number_class is NumberClass.AGDREF:
        terms += [f'"{candidate}"' for candidate in reading.candidates]
    return f"({' OR '.join(terms)})"


_WORDS = "SELECT w.word FROM json_each(?) AS asked CROSS JOIN search_word AS w ON w.word = asked.value LIMIT ?"
_BEGINNINGS = (
    "SELECT asked.value FROM json_each(?) AS asked WHERE EXISTS "
    "(SELECT 1 FROM search_word AS w WHERE w.word >= asked.value AND w.word < asked.value || '{') LIMIT ?"
)
_SOUNDS = "SELECT w.word FROM json_each(?) AS asked CROSS JOIN search_word AS w ON w.sound = asked.value LIMIT ?"
_SOUNDS = "SELECT word FROM search_word WHERE sound >= ? AND sound < ? ORDER BY sound LIMIT ?"


def _near(connection: sa.Connection, word: str) -> list[str]:
    """Words of the dictionary at one slip of the hand."""
    asked = json.dumps(sorted(one_typo_away(word)))
    return [f'"{other}"' for other in connection.exec_driver_sql(_WORDS, (asked, NEAR_WORDS)).scalars()]


def _near_beginnings(connection: sa.Connection, word: str) -> list[str]:
    """Beginnings of words of the dictionary at one slip of a word that is still being typed."""
    if len(word) < LEAST_BEGINNING:
        return []
    asked = json.dumps(sorted(one_typo_away(word)))
    return [f'"{other}" *' for other in connection.exec_driver_sql(_BEGINNINGS, (asked, NEAR_BEGINNINGS)).scalars()]


def _alike(connection: sa.Connection, word: str) -> list[str]:
    """Words of the dictionary that sound like a word or begin so; the closest to the eye."""
    sound = sounds_like(word)
    end = sound + ("{" if len(word) >= LEAST_SOUND else " ")
    return _closest(word, connection.exec_driver_sql(_SOUNDS, (sound, end, READ_SOUNDS)).scalars(), SOUND_WORDS)


def _closest(word: str, others: Iterable[str], count: int) -> list[str]:
    near = sorted((JaroWinkler.distance(word, other), other) for other in others)
    return [f'"{other}"' for distance, other in near[:count] if 0 < distance < FARTHEST]
