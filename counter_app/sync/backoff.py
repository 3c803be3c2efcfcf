"""When to speak to the central again: spread at the start, later and later after failures, kept through a restart.

Full jitter: each wait is drawn anywhere between nothing and its bound, so that thirty desks cut off together do not
come back together. Pure: the time and the draw (0 ≤ draw < 1) come from outside.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

SPREAD = timedelta(seconds=30)
"""At nine o'clock the desks of a site present themselves within this time."""
FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=5)
"""Longest wait that failures alone lead to."""
LEAST = timedelta(milliseconds=500)
IN_USE = timedelta(seconds=15)
"""While somebody works at the desk the next try comes between once and twice this time later: desks of a site that wait
for their central make two tries a second for thirty desks, and are back within half a minute of an act."""
PATIENCE = timedelta(hours=1)
"""Longest wait that a server may ask for: a proxy that says « next year » does not stop a desk."""
FARTHEST = LEAST + LONGEST + PATIENCE
_DOUBLINGS = 20


@dataclass(frozen=True, slots=True)
class Backoff:
    """How many exchanges failed in a row, and when the next is due; None when nothing holds it back."""

    attempts: int = 0
    next_try: datetime | None = None
    not_before: datetime | None = None
    """Until when the server asked to wait; None when it did not."""

    def due(self, now: datetime) -> bool:
        """Whether to try now. A next try farther than anything asks for was set by a wrong clock: it does not count."""
        return self.next_try is None or not now < self.next_try <= now + FARTHEST

    def text(self) -> str:
        """Form kept through a restart."""
        moments = {"next_try": self.next_try, "not_before": self.not_before}
        return json.dumps({"attempts": self.attempts, **{name: at and at.isoformat() for name, at in moments.items()}})

    @staticmethod
    def read(text: str | None) -> "Backoff":
        """What `text` wrote; a beginning when it is missing or damaged, since an early try harms nothing."""
        try:
            values = json.loads(text or "{}")
            attempts, kept = int(values["attempts"]), (values["next_try"], values.get("not_before"))
            next_try, not_before = (None if at is None else datetime.fromisoformat(at) for at in kept)
        except (ValueError, KeyError, TypeError, OverflowError):
            return Backoff()
        if attempts < 0 or any(at is not None and at.tzinfo is None for at in (next_try, not_before)):
            return Backoff()
        return Backoff(attempts, next_try, not_before)


def at_start(kept: Backoff, now: datetime, draw: float) -> Backoff:
    """When to speak first after a start: within `SPREAD`, and not before what was kept."""
    spread = now + SPREAD * draw
    waiting = kept.next_try if not kept.due(now) else None
    return replace(kept, next_try=max(spread, waiting) if waiting else spread)


def after_failure(kept: Backoff, now: datetime, draw: float, retry_after: float | None = None) -> Backoff:
    """After an exchange that did not go through; `retry_after`: seconds that the server asked to wait."""
    bound = min(LONGEST, FIRST * 2 ** min(kept.attempts, _DOUBLINGS))
    wait, not_before = LEAST + bound * draw, None
    if retry_after is not None and retry_after > 0:
        not_before = now + timedelta(seconds=min(retry_after, PATIENCE.total_seconds()))
    return Backoff(kept.attempts + 1, (not_before or now) + wait, not_before)


def sooner(kept: Backoff, now: datetime, draw: float) -> Backoff:
    """Somebody works at the desk: a try that failures put off comes soon, though not before the server asked for it.

    However often this is said, a desk makes no more than one try in `IN_USE`, and no two desks at the same moment.
    """
    if kept.next_try is None or kept.due(now):
        return kept
    soon = max(now, kept.not_before or now) + IN_USE * (1 + draw)
    return replace(kept, next_try=min(kept.next_try, soon))


def after_success() -> Backoff:
    """After an exchange that went through."""
    return Backoff()
