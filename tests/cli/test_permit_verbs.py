"""The stock through the second door: every gesture to its contract, every refusal a word and a French sentence."""

from pathlib import Path

import pytest

from tests.cli.cli import Door, Said
from tests.cli.test_contract import check, keys_of, section, verbs
from tests.homes import Lists
from tests.imports.lists import write_csv
from tests.imports.permit_lists import permit, permits_table

SOW, BA, LI, HADDAD = "F5V9RY2WJ", "4YC73SY7N", "3L93J8829", "D2K5TWAV0"

CODES = {
    "permits receive": [0, 0],
    "permits shelve": [0, 3, 3],
    "permits hold": [0, 3],
    "permits release": [0, 3],
    "permits back": [0, 3],
    "permits destroy": [3, 0],
    "permits custody": [0, 0, 3, 0],
    "permits repair": [3, 0],
    "permits undo": [0, 3, 3, 0, 3],
}


def lot(folder: Path) -> Path:
    """Four permits, and a row without its card number."""
    rows = (
        permit(SOW),
        permit(BA, "BA Awa", "5900000002", bac="A"),
        permit(LI, "LI Wei", "5900000003", bac="", rang=""),
        permit(HADDAD, "HADDAD Mariam", "5900000004"),
        permit(""),
    )
    return write_csv(folder / "titres.csv", permits_table(*rows))


def stock_morning(door: Door, folder: Path) -> dict[str, list[Said]]:
    """The answers of each gesture, by verb."""
    path = lot(folder)
    return {
        "permits receive": [door("permits", "receive", path, "--dry-run"), door("permits", "receive", path)],
        "permits shelve": [
            door("permits", "shelve", LI, "B", "--rank", "3"),
            door("permits", "shelve", LI, "B"),
            door("permits", "shelve", "X00000000", "B"),
        ],
        "permits move": [door("permits", "move", LI, "C")],
        "permits to-locate": [door("permits", "to-locate", BA)],
        "permits found": [door("permits", "found", BA, "--tray", "A")],
        "permits hold": [door("permits", "hold", BA, "contrôle"), door("permits", "hold", "PGRBBBBBBBBC", "contrôle")],
        "permits release": [door("permits", "release", BA), door("permits", "release", BA)],
        "permits faulty": [door("permits", "faulty", HADDAD, "prénom")],
        "permits to-send-back": [door("permits", "to-send-back", HADDAD, "erreur")],
        "permits send-back": [door("permits", "send-back", HADDAD, "--reason", "erreur", "--to", "Fabricant")],
        "permits post": [door("permits", "post", LI, "--tracking", "1A 234")],
        "permits back": [door("permits", "back", LI, "npai"), door("permits", "back", BA, "npai")],
        "permits destroy": [
            door("permits", "destroy", LI, HADDAD, "--reason", "périmé"),
            door("permits", "destroy", LI, "--reason", "périmé"),
        ],
        "permits count": [door("permits", "count", "D", BA, HADDAD, "PGRBBBBBBBBC")],
        "permits custody": [
            door("permits", "custody"),
            door("permits", "custody", SOW, "--offer", "safe"),
            door("permits", "custody", BA, SOW, "--take"),
            door("permits", "custody", "--into-safe"),
        ],
        "permits rows": [door("permits", "rows")],
        "permits repair": [
            door("permits", "repair", _row_of(door)),
            door("permits", "repair", _row_of(door), "--set", "numéro de titre=CARD00009"),
        ],
        "permits undo": [
            door("permits", "undo", BA),
            door("permits", "undo", LI, "--reason", "erreur"),
            door("permits", "undo", _slip_of(door, LI)),
            door("permits", "undo", _slip_of(door, LI), "--reason", "carte encore là"),
            door("permits", "undo", "X00000000"),
        ],
        "permits lots": [door("permits", "lots")],
        "permits list": [door("permits", "list"), door("permits", "list", "--state", "disputed")],
        "permits ageing": [door("permits", "ageing"), door("permits", "ageing", "--days", "2")],
    }


def _row_of(door: Door) -> str:
    """The one row that gave no permit."""
    (row,) = door("permits", "rows").json["rows"]
    return str(row["id"])


def _slip_of(door: Door, card: str) -> str:
    """Number of the bordereau under which a permit left."""
    listed = door("permits", "list").json["permits"]
    return str(next(one["bordereau"] for one in listed if one["card_number"] == card))


def test_each_gesture_of_the_stock_prints_exactly_the_keys_documented(door: Door, tmp_path: Path) -> None:
    morning = stock_morning(door, tmp_path)
    of_summons = {"permits summon", "permits missed", "permits phone", "permits move-slot", "permits told"}
    of_papers = {"permits bordereau", "permits transfer", "permits sign-sheet", "permits labels", "permits tray-labels"}
    assert {*morning, "permits"} == {verb for verb in verbs() if verb.startswith("permits")} - of_summons - of_papers
    for verb, answers in morning.items():
        assert [said.code for said in answers] == CODES.get(verb, [0] * len(answers)), (verb, answers)
        for said in answers:
            check(keys_of(section(verb)), said.json, verb)


def test_a_lot_received_tells_what_each_row_became(door: Door, tmp_path: Path) -> None:
    said = door("permits", "receive", lot(tmp_path)).json
    assert (said["added"], said["changed"], said["unchanged"]) == (4, 0, 0)
    assert [(one["row"], one["value"]) for one in said["rejected"]] == [(6, "")]
    again = door("permits", "receive", lot(tmp_path)).json
    assert (again["added"], again["unchanged"]) == (0, 4)


def test_a_card_that_had_left_and_comes_again_is_told(door: Door, tmp_path: Path) -> None:
    door("permits", "receive", lot(tmp_path))
    assert door("permits", "post", SOW, "--tracking", "1A 234").code == 0
    file = lot(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"IN-2611-1", b"IN-2611-9"))
    assert "Déjà sortis du stock" in door.bare("--home", door.home, "permits", "receive", file, "--dry-run").out
    (told,) = door("permits", "receive", file).json["returned"]
    assert (told["card_number"], told["state"]) == (SOW, "posted")


def test_one_card_is_received_from_the_command_line(door: Door) -> None:
    said = door("permits", "receive", "--card", SOW, "--name", "SOW Aïssata", "--number", "5912345678", "--tray", "a")
    check(keys_of(section("on_permit", shape=True)), said.json, "receive --card")
    assert (said.json["permit"]["tray"], said.json["permit"]["custody"]) == ("A", "Guichet 3")


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (("permits", "receive"), 2, "no_file"),
        (("permits", "receive", "/absent.csv"), 2, "no_file"),
        (("permits", "receive", "/"), 2, "folder"),
        (("permits", "receive", "--card", "?", "--name", "SOW A."), 2, "card_missing"),
        (("permits", "receive", "--card", "F5V9RY2WJ"), 2, "name_missing"),
        (("permits", "shelve", " ", "A"), 2, "nothing_read"),
        (("permits", "shelve", "F5V9RY2WJ", " "), 2, "tray_missing"),
        (("permits", "hold", "F5V9RY2WJ", " "), 2, "reason_missing"),
        (("permits", "faulty", "F5V9RY2WJ", " "), 2, "field_missing"),
        (("permits", "destroy", "F5V9RY2WJ", "--reason", " "), 2, "reason_missing"),
        (("permits", "count", " "), 2, "tray_missing"),
        (("permits", "custody", "F5V9RY2WJ"), 2, "no_gesture"),
        (("permits", "custody", "F5V9RY2WJ", "--override", "carte en main"), 2, "approval_missing"),
        (("permits", "custody", "--take"), 3, "nothing_offered"),
        (("permits", "shelve", "3L93J8829", "B" * 3000), 2, "tray_too_long"),
        (("permits", "shelve", "3L93J8829", "B", "--rank=-4"), 2, "rank_unreadable"),
        (("permits", "move", "3L93J8829", "B", "--rank", "abc"), 2, "rank_unreadable"),
        (("permits", "found", "3L93J8829", "--tray", "B", "--rank", "9" * 23), 2, "rank_unreadable"),
        (("permits", "count", "B" * 41, "3L93J8829", "--settle"), 2, "tray_too_long"),
    ],
)
def test_a_refusal_of_the_stock_is_a_word_and_a_french_sentence(
    door: Door, tmp_path: Path, arguments: tuple[str, ...], code: int, error: str
) -> None:
    door("permits", "receive", lot(tmp_path))
    said = door(*arguments)
    assert (said.code, said.json["error"]) == (code, error)
    check(keys_of(section("refusal", shape=True)), said.json, error)
    assert said.json["message"].endswith((".", ")"))


def test_a_lot_of_headings_alone_is_told_to_hold_no_row(door: Door, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "vide.csv", [[*permit()]])
    for said in (door("permits", "receive", path, "--dry-run"), door("permits", "receive", path)):
        assert (said.code, said.json["rows"]) == (0, 0)
        (told,) = said.json["told"]
        assert "aucune ligne" in told


def test_a_telephone_that_is_none_is_told_and_its_permit_received(door: Door, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "titres.csv", permits_table(permit(SOW, téléphone="abc")))
    said = door("permits", "receive", path)
    assert (said.code, said.json["added"], said.json["rejected"]) == (0, 1, [])
    (note,), (told,) = said.json["notes"], said.json["told"]
    assert (note["column"], note["value"], note["reason_code"]) == ("téléphone", "abc", "phone_unreadable")
    assert "abc" in told
    assert "abc" in door.bare("--home", door.home, "permits", "receive", path).out


def test_a_row_that_cannot_be_is_repaired_like_the_others(door: Door, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "titres.csv", permits_table(permit(SOW, rang="-3")))
    (problem,) = door("permits", "receive", path).json["rejected"]
    assert (problem["value"], problem["reason_code"]) == ("-3", "rank_unreadable")
    (row,) = door("permits", "rows").json["rows"]
    assert door("permits", "repair", row["id"], "--set", "rang=1,5").code == 3
    assert door("permits", "repair", row["id"], "--set", "rang=3").code == 0


def test_a_list_of_appointments_is_told_where_it_goes(door: Door, lists: Lists) -> None:
    said = door("permits", "receive", lists.participations({}))
    assert (said.code, said.json["error"]) == (3, "not_permits")
    assert "import" in said.json["message"]
    assert door("permits", "list").json == {"permits": []}


def test_every_gesture_says_something_to_people_too(door: Door, tmp_path: Path) -> None:
    home = ("--home", door.home, "permits")
    assert "Titres : 4 nouveaux" in plain(door.bare(*home, "receive", lot(tmp_path)).out)
    assert "ligne 6" in door.bare(*home, "receive", lot(tmp_path)).out
    assert "bac D" in door.bare(*home, "list").out
    assert "manque" in door.bare(*home, "count", "D", BA, "PGRBBBBBBBBC").out
    assert "Bordereau BP-59-C-26-0001 : 1 titre." in plain(door.bare(*home, "post", LI, "--tracking", "1A").out)
    assert "n’est plus dans le stock" in door.bare(*home, "shelve", LI, "A").out
    assert "ne va pas avec" in door.bare(*home, "custody", SOW, "--offer", "Guichet 4", "--take").err
    assert "n’attend ce poste" in door.bare(*home, "custody").out


def test_a_gesture_of_the_stock_is_undone_and_named(door: Door, tmp_path: Path) -> None:
    door.at("09:00", "permits", "receive", lot(tmp_path))
    act = door.at("09:01", "permits", "shelve", SOW, "B").json["act"]
    said = door.bare("--home", door.home, "undo", "--act", act, "--at", "2026-11-23T09:02")
    assert (said.code, "titre rangé, SOW Aïssata" in said.out) == (0, True)
    assert door("permits", "list").json["permits"][-1]["tray"] != "B"


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_row_of_a_lot_is_repaired_or_set_down_and_wrong_words_are_told(door: Door, tmp_path: Path) -> None:
    door("permits", "receive", lot(tmp_path))
    row = _row_of(door)
    assert door("permits", "repair", "nulle").json["error"] == "unknown_row"
    assert door("permits", "repair", row, "--set", "couleur=rose").json["error"] == "wrong_corrections"
    assert door("permits", "repair", row, "--set-down", "ligne de total").json["set_down"] is True
    assert door("permits", "rows").json["rows"] == []
    assert door("permits", "lots").json["files"][0]["rejected"] == []
    assert door("permits", "repair", row, "--set", "numéro de titre=CARD00009").json["error"] == "unknown_row"
