"""Words of a handover receipt, whatever was recorded: nothing certain is said that was not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents import handover_words as words
from counter_app.domain.handover_draft import Collector, IdentityResult, Line, OldDocument, Signature, StampShown
from counter_app.domain.handover_record import Agreed, HandoverRecord
from tests.documents.handovers import HANDOVER, PLAIN

PLACES = st.text("abcdé ", max_size=12)
STAMPS = st.lists(
    st.builds(
        StampShown, st.text("0123456789", min_size=4, max_size=4), st.text("abc"), st.none() | st.integers(0, 999)
    ),
    max_size=3,
).map(tuple)
RECORDS = st.builds(
    replace,
    st.just(PLAIN),
    identity_document=st.sampled_from(["", "passport", "permit", "other", "carte consulaire"]),
    identity_result=st.none() | st.sampled_from(IdentityResult),
    identity_number=st.text("0123456789", max_size=4),
    identity_read_by=st.sampled_from(["eye", "mrz", "seal", "", "autre"]),
    collector=st.sampled_from(Collector),
    collector_name=PLACES,
    medical_certificate=st.booleans(),
    old_document=st.none() | st.builds(OldDocument, st.booleans(), st.sampled_from(["", "permit", "carte"]), PLACES),
    stamps=STAMPS,
    amount_due=st.none() | st.integers(0, 999),
    exempt=PLACES,
    signature=st.none() | st.sampled_from(Signature),
    chip_checked=st.booleans(),
    read_through=st.booleans(),
    sleeve=st.sampled_from(["", "scanned", "by_hand"]),
    asked=st.lists(st.sampled_from(Line), unique=True).map(tuple),
)


@given(RECORDS, st.booleans())
def test_a_paper_says_verified_only_when_a_document_was_shown_and_matched(record: HandoverRecord, ours: bool) -> None:
    said = words.identity_words(record, number=ours, reader=ours)
    assert ("· vérifiée par l’agent" in said) is record.verified
    assert ("ne correspond pas" in said) is (record.identity_result is IdentityResult.MISMATCH and not record.verified)


@given(RECORDS, st.booleans())
def test_every_line_says_something_and_no_more_than_was_ticked(record: HandoverRecord, ours: bool) -> None:
    told = dict(words.told(HANDOVER, record, number=ours, reader=ours))
    assert all(told.values())
    checks = told["Contrôles"]
    assert ("titre relu" in checks) is record.read_through
    assert ("puce contrôlée" in checks) is record.chip_checked
    surrendered = record.old_document is not None and record.old_document.surrendered
    assert ("repris par l’agent" in told["Repris"]) is surrendered
    assert ("en main propre" in told["Remis à"]) is (record.collector is Collector.HOLDER)
    assert ("recueillie" in told["Signature"].replace("non recueillie", "")) is record.signed


@given(RECORDS)
def test_a_stamp_is_told_by_its_last_digits_unless_none_was_due(record: HandoverRecord) -> None:
    said = words.stamp_words(record)
    if record.exempt:
        assert said.startswith("exonéré")
    else:
        assert all(stamp.last in said for stamp in record.stamps)
        known = record.stamps and all(stamp.amount is not None for stamp in record.stamps)
        assert ("lus" in said) is bool(known)


@given(RECORDS)
def test_the_service_is_told_how_the_sleeve_was_taken(record: HandoverRecord) -> None:
    told = dict(words.told_to_the_service(HANDOVER, record))
    assert ("· scannée" in told["Pochette"]) is (record.sleeve == "scanned")


def test_the_document_of_somebody_else_than_the_holder_is_told_as_theirs() -> None:
    guardian = replace(PLAIN, collector=Collector.GUARDIAN, collector_name="SOW Rosa")
    for ours in (True, False):
        assert "qui emporte le titre" not in words.identity_words(PLAIN, number=ours, reader=ours)
        said = words.identity_words(guardian, number=ours, reader=ours)
        assert "vérifiée par l’agent" in said
        assert said.endswith("· pièce de SOW Rosa, qui emporte le titre")
    none = replace(guardian, identity_document="", identity_result=None)
    assert "SOW Rosa" not in words.identity_words(none, number=True, reader=True)


def test_an_adult_is_never_called_a_minor_on_paper() -> None:
    guardian = replace(PLAIN, collector=Collector.GUARDIAN, collector_name="SOW Rosa")
    for born, minor in (("1990-02-01", False), ("", False), ("2015-02-01", True)):
        said = words.collector_words(replace(HANDOVER, birth_date=born), guardian)
        assert "SOW Rosa" in said
        assert ("mineure" in said) is minor


def test_the_service_is_told_that_the_validity_was_over_that_day() -> None:
    over = replace(HANDOVER, valid_to=HANDOVER.handed_at.date() - timedelta(days=1))
    assert dict(words.told_to_the_service(over, PLAIN))["Validité"] == "passée le 23/11/2026, avant la remise"
    for last in (None, HANDOVER.handed_at.date()):
        assert "Validité" not in dict(words.told_to_the_service(replace(HANDOVER, valid_to=last), PLAIN))


AGREED = Agreed("la personne part demain", "Mme Leroy", ("handover_on_hold",), ("validity_over",))
FREE = {"exempt": "réfugié, première carte", "stamps": ()}
TOO_LOW = ("stamp_too_low",)


@pytest.mark.parametrize(
    ("lifted", "notes", "page", "said"),
    [
        (("handover_on_hold",), ("validity_over",), {}, "validité passée"),
        (("handover_on_hold",), ("held", "validity_over"), {}, "remise suspendue, validité passée"),
        (("handover_on_hold",), ("to_send_back",), {}, "remise suspendue"),
        (("handover_on_hold", "wrong_sleeve"), (), {}, "remise suspendue, mauvaise pochette"),
        (("in_person_only",), (), {"collector": Collector.PROXY}, "règle de la remise en main propre"),
        (TOO_LOW, (), FREE, "timbre demandé par la liste (exonération)"),
        (TOO_LOW, (), {"amount_due": 0, "stamps": ()}, "timbre demandé par la liste (exonération)"),
        (
            TOO_LOW,
            (),
            {"amount_due": 100, "amount_reason": "tarif réduit"},
            "timbre demandé par la liste (baissé)",
        ),
        (TOO_LOW, (), {"stamps": (StampShown("9012", "one", 225),)}, "timbre insuffisant"),
    ],
)
def test_the_agreement_says_what_it_went_beyond(
    lifted: tuple[str, ...], notes: tuple[str, ...], page: dict[str, object], said: str
) -> None:
    record = replace(PLAIN, agreed=replace(AGREED, lifted=lifted, notes=notes), **page)  # type: ignore[arg-type]
    told = dict(words.told_to_the_service(HANDOVER, record))
    assert told["Accord"].endswith(f"malgré\u00a0: {said}")


def test_both_copies_say_that_the_validity_of_the_card_is_over() -> None:
    over = replace(HANDOVER, valid_to=HANDOVER.handed_at.date() - timedelta(days=1))
    assert words.permit_words(over).endswith("valable jusqu’au 23/11/2026 · validité passée")
    last_day = replace(HANDOVER, valid_to=HANDOVER.handed_at.date())
    assert "passée" not in words.permit_words(last_day)
