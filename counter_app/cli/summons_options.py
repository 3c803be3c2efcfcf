"""Arguments of the gestures of the summons: whom, when, in which words, and by which way they are told."""

import argparse
from collections.abc import Callable

from counter_app.cli.choices import OneOf
from counter_app.cli.values import correction, day, moment, place, positive, said, words
from counter_app.config import server_and_port
from counter_app.domain.email_address import is_address
from counter_app.usecases.summons_messages import BY_PEOPLE, SAID_BY_PEOPLE

Add = Callable[[str, str, str], argparse.ArgumentParser]


def summons_options(add: Add) -> None:
    """Gestures of the summons, among those of the stock."""
    summon = add("summon", "summon", "convoque les personnes dont le titre est prêt")
    summon.add_argument(
        "--since", type=day, metavar="AAAA-MM-JJ", help="premier jour proposé (sinon le réglage du site)"
    )
    summon.add_argument("--limit", type=positive, metavar="N", help="au plus N personnes")
    summon.add_argument("--first", type=words, action="append", default=[], metavar="CODE", help="avant les autres")
    summon.add_argument("--language", type=words, default="fr", metavar="LANGUE", help="langue en plus du français")
    ways = OneOf("choices.ways", ("sms", *sorted(BY_PEOPLE)))
    summon.add_argument("--by", choices=ways, default="sms", help="comment elles sont prévenues")
    summon.add_argument("--dry-run", action="store_true", help="propose sans rien enregistrer")
    _sending(summon)
    missed = add("missed", "missed", "personnes qui ne sont pas venues")
    missed.add_argument("--note", action="store_true", help="note d’abord les heures passées")
    _sending(missed)
    told = add("told", "told", "note une personne prévenue, par courrier ou par téléphone, ou qui a reçu l’e-mail")
    told.add_argument("code", type=words, metavar="CODE|NUMÉRO")
    told.add_argument("--by", choices=OneOf("choices.ways", sorted(SAID_BY_PEOPLE)), required=True, help="comment")
    phone = add("phone", "phone", "change le téléphone d’une personne")
    phone.add_argument("code", type=words, metavar="CODE|NUMÉRO")
    phone.add_argument("phone", type=words, metavar="TÉLÉPHONE")
    move = add("move-slot", "move_slot", "donne une autre heure à une personne convoquée")
    move.add_argument("code", type=words, metavar="CODE|NUMÉRO")
    move.add_argument("to", type=moment, metavar="ISO", help="la nouvelle heure")
    move.add_argument("--reason", type=said, default="", metavar="MOTIF", help="pourquoi")


def _sending(verb: argparse.ArgumentParser) -> None:
    """Where messages go."""
    verb.add_argument("--email", type=written_to, action="append", default=[], metavar="CODE=ADRESSE")
    verb.add_argument(
        "--again", type=words, action="append", default=[], metavar="CODE", help="renvoie un e-mail en doute"
    )
    verb.add_argument("--out", type=place, metavar="DOSSIER", help="liste de SMS et e-mails à envoyer")
    verb.add_argument("--smtp", type=server, metavar="SERVEUR[:PORT]", help="serveur qui envoie les e-mails")
    verb.add_argument("--sender", type=address, default=None, metavar="ADRESSE", help="adresse d’envoi des e-mails")
    verb.add_argument("--user", type=words, default="", metavar="COMPTE", help="compte du serveur d’e-mails")
    verb.add_argument("--no-tls", action="store_true", help="serveur sans chiffrement, sur un réseau sûr")


def server(text: str) -> tuple[str, int]:
    """A mail server and its port, 0 for the usual one."""
    read = server_and_port(words(text).strip())
    if read is None:
        raise argparse.ArgumentTypeError(f"« {words(text)} » n’est pas un serveur : écrivez smtp.exemple.fr:587")
    return read


def address(text: str) -> str:
    """An e-mail address."""
    told = words(text).strip()
    if not is_address(told):
        raise argparse.ArgumentTypeError(f"« {words(text)} » n’est pas une adresse e-mail")
    return told


def written_to(text: str) -> tuple[str, str]:
    """A permit and the address of its holder."""
    code, to = correction(text)
    return code, address(to)
