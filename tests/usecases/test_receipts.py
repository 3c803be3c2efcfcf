"""Receipts: numbered without gap, found again whatever is typed, counted, and true to the arrival they prove."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.codes import CodeKind, OwnCode, read_code, spaced
from counter_app.domain.receipt import ReceiptKind
from counter_app.usecases.answers import IssuedReceipt
from counter_app.usecases.receipts import (
    find_receipt,
    last_receipt,
    print_receipt,
    proof_of_presence,
)
from counter_app.usecases.undo import undo
from tests.documents.reading import words
from tests.homes import MONDAY, AtDesk, another_desk, person


def arrived(here: AtDesk, name: str = "") -> IssuedReceipt:
    receipt = here.scan(here.code(name)).receipt
    assert receipt is not None
    return receipt


def test_tickets_of_a_desk_run_without_gap_even_through_undos_and_proofs(here: AtDesk) -> None:
    here.expects(*(person(f"SOW {name}", f"59123456{place}0") for place, name in enumerate("ABCDE")))
    here.clock.at("9:05")
    numbers = []
    for name in "ABCDE":
        numbers.append(arrived(here, f"SOW {name}").number)
        undo(here.desk)
        numbers.append(arrived(here, f"SOW {name}").number)
        proof_of_presence(here.desk, next(one for one in here.everybody() if one.name == f"SOW {name}").id)
    assert numbers == [f"T-59-C-261123-{ordinal:03d}" for ordinal in range(1, 11)]


def test_each_day_desk_and_kind_has_its_own_numbers(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata"), person("DIALLO M", "5987654321", date_rdv="24/11/2026"))
    here.clock.at("9:05")
    one = here.everybody()[0]
    monday = arrived(here, "SOW")
    proof = proof_of_presence(here.desk, one.id)
    elsewhere = proof_of_presence(another_desk(here.desk), one.id)
    here.clock.at("9:05", MONDAY + timedelta(days=1))
    tuesday = arrived(here, "DIALLO")
    assert proof is not None
    assert elsewhere is not None
    assert [one.number for one in (monday, proof, elsewhere, tuesday)] == [
        "T-59-C-261123-001",
        "P-59-C-261123-001",
        "P-59-Z-261123-001",
        "T-59-C-261124-001",
    ]


def test_a_receipt_is_found_by_identity_number_or_code_however_it_is_typed(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    receipt = arrived(here)
    code = read_code(receipt.code)
    assert isinstance(code, OwnCode)
    assert code.kind is CodeKind.TICKET
    for text in (receipt.id, receipt.number, receipt.code, spaced(receipt.code).lower(), f" {receipt.number.lower()} "):
        found = find_receipt(here.desk, text)
        assert found is not None, text
        assert found.number == receipt.number
    assert find_receipt(here.desk, "T-59-C-261123-002") is None
    assert find_receipt(here.desk, "") is None


def test_the_ticket_shows_its_person_when_it_is_scanned_at_the_desk(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    receipt = arrived(here)
    answer = here.scan(receipt.code)
    assert answer.convocation == replace(here.only(), attempts=0)
    assert answer.receipt is not None
    assert answer.receipt.number == receipt.number


def test_the_first_paper_is_the_original_and_each_one_more_a_counted_duplicata(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    number = arrived(here).number
    papers = [print_receipt(here.desk, number) for _ in range(3)]
    copies = [paper.receipt.copies for paper in papers if paper and paper.receipt]
    assert copies == [1, 2, 3]
    first, _second, third = (words(paper.pdf) for paper in papers if paper)
    assert "DUPLICATA" not in first
    assert "DUPLICATA" in third
    assert {paper.file_name for paper in papers if paper} == {f"{number}-{copy}.pdf" for copy in (1, 2, 3)}


def test_a_paper_of_an_undone_arrival_says_that_it_was_taken_back(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    number = arrived(here).number
    undo(here.desk)
    paper = print_receipt(here.desk, number)
    assert paper is not None
    assert "ANNULÉ" in words(paper.pdf)


def test_papers_of_a_training_desk_say_so(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    paper = print_receipt(here.desk, arrived(here).number)
    assert paper is not None
    assert "DÉMONSTRATION – SANS VALEUR" in words(paper.pdf)


def test_a_proof_needs_an_arrival_that_stands(here: AtDesk) -> None:
    here.expects()
    one = here.only()
    assert proof_of_presence(here.desk, one.id) is None
    assert proof_of_presence(here.desk, "unknown") is None
    here.clock.at("9:05")
    arrived(here)
    undo(here.desk)
    assert proof_of_presence(here.desk, one.id) is None


def test_a_proof_keeps_the_hour_it_proves_when_the_person_comes_again(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    arrived(here)
    proof = proof_of_presence(here.desk, here.only().id)
    undo(here.desk)
    here.clock.at("9:25")
    arrived(here)
    assert proof is not None
    paper = print_receipt(here.desk, proof.number)
    assert paper is not None
    shown = words(paper.pdf).replace("\u202f", " ").replace("\u00a0", " ")
    assert "9 h 05" in shown
    assert "ANNULÉ" in shown


def test_the_second_language_of_papers_is_the_desks_own_when_it_chose_one(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    number = arrived(here).number
    english, spanish = print_receipt(here.desk, number), None
    here.office.change(paper_language="es")
    spanish = print_receipt(here.desk, number)
    assert english is not None
    assert spanish is not None
    assert words(english.pdf) != words(spanish.pdf)


@pytest.mark.parametrize("text", ["", "T-59-C-261123-009", "PGT LKTB XNVD R", "n’importe quoi"])
def test_an_unknown_receipt_is_no_paper_and_no_act(here: AtDesk, text: str) -> None:
    here.expects()
    assert print_receipt(here.desk, text) is None


def test_the_newest_receipt_of_a_person_and_whose_it_is(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    one = here.only()
    assert last_receipt(here.desk, one.id) is None
    arrived(here)
    here.clock.later()
    proof_of_presence(here.desk, one.id)
    last = last_receipt(here.desk, one.id)
    assert last is not None
    assert last.kind == ReceiptKind.PROOF_OF_PRESENCE
    assert last.convocation_id == one.id
