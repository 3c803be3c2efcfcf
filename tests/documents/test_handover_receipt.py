"""The handover receipt: two copies that say what was recorded, no more, and codes that are read back."""

import unicodedata
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from zxingcpp import read_barcodes

from counter_app.documents.facts import HandoverFacts
from counter_app.documents.handover_receipt import Size, handover_receipt
from counter_app.domain.handover_draft import Collector, IdentityResult, OldDocument, Signature
from counter_app.domain.handover_record import Agreed, HandoverRecord
from tests.documents.handovers import HANDED_AT, HANDOVER, PLAIN, SLEEVE, UNUSUAL
from tests.documents.papers import NUMBER
from tests.documents.reading import LASER, THERMAL, ink, pictures, words
from tests.documents.test_papers import outside

SIZES: tuple[Size, ...] = ("A4", "A5", "80mm")
NAMES = (
    "TRẦN NGUYỄN Thị Ánh Nguyệt",
    "ÖZTÜRK-ÖZDEMİR Işıl Ğülşah",
    "عبد الرحمن الحسيني",
    "RAZAFINDRAKOTO-ANDRIANARISOA Marie-Antoinette Tsarafara",
    "Andriamanitra" * 8,
)
every_size = pytest.mark.parametrize("size", SIZES)


def copies(facts: HandoverFacts) -> tuple[str, str]:
    """What the person's and the service's A5 copies say."""
    document = pypdfium2.PdfDocument(handover_receipt(facts, size="A5"))
    try:
        pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()
    told = [unicodedata.normalize("NFKC", page) for page in pages]
    start = next(place for place, page in enumerate(told) if "Exemplaire du service" in page)
    return " ".join(told[:start]), " ".join(told[start:])


@every_size
@pytest.mark.parametrize("training", [False, True])
def test_both_codes_of_both_copies_are_read_back(size: Size, training: bool) -> None:
    found = []
    for page in pictures(handover_receipt(replace(HANDOVER, training=training), size=size), LASER):
        found += [(str(code.format), code.text) for code in read_barcodes(page)]
    assert sorted(found) == sorted([("QR Code", HANDOVER.code), ("Code 128", HANDOVER.code)] * 2)


def test_the_roll_is_read_back_as_a_thermal_printer_makes_it() -> None:
    first, second = pictures(handover_receipt(HANDOVER, size="80mm"), THERMAL)
    for page in (first, second):
        assert page.width == 640
        assert {code.text for code in read_barcodes(page)} == {HANDOVER.code}


@pytest.mark.parametrize(
    ("size", "pages", "shape"), [("A4", 1, (842, 595)), ("A5", 2, (420, 595)), ("80mm", 2, (227, None))]
)
def test_two_copies_lie_on_one_sheet_to_cut_or_on_a_page_each(
    size: Size, pages: int, shape: tuple[int, int | None]
) -> None:
    document = pypdfium2.PdfDocument(handover_receipt(HANDOVER, size=size))
    sizes = [page.get_size() for page in document]
    document.close()
    assert len(sizes) == pages
    for width, height in sizes:
        assert round(width) == shape[0]
        assert shape[1] is None or round(height) == shape[1]


AGREED = Agreed("Erreur de notre service, personne venue de loin", "Mme Leroy", ("permit_other_day", "handover_closed"))
GUARDIAN = replace(
    PLAIN,
    collector=Collector.GUARDIAN,
    collector_name="NDIAYE-LEFÈVRE Fatoumata",
    collector_relation="mère",
    agreed=AGREED,
)
SHEETS: tuple[tuple[Size, int], ...] = (("A4", 1), ("A5", 2))


def pages_of(facts: HandoverFacts, size: Size) -> list[str]:
    """What each page of the receipt says."""
    document = pypdfium2.PdfDocument(handover_receipt(facts, ("fr", "ar"), size))
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize(("size", "pages"), SHEETS)
@pytest.mark.parametrize("record", [replace(GUARDIAN, offline=True), replace(UNUSUAL, agreed=AGREED)])
def test_a_guardian_and_an_agreement_fill_no_second_page(record: HandoverRecord, size: Size, pages: int) -> None:
    for training, copy in ((False, 1), (True, 12)):
        facts = replace(HANDOVER, record=record, training=training, copy=copy, document_numbers=True)
        told = pages_of(facts, size)
        assert len(told) == pages
        assert all(page.count(facts.receipt_number) == (2 if size == "A4" else 1) for page in told)


@pytest.mark.parametrize(("size", "pages"), SHEETS)
def test_a_page_that_a_long_copy_goes_on_to_says_which_receipt_it_is(size: Size, pages: int) -> None:
    facts = replace(HANDOVER, name="Andriamanitra" * 12, record=UNUSUAL, undoing=("Remise reprise. " * 40,))
    told = pages_of(facts, size)
    assert len(told) > pages
    assert all(facts.receipt_number in page for page in told)


@every_size
@pytest.mark.parametrize("name", NAMES)
def test_the_longest_and_the_farthest_names_stay_whole_on_the_page(size: Size, name: str) -> None:
    facts = replace(HANDOVER, name=name, record=UNUSUAL, training=True, copy=12)
    pdf = handover_receipt(facts, ("fr", "ar"), size)
    assert outside(pdf) == []
    if name.isascii() or "TRẦN" in name:
        assert unicodedata.normalize("NFKC", name).replace(" ", "") in words(pdf).replace(" ", "")
    for page in pictures(pdf, 100):
        assert min(ink(page, 100).left, ink(page, 100).right) > 1


def test_what_was_shown_taken_back_and_paid_is_told_on_both_copies() -> None:
    for said, document in zip(copies(HANDOVER), ("passeport n° ...7431", "passeport"), strict=True):
        for expected in (
            *("NDIAYE-LEFÈVRE Aïssatou", "04/07/1991", "00•••••678", "•••••Y2WJ", "23/11/2030"),
            *("mardi 24 novembre 2026, 9 h 41", "en main propre", f"{document} · vérifiée par l’agent"),
            *("récépissé, repris par l’agent", "350 € dus · n° ...9012", "titre relu", "puce", "sur papier"),
            *("R-99-C-261124-001", "Par M. Durand, Guichet 3"),
        ):
            assert expected in said
        assert NUMBER not in said
        assert HANDOVER.card_number not in said


def test_the_service_alone_reads_the_sleeve_the_approval_and_the_reasons() -> None:
    theirs, ours = copies(replace(HANDOVER, record=UNUSUAL))
    for expected in ("bac D, place 78", "PGR", "Mme Leroy", "hospitalisation", "identité non vérifiée", "ramenée"):
        assert expected in ours
    for private in ("bac D", "Mme Leroy", "hospitalisation", "ramenée"):
        assert private not in theirs
    assert "avec l’accord d’un responsable" in theirs
    assert SLEEVE in ours.replace(" ", "")


def test_a_document_that_did_not_match_is_never_printed_as_verified() -> None:
    theirs, ours = copies(replace(HANDOVER, record=UNUSUAL))
    assert "titre de séjour n° ...7431 · ne correspond pas" in theirs
    assert "titre de séjour · ne correspond pas" in ours
    for said in (theirs, ours):
        assert "vérifiée par l’agent" not in said


@pytest.mark.parametrize(
    ("document", "result", "expected"),
    [
        ("passport", None, "passeport · non vérifiée"),
        ("", None, "aucune pièce notée · non vérifiée"),
        ("", IdentityResult.MATCH, "aucune pièce notée · non vérifiée"),
        ("other", IdentityResult.MATCH, "autre document · vérifiée par l’agent"),
        ("carte consulaire", IdentityResult.MATCH, "carte consulaire · vérifiée par l’agent"),
    ],
)
def test_identity_is_told_as_it_was_found(document: str, result: IdentityResult | None, expected: str) -> None:
    record = replace(PLAIN, identity_document=document, identity_result=result, identity_number="")
    for said in copies(replace(HANDOVER, record=record)):
        assert expected in said


def test_the_end_of_the_document_s_number_is_on_the_person_s_copy_and_on_ours_where_the_desk_allows_it() -> None:
    theirs, ours = copies(HANDOVER)
    assert "passeport n° ...7431" in theirs
    assert "7431" not in ours
    theirs, ours = copies(replace(HANDOVER, document_numbers=True))
    for said in (theirs, ours):
        assert "passeport n° ...7431" in said
    assert "zone MRZ" not in theirs
    assert "zone MRZ" in ours


def test_a_number_without_a_document_is_the_number_of_nothing() -> None:
    record = replace(PLAIN, identity_document="")
    for said in copies(replace(HANDOVER, record=record, document_numbers=True)):
        assert "7431" not in said


@pytest.mark.parametrize(
    ("collector", "name", "certificate", "expected"),
    [
        (Collector.GUARDIAN, "HOSSEINI Salima", False, "représente légalement la personne titulaire : HOSSEINI Salima"),
        (Collector.PROXY, "BA Awa", True, "par exception : BA Awa · certificat médical montré"),
        (Collector.PROXY, "", False, "par exception : nom non noté · sans certificat médical"),
    ],
)
def test_who_took_the_permit_and_in_which_capacity(
    collector: Collector, name: str, certificate: bool, expected: str
) -> None:
    record = replace(PLAIN, collector=collector, collector_name=name, medical_certificate=certificate)
    for said in copies(replace(HANDOVER, record=record)):
        assert expected in said
        assert "titulaire, en main propre" not in said


@pytest.mark.parametrize(
    ("old", "asked", "expected"),
    [
        (OldDocument(True, "permit"), True, "ancien titre, repris"),
        (OldDocument(True), True, "ancien document, repris"),
        (OldDocument(True, "carte de 2019"), True, "carte de 2019, repris"),
        (OldDocument(False, reason="volé"), True, "non rendu : volé"),
        (None, True, "non noté"),
        (None, False, "non demandé"),
    ],
)
def test_the_old_document_is_taken_back_or_the_paper_says_why_not(
    old: OldDocument | None, asked: bool, expected: str
) -> None:
    record = replace(PLAIN, old_document=old, asked=PLAIN.asked if asked else ())
    assert all(expected in said for said in copies(replace(HANDOVER, record=record)))


def test_stamps_are_told_by_their_last_digits_and_their_amount_only_when_it_was_read() -> None:
    for said in copies(replace(HANDOVER, record=UNUSUAL)):
        assert "350 € dus · n° ...9012, n° ...1111 · 350 € lus" in said
    exempt = replace(PLAIN, stamps=(), exempt="réfugié, premier titre")
    free, unknown = replace(PLAIN, stamps=(), amount_due=0), replace(PLAIN, stamps=(), amount_due=None)
    for record, expected in (
        (exempt, "exonéré : réfugié, premier titre"),
        (free, "aucun timbre dû"),
        (unknown, "montant dû non connu · aucun timbre montré"),
    ):
        assert all(expected in said for said in copies(replace(HANDOVER, record=record)))
    assert all("lus" not in said for said in copies(HANDOVER))


@pytest.mark.parametrize("signature", [None, *Signature])
def test_only_a_signature_in_ink_has_room_on_the_service_copy(signature: Signature | None) -> None:
    theirs, ours = copies(replace(HANDOVER, record=replace(PLAIN, signature=signature)))
    assert ("Signature de la personne" in ours) is (signature is Signature.PAPER)
    assert "Signature de la personne" not in theirs
    assert ("recueillie" in ours.replace("non recueillie", "")) is (signature in (Signature.SCREEN, Signature.PAPER))


def test_a_handover_recorded_offline_says_so() -> None:
    assert all("Saisie hors ligne à 9 h 41" in said for said in copies(replace(HANDOVER, record=UNUSUAL)))
    assert all("hors ligne" not in said for said in copies(HANDOVER))


def test_marks_of_a_copy_stand_on_both_papers() -> None:
    facts = replace(HANDOVER, copy=3, printed_at=HANDED_AT + timedelta(days=1), undone=True, training=True)
    for said in copies(replace(facts, undoing=("Annulée le jour même.",), contested=True)):
        for expected in (
            *("DUPLICATA n° 3, 25/11/2026, 9 h 41", "ANNULÉ", "Annulée le jour même."),
            *("DÉMONSTRATION – SANS VALEUR", "REMISE CONTESTÉE"),
        ):
            assert expected in said
    assert all("DUPLICATA" not in said and "ANNULÉ" not in said for said in copies(HANDOVER))


def test_a_person_is_told_in_their_language_what_the_paper_is_worth() -> None:
    theirs, ours = copies(HANDOVER)
    assert "gives no right of residence" in theirs
    assert "ne donne aucun droit au séjour" in theirs
    assert "residence" not in ours
    assert all("residence" not in said for said in copies(replace(HANDOVER, undone=True)))


def test_a_handover_whose_details_were_erased_says_so_and_invents_nothing() -> None:
    for said in copies(replace(HANDOVER, record=None)):
        assert "n’est plus conservé" in said
        assert "Identité" not in said


def test_a_day_of_birth_known_in_part_is_printed_as_far_as_it_is_known() -> None:
    assert all("naissance 1991 ·" in said for said in copies(replace(HANDOVER, birth_date="1991-00-00")))


@every_size
def test_the_same_facts_give_the_same_bytes_and_a_nameless_title(size: Size) -> None:
    pdf = handover_receipt(HANDOVER, size=size)
    assert pdf == handover_receipt(HANDOVER, size=size)
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_value("Title") == "Reçu de remise"
    document.close()


def test_a_code_that_is_not_ours_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="12 letters"):
        handover_receipt(replace(HANDOVER, code="PGR"))


@pytest.mark.parametrize("language", ["en", "ar", "es", "pt", "uk"])
def test_an_ordinary_handover_holds_on_one_sheet_even_as_a_training_duplicata(language: str) -> None:
    site = "Préfecture du Puy-de-Dôme – Service des étrangers"
    facts = replace(HANDOVER, site=site, training=True, copy=2, printed_at=HANDED_AT + timedelta(days=1))
    assert len(pictures(handover_receipt(facts, ("fr", language)), 50)) == 1
