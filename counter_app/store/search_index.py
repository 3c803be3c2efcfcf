"""Search index of people: found as they are typed among a million, in any order, with a slip, by ear, by last digits.

One full-text table of folded words (log-structured, so a whole list is indexed in seconds), a dictionary of distinct
words with their sounds for misspelt queries, and the names themselves for ranking. It is built from projections, can be
rebuilt at any time (`clear`, then `index_subjects`), and is no part of their byte-for-byte comparison.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from zlib import crc32

import sqlalchemy as sa
from rapidfuzz.distance import JaroWinkler

from counter_app.domain.person_names import PARTICLES, glued, sounds_like, tokens
from counter_app.store.search_tables import FULL_TEXT
from counter_app.store.search_terms import (
    TAIL,
    Reason,
    beginnings,
    doubtful,
    tail_token,
    twice,
    whole_words,
    words_asked,
)

Subject = tuple[str, str, str | None, str | None]
"""Identity, name as listed, foreign number, reference of the list."""

BATCH = 5000
CANDIDATES = 200
"""Rows read for each question before ranking, newest first."""
LEAST_LETTERS = 2
ENOUGH = 1
"""Names found by one kind of doubt that make the next needless."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Somebody found, and why."""

    subject_id: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class _Entry:
    subject_id: str
    name: str
    numbers: str


def find_subjects(connection: sa.Connection, text: str, limit: int = 20) -> list[SearchHit]:
    """People who answer to a text being typed, best first, each once; nobody under two letters or digits.

    Words are beginnings, in any order; four digits are the end of a number. When nobody answers, the text is doubted:
    slips of the hand, then other spellings of the same sound.
    """
    asked = words_asked(text)
    if sum(map(len, asked)) < LEAST_LETTERS:
        return []
    return (_sure(connection, asked) or _doubted(connection, asked))[:limit]


def index_subjects(connection: sa.Connection, rows: Iterable[Subject]) -> None:
    """Make people findable; a subject already indexed is replaced, and costs one read when nothing changed."""
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        entries = {row[0]: _entry(*row) for row in batch}
        held = _held(connection, list(entries))
        unchanged = {held_entry.subject_id for _row, held_entry in held if entries[held_entry.subject_id] == held_entry}
        _delete(connection, [row for row, held_entry in held if held_entry.subject_id not in unchanged])
        _insert(connection, [entry for entry in entries.values() if entry.subject_id not in unchanged])


def forget(connection: sa.Connection, ids: Iterable[str]) -> None:
    """Make these subjects impossible to find; unknown ones are left aside. See `tidy` to erase their words too."""
    _delete(connection, [row for row, _entry in _held(connection, list(ids))])


def clear(connection: sa.Connection) -> None:
    """Empty the index, before building it again."""
    connection.exec_driver_sql(f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}) VALUES ('delete-all')")
    connection.exec_driver_sql("DELETE FROM search_subject")
    connection.exec_driver_sql("DELETE FROM search_word")


def tidy(connection: sa.Connection) -> None:
    """Merge the full-text table and erase the words that nobody bears any more: after a retention run, or at night."""
    connection.exec_driver_sql(f"INSERT INTO {FULL_TEXT} ({FULL_TEXT}) VALUES ('optimize')")
    borne = {
        word
        for name in connection.exec_driver_sql("SELECT name FROM search_subject").scalars()
        for word in _words(name)
    }
    known = connection.exec_driver_sql("SELECT word FROM search_word").scalars().all()
    gone = [(word,) for word in known if word not in borne]
    if gone:
        connection.exec_driver_sql("DELETE FROM search_word WHERE word = ?", gone)


def _entry(subject_id: str, name: str, foreign_number: str | None, reference: str | None) -> _Entry:
    numbers = " ".join(token for number in (foreign_number, reference) if number for token in _number_tokens(number))
    return _Entry(subject_id, " ".join(tokens(name)), numbers)


def _number_tokens(number: str) -> Iterator[str]:
    """The number without its separators, and its last digits behind a `z`."""
    whole = number.lower() if number.isascii() and number.isalnum() else "".join(tokens(number))
    if whole:
        yield whole
        if len(whole) > TAIL:
            yield tail_token(whole)


def _words(folded: str) -> set[str]:
    """Words under which a name is found: each, and particles glued to what follows."""
    words = folded.split()
    return set(words) if PARTICLES.isdisjoint(words) else {*words, *glued(folded)}


_HELD = (
    "SELECT s.row, s.subject_id, s.name, s.numbers FROM json_each(?) AS wanted "
    "CROSS JOIN search_subject AS s ON s.handle = wanted.value"
)


def _held(connection: sa.Connection, ids: Sequence[str]) -> list[tuple[int, _Entry]]:
    wanted = set(ids)
    if not wanted:
        return []
    rows = connection.exec_driver_sql(_HELD, (json.dumps(sorted({_handle(subject_id) for subject_id in wanted})),))
    return [(row, _Entry(subject_id, *rest)) for row, subject_id, *rest in rows if subject_id in wanted]


def _handle(subject_id: str) -> int:
    return crc32(subject_id.encode()) - (1 << 31)


def _delete(connection: sa.Connection, rows: Sequence[int]) -> None:
    if rows:
        connection.exec_driver_sql(f"DELETE FROM {FULL_TEXT} WHERE rowid = ?", [(row,) for row in rows])
        connection.exec_driver_sql("DELETE FROM search_subject WHERE row = ?", [(row,) for row in rows])


def _insert(connection: sa.Connection, entries: Sequence[_Entry]) -> None:
    if not entries:
        return
    first = int(connection.exec_driver_sql("SELECT coalesce(max(row), 0) + 1 FROM search_subject").scalar_one())
    subjects, texts, words = [], [], set[str]()
    for row, entry in enumerate(entries, first):
        own = _words(entry.name)
        words |= own
        subjects.append((row, _handle(entry.subject_id), entry.subject_id, entry.name, entry.numbers))
        texts.append((row, " ".join((*own, *twice(entry.name.split()), entry.numbers))))
    connection.exec_driver_sql("INSERT INTO search_subject VALUES (?, ?, ?, ?, ?)", subjects)
    connection.exec_driver_sql(f"INSERT INTO {FULL_TEXT} (rowid, words) VALUES (?, ?)", texts)
    _learn(connection, words)


_KNOWN = "SELECT w.word FROM json_each(?) AS asked CROSS JOIN search_word AS w ON w.word = asked.value"


def _learn(connection: sa.Connection, words: set[str]) -> None:
    known = set(connection.exec_driver_sql(_KNOWN, (json.dumps(sorted(words)),)).scalars())
    new = [(word, sounds_like(word)) for word in sorted(words - known) if word.isalpha()]
    if new:
        connection.exec_driver_sql("INSERT INTO search_word VALUES (?, ?)", new)


_CANDIDATES = (
    f"SELECT s.row, s.subject_id, s.name FROM {FULL_TEXT} CROSS JOIN search_subject AS s ON s.row = {FULL_TEXT}.rowid "
    f"WHERE {FULL_TEXT} MATCH ? ORDER BY {FULL_TEXT}.rowid DESC LIMIT {CANDIDATES}"
)


def _candidates(connection: sa.Connection, question: str) -> list[tuple[int, str, str]]:
    return [(row, subject_id, name) for row, subject_id, name in connection.exec_driver_sql(_CANDIDATES, (question,))]


def _sure(connection: sa.Connection, asked: Sequence[str]) -> list[SearchHit]:
    """Names that hold the words as typed: those typed whole first, then the newest."""
    found = _candidates(connection, beginnings(asked))
    if len(found) == CANDIDATES:
        found = [*found, *(one for question in whole_words(asked) for one in _candidates(connection, question))]
    words = [word for word in asked if not word.isdigit()]
    ranked = sorted((_exactness(words, name.split()), -row, subject_id) for row, subject_id, name in set(found))
    return [SearchHit(subject_id, _sure_reason(words, measure)) for measure, _row, subject_id in ranked]


def _sure_reason(words: Sequence[str], measure: float) -> Reason:
    if not words:
        return Reason.DIGITS
    return Reason.EXACT if measure < 1 else Reason.PREFIX


def _exactness(asked: Sequence[str], name: Sequence[str]) -> float:
    """Words not borne whole or as often; then, under one, whether the family name came first, and the length."""
    if not asked:
        return 0
    partial = (Counter(asked) - Counter(name)).total()
    first = bool(name) and name[0].startswith(asked[0])
    return partial + (0 if first else 0.5) + min(len(name), 40) / 100


def _doubted(connection: sa.Connection, asked: Sequence[str]) -> list[SearchHit]:
    """Names close to the words typed, the closest first, each kind of doubt after the other."""
    found: dict[str, SearchHit] = {}
    for reason, question in doubtful(connection, asked):
        for subject_id in _by_distance(asked, _candidates(connection, question)):
            found.setdefault(subject_id, SearchHit(subject_id, reason))
        if len(found) >= ENOUGH:
            break
    return list(found.values())


def _by_distance(asked: Sequence[str], candidates: Iterable[tuple[int, str, str]]) -> list[str]:
    ranked = sorted((_distance(asked, name), -row, subject_id) for row, subject_id, name in candidates)
    return [subject_id for _far, _row, subject_id in ranked]


def _distance(asked: Sequence[str], name: str) -> float:
    """How far the words typed are from the closest words of a name, to the eye."""
    words = name.split()
    return sum(min((JaroWinkler.distance(word, other) for other in words), default=1.0) for word in asked)
