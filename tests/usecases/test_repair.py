"""Rows that could not be read: shown, repaired, closed with a reason, never dropped."""

from counter_app.domain.convocation import ConvocationStatus
from counter_app.imports.mapping import Mapping
from counter_app.imports.targets import Target
from counter_app.usecases.import_list import import_list
from counter_app.usecases.repair_row import open_rows, repair, set_down
from tests.homes import AtDesk, person
from tests.imports.lists import write_csv

SOW = person("SOW Aïssata", rdv_id="1")
BROKEN = {**person("DIALLO Mariama", "5987654321"), "heure rdv": "25h", "rdv_id": "2"}


def test_a_repaired_row_is_taken_and_no_longer_waits(here: AtDesk) -> None:
    here.expects(SOW, BROKEN)
    (row,) = open_rows(here.desk)
    assert dict(row.cells)["usager"] == "DIALLO Mariama"
    assert row.problem.row == 3
    assert repair(here.desk, row.id, {"heure rdv": "9h40"}) is None
    assert open_rows(here.desk) == []
    one = next(one for one in here.everybody() if "DIALLO" in one.name)
    assert f"{one.slot:%H:%M}" == "09:40"
    assert one.foreign_number == "5987654321"


def test_a_correction_that_is_no_better_says_what_is_still_wrong_and_changes_nothing(here: AtDesk) -> None:
    here.expects(SOW, BROKEN)
    (row,) = open_rows(here.desk)
    problem = repair(here.desk, row.id, {"heure rdv": "midi et demi"})
    assert problem is not None
    assert problem.value == "midi et demi"
    assert len(here.everybody()) == 1
    assert [one.id for one in open_rows(here.desk)] == [row.id]


def test_a_row_set_down_is_closed_with_its_reason_and_nobody_is_added(here: AtDesk) -> None:
    here.expects(SOW, BROKEN)
    (row,) = open_rows(here.desk)
    set_down(here.desk, row.id, "ligne de total")
    assert open_rows(here.desk) == []
    assert len(here.everybody()) == 1


def test_the_same_file_again_neither_opens_a_row_twice_nor_reopens_a_repaired_one(here: AtDesk) -> None:
    path = here.lists.participations(SOW, BROKEN)
    import_list(here.desk, path)
    import_list(here.desk, path)
    (row,) = open_rows(here.desk)
    repair(here.desk, row.id, {"heure rdv": "9h40"})
    outcome = import_list(here.desk, path)
    assert len(outcome.rejected) == 1
    assert open_rows(here.desk) == []
    assert outcome.absent == 0
    assert {one.status for one in here.everybody()} == {ConvocationStatus.EXPECTED}


def test_a_row_that_was_right_in_an_older_list_is_repaired_into_the_same_person(here: AtDesk) -> None:
    here.expects(SOW, {**BROKEN, "heure rdv": "9h20"})
    here.expects(SOW, BROKEN)
    (row,) = open_rows(here.desk)
    assert repair(here.desk, row.id, {"heure rdv": "11h00"}) is None
    diallos = [one for one in here.everybody() if "DIALLO" in one.name]
    assert [f"{one.slot:%H:%M}" for one in diallos] == ["11:00"]


def test_a_row_repaired_into_somebody_of_the_same_list_is_a_second_appointment(here: AtDesk) -> None:
    twin = {**SOW, "rdv_id": "2", "heure rdv": "25h"}
    here.expects(SOW, twin)
    (row,) = open_rows(here.desk)
    assert repair(here.desk, row.id, {"heure rdv": "09h10"}) is None
    assert sorted(str(one.best("reference")) for one in here.everybody()) == ["1", "2"]


def test_rows_of_a_mapped_list_are_read_again_through_its_mapping(here: AtDesk) -> None:
    lines = [["Qui", "Quand", "Heure"], ["TRAORÉ Awa", "23/11/2026", "25h"]]
    path = write_csv(here.lists.folder.parent / "autre.csv", lines)
    mapping = Mapping(columns={Target.name: ("Qui",), Target.day: ("Quand",), Target.hour: ("Heure",)})
    import_list(here.desk, path, mapping)
    (row,) = open_rows(here.desk)
    assert repair(here.desk, row.id, {"Heure": "9h15"}) is None
    assert here.only().name == "TRAORÉ Awa"
