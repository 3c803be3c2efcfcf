"""The second door: every gesture of the window as a verb, over the same use cases. Contract: docs/cli.md."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from unicodedata import category

from counter_app.cli.answer import DONE, NO, WRONG_USE, Answer, of_refusal
from counter_app.domain.french import typeset
from counter_app.domain.refusal import StoreRefused
from counter_app.imports.refusals import UnreadableFile
from counter_app.store.safety import not_done


def run(arguments: Sequence[str]) -> int:
    """Run one command. 0 done, 3 the answer is no, 2 wrong use, 1 a breakage; JSON alone on standard output."""
    try:
        options = _options(arguments)
    except SystemExit as stop:
        return DONE if stop.code in (0, None) else WRONG_USE
    try:
        answer: Answer = options.verb(options)
    except StoreRefused as refused:
        answer = of_refusal(refused.code, refused.sentence)
    except UnreadableFile as refused:
        answer = of_refusal(refused.reason_code, refused.sentence, NO)
    except OSError as broken:
        _note("the system said no", broken)
        answer = of_refusal("disk_error", not_done(broken).sentence)
    except KeyboardInterrupt:
        return 130
    except BaseException as broken:  # the last door: no traceback ever reaches an agent
        if isinstance(broken, SystemExit):
            raise
        answer = _broken(broken)
    if answer.said:
        return answer.code
    try:
        return say(answer, options)
    except BrokenPipeError:
        _let_go_of_output()
        return answer.code


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked; without a word it is the window, which is painted before anything reads verbs."""
    if not arguments:
        from counter_app.cli.window import open_window

        return argparse.Namespace(verb=open_window, demo=False, home=None, at=None)
    from counter_app.cli.parser import parse

    return parse(arguments)


def _broken(broken: BaseException) -> Answer:
    _note("a verb broke", broken)
    return of_refusal(
        "breakage",
        "Une panne inattendue a arrêté la commande. Ce qui était enregistré l’est toujours ; le détail est dans le "
        f"journal du poste ({type(broken).__name__}). Recommencez ; "
        "si cela se répète, prévenez le service informatique.",
    )


def _note(words: str, broken: BaseException) -> None:
    from counter_app.log import note_breakage

    note_breakage(words, broken)


def say(answer: Answer, options: argparse.Namespace) -> int:
    """Tell an answer: the JSON alone on standard output, else the text. Answers its exit code."""
    for line in answer.warnings:
        sys.stderr.write(f"{typeset(line)}\n")
    if getattr(options, "json", False):
        sys.stdout.write(json.dumps(answer.shape, ensure_ascii=False, indent=1) + "\n")
    elif answer.text:
        stream = sys.stdout if answer.code in (DONE, NO) else sys.stderr
        stream.write(f"{_harmless(typeset(answer.text))}\n")
    sys.stdout.flush()
    return answer.code


def _harmless(text: str) -> str:
    """What a list or a scan holds must not command the terminal: control characters become a replacement sign."""
    return "".join("�" if category(letter) in ("Cc", "Cs") and letter not in "\n\t" else letter for letter in text)


def _let_go_of_output() -> None:
    """Whoever read the answer left (`| head`): the interpreter must not complain when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


__all__ = ["run", "say"]
