"""People found as their name is typed, letter after letter, with and without a slip."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

from counter_app.domain.person_names import same_person_key
from counter_app.store.connection import Connection
from counter_app.store.search_index import find_subjects
from counter_app.usecases.find import search
from tests.bench.by_hand import ByHand
from tests.bench.figures import Figure
from tests.bench.homes import BenchHome
from tests.bench.people import Person, people, slot_of, spelt_otherwise, with_a_slip
from tests.bench.timing import Series, Spread, turns

LIMIT = 20
Ask = Callable[[str], list[str]]


def searches(home: BenchHome, count: int) -> Iterator[Figure]:
    """Time of each letter typed, and whether the person asked for is among the first twenty."""
    draw = Random(11)
    known = list(people(home.count))
    asked = draw.sample(known, min(count, home.count))
    elsewhere = [person for person in known if spelt_otherwise(person.name, draw)]
    home.clock.now = slot_of(home.count // 2)
    typed = [text for person in asked for text in _letters(person.name, draw)]
    draw.shuffle(typed)
    typed = typed[: count * 4]
    for text in typed[:20]:
        search(home.desk, text)
    hand, someone = ByHand(home.file, home.key), home.expected(1)[0]
    letters, lookups = turns(
        len(typed), lambda turn: search(home.desk, typed[turn]), lambda _turn: hand.lookup(someone)
    )
    hand.close()
    yield _milliseconds("a letter typed, p50", home, letters.alone, 50)
    yield _milliseconds("a letter typed, p99", home, letters.alone, 99, at_most=16)
    yield _milliseconds("a letter typed, p99, machine shared", home, letters, 99)
    yield Figure("a letter typed", home.size, letters.alone.per(lookups.alone), "x", "one lookup by hand")
    yield from _recalls(home, asked, draw.sample(elsewhere, min(count, len(elsewhere))), draw)


def _milliseconds(name: str, home: BenchHome, series: Series, percent: int, at_most: float | None = None) -> Figure:
    low, high = min(series.seconds), max(series.seconds)
    seen = Spread(low * 1000, series.percentile(percent) * 1000, high * 1000)
    return Figure(name, home.size, seen, "ms", at_most=at_most)


def _letters(name: str, draw: Random) -> Iterator[str]:
    """The name as it grows under the fingers, from two letters; half of the time with a slip in it."""
    text = with_a_slip(name, draw) if draw.random() < 0.5 else name
    return (text[:length] for length in range(2, len(text) + 1))


def _recalls(home: BenchHome, asked: Sequence[Person], spelt: Sequence[Person], draw: Random) -> Iterator[Figure]:
    with home.desk.looking() as connection:

        def index(text: str) -> list[str]:
            return _names(connection, [hit.subject_id for hit in find_subjects(connection, text, LIMIT)])

        yield from _recall_of(home, "index", index, asked, spelt, draw)

    def window(text: str) -> list[str]:
        return [hit.convocation.name for hit in search(home.desk, text, LIMIT)]

    yield from _recall_of(home, "search", window, asked, spelt, draw)


def _names(connection: Connection, ids: Sequence[str]) -> list[str]:
    marks = ", ".join("?" * len(ids))
    query = f"SELECT name FROM convocation WHERE id IN ({marks})"
    return [row[0] for row in connection.exec_driver_sql(query, tuple(ids))]


def _recall_of(
    home: BenchHome, door: str, ask: Ask, asked: Sequence[Person], spelt: Sequence[Person], draw: Random
) -> Iterator[Figure]:
    ways: tuple[tuple[str, float, Callable[[Person], str | None]], ...] = (
        ("as listed", 1.0, lambda person: person.name),
        ("other order", 1.0, lambda person: f"{person.given} {person.family}"),
        ("one slip", 0.95, lambda person: with_a_slip(person.name, draw)),
        ("other spelling", 0.7, lambda person: spelt_otherwise(person.name, draw)),
    )
    for name, goal, way in ways:
        texts = [(text, person.name) for person in (*asked, *spelt) if (text := way(person))]
        part = _recall(ask, texts)
        against = f"{len(texts)} people, first {LIMIT}"
        yield Figure(f"recall, {door}, {name}", home.size, Spread(part, part, part), "", against, at_least=goal)


def _recall(ask: Ask, texts: Sequence[tuple[str, str]]) -> float:
    """Part of the people whose name is among the answers: two of the same name are told apart by their birth date."""
    found = sum(same_person_key(name) in map(same_person_key, ask(text)) for text, name in texts)
    return found / max(1, len(texts))
