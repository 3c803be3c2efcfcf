"""What the desks of a site record in a week, chained and signed as they do, without a file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import partial
from itertools import islice
from secrets import token_hex

from counter_app.central.enrolment import Applicant
from counter_app.domain.acts import Act, ActKind, Author, Json, Subject, SubjectType
from counter_app.domain.convocation import identity
from counter_app.domain.person_names import fold, same_person_key
from counter_app.domain.visit import identity as visit_of
from counter_app.keys import DeskKeys
from counter_app.store.heads import Head
from counter_app.store.journal import chain
from counter_app.sync.wire import BACKLOG, WireAct
from tests.bench.homes import SITE, listing_of
from tests.bench.people import FIRST_DAY, ZONE, Person, people

LISTED = 50
"""Rows of a list under one signature, as an import writes them."""
EARLY = datetime.combine(FIRST_DAY, time(7), ZONE)
"""When the lists of the week are imported."""
OF_ONE = 8
"""Acts about one person: a row of a list, an arrival with its ticket and its visit, a call, a service."""


@dataclass(slots=True)
class Writer:
    """A desk that only writes acts."""

    name: str
    device: str = field(default_factory=lambda: token_hex(6))
    keys: DeskKeys = field(default_factory=DeskKeys.new)
    author: Author = field(init=False)
    place: Head = field(default_factory=lambda: Head(0, "0" * 64, 0))

    def __post_init__(self) -> None:
        self.author = Author(SITE, f"{self.device}:{token_hex(6)}", self.name, "A. Petit")

    @property
    def applicant(self) -> Applicant:
        return Applicant(self.device, self.keys.public, self.name, self.name.rpartition(" ")[2], SITE, training=False)

    def lists(self, people: Sequence[Person], at: datetime) -> Iterator[WireAct]:
        """A list of people, imported here."""
        for start in range(0, len(people), LISTED):
            yield from self._gesture([partial(self._listed, one, at) for one in people[start : start + LISTED]])

    def receives(self, one: Person) -> Iterator[WireAct]:
        """A person comes, is called and served, in four gestures."""
        about, at = _About(one), one.slot
        arrived = self._arrival(about, at)
        called = self._visit(about, at + timedelta(seconds=20), ActKind.VISIT_CALLED, arrived[-1])
        present = at + timedelta(seconds=40)
        came = chain(self.place, self.author, present, ActKind.VISIT_PRESENT, about.visit, _after(called[-1].act_id))
        details: dict[str, Json] = {"service": "remise", "with": came.act_id, **_after(came.act_id)}
        begun = chain(self.place, self.author, present, ActKind.SERVICE_BEGUN, about.visit, details)
        both = self._signed([came, begun])
        served = timedelta(seconds=90)
        ended = self._visit(about, at + served, ActKind.SERVICE_FINISHED, both[-1], outcome="served")
        yield from (*arrived, *called, *both, *ended)

    def _arrival(self, about: "_About", at: datetime) -> list[WireAct]:
        arrival = chain(
            self.place, self.author, at, ActKind.CHECKED_IN, about.person, {"minutes": 0, "verdict": "admitted"}
        )
        receipt, number = f"{arrival.act_id[:-1]}r", f"T-59-{self.device}-{arrival.seq}"
        told = {"convocation": about.person.id, "arrival": arrival.act_id, "ticket": "RA 001", "number": number}
        printed: dict[str, Json] = {**told, "kind": "arrival_ticket", "ordinal": arrival.seq, "series": self.device}
        issued = Subject(SubjectType.RECEIPT, receipt)
        ticket = chain(self.place, self.author, at, ActKind.RECEIPT_ISSUED, issued, {**printed, "code": "PGTRNDDHNSNP"})
        opened: dict[str, Json] = {
            **{"after": [], "arrival": arrival.act_id, "convocation": about.person.id, "day": at.date().isoformat()},
            **{"number": "RA 001", "purpose": about.purpose, "receipt": receipt, "service": "remise"},
            "slot": at.isoformat(),
        }
        return self._signed(
            [arrival, ticket, chain(self.place, self.author, at, ActKind.VISIT_OPENED, about.visit, opened)]
        )

    def _visit(self, about: "_About", at: datetime, kind: ActKind, before: WireAct, **details: Json) -> list[WireAct]:
        return self._signed(
            [chain(self.place, self.author, at, kind, about.visit, {**details, **_after(before.act_id)})]
        )

    def _listed(self, one: Person, at: datetime) -> Act:
        details = listing_of(one).to_json()
        return chain(self.place, self.author, at, ActKind.CONVOCATION_LISTED, _About(one).person, details)

    def _gesture(self, acts: Sequence["partial[Act]"]) -> list[WireAct]:
        return self._signed([make() for make in acts])

    def _signed(self, acts: Sequence[Act]) -> list[WireAct]:
        last = acts[-1]
        return [*(wire(act, None) for act in acts[:-1]), wire(last, self.keys.sign(last.digest))]


class _About:
    """What acts about one person name."""

    def __init__(self, one: Person) -> None:
        key, purpose = same_person_key(one.name), fold(one.purpose)
        self.person = Subject(
            SubjectType.CONVOCATION, identity(SITE, key, one.birth_date.isoformat(), one.slot, purpose)
        )
        self.visit = Subject(SubjectType.VISIT, visit_of(self.person.id, one.slot.date()))
        self.purpose = one.purpose


def _after(act_id: str) -> dict[str, Json]:
    return {"after": [act_id]}


def in_one_week(some: Iterable[Person], count: int) -> list[Person]:
    """As many people as asked, convened on five days, whatever their number."""
    found = []
    for place, one in enumerate(islice(some, count)):
        day, minute = divmod(place * 5 * 480 // count, 480)
        slot = datetime.combine(FIRST_DAY, time(8, 30), ZONE) + timedelta(days=day, minutes=minute)
        found.append(replace(one, slot=slot))
    return found


def a_week(writer: Writer, count: int, seed: int) -> list[WireAct]:
    """About so many acts of one desk, which receives whom it listed."""
    some = in_one_week(people(count // OF_ONE, seed), count // OF_ONE)
    return next(week_of([writer], some, EARLY))


def week_of(writers: Sequence[Writer], convened: Sequence[Person], at: datetime) -> Iterator[list[WireAct]]:
    """The acts of each desk: lists imported before the week, and people whom another desk listed, received in turn."""
    shares = [convened[place :: len(writers)] for place in range(len(writers))]
    for place, writer in enumerate(writers):
        mine = list(writer.lists(shares[place], at))
        for one in shares[place - 1]:
            mine += writer.receives(one)
        yield mine


def pages(acts: Sequence[WireAct]) -> Iterator[tuple[WireAct, ...]]:
    """Acts as a desk sends them: so many at a time, and on to the next signature."""
    start = 0
    while start < len(acts):
        end = min(start + BACKLOG, len(acts))
        while acts[end - 1].signature is None:
            end += 1
        yield tuple(acts[start:end])
        start = end


def wire(act: Act, signature: str | None) -> WireAct:
    """An act just chained, as it travels."""
    who, what = act.author, act.subject
    return WireAct(
        act.act_id,
        who.stream,
        act.seq,
        who.site,
        who.desk,
        who.agent,
        act.at.isoformat(),
        act.clock,
        str(act.kind),
        act.version,
        str(what.type),
        what.id,
        act.text,
        act.salt,
        act.details_digest,
        act.prev,
        act.digest,
        signature,
    )
