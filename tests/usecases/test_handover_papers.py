"""The paper of a handover: printed, counted, owed until it came out, and true to what the journal says."""

from dataclasses import replace

import pypdfium2
import pytest

from counter_app.domain.acts import ActKind
from counter_app.domain.handover_draft import IdentityResult
from counter_app.usecases.answers import IssuedReceipt, Override, Paper
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.handover_aftermath import contest, settle, settle_dispute, undo_handover
from counter_app.usecases.receipts import find_receipt, hold, owed, print_receipt
from tests.documents.reading import words
from tests.homes import AtDesk, another_desk
from tests.usecases.permits_at_hand import STAMP, Stocked, mark, receive

AGREED = Override("accord donné au guichet", "M. Durand")


@pytest.fixture
def ready(here: AtDesk) -> Stocked:
    here.clock.at("9:15")
    return Stocked(here, receive(here.desk))


def handed(ready: Stocked, **more: object) -> IssuedReceipt:
    receipt = hand_over(ready.desk, ready.identity, ready.draft(**more)).receipt
    assert receipt is not None
    return receipt


def paper_of(ready: Stocked, receipt: IssuedReceipt) -> Paper:
    paper = print_receipt(ready.desk, receipt.number)
    assert paper is not None
    return paper


def said(ready: Stocked, receipt: IssuedReceipt) -> str:
    return words(paper_of(ready, receipt).pdf)


def test_the_receipt_of_a_handover_is_printed_with_both_copies(ready: Stocked) -> None:
    told = said(ready, handed(ready))
    for expected in (
        *("Exemplaire de la personne", "Exemplaire du service", "SOW Aïssata", "59•••••678", "récépissé, repris"),
        *("250 € dus · n° ...3456", "bac D, place 78", "Par A. Petit, Guichet 3", "23/11/2026, 9 h 20"),
    ):
        assert expected in told
    assert STAMP not in told


def test_each_one_more_is_a_counted_duplicata(ready: Stocked) -> None:
    receipt = handed(ready)
    first, second = paper_of(ready, receipt), paper_of(ready, receipt)
    assert "DUPLICATA" not in words(first.pdf)
    assert words(second.pdf).count("DUPLICATA n° 2") == 2
    assert second.receipt is not None
    assert second.receipt.copies == 2


def test_a_receipt_is_owed_until_its_paper_came_out(ready: Stocked) -> None:
    receipt = handed(ready)
    assert [one.number for one in owed(ready.desk, every=True)] == [receipt.number]
    paper_of(ready, receipt)
    assert owed(ready.desk, every=True) == []
    hold(ready.desk, receipt.id, 1)
    assert [one.number for one in owed(ready.desk, every=False)] == [receipt.number]


def test_a_handover_taken_back_reprints_as_undone_with_who_and_why(ready: Stocked) -> None:
    receipt = handed(ready)
    ready.at("9:30")
    assert undo_handover(ready.desk, ready.identity, AGREED).done
    told = said(ready, receipt)
    assert told.count("ANNULÉ") == 2
    for expected in ("9 h 30 par A. Petit", "Motif : accord donné au guichet", "Accord : M. Durand", "bac D, place 78"):
        assert expected in told
    again = handed(ready)
    assert again.number != receipt.number
    assert "ANNULÉ" not in said(ready, again)
    assert "ANNULÉ" in said(ready, receipt)


def test_a_contested_handover_is_never_printed_as_certain(ready: Stocked) -> None:
    receipt = handed(ready)
    contest(ready.desk, ready.identity, "La personne dit n’avoir rien reçu")
    assert said(ready, receipt).count("REMISE CONTESTÉE") == 2
    settle(ready.desk, ready.identity, None, AGREED)
    told = said(ready, receipt)
    assert "ANNULÉ" in told
    assert "CONTESTÉE" not in told


def test_a_handover_that_stands_prints_no_word_of_a_settlement_without_effect(ready: Stocked) -> None:
    receipt = handed(ready)
    mine = ready.permit.departures[0].act_id
    theirs = mark(another_desk(ready.desk), ready.identity, ActKind.PERMIT_HANDED_OVER)
    disputed = ready.permit
    assert settle(ready.desk, ready.identity, mine, AGREED).done
    with another_desk(ready.desk).gesture() as gesture:
        settle_dispute(gesture, disputed, theirs, Override("vu après coup", "Mme Roux"))
    assert "ANNULÉ" not in said(ready, receipt)
    assert "vu après coup" not in said(ready, receipt)


def test_a_document_that_did_not_match_is_printed_so_with_the_supervisor_who_agreed(ready: Stocked) -> None:
    draft = ready.draft(identity_result=IdentityResult.MISMATCH)
    answer = hand_over(ready.desk, ready.identity, draft, AGREED)
    assert (answer.recorded, answer.receipt is not None) == (True, True)
    assert answer.receipt is not None
    told = said(ready, answer.receipt)
    assert told.count("ne correspond pas") == 2
    assert "vérifiée par l’agent" not in told
    assert "M. Durand · motif : accord donné au guichet" in told


def test_the_place_printed_is_the_one_it_was_taken_from(ready: Stocked) -> None:
    mark(ready.desk, ready.identity, ActKind.PERMIT_SHELVED, tray="B", rank="4")
    receipt = handed(ready)
    assert "bac B, place 4" in said(ready, receipt)
    other = replace(another_desk(ready.desk), clock=ready.desk.clock)
    mark(other, ready.identity, ActKind.PERMIT_HANDED_OVER)
    assert "bac B, place 4" in said(ready, receipt)


def test_a_newer_list_changes_nothing_of_what_a_duplicata_says(ready: Stocked) -> None:
    receipt = handed(ready)
    original = said(ready, receipt)
    newer = {"exported_at": "2026-11-23T12:00:00+00:00", "name": "AUTRE Nom", "foreign_number": "5999999999"}
    receive(ready.desk, valid_to="2031-01-01", tray="Z", **newer)
    assert ready.permit.name == "AUTRE Nom"
    again = said(ready, receipt)
    assert "AUTRE" not in again
    assert "01/01/2031" not in again
    for told in ("SOW Aïssata", "59•••••678", "bac D, place 78", "24/10/2027"):
        assert told in original
        assert told in again


@pytest.mark.parametrize(("size", "pages", "roll"), [("A4", 1, False), ("A5", 2, False), ("80mm", 2, True)])
def test_the_paper_is_the_one_that_the_desk_chose(ready: Stocked, size: str, pages: int, roll: bool) -> None:
    ready.here.office.change(handover_paper=size)
    paper = paper_of(ready, handed(ready))
    document = pypdfium2.PdfDocument(paper.pdf)
    assert (len(document), paper.roll) == (pages, roll)
    document.close()


def test_the_end_of_a_document_s_number_is_the_person_s_and_ours_where_the_desk_allows_it(ready: Stocked) -> None:
    receipt = handed(ready, identity_number="19 AB 77431")
    assert said(ready, receipt).count("7431") == 1
    assert "77431" not in said(ready, receipt)
    ready.here.office.change(document_numbers=True)
    assert said(ready, receipt).count("7431") == 2


def test_a_handover_whose_details_cannot_be_read_still_has_a_paper(ready: Stocked) -> None:
    receipt = handed(ready)
    with ready.desk.store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE permit SET state = json_set(state, '$.marks[0].details', json('{}')) WHERE id = ?",
            (ready.identity,),
        )
    assert "n’est plus conservé" in said(ready, receipt)


def test_the_person_s_own_code_leads_back_to_the_handover(ready: Stocked) -> None:
    receipt = handed(ready)
    found = find_receipt(ready.desk, receipt.code)
    assert found is not None
    assert found.number == receipt.number
