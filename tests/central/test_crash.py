"""What was acknowledged is on the disk: `kill -9` of the server or of the service loses none of it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from counter_app.central.ledger import Ledger
from counter_app.central.sites import init, open_central
from counter_app.domain.refusal import StoreRefused
from counter_app.sync.wire import Push
from tests.central.desks import Desk, enrolled, push, statuses
from tests.central.postgres import Postgres, own_server
from tests.central.test_conformance import everything
from tests.homes import Clock


@pytest.fixture
def server() -> Iterator[Postgres]:
    """A server of this test alone: it is going to be killed."""
    with own_server() as server:
        yield server


def test_a_killed_server_keeps_every_act_that_was_acknowledged(server: Postgres, central_clock: Clock) -> None:
    url = server.url.render_as_string(hide_password=False)
    init(url, "nord", training=False, clock=central_clock)
    engine = open_central(url)
    ledger, desk = Ledger(engine, central_clock), Desk("Guichet 1")
    enrolled(engine, desk)
    for _ in range(400):
        desk.write(3)
    acknowledged: list[int] = []
    broken: list[StoreRefused] = []

    def send() -> None:
        for place in range(0, 1200, 3):
            try:
                told = ledger.answer(desk.session, Push(tuple(desk.acts[place : place + 3])))
            except StoreRefused as refused:
                broken.append(refused)
                return
            acknowledged.append(told.runs[0].last)
            if place == 300:
                Thread(target=server.kill).start()

    sending = Thread(target=send)
    sending.start()
    sending.join()
    assert broken, "it was killed before the end"
    assert broken[0].code in ("central_unreachable", "central_stopped")
    server.start()
    held = everything(ledger, desk)
    assert len(held) >= acknowledged[-1] >= 300
    assert held == desk.acts[: len(held)]
    assert statuses(push(ledger, desk)) == [(1, 1200, "accepted", "")]
    assert everything(ledger, desk) == desk.acts
    engine.dispose()


PUSHING = """
import json, sys
from datetime import UTC, datetime
from counter_app.central.ledger import Ledger
from counter_app.central.session import Session
from counter_app.central.sites import open_central
from counter_app.sync.wire import Push, WireAct

url, device, acts = sys.argv[1], sys.argv[2], [WireAct(*row) for row in json.load(open(sys.argv[3]))]
ledger = Ledger(open_central(url), lambda: datetime(2026, 11, 23, tzinfo=UTC))
for place in range(0, len(acts), 3):
    answer = ledger.answer(Session("nord", device), Push(tuple(acts[place : place + 3])))
    print(answer.runs[0].last, flush=True)
"""


def test_a_killed_service_keeps_every_act_that_it_acknowledged(
    store_url: str, central_clock: Clock, tmp_path: Path
) -> None:
    init(store_url, "nord", training=False, clock=central_clock)
    engine = open_central(store_url)
    desk = Desk("Guichet 1")
    enrolled(engine, desk)
    for _ in range(1000):
        desk.write(3)
    (tmp_path / "actes.json").write_text(json.dumps([list(act) for act in desk.acts]))
    command = [sys.executable, "-c", PUSHING, store_url, desk.device, str(tmp_path / "actes.json")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        told = [int(service.stdout.readline()) for _ in range(50)]
        os.kill(service.pid, signal.SIGKILL)
        told += [int(line) for line in service.stdout if line.endswith("\n")]
    ledger = Ledger(engine, central_clock)
    held = everything(ledger, desk)
    assert told[-1] <= len(held)
    assert held == desk.acts[: len(held)]
    assert statuses(push(ledger, desk)) == [(1, 3000, "accepted", "")]
    engine.dispose()
