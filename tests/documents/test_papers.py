"""The papers given to people: read back from their pictures at printer resolutions, and from their text."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.documents.arrival_ticket import arrival_ticket
from counter_app.documents.paper_texts import languages
from counter_app.documents.proof_of_presence import proof_of_presence
from counter_app.documents.reminder import reminder
from counter_app.domain.codes import CodeKind, make_code
from tests.documents.papers import NAME, NOW, NUMBER, PROOF, REMINDER, SLOT, TICKET, ZONE
from tests.documents.reading import LASER, THERMAL, codes_on, ink, pictures, words

NBSP = "\u00a0"
LONGEST_PURPOSES = (
    "Demande de changement de statut d’étudiant à salarié avec autorisation de travail",
    "Renouvellement d’une autorisation provisoire de séjour – protection internationale",
    "Anticonstitutionnellement" * 4,
)
Paper = Callable[[], bytes]
PAPERS: dict[str, Paper] = {
    "ticket": lambda: arrival_ticket(TICKET),
    "proof": lambda: proof_of_presence(PROOF),
    "proof on a roll": lambda: proof_of_presence(PROOF, paper="80mm"),
    "reminder": lambda: reminder(REMINDER),
    "training ticket": lambda: arrival_ticket(replace(TICKET, training=True)),
    "training proof": lambda: proof_of_presence(replace(PROOF, training=True)),
    "training proof on a roll": lambda: proof_of_presence(replace(PROOF, training=True), paper="80mm"),
    "training reminder": lambda: reminder(replace(REMINDER, training=True)),
}
every_paper = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS.keys())


@every_paper
@pytest.mark.parametrize("dpi", [203, THERMAL, LASER])
def test_both_codes_are_read_back_from_the_printed_page(paper: Paper, dpi: float) -> None:
    (page,) = pictures(paper(), dpi)
    codes = codes_on(page)
    assert set(codes) == {"QR Code", "Code 128"}
    assert set(codes.values()) <= {TICKET.code, REMINDER.code}


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_the_codes_of_any_ticket_are_read_back_as_printed(value: int) -> None:
    code = make_code(CodeKind.TICKET, value)
    (page,) = pictures(arrival_ticket(replace(TICKET, code=code)), THERMAL)
    assert codes_on(page) == {"QR Code": code, "Code 128": code}


def test_every_bar_of_a_ticket_falls_on_whole_printer_dots() -> None:
    (page,) = pictures(arrival_ticket(TICKET), THERMAL)
    assert page.width == 640
    bars = page.crop((0, page.height - 60, page.width, page.height - 40))
    assert {level for _, level in bars.getcolors() or ()} == {0, 255}


@every_paper
def test_nothing_is_printed_in_the_margins(paper: Paper) -> None:
    for page in pictures(paper(), LASER):
        edges = ink(page, LASER)
        assert min(edges.left, edges.right) > 1
        assert min(edges.top, edges.bottom) > 1


@pytest.mark.parametrize("purpose", LONGEST_PURPOSES)
@pytest.mark.parametrize("lang", [("fr", "en"), ("ar",), ("uk", "es")])
def test_the_longest_purposes_are_neither_cut_nor_out_of_the_page(purpose: str, lang: tuple[str, ...]) -> None:
    for pdf in (
        arrival_ticket(replace(TICKET, purpose=purpose), lang),
        proof_of_presence(replace(PROOF, purpose=purpose), lang),
        proof_of_presence(replace(PROOF, purpose=purpose), lang, paper="80mm"),
        reminder(replace(REMINDER, purpose=purpose), lang),
    ):
        assert purpose.replace(" ", "") in words(pdf).replace(" ", "")
        assert outside(pdf) == []


def outside(pdf: bytes) -> list[str]:
    """The letters of the file that do not lie wholly on their page."""
    document = pypdfium2.PdfDocument(pdf)
    lost = []
    for page in document:
        texts, (width, height) = page.get_textpage(), page.get_size()
        for index in range(texts.count_chars()):
            left, bottom, right, top = texts.get_charbox(index)
            if left < 0 or bottom < 0 or right > width or top > height:
                lost.append(texts.get_text_range(index, 1))
    document.close()
    return lost


def test_a_ticket_says_what_comes_next_and_names_no_one() -> None:
    said = words(arrival_ticket(TICKET, ("fr", "en", "ar")))
    for expected in ("A 042", "mardi 24 novembre 2026 – 9 h 24", "Rendez-vous 9 h 30", "Dépôt de dossier"):
        assert expected in said
    for expected in ("Salle d’attente 1", "guichets 3 à 5", "15 à 25 min", "B2-26-000042", "Poste 2", "on the screen"):
        assert expected in said
    assert not {"NDIAYE", "Aïssatou", NUMBER} & set(said.split())


def test_the_waiting_number_is_the_largest_thing_on_a_ticket() -> None:
    document = pypdfium2.PdfDocument(arrival_ticket(TICKET))
    texts = document[0].get_textpage()
    boxes = [texts.get_charbox(index, loose=True) for index in range(texts.count_chars())]
    heights = [top - bottom for _, bottom, _, top in boxes]
    largest = "".join(texts.get_text_range(index, 1) for index, tall in enumerate(heights) if tall > max(heights) - 1)
    document.close()
    assert largest.replace(" ", "") == "A042"


def test_a_label_too_long_for_the_roll_is_set_smaller_on_one_line() -> None:
    assert "AB 12345 678" in words(arrival_ticket(replace(TICKET, ticket="AB 12345 678")))
    assert outside(arrival_ticket(replace(TICKET, ticket="AB 12345 678"))) == []


def test_a_visit_without_appointment_says_so() -> None:
    assert "Sans rendez-vous" in words(arrival_ticket(replace(TICKET, slot=None)))
    assert "Sans rendez-vous. Motif : Dépôt de dossier." in words(proof_of_presence(replace(PROOF, slot=None)))


def test_an_appointment_of_another_day_is_dated() -> None:
    other = SLOT + timedelta(days=8)
    assert "Rendez-vous du 02/12/2026, 9 h 30" in words(arrival_ticket(replace(TICKET, slot=other)))
    assert "rendez-vous du 02/12/2026 à 9 h 30" in words(proof_of_presence(replace(PROOF, slot=other)))


@pytest.mark.parametrize(
    ("wait", "expected"), [((15, 25), "environ 15 à 25 min"), ((20, 20), "jusqu’à 20 min"), (None, "")]
)
def test_the_waiting_time_is_a_range_or_is_left_out(wait: tuple[int, int] | None, expected: str) -> None:
    said = words(arrival_ticket(replace(TICKET, wait=wait)))
    assert expected in said
    assert ("Attente" in said.replace("d’attente", "")) is bool(wait)


def test_a_proof_names_the_person_and_masks_the_number() -> None:
    said = words(proof_of_presence(PROOF))
    for expected in (NAME, "00•••••678", "le mardi 24 novembre 2026 à 9 h 24", "rendez-vous de 9 h 30", "M. Durand"):
        assert expected in said
    assert "ne donne aucun droit au séjour" in said
    assert "gives no right of residence" in said
    assert NUMBER not in said


def test_a_proof_without_a_known_number_leaves_it_out() -> None:
    assert "étranger " not in words(proof_of_presence(replace(PROOF, foreign_number="")))


def test_every_reminder_says_when_to_come() -> None:
    said = {
        verdict: words(reminder(replace(REMINDER, verdict=verdict)))
        for verdict in ("early", "too_early", "other_day", "replaced")
    }
    there = replace(REMINDER, verdict="other_site", place="Sous-préfecture de X", address_there="1, rue Y, 59000 Z")
    assert "à 14 h 30 à cette adresse : Sous-préfecture de X, 1, rue Y, 59000 Z." in words(reminder(there))
    assert "Vous pouvez attendre ici." in said["early"]
    assert "Revenez à 14 h 15." in said["too_early"]
    assert "Revenez le mardi 1er décembre 2026 à 14 h 15 pour votre rendez-vous de 14 h 30." in said["other_day"]
    assert "Le rendez-vous valable est le mardi 1er décembre 2026 à 14 h 30." in said["replaced"]


@every_paper
def test_no_full_foreign_number_is_on_any_paper(paper: Paper) -> None:
    assert NUMBER not in words(paper()).replace(" ", "")


def test_a_reprint_is_marked_with_its_rank_and_hour() -> None:
    later = NOW + timedelta(minutes=17)
    assert "DUPLICATA n° 2, 9 h 41" in words(arrival_ticket(replace(TICKET, copy=2, printed_at=later)))
    assert "DUPLICATA n° 2, 9 h 41" in words(proof_of_presence(replace(PROOF, copy=2, printed_at=later)))
    assert "DUPLICATA" not in words(arrival_ticket(TICKET))


def test_a_reprint_of_another_day_is_dated() -> None:
    again = replace(PROOF, copy=3, printed_at=datetime(2026, 11, 27, 15, 0, tzinfo=ZONE))
    for paper in (proof_of_presence(again), proof_of_presence(again, paper="80mm")):
        assert "DUPLICATA n° 3, 27/11/2026, 15 h" in words(paper)


def test_an_undone_act_is_printed_as_cancelled() -> None:
    assert "ANNULÉ" in words(arrival_ticket(replace(TICKET, undone=True)))
    assert "ANNULÉ" in words(proof_of_presence(replace(PROOF, undone=True)))
    assert "ANNULÉ" not in words(arrival_ticket(TICKET))


@every_paper
def test_a_training_paper_says_that_it_has_no_value(paper: Paper, request: pytest.FixtureRequest) -> None:
    training = "training" in request.node.callspec.id
    assert (words(paper()).count("DÉMONSTRATION – SANS VALEUR") >= 2) is training
    assert ("DÉMONSTRATION" in words(paper())) is training


@every_paper
def test_the_file_says_nothing_of_the_person(paper: Paper) -> None:
    document = pypdfium2.PdfDocument(paper())
    about = document.get_metadata_dict()
    document.close()
    assert about["Title"] in {"Ticket d’accueil", "Justificatif de présence", "Rappel de rendez-vous"}
    assert about["Author"] == about["Subject"] == about["Keywords"] == ""
    assert about["CreationDate"] == "D:20261124092400+01'00'"
    assert b"/Lang (fr-FR)" in paper()


@every_paper
def test_the_same_facts_make_the_same_file(paper: Paper) -> None:
    assert paper() == paper()


def test_french_is_printed_whatever_the_languages_asked_for() -> None:
    said = words(arrival_ticket(TICKET, ("en",)))
    assert said.index("s’affichera à l’écran") < said.index("on the screen")


@pytest.mark.parametrize("lang", [language.code for language in languages()])
def test_every_language_is_printed_on_every_paper(lang: str) -> None:
    for pdf in (arrival_ticket(TICKET, (lang,)), proof_of_presence(PROOF, (lang,)), reminder(REMINDER, (lang,))):
        assert ("Traduction d’aide" in words(pdf)) is (lang != "fr")
        assert outside(pdf) == []


def test_a_language_asked_for_twice_is_printed_once() -> None:
    assert arrival_ticket(TICKET, ("en", "fr", "en")) == arrival_ticket(TICKET, ("en",))


def test_two_translations_fit_on_the_one_page_of_a_proof() -> None:
    assert len(pictures(proof_of_presence(PROOF, ("en", "ar")), 72)) == 1


def test_more_translations_go_on_to_the_next_page_with_the_training_mark() -> None:
    pdf = proof_of_presence(replace(PROOF, training=True), ("en", "ar", "uk", "es", "pt"))
    pages = pictures(pdf, LASER)
    assert len(pages) > 1
    assert codes_on(pages[0]) == {"QR Code": PROOF.code, "Code 128": PROOF.code}
    assert all(ink(page, LASER).top > 1 for page in pages)


def test_an_unknown_language_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="'xx'"):
        arrival_ticket(TICKET, ("fr", "xx"))


@pytest.mark.parametrize("code", ["", "PGTBRPTSPXVB", "pgtbrptspxvs", "PGT BRPT SPXV S", "NDIAYE", "0012345678"])
def test_a_code_that_no_desk_could_read_is_never_printed(code: str) -> None:
    with pytest.raises(ValueError, match="12 letters"):
        arrival_ticket(replace(TICKET, code=code))
    with pytest.raises(ValueError, match="12 letters"):
        proof_of_presence(replace(PROOF, code=code))
    with pytest.raises(ValueError, match="12 letters"):
        reminder(replace(REMINDER, code=code))


def test_a_copy_before_the_original_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="from 1"):
        arrival_ticket(replace(TICKET, copy=0))
