"""Mappings chosen by a person: saved, read again, put over what is known of a source."""

from pathlib import Path

import pytest

from counter_app.imports.mapping import Mapping, effective_mapping, load_mapping, save_mapping, suggest_mapping
from counter_app.imports.refusals import UnreadableMapping
from counter_app.imports.sources import Source
from counter_app.imports.targets import Target
from tests.imports.lists import DOSSIERS, PARTICIPATION, PARTICIPATIONS, table, the_listed, write_csv

CHOSEN = Mapping(Source.demarches_simplifiees, {Target.slot: ("Votre créneau",), Target.name: ("Demandeur", "Usager")})


def test_a_saved_mapping_is_read_again_the_same(tmp_path: Path) -> None:
    save_mapping(tmp_path / "liste.toml", CHOSEN)
    assert load_mapping(tmp_path / "liste.toml") == CHOSEN


def test_a_suggested_mapping_can_be_saved(tmp_path: Path) -> None:
    for headings in (DOSSIERS, PARTICIPATIONS, ["Nom", "Date"]):
        save_mapping(tmp_path / "liste.toml", suggest_mapping(headings))
        assert load_mapping(tmp_path / "liste.toml") == suggest_mapping(headings)


def test_a_mapping_written_by_hand_may_be_short(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text('[columns]\nname = "Quidam"\nday = ["Quand"]\n', encoding="utf-8-sig")
    assert load_mapping(tmp_path / "m.toml").columns == {Target.name: ("Quidam",), Target.day: ("Quand",)}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "[columns]"),
        ("[columns]", "[columns]"),
        ("columns = 3", "[columns]"),
        ("[columns", "TOML"),
        ('[columns]\nnom = "Nom"', "«\u00a0nom\u00a0»"),
        ("[columns]\nname = 3", "«\u00a0name\u00a0»"),
        ('[columns]\nname = ["a", 3]', "«\u00a0name\u00a0»"),
        ('[columns]\nname = " "', "«\u00a0name\u00a0»"),
        ('source = "excel"\n[columns]\nname = "Nom"', "«\u00a0excel\u00a0»"),
        ('source = 3\n[columns]\nname = "Nom"', "«\u00a03\u00a0»"),
    ],
)
def test_a_bad_mapping_says_in_french_what_to_correct(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "liste.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableMapping) as refused:
        load_mapping(tmp_path / "liste.toml")
    assert named in refused.value.sentence
    assert "liste.toml" in refused.value.sentence


def test_a_missing_or_binary_mapping_says_so(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe\x00")
    for name in ("absent.toml", "b.toml"):
        with pytest.raises(UnreadableMapping):
            load_mapping(tmp_path / name)


def test_a_person_may_point_to_another_column_of_a_known_export(tmp_path: Path) -> None:
    row = {**PARTICIPATION, "contexte": "5911111111", "Numéro": "5922222222"}
    path = write_csv(tmp_path / "liste.csv", table([*PARTICIPATIONS, "Numéro"], row))
    chosen = Mapping(columns={Target.foreign_number: ("Numéro",)})
    listed = the_listed(path, chosen)
    assert listed.foreign_number == "5922222222"
    assert listed.source_key == "700001|sow aissata"


def test_a_target_left_without_column_is_not_read(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "liste.csv", table(PARTICIPATIONS, PARTICIPATION))
    listed = the_listed(path, Mapping(columns={Target.context: (), Target.desk: ()}))
    assert (listed.foreign_number, listed.desk) == (None, None)


def test_an_unknown_list_is_read_as_a_person_says_and_not_otherwise(tmp_path: Path) -> None:
    lines = [["Quidam", "Quand", "Horloge", "Motif"], ["SOW Awa", "23/11/2026", "9h10", "x"]]
    chosen = Mapping(columns={Target.name: ("QUIDAM :",), Target.day: ("Quand",), Target.hour: ("horloge",)})
    listed = the_listed(write_csv(tmp_path / "liste.csv", lines), chosen)
    assert (listed.name, f"{listed.slot:%d %H:%M}", listed.purpose) == ("SOW Awa", "23 09:10", "")


def test_a_mapping_of_another_source_is_taken_as_it_is() -> None:
    assert effective_mapping(PARTICIPATIONS, CHOSEN) is CHOSEN


def test_of_two_columns_with_the_same_heading_one_can_be_chosen(tmp_path: Path) -> None:
    lines = [["Nom", "Date", "Heure", "Date"], ["SOW", "01/01/2026", "9h10", "23/11/2026"]]
    path = write_csv(tmp_path / "liste.csv", lines)
    chosen = {Target.name: ("Nom",), Target.hour: ("Heure",)}
    assert the_listed(path, Mapping(columns={**chosen, Target.day: ("Date",)})).slot.month == 1
    assert the_listed(path, Mapping(columns={**chosen, Target.day: ("Date (2)",)})).slot.month == 11
