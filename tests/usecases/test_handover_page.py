"""What the handover page asks: people by name or paper, the verdict of a line that fails."""

import pytest

from counter_app.domain.handover_draft import HandoverDraft, IdentityResult, Line
from counter_app.domain.identity_paper import IdentityPaper
from counter_app.domain.verdict import Verdict
from counter_app.usecases.handover_look import judge, present
from counter_app.usecases.handover_page import agrees, fails, meet, search, with_identity
from counter_app.usecases.scanned_paper import ScannedPaper
from tests.homes import AtDesk
from tests.usecases.permits_at_hand import Stocked, receive


@pytest.fixture
def ready(here: AtDesk) -> Stocked:
    here.clock.at("9:15")
    return Stocked(here, receive(here.desk))


def attempts(stocked: Stocked) -> int:
    return stocked.permit.attempts


@pytest.mark.parametrize("text", ["sow", "SOW Aïssata", "aissata so", "  Aïs "])
def test_a_permit_is_found_by_the_beginnings_of_its_names_in_any_order(ready: Stocked, text: str) -> None:
    assert [one.id for one in search(ready.desk, text)] == [ready.identity]


@pytest.mark.parametrize("text", ["", "s", "%", "_w", "ow", "sow karim", "' OR 1=1 --"])
def test_what_is_no_name_finds_nobody(ready: Stocked, text: str) -> None:
    assert search(ready.desk, text) == []


def test_a_line_that_fails_is_told_and_kept_when_it_ends_the_visit(ready: Stocked) -> None:
    before = attempts(ready)
    answer = fails(ready.desk, ready.identity, HandoverDraft(sleeve=ready.sleeve), Line.STAMP)
    assert answer.verdict is Verdict.STAMP_MISSING
    assert not answer.may_commit
    assert attempts(ready) == before + 1


def test_an_old_document_that_lacks_is_told_and_not_yet_an_attempt(ready: Stocked) -> None:
    before = attempts(ready)
    answer = fails(ready.desk, ready.identity, HandoverDraft(sleeve=ready.sleeve), Line.OLD_DOCUMENT)
    assert answer.verdict is Verdict.OLD_DOCUMENT_MISSING
    assert attempts(ready) == before


def test_of_two_things_the_graver_speaks(ready: Stocked) -> None:
    draft = HandoverDraft(identity_document="passport", identity_result=IdentityResult.MISMATCH, sleeve=ready.sleeve)
    answer = fails(ready.desk, ready.identity, draft, Line.STAMP)
    assert answer.verdict is Verdict.IDENTITY_NOT_VERIFIED
    assert Verdict.STAMP_MISSING in answer.chips


def test_what_is_given_all_the_same_is_no_attempt(ready: Stocked) -> None:
    ready.at("11:55")
    assert present(ready.desk, ready.sleeve).verdict is Verdict.HANDOVER_CLOSING_SOON
    assert attempts(ready) == 0


def test_a_page_begun_before_closing_is_met_again_without_being_told_closed(ready: Stocked) -> None:
    ready.at("11:58")
    begun = {ready.identity: ready.now()}
    ready.at("12:01")
    for raw in (ready.sleeve, "5912345678", ready.identity):
        answer = meet(ready.desk, raw, begun).answer
        assert (answer.verdict, answer.notes) == (Verdict.HANDOVER_CLOSING_SOON, ("finishing",))
    assert attempts(ready) == 0
    assert meet(ready.desk, ready.sleeve).answer.verdict is Verdict.HANDOVER_CLOSED
    assert attempts(ready) == 1


def test_a_paper_agrees_only_when_name_and_birth_are_both_the_same(ready: Stocked) -> None:
    permit = ready.permit
    assert agrees(IdentityPaper("SOW", given_names="AISSATA", birth_date="1991-07-04"), permit)
    assert not agrees(IdentityPaper("SOW", given_names="AISSATA", birth_date="1991-07-05"), permit)
    assert not agrees(IdentityPaper("SOW", given_names="AISSATA"), permit)
    assert not agrees(IdentityPaper("SALL", given_names="AISSATA", birth_date="1991-07-04"), permit)


def test_a_paper_that_differs_fills_the_line_and_does_not_tick_it(ready: Stocked) -> None:
    paper = ScannedPaper(IdentityPaper("SALL", given_names="AWA", birth_date="1991-07-04", document_number="12AB34567"))
    draft = with_identity(HandoverDraft(), paper, ready.permit)
    assert draft.identity_result is None
    assert Line.IDENTITY in judge(ready.desk, ready.identity, draft).missing
    same = ScannedPaper(IdentityPaper("SOW", given_names="AISSATA", birth_date="1991-07-04"))
    assert with_identity(draft, same, ready.permit).identity_result is IdentityResult.MATCH


def test_a_number_that_nobody_has_here_is_a_permit_not_received(ready: Stocked) -> None:
    met = meet(ready.desk, "5999999999")
    assert met.answer.verdict is Verdict.PERMIT_NOT_RECEIVED
    assert met.paper is None


def test_both_permits_of_one_number_are_shown(ready: Stocked) -> None:
    receive(ready.desk, "AA11AA11A")
    met = meet(ready.desk, "5912345678")
    assert met.answer.verdict is Verdict.SEVERAL_MATCHES
    assert len(met.answer.matches) == 2
