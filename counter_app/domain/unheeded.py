"""What a desk noted of a card that is not to leave as it is, unknown to the desk that let it go."""

from collections.abc import Sequence

from counter_app.domain.acts import ActKind, Json
from counter_app.domain.permit_marks import Mark, elsewhere

WARNINGS = frozenset(
    {
        *(ActKind.PERMIT_HELD, ActKind.PERMIT_FAULTY, ActKind.PERMIT_TO_SEND_BACK),
        ActKind.HANDOVER_ATTEMPTED,
    }
)
"""What a desk notes of a card that is not to be given as it is; of attempts, those where a document did not match."""

KNEW = "knew"
"""The detail of a departure that names the warnings that its desk knew of."""

_AGAINST: dict[str, frozenset[ActKind]] = {
    ActKind.PERMIT_HANDED_OVER: WARNINGS,
    ActKind.PERMIT_POSTED: WARNINGS,
    ActKind.PERMIT_SENT_BACK: frozenset({ActKind.PERMIT_HELD}),
    ActKind.PERMIT_DESTROYED: WARNINGS - {ActKind.HANDOVER_ATTEMPTED},
}
"""The warnings that each way to leave goes against: a card with a fault is sent back to its maker, never destroyed."""


def warnings(marks: Sequence[Mark]) -> list[Json]:
    """The warnings that a desk knows of, those taken back too, for the departure that goes on: see `KNEW`."""
    return [mark.act_id for mark in marks if mark.kind in WARNINGS]


def unheeded(marks: Sequence[Mark], gone: Mark) -> tuple[Mark, ...]:
    """Warnings of other desks before a departure that did not know of them. One of a version that named none is taken
    to have known all."""
    knew, against = gone.details.get(KNEW), _AGAINST.get(gone.kind, frozenset())
    if not isinstance(knew, list):
        return ()
    before = marks[: marks.index(gone)]
    return tuple(one for one in before if one.kind in against and one.act_id not in knew and elsewhere(one, gone))
