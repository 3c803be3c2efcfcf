"""People noted while the desk did not know them are seen, and settled by their arrival."""

import pytest

from counter_app.usecases.awaiting import Outcome, awaiting, settle
from counter_app.usecases.check_in import note_provisional_arrival
from counter_app.usecases.undo import recent, undo
from tests.homes import AtDesk, person


def test_a_noted_person_awaits_until_somebody_of_that_name_arrives(here: AtDesk) -> None:
    here.clock.at("9:02")
    note_provisional_arrival(here.desk, "5912345678", "Sow Aissata")
    (one,) = awaiting(here.desk)
    assert (one.name, one.agent, f"{one.at:%H:%M}") == ("Sow Aissata", "A. Petit", "09:02")
    here.expects(person("SOW Aïssata"))
    assert len(awaiting(here.desk)) == 1
    here.clock.at("9:05")
    here.scan(here.code("SOW"))
    assert awaiting(here.desk) == []
    undo(here.desk)
    assert len(awaiting(here.desk)) == 1


def test_the_last_acts_show_who_was_noted_and_no_other_unknown_scan(here: AtDesk) -> None:
    here.scan("5999999999")
    note_provisional_arrival(here.desk, "5999999999", "NOUVELLE Anna")
    (line,) = recent(here.desk)
    assert (line.kind, line.name, line.undoable) == ("scan_unknown", "NOUVELLE Anna", False)


@pytest.mark.parametrize("outcome", Outcome)
def test_nobody_awaits_for_ever(here: AtDesk, outcome: Outcome) -> None:
    note = note_provisional_arrival(here.desk, "", "Sow Aissata")
    assert settle(here.desk, "inconnue", outcome) is None
    settled = settle(here.desk, note, outcome)
    assert settled is not None
    assert settled.name == "Sow Aissata"
    assert awaiting(here.desk) == []
    assert settle(here.desk, note, outcome) is None
