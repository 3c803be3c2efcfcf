"""Bad input at the second door: French sentences, exit codes, JSON alone, never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from counter_app.domain.french import typeset
from tests.cli.cli import COMMAND, Door, installed
from tests.cli.test_contract import verbs
from tests.homes import Lists, person


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check-in"], "il manque CODE|NUMÉRO"),
        (["frobnicate"], "choix inconnu"),
        (["init"], "il manque --site"),
        (["check-in", "x", "--anyway", "a" * 100_000], "500 au plus"),
        (["instruct", "x", "a" * 501], "500 au plus"),
        (["settle", "x", "--keep", "both", "--reason", "a" * 501], "500 au plus"),
        (["undo", "--anyway", "a" * 501], "501 signes, 1 de trop : 500 au plus"),
        (["permits", "receive", "--card", "X", "--name", "Y", "--number", "5" * 501], "500 au plus"),
        (["visit", "A001", "transfer", "--to", "a" * 501], "500 au plus"),
        (["verify", "--home", "a" * 100_000], "« aaaaaaaaaaaaaaaaaaaaaaaa… » ne peut pas être le nom"),
        (["search", "x", "--limit", "0"], "n’est pas un nombre entier de 1 à 9999"),
        (["search", "x", "--limit", "²"], "n’est pas un nombre entier"),
        (["search", "x", "--limit", "9" * 5000], "n’est pas un nombre entier"),
        (["convocations", "--day", "31/02/2026"], "n’est pas une date : écrivez 2026-11-23"),
        (["convocations", "--day", "1/1/" + "9" * 30], "n’est pas une date"),
        (["check-in", "x", "--at", "demain"], "n’est pas un instant : écrivez 2026-11-23T09:10"),
        (["check-in", "x", "--at", "9999-01-01"], "est trop loin"),
        (["check-in", "x", "--dry"], "mot en trop ou option inconnue\u00a0: --dry"),
        (["check-in", "A", "B"], "mot en trop ou option inconnue\u00a0: B"),
        (["search", "x", "--limit", "abc"], "--limit\u00a0: «\u00a0abc\u00a0»"),
        (["number", "5912345678", "--postcode", "abc"], "code postal"),
        (["check-in", "x", "--json=oui"], "n’attend pas de valeur"),
        (["repair", "x", "--set", "sans égal"], "écrivez COLONNE=VALEUR"),
        (["verify", "--home", ""], "ne peut pas être le nom"),
        (["import", "a\0b"], "ne peut pas être le nom"),
        (["import", "\ud800"], "ne peut pas être le nom"),
        (["identity-differs", "x", "--document", "carte"], "choix inconnu « carte » : écrivez passport (passeport)"),
        (["settings", "--set", "noegal"], "écrivez NOM=VALEUR"),
        (["settle", "", "--keep", "both"], "ID : il manque sa valeur"),
        (["enrol", "X", "--url", "https://c", "--code", "Y"], "Voir : counter-app enrol --help"),
        (["check-in", "x", "--dry"], "Voir : counter-app check-in --help"),
        (["central", "status", "--store", "x", "--sites"], "Voir : counter-app central status --help"),
        (["receipt", "x"], "il manque --out"),
        (["undo", "--act", ""], "--act : il manque sa valeur"),
        (["undo", "--act", " \t", "--anyway", "erreur", "--approved-by", "Mme Leroy"], "--act : il manque sa valeur"),
        (["handover-undo", "x", "--act", ""], "--act : il manque sa valeur"),
        (["handover-settle", "x", "--keep", ""], "--keep : il manque sa valeur"),
    ],
)
def test_wrong_use_is_told_in_french_on_standard_error_alone(door: Door, arguments: list[str], words: str) -> None:
    said = door.bare(*arguments, "--json") if arguments[-1] != "--json=oui" else door.bare(*arguments)
    assert (said.code, said.out) == (2, "")
    assert typeset(words) in said.err
    assert said.err.startswith(typeset("Commande à corriger : "))
    assert typeset("Voir : counter-app") in said.err


def test_an_act_that_this_desk_does_not_know_is_told_so_and_takes_back_nobody_s(loaded: Door) -> None:
    assert loaded.at("09:05", "check-in", "5912345678").code == 0
    agreed = ("--anyway", "mauvaise personne", "--approved-by", "Mme Leroy")
    for more in ((), agreed):
        said = loaded.at("09:10", "undo", "--act", "xyz", *more)
        assert (said.code, said.json["done"], said.json["reason"], said.json["act"]) == (3, False, "unknown_act", None)
    told = loaded.bare("--home", loaded.home, "undo", "--act", "xyz", "--at", "2026-11-23T09:10", *agreed)
    assert "Acte inconnu de ce poste" in told.out + told.err
    assert not any(one["undone"] for one in loaded.at("09:11", "recent").json["gestures"])


def test_gestures_and_people_of_another_day_are_told_with_their_day(loaded: Door) -> None:
    assert loaded.at("09:05", "check-in", "5912345678").code == 0
    for at, arrived, slot in (
        ("2026-11-23T09:10", "9 h 05 ", "9 h "),
        ("2026-11-24T08:00", "9 h 05 le 23/11 ", "le 23/11"),
    ):
        told = loaded.bare("--home", loaded.home, "recent", "--at", at).out.replace("\xa0", " ")
        assert told.startswith(f"{arrived}· arrivé · SOW Aïssata [")
        found = loaded.bare("--home", loaded.home, "search", "SOW", "--at", at).out.replace("\xa0", " ")
        assert slot in found.partition(" · ")[0] + " "


def test_help_is_in_french_for_every_verb(door: Door) -> None:
    for verb in ("", *verbs()):
        said = door.bare(*verb.split(), "--help")
        assert said.code == 0
        assert said.out.startswith("usage : counter-app")
        for english in ("options:", "positional", "show this help", "usage:"):
            assert english not in said.out, verb


@pytest.mark.parametrize("place", ["before", "after", "around"])
def test_options_of_every_verb_stand_before_or_after_it(loaded: Door, place: str) -> None:
    ours = ["--home", str(loaded.home), "--json", "--at", "2026-11-23T09:05"]
    verb = ["check-in", "5912345678", "--dry-run"]
    arguments = {"before": [*ours, *verb], "after": [*verb, *ours], "around": [*ours[:2], *verb, *ours[2:]]}[place]
    said = loaded.bare(*arguments)
    assert said.code == 0
    assert said.json["verdict"] == "admitted"


def test_the_home_is_named_by_an_option_or_by_the_environment_the_option_first(
    loaded: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTER_APP_HOME", str(loaded.home))
    assert loaded.bare("verify", "--json").code == 0
    said = loaded.bare("verify", "--json", "--home", tmp_path / "ailleurs")
    assert (said.code, said.json["error"]) == (2, "no_home")
    assert "counter-app --home" in said.json["message"]
    monkeypatch.setenv("COUNTER_APP_HOME", "~personne-de-ce-nom/poste")
    assert loaded.bare("verify", "--json").json["error"] == "no_home"


def test_sentences_for_people_go_to_standard_error_and_json_stays_alone(home: Path, door: Door) -> None:
    (home / "settings.toml").write_text('theme = "rose"\n', encoding="utf-8")
    said = door("recent")
    assert said.json == {"gestures": []}
    assert typeset("Réglage « theme »") in said.err


def test_what_a_list_holds_cannot_command_the_terminal(door: Door, lists: Lists) -> None:
    door.at("08:00", "import", lists.participations(person("SOW \x1b[31mAïssata\x07")))
    said = door.bare("--home", door.home, "convocations", "--day", "2026-11-23")
    assert "\x1b" not in said.out
    assert "\x07" not in said.out


texts = st.text(st.characters(codec=None), max_size=12)
options = ("--json", "--dry-run", "--out", "--set", "--home", "--at", "--limit", "--")
plausible = st.sampled_from([*options, "5912345678", "2026-11-23", "a=b", "-1", ""])
WORDS = sorted({word for verb in verbs() for word in verb.split()})
arguments = st.lists(st.one_of(st.sampled_from(WORDS), plausible, texts), max_size=6)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arguments)
@example(["check-in", "\ud800"])
@example(["search", "\udcff\udcfe"])
@example(["number", "1" * 10_000])
@example(["search", "a " * 3000])
@example(["undo", "--act", "\x00"])
@example(["convocations", "--day", "0001-01-01"])
@example(["convocations", "--day", "9999-12-31"])
@example(["import", "x" * 300])
@example(["export", "--out", "x" * 300])
@example(["permits", "list", "--state", "perdu"])
@example(["permits", "receive", "x" * 300])
@example(["permits", "hold", "\ud800", "\x00"])
@example(["permits", "custody", "1", "--offer", "a", "--take"])
@example(["settings", "--set", "volume=" + "9" * 5000])
def test_no_arguments_whatever_break_the_door(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    if not any(verb in arguments for verb in verbs() if " " not in verb):
        return
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COUNTER_APP_HOME", str(door.home))
    said = door.bare(*arguments)
    assert said.code in (0, 2, 3), (arguments, said)
    if "--json" in arguments and said.out and "--help" not in arguments:
        assert isinstance(json.loads(said.out), dict) or said.code == 2


def test_the_installed_command_answers_json_alone_in_utf8_whatever_the_locale(loaded: Door) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
    said = installed("--home", loaded.home, "convocations", "--day", "2026-11-23", "--json", env=environment)
    assert said.code == 0
    assert said.err == ""
    assert [one["name"] for one in said.json["convocations"]] == ["SOW Aïssata", "DIALLO Mariama", "KONÉ Ali"]


def test_the_installed_command_says_exit_codes(loaded: Door, tmp_path: Path) -> None:
    home = ("--home", str(loaded.home))
    assert installed(*home, "check-in", "5912345678", "--at", "2026-11-23T09:05").code == 0
    assert installed(*home, "check-in", "5912345678", "--at", "2026-11-23T09:05").code == 3
    assert installed(*home, "check-in").code == 2
    (loaded.home / "guichet.db").write_bytes(b"Bonjour")
    said = installed(*home, "verify", "--json")
    assert (said.code, said.json["error"], said.err) == (1, "damaged", "")


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"\xc3\x28", "é".encode("latin-1")])
def test_bytes_that_are_no_text_are_answered_like_any_stray_scan(loaded: Door, raw: bytes) -> None:
    said = subprocess.run(
        [COMMAND, "--home", str(loaded.home), "check-in", raw, "--at", "2026-11-23T09:05"], capture_output=True
    )
    assert said.returncode == 3
    assert said.stderr == b""


def test_a_reader_that_leaves_is_no_breakage(loaded: Door) -> None:
    arguments = [COMMAND, "--home", str(loaded.home), "convocations", "--day", "2026-11-23", "--json"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_breakage_shows_no_traceback_and_exits_one(loaded: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    from counter_app.usecases import audit

    def breaks(_desk: object) -> None:
        raise ZeroDivisionError("DIALLO Mariama")

    monkeypatch.setattr(audit, "verify", breaks)
    said = loaded("verify")
    assert (said.code, said.json["error"]) == (1, "breakage")
    assert "ZeroDivisionError" in said.json["message"]
    assert "DIALLO" not in said.json["message"]
    log = (loaded.home / "journaux" / "guichet.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert "DIALLO" not in log


def test_a_copy_is_counted_only_when_its_paper_can_be_written(loaded: Door, tmp_path: Path) -> None:
    loaded.at("09:05", "check-in", "5912345678")
    assert loaded("receipt", "T-59-C-261123-001", "--out", tmp_path).json["error"] == "out_not_writable"
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    assert loaded("receipt", "T-59-C-261123-001", "--out", tmp_path / "fichier" / "x.pdf").code == 2
    said = loaded("receipt", "T-59-C-261123-001", "--out", tmp_path / "neuf" / "x.pdf")
    assert (said.json["copy"], said.json["duplicate"]) == (1, False)
    assert (tmp_path / "neuf" / "x.pdf").read_bytes().startswith(b"%PDF")


def test_two_commands_at_once_on_one_home_both_answer(loaded: Door) -> None:
    arguments = [COMMAND, "--home", str(loaded.home), "--json", "--at", "2026-11-23T09:05", "check-in"]
    both = [subprocess.Popen([*arguments, code], stdout=subprocess.PIPE) for code in ("5912345678", "5987654321")]
    said = [json.loads(process.communicate()[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(one["receipt"]["ticket"] for one in said) == ["C 001", "C 002"]


def test_this_python_runs_the_command_as_a_module(loaded: Door) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "counter_app", "--home", str(loaded.home), "rows", "--json"], capture_output=True
    )
    assert len(json.loads(said.stdout)["rows"]) == 1


@pytest.mark.parametrize("name", ["A" * 5000, "M. \x1b[31mDurand", "M. \u202eDurand"])
def test_a_name_too_long_or_with_signs_nobody_sees_is_not_taken(door: Door, name: str, tmp_path: Path) -> None:
    for arguments in (
        ("settings", "--set", f"agent={name}"),
        ("provisional", name),
        ("init", "--site", "nord", "--agent", name),
    ):
        said = door(*arguments) if arguments[0] != "init" else door.bare("--home", tmp_path / "x", *arguments)
        assert said.code == 2
    assert not (tmp_path / "x").exists()
    assert door("settings").json["settings"]["agent"] == "A. Petit"


STOPPED = """
import sys
wanted = sys.argv[1]
class Stops:
    def find_spec(self, name, *_rest):
        if name == wanted:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stops())
from counter_app.__main__ import main
sys.argv = ["counter-app", "verify"]
main()
"""


@pytest.mark.parametrize("reading", ["counter_app.cli", "counter_app.cli.parser"])
def test_ctrl_c_while_the_verbs_are_still_being_read_says_nothing(reading: str) -> None:
    done = subprocess.run([sys.executable, "-c", STOPPED, reading], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
