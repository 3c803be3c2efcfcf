"""What a conflict says in words, for both doors: its title, each side, and what each answer would change."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from counter_app.domain.acts import ActKind
from counter_app.domain.custody import same_desk
from counter_app.domain.permit import PermitState
from counter_app.domain.permit_marks import DEPARTURES, SEEN, SUMMONS, UNDOES
from counter_app.domain.settlement import Answer, Decision
from counter_app.domain.unheeded import WARNINGS
from counter_app.domain.work_items import WorkItemKind, instant
from counter_app.telling.stock import holder_told
from counter_app.usecases.conflict_answers import CardNow, Conflict, Fact, SettleRefusal
from counter_app.wording.catalogue import catalogue, text
from counter_app.wording.dates import Language, duration, hour, short_date
from counter_app.wording.numbers import masked_phone


def heading_told(conflict: Conflict, lang: Language = "fr") -> str:
    """What contradicts, in a few words: « arrivée enregistrée plusieurs fois »."""
    return text(f"conflicts.titles.{conflict.kind}", lang)


def who_told(conflict: Conflict, fact: Fact, lang: Language = "fr") -> str:
    """« Guichet 2, 9 h 24, M. Durand »; with the day when it is not that of who reads it."""
    told = {"desk": fact.desk, "agent": fact.agent, "hour": hour(fact.at, lang)}
    if fact.at.date() == conflict.today:
        return text("conflicts.who", lang, **told)
    return text("conflicts.who_of_a_day", lang, date=short_date(fact.at.date()), **told)


def side_told(conflict: Conflict, fact: Fact, lang: Language = "fr") -> str:
    """« Guichet 2, 9 h 24, M. Durand : arrivée enregistrée »."""
    return text("conflicts.side", lang, who=who_told(conflict, fact, lang), words=words_told(conflict, fact, lang))


def words_told(conflict: Conflict, fact: Fact, lang: Language = "fr") -> str:
    """What one side says was done."""
    if conflict.kind == WorkItemKind.CLOCK_SKEW:
        gap = duration(timedelta(minutes=abs(fact.minutes)), lang)
        return text(f"conflicts.acts.clock_{'ahead' if fact.minutes > 0 else 'behind'}", lang, gap=gap)
    if conflict.kind == WorkItemKind.STREAM_FORKED:
        first = conflict.facts.index(fact) == 0 and len(conflict.facts) > 1
        return text(f"conflicts.acts.{'main_line' if first else 'branch'}", lang)
    figures = _figures(fact, lang)
    if conflict.kind == WorkItemKind.DOUBLE_SUMMONS and (given := _hour_given(fact)):
        told = conflict.card is not None and given in conflict.card.told
        return text(f"conflicts.acts.{'hour_told' if told else 'hour_given'}", lang, **figures)
    named = conflict.kind in _OF_SEVERAL and fact.name
    wanted = f"{fact.kind}_named" if named else f"{fact.kind}_ticket" if fact.ticket else fact.kind
    known = catalogue(lang)
    key = next(key for key in (wanted, fact.kind, "other") if f"conflicts.acts.{key}" in known)
    return text(f"conflicts.acts.{key}", lang, **figures)


_OF_SEVERAL = (WorkItemKind.STAMP_REUSED, WorkItemKind.TRACKING_REUSED, WorkItemKind.DUPLICATE_NUMBER)
"""Kinds of which each side is about another person."""


def _figures(fact: Fact, lang: Language) -> Mapping[str, str]:
    details = fact.details
    told = {name: str(details.get(name) or "") for name in ("reason", "number", "to", "tracking", "bordereau")}
    told |= {"name": fact.name, "ticket": fact.ticket, "to": holder_told(told["to"], lang)}
    given = _hour_given(fact)
    told |= {"slot_date": short_date(given.date()) if given else "?", "slot_hour": hour(given, lang) if given else "?"}
    told["read"] = str(details.get("foreign_number") or details.get("number_as_read") or "?")
    told["phone"] = masked_phone(str(details.get("phone") or ""))
    if fact.kind == ActKind.CONVOCATION_LISTED:
        told |= {"status": _status(details.get("status"), lang), "date": _day(details.get("exported_at"), fact.at)}
    if fact.kind == ActKind.WORK_ITEM_SETTLED:
        told["answer"] = text(f"conflicts.answers.{details.get('decision') or 'keep'}", lang)
    return told


def _hour_given(fact: Fact) -> datetime | None:
    """The hour that an act gives somebody, local time of the site; None of other acts, and once it was erased."""
    slot = fact.details.get("slot") if fact.kind in SUMMONS else None
    return datetime.fromisoformat(str(slot)).astimezone(fact.at.tzinfo) if slot else None


def _status(word: object, lang: Language) -> str:
    return catalogue(lang).get(f"statuses.{word}", str(word or ""))


def _day(exported_at: object, imported: datetime) -> str:
    """The day of a list: that of its export when it is told, else of its import."""
    told = instant(str(exported_at)) if exported_at else imported
    return short_date(told.astimezone(imported.tzinfo).date())


def effect_told(conflict: Conflict, choice: str, lang: Language = "fr") -> str:
    """What an answer would change, said before it is given."""
    fact = next((one for one in conflict.facts if one.act_id == choice), None)
    word = _word(conflict, fact) if fact else choice
    ticket = fact.ticket if fact else _first_ticket(conflict, choice)
    known, base = catalogue(lang), f"{conflict.kind}_{word}"
    keys = (f"{base}_ticket" if ticket else base, base, word)
    key = next(key for key in keys if f"conflicts.effects.{key}" in known)
    told = {
        **(_figures(fact, lang) if fact else {}),
        "ticket": ticket,
        "desk": (fact or conflict.facts[-1]).desk if conflict.facts else "",
        "letter": conflict.name,
        "papers": str(conflict.papers),
        "name": fact.name if fact else "",
        "to": holder_told(_taker(fact), lang) if fact else "",
        "holder": "?",
        **_card_figures(conflict, lang),
    }
    return text(f"conflicts.effects.{key}", lang, **told)


def _taker(fact: Fact) -> str:
    """To whom a taking, or an override, gave the card."""
    return str(fact.details.get("to") or fact.desk)


def _card_figures(conflict: Conflict, lang: Language) -> dict[str, str]:
    card = conflict.card
    if card is None:
        return {}
    state = text(f"stock.states.{card.state}", lang)
    left = short_date(card.left_at.date()) if card.left_at else ""
    return {"holder": holder_told(card.holder, lang), "state": state, "left": left}


def _word(conflict: Conflict, fact: Fact) -> str:
    """Which sentence tells what keeping this side would change."""
    if conflict.kind == WorkItemKind.DOUBLE_HANDOVER and fact.kind == ActKind.HANDOVER_CONTESTED:
        return "contest"
    if conflict.kind == WorkItemKind.DOUBLE_HANDOVER and fact.kind in UNDOES:
        return "undone"
    if conflict.kind == WorkItemKind.STATUS_AFTER_TERMINAL:
        given = next((_GIVEN[one.kind] for one in conflict.facts if one.kind in _GIVEN), None)
        if given and fact.kind in WARNINGS:
            return given
        return next((word for word, kinds in _SIDES.items() if fact.kind in kinds), "keep")
    if conflict.kind == WorkItemKind.DOUBLE_CUSTODY and fact.kind not in _TAKINGS:
        return "none"
    if conflict.kind == WorkItemKind.CUSTODY_OVERRIDDEN and conflict.card:
        return _of_override(conflict.card, fact)
    return "keep"


def _of_override(card: CardNow, fact: Fact) -> str:
    """Confirming an override moves nothing: the sentence tells where the card went since."""
    if card.state == PermitState.DISPUTED:
        return "disputed"
    if card.left_at:
        return "out"
    return "keep" if same_desk(card.holder or "", _taker(fact)) else "moved"


_TAKINGS = {ActKind.CUSTODY_TAKEN, ActKind.CUSTODY_OVERRIDDEN}

_GIVEN: dict[str, str] = {
    ActKind.PERMIT_HANDED_OVER: "warned",
    ActKind.PERMIT_POSTED: "posted",
    ActKind.PERMIT_SENT_BACK: "gone",
    ActKind.PERMIT_DESTROYED: "gone",
}
"""The word of a warning that who let the card go did not know of."""

_SIDES = {
    "arrival": {ActKind.CHECKED_IN},
    "list": {ActKind.CONVOCATION_LISTED},
    "departure": DEPARTURES,
    "seen": SEEN,
}


def _first_ticket(conflict: Conflict, choice: str) -> str:
    """The ticket that counts when both arrivals are true: that of the earliest."""
    arrived = [one for one in conflict.facts if one.kind == ActKind.CHECKED_IN and one.ticket]
    return min(arrived, key=lambda one: one.at).ticket if arrived and choice == Decision.BOTH else ""


def answer_told(conflict: Conflict, answer: Answer, lang: Language = "fr") -> str:
    """What a supervisor answered."""
    fact = next((one for one in conflict.facts if one.act_id == answer.kept), None)
    if fact is None:
        return text(f"conflicts.answers.{answer.decision}", lang)
    return text("conflicts.answers.kept", lang, side=side_told(conflict, fact, lang))


def settled_told(conflict: Conflict, lang: Language = "fr") -> tuple[str, ...]:
    """Who settled it and how, who answered otherwise, or in whose hands it is; nothing while nobody answered."""
    settlement = conflict.settlement
    if settlement is None:
        return ()
    if handed := settlement.entrusted:
        return (text("conflicts.entrusted", lang, **_by(handed), reason=handed.reason),)
    lines = []
    if stands := settlement.settled:
        told = {"answer": answer_told(conflict, stands, lang), "reason": stands.reason}
        key = "settled" if stands.approved_by else "settled_alone"
        lines.append(text(f"conflicts.{key}", lang, **_by(stands), **told))
    for other in settlement.others:
        lines.append(text("conflicts.also", lang, **_by(other), answer=answer_told(conflict, other, lang)))
    return tuple(lines)


def _by(answer: Answer) -> dict[str, str]:
    return {"desk": answer.desk, "agent": answer.agent, "approved_by": answer.approved_by}


def refusal_told(refusal: SettleRefusal, lang: Language = "fr") -> str:
    """Why an answer was not recorded, and what to do."""
    return text(f"conflicts.refusals.{refusal.value}", lang)
