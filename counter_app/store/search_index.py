"""Search index of people: found as they are typed among a million, in any order, with a slip, by ear, by last digits.

One full-text table of folded words (log-structured, so a whole list is indexed in seconds), a dictionary of distinct
words with their sounds for misspelt queries, and the names themselves for ranking. It is built from projections, can be
rebuilt at any time (`clear`, then `index_subjects`), and is no part of their byte-for-byte comparison.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from zlib import crc32

import sqlalchemy as sa
from rapidfuzz.distance import JaroWinkler

from counter_app.domain.person_names import glued, sounds_like, tokens
from counter_app.store.search_terms import TAIL, Reason, stages, tail_token, words_asked
from counter_app.store.tables import metadata

search_subject = sa.Table(
    "search_subject",
    metadata,
    sa.Column("row", sa.Integer, primary_key=True),
    sa.Column("handle", sa.Integer, nullable=False, index=True),
    sa.Column("subject_id", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("numbers", sa.Text, nullable=False),
)
"""Who stands behind a row of the full-text table. `handle` is a checksum of the id, with a far smaller index."""

search_word = sa.Table(
    "search_word",
    metadata,
    sa.Column("word", sa.Text, primary_key=True),
    sa.Column("sound", sa.Text, nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""Every distinct word of a name, and how it sounds."""

FULL_TEXT = "search_text"
CREATE_FULL_TEXT = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {FULL_TEXT} USING fts5("
    "words, content='', contentless_delete=1, detail='none', prefix='2 3', tokenize='ascii')"
)
"""Schema of the full-text table, which SQLAlchemy cannot describe; its shadow tables begin with its name."""
DROP_FULL_TEXT = f"DROP TABLE IF EXISTS {FULL_TEXT}"


@sa.event.listens_for(search_subject, "after_create")
def _create_full_text(_table: sa.Table, connection: sa.Connection, **_options: object) -> None:
    connection.exec_driver_sql(CREATE_FULL_TEXT)


@sa.event.listens_for(search_subject, "before_drop")
def _drop_full_text(_table: sa.Table, connection: sa.Connection, **_options: object) -> None:
    connection.exec_driver_sql(DROP_FULL_TEXT)


Subject = tuple[str, str, str | None, str | None]
"""Identity, name as listed, foreign number, reference of the list."""

BATCH = 5000
CANDIDATES = 200
"""Rows read for each question before ranking, newest first."""
LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Somebody found, and why."""

    subject_id: str
    reason: Reason


def is_full_text(table_name: str) -> bool:
    """Whether a table of the file is the full-text table or one of its shadows: no part of the described schema."""
    return table_name == FULL_TEXT or table_name.startswith(f"{FULL_TEXT}_")


@dataclass(frozen=True, slots=True)
class _Entry:
    subject_id: str
    name: str
    numbers: str


def find_subjects(connection: sa.Connection, text: str, limit: int = 20) -> list[SearchHit]:
    """People who answer to a text being typed, best first, each once; nobody under two letters or digits.

    Words are beginnings, in any order; four digits are the end of a number. Slips, then sounds, fill what is left.
    """
    asked = words_asked(text)
    if sum(map(len, asked)) < LEAST_LETTERS:
        return []
    found: dict[str, SearchHit] = {}
    for reason, question in stages(connection, asked):
        for subject_id in _ranked(connection, question, asked, reason):
            found.setdefault(subject_id, SearchHit(subject_id, reason))
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


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
    whole = "".join(tokens(number))
    if whole:
        yield whole
        if len(whole) > TAIL:
            yield tail_token(whole)


def _words(folded: str) -> set[str]:
    """Words under which a name is found: each, and particles glued to what follows."""
    words = folded.split()
    return {*words, *glued(folded)} if len(words) > 1 else set(words)


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
        texts.append((row, f"{' '.join(own)} {entry.numbers}"))
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
    f"SELECT s.subject_id, s.name FROM {FULL_TEXT} CROSS JOIN search_subject AS s ON s.row = {FULL_TEXT}.rowid "
    f"WHERE {FULL_TEXT} MATCH ? ORDER BY {FULL_TEXT}.rowid DESC LIMIT {CANDIDATES}"
)


def _ranked(connection: sa.Connection, question: str, asked: Sequence[str], reason: Reason) -> list[str]:
    """Identities that answer a question, the closest names first, then the newest."""
    rows = connection.exec_driver_sql(_CANDIDATES, (question,)).all()
    words = [word for word in asked if not word.isdigit()]
    measure = _slip if reason in (Reason.TYPO, Reason.SOUND) else _exactness
    return [subject_id for subject_id, _name in sorted(rows, key=lambda row: measure(words, row[1].split()))]


def _exactness(asked: Sequence[str], name: Sequence[str]) -> float:
    """Fewest words not typed whole first; then the family name typed first; then the shortest name."""
    partial = sum(word not in name for word in asked)
    return partial + (not name or not asked or not name[0].startswith(asked[0])) / 2 + len(name) / 100


def _slip(asked: Sequence[str], name: Sequence[str]) -> float:
    """How far the words asked are from the closest words of the name, for the eye."""
    return sum(min((JaroWinkler.distance(word, other) for other in name), default=1.0) for word in asked)
