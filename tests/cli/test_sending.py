"""What a command records leaves at once: desks by commands alone, over a real HTTPS service."""

import socket
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from time import monotonic

import pytest
import sqlalchemy as sa

from counter_app import app
from counter_app.cli import online, sending
from counter_app.store import sync_rows
from counter_app.sync.backoff import Backoff
from counter_app.sync.https import READ
from tests.central.live import Live
from tests.cli.cli import Door, Join, Said, stop
from tests.cli.test_contract import check, keys_of, section
from tests.homes import EIGHT, Clock, Lists, person
from tests.imports.lists import write_csv
from tests.imports.permit_lists import permit, permits_table

HTTPS = "counter_app.sync.https"
CARD = "F5V9RY2WJ"
SHOWN = (
    *("--identity", "passport", "--identity-result", "match", "--old-document", "surrendered"),
    *("--stamp", "1234 5678 9012 3456", "--signature", "paper"),
)


def receive(door: Door, folder: Path) -> Said:
    """A permit whose holder is expected at 9:20."""
    row = permit(CARD, **{"créneau de remise": "23/11/2026 09:20", "SMS envoyé le": "16/11/2026"})
    return door.at("09:00", "permits", "receive", write_csv(folder / "titres.csv", permits_table(row)))


def morning(door: Door, folder: Path) -> Said:
    """Somebody is expected."""
    lists = Lists(folder / "listes", Clock(EIGHT))
    return door.at("08:00", "import", lists.participations(person("SOW Aïssata", "5912345678")))


@pytest.mark.usefixtures("patient")
def test_two_desks_by_commands_alone_hand_one_permit_over_once(joined: Join, tmp_path: Path) -> None:
    one, two = joined("Guichet 1", "A"), joined("Guichet 2", "B")
    assert receive(one, tmp_path).code == two("sync", "--once").code == 0
    assert one.at("09:15", "hand-over", CARD, *SHOWN).json["verdict"] == "handed_over"
    second = two.at("09:16", "hand-over", CARD, *SHOWN)
    assert (second.code, second.json["recorded"], second.json["verdict"]) == (3, False, "already_handed_over")


@pytest.mark.usefixtures("patient")
def test_a_command_that_loads_its_line_takes_nothing_off_the_time_of_the_central(
    joined: Join, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, loaded = joined("Guichet 1", "A"), list[bool]()
    receive(one, tmp_path)

    def ticks() -> float:
        loaded.append(HTTPS in sys.modules)
        return monotonic()

    monkeypatch.delitem(sys.modules, HTTPS)
    monkeypatch.setattr(app, "ticks", ticks)
    assert one.at("09:15", "hand-over", CARD, *SHOWN).json["sent"]
    assert all(loaded), "a third of a second, where the other desks are given as much"


@pytest.mark.usefixtures("patient")
def test_what_a_command_records_is_at_the_central_and_the_answer_says_so(joined: Join, tmp_path: Path) -> None:
    one, two = joined("Guichet 1", "A"), joined("Guichet 2", "B")
    assert morning(one, tmp_path).json["sent"] is True
    done = one.at("09:05", "check-in", "5912345678")
    assert (done.json["recorded"], done.json["sent"], done.err) == (True, True, "")
    check({**keys_of(section("check-in")), "sent": ""}, done.json, "check-in")
    assert two("sync", "--once").json["pulled"] > 0
    again = two.at("09:06", "check-in", "5912345678")
    assert (again.json["verdict"], again.json["sent"]) == ("already_checked_in", True), "a refused scan leaves too"
    assert "sent" not in two("search", "sow").json, "nothing was recorded"


@pytest.mark.usefixtures("patient")
def test_a_person_whom_one_desk_summoned_is_summoned_by_no_other_that_had_not_heard_of_it(
    joined: Join, tmp_path: Path
) -> None:
    one, two = joined("Guichet 1", "A"), joined("Guichet 2", "B")
    row = permit(CARD, **{"créneau de remise": "", "SMS envoyé le": ""})
    assert one.at("09:00", "permits", "receive", write_csv(tmp_path / "titres.csv", permits_table(row))).code == 0
    assert two("sync", "--once").code == 0
    first = one.at("09:05", "permits", "summon", "--first", CARD, "--out", tmp_path / "A")
    assert (first.json["sent"], first.json["sent"] is True, len(first.json["summoned"])) == (1, False, 1), "messages"
    second = two.at("09:06", "permits", "summon", "--since", "2026-12-15", "--out", tmp_path / "B")
    assert (second.json["summoned"], second.json["messages"], second.err) == ([], [], "")
    assert not (tmp_path / "B").exists()
    again = two.at("09:07", "permits", "told", CARD, "--by", "phone")
    moved = one.at("09:08", "permits", "move-slot", CARD, "2026-12-15T10:00", "--reason", "elle voyage")
    assert (again.code, moved.code) == (0, 0)
    assert two.at("09:09", "permits", "phone", CARD, "+33699887766").json["permit"]["slot"].startswith("2026-12-15")


@pytest.mark.usefixtures("patient")
def test_a_handover_made_elsewhere_a_moment_ago_is_contested_and_settled_here_by_command(
    joined: Join, tmp_path: Path
) -> None:
    one, two = joined("Guichet 1", "A"), joined("Guichet 2", "B")
    receive(one, tmp_path)
    assert one.at("09:15", "hand-over", CARD, *SHOWN).json["sent"]
    assert two.at("09:16", "handover-contest", CARD, "--reason", "rien reçu").json["done"], "two had not exchanged"
    agreed = ("--reason", "carte au bac", "--approved-by", "Mme Leroy")
    settled = one.at("09:17", "handover-settle", CARD, "--keep", "none", *agreed)
    assert (settled.code, settled.json["permit"]["state"]) == (0, "to_locate")


@pytest.mark.usefixtures("patient")
def test_a_card_that_a_desk_just_offered_is_taken_by_the_other_at_its_first_command(
    joined: Join, tmp_path: Path
) -> None:
    one, two = joined("Guichet 1", "A"), joined("Guichet 2", "B")
    assert (
        one.at("09:00", "permits", "receive", write_csv(tmp_path / "titres.csv", permits_table(permit(CARD)))).code == 0
    )
    assert two("sync", "--once").code == one("sync", "--once").code == 0
    offered = one.at("09:05", "permits", "custody", CARD, "--offer", "Guichet 2")
    assert (offered.code, offered.json["sent"]) == (0, True), offered.err
    taken = two.at("09:06", "permits", "custody", CARD, "--take")
    assert (taken.code, taken.err) == (0, "")
    assert taken.json["answers"][0]["permit"]["custody"] == "Guichet 2"


@pytest.mark.usefixtures("patient")
def test_an_offer_that_was_taken_elsewhere_is_not_undone_by_a_desk_that_had_not_heard_of_it(
    joined: Join, tmp_path: Path
) -> None:
    one, two = joined("Guichet 1", "A"), joined("Guichet 2", "B")
    assert (
        one.at("09:00", "permits", "receive", write_csv(tmp_path / "titres.csv", permits_table(permit(CARD)))).code == 0
    )
    assert two("sync", "--once").code == one("sync", "--once").code == 0
    assert one.at("09:05", "permits", "custody", CARD, "--offer", "Guichet 2").json["sent"]
    assert two.at("09:06", "permits", "custody", CARD, "--take").json["sent"]
    undone = one.at("09:07", "permits", "undo", CARD)
    assert (undone.code, undone.json["done"]) == (3, False)
    assert two.at("09:08", "permits", "list").json["permits"][0]["custody"] == "Guichet 2"


@pytest.mark.usefixtures("patient")
def test_a_day_is_signed_and_told_with_what_the_central_holds(joined: Join, tmp_path: Path) -> None:
    one, two = joined("Guichet 1", "A"), joined("Guichet 2", "B")
    morning(one, tmp_path)
    assert two("sync", "--once").code == 0
    assert two.at("09:05", "check-in", "5912345678").json["sent"]
    closed = one.at("09:06", "close-day", "--day", "2026-11-23", "--out", tmp_path / "bilan")
    assert (closed.code, closed.json["arrivals"]) == (0, {"09:00": 1}), closed.err
    again = two.at("09:07", "close-day", "--day", "2026-11-23", "--out", tmp_path / "autre")
    assert (again.json["version"], again.json["new"], again.json["digest"]) == (1, False, closed.json["digest"])
    assert two.at("09:08", "call-next").json["sent"]
    told = one.at("09:09", "report", "--from", "2026-11-23", "--to", "2026-11-23")
    assert told.json["balance"]["open"] == 1


@pytest.mark.usefixtures("hasty")
def test_two_hours_told_by_desks_apart_are_a_conflict_and_nobody_is_sent_away_at_either(
    joined: Join, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = joined("Guichet 1", "A"), joined("Guichet 2", "B")
    row = permit(CARD, **{"créneau de remise": "", "SMS envoyé le": ""})
    assert one.at("09:00", "permits", "receive", write_csv(tmp_path / "titres.csv", permits_table(row))).code == 0
    assert one("sync", "--once").code == two("sync", "--once").code == 0
    monkeypatch.setattr(online, "WHOLE", 0.0)
    hours = []
    for door, at, day in ((one, "09:05", "2026-12-10"), (two, "09:06", "2026-12-15")):
        done = door.at(at, "permits", "summon", "--since", day, "--out", tmp_path / day)
        hours.append(done.json["summoned"][0]["permit"]["slot"])
    assert [one("sync", "--once").code, two("sync", "--once").code, one("sync", "--once").code] == [0, 0, 0]
    (conflict,) = one("conflicts").json["conflicts"]
    assert (conflict["kind"], len(conflict["facts"])) == ("double_summons", 2)
    (listed,) = one("permits", "list").json["permits"]
    assert [listed["slot"], *listed["told_otherwise"]] == list(reversed(hours))
    for hour in hours:
        said = one("hand-over", CARD, *SHOWN, "--dry-run", "--at", hour)
        assert (said.json["verdict"], said.code) == ("permit_ready", 0)
    early = one("hand-over", CARD, *SHOWN, "--dry-run", "--at", hours[0])
    assert "told_otherwise" in early.json["notes"]
    said = one.bare("--home", one.home, "hand-over", CARD, *SHOWN, "--dry-run", "--at", hours[0])
    assert "Un de nos messages donne aussi une autre heure, le 15/12" in said.out


def test_away_from_the_central_a_summons_goes_on_and_says_that_the_others_were_not_heard(
    joined: Join, service: Live, tmp_path: Path
) -> None:
    one = joined("Guichet 1", "A")
    assert (
        one.at("09:00", "permits", "receive", write_csv(tmp_path / "titres.csv", permits_table(permit(CARD)))).code == 0
    )
    stop(service)
    done = one.at("09:05", "permits", "phone", CARD, "+33699887766")
    assert (done.code, done.json["done"], done.json["sent"]) == (0, True, False)
    assert "ce que les autres postes viennent d’enregistrer n’est pas connu ici" in done.err


def test_away_from_the_central_the_act_is_kept_and_the_answer_says_that_it_waits(
    joined: Join, service: Live, tmp_path: Path
) -> None:
    one = joined("Guichet 1", "A")
    morning(one, tmp_path)
    stop(service)
    done = one.at("09:05", "check-in", "5912345678")
    assert (done.code, done.json["recorded"], done.json["sent"]) == (0, True, False)
    assert "C’est enregistré sur ce poste, pas encore à la base centrale" in done.err


def test_a_central_that_takes_the_line_and_says_nothing_keeps_nobody_for_long(
    joined: Join, service: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = joined("Guichet 1", "A")
    stop(service)
    monkeypatch.setattr(sending, "LIMIT", 0.2)
    with socket.create_server(("127.0.0.1", service.port)):
        began = app.ticks()
        assert morning(one, tmp_path).json["sent"] is False
        assert app.ticks() - began < READ


def test_a_desk_whose_central_did_not_answer_a_moment_ago_is_not_kept_waiting(
    joined: Join, service: Live, tmp_path: Path
) -> None:
    one = joined("Guichet 1", "A")
    stop(service)
    assert one.at("08:00", "sync", "--once").code == 3
    assert morning(one, tmp_path).json["sent"] is False
    with closing(app.open_office(one.home)) as office, office.desk.looking() as connection:
        kept = sync_rows.noted(connection, "backoff")
    assert Backoff.read(str(kept)).attempts == 1, "the central was not asked again"


@pytest.mark.usefixtures("patient")
def test_commands_at_a_desk_put_off_for_long_are_in_touch_again_within_half_a_minute(
    joined: Join, tmp_path: Path
) -> None:
    one = joined("Guichet 1", "A")
    with closing(app.open_office(one.home)) as office, office.desk.store.writing() as connection:
        away = Backoff(9, datetime(2026, 11, 23, 8, 5, tzinfo=office.desk.rules.zone))
        sync_rows.note(connection, "backoff", away.text())
    assert morning(one, tmp_path).json["sent"] is False
    assert one("check-in", "5912345678", "--at", "2026-11-23T08:00:31").json["sent"] is True


def test_a_desk_that_is_alone_says_nothing_of_a_central(loaded: Door) -> None:
    done = loaded.at("09:05", "check-in", "5912345678")
    assert (done.json["recorded"], "sent" in done.json) == (True, False)


@pytest.mark.usefixtures("patient")
def test_sending_takes_nothing_so_that_a_week_of_others_keeps_nobody_waiting(
    joined: Join, service: Live, tmp_path: Path
) -> None:
    one, two = joined("Guichet 1", "A"), joined("Guichet 2", "B")
    assert morning(one, tmp_path).json["sent"]
    assert two("provisional", "TRAORÉ Issa").json["sent"]
    assert two.at("09:00", "search", "sow").json["hits"] == []
    with service.engine.connect() as connection:
        kinds = set(connection.execute(sa.text("SELECT kind FROM act")).scalars())
    assert {"list_imported", "scan_unknown"} <= kinds
