"""What travels is looked at before anybody reads it: details that no desk could keep stop at the door."""

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.acts import GENESIS, LINKED, canonical, digest_of_link
from counter_app.domain.envelope import DEEPEST, FIELDS, LARGEST, fault


def act(details: str | None, at: str = "2026-11-23T08:00:00+01:00") -> list[object]:
    """An act whose digests hold, whatever its details are."""
    digest = sha256(b"s\n" + (details or "").encode()).hexdigest()
    named: dict[str, object] = {
        **{"act_id": "a", "stream": "d:1", "seq": 1, "site": "nord", "desk": "G", "agent": "A", "version": 1},
        **{"at": at, "clock": 1 << 40, "kind": "checked_in", "subject_type": "convocation"},
        **{"subject_id": "x", "details": details, "salt": "s", "details_digest": digest, "prev": GENESIS},
        "signature": None,
    }
    named["digest"] = digest_of_link(named[name] for name in LINKED)
    return [named[name] for name in FIELDS]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(st.characters(codec="utf-8"), max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=9,
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), json_values, max_size=5))
def test_details_as_desks_write_them_hold(details: dict[str, object]) -> None:
    try:
        text = canonical(details)
        text.encode()
    except UnicodeEncodeError:
        return
    assert fault(act(text)) is None
    assert fault(act(json.dumps(details))) is None


@pytest.mark.parametrize(
    "details",
    [
        *("", "bonjour", "[]", "null", "1", '{"a":}', '{"a":NaN}', '{"a":Infinity}', '{"a":-Infinity}', '{"a":1e999}'),
        *('{"a":9223372036854775808}', '{"a":[-99999999999999999999]}', '{"a":"\\ud800"}', '{"\\udfff":1}'),
        *('{"a":' * 500 + "1" + "}" * 500, '{"a":' + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1) + "}"),
        '{"a":' + "[" * 100_000 + "]" * 100_000 + "}",
    ],
)
def test_details_that_no_desk_could_keep_do_not_hold(details: str) -> None:
    assert fault(act(details)) == "form"


def test_erased_details_hold() -> None:
    assert fault(act(None)) is None


@given(st.text(st.characters(codec="utf-8"), max_size=50))
def test_whatever_stands_in_the_details_is_answered(text: str) -> None:
    assert fault(act(text)) in (None, "form")


@pytest.mark.parametrize(
    "at",
    ["lundi", "2026-11-23T08:00:00", "0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "9999-12-31T08:00:00Z"],
)
def test_an_hour_that_no_desk_could_show_does_not_hold(at: str) -> None:
    assert fault(act("{}", at)) == "form"


@pytest.mark.parametrize("field", ["desk", "agent", "salt", "subject_id", "kind"])
def test_half_a_letter_in_any_field_does_not_hold(field: str) -> None:
    whole = act("{}")
    assert fault([*whole[: FIELDS.index(field)], "\ud800", *whole[FIELDS.index(field) + 1 :]]) == "form"
