"""« Vérifié à » is never younger than the truth: it is when the exchange began, and only of one that proved it all."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from counter_app.sync.desk_sync import DeskSync
from counter_app.sync.state import Phase
from counter_app.sync.transport import Trouble, TroubleKind
from counter_app.sync.wire import Answer, Hello, Push, PushAnswer, Question
from tests.homes import AtDesk
from tests.sync.site import Site
from tests.sync.test_exchange import everybody


@dataclass(slots=True)
class SlowLine:
    """A central whose every answer takes a minute of the desk's clock; from a question on, it fails as it is told."""

    site: Site
    here: AtDesk
    fails_at: type[Question] | None = None
    deaf: bool = False
    """It says that it took a push, and took nothing of it."""

    def ask(self, question: Question, patience: float | None = None) -> Answer | Trouble:
        """Patience is not needed: it answers in the end."""
        del patience
        self.here.clock.later()
        if self.fails_at is not None and isinstance(question, self.fails_at):
            return Trouble(TroubleKind.UNREACHABLE, "La liaison a été coupée.")
        if self.deaf and isinstance(question, Push):
            return PushAnswer(())
        return self.site.answer(self.here, question)

    def endings(self) -> tuple[tuple[str, datetime], ...]:
        return ()

    def close(self) -> None:
        return None


def sync_of(site: Site, here: AtDesk, line: SlowLine) -> DeskSync:
    return DeskSync(here.desk, site.ledger(here), line, lambda: 0.0)


def test_what_is_verified_is_as_old_as_the_beginning_of_its_exchange(site: Site) -> None:
    first, second, _third = site.desks
    everybody(second, 3)
    site.sync(second)
    everybody(first, 2)
    began = first.clock.now
    state, outcome = sync_of(site, first, SlowLine(site, first)).once()
    assert (state.phase, outcome.pulled > 0, outcome.pushed > 0) == (Phase.UP_TO_DATE, True, True)
    assert first.clock.now > began
    assert state.verified_at == began


@pytest.mark.parametrize("fails_at", [Hello, Push])
def test_an_exchange_that_is_cut_makes_nothing_fresher(site: Site, fails_at: type[Question]) -> None:
    first, *_others = site.desks
    before, _outcome = sync_of(site, first, SlowLine(site, first)).once()
    everybody(first, 2)
    after, _outcome = sync_of(site, first, SlowLine(site, first, fails_at)).once()
    assert (after.phase, after.verified_at) == (Phase.OFFLINE, before.verified_at)
    assert after.waiting > 0


def test_an_exchange_that_ends_without_all_being_held_makes_nothing_fresher(site: Site) -> None:
    first, *_others = site.desks
    before, _outcome = sync_of(site, first, SlowLine(site, first)).once()
    everybody(first, 2)
    after, _outcome = sync_of(site, first, SlowLine(site, first, deaf=True)).once()
    assert (after.phase, after.verified_at) == (Phase.BEHIND, before.verified_at)
