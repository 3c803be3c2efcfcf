"""What an answer about a number or a paper says in words."""

from dataclasses import replace
from datetime import date

from counter_app.domain.foreign_number import NumberReading, grouped_candidates
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.verdict import Verdict
from counter_app.usecases.scanned_paper import ScannedPaper
from counter_app.usecases.verify_number import NumberAnswer
from counter_app.wording.catalogue import catalogue, text
from counter_app.wording.dates import Language, birth_date_words, short_date
from counter_app.wording.fill import Figures, shown_back
from counter_app.wording.numbers import grouped, masked
from counter_app.wording.verdicts import VerdictText, verdict_text

UNSTATED = "X" * 3
"""Nationality of a person who states none (ICAO 9303-3)."""


def number_text(answer: NumberAnswer, lang: Language = "fr") -> VerdictText:
    """The verdict of a number in words."""
    words = verdict_text(answer.verdict.value, lang, number_figures(answer, lang), _changing_notes(answer.paper))
    lines = paper_lines(answer.paper, answer.at.date(), lang) if answer.paper else ()
    return replace(words, notes=(*words.notes, *lines))


def number_figures(answer: NumberAnswer, lang: Language) -> Figures:
    """Every figure a number's sentence may need."""
    known = text("number_answer.known" if answer.holders else "number_answer.unknown", lang)
    other = answer.elsewhere.foreign_number if answer.elsewhere else None
    also = {"masked": masked(other)} if other else {}
    read = {**of_number(answer.reading, answer.raw, lang), "known": known, **also}
    return {**read, **of_paper(answer.paper)} if answer.paper else read


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


def of_paper(paper: ScannedPaper) -> dict[str, str | int | None]:
    """What was read, in the words of the paper rather than in the signs of its code."""
    figures: dict[str, str | int | None] = {"raw": paper.identity.name or None}
    if paper.identity.document_number:
        figures["read"] = paper.identity.document_number
    if paper.seal and paper.check:
        figures["authority"] = paper.check.authority
        figures["certificate"] = f"{paper.seal.authority}/{paper.seal.certificate}"
        figures["date"] = short_date(paper.seal.signed_on) if paper.seal.signed_on else None
    return figures


def of_number(reading: NumberReading, raw: str, lang: Language) -> dict[str, str | int | None]:
    """What is said of a number as it was read."""
    as_read = grouped("".join(filter(str.isdigit, raw))) if len(reading.candidates) > 1 else shown_back(raw)
    figures: dict[str, str | int | None] = {"n": reading.digits_read, "read": as_read}
    figures["kind"] = text(f"number_kinds.{reading.number_class.value}", lang)
    if reading.normalized:
        figures["prefix"] = reading.normalized[:2]
    if reading.number_class is NumberClass.AGDREF and reading.candidates:
        shown = grouped_candidates(reading)
        figures |= {"proposed": shown[0], "other": shown[1] if len(shown) > 1 else None}
    return figures
