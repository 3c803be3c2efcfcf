"""What agents do at simulated desks: the production use cases, chosen by chance."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from unittest.mock import patch

from counter_app.domain.acts import ActKind, Subject, SubjectType
from counter_app.domain.permit import PermitState
from counter_app.store import convocation_rows, journal, permit_rows
from counter_app.usecases.answers import Override
from counter_app.usecases.check_in import check_in
from counter_app.usecases.custody import offer, override, take
from counter_app.usecases.desk import Desk
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.import_list import import_list
from counter_app.usecases.undo import undo
from counter_app.usecases.work_items import open_items, settle
from tests.homes import EIGHT
from tests.imports.lists import RDV_INSERTION, RDV_INSERTION_ROW, table, write_csv
from tests.sync.nodes import place_of_nodes
from tests.usecases.permits_at_hand import full_draft, receive

AGREED = Override("Vu avec le chef de service", "M. Roux")
CARDS = ("F5V9RY2WJ", "4YC73SY7N")
STAMPS = ("1234567890123456", "9876543210987654")
PEOPLE = ("SOW", "BA", "LI")
NAMED = {"0.csv": PEOPLE[:2], "1.csv": PEOPLE, "2.csv": PEOPLE[1:2]}
"""Whom each export names, by its file."""


@cache
def _lists() -> tuple[Path, ...]:
    """Three exports of the same appointments: one more row, two rows gone and a status that changed."""
    folder, made = place_of_nodes(), []
    for place, ((file, names), status) in enumerate(zip(NAMED.items(), ("À venir", "À venir", "Annulé"), strict=True)):
        people = [
            {**RDV_INSERTION_ROW, "Nom": name, "ID interne au département": f"591234567{PEOPLE.index(name)}"}
            for name in names
        ]
        people[0]["Statut"] = status
        path = write_csv(folder / file, table(RDV_INSERTION, *people), encoding="utf-8-sig")
        at = EIGHT.timestamp() - 3600 + place
        os.utime(path, (at, at))
        made.append(path)
    return tuple(made)


def checks_in(desk: Desk, chance: Random) -> None:
    with desk.looking() as connection:
        codes = sorted(map(convocation_rows.code_of, convocation_rows.every(connection)))
    if codes:
        check_in(desk, chance.choice(codes), AGREED)


def imports(desk: Desk, chance: Random) -> None:
    import_list(desk, chance.choice(_lists()))


def receives(desk: Desk, chance: Random) -> None:
    receive(desk, chance.choice(CARDS))


def hands_over(desk: Desk, chance: Random) -> None:
    with desk.looking() as connection:
        permits = [one for one in permit_rows.in_stock(connection) if one.state is not PermitState.DESTROYED]
    if permits:
        permit = chance.choice(sorted(permits, key=lambda one: one.id))
        draft = full_draft(desk, permit_rows.code_of(permit), chance.choice(STAMPS))
        hand_over(desk, permit.id, draft, AGREED)


def moves_custody(desk: Desk, chance: Random) -> None:
    with desk.looking() as connection:
        permits = sorted(one.id for one in permit_rows.in_stock(connection))
    if permits:
        one = chance.choice(permits)
        match chance.randrange(3):
            case 0:
                offer(desk, [one], f"Guichet {chance.randrange(3)}")
            case 1:
                take(desk)
            case _:
                override(desk, one, "Le titre est ici", "M. Roux")


def settles(desk: Desk, chance: Random) -> None:
    items = open_items(desk)
    if items:
        item = chance.choice(items)
        settle(desk, item.id, chance.choice(item.choices), "Vu sur place", "M. Roux")


def undoes(desk: Desk, _chance: Random) -> None:
    undo(desk, agreed=AGREED)


def newer(desk: Desk, chance: Random) -> None:
    """What a newer version writes: a kind and a form that this one does not know."""
    subject = Subject(SubjectType.PERMIT, chance.choice("ab") * 32)
    with patch.object(journal, "VERSION", 2), desk.gesture() as gesture:
        gesture.record("titre_photographié", subject, {"photo": 1})
        gesture.record(ActKind.PERMIT_FOUND, subject, {"où": [1]})


Gesture = Callable[[Desk, Random], None]
GESTURES: dict[Gesture, int] = {
    checks_in: 8,
    imports: 2,
    receives: 2,
    hands_over: 3,
    moves_custody: 3,
    settles: 2,
    undoes: 2,
    newer: 1,
}


def a_gesture(chance: Random) -> Gesture:
    """What somebody does next."""
    return chance.choices(list(GESTURES), list(GESTURES.values()))[0]
