"""The figures of a day counted again by brute force from what the simulation saw; the shape is that of `told`."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from counter_app.domain.acts import Json
from tests.month.passage import UNTOLD, Fact, Passage, PassageStory
from tests.month.people import Appointment

Known = Callable[[Fact], bool]
Given = Sequence[tuple[str, float]]
"""Services that ended, each with the name of its group."""
NAMES = {"accueil": "Accueil et dépôt", "remise": "Remise des titres"}
TARGET = timedelta(minutes=20).total_seconds()
LATE = timedelta(minutes=30)
"""Nobody is waited for beyond, at the site of the simulation."""
ENDINGS = ("received", "absent", "left", "rescheduled", "cancelled", "open")
BY_LIST = {"served": "received", "missed": "absent", "cancelled": "cancelled", "moved": "rescheduled", "gone": "open"}


def everything(_fact: Fact) -> bool:
    """Once all has been exchanged."""
    return True


def usual_service(purpose: str) -> str:
    return "remise" if purpose == "Remise de titre" else "accueil"


@dataclass(repr=False, slots=True)
class Truth:
    """All that happened."""

    convened: dict[date, list[Appointment]]
    """Everybody with an hour, by its day: convened once a list names them."""
    listed: dict[Appointment, list[tuple[datetime, str, Fact]]] = field(default_factory=lambda: defaultdict(list))
    """What lists said of somebody: when they were exported, the word, who took them in."""
    passages: dict[str, Passage] = field(default_factory=dict)
    came: dict[date, list[Passage]] = field(default_factory=lambda: defaultdict(list))
    by_appointment: dict[Appointment, list[Passage]] = field(default_factory=lambda: defaultdict(list))
    counted: dict[date, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    """What leaves no trace but a number: `stopped`, `oriented`, `let_in`, `undone`, `reprinted`, by the desk's day."""
    received: list[tuple[str, date, Fact]] = field(default_factory=list)
    """Cards by their printed number, and the day of their lot."""
    handed: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    """Handovers by the card."""

    def says(self, one: Appointment, known: Known) -> str:
        """The last word of the lists; nothing when none names the person."""
        told = [(exported, word) for exported, word, fact in self.listed[one] if known(fact)]
        return max(told, key=lambda one: one[0])[1] if told else ""

    def cases(self, day: date, known: Known) -> list[Appointment]:
        return [one for one in self.convened.get(day, ()) if self.says(one, known)]

    def passage(self, one: Appointment, known: Known) -> PassageStory:
        """The passage of somebody convened: on the day of the appointment, else on the last other day they came."""
        stories = [(passage.day, story) for passage, story in self._stories(one, known) if story.stage != "void"]
        mine = [story for day, story in stories if day == one.slot.date()]
        return (mine or [story for _day, story in stories[-1:]] or [PassageStory(())])[0]

    def _stories(self, one: Appointment, known: Known) -> list[tuple[Passage, PassageStory]]:
        mine = sorted(self.by_appointment[one], key=lambda passage: passage.day)
        return [(passage, PassageStory(fact for fact in passage.facts if known(fact))) for passage in mine]

    def _let_in_beyond_the_rules(self, one: Appointment, known: Known) -> int:
        """On how many days a supervisor agreed to the arrival that counts, the first one of the day."""
        firsts = (
            min(story.arrivals, key=lambda fact: fact.at) for _, story in self._stories(one, known) if story.arrivals
        )
        return sum(bool(fact.told.get("agreed")) for fact in firsts)

    def ending(self, one: Appointment, story: PassageStory, known: Known, now: datetime) -> str:
        """What desks did comes before what lists say; nothing is guessed."""
        handed = self.handed[one.person.permit] if one.person.permit else []
        if any(fact.at.date() == one.slot.date() and not fact.void and known(fact) for fact in handed):
            return "received"
        if story.stage != "void":
            return story.ending
        says = self.says(one, known)
        if says in BY_LIST:
            return BY_LIST[says]
        return "absent" if now > one.slot + LATE else "open"

    def figures(self, day: date, now: datetime, known: Known = everything) -> dict[str, Json]:
        """Every figure of a day but what depends on the moment of looking."""
        stories_of = [(one, self.passage(one, known)) for one in self.cases(day, known)]
        cases = [_Case(one, story, self.ending(one, story, known, now)) for one, story in stories_of]
        stories = {one: PassageStory(fact for fact in one.facts if known(fact)) for one in self.came[day]}
        standing = {one: story for one, story in stories.items() if story.stage != "void"}
        arrivals = [story.arrivals[0].at for story in standing.values()]
        walk_ins = Counter(story.ending for one, story in standing.items() if one.appointment is None)
        counts = [fact for fact in self.counted[day] if known(fact) and not fact.void]
        return {
            "day": day.isoformat(),
            "balance": _balance(case.ending for case in cases),
            "walk_ins": _balance(walk_ins.elements()),
            "arrivals": _half_hours(arrivals),
            "waits": _times([case.story.wait for case in cases], TARGET),
            "walk_in_waits": _times([story.wait for one, story in standing.items() if one.appointment is None], TARGET),
            "service_times": _times([seconds for story in standing.values() for _service, seconds in story.services]),
            "by_service": _groups(cases, _Case.service, _by_service(standing.values())),
            "by_purpose": _groups(cases, lambda case: case.one.purpose, _by_purpose(standing)),
            "without_appointment": _count(counts, "oriented", "let_in"),
            "stopped": _count(counts, "stopped"),
            "handover": self._stock(day, known),
            "agreements": self._agreements(cases, day, known),
            "reprints": sum(fact.kind == "reprinted" for fact in counts),
            "offline": sum(fact.told["offline"] == "yes" for _card, fact in self._handed_on(day, known)),
            "arrivals_taken_back": sum(fact.kind == "undone" for fact in counts),
        }

    def _handed_on(self, day: date, known: Known) -> list[tuple[str, Fact]]:
        """Handovers of cards first handed over on a day: two of one card, by desks apart, belong together."""
        standing = (
            (card, [one for one in facts if not one.void and known(one)]) for card, facts in self.handed.items()
        )
        ours = ((card, facts) for card, facts in standing if facts and min(one.at for one in facts).date() == day)
        return [(card, fact) for card, facts in ours for fact in facts]

    def _agreements(self, cases: "Sequence[_Case]", day: date, known: Known) -> int:
        arrivals = sum(self._let_in_beyond_the_rules(case.one, known) for case in cases)
        return arrivals + sum(fact.told["agreed"] == "yes" for _card, fact in self._handed_on(day, known))

    def _stock(self, day: date, known: Known) -> Json:
        days = {card: self._days(facts, known) for card, facts in self.handed.items()}
        went = {card: min(mine) for card, mine in days.items() if mine}
        came = {card: on for card, on, fact in self.received if known(fact)}
        morning = sum(on < day and (card not in went or went[card] >= day) for card, on in came.items())
        received, handed = sum(on == day for on in came.values()), sum(went.get(card) == day for card in came)
        evening = morning + received - handed
        told = {"morning": morning, "received": received, "handed_over": handed, "returned": 0, "evening": evening}
        return {**told, "wrong_sleeves": 0}

    @staticmethod
    def _days(facts: Iterable[Fact], known: Known) -> list[date]:
        return [fact.at.date() for fact in facts if not fact.void and known(fact)]


@dataclass(frozen=True, slots=True)
class _Case:
    one: Appointment
    story: PassageStory
    ending: str

    def service(self) -> str:
        return NAMES[self.story.service or usual_service(self.one.purpose)]


def _balance(endings: Iterable[str]) -> Json:
    counted = Counter(endings)
    return {"convened": counted.total(), **{ending: counted[ending] for ending in ENDINGS}}


def _by_service(stories: Iterable[PassageStory]) -> Given:
    return [(NAMES[service], seconds) for story in stories for service, seconds in story.services]


def _by_purpose(stories: Mapping[Passage, PassageStory]) -> Given:
    convened = [(one.appointment, story) for one, story in stories.items() if one.appointment]
    return [(one.purpose, seconds) for one, story in convened for _service, seconds in story.services]


def _groups(cases: Sequence[_Case], name_of: Callable[[_Case], str], given: Given) -> Json:
    named = defaultdict[str, list[_Case]](list)
    for case in cases:
        named[name_of(case)].append(case)
    for group, _seconds in given:
        named[group] += []
    return [
        {
            "name": name,
            **_as_dict(_balance(case.ending for case in some)),
            "waits": _times([case.story.wait for case in some], TARGET),
            "service_times": _times([seconds for group, seconds in given if group == name]),
        }
        for name, some in sorted(named.items())
    ]


def _as_dict(value: Json) -> dict[str, Json]:
    assert isinstance(value, dict)
    return value


def _count(facts: Iterable[Fact], *kinds: str) -> Json:
    counted = Counter(fact.told["word"] for fact in facts if fact.kind in kinds)
    return dict(sorted(counted.items()))


def _half_hours(moments: Sequence[datetime]) -> Json:
    if not moments:
        return {}
    places = [one.hour * 2 + one.minute // 30 for one in moments]
    return {
        f"{place // 2:02}:{place % 2 * 30:02}": places.count(place) for place in range(min(places), max(places) + 1)
    }


def _times(seconds: Iterable[float | None], target: float | None = None) -> Json:
    told = [one for one in seconds if one is not None]
    known = sorted(one for one in told if one != UNTOLD)
    untold = len(told) - len(known)
    if not known:
        nothing = dict.fromkeys(("median", "p90", "longest", "within_target"))
        return {"count": 0, **nothing, "not_measured": untold}
    ninth = next(one for one in known if sum(other <= one for other in known) * 10 >= 9 * len(known))
    within = None if target is None else f"{round(sum(one <= target for one in known) / len(known), 4):g}"
    minutes = [f"{round(one / 60, 1):g}" for one in (median(known), ninth, known[-1])]
    return {
        "count": len(known),
        "median": minutes[0],
        "p90": minutes[1],
        "longest": minutes[2],
        "within_target": within,
        "not_measured": untold,
    }
