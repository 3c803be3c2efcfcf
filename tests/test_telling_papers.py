"""What the desk says of a scanned paper: lines to compare with the paper in the hand, in both languages."""

import pytest

from counter_app.domain.identity_paper import of_seal, of_zone
from counter_app.domain.mrz import Mrz, read_mrz
from counter_app.domain.sealed_document import SealCheck, SealedDocument, SealStatus, read_sealed
from counter_app.telling.numbers import UNSTATED, paper_lines
from counter_app.usecases.scanned_paper import ScannedPaper
from counter_app.wording.catalogue import LANGUAGES
from tests.homes import MONDAY
from tests.sealed import sealed

REFUGEE = "PTFRAHABIBI<<REZA<<<<<<<<<<<<<<<<<<<<<<<<<<<|12AB345673XXB8001014M2901019<<<<<<<<<<<<<<<8"
NO_DAY = "P<AFGAHMADI<<ZAHRA<<<<<<<<<<<<<<<<<<<<<<<<<<|P012345673AFG85<<<<1F3001019<<<<<<<<<<<<<<<2"


def of_text(text: str) -> ScannedPaper:
    zone = read_mrz(text)
    assert isinstance(zone, Mrz)
    return ScannedPaper(of_zone(zone, MONDAY), zone=zone)


def of_vector(name: str) -> ScannedPaper:
    document = read_sealed(sealed(name))
    assert isinstance(document, SealedDocument)
    return ScannedPaper(of_seal(document, MONDAY), document, SealCheck(SealStatus.GENUINE))


def test_a_nationality_that_is_no_country_is_said_in_words() -> None:
    assert "Nationalité\u00a0: réfugié" in paper_lines(of_text(REFUGEE), MONDAY)
    assert "Nationality: refugee" in paper_lines(of_text(REFUGEE), MONDAY, "en")
    unstated = of_text(REFUGEE.replace("XXB", UNSTATED))
    assert "Nationalité\u00a0: nationalité non précisée" in paper_lines(unstated, MONDAY)


def test_an_unknown_day_of_birth_is_said_by_its_year_alone() -> None:
    assert "Né(e)\u00a0: 1985" in paper_lines(of_text(NO_DAY), MONDAY)


def test_a_validity_that_ended_says_so() -> None:
    assert "Fin de validité\u00a0: 31/05/2026, passée" in paper_lines(of_vector("syn-13-document-expired"), MONDAY)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_vector_says_what_it_is(lang: str) -> None:
    for name in ("syn-13-2", "syn-13-3", "syn-13-5", "syn-16-ada", "syn-13-unknown-6J", "ants-A3-vtc"):
        assert paper_lines(of_vector(name), MONDAY, "fr" if lang == "fr" else "en")[0]


def test_a_type_that_this_version_does_not_know_is_told_by_its_code() -> None:
    assert paper_lines(of_vector("ants-A3-vtc"), MONDAY) == ("2D-Doc de type A3",)
