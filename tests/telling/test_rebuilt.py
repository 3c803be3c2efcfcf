"""What a rebuild found different is told in the words of the screens, never by the name of a table."""

import pytest

from counter_app.store.projections import Rebuild
from counter_app.store.tables import PROJECTIONS
from counter_app.telling.rebuilt import rebuilt_told
from counter_app.wording.catalogue import Words


@pytest.mark.parametrize("table", [table.name for table in PROJECTIONS])
def test_every_kind_of_row_has_its_words_and_none_is_the_name_of_a_table(table: str) -> None:
    told = rebuilt_told(Rebuild(False, 3, (table,)), Words("fr"))
    assert "refaites" in told
    assert "_" not in told


def test_rows_of_two_tables_that_are_the_same_for_an_agent_are_told_once() -> None:
    told = rebuilt_told(Rebuild(False, 3, ("permit", "visit", "counted_visit")), Words("fr"))
    assert "titres, passages." in told


def test_what_agreed_is_counted() -> None:
    assert rebuilt_told(Rebuild(True, 2, ()), Words("fr")) == "Tout concordait\u00a0: 2 lignes refaites à l’identique."
