"""People found as they are typed: any order, beginnings, slips, sounds, last digits."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.store.engine import Store
from counter_app.store.search_index import (
    CANDIDATES,
    clear,
    find_subjects,
    forget,
    index_subjects,
    tidy,
)
from counter_app.store.search_tables import is_full_text, search_subject, search_word
from counter_app.store.search_terms import Reason

PEOPLE = [
    ("diallo", "DIALLO Mariama", "5912344821", "880001"),
    ("diallo2", "DIALLO Moussa", "5987654321", "880002"),
    ("jallow", "JALLOW Mariama", None, None),
    ("nguyen", "NGUYỄN Dieudonné", "9912340007", "880003"),
    ("ndiaye", "N’DIAYE Marie-Ange", "208006503", "880004"),
    ("benali", "BEN ALI Mohamed", "7503120521", "880005"),
    ("muhammad", "KAYA Muhammad", "", ""),
    ("santos", "DOS SANTOS Çağlar", "6207155999", "PG-88"),
    ("ali", "ALI Hassan", "0103000001", "880006"),
    ("alioune", "ALIOUNE Fall", "5900000001", "880007"),
]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    store = Store(tmp_path / "desk.db", bytes(32))
    with store.writing() as connection:
        search_subject.metadata.create_all(connection, [search_subject, search_word])
        index_subjects(connection, PEOPLE)
        yield connection
    store.close()


def ids(connection: sa.Connection, text: str, limit: int = 20) -> list[str]:
    return [hit.subject_id for hit in find_subjects(connection, text, limit)]


def reasons(connection: sa.Connection, text: str) -> dict[str, Reason]:
    return {hit.subject_id: hit.reason for hit in find_subjects(connection, text)}


@pytest.mark.parametrize(
    ("text", "found", "reason"),
    [
        ("diallo mariama", ["diallo"], Reason.EXACT),
        ("Mariama DIALLO", ["diallo"], Reason.EXACT),
        ("di", ["diallo2", "diallo", "nguyen"], Reason.PREFIX),
        ("mar dia", ["diallo"], Reason.PREFIX),
        ("diallo m", ["diallo2", "diallo"], Reason.PREFIX),
        ("nguyen dieu", ["nguyen"], Reason.PREFIX),
        ("caglar", ["santos"], Reason.EXACT),
        ("n'diaye", ["ndiaye"], Reason.EXACT),
        ("marie-ange", ["ndiaye"], Reason.EXACT),
        ("ben ali", ["benali"], Reason.EXACT),
        ("benali", ["benali"], Reason.PREFIX),
        ("dialo mariama", ["diallo"], Reason.TYPO),
        ("mariama dialol", ["diallo"], Reason.TYPO),
        ("dizl", ["diallo2", "diallo"], Reason.TYPO),
        ("kaya mouhamed", ["muhammad"], Reason.SOUND),
        ("djialou moussa", ["diallo2"], Reason.SOUND),
        ("4821", ["diallo"], Reason.DIGITS),
        ("59123", ["diallo"], Reason.DIGITS),
        ("59 12 344 821", ["diallo"], Reason.DIGITS),
        ("208006503", ["ndiaye"], Reason.DIGITS),
        ("2080065", ["ndiaye"], Reason.DIGITS),
        ("0002", ["diallo2"], Reason.DIGITS),
        ("88000", ["alioune", "ali", "benali", "ndiaye", "nguyen", "diallo2", "diallo"], Reason.DIGITS),
        ("diallo 4321", ["diallo2"], Reason.EXACT),
        ("pg88", ["santos"], Reason.PREFIX),
    ],
)
def test_what_is_typed_finds_the_person(connection: sa.Connection, text: str, found: list[str], reason: Reason) -> None:
    assert ids(connection, text) == found
    assert set(reasons(connection, text).values()) == {reason}


def test_a_nine_digit_query_finds_the_ten_digit_number(connection: sa.Connection) -> None:
    assert ids(connection, "753120521") == ["benali"]
    assert ids(connection, "103000001") == ["ali"]


@pytest.mark.parametrize("text", ["", " ", "d", "-", "4", "''", "\u200b", '"', "zzzzzz qqqqq", "AND", "OR NOT", "*"])
def test_nothing_is_found_for_too_little_or_nonsense(connection: sa.Connection, text: str) -> None:
    assert ids(connection, text) == []


def test_a_word_typed_whole_comes_before_the_words_it_begins(connection: sa.Connection) -> None:
    assert list(reasons(connection, "ali").items()) == [
        ("ali", Reason.EXACT),
        ("benali", Reason.EXACT),
        ("alioune", Reason.PREFIX),
    ]


def test_a_whole_word_is_found_among_more_beginnings_than_are_read(connection: sa.Connection) -> None:
    index_subjects(
        connection, [(f"s{n}", f"SANOGO{'ABCDEFGHIJ'[n % 10]} Awa", None, None) for n in range(CANDIDATES + 50)]
    )
    index_subjects(connection, [("sano", "SANO Awa", None, None)])
    index_subjects(
        connection, [(f"t{n}", f"SANOGO{'ABCDEFGHIJ'[n % 10]} Awa", None, None) for n in range(CANDIDATES + 50)]
    )
    assert find_subjects(connection, "sano")[0].subject_id == "sano"
    assert find_subjects(connection, "sano awa")[0].subject_id == "sano"


@pytest.mark.parametrize("bearers", [30, CANDIDATES + 30])
def test_who_bears_one_word_as_family_and_given_name_comes_before_who_bears_it_once(
    connection: sa.Connection, bearers: int
) -> None:
    index_subjects(connection, [("twice", "TRAORÉ Traoré", None, None)])
    index_subjects(connection, [(f"once{n}", f"TRAORE N{n:03d}", None, None) for n in range(bearers)])
    first = find_subjects(connection, "Traoré TRAORE", 20)[0]
    assert (first.subject_id, first.reason) == ("twice", Reason.EXACT)
    forget(connection, ["twice"])
    assert "twice" not in {hit.subject_id for hit in find_subjects(connection, "traore traore", bearers + 1)}


def test_no_more_than_the_limit_is_found(connection: sa.Connection) -> None:
    assert len(ids(connection, "di", limit=2)) == 2


def test_indexing_again_replaces_and_repeating_changes_nothing(connection: sa.Connection) -> None:
    before = _rows(connection)
    index_subjects(connection, PEOPLE)
    assert _rows(connection) == before
    index_subjects(connection, [("diallo", "BARRY Mariama", "5912344821", "880001")])
    assert "diallo" not in ids(connection, "diallo mariama")
    assert ids(connection, "barry") == ids(connection, "4821") == ["diallo"]


def test_who_is_forgotten_is_not_found_and_leaves_no_word(connection: sa.Connection) -> None:
    forget(connection, ["nguyen", "nobody"])
    tidy(connection)
    assert ids(connection, "nguyen") == []
    words = connection.execute(sa.select(search_word.c.word)).scalars().all()
    assert "nguyen" not in words
    assert "diallo" in words
    assert ids(connection, "diallo mariama") == ["diallo"]


def test_the_index_is_built_again_from_nothing(connection: sa.Connection) -> None:
    before = {text: ids(connection, text) for text in ("di", "ali", "4821", "dialo mariama", "kaya mouhamed")}
    clear(connection)
    assert ids(connection, "diallo") == []
    index_subjects(connection, iter(PEOPLE))
    assert {text: ids(connection, text) for text in before} == before


def test_the_full_text_tables_are_told_from_the_described_schema(connection: sa.Connection) -> None:
    names = sa.inspect(connection).get_table_names()
    assert {name for name in names if not is_full_text(name)} == {"search_subject", "search_word"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(text=st.text(max_size=30) | st.text("diaolmrs 0123456789'\"*()-:", max_size=20))
def test_no_text_breaks_the_search(connection: sa.Connection, text: str) -> None:
    found = ids(connection, text)
    assert len(found) == len(set(found))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(name=st.text(max_size=25), number=st.text(max_size=12))
def test_any_name_and_number_can_be_indexed(connection: sa.Connection, name: str, number: str) -> None:
    before = _rows(connection)
    index_subjects(connection, [("odd", name, number, number[::-1])])
    assert {row.subject_id for row in _rows(connection) if row not in before} <= {"odd"}
    forget(connection, ["odd"])
    assert _rows(connection) == before


def _rows(connection: sa.Connection) -> list[Any]:
    return list(connection.execute(sa.select(search_subject)).all())
