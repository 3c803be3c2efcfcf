"""Two desks of one site: what one does shows at the other, and what nobody can know is never shown as certain."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.domain.verdict import Verdict
from counter_app.domain.visit import Visit
from counter_app.domain.visit_story import Stage
from counter_app.store import permit_rows, sync_rows, visit_rows
from counter_app.sync import backoff
from counter_app.sync.state import Phase
from counter_app.sync.transport import Trouble, TroubleKind
from counter_app.sync.wire import Question
from counter_app.ui import outward, presence
from counter_app.ui.outward import LIMIT
from counter_app.ui.screens.handover.page import HandoverScreen
from counter_app.ui.screens.queue.page import QueueScreen
from counter_app.ui.screens.sync.page import SyncScreen
from counter_app.ui.theme import Theme
from counter_app.usecases.check_in import instruct
from counter_app.usecases.let_in import let_in
from counter_app.usecases.orient import Demand
from counter_app.usecases.stock import hold
from tests.central.local import LocalCentral
from tests.journeys.handover_scenes import fill
from tests.ui.two_desks import OpenDesk, two_desks
from tests.ui.workbenches import NOW

Desks = tuple[OpenDesk, OpenDesk]
USUAL = 1.0
"""Seconds that a scan and an arrival take at most on a busy machine of tests."""
NAME = "PRÊT Anne"
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desks(tmp_path: Path, theme: Theme, qapp: QApplication, qtbot: QtBot) -> Iterator[Desks]:
    with two_desks(tmp_path, theme, qapp, qtbot) as opened:
        yield opened


def settled(desk: OpenDesk) -> None:
    """The other desks answered, and the time of a blink is over."""
    online, began = desk.reception.online, monotonic()
    desk.until(lambda: not online.asking and monotonic() - began > LIMIT)


def test_an_arrival_at_one_desk_shows_at_the_other_within_two_seconds(desks: Desks) -> None:
    one, two = desks
    two.scan("DIALLO")
    two.enter()
    recorded = monotonic()
    one.until(lambda: one.arrived("DIALLO"))
    assert monotonic() - recorded < 2
    one.scan("DIALLO")
    assert one.slug == "already_checked_in"
    assert "Vérifié avec les autres postes" in one.chips
    assert "Mme Roux" in one.chips


def test_a_file_open_at_another_desk_waits(desks: Desks) -> None:
    one, two = desks
    two.scan("DIALLO")
    assert two.slug == "admitted"
    settled(two)
    one.scan("DIALLO")
    one.until(lambda: one.slug == "open_elsewhere" or one.reception.online.changed)
    one.enter()
    assert not one.arrived("DIALLO")
    two.enter()
    assert two.arrived("DIALLO"), "who opened it first goes on"


def test_a_file_that_was_left_is_free_again(desks: Desks) -> None:
    one, two = desks
    two.scan("DIALLO")
    settled(two)
    two.reception.clear()
    two.scan("PETROV")
    settled(two)
    one.scan("DIALLO")
    settled(one)
    assert one.slug == "admitted"
    one.enter()
    assert one.arrived("DIALLO")


def test_what_another_desk_changed_is_read_before_it_is_accepted(desks: Desks) -> None:
    one, two = desks
    one.scan("PETROV")
    settled(one)
    assert one.slug == "admitted"
    who = one.reception.state.answer
    assert who is not None
    assert who.convocation is not None
    instruct(two.office.desk, who.convocation.id, "À voir avant l’accueil")
    two.bench.acted.emit()
    one.until(lambda: one.reception.online.changed)
    assert (one.slug, "changé entre-temps" in one.chips) == ("admitted", True)
    one.enter()
    assert (one.slug, one.arrived("PETROV")) == ("see_supervisor", False)


def test_a_list_that_comes_is_asked_again_of_whose_file_is_open(desks: Desks) -> None:
    one, _two = desks
    one.scan("PETROV")
    settled(one)
    who = one.reception.state.answer
    assert who is not None
    assert who.convocation is not None
    instruct(one.office.desk, who.convocation.id, "À voir avant l’accueil")
    one.bench.exchanges.received.emit(frozenset({("row", "r1")}))
    one.bench.exchanges.received.emit(frozenset({("list", "l1")}))
    one.until(lambda: one.reception.online.changed)


def test_a_desk_cut_off_for_long_says_so_and_sends_nobody_away(desks: Desks) -> None:
    one, _two = desks
    one.cable.out = True
    one.bench.exchanges.ask()
    one.until(lambda: one.phase is Phase.OFFLINE)
    one.scan("PETROV")
    assert "autres postes sans réponse" in one.chips
    clock = one.office.desk.clock
    clock.ahead = timedelta(minutes=9)  # type: ignore[attr-defined]
    one.reception.scanned("5999999998")
    one.until(lambda: not one.bench.lanes.busy)
    assert one.slug == "unknown_stale_data"
    one.scan("DIALLO")
    assert "données de 9\u00a0h\u00a020" in one.chips
    one.enter()
    assert one.arrived("DIALLO"), "local work goes on"
    one.cable.out = False
    one.bench.exchanges.ask()
    one.until(lambda: one.phase is Phase.UP_TO_DATE and not one.bench.exchanges.state.waiting)


@dataclass(frozen=True)
class Later:
    """A central that asks to come back in an hour."""

    def ask(self, _question: Question, _patience: float | None = None) -> Trouble:
        return Trouble(TroubleKind.LATER, "La base centrale demande de revenir plus tard.", retry_after=3600.0)

    def endings(self) -> tuple[tuple[str, datetime], ...]:
        return ()

    def close(self) -> None:
        """Nothing is open."""


def test_what_waits_is_counted_as_it_is_recorded_and_not_at_the_next_try(desks: Desks) -> None:
    one, _two = desks
    one.cable.central, central = Later(), one.cable.central
    one.bench.exchanges.ask()
    one.until(lambda: one.phase is Phase.OFFLINE)
    assert not one.bench.exchanges.state.waiting
    one.scan("DIALLO")
    one.enter()
    one.until(lambda: one.bench.exchanges.state.waiting > 0, within=5_000)
    again = one.bench.exchanges.state.next_try
    assert one.phase is Phase.OFFLINE
    assert again and again > one.office.desk.clock() + timedelta(minutes=50), "the central said when, whoever acts"
    one.cable.central = central
    one.bench.exchanges.ask()
    one.until(lambda: one.phase is Phase.UP_TO_DATE and not one.bench.exchanges.state.waiting)


def test_a_desk_put_off_for_long_is_in_touch_soon_after_somebody_acts(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backoff, "LEAST", backoff.LONGEST)
    monkeypatch.setattr(backoff, "IN_USE", timedelta(milliseconds=200))
    one, two = desks
    one.until(lambda: one.bench.exchanges.ringing)
    one.cable.out = True
    two.scan("PETROV")
    two.enter()
    one.until(lambda: one.phase is Phase.OFFLINE and not one.bench.exchanges.ringing)

    def put_off() -> bool:
        """What came while the window opened may have hurried one try, which found no cable either."""
        soon = one.office.desk.clock() + timedelta(minutes=4)
        return (one.bench.exchanges.state.next_try or soon) > soon

    one.until(put_off)
    one.cable.out = False
    one.scan("DIALLO")
    one.enter()
    one.until(lambda: one.phase is Phase.UP_TO_DATE and not one.bench.exchanges.state.waiting, within=10_000)


def test_a_central_that_keeps_silent_delays_one_act_by_a_blink_and_no_other(desks: Desks) -> None:
    one, _two = desks
    gate = threading.Event()
    one.cable.slow = lambda: gate.wait(10)
    took = []
    for name in ("DIALLO", "PETROV", "MATIN", "EXPIRÉ"):
        began = monotonic()
        one.scan(name)
        one.enter()
        took.append(monotonic() - began)
        assert one.arrived(name)
    gate.set()
    one.cable.slow = None
    assert sum(took) < 4 * USUAL + LIMIT, "as long as one answer is not there, nobody waits for another"


def test_a_window_that_closes_waits_for_no_bell(desks: Desks) -> None:
    one, _two = desks
    one.until(lambda: one.bench.exchanges.ringing)
    began = monotonic()
    one.bench.lanes.close()
    assert monotonic() - began < 1


def test_a_window_that_closes_in_an_exchange_remembers_no_failure(desks: Desks) -> None:
    one, _two = desks
    gate = threading.Event()
    one.cable.slow = lambda: gate.wait(10)
    one.bench.exchanges.ask()
    began = monotonic()
    one.bench.lanes.close()
    assert monotonic() - began < 1
    gate.set()
    assert one.office.sync is not None
    assert one.office.sync.state().error is None


def test_an_exchange_is_asked_for_by_its_key_and_told(desks: Desks) -> None:
    one, _two = desks
    with one.qtbot.waitActive(one.window):
        one.window.show()
        one.window.activateWindow()
    QTest.keyClick(one.window, Qt.Key.Key_S, BOTH)
    one.until(lambda: one.window.message.text().startswith("À jour"))
    one.cable.out = True
    QTest.keyClick(one.window, Qt.Key.Key_S, BOTH)
    one.until(lambda: "coupée" in one.window.message.text())
    assert "rien n’est perdu" in one.window.message.text()


def test_the_screen_tells_of_every_desk(desks: Desks, tmp_path: Path) -> None:
    one, _two = desks
    one.bench.exchanges.now()
    one.window.show()
    one.window.open("sync")
    screen = one.window.front
    assert isinstance(screen, SyncScreen)
    one.until(lambda: len([line for line in screen.view.peers.lines if not line.isHidden()]) == 2)
    told = [line.text.text() for line in screen.view.peers.lines]
    assert told[0].startswith("Poste 1 (vous) · vu à 9")
    assert told[1].startswith("Poste 2 · vu à 9")
    screen._copy(str(tmp_path))
    one.until(lambda: "Copie chiffrée" in screen.view.result.text)
    copies = list(tmp_path.glob("guichet-nord-*.db"))
    assert len(copies) == 1
    assert not copies[0].read_bytes().startswith(b"SQLite format 3")


def test_a_copy_that_cannot_be_written_is_told(desks: Desks, tmp_path: Path) -> None:
    one, _two = desks
    one.window.show()
    one.window.open("sync")
    screen = one.window.front
    assert isinstance(screen, SyncScreen)
    (tmp_path / "fichier").touch()
    screen._copy(str(tmp_path / "fichier"))
    one.until(lambda: bool(screen.view.result.text))
    assert "Copie chiffrée" not in screen.view.result.text


def handover_page(desk: OpenDesk) -> HandoverScreen:
    desk.window.open("handover")
    front = desk.window.front
    assert isinstance(front, HandoverScreen)
    return front


def test_a_permit_open_at_another_desk_is_told_beside_and_what_changes_is_read_again(desks: Desks) -> None:
    one, two = desks
    fill(one.office.desk)
    one.bench.acted.emit()
    two.until(lambda: sleeve(two, NAME) is not None)
    here, there = handover_page(one), handover_page(two)
    for desk, page in ((one, here), (two, there)):
        page.meet(sleeve(desk, NAME) or "")
        desk.until(lambda page=page, desk=desk: page.state.working and not desk.bench.lanes.busy)  # type: ignore[misc]
    two.until(lambda: bool(there.state.marks))
    assert there.state.marks == ("ouvert au Poste 1, M. Durand",)
    hold(one.office.desk, sleeve(one, NAME) or "", "Contrôle en cours")
    one.bench.acted.emit()
    two.until(lambda: there.state.answer is not None and there.state.answer.verdict is Verdict.HANDOVER_ON_HOLD)
    assert "relue" in two.window.message.text()


def test_a_window_that_opens_is_not_called_offline_before_it_asked(desks: Desks) -> None:
    one, _two = desks
    one.until(lambda: one.phase is Phase.UP_TO_DATE)
    with one.office.desk.store.writing() as connection:
        sync_rows.note(connection, "error", "La base centrale ne répondait pas hier soir.")
    seen: list[Phase] = []
    one.bench.exchanges.changed.connect(lambda: seen.append(one.phase))
    one.bench.exchanges.start()
    one.until(lambda: bool(seen))
    assert Phase.OFFLINE not in seen


def test_a_desk_cut_off_hands_over_and_says_so(desks: Desks) -> None:
    one, _two = desks
    fill(one.office.desk)
    one.cable.out = True
    one.bench.exchanges.ask()
    one.until(lambda: one.phase is Phase.OFFLINE)
    page = handover_page(one)
    page.meet(sleeve(one, NAME) or "")
    one.until(lambda: page.state.answer is not None and not one.bench.lanes.busy)
    assert page.state.answer is not None
    told = (page.state.answer.verdict, *page.state.answer.chips)
    assert Verdict.OFFLINE_HANDOVER in told


def test_a_page_open_as_the_line_is_cut_says_so_and_again_once_it_is_back(desks: Desks) -> None:
    """A page met while the first exchange was on its way stayed « prêt à remettre » at a desk that was offline."""
    one, _two = desks
    fill(one.office.desk)
    page = handover_page(one)
    page.meet(sleeve(one, NAME) or "")
    one.until(lambda: page.state.working and not one.bench.lanes.busy)
    stamp = page.view.lines.stamp
    stamp.setFocus()

    def line(cut: bool) -> None:
        one.cable.out = cut
        one.bench.exchanges.ask()
        one.until(lambda: (one.phase is Phase.OFFLINE) is cut)
        one.until(lambda: (Verdict.OFFLINE_HANDOVER in told_of(page)) is cut)

    line(cut=True)
    assert page.window().focusWidget() is stamp, "what is being typed goes on"
    line(cut=False)


def told_of(page: HandoverScreen) -> tuple[Verdict, ...]:
    """Everything that the answer on show says."""
    answer = page.state.answer
    return (answer.verdict, *answer.chips) if answer else ()


def sleeve(desk: OpenDesk, name: str) -> str | None:
    """The code of somebody's sleeve, once this desk knows it."""
    with desk.office.desk.looking() as connection:
        found = permit_rows.by_person(connection, name)
    return permit_rows.code_of(found[0]) if found else None


def test_a_revoked_desk_says_so_and_does_not_ask_without_end(desks: Desks) -> None:
    one, _two = desks
    asked: list[None] = []
    local = one.cable.central
    assert isinstance(local, LocalCentral)
    local.session = replace(local.session, revoked=True)
    one.cable.slow = lambda: asked.append(None)
    one.bench.exchanges.ask()
    one.until(lambda: one.phase is Phase.REVOKED)
    before, began = len(asked), monotonic()
    one.until(lambda: monotonic() - began > 0.5)
    assert len(asked) - before <= 1, "the bell that was being waited for, at most"
    assert one.window.banner.notice is not None


def test_two_windows_that_see_each_other_never_call_one_person_however_near_their_keys(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = desks
    for module in (presence, outward):  # a machine with much else to do is no central that keeps silent
        monkeypatch.setattr(module, "LIMIT", 30.0)
    let_in(one.office.desk, Demand())
    let_in(one.office.desk, Demand())
    one.bench.acted.emit()
    two.until(lambda: len(waiting(two)) == 2)
    one.until(lambda: one.phase is Phase.UP_TO_DATE and two.phase is Phase.UP_TO_DATE)
    queues = [queue_of(desk) for desk in desks]
    for front in queues:
        front.flow.call_next()
    one.until(lambda: not (one.bench.lanes.busy or two.bench.lanes.busy))
    one.until(lambda: not (waiting(one) or waiting(two)))
    for desk in desks:
        with desk.office.desk.looking() as connection:
            everybody = visit_rows.of_day(connection, NOW.date())
        assert [len(visit.calls) for visit in everybody] == [1, 1]
        assert {visit.calls[0].desk for visit in everybody} == {"Poste 1", "Poste 2"}


def queue_of(desk: OpenDesk) -> QueueScreen:
    desk.window.open("queue")
    desk.until(lambda: not desk.bench.lanes.busy)
    front = desk.window.front
    assert isinstance(front, QueueScreen)
    return front


def waiting(desk: OpenDesk) -> list[Visit]:
    with desk.office.desk.looking() as connection:
        return visit_rows.of_day_at(connection, NOW.date(), [Stage.WAITING])
