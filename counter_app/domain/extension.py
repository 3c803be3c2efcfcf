"""The 2020 extensions of expired documents: a historical rule, told with its text, never applied to today's ones.

Sources: ordonnance 2020-328 of 25/03/2020 (90 days), as replaced by ordonnance 2020-460 of 22/04/2020, art. 24 (180
days; asylum attestations 90), and loi 2020-734 of 17/06/2020, art. 15, for documents expired after 15/05/2020. Days are
the law's unit; the notices of the prefectures speak of months, one to four days longer.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class DocumentType(StrEnum):
    """Documents that the texts name."""

    LONG_STAY_VISA = "visa_long_sejour"
    PERMIT = "titre_sejour"
    APS = "aps"
    RECEPISSE = "recepisse"
    ASYLUM_ATTESTATION = "attestation_demande_asile"


class ExtensionStatus(StrEnum):
    """Whether the printed date was put off."""

    EXTENDED = "extended"
    OUTSIDE_WINDOW = "outside_window"
    NOT_COVERED = "not_covered"
    NOT_YET_IN_FORCE = "not_yet_in_force"


@dataclass(frozen=True, slots=True)
class Extension:
    """Answer for one document: the date that counts, and the text that says so."""

    status: ExtensionStatus
    until: date
    days: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class _Text:
    published: date
    first: date
    last: date
    days: int
    asylum_days: int
    source: str
    asylum_source: str


_TEXTS = (
    _Text(
        date(2020, 3, 26), date(2020, 3, 16), date(2020, 5, 15), 90, 90, "ord. 2020-328 art. 1", "ord. 2020-328 art. 1"
    ),
    _Text(
        date(2020, 4, 23),
        date(2020, 3, 16),
        date(2020, 5, 15),
        180,
        90,
        "ord. 2020-328 art. 1 (ord. 2020-460 art. 24)",
        "ord. 2020-328 art. 1 bis (ord. 2020-460 art. 24)",
    ),
    _Text(
        date(2020, 6, 18),
        date(2020, 5, 16),
        date(2020, 6, 15),
        180,
        90,
        "loi 2020-734 art. 15 I",
        "loi 2020-734 art. 15 II",
    ),
)


def extension(document: str, printed_expiry: date, as_of: date, *, diplomatic: bool = False) -> Extension:
    """Whether a document that expired in spring 2020 was extended, as the law stood on a day."""
    if diplomatic or document not in set(DocumentType):
        return Extension(ExtensionStatus.NOT_COVERED, printed_expiry)
    covering = [text for text in _TEXTS if text.first <= printed_expiry <= text.last]
    if not covering:
        return Extension(ExtensionStatus.OUTSIDE_WINDOW, printed_expiry)
    in_force = [text for text in covering if text.published <= as_of]
    if not in_force:
        return Extension(ExtensionStatus.NOT_YET_IN_FORCE, printed_expiry)
    text = in_force[-1]
    asylum = document == DocumentType.ASYLUM_ATTESTATION
    days = text.asylum_days if asylum else text.days
    until = printed_expiry + timedelta(days=days)
    return Extension(ExtensionStatus.EXTENDED, until, days, text.asylum_source if asylum else text.source)
