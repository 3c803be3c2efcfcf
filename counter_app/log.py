"""The application's own log: what broke and where, never names or numbers of persons."""

import logging
import re
import traceback
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

NAME = "guichet"
_NUMBERS = re.compile(r"\d{4,}")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|«[^»]*»")


class Discreet(logging.Formatter):
    """Keeps the kind of a breakage and the lines of code it went through; drops its words, which may hold anything."""

    def formatException(self, ei: object) -> str:
        """Frames by file and line, and the class of the exception."""
        assert isinstance(ei, tuple)
        kind, _value, trace = ei
        lines = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([*lines, f"  {getattr(kind, '__name__', kind)}"])

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line, with anything in its words that looks like a number or a quotation hidden."""
        record.message = _QUOTED.sub("«…»", _NUMBERS.sub("••••", record.message))
        return super().formatMessage(record)


def note_breakage(words: str, broken: BaseException) -> None:
    """Keep where the application broke. Before a home is open there is no log, and nothing is kept."""
    logger = logging.getLogger(NAME)
    if logger.handlers:
        logger.error(words, exc_info=broken)


class Quiet(RotatingFileHandler):
    """A file that, on a full disk or a folder gone, loses its line: the desk works without its log."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Logging would print an English traceback."""


def start_log(folder: Path) -> OSError | None:
    """Write to a rotating file of the home: three files of one megabyte at most. Answers what kept it from it."""
    logger = logging.getLogger(NAME)
    for old in logger.handlers[:]:
        logger.removeHandler(old)
        with suppress(OSError):
            old.close()
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = Quiet(folder / "guichet.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    except OSError as error:
        logger.addHandler(logging.NullHandler())
        return error
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.addHandler(handler)
    return None
