"""Undo of an import: people go back to what the other lists say, and what the desk did meanwhile stands."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.convocation import ConvocationStatus
from counter_app.store import projections
from counter_app.usecases import import_undo, repair_row
from counter_app.usecases.import_list import import_list
from counter_app.usecases.undo import recent, undo, undo_last_import
from counter_app.usecases.unended import unended_imports
from counter_app.wording.catalogue import Words
from tests.homes import AtDesk, person

SOW = person("SOW Aïssata", rdv_id="1")
DIALLO = person("DIALLO Mariama", "5987654321", hour="09h20", rdv_id="2")
KONE = person("KONÉ Ali", "5900000001", hour="09h30", rdv_id="3")
WRONG = {**KONE, "heure rdv": "25h"}


def seen(here: AtDesk) -> list[tuple[str, str, str, str | None, str]]:
    """What an agent sees of everybody."""
    return [(one.name, one.listing.slot, one.purpose, one.foreign_number, one.status) for one in here.everybody()]


def waiting(here: AtDesk) -> list[int]:
    return sorted(row.problem.row for row in repair_row.open_rows(here.desk))


def undone(here: AtDesk) -> bool:
    return undo_last_import(here.desk).done


def test_an_import_undone_leaves_nobody_and_the_act_is_told(here: AtDesk) -> None:
    here.expects(SOW, DIALLO, WRONG)
    answer = undo_last_import(here.desk)
    assert (answer.done, answer.withdrawn, answer.kept) == (True, 2, ())
    assert (seen(here), waiting(here)) == ([], [])
    line = next(line for line in recent(here.desk) if line.kind == ActKind.LIST_IMPORTED)
    assert (line.undone, line.undoable) == (True, False)
    assert here.scan("5912345678").verdict == "unknown_stale_data"


def test_what_the_import_changed_goes_back_to_what_the_list_before_said(here: AtDesk) -> None:
    here.expects(SOW, DIALLO)
    before = seen(here)
    here.clock.later(5)
    here.expects({**SOW, "heure rdv": "15h00", "statut": "Annulé (excusé)"}, KONE)
    assert seen(here) != before
    assert undone(here)
    assert seen(here) == before


def test_an_arrival_recorded_meanwhile_stands_and_is_told(here: AtDesk) -> None:
    here.expects(SOW, DIALLO)
    here.clock.at("9:05")
    here.scan(here.code("SOW"))
    answer = undo_last_import(here.desk)
    assert [one.name for one in answer.kept] == ["SOW Aïssata"]
    assert [(one.name, one.status) for one in here.everybody()] == [("SOW Aïssata", ConvocationStatus.CHECKED_IN)]
    undo(here.desk)
    assert here.only().status is ConvocationStatus.ABSENT_FROM_LIST


def test_a_list_upon_which_a_later_one_was_built_is_not_undone_first(here: AtDesk) -> None:
    here.expects(SOW, DIALLO)
    first = next(line.act_id for line in recent(here.desk))
    here.clock.later(5)
    here.expects(SOW, DIALLO, KONE)
    assert undo(here.desk, first).reason == "built_upon"
    assert len(seen(here)) == 3
    assert undone(here)
    assert undo(here.desk, first).done
    assert seen(here) == []
    assert undo(here.desk, first).reason == "already_undone"


def test_an_import_is_undone_within_a_day_only(here: AtDesk) -> None:
    here.expects(SOW)
    here.clock.later(24 * 60 + 1)
    assert undo_last_import(here.desk).reason == "too_old"
    assert not next(line for line in recent(here.desk)).undoable
    assert len(seen(here)) == 1


def test_the_last_arrival_is_still_what_ctrl_z_takes_back(here: AtDesk) -> None:
    here.clock.at("9:05")
    here.expects(SOW)
    here.scan()
    here.expects(SOW, DIALLO)
    taken = undo(here.desk)
    assert taken.gesture is not None
    assert (taken.gesture.kind, taken.gesture.name) == (ActKind.CHECKED_IN, "SOW Aïssata")
    assert len(seen(here)) == 2


def test_the_same_file_imported_again_after_an_undo_is_here_again(here: AtDesk) -> None:
    path = here.lists.participations(SOW, DIALLO, WRONG)
    import_list(here.desk, path)
    before = (seen(here), waiting(here))
    for _time in range(2):
        assert undone(here)
        assert seen(here) == []
        again = import_list(here.desk, path)
        assert (again.added, len(again.rejected)) == (2, 1)
        assert (seen(here), waiting(here)) == before


def test_rows_that_a_newer_list_closed_wait_again_once_it_is_undone(here: AtDesk) -> None:
    here.expects(SOW, {**KONE, "heure rdv": "25h"})
    assert waiting(here) == [3]
    here.clock.later(5)
    assert here.expects(SOW, KONE).closed == 1
    assert waiting(here) == []
    assert undone(here)
    assert waiting(here) == [3]


class _Killed(BaseException):
    """Power cut: nothing of what was under way is handled."""


def _dies_after(rows: int) -> Callable[[int, int], None]:
    def progress(done: int, _total: int) -> None:
        if done >= rows:
            raise _Killed

    return progress


MANY = [
    person(f"USAGER {chr(65 + place // 26)}{chr(65 + place % 26)}", f"59{place:08d}", rdv_id=str(place))
    for place in range(60)
]


def test_an_import_that_stopped_is_told_until_the_same_file_completes_it(here: AtDesk) -> None:
    path = here.lists.participations(*MANY, WRONG)
    with pytest.raises(_Killed):
        import_list(here.desk, path, progress=_dies_after(1))
    (stopped,) = unended_imports(here.desk)
    assert (stopped.file_name, stopped.undoing) == (path.name, False)
    assert 0 < len(seen(here)) < 60
    outcome = import_list(here.desk, path)
    assert (outcome.resumed, outcome.added + outcome.unchanged, len(outcome.rejected)) == (True, 60, 1)
    assert unended_imports(here.desk) == ()
    assert len(seen(here)) == 60


def test_an_import_under_way_in_another_program_is_not_told_as_stopped(here: AtDesk) -> None:
    path = here.lists.participations(*MANY)
    with pytest.raises(_Killed):
        import_list(here.desk, path, progress=_dies_after(1))
    waits = "import sys; from pathlib import Path; from counter_app.store.lock import held\n"
    waits += "with held(Path(sys.argv[1])): print(flush=True); sys.stdin.read()"
    lock = here.desk.store.path.with_name("travail-long.lock")
    other = subprocess.Popen([sys.executable, "-c", waits, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with other:
        assert other.stdin and other.stdout
        other.stdout.readline()
        assert unended_imports(here.desk) == ()
        other.kill()
    assert len(unended_imports(here.desk)) == 1


def test_an_import_that_stopped_can_be_undone_instead_even_days_later(here: AtDesk) -> None:
    path = here.lists.participations(*MANY)
    with pytest.raises(_Killed):
        import_list(here.desk, path, progress=_dies_after(1))
    here.clock.later(3000)
    assert undone(here)
    assert (seen(here), unended_imports(here.desk)) == ([], ())


def test_a_stopped_import_that_a_newer_list_overtook_is_completed_without_covering_days(here: AtDesk) -> None:
    path = here.lists.participations(*MANY)
    with pytest.raises(_Killed):
        import_list(here.desk, path, progress=_dies_after(1))
    here.clock.later(5)
    here.expects(*({**row, "créé par": "un autre export"} for row in MANY))
    assert len(unended_imports(here.desk)) == 1
    assert import_list(here.desk, path).superseded
    assert unended_imports(here.desk) == ()


def test_an_undo_that_stopped_is_told_and_goes_on(here: AtDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    here.expects(*MANY)
    monkeypatch.setattr(import_undo, "AT_ONCE", 20)
    real, calls = here.desk.store.courtesy.give_way, iter(range(9))

    def dies_the_second_time() -> None:
        if next(calls):
            raise _Killed
        real()

    with monkeypatch.context() as patch:
        patch.setattr(type(here.desk.store.courtesy), "give_way", lambda _self: dies_the_second_time())
        with pytest.raises(_Killed):
            undo_last_import(here.desk)
    (stopped,) = unended_imports(here.desk)
    assert stopped.undoing
    assert len(seen(here)) == 40
    assert undone(here)
    assert (seen(here), unended_imports(here.desk)) == ([], ())


rows = st.lists(
    st.builds(
        lambda who, hour, status: {**who, "heure rdv": hour, "statut": status},
        st.sampled_from([SOW, DIALLO, KONE]),
        st.sampled_from(["09h00", "10h30", "25h"]),
        st.sampled_from(["À renseigner", "Annulé (excusé)"]),
    ),
    max_size=3,
    unique_by=lambda row: row["rdv_id"],
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=st.lists(rows.filter(bool), min_size=1, max_size=4), chance=st.data())
def test_undoing_imports_from_the_last_gives_back_each_state_before(
    here: AtDesk, lists: list[list[dict[str, str]]], chance: st.DataObject
) -> None:
    while undone(here):
        here.clock.later(1)
    states = []
    for one in lists:
        states.append((seen(here), waiting(here)))
        here.clock.later(2)
        here.lists.count += 1
        import_list(here.desk, here.lists.participations(*({**row, "créé par": str(here.lists.count)} for row in one)))
    for before in reversed(states[chance.draw(st.integers(0, len(states) - 1)) :]):
        assert undone(here)
        assert (seen(here), waiting(here)) == before
    with here.desk.store.writing() as connection:
        assert projections.rebuild(connection).same


def test_an_import_of_before_lists_had_an_identity_is_told_as_one_that_cannot_be_undone(here: AtDesk) -> None:
    told = {"source": "other", "exported_at": "2026-11-23T06:00:00+00:00"}
    moment = here.clock.now.isoformat()
    listing = {**told, "source_key": "1", "name": "SOW Awa", "slot": "2026-11-23T09:10:00+01:00", "purpose": "Dépôt"}
    with here.desk.gesture() as gesture:
        subject = Subject(SubjectType.CONVOCATION, "a" * 32)
        gesture.record(ActKind.CONVOCATION_LISTED, subject, {**listing, "status": "expected"})
        details: dict[str, Json] = {
            **told,
            "file_digest": "d",
            "file_name": "a.csv",
            "imported_at": moment,
            "complete": True,
        }
        gesture.record(ActKind.LIST_IMPORTED, Subject(SubjectType.LIST, "b" * 32), details)
    answer = undo_last_import(here.desk)
    assert (answer.done, answer.reason) == (False, "before_undo")
    assert "rien n’a été annulé" in Words("fr")(f"import_undo.{answer.reason}")
