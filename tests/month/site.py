"""The desks of a simulated month and their central: the app's own code over real files, and who knows what of whom."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from random import Random
from string import ascii_uppercase
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from counter_app import config
from counter_app.central import tables as central_tables
from counter_app.central.engine import writing
from counter_app.central.session import Session
from counter_app.domain.rules import SiteRules
from counter_app.store.statements import rows
from counter_app.sync.desk_sync import DeskSync
from counter_app.sync.exchange import Outcome
from counter_app.sync.state import Phase
from counter_app.sync.transport import Trouble, TroubleKind
from counter_app.sync.wire import Answer, Question
from counter_app.usecases.desk import Desk
from counter_app.usecases.freshness import OLD
from tests.central.local import LocalCentral
from tests.month.passage import Fact, Passage, PassageStory, known_to
from tests.month.people import Hours, fixed
from tests.month.truth import Known, Truth
from tests.sync.nodes import SITE, CentralNode, DeskNode, Now

_LAST = "SELECT clock, act_id FROM act WHERE rowid = (SELECT max(rowid) FROM act)"
NAMES = tuple(f"Guichet {letter}" for letter in ascii_uppercase)


@cache
def rules_of(zone: ZoneInfo, hours: Hours) -> SiteRules:
    """The site's rules elsewhere on earth, its doors open around the hours of its appointments, every day."""
    usual = config.rules_with(SITE, config.Settings())
    opening = [replace(one, days=frozenset(range(7)), opens=time(0), closes=time(23, 59)) for one in usual.opening]
    return replace(usual, zone=zone, opening=tuple(opening)) if (zone, hours) != USUAL else usual


PARIS = ZoneInfo("Europe/Paris")
USUAL = (PARIS, Hours())


@dataclass(repr=False, slots=True)
class Cable:
    """What lies between a desk and the central: cut, nothing comes back."""

    central: LocalCentral
    now: Now
    cut_until: datetime | None = None

    @property
    def whole(self) -> bool:
        return self.cut_until is None or self.now.at >= self.cut_until

    def ask(self, question: Question, patience: float | None = None) -> Answer | Trouble:
        if self.whole:
            return self.central.ask(question, patience)
        return Trouble(TroubleKind.UNREACHABLE, "La base centrale ne répond pas.")

    def endings(self) -> tuple[tuple[str, datetime], ...]:
        return ()

    def close(self) -> None:
        return None


@dataclass(eq=False, repr=False, slots=True)
class Post:
    """One desk, what it knows, and whom it deals with."""

    place: int
    node: DeskNode
    cable: Cable
    seen: tuple[int, ...]
    sync: DeskSync
    nth: int = 0
    verified_at: datetime | None = None
    """When it last held what the central held, by its own clock."""
    tried: bool = True
    """Whether the last exchange went through."""

    @property
    def desk(self) -> Desk:
        return self.node.desk

    @property
    def out_of_reach(self) -> bool:
        """Whether what it does now is done offline: nothing verified within the last minutes, by its own clock."""
        verified, now = self.verified_at, self.desk.now()
        return not self.tried or verified is None or not verified - OLD <= now <= verified + OLD

    def knows(self) -> Known:
        """Of what happened, what this desk knows now, whatever comes later."""
        place, nth, seen = self.place, self.nth, self.seen
        return lambda fact: known_to(place, nth, seen, fact)

    def story(self, passage: Passage) -> PassageStory:
        knows = self.knows()
        return PassageStory(fact for fact in passage.facts if knows(fact))

    def fact(self, kind: str, **told: str) -> Fact:
        """Something that this desk just noted."""
        self.nth += 1
        with self.node.store.reading() as connection:
            ((clock, act),) = rows(connection, _LAST)
        return Fact(kind, self.place, self.nth, self.seen, fixed(self.desk.now()), told, order=(clock, act))

    def moved(self, passage: Passage, kind: str, call: Fact | None = None, **told: str) -> Fact:
        """Something that this desk just noted of somebody who came; `call`: the call of its own that it answers."""
        heads = self.story(passage).heads
        mine = [head for head in heads if call in head.known] if call else heads
        fact = self.fact(kind, **told)
        fact.call = call if call else fact if kind == "called" else None
        fact.known = frozenset({fact}).union(*(head.known for head in mine))
        passage.facts.append(fact)
        return fact


@dataclass(repr=False, slots=True)
class Site:
    """A central and its desks."""

    folder: Path
    chance: Random
    now: Now
    rules: SiteRules
    truth: Truth
    central: CentralNode = field(init=False)
    posts: list[Post] = field(default_factory=list)
    held: tuple[int, ...] = ()
    """How many facts of each desk the central holds."""
    exchanges: int = 0

    def begin(self, desks: int) -> "Site":
        self.central = CentralNode(self.folder / "centrale", self.now, self.chance).begin()
        with writing(self.central.engine) as connection:
            connection.execute(sa.update(central_tables.site).values(training=False))
        self.held = (0,) * desks
        for place in range(desks):
            device = f"{place + 1:02x}" * 6
            folder = self.folder / f"g{place}"
            node = DeskNode(NAMES[place], folder, self.now, device, f"{device}:{'a' * 12}", self.chance).begin()
            node.desk.rules, node.desk.training, node.desk.shared = self.rules, False, True
            self.central.enrol(device, node.name, node.secrets.public)
            cable = Cable(LocalCentral(self.central.ledger, Session(SITE, device, False)), self.now)
            sync = DeskSync(node.desk, node.ledger, cable, self.chance.random)
            self.posts.append(Post(place, node, cable, self.held, sync))
        return self

    def close(self) -> None:
        for post in self.posts:
            post.node.close()
        self.central.close()

    def exchange(self, post: Post) -> Outcome:
        """One exchange, to its end or to a line that is cut."""
        self.exchanges += 1
        began = post.node.clock()
        state, outcome = post.sync.once()
        post.tried = post.cable.whole
        if post.tried:
            assert state.phase is Phase.UP_TO_DATE, f"{post.node.name} and the central hold the same: {state.phase}"
            self.held = post.seen = (*self.held[: post.place], post.nth, *self.held[post.place + 1 :])
            post.verified_at = began
        return outcome

    def settle(self) -> int:
        """Everybody exchanges, in orders drawn anew, until nothing is left to say; how many rounds it took."""
        for post in self.posts:
            post.cable.cut_until = None
        for turn in range(1, 9):
            found = [self.exchange(post) for post in self.chance.sample(self.posts, len(self.posts))]
            if not any(one.pushed or one.pulled for one in found):
                return turn
        raise AssertionError("it does not become quiet")

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.rules.zone).date()
