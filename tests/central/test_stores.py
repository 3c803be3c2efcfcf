"""Whatever address an operator gives: a store in working order, or one clear sentence without the password."""

import traceback
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from counter_app.central import schema
from counter_app.central.engine import check_version, file_of, key_path, open_store, reading, writing
from counter_app.central.faults import of_file
from counter_app.central.ledger import Ledger
from counter_app.central.schema import HEAD, downgrade, revision, upgrade
from counter_app.central.sites import facts_of, init, make_site, open_central, set_roots, site_names
from counter_app.central.tables import metadata, site
from counter_app.domain.refusal import StoreRefused
from counter_app.paths import migrations
from tests.central.desks import Desk, enrolled, push
from tests.central.postgres import new_base
from tests.central.test_conformance import everything
from tests.homes import Clock

SECRET = "tres-secret"


def refused(url: str, *, make: bool = True) -> StoreRefused:
    with pytest.raises(StoreRefused) as caught:
        open_store(url, make=make)
    told = caught.value.sentence
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert told[-1] in ".)"
    assert len(told) > 60
    return caught.value


@pytest.mark.parametrize(
    "url",
    [
        *("", " ", "centrale.db", "mysql://a:tres-secret@b/c", "sqlite://", "sqlite:///", "sqlite:///:memory:"),
        *("sqlite://serveur/c.db", "sqlite:///c.db?mode=ro", "postgresql+psycopg://a:tres-secret@b"),
        *("postgresql+psycopg://a:tres-secret@b:porte/c", "postgresql+asyncpg://a:tres-secret@b/c", "https://b/c"),
        *(
            "postgresql+psycopg://a:tres-secret@127.0.0.1/c?inconnu=1",
            "postgresql+psycopg://a:tres-secret@127.0.0.1/c?sslmode=peut-etre",
        ),
        *("sqlite:///\0", "postgresql+psycopg://a:tres-secret\0@b/c", "postgresql+psycopg://a:tres-secret@b/\0"),
        *("postgresql://a:mot@tres-secret@127.0.0.1:1/c", "postgresql://a:mot@127.0.0.1/tres-secret@b/c"),
    ],
)
def test_an_address_that_is_none_is_told_with_the_two_forms_that_are(url: str) -> None:
    told = refused(url)
    assert told.code == "bad_store_url"
    assert "sqlite:////" in told.sentence
    assert "postgresql+psycopg://" in told.sentence


def test_a_file_that_is_not_there_is_not_made_by_opening_it(tmp_path: Path) -> None:
    told = refused(f"sqlite:///{tmp_path / 'rien.db'}", make=False)
    assert told.code == "no_central"
    assert "central init" in told.sentence
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_its_key_or_with_another_is_not_read(tmp_path: Path, central_clock: Clock) -> None:
    path = tmp_path / "centrale.db"
    url = f"sqlite:///{path}"
    init(url, "nord", training=False, clock=central_clock)
    assert path.read_bytes()[:6] != b"SQLite"
    assert key_path(path).stat().st_mode & 0o777 == 0o600
    key = key_path(path).read_text()
    for wrong in ("", "abc", "zz" * 32, "é"):
        key_path(path).write_text(wrong)
        assert refused(url).code == "key_missing"
    key_path(path).write_text("00" * 32)
    assert refused(url).code == "damaged"
    key_path(path).unlink()
    assert refused(url).code == "key_missing"
    assert not key_path(path).exists(), "a new key would make another file of it"
    key_path(path).write_text(key)
    engine = open_central(url)
    assert site_names(engine) == ["nord"]
    assert file_of(engine) == path
    engine.dispose()


def test_each_connection_of_a_store_waits_for_the_disk(engine: sa.Engine) -> None:
    """PostgreSQL does by itself: nobody turned it off here, nor may a session of the service."""
    asked = "PRAGMA synchronous" if engine.dialect.name == "sqlite" else "SHOW synchronous_commit"
    with ExitStack() as several:
        for connection in [several.enter_context(way(engine)) for way in (writing, reading, reading)]:
            assert connection.exec_driver_sql(asked).scalar_one() in (2, "on")


def test_a_full_disk_of_the_central_is_told_to_a_desk_as_that_of_the_central(
    tmp_path: Path, central_clock: Clock
) -> None:
    url = f"sqlite:///{tmp_path / 'centrale.db'}"
    init(url, "nord", training=False, clock=central_clock)
    engine = open_central(url)
    with pytest.raises(StoreRefused) as caught, writing(engine) as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.execute(sa.update(site).values(roots="x" * 1_000_000))
    engine.dispose()
    told = caught.value.sentence
    assert (caught.value.code, "centrale.db" in told) == ("disk_full", True)
    assert "poste" not in told
    assert "geste" not in told
    assert "Rien n’est perdu" in told


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_IOERR"])
def test_no_breakage_of_the_file_of_a_central_is_told_as_one_of_a_desk(name: str, tmp_path: Path) -> None:
    told = of_file(tmp_path / "centrale.db", name)
    assert told is not None
    assert "centrale.db" in told.sentence
    assert "poste" not in told.sentence
    assert "fichier local" not in told.sentence
    assert of_file(tmp_path / "centrale.db", "SQLITE_MISUSE") is None


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("x")
    assert refused(f"sqlite:///{tmp_path / 'fichier' / 'c.db'}").code in ("disk_error", "store_not_writable")
    (tmp_path / "dossier").mkdir()
    assert refused(f"sqlite:///{tmp_path / 'dossier'}").code == "not_a_central"
    assert refused(f"sqlite:///{tmp_path / ('a' * 300)}").code in ("disk_error", "store_not_writable")
    assert refused("sqlite:////proc/rien/c.db").code in ("disk_error", "store_not_writable")


def test_a_synced_folder_is_refused_with_the_option_of_the_central(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    told = refused(f"sqlite:///{tmp_path / 'Dropbox' / 'c.db'}")
    assert told.code == "synced_folder"
    assert "--store" in told.sentence


def test_a_server_that_cannot_be_used_is_told_by_what_is_wrong(postgres: str) -> None:
    server = sa.make_url(postgres)

    def of(url: sa.URL) -> StoreRefused:
        return refused(url.render_as_string(hide_password=False))

    stranger = server.set(password=SECRET)
    assert of(stranger).code == "central_password"
    assert of(stranger.set(username="personne")).code == "central_password"
    assert of(server.set(database="rien")).code == "central_no_base"
    assert of(stranger.set(host="serveur.invalid")).code == "central_unreachable"
    assert of(stranger.set(port=1)).code == "central_unreachable"
    away = of(server.set(port=1)).sentence
    assert str(server.host) in away
    assert away.index("Prévenez qui s’occupe du serveur") < away.index("--store"), "a desk reads it too"


@pytest.mark.parametrize("found", [(9, 6), (14, 22), (0,)])
def test_a_server_too_old_is_refused_with_its_version(found: tuple[int, ...]) -> None:
    with pytest.raises(StoreRefused) as caught:
        check_version(found)
    assert caught.value.code == "server_too_old"
    assert ".".join(map(str, found)) in caught.value.sentence
    check_version((15, 1))


def test_an_account_without_rights_is_told(postgres: str, central_clock: Clock) -> None:
    with new_base(postgres) as base:
        reader = f"lecteur_{sa.make_url(base).database}"
        engine = sa.create_engine(base, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE ROLE {reader} LOGIN PASSWORD '{SECRET}'")
        url = sa.make_url(base).set(username=reader, password=SECRET).render_as_string(hide_password=False)
        with pytest.raises(StoreRefused) as caught:
            init(url, "nord", training=False, clock=central_clock)
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP ROLE {reader}")
    assert caught.value.code == "central_rights"
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.fixture
def empty(store_url: str) -> Iterator[sa.Engine]:
    engine = open_store(store_url, make=True)
    yield engine
    engine.dispose()


def test_an_empty_store_is_refused_until_it_is_made(empty: sa.Engine, store_url: str) -> None:
    with pytest.raises(StoreRefused) as caught:
        open_central(store_url)
    assert caught.value.code == "no_central"
    assert revision(empty) is None


def test_a_new_store_is_what_the_tables_say(empty: sa.Engine) -> None:
    upgrade(empty)
    assert revision(empty) == HEAD
    with reading(empty) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    history = ScriptDirectory(str(migrations() / "central"))
    assert history.get_current_head() == HEAD


def test_every_step_has_a_way_back_and_up_again(empty: sa.Engine) -> None:
    upgrade(empty)
    downgrade(empty, "base")
    with reading(empty) as connection:
        assert set(sa.inspect(connection).get_table_names()) <= {"alembic_version"}
    upgrade(empty)
    assert revision(empty) == HEAD


def test_every_key_of_every_table_begins_with_the_site() -> None:
    for table in metadata.tables.values():
        assert next(iter(table.primary_key.columns)).name == "site"


def test_a_store_of_a_newer_version_is_refused_and_not_touched(
    empty: sa.Engine, store_url: str, central_clock: Clock
) -> None:
    init(store_url, "nord", training=False, clock=central_clock)
    with writing(empty) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    for opening in (lambda: open_central(store_url), lambda: upgrade(empty)):
        with pytest.raises(StoreRefused) as caught:
            opening()
        assert caught.value.code == "newer_schema"
        assert "0999" in caught.value.sentence
    assert schema.revision(empty) == "0999"


def test_a_site_is_made_once_and_several_sites_share_a_store(store_url: str, central_clock: Clock) -> None:
    made = init(store_url, "nord", training=False, clock=central_clock)
    other = init(store_url, "loiret", training=False, clock=central_clock)
    assert (made.training, other.training) == (False, False)
    with pytest.raises(StoreRefused) as caught:
        init(store_url, "puy-de-dome", training=True, clock=central_clock)
    assert caught.value.code == "training_mixed"
    assert made.site_key != other.site_key
    for name in ("nord", "Nord", "", "a b", "é", "a" * 61, "a;b", "a.b"):
        with pytest.raises(StoreRefused) as caught:
            init(store_url, name, training=False, clock=central_clock)
        assert caught.value.code == ("site_exists" if name == "nord" else "bad_site")
    engine = open_central(store_url)
    assert site_names(engine) == ["loiret", "nord"]
    set_roots(engine, "nord", "PEM")
    assert facts_of(engine, "nord").roots == "PEM"
    with pytest.raises(StoreRefused) as caught:
        facts_of(engine, "rhone")
    assert caught.value.code == "no_site"
    engine.dispose()


def test_two_sites_made_at_once_in_one_store_do_not_mix_training_and_real(
    empty: sa.Engine, store_url: str, central_clock: Clock
) -> None:
    upgrade(empty)
    ends: list[str] = []

    def other() -> None:
        try:
            ends.append(init(store_url, "loiret", training=True, clock=central_clock).site)
        except StoreRefused as refused:
            ends.append(refused.code)

    meanwhile = Thread(target=other)

    @sa.event.listens_for(empty, "before_cursor_execute")
    def _between(_connection: sa.Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO site "):
            meanwhile.start()
            meanwhile.join(1.0)

    make_site(empty, "nord", training=False, at=central_clock())
    meanwhile.join()
    assert ends == ["training_mixed"]
    assert site_names(empty) == ["nord"]


def test_two_sites_of_one_store_see_nothing_of_each_other(store_url: str, central_clock: Clock) -> None:
    for name in ("nord", "loiret"):
        init(store_url, name, training=False, clock=central_clock)
    engine = open_central(store_url)
    ledger = Ledger(engine, central_clock)
    north, south = Desk("Guichet 1"), Desk("Guichet 1", site="loiret")
    for desk in (north, south):
        enrolled(engine, desk)
        desk.write(2)
        push(ledger, desk)
    assert everything(ledger, north) == north.acts
    assert everything(ledger, south) == south.acts
    engine.dispose()
