"""Verbs that set right what the stock holds: a gesture taken back, a row of a lot repaired."""

import argparse

from counter_app.cli.answer import DONE, NO, Answer
from counter_app.cli.online import after_others
from counter_app.cli.opening import at_the_desk
from counter_app.cli.stock_shapes import undone
from counter_app.cli.waiting_rows import WaitingRows
from counter_app.office import Office
from counter_app.telling.gestures import undone_words
from counter_app.telling.stock import not_done
from counter_app.usecases.answers import Override
from counter_app.usecases.stock_answers import StockAnswer
from counter_app.usecases.stock_lots import open_lot_rows, repair_lot_row, set_down_lot_row
from counter_app.usecases.undo_about import undo_about
from counter_app.wording.catalogue import Words

ROWS = WaitingRows(
    "permits rows",
    "Aucune ligne de lot à corriger.",
    "Titre reçu.",
    open_lot_rows,
    repair_lot_row,
    set_down_lot_row,
)


@at_the_desk
@after_others
def undo(office: Office, options: argparse.Namespace) -> Answer:
    """Take back the last gesture of this desk about a permit, or a bordereau."""
    agreed = Override(options.reason, options.approved_by) if options.reason.strip() else None
    done = undo_about(office.desk, options.code, agreed)
    if isinstance(done, StockAnswer):
        return Answer(NO, undone(None, done), not_done(done))
    return Answer(DONE if done.done else NO, undone(done), undone_words(done, Words("fr"), office.desk.rules.zone))


@at_the_desk
def rows(office: Office, _options: argparse.Namespace) -> Answer:
    """Rows of lots that wait to be repaired."""
    return ROWS.listed(office.desk)


@at_the_desk
def repair(office: Office, options: argparse.Namespace) -> Answer:
    """Read a row of a lot again with corrections, or close it."""
    return ROWS.settled(office.desk, options)
