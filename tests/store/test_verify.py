"""The chain: whatever is altered, removed, inserted or cut in the journal is told by place, never by person."""

from dataclasses import replace

import pytest

from counter_app.domain.acts import LINKED, ActKind, Subject, device_of, digest_of_link
from counter_app.store.journal import COLUMNS
from counter_app.usecases.audit import rebuild, verify
from counter_app.usecases.settings import note_recovery
from counter_app.usecases.undo import undo
from tests.homes import AtDesk, another_desk, person


@pytest.fixture
def worked(here: AtDesk) -> AtDesk:
    """A desk whose journal holds a dozen acts: a list, arrivals, tickets, an undo."""
    here.expects(person("SOW Aïssata"), person("DIALLO Mariama", "5987654321"))
    here.clock.at("9:05")
    here.scan(here.code("SOW"))
    here.scan(here.code("DIALLO"))
    undo(here.desk)
    return here


def tamper(here: AtDesk, *statements: str) -> None:
    with here.desk.store.writing() as connection:
        for statement in statements:
            assert connection.exec_driver_sql(statement).rowcount > 0, statement


def last(here: AtDesk) -> int:
    with here.desk.looking() as connection:
        return int(connection.exec_driver_sql("SELECT max(seq) FROM act").scalar_one())


def test_a_journal_left_alone_verifies(worked: AtDesk) -> None:
    outcome = verify(worked.desk)
    assert outcome.ok
    assert (outcome.acts, outcome.streams, outcome.erased, outcome.lost, outcome.unknown) == (last(worked), 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("details", """'{"verdict":"late"}'"""),
        ("details", "details || ' '"),
        ("details", "'not json'"),
        ("salt", "'00'"),
        ("salt", "NULL"),
        ("details_digest", "digest"),
        ("at", "replace(at, 'T', ' ')"),
        ("at", "'yesterday'"),
        ("desk", "'Guichet 4'"),
        ("agent", "'Z. Autre'"),
        ("site", "'loiret'"),
        ("kind", "'arrival_attempted'"),
        ("version", "2"),
        ("clock", "clock + 1"),
        ("subject_id", "'x'"),
        ("subject_type", "'row'"),
        ("act_id", "'01'"),
        ("prev", "digest"),
        ("digest", "prev"),
        ("seq", "'abc'"),
        ("seq", "1000"),
        ("stream", "'autre:1'"),
        ("signature", "'00'"),
        ("signature", "'not hexadecimal'"),
    ],
)
def test_any_altered_value_of_an_act_is_told(worked: AtDesk, column: str, value: str) -> None:
    newest = "SELECT max(seq) FROM act WHERE kind = 'checked_in'"
    tamper(worked, f"UPDATE act SET {column} = {value} WHERE seq = ({newest})")
    outcome = verify(worked.desk)
    assert not outcome.ok
    told = "\n".join(outcome.faults)
    assert "SOW" not in told
    assert "59" not in told.replace(worked.desk.stream, "")


def test_an_act_removed_from_the_middle_is_told_where_it_is_missing(worked: AtDesk) -> None:
    tamper(worked, "DELETE FROM act WHERE seq = 5")
    faults = verify(worked.desk).faults
    assert any("n° 6 : il manque un acte avant celui-ci (attendu n° 5)" in fault for fault in faults)


def test_the_first_act_removed_is_told(worked: AtDesk) -> None:
    tamper(worked, "DELETE FROM act WHERE seq = 1")
    assert not verify(worked.desk).ok


def test_the_last_acts_removed_are_told_by_the_head(worked: AtDesk) -> None:
    tamper(worked, f"DELETE FROM act WHERE seq >= {last(worked) - 2}")
    faults = verify(worked.desk).faults
    assert any("la fin du journal ne correspond pas" in fault for fault in faults)


def test_a_cut_that_the_head_was_made_to_hide_is_told_by_the_missing_signature(worked: AtDesk) -> None:
    """Acts of one gesture are signed together by its last one: a cut within a gesture leaves an unsigned end."""
    cut = "(SELECT max(seq) FROM act WHERE signature IS NULL)"
    tamper(
        worked,
        f"DELETE FROM act WHERE seq > {cut}",
        f"UPDATE head SET seq = {cut}, digest = (SELECT digest FROM act WHERE seq = {cut})",
    )
    faults = verify(worked.desk).faults
    assert faults == [f"{worked.desk.stream} n° {last(worked)} : dernier acte sans signature"]


def test_an_inserted_act_is_told(worked: AtDesk) -> None:
    values = {"act_id": "'forged'", "seq": str(last(worked) + 1)}
    forged = ", ".join(values.get(name, name) for name in COLUMNS)
    tamper(worked, f"INSERT INTO act SELECT {forged} FROM act WHERE seq = {last(worked)}")
    faults = verify(worked.desk).faults
    assert any("ne suit pas l’acte précédent" in fault for fault in faults)
    assert any("acte modifié" in fault for fault in faults)


def test_signatures_swapped_between_two_gestures_are_told(worked: AtDesk) -> None:
    with worked.desk.looking() as connection:
        rows = connection.exec_driver_sql("SELECT seq, signature FROM act WHERE signature IS NOT NULL").fetchall()
    (first, one), (second, other) = rows[-2:]
    tamper(
        worked,
        f"UPDATE act SET signature = '{other}' WHERE seq = {first}",
        f"UPDATE act SET signature = '{one}' WHERE seq = {second}",
    )
    assert sum("signature différente" in fault for fault in verify(worked.desk).faults) == 2


def test_a_chain_made_again_without_the_desks_key_is_told(worked: AtDesk) -> None:
    """Whoever can write the file can compute digests, but not sign them."""
    with worked.desk.store.writing() as connection:
        connection.exec_driver_sql("UPDATE act SET agent = 'Z. Autre' WHERE seq = 5")
        prev = connection.exec_driver_sql("SELECT prev FROM act WHERE seq = 5").scalar_one()
        for row in connection.exec_driver_sql("SELECT * FROM act WHERE seq >= 5 ORDER BY seq").mappings().all():
            digest = digest_of_link({**row, "prev": prev}[name] for name in LINKED)
            connection.exec_driver_sql("UPDATE act SET prev = ?, digest = ? WHERE seq = ?", (prev, digest, row["seq"]))
            prev = digest
        connection.exec_driver_sql("UPDATE head SET digest = ?", (prev,))
    assert {fault.rpartition(" : ")[2] for fault in verify(worked.desk).faults} == {"signature différente"}


def test_a_stream_of_another_desk_is_verified_too(worked: AtDesk) -> None:
    worked.clock.at("9:15")
    worked.scan(worked.code("DIALLO"))
    someone = _someone(worked)
    with another_desk(worked.desk).gesture() as gesture:
        gesture.record("arrival_attempted", someone, {"verdict": "late"})
    assert verify(worked.desk).streams == 2
    tamper(worked, "UPDATE act SET agent = 'X' WHERE stream = 'autre:1'")
    assert not verify(worked.desk).ok


def _someone(here: AtDesk) -> Subject:
    return Subject("convocation", here.everybody()[0].id)


@pytest.mark.parametrize("keep_head", [True, False])
def test_an_emptied_journal_is_told(worked: AtDesk, keep_head: bool) -> None:
    tamper(worked, "DELETE FROM act", *(() if keep_head else ("DELETE FROM head",)))
    assert not verify(worked.desk).ok


def test_a_head_removed_is_told(worked: AtDesk) -> None:
    tamper(worked, "DELETE FROM head")
    assert not verify(worked.desk).ok


def test_details_erased_by_retention_still_verify_and_stop_nothing(worked: AtDesk) -> None:
    tamper(worked, "UPDATE act SET details = NULL, salt = NULL WHERE subject_type = 'convocation'")
    outcome = verify(worked.desk)
    assert outcome.ok
    assert outcome.erased > 0
    rebuild(worked.desk)
    assert rebuild(worked.desk).same
    assert worked.everybody() == []


def test_acts_of_a_kind_that_only_a_newer_desk_knows_are_kept_and_counted(worked: AtDesk) -> None:
    someone = _someone(worked)
    with another_desk(worked.desk).gesture() as gesture:
        gesture.record("permit_laminated", someone, {"colour": "blue"})
    outcome = verify(worked.desk)
    assert outcome.ok
    assert outcome.unknown == 1
    assert rebuild(worked.desk).same


def gap(here: AtDesk, first: int, told_to: int) -> None:
    tamper(here, f"DELETE FROM act WHERE seq BETWEEN {first} AND {first + 1}")
    recovered = replace(here.desk, stream=f"{device_of(here.desk.stream)}:2")
    note_recovery(recovered, "essai", 0, [(here.desk.stream, first, told_to)])


def test_acts_that_a_recovery_told_as_lost_are_no_fault_and_are_counted(worked: AtDesk) -> None:
    gap(worked, 5, 6)
    outcome = verify(worked.desk)
    assert outcome.ok, outcome.faults
    assert outcome.lost == 2


def test_what_another_desk_tells_of_our_losses_excuses_nothing(worked: AtDesk) -> None:
    tamper(worked, "DELETE FROM act WHERE seq BETWEEN 5 AND 6")
    note_recovery(another_desk(worked.desk), "essai", 0, [(worked.desk.stream, 5, 6)])
    assert not verify(worked.desk).ok


@pytest.mark.parametrize("told_to", [5, 7])
def test_a_gap_wider_or_narrower_than_what_was_told_is_a_fault(worked: AtDesk, told_to: int) -> None:
    gap(worked, 5, told_to)
    assert not verify(worked.desk).ok


def test_what_a_recovery_tells_is_itself_under_the_chain(worked: AtDesk) -> None:
    gap(worked, 5, 6)
    tamper(worked, f"UPDATE act SET details = replace(details, ',6', ',9') WHERE kind = '{ActKind.HOME_RECOVERED}'")
    assert not verify(worked.desk).ok


@pytest.mark.parametrize(
    "touch",
    [
        "UPDATE convocation SET name = 'X'",
        "UPDATE convocation SET state = replace(state, 'expected', 'cancelled')",
        "DELETE FROM convocation",
        "DELETE FROM listing_key",
        "UPDATE receipt SET ordinal = 7",
        "UPDATE imported_list SET source = 'x'",
    ],
)
def test_a_projection_touched_by_hand_is_told_and_made_right_again(worked: AtDesk, touch: str) -> None:
    before = worked.everybody()
    tamper(worked, touch)
    outcome = rebuild(worked.desk)
    assert (outcome.same, len(outcome.differences)) == (False, 1)
    assert rebuild(worked.desk).same
    assert worked.everybody() == before
