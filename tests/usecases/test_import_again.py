"""A list put back to an earlier state is a new list; and what was checked is what is imported."""

import os
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app import app
from counter_app.domain.acts import ActKind
from counter_app.imports.refusals import UnreadableFile
from counter_app.store import heads, journal, projections
from counter_app.usecases.import_list import dry_run, import_list
from counter_app.usecases.undo import undo_last_import
from tests.homes import EIGHT, AtDesk, Clock, Lists, opened
from tests.imports.lists import write_csv

HEADINGS = ["nom", "date de naissance", "date", "heure", "motif"]
SOW = ["SOW Aïssata", "02/05/1979", "23/11/2026", "9h30", "Remise"]
LATER = ["SOW Aïssata", "02/05/1979", "23/11/2026", "10h30", "Remise"]
KONE = ["KONÉ Ali", "04/07/1991", "23/11/2026", "9h40", "Remise"]


def listed(here: AtDesk, *rows: list[str], minutes: int = 0) -> Path:
    """A list exported so many minutes after the first of the test."""
    here.lists.count += 1
    here.lists.folder.mkdir(exist_ok=True)
    path = write_csv(here.lists.folder / f"jour-{here.lists.count}.csv", [HEADINGS, *rows])
    return dated(path, minutes)


def dated(path: Path, minutes: int) -> Path:
    at = (EIGHT - timedelta(hours=2) + timedelta(minutes=minutes)).timestamp()
    os.utime(path, (at, at))
    return path


def seen(here: AtDesk) -> list[tuple[str, str, str]]:
    """Who is expected, and when."""
    return sorted((one.name, one.listing.slot[11:16], one.status) for one in here.everybody())


def expected(here: AtDesk) -> list[tuple[str, str]]:
    return [(name, hour) for name, hour, status in seen(here) if status == "expected"]


def acts(here: AtDesk) -> int:
    with here.desk.looking() as connection:
        return heads.read_head(connection, here.desk.stream).seq


def test_a_list_put_back_to_its_first_state_applies(here: AtDesk) -> None:
    import_list(here.desk, listed(here, SOW, minutes=0))
    import_list(here.desk, listed(here, LATER, KONE, minutes=10))
    assert expected(here) == [("KONÉ Ali", "09:40"), ("SOW Aïssata", "10:30")]
    again = listed(here, SOW, minutes=20)
    assert not dry_run(here.desk, again).superseded
    outcome = import_list(here.desk, again)
    assert not outcome.superseded
    assert expected(here) == [("SOW Aïssata", "09:30")]
    before = acts(here)
    assert import_list(here.desk, again).list_id == outcome.list_id
    assert acts(here) == before


def test_the_first_file_itself_is_still_the_older_one(here: AtDesk) -> None:
    first = listed(here, SOW, minutes=0)
    import_list(here.desk, first)
    import_list(here.desk, listed(here, LATER, minutes=10))
    before = acts(here)
    assert import_list(here.desk, first).superseded
    assert (acts(here), expected(here)) == (before, [("SOW Aïssata", "10:30")])


def test_a_list_put_back_can_be_undone(here: AtDesk) -> None:
    import_list(here.desk, listed(here, SOW, minutes=0))
    import_list(here.desk, listed(here, LATER, minutes=10))
    before = seen(here)
    here.clock.later(1)
    import_list(here.desk, listed(here, SOW, minutes=20))
    assert undo_last_import(here.desk).done
    assert seen(here) == before
    import_list(here.desk, listed(here, SOW, minutes=20))
    assert expected(here) == [("SOW Aïssata", "09:30")]


def test_a_known_file_dated_in_the_future_is_not_taken_for_a_newer_one(here: AtDesk) -> None:
    here.desk.training = False
    import_list(here.desk, listed(here, SOW, minutes=0))
    import_list(here.desk, listed(here, LATER, minutes=10))
    assert import_list(here.desk, listed(here, SOW, minutes=600)).superseded


def test_an_older_file_applies_as_the_newest_when_the_agent_says_so_and_the_act_bears_it(here: AtDesk) -> None:
    first = listed(here, SOW, minutes=0)
    import_list(here.desk, first)
    import_list(here.desk, listed(here, LATER, minutes=10))
    assert dry_run(here.desk, first, as_newest=True).changed
    outcome = import_list(here.desk, first, as_newest=True)
    assert expected(here) == [("SOW Aïssata", "09:30")]
    with here.desk.looking() as connection:
        (act,) = journal.latest(connection, here.desk.stream, [ActKind.LIST_IMPORTED], 1)
    assert (act.subject.id, act.details["as_newest"]) == (outcome.list_id, True)
    before = acts(here)
    assert import_list(here.desk, first, as_newest=True).changed == 0
    assert acts(here) == before


ROWS = st.lists(st.sampled_from([SOW, LATER, KONE]), min_size=1, max_size=3, unique_by=lambda row: (row[0], row[3]))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=st.lists(ROWS, min_size=2, max_size=4))
def test_a_list_says_the_same_whether_it_is_the_first_or_comes_back(
    tmp_path: Path, lists: list[list[list[str]]]
) -> None:
    """Whatever came between, the state is that of the last list alone."""
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        clock = Clock()
        app.init_home(Path(folder) / "poste", "loiret", training=False, clock=clock)
        with closing(opened(Path(folder) / "poste", clock)) as office:
            here = AtDesk(office, clock, Lists(Path(folder) / "listes", clock))
            for place, rows in enumerate([*lists, lists[0]]):
                import_list(here.desk, listed(here, *rows, minutes=place))
            assert expected(here) == sorted((row[0], f"{int(row[3][:-3]):02}:{row[3][-2:]}") for row in lists[0])
            with here.desk.store.writing() as connection:
                assert projections.rebuild(connection).same


def test_a_file_replaced_since_the_control_is_not_imported(here: AtDesk) -> None:
    path = listed(here, SOW)
    checked = dry_run(here.desk, path)
    write_csv(path, [HEADINGS, LATER, KONE])
    before = acts(here)
    with pytest.raises(UnreadableFile) as told:
        import_list(here.desk, path, checked=checked.file_digest)
    assert told.value.reason_code == "file_changed"
    assert "Le fichier a changé depuis le contrôle" in told.value.sentence
    assert (acts(here), here.everybody()) == (before, [])
    assert import_list(here.desk, path, checked=dry_run(here.desk, path).file_digest).added == 2
