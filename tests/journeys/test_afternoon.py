"""Some seconds of an afternoon of pulling cables: `python -m tests.journeys.cables` spends a whole one."""

from pathlib import Path

import pytest

from tests.journeys.cables import spend

pytestmark = pytest.mark.xdist_group("window")

SEED, SECONDS = 17, 6.0
HARSH, PAUSE = 0.12, 0.3


def test_three_windows_lose_nothing_while_cables_plugs_service_and_postgresql_are_pulled(tmp_path: Path) -> None:
    said: list[str] = []
    afternoon = spend(tmp_path, SEED, SECONDS, HARSH, PAUSE, said.append)
    troubles = " ".join(afternoon.troubles)
    for one in ("plug", "out", "bad cable", "kill -9"):
        assert one in troubles, said
    first, *apart = afternoon.posts
    assert first.done["arrival"], said
    assert all(post.done["arrival"] and post.done["handed over"] and post.waits["cut"] for post in apart), said
