"""A parser of commands that tells in French what is wrong, and where to look."""

import argparse
import re
from typing import Any, NoReturn

from counter_app.cli.choices import OneOf
from counter_app.domain.french import typeset

_FRENCH = (
    ("the following arguments are required:", "il manque"),
    ("unrecognized arguments:", "mot en trop ou option inconnue :"),
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


class FrenchHelp(argparse.HelpFormatter):
    """Help that tells the word of each value that an option takes."""

    def _get_help_string(self, action: argparse.Action) -> str | None:
        chosen = action.choices
        return f"{action.help} : {chosen.told()}" if isinstance(chosen, OneOf) else action.help


class FrenchParser(argparse.ArgumentParser):
    """Tells faults and help in French. Options are written whole: the contract can grow."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_abbrev": False, "formatter_class": FrenchHelp, **options})

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Raise ArgumentError for a value that the option does not take. Verbs are many: help tells them, in French."""
        if action.choices is not None and value not in action.choices:
            taken = f" : écrivez {action.choices.told()}" if isinstance(action.choices, OneOf) else ""
            raise argparse.ArgumentError(action, f"choix inconnu « {value} »{taken}")

    def error(self, message: str) -> NoReturn:
        said = _AFTER_OPTION.sub(r"\1 : ", _told(message, _FRENCH))
        told = f"Commande à corriger : {said}.\nVoir : {self.prog} --help\n"
        self.exit(2, typeset(told))

    def format_help(self) -> str:
        return _told(super().format_help(), _HELP)


def _told(words: str, french: tuple[tuple[str, str], ...]) -> str:
    for english, told in french:
        words = words.replace(english, told)
    return words
