"""Who is it, and what should happen? Every arrival verdict, reached as at the desk: a list, an hour, a scan."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.convocation import ConvocationStatus
from counter_app.domain.receipt import ReceiptKind
from counter_app.domain.verdict import Verdict
from counter_app.telling.verdicts import arrival_text
from counter_app.usecases.answers import ArrivalAnswer, Override
from counter_app.usecases.bordereaux import Leaving, remove
from counter_app.usecases.check_in import admit, check_in, identity_differs, instruct, number_of_a_relative
from counter_app.usecases.desk import Desk
from counter_app.usecases.handover_look import look
from counter_app.usecases.import_list import import_list
from counter_app.usecases.present import choose, present, preview
from counter_app.usecases.receipts import issue
from counter_app.usecases.stock import back_in_stock
from counter_app.usecases.stock_answers import SlipKind
from counter_app.usecases.undo import undo_last_import
from tests.homes import MONDAY, AtDesk, another_desk, person
from tests.usecases.permits_at_hand import mark, receive, sleeve_of

TUESDAY = MONDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("hour", "verdict"),
    [
        ("7:30", Verdict.TOO_EARLY),
        ("8:58:59", Verdict.TOO_EARLY),
        ("8:59", Verdict.TOO_EARLY),
        ("8:59:01", Verdict.EARLY),
        ("9:00", Verdict.EARLY),
        ("9:44", Verdict.EARLY),
        ("9:44:01", Verdict.ADMITTED),
        ("9:45", Verdict.ADMITTED),
        ("10:00", Verdict.ADMITTED),
        ("10:10", Verdict.ADMITTED),
        ("10:10:59", Verdict.ADMITTED),
        ("10:11", Verdict.LATE),
        ("10:30", Verdict.LATE),
        ("10:30:59", Verdict.LATE),
        ("10:31", Verdict.TOO_LATE),
        ("17:59", Verdict.TOO_LATE),
        ("18:00", Verdict.CLOSED),
        ("7:29:59", Verdict.CLOSED),
    ],
)
def test_the_hour_of_arrival_decides_to_the_minute_and_seconds_count_for_the_person(
    here: AtDesk, hour: str, verdict: Verdict
) -> None:
    here.expects(person("SOW Aïssata", hour="10h00"))
    here.clock.at(hour)
    answer = here.scan()
    assert answer.verdict is verdict
    assert answer.recorded == (verdict in (Verdict.EARLY, Verdict.ADMITTED, Verdict.LATE))


def test_minutes_and_limit_come_with_the_verdict(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", hour="10h00"))
    here.clock.at("10:20")
    figures = here.scan().figures
    assert (figures["n"], figures["limit"]) == (20, 30)


def test_a_recorded_answer_carries_the_ticket_and_the_person_as_arrived(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    answer = here.scan()
    assert answer.receipt is not None
    assert answer.convocation is not None
    assert answer.receipt.ticket == "C 001"
    assert answer.convocation.status is ConvocationStatus.CHECKED_IN
    assert here.only() == answer.convocation


def test_a_public_holiday_is_closed_and_says_when_the_doors_open(here: AtDesk) -> None:
    armistice = MONDAY.replace(day=11)
    here.expects(person("SOW Aïssata", date_rdv="11/11/2026"))
    here.clock.at("9:00", armistice)
    answer = here.scan()
    assert answer.verdict is Verdict.CLOSED
    assert answer.next_opening is not None
    assert f"{answer.next_opening:%d/%m %H:%M}" == "12/11 07:30"


def test_a_sunday_is_closed_until_monday(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", date_rdv="22/11/2026"))
    here.clock.at("9:00", MONDAY - timedelta(days=1))
    answer = here.scan()
    assert answer.verdict is Verdict.CLOSED
    assert answer.next_opening is not None
    assert f"{answer.next_opening:%d/%m %H:%M}" == "23/11 07:30"


def test_another_day_is_told_and_a_past_one_is_missed(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", date_rdv="24/11/2026"))
    here.clock.at("9:10")
    assert here.scan().verdict is Verdict.OTHER_DAY
    here.clock.at("9:10", TUESDAY + timedelta(days=1))
    assert here.scan().verdict is Verdict.MISSED


def test_who_came_on_a_past_day_did_not_miss_it(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:10")
    here.scan()
    here.clock.at("9:10", TUESDAY)
    answer = here.scan()
    assert (answer.verdict, answer.chips) == (Verdict.OTHER_DAY, ())


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("Annulé (excusé)", Verdict.CANCELLED),
        ("Annulé par le service", Verdict.CANCELLED_BY_OFFICE),
        ("Absence non excusée", Verdict.MISSED),
        ("Rendez-vous honoré", Verdict.ALREADY_SERVED),
        ("À renseigner", Verdict.ADMITTED),
        ("Mot jamais vu", Verdict.ADMITTED),
    ],
)
def test_the_word_of_the_list_decides_who_cancelled(here: AtDesk, status: str, verdict: Verdict) -> None:
    here.expects(person("SOW Aïssata", statut=status))
    here.clock.at("9:05")
    assert here.scan().verdict is verdict


def test_a_cancelled_past_day_is_not_missed(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", statut="Annulé"))
    here.clock.at("9:05", TUESDAY)
    answer = here.scan()
    assert answer.verdict is Verdict.CANCELLED
    assert Verdict.MISSED not in answer.chips


def test_one_list_cancels_what_another_expects_so_a_person_looks(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", statut="Annulé"))
    import_list(here.desk, here.lists.rdv_insertion({"Motif du RDV": "Renouvellement de titre de séjour"}))
    here.clock.at("9:05")
    answer = here.scan()
    assert answer.verdict is Verdict.CONFLICT_PENDING
    assert "sources_disagree" in answer.notes
    assert answer.recorded


def test_a_list_that_does_not_say_contradicts_nobody(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", statut="Annulé"))
    row = {"Motif du RDV": "Renouvellement de titre de séjour", "Statut": "État indéterminé"}
    import_list(here.desk, here.lists.rdv_insertion(row))
    here.clock.at("9:05")
    answer = here.scan()
    assert answer.verdict is Verdict.CANCELLED
    assert "sources_disagree" not in answer.notes


def test_absent_from_the_newest_list_is_received_all_the_same(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata"), person("DIALLO Mariama", "5987654321"))
    here.expects(person("SOW Aïssata"))
    here.clock.at("9:05")
    answer = here.scan(here.code("DIALLO"))
    assert answer.verdict is Verdict.CONFLICT_PENDING
    assert answer.notes == ("absent_from_list",)
    assert answer.recorded


def test_a_replaced_appointment_shows_the_one_that_counts_by_number_and_by_code(here: AtDesk) -> None:
    here.expects(
        person("SOW Aïssata", rdv_id="1", statut="Annulé"), person("SOW Aïssata", rdv_id="2", date_rdv="24/11/2026")
    )
    here.clock.at("9:05")
    cancelled = next(one for one in here.everybody() if one.status is ConvocationStatus.CANCELLED)
    for answer in (here.scan("5912345678"), choose(here.desk, cancelled.id)):
        assert answer.verdict is Verdict.REPLACED
        assert answer.matches[0].slot.day == 24
        assert not answer.recorded


def test_a_relatives_appointment_does_not_replace_ones_own(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", rdv_id="1", statut="Annulé"), person("SOW Mamadou", date_rdv="24/11/2026"))
    here.clock.at("9:05")
    assert here.scan(here.code("Aïssata")).verdict is Verdict.CANCELLED


@pytest.mark.parametrize(
    ("born", "verdict"),
    [("23/11/2008", Verdict.ADMITTED), ("24/11/2008", Verdict.MINOR_NEEDS_GUARDIAN), ("", Verdict.ADMITTED)],
)
def test_a_minor_needs_a_guardian_until_the_day_of_eighteen(here: AtDesk, born: str, verdict: Verdict) -> None:
    here.expects(person("SOW Aïssata", date_naissance=born))
    here.clock.at("9:05")
    assert here.scan().verdict is verdict


def test_a_list_may_say_minor_without_a_birth_date(here: AtDesk) -> None:
    here.expects({**person("SOW Aïssata", date_naissance=""), "usager mineur ?": "oui"})
    here.clock.at("9:05")
    answer = here.scan()
    assert answer.verdict is Verdict.MINOR_NEEDS_GUARDIAN
    assert "age" not in answer.figures


@pytest.mark.parametrize(
    ("expiry", "verdict"),
    [
        ("2026-11-23", Verdict.ADMITTED),
        ("2026-11-22", Verdict.EXPIRED),
        ("", Verdict.ADMITTED),
    ],
)
def test_a_document_is_good_until_its_last_day_and_never_keeps_anybody_out(
    here: AtDesk, expiry: str, verdict: Verdict
) -> None:
    import_list(here.desk, here.lists.dossiers({"Date de fin de validité du titre": expiry, "État du dossier": ""}))
    here.clock.at("9:05")
    answer = here.scan()
    assert answer.verdict is verdict
    assert answer.recorded


def test_an_instruction_asks_for_the_supervisor_until_it_is_lifted(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    instruct(here.desk, here.only().id, "voir M. Durand")
    assert here.scan().verdict is Verdict.SEE_SUPERVISOR
    instruct(here.desk, here.only().id, " ")
    assert here.scan().verdict is Verdict.ADMITTED


def test_two_people_on_one_number_are_shown_each_with_todays_appointment(here: AtDesk) -> None:
    here.expects(
        person("SOW Aïssata", date_rdv="20/11/2026"),
        person("SOW Aïssata", hour="09h30"),
        person("SOW Mamadou", hour="09h40"),
    )
    here.clock.at("9:05")
    answer = here.scan("5912345678")
    assert answer.verdict is Verdict.SEVERAL_MATCHES
    assert answer.figures["n"] == 2
    assert sorted(f"{one.slot:%d %H:%M}" for one in answer.matches) == ["23 09:30", "23 09:40"]
    assert not answer.recorded


def test_of_one_persons_appointments_the_one_still_expected_today_is_meant(here: AtDesk) -> None:
    here.expects(
        person("SOW Aïssata", hour="09h00", date_rdv="24/11/2026"),
        person("SOW Aïssata", hour="09h10", statut="Annulé"),
        person("SOW Aïssata", hour="11h00"),
    )
    here.clock.at("9:05")
    answer = preview(here.desk, "5912345678")
    assert answer.convocation is not None
    assert f"{answer.convocation.slot:%H:%M}" == "11:00"


def test_unknown_is_said_only_when_a_recent_list_of_the_day_is_here(here: AtDesk) -> None:
    assert here.scan("5900000001").verdict is Verdict.UNKNOWN_STALE_DATA
    here.expects()
    answer = here.scan("5900000001")
    assert answer.verdict is Verdict.UNKNOWN
    assert answer.list_imported_at == here.clock()
    assert here.scan("PGCBBBBBBBBB").verdict in (Verdict.UNKNOWN, Verdict.UNREADABLE_CODE)


def test_who_is_in_no_list_and_has_a_permit_here_is_sent_to_the_handover_until_it_left(here: AtDesk) -> None:
    permit = receive(here.desk)
    here.clock.at("9:05")
    answer = here.scan("5912345678")
    assert (answer.verdict, answer.notes) == (Verdict.UNKNOWN_STALE_DATA, ("permit_here",))
    assert arrival_text(answer, here.desk.rules).title == "TITRE À RETIRER ICI"
    mark(here.desk, permit, ActKind.PERMIT_HANDED_OVER)
    assert here.scan("5912345678").notes == ("permit_handed_over",)


def test_whose_permit_was_handed_over_is_told_so_with_the_day_the_hour_and_the_desk(here: AtDesk) -> None:
    permit = receive(here.desk)
    here.clock.at("9:05")
    mark(here.desk, permit, ActKind.PERMIT_HANDED_OVER)
    for verdict in (Verdict.UNKNOWN_STALE_DATA, Verdict.UNKNOWN):
        answer = here.scan("5912345678")
        words = arrival_text(answer, here.desk.rules)
        assert (answer.verdict, words.title) == (verdict, "TITRE DÉJÀ REMIS")
        assert f"remis le 23/11/2026 à 9\u00a0h\u00a005, poste «\u00a0{here.desk.name}\u00a0»" in words.detail
        assert "Sans rendez-vous" in words.detail
        assert "SOW" not in words.detail, "whoever types a number learns no name by it"
        assert "23/11/2026" in arrival_text(answer, here.desk.rules, "en").detail
        here.expects(person("BA Awa", "5900000009"))


def test_the_sleeve_of_a_permit_that_left_is_no_unknown_code_at_the_reception(here: AtDesk) -> None:
    permit = receive(here.desk)
    here.clock.at("9:05")
    sleeve = sleeve_of(here.desk, permit)
    assert here.scan(sleeve).notes == ("permit_here",)
    mark(here.desk, permit, ActKind.PERMIT_HANDED_OVER)
    assert arrival_text(here.scan(sleeve), here.desk.rules).title == "TITRE DÉJÀ REMIS"


def test_whose_handover_is_contested_is_never_told_that_the_permit_was_handed_over(here: AtDesk) -> None:
    permit = receive(here.desk)
    here.clock.at("9:05")
    mark(here.desk, permit, ActKind.PERMIT_HANDED_OVER)
    mark(here.desk, permit, ActKind.HANDOVER_CONTESTED, reason="n’a rien reçu")
    answer = here.scan("5912345678")
    assert answer.notes == ("permit_disputed",)
    assert "Remise, F4" in arrival_text(answer, here.desk.rules).detail


@pytest.mark.parametrize(
    ("kind", "title", "told"),
    [
        (SlipKind.SEND_BACK, "TITRE RENVOYÉ", "renvoyé le 23/11/2026, bordereau BR-59-C-26-0001"),
        (SlipKind.POST, "TITRE ENVOYÉ PAR LA POSTE", "parti par la poste le 23/11/2026, suivi 1A 2345, bordereau BP-"),
        (SlipKind.DESTROY, "TITRE DÉTRUIT", "détruit le 23/11/2026, bordereau BD-59-C-26-0001"),
    ],
)
def test_who_comes_for_a_permit_that_left_is_told_what_became_of_it_and_where_to_go(
    here: AtDesk, kind: SlipKind, title: str, told: str
) -> None:
    permit = receive(here.desk)
    here.clock.at("9:05")
    tracking = "1A 2345" if kind is SlipKind.POST else ""
    assert remove(here.desk, kind, [Leaving(permit, tracking)], "non retiré").bordereau
    for minutes in (0, 1):
        answer = here.scan("59 1234 5678")
        words = arrival_text(answer, here.desk.rules)
        assert (words.title, told in words.detail) == (title, True)
        assert "Remise, F4" in words.detail
        assert "23/11/2026" in arrival_text(answer, here.desk.rules, "en").detail
        here.expects(person("BA Awa", "5900000009"))
        here.clock.later(minutes)
    assert answer.verdict is Verdict.UNKNOWN, "with a list of the day, and without"
    back_in_stock(here.desk, permit, "revenu")
    assert here.scan("5912345678").notes == ("permit_here",)


def test_of_several_permits_that_left_the_last_one_is_told_unless_one_is_here(here: AtDesk) -> None:
    old, new = receive(here.desk), receive(here.desk, "ZZ99ZZ99Z")
    here.clock.at("9:05")
    remove(here.desk, SlipKind.SEND_BACK, [Leaving(old)], "non retiré")
    assert here.scan("5912345678").notes == ("permit_here",)
    here.clock.at("9:06")
    remove(here.desk, SlipKind.DESTROY, [Leaving(new)], "abîmé")
    assert here.scan("5912345678").notes == ("permit_destroyed",)


def test_a_list_older_than_the_sites_limit_no_longer_lets_the_desk_say_unknown(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata"), person("DIALLO Mariama", "5987654321", date_rdv="26/11/2026"))
    here.clock.at("8:00", MONDAY + timedelta(days=3))
    assert here.scan("5900000001").verdict is Verdict.UNKNOWN
    here.clock.later()
    assert here.scan("5900000001").verdict is Verdict.UNKNOWN_STALE_DATA


def test_a_day_no_list_covers_does_not_let_the_desk_say_unknown(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:00", TUESDAY)
    assert here.scan("5900000001").verdict is Verdict.UNKNOWN_STALE_DATA


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [
        ("", Verdict.UNREADABLE_CODE),
        ("Bonjour", Verdict.UNREADABLE_CODE),
        ("PGC LKTB XNVD B", Verdict.UNREADABLE_CODE),
        ("208006503", Verdict.NUMBER_LEGACY),
        ("59123456", Verdict.NUMBER_LENGTH),
        ("12AB34567", Verdict.NUMBER_OTHER_KIND),
        ("1234567890123456", Verdict.NUMBER_OTHER_KIND),
        ("5900 000 001", Verdict.UNKNOWN),
    ],
)
def test_what_is_read_and_means_nobody_is_named_for_what_it_is(here: AtDesk, raw: str, verdict: Verdict) -> None:
    here.expects()
    answer = here.scan(raw)
    assert answer.verdict is verdict
    assert answer.convocation is None
    assert not answer.recorded


def test_nine_digits_propose_the_people_that_either_reading_names(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", "2008006503"), person("DIALLO Mariama", "0208006503"))
    answer = here.scan("208006503")
    assert answer.verdict is Verdict.NUMBER_LEGACY
    assert {one.name for one in answer.matches} == {"SOW Aïssata", "DIALLO Mariama"}


@pytest.mark.parametrize("held", ["208006503", "20 8006503", "208006503,00", "２０８００６５０３"])
@pytest.mark.parametrize("typed", ["208006503", "20 8006503", "2008006503", 'éà_àà-(à"', "２０８００６５０３"])
def test_a_number_held_as_nine_digits_in_the_list_finds_its_person(here: AtDesk, held: str, typed: str) -> None:
    here.expects(person("SOW Aïssata", contexte=held))
    here.clock.at("9:05")
    assert here.only().foreign_number is None
    assert here.scan(typed).verdict is Verdict.ADMITTED


def test_a_number_typed_without_the_shift_of_a_french_keyboard_is_read_and_said(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    answer = here.scan("(ç&é\"'(-è_")
    assert answer.verdict is Verdict.ADMITTED
    assert "layout_repaired" in answer.notes


def test_a_reference_of_the_list_finds_its_person(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", rdv_id="880209"))
    here.clock.at("9:05")
    assert here.scan("880209").verdict is Verdict.ADMITTED


def test_homonyms_of_the_day_are_counted_whatever_the_order_of_the_words(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata"), person("Aissata SOW", "5987654321"), person("DIALLO M", "5900000001"))
    here.clock.at("9:05")
    answer = here.scan("5912345678")
    assert answer.notes == ("homonyms",)
    assert answer.figures["homonyms"] == 2


def test_two_desks_far_apart_contest_an_arrival_and_the_earliest_counts(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:00")
    other = another_desk(here.desk)
    here.scan()
    here.clock.at("9:06")
    first = here.only()
    with other.gesture() as gesture:
        details: dict[str, Json] = {"verdict": "admitted", "minutes": 4}
        gesture.record(ActKind.CHECKED_IN, Subject(SubjectType.CONVOCATION, first.id), details)
    one = here.only()
    assert one.contested
    assert one.arrival == first.arrival
    answer = choose(here.desk, one.id)
    assert answer.verdict is Verdict.ALREADY_CHECKED_IN
    assert answer.chips == (Verdict.CONFLICT_PENDING,)


def test_an_agent_may_go_on_with_a_reason_where_the_verdict_lets_them(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", hour="12h00"))
    here.clock.at("9:05")
    assert not check_in(here.desk, here.code(), Override("   ")).recorded
    answer = check_in(here.desk, here.code(), Override(" vient de loin "))
    assert answer.recorded
    assert answer.verdict is Verdict.TOO_EARLY
    assert here.only().arrivals[0].reason == "vient de loin"


@pytest.mark.parametrize(
    ("row", "hour"),
    [(person("SOW Aïssata"), "9:50"), (person("SOW Aïssata", statut="Annulé"), "9:05"), (person("SOW"), "19:00")],
)
def test_a_supervisor_has_to_agree_where_an_agent_may_not_alone(here: AtDesk, row: dict[str, str], hour: str) -> None:
    here.expects(row)
    here.clock.at(hour)
    for nobody in (None, "", "  ", "\u00a0"):
        assert not check_in(here.desk, here.code(), Override("raison", nobody)).recorded
    answer = check_in(here.desk, here.code(), Override("raison", " Mme Leroy "))
    assert answer.recorded
    assert here.only().arrivals[0].approved_by == "Mme Leroy"


def test_nobody_overrides_an_arrival_already_recorded(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    here.scan()
    answer = check_in(here.desk, here.code(), Override("encore", "Mme Leroy"))
    assert not answer.recorded
    assert len(here.only().arrivals) == 1


def test_an_override_that_was_not_needed_leaves_no_reason(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    check_in(here.desk, here.code(), Override("inutile", "Mme Leroy"))
    assert here.only().arrivals[0].reason is None


def test_enter_twice_records_one_arrival_one_ticket_and_one_attempt(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    one = here.only()
    first, second = admit(here.desk, one.id), admit(here.desk, one.id)
    assert (first.recorded, second.recorded) == (True, False)
    assert second.verdict is Verdict.ALREADY_CHECKED_IN
    assert first.receipt is not None
    assert second.receipt is not None
    assert second.receipt.number == first.receipt.number
    assert (len(here.only().arrivals), here.only().attempts) == (1, 1)


def test_what_is_not_admitted_is_recorded_as_an_attempt_and_looking_is_not(here: AtDesk) -> None:
    here.expects(person("SOW Aïssata", statut="Annulé"))
    here.clock.at("9:05")
    preview(here.desk, here.code())
    choose(here.desk, here.only().id)
    assert here.only().attempts == 0
    present(here.desk, here.code())
    check_in(here.desk, here.code())
    assert here.only().attempts == 2


@pytest.mark.parametrize(
    "gesture",
    [admit, choose, number_of_a_relative, lambda desk, one: identity_differs(desk, one, "passport")],
    ids=["admit", "choose", "relative", "identity"],
)
def test_somebody_chosen_before_their_list_was_undone_is_unknown_and_nothing_is_recorded(
    here: AtDesk, gesture: Callable[[Desk, str], ArrivalAnswer]
) -> None:
    here.expects()
    chosen = here.only().id
    here.clock.at("9:05")
    assert undo_last_import(here.desk).done
    answer = gesture(here.desk, chosen)
    assert (answer.verdict, answer.convocation, answer.recorded) == (Verdict.UNKNOWN_STALE_DATA, None, False)
    assert here.everybody() == []


@pytest.mark.parametrize("others_list", [True, False])
def test_a_ticket_that_came_here_before_its_list_is_not_unknown_for_sure(here: AtDesk, others_list: bool) -> None:
    if others_list:
        here.expects(person("DIALLO Fatou", "5998765432"))
    here.clock.at("9:05")
    other, somebody = another_desk(here.desk), Subject(SubjectType.CONVOCATION, "0f" * 16)
    with other.gesture() as gesture:
        act = gesture.record(ActKind.CHECKED_IN, somebody, {"verdict": "admitted", "minutes": 0})
        ticket = issue(other, gesture, ReceiptKind.ARRIVAL_TICKET, somebody.id, act.act_id)
    answer = here.scan(ticket.code)
    assert (answer.verdict, answer.convocation) == (Verdict.UNKNOWN_STALE_DATA, None)
    assert look(here.desk, ticket.code).verdict is Verdict.PERMIT_NOT_RECEIVED
