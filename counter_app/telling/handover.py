"""What the handover window says in words: the figures of each verdict's sentence, for both doors."""

from datetime import date, datetime

from counter_app.domain.acts import ActKind
from counter_app.domain.handover import LEFT
from counter_app.domain.handover_attempts import CUSTODY_ELSEWHERE
from counter_app.domain.handover_draft import Line
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import Mark
from counter_app.domain.rules import SiteRules
from counter_app.domain.told_apart import holders_apart, hour_today, other_hours
from counter_app.domain.verdict import Verdict
from counter_app.telling.stock import holders_told
from counter_app.usecases.handover_answers import HandoverAnswer
from counter_app.wording.catalogue import text
from counter_app.wording.dates import Language, hour, long_date, short_date
from counter_app.wording.fill import Figures, shown_back
from counter_app.wording.numbers import masked_phone
from counter_app.wording.verdicts import VerdictText, chip_text, verdict_text


def handover_text(answer: HandoverAnswer, rules: SiteRules, lang: Language = "fr") -> VerdictText:
    """The verdict of a handover in words."""
    return verdict_text(answer.verdict.value, lang, handover_figures(answer, rules, lang), answer.notes)


def handover_chips(answer: HandoverAnswer, rules: SiteRules, lang: Language = "fr") -> tuple[str, ...]:
    """What else is true, in a few words each."""
    figures = handover_figures(answer, rules, lang)
    punctual = {**figures, "n": abs(answer.figures.get("minutes", 0))}
    of_the_hour = (Verdict.EARLY, Verdict.LATE)
    return tuple(
        chip_text(_chip(chip, answer), lang, punctual if chip in of_the_hour else figures) for chip in answer.chips
    )


def _chip(chip: Verdict, answer: HandoverAnswer) -> str:
    """« ferme bientôt » is not said of a window that has closed, nor « annulée » of the permit, nor « à localiser » of
    one that another desk has."""
    if chip is Verdict.CANCELLED:
        return "handover_cancelled"
    if chip is Verdict.PERMIT_TO_LOCATE and CUSTODY_ELSEWHERE in answer.notes:
        return CUSTODY_ELSEWHERE
    return "handover_finishing" if chip is Verdict.HANDOVER_CLOSING_SOON and "finishing" in answer.notes else chip.value


def missing_line(answer: HandoverAnswer, lang: Language = "fr") -> str:
    """« Il manque : identité, signature. »; empty when nothing is missing."""
    if not answer.missing:
        return ""
    return text("handover.summary.missing", lang, lines=", ".join(line_word(line, lang) for line in answer.missing))


def line_word(line: Line, lang: Language = "fr") -> str:
    """A line of the checklist in the middle of a sentence: « ancien document », « convocation SMS »."""
    word = text(f"handover.lines.{line.value}", lang)
    return word[0].lower() + word[1:]


def handover_figures(answer: HandoverAnswer, rules: SiteRules, lang: Language) -> Figures:
    """Every figure a handover's sentence may need; what is not known is left out."""
    figures: dict[str, str | int | None] = {**answer.figures}
    figures["raw"] = figures["read"] = shown_back(answer.raw) or None
    figures["receipt"] = answer.receipt.number if answer.receipt else None
    figures |= _of_window(answer, rules, lang)
    limits = rules.handover_rules.limits_on(answer.at.astimezone(rules.zone).date())
    key = f"handover.after_missed.{limits.after_missed.value}"
    figures["after_missed"] = text(key, lang, contact=limits.missed_channel)
    if answer.permit:
        figures |= _of_permit(answer.permit, answer, rules, lang)
    if answer.cancelled:
        day, at = short_date(answer.cancelled.date()), hour(answer.cancelled, lang)
        figures |= {"cancelled_date": day, "cancelled_hour": at}
    if answer.unmatched:
        seen = answer.unmatched
        figures |= {"mismatch_hour": hour(seen.at.astimezone(rules.zone), lang), "mismatch_desk": seen.desk}
    if answer.departure and answer.verdict in LEFT:
        figures |= _of_departure(answer.departure, rules, lang)
    if answer.used and answer.verdict is Verdict.STAMP_ALREADY_USED:
        used = answer.used
        figures |= {"date": short_date(used.at.astimezone(rules.zone).date()), "receipt": used.receipt or None}
    return figures


def _of_window(answer: HandoverAnswer, rules: SiteRules, lang: Language) -> dict[str, str | int | None]:
    figures: dict[str, str | int | None] = {}
    nearest = answer.closes_at or answer.next_opening
    hours = rules.handover_on(nearest.astimezone(rules.zone).date()) if nearest else None
    if hours:
        opens, closes = hour(hours.opens, lang), hour(hours.closes, lang)
        figures["window"] = text("handover.summary.window", lang, opens=opens, closes=closes)
    if answer.closes_at:
        figures["closed"] = hour(answer.closes_at.astimezone(rules.zone), lang)
    if answer.next_opening:
        opening = answer.next_opening.astimezone(rules.zone)
        figures["next_opening"] = f"{long_date(opening.date(), lang)}, {hour(opening, lang)}"
    return figures


def _of_permit(permit: Permit, answer: HandoverAnswer, rules: SiteRules, lang: Language) -> dict[str, str | int | None]:
    place, draft = permit.place, answer.draft
    slot = hour_today(permit, answer.at.astimezone(rules.zone)) or permit.slot
    figures: dict[str, str | int | None] = {
        "name": permit.name,
        "tray": place.tray if place else None,
        "sleeve": place.rank if place else None,
        "custody": holders_told(permit, lang) or None,
        "masked_phone": masked_phone(permit.phone) if permit.phone else None,
        "state": text(f"handover.states.{permit.state.value}", lang),
        "field": draft.fault or permit.fault or None,
        "other": draft.sleeve or None,
        "valid_to": short_date(date.fromisoformat(until)) if (until := permit.best("valid_to")) else None,
    }
    if holders := holders_apart(permit):
        figures["holders"] = " / ".join(dict.fromkeys(one.text("name") or "" for one in holders))
    if slot:
        figures |= _moment(slot.astimezone(rules.zone), lang)
    if permit.listed_slot:
        listed = permit.listed_slot.astimezone(rules.zone)
        figures |= {"listed_date": short_date(listed.date()), "listed_hour": hour(listed, lang)}
    if others := [one for one in (*other_hours(permit), permit.slot) if one and one != slot]:
        told = others[0].astimezone(rules.zone)
        figures |= {"told_date": short_date(told.date()), "told_hour": hour(told, lang)}
    if answer.verdict is Verdict.PERMIT_TO_LOCATE:
        figures["date"] = short_date(date.fromisoformat(permit.received_on)) if permit.received_on else None
    if answer.verdict is Verdict.SIGNATURE_MISSING:
        figures["state"] = text(f"handover.signatures.{draft.signature.value}", lang) if draft.signature else None
    if answer.verdict is Verdict.STAMP_MISSING:
        figures["hour"] = hour(answer.closes_at.astimezone(rules.zone), lang) if answer.closes_at else None
    return figures


def _of_departure(mark: Mark, rules: SiteRules, lang: Language) -> dict[str, str | int | None]:
    figures = _moment(mark.moment.astimezone(rules.zone), lang)
    state = {
        ActKind.PERMIT_SENT_BACK: "sent_back",
        ActKind.PERMIT_POSTED: "posted",
        ActKind.PERMIT_DESTROYED: "destroyed",
    }.get(ActKind(mark.kind), "handed_over")
    told = {"desk": mark.desk, "agent": mark.agent, "slip": mark.text("bordereau")}
    return {**figures, **told, "state": text(f"handover.states.{state}", lang)}


def _moment(moment: datetime, lang: Language) -> dict[str, str | int | None]:
    return {"hour": hour(moment, lang), "day": long_date(moment.date(), lang), "date": short_date(moment.date())}
