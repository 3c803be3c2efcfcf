"""The desk goes before the background, and writers of one program wait in line."""

from threading import Event, Thread

import pytest

from counter_app.store.courtesy import Courtesy


def test_writers_take_the_seat_in_the_order_they_came() -> None:
    courtesy, order = Courtesy(), list[int]()

    def write(place: int) -> None:
        with courtesy.seat():
            order.append(place)

    threads = [Thread(target=write, args=(place,)) for place in range(5)]
    with courtesy.seat():
        for place, thread in enumerate(threads):
            thread.start()
            while len(courtesy._line) <= place:
                pass
        assert courtesy.wanted
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]
    assert not courtesy.wanted


def test_a_thread_that_holds_the_seat_cannot_ask_for_it_again() -> None:
    courtesy = Courtesy()
    with courtesy.seat(), pytest.raises(AssertionError, match="one transaction"), courtesy.seat():
        pass


def test_the_background_waits_until_the_desk_is_quiet() -> None:
    courtesy, went_on = Courtesy(), Event()

    def behind() -> None:
        with courtesy.in_the_background():
            courtesy.give_way()
            went_on.set()

    with courtesy.at_work():
        thread = Thread(target=behind)
        thread.start()
        waited = not went_on.is_set()
    thread.join()
    assert waited
    assert went_on.is_set()


def test_the_background_is_not_counted_as_the_desk() -> None:
    courtesy = Courtesy()
    with courtesy.in_the_background(), courtesy.at_work():
        courtesy.give_way()
    assert courtesy.desk_calls == 0
    with courtesy.at_work():
        pass
    assert courtesy.desk_calls == 1


def test_whoever_holds_the_seat_never_waits_for_those_behind_it() -> None:
    courtesy = Courtesy()
    with courtesy.at_work(), courtesy.seat():
        courtesy.give_way()
    assert courtesy.desk_calls == 1
