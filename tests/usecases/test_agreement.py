"""An agreement is that of another person: nobody is their own supervisor, at any gesture."""

from datetime import timedelta

import pytest

from counter_app.domain.acts import ActKind
from counter_app.domain.verdict import Verdict
from counter_app.store import journal
from counter_app.usecases import custody, work_items
from counter_app.usecases.agreement import OWN_AGREEMENT, agrees_with_self
from counter_app.usecases.answers import Override
from counter_app.usecases.check_in import check_in
from counter_app.usecases.conflict_answers import SettleRefusal
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.handover_aftermath import contest, settle, undo_handover
from counter_app.usecases.stock_answers import StockRefusal
from counter_app.usecases.undo import undo
from tests.homes import AtDesk, person
from tests.usecases.permits_at_hand import Stocked, receive


def own(here: AtDesk, reason: str = "urgent") -> Override:
    """The agent's own name, typed otherwise."""
    return Override(reason, f"  {here.desk.agent.upper()}  ")


@pytest.fixture
def ready(here: AtDesk) -> Stocked:
    here.clock.at("9:15")
    return Stocked(here, receive(here.desk))


def test_a_name_is_the_same_whatever_its_case_accents_and_blanks(here: AtDesk) -> None:
    here.desk.agent = "Zoé  Ménard"
    assert agrees_with_self(here.desk, " ZOE MENARD ")
    assert not agrees_with_self(here.desk, "Zoé Mesnard")
    assert not agrees_with_self(here.desk, None)
    here.desk.agent = ""
    assert not agrees_with_self(here.desk, " ")


def test_a_handover_against_the_rule_is_not_lifted_by_its_own_agent(ready: Stocked) -> None:
    ready.at("14:00")
    answer = hand_over(ready.desk, ready.identity, ready.draft(), own(ready.here))
    assert (answer.recorded, answer.verdict, answer.lifted) == (False, Verdict.HANDOVER_CLOSED, ())
    assert OWN_AGREEMENT in answer.notes


def test_a_handover_is_neither_taken_back_nor_settled_by_its_own_agent(ready: Stocked) -> None:
    hand_over(ready.desk, ready.identity, ready.draft())
    ready.at("9:30")
    assert undo_handover(ready.desk, ready.identity, own(ready.here)).reason == OWN_AGREEMENT
    contest(ready.desk, ready.identity, "dit ne pas avoir reçu")
    assert settle(ready.desk, ready.identity, None, own(ready.here)).reason == OWN_AGREEMENT
    (item,) = work_items.open_items(ready.desk)
    refusal = work_items.settle(ready.desk, item.id, item.choices[1], "vu", ready.desk.agent).refusal
    assert refusal is SettleRefusal.OWN_AGREEMENT
    assert ready.permit.disputed


def test_custody_is_not_taken_on_ones_own_word(ready: Stocked) -> None:
    answer = custody.override(ready.desk, ready.identity, "armoire vide", ready.desk.agent)
    assert answer.refusal is StockRefusal.OWN_AGREEMENT


def test_an_arrival_against_the_rule_is_not_recorded_on_ones_own_word(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", "5912345678", date_rdv=f"{here.desk.now() + timedelta(days=1):%d/%m/%Y}"))
    answer = check_in(here.desk, here.code(), own(here))
    assert (answer.recorded, answer.notes[-1:]) == (False, (OWN_AGREEMENT,))
    assert here.desk.agent.upper() not in str(answer.first)


def test_nothing_of_another_day_is_taken_back_on_ones_own_word(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", "5912345678"))
    here.clock.at("9:12")
    here.scan()
    assert undo(here.desk, None, own(here)).reason == OWN_AGREEMENT
    with here.desk.looking() as connection:
        assert journal.latest(connection, here.desk.stream, [ActKind.CHECKED_IN], 1)
