"""The life of one card at desks that are apart, as hypothesis invents it: each act names what it takes back, the offer
that it takes, the hour that it moves. And what is true of it, found here without the code that folds it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind, Author, Details, Json
from counter_app.domain.permit_marks import Mark
from counter_app.store.heads import Head
from counter_app.store.journal import chain
from tests.domain.invented_acts import instants
from tests.domain.invented_permits import DESKS, PERMIT, receptions

AT = [one for one in DESKS if one != "safe"]
BY_BORDEREAU = (ActKind.PERMIT_SENT_BACK, ActKind.PERMIT_POSTED, ActKind.PERMIT_DESTROYED)
LEAVES = (*BY_BORDEREAU, ActKind.PERMIT_HANDED_OVER)
MOVES = (ActKind.CUSTODY_OFFERED, ActKind.CUSTODY_TAKEN, ActKind.CUSTODY_OVERRIDDEN)
RECEIVES = (ActKind.PERMIT_RECEIVED, ActKind.PERMIT_BACK_IN_STOCK)
IN_STOCK = (
    *(ActKind.PERMIT_SHELVED, ActKind.PERMIT_FOUND, ActKind.PERMIT_TO_LOCATE, ActKind.PERMIT_HELD),
    *(ActKind.PERMIT_FAULTY, ActKind.PERMIT_TO_SEND_BACK),
)
HOURS = (ActKind.PERMIT_SUMMONED, ActKind.SLOT_MOVED)
ENDS: dict[str, tuple[str, ...]] = {
    ActKind.HANDOVER_UNDONE: (ActKind.PERMIT_HANDED_OVER,),
    ActKind.PERMIT_BACK_IN_STOCK: BY_BORDEREAU,
    ActKind.BORDEREAU_VOIDED: BY_BORDEREAU,
    ActKind.DISPUTE_SETTLED: LEAVES,
    ActKind.DEPARTURE_SETTLED: LEAVES,
}
"""By what a departure is one no more."""
TAKES: dict[str, tuple[str, ...]] = {
    **ENDS,
    ActKind.CUSTODY_UNDONE: MOVES,
    ActKind.STOCK_UNDONE: IN_STOCK,
    ActKind.PERMIT_RELEASED: (ActKind.PERMIT_HELD,),
    ActKind.SUMMONS_UNDONE: HOURS,
}
ANSWERS = (ActKind.DISPUTE_SETTLED, ActKind.DEPARTURE_SETTLED)
HAPPENS: tuple[tuple[str, ...], ...] = (
    *(((ActKind.CUSTODY_OFFERED, ActKind.CUSTODY_TAKEN),) * 6),
    *((left, kind) for kind in ENDS for left in LEAVES),
    *((TAKES[kind][0], kind) for kind in TAKES if kind not in ENDS),
    *((kind,) for kind in (*LEAVES, ActKind.HANDOVER_CONTESTED, *MOVES, *IN_STOCK, *HOURS, *RECEIVES)),
)
"""What is done next: one act, the two sides of one, or one and what takes it back, rightly or not."""


@st.composite
def lives(draw: st.DrawFn) -> list[Act]:
    """Acts of three desks, in the order they were made. A desk knows of the others' or not; its hour may be wrong."""
    heads, acts = {desk: Head(0, "0" * 64, 0) for desk in AT}, list[Act]()
    done = draw(st.lists(st.sampled_from(HAPPENS), max_size=10))
    for kind in (ActKind.PERMIT_RECEIVED, *(kind for deed in done for kind in deed)):
        desk = draw(st.sampled_from(AT))
        if draw(st.integers(0, 2)):
            heads[desk].clock = max(head.clock for head in heads.values())
        author = Author("nord", f"poste{desk[-1]}:x", desk, "A. Petit")
        details = _details(draw, kind, desk, acts)
        acts.append(chain(heads[desk], author, draw(instants), kind, PERMIT, details))
    return acts


def _details(draw: st.DrawFn, kind: str, desk: str, acts: Sequence[Act]) -> Details:
    match kind:
        case ActKind.PERMIT_RECEIVED:
            return draw(receptions())
        case ActKind.CUSTODY_OFFERED:
            return {"from": _holder(draw, desk, acts), "to": draw(st.sampled_from(DESKS))}
        case ActKind.CUSTODY_TAKEN:
            offers = [act.act_id for act in acts if act.kind == ActKind.CUSTODY_OFFERED]
            return {"offer": draw(st.sampled_from([offers[-1], *offers])) if offers else "none"}
        case ActKind.CUSTODY_OVERRIDDEN:
            return {"to": desk, "reason": "en main", "approved_by": "Mme Roux"}
        case _ if kind in HOURS:
            return {"slot": (draw(instants) + timedelta(hours=3)).isoformat()}
        case _ if kind in TAKES:
            wide = LEAVES if draw(st.booleans()) else ()  # another program names what it may not take back
            return _taking(draw, kind, [act.act_id for act in acts if act.kind in (*TAKES[kind], *wide)])
        case _:
            return {"tray": draw(st.sampled_from("AB")), "reason": "motif", "field": "prénom"}


def _holder(draw: st.DrawFn, desk: str, acts: Sequence[Act]) -> str:
    """Who holds the card by what was said last, as a desk that heard of it believes; or the desk itself, wrongly."""
    said = [str(act.details.get("to") or act.author.desk) for act in acts if act.kind in (*MOVES[::2], *RECEIVES)]
    return draw(st.sampled_from([said[0], said[-1], desk]))


def _taking(draw: st.DrawFn, kind: str, about: Sequence[str]) -> Details:
    named: list[Json] = [*draw(st.lists(st.sampled_from(about), min_size=1, max_size=3, unique=True))] if about else []
    if kind not in ANSWERS:
        return {"acts": named, "reason": "motif"}
    kept = draw(st.sampled_from([None, *named]))
    return {"acts": [one for one in named if one != kept], "about": named, "kept": kept}


def named(mark: Mark) -> set[str]:
    """The acts that one names, to take them back."""
    acts = mark.details.get("acts")
    return {str(one) for one in acts} if isinstance(acts, list) else set()


def never_denied(marks: Iterable[Mark]) -> list[Mark]:
    """Departures that nothing ever took back: whatever else is true, each of these took place."""
    told = list(marks)
    denied = {(one, kind) for mark in told for one in named(mark) for kind in ENDS.get(mark.kind, ())}
    return [mark for mark in told if mark.kind in LEAVES and (mark.act_id, mark.kind) not in denied]


def answered_twice(marks: Iterable[Mark]) -> bool:
    """Whether supervisors answered more than once: then an answer may be without effect, and a denial with it."""
    return sum(mark.kind in ANSWERS for mark in marks) > 1


def contested(marks: Iterable[Mark]) -> bool:
    """Whether somebody says that a handover is not true, and no answer names that."""
    told = list(marks)
    settled = {one for mark in told if mark.kind in ANSWERS for one in named(mark)}
    return any(mark.kind == ActKind.HANDOVER_CONTESTED and mark.act_id not in settled for mark in told)
