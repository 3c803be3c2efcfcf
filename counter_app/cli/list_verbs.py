"""Verbs about lists: import, rows to repair, people of a day."""

import argparse
from pathlib import Path

from counter_app.cli import shapes
from counter_app.cli.answer import DONE, Answer, of_refusal
from counter_app.cli.opening import at_the_desk
from counter_app.cli.outputs import writable
from counter_app.cli.texts import REHEARSED, of_person
from counter_app.cli.waiting_rows import WaitingRows
from counter_app.domain.acts import Json
from counter_app.imports.mapping import load_mapping
from counter_app.office import Office
from counter_app.telling.gestures import gone_words, import_told, unended_words
from counter_app.usecases import find, repair_row
from counter_app.usecases import import_list as importing
from counter_app.usecases.answers import ImportOutcome
from counter_app.usecases.import_gone import days_with_many_gone
from counter_app.usecases.papers import day_list_page
from counter_app.usecases.unended import unended_imports
from counter_app.wording.catalogue import Words

FRENCH = Words("fr")
ROWS = WaitingRows(
    "rows", "Aucune ligne à corriger.", "Ligne prise.", repair_row.open_rows, repair_row.repair, repair_row.set_down
)
OLDER = (
    "Une liste plus récente est déjà sur ce poste : ce fichier n’a rien changé. "
    "Si c’est lui le plus récent, importez-le avec « --as-newest ». "
)


@at_the_desk
def import_list(office: Office, options: argparse.Namespace) -> Answer:
    """Import an appointment list, or say what it would change."""
    path = Path(options.file)
    if not path.exists():
        return of_refusal("no_file", f"Le fichier « {path} » n’existe pas. Vérifiez le nom et le dossier.")
    mapping = load_mapping(Path(options.mapping)) if options.mapping else None
    work = importing.dry_run if options.dry_run else importing.import_list
    outcome = work(office.desk, path, mapping, as_newest=options.as_newest)
    unended = unended_imports(office.desk)
    more = (*import_told(outcome, FRENCH), *(unended_words(one, FRENCH) for one in unended))
    told: dict[str, Json] = {"told": list(more)}
    return Answer(
        DONE,
        {**shapes.import_outcome(outcome), **shapes.unended(unended), **told},
        "\n".join((_counted(outcome), *more)),
    )


def _counted(outcome: ImportOutcome) -> str:
    """What an import did, or would do, and each row that it could not take."""
    names = ("added", "changed", "unchanged", "absent")
    figures = ((name, int(getattr(outcome, name))) for name in names)
    counts = ", ".join(f"{n} {FRENCH.counted(f'import.count_{name}', n)}" for name, n in figures)
    left = FRENCH.counted("stock_desk.to_correct", len(outcome.to_repair))
    rejected = "".join(f"\n  ligne {one.row} : {one.reason}" for one in outcome.to_repair)
    before = f"{f'{REHEARSED} ' if outcome.dry_run else ''}{OLDER if outcome.superseded else ''}"
    return f"{before}Personnes : {counts}. {left}.{rejected}"


@at_the_desk
def rows(office: Office, _options: argparse.Namespace) -> Answer:
    """Rows that wait to be repaired."""
    return ROWS.listed(office.desk)


@at_the_desk
def repair(office: Office, options: argparse.Namespace) -> Answer:
    """Read a row again with corrections."""
    return ROWS.settled(office.desk, options)


@at_the_desk
def convocations(office: Office, options: argparse.Namespace) -> Answer:
    """People convened on a day."""
    day = options.day or office.desk.now().date()
    people = find.day(office.desk, day)
    if options.out:
        with writable(options.out) as file:
            file.write(day_list_page(office.desk, day, people).pdf)
    listed: list[Json] = [shapes.convocation(one) for one in people]
    text = (
        "\n".join(of_person(one, office.desk.now().date()) for one in people)
        or f"Personne n’est convoqué le {day:%d/%m/%Y} sur ce poste."
    )
    unended = unended_imports(office.desk)
    gone = (gone_words(one, FRENCH) for one in days_with_many_gone(office.desk) if one.day == day)
    told = "\n".join((text, *gone, *(unended_words(one, FRENCH) for one in unended)))
    return Answer(DONE, {"day": day.isoformat(), "convocations": listed, **shapes.unended(unended)}, told)
