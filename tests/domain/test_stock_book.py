"""The stays of a card: whatever was done, each day is on one side of each move, and the last evening is the stock."""

from collections import Counter
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind
from counter_app.domain.permit import Permit
from counter_app.domain.permit_fold import fold
from counter_app.domain.stock_book import Book, stays_of
from tests.domain.invented_acts import START
from tests.domain.invented_permits import Story, permit_acts

DAY = START.date()


def of(story: Story) -> Permit:
    permit = fold(story.acts)
    assert permit is not None
    return permit


def booked(permit: Permit) -> Book:
    """The book of one card."""
    came, away, went = stays_of(permit)
    back = Counter(day for _out, day in away) + Counter([came] if came else [])
    gone = Counter(day for day, _back in away)
    left = Counter([went] if went else [])
    return Book(back, left, gone) if permit.handovers else Book(back, {}, gone + left)


@given(permit_acts(), st.randoms(use_true_random=False))
def test_each_day_begins_with_the_evening_before_and_the_last_one_is_the_stock(acts: list[Act], chance: Random) -> None:
    permit = fold(chance.sample(acts, len(acts)))
    if permit is None or stays_of(permit).came_on is None:
        return
    book = booked(permit)
    days = sorted({*book.came, *book.handed_over, *book.returned})
    stocks = [book.over(date.min, days[0]), *(book.over(day, day) for day in days[1:])]
    assert all(one.evening in (0, 1) for one in stocks)
    assert [one.morning for one in stocks[1:]] == [one.evening for one in stocks[:-1]]
    assert stocks[-1].evening == (not permit.departures)


def test_a_departure_that_a_card_came_back_from_keeps_its_day() -> None:
    story = Story()
    story.tell(ActKind.PERMIT_RECEIVED, source="list", exported_at="1", card_number="C", received_on="2026-11-20")
    sent = story.tell(ActKind.PERMIT_SENT_BACK)
    back = story.tell(ActKind.PERMIT_BACK_IN_STOCK, acts=[sent.act_id], reason="renvoyé à tort")
    assert stays_of(of(story)) == (date(2026, 11, 20), ((sent.at.date(), back.at.date()),), None)
    posted = story.tell(ActKind.PERMIT_POSTED)
    assert stays_of(of(story)).went_on == posted.at.date()


def test_two_desks_that_saw_a_card_come_back_saw_it_come_back_once() -> None:
    story = Story()
    story.tell(ActKind.PERMIT_RECEIVED, source="list", exported_at="1", card_number="C", received_on="2026-11-20")
    sent = story.tell(ActKind.PERMIT_SENT_BACK)
    story.tell(ActKind.PERMIT_BACK_IN_STOCK, "Guichet 1", acts=[sent.act_id], reason="renvoyé à tort")
    story.tell(ActKind.PERMIT_BACK_IN_STOCK, "Guichet 2", acts=[sent.act_id], reason="la carte est là")
    assert len(stays_of(of(story)).away) == 1


def test_a_departure_voided_or_a_handover_undone_never_took_place() -> None:
    story = Story()
    story.tell(ActKind.PERMIT_RECEIVED, source="list", exported_at="1", card_number="C", received_on="2026-11-20")
    sent = story.tell(ActKind.PERMIT_SENT_BACK)
    story.tell(ActKind.PERMIT_BACK_IN_STOCK, "Guichet 1", acts=[sent.act_id], reason="renvoyé à tort")
    story.tell(ActKind.BORDEREAU_VOIDED, "Guichet 2", acts=[sent.act_id])
    given = story.tell(ActKind.PERMIT_HANDED_OVER)
    story.tell(ActKind.HANDOVER_UNDONE, acts=[given.act_id])
    assert stays_of(of(story)) == (date(2026, 11, 20), (), None)


def test_a_card_that_another_lot_brings_again_first_came_when_it_did() -> None:
    story, first, again = Story(), "2026-11-20", (DAY + timedelta(days=4)).isoformat()
    story.tell(ActKind.PERMIT_RECEIVED, source="list", exported_at="1", card_number="C", received_on=first)
    sent = story.tell(ActKind.PERMIT_SENT_BACK)
    story.tell(ActKind.PERMIT_RECEIVED, source="list", exported_at="2", card_number="C", received_on=again)
    permit = of(story)
    assert (permit.received_on, stays_of(permit).came_on) == (again, date.fromisoformat(first))
    assert stays_of(permit).went_on == sent.at.date()
