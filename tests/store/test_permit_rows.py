"""Rows of permits, on a real encrypted file: what the journal tells, byte for byte, and every way to find a card."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind, Author, Details, Subject, SubjectType
from counter_app.domain.permit_fold import fold
from counter_app.domain.permit_listing import permit_id
from counter_app.store import heads, journal, permit_rows, projections
from counter_app.store.engine import Store
from counter_app.store.tables import PROJECTIONS
from tests.domain.invented_acts import START
from tests.domain.invented_permits import CARD, PERMIT, Story, permit_acts
from tests.store.laws import blank, deliver, numbered, prints

OTHER = Subject(SubjectType.PERMIT, permit_id("nord", "4YC73SY7N"))


two_permits = st.tuples(permit_acts(poison=True), permit_acts(OTHER, poison=True)).map(
    lambda groups: numbered([act for group in groups for act in group])
)


@settings(max_examples=100)
@given(two_permits, st.randoms(use_true_random=False))
def test_the_stock_is_rebuilt_byte_for_byte_whatever_order_acts_came_in(
    store: Store, streams: dict[str, list[Act]], chance: Random
) -> None:
    with blank(store) as connection:
        deliver(connection, streams, chance)
        before = prints(connection)
        rebuilt = projections.rebuild(connection)
        assert rebuilt.same, rebuilt.differences
        assert prints(connection) == before


@settings(max_examples=60)
@given(permit_acts(poison=True), st.randoms(use_true_random=False))
def test_a_row_reads_back_as_the_fold_of_its_acts(store: Store, acts: list[Act], chance: Random) -> None:
    with blank(store) as connection:
        deliver(connection, numbered(acts), chance)
        assert permit_rows.by_id(connection, PERMIT.id) == fold(acts)


def test_a_card_is_found_by_its_sleeve_its_number_its_holder_its_tray_and_its_day(store: Store) -> None:
    story = Story()
    story.received(tray="A", rank="12", foreign_number="5900000001", slot="2026-11-23T09:20:00+01:00")
    with blank(store) as connection:
        deliver(connection, numbered(story.acts), Random(1))
        (permit,) = permit_rows.by_card(connection, CARD.lower())
        assert permit_rows.code_of(permit).startswith("PGR")
        found = (
            permit_rows.by_code(connection, int(permit.code, 16)),
            permit_rows.by_numbers(connection, ["5900000001", "5900000002"]),
            permit_rows.by_person(connection, "a. sow"),
            permit_rows.of_tray(connection, "A"),
            permit_rows.by_day(connection, START.date()),
            permit_rows.every(connection, "shelved"),
            permit_rows.in_stock(connection),
        )
        assert all(one == [permit] for one in found)
        assert permit_rows.counts(connection) == {"shelved": 1}
        assert permit_rows.trays(connection) == {"A": 1}


def test_a_permit_that_no_source_named_is_in_no_list_but_keeps_what_was_done(store: Store) -> None:
    story = Story()
    story.tell(ActKind.PERMIT_HANDED_OVER)
    with blank(store) as connection:
        deliver(connection, numbered(story.acts), Random(1))
        assert permit_rows.every(connection) == []
        assert permit_rows.by_id(connection, PERMIT.id) is not None


@pytest.mark.parametrize("subject_type", [SubjectType.LOT, SubjectType.BORDEREAU])
def test_acts_that_say_nothing_readable_stop_no_table(store: Store, subject_type: str) -> None:
    author, subject = Author("nord", "a:1", "G", "A"), Subject(subject_type, "x")
    nonsense: list[Details] = [{}, {"number": [1]}, {"ordinal": "un"}, {"file_digest": 3}, {"exported_at": [4]}]
    with blank(store) as connection:
        place = heads.read_head(connection, "a:1")
        acts = [journal.chain(place, author, START, "newer", subject, details) for details in nonsense]
        journal.append(connection, acts, lambda digest: digest)
        projections.project(connection, acts)
        assert projections.rebuild(connection).same
    assert {"permit", "lot", "bordereau"} <= {table.name for table in PROJECTIONS}
