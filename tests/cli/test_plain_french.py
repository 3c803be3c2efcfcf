"""What verbs say without --json: singular and plural, the French word of everything, and what was done."""

import re
from pathlib import Path

import pytest

from counter_app.central.figures import status as figures_of
from counter_app.cli.central_shapes import site_lines
from tests.central.live import Live
from tests.cli.cli import Door, Join
from tests.cli.test_permit_verbs import BA, HADDAD, LI, SOW, lot


def say(door: Door, *arguments: str | Path, hour: str = "09:10") -> str:
    """What people read, with the no-break spaces that it should have shown as plain ones."""
    said = door.bare("--home", door.home, *arguments, "--at", f"2026-11-23T{hour}")
    assert said.code in (0, 3), said
    return f"{said.out}{said.err}".replace("\u00a0", " ")


@pytest.fixture
def four(door: Door, tmp_path: Path) -> Door:
    """A desk with four permits."""
    assert door("permits", "receive", lot(tmp_path)).code == 0
    return door


def test_gestures_of_the_desk_say_what_they_did(loaded: Door) -> None:
    assert say(loaded, "instruct", "5912345678", "voir le chef").startswith("Consigne notée pour SOW Aïssata : voir le")
    assert say(loaded, "instruct", "5912345678", "").startswith("SOW Aïssata : plus aucune consigne.")
    assert "Numéro 5987654322 noté" in say(loaded, "confirm-number", "5987654321", "5987654322")
    assert "Arrivée à confirmer notée : TRAORÉ." in say(loaded, "provisional", "TRAORÉ")
    note = loaded("awaiting").json["awaiting"][0]["note"]
    assert f"TRAORÉ [{note}]" in say(loaded, "awaiting"), "what --confirmed takes"
    assert "Essai seulement" in say(loaded, "check-in", "5912345678", "--dry-run", hour="09:05")
    assert "Essai seulement" not in say(loaded, "check-in", "5912345678", hour="09:05")


def test_recent_gestures_are_told_in_words_with_what_undo_takes(loaded: Door) -> None:
    assert loaded.at("09:05", "check-in", "5912345678").code == 0
    assert loaded.at("09:06", "check-in", "5900000001").code == 3
    assert loaded.at("09:07", "orient", "recepisse_renewal").code == 0
    told, listed = say(loaded, "recent"), loaded.at("09:10", "recent").json["gestures"]
    assert "9 h 05 · arrivé · SOW Aïssata" in told
    assert all(f"[{one['act']}]" in told for one in listed)
    assert not re.search(r"[a-z]+_[a-z]+", told), told
    loaded.at("09:08", "undo")
    assert " · annulé [" in say(loaded, "recent")


def test_settings_are_told_with_what_each_is(door: Door) -> None:
    told = say(door, "settings", "--set", "hall_voice=oui")
    assert "hall_voice (numéros dits à voix haute) = oui" in told
    assert "theme (thème) = system (celui du système)" in told
    assert "True" not in told and "False" not in told
    assert "Lettre des tickets, d’après le nom du poste : C." in told
    renamed = say(door, "settings", "--set", "desk=Guichet 4")
    assert "Les prochains tickets ont la lettre D ; ceux déjà donnés gardent la lettre C." in renamed
    assert "Lettre des tickets" not in say(door, "settings", "--set", "ticket_letter=D")


def test_a_mail_password_is_said_to_be_kept_or_forgotten(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    assert door("settings", "--set", "mail_server=smtp.exemple.fr", "--set", "mail_user=a").code == 0
    monkeypatch.setenv("COUNTER_APP_SMTP_PASSWORD", "secret")
    assert say(door, "mail", "--password").startswith("Mot de passe gardé. Serveur : smtp.exemple.fr (chiffré")
    monkeypatch.setenv("COUNTER_APP_SMTP_PASSWORD", "")
    assert say(door, "mail", "--password").startswith("Mot de passe oublié")


def test_gestures_of_the_stock_say_what_they_did(four: Door) -> None:
    said = {
        ("shelve", LI, "B", "--rank", "3"): "LI Wei · 3L93J8829 : rangé",
        ("to-locate", LI): "à localiser.",
        ("found", LI): "trouvé, en main. Rangez-le.",
        ("found", SOW, "--tray", "C"): "rangé au bac C.",
        ("hold", BA, "contrôle"): "remise suspendue.",
        ("release", BA): "suspension levée.",
        ("faulty", HADDAD, "prénom"): "erreur signalée",
        ("to-send-back", HADDAD, "erreur"): "noté à renvoyer.",
        ("custody", BA, "--offer", "safe"): "proposé au coffre.",
        ("custody", "--into-safe"): "au coffre.",
    }
    for arguments, told in said.items():
        words = say(four, "permits", *arguments)
        assert told in words, (arguments, words)
        assert "safe" not in words


def test_every_verb_that_only_tries_says_that_nothing_is_written(four: Door, liste: Path, tmp_path: Path) -> None:
    tried = (
        ("import", liste),
        ("permits", "receive", lot(tmp_path)),
        ("permits", "summon"),
        ("hand-over", SOW),
        ("hand-over", "ZZ9999999"),
        ("check-in", "5912345678"),
        ("orient", "recepisse_renewal"),
    )
    assert [one for one in tried if "rien n’est écrit" not in say(four, *one, "--dry-run")] == []


def test_counts_are_in_the_singular_and_in_the_plural(four: Door, tmp_path: Path) -> None:
    assert "1 étiquette écrite dans" in say(four, "permits", "labels", SOW, "--out", tmp_path / "e.pdf")
    assert "2 étiquettes écrites dans" in say(four, "permits", "labels", SOW, BA, "--out", tmp_path / "e.pdf")
    assert "0 ligne, écrit" in say(four, "permits", "sign-sheet", "--day", "2026-11-22", "--out", tmp_path / "s.pdf")
    assert "Titres : 0 nouveau, 0 modifié, 4 inchangés. 1 ligne à corriger." in say(
        four, "permits", "receive", lot(tmp_path), "--dry-run"
    )
    assert "Export écrit : " in say(four, "export", "--out", tmp_path / "export")
    assert "lignes refaites à l’identique." in say(four, "rebuild")
    told = say(four, "permits", "count", "A", BA)
    assert "compté" in told and "Rien n’a été déplacé." in told
    assert "à localiser" in say(four, "permits", "count", "A", "--settle")


@pytest.mark.parametrize("line", ["permits ageing", "queue"])
def test_a_figure_and_its_unit_stay_on_one_line(four: Door, line: str) -> None:
    assert four.at("09:05", "let-in").code == 0
    said = four.bare("--home", four.home, *line.split(), "--at", "2026-11-23T09:10").out
    assert re.search("\\d\u00a0(j|min)", said)
    assert not re.search(r"\d (j|min)\b", said)


def test_an_answer_that_is_none_of_a_conflict_is_told_those_that_are_with_what_they_do(four: Door) -> None:
    four.at("09:30", "permits", "hold", BA, "contrôle")
    four.at("08:00", "permits", "release", BA)
    conflict = four("conflicts").json["conflicts"][0]["id"]
    told = say(four, "settle", conflict, "--keep", "danse", "--reason", "x", "--approved-by", "Mme Roux")
    assert "« danse » n’est pas une réponse à ce conflit" in told
    assert "supervisor (le conflit reste ouvert, au nom du responsable)" in told


def test_desks_of_a_central_are_named(service: Live, joined: Join) -> None:
    joined("Accueil", "A")
    (site,) = figures_of(service.engine)
    told = "\n".join(site_lines(site)).replace("\u00a0", " ")
    assert "1 poste," in told
    assert "  Accueil · lettre A · jamais vu · en attente : 0" in told
