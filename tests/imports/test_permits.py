"""Lists of permits received, as offices keep them and as spreadsheets spoil them: every row is listed or rejected."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.imports.appointments import read_appointments
from counter_app.imports.listed import ListedPermit, RejectedRow
from counter_app.imports.permit_columns import column_of, is_permits_list, recognised
from counter_app.imports.permit_values import read_amount, read_card_number, read_phone
from counter_app.imports.permits import read_permits
from counter_app.imports.refusals import UnreadableFile
from counter_app.imports.sheet import read_sheet
from tests.imports.lists import (
    PARIS,
    PARTICIPATION,
    PARTICIPATIONS,
    RDV_INSERTION,
    RDV_INSERTION_ROW,
    Cell,
    csv_text,
    table,
    write_csv,
    write_ods,
    write_xls,
    write_xlsx,
)
from tests.imports.permit_lists import HEADINGS, permit, permits_table

SOW = ListedPermit(
    row=2,
    card_number="F5V9RY2WJ",
    name="SOW Aïssata",
    foreign_number="5912345678",
    number_as_read=None,
    birth_date="1962-03-21",
    kind="CSP 4 ans",
    valid_from="2026-10-24",
    valid_to="2030-10-23",
    received_on="2026-11-11",
    lot="IN-2611-1",
    tray="D",
    rank="78",
    stamp_amount=250,
    phone="+33612340001",
    summoned_on="2026-11-16",
    slot="2026-11-23T09:20:00+01:00",
)


TODAY = date(2026, 11, 23)


def rows_of(path: Path) -> list[ListedPermit | RejectedRow]:
    return read_permits(path, PARIS, TODAY)


def read(tmp_path: Path, *rows: dict[str, str]) -> list[ListedPermit | RejectedRow]:
    return rows_of(write_csv(tmp_path / "titres.csv", permits_table(*rows)))


def rejected(tmp_path: Path, *rows: dict[str, str]) -> RejectedRow:
    *_others, last = read(tmp_path, *rows)
    assert isinstance(last, RejectedRow)
    return last


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_lot_reads_the_same_in_any_encoding_and_with_any_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = write_csv(tmp_path / "titres.csv", permits_table(), separator, encoding)
    assert rows_of(path) == [SOW]


@pytest.mark.parametrize(("kind", "write"), [("xls", write_xls), ("xlsx", write_xlsx), ("ods", write_ods)])
def test_a_lot_reads_the_same_from_a_workbook(tmp_path: Path, kind: str, write: Callable[..., Path]) -> None:
    assert rows_of(write(tmp_path / f"titres.{kind}", permits_table())) == [SOW]


def test_typed_cells_of_a_workbook_are_read_as_what_they_mean(tmp_path: Path) -> None:
    typed: dict[str, Cell] = {
        "numéro étranger": 5912345678,
        "date naissance": date(1962, 3, 21),
        "valable du": date(2026, 10, 24),
        "valable au": date(2030, 10, 23),
        "reçu le": date(2026, 11, 11),
        "rang": 78,
        "timbre à acquitter (€)": 250,
        "SMS envoyé le": date(2026, 11, 16),
        "créneau de remise": datetime.fromisoformat("2026-11-23T09:20"),
    }
    line = [typed.get(heading, permit().get(heading, "")) for heading in HEADINGS]
    assert rows_of(write_xlsx(tmp_path / "titres.xlsx", [[*HEADINGS], line])) == [SOW]


def test_columns_are_found_by_heading_in_any_order_and_in_other_words(tmp_path: Path) -> None:
    words = {
        "numéro étranger": "N° AGDREF",
        "nom": "Nom de famille",
        "prénom": "Prénom(s)",
        "date naissance": "Né(e) le",
        "type de titre": "Catégorie de titre",
        "numéro de titre": "N° de la carte",
        "valable du": "Début de validité",
        "valable au": "Date de fin de validité",
        "reçu le": "Date de réception",
        "lot": "N° de lot",
        "bac": "Casier",
        "rang": "N° pochette",
        "timbre à acquitter (€)": "Montant du timbre fiscal",
        "téléphone": "Tél. portable",
        "SMS envoyé le": "Date d'envoi du SMS",
        "créneau de remise": "RDV de remise",
    }
    order = list(reversed(HEADINGS))
    line = [permit()[heading] for heading in order]
    path = write_csv(tmp_path / "titres.csv", [["Liste des titres reçus"], [words[one] for one in order], line])
    (row,) = rows_of(path)
    assert isinstance(row, ListedPermit)
    assert {**{name: getattr(row, name) for name in ListedPermit.__dataclass_fields__}, "row": 2} == {
        name: getattr(SOW, name) for name in ListedPermit.__dataclass_fields__
    }


def test_a_day_and_an_hour_in_two_columns_are_one_slot(tmp_path: Path) -> None:
    lines = [
        ["N° de titre", "Titulaire", "Jour de remise", "Heure"],
        ["F5V9RY2WJ", "SOW Aïssata", "23/11/2026", "9h20"],
    ]
    (row,) = rows_of(write_csv(tmp_path / "titres.csv", lines))
    assert isinstance(row, ListedPermit)
    assert (row.name, row.slot) == ("SOW Aïssata", "2026-11-23T09:20:00+01:00")


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Carte n°", "card_number"),
        ("N° titre", "card_number"),
        ("Titre n°", "card_number"),
        ("Num. étranger", "foreign_number"),
        ("Nom et prénom du titulaire", "name"),
        ("Validité (début)", "valid_from"),
        ("Fin de validité du titre", "valid_to"),
        ("Reçu en préfecture le", "received_on"),
        ("Bac / rang", "place"),
        ("pochette n°", "rank"),
        ("À payer (€)", "stamp_amount"),
        ("Heure convocation", "hour"),
        ("Ancien numéro de titre", None),
        ("Observations", None),
    ],
)
def test_headings_are_known_by_the_words_they_hold(heading: str, column: str | None) -> None:
    assert column_of(heading) == column


def test_a_place_or_a_validity_in_one_cell_is_read_in_two(tmp_path: Path) -> None:
    lines = [["N° de titre", "Titulaire", "Bac / rang", "Validité"]]
    lines += [["F5V9RY2WJ", "SOW A.", "D / 78", "du 24/10/2026 au 23/10/2030"]]
    lines += [["4YC73SY7N", "BA Awa", "bac b", "23/10/2030"]]
    one, other = rows_of(write_csv(tmp_path / "titres.csv", lines))
    assert isinstance(one, ListedPermit)
    assert isinstance(other, ListedPermit)
    assert (one.tray, one.rank, one.valid_from, one.valid_to) == ("D", "78", "2026-10-24", "2030-10-23")
    assert (other.tray, other.rank, other.valid_from, other.valid_to) == ("B", None, None, "2030-10-23")


def test_what_a_list_does_not_say_is_unknown_and_nothing_due_is_zero(tmp_path: Path) -> None:
    row, free = read(
        tmp_path,
        permit(**{"timbre à acquitter (€)": "", "créneau de remise": "", "SMS envoyé le": "", "bac": "", "rang": ""}),
        permit("4YC73SY7N", "BA Awa", "5900000002", **{"timbre à acquitter (€)": "exonéré"}),
    )
    assert isinstance(row, ListedPermit)
    assert isinstance(free, ListedPermit)
    assert (row.stamp_amount, row.slot, row.summoned_on, row.tray, row.rank) == (None,) * 5
    assert free.stamp_amount == 0


def test_a_row_without_card_number_is_rejected_with_its_number_and_kept_whole(tmp_path: Path) -> None:
    row = rejected(tmp_path, permit("4YC73SY7N", "BA Awa"), permit(""))
    assert (row.row, row.column, row.reason_code) == (3, "numéro de titre", "card_number_missing")
    assert dict(row.cells)["nom"] == "SOW"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1,2E+08", "card_number_eaten"),
        ("9.61E+8", "card_number_eaten"),
        ("12345678", "card_number_unreadable"),
        ("F5V9RY2W", "card_number_unreadable"),
        ("F5V9RY2WJJ", "card_number_unreadable"),
        ("?", "card_number_unreadable"),
    ],
)
def test_a_card_number_that_a_spreadsheet_ate_is_told_and_never_repaired(
    tmp_path: Path, cell: str, reason: str
) -> None:
    row = rejected(tmp_path, permit(cell))
    assert (row.row, row.reason_code, row.value) == (2, reason, cell)


def test_a_card_number_may_look_like_a_power_of_ten() -> None:
    assert read_card_number("12E456789") == "12E456789"
    assert read_card_number(" f5v9-ry2wj ") == "F5V9RY2WJ"
    assert read_card_number('="012345678"') == "012345678"


@pytest.mark.parametrize("cell", ["5,91E+09", "591234567", "59123", "absent"])
def test_a_foreign_number_that_is_not_ten_digits_is_kept_as_read(tmp_path: Path, cell: str) -> None:
    (row,) = read(tmp_path, permit(number=cell))
    assert isinstance(row, ListedPermit)
    assert (row.foreign_number, row.number_as_read) == (None, cell)


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("valable au", "31/02/2030", "date_unreadable"),
        ("valable du", "31/02/2026", "date_unreadable"),
        ("valable au", "23/10/2020", "validity_unreadable"),
        ("reçu le", "463370", "date_unreadable"),
        ("date naissance", "21 mars", "birth_date_unreadable"),
        ("timbre à acquitter (€)", "225,50", "stamp_unreadable"),
        ("timbre à acquitter (€)", "25000", "stamp_unreadable"),
        ("créneau de remise", "23/11/2026", "time_missing"),
        ("créneau de remise", "23/11/2026 25:20", "time_unreadable"),
        ("SMS envoyé le", "bientôt", "date_unreadable"),
        ("nom", "", "name_missing"),
        ("date naissance", "09/05/2078", "birth_date_to_come"),
        ("date naissance", "2027", "birth_date_to_come"),
        ("reçu le", "24/12/2030", "day_to_come"),
        ("SMS envoyé le", "24/12/2030", "day_to_come"),
        ("rang", "-3", "rank_unreadable"),
        ("rang", "1.5", "rank_unreadable"),
        ("rang", "1,5", "rank_unreadable"),
        ("rang", "0", "rank_unreadable"),
        ("rang", "99999999999999999999999", "rank_unreadable"),
        ("bac", "B" * 41, "tray_too_long"),
        ("bac", "\u202eX", "unseen_sign"),
        ("nom", "SO\x07W", "unseen_sign"),
        ("nom", "SO\x00W", "unseen_sign"),
        ("lot", "IN\u2066", "unseen_sign"),
    ],
)
def test_a_cell_that_cannot_be_read_rejects_its_row_with_a_sentence(
    tmp_path: Path, column: str, cell: str, reason: str
) -> None:
    changed = {column: cell, **({"prénom": ""} if column == "nom" else {})}
    row = rejected(tmp_path, {**permit(), **changed})
    assert row.reason_code == reason
    assert row.reason.endswith(".")
    assert (row.column, row.value) == (column, cell)


def test_a_name_of_forty_thousand_letters_is_set_aside_whole_and_shown_short(tmp_path: Path) -> None:
    row = rejected(tmp_path, permit(name="A" * 40_011 + " Awa"))
    assert (row.reason_code, row.value) == ("text_too_long", "A" * 200)
    assert dict(row.cells)["nom"] == "A" * 40_011


def test_a_telephone_that_is_none_is_told_and_the_row_stands(tmp_path: Path) -> None:
    (row,) = read(tmp_path, permit(téléphone="abc"))
    assert isinstance(row, ListedPermit)
    (note,) = row.notes
    assert (note.row, note.column, note.reason_code, note.value) == (2, "téléphone", "phone_unreadable", "abc")


def test_a_file_cut_in_the_middle_of_its_last_row_is_told(tmp_path: Path) -> None:
    path = tmp_path / "titres.csv"
    text = csv_text(permits_table(permit(), permit("4YC73SY7N")))
    path.write_text(text[: text.rindex(";250;") + 3], encoding="utf-8")
    whole, cut = rows_of(path)
    assert isinstance(whole, ListedPermit)
    assert isinstance(cut, ListedPermit)
    assert (whole.notes, cut.stamp_amount) == ((), 25)
    assert [(note.row, note.column, note.reason_code, note.value) for note in cut.notes] == [
        (3, "timbre à acquitter (€)", "row_cut_short", "25")
    ]


def test_another_sheet_of_the_workbook_that_lists_permits_too_is_told(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "titres.xlsx", permits_table(permit()), "Lot 1")
    workbook = openpyxl.load_workbook(path)
    for name, lines in (("Lot 2", permits_table(permit("4YC73SY7N"))), ("Bacs", [["Bac", "Rang"], ["A", "1"]])):
        sheet = workbook.create_sheet(name)
        for line in lines:
            sheet.append(line)
    workbook.save(path)
    (row,) = rows_of(path)
    assert isinstance(row, ListedPermit)
    assert [(note.column, note.reason_code) for note in row.notes] == [("Lot 2", "sheet_unread")]


def test_a_mark_that_a_web_page_left_in_a_name_is_told_and_the_row_stands(tmp_path: Path) -> None:
    (row,) = read(tmp_path, permit(name="SO\u00adW Awa"))
    assert isinstance(row, ListedPermit)
    assert (row.name, [note.reason_code for note in row.notes]) == ("SOW Awa", ["unseen_sign"])


@pytest.mark.parametrize("day", ["24/11/2026", "23/11/2026"])
def test_a_card_that_came_in_today_is_taken_by_a_clock_that_is_late(tmp_path: Path, day: str) -> None:
    (row,) = read(tmp_path, permit(reçu_le=day, créneau_de_remise="", SMS_envoyé_le=""))
    assert isinstance(row, ListedPermit)


def test_rows_whose_handover_is_later_still_stand_when_the_clock_of_the_desk_may_be_wrong(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "titres.csv", permits_table())
    (row,) = read_permits(path, PARIS, date(2026, 1, 1))
    assert isinstance(row, ListedPermit)


def test_one_card_for_two_people_belongs_to_nobody_until_somebody_looks(tmp_path: Path) -> None:
    one, other, third = read(
        tmp_path, permit(), permit("F5V9RY2WJ", "BA Awa", "5900000002"), permit("4YC73SY7N", "LI Wei", "5900000003")
    )
    assert isinstance(one, RejectedRow)
    assert isinstance(other, RejectedRow)
    assert isinstance(third, ListedPermit)
    assert one.reason_code == other.reason_code == "card_number_shared"
    assert "ligne 3" in one.reason


def test_the_same_card_twice_for_one_person_counts_once_and_the_second_is_told(tmp_path: Path) -> None:
    one, again = read(tmp_path, permit(), permit(**{"rang": "79"}))
    assert one == SOW
    assert isinstance(again, RejectedRow)
    assert (again.row, again.reason_code) == (3, "card_number_repeated")


def test_headings_repeated_in_the_middle_and_torn_rows_are_told(tmp_path: Path) -> None:
    text = csv_text(permits_table(permit(), dict(zip(HEADINGS, HEADINGS, strict=True))))
    path = tmp_path / "titres.csv"
    path.write_text(text + ";".join([*permit("4YC73SY7N").values(), "de trop"]) + "\n", encoding="utf-8")
    listed, repeated, torn = rows_of(path)
    assert isinstance(listed, ListedPermit)
    assert isinstance(repeated, RejectedRow)
    assert isinstance(torn, RejectedRow)
    assert (repeated.reason_code, torn.reason_code) == ("heading_repeated", "too_many_columns")


@pytest.mark.parametrize(("headings", "row"), [(PARTICIPATIONS, PARTICIPATION), (RDV_INSERTION, RDV_INSERTION_ROW)])
def test_a_list_of_appointments_is_told_where_it_goes(tmp_path: Path, headings: list[str], row: dict[str, str]) -> None:
    path = write_csv(tmp_path / "liste.csv", table(headings, row))
    with pytest.raises(UnreadableFile) as refused:
        rows_of(path)
    assert refused.value.reason_code == "not_permits"
    assert "import" in refused.value.sentence
    assert not is_permits_list(headings)


def test_a_list_of_permits_is_kept_out_of_the_appointments_whatever_its_wording(tmp_path: Path) -> None:
    lines = [["N° carte", "Titulaire", "Date de réception", "Casier"], ["F5V9RY2WJ", "SOW A.", "11/11/2026", "A"]]
    path = write_csv(tmp_path / "titres.csv", lines)
    with pytest.raises(UnreadableFile) as refused:
        read_appointments(read_sheet(path, known=recognised), None, PARIS)
    assert refused.value.reason_code == "permits_list"
    assert "Stock ▸ Arrivages" in refused.value.sentence
    assert "permits receive" in refused.value.sentence


def test_a_file_that_is_no_table_is_told_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "titres.csv"
    path.write_bytes(b"")
    with pytest.raises(UnreadableFile) as refused:
        rows_of(path)
    assert refused.value.reason_code == "empty_file"


def test_amounts_are_whole_euros_zero_or_unknown() -> None:
    assert [read_amount(text) for text in ("250", "250 €", "250,00", "250.0 euros", "0", "", "?", "Gratuit")] == [
        *(250, 250, 250, 250),
        *(0, None, None, 0),
    ]


def test_a_telephone_has_its_country_only_when_that_is_sure() -> None:
    told = {
        "06 12 34 00 01": "+33612340001",
        "+33 6 12 34 00 01": "+33612340001",
        "0033612340001": "+33612340001",
        "33612340001": "+33612340001",
        "612340001": "612340001",
        "3,36E+10": "3,36E+10",
        "+32 470 12 34 56": "+32470123456",
        "": None,
    }
    assert {text: read_phone(text) for text in told} == told


ANY_CELL = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=14)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(ANY_CELL, st.sampled_from(["F5V9RY2WJ", "SOW", "A"])), min_size=1, max_size=6), max_size=6
    )
)
def test_every_row_of_any_list_ends_as_listed_or_as_rejected(tmp_path: Path, lines: list[list[str]]) -> None:
    path = tmp_path / "titres.csv"
    headings = ["Numéro de titre", "Nom", "Bac", "Reçu le", "Timbre"]
    path.write_bytes(csv_text([headings, *lines]).encode("utf-8", "replace"))
    assert {each.row for each in rows_of(path)} == {row.number for row in read_sheet(path, known=recognised).rows}


@pytest.mark.parametrize("name", ["D&eacute;SIR&eacute; Al", "SOW &#233;li", "SOW <br>Al", "<b>QUEBEC</b> Al"])
def test_what_a_web_page_wrote_in_a_name_is_told_and_stays(tmp_path: Path, name: str) -> None:
    (row,) = read(tmp_path, permit(name=name))
    assert isinstance(row, ListedPermit)
    assert {note.reason_code for note in row.notes} == {"web_text"}
    (plain,) = read(tmp_path, permit(name="SOW & FILS Awa < 18"))
    assert isinstance(plain, ListedPermit)
    assert plain.notes == ()


def test_a_last_row_cut_inside_a_value_is_rejected_with_word_of_the_cut(tmp_path: Path) -> None:
    path = tmp_path / "titres.csv"
    text = csv_text(permits_table(permit(), permit("4YC73SY7N")))
    path.write_text(text[: text.rindex("/2026;") + 1], encoding="utf-8")
    _whole, cut = rows_of(path)
    assert isinstance(cut, RejectedRow)
    assert (cut.reason_code, "exportez-le de nouveau" in cut.reason) == ("date_unreadable", True)
