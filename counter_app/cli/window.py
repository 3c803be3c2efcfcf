"""No verb: open the window on a home, or on a ready training day."""

import argparse

from counter_app import app
from counter_app.cli.answer import DONE, Answer
from counter_app.cli.opening import aware
from counter_app.paths import chosen_home


def open_window(options: argparse.Namespace) -> Answer:
    """Open the window; comes back when it is closed."""
    if options.demo:
        from counter_app.demo import demo_home

        app.open_window(*demo_home(options.home))
    else:
        home = chosen_home(options.home)
        app.open_window(home, aware(options.at, home))
    return Answer(DONE, {})
