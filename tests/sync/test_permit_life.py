"""The life of one card through the use cases of three desks that are apart, by chance: never two handovers that nobody
disputes, never in two places, and never out of hand but by a desk that holds it or by an override that is shown."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.permit import OUT, Permit, PermitState
from counter_app.domain.work_items import WorkItemKind
from counter_app.store import permit_rows, work_item_rows
from counter_app.usecases.answers import Override
from counter_app.usecases.bordereaux import Leaving, remove
from counter_app.usecases.custody import offer, override, take
from counter_app.usecases.desk import Desk
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.handover_aftermath import contest, settle, undo_handover
from counter_app.usecases.stock import back_in_stock, found, shelve, to_locate
from counter_app.usecases.stock_answers import SlipKind
from counter_app.usecases.summon import move_slot
from counter_app.usecases.undo import undo
from counter_app.usecases.undo_about import undo_about
from counter_app.usecases.work_items import open_items
from counter_app.usecases.work_items import settle as settle_item
from tests.domain.invented_lives import answered_twice, contested, never_denied
from tests.homes import EIGHT
from tests.sync.invariants import check_desk, check_same
from tests.sync.nodes import DeskNode
from tests.sync.test_lists_apart import some_desks, sync
from tests.usecases.permits_at_hand import full_draft, permit_of, receive

AGREED = Override("Vu avec le chef de service", "Mme Roux")
NINE = timedelta(hours=1, minutes=15)


def hands_over(desk: Desk, card: str, chance: Random) -> object:
    """With the supervisor's agreement or without, whoever holds the card."""
    before, agreed = permit_of(desk, card), chance.choice((None, AGREED))
    answer = hand_over(desk, card, full_draft(desk, permit_rows.code_of(before)), agreed)
    if not answer.recorded:
        return ""
    assert before.in_stock, "no desk hands over again what it knows to be out"
    taken = not before.custody.held_by(desk.name, desk.stream)
    with desk.looking() as connection:
        kinds = [one.kind for one in work_item_rows.live(connection)]
    assert not taken or (agreed and WorkItemKind.CUSTODY_OVERRIDDEN in kinds), (
        "an override, and a work item that says so"
    )
    return "by override" if taken else "handed over"


def moves_custody(desk: Desk, card: str, chance: Random) -> object:
    """One side offers, the other takes; or a supervisor overrides."""
    match chance.randrange(4):
        case 0 | 1:
            return offer(desk, [card], chance.choice(("Guichet 0", "Guichet 1", "Guichet 2", "safe")))[0].done
        case 2:
            return any(one.done for one in take(desk, into_safe=chance.random() < 0.2))
        case _:
            return override(desk, card, "en main", "Mme Roux").done


def leaves(desk: Desk, card: str, chance: Random) -> object:
    """Under a bordereau, whole."""
    kind = chance.choice((SlipKind.POST, SlipKind.SEND_BACK, SlipKind.DESTROY))
    return remove(
        desk, kind, [Leaving(card, f"1A {chance.random()}" if kind is SlipKind.POST else "")], "motif"
    ).bordereau


def voids(desk: Desk, card: str, _chance: Random) -> object:
    """The bordereau under which this desk let the card go."""
    numbers = [mark.text("bordereau") for mark in permit_of(desk, card).departures if mark.text("bordereau")]
    return [undo_about(desk, str(number), AGREED).done for number in numbers]


def answers(desk: Desk, card: str, chance: Random) -> object:
    """A dispute is settled on its page, or as the work item that it is."""
    permit, items = permit_of(desk, card), open_items(desk)
    if permit.disputed and chance.random() < 0.5:
        kept = chance.choice([None, *(mark.act_id for mark in permit.departures)])
        return settle(desk, card, kept, AGREED).done
    item = chance.choice(items) if items else None
    return item and settle_item(desk, item.id, chance.choice(item.choices), *("vu", "Mme Roux")).act_id


def is_moved(desk: Desk, card: str, chance: Random) -> object:
    """Where it lies, and when its holder is to come."""
    match chance.randrange(4):
        case 0:
            return shelve(desk, card, chance.choice("AB")).done
        case 1:
            return to_locate(desk, card).done
        case 2:
            return found(desk, card).done
        case _:
            return move_slot(desk, card, EIGHT + timedelta(days=chance.randrange(1, 4), hours=2), "empêchée").done


DEEDS: dict[str, Callable[[Desk, str, Random], object]] = {
    "hands over": hands_over,
    "moves custody": moves_custody,
    "is moved": is_moved,
    "leaves": leaves,
    "voids": voids,
    "answers": answers,
    "receives": lambda desk, _card, _chance: receive(desk),
    "comes back": lambda desk, card, _chance: back_in_stock(desk, card, "revenu").done,
    "contests": lambda desk, card, _chance: contest(desk, card, "personne pas venue").done,
    "takes back": lambda desk, card, _chance: undo_handover(desk, card, AGREED).done,
    "undoes": lambda desk, _card, _chance: undo(desk, agreed=AGREED).done,
}
HERE = (
    "hands over",
    "hands over",
    "moves custody",
    "moves custody",
    "is moved",
    "leaves",
    "leaves",
    "receives",
    "undoes",
)
OUT_OF_HERE = ("hands over", "voids", "voids", "comes back", "contests", "takes back", "answers", "answers", "undoes")
Step = tuple[int, list[int], int]
"""At which desk something is done, who exchanges before, and the chance of what it is."""
steps: st.SearchStrategy[Step] = st.tuples(
    st.integers(0, 2), st.lists(st.integers(0, 2), max_size=2), st.integers(0, 1 << 16)
)


def true_of(permit: Permit) -> None:
    """What must hold of a card wherever it is looked at, found without its fold."""
    left, doubt = never_denied(permit.marks), contested(permit.marks)
    assert len(permit.handovers) <= 1 or permit.state is PermitState.DISPUTED
    if len(left) > 1 or doubt:
        assert (permit.state, permit.in_stock) == (PermitState.DISPUTED, False)
    elif not answered_twice(permit.marks):
        assert permit.departure == next(iter(left), None)
    assert permit.in_stock == (permit.state not in OUT) == (permit.custody.holder is not None)
    assert permit.in_stock or permit.place is None


def live(desks: Sequence[DeskNode], told: Sequence[Step], speak: Callable[[int], None], met: Counter[str]) -> str:
    """Each does something with the card, by what that desk knows, with a wrong hour now and then; its identity."""
    card = receive(desks[0].desk)
    for place, (number, speaking, seed) in enumerate(told):
        for one in speaking:
            speak(one)
        node, chance = desks[number], Random(f"{place} {seed}")
        node.offset = NINE + timedelta(minutes=chance.choice((0, 0, 1, 40, -40)))
        with node.desk.looking() as connection:
            known = permit_rows.by_id(connection, card)
        deed = "receives" if known is None else chance.choice(HERE if known.in_stock else OUT_OF_HERE)
        done = DEEDS[deed](node.desk, card, chance)
        met[deed] += bool(done and done != [False])
        met["by override"] += done == "by override"
        true_of(permit_of(node.desk, card))
    return card


def test_a_card_leaves_once_and_is_in_one_place_whatever_desks_apart_do_with_it() -> None:
    met = Counter[str]()

    @settings(max_examples=60)
    @given(st.lists(steps, min_size=6, max_size=14), st.permutations(range(3)))
    def lived(told: list[Step], last: list[int]) -> None:
        with some_desks() as (central, (*desks, _alone)):
            card = live(desks, told, lambda one: sync(central, desks[one]), met)
            for number in (*last, *last):
                sync(central, desks[number])
            check_same([node.desk for node in desks], central.engine)
            check_desk(desks[0].desk)
            permit = permit_of(desks[0].desk, card)
            true_of(permit)
            met["disputed"] += len(permit.departures) > 1

    lived()
    assert {one for one in (*DEEDS, "by override", "disputed") if not met[one]} == set(), met
