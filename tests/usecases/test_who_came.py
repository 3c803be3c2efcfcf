"""Whose hour passed without them, and whose did not: nobody who came, and nobody whose card was kept back, is."""

import pytest

from counter_app.domain.acts import ActKind, Json
from counter_app.usecases.check_in import note_provisional_arrival
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.handover_look import present
from counter_app.usecases.present import present as present_at_reception
from counter_app.usecases.summon import missed, not_absent, note_missed
from counter_app.usecases.summons_messages import missed_messages
from counter_app.usecases.undo import undo
from tests.homes import AtDesk, another_desk, person
from tests.usecases.permits_at_hand import Stocked, mark, receive


def nobody_is_absent(ready: Stocked, why: str) -> None:
    ready.at("13:30")
    assert note_missed(ready.desk) == []
    assert missed(ready.desk) == []
    assert ready.permit.missed_slots == ()
    assert missed_messages(ready.desk, [ready.permit]).messages == ()
    ((apart),) = not_absent(ready.desk)
    assert (apart.permit.id, apart.why) == (ready.identity, why)


def test_whoever_was_at_the_window_without_a_stamp_came(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    ready.at("9:25")
    assert not hand_over(here.desk, ready.identity, ready.draft(stamps=())).recorded
    nobody_is_absent(ready, "came")


def test_whoever_got_the_permit_by_an_error_taken_back_came(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    ready.at("9:25")
    assert hand_over(here.desk, ready.identity, ready.draft()).recorded
    assert undo(here.desk).done
    nobody_is_absent(ready, "came")


def test_whoever_was_checked_in_under_the_same_number_came(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    here.expects({})
    ready.at("9:10")
    assert here.scan().recorded
    nobody_is_absent(ready, "came")


def test_whoever_was_checked_in_under_the_same_name_and_birth_came_when_no_number_is_known(here: AtDesk) -> None:
    here.expects({})
    ready = Stocked(here, receive(here.desk, foreign_number=None, birth_date="1962-03-21"))
    ready.at("9:10")
    assert here.scan().recorded
    nobody_is_absent(ready, "came")


def test_somebody_else_of_the_same_name_did_not_come_for_them(here: AtDesk) -> None:
    here.expects({})
    ready = Stocked(here, receive(here.desk, foreign_number=None, birth_date="1991-07-04"))
    ready.at("9:10")
    assert here.scan().recorded
    ready.at("13:30")
    assert [one.permit.id for one in note_missed(here.desk)] == [ready.identity]


def test_whoever_came_another_day_missed_the_hour(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    ready.at("9:25", days=1)
    present(here.desk, ready.sleeve)
    assert [one.permit.id for one in note_missed(here.desk)] == [ready.identity]
    assert not_absent(here.desk) == []


def test_an_absence_noted_before_the_other_desks_arrival_was_known_is_told_to_nobody(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    ready.at("13:30")
    assert len(note_missed(here.desk)) == 1
    mark(here.desk, ready.identity, ActKind.HANDOVER_ATTEMPTED, verdict="stamp_missing")
    assert missed(here.desk) == []
    ((apart),) = not_absent(here.desk)
    assert apart.why == "came"


KEPT: tuple[tuple[ActKind, dict[str, Json]], ...] = (
    (ActKind.PERMIT_HELD, {"reason": "instruction"}),
    (ActKind.PERMIT_FAULTY, {"field": "nom"}),
    (ActKind.PERMIT_TO_SEND_BACK, {"reason": "délai"}),
    (ActKind.PERMIT_TO_LOCATE, {}),
)


@pytest.mark.parametrize(("kind", "told"), KEPT)
def test_a_card_that_could_not_be_given_was_missed_by_nobody(
    here: AtDesk, kind: ActKind, told: dict[str, Json]
) -> None:
    ready = Stocked(here, receive(here.desk))
    mark(here.desk, ready.identity, kind, **told)
    nobody_is_absent(ready, "kept_back")


def test_a_card_valid_no_more_at_that_hour_was_missed_by_nobody(here: AtDesk) -> None:
    nobody_is_absent(Stocked(here, receive(here.desk, valid_to="2026-11-22")), "kept_back")


def test_whoever_a_list_cancels_that_hour_for_missed_nothing(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    here.expects(person("SOW Aïssata", hour="09h20", motif="Remise de titre de séjour", statut="Annulé"))
    nobody_is_absent(ready, "cancelled")


def test_an_appointment_cancelled_for_something_else_excuses_nobody(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    here.expects(person("SOW Aïssata", hour="09h20", motif="Dépôt de dossier", statut="Annulé"))
    ready.at("13:30")
    assert [one.permit.id for one in note_missed(here.desk)] == [ready.identity]


def test_a_card_released_since_was_kept_back_at_that_hour_all_the_same(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    held = mark(here.desk, ready.identity, ActKind.PERMIT_HELD, reason="instruction")
    ready.at("13:00")
    mark(here.desk, ready.identity, ActKind.PERMIT_RELEASED, acts=[held])
    nobody_is_absent(ready, "kept_back")


@pytest.mark.parametrize("typed", ["5912345678", "59 1234.5678"])
def test_whoever_the_reception_knew_no_appointment_of_came_under_their_number(here: AtDesk, typed: str) -> None:
    ready = Stocked(here, receive(here.desk))
    ready.at("9:18")
    assert not present_at_reception(here.desk, typed).recorded
    nobody_is_absent(ready, "came")


def test_whoever_another_desk_knew_nothing_of_came(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    ready.at("9:18")
    present_at_reception(another_desk(here.desk), "5912345678")
    nobody_is_absent(ready, "came")


def test_nine_digits_of_an_old_card_are_the_same_number(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk, foreign_number="2008006503"))
    ready.at("9:18")
    assert present_at_reception(here.desk, "208006503").verdict == "number_legacy"
    nobody_is_absent(ready, "came")


def test_whoever_the_reception_sent_away_with_their_appointment_came(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    here.expects(person("SOW Aïssata", hour="15h00"))
    ready.at("9:18")
    assert here.scan().verdict == "too_early"
    nobody_is_absent(ready, "came")


PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\rL898902C36UTO7408122F1204159ZE184226B<<<<<10"
CARD = "IRFRAX4RTBPFW467503120521<<<<<\r7307122F2906302ARG<<<<<<<<<<<0\rSPECIMEN<<NATACHA<CORINNE<<<<<"


@pytest.mark.parametrize("number", ["5912345678", None])
def test_whoever_showed_a_passport_at_a_reception_that_has_no_appointment_of_them_came(
    here: AtDesk, number: str | None
) -> None:
    told = {"name": "ERIKSSON Anna", "birth_date": "1974-08-12", "foreign_number": number}
    ready = Stocked(here, receive(here.desk, **told))
    ready.at("9:18")
    answer = present_at_reception(here.desk, PASSPORT)
    assert (answer.recorded, "permit_here" in answer.notes) == (False, True)
    nobody_is_absent(ready, "came")


def test_whoever_showed_a_card_that_bears_their_number_came(here: AtDesk) -> None:
    told = {"name": "SPECIMEN Natacha", "birth_date": None, "foreign_number": "7503120521"}
    ready = Stocked(here, receive(here.desk, **told))
    ready.at("9:18")
    present_at_reception(another_desk(here.desk), CARD)
    nobody_is_absent(ready, "came")


def test_the_passport_of_somebody_else_or_of_another_day_of_birth_is_not_theirs(here: AtDesk) -> None:
    born = receive(here.desk, name="ERIKSSON Anna", birth_date="2001-02-01")
    receive(here.desk, "ZZ99ZZ99Z", name="SOW Aïssata", foreign_number="5900000009")
    ready = Stocked(here, born)
    ready.at("9:18")
    assert "permit_here" not in present_at_reception(here.desk, PASSPORT).notes
    ready.at("13:30")
    assert len(note_missed(here.desk)) == 2


def test_whoever_was_noted_by_name_as_an_arrival_to_confirm_came(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    ready.at("9:18")
    note_provisional_arrival(here.desk, "", "Aissata Sow")
    nobody_is_absent(ready, "came")


def test_a_scan_of_another_number_or_another_day_is_not_theirs(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    ready.at("9:18")
    present_at_reception(here.desk, "5912345679")
    ready.at("9:18", days=1)
    present_at_reception(here.desk, "5912345678")
    assert [one.permit.id for one in note_missed(here.desk)] == [ready.identity]
