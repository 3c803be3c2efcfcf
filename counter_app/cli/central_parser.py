"""Arguments of the verbs of the central store, and of the one by which a desk joins it."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from counter_app.cli.values import place, words

if TYPE_CHECKING:
    from argparse import ArgumentParser

Add = Callable[[str, str, str], "ArgumentParser"]
"""Adds a verb: its name, the function of `cli.central_verbs` that does it, what it does in French."""

LONGEST_CODE = 24 * 14
"""Hours that a code may last."""


def add_central(add: Add) -> None:
    """Every verb of the central."""
    init = _stored(add("init", "init", "crée la base centrale d’un site et son autorité de certificats"))
    init.add_argument("--site", required=True, type=words, metavar="SITE", help="nord, loiret, puy-de-dome…")
    init.add_argument("--training", action="store_true", help="base d’entraînement, marquée pour toujours")
    _folder(init)
    _names(init)
    serve = _stored(add("serve", "serve", "sert la base centrale en HTTPS jusqu’à l’arrêt"))
    serve.add_argument("--port", type=_port, default=8443, metavar="N", help="port ; 0 en prend un libre")
    serve.add_argument("--host", type=words, default="0.0.0.0", metavar="ADRESSE", help="adresse à écouter")
    _folder(serve)
    _names(serve)
    code = _sited(_stored(add("enrol-code", "enrol_code", "donne un code pour inscrire un poste, une seule fois")))
    code.add_argument(
        "--hours", type=_hours, default=24, metavar="N", help=f"durée du code, de 1 à {LONGEST_CODE} heures"
    )
    code.add_argument("--url", type=words, default="", metavar="URL", help="adresse du service, imprimée avec le code")
    code.add_argument("--out", type=place, metavar="FICHIER.pdf", help="écrit le code et son QR sur une feuille")
    _folder(code)
    _folder(_stored(add("status", "status", "montre les postes, les actes et ce qui prend fin bientôt")))
    backup = _stored(add("backup", "backup", "copie la base centrale et ses certificats dans un dossier"))
    backup.add_argument("--out", type=place, required=True, metavar="DOSSIER")
    _folder(backup)
    restore = _stored(add("restore", "restore", "reprend une copie dans une base vide"))
    restore.add_argument("backup", type=place, metavar="DOSSIER")
    _folder(restore)
    revoke = _sited(_stored(add("revoke", "revoke", "retire un poste perdu ou volé")))
    revoke.add_argument("device", type=words, metavar="POSTE", help="son identité, ou son nom")
    _folder(_stored(add("turn-root", "turn_root", "met en service la racine suivante des certificats")))


def enrol_options(enrol: "ArgumentParser") -> None:
    """A desk joins."""
    enrol.add_argument("code", type=words, metavar="CODE", help="code d’inscription, 32 lettres")
    enrol.add_argument("--url", type=words, required=True, metavar="URL", help="adresse de la base centrale, https://…")


def _stored(verb: "ArgumentParser") -> "ArgumentParser":
    verb.add_argument("--store", type=words, required=True, metavar="URL", help="adresse de la base centrale")
    return verb


def _sited(verb: "ArgumentParser") -> "ArgumentParser":
    verb.add_argument("--site", type=words, metavar="SITE", help="site, quand la base en tient plusieurs")
    return verb


def _folder(verb: "ArgumentParser") -> None:
    verb.add_argument("--folder", type=place, metavar="DOSSIER", help="dossier des certificats et de leurs clés")


def _names(verb: "ArgumentParser") -> None:
    verb.add_argument(
        "--name", action="append", type=words, default=[], metavar="NOM", dest="names", help="nom ou adresse du serveur"
    )


def _hours(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= LONGEST_CODE):
        raise argparse.ArgumentTypeError(
            f"« {words(text)} » n’est pas la durée d’un code : un nombre d’heures, de 1 à {LONGEST_CODE}"
        )
    return int(text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) < 65_536):
        raise argparse.ArgumentTypeError(f"« {words(text)} » n’est pas un port : un nombre de 0 à 65535")
    return int(text)
