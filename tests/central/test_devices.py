"""Desks are enrolled once by a code, known by a token, and withdrawn; who looks at what is forgotten."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from counter_app.central.codes import MOST_ATTEMPTS, make_code
from counter_app.central.engine import writing
from counter_app.central.enrolment import Applicant, Enrolled, NotEnrolled, enrol
from counter_app.central.figures import status
from counter_app.central.ledger import Ledger
from counter_app.central.session import Session
from counter_app.central.sites import make_site
from counter_app.central.tables import device, enrolment_code, site
from counter_app.central.tokens import LIFETIME, authenticate, renew_token, revoke
from counter_app.domain.refusal import StoreRefused
from counter_app.sync.wire import Hello, Look, Opened
from tests.central.desks import EIGHT, Desk, enrolled
from tests.homes import Clock

HOUR = timedelta(hours=1)


def asked(engine: sa.Engine, secret: str, applicant: Applicant, late: timedelta = timedelta()) -> str:
    """The word of a refusal, or `enrolled`."""
    done = enrol(engine, secret, applicant, EIGHT + late)
    if isinstance(done, Enrolled):
        return "enrolled"
    assert done.sentence[-1] in ".)"
    assert len(done.sentence) > 50
    return done.code


def test_a_desk_enrolled_by_a_code_gets_its_token_and_what_its_site_is(engine: sa.Engine) -> None:
    secret = make_code(engine, "nord", EIGHT, HOUR)
    done = enrol(engine, f" {secret.lower()[:4]}-{secret.lower()[4:]} ", Desk("Guichet 1").applicant, EIGHT)
    assert isinstance(done, Enrolled)
    assert (done.facts.site, done.facts.training, len(done.facts.site_key)) == ("nord", False, 64)
    session = authenticate(engine, done.token.text, EIGHT)
    assert session == Session("nord", Desk("Guichet 1").device, expires_at=done.token.expires_at, newest=True)


def test_no_secret_lies_in_the_store(engine: sa.Engine) -> None:
    secret = make_code(engine, "nord", EIGHT, HOUR)
    done = enrol(engine, secret, Desk("Guichet 1").applicant, EIGHT)
    assert isinstance(done, Enrolled)
    with engine.connect() as connection:
        kept = str([connection.execute(sa.select(table)).fetchall() for table in (device, enrolment_code)])
    assert secret not in kept
    assert done.token.text.rpartition(".")[2] not in kept


def test_a_code_serves_once_in_its_time_and_each_fault_has_its_word(engine: sa.Engine) -> None:
    one, two = Desk("Guichet 1").applicant, Desk("Guichet 2").applicant
    secret = make_code(engine, "nord", EIGHT, HOUR)
    assert asked(engine, secret, one, HOUR) == "expired"
    assert asked(engine, secret, one) == "enrolled"
    assert asked(engine, secret, two) == "used"
    for wrong in ("", "é", "B" * 11, secret[:10], secret + "B", "\0", "x" * 10_000):
        assert asked(engine, wrong, two) == "wrong"


def test_wrong_secrets_are_counted_until_the_code_is_spent(engine: sa.Engine) -> None:
    secret = make_code(engine, "nord", EIGHT, HOUR)
    wrong = secret[:-1] + ("B" if secret[-1] != "B" else "C")
    for _ in range(MOST_ATTEMPTS):
        assert asked(engine, wrong, Desk("Guichet 1").applicant) == "wrong"
    assert asked(engine, secret, Desk("Guichet 1").applicant) == "spent"


def test_two_desks_have_neither_one_name_nor_one_letter_and_the_code_stays_good(engine: sa.Engine) -> None:
    enrolled(engine, Desk("Guichet 1"))
    secret = make_code(engine, "nord", EIGHT, HOUR)
    two = Desk("Guichet 2").applicant
    assert asked(engine, secret, replace(two, desk=" guichet 1 ")) == "desk"
    assert asked(engine, secret, replace(two, letter="1")) == "letter"
    assert asked(engine, secret, two) == "enrolled"


def test_a_desk_of_another_site_or_of_training_is_refused_and_the_reverse(engine: sa.Engine) -> None:
    make_site(engine, "loiret", training=False, at=EIGHT)
    with writing(engine) as connection:  # as stores made before the two were kept apart
        connection.execute(sa.update(site).where(site.c.site == "loiret").values(training=True))
    real, training = (make_code(engine, name, EIGHT, HOUR) for name in ("nord", "loiret"))
    desk = Desk("Guichet 1").applicant
    assert asked(engine, real, replace(desk, site="loiret")) == "site"
    assert asked(engine, real, replace(desk, training=True)) == "training"
    assert asked(engine, training, replace(desk, site="loiret")) == "real"
    assert asked(engine, training, replace(desk, site="loiret", training=True)) == "enrolled"
    assert asked(engine, real, desk) == "enrolled"


@pytest.mark.parametrize(
    "wrong",
    [
        {"device": ""},
        {"device": "a:b"},
        {"device": "a.b"},
        {"device": "a~b"},
        {"device": "\0"},
        {"device": "a" * 201},
        {"public_key": "zz" * 32},
        {"public_key": "00" * 31},
        {"desk": " "},
        {"desk": "a\nb"},
        {"desk": "\ud800"},
        {"letter": ""},
        {"site": ""},
    ],
)
def test_an_applicant_out_of_form_is_told_so(engine: sa.Engine, wrong: dict[str, str]) -> None:
    secret = make_code(engine, "nord", EIGHT, HOUR)
    desk = Desk("Guichet 1").applicant
    fields = {name: wrong.get(name, getattr(desk, name)) for name in ("device", "public_key", "desk", "letter", "site")}
    assert asked(engine, secret, Applicant(**fields, training=False)) == "form"


def test_a_desk_that_lost_its_token_is_enrolled_again_but_not_with_another_key(engine: sa.Engine) -> None:
    desk = Desk("Guichet 1")
    first = enrol(engine, make_code(engine, "nord", EIGHT, HOUR), desk.applicant, EIGHT)
    assert isinstance(first, Enrolled)
    thief = replace(desk.applicant, public_key=Desk("Guichet 2").keys.public)
    assert asked(engine, make_code(engine, "nord", EIGHT, HOUR), thief) == "key"
    again = enrol(engine, make_code(engine, "nord", EIGHT, HOUR), desk.applicant, EIGHT)
    assert isinstance(again, Enrolled)
    assert authenticate(engine, first.token.text, EIGHT) is None
    assert authenticate(engine, again.token.text, EIGHT) is not None
    assert revoke(engine, "nord", desk.device, EIGHT)
    assert asked(engine, make_code(engine, "nord", EIGHT, HOUR), desk.applicant) == "revoked"
    other = replace(Desk("Guichet 2").applicant, desk="Guichet 1", letter="1")
    assert asked(engine, make_code(engine, "nord", EIGHT, HOUR), other) == "enrolled", "its name is free again"


def test_a_code_of_a_site_that_is_not_there_is_not_made(engine: sa.Engine) -> None:
    with pytest.raises(StoreRefused) as caught:
        make_code(engine, "rhone", EIGHT)
    assert caught.value.code == "no_site"


def test_a_token_is_known_until_it_expires_and_any_other_is_nobody(engine: sa.Engine) -> None:
    desk = Desk("Guichet 1")
    done = enrol(engine, make_code(engine, "nord", EIGHT), desk.applicant, EIGHT)
    assert isinstance(done, Enrolled)
    token = done.token.text
    assert authenticate(engine, token, EIGHT + LIFETIME - HOUR) is not None
    assert authenticate(engine, token, EIGHT + LIFETIME) is None
    for wrong in (
        "",
        ".",
        "..",
        "...",
        token + "x",
        token[:-1],
        token.replace("nord", "loiret"),
        "\0.\0.\0",
        "é.\ud800.x",
    ):
        assert authenticate(engine, wrong, EIGHT) is None


def test_a_renewed_token_that_got_lost_leaves_the_former_one_good(engine: sa.Engine, inside: Ledger) -> None:
    desk = Desk("Guichet 1")
    done = enrol(engine, make_code(engine, "nord", EIGHT), desk.applicant, EIGHT)
    assert isinstance(done, Enrolled)
    former = done.token.text
    lost = renew_token(engine, former, EIGHT + HOUR)
    renewed = renew_token(engine, former, EIGHT + HOUR)
    assert lost is not None
    assert renewed is not None
    assert authenticate(engine, lost.text, EIGHT) is None
    old, new = (authenticate(engine, token, EIGHT) for token in (former, renewed.text))
    assert old is not None
    assert new is not None
    hello = Hello(desk.device, desk.stream, {}, "")
    assert inside.answer(old, hello).expires_at == done.token.expires_at
    assert authenticate(engine, former, EIGHT) is not None
    assert inside.answer(new, hello).expires_at == renewed.expires_at
    assert authenticate(engine, former, EIGHT) is None, "the new one is known to have arrived"
    assert renew_token(engine, former, EIGHT) is None


def test_a_revoked_desk_is_known_as_such_and_renews_nothing(engine: sa.Engine) -> None:
    desk = Desk("Guichet 1")
    done = enrol(engine, make_code(engine, "nord", EIGHT), desk.applicant, EIGHT)
    assert isinstance(done, Enrolled)
    assert not revoke(engine, "nord", "inconnu", EIGHT)
    assert revoke(engine, "nord", desk.device, EIGHT)
    session = authenticate(engine, done.token.text, EIGHT)
    assert session is not None
    assert session.revoked
    assert renew_token(engine, done.token.text, EIGHT) is None
    (site,) = status(engine)
    assert [peer.revoked for peer in site.desks] == [True]


def at_once(engine: sa.Engine, *asking: tuple[str, Applicant]) -> list[str]:
    together, words = Barrier(len(asking)), list[str]()

    def ask(secret: str, applicant: Applicant) -> None:
        together.wait()
        words.append(asked(engine, secret, applicant))

    threads = [Thread(target=ask, args=one) for one in asking]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(words)


def test_two_desks_that_use_one_code_or_one_letter_at_once_are_not_both_enrolled(engine: sa.Engine) -> None:
    one, two = Desk("Guichet 1").applicant, Desk("Guichet 2").applicant
    secret = make_code(engine, "nord", EIGHT)
    assert at_once(engine, (secret, one), (secret, two)) == ["enrolled", "used"]
    three, four = (replace(Desk(name).applicant, letter="Z") for name in ("Guichet 3", "Guichet 4"))
    codes = [make_code(engine, "nord", EIGHT) for _ in range(2)]
    assert at_once(engine, (codes[0], three), (codes[1], four)) == ["enrolled", "letter"]


def test_who_has_a_file_open_is_told_to_others_and_forgotten_after_three_minutes(
    engine: sa.Engine, inside: Ledger, central_clock: Clock
) -> None:
    one, two = enrolled(engine, Desk("Guichet 1")), enrolled(engine, Desk("Guichet 2"))
    look = Look("permit", "p1", "Guichet 1", "A. Petit")
    other = replace(look, desk="Guichet 2", agent="B. Colin")
    since = "2026-11-23T07:00:00.000000+00:00"
    assert inside.answer(one, look).opened == ()
    central_clock.later(2)
    assert inside.answer(two, other).opened == (Opened("Guichet 1", "A. Petit", since),)
    assert inside.answer(one, look).opened == (Opened("Guichet 2", "B. Colin", "2026-11-23T07:02:00.000000+00:00"),)
    central_clock.later(2)
    assert inside.answer(two, other).opened == (Opened("Guichet 1", "A. Petit", since),), "it looks still"
    assert inside.answer(two, replace(other, subject_id="p2")).opened == ()
    assert inside.answer(one, replace(look, leaving=True)).opened[0].desk == "Guichet 2"
    assert inside.answer(two, other).opened == ()
    central_clock.later(4)
    assert inside.answer(one, look).opened == ()


@pytest.mark.parametrize(("said", "kept"), [("Q", "Q"), ("", "1"), ("q", "1"), ("QR", "1"), ("é", "1"), ("\0", "1")])
def test_the_letter_that_a_desk_says_with_its_hello_is_told_to_its_colleagues_and_nothing_else_is_taken_for_one(
    engine: sa.Engine, inside: Ledger, said: str, kept: str
) -> None:
    one, two = enrolled(engine, Desk("Guichet 1")), enrolled(engine, Desk("Guichet 2"))
    hello = Hello(one.device, f"{one.device}:1", {}, "2026-11-23T08:00:00+01:00")
    inside.answer(replace(one, letter=said), hello)
    other = inside.answer(two, replace(hello, device=two.device, stream=f"{two.device}:1"))
    assert {peer.device: peer.letter for peer in other.peers}[one.device] == kept
    inside.answer(replace(one, letter="Z", revoked=True), hello)
    assert {peer.device: peer.letter for peer in inside.answer(two, hello).peers}[one.device] == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Accueil été", "Accueil été"),
        ("", "Guichet 1"),
        ("  ", "Guichet 1"),
        ("guichet 2", "Guichet 1"),
        ("a\0", "Guichet 1"),
    ],
)
def test_the_name_that_a_desk_says_with_its_hello_is_told_to_its_colleagues_unless_another_one_bears_it(
    engine: sa.Engine, inside: Ledger, said: str, kept: str
) -> None:
    one, two = enrolled(engine, Desk("Guichet 1")), enrolled(engine, Desk("Guichet 2"))
    hello = Hello(one.device, f"{one.device}:1", {}, "2026-11-23T08:00:00+01:00")
    inside.answer(replace(one, desk=said), hello)
    told = inside.answer(two, replace(hello, device=two.device, stream=f"{two.device}:1")).peers
    assert {peer.device: peer.desk for peer in told} == {one.device: kept, two.device: "Guichet 2"}


def test_an_answer_of_a_refusal_is_a_value(engine: sa.Engine) -> None:
    assert isinstance(enrol(engine, "x", Desk("Guichet 1").applicant, EIGHT), NotEnrolled)
