"""A CUPS queue, spoken to through its own commands (lp, lpstat, cancel): argument lists, short time-outs, no shell."""

import os
import re
import subprocess
from dataclasses import dataclass

from counter_app.documents.print_answers import Printed, Queue, QueueState, Reason, Waiting, waiting

_ASK, _HAND_OVER = 2.5, 5.0
"""Seconds before a silent print service is left alone."""

_NAME = re.compile(r"[^\s/#,'\"?\\-][^\s/#,'\"?\\]{0,126}")
_PRINTER = re.compile(r"^printer (\S+) (.*)$")
_ALERTS = re.compile(r"^\s+Alerts: (.*)$")
_REQUEST = re.compile(r"request id is (\S+-\d+) ")
_MEDIA_BOX = re.compile(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+) ?\]")
_SHEETS = {(148, 210): "A5", (210, 148): "A5", (210, 297): "A4", (297, 210): "A4"}

# State reasons of RFC 8011 section 5.4.12, without their severity.
_CAUSES = {
    "media-empty": Reason.OUT_OF_PAPER,
    "media-needed": Reason.OUT_OF_PAPER,
    "media-jam": Reason.JAM,
    "cover-open": Reason.COVER_OPEN,
    "door-open": Reason.COVER_OPEN,
    "interlock-open": Reason.COVER_OPEN,
    "toner-empty": Reason.NO_INK,
    "marker-supply-empty": Reason.NO_INK,
    "offline": Reason.UNREACHABLE,
    "connecting-to-device": Reason.UNREACHABLE,
    "timed-out": Reason.UNREACHABLE,
    "shutdown": Reason.UNREACHABLE,
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What lpstat says of one queue."""

    stopped: bool
    rejecting: bool
    cause: Reason | None
    """What the printer complains of; it may be old news when no job is under way."""
    jobs: tuple[str, ...]


def hand_over(pdf: bytes, title: str, queue: Queue) -> Printed | Waiting:
    """Give the paper to the queue, at its own size, unless the queue would only keep it."""
    blocked = _blocked(queue.name)
    if blocked:
        return blocked
    order = ["lp", "-d", queue.name, "-t", title, "-o", "print-scaling=none", *_media(pdf)]
    answer = _run(order, queue.name, _HAND_OVER, pdf)
    if isinstance(answer, Waiting):
        return answer
    request = _REQUEST.search(answer)
    return Printed(request[1], finished=False) if request else waiting(Reason.REJECTING, queue.name)


def follow(printed: Printed) -> Printed | Waiting:
    """Where a job handed over some seconds ago stands: finished, still under way, or waiting for a person.

    A job that cannot go on is taken back from the queue, so that printing it again never prints it twice.
    """
    if printed.finished:
        return printed
    name = printed.where.rpartition("-")[0]
    seen = _look(name)
    if isinstance(seen, Waiting):
        return seen
    if printed.where not in seen.jobs:
        return Printed(printed.where, finished=True)
    reason = seen.cause or (Reason.PAUSED if seen.stopped else None)
    if reason is None:
        return printed
    _run(["cancel", printed.where], name, _ASK)
    return waiting(reason, name)


def queues() -> tuple[QueueState, ...]:
    """Every queue of this computer and whether it takes papers; none when there is no print service."""
    listed = _run(["lpstat", "-e"], "", _ASK)
    if isinstance(listed, Waiting):
        return ()
    names = [line for line in listed.splitlines() if _NAME.fullmatch(line)]
    return tuple(QueueState(name, _blocked(name)) for name in names)


def _blocked(name: str) -> Waiting | None:
    """Why a paper given to this queue would not come out now; None when it should.

    A complaint counts when a job is stuck behind it: CUPS keeps old ones until the next job runs.
    """
    seen = _look(name)
    if isinstance(seen, Waiting):
        return seen
    if seen.stopped:
        return waiting(seen.cause or Reason.PAUSED, name)
    if seen.rejecting:
        return waiting(Reason.REJECTING, name)
    return waiting(seen.cause, name) if seen.cause and seen.jobs else None


def _look(name: str) -> _Seen | Waiting:
    if not _NAME.fullmatch(name):
        return waiting(Reason.UNKNOWN_QUEUE, name)
    said = _run(["lpstat", "-r", "-l", "-p", name, "-a", name, "-o", name], name, _ASK)
    if isinstance(said, Waiting):
        return said
    lines = said.splitlines()
    if not lines or lines[0] != "scheduler is running":
        return waiting(Reason.NO_SERVICE, name)
    printers = [found[2] for line in lines if (found := _PRINTER.match(line)) and found[1] == name]
    if not printers:
        return waiting(Reason.UNKNOWN_QUEUE, name)
    return _Seen(
        stopped=printers[0].startswith("disabled"),
        rejecting=any(line.startswith(f"{name} not accepting") for line in lines),
        cause=_cause(lines),
        jobs=tuple(line.split()[0] for line in lines if re.match(rf"{re.escape(name)}-\d+\s", line)),
    )


def _cause(lines: list[str]) -> Reason | None:
    """The first known complaint of the queue; warnings of what will run out soon are none."""
    alerts = next((found[1].split() for line in lines if (found := _ALERTS.match(line))), [])
    bare = (re.sub(r"-(error|warning|report)$", "", alert) for alert in alerts)
    return next((_CAUSES[alert] for alert in bare if alert in _CAUSES), None)


def _media(pdf: bytes) -> list[str]:
    """The option that names the page's own size, so that a roll is cut where the ticket ends."""
    box = _MEDIA_BOX.search(pdf)
    if not box:
        return []
    width, height = (float(side) * 25.4 / 72 for side in box.groups())
    sheet = _SHEETS.get((round(width), round(height)), f"Custom.{width:.1f}x{height:.1f}mm")
    return ["-o", f"media={sheet}"]


def _run(order: list[str], name: str, seconds: float, pdf: bytes | None = None) -> str | Waiting:
    """What a CUPS command prints, in English whatever the desk's language. It never raises for a print service."""
    plain = {**os.environ, "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(order, input=pdf or b"", capture_output=True, timeout=seconds, env=plain, check=False)
    except subprocess.TimeoutExpired:
        return waiting(Reason.NO_ANSWER, name)
    except OSError:
        return waiting(Reason.NO_SERVICE, name)
    return done.stdout.decode(errors="replace")
