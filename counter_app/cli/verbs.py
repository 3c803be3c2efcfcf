"""The verbs. Each opens the home, calls one use case, and shapes its answer."""

import argparse
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import wraps
from pathlib import Path

from counter_app import app
from counter_app.cli import shapes
from counter_app.cli.answer import DONE, NO, Answer, of_refusal
from counter_app.cli.opening import open_office
from counter_app.cli.outputs import told_when_not_written, writable
from counter_app.cli.texts import of_arrival, of_number, of_person
from counter_app.domain.acts import Json
from counter_app.domain.foreign_number import NumberStatus
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.verdict import Family
from counter_app.imports.mapping import load_mapping
from counter_app.keys import IN_FILE
from counter_app.office import Office
from counter_app.paths import chosen_home
from counter_app.store.verify import Verification
from counter_app.usecases import audit, find, receipts, repair_row
from counter_app.usecases import check_in as checking
from counter_app.usecases import import_list as importing
from counter_app.usecases import undo as undoing
from counter_app.usecases import verify_number as verifying
from counter_app.usecases.answers import Override
from counter_app.usecases.papers import day_list_page
from counter_app.usecases.present import preview

SURE = (NumberStatus.VALID, NumberStatus.WARN_UNKNOWN_PREFIX)
"""Numbers of ten digits that an agent may confirm; of nine, one reading has to be chosen first."""
Work = Callable[[Office, argparse.Namespace], Answer]
Verb = Callable[[argparse.Namespace], Answer]


def _at_the_desk(work: Work) -> Verb:
    """Open the home, work, close."""

    @wraps(work)
    def verb(options: argparse.Namespace) -> Answer:
        with closing(open_office(options)) as office:
            answer = work(office, options)
            return replace(answer, warnings=(*office.problems, *answer.warnings))

    return verb


def init(options: argparse.Namespace) -> Answer:
    """Make a home."""
    path = chosen_home(options.home)
    home = app.init_home(path, options.site, training=options.training)
    if options.desk or options.agent:
        with closing(app.open_office(path)) as office:
            office.change(desk=options.desk, agent=options.agent)
    warnings = (IN_FILE.format(file=path / "key.json"),) if home.identity.keys == "file" else ()
    shape: dict[str, Json] = {
        "home": str(path),
        "site": options.site,
        "training": options.training,
        "keys": home.identity.keys,
        "device": home.identity.device,
    }
    return Answer(DONE, shape, f"Poste créé dans « {path} ».", warnings)


def recover(options: argparse.Namespace) -> Answer:
    """Set a damaged file aside and take up what can be read."""
    done = app.recover_home(chosen_home(options.home))
    lost = sum(max(1, last - first + 1) for _stream, first, last in done.lost)
    told = f" {lost} actes n’ont pas pu être lus : leur place est notée au journal." if lost else ""
    text = (
        f"Fichier abîmé mis de côté : {done.set_aside}. Repris : {done.acts} actes, dont {done.salvaged} lus dans le "
        f"fichier abîmé.{told} Ce poste écrit désormais sous une nouvelle incarnation."
    )
    shape: dict[str, Json] = {
        "set_aside": str(done.set_aside),
        "acts": done.acts,
        "salvaged": done.salvaged,
        "lost": lost,
    }
    return Answer(DONE, shape, text)


@_at_the_desk
def backup(office: Office, _options: argparse.Namespace) -> Answer:
    """Write an encrypted copy of the file."""
    path = app.backup_now(office)
    return Answer(DONE, {"backup": str(path)}, f"Sauvegarde écrite : {path}")


@_at_the_desk
def check_in(office: Office, options: argparse.Namespace) -> Answer:
    """Check in by code or number."""
    if not options.code.strip():
        return of_refusal("nothing_read", "Rien à lire : scannez une convocation, ou tapez un code ou un numéro.")
    override = Override(options.anyway, options.approved_by) if options.anyway.strip() else None
    if options.dry_run:
        answer = preview(office.desk, options.code)
        code = DONE if checking.may_record(answer.verdict, override) else NO
    else:
        answer = checking.check_in(office.desk, options.code, override)
        code = DONE if answer.recorded else NO
    return Answer(code, shapes.arrival_answer(answer), of_arrival(answer, office.desk.rules))


@_at_the_desk
def number(office: Office, options: argparse.Namespace) -> Answer:
    """Verify a foreign number."""
    answer = verifying.verify_number(office.desk, options.value, options.expiry, options.postcode)
    code = DONE if answer.family in (Family.OK, Family.WARN) else NO
    return Answer(code, shapes.number_answer(answer), of_number(answer))


@_at_the_desk
def confirm_number(office: Office, options: argparse.Namespace) -> Answer:
    """Keep the number that an agent confirmed for a person."""
    presented = preview(office.desk, options.code)
    reading = verifying.verify_number(office.desk, options.number).reading
    sure = reading.number_class is NumberClass.AGDREF and reading.status in SURE
    if presented.convocation is None or reading.normalized is None or not sure:
        return of_refusal(
            "not_confirmed",
            f"Personne non reconnue, ou numéro sans dix chiffres sûrs : rien n’a été noté. {reading.hint}".strip(),
        )
    verifying.confirm_number(office.desk, presented.convocation.id, reading.normalized, options.number)
    return Answer(DONE, {"number": reading.normalized, "as_read": options.number}, "Numéro noté.")


@_at_the_desk
def search(office: Office, options: argparse.Namespace) -> Answer:
    """Search people."""
    hits = find.search(office.desk, options.text, options.limit)
    listed: list[Json] = [
        {**shapes.convocation(hit.convocation), "reason": hit.reason, "today": hit.today, "homonyms": hit.homonyms}
        for hit in hits
    ]
    text = "\n".join(of_person(hit.convocation) for hit in hits) or "Personne ne correspond."
    return Answer(DONE, {"hits": listed}, text)


@_at_the_desk
def identity_differs(office: Office, options: argparse.Namespace) -> Answer:
    """Note that the paper shown is not this person's."""
    presented = preview(office.desk, options.code)
    if presented.convocation is None:
        return Answer(NO, shapes.arrival_answer(presented), of_arrival(presented, office.desk.rules))
    answer = checking.identity_differs(office.desk, presented.convocation.id, options.document)
    return Answer(NO, shapes.arrival_answer(answer), of_arrival(answer, office.desk.rules))


@_at_the_desk
def number_of_relative(office: Office, options: argparse.Namespace) -> Answer:
    """Note an appointment booked with somebody else's number."""
    presented = preview(office.desk, options.code)
    if presented.convocation is None:
        return Answer(NO, shapes.arrival_answer(presented), of_arrival(presented, office.desk.rules))
    answer = checking.number_of_a_relative(office.desk, presented.convocation.id)
    return Answer(NO, shapes.arrival_answer(answer), of_arrival(answer, office.desk.rules))


@_at_the_desk
def instruct(office: Office, options: argparse.Namespace) -> Answer:
    """Ask that the supervisor be seen before somebody is received, or lift it."""
    presented = preview(office.desk, options.code)
    if presented.convocation is None:
        return Answer(NO, shapes.arrival_answer(presented), of_arrival(presented, office.desk.rules))
    checking.instruct(office.desk, presented.convocation.id, options.text)
    return Answer(DONE, {"instruction": options.text.strip() or None}, "Consigne notée.")


@_at_the_desk
def undo(office: Office, options: argparse.Namespace) -> Answer:
    """Take back the last arrival of this desk."""
    done = undoing.undo(office.desk, options.act)
    gesture = done.gesture
    shape: dict[str, Json] = {
        "done": done.done,
        "reason": done.reason,
        "act": gesture.act_id if gesture else None,
        "kind": gesture.kind if gesture else None,
        "name": gesture.name if gesture else None,
        "at": gesture.at.isoformat() if gesture else None,
    }
    text = f"Annulé : arrivée de {gesture.name}." if done.done and gesture else "Rien à annuler sur ce poste."
    return Answer(DONE if done.done else NO, shape, text)


@_at_the_desk
def recent(office: Office, _options: argparse.Namespace) -> Answer:
    """Last gestures of this desk."""
    lines = undoing.recent(office.desk)
    listed: list[Json] = [
        {
            "act": line.act_id,
            "at": line.at.isoformat(),
            "kind": line.kind,
            "verdict": line.verdict,
            "name": line.name,
            "agent": line.agent,
            "undoable": line.undoable,
            "undone": line.undone,
        }
        for line in lines
    ]
    return Answer(DONE, {"gestures": listed}, "\n".join(f"{line.at:%H:%M} {line.kind} {line.name}" for line in lines))


@_at_the_desk
def import_list(office: Office, options: argparse.Namespace) -> Answer:
    """Import an appointment list, or say what it would change."""
    path = Path(options.file)
    if not path.exists():
        return of_refusal("no_file", f"Le fichier « {path} » n’existe pas. Vérifiez le nom et le dossier.")
    mapping = load_mapping(Path(options.mapping)) if options.mapping else None
    work = importing.dry_run if options.dry_run else importing.import_list
    outcome = work(office.desk, path, mapping)
    counts = f"{outcome.added} ajoutées, {outcome.changed} modifiées, {outcome.unchanged} inchangées"
    rejected = "".join(f"\n  ligne {one.row} : {one.reason}" for one in outcome.rejected)
    older = "Une liste plus récente est déjà sur ce poste : ce fichier n’a rien changé. " if outcome.superseded else ""
    text = f"{older}{counts}, {outcome.absent} absentes de la liste, {len(outcome.rejected)} à corriger.{rejected}"
    return Answer(DONE, shapes.import_outcome(outcome), text)


@_at_the_desk
def rows(office: Office, _options: argparse.Namespace) -> Answer:
    """Rows that wait to be repaired."""
    waiting = repair_row.open_rows(office.desk)
    listed: list[Json] = [
        {"id": row.id, "source": row.source, "cells": dict(row.cells), **shapes.row_problem(row.problem)}
        for row in waiting
    ]
    text = "\n".join(f"{row.id} ligne {row.problem.row} : {row.problem.reason}" for row in waiting)
    return Answer(DONE, {"rows": listed}, text or "Aucune ligne à corriger.")


@_at_the_desk
def repair(office: Office, options: argparse.Namespace) -> Answer:
    """Read a row again with corrections."""
    if options.row not in {row.id for row in repair_row.open_rows(office.desk)}:
        return of_refusal("unknown_row", "Cette ligne n’attend pas de correction sur ce poste (voir « rows »).")
    if options.set_down:
        repair_row.set_down(office.desk, options.row, options.set_down)
        return Answer(DONE, {"repaired": False, "set_down": True}, "Ligne close sans être prise, avec son motif.")
    corrections = dict(one.split("=", 1) for one in options.corrections if "=" in one)
    problem = repair_row.repair(office.desk, options.row, corrections)
    if problem is None:
        return Answer(DONE, {"repaired": True}, "Ligne prise.")
    return Answer(NO, {"repaired": False, **shapes.row_problem(problem)}, problem.reason)


@_at_the_desk
def convocations(office: Office, options: argparse.Namespace) -> Answer:
    """People convened on a day."""
    day = options.day or office.desk.now().date()
    people = find.day(office.desk, day)
    if options.out:
        with writable(options.out) as file:
            file.write(day_list_page(office.desk, day, people).pdf)
    listed: list[Json] = [shapes.convocation(one) for one in people]
    text = "\n".join(of_person(one) for one in people) or f"Personne n’est convoqué le {day:%d/%m/%Y} sur ce poste."
    return Answer(DONE, {"day": day.isoformat(), "convocations": listed}, text)


@_at_the_desk
def receipt(office: Office, options: argparse.Namespace) -> Answer:
    """Write a receipt as PDF."""
    return _printed(office, options.id, options.out)


@_at_the_desk
def proof(office: Office, options: argparse.Namespace) -> Answer:
    """Issue a proof of presence for somebody checked in."""
    answer = preview(office.desk, options.code)
    if answer.convocation is None or answer.convocation.arrival is None:
        return of_refusal(
            "not_checked_in", "Aucune arrivée de cette personne n’est enregistrée : il n’y a rien à attester."
        )
    with writable(options.out):
        issued = receipts.proof_of_presence(office.desk, answer.convocation.id)
    assert issued is not None, "an arrival stands"
    return _printed(office, issued.id, options.out)


def _printed(office: Office, text: str, out: str) -> Answer:
    """One paper of a receipt in a file. The place is tried first: a copy is counted only when it can be written."""
    if receipts.find_receipt(office.desk, text) is None:
        return of_refusal("unknown_receipt", "Aucun reçu de ce poste ne porte ce numéro ou ce code.")
    with writable(out) as file:
        paper = receipts.print_receipt(office.desk, text)
        if paper is None or paper.receipt is None:
            return of_refusal("unknown_receipt", "La liste qui portait ce reçu n’est plus sur ce poste.")
        file.write(paper.pdf)
    copy = paper.receipt.copies
    shape = {**(shapes.receipt(paper.receipt) or {}), "copy": copy, "duplicate": copy > 1, "out": out}
    return Answer(DONE, shape, f"Reçu {paper.receipt.number} écrit dans « {out} ».")


@_at_the_desk
def verify(office: Office, _options: argparse.Namespace) -> Answer:
    """Verify the chain of the journal."""
    outcome = audit.verify(office.desk)
    faults: list[Json] = list(outcome.faults)
    shape: dict[str, Json] = {
        "ok": outcome.ok,
        "acts": outcome.acts,
        "streams": outcome.streams,
        "erased": outcome.erased,
        "lost": outcome.lost,
        "unknown": outcome.unknown,
        "faults": faults,
    }
    text = _verified(outcome) if outcome.ok else "\n".join(outcome.faults)
    return Answer(DONE if outcome.ok else NO, shape, text)


def _verified(outcome: Verification) -> str:
    told = (
        (outcome.erased, "dont les détails ont été effacés"),
        (outcome.lost, "perdus, comme la récupération l’avait noté"),
        (outcome.unknown, "d’une version plus récente, gardés sans effet"),
    )
    more = "".join(f", {count} {words}" for count, words in told if count)
    return f"Journal vérifié : {outcome.acts} actes, aucun défaut{more}."


@_at_the_desk
def rebuild(office: Office, _options: argparse.Namespace) -> Answer:
    """Recompute the projections."""
    outcome = audit.rebuild(office.desk)
    shape: dict[str, Json] = {"same": outcome.same, "rows": outcome.rows, "differences": list(outcome.differences)}
    text = "Identique au journal." if outcome.same else f"Recalculé ; différait : {', '.join(outcome.differences)}."
    return Answer(DONE if outcome.same else NO, shape, text)


@_at_the_desk
def export(office: Office, options: argparse.Namespace) -> Answer:
    """Export the journal and the convocations."""
    with told_when_not_written(options.out):
        done = audit.export(office.desk, Path(options.out))
    files: list[Json] = [str(path) for path in done.files]
    shape: dict[str, Json] = {"files": files, "acts": done.acts, "convocations": done.convocations}
    warning = (
        "Ces fichiers portent des données personnelles en clair : rangez-les en lieu sûr et effacez-les après usage."
    )
    return Answer(DONE, shape, f"{done.acts} actes et {done.convocations} convocations exportés.", (warning,))
