"""Desks at work in a simulated month: they call, wait, serve, put aside, send elsewhere, hand permits over, forget.

Each gesture is the app's own; what came of it is noted for the truth only when the app says that it was done.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from counter_app.domain.permit_listing import permit_id
from counter_app.domain.visit import Outcome
from counter_app.store import permit_rows
from counter_app.usecases import calling
from counter_app.usecases.hand_over import hand_over
from counter_app.usecases.queue_answers import QueueAnswer
from counter_app.usecases.undo import undo
from tests.month.passage import Fact, Passage
from tests.month.reception import AGREED
from tests.month.site import Post, Site
from tests.usecases.permits_at_hand import full_draft

Later = Callable[[float, Callable[[], object]], None]
"""Do something so many seconds later."""
SERVICES = ("accueil", "remise")
PATIENCE = 300
"""Seconds that an agent waits before giving a number up, when the clock of the desk went back."""


@dataclass(eq=False, repr=False, slots=True)
class Serving:
    """A person in front of a desk."""

    post: Post
    passage: Passage
    call: Fact


@dataclass(repr=False, slots=True)
class Counter:
    """What agents do with those who wait."""

    site: Site
    chance: Random
    later: Later
    last_call: datetime
    """When desks stop calling today."""
    unfinished: list[Serving] = field(default_factory=list)
    """People whose service nobody ended in the app."""

    def works(self, post: Post) -> None:
        """Somebody else is called, or the desk looks again in a moment."""
        if self.site.now.at >= self.last_call:
            return
        online = post.cable.whole and self.chance.random() < 0.9
        if online:
            self.site.exchange(post)
        answer = calling.call_next(post.desk, self.chance.choice(("", "", "", *SERVICES)))
        passage = self._passage(answer)
        if not (answer.done and passage):
            self.later(self.chance.uniform(120, 480), lambda: self.works(post))
            return
        call = post.moved(passage, "called")
        if self.chance.random() < 0.01:
            self._not_meant(post, call)
            return
        if online:
            self.site.exchange(post)
        serving = Serving(post, passage, call)
        self.later(self.chance.uniform(15, 59), lambda: self._waits_for(serving, 1))

    def _passage(self, answer: QueueAnswer) -> Passage | None:
        return self.site.truth.passages[answer.line.visit.id] if answer.line else None

    def _not_meant(self, post: Post, call: Fact) -> None:
        """Called by mistake: taken back."""
        done = undo(post.desk)
        assert done.done and done.gesture and done.gesture.kind == "visit_called", f"a call is taken back: {done}"
        call.void = True
        self.later(30, lambda: self.works(post))

    def _waits_for(self, serving: Serving, calls: int) -> None:
        """The person comes, is called again, or is noted absent after three calls."""
        post, passage, person = serving.post, serving.passage, serving.passage.person
        if person.inside and not person.at_desk and self.chance.random() < 0.97:
            if calling.present(post.desk, passage.id).done:
                post.moved(passage, "present", serving.call)
                person.at_desk = True
                self.later(self._minutes(), lambda: self._ends(serving, first=True))
                return
            self.later(30, lambda: self.works(post))
            return
        again = calls < 3
        answer = (calling.recall if again else calling.absent)(post.desk, passage.id)
        if answer.done:
            post.moved(passage, "recalled" if again else "absent", serving.call)
        if answer.done and again:
            self.later(61, lambda: self._waits_for(serving, calls + 1))
        elif answer.done:
            self.later(180, lambda: self.is_back(post, passage))
            self.later(20, lambda: self.works(post))
        elif answer.wait and answer.wait.total_seconds() < PATIENCE:
            self.later(answer.wait.total_seconds(), lambda: self._waits_for(serving, calls))
        else:
            self.later(20, lambda: self.works(post))

    def _minutes(self) -> float:
        return min(3600.0, 40 + self.chance.lognormvariate(5.95, 0.55))

    def _ends(self, serving: Serving, *, first: bool) -> None:
        """What became of the person at the desk."""
        post, passage = serving.post, serving.passage
        if first and passage.person.permit:
            self._hands_over(post, passage)
        what = self.chance.choices(("finish", "more", "park", "transfer", "forget"), (80, 7 * first, 4, 6, 1.5))[0]
        passage.person.at_desk = False
        match what:
            case "forget":
                passage.person.inside = False
                self.unfinished.append(serving)
            case "park":
                self._parks(serving)
            case "transfer":
                self._transfers(serving)
            case _ if self.finishes(serving, Outcome.RECEIVED if what == "more" else self.outcome()) and what == "more":
                self._begins(serving)
                return
            case _:
                pass
        self.later(self.chance.uniform(10, 60), lambda: self.works(post))

    def outcome(self) -> Outcome:
        return self.chance.choices(tuple(Outcome), (90, 4, 2, 4))[0]

    def finishes(self, serving: Serving, outcome: Outcome) -> bool:
        """The service ends with an outcome; one in a hundred was not meant, and ends again."""
        post, passage = serving.post, serving.passage
        if not calling.finish(post.desk, passage.id, outcome).done:
            return False
        fact = post.moved(passage, "finished", serving.call, outcome=outcome.value)
        if self.chance.random() < 0.01:
            assert undo(post.desk).done, "an end is taken back"
            fact.void = True
            return self.finishes(serving, self.outcome())
        passage.person.inside = False
        return True

    def _begins(self, serving: Serving) -> None:
        """Another service for the person who is still there."""
        post, passage = serving.post, serving.passage
        service = self.chance.choice(SERVICES)
        if not calling.begin(post.desk, passage.id, service).done:
            self.later(10, lambda: self.works(post))
            return
        post.moved(passage, "begun", service=service)
        passage.person.inside = passage.person.at_desk = True
        self.later(self._minutes() / 2, lambda: self._ends(serving, first=False))

    def _parks(self, serving: Serving) -> None:
        post, passage = serving.post, serving.passage
        if calling.park(post.desk, passage.id, "Photographie à refaire").done:
            post.moved(passage, "parked")
            self.later(self.chance.uniform(200, 1500), lambda: self.is_back(post, passage))

    def is_back(self, post: Post, passage: Passage) -> None:
        """Somebody put aside or noted absent says at a desk that they are here."""
        if passage.person.inside and calling.take_back(post.desk, passage.id).done:
            post.moved(passage, "unparked")

    def _transfers(self, serving: Serving) -> None:
        post, passage = serving.post, serving.passage
        to = self.chance.choice(self.site.posts).desk.name if self.chance.random() < 0.2 else ""
        service = "" if to else self.chance.choice(SERVICES)
        if calling.transfer(post.desk, passage.id, service, to, "Autre service").done:
            post.moved(passage, "transferred", service=service)

    def leaves(self, post: Post, passage: Passage, reason: str = "") -> None:
        """An agent notes that somebody went away."""
        if calling.leave(post.desk, passage.id, reason).done:
            post.moved(passage, "left")

    def _hands_over(self, post: Post, passage: Passage) -> None:
        card = passage.person.permit
        permit = permit_id(self.site.rules.site, card)
        with post.desk.looking() as connection:
            known = permit_rows.by_id(connection, permit)
        if known is None:
            return
        offline = post.out_of_reach
        draft = full_draft(post.desk, permit_rows.code_of(known), f"{int(passage.person.number):016d}")
        answer = hand_over(post.desk, permit, draft, AGREED)
        if not answer.recorded:
            stopped = post.fact("stopped", word=answer.verdict.value)
            self.site.truth.counted[stopped.at.date()].append(stopped)
            return
        agreed = "yes" if answer.lifted else ""
        fact = post.fact("handed", agreed=agreed, offline="yes" if offline else "")
        self.site.truth.handed[card].append(fact)
        if self.chance.random() < 0.03:
            done = undo(post.desk)
            assert done.done and done.gesture and done.gesture.subject_id == permit, f"a handover is taken back: {done}"
            fact.void = True
