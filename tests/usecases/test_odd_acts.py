"""Acts of other desks that say odd things, each detail in turn: none stops the fold of the others, nor any look."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.convocation import Convocation
from counter_app.store import projections
from counter_app.telling.verdicts import arrival_text
from counter_app.usecases import (
    awaiting,
    bordereaux,
    close_day,
    day_facts,
    find,
    hall,
    handover_look,
    look_at_stock,
    present,
    queue,
    repair_row,
    stock_lots,
    summon,
    summons_messages,
    undo,
    unended,
    verify_number,
    work_items,
)
from counter_app.usecases.desk import Desk
from counter_app.wording.verdicts import VerdictText
from tests.homes import MONDAY, AtDesk, another_desk
from tests.usecases.invented_days import RECORD

ODD: tuple[Json, ...] = ("9" * 30, "x", None, -1, [1], {"a": 1}, True, "", "0001-01-01T00:00:00+05:00")
HOUR, EXPORTED = "2026-11-23T09:10:00+01:00", "2026-11-23T06:00:00+00:00"
PERSON, CANCELLED, CARD, PASSAGE = "0f" * 16, "0c" * 16, "0e" * 16, "0d" * 16

Told = dict[str, Json]
LISTING: Told = {
    **{"source": "a", "source_key": "1", "exported_at": EXPORTED, "name": "SOW Awa", "slot": HOUR, "purpose": "Remise"},
    **{"status": "expected", "birth_date": "1990-01-01", "foreign_number": "5912345678", "minor": True, "list_id": "l"},
    **{"document_expiry": "2027-01-01", "reference": "r", "service": "s", "organisation": "o", "present": True},
    **{"number_as_read": "59", "postcode": "59000", "replaced_by": CARD},
}
CARD_LISTED: Told = {
    **{"source": "list", "exported_at": EXPORTED, "card_number": "X12345678", "name": "SOW Awa", "stamp_amount": 225},
    **{"foreign_number": "5912345678", "birth_date": "1990-01-01", "valid_to": "2027-01-01", "lot": "L", "tray": "B"},
    **{"rank": "1", "phone": "0612345678", "summoned_on": "2026-11-20", "received_on": "2026-11-20", "slot": HOUR},
}
PAPER: Told = {
    **{"kind": "arrival_ticket", "number": "T-59-C-261123-001", "code": "PGTBBBBBBBBB", "series": "T", "ordinal": 1},
    **{"ticket": "C 001", "convocation": PERSON, "arrival": "a"},
}
PASSED: Told = {
    **{"day": "2026-11-23", "service": "accueil", "number": "A 001", "after": [], "slot": HOUR, "convocation": PERSON},
    **{"channel": "post", "purpose": "Remise", "priority": "elderly", "arrival": "a", "receipt": "r"},
}
LIST: Told = {
    **{"source": "a", "file_digest": "d", "file_name": "f", "exported_at": EXPORTED, "imported_at": EXPORTED},
    **{"begun_at": EXPORTED, "first_day": "2026-11-23", "last_day": "2026-11-23", "scopes": [["2026-11-23", ""]]},
    **{"rows": 1, "rejected": 0, "complete": True, "undone": None, "undoing": False},
}
ROW: Told = {
    **{"list_id": "l", "source": "rdv_insertion", "exported_at": EXPORTED, "row": 1, "column": None, "cells": []},
    **{"reason_code": "x", "reason": "x", "value": "x", "mapping": {}},
}
SLIP: Told = {
    **{"id": "b", "number": "BR-1", "kind": "send_back", "made_at": EXPORTED, "desk": "d", "agent": "a", "lines": []},
    **{"reason": "r", "recipient": "", "series": "BR", "ordinal": 1},
}
ANSWERED: Told = {
    **{"kind": "double_check_in", "subject": ["convocation", PERSON], "acts": ["a"], "facts": {}, "decision": "both"},
    **{"kept": None, "reason": "r", "approved_by": "b"},
}
CLOSED: Told = {"version": 1, "digest": "d", "figures": {}, "changed": [], "provisional": False, "remarks": ""}
TOLD: dict[tuple[SubjectType, str], dict[ActKind, Told]] = {
    (SubjectType.CONVOCATION, CANCELLED): {ActKind.CONVOCATION_LISTED: {**LISTING, "status": "cancelled"}},
    (SubjectType.CONVOCATION, PERSON): {
        ActKind.CONVOCATION_LISTED: LISTING,
        ActKind.CONVOCATION_VANISHED: {"source": "a", "exported_at": HOUR, "list_id": "l", "replaced_by": CARD},
        ActKind.CONVOCATION_WITHDRAWN: {"list_id": "l"},
        ActKind.CHECKED_IN: {"verdict": "admitted", "minutes": 3, "reason": "r", "approved_by": "b"},
        ActKind.ARRIVAL_UNDONE: {"act": "a"},
        ActKind.ARRIVALS_SETTLED: {"acts": ["a"], "kept": None},
        ActKind.LISTINGS_SETTLED: {"acts": ["a"], "listings": [], "kept": None},
        ActKind.ARRIVAL_ATTEMPTED: {"verdict": "late"},
        ActKind.NUMBER_CONFIRMED: {"number": "5912345678", "as_read": "x"},
        ActKind.INSTRUCTION_GIVEN: {"instruction": "x"},
    },
    (SubjectType.PERMIT, CARD): {
        ActKind.PERMIT_RECEIVED: CARD_LISTED,
        ActKind.PERMIT_SHELVED: {"tray": "B", "rank": "1"},
        ActKind.PERMIT_HELD: {"reason": "r"},
        ActKind.PERMIT_FAULTY: {"field": "f"},
        ActKind.CUSTODY_OFFERED: {"from": "Guichet 9", "to": "safe"},
        ActKind.CUSTODY_TAKEN: {"offer": "x"},
        ActKind.PERMIT_SUMMONED: {"slot": HOUR, "channel": "sms", "language": "fr", "together": "x"},
        ActKind.SUMMONS_SENT: {"slot": HOUR, "channel": "sms", "carrier": "folder", "segments": 1},
        ActKind.SLOT_MISSED: {"slot": HOUR},
        ActKind.MISSED_TOLD: {"slot": HOUR, "channel": "sms"},
        ActKind.MESSAGE_DOUBTFUL: {"slot": HOUR, "about": "summons_sent"},
        ActKind.PHONE_CHANGED: {"phone": "+33612340001"},
        ActKind.PERMIT_HANDED_OVER: {**RECORD, "offline": False, "override": None},
        ActKind.HANDOVER_CONTESTED: {"reason": "r"},
        ActKind.HANDOVER_UNDONE: {"acts": ["a"]},
        ActKind.HANDOVER_ATTEMPTED: {"verdict": "stamp_missing", "near_miss": False},
        ActKind.DISPUTE_SETTLED: {"acts": ["a"], "kept": None},
        ActKind.DEPARTURE_SETTLED: {"acts": ["a"], "about": ["a"], "kept": None},
    },
    (SubjectType.VISIT, PASSAGE): {
        ActKind.VISIT_OPENED: PASSED,
        ActKind.VISIT_CALLED: {"after": []},
        ActKind.VISIT_PRESENT: {"after": []},
        ActKind.SERVICE_BEGUN: {"after": [], "service": "accueil", "with": "x"},
        ActKind.VISIT_TRANSFERRED: {"after": [], "service": "accueil", "to": "x"},
        ActKind.VISIT_PRIORITISED: {"priority": "elderly"},
        ActKind.SERVICE_FINISHED: {"after": [], "outcome": "received"},
        ActKind.VISIT_UNDONE: {"acts": [], "kept": "x"},
    },
    (SubjectType.RECEIPT, "paper"): {
        ActKind.RECEIPT_ISSUED: PAPER,
        ActKind.RECEIPT_PRINTED: {"copy": 1},
        ActKind.RECEIPT_HELD: {"copy": 1},
    },
    (SubjectType.LIST, "list"): {ActKind.LIST_BEGUN: LIST, ActKind.LIST_IMPORTED: LIST, ActKind.LIST_UNDONE: LIST},
    (SubjectType.ROW, "row"): {ActKind.ROW_SET_ASIDE: ROW, ActKind.ROW_CLOSED: {"closed": None, "closed_by": None}},
    (SubjectType.LOT, "lot"): {
        ActKind.LOT_RECEIVED: {"id": "lot", "received_at": EXPORTED, "lots": [], "rows": 1, "rejected": []},
        ActKind.LOT_ROW_REPAIRED: {"row_1": {"repaired": True}},
    },
    (SubjectType.BORDEREAU, "slip"): {ActKind.BORDEREAU_MADE: SLIP},
    (SubjectType.BORDEREAU, "newer"): {ActKind.BORDEREAU_MADE: {**SLIP, "kind": "of a newer version"}},
    (SubjectType.ORIENTATION, "oriented"): {ActKind.ORIENTED: {"motive": "x", "channel": "post", "held": None}},
    (SubjectType.SCAN, "scan"): {ActKind.SCAN_UNKNOWN: {"verdict": "unknown", "length": 3, "name": "SOW"}},
    (SubjectType.WORK_ITEM, "item"): {ActKind.WORK_ITEM_SETTLED: ANSWERED},
    (SubjectType.DAY, "2026-11-23"): {ActKind.DAY_CLOSED: CLOSED},
}


def told_of(desk: Desk, people: Sequence[Convocation]) -> list[VerdictText]:
    return [arrival_text(present.choose(desk, one.id), desk.rules, "fr") for one in people]


LOOKS: dict[str, Callable[[Desk], object]] = {
    "reception told": lambda desk: told_of(desk, find.day(desk, MONDAY)),
    "bordereaux": lambda desk: [bordereaux.find_bordereau(desk, slip) for slip in ("slip", "newer")],
    "versions": lambda desk: close_day.closings(desk, MONDAY),
    "figures": lambda desk: day_facts.day_figures(desk, MONDAY),
    "queue": queue.queue,
    "hall": hall.hall,
    "stock": lambda desk: look_at_stock.look_at_stock(desk, with_gone=True),
    "files": stock_lots.open_lot_rows,
    "rows": repair_row.open_rows,
    "unended": unended.unended_imports,
    "conflicts": work_items.every_item,
    "missed": summon.missed,
    "waiting": summon.waiting,
    "to send": summons_messages.to_send,
    "day": lambda desk: find.day(desk, MONDAY),
    "search": lambda desk: find.search(desk, "SOW"),
    "last gestures": undo.recent,
    "awaiting": awaiting.awaiting,
    "number": lambda desk: verify_number.verify_number(desk, "5912345678"),
    "reception": lambda desk: present.preview(desk, "5912345678"),
    "handover": lambda desk: handover_look.look(desk, "5912345678"),
}


def odd_details(told: Told) -> Iterator[Told]:
    """The details whole, then each of them missing and each of them odd."""
    yield told
    for name in told:
        yield {other: value for other, value in told.items() if other != name}
        yield from ({**told, name: odd} for odd in ODD)


@pytest.mark.parametrize("about", TOLD, ids=lambda about: f"{about[0]} {about[1][:4]}")
def test_no_odd_detail_of_an_act_stops_the_fold_nor_a_look(here: AtDesk, about: tuple[SubjectType, str]) -> None:
    here.clock.at("9:05")
    other = another_desk(here.desk)
    for kind, told in TOLD[about].items():
        with other.gesture() as gesture:
            for details in odd_details(told):
                gesture.record(kind, Subject(*about), details)
                gesture.write_down()
    for look in LOOKS.values():
        look(here.desk)
    with here.desk.store.writing() as connection:
        assert projections.rebuild(connection).same
    here.expects()
