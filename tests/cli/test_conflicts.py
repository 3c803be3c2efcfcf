"""Conflicts at the second door: both sides in words, what each answer changes, an answer with its reason."""

from contextlib import closing
from typing import Any

import pytest

from counter_app import app
from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.store import convocation_rows
from tests.cli.cli import Door
from tests.homes import another_desk, moment

WHY = ("--reason", "vu avec les deux agents", "--approved-by", "Mme Roux")


@pytest.fixture
def twice(loaded: Door) -> dict[str, Any]:
    """Somebody checked in here at 9:05, and eight minutes later at a desk that was apart."""
    assert loaded.at("09:05", "check-in", "5912345678").code == 0
    with closing(app.open_office(loaded.home, at=moment("9:13"), alone=True)) as office:
        with office.desk.looking() as connection:
            (one,) = convocation_rows.by_numbers(connection, ["5912345678"])
        with another_desk(office.desk).gesture() as gesture:
            details: dict[str, Json] = {"verdict": "admitted", "minutes": 0}
            gesture.record(ActKind.CHECKED_IN, Subject(SubjectType.CONVOCATION, one.id), details)
    (conflict,) = loaded("conflicts").json["conflicts"]
    assert isinstance(conflict, dict)
    return conflict


def test_a_conflict_tells_both_sides_and_the_effect_of_each_answer(twice: dict[str, Any]) -> None:
    assert (twice["kind"], twice["name"], twice["settled"]) == ("double_check_in", "SOW Aïssata", None)
    assert [(fact["desk"], fact["agent"]) for fact in twice["facts"]][1] == ("Guichet 9", "B. Colin")
    assert twice["facts"][0]["words"].startswith("arrivée enregistrée, ticket ")
    assert [one["keep"] for one in twice["choices"]] == [*(one["act"] for one in twice["facts"]), "both", "supervisor"]
    assert all(one["effect"].endswith(".") for one in twice["choices"])


def test_a_conflict_settled_is_shown_with_all_only(loaded: Door, twice: dict[str, Any]) -> None:
    kept = twice["facts"][0]["act"]
    done = loaded.at("09:20", "settle", twice["id"], "--keep", kept, *WHY)
    assert (done.code, done.json["conflict"]["settled"]["kept"]) == (0, kept)
    assert loaded("conflicts").json["conflicts"] == []
    (past,) = loaded("conflicts", "--all").json["conflicts"]
    assert (past["id"], past["choices"], past["settled"]["approved_by"]) == (twice["id"], [], "Mme Roux")
    again = loaded.at("09:20", "settle", twice["id"], "--keep", kept, *WHY)
    assert (again.code, again.json["error"]) == (3, "already_settled")


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("--keep", "both"), "reason_missing"),
        (("--keep", "supervisor", "--reason", "vu"), "approval_missing"),
        (("--keep", "both", "--reason", "vu", "--approved-by", " "), "approval_missing"),
        (("--keep", "none", *WHY), "not_a_choice"),
        (("--keep", "\u0000", *WHY), "not_a_choice"),
    ],
)
def test_an_answer_that_lacks_something_is_not_recorded(
    loaded: Door, twice: dict[str, Any], options: tuple[str, ...], error: str
) -> None:
    said = loaded("settle", twice["id"], *options)
    assert (said.code, said.json["error"]) == (3, error)
    assert loaded("conflicts").json["conflicts"] == [twice]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--keep", "both"), "--reason"),
        (("--keep", "supervisor", "--reason", "vu"), "--approved-by"),
        (("--keep", "none", *WHY), ", supervisor (le conflit reste ouvert, au nom du responsable)"),
    ],
)
def test_what_an_answer_lacks_is_told_by_the_options_and_the_words_of_the_command(
    loaded: Door, twice: dict[str, Any], options: tuple[str, ...], named: str
) -> None:
    assert named in loaded("settle", twice["id"], *options).json["message"]


def test_an_answer_without_a_supervisor_is_told_as_that_of_who_signs(loaded: Door, twice: dict[str, Any]) -> None:
    done = loaded.at("09:20", "settle", twice["id"], "--keep", "both", "--reason", "vu")
    assert (done.code, done.json["conflict"]["settled"]["approved_by"]) == (0, None)
    assert "sans accord d’un responsable" in loaded.bare("--home", loaded.home, "conflicts", "--all").out


def test_people_read_plain_sentences(loaded: Door, twice: dict[str, Any]) -> None:
    said = loaded.bare("--home", loaded.home, "--at", "2026-11-23T09:15", "conflicts")
    assert "arrivée enregistrée plusieurs fois · SOW Aïssata" in said.out
    assert "Guichet 9, 9\u00a0h\u00a013, B. Colin\u00a0: arrivée enregistrée" in said.out
    assert "1 conflit à régler" in said.out
    assert twice["id"] in said.out
    loaded.at("09:20", "settle", twice["id"], "--keep", "both", *WHY)
    assert "Aucun conflit" in loaded.bare("--home", loaded.home, "conflicts").out


def test_an_identity_that_no_conflict_has_is_told_so(loaded: Door) -> None:
    said = loaded("settle", "xyz", "--keep", "both", *WHY)
    assert (said.code, said.json["error"]) == (3, "unknown_item")
    assert "Aucun conflit n’a l’identité «\u00a0xyz\u00a0»" in said.json["message"]
    assert "counter-app conflicts" in said.json["message"]
