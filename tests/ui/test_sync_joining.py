"""A desk that works alone joins its central by the window, over a real service."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app import membership
from counter_app.central.codes import make_code
from counter_app.central.tables import act
from counter_app.domain.enrolment_code import grouped, make_enrolment_code
from counter_app.sync.state import PeerState, Phase, SyncState
from counter_app.sync.wire import VERSION
from counter_app.ui.screens.sync.page import SyncScreen
from counter_app.ui.theme import Theme
from tests.central.live import Live, training_central
from tests.ui.workbenches import bench_on, open_desk


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Live]:
    with training_central(tmp_path, "loiret") as served:
        yield served


@pytest.fixture
def screen(tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[SyncScreen]:
    with bench_on(open_desk(tmp_path / "poste"), theme, qapp) as (bench, _asked):
        made = SyncScreen(bench)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitExposed(made)
        made.activated()
        yield made


def code_of(service: Live) -> str:
    secret = make_code(service.engine, "loiret", service.clock(), timedelta(hours=1))
    return make_enrolment_code(secret, service.authority.root_der)


def test_a_desk_alone_joins_by_a_scanned_code_and_its_acts_leave_at_once(
    screen: SyncScreen, service: Live, qtbot: QtBot
) -> None:
    code, card = code_of(service), screen.view.join
    assert card.isVisible()
    screen.scanned(code)
    assert card.code.text() == grouped(code)
    card.url.setText(service.url)
    card.button.click()
    told: list[str] = []
    screen.bench.told.connect(told.append)
    exchanges, desk = screen.bench.exchanges, screen.bench.desk
    qtbot.waitUntil(lambda: exchanges.state.phase is Phase.UP_TO_DATE, timeout=20_000)
    assert not card.isVisible()
    assert service.url in told[0] and f"{screen.bench.desk.ticket_letter}. Ses actes" in told[0]
    with service.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(act)) == 1
    joined = membership.read(screen.bench.office.home)
    assert joined is not None
    assert (joined.url, desk.shared, desk.stamp_key.hex()) == (service.url, True, joined.site_key)


@pytest.mark.parametrize(
    ("typed", "url", "told"),
    [
        ("BCDF", "https://127.0.0.1:9", "32 lettres"),
        ("", "https://127.0.0.1:9", "32 lettres"),
        (None, "http://x", "https"),
    ],
)
def test_what_does_not_join_is_told_and_stays_to_be_mended(
    screen: SyncScreen, service: Live, qtbot: QtBot, typed: str | None, url: str, told: str
) -> None:
    card = screen.view.join
    card.code.setText(code_of(service) if typed is None else typed)
    card.url.setText(url)
    card.button.click()
    qtbot.waitUntil(lambda: told in card.result.text and card.button.isEnabled(), timeout=10_000)
    assert card.url.text() == url
    assert membership.read(screen.bench.office.home) is None


def test_a_scan_of_something_else_is_no_code(screen: SyncScreen) -> None:
    assert not screen.view.join.take("5912345678")
    assert screen.view.join.code.text() == ""


def test_a_desk_of_another_version_is_told_as_such(screen: SyncScreen) -> None:
    at = screen.bench.desk.now()
    older, newer, same = (
        PeerState(str(place), f"Poste {place}", at, 0, None, False, False, VERSION + place) for place in (-1, 1, 0)
    )
    screen.view.show_state(SyncState(Phase.UP_TO_DATE, peers=(older, newer, same)), (), at)
    told = [line.text.text() for line in screen.view.peers.lines]
    assert "plus ancienne" in told[0]
    assert "mettez ce poste-ci à jour" in told[1]
    assert "version" not in told[2]


def test_a_desk_that_joined_with_the_letter_of_this_one_is_told_with_the_letter_to_take(screen: SyncScreen) -> None:
    at, letter = screen.bench.desk.now(), screen.bench.desk.ticket_letter
    seen, never, gone, own = (
        PeerState(name, name, when, 0, None, revoked, name == "D", letter=letter)
        for name, when, revoked in (("A", at, False), ("B", None, False), ("C", at, True), ("D", at, False))
    )
    screen.view.show_state(SyncState(Phase.UP_TO_DATE, peers=(seen, never, gone, own)), (), at)
    told = [line.text.text() for line in screen.view.peers.lines]
    clash = [f"a aussi la lettre {letter}" in one for one in told]
    assert clash == [True, True, False, False]
    assert "ticket_letter=" in told[0] and "jamais vu" in told[1]
