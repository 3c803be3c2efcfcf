"""Imports by the second door: taken back, told when they stopped, doubted when many people are gone."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from counter_app.usecases.import_list import import_list
from tests.cli.cli import Door
from tests.cli.test_contract import check, keys_of, section
from tests.homes import Clock, Lists, moment, opened, person
from tests.imports.lists import PARTICIPATIONS, RDV_INSERTION, write_csv


class _Killed(BaseException):
    """The power fails."""


def dies(_done: int, _total: int) -> None:
    raise _Killed


def test_an_import_is_taken_back_and_the_arrival_of_meanwhile_is_told(loaded: Door) -> None:
    assert loaded.at("09:05", "check-in", "5912345678").code == 0
    said = loaded.at("09:06", "undo", "--import")
    assert (said.code, said.json["done"], said.json["withdrawn"]) == (0, True, 3)
    assert [one["name"] for one in said.json["kept"]] == ["SOW Aïssata"]
    told = loaded.at("09:07", "convocations", "--day", "2026-11-23").json["convocations"]
    assert [(one["name"], one["status"]) for one in told] == [("SOW Aïssata", "checked_in")]
    assert loaded.at("09:08", "undo", "--import").code == 3


def test_an_import_is_taken_back_by_its_line_of_the_last_gestures(loaded: Door) -> None:
    (line,) = loaded.at("08:05", "recent").json["gestures"]
    said = loaded.at("08:06", "undo", "--act", line["act"])
    assert (said.code, said.json["kind"], said.json["withdrawn"]) == (0, "list_imported", 3)


def test_an_import_older_than_a_day_is_not_taken_back(loaded: Door) -> None:
    said = loaded("undo", "--import", "--at", "2026-11-25T09:00")
    assert (said.code, said.json["reason"]) == (3, "too_old")


def test_an_act_and_the_last_import_are_not_taken_back_by_one_command(loaded: Door) -> None:
    assert loaded.at("09:05", "check-in", "5912345678").code == 0
    arrival = loaded.at("09:05", "recent").json["gestures"][0]["act"]
    said = loaded.bare("--home", loaded.home, "undo", "--act", arrival, "--import", "--at", "2026-11-23T09:06")
    assert (said.code, said.out) == (2, "")
    assert "--import" in said.err
    assert "ne va pas avec" in said.err
    assert loaded.at("09:07", "undo", "--act", arrival).json["kind"] == "checked_in"


def test_an_import_that_stopped_is_told_by_the_list_of_the_day_until_it_is_resumed(
    home: Path, door: Door, lists: Lists
) -> None:
    path = lists.participations(person("SOW Aïssata"), person("DIALLO Mariama", "5987654321"))
    with closing(opened(home, Clock(moment("8:00")))) as office, pytest.raises(_Killed):
        import_list(office.desk, path, progress=dies)
    said = door.at("08:10", "convocations", "--day", "2026-11-23")
    (stopped,) = said.json["unended"]
    check(keys_of(section("unended", shape=True)), stopped, "unended")
    assert (stopped["file"], stopped["undoing"]) == (path.name, False)
    words = door.bare("--home", home, "convocations", "--day", "2026-11-23", "--at", "2026-11-23T08:10")
    assert "reprenez-le" in words.out
    resumed = door.at("08:11", "import", path).json
    assert (resumed["resumed"], resumed["unended"]) == (True, [])
    assert door.at("08:12", "convocations", "--day", "2026-11-23").json["unended"] == []


def test_many_people_gone_are_doubted_before_and_after(loaded: Door, lists: Lists) -> None:
    path = lists.participations(person("AUTRE Liste", "5900000009", rdv_id="9"))
    later = moment("8:30").timestamp()
    os.utime(path, (later, later))
    for more in (["--dry-run"], []):
        said = loaded.at("08:40", "import", path, *more)
        assert (said.json["many_absent"], said.json["absent"]) == (True, 3)
        assert "3 personnes ne sont plus sur la liste" in said.json["told"][0]


def test_a_list_of_headings_alone_is_told_to_hold_no_row(door: Door, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "vide.csv", [RDV_INSERTION])
    for said in (door("import", path, "--dry-run"), door("import", path)):
        assert (said.code, said.json["rows"]) == (0, 0)
        (told,) = said.json["told"]
        assert "aucune ligne" in told


def test_an_older_list_is_taken_as_the_newest_only_when_asked(door: Door, lists: Lists) -> None:
    first = lists.participations(person("SOW Aïssata"))
    assert door.at("08:00", "import", first).json["added"] == 1
    assert door.at("08:05", "import", lists.participations(person("SOW Aïssata", hour="10h30"))).json["changed"] == 1
    assert door.at("08:10", "import", first).json["superseded"]
    assert "--as-newest" in door.bare("--home", door.home, "import", first, "--at", "2026-11-23T08:11").out
    assert door.at("08:12", "import", first, "--as-newest").json["changed"] == 1


def test_a_damaged_workbook_is_a_no_whatever_its_name_and_a_device_is_told(door: Door, tmp_path: Path) -> None:
    for name, start in (("a.xlsx", b"PK\x03\x04"), ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        path = tmp_path / name
        path.write_bytes(start + b"rien" * 400)
        said = door.at("08:00", "import", path)
        assert (said.code, said.json["error"]) == (3, "damaged")
    said = door.at("08:00", "import", Path("/dev/zero"))
    assert (said.code, said.json["error"]) == (2, "not_a_file")


def test_a_row_closed_without_saying_why_stays_open(loaded: Door) -> None:
    (row,) = loaded.at("08:05", "rows").json["rows"]
    said = loaded.at("08:06", "repair", row["id"], "--set-down", " ")
    assert (said.code, said.json["set_down"]) == (3, False)
    assert loaded.at("08:07", "rows").json["rows"] == [row]


def test_a_row_that_stands_twice_is_told_once_and_truly(door: Door, lists: Lists) -> None:
    sow = person("SOW Aïssata", rdv_id="1")
    twice = lists.participations(sow, sow, person("BA Awa", "5900000002", hour="25h", rdv_id="4"))
    said = door.bare("--home", door.home, "import", twice, "--at", "2026-11-23T08:00").out.replace("\u00a0", " ")
    assert "1 ligne à corriger" in said
    assert "rien à corriger" not in said
    assert "Ligne 3 : elle répète une autre ligne, et n’est comptée qu’une fois." in said


def test_a_line_of_headings_among_the_rows_says_what_to_do_with_it(door: Door, lists: Lists) -> None:
    repeated = {heading: heading for heading in PARTICIPATIONS}
    path = lists.participations(person("SOW Aïssata", rdv_id="1"), repeated)
    (problem,) = door("import", path, "--at", "2026-11-23T08:00").json["rejected"]
    assert problem["reason_code"] == "heading_repeated"
    assert "rien à corriger" not in problem["reason"] and "sans suite" in problem["reason"]
