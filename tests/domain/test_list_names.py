"""Whom a list names, as its act bears it: read back to the letter, silent when it is not sure, deaf to nonsense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import list_names
from counter_app.domain.acts import Json
from counter_app.domain.list_names import ListNames, Naming
from counter_app.domain.listing import ListedStatus, Listing

OWN = "2026-11-23T07:00:00+00:00"
SCOPES: list[Json] = [["2026-11-23", "Lille"], ["2026-11-24", ""]]
identities = st.binary(min_size=16, max_size=16).map(bytes.hex)


def names_of(naming: Naming, unread: list[set[str]]) -> Json:
    return naming.to_json("l1", "a", OWN, SCOPES, unread).get("names")


def listing(name: str, **more: str | None) -> Listing:
    return Listing("a", "1", OWN, name, "2026-11-23T09:10:00+01:00", "Remise", ListedStatus.EXPECTED, **more)  # type: ignore[arg-type]


@given(st.dictionaries(identities, st.sampled_from(("", OWN, "2026-11-20T07:00:00+00:00"))), identities)
def test_whom_a_list_names_reads_back_to_the_letter(named: dict[str, str], stranger: str) -> None:
    naming = Naming()
    for one, export in named.items():
        naming.name(one, export)
    read = ListNames.read("l1", names_of(naming, []))
    assert read is not None
    assert (read.source, read.exported_at, read.first_day, read.last_day) == ("a", OWN, "2026-11-23", "2026-11-24")
    assert {one: read.export_of(one) for one in named} == named
    assert read.export_of(stranger) == named.get(stranger)
    repeated = {one[:16]: export for one, export in named.items() if export not in ("", OWN)}
    assert dict(read.repeated()) == repeated


def test_three_thousand_people_weigh_some_forty_kilobytes() -> None:
    naming = Naming()
    for place in range(3000):
        naming.name(f"{place * 0x9E3779B97F4A7C15 % 2**64:016x}{'0' * 16}", OWN)
    names = naming.to_json("l1", "a", OWN, SCOPES, [])["names"]
    assert isinstance(names, dict)
    assert len(str(names["people"])) + len(str(names["repeats"])) == 40_000


def test_what_is_no_identity_is_named_by_no_list_and_missing_from_none() -> None:
    naming = Naming()
    naming.name("no identity", OWN)
    read = ListNames.read("l1", names_of(naming, []))
    assert read is not None
    assert (read.export_of("no identity"), read.export_of("0" * 32)) == ("", None)


def test_who_may_be_in_a_row_that_could_not_be_read_is_known_by_name_reference_or_number() -> None:
    read = ListNames.read("l1", names_of(Naming(), [{"sow", "aissata", "25h"}, {"ref1", "5912345678"}]))
    assert read is not None
    assert read.perhaps_unread(listing("SOW Aïssata"))
    assert read.perhaps_unread(listing("BA Ali", reference="REF1"))
    assert read.perhaps_unread(listing("BA Ali", foreign_number="5912345678"))
    assert not read.perhaps_unread(listing("BA Aïssata", reference="REF2"))


def test_a_word_that_was_not_read_is_not_told_in_clear() -> None:
    assert "aissata" not in str(names_of(Naming(), [{"sow", "aissata"}]))


def test_a_list_of_no_day_or_that_is_not_sure_says_nothing_of_whom_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    naming = Naming()
    naming.name("0f" * 16, OWN)
    assert naming.to_json("l1", "a", OWN, [], []) == {}
    assert naming.to_json("l1", "a", OWN, SCOPES, [{"x"}] * (list_names.MOST_UNREAD + 1)) == {}
    monkeypatch.setattr(list_names, "MOST_NAMED", 0)
    assert naming.to_json("l1", "a", OWN, SCOPES, []) == {}


nonsense = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(("source", "exported_at", "scopes", "people", "repeats", "exports", "unread")), nonsense
    )
)
def test_nonsense_in_the_place_of_names_is_no_list(changed: dict[str, Json]) -> None:
    whole = names_of(Naming(), [])
    assert isinstance(whole, dict)
    read = ListNames.read("l1", {**whole, **changed})
    assert read is None or read.export_of("0f" * 16) is None


@pytest.mark.parametrize("names", [None, 3, "x", [], {}, {"scopes": []}])
def test_what_names_nobody_is_no_list(names: Json) -> None:
    assert ListNames.read("l1", names) is None


def test_a_place_beyond_the_exports_is_not_read() -> None:
    naming = Naming()
    naming.name("0f" * 16, OWN)
    whole = names_of(naming, [])
    assert isinstance(whole, dict)
    assert ListNames.read("l1", {**whole, "exports": []}) is None


@pytest.mark.parametrize("hour", ["", "hier", "2026-11-23T07:00:00", "9999-12-31T23:59:59+00:00"])
def test_an_hour_that_no_desk_can_show_is_that_of_no_list(hour: str) -> None:
    whole = names_of(Naming(), [])
    assert isinstance(whole, dict)
    assert ListNames.read("l1", {**whole, "exported_at": hour}) is None
