"""Options of the verb that sends a person without appointment on."""

from argparse import ArgumentParser

from counter_app.cli.choices import OneOf
from counter_app.cli.values import day, place, words
from counter_app.domain.orientation import Held


def orient_options(orient: ArgumentParser) -> None:
    """The motive, what the person holds, the slip."""
    orient.add_argument("motive", type=words, metavar="MOTIF", nargs="?", default="", help="mot stable ou nom du motif")
    orient.add_argument("--list", action="store_true", help="tous les motifs, sans rien enregistrer")
    orient.add_argument("--search", type=words, metavar="TEXTE", default="", help="motifs qu’un texte peut désigner")
    held = OneOf("choices.held", (held.value for held in Held))
    orient.add_argument("--held", choices=held, help="document que tient la personne")
    orient.add_argument("--expiry", type=day, metavar="AAAA-MM-JJ", help="date d’expiration du document tenu")
    orient.add_argument("--language", type=words, metavar="LANGUE", default="", help="langue de la fiche (ar, en…)")
    orient.add_argument("--cannot-online", action="store_true", help="ne peut pas faire en ligne : aide et droits")
    orient.add_argument("--wants-to-file", action="store_true", help="souhaite déposer : transmis au service")
    orient.add_argument("--dry-run", action="store_true", help="dit la réponse sans rien enregistrer")
    orient.add_argument("--out", type=place, metavar="FICHIER.pdf", help="écrit la fiche en PDF")
