"""Who holds a card, as desks that are apart say it: one withdraws its offer while the other takes the card, two take
what was offered to both. Nobody has it for certain, nobody hands it over alone, and one work item asks."""

import pytest

from counter_app.cli.permit_shapes import permit as permit_shape
from counter_app.domain.verdict import Verdict
from counter_app.domain.work_items import WorkItemKind
from counter_app.telling.conflicts import effect_told, heading_told, side_told
from counter_app.telling.stock import custody_told, not_done
from counter_app.usecases.answers import Override
from counter_app.usecases.bordereaux import Leaving, remove
from counter_app.usecases.custody import offer, override, take
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.handover_aftermath import undo_handover
from counter_app.usecases.handover_look import look
from counter_app.usecases.stock_answers import SlipKind, StockRefusal
from counter_app.usecases.undo_about import undo_about
from counter_app.usecases.work_items import settle
from tests.sync.site import Site
from tests.sync.test_handed_over_apart import card, none, only
from tests.usecases.permits_at_hand import full_draft, permit_of, receive, sleeve_of

__all__ = ["card"]


@pytest.fixture
def parted(site: Site, card: str) -> str:
    """A card that the first desk offers to the second, which takes it while the first withdraws its offer."""
    one, two, _three = site.desks
    assert offer(one.desk, [card], "Guichet 2")[0].done
    site.quiet()
    two.clock.later(3)
    assert take(two.desk, [card])[0].done
    one.clock.later(5)
    assert undo_about(one.desk, card).done
    assert permit_of(one.desk, card).custody.held_by("Guichet 1")
    site.quiet()
    return card


def test_a_card_taken_while_its_offer_was_withdrawn_is_one_item_and_nobody_holds_it_for_certain(
    site: Site, parted: str
) -> None:
    item = only(site)
    assert item.kind == WorkItemKind.DOUBLE_CUSTODY
    assert heading_told(item) == "un titre que plusieurs postes disent avoir"
    said = [side_told(item, fact) for fact in item.facts]
    assert said[0].startswith("Guichet 2") and said[0].endswith("titre pris")
    assert said[1].startswith("Guichet 1") and said[1].endswith("offre retirée, titre gardé")
    effects = [effect_told(item, fact.act_id) for fact in item.facts]
    assert ["Guichet 2" in effects[0], "Guichet 1" in effects[1]] == [True, True]
    for here in site.desks:
        permit = permit_of(here.desk, parted)
        assert not any(permit.custody.held_by(one.desk.name, one.desk.stream) for one in site.desks)
        shape = permit_shape(permit)
        assert (shape["custody"], shape["custody_between"]) == (None, ["Guichet 1", "Guichet 2"])
        assert custody_told(permit) == "Guichet 1 ou Guichet 2\u00a0?"


def test_neither_desk_lets_go_a_card_that_both_say_they_have_without_a_supervisor(site: Site, parted: str) -> None:
    for here in site.desks[:2]:
        draft = full_draft(here.desk, sleeve_of(here.desk, parted))
        found = look(here.desk, parted, draft)
        assert (found.verdict, "custody_elsewhere" in found.notes) == (Verdict.PERMIT_TO_LOCATE, True)
        assert not hand_over(here.desk, parted, draft).recorded
        (refused,) = remove(here.desk, SlipKind.POST, [Leaving(parted, "1A 234")]).problems
        assert refused.refusal is StockRefusal.CUSTODY_CONTESTED
        assert "Guichet 1 ou Guichet 2" in not_done(refused)
        assert offer(here.desk, [parted], "Guichet 3")[0].refusal is StockRefusal.CUSTODY_CONTESTED


@pytest.mark.parametrize(("kept", "holder"), [(0, "Guichet 2"), (1, "Guichet 1")])
def test_the_desk_whose_word_is_kept_holds_the_card_everywhere(site: Site, parted: str, kept: int, holder: str) -> None:
    item, three = only(site), site.desks[2]
    three.clock.later(9)
    assert settle(three.desk, item.id, item.facts[kept].act_id, "vu avec les deux", "Mme Roux").refusal is None
    site.quiet()
    assert none(site)
    for here in site.desks:
        custody = permit_of(here.desk, parted).custody
        assert (custody.holder, custody.contested, custody.offers) == (holder, False, ())
    holds = next(here for here in site.desks if here.desk.name == holder)
    assert hand_over(holds.desk, parted, full_draft(holds.desk, sleeve_of(holds.desk, parted))).recorded


def test_a_desk_that_has_the_card_in_hand_takes_it_with_a_supervisor_and_the_question_is_no_more(
    site: Site, parted: str
) -> None:
    one = site.desks[0]
    assert override(one.desk, parted, "carte en main", "Mme Roux").done
    site.quiet()
    assert only(site).kind == WorkItemKind.CUSTODY_OVERRIDDEN
    assert permit_of(site.desks[1].desk, parted).custody.held_by("Guichet 1")


@pytest.mark.parametrize("order", ["taken, then handed over", "handed over, then taken"])
def test_a_card_handed_over_by_a_desk_that_another_had_taken_it_from_is_one_item(
    site: Site, card: str, order: str
) -> None:
    one, two, three = site.desks
    assert offer(one.desk, [card], "Guichet 2")[0].done
    site.quiet()
    one.clock.later(3 if order.startswith("handed") else 9)
    two.clock.later(6)
    assert take(two.desk, [card])[0].done
    assert hand_over(one.desk, card, full_draft(one.desk, sleeve_of(one.desk, card))).recorded
    site.quiet()
    item = only(site)
    assert item.kind == WorkItemKind.STATUS_AFTER_TERMINAL
    taken = next(fact for fact in item.facts if fact.kind == "custody_taken")
    given = next(fact for fact in item.facts if fact.kind == "permit_handed_over")
    assert effect_told(item, taken.act_id).startswith("Le titre est ici")
    three.clock.later(12)
    assert settle(three.desk, item.id, given.act_id, "vu avec la personne", "Mme Roux").refusal is None
    site.quiet()
    assert none(site)
    assert undo_handover(one.desk, card, Override("rendue", "Mme Roux")).done
    site.quiet()
    assert permit_of(two.desk, card).custody.held_by("Guichet 1"), "it was there that the card was handed over"


def test_a_desk_that_still_holds_the_card_it_took_says_so_against_a_handover_apart(site: Site, card: str) -> None:
    one, two, three = site.desks
    assert offer(one.desk, [card], "Guichet 2")[0].done
    site.quiet()
    two.clock.later(6)
    assert take(two.desk, [card])[0].done
    one.clock.later(9)
    assert hand_over(one.desk, card, full_draft(one.desk, sleeve_of(one.desk, card))).recorded
    site.quiet()
    item = only(site)
    taken = next(fact for fact in item.facts if fact.kind == "custody_taken")
    three.clock.later(12)
    assert settle(three.desk, item.id, taken.act_id, "la carte est là", "Mme Roux").refusal is None
    site.quiet()
    assert none(site)
    known = permit_of(one.desk, card)
    assert (known.in_stock, known.custody.held_by("Guichet 2")) == (True, True)


def test_a_card_offered_to_two_desks_that_both_take_it_is_one_item(site: Site, card: str) -> None:
    one, two, three = site.desks
    for to in ("Guichet 2", "Guichet 3"):
        assert offer(one.desk, [card], to)[0].done
    site.quiet()
    for here, minutes in ((two, 3), (three, 4)):
        here.clock.later(minutes)
        assert take(here.desk, [card])[0].done
    site.quiet()
    item = only(site)
    assert (item.kind, [fact.desk for fact in item.facts]) == (WorkItemKind.DOUBLE_CUSTODY, ["Guichet 2", "Guichet 3"])
    assert settle(one.desk, item.id, item.facts[1].act_id, "vu avec les deux", "Mme Roux").refusal is None
    site.quiet()
    assert none(site)
    assert [permit_of(here.desk, card).custody.holder for here in site.desks] == ["Guichet 3"] * 3


def test_a_card_that_a_desk_took_from_a_lot_received_elsewhere_first_is_one_item(site: Site) -> None:
    one, two, three = site.desks
    identity = receive(one.desk)
    two.clock.later(5)
    receive(two.desk)
    assert offer(two.desk, [identity], "Guichet 3")[0].done
    site.sync(two)
    site.sync(three)
    three.clock.later(9)
    assert take(three.desk, [identity])[0].done
    site.quiet()
    item = only(site)
    assert (item.kind, item.choices) == (WorkItemKind.DOUBLE_CUSTODY, (item.facts[0].act_id, "none", "supervisor"))
    assert "Guichet 1" in effect_told(item, "none")
    assert settle(one.desk, item.id, item.facts[0].act_id, "vu sur place", "Mme Roux").refusal is None
    site.quiet()
    assert none(site)
    assert [permit_of(here.desk, identity).custody.holder for here in site.desks] == ["Guichet 3"] * 3
