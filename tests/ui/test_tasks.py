"""Two lanes of work: answers in order on the UI thread, nothing accepted is ever lost."""

import errno
import gc
import logging
import threading
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from counter_app.domain.refusal import StoreRefused
from counter_app.ui.tasks import Breakage, Lane, Lanes, LanesClosed
from counter_app.wording.catalogue import Words


@pytest.fixture
def lanes(qapp: QApplication) -> Iterator[Lanes]:
    made = Lanes()
    yield made
    made.close()


def held(gate: threading.Event, value: str) -> Callable[[], str]:
    """Work that waits for a gate, then answers."""

    def work() -> str:
        assert gate.wait(10)
        return value

    return work


def test_work_runs_off_the_ui_thread_and_its_answer_arrives_on_it(lanes: Lanes, qtbot: QtBot) -> None:
    threads: list[str] = []
    arrived: list[bool] = []

    def done(name: str) -> None:
        threads.append(name)
        arrived.append(threading.current_thread() is threading.main_thread())

    lanes.run(Lane.DESK, lambda: threading.current_thread().name, done)
    qtbot.waitUntil(lambda: bool(arrived))
    assert (threads, arrived) == (["desk_0"], [True])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(Lane), max_size=30))
def test_answers_of_a_lane_arrive_in_the_order_the_work_was_given(qapp: QApplication, order: list[Lane]) -> None:
    lanes, answers = Lanes(), list[tuple[Lane, int]]()
    for place, lane in enumerate(order):
        lanes.run(lane, lambda lane=lane, place=place: (lane, place), answers.append)  # type: ignore[misc]
    lanes.close()
    for lane in Lane:
        assert [place for where, place in answers if where is lane] == [p for p, at in enumerate(order) if at is lane]


def test_a_long_import_does_not_make_a_scan_wait(lanes: Lanes, qtbot: QtBot) -> None:
    gate, answers = threading.Event(), list[str]()
    lanes.run(Lane.BACKGROUND, held(gate, "import"), answers.append)
    lanes.run(Lane.DESK, lambda: "scan", answers.append)
    qtbot.waitUntil(lambda: answers == ["scan"])
    gate.set()
    qtbot.waitUntil(lambda: answers == ["scan", "import"])


def test_closing_finishes_every_act_that_was_accepted_and_delivers_its_answer(qapp: QApplication) -> None:
    lanes, gate, answers = Lanes(), threading.Event(), list[int]()
    lanes.run(Lane.DESK, held(gate, "first"), lambda _: None)
    for number in range(100):
        lanes.run(Lane.DESK, lambda number=number: number, answers.append)  # type: ignore[misc]
    threading.Timer(0.05, gate.set).start()
    lanes.close()
    assert answers == list(range(100))


def test_work_given_after_closing_is_a_breakage_not_a_silence(qapp: QApplication) -> None:
    lanes = Lanes()
    lanes.close()
    assert lanes.closing
    with pytest.raises(LanesClosed):
        lanes.run(Lane.DESK, lambda: None, lambda _: None)


def test_a_breakage_reaches_the_agent_in_french_with_a_reference(lanes: Lanes, qtbot: QtBot) -> None:
    found: list[Breakage] = []
    lanes.run(Lane.DESK, lambda: 1 // 0, lambda _: None, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found[0].sentence.startswith("Cet acte n’a pas pu être enregistré.")
    assert found[0].reference in found[0].sentence


def test_a_breakage_that_nobody_handles_is_told_to_the_window(lanes: Lanes, qtbot: QtBot) -> None:
    lanes.speak(Words("en"))
    with qtbot.waitSignal(lanes.broke) as told:
        lanes.run(Lane.BACKGROUND, lambda: 1 // 0, lambda _: None)
    assert "could not be finished" in told.args[0].sentence


def test_the_log_of_a_breakage_holds_no_personal_data(
    lanes: Lanes, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> None:
        raise ValueError("DIALLO Mariama 5900123821")

    with caplog.at_level(logging.ERROR), qtbot.waitSignal(lanes.broke) as told:
        lanes.run(Lane.DESK, work, lambda _: None)
    assert told.args[0].reference in caplog.text
    assert "ValueError at test_tasks.py" in caplog.text
    assert "DIALLO" not in caplog.text
    assert "5900123821" not in caplog.text


def test_after_a_breakage_the_lane_goes_on(lanes: Lanes, qtbot: QtBot) -> None:
    answers: list[str] = []
    lanes.run(Lane.DESK, lambda: 1 // 0, lambda _: None, lambda _: None)
    lanes.run(Lane.DESK, lambda: "next", answers.append)
    qtbot.waitUntil(lambda: answers == ["next"])


def test_only_the_newest_search_is_asked_and_answered(lanes: Lanes, qtbot: QtBot) -> None:
    gate, asked, answers = threading.Event(), list[str](), list[str]()

    def search(text: str) -> Callable[[], str]:
        def work() -> str:
            asked.append(text)
            return text

        return work

    lanes.run(Lane.DESK, held(gate, "scan"), lambda _: None)
    for text in ("di", "dia", "dial"):
        lanes.run_latest(Lane.DESK, "search", search(text), answers.append)
    gate.set()
    qtbot.waitUntil(lambda: answers == ["dial"])
    assert asked == ["dial"]


def test_a_forgotten_search_never_answers(lanes: Lanes, qtbot: QtBot) -> None:
    gate, answers = threading.Event(), list[str]()
    lanes.run_latest(Lane.DESK, "search", held(gate, "old person"), answers.append)
    lanes.forget("search")
    gate.set()
    lanes.run(Lane.DESK, lambda: "scan", answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["scan"]


def test_work_can_tell_its_progress_on_the_ui_thread(lanes: Lanes, qtbot: QtBot) -> None:
    told: list[tuple[int, bool]] = []

    def work() -> None:
        for row in range(3):
            lanes.tell(lambda row=row: told.append((row, threading.current_thread() is threading.main_thread())))  # type: ignore[misc]

    lanes.run(Lane.BACKGROUND, work, lambda _: None)
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told == [(0, True), (1, True), (2, True)]


def test_the_window_knows_when_a_lane_is_busy(lanes: Lanes, qtbot: QtBot) -> None:
    states: list[tuple[str, bool]] = []
    lanes.busy_changed.connect(lambda lane, busy: states.append((lane, busy)))
    lanes.run(Lane.BACKGROUND, lambda: None, lambda _: None)
    lanes.run(Lane.BACKGROUND, lambda: None, lambda _: None)
    qtbot.waitUntil(lambda: len(states) == 2)
    assert states == [("background", True), ("background", False)]


def test_python_s_garbage_is_collected_on_the_ui_thread_only_while_lanes_work(qtbot: QtBot) -> None:
    lanes = Lanes()
    assert not gc.isenabled()
    lanes.close()
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (StoreRefused("disk_full", "Le disque de ce poste est plein."), "Le disque de ce poste est plein."),
        (OSError(errno.ENOSPC, "No space left", "/poste/home.json"), "le disque est plein"),
        (ValueError("quelque chose"), "référence"),
    ],
)
def test_what_an_agent_can_mend_is_told_in_its_own_words(
    lanes: Lanes, qtbot: QtBot, broken: Exception, told: str
) -> None:
    said: list[Breakage] = []

    def work() -> None:
        raise broken

    lanes.run(Lane.DESK, work, lambda _none: None, said.append)
    qtbot.waitUntil(lambda: bool(said))
    assert told in said[0].sentence


def test_what_a_network_keeps_waiting_does_not_keep_the_window_open(qapp: QApplication) -> None:
    lanes, gate, answers = Lanes(), threading.Event(), list[str | None]()
    lanes.run(Lane.BELL, lambda: lanes.outside(held(gate, "rung")), answers.append)
    assert not lanes.busy, "the desk waits for no network"
    lanes.close()
    gate.set()
    assert answers == [None]


def test_what_is_asked_outside_is_answered_on_its_lane(lanes: Lanes, qtbot: QtBot) -> None:
    answers: list[str | None] = []
    lanes.run(Lane.LOOK, lambda: lanes.outside(lambda: "seen"), answers.append)
    qtbot.waitUntil(lambda: answers == ["seen"])


def test_what_breaks_outside_is_told_like_any_breakage(lanes: Lanes, qtbot: QtBot) -> None:
    found: list[Breakage] = []
    lanes.run(Lane.SYNC, lambda: lanes.outside(lambda: 1 // 0), lambda _: None, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found[0].reference in found[0].sentence
