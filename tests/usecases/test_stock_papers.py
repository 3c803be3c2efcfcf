"""Papers of the stock, from the journal: bordereaux as they were made, transfers, sign sheets, labels."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.acts import ActKind
from counter_app.store import heads, journal
from counter_app.store.statements import driver
from counter_app.telling.stock import convened_told, not_done
from counter_app.usecases.answers import Override
from counter_app.usecases.bordereaux import Leaving, find_bordereau, remove
from counter_app.usecases.custody import offer, take
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.handover_aftermath import contest
from counter_app.usecases.stock import faulty, to_send_back
from counter_app.usecases.stock_answers import SlipKind, StockRefusal
from counter_app.usecases.stock_papers import bordereau_page, label_page, named, of_lot, sign_sheet_page
from counter_app.usecases.transfer import offered_to, transfer
from counter_app.usecases.undo import undo
from tests.documents.reading import words
from tests.homes import MONDAY, AtDesk, another_desk
from tests.usecases.permits_at_hand import full_draft, permit_of, receive, sleeve_of

SOW, BA, LI = "F5V9RY2WJ", "4YC73SY7N", "3L93J8829"


@pytest.fixture
def three(here: AtDesk) -> tuple[str, str, str]:
    """Three permits received: two of one lot convened on Monday, one of another lot on Tuesday."""
    here.clock.at("9:15")
    tuesday = (here.desk.now() + timedelta(days=1)).isoformat()
    return (
        receive(here.desk, SOW),
        receive(here.desk, BA, name="BA Awa", foreign_number="5900000002", tray="A", rank="12"),
        receive(here.desk, LI, name="LI Wei", foreign_number="5900000003", lot="IN-2611-2", slot=tuesday, tray=None),
    )


def page_of(here: AtDesk, number: str) -> str:
    paper = bordereau_page(here.desk, number)
    assert paper is not None
    assert paper.file_name == f"bordereau-{number}.pdf"
    return words(paper.pdf)


def test_a_permit_that_leaves_before_the_hour_of_its_holder_says_who_has_to_be_told(
    here: AtDesk, three: tuple[str, str, str]
) -> None:
    here.clock.at("9:30")
    answer = remove(here.desk, SlipKind.DESTROY, [Leaving(SOW), Leaving(LI)], "tri du mois")
    assert [one.name for one in answer.convened] == ["LI Wei"], "the hour of the other has passed"
    told = convened_told(answer, here.desk.rules).replace("\u00a0", " ")
    assert told == "Convoqués pour ces titres, à prévenir : LI Wei (24/11/2026, 9 h 15)."


def test_a_tracking_number_is_that_of_one_bordereau_however_it_is_typed_until_it_is_taken_back(
    here: AtDesk, three: tuple[str, str, str]
) -> None:
    slip = remove(here.desk, SlipKind.POST, [Leaving(SOW, "1A 001 1223")]).bordereau
    assert slip is not None
    answer = remove(here.desk, SlipKind.POST, [Leaving(BA, "1a0011223")])
    assert (answer.bordereau, [one.refusal for one in answer.problems]) == (None, [StockRefusal.TRACKING_TAKEN])
    assert slip.number in not_done(answer.problems[0])
    assert undo(here.desk, agreed=Override("erreur")).done
    assert remove(here.desk, SlipKind.POST, [Leaving(BA, "1a0011223")]).bordereau is not None


def test_the_tracking_numbers_of_a_bordereau_are_looked_for_once_however_many_permits_it_has(
    here: AtDesk, three: tuple[str, str, str]
) -> None:
    assert remove(here.desk, SlipKind.POST, [Leaving(LI, "1A 9")]).bordereau is not None
    asked: list[str] = []
    with here.desk.store.writing() as connection:
        driver(connection).set_trace_callback(asked.append)
    assert remove(here.desk, SlipKind.POST, [Leaving(SOW, "1A 1"), Leaving(BA, "1A 2")]).bordereau is not None
    assert sum("$.tracking" in statement for statement in asked) == 1


def test_a_bordereau_is_printed_as_it_was_made_each_permit_with_its_own_reason(
    here: AtDesk, three: tuple[str, str, str]
) -> None:
    faulty(here.desk, SOW, "prénom")
    to_send_back(here.desk, BA, "non réclamé depuis six mois")
    leaving = [Leaving(SOW), Leaving(BA), Leaving(LI)]
    slip = remove(here.desk, SlipKind.SEND_BACK, leaving, "tri du mois", "Centre").bordereau
    assert slip is not None
    said = page_of(here, slip.number)
    for expected in (
        *("Total : 3 titres", "erreur sur le titre : prénom", "non réclamé depuis six mois", "Motif : tri du mois"),
        *("Centre", "A. Petit, Guichet 3", SOW, BA, LI),
    ):
        assert expected in said
    assert said.count("tri du mois") == 2


def test_a_bordereau_of_the_post_shows_the_number_of_the_parcel(here: AtDesk, three: tuple[str, str, str]) -> None:
    slip = remove(here.desk, SlipKind.POST, [Leaving(LI, "1A 234 567")]).bordereau
    assert slip is not None
    assert "1A 234 567" in page_of(here, slip.number)


@pytest.mark.parametrize("text", ["", "BR-59-C-26-0001", "PGR", "n’importe quoi"])
def test_a_bordereau_that_nobody_made_is_no_paper(here: AtDesk, text: str) -> None:
    assert bordereau_page(here.desk, text) is None


def test_a_transfer_is_numbered_moves_nothing_and_is_made_once(here: AtDesk, three: tuple[str, str, str]) -> None:
    desk = here.desk
    offer(desk, [SOW, BA], "Guichet 9")
    slip = transfer(desk, " guichet  9 ")
    assert slip is not None
    assert (slip.number, slip.kind, len(slip.lines)) == ("BT-59-C-26-0001", SlipKind.TRANSFER, 2)
    assert transfer(desk, "Guichet 9") == slip == find_bordereau(desk, slip.number)
    assert permit_of(desk, three[0]).custody.held_by(desk.name)
    said = page_of(here, slip.number)
    for expected in ("transfert", "guichet 9", SOW, BA, "Total : 2 titres", "Remis par", "Reçu par"):
        assert expected in said
    assert LI not in said


def test_another_offer_makes_another_transfer(here: AtDesk, three: tuple[str, str, str]) -> None:
    desk = here.desk
    offer(desk, [SOW], "Guichet 9")
    first = transfer(desk, "Guichet 9")
    offer(desk, [LI], "Guichet 9")
    second = transfer(desk, "Guichet 9")
    assert first is not None
    assert second is not None
    assert [first.number, second.number] == ["BT-59-C-26-0001", "BT-59-C-26-0002"]
    assert {line.card_number for line in second.lines} == {SOW, LI}


def test_the_same_permits_offered_again_later_are_another_transfer(here: AtDesk, three: tuple[str, str, str]) -> None:
    desk, other = here.desk, replace(another_desk(here.desk), clock=here.desk.clock)
    offer(desk, [SOW], "Guichet 9")
    first = transfer(desk, "Guichet 9")
    take(other, [SOW])
    assert offered_to(desk, "Guichet 9") == []
    assert transfer(desk, "Guichet 9") is None
    offer(other, [SOW], "Guichet 3")
    take(desk, [SOW])
    offer(desk, [SOW], "Guichet 9")
    second = transfer(desk, "Guichet 9")
    assert first is not None
    assert second is not None
    assert first.number != second.number


def test_what_another_desk_offers_is_not_ours_to_list(here: AtDesk, three: tuple[str, str, str]) -> None:
    offer(here.desk, [SOW], "Guichet 9")
    assert transfer(replace(another_desk(here.desk), clock=here.desk.clock), "Guichet 9") is None
    for nowhere in ("", " ", "Guichet 4"):
        assert transfer(here.desk, nowhere) is None
    with here.desk.looking() as connection:
        assert journal.latest(connection, here.desk.stream, (ActKind.BORDEREAU_MADE,), 9) == []


def test_a_transfer_to_the_safe_says_the_safe(here: AtDesk, three: tuple[str, str, str]) -> None:
    offer(here.desk, [SOW], "safe")
    slip = transfer(here.desk, "safe")
    assert slip is not None
    assert "Destinataire : coffre" in page_of(here, slip.number)


def test_a_sign_sheet_names_those_convened_that_day_and_what_was_done(
    here: AtDesk, three: tuple[str, str, str]
) -> None:
    before = words(sign_sheet_page(here.desk, MONDAY).pdf)
    assert "SOW Aïssata" in before
    assert "BA Awa" in before
    assert "LI Wei" not in before
    assert "2 personnes convoquées" in before
    assert "vérifiée" not in before
    assert hand_over(here.desk, three[0], full_draft(here.desk, sleeve_of(here.desk, three[0]))).recorded
    after = words(sign_sheet_page(here.desk, MONDAY).pdf)
    for expected in ("remis à 9 h 15", "passeport · vérifiée", "récépissé, repris", "n° ...3456", "BA Awa"):
        assert expected in after
    contest(here.desk, three[0], "dit n’avoir rien reçu")
    contested = words(sign_sheet_page(here.desk, MONDAY).pdf)
    assert "REMISE CONTESTÉE" in contested
    assert "vérifiée" not in contested


def test_a_sign_sheet_leaves_out_what_left_under_a_bordereau(here: AtDesk, three: tuple[str, str, str]) -> None:
    remove(here.desk, SlipKind.DESTROY, [Leaving(BA)], "périmé")
    said = words(sign_sheet_page(here.desk, MONDAY).pdf)
    assert "BA Awa" not in said
    assert "1 personne convoquée" in said
    assert "Personne n’est convoqué" in words(sign_sheet_page(here.desk, date(2026, 12, 25)).pdf)


def test_labels_are_for_the_sleeves_of_a_lot_that_are_still_here(here: AtDesk, three: tuple[str, str, str]) -> None:
    assert [one.card_number for one in of_lot(here.desk, " in-2611-1 ")] == [BA, SOW]
    remove(here.desk, SlipKind.DESTROY, [Leaving(BA)], "périmé")
    assert [one.card_number for one in of_lot(here.desk, "IN-2611-1")] == [SOW]
    assert of_lot(here.desk, "") == of_lot(here.desk, "autre") == []
    (bad,) = named(here.desk, [BA])
    assert bad.refusal is StockRefusal.OUT_OF_STOCK
    (unknown,) = named(here.desk, ["X00000000"])
    assert unknown.refusal is StockRefusal.UNKNOWN_PERMIT


@pytest.mark.parametrize("roll", [False, True])
def test_a_label_carries_the_code_of_the_sleeve(here: AtDesk, three: tuple[str, str, str], roll: bool) -> None:
    permits = [permit_of(here.desk, one) for one in three]
    paper = label_page(here.desk, permits, roll=roll)
    said = words(paper.pdf).replace(" ", "")
    assert paper.roll is roll
    assert all(sleeve_of(here.desk, one) in said for one in three)
    assert "ÀRANGER" in said
    assert "BACD·78" in said


def test_papers_of_the_stock_record_nothing(here: AtDesk, three: tuple[str, str, str]) -> None:
    with here.desk.looking() as connection:
        before = heads.read_head(connection, here.desk.stream)
    sign_sheet_page(here.desk, MONDAY)
    label_page(here.desk, of_lot(here.desk, "IN-2611-1"))
    with here.desk.looking() as connection:
        assert heads.read_head(connection, here.desk.stream) == before


def test_a_voided_bordereau_says_so_when_by_whom_and_why(here: AtDesk, three: tuple[str, str, str]) -> None:
    slip = remove(here.desk, SlipKind.DESTROY, [Leaving(SOW)], "périmé").bordereau
    assert slip is not None
    assert "ANNULÉ" not in page_of(here, slip.number)
    assert undo(here.desk, agreed=Override("mauvaise pile")).done
    said = page_of(here, slip.number)
    assert "ANNULÉ" in said
    assert "Annulé le lundi 23 novembre 2026 à 9 h 15 par A. Petit. Motif : mauvaise pile." in said
    assert SOW in said
