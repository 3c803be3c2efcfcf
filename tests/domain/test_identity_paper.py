"""Whose paper it is: what a zone and a seal say, beside what a list says. Compared, never judged."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.identity_paper import (
    IdentityPaper,
    compare,
    compare_births,
    looks_like_paper,
    of_seal,
    of_zone,
)
from counter_app.domain.mrz import Mrz, read_mrz
from counter_app.domain.number_check import Comparison
from counter_app.domain.sealed_document import SealedDocument, read_sealed
from tests.domain.invented_zones import Zone, zones
from tests.sealed import sealed

TODAY = date(2026, 11, 23)
MATCH, DIFFERS, UNKNOWN = Comparison.MATCH, Comparison.DIFFERS, Comparison.UNKNOWN


def seal(name: str) -> IdentityPaper:
    document = read_sealed(sealed(name))
    assert isinstance(document, SealedDocument)
    return of_seal(document, TODAY)


def test_a_seal_says_who_and_under_which_number() -> None:
    paper = seal("ants-13-etranger")
    assert (paper.name, paper.used_surname) == ("SPECIMEN NATACHA CORINNE", "BERTHIER SPECIMEN")
    assert (paper.birth_date, paper.foreign_number, paper.postcode) == ("1973-07-12", "7503120521", "75000")
    assert (paper.expiry, paper.nationality) == (date(2020, 6, 30), "AR")


def test_a_seal_may_carry_a_whole_zone() -> None:
    paper = seal("ants-08-mrz")
    assert (paper.surname, paper.given_names, paper.document_number) == ("SPECIMEN", "NATACHA", "07CD12304")
    assert paper.birth_date == "1973-07-12"


def test_a_paper_about_something_else_says_nothing_of_an_identity() -> None:
    assert seal("ants-A3-vtc") == IdentityPaper()


@given(zones())
def test_a_zone_agrees_with_the_list_it_was_made_for(zone: Zone) -> None:
    read = read_mrz(zone.text)
    assert isinstance(read, Mrz)
    paper = of_zone(read, TODAY)
    compared = compare(paper, f"{zone.surname} {zone.given_names}", paper.birth_date)
    assert compared.agrees


@pytest.mark.parametrize(
    ("listed", "answer"),
    [
        ("SPECIMEN Natacha", MATCH),
        ("Natacha SPÉCIMEN", MATCH),
        ("SPECIMEN Natacha Corinne", MATCH),
        ("BERTHIER SPECIMEN Natacha", MATCH),
        ("SPECIMEN Corinne", MATCH),
        ("SPECIMEN Ivan", DIFFERS),
        ("DIALLO Natacha", DIFFERS),
        ("Natacha", DIFFERS),
        ("", UNKNOWN),
    ],
)
def test_a_list_may_leave_out_given_names_or_write_the_name_of_use(listed: str, answer: Comparison) -> None:
    assert compare(seal("ants-13-etranger"), listed, None).name is answer


def test_a_name_that_was_cut_to_fit_agrees_with_the_whole_one() -> None:
    cut = IdentityPaper(surname="RAJAONARIVELO", given_names="TSIORYFANO", name_may_go_on=True)
    assert compare(cut, "RAJAONARIVELO Tsioryfanomezana", None).name is MATCH


@pytest.mark.parametrize(
    ("paper", "known", "answer"),
    [
        ("1985-03-04", "1985-03-04", MATCH),
        ("1985-00-00", "1985-00-00", MATCH),
        ("1985-00-00", "1985-03-04", UNKNOWN),
        ("1985-03-00", "1985-04-04", DIFFERS),
        ("1985-00-00", "1986-03-04", DIFFERS),
        (None, "1985-03-04", UNKNOWN),
        ("1985-03-04", None, UNKNOWN),
    ],
)
def test_a_part_of_a_birth_that_nobody_knows_neither_agrees_nor_differs(
    paper: str | None, known: str | None, answer: Comparison
) -> None:
    assert compare_births(paper, known) is answer
    assert compare_births(known, paper) is answer


@given(st.text(max_size=80), st.text(max_size=80), st.none() | st.dates().map(str))
def test_comparing_never_raises(surname: str, listed: str, birth: str | None) -> None:
    compared = compare(IdentityPaper(surname=surname, birth_date=birth), listed, birth)
    assert compared.birth_date is (MATCH if birth else UNKNOWN)


@pytest.mark.parametrize("text", ["PGCLKTBXNVDR", "5903120821", "DIALLO Mariama", "9h30", ""])
def test_codes_numbers_and_names_are_no_papers(text: str) -> None:
    assert not looks_like_paper(text)
