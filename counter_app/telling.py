"""What an answer says in words: the figures of its sentence, taken from what the use case found."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from counter_app.domain.acts import ActKind
from counter_app.domain.convocation import Convocation
from counter_app.domain.extension import DocumentType, extension
from counter_app.domain.foreign_number import NumberReading, grouped_candidates, read_number
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.rules import SiteRules
from counter_app.domain.verdict import Verdict
from counter_app.usecases.agreement import OWN_AGREEMENT
from counter_app.usecases.answers import ArrivalAnswer, Certainty, ImportOutcome, Undone, UnendedImport
from counter_app.usecases.scanned_paper import ScannedPaper
from counter_app.usecases.verify_number import NumberAnswer
from counter_app.wording.catalogue import Words, catalogue, text
from counter_app.wording.dates import Language, birth_date_words, duration, hour, long_date, short_date
from counter_app.wording.fill import Figures, shown_back
from counter_app.wording.numbers import grouped, masked
from counter_app.wording.verdicts import VerdictText, chip_text, verdict_text

UNSTATED = "X" * 3
"""Nationality of a person who states none (ICAO 9303-3)."""


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
    if answer.verified_at is None:
        return text("confidence.never_line", lang)
    key = "confidence.verified" if answer.certainty is Certainty.VERIFIED else "confidence.unsure"
    return text(key, lang, when=_when(answer.verified_at, answer.at, rules, lang))


def doubt_chip(answer: ArrivalAnswer, rules: SiteRules, lang: Language = "fr") -> str:
    """« données de 9 h 02 »: until when the other desks are known; « jamais… » when they never were."""
    if answer.verified_at is None:
        return text("confidence.never", lang)
    return text("confidence.data_of", lang, when=_when(answer.verified_at, answer.at, rules, lang))


def _when(moment: datetime, at: datetime, rules: SiteRules, lang: Language) -> str:
    """The hour, and the day when it is another one."""
    here = moment.astimezone(rules.zone)
    told = hour(here, lang)
    return told if here.date() == at.astimezone(rules.zone).date() else f"{here:%d/%m} {told}"


def arrival_chips(answer: ArrivalAnswer, rules: SiteRules, lang: Language = "fr") -> tuple[str, ...]:
    """What else is true, in a few words each."""
    figures = arrival_figures(answer, rules, lang)
    chips = tuple(chip_text(chip.value, lang, figures) for chip in answer.chips)
    told = answer.verdict in ARRIVED or answer.convocation is None
    unsure = answer.certainty is Certainty.UNSURE and not told
    return (*chips, doubt_chip(answer, rules, lang)) if unsure else chips


def arrival_figures(answer: ArrivalAnswer, rules: SiteRules, lang: Language) -> Figures:
    """Every figure an arrival's sentence may need; what is not known is left out."""
    figures: dict[str, str | int | None] = {**answer.figures}
    figures["raw"] = shown_back(answer.raw) or None
    if answer.paper:
        figures |= _of_paper(answer.paper)
    figures["channel"] = rules.missed_channel
    if answer.raw and answer.convocation is None and answer.paper is None:
        figures = {**_of_number(read_number(answer.raw), answer.raw, lang), **figures}
    if answer.list_imported_at:
        imported = answer.list_imported_at.astimezone(rules.zone)
        figures["list_hour"] = hour(imported, lang)
        figures["list_moment"] = f"{short_date(imported.date())}, {hour(imported, lang)}"
    if answer.certainty is Certainty.UNSURE and answer.verified_at and answer.list_imported_at:
        known = min(answer.verified_at, answer.list_imported_at).astimezone(rules.zone)
        figures["list_moment"] = f"{short_date(known.date())}, {hour(known, lang)}"
    if answer.next_opening:
        figures |= _moment(answer.next_opening.astimezone(rules.zone), lang)
    if answer.verdict is Verdict.CANCELLED and answer.convocation:
        told = datetime.fromisoformat(answer.convocation.listing.exported_at).astimezone(rules.zone)
        figures["list_moment"] = f"{short_date(told.date())}, {hour(told, lang)}"
    if answer.convocation:
        figures |= _of_convocation(answer.convocation, answer.at, rules, lang)
    if answer.verdict is Verdict.CLOSED and answer.next_opening:
        figures |= _moment(answer.next_opening.astimezone(rules.zone), lang)
    if answer.verdict is Verdict.REPLACED and answer.matches:
        figures |= _moment(answer.matches[0].slot.astimezone(rules.zone), lang)
    if answer.verdict is Verdict.ALREADY_CHECKED_IN and answer.first:
        arrived = answer.first.moment.astimezone(rules.zone)
        figures |= {"hour": hour(arrived, lang), "desk": answer.first.desk, "agent": answer.first.agent}
        if answer.receipt:
            figures["ticket"] = answer.receipt.ticket
    if answer.verdict is Verdict.CLOCK_SKEW:
        figures["gap"] = duration(_minutes(answer.figures["n"]), lang)
    return {**figures, **_of_elsewhere(answer, lang)}


def _of_elsewhere(answer: ArrivalAnswer, lang: Language) -> Figures:
    one = answer.elsewhere
    if one is None:
        return {}
    if answer.verdict is not Verdict.OPEN_ELSEWHERE:
        return {"other_desk": one.desk}
    return {"desk": one.desk.upper(), "agent": one.agent, "duration": _for(answer.at - one.since, lang)}


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


def number_text(answer: NumberAnswer, lang: Language = "fr") -> VerdictText:
    """The verdict of a number in words."""
    words = verdict_text(answer.verdict.value, lang, number_figures(answer, lang), _changing_notes(answer.paper))
    lines = paper_lines(answer.paper, answer.at.date(), lang) if answer.paper else ()
    return replace(words, notes=(*words.notes, *lines))


def number_figures(answer: NumberAnswer, lang: Language) -> Figures:
    """Every figure a number's sentence may need."""
    known = text("number_answer.known" if answer.holders else "number_answer.unknown", lang)
    read = {**_of_number(answer.reading, answer.raw, lang), "known": known}
    return {**read, **_of_paper(answer.paper)} if answer.paper else read


def paper_lines(paper: ScannedPaper, today: date, lang: Language = "fr") -> tuple[str, ...]:
    """What to compare with the paper in the hand, a line each: what it is, whose, until when."""
    identity, lines = paper.identity, [_kind_of(paper, lang), paper.identity.name]
    if identity.birth_date:
        lines.append(text("paper.born", lang, date=birth_date_words(identity.birth_date)))
    if identity.nationality:
        lines.append(text("paper.nationality", lang, nationality=_nationality(identity.nationality, lang)))
    if identity.document_number:
        lines.append(text("paper.document_number", lang, number=identity.document_number))
    if identity.expiry:
        key = "paper.valid_until" if identity.expiry >= today else "paper.ended"
        lines.append(text(key, lang, date=short_date(identity.expiry)))
    if paper.seal and paper.seal.kind == "13_1":
        lines.append(text("paper.not_proof_of_stay", lang))
    if paper.repaired:
        lines.append(text("notes.paper_repaired", lang))
    return tuple(line for line in lines if line)


def _nationality(code: str, lang: Language) -> str:
    """Codes that stand for no country, or are no ISO code, in words; the others as they are on the paper."""
    key = "unstated" if code == UNSTATED else code
    return catalogue(lang).get(f"nationalities.{key}", code)


def _kind_of(paper: ScannedPaper, lang: Language) -> str:
    if paper.seal is None:
        return ""
    kind = paper.seal.kind
    return catalogue(lang).get(f"sealed_kinds.{kind}") or text("paper.other_kind", lang, kind=kind)


def _changing_notes(paper: ScannedPaper | None) -> tuple[str, ...]:
    """Notes that change the words of a verdict; the others are lines of an arrival."""
    return paper.notes if paper and paper.verdict and paper.verdict is not Verdict.SEAL_GENUINE else ()


def _of_paper(paper: ScannedPaper) -> dict[str, str | int | None]:
    """What was read, in the words of the paper rather than in the signs of its code."""
    figures: dict[str, str | int | None] = {"raw": paper.identity.name or None}
    if paper.identity.document_number:
        figures["read"] = paper.identity.document_number
    if paper.seal and paper.check:
        figures["authority"] = paper.check.authority
        figures["certificate"] = f"{paper.seal.authority}/{paper.seal.certificate}"
        figures["date"] = short_date(paper.seal.signed_on) if paper.seal.signed_on else None
    return figures


def _of_number(reading: NumberReading, raw: str, lang: Language) -> dict[str, str | int | None]:
    as_read = grouped("".join(filter(str.isdigit, raw))) if len(reading.candidates) > 1 else shown_back(raw)
    figures: dict[str, str | int | None] = {"n": reading.digits_read, "read": as_read}
    figures["kind"] = text(f"number_kinds.{reading.number_class.value}", lang)
    if reading.normalized:
        figures |= {"prefix": reading.normalized[:2], "masked": masked(reading.normalized)}
    if reading.number_class is NumberClass.AGDREF and reading.candidates:
        shown = grouped_candidates(reading)
        figures |= {"proposed": shown[0], "other": shown[1] if len(shown) > 1 else None}
    return figures


def person_line(one: Convocation, lang: Language = "fr") -> str:
    """One person in one sentence: what a screen reader says of a row, and what the command line prints."""
    born = (
        f" · {text('person.born', lang)} {birth_date_words(one.best('birth_date'))}" if one.best("birth_date") else ""
    )
    return f"{hour(one.slot, lang)} · {one.name}{born} · {one.purpose} · {text(f'statuses.{one.status.value}', lang)}"


def undone_words(undone: Undone, words: Words, zone: ZoneInfo) -> str:
    """What an undo did, or why it did nothing."""
    if undone.list_id:
        return "\n".join(import_undone(undone, words))
    gesture = undone.gesture
    if undone.about:
        return words(f"shell.{undone.reason}", name=undone.about)
    if undone.reason == OWN_AGREEMENT:
        return words("shell.own_agreement")
    if gesture is None or undone.reason == "nothing_to_undo":
        return words("shell.nothing_to_undo")
    if undone.reason:
        return words(f"shell.{undone.reason}", name=gesture.name, date=short_date(gesture.at.astimezone(zone).date()))
    if gesture.kind == ActKind.ORIENTED:
        return words("orientation.taken_back")
    if gesture.kind == ActKind.CHECKED_IN:
        return words("shell.undone", name=gesture.name)
    done, name = words(f"recent.kinds.{gesture.kind}"), with_others(gesture.name, undone.others, words)
    unsent = gesture.kind in (ActKind.SUMMONS_SENT, ActKind.MISSED_TOLD)
    told = words("shell.undone_unsent" if unsent else "shell.undone_told") if undone.told else ""
    return " ".join(part for part in (words("shell.undone_other", done=done, name=name), told) if part)


def with_others(name: str, others: int, words: Words) -> str:
    """« SOW Aïssata et 39 autres »: whom one gesture was about."""
    return words.counted("recent.others", others, name=name) if others else name


NAMED = 8
"""People named in one sentence; the others are counted."""


def import_undone(undone: Undone, words: Words) -> tuple[str, ...]:
    """What the undo of an import did, or why it did nothing."""
    if not undone.done:
        return (words(f"import_undo.{undone.reason}"),)
    done = words.counted("import_undo.done", undone.withdrawn)
    names = ", ".join(one.name for one in undone.kept[:NAMED]) + ("…" if len(undone.kept) > NAMED else "")
    return (done, words.counted("import_undo.kept", len(undone.kept), names=names)) if undone.kept else (done,)


def unended_words(one: UnendedImport, words: Words) -> str:
    """An import, or its undo, that began and did not end: what to do."""
    return words("import_told.unended_undo" if one.undoing else "import_told.unended", file=one.file_name)


ROWS_NAMED = 5
"""Rows named in one sentence."""


def import_told(outcome: ImportOutcome, words: Words) -> tuple[str, ...]:
    """What must be said of an import besides its counts, the gravest first."""
    told = []
    if outcome.many_absent:
        told.append(words.counted("import_told.many_absent", outcome.absent))
    if outcome.resumed and not outcome.dry_run:
        told.append(words("import_told.resumed"))
    if outcome.closed:
        told.append(words.counted("import_told.closed", outcome.closed))
    if outcome.untold:
        named = ", ".join(map(str, outcome.untold[:ROWS_NAMED])) + ("…" if len(outcome.untold) > ROWS_NAMED else "")
        told.append(words.counted("import_told.untold", len(outcome.untold), rows=named))
    return tuple(told)
