"""Signatures of sealed documents: the vectors, specimens never genuine, nothing trusted that was not brought."""

from pathlib import Path

import pytest

from counter_app.domain.sealed_document import SealCheck, SealedDocument, SealStatus, may_sign, read_sealed
from counter_app.seals import seal_check
from tests.sealed import ROWS, practice_folder, sealed

SYNTHETIC = [name for name, row in ROWS.items() if name.startswith("syn-")]
ANTS = [name for name, row in ROWS.items() if name.startswith("ants-") and row["expected_decode"] != "error"]
EXPECTED = {
    "valid": SealStatus.GENUINE,
    "invalid": SealStatus.BROKEN,
    "invalid(cert period)": SealStatus.BROKEN,
    "unknown_certificate": SealStatus.UNKNOWN_CERTIFICATE,
}


def check(text: str, practice: Path | None = None) -> SealCheck:
    document = read_sealed(text)
    assert isinstance(document, SealedDocument)
    return seal_check(practice)(document)


@pytest.mark.parametrize("name", SYNTHETIC)
def test_every_vector_of_a_test_authority_that_was_brought(name: str, tmp_path: Path) -> None:
    assert check(sealed(name), practice_folder(tmp_path)).status is EXPECTED[ROWS[name]["expected_signature"]]


@pytest.mark.parametrize("name", SYNTHETIC)
def test_an_authority_that_nobody_brought_is_unknown_and_never_broken(name: str) -> None:
    assert check(sealed(name)) == SealCheck(SealStatus.UNKNOWN_CERTIFICATE)


@pytest.mark.parametrize("name", ANTS)
def test_what_the_test_authority_signed_is_a_specimen_and_never_genuine(name: str, tmp_path: Path) -> None:
    wanted = {"valid": SealStatus.SPECIMEN, "invalid": SealStatus.BROKEN}[ROWS[name]["expected_signature"]]
    assert check(sealed(name)).status is wanted
    assert check(sealed(name), practice_folder(tmp_path)).status is wanted


def test_a_certificate_that_has_expired_since_the_signature_still_counts(tmp_path: Path) -> None:
    assert check(sealed("syn-13-cert-expired-today"), practice_folder(tmp_path)).status is SealStatus.GENUINE


def test_a_signature_outside_the_life_of_its_certificate_says_so(tmp_path: Path) -> None:
    assert check(sealed("syn-13-signed-after-expiry"), practice_folder(tmp_path)).out_of_period


def test_a_certificate_whose_authority_was_not_brought_is_unknown(tmp_path: Path) -> None:
    folder = practice_folder(tmp_path)
    (folder / "FRT9.der").unlink()
    assert check(sealed("syn-13-2"), folder).status is SealStatus.UNKNOWN_CERTIFICATE


def test_one_changed_letter_breaks_a_seal(tmp_path: Path) -> None:
    assert (
        check(sealed("syn-13-2").replace("TESTEUR", "TESTEUX"), practice_folder(tmp_path)).status is SealStatus.BROKEN
    )


def test_a_folder_of_anything_brings_nothing(tmp_path: Path) -> None:
    (tmp_path / "photo.der").write_bytes(b"\x30\x82not a certificate")
    (tmp_path / "sub").mkdir()
    assert check(sealed("syn-13-2"), tmp_path).status is SealStatus.UNKNOWN_CERTIFICATE


def test_certificates_of_this_account_are_never_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    practice_folder(tmp_path / ".config" / "tddoc").rename(tmp_path / ".config" / "tddoc" / "chains")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))
    assert check(sealed("syn-13-2")).status is SealStatus.UNKNOWN_CERTIFICATE


def test_an_authority_that_ships_is_never_replaced_by_one_that_was_brought(tmp_path: Path) -> None:
    claimed = sealed("syn-13-2").replace("FRT9DGT1", "FR06DGT1")
    assert check(claimed, practice_folder(tmp_path)).status is SealStatus.UNKNOWN_CERTIFICATE


def test_an_energy_supplier_does_not_seal_a_right_to_stay() -> None:
    assert may_sign("13", "DIRECTION GENERALE DES ETRANGERS EN FRANCE")
    assert may_sign("16", "MINISTÈRE DE L’INTÉRIEUR")
    assert may_sign("01", "EDF")
    assert not may_sign("13", "EDF")
