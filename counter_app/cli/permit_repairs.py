"""Verbs that set right what the stock holds: a gesture taken back, a row of a lot repaired."""

import argparse

from counter_app.cli import shapes
from counter_app.cli.answer import DONE, NO, Answer, of_refusal
from counter_app.cli.opening import at_the_desk
from counter_app.cli.stock_shapes import undone
from counter_app.domain.acts import Json
from counter_app.office import Office
from counter_app.telling_gestures import undone_words
from counter_app.telling_stock import not_done
from counter_app.usecases.answers import Override
from counter_app.usecases.stock_answers import StockAnswer
from counter_app.usecases.stock_lots import open_lot_rows, repair_lot_row, set_down_lot_row
from counter_app.usecases.undo_about import undo_about
from counter_app.wording.catalogue import Words


@at_the_desk
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
    waiting = open_lot_rows(office.desk)
    listed: list[Json] = [
        {"id": row.id, "source": row.source, "cells": dict(row.cells), **shapes.row_problem(row.problem)}
        for row in waiting
    ]
    text = "\n".join(f"{row.id} ligne {row.problem.row} : {row.problem.reason}" for row in waiting)
    return Answer(DONE, {"rows": listed}, text or "Aucune ligne de lot à corriger.")


@at_the_desk
def repair(office: Office, options: argparse.Namespace) -> Answer:
    """Read a row of a lot again with corrections, or close it."""
    waiting = {row.id: row for row in open_lot_rows(office.desk)}
    if options.row not in waiting:
        return of_refusal("unknown_row", "Cette ligne n’attend pas de correction sur ce poste (voir « permits rows »).")
    if options.set_down.strip():
        set_down_lot_row(office.desk, options.row, options.set_down)
        return Answer(DONE, shapes.repaired(set_down=True), "Ligne close sans être prise, avec son motif.")
    corrections = dict(options.corrections)
    unknown = sorted(set(corrections) - {heading for heading, _value in waiting[options.row].cells})
    if unknown:
        told = f"Cette ligne n’a pas de colonne « {' », « '.join(unknown)} » : écrivez le titre comme dans le fichier."
        return of_refusal("wrong_corrections", told)
    problem = repair_lot_row(office.desk, options.row, corrections)
    if problem is None:
        return Answer(DONE, shapes.repaired(), "Titre reçu.")
    return Answer(NO, shapes.repaired(problem), problem.reason)
