"""Rows of lists as appointments: every row ends as listed or as rejected, and a rejected row can be repaired."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.imports.appointments import (
    ListedAppointment,
    ListedStatus,
    RejectedRow,
    read_appointments,
    repair_row,
)
from counter_app.imports.mapping import Mapping
from counter_app.imports.refusals import UnreadableFile
from counter_app.imports.sheet import read_sheet
from counter_app.imports.sources import Source
from counter_app.imports.targets import Target
from tests.imports.lists import (
    DOSSIER,
    DOSSIERS,
    PARIS,
    PARTICIPATION,
    PARTICIPATIONS,
    RDV,
    RDV_INSERTION,
    RDV_INSERTION_ROW,
    RDV_ROW,
    Cell,
    csv_text,
    opened,
    outcomes,
    table,
    the_listed,
    the_rejected,
    write_csv,
    write_ods,
    write_xls,
    write_xlsx,
)

SLOT = datetime(2026, 11, 23, 9, 10, tzinfo=PARIS)


def participations(tmp_path: Path, *rows: dict[str, str]) -> Path:
    return write_csv(tmp_path / "liste.csv", table(PARTICIPATIONS, *rows))


def test_a_participation_is_read_whole(tmp_path: Path) -> None:
    assert the_listed(write_xls(tmp_path / "liste.xls", table(PARTICIPATIONS, PARTICIPATION))) == ListedAppointment(
        row=2,
        source="rdv_service_public_participations",
        source_key="700001|sow aissata",
        name="SOW Aïssata",
        birth_date="1962-03-21",
        foreign_number="5912345678",
        foreign_number_raw=None,
        slot=SLOT,
        purpose="Renouvellement de titre de séjour",
        service="Séjour",
        place="Préfecture (1 place de la République, Lille, 59000)",
        organisation="Préfecture du Nord",
        desk="Guichet 3",
        status=ListedStatus.expected,
        reference="700001",
        postcode="59650",
        document_expiry=None,
        minor=False,
        booked_at=datetime(2026, 10, 8, 14, 31, tzinfo=PARIS),
    )


def test_a_rdv_without_identifier_is_known_by_who_when_and_why(tmp_path: Path) -> None:
    listed = the_listed(write_xls(tmp_path / "liste.xls", table(RDV, RDV_ROW)))
    assert listed.source == Source.rdv_service_public_rdv
    assert listed.source_key == "sow aissata|1962-03-21|2026-11-23|renouvellement de titre de sejour"
    assert (listed.slot, listed.foreign_number, listed.postcode, listed.minor) == (SLOT, "5912345678", "59650", False)


def test_a_rdv_insertion_row_gives_its_number_from_the_internal_identifier(tmp_path: Path) -> None:
    listed = the_listed(write_csv(tmp_path / "l.csv", table(RDV_INSERTION, RDV_INSERTION_ROW), encoding="utf-8-sig"))
    assert (listed.name, listed.slot, listed.foreign_number) == ("SOW Aïssata", SLOT, "5912345678")
    assert (listed.status, listed.postcode) == (ListedStatus.expected, "59650")
    assert listed.booked_at == datetime(2026, 10, 8, tzinfo=PARIS)


@pytest.mark.parametrize("write", [write_xlsx, write_ods])
def test_a_dossier_has_its_appointment_whatever_its_state(tmp_path: Path, write: Callable[..., Path]) -> None:
    listed = the_listed(write(tmp_path / "dossiers", table(DOSSIERS, DOSSIER), "Dossiers"))
    assert (listed.source_key, listed.reference, listed.name) == ("17000001", "17000001", "SOW Aïssata")
    assert (listed.slot, listed.status, listed.purpose) == (SLOT, ListedStatus.expected, "Remise de titre")
    assert (listed.foreign_number, listed.document_expiry) == ("5912345678", date(2026, 12, 8))


def test_a_dossier_without_appointment_is_rejected_with_the_column_to_fill(tmp_path: Path) -> None:
    row = {**DOSSIER, "Date et heure de convocation": ""}
    rejected = the_rejected(write_csv(tmp_path / "liste.csv", table(DOSSIERS, row), ","))
    assert (rejected.reason_code, rejected.column) == ("slot_missing", "Date et heure de convocation")


def test_columns_are_found_in_any_order(tmp_path: Path) -> None:
    first = the_listed(participations(tmp_path, PARTICIPATION))
    turned = the_listed(
        write_csv(tmp_path / "b.csv", table(["nouvelle", *reversed(PARTICIPATIONS)], PARTICIPATION), ",")
    )
    assert turned == first


def test_older_exports_without_the_last_columns_are_read(tmp_path: Path) -> None:
    assert the_listed(write_csv(tmp_path / "l.csv", table(RDV[:-2], RDV_ROW))).slot == SLOT


@pytest.mark.parametrize(
    ("heading", "text", "reason_code"),
    [
        ("usager", " ", "name_missing"),
        ("date rdv", "", "date_missing"),
        ("date rdv", "31/02/2026", "date_unreadable"),
        ("date rdv", "23/11/26", "date_unreadable"),
        ("heure rdv", "", "time_missing"),
        ("heure rdv", "tôt", "time_unreadable"),
        ("date naissance", "31/02/1962", "birth_date_unreadable"),
        ("date naissance", "21/03/62", "birth_date_unreadable"),
        ("date naissance", "24/11/2026", "birth_date_unreadable"),
    ],
)
def test_a_row_that_cannot_be_read_names_its_line_its_column_and_what_to_write(
    tmp_path: Path, heading: str, text: str, reason_code: str
) -> None:
    rejected = the_rejected(participations(tmp_path, {**PARTICIPATION, heading: text}))
    assert (rejected.row, rejected.column, rejected.reason_code) == (2, heading, reason_code)
    assert rejected.value == text.strip()
    assert rejected.cells == tuple((each, {**PARTICIPATION, heading: text}.get(each, "")) for each in PARTICIPATIONS)
    assert rejected.reason.endswith(".")


def test_an_unreadable_expiry_is_not_dropped_in_silence(tmp_path: Path) -> None:
    row = {**DOSSIER, "Date de fin de validité du titre": "2026-02-31"}
    assert the_rejected(write_csv(tmp_path / "l.csv", table(DOSSIERS, row))).reason_code == "expiry_unreadable"


def test_a_birth_date_known_in_part_is_kept_in_part(tmp_path: Path) -> None:
    assert (
        the_listed(participations(tmp_path, {**PARTICIPATION, "date naissance": "00/00/1962"})).birth_date
        == "1962-00-00"
    )


def test_a_repaired_row_is_listed(tmp_path: Path) -> None:
    rejected = the_rejected(participations(tmp_path, {**PARTICIPATION, "heure rdv": "tôt"}))
    repaired = repair_row(rejected.cells, {"heure rdv": "9h10"}, None, PARIS, row=rejected.row)
    assert repaired == (the_listed(participations(tmp_path, PARTICIPATION)),)


def test_a_row_repaired_badly_is_rejected_again(tmp_path: Path) -> None:
    rejected = the_rejected(participations(tmp_path, {**PARTICIPATION, "heure rdv": ""}))
    again = repair_row(rejected.cells, {"heure rdv": "25h"}, None, PARIS, row=2)
    assert isinstance(again, RejectedRow)
    assert (again.value, again.reason_code) == ("25h", "time_unreadable")
    assert again.reason.startswith("25h00 n’est pas une heure du jour")


def test_a_repaired_row_never_takes_the_key_of_another(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "l.csv", table(RDV, RDV_ROW, {**RDV_ROW, "heure rdv": ""}))
    listed, rejected = outcomes(path)
    assert isinstance(listed, ListedAppointment)
    assert isinstance(rejected, RejectedRow)
    repaired = repair_row(rejected.cells, {"heure rdv": "14h"}, None, PARIS, taken={listed.source_key})
    assert isinstance(repaired, tuple)
    assert repaired[0].source_key == f"{listed.source_key}|#2"


def test_a_separator_left_in_a_text_does_not_shift_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Nom;Date;Heure;Motif\nSOW;23/11/2026;9h10;a;b\nBA;23/11/2026;9h10;a;\n", encoding="utf-8")
    torn, listed = outcomes(path)
    assert isinstance(torn, RejectedRow)
    assert isinstance(listed, ListedAppointment)
    assert (torn.reason_code, torn.cells[-1]) == ("too_many_columns", ("(colonne 5)", "b"))
    repaired = repair_row(torn.cells, {"Motif": "a et b", "(colonne 5)": ""}, None, PARIS)
    assert isinstance(repaired, tuple)
    assert repaired[0].purpose == "a et b"


def test_identical_rows_are_counted_once_and_shown(tmp_path: Path) -> None:
    file = opened(
        participations(tmp_path, PARTICIPATION, PARTICIPATION, {**PARTICIPATION, "rdv_id": "2"}, PARTICIPATION)
    )
    listed, twin, other, last = file
    assert [isinstance(each, ListedAppointment) for each in (listed, twin, other, last)] == [True, False, True, False]
    assert isinstance(twin, RejectedRow)
    assert (twin.reason_code, twin.row) == ("duplicate_row", 3)
    assert "ligne 2" in twin.reason
    assert (file.tally.rows, file.tally.listed, file.tally.duplicates, file.tally.rejected) == (4, 2, 2, 0)


def test_two_appointments_of_one_person_on_one_day_have_two_keys(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "l.csv", table(RDV, RDV_ROW, {**RDV_ROW, "heure rdv": "14h00"}))
    first, second = outcomes(path)
    assert isinstance(first, ListedAppointment)
    assert isinstance(second, ListedAppointment)
    assert second.source_key == f"{first.source_key}|#2"


def test_an_hour_that_changes_is_the_same_appointment_a_day_that_changes_is_another(tmp_path: Path) -> None:
    keys = [
        the_listed(write_csv(tmp_path / "l.csv", table(RDV, {**RDV_ROW, **changed}))).source_key
        for changed in ({}, {"heure rdv": "16h00"}, {"date rdv": "24/11/2026"})
    ]
    assert keys[0] == keys[1] != keys[2]


def test_headings_repeated_in_the_middle_are_said_to_need_nothing(tmp_path: Path) -> None:
    lines = table(PARTICIPATIONS, PARTICIPATION)
    path = write_csv(tmp_path / "l.csv", [*lines, lines[0], table(PARTICIPATIONS, {**PARTICIPATION, "rdv_id": "2"})[1]])
    _, repeated, _ = outcomes(path)
    assert isinstance(repeated, RejectedRow)
    assert repeated.reason_code == "heading_repeated"


def test_several_people_of_one_cell_each_have_their_appointment(tmp_path: Path) -> None:
    row = {**RDV_ROW, "usager(s)": "SOW Awa, BA Ali", "date naissance": "21/03/1962, 09/05/1978"}
    file = opened(write_csv(tmp_path / "l.csv", table(RDV, row)))
    first, second = file
    assert isinstance(first, ListedAppointment)
    assert isinstance(second, ListedAppointment)
    assert [(each.name, each.birth_date) for each in (first, second)] == [
        ("SOW Awa", "1962-03-21"),
        ("BA Ali", "1978-05-09"),
    ]
    assert first.source_key != second.source_key
    assert (file.tally.rows, file.tally.appointments) == (1, 2)


def test_dates_and_numbers_of_several_people_are_not_guessed(tmp_path: Path) -> None:
    row = {**RDV_ROW, "usager(s)": "SOW Awa, BA Ali", "date naissance": "21/03/1962", "contexte": "AGDREF 5912345678"}
    for each in outcomes(write_csv(tmp_path / "l.csv", table(RDV, {**row, "au moins un usager mineur ?": "oui"}))):
        assert isinstance(each, ListedAppointment)
        assert (each.birth_date, each.foreign_number, each.minor) == (None, None, None)


def test_the_same_name_twice_in_a_cell_is_two_people(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "l.csv", table(RDV, {**RDV_ROW, "usager(s)": "SOW Awa, SOW Awa", "date naissance": ""}))
    first, second = outcomes(path)
    assert isinstance(first, ListedAppointment)
    assert isinstance(second, ListedAppointment)
    assert second.source_key == f"{first.source_key}|#2"


def test_nine_digits_are_kept_as_read_and_never_completed(tmp_path: Path) -> None:
    listed = the_listed(participations(tmp_path, {**PARTICIPATION, "contexte": "20 8006503"}))
    assert (listed.foreign_number, listed.foreign_number_raw) == (None, "20 8006503")


def test_a_number_column_is_read_before_the_context(tmp_path: Path) -> None:
    row = {**PARTICIPATION, "contexte": "5911111111", "N° étranger": "59 22 222 222"}
    path = write_csv(tmp_path / "l.csv", table(["N° étranger", *PARTICIPATIONS], row))
    assert the_listed(path).foreign_number == "5922222222"


def test_a_number_eaten_by_a_spreadsheet_is_kept_as_read(tmp_path: Path) -> None:
    row = {**PARTICIPATION, "N° étranger": "5,91235E+09"}
    listed = the_listed(write_csv(tmp_path / "l.csv", table(["N° étranger", *PARTICIPATIONS], row)))
    assert (listed.foreign_number, listed.foreign_number_raw) == (None, "5,91235E+09")


def test_typed_cells_of_an_unknown_workbook_are_read(tmp_path: Path) -> None:
    lines: list[list[Cell]] = [
        ["Nom", "Prénom", "Né(e) le", "Date rdv", "Heure", "N° étranger", "CP", "Validité"],
        [
            "sow",
            "Aïssata",
            date(1962, 3, 21),
            date(2026, 11, 23),
            datetime.combine(date(1899, 12, 31), time(9, 10)),
            5912345678,
            1000,
            None,
        ],
    ]
    listed = the_listed(write_xlsx(tmp_path / "liste.xlsx", lines))
    assert (listed.name, listed.birth_date, listed.slot) == ("SOW Aïssata", "1962-03-21", SLOT)
    assert (listed.foreign_number, listed.postcode, listed.document_expiry) == ("5912345678", "01000", None)


def test_a_list_without_name_or_date_says_which_column_is_missing(tmp_path: Path) -> None:
    for headings, told in (("Prénom;Date;Heure", "le nom"), ("Nom;Prénom;Motif", "la date"), ("Motif;CP", "le nom")):
        path = tmp_path / "liste.csv"
        path.write_text(f"{headings}\na;b;c\n", encoding="utf-8")
        with pytest.raises(UnreadableFile, match=told) as refused:
            opened(path)
        assert refused.value.reason_code == "columns_missing"


def test_a_list_of_headings_alone_has_no_row(tmp_path: Path) -> None:
    file = opened(participations(tmp_path))
    assert list(file) == []
    assert (file.total, file.tally.rows) == (0, 0)


ANY_CELL = st.one_of(
    st.sampled_from(["", " ", "SOW Awa", "BA Ali, LI Na", "23/11/2026", "31/02/2026", "9h10", "880001", "5912345678"]),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=10),
)
A_ROW = st.dictionaries(st.sampled_from(RDV), ANY_CELL).map(lambda changed: {**RDV_ROW, **changed})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(A_ROW, max_size=8))
def test_every_row_ends_as_listed_or_as_rejected(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(csv_text(table(RDV, *rows)).encode("utf-8", "replace"))
    file = opened(path)
    met = list(file)
    tally, filled = file.tally, list(read_sheet(path).rows)
    assert {each.row for each in met} == {row.number for row in filled}
    assert len(filled) == tally.rows == tally.listed + tally.rejected + tally.duplicates
    keys = [each.source_key for each in met if isinstance(each, ListedAppointment)]
    assert len(set(keys)) == len(keys) == tally.appointments


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(ANY_CELL, min_size=1, max_size=6), max_size=6))
def test_every_row_of_any_list_ends_as_listed_or_as_rejected(tmp_path: Path, lines: list[list[str]]) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(csv_text([["Nom", "Né le", "Date", "Heure"], *lines]).encode("utf-8", "replace"))
    chosen = Mapping(columns={Target.name: ("Nom",), Target.day: ("Date",), Target.hour: ("Heure",)})
    assert {each.row for each in outcomes(path, chosen)} == {row.number for row in read_sheet(path).rows}


def test_a_list_of_permits_received_is_not_taken_for_appointments(tmp_path: Path) -> None:
    path = tmp_path / "titres.csv"
    path.write_text(
        "numéro étranger;nom;prénom;numéro de titre;reçu le;bac\n0059000001;DIALLO;Awa;X4RTBPFW4;11/11/2026;A\n"
    )
    with pytest.raises(UnreadableFile) as refused:
        read_appointments(read_sheet(path), None, PARIS)
    assert refused.value.reason_code == "permits_list"
