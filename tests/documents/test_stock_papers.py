"""Papers of the stock: bordereaux and sign sheets that go on over pages, labels that the reader reads back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zxingcpp import read_barcodes

from counter_app.documents.bordereau import bordereau
from counter_app.documents.facts import BordereauFacts, BordereauRow, SignSheetFacts, SignSheetRow, SleeveLabel
from counter_app.documents.label_sheet import A_SHEET
from counter_app.documents.paper_texts import MOST_LETTERS
from counter_app.documents.sign_sheet import sign_sheet
from counter_app.documents.sleeve_labels import sleeve_labels
from counter_app.documents.tray_labels import tray_code, tray_labels
from counter_app.domain.codes import CodeKind, make_code
from counter_app.domain.handover_draft import Signature
from tests.documents.handovers import HANDED_AT, PLAIN, UNUSUAL
from tests.documents.papers import NAME, NUMBER, SITE, SLOT
from tests.documents.reading import LASER, THERMAL, ink, pictures, words
from tests.documents.test_desk_papers import pages
from tests.documents.test_handover_receipt import NAMES
from tests.documents.test_papers import outside

CARD = "F5V9RY2WJ"
ROW = BordereauRow(card_number=CARD, name=NAME, foreign_number=NUMBER, kind="CSP 4 ans", note="non réclamé")
SLIP = BordereauFacts(
    site=SITE,
    address="4 place du Marché, 99000 Villeneuve",
    number="BR-99-C-26-0012",
    kind="send_back",
    made_at=HANDED_AT,
    desk="Guichet 3",
    agent="M. Durand",
    reason="fin du délai",
    recipient="Centre de fabrication",
    rows=(ROW,),
    printed_at=HANDED_AT,
)
CONVENED = SignSheetRow(slot=SLOT, name=NAME, foreign_number=NUMBER, amount_due=250)
SHEET = SignSheetFacts(site=SITE, day=date(2026, 11, 24), rows=(CONVENED,), printed_at=HANDED_AT)
LABEL = SleeveLabel(
    code=make_code(CodeKind.HANDOVER, 7), name=NAME, card_number=CARD, lot="IN-2611-1", tray="D", rank="78"
)


def said_by_page(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    said = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return said


def test_a_bordereau_says_what_leaves_why_to_whom_and_for_whose_signatures() -> None:
    said = words(bordereau(SLIP))
    for expected in (
        *("Bordereau de renvoi", "n° BR-99-C-26-0012", "M. Durand, Guichet 3", "9 h 41", "Centre de fabrication"),
        *("fin du délai", CARD, NAME, "00•••••678", "CSP 4 ans", "non réclamé", "Total : 1 titre"),
        *("Remis par", "Reçu par", "page 1 sur 1"),
    ):
        assert expected in said
    assert NUMBER not in said


@pytest.mark.parametrize(
    ("kind", "title", "column", "signed"),
    [
        ("post", "envoi postal", "N° de suivi", "Reçu par"),
        ("destroy", "destruction", "Motif", "En présence de"),
        ("transfer", "transfert de titres entre postes", "Remarques", "Reçu par"),
    ],
)
def test_each_way_out_has_its_title_its_column_and_its_signatures(
    kind: Literal["post", "destroy", "transfer"], title: str, column: str, signed: str
) -> None:
    said = words(bordereau(replace(SLIP, kind=kind)))
    assert all(expected in said for expected in (title, column, signed))


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=70))
@settings(max_examples=15, deadline=None)
def test_a_long_bordereau_repeats_its_head_and_loses_no_row(names: list[str]) -> None:
    rows = tuple(replace(ROW, name=name, card_number=f"CARTE{place:03d}") for place, name in enumerate(names))
    pdf = bordereau(replace(SLIP, rows=rows, training=True))
    told = said_by_page(pdf)
    assert outside(pdf) == []
    for number, page in enumerate(told, start=1):
        assert "BR-99-C-26-0012" in page
        assert f"page {number} sur {len(told)}" in page
        assert "DÉMONSTRATION – SANS VALEUR" in page
    assert all("".join(told).count(row.card_number) == 1 for row in rows)
    assert not any("Remis par" in page for page in told[:-1])
    assert f"Total : {len(rows)} titre" in told[-1].replace("\u00a0", " ")


def test_signatures_stay_whole_when_the_rows_fill_the_page() -> None:
    for count in range(1, 40):
        last = said_by_page(bordereau(replace(SLIP, rows=(ROW,) * count)))[-1]
        assert last.count("Nom, date et signature") == 2


def test_an_endless_reason_is_cut_with_a_word_that_says_so() -> None:
    endless = "parce que " * 400
    pdf = bordereau(replace(SLIP, reason=endless, rows=(replace(ROW, note=endless),)))
    assert outside(pdf) == []
    assert words(pdf).count("suite dans le journal") == 2
    assert len(words(pdf)) < 4 * MOST_LETTERS + 2000


def test_a_sign_sheet_leaves_room_for_what_is_not_done_yet() -> None:
    said = words(sign_sheet(SHEET))
    for expected in (
        *("Émargement des remises du mardi 24 novembre 2026", "1 personne convoquée", "9 h 30", NAME, "00•••••678"),
        *("250 € dus", "Pièce montrée", "Ancien document repris", "Timbre (réf.)", "Signature", "page 1 sur 1"),
    ):
        assert expected in said
    for never in (NUMBER, "vérifiée", "remis à", "repris par"):
        assert never not in said


def test_a_sign_sheet_printed_later_says_what_was_recorded_and_no_more() -> None:
    unusual = replace(CONVENED, record=UNUSUAL, handed_at=HANDED_AT)
    said = words(sign_sheet(replace(SHEET, rows=(unusual,))))
    for expected in ("remis à 9 h 41", "ne correspond pas", "non rendu : perdu", "n° ...9012", "souhaité signer"):
        assert expected in said
    assert "vérifiée" not in said
    assert "7431" not in said
    assert "7431" in words(sign_sheet(replace(SHEET, rows=(unusual,), document_numbers=True)))


def test_a_signature_given_on_paper_keeps_its_room_and_a_contested_handover_says_so() -> None:
    done = replace(CONVENED, record=replace(PLAIN, signature=Signature.PAPER), handed_at=HANDED_AT)
    assert "recueillie" not in words(sign_sheet(replace(SHEET, rows=(done,))))
    screen = replace(done, record=replace(PLAIN, signature=Signature.SCREEN))
    assert "recueillie à l’écran" in words(sign_sheet(replace(SHEET, rows=(screen,))))
    for row in (replace(done, contested=True), replace(CONVENED, contested=True)):
        assert "REMISE CONTESTÉE" in words(sign_sheet(replace(SHEET, rows=(row,))))


def test_a_long_morning_goes_on_over_pages_with_room_to_sign() -> None:
    rows = tuple(
        replace(CONVENED, slot=SLOT + timedelta(minutes=place), name=f"{NAMES[place % len(NAMES)]} {place:03d}")
        for place in range(60)
    )
    pdf = sign_sheet(replace(SHEET, rows=rows, training=True))
    told = said_by_page(pdf)
    assert outside(pdf) == []
    assert all(f"page {number} sur {len(told)}" in page for number, page in enumerate(told, start=1))
    assert 4 <= len(told) <= 8
    for page in pictures(pdf, 80):
        assert page.width > page.height
        assert min(ink(page, 80).left, ink(page, 80).bottom) > 2


def test_a_day_when_nobody_is_convened_says_so() -> None:
    assert "Personne n’est convoqué" in words(sign_sheet(replace(SHEET, rows=())))


@pytest.mark.parametrize(("roll", "dpi"), [(False, LASER), (True, THERMAL)])
@pytest.mark.parametrize("training", [False, True])
def test_every_label_is_read_back(roll: bool, dpi: float, training: bool) -> None:
    labels = [
        replace(LABEL, code=make_code(CodeKind.HANDOVER, place * 7919), name=NAMES[place % len(NAMES)])
        for place in range(A_SHEET + 1)
    ]
    pdf = sleeve_labels(labels, HANDED_AT, roll=roll, training=training)
    found = [code.text for page in pictures(pdf, dpi) for code in read_barcodes(page)]
    assert sorted(found) == sorted(one.code for one in labels)
    assert outside(pdf) == []
    assert pages(pdf) == (A_SHEET + 1 if roll else 2)
    assert ("SANS VALEUR" in words(pdf)) is training


@pytest.mark.parametrize("roll", [False, True])
def test_a_label_says_whose_permit_it_is_and_where(roll: bool) -> None:
    said = words(sleeve_labels([LABEL], HANDED_AT, roll=roll))
    for expected in (NAME, "BAC D · 78", "IN-2611-1", "•••••Y2WJ", "PGR"):
        assert expected in said
    assert CARD not in said
    assert "BAC D" in words(sleeve_labels([replace(LABEL, rank="")], HANDED_AT, roll=roll))
    assert "À RANGER" in words(sleeve_labels([replace(LABEL, tray="", lot="")], HANDED_AT, roll=roll))


@pytest.mark.parametrize("name", [*NAMES, "Andriamanitra " * 30])
def test_no_label_runs_over_the_one_below(name: str) -> None:
    labels = [replace(LABEL, name=name)] * A_SHEET
    document = pypdfium2.PdfDocument(sleeve_labels(labels, HANDED_AT, roll=False, training=True))
    texts = document[0].get_textpage()
    tops = sorted({round(texts.get_charbox(place)[1]) for place in range(texts.count_chars())})
    document.close()
    assert min(tops) > 15.15 * 72 / 25.4
    found = read_barcodes(pictures(sleeve_labels(labels, HANDED_AT, roll=False), LASER)[0])
    assert len(found) == A_SHEET


@pytest.mark.parametrize("code", ["", "PGR", make_code(CodeKind.TICKET, 1)])
def test_a_label_holds_the_code_of_a_sleeve_only(code: str) -> None:
    with pytest.raises(ValueError, match="PGR"):
        sleeve_labels([replace(LABEL, code=code)], HANDED_AT, roll=False)


TRAYS = ("A", "B 12", "ARMOIRE 3", "ÉTAGÈRE DU FOND", "Z" * 30)


@pytest.mark.parametrize(("roll", "dpi"), [(False, LASER), (True, THERMAL)])
def test_every_label_of_a_tray_is_read_back_as_what_an_agent_would_type(roll: bool, dpi: float) -> None:
    trays = [*TRAYS, *(f"T{place}" for place in range(A_SHEET))]
    pdf = tray_labels(trays, "Préfecture du Nord", HANDED_AT, roll=roll, training=True)
    found = [code.text for page in pictures(pdf, dpi) for code in read_barcodes(page)]
    assert sorted(found) == sorted(map(tray_code, trays))
    assert outside(pdf) == []
    assert pages(pdf) == (len(trays) if roll else 2)
    said = words(pdf)
    assert all(text in said for text in ("BAC A", "ÉTAGÈRE DU FOND", "Préfecture du Nord", "SANS VALEUR"))


@pytest.mark.parametrize("trays", [(), ("A", " ")])
def test_a_tray_without_a_name_has_no_label(trays: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="name"):
        tray_labels(trays, "", HANDED_AT, roll=False)


def test_no_label_is_no_paper() -> None:
    with pytest.raises(ValueError, match="at least"):
        sleeve_labels([], HANDED_AT, roll=True)
