"""What no desk should write is set aside and shown, and keeps no other stream waiting."""

import pytest

from counter_app.domain.acts import Subject
from counter_app.domain.refusal import StoreRefused
from counter_app.store import journal, received, sync_rows
from counter_app.store.statements import driver, rows
from counter_app.sync.wire import PullAnswer, Push, PushStatus, WireAct
from counter_app.usecases.audit import rebuild, verify
from tests.homes import AtDesk
from tests.sync.invariants import check_desk, held_at_central, held_at_desk, prints
from tests.sync.poison import Hostile
from tests.sync.simulation import SPOILT
from tests.sync.site import Site
from tests.sync.test_exchange import arrived, everybody


@pytest.fixture
def hostile(site: Site) -> Hostile:
    """A desk of the site that writes what it likes."""
    return Hostile(site.central, site.clock, site.central.chance)


def reasons(here: AtDesk) -> set[str]:
    with here.desk.looking() as connection:
        return {one.reason for one in sync_rows.set_aside(connection)}


def acts_of(site: Site, here: AtDesk) -> list[WireAct]:
    """Every act that a desk holds, as it travels."""
    ledger = site.ledger(here)
    return [act for line in ledger.lines() for act in ledger.read_after(line, 0, 10_000)]


@pytest.mark.parametrize(("column", "value"), SPOILT)
def test_poison_delays_no_other_stream(site: Site, column: str, value: object) -> None:
    first, second, third = site.desks
    site.sync(third)
    everybody(first, 3)
    site.sync(first)
    second.expects()
    site.sync(second)
    mine = [act for act in acts_of(site, first) if act.stream == first.desk.stream]
    others = [act for act in acts_of(site, second) if act.stream == second.desk.stream]
    last = next(place for place in reversed(range(len(mine))) if mine[place].signature)
    mine[last] = mine[last]._replace(**{column: value})  # type: ignore[arg-type]
    taken = site.ledger(third).receive([*mine, *others])
    assert taken.set_aside == 1
    held = held_at_desk(third.desk).keys()
    assert {act.act_id for act in others} <= held, "the other stream is here at once"
    assert mine[last].act_id not in held
    assert reasons(third) & {"details", "chain", "clock", "signature", "form"}
    check_desk(third.desk)
    site.quiet()


def test_acts_of_a_newer_version_are_kept_shown_and_without_effect(
    site: Site, hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, _third = site.desks
    everybody(first, 2)
    site.sync(first)
    subject = Subject("convocation", first.everybody()[0].id)
    shown = prints(first.desk)
    monkeypatch.setattr(journal, "VERSION", 7)
    acts = [hostile.act(kind, subject, {"verdict": "on_time"}) for kind in ("titre_photographié", "checked_in")]
    monkeypatch.undo()
    answer = hostile.push(*acts)
    assert [run.status for run in answer.runs] == [PushStatus.ACCEPTED]
    assert site.sync(first).verified
    assert site.sync(second).verified
    assert (reasons(first), verify(first.desk).unknown, prints(first.desk)) == ({"newer"}, 1, shown)
    site.quiet()


def test_what_a_newer_program_understands_is_no_more_shown_as_set_aside(
    site: Site, hostile: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = site.desks[0]
    everybody(first, 2)
    site.sync(first)
    hostile.push(hostile.act("titre_photographié", Subject("convocation", first.everybody()[0].id), {}))
    site.sync(first)
    rebuild(first.desk)
    assert reasons(first) == {"newer"}
    monkeypatch.setattr(received, "_KINDS", received._KINDS | {"titre_photographié"})
    rebuild(first.desk)
    assert reasons(first) == set()


@pytest.mark.parametrize(
    ("details", "reason"),
    [('{"row":9223372036854775808}', "form"), ('{"a":"\\ud800"}', "form"), ("bonjour", "form"), ('{"x":2}', "details")],
)
def test_what_the_central_cannot_take_it_keeps_apart_and_desks_never_meet(
    site: Site, hostile: Hostile, details: str, reason: str
) -> None:
    first, *_others = site.desks
    everybody(first, 2)
    answer = hostile.push(hostile.act("row_set_aside", Subject("row", "a" * 32), {})._replace(details=details))
    assert [(run.status, run.reason) for run in answer.runs] == [(PushStatus.SET_ASIDE, reason)]
    site.quiet()
    assert reasons(first) == set()


def test_an_identity_cannot_be_used_twice(site: Site, hostile: Hostile) -> None:
    first, second, _third = site.desks
    everybody(first, 2)
    site.sync(first)
    act_id = next(iter(held_at_desk(first.desk)))
    answer = hostile.push(hostile.with_identity(act_id))
    assert [(run.status, run.reason) for run in answer.runs] == [(PushStatus.SET_ASIDE, "act_id")]
    twin = hostile.with_identity(act_id)
    site.sync(second)
    before = held_at_desk(second.desk)
    site.ledger(second).receive([twin])
    assert held_at_desk(second.desk) == before
    site.quiet()


def test_a_clock_of_another_century_is_kept_apart_and_one_of_next_month_is_shown(site: Site, hostile: Hostile) -> None:
    from datetime import timedelta

    first, *_others = site.desks
    subject = Subject("convocation", "a" * 32)
    answer = hostile.push(hostile.act("note_settled", subject, {}, at=site.clock() + timedelta(days=100_000)))
    assert [(run.status, run.reason) for run in answer.runs] == [(PushStatus.SET_ASIDE, "clock")]
    hostile.head.clock = 0
    answer = hostile.push(hostile.act("note_settled", subject, {}, at=site.clock() + timedelta(days=30)))
    assert [run.status for run in answer.runs] == [PushStatus.ACCEPTED]
    everybody(first, 1)
    site.quiet()


def test_a_full_disk_in_the_middle_of_an_answer_loses_nothing(site: Site) -> None:
    first, second, _third = site.desks
    everybody(first, 30)
    site.sync(first)
    for room in range(0, 40, 6):
        store = second.desk.store
        with store.reading() as connection:
            pages = rows(connection, "PRAGMA page_count")[0][0] + room
            driver(connection).execute(f"PRAGMA max_page_count = {pages}").fetchall()
        try:
            site.sync(second)
        except StoreRefused as refused:
            assert refused.code == "disk_full"
        check_after_refusal(second)
    assert site.sync(second).verified
    assert arrived(second) == arrived(first)
    site.quiet()


def check_after_refusal(here: AtDesk) -> None:
    """A connection that met a refusal was let go: the next one has the whole disk."""
    here.desk.store.close()
    check_desk(here.desk)


def test_spoilt_acts_that_a_desk_sends_are_kept_apart_and_sent_again_whole(site: Site) -> None:
    first, *_others = site.desks
    everybody(first, 2)
    acts = acts_of(site, first)
    spoilt = [acts[0]._replace(details='{"x":1}'), *acts[1:]]
    answer = site.answer(first, Push(tuple(spoilt)))
    assert not isinstance(answer, PullAnswer)
    assert held_at_central(site.central.engine) == {}
    site.quiet()
