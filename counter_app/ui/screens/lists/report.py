"""The report of an import as a file for the office that made the list: line, column, cause, value, correction."""

import csv
import io
from collections.abc import Sequence

from counter_app.domain.spreadsheet import harmless
from counter_app.ui.screens.lists.problems import ProblemRow
from counter_app.usecases.answers import ImportOutcome
from counter_app.wording.catalogue import Words

TITLES = ("line", "column", "problem", "value", "right")


def report(words: Words, list_name: str, outcome: ImportOutcome, rows: Sequence[ProblemRow]) -> bytes:
    """The report as a CSV that a French spreadsheet opens as it is: byte-order mark, semicolons.

    Personal data of the rows to correct is in it: the agent chooses where it goes.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([words(f"import.column_{title}") for title in TITLES])
    for row in rows:
        column = row.column or words("import.whole_row")
        writer.writerow([harmless(cell) for cell in (str(row.line), column, row.problem, row.value, row.right)])
    writer.writerow([])
    for title, count in (
        ("report_list", list_name),
        ("report_rows", outcome.rows),
        ("report_added", outcome.added),
        ("report_changed", outcome.changed),
        ("report_unchanged", outcome.unchanged),
        ("report_absent", outcome.absent),
        ("report_rejected", len(outcome.to_repair)),
        ("report_twice", len(outcome.twice)),
    ):
        writer.writerow([words(f"import.{title}"), harmless(str(count))])
    return text.getvalue().encode("utf-8-sig")
