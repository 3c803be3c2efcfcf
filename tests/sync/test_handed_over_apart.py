"""A card handed over by a desk that did not know what another had noted of it before: a hold, a fault, a return, a
document that did not match. Somebody has to know, and calls the person back or leaves it so."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from counter_app.domain.handover_draft import IdentityResult
from counter_app.domain.permit import PermitState
from counter_app.domain.work_items import WorkItemKind
from counter_app.telling.conflicts import effect_told, side_told
from counter_app.usecases.answers import Override
from counter_app.usecases.bordereaux import Leaving, remove
from counter_app.usecases.conflict_answers import Conflict
from counter_app.usecases.desk import Desk
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.handover_aftermath import undo_handover
from counter_app.usecases.handover_look import note_attempt
from counter_app.usecases.stock import faulty, hold, release, to_send_back
from counter_app.usecases.stock_answers import SlipKind
from counter_app.usecases.work_items import open_items, settle
from tests.homes import AtDesk
from tests.sync.site import Site
from tests.usecases.permits_at_hand import full_draft, permit_of, receive, sleeve_of

Noted = Callable[[Desk, str], object]
AGREED = Override("Vu avec le chef de service", "Mme Roux")


def mismatch(desk: Desk, card: str) -> object:
    draft = full_draft(desk, sleeve_of(desk, card))
    return note_attempt(desk, card, replace(draft, identity_result=IdentityResult.MISMATCH))


NOTED: dict[str, Noted] = {
    "hold": lambda desk, card: hold(desk, card, "Ne pas remettre").done,
    "fault": lambda desk, card: faulty(desk, card, "date de naissance").done,
    "return": lambda desk, card: to_send_back(desk, card, "rappelé par la fabrication").done,
    "mismatch": mismatch,
}


@pytest.fixture
def card(site: Site) -> str:
    """A permit ready at the first desk, known to all three."""
    identity = receive(site.desks[0].desk)
    for here in site.desks:
        here.clock.at("9:15")
    site.quiet()
    return identity


def handed(here: AtDesk, card: str, agreed: Override | None = None) -> None:
    answer = hand_over(here.desk, card, full_draft(here.desk, sleeve_of(here.desk, card)), agreed)
    assert answer.recorded, answer.verdict


def only(site: Site) -> Conflict:
    """The one item, the same at every desk."""
    found = [open_items(here.desk) for here in site.desks]
    assert {tuple(one.id for one in items) for items in found} == {(found[0][0].id,)}
    return found[0][0]


def none(site: Site) -> bool:
    return [open_items(here.desk) for here in site.desks] == [[], [], []]


@pytest.mark.parametrize("order", [(2, 0), (0, 2)], ids=["noted before", "noted after"])
@pytest.mark.parametrize("noted", NOTED)
def test_a_handover_that_did_not_know_what_another_desk_noted_is_one_item(
    site: Site, card: str, noted: str, order: tuple[int, int]
) -> None:
    one, _two, three = site.desks
    for number in order:
        site.desks[number].clock.later(18)
        if number == 2:
            assert NOTED[noted](three.desk, card)
        else:
            handed(one, card)
    site.quiet()
    item = only(site)
    assert (item.kind, len(item.facts)) == (WorkItemKind.STATUS_AFTER_TERMINAL, 2)
    warned = next(fact for fact in item.facts if fact.kind != "permit_handed_over")
    assert "acte enregistré" not in side_told(item, warned)
    assert effect_told(item, warned.act_id).startswith("Le titre reste remis. Rappelez la personne")
    assert permit_of(one.desk, card).state is PermitState.HANDED_OVER
    assert settle(three.desk, item.id, warned.act_id, "elle revient demain", "Mme Roux").refusal is None
    site.quiet()
    assert none(site)
    assert permit_of(one.desk, card).state is PermitState.HANDED_OVER


def test_the_handover_kept_leaves_what_was_noted_without_effect(site: Site, card: str) -> None:
    one, _two, three = site.desks
    assert NOTED["hold"](three.desk, card) and NOTED["mismatch"](three.desk, card)
    one.clock.later(18)
    handed(one, card)
    site.quiet()
    item = only(site)
    assert len(item.facts) == 3, "all that was noted is one question"
    three.clock.later(20)
    departure = next(fact for fact in item.facts if fact.kind == "permit_handed_over")
    assert settle(three.desk, item.id, departure.act_id, "vérifié sur place", "Mme Roux").refusal is None
    site.quiet()
    assert none(site)
    assert (permit_of(one.desk, card).state, permit_of(one.desk, card).hold) == (PermitState.HANDED_OVER, None)


@pytest.mark.parametrize("noted", NOTED)
def test_a_posting_that_did_not_know_what_another_desk_noted_is_one_item(site: Site, card: str, noted: str) -> None:
    one, _two, three = site.desks
    assert NOTED[noted](three.desk, card)
    one.clock.later(18)
    assert remove(one.desk, SlipKind.POST, [Leaving(sleeve_of(one.desk, card), "1A 234")]).bordereau
    site.quiet()
    item = only(site)
    warned = next(fact for fact in item.facts if fact.kind != "permit_posted")
    assert (item.kind, len(item.facts)) == (WorkItemKind.STATUS_AFTER_TERMINAL, 2)
    assert effect_told(item, warned.act_id).startswith("Le titre est sorti par la poste")
    three.clock.later(20)
    assert settle(three.desk, item.id, warned.act_id, "le destinataire est prévenu", "Mme Roux").refusal is None
    site.quiet()
    assert none(site)
    assert permit_of(one.desk, card).state is PermitState.POSTED


@pytest.mark.parametrize(
    ("noted", "kind"),
    [
        ("hold", SlipKind.SEND_BACK),
        ("hold", SlipKind.DESTROY),
        ("fault", SlipKind.DESTROY),
        ("return", SlipKind.DESTROY),
    ],
)
def test_a_card_that_leaves_for_good_against_what_another_desk_noted_is_one_item(
    site: Site, card: str, noted: str, kind: SlipKind
) -> None:
    one, _two, three = site.desks
    assert NOTED[noted](three.desk, card)
    one.clock.later(18)
    assert remove(one.desk, kind, [Leaving(sleeve_of(one.desk, card))], "périmé").bordereau
    site.quiet()
    item = only(site)
    assert (item.kind, len(item.facts)) == (WorkItemKind.STATUS_AFTER_TERMINAL, 2)
    assert effect_told(item, item.facts[0].act_id).startswith("Le titre est sorti sous bordereau")
    three.clock.later(20)
    assert settle(three.desk, item.id, item.facts[0].act_id, "vu avec le poste", "Mme Roux").refusal is None
    site.quiet()
    assert none(site)


def test_a_card_sent_back_beyond_a_hold_that_its_desk_knew_is_no_item(site: Site, card: str) -> None:
    one, _two, three = site.desks
    assert NOTED["hold"](three.desk, card)
    site.quiet()
    one.clock.later(18)
    assert remove(one.desk, SlipKind.SEND_BACK, [Leaving(sleeve_of(one.desk, card))], "rappelé").bordereau
    site.quiet()
    assert none(site)


def test_a_fault_that_nobody_knew_of_contradicts_no_return_to_the_maker(site: Site, card: str) -> None:
    one, _two, three = site.desks
    assert NOTED["fault"](three.desk, card)
    one.clock.later(18)
    assert remove(one.desk, SlipKind.SEND_BACK, [Leaving(sleeve_of(one.desk, card))], "rappelé").bordereau
    site.quiet()
    assert none(site)


def test_a_handover_beyond_a_hold_that_its_desk_knew_is_no_item(site: Site, card: str) -> None:
    one, _two, three = site.desks
    assert NOTED["hold"](three.desk, card) and NOTED["mismatch"](three.desk, card)
    site.quiet()
    one.clock.later(18)
    handed(one, card, AGREED)
    site.quiet()
    assert none(site)


def test_a_hold_released_meanwhile_contradicts_nothing(site: Site, card: str) -> None:
    one, _two, three = site.desks
    assert NOTED["hold"](three.desk, card)
    assert release(three.desk, card).done
    one.clock.later(18)
    handed(one, card)
    site.quiet()
    assert none(site)


def test_the_item_goes_with_a_handover_taken_back_and_the_hold_blocks_the_next(site: Site, card: str) -> None:
    one, _two, three = site.desks
    assert NOTED["hold"](three.desk, card)
    one.clock.later(18)
    handed(one, card)
    site.quiet()
    assert undo_handover(one.desk, card, AGREED).done
    site.quiet()
    assert none(site)
    assert permit_of(one.desk, card).state is PermitState.ON_HOLD
