"""Sealed documents read: every vector, separators as readers give them, nothing raised, nothing guessed."""

import json
import random
import string
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from counter_app.domain.seal_fields import read_fields
from counter_app.domain.sealed_document import SealedDocument, SealFault, read_sealed
from tests.domain.invented_zones import WRONG_LAYOUT
from tests.sealed import ROWS, VECTORS, sealed

READ = [name for name, row in ROWS.items() if row["expected_decode"] != "error"]
SPECIMEN, ASYLUM = "ants-13-etranger", "syn-16-ada"


def read(text: str) -> SealedDocument:
    document = read_sealed(text)
    assert isinstance(document, SealedDocument), document
    return document


@pytest.mark.parametrize("name", READ)
def test_every_vector_is_read_field_by_field(name: str) -> None:
    document, row = read(sealed(name)), ROWS[name]
    values = {field.name: field.value for field in document.fields}
    assert values.items() >= json.loads(row["fields_json"]).items()
    assert document.document_type == row["doc_type"]


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("spelling", ["<{}>", "{{{}}}", "[{}]"])
def test_separators_may_be_spelt(name: str, spelling: str) -> None:
    text = sealed(name)
    for separator, word in (("\x1d", "GS"), ("\x1e", "RS"), ("\x1f", "US")):
        text = text.replace(separator, spelling.format(word))
    assert read(text) == read(sealed(name))


@pytest.mark.parametrize("name", READ)
def test_a_reader_set_for_another_keyboard_or_with_capitals_locked_is_understood_and_told(name: str) -> None:
    for typed in (sealed(name).translate(WRONG_LAYOUT), sealed(name).swapcase()):
        assert read(typed).signed_text == read(sealed(name)).signed_text
        assert read(typed).repaired


@pytest.mark.parametrize("path", sorted((VECTORS / "images").glob("*.png")), ids=lambda path: path.stem)
def test_the_picture_of_a_vector_reads_as_its_text(path: Path) -> None:
    with Image.open(path) as picture:
        (code,) = zxingcpp.read_barcodes(picture)
    assert code.bytes.decode() == sealed(path.stem)
    assert read(code.bytes.decode()).kind in ("13_2", "16")


def test_the_header_gives_days_and_who_signed() -> None:
    document = read(sealed(SPECIMEN))
    assert (document.emitted_on, document.signed_on) == (date(2020, 4, 6), date(2020, 6, 3))
    assert (document.authority, document.certificate, document.country) == ("FR00", "0001", "FR")


def test_a_document_without_day_of_issue_has_none() -> None:
    assert read(sealed(ASYLUM)).emitted_on is None


def test_an_unknown_day_of_birth_stays_unknown() -> None:
    assert read(sealed("syn-13-unknown-dob")).value("69") == "1985-00-00"


def test_a_postcode_keeps_its_first_zero() -> None:
    assert [field.value for field in read_fields("6W010006XBOURG")] == ["01000", "BOURG"]


def test_a_value_that_was_cut_to_fit_says_so() -> None:
    (field, after) = read_fields("6XSAINT REMY EN BOUZEMONT\x1e6YFR")
    assert field.cut
    assert not after.cut


def test_an_unknown_identifier_ends_at_the_next_separator() -> None:
    assert [(field.name, field.value) for field in read_fields("ZZabc\x1d6YFR")] == [("ZZ", "abc"), ("6Y", "FR")]


def test_a_day_that_does_not_exist_stays_as_it_stands() -> None:
    assert [field.value for field in read_fields("6931022020")] == ["31022020"]


def test_each_kind_of_loss_has_its_own_sentence() -> None:
    text = sealed(SPECIMEN)
    faults = {
        SealFault.SEPARATORS: text.replace("\x1d", "").replace("\x1f", ""),
        SealFault.SIGNATURE: text[:-90] + "!",
        SealFault.HEADER: text[:15],
        SealFault.VERSION: text.replace("DC04", "DC09"),
    }
    assert {kind: read_sealed(damaged) for kind, damaged in faults.items()} == {kind: kind for kind in faults}
    assert all("Cachet 2D-Doc non lu" in fault.sentence for fault in faults)


@pytest.mark.parametrize("text", ["", "https://example.org/", "DCEM", "DC", "2008006503", "DC04", "PGCLKTBXNVDR"])
def test_other_texts_are_no_sealed_document(text: str) -> None:
    assert read_sealed(text) is None


@given(st.text(max_size=60), st.integers(0, 400))
def test_a_damaged_document_never_raises(noise: str, place: int) -> None:
    text = sealed(SPECIMEN)
    for damaged in (text[:place] + noise + text[place:], text[:place] + noise, "DC04FR00" + noise):
        assert read_sealed(damaged) is None or isinstance(read_sealed(damaged), SealedDocument | SealFault)


def test_ten_thousand_random_texts_never_raise() -> None:
    chance = random.Random(7)
    for _ in range(10_000):
        text = "DC0" + "".join(chance.choices(string.printable + "\x1d\x1e\x1f", k=chance.randrange(200)))
        assert read_sealed(text) is None or isinstance(read_sealed(text), SealedDocument | SealFault)


def test_a_hundred_thousand_signs_are_no_sealed_document() -> None:
    assert read_sealed("DC04FR00" * 12_500) is None
