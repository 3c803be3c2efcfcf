"""The handover block of a signed day stays true: a card that left and comes back another day did leave."""

from datetime import timedelta

import pytest

from counter_app.domain.day_figures import Stock
from counter_app.usecases.answers import Override
from counter_app.usecases.audit import rebuild
from counter_app.usecases.bordereaux import Leaving, remove
from counter_app.usecases.close_day import closings
from counter_app.usecases.day_facts import day_figures
from counter_app.usecases.receive_permits import receive_permits
from counter_app.usecases.stock import back_in_stock
from counter_app.usecases.stock_answers import SlipKind
from counter_app.usecases.undo_about import undo_about
from tests.homes import MONDAY, AtDesk, closed_day
from tests.imports.permit_lists import permit
from tests.usecases.stocked import BA, LI, SOW, card, lot_file, receive

TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 3))
AGREED = Override("dictée par erreur", "Mme Roy")


@pytest.fixture
def signed(here: AtDesk) -> AtDesk:
    """Three cards in the stock; two were sent back on Tuesday, which is signed."""
    receive(here)
    here.clock.at("10:00", TUESDAY)
    slip = remove(here.desk, SlipKind.SEND_BACK, [Leaving(SOW), Leaving(BA)], "jamais retirés")
    assert slip.bordereau is not None
    here.clock.at("18:00", TUESDAY)
    assert closed_day(here.desk, TUESDAY).closing.version == 1
    assert day_figures(here.desk, TUESDAY).stock == Stock(morning=3, returned=2, evening=1)
    here.clock.at("09:00", WEDNESDAY)
    return here


def test_a_card_that_comes_back_the_next_day_changes_nothing_of_the_day_on_which_it_left(signed: AtDesk) -> None:
    assert back_in_stock(signed.desk, SOW, "renvoyé à tort").done
    assert not closed_day(signed.desk, TUESDAY).new
    assert [one.version for one in closings(signed.desk, TUESDAY)] == [1]
    assert day_figures(signed.desk, TUESDAY).stock == Stock(morning=3, returned=2, evening=1)
    assert day_figures(signed.desk, WEDNESDAY).stock == Stock(morning=1, received=1, evening=2)


def test_a_card_may_leave_and_come_back_as_often_as_it_does_the_same_day_too(signed: AtDesk) -> None:
    assert back_in_stock(signed.desk, SOW, "renvoyé à tort").done
    assert remove(signed.desk, SlipKind.POST, [Leaving(SOW, "1A 234")]).bordereau is not None
    assert back_in_stock(signed.desk, SOW, "pli non distribué").done
    assert back_in_stock(signed.desk, BA, "renvoyé à tort").done
    signed.clock.at("09:00", THURSDAY)
    assert remove(signed.desk, SlipKind.DESTROY, [Leaving(SOW)], "périmé").bordereau is not None
    assert day_figures(signed.desk, TUESDAY).stock == Stock(morning=3, returned=2, evening=1)
    assert day_figures(signed.desk, WEDNESDAY).stock == Stock(morning=1, received=3, returned=1, evening=3)
    assert day_figures(signed.desk, THURSDAY).stock == Stock(morning=3, returned=1, evening=2)
    assert rebuild(signed.desk).differences == ()


def test_another_lot_that_brings_a_card_again_leaves_the_days_before_as_they_were(signed: AtDesk) -> None:
    first = card(signed, SOW).received_on
    signed.clock.at("09:00", THURSDAY)
    again = permit(SOW, reçu_le="26/11/2026", lot="IN-2611-9")
    assert receive_permits(signed.desk, lot_file(signed, again, name="lot2.csv")).returned
    assert (card(signed, SOW).received_on, card(signed, SOW).came_on) == ("2026-11-26", first)
    assert back_in_stock(signed.desk, SOW, "revenu par un autre lot").done
    assert day_figures(signed.desk, TUESDAY).stock == Stock(morning=3, returned=2, evening=1)
    assert day_figures(signed.desk, THURSDAY).stock == Stock(morning=1, received=1, evening=2)
    assert rebuild(signed.desk).differences == ()


def test_a_bordereau_voided_says_that_its_cards_never_left_and_the_next_version_names_it(here: AtDesk) -> None:
    receive(here)
    here.clock.at("10:00", TUESDAY)
    slip = remove(here.desk, SlipKind.SEND_BACK, [Leaving(LI)], "jamais retiré").bordereau
    assert slip is not None
    assert closed_day(here.desk, TUESDAY).closing.version == 1
    here.clock.at("09:00", WEDNESDAY)
    undo_about(here.desk, slip.number, AGREED)
    assert closed_day(here.desk, TUESDAY).closing.version == 2
    assert day_figures(here.desk, TUESDAY).stock == Stock(morning=3, evening=3)
    assert day_figures(here.desk, WEDNESDAY).stock == Stock(morning=3, evening=3)
