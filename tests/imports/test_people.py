"""Names of one cell or several, and the birth dates beside them."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.number_in_text import find_number_in
from counter_app.domain.person_names import fold
from counter_app.imports.cells import Unclear
from counter_app.imports.numbers import number_from_column, number_from_text, number_from_texts, numbers_of_people
from counter_app.imports.people import full_name, parted, people_of, split_names
from counter_app.imports.row_values import read_minor, read_postcode
from counter_app.imports.seen import SeenRows
from counter_app.imports.source_keys import _folded_name
from counter_app.imports.sources import Source
from counter_app.imports.statuses import ListedStatus, read_status


@pytest.mark.parametrize(
    ("family", "used", "given", "name"),
    [
        ("Traoré", "", "Khadija", "TRAORÉ Khadija"),
        ("N'Diaye", "", "Marie-Ange", "N'DIAYE Marie-Ange"),
        ("Sow", "Ba", "Awa", "SOW (BA) Awa"),
        ("Sow", "SOW", "Awa", "SOW Awa"),
        ("", "Ba", "Awa", "BA Awa"),
        ("Sow", "", "", "SOW"),
        ("Nguye\u0302\u0303n", "", "A", "NGUYỄN A"),
    ],
)
def test_a_name_is_written_as_the_desk_writes_it(family: str, used: str, given: str, name: str) -> None:
    assert full_name(family, used, given) == name


@pytest.mark.parametrize(
    ("cell", "source", "names"),
    [
        ("SOW Awa, BA Ali", Source.rdv_service_public_rdv, ("SOW Awa", "BA Ali")),
        ("SOW, BA", Source.rdv_service_public_rdv, ("SOW", "BA")),
        ("SOW Awa, , ", Source.rdv_service_public_rdv, ("SOW Awa",)),
        ("SOW Awa, dite Momo", Source.rdv_service_public_participations, ("SOW Awa, dite Momo",)),
        ("DIALLO, Amadou", Source.other, ("DIALLO Amadou",)),
        ("SOW Awa, BA Ali", Source.other, ("SOW Awa", "BA Ali")),
        ("SOW Awa\nBA Ali", Source.other, ("SOW Awa", "BA Ali")),
        ("SOW, Awa ; BA, Ali", Source.other, ("SOW Awa", "BA Ali")),
        ("SOW Awa / BA Ali", Source.other, ("SOW Awa", "BA Ali")),
        ("  SOW   Awa ", Source.other, ("SOW Awa",)),
        ("KILO Una, LIMA Duo et MIKE Tri", Source.other, ("KILO Una", "LIMA Duo", "MIKE Tri")),
        ("KILO Una, LIMA Duo, et MIKE Tri", Source.other, ("KILO Una", "LIMA Duo", "MIKE Tri")),
        ("KILO Una, LIMA Duo et MIKE Tri", Source.rdv_service_public_rdv, ("KILO Una", "LIMA Duo", "MIKE Tri")),
        ("NOV Quatre; OSC Cinq", Source.rdv_service_public_rdv, ("NOV Quatre", "OSC Cinq")),
        ("NOV Quatre; OSC Cinq", Source.other, ("NOV Quatre", "OSC Cinq")),
        ("SOW, Awa et BA, Ali", Source.other, ("SOW Awa", "BA Ali")),
        ("SOW Awa & BA Ali", Source.other, ("SOW Awa", "BA Ali")),
        ("SOW Awa/BA Ali", Source.other, ("SOW Awa", "BA Ali")),
        ("SOW/BA Awa", Source.other, ("SOW/BA Awa",)),
        ("ET-TOUMI Ali", Source.other, ("ET-TOUMI Ali",)),
        ("Ben Et", Source.other, ("Ben Et",)),
        ("EL Mehdi Ben Et", Source.other, ("EL Mehdi Ben Et",)),
        ("BEN ET Ali", Source.other, ("BEN ET Ali",)),
        ("DIALLO Amadou et Mariama", Source.other, ("DIALLO Amadou et Mariama",)),
        ("SOW Awa et son fils Ali", Source.other, ("SOW Awa et son fils Ali",)),
    ],
)
def test_people_of_one_cell_are_told_apart(cell: str, source: Source, names: tuple[str, ...]) -> None:
    assert split_names(cell, source) == names


def test_a_blank_among_birth_dates_keeps_its_place() -> None:
    people = people_of(("A A", "B B", "C C"), "21/03/1962, , 09/05/1978")
    assert not isinstance(people, Unclear)
    assert [person.birth_date for person in people] == ["1962-03-21", None, "1978-05-09"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("À renseigner", ListedStatus.expected),
        ("Rendez-vous aujourd'hui", ListedStatus.expected),
        ("Rendez-vous aujourd’hui", ListedStatus.expected),
        ("Rendez-vous à venir", ListedStatus.expected),
        ("À venir", ListedStatus.expected),
        ("", ListedStatus.expected),
        ("État indéterminé", ListedStatus.unknown),
        ("Rendez-vous honoré", ListedStatus.served),
        ("Annulé (excusé)", ListedStatus.cancelled),
        ("Annulé", ListedStatus.cancelled),
        ("Annulé par l’usager", ListedStatus.cancelled),
        ("Annulé à l'initiative de l'usager", ListedStatus.cancelled),
        ("Annulé (par le service)", ListedStatus.cancelled_by_office),
        ("Annulé à l'initiative du service", ListedStatus.cancelled_by_office),
        ("Absence non excusée", ListedStatus.missed),
        ("Absence non excusée au rendez-vous", ListedStatus.missed),
        ("Rendez-vous non honoré", ListedStatus.missed),
        ("noshow", ListedStatus.missed),
        ("à voir avec Mme Martin", ListedStatus.unknown),
    ],
)
def test_the_words_of_each_source_have_one_status(text: str, status: ListedStatus) -> None:
    assert read_status(text) is status
    assert read_status(f" {text.upper()} ") is status


@pytest.mark.parametrize(
    ("text", "normalized", "raw"),
    [
        ("5912345678", "5912345678", None),
        ("59 12 345 678", "5912345678", None),
        ("N° 5912345678", "5912345678", None),
        ("0103000001", "0103000001", None),
        ("912345678", None, "912345678"),
        ("9612345678", "9612345678", "9612345678"),
        ("0612345678", "0612345678", "0612345678"),
        ("FRA012345678", None, "FRA012345678"),
        ("à demander", None, "à demander"),
        ("", None, None),
    ],
)
def test_a_number_column_gives_a_sure_number_or_what_was_read(
    text: str, normalized: str | None, raw: str | None
) -> None:
    assert number_from_column(text) == (normalized, raw)


@pytest.mark.parametrize(
    ("text", "normalized", "raw"),
    [
        ("AGDREF 5912345678", "5912345678", None),
        ("num étranger 5912345678 - venir avec passeport", "5912345678", None),
        ("5912345678 et 5912345679", None, "5912345678 / 5912345679"),
        ("5912345678 / 5912345679", None, "5912345678 / 5912345679"),
        ("tél. 06 12 34 56 78", None, None),
        ("agdref : 208006503", None, "208006503"),
        ("59 12 345 67", None, "59 12 345 67"),
        ("rien", None, None),
        ("", None, None),
    ],
)
def test_a_free_text_gives_the_one_number_it_holds(text: str, normalized: str | None, raw: str | None) -> None:
    assert number_from_text(text) == number_from_texts([text, ""]) == (normalized, raw)


def test_two_texts_with_two_numbers_give_none_and_keep_what_was_read() -> None:
    assert number_from_texts(["5912345678", "5912345679"]) == (None, "5912345678 / 5912345679")
    assert number_from_texts(["5912345678", "N° étranger : 5912345678"]) == ("5912345678", None)


LABELS = st.sampled_from(["", "N° étranger : ", "AGDREF ", "num étranger ", "agdref:", "n°étranger "])
ENDS = st.one_of(st.just(""), st.text("abé ,.-'():", max_size=12))


@given(LABELS, st.integers(10**9, 10**10 - 1), st.booleans(), ENDS)
def test_the_short_way_finds_what_the_long_way_finds(label: str, number: int, grouped: bool, end: str) -> None:
    digits = str(number)
    written = f"{digits[:2]} {digits[2:4]} {digits[4:7]} {digits[7:]}" if grouped else digits
    text = f"{label}{written}{end}".strip()
    found = tuple(each for each in find_number_in(text) if len(each) == 10)
    if len(found) == 1:
        assert number_from_text(text).normalized == found[0]


@given(st.text(max_size=20))
def test_names_folded_word_by_word_are_folded_the_same(name: str) -> None:
    assert _folded_name(name) == fold(name)


@pytest.mark.parametrize(("text", "read"), [("59650", "59650"), ("1000", "01000"), ("59 650", "59650"), ("", None)])
def test_a_postcode_gets_back_the_zero_that_a_spreadsheet_ate(text: str, read: str | None) -> None:
    assert read_postcode(text) == read


def test_at_least_one_minor_among_several_says_nothing_of_each() -> None:
    assert (read_minor("oui", 1), read_minor("oui", 2), read_minor("non", 2), read_minor("", 1)) == (
        True,
        None,
        False,
        None,
    )


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=40))
def test_seen_rows_agree_with_a_plain_dictionary(rows: list[tuple[int, int]]) -> None:
    seen, met = SeenRows(0), dict[str, dict[int, int]]()
    for number, (name, content) in enumerate(rows, start=2):
        known = met.setdefault(str(name), {})
        meeting = seen.meet(str(name), content, number)
        assert meeting.same_as == known.get(content)
        known.setdefault(content, number)
        assert meeting.occurrence == (len(known) if meeting.same_as is None else meeting.occurrence)


def test_a_key_that_every_row_bears_is_met_as_fast_as_another() -> None:
    seen, began = SeenRows(60_000), process_time()
    assert [seen.meet("clé", number, number).occurrence for number in range(1, 60_001)] == list(range(1, 60_001))
    assert seen.meet("clé", 30_000, 70_000).same_as == 30_000
    assert process_time() - began < 10, (
        "each row compared with all before it takes a minute, and hours for a large file"
    )


def test_seen_rows_grow_past_what_was_expected() -> None:
    seen = SeenRows(1)
    assert all(seen.meet(f"clé {number}", number, number).occurrence == 1 for number in range(5_000))
    assert all(seen.meet(f"clé {number}", number, -1 % 9).same_as == number for number in range(0, 5_000, 100))


@pytest.mark.parametrize(
    ("cell", "births"),
    [
        ("02/05/1979 et 04/07/1991", ["1979-05-02", "1991-07-04"]),
        ("02/05/1979 / 04/07/1991", ["1979-05-02", "1991-07-04"]),
        ("02/05/1979/04/07/1991", ["1979-05-02", "1991-07-04"]),
        ("02/05/1979\r\n04/07/1991", ["1979-05-02", "1991-07-04"]),
        ("02/05/1979", [None, None]),
        ("1979/05/02", [None, None]),
    ],
)
def test_birth_dates_of_two_people_follow_their_order_or_are_nobodys(cell: str, births: list[str | None]) -> None:
    people = people_of(("A A", "B B"), cell)
    assert not isinstance(people, Unclear)
    assert [person.birth_date for person in people] == births


@pytest.mark.parametrize(
    ("column", "context", "numbers"),
    [
        ("", "5903000201 / 5903000202", [("5903000201", None), ("5903000202", None)]),
        ("5903000201 / 5903000202", "", [("5903000201", None), ("5903000202", None)]),
        ("5903000201/5903000202", "", [("5903000201", None), ("5903000202", None)]),
        ("5903000201;5903000202", "", [("5903000201", None), ("5903000202", None)]),
        ("", "AGDREF 5903000201 et 5903000202", [("5903000201", None), ("5903000202", None)]),
        ("", "5903000201", [(None, "5903000201")] * 2),
        ("5903000201", "", [(None, "5903000201")] * 2),
        ("5903000201 / 5903000201", "", [(None, "5903000201 / 5903000201")] * 2),
        ("", "rien", [(None, None)] * 2),
    ],
)
def test_numbers_of_two_people_follow_their_order_or_are_kept_as_read(
    column: str, context: str, numbers: list[tuple[str | None, str | None]]
) -> None:
    assert list(numbers_of_people(parted(column), [context], 2)) == numbers
