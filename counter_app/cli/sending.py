"""What a command recorded leaves at once, as from the window: the other desks need not wait for `sync` to know it."""

from collections.abc import Callable
from dataclasses import replace

from counter_app.cli.answer import Answer
from counter_app.cli.online import in_a_hurry
from counter_app.office import Office
from counter_app.store import heads
from counter_app.sync.desk_sync import DeskSync
from counter_app.wording.catalogue import Words

LIMIT = 2.0
"""Seconds that a command gives at most to what it has just recorded: as a window that closes."""


def sent_after(office: Office, work: Callable[[], Answer]) -> Answer:
    """Work, then send what was recorded; the answer says whether the central holds it. Alone, there is nobody to tell.

    Not tried while the central did not answer a moment before, or as the command asked it: the acts are safe here, and
    leave with one of the next commands.
    """
    sync = office.sync
    if sync is None:
        return work()
    before, due = _last(sync), sync.due()
    answer = work()
    if _last(sync) == before:
        return answer
    if not due:
        sync.hurry()
    sent = due and sync.due() and _sent(sync)
    if sent:
        answer.once_sent()
    told = () if sent else (Words("fr")("sync.kept_here"),)
    return replace(answer, shape={"sent": sent, **answer.shape}, warnings=(*answer.warnings, *told))


def _last(sync: DeskSync) -> str:
    """The last act of this desk."""
    with sync.desk.looking() as connection:
        return heads.current_head(connection, sync.desk.stream)[1].digest


def _sent(sync: DeskSync) -> bool:
    in_a_hurry(sync, LIMIT).once(pull=False)
    return sync.sent()
