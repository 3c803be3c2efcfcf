"""Verbs of the handover window: hand over, take back, contest, settle."""

import argparse
from collections.abc import Callable
from dataclasses import replace

from counter_app.cli import handover_shapes as shapes
from counter_app.cli.answer import DONE, NO, Answer, of_refusal
from counter_app.cli.online import after_others, ask_others
from counter_app.cli.opening import at_the_desk
from counter_app.cli.stamps import expected_by
from counter_app.cli.texts import REHEARSED
from counter_app.domain.acts import SubjectType
from counter_app.domain.handover_draft import (
    BY_HAND,
    NOTHING_DONE,
    Collector,
    HandoverDraft,
    IdentityResult,
    Signature,
    StampShown,
)
from counter_app.domain.tax_stamps import StampReading
from counter_app.office import Office
from counter_app.telling.handover import handover_chips, handover_text, missing_line
from counter_app.usecases import hand_over as handing
from counter_app.usecases import handover_aftermath as aftermath
from counter_app.usecases.answers import Override
from counter_app.usecases.desk import Desk
from counter_app.usecases.handover_answers import HandoverAnswer, HandoverUndone
from counter_app.usecases.handover_look import look, present
from counter_app.wording.catalogue import Words, text


@at_the_desk
def hand_over(office: Office, options: argparse.Namespace) -> Answer:
    """Hand a permit over, or say why not."""
    desk = office.desk
    unclear = _by_case(desk, options) or _unclear(options)
    if unclear:
        return unclear
    found = look(desk, options.code)
    if found.permit is None:
        return _rehearsed(_answered(office, found if options.dry_run else present(desk, options.code)), options)
    draft = _draft(desk, options, found)
    elsewhere, silent = ask_others(office, SubjectType.PERMIT, found.permit.id)
    told = (Words("fr")("confidence.warn", agent=elsewhere.agent, desk=elsewhere.desk),) if elsewhere else ()
    agreed = Override(options.anyway, options.approved_by) if options.anyway.strip() else None
    work = handing.foresee if options.dry_run else handing.hand_over
    answer = _answered(office, work(desk, found.permit.id, draft, agreed, offline=options.offline or silent))
    return replace(_rehearsed(answer, options), warnings=told)


def _rehearsed(answer: Answer, options: argparse.Namespace) -> Answer:
    return replace(answer, text=f"{answer.text}\n{REHEARSED}") if options.dry_run else answer


def _by_case(desk: Desk, options: argparse.Namespace) -> Answer | None:
    """The amount of a case of the tariff becomes the one expected, its name the reason; or why it cannot."""
    if not options.stamp_case:
        return None
    expected = expected_by(desk.rules.tariff, options.stamp_case, desk.now().date())
    if isinstance(expected, Answer):
        return expected
    if options.amount_due is not None:
        return of_refusal("amount_and_case", "Un montant ou un cas du tarif : --amount-due ou --stamp-case.")
    options.amount_due, options.amount_reason = expected.total, options.amount_reason or expected.label
    return None


def _unclear(options: argparse.Namespace) -> Answer | None:
    """What the options leave to guess; nothing is guessed."""
    if not options.code.strip():
        return of_refusal("nothing_read", "Rien à lire : scannez la pochette, ou tapez un numéro ou un code.")
    if options.amount_due is not None and not options.amount_reason.strip():
        return of_refusal("amount_reason", "Un montant corrigé demande un motif : ajoutez --amount-reason.")
    if options.identity_number.strip() and not options.identity:
        return of_refusal("identity_number", "Ce numéro est celui de quelle pièce ? Ajoutez --identity.")
    if (options.collector_name.strip() or options.collector_relation.strip()) and options.collector in (None, "holder"):
        return of_refusal("collector_missing", "Ce nom est celui de qui ? Ajoutez --collector guardian ou proxy.")
    if options.fault is not None and not options.fault.strip():
        return of_refusal("field_missing", "Dites quel champ du titre est faux : --fault prénom, par exemple.")
    exemptions = {one for one in options.stamp if isinstance(one, str)}
    if len(exemptions) > 1 or (exemptions and len(exemptions) < len(options.stamp)):
        return of_refusal("stamp_and_exemption", "Un timbre, ou un seul motif d’exonération : l’un ou l’autre.")
    return None


def _draft(desk: Desk, options: argparse.Namespace, found: HandoverAnswer) -> HandoverDraft:
    """The page as the options tell it. Without the code of a sleeve, the agent took it in hand and read it."""
    result = options.identity_result
    return HandoverDraft(
        sleeve=options.sleeve.strip() or found.draft.sleeve or BY_HAND,
        identity_document=options.identity or "",
        identity_result=IdentityResult(result) if result else None,
        identity_number=options.identity_number,
        collector=Collector(options.collector) if options.collector else Collector.HOLDER,
        collector_name=options.collector_name,
        collector_relation=options.collector_relation,
        medical_certificate=options.medical_certificate,
        old_document=options.old_document,
        stamps=_stamps(desk, options),
        amount_due=options.amount_due,
        amount_reason=options.amount_reason,
        exempt=next((one for one in options.stamp if isinstance(one, str)), ""),
        signature=Signature(options.signature) if options.signature else None,
        chip_checked=options.chip_checked,
        read_through=options.read_through,
        fault=(options.fault or "").strip(),
    )


def _stamps(desk: Desk, options: argparse.Namespace) -> tuple[StampShown, ...]:
    """Stamps shown; the amount told is that of all of them together, so it stands on the first."""
    digits = [one.digits for one in options.stamp if isinstance(one, StampReading)]
    amounts = [options.stamp_amount, *[0 if options.stamp_amount is not None else None] * len(digits)]
    shown = (handing.stamp_shown(desk, one, amount)[1] for one, amount in zip(digits, amounts, strict=False))
    return tuple(one for one in shown if one)


def _answered(office: Office, answer: HandoverAnswer) -> Answer:
    rules = office.desk.rules
    said = handover_text(answer, rules)
    who = f"{answer.permit.name} · {answer.permit.card_number}" if answer.permit else ""
    lines = (f"{said.family_word} — {said.title}", who, said.detail, missing_line(answer), *said.notes)
    shown = "\n".join(line for line in (*lines, *handover_chips(answer, rules)) if line)
    return Answer(DONE if answer.recorded or answer.may_commit else NO, shapes.handover_answer(answer), shown)


@at_the_desk
@after_others
def undo(office: Office, options: argparse.Namespace) -> Answer:
    """Take a handover back."""
    agreed = Override(options.reason, options.approved_by) if options.reason or options.approved_by else None
    return _about(
        office,
        options,
        "la remise est annulée",
        lambda permit: aftermath.undo_handover(office.desk, permit, agreed, act_id=options.act),
    )


@at_the_desk
@after_others
def contest(office: Office, options: argparse.Namespace) -> Answer:
    """Contest a handover."""
    return _about(
        office,
        options,
        "la remise est contestée, à trancher",
        lambda permit: aftermath.contest(office.desk, permit, options.reason),
    )


@at_the_desk
@after_others
def settle(office: Office, options: argparse.Namespace) -> Answer:
    """Settle a dispute."""
    agreed = Override(options.reason, options.approved_by)
    return _about(
        office,
        options,
        "la contestation est tranchée",
        lambda permit: aftermath.settle(office.desk, permit, options.keep, agreed),
    )


_WHY = {
    "unknown_permit": "Aucun titre de ce poste ne répond à ce code.",
    "not_handed_over": "Ce titre n’est pas remis : il n’y a rien à reprendre.",
    "needs_supervisor": "La minute est passée, ou un autre poste a remis ce titre : ajoutez --reason et --approved-by.",
    "reason_needed": "Il faut un motif et le nom du responsable : --reason et --approved-by.",
    "not_disputed": "Cette remise n’est pas contestée : il n’y a rien à trancher.",
    "own_agreement": text("notes.own_agreement", "fr"),
    "unknown_act": "Aucune sortie de ce titre ne porte cet identifiant.",
}


def _about(office: Office, options: argparse.Namespace, told: str, work: Callable[[str], HandoverUndone]) -> Answer:
    """One gesture on a handover; `told`: what is then so."""
    found = look(office.desk, options.code, NOTHING_DONE)
    done = work(found.permit.id) if found.permit else HandoverUndone(False, None, "unknown_permit")
    if not done.done or found.permit is None:
        return Answer(NO, shapes.undone(done), _WHY[done.reason])
    who = f"{found.permit.name} · {found.permit.card_number}"
    return Answer(DONE, shapes.undone(done), f"{who} : {told}. Le journal garde tous les actes.")
