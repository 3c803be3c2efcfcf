"""The rhythm that tells a reader from a person."""

from hypothesis import given
from hypothesis import strategies as st

from counter_app.ui.burst import FAST, GAP, HICCUP, HICCUPS, LATE_END, SHORTEST, SILENCE, STEADY, Burst, belongs


def burst_of(gaps: list[int]) -> Burst:
    burst, at = Burst(), 1000
    burst.add("A", at)
    for gap in gaps:
        at += gap
        burst.add("A", at)
    return burst


@given(st.lists(st.integers(0, GAP), min_size=SHORTEST - 1, max_size=400))
def test_six_quick_keys_or_more_are_a_scan_however_many_there_are(gaps: list[int]) -> None:
    assert burst_of(gaps).is_scan


@given(st.lists(st.integers(GAP + 1, 5000), max_size=40))
def test_keys_at_the_pace_of_a_person_never_are(gaps: list[int]) -> None:
    assert not burst_of(gaps).is_scan


@given(st.lists(st.integers(0, GAP), max_size=SHORTEST - 2))
def test_five_quick_keys_are_still_typing(gaps: list[int]) -> None:
    assert not burst_of(gaps).is_scan


def test_a_closing_key_ends_a_scan_only_when_it_comes_as_fast() -> None:
    burst = burst_of([3] * 8)
    assert burst.ends_by_key(burst.last + SILENCE)
    assert not burst.ends_by_key(burst.last + SILENCE + 1)


def test_a_line_feed_after_the_return_belongs_to_the_scan_but_the_next_enter_does_not() -> None:
    burst = burst_of([3] * 8)
    end = burst.last + 5
    burst.take(end)
    assert burst.trails(end + 4)
    assert not burst.trails(end + GAP + 1)


def test_a_closing_key_that_comes_late_after_a_silence_is_still_the_readers() -> None:
    burst = burst_of([3] * 8)
    burst.take()
    assert burst.trails(burst.last + LATE_END)
    assert not burst.trails(burst.last + LATE_END + 1)


def test_separators_of_sealed_documents_belong_and_other_control_keys_do_not() -> None:
    assert [belongs(text) for text in ("\x1d", "\x1e", "\x1f", "A", "é", " ")] == [True] * 6
    assert [belongs(text) for text in ("", "\r", "\t", "\x01", "\x7f"[:0])] == [False] * 5


@given(st.integers(STEADY - 1, 8), st.lists(st.integers(GAP + 1, HICCUP), min_size=1, max_size=HICCUPS))
def test_a_reader_that_stops_for_a_moment_goes_on_with_the_same_scan(before: int, hiccups: list[int]) -> None:
    burst = burst_of([FAST] * before + hiccups + [3] * 6)
    assert len(burst.text) == 1 + before + len(hiccups) + 6


def test_a_third_stop_begins_anew() -> None:
    assert len(burst_of([3, 3, 3] + [200] * (HICCUPS + 1)).text) == 1


@given(st.permutations([5, 5, 60, 120, 300]))
def test_letters_rolled_by_a_hand_between_pauses_are_no_reader(gaps: list[int]) -> None:
    assert not burst_of(gaps).is_scan


def test_a_reader_known_to_end_with_a_key_is_waited_for() -> None:
    burst = burst_of([3] * 8)
    burst.patience = HICCUP
    assert burst.ends_by_key(burst.last + HICCUP)
    assert not burst.ends_by_key(burst.last + HICCUP + 1)
