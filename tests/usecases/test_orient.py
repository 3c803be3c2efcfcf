"""Orienting somebody without an appointment: an act without identity, a numbered slip, an undo that erases nothing."""

from datetime import date

from counter_app.domain.acts import ActKind, Subject, SubjectType
from counter_app.domain.codes import CodeKind, OwnCode, read_code
from counter_app.domain.orientation import Channel, Held
from counter_app.domain.verdict import Verdict
from counter_app.store import journal
from counter_app.usecases import audit
from counter_app.usecases.orient import Demand, advice, likely, orient
from counter_app.usecases.receipts import find_receipt, print_receipt
from counter_app.usecases.slips import demand_of
from counter_app.usecases.undo import recent, undo
from tests.documents.reading import words
from tests.homes import AtDesk, moment

DEMAND = Demand("recepisse_renewal", "ar", cannot_online=True, held=Held.RECEPISSE, expiry=date(2026, 12, 10))


def test_an_orientation_is_an_act_that_names_the_motive_and_the_channel_and_nobody(here: AtDesk) -> None:
    done = orient(here.desk, DEMAND)
    with here.desk.looking() as connection:
        (act,) = journal.acts_of(connection, Subject(SubjectType.ORIENTATION, done.slip.arrival))
    assert act.kind == ActKind.ORIENTED
    assert act.details["motive"] == "recepisse_renewal"
    assert act.details["channel"] == "demarches_simplifiees"
    assert act.details["verdict"] == "recepisse_online"
    assert act.details["language"] == "ar"
    assert set(act.details) == {
        *("motive", "channel", "verdict", "language", "cannot_online", "wants_to_file", "held", "expiry", "source")
    }
    assert demand_of(act.details) == DEMAND


def test_looking_records_nothing(here: AtDesk) -> None:
    assert advice(here.desk, DEMAND).verdict is Verdict.RECEPISSE_ONLINE
    assert next(one.motive.slug for one in likely(here.desk, "récép") if one.motive) == "recepisse_renewal"
    assert recent(here.desk) == []


def test_slips_are_numbered_in_a_series_of_their_own_with_a_code_of_their_own(here: AtDesk) -> None:
    first, second = orient(here.desk, DEMAND), orient(here.desk, Demand("other"))
    assert (first.slip.number, second.slip.number) == ("F-59-C-261123-001", "F-59-C-261123-002")
    read = read_code(first.slip.code)
    assert isinstance(read, OwnCode)
    assert read.kind is CodeKind.SLIP
    assert find_receipt(here.desk, first.slip.code) == first.slip


def test_the_language_is_the_one_of_the_site_when_none_was_chosen(here: AtDesk) -> None:
    assert orient(here.desk, Demand("other")).demand.language == here.desk.rules.second_language


def test_an_unknown_motive_leads_to_the_supervisor(here: AtDesk) -> None:
    done = orient(here.desk, Demand("motif_d_un_poste_plus_récent"))
    assert done.advice.channel is Channel.SUPERVISOR
    assert done.advice.rule.phone
    assert print_receipt(here.desk, done.slip.id) is not None


def test_the_slip_says_what_to_do_and_that_it_is_no_decision(here: AtDesk) -> None:
    done = orient(here.desk, DEMAND)
    paper = print_receipt(here.desk, done.slip.id)
    assert paper is not None
    said = words(paper.pdf)
    for told in ("Renouvellement de récépissé", "10 décembre 2026", "n’est pas une décision", "Notice relue le"):
        assert told in said
    assert "Sans internet" in said
    assert "DÉMONSTRATION" in said
    again = print_receipt(here.desk, done.slip.number)
    assert again is not None
    assert "DUPLICATA n° 2" in words(again.pdf)


def test_the_slip_printed_again_tells_what_was_told_that_day(here: AtDesk) -> None:
    here.clock.now = moment("9:00", date(2024, 6, 3))
    done = orient(here.desk, Demand("resident_card_renewal"))
    assert done.advice.verdict is Verdict.BY_POST
    here.clock.now = moment("9:00", date(2026, 11, 23))
    paper = print_receipt(here.desk, done.slip.id)
    assert paper is not None
    assert "Bureau de l’admission au séjour" in words(paper.pdf)


def test_an_orientation_taken_back_stays_in_the_journal_and_its_slip_says_so(here: AtDesk) -> None:
    done = orient(here.desk, DEMAND)
    (line,) = recent(here.desk)
    assert (line.kind, line.channel, line.name, line.undoable) == ("oriented", "demarches_simplifiees", "", True)
    taken = undo(here.desk)
    assert taken.done
    (line,) = recent(here.desk)
    assert (line.undone, line.undoable) == (True, False)
    slip = find_receipt(here.desk, done.slip.id)
    assert slip is not None
    assert slip.undone
    paper = print_receipt(here.desk, done.slip.id)
    assert paper is not None
    assert "ANNULÉ" in words(paper.pdf)
    assert not undo(here.desk).done


def test_the_last_gesture_is_the_one_taken_back_whatever_it_was(here: AtDesk) -> None:
    here.expects()
    here.clock.at("9:05")
    here.scan()
    here.clock.later()
    orient(here.desk, DEMAND)
    assert [undo(here.desk).gesture.kind for _ in range(2)] == ["oriented", "checked_in"]  # type: ignore[union-attr]


def test_orientations_verify_and_rebuild(here: AtDesk) -> None:
    orient(here.desk, DEMAND)
    undo(here.desk)
    assert audit.verify(here.desk).ok
    assert audit.rebuild(here.desk).same
