"""Verbs of the summons: hours given and told, hours missed or moved, telephones."""

import argparse
import os
from pathlib import Path

from counter_app.cli.answer import DONE, NO, Answer, of_refusal
from counter_app.cli.moments import aware
from counter_app.cli.opening import at_the_desk
from counter_app.cli.outputs import told_when_not_written
from counter_app.cli.permit_shapes import permit
from counter_app.cli.shapes import Shape
from counter_app.documents.paper_texts import languages
from counter_app.domain.acts import Json
from counter_app.domain.summons import Proposal
from counter_app.messages.outbox import EMAIL, SMS, Carried, FolderCarrier, Outgoing, SmtpCarrier
from counter_app.office import Office
from counter_app.usecases import summon as summoning
from counter_app.usecases.handover_look import look
from counter_app.usecases.send_summons import Ready, missed_message, send, summons_messages, to_send
from counter_app.wording.dates import hour, long_date
from counter_app.wording.numbers import masked_phone

PASSWORD = "COUNTER_APP_SMTP_PASSWORD"
"""Variable that holds the password of the mail server: an option would show it to everybody on the machine."""


@at_the_desk
def summon(office: Office, options: argparse.Namespace) -> Answer:
    """Give an hour to those who wait, and send the messages when told where."""
    if options.language not in [one.code for one in languages()]:
        return of_refusal("unknown_language", f"Langue inconnue : {', '.join(one.code for one in languages())}.")
    first, unknown = _first(office, options.first)
    if unknown:
        return _unknown(unknown)
    waiting = summoning.waiting(office.desk, first)
    proposals = summoning.propose(office.desk, waiting[: options.limit], since=options.since)
    if options.dry_run:
        return _told(len(waiting), proposals, [], Ready((), ()), [])
    chosen = [summoning.Choice(one.permit.id, one.slot, options.language) for one in proposals if one.slot]
    done = summoning.summon(office.desk, chosen)
    ready = summons_messages(office.desk, to_send(office.desk), _addresses(office, options.email))
    carried = _carried(office, options, ready)
    return _told(len(waiting), proposals, done, ready, carried)


def _first(office: Office, raws: list[str]) -> tuple[list[str], str]:
    """Permits that a supervisor puts first; the first text that means none."""
    found = [(raw, look(office.desk, raw).permit) for raw in raws]
    missing = next((raw for raw, one in found if one is None), "")
    return [one.id for _raw, one in found if one], missing


def _addresses(office: Office, pairs: list[tuple[str, str]]) -> dict[str, str]:
    found = ((look(office.desk, raw).permit, address) for raw, address in pairs)
    return {one.id: address for one, address in found if one}


def _carried(office: Office, options: argparse.Namespace, ready: Ready) -> list[Carried]:
    """Each message by its own way: e-mails by the mail server when there is one, everything else by the folder."""
    if options.out is None and options.smtp is None:
        return []
    carried = []
    if options.smtp is not None:
        host, _colon, port = options.smtp.partition(":")
        server = SmtpCarrier(
            host,
            options.sender or "ne-pas-repondre@localhost",
            int(port) if port.isdigit() else 25,
            starttls=not options.no_tls,
            user=options.user,
            password=os.environ.get(PASSWORD, ""),
        )
        carried += send(office.desk, _by(ready, EMAIL), server)
    if options.out is not None:
        left = ready if options.smtp is None else _by(ready, SMS)
        with told_when_not_written(options.out):
            carried += send(office.desk, left, FolderCarrier(Path(options.out)))
    return carried


def _by(ready: Ready, channel: str) -> Ready:
    return Ready(tuple(pair for pair in ready.messages if pair[1].channel == channel), ready.unreachable)


def _told(
    waiting: int,
    proposals: tuple[Proposal, ...],
    done: list[summoning.Summoned],
    ready: Ready,
    carried: list[Carried],
) -> Answer:
    shape: dict[str, Json] = {
        "waiting": waiting,
        "proposed": [_proposal(one) for one in proposals],
        "summoned": [_outcome(one) for one in done],
        "messages": [_message(message) for _permit, message in ready.messages],
        "sent": sum(one.sent for one in carried),
        "not_sent": [{"code": one.message.reference, "reason": one.reason} for one in carried if not one.sent],
        "unreachable": [permit(one) for one in ready.unreachable],
    }
    placed = sum(one.done for one in done)
    lines = [_line(one) for one in proposals]
    lines.append(f"{waiting} personnes attendaient, {placed} convoquées, {shape['sent']} messages partis.")
    if ready.unreachable:
        lines.append(f"{len(ready.unreachable)} personnes sans téléphone pour un SMS : à prévenir par courrier.")
    lines += [f"Pas parti : {one.message.reference}. {one.reason}" for one in carried if not one.sent]
    return Answer(NO if any(not one.sent for one in carried) else DONE, shape, "\n".join(lines))


def _line(one: Proposal) -> str:
    when = f"{long_date(one.slot.date())}, {hour(one.slot)}" if one.slot else "aucune heure libre"
    return f"{one.permit.name} · {one.permit.card_number} : {when}"


def _proposal(one: Proposal) -> Shape:
    return {"permit": permit(one.permit), "slot": one.slot.isoformat() if one.slot else None}


def _outcome(one: summoning.Summoned) -> Shape:
    return {"done": one.done, "reason": one.reason, "permit": permit(one.permit) if one.permit else None}


def _message(message: Outgoing) -> Shape:
    return {
        "code": message.reference,
        "channel": message.channel,
        "to": masked_phone(message.to) if message.channel == SMS else f"…{message.to[message.to.find('@') :]}",
        "language": message.language,
        "segments": message.segments,
        "checked": message.checked,
        "body": message.body,
    }


@at_the_desk
def missed(office: Office, options: argparse.Namespace) -> Answer:
    """Those who did not come, noted first when asked."""
    if options.note:
        summoning.note_missed(office.desk)
    found = summoning.missed(office.desk)
    listed: list[Json] = [_missed(office, one) for one in found]
    lines = [f"{one.permit.name} : {long_date(one.slot.date())}, {hour(one.slot)} ({one.contact})" for one in found]
    return Answer(DONE, {"missed": listed}, "\n".join(lines) or "Personne n’a manqué son rendez-vous.")


def _missed(office: Office, one: summoning.Missed) -> Shape:
    message = missed_message(office.desk, one.permit, one.slot)
    return {
        "permit": permit(one.permit),
        "slot": one.slot.isoformat(),
        "then": one.then.value,
        "contact": one.contact,
        "message": message.body if message else None,
    }


@at_the_desk
def phone(office: Office, options: argparse.Namespace) -> Answer:
    """A new telephone number."""
    found = look(office.desk, options.code).permit
    return _one(summoning.change_phone(office.desk, found.id, options.phone)) if found else _unknown(options.code)


@at_the_desk
def move_slot(office: Office, options: argparse.Namespace) -> Answer:
    """Another hour for somebody convened."""
    found = look(office.desk, options.code).permit
    to = aware(options.to, office.home.path)
    if found is None or to is None:
        return _unknown(options.code)
    return _one(summoning.move_slot(office.desk, found.id, to, options.reason))


_WHY = {
    "": "C’est noté.",
    "unknown_permit": "Aucun titre de ce poste ne répond à ce code.",
    "not_ready": "Ce titre n’est pas convoqué, ou n’est pas prêt : rien n’a été changé.",
    "not_in_stock": "Ce titre n’est plus en stock : rien n’a été changé.",
    "already_summoned": "Cette personne est déjà convoquée.",
    "no_room": "Cette heure est pleine, ou hors de la fenêtre de remise. Choisissez-en une autre.",
    "in_the_past": "Cette heure est passée. Choisissez-en une autre.",
    "not_a_phone": "Ce n’est pas un numéro de téléphone : écrivez 06 12 34 00 01 ou +33612340001.",
    "reason_needed": "Changer une heure demande un motif : --reason.",
}


def _one(outcome: summoning.Summoned) -> Answer:
    return Answer(DONE if outcome.done else NO, _outcome(outcome), _WHY[outcome.reason])


def _unknown(raw: str) -> Answer:
    return of_refusal("unknown_permit", f"Aucun titre de ce poste ne répond à « {raw} » : rien n’a été changé.")
