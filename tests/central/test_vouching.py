"""A restored store is told again of desks enrolled since its copy, by desks that knew them."""

from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from counter_app.central.figures import status
from counter_app.central.ledger import Ledger
from counter_app.central.tables import device as devices
from counter_app.sync.wire import Push, PushAnswer, Vouched
from tests.central.desks import Desk, enrolled, push, statuses
from tests.central.live import OverHttps


def voucher(desk: Desk, key: str = "") -> Vouched:
    return Vouched(desk.device, desk.name, desk.name[-1], key or desk.keys.public)


def told(ledger: Ledger | OverHttps, by: Desk, desk: Desk, vouched: Sequence[Vouched]) -> PushAnswer:
    answer = ledger.answer(by.session, Push(tuple(desk.acts), tuple(vouched)))
    assert isinstance(answer, PushAnswer)
    return answer


def test_acts_of_a_forgotten_desk_are_taken_on_the_word_of_another(
    ledger: Ledger | OverHttps, engine: sa.Engine
) -> None:
    here, gone = Desk("Guichet 1"), Desk("Guichet 2")
    enrolled(engine, here)
    gone.write(3)
    assert statuses(told(ledger, here, gone, ())) == [(1, 3, "later", "device")]
    assert statuses(told(ledger, here, gone, [voucher(gone)])) == [(1, 3, "accepted", "")]
    assert statuses(told(ledger, here, gone, [voucher(gone)])) == [(1, 3, "accepted", "")]


def test_nobody_vouches_away_the_key_of_a_desk_that_is_known(inside: Ledger, engine: sa.Engine) -> None:
    here, other = Desk("Guichet 1"), Desk("Guichet 2")
    enrolled(engine, here)
    enrolled(engine, other)
    other.write(2)
    told(inside, here, other, [voucher(other, here.keys.public)])
    assert statuses(push(inside, other)) == [(1, 2, "accepted", "")]


def test_a_word_about_a_desk_of_which_no_act_comes_is_not_kept(inside: Ledger, engine: sa.Engine) -> None:
    here, other = Desk("Guichet 1"), Desk("Guichet 2")
    enrolled(engine, here)
    here.write()
    told(inside, here, here, [voucher(other)])
    assert [desk.device for desk in status(engine)[0].desks] == [here.device]


@pytest.mark.parametrize("key", ["", "zz" * 32, "00" * 31, "\0" * 64])
def test_a_key_that_cannot_be_read_vouches_for_nobody(inside: Ledger, engine: sa.Engine, key: str) -> None:
    here, gone = Desk("Guichet 1"), Desk("Guichet 2")
    enrolled(engine, here)
    gone.write()
    vouched = Vouched(gone.device, gone.name, "2", key)
    assert statuses(told(inside, here, gone, [vouched])) == [(1, 1, "later", "device")]


def test_a_desk_told_to_be_revoked_stays_so(inside: Ledger, engine: sa.Engine) -> None:
    here, gone = Desk("Guichet 1"), Desk("Guichet 2")
    enrolled(engine, here)
    gone.write()
    told(inside, here, gone, [Vouched(gone.device, gone.name, "2", gone.keys.public, revoked=True)])
    assert {desk.device: desk.revoked for desk in status(engine)[0].desks} == {here.device: False, gone.device: True}


def test_a_desk_that_enrols_with_a_code_takes_back_the_place_that_a_false_word_took(
    inside: Ledger, engine: sa.Engine
) -> None:
    here, gone = Desk("Guichet 1"), Desk("Guichet 2")
    enrolled(engine, here)
    gone.write()
    told(inside, here, gone, [voucher(gone, here.keys.public)])
    enrolled(engine, gone)
    with engine.connect() as connection:
        kept = connection.execute(sa.select(devices.c.public_key).where(devices.c.device == gone.device)).scalar_one()
    assert kept == gone.keys.public
    assert statuses(push(inside, gone)) == [(1, 1, "accepted", "")]
