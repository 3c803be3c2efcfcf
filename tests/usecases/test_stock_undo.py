"""Taking back summonses, custody and bordereaux: by an act, with a reason where somebody outside relies on it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.acts import ActKind
from counter_app.domain.permit import PermitState
from counter_app.messages.outbox import FolderCarrier
from counter_app.store import permit_rows
from counter_app.telling.gestures import undone_words
from counter_app.telling.summons import refused_words
from counter_app.usecases import custody
from counter_app.usecases.answers import Override, Undone
from counter_app.usecases.bordereaux import Leaving, find_bordereau, remove
from counter_app.usecases.desk import Desk
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.send_summons import send
from counter_app.usecases.stock import back_in_stock, faulty, shelve
from counter_app.usecases.stock_answers import SlipKind, StockAnswer, StockRefusal
from counter_app.usecases.summon import Choice, change_phone, move_slot, propose, summon, waiting
from counter_app.usecases.summons_messages import summons_messages, to_send
from counter_app.usecases.transfer import transfer
from counter_app.usecases.undo import recent, undo
from counter_app.usecases.undo_about import undo_about
from counter_app.wording.catalogue import Words
from tests.homes import AtDesk, another_desk, moment
from tests.usecases.permits_at_hand import Stocked, mark, permit_of, receive
from tests.usecases.test_summon import MONDAY_AFTER, NOT_CONVENED, convened

WHY = Override("mauvaise personne")


def about(desk: Desk, raw: str, agreed: Override | None = None) -> Undone:
    done = undo_about(desk, raw, agreed)
    assert isinstance(done, Undone)
    return done


def told(here: AtDesk, folder: Path) -> None:
    send(here.desk, summons_messages(here.desk, to_send(here.desk)), FolderCarrier(folder))


def test_a_fault_is_taken_back_alone_within_its_minute_then_by_the_supervisor(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    here.clock.at("9:00")
    shelve(ready.desk, ready.sleeve, "A")
    faulty(ready.desk, ready.sleeve, "prénom")
    here.clock.at("9:01")
    assert (undo(ready.desk).done, ready.permit.fault) == (True, None)
    faulty(ready.desk, ready.sleeve, "prénom")
    here.clock.at("9:02:01")
    fault = recent(ready.desk)[0]
    assert (fault.kind, fault.undoable) == ("permit_faulty", False)
    asked = (undo(ready.desk), undo(ready.desk, fault.act_id, WHY), about(ready.desk, ready.sleeve))
    for done in asked:
        assert (done.done, done.reason, done.gesture) == (False, "needs_supervisor", fault)
        assert "le responsable" in undone_words(done, Words("fr"), ready.desk.rules.zone)
        assert "supervisor" in undone_words(done, Words("en"), ready.desk.rules.zone)
    assert ready.permit.fault == "prénom", "and what was done before it is not taken back in its stead"
    assert about(ready.desk, ready.sleeve, Override("lu de travers", ready.desk.agent)).reason == "own_agreement"
    assert about(ready.desk, ready.sleeve, Override("lu de travers", "Mme Roux")).done
    assert (permit_of(here.desk, ready.identity).state, ready.permit.place is None) == (PermitState.SHELVED, False)
    kept = ready.permit.marks[-1].details
    assert (kept["reason"], kept["approved_by"]) == ("lu de travers", "Mme Roux")


def test_an_hour_that_nobody_was_told_is_taken_back_without_a_word(here: AtDesk) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    convened(here.desk, identity)
    done = undo(here.desk)
    assert (done.done, done.told) == (True, False)
    assert permit_of(here.desk, identity).slot is None
    assert [one.id for one in waiting(here.desk)] == [identity]


def test_an_hour_that_was_told_needs_a_reason_and_the_person_waits_to_be_told_again(
    here: AtDesk, tmp_path: Path
) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    convened(here.desk, identity)
    given = recent(here.desk)[0].act_id
    told(here, tmp_path / "m")
    assert undo(here.desk, given).reason == "needs_reason"
    assert undo(here.desk, given, Override(" ")).reason == "needs_reason"
    done = undo(here.desk, given, WHY)
    assert (done.done, done.told) == (True, True)
    permit = permit_of(here.desk, identity)
    assert (permit.slot, permit.summoned_on) == (None, None)
    assert permit.marks[-1].text("reason") == WHY.reason
    assert [one.id for one in waiting(here.desk)] == [identity]


def test_an_hour_moved_and_told_falls_back_to_the_one_before_and_is_told_again(here: AtDesk, tmp_path: Path) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    first = convened(here.desk, identity)
    told(here, tmp_path / "m")
    assert move_slot(here.desk, identity, moment("10:00", MONDAY_AFTER), "demande").done
    told(here, tmp_path / "n")
    sent, moved, *_others = recent(here.desk)
    assert (sent.kind, moved.kind) == (ActKind.SUMMONS_SENT, ActKind.SLOT_MOVED)
    assert undo(here.desk, moved.act_id, WHY).done
    assert permit_of(here.desk, identity).slot == first
    assert [one.id for one in to_send(here.desk)] == [identity]


def test_an_hour_under_a_later_one_is_not_taken_back_alone(here: AtDesk) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    convened(here.desk, identity)
    given = recent(here.desk)[0].act_id
    assert move_slot(here.desk, identity, moment("10:00", MONDAY_AFTER), "demande").done
    assert undo(here.desk, given, WHY).reason == "moved_since"


def test_people_convened_together_are_taken_back_together_but_for_the_one_that_moved_on(here: AtDesk) -> None:
    ids = [receive(here.desk, f"CARD0000{place}", **NOT_CONVENED) for place in range(3)]
    hours = propose(here.desk, waiting(here.desk))
    assert all(one.done for one in summon(here.desk, [Choice(one.permit.id, one.slot) for one in hours if one.slot]))
    (line,) = recent(here.desk)
    assert line.others == 2
    assert move_slot(here.desk, ids[0], moment("10:00", MONDAY_AFTER), "demande").done
    assert undo(here.desk).done
    done = undo(here.desk)
    assert (done.done, done.others) == (True, 2)
    assert {one.id for one in waiting(here.desk)} == set(ids)
    assert undo(here.desk).reason == "nothing_to_undo"


def test_naming_one_act_of_a_gesture_takes_back_that_one_alone(here: AtDesk) -> None:
    for place in range(2):
        receive(here.desk, f"CARD0000{place}", **NOT_CONVENED)
    hours = propose(here.desk, waiting(here.desk))
    summon(here.desk, [Choice(one.permit.id, one.slot) for one in hours if one.slot])
    (line,) = recent(here.desk)
    assert undo(here.desk, line.act_id).others == 0
    assert len(waiting(here.desk)) == 1


def test_a_message_in_a_folder_is_taken_back_and_one_that_left_by_a_server_is_not(here: AtDesk, tmp_path: Path) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    convened(here.desk, identity)
    told(here, tmp_path / "m")
    done = undo(here.desk)
    assert done.gesture is not None
    assert (done.gesture.kind, done.told) == (ActKind.SUMMONS_SENT, True)
    assert [one.id for one in to_send(here.desk)] == [identity]
    gone = mark(here.desk, identity, ActKind.SUMMONS_SENT, channel="email", carrier="smtp")
    assert undo(here.desk, gone).reason == "left_for_good"
    assert undo(here.desk).reason == "needs_reason"


def test_a_telephone_typed_wrong_is_the_one_before_again(here: AtDesk) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    before = permit_of(here.desk, identity).phone
    assert change_phone(here.desk, identity, "07 00 00 00 09").done
    assert undo(here.desk).done
    assert permit_of(here.desk, identity).phone == before


def test_an_hour_of_a_permit_that_left_is_not_taken_back(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    ready.at("8:30")
    assert move_slot(here.desk, ready.identity, moment("9:30"), "demande").done
    moved = recent(here.desk)[0].act_id
    ready.at("9:25")
    assert hand_over(here.desk, ready.identity, ready.draft()).recorded
    assert undo(here.desk, moved, WHY).reason == "out_of_stock"


def test_an_offer_is_taken_back_until_it_is_taken(here: AtDesk) -> None:
    identity = receive(here.desk)
    (offer,) = custody.offer(here.desk, [identity], "Guichet 9")
    assert undo(here.desk).done
    assert permit_of(here.desk, identity).custody.offers == ()
    (again,) = custody.offer(here.desk, [identity], "Guichet 9")
    assert custody.take(another_desk(here.desk))[0].done
    assert undo(here.desk, again.act_id).reason == "moved_since"
    assert undo(here.desk, offer.act_id).reason == "already_undone"


def test_a_permit_taken_by_mistake_is_offered_again_to_whoever_took_it(here: AtDesk) -> None:
    identity = receive(here.desk)
    other = another_desk(here.desk)
    custody.offer(here.desk, [identity], other.name)
    assert custody.take(other)[0].done
    assert undo(other).done
    assert permit_of(here.desk, identity).custody.holder == here.desk.name
    assert [one.id for one in custody.offered(other)] == [identity]


def test_a_custody_taken_over_is_given_back_only_with_a_reason(here: AtDesk) -> None:
    identity = receive(here.desk)
    other = another_desk(here.desk)
    assert custody.override(other, identity, "carte en main", "C. Dupont").done
    assert undo(other).reason == "needs_reason"
    assert undo(other, agreed=WHY).done
    permit = permit_of(here.desk, identity)
    assert permit.custody.holder == here.desk.name
    assert [one.text("reason") for one in permit.marks] == ["carte en main", WHY.reason]


def slip_of(desk: Desk, *ids: str, kind: SlipKind = SlipKind.SEND_BACK) -> str:
    made = remove(desk, kind, [Leaving(one, "1A" if kind is SlipKind.POST else "") for one in ids], "non retiré")
    assert made.bordereau is not None
    return made.bordereau.number


@pytest.mark.parametrize("kind", [SlipKind.SEND_BACK, SlipKind.POST, SlipKind.DESTROY])
def test_a_bordereau_is_voided_whole_with_a_reason_and_its_number_stays_used(here: AtDesk, kind: SlipKind) -> None:
    ids = [receive(here.desk, f"CARD0000{place}") for place in range(2 if kind is not SlipKind.POST else 1)]
    number = slip_of(here.desk, *ids, kind=kind)
    assert undo(here.desk).reason == "needs_reason"
    done = undo(here.desk, agreed=WHY)
    assert done.gesture is not None
    assert (done.done, done.gesture.name) == (True, number)
    for identity in ids:
        permit = permit_of(here.desk, identity)
        assert (permit.state, permit.custody.holder) == (PermitState.SHELVED, here.desk.name)
    slip = find_bordereau(here.desk, number)
    assert slip is not None
    assert (slip.voided_by, slip.voided_reason) == (here.desk.agent, WHY.reason)
    assert slip_of(here.desk, *ids, kind=kind)[-4:] == "0002"


def test_a_bordereau_one_of_whose_permits_came_back_stands(here: AtDesk) -> None:
    ids = [receive(here.desk, f"CARD0000{place}") for place in range(2)]
    number = slip_of(here.desk, *ids)
    assert back_in_stock(here.desk, ids[0], "renvoyé à tort").done
    assert about(here.desk, number, WHY).reason == "moved_since"
    assert permit_of(here.desk, ids[1]).state is PermitState.SENT_BACK


def test_a_voided_transfer_slip_is_never_given_for_another(here: AtDesk) -> None:
    identity = receive(here.desk)
    custody.offer(here.desk, [identity], "Guichet 9")
    first = transfer(here.desk, "Guichet 9")
    assert first is not None
    assert about(here.desk, first.number, WHY).done
    again = transfer(here.desk, "Guichet 9")
    assert again is not None
    assert again.number != first.number
    assert permit_of(here.desk, identity).custody.offers


def test_undo_by_the_sleeve_takes_the_last_gesture_about_it_and_never_a_departure_alone(here: AtDesk) -> None:
    one, two = (receive(here.desk, f"CARD0000{place}") for place in range(2))
    custody.offer(here.desk, [one], "Guichet 9")
    custody.offer(here.desk, [two], "Guichet 9")
    sleeve = permit_rows.code_of(permit_of(here.desk, one))
    assert about(here.desk, sleeve).done
    assert permit_of(here.desk, one).custody.offers == ()
    assert permit_of(here.desk, two).custody.offers
    assert about(here.desk, sleeve).reason == "nothing_to_undo"
    number = slip_of(here.desk, one)
    refused = about(here.desk, sleeve, WHY)
    assert (refused.reason, refused.about) == ("under_bordereau", number)
    unknown = undo_about(here.desk, "0f" * 16)
    assert isinstance(unknown, StockAnswer)
    assert unknown.refusal is StockRefusal.UNKNOWN_PERMIT


def test_what_was_done_another_day_needs_a_supervisor_too(here: AtDesk) -> None:
    identity = receive(here.desk)
    number = slip_of(here.desk, identity)
    here.clock.at("9:00", MONDAY_AFTER)
    assert about(here.desk, number, WHY).reason == "too_old"
    assert about(here.desk, number, replace(WHY, approved_by="C. Dupont")).done
    assert permit_of(here.desk, identity).in_stock
    assert about(here.desk, number, WHY).reason == "already_undone"


@pytest.mark.parametrize(
    ("day", "hour", "told"),
    [
        (date(2026, 11, 29), "9:00", "Pas de remise des titres le dimanche 29 novembre 2026."),
        (date(2026, 12, 25), "9:00", "Pas de remise des titres le vendredi 25 décembre 2026 (Noël)."),
        (date(2026, 12, 1), "15:00", "Le mardi 1er décembre 2026, la remise des titres va de 9 h à 12 h."),
        (date(2026, 12, 1), "9:03", "Le mardi 1er décembre 2026, les convocations se donnent toutes les 10 min"),
    ],
)
def test_an_hour_at_which_nobody_is_convened_says_why_and_which_one_is_free(
    here: AtDesk, day: date, hour: str, told: str
) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    convened(here.desk, identity)
    outcome = move_slot(here.desk, identity, moment(hour, day), "demande")
    said = refused_words(outcome, here.desk.rules, Words("fr")).replace("\u00a0", " ")
    assert (outcome.reason, said[: len(told)]) == ("no_room", told)
    assert "Heure libre suivante : " in said
    assert outcome.refused is not None
    assert outcome.refused.free is not None
    assert move_slot(here.desk, identity, outcome.refused.free, "demande").done
