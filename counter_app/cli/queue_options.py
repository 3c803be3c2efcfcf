"""Arguments of the verbs of the waiting room."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from counter_app.cli.choices import OneOf
from counter_app.cli.values import day, filled, said, words
from counter_app.domain.visit import Outcome, Priority

if TYPE_CHECKING:
    from argparse import ArgumentParser

Add = Callable[[str, str, str], "ArgumentParser"]
"""Adds a verb: its name, the function of `cli.queue_verbs` that does it, what it does in French."""

GESTURES = OneOf(
    "choices.gestures",
    ("recall", "present", "absent", "park", "back", "left", "finish", "transfer", "begin", "priority"),
)
"""What can be done with somebody by their number."""
PRIORITIES = tuple(one.value for one in Priority)


def _gesture(text: str) -> str:
    """A gesture: who typed it before the number, which has digits, is told the order."""
    if text not in GESTURES:
        told = words(text)
        order = f". Le numéro vient d’abord, le geste ensuite : visit {told} GESTE"
        number = any(letter.isdigit() for letter in told)
        raise argparse.ArgumentTypeError(
            f"« {told} » n’est pas un geste : écrivez {GESTURES.told()}{order if number else ''}"
        )
    return text


def add_queue(add: Add) -> None:
    """Look, call, do something with one person, let somebody in."""
    queue = add("queue", "queue", "file d’attente du jour, dans l’ordre")
    queue.add_argument("--service", type=words, default="", metavar="SERVICE", help="un seul service")
    following = add("call-next", "call_next", "appelle la personne suivante")
    following.add_argument("--service", type=words, default="", metavar="SERVICE", help="un seul service")
    following.add_argument("--call", type=words, default="", metavar="NUMÉRO", help="cette personne, hors tour")
    told = "jour de ce numéro, quand deux jours l’ont"
    following.add_argument("--day", type=day, metavar="AAAA-MM-JJ", help=told)
    following.add_argument("--reason", type=said, default="", metavar="MOTIF", help="pourquoi hors tour")
    one = add("visit", "visit", "geste sur une personne de la file, par son numéro")
    one.add_argument("number", type=words, metavar="NUMÉRO")
    one.add_argument("gesture", type=_gesture, metavar="GESTE", help=", ".join(GESTURES))
    outcomes = OneOf("queue.outcomes", (outcome.value for outcome in Outcome))
    one.add_argument("--outcome", choices=outcomes, default=Outcome.RECEIVED.value, help="issue de la visite")
    one.add_argument("--service", type=words, default="", metavar="SERVICE", help="où transférer, ou quoi commencer")
    one.add_argument("--to", type=said, default="", metavar="GUICHET", help="guichet où transférer")
    changed = OneOf("queue.priorities", (*PRIORITIES, "none"))
    one.add_argument("--priority", choices=changed, default="none", help="passe d’abord, pourquoi")
    one.add_argument("--reason", type=said, default="", metavar="MOTIF", help="pourquoi")
    one.add_argument("--day", type=day, metavar="AAAA-MM-JJ", help="jour passé dont une visite est restée ouverte")
    walk_in = add("let-in", "let_in", "met en file une personne sans rendez-vous, avec un numéro")
    walk_in.add_argument("motive", type=filled, metavar="MOTIF", nargs="?", help="mot stable ou nom du motif")
    walk_in.add_argument("--service", type=words, default="", metavar="SERVICE", help="service, sinon celui du motif")
    first = OneOf("queue.priorities", PRIORITIES)
    walk_in.add_argument("--priority", choices=first, help="passe d’abord, pourquoi")
