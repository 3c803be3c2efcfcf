"""Links of the chain: nothing of an act changes without its digest, and erased details keep theirs."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.acts import (
    LINKED,
    Act,
    Json,
    Subject,
    canonical,
    digest_of_details,
    digest_of_link,
)
from tests.domain.invented_acts import acts_of

values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@given(st.dictionaries(st.text(max_size=5), values, max_size=5))
def test_canonical_json_is_one_whatever_the_order_of_keys(details: dict[str, Json]) -> None:
    assert canonical(dict(reversed(details.items()))) == canonical(details)


def test_canonical_json_keeps_accents_and_no_blank() -> None:
    assert canonical({"b": "é", "a": [1, None]}) == '{"a":[1,null],"b":"é"}'


@given(acts_of(as_made=True))
def test_a_digest_is_that_of_what_is_stored_of_the_act(made: list[Act]) -> None:
    for act in made:
        assert act.digest == digest_of_link(stored(act).values())


def stored(act: Act) -> dict[str, object]:
    author = act.author
    return {
        "prev": act.prev,
        "act_id": act.act_id,
        "site": author.site,
        "stream": author.stream,
        "seq": act.seq,
        "desk": author.desk,
        "agent": author.agent,
        "at": act.at.isoformat(),
        "clock": act.clock,
        "kind": str(act.kind),
        "version": act.version,
        "subject_type": str(act.subject.type),
        "subject_id": act.subject.id,
        "details_digest": act.details_digest,
    }


@given(acts_of().filter(bool), st.sampled_from(LINKED))
def test_every_value_of_an_act_is_under_its_digest(acts: list[Act], name: str) -> None:
    values = stored(acts[0])
    assert tuple(values) == LINKED
    assert digest_of_link({**values, name: "autre"}.values()) != digest_of_link(values.values())


def test_two_values_never_pass_for_two_others() -> None:
    assert digest_of_link(["a", "bc"]) != digest_of_link(["ab", "c"])
    assert digest_of_link(["1:a", ""]) != digest_of_link(["", "1:a"])


@given(st.text(), st.text(), st.text(min_size=1))
def test_a_salt_hides_what_the_details_were(salt: str, details: str, other: str) -> None:
    assert digest_of_details(salt, details) != digest_of_details(salt + other, details)


@pytest.mark.parametrize("later", ["clock", "stream", "act_id"])
def test_acts_have_one_order_by_clock_then_stream_then_identity(later: str) -> None:
    from counter_app.domain.acts import Author
    from counter_app.store.heads import Head
    from counter_app.store.journal import chain
    from tests.domain.invented_acts import PERSON, START

    act = chain(Head(0, "0" * 64, 0), Author("nord", "a:1", "G", "A"), START, "checked_in", PERSON, {})
    after = {
        "clock": replace(act, clock=act.clock + 1, at=act.at - timedelta(days=1)),
        "stream": replace(act, author=replace(act.author, stream="b:1")),
        "act_id": replace(act, act_id="z"),
    }[later]
    assert act.order < after.order
    assert Subject("convocation", "x") == Subject("convocation", "x")
