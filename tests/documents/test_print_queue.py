"""Papers through a real CUPS: what comes out is read back, and every trouble is an answer."""

from pathlib import Path

import pytest

from counter_app.documents.arrival_ticket import arrival_ticket
from counter_app.documents.print_answers import Printed, Queue, Reason, Waiting
from counter_app.documents.print_queue import follow, queues
from counter_app.documents.printing import send
from tests.documents.cups import CupsServer, cups_server
from tests.documents.papers import TICKET
from tests.documents.reading import codes_on, picture_of_postscript

LASER = "drv:///sample.drv/generic.ppd"
ANY_SIZE = "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd"
pytestmark = pytest.mark.xdist_group("cups")


@pytest.fixture
def desk(cups: CupsServer, monkeypatch: pytest.MonkeyPatch) -> CupsServer:
    """The server, as this desk's own print service."""
    monkeypatch.setenv("CUPS_SERVER", cups.address)
    return cups


def handed(answer: Printed | Waiting) -> Printed:
    assert isinstance(answer, Printed), answer
    return answer


def finished(desk: CupsServer, printed: Printed) -> Printed | Waiting:
    """The last word on a job."""
    said: list[Printed | Waiting] = [printed]

    def settled() -> bool:
        said.append(follow(printed))
        return said[-1] != printed

    desk.until(settled)
    return said[-1]


def test_a_ticket_printed_as_it_is_comes_out_byte_for_byte(desk: CupsServer) -> None:
    desk.add("tickets", "folder:/", "raw")
    pdf = arrival_ticket(TICKET)
    job = handed(send(pdf, "ticket.pdf", Queue("tickets")))
    assert not job.finished
    assert desk.printed(job.where) == pdf


def test_a_finished_job_is_told(desk: CupsServer) -> None:
    desk.add("told", "folder:/", "raw")
    job = handed(send(arrival_ticket(TICKET), "ticket.pdf", Queue("told")))
    assert finished(desk, job) == Printed(job.where, finished=True)
    assert follow(Printed(job.where, finished=True)) == Printed(job.where, finished=True)


def test_both_codes_are_read_back_from_what_a_real_driver_prints(desk: CupsServer, tmp_path: Path) -> None:
    desk.add("laser", "folder:/", LASER)
    job = handed(send(arrival_ticket(TICKET), "ticket.pdf", Queue("laser")))
    page = picture_of_postscript(desk.printed(job.where), tmp_path)
    assert codes_on(page) == {"QR Code": TICKET.code, "Code 128": TICKET.code}


def test_a_roll_is_printed_at_its_own_size(desk: CupsServer, tmp_path: Path) -> None:
    desk.add("roll", "folder:/", ANY_SIZE)
    job = handed(send(arrival_ticket(TICKET), "ticket.pdf", Queue("roll")))
    page = picture_of_postscript(desk.printed(job.where), tmp_path)
    assert page.width == pytest.approx(80 / 25.4 * 300, abs=5)


def test_a_paused_queue_keeps_the_ticket_at_the_desk(desk: CupsServer) -> None:
    desk.add("paused", "folder:/", "raw")
    desk.run("/usr/sbin/cupsdisable", "paused")
    answer = send(arrival_ticket(TICKET), "ticket.pdf", Queue("paused"))
    assert isinstance(answer, Waiting)
    assert answer.reason is Reason.PAUSED
    assert "paused" in answer.sentence
    assert desk.run("/usr/bin/lpstat", "-o", "paused") == ""


def test_a_queue_that_takes_no_jobs_keeps_the_ticket_at_the_desk(desk: CupsServer) -> None:
    desk.add("full", "folder:/", "raw")
    desk.run("/usr/sbin/cupsreject", "full")
    answer = send(arrival_ticket(TICKET), "ticket.pdf", Queue("full"))
    assert isinstance(answer, Waiting)
    assert answer.reason is Reason.REJECTING


def test_a_printer_out_of_paper_gives_the_ticket_back_once(desk: CupsServer) -> None:
    desk.add("empty", "tray:/", "raw")
    first = handed(send(arrival_ticket(TICKET), "ticket.pdf", Queue("empty")))
    answer = finished(desk, first)
    assert answer == Waiting(Reason.OUT_OF_PAPER, "Plus de papier sur empty. Le ticket attend\u00a0: F9")
    desk.until(lambda: desk.run("/usr/bin/lpstat", "-o", "empty") == "")


def test_a_ticket_is_not_added_behind_a_job_that_lacks_paper(desk: CupsServer) -> None:
    desk.add("stuck", "tray:/", "raw")
    handed(send(arrival_ticket(TICKET), "ticket.pdf", Queue("stuck")))
    desk.until(lambda: "media-empty" in desk.run("/usr/bin/lpstat", "-l", "-p", "stuck"))
    answer = send(arrival_ticket(TICKET), "ticket.pdf", Queue("stuck"))
    assert isinstance(answer, Waiting)
    assert answer.reason is Reason.OUT_OF_PAPER
    desk.run("/usr/bin/cancel", "-a", "stuck")


@pytest.mark.parametrize("name", ["nowhere", "", "-x", "two words", "a,b", "a/b", "é" * 200, "none #1"])
def test_an_unknown_printer_is_named(desk: CupsServer, name: str) -> None:
    answer = send(arrival_ticket(TICKET), "ticket.pdf", Queue(name))
    assert isinstance(answer, Waiting)
    assert answer.reason is Reason.UNKNOWN_QUEUE
    assert name in answer.sentence


def test_the_queues_of_the_computer_are_listed_with_what_blocks_them(desk: CupsServer) -> None:
    desk.add("listed", "folder:/", "raw")
    desk.add("halted", "folder:/", "raw")
    desk.run("/usr/sbin/cupsdisable", "halted")
    states = {state.name: state.blocked for state in queues()}
    assert states["listed"] is None
    assert states["halted"] is not None
    assert states["halted"].reason is Reason.PAUSED


def test_a_stopped_print_service_keeps_the_ticket_at_the_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with cups_server(tmp_path) as server:
        monkeypatch.setenv("CUPS_SERVER", server.address)
        server.stop()
        answer = send(arrival_ticket(TICKET), "ticket.pdf", Queue("tickets"))
        assert queues() == ()
    assert isinstance(answer, Waiting)
    assert answer.reason is Reason.NO_SERVICE


def test_a_computer_without_cups_keeps_the_ticket_at_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    answer = send(arrival_ticket(TICKET), "ticket.pdf", Queue("tickets"))
    assert isinstance(answer, Waiting)
    assert answer.reason is Reason.NO_SERVICE
    assert queues() == ()


def test_a_silent_print_service_is_left_alone_after_a_few_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = tmp_path / "lpstat"
    silent.write_text("#!/bin/sh\nexec sleep 60\n")
    silent.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    answer = send(arrival_ticket(TICKET), "ticket.pdf", Queue("tickets"))
    assert isinstance(answer, Waiting)
    assert answer.reason is Reason.NO_ANSWER
