"""Any day at the desk, however mad: the journal verifies, and rows are what it tells, byte for byte."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.convocation import ConvocationStatus
from counter_app.domain.verdict import Verdict
from counter_app.usecases.answers import Override
from counter_app.usecases.audit import rebuild, verify
from counter_app.usecases.check_in import admit, check_in, identity_differs, instruct, number_of_a_relative
from counter_app.usecases.find import search
from counter_app.usecases.import_list import dry_run, import_list
from counter_app.usecases.present import present
from counter_app.usecases.receipts import last_receipt, print_receipt, proof_of_presence
from counter_app.usecases.repair_row import open_rows, repair, set_down
from counter_app.usecases.undo import undo
from counter_app.usecases.verify_number import confirm_number
from tests.homes import AtDesk, Clock, Lists, another_desk, opened, person

NAMES = ("SOW Aïssata", "Aissata SOW", "DIALLO Mariama", "BA Awa")
NUMBERS = ("5912345678", "5987654321", "208006503", "")

rows = st.builds(
    lambda name, number, hour, day, status, rdv_id: person(
        name, number, hour=hour, date_rdv=day, statut=status, rdv_id=rdv_id
    ),
    st.sampled_from(NAMES),
    st.sampled_from(NUMBERS),
    st.sampled_from(["09h10", "09h30", "25h"]),
    st.sampled_from(["23/11/2026", "24/11/2026"]),
    st.sampled_from(["À renseigner", "Annulé", "Rendez-vous honoré", "Absence non excusée"]),
    st.sampled_from(["1", "2", "3", "4"]),
)
lists = st.lists(rows, min_size=1, max_size=4)
Step = Callable[[AtDesk, int], object]


def _someone(here: AtDesk, chance: int) -> str | None:
    people = here.everybody()
    return people[chance % len(people)].id if people else None


def _with_someone(work: Callable[[AtDesk, str], object]) -> Step:
    def step(here: AtDesk, chance: int) -> None:
        someone = _someone(here, chance)
        if someone:
            work(here, someone)

    return step


def _import_again(here: AtDesk, chance: int) -> None:
    files = sorted(here.lists.folder.glob("*")) if here.lists.folder.exists() else []
    if files:
        import_list(here.desk, files[chance % len(files)])


def _repair(here: AtDesk, chance: int) -> None:
    for row in open_rows(here.desk)[:1]:
        if chance % 3:
            repair(here.desk, row.id, {"heure rdv": "09h20"})
        else:
            set_down(here.desk, row.id, "illisible")


def _reprint(here: AtDesk, chance: int) -> None:
    someone = _someone(here, chance)
    receipt = last_receipt(here.desk, someone) if someone else None
    if receipt:
        print_receipt(here.desk, receipt.number)


STEPS: tuple[Step, ...] = (
    _import_again,
    _repair,
    _reprint,
    lambda here, chance: here.clock.later(chance % 50),
    lambda here, chance: check_in(here.desk, NUMBERS[chance % 4]),
    lambda here, chance: present(here.desk, ("Bonjour", "PGC", "5900000001")[chance % 3]),
    lambda here, chance: search(here.desk, NAMES[chance % 4]),
    lambda here, _chance: undo(here.desk),
    _with_someone(lambda here, one: admit(here.desk, one)),
    _with_someone(lambda here, one: admit(here.desk, one, Override("raison", "Mme Leroy"))),
    _with_someone(lambda here, one: admit(another_desk(here.desk), one)),
    _with_someone(lambda here, one: confirm_number(here.desk, one, "5900000001", "59")),
    _with_someone(lambda here, one: instruct(here.desk, one, "voir M. Durand")),
    _with_someone(lambda here, one: identity_differs(here.desk, one, "passport")),
    _with_someone(lambda here, one: number_of_a_relative(here.desk, one)),
    _with_someone(lambda here, one: proof_of_presence(here.desk, one)),
)
days = st.lists(st.one_of(lists, st.tuples(st.sampled_from(STEPS), st.integers(0, 99))), min_size=1, max_size=20)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(days)
def test_after_any_day_rows_are_what_the_journal_tells(
    made_home: Path, day: list[list[dict[str, str]] | tuple[Step, int]]
) -> None:
    with TemporaryDirectory() as folder:
        clock = Clock()
        home = shutil.copytree(made_home, Path(folder) / "poste")
        (home / "dernier-controle.txt").write_text("2026-11-23", encoding="ascii")
        with closing(opened(home, clock)) as office:
            here = AtDesk(office, clock, Lists(Path(folder) / "listes", clock))
            for step in day:
                _live(here, step)
            _check(here)


def _live(here: AtDesk, step: list[dict[str, str]] | tuple[Step, int]) -> None:
    if isinstance(step, tuple):
        work, chance = step
        work(here, chance)
        return
    path = here.lists.participations(*step)
    would, done = dry_run(here.desk, path), import_list(here.desk, path)
    assert (would.added, would.changed, would.unchanged, would.absent, would.rejected) == (
        *(done.added, done.changed, done.unchanged, done.absent),
        done.rejected,
    )
    assert done.added + done.changed + done.unchanged + len(done.rejected) == done.rows == len(step)
    again = import_list(here.desk, path)
    assert (again.added, again.changed, again.absent) == (0, 0, 0)


def _check(here: AtDesk) -> None:
    outcome = verify(here.desk)
    assert outcome.ok, outcome.faults
    rebuilt = rebuild(here.desk)
    assert rebuilt.same, rebuilt.differences
    for one in here.everybody():
        assert one.status in ConvocationStatus
        assert present(here.desk, one.code).verdict in Verdict
