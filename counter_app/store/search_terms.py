"""From what was typed to questions for the search index: exact words, beginnings, slips of the hand, sounds."""

import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import sqlalchemy as sa
from rapidfuzz.distance import JaroWinkler

from counter_app.domain.foreign_number import read_number
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.person_names import glued, one_typo_away, sounds_like, tokens


class Reason(StrEnum):
    """Why somebody was found; the word used in JSON."""

    EXACT = "exact"
    PREFIX = "prefix"
    TYPO = "typo"
    SOUND = "sound"
    DIGITS = "digits"


TAIL = 4
"""How many last digits of a number find it."""
NEAR_WORDS, NEAR_BEGINNINGS, SOUND_WORDS, READ_SOUNDS = 60, 20, 30, 400
"""How many words of the dictionary may stand for a word typed; beyond, they are noise and time."""
LEAST_TYPO, LEAST_BEGINNING, LEAST_SOUND = 3, 5, 4
"""Shortest word in which a slip is looked for, in a word not yet typed whole, and shortest sounded beginning."""


def tail_token(number: str) -> str:
    """How the last digits of a number stand in the index: `z4289`, which no name can be."""
    return f"z{number[-TAIL:]}"


def words_asked(text: str) -> tuple[str, ...]:
    """Words typed, folded; digits parted by spaces are one number."""
    words = tokens(text)
    return ("".join(words),) if words and all(word.isdigit() for word in words) else words


def stages(connection: sa.Connection, words: tuple[str, ...]) -> Iterator[tuple[Reason, str]]:
    """Full-text questions, the surest first; later ones are only made when they are asked for."""
    if len(words) == 1 and words[0].isdigit():
        yield Reason.DIGITS, _beginning(words[0])
        return
    yield Reason.EXACT, _all(map(_word, words))
    if len(words) > 1:
        yield Reason.PREFIX, _all([*map(_word, words[:-1]), _beginning(words[-1])])
    yield Reason.PREFIX, _all(map(_beginning, words))
    if glued(" ".join(words)) != words:
        yield Reason.PREFIX, _all(map(_beginning, glued(" ".join(words))))
    near = [_near(connection, word, place == len(words)) for place, word in enumerate(words, 1)]
    if any(near):
        yield Reason.TYPO, _all(map(_any, words, near))
    alike = [_alike(connection, word, place == len(words)) for place, word in enumerate(words, 1)]
    if any(alike):
        yield Reason.SOUND, _all(map(_any, words, [one + other for one, other in zip(near, alike, strict=True)]))


def _all(terms: Iterable[str]) -> str:
    return " AND ".join(terms)


def _any(word: str, others: Sequence[str]) -> str:
    return f"({' OR '.join((_beginning(word), *others))})"


def _word(word: str) -> str:
    return _number(word) if word.isdigit() else f'"{word}"'


def _beginning(word: str) -> str:
    return _number(word) if word.isdigit() else f'"{word}" *'


def _number(digits: str) -> str:
    """A number by its beginning, by its last digits when four are given, by both readings when nine are."""
    terms = [f'"{digits}" *']
    if len(digits) == TAIL:
        terms.append(f'"{tail_token(digits)}"')
    reading = read_number(digits)
    if reading.number_class is NumberClass.AGDREF:
        terms += [f'"{candidate}"' for candidate in reading.candidates]
    return f"({' OR '.join(terms)})"


_WORDS = "SELECT w.word FROM json_each(?) AS asked CROSS JOIN search_word AS w ON w.word = asked.value LIMIT ?"
_BEGINNINGS = (
    "SELECT asked.value FROM json_each(?) AS asked WHERE EXISTS "
    "(SELECT 1 FROM search_word AS w WHERE w.word >= asked.value AND w.word < asked.value || '{') LIMIT ?"
)
_SOUNDS = "SELECT word FROM search_word WHERE sound >= ? AND sound < ? ORDER BY sound LIMIT ?"


def _near(connection: sa.Connection, word: str, last: bool) -> list[str]:
    """Words of the dictionary at one slip of a word, and, of the word being typed, beginnings at one slip."""
    if len(word) < LEAST_TYPO or not word.isalpha():
        return []
    asked = json.dumps(sorted(one_typo_away(word)))
    near = [f'"{other}"' for other in connection.exec_driver_sql(_WORDS, (asked, NEAR_WORDS)).scalars()]
    if last and len(word) >= LEAST_BEGINNING:
        beginnings = connection.exec_driver_sql(_BEGINNINGS, (asked, NEAR_BEGINNINGS)).scalars()
        near += [f'"{beginning}" *' for beginning in beginnings]
    return near


def _alike(connection: sa.Connection, word: str, last: bool) -> list[str]:
    """Words of the dictionary that sound like a word, or begin so when it is being typed; the closest to the eye."""
    sound = sounds_like(word) if word.isalpha() else ""
    if not sound:
        return []
    end = f"{sound}{'{' if last and len(word) >= LEAST_SOUND else ' '}"
    heard = connection.exec_driver_sql(_SOUNDS, (sound, end, READ_SOUNDS)).scalars()
    closest = sorted(heard, key=lambda other: JaroWinkler.distance(word, other))
    return [f'"{other}"' for other in closest[:SOUND_WORDS] if other != word]
