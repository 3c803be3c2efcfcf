"""A parser of commands that tells in French what is wrong, and where to look."""

import argparse
import re
from typing import Any, NoReturn

from counter_app.domain.french import typeset

_FRENCH = (
    ("the following arguments are required:", "il manque"),
    ("unrecognized arguments:", "mot en trop ou option inconnue :"),
    ("invalid choice:", "choix inconnu"),
    ("choose from", "à choisir parmi"),
    ("expected one argument", "il manque sa valeur"),
    ("not allowed with argument", "ne va pas avec"),
    ("ignored explicit argument", "n’attend pas de valeur, pas même"),
    ("argument ", ""),
)
_HELP = (
    ("usage:", "usage :"),
    ("positional arguments:", "arguments :"),
    ("options:", "options :"),
    ("verbes:", "verbes :"),
    ("gestes:", "gestes :"),
    ("show this help message and exit", "montre cette aide"),
)
_AFTER_OPTION = re.compile(r"^(\S+): ")
"""« --limit: » as argparse joins an option and its fault, without the French space."""
_QUOTED = re.compile(r"(['\"])(.*?)\1")
"""Words between the quotes of Python."""


class FrenchParser(argparse.ArgumentParser):
    """Tells faults and help in French. Options are written whole: the contract can grow."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **options})

    def error(self, message: str) -> NoReturn:
        if "invalid choice:" in message:
            message = _QUOTED.sub(r"« \2 »", message)
        said = _AFTER_OPTION.sub(r"\1 : ", _told(message, _FRENCH))
        told = f"Commande à corriger : {said}.\nVoir : {self.prog} --help\n"
        self.exit(2, typeset(told))

    def format_help(self) -> str:
        return _told(super().format_help(), _HELP)


def _told(words: str, french: tuple[tuple[str, str], ...]) -> str:
    for english, told in french:
        words = words.replace(english, told)
    return words
