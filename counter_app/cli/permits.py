"""Verbs of the stock of permits, over the use cases of the window."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from counter_app.cli import stock_shapes as shapes
from counter_app.cli.answer import DONE, NO, WRONG_USE, Answer, of_refusal
from counter_app.cli.online import after_others
from counter_app.cli.opening import at_the_desk
from counter_app.cli.permit_shapes import permit
from counter_app.cli.permit_texts import count_lines, line_of, lot_lines, received_told, told_of
from counter_app.domain.acts import Json
from counter_app.domain.custody import SAFE
from counter_app.domain.permit import Permit, PermitState
from counter_app.office import Office
from counter_app.telling.stock import convened_told, not_done, unheard_told
from counter_app.usecases import bordereaux, count_tray, custody, receive_permits, stock, stock_lots
from counter_app.usecases.stock_answers import SlipKind, StockAnswer, StockRefusal
from counter_app.wording.catalogue import counted

_WRONG_USE = frozenset(
    {
        *(StockRefusal.NOTHING_READ, StockRefusal.TRAY_MISSING, StockRefusal.REASON_MISSING),
        *(StockRefusal.FIELD_MISSING, StockRefusal.NAME_MISSING, StockRefusal.APPROVAL_MISSING),
        *(StockRefusal.TRAY_TOO_LONG, StockRefusal.RANK_UNREADABLE),
        *(StockRefusal.TRACKING_MISSING, StockRefusal.DESK_MISSING, StockRefusal.CARD_MISSING),
    }
)


@at_the_desk
def receive(office: Office, options: argparse.Namespace) -> Answer:
    """Receive a lot by its file, or one card."""
    if options.card is not None:
        return _one_card(office, options)
    if options.file is None:
        return of_refusal("no_file", "Donnez la liste des titres reçus, ou --card et --name pour une seule carte.")
    path = Path(options.file)
    if not path.exists():
        return of_refusal("no_file", f"Le fichier « {path} » n’existe pas. Vérifiez le nom et le dossier.")
    work = receive_permits.preview_permits if options.dry_run else receive_permits.receive_permits
    outcome, rehearsed = work(office.desk, path), options.dry_run
    return Answer(DONE, shapes.received(outcome, dry_run=rehearsed), received_told(outcome, rehearsed=rehearsed))


def _one_card(office: Office, options: argparse.Namespace) -> Answer:
    answer = receive_permits.receive_card(
        office.desk, options.card, options.name, options.number, tray=options.tray, rank=options.rank
    )
    return _one(answer, "received")


@at_the_desk
def lots(office: Office, _options: argparse.Namespace) -> Answer:
    """Files received here, and the rows of each that gave no permit."""
    files = stock_lots.lot_files(office.desk)
    lines = [line for one in files for line in lot_lines(one, office.desk.rules.zone)]
    shown: list[Json] = [shapes.lot_file(one) for one in files]
    return Answer(DONE, {"files": shown}, "\n".join(lines) or "Aucun lot reçu sur ce poste.")


@at_the_desk
def listing(office: Office, options: argparse.Namespace) -> Answer:
    """Every permit, or those of a state."""
    permits = stock.stock(office.desk, PermitState(options.state) if options.state else None)
    return _permits(permits, "Aucun titre dans cet état sur ce poste.")


@at_the_desk
def shelve(office: Office, options: argparse.Namespace) -> Answer:
    """Put a permit in a tray, or move it."""
    return _one(stock.shelve(office.desk, options.code, options.tray, options.rank), "shelved")


@at_the_desk
def to_locate(office: Office, options: argparse.Namespace) -> Answer:
    """Note that a permit is not where it should be."""
    return _one(stock.to_locate(office.desk, options.code), "locate")


@at_the_desk
def found(office: Office, options: argparse.Namespace) -> Answer:
    """Note that a permit was found."""
    answer = stock.found(office.desk, options.code, options.tray, options.rank)
    return _one(answer, "shelved" if options.tray else "found")


@at_the_desk
def hold(office: Office, options: argparse.Namespace) -> Answer:
    """Block a handover."""
    return _one(stock.hold(office.desk, options.code, options.reason), "hold")


@at_the_desk
def release(office: Office, options: argparse.Namespace) -> Answer:
    """Lift the holds of a permit."""
    return _one(stock.release(office.desk, options.code, options.reason), "release")


@at_the_desk
def faulty(office: Office, options: argparse.Namespace) -> Answer:
    """Note an error printed on the card."""
    return _one(stock.faulty(office.desk, options.code, options.field), "faulty")


@at_the_desk
def to_send_back(office: Office, options: argparse.Namespace) -> Answer:
    """Put a permit among those to send back."""
    return _one(stock.to_send_back(office.desk, options.code, options.reason), "send_back")


@at_the_desk
def back(office: Office, options: argparse.Namespace) -> Answer:
    """A permit that had left is here again."""
    return _one(stock.back_in_stock(office.desk, options.code, options.reason), "restock")


@at_the_desk
def send_back(office: Office, options: argparse.Namespace) -> Answer:
    """Send permits back under a bordereau."""
    return _removed(office, SlipKind.SEND_BACK, options)


@at_the_desk
def post(office: Office, options: argparse.Namespace) -> Answer:
    """Post a permit under a bordereau."""
    return _removed(office, SlipKind.POST, options)


@at_the_desk
def destroy(office: Office, options: argparse.Namespace) -> Answer:
    """Destroy permits under a bordereau."""
    return _removed(office, SlipKind.DESTROY, options)


def _removed(office: Office, kind: SlipKind, options: argparse.Namespace) -> Answer:
    leaving = [bordereaux.Leaving(code, getattr(options, "tracking", "")) for code in options.codes]
    answer = bordereaux.remove(office.desk, kind, leaving, options.reason, options.to)
    shape: dict[str, Json] = {
        "bordereau": shapes.bordereau(answer.bordereau),
        "problems": [shapes.stock_answer(one) for one in answer.problems],
        "convened": [permit(one) for one in answer.convened],
    }
    if answer.bordereau is None:
        return _none(answer.problems, shape)
    made = f"Bordereau {answer.bordereau.number} : {counted('stock.permits', len(answer.bordereau.lines), 'fr')}."
    convened = convened_told(answer, office.desk.rules)
    return Answer(DONE, shape, "\n".join(filter(None, (made, convened))))


def _none(problems: Sequence[StockAnswer], shape: dict[str, Json]) -> Answer:
    wrong = next((one for one in problems if one.refusal in _WRONG_USE), None)
    if wrong:
        return _wrong_use(wrong)
    return Answer(NO, shape, "\n".join(not_done(one) for one in problems))


@at_the_desk
def count(office: Office, options: argparse.Namespace) -> Answer:
    """Count a tray by what was scanned in it."""
    if refusal := stock.place_refusal(options.tray):
        return _wrong_use(StockAnswer(refusal))
    done = count_tray.count_tray(office.desk, options.tray, options.codes, settle=options.settle)
    return Answer(DONE, shapes.tray_count(done), "\n".join(count_lines(done)))


@at_the_desk
def ageing(office: Office, options: argparse.Namespace) -> Answer:
    """Permits in the stock by age."""
    told = stock.ageing(office.desk, options.days)
    permits: list[Json] = [shapes.aged(one) for one in told.permits]
    lines = [
        f"{'?' if one.days is None else one.days}\u00a0j{' (ancien)' * one.old} {line_of(one.permit)}"
        for one in told.permits
    ]
    return Answer(DONE, {"delay": told.delay, "permits": permits}, "\n".join(lines) or "Aucun titre dans le stock.")


@at_the_desk
@after_others
def custody_of(office: Office, options: argparse.Namespace) -> Answer:
    """Offer, take or override custody; without any, what waits for this desk."""
    if options.offer is not None:
        to = " ".join(options.offer.split())
        told = "offered_safe" if to == SAFE else "offered"
        return _several(custody.offer(office.desk, options.codes, options.offer), told, to=to)
    if options.take or options.into_safe:
        taken = custody.take(office.desk, options.codes, into_safe=options.into_safe)
        return _several(taken, "safe" if options.into_safe else "taken")
    if options.override is not None:
        approved = options.approved_by
        taken = [custody.override(office.desk, one, options.override, approved) for one in options.codes]
        return _several(taken, "taken")
    if options.codes:
        return of_refusal("no_gesture", "Dites quoi faire de ces titres : --offer, --take, --into-safe ou --override.")
    waiting: list[Json] = [permit(one) for one in custody.offered(office.desk)]
    lines = "\n".join(line_of(one) for one in custody.offered(office.desk))
    return Answer(DONE, {"answers": [], "waiting": waiting}, lines or "Aucun titre n’attend ce poste.")


def _several(answers: Sequence[StockAnswer], slug: str, **more: str) -> Answer:
    """Several gestures: done when all of them are; at least one has to be asked for or waiting."""
    if not answers:
        return of_refusal("nothing_offered", "Aucun titre à prendre ou à proposer : donnez le code d’une pochette.")
    shape: dict[str, Json] = {"answers": [shapes.stock_answer(one) for one in answers], "waiting": []}
    missed = [one for one in answers if not one.done]
    wrong = next((one for one in missed if one.refusal in _WRONG_USE), None)
    if wrong and len(missed) == len(answers):
        return _wrong_use(wrong)
    lines = (line for one in answers for line in (told_of(one, slug, **more), unheard_told(one)) if line)
    return Answer(NO if missed else DONE, shape, "\n".join(lines))


def _one(answer: StockAnswer, slug: str) -> Answer:
    if answer.refusal in _WRONG_USE:
        return _wrong_use(answer)
    lines = [told_of(answer, slug), *map(line_of, answer.matches)]
    return Answer(DONE if answer.done else NO, shapes.stock_answer(answer), "\n".join(lines))


def _wrong_use(answer: StockAnswer) -> Answer:
    assert answer.refusal is not None, "wrong use is a refusal"
    sentence = not_done(answer)
    return Answer(WRONG_USE, {"error": answer.refusal.value, "message": sentence}, sentence)


def _permits(permits: Sequence[Permit], nobody: str) -> Answer:
    listed: list[Json] = [permit(one) for one in permits]
    return Answer(DONE, {"permits": listed}, "\n".join(map(line_of, permits)) or nobody)
