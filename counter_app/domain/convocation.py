"""A convocation and its life: what the lists say of one person's appointment, and what the desks did of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from counter_app.domain.answers import effective
from counter_app.domain.list_answers import ListsAnswer, Word, never_came, not_believed, since
from counter_app.domain.listing import TERMINAL, ListedStatus, Listing, Vanishing
from counter_app.domain.recorded_arrival import APART, Arrival, ArrivalsAnswer, contradict


class ConvocationStatus(StrEnum):
    """Where a convocation stands, as shown and as written in JSON."""

    EXPECTED = "expected"
    CHECKED_IN = "checked_in"
    SERVED = "served"
    MISSED = "missed"
    CANCELLED = "cancelled"
    CANCELLED_BY_OFFICE = "cancelled_by_office"
    RESCHEDULED = "rescheduled"
    ABSENT_FROM_LIST = "absent_from_list"


_STATUS = {listed: ConvocationStatus(listed.value) for listed in (*TERMINAL, ListedStatus.EXPECTED)}
"""What a list says, as the desk says it when it knows no better."""


@dataclass(frozen=True, slots=True)
class Convocation:
    """One person's appointment as this desk knows it."""

    id: str
    listings: tuple[Listing, ...] = ()
    """One per source, the newest export of each, in the order of (exported_at, source)."""
    arrivals: tuple[Arrival, ...] = ()
    undone: tuple[str, ...] = ()
    attempts: int = 0
    confirmed_number: str | None = None
    instruction: str | None = None
    """What a supervisor wants done before this person is received; never read aloud."""
    told: tuple[Listing, ...] = ()
    """Everything that lists ever told, in the order of the acts, when `listings` alone no longer says it."""
    vanished: tuple[Vanishing, ...] = ()
    withdrawn: tuple[str, ...] = ()
    """Imports that were undone: what they told no longer speaks."""
    answers: tuple[ArrivalsAnswer, ...] = ()
    list_answers: tuple[ListsAnswer, ...] = ()
    """What supervisors answered about arrivals, and about what lists say, in the order of the acts."""
    covered: tuple[Listing, ...] = ()
    """What speaks where lists as a whole make it otherwise (see `list_names`)."""

    @property
    def code(self) -> str:
        """32 bits of the identity: what the printed code of the convocation carries."""
        return self.id[:8]

    @property
    def listing(self) -> Listing:
        """The listing that speaks: the newest one that still holds the person, else the newest."""
        newest = self.listings[-1]
        if newest.present or len(self.listings) == 1:
            return newest
        return next((listing for listing in reversed(self.listings) if listing.present), newest)

    def best(self, field: str) -> str | None:
        """Newest known value of a field over all sources: what one list lacks another may hold."""
        speaking = self.listing
        for listing in (speaking, *reversed(self.listings)) if len(self.listings) > 1 else (speaking,):
            value = getattr(listing, field)
            if value not in (None, ""):
                return str(value)
        return None

    @property
    def touched(self) -> bool:
        """Whether a desk did anything about this person: they are then never out of sight, whatever is undone."""
        done = (self.arrivals, self.undone, self.attempts, self.confirmed_number, self.instruction)
        return any((*done, self.answers, self.list_answers))

    @property
    def name(self) -> str:
        return self.listing.name

    @property
    def slot(self) -> datetime:
        """The hour of the appointment, aware, with the site's offset."""
        return datetime.fromisoformat(self.listing.slot)

    @property
    def purpose(self) -> str:
        return self.listing.purpose

    @property
    def foreign_number(self) -> str | None:
        """What a desk confirmed, else what the lists say."""
        return self.confirmed_number or self.best("foreign_number")

    @property
    def document_expiry(self) -> date | None:
        """Last day of validity printed on the person's permit, as the lists know it."""
        expiry = self.best("document_expiry")
        return date.fromisoformat(expiry) if expiry else None

    @property
    def minor(self) -> bool:
        return any(listing.minor for listing in self.listings)

    @property
    def taken_back(self) -> frozenset[str]:
        """Arrivals that no longer stand: undone by a desk, or not what a supervisor kept."""
        undone = frozenset(self.undone) | never_came(self.list_answers)
        if not self.answers:
            return undone
        answers = self._effective_answers
        lost = {act for one in answers if one.kept for act in one.acts if act != one.kept}
        if lost.issuperset(arrival.act_id for arrival in self.arrivals):
            # Desks apart answered in a ring: nobody who came is left without an arrival, the earliest answer holds.
            lost -= {next((one.kept for one in answers if one.kept), "")}
        return undone | lost

    @property
    def _effective_answers(self) -> tuple[ArrivalsAnswer, ...]:
        return tuple(self.answers[place] for place in effective([frozenset(one.acts) for one in self.answers]))

    @property
    def standing_arrivals(self) -> tuple[Arrival, ...]:
        """Arrivals that were not taken back, earliest first."""
        if not self.arrivals:
            return ()
        gone = self.taken_back
        standing = (arrival for arrival in self.arrivals if arrival.act_id not in gone)
        return tuple(sorted(standing, key=lambda arrival: (arrival.moment, arrival.act_id)))

    @property
    def arrival(self) -> Arrival | None:
        """The arrival that counts: the earliest standing one."""
        standing = self.standing_arrivals
        return standing[0] if standing else None

    @property
    def daily_arrivals(self) -> tuple[Arrival, ...]:
        """The earliest standing arrival of each day, in order: somebody nobody received may come again the next day."""
        earliest: dict[date, Arrival] = {}
        for arrival in self.standing_arrivals:
            earliest.setdefault(arrival.moment.date(), arrival)
        return tuple(earliest.values())

    @property
    def last_arrival(self) -> Arrival | None:
        """The arrival that counts on the last day that has one."""
        return next(reversed(self.daily_arrivals), None)

    @property
    def contradicting(self) -> tuple[Arrival, ...]:
        """Standing arrivals of which another device tells an hour more than five minutes away, earliest first; those
        that a supervisor said to be both true contradict each other no more."""
        standing = self.standing_arrivals
        if len(standing) < 2 or standing[-1].moment - standing[0].moment <= APART:
            return ()
        answered = [frozenset(one.acts) for one in self._effective_answers]
        return tuple(one for one in standing if any(contradict(one, other, answered) for other in standing))

    @property
    def contested(self) -> bool:
        """Two desks recorded arrivals more than five minutes apart: a person has to look."""
        return bool(self.contradicting)

    def word_of(self, listing: Listing) -> Word:
        """What a source says now, since when."""
        told = self.told or self.listings
        return since(listing, (one for one in told if one.list_id not in self.withdrawn))

    @property
    def believed(self) -> tuple[Listing, ...]:
        """Listings that still hold the person, and whose word no supervisor's answer denies."""
        present = tuple(listing for listing in self.listings if listing.present)
        if not self.list_answers:
            return present
        words = {listing: self.word_of(listing) for listing in present}
        denied = not_believed(self.list_answers, words.values(), self.undone)
        return tuple(listing for listing, word in words.items() if word not in denied)

    @property
    def listed_status(self) -> ListedStatus:
        """A terminal word of any source stands until that same source takes it back, or a supervisor answers that it
        is not true: cancelling is never lost."""
        for listing in reversed(self.believed):
            if listing.status in TERMINAL:
                return listing.status
        return ListedStatus.EXPECTED

    @property
    def sources_disagree(self) -> bool:
        """One list ends what another still expects: shown to the agent. A list that does not say contradicts nobody."""
        if len(self.listings) < 2:
            return False
        words = [listing.status for listing in self.believed]
        return ListedStatus.EXPECTED in words and any(word in TERMINAL for word in words)

    @property
    def status(self) -> ConvocationStatus:
        """Desk facts first, then terminal words of the lists, then presence in the lists."""
        if self.arrival and self.listed_status is not ListedStatus.SERVED:
            return ConvocationStatus.CHECKED_IN
        return self.listed_as

    @property
    def listed_as(self) -> ConvocationStatus:
        """What the lists alone say."""
        listed = self.listed_status
        if listed is ListedStatus.EXPECTED and not any(listing.present for listing in self.listings):
            moved = self.listings and self.listing.replaced_by
            return ConvocationStatus.RESCHEDULED if moved else ConvocationStatus.ABSENT_FROM_LIST
        return _STATUS[listed]


def identity(site: str, name_key: str, birth_date: str | None, slot: datetime, purpose_key: str) -> str:
    """Identity of a convocation first seen in a list: 32 hexadecimal letters, the same at every desk.

    Lists of different tools that name the same person, birth date, hour and purpose speak of one convocation.
    """
    parts = (site, name_key, birth_date or "", slot.isoformat(), purpose_key)
    return sha256("\n".join(parts).encode()).hexdigest()[:32]
