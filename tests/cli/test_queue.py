"""The waiting room by verbs: the same gestures as the window, and a sentence for each that was not done."""

import pytest

from counter_app.domain.french import typeset
from counter_app.wording.choices import listed
from tests.cli.cli import Door


@pytest.fixture
def arrived(loaded: Door) -> Door:
    """Two people of the list have come."""
    assert loaded.at("09:05", "check-in", "5912345678").code == 0
    assert loaded.at("09:06", "check-in", "5987654321").code == 0
    return loaded


def test_the_queue_is_read_in_the_order_of_calls(arrived: Door) -> None:
    said = arrived.at("09:25", "queue").json
    assert [one["ticket"] for one in said["waiting"]] == ["C 001", "C 002"]
    assert (said["load"]["waiting"], said["called"], said["mine"]) == (2, [], [])


def test_each_line_of_the_queue_says_what_its_hour_and_its_minutes_are(arrived: Door) -> None:
    arrived.at("09:10", "let-in")
    lines = arrived.bare("--home", arrived.home, "--at", "2026-11-23T09:25", "queue").out.replace("\u00a0", " ")
    assert "C 002 · RDV 9 h 20 · DIALLO Mariama · attend · 19 min d’attente" in lines
    assert "C 003 · sans rendez-vous · attend · 15 min d’attente" in lines


def test_who_is_sent_to_another_service_is_told_which(arrived: Door) -> None:
    arrived.at("09:25", "call-next")
    arrived.at("09:26", "visit", "C 001", "present")
    sent = arrived.at("09:27", "visit", "C 001", "transfer", "--service", "remise").json["message"]
    assert sent.replace("\u00a0", " ") == "C 001 envoyé à « Remise des titres » ; sa place est gardée."


def test_call_next_calls_each_person_once(arrived: Door) -> None:
    called = [arrived.at("09:25", "call-next") for _ in range(3)]
    assert [said.json["visit"] and said.json["visit"]["ticket"] for said in called] == ["C 001", "C 002", None]
    assert [said.code for said in called] == [0, 0, 3]
    assert called[2].json["refusal"] == "nobody_waits"


def test_one_person_is_called_out_of_turn_with_a_reason(arrived: Door) -> None:
    refused = arrived.at("09:25", "call-next", "--call", "C 002")
    assert (refused.code, refused.json["refusal"]) == (3, "needs_reason")
    assert arrived.at("09:25", "call-next", "--call", "c2", "--reason", "urgence").json["visit"]["ticket"] == "C 002"


def test_a_person_is_received_from_the_call_to_the_outcome(arrived: Door) -> None:
    arrived.at("09:25", "call-next")
    for gesture, stage in (("present", "serving"), ("finish", "finished")):
        assert arrived.at("09:26", "visit", "C 001", gesture).json["visit"]["stage"] == stage
    again = arrived.at("09:26", "visit", "C 001", "transfer", "--service", "remise").json["visit"]
    assert (again["stage"], again["service"]) == ("waiting", "remise")


def test_absent_is_noted_after_three_calls_only(arrived: Door) -> None:
    arrived.at("09:25", "call-next")
    early = arrived.at("09:25", "visit", "C 001", "absent")
    assert (early.code, early.json["refusal"], early.json["wait_seconds"]) == (3, "too_few_calls", 60)
    for minute in ("26", "27"):
        assert arrived.at(f"09:{minute}", "visit", "C 001", "recall").code == 0
    assert arrived.at("09:28", "visit", "C 001", "absent").json["visit"]["stage"] == "absent"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("queue", "--service", "asile"), "unknown_service"),
        (("call-next", "--call", "Z 999"), "unknown_number"),
        (("visit", "Z 999", "present"), "unknown_number"),
        (("let-in", "--service", "asile"), "unknown_service"),
    ],
)
def test_what_is_not_there_is_told_in_words(arrived: Door, arguments: tuple[str, ...], error: str) -> None:
    said = arrived.at("09:25", *arguments)
    assert (said.code, said.json["error"]) == (3, error)
    assert said.json["message"].endswith(".")


def test_somebody_without_an_appointment_gets_a_number(arrived: Door) -> None:
    said = arrived.at("09:10", "let-in", "--service", "remise").json
    assert (said["visit"]["ticket"], said["receipt"]["ticket"]) == ("RC 001", "RC 001")


def test_somebody_already_finished_is_told_so_by_finish_as_by_left(arrived: Door) -> None:
    arrived.at("09:25", "call-next")
    for gesture in ("present", "finish"):
        assert arrived.at("09:26", "visit", "C 001", gesture).code == 0
    again = (arrived.at("09:27", "visit", "C 001", *how) for how in (("finish", "--outcome", "left"), ("left",)))
    assert [(said.code, said.json["refusal"]) for said in again] == [(3, "already_over")] * 2


def test_a_gesture_before_the_number_is_told_the_right_order(arrived: Door) -> None:
    said = arrived("visit", "finish", "A001")
    assert (said.code, said.out) == (2, "")
    assert "visit A001 GESTE" in said.err


def test_a_word_that_is_no_gesture_is_answered_with_the_gestures_alone(arrived: Door) -> None:
    said = arrived("visit", "A999", "danse")
    assert (said.code, said.out) == (2, "")
    assert "recall (rappeler la personne), present (présent au guichet), absent (absent à l’appel)" in said.err
    assert "visit danse" not in said.err


def test_a_motive_that_nobody_understood_gives_no_number(arrived: Door) -> None:
    unknown, near = (arrived.at("09:10", "let-in", one) for one in ("nimportequoi", "titre de séjour"))
    for said in (unknown, near):
        assert (said.code, said.json["error"]) == (3, "unknown_motive")
        assert "Rien n’a été enregistré" in said.json["message"]
    assert "orient --list" in unknown.json["message"]
    close = arrived.at("09:10", "orient", "titre de séjour").json["motives"]
    assert close
    assert typeset(listed((one["motive"], one["name"]) for one in close)) in near.json["message"]
    assert len(arrived.at("09:25", "queue").json["waiting"]) == 2


@pytest.mark.parametrize("motive", ["", "  "])
def test_an_empty_motive_is_wrong_use_and_gives_no_number(arrived: Door, motive: str) -> None:
    said = arrived("let-in", motive, "--service", "remise")
    assert (said.code, said.out) == (2, "")
    assert "MOTIF" in said.err
    assert len(arrived.at("09:25", "queue").json["waiting"]) == 2


def test_a_desk_set_to_one_service_calls_for_that_service(arrived: Door) -> None:
    said = arrived("settings", "--set", "services= Remise ")
    assert (said.code, said.json["settings"]["services"]) == (0, "remise")
    assert arrived.at("09:25", "queue").json["waiting"] == []
    assert arrived.at("09:25", "call-next").json["refusal"] == "nobody_waits"
    assert arrived("settings", "--set", "services=").code == 0
    assert arrived.at("09:25", "call-next").json["visit"]["ticket"] == "C 001"


def test_a_desk_does_not_call_for_a_service_that_the_site_has_not(arrived: Door) -> None:
    said = arrived("settings", "--set", "services=remise, naturalisation")
    assert (said.code, said.json["error"]) == (2, "bad_setting")
    assert "naturalisation" in said.json["message"]
    assert "accueil (accueil et dépôt), remise (remise des titres)" in said.json["message"]


def test_a_desk_that_a_lone_home_does_not_know_is_told_beside_the_gesture(arrived: Door) -> None:
    sent = arrived.at("09:25", "visit", "C 001", "transfer", "--to", "Guichet 42")
    assert (sent.code, "« Guichet 42 »" in sent.json["warning"].replace("\u00a0", " ")) == (0, True)
    assert arrived.at("09:25", "visit", "C 002", "transfer", "--service", "remise").json["warning"] is None


def test_nobody_whose_visit_is_over_is_sent_to_a_desk(arrived: Door) -> None:
    arrived.at("09:25", "call-next")
    for gesture in ("present", "finish"):
        assert arrived.at("09:26", "visit", "C 001", gesture).code == 0
    again = arrived.at("09:27", "visit", "C 001", "transfer", "--to", "Guichet 42")
    assert (again.code, again.json["refusal"], again.json["visit"]["awaited_by"]) == (3, "already_over", None)


def test_a_passage_that_the_evening_left_open_is_ended_the_next_day_by_its_day(arrived: Door) -> None:
    arrived.at("16:50", "call-next")
    arrived.at("16:51", "visit", "C 001", "present")
    ended = arrived("visit", "C 001", "finish", "--day", "2026-11-23", "--at", "2026-11-24T08:05")
    assert (ended.code, ended.json["visit"]["stage"]) == (0, "finished")
    gone = arrived("visit", "C 002", "left", "--day", "2026-11-23", "--at", "2026-11-24T08:06")
    assert (gone.code, gone.json["visit"]["stage"]) == (0, "left")
    back = arrived("visit", "C 002", "present", "--day", "2026-11-23", "--at", "2026-11-24T08:06")
    assert (back.code, back.json["error"]) == (3, "day_over")
    early = arrived("visit", "C 002", "left", "--day", "2026-11-25", "--at", "2026-11-24T08:06")
    assert (early.code, early.json["error"]) == (3, "unknown_number")


def test_whom_a_desk_still_receives_since_yesterday_needs_no_day(arrived: Door) -> None:
    arrived.at("23:50", "call-next")
    came = arrived("visit", "c1", "present", "--at", "2026-11-24T00:01")
    assert (came.code, came.json["visit"]["stage"]) == (0, "serving")
    back = arrived("visit", "C 001", "transfer", "--service", "remise", "--at", "2026-11-24T00:02")
    assert (back.code, back.json["error"]) == (3, "day_over")
    ended = arrived("visit", "C 001", "finish", "--at", "2026-11-24T00:05")
    assert (ended.code, ended.json["visit"]["stage"], ended.json["visit"]["day"]) == (0, "finished", "2026-11-23")
    assert "lundi 23 novembre" in ended.json["message"].replace("\xa0", " ")
    again = arrived("visit", "C 001", "finish", "--at", "2026-11-24T00:06")
    assert (again.code, again.json["error"]) == (3, "unknown_number")


@pytest.mark.parametrize(("number", "at"), [("C 002", "2026-11-24T08:05"), ("C 001", "2026-11-25T08:05")])
def test_a_passage_left_open_that_no_desk_still_receives_since_yesterday_wants_its_day(
    arrived: Door, number: str, at: str
) -> None:
    arrived.at("23:50", "call-next")
    arrived.at("23:51", "visit", "C 001", "present")
    said = arrived("visit", number, "left", "--at", at)
    assert (said.code, said.json["error"]) == (3, "which_day")
    assert "un passage du 23/11/2026" in said.json["message"]
    assert "ajoutez --day 2026-11-23. Rien n’a été enregistré." in said.json["message"].replace("\xa0", " ")


def test_a_number_of_today_and_of_who_is_still_received_since_yesterday_wants_its_day(arrived: Door) -> None:
    arrived.at("23:50", "call-next")
    arrived.at("23:51", "visit", "C 001", "present")
    assert arrived("let-in", "--at", "2026-11-24T00:05").json["visit"]["ticket"] == "C 001"
    arrived("call-next", "--at", "2026-11-24T00:06")
    came = arrived("visit", "C 001", "present", "--at", "2026-11-24T00:07")
    assert (came.code, came.json["visit"]["day"]) == (0, "2026-11-24"), "who sits at the desk is not called again"
    said = arrived("visit", "C 001", "finish", "--at", "2026-11-24T00:08")
    assert (said.code, said.json["error"]) == (3, "which_day")
    told = said.json["message"].replace("\xa0", " ")
    assert "du 24/11/2026 (aujourd’hui) et du 23/11/2026" in told
    assert "--day 2026-11-24 ou --day 2026-11-23" in told
    for day in ("2026-11-24", "2026-11-23"):
        ended = arrived("visit", "C 001", "finish", "--day", day, "--at", "2026-11-24T00:09")
        assert (ended.code, ended.json["visit"]["day"], ended.json["visit"]["stage"]) == (0, day, "finished")


def test_the_code_of_a_ticket_is_of_its_day_whatever_number_today_has(arrived: Door) -> None:
    ticket = arrived.at("23:40", "let-in").json
    assert ticket["visit"]["ticket"] == "C 003"
    for _ in range(3):
        arrived("let-in", "--at", "2026-11-24T08:00")
    said = arrived("visit", ticket["receipt"]["code"], "left", "--at", "2026-11-24T08:05")
    assert (said.code, said.json["error"]) == (3, "which_day")
    assert len(arrived("queue", "--at", "2026-11-24T08:06").json["waiting"]) == 3


def test_who_is_at_the_desk_at_midnight_is_in_the_queue_of_the_next_day_with_her_day(arrived: Door) -> None:
    arrived.at("23:50", "call-next")
    arrived.at("23:51", "visit", "C 001", "present")
    after = arrived("queue", "--at", "2026-11-24T00:05").json
    assert [(one["ticket"], one["day"]) for one in after["mine"]] == [("C 001", "2026-11-23")]
    assert after["serving"] == after["mine"]
    assert after["waiting"] == [], "who waited is open on her day"
    arrived("visit", "C 001", "finish", "--day", "2026-11-23", "--at", "2026-11-24T00:06")
    assert arrived("queue", "--at", "2026-11-24T00:07").json["mine"] == []


def test_who_was_called_before_midnight_may_come_after_it(arrived: Door) -> None:
    arrived.at("23:59", "call-next")
    came = arrived("visit", "C 001", "present", "--day", "2026-11-23", "--at", "2026-11-24T00:01")
    assert (came.code, came.json["visit"]["stage"]) == (0, "serving")


def test_who_was_put_aside_yesterday_is_finished_by_command_and_who_was_never_called_is_told_what_can_be_said(
    arrived: Door,
) -> None:
    arrived.at("16:50", "call-next")
    for gesture in ("present", "park"):
        assert arrived.at("16:51", "visit", "C 001", gesture).code == 0
    never = arrived("visit", "C 002", "finish", "--day", "2026-11-23", "--at", "2026-11-24T09:02")
    assert (never.code, never.json["error"]) == (3, "day_over")
    assert "enregistrez son arrivée" in never.json["message"]
    ended = arrived("visit", "C 001", "finish", "--at", "2026-11-24T09:02")
    assert (ended.code, ended.json["visit"]["outcome"], ended.json["visit"]["day"]) == (0, "received", "2026-11-23")


def test_a_number_of_the_evening_is_called_and_followed_after_midnight(loaded: Door) -> None:
    assert loaded.at("23:50", "let-in").json["visit"]["ticket"] == "C 001"
    assert [one["day"] for one in loaded("queue", "--at", "2026-11-24T00:12").json["waiting"]] == ["2026-11-23"]
    assert loaded("call-next", "--call", "C 001", "--at", "2026-11-24T00:12").code == 0
    for gesture in ("recall", "present", "park", "back"):
        assert loaded("visit", "C 001", gesture, "--at", "2026-11-24T00:15").code == 0, gesture
    assert loaded("let-in", "--at", "2026-11-24T00:16").json["visit"]["ticket"] == "C 001"
    unsure = loaded("call-next", "--call", "C 001", "--at", "2026-11-24T00:17")
    assert (unsure.code, unsure.json["error"]) == (3, "which_day")
    called = loaded("call-next", "--call", "C 001", "--day", "2026-11-23", "--at", "2026-11-24T00:17")
    assert (called.code, called.json["visit"]["day"]) == (0, "2026-11-23")
    over = loaded("call-next", "--call", "C 001", "--day", "2026-11-23", "--at", "2026-11-24T08:17")
    assert (over.code, over.json["error"]) == (3, "day_over")


def test_a_gesture_that_only_one_passage_of_a_number_can_meet_is_about_that_one(loaded: Door) -> None:
    """The evening's is called, the night's waits only: nothing is asked, by `present` nor by `finish`."""
    for at in ("2026-11-23T23:50", "2026-11-24T01:50"):
        assert loaded("let-in", "--at", at).json["visit"]["ticket"] == "C 001"
    called = loaded("call-next", "--at", "2026-11-24T02:10").json["visit"]
    assert (called["ticket"], called["day"]) == ("C 001", "2026-11-23")
    for gesture, stage in (("present", "serving"), ("finish", "finished")):
        said = loaded("visit", "C 001", gesture, "--at", "2026-11-24T02:11")
        assert (said.code, said.json["visit"]["day"], said.json["visit"]["stage"]) == (0, "2026-11-23", stage), gesture
    left = loaded("visit", "C 001", "left", "--at", "2026-11-24T02:12")
    assert (left.code, left.json["visit"]["day"]) == (0, "2026-11-24")


def test_a_gesture_that_either_passage_of_a_number_can_meet_wants_its_day(loaded: Door) -> None:
    for at in ("2026-11-23T23:50", "2026-11-24T01:50"):
        loaded("let-in", "--at", at)
    loaded("call-next", "--at", "2026-11-24T02:10")
    for gesture in (("left",), ("park",), ("transfer", "--service", "remise"), ("priority", "--priority", "elderly")):
        said = loaded("visit", "C 001", *gesture, "--at", "2026-11-24T02:11")
        assert (said.code, said.json["error"]) == (3, "which_day"), gesture


def test_a_gesture_that_no_passage_of_a_number_can_meet_says_why_of_today(loaded: Door) -> None:
    for at in ("2026-11-23T23:50", "2026-11-24T01:50"):
        loaded("let-in", "--at", at)
    said = loaded("visit", "C 001", "finish", "--at", "2026-11-24T02:11")
    assert said.code == 3
    assert (said.json["refusal"], said.json["visit"]["day"]) == ("not_at_desk", "2026-11-24")
