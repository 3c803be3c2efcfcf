"""What leaves the desk: a list for the SMS tool, e-mails through a real server, and the truth about what did not."""

import csv
import io
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.messages.outbox import EMAIL, SMS, FolderCarrier, Outgoing, SmtpCarrier, as_email, sms_list
from counter_app.messages.summons_texts import segments, sms
from tests.messages.mail_server import mail_server

AT = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
SENDER = "remise@exemple.fr"


def mail(to: str = "awa@exemple.fr", reference: str = "PGRBBBBBBBBC") -> Outgoing:
    return Outgoing(reference, EMAIL, to, "Votre titre de séjour est prêt.\n.\nà bientôt", "Votre rendez-vous")


def text(body: str = "Votre titre est prêt.") -> Outgoing:
    return Outgoing("PGRBBBBBBBBC", SMS, "+33612340001", body)


def test_an_e_mail_goes_through_a_mail_server_and_arrives_as_written() -> None:
    with mail_server() as box:
        (carried,) = SmtpCarrier("127.0.0.1", SENDER, box.port, starttls=False).carry([mail()], AT)
    assert carried.sent
    ((to, raw),) = box.taken
    arrived = message_from_bytes(raw, policy=default)
    assert (to, arrived["From"], arrived["Subject"]) == ("awa@exemple.fr", SENDER, "Votre rendez-vous")
    assert arrived["Message-ID"] == carried.where
    assert arrived.get_content().replace("\r\n", "\n").strip() == mail().body


def test_an_address_that_the_server_turns_away_does_not_stop_the_others() -> None:
    with mail_server("absent@exemple.fr") as box:
        people = [mail("a@exemple.fr"), mail("absent@exemple.fr"), mail("b@exemple.fr")]
        carried = SmtpCarrier("127.0.0.1", SENDER, box.port, starttls=False).carry(people, AT)
    assert [one.sent for one in carried] == [True, False, True]
    assert "Rien n’est noté comme envoyé" in carried[1].reason
    assert [to for to, _raw in box.taken] == ["a@exemple.fr", "b@exemple.fr"]


def test_a_server_that_cannot_be_reached_is_told_for_each_message() -> None:
    with mail_server() as box:
        port = box.port
    carried = SmtpCarrier("127.0.0.1", SENDER, port, starttls=False).carry([mail(), mail()], AT)
    assert [one.sent for one in carried] == [False, False]


def test_without_encryption_nothing_leaves_when_it_is_asked_for() -> None:
    with mail_server() as box:
        (carried,) = SmtpCarrier("127.0.0.1", SENDER, box.port).carry([mail()], AT)
    assert not carried.sent
    assert box.taken == []


def test_an_sms_is_not_for_a_mail_server() -> None:
    with mail_server() as box:
        (carried,) = SmtpCarrier("127.0.0.1", SENDER, box.port, starttls=False).carry([text()], AT)
    assert not carried.sent
    assert "outil national" in carried.reason


@pytest.mark.parametrize("wrong", ["a@exemple.fr\nBcc: b@exemple.fr", "a@exemple.fr\r\nX: y"])
def test_an_address_that_hides_a_line_is_never_sent(wrong: str) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        as_email(mail(wrong), SENDER, AT)


def test_the_folder_holds_one_list_of_sms_and_one_file_for_each_e_mail(tmp_path: Path) -> None:
    carried = FolderCarrier(tmp_path / "out").carry([text(), mail(), text("Deuxième")], AT)
    assert all(one.sent for one in carried)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["PGRBBBBBBBBC.eml", "sms.csv"]


@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_text_is_read_back_from_the_list_of_sms(bodies: list[str]) -> None:
    read = io.StringIO(sms_list([text(body) for body in bodies]).decode("utf-8-sig"), newline="")
    rows = list(csv.reader(read, delimiter=";"))
    assert [row[1].removeprefix("'") for row in rows[1:]] == [body.removeprefix("'") for body in bodies]
    assert not any(row[1].startswith(("=", "+", "-", "@")) for row in rows[1:])


@pytest.mark.parametrize(
    ("message", "count"),
    [("a" * 160, 1), ("a" * 161, 2), ("é" * 160, 1), ("€" * 80, 1), ("€" * 81, 2), ("ب" * 70, 1), ("ب" * 71, 2)],
)
def test_segments_are_counted_as_the_network_bills_them(message: str, count: int) -> None:
    assert segments(message) == count


def test_typographic_signs_do_not_turn_a_french_sms_into_sixteen_bits() -> None:
    body = sms(("L’enfant vient à 9\u00a0h\u00a030\u00a0: Lille…",))
    assert body == "L'enfant vient à 9 h 30 : Lille..."
    assert segments(body) == 1
