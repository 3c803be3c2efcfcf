"""A handover that one desk takes back while another, apart, notes that somebody contests it: each side says what was
done, the two answers differ, and the card is where the answer says."""

import pytest

from counter_app.domain.permit import PermitState
from counter_app.domain.work_items import WorkItemKind
from counter_app.telling.conflicts import effect_told, side_told
from counter_app.usecases.handover_aftermath import contest, undo_handover
from counter_app.usecases.handover_aftermath import settle as settle_there
from counter_app.usecases.work_items import settle
from tests.sync.site import Site
from tests.sync.test_handed_over_apart import AGREED, card, handed, none, only
from tests.usecases.permits_at_hand import permit_of

__all__ = ["card"]


@pytest.fixture
def doubted(site: Site, card: str) -> str:
    """Handed over at the first desk, taken back there, contested at the second."""
    one, two, _three = site.desks
    handed(one, card)
    site.quiet()
    one.clock.later(3)
    assert undo_handover(one.desk, card, AGREED).done
    two.clock.later(5)
    assert contest(two.desk, card, "dit n’avoir rien reçu").done
    site.quiet()
    return card


def test_each_side_of_a_handover_taken_back_and_contested_apart_says_what_was_done(site: Site, doubted: str) -> None:
    item = only(site)
    assert item.kind == WorkItemKind.DOUBLE_HANDOVER
    said = [side_told(item, fact).rpartition("\u00a0: ")[2] for fact in item.facts]
    assert said[:2] == ["titre remis", "remise annulée"]
    assert "remise contestée" in side_told(item, item.facts[2])
    undone, contested = item.facts[1:]
    assert item.choices == (undone.act_id, contested.act_id, "supervisor")
    assert effect_told(item, undone.act_id).startswith("La sortie est bien annulée")
    assert effect_told(item, contested.act_id).startswith("Le titre sera à localiser")
    assert permit_of(site.desks[2].desk, doubted).state is PermitState.DISPUTED


@pytest.mark.parametrize("door", ["conflicts", "stock"])
def test_a_handover_that_was_truly_taken_back_leaves_the_card_where_it_was(site: Site, doubted: str, door: str) -> None:
    item, three = only(site), site.desks[2]
    kept = item.facts[1].act_id
    three.clock.later(9)
    if door == "conflicts":
        assert settle(three.desk, item.id, kept, "carte vue", "Mme Roux").refusal is None
    else:
        assert settle_there(three.desk, doubted, kept, AGREED).done
    site.quiet()
    assert none(site)
    for here in site.desks:
        permit = permit_of(here.desk, doubted)
        assert (permit.state, permit.custody.holder, permit.place and permit.place.tray) == (
            PermitState.SHELVED,
            "Guichet 1",
            "D",
        )


def test_a_contest_that_is_kept_leaves_the_card_to_locate(site: Site, doubted: str) -> None:
    item = only(site)
    assert settle(site.desks[2].desk, item.id, item.facts[2].act_id, "rien au bac", "Mme Roux").refusal is None
    site.quiet()
    assert none(site)
    assert permit_of(site.desks[0].desk, doubted).state is PermitState.TO_LOCATE


def test_a_departure_and_a_contest_are_two_answers_that_differ(site: Site, card: str) -> None:
    one, two, _three = site.desks
    handed(one, card)
    site.quiet()
    assert contest(two.desk, card, "dit n’avoir rien reçu").done
    site.quiet()
    item = only(site)
    assert item.choices == (*(fact.act_id for fact in item.facts), "supervisor")
    effects = [effect_told(item, choice) for choice in item.choices]
    assert len({*effects}) == len(effects)
