"""The day's figures by verbs: what a period cannot be."""

from pathlib import Path

import pytest

from tests.cli.cli import Door


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-11-24", "2026-11-20", "les jours sont inversés"),
        ("2026-01-01", "2027-06-01", "400 jours au plus"),
        ("0001-01-01", "0001-01-31", "0001-01-01 est trop loin"),
        ("1999-12-31", "2000-01-31", "entre 2000 et 2100"),
        ("9999-12-01", "9999-12-31", "9999-12-01 est trop loin"),
    ],
)
def test_a_period_that_cannot_be_is_wrong_use_and_says_why(door: Door, first: str, last: str, said: str) -> None:
    told = door("report", "--from", first, "--to", last)
    assert (told.code, told.json["error"]) == (2, "bad_period")
    assert said in told.json["message"]


@pytest.mark.parametrize(("first", "last"), [("0001-01-01", "0001-01-31"), ("9999-12-01", "9999-12-31")])
def test_no_period_is_compared_with_one_that_no_calendar_of_the_app_has(door: Door, first: str, last: str) -> None:
    told = door("report", "--from", first, "--to", last, "--compare", "previous")
    assert (told.code, told.json["error"]) == (2, "bad_period")
    told = door("report", "--from", "2000-01-01", "--to", "2000-01-31", "--compare", "previous")
    assert (told.code, told.json["error"]) == (2, "bad_period")
    assert "1999-12-01 est trop loin" in told.json["message"]


@pytest.mark.parametrize(
    ("day", "code", "error", "said"),
    [
        ("0001-01-01", 2, "bad_day", "entre 2000 et 2100"),
        ("9999-12-31", 2, "bad_day", "entre 2000 et 2100"),
        ("2020-01-01", 3, "before_first_day", "rien à clore avant le 23/11/2026"),
        ("2026-11-24", 3, "day_to_come", "pas encore venu"),
    ],
)
def test_a_day_that_nobody_can_close_is_not_signed(
    loaded: Door, tmp_path: Path, day: str, code: int, error: str, said: str
) -> None:
    out = tmp_path / "bilan"
    told = loaded.at("18:00", "close-day", "--day", day, "--out", out)
    assert (told.code, told.json["error"]) == (code, error)
    assert said in told.json["message"].replace("\xa0", " ")
    assert not out.exists()


def test_remarks_are_signed_whole_or_not_at_all(loaded: Door, tmp_path: Path) -> None:
    told = loaded.at("18:00", "close-day", "--out", tmp_path, "--remarks", "a" * 2001)
    assert (told.code, told.json["error"]) == (2, "long_remarks")
    assert "2000 au plus" in told.json["message"]
    told = loaded.at("18:00", "close-day", "--out", tmp_path, "--remarks", "a" * 2000)
    assert (told.code, told.json["version"]) == (0, 1)


def test_a_report_tells_the_period_and_each_day_and_writes_its_papers(loaded: Door, tmp_path: Path) -> None:
    loaded.at("09:05", "check-in", "5912345678")
    out = tmp_path / "bilan"
    told = loaded.at("10:00", "report", "--from", "2026-11-23", "--to", "2026-11-29", "--out", out)
    assert told.code == 0
    assert (told.json["from"], told.json["to"]) == ("2026-11-23", "2026-11-29")
    assert told.json["balance"]["convened"] == sum(day["balance"]["convened"] for day in told.json["days"]) == 3
    assert told.json["comparison"] is None
    assert sorted(Path(name).name for name in told.json["files"]) == [
        "annexe-2026-11-23_2026-11-29.pdf",
        *(f"bilan-2026-11-23_2026-11-29.{kind}" for kind in ("csv", "json", "pdf", "xlsx")),
    ]
    assert all(Path(name).stat().st_size for name in told.json["files"])


def test_a_report_in_the_terminal_tells_the_whole_period_then_its_days_then_where_its_files_are(
    loaded: Door, tmp_path: Path
) -> None:
    days = ("--from", "2026-11-23", "--to", "2026-11-29")
    at, out = ("--home", loaded.home, "--at", "2026-11-23T10:00"), tmp_path / "bilan"
    lines = (
        loaded.bare(*at, "report", *days, "--compare", "previous", "--out", out).out.replace("\u00a0", " ").splitlines()
    )
    assert lines[0].startswith("Du 23/11/2026 au 29/11/2026 : Convoqués 3 = reçus 0")
    assert lines[1].startswith("  23/11 : Convoqués 3 = ")
    assert lines[-2:] == [
        "Rien à comparer : personne n’est noté ici du 16/11/2026 au 22/11/2026.",
        f"Fichiers écrits dans « {out} » : 5.",
    ]
    lines = (
        loaded.bare(*at, "report", "--from", "2026-10-01", "--to", "2026-10-02").out.replace("\u00a0", " ").splitlines()
    )
    assert lines == ["Du 01/10/2026 au 02/10/2026 : personne n’est noté ici."]


def test_a_report_beside_a_period_without_anybody_compares_nothing_and_says_so(loaded: Door) -> None:
    told = loaded.at("10:00", "report", "--from", "2026-11-23", "--to", "2026-11-29", "--compare", "previous")
    comparison = told.json["comparison"]
    assert (comparison["from"], comparison["to"]) == ("2026-11-16", "2026-11-22")
    assert (comparison["nothing"], comparison["differences"]) == ("before", [])


def test_a_report_beside_another_period_tells_each_difference(loaded: Door) -> None:
    days = ("--from", "2026-11-23", "--to", "2026-11-29")
    told = loaded.at("10:00", "report", *days, "--compare-from", "2026-11-23", "--compare-to", "2026-11-23")
    convened = next(one for one in told.json["comparison"]["differences"] if one["figure"] == "balance.convened")
    assert (convened["before"], convened["after"], convened["change"]) == ("3", "3", "0")


@pytest.mark.parametrize(
    ("more", "code", "error"),
    [
        (("--compare-from", "2026-11-16"), 2, "bad_period"),
        (("--compare", "previous", "--compare-from", "2026-11-16", "--compare-to", "2026-11-17"), 2, "bad_period"),
        (("--compare-from", "2026-11-17", "--compare-to", "2026-11-16"), 2, "bad_period"),
        (("--service", "caisse"), 3, "unknown_service"),
        (("--desk", "Guichet 99"), 3, "unknown_desk"),
    ],
)
def test_a_report_of_what_is_not_there_says_why(loaded: Door, more: tuple[str, ...], code: int, error: str) -> None:
    told = loaded.at("10:00", "report", "--from", "2026-11-23", "--to", "2026-11-29", *more)
    assert (told.code, told.json["error"]) == (code, error)


def test_a_report_of_one_service_tells_nothing_of_what_belongs_to_none(loaded: Door) -> None:
    told = loaded.at("10:00", "report", "--from", "2026-11-23", "--to", "2026-11-23", "--service", "accueil")
    assert (told.json["handover"], told.json["stopped"], told.json["reprints"]) == (None, None, None)


def test_the_close_of_a_day_writes_its_annex_and_its_workbook_too(loaded: Door, tmp_path: Path) -> None:
    told = loaded.at("18:00", "close-day", "--out", tmp_path / "bilan")
    names = {Path(name).name for name in told.json["files"]}
    assert names >= {"annexe-2026-11-23-v1.pdf", "bilan-2026-11-23-v1.xlsx", "bilan-2026-11-23-v1.pdf"}


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_signed(loaded: Door, tmp_path: Path) -> None:
    file = tmp_path / "fichier"
    file.write_text("une note", encoding="utf-8")
    told = loaded.at("17:30", "close-day", "--out", file)
    assert (told.code, told.json["error"]) == (2, "out_not_writable")
    assert loaded.at("17:31", "close-day", "--out", tmp_path / "bilan").json["new"], "nothing was signed before"


def _told(door: Door, hour: str, out: Path, *more: str) -> str:
    """What `close-day` says to people."""
    said = door.bare("--home", door.home, "close-day", "--out", out, "--at", f"2026-11-23T{hour}", *more)
    assert said.code == 0
    return said.out.replace("\xa0", " ").replace("\u202f", " ")


def test_the_close_of_a_day_says_its_version_what_changed_and_when_nothing_was_signed(
    loaded: Door, tmp_path: Path
) -> None:
    out = tmp_path / "bilan"
    loaded.at("09:05", "check-in", "5912345678")
    first = _told(loaded, "10:00", out)
    assert "Bilan du lundi 23 novembre 2026 signé : version 1, lundi 23 novembre 2026 à 10 h, " in first
    assert "Convoqués 3 = reçus 0" in first
    assert "Non clôturés : 1, nommés un par un dans l’annexe et dans la liste (CSV)." in first
    assert "Ce qui a changé" not in first
    same = _told(loaded, "10:05", out)
    assert "Rien n’a été signé : aucun chiffre du lundi 23 novembre 2026 n’a changé depuis la version 1." in same
    assert "Elle vaut toujours ; elle a été signée lundi 23 novembre 2026 à 10 h" in same
    loaded.at("10:10", "call-next")
    loaded.at("10:11", "visit", "C 001", "left")
    second = _told(loaded, "10:15", out)
    assert "version 2, lundi 23 novembre 2026 à 10 h 15" in second
    assert "Ce qui a changé depuis la version précédente :" in second
    assert "  Partis sans être reçus : 0 puis 1" in second
    assert f"Fichiers écrits dans « {out} » : " in second
    noted = _told(loaded, "10:20", out, "--remarks", "Fermeture à midi")
    assert "Aucun chiffre n’a changé depuis la version précédente." in noted


def test_half_hours_of_nobody_are_no_change_of_a_figure(loaded: Door, tmp_path: Path) -> None:
    loaded.at("09:05", "check-in", "5912345678")
    loaded.at("09:10", "close-day", "--out", tmp_path)
    loaded.at("11:40", "let-in")
    changed = loaded.at("11:45", "close-day", "--out", tmp_path).json["changed"]
    assert [one["figure"] for one in changed if one["figure"].startswith("arrivals")] == ["arrivals.11:30"]
    assert [one for one in changed if {one["before"], one["after"]} <= {None, 0}] == []
    assert [one for one in changed if one["figure"].endswith(".name")] == []


def test_a_list_of_open_cases_bears_its_version_and_goes_once_it_is_untrue(loaded: Door, tmp_path: Path) -> None:
    out = tmp_path / "bilan"
    loaded.at("09:05", "check-in", "5912345678")
    loaded.at("10:00", "close-day", "--out", out)
    (out / "non-clotures-2026-11-23.csv").write_text("de la version d’avant", encoding="utf-8")
    (out / "non-clotures-2026-11-23-notes.csv").write_text("à l’agent", encoding="utf-8")
    loaded.at("10:10", "call-next")
    loaded.at("10:11", "visit", "C 001", "left")
    told = loaded.at("10:15", "close-day", "--out", out)
    assert (told.json["version"], [one["version"] for one in told.json["changed_since"]]) == (2, [1])
    left = sorted(one.name for one in out.glob("non-clotures-*"))
    mine = ["non-clotures-2026-11-23-v2.csv"] if told.json["open_cases"] else []
    assert left == sorted(["non-clotures-2026-11-23-notes.csv", *mine])
