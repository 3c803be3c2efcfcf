"""What an option takes is told with its French word, never as an internal word alone: in refusals and in help."""

import argparse
import re
from collections.abc import Iterator

import pytest

from counter_app.cli.choices import OneOf
from tests.cli.cli import Door
from tests.cli.test_contract import verbs


def options_with_choices() -> Iterator[tuple[str, argparse.Action]]:
    for verb, parser in verbs().items():
        for action in parser._actions:
            if action.choices is not None and not isinstance(action, argparse._SubParsersAction):
                yield verb, action


def test_every_value_that_an_option_takes_has_its_french_word() -> None:
    found = list(options_with_choices())
    assert found
    for verb, action in found:
        assert isinstance(action.choices, OneOf), (verb, action.option_strings)
        assert re.fullmatch(r"\w+ \(.+\)(, \w+ \(.+\))*", action.choices.told()), (verb, action.choices.told())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("let-in", "--priority", "x"), "pregnant (femme enceinte), disabled (personne handicapée)"),
        (("visit", "A001", "finish", "--outcome", "x"), "received (reçu), rescheduled (reporté)"),
        (("visit", "A001", "x"), "recall (rappeler la personne), present (présent au guichet)"),
        (("permits", "list", "--state", "x"), "to_locate (à localiser)"),
        (("permits", "told", "x", "--by", "x"), "letter (courrier), phone (téléphone)"),
        (("orient", "--held", "x"), "anef_certificate (attestation de l’ANEF)"),
        (("hand-over", "x", "--signature", "x"), "paper (signé sur papier)"),
        (("hand-over", "x", "--collector", "x"), "holder (titulaire)"),
        (("hand-over", "x", "--identity-result", "x"), "match (c’est la même personne)"),
        (("hand-over", "x", "--old-document", "x"), "surrendered (rendu), ou missing: (non rendu)"),
        (("report", "--from", "2026-11-01", "--to", "2026-11-02", "--compare", "x"), "previous (période d’avant)"),
        (("permits", "labels", "--out", "x.pdf", "--paper", "x"), "80mm (rouleau)"),
    ],
)
def test_a_value_that_cannot_be_is_answered_with_those_that_can_and_their_words(
    door: Door, arguments: tuple[str, ...], told: str
) -> None:
    said = door.bare("--home", door.home, *arguments)
    assert (said.code, said.out) == (2, "")
    assert told in said.err.replace("\u00a0", " ")


def test_help_tells_the_word_of_each_value(door: Door) -> None:
    said = " ".join(door.bare("let-in", "--help").out.split())
    assert "elderly (personne âgée)" in said


def test_a_verb_that_is_none_sends_to_the_help_that_says_them_all_in_french(door: Door) -> None:
    for arguments in (("frobnicate",), ("permits", "frobnicate"), ("central", "frobnicate")):
        said = door.bare(*arguments)
        assert "choix inconnu « frobnicate »" in said.err.replace("\u00a0", " ")
        assert "«\u00a0check-in\u00a0»" not in said.err and "to-locate" not in said.err


@pytest.mark.parametrize("verb", ["let-in", "orient"])
def test_motives_that_a_text_can_mean_are_told_by_their_names(loaded: Door, verb: str) -> None:
    said = loaded.bare("--home", loaded.home, verb, "titre", "--at", "2026-11-23T09:05")
    assert said.code == 3
    assert "permit_renewal (renouvellement de titre de séjour)" in said.out


def test_a_motive_that_is_like_none_is_told_where_they_all_stand(loaded: Door) -> None:
    said = loaded.at("09:05", "let-in", "blabla")
    assert "orient --list" in said.json["message"]
    assert "other (autre demande)" in said.json["message"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("stamps", "--case", "ZZ"), "FIRST_STD (première délivrance, tarif normal)"),
        (("orient", "visitor", "--language", "zz"), "es (español)"),
        (("permits", "summon", "--language", "zz"), "es (español)"),
        (("settings", "--set", "theme=rose"), "dark (sombre)"),
        (("settings", "--set", "language=de"), "fr (français)"),
        (("settings", "--set", "mail_security=x"), "none (aucun, réseau sûr seulement)"),
        (("settings", "--set", "handover_paper=A9"), "A5 (deux feuilles A5)"),
        (("settings", "--set", "couleur=rose"), "ticket_letter (lettre des tickets)"),
        (("settings", "--set", "services=x"), "remise (remise des titres)"),
        (("queue", "--service", "x"), "remise (remise des titres)"),
        (("let-in", "--service", "x"), "remise (remise des titres)"),
        (
            ("report", "--from", "2026-11-01", "--to", "2026-11-02", "--service", "x"),
            "remise (remise des titres)",
        ),
    ],
)
def test_a_refusal_that_lists_values_tells_their_words(loaded: Door, arguments: tuple[str, ...], told: str) -> None:
    said = loaded.at("09:05", *arguments)
    assert said.code in (2, 3)
    assert told in said.json["message"].replace("\u00a0", " ")
