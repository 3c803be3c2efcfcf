"""Figures of days and periods against a recount from the journal, whatever the days were and in whatever order."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.acts import Act
from counter_app.domain.day_balance import Balance, Ending
from counter_app.domain.period_figures import Comparison, NothingToCompare, Only, PeriodFigures, Side, Unit, compare
from counter_app.paths import migrations
from counter_app.store import projections
from counter_app.store.migrate import downgrade, upgrade
from counter_app.store.tables import PROJECTIONS, act, peer
from counter_app.usecases.day_facts import day_figures, open_cases
from counter_app.usecases.desk import Desk
from counter_app.usecases.figures_told import counted, told
from counter_app.usecases.period_report import EVERYBODY, PeriodRefusal, period_figures
from counter_app.usecases.work_items import open_items
from tests.homes import MONDAY, Clock, moment, opened
from tests.store.laws import deliver, numbered
from tests.usecases.invented_days import DAYS, invented_days
from tests.usecases.recount import FIGURES, Recount

NOW = moment("11:00", DAYS[1])
"""In the middle of the second day: some are late, some not yet."""
SEEDS = range(12)


@pytest.fixture(scope="module")
def desk(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = Path(shutil.copytree(made_home, tmp_path_factory.mktemp("periode") / "poste"))
    with closing(opened(home, Clock(NOW))) as office:
        yield office.desk


def journal_is(desk: Desk, acts: list[Act], chance: Random) -> None:
    """The file holds these acts and nothing else, received in any order."""
    with desk.store.writing() as connection:
        for table in (act, *PROJECTIONS):
            connection.execute(table.delete())
        deliver(connection, numbered(acts), chance)


def period(desk: Desk, first: date, last: date, only: Only = EVERYBODY) -> PeriodFigures:
    figures = period_figures(desk, first, last, only)
    assert isinstance(figures, PeriodFigures)
    return figures


@pytest.fixture(scope="module")
def scenes(desk: Desk) -> list[tuple[Recount, PeriodFigures]]:
    """Each day alone, two days and all three, of each invented journal: recounted, and as they are told."""
    found = []
    for seed in SEEDS:
        acts = invented_days(seed)
        journal_is(desk, acts, Random(seed))
        for first, last in (*zip(DAYS, DAYS, strict=True), (DAYS[0], DAYS[1]), (DAYS[0], DAYS[2])):
            recount = Recount(acts, desk.rules, NOW, first, last)
            found.append((recount, period(desk, first, last)))
    return found


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_of_days_and_periods_is_its_recount_from_the_journal(
    scenes: list[tuple[Recount, PeriodFigures]], figure: str
) -> None:
    recounted = [getattr(recount, figure)() for recount, _told in scenes]
    assert [counted(figures)[figure] for _recount, figures in scenes] == recounted
    assert any(recounted), "nothing of this figure was ever invented"


@settings(max_examples=15)
@given(st.integers(100, 10_000), st.randoms(use_true_random=False))
def test_all_figures_are_the_recount_in_any_order_of_acts_and_rebuilt_the_same(
    desk: Desk, seed: int, chance: Random
) -> None:
    acts = invented_days(seed)
    journal_is(desk, acts, chance)
    recount = Recount(acts, desk.rules, NOW, DAYS[0], DAYS[-1])
    figures = counted(period(desk, DAYS[0], DAYS[-1]))
    assert {name: figures[name] for name in FIGURES} == {name: getattr(recount, name)() for name in FIGURES}
    with desk.store.writing() as connection:
        assert projections.rebuild(connection).differences == ()
    assert counted(period(desk, DAYS[0], DAYS[-1])) == figures


@pytest.fixture
def three_days(desk: Desk) -> Desk:
    """One invented journal with somebody in every place."""
    journal_is(desk, [act for seed in (3, 3) for act in invented_days(seed)], Random(3))
    return desk


def test_the_days_of_a_period_add_up_to_it(three_days: Desk) -> None:
    figures = period(three_days, DAYS[0], DAYS[-1])
    assert figures.balance == Balance(
        **{one.value: sum(getattr(day.balance, one.value) for day in figures.days) for one in Ending}
    )
    assert figures.waits.count == sum(day.waits.count for day in figures.days)
    assert figures.stock.received == sum(day.stock.received for day in figures.days)
    assert figures.stock.evening == figures.days[-1].stock.evening


def test_a_day_of_a_period_is_that_day(three_days: Desk) -> None:
    for one in period(three_days, DAYS[0], DAYS[-1]).days:
        assert told(one) == told(day_figures(three_days, one.day))


def test_every_open_case_of_a_period_is_named_one_by_one(three_days: Desk) -> None:
    figures = period(three_days, DAYS[0], DAYS[-1])
    cases = open_cases(three_days, figures.open_ids)
    assert len(cases) == figures.balance.open > 0
    assert {one.ending for one in cases} == {Ending.OPEN}
    assert all(one.why for one in cases)


@pytest.mark.parametrize("seed", SEEDS)
def test_services_share_everybody_and_desks_share_whom_they_called_and_the_services_that_they_gave(
    desk: Desk, seed: int
) -> None:
    journal_is(desk, invented_days(seed), Random(seed))
    whole = period(desk, DAYS[0], DAYS[-1])
    services = [period(desk, DAYS[0], DAYS[-1], Only(service=one.key)) for one in desk.rules.queue.services]
    assert sum(one.balance.convened for one in services) == whole.balance.convened
    assert sum(one.waits.count for one in services) == whole.waits.count
    given = {one.name: one.services for one in whole.by_service}
    assert [one.services for one in services] == [given[one.name] for one in desk.rules.queue.services]
    assert sum(one.services.count for one in services) == whole.services.count
    recount = Recount(invented_days(seed), desk.rules, NOW, DAYS[0], DAYS[-1])
    for name in ("Guichet 1", "Guichet 2"):
        called = [
            one for one in recount.people if (met := recount.visit_of(one)) and met.call and met.call.desk == name
        ]
        theirs = period(desk, DAYS[0], DAYS[-1], Only(desk=name.upper()))
        assert counted(theirs)["balance"] == recount.balance_of(called)
        assert counted(theirs)["service_times"] == recount.service_times_at(name)
    assert sum(
        period(desk, DAYS[0], DAYS[-1], Only(desk=name)).services.count for name in ("Guichet 1", "Guichet 2")
    ) == (whole.services.count)


def test_a_file_of_before_services_had_a_desk_tells_them_once_it_is_brought_up_to_date(three_days: Desk) -> None:
    asked, store = Only(desk="Guichet 1"), three_days.store
    figures = counted(period(three_days, DAYS[0], DAYS[-1], asked))
    downgrade(store, migrations(), "0020")
    with store.reading() as connection:
        (told,) = connection.exec_driver_sql("SELECT group_concat(served, ' ') FROM counted_visit").one()
    assert {part.count("/") for part in told.split()} == {1}
    upgrade(store, migrations())
    assert counted(period(three_days, DAYS[0], DAYS[-1], asked)) == figures
    with store.writing() as connection:
        assert projections.rebuild(connection).same


@pytest.mark.parametrize("seed", SEEDS)
def test_gestures_of_a_desk_are_those_that_its_acts_bear(desk: Desk, seed: int) -> None:
    journal_is(desk, invented_days(seed), Random(seed))
    recount = Recount(invented_days(seed), desk.rules, NOW, DAYS[0], DAYS[-1])
    for name in ("Guichet 1", "Guichet 2"):
        theirs = counted(period(desk, DAYS[0], DAYS[-1], Only(desk=name.upper())))
        expected = recount.gestures_at(name)
        assert {figure: theirs[figure] for figure in expected} == expected
        assert theirs["handover"] is None
    whole = counted(period(desk, DAYS[0], DAYS[-1]))
    each = [counted(period(desk, DAYS[0], DAYS[-1], Only(desk=name))) for name in ("Guichet 1", "Guichet 2")]
    for figure in ("agreements", "reprints", "offline", "arrivals_taken_back"):
        assert sum(int(str(one[figure])) for one in each) == whole[figure]


def test_what_belongs_to_no_service_is_not_told_of_one(three_days: Desk) -> None:
    told = counted(period(three_days, DAYS[0], DAYS[-1], Only(service="accueil")))
    assert [told[name] for name in ("handover", "stopped", "without_appointment", "reprints")] == [None] * 4


@pytest.mark.parametrize(
    ("only", "code"),
    [
        (Only(site="rhone"), "other_site"),
        (Only(service="caisse"), "unknown_service"),
        (Only(desk="Nulle part"), "unknown_desk"),
    ],
)
def test_figures_of_nobody_are_a_refusal_that_says_whose_there_are(three_days: Desk, only: Only, code: str) -> None:
    refusal = period_figures(three_days, DAYS[0], DAYS[-1], only)
    assert isinstance(refusal, PeriodRefusal)
    assert refusal.code == code


@pytest.mark.parametrize("last", [MONDAY.replace(day=1), MONDAY.replace(year=2028)])
def test_days_the_wrong_way_round_or_too_many_make_no_period(three_days: Desk, last: date) -> None:
    refusal = period_figures(three_days, MONDAY, last)
    assert isinstance(refusal, PeriodRefusal)
    assert refusal.code == "bad_period"


def test_two_periods_are_compared_figure_by_figure(three_days: Desk) -> None:
    before, after = period(three_days, DAYS[0], DAYS[0]), period(three_days, DAYS[1], DAYS[2])
    compared = compare(before, after)
    assert isinstance(compared, Comparison)
    told = {one.figure: one for one in compared.differences}
    convened = told["balance.convened"]
    assert convened.change == after.balance.convened - before.balance.convened
    assert convened.percent == round(100 * (after.balance.convened / before.balance.convened - 1), 1)
    share = told["shares.open"]
    assert (share.unit, share.percent) == (Unit.SHARE, None)
    assert share.change == pytest.approx(
        100 * (after.balance.open / after.balance.convened - before.balance.open / before.balance.convened), abs=0.06
    )


def test_a_period_compared_with_itself_changes_nothing(three_days: Desk) -> None:
    figures = period(three_days, DAYS[0], DAYS[-1])
    compared = compare(figures, figures)
    assert isinstance(compared, Comparison)
    assert {one.change for one in compared.differences} <= {0, None}


def test_a_period_without_anybody_is_no_zero_to_compare_with(three_days: Desk) -> None:
    empty, full = period(three_days, date(2025, 1, 6), date(2025, 1, 7)), period(three_days, DAYS[0], DAYS[-1])
    assert compare(empty, full) == NothingToCompare(Side.BEFORE)
    assert compare(full, empty) == NothingToCompare(Side.AFTER)
    assert compare(empty, empty) == NothingToCompare(Side.BOTH)


def test_a_figure_that_one_period_lacks_is_not_compared(three_days: Desk) -> None:
    of_one_service = period(three_days, DAYS[0], DAYS[-1], Only(service="accueil"))
    compared = compare(of_one_service, period(three_days, DAYS[0], DAYS[-1]))
    assert isinstance(compared, Comparison)
    (lacking,) = (one for one in compared.differences if one.figure == "reprints")
    assert (lacking.before, lacking.change, lacking.percent) == (None, None, None)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=5))
def test_desks_that_have_not_sent_everything_are_named_but_for_those_taken_out(
    desk: Desk, peers: list[tuple[int, bool]]
) -> None:
    with desk.store.writing() as connection:
        connection.execute(peer.delete())
        for place, (waiting, revoked) in enumerate(peers):
            told = json.dumps({"desk": f"Guichet {place}", "waiting": waiting, "revoked": revoked})
            row = {"device": f"poste{place}", "desk": f"Guichet {place}", "public_key": "", "told": told}
            connection.execute(peer.insert().values(row))
    late = tuple(f"Guichet {place}" for place, (waiting, revoked) in enumerate(peers) if waiting and not revoked)
    assert day_figures(desk, DAYS[0]).not_sent == period(desk, DAYS[0], DAYS[-1]).not_sent == late


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_open_conflicts_are_the_work_items_that_wait(desk: Desk, seed: int) -> None:
    journal_is(desk, invented_days(seed), Random(seed))
    assert period(desk, DAYS[0], DAYS[-1]).open_conflicts == len(open_items(desk))
