"""What an answer says in words: the figures of its sentence, taken from what the use case found."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from counter_app.domain.convocation import Convocation
from counter_app.domain.extension import DocumentType, extension
from counter_app.domain.foreign_number import read_number
from counter_app.domain.rules import SiteRules
from counter_app.domain.verdict import Verdict
from counter_app.domain.work_items import instant
from counter_app.telling.numbers import of_number, of_paper
from counter_app.usecases.answers import ArrivalAnswer, Certainty
from counter_app.usecases.present import CAME_BEFORE
from counter_app.wording.catalogue import text
from counter_app.wording.dates import Language, birth_date_words, duration, hour, hour_on, long_date, short_date
from counter_app.wording.fill import Figures, shown_back
from counter_app.wording.verdicts import VerdictText, chip_text, verdict_text


def arrival_text(answer: ArrivalAnswer, rules: SiteRules, lang: Language = "fr") -> VerdictText:
    """The verdict of an arrival in words."""
    notes = answer.notes
    if answer.verdict is Verdict.CLOCK_SKEW:
        notes = ("clock_behind", *notes)
    if answer.verdict is Verdict.CANCELLED:
        notes = ("told_by_list", *notes)
    nobody = answer.verdict in (Verdict.UNKNOWN, Verdict.UNKNOWN_STALE_DATA)
    if nobody and answer.list_imported_at is None:
        notes = (*notes, "list_never_imported")
    words = verdict_text(answer.verdict.value, lang, arrival_figures(answer, rules, lang), notes)
    sure = _how_sure(answer, rules, lang)
    return replace(words, notes=(*words.notes, sure)) if sure else words


ARRIVED = (Verdict.ALREADY_CHECKED_IN, Verdict.ALREADY_SERVED)
"""Verdicts about what was recorded, perhaps elsewhere: how sure that is has a line of its own."""


def _how_sure(answer: ArrivalAnswer, rules: SiteRules, lang: Language) -> str:
    """Of an arrival already recorded: whether the other desks were asked, and until when they are known."""
    if answer.verdict not in ARRIVED or answer.certainty is Certainty.THIS_DESK:
        return ""
    if answer.certainty is Certainty.VERIFIED and answer.verified_at:
        return text("confidence.verified", lang, when=_when(answer.verified_at, answer.at, rules, lang))
    return unsure_told(answer.verified_at, answer.at, rules, lang)


def unsure_told(verified_at: datetime | None, at: datetime, rules: SiteRules, lang: Language = "fr") -> str:
    """That the other desks are not known, or since when they are not."""
    if verified_at is None:
        return text("confidence.never_line", lang)
    return text("confidence.unsure", lang, when=_when(verified_at, at, rules, lang))


def doubt_chip(answer: ArrivalAnswer, rules: SiteRules, lang: Language = "fr") -> str:
    """« données de 9 h 02 »: until when the other desks are known; « jamais… » when they never were."""
    if answer.verified_at is None:
        return text("confidence.never", lang)
    return text("confidence.data_of", lang, when=_when(answer.verified_at, answer.at, rules, lang))


def _when(moment: datetime, at: datetime, rules: SiteRules, lang: Language) -> str:
    """The hour, and the day when it is another one."""
    return hour_on(moment.astimezone(rules.zone), at.astimezone(rules.zone).date(), lang)


def arrival_chips(answer: ArrivalAnswer, rules: SiteRules, lang: Language = "fr") -> tuple[str, ...]:
    """What else is true, in a few words each."""
    figures = arrival_figures(answer, rules, lang)
    chips = tuple(chip_text(chip.value, lang, figures) for chip in answer.chips)
    told = answer.verdict in ARRIVED or answer.convocation is None
    unsure = answer.certainty is Certainty.UNSURE and not told
    return (*chips, doubt_chip(answer, rules, lang)) if unsure else chips


def arrival_figures(answer: ArrivalAnswer, rules: SiteRules, lang: Language) -> Figures:
    """Every figure an arrival's sentence may need; what is not known is left out."""
    opening, convocation = answer.next_opening, answer.convocation
    return {
        **_of_reading(answer, lang),
        "channel": rules.missed_channel,
        **_of_list(answer, rules, lang),
        **(_moment(opening.astimezone(rules.zone), lang) if opening else {}),
        **(_of_convocation(convocation, answer.at, rules, lang) if convocation else {}),
        **_of_earlier(answer, rules, lang),
        **_of_verdict(answer, rules, lang),
        **_of_elsewhere(answer, lang),
        **_of_permit(answer, rules, lang),
    }


def _of_reading(answer: ArrivalAnswer, lang: Language) -> Figures:
    """What was presented; a paper, or a number that is nobody's, tells more."""
    figures: Figures = {**answer.figures, "raw": shown_back(answer.raw) or None}
    if answer.paper:
        return {**figures, **of_paper(answer.paper)}
    if answer.raw and answer.convocation is None:
        return {**of_number(read_number(answer.raw), answer.raw, lang), **figures}
    return figures


def _of_list(answer: ArrivalAnswer, rules: SiteRules, lang: Language) -> Figures:
    """When the list that answers came, and until when what it says is known to hold."""
    imported, known = answer.list_imported_at, answer.list_imported_at
    if imported and answer.verified_at and answer.certainty is Certainty.UNSURE:
        known = min(answer.verified_at, imported)
    if answer.verdict is Verdict.CANCELLED and answer.convocation:
        known = instant(answer.convocation.listing.exported_at)
    figures: dict[str, str | int | None] = {}
    if imported:
        figures["list_hour"] = _when(imported, answer.at, rules, lang)
    if known:
        local = known.astimezone(rules.zone)
        figures["list_moment"] = f"{short_date(local.date())}, {hour(local, lang)}"
    return figures


def _of_earlier(answer: ArrivalAnswer, rules: SiteRules, lang: Language) -> Figures:
    """When somebody came who comes again another day."""
    came = answer.first if CAME_BEFORE in answer.notes else None
    return {"came": _when(came.moment, answer.at, rules, lang)} if came else {}


def _of_verdict(answer: ArrivalAnswer, rules: SiteRules, lang: Language) -> Figures:
    """What only this verdict tells, before all else."""
    if answer.verdict is Verdict.CLOSED and answer.next_opening:
        return _moment(answer.next_opening.astimezone(rules.zone), lang)
    if answer.verdict is Verdict.REPLACED and answer.matches:
        return _moment(answer.matches[0].slot.astimezone(rules.zone), lang)
    if answer.verdict is Verdict.ALREADY_CHECKED_IN and answer.first:
        arrived = _when(answer.first.moment, answer.at, rules, lang)
        ticket = {"ticket": answer.receipt.ticket} if answer.receipt else {}
        return {"hour": arrived, "desk": answer.first.desk, "agent": answer.first.agent, **ticket}
    if answer.verdict is Verdict.ALREADY_SERVED:
        # The hour and the desk of the appointment say nothing of when and where it ended.
        return {"hour": None, "desk": None}
    if answer.verdict is Verdict.CONFLICT_PENDING and answer.convocation:
        return {"hour": _when(answer.convocation.slot, answer.at, rules, lang)}
    if answer.verdict is Verdict.CLOCK_SKEW:
        return {"gap": duration(_minutes(answer.figures["n"]), lang)}
    return {}


def _of_elsewhere(answer: ArrivalAnswer, lang: Language) -> Figures:
    one = answer.elsewhere
    if one is None:
        return {}
    if answer.verdict is not Verdict.OPEN_ELSEWHERE:
        return {"other_desk": one.desk}
    return {"desk": one.desk.upper(), "agent": one.agent, "duration": _for(answer.at - one.since, lang)}


def _of_permit(answer: ArrivalAnswer, rules: SiteRules, lang: Language) -> Figures:
    """What became of the permit of a number that is in no list."""
    left = answer.permit_left
    if left is None:
        return {}
    moment = left.moment.astimezone(rules.zone)
    when = {"left": short_date(moment.date()), "left_hour": hour(moment, lang), "left_desk": left.desk}
    return {**when, "slip": left.text("bordereau"), "tracking": left.text("tracking")}


def _for(length: timedelta, lang: Language) -> str:
    """How long somebody has had a file open; two clocks that differ a little make nothing negative."""
    minute = timedelta(minutes=1)
    return text("confidence.a_moment", lang) if length < minute else duration(length, lang)


def _of_convocation(one: Convocation, at: datetime, rules: SiteRules, lang: Language) -> Figures:
    slot = one.slot.astimezone(rules.zone)
    figures: dict[str, str | int | None] = {
        **_moment(slot, lang),
        "name": one.name,
        "first_name": next((word for word in reversed(one.name.split()) if not word.isupper()), one.name),
        "purpose": one.purpose,
        "desk": one.best("desk"),
        "place": one.best("place"),
    }
    if slot > at:
        figures["duration"] = duration(slot - at, lang)
        early = rules.limits_on(slot.date()).early
        figures["return_hour"] = hour(slot.replace(microsecond=0) - _minutes(early), lang)
    elsewhere = rules.elsewhere_of(one.best("place"), one.best("organisation"))
    if elsewhere:
        figures |= {"place": elsewhere.place, "address": elsewhere.address}
    if one.document_expiry:
        put_off = extension(DocumentType.PERMIT, one.document_expiry, at.date())
        figures |= {"expired_on": short_date(one.document_expiry), "extended_to": short_date(put_off.until)}
        figures["rule"] = f"{put_off.source} ({text('number_answer.historical', lang)})"
    return figures


def _moment(moment: datetime, lang: Language) -> dict[str, str | int | None]:
    return {"hour": hour(moment, lang), "day": long_date(moment.date(), lang), "date": short_date(moment.date())}


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def person_line(one: Convocation, today: date, lang: Language = "fr") -> str:
    """One person in one sentence, with the day of another day: what a screen reader says of a row, and what the command
    line prints."""
    born = (
        f" · {text('person.born', lang)} {birth_date_words(one.best('birth_date'))}" if one.best("birth_date") else ""
    )
    when = hour_on(one.slot, today, lang)
    return f"{when} · {one.name}{born} · {one.purpose} · {text(f'statuses.{one.status.value}', lang)}"
