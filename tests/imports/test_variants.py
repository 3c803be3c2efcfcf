"""Whatever an office exports of the four kinds, every row is accounted for once and says what it said."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.imports.appointments import ListedAppointment, RejectedRow
from counter_app.imports.row_reader import LONGEST_CELL
from tests.imports.lists import (
    PARTICIPATION,
    PARTICIPATIONS,
    RDV_INSERTION,
    RDV_INSERTION_ROW,
    csv_text,
    opened,
    outcomes,
    table,
    the_listed,
    the_rejected,
    write_csv,
    write_xls,
)
from tests.imports.variants import KINDS, make


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("seed", range(30))
def test_every_row_of_every_variant_is_read_once_and_says_what_it_said(tmp_path: Path, kind: str, seed: int) -> None:
    variant = make(tmp_path, seed, kind)
    file = opened(variant.path)
    read = list(file)
    listed = [one for one in read if isinstance(one, ListedAppointment)]
    rejected = [one for one in read if isinstance(one, RejectedRow)]
    assert file.source == kind
    assert [(one.name, one.slot) for one in listed] == [(one.name, one.slot) for one in variant.people]
    assert [one.birth_date for one in listed] == [one.birth.isoformat() for one in variant.people]
    assert [one.foreign_number for one in listed] == [one.number for one in variant.people]
    assert [one.status for one in listed] == [one.status for one in variant.people]
    assert len(rejected) == variant.other_rows
    assert file.total == file.tally.rows == len(variant.people) + variant.other_rows


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(list(KINDS)),
    seed=st.integers(0, 30),
    junk=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 25), st.text(max_size=30)), max_size=6),
)
def test_whatever_stands_in_the_cells_each_row_is_listed_or_rejected(
    tmp_path: Path, kind: str, seed: int, junk: list[tuple[int, int, str]]
) -> None:
    variant = make(tmp_path, seed, kind)
    first = next(place for place, line in enumerate(variant.lines) if len(line) > 3)
    lines = [list(line) for line in variant.lines[first:]]
    for row, column, text in junk:
        line = lines[1 + row % (len(lines) - 1)]
        line[column % len(line)] = text.replace("\ud800", "").encode("utf-8", "replace").decode()
    path = write_csv(tmp_path / "junk.csv", lines, encoding="utf-8")
    file = opened(path)
    numbers = {one.row for one in file}
    tally = file.tally
    assert tally.rows == tally.listed + tally.rejected + tally.duplicates == len(numbers)


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\x07", "\u2066", "\ufeff", "\u00ad", "\x00"])
def test_signs_that_nobody_sees_are_not_kept_in_names_and_are_told(tmp_path: Path, sign: str) -> None:
    row = {**RDV_INSERTION_ROW, "Nom": f"S{sign}OW", "Date du RDV": f"23/11/2026{sign}"}
    one = the_listed(write_csv(tmp_path / "l.csv", table(RDV_INSERTION, row)))
    assert (one.name, one.slot.day, one.unseen) == ("SOW Aïssata", 23, True)


@pytest.mark.parametrize("around", ["\ufeff{}", "\x1a{}", "{}\x00\x00"])
def test_marks_around_a_line_are_no_part_of_it(tmp_path: Path, around: str) -> None:
    heading, row = csv_text(table(RDV_INSERTION, RDV_INSERTION_ROW), ";").splitlines()
    path = tmp_path / "l.csv"
    path.write_text(f"{heading}\r\n{around.format(row)}\r\n", encoding="utf-8", newline="")
    one = the_listed(path)
    assert (one.name, one.unseen) == ("SOW Aïssata", False)


def test_a_name_of_signs_that_nobody_sees_is_no_name(tmp_path: Path) -> None:
    row = {**RDV_INSERTION_ROW, "Nom": "\u200b", "Prénom": "\u2066"}
    assert the_rejected(write_csv(tmp_path / "l.csv", table(RDV_INSERTION, row))).reason_code == "name_missing"


@pytest.mark.parametrize("size", [LONGEST_CELL + 1, 200_000, 1_000_000])
def test_a_cell_that_is_too_long_is_told_truly_and_the_rows_around_it_are_read(tmp_path: Path, size: int) -> None:
    rows = [RDV_INSERTION_ROW, {**RDV_INSERTION_ROW, "Nom": "S" * size}, {**RDV_INSERTION_ROW, "Nom": "KONÉ"}]
    first, wrong, last = outcomes(write_csv(tmp_path / "l.csv", table(RDV_INSERTION, *rows)))
    assert isinstance(wrong, RejectedRow)
    assert (wrong.row, wrong.reason_code) == (3, "cell_too_long")
    assert wrong.column in ("Nom", None)
    assert "trop longue" in wrong.reason
    assert any("S" * size in text for _heading, text in wrong.cells)
    assert isinstance(first, ListedAppointment)
    assert isinstance(last, ListedAppointment)


@pytest.mark.parametrize(
    ("text", "number", "kept"),
    [
        ("5912345678.0", "5912345678", None),
        ("5912345678,00", "5912345678", None),
        ("5,912345678E+09", "5912345678", "5,912345678E+09"),
        ("7,70503E+09", None, "7,70503E+09"),
        ("7.70503E9", None, "7.70503E9"),
        ("112345678", None, "112345678"),
    ],
)
@pytest.mark.parametrize("column", ["ID interne au département", "N° étranger"])
def test_a_number_that_a_spreadsheet_took_for_a_quantity_is_read_or_kept_as_written(
    tmp_path: Path, column: str, text: str, number: str | None, kept: str | None
) -> None:
    row = {**RDV_INSERTION_ROW, "ID interne au département": "", column: text}
    headings = [*RDV_INSERTION, *(["N° étranger"] if column == "N° étranger" else [])]
    one = the_listed(write_csv(tmp_path / "l.csv", table(headings, row)))
    assert (one.foreign_number, one.foreign_number_raw) == (number, kept)


def test_dates_and_hours_whose_format_was_lost_are_read(tmp_path: Path) -> None:
    typed = {"date rdv": 46349, "heure rdv": 550 / 1440, "date naissance": 22726}
    line = [typed.get(heading, PARTICIPATION.get(heading)) for heading in PARTICIPATIONS]
    one = the_listed(write_xls(tmp_path / "l.xls", [PARTICIPATIONS, line]))
    assert (one.slot.isoformat(), one.birth_date) == ("2026-11-23T09:10:00+01:00", "1962-03-21")
