"""Answers to work items as hypothesis invents them: of several desks, alike or not, some in no sense."""

from dataclasses import replace

from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind, Author, Details, Json, Subject, SubjectType
from counter_app.domain.settlement import Decision
from counter_app.store.heads import Head
from counter_app.store.journal import chain
from tests.domain.invented_acts import PERSON, STREAMS, act_ids, instants, nonsense

ITEM = Subject(SubjectType.WORK_ITEM, "0e" * 16)


def _details(draw: st.DrawFn) -> Details:
    acts: list[Json] = [*act_ids(PERSON)[:2]]
    decision = draw(st.sampled_from(list(Decision)))
    return {
        "kind": "double_check_in",
        "subject": [*PERSON],
        "acts": acts,
        "decision": decision.value,
        "kept": draw(st.sampled_from(acts)) if decision is Decision.KEEP else None,
        "reason": "motif",
        "approved_by": "Mme Roux",
    }


@st.composite
def answers(draw: st.DrawFn, *, poison: bool = False) -> list[Act]:
    """Up to six acts about one work item, in the order they were made, each stream contiguous and chained."""
    places = {stream: Head(0, "0" * 64, 0) for stream in STREAMS}
    made = []
    for act_id in draw(st.lists(st.sampled_from(act_ids(ITEM)), unique=True, max_size=6)):
        stream = draw(st.sampled_from(STREAMS))
        details = draw(nonsense) if poison and draw(st.booleans()) else _details(draw)
        author = Author("nord", stream, f"Guichet {stream[5]}", "A. Petit")
        act = chain(places[stream], author, draw(instants), ActKind.WORK_ITEM_SETTLED, ITEM, details)
        made.append(replace(act, act_id=act_id))
    return made
