"""When to speak to the central again: spread at the start, later and later after failures, kept through a restart.

Full jitter: each wait is drawn anywhere between nothing and its bound, so that thirty desks cut off together do not
come back together. Pure: the time and the draw (0 ≤ draw < 1) come from outside.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

SPREAD = timedelta(seconds=30)
"""At nine o'clock the desks of a site present themselves within this time."""
FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=5)
"""Longest wait that failures alone lead to."""
LEAST = timedelta(milliseconds=500)
PATIENCE = timedelta(hours=1)
"""Longest wait that a server may ask for: a proxy that says « next year » does not stop a desk."""
FARTHEST = LEAST + LONGEST + PATIENCE
_DOUBLINGS = 20


@dataclass(frozen=True, slots=True)
class Backoff:
    """How many exchanges failed in a row, and when the next is due; None when nothing holds it back."""

    attempts: int = 0
    next_try: datetime | None = None

    def due(self, now: datetime) -> bool:
        """Whether to try now. A next try farther than anything asks for was set by a wrong clock: it does not count."""
        return self.next_try is None or not now < self.next_try <= now + FARTHEST

    def text(self) -> str:
        """Form kept through a restart."""
        return json.dumps({"attempts": self.attempts, "next_try": self.next_try and self.next_try.isoformat()})

    @staticmethod
    def read(text: str | None) -> "Backoff":
        """What `text` wrote; a beginning when it is missing or damaged, since an early try harms nothing."""
        try:
            values = json.loads(text or "{}")
            attempts, moment = int(values["attempts"]), values["next_try"]
            next_try = None if moment is None else datetime.fromisoformat(moment)
        except (ValueError, KeyError, TypeError, OverflowError):
            return Backoff()
        if attempts < 0 or (next_try is not None and next_try.tzinfo is None):
            return Backoff()
        return Backoff(attempts, next_try)


def at_start(kept: Backoff, now: datetime, draw: float) -> Backoff:
    """When to speak first after a start: within `SPREAD`, and not before what was kept."""
    spread = now + SPREAD * draw
    waiting = kept.next_try if not kept.due(now) else None
    return Backoff(kept.attempts, max(spread, waiting) if waiting else spread)


def after_failure(kept: Backoff, now: datetime, draw: float, retry_after: float | None = None) -> Backoff:
    """After an exchange that did not go through; `retry_after`: seconds that the server asked to wait."""
    bound = min(LONGEST, FIRST * 2 ** min(kept.attempts, _DOUBLINGS))
    wait = LEAST + bound * draw
    if retry_after is not None and retry_after > 0:
        wait += timedelta(seconds=min(retry_after, PATIENCE.total_seconds()))
    return Backoff(kept.attempts + 1, now + wait)


def after_success() -> Backoff:
    """After an exchange that went through."""
    return Backoff()
