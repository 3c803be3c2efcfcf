"""Text lists: encodings, separators, quotes, titles above the headings, slips of the hand."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.imports.records import read_records
from counter_app.imports.sheet import Sheet, SheetKind, UnreadableFile, read_sheet
from tests.imports.lists import PARTICIPATION, PARTICIPATIONS, csv_text, table, write_csv

LINES = [
    ["Nom", "Prénom", "Date du RDV", "Heure"],
    ["SOW", "Aïssata", "23/11/2026", "9h10"],
    ["LEFÈVRE", "Noël", "23/11/2026", "9h20"],
]


def cells(sheet: Sheet) -> list[list[str]]:
    return [list(row.cells) for row in sheet.rows]


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "liste.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "iso-8859-15", "mac_roman", "cp850"],
)
def test_a_list_is_read_in_any_encoding_offices_use(tmp_path: Path, encoding: str) -> None:
    sheet = read_sheet(write_csv(tmp_path / "liste.csv", LINES, encoding=encoding))
    assert list(sheet.headings) == LINES[0]
    assert cells(sheet) == LINES[1:]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_list_is_read_with_any_separator(tmp_path: Path, separator: str, encoding: str) -> None:
    sheet = read_sheet(write_csv(tmp_path / "liste.csv", LINES, separator, encoding))
    assert sheet.separator == separator
    assert cells(sheet) == LINES[1:]


def test_a_utf_8_list_with_one_stray_byte_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(csv_text(LINES).encode() + "BÂ;Zoé;23/11/2026;9h30\n".encode("cp1252"))
    assert cells(read_sheet(path))[1:] == [LINES[2], ["BÂ", "Zoé", "23/11/2026", "9h30"]]


def test_accents_that_come_late_in_a_windows_file_are_read(tmp_path: Path) -> None:
    plain = [["SOW", "Awa", "23/11/2026", "9h10"]] * 20_000
    path = write_csv(tmp_path / "liste.csv", [["Nom", "Prenom", "Date", "Heure"], *plain, LINES[2]], encoding="cp1252")
    assert cells(read_sheet(path))[-1] == LINES[2]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_read(tmp_path: Path, end: str) -> None:
    sheet = read_sheet(written(tmp_path, end.join(";".join(line) for line in LINES)))
    assert cells(sheet) == LINES[1:]
    assert [row.number for row in sheet.rows] == [2, 3]


@pytest.mark.parametrize("mark", ["\x00", "\ufeff", "\x1a"])
def test_marks_after_the_last_line_are_dropped_and_those_inside_a_text_are_kept_for_who_tells_them(
    tmp_path: Path, mark: str
) -> None:
    text = csv_text(LINES).replace("SOW", f"S{mark}OW") + mark
    kept = [[cell.replace("SOW", f"S{mark}OW") for cell in line] for line in LINES[1:]]
    assert cells(read_sheet(written(tmp_path, text))) == kept


def test_blank_lines_are_no_rows_but_keep_the_numbers_of_the_spreadsheet(tmp_path: Path) -> None:
    sheet = read_sheet(written(tmp_path, "\n;;;\nNom;Prénom;Date;Heure\n\n ; ;;\nSOW;Awa;23/11/2026;9h10\n\n"))
    assert [row.number for row in sheet.rows] == [6]
    assert sheet.total == 1


def test_a_cell_on_several_lines_is_one_cell_of_one_row(tmp_path: Path) -> None:
    sheet = read_sheet(
        written(tmp_path, 'Nom;Date;Heure;Contexte\nSOW;23/11/2026;9h10;"a\nb ""c"";\r\nd"\nBA;23/11/2026;9h20;\n')
    )
    first, second = sheet.rows
    assert first.cells[3] == 'a\nb "c";\r\nd'
    assert (second.number, second.cells[0]) == (3, "BA")


def test_a_quote_never_closed_swallows_only_its_own_line(tmp_path: Path) -> None:
    rows = "".join(f"P{number};23/11/2026;9h10;\n" for number in range(300))
    sheet = read_sheet(written(tmp_path, f'Nom;Date;Heure;Contexte\nSOW;23/11/2026;9h10;"venir tôt\n{rows}'))
    kept = cells(sheet)
    assert kept[0] == ["SOW", "23/11/2026", "9h10", '"venir tôt']
    assert len(kept) == 301
    assert kept[-1][0] == "P299"


def test_two_quotes_never_closed_do_not_join_their_lines(tmp_path: Path) -> None:
    sheet = read_sheet(
        written(tmp_path, 'Nom;Date;Heure\n"SOW;23/11/2026;9h10\n"BA;23/11/2026;9h20\nLI;23/11/2026;9h30\n')
    )
    assert [line[1:] for line in cells(sheet)] == [
        ["23/11/2026", "9h10"],
        ["23/11/2026", "9h20"],
        ["23/11/2026", "9h30"],
    ]


def test_a_quote_in_the_middle_of_a_text_is_a_letter(tmp_path: Path) -> None:
    sheet = read_sheet(written(tmp_path, 'Nom;Date;Heure\nSOW dit "Momo;23/11/2026;9h10\nBA;23/11/2026;9h20\n'))
    assert [line[0] for line in cells(sheet)] == ['SOW dit "Momo', "BA"]


def test_a_cell_too_long_for_the_csv_reader_keeps_its_row_and_the_next(tmp_path: Path) -> None:
    sheet = read_sheet(
        written(tmp_path, f"Nom;Date;Heure\nBA;23/11/2026;9h\n{'x' * 200_000};23/11/2026;9h10\nLI;23/11/2026;9h\n")
    )
    numbers = [row.number for row in sheet.rows]
    assert numbers == [2, 3, 4]


def test_titles_above_the_headings_are_skipped(tmp_path: Path) -> None:
    text = "Liste des rendez-vous;;;\nÉditée le 22/11/2026;;;\n\n" + csv_text(LINES)
    sheet = read_sheet(written(tmp_path, text))
    assert list(sheet.headings) == LINES[0]
    assert [row.number for row in sheet.rows] == [5, 6]


def test_headings_on_two_lines_are_joined(tmp_path: Path) -> None:
    headings = "Usager;;;Rendez-vous;;N° étranger\nNom;Prénom;Né(e) le;Date;Heure;\n"
    sheet = read_sheet(written(tmp_path, f"{headings}SOW;Awa;21/03/1962;23/11/2026;9h10;5912345678\n"))
    assert sheet.headings == ("Nom", "Prénom", "Né(e) le", "Rendez-vous Date", "Rendez-vous Heure", "N° étranger")
    assert sheet.total == 1


def test_a_declared_separator_is_obeyed_and_is_no_row(tmp_path: Path) -> None:
    sheet = read_sheet(written(tmp_path, "sep=^\nNom^Date^Heure\nSOW^23/11/2026^9h10\n"))
    assert sheet.separator == "^"
    assert [row.number for row in sheet.rows] == [2]


def test_repeated_and_empty_headings_get_names_of_their_own(tmp_path: Path) -> None:
    sheet = read_sheet(written(tmp_path, "Nom;Nom;;Date;Heure;;\nSOW;x;y;23/11/2026;9h;;\n"))
    assert sheet.headings == ("Nom", "Nom (2)", "(colonne 3)", "Date", "Heure")


def test_unknown_headings_are_given_so_that_a_person_can_name_them(tmp_path: Path) -> None:
    sheet = read_sheet(written(tmp_path, "Quidam;Quand;Horloge\nSOW;23/11/2026;9h10\n"))
    assert sheet.headings == ("Quidam", "Quand", "Horloge")


def test_wanted_headings_are_found_under_a_title(tmp_path: Path) -> None:
    path = written(tmp_path, "Une belle liste;à jour;complète\nQuidam;Quand;Horloge\nSOW;23/11/2026;9h10\n")
    assert read_sheet(path, wanted=["QUIDAM", "quand"]).headings == ("Quidam", "Quand", "Horloge")


def test_a_text_with_the_name_of_a_workbook_is_read_as_a_text(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "export.xls", table(PARTICIPATIONS, PARTICIPATION), "\t", "utf-16")
    assert read_sheet(path).kind is SheetKind.csv


def test_rows_can_be_gone_through_twice_and_total_tells_their_number(tmp_path: Path) -> None:
    sheet = read_sheet(write_csv(tmp_path / "liste.csv", LINES))
    assert list(sheet.rows) == list(sheet.rows)
    assert sheet.total == 2


@pytest.mark.parametrize(
    ("content", "reason_code"),
    [
        (b"", "empty_file"),
        (b"\n\n  ;;\r\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b"bonjour", "no_headings"),
        (b"12;23/11/2026;9h10\n13;23/11/2026;9h20\n", "no_headings"),
        (b"%PDF-1.7 ...", "other_format"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "other_format"),
        (b"PK\x05\x06" + bytes(18), "archive"),
        (b"\x00\x01\x02\x03\x04\x05" * 50, "not_a_table"),
        (b"<html><table><tr><td>Nom</td></tr></table></html>", "web_page"),
        (b"Nom;Date;" + b"x" * 300_000, "not_a_table"),
        (b"Bonjour;le monde" + b";x" * 300_000, "not_a_table"),
        ("Nom;Prénom;Date de naissance".encode() + b";colonne" * 50_000 + b"\n", "too_wide"),
        ("Nom;Prénom;Date de naissance".encode() + b";c" * 50_000 + b"\nSOW;Awa\n", "too_wide"),
    ],
)
def test_what_is_no_list_gets_its_french_sentence(tmp_path: Path, content: bytes, reason_code: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        read_sheet(path)
    assert refused.value.reason_code == reason_code
    assert refused.value.sentence.endswith(".")


def test_a_table_far_too_wide_is_told_with_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Nom;Prénom;" + ";".join(f"colonne {place}" for place in range(49_998)) + "\n", encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        read_sheet(path)
    assert "(50\u202f000, 16\u202f384 au plus)" in refused.value.sentence


def test_a_folder_and_a_missing_file_get_their_sentence(tmp_path: Path) -> None:
    for path, reason_code in ((tmp_path, "folder"), (tmp_path / "rien.csv", "file_missing")):
        with pytest.raises(UnreadableFile) as refused:
            read_sheet(path)
        assert refused.value.reason_code == reason_code


CELL = st.text(st.characters(exclude_characters="\x00\x1a\ufeff", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=8), st.sampled_from(";,\t|"))
def test_what_csv_writes_is_read_back_the_same(lines: list[list[str]], separator: str) -> None:
    text = csv_text([["Nom"] * 2, *lines], separator)
    split = (
        text.splitlines(keepends=True) if not any(c in text for c in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029") else None
    )
    if split is not None:
        assert list(read_records(split, separator))[1:] == lines


@given(st.text('ab;"\n', max_size=60))
def test_stray_quotes_never_lose_a_letter(text: str) -> None:
    lines = text.split("\n")
    given_back = "".join(cell for record in read_records([f"{line}\n" for line in lines], ";") for cell in record)
    assert [letter for letter in given_back if letter in "ab"] == [letter for letter in text if letter in "ab"]


def test_well_written_files_are_cut_as_the_csv_module_cuts_them(tmp_path: Path) -> None:
    lines = [*LINES, ["O'NEIL", 'dit "Bob"', "a;b", "x\ny"]]
    path = write_csv(tmp_path / "liste.csv", lines)
    with path.open(encoding="utf-8", newline="") as file:
        assert cells(read_sheet(path)) == list(csv.reader(file, delimiter=";"))[1:]
