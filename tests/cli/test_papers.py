"""Scans of papers through the second door: `number` and `check-in` take an MRZ or a 2D-Doc as they take a number."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.cli import Door
from tests.cli.test_contract import check, keys_of, section
from tests.homes import Lists, person
from tests.sealed import ROWS, practice_folder, sealed

PERMIT = "IRFRAX4RTBPFW467503120521<<<<<|7307122F2906302ARG<<<<<<<<<<<0|SPECIMEN<<NATACHA<CORINNE<<<<<"
STATUSES = {
    "valid": ("seal_genuine", 0),
    "invalid(cert period)": ("seal_broken", 3),
    "unknown_certificate": ("unreadable_code", 3),
}


@pytest.fixture
def trusting(door: Door, home: Path, lists: Lists) -> Door:
    """A door on a training home that was brought the TEST authority, and that expects somebody."""
    practice_folder(home)
    expected = person("TESTEUR Alpha", "5903000001", date_naissance="01/01/1990")
    assert door.at("08:00", "import", lists.participations(expected)).code == 0
    return door


def test_every_shape_of_a_scanned_paper_is_documented(trusting: Door) -> None:
    papers = (PERMIT, PERMIT.replace("7307122", "7307132"), sealed("syn-13-2"), sealed("ants-13-no-signature"))
    for raw in papers:
        check(keys_of(section("number")), trusting("number", raw).json, raw)
        check(keys_of(section("check-in")), trusting("check-in", raw, "--dry-run").json, raw)


@pytest.mark.parametrize("name", [name for name in ROWS if name.startswith("syn-") and "9digit" not in name])
def test_every_vector_of_the_test_authority_is_answered(trusting: Door, name: str) -> None:
    said = trusting("number", ROWS[name]["raw_escaped"])
    assert (said.json["verdict"], said.code) == STATUSES[ROWS[name]["expected_signature"]]
    assert said.json["seal"]["document_type"] == ROWS[name]["doc_type"]


def test_the_official_specimen_is_never_genuine(trusting: Door) -> None:
    said = trusting("number", sealed("ants-13-etranger"))
    assert (said.json["verdict"], said.json["seal"]["status"], said.code) == ("seal_specimen", "specimen", 3)


def test_a_sealed_paper_checks_its_holder_in(trusting: Door) -> None:
    said = trusting.at("09:05", "check-in", sealed("syn-13-2"))
    assert (said.json["verdict"], said.json["recorded"], said.code) == ("admitted", True, 0)
    assert said.json["notes"] == ["seal_genuine"]
    assert said.json["seal"]["fields"]["69"] == "1990-01-01"


def test_a_broken_seal_needs_a_supervisor(trusting: Door) -> None:
    broken = sealed("syn-13-2").replace("TESTEUR", "TESTEUX")
    agreed = ("--anyway", "papier plié", "--approved-by", "Mme Leroy")
    assert trusting.at("09:05", "check-in", broken).json["verdict"] == "seal_broken"
    assert trusting.at("09:05", "check-in", broken, *agreed[:2]).code == 3
    assert trusting.at("09:05", "check-in", broken, *agreed).json["recorded"]


def test_a_broken_seal_read_by_number_is_noted_without_the_paper(trusting: Door, tmp_path: Path) -> None:
    trusting("number", sealed("syn-13-2").replace("TESTEUR", "TESTEUX"))
    trusting("export", "--out", tmp_path / "clair")
    journal = (tmp_path / "clair" / "journal.jsonl").read_text(encoding="utf-8")
    assert '"seal_broken"' in journal
    assert "TESTEUX" not in journal


def test_a_zone_is_read_and_its_ten_digits_are_only_proposed(trusting: Door) -> None:
    said: dict[str, Any] = trusting("number", PERMIT).json
    assert (said["class"], said["candidates"]) == ("document_number", ["7503120521"])
    assert (said["mrz"]["valid"], said["mrz"]["birth_date"], said["expiry"]) == (True, "1973-07-12", "2029-06-30")
    assert said["seal"] is None


def test_a_zone_that_does_not_check_says_what_does_not(trusting: Door) -> None:
    said = trusting("number", PERMIT.replace("7307122", "7307132"))
    assert (said.json["mrz"]["fault"], said.code) == ("birth_date", 3)
    assert "date de naissance" in said.json["mrz"]["message"]


def test_people_read_what_to_compare(trusting: Door, home: Path) -> None:
    said = trusting.bare("--home", home, "number", sealed("syn-13-2"))
    for words in ("CACHET 2D-DOC AUTHENTIQUE", "prolongation d’instruction", "TESTEUR ALPHA", "30/09/2026, passée"):
        assert words in said.out
