"""Laws of the projections, on a real encrypted file: whatever order acts arrive in, rows are what the journal tells."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.acts import Act, Details, Subject, SubjectType
from counter_app.domain.convocation_fold import fold
from counter_app.store import convocation_rows, heads, journal, projections
from counter_app.store.engine import Store
from tests.domain.invented_acts import PAPER, PERSON, acts_of
from tests.store.laws import blank, deliver, numbered, prints

OTHER = Subject(SubjectType.CONVOCATION, "0f" * 15 + "10")
LISTED = Subject(SubjectType.LIST, "a" * 32)


everything = st.tuples(acts_of(PERSON, poison=True), acts_of(OTHER, poison=True), acts_of(PAPER, poison=True)).map(
    lambda groups: numbered([act for group in groups for act in group])
)


@settings(max_examples=150)
@given(everything, st.randoms(use_true_random=False))
def test_projecting_in_any_batches_and_orders_is_the_rebuild_byte_for_byte(
    store: Store, streams: dict[str, list[Act]], chance: Random
) -> None:
    with blank(store) as connection:
        deliver(connection, streams, chance)
        before = prints(connection)
        rebuilt = projections.rebuild(connection)
        assert rebuilt.same, rebuilt.differences
        assert prints(connection) == before


@settings(max_examples=60)
@given(everything, st.randoms(use_true_random=False), st.randoms(use_true_random=False))
def test_two_desks_that_received_the_same_acts_hold_the_same_bytes(
    store: Store, streams: dict[str, list[Act]], chance: Random, luck: Random
) -> None:
    with blank(store) as connection:
        deliver(connection, streams, chance)
        here = prints(connection)
    with blank(store) as connection:
        deliver(connection, streams, luck)
        assert prints(connection) == here


@settings(max_examples=60)
@given(acts_of(PERSON, poison=True), st.randoms(use_true_random=False))
def test_a_row_reads_back_as_the_fold_of_its_acts(store: Store, acts: list[Act], chance: Random) -> None:
    with blank(store) as connection:
        deliver(connection, numbered(acts), chance)
        assert convocation_rows.by_id(connection, PERSON.id) == fold(acts)


@settings(max_examples=60)
@given(acts_of(PERSON), st.randoms(use_true_random=False))
def test_the_search_index_finds_exactly_who_is_listed(store: Store, acts: list[Act], chance: Random) -> None:
    from counter_app.store.search_index import find_subjects

    with blank(store) as connection:
        deliver(connection, numbered(acts), chance)
        told = fold(acts)
        for _time in ("incremental", "rebuilt"):
            found = [hit.subject_id for hit in find_subjects(connection, "sow")]
            assert found == ([PERSON.id] if told and told.listings else [])
            projections.rebuild(connection)


@pytest.mark.parametrize("subject_type", [SubjectType.LIST, SubjectType.ROW, SubjectType.SETTING])
def test_acts_that_say_nothing_readable_stop_no_table(store: Store, subject_type: str) -> None:
    from counter_app.domain.acts import Author
    from tests.domain.invented_acts import START

    author, subject = Author("nord", "a:1", "G", "A"), Subject(subject_type, "x")
    nonsense: list[Details] = [{}, {"source": [1]}, {"row": [2]}, {"value": [3]}, {"first_day": [4]}]
    with blank(store) as connection:
        place = heads.read_head(connection, "a:1")
        acts = [journal.chain(place, author, START, "newer", subject, details) for details in nonsense]
        journal.append(connection, acts, lambda digest: digest)
        projections.project(connection, acts)
        assert projections.rebuild(connection).same
