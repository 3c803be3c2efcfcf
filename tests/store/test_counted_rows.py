"""Narrow rows of figures: what a card that left is counted as."""

import pytest

from counter_app.domain.acts import ActKind
from counter_app.domain.permit_fold import fold
from counter_app.store.counted_rows import PermitRow, permit_row
from tests.domain.invented_permits import Story


def row_of(story: Story) -> PermitRow:
    permit = fold(story.acts)
    row = permit_row(permit) if permit else None
    assert row is not None
    return row


def test_a_card_that_two_desks_gave_was_handed_over_once_on_the_day_it_left_and_did_not_come_back() -> None:
    story = Story()
    story.received()
    first = story.tell(ActKind.PERMIT_HANDED_OVER, "Guichet 1")
    story.tell(ActKind.PERMIT_HANDED_OVER, "Guichet 2")
    day = first.at.date().isoformat()
    assert row_of(story)[2:6] == (day, day, None, "Guichet 1")


def test_a_contested_handover_is_still_counted_as_one() -> None:
    story = Story()
    story.received()
    handed = story.tell(ActKind.PERMIT_HANDED_OVER)
    story.tell(ActKind.HANDOVER_CONTESTED, reason="dit ne pas avoir reçu")
    assert row_of(story).handed_on == handed.at.date().isoformat()


@pytest.mark.parametrize("kind", [ActKind.PERMIT_SENT_BACK, ActKind.PERMIT_POSTED, ActKind.PERMIT_DESTROYED])
def test_a_card_that_left_without_a_handover_is_counted_as_returned(kind: ActKind) -> None:
    story = Story()
    story.received()
    gone = story.tell(kind, bordereau="B-1")
    assert row_of(story)[2:4] == (gone.at.date().isoformat(), None)
