"""Verbs of the summons: hours given and told, hours missed or moved, telephones."""

import argparse
from dataclasses import replace

from counter_app.cli import summons_shapes as shapes
from counter_app.cli.answer import DONE, NO, Answer, of_refusal
from counter_app.cli.moments import aware
from counter_app.cli.online import after_others
from counter_app.cli.opening import at_the_desk
from counter_app.cli.orient import unknown_language
from counter_app.cli.permit_shapes import permit
from counter_app.cli.shapes import Shape
from counter_app.cli.summons_sending import addresses, carried
from counter_app.cli.texts import REHEARSED
from counter_app.domain.acts import Json
from counter_app.messages.outbox import Carried
from counter_app.office import Office
from counter_app.telling.stock import crowded_told
from counter_app.telling.summons import refused_words
from counter_app.usecases import send_summons as sending
from counter_app.usecases import summon as summoning
from counter_app.usecases.handover_look import look
from counter_app.usecases.summons_messages import (
    Ready,
    missed_message,
    missed_messages,
    summons_messages,
    to_send,
)
from counter_app.wording.catalogue import Words, text


@at_the_desk
@after_others
def summon(office: Office, options: argparse.Namespace) -> Answer:
    """Give an hour to those who wait, and send the messages when told where."""
    if no_language := unknown_language(options.language):
        return no_language
    (first, unknown), (again, lost) = _permits(office, options.first), _permits(office, options.again)
    if unknown or lost:
        return _unknown(unknown or lost)
    answer = _convened(office, options, first, again)
    over = summoning.over_places(office.desk)
    shape: dict[str, Json] = {**answer.shape, "crowded": [shapes.crowded(one) for one in over]}
    return replace(answer, shape=shape, text="\n".join(filter(None, (crowded_told(over), answer.text))))


def _convened(office: Office, options: argparse.Namespace, first: list[str], again: list[str]) -> Answer:
    waiting = summoning.waiting(office.desk, first)
    proposals = summoning.propose(office.desk, waiting[: options.limit], since=options.since)
    shape: dict[str, Json] = {"waiting": len(waiting), "proposed": [shapes.proposal(one) for one in proposals]}
    lines = [shapes.proposal_line(one) for one in proposals]
    if options.dry_run:
        rehearsed = "\n".join((*lines, f"Personnes qui attendent une heure\u00a0: {len(waiting)}.", REHEARSED))
        return Answer(DONE, {**shape, "summoned": [], **shapes.sending(Ready((), ()), [])}, rehearsed)
    choices = [summoning.Choice(one.permit.id, one.slot, options.language, options.by) for one in proposals if one.slot]
    done = summoning.summon(office.desk, choices)
    ready = summons_messages(office.desk, to_send(office.desk), addresses(office, options.email), again)
    left = carried(office, options, ready, sending.send)
    shape = {**shape, "summoned": [shapes.outcome(one) for one in done], **shapes.sending(ready, left)}
    convened = sum(one.done for one in done)
    lines += [f"{one.permit.name} : {_why(office, one)}" for one in done if one.permit and not one.done]
    lines += [shapes.without_amount(one.permit) for one in done if one.permit and one.done]
    lines.append(f"Personnes qui attendaient une heure\u00a0: {len(waiting)}\u00a0; heures données\u00a0: {convened}.")
    lines += shapes.sending_lines(ready, left)
    if sum(one.sent for one in left) < len(ready.messages):
        lines.append("Une personne dont le message n’est pas parti n’est pas encore convoquée.")
    return Answer(NO if proposals and not convened else _code(left), shape, "\n".join(filter(None, lines)))


def _permits(office: Office, raws: list[str]) -> tuple[list[str], str]:
    """Permits that texts mean; the first text that means none."""
    found = [(raw, look(office.desk, raw).permit) for raw in raws]
    missing = next((raw for raw, one in found if one is None), "")
    return [one.id for _raw, one in found if one], missing


def _code(left: list[Carried]) -> int:
    return NO if any(not one.sent for one in left) else DONE


@at_the_desk
@after_others
def missed(office: Office, options: argparse.Namespace) -> Answer:
    """Those who did not come, noted first when asked; the message about it leaves when told where."""
    again, unknown = _permits(office, options.again)
    if unknown:
        return _unknown(unknown)
    if options.note:
        summoning.note_missed(office.desk)
    found, apart = summoning.missed(office.desk), summoning.not_absent(office.desk)
    ready = missed_messages(office.desk, [one.permit for one in found], addresses(office, options.email), again)
    left = carried(office, options, ready, sending.send_missed)
    lines = [shapes.missed_line(one) for one in found] or ["Personne n’a manqué son rendez-vous."]
    lines += [shapes.apart_line(one) for one in apart]
    told = shapes.sending_lines(ready, left) if ready != Ready((), ()) else []
    absent: dict[str, Json] = {
        "missed": [_missed(office, one) for one in found],
        "not_absent": [shapes.apart(one) for one in apart],
    }
    return Answer(_code(left), {**absent, **shapes.sending(ready, left)}, "\n".join([*lines, *told]))


def _missed(office: Office, one: summoning.Missed) -> Shape:
    message = missed_message(office.desk, one.permit, one.slot)
    return {
        "permit": permit(one.permit),
        "slot": one.slot.isoformat(),
        "then": one.then.value,
        "contact": one.contact,
        "message": message.body if message else None,
        "told_on": one.told_on,
    }


@at_the_desk
@after_others
def told(office: Office, options: argparse.Namespace) -> Answer:
    """Somebody told by letter or by phone, or who has the e-mail that may have left."""
    found = look(office.desk, options.code).permit
    if found is None:
        return _unknown(options.code)
    return _one(office, sending.note_told(office.desk, found.id, options.by), f"told_{options.by}")


@at_the_desk
@after_others
def phone(office: Office, options: argparse.Namespace) -> Answer:
    """A new telephone number."""
    found = look(office.desk, options.code).permit
    if found is None:
        return _unknown(options.code)
    return _one(office, summoning.change_phone(office.desk, found.id, options.phone), "phone")


@at_the_desk
@after_others
def move_slot(office: Office, options: argparse.Namespace) -> Answer:
    """Another hour for somebody convened."""
    found = look(office.desk, options.code).permit
    to = aware(options.to, office.home.path)
    if found is None or to is None:
        return _unknown(options.code)
    return _one(office, summoning.move_slot(office.desk, found.id, to, options.reason), "moved")


_WHY = {
    "unknown_permit": "Aucun titre de ce poste ne répond à ce code.",
    "not_ready": "Ce titre n’est pas convoqué, ou n’est pas prêt : rien n’a été changé.",
    "not_in_stock": "Ce titre n’est plus en stock : rien n’a été changé.",
    "already_summoned": "Cette personne est déjà convoquée.",
    "in_the_past": "Cette heure est passée. Choisissez-en une autre.",
    "validity_over": "Ce titre ne sera plus valable ce jour-là : personne n’est convoqué pour lui, le service décide.",
    "too_far": "Cette heure est à plus de quatre mois : relisez la date.",
    "not_noted": "L’heure est passée : notez d’abord l’absence (permits missed --note).",
    "already_told": "C’est déjà noté, de cette façon et pour cette heure : rien n’a été ajouté.",
    "not_a_phone": "Ce n’est pas un numéro de téléphone : écrivez 06 12 34 00 01 ou +33612340001.",
    "reason_needed": "Changer une heure demande un motif : --reason.",
}


def _why(office: Office, outcome: summoning.Summoned) -> str:
    if outcome.refused:
        return refused_words(outcome, office.desk.rules, Words("fr"))
    return _WHY[outcome.reason]


def _one(office: Office, outcome: summoning.Summoned, slug: str) -> Answer:
    """What was noted of whom, or why nothing was."""
    if outcome.permit is None or not outcome.done:
        return Answer(NO, shapes.outcome(outcome), _why(office, outcome))
    return Answer(DONE, shapes.outcome(outcome), text(f"summons_desk.done.{slug}", "fr", name=outcome.permit.name))


def _unknown(raw: str) -> Answer:
    return of_refusal("unknown_permit", f"Aucun titre de ce poste ne répond à « {raw} » : rien n’a été changé.")
