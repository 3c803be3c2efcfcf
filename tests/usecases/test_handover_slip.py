"""Papers of those who leave without their permit: true, nameless, and never the code of the sleeve."""

import pytest

from counter_app.telling.handover import handover_text
from counter_app.usecases.handover_look import look
from counter_app.usecases.handover_slip import give_slip, reminder_of
from counter_app.usecases.receipts import print_receipt
from counter_app.usecases.undo import recent
from tests.documents.reading import codes_on, pictures, words
from tests.homes import AtDesk, moment
from tests.usecases.permits_at_hand import Stocked, receive

TOMORROW = "2026-11-24T09:20:00+01:00"


@pytest.fixture
def tomorrow(here: AtDesk) -> Stocked:
    here.clock.at("9:15")
    return Stocked(here, receive(here.desk, slot=TOMORROW))


def test_the_reminder_names_nobody_and_bears_no_code(tomorrow: Stocked) -> None:
    paper = reminder_of(tomorrow.desk, tomorrow.permit)
    assert paper is not None
    told = words(paper.pdf)
    assert "Mardi 24 novembre" in told
    assert "Revenez le mardi 24 novembre" in told
    assert "250 €" in told
    for secret in ("SOW", "5912345678", "F5V9RY2WJ", tomorrow.sleeve):
        assert secret not in told
    (page,) = pictures(paper.pdf, 200)
    assert codes_on(page) == {}


def test_a_child_is_reminded_to_come_with_a_parent(here: AtDesk) -> None:
    here.clock.at("9:15")
    child = Stocked(here, receive(here.desk, slot=TOMORROW, birth_date="2014-05-04"))
    paper = reminder_of(child.desk, child.permit)
    assert paper is not None
    assert "L’enfant et son parent viennent ensemble." in words(paper.pdf)


@pytest.mark.parametrize("slot", [None, "2026-11-20T09:20:00+01:00"])
def test_nobody_is_reminded_of_no_hour_or_of_one_that_is_past(here: AtDesk, slot: str | None) -> None:
    here.clock.at("9:15")
    ready = Stocked(here, receive(here.desk, slot=slot))
    assert reminder_of(ready.desk, ready.permit) is None


def test_the_slip_says_what_the_notice_asks_of_people_who_collect_and_is_counted(tomorrow: Stocked) -> None:
    done = give_slip(tomorrow.desk, look(tomorrow.desk, "5912345678"))
    assert done.demand.motive == "permit_ready"
    paper = print_receipt(tomorrow.desk, done.slip.id)
    assert paper is not None
    told = words(paper.pdf)
    assert "Retrait d’un titre fabriqué" in told
    assert "SOW" not in told
    assert next(line.kind for line in recent(tomorrow.desk, 5)) == "oriented"


def test_somebody_who_missed_their_day_is_told_how_to_ask_for_another(here: AtDesk) -> None:
    here.clock.at("9:15")
    receive(here.desk, slot=moment("9:20").replace(day=20).isoformat())
    answer = look(here.desk, "5912345678")
    assert answer.verdict.value == "permit_other_day"
    assert give_slip(here.desk, answer).demand.motive == "missed_handover"


def slip_of(here: AtDesk) -> str:
    """The words of the slip given to whoever is not served."""
    done = give_slip(here.desk, look(here.desk, "5912345678"))
    paper = print_receipt(here.desk, done.slip.id)
    assert paper is not None
    return " ".join(words(paper.pdf).split())


def test_whoever_comes_at_noon_after_their_hour_is_told_what_the_missed_slot_notice_says(here: AtDesk) -> None:
    receive(here.desk)
    here.clock.at("12:05")
    told = slip_of(here)
    assert "Attendez le SMS" not in told
    assert "Rendez-vous de remise manqué" in told
    assert "pref-titres-etrangers@nord.gouv.fr" in told


def test_whoever_comes_while_it_is_closed_with_an_hour_to_come_is_given_that_hour(here: AtDesk) -> None:
    receive(here.desk, slot=TOMORROW)
    here.clock.at("14:00")
    told = slip_of(here)
    assert "Attendez le SMS" not in told
    assert "Revenez le mardi 24 novembre 2026 à 9 h 05 pour votre rendez-vous de 9 h 20." in told
    assert "Come back on" in told


def test_whoever_comes_before_the_window_opens_is_told_their_hour_of_today(here: AtDesk) -> None:
    receive(here.desk)
    here.clock.at("8:30")
    assert "Votre rendez-vous est aujourd’hui à 9 h 20. Revenez à 9 h 05." in slip_of(here)


def test_whoever_was_told_no_hour_that_is_known_is_given_the_next_opening(here: AtDesk) -> None:
    receive(here.desk, slot=None)
    here.clock.at("14:00")
    told = slip_of(here)
    assert "Attendez le SMS" not in told
    assert "mardi 24 novembre 2026, 9 h" in told


def test_whoever_lacks_a_stamp_in_time_is_told_to_come_back_before_closing(here: AtDesk) -> None:
    receive(here.desk)
    here.clock.at("9:25")
    told = slip_of(here)
    assert "Attendez le SMS" not in told
    assert "aujourd’hui, avant 12 h" in told


def test_whoever_nobody_told_waits_for_the_message(here: AtDesk) -> None:
    receive(here.desk, summoned_on=None, slot=None)
    here.clock.at("14:00")
    assert "Attendez le SMS" in slip_of(here)


def test_a_number_that_no_permit_and_no_list_knows_is_promised_nothing(here: AtDesk) -> None:
    here.clock.at("9:15")
    answer = look(here.desk, "9999999999")
    assert (answer.verdict.value, answer.notes) == ("permit_not_received", ("nobody_known",))
    assert "SMS" not in handover_text(answer, here.desk.rules).sentence
    assert "SMS" not in handover_text(answer, here.desk.rules, "en").sentence
    done = give_slip(here.desk, answer)
    paper = print_receipt(here.desk, done.slip.id)
    assert paper is not None
    assert "SMS" not in words(paper.pdf)
    assert "text message" not in words(paper.pdf)


def test_somebody_whom_a_list_expects_and_whose_permit_is_not_here_waits_for_the_message(here: AtDesk) -> None:
    here.clock.at("9:15")
    here.expects({})
    answer = look(here.desk, "5912345678")
    assert (answer.verdict.value, answer.notes) == ("permit_not_received", ())
    assert "Un SMS préviendra" in handover_text(answer, here.desk.rules).detail


def test_whoever_comes_for_a_permit_valid_no_more_is_told_how_to_apply_again(here: AtDesk) -> None:
    here.clock.at("9:15")
    receive(here.desk, valid_to="2026-11-22")
    assert give_slip(here.desk, look(here.desk, "5912345678")).demand.motive == "permit_renewal"
    told = slip_of(here)
    assert "Renouvellement de titre de séjour" in told
    assert "revenir" not in told.lower()
