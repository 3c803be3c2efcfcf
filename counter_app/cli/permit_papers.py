"""Verbs of the papers of the stock: bordereaux, sign sheet, labels of sleeves."""

import argparse

from counter_app.cli import stock_shapes as shapes
from counter_app.cli.answer import DONE, NO, Answer, of_refusal
from counter_app.cli.opening import at_the_desk
from counter_app.cli.outputs import writable
from counter_app.cli.permit_shapes import permit
from counter_app.domain.acts import Json
from counter_app.domain.permit import PermitState
from counter_app.domain.permit_listing import plain_tray
from counter_app.office import Office
from counter_app.telling.stock import holder_told, not_done
from counter_app.usecases import stock_papers
from counter_app.usecases.bordereaux import find_bordereau
from counter_app.usecases.stock_answers import Bordereau
from counter_app.usecases.transfer import offered_to, transfer
from counter_app.wording.catalogue import counted


@at_the_desk
def bordereau(office: Office, options: argparse.Namespace) -> Answer:
    """Write a bordereau as PDF."""
    slip = find_bordereau(office.desk, options.number)
    if slip is None:
        return of_refusal("unknown_bordereau", "Aucun bordereau de ce poste ne porte ce numéro : vérifiez-le.")
    with writable(options.out) as file:
        file.write(_pdf_of(office, slip))
    return _written(slip, options.out)


@at_the_desk
def transfer_slip(office: Office, options: argparse.Namespace) -> Answer:
    """Make the bordereau of what this desk offers to another, and write it as PDF."""
    if not offered_to(office.desk, options.to):
        to = holder_told(options.to.strip())
        return of_refusal(
            "nothing_offered",
            f"Ce poste ne propose aucun titre à « {to} ». Proposez-les d’abord : permits custody --offer.",
        )
    with writable(options.out) as file:
        slip = transfer(office.desk, options.to)
        assert slip is not None, "something is offered"
        file.write(_pdf_of(office, slip))
    return _written(slip, options.out)


def _pdf_of(office: Office, slip: Bordereau) -> bytes:
    paper = stock_papers.bordereau_page(office.desk, slip.id)
    assert paper is not None, "a bordereau of this desk"
    return paper.pdf


def _written(slip: Bordereau, out: str) -> Answer:
    told = f"Bordereau {slip.number} ({counted('stock.permits', len(slip.lines), 'fr')}) écrit dans « {out} »."
    return Answer(DONE, {"bordereau": shapes.bordereau(slip), "out": out}, told)


@at_the_desk
def sign_sheet(office: Office, options: argparse.Namespace) -> Answer:
    """Write the sign sheet of a day as PDF."""
    day = options.day or office.desk.now().date()
    with writable(options.out) as file:
        people = stock_papers.convened(office.desk, day)
        file.write(stock_papers.sign_sheet_page(office.desk, day).pdf)
    rows = counted("commands.rows", len(people), "fr")
    handed = sum(one.state is PermitState.HANDED_OVER for one in people)
    shape: dict[str, Json] = {
        "day": day.isoformat(),
        "permits": [permit(one) for one in people],
        "handed_over": handed,
        "out": options.out,
    }
    return Answer(DONE, shape, f"Émargement du {day:%d/%m/%Y}, {rows}, écrit dans « {options.out} ».")


@at_the_desk
def labels(office: Office, options: argparse.Namespace) -> Answer:
    """Write the labels of sleeves as PDF: all of those asked for, or none."""
    if not options.lot.strip() and not options.codes:
        return of_refusal("nothing_read", "Donnez le lot (--lot), ou les titres dont les pochettes sont à étiqueter.")
    answers = stock_papers.named(office.desk, options.codes)
    problems = [one for one in answers if not one.done]
    meant = [*stock_papers.of_lot(office.desk, options.lot), *(one.permit for one in answers if one.permit)]
    permits = list({one.id: one for one in meant}.values())
    shape: dict[str, Json] = {
        "permits": [permit(one) for one in permits],
        "problems": [shapes.stock_answer(one) for one in problems],
        "out": None,
    }
    if problems:
        return Answer(NO, shape, "\n".join(not_done(one) for one in problems))
    if not permits:
        return of_refusal("unknown_lot", f"Aucun titre du stock n’est du lot « {options.lot} » : voyez permits lots.")
    with writable(options.out) as file:
        file.write(stock_papers.label_page(office.desk, permits, roll=options.paper == "80mm").pdf)
    return Answer(DONE, {**shape, "out": options.out}, _labelled(len(permits), options.out))


@at_the_desk
def tray_labels(office: Office, options: argparse.Namespace) -> Answer:
    """Write the labels of trays as PDF: those named, else all in use."""
    trays = [tray for name in options.trays if (tray := plain_tray(name))] or stock_papers.trays_in_use(office.desk)
    trays = list(dict.fromkeys(trays))
    if not trays:
        return of_refusal("tray_missing", "Aucun bac n’est en usage sur ce poste : donnez le nom des bacs à étiqueter.")
    with writable(options.out) as file:
        file.write(stock_papers.tray_page(office.desk, trays, roll=options.paper == "80mm").pdf)
    shape: dict[str, Json] = {"trays": [*trays], "out": options.out}
    return Answer(DONE, shape, _labelled(len(trays), options.out))


def _labelled(n: int, out: str) -> str:
    return f"{counted('commands.labels', n, 'fr')} dans « {out} »."
