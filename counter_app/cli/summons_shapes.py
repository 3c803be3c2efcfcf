"""Shapes and lines of the verbs of the summons. Keys are a contract, listed in docs/cli.md: add, never rename."""

from collections.abc import Sequence

from counter_app.cli.permit_shapes import permit
from counter_app.cli.shapes import Shape
from counter_app.domain.acts import Json
from counter_app.domain.french import typeset
from counter_app.domain.permit import Permit
from counter_app.domain.summons import Crowded, Proposal
from counter_app.messages.outbox import SMS, Carried, Outgoing
from counter_app.store.permit_rows import code_of
from counter_app.telling.stock import held_told, validity_told
from counter_app.usecases.summon import Apart, Missed, Summoned
from counter_app.usecases.summons_messages import Ready
from counter_app.wording.catalogue import text
from counter_app.wording.dates import hour, long_date
from counter_app.wording.numbers import masked_phone

MAYBE_LEFT_BEFORE = typeset(
    "Le serveur de messagerie n’a pas répondu la dernière fois. Demandez à la personne si elle a reçu l’e-mail : "
    "notez-la prévenue (permits told --by email), ou renvoyez-le (--again)."
)
"""Why a message that may have left does not leave again by itself, and what to do."""


def proposal(one: Proposal) -> Shape:
    """An hour proposed for a permit."""
    why = "validity_over" if one.over else "" if one.slot else "no_hour"
    return {"permit": permit(one.permit), "slot": one.slot.isoformat() if one.slot else None, "why": why}


def crowded(one: Crowded) -> Shape:
    """An hour with more people than places."""
    return {"slot": one.slot.isoformat(), "people": one.people, "places": one.places}


def outcome(one: Summoned) -> Shape:
    """What became of one gesture."""
    refused = one.refused
    return {
        "done": one.done,
        "reason": one.reason,
        "permit": permit(one.permit) if one.permit else None,
        "no_room": refused.why.value if refused else None,
        "next_free": refused.free.isoformat() if refused and refused.free else None,
    }


def message(one: Outgoing) -> Shape:
    """A message, whom it goes to masked."""
    return {
        "code": one.reference,
        "channel": one.channel,
        "to": masked_phone(one.to) if one.channel == SMS else f"…{one.to[one.to.find('@') :]}",
        "language": one.language,
        "segments": one.segments,
        "checked": one.checked,
        "body": one.body,
    }


def sending(ready: Ready, carried: Sequence[Carried]) -> dict[str, Json]:
    """What was ready to leave, what left, what did not and why."""
    return {
        "messages": [message(one) for _permit, one in ready.messages],
        "segments": ready.segments,
        "sent": sum(one.sent for one in carried),
        "not_sent": [_left_behind(one) for one in carried if not one.sent and not one.maybe],
        "maybe_sent": [*map(_in_doubt, ready.doubtful), *(_left_behind(one) for one in carried if one.maybe)],
        "unreachable": [permit(one) for one in ready.unreachable],
        "held": [{"code": code_of(one), "conflict": why.value, "reason": held_told(why)} for one, why in ready.held],
    }


def _left_behind(one: Carried) -> Shape:
    return {"code": one.message.reference, "reason": one.reason}


def _in_doubt(one: Permit) -> Shape:
    return {"code": code_of(one), "reason": MAYBE_LEFT_BEFORE}


def sending_lines(ready: Ready, carried: Sequence[Carried]) -> list[str]:
    """The same for people: what it costs, who has to be told otherwise."""
    sent = sum(one.sent for one in carried)
    lines = [f"Messages prêts\u00a0: {len(ready.messages)} ({ready.segments} SMS)\u00a0; partis\u00a0: {sent}."]
    if ready.unreachable:
        lines.append(f"À prévenir par courrier ou par téléphone\u00a0: {len(ready.unreachable)} (permits told).")
    lines += [f"Peut-être déjà parti : {code_of(one)}. {MAYBE_LEFT_BEFORE}" for one in ready.doubtful]
    lines += [f"{one.name} ({code_of(one)}) : {held_told(why)}" for one, why in ready.held]
    told = (("Peut-être déjà parti" if one.maybe else "Pas parti", one) for one in carried if not one.sent)
    return [*lines, *(f"{word} : {one.message.reference}. {one.reason}" for word, one in told)]


def without_amount(permit: Permit) -> str:
    """That the message to a person says nothing of a stamp; empty when it does."""
    unknown = permit.stamp_amount is None
    return f"{permit.name}\u00a0: montant du timbre inconnu, le message n’en dit rien." if unknown else ""


def proposal_line(one: Proposal) -> str:
    """One proposal in one line."""
    if one.over:
        return f"{one.permit.name} · {one.permit.card_number} : {validity_told(one.permit, 'fr')}"
    when = f"{long_date(one.slot.date())}, {hour(one.slot)}" if one.slot else "aucune heure libre"
    unknown = " · montant du timbre inconnu, le message n’en dira rien" if one.permit.stamp_amount is None else ""
    return f"{one.permit.name} · {one.permit.card_number} : {when}{unknown}"


def missed_line(one: Missed) -> str:
    """One missed hour in one line."""
    return f"{one.permit.name} : {long_date(one.slot.date())}, {hour(one.slot)} ({one.contact})"


def apart(one: Apart) -> Shape:
    """Somebody whose hour passed and who did not miss it."""
    return {"permit": permit(one.permit), "slot": one.slot.isoformat(), "why": one.why.value}


def apart_line(one: Apart) -> str:
    """The same in one line."""
    why = text(f"summons_desk.apart.{one.why.value}", "fr")
    return f"{one.permit.name} : {long_date(one.slot.date())}, {hour(one.slot)} ({why})"
