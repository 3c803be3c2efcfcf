"""One card received in hand by two desks apart, under the names of two people: which is written on it is asked, and
nothing is lost or handed over meanwhile."""

import pytest

from counter_app.cli.permit_shapes import permit as permit_shape
from counter_app.domain.permit import PermitState
from counter_app.domain.permit_listing import permit_id
from counter_app.domain.verdict import Verdict
from counter_app.domain.work_items import WorkItemKind
from counter_app.telling.conflicts import effect_told, heading_told, side_told
from counter_app.telling.handover import handover_text
from counter_app.usecases.answers import Override
from counter_app.usecases.conflict_answers import Conflict
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.handover_look import look
from counter_app.usecases.receive_permits import receive_card
from counter_app.usecases.stock import to_locate
from counter_app.usecases.work_items import open_items, settle
from tests.imports.permit_lists import permit
from tests.sync.site import Site
from tests.usecases.permits_at_hand import full_draft, permit_of, sleeve_of
from tests.usecases.stocked import receive as lot

CARD = "ZZ1234567"
DOUBLON, AUTRE = ("DOUBLON Karim", "5999000001"), ("AUTRE Personne", "5999000002")
AGREED = Override("Vu avec le chef de service", "Mme Roux")


def received(site: Site, *read: tuple[str, str]) -> str:
    """The card, received by as many desks as read something on it, then known to all."""
    for here, hour in zip(site.desks, ("9:15", "9:16", "9:17"), strict=True):
        here.clock.at(hour)
    for here, (name, number), tray in zip(site.desks, read, "PQR", strict=False):
        assert receive_card(here.desk, CARD, name, number, tray=tray).done
    site.quiet()
    return permit_id(site.desks[0].desk.rules.site, CARD)


def only(site: Site) -> Conflict:
    """The one item, the same at every desk."""
    found = [open_items(here.desk) for here in site.desks]
    assert {tuple(one.id for one in items) for items in found} == {(found[0][0].id,)}
    return found[0][0]


def test_one_card_under_two_names_is_one_item_found_by_both_numbers_and_not_handed_over(site: Site) -> None:
    card = received(site, DOUBLON, AUTRE)
    item = only(site)
    assert (item.kind, item.name) == (WorkItemKind.DOUBLE_HOLDER, "DOUBLON Karim / AUTRE Personne")
    assert heading_told(item) == "un titre reçu sous plusieurs noms"
    for fact, (name, number) in zip(item.facts, (DOUBLON, AUTRE), strict=True):
        assert side_told(item, fact).endswith(f"carte reçue au nom de {name}, numéro {number}")
        assert name in effect_told(item, fact.act_id)
    for here in site.desks:
        for name, number in (DOUBLON, AUTRE):
            found = look(here.desk, number)
            assert found.permit is not None and found.permit.id == card
            assert (found.verdict, "two_holders" in found.notes) == (Verdict.HANDOVER_ON_HOLD, True)
            assert name in handover_text(found, here.desk.rules).detail
    here = site.desks[0]
    told = [{"name": name, "foreign_number": number} for name, number in (DOUBLON, AUTRE)]
    assert permit_shape(permit_of(here.desk, card))["holders"] == told
    assert not hand_over(here.desk, card, full_draft(here.desk, sleeve_of(here.desk, card)), AGREED).recorded


@pytest.mark.parametrize("kept", [0, 1])
def test_the_holder_that_is_kept_is_the_one_and_the_other_number_finds_no_card(site: Site, kept: int) -> None:
    card = received(site, DOUBLON, AUTRE)
    item = only(site)
    assert settle(site.desks[2].desk, item.id, item.facts[kept].act_id, "carte relue", "Mme Roux").refusal is None
    site.quiet()
    names = (DOUBLON, AUTRE)
    for here in site.desks:
        assert open_items(here.desk) == []
        known = permit_of(here.desk, card)
        assert (known.name, known.foreign_number) == names[kept]
        assert (known.custody.holder, known.place and known.place.tray) == (f"Guichet {kept + 1}", "PQ"[kept])
        kept_found, other = (look(here.desk, names[place][1]) for place in (kept, 1 - kept))
        assert kept_found.permit is not None and "two_holders" not in kept_found.notes
        assert other.verdict is Verdict.PERMIT_NOT_RECEIVED


def listed(site: Site, *read: tuple[str, str]) -> str:
    """A lot at each of as many desks as there are people, each with this card; then known to all."""
    for here, hour in zip(site.desks, ("9:15", "9:16", "9:17"), strict=True):
        here.clock.at(hour)
    for here, (name, number), tray in zip(site.desks, read, "PQR", strict=False):
        assert lot(here, permit(CARD, name, number, bac=tray)).added == 1
    site.quiet()
    return permit_id(site.desks[0].desk.rules.site, CARD)


@pytest.mark.parametrize("kept", [0, 1])
def test_one_card_in_two_lots_under_two_people_is_asked_as_one_in_two_hands_is(site: Site, kept: int) -> None:
    card, names = listed(site, DOUBLON, AUTRE), (DOUBLON, AUTRE)
    item = only(site)
    assert (item.kind, item.name) == (WorkItemKind.DOUBLE_HOLDER, "DOUBLON Karim / AUTRE Personne")
    for here in site.desks:
        for _name, number in names:
            found = look(here.desk, number)
            assert (found.verdict, "two_holders" in found.notes) == (Verdict.HANDOVER_ON_HOLD, True)
    three = site.desks[2]
    three.clock.later(9)
    assert settle(three.desk, item.id, item.facts[kept].act_id, "carte relue", "Mme Roux").refusal is None
    site.quiet()
    for here in site.desks:
        assert open_items(here.desk) == []
        known = permit_of(here.desk, card)
        assert (known.name, known.foreign_number) == names[kept]
        assert (known.custody.holder, known.place and known.place.tray) == (f"Guichet {kept + 1}", "PQ"[kept])
        assert look(here.desk, names[1 - kept][1]).verdict is Verdict.PERMIT_NOT_RECEIVED


def test_a_card_typed_at_one_desk_and_listed_at_another_under_two_people_is_asked(site: Site) -> None:
    one, two, _three = site.desks
    for here in site.desks:
        here.clock.at("9:15")
    assert lot(one, permit(CARD, *DOUBLON)).added == 1
    two.clock.later(2)
    assert receive_card(two.desk, CARD, *AUTRE).done
    site.quiet()
    assert len(only(site).facts) == 2


def test_one_lot_read_at_two_desks_and_a_name_that_a_newer_one_corrects_ask_nothing(site: Site) -> None:
    listed(site, DOUBLON, DOUBLON)
    assert [open_items(here.desk) for here in site.desks] == [[], [], []]
    three = site.desks[2]
    three.clock.later(9)
    assert lot(three, permit(CARD, *AUTRE)).changed == 1, "whoever read it saw what was known"
    site.quiet()
    assert [open_items(here.desk) for here in site.desks] == [[], [], []]


def test_what_a_desk_did_with_the_card_of_somebody_else_is_not_told_of_the_one_that_is_kept(site: Site) -> None:
    card = received(site, DOUBLON, AUTRE)
    two, three = site.desks[1], site.desks[2]
    two.clock.later(3)
    assert to_locate(two.desk, card).done
    site.quiet()
    item = only(site)
    three.clock.later(9)
    assert settle(three.desk, item.id, item.facts[0].act_id, "carte relue", "Mme Roux").refusal is None
    site.quiet()
    assert [permit_of(here.desk, card).state for here in site.desks] == [PermitState.SHELVED] * 3
    two.clock.later(20)
    assert to_locate(two.desk, card).done, "what is done once it is known counts"
    assert permit_of(two.desk, card).state is PermitState.TO_LOCATE


def test_one_person_read_twice_is_no_doubt(site: Site) -> None:
    received(site, DOUBLON, ("Karim DOUBLON-AUTRE", DOUBLON[1]))
    assert [open_items(here.desk) for here in site.desks] == [[], [], []]


def test_without_a_number_names_that_share_no_word_are_two_people(site: Site) -> None:
    received(site, ("DOUBLON Karim", ""), AUTRE, ("KARIM", ""))
    assert len(only(site).facts) == 3
