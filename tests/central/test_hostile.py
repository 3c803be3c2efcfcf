"""Whatever a desk sends, one envelope that does not hold is kept apart in one word, and hinders nobody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.central.ledger import MOST_TIPS, Ledger
from counter_app.central.push import MOST_RUNS
from counter_app.central.sites import make_site
from counter_app.central.tables import set_aside
from counter_app.domain.acts import LINKED, digest_of_link
from counter_app.sync.wire import WIRE, Hello, Look, LookAnswer, Probe, Pull, Push, PushAnswer, Tip, WireAct
from tests.central.desks import EIGHT, Desk, enrolled, push, statuses
from tests.central.test_conformance import everything


def changed(act: WireAct, **values: object) -> WireAct:
    """An act some columns of which hold anything."""
    return WireAct._make(values.get(name, value) for name, value in zip(WIRE, act, strict=True))


def linked(act: WireAct, desk: Desk, **values: object) -> WireAct:
    """An act changed by somebody who holds the key: its links and its signature hold."""
    other = changed(act, **values)
    digest = digest_of_link(getattr(other, name) for name in LINKED)
    return other._replace(digest=digest, signature=desk.keys.sign(digest))


def apart(engine: sa.Engine) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        found = connection.execute(sa.select(set_aside.c.reason, set_aside.c.device).order_by(set_aside.c.reason))
        return [tuple(row) for row in found]


Change = Callable[[WireAct, Desk], WireAct]
CHANGES: dict[str, tuple[str, Change]] = {
    "another site": ("site", lambda act, desk: linked(act, desk, site="loiret")),
    "details that were altered": ("details", lambda act, _desk: act._replace(details='{"text":"autre"}')),
    "a salt that was altered": ("details", lambda act, _desk: act._replace(salt="0" * 32)),
    "details without their salt": ("form", lambda act, _desk: act._replace(salt=None)),
    "another agent": ("chain", lambda act, _desk: act._replace(agent="B. Colin")),
    "another hour": ("chain", lambda act, _desk: act._replace(at="2026-11-23T09:00:00+01:00")),
    "another digest": ("chain", lambda act, _desk: act._replace(digest="f" * 64)),
    "no signature": ("signature", lambda act, _desk: act._replace(signature=None)),
    "a signature of nobody": ("signature", lambda act, _desk: act._replace(signature="0" * 128)),
    "a signature that is no number": ("signature", lambda act, _desk: act._replace(signature="é")),
    "the signature of another desk": ("signature", lambda act, _desk: linked(act, Desk("Guichet 2"))),
    "a clock of the year 2200": ("clock", lambda act, desk: linked(act, desk, clock=7_258_118_400_000 << 16)),
    "a clock below zero": ("clock", lambda act, desk: linked(act, desk, clock=-1)),
    "a position below one": ("form", lambda act, desk: linked(act, desk, seq=0)),
    "a position beyond what is stored": ("form", lambda act, desk: linked(act, desk, seq=1 << 70)),
    "a version beyond what is stored": ("form", lambda act, desk: linked(act, desk, version=1 << 70)),
    "a true for a number": ("form", lambda act, desk: linked(act, desk, version=True)),
    "a number for a name": ("form", lambda act, desk: linked(act, desk, agent=12)),
    "a stream that is a number": ("form", lambda act, desk: linked(act, desk, stream=12)),
    "a name without end": ("form", lambda act, desk: linked(act, desk, agent="a" * 201)),
    "a character zero": ("form", lambda act, desk: linked(act, desk, agent="A.\0Petit")),
    "a zero in a salt alone": ("form", lambda act, desk: linked(act, desk, details=None, salt="\0")),
    "half a letter": ("form", lambda act, _desk: act._replace(agent="A. \ud800")),
    "half a letter in a digest": ("chain", lambda act, _desk: act._replace(digest="\ud800")),
    "an hour that is none": ("form", lambda act, desk: linked(act, desk, at="demain")),
    "a first act that follows another": ("chain", lambda act, desk: linked(act, desk, seq=1)),
    "a second act that follows none": ("chain", lambda act, desk: linked(act, desk, prev="0" * 64)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_an_envelope_that_does_not_hold_is_kept_apart_with_its_reason(
    engine: sa.Engine, inside: Ledger, name: str
) -> None:
    reason, change = CHANGES[name]
    desk, other = Desk("Guichet 1"), Desk("Guichet 3")
    for one in (desk, other):
        enrolled(engine, one)
        one.write()
        one.write()
    altered = change(desk.acts[1], desk)
    answer = inside.answer(desk.session, Push((desk.acts[0], altered, *other.acts)))
    told = {(run.status, run.reason) for run in answer.runs if run.stream != other.stream}
    assert told == {("accepted", ""), ("set_aside", reason)}
    assert [(run.last, str(run.status)) for run in answer.runs if run.stream == other.stream] == [(2, "accepted")]
    assert set(apart(engine)) == {(reason, desk.device)}
    assert set(everything(inside, desk)) == {desk.acts[0], *other.acts}
    inside.answer(desk.session, Push((desk.acts[0], altered, *other.acts)))
    assert len(apart(engine)) == 1, "sent again, it stands once"
    assert statuses(push(inside, desk)) == [(1, 2, "accepted", "")], "the true act is taken after the false one"


def test_the_identity_of_another_act_is_kept_apart_and_what_comes_before_is_taken(
    engine: sa.Engine, inside: Ledger
) -> None:
    one, two = Desk("Guichet 1"), Desk("Guichet 2")
    for desk in (one, two):
        enrolled(engine, desk)
        desk.write()
        desk.write()
    push(inside, one)
    taken = linked(two.acts[1], two, act_id=one.acts[0].act_id)
    assert statuses(push(inside, two, [two.acts[0], taken])) == [(1, 1, "accepted", ""), (2, 2, "set_aside", "act_id")]
    twice = linked(two.acts[1], two, act_id=two.acts[0].act_id)
    assert statuses(push(inside, two, [two.acts[0], twice])) == [(1, 1, "accepted", ""), (2, 2, "set_aside", "act_id")]
    assert set(everything(inside, one)) == {*one.acts, two.acts[0]}


def test_acts_of_a_device_that_is_not_known_have_to_wait(engine: sa.Engine, inside: Ledger) -> None:
    known, stranger = Desk("Guichet 1"), Desk("Guichet 2")
    enrolled(engine, known)
    stranger.write(2)
    assert statuses(push(inside, known, stranger.acts)) == [(1, 2, "later", "device")]
    assert apart(engine) == []
    enrolled(engine, stranger)
    assert statuses(push(inside, known, stranger.acts)) == [(1, 2, "accepted", "")]


def test_acts_after_the_last_signature_are_kept_apart_until_it_comes(engine: sa.Engine, inside: Ledger) -> None:
    desk = Desk("Guichet 1")
    enrolled(engine, desk)
    desk.write(2)
    desk.write(3)
    told = statuses(push(inside, desk, desk.acts[:4]))
    assert told == [(1, 2, "accepted", ""), (3, 4, "set_aside", "signature")]
    push(inside, desk)
    assert statuses(push(inside, desk, desk.acts[:4])) == [(1, 2, "accepted", ""), (3, 4, "accepted", "")]


def test_erased_details_are_taken_and_the_chain_still_holds(engine: sa.Engine, inside: Ledger) -> None:
    desk = Desk("Guichet 1")
    enrolled(engine, desk)
    desk.write(3)
    erased = [act._replace(details=None, salt=None) for act in desk.acts]
    assert statuses(push(inside, desk, erased)) == [(1, 3, "accepted", "")]
    assert everything(inside, desk) == erased


def test_a_revoked_desk_still_sends_and_is_told_nothing(engine: sa.Engine, inside: Ledger) -> None:
    desk, other = Desk("Guichet 1"), Desk("Guichet 2")
    for one in (desk, other):
        enrolled(engine, one)
        one.write()
    push(inside, other)
    session = replace(desk.session, revoked=True)
    assert statuses(inside.answer(session, Push(tuple(desk.acts)))) == [(1, 1, "accepted", "")]
    assert inside.answer(session, Pull({other.stream: 0})).acts == ()
    told = inside.answer(session, Hello(desk.device, desk.stream, {}, ""))
    assert told.revoked
    assert told.peers == ()


def test_questions_out_of_bounds_are_answered_within_them(engine: sa.Engine, inside: Ledger) -> None:
    desk = Desk("Guichet 1")
    enrolled(engine, desk)
    desk.write(3)
    push(inside, desk)
    beyond = {desk.stream: 1 << 80, f"{desk.stream}~x": 0, "\0": 0}
    for limit in (-5, 0, 1 << 80):
        assert inside.answer(desk.session, Pull(beyond, limit)).acts == ()
        assert inside.answer(desk.session, Pull({desk.stream: -(1 << 80)}, limit)).acts
        assert inside.answer(desk.session, Pull({desk.stream: -5}, limit, newest=True)).acts
    places = {desk.stream: (-1, 0, 2, 9, 1 << 80), "\0": (1,), "\ud800": (1,), "x": tuple(range(20_000))}
    digests = inside.answer(desk.session, Probe(places)).digests
    assert digests[desk.stream] == {2: (desk.acts[1].digest,)}
    assert digests["x"] == digests["\0"] == {}
    tips = {key: Tip(1, seq, "é") for key, seq in (("\0", 1), ("\ud800", 1), (desk.stream, 1 << 80), ("", 0))}
    hello = Hello(desk.device, desk.stream, tips, "", waiting=1 << 80, error="\0", version=1 << 80)
    assert set(inside.answer(desk.session, hello).lacking) == set(tips)
    assert inside.answer(desk.session, Look("convocation", "\0", "Guichet 1", "A. Petit")).opened == ()
    assert inside.answer(desk.session, Push(())) == PushAnswer((), 3)


JUNK = st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.floats() | st.binary(max_size=3)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(junk=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 17), JUNK), min_size=1, max_size=3))
def test_any_value_in_any_column_is_answered_and_harms_nobody(
    engine: sa.Engine, inside: Ledger, junk: list[tuple[int, int, object]]
) -> None:
    """No exception, no act lost; what is taken is what was signed."""
    desk = Desk("Guichet 1")
    with engine_with(engine, desk):
        acts: list[WireAct] = list(desk.acts)
        for place, column, value in junk:
            acts[place] = changed(acts[place], **{WIRE[column]: value})
        answer = inside.answer(desk.session, Push(tuple(acts)))
        assert answer.runs
        assert {act[:17] for act in everything(inside, desk)} <= {act[:17] for act in (*desk.acts, *acts)}
        push(inside, desk)
        assert [act.digest for act in everything(inside, desk)] == [act.digest for act in desk.acts]


@contextmanager
def engine_with(engine: sa.Engine, desk: Desk) -> Iterator[None]:
    """The desk known, with four acts, in a site of its own."""
    with engine.connect() as connection:
        number = connection.exec_driver_sql("SELECT count(*) FROM site").scalar_one()
    desk.site = f"site-{number}"
    make_site(engine, desk.site, training=False, at=EIGHT)
    enrolled(engine, desk)
    desk.write(2)
    desk.write(2)
    yield


def test_two_pushes_of_the_same_acts_at_once_are_both_answered_and_written_once(
    engine: sa.Engine, inside: Ledger
) -> None:
    desk, clone = Desk("Guichet 1"), Desk("Guichet 1")
    enrolled(engine, desk)
    for _ in range(20):
        desk.write(5)
    clone = desk.cloned()
    desk.write(50, "un")
    clone.write(50, "deux")
    together = Barrier(4)
    answers: list[PushAnswer] = []

    def send(one: Desk) -> None:
        together.wait()
        answers.append(push(inside, one))

    threads = [Thread(target=send, args=(one,)) for one in (desk, clone, desk, clone)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [statuses(answer) for answer in answers] == [[(1, 150, "accepted", "")]] * 4
    found = everything(inside, desk)
    assert len(found) == 200
    assert set(found) == {*desk.acts, *clone.acts}


def test_a_push_of_more_runs_than_a_desk_has_lines_is_taken_in_several_times(engine: sa.Engine, inside: Ledger) -> None:
    desk = Desk("Guichet 1")
    enrolled(engine, desk)
    desk.write()
    told = statuses(push(inside, desk, desk.acts * (MOST_RUNS + 2)))
    assert told == [(1, 1, "accepted", "")] * MOST_RUNS + [(1, 1, "later", "gap")] * 2


def test_a_hello_of_more_tips_than_a_desk_has_is_answered_without_looking_for_each(
    engine: sa.Engine, inside: Ledger
) -> None:
    desk = Desk("Guichet 1")
    enrolled(engine, desk)
    desk.write(3)
    push(inside, desk)
    held = Tip(1, 2, desk.acts[1].digest)
    tips = {f"{desk.stream}~{number}": held for number in range(MOST_TIPS + 2)}
    told = inside.answer(desk.session, Hello(desk.device, desk.stream, tips, ""))
    assert told.lacking == (f"{desk.stream}~{MOST_TIPS}", f"{desk.stream}~{MOST_TIPS + 1}")


def test_one_desk_that_tells_twice_at_once_what_it_looks_at_is_answered(engine: sa.Engine, inside: Ledger) -> None:
    session = enrolled(engine, Desk("Guichet 1"))
    together = Barrier(4)
    answers: list[LookAnswer] = []

    def look() -> None:
        together.wait()
        answers.append(inside.answer(session, Look("permit", "p1", "Guichet 1", "A. Petit")))

    threads = [Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.opened for answer in answers] == [()] * 4
