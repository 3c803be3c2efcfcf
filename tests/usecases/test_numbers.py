"""A foreign number at the desk: what it is, and what the lists know of it, each answer apart."""

from collections.abc import Callable
from datetime import date

import pytest

from counter_app.domain.number_check import Comparison
from counter_app.domain.verdict import Verdict
from counter_app.usecases.answers import ArrivalAnswer
from counter_app.usecases.check_in import identity_differs, note_provisional_arrival, number_of_a_relative
from counter_app.usecases.import_list import import_list
from counter_app.usecases.verify_number import confirm_number, verify_number
from tests.homes import AtDesk, person

ROW = {"Date de fin de validité du titre": "2026-12-08", "Code postal": "59650", "État du dossier": ""}


@pytest.mark.parametrize(
    ("expiry", "postcode", "verdict"),
    [
        (None, None, Verdict.NUMBER_OK),
        ("2026-12-08", "59650", Verdict.NUMBER_OK),
        ("2026-12-09", "59650", Verdict.NUMBER_EXPIRY_DIFFERS),
        ("2026-12-08", "59000", Verdict.NUMBER_POSTCODE_DIFFERS),
        ("2026-12-09", "59000", Verdict.NUMBER_EXPIRY_DIFFERS),
    ],
)
def test_the_three_answers_stand_apart(
    here: AtDesk, expiry: str | None, postcode: str | None, verdict: Verdict
) -> None:
    import_list(here.desk, here.lists.dossiers(ROW))
    answer = verify_number(here.desk, "5912345678", date.fromisoformat(expiry) if expiry else None, postcode)
    assert answer.verdict is verdict
    assert answer.answers.form is Comparison.MATCH
    assert (answer.answers.expiry is Comparison.UNKNOWN) == (expiry is None)
    assert [one.name for one in answer.holders] == [here.only().name]


def test_a_number_no_list_knows_is_judged_by_its_form_alone(here: AtDesk) -> None:
    answer = verify_number(here.desk, "5900000001", date(2026, 12, 8), "59000")
    assert (answer.verdict, answer.holders) == (Verdict.NUMBER_OK, ())
    assert answer.answers.expiry is Comparison.UNKNOWN


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [
        ("208006503", Verdict.NUMBER_LEGACY),
        ("9612345678", Verdict.NUMBER_UNUSUAL_PREFIX),
        ("59123", Verdict.NUMBER_LENGTH),
        ("", Verdict.NUMBER_LENGTH),
        ("FRA123456789", Verdict.NUMBER_OTHER_KIND),
    ],
)
def test_other_forms_are_named(here: AtDesk, raw: str, verdict: Verdict) -> None:
    assert verify_number(here.desk, raw).verdict is verdict


def test_the_holder_of_a_number_written_with_nine_digits_in_the_list_is_known(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", contexte="20 8006503"))
    answer = verify_number(here.desk, "2008006503")
    assert [one.name for one in answer.holders] == ["SOW Aïssata"]
    assert answer.verdict is Verdict.NUMBER_OK


def test_of_several_appointments_the_last_one_is_compared(here: AtDesk) -> None:
    rows = [
        {**ROW, "ID": "2", "Date et heure de convocation": "2026-11-24 09:00", "Code postal": "59000"},
        {**ROW, "ID": "1"},
    ]
    import_list(here.desk, here.lists.dossiers(*rows))
    assert verify_number(here.desk, "5912345678", None, "59000").answers.postcode is Comparison.MATCH


def test_looking_at_a_number_is_no_act_and_confirming_it_is(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", contexte="208006503"))
    verify_number(here.desk, "208006503")
    one = here.only()
    assert one.confirmed_number is None
    confirm_number(here.desk, one.id, "2008006503", "208006503")
    here.clock.at("9:05")
    confirmed = here.only()
    assert (confirmed.foreign_number, confirmed.best("number_as_read")) == ("2008006503", "208006503")
    assert here.scan("2008006503").verdict is Verdict.ADMITTED


def test_a_confirmed_number_stays_when_the_list_says_another(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", rdv_id="1"))
    confirm_number(here.desk, here.only().id, "5900000001", "5900000001")
    here.expects(person("SOW Aïssata", "5999999999", rdv_id="1"))
    assert here.only().foreign_number == "5900000001"


@pytest.mark.parametrize(
    ("note", "verdict"),
    [
        (lambda here: identity_differs(here.desk, here.only().id, "permit"), Verdict.IDENTITY_MISMATCH),
        (lambda here: number_of_a_relative(here.desk, here.only().id), Verdict.NUMBER_OF_ANOTHER_PERSON),
    ],
    ids=["identity", "relative"],
)
def test_what_the_agent_saw_is_noted_as_an_attempt_and_admits_nobody(
    here: AtDesk, note: Callable[[AtDesk], ArrivalAnswer], verdict: Verdict
) -> None:
    here.expects()
    answer = note(here)
    assert (answer.verdict, answer.recorded) == (verdict, False)
    assert (here.only().attempts, here.only().arrival) == (1, None)


def test_somebody_the_lists_do_not_know_is_noted_and_never_sent_away(here: AtDesk) -> None:
    note = note_provisional_arrival(here.desk, "5900000001", "TRAORÉ Awa")
    with here.desk.looking() as connection:
        details = connection.exec_driver_sql("SELECT details FROM act WHERE subject_id = ?", (note,)).scalar_one()
    assert "TRAORÉ Awa" in details
    assert "5900000001" not in details
