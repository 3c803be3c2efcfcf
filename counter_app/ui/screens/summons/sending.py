"""People told what was decided: messages carried away, or an agent who says that they told the person."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from counter_app.domain.permit import Permit
from counter_app.messages.mail import SMTP
from counter_app.messages.outbox import EMAIL, Carried, Carrier
from counter_app.telling.summons import refused_words
from counter_app.ui.screens.summons.state import SummonsLook, Tab
from counter_app.ui.tasks import Breakage
from counter_app.ui.workbench import Workbench
from counter_app.usecases.desk import Desk
from counter_app.usecases.send_summons import note_told, send, send_missed
from counter_app.usecases.summon import Summoned
from counter_app.usecases.summons_messages import Ready


class SummonsSending(QObject):
    """Sends what is ready; nothing is said to have left that did not."""

    told = Signal(str, bool)
    doubted = Signal(object)
    """Permits (a frozenset of identities) whose message may have left: nobody knows."""

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench

    def needs_folder(self, look: SummonsLook | None, tab: Tab) -> bool:
        """Whether something is written: the list for the SMS tool, or e-mails that no server takes."""
        messages = _ready(look, tab).messages
        return not self._bench.settings.mail_server or any(one.channel != EMAIL for _permit, one in messages)

    def send(self, look: SummonsLook | None, tab: Tab, folder: Path) -> None:
        """Messages leave by the mail server, or are written where the national tool takes them."""
        desk, ready = self._bench.desk, _ready(look, tab)
        if look is None or not ready.messages:
            self.told.emit(self._bench.words("summons_desk.nothing_to_send"), False)
            return
        word = "absences" if tab is Tab.MISSED else "convocations"
        place = folder / f"{word}-{look.at.astimezone(desk.rules.zone):%Y-%m-%d-%H%M%S}"
        carry = send_missed if tab is Tab.MISSED else send
        outlet = self._bench.office.outlet
        self._bench.behind(
            lambda: _carried(partial(carry, desk, ready), lambda: outlet(place)),
            partial(self._sent, place, {message.reference: permit.id for permit, message in ready.messages}),
            self._broke,
        )

    def _sent(self, place: Path, permits: Mapping[str, str], carried: Sequence[Carried] | None) -> None:
        words = self._bench.words
        if carried is None:
            self.told.emit(words("summons_desk.not_written", path=str(place)), False)
            return
        mailed = sum(one.sent and one.carrier == SMTP for one in carried)
        written = sum(one.sent for one in carried) - mailed
        # A long path may be cut after any folder: the line is read in a low window too.
        shown = str(place).replace("/", "/\u200b")
        told = [words.counted("summons_desk.sent", written, path=shown)] if written else []
        told += [words.counted("summons_desk.mailed", mailed)] if mailed else []
        missed = [one for one in carried if not one.sent]
        doubtful = [one for one in missed if one.maybe]
        behind = len(missed) - len(doubtful)
        told += [words.counted("summons_desk.maybe_sent", len(doubtful))] if doubtful else []
        told += [words.counted("summons_desk.not_sent", behind)] if behind else []
        told += dict.fromkeys(one.reason for one in missed)
        self.doubted.emit(frozenset(permits[one.message.reference] for one in doubtful))
        self.told.emit(" ".join(told), not missed)
        self._bench.acted.emit()

    def note(self, permit: Permit, channel: str) -> None:
        """The agent told the person, by letter or by phone."""
        desk: Desk = self._bench.desk
        self._bench.do(lambda: note_told(desk, permit.id, channel), partial(self.tell_one, f"told_{channel}"))

    def tell_one(self, key: str, outcome: Summoned) -> None:
        """What became of one person's summons; `key` names the sentence of what was done."""
        words, name = self._bench.words, outcome.permit.name if outcome.permit else ""
        if outcome.done:
            self.told.emit(words(f"summons_desk.done.{key}", name=name), True)
            self._bench.acted.emit()
        else:
            self.told.emit(refused_words(outcome, self._bench.desk.rules, words), False)

    def _broke(self, broken: Breakage) -> None:
        self.told.emit(broken.sentence, False)


def _ready(look: SummonsLook | None, tab: Tab) -> Ready:
    if look is None:
        return Ready((), ())
    return look.missed_ready if tab is Tab.MISSED else look.ready


def _carried(carry: Callable[[Carrier], list[Carried]], outlet: Callable[[], Carrier]) -> list[Carried] | None:
    """What became of each message; None when the folder cannot be written: nothing left then."""
    try:
        return carry(outlet())
    except OSError:
        return None
