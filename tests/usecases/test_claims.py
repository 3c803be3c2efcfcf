"""Claims: each convocation of a list is named by one row of it."""

from hypothesis import given
from hypothesis import strategies as st

from counter_app.usecases.claims import Claims

names = st.text(st.sampled_from("0123456789abcdef"), min_size=1, max_size=3)


@given(st.lists(st.tuples(names, names), max_size=60))
def test_the_first_row_keeps_what_it_named(pairs: list[tuple[str, str]]) -> None:
    claims, told = Claims(), dict[str, str]()
    for identity, source_key in pairs:
        assert claims.claim(identity, source_key) == (told.setdefault(identity, source_key) == source_key)
    assert all(identity in claims for identity in told)
    assert "nobody" not in claims


def test_thousands_of_names_are_all_remembered() -> None:
    claims = Claims({f"{place:032x}": str(place) for place in range(5000)})
    assert all(claims.claim(f"{place:032x}", str(place)) for place in range(5000))
    assert not any(claims.claim(f"{place:032x}", "another") for place in range(5000))
    assert f"{5000:032x}" not in claims
