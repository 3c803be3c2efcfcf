"""Nothing personal lies in clear in a home, and what cannot be read is not kept at all."""

import logging
from pathlib import Path

import pytest

from counter_app.log import note_breakage
from counter_app.store.tables import act
from counter_app.usecases.check_in import check_in, note_provisional_arrival
from counter_app.usecases.find import search
from counter_app.usecases.receipts import print_receipt
from counter_app.usecases.repair_row import open_rows
from tests.homes import AtDesk, person

SECRETS = ("Aïssata", "AISSATA", "aissata", "DIALLO", "Mariama", "5912345678", "5987654321", "59650", "1962-03-21")
STRAY = "https://exemple.fr/secret?jeton=9f8e7d Mme TRAORÉ"


@pytest.fixture
def morning(here: AtDesk) -> AtDesk:
    """A list with a row to repair, arrivals, refused and stray scans, searches, papers; the file still open."""
    here.expects(person("SOW Aïssata"), person("DIALLO Mariama", "5987654321", heure_rdv="25h"))
    here.clock.at("9:05")
    here.scan()
    here.scan()
    here.scan(STRAY)
    here.scan("5900000001")
    search(here.desk, "Mariama DIALLO")
    paper = print_receipt(here.desk, "T-59-C-261123-001")
    assert paper is not None
    note_provisional_arrival(here.desk, STRAY, "TRAORÉ")
    return here


def files(here: AtDesk) -> list[Path]:
    return [path for path in here.office.home.path.rglob("*") if path.is_file()]


def test_no_file_of_an_open_home_holds_a_name_or_a_number_in_clear(morning: AtDesk) -> None:
    assert open_rows(morning.desk)
    names = {path.name for path in files(morning)}
    assert {"guichet.db", "guichet.db-wal", "settings.toml", "guichet.log", "home.json"} <= names
    for path in files(morning):
        raw = path.read_bytes()
        for secret in SECRETS:
            for spelt in (secret.encode(), secret.encode("utf-16-le"), secret.encode("latin-1")):
                assert spelt not in raw, (path.name, secret)


def test_files_of_a_home_are_for_this_account_alone(morning: AtDesk) -> None:
    home = morning.office.home
    assert home.path.stat().st_mode & 0o777 == 0o700
    for folder in (home.backups, home.logs):
        assert folder.stat().st_mode & 0o077 == 0, folder.name
    assert (home.path / "key.json").stat().st_mode & 0o777 == 0o600


def test_a_stray_scan_is_kept_only_as_a_digest_that_cannot_be_guessed(morning: AtDesk) -> None:
    check_in(morning.desk, STRAY)
    with morning.desk.looking() as connection:
        rows = connection.execute(act.select().where(act.c.kind == "scan_unknown")).all()
    told = [row.details for row in rows]
    assert not any("jeton" in details or "exemple" in details for details in told)
    digests = [details for details in told if '"digest":"' in details]
    assert len(digests) == 2
    assert len(set(digests)) == 2, "the same scan twice must not be told apart nor put together"
    assert '"number":"5900000001"' in "".join(told)


def test_a_breakage_keeps_where_and_never_what(morning: AtDesk, caplog: pytest.LogCaptureFixture) -> None:
    def breaks(name: str) -> None:
        raise ValueError(f"cannot do this to {name} 5912345678")

    try:
        breaks("Aïssata SOW")
    except ValueError as broken:
        note_breakage("a verb broke for « Aïssata » 5912345678", broken)
    for handler in logging.getLogger("guichet").handlers:
        handler.flush()
    log = (morning.office.home.logs / "guichet.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "breaks" in log
    assert not any(secret in log for secret in SECRETS)
    assert "cannot do this" not in log


def test_nothing_is_logged_before_a_home_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("guichet")
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
        handler.close()
    note_breakage("broken", ValueError("DIALLO"))
    assert capsys.readouterr() == ("", "")
