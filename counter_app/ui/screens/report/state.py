"""What the screen of the day's report shows, as one frozen value, and what the agent may do next. Pure."""

from dataclasses import dataclass

from counter_app.domain.acts import Json
from counter_app.domain.day_balance import Ended, WhyOpen
from counter_app.domain.day_figures import DayFigures, Figures, OneDay
from counter_app.domain.period_figures import Comparison, NothingToCompare, PeriodFigures
from counter_app.ui.screens.report.asked import Asked
from counter_app.usecases.close_day import Closing, Since, since_each
from counter_app.usecases.figures_told import told
from counter_app.usecases.freshness import OtherDesks
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import VerdictAction, enter_key, key_name

KEYS = {
    "treat": "Entrée",
    "sign": "Ctrl+Entrée",
    "print": "Ctrl+P",
    "csv": "Ctrl+E",
    "tables": "Ctrl+T",
    "previous": "Alt+←",
    "next": "Alt+→",
    "today": "Alt+Origine",
    "compare": "Ctrl+R",
    "limit": "Ctrl+L",
    "open_day": "Entrée",
    "back": "Échap",
}
"""Keys as French keyboards name them."""
TODAY = Asked()
"""What is asked when nobody asked for anything else."""
NOBODY_ELSE = OtherDesks()
FILES = ("pdf", "annex", "xlsx", "csv", "json")
"""Files that an agent may keep, in the order in which `report --out` writes them."""
_FIRST = (*(one for one in WhyOpen if one is not WhyOpen.EXPECTED), WhyOpen.EXPECTED)
"""Who is here, or lost, comes before those whose hour is to come."""


@dataclass(frozen=True, slots=True)
class ReportLook:
    """A day as it is known now, and the versions that were signed."""

    figures: DayFigures
    closings: tuple[Closing, ...] = ()
    changed: tuple[dict[str, Json], ...] = ()
    """What differs from the last version."""
    since: tuple[Since, ...] = ()
    """What differs from each version that stands, the newest last: several when desks apart each signed one."""

    @property
    def last(self) -> Closing | None:
        """The version that stands."""
        return self.closings[-1] if self.closings else None

    @property
    def moved(self) -> bool:
        """Whether a version that stands says other figures."""
        return bool(self.changed) or any(one.changed for one in self.since)

    @property
    def signed(self) -> Closing | None:
        """The version that says these very figures; None when none does."""
        return None if self.moved else self.last

    @property
    def open_cases(self) -> tuple[Ended, ...]:
        """People to name, those who are here first, then by their hour."""
        order = {why: place for place, why in enumerate(_FIRST)}
        cases = self.figures.open_cases
        return tuple(sorted(cases, key=lambda one: (order[one.why or _FIRST[-1]], one.case.convocation.slot)))


def look_of(figures: DayFigures, closings: tuple[Closing, ...]) -> ReportLook:
    """Figures beside what was signed of them."""
    since = since_each(closings, told(figures))
    return ReportLook(figures, closings, since[-1].changed if since else (), since)


@dataclass(frozen=True, slots=True)
class ReportState:
    """One moment of the screen."""

    asked: Asked = TODAY
    look: ReportLook | None = None
    """The day, when one day of everybody is asked for."""
    period: PeriodFigures | None = None
    """The figures of anything else."""
    compared: Comparison | NothingToCompare | None = None
    others: OtherDesks = NOBODY_ELSE
    """How far the other desks of the site are known here."""
    refused: str = ""
    """Why nothing is told, in words."""
    chosen: str = ""
    """The current row: a convocation, or a day of a period."""
    reviewing: bool = False
    """What will be signed is being read again."""
    tables: bool = False
    """Tables in place of charts."""

    @property
    def figures(self) -> Figures | None:
        """Whatever is on show."""
        return self.look.figures if self.look else self.period

    @property
    def before(self) -> PeriodFigures | None:
        """The period compared with."""
        return self.compared.before if isinstance(self.compared, Comparison) else None

    @property
    def case(self) -> Ended | None:
        """The open case that Enter treats: the chosen one, else the first."""
        cases = self.look.open_cases if self.look else ()
        chosen = (one for one in cases if one.case.convocation.id == self.chosen)
        return next(chosen, cases[0] if cases else None)

    @property
    def one_day(self) -> OneDay | None:
        """The day of a period that Enter opens: the chosen one, else the first with open cases, else the first."""
        days = self.period.days if self.period else ()
        chosen = (one for one in days if one.day.isoformat() == self.chosen)
        still_open = (one for one in days if one.balance.open)
        return next(chosen, None) or next(still_open, None) or (days[0] if days else None)


def actions_of(state: ReportState, words: Words) -> tuple[VerdictAction, ...]:
    """What may be done, the next sensible thing first."""
    slugs: tuple[str, ...] = ()
    if state.period:
        slugs = ("open_day", "print") if state.one_day else ("print",)
    elif state.look and not state.reviewing:
        slugs = ("treat", "sign", "print") if state.look.open_cases else ("sign", "print")
    return tuple(action(slug, words) for slug in slugs)


def review_actions(words: Words) -> tuple[VerdictAction, ...]:
    """At the foot of the review."""
    return tuple(action(slug, words) for slug in ("sign", "back"))


def file_actions(words: Words) -> tuple[VerdictAction, ...]:
    """Files to keep."""
    return tuple(action(slug, words) for slug in FILES)


def action(slug: str, words: Words) -> VerdictAction:
    """A button, with its key."""
    key = KEYS.get(slug, "")
    shown = enter_key(words.lang) if key == "Entrée" else key_name(key, words.lang)
    return VerdictAction(slug, words(f"report.actions.{slug}"), shown)
