"""Migrations: an empty file becomes what the tables say, each step has a way back, a backup comes first."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from counter_app.domain.acts import GENESIS, Author, Json, Subject, canonical
from counter_app.domain.permit_fold import fold
from counter_app.domain.refusal import StoreRefused
from counter_app.paths import migrations
from counter_app.store import migrate, permit_rows, work_item_rows
from counter_app.store.backup import backups_of
from counter_app.store.engine import Store
from counter_app.store.heads import Head, read_head
from counter_app.store.journal import append, chain
from counter_app.store.migrate import HEAD, bring_up_to_date, downgrade, revision, upgrade
from counter_app.store.projections import rebuild
from counter_app.store.search_tables import is_full_text
from counter_app.store.tables import metadata

KEY = bytes(range(32))


def now() -> datetime:
    return datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "guichet.db", KEY)) as store:
        yield store


def schema(store: Store) -> dict[str, str]:
    """Every table and index as SQLite keeps them, blanks aside."""
    with store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: "".join(sql.split()).replace('"', "").lower() for name, sql in rows if name != "alembic_version"}


def test_a_new_file_is_what_the_tables_say(store: Store) -> None:
    upgrade(store, migrations())
    assert revision(store) == HEAD

    def named(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
        return not (kind == "table" and name and is_full_text(name))

    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": named, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrations_and_tables_make_the_same_file_full_text_and_columns_order_included(
    store: Store, tmp_path: Path
) -> None:
    upgrade(store, migrations())
    with closing(Store(tmp_path / "tables.db", KEY)) as made:
        with made.writing() as connection:
            metadata.create_all(connection)
        assert set(schema(store)) == set(schema(made))
        text = "search_text"
        assert schema(store)[text] == schema(made)[text].replace("ifnotexists", "")
        for name in metadata.tables:
            assert columns(store, name) == columns(made, name)


def columns(store: Store, table: str) -> list[tuple[object, ...]]:
    with store.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]


def test_every_step_has_a_way_back_and_up_again(store: Store) -> None:
    upgrade(store, migrations())
    whole = schema(store)
    downgrade(store, migrations(), "base")
    assert schema(store) == {}
    upgrade(store, migrations())
    assert schema(store) == whole


def test_the_newest_step_is_the_one_that_the_application_knows() -> None:
    assert ScriptDirectory(str(migrations())).get_current_head() == HEAD


def test_an_up_to_date_file_is_left_alone(store: Store, tmp_path: Path) -> None:
    upgrade(store, migrations())
    bring_up_to_date(store, migrations(), tmp_path / "sauvegardes", now)
    assert backups_of(tmp_path / "sauvegardes") == []


def test_an_older_file_is_copied_before_it_is_migrated(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(store, migrations())
    newer = _history_with_one_more_step(tmp_path)
    monkeypatch.setattr(migrate, "HEAD", "0999")
    bring_up_to_date(store, newer, tmp_path / "sauvegardes", now)
    assert revision(store) == "0999"
    (copy,) = backups_of(tmp_path / "sauvegardes")
    assert copy.name == "avant-0999-20261123-080000.db"
    with closing(Store(copy, KEY)) as before:
        assert revision(before) == HEAD


def test_a_desk_of_the_first_schema_gets_its_stock_after_a_copy_and_keeps_its_journal(
    store: Store, tmp_path: Path
) -> None:
    upgrade(store, migrations(), "0001")
    with store.writing() as connection:
        place = Head(0, GENESIS, 0)
        author = Author("nord", "poste:a", "Guichet 3", "A. Petit")
        told = chain(place, author, now(), "home_opened", Subject("home", "home"), {"site": "nord"})
        append(connection, [told], lambda digest: digest)
    bring_up_to_date(store, migrations(), tmp_path / "sauvegardes", now)
    assert revision(store) == HEAD
    assert len(backups_of(tmp_path / "sauvegardes")) == 1
    with store.reading() as connection:
        assert permit_rows.every(connection) == []
        assert read_head(connection, "poste:a").seq == 1


def test_offers_that_waited_before_they_had_a_table_are_found(store: Store, tmp_path: Path) -> None:
    upgrade(store, migrations(), "0007")
    permit = Subject("permit", "0f" * 16)
    listing: dict[str, Json] = {"source": "list", "exported_at": "2026-11-20T08:00:00+00:00", "card_number": "F5V9"}
    with store.writing() as connection:
        place, author = Head(0, GENESIS, 0), Author("nord", "poste:a", "Guichet 3", "A. Petit")
        received = chain(place, author, now(), "permit_received", permit, listing)
        offered = chain(place, author, now(), "custody_offered", permit, {"from": "Guichet 3", "to": "Guichet  9"})
        append(connection, [received, offered], lambda digest: digest)
        folded = fold([received, offered])
        assert folded is not None
        row = (permit.id, *permit_rows.columns(folded), canonical(permit_rows.dump(folded)), *offered.order)
        connection.exec_driver_sql(f"INSERT INTO permit VALUES ({', '.join('?' * len(row))})", row)
    bring_up_to_date(store, migrations(), tmp_path / "sauvegardes", now)
    with store.reading() as connection:
        assert [one.id for one in permit_rows.offered_to(connection, "guichet 9")] == [permit.id]


def test_one_tracking_number_on_two_cards_posted_before_it_was_looked_for_is_an_item(
    store: Store, tmp_path: Path
) -> None:
    upgrade(store, migrations(), "0018")
    with store.writing() as connection:
        place, author = Head(0, GENESIS, 0), Author("nord", "poste:a", "Guichet 3", "A. Petit")
        for number in range(2):
            permit = Subject("permit", f"{number}f" * 16)
            listing: dict[str, Json] = {
                "source": "list",
                "exported_at": "2026-11-20T08:00:00+00:00",
                "card_number": "F5V9",
            }
            left: dict[str, Json] = {"bordereau": f"P-59-A-26-000{number}", "tracking": "1A 2345"}
            received = chain(place, author, now(), "permit_received", permit, listing)
            posted = chain(place, author, now(), "permit_posted", permit, left)
            append(connection, [received, posted], lambda digest: digest)
            folded = fold([received, posted])
            assert folded is not None
            row = (permit.id, *permit_rows.columns(folded), canonical(permit_rows.dump(folded)), *posted.order)
            connection.exec_driver_sql(f"INSERT INTO permit VALUES ({', '.join('?' * len(row))})", row)
    bring_up_to_date(store, migrations(), tmp_path / "sauvegardes", now)
    with store.reading() as connection:
        (item,) = work_item_rows.live(connection)
    assert (item.kind, item.subject, len(item.acts)) == ("tracking_reused", Subject("tracking", "1A2345"), 2)
    downgrade(store, migrations(), "0018")
    with store.reading() as connection:
        assert work_item_rows.live(connection) == []


def test_a_card_taken_while_its_offer_was_withdrawn_is_an_item_in_a_file_of_before(
    store: Store, tmp_path: Path
) -> None:
    upgrade(store, migrations(), "0019")
    permit, place = Subject("permit", "0f" * 16), Head(0, GENESIS, 0)
    author = Author("nord", "poste:a", "Guichet 3", "A. Petit")
    listing: dict[str, Json] = {"source": "list", "exported_at": "2026-11-20T08:00:00+00:00", "card_number": "F5V9"}
    told = [chain(place, author, now(), "permit_received", permit, listing)]
    told.append(chain(place, author, now(), "custody_offered", permit, {"from": "Guichet 3", "to": "Guichet 9"}))
    taker = Author("nord", "autre:a", "Guichet 9", "B. Colin")
    taken = chain(Head(0, GENESIS, place.clock), taker, now(), "custody_taken", permit, {"offer": told[-1].act_id})
    told.append(chain(place, author, now(), "custody_undone", permit, {"acts": [told[-1].act_id]}))
    with store.writing() as connection:
        append(connection, [*told, taken], lambda digest: digest)
        folded = fold([*told, taken])
        assert folded is not None
        row = (permit.id, *permit_rows.columns(folded), canonical(permit_rows.dump(folded)), *told[-1].order)
        connection.exec_driver_sql(f"INSERT INTO permit VALUES ({', '.join('?' * len(row))})", row)
    bring_up_to_date(store, migrations(), tmp_path / "sauvegardes", now)
    with store.reading() as connection:
        (item,) = work_item_rows.live(connection)
    assert (item.kind, set(item.acts)) == ("double_custody", {told[-1].act_id, taken.act_id})
    with store.writing() as connection:
        assert "work_item" not in rebuild(connection).differences


def test_a_card_that_came_back_before_its_stays_were_kept_is_counted_on_its_days(store: Store, tmp_path: Path) -> None:
    upgrade(store, migrations(), "0015")
    permit, place = Subject("permit", "0f" * 16), Head(0, GENESIS, 0)
    author = Author("nord", "poste:a", "Guichet 3", "A. Petit")
    listing: dict[str, Json] = {"source": "list", "card_number": "F5V9", "name": "SOW"}
    first: dict[str, Json] = {**listing, "exported_at": "2026-11-20T08:00:00+00:00", "received_on": "2026-11-20"}
    other: dict[str, Json] = {**listing, "exported_at": "2026-11-25T06:00:00+00:00", "received_on": "2026-11-25"}
    told = [chain(place, author, now(), "permit_received", permit, first)]
    told.append(chain(place, author, now() + timedelta(days=1), "permit_sent_back", permit, {}))
    told.append(chain(place, author, now() + timedelta(days=2), "permit_received", permit, other))
    back: dict[str, Json] = {"acts": [told[1].act_id], "reason": "revenue"}
    told.append(chain(place, author, now() + timedelta(days=2), "permit_back_in_stock", permit, back))
    with store.writing() as connection:
        append(connection, told, lambda digest: digest)
        folded = fold(told)
        assert folded is not None
        before = {name: value for name, value in permit_rows.dump(folded).items() if name != "came_on"}
        row = (permit.id, *permit_rows.columns(folded), canonical(before), *told[-1].order)
        connection.exec_driver_sql(f"INSERT INTO permit VALUES ({', '.join('?' * len(row))})", row)
    bring_up_to_date(store, migrations(), tmp_path / "sauvegardes", now)
    asked = "SELECT came_on, away, went_on FROM counted_permit"
    with store.reading() as connection:
        counted = connection.exec_driver_sql(asked).fetchall()
    assert counted == [("2026-11-20", "2026-11-24/2026-11-25", None)]
    with store.writing() as connection:
        assert rebuild(connection).differences == ()


def test_a_migration_that_breaks_leaves_the_file_as_it_was(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(store, migrations())
    before = schema(store)
    broken = _history_with_one_more_step(tmp_path, "op.execute('CREATE TABLE half (a)'); raise RuntimeError('cut')")
    monkeypatch.setattr(migrate, "HEAD", "0999")
    with pytest.raises(RuntimeError):
        bring_up_to_date(store, broken, tmp_path / "sauvegardes", now)
    assert (schema(store), revision(store)) == (before, HEAD)


def _history_with_one_more_step(folder: Path, body: str = "op.execute('CREATE TABLE one_more (a)')") -> Path:
    history = folder / "histoire"
    (history / "versions").mkdir(parents=True)
    for path in (migrations() / "env.py", *sorted((migrations() / "versions").glob("*.py"))):
        target = history / path.relative_to(migrations())
        target.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    head = f'"""One more."""\nfrom alembic import op\nrevision = "0999"\ndown_revision = "{HEAD}"\n'
    step = f"{head}\n\ndef upgrade():\n    {body}\n"
    (history / "versions" / "0999_one_more.py").write_text(step, encoding="utf-8")
    return history


@pytest.mark.parametrize("found", ["0999", "zzz"])
def test_a_file_of_a_newer_version_is_refused_and_not_touched(store: Store, tmp_path: Path, found: str) -> None:
    upgrade(store, migrations())
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (found,))
    before = schema(store)
    with pytest.raises(StoreRefused) as refused:
        bring_up_to_date(store, migrations(), tmp_path / "sauvegardes", now)
    assert refused.value.code == "newer_schema"
    assert found in refused.value.sentence
    assert "version plus récente" in refused.value.sentence
    assert schema(store) == before


@pytest.mark.parametrize("empty", ["DELETE FROM alembic_version", "DROP TABLE alembic_version"])
def test_a_file_that_lost_its_schema_is_damaged_and_never_made_anew(store: Store, tmp_path: Path, empty: str) -> None:
    upgrade(store, migrations())
    with store.writing() as connection:
        connection.exec_driver_sql(empty)
    with pytest.raises(StoreRefused) as refused:
        bring_up_to_date(store, migrations(), tmp_path / "sauvegardes", now)
    assert refused.value.code == "damaged"
