"""What offices send to the desks of a simulated month: lists of appointments that change, lots of permits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random

from counter_app.usecases.import_list import import_list
from tests.month.people import SAID, Appointment, People, write_list
from tests.month.site import Post, Site
from tests.usecases.permits_at_hand import receive


@dataclass(repr=False, slots=True)
class Export:
    """A list, as it was when it was exported."""

    path: Path
    exported: datetime
    says: list[tuple[Appointment, str]]


@dataclass(repr=False, slots=True)
class Office:
    """The office of a site. Its lists are imported by the first desk, some also by a desk out of reach."""

    site: Site
    people: People
    chance: Random
    made: int = 0
    exports: list[Export] = field(default_factory=list)

    def export(self, days: Sequence[date]) -> Export:
        """The appointments of some days, as they are now."""
        self.made += 1
        people = [one for day in days for one in self.people.by_day[day]]
        path, now = self.site.folder / f"liste-{self.made}.csv", self.site.now.at
        return Export(write_list(path, people, now), now, [(one, one.says) for one in people])

    def brings(self, post: Post, export: Export) -> None:
        """A desk imports a list: it tells of everybody it names, and of those whom it names no more."""
        import_list(post.desk, export.path)
        knows, fact = post.knows(), post.fact("listed")
        for one, says in export.says:
            if says in SAID or self.site.truth.says(one, knows):
                self.site.truth.listed[one].append((export.exported, says, fact))

    def changes_its_mind(self, day: date, following: Sequence[date], after: datetime) -> None:
        """Appointments of the afternoon are cancelled, moved to the next day, or vanish without a word."""
        for one in list(self.people.by_day[day]):
            if one.slot > after and one.says == "expected":
                draw = self.chance.random()
                if draw < 0.03:
                    one.says = "cancelled"
                elif draw < 0.05 and following:
                    self.people.move(one, following[0])
                elif draw < 0.06:
                    one.says = "gone"

    def knows_better(self, day: date) -> None:
        """In the evening the office notes by itself who came: of some who were seen by no desk, too."""
        for one in self.people.by_day[day]:
            came = bool(self.site.truth.by_appointment.get(one))
            if one.says == "expected" and self.chance.random() < 0.5:
                one.says = "served" if came or self.chance.random() < 0.1 else "missed"

    def lots(self, post: Post, day: date) -> None:
        """Cards of the people convened to fetch one."""
        for one in self.people.by_day[day]:
            if one.purpose == "Remise de titre" and one.says == "expected" and self.chance.random() < 0.7:
                self._card(post, one, day)

    def _card(self, post: Post, one: Appointment, day: date) -> None:
        person = one.person
        person.permit = f"C{person.number[2:]}"
        receive(
            post.desk,
            person.permit,
            name=f"{person.name} {person.given}",
            foreign_number=person.number,
            birth_date=person.born.isoformat(),
            received_on=day.isoformat(),
            summoned_on=day.isoformat(),
            slot=one.slot.isoformat(),
        )
        self.site.truth.received.append((person.permit, day, post.fact("received")))
