"""Work items on a real encrypted file: whatever order acts arrive in, the rows are those of the rebuild."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind, Author, Subject, SubjectType, canonical
from counter_app.domain.convocation_fold import fold
from counter_app.domain.other_items import of_act
from counter_app.domain.permit_fold import fold as fold_permit
from counter_app.domain.permit_listing import permit_id
from counter_app.domain.work_items import of_convocation, of_permit
from counter_app.paths import migrations
from counter_app.store import heads, journal, projections, work_item_rows
from counter_app.store.engine import Store
from counter_app.store.migrate import downgrade, upgrade
from counter_app.store.projected import PROJECTED
from counter_app.store.tables import work_item
from tests.domain.invented_acts import PAPER, PERSON, START, acts_of
from tests.domain.invented_permits import permit_acts
from tests.domain.invented_settlements import answers
from tests.store.laws import blank, deliver, numbered, prints

OTHER_PAPER = Subject(SubjectType.RECEIPT, "01a2076f-d7e0-7a35-a33f-4524b791b878")
OTHER_CARD = Subject(SubjectType.PERMIT, permit_id("nord", "4YC73SY7N"))
CONTRADICTING = [name for name, one in PROJECTED.items() if one.contradict]


everything = st.tuples(
    *(acts_of(PERSON, poison=True), acts_of(PAPER), acts_of(OTHER_PAPER)),
    *(permit_acts(poison=True), permit_acts(OTHER_CARD), answers(poison=True)),
).map(lambda groups: numbered([act for group in groups for act in group]))


@settings(max_examples=120)
@given(everything, st.randoms(use_true_random=False), st.randoms(use_true_random=False))
def test_items_are_the_same_bytes_in_any_order_at_any_desk_and_after_a_rebuild(
    store: Store, streams: dict[str, list[Act]], chance: Random, luck: Random
) -> None:
    with blank(store) as connection:
        deliver(connection, streams, chance)
        here = prints(connection)
        rebuilt = projections.rebuild(connection)
        assert rebuilt.same, rebuilt.differences
        before = projections.fingerprint(connection, work_item)
        connection.execute(work_item.delete())
        projections.find_contradictions(connection, CONTRADICTING)
        assert projections.fingerprint(connection, work_item) == before
    with blank(store) as connection:
        deliver(connection, streams, luck)
        assert prints(connection) == here


@settings(max_examples=60)
@given(acts_of(PERSON), permit_acts(), st.randoms(use_true_random=False))
def test_the_rows_are_what_the_folds_and_the_clocks_tell(
    store: Store, person: list[Act], permit: list[Act], chance: Random
) -> None:
    streams = numbered([*person, *permit])
    with blank(store) as connection:
        deliver(connection, streams, chance)
        told = {item.id for item in work_item_rows.live(connection)}
        skewed = {item.id for acts in streams.values() for act in acts if (item := of_act(act))}
        folded = (*of_convocation(fold(person)), *of_permit(fold_permit(permit)))
        assert told == {item.id for item in folded} | skewed
        assert work_item_rows.open_count(connection) == len(told)


def test_a_file_of_before_work_items_gets_those_of_its_acts(store: Store) -> None:
    downgrade(store, migrations(), "0004")
    subject = Subject(SubjectType.PERMIT, permit_id("nord", "AA11AA11A"))
    with store.writing() as connection:
        place = heads.read_head(connection, "old:1")
        author = Author("nord", "old:1", "Guichet 1", "A. Petit")
        act = journal.chain(place, author, START, ActKind.CUSTODY_OVERRIDDEN, subject, {"to": "Guichet 1"})
        journal.append(connection, [act], lambda digest: digest)
        state = PROJECTED[SubjectType.PERMIT]
        folded = state.apply(None, act)
        row = (subject.id, *state.columns(folded), canonical(state.dump(folded)), *act.order)
        connection.exec_driver_sql(f"INSERT INTO permit VALUES ({', '.join('?' * len(row))})", row)
    upgrade(store, migrations())
    with store.writing() as connection:
        (item,) = work_item_rows.live(connection)
        assert (item.kind, item.acts) == ("custody_overridden", (act.act_id,))
        assert projections.rebuild(connection).same
        for table in ("act", "head", "permit", "work_item"):
            connection.exec_driver_sql(f"DELETE FROM {table}")


def test_a_stream_that_went_on_in_two_ways_is_one_item_for_each_act_after_which_it_parted(store: Store) -> None:
    with blank(store) as connection:
        branch = "INSERT INTO branch VALUES ('poste3:a', ?, ?, ?, ?, 'y', ?)"
        connection.exec_driver_sql(branch, ("b" * 32, 4, "x", 5, 1794290400000 << 16))
        connection.exec_driver_sql(branch, ("a" * 32, 4, "x", 6, 1794290400001 << 16))
        connection.exec_driver_sql(branch, ("c" * 32, 9, "z", 9, 1794290400002 << 16))
        connection.exec_driver_sql("INSERT INTO branch VALUES ('', '?', 0, '', 0, '', 7)")
        item, other = work_item_rows.live(connection)
        assert (item.kind, item.subject, item.facts) == (
            "stream_forked",
            ("stream", "poste3:a"),
            {"branches": ["a" * 32, "b" * 32]},
        )
        assert other.facts == {"branches": ["c" * 32]}
        connection.exec_driver_sql("UPDATE branch SET seq = 9, clock = clock + 1 WHERE seq = 5")
        assert work_item_rows.by_id(connection, item.id) is not None
        assert work_item_rows.open_count(connection) == 2


def test_a_file_of_before_letters_loses_its_item_for_each_number(store: Store) -> None:
    downgrade(store, migrations(), "0010")
    with store.writing() as connection:
        old = "INSERT INTO work_item VALUES ('x', 'duplicate_number', 'number', 'T-1', '2026-11-23', '{}')"
        connection.exec_driver_sql(old)
    upgrade(store, migrations())
    with store.reading() as connection:
        assert work_item_rows.live(connection) == []
