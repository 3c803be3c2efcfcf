"""The doors of a simulated site: arrivals at any desk, doubted, forced, taken back; people without an appointment."""

from dataclasses import dataclass
from random import Random

from counter_app.domain.convocation import Convocation
from counter_app.domain.verdict import RECORDS_ARRIVAL, Verdict
from counter_app.domain.visit import identity
from counter_app.usecases.answers import ArrivalAnswer, Override
from counter_app.usecases.check_in import check_in
from counter_app.usecases.let_in import let_in
from counter_app.usecases.orient import Demand, advice, orient
from counter_app.usecases.receipts import print_receipt
from counter_app.usecases.undo import undo
from tests.month.passage import Fact, Passage
from tests.month.people import Appointment, Person
from tests.month.site import Post, Site
from tests.month.truth import usual_service

AGREED = Override("Vu avec le chef de service", "M. Roux")
MOTIVES = ("recepisse_renewal", "aps_renewal", "change_of_situation", "duplicate", "other")
HERE = (Verdict.ALREADY_CHECKED_IN, Verdict.ALREADY_SERVED)


@dataclass(repr=False, slots=True)
class Reception:
    """What agents do when somebody comes."""

    site: Site
    chance: Random

    def arrives(self, post: Post, one: Appointment, *, insists: bool) -> Verdict:
        """Somebody convened shows their number; the verdict, after a supervisor where one agreed."""
        answer = self._shown(post, one)
        if not answer.recorded and insists and answer.convocation:
            answer = self._shown(post, one, AGREED)
        one.person.inside = answer.recorded or answer.verdict in HERE
        return answer.verdict

    def _shown(self, post: Post, one: Appointment, override: Override | None = None) -> ArrivalAnswer:
        answer = check_in(post.desk, one.person.number, override)
        if answer.recorded:
            assert answer.convocation, "somebody arrives"
            self._arrived(post, answer.convocation, one, agreed="" if answer.verdict in RECORDS_ARRIVAL else "yes")
        elif answer.convocation:
            self._count(post, "stopped", word=answer.verdict.value)
        return answer

    def _arrived(self, post: Post, convocation: Convocation, one: Appointment, agreed: str) -> None:
        meant = next(other for other in one.person.hours if other.slot.timestamp() == convocation.slot.timestamp())
        day = self.site.day_of(post.desk.now())
        passage = self._passage(identity(convocation.id, day), post, meant.person, meant)
        before = post.story(passage)
        service = usual_service(convocation.purpose)
        arrived = post.fact("arrived", service=service, agreed=agreed)
        over = before.heads if before.stage in ("finished", "left", "void") else []
        arrived.known = frozenset({arrived}).union(*(head.known for head in over))
        passage.facts.append(arrived)
        if self.chance.random() < 0.015:
            self._taken_back(post, arrived, one)

    def _taken_back(self, post: Post, arrived: Fact, one: Appointment) -> None:
        """The wrong person was noted: taken back at once, half of the time noted again."""
        done = undo(post.desk)
        assert done.done and done.gesture and done.gesture.kind == "checked_in", f"an arrival is taken back: {done}"
        arrived.void = True
        self._count(post, "undone")
        if self.chance.random() < 0.5:
            self._shown(post, one)

    def _passage(self, visit: str, post: Post, person: Person, one: Appointment | None) -> Passage:
        truth = self.site.truth
        if visit not in truth.passages:
            passage = truth.passages[visit] = Passage(visit, self.site.day_of(post.desk.now()), person, one)
            truth.came[passage.day].append(passage)
            if one:
                truth.by_appointment[one].append(passage)
        return truth.passages[visit]

    def walks_in(self, post: Post, person: Person) -> None:
        """Somebody without an appointment: let in, or sent to the right channel."""
        demand = Demand(self.chance.choice(MOTIVES))
        channel = advice(post.desk, demand).channel.value
        if self.chance.random() < 0.5:
            oriented = orient(post.desk, demand)
            told = self._count(post, "oriented", word=channel, act=oriented.act_id)
            if self.chance.random() < 0.03:
                assert undo(post.desk).done, "an orientation is taken back"
                told.void = True
            return
        done = let_in(post.desk, demand, service=self.chance.choice(("", "", "remise")))
        found = self._passage(done.visit_id, post, person, None)
        service = "remise" if "R" in done.ticket.ticket.split()[0][:-1] else "accueil"
        arrived = post.fact("arrived", service=service)
        arrived.known = frozenset({arrived})
        found.facts.append(arrived)
        self._count(post, "let_in", word=channel).order = arrived.order
        person.inside = True
        if self.chance.random() < 0.01:
            self._print_twice(post, done.ticket.id)

    def _print_twice(self, post: Post, receipt: str) -> None:
        for _ in range(2):
            assert print_receipt(post.desk, receipt), "a paper of this desk"
        self._count(post, "reprinted")

    def _count(self, post: Post, kind: str, **told: str) -> Fact:
        fact = post.fact(kind, **told)
        self.site.truth.counted[fact.at.date()].append(fact)
        return fact
