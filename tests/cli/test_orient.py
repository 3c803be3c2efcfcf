"""The second door of people without an appointment."""

from pathlib import Path

import pytest

from counter_app.domain.verdict import Verdict
from tests.cli.cli import Door
from tests.documents.reading import words


@pytest.mark.parametrize(
    ("motive", "verdict"),
    [
        ("Renouvellement de récépissé", "recepisse_online"),
        ("renouvellement d'APS", "aps_online"),
        ("anef_certificate_renewal", "anef_certificate_online"),
        ("etudiant etranger", "anef_online"),
        ("CHANGEMENT DE STATUT", "by_post"),
        ("missed_handover", "by_email"),
        ("première demande d’asile (GUDA)", "asylum_spada_first"),
        ("carte grise", "ants_online"),
    ],
)
def test_a_motive_by_its_word_or_its_name_gets_its_verdict(door: Door, motive: str, verdict: str) -> None:
    said = door.at("09:00", "orient", motive, "--dry-run")
    assert (said.code, said.json["verdict"]) == (0, verdict)
    assert Verdict(verdict)
    assert said.json["recorded"] is False
    assert door("recent").json["gestures"] == []


def test_a_channel_that_no_verdict_names_is_said_in_words(door: Door) -> None:
    said = door.at("09:00", "orient", "permit_ready")
    assert (said.json["verdict"], said.json["channel"]) == (None, "sms_convocation")
    assert said.json["title"]
    assert said.json["recorded"] is True


def test_the_document_held_answers_alone(door: Door) -> None:
    assert door.at("09:00", "orient", "--held", "aps", "--dry-run").json["motive"] == "aps_renewal"


def test_the_expiry_date_says_when_to_act(door: Door) -> None:
    said = door.at("09:00", "orient", "recepisse_renewal", "--expiry", "31/3/2027", "--dry-run").json
    assert (said["timing"], said["act_from"], said["act_until"]) == ("early", "2027-02-28", "2027-03-31")


def test_the_slip_is_written_in_the_language_asked_for(door: Door, tmp_path: Path) -> None:
    out = tmp_path / "fiche.pdf"
    said = door.at("09:00", "orient", "recepisse_renewal", "--language", "uk", "--cannot-online", "--out", out)
    assert said.code == 0
    assert said.json["slip"]["number"] == "F-59-C-261123-001"
    assert said.json["slip"]["copies"] == 1
    assert "R.431-2" in said.json["digital_help"]
    told = words(out.read_bytes())
    assert "Цей документ не є рішенням" in told
    assert "R.431-2" in told


def test_the_slip_is_printed_again_by_its_code_and_taken_back(door: Door, tmp_path: Path) -> None:
    code = door.at("09:00", "orient", "other").json["slip"]["code"]
    assert door.at("09:01", "receipt", code, "--out", tmp_path / "fiche.pdf").json["copies"] == 1
    assert door.at("09:02", "undo").json["kind"] == "oriented"
    again = door.at("09:03", "receipt", code, "--out", tmp_path / "fiche.pdf").json
    assert (again["undone"], again["duplicate"]) == (True, True)


@pytest.mark.parametrize("motive", ["blabla", "🙂", "carte", "'; DROP TABLE act", "x" * 5000, "\u202eécépissé"])
def test_a_demand_that_is_not_understood_still_gets_a_contact(door: Door, motive: str) -> None:
    said = door.at("09:00", "orient", motive)
    assert said.code == 3
    assert (said.json["channel"], said.json["recorded"]) == ("supervisor", False)
    assert said.json["phone"]


def test_a_text_finds_motives_and_all_of_them_can_be_listed(door: Door) -> None:
    assert door.at("09:00", "orient", "--search", "récép").json["motives"][0]["motive"] == "recepisse_renewal"
    every = door.at("09:00", "orient", "--list").json["motives"]
    assert len(every) > 50
    assert all(one["channel"] for one in every)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((), "nothing_read"),
        (("  ",), "nothing_read"),
        (("other", "--language", "zz"), "unknown_language"),
        (("other", "--out", "/proc/absent/x.pdf"), "out_not_writable"),
    ],
)
def test_wrong_use_is_told_and_nothing_is_recorded(door: Door, arguments: tuple[str, ...], error: str) -> None:
    said = door.at("09:00", "orient", *arguments)
    assert (said.code, said.json["error"]) == (2, error)
    assert door("recent").json["gestures"] == []


def test_the_clock_is_the_one_of_the_desk(door: Door) -> None:
    said = door("orient", "resident_card_renewal", "--dry-run", "--at", "2024-01-10T09:00").json
    assert said["verdict"] == "by_post"
