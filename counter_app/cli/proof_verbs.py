"""Verbs about proofs: papers, verification of the journal, export."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from counter_app.cli import shapes
from counter_app.cli.answer import DONE, NO, Answer, of_refusal
from counter_app.cli.opening import at_the_desk
from counter_app.cli.outputs import told_when_not_written, writable
from counter_app.domain.acts import Json
from counter_app.office import Office
from counter_app.store.verify import Verification
from counter_app.telling.rebuilt import rebuilt_told
from counter_app.usecases import audit, receipts
from counter_app.usecases.answers import IssuedReceipt
from counter_app.usecases.audit import Exported
from counter_app.usecases.present import preview
from counter_app.wording.catalogue import Words, counted, text
from counter_app.wording.dates import hour, short_date


@at_the_desk
def receipt(office: Office, options: argparse.Namespace) -> Answer:
    """Write a receipt as PDF: the one named, or the only one of a foreign number."""
    if receipts.find_receipt(office.desk, options.id):
        return _printed(office, options.id, options.out)
    found = receipts.receipts_of_number(office.desk, options.id)
    if len(found) > 1:
        return _which(office, found)
    return _printed(office, found[0].id if found else options.id, options.out)


def _which(office: Office, found: Sequence[IssuedReceipt]) -> Answer:
    """Several receipts about one person: a paper is counted, so that the agent says which."""
    zone = office.desk.rules.zone
    told = [_named(one, zone) for one in found]
    sentence = text("commands.several_receipts", "fr", receipts=" ; ".join(told))
    refused = of_refusal("several_receipts", sentence)
    listed: list[Json] = [shapes.receipt(one) for one in found]
    return replace(refused, shape={**refused.shape, "receipts": listed})


def _named(one: IssuedReceipt, zone: ZoneInfo) -> str:
    at = one.issued_at.astimezone(zone)
    day, time = short_date(at.date()), hour(at)
    return text(f"commands.receipts.{one.kind}", "fr", number=one.number, date=day, hour=time)


@at_the_desk
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
        return of_refusal(
            "unknown_receipt",
            "Aucun reçu de ce poste ne porte ce numéro ou ce code, ni n’est d’une personne de ce numéro.",
        )
    with writable(out) as file:
        paper = receipts.print_receipt(office.desk, text)
        if paper is None or paper.receipt is None:
            return of_refusal("unknown_receipt", "La liste qui portait ce reçu n’est plus sur ce poste.")
        file.write(paper.pdf)
    copy = paper.receipt.copies
    shape = {**(shapes.receipt(paper.receipt) or {}), "copy": copy, "duplicate": copy > 1, "out": out}
    return Answer(DONE, shape, f"Reçu {paper.receipt.number} écrit dans « {out} ».")


@at_the_desk
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
        "end_unknown": outcome.end_unknown,
        "unknown": outcome.unknown,
        "ahead": outcome.ahead,
        "ahead_since": outcome.ahead_since,
        "unchecked": outcome.unchecked,
        "faults": faults,
    }
    text = _verified(outcome) if outcome.ok else "\n".join(outcome.faults)
    return Answer(DONE if outcome.ok else NO, shape, text)


def _verified(outcome: Verification) -> str:
    told = (
        (outcome.erased, "détails effacés"),
        (outcome.lost, "perdus, comme la récupération l’avait noté"),
        (outcome.unknown, "d’une version plus récente, gardés sans effet"),
        (outcome.ahead, "reçus avant ceux qui les précèdent, à compléter par un échange"),
        (outcome.unchecked, "signés par un poste dont la clé n’est pas connue ici"),
    )
    more = "".join(f" ; {words} : {count}" for count, words in told if count)
    end = " D’autres actes ont pu suivre le dernier repris, rien ne le dit plus." if outcome.end_unknown else ""
    acts = counted("commands.acts", outcome.acts, "fr")
    return f"Journal vérifié : {acts}, aucun défaut{more}.{end}{_loose(outcome.ahead_since)}"


def _loose(since: str | None) -> str:
    if since is None:
        return ""
    return (
        f" Le plus ancien acte en avance est du {since[:10]} : s’il l’est encore après un échange mené à son terme, ce "
        "qui le précède est perdu partout. Il compte ici et la base centrale le garde à part ; prévenez le service "
        "informatique."
    )


@at_the_desk
def rebuild(office: Office, _options: argparse.Namespace) -> Answer:
    """Recompute the projections."""
    outcome = audit.rebuild(office.desk)
    shape: dict[str, Json] = {"same": outcome.same, "rows": outcome.rows, "differences": list(outcome.differences)}
    return Answer(DONE if outcome.same else NO, shape, rebuilt_told(outcome, Words("fr")))


@at_the_desk
def export(office: Office, options: argparse.Namespace) -> Answer:
    """Export the journal and the convocations."""
    with told_when_not_written(options.out):
        done = audit.export(office.desk, Path(options.out))
    files: list[Json] = [str(path) for path in done.files]
    shape: dict[str, Json] = {"files": files, "acts": done.acts, "convocations": done.convocations}
    warning = (
        "Ces fichiers portent des données personnelles en clair : rangez-les en lieu sûr et effacez-les après usage."
    )
    return Answer(DONE, shape, _exported(done), (warning,))


def _exported(done: Exported) -> str:
    acts, people = counted("commands.acts", done.acts, "fr"), counted("commands.convocations", done.convocations, "fr")
    return f"Export écrit : {acts}, {people}."
