"""Lists imported by desks that do not hold each other's: once all hold the same, so do their rows, and these say what
one desk would that had imported every list in the order of their exports."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain import list_names
from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.convocation import ConvocationStatus
from counter_app.domain.verdict import Verdict
from counter_app.store import convocation_rows
from counter_app.store.statements import rows
from counter_app.sync.exchange import exchange
from counter_app.sync.wire import Question
from counter_app.telling.gestures import gone_words
from counter_app.usecases.desk import Desk
from counter_app.usecases.import_gone import DayGone, days_with_many_gone
from counter_app.usecases.import_list import import_list
from counter_app.usecases.lookalikes import lookalikes, seems_received
from counter_app.usecases.present import choose
from counter_app.usecases.undo import undo_last_import
from counter_app.wording.catalogue import Words
from tests.homes import EIGHT, MONDAY, AtDesk, closed_day, person
from tests.imports.lists import RDV_INSERTION, RDV_INSERTION_ROW, table, write_csv
from tests.sync.invariants import check_desk, check_same
from tests.sync.nodes import CentralNode, DeskNode, Now, place_of_nodes, seeded
from tests.sync.site import Site

SOW = person("SOW Aïssata", rdv_id="1")
DIALLO = person("DIALLO Mariama", "5987654321", hour="09h20", rdv_id="2")
KONE = person("KONÉ Ali", "5900000001", hour="09h30", rdv_id="3")


def of(here: AtDesk, name: str) -> ConvocationStatus:
    (status,) = [one.status for one in here.everybody() if name in one.name]
    return status


def both(here: AtDesk, other: AtDesk) -> None:
    """Two lists that follow each other, each imported at a desk that holds nothing of the other's."""
    here.expects(SOW, DIALLO)
    other.clock.later(30)
    other.expects(DIALLO, KONE)


def test_who_is_not_in_the_newer_list_of_another_desk_is_doubtful_at_every_desk(site: Site) -> None:
    both(*site.desks[:2])
    site.quiet()
    assert [of(here, "SOW") for here in site.desks] == [ConvocationStatus.ABSENT_FROM_LIST] * 3
    assert {of(here, name) for here in site.desks for name in ("DIALLO", "KONÉ")} == {ConvocationStatus.EXPECTED}


AWA = person("Awa DIOP", "5911111111", rdv_id="7", date_naissance="01/04/1990")
CORRECTED = {**AWA, "usager": "Awa DIOPP"}


def open_of(here: AtDesk) -> tuple[int, list[tuple[str, str]]]:
    """Who is absent, and who is open and why, in the evening."""
    here.clock.at("18:00")
    figures = closed_day(here.desk, MONDAY).figures
    return figures.balance.absent, [(one.case.convocation.name, str(one.why)) for one in figures.open_cases]


def test_somebody_received_is_not_absent_under_the_name_that_another_desk_read(site: Site) -> None:
    first, second, _third = site.desks
    first.expects(AWA, DIALLO)
    second.clock.later(30)
    second.expects(CORRECTED, DIALLO)
    first.clock.at("9:05")
    assert first.scan(first.code("DIOP")).recorded
    site.quiet()
    told = (1, [("Awa DIOP", "waiting"), ("Awa DIOPP", "resembles")])
    assert [open_of(here) for here in site.desks] == [told] * 3


def test_the_reception_says_who_looks_like_somebody_received(site: Site) -> None:
    first, second, third = site.desks
    first.expects(AWA, DIALLO)
    second.clock.later(30)
    second.expects(CORRECTED, DIALLO)
    site.quiet()
    for here in site.desks:
        here.clock.at("9:05")
    (second_one,) = [one.id for one in third.everybody() if "DIOPP" in one.name]
    assert "resembles_received" not in choose(third.desk, second_one).notes
    assert first.scan(third.code("Awa DIOP")).recorded
    site.quiet()
    notes = {one.name: choose(third.desk, one.id).notes for one in third.everybody()}
    assert [name for name, told in notes.items() if "resembles_received" in told] == ["Awa DIOPP"]


def test_a_list_that_one_desk_read_as_a_correction_and_another_did_not_makes_nobody_absent(site: Site) -> None:
    first, second, _third = site.desks
    first.expects(AWA, DIALLO)
    first.clock.at("9:05")
    second.clock.at("9:05")
    assert first.scan(first.code("DIOP")).recorded
    newer = first.lists.participations(CORRECTED, DIALLO)
    assert [import_list(here.desk, newer).changed for here in (first, second)] == [1, 0]
    site.quiet()
    told = (1, [("Awa DIOPP", "waiting"), ("Awa DIOPP", "resembles")])
    assert [open_of(here) for here in site.desks] == [told] * 3


def test_a_correction_read_where_the_older_list_is_known_is_one_person_at_every_desk(site: Site) -> None:
    first, second, _third = site.desks
    first.expects(AWA, DIALLO)
    site.quiet()
    second.clock.later(30)
    second.expects(CORRECTED, DIALLO)
    first.clock.at("9:05")
    assert first.scan(first.code("DIOP")).recorded
    site.quiet()
    assert [open_of(here) for here in site.desks] == [(1, [("Awa DIOPP", "waiting")])] * 3


def test_the_newer_list_may_arrive_before_the_older_one(site: Site) -> None:
    first, second, third = site.desks
    both(first, second)
    for here in (second, third, first, third):
        site.sync(here)
    assert of(third, "SOW") is ConvocationStatus.ABSENT_FROM_LIST
    site.quiet()


def test_the_reception_shows_the_doubt(site: Site) -> None:
    first, second, third = site.desks
    both(first, second)
    site.quiet()
    third.clock.at("9:05")
    answer = choose(third.desk, next(one.id for one in third.everybody() if "SOW" in one.name))
    assert (answer.verdict, answer.notes) == (Verdict.CONFLICT_PENDING, ("absent_from_list",))


def test_the_day_that_a_desk_keeps_in_memory_shows_who_left_the_newest_list(site: Site) -> None:
    first, second, third = site.desks
    both(first, second)
    for here in (first, third):
        site.sync(here)
    with third.desk.looking() as connection:
        assert [str(one.status) for one in third.desk.today.people(connection, MONDAY).people] == ["expected"] * 2
    for here in (second, third):
        site.sync(here)
    with third.desk.looking() as connection:
        shown = third.desk.today.people(connection, MONDAY).people
        assert list(shown) == convocation_rows.by_day(connection, MONDAY)
    assert [str(one.status) for one in shown] == ["absent_from_list", "expected", "expected"]


def test_the_figures_of_the_day_follow(site: Site) -> None:
    both(*site.desks[:2])
    site.quiet()
    for here in site.desks:
        balance = closed_day(here.desk, MONDAY).figures.balance
        assert (balance.convened, balance.open) == (3, 3)
        with here.desk.looking() as connection:
            told = rows(connection, "SELECT status, count(*) FROM counted_person GROUP BY status")
        assert told == [("absent_from_list", 1), ("expected", 2)]


def test_who_was_received_meanwhile_stays_received(site: Site) -> None:
    first, second, _third = site.desks
    both(first, second)
    first.clock.at("9:10")
    assert first.scan(first.code("SOW")).recorded
    site.quiet()
    assert {of(here, "SOW") for here in site.desks} == {ConvocationStatus.CHECKED_IN}


def test_a_newer_list_that_repeats_an_older_one_brings_back_whom_a_list_between_them_left_out(site: Site) -> None:
    first, second, _third = site.desks
    first.expects(SOW, DIALLO)
    site.quiet()
    first.clock.later(30)
    first.expects({**SOW, "statut": "Annulé (excusé)"})
    assert of(first, "SOW") is ConvocationStatus.CANCELLED
    assert of(first, "DIALLO") is ConvocationStatus.ABSENT_FROM_LIST
    second.clock.later(60)
    assert second.expects(SOW, DIALLO, KONE).unchanged == 2
    site.quiet()
    assert {one.status for here in site.desks for one in here.everybody()} == {ConvocationStatus.EXPECTED}


def test_once_the_newer_list_is_undone_nobody_is_missing_from_it(site: Site) -> None:
    first, second, _third = site.desks
    both(first, second)
    site.quiet()
    assert undo_last_import(second.desk).done
    assert of(second, "SOW") is ConvocationStatus.EXPECTED
    site.quiet()
    assert [len(here.everybody()) for here in site.desks] == [2, 2, 2]
    assert {of(here, "SOW") for here in site.desks} == {ConvocationStatus.EXPECTED}


def test_a_list_undone_elsewhere_takes_nobody_away_whom_a_newer_one_repeats(site: Site) -> None:
    first, second, _third = site.desks
    first.expects(SOW, DIALLO)
    site.quiet()
    second.clock.later(30)
    second.expects(SOW, KONE)
    assert undo_last_import(first.desk).done
    site.quiet()
    assert {of(here, "SOW") for here in site.desks} == {ConvocationStatus.EXPECTED}
    assert {one.name for one in first.everybody()} == {"SOW Aïssata", "KONÉ Ali"}


def test_the_list_imported_again_where_both_are_known_finds_nothing_more_to_say(site: Site) -> None:
    first, second, _third = site.desks
    both(first, second)
    site.quiet()
    outcome = second.expects(DIALLO, KONE)
    assert (outcome.unchanged, outcome.absent) == (2, 0)
    site.quiet()
    assert of(first, "SOW") is ConvocationStatus.ABSENT_FROM_LIST


def test_an_older_list_imported_late_makes_nobody_vanish(site: Site) -> None:
    first, second, third = site.desks
    older = first.lists.participations(SOW)
    first.clock.later(30)
    second.clock.later(30)
    second.expects(SOW, DIALLO)
    third.clock.later(30)
    import_list(third.desk, older)
    site.quiet()
    assert {one.status for here in site.desks for one in here.everybody()} == {ConvocationStatus.EXPECTED}


def test_who_may_be_in_a_row_that_could_not_be_read_is_not_said_to_be_missing(site: Site) -> None:
    first, second, third = site.desks
    first.expects(SOW, DIALLO)
    second.clock.later(30)
    second.expects({**SOW, "heure rdv": "25h"}, KONE)
    site.quiet()
    assert of(third, "SOW") is ConvocationStatus.EXPECTED
    assert of(third, "DIALLO") is ConvocationStatus.ABSENT_FROM_LIST


def test_days_and_organisations_of_which_the_newer_list_says_nothing_are_left_alone(site: Site) -> None:
    first, second, third = site.desks
    elsewhere = {**KONE, "Organisation": "Sous-préfecture de Dunkerque"}
    tuesday = {**DIALLO, "date rdv": "24/11/2026"}
    first.expects(SOW, elsewhere, tuesday)
    second.clock.later(30)
    second.expects(person("LI Wei", "5900000009", rdv_id="9"))
    site.quiet()
    assert of(third, "SOW") is ConvocationStatus.ABSENT_FROM_LIST
    assert (of(third, "KONÉ"), of(third, "DIALLO")) == (ConvocationStatus.EXPECTED,) * 2


def test_a_list_of_an_older_version_says_of_nobody_that_they_vanished(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_names, "MOST_NAMED", 0)
    both(*site.desks[:2])
    site.quiet()
    assert {one.status for here in site.desks for one in here.everybody()} == {ConvocationStatus.EXPECTED}


PEOPLE = ("SOW", "BA", "LI", "KONÉ")
WORDS = {"": "À venir", "a": "Annulé"}
Row = tuple[str, str, str]
"""A person, a day, a word of `WORDS`."""


@contextmanager
def some_desks() -> Iterator[tuple[CentralNode, list[DeskNode]]]:
    """Three desks and their central, and one desk that none of them knows."""
    place, now, chance = place_of_nodes(), Now(), Random(1)
    with ExitStack() as closing, seeded(chance):
        closing.callback(shutil.rmtree, place)
        central = CentralNode(place / "centrale", now, chance).begin()
        closing.callback(central.close)
        desks = [
            DeskNode(f"Guichet {one}", place / f"g{one}", now, f"{one}" * 12, f"{one}" * 12 + ":" + "a" * 12, chance)
            for one in range(4)
        ]
        for node in desks:
            closing.callback(node.begin().close)
            central.enrol(node.device, node.name, node.secrets.public)
        yield central, desks


def sync(central: CentralNode, node: DeskNode) -> None:
    dialogue = exchange(node.ledger)
    question: Question = next(dialogue)
    with suppress(StopIteration):
        while True:
            question = dialogue.send(central.answer(node.device, question))


def written(folder: Path, place: int, told: Sequence[Row]) -> Path:
    """A list exported a minute after the one before."""
    people = [
        {
            **RDV_INSERTION_ROW,
            "Nom": name,
            "Date du RDV": day,
            "Statut": WORDS[word],
            "ID interne au département": f"591234567{PEOPLE.index(name)}",
            "Tags": f"export {place}",
        }
        for name, day, word in told
    ]
    folder.mkdir(exist_ok=True)
    path = write_csv(folder / f"{place}.csv", table(RDV_INSERTION, *people), encoding="utf-8-sig")
    at = (EIGHT - timedelta(hours=1) + timedelta(minutes=place)).timestamp()
    os.utime(path, (at, at))
    return path


def statuses(desk: Desk) -> dict[tuple[str, str], ConvocationStatus]:
    with desk.looking() as connection:
        everybody = list(convocation_rows.every(connection))
        counted = rows(connection, "SELECT id, status FROM counted_person")
    assert sorted(counted) == sorted((one.id, str(one.status)) for one in everybody)
    return {(one.name, one.listing.slot): _STILL.get(one.status, one.status) for one in everybody}


_STILL = {ConvocationStatus.RESCHEDULED: ConvocationStatus.ABSENT_FROM_LIST}
"""That an appointment moved is told by a desk that saw both lists; others know that it is in the newest one no more."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A list that writes each person under one of two names, where it is imported, who exchanges before, who comes."""

    written: tuple[bool, ...]
    """Of each person, whether the name is the corrected one."""
    desk: int
    exchanges: tuple[int, ...]
    comes: int


corrections = st.builds(
    Corrected,
    st.tuples(*[st.booleans()] * 2),
    st.integers(0, 2),
    st.lists(st.integers(0, 2), max_size=3).map(tuple),
    st.integers(0, 3),
)


@settings(max_examples=25)
@given(st.lists(corrections, min_size=2, max_size=4), st.permutations(range(3)))
def test_nobody_received_is_absent_whatever_desks_read_of_names_corrected(
    lists: list[Corrected], last: list[int]
) -> None:
    numbers = ("5911111111", "5922222222")
    with some_desks() as (central, (*desks, _alone)):
        came: set[str] = set()
        for place, one in enumerate(lists):
            for speaking in one.exchanges:
                sync(central, desks[speaking])
            here = desks[one.desk].desk
            import_list(here, corrected(desks[0].folder / "listes", place, one.written, numbers))
            with here.looking() as connection:
                found = convocation_rows.by_numbers(connection, numbers[one.comes : one.comes + 1] or ["0"])
            if found and not came & {str(found[0].foreign_number)}:
                with here.gesture() as gesture:
                    details: dict[str, Json] = {"verdict": "admitted"}
                    gesture.record(ActKind.CHECKED_IN, Subject(SubjectType.CONVOCATION, found[-1].id), details)
                came.add(numbers[one.comes])
        for number in (*last, *last):
            sync(central, desks[number])
        check_same([node.desk for node in desks], central.engine)
        with desks[0].desk.looking() as connection:
            everybody = list(convocation_rows.every(connection))
            alike = lookalikes(connection, MONDAY, MONDAY)
            assert {one.id for one in everybody if seems_received(connection, one)} == alike, "the counter says so too"
        assert {one.foreign_number for one in everybody if one.arrival} == came
        unseen = [one for one in everybody if one.status is ConvocationStatus.EXPECTED]
        assert {one.id for one in unseen if one.foreign_number in came} == alike


def corrected(folder: Path, place: int, written: Sequence[bool], numbers: Sequence[str]) -> Path:
    """A list exported a minute after the one before."""
    people = [
        {
            **RDV_INSERTION_ROW,
            "Nom": f"{name}{'S' * other}",
            "ID interne au département": number,
            "Tags": f"export {place}",
        }
        for name, other, number in zip(("DIOP", "KONATE"), written, numbers, strict=True)
    ]
    folder.mkdir(exist_ok=True)
    path = write_csv(folder / f"{place}.csv", table(RDV_INSERTION, *people), encoding="utf-8-sig")
    at = (EIGHT - timedelta(hours=1) + timedelta(minutes=place)).timestamp()
    os.utime(path, (at, at))
    return path


days = st.sampled_from(("23/11/2026", "24/11/2026"))
told = st.lists(
    st.tuples(st.sampled_from(PEOPLE), days, st.sampled_from(sorted(WORDS))),
    min_size=1,
    max_size=5,
    unique_by=lambda row: row[:2],
)


@dataclass(frozen=True, slots=True)
class Import:
    """What a list says, which desk imports it, who exchanges before, and in which turn."""

    list: tuple[Row, ...]
    desk: int
    exchanges: tuple[int, ...]
    turn: int


imports = st.builds(
    Import, told.map(tuple), st.integers(0, 2), st.lists(st.integers(0, 2), max_size=4).map(tuple), st.integers(0, 9)
)


@settings(max_examples=25)
@given(st.lists(imports, min_size=2, max_size=4), st.permutations(range(3)))
def test_desks_apart_end_with_what_one_desk_would_show(exported: list[Import], last: list[int]) -> None:
    with some_desks() as (central, (*desks, alone)):
        folder = desks[0].folder / "listes"
        paths = [written(folder, place, one.list) for place, one in enumerate(exported)]
        in_turn = sorted(zip(exported, paths, strict=True), key=lambda told: told[0].turn)
        for one, path in in_turn:
            for speaking in one.exchanges:
                sync(central, desks[speaking])
            import_list(desks[one.desk].desk, path)
        for path in paths:
            import_list(alone.desk, path)
        for number in (*last, *last):
            sync(central, desks[number])
        check_same([node.desk for node in desks], central.engine)
        check_desk(desks[0].desk)
        shown, wanted = statuses(desks[0].desk), statuses(alone.desk)
        # Of whom an older list alone spoke, where a newer one was known already, nothing was ever told.
        untold = wanted.keys() - shown.keys()
        assert not untold or [path for _one, path in in_turn] != paths
        assert {wanted[one] for one in untold} <= {ConvocationStatus.ABSENT_FROM_LIST}
        assert shown == {one: status for one, status in wanted.items() if one not in untold}


def test_two_partial_lists_that_meet_by_an_exchange_are_doubted_at_every_desk(site: Site) -> None:
    first, second, third = site.desks
    morning = [person(f"MATIN {n}", f"59000000{n:02}", rdv_id=str(n)) for n in range(4)]
    evening = [person(f"SOIR {n}", f"59000001{n:02}", rdv_id=str(50 + n)) for n in range(4)]
    assert not first.expects(*morning).many_absent
    second.clock.later(30)
    assert not second.expects(*evening).many_absent, "it holds nothing of the first"
    assert [days_with_many_gone(here.desk) for here in (first, second, third)] == [()] * 3
    site.quiet()
    assert {days_with_many_gone(here.desk) for here in site.desks} == {(DayGone(MONDAY, 4),)}
    (told,) = {gone_words(one, Words("fr")) for one in days_with_many_gone(third.desk)}
    assert (
        told.replace("\u00a0", " ") == "Le 23/11/2026, 4 personnes ne sont plus sur la liste : est-ce la bonne liste ?"
    )


def test_a_few_people_gone_and_days_gone_by_are_no_doubt(site: Site) -> None:
    both(*site.desks[:2])
    site.quiet()
    assert [days_with_many_gone(here.desk) for here in site.desks] == [()] * 3
