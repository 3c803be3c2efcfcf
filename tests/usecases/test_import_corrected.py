"""A list that corrects a name or a birth date speaks of the person it named before, arrived or not; two people who
resemble each other stay two, and what is not sure is told."""

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app import app
from counter_app.domain.convocation import ConvocationStatus
from counter_app.store import projections
from counter_app.store.convocation_rows import code_of
from counter_app.telling.gestures import import_told
from counter_app.usecases.answers import ImportOutcome
from counter_app.usecases.import_list import dry_run, import_list
from counter_app.usecases.repair_row import open_rows, repair
from counter_app.usecases.undo import undo_last_import
from counter_app.wording.catalogue import Words
from tests.homes import MONDAY, AtDesk, Clock, Lists, closed_day, opened, person
from tests.imports.lists import write_csv

HEADINGS = ["nom", "prénom", "date de naissance", "numéro étranger", "date", "heure", "motif"]
Row = list[str]


def row(family: str, given_name: str, birth: str = "01/04/1990", number: str = "5912345678", hour: str = "9h10") -> Row:
    return [family, given_name, birth, number, "23/11/2026", hour, "Renouvellement"]


PAX = row("PAX", "Test", number="0003130000")
PBX = row("PBX", "Test", birth="01/04/1991", number="0003130001", hour="9h20")
ALI, ISSA = row("KONÉ", "Ali"), row("KONÉ", "Issa")


def listed(here: AtDesk, *rows: Row, minutes: int = 1) -> Path:
    """A list exported after those before."""
    here.clock.later(minutes)
    here.lists.count += 1
    here.lists.folder.mkdir(exist_ok=True)
    path = here.lists.folder / f"{here.lists.count}.csv"
    return here.lists._dated(write_csv(path, [HEADINGS, *rows]), None)


def expects(here: AtDesk, *rows: Row) -> ImportOutcome:
    path = listed(here, *rows)
    would, done = dry_run(here.desk, path), import_list(here.desk, path)
    assert counts(would) == counts(done)
    assert counts(import_list(here.desk, path)) == (0, 0, len(rows), 0, ())
    with here.desk.store.writing() as connection:
        assert projections.rebuild(connection).same
    return done


def counts(outcome: ImportOutcome) -> tuple[int, int, int, int, tuple[int, ...]]:
    """added, changed, unchanged, absent, unsure."""
    return (outcome.added, outcome.changed, outcome.unchanged, outcome.absent, outcome.unsure)


def people(here: AtDesk) -> list[tuple[str, str | None, str]]:
    return sorted((one.name, one.best("birth_date"), one.status.value) for one in here.everybody())


def test_a_corrected_name_and_a_corrected_birth_date_leave_the_day_as_it_is(here: AtDesk) -> None:
    expects(here, PAX, PBX)
    here.clock.at("9:05")
    here.scan(here.code("PAX"))
    before = here.code("PAX"), here.code("PBX")
    outcome = expects(here, ["PAX", "Test", "02/04/1990", *PAX[3:]], ["PBXE", *PBX[1:]])
    assert counts(outcome) == (0, 2, 0, 0, ())
    assert people(here) == [("PAX Test", "1990-04-02", "checked_in"), ("PBXE Test", "1991-04-01", "expected")]
    assert (here.code("PAX"), here.code("PBXE")) == before
    here.clock.at("18:00")
    balance = closed_day(here.desk, MONDAY).figures.balance
    assert (balance.convened, balance.open, balance.absent) == (2, 1, 1)


def test_a_corrected_name_under_one_reference_is_the_same_person(here: AtDesk) -> None:
    awa = person("Awa DIOP", "", rdv_id="1001", hour="09h00", date_naissance="01/04/1990")
    ben = person("Ben ALI", "", rdv_id="1002", date_naissance="02/04/1990")
    here.expects(awa, ben)
    here.clock.at("8:50")
    here.scan(here.code("DIOP"))
    outcome = here.expects({**awa, "usager": "Awa DIOPP"}, {**ben, "date naissance": "03/04/1990"})
    assert counts(outcome) == (0, 2, 0, 0, ())
    assert people(here) == [("Awa DIOPP", "1990-04-01", "checked_in"), ("Ben ALI", "1990-04-03", "expected")]


@pytest.mark.parametrize("arrived", [False, True])
def test_brothers_under_the_number_of_a_guardian_stay_two(here: AtDesk, arrived: bool) -> None:
    expects(here, ALI)
    if arrived:
        here.clock.at("9:05")
        here.scan(here.code("Ali"))
    assert counts(expects(here, ALI, ISSA)) == (1, 0, 1, 0, ())
    assert len(here.everybody()) == 2
    outcome = expects(here, ISSA)
    assert counts(outcome) == (0, 0, 1, 1, ())


@pytest.mark.parametrize("arrived", [False, True])
def test_a_brother_in_the_place_of_another_is_told_once_the_other_was_received(here: AtDesk, arrived: bool) -> None:
    expects(here, ALI)
    if arrived:
        here.clock.at("9:05")
        here.scan(here.code("Ali"))
    outcome = expects(here, ISSA)
    assert counts(outcome) == (1, 0, 0, 1, (2,) if arrived else ())
    told = [one.replace("\u00a0", " ") for one in import_told(outcome, Words("fr"))]
    assert any(one.startswith("Ligne 2 : elle ressemble à une personne déjà reçue") for one in told) is arrived


def test_who_may_have_been_received_under_another_name_is_open_and_not_absent(here: AtDesk) -> None:
    expects(here, ALI)
    here.clock.at("9:05")
    here.scan(here.code("Ali"))
    expects(here, ISSA)
    assert day_of(here, "18:00") == (2, 0, [("KONÉ Ali", "waiting"), ("KONÉ Issa", "resembles")])


def test_a_brother_whom_a_list_named_beside_the_one_received_is_absent(here: AtDesk) -> None:
    expects(here, ALI, row("SOW", "Awa", number="", hour="9h30"))
    expects(here, ALI, ISSA)
    here.clock.at("9:05")
    here.scan(here.code("Ali"))
    expects(here, ISSA)
    assert day_of(here, "18:00") == (3, 1, [("KONÉ Ali", "waiting"), ("SOW Awa", "gone_from_list")])


def day_of(here: AtDesk, hour: str) -> tuple[int, int, list[tuple[str, str]]]:
    """Convened, absent, and who is open and why."""
    here.clock.at(hour)
    figures = closed_day(here.desk, MONDAY).figures
    cases = [(one.case.convocation.name, str(one.why)) for one in figures.open_cases]
    return figures.balance.convened, figures.balance.absent, cases


def test_a_row_that_two_people_of_the_list_before_may_be_is_nobodys(here: AtDesk) -> None:
    twice = row("DIOP", "Awa", birth="02/04/1990")
    expects(here, row("DIOP", "Awa"), twice)
    here.clock.at("9:05")
    here.scan(code_of(here.everybody()[0]))
    assert counts(expects(here, row("DIOPP", "Awa", birth="03/04/1990"))) == (1, 0, 0, 2, (2,))


def test_the_row_that_is_still_there_may_come_after_the_one_that_resembles_it(here: AtDesk) -> None:
    expects(here, ALI)
    assert counts(expects(here, row("KONÉE", "Ali"), ALI)) == (1, 0, 1, 0, ())


def test_who_may_be_in_a_row_that_could_not_be_read_is_corrected_by_no_other(here: AtDesk) -> None:
    expects(here, ALI)
    here.clock.at("9:05")
    here.scan(here.code("Ali"))
    unread = [*ALI[:5], "25h", ALI[6]]
    outcome = import_list(here.desk, listed(here, row("KONÉE", "Ali"), unread))
    assert (outcome.added, outcome.changed, outcome.absent) == (1, 0, 0)


@pytest.mark.parametrize("beside", [False, True])
def test_a_row_repaired_by_hand_corrects_whom_no_other_row_of_its_list_names(here: AtDesk, beside: bool) -> None:
    expects(here, ALI)
    import_list(here.desk, listed(here, ["KONÉE", *ALI[1:5], "25h", ALI[6]], ALI if beside else PBX))
    (waiting,) = open_rows(here.desk)
    assert repair(here.desk, waiting.id, {"heure": "9h10"}) is None
    names = [one.name for one in here.everybody() if "Ali" in one.name]
    assert sorted(names) == (["KONÉ Ali", "KONÉE Ali"] if beside else ["KONÉE Ali"])


def test_another_hour_is_another_appointment(here: AtDesk) -> None:
    expects(here, ALI)
    assert counts(expects(here, row("KONÉE", "Ali", hour="9h30"))) == (1, 0, 0, 1, ())


def test_an_older_list_corrects_nobody(here: AtDesk) -> None:
    older = listed(here, ALI)
    expects(here, row("KONÉE", "Ali"))
    before = people(here)
    assert import_list(here.desk, older).superseded
    assert people(here) == before


def test_a_correction_can_be_taken_back_and_put_back(here: AtDesk) -> None:
    expects(here, PBX)
    before = people(here)
    expects(here, ["PBXE", *PBX[1:]])
    assert undo_last_import(here.desk).done
    assert people(here) == before
    expects(here, ["PBXY", *PBX[1:]])
    assert counts(expects(here, PBX)) == (0, 1, 0, 0, ())
    assert people(here) == before


def test_an_import_cut_short_before_it_decided_goes_on(here: AtDesk) -> None:
    first = [row(f"SOW{chr(66 + place)}", f"Un{place}", number=f"59{place:08}") for place in range(60)]
    expects(here, *first)
    path = listed(here, *([f"{one[0]}X", *one[1:]] for one in first))

    def cut(done: int, _total: int) -> None:
        raise KeyboardInterrupt(done)

    with pytest.raises(KeyboardInterrupt):
        import_list(here.desk, path, progress=cut)
    assert counts(import_list(here.desk, path)) == (0, 60, 0, 0, ())
    assert len(here.everybody()) == 60


NAMES = st.sampled_from((("DIOP", "Awa"), ("DIOPP", "Awa"), ("DIOP", "Issa"), ("KONÉ", "Ali")))
ROWS = st.lists(
    st.builds(
        lambda name, birth, number: row(name[0], name[1], birth, number),
        NAMES,
        st.sampled_from(("01/04/1990", "02/04/1990", "01/04/2015")),
        st.sampled_from(("5912345678", "5900000001", "")),
    ),
    min_size=1,
    max_size=4,
    unique_by=tuple,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=st.lists(ROWS, min_size=2, max_size=4), arrivals=st.lists(st.integers(0, 3), max_size=3))
def test_whoever_is_in_the_newest_list_is_one_convocation_and_nobody_received_is_lost(
    tmp_path: Path, lists: list[list[Row]], arrivals: list[int]
) -> None:
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        clock = Clock()
        app.init_home(Path(folder) / "poste", "loiret", training=False, clock=clock)
        with closing(opened(Path(folder) / "poste", clock)) as office:
            here = AtDesk(office, clock, Lists(Path(folder) / "listes", clock))
            came: set[str] = set()
            for place, rows in enumerate(lists):
                outcome = expects(here, *rows)
                present = [one for one in here.everybody() if one.listing.present]
                assert len(present) == len(rows)
                told = sorted((one.name, one.listing.birth_date, one.listing.foreign_number or "") for one in present)
                assert told == sorted((f"{r[0]} {r[1]}", "-".join(reversed(r[2].split("/"))), r[3]) for r in rows)
                assert outcome.added + outcome.changed + outcome.unchanged == len(rows)
                if place < len(arrivals):
                    one = present[arrivals[place] % len(present)]
                    here.scan(code_of(one))
                assert came <= {one.id for one in here.everybody() if one.status is ConvocationStatus.CHECKED_IN}
                came = {one.id for one in here.everybody() if one.arrival}
