"""The stock of the training day: invented permits on an invented lot, received by the real use case, in every state.

Every foreign number begins with 00, which no prefecture has; telephones are of the range kept for fiction.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from counter_app.domain.handover_draft import HandoverDraft, IdentityResult, OldDocument, Signature
from counter_app.domain.permit import Permit, PermitState
from counter_app.domain.verdict import Verdict
from counter_app.office import Office
from counter_app.store.permit_rows import code_of
from counter_app.usecases.bordereaux import Leaving, remove
from counter_app.usecases.custody import offer
from counter_app.usecases.hand_over import hand_over, stamp_shown
from counter_app.usecases.handover_aftermath import contest
from counter_app.usecases.receive_permits import receive_permits
from counter_app.usecases.stock import faulty, hold, shelve, stock, to_locate, to_send_back
from counter_app.usecases.stock_answers import SlipKind

HEADINGS = (
    "numéro étranger", "nom", "prénom", "date naissance", "type de titre", "numéro de titre", "valable du",
    "valable au", "reçu le", "lot", "bac", "rang", "timbre à acquitter (€)", "téléphone", "SMS envoyé le",
    "créneau de remise",
)  # fmt: skip
PERMITS = 72
SLOTS = 18
"""Every ten minutes from 9 h 00 to 11 h 50."""
HANDED = 4
"""People who came in the first minutes and left with their permit."""
KINDS = ("CST 1 an", "CSP 4 ans", "CR 10 ans")
AMOUNTS = ("250", "225", "75", "0", "350", "100", "")
SIGNS = "BCDFGHJKLMNPQRSTVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a permit is for."""

    family: str
    given: str
    born: str
    number: str


def fill_stock(office: Office, folder: Path, day: date, people: Iterator[Person]) -> None:
    """Receive the lot, then do with it what a service does in a week."""
    listing = folder / "titres-recus.csv"
    write_lot(listing, day, people)
    receive_permits(office.desk, listing)
    today, later = _convened(office, day)
    _week(office, today[-9:], later)


def handovers(office: Office, day: date, now: datetime) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """The first handovers of the day with their hours, in the last minutes before now; the last one is contested."""
    handed: list[str] = []
    for place, permit in enumerate(_convened(office, day)[0][:HANDED]):
        yield now - timedelta(minutes=2 * (HANDED - place)), partial(_hand_over, office, permit, place, handed)
    yield now - timedelta(minutes=1), lambda: contest(office.desk, handed[-1], "La personne dit n’avoir rien reçu")


def _hand_over(office: Office, permit: Permit, place: int, handed: list[str]) -> None:
    if hand_over(office.desk, permit.id, _draft(office, permit, place)).verdict is Verdict.HANDED_OVER:
        handed.append(permit.id)


def _convened(office: Office, day: date) -> tuple[list[Permit], list[Permit]]:
    """Permits on the shelves of people convened on the day, and on others, by hour."""
    shelved = sorted(
        (one for one in stock(office.desk, PermitState.SHELVED) if one.slot and one.summoned_on), key=_hour
    )
    today = [one for one in shelved if one.slot and one.slot.date() == day]
    return today, [one for one in shelved if one not in today]


def _hour(permit: Permit) -> tuple[datetime, str]:
    assert permit.slot is not None, "chosen among those convened"
    return permit.slot, permit.id


def _week(office: Office, today: list[Permit], later: list[Permit]) -> None:
    """One permit at least for each thing that can happen in a stock."""
    desk = office.desk
    shelve(desk, today[0].id, "B", "91")
    to_locate(desk, today[1].id)
    to_locate(desk, today[2].id)
    hold(desk, today[3].id, "Contrôle du dossier en cours")
    faulty(desk, today[4].id, "prénom")
    faulty(desk, today[5].id, "date de naissance")
    to_send_back(desk, today[5].id, "Date de naissance inexacte")
    offer(desk, [today[6].id, today[7].id], "Poste 3")
    remove(
        desk, SlipKind.SEND_BACK, [Leaving(one.id) for one in later[:2]], "Erreur d’état civil", "Centre de fabrication"
    )
    remove(desk, SlipKind.POST, [Leaving(later[2].id, "1A 000 000 0001 7")], "Personne hospitalisée")
    remove(desk, SlipKind.DESTROY, [Leaving(later[3].id)], "Titre périmé avant la remise")


def _draft(office: Office, permit: Permit, place: int) -> HandoverDraft:
    amount = permit.stamp_amount
    _reading, stamp = stamp_shown(office.desk, f"1265{place:012}", amount)
    return HandoverDraft(
        sleeve=code_of(permit),
        identity_document="passport",
        identity_result=IdentityResult.MATCH,
        old_document=OldDocument(surrendered=True, what="recepisse"),
        stamps=(stamp,) if stamp and amount else (),
        exempt="" if amount else "Rien à acquitter selon la liste",
        signature=Signature.PAPER,
        read_through=True,
        started_at=office.desk.now(),
    )


def write_lot(path: Path, day: date, people: Iterator[Person]) -> None:
    """The lot as a service keeps it: semicolons, day first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS)
        writer.writerows(_row(place, one, day) for place, one in zip(range(PERMITS), people, strict=False))


def _row(place: int, one: Person, day: date) -> tuple[str, ...]:
    summoned, other_day = place % 8 != 7, place % 6 == 5
    on = day + timedelta(days=1 + place % 3) if other_day else day
    minutes = 10 * (place % SLOTS)
    slot = f"{on:%d/%m/%Y} {9 + minutes // 60:02}:{minutes % 60:02}" if summoned else ""
    received = date(day.year, 3, 2) if place % 19 == 18 else day - timedelta(days=12)
    made = received - timedelta(days=15)
    shelf = ("ABCD"[place % 4], str(place + 1)) if place % 9 != 8 else ("", "")
    dates = (
        f"{made:%d/%m/%Y}",
        f"{made.replace(year=made.year + (1, 4, 10)[place % 3]):%d/%m/%Y}",
        f"{received:%d/%m/%Y}",
    )
    told = (
        AMOUNTS[place % len(AMOUNTS)],
        f"063998{place:04}",
        f"{day - timedelta(days=7):%d/%m/%Y}" if summoned else "",
    )
    return (one.number, one.family, one.given, one.born, KINDS[place % 3], card_number(place), *dates,
            f"IN-2611-{1 + place % 4}", *shelf, *told, slot)  # fmt: skip


def card_number(place: int) -> str:
    """Nine letters and digits of an invented card."""
    signs = "".join(SIGNS[(place * step + step) % len(SIGNS)] for step in (7, 11, 13, 17, 19))
    return f"D{place:03}{signs}"
