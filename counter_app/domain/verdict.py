"""The 68 verdicts of the desk: a stable slug, its family, what is stored and who may go further.

Words, icons and sounds of each verdict live in `resources/verdicts.csv` (see `wording`); this is what the rules need.
"""

from enum import StrEnum


class Family(StrEnum):
    """Five families, told apart by colour, icon shape, word and sound rhythm."""

    OK = "ok"
    WARN = "warn"
    STOP = "stop"
    GO = "go"
    TECH = "tech"


class Verdict(StrEnum):
    """Slug of a verdict: the word used in JSON. Arrival verdicts first, then numbers, then handovers."""

    ADMITTED = "admitted"
    EARLY = "early"
    TOO_EARLY = "too_early"
    LATE = "late"
    TOO_LATE = "too_late"
    OTHER_DAY = "other_day"
    MISSED = "missed"
    OTHER_SITE = "other_site"
    ALREADY_CHECKED_IN = "already_checked_in"
    ALREADY_SERVED = "already_served"
    CANCELLED = "cancelled"
    CANCELLED_BY_OFFICE = "cancelled_by_office"
    REPLACED = "replaced"
    UNKNOWN = "unknown"
    UNKNOWN_STALE_DATA = "unknown_stale_data"
    UNREADABLE_CODE = "unreadable_code"
    SEVERAL_MATCHES = "several_matches"
    IDENTITY_MISMATCH = "identity_mismatch"
    NUMBER_OF_ANOTHER_PERSON = "number_of_another_person"
    RECEPISSE_ONLINE = "recepisse_online"
    APS_ONLINE = "aps_online"
    ANEF_CERTIFICATE_ONLINE = "anef_certificate_online"
    ANEF_ONLINE = "anef_online"
    BY_POST = "by_post"
    BY_EMAIL = "by_email"
    ASYLUM_SPADA_FIRST = "asylum_spada_first"
    ANTS_ONLINE = "ants_online"
    EXPIRED_BUT_EXTENDED = "expired_but_extended"
    EXPIRED = "expired"
    CLOSED = "closed"
    CONFLICT_PENDING = "conflict_pending"
    OPEN_ELSEWHERE = "open_elsewhere"
    SEE_SUPERVISOR = "see_supervisor"
    MINOR_NEEDS_GUARDIAN = "minor_needs_guardian"
    CLOCK_SKEW = "clock_skew"
    NUMBER_OK = "number_ok"
    NUMBER_LEGACY = "number_legacy"
    NUMBER_LENGTH = "number_length"
    NUMBER_OTHER_KIND = "number_other_kind"
    NUMBER_EXPIRY_DIFFERS = "number_expiry_differs"
    NUMBER_POSTCODE_DIFFERS = "number_postcode_differs"
    NUMBER_UNUSUAL_PREFIX = "number_unusual_prefix"
    NUMBER_ALIAS = "number_alias"
    SEAL_GENUINE = "seal_genuine"
    SEAL_SPECIMEN = "seal_specimen"
    SEAL_BROKEN = "seal_broken"
    PERMIT_READY = "permit_ready"
    PERMIT_OTHER_DAY = "permit_other_day"
    PERMIT_NOT_SUMMONED = "permit_not_summoned"
    PERMIT_NOT_RECEIVED = "permit_not_received"
    PERMIT_TO_LOCATE = "permit_to_locate"
    HANDOVER_CLOSED = "handover_closed"
    HANDOVER_CLOSING_SOON = "handover_closing_soon"
    ALREADY_HANDED_OVER = "already_handed_over"
    PERMIT_OUT_OF_STOCK = "permit_out_of_stock"
    WRONG_SLEEVE = "wrong_sleeve"
    IDENTITY_NOT_VERIFIED = "identity_not_verified"
    IN_PERSON_ONLY = "in_person_only"
    OLD_DOCUMENT_MISSING = "old_document_missing"
    STAMP_MISSING = "stamp_missing"
    STAMP_TOO_LOW = "stamp_too_low"
    STAMP_ALREADY_USED = "stamp_already_used"
    PERMIT_ERROR = "permit_error"
    HANDOVER_ON_HOLD = "handover_on_hold"
    MINOR_WITH_GUARDIAN = "minor_with_guardian"
    SIGNATURE_MISSING = "signature_missing"
    OFFLINE_HANDOVER = "offline_handover"
    HANDED_OVER = "handed_over"


FAMILY: dict[Verdict, Family] = {
    verdict: family
    for family, verdicts in {
        Family.OK: (
            *(Verdict.ADMITTED, Verdict.EARLY, Verdict.EXPIRED_BUT_EXTENDED, Verdict.NUMBER_OK, Verdict.SEAL_GENUINE),
            *(Verdict.PERMIT_READY, Verdict.HANDED_OVER),
        ),
        Family.WARN: (
            Verdict.TOO_EARLY,
            Verdict.LATE,
            Verdict.OTHER_DAY,
            Verdict.ALREADY_CHECKED_IN,
            Verdict.ALREADY_SERVED,
            Verdict.REPLACED,
            Verdict.SEVERAL_MATCHES,
            Verdict.NUMBER_OF_ANOTHER_PERSON,
            Verdict.EXPIRED,
            Verdict.SEE_SUPERVISOR,
            Verdict.MINOR_NEEDS_GUARDIAN,
            Verdict.NUMBER_LEGACY,
            Verdict.NUMBER_EXPIRY_DIFFERS,
            Verdict.NUMBER_POSTCODE_DIFFERS,
            Verdict.NUMBER_UNUSUAL_PREFIX,
            *(Verdict.PERMIT_OTHER_DAY, Verdict.HANDOVER_CLOSING_SOON, Verdict.OLD_DOCUMENT_MISSING),
            *(Verdict.STAMP_TOO_LOW, Verdict.PERMIT_ERROR, Verdict.MINOR_WITH_GUARDIAN, Verdict.SIGNATURE_MISSING),
        ),
        Family.STOP: (
            *(Verdict.TOO_LATE, Verdict.CANCELLED, Verdict.IDENTITY_MISMATCH, Verdict.CLOSED, Verdict.SEAL_BROKEN),
            *(Verdict.HANDOVER_CLOSED, Verdict.ALREADY_HANDED_OVER, Verdict.PERMIT_OUT_OF_STOCK, Verdict.WRONG_SLEEVE),
            *(Verdict.IDENTITY_NOT_VERIFIED, Verdict.IN_PERSON_ONLY, Verdict.STAMP_ALREADY_USED),
            Verdict.HANDOVER_ON_HOLD,
        ),
        Family.GO: (
            Verdict.MISSED,
            Verdict.OTHER_SITE,
            Verdict.CANCELLED_BY_OFFICE,
            Verdict.RECEPISSE_ONLINE,
            Verdict.APS_ONLINE,
            Verdict.ANEF_CERTIFICATE_ONLINE,
            Verdict.ANEF_ONLINE,
            Verdict.BY_POST,
            Verdict.BY_EMAIL,
            Verdict.ASYLUM_SPADA_FIRST,
            Verdict.ANTS_ONLINE,
            *(Verdict.PERMIT_NOT_SUMMONED, Verdict.PERMIT_NOT_RECEIVED, Verdict.STAMP_MISSING),
        ),
        Family.TECH: (
            Verdict.UNKNOWN,
            Verdict.UNKNOWN_STALE_DATA,
            Verdict.UNREADABLE_CODE,
            Verdict.CONFLICT_PENDING,
            Verdict.OPEN_ELSEWHERE,
            Verdict.CLOCK_SKEW,
            Verdict.NUMBER_LENGTH,
            Verdict.NUMBER_OTHER_KIND,
            Verdict.NUMBER_ALIAS,
            Verdict.SEAL_SPECIMEN,
            *(Verdict.PERMIT_TO_LOCATE, Verdict.OFFLINE_HANDOVER),
        ),
    }.items()
    for verdict in verdicts
}

RECORDS_ARRIVAL = frozenset(
    {
        Verdict.ADMITTED,
        Verdict.EARLY,
        Verdict.LATE,
        Verdict.EXPIRED_BUT_EXTENDED,
        Verdict.EXPIRED,
        Verdict.CONFLICT_PENDING,
        Verdict.MINOR_NEEDS_GUARDIAN,
        Verdict.CLOCK_SKEW,
    }
)
"""Verdicts whose first action records the arrival."""

AGENT_MAY_GO_ON = frozenset({Verdict.TOO_EARLY, Verdict.MISSED, Verdict.ALREADY_SERVED, Verdict.CANCELLED_BY_OFFICE})
"""Verdicts that an agent may override with a reason."""

SUPERVISOR_MAY_GO_ON = frozenset(
    {
        Verdict.TOO_LATE,
        Verdict.OTHER_DAY,
        Verdict.OTHER_SITE,
        Verdict.CANCELLED,
        Verdict.CLOSED,
        Verdict.OPEN_ELSEWHERE,
        Verdict.SEE_SUPERVISOR,
        Verdict.NUMBER_OF_ANOTHER_PERSON,
        Verdict.IDENTITY_MISMATCH,
        Verdict.SEAL_BROKEN,
    }
)
"""Verdicts that need a supervisor's name and a reason to go further."""
