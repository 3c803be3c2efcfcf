"""Import: every row of the file is counted once, nothing is dropped, and only news become acts."""

import os
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from counter_app.domain.convocation import ConvocationStatus
from counter_app.domain.verdict import Verdict
from counter_app.imports.mapping import Mapping
from counter_app.imports.targets import Target
from counter_app.store import heads, tables
from counter_app.telling.gestures import import_told
from counter_app.usecases.answers import ImportOutcome
from counter_app.usecases.import_list import dry_run, import_list
from counter_app.usecases.present import choose
from counter_app.wording.catalogue import Words
from tests.homes import EIGHT, AtDesk, Clock, Lists, opened, person
from tests.imports.lists import write_csv, write_xlsx

SOW = person("SOW Aïssata", rdv_id="1")
DIALLO = person("DIALLO Mariama", "5987654321", hour="09h20", rdv_id="2")
KONE = person("KONÉ Ali", "5900000001", hour="09h30", rdv_id="3")
AGAIN = {"créé par": "un autre export"}
"""Makes a file of its own of a list that says again what an older one said."""


def counts(outcome: ImportOutcome) -> tuple[int, int, int, int, int]:
    """added, changed, unchanged, absent, rejected."""
    return (outcome.added, outcome.changed, outcome.unchanged, outcome.absent, len(outcome.rejected))


def acts(here: AtDesk) -> int:
    with here.desk.looking() as connection:
        return heads.read_head(connection, here.desk.stream).seq


def test_the_first_list_adds_everybody(here: AtDesk) -> None:
    outcome = here.expects(SOW, DIALLO, KONE)
    assert counts(outcome) == (3, 0, 0, 0, 0)
    assert (outcome.rows, outcome.superseded, outcome.dry_run) == (3, False, False)
    assert [one.name for one in here.everybody()] == ["SOW Aïssata", "DIALLO Mariama", "KONÉ Ali"]


def test_a_dry_run_counts_the_same_and_writes_nothing(here: AtDesk) -> None:
    path = here.lists.participations(SOW, DIALLO, {**KONE, "date rdv": "hier"})
    before = acts(here)
    would = dry_run(here.desk, path)
    assert would.dry_run
    assert acts(here) == before
    assert here.everybody() == []
    assert counts(would) == counts(import_list(here.desk, path)) == (2, 0, 0, 0, 1)
    assert counts(dry_run(here.desk, path)) == (0, 0, 2, 0, 1)


def test_the_same_file_twice_changes_nothing_and_is_no_act(here: AtDesk) -> None:
    path = here.lists.participations(SOW, DIALLO, {**KONE, "heure rdv": "25h"})
    import_list(here.desk, path)
    before = (acts(here), here.everybody())
    here.clock.later(60)
    assert counts(import_list(here.desk, path)) == (0, 0, 2, 0, 1)
    assert (acts(here), here.everybody()) == before


def test_the_same_file_under_another_name_and_date_is_the_same_file(here: AtDesk) -> None:
    path = here.lists.participations(SOW, DIALLO)
    import_list(here.desk, path)
    before = acts(here)
    copy = Path(shutil.copyfile(path, path.with_name("copie.xls")))
    os.utime(copy, (EIGHT.timestamp() + 900, EIGHT.timestamp() + 900))
    assert counts(import_list(here.desk, copy)) == (0, 0, 2, 0, 0)
    assert acts(here) == before


def test_importing_again_does_not_make_a_list_fresher(here: AtDesk) -> None:
    path = here.lists.participations(SOW)
    import_list(here.desk, path)
    here.clock.later(4000)
    import_list(here.desk, path)
    assert choose(here.desk, here.only().id).list_imported_at is None
    here.clock.at("8:30")
    assert choose(here.desk, here.only().id).list_imported_at == EIGHT


def test_a_row_that_says_something_else_is_changed_and_keeps_its_person(here: AtDesk) -> None:
    here.expects(SOW, DIALLO)
    code = here.code("SOW")
    outcome = here.expects({**SOW, "heure rdv": "10h40", "motif": "Remise de titre"}, DIALLO)
    assert counts(outcome) == (0, 1, 1, 0, 0)
    one = next(one for one in here.everybody() if "SOW" in one.name)
    assert (f"{one.slot:%H:%M}", one.purpose) == ("10:40", "Remise de titre")
    assert here.code("SOW") == code


def test_an_older_list_has_no_effect_whatever_it_says(here: AtDesk) -> None:
    older = here.lists.participations({**SOW, "motif": "Autre"}, KONE, exported=EIGHT - timedelta(hours=5))
    here.expects(SOW, DIALLO)
    before = (acts(here), here.everybody())
    outcome = import_list(here.desk, older)
    assert outcome.superseded
    assert counts(outcome) == (0, 0, 2, 0, 0)
    assert (acts(here), here.everybody()) == before


def test_an_older_list_says_nothing_of_a_row_that_a_newer_one_moved_to_another_day(here: AtDesk) -> None:
    older = here.lists.participations(SOW, {**DIALLO, "date rdv": "25/11/2026"}, exported=EIGHT - timedelta(hours=5))
    here.expects({**SOW, "date rdv": "24/11/2026"})
    for _time in ("first", "again"):
        outcome = import_list(here.desk, older)
        assert (outcome.changed, outcome.absent) == (0, 0)
    sow = next(one for one in here.everybody() if "SOW" in one.name)
    assert sow.slot.day == 24


def test_an_older_list_of_another_day_is_still_news(here: AtDesk) -> None:
    tomorrow = here.lists.participations({**KONE, "date rdv": "24/11/2026"}, exported=EIGHT - timedelta(hours=5))
    here.expects(SOW)
    outcome = import_list(here.desk, tomorrow)
    assert (outcome.superseded, counts(outcome)) == (False, (1, 0, 0, 0, 0))


def test_a_row_that_vanished_is_absent_from_the_list_and_never_deleted(here: AtDesk) -> None:
    here.expects(SOW, DIALLO, KONE)
    assert counts(here.expects(SOW, KONE)) == (0, 0, 2, 1, 0)
    status = {one.name: one.status for one in here.everybody()}
    assert status["DIALLO Mariama"] is ConvocationStatus.ABSENT_FROM_LIST


def test_a_row_that_comes_back_is_expected_again(here: AtDesk) -> None:
    here.expects(SOW, DIALLO)
    here.expects(SOW)
    outcome = here.expects(SOW, {**DIALLO, **AGAIN})
    assert counts(outcome) == (0, 1, 1, 0, 0)
    assert {one.status for one in here.everybody()} == {ConvocationStatus.EXPECTED}


def test_who_vanished_after_arriving_stays_arrived(here: AtDesk) -> None:
    here.expects(SOW, DIALLO)
    here.clock.at("9:15")
    here.scan(here.code("DIALLO"))
    here.expects(SOW)
    diallo = next(one for one in here.everybody() if "DIALLO" in one.name)
    assert diallo.status is ConvocationStatus.CHECKED_IN
    assert not diallo.listing.present


def test_only_the_days_and_services_of_the_new_list_can_vanish(here: AtDesk) -> None:
    here.expects(
        SOW,
        {**DIALLO, "date rdv": "24/11/2026"},
        {**KONE, "Organisation": "Sous-préfecture de Dunkerque"},
    )
    outcome = here.expects({**SOW, "rdv_id": "9", "usager": "BA Awa", "contexte": ""})
    assert counts(outcome) == (1, 0, 0, 1, 0)
    gone = [one.name for one in here.everybody() if one.status is ConvocationStatus.ABSENT_FROM_LIST]
    assert gone == ["SOW Aïssata"]


@pytest.mark.parametrize(
    "broken",
    [{"heure rdv": "25h"}, {"date naissance": "hier"}, {"usager": "", "heure rdv": "?"}, {"usager": ""}],
)
def test_a_person_whose_row_is_rejected_has_not_vanished(here: AtDesk, broken: dict[str, str]) -> None:
    rows = [{**row, "rdv_id": f"88000{place}"} for place, row in enumerate((SOW, DIALLO))]
    here.expects(*rows)
    assert counts(here.expects(rows[0], {**rows[1], **broken})) == (0, 0, 1, 0, 1)
    assert {one.status for one in here.everybody()} == {ConvocationStatus.EXPECTED}


def test_a_rejected_row_is_told_by_row_reason_and_value(here: AtDesk) -> None:
    (problem,) = here.expects(SOW, {**DIALLO, "date rdv": "31/02/2026"}).rejected
    assert (problem.row, problem.column, problem.value) == (3, "date rdv", "31/02/2026")
    assert problem.reason_code == "date_unreadable"
    assert problem.reason.endswith(".")


def test_identical_rows_are_counted_once_and_told(here: AtDesk) -> None:
    outcome = here.expects(SOW, SOW)
    assert counts(outcome) == (1, 0, 0, 0, 1)
    assert outcome.rejected[0].reason_code == "duplicate_row"
    assert (outcome.to_repair, outcome.twice) == ((), (3,))
    assert "à corriger" not in outcome.rejected[0].reason
    assert "rien à corriger" not in outcome.rejected[0].reason
    (told,) = import_told(outcome, Words("fr"))
    assert told.replace("\u00a0", " ") == "Ligne 3 : elle répète une autre ligne, et n’est comptée qu’une fois."


def test_several_people_in_one_cell_are_several_convocations(here: AtDesk) -> None:
    assert counts(import_list(here.desk, here.lists.rdv({"usager(s)": "SOW Aïssata, BA Mamadou"}))) == (2, 0, 0, 0, 0)
    assert {one.name for one in here.everybody()} == {"SOW Aïssata", "BA Mamadou"}
    outcome = import_list(here.desk, here.lists.rdv({"usager(s)": "SOW Aïssata"}))
    assert counts(outcome) == (0, 1, 0, 1, 0)


def test_one_person_booked_twice_at_one_hour_is_two_convocations_whatever_their_order(here: AtDesk) -> None:
    first, again = SOW, {**SOW, "rdv_id": "2"}
    assert here.expects(first, again).added == 2
    before = {one.id: one.best("reference") for one in here.everybody()}
    assert counts(here.expects(again, first)) == (0, 0, 2, 0, 0)
    assert {one.id: one.best("reference") for one in here.everybody()} == before


def test_an_appointment_made_again_under_a_new_reference_keeps_its_code_and_leaves_no_key_behind(here: AtDesk) -> None:
    here.expects(SOW)
    code = here.code()
    here.expects({**SOW, "rdv_id": "2"})
    assert (here.code(), here.only().best("reference")) == (code, "2")
    with here.desk.looking() as connection:
        keys = connection.exec_driver_sql("SELECT source_key FROM listing_key").scalars().all()
    assert keys == ["2|sow aissata"]


def test_two_sources_that_name_the_same_person_and_hour_speak_of_one_convocation(here: AtDesk) -> None:
    here.expects({**SOW, "contexte": ""})
    row = {"Motif du RDV": "Renouvellement de titre de séjour", "Nom": "Sow", "Prénom": "AÏSSATA", "CP": "59000"}
    outcome = import_list(here.desk, here.lists.rdv_insertion(row))
    one = here.only()
    assert counts(outcome) == (0, 1, 0, 0, 0)
    assert one.foreign_number == "5912345678"
    assert len(one.listings) == 2


def test_a_second_source_that_says_the_same_changes_nothing_to_see(here: AtDesk) -> None:
    here.expects()
    row = {"Motif du RDV": "Renouvellement de titre de séjour"}
    path = here.lists.rdv_insertion(row)
    assert counts(import_list(here.desk, path)) == (0, 0, 1, 0, 0)
    assert len(here.only().listings) == 2
    assert counts(import_list(here.desk, path)) == (0, 0, 1, 0, 0)


def test_one_source_does_not_make_another_sources_people_vanish(here: AtDesk) -> None:
    here.expects(SOW, DIALLO)
    outcome = import_list(here.desk, here.lists.rdv_insertion({"Nom": "BA", "Prénom": "Awa"}))
    assert counts(outcome) == (1, 0, 0, 0, 0)


def test_absent_from_one_source_but_held_by_another_is_still_expected(here: AtDesk) -> None:
    here.expects(SOW, DIALLO)
    import_list(here.desk, here.lists.rdv_insertion({"Motif du RDV": "Renouvellement de titre de séjour"}))
    here.expects(DIALLO)
    sow = next(one for one in here.everybody() if "SOW" in one.name)
    assert sow.status is ConvocationStatus.EXPECTED


def test_a_status_that_changes_to_cancelled_is_told_and_taken_back_by_the_same_source(here: AtDesk) -> None:
    here.expects(SOW)
    assert here.expects({**SOW, "statut": "Annulé"}).changed == 1
    assert here.only().status is ConvocationStatus.CANCELLED
    assert here.expects({**SOW, **AGAIN}).changed == 1
    assert here.only().status is ConvocationStatus.EXPECTED


def test_any_table_is_read_through_a_mapping(here: AtDesk) -> None:
    lines = [["Qui", "Quand", "Heure", "Ident."], ["TRAORÉ Awa", "23/11/2026", "9h15", "5912300001"]]
    path = write_csv(here.lists.folder.parent / "autre.csv", lines)
    mapping = Mapping(
        columns={
            Target.name: ("Qui",),
            Target.day: ("Quand",),
            Target.hour: ("Heure",),
            Target.foreign_number: ("Ident.",),
        }
    )
    assert counts(import_list(here.desk, path, mapping)) == (1, 0, 0, 0, 0)
    here.clock.at("9:10")
    assert here.scan("5912300001").verdict is Verdict.ADMITTED


def test_a_long_list_is_written_in_batches_and_tells_its_progress(here: AtDesk) -> None:
    rows = [person(f"SOW {place}", f"59{place:08d}", rdv_id=str(place)) for place in range(1200)]
    told: list[tuple[int, int]] = []
    outcome = import_list(here.desk, here.lists.participations(*rows), progress=lambda *done: told.append(done))
    assert counts(outcome) == (1200, 0, 0, 0, 0)
    assert told[-1] == (1200, 1200)
    assert told == sorted(told)
    assert 1 < len(told) < 20


def test_an_import_cut_short_goes_on_where_it_stopped(here: AtDesk) -> None:
    rows = [person(f"SOW {place}", f"59{place:08d}", rdv_id=str(place)) for place in range(700)]
    path = here.lists.participations(*rows)

    def cut(done: int, _total: int) -> None:
        raise KeyboardInterrupt(done)

    with pytest.raises(KeyboardInterrupt):
        import_list(here.desk, path, progress=cut)
    kept = len(here.everybody())
    assert 0 < kept < 700
    assert counts(import_list(here.desk, path)) == (700 - kept, 0, kept, 0, 0)


def test_what_a_list_says_is_signed_at_the_desk_that_imported_it(here: AtDesk) -> None:
    here.expects()
    with here.desk.looking() as connection:
        query = tables.act.select().where(tables.act.c.kind == "convocation_listed")
        row = connection.execute(query).one()
    assert (row.desk, row.agent, row.stream) == ("Guichet 3", "A. Petit", here.desk.stream)


def test_a_list_without_birth_dates_speaks_of_the_people_that_another_gave_with_them(here: AtDesk) -> None:
    here.expects(SOW)
    row = {"Motif du RDV": "Renouvellement", "Date de naissance": ""}
    assert counts(import_list(here.desk, here.lists.rdv_insertion(row))) == (0, 1, 0, 0, 0)
    assert here.only().best("birth_date") == "1962-03-21"


def test_homonyms_born_on_other_days_stay_two_people(here: AtDesk) -> None:
    here.expects(SOW)
    assert import_list(here.desk, here.lists.rdv_insertion({"Date de naissance": "01/01/1990"})).added == 1
    assert len(here.everybody()) == 2


def test_a_row_that_could_be_either_homonym_is_never_guessed(here: AtDesk) -> None:
    here.expects(SOW, {**SOW, "rdv_id": "2", "date naissance": "01/01/1990"})
    assert import_list(here.desk, here.lists.rdv_insertion({"Date de naissance": ""})).added == 1


def test_a_file_dated_in_the_future_does_not_make_later_lists_look_older(
    real_home: Path, clock: Clock, tmp_path: Path
) -> None:
    with closing(opened(real_home, clock)) as office:
        there = AtDesk(office, clock, Lists(tmp_path / "listes", clock))
        ahead = there.lists.participations(SOW, DIALLO)
        soon = (clock() + timedelta(days=30)).timestamp()
        os.utime(ahead, (soon, soon))
        import_list(there.desk, ahead)
        clock.later(60)
        later = import_list(there.desk, there.lists.participations(SOW, {**DIALLO, "heure rdv": "11h00"}))
    assert not later.superseded
    assert counts(later) == (0, 1, 1, 0, 0)


def test_rows_with_signs_that_nobody_sees_are_taken_without_them_and_told(here: AtDesk) -> None:
    path = here.lists.participations(SOW, {**DIALLO, "usager": "DIAL\ufeffLO Mariama"})
    outcome = import_list(here.desk, path)
    assert (outcome.added, outcome.unseen) == (2, (3,))
    assert import_told(outcome, Words("fr"))[0].startswith("Ligne 3\u00a0: un signe que personne ne voit")
    assert "DIALLO Mariama" in {one.name for one in here.everybody()}


def test_several_people_of_a_cell_are_expected_and_what_is_nobodys_is_told(here: AtDesk) -> None:
    headings = ["nom", "naissance", "numéro étranger", "date", "heure"]
    first = ["KILO Una, LIMA Duo et MIKE Tri", "02/05/1979; 04/07/1991", "", "23/11/2026", "9h30"]
    second = ["NOV Quatre; OSC Cinq", "", "5903000201 / 5903000202", "23/11/2026", "9h40"]
    here.lists.folder.mkdir(exist_ok=True)
    outcome = import_list(here.desk, write_csv(here.lists.folder / "a.csv", [headings, first, second], separator="|"))
    assert (outcome.added, outcome.untold) == (5, (2,))
    assert import_told(outcome, Words("fr"))[0].startswith("Ligne 2\u00a0: plusieurs personnes")
    people = {one.name: (one.best("birth_date"), one.foreign_number) for one in here.everybody()}
    assert people == {
        "KILO Una": (None, None),
        "LIMA Duo": (None, None),
        "MIKE Tri": (None, None),
        "NOV Quatre": (None, "5903000201"),
        "OSC Cinq": (None, "5903000202"),
    }


def test_the_other_sheets_of_a_workbook_that_are_lists_too_are_named_and_the_others_are_not(here: AtDesk) -> None:
    headings = ["Nom", "Date du rendez-vous", "Heure"]
    path = here.lists.folder / "semaine.xlsx"
    here.lists.folder.mkdir(exist_ok=True)
    workbook = openpyxl.load_workbook(write_xlsx(path, [headings, ["SOW Awa", "23/11/2026", "9h"]], "Lundi"))
    for name, line in (("Mardi", headings), ("Guichets", ["Nom", "Étage"])):
        workbook.create_sheet(name).append(line)
        workbook[name].append(["BA Issa", "24/11/2026", "9h"][: len(line)])
    workbook.create_sheet("Notice").append(["Lisez-moi"])
    workbook.save(path)
    outcome = dry_run(here.desk, path)
    assert (outcome.rows, outcome.unread_sheets) == (1, ("Mardi",))
    assert import_told(outcome, Words("fr"))[0].startswith("La feuille «\u00a0Mardi\u00a0» de ce classeur est aussi")
    assert import_list(here.desk, here.lists.participations(SOW)).unread_sheets == ()
