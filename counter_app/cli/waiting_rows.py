"""Rows set aside, of lists and of lots: told one by one, read again with corrections, or closed with a reason."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from counter_app.cli import shapes
from counter_app.cli.answer import DONE, NO, Answer, of_refusal
from counter_app.domain.acts import Json
from counter_app.usecases.answers import OpenRow, RowProblem
from counter_app.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class WaitingRows:
    """One kind of rows that wait at a desk."""

    verb: str
    """The verb that lists them."""
    none: str
    """Told when none waits."""
    taken: str
    """Told of a row that reads well at last."""
    open: Callable[[Desk], Sequence[OpenRow]]
    repair: Callable[[Desk, str, Mapping[str, str]], RowProblem | None]
    set_down: Callable[[Desk, str, str], None]

    def listed(self, desk: Desk) -> Answer:
        """Every row that waits."""
        waiting = self.open(desk)
        listed: list[Json] = [
            {"id": row.id, "source": row.source, "cells": dict(row.cells), **shapes.row_problem(row.problem)}
            for row in waiting
        ]
        text = "\n".join(f"{row.id} ligne {row.problem.row} : {row.problem.reason}" for row in waiting)
        return Answer(DONE, {"rows": listed}, text or self.none)

    def settled(self, desk: Desk, options: argparse.Namespace) -> Answer:
        """A row closed with a reason, or read again with corrections."""
        row = next((one for one in self.open(desk) if one.id == options.row), None)
        if row is None:
            told = f"Cette ligne n’attend pas de correction sur ce poste (voir « {self.verb} »)."
            return of_refusal("unknown_row", told)
        if options.set_down.strip():
            self.set_down(desk, row.id, options.set_down)
            return Answer(DONE, shapes.repaired(set_down=True), "Ligne close sans être prise, avec son motif.")
        corrections = dict(options.corrections)
        unknown = " », « ".join(sorted(set(corrections) - {heading for heading, _text in row.cells}))
        if unknown:
            told = f"Cette ligne n’a pas de colonne « {unknown} » : écrivez le titre comme dans le fichier."
            return of_refusal("wrong_corrections", told)
        problem = self.repair(desk, row.id, corrections)
        if problem:
            return Answer(NO, shapes.repaired(problem), problem.reason)
        return Answer(DONE, shapes.repaired(), self.taken)
