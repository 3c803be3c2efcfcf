"""An appointment that a newer list moved: told as replaced, with the new one named; otherwise absent, never guessed."""

from counter_app.domain.convocation import ConvocationStatus
from counter_app.domain.verdict import Verdict
from counter_app.usecases.import_list import dry_run, import_list
from counter_app.usecases.present import choose
from counter_app.usecases.undo import undo_last_import
from tests.homes import AtDesk

AISSATA = {"Nom": "SOW", "Prénom": "Aïssata"}
OTHER = {
    "Nom": "KONÉ",
    "Prénom": "Ali",
    "Heure du RDV": "14h00",
    "Date de naissance": "01/02/1980",
    "ID interne au département": "5900000001",
}
TUESDAY = {"Date du RDV": "24/11/2026", "Heure du RDV": "10h20"}
ALSO_TUESDAY = {**OTHER, **TUESDAY}


def status_of(here: AtDesk, day: str) -> ConvocationStatus:
    return next(one.status for one in here.everybody() if "SOW" in one.name and one.listing.slot.startswith(day))


def lists(here: AtDesk, *tables: tuple[dict[str, str], ...]) -> None:
    for rows in tables:
        here.clock.later(2)
        import_list(here.desk, here.lists.rdv_insertion(*rows))


def test_a_person_on_another_day_of_the_newer_list_was_moved(here: AtDesk) -> None:
    lists(here, (AISSATA, OTHER, ALSO_TUESDAY), ({**AISSATA, **TUESDAY}, OTHER, ALSO_TUESDAY))
    assert status_of(here, "2026-11-23") is ConvocationStatus.RESCHEDULED
    former = next(one for one in here.everybody() if one.status is ConvocationStatus.RESCHEDULED)
    here.clock.at("9:05")
    answer = choose(here.desk, former.id)
    assert answer.verdict is Verdict.REPLACED
    assert [one.listing.slot for one in answer.matches] == ["2026-11-24T10:20:00+01:00"]


def test_without_birth_date_nor_number_in_common_nobody_is_said_to_be_moved(here: AtDesk) -> None:
    nameless = {**AISSATA, "Date de naissance": "", "ID interne au département": ""}
    lists(here, (nameless, OTHER), ({**nameless, **TUESDAY}, OTHER))
    assert status_of(here, "2026-11-23") is ConvocationStatus.ABSENT_FROM_LIST


def test_for_another_purpose_nobody_is_said_to_be_moved(here: AtDesk) -> None:
    lists(here, (AISSATA, OTHER), ({**AISSATA, **TUESDAY, "Motif du RDV": "Naturalisation"}, OTHER))
    assert status_of(here, "2026-11-23") is ConvocationStatus.ABSENT_FROM_LIST


def test_two_new_appointments_are_not_guessed_between(here: AtDesk) -> None:
    wednesday = {**AISSATA, "Date du RDV": "25/11/2026"}
    lists(here, (AISSATA, OTHER), ({**AISSATA, **TUESDAY}, wednesday, OTHER))
    assert status_of(here, "2026-11-23") is ConvocationStatus.ABSENT_FROM_LIST


def test_an_appointment_known_before_stands_in_for_none(here: AtDesk) -> None:
    later = {**AISSATA, **TUESDAY}
    lists(here, (AISSATA, later, OTHER), (later, OTHER))
    assert status_of(here, "2026-11-23") is ConvocationStatus.ABSENT_FROM_LIST


def test_moved_twice_the_last_appointment_is_opened_and_undo_goes_back(here: AtDesk) -> None:
    wednesday = {**AISSATA, "Date du RDV": "25/11/2026"}
    lists(here, (AISSATA, OTHER), ({**AISSATA, **TUESDAY}, OTHER), (wednesday, ALSO_TUESDAY, OTHER))
    former = next(one for one in here.everybody() if one.listing.slot.startswith("2026-11-23") and "SOW" in one.name)
    (opened,) = choose(here.desk, former.id).matches
    assert opened.listing.slot.startswith("2026-11-25")
    assert undo_last_import(here.desk).done
    (opened,) = choose(here.desk, former.id).matches
    assert opened.listing.slot.startswith("2026-11-24")
    assert undo_last_import(here.desk).done
    assert status_of(here, "2026-11-23") is ConvocationStatus.EXPECTED


def test_moved_in_the_words_of_the_list_names_the_only_coming_appointment(here: AtDesk) -> None:
    lists(here, ({**AISSATA, "Statut": "Reporté"}, {**AISSATA, **TUESDAY}))
    assert status_of(here, "2026-11-23") is ConvocationStatus.RESCHEDULED
    former = next(one for one in here.everybody() if one.status is ConvocationStatus.RESCHEDULED)
    assert choose(here.desk, former.id).verdict is Verdict.REPLACED


def test_moved_to_a_date_that_nobody_knows_is_looked_at_by_a_person(here: AtDesk) -> None:
    lists(here, ({**AISSATA, "Statut": "RDV reporté"},))
    answer = choose(here.desk, here.only().id)
    assert (answer.verdict, answer.notes) == (Verdict.CONFLICT_PENDING, ("rescheduled",))


def test_many_people_gone_from_a_day_are_said_before_and_after(here: AtDesk) -> None:
    people = [{**OTHER, "Prénom": f"Ali {letter}"} for letter in "ABCDEFGHIJ"]
    lists(here, tuple(people))
    few, many = here.lists.rdv_insertion(*people[:9]), here.lists.rdv_insertion(*people[:7])
    assert not dry_run(here.desk, few).many_absent
    assert dry_run(here.desk, many).many_absent
    assert import_list(here.desk, many).many_absent
