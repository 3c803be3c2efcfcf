"""What the waiting room says in words, for both doors: what was done, why not, how full the room is."""

import math

from counter_app.domain.queue_rules import QueueLimits, QueueRules
from counter_app.domain.visit_story import Stage
from counter_app.usecases.queue_answers import Load, QueueAnswer, QueueLine, QueueRefusal
from counter_app.wording.catalogue import counted, text
from counter_app.wording.dates import Language, long_date, short_date
from counter_app.wording.fill import shown_back


def numbers_told(line: QueueLine) -> str:
    """The waiting numbers of somebody: nearly always one."""
    return " / ".join(line.visit.numbers)


def not_done(answer: QueueAnswer, limits: QueueLimits, lang: Language = "fr") -> str:
    """Why a gesture was not done, in a sentence; empty when it was."""
    if answer.refusal is None:
        return ""
    line = answer.line
    call = line.visit.call if line else None
    return text(
        f"queue.refusals.{_refusal_said(answer, answer.refusal)}",
        lang,
        number=numbers_told(line) if line else "",
        desk=answer.passed[0].desk if answer.passed else call.desk if call else "",
        n=math.ceil(answer.wait.total_seconds()),
        calls=limits.calls,
        made=len(call.announced) if call else 0,
        others=", ".join(answer.others),
    )


def _refusal_said(answer: QueueAnswer, refusal: QueueRefusal) -> str:
    """Which sentence says a refusal."""
    if refusal is QueueRefusal.UNKNOWN_DESK and answer.others:
        return "no_such_desk"
    served = answer.line is not None and answer.line.visit.stage is Stage.SERVING
    return "already_received_there" if refusal is QueueRefusal.ALREADY_THERE and served else refusal.value


def unheard_told(answer: QueueAnswer, lang: Language = "fr") -> str:
    """What a home that is alone says of a desk that it does not know; empty when it is known, or none was named."""
    return text("queue.unheard", lang, desk=shown_back(answer.unheard)) if answer.unheard else ""


def passed_told(answer: QueueAnswer, lang: Language = "fr") -> str:
    """Whom other desks were calling, so that the one after them was called; empty when nobody was passed over."""
    passed = answer.passed if answer.done else ()
    return " ".join(text("queue.passed", lang, number=one.number, desk=one.desk) for one in passed)


def refusal_told(refusal: QueueRefusal, others: tuple[str, ...], lang: Language = "fr") -> str:
    """A refusal about nobody."""
    return text(f"queue.refusals.{refusal.value}", lang, others=", ".join(others))


def done_told(slug: str, line: QueueLine, rules: QueueRules, lang: Language = "fr") -> str:
    """What was just done, in a sentence. `rules`: those of the site, which name its services."""
    visit, call = line.visit, line.visit.call
    outcome = text(f"queue.outcomes.{visit.outcome}", lang) if visit.outcome else ""
    priority = text(f"queue.priorities.{visit.priority or 'none'}", lang)
    desk = call.desk if call else ""
    day = day_told(line, lang)
    number = f"{numbers_told(line)} ({day})" if day else numbers_told(line)
    service = rules.service(visit.service)
    where = ", ".join(filter(None, (service.name if service else visit.service, visit.awaited_by)))
    told = {"desk": desk, "outcome": outcome, "priority": priority, "where": where}
    return text(f"queue.done.{slug}", lang, number=number, **told)


def day_told(line: QueueLine, lang: Language = "fr") -> str:
    """The day of a passage that is not of today; empty today."""
    return text("queue.of_day", lang, day=long_date(line.earlier, lang)) if line.earlier else ""


def load_told(load: Load, lang: Language = "fr") -> str:
    """How full the room is, in a line: of which services when not all, a word, who waits, the range of the wait."""
    told = _load_told(load, lang)
    return text("queue.only", lang, services=", ".join(load.only), told=told) if load.only else told


def _load_told(load: Load, lang: Language) -> str:
    word = text(f"queue.load_words.{load.word}", lang)
    if not load.waiting:
        return text("queue.load_none", lang, word=word)
    waiting = counted("queue.waiting_count", load.waiting, lang)
    if load.most is None:
        known = "load_beyond" if load.least else "load_unknown"
        return text(f"queue.{known}", lang, word=word, waiting=waiting, least=load.least)
    return text("queue.load", lang, word=word, waiting=waiting, least=load.least, most=load.most)


def twice_told(line: QueueLine, lang: Language = "fr", short: bool = False) -> str:
    """That desks apart each called somebody, and which ones; empty when none did."""
    desks = ", ".join(dict.fromkeys(call.desk for call in line.contradictory))
    return text("queue.twice_short" if short else "queue.twice", lang, desks=desks) if desks else ""


def state_told(line: QueueLine, lang: Language = "fr", short: bool = False) -> str:
    """Where somebody is, in a few words: of several desks that called, all of them. `short`: in a list of those who
    wait, where why somebody passes first is enough."""
    visit = line.visit
    if line.contradictory:
        return twice_told(line, lang, short)
    if visit.outcome:
        return text(f"queue.outcomes.{visit.outcome}", lang)
    said = text(f"queue.stages.{visit.stage.value}", lang)
    where = visit.live_calls[0].desk if visit.live_calls else ""
    sent = text("queue.sent_to", lang, desk=visit.awaited_by) if visit.awaited_by else ""
    first = text(f"queue.priorities.{visit.priority}", lang) if visit.priority else ""
    day = text("queue.of_day", lang, day=short_date(line.earlier)) if line.earlier else ""
    plain = "" if short and first and visit.stage is Stage.WAITING else said
    return " · ".join(part for part in (day, sent or plain, where, first) if part)
