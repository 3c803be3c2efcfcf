"""What leaves the desk through a folder: a list for the SMS tool, a file for each e-mail, nothing overwritten."""

import csv
import io
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.messages.outbox import EMAIL, SMS, FolderCarrier, Outgoing, RoutedCarrier, as_email, sms_list
from counter_app.messages.summons_texts import segments, sms

AT = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
SENDER = "remise@exemple.fr"


def mail(to: str = "awa@exemple.fr", reference: str = "PGRBBBBBBBBC") -> Outgoing:
    return Outgoing(reference, EMAIL, to, "Votre titre de séjour est prêt.\n.\nà bientôt", "Votre rendez-vous")


def text(body: str = "Votre titre est prêt.") -> Outgoing:
    return Outgoing("PGRBBBBBBBBC", SMS, "+33612340001", body)


@pytest.mark.parametrize("wrong", ["a@exemple.fr\nBcc: b@exemple.fr", "a@exemple.fr\r\nX: y"])
def test_an_address_that_hides_a_line_is_never_sent(wrong: str) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        as_email(mail(wrong), SENDER, AT)


def test_the_folder_holds_one_list_of_sms_and_one_file_for_each_e_mail(tmp_path: Path) -> None:
    carried = FolderCarrier(tmp_path / "out").carry([text(), mail(), text("Deuxième")], AT)
    assert all(one.sent for one in carried)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["PGRBBBBBBBBC.eml", "sms.csv"]


def test_a_second_sending_to_the_same_folder_overwrites_nothing(tmp_path: Path) -> None:
    first = FolderCarrier(tmp_path).carry([text("Premier"), mail()], AT)
    second = FolderCarrier(tmp_path).carry([text("Deuxième"), mail()], AT)
    assert len({one.where for one in (*first, *second)}) == 4
    assert "Premier" in (tmp_path / "sms.csv").read_text("utf-8-sig")
    assert "Deuxième" in (tmp_path / "sms-2.csv").read_text("utf-8-sig")


def test_e_mails_go_one_way_and_texts_another_each_told_by_its_own_carrier(tmp_path: Path) -> None:
    both = RoutedCarrier(FolderCarrier(tmp_path / "sms"), FolderCarrier(tmp_path / "mails"))
    carried = list(both.carry([mail(), text()], AT))
    assert [Path(one.where).parent.name for one in carried] == ["sms", "mails"]
    assert [one.message.channel for one in carried] == [SMS, EMAIL]


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


def test_an_sms_in_two_alphabets_is_two_rows_each_with_its_price_and_its_language() -> None:
    apart = ("Votre titre est prêt.", "بطاقة إقامتك جاهزة." * 4)
    body = "\n\n".join(apart)
    one = Outgoing("PGRBBBBBBBBC", SMS, "+33612340001", body, language="ar", segments=3, apart=apart, checked=False)
    read = io.StringIO(sms_list([one]).decode("utf-8-sig"), newline="")
    _head, french, arabic = csv.reader(read, delimiter=";")
    assert french == ["+33612340001", apart[0], "PGRBBBBBBBBC", "fr", "1", "oui"]
    assert arabic == ["+33612340001", apart[1], "PGRBBBBBBBBC", "ar", "2", "non"]


def test_typographic_signs_do_not_turn_a_french_sms_into_sixteen_bits() -> None:
    (body,) = sms(("L’enfant vient à 9\u00a0h\u00a030\u00a0: Lille…",))
    assert body == "L'enfant vient à 9 h 30 : Lille..."
    assert segments(body) == 1
