"""A central of the same process: windows and months of tests ask its ledger without a network."""

import threading
from dataclasses import dataclass, field
from datetime import datetime

from counter_app.central.ledger import Ledger
from counter_app.central.session import Session
from counter_app.domain.refusal import StoreRefused
from counter_app.sync.transport import Trouble, TroubleKind
from counter_app.sync.wire import Answer, Question, Wait, WaitAnswer

LOOK = 0.2
"""Seconds between two looks at the ledger while a desk waits for the bell: another program may write in it."""


@dataclass(slots=True)
class LocalCentral:
    """Within reach of one desk, in the same process. Threads may share it."""

    ledger: Ledger
    session: Session
    _closed: threading.Event = field(default_factory=threading.Event)

    def ask(self, question: Question, patience: float | None = None) -> Answer | Trouble:
        """Ask the ledger; a store that does not answer is a central out of reach."""
        try:
            if isinstance(question, Wait):
                return self._wait(question, question.seconds if patience is None else patience)
            return self.ledger.answer(self.session, question)
        except StoreRefused as refused:
            return Trouble(TroubleKind.UNREACHABLE, refused.sentence)

    def _wait(self, wait: Wait, patience: float) -> WaitAnswer:
        mark = self.ledger.mark(self.session.site)
        for _look in range(int(min(wait.seconds, patience) / LOOK)):
            if mark != wait.mark or self._closed.wait(LOOK):
                break
            mark = self.ledger.mark(self.session.site)
        return WaitAnswer(mark)

    def endings(self) -> tuple[tuple[str, datetime], ...]:
        """Nothing that ends by itself."""
        return ()

    def close(self) -> None:
        """Whoever waits for the bell waits no more."""
        self._closed.set()
