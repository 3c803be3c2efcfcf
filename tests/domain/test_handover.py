"""The decision of a handover, case by case and as laws: one verdict always, and nothing handed over against it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.config import load_rules, sites
from counter_app.domain.acts import ActKind, Json
from counter_app.domain.handover import (
    OF_LINE,
    RESTRICTION,
    SUPERVISOR_MAY_LIFT,
    HandoverDecision,
    decide,
)
from counter_app.domain.handover_attempts import Attempt
from counter_app.domain.handover_draft import (
    BY_HAND,
    Collector,
    HandoverDraft,
    IdentityResult,
    Line,
    OldDocument,
    Signature,
    StampShown,
    last_characters,
    same_sleeve,
)
from counter_app.domain.handover_obstacles import Situation, UsedStamp, is_minor
from counter_app.domain.handover_record import HandoverRecord, record_of
from counter_app.domain.permit import Permit
from counter_app.domain.permit_listing import PermitListing
from counter_app.domain.permit_marks import Mark
from counter_app.domain.verdict import Verdict

NORD = load_rules("nord")
MONDAY = date(2026, 11, 23)
DESK = "Guichet 3"
STAMP = StampShown("3456", "a" * 64)
DONE = HandoverDraft(
    sleeve=BY_HAND,
    identity_document="passport",
    identity_result=IdentityResult.MATCH,
    old_document=OldDocument(True, "permit"),
    stamps=(STAMP,),
    signature=Signature.PAPER,
)
USED = {STAMP.digest: UsedStamp("0e" * 16, datetime(2026, 11, 20, 10, tzinfo=NORD.zone), "R-1", DESK)}


def at(hour: str, day: date = MONDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), NORD.zone)


LISTING = PermitListing(
    source="list",
    exported_at="2026-11-20T08:00:00+00:00",
    card_number="F5V9RY2WJ",
    name="SOW Aïssata",
    foreign_number="5912345678",
    birth_date="1991-07-04",
    kind="CST 1 an",
    received_on="2026-11-11",
    tray="D",
    rank="78",
    stamp_amount=250,
    summoned_on="2026-11-16",
    slot=at("09:20").isoformat(),
)


MISSED = Attempt(at("09:10"), DESK, here=True, verdict="wrong_sleeve", near_miss=True)
STOPPED = Attempt(at("09:10"), DESK, here=True, verdict="stamp_missing")


def permit(*kinds: ActKind, **told: str | int | None) -> Permit:
    """A permit after some acts of this desk, with what its list says."""
    marks = tuple(mark(f"{place}", kind) for place, kind in enumerate(kinds))
    return Permit(id="f0" * 16, listings=(replace(LISTING, **told),), received_by=DESK, marks=marks)  # type: ignore[arg-type]


def mark(act_id: str, kind: ActKind) -> Mark:
    details: dict[str, Json] = {"tray": "D", "reason": "essai", "field": "prénom", "to": "Guichet 9"}
    return Mark(act_id, kind, at("09:00").isoformat(), DESK, "A. Petit", "poste3:a", details)


def asked(one: Permit | None, draft: HandoverDraft = DONE, hour: str = "09:15", **more: object) -> HandoverDecision:
    day = more.pop("day", MONDAY)
    assert isinstance(day, date)
    lifted = more.pop("lifted", frozenset())
    situation = Situation(at(hour, day), **{"desk": DESK, **more})  # type: ignore[arg-type]
    return decide(one, draft, NORD, situation, asked=True, lifted=lifted)  # type: ignore[arg-type]


CASES: list[tuple[Verdict, Permit | None, HandoverDraft, dict[str, object]]] = [
    (Verdict.PERMIT_READY, permit(), DONE, {}),
    (Verdict.PERMIT_OTHER_DAY, permit(slot=at("09:20", date(2026, 11, 24)).isoformat()), DONE, {}),
    (Verdict.PERMIT_NOT_SUMMONED, permit(slot=None, summoned_on=None), DONE, {}),
    (Verdict.PERMIT_NOT_RECEIVED, None, DONE, {}),
    (Verdict.PERMIT_TO_LOCATE, permit(tray=None, rank=None), DONE, {}),
    (Verdict.PERMIT_TO_LOCATE, permit(ActKind.PERMIT_TO_LOCATE), DONE, {}),
    (Verdict.PERMIT_TO_LOCATE, permit(), DONE, {"desk": "Guichet 9"}),
    (Verdict.HANDOVER_CLOSED, permit(), DONE, {"hour": "14:00"}),
    (Verdict.HANDOVER_CLOSED, permit(), DONE, {"hour": "08:59"}),
    (Verdict.HANDOVER_CLOSED, permit(), DONE, {"day": date(2026, 11, 22)}),
    (Verdict.HANDOVER_CLOSED, permit(), DONE, {"day": date(2026, 12, 25)}),
    (Verdict.HANDOVER_CLOSING_SOON, permit(), DONE, {"hour": "11:50"}),
    (Verdict.ALREADY_HANDED_OVER, permit(ActKind.PERMIT_HANDED_OVER), DONE, {}),
    (Verdict.ALREADY_HANDED_OVER, permit(ActKind.PERMIT_HANDED_OVER, ActKind.PERMIT_POSTED), DONE, {}),
    (Verdict.PERMIT_OUT_OF_STOCK, permit(ActKind.PERMIT_SENT_BACK), DONE, {}),
    (Verdict.PERMIT_OUT_OF_STOCK, permit(ActKind.PERMIT_DESTROYED), DONE, {}),
    (Verdict.PERMIT_OUT_OF_STOCK, permit(ActKind.PERMIT_POSTED), DONE, {}),
    (Verdict.WRONG_SLEEVE, permit(), replace(DONE, sleeve="ZZ99ZZ99Z"), {}),
    (Verdict.WRONG_SLEEVE, permit(), replace(DONE, astray=True), {}),
    (Verdict.IDENTITY_NOT_VERIFIED, permit(), replace(DONE, identity_result=IdentityResult.MISMATCH), {}),
    (Verdict.IDENTITY_NOT_VERIFIED, permit(), replace(DONE, identity_document=""), {}),
    (Verdict.IN_PERSON_ONLY, permit(), replace(DONE, collector=Collector.PROXY), {}),
    (Verdict.IN_PERSON_ONLY, permit(), replace(DONE, collector=Collector.GUARDIAN), {}),
    (Verdict.OLD_DOCUMENT_MISSING, permit(), replace(DONE, old_document=None), {}),
    (Verdict.OLD_DOCUMENT_MISSING, permit(), replace(DONE, old_document=OldDocument(False)), {}),
    (Verdict.STAMP_MISSING, permit(), replace(DONE, stamps=()), {}),
    (Verdict.STAMP_TOO_LOW, permit(), replace(DONE, stamps=(replace(STAMP, amount=225),)), {}),
    (Verdict.STAMP_ALREADY_USED, permit(), DONE, {"used": USED}),
    (Verdict.PERMIT_ERROR, permit(ActKind.PERMIT_FAULTY), DONE, {}),
    (Verdict.PERMIT_ERROR, permit(), replace(DONE, fault="prénom"), {}),
    (Verdict.HANDOVER_ON_HOLD, permit(ActKind.PERMIT_HELD), DONE, {}),
    (Verdict.HANDOVER_ON_HOLD, permit(ActKind.PERMIT_TO_SEND_BACK), DONE, {}),
    (Verdict.MINOR_WITH_GUARDIAN, permit(birth_date="2012-05-09"), DONE, {}),
    (Verdict.SIGNATURE_MISSING, permit(), replace(DONE, signature=None), {}),
    (Verdict.OFFLINE_HANDOVER, permit(), DONE, {"offline": True}),
]


@pytest.mark.parametrize(("verdict", "one", "draft", "more"), CASES, ids=[case[0].value for case in CASES])
def test_each_case_has_its_verdict(
    verdict: Verdict, one: Permit | None, draft: HandoverDraft, more: dict[str, object]
) -> None:
    decision = asked(one, draft, **more)  # type: ignore[arg-type]
    assert decision.verdict is verdict
    goes_on = {Verdict.PERMIT_READY, Verdict.HANDOVER_CLOSING_SOON, Verdict.OFFLINE_HANDOVER}
    assert decision.may_commit is (verdict in goes_on)


def test_every_verdict_of_the_window_has_its_case() -> None:
    from counter_app.wording.verdicts import verdict_rows

    of_window = {Verdict(row.slug) for row in verdict_rows().values() if row.moment == "handover"}
    assert {case[0] for case in CASES} == of_window - {Verdict.HANDED_OVER}
    assert set(RESTRICTION) == of_window - {Verdict.HANDED_OVER}


@pytest.mark.parametrize(
    ("hour", "inside", "verdict"),
    [
        ("12:00", "11:55", Verdict.HANDOVER_CLOSING_SOON),
        ("12:59", "09:05", Verdict.HANDOVER_CLOSING_SOON),
        ("13:01", "11:55", Verdict.HANDOVER_CLOSED),
        ("12:10", "12:05", Verdict.HANDOVER_CLOSED),
        ("12:10", None, Verdict.HANDOVER_CLOSED),
    ],
)
def test_people_already_inside_at_closing_are_finished_and_no_others(
    hour: str, inside: str | None, verdict: Verdict
) -> None:
    since = at(inside) if inside else None
    assert asked(permit(), hour=hour, inside_since=since).verdict is verdict
    assert asked(permit(), replace(DONE, started_at=since), hour=hour).verdict is verdict


def test_after_closing_one_thing_is_said_that_this_one_may_be_finished() -> None:
    assert "finishing" in asked(permit(), hour="12:02", inside_since=at("11:55")).notes
    assert "finishing" not in asked(permit(), hour="11:58", inside_since=at("11:55")).notes
    assert "finishing" not in asked(permit(), hour="12:02").notes


def test_a_document_that_did_not_match_today_is_told_at_any_desk() -> None:
    shown = Attempt(at("09:05"), "Guichet 9", here=False, verdict="identity_not_verified", mismatch=True)
    told = asked(permit(), attempts=(shown, STOPPED))
    assert (told.verdict, told.notes, told.may_commit) == (Verdict.PERMIT_READY, ("mismatch_today",), True)


@pytest.mark.parametrize(
    ("before", "verdict"),
    [
        (Attempt(at("11:58"), DESK, here=True, verdict="stamp_missing"), Verdict.HANDOVER_CLOSING_SOON),
        (Attempt(at("11:58"), DESK, here=True), Verdict.HANDOVER_CLOSING_SOON),
        (Attempt(at("11:58"), DESK, here=False, verdict="stamp_missing"), Verdict.HANDOVER_CLOSED),
        (Attempt(at("08:50"), DESK, here=True, verdict="handover_closed"), Verdict.HANDOVER_CLOSED),
        (Attempt(at("09:05"), DESK, here=True, verdict="permit_other_day"), Verdict.HANDOVER_CLOSED),
        (Attempt(at("09:05"), DESK, here=True, verdict="permit_not_summoned"), Verdict.HANDOVER_CLOSED),
        (Attempt(at("12:01"), DESK, here=True, verdict="stamp_missing"), Verdict.HANDOVER_CLOSED),
    ],
)
def test_who_was_at_this_desk_before_closing_was_inside(before: Attempt, verdict: Verdict) -> None:
    assert asked(permit(), hour="12:02", attempts=(before,)).verdict is verdict


@pytest.mark.parametrize(
    ("hour", "chips"), [("09:15", ()), ("09:50", ()), ("09:51", (Verdict.LATE,)), ("11:00", (Verdict.LATE,))]
)
def test_early_and_late_people_of_the_day_are_told_and_served(hour: str, chips: tuple[Verdict, ...]) -> None:
    decision = asked(permit(), hour=hour)
    assert (decision.verdict, decision.chips, decision.may_commit) == (Verdict.PERMIT_READY, chips, True)
    early = asked(permit(slot=at("11:00").isoformat()), hour="09:05")
    assert early.chips == (Verdict.EARLY,)


def test_a_page_just_opened_is_ready_and_names_every_line() -> None:
    decision = decide(permit(), HandoverDraft(), NORD, Situation(at("09:15"), DESK))
    assert decision.verdict is Verdict.PERMIT_READY
    assert decision.missing == (Line.SLEEVE, Line.IDENTITY, Line.OLD_DOCUMENT, Line.STAMP, Line.SIGNATURE)
    assert not decision.may_commit


def test_an_appointment_that_the_list_cancels_is_told_and_stops_nobody() -> None:
    told = asked(permit(), cancelled=at("09:20"))
    assert (told.verdict, told.may_commit) == (Verdict.PERMIT_READY, True)
    assert (told.notes, told.chips) == (("appointment_cancelled",), (Verdict.CANCELLED,))
    assert asked(permit(ActKind.PERMIT_HANDED_OVER), cancelled=at("09:20")).notes == ()


def test_the_worst_comes_first_and_the_rest_are_chips() -> None:
    one = permit(ActKind.PERMIT_HELD, slot=at("09:20", date(2026, 11, 24)).isoformat(), birth_date="2012-05-09")
    decision = asked(one, replace(DONE, sleeve="ZZ99ZZ99Z"), hour="14:00")
    assert decision.verdict is Verdict.WRONG_SLEEVE
    assert decision.chips == (
        *(Verdict.HANDOVER_ON_HOLD, Verdict.HANDOVER_CLOSED, Verdict.PERMIT_OTHER_DAY),
        Verdict.MINOR_WITH_GUARDIAN,
    )


YESTERDAY = at("09:10", date(2026, 11, 20))
AGO = replace(MISSED, at=YESTERDAY)
STRAYED = [(replace(DONE, astray=True), ()), *((DONE, (one,)) for one in (MISSED, replace(MISSED, here=False), AGO))]


@pytest.mark.parametrize(("draft", "before"), STRAYED)
def test_once_another_sleeve_was_read_by_hand_is_no_way_round(
    draft: HandoverDraft, before: tuple[Attempt, ...]
) -> None:
    told = asked(permit(), draft, attempts=before)
    assert (told.verdict, told.notes, told.may_commit) == (Verdict.WRONG_SLEEVE, ("sleeve_by_hand",), False)
    agreed = asked(permit(), draft, attempts=before, lifted=SUPERVISOR_MAY_LIFT)
    assert (agreed.may_commit, agreed.lifted) == (True, (Verdict.WRONG_SLEEVE,))
    assert asked(permit(), replace(draft, sleeve="F5V9RY2WJ"), attempts=before).may_commit
    other = asked(permit(), replace(draft, sleeve="ZZ99ZZ99Z"), attempts=before, lifted=SUPERVISOR_MAY_LIFT)
    assert (other.verdict, other.may_commit) == (Verdict.WRONG_SLEEVE, False)


@pytest.mark.parametrize(
    "before",
    [
        (MISSED, replace(MISSED, near_miss=False, right_sleeve=True)),
        (AGO, replace(STOPPED, here=False, right_sleeve=True)),
        (STOPPED,),
    ],
)
def test_the_right_sleeve_read_since_at_any_desk_leaves_the_eye_its_say(
    before: tuple[Attempt, ...],
) -> None:
    assert asked(permit(), attempts=before).may_commit


def test_an_attempt_of_another_day_lets_nobody_in_after_closing_and_tells_no_mismatch_of_today() -> None:
    before = (replace(STOPPED, at=YESTERDAY, mismatch=True), replace(STOPPED, at=at("09:10", date(2026, 11, 24))))
    told = asked(permit(), hour="12:05", attempts=before)
    assert (told.verdict, told.notes) == (Verdict.HANDOVER_CLOSED, ())


def test_a_proxy_needs_a_supervisor_and_a_medical_certificate() -> None:
    proxy = replace(DONE, collector=Collector.PROXY, collector_name="SOW Ibrahima")
    nobody = replace(proxy, collector_name=" ", medical_certificate=True)
    assert not asked(permit(), nobody, lifted=SUPERVISOR_MAY_LIFT).may_commit
    assert asked(permit(), proxy, lifted=SUPERVISOR_MAY_LIFT).verdict is Verdict.IN_PERSON_ONLY
    ill = replace(proxy, medical_certificate=True)
    assert asked(permit(), ill).verdict is Verdict.IN_PERSON_ONLY
    agreed = asked(permit(), ill, lifted=SUPERVISOR_MAY_LIFT)
    assert (agreed.may_commit, agreed.lifted) == (True, (Verdict.IN_PERSON_ONLY,))


@pytest.mark.parametrize(
    ("born", "minor"),
    [
        ("2008-11-24", True),
        ("2008-11-23", False),
        ("2009-00-00", True),
        ("2008-00-00", False),
        ("2008-12-00", True),
        (None, False),
        ("2008-02-29", False),
    ],
)
def test_majority_is_at_eighteen_and_an_unknown_day_is_the_oldest_it_can_be(born: str | None, minor: bool) -> None:
    assert is_minor(permit(birth_date=born), MONDAY) is minor


def test_nobody_agrees_that_anybody_but_the_guardian_collects_for_a_minor() -> None:
    child = permit(birth_date="2012-05-09")
    aunt = replace(DONE, collector=Collector.PROXY, collector_name="SOW Aminata", medical_certificate=True)
    for lifted in (frozenset[Verdict](), SUPERVISOR_MAY_LIFT):
        told = asked(child, aunt, lifted=lifted)
        assert (told.verdict, told.chips, told.may_commit) == (Verdict.MINOR_WITH_GUARDIAN, (), False)
        assert told.notes == ("proxy_for_minor",)
    parent = replace(aunt, collector=Collector.GUARDIAN, medical_certificate=False)
    assert asked(child, parent).may_commit


def test_a_minor_comes_with_a_guardian_and_then_nothing_stops_it() -> None:
    child = permit(birth_date="2012-05-09")
    nobody = asked(child, replace(DONE, collector=Collector.GUARDIAN, collector_name="  "), lifted=SUPERVISOR_MAY_LIFT)
    assert (nobody.verdict, nobody.notes) == (Verdict.MINOR_WITH_GUARDIAN, ("collector_unnamed",))
    assert asked(child, replace(DONE, collector=Collector.GUARDIAN, collector_name="SOW Rosa")).may_commit


@pytest.mark.parametrize(
    ("due", "draft", "may"),
    [
        (250, replace(DONE, stamps=()), False),
        (0, replace(DONE, stamps=()), True),
        (None, replace(DONE, stamps=()), False),
        (None, DONE, True),
        (250, replace(DONE, stamps=(), exempt="réfugié"), False),
        (None, replace(DONE, stamps=(), exempt="réfugié"), True),
        (None, replace(DONE, stamps=(), exempt="x"), False),
        (0, replace(DONE, stamps=(), exempt="x"), True),
        (0, replace(DONE, exempt="gratuit"), False),
        (0, DONE, False),
        (None, replace(DONE, exempt="gratuit"), False),
        (250, replace(DONE, stamps=(), exempt="  "), False),
        (250, replace(DONE, stamps=(), amount_due=0, amount_reason="gratuit"), False),
        (250, replace(DONE, amount_due=100, amount_reason="réduit"), False),
        (250, replace(DONE, amount_due=250, amount_reason="relu"), True),
        (250, replace(DONE, amount_due=350, amount_reason="première carte"), True),
        (None, replace(DONE, amount_due=100, amount_reason="SMS"), True),
        (0, replace(DONE, amount_due=100, amount_reason="SMS"), True),
        (250, replace(DONE, stamps=(replace(STAMP, amount=200), StampShown("1111", "b", 50))), True),
        (250, replace(DONE, stamps=(replace(STAMP, amount=125), replace(STAMP, amount=125))), False),
        (250, replace(DONE, stamps=(replace(STAMP, amount=300),)), True),
    ],
)
def test_a_stamp_is_due_unless_nothing_is_and_counts_once(due: int | None, draft: HandoverDraft, may: bool) -> None:
    assert asked(permit(stamp_amount=due), draft).may_commit is may


@pytest.mark.parametrize(
    ("waiver", "note", "liftable"),
    [
        ({"stamps": (), "exempt": "réfugié"}, "exemption_unagreed", True),
        ({"stamps": (), "amount_due": 0, "amount_reason": "gratuit"}, "exemption_unagreed", True),
        ({"stamps": (), "exempt": "x 1"}, "exemption_unexplained", False),
        ({"stamps": (), "amount_due": 0, "amount_reason": "x"}, "exemption_unexplained", False),
        ({"exempt": "gratuit"}, "stamp_and_exemption", False),
        ({"amount_due": 0, "amount_reason": "gratuit"}, "stamp_not_due", False),
    ],
)
def test_an_exemption_against_the_list_is_explained_agreed_and_alone(
    waiver: dict[str, object], note: str, liftable: bool
) -> None:
    page = replace(DONE, **waiver)  # type: ignore[arg-type]
    alone = asked(permit(), page)
    assert (alone.verdict, alone.notes[:1], alone.may_commit) == (Verdict.STAMP_TOO_LOW, (note,), False)
    agreed = asked(permit(), page, lifted=SUPERVISOR_MAY_LIFT)
    assert agreed.may_commit is liftable
    assert agreed.lifted == ((Verdict.STAMP_TOO_LOW,) if liftable else ())


@pytest.mark.parametrize("told", [{"stamp_amount": 0}, {"stamp_amount": None}])
def test_a_stamp_is_given_back_when_nothing_is_due_whoever_agrees(told: dict[str, int | None]) -> None:
    page = DONE if told["stamp_amount"] == 0 else replace(DONE, amount_due=0, amount_reason="gratuit")
    for lifted in (frozenset[Verdict](), SUPERVISOR_MAY_LIFT):
        stopped = asked(permit(**told), page, lifted=lifted)
        assert (stopped.verdict, stopped.notes, stopped.may_commit) == (
            Verdict.STAMP_TOO_LOW,
            ("stamp_not_due",),
            False,
        )
    assert asked(permit(**told), replace(page, stamps=())).may_commit


@pytest.mark.parametrize("shown", [None, 50, 100, 250])
def test_an_amount_lowered_under_the_listed_one_is_agreed_by_a_supervisor(shown: int | None) -> None:
    page = replace(DONE, stamps=(replace(STAMP, amount=shown),), amount_due=100, amount_reason="réduit")
    alone = asked(permit(), page)
    assert (alone.verdict, alone.may_commit) == (Verdict.STAMP_TOO_LOW, False)
    assert "amount_lowered" in alone.notes
    assert (alone.figures["amount"], alone.figures["listed"]) == (100, 250)
    agreed = asked(permit(), page, lifted=SUPERVISOR_MAY_LIFT)
    assert (agreed.may_commit, agreed.lifted) == (True, (Verdict.STAMP_TOO_LOW,))


def test_one_stamp_scanned_twice_is_told_and_counts_once() -> None:
    stamp = replace(STAMP, amount=250)
    twice = asked(permit(), replace(DONE, stamps=(stamp, replace(stamp, amount=0))))
    assert (twice.may_commit, twice.notes, twice.figures["shown"]) == (True, ("stamp_twice",), 250)


def test_what_is_missing_of_a_stamp_is_told_in_euros() -> None:
    figures = asked(permit(), replace(DONE, stamps=(replace(STAMP, amount=225),))).figures
    assert (figures["amount"], figures["shown"], figures["missing"]) == (250, 225, 25)


OVER = {"valid_to": "2026-11-22"}


def test_a_permit_whose_validity_is_over_waits_for_a_supervisor() -> None:
    told = asked(permit(**OVER))
    assert (told.verdict, told.notes, told.may_commit) == (Verdict.HANDOVER_ON_HOLD, ("validity_over",), False)
    agreed = asked(permit(**OVER), lifted=SUPERVISOR_MAY_LIFT)
    assert (agreed.may_commit, agreed.lifted) == (True, (Verdict.HANDOVER_ON_HOLD,))
    assert agreed.beyond == ("validity_over",)


@pytest.mark.parametrize("last", ["2026-11-23", None])
def test_the_last_day_of_validity_is_one_of_it_and_a_day_nobody_told_stops_nobody(last: str | None) -> None:
    told = asked(permit(valid_to=last))
    assert (told.notes, told.may_commit) == ((), True)


def test_the_hold_of_the_service_is_not_hidden_by_a_validity_that_is_over() -> None:
    held = asked(permit(ActKind.PERMIT_HELD, **OVER))
    assert (held.verdict, held.notes) == (Verdict.HANDOVER_ON_HOLD, ("held", "validity_over"))
    sent = asked(permit(ActKind.PERMIT_TO_SEND_BACK, **OVER))
    assert (sent.verdict, sent.notes) == (Verdict.HANDOVER_ON_HOLD, ("to_send_back", "validity_over"))
    assert asked(permit(ActKind.PERMIT_HELD)).notes == ()


@pytest.mark.parametrize(
    ("due", "notes"), [(250, ()), (225, ("amount_unusual",)), (None, ("amount_unknown",)), (0, ())]
)
def test_an_amount_that_nobody_told_or_that_no_case_costs_is_worth_a_look(
    due: int | None, notes: tuple[str, ...]
) -> None:
    page = DONE if due != 0 else replace(DONE, stamps=())
    assert asked(permit(stamp_amount=due), page).notes == notes


def test_a_travel_document_of_a_child_asks_for_no_old_document() -> None:
    child = permit(kind="DCEM", birth_date="2012-05-09")
    draft = replace(DONE, old_document=None, collector=Collector.GUARDIAN, collector_name="SOW Rosa")
    assert asked(child, draft).may_commit


@pytest.mark.parametrize("scanned", ["F5V9RY2WJ", "f5v9 ry2-wj"])
def test_a_sleeve_is_known_by_its_card_number_however_it_is_typed(scanned: str) -> None:
    assert same_sleeve(permit(), scanned)


def test_a_card_that_left_is_never_handed_over_whoever_agrees() -> None:
    everything = frozenset(Verdict)
    for kind in (ActKind.PERMIT_HANDED_OVER, ActKind.PERMIT_SENT_BACK, ActKind.PERMIT_POSTED):
        assert not asked(permit(kind), lifted=everything).may_commit
    assert not asked(permit(), replace(DONE, sleeve="ZZ99ZZ99Z"), lifted=everything).may_commit


marks = st.lists(
    st.sampled_from(
        [
            *(ActKind.PERMIT_SHELVED, ActKind.PERMIT_TO_LOCATE, ActKind.PERMIT_HELD, ActKind.PERMIT_FAULTY),
            *(ActKind.PERMIT_TO_SEND_BACK, ActKind.PERMIT_HANDED_OVER, ActKind.PERMIT_POSTED),
            *(ActKind.HANDOVER_CONTESTED, ActKind.CUSTODY_OVERRIDDEN),
        ]
    ),
    max_size=4,
)
permits = st.builds(
    lambda kinds, told: permit(*kinds, **told),
    marks,
    st.fixed_dictionaries(
        {
            "tray": st.sampled_from(["D", None]),
            "birth_date": st.sampled_from(["1991-07-04", "2012-05-09", "2008-00-00", None]),
            "stamp_amount": st.sampled_from([0, 225, 250, None]),
            "summoned_on": st.sampled_from(["2026-11-16", None]),
            "slot": st.sampled_from([at("09:20").isoformat(), at("09:20", date(2026, 11, 24)).isoformat(), None]),
            "kind": st.sampled_from(["CST 1 an", "DCEM", None]),
        }
    ),
)
drafts = st.builds(
    HandoverDraft,
    sleeve=st.sampled_from(["", BY_HAND, "F5V9RY2WJ", "ZZ99ZZ99Z"]),
    identity_document=st.sampled_from(["", "passport", "other"]),
    identity_result=st.sampled_from([None, *IdentityResult]),
    collector=st.sampled_from(list(Collector)),
    medical_certificate=st.booleans(),
    old_document=st.sampled_from([None, OldDocument(True), OldDocument(False), OldDocument(False, reason="perdu")]),
    stamps=st.sampled_from([(), (STAMP,), (replace(STAMP, amount=100),)]),
    amount_due=st.sampled_from([None, 0, 100]),
    exempt=st.sampled_from(["", "réfugié"]),
    signature=st.sampled_from([None, *Signature]),
    fault=st.sampled_from(["", "prénom"]),
    read_through=st.booleans(),
    astray=st.booleans(),
)
moments = st.integers(0, 8 * 24 * 60).map(lambda minutes: at("00:00", date(2026, 11, 20)) + timedelta(minutes=minutes))
situations = st.builds(
    Situation,
    now=moments,
    desk=st.sampled_from([DESK, "Guichet 9"]),
    offline=st.booleans(),
    inside_since=st.none() | moments,
    used=st.sampled_from([{}, USED]),
    attempts=st.sampled_from([(), (MISSED,), (STOPPED,)]),
)
agreements = st.sampled_from([frozenset(), SUPERVISOR_MAY_LIFT, frozenset(Verdict)])


@settings(max_examples=400)
@given(permits, drafts, situations, agreements, st.booleans(), st.sampled_from(sites()))
def test_there_is_always_one_verdict_of_the_window_and_it_says_whether_the_card_may_go(
    one: Permit, draft: HandoverDraft, situation: Situation, lifted: frozenset[Verdict], press: bool, site: str
) -> None:
    decision = decide(one, draft, load_rules(site), situation, asked=press, lifted=lifted)
    assert decision.verdict in RESTRICTION
    assert decision.verdict not in decision.chips
    assert set(decision.lifted) <= lifted & SUPERVISOR_MAY_LIFT
    if decision.may_commit:
        goes_on = {Verdict.PERMIT_READY, Verdict.HANDOVER_CLOSING_SOON, Verdict.OFFLINE_HANDOVER}
        assert decision.verdict in goes_on
        assert (decision.missing, one.in_stock) == ((), True)
    elif press:
        assert decision.verdict not in {Verdict.HANDOVER_CLOSING_SOON, Verdict.OFFLINE_HANDOVER} or decision.missing
        stopped = decision.verdict is not Verdict.PERMIT_READY
        assert stopped or set(decision.missing) - set(OF_LINE)


@settings(max_examples=300)
@given(permits, drafts, situations)
def test_without_an_agreement_nothing_is_gone_beyond_and_with_one_no_more_than_it_allows(
    one: Permit, draft: HandoverDraft, situation: Situation
) -> None:
    alone = decide(one, draft, NORD, situation, asked=True)
    agreed = decide(one, draft, NORD, situation, asked=True, lifted=SUPERVISOR_MAY_LIFT)
    assert alone.lifted == ()
    assert agreed.may_commit or not alone.may_commit
    if alone.may_commit:
        assert (agreed.verdict, agreed.lifted) == (alone.verdict, ())


@given(permits, drafts, situations, st.booleans())
def test_a_record_is_read_back_as_it_was_written(
    one: Permit, draft: HandoverDraft, situation: Situation, offline: bool
) -> None:
    decision = decide(one, draft, NORD, situation, asked=True)
    record = record_of(one, draft, decision, offline=offline, agreed=None)
    assert HandoverRecord.from_json(record.to_json()) == record
    assert record.verified == (bool(draft.identity_document) and draft.identity_result is IdentityResult.MATCH)


def test_more_than_four_digits_of_a_stamp_cannot_be_kept() -> None:
    with pytest.raises(ValueError, match="last digits"):
        StampShown("13456", "a")


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("19 AB 74312", "4312"),
        ("19ab7431z", "431Z"),
        ("٣٤٥٦٧٨٩٠", "7890"),
        ("AB12", "12"),
        ("ABC", "C"),
        ("7", ""),
        ("- . /", ""),
        ("", ""),
    ],
)
def test_of_a_document_s_number_the_end_is_kept(number: str, kept: str) -> None:
    assert last_characters(number) == kept


@given(st.text(max_size=30))
def test_never_more_than_four_characters_nor_half_of_a_number_is_kept(number: str) -> None:
    kept = last_characters(number)
    assert len(kept) <= min(4, len(number) / 2)
    draft = replace(DONE, identity_number=number)
    record = record_of(permit(), draft, asked(permit(), draft), offline=False, agreed=None)
    assert record.identity_number == kept
