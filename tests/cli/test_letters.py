"""Two desks of one site never give tickets of one letter without anybody knowing: by command, it is told what to do."""

from pathlib import Path

import pytest

from counter_app.domain.refusal import StoreRefused
from tests.cli.cli import Door, Join


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_home_just_made_tells_the_letter_of_its_tickets(door: Door, tmp_path: Path) -> None:
    said = door.bare("init", "--site", "nord", "--training", "--home", tmp_path / "b", "--desk", "Guichet 2")
    assert "Lettre de ses tickets : B." in plain(said.out)
    assert "settings --set ticket_letter=" in said.out


@pytest.mark.usefixtures("patient")
def test_a_letter_that_another_desk_has_is_told_by_each_verb_that_can_mend_it(joined: Join) -> None:
    joined("Accueil", "A"), joined("Remise", "C")
    two = joined("Poste", "B")
    assert two("sync", "--once").err == ""
    changed = two("settings", "--set", "ticket_letter=a")
    assert changed.code == 0
    told = "« Accueil » a aussi la lettre A : deux tickets porteraient le même numéro."
    assert told in plain(changed.err)
    assert "settings --set ticket_letter=B" in changed.err, "its own former letter is free again"
    assert told in plain(two("settings").err) and told in plain(two("sync", "--once").err)
    assert two("settings", "--set", "ticket_letter=D").err == ""


@pytest.mark.usefixtures("patient")
def test_a_letter_changed_since_a_desk_joined_is_told_to_the_others_at_its_next_exchange(joined: Join) -> None:
    one, two = joined("Accueil", "A"), joined("Remise", "B")
    assert two("settings", "--set", "ticket_letter=C").code == two("sync", "--once").code == 0
    assert one("sync", "--once").err == ""
    clash = one("settings", "--set", "ticket_letter=C")
    assert "« Remise » a aussi la lettre C : deux tickets porteraient le même numéro." in plain(clash.err)
    assert "ticket_letter=B" not in clash.err and "ticket_letter=A" in clash.err, "the first one that is free"
    with pytest.raises(StoreRefused) as refused:
        joined("Troisième", "C")
    assert "La lettre « C » est déjà celle du poste" in plain(refused.value.sentence)
    assert joined("Quatrième", "B")("sync", "--once").err == "", "the letter that was left is free"


def test_a_home_alone_hears_of_no_other_letter(loaded: Door) -> None:
    assert "lettre" not in loaded("settings", "--set", "ticket_letter=A").err


def test_a_letter_that_is_taken_at_enrolment_is_answered_with_one_that_is_free(joined: Join) -> None:
    joined("Accueil", "A"), joined("Autre", "B")
    with pytest.raises(StoreRefused) as refused:
        joined("Remise", "A")
    sentence = plain(refused.value.sentence)
    assert "La lettre « A » est déjà celle du poste « Accueil »" in sentence
    assert "La première lettre libre est C." in sentence
    assert "counter-app settings --set ticket_letter=" in sentence
    joined("Accueil 2", "C")


@pytest.mark.usefixtures("patient")
def test_a_name_changed_since_a_desk_joined_is_told_to_the_others_at_its_next_exchange(joined: Join) -> None:
    one, two = joined("Accueil", "A"), joined("Remise", "B")
    assert two("settings", "--set", "desk=Été 2").code == two("sync", "--once").code == 0
    assert one("sync", "--once").err == ""
    assert "« Été 2 » a aussi la lettre B" in plain(one("settings", "--set", "ticket_letter=B").err)
