"""The orientation slip: its two codes are read back, its words are there in every language, it is never a decision."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from counter_app.documents.facts import SlipFacts
from counter_app.documents.orientation_slip import address_lines, orientation_slip
from counter_app.documents.paper_texts import languages, text
from counter_app.documents.sheet import A5, ROLL_80, Paper
from counter_app.domain.codes import CodeKind, make_code
from tests.documents.papers import NOW, SITE
from tests.documents.reading import LASER, THERMAL, codes_on, pictures, words

LINK = "https://www.demarches-simplifiees.fr/commencer/renouvellement-recepisse-adp-anef-aps"
SLIP = SlipFacts(
    site=SITE,
    address="4 place du Marché, 99000 Villeneuve",
    desk="Poste 2",
    receipt_number="F-99-B-261124-001",
    code=make_code(CodeKind.SLIP, 0x0BADCAFE),
    printed_at=NOW,
    motive="Renouvellement de récépissé",
    how="online",
    link=LINK,
    phone="03 00 00 00 00",
    timing="from",
    timing_day=date(2026, 12, 1),
    documents=("le document qui expire",),
    documents_usual=True,
    digital_help="Point d’accueil numérique. Une autre façon de déposer doit être proposée.",
    prefecture="Villeneuve",
    source="Guide inventé",
    checked_on=date(2026, 11, 22),
    came_at=NOW,
)
HOW = (
    *("online", "post", "email", "phone", "contact", "spada", "book", "appointment", "convocation", "sms"),
    *("wait", "automatic", "help", "supervisor"),
)


@pytest.mark.parametrize(("paper", "dpi"), [(ROLL_80, THERMAL), (A5, LASER)])
def test_the_square_opens_the_address_and_the_bars_are_the_slip(paper: Paper, dpi: float) -> None:
    found: dict[str, str] = {}
    for page in pictures(orientation_slip(SLIP, ("fr", "ar"), paper), dpi):
        found |= codes_on(page)
    assert found == {"QR Code": LINK, "Code 128": SLIP.code}


def test_it_says_what_to_do_where_when_with_what_and_whose_rule_it_is() -> None:
    said = words(orientation_slip(SLIP))
    for told in (
        *("FICHE D’ORIENTATION", "Renouvellement de récépissé", "mardi 1er décembre 2026", "03 00 00 00 00"),
        *("– le document qui expire", "à vérifier", "Sans internet", "autre façon de déposer"),
        *("Passage constaté le mardi 24 novembre 2026", "Poste 2", "n’est pas une décision"),
        *("Villeneuve, Guide inventé", "Notice relue le 22/11/2026", "F-99-B-261124-001"),
    ):
        assert told in said
    assert "transmis au service" not in said
    assert "transmis au service" in words(orientation_slip(replace(SLIP, wants_to_file=True)))


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("code", [one.code for one in languages()])
def test_each_thing_to_do_is_said_in_each_language(how: str, code: str) -> None:
    assert text(code, f"slip_{how}")
    orientation_slip(replace(SLIP, how=how), ("fr", code))


def test_a_blank_address_says_whom_to_ask() -> None:
    said = words(orientation_slip(replace(SLIP, how="email", link="", phone="")))
    assert "Adresse à demander au responsable" in said


def test_a_slip_without_an_address_on_the_web_has_no_square() -> None:
    (page,) = pictures(orientation_slip(replace(SLIP, link="", how="phone")), THERMAL)
    assert codes_on(page) == {"Code 128": SLIP.code}


def test_it_names_nobody_and_a_training_paper_says_so() -> None:
    assert not {"name", "birth_date", "foreign_number"} & set(SlipFacts.__dataclass_fields__)
    assert "DÉMONSTRATION" in words(orientation_slip(replace(SLIP, training=True)))


def test_a_translation_is_marked_as_not_read_over() -> None:
    said = words(orientation_slip(SLIP, ("fr", "ar")))
    assert "Traduction d’aide, non relue" in said
    assert "العربية" in said


def test_a_roll_is_one_page() -> None:
    document = pypdfium2.PdfDocument(orientation_slip(SLIP, ("fr", "uk")))
    count = len(document)
    document.close()
    assert count == 1


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (
            "Préfecture – DII, Bureau du séjour, 12, rue Neuve, CS 20003, 99039 VILLENEUVE CEDEX",
            ["Préfecture – DII", "Bureau du séjour", "12, rue Neuve", "CS 20003", "99039 VILLENEUVE CEDEX"],
        ),
        ("4 place du Marché, 99000 Villeneuve", ["4 place du Marché", "99000 Villeneuve"]),
        ("", []),
    ],
)
def test_an_address_is_written_as_on_an_envelope(address: str, lines: list[str]) -> None:
    assert address_lines(address) == lines
