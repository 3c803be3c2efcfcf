"""The handover: decided again where it is recorded, once only, told truly, and taken back by an act."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.domain.acts import ActKind
from counter_app.domain.handover_draft import BY_HAND, IdentityResult, Line, OldDocument, Signature
from counter_app.domain.permit import PermitState
from counter_app.domain.verdict import Verdict
from counter_app.store import counted_acts, journal
from counter_app.telling.gestures import gesture_word, standing_word
from counter_app.ui.shell.recent import gesture_lines
from counter_app.usecases.answers import Override
from counter_app.usecases.calling import call_next
from counter_app.usecases.hand_over import hand_over, stamp_shown
from counter_app.usecases.handover_aftermath import contest, settle, undo_handover
from counter_app.usecases.handover_look import judge, look, note_attempt, present
from counter_app.usecases.let_in import let_in
from counter_app.usecases.orient import Demand
from counter_app.usecases.receipts import find_receipt
from counter_app.usecases.summon import move_slot
from counter_app.usecases.undo import recent, undo
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import verdict_name
from tests.homes import AtDesk, another_desk, moment, person
from tests.usecases.permits_at_hand import OTHER_STAMP, STAMP, Stocked, mark, permit_of, receive, sleeve_of

Row = dict[str, str]


def replace_in(row: Row, **told: str) -> Row:
    return {**row, **told}


AGREED = Override("accord donné au guichet", "M. Durand")


@pytest.fixture
def ready(here: AtDesk) -> Stocked:
    here.clock.at("9:15")
    return Stocked(here, receive(here.desk))


def test_a_permit_ready_is_handed_over_with_its_receipt(ready: Stocked) -> None:
    answer = hand_over(ready.desk, ready.identity, ready.draft())
    assert (answer.verdict, answer.recorded, answer.missing) == (Verdict.HANDED_OVER, True, ())
    assert answer.receipt is not None
    assert answer.receipt.number == "R-59-C-261123-001"
    assert answer.permit == ready.permit
    assert ready.permit.state is PermitState.HANDED_OVER
    assert find_receipt(ready.desk, answer.receipt.code) == answer.receipt


def test_a_permit_handed_over_is_never_handed_over_again(ready: Stocked) -> None:
    first = hand_over(ready.desk, ready.identity, ready.draft())
    again = hand_over(ready.desk, ready.identity, ready.draft(), AGREED)
    assert (again.verdict, again.recorded) == (Verdict.ALREADY_HANDED_OVER, False)
    assert again.receipt == first.receipt
    assert again.record == first.record
    assert len(ready.permit.departures) == 1


def test_the_record_tells_exactly_what_was_done(ready: Stocked) -> None:
    draft = ready.draft(
        sleeve=BY_HAND,
        identity_number="19 AB 74312",
        old_document=OldDocument(False, "permit", "perdu, déclaration faite"),
        signature=Signature.REFUSED,
        read_through=True,
    )
    record = hand_over(ready.desk, ready.identity, draft).record
    assert record is not None
    assert (record.sleeve, record.identity_number, record.verified) == ("by_hand", "4312", True)
    assert record.old_document == OldDocument(False, "permit", "perdu, déclaration faite")
    assert (record.signed, record.signature, record.read_through) == (False, Signature.REFUSED, True)
    assert (record.amount_due, [stamp.last for stamp in record.stamps]) == (250, ["3456"])
    assert record.slot == moment("9:20")
    assert record.agreed is None


def test_a_stamp_number_is_kept_nowhere(ready: Stocked) -> None:
    hand_over(ready.desk, ready.identity, ready.draft())
    with ready.desk.looking() as connection:
        kept = connection.exec_driver_sql("SELECT details FROM act").scalars().all()
        states = connection.exec_driver_sql("SELECT state FROM permit").scalars().all()
    assert not any(STAMP in str(text) or STAMP[:12] in str(text) for text in [*kept, *states])


def test_nothing_is_handed_over_while_a_line_is_missing_and_the_page_says_which(ready: Stocked) -> None:
    answer = hand_over(ready.desk, ready.identity, ready.draft(signature=None))
    assert (answer.verdict, answer.missing, answer.recorded) == (Verdict.SIGNATURE_MISSING, (Line.SIGNATURE,), False)
    assert ready.permit.state is PermitState.SHELVED
    assert ready.permit.attempts == 1


def test_looking_records_nothing(ready: Stocked) -> None:
    with ready.desk.looking() as connection:
        before = journal.mark(connection)
    assert look(ready.desk, "5912345678").verdict is Verdict.PERMIT_READY
    assert judge(ready.desk, ready.identity, ready.draft()).may_commit
    with ready.desk.looking() as connection:
        assert journal.mark(connection) == before


def test_a_permit_is_found_by_number_sleeve_card_convocation_ticket_receipt_and_identity(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", "5912345678"))
    here.clock.at("9:12")
    ticket = here.scan().receipt
    assert ticket is not None
    ready = Stocked(here, receive(here.desk))
    ways = ("5912345678", "59 12 345 678", ready.sleeve, "f5v9 ry2wj", here.code(), ticket.code, ready.identity)
    for raw in ways:
        found = look(here.desk, raw)
        assert found.permit is not None, raw
        assert (found.permit.id, found.verdict) == (ready.identity, Verdict.PERMIT_READY)
    receipt = hand_over(here.desk, ready.identity, ready.draft()).receipt
    assert receipt is not None
    for raw in (receipt.code, receipt.number):
        assert look(here.desk, raw).verdict is Verdict.ALREADY_HANDED_OVER


def test_the_code_or_the_card_itself_ticks_the_sleeve_and_the_number_does_not(ready: Stocked) -> None:
    for raw, done in ((ready.sleeve, True), ("F5V9RY2WJ", True), ("5912345678", False)):
        line = next(one for one in look(ready.desk, raw).lines if one.line is Line.SLEEVE)
        assert line.done is done


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [
        ("5999999999", Verdict.PERMIT_NOT_RECEIVED),
        ("PGRBBBBBBBBX", Verdict.UNREADABLE_CODE),
        ("bonjour", Verdict.UNREADABLE_CODE),
        ("208006503", Verdict.NUMBER_LEGACY),
        ("12345", Verdict.NUMBER_LENGTH),
        ("0f" * 16, Verdict.PERMIT_NOT_RECEIVED),
    ],
)
def test_what_leads_to_no_permit_says_why_and_is_kept_as_an_attempt(ready: Stocked, raw: str, verdict: Verdict) -> None:
    assert present(ready.desk, raw).verdict is verdict
    with ready.desk.looking() as connection:
        last = journal.latest(connection, ready.desk.stream, [ActKind.SCAN_UNKNOWN], 1)
    assert last[0].details["verdict"] == verdict.value
    assert "bonjour" not in str(last[0].details)


def test_two_permits_of_one_number_are_told_and_never_guessed(ready: Stocked) -> None:
    receive(ready.desk, "ZZ99ZZ99Z", kind="CR 10 ans")
    answer = look(ready.desk, "5912345678")
    assert (answer.verdict, len(answer.matches), answer.figures["n"]) == (Verdict.SEVERAL_MATCHES, 2, 2)
    hand_over(ready.desk, ready.identity, ready.draft())
    left = look(ready.desk, "5912345678")
    assert left.permit is not None
    assert left.permit.card_number == "ZZ99ZZ99Z"


def test_a_wrong_sleeve_is_a_near_miss_that_nobody_may_go_beyond(ready: Stocked) -> None:
    other = sleeve_of(ready.desk, receive(ready.desk, "ZZ99ZZ99Z", foreign_number="5987654321"))
    draft = ready.draft(sleeve=other)
    assert note_attempt(ready.desk, ready.identity, draft).verdict is Verdict.WRONG_SLEEVE
    assert hand_over(ready.desk, ready.identity, draft, AGREED).verdict is Verdict.WRONG_SLEEVE
    with ready.desk.looking() as connection:
        kept = journal.latest(connection, ready.desk.stream, [ActKind.HANDOVER_ATTEMPTED], 9)
    assert [act.details["near_miss"] for act in kept] == [True, True]
    assert ready.permit.in_stock


def test_by_hand_is_no_way_round_a_wrong_sleeve_and_the_record_tells_who_agreed(ready: Stocked) -> None:
    other = sleeve_of(ready.desk, receive(ready.desk, "ZZ99ZZ99Z", foreign_number="5987654321"))
    assert hand_over(ready.desk, ready.identity, ready.draft(sleeve=other)).verdict is Verdict.WRONG_SLEEVE
    by_hand = ready.draft(sleeve=BY_HAND)
    stopped = hand_over(ready.desk, ready.identity, by_hand)
    assert (stopped.verdict, stopped.notes, stopped.recorded) == (Verdict.WRONG_SLEEVE, ("sleeve_by_hand",), False)
    done = hand_over(ready.desk, ready.identity, by_hand, AGREED)
    assert done.record is not None
    assert done.record.agreed is not None
    assert (done.record.sleeve, done.record.agreed.lifted) == ("by_hand", ("wrong_sleeve",))
    with ready.desk.looking() as connection:
        kept = journal.latest(connection, ready.desk.stream, [ActKind.HANDOVER_ATTEMPTED], 9)
    assert [act.details["near_miss"] for act in kept] == [False, True], "one sleeve was read, once"


def test_only_the_right_sleeve_read_after_a_wrong_one_ends_it_at_any_desk_and_on_any_day(ready: Stocked) -> None:
    other = sleeve_of(ready.desk, receive(ready.desk, "ZZ99ZZ99Z", foreign_number="5987654321"))
    by_hand = ready.draft(sleeve=BY_HAND)
    note_attempt(ready.desk, ready.identity, ready.draft(sleeve=other))
    assert judge(another_desk(ready.desk), ready.identity, by_hand).notes[0] == "sleeve_by_hand"
    hand_over(ready.desk, ready.identity, ready.draft(signature=None))
    assert judge(ready.desk, ready.identity, by_hand).may_commit
    note_attempt(ready.desk, ready.identity, ready.draft(sleeve=other))
    assert judge(ready.desk, ready.identity, by_hand).verdict is Verdict.WRONG_SLEEVE
    moved = move_slot(ready.desk, ready.identity, moment("9:20", date(2026, 11, 24)), "la personne est souffrante")
    assert moved.done
    ready.at("9:15", days=1)
    tomorrow = judge(ready.desk, ready.identity, by_hand)
    assert (tomorrow.verdict, tomorrow.may_commit) == (Verdict.WRONG_SLEEVE, False)
    assert judge(ready.desk, ready.identity, ready.draft()).may_commit


def test_an_error_told_of_the_permit_is_kept_in_the_stock_with_the_attempt(ready: Stocked) -> None:
    answer = hand_over(ready.desk, ready.identity, ready.draft(fault=" prénom "))
    assert answer.permit is not None
    assert (answer.verdict, answer.permit.fault) == (Verdict.PERMIT_ERROR, "prénom")
    assert (ready.permit.state, ready.permit.fault) == (PermitState.FAULTY, "prénom")
    again = hand_over(ready.desk, ready.identity, ready.draft())
    assert (again.verdict, again.recorded) == (Verdict.PERMIT_ERROR, False)
    hand_over(ready.desk, ready.identity, ready.draft(fault="prénom"))
    assert [mark.kind for mark in ready.permit.marks] == [ActKind.PERMIT_FAULTY], "told twice, it is one fault"
    assert undo(ready.desk, ready.permit.marks[0].act_id).done
    assert ready.permit.state is PermitState.SHELVED


def test_an_error_that_a_supervisor_goes_beyond_is_kept_all_the_same(ready: Stocked) -> None:
    done = hand_over(ready.desk, ready.identity, ready.draft(fault="prénom"), AGREED)
    assert done.record is not None
    assert done.record.agreed is not None
    assert (done.recorded, done.record.agreed.lifted) == (True, ("permit_error",))
    assert (ready.permit.state, ready.permit.fault) == (PermitState.HANDED_OVER, "prénom")


def test_an_error_read_on_a_card_of_another_sleeve_is_not_that_of_this_permit(ready: Stocked) -> None:
    other = sleeve_of(ready.desk, receive(ready.desk, "ZZ99ZZ99Z", foreign_number="5987654321"))
    hand_over(ready.desk, ready.identity, ready.draft(sleeve=other, fault="photo"))
    assert ready.permit.fault is None


def test_a_stamp_shown_when_nothing_is_due_stays_good_for_another_permit(ready: Stocked) -> None:
    free = Stocked(ready.here, receive(ready.desk, "ZZ99ZZ99Z", foreign_number="5987654321", stamp_amount=0))
    stopped = hand_over(ready.desk, free.identity, free.draft(), AGREED)
    assert (stopped.verdict, stopped.notes, stopped.recorded) == (Verdict.STAMP_TOO_LOW, ("stamp_not_due",), False)
    assert hand_over(ready.desk, free.identity, free.draft(stamps=())).recorded
    assert hand_over(ready.desk, ready.identity, ready.draft()).recorded


def test_who_was_told_before_closing_what_lacks_is_finished_after_it(ready: Stocked) -> None:
    ready.at("11:58")
    assert hand_over(ready.desk, ready.identity, ready.draft(stamps=())).verdict is Verdict.STAMP_MISSING
    ready.at("12:01")
    assert hand_over(ready.desk, ready.identity, ready.draft()).recorded


def test_a_handover_taken_back_is_begun_again_after_closing_and_who_found_it_closed_is_not(ready: Stocked) -> None:
    ready.at("8:50")
    assert hand_over(ready.desk, ready.identity, ready.draft()).verdict is Verdict.HANDOVER_CLOSED
    ready.at("12:01")
    assert hand_over(ready.desk, ready.identity, ready.draft()).verdict is Verdict.HANDOVER_CLOSED
    ready.at("11:59")
    assert hand_over(ready.desk, ready.identity, ready.draft()).recorded
    assert undo_handover(ready.desk, ready.identity).done
    ready.at("12:01")
    assert hand_over(ready.desk, ready.identity, ready.draft()).recorded


def test_a_validity_that_is_over_is_agreed_to_recorded_and_still_told_once_handed_over(here: AtDesk) -> None:
    here.clock.at("12:01")
    old = Stocked(here, receive(here.desk, valid_to="2026-11-22"))
    begun = old.draft(started_at=moment("11:58"))
    stopped = hand_over(here.desk, old.identity, begun)
    assert (stopped.verdict, stopped.recorded) == (Verdict.HANDOVER_ON_HOLD, False)
    done = hand_over(here.desk, old.identity, begun, AGREED)
    assert done.record is not None
    assert done.record.agreed is not None
    assert (done.record.agreed.lifted, done.record.agreed.notes) == (("handover_on_hold",), ("validity_over",))
    assert (done.verdict, done.notes) == (Verdict.HANDED_OVER, ("validity_over", "finishing"))


REMISE = person("SOW Aïssata", hour="09h20", motif="Remise de titre de séjour", statut="Annulé")


def test_a_cancelled_appointment_to_collect_is_told_and_kept_with_the_handover(ready: Stocked) -> None:
    ready.here.expects(REMISE)
    answer = look(ready.desk, "5912345678")
    assert (answer.verdict, answer.notes) == (Verdict.PERMIT_READY, ("appointment_cancelled",))
    assert answer.cancelled == moment("9:20")
    done = hand_over(ready.desk, ready.identity, ready.draft())
    assert done.record is not None
    assert (done.recorded, done.record.chips) == (True, ("permit_ready", "cancelled"))


@pytest.mark.parametrize(
    "rows",
    [
        (replace_in(REMISE, statut="À renseigner"),),
        (replace_in(REMISE, motif="Dépôt de dossier"),),
        (replace_in(REMISE, usager="SOW Fatou", contexte="N° étranger : 5987654321"),),
        (replace_in(REMISE, **{"date rdv": "20/11/2026"}),),
        (REMISE, replace_in(REMISE, **{"heure rdv": "10h00", "statut": "À renseigner"})),
    ],
    ids=["expected", "for something else", "of somebody else", "of another day", "given another hour"],
)
def test_no_other_appointment_says_that_the_handover_is_cancelled(ready: Stocked, rows: tuple[Row, ...]) -> None:
    ready.here.expects(*rows)
    assert look(ready.desk, "5912345678").notes == ()


def test_the_hour_of_another_day_that_the_list_cancels_is_told_with_it(here: AtDesk) -> None:
    here.clock.at("9:15")
    tomorrow = Stocked(here, receive(here.desk, slot=moment("9:20", date(2026, 11, 24)).isoformat()))
    here.expects(replace_in(REMISE, **{"date rdv": "24/11/2026"}))
    answer = look(tomorrow.desk, "5912345678")
    assert (answer.verdict, answer.notes) == (Verdict.PERMIT_OTHER_DAY, ("appointment_cancelled",))


def test_the_next_agent_is_told_of_a_document_that_did_not_match(ready: Stocked) -> None:
    draft = ready.draft(identity_result=IdentityResult.MISMATCH)
    note_attempt(ready.desk, ready.identity, draft)
    answer = look(another_desk(ready.desk), ready.sleeve)
    assert answer.notes[-1] == "mismatch_today"
    assert answer.unmatched is not None
    assert (answer.unmatched.at, answer.unmatched.desk) == (moment("9:15"), ready.desk.name)
    ready.at("9:15", days=1)
    assert "mismatch_today" not in look(ready.desk, ready.sleeve).notes


def test_a_stamp_spent_is_seen_again_with_its_receipt_until_the_handover_is_undone(ready: Stocked) -> None:
    first = hand_over(ready.desk, ready.identity, ready.draft())
    other = Stocked(ready.here, receive(ready.desk, "ZZ99ZZ99Z", foreign_number="5987654321"))
    answer = judge(ready.desk, other.identity, other.draft())
    assert answer.verdict is Verdict.STAMP_ALREADY_USED
    assert first.receipt is not None
    assert answer.used is not None
    assert (answer.used.receipt, answer.used.permit_id) == (first.receipt.number, ready.identity)
    undo_handover(ready.desk, ready.identity)
    assert judge(ready.desk, other.identity, other.draft()).verdict is Verdict.PERMIT_READY


def test_a_stamp_spent_at_another_desk_is_seen_once_its_acts_are_here(ready: Stocked) -> None:
    other_desk = another_desk(ready.desk)
    elsewhere = receive(other_desk, "ZZ99ZZ99Z", foreign_number="5987654321")
    theirs = Stocked(ready.here, elsewhere)
    assert hand_over(other_desk, elsewhere, theirs.draft()).recorded
    assert hand_over(ready.desk, ready.identity, ready.draft()).verdict is Verdict.STAMP_ALREADY_USED
    assert hand_over(ready.desk, ready.identity, ready.draft(stamp=OTHER_STAMP)).recorded


def test_a_supervisor_s_agreement_is_recorded_with_what_it_went_beyond(ready: Stocked) -> None:
    ready.at("14:00")
    assert hand_over(ready.desk, ready.identity, ready.draft()).verdict is Verdict.HANDOVER_CLOSED
    for half in (Override("accord"), Override("", "M. Durand"), Override("accord", "  ")):
        assert not hand_over(ready.desk, ready.identity, ready.draft(), half).recorded
    done = hand_over(ready.desk, ready.identity, ready.draft(), AGREED)
    assert done.recorded
    assert done.record is not None
    assert done.record.agreed is not None
    assert (done.record.agreed.lifted, done.record.agreed.approved_by) == (("handover_closed",), "M. Durand")


def test_an_agreement_that_was_not_needed_is_not_recorded_as_one(ready: Stocked) -> None:
    record = hand_over(ready.desk, ready.identity, ready.draft(), AGREED).record
    assert record is not None
    assert record.agreed is None


def test_a_document_that_does_not_match_is_kept_as_such_and_told_truly_if_a_supervisor_goes_on(
    ready: Stocked,
) -> None:
    draft = ready.draft(identity_result=IdentityResult.MISMATCH)
    assert hand_over(ready.desk, ready.identity, draft).verdict is Verdict.IDENTITY_NOT_VERIFIED
    with ready.desk.looking() as connection:
        (kept,) = journal.latest(connection, ready.desk.stream, [ActKind.HANDOVER_ATTEMPTED], 1)
    assert kept.details["identity"] == {"document": "passport", "result": "mismatch", "by": "holder"}
    done = hand_over(ready.desk, ready.identity, draft, AGREED)
    assert done.record is not None
    assert done.record.verified is False


def test_a_card_of_another_desk_needs_an_agreement_that_moves_its_custody(ready: Stocked) -> None:
    there = another_desk(ready.desk)
    answer = hand_over(there, ready.identity, ready.draft())
    assert (answer.verdict, answer.notes) == (Verdict.PERMIT_TO_LOCATE, ("custody_elsewhere",))
    assert hand_over(there, ready.identity, ready.draft(), AGREED).recorded
    kinds = [mark.kind for mark in ready.permit.marks]
    assert kinds == [ActKind.CUSTODY_OVERRIDDEN, ActKind.PERMIT_HANDED_OVER]


def test_a_card_of_another_desk_is_counted_under_a_name_of_its_own(ready: Stocked) -> None:
    there = another_desk(ready.desk)
    present(there, "5912345678")
    mark(ready.desk, ready.identity, ActKind.PERMIT_TO_LOCATE)
    present(ready.desk, "5912345678")
    with ready.desk.looking() as connection:
        day = ready.desk.now().date()
        counted = {one.word: one.acts for one in counted_acts.of_days(connection, day, day)}
    assert counted == {"custody_elsewhere": 1, "permit_to_locate": 1}
    assert [verdict_name(word) for word in counted] == ["TITRE CONFIÉ À UN AUTRE POSTE", "TITRE À LOCALISER"]
    words = [gesture_word(one, Words("fr")) for one in recent(there, 5) + recent(ready.desk, 5)]
    assert ("confié à un autre poste" in words, "à localiser" in words) == (True, True)


def test_a_desk_given_another_name_hands_over_what_it_holds(ready: Stocked) -> None:
    draft = ready.draft()
    ready.desk.name = "Accueil B"
    done = hand_over(ready.desk, ready.identity, draft, AGREED)
    assert done.recorded
    assert [one.kind for one in ready.permit.marks] == [ActKind.PERMIT_HANDED_OVER]


def test_a_card_looked_for_is_found_by_its_sleeve_and_by_nothing_else(ready: Stocked) -> None:
    mark(ready.desk, ready.identity, ActKind.PERMIT_TO_LOCATE)
    assert (
        hand_over(ready.desk, ready.identity, ready.draft(sleeve=BY_HAND), AGREED).verdict is Verdict.PERMIT_TO_LOCATE
    )
    assert hand_over(ready.desk, ready.identity, ready.draft()).recorded
    assert ActKind.PERMIT_FOUND in [one.kind for one in ready.permit.marks]


def test_an_hour_that_nobody_was_told_of_convenes_nobody(here: AtDesk) -> None:
    here.clock.at("9:15")
    told = Stocked(here, receive(here.desk, summoned_on=None))
    assert hand_over(here.desk, told.identity, told.draft()).verdict is Verdict.PERMIT_NOT_SUMMONED


def test_people_inside_when_the_window_closes_are_finished(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", "5912345678", hour="11h40"))
    ready = Stocked(here, receive(here.desk, slot=moment("11:40").isoformat()))
    ready.at("11:50")
    here.scan()
    ready.at("12:10")
    assert judge(here.desk, ready.identity, ready.draft()).verdict is Verdict.HANDOVER_CLOSING_SOON
    done = hand_over(here.desk, ready.identity, ready.draft())
    assert done.recorded
    assert Verdict.HANDOVER_CLOSING_SOON in done.chips


def test_who_was_finished_after_closing_is_still_inside_once_that_is_taken_back(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk, slot=moment("11:40").isoformat()))
    ready.at("12:02")
    begun = replace(ready.draft(), started_at=moment("11:57"))
    assert hand_over(here.desk, ready.identity, begun).recorded
    assert undo_handover(here.desk, ready.identity).done
    ready.at("12:05")
    found = judge(here.desk, ready.identity, ready.draft())
    assert (found.verdict, "finishing" in found.notes) == (Verdict.HANDOVER_CLOSING_SOON, True)
    assert hand_over(here.desk, ready.identity, ready.draft()).recorded


def test_an_agreement_beyond_closing_lets_nobody_in_once_that_is_taken_back(here: AtDesk) -> None:
    ready = Stocked(here, receive(here.desk, slot=moment("11:40").isoformat()))
    ready.at("12:02")
    assert hand_over(here.desk, ready.identity, ready.draft(), Override("vu", "Mme Roux")).recorded
    assert undo_handover(here.desk, ready.identity).done
    ready.at("12:05")
    assert judge(here.desk, ready.identity, ready.draft()).verdict is Verdict.HANDOVER_CLOSED


@pytest.mark.parametrize(("came", "verdict"), [("11:58", Verdict.HANDED_OVER), ("12:01", Verdict.HANDOVER_CLOSED)])
def test_whom_a_desk_called_with_a_ticket_of_before_noon_is_finished(here: AtDesk, came: str, verdict: Verdict) -> None:
    ready = Stocked(here, receive(here.desk, slot=moment("11:40").isoformat()))
    ready.at(came)
    let_in(here.desk, Demand("other"), service="remise")
    ready.at("12:03")
    assert judge(here.desk, ready.identity, ready.draft()).verdict is Verdict.HANDOVER_CLOSED
    assert call_next(here.desk).done
    assert judge(another_desk(here.desk), ready.identity, ready.draft()).verdict is not Verdict.HANDOVER_CLOSING_SOON
    assert hand_over(here.desk, ready.identity, ready.draft()).verdict is verdict


def test_the_agent_takes_a_handover_back_within_a_minute_and_a_supervisor_later(ready: Stocked) -> None:
    hand_over(ready.desk, ready.identity, ready.draft())
    ready.here.clock.now += timedelta(seconds=60)
    assert undo_handover(ready.desk, ready.identity).done
    assert ready.permit.state is PermitState.SHELVED
    hand_over(ready.desk, ready.identity, ready.draft())
    ready.here.clock.now += timedelta(seconds=61)
    assert undo_handover(ready.desk, ready.identity).reason == "needs_supervisor"
    assert undo_handover(ready.desk, ready.identity, Override("", "M. Durand")).reason == "reason_needed"
    assert undo_handover(ready.desk, ready.identity, AGREED).done
    assert undo_handover(ready.desk, ready.identity, AGREED).reason == "not_handed_over"


def test_a_clock_that_went_back_gives_the_agent_no_longer_minute(ready: Stocked) -> None:
    assert hand_over(ready.desk, ready.identity, ready.draft()).recorded
    ready.here.clock.later(-30)
    assert undo_handover(ready.desk, ready.identity).reason == "needs_supervisor"
    assert undo(ready.desk).reason == "needs_supervisor"


def test_the_undo_of_the_desk_takes_a_handover_back_within_its_minute_and_nothing_in_its_stead_after(
    here: AtDesk,
) -> None:
    here.expects(person("SOW Aïssata", "5912345678"))
    here.clock.at("9:12")
    here.scan()
    ready = Stocked(here, receive(here.desk))
    hand_over(here.desk, ready.identity, ready.draft())
    assert undo(here.desk).done
    assert ready.permit.in_stock
    hand_over(here.desk, ready.identity, ready.draft(signature=None))
    hand_over(here.desk, ready.identity, ready.draft())
    here.clock.later(2)
    late = undo(here.desk)
    assert (late.done, late.reason) == (False, "needs_supervisor")
    lines = [(line.kind, line.undone, line.undoable, line.name) for line in recent(here.desk)][:4]
    assert lines == [
        ("permit_handed_over", False, False, "SOW Aïssata"),
        ("handover_attempted", False, False, "SOW Aïssata"),
        ("permit_handed_over", True, False, "SOW Aïssata"),
        ("checked_in", False, True, "SOW Aïssata"),
    ]
    checked_in = recent(here.desk)[3].act_id
    assert undo(here.desk, checked_in).done


def test_another_desk_does_not_take_a_handover_back_alone(ready: Stocked) -> None:
    hand_over(ready.desk, ready.identity, ready.draft())
    there = another_desk(ready.desk)
    assert undo_handover(there, ready.identity).reason == "needs_supervisor"
    assert undo_handover(there, ready.identity, AGREED).done


def test_a_desk_that_was_recovered_since_is_still_the_one_that_handed_over(ready: Stocked) -> None:
    hand_over(ready.desk, ready.identity, ready.draft())
    device = ready.desk.stream.partition(":")[0]
    recovered = replace(ready.desk, stream=f"{device}:reprise")
    assert undo_handover(recovered, ready.identity).done


def test_the_receipt_of_a_handover_taken_back_says_so(ready: Stocked) -> None:
    first = hand_over(ready.desk, ready.identity, ready.draft()).receipt
    undo_handover(ready.desk, ready.identity)
    second = hand_over(ready.desk, ready.identity, ready.draft()).receipt
    assert first is not None
    assert second is not None
    gone, kept = find_receipt(ready.desk, first.number), find_receipt(ready.desk, second.number)
    assert gone is not None
    assert kept is not None
    assert (gone.undone, kept.undone) == (True, False)
    assert second.number == "R-59-C-261123-002"


def test_a_contested_handover_is_disputed_until_a_supervisor_settles_it(ready: Stocked) -> None:
    hand_over(ready.desk, ready.identity, ready.draft())
    assert contest(ready.desk, ready.identity, " ").reason == "reason_needed"
    assert contest(ready.desk, ready.identity, "la personne dit ne rien avoir reçu").done
    assert ready.permit.state is PermitState.DISPUTED
    answer = look(ready.desk, "5912345678")
    assert (answer.verdict, answer.notes) == (Verdict.ALREADY_HANDED_OVER, ("disputed",))
    assert settle(ready.desk, ready.identity, None, Override("oubli")).reason == "reason_needed"
    assert settle(ready.desk, ready.identity, "no such act", AGREED).reason == "unknown_act"
    kept = ready.permit.departures[0].act_id
    assert settle(ready.desk, ready.identity, kept, AGREED).done
    assert permit_of(ready.desk, ready.identity).state is PermitState.HANDED_OVER
    assert settle(ready.desk, ready.identity, kept, AGREED).reason == "not_disputed"


def test_a_contested_handover_is_not_listed_among_the_last_acts_as_if_it_stood(ready: Stocked) -> None:
    """It was shown green, « titre remis »."""
    hand_over(ready.desk, ready.identity, ready.draft())
    contest(ready.desk, ready.identity, "la personne dit ne rien avoir reçu")
    kept = ready.permit.departures[0].act_id
    for contested, said in ((True, "contesté"), (False, "")):
        told = next(one for one in recent(ready.desk) if one.act_id == kept)
        assert (told.contested, standing_word(told, Words("fr"))) == (contested, said)
        (line,) = gesture_lines([told], ready.desk.now(), ready.desk.rules.zone, Words("fr"), covered=False)
        assert (line.family, line.standing) == ("warn" if contested else "ok", said)
        settle(ready.desk, ready.identity, kept, AGREED)


def test_a_dispute_settled_against_every_handover_leaves_a_card_to_locate(ready: Stocked) -> None:
    hand_over(ready.desk, ready.identity, ready.draft())
    contest(ready.desk, ready.identity, "carte encore dans le bac")
    assert settle(ready.desk, ready.identity, None, AGREED).done
    assert ready.permit.state is PermitState.TO_LOCATE
    assert hand_over(ready.desk, ready.identity, ready.draft()).recorded


def test_two_handovers_of_one_card_are_both_kept_and_disputed(ready: Stocked) -> None:
    hand_over(ready.desk, ready.identity, ready.draft())
    details = dict(ready.permit.departures[0].details)
    mark(another_desk(ready.desk), ready.identity, ActKind.PERMIT_HANDED_OVER, **details)
    assert ready.permit.state is PermitState.DISPUTED
    assert hand_over(ready.desk, ready.identity, ready.draft(), AGREED).verdict is Verdict.ALREADY_HANDED_OVER


def test_a_permit_nobody_knows_is_not_taken_back_or_contested(ready: Stocked) -> None:
    assert undo_handover(ready.desk, "0f" * 16).reason == "unknown_permit"
    assert contest(ready.desk, "0f" * 16, "motif").reason == "unknown_permit"
    assert contest(ready.desk, ready.identity, "motif").reason == "not_handed_over"
    assert settle(ready.desk, "0f" * 16, None, AGREED).reason == "unknown_permit"


def test_what_is_no_stamp_number_gives_nothing_to_keep(ready: Stocked) -> None:
    reading, shown = stamp_shown(ready.desk, "1234 5678")
    assert (reading.read, shown) == (8, None)


def test_the_day_after_its_hour_has_passed_the_permit_is_there_and_the_supervisor_decides(ready: Stocked) -> None:
    ready.at("9:20", days=1)
    answer = judge(ready.desk, ready.identity, ready.draft())
    assert (answer.verdict, answer.notes) == (Verdict.PERMIT_OTHER_DAY, ("slot_passed",))
    assert hand_over(ready.desk, ready.identity, ready.draft(), AGREED).recorded


def test_handing_over_changes_nothing_of_the_appointment(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", "5912345678"))
    before = here.only()
    ready = Stocked(here, receive(here.desk))
    ready.at("9:20")
    assert hand_over(here.desk, ready.identity, ready.draft()).recorded
    assert here.only() == before


def test_offline_the_handover_is_told_as_such(ready: Stocked) -> None:
    assert judge(ready.desk, ready.identity, ready.draft(), offline=True).verdict is Verdict.OFFLINE_HANDOVER
    record = hand_over(ready.desk, ready.identity, ready.draft(), offline=True).record
    assert record is not None
    assert record.offline


def test_acts_and_rows_agree_after_a_rebuild(ready: Stocked) -> None:
    from counter_app.usecases.audit import rebuild, verify

    hand_over(ready.desk, ready.identity, ready.draft())
    undo_handover(ready.desk, ready.identity)
    hand_over(ready.desk, ready.identity, ready.draft())
    contest(ready.desk, ready.identity, "essai")
    assert rebuild(ready.desk).same
    assert verify(ready.desk).ok
    assert permit_of(ready.desk, ready.identity).disputed


def test_an_act_that_is_none_of_the_handovers_is_said_unknown_and_nothing_is_taken_back(ready: Stocked) -> None:
    assert undo_handover(ready.desk, ready.identity, AGREED, act_id="rien").reason == "not_handed_over"
    hand_over(ready.desk, ready.identity, ready.draft())
    assert undo_handover(ready.desk, ready.identity, AGREED, act_id="rien").reason == "unknown_act"
    assert ready.permit.state is PermitState.HANDED_OVER
