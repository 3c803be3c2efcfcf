"""A month of a site, simulated: everybody who comes, every desk, what breaks between them, by a seed."""

import heapq
from collections import Counter as Counts
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from counter_app.domain.acts import Json
from counter_app.domain.verdict import Verdict
from counter_app.usecases.audit import rebuild, verify
from tests.month.counter import Counter
from tests.month.evening import Evenings
from tests.month.office import Office
from tests.month.people import Appointment, Hours, People
from tests.month.reception import Reception
from tests.month.site import PARIS, Post, Site, rules_of
from tests.month.truth import Truth
from tests.sync.invariants import prints
from tests.sync.nodes import Now

WITHOUT_APPOINTMENT, LATE_CALLS = 0.15, timedelta(minutes=45)
MINUTE, HOUR = 60.0, 3600.0
RESTED = 0.1
"""Of the desks, those that are heard of only at the end of the month."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How large a month, and when."""

    days: Sequence[date]
    desks: int = 5
    visitors: int = 40
    """A day, those without an appointment included."""
    seed: int = 1
    zone: ZoneInfo = PARIS
    hours: Hours = field(default_factory=Hours)


class Month:
    """One run."""

    def __init__(self, plan: Plan, folder: Path, say: Callable[[str], None] = lambda _words: None) -> None:
        self.plan, self.say, self.chance = plan, say, Random(plan.seed)
        self.now = Now(datetime.combine(plan.days[0], time(0), plan.zone))
        self.people = People(self.chance, plan.zone, plan.hours)
        self.truth = Truth(self.people.by_day)
        rules = rules_of(plan.zone, plan.hours)
        self.site = Site(folder, self.chance, self.now, rules, self.truth).begin(plan.desks)
        self.office = Office(self.site, self.people, self.chance)
        self.reception = Reception(self.site, self.chance)
        self.counter = Counter(self.site, self.chance, self.later, self.now.at)
        self.evenings = Evenings(self.site)
        self.agenda: list[tuple[datetime, int, Callable[[], object]]] = []
        self.ticks = count()

    def close(self) -> None:
        self.site.close()

    def run(self) -> dict[date, dict[str, Json]]:
        """Every day, then all is exchanged and compared; the figures of each day."""
        for day in self.plan.days:
            self.people.convene(day, round(self.plan.visitors * (1 - WITHOUT_APPOINTMENT)))
        for place in range(len(self.plan.days)):
            self.day(place)
        return self.end()

    # Time.

    def at(self, moment: datetime, what: Callable[[], object]) -> None:
        heapq.heappush(self.agenda, (moment.astimezone(UTC), next(self.ticks), what))

    def later(self, seconds: float, what: Callable[[], object]) -> None:
        self.at(self.now.at.astimezone(UTC) + timedelta(seconds=seconds), what)

    def pass_time(self) -> None:
        """Everything on the agenda, in the order of true time."""
        while self.agenda:
            at, _tick, what = heapq.heappop(self.agenda)
            self.now.at = max(self.now.at, at)
            what()

    def sometime(self, first: datetime, last: datetime, what: Callable[[], object]) -> None:
        first, last = first.astimezone(UTC), last.astimezone(UTC)
        self.at(first + (last - first) * self.chance.random(), what)

    # A day.

    def day(self, place: int) -> None:
        day, following = self.plan.days[place], self.plan.days[place + 1 : place + 2]
        slots = self.plan.hours.slots(day, self.plan.zone)
        opens, closes = slots[0].astimezone(UTC), slots[-1].astimezone(UTC) + timedelta(minutes=self.plan.hours.slot)
        self.now.at = max(self.now.at, opens - timedelta(minutes=95))
        self.counter.last_call = closes + LATE_CALLS
        self._trouble(place, opens, closes)
        self._morning(day, following)
        self.at(opens + timedelta(hours=1), partial(self._second_list, day, following, opens + timedelta(hours=2)))
        for one in list(self.people.by_day[day]):
            self._comes_sometime(one)
        for _ in range(round(self.plan.visitors * WITHOUT_APPOINTMENT)):
            self.sometime(opens, closes, self._walks_in)
        for post in self.posts:
            self.sometime(opens, opens + timedelta(minutes=5), partial(self.counter.works, post))
        self._evening(place, closes)
        self.pass_time()
        for passage in self.truth.came[day]:
            passage.person.inside = passage.person.at_desk = False
        self.say(f"{day}: {len(self.truth.came[day])} passages, {self.site.exchanges} exchanges")

    @property
    def posts(self) -> list[Post]:
        return self.site.posts

    def _post(self) -> Post:
        return self.chance.choice(self.posts)

    # What goes wrong. The first desk imports the lists: it is never cut off, and its clock is right.

    def _trouble(self, place: int, opens: datetime, closes: datetime) -> None:
        for post in self.posts[1:]:
            if self.chance.random() < 0.8:
                post.node.offset = timedelta()
            if self.chance.random() < 0.25:
                self.sometime(opens, closes, partial(self._cut, post, self.chance.uniform(0.5, 5) * HOUR))
            if self.chance.random() < 0.06:
                self._cut(post, self.chance.uniform(10, 60) * HOUR)
            if self.chance.random() < 0.2:
                self.sometime(opens, closes, partial(self._wrong_clock, post))
        if place == len(self.plan.days) // 3:
            for post in self.posts[-max(1, round(len(self.posts) * RESTED)) :]:
                self._cut(post, 60 * 24 * HOUR)

    def _cut(self, post: Post, seconds: float) -> None:
        until = self.now.at + timedelta(seconds=seconds)
        post.cable.cut_until = max(until, post.cable.cut_until or until)

    def _wrong_clock(self, post: Post) -> None:
        most = self.chance.choice((3, 20, 20, 240))
        post.node.offset = timedelta(seconds=round(self.chance.uniform(-most, most) * MINUTE))

    # The morning.

    def _morning(self, day: date, following: Sequence[date]) -> None:
        first, export = self.posts[0], self.office.export((day, *following))
        self.office.brings(first, export)
        self.office.lots(first, day)
        for post in self.posts:
            if post.cable.whole:
                self.site.exchange(post)
            elif self.chance.random() < 0.7 and not post.node.offset:
                self.office.brings(post, export)

    def _second_list(self, day: date, following: Sequence[date], after: datetime) -> None:
        self.office.changes_its_mind(day, following, after)
        self.office.brings(self.posts[0], self.office.export((day, *following)))

    # People.

    def _comes_sometime(self, one: Appointment) -> None:
        """Early, on time, late, or never."""
        draw, slot = self.chance.random(), one.slot.astimezone(UTC)
        if draw < 0.1 or (one.says != "expected" and draw < 0.9):
            return
        minutes = self.chance.gauss(-12, 9)
        if draw > 0.92:
            minutes = self.chance.uniform(-150, -30) if draw > 0.96 else self.chance.uniform(12, 80)
        self.at(slot + timedelta(minutes=minutes), partial(self._comes, one, 1))

    def _comes(self, one: Appointment, times: int) -> None:
        person = one.person
        changed_since = one.says in ("cancelled", "moved", "gone") and self.chance.random() < 0.8
        if person.inside or changed_since:
            return
        verdict = self.reception.arrives(self._post(), one, insists=self.chance.random() < 0.6)
        if one.person.inside:
            self._waits(one)
        elif verdict is Verdict.TOO_EARLY and times < 3:
            self.at(one.slot - timedelta(minutes=10), partial(self._comes, one, times + 1))
        elif times < 4:
            self.later(120, partial(self._comes, one, times + 1))

    def _waits(self, one: Appointment) -> None:
        """One in twenty-five goes away; some show their number again at another desk."""
        if self.chance.random() < 0.04:
            self.later(self.chance.uniform(20, 70) * MINUTE, partial(self._goes, one))
        if self.chance.random() < 0.05:
            self.later(self.chance.uniform(2, 40) * MINUTE, partial(self._again, one))

    def _goes(self, one: Appointment) -> None:
        person = one.person
        if not person.inside or person.at_desk:
            return
        person.inside = False
        if self.chance.random() < 0.5:
            for passage in self.truth.by_appointment[one]:
                self.counter.leaves(self._post(), passage)

    def _again(self, one: Appointment) -> None:
        if one.person.inside and not one.person.at_desk:
            self.reception.arrives(self._post(), one, insists=False)

    def _walks_in(self) -> None:
        self.reception.walks_in(self._post(), self.people.person())

    # The evening, and what comes after it.

    def _evening(self, place: int, closes: datetime) -> None:
        day, later = self.plan.days[place], closes + timedelta(hours=2)
        if self.chance.random() < 0.4:
            self.at(later, partial(self.office.knows_better, day))
            self.at(later, lambda: self.office.brings(self.posts[0], self.office.export((day,))))
        for post in self.posts:
            if self.chance.random() < 0.5:
                self.sometime(later, later + timedelta(hours=1), partial(self._signs, post, day))
        self.at(later + timedelta(hours=self.chance.choice((3, 9, 14))), partial(self._ends_what_was_left, day))
        former = self.plan.days[max(0, place - 2) : place]
        for post in self.chance.sample(self.posts, min(2, len(self.posts))):
            for one in former:
                self.sometime(later, later + timedelta(hours=1), partial(self._signs, post, one))

    def _signs(self, post: Post, day: date) -> None:
        if post.cable.whole and self.chance.random() < 0.8:
            self.site.exchange(post)
        self.evenings.closes(post, day)

    def _ends_what_was_left(self, day: date) -> None:
        """The night after, or the next morning: some of what was left open is ended, by its desk or another one."""
        left, self.counter.unfinished = self.counter.unfinished, []
        for serving in left:
            if self.chance.random() < 0.5:
                self.counter.finishes(serving, self.counter.outcome())
        for passage in self.truth.came[day]:
            if self.chance.random() < 0.3:
                post = self._post()
                if post.story(passage).stage in ("waiting", "parked", "absent"):
                    self.counter.leaves(post, passage)

    def end(self) -> dict[date, dict[str, Json]]:
        """Clocks are set right, cables mended; each day is signed once more somewhere, then told everywhere."""
        for post in self.posts:
            post.node.offset = timedelta()
        self.now.at += timedelta(days=2)
        rounds = self.site.settle()
        for day in self.plan.days:
            self.evenings.closes(self._post(), day)
        self.site.settle()
        found = {day: self.evenings.same_everywhere(day) for day in self.plan.days}
        self.say(f"{len(found)} days balance at {len(self.posts)} desks, quiet after {rounds} rounds")
        return found

    def met(self) -> Counts[str]:
        """What the run was made of, to know that it is worth something."""
        told = Counts[str]()
        for passage in self.truth.passages.values():
            told.update(fact.kind for fact in passage.facts)
            told["taken back"] += sum(fact.void for fact in passage.facts)
            told["newest moves apart"] += len(passage.story().heads) > 1
            told["several arrivals"] += len(passage.story().arrivals) > 1
            told["on another day than their hour"] += bool(
                passage.appointment and passage.appointment.slot.date() != passage.day
            )
        told.update(fact.kind for facts in self.truth.counted.values() for fact in facts)
        told["handed over"] = sum(len(facts) for facts in self.truth.handed.values())
        told["versions signed"] = sum(map(len, self.evenings.signed.values()))
        return told

    def verified(self) -> str:
        """Every desk shows the same rows; each verifies its journal, and what one rebuilds holds for all."""
        first, *others = (prints(post.desk) for post in self.posts)
        assert all(one == first for one in others), "every desk shows the same rows"
        for post in self.posts:
            outcome = verify(post.desk)
            assert outcome.ok, f"{post.node.name} verifies: {outcome.faults[:3]}"
        rebuilt = rebuild(self._post().desk)
        assert rebuilt.same, f"rebuilds the same: {rebuilt.differences}"
        return f"{len(self.posts)} journals verified, {rebuilt.rows} rows rebuilt the same"
