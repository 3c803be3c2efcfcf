"""Offers of custody: to a desk that exists, and told when another one stands."""

import pytest

from counter_app.domain.acts import Json
from counter_app.store import sync_rows
from counter_app.telling.stock import not_done, unheard_told
from counter_app.usecases import custody
from counter_app.usecases.stock_answers import StockRefusal
from tests.homes import AtDesk
from tests.usecases.permits_at_hand import Stocked, receive


@pytest.fixture
def ready(here: AtDesk) -> Stocked:
    here.clock.at("9:15")
    return Stocked(here, receive(here.desk))


def test_an_offer_to_a_desk_that_the_site_does_not_know_names_the_desks_it_does(ready: Stocked) -> None:
    with ready.desk.store.writing() as connection:
        shown: list[dict[str, Json]] = [{"desk": "Poste 7", "revoked": False}, {"desk": "Poste 8", "revoked": True}]
        told = [(str(one["desk"]), str(one["desk"]), f"key {one['desk']}", one) for one in shown]
        sync_rows.set_peers(connection, told)
    (answer,) = custody.offer(ready.desk, [ready.identity], "Poste 22")
    assert (answer.refusal, answer.about) == (StockRefusal.UNKNOWN_DESK, "Poste 7")
    assert "Poste 7" in not_done(answer)
    assert ready.permit.custody.offers == ()
    assert custody.offer(ready.desk, [ready.identity], "poste 7")[0].done
    assert custody.offer(ready.desk, [ready.identity], "safe")[0].done


def test_a_lone_home_warns_that_it_knows_no_such_desk(ready: Stocked) -> None:
    (answer,) = custody.offer(ready.desk, [ready.identity], "Poste 22")
    assert answer.done
    assert "Poste 22" in unheard_told(answer)
    (safe,) = custody.offer(ready.desk, [ready.identity], "safe")
    assert unheard_told(safe) == ""


def test_an_offer_to_oneself_tells_the_offer_that_stands(ready: Stocked) -> None:
    custody.offer(ready.desk, [ready.identity], "Poste 7")
    (answer,) = custody.offer(ready.desk, [ready.identity], ready.desk.name)
    assert (answer.refusal, answer.about) == (StockRefusal.OFFER_STANDS, "Poste 7")
    assert "permits undo" in not_done(answer)
