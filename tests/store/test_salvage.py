"""Acts read out of damaged pages: each one that is whole comes back, none is invented, each lost place is told."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app import keys
from counter_app.app import recover_home
from counter_app.home import read_home
from counter_app.office import Office
from counter_app.store.backup import backups_of
from counter_app.store.convocation_rows import code_of
from counter_app.store.journal import COLUMNS
from counter_app.store.pages import FRAME_HEAD, LOG_HEAD, PAGE, Value, table_rows
from counter_app.store.statements import rows
from counter_app.usecases.audit import rebuild, verify
from tests.homes import AtDesk, Clock, Lists, opened, person

Journal = dict[tuple[str, int], tuple[object, ...]]
WIDTH = frozenset({len(COLUMNS)})


def journal_of(office: Office) -> Journal:
    """Every act by its place, but for its signature, which damage may take."""
    with office.desk.looking() as connection:
        names = ", ".join(COLUMNS)
        found = rows(connection, f"SELECT {names} FROM act UNION ALL SELECT {names} FROM apart")
    return {(row[1], row[2]): row[:-1] for row in found}


def morning(home: Path, clock: Clock, lists: Path, people: int) -> Journal:
    """A list, then everybody in; only the morning's copy was made. What the journal holds in the end."""
    with closing(opened(home, clock)) as office:
        here = AtDesk(office, clock, Lists(lists, clock))
        names = [f"{'LONG ' * (place % 7 * 40)}SOW {place:03d}" for place in range(people)]
        here.expects(*(person(name, f"59{place:08d}", rdv_id=str(place)) for place, name in enumerate(names)))
        clock.at("9:05")
        for one in here.everybody():
            here.scan(code_of(one))
        return journal_of(office)


@pytest.fixture(scope="module")
def worked(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Journal]:
    folder = tmp_path_factory.mktemp("matin")
    home = Path(shutil.copytree(made_home, folder / "poste"))
    return home, morning(home, Clock(), folder / "listes", 12)


def spoil(file: Path, place: int, length: int = 1) -> None:
    raw = bytearray(file.read_bytes())
    raw[place : place + length] = bytes(byte ^ 0xA5 for byte in raw[place : place + length])
    file.write_bytes(raw)


def recovered(home: Path, whole: Journal) -> tuple[int, int]:
    """Recover, and check that what is there is true and what is not is told; how many acts came back, were lost."""
    clock = Clock()
    clock.at("10:00")
    own = read_home(home).identity.stream
    done = recover_home(home, clock)
    with closing(opened(home, clock)) as office:
        outcome = verify(office.desk)
        assert outcome.ok, outcome.faults
        assert rebuild(office.desk).same
        found = {place: row for place, row in journal_of(office).items() if place[0] == own}
    assert found.items() <= whole.items()
    missing = {seq for stream, seq in whole.keys() - found.keys()}
    told = {seq for _stream, first, last in done.lost for seq in range(first, (last or max(missing, default=0)) + 1)}
    assert missing <= told
    assert done.lost_acts <= len(missing)
    return len(found), len(missing)


def test_whatever_page_is_damaged_only_its_own_acts_are_lost(worked: tuple[Path, Journal], tmp_path: Path) -> None:
    made, whole = worked
    count = (made / "guichet.db").stat().st_size // PAGE
    # Each of the first pages, which hold the schema; of the others one in seven: the next test damages any of them.
    for page in (*range(4), *range(4, count, 7)):
        home = Path(shutil.copytree(made, tmp_path / str(page)))
        spoil(home / "guichet.db", page * PAGE, PAGE)
        back, lost = recovered(home, whole)
        assert back + lost == len(whole)
        assert lost <= 8, page
        shutil.rmtree(home)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    damage=st.lists(st.tuples(st.integers(0, 1 << 22), st.integers(1, 6000)), min_size=1, max_size=6),
    copies=st.booleans(),
    cut=st.none() | st.integers(0, 1 << 18),
)
def test_however_a_file_is_damaged_nothing_is_invented_and_each_lost_place_is_told(
    worked: tuple[Path, Journal],
    tmp_path_factory: pytest.TempPathFactory,
    damage: list[tuple[int, int]],
    copies: bool,
    cut: int | None,
) -> None:
    made, whole = worked
    home = Path(shutil.copytree(made, tmp_path_factory.mktemp("poste") / "poste"))
    file = home / "guichet.db"
    for place, length in damage:
        spoil(file, place % file.stat().st_size, length)
    if cut is not None:
        file.write_bytes(file.read_bytes()[:cut])
    if not copies:
        shutil.rmtree(home / "sauvegardes")
    recovered(home, whole)


def key_of(home: Path) -> bytes:
    identity = read_home(home).identity
    return keys.fetch(home, identity.id, identity.keys).store


def acts_in_pages(home: Path) -> set[Value]:
    return {row[0] for row in table_rows(home / "guichet.db", key_of(home), WIDTH)}


def test_a_sound_file_gives_every_act_to_the_letter(worked: tuple[Path, Journal]) -> None:
    home, whole = worked
    read = {(row[1], row[2]): tuple(row[:-1]) for row in table_rows(home / "guichet.db", key_of(home), WIDTH)}
    assert read == whole


def test_details_longer_than_a_page_are_read_across_pages(home: Path, clock: Clock, tmp_path: Path) -> None:
    with closing(opened(home, clock)) as office:
        here = AtDesk(office, clock, Lists(tmp_path / "listes", clock))
        here.expects(person("SOW Aïssata", rdv_id="1", motif="très long " * 2000))
        whole = journal_of(office)
    read = {(row[1], row[2]): tuple(row[:-1]) for row in table_rows(home / "guichet.db", key_of(home), WIDTH)}
    assert read == whole
    assert max(len(json.dumps(row)) for row in whole.values()) > 2 * PAGE


def test_acts_still_in_the_log_of_writes_come_back_and_those_never_committed_do_not(
    home: Path, clock: Clock, tmp_path: Path
) -> None:
    """As a crash leaves a file: copied while it is open, with a transaction under way."""
    with closing(opened(home, clock)) as office:
        here = AtDesk(office, clock, Lists(tmp_path / "listes", clock))
        here.expects(*(person(f"SOW {place}", f"59{place:08d}", rdv_id=str(place)) for place in range(50)))
        crashed = Path(shutil.copytree(home, tmp_path / "crashed"))
        whole = journal_of(office)
    log = crashed / "guichet.db-wal"
    assert log.stat().st_size > LOG_HEAD + FRAME_HEAD + PAGE
    assert acts_in_pages(crashed) == {row[0] for row in whole.values()}
    # The last frame carries the commit of the list: without it, none of its acts was ever recorded.
    log.write_bytes(log.read_bytes()[: -(FRAME_HEAD + PAGE)])
    assert len(acts_in_pages(crashed)) < len(whole)


def test_copies_that_are_damaged_too_give_what_they_still_hold(home: Path, clock: Clock, tmp_path: Path) -> None:
    whole = morning(home, clock, tmp_path / "listes", 5)
    (copy,) = backups_of(home / "sauvegardes")
    shutil.copyfile(home / "guichet.db", copy)
    spoil(copy, PAGE // 2)
    (home / "guichet.db").write_bytes(b"")
    back, lost = recovered(home, whole)
    assert (back, lost) == (len(whole), 0)


def test_acts_come_back_in_the_order_in_which_they_were_recorded(home: Path, clock: Clock, tmp_path: Path) -> None:
    whole = morning(home, clock, tmp_path / "listes", 20)
    shutil.rmtree(home / "sauvegardes")
    spoil(home / "guichet.db", 0)
    assert recovered(home, whole)[1] == 0
    with closing(opened(home, clock)) as office, office.desk.looking() as connection:
        places = [seq for (seq,) in rows(connection, "SELECT seq FROM act ORDER BY rowid")]
    assert places[: len(whole)] == sorted(place[1] for place in whole)
