"""The pure fold of the acts about one visit.

It keeps the marks that desks made, in the one order of acts, each once: the same acts give the same visit whatever
order they arrive in, and however often.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from counter_app.domain.acts import UNREADABLE, VERSION, Act, Json
from counter_app.domain.permit_marks import Mark
from counter_app.domain.visit import Visit
from counter_app.domain.visit_marks import KEPT, check


def apply(visit: Visit | None, act: Act) -> Visit | None:
    """The visit after one more act; one that this desk cannot read gives back the very same object."""
    if act.version > VERSION or act.kind not in KEPT:
        return visit
    try:
        check(act)
    except UNREADABLE:
        return visit
    now = visit or Visit(act.subject.id)
    return replace(now, marks=(*now.marks, Mark.of(act)))


def fold(acts: Iterable[Act]) -> Visit | None:
    """The visit that a set of acts tells of, in any order, with any repetition."""
    visit: Visit | None = None
    unique = {act.act_id: act for act in acts}
    for act in sorted(unique.values(), key=lambda act: act.order):
        visit = apply(visit, act)
    return visit


def to_json(visit: Visit) -> dict[str, Json]:
    """The whole state, as a projection keeps it."""
    return {"marks": [mark.to_json() for mark in visit.marks]}


def from_json(subject_id: str, state: Mapping[str, Json]) -> Visit:
    """Read back what `to_json` wrote."""
    marks = state["marks"]
    assert isinstance(marks, list)
    return Visit(subject_id, tuple(Mark.from_json(one) for one in marks if isinstance(one, dict)))
