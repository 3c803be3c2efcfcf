"""Receiving permits: each card once, in the custody of the desk that took it, and no row of a file lost."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.domain.acts import canonical
from counter_app.domain.permit import PermitState
from counter_app.imports.refusals import UnreadableFile
from counter_app.store import permit_rows
from counter_app.usecases.audit import rebuild, verify
from counter_app.usecases.bordereaux import Leaving, remove
from counter_app.usecases.receive_permits import preview_permits, receive_card, receive_permits
from counter_app.usecases.stock import shelve, stock
from counter_app.usecases.stock_answers import SlipKind, StockRefusal
from counter_app.usecases.stock_lots import lot_files
from tests.homes import AtDesk, another_desk
from tests.imports.lists import write_csv
from tests.imports.permit_lists import permit, permits_table
from tests.usecases.stocked import BA, LI, SOW, THREE, card, lot_file, receive


def test_a_lot_is_received_where_the_list_says_in_the_custody_of_this_desk(here: AtDesk) -> None:
    done = receive(here)
    assert (done.added, done.changed, done.unchanged, done.rejected) == (3, 0, 0, ())
    assert done.lots == ("IN-2611-1",)
    states = {one.card_number: one.state for one in stock(here.desk)}
    assert states == {SOW: PermitState.SHELVED, BA: PermitState.SHELVED, LI: PermitState.RECEIVED}
    assert {one.custody.holder for one in stock(here.desk)} == {"Guichet 3"}


def test_what_receiving_would_do_is_said_without_writing(here: AtDesk) -> None:
    assert preview_permits(here.desk, lot_file(here)).added == 3
    assert stock(here.desk) == []


def test_the_same_file_twice_changes_nothing(here: AtDesk) -> None:
    receive(here)
    before = stock(here.desk)
    path = lot_file(here)
    again = receive_permits(here.desk, path)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    assert not again.superseded
    assert stock(here.desk) == before


def test_a_newer_file_changes_what_the_list_owns_and_never_the_place_a_desk_chose(here: AtDesk) -> None:
    receive(here)
    shelve(here.desk, SOW, "C", "7")
    moved = permit(SOW, bac="B", rang="1", téléphone="0611111111")
    done = receive(here, moved, *THREE[1:], minutes=5)
    assert (done.added, done.changed, done.unchanged) == (0, 1, 2)
    place = card(here, SOW).place
    assert place is not None
    assert (place.tray, place.rank, card(here, SOW).phone) == ("C", "7", "+33611111111")


def test_an_older_file_has_no_effect_on_newer_facts_but_brings_the_cards_it_alone_names(here: AtDesk) -> None:
    receive(here, *THREE[:2], minutes=5)
    old = receive(here, permit(SOW, téléphone="0699999999"), THREE[2], minutes=1)
    assert (old.added, old.changed, old.unchanged) == (1, 0, 1)
    assert card(here, SOW).phone == "+33612340001"
    older = receive(here, permit(SOW, téléphone="0688888888"), minutes=0)
    assert older.superseded


def test_a_file_that_confirmed_a_permit_makes_older_ones_silent_too(here: AtDesk) -> None:
    receive(here, minutes=1)
    receive(here, *THREE, permit("D2K5TWAV0", "HADDAD Mariam", "5900000004"), minutes=9)
    between = receive(here, permit(SOW, téléphone="0699999999"), minutes=5)
    assert between.unchanged == 1
    assert card(here, SOW).phone == "+33612340001"


def test_rejected_rows_are_told_with_number_and_reason_and_stay_in_the_journal(here: AtDesk) -> None:
    done = receive(here, THREE[0], permit(""), permit(BA, valable_au="bientôt"))
    assert [(one.row, one.reason_code) for one in done.rejected] == [
        (3, "card_number_missing"),
        (4, "date_unreadable"),
    ]
    assert done.rows == done.added + len(done.rejected)
    (kept,) = lot_files(here.desk)
    assert (kept.rows, kept.lots, kept.rejected) == (3, ("IN-2611-1",), done.rejected)
    with here.desk.looking() as connection:
        (lot,) = permit_rows.lots(connection)
    assert '["nom","SOW"]' in canonical(lot["rejected"])


def test_two_desks_that_receive_one_lot_speak_of_the_same_permits(here: AtDesk) -> None:
    path = lot_file(here)
    receive_permits(here.desk, path)
    other = another_desk(here.desk)
    assert receive_permits(other, path).unchanged == 3
    assert {one.custody.holder for one in stock(other)} == {"Guichet 3"}


def test_a_list_of_appointments_receives_nothing(here: AtDesk) -> None:
    with pytest.raises(UnreadableFile) as refused:
        receive_permits(here.desk, here.lists.participations({}))
    assert refused.value.reason_code == "not_permits"
    assert stock(here.desk) == []


def test_a_card_in_hand_is_received_alone_and_a_list_completes_it(here: AtDesk) -> None:
    answer = receive_card(here.desk, "f5v9 ry2wj", "SOW Aïssata", "59 12 345 678", tray="d", rank="3")
    assert answer.done
    assert answer.permit is not None
    assert (answer.permit.state, answer.permit.foreign_number) == (PermitState.SHELVED, "5912345678")
    done = receive(here)
    assert (done.added, done.changed) == (2, 1)
    one = card(here, SOW)
    assert (one.stamp_amount, one.place and one.place.tray) == (250, "D")
    assert len(stock(here.desk)) == 3


def test_a_card_already_received_is_shown_and_not_received_twice(here: AtDesk) -> None:
    receive(here)
    answer = receive_card(here.desk, SOW, "SOW Aïssata")
    assert answer.refusal is StockRefusal.ALREADY_RECEIVED
    assert answer.permit == card(here, SOW)


@pytest.mark.parametrize(("number", "name", "refusal"), [("", "X", "card_missing"), ("F5V9RY2WJ", " ", "name_missing")])
def test_a_card_without_number_or_name_is_not_received(here: AtDesk, number: str, name: str, refusal: str) -> None:
    assert receive_card(here.desk, number, name).refusal == refusal
    assert stock(here.desk) == []


def test_a_stock_received_verifies_and_rebuilds(here: AtDesk) -> None:
    receive(here, THREE[0], permit(""))
    receive_card(replace(here.desk, agent="B. Colin"), LI, "LI Wei")
    assert verify(here.desk).ok
    assert rebuild(here.desk).same


def test_a_card_that_had_left_and_comes_in_another_lot_is_told_and_stays_out(here: AtDesk) -> None:
    receive(here)
    assert remove(here.desk, SlipKind.POST, [Leaving(SOW, "1A 234")]).bordereau
    assert receive(here, permit(SOW, téléphone="0611111111"), minutes=2).returned == ()
    again = permit(SOW, lot="IN-2611-9")
    path = lot_file(here, again, minutes=5, name="retour.csv")
    assert [one.card_number for one in preview_permits(here.desk, path).returned] == [SOW]
    (told,) = receive_permits(here.desk, path).returned
    assert (told.state, card(here, SOW).state) == (PermitState.POSTED, PermitState.POSTED)
    assert receive_permits(here.desk, path).returned == ()


LACKING = frozenset({"numéro étranger", "date naissance", "timbre à acquitter (€)", "créneau de remise", "téléphone"})


def _lacking_lot(here: AtDesk, *rows: dict[str, str], minutes: int) -> Path:
    """A lot without some of its columns, written so many minutes after seven."""
    whole = permits_table(*rows)
    kept = [place for place, heading in enumerate(whole[0]) if heading not in LACKING]
    path = write_csv(here.lists.folder / "autre.csv", [[row[place] for place in kept] for row in whole])
    at = (here.clock() - timedelta(hours=1) + timedelta(minutes=minutes)).timestamp()
    os.utime(path, (at, at))
    return path


def test_a_list_without_a_column_says_nothing_of_it_and_what_was_known_holds(here: AtDesk) -> None:
    receive(here)
    before = card(here, SOW)
    done = receive_permits(here.desk, _lacking_lot(here, *THREE, minutes=30))
    assert (done.superseded, done.changed, done.unchanged) == (False, 0, 3)
    assert card(here, SOW) == before


def test_an_older_list_still_tells_what_the_newer_had_no_column_for_and_nothing_else(here: AtDesk) -> None:
    here.lists.folder.mkdir(exist_ok=True)
    receive_permits(here.desk, _lacking_lot(here, {**THREE[0], "bac": "Z"}, *THREE[1:], minutes=30))
    assert (card(here, SOW).foreign_number, card(here, SOW).stamp_amount) == (None, None)
    done = receive(here)
    assert (done.superseded, done.changed, done.unchanged) == (False, 3, 0)
    known = card(here, SOW)
    assert (known.foreign_number, known.stamp_amount, known.best("tray")) == ("5912345678", 250, "Z")
    assert receive(here, *THREE, minutes=1).unchanged == 3


def test_an_empty_cell_unsays_nothing_that_a_list_told_before_but_the_tray(here: AtDesk) -> None:
    receive(here)
    before = card(here, SOW)
    emptied = {name: "" for name in THREE[0] if name not in ("nom", "prénom", "numéro de titre", "bac", "rang")}
    assert receive(here, {**THREE[0], **emptied}, *THREE[1:], minutes=5).unchanged == 3
    assert card(here, SOW) == before
    assert receive(here, {**THREE[0], **emptied, "bac": "", "rang": ""}, *THREE[1:], minutes=9).changed == 1
    after = card(here, SOW)
    assert (after.place, after.slot, after.summoned_on, after.stamp_amount) == (
        *(None, before.slot),
        *(before.summoned_on, before.stamp_amount),
    )
