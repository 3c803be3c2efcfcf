"""Exchanges that follow each other until both hold the same: other desks record while this one listens."""

from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from counter_app.sync.desk_sync import MOST_IN_A_ROW, DeskSync
from counter_app.sync.state import Phase
from counter_app.sync.transport import Trouble
from counter_app.sync.wire import VERSION, Answer, HelloAnswer, PullAnswer, Question
from tests.homes import AtDesk, person
from tests.sync.site import Site


@dataclass(slots=True)
class BusySite:
    """The central of a site where, while this desk receives, another one records and sends, so many times."""

    site: Site
    here: AtDesk
    other: AtDesk
    times: int
    told: int = field(default=0)

    def ask(self, question: Question, patience: float | None = None) -> Answer | Trouble:
        """Patience is not needed: it answers at once."""
        del patience
        answer = self.site.answer(self.here, question)
        if isinstance(answer, PullAnswer) and self.told < self.times:
            self.told += 1
            self.other.scan(self.other.code(f"{self.told:03d}"))
            self.site.sync(self.other)
        return answer

    def endings(self) -> tuple[tuple[str, datetime], ...]:
        return ()

    def close(self) -> None:
        return None


@dataclass(slots=True)
class NewerCentral(BusySite):
    """A central that no longer understands what this version says."""

    def ask(self, question: Question, patience: float | None = None) -> Answer | Trouble:
        answer = BusySite.ask(self, question, patience)
        return replace(answer, oldest_version=VERSION + 1) if isinstance(answer, HelloAnswer) else answer


def test_a_desk_too_old_for_its_central_says_so_sends_nothing_and_works_on(site: Site) -> None:
    first, second, _third = site.desks
    first.expects()
    sync = DeskSync(first.desk, site.ledger(first), NewerCentral(site, first, second, 0), lambda: 0.0)
    state, outcome = sync.once()
    assert (state.phase, outcome.pushed) == (Phase.TOO_OLD, 0)
    assert "version plus récente" in str(state.error)
    assert state.waiting > 0
    first.clock.at("9:05")
    assert first.scan().recorded


@pytest.mark.parametrize(
    ("times", "phases"),
    [
        (0, [Phase.UP_TO_DATE]),
        (1, [Phase.BEHIND, Phase.UP_TO_DATE]),
        (2, [Phase.BEHIND, Phase.BEHIND, Phase.UP_TO_DATE]),
        (9, [Phase.BEHIND] * MOST_IN_A_ROW),
    ],
)
def test_an_exchange_that_brought_something_is_followed_by_another_three_at_most(
    site: Site, times: int, phases: list[Phase]
) -> None:
    first, second, _third = site.desks
    second.expects(*(person(f"SOW {place:03d}", f"59{place:08d}", rdv_id=str(place)) for place in range(10)))
    second.clock.at("9:05")
    site.sync(second)
    sync = DeskSync(first.desk, site.ledger(first), BusySite(site, first, second, times), lambda: 0.0)
    done = list(sync.through())
    assert [state.phase for state, _outcome in done] == phases
    behind = [state for state, _outcome in done if state.phase is Phase.BEHIND]
    assert all(state.error is None for state in behind)
    site.quiet()


def test_an_exchange_that_moved_nothing_is_not_done_again(site: Site) -> None:
    first, *_others = site.desks
    sync = DeskSync(first.desk, site.ledger(first), BusySite(site, first, first, 0), lambda: 0.0)
    assert [state.phase for state, _outcome in sync.through()] == [Phase.UP_TO_DATE]
