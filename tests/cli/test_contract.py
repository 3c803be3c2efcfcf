"""docs/cli.md is the contract: every verb, every option, and exactly the keys that are printed."""

import argparse
import re
from pathlib import Path
from typing import Any

import pytest

from counter_app.cli.parser import _parser
from counter_app.domain.verdict import FAMILY
from tests.cli.cli import Door, Said
from tests.homes import Lists, person

DOC = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
SHAPES = DOC[DOC.index("## Shapes") :]
_ROW = re.compile(r"^\| `(\w+)` \| (.*) \|$", re.MULTILINE)
_LINK = re.compile(r"\[\w+\]\(#(\w+)\)")
_SAME = re.compile(r"[Tt]he keys of (?:\[(\w+)\]|`([\w -]+)`)")


def section(name: str, *, shape: bool = False) -> str:
    """The text of a verb, or of a shape when both have the name."""
    found = re.search(rf"^### `?{name}`?\n(.*?)(?=^##|\Z)", SHAPES if shape else DOC, flags=re.MULTILINE | re.DOTALL)
    assert found, f"docs/cli.md has no {name}"
    return found[1]


def keys_of(text: str) -> dict[str, str]:
    """Documented keys, each with the text of its value; those of another section when the text says so."""
    same = _SAME.search(text)
    inherited = keys_of(section(same[1] or same[2], shape=bool(same[1]))) if same else {}
    return {**inherited, **dict(_ROW.findall(text))}


def check(documented: dict[str, str], said: dict[str, Any], where: str) -> None:
    """Exactly the documented keys, down to the shapes inside."""
    assert set(said) == set(documented), where
    for key, text in documented.items():
        link = _LINK.search(text)
        inside = said[key] if isinstance(said[key], list) else [said[key]]
        for one in inside:
            if link and isinstance(one, dict):
                check(keys_of(section(link[1], shape=True)), one, f"{where}.{key}")


def verbs() -> dict[str, argparse.ArgumentParser]:
    """Every verb by its words: `check-in`, `permits receive`."""
    return _verbs_of(_parser(), "")


def _verbs_of(parser: argparse.ArgumentParser, before: str) -> dict[str, argparse.ArgumentParser]:
    found: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        for name, verb in action.choices.items() if isinstance(action, argparse._SubParsersAction) else ():
            found |= {f"{before}{name}": verb, **_verbs_of(verb, f"{before}{name} ")}
    return found


def test_every_verb_is_documented_and_no_other() -> None:
    documented = set(re.findall(r"^### `([\w -]+)`$", DOC, flags=re.MULTILINE))
    assert documented == set(verbs())


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_every_option_and_argument_of_a_verb_is_documented(verb: str) -> None:
    text = section(verb)
    for action in verbs()[verb]._actions:
        names = action.option_strings or [str(action.metavar)]
        if set(names) & {"--home", "--json", "--at", "--help"}:
            continue
        assert any(name in text for name in names), (verb, names)


def test_every_family_of_verdicts_is_documented() -> None:
    assert all(f"`{family.value}`" in section("check-in") for family in set(FAMILY.values()))


@pytest.fixture
def morning(loaded: Door, tmp_path: Path) -> dict[str, list[Said]]:
    """Every verb, run on a training morning, as often as its answers differ."""
    row = loaded("rows").json["rows"][0]["id"]
    said = {
        "settings": [loaded("settings"), loaded("settings", "--set", "volume=40")],
        "mail": [loaded("mail")],
        "check-in": [
            loaded.at("09:05", "check-in", "5912345678"),
            loaded.at("09:06", "check-in", "5912345678"),
            loaded.at("09:06", "check-in", "5987654321", "--dry-run"),
            loaded.at("09:06", "check-in", "5900000001"),
            loaded.at("09:06", "check-in", "5911111111"),
            loaded.at("20:06", "check-in", "5987654321"),
        ],
        "number": [loaded("number", "5912345678"), loaded("number", "208006503"), loaded("number", "?")],
        "confirm-number": [loaded("confirm-number", "5987654321", "5987654322")],
        "search": [loaded.at("09:00", "search", "sow"), loaded("search", "personne")],
        "identity-differs": [loaded("identity-differs", "5912345678"), loaded("identity-differs", "5911111111")],
        "number-of-relative": [loaded("number-of-relative", "5912345678")],
        "instruct": [loaded("instruct", "5912345678", "voir M. Durand"), loaded("instruct", "5912345678", "")],
        "provisional": [loaded("provisional", "TRAORÉ", "--code", "X")],
        "awaiting": [loaded("awaiting")],
        "orient": [
            loaded.at("09:00", "orient", "première demande vie privée et familiale", "--cannot-online"),
            loaded.at("09:00", "orient", "recepisse_renewal", "--expiry", "2026-12-01", "--dry-run"),
            loaded.at("09:00", "orient", "perdu, je ne sais quoi"),
            loaded.at("09:00", "orient", "--search", "carte"),
            loaded.at("09:00", "orient", "--list"),
        ],
        "remind": [loaded.at("07:40", "remind", "5987654322", "--out", tmp_path / "rappel.pdf")],
        "recent": [loaded("recent")],
        "rows": [loaded("rows")],
        "repair": [
            loaded("repair", row, "--set", "heure rdv=26h"),
            loaded("repair", row, "--set", "heure rdv=9h40"),
        ],
        "convocations": [loaded("convocations", "--day", "2026-11-23"), loaded("convocations", "--day", "1/1/2027")],
        "receipt": [
            loaded("receipt", "T-59-C-261123-001", "--out", tmp_path / "ticket.pdf"),
            loaded("receipt", "T-59-C-261123-001", "--out", tmp_path / "ticket.pdf"),
        ],
        "proof": [loaded("proof", "5912345678", "--out", tmp_path / "attestation.pdf")],
        "undo": [loaded.at("09:30", "undo"), loaded.at("09:30", "undo"), loaded.at("09:30", "undo")],
        "let-in": [
            loaded.at("09:31", "let-in", "recepisse_renewal", "--priority", "elderly"),
            loaded.at("09:31", "let-in"),
        ],
        "queue": [loaded.at("09:32", "queue"), loaded.at("09:32", "queue", "--service", "accueil")],
        "call-next": [
            loaded.at("09:32", "call-next"),
            loaded.at("09:32", "call-next", "--call", "C 003"),
            loaded.at("09:32", "call-next"),
        ],
        "visit": [
            loaded.at("09:33", "visit", "c2", "present"),
            loaded.at("09:33", "visit", "C 003", "absent"),
            loaded.at("09:34", "visit", "C 002", "finish", "--outcome", "rescheduled"),
            loaded.at("09:34", "visit", "C 003", "park"),
        ],
        "close-day": [
            loaded.at("18:00", "close-day", "--out", tmp_path / "bilan", "--remarks", "Fermeture à midi"),
            loaded.at("18:00", "close-day", "--out", tmp_path / "bilan"),
        ],
        "report": [loaded.at("18:00", "report", "--from", "2026-11-23", "--to", "2026-11-24")],
        "stamps": [loaded("stamps"), loaded("stamps", "--case", "LATE", "--day", "2026-05-01")],
        "verify": [loaded("verify")],
        "rebuild": [loaded("rebuild")],
        "export": [loaded("export", "--out", tmp_path / "export")],
        "backup": [loaded("backup")],
        "recover": [loaded("recover")],
    }
    wrong_clock = loaded("conflicts").json["conflicts"][0]["id"]
    why = ("--reason", "horloge réglée", "--approved-by", "Mme Roux")
    said["settle"] = [loaded("settle", wrong_clock, "--keep", keep, *why) for keep in ("supervisor", "both", "both")]
    said["conflicts"] = [loaded("conflicts"), loaded("conflicts", "--all")]
    said["init"] = [loaded.bare("init", "--site", "nord", "--training", "--home", tmp_path / "autre", "--json")]
    return said


CODES = {
    "settings": [0, 0],
    "check-in": [0, 3, 0, 3, 3, 3],
    "number": [0, 0, 3],
    "search": [0, 0],
    "call-next": [0, 0, 3],
    "visit": [0, 3, 0, 0],
    "identity-differs": [3, 3],
    "orient": [0, 0, 3, 0, 0],
    "number-of-relative": [3],
    "instruct": [0, 0],
    "repair": [3, 0],
    "convocations": [0, 0],
    "receipt": [0, 0],
    "settle": [0, 0, 3],
    "stamps": [0, 3],
    "undo": [0, 0, 3],
}


def test_each_verb_prints_exactly_the_keys_documented_and_exits_as_it_says(
    morning: dict[str, list[Said]], lists: Lists, loaded: Door
) -> None:
    again = lists.participations(
        person("SOW Aïssata", rdv_id="1", statut="Annulé"), person("X", hour="25h", rdv_id="9")
    )
    morning["import"] = [loaded("import", again, "--dry-run"), loaded("import", again)]
    assert set(morning) == {
        verb for verb in verbs() if not verb.startswith(("permits", "hand", "central", "enrol", "demo", "sync"))
    }
    for verb, answers in morning.items():
        assert [said.code for said in answers] == CODES.get(verb, [0] * len(answers)), (verb, answers)
        for said in answers:
            refused = verb == "settle" and said.code
            check(keys_of(section("refusal", shape=True) if refused else section(verb)), said.json, verb)


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (("receipt", "T-59-C-261123-099", "--out", "/tmp/x.pdf"), 3, "unknown_receipt"),
        (("proof", "5912345678", "--out", "/tmp/x.pdf"), 3, "not_checked_in"),
        (("confirm-number", "5912345678", "208006503"), 3, "not_confirmed"),
        (("confirm-number", "5912345678", "12AB34567"), 3, "not_confirmed"),
        (("repair", "x", "--set", "a=b"), 3, "unknown_row"),
        (("import", "/absent.xls"), 2, "no_file"),
        (("import", "/"), 2, "folder"),
        (("check-in", " "), 2, "nothing_read"),
        (("provisional", " "), 2, "nothing_read"),
        (("settings", "--set", "theme=rose"), 2, "bad_setting"),
        (("settings", "--set", "couleur=rose"), 2, "bad_setting"),
        (("settings", "--set", f"ticket_printer={'a' * 2001}"), 2, "bad_setting"),
        (("convocations", "--out", "/proc/absent/x.pdf"), 2, "out_not_writable"),
        (("export", "--out", "/proc/absent"), 2, "out_not_writable"),
        (("remind", "5912345678", "--out", "/"), 2, "out_not_writable"),
        (("settle", "0" * 32, "--keep", "both"), 3, "unknown_item"),
        (("init", "--site", "nord"), 2, "home_exists"),
        (("sync", "--once"), 3, "not_enrolled"),
    ],
)
def test_a_refusal_is_a_word_and_a_french_sentence(
    loaded: Door, arguments: tuple[str, ...], code: int, error: str
) -> None:
    said = loaded(*arguments)
    assert (said.code, said.json["error"]) == (code, error)
    check(keys_of(section("refusal", shape=True)), said.json, error)
    assert said.json["message"].rstrip().endswith((".", "!", "?", ")")), said.json["message"]
