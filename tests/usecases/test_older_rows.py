"""Rows that an older list set aside stop waiting once a newer one tells them right; only what is sure closes one."""

import pytest

from counter_app.usecases import repair_row
from counter_app.usecases.import_list import dry_run, import_list
from tests.homes import AtDesk, person

WRONG = {"Nom": "SOW", "Prénom": "Aïssata", "Heure du RDV": "25h"}
RIGHT = {**WRONG, "Heure du RDV": "10h20"}


def waiting(here: AtDesk) -> int:
    return len(repair_row.open_rows(here.desk))


def test_a_person_told_right_by_a_newer_list_no_longer_waits(here: AtDesk) -> None:
    import_list(here.desk, here.lists.rdv_insertion(WRONG))
    assert waiting(here) == 1
    newer = here.lists.rdv_insertion(RIGHT)
    assert dry_run(here.desk, newer).closed == 1
    assert waiting(here) == 1
    assert import_list(here.desk, newer).closed == 1
    assert waiting(here) == 0


@pytest.mark.parametrize(
    "other",
    [
        {"Nom": "KONÉ"},
        {"Date du RDV": "24/11/2026"},
        {"Date de naissance": "22/03/1962"},
        {"Date de naissance": "", "ID interne au département": ""},
    ],
)
def test_what_is_not_surely_the_same_leaves_the_row_open(here: AtDesk, other: dict[str, str]) -> None:
    import_list(here.desk, here.lists.rdv_insertion(WRONG))
    import_list(here.desk, here.lists.rdv_insertion({**RIGHT, **other}))
    assert waiting(here) == 1


def test_the_same_row_wrong_again_waits_once(here: AtDesk) -> None:
    import_list(here.desk, here.lists.rdv_insertion(WRONG))
    import_list(here.desk, here.lists.rdv_insertion({"Nom": "KONÉ"}, WRONG))
    (row,) = repair_row.open_rows(here.desk)
    assert row.problem.row == 3


def test_an_older_list_closes_no_row_of_a_newer_one(here: AtDesk) -> None:
    older = here.lists.rdv_insertion(RIGHT)
    import_list(here.desk, here.lists.rdv_insertion(WRONG))
    import_list(here.desk, older)
    assert waiting(here) == 1


def test_a_reference_tells_two_people_of_one_name_apart(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", rdv_id="1", hour="25h"), person("SOW Aïssata", rdv_id="2", hour="26h"))
    here.clock.later(2)
    here.expects(
        person("SOW Aïssata", rdv_id="1", hour="9h10"), person("SOW Aïssata", rdv_id="2", hour="26h", lieu="?")
    )
    references = [dict(row.cells)["rdv_id"] for row in repair_row.open_rows(here.desk)]
    assert references == ["2", "2"]
