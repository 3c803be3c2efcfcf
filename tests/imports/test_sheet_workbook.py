"""Workbooks: XLS, XLSX and ODS, typed cells, the right sheet, damaged and hostile files."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentText
from odf.text import P

from counter_app.imports.sheet import SheetKind, UnreadableFile, read_sheet
from counter_app.imports.workbook import cell_text
from tests.imports.lists import PARTICIPATION, PARTICIPATIONS, Cell, table, write_ods, write_xls, write_xlsx

Writer = Callable[[Path, Sequence[Sequence[Cell]], str], Path]
WRITERS: dict[str, Writer] = {"xls": write_xls, "xlsx": write_xlsx, "ods": write_ods}
TYPED: list[list[Cell]] = [
    ["rdv_id", "usager", "date rdv", "heure rdv", "moment", "nombre"],
    [880001, "SOW Aïssata", date(2026, 11, 23), time(9, 30), datetime.combine(date(2026, 11, 23), time(9, 10)), 0.5],
]


@pytest.mark.parametrize("kind", WRITERS)
def test_typed_cells_become_the_texts_a_person_would_type(tmp_path: Path, kind: str) -> None:
    sheet = read_sheet(WRITERS[kind](tmp_path / f"liste.{kind}", TYPED, "Export"))
    assert sheet.kind == SheetKind(kind)
    assert sheet.name == "Export"
    (row,) = sheet.rows
    assert row.number == 2
    assert row.cells == ("880001", "SOW Aïssata", "2026-11-23", "09:30:00", "2026-11-23 09:10:00", "0.5")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (5987314289.0, "5987314289"),
        (880000, "880000"),
        (0.5, "0.5"),
        (True, "oui"),
        (False, "non"),
        (9201202004012359123.0, "9.201202004012359e+18"),
        (time(9, 29, 59, 999_997), "09:30:00"),
        (datetime.combine(date(2026, 11, 23), time(9, 9, 59, 999_999)), "2026-11-23 09:10:00"),
        (timedelta(hours=9, minutes=30), "09:30:00"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
    ],
)
def test_a_typed_cell_has_one_text(cell: Cell, text: str) -> None:
    assert cell is not None
    assert cell_text(cell) == text


@pytest.mark.parametrize("kind", WRITERS)
def test_the_kind_is_told_by_the_content_and_not_by_the_name(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path / f"liste.{kind}", table(PARTICIPATIONS, PARTICIPATION), "Export")
    assert read_sheet(path.rename(tmp_path / "liste.csv")).kind == SheetKind(kind)


@pytest.mark.parametrize("kind", WRITERS)
def test_rows_under_a_title_keep_the_numbers_of_the_spreadsheet(tmp_path: Path, kind: str) -> None:
    lines = [["Rendez-vous de lundi"], [], *table(PARTICIPATIONS, PARTICIPATION), [], table(["a"], {"a": "x"})[1]]
    sheet = read_sheet(WRITERS[kind](tmp_path / f"liste.{kind}", lines, "Export"))
    assert [row.number for row in sheet.rows] == [4, 6]
    assert sheet.total == 2


def test_the_sheet_named_dossiers_is_the_list(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["Nom", "Prénom", "Date"])
    workbook.active.append(["x", "y", "z"])
    sheet = workbook.create_sheet("Dossiers")
    for line in table(PARTICIPATIONS, PARTICIPATION):
        sheet.append(line)
    workbook.save(tmp_path / "liste.xlsx")
    assert read_sheet(tmp_path / "liste.xlsx").name == "Dossiers"


def test_empty_sheets_and_sheets_of_words_are_passed_over(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.create_sheet("Lisez-moi").append(["Bonjour", "à tous"])
    hidden = workbook.create_sheet("Cachée")
    hidden.append(["Nom", "Prénom", "Date"])
    hidden.sheet_state = "hidden"
    sheet = workbook.create_sheet("Lundi")
    for line in table(PARTICIPATIONS, PARTICIPATION):
        sheet.append(line)
    workbook.save(tmp_path / "liste.xlsx")
    assert read_sheet(tmp_path / "liste.xlsx").name == "Lundi"


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as refused:
        list(read_sheet(path).rows)
    return refused.value.reason_code


def test_an_empty_workbook_is_said_to_be_empty(tmp_path: Path) -> None:
    assert refusal(write_xlsx(tmp_path / "liste.xlsx", [])) == "empty_file"


def test_a_cell_left_at_the_far_corner_is_too_large_and_not_a_crash(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "Nom"
    workbook.active["XFD1048576"] = "oubliée"
    workbook.save(tmp_path / "liste.xlsx")
    assert refusal(tmp_path / "liste.xlsx") == "too_large"


def test_a_sheet_stretched_to_the_last_row_is_still_read(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for line in table(PARTICIPATIONS, PARTICIPATION):
        workbook.active.append(line)
    workbook.active["A60000"] = "oubliée"
    workbook.save(tmp_path / "liste.xlsx")
    assert [row.number for row in read_sheet(tmp_path / "liste.xlsx").rows] == [2, 60000]


def xls_bytes() -> bytes:
    saved = io.BytesIO()
    workbook = xlwt.Workbook()
    for at, line in enumerate(table(PARTICIPATIONS, PARTICIPATION)):
        sheet = workbook.get_sheet(0) if at else workbook.add_sheet("Export")
        for column, cell in enumerate(line):
            sheet.write(at, column, cell)
    workbook.save(saved)
    return saved.getvalue()


def xlsx_bytes() -> bytes:
    saved = io.BytesIO()
    workbook = openpyxl.Workbook()
    for line in table(PARTICIPATIONS, PARTICIPATION):
        workbook.active.append(line)
    workbook.save(saved)
    return saved.getvalue()


XLS, XLSX = xls_bytes(), xlsx_bytes()


@pytest.mark.parametrize("content", [XLS, XLSX])
@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_workbook_cut_short_is_said_to_be_damaged(tmp_path: Path, content: bytes, kept: float) -> None:
    path = tmp_path / "liste.xls"
    path.write_bytes(content[: int(len(content) * kept)])
    assert refusal(path) in ("damaged", "other_format")


def test_an_xls_that_announces_more_rows_than_its_format_has_is_damaged(tmp_path: Path) -> None:
    at = XLS.rfind(b"\x00\x02\x0e\x00")
    path = tmp_path / "liste.xls"
    for place in (4, 8):
        path.write_bytes(XLS[: at + place] + b"\xff\xff\xff\x7f" + XLS[at + place + 4 :])
        assert refusal(path) == "damaged"


def with_stream_named(name: str) -> bytes:
    at = XLS.index("Workbook".encode("utf-16-le"))
    written = name.encode("utf-16-le").ljust(64, b"\x00") + (len(name) * 2 + 2).to_bytes(2, "little")
    return XLS[:at] + written + XLS[at + 66 :]


def test_a_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    path.write_bytes(with_stream_named("EncryptedPackage"))
    assert refusal(path) == "encrypted"


def test_another_old_document_is_not_a_list(tmp_path: Path) -> None:
    path = tmp_path / "liste.doc"
    path.write_bytes(with_stream_named("WordDocument"))
    assert refusal(path) == "other_format"


def test_a_chain_that_bites_its_tail_is_damaged(tmp_path: Path) -> None:
    table = 512 * (1 + int.from_bytes(XLS[76:80], "little"))
    path = tmp_path / "liste.xls"
    path.write_bytes(XLS[:table] + bytes(4) + XLS[table + 4 :])
    assert refusal(path) == "damaged"


def test_a_long_old_list_of_fifteen_columns_is_read(tmp_path: Path) -> None:
    lines = [["Nom", "Date", "Heure", *(f"colonne {at}" for at in range(12))], *([["SOW", *["x"] * 14]] * 1200)]
    assert read_sheet(write_xls(tmp_path / "liste.xls", lines)).total == 1200


def test_an_old_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    at = XLS.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    path = tmp_path / "liste.xls"
    path.write_bytes(XLS[:at] + b"\x2f\x00\x06\x00" + XLS[at + 4 :])
    assert refusal(path) == "encrypted"


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_an_ods_with_a_password_says_so(tmp_path: Path) -> None:
    manifest = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    path = zipped(tmp_path / "liste.ods", {"content.xml": b"...", "META-INF/manifest.xml": manifest})
    assert refusal(path) == "encrypted"


@pytest.mark.parametrize(
    ("members", "reason_code"),
    [
        ({"liste.csv": b"Nom;Date"}, "archive"),
        ({"[Content_Types].xml": b"", "word/document.xml": b""}, "other_format"),
        ({"xl/workbook.xml": b"<nothing/>"}, "damaged"),
        ({"content.xml": b"<nothing"}, "damaged"),
    ],
)
def test_other_zipped_files_get_their_sentence(tmp_path: Path, members: dict[str, bytes], reason_code: str) -> None:
    assert refusal(zipped(tmp_path / "liste.xlsx", members)) == reason_code


def test_a_text_document_is_not_a_list(tmp_path: Path) -> None:
    document = OpenDocumentText()
    document.text.addElement(P(text="Bonjour"))
    document.save(str(tmp_path / "liste.odt"))
    assert refusal(tmp_path / "liste.odt") == "other_format"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"Nom;Date;Heure\n", b"\xff\xfe", XLS[:600], XLSX[:300]]),
)
def test_random_bytes_raise_nothing_but_unreadable_file(tmp_path: Path, content: bytes, start: bytes) -> None:
    assert is_read_or_refused(tmp_path, start + content)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from([XLS, XLSX]),
    st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_damaged_workbooks_raise_nothing_but_unreadable_file(
    tmp_path: Path, content: bytes, damage: list[tuple[int, int]]
) -> None:
    damaged = bytearray(content)
    for place, value in damage:
        damaged[place % len(damaged)] = value
    assert is_read_or_refused(tmp_path, bytes(damaged))


def is_read_or_refused(tmp_path: Path, content: bytes) -> bool:
    path = tmp_path / "liste"
    path.write_bytes(content)
    try:
        list(read_sheet(path).rows)
    except UnreadableFile as refused:
        return refused.sentence.endswith(".")
    return True
