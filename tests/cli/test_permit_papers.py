"""Papers of the stock and of the handover through the second door: to their contract, and read back."""

from pathlib import Path

import pytest
from zxingcpp import read_barcodes

from tests.cli.cli import Door, Said
from tests.cli.test_contract import check, keys_of, section
from tests.cli.test_hand_over import DONE
from tests.cli.test_permit_verbs import BA, HADDAD, LI, SOW, lot
from tests.documents.reading import LASER, pictures, words


@pytest.fixture
def stocked(door: Door, tmp_path: Path) -> Door:
    assert door("permits", "receive", lot(tmp_path)).code == 0
    return door


def papers_morning(door: Door, folder: Path) -> dict[str, list[Said]]:
    """The answers of each paper, in order."""
    door("permits", "to-send-back", HADDAD, "non réclamé")
    number = door("permits", "send-back", HADDAD, "--reason", "fin du délai", "--to", "Centre").json["bordereau"][
        "number"
    ]
    door("permits", "custody", BA, "--offer", "Guichet 9")
    return {
        "permits bordereau": [door("permits", "bordereau", number.lower(), "--out", folder / "b.pdf")],
        "permits transfer": [
            door("permits", "transfer", "Guichet 9", "--out", folder / "t.pdf"),
            door("permits", "transfer", "guichet  9", "--out", folder / "t2.pdf"),
        ],
        "permits sign-sheet": [
            door("permits", "sign-sheet", "--day", "2026-11-23", "--out", folder / "e.pdf"),
            door.at("09:00", "permits", "sign-sheet", "--out", folder / "e2.pdf"),
        ],
        "permits labels": [
            door("permits", "labels", "--lot", "in-2611-1", "--out", folder / "l.pdf"),
            door("permits", "labels", LI, SOW, LI, "--paper", "80mm", "--out", folder / "l80.pdf"),
            door("permits", "labels", LI, HADDAD, "--out", folder / "none.pdf"),
        ],
        "permits tray-labels": [
            door("permits", "tray-labels", "--out", folder / "bacs.pdf"),
            door("permits", "tray-labels", "bac e", "E", "F 2", "--paper", "80mm", "--out", folder / "bacs80.pdf"),
        ],
    }


def test_each_paper_of_the_stock_prints_exactly_the_keys_documented(stocked: Door, tmp_path: Path) -> None:
    for verb, answers in papers_morning(stocked, tmp_path).items():
        expected = [0, 0, 3] if verb == "permits labels" else [0] * len(answers)
        assert [said.code for said in answers] == expected, (verb, answers)
        for said in answers:
            check(keys_of(section(verb)), said.json, verb)
    assert not (tmp_path / "none.pdf").exists()


def test_papers_of_the_stock_say_what_was_recorded(stocked: Door, tmp_path: Path) -> None:
    said = papers_morning(stocked, tmp_path)
    sent = words((tmp_path / "b.pdf").read_bytes())
    for expected in ("BR-59-C-26-0001", HADDAD, "HADDAD Mariam", "non réclamé", "fin du délai", "Total : 1 titre"):
        assert expected in sent
    moved = words((tmp_path / "t.pdf").read_bytes())
    for expected in ("transfert", "BT-59-C-26-0001", BA, "Guichet 9", "Remis par", "Reçu par"):
        assert expected in moved
    first, again = said["permits transfer"]
    assert first.json["bordereau"]["number"] == again.json["bordereau"]["number"]
    assert stocked("permits", "list").json["permits"][0]["custody"] == "Guichet 3"
    listed = words((tmp_path / "e.pdf").read_bytes())
    assert "BA Awa" in listed
    assert HADDAD not in listed


def test_labels_of_trays_are_those_in_use_or_those_named(stocked: Door, tmp_path: Path) -> None:
    said = papers_morning(stocked, tmp_path)["permits tray-labels"]
    assert [one.json["trays"] for one in said] == [["A", "D"], ["E", "F 2"]]
    (page,) = pictures((tmp_path / "bacs.pdf").read_bytes(), LASER)
    assert sorted(code.text for code in read_barcodes(page)) == ["BAC A", "BAC D"]


def test_labels_are_read_back_as_the_sleeves_they_are_for(stocked: Door, tmp_path: Path) -> None:
    out = tmp_path / "l.pdf"
    said = stocked("permits", "labels", BA, SOW, "--out", out).json
    (page,) = pictures(out.read_bytes(), LASER)
    codes = [code.text for code in read_barcodes(page)]
    assert sorted(codes) == sorted(one["code"] for one in said["permits"])
    shelved = stocked("permits", "shelve", codes[0], "Z")
    assert (shelved.code, shelved.json["permit"]["tray"]) == (0, "Z")


def test_a_handover_receipt_is_written_counted_and_read_back(stocked: Door, tmp_path: Path) -> None:
    number = stocked.at("09:15", "hand-over", SOW, *DONE).json["receipt"]["number"]
    out = tmp_path / "r.pdf"
    first, second = (stocked.at("09:16", "receipt", number, "--out", out) for _ in range(2))
    for said in (first, second):
        assert said.code == 0
        check(keys_of(section("receipt")), said.json, "receipt")
    assert (first.json["duplicate"], second.json["duplicate"]) == (False, True)
    assert words(out.read_bytes()).count("DUPLICATA n° 2") == 2
    (page,) = pictures(out.read_bytes(), LASER)
    assert {code.text for code in read_barcodes(page)} == {first.json["code"]}
    found = stocked.at("09:17", "hand-over", first.json["code"], "--dry-run").json
    assert found["verdict"] == "already_handed_over"


def test_a_receipt_is_found_by_the_foreign_number_and_several_are_listed(
    stocked: Door, liste: Path, tmp_path: Path
) -> None:
    out = tmp_path / "r.pdf"
    assert stocked.at("08:00", "import", liste).code == 0
    none = stocked.at("09:10", "receipt", "5912345678", "--out", out)
    assert (none.code, none.json["error"], out.exists()) == (3, "unknown_receipt", False)
    number = stocked.at("09:15", "hand-over", SOW, *DONE).json["receipt"]["number"]
    for foreign in ("5912345678", "59 12 34 56 78", "591 234 5678"):
        said = stocked.at("09:16", "receipt", foreign, "--out", out)
        assert (said.code, said.json["number"], said.json["kind"]) == (0, number, "handover_receipt")
    ticket = stocked.at("09:20", "check-in", "5912345678").json["receipt"]["number"]
    out.unlink()
    several = stocked.at("09:21", "receipt", "5912345678", "--out", out)
    assert (several.code, several.json["error"], out.exists()) == (3, "several_receipts", False)
    assert [one["number"] for one in several.json["receipts"]] == [ticket, number], "the newest first"
    assert all(one in several.json["message"] for one in (ticket, number, "9\u00a0h\u00a015", "remise"))
    assert stocked.at("09:21", "undo").code == 0
    alone = stocked.at("09:22", "receipt", "5912345678", "--out", out)
    assert (alone.code, alone.json["number"]) == (0, number), "what proves nothing any more is asked for by its number"
    assert stocked.at("09:22", "receipt", ticket, "--out", out).json["undone"]


def test_the_desk_chooses_the_paper_of_the_receipt(stocked: Door, tmp_path: Path) -> None:
    number = stocked.at("09:15", "hand-over", SOW, *DONE).json["receipt"]["number"]
    assert stocked("settings", "--set", "handover_paper=A3").code == 2
    assert stocked("settings", "--set", "handover_paper=80mm", "--set", "document_numbers=oui").code == 0
    out = tmp_path / "r.pdf"
    assert stocked("receipt", number, "--out", out).code == 0
    assert len(pictures(out.read_bytes(), 72)) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (("bordereau", "BR-59-C-26-0099"), 3, "unknown_bordereau"),
        (("bordereau", " "), 3, "unknown_bordereau"),
        (("transfer", "Guichet 9"), 3, "nothing_offered"),
        (("transfer", " "), 3, "nothing_offered"),
        (("labels",), 2, "nothing_read"),
        (("labels", "--lot", "IN-0000-0"), 3, "unknown_lot"),
    ],
)
def test_a_paper_that_cannot_be_is_a_word_and_a_french_sentence(
    stocked: Door, tmp_path: Path, arguments: tuple[str, ...], code: int, error: str
) -> None:
    said = stocked("permits", *arguments, "--out", tmp_path / "x.pdf")
    assert (said.code, said.json["error"]) == (code, error)
    assert said.json["message"].endswith(".")
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("verb", [("sign-sheet",), ("labels", SOW)])
def test_a_paper_that_cannot_be_written_is_told(stocked: Door, verb: tuple[str, ...]) -> None:
    said = stocked("permits", *verb, "--out", "/proc/absent/x.pdf")
    assert (said.code, said.json["error"]) == (2, "out_not_writable")
