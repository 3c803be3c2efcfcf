"""What is taken out of a home: the journal whole, the convocations harmless, readable by other means."""

import csv
import json
from pathlib import Path

from counter_app.domain.acts import LINKED, digest_of_details, digest_of_link
from counter_app.usecases.audit import COLUMNS, export, rebuild, verify
from tests.homes import AtDesk, person


def test_an_exported_journal_verifies_by_other_means(here: AtDesk, tmp_path: Path) -> None:
    here.expects(person("SOW Aïssata"), person("DIALLO Mariama", "5987654321"))
    here.clock.at("9:05")
    here.scan(here.code("SOW"))
    done = export(here.desk, tmp_path / "sortie")
    lines = (tmp_path / "sortie" / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    acts = [json.loads(line) for line in lines]
    assert len(acts) == done.acts == verify(here.desk).acts
    prev = "0" * 64
    for act in acts:
        details = json.dumps(act["details"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert digest_of_details(act["salt"], details) == act["details_digest"]
        assert digest_of_link(act[name] for name in LINKED) == act["digest"]
        assert act["prev"] == prev
        prev = act["digest"]


def test_exported_convocations_open_in_a_spreadsheet_and_command_nothing(here: AtDesk, tmp_path: Path) -> None:
    here.expects(person("SOW Aïssata", motif="=HYPERLINK(1)"), person("@DIALLO", "5987654321", hour="09h20"))
    here.clock.at("9:05")
    here.scan(here.code("SOW"))
    done = export(here.desk, tmp_path)
    raw = (tmp_path / "convocations.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert done.convocations == len(rows) == 2
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["purpose"] == "'=HYPERLINK(1)"
    assert rows[0]["arrived_at"] == "2026-11-23T09:05:00+01:00"
    assert rows[1]["name"] == "'@DIALLO"
    assert rows[1]["status"] == "expected"


def test_exported_files_are_for_this_account_alone(here: AtDesk, tmp_path: Path) -> None:
    here.expects()
    for path in export(here.desk, tmp_path / "sortie").files:
        assert path.stat().st_mode & 0o077 == 0
    assert (tmp_path / "sortie").stat().st_mode & 0o077 == 0


def test_erased_details_are_exported_as_nothing(here: AtDesk, tmp_path: Path) -> None:
    here.expects()
    with here.desk.store.writing() as connection:
        connection.exec_driver_sql("UPDATE act SET details = NULL, salt = NULL WHERE subject_type = 'convocation'")
    rebuild(here.desk)
    done = export(here.desk, tmp_path)
    assert done.convocations == 0
    assert '"details": null' in (tmp_path / "journal.jsonl").read_text(encoding="utf-8")
