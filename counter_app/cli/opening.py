"""Opening a home for one command."""

import argparse
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import wraps

from counter_app import app
from counter_app.cli.answer import Answer
from counter_app.cli.moments import aware
from counter_app.cli.sending import sent_after
from counter_app.office import Office
from counter_app.paths import chosen_home

Work = Callable[[Office, argparse.Namespace], Answer]
Verb = Callable[[argparse.Namespace], Answer]


def at_the_desk(work: Work) -> Verb:
    """Open the home, work, send what was recorded, close."""
    return in_the_home(wraps(work)(lambda office, options: sent_after(office, lambda: work(office, options))))


def in_the_home(work: Work) -> Verb:
    """Open the home, work, close."""

    @wraps(work)
    def verb(options: argparse.Namespace) -> Answer:
        with closing(open_office(options)) as office:
            answer = work(office, options)
            return replace(answer, warnings=(*office.problems, *answer.warnings))

    return verb


def open_office(options: argparse.Namespace) -> Office:
    """The office of a command."""
    home = chosen_home(options.home)
    return app.open_office(home, at=aware(options.at, home), alone=True)
