"""What this desk cannot know of the other desks: unknown is not no, and a file open elsewhere waits."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.domain.acts import ActKind, SubjectType
from counter_app.domain.verdict import RECORDS_ARRIVAL, SUPERVISOR_MAY_GO_ON, Verdict
from counter_app.office import Office
from counter_app.store import journal, sync_rows
from counter_app.telling.verdicts import arrival_chips, arrival_text
from counter_app.usecases.answers import Certainty, OpenElsewhere, Override
from counter_app.usecases.check_in import check_in
from counter_app.usecases.freshness import OLD, other_desks
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.handover_look import look
from counter_app.usecases.import_list import import_list
from counter_app.usecases.present import opened_elsewhere, preview
from tests.homes import Clock, Lists, another_desk, opened, person
from tests.usecases.permits_at_hand import full_draft, receive, sleeve_of

NUMBER = "5912345678"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(home: Path, clock: Clock, tmp_path: Path) -> Iterator[Office]:
    with closing(opened(home, clock)) as office:
        import_list(office.desk, Lists(tmp_path / "listes", clock).participations(person("SOW Aïssata", NUMBER)))
        office.desk.shared = True
        clock.at("9:05")
        yield office


def verified(office: Office, minutes_ago: int) -> None:
    with office.desk.store.writing() as connection:
        at = office.desk.clock() - timedelta(minutes=minutes_ago)
        sync_rows.note(connection, "verified_at", at.isoformat())


def elsewhere(office: Office) -> OpenElsewhere:
    return OpenElsewhere("Poste 2", "Mme Roux", office.desk.now() - timedelta(minutes=4))


def test_a_desk_on_its_own_is_sure_of_itself(office: Office) -> None:
    office.desk.shared = False
    answer = preview(office.desk, NUMBER)
    assert (answer.certainty, answer.verified_at) == (Certainty.THIS_DESK, None)
    assert arrival_chips(answer, office.desk.rules) == ()
    assert preview(office.desk, "5999999998").verdict is Verdict.UNKNOWN


def test_a_desk_verified_a_moment_ago_is_sure_of_the_others(office: Office) -> None:
    verified(office, 1)
    assert preview(office.desk, NUMBER).certainty is Certainty.VERIFIED
    assert preview(office.desk, "5999999998").verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("minutes", [6, 60, -6])
def test_beyond_five_minutes_either_way_nobody_is_unknown(office: Office, minutes: int) -> None:
    verified(office, minutes)
    assert preview(office.desk, "5999999998").verdict is Verdict.UNKNOWN_STALE_DATA
    answer = preview(office.desk, NUMBER)
    assert (answer.verdict, answer.certainty) == (Verdict.ADMITTED, Certainty.UNSURE)
    assert arrival_chips(answer, office.desk.rules)[-1].startswith("données de")


def test_a_desk_never_verified_says_never(office: Office) -> None:
    answer = preview(office.desk, NUMBER)
    assert arrival_chips(answer, office.desk.rules) == ("autres postes jamais vérifiés",)


def test_the_limit_is_five_minutes_to_the_second(office: Office, clock: Clock) -> None:
    verified(office, 0)
    clock.now += OLD
    with office.desk.looking() as connection:
        assert not other_desks(office.desk, connection, office.desk.now()).unsure
        assert other_desks(office.desk, connection, office.desk.now() + timedelta(seconds=1)).unsure


def test_an_exchange_that_failed_cuts_the_desk_off_at_once(office: Office) -> None:
    verified(office, 1)
    with office.desk.store.writing() as connection:
        sync_rows.note(connection, "error", "La base centrale ne répond pas.")
    with office.desk.looking() as connection:
        known = other_desks(office.desk, connection, office.desk.now())
    assert (known.unsure, known.cut_off) == (False, True)


def test_already_checked_in_says_how_sure_it_is(office: Office) -> None:
    there = another_desk(office.desk)
    check_in(there, NUMBER)
    verified(office, 1)
    told = arrival_text(preview(office.desk, NUMBER), office.desk.rules)
    assert "Guichet 9" in told.detail
    assert told.notes[-1] == "Vérifié avec les autres postes à 9\u00a0h\u00a004."
    verified(office, 9)
    told = arrival_text(preview(office.desk, NUMBER), office.desk.rules)
    assert told.notes[-1].startswith("Sans liaison avec les autres postes depuis 8\u00a0h\u00a056")


def test_already_checked_in_here_needs_no_other_desk(office: Office) -> None:
    verified(office, 1)
    check_in(office.desk, NUMBER)
    answer = preview(office.desk, NUMBER)
    assert (answer.verdict, answer.certainty) == (Verdict.ALREADY_CHECKED_IN, Certainty.THIS_DESK)


def test_a_file_open_elsewhere_waits_and_nothing_is_recorded(office: Office) -> None:
    before = acts(office)
    answer = check_in(office.desk, NUMBER, elsewhere=elsewhere(office))
    assert (answer.verdict, answer.recorded) == (Verdict.OPEN_ELSEWHERE, False)
    assert acts(office) == before
    told = arrival_text(answer, office.desk.rules)
    assert (told.title, told.detail) == ("OUVERT AU POSTE 2", "Mme Roux traite ce dossier depuis 4\u00a0min.")


@pytest.mark.parametrize("agreed", [Override("Elle attend"), Override(" ", "Mme Petit")])
def test_an_agent_alone_does_not_take_over(office: Office, agreed: Override) -> None:
    assert not check_in(office.desk, NUMBER, agreed, elsewhere(office)).recorded


def test_taking_over_is_kept_with_the_act(office: Office) -> None:
    answer = check_in(office.desk, NUMBER, Override("Poste 2 a fermé", "Mme Petit"), elsewhere(office))
    assert answer.recorded
    with office.desk.looking() as connection:
        told = list(journal.all_by_subject(connection, SubjectType.CONVOCATION))
    act = next(one for one in told if one.kind == ActKind.CHECKED_IN)
    assert act.details is not None
    assert act.details["open_at"] == {"desk": "Poste 2", "agent": "Mme Roux"}
    assert (act.details["verdict"], act.details["approved_by"]) == ("open_elsewhere", "Mme Petit")


def test_what_would_record_nothing_stays_and_the_other_desk_is_told_beside(office: Office) -> None:
    check_in(office.desk, NUMBER)
    answer = opened_elsewhere(preview(office.desk, NUMBER), elsewhere(office))
    assert answer.verdict is Verdict.ALREADY_CHECKED_IN
    assert "ouvert au Poste 2" in arrival_chips(answer, office.desk.rules)


def test_of_what_would_record_the_other_desk_comes_first(office: Office) -> None:
    told = preview(office.desk, NUMBER)
    for verdict in RECORDS_ARRIVAL:
        answer = opened_elsewhere(replace(told, verdict=verdict), elsewhere(office))
        assert answer.verdict is Verdict.OPEN_ELSEWHERE
        assert verdict in answer.chips or verdict in (Verdict.ADMITTED, Verdict.EARLY)
    assert Verdict.OPEN_ELSEWHERE in SUPERVISOR_MAY_GO_ON


def acts(office: Office) -> int:
    with office.desk.looking() as connection:
        return sum(1 for _act in journal.all_by_subject(connection, SubjectType.CONVOCATION))


def test_a_window_that_just_opened_does_not_call_itself_offline_before_it_asked(office: Office, clock: Clock) -> None:
    """What the last evening left says nothing of this morning's line; a minute without an answer does. The record of a
    handover tells it all the same: nobody had heard the other desks."""
    clock.at("9:15")
    known = receive(office.desk)
    verified(office, 600)
    noted(office, error="La base centrale ne répond pas.")
    assert Verdict.OFFLINE_HANDOVER in told(office), "by command, what the last exchange left"
    noted(office, begun_at=office.desk.now().isoformat())
    assert told(office) == {Verdict.PERMIT_READY}
    clock.now += timedelta(seconds=61)
    assert Verdict.OFFLINE_HANDOVER in told(office)
    noted(office, begun_at=office.desk.now().isoformat())
    done = hand_over(office.desk, known, full_draft(office.desk, sleeve_of(office.desk, known)))
    assert done.record is not None
    assert done.record.offline


def told(office: Office) -> set[Verdict]:
    answer = look(office.desk, "5912345678")
    return {answer.verdict, *answer.chips}


def noted(office: Office, **values: str) -> None:
    with office.desk.store.writing() as connection:
        for name, value in values.items():
            sync_rows.note(connection, name, value)
