"""Papers scanned at the desk: whose they are, what their seal is worth, and that the journal keeps nothing of them."""

import random
import string
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.domain.foreign_number import NumberStatus
from counter_app.domain.number_check import Comparison
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.sealed_document import SealStatus
from counter_app.domain.verdict import Verdict
from counter_app.seals import seal_check
from counter_app.usecases.answers import Override
from counter_app.usecases.check_in import check_in
from counter_app.usecases.desk import Desk
from counter_app.usecases.import_list import import_list
from counter_app.usecases.present import present, preview
from counter_app.usecases.verify_number import note_broken_seal, verify_number
from tests.homes import AtDesk, person
from tests.sealed import practice_folder, sealed

PERMIT = "IRFRAX4RTBPFW467503120521<<<<<\r7307122F2906302ARG<<<<<<<<<<<0\rSPECIMEN<<NATACHA<CORINNE<<<<<"
MISREAD = PERMIT.replace("7307122F", "7307132F")
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\rL898902C36UTO7408122F1204159ZE184226B<<<<<10"
GENUINE, LEGACY, NO_NUMBER = "syn-13-2", "syn-13-9digit", "ants-04-avis-ir"
BROKEN = sealed(GENUINE).replace("TESTEUR", "TESTEUX")
ALPHA = person("TESTEUR Alpha", "5903000001", date_naissance="01/01/1990")
HEADINGS = "Nom;Prénom;Date de naissance;N° étranger;Date du rendez-vous;Heure;Motif;Validité;Code postal"


@pytest.fixture
def trusting(here: AtDesk) -> AtDesk:
    """A training desk that was brought the TEST authority of the vectors."""
    here.desk.check_seal = seal_check(practice_folder(here.office.home.path))
    here.clock.at("9:05")
    return here


def listed(here: AtDesk, *rows: str) -> None:
    """A list with days of birth, validity and postcode."""
    path = here.lists.folder / "agenda.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join((HEADINGS, *rows)) + "\n", encoding="utf-8")
    import_list(here.desk, path)


def kept_by(desk: Desk) -> str:
    """Everything the journal keeps of the gestures of this test, in clear."""
    with desk.looking() as connection:
        return "\n".join(connection.exec_driver_sql("SELECT details FROM act").scalars())


def test_a_genuine_seal_finds_its_holder_by_number_and_the_arrival_says_so(trusting: AtDesk) -> None:
    trusting.expects(ALPHA)
    answer = check_in(trusting.desk, sealed(GENUINE))
    assert (answer.verdict, answer.recorded) == (Verdict.ADMITTED, True)
    assert answer.notes == ("seal_genuine",)


def test_a_seal_whose_certificate_nobody_knows_accuses_nobody(here: AtDesk) -> None:
    here.expects(ALPHA)
    here.clock.at("9:05")
    answer = check_in(here.desk, sealed(GENUINE))
    assert (answer.verdict, answer.recorded) == (Verdict.ADMITTED, True)
    assert answer.notes == ("seal_unknown_certificate",)


def test_a_specimen_answers_nobody_even_when_its_number_is_known(here: AtDesk) -> None:
    here.expects(person("SPECIMEN Natacha", "7503120521"))
    answer = check_in(here.desk, sealed("ants-13-etranger"))
    assert (answer.verdict, answer.convocation, answer.recorded) == (Verdict.SEAL_SPECIMEN, None, False)


def test_a_broken_seal_stops_and_is_an_attempt_of_its_holder(trusting: AtDesk) -> None:
    trusting.expects(ALPHA)
    answer = check_in(trusting.desk, BROKEN)
    assert (answer.verdict, answer.recorded) == (Verdict.SEAL_BROKEN, False)
    assert trusting.only().attempts == 1
    assert trusting.only().arrivals == ()


def test_an_agent_alone_never_passes_over_a_broken_seal_and_a_supervisor_leaves_a_reason(trusting: AtDesk) -> None:
    trusting.expects(ALPHA)
    assert not check_in(trusting.desk, BROKEN, Override("papier plié")).recorded
    answer = check_in(trusting.desk, BROKEN, Override("papier plié", "Mme Leroy"))
    assert answer.recorded
    (arrival,) = trusting.only().arrivals
    assert (arrival.verdict, arrival.reason, arrival.approved_by) == ("seal_broken", "papier plié", "Mme Leroy")


def test_a_broken_seal_does_not_let_anybody_arrive_twice(trusting: AtDesk) -> None:
    trusting.expects(ALPHA)
    agreed = Override("papier plié", "Mme Leroy")
    assert check_in(trusting.desk, BROKEN, agreed).recorded
    assert not check_in(trusting.desk, BROKEN, agreed).recorded
    assert len(trusting.only().arrivals) == 1


def test_the_list_of_another_name_is_told_and_not_judged(trusting: AtDesk) -> None:
    trusting.expects(person("DIALLO Mariama", "5903000001"))
    answer = check_in(trusting.desk, sealed(GENUINE))
    assert answer.verdict is Verdict.ADMITTED
    assert "paper_name_differs" in answer.notes


def test_a_paper_without_known_number_finds_its_holder_by_name_and_birth(here: AtDesk) -> None:
    listed(
        here, "ERIKSSON;Anna;12/08/1974;;23/11/2026;9h10;Dépôt;;", "ERIKSSON;Anna;01/02/2001;;23/11/2026;9h20;Dépôt;;"
    )
    here.clock.at("9:05")
    answer = preview(here.desk, PASSPORT)
    assert answer.convocation is not None
    assert answer.convocation.best("birth_date") == "1974-08-12"
    assert "mrz_read" in answer.notes


def test_a_name_alone_finds_nobody(here: AtDesk) -> None:
    listed(here, "ERIKSSON;Anna;;;23/11/2026;9h10;Dépôt;;")
    assert preview(here.desk, PASSPORT).convocation is None


def test_ten_digits_of_a_zone_find_somebody_only_when_the_name_agrees(here: AtDesk) -> None:
    here.expects(person("SPECIMEN Natacha", "7503120521", rdv_id="1"), person("SOW Aïssata", "7503120521", rdv_id="2"))
    here.clock.at("9:05")
    answer = preview(here.desk, PERMIT)
    assert answer.convocation is not None
    assert answer.convocation.name == "SPECIMEN Natacha"


def test_nine_digits_of_a_seal_find_the_number_that_a_list_holds_with_ten(trusting: AtDesk) -> None:
    trusting.expects(person("TESTEUR Alpha", "7500312052"))
    answer = preview(trusting.desk, sealed(LEGACY))
    assert answer.verdict is Verdict.ADMITTED


@pytest.mark.parametrize("raw", [MISREAD, sealed("ants-13-no-signature")], ids=["zone", "seal"])
def test_a_paper_that_cannot_be_read_asks_for_another_scan(here: AtDesk, raw: str) -> None:
    answer = check_in(here.desk, raw)
    assert answer.verdict is Verdict.UNREADABLE_CODE
    assert answer.notes in (("mrz_unread",), ("seal_unread",))


def test_the_journal_keeps_nothing_of_a_paper(trusting: AtDesk) -> None:
    for raw in (PERMIT, MISREAD, PASSPORT, BROKEN, sealed(GENUINE), sealed("ants-13-etranger")):
        present(trusting.desk, raw)
        note_broken_seal(trusting.desk, verify_number(trusting.desk, raw))
    kept = kept_by(trusting.desk)
    for word in ("SPECIMEN", "ERIKSSON", "TESTEU", "L898902C3", "7503120521", "5903000001", "DC04", "X4RTBPFW4"):
        assert word not in kept
    assert kept.count('"seal_broken"') == 2


def test_a_seal_gives_number_validity_and_postcode_to_compare(trusting: AtDesk) -> None:
    listed(trusting, "TESTEUR;Alpha;01/01/1990;5903000001;23/11/2026;9h10;Dépôt;30/09/2026;59800")
    answer = verify_number(trusting.desk, sealed(GENUINE))
    assert (answer.verdict, answer.reading.normalized) == (Verdict.SEAL_GENUINE, "5903000001")
    answers = answer.answers
    assert (answers.form, answers.expiry, answers.postcode) == (Comparison.MATCH, Comparison.MATCH, Comparison.DIFFERS)
    assert len(answer.holders) == 1


def test_a_zone_only_proposes_the_foreign_number(here: AtDesk) -> None:
    reading = verify_number(here.desk, PERMIT).reading
    assert (reading.number_class, reading.normalized) == (NumberClass.DOCUMENT_NUMBER, "X4RTBPFW4")
    assert reading.candidates == ("7503120521",)


def test_a_zone_without_ten_digits_is_no_foreign_number(here: AtDesk) -> None:
    answer = verify_number(here.desk, PASSPORT)
    assert (answer.verdict, answer.reading.candidates) == (Verdict.NUMBER_OTHER_KIND, ())


def test_a_seal_without_foreign_number_says_so(here: AtDesk) -> None:
    reading = verify_number(here.desk, sealed(NO_NUMBER)).reading
    assert reading.status is NumberStatus.INVALID_CHARS
    assert "ne porte pas de numéro étranger" in reading.hint


def test_an_unknown_certificate_is_to_be_verified_and_never_broken(here: AtDesk) -> None:
    answer = verify_number(here.desk, sealed(GENUINE))
    assert answer.paper is not None
    assert answer.paper.status is SealStatus.UNKNOWN_CERTIFICATE
    assert answer.family.value == "tech"


def test_certificates_in_the_folder_of_a_real_desk_are_never_read(real_home: Path, here: AtDesk) -> None:
    practice_folder(real_home)
    real = replace(here.desk, training=False, check_seal=seal_check(None))
    answer = verify_number(real, sealed(GENUINE))
    assert answer.paper is not None
    assert answer.paper.status is SealStatus.UNKNOWN_CERTIFICATE


def test_nothing_that_can_be_scanned_breaks_a_gesture(here: AtDesk) -> None:
    chance = random.Random(7)
    begins = ("DC04FR0000011CE91D231301FR", "P<FRA", "IRFRA", "", sealed(GENUINE)[:200])
    for _ in range(300):
        noise = "".join(chance.choices(string.printable + "é\x1d\x1e\x1f", k=chance.randrange(300)))
        assert check_in(here.desk, chance.choice(begins) + noise).recorded is False
    for huge in ("A" * 100_000, "DC04FR00" * 12_500, "P<" * 50_000, sealed(GENUINE) + "9" * 100_000):
        assert check_in(here.desk, huge).recorded is False
        assert verify_number(here.desk, huge).reading is not None
