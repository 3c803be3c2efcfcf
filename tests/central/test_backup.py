"""A copy of any store restores into any other, and desks see that it is another one."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app.central.backup import backup, restore
from counter_app.central.codes import make_code
from counter_app.central.engine import key_path, reading
from counter_app.central.figures import status
from counter_app.central.ledger import Ledger
from counter_app.central.sites import facts_of, open_central
from counter_app.central.tables import metadata
from counter_app.domain.refusal import StoreRefused
from counter_app.sync.wire import Hello
from tests.central.desks import EIGHT, Desk, enrolled, push, statuses
from tests.central.postgres import new_base
from tests.central.test_conformance import everything
from tests.homes import Clock


def worked_in(engine: sa.Engine, ledger: Ledger) -> tuple[Desk, Desk]:
    """A store with a forked stream, an act kept apart and a code."""
    desk = Desk("Guichet 1")
    enrolled(engine, desk)
    desk.write(2500)
    clone = desk.cloned()
    desk.write(2, "Élodie\n\t\\N")
    clone.write(3)
    push(ledger, desk)
    push(ledger, clone)
    push(ledger, desk, [desk.acts[0]._replace(agent="autre")])
    make_code(engine, "nord", EIGHT)
    return desk, clone


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_what_was_held_is_held_again_under_a_new_generation(
    engine: sa.Engine, inside: Ledger, central_clock: Clock, tmp_path: Path, postgres: str, into: str
) -> None:
    desk, clone = worked_in(engine, inside)
    copy = backup(engine, tmp_path / "copie %?#.db")
    assert key_path(copy).stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.glob("copie*")) == ["copie %?#.db", "copie %?#.db.key"]
    with new_base(postgres) as base:
        url = base if into == "postgresql" else f"sqlite:///{tmp_path / 'neuve.db'}"
        generations = restore(copy, url, EIGHT)
        restored = open_central(url)
        (before,), (after,) = status(engine), status(restored)
        assert generations == {"nord": after.generation}
        assert after.generation != before.generation
        assert (after.acts, after.branches, after.set_aside) == (2505, 2, 1)
        assert (before.acts, before.lines, before.branches, before.set_aside) == (2505, 3, 2, 1)
        assert facts_of(restored, "nord").site_key == facts_of(engine, "nord").site_key
        ledger = Ledger(restored, central_clock)
        assert set(everything(ledger, desk)) == {*desk.acts, *clone.acts}
        hello = Hello(desk.device, desk.stream, {}, "")
        assert ledger.answer(desk.session, hello).heads == inside.answer(desk.session, hello).heads
        desk.write()
        assert statuses(push(ledger, desk)) == [(1, 2503, "accepted", "")]
        restored.dispose()


def test_a_copy_overwrites_nothing_and_a_store_in_use_is_not_filled(
    engine: sa.Engine, store_url: str, tmp_path: Path
) -> None:
    copy = backup(engine, tmp_path / "copie.db")
    for refused in (lambda: backup(engine, copy), lambda: restore(copy, store_url, EIGHT)):
        with pytest.raises(StoreRefused) as caught:
            refused()
        assert caught.value.code in ("backup_exists", "not_empty")
    with pytest.raises(StoreRefused) as caught:
        restore(tmp_path / "rien.db", store_url, EIGHT)
    assert caught.value.code == "no_central"
    with pytest.raises(StoreRefused) as caught:
        backup(engine, Path("/proc/rien/copie.db"))
    assert caught.value.code == "disk_error"


def test_a_restored_store_asks_for_what_came_after_the_copy(
    engine: sa.Engine, inside: Ledger, central_clock: Clock, tmp_path: Path
) -> None:
    desk, other = Desk("Guichet 1"), Desk("Guichet 2")
    for one in (desk, other):
        enrolled(engine, one)
        one.write(2)
        push(inside, one)
    copy = backup(engine, tmp_path / "copie.db")
    desk.write(2)
    push(inside, desk)
    url = f"sqlite:///{tmp_path / 'neuve.db'}"
    restore(copy, url, EIGHT)
    restored = open_central(url)
    ledger = Ledger(restored, central_clock)
    tips = inside.answer(other.session, Hello(other.device, other.stream, {}, "")).heads
    told = ledger.answer(other.session, Hello(other.device, other.stream, tips, ""))
    assert told.lacking == (desk.stream,)
    assert statuses(push(ledger, other, desk.acts)) == [(1, 4, "accepted", "")], "any desk heals it"
    restored.dispose()


def test_every_table_is_copied_but_those_named(engine: sa.Engine, tmp_path: Path, inside: Ledger) -> None:
    worked_in(engine, inside)
    restored = open_central(f"sqlite:///{backup(engine, tmp_path / 'copie.db')}")
    for table in metadata.sorted_tables:
        with reading(engine) as source, reading(restored) as copy:
            counts = [one.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for one in (source, copy)]
        expected = 0 if table.name in ("enrolment_code", "presence") else counts[0]
        assert counts[1] == expected
    restored.dispose()
