"""Papers that never came out are owed: a stopped printer, a power cut, a restart lose none of them."""

from datetime import timedelta

from counter_app.usecases.receipts import hold, owed, print_receipt
from counter_app.usecases.undo import undo
from tests.homes import MONDAY, AtDesk


def ticket(here: AtDesk) -> str:
    """Somebody came at 9:05: the ticket of the arrival."""
    here.expects()
    here.clock.at("9:05")
    receipt = here.scan().receipt
    assert receipt is not None
    return receipt.id


def owed_ids(here: AtDesk, *, every: bool = True) -> list[str]:
    return [one.id for one in owed(here.desk, every=every)]


def test_a_ticket_issued_and_never_printed_is_owed_where_every_arrival_prints(here: AtDesk) -> None:
    one = ticket(here)
    assert owed_ids(here) == [one]
    assert owed_ids(here, every=False) == []


def test_a_printed_ticket_is_owed_no_more(here: AtDesk) -> None:
    print_receipt(here.desk, ticket(here))
    assert owed_ids(here) == []


def test_a_paper_that_the_printer_could_not_take_is_owed_and_comes_out_as_the_original(here: AtDesk) -> None:
    one = ticket(here)
    print_receipt(here.desk, one)
    hold(here.desk, one, copy=1)
    assert owed_ids(here, every=False) == [one]
    paper = print_receipt(here.desk, one)
    assert paper is not None
    assert paper.receipt is not None
    assert paper.receipt.copies == 1
    assert owed_ids(here) == []


def test_holding_twice_or_holding_an_older_copy_frees_nothing_more(here: AtDesk) -> None:
    one = ticket(here)
    print_receipt(here.desk, one)
    print_receipt(here.desk, one)
    hold(here.desk, one, copy=1)
    assert owed_ids(here) == []
    hold(here.desk, one, copy=2)
    hold(here.desk, one, copy=2)
    paper = print_receipt(here.desk, one)
    assert paper is not None
    assert paper.receipt is not None
    assert paper.receipt.copies == 2


def test_neither_yesterdays_paper_nor_that_of_an_undone_arrival_is_owed(here: AtDesk) -> None:
    ticket(here)
    here.clock.at("8:30", MONDAY + timedelta(days=1))
    assert owed_ids(here) == []
    here.clock.at("9:10")
    assert len(owed_ids(here)) == 1
    undo(here.desk)
    assert owed_ids(here) == []
