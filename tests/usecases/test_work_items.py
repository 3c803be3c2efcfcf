"""What desks recorded and that cannot all be true: one item each, both sides shown, settled with a reason."""

import json
from datetime import timedelta

import pytest

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.convocation import ConvocationStatus
from counter_app.domain.permit import PermitState
from counter_app.domain.receipt import ReceiptKind
from counter_app.domain.settlement import Decision
from counter_app.domain.visit import identity
from counter_app.domain.work_items import WorkItem, WorkItemKind
from counter_app.store import projections, visit_rows, work_item_rows
from counter_app.telling.conflicts import effect_told
from counter_app.usecases import custody, handover_aftermath
from counter_app.usecases.answers import Override
from counter_app.usecases.conflict_answers import Conflict, SettleRefusal
from counter_app.usecases.desk import Desk
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.import_list import import_list
from counter_app.usecases.receipts import issue
from counter_app.usecases.settling import note_settled, take_effect
from counter_app.usecases.undo import undo
from counter_app.usecases.visits import heads, open_visit
from counter_app.usecases.work_items import every_item, item, open_count, open_items, settle
from tests.homes import MONDAY, AtDesk, another_desk, person
from tests.usecases.permits_at_hand import Stocked, mark, receive

AGREED = ("vu les deux agents", "Mme Roux")


@pytest.fixture
def ready(here: AtDesk) -> Stocked:
    here.clock.at("9:15")
    return Stocked(here, receive(here.desk))


def arrival(desk: Desk, convocation_id: str, verdict: str = "admitted") -> str:
    """An arrival as another desk recorded it while it was apart."""
    with desk.gesture() as gesture:
        details: dict[str, Json] = {"verdict": verdict, "minutes": 0}
        subject = Subject(SubjectType.CONVOCATION, convocation_id)
        return gesture.record(ActKind.CHECKED_IN, subject, details).act_id


def came_twice(here: AtDesk, second: str = "9:16") -> tuple[str, str]:
    """Somebody checked in at 9:10 here and later at another desk; both acts."""
    here.expects()
    here.clock.at("9:10")
    here.scan()
    here.clock.at(second)
    one = here.only()
    return one.arrivals[0].act_id, arrival(another_desk(here.desk), one.id)


def only(desk: Desk) -> Conflict:
    (one,) = open_items(desk)
    assert open_count(desk) == 1
    return one


def live(desk: Desk) -> list[WorkItem]:
    with desk.looking() as connection:
        return work_item_rows.live(connection)


def rebuilt(desk: Desk) -> bool:
    with desk.store.writing() as connection:
        return projections.rebuild(connection).same


def test_two_arrivals_six_minutes_apart_are_one_item_with_both_sides(here: AtDesk) -> None:
    mine, theirs = came_twice(here)
    one = only(here.desk)
    assert (one.kind, one.name, one.open) == ("double_check_in", "SOW Aïssata", True)
    assert [(fact.act_id, fact.desk, fact.agent) for fact in one.facts] == [
        (mine, here.desk.name, here.desk.agent),
        (theirs, "Guichet 9", "B. Colin"),
    ]
    assert one.facts[0].ticket
    assert one.choices == (mine, theirs, "both", "supervisor")
    assert item(here.desk, one.id) == one


def test_two_arrivals_within_five_minutes_say_the_same(here: AtDesk) -> None:
    came_twice(here, "9:15")
    assert len(here.only().standing_arrivals) == 2
    assert open_items(here.desk) == []


def test_keeping_one_arrival_takes_the_other_back_and_the_person_stays(here: AtDesk) -> None:
    _mine, theirs = came_twice(here)
    one = only(here.desk)
    done = settle(here.desk, one.id, theirs, *AGREED)
    assert done.refusal is None
    assert [arrival.act_id for arrival in here.only().standing_arrivals] == [theirs]
    assert here.only().status is ConvocationStatus.CHECKED_IN
    assert open_items(here.desk) == []
    (settled,) = every_item(here.desk)
    assert settled.settlement is not None
    assert settled.settlement.settled is not None
    assert (settled.id, settled.kind, settled.settlement.settled.kept) == (one.id, one.kind, theirs)
    assert (settled.settlement.settled.reason, settled.settlement.settled.approved_by) == AGREED
    assert settled.facts == one.facts
    assert rebuilt(here.desk)


def waiting(here: AtDesk) -> list[str]:
    """Tickets with which somebody waits now, the one that is called first."""
    passage = identity(here.only().id, MONDAY)
    with here.desk.looking() as connection:
        visit = visit_rows.by_id(connection, passage)
    return [mark.text("number") or "" for mark in visit.openings] if visit else []


def waits_twice(here: AtDesk) -> tuple[Conflict, list[str]]:
    """Somebody checked in at two desks, each of which gave a ticket."""
    here.expects()
    here.clock.at("9:10")
    here.scan()
    here.clock.at("9:16")
    other, one = another_desk(here.desk), here.only()
    with other.gesture() as gesture:
        details: dict[str, Json] = {"verdict": "admitted", "minutes": 6}
        act = gesture.record(ActKind.CHECKED_IN, Subject(SubjectType.CONVOCATION, one.id), details)
        ticket = issue(other, gesture, ReceiptKind.ARRIVAL_TICKET, one.id, act.act_id)
        open_visit(other, gesture, one, act, ticket)
    return only(here.desk), waiting(here)


def test_who_waits_with_two_tickets_is_called_by_that_of_the_arrival_kept(here: AtDesk) -> None:
    one, tickets = waits_twice(here)
    assert tickets == [fact.ticket for fact in one.facts]
    settle(here.desk, one.id, one.facts[1].act_id, *AGREED)
    assert waiting(here) == [tickets[1]]
    assert rebuilt(here.desk)


def test_two_desks_that_settle_differently_leave_the_person_waiting(here: AtDesk) -> None:
    one, tickets = waits_twice(here)
    (contradicting,) = live(here.desk)
    with here.desk.looking() as connection:
        visit = visit_rows.by_id(connection, identity(one.subject.id, MONDAY))
    assert visit is not None
    mine, theirs = [mark.act_id for mark in visit.openings]
    settle(here.desk, one.id, one.facts[0].act_id, *AGREED)
    with another_desk(here.desk).gesture() as gesture:
        note_settled(gesture, contradicting, Decision.KEEP, one.facts[1].act_id, Override(*AGREED))
        subject = Subject(SubjectType.VISIT, visit.id)
        gesture.record(ActKind.VISIT_UNDONE, subject, {"acts": [mine], "kept": theirs})
    assert waiting(here) == [tickets[0]]


def test_nobody_is_called_once_the_arrival_kept_is_taken_back_too(here: AtDesk) -> None:
    one, _tickets = waits_twice(here)
    settle(here.desk, one.id, one.facts[0].act_id, *AGREED)
    assert undo(here.desk, one.facts[0].act_id).done
    assert (here.only().status, waiting(here)) == (ConvocationStatus.EXPECTED, [])
    assert rebuilt(here.desk)


def test_both_true_leaves_both_arrivals_and_nothing_to_check(here: AtDesk) -> None:
    came_twice(here)
    settle(here.desk, only(here.desk).id, "both", *AGREED)
    assert len(here.only().standing_arrivals) == 2
    assert not here.only().contested
    assert open_items(here.desk) == []


def test_a_third_arrival_after_a_settlement_opens_a_new_item_with_all_sides(here: AtDesk) -> None:
    came_twice(here)
    first = only(here.desk)
    settle(here.desk, first.id, "both", *AGREED)
    here.clock.at("9:40")
    third = another_desk(here.desk, "Guichet 7")
    third.stream = "troisième:1"
    arrival(third, here.only().id)
    second = only(here.desk)
    assert second.id != first.id
    assert len(second.facts) == 3
    assert [one.open for one in every_item(here.desk)] == [False, True]


@pytest.mark.parametrize(
    ("keep", "reason", "by", "refusal"),
    [
        ("both", " ", "Mme Roux", SettleRefusal.REASON_MISSING),
        ("both", "vu", " ", SettleRefusal.APPROVAL_MISSING),
        ("none", "vu", "Mme Roux", SettleRefusal.NOT_A_CHOICE),
        ("n’importe quoi", "vu", "Mme Roux", SettleRefusal.NOT_A_CHOICE),
    ],
)
def test_an_answer_without_reason_or_supervisor_or_sense_is_not_recorded(
    here: AtDesk, keep: str, reason: str, by: str, refusal: SettleRefusal
) -> None:
    came_twice(here)
    one = only(here.desk)
    assert settle(here.desk, one.id, keep, reason, by).refusal is refusal
    assert only(here.desk) == one


def test_an_item_that_nobody_knows_or_that_is_settled_is_told_so(here: AtDesk) -> None:
    assert settle(here.desk, "0" * 32, "both", *AGREED).refusal is SettleRefusal.UNKNOWN_ITEM
    came_twice(here)
    one = only(here.desk)
    settle(here.desk, one.id, "both", *AGREED)
    again = settle(here.desk, one.id, "both", *AGREED)
    assert again.refusal is SettleRefusal.ALREADY_SETTLED
    assert again.conflict is not None
    assert not again.conflict.open


def test_an_item_handed_to_a_supervisor_stays_open_with_the_name(here: AtDesk) -> None:
    mine, _theirs = came_twice(here)
    settle(here.desk, only(here.desk).id, "supervisor", "l’agent est absent", "Mme Roux")
    one = only(here.desk)
    assert one.settlement is not None
    assert one.settlement.entrusted is not None
    assert one.settlement.entrusted.approved_by == "Mme Roux"
    assert settle(here.desk, one.id, mine, *AGREED).refusal is None
    assert open_items(here.desk) == []


def test_two_desks_that_settle_differently_keep_the_earliest_and_a_new_item_shows_it(here: AtDesk) -> None:
    mine, theirs = came_twice(here)
    (contradicting,) = live(here.desk)
    settle(here.desk, contradicting.id, mine, *AGREED)
    with another_desk(here.desk).gesture() as gesture:
        agreed = Override("badge retrouvé", "M. Petit")
        note_settled(gesture, contradicting, Decision.KEEP, theirs, agreed)
        details: dict[str, Json] = {"acts": [*contradicting.acts], "kept": theirs, "item": contradicting.id}
        gesture.record(ActKind.ARRIVALS_SETTLED, contradicting.subject, details)
    assert [one.act_id for one in here.only().standing_arrivals] == [mine]
    told = only(here.desk)
    assert (told.kind, told.name, len(told.facts)) == ("settled_differently", "SOW Aïssata", 2)
    assert told.choices == (told.facts[0].act_id, "supervisor")
    assert rebuilt(here.desk)
    settle(here.desk, told.id, told.facts[0].act_id, *AGREED)
    assert open_items(here.desk) == []


def test_lists_that_disagree_are_one_item_and_a_newer_list_that_repeats_it_opens_nothing(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", statut="Annulé"))
    import_list(here.desk, here.lists.rdv_insertion({"Motif du RDV": "Renouvellement de titre de séjour"}))
    one = only(here.desk)
    assert (one.kind, [fact.kind for fact in one.facts]) == ("import_conflict", ["convocation_listed"] * 2)
    settle(here.desk, one.id, one.facts[0].act_id, *AGREED)
    here.expects(person("SOW Aïssata", statut="Annulé"))
    assert open_items(here.desk) == []
    here.expects(person("SOW Aïssata"))
    here.expects(person("SOW Aïssata", statut="Annulé"))
    assert only(here.desk).id != one.id


def test_a_list_that_calls_absent_somebody_who_came_is_one_item(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:10")
    here.scan()
    here.clock.at("17:00")
    here.expects(person("SOW Aïssata", statut="Absence non excusée"))
    one = only(here.desk)
    assert (one.kind, [fact.kind for fact in one.facts]) == (
        "status_after_terminal",
        ["checked_in", "convocation_listed"],
    )
    assert here.only().status is ConvocationStatus.CHECKED_IN


def disagreeing(here: AtDesk) -> Conflict:
    """One list cancels the appointment, another one expects the person."""
    here.expects(person("SOW Aïssata", statut="Annulé"))
    import_list(here.desk, here.lists.rdv_insertion({"Motif du RDV": "Renouvellement de titre de séjour"}))
    assert here.only().sources_disagree
    return only(here.desk)


def side(conflict: Conflict, status: str) -> str:
    return next(one.act_id for one in conflict.facts if one.details.get("status") == status)


@pytest.mark.parametrize("status", ["cancelled", "expected"])
def test_the_list_that_is_kept_is_the_one_that_counts_until_another_changes_its_mind(here: AtDesk, status: str) -> None:
    one = disagreeing(here)
    settle(here.desk, one.id, side(one, status), *AGREED)
    assert (here.only().status.value, here.only().sources_disagree) == (status, False)
    assert open_items(here.desk) == []
    assert rebuilt(here.desk)
    here.expects(person("SOW Aïssata", statut="Annulé"))
    assert here.only().status.value == status
    here.expects(person("SOW Aïssata", statut="Absence non excusée"))
    assert here.only().status is ConvocationStatus.MISSED
    assert only(here.desk).id != one.id
    assert rebuilt(here.desk)


def test_lists_that_are_both_true_change_nothing(here: AtDesk) -> None:
    one = disagreeing(here)
    settle(here.desk, one.id, "both", *AGREED)
    assert here.only().sources_disagree
    assert open_items(here.desk) == []


def called_absent(here: AtDesk) -> Conflict:
    """Somebody came, whom a list of the evening calls absent."""
    here.expects()
    here.clock.at("9:10")
    here.scan()
    here.clock.at("17:00")
    here.expects(person("SOW Aïssata", statut="Absence non excusée"))
    return only(here.desk)


def test_an_arrival_that_is_kept_leaves_the_list_without_effect_while_it_stands(here: AtDesk) -> None:
    one = called_absent(here)
    settle(here.desk, one.id, one.facts[0].act_id, *AGREED)
    assert here.only().believed == ()
    assert here.only().status is ConvocationStatus.CHECKED_IN
    assert rebuilt(here.desk)
    subject = Subject(SubjectType.CONVOCATION, here.only().id)
    with here.desk.gesture() as gesture:
        gesture.record(ActKind.ARRIVAL_UNDONE, subject, {"act": one.facts[0].act_id})
    assert here.only().status is ConvocationStatus.MISSED


def test_a_list_that_is_kept_leaves_no_arrival_and_nobody_to_call(here: AtDesk) -> None:
    one = called_absent(here)
    assert waiting(here)
    settle(here.desk, one.id, one.facts[1].act_id, *AGREED)
    assert here.only().standing_arrivals == ()
    assert here.only().status is ConvocationStatus.MISSED
    assert waiting(here) == []
    assert open_items(here.desk) == []
    assert rebuilt(here.desk)


def test_two_desks_that_settle_lists_differently_keep_the_earliest(here: AtDesk) -> None:
    one = disagreeing(here)
    (contradicting,) = live(here.desk)
    settle(here.desk, one.id, side(one, "expected"), *AGREED)
    with another_desk(here.desk).gesture() as gesture:
        agreed = Override("rappel du service", "M. Petit")
        note_settled(gesture, contradicting, Decision.KEEP, side(one, "cancelled"), agreed)
        take_effect(here.desk, gesture, contradicting, side(one, "cancelled"), agreed)
    assert here.only().status is ConvocationStatus.EXPECTED
    assert only(here.desk).kind == "settled_differently"
    assert rebuilt(here.desk)


def test_an_arrival_that_a_supervisor_agreed_to_against_the_list_contradicts_nothing(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", statut="Annulé"))
    here.clock.at("9:10")
    arrival(here.desk, here.only().id, verdict="cancelled")
    assert open_items(here.desk) == []


def handed_twice(ready: Stocked) -> tuple[str, str]:
    """One permit handed over here and at another desk that was apart; both acts."""
    hand_over(ready.desk, ready.identity, ready.draft())
    mine = ready.permit.departures[0].act_id
    ready.at("9:30")
    theirs = mark(another_desk(ready.desk), ready.identity, ActKind.PERMIT_HANDED_OVER)
    return mine, theirs


def test_a_permit_handed_over_twice_is_disputed_until_one_is_kept(ready: Stocked) -> None:
    mine, theirs = handed_twice(ready)
    one = only(ready.desk)
    assert (one.kind, one.choices) == ("double_handover", (mine, theirs, "none", "supervisor"))
    assert settle(ready.desk, one.id, "both", *AGREED).refusal is SettleRefusal.NOT_A_CHOICE
    settle(ready.desk, one.id, mine, *AGREED)
    assert (ready.permit.state, ready.permit.departures[0].act_id) == (PermitState.HANDED_OVER, mine)
    assert open_items(ready.desk) == []
    assert rebuilt(ready.desk)


def test_a_permit_that_nobody_handed_over_is_to_locate(ready: Stocked) -> None:
    handed_twice(ready)
    settle(ready.desk, only(ready.desk).id, "none", *AGREED)
    assert ready.permit.state is PermitState.TO_LOCATE


def test_the_word_of_who_contests_a_handover_can_be_kept(ready: Stocked) -> None:
    hand_over(ready.desk, ready.identity, ready.draft())
    handover_aftermath.contest(ready.desk, ready.identity, "la personne dit n’avoir rien reçu")
    one = only(ready.desk)
    settle(ready.desk, one.id, one.facts[1].act_id, *AGREED)
    assert ready.permit.state is PermitState.TO_LOCATE


def test_a_dispute_settled_from_the_handover_page_closes_its_item(ready: Stocked) -> None:
    mine, _theirs = handed_twice(ready)
    one = only(ready.desk)
    handover_aftermath.settle(ready.desk, ready.identity, mine, Override(*AGREED))
    assert open_items(ready.desk) == []
    assert [(past.id, past.open) for past in every_item(ready.desk)] == [(one.id, False)]


def test_two_desks_that_settle_a_dispute_differently_leave_the_permit_handed_over_once(ready: Stocked) -> None:
    mine, theirs = handed_twice(ready)
    (contradicting,) = live(ready.desk)
    before = ready.permit
    settle(ready.desk, contradicting.id, mine, *AGREED)
    with another_desk(ready.desk).gesture() as gesture:
        handover_aftermath.settle_dispute(gesture, before, theirs, Override("carte vue", "M. Petit"))
    assert [mark.act_id for mark in ready.permit.departures] == [mine]
    assert only(ready.desk).kind == "settled_differently"


def test_every_override_of_custody_opens_an_item_even_one_that_was_taken_back(ready: Stocked) -> None:
    other = another_desk(ready.desk)
    done = custody.override(other, ready.identity, "retrouvé à l’accueil", "Mme Roux")
    assert done.refusal is None
    one = only(ready.desk)
    assert (one.kind, one.facts[0].desk, one.choices) == (
        "custody_overridden",
        "Guichet 9",
        (one.facts[0].act_id, "supervisor"),
    )
    mark(other, ready.identity, ActKind.CUSTODY_UNDONE, acts=[one.facts[0].act_id])
    assert only(ready.desk).id == one.id
    settle(ready.desk, one.id, one.facts[0].act_id, *AGREED)
    assert open_items(ready.desk) == []


def test_what_confirming_an_override_changes_is_told_by_where_the_card_is_now(ready: Stocked) -> None:
    other, held = another_desk(ready.desk), "confié à {}."
    custody.override(other, ready.identity, "retrouvé à l’accueil", "Mme Roux")
    assert effect_of(ready.desk) == f"Le titre restera {held.format('Guichet 9')}"
    custody.override(ready.desk, ready.identity, "rapporté", "Mme Roux")
    told = {one.facts[0].desk: effect_told(one, one.choices[0]) for one in open_items(ready.desk)}
    older, newer = told["Guichet 9"], told[ready.desk.name]
    assert newer == f"Le titre restera {held.format(ready.desk.name)}"
    assert f"Rien ne change\u00a0: le titre est maintenant {held.format(ready.desk.name)}" in older
    hand_over(ready.desk, ready.identity, ready.draft())
    for one in open_items(ready.desk):
        effect = effect_told(one, one.choices[0])
        assert "confié" not in effect and "n’est plus au stock (remis le 23/11/2026)" in effect
        assert "no longer in the stock (collected on 23/11/2026)" in effect_told(one, one.choices[0], "en")
    mark(other, ready.identity, ActKind.HANDOVER_CONTESTED, reason="personne pas venue")
    contested = [effect_told(one, one.choices[0]) for one in open_items(ready.desk) if one.kind == "custody_overridden"]
    assert len(contested) == 2 and all("la remise de ce titre est contestée" in one for one in contested)


def effect_of(desk: Desk) -> str:
    one = only(desk)
    return effect_told(one, one.choices[0])


def test_a_stamp_spent_for_two_cards_is_one_item(ready: Stocked) -> None:
    second = receive(ready.desk, "ZZ99ZZ99Z", name="LI Wei", foreign_number="5987654321")
    hand_over(ready.desk, ready.identity, ready.draft())
    spent = ready.permit.departures[0].details
    theirs = mark(another_desk(ready.desk), second, ActKind.PERMIT_HANDED_OVER, **spent)
    one = only(ready.desk)
    assert (one.kind, {fact.name for fact in one.facts}) == ("stamp_reused", {"SOW Aïssata", "LI Wei"})
    assert rebuilt(ready.desk)
    mark(ready.desk, second, ActKind.HANDOVER_UNDONE, acts=[theirs])
    assert open_items(ready.desk) == []
    assert rebuilt(ready.desk)


def test_a_desk_that_moves_the_slot_of_a_permit_already_handed_over_opens_an_item(ready: Stocked) -> None:
    hand_over(ready.desk, ready.identity, ready.draft())
    ready.at("9:40")
    mark(another_desk(ready.desk), ready.identity, ActKind.SLOT_MOVED, slot="2026-11-30T09:20:00+01:00")
    assert only(ready.desk).kind == "status_after_terminal"
    assert ready.permit.state is PermitState.HANDED_OVER


def seen_after(ready: Stocked, kind: ActKind, **details: Json) -> tuple[Conflict, str, str]:
    """A permit handed over here, of which another desk that was apart says something later; both acts."""
    hand_over(ready.desk, ready.identity, ready.draft())
    ready.at("9:40")
    later = mark(another_desk(ready.desk), ready.identity, kind, **details)
    return only(ready.desk), ready.permit.departures[0].act_id, later


def test_a_departure_that_is_kept_leaves_what_another_desk_did_later_without_effect(ready: Stocked) -> None:
    one, gone, later = seen_after(ready, ActKind.PERMIT_SHELVED, tray="K")
    settle(ready.desk, one.id, gone, *AGREED)
    assert later not in {mark.act_id for mark in ready.permit.standing}
    assert ready.permit.state is PermitState.HANDED_OVER
    assert open_items(ready.desk) == []
    assert rebuilt(ready.desk)


def test_a_card_that_is_seen_after_its_departure_is_in_the_stock_when_that_is_kept(ready: Stocked) -> None:
    one, gone, later = seen_after(ready, ActKind.PERMIT_SHELVED, tray="K")
    settle(ready.desk, one.id, later, *AGREED)
    assert gone not in {mark.act_id for mark in ready.permit.standing}
    assert (ready.permit.state, ready.permit.place and ready.permit.place.tray) == (PermitState.SHELVED, "K")
    assert open_items(ready.desk) == []
    assert rebuilt(ready.desk)


def test_an_hour_moved_after_a_departure_changes_nothing_even_when_it_is_kept(ready: Stocked) -> None:
    one, gone, later = seen_after(ready, ActKind.SLOT_MOVED, slot="2026-11-30T09:20:00+01:00")
    settle(ready.desk, one.id, later, *AGREED)
    assert {gone, later} <= {mark.act_id for mark in ready.permit.standing}
    assert ready.permit.state is PermitState.HANDED_OVER
    assert open_items(ready.desk) == []


def test_two_desks_that_settle_a_departure_differently_keep_the_earliest(ready: Stocked) -> None:
    one, gone, later = seen_after(ready, ActKind.PERMIT_SHELVED, tray="K")
    (contradicting,) = live(ready.desk)
    settle(ready.desk, one.id, gone, *AGREED)
    with another_desk(ready.desk).gesture() as gesture:
        agreed = Override("carte vue", "M. Petit")
        note_settled(gesture, contradicting, Decision.KEEP, later, agreed)
        take_effect(ready.desk, gesture, contradicting, later, agreed)
    assert ready.permit.state is PermitState.HANDED_OVER
    assert only(ready.desk).kind == "settled_differently"
    assert rebuilt(ready.desk)


def tickets_of_one_letter(here: AtDesk, *names: str) -> None:
    """Two desks of one letter that gave tickets of the same numbers to different people."""
    here.clock.at("9:10")
    for name in names:
        here.scan(here.code(name))
    with here.desk.looking() as connection:
        found = connection.exec_driver_sql("SELECT details FROM act WHERE kind = 'receipt_issued'").scalars().all()
    with another_desk(here.desk).gesture() as gesture:
        for place, row in enumerate(found):
            gesture.record(ActKind.RECEIPT_ISSUED, Subject(SubjectType.RECEIPT, f"autre {place}"), json.loads(row))


def test_two_desks_of_one_letter_are_one_item_a_day_however_many_tickets(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata"), person("LI Wei", "5987654321"))
    tickets_of_one_letter(here, "SOW", "LI")
    one = only(here.desk)
    assert (one.kind, one.name, one.papers, len(one.facts)) == ("duplicate_number", here.desk.ticket_letter, 2, 2)
    assert {fact.desk for fact in one.facts} == {here.desk.name, "Guichet 9"}
    effect = effect_told(one, "both")
    assert "Changez la lettre" in effect
    assert "Guichet 9" in effect
    assert "2" in effect
    assert rebuilt(here.desk)
    settle(here.desk, one.id, "both", *AGREED)
    assert open_items(here.desk) == []
    assert rebuilt(here.desk)


def test_a_letter_that_two_desks_go_on_sharing_asks_again_the_next_day(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata"), person("LI Wei", "5987654321"))
    tickets_of_one_letter(here, "SOW")
    first = only(here.desk)
    settle(here.desk, first.id, "both", *AGREED)
    with here.desk.looking() as connection:
        row = connection.exec_driver_sql("SELECT details FROM act WHERE kind = 'receipt_issued'").scalars().first()
    issued = json.loads(str(row))
    for desk in (here.desk, another_desk(here.desk)):
        with desk.gesture() as gesture:
            told = {**issued, "number": str(issued["number"]).replace("261123", "261124")}
            gesture.record(ActKind.RECEIPT_ISSUED, Subject(SubjectType.RECEIPT, f"mardi {desk.name}"), told)
    assert only(here.desk).id != first.id
    assert rebuilt(here.desk)


def test_a_clock_wrong_by_more_than_ten_minutes_is_one_item_a_day(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata"), person("LI Wei", "5987654321"))
    here.clock.at("9:10")
    here.scan(here.code("SOW"))
    here.clock.at("8:55")
    here.scan(here.code("LI"))
    here.desk.agent = "A. Petit"
    one = only(here.desk)
    assert (one.kind, one.name, one.facts[0].minutes) == ("clock_skew", here.desk.name, -15)
    assert rebuilt(here.desk)
    settle(here.desk, one.id, "both", *AGREED)
    here.clock.at("8:59", MONDAY)
    here.scan(here.code("LI"))
    assert open_items(here.desk) == []


def test_a_clock_wrong_by_ten_minutes_is_no_item(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:20")
    here.scan()
    here.clock.now -= timedelta(minutes=10)
    person_id = here.only().id
    with here.desk.gesture() as gesture:
        gesture.record(ActKind.INSTRUCTION_GIVEN, Subject(SubjectType.CONVOCATION, person_id), {})
    assert [one.kind for one in open_items(here.desk)] == []


def test_two_desks_apart_that_call_one_person_are_one_item(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:10")
    here.scan()
    subject = Subject(SubjectType.VISIT, identity(here.only().id, MONDAY))
    with here.desk.looking() as connection:
        visit = visit_rows.by_id(connection, subject.id)
    assert visit is not None
    known: list[Json] = [*heads(visit)]
    here.clock.at("9:12")
    for desk in (here.desk, another_desk(here.desk)):
        with desk.gesture() as gesture:
            gesture.record(ActKind.VISIT_CALLED, subject, {"after": known})
    one = only(here.desk)
    assert (one.kind, one.name, {fact.desk for fact in one.facts}) == (
        "double_call",
        "SOW Aïssata",
        {here.desk.name, "Guichet 9"},
    )
    settle(here.desk, one.id, "both", *AGREED)
    assert open_items(here.desk) == []
    assert rebuilt(here.desk)


def test_kinds_have_stable_words() -> None:
    assert {kind.value for kind in WorkItemKind} == {
        *("double_check_in", "double_call", "double_handover", "custody_overridden", "import_conflict", "stamp_reused"),
        *("status_after_terminal", "duplicate_number", "clock_skew", "stream_forked", "settled_differently"),
        *("double_summons", "double_phone", "double_holder", "double_custody", "tracking_reused"),
    }
