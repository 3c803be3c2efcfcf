"""The countdown of the handover window: open, closing, nearly closed, closed until when."""

from datetime import datetime

import pytest

from counter_app.config import load_rules
from counter_app.ui.minutes import until_it_turns
from counter_app.ui.screens.handover.window import window_words
from counter_app.wording.catalogue import Words
from tests.ui.workbenches import NOW


@pytest.mark.parametrize(
    ("day", "hour", "said", "token"),
    [
        ("2026-11-24", "09:24", "Remise ouverte · reste 2\u00a0h\u00a036", "text"),
        ("2026-11-24", "11:45", "Remise\u00a0: ferme dans 15\u00a0min", "warn-text"),
        ("2026-11-24", "11:56", "Remise\u00a0: ferme dans 4\u00a0min", "stop-text"),
        ("2026-11-24", "12:00", "Remise fermée · 25/11, 9\u00a0h", "text"),
        ("2026-11-24", "07:00", "Remise fermée · 9\u00a0h", "text"),
        ("2026-11-27", "15:00", "Remise fermée · 30/11, 9\u00a0h", "text"),
    ],
)
def test_the_window_counts_down_and_says_when_it_opens_again(day: str, hour: str, said: str, token: str) -> None:
    at = datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=NOW.tzinfo)
    told = window_words(at, load_rules("nord"), Words("fr"))
    assert (told.words, told.token) == (said, token)


@pytest.mark.parametrize(
    ("second", "wait"), [("00.000", 10_000), ("45.000", 10_000), ("52.500", 7_500), ("59.999", 100)]
)
def test_what_is_shown_in_minutes_is_looked_at_when_the_minute_turns(second: str, wait: int) -> None:
    assert until_it_turns(datetime.fromisoformat(f"2026-11-24T11:56:{second}")) == wait
