"""The verb of the exchanges over a real HTTPS service: what leaves, what comes, and what a desk out of touch says."""

import signal
import subprocess
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from counter_app import app
from counter_app.central.presence import look
from counter_app.central.session import Session
from counter_app.central.tables import device, presence
from counter_app.central.tokens import revoke
from counter_app.cli.sync_verb import _why
from counter_app.domain.acts import SubjectType
from counter_app.domain.refusal import StoreRefused
from counter_app.domain.visit_story import Stage
from counter_app.home import only_window, read_home
from counter_app.launch import _open_office
from counter_app.store import visit_rows
from counter_app.sync.state import Phase, SyncState
from counter_app.sync.wire import Look
from tests.central.live import Live
from tests.cli.cli import COMMAND, Join, stop
from tests.homes import EIGHT, Clock, Lists, person

DOCUMENTED = {
    *("pushed", "pulled", "branches", "set_aside", "verified_at", "work_items"),
    *("phase", "waiting", "why", "next_try", "desks"),
}


def seen(service: Live) -> bool:
    """Whether a desk has greeted the central."""
    with service.engine.connect() as connection:
        return connection.execute(sa.select(device.c.seen_at)).scalar() is not None


@pytest.mark.usefixtures("hasty")
def test_acts_of_one_desk_reach_the_other(joined: Join, tmp_path: Path) -> None:
    one, two = joined("Guichet 1", "A"), joined("Guichet 2", "B")
    lists = Lists(tmp_path / "listes", Clock(EIGHT))
    one("import", lists.participations(person("SOW Aïssata", "5912345678")), "--at", "2026-11-23T08:00")
    sent = one("sync", "--once")
    assert (sent.code, sent.json["phase"], sent.json["waiting"]) == (0, "up_to_date", 0)
    assert sent.json["pushed"] > 0
    assert set(sent.json) == DOCUMENTED
    got = two("sync", "--once")
    assert (got.code, got.json["pulled"]) == (0, sent.json["pushed"])
    assert [desk["desk"] for desk in got.json["desks"]] == ["Guichet 1", "Guichet 2"]


@pytest.mark.usefixtures("patient")
def test_a_check_in_asks_the_other_desks_first(joined: Join, tmp_path: Path) -> None:
    one, two = joined("Guichet 1", "A"), joined("Guichet 2", "B")
    lists = Lists(tmp_path / "listes", Clock(EIGHT))
    one("import", lists.participations(person("SOW Aïssata", "5912345678")), "--at", "2026-11-23T08:00")
    assert one("sync", "--once").code == two("sync", "--once").code == 0
    assert one.at("09:05", "check-in", "5912345678").json["recorded"]
    assert one("sync", "--once").code == 0
    again = two.at("09:06", "check-in", "5912345678")
    assert (again.code, again.json["verdict"]) == (3, "already_checked_in")
    assert again.json["first"]["desk"] == "Guichet 1"


def test_a_command_leaves_no_file_open_behind_it_however_slow_the_network(
    joined: Join, service: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = joined("Guichet 1", "A")
    lists = Lists(tmp_path / "listes", Clock(EIGHT))
    one("import", lists.participations(person("SOW Aïssata", "5912345678")), "--at", "2026-11-23T08:00")
    assert one("sync", "--once").code == 0
    began, asked = app.ticks(), iter((0.0, 0.0))
    monkeypatch.setattr(app, "ticks", lambda: began + next(asked, 1000.0))
    assert one.at("09:05", "check-in", "5912345678").json["recorded"]
    with service.engine.connect() as connection:
        assert connection.execute(sa.select(presence.c.desk)).all() == []


def test_a_central_that_does_not_answer_is_told_and_the_desk_works_on(
    joined: Join, service: Live, tmp_path: Path
) -> None:
    one = joined("Guichet 1", "A")
    lists = Lists(tmp_path / "listes", Clock(EIGHT))
    one("import", lists.participations(person("SOW Aïssata", "5912345678")), "--at", "2026-11-23T08:00")
    stop(service)
    told = one("sync", "--once")
    assert (told.code, told.json["phase"]) == (3, "offline")
    assert told.json["why"]
    assert set(told.json) == DOCUMENTED
    done = one.at("09:05", "check-in", "5912345678")
    assert (done.json["recorded"], done.json["certainty"]) == (True, "unsure")


def test_an_exchange_that_did_not_reach_its_end_says_so() -> None:
    told = _why(SyncState(Phase.BEHIND))
    assert told is not None
    assert "L’échange a avancé sans arriver au bout" in told
    assert _why(SyncState(Phase.UP_TO_DATE)) is None


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_without_once_it_goes_on_until_it_is_told_to_stop(joined: Join, service: Live, how: signal.Signals) -> None:
    one = joined("Guichet 1", "A")
    command = [COMMAND, "--home", str(one.home), "sync", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        try:
            while not seen(service):
                assert running.poll() is None
            running.send_signal(how)
            out, err = running.communicate(timeout=60)
        finally:
            running.kill()
    assert (running.returncode, b"Traceback" in err) == (0, False), err
    assert b'"phase"' in out


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("options", [("--once",), ()])
def test_a_revoked_desk_sends_what_it_holds_then_wipes_itself(
    joined: Join, service: Live, tmp_path: Path, options: tuple[str, ...]
) -> None:
    one = joined("Guichet 1", "A")
    lists = Lists(tmp_path / "listes", Clock(EIGHT))
    assert one("sync", "--once").code == 0
    one("import", lists.participations(person("SOW Aïssata", "5912345678")), "--at", "2026-11-23T08:00")
    revoke(service.engine, "nord", read_home(one.home).identity.device, service.clock())
    with only_window(one.home):
        held = one("sync", *options)
        assert (held.json["phase"], (one.home / "guichet.db").is_file()) == ("revoked", True)
    said = one("sync", *options)
    assert (said.code, said.json["error"]) == (3, "wiped")
    assert [path.name for path in one.home.iterdir()] == ["efface.json"]
    assert one("sync", "--once").json["error"] == "wiped"
    with service.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM act WHERE kind = 'list_imported'")).scalar_one() == 1


def test_a_window_wipes_a_desk_that_was_revoked_when_it_opens_it_again(joined: Join, service: Live) -> None:
    one = joined("Guichet 1", "A")
    revoke(service.engine, "nord", read_home(one.home).identity.device, service.clock())
    with closing(app.open_office(one.home)) as office:
        assert office.sync is not None
        office.sync.once()
        assert office.sync.revoked
    with pytest.raises(StoreRefused) as refused:
        _open_office(one.home, None)
    assert refused.value.code == "wiped"


@pytest.mark.usefixtures("patient")
def test_two_desks_that_see_each_other_never_call_one_person(joined: Join, service: Live) -> None:
    one, two = joined("Guichet 1", "A"), joined("Guichet 2", "B")
    for _ in range(2):
        assert one.at("09:05", "let-in").code == 0
    assert one("sync", "--once").code == two("sync", "--once").code == 0
    called = [door.at("09:10", "call-next") for door in (one, two, one)]
    assert [said.json["visit"] and said.json["visit"]["ticket"] for said in called] == ["A 001", "A 002", None]
    refused = two.at("09:10", "call-next", "--call", "A 001", "--reason", "")
    assert (refused.code, refused.json["refusal"]) == (3, "called_elsewhere")
    with service.engine.connect() as connection:
        assert connection.execute(sa.select(presence.c.desk)).all() == [], "calls that are told need no lock"


def first_waiting(home: Path) -> str:
    with closing(app.open_office(home)) as office, office.desk.looking() as connection:
        return visit_rows.of_day_at(connection, date(2026, 11, 23), [Stage.WAITING])[0].id


@pytest.mark.usefixtures("patient")
def test_who_is_being_called_at_another_desk_is_passed_over(joined: Join, service: Live) -> None:
    one, two = joined("Guichet 1", "A"), joined("Guichet 2", "B")
    for _ in range(2):
        assert one.at("09:05", "let-in").code == 0
    assert one("sync", "--once").code == two("sync", "--once").code == 0
    with service.engine.begin() as connection:
        at = service.clock()
        session = Session("nord", read_home(one.home).identity.device)
        look(connection, session, Look(SubjectType.VISIT, first_waiting(one.home), "Guichet 1", "A. Petit", False), at)
    called = two.at("09:10", "call-next")
    assert called.json["visit"]["ticket"] == "A 002"
    assert called.json["warning"].startswith("A 001 est en train d’être appelé par Guichet 1")
    alone = two.at("09:10", "call-next")
    assert (alone.code, alone.json["refusal"], "Guichet 1" in alone.json["message"]) == (3, "called_elsewhere", True)
