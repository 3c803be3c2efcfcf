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
    """Slug of a verdict: the word used in JSON. Arrival verdicts first, then numbers and seals."""

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
    EXPIRED_BUT_EXTENDED = "expired_but_extended"
    EXPIRED = "expired"
    CLOSED = "closed"
    CONFLICT_PENDING = "conflict_pending"
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


FAMILY: dict[Verdict, Family] = {
    verdict: family
    for family, verdicts in {
        Family.OK: (Verdict.ADMITTED, Verdict.EARLY, Verdict.EXPIRED_BUT_EXTENDED, Verdict.NUMBER_OK),
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
        ),
        Family.STOP: (Verdict.TOO_LATE, Verdict.CANCELLED, Verdict.IDENTITY_MISMATCH, Verdict.CLOSED),
        Family.GO: (Verdict.MISSED, Verdict.OTHER_SITE, Verdict.CANCELLED_BY_OFFICE),
        Family.TECH: (
            Verdict.UNKNOWN,
            Verdict.UNKNOWN_STALE_DATA,
            Verdict.UNREADABLE_CODE,
            Verdict.CONFLICT_PENDING,
            Verdict.CLOCK_SKEW,
            Verdict.NUMBER_LENGTH,
            Verdict.NUMBER_OTHER_KIND,
            Verdict.NUMBER_ALIAS,
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
        Verdict.SEE_SUPERVISOR,
        Verdict.NUMBER_OF_ANOTHER_PERSON,
        Verdict.IDENTITY_MISMATCH,
    }
)
"""Verdicts that need a supervisor's name and a reason to go further."""
