"""Desks tell each other through their central, whatever happens to the disks and the cables between them."""

from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from counter_app.domain.refusal import StoreRefused
from counter_app.store import convocation_rows, heads, sync_rows, work_item_rows
from counter_app.store.lines import every_line
from counter_app.store.work_item_facts import acts_behind
from counter_app.sync import exchange as exchanges
from counter_app.sync.wire import Answer, HelloAnswer, Pull, Push, PushAnswer
from counter_app.usecases.audit import verify
from counter_app.usecases.awaiting import Outcome, awaiting, settle
from counter_app.usecases.check_in import note_provisional_arrival
from tests.homes import AtDesk, Clock, person
from tests.sync.invariants import ahead, check_desk, held_at_central, held_at_desk, prints, successors
from tests.sync.site import Site


def arrived(here: AtDesk) -> list[str]:
    return sorted(one.name for one in here.everybody() if one.arrival)


def everybody(here: AtDesk, many: int) -> None:
    """A list of so many people, all of them in."""
    here.expects(*(person(f"SOW {place:03d}", f"59{place:08d}", rdv_id=str(place)) for place in range(many)))
    here.clock.at("9:05")
    for place in range(many):
        assert here.scan(here.code(f"{place:03d}")).recorded


def test_what_one_desk_records_the_other_shows(site: Site) -> None:
    first, second, _third = site.desks
    first.expects()
    first.clock.at("9:05")
    first.scan()
    told, heard = site.sync(first), site.sync(second)
    assert (told.pushed, told.verified, heard.verified) == (len(held_at_desk(first.desk)), True, True)
    assert arrived(second) == arrived(first) != []
    arrival = second.only().arrival
    assert arrival is not None
    assert (arrival.desk, arrival.agent) == ("Guichet 1", "L. 1")
    site.quiet()


def test_saying_it_all_again_changes_nothing(site: Site) -> None:
    first, second, _third = site.desks
    everybody(first, 3)
    site.quiet()
    before, shown = held_at_central(site.central.engine), prints(second.desk)
    every = site.ledger(first)
    acts = [act for line in every.lines() for act in every.read_after(line, 0, 10_000)]
    assert all(run.status == "accepted" for run in site.answer(first, Push(tuple(acts))).runs)  # type: ignore[union-attr]
    assert site.ledger(second).receive(acts).added == 0
    assert site.ledger(second).receive(acts, ahead=True).added == 0
    assert held_at_central(site.central.engine) == before
    assert prints(second.desk) == shown
    outcome = site.sync(second)
    assert (outcome.pushed, outcome.pulled, outcome.set_aside, outcome.verified) == (0, 0, 0, True)


def test_a_desk_that_was_away_for_long_hears_the_newest_first_then_the_rest(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchanges, "NEWEST", 8)
    monkeypatch.setattr(exchanges, "BACKLOG", 10)
    first, away, _third = site.desks
    everybody(first, 20)
    last = next(one for one in first.everybody() if "019" in one.name)
    site.sync(first)
    shown: list[tuple[int, int, bool]] = []

    def watch(answer: Answer) -> Answer:
        with away.desk.looking() as connection:
            newest = convocation_rows.by_id(connection, last.id)
        shown.append((len(away.everybody()), ahead(away.desk), bool(newest and newest.arrival)))
        return answer

    outcome = site.sync(away, watch)
    assert outcome.verified
    assert outcome.to_pull == len(held_at_desk(first.desk))
    begun = next(place for place, (_people, early, _here) in enumerate(shown) if early)
    people, early, here = shown[begun]
    assert (people < 20, early, here) == (True, 8, True), "the last arrival is here before the rest"
    assert ahead(away.desk) == 0
    assert len(shown) > 5, "the rest came in several answers"
    site.quiet()


def test_acts_ahead_of_their_turn_are_told_until_their_chain_is_proved(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchanges, "NEWEST", 8)
    first, away, _third = site.desks
    everybody(first, 10)
    site.sync(first)
    dialogue = site.dialogue(away)
    question = next(dialogue)
    while not ahead(away.desk):
        question = dialogue.send(site.answer(away, question))
    dialogue.close()
    outcome = verify(away.desk)
    assert (outcome.ok, outcome.ahead) == (True, 8)
    check_desk(away.desk)
    assert site.sync(away).verified
    assert verify(away.desk).ahead == 0
    site.quiet()


def test_a_cloned_disk_and_its_original_both_go_on_and_nothing_is_lost(site: Site) -> None:
    first, second, _third = site.desks
    everybody(first, 4)
    site.quiet()
    clone = site.start(site.copy(first, "clone"), Clock(first.clock.now))
    site.desks.append(clone)
    stream = first.desk.stream
    first.scan(first.code("000"))
    clone.scan(clone.code("001"))
    second.scan(second.code("002"))
    site.sync(first)
    site.sync(clone)
    assert clone.desk.stream != stream
    assert clone.desk.stream.startswith(stream.partition(":")[0])
    clone.scan(clone.code("003"))
    site.quiet()
    branches = [sorted(line.key for line in site.ledger(here).lines() if line.branch) for here in site.desks]
    assert branches[0] == branches[1] == branches[2] == branches[3]
    assert len(branches[0]) == 2
    with second.desk.looking() as connection:
        (forked,) = (item for item in work_item_rows.live(connection) if item.kind == "stream_forked")
        sides = acts_behind(connection, forked)
    assert [one.author.stream for one in sides] == [stream, stream]
    assert {one.prev for one in sides} == {sides[0].prev}, "both follow the same act"


def test_whom_a_desk_noted_is_still_awaited_when_a_copy_of_its_file_went_on_too(site: Site) -> None:
    first, *_others = site.desks
    everybody(first, 2)
    site.quiet()
    clone = site.start(site.copy(first, "clone"), Clock(first.clock.now))
    site.desks.append(clone)
    note_provisional_arrival(first.desk, "", "PREMIÈRE Anne")
    note = note_provisional_arrival(clone.desk, "", "SECONDE Zoé")
    site.quiet()
    assert len([line for line in site.ledger(first).lines() if line.branch]) == 2
    for here in (first, clone):
        assert {one.name for one in awaiting(here.desk)} == {"PREMIÈRE Anne", "SECONDE Zoé"}
    settle(first.desk, note, Outcome.NOTHING)
    site.quiet()
    assert {one.name for one in awaiting(clone.desk)} == {"PREMIÈRE Anne"}


def test_the_gestures_of_a_clone_follow_its_new_stream_at_once(site: Site) -> None:
    first, *_others = site.desks
    everybody(first, 2)
    site.sync(first)
    clone = site.start(site.copy(first, "clone"), Clock(first.clock.now))
    site.desks.append(clone)
    first.scan(first.code("000"))
    site.sync(first)
    site.sync(clone)
    with clone.desk.looking() as connection:
        before = heads.read_head(connection, clone.desk.stream).seq
    clone.scan(clone.code("001"))
    with clone.desk.looking() as connection:
        assert heads.read_head(connection, clone.desk.stream).seq == before + 1
    # The program is closed and opened again: its identity file still names the old stream.
    clone.office.close()
    site.desks[-1] = site.start(clone.office.home.path, clone.clock)
    site.desks[-1].scan(site.desks[-1].code("001"))
    site.quiet()


def test_an_old_copy_of_a_desk_hears_of_itself_and_goes_on_in_another_stream(site: Site) -> None:
    first, second, _third = site.desks
    everybody(first, 3)
    old = site.copy(first, "ancien")
    first.scan(first.code("000"))
    site.quiet()
    before = held_at_central(site.central.engine).keys()
    back = site.replace(first, old)
    back.scan(back.code("001"))
    site.quiet()
    assert before <= held_at_desk(back.desk).keys()
    assert successors(back.desk) == 1
    assert arrived(second) == arrived(back)


def test_a_restored_central_is_told_again_by_whoever_still_holds_it(site: Site) -> None:
    first, second, third = site.desks
    everybody(first, 3)
    site.quiet()
    old = site.central.copy(site.folder / "centrale-ancienne" / "centrale.db")
    first.clock.later()
    first.scan(first.code("000"))
    second.scan(second.code("001"))
    site.quiet()
    whole = held_at_central(site.central.engine)
    site.central.restore(old)
    assert held_at_central(site.central.engine).keys() < whole.keys()
    lost = len(whole) - len(held_at_central(site.central.engine))
    # Neither author speaks: the third desk tells what both wrote.
    outcome = site.sync(third)
    assert (outcome.verified, outcome.pushed) == (True, lost)
    assert held_at_central(site.central.engine) == whole
    site.quiet()
    assert not any(successors(here.desk) for here in site.desks)


def test_an_empty_central_is_made_whole_again(site: Site) -> None:
    first, second, _third = site.desks
    empty = site.central.copy(site.folder / "vide" / "centrale.db")
    everybody(first, 5)
    second.expects(person("BA Awa", "5900000999", rdv_id="999"))
    site.quiet()
    whole = held_at_central(site.central.engine)
    site.central.restore(empty)
    site.quiet()
    assert held_at_central(site.central.engine) == whole


def test_acts_of_a_desk_that_a_restored_central_forgot_come_back_by_its_colleagues(site: Site) -> None:
    first, second, third = site.desks
    device = second.office.home.identity.device
    everybody(first, 3)
    site.quiet()
    before_second = site.central.copy(site.folder / "avant" / "centrale.db")
    second.scan(second.code("001"))
    site.quiet()
    whole = held_at_central(site.central.engine)
    # The desk burns down the day on which the central is restored from a copy older than its enrolment.
    site.central.restore(before_second)
    site.central.forget(device)
    site.desks.remove(second)
    second.office.close()
    outcome = site.sync(third)
    assert (outcome.verified, outcome.later, outcome.pushed > 0) == (True, False, True)
    assert held_at_central(site.central.engine) == whole
    site.quiet()


def test_a_new_generation_is_noted(site: Site) -> None:
    first, *_others = site.desks
    site.sync(first)
    with first.desk.looking() as connection:
        before = sync_rows.noted(connection, "generation")
    site.central.restore(site.central.copy(site.folder / "copie" / "centrale.db"))
    site.sync(first)
    with first.desk.looking() as connection:
        assert sync_rows.noted(connection, "generation") != before


@pytest.mark.parametrize("days", [-3, 3])
def test_acts_of_a_desk_whose_clock_is_wrong_are_kept_and_shown(site: Site, days: int) -> None:
    first, second, _third = site.desks
    everybody(first, 2)
    site.quiet()
    second.clock.now += timedelta(days=days)
    second.scan(second.code("000"))
    site.sync(second)
    site.sync(first)
    clock = max(act[0] for act in clocks(first))
    first.clock.later()
    first.scan(first.code("001"))
    assert all(act[0] > clock for act in clocks(first)[-1:]), "an act comes after all that its author had seen"
    site.quiet()
    with first.desk.looking() as connection:
        kinds = {item.kind for item in work_item_rows.live(connection)}
    assert "clock_skew" in kinds


def clocks(here: AtDesk) -> list[tuple[int]]:
    with here.desk.looking() as connection:
        return [(row[0],) for row in connection.exec_driver_sql("SELECT clock FROM act ORDER BY rowid")]


def test_an_exchange_cut_at_any_answer_goes_on_where_it_was(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanges, "NEWEST", 3)
    monkeypatch.setattr(exchanges, "BACKLOG", 6)
    first, second, _third = site.desks
    everybody(first, 6)
    second.expects(person("BA Awa", "5900000999", rdv_id="999"))
    for many in count():
        cut = site.questions(first, many) < many
        held = held_at_desk(second.desk).keys()
        done = site.questions(second, many) < many
        check_desk(second.desk)
        assert held <= held_at_desk(second.desk).keys()
        if cut and done:
            break
    site.quiet()


def test_a_program_killed_at_any_answer_goes_on_from_its_file(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanges, "NEWEST", 3)
    monkeypatch.setattr(exchanges, "BACKLOG", 6)
    first, second, _third = site.desks
    everybody(first, 4)
    site.sync(first)
    for many in range(9):
        site.questions(second, many)
        killed = site.copy(second, f"tué-{many}")
        second = site.replace(second, killed)
        check_desk(second.desk)
    site.quiet()


def test_what_stands_in_the_file_after_each_commit_is_sound(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut between any two writes of an exchange: each copy opens, verifies, and becomes quiet with the rest."""
    monkeypatch.setattr(exchanges, "NEWEST", 4)
    monkeypatch.setattr(exchanges, "BACKLOG", 7)
    first, second, _third = site.desks
    everybody(first, 4)
    site.sync(first)
    copies: list[Path] = []
    real = second.desk.store.courtesy.seat

    def seat() -> object:
        copies.append(site.copy(second, f"coupure-{len(copies)}"))
        return real()

    monkeypatch.setattr(second.desk.store.courtesy, "seat", seat)
    site.sync(second)
    monkeypatch.setattr(second.desk.store.courtesy, "seat", real)
    assert len(copies) > 6
    for copy in copies:
        with closing(site.start(copy, second.clock).office) as office:
            check_desk(office.desk)
    site.replace(second, copies[len(copies) // 2])
    site.quiet()


def test_the_central_of_another_site_is_told_apart_and_nothing_is_sent(site: Site) -> None:
    first, *_others = site.desks

    def elsewhere(answer: Answer) -> Answer:
        return replace(answer, site="loiret") if isinstance(answer, HelloAnswer) else answer

    with pytest.raises(StoreRefused) as refused:
        site.sync(first, elsewhere)
    assert refused.value.code == "other_central"
    assert held_at_central(site.central.engine) == {}


def test_a_desk_is_not_verified_while_the_central_lacks_something_of_it(site: Site) -> None:
    first, *_others = site.desks

    dialogue = site.dialogue(first)
    question = next(dialogue)
    with pytest.raises(StopIteration) as ended:
        while True:
            deaf = isinstance(question, Push)
            question = dialogue.send(PushAnswer(()) if deaf else site.answer(first, question))
    assert not ended.value.value.verified


def test_newest_acts_are_asked_for_once_and_only_when_there_is_much(site: Site) -> None:
    first, second, _third = site.desks
    everybody(first, 2)
    site.sync(first)
    asked: list[object] = []
    dialogue = site.dialogue(second)
    question = next(dialogue)
    with suppress(StopIteration):
        while True:
            asked.append(question)
            question = dialogue.send(site.answer(second, question))
    assert not any(isinstance(one, Pull) and one.newest for one in asked)
    with second.desk.looking() as connection:
        assert {line.branch for line in every_line(connection)} == {""}


def test_a_branch_comes_after_what_it_parted_from_so_that_one_exchange_brings_both(site: Site) -> None:
    first, _second, third = site.desks
    everybody(first, 30)
    clone = site.start(site.copy(first, "clone"), Clock(first.clock.now))
    site.desks.append(clone)
    for here, code in ((first, "000"), (clone, "001")):
        here.scan(here.code(code))
        site.sync(here)
    outcome = site.sync(third)
    assert (outcome.verified, outcome.pulled > 30) == (True, True)
    assert held_at_desk(third.desk).keys() >= held_at_central(site.central.engine).keys()


def test_a_desk_that_has_sent_everything_is_not_shown_to_the_others_as_waiting(site: Site) -> None:
    first, second, _third = site.desks
    everybody(first, 3)
    site.sync(first)
    site.sync(second)
    with second.desk.looking() as connection:
        told = {str(one["desk"]): one["waiting"] for one in sync_rows.peers(connection)}
    assert told["Guichet 1"] == 0
