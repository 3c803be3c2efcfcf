"""No verb: open the window on a home, or on a ready training day."""

import argparse

from counter_app.cli.answer import DONE, Answer
from counter_app.cli.moments import aware
from counter_app.cli.stopping import heard
from counter_app.launch import open_window as open_it
from counter_app.paths import chosen_home


def open_window(options: argparse.Namespace) -> Answer:
    """Open the window; comes back when it is closed."""
    if options.demo:
        from counter_app.demo import demo_home

        open_it(*demo_home(options.home))
    else:
        home = chosen_home(options.home)
        open_it(home, aware(options.at, home))
    return Answer(DONE, {})


def demo(options: argparse.Namespace) -> Answer:
    """Several desks of one site, to play with; comes back when their windows are closed."""
    from counter_app.demo_site import MOST_DESKS, open_site

    desks = min(options.desks, MOST_DESKS)
    with heard():
        open_site(desks)
    return Answer(DONE, {"desks": desks}, "Démonstration terminée : rien n’en est gardé.")
