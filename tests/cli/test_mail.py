"""The mail server through the second door: settings, password apart, a try, summonses and absences that leave by it."""

from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from counter_app.cli.summons_sending import PASSWORD
from counter_app.config import read_settings
from counter_app.domain.acts import ActKind
from tests.cli.cli import Door, Said
from tests.cli.test_contract import check, keys_of, section
from tests.cli.test_hand_over import HADDAD, SOW, stocked
from tests.homes import Clock, opened
from tests.messages.mail_server import HOST, Mailbox, certified, mail_server, serving
from tests.usecases.permits_at_hand import permit_of

__all__ = ["stocked"]

SECRET = "mot de passe à accents"


def set_up(door: Door, box: Mailbox, authority: Path) -> None:
    server = f"mail_server={HOST}:{box.port}"
    values = [server, "mail_sender=remise@exemple.fr", "mail_user=remise", f"mail_authority={authority}"]
    assert door("settings", *(part for value in values for part in ("--set", value))).code == 0


def asked(door: Door, *more: str) -> Said:
    said = door("mail", *more)
    check(keys_of(section("mail")), said.json, "mail")
    return said


def test_a_password_is_kept_apart_and_a_try_says_whether_the_server_lets_the_desk_in(
    stocked: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = asked(stocked, "--try")
    assert (none.code, none.json["server"], none.json["works"]) == (3, None, None)
    context, authority = certified(tmp_path, datetime.now(UTC))
    with serving(Mailbox(tls=context, account=("remise", SECRET))) as box:
        set_up(stocked, box, authority)
        wrong = asked(stocked, "--try")
        assert (wrong.code, wrong.json["works"], wrong.json["password_kept"]) == (3, False, False)
        assert "mot de passe" in wrong.json["problem"]
        monkeypatch.setenv(PASSWORD, SECRET)
        right = asked(stocked, "--password", "--try")
    assert (right.code, right.json["works"], right.json["problem"]) == (0, True, None)
    kept = stocked.home / "mail.key"
    assert kept.stat().st_mode & 0o777 == 0o600
    told = {path.name for path in stocked.home.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()}
    assert told == {"mail.key"}
    assert SECRET not in str(read_settings(stocked.home))
    monkeypatch.setenv(PASSWORD, "")
    assert asked(stocked, "--password").json["password_kept"] is False
    assert not kept.exists()


def test_a_summons_and_an_absence_leave_by_the_server_of_the_settings(stocked: Door, tmp_path: Path) -> None:
    with mail_server() as box:
        server = (f"mail_server={HOST}:{box.port}", "mail_security=none", "mail_sender=remise@exemple.fr")
        assert stocked("settings", *(part for value in server for part in ("--set", value))).code == 0
        to = ("--email", f"{HADDAD}=mariam@exemple.fr", "--out", tmp_path / "m")
        said = stocked.at("10:00", "permits", "summon", *to).json
        assert (said["sent"], said["not_sent"]) == (3, [])
        late = ("--note", "--email", f"{SOW}=awa@exemple.fr", "--out", tmp_path / "m")
        gone = stocked.at("14:00", "permits", "missed", *late).json
    assert gone["sent"] == 1
    assert [address for address, _raw in box.taken] == ["mariam@exemple.fr", "awa@exemple.fr"]
    again = stocked.at("14:01", "permits", "missed", "--out", tmp_path / "m").json
    assert (again["messages"], again["missed"][0]["told_on"]) == ([], "2026-11-23")
    left = stocked.at("14:02", "permits", "undo", HADDAD, "--reason", "autre jour").json
    assert (left["done"], left["kind"], left["told"]) == (True, "permit_summoned", True)


def test_an_e_mail_that_may_have_left_waits_for_an_agent_and_its_second_copy_is_the_same_message(
    stocked: Door, tmp_path: Path
) -> None:
    with serving(Mailbox(cuts_after="mariam@exemple.fr")) as box:
        server = ("--smtp", f"{HOST}:{box.port}", "--no-tls", "--email", f"{HADDAD}=mariam@exemple.fr")
        first = stocked.at("10:00", "permits", "summon", *server)
        check(keys_of(section("permits summon")), first.json, "summon")
        assert (first.code, first.json["sent"], first.json["not_sent"]) == (3, 0, [])
        assert "peut-être déjà parti" in first.json["maybe_sent"][0]["reason"]
        box.cuts_after = ""
        again = stocked.at("10:01", "permits", "summon", *server).json
        assert (again["sent"], len(again["maybe_sent"]), len(box.taken)) == (0, 1, 1)
        assert all(one["code"] != again["maybe_sent"][0]["code"] for one in again["messages"])
        told = stocked.at("10:02", "permits", "summon", *server, "--again", HADDAD).json
        assert (told["sent"], told["maybe_sent"], len(box.taken)) == (1, [], 2)
    one, copy = (message_from_bytes(raw)["Message-ID"] for _address, raw in box.taken)
    assert one == copy
    assert HADDAD not in str(stocked.at("10:03", "permits", "summon").json["messages"])


def test_somebody_who_has_the_e_mail_that_perhaps_left_was_told(stocked: Door) -> None:
    with serving(Mailbox(cuts_after="mariam@exemple.fr")) as box:
        server = ("--smtp", f"{HOST}:{box.port}", "--no-tls", "--email", f"{HADDAD}=mariam@exemple.fr")
        assert stocked.at("10:00", "permits", "summon", *server).code == 3
    owed = stocked.at("10:01", "permits", "undo", HADDAD).json
    assert (owed["done"], owed["kind"], owed["reason"]) == (False, "permit_summoned", "needs_reason")
    told = stocked.at("10:05", "permits", "told", HADDAD, "--by", "email").json
    assert (told["done"], told["permit"]["summoned_on"]) == (True, "2026-11-23")
    left = stocked.at("10:06", "permits", "summon").json
    assert (left["maybe_sent"], stocked("verify").json["ok"], stocked("rebuild").json["same"]) == ([], True, True)


def test_an_absence_told_by_an_e_mail_that_may_have_left_waits_too(stocked: Door) -> None:
    with serving(Mailbox(cuts_after="awa@exemple.fr")) as box:
        server = ("--smtp", f"{HOST}:{box.port}", "--no-tls", "--email", f"{SOW}=awa@exemple.fr")
        assert len(stocked.at("14:00", "permits", "missed", "--note", *server).json["maybe_sent"]) == 1
        held = stocked.at("14:01", "permits", "missed", *server).json
        assert (held["messages"], len(held["maybe_sent"]), len(box.taken)) == ([], 1, 1)
        box.cuts_after = ""
        assert stocked.at("14:02", "permits", "missed", *server, "--again", SOW).json["sent"] == 1
    assert stocked.at("14:03", "permits", "missed").json["missed"][0]["told_on"] == "2026-11-23"


def test_an_absence_is_told_once_by_sms_and_the_act_says_how(stocked: Door, tmp_path: Path) -> None:
    first = stocked.at("14:00", "permits", "missed", "--note", "--out", tmp_path / "m").json
    assert (first["sent"], len(first["messages"]), first["segments"]) == (1, 1, 1)
    assert "est passé" in (tmp_path / "m" / "sms.csv").read_text("utf-8-sig")
    assert stocked.at("14:01", "permits", "missed", "--out", tmp_path / "m").json["messages"] == []
    office = opened(stocked.home, Clock())
    with office.desk.looking() as connection:
        from counter_app.store import permit_rows

        (permit,) = permit_rows.by_card(connection, SOW)
    mark = permit_of(office.desk, permit.id).standing[-1]
    office.close()
    assert (mark.kind, mark.text("channel"), mark.text("carrier")) == (ActKind.MISSED_TOLD, "sms", "folder")


def test_people_convened_by_letter_wait_for_somebody_to_say_that_it_left(stocked: Door, tmp_path: Path) -> None:
    said = stocked.at("10:00", "permits", "summon", "--by", "letter", "--out", tmp_path / "m").json
    assert (said["messages"], len(said["unreachable"])) == ([], 3)
    told = stocked.at("10:05", "permits", "told", HADDAD, "--by", "letter").json
    assert (told["done"], told["permit"]["summoned_on"]) == (True, "2026-11-23")
    assert len(stocked.at("10:06", "permits", "summon").json["unreachable"]) == 2
    assert stocked.at("10:07", "permits", "told", "X00000000", "--by", "phone").code == 3


@pytest.mark.parametrize("wrong", ["", "a b", "smtp.exemple.fr:99999", "https://smtp.exemple.fr"])
def test_a_server_that_is_none_is_told_before_anything_is_done(stocked: Door, wrong: str) -> None:
    assert stocked("permits", "summon", "--smtp", wrong).code == 2
    if wrong:
        assert stocked("settings", "--set", f"mail_server={wrong}").json["error"] == "bad_setting"
    assert stocked("settings", "--set", "mail_sender=remise").json["error"] == "bad_setting"
    assert stocked("settings", "--set", "mail_security=ssl").json["error"] == "bad_setting"
