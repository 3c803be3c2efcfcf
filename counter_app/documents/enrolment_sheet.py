"""The enrolment sheet, A5: the code by which one desk joins its central, to type or to scan. It holds a secret.

It is torn up once it has served: it says so itself.
"""

from dataclasses import dataclass
from datetime import datetime

from counter_app.documents import layout
from counter_app.documents.barcodes import QUIET_QR, qr_matrix
from counter_app.documents.layout import Align
from counter_app.documents.paper_texts import label
from counter_app.documents.sheet import A5, TRAINING_MARK, Marks, publish
from counter_app.domain.enrolment_code import grouped
from counter_app.wording.dates import hour, long_date

TITLE = "Inscription d’un poste"
_LEVEL = "M"


@dataclass(frozen=True, slots=True)
class EnrolmentFacts:
    """What the sheet says. Moments are aware, in the site's time zone."""

    code: str
    site: str
    url: str
    """Address of the service; empty when it was not given."""
    expires_at: datetime
    printed_at: datetime
    training: bool = False


def enrolment_sheet(facts: EnrolmentFacts) -> bytes:
    """The PDF of the sheet."""
    column = A5.column
    groups = grouped(facts.code).split()
    lines = (" ".join(groups[:4]), " ".join(groups[4:]))
    training = [layout.inverted(TRAINING_MARK, A5.strong, column)] if facts.training else []
    address = [layout.paragraph(facts.url, A5.key, column, Align.CENTRE)] if facts.url else []
    blocks = [
        *training,
        layout.paragraph(facts.site, A5.strong, column),
        layout.rule(column),
        layout.paragraph(label("enrolment_sheet"), A5.title, column),
        layout.paragraph(label("enrolment_use"), A5.body, column),
        layout.gap(8),
        *address,
        layout.qr(facts.code, A5.dot, A5.qr_dots),
        *(layout.paragraph(line, A5.key, column, Align.CENTRE) for line in lines),
        layout.gap(8),
        layout.paragraph(label("enrolment_until", until=_moment(facts.expires_at)), A5.strong, column),
        layout.paragraph(label("enrolment_secret"), A5.body, column),
    ]
    return publish(A5, blocks, Marks(TITLE, facts.printed_at, facts.training))


def terminal_qr(code: str) -> str:
    """The QR for a terminal of light letters on a dark ground: two rows of modules a line, quiet zone included."""
    matrix = qr_matrix(code, _LEVEL)
    side = len(matrix) + 2 * QUIET_QR
    blank = (False,) * side
    quiet = (False,) * QUIET_QR
    rows = [*[blank] * QUIET_QR, *((*quiet, *row, *quiet) for row in matrix), *[blank] * (QUIET_QR + side % 2)]
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return "\n".join("".join(_HALVES[pair] for pair in zip(*both, strict=True)) for both in pairs)


_HALVES = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
"""Black modules are left dark, white ones are lit."""


def _moment(at: datetime) -> str:
    return f"{long_date(at.date())}, {hour(at)}"
