"""What a handover receipt says of each line: exactly what was recorded, and « non noté » where nothing was."""

from collections.abc import Iterator

from counter_app.documents.facts import HandoverFacts
from counter_app.documents.paper_texts import FRENCH, hour_words, label
from counter_app.domain.age import under_age
from counter_app.domain.codes import spaced
from counter_app.domain.foreign_number import masked
from counter_app.domain.handover_draft import Collector, IdentityResult, Line, Signature
from counter_app.domain.handover_record import Agreed, HandoverRecord
from counter_app.domain.verdict import Verdict
from counter_app.wording.dates import NBSP, birth_date_words, short_date
from counter_app.wording.verdicts import chip_text

CARD_SHOWN = 4
"""Last characters of the card number that papers show."""
_DOCUMENTS = frozenset({"passport", "permit", "other"})
_OLD = frozenset({"permit", "recepisse"})
_READ_BY_A_MACHINE = frozenset({"mrz", "seal"})

Pair = tuple[str, str]
"""The name of a line and what it says."""


def masked_card(number: str) -> str:
    """« •••••48K2 »: enough to compare, not enough to copy."""
    hidden = max(0, len(number) - CARD_SHOWN)
    return "•" * hidden + number[hidden:]


def permit_words(facts: HandoverFacts) -> str:
    """Kind of permit, masked card number, last day."""
    parts = [facts.kind, label("handover_card", number=masked_card(facts.card_number))]
    if facts.valid_to:
        parts.append(label("handover_until", day=short_date(facts.valid_to)))
        parts.append(label("handover_over") if _is_over(facts) else "")
    return " · ".join(part for part in parts if part)


def _is_over(facts: HandoverFacts) -> bool:
    return facts.valid_to is not None and facts.valid_to < facts.handed_at.date()


def holder_words(facts: HandoverFacts) -> str:
    """Day of birth as far as it is known, and masked foreign number."""
    born = birth_date_words(facts.birth_date)
    parts = [label("handover_born", day=born) if born else ""]
    parts.append(label("holder_number", number=masked(facts.foreign_number)) if facts.foreign_number else "")
    return " · ".join(part for part in parts if part)


def told(facts: HandoverFacts, record: HandoverRecord, *, number: bool, reader: bool) -> Iterator[Pair]:
    """The lines of both copies; `number`: with the end of that of the document shown; `reader`: with what read it."""
    yield label("handover_to"), collector_words(facts, record)
    yield label("handover_identity"), identity_words(record, number=number, reader=reader)
    yield label("handover_old"), old_document_words(record)
    yield label("handover_stamp"), stamp_words(record)
    yield label("handover_checks"), _checks(record)
    yield label("handover_signature"), signature_words(record)


def told_to_the_service(facts: HandoverFacts, record: HandoverRecord) -> Iterator[Pair]:
    """The lines of the service's copy alone."""
    yield label("handover_sleeve"), _sleeve(facts, record)
    if facts.valid_to and _is_over(facts):
        yield label("handover_validity"), label("handover_validity_over", day=short_date(facts.valid_to))
    if record.slot:
        slot = record.slot.astimezone(facts.handed_at.tzinfo)
        yield label("handover_summons"), f"{short_date(slot.date())}, {hour_words(FRENCH, slot)}"
    if record.amount_reason:
        yield label("handover_stamp"), label("handover_stamp_corrected", reason=record.amount_reason)
    if record.agreed:
        lifted = ", ".join(_lifted(record, record.agreed))
        agreed = label("handover_agreed", name=record.agreed.approved_by, reason=record.agreed.reason, lifted=lifted)
        yield label("handover_agreement"), agreed


def _lifted(record: HandoverRecord, agreed: Agreed) -> Iterator[str]:
    """What was gone beyond, in the words of this very case."""
    over, notes = "validity_over" in agreed.notes, {"held", "to_send_back"} & set(agreed.notes)
    for slug in agreed.lifted:
        if slug == Verdict.STAMP_TOO_LOW:
            yield _stamp_lifted(record)
        elif slug == Verdict.IN_PERSON_ONLY:
            yield label("handover_lifted_in_person")
        elif slug != Verdict.HANDOVER_ON_HOLD or notes or not over:
            yield chip_text(slug, "fr")
    if over:
        yield label("handover_over")


def _stamp_lifted(record: HandoverRecord) -> str:
    """Nothing paid by exemption, too little on the stamps, or an amount lowered."""
    if record.exempt or record.amount_due == 0:
        return label("handover_lifted_exemption")
    amounts = [stamp.amount for stamp in record.stamps if stamp.amount is not None]
    told = len(amounts) == len(record.stamps) and record.amount_due is not None
    if told and sum(amounts) < (record.amount_due or 0):
        return chip_text(Verdict.STAMP_TOO_LOW, "fr")
    return label("handover_lifted_amount")


def collector_words(facts: HandoverFacts, record: HandoverRecord) -> str:
    """Who took the permit away, and in which capacity: only a minor comes with a guardian, an adult is represented."""
    adult = record.collector is Collector.GUARDIAN and not under_age(facts.birth_date, facts.handed_at.date())
    key = "handover_to_guardian_of_adult" if adult else f"handover_to_{record.collector.value}"
    words = label(key, name=record.collector_name or label("handover_no_name"))
    parts = [words, record.collector_relation]
    if record.collector is Collector.PROXY:
        parts.append(label("handover_certificate" if record.medical_certificate else "handover_no_certificate"))
    return " · ".join(part for part in parts if part)


def identity_words(record: HandoverRecord, *, number: bool, reader: bool) -> str:
    """The document shown and what the agent found: « vérifiée » only when it was."""
    shown = document_words(record.identity_document) or label("handover_document_none")
    if number and record.identity_document and record.identity_number:
        shown = f"{shown} {label('handover_last', last=record.identity_number)}"
    if record.verified:
        found = label("handover_match")
    else:
        mismatch = record.identity_result is IdentityResult.MISMATCH
        found = label("handover_mismatch" if mismatch else "handover_unverified")
    by = record.identity_read_by
    read = label(f"handover_read_{by}") if reader and by in _READ_BY_A_MACHINE else ""
    return " · ".join(part for part in (shown, found, read, _whose(record)) if part)


def _whose(record: HandoverRecord) -> str:
    """Whose document was shown, when somebody else than the holder takes the permit away."""
    if record.collector is Collector.HOLDER or not record.identity_document:
        return ""
    return label("handover_identity_of", name=record.collector_name or label("handover_no_name"))


def document_words(document: str) -> str:
    """A kind of document in words; as the agent wrote it when it is none of ours."""
    return label(f"handover_document_{document}") if document in _DOCUMENTS else document


def old_document_words(record: HandoverRecord) -> str:
    """What was taken back, or why not."""
    old = record.old_document
    if old is None:
        return label("handover_not_noted" if Line.OLD_DOCUMENT in record.asked else "handover_not_asked")
    if not old.surrendered:
        return label("handover_not_surrendered", reason=old.reason)
    what = label(f"handover_old_{old.what}") if old.what in _OLD else old.what or label("handover_old_document")
    return label("handover_taken_back", what=what)


def stamp_words(record: HandoverRecord) -> str:
    """What was due, the stamps shown by their last digits, and the amount read on them when it was."""
    if record.exempt:
        return label("handover_stamp_exempt", reason=record.exempt)
    if record.amount_due == 0 and not record.stamps:
        return due_words(0)
    parts = [due_words(record.amount_due) or label("handover_stamp_unknown")]
    parts += [", ".join(stamp_numbers(record))] if record.stamps else [label("handover_stamp_not_shown")]
    amounts = [stamp.amount for stamp in record.stamps if stamp.amount is not None]
    if amounts and len(amounts) == len(record.stamps):
        parts.append(label("handover_stamp_read", amount=sum(amounts)))
    return " · ".join(parts)


def due_words(amount: int | None) -> str:
    """« 250 € dus »; empty when nobody said."""
    if amount is None:
        return ""
    return label("handover_stamp_due", amount=amount) if amount else label("handover_stamp_none_due")


def stamp_numbers(record: HandoverRecord) -> list[str]:
    """The last digits of each stamp shown: « n° …9012 »."""
    return [label("handover_last", last=stamp.last) for stamp in record.stamps]


def _checks(record: HandoverRecord) -> str:
    done = [
        label("handover_read_through") if record.read_through else "",
        label("handover_chip_checked") if record.chip_checked else "",
        label("handover_exceptional") if record.agreed else "",
    ]
    return " · ".join(part for part in done if part) or label("handover_no_check")


def signature_words(record: HandoverRecord) -> str:
    """How the person signed, or why not."""
    return label(f"handover_signed_{record.signature.value if record.signature else 'none'}")


def signs_on_this_paper(record: HandoverRecord) -> bool:
    """Whether the service's copy keeps room for a signature in ink."""
    return record.signature is Signature.PAPER


def _sleeve(facts: HandoverFacts, record: HandoverRecord) -> str:
    scanned = label(f"handover_sleeve_{record.sleeve or 'none'}")
    code = spaced(facts.sleeve).replace(" ", NBSP)
    return f"{code} · {scanned} · {place_words(facts.tray, facts.rank)}"


def place_words(tray: str, rank: str) -> str:
    """« bac D, place 78 »."""
    if not tray:
        return label("handover_no_place")
    return label("handover_place_rank", tray=tray, rank=rank) if rank else label("handover_place", tray=tray)
