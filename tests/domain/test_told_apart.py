"""Hours given to one person at desks that knew of each other or not: found here from who knew of what, without the code
that folds it."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind, Author, Json
from counter_app.domain.permit_fold import fold
from counter_app.domain.told_apart import heads, hours_apart
from counter_app.domain.work_items import WorkItemKind, of_permit
from counter_app.store.heads import Head
from counter_app.store.journal import chain
from tests.domain.invented_acts import START
from tests.domain.invented_permits import PERMIT

HOURS = [START + timedelta(days=17, hours=hour) for hour in range(3)]
Told = tuple[list[Act], dict[str, set[str]]]


@st.composite
def told(draw: st.DrawFn) -> Told:
    """Hours given and messages sent by three desks, each of which knows its own acts and, at times, all that another
    knows; with what each act's desk knew."""
    seen: dict[int, set[str]] = {desk: set() for desk in range(3)}
    acts, knew = list[Act](), dict[str, set[str]]()
    for place in range(draw(st.integers(1, 7))):
        desk, other = draw(st.integers(0, 2)), draw(st.integers(0, 2))
        seen[desk] |= seen[other]
        kind = draw(st.sampled_from([ActKind.PERMIT_SUMMONED, ActKind.SLOT_MOVED, ActKind.SUMMONS_SENT]))
        here = fold([one for one in acts if one.act_id in seen[desk]])
        after: list[Json] = heads(here) if here else []
        author = Author("nord", f"poste{desk}:x", f"Guichet {desk}", "A. Petit")
        details: dict[str, Json] = {"slot": draw(st.sampled_from(HOURS)).isoformat(), "after": after}
        made = chain(Head(place, "0" * 64, (1 << 62) + place), author, START, kind, PERMIT, details)
        acts.append(replace(made, act_id=f"acte{place}"))
        knew[f"acte{place}"] = set(seen[desk])
        seen[desk].add(f"acte{place}")
    return acts, knew


@settings(max_examples=300)
@given(told(), st.randoms(use_true_random=False))
def test_each_pair_of_hours_given_apart_lies_in_exactly_one_item_whatever_the_order(made: Told, chance: Random) -> None:
    acts, knew = made
    given = [one for one in acts if one.kind != ActKind.SUMMONS_SENT]
    last = [one for one in given if not any(one.act_id in knew[other.act_id] for other in given)]
    permit = fold(acts)
    assert permit is not None
    items = [one for one in of_permit(permit) if one.kind == WorkItemKind.DOUBLE_SUMMONS]
    for one, other in combinations(last, 2):
        if one.details["slot"] != other.details["slot"]:
            assert sum({one.act_id, other.act_id} <= set(item.acts) for item in items) == 1
    assert bool(items) == (len({str(one.details["slot"]) for one in last}) > 1)
    assert all(set(item.acts) <= {one.act_id for one in last} for item in items)
    assert hours_apart(fold(chance.sample(acts + acts, len(acts) * 2)) or permit) == hours_apart(permit)
