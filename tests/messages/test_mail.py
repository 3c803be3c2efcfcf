"""E-mails through a real mail server: encrypted, with an account; nothing said to have left that did not."""

from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from counter_app.messages.mail import MailServer, Security, SmtpCarrier
from counter_app.messages.outbox import EMAIL, SMS, Outgoing
from tests.messages.mail_server import HOST, Mailbox, certified, mail_server, serving

AT = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
SENDER = "remise@exemple.fr"
PASSWORD = "mot de passe à accents"
ACCOUNT = ("remise", PASSWORD)


def mail(to: str = "awa@exemple.fr", reference: str = "PGRBBBBBBBBC") -> Outgoing:
    return Outgoing(reference, EMAIL, to, "Votre titre de séjour est disponible.\n.\nà bientôt", "Votre rendez-vous")


def plain(box: Mailbox) -> SmtpCarrier:
    return SmtpCarrier(MailServer(HOST, SENDER, box.port, "none"))


@pytest.fixture(params=["starttls", "tls"])
def security(request: pytest.FixtureRequest) -> Security:
    chosen: Security = request.param
    return chosen


def secret_box(folder: Path, security: Security) -> tuple[Mailbox, Path]:
    now = datetime.now(AT.tzinfo)
    context, authority = certified(folder, now)
    return Mailbox(tls=context, implicit=security == "tls", account=ACCOUNT), authority


def to(box: Mailbox, security: Security, authority: Path | None, password: str = PASSWORD) -> SmtpCarrier:
    return SmtpCarrier(MailServer(HOST, SENDER, box.port, security, "remise", password, authority))


def test_an_e_mail_goes_through_an_encrypted_link_with_an_account_and_arrives_as_written(
    tmp_path: Path, security: Security
) -> None:
    box, authority = secret_box(tmp_path, security)
    with serving(box):
        assert to(box, security, authority).problem() == ""
        (carried,) = to(box, security, authority).carry([mail()], AT)
    assert (carried.sent, carried.carrier, box.encrypted) == (True, "smtp", [True])
    ((address, raw),) = box.taken
    arrived = message_from_bytes(raw, policy=default)
    assert (address, arrived["From"], arrived["Subject"]) == ("awa@exemple.fr", SENDER, "Votre rendez-vous")
    assert arrived["Message-ID"] == carried.where
    assert arrived.get_content().replace("\r\n", "\n").strip() == mail().body


def test_a_server_that_asks_for_the_account_in_two_steps_gets_it(tmp_path: Path) -> None:
    box, authority = secret_box(tmp_path, "tls")
    box.mechanism = "LOGIN"
    with serving(box):
        (carried,) = to(box, "tls", authority).carry([mail()], AT)
    assert carried.sent


def test_a_server_that_asks_for_the_account_in_an_unknown_way_is_told(tmp_path: Path) -> None:
    box, authority = secret_box(tmp_path, "tls")
    box.mechanism = "XPIGEON"
    with serving(box):
        (carried,) = to(box, "tls", authority).carry([mail()], AT)
    assert "ne propose pas ce chiffrement ou ce compte" in carried.reason


def test_a_wrong_password_is_told_and_nothing_leaves(tmp_path: Path, security: Security) -> None:
    box, authority = secret_box(tmp_path, security)
    with serving(box):
        wrong = to(box, security, authority, "autre")
        (carried,) = wrong.carry([mail()], AT)
        assert "mot de passe" in wrong.problem()
    assert (carried.sent, box.taken) == (False, [])
    assert "ne reconnaît pas le compte «\u00a0remise\u00a0» ou son mot de passe" in carried.reason
    assert carried.reason.endswith("Rien n’est noté comme envoyé.")
    assert PASSWORD not in repr(wrong)


def test_a_certificate_that_nobody_vouches_for_gets_neither_password_nor_message(
    tmp_path: Path, security: Security
) -> None:
    box, _authority = secret_box(tmp_path, security)
    with serving(box):
        (carried,) = to(box, security, None).carry([mail()], AT)
    assert (carried.sent, box.taken) == (False, [])
    assert "certificat que ce poste ne reconnaît pas" in carried.reason


def test_an_authority_that_cannot_be_read_is_told(tmp_path: Path, security: Security) -> None:
    box, _authority = secret_box(tmp_path, security)
    with serving(box):
        (carried,) = to(box, security, tmp_path / "absent.pem").carry([mail()], AT)
    assert "certificat de l’autorité ne peut pas être lu" in carried.reason


def test_an_address_that_the_server_turns_away_does_not_stop_the_others() -> None:
    with mail_server("absent@exemple.fr") as box:
        people = [mail("a@exemple.fr"), mail("absent@exemple.fr"), mail("b@exemple.fr")]
        carried = list(plain(box).carry(people, AT))
    assert [one.sent for one in carried] == [True, False, True]
    assert "n’a pas pris l’adresse de la personne (réponse 550)" in carried[1].reason
    assert [address for address, _raw in box.taken] == ["a@exemple.fr", "b@exemple.fr"]


def test_a_server_that_hangs_up_in_a_message_keeps_what_left_before_and_says_what_did_not() -> None:
    with serving(Mailbox(cuts_at="b@exemple.fr")) as box:
        people = [mail("a@exemple.fr"), mail("b@exemple.fr"), mail("c@exemple.fr")]
        carried = list(plain(box).carry(people, AT))
    assert [(one.sent, one.maybe) for one in carried] == [(True, False), (False, True), (False, False)]
    assert [address for address, _raw in box.taken] == ["a@exemple.fr"]
    assert all("coupé la liaison" in one.reason for one in carried[1:])


def message_ids(box: Mailbox) -> list[str]:
    return [str(message_from_bytes(raw, policy=default)["Message-ID"]) for _address, raw in box.taken]


def test_a_message_that_the_server_had_whole_when_it_hung_up_has_perhaps_left_and_the_next_ones_have_not(
    tmp_path: Path, security: Security
) -> None:
    box, authority = secret_box(tmp_path, security)
    box.cuts_after = "b@exemple.fr"
    with serving(box):
        people = [mail("a@exemple.fr"), mail("b@exemple.fr"), mail("c@exemple.fr")]
        carried = list(to(box, security, authority).carry(people, AT))
    assert [(one.sent, one.maybe) for one in carried] == [(True, False), (False, True), (False, False)]
    assert [address for address, _raw in box.taken] == ["a@exemple.fr", "b@exemple.fr"]
    assert "peut-être déjà parti" in carried[1].reason
    assert "Rien n’est noté" not in carried[1].reason
    assert "Rien n’est noté" in carried[2].reason


def test_an_answer_that_is_none_leaves_the_same_doubt_and_a_no_leaves_none() -> None:
    with serving(Mailbox(silent_after="b@exemple.fr")) as box:
        carried = list(plain(box).carry([mail("b@exemple.fr"), mail("c@exemple.fr")], AT))
    assert carried[0].maybe
    with mail_server("b@exemple.fr") as box:
        carried = list(plain(box).carry([mail("b@exemple.fr")], AT))
    assert not carried[0].maybe


def test_the_same_message_given_twice_is_one_message_and_another_hour_is_another() -> None:
    with serving(Mailbox(cuts_after="awa@exemple.fr")) as box:
        (first,) = plain(box).carry([mail()], AT)
        box.cuts_after = ""
        (second,) = plain(box).carry([mail()], AT + timedelta(days=1))
        (_other,) = plain(box).carry([replace(mail(), body="Venez mardi.")], AT)
    assert (first.maybe, second.sent) == (True, True)
    one, copy, other = message_ids(box)
    assert one == copy != other


def test_a_sender_that_the_server_does_not_take_is_named() -> None:
    with serving(Mailbox(refuses_senders=True)) as box:
        (carried,) = plain(box).carry([mail()], AT)
    assert f"l’adresse d’envoi «\u00a0{SENDER}\u00a0» (réponse 553)" in carried.reason


def test_a_server_that_cannot_be_reached_is_told_for_each_message() -> None:
    with mail_server() as box:
        away = plain(box)
    carried = list(away.carry([mail(), mail(reference="PGRBBBBBBBBD")], AT))
    assert [one.sent for one in carried] == [False, False]
    assert "ne répond pas" in carried[0].reason


def test_a_server_without_encryption_gets_nothing_when_it_is_asked_for() -> None:
    with mail_server() as box:
        (carried,) = SmtpCarrier(MailServer(HOST, SENDER, box.port)).carry([mail()], AT)
    assert (carried.sent, box.taken) == (False, [])
    assert "ne propose pas ce chiffrement" in carried.reason


def test_a_server_that_speaks_in_clear_where_encryption_was_expected_is_told() -> None:
    with mail_server() as box:
        (carried,) = SmtpCarrier(MailServer(HOST, SENDER, box.port, "tls")).carry([mail()], AT)
    assert "ne parle pas ce chiffrement à ce port" in carried.reason


def test_an_sms_is_not_for_a_mail_server() -> None:
    with mail_server() as box:
        (carried,) = plain(box).carry([Outgoing("PGRBBBBBBBBC", SMS, "+33612340001", "Votre titre")], AT)
    assert not carried.sent
    assert "outil national" in carried.reason


def test_an_address_that_hides_a_line_stops_its_own_message_alone() -> None:
    with mail_server() as box:
        carried = list(plain(box).carry([mail("a@exemple.fr\nBcc: b@exemple.fr"), mail()], AT))
    assert [one.sent for one in carried] == [False, True]
    assert len(box.taken) == 1
