"""The handover window through the second door: to its contract, whatever is missing, wrong or contested."""

from pathlib import Path

import pytest

from tests.cli.cli import Door, Said
from tests.cli.test_contract import check, keys_of, section, verbs
from tests.documents.reading import words
from tests.imports.lists import write_csv
from tests.imports.permit_lists import permit, permits_table
from tests.messages.mail_server import mail_server

SOW, BA, LI, HADDAD = "F5V9RY2WJ", "4YC73SY7N", "3L93J8829", "D2K5TWAV0"
STAMP = "1234 5678 9012 3456"
DONE = (
    *("--identity", "passport", "--identity-result", "match", "--old-document", "surrendered"),
    *("--stamp", STAMP, "--signature", "paper"),
)
LATER = {"SMS envoyé le": "", "créneau de remise": ""}
WORKED = {"hand-over": [3, 0, 3, 3, 3, 0], "handover-undo": [3, 0], "handover-contest": [0], "handover-settle": [3, 0]}


@pytest.fixture
def stocked(door: Door, tmp_path: Path) -> Door:
    """A desk that received four permits: one for 9:20, three whose holders wait for a message."""
    rows = (
        permit(SOW, **{"créneau de remise": "23/11/2026 09:20", "SMS envoyé le": "16/11/2026"}),
        permit(BA, "BA Awa", "5900000002", bac="A", **LATER),
        permit(LI, "LI Wei", "5900000003", **LATER),
        permit(HADDAD, "HADDAD Mariam", "5900000004", téléphone="", **LATER),
    )
    path = write_csv(tmp_path / "titres.csv", permits_table(*rows))
    assert door("permits", "receive", path).code == 0
    return door


def at_nine(door: Door, *arguments: str | Path) -> Said:
    return door.at("09:15", *arguments)


def test_the_reminder_of_a_permit_says_when_to_come_back(stocked: Door, tmp_path: Path) -> None:
    out = tmp_path / "rappel.pdf"
    said = stocked.at("07:30", "remind", SOW, "--out", out)
    assert (said.code, said.json) == (0, {"out": str(out), "verdict": "handover_closed"})
    told = words(out.read_bytes())
    assert "Votre rendez-vous est aujourd’hui à 9 h 20" in told
    assert "250 €" in told.replace("\u00a0", " ").replace("\u202f", " ")
    assert "SOW" not in told
    none = at_nine(stocked, "remind", BA, "--out", tmp_path / "rien.pdf")
    assert (none.code, none.json) == (3, {"out": None, "verdict": "permit_not_summoned"})
    assert not (tmp_path / "rien.pdf").exists()


@pytest.mark.parametrize("text", ["x" * 501, "perdu\x1b[31m", "perdu\u202eudrep", "perdu\x00"])
def test_a_text_that_reads_as_another_or_that_nobody_reads_back_is_wrong_use(stocked: Door, text: str) -> None:
    for asked in (
        ("hand-over", SOW, *DONE[:4], "--old-document", f"missing:{text}"),
        ("hand-over", SOW, *DONE, "--anyway", text, "--approved-by", "Mme Petit"),
        ("hand-over", SOW, *DONE, "--anyway", "accord", "--approved-by", text),
        ("permits", "hold", SOW, text),
        ("permits", "post", SOW, "--tracking", text),
        ("permits", "destroy", SOW, "--reason", text),
        ("permits", "receive", "--card", "AB1234567", "--name", text),
    ):
        answer = at_nine(stocked, *asked)
        assert (answer.code, answer.out) == (2, "")
        assert "signe" in answer.err
    assert at_nine(stocked, "hand-over", SOW, *DONE, "--dry-run").code == 0


def test_a_summons_that_will_speak_of_no_stamp_says_so(stocked: Door, tmp_path: Path) -> None:
    unsaid = permit("2KD02MNB4", "KEITA Fanta", **{**LATER, "timbre à acquitter (€)": ""})
    assert stocked("permits", "receive", write_csv(tmp_path / "autre.csv", permits_table(unsaid))).code == 0
    said = stocked.bare("--home", stocked.home, "permits", "summon", "--dry-run", "--at", "2026-11-23T10:00")
    (line,) = [one for one in said.out.splitlines() if "montant du timbre inconnu" in one]
    assert "KEITA Fanta" in line


def test_hours_given_whose_messages_have_not_left_are_not_told_as_convocations(stocked: Door, tmp_path: Path) -> None:
    unsaid = permit("2KD02MNB4", "KEITA Fanta", **LATER)
    assert stocked("permits", "receive", write_csv(tmp_path / "autre.csv", permits_table(unsaid))).code == 0
    said = stocked.bare("--home", stocked.home, "permits", "summon", "--at", "2026-11-23T10:00").out
    given = next(line for line in said.splitlines() if line.startswith("Personnes qui attendaient une heure"))
    assert not given.endswith("heures données\u00a0: 0.")
    assert "Une personne dont le message n’est pas parti n’est pas encore convoquée." in said
    assert "KEITA Fanta\u00a0: montant du timbre inconnu" not in said


def test_hours_given_without_a_known_amount_say_that_the_message_tells_none(stocked: Door, tmp_path: Path) -> None:
    unsaid = permit("2KD02MNB4", "KEITA Fanta", **{**LATER, "timbre à acquitter (€)": ""})
    assert stocked("permits", "receive", write_csv(tmp_path / "autre.csv", permits_table(unsaid))).code == 0
    said = stocked.bare("--home", stocked.home, "permits", "summon", "--at", "2026-11-23T10:00").out
    assert "KEITA Fanta\u00a0: montant du timbre inconnu, le message n’en dit rien." in said


def handover_morning(door: Door) -> dict[str, list[Said]]:
    """The answers of each verb of the window, in the order of a bad morning."""
    said = {
        "hand-over": [
            at_nine(door, "hand-over", "5912345678"),
            at_nine(door, "hand-over", "5912345678", *DONE, "--dry-run"),
            at_nine(door, "hand-over", BA, *DONE),
            at_nine(door, "hand-over", "5999999999", *DONE),
            door.at("14:00", "hand-over", "5912345678", *DONE),
            at_nine(door, "hand-over", "5912345678", *DONE),
        ],
        "handover-undo": [
            door.at("09:17", "handover-undo", "5912345678"),
            door.at("09:17", "handover-undo", SOW, "--reason", "erreur", "--approved-by", "M. Durand"),
        ],
    }
    again = at_nine(door, "hand-over", SOW, *DONE)
    assert again.code == 0
    said["handover-contest"] = [door("handover-contest", SOW, "--reason", "dit ne pas avoir reçu")]
    said["handover-settle"] = [
        door("handover-settle", SOW, "--reason", "vérifié"),
        door("handover-settle", SOW, "--reason", "vérifié", "--approved-by", "M. Durand"),
    ]
    return said


def summons_morning(door: Door, folder: Path) -> dict[str, list[Said]]:
    """The answers of each gesture of the summons."""
    return {
        "permits summon": [
            door.at("10:00", "permits", "summon", "--dry-run"),
            door.at("10:00", "permits", "summon", "--limit", "2", "--language", "ar", "--out", folder / "messages"),
            door.at("10:00", "permits", "summon"),
        ],
        "permits phone": [door("permits", "phone", BA, "07 00 00 00 09"), door("permits", "phone", BA, "?")],
        "permits missed": [
            door.at("14:00", "permits", "missed"),
            door.at("14:00", "permits", "missed", "--note", "--out", folder / "absences"),
        ],
        "permits told": [
            door.at("10:00", "permits", "told", HADDAD, "--by", "phone"),
            door.at("10:00", "permits", "told", HADDAD, "--by", "phone"),
            door.at("10:00", "permits", "told", SOW, "--by", "letter"),
        ],
        "permits move-slot": [
            door.at("10:00", "permits", "move-slot", BA, "2026-12-01T09:00", "--reason", "demande"),
            door.at("10:00", "permits", "move-slot", BA, "2026-12-01T13:00", "--reason", "demande"),
        ],
    }


def test_each_verb_of_the_window_prints_exactly_the_keys_documented(stocked: Door, tmp_path: Path) -> None:
    morning = summons_morning(stocked, tmp_path)
    at_window = handover_morning(stocked)
    assert set(at_window) == {verb for verb in verbs() if verb.startswith("hand")}
    morning |= at_window
    morning["permits missed"].append(stocked.at("14:00", "permits", "missed"))
    (came,) = morning["permits missed"][-1].json["not_absent"]
    assert (came["permit"]["card_number"], came["why"]) == (SOW, "came")
    codes = {**WORKED, "permits phone": [0, 3], "permits move-slot": [0, 3], "permits told": [0, 3, 0]}
    for verb, answers in morning.items():
        assert [said.code for said in answers] == codes.get(verb, [0] * len(answers)), (verb, answers)
        for said in answers:
            check(keys_of(section(verb)), said.json, verb)


def test_a_permit_is_handed_over_with_all_that_was_shown(stocked: Door) -> None:
    said = at_nine(stocked, "hand-over", "5912345678", *DONE).json
    assert (said["verdict"], said["missing"], said["permit"]["state"]) == ("handed_over", [], "handed_over")
    assert said["receipt"]["number"] == "R-59-C-261123-001"
    assert said["record"]["stamps"] == ["3456"]
    assert STAMP.replace(" ", "") not in str(said)
    again = at_nine(stocked, "hand-over", "5912345678", *DONE)
    assert (again.code, again.json["verdict"]) == (3, "already_handed_over")
    assert again.json["receipt"]["number"] == said["receipt"]["number"]


def test_a_proxy_without_a_name_gets_nothing_and_a_dry_run_counts_the_agreement(stocked: Door) -> None:
    proxy = (
        *DONE,
        "--collector",
        "proxy",
        "--medical-certificate",
        "--anyway",
        "hospitalisée",
        "--approved-by",
        "Mme R",
    )
    nobody = at_nine(stocked, "hand-over", "5912345678", *proxy)
    assert (nobody.code, nobody.json["verdict"], nobody.json["notes"]) == (3, "in_person_only", ["collector_unnamed"])
    named = (*proxy, "--collector-name", "SOW Ibrahima", "--collector-relation", "frère")
    foreseen = at_nine(stocked, "hand-over", "5912345678", *named, "--dry-run")
    assert (foreseen.code, foreseen.json["lifted"], foreseen.json["recorded"]) == (0, ["in_person_only"], False)
    assert at_nine(stocked, "hand-over", "5912345678", *named).json["recorded"]


def test_of_the_number_of_the_document_the_end_is_kept_and_it_needs_its_document(stocked: Door, tmp_path: Path) -> None:
    place, number = DONE.index("--identity"), ("--identity-number", "19 ab 74312")
    alone = at_nine(stocked, "hand-over", "5912345678", *DONE[:place], *DONE[place + 2 :], *number)
    assert (alone.code, alone.json["error"]) == (2, "identity_number")
    said = at_nine(stocked, "hand-over", "5912345678", *DONE, *number).json
    assert (said["verdict"], said["record"]["identity_number"]) == ("handed_over", "4312")
    out = tmp_path / "en-clair"
    assert stocked("export", "--out", out).code == 0
    journal = (out / "journal.jsonl").read_text("utf-8")
    assert '"number": "4312"' in journal or '"number":"4312"' in journal
    assert "74312" not in journal.upper().replace(" ", "")


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (("--collector-name", "Toto"), "collector_missing"),
        (("--collector-relation", "frère"), "collector_missing"),
        (("--fault", ""), "field_missing"),
        (("--fault", " "), "field_missing"),
    ],
)
def test_half_of_what_was_seen_is_wrong_use_and_hands_nothing_over(
    stocked: Door, options: tuple[str, str], error: str
) -> None:
    said = at_nine(stocked, "hand-over", "5912345678", *DONE, *options)
    assert (said.code, said.json["error"]) == (2, error)
    assert at_nine(stocked, "hand-over", "5912345678", *DONE, "--dry-run").code == 0


@pytest.mark.parametrize(
    ("left_out", "verdict", "missing"),
    [
        ("--identity", "identity_not_verified", ["identity"]),
        ("--identity-result", "identity_not_verified", ["identity"]),
        ("--old-document", "old_document_missing", ["old_document"]),
        ("--stamp", "stamp_missing", ["stamp"]),
        ("--signature", "signature_missing", ["signature"]),
    ],
)
def test_each_line_left_out_is_told_by_its_own_verdict(
    stocked: Door, left_out: str, verdict: str, missing: list[str]
) -> None:
    place = DONE.index(left_out)
    said = at_nine(stocked, "hand-over", "5912345678", *DONE[:place], *DONE[place + 2 :])
    assert (said.code, said.json["verdict"], said.json["missing"]) == (3, verdict, missing)
    assert said.json["permit"]["state"] == "shelved"


@pytest.mark.parametrize(
    ("options", "verdict"),
    [
        (("--identity-result", "mismatch"), "identity_not_verified"),
        (("--sleeve", BA), "wrong_sleeve"),
        (("--collector", "proxy"), "in_person_only"),
        (("--stamp-amount", "50"), "stamp_too_low"),
        (("--fault", "prénom"), "permit_error"),
    ],
)
def test_what_was_seen_to_be_wrong_stops_the_handover(stocked: Door, options: tuple[str, str], verdict: str) -> None:
    said = at_nine(stocked, "hand-over", "5912345678", *DONE, *options)
    assert (said.code, said.json["verdict"]) == (3, verdict)


def test_a_wrong_sleeve_is_not_got_round_by_leaving_it_out(stocked: Door) -> None:
    assert at_nine(stocked, "hand-over", "5912345678", *DONE, "--sleeve", BA).json["verdict"] == "wrong_sleeve"
    said = at_nine(stocked, "hand-over", "5912345678", *DONE)
    assert (said.code, said.json["verdict"], said.json["notes"]) == (3, "wrong_sleeve", ["sleeve_by_hand"])
    agreed = ("--anyway", "nom relu à deux", "--approved-by", "Mme Petit")
    assert at_nine(stocked, "hand-over", "5912345678", *DONE, *agreed, "--sleeve", BA).code == 3
    assert at_nine(stocked, "hand-over", "5912345678", *DONE, *agreed, "--dry-run").json["lifted"] == ["wrong_sleeve"]
    done = at_nine(stocked, "hand-over", SOW, *DONE)
    assert (done.code, done.json["record"]["sleeve"], done.json["lifted"]) == (0, "scanned", [])


def test_an_error_told_of_a_permit_keeps_it_from_its_holder_afterwards(stocked: Door) -> None:
    said = at_nine(stocked, "hand-over", SOW, *DONE, "--fault", "prénom")
    told = said.json["permit"]
    assert (said.code, said.json["verdict"], told["state"], told["fault"]) == (3, "permit_error", "faulty", "prénom")
    again = at_nine(stocked, "hand-over", SOW, *DONE)
    assert (again.code, again.json["verdict"]) == (3, "permit_error")
    assert at_nine(stocked, "permits", "faulty", SOW, "prénom").json["done"] is False


def test_an_error_told_of_a_permit_is_taken_back_alone_for_a_minute_only(stocked: Door) -> None:
    for noted in (("hand-over", SOW, *DONE, "--fault", "prénom"), ("permits", "faulty", SOW, "prénom")):
        at_nine(stocked, *noted)
        late = stocked.at("09:17", "permits", "undo", SOW)
        assert (late.code, late.json["done"], late.json["reason"]) == (3, False, "needs_supervisor")
        assert stocked.at("09:17", "undo", "--anyway", "lu de travers").json["reason"] == "needs_supervisor"
        agreed = ("--reason", "lu de travers", "--approved-by", "Mme Roux")
        assert stocked.at("09:17", "permits", "undo", SOW, *agreed).code == 0
        at_nine(stocked, *noted)
        assert at_nine(stocked, "permits", "undo", SOW).code == 0


def test_a_stamp_is_given_back_in_words_when_nothing_is_due(stocked: Door) -> None:
    said = stocked.bare(
        "--home",
        stocked.home,
        "--at",
        "2026-11-23T09:15",
        "hand-over",
        SOW,
        *DONE,
        "--amount-due",
        "0",
        "--amount-reason",
        "gratuit",
    )
    assert said.code == 3
    assert "RIEN N’EST À PAYER" in said.out


def test_who_brings_their_stamp_after_closing_was_inside(stocked: Door) -> None:
    place = DONE.index("--stamp")
    told = stocked.at("11:58", "hand-over", SOW, *DONE[:place], *DONE[place + 2 :])
    assert told.json["verdict"] == "stamp_missing"
    done = stocked.at("12:01", "hand-over", SOW, *DONE)
    assert (done.code, done.json["verdict"]) == (0, "handed_over")


@pytest.mark.parametrize(
    "options",
    [
        ("--old-document", "missing:perdu"),
        ("--signature", "refused"),
        ("--read-through", "--chip-checked"),
        ("--amount-due", "350", "--amount-reason", "première carte"),
        ("--offline",),
    ],
)
def test_what_is_explained_is_recorded_as_told(stocked: Door, options: tuple[str, ...]) -> None:
    said = at_nine(stocked, "hand-over", "5912345678", *DONE, *options)
    assert (said.code, said.json["verdict"]) == (0, "handed_over")


def test_the_amount_expected_may_be_that_of_a_case_of_the_tariff(stocked: Door) -> None:
    said = at_nine(stocked, "hand-over", SOW, *DONE, "--stamp-case", "FIRST_STD")
    record = said.json["record"]
    assert (said.code, record["amount_due"], record["amount_reason"]) == (0, 350, "Première délivrance, tarif normal")


def test_the_tariff_is_told_by_case_and_date_and_never_made_up(door: Door) -> None:
    before = door("stamps", "--day", "2026-04-30", "--case", "FIRST_STD")
    (told,) = before.json["stamps"]
    assert (before.code, told["total"], told["tax"], told["duty"], told["until"]) == (0, 225, 200, 25, "2026-04-30")
    today = {one["case"]: one["total"] for one in door.at("09:15", "stamps").json["stamps"]}
    assert (today["FIRST_STD"], today["RENEW_STD"], today["DCEM"]) == (350, 250, None)
    late = door("stamps", "--day", "2026-05-01", "--case", "LATE")
    assert (late.code, late.json["stamps"][0]["total"], late.json["stamps"][0]["confidence"]) == (3, None, None)
    assert door("stamps", "--case", "first").json["error"] == "unknown_case"
    assert door("stamps", "--case", " first_std", "--day", "2026-04-30").json == before.json
    assert (door("stamps", "--case", " ").code, door("hand-over", SOW, "--stamp-case", "").code) == (2, 2)


def test_a_day_before_any_tariff_is_told_with_what_to_do(door: Door) -> None:
    said = door("stamps", "--day", "2019-01-01")
    assert (said.code, said.json["stamps"]) == (3, [])
    assert said.json["message"].startswith(
        "Aucun montant n’est connu pour le 01/01/2019\u00a0: le tarif de cette version"
    )
    assert "01/01/2020" in said.json["message"]
    told = door.bare("--home", door.home, "stamps", "--day", "2019-01-01")
    assert (told.code, told.out.strip()) == (3, said.json["message"])


def test_an_exemption_against_the_list_needs_a_supervisor_and_keeps_the_agreement(stocked: Door) -> None:
    place = DONE.index("--stamp")
    exempt = ("hand-over", SOW, *DONE[:place], "--stamp", "exempt:réfugié", *DONE[place + 2 :])
    alone = at_nine(stocked, *exempt)
    assert (alone.code, alone.json["verdict"], alone.json["notes"]) == (3, "stamp_too_low", ["exemption_unagreed"])
    said = at_nine(stocked, *exempt, "--anyway", "titre de réfugié vu", "--approved-by", "M. Durand")
    record = said.json["record"]
    assert (said.code, record["exempt"], record["stamps"]) == (0, "réfugié", [])
    assert (record["approved_by"], said.json["lifted"]) == ("M. Durand", ["stamp_too_low"])


@pytest.mark.parametrize(
    ("lower", "euros"),
    [(("--amount-due", "100", "--amount-reason", "tarif réduit"), 100), (("--stamp-case", "FIRST_RED"), 150)],
)
def test_an_amount_under_the_listed_one_needs_a_supervisor(stocked: Door, lower: tuple[str, ...], euros: int) -> None:
    order = ("hand-over", SOW, *DONE, *lower)
    alone = at_nine(stocked, *order)
    assert (alone.code, alone.json["verdict"], alone.json["notes"]) == (3, "stamp_too_low", ["amount_lowered"])
    assert (alone.json["figures"]["amount"], alone.json["figures"]["listed"]) == (euros, 250)
    seen = stocked.bare("--home", stocked.home, *order, "--dry-run", "--at", "2026-11-23T09:15").out
    assert f"La liste dit 250\u00a0€ et le montant attendu est baissé à {euros}\u00a0€" in seen
    said = at_nine(stocked, *order, "--anyway", "carte d’étudiant vue", "--approved-by", "M. Durand")
    record = said.json["record"]
    assert (said.code, record["amount_due"], said.json["lifted"]) == (0, euros, ["stamp_too_low"])
    assert record["approved_by"] == "M. Durand"


def test_a_stamp_scanned_twice_counts_once_and_is_told(stocked: Door) -> None:
    said = at_nine(stocked, "hand-over", SOW, *DONE, "--stamp", STAMP, "--stamp-amount", "250")
    assert (said.code, said.json["record"]["stamps"], said.json["figures"]["shown"]) == (0, ["3456"], 250)
    assert "stamp_twice" in said.json["notes"]


def test_an_exceptional_handover_needs_a_reason_and_a_supervisor(stocked: Door) -> None:
    closed = (*("hand-over", "5912345678"), *DONE, "--anyway", "départ à l’étranger")
    assert stocked.at("14:00", *closed).json["verdict"] == "handover_closed"
    said = stocked.at("14:00", *closed, "--approved-by", "M. Durand")
    assert (said.code, said.json["lifted"]) == (0, ["handover_closed"])
    assert said.json["record"]["approved_by"] == "M. Durand"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--stamp", "123456789012345"), 2),
        (("--stamp", "exempt:"), 2),
        (("--stamp", "exempt:x"), 2),
        (("--stamp", STAMP, "--stamp", "exempt:gratuit"), 2),
        (("--stamp", "exempt:gratuit", "--stamp", "exempt:réfugié"), 2),
        (("--old-document", "missing:"), 2),
        (("--old-document", "rendu"), 2),
        (("--identity", "licence"), 2),
        (("--signature", "oral"), 2),
        (("--amount-due", "12,50"), 2),
        (("--amount-due", "100"), 2),
        (("--stamp-case", "FIRST_STD", "--amount-due", "100", "--amount-reason", "tarif"), 2),
        (("--stamp-case", "NO_SUCH"), 2),
        (("--stamp-case", "DCEM"), 2),
    ],
)
def test_an_option_that_cannot_be_is_told_in_french_and_nothing_is_recorded(
    stocked: Door, arguments: tuple[str, ...], code: int
) -> None:
    said = at_nine(stocked, "hand-over", "5912345678", *arguments)
    assert said.code == code
    assert said.err or "motif" in said.out or "montant" in said.out or "Cas connus" in said.out
    assert stocked("permits", "list", "--state", "handed_over").json["permits"] == []


def test_a_blank_code_is_nothing_to_read(stocked: Door) -> None:
    said = stocked("hand-over", "  ")
    assert (said.code, said.json["error"]) == (2, "nothing_read")


def test_people_are_convened_and_told_and_the_unreachable_are_named(stocked: Door, tmp_path: Path) -> None:
    said = stocked.at("10:00", "permits", "summon", "--first", LI, "--out", tmp_path / "sms").json
    assert (said["waiting"], said["sent"]) == (3, 2)
    assert next(one["permit"]["card_number"] for one in said["proposed"]) == LI
    assert {one["slot"] for one in said["proposed"]} == {"2026-11-30T09:00:00+01:00"}
    assert [one["card_number"] for one in said["unreachable"]] == [HADDAD]
    assert all("SOW" not in one["body"] and "BA" not in one["body"] for one in said["messages"])
    listed = (tmp_path / "sms" / "sms.csv").read_text("utf-8-sig").splitlines()
    assert len(listed) == 3
    left = stocked.at("10:01", "permits", "summon").json
    assert (left["waiting"], left["sent"], len(left["unreachable"])) == (0, 0, 1)


def test_a_language_or_a_code_that_nobody_knows_is_told(stocked: Door) -> None:
    assert stocked("permits", "summon", "--language", "xx").json["error"] == "unknown_language"
    assert stocked("permits", "summon", "--first", "X00000000").json["error"] == "unknown_permit"
    assert stocked("permits", "phone", "X00000000", "0612340001").json["error"] == "unknown_permit"


def test_the_window_says_something_to_people_too(stocked: Door) -> None:
    home = ("--home", stocked.home)
    told = stocked.bare("hand-over", "5912345678", "--at", "2026-11-23T09:15", *home).out.replace("\u00a0", " ")
    assert "Il manque : identité, ancien document, timbre, signature." in told
    assert "IDENTITÉ NON VÉRIFIÉE" in told
    told = stocked.bare("hand-over", "5912345678", *DONE, "--at", "2026-11-23T09:15", *home).out
    assert "TITRE REMIS" in told
    assert "R-59-C-261123-001" in told


def test_a_day_closed_by_hand_has_no_window_and_no_summons(stocked: Door) -> None:
    stocked("settings", "--set", "closures=30/11/2026, 2026-11-23")
    said = at_nine(stocked, "hand-over", "5912345678", *DONE)
    assert (said.json["verdict"], said.json["next_opening"]) == ("handover_closed", "2026-11-24T09:00:00+01:00")
    proposed = stocked.at("10:00", "permits", "summon", "--dry-run").json["proposed"]
    assert {one["slot"] for one in proposed} == {"2026-12-01T09:00:00+01:00"}
    wrong = stocked("settings", "--set", "closures=lundi")
    assert (wrong.code, wrong.json["error"]) == (2, "bad_setting")


def test_e_mails_leave_by_the_mail_server_and_sms_by_the_folder(stocked: Door, tmp_path: Path) -> None:
    with mail_server() as box:
        ways = ("--smtp", f"127.0.0.1:{box.port}", "--no-tls", "--sender", "remise@exemple.fr", "--out", tmp_path / "m")
        said = stocked.at("10:00", "permits", "summon", "--email", f"{HADDAD}=mariam@exemple.fr", *ways)
    assert (said.code, said.json["sent"], said.json["unreachable"]) == (0, 3, [])
    assert [to for to, _raw in box.taken] == ["mariam@exemple.fr"]
    assert len((tmp_path / "m" / "sms.csv").read_text("utf-8-sig").splitlines()) == 3


def test_a_mail_server_that_is_not_there_is_told_and_the_message_waits(stocked: Door) -> None:
    with mail_server() as box:
        port = box.port
    ways = ("--smtp", f"127.0.0.1:{port}", "--no-tls", "--sender", "remise@exemple.fr")
    said = stocked.at("10:00", "permits", "summon", "--email", f"{HADDAD}=mariam@exemple.fr", *ways)
    assert (said.code, said.json["sent"], len(said.json["not_sent"])) == (3, 0, 1)
    assert "ne répond pas" in said.json["not_sent"][0]["reason"]
    assert len(stocked.at("10:01", "permits", "summon").json["messages"]) == 2


@pytest.mark.parametrize("wrong", ["mariam", "a@b@c", "a@exemple.fr\nBcc: b@exemple.fr", "a b@exemple.fr", ""])
def test_an_address_that_is_none_is_told_before_anything_is_done(stocked: Door, wrong: str) -> None:
    assert stocked("permits", "summon", "--email", f"{HADDAD}={wrong}").code == 2
    assert stocked("permits", "summon", "--dry-run").json["waiting"] == 3


def test_people_are_convened_from_now_on_whatever_day_is_asked(stocked: Door) -> None:
    asked = ("permits", "summon", "--since", "2026-11-02")
    late = stocked.at("11:00", *asked, "--dry-run").json["proposed"]
    assert all(one["slot"] > "2026-11-23T11:00" for one in late)
    done = stocked.at("11:00", *asked)
    assert (done.code, len(done.json["summoned"])) == (0, 3)


def test_of_a_contested_handover_no_receipt_and_no_record_is_told_as_the_one_that_stands(stocked: Door) -> None:
    assert at_nine(stocked, "hand-over", SOW, *DONE).code == 0
    again = at_nine(stocked, "hand-over", SOW, *DONE)
    assert again.json["receipt"] is not None and again.json["record"] is not None
    assert at_nine(stocked, "handover-contest", SOW, "--reason", "dit ne pas avoir reçu").code == 0
    said = at_nine(stocked, "hand-over", SOW, *DONE)
    assert (said.json["permit"]["state"], said.json["receipt"], said.json["record"]) == ("disputed", None, None)


def test_an_act_that_is_no_handover_of_the_permit_is_named_so(stocked: Door) -> None:
    assert at_nine(stocked, "hand-over", SOW, *DONE).code == 0
    said = at_nine(stocked, "handover-undo", SOW, "--act", "rien")
    assert (said.code, said.json["reason"]) == (3, "unknown_act")
