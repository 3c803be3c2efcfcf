"""What the ledger promises, the same on every store: see `domain.lines` and `sync.wire`."""

import sqlalchemy as sa

from counter_app.central.ledger import Ledger
from counter_app.central.pull import ROOM
from counter_app.domain.lines import branch_name
from counter_app.sync.wire import Hello, Pull, Tip, WireAct
from tests.central.desks import Desk, enrolled, push, statuses
from tests.homes import Clock


def everything(ledger: Ledger, desk: Desk, limit: int = 2000) -> list[WireAct]:
    """All that a new desk pulls, answer after answer."""
    heads = ledger.answer(desk.session, Hello(desk.device, desk.stream, {}, "")).heads
    after = dict.fromkeys(heads, 0)
    found: list[WireAct] = []
    while True:
        answer = ledger.answer(desk.session, Pull(after, limit))
        found += answer.acts
        after |= answer.after
        if not answer.more:
            return found


def test_acts_pushed_by_one_desk_are_pulled_by_another_to_the_letter(engine: sa.Engine, ledger: Ledger) -> None:
    one, two = Desk("Guichet 1"), Desk("Guichet 2")
    enrolled(engine, one)
    enrolled(engine, two)
    one.write(3, "Élodie Müller 日本")
    one.write()
    assert statuses(push(ledger, one)) == [(1, 4, "accepted", "")]
    assert everything(ledger, two) == one.acts


def test_acts_sent_again_are_accepted_and_written_once(engine: sa.Engine, ledger: Ledger) -> None:
    desk = Desk("Guichet 1")
    enrolled(engine, desk)
    desk.write(5)
    first = push(ledger, desk)
    assert push(ledger, desk) == first
    desk.write(2)
    assert statuses(push(ledger, desk, desk.acts[2:])) == [(3, 7, "accepted", "")]
    assert everything(ledger, desk) == desk.acts


def test_hello_tells_heads_what_is_lacking_and_who_is_there(engine: sa.Engine, ledger: Ledger) -> None:
    one, two = Desk("Guichet 1"), Desk("Guichet 2")
    enrolled(engine, one)
    enrolled(engine, two)
    one.write(2)
    push(ledger, one)
    one.write(2)
    tips = {one.stream: Tip(1, 4, one.acts[3].digest), "inconnu:1": Tip(1, 1, "0" * 64)}
    told = ledger.answer(one.session, Hello(one.device, one.stream, tips, "", waiting=2, error="coupure"))
    assert told.heads == {one.stream: Tip(1, 2, one.acts[1].digest)}
    assert set(told.lacking) == set(tips)
    assert told.mark == 2
    assert not told.training
    assert [(peer.desk, peer.waiting, peer.error) for peer in told.peers] == [
        ("Guichet 1", 2, "coupure"),
        ("Guichet 2", 0, None),
    ]
    held = {one.stream: Tip(1, 1, one.acts[0].digest)}
    assert ledger.answer(one.session, Hello(one.device, one.stream, held, "")).lacking == ()


def test_two_histories_of_one_stream_part_into_lines_named_alike_whoever_comes_first(
    engine: sa.Engine, ledger: Ledger
) -> None:
    desk = Desk("Guichet 1")
    enrolled(engine, desk)
    desk.write(3)
    clone = desk.cloned()
    desk.write(2, "le poste")
    clone.write(2, "sa copie")
    push(ledger, desk)
    assert statuses(push(ledger, clone)) == [(1, 5, "accepted", "")]
    heads = ledger.answer(desk.session, Hello(desk.device, desk.stream, {}, "")).heads
    names = [branch_name(desk.stream, one.acts[3].digest) for one in (desk, clone)]
    assert heads == {
        desk.stream: Tip(1, 3, desk.acts[2].digest),
        f"{desk.stream}~{names[0]}": Tip(4, 5, desk.acts[4].digest),
        f"{desk.stream}~{names[1]}": Tip(4, 5, clone.acts[4].digest),
    }
    assert sorted(everything(ledger, desk)) == sorted({*desk.acts, *clone.acts})


def test_a_run_after_a_gap_has_to_wait(engine: sa.Engine, ledger: Ledger) -> None:
    desk = Desk("Guichet 1")
    enrolled(engine, desk)
    desk.write()
    desk.write()
    assert statuses(push(ledger, desk, desk.acts[1:])) == [(2, 2, "later", "gap")]
    assert everything(ledger, desk) == []


def test_a_backlog_is_pulled_in_answers_of_the_size_asked_for_and_no_line_starves(
    engine: sa.Engine, ledger: Ledger
) -> None:
    long, short = Desk("Guichet 1"), Desk("Guichet 2")
    for desk, count in ((long, 50), (short, 3)):
        enrolled(engine, desk)
        desk.write(count)
        push(ledger, desk)
    answer = ledger.answer(short.session, Pull({long.stream: 0, short.stream: 0}, 10))
    assert answer.after == {long.stream: 7, short.stream: 3}
    assert answer.more
    assert sorted(everything(ledger, short, 10)) == sorted([*long.acts, *short.acts])


def test_the_newest_acts_come_ahead_of_their_turn(engine: sa.Engine, ledger: Ledger) -> None:
    early, late = Desk("Guichet 1"), Desk("Guichet 2")
    for desk in (early, late):
        enrolled(engine, desk)
        desk.write(6)
        late.at = early.at
        push(ledger, desk)
    wanted = Pull({early.stream: 0, late.stream: 0}, 8, newest=True)
    answer = ledger.answer(early.session, wanted)
    assert list(answer.acts) == [*early.acts[4:], *late.acts]
    assert answer.after == {}


def test_the_newest_acts_are_found_without_looking_at_lines_that_ended_before(
    engine: sa.Engine, ledger: Ledger
) -> None:
    desks = [Desk(f"Guichet {letter}") for letter in "ABCDEF"]
    for before, desk in zip([None, *desks], desks, strict=False):
        enrolled(engine, desk)
        desk.at = before.at if before else desk.at
        desk.write(5)
        push(ledger, desk)
    everywhere = dict.fromkeys([desk.stream for desk in desks], 0)
    for limit in (1, 4, 7, 30, 31):
        acts = sorted((act for desk in desks for act in desk.acts), key=lambda act: act.clock)
        found = ledger.answer(desks[0].session, Pull(everywhere, limit, newest=True)).acts
        assert list(found) == acts[-limit:]


def test_the_clock_of_the_central_dates_its_answers(ledger: Ledger, engine: sa.Engine, central_clock: Clock) -> None:
    desk = Desk("Guichet 1")
    enrolled(engine, desk)
    central_clock.later(5)
    told = ledger.answer(desk.session, Hello(desk.device, desk.stream, {}, ""))
    assert told.time == "2026-11-23T07:05:00.000000+00:00"
    assert told.peers[0].seen_at == told.time


def test_acts_of_any_size_pass_in_answers_that_are_read(engine: sa.Engine, ledger: Ledger) -> None:
    desk, other = Desk("Guichet 1"), Desk("Guichet 2")
    for one in (desk, other):
        enrolled(engine, one)
    desk.write(1, "x" * (ROOM + 10))
    for _ in range(5):
        desk.write(1, "y" * (ROOM // 3))
    desk.write(3)
    other.write()
    for acts in (desk.acts[:1], desk.acts[1:3], desk.acts[3:]):
        push(ledger, desk, acts)
    push(ledger, other)
    wanted = Pull({desk.stream: 0, other.stream: 0})
    answer = ledger.answer(desk.session, wanted)
    assert answer.more
    assert [act.seq for act in answer.acts] == [1, 1]
    assert sorted(everything(ledger, desk)) == sorted([*desk.acts, *other.acts])
    newest = ledger.answer(desk.session, Pull(wanted.after, newest=True)).acts
    assert newest
    assert sum(len(act.details or "") for act in newest) <= 2 * ROOM
