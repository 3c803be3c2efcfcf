"""Days as they really go, from a seed: people convened and not, late, absent, undone, permits in and out, two desks."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from counter_app.domain.acts import Act, ActKind, Author, Details, Json, Subject, SubjectType
from counter_app.domain.listing import ListedStatus
from counter_app.domain.permit_listing import permit_id
from counter_app.domain.visit import Outcome, identity
from counter_app.store.heads import Head
from counter_app.store.journal import chain
from tests.homes import MONDAY, moment

DAYS = tuple(MONDAY + timedelta(days=place) for place in range(3))
PURPOSES = ("Remise de titre", "Dépôt de demande", "Prise d’empreintes")
DESKS = ("1", "2")
RECORD: dict[str, Json] = {
    "sleeve": "scanned",
    "identity": {"document": "passport", "result": "match", "number": "", "read_by": ""},
    "collector": {"capacity": "holder", "name": "", "relation": "", "medical_certificate": False},
    "slot": None,
    "old_document": None,
    "stamp": {"due": None, "due_reason": "", "exempt": "", "shown": []},
    "signature": {"how": None, "ink": ""},
    "chip_checked": True,
    "read_through": True,
    "chips": [],
    "asked": [],
}


@dataclass
class InventedDays:
    """Acts of two desks over three days."""

    chance: Random
    acts: list[Act] = field(default_factory=list)
    _places: dict[str, Head] = field(default_factory=dict)

    def tell(self, at: datetime, kind: ActKind, subject: Subject, details: Details, desk: str = "") -> Act:
        """One more act, by any desk."""
        desk = desk or self.chance.choice(DESKS)
        author = Author("nord", f"poste{desk}:a", f"Guichet {desk}", "A. Petit")
        place = self._places.setdefault(desk, Head(0, "0" * 64, 0))
        # A desk that names an act holds it: its clock has moved on to that act's.
        place.clock = max([place.clock, *(one.clock for one in self.acts if names(details, one.act_id))])
        act = chain(place, author, at, kind, subject, details)
        self.acts.append(act)
        return act

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def day(self, day: date, people: int) -> None:
        """One day of each kind of deeds."""
        for place in range(people):
            self._person(day, place)
        for place in range(self.chance.randint(0, 3)):
            self._walk_in(day, f"{day.day:02}{place:02}")
        for _once in range(self.chance.randint(0, 3)):
            self._oriented(day)

    def _hour(self, day: date) -> datetime:
        return moment("8:00", day) + timedelta(seconds=self.chance.randint(0, 9 * 3600))

    def _person(self, day: date, place: int) -> None:
        slot = moment("8:30", day) + timedelta(minutes=10 * place)
        # Two appointments of one person on one day: only one of them was for the card.
        number = f"59000{day.day:02}{place - self.often(0.15):03}"
        person = Subject(SubjectType.CONVOCATION, f"{day.day:02}{place:02}" + "c" * 28)
        purpose = self.chance.choice(PURPOSES)
        self._listed(person, slot, number, {"source_key": str(place), "name": f"SOW {place}", "purpose": purpose})
        if self.often(0.1):
            self._stopped(person, slot)
        if self.often(0.75):
            self._came(person, purpose, day, slot + timedelta(seconds=self.chance.randint(-1200, 2400)))
        if self.often(0.4):
            self._permit(day, number, place)

    def _listed(self, person: Subject, slot: datetime, number: str, who: Details) -> None:
        statuses = (*3 * (ListedStatus.EXPECTED,), *ListedStatus)
        told: dict[str, Json] = {
            **who,
            "source": "a",
            "exported_at": moment("6:00").isoformat(),
            "slot": slot.isoformat(),
            "status": self.chance.choice(statuses).value,
            "foreign_number": number if self.often(0.8) else None,
            "service": self.chance.choice([None, "retrait", "accueil"]),
        }
        at = moment("6:30")
        self.tell(at, ActKind.CONVOCATION_LISTED, person, {name: value for name, value in told.items() if value})
        if self.often(0.1):
            gone: dict[str, Json] = {"source": "a", "exported_at": moment("7:00").isoformat()}
            moved: dict[str, Json] = {"replaced_by": "0e" * 16} if self.often(0.5) else {}
            self.tell(at, ActKind.CONVOCATION_VANISHED, person, {**gone, **moved})

    def _stopped(self, person: Subject, at: datetime) -> None:
        kind = self.chance.choice([ActKind.ARRIVAL_ATTEMPTED, ActKind.HANDOVER_ATTEMPTED])
        words: dict[str, Json] = {
            "verdict": self.chance.choice(["too_early", "cancelled"]),
            "near_miss": self.often(0.5),
            "custody_elsewhere": at.minute % 3 == 0,
        }
        self.tell(at, kind, person, words)

    def _came(self, person: Subject, purpose: str, day: date, at: datetime) -> None:
        if self.often(0.1):
            day, at = day + timedelta(days=1), at + timedelta(days=1)
        agreed: dict[str, Json] = {"reason": "retard", "approved_by": "Mme Roy"} if self.often(0.15) else {}
        arrival = self.tell(at, ActKind.CHECKED_IN, person, {"verdict": "admitted", "minutes": 0, **agreed})
        self._paper(person, at)
        if self.often(0.9):
            passage = Subject(SubjectType.VISIT, identity(person.id, day))
            self._passage(passage, day, at, {"convocation": person.id, "purpose": purpose})
        elif self.often(0.5):
            self.tell(at, ActKind.ARRIVAL_UNDONE, person, {"act": arrival.act_id})

    def _walk_in(self, day: date, name: str) -> None:
        told: dict[str, Json] = {"channel": self.chance.choice(["anef", "courrier"])} if self.often(0.8) else {}
        self._passage(Subject(SubjectType.VISIT, name + "d" * 28), day, self._hour(day), told)

    def _passage(self, visit: Subject, day: date, at: datetime, told: Details) -> None:
        service = self.chance.choice(["accueil", "remise"])
        base: dict[str, Json] = {"day": day.isoformat(), "service": service, "number": "A 001", "after": []}
        last = self.tell(at, ActKind.VISIT_OPENED, visit, {**base, **told})
        if self.often(0.05):
            self.tell(at, ActKind.VISIT_UNDONE, visit, {"acts": [last.act_id]})
            return
        for kind in self._moves():
            # A clock may go back between two gestures; a desk may not know of the gesture before.
            at += timedelta(seconds=self.chance.randint(-60, 1500))
            after: list[Json] = [last.act_id] if self.often(0.95) else []
            words: dict[str, Json] = {"after": after, "service": service, "to": None}
            if kind is ActKind.SERVICE_FINISHED:
                words["outcome"] = self.chance.choice(list(Outcome)).value
            last = self.tell(at, kind, visit, words)

    def _moves(self) -> list[ActKind]:
        begun = [ActKind.VISIT_CALLED, ActKind.VISIT_PRESENT, ActKind.SERVICE_BEGUN]
        return self.chance.choice(
            [
                *2 * [[*begun, ActKind.SERVICE_FINISHED]],
                [*begun, ActKind.VISIT_TRANSFERRED, *begun, ActKind.SERVICE_FINISHED],
                [ActKind.VISIT_CALLED, ActKind.VISIT_RECALLED, ActKind.VISIT_ABSENT],
                [ActKind.VISIT_CALLED, ActKind.VISIT_PARKED],
                [ActKind.VISIT_LEFT],
                begun,
                [],
            ]
        )

    def _paper(self, person: Subject, at: datetime) -> None:
        paper = Subject(SubjectType.RECEIPT, f"{len(self.acts):032x}")
        told: dict[str, Json] = {
            "kind": "arrival_ticket",
            "number": f"T-59-C-{at:%y%m%d}-{len(self.acts):03}",
            "code": "PGTBBBBBBBBB",
            "series": f"T-59-C-{at:%y%m%d}",
            "ordinal": len(self.acts),
            "convocation": person.id,
        }
        self.tell(at, ActKind.RECEIPT_ISSUED, paper, told)
        for copy in range(self.chance.choice([1, 1, 1, 2, 3])):
            self.tell(at, ActKind.RECEIPT_PRINTED, paper, {"copy": copy + 1})

    def _oriented(self, day: date) -> None:
        at, subject = self._hour(day), Subject(SubjectType.ORIENTATION, f"{len(self.acts):032x}")
        told = self.tell(at, ActKind.ORIENTED, subject, {"channel": self.chance.choice(["anef", "ants"])})
        if self.often(0.3):
            self.tell(at + timedelta(minutes=1), ActKind.ORIENTATION_UNDONE, subject, {"act": told.act_id})

    def _permit(self, day: date, number: str, place: int) -> None:
        card = f"F{day.day:02}V9RY{place:02}"
        permit = Subject(SubjectType.PERMIT, permit_id("nord", card))
        came = moment("7:00", day - timedelta(days=self.chance.randint(-1, 3)))
        told: dict[str, Json] = {
            "source": "list",
            "exported_at": came.isoformat(),
            "card_number": card,
            "name": "SOW",
            "foreign_number": number,
            "received_on": came.date().isoformat(),
        }
        self.tell(came, ActKind.PERMIT_RECEIVED, permit, told)
        if self.often(0.7):
            self._left(permit, day)

    def _left(self, permit: Subject, day: date) -> None:
        at, sent = self._hour(day), self.often(0.2)
        override: Json = {"reason": "sans SMS", "approved_by": "Mme Roy", "lifted": ["no_summons"]}
        record: dict[str, Json] = {
            **RECORD,
            "offline": self.often(0.3),
            "override": override if self.often(0.3) else None,
        }
        kind = ActKind.PERMIT_SENT_BACK if sent else ActKind.PERMIT_HANDED_OVER
        gone = self.tell(at, kind, permit, record)
        if not sent and self.often(0.15):
            self.tell(at + timedelta(minutes=2), ActKind.HANDOVER_UNDONE, permit, {"acts": [gone.act_id]})
        elif self.often(0.1):
            self.tell(at + timedelta(hours=1), ActKind.PERMIT_HANDED_OVER, permit, record)
        elif sent:
            self._came_back(permit, gone, at)

    def _came_back(self, permit: Subject, gone: Act, at: datetime) -> None:
        """What was sent back is here again, maybe in another lot, maybe to leave once more; or it never left."""
        if self.often(0.2):
            self.tell(at + timedelta(minutes=5), ActKind.BORDEREAU_VOIDED, permit, {"acts": [gone.act_id]})
        for _time in range(self.chance.randint(0, 2)):
            at += timedelta(hours=self.chance.randint(1, 30))
            if self.often(0.3):
                self._listed_again(permit, at)
            self.tell(at, ActKind.PERMIT_BACK_IN_STOCK, permit, {"acts": [gone.act_id], "reason": "renvoyé à tort"})
            at += timedelta(hours=self.chance.randint(0, 30))
            gone = self.tell(at, ActKind.PERMIT_POSTED, permit, {})
        if self.often(0.5):
            details: dict[str, Json] = {"acts": [gone.act_id], "reason": "pli non distribué"}
            self.tell(at + timedelta(hours=self.chance.randint(0, 30)), ActKind.PERMIT_BACK_IN_STOCK, permit, details)

    def _listed_again(self, permit: Subject, at: datetime) -> None:
        told = next(one.details for one in self.acts if one.subject == permit)
        day = at.date().isoformat()
        self.tell(at, ActKind.PERMIT_RECEIVED, permit, {**told, "exported_at": at.isoformat(), "received_on": day})


def names(details: Details, act_id: str) -> bool:
    named = (details.get(name) for name in ("act", "acts", "after"))
    return any(act_id in one if isinstance(one, list) else act_id == one for one in named)


def invented_days(seed: int) -> list[Act]:
    """Acts of three days, in the order they were made."""
    told = InventedDays(Random(seed))
    for day in DAYS:
        told.day(day, told.chance.randint(0, 9))
    return told.acts
