"""The end of simulated days: desks sign figures as they know them, versions say what changed, all is compared."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from counter_app.domain.acts import Json, canonical
from counter_app.usecases.close_day import closings
from counter_app.usecases.day_facts import day_figures
from counter_app.usecases.figures_told import told
from tests.homes import closed_day
from tests.month.passage import Fact
from tests.month.site import Post, Site
from tests.month.truth import Known, everything

OF_THE_MOMENT = ("open_conflicts", "not_sent")
"""What a desk tells of the moment of looking: compared between desks, not with what happened that day."""


@dataclass(repr=False, slots=True)
class Evenings:
    """Days closed, and what each version said."""

    site: Site
    signed: dict[date, list[tuple[Fact, int, dict[str, Json]]]] = field(default_factory=lambda: defaultdict(list))

    def closes(self, post: Post, day: date) -> bool:
        """A desk signs a day as it knows it; whether that made a version."""
        expected, before = self.expected(day, post.desk.now(), post.knows()), self._last(day, post.knows())
        closed = closed_day(post.desk, day)
        assert without_moment(closed.closing.figures) == expected, differences(day, closed.closing.figures, expected)
        assert closed.closing.digest == digest_of(closed.closing.figures), "what is signed is its digest"
        if not closed.new:
            assert before and not changed_since(before[1], closed.closing.figures), f"{day}: all that is new is signed"
            return False
        version, figures = self._highest(day, post.knows()), before[1] if before else None
        assert closed.closing.version == version + 1, f"{day}: versions follow each other"
        changed = {str(one["figure"]): (one["before"], one["after"]) for one in closed.closing.changed}
        meant = changed_since(figures, closed.closing.figures) if figures else {}
        assert changed == meant, f"{day}: what changed is said: {changed} rather than {meant}"
        self.signed[day].append((post.fact("closed"), closed.closing.version, closed.closing.figures))
        return True

    def expected(self, day: date, now: datetime, known: Known) -> dict[str, Json]:
        return self.site.truth.figures(day, now, known)

    def _last(self, day: date, known: Known) -> tuple[int, dict[str, Json]] | None:
        mine = sorted((one for one in self.signed[day] if known(one[0])), key=lambda one: one[0].order)
        return mine[-1][1:] if mine else None

    def _highest(self, day: date, known: Known) -> int:
        return max((version for fact, version, _figures in self.signed[day] if known(fact)), default=0)

    def same_everywhere(self, day: date) -> dict[str, Json]:
        """Once all was exchanged: the figures of a day at every desk, to the unit those of what happened."""
        found = {post.node.name: told(day_figures(post.desk, day)) for post in self.site.posts}
        first, *others = found.values()
        expected = self.expected(day, self.site.posts[0].desk.now(), everything)
        assert without_moment(first) == expected, differences(day, first, expected)
        assert all(digest_of(one) == digest_of(first) for one in others), f"{day}: every desk tells the same"
        versions = [
            [(one.version, one.digest, one.act_id) for one in closings(post.desk, day)] for post in self.site.posts
        ]
        assert all(one == versions[0] for one in versions), f"{day}: every desk holds the same versions"
        assert len(versions[0]) == len(self.signed[day]), f"{day}: no version is lost"
        balance = first["balance"]
        assert isinstance(balance, dict), "a balance has names"
        numbers = {name: int(str(value)) for name, value in balance.items()}
        assert numbers.pop("convened") == sum(numbers.values()), f"{day}: it balances"
        return first


def without_moment(figures: dict[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in figures.items() if name not in OF_THE_MOMENT}


def digest_of(figures: dict[str, Json]) -> str:
    return sha256(canonical(figures).encode()).hexdigest()


def flat(figures: Json, place: str = "") -> dict[str, Json]:
    """Every figure by its path; what has a name, by its name."""
    if isinstance(figures, dict):
        return {path: value for name in figures for path, value in flat(figures[name], f"{place}.{name}").items()}
    if isinstance(figures, list) and all(isinstance(one, dict) and "name" in one for one in figures):
        named = {str(one["name"]): without_name(one) for one in figures if isinstance(one, dict)}
        return {path: value for name in named for path, value in flat(named[name], f"{place}.{name}").items()}
    return {place.lstrip("."): figures}


def without_name(group: dict[str, Json]) -> dict[str, Json]:
    """A group that only one side tells differs by its figures: its name is no figure."""
    return {name: value for name, value in group.items() if name != "name"}


def differing(before: Json, after: Json) -> dict[str, tuple[Json, Json]]:
    """What differs between two tellings, by the path of each figure; nobody counted is as nobody listed."""
    one, other = flat(before), flat(after)
    told = {path: (one.get(path), other.get(path)) for path in [*one, *(path for path in other if path not in one)]}
    nobody = ((None, 0), (0, None))
    return {path: both for path, both in told.items() if both[0] != both[1] and both not in nobody}


def changed_since(before: dict[str, Json], after: dict[str, Json]) -> dict[str, tuple[Json, Json]]:
    """What the next version names: a conflict waits whatever its day."""
    told = differing(before, after)
    return {path: both for path, both in told.items() if path != "open_conflicts"}


def differences(day: date, found: dict[str, Json], expected: dict[str, Json]) -> str:
    return f"{day}: found, expected: {differing(without_moment(found), expected)}"
