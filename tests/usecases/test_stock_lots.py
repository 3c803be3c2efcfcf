"""Rows of a lot that gave no permit: repaired by hand or set down with a reason, never dropped, never guessed."""

import pytest

from counter_app.domain.acts import ActKind, Subject, SubjectType
from counter_app.domain.permit import PermitState
from counter_app.store import journal, permit_rows
from counter_app.usecases.answers import OpenRow
from counter_app.usecases.audit import rebuild
from counter_app.usecases.stock import stock
from counter_app.usecases.stock_lots import lot_files, open_lot_rows, repair_lot_row, set_down_lot_row
from tests.homes import AtDesk
from tests.imports.permit_lists import permit
from tests.usecases.stocked import BA, SOW, card, receive

CARD = "numéro de titre"


def only_row(here: AtDesk) -> OpenRow:
    (row,) = open_lot_rows(here.desk)
    return row


def test_a_row_corrected_by_hand_gives_its_permit_in_the_custody_of_this_desk(here: AtDesk) -> None:
    receive(here, permit(SOW), permit("", "BA Awa", "5900000002", bac="A", rang="12"))
    row = only_row(here)
    assert (row.problem.row, row.problem.column, row.source) == (3, CARD, "IN-2611-1")
    assert repair_lot_row(here.desk, row.id, {CARD: BA}) is None
    one = card(here, BA)
    assert (one.name, one.state, one.custody.holder) == ("BA Awa", PermitState.SHELVED, here.desk.name)
    assert open_lot_rows(here.desk) == []
    assert lot_files(here.desk)[0].rejected == ()
    assert rebuild(here.desk).same


def test_a_row_that_still_cannot_be_read_says_why_and_waits(here: AtDesk) -> None:
    receive(here, permit(SOW), permit("", "BA Awa"))
    problem = repair_lot_row(here.desk, only_row(here).id, {CARD: BA, "date naissance": "hier"})
    assert problem is not None
    assert problem.reason_code == "birth_date_unreadable"
    assert len(stock(here.desk)) == 1
    assert only_row(here).problem.column == CARD


def test_a_card_of_somebody_else_is_not_given_to_the_row(here: AtDesk) -> None:
    receive(here, permit(SOW), permit("", "BA Awa", "5900000002"))
    problem = repair_lot_row(here.desk, only_row(here).id, {CARD: SOW})
    assert problem is not None
    assert (problem.reason_code, "SOW" in problem.reason) == ("card_number_shared", True)
    assert card(here, SOW).name.startswith("SOW")


def test_two_people_of_one_card_are_told_apart_one_by_one(here: AtDesk) -> None:
    receive(here, permit(SOW), permit(SOW, "BA Awa", "5900000002"))
    first, second = open_lot_rows(here.desk)
    assert {first.problem.reason_code, second.problem.reason_code} == {"card_number_shared"}
    assert repair_lot_row(here.desk, first.id, {}) is None
    again = repair_lot_row(here.desk, second.id, {})
    assert again is not None
    assert again.reason_code == "card_number_shared"
    assert repair_lot_row(here.desk, second.id, {CARD: BA}) is None
    assert {one.card_number for one in stock(here.desk)} == {SOW, BA}


def test_a_row_set_down_keeps_its_reason_in_the_journal(here: AtDesk) -> None:
    receive(here, permit(SOW), permit(""))
    row = only_row(here)
    set_down_lot_row(here.desk, row.id, "ligne de total")
    assert open_lot_rows(here.desk) == []
    with here.desk.looking() as connection:
        (lot,) = permit_rows.lots(connection)
        acts = journal.acts_of(connection, Subject(SubjectType.LOT, str(lot["id"])))
    assert lot["row_3"] == {"set_down": "ligne de total"}
    assert [act.kind for act in acts] == [ActKind.LOT_RECEIVED, ActKind.LOT_ROW_REPAIRED]


def test_two_rows_settled_one_after_the_other_are_both_settled(here: AtDesk) -> None:
    receive(here, permit(SOW), permit("", "BA Awa"), permit("", "LI Wei"))
    first, second = open_lot_rows(here.desk)
    set_down_lot_row(here.desk, first.id, "autre lot")
    assert [row.id for row in open_lot_rows(here.desk)] == [second.id]
    assert repair_lot_row(here.desk, second.id, {CARD: BA}) is None
    assert open_lot_rows(here.desk) == []


@pytest.mark.parametrize("extra", ["x", ""])
def test_what_stood_beyond_the_last_heading_has_to_be_emptied(here: AtDesk, extra: str) -> None:
    path = here.lists.folder / "long.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("n° de titre;nom;bac;lot\nF5V9RY2WJ;SOW;A;L1;de trop\n", encoding="utf-8")
    from counter_app.usecases.receive_permits import receive_permits

    assert receive_permits(here.desk, path).rejected[0].reason_code == "too_many_columns"
    problem = repair_lot_row(here.desk, only_row(here).id, {"(colonne 5)": extra})
    assert (problem is None) is (extra == "")
