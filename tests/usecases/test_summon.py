"""Convening people: proposed, recorded, sent, followed; nothing is said to have left that did not."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from counter_app.domain.acts import ActKind
from counter_app.domain.handover_rules import AfterMissed
from counter_app.domain.permit import PermitState
from counter_app.domain.verdict import Verdict
from counter_app.messages.outbox import Carried, FolderCarrier, Outgoing
from counter_app.usecases.desk import Desk
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.handover_look import look
from counter_app.usecases.send_summons import note_told, send, send_missed
from counter_app.usecases.summon import (
    Choice,
    change_phone,
    missed,
    move_slot,
    note_missed,
    propose,
    summon,
    waiting,
)
from counter_app.usecases.summons_messages import missed_message, missed_messages, summons_messages, to_send
from counter_app.usecases.undo import undo
from tests.homes import AtDesk, moment
from tests.usecases.permits_at_hand import Stocked, full_draft, mark, permit_of, receive, sleeve_of

NOT_CONVENED: dict[str, None] = {"summoned_on": None, "slot": None}
MONDAY_AFTER = date(2026, 11, 30)


def convened(desk: Desk, identity: str, **more: str) -> datetime:
    """An hour given as proposed."""
    (proposal,) = propose(desk, [permit_of(desk, identity)])
    assert proposal.slot is not None
    (done,) = summon(desk, [Choice(identity, proposal.slot, **more)])
    assert done.done
    return proposal.slot


def with_rules(here: AtDesk, **limits: object) -> None:
    rules = here.desk.rules
    changed = tuple(replace(one, **limits) for one in rules.handover_rules.limits)  # type: ignore[arg-type]
    here.desk.rules = replace(rules, handover_rules=replace(rules.handover_rules, limits=changed))


def test_those_ready_and_not_convened_wait_in_the_order_of_reception(here: AtDesk) -> None:
    receive(here.desk, "CARD00001")
    late = receive(here.desk, "CARD00002", received_on="2026-11-12", **NOT_CONVENED)
    early = receive(here.desk, "CARD00003", received_on="2026-11-10", **NOT_CONVENED)
    held = receive(here.desk, "CARD00004", **NOT_CONVENED)
    mark(here.desk, held, ActKind.PERMIT_HELD, reason="instruction")
    lost = receive(here.desk, "CARD00005", **NOT_CONVENED)
    mark(here.desk, lost, ActKind.PERMIT_TO_LOCATE)
    assert [one.id for one in waiting(here.desk)] == [early, late]
    assert [one.id for one in waiting(here.desk, first=[late])] == [late, early]


def test_an_hour_is_proposed_a_week_ahead_inside_the_window_and_recorded_once(here: AtDesk) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    slot = convened(here.desk, identity)
    assert slot == moment("9:00", MONDAY_AFTER)
    assert permit_of(here.desk, identity).slot == slot
    assert waiting(here.desk) == []
    (again,) = summon(here.desk, [Choice(identity, slot)])
    assert (again.done, again.reason) == (False, "already_summoned")


def test_an_hour_that_is_full_past_or_outside_is_not_given(here: AtDesk) -> None:
    ids = [receive(here.desk, f"CARD0000{place}", **NOT_CONVENED) for place in range(5)]
    nine = moment("9:00", MONDAY_AFTER)
    done = summon(here.desk, [Choice(identity, nine) for identity in ids])
    assert [(one.done, one.reason) for one in done] == [*[(True, "")] * 4, (False, "no_room")]
    for slot, reason in (
        (moment("9:05", MONDAY_AFTER), "no_room"),
        (moment("14:00", MONDAY_AFTER), "no_room"),
        (moment("9:00") - timedelta(days=3), "in_the_past"),
    ):
        assert summon(here.desk, [Choice(ids[4], slot)])[0].reason == reason
    assert summon(here.desk, [Choice("0f" * 16, nine)])[0].reason == "unknown_permit"


def test_nobody_is_convened_for_a_day_on_which_their_card_is_valid_no_more(here: AtDesk) -> None:
    over = receive(here.desk, "CARD00001", valid_to="2026-11-29", received_on="2026-11-09", **NOT_CONVENED)
    last_day = receive(here.desk, "CARD00002", valid_to="2026-11-30", received_on="2026-11-10", **NOT_CONVENED)
    nine = moment("9:00", MONDAY_AFTER)
    proposals = propose(here.desk, waiting(here.desk))
    assert [(one.permit.id, one.slot, one.over) for one in proposals] == [(over, None, True), (last_day, nine, False)]
    done = summon(here.desk, [Choice(over, nine), Choice(last_day, nine)])
    assert [(one.done, one.reason) for one in done] == [(False, "validity_over"), (True, "")]
    moved = move_slot(here.desk, last_day, nine + timedelta(days=1), "absence")
    assert (moved.done, moved.reason) == (False, "validity_over")
    assert permit_of(here.desk, over).slot is None


def test_an_hour_that_a_list_gives_after_the_end_of_validity_is_not_kept(here: AtDesk) -> None:
    receive(here.desk, valid_to="2026-12-01", summoned_on=None, slot=moment("9:20", date(2026, 12, 7)).isoformat())
    ((proposal),) = propose(here.desk, waiting(here.desk))
    assert (proposal.slot, proposal.over) == (None, True)


def test_hours_promised_on_the_page_are_kept_for_those_who_have_them(here: AtDesk) -> None:
    receive(here.desk, **NOT_CONVENED)
    nine = moment("9:00", MONDAY_AFTER)
    (proposal,) = propose(here.desk, waiting(here.desk), keep=[nine] * 4)
    assert proposal.slot == moment("9:10", MONDAY_AFTER)


def test_the_message_says_when_where_what_to_bring_and_how_much_and_names_nobody(here: AtDesk) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    convened(here.desk, identity)
    ((permit, message),) = summons_messages(here.desk, to_send(here.desk)).messages
    assert permit.id == identity
    assert message.to == "+33612340001"
    for told in ("lundi 30/11/2026", "9 h", "Jean sans Peur", "passeport", "ancien titre", "250 €"):
        assert told in message.body
    for kept in ("SOW", "Aïssata", "5912345678", "F5V9RY2WJ", "1991"):
        assert kept not in message.body
    assert "pref-titres-etrangers@nord.gouv.fr" in message.body
    assert message.segments >= 2


@pytest.mark.parametrize(("amount", "told"), [(0, False), (None, False), (350, True)])
def test_a_stamp_that_is_not_due_or_not_known_is_not_asked_for(here: AtDesk, amount: int | None, told: bool) -> None:
    convened(here.desk, receive(here.desk, stamp_amount=amount, **NOT_CONVENED))
    ((_permit, message),) = summons_messages(here.desk, to_send(here.desk)).messages
    assert ("timbre" in message.body) is told


def test_french_comes_first_then_the_holder_s_language_marked_as_not_read_over(here: AtDesk) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    convened(here.desk, identity, language="ar")
    ((_permit, message),) = summons_messages(here.desk, to_send(here.desk)).messages
    french, arabic = message.body.split("\n")
    assert french.startswith("Votre titre de séjour est disponible.")
    assert arabic.startswith("بطاقة إقامتك جاهزة.")
    assert (message.language, message.checked) == ("ar", False)
    ((_permit, mail),) = summons_messages(here.desk, to_send(here.desk), {identity: "a@exemple.fr"}).messages
    assert "Traduction d’aide, non relue." in mail.body


def test_a_minor_is_told_to_come_with_a_parent(here: AtDesk) -> None:
    convened(here.desk, receive(here.desk, birth_date="2012-05-09", **NOT_CONVENED))
    ((_permit, message),) = summons_messages(here.desk, to_send(here.desk)).messages
    assert "L'enfant et son parent viennent ensemble." in message.body


def test_a_list_for_the_sms_tool_and_e_mails_lie_in_the_folder_and_are_noted_as_sent(
    here: AtDesk, tmp_path: Path
) -> None:
    by_sms = receive(here.desk, "CARD00001", **NOT_CONVENED)
    by_mail = receive(here.desk, "CARD00002", phone=None, **NOT_CONVENED)
    for identity in (by_sms, by_mail):
        convened(here.desk, identity)
    ready = summons_messages(here.desk, to_send(here.desk), {by_mail: "awa@exemple.fr"})
    carried = send(here.desk, ready, FolderCarrier(tmp_path / "messages"))
    assert all(one.sent for one in carried)
    rows = list(csv.reader(io.StringIO((tmp_path / "messages" / "sms.csv").read_text("utf-8-sig")), delimiter=";"))
    assert rows[1][0] == "+33612340001"
    assert rows[1][2] == sleeve_of(here.desk, by_sms)
    (written,) = (tmp_path / "messages").glob("*.eml")
    mail = message_from_bytes(written.read_bytes(), policy=default)
    assert mail["To"] == "awa@exemple.fr"
    assert "lundi 30 novembre 2026" in mail.get_content()
    assert permit_of(here.desk, by_sms).summoned_on == "2026-11-23"
    assert to_send(here.desk) == []


@dataclass(frozen=True, slots=True)
class Broken:
    """A carrier that takes one message in two."""

    def carry(self, messages: Sequence[Outgoing], at: datetime) -> list[Carried]:
        return [Carried(message, place % 2 == 0, f"panne à {at:%H:%M}") for place, message in enumerate(messages)]


def test_what_did_not_leave_is_noted_nowhere_and_waits_to_be_sent_again(here: AtDesk) -> None:
    for place in range(3):
        convened(here.desk, receive(here.desk, f"CARD0000{place}", **NOT_CONVENED))
    ready = summons_messages(here.desk, to_send(here.desk))
    carried = send(here.desk, ready, Broken())
    assert [one.sent for one in carried] == [True, False, True]
    (left,) = to_send(here.desk)
    assert left.id == ready.messages[1][0].id
    assert left.summoned_on is None


def test_nobody_without_a_telephone_for_messages_is_forgotten(here: AtDesk) -> None:
    no_phone = receive(here.desk, "CARD00001", phone=None, **NOT_CONVENED)
    land_line = receive(here.desk, "CARD00002", phone="03 20 30 52 50", **NOT_CONVENED)
    for identity in (no_phone, land_line):
        convened(here.desk, identity)
    ready = summons_messages(here.desk, to_send(here.desk))
    assert {one.id for one in ready.unreachable} == {no_phone, land_line}
    assert ready.messages == ()


def test_a_new_telephone_is_where_messages_go_and_a_text_that_is_none_changes_nothing(here: AtDesk) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    convened(here.desk, identity)
    assert change_phone(here.desk, identity, "mon numéro").reason == "not_a_phone"
    assert change_phone(here.desk, identity, "07 00 00 00 09").done
    ((_permit, message),) = summons_messages(here.desk, to_send(here.desk)).messages
    assert message.to == "+33700000009"
    assert change_phone(here.desk, "0f" * 16, "0612340001").reason == "unknown_permit"


def test_an_hour_of_a_list_that_no_message_told_is_told_by_the_desk(here: AtDesk) -> None:
    identity = receive(here.desk, summoned_on=None, slot=moment("9:20", MONDAY_AFTER).isoformat())
    assert [one.id for one in waiting(here.desk)] == [identity]
    assert convened(here.desk, identity) == moment("9:20", MONDAY_AFTER)
    assert [one.id for one in to_send(here.desk)] == [identity]
    here.clock.at("9:00", MONDAY_AFTER + timedelta(days=1))
    assert [one.id for one in waiting(here.desk)] == [identity]
    assert missed(here.desk) == []


def test_the_hour_of_a_list_is_kept_however_many_the_list_put_there(here: AtDesk) -> None:
    slot = moment("9:30", MONDAY_AFTER)
    for place in range(5):
        receive(here.desk, f"CARD0000{place}", slot=slot.isoformat())
    untold = receive(here.desk, slot=slot.isoformat(), summoned_on=None)
    assert convened(here.desk, untold) == slot
    assert waiting(here.desk) == []
    other = receive(here.desk, "CARD00009", **NOT_CONVENED)
    assert summon(here.desk, [Choice(other, slot)])[0].reason == "no_room"


def test_an_hour_of_a_list_too_near_for_a_message_gives_way_to_another(here: AtDesk) -> None:
    identity = receive(here.desk, summoned_on=None, slot=moment("9:20").isoformat())
    assert convened(here.desk, identity).date() == MONDAY_AFTER


def test_an_hour_that_passed_is_noted_once_the_window_is_over(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    ready.at("12:30")
    assert note_missed(here.desk) == []
    ready.at("13:01")
    (one,) = missed(here.desk)
    assert (one.slot, one.then, one.contact) == (
        *(moment("9:20"), AfterMissed.MESSAGE),
        "pref-titres-etrangers@nord.gouv.fr",
    )
    assert len(note_missed(here.desk)) == 1
    assert note_missed(here.desk) == []
    assert [done.slot for done in missed(here.desk)] == [moment("9:20")]
    assert waiting(here.desk) == []
    message = missed_message(here.desk, one.permit, one.slot)
    assert message is not None
    assert "Pour une nouvelle date, écrivez à pref-titres-etrangers@nord.gouv.fr." in message.body


def test_where_the_service_convenes_again_a_missed_hour_waits_for_another(here: AtDesk) -> None:
    with_rules(here, after_missed=AfterMissed.NEW_SLOT, missed_channel="un nouveau SMS du service")
    ready = Stocked(here, receive(here.desk))
    ready.at("13:30")
    (one,) = note_missed(here.desk)
    assert [permit.id for permit in waiting(here.desk)] == [ready.identity]
    message = missed_message(here.desk, one.permit, one.slot)
    assert message is not None
    assert "Attendez un nouveau message" in message.body
    slot = convened(here.desk, ready.identity)
    assert slot.date() == MONDAY_AFTER
    assert missed(here.desk) == []
    here.clock.at("9:00", MONDAY_AFTER)
    assert hand_over(here.desk, ready.identity, full_draft(here.desk, sleeve_of(here.desk, ready.identity))).recorded


def test_a_permit_handed_over_was_not_missed(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    ready.at("9:25")
    assert hand_over(here.desk, ready.identity, ready.draft()).recorded
    ready.at("13:30")
    assert note_missed(here.desk) == []


def test_an_hour_is_moved_with_a_reason_and_told_again(here: AtDesk, tmp_path: Path) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    convened(here.desk, identity)
    send(here.desk, summons_messages(here.desk, to_send(here.desk)), FolderCarrier(tmp_path / "m"))
    later = moment("10:00", MONDAY_AFTER)
    assert move_slot(here.desk, identity, later, " ").reason == "reason_needed"
    assert move_slot(here.desk, identity, moment("10:03", MONDAY_AFTER), "demande").reason == "no_room"
    assert move_slot(here.desk, identity, later, "demande de la personne").done
    assert permit_of(here.desk, identity).slot == later
    assert [one.id for one in to_send(here.desk)] == [identity]
    assert move_slot(here.desk, "0f" * 16, later, "x").reason == "unknown_permit"


def test_a_summons_changes_nothing_of_where_the_card_is_and_the_window_reads_it(here: AtDesk, tmp_path: Path) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    assert look(here.desk, "5912345678").verdict is Verdict.HANDOVER_CLOSED
    slot = convened(here.desk, identity)
    send(here.desk, summons_messages(here.desk, to_send(here.desk)), FolderCarrier(tmp_path / "m"))
    assert permit_of(here.desk, identity).state is PermitState.SHELVED
    here.clock.now = slot
    assert look(here.desk, "5912345678").verdict is Verdict.PERMIT_READY


@dataclass(frozen=True, slots=True)
class CutShort:
    """A carrier that breaks for good after so many messages."""

    after: int

    def carry(self, messages: Sequence[Outgoing], at: datetime) -> Iterator[Carried]:
        for message in messages[: self.after]:
            yield Carried(message, True, where=f"{at:%H:%M}")
        raise OSError("coupé")


def test_messages_that_left_before_everything_broke_are_noted_to_the_last(here: AtDesk) -> None:
    for place in range(45):
        identity = receive(here.desk, f"CARD000{place:02}", **NOT_CONVENED)
        mark(here.desk, identity, ActKind.PERMIT_SUMMONED, slot=moment("9:00", MONDAY_AFTER).isoformat())
    ready = summons_messages(here.desk, to_send(here.desk))
    with pytest.raises(OSError, match="coupé"):
        send(here.desk, ready, CutShort(41))
    assert len(to_send(here.desk)) == 4


@pytest.mark.parametrize("channel", ["letter", "phone"])
def test_somebody_told_by_letter_or_by_phone_is_told_and_it_can_be_taken_back(here: AtDesk, channel: str) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    assert note_told(here.desk, identity, channel).reason == "not_ready"
    convened(here.desk, identity)
    assert note_told(here.desk, identity, channel).done
    permit = permit_of(here.desk, identity)
    assert (permit.summoned_on, permit.standing[-1].text("channel")) == ("2026-11-23", channel)
    assert to_send(here.desk) == []
    done = undo(here.desk)
    assert (done.done, done.told) == (True, False)
    assert [one.id for one in to_send(here.desk)] == [identity]
    assert note_told(here.desk, "0f" * 16, channel).reason == "unknown_permit"


def test_the_same_word_noted_twice_is_one_act_and_says_so(here: AtDesk) -> None:
    identity = receive(here.desk, **NOT_CONVENED)
    convened(here.desk, identity)
    assert note_told(here.desk, identity, "letter").done
    acts = len(permit_of(here.desk, identity).marks)
    again = note_told(here.desk, identity, "letter")
    assert (again.done, again.reason) == (False, "already_told")
    assert len(permit_of(here.desk, identity).marks) == acts
    assert note_told(here.desk, identity, "phone").done, "a letter and a call are two facts"
    there, back = moment("10:00", MONDAY_AFTER), permit_of(here.desk, identity).slot
    assert back
    for hour in (there, back):
        assert move_slot(here.desk, identity, hour, "demande").done
    assert note_told(here.desk, identity, "letter").done, "told before the hour was moved away and back"


def test_what_follows_an_absence_is_noted_once_in_each_way(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk))
    ready.at("13:30")
    note_missed(here.desk)
    assert note_told(here.desk, ready.identity, "letter").done
    assert note_told(here.desk, ready.identity, "letter").reason == "already_told"
    assert note_told(here.desk, ready.identity, "phone").done
    assert missed(here.desk)[0].told_on == "2026-11-23"


def test_an_absence_is_told_once_for_each_hour_that_was_missed(here: AtDesk, tmp_path: Path) -> None:
    ready = Stocked(here, receive(here.desk))
    ready.at("13:30")
    assert note_told(here.desk, ready.identity, "letter").reason == "not_noted"
    note_missed(here.desk)
    permits = [one.permit for one in missed(here.desk)]
    told = missed_messages(here.desk, permits)
    assert len(told.messages) == 1
    assert send_missed(here.desk, told, FolderCarrier(tmp_path / "m"))[0].sent
    (one,) = missed(here.desk)
    assert one.told_on == "2026-11-23"
    assert missed_messages(here.desk, [one.permit]).messages == ()
    assert undo(here.desk).done
    assert note_told(here.desk, ready.identity, "letter").done
    assert missed(here.desk)[0].told_on == "2026-11-23"


@pytest.mark.parametrize("since", [date(9999, 12, 31), date(2027, 4, 1)])
def test_no_hour_is_proposed_beyond_four_months_from_today(here: AtDesk, since: date) -> None:
    for place in range(6):
        receive(here.desk, f"CARD0000{place}", **NOT_CONVENED)
    assert [one.slot for one in propose(here.desk, waiting(here.desk), since=since)] == [None] * 6


def test_no_hour_is_given_or_moved_beyond_four_months_from_today(here: AtDesk) -> None:
    identity, nine = receive(here.desk, **NOT_CONVENED), moment("9:00", MONDAY_AFTER)
    year_after = moment("9:00", date(2027, 11, 29))
    assert summon(here.desk, [Choice(identity, year_after)])[0].reason == "too_far"
    assert summon(here.desk, [Choice(identity, nine)])[0].done
    assert move_slot(here.desk, identity, year_after, "à sa demande").reason == "too_far"
    assert permit_of(here.desk, identity).slot == nine


def test_hours_that_are_over_are_never_proposed(here: AtDesk) -> None:
    receive(here.desk, slot=None, summoned_on=None)
    here.clock.at("10:00")
    yesterday = here.desk.now().date() - timedelta(days=1)
    (proposal,) = propose(here.desk, waiting(here.desk), since=yesterday)
    assert proposal.slot is not None
    assert proposal.slot > here.desk.now()
