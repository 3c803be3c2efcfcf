"""Close a day: its figures signed as a version. What comes late makes another version that says what changed."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from counter_app.domain.acts import UNREADABLE, VERSION, Act, ActKind, Json, Subject, SubjectType, canonical
from counter_app.domain.calendar import YEARS
from counter_app.domain.day_figures import DayFigures
from counter_app.store import counted_acts, journal
from counter_app.usecases.day_facts import day_figures
from counter_app.usecases.desk import Desk
from counter_app.usecases.figures_told import changes, told
from counter_app.usecases.freshness import other_desks
from counter_app.usecases.typed import Unfit, unfit

LONGEST_REMARK = 2_000
"""Characters of an observation."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A version of the figures of a day, signed."""

    act_id: str
    version: int
    signed_at: datetime
    desk: str
    agent: str
    digest: str
    """SHA-256 of the figures in canonical JSON."""
    figures: dict[str, Json]
    changed: tuple[dict[str, Json], ...]
    """What differs from the version before."""
    provisional: bool
    """Some desk had not sent everything, or nobody knew: this desk was cut off."""
    remarks: str


@dataclass(frozen=True, slots=True)
class DayRefusal:
    """Why nothing was signed: a stable code, and French words for the agent."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The day as it was counted, and the version that says so."""

    figures: DayFigures
    closing: Closing
    new: bool
    """False when nothing changed since a version that was signed already."""


def close_day(desk: Desk, day: date, remarks: str = "") -> Closed | DayRefusal:
    """Sign the figures of a day as they are known here. The same figures are not signed twice."""
    remarks = remarks.strip()
    if refusal := _not_to_close(desk, day, remarks):
        return refusal
    figures = day_figures(desk, day)
    shape = told(figures)
    digest = digest_of(shape)
    with desk.gesture() as gesture:
        before = _closings(journal.acts_of(gesture.connection, _subject(day)))
        last = before[-1] if before else None
        if last is not None and last.digest == digest and not remarks:
            return Closed(figures, last, new=False)
        changed: list[Json] = [*changes(last.figures, shape)] if last else []
        details: dict[str, Json] = {
            "version": last.version + 1 if last else 1,
            "digest": digest,
            "figures": shape,
            "changed": changed,
            "provisional": bool(figures.not_sent) or other_desks(desk, gesture.connection, figures.at).unsure,
            "remarks": remarks,
        }
        act = gesture.record(ActKind.DAY_CLOSED, _subject(day), details)
    return Closed(figures, _closing(act), new=True)


def _unfit(wrong: Unfit) -> DayRefusal:
    """Why observations cannot be signed."""
    if wrong.too_many:
        told = f"Les observations ont {wrong.signs} signes, {wrong.too_many} de trop : {wrong.most} au plus."
        return DayRefusal("long_remarks", f"{told} Rien n’a été signé : raccourcissez-les, puis signez.")
    told = f"Les observations contiennent un signe que personne ne voit (U+{ord(wrong.hidden):04X})."
    return DayRefusal("hidden_remarks", f"{told} Rien n’a été signé : retapez-les, puis signez.")


def _not_to_close(desk: Desk, day: date, remarks: str) -> DayRefusal | None:
    """Why a day is not signed."""
    today = desk.now().date()
    if day.year not in YEARS:
        told = f"Le jour {day.isoformat()} est trop loin : donnez un jour entre {YEARS[0]} et {YEARS[-1]}."
        return DayRefusal("bad_day", told)
    if day > today:
        return DayRefusal("day_to_come", f"Le {day:%d/%m/%Y} n’est pas encore venu : il n’y a rien à clore.")
    if wrong := unfit(remarks, LONGEST_REMARK):
        return _unfit(wrong)
    with desk.looking() as connection:
        first = min(counted_acts.first_day(connection) or today, today)
    if day < first:
        told = f"Il n’y a rien à clore avant le {first:%d/%m/%Y} : c’est le premier jour que ce poste connaît."
        return DayRefusal("before_first_day", f"{told} Donnez ce jour ou un jour d’après.")
    return None


def closings(desk: Desk, day: date) -> list[Closing]:
    """Every version of a day, in the order of acts: desks that were apart may each have signed one."""
    with desk.looking() as connection:
        return _closings(journal.acts_of(connection, _subject(day)))


def digest_of(shape: dict[str, Json]) -> str:
    """SHA-256 of figures, hexadecimal: what the page prints and the act keeps."""
    return hashlib.sha256(canonical(shape).encode()).hexdigest()


def _subject(day: date) -> Subject:
    return Subject(SubjectType.DAY, day.isoformat())


def _closings(acts: list[Act]) -> list[Closing]:
    """The versions that can be read: one of a newer desk, or whose figures retention erased, stays in the journal."""
    closed = (act for act in acts if act.kind == ActKind.DAY_CLOSED and act.version <= VERSION)
    return [closing for act in closed if (closing := _read(act))]


def _read(act: Act) -> Closing | None:
    try:
        return _closing(act)
    except UNREADABLE:
        return None


def _closing(act: Act) -> Closing:
    """Raises one of `UNREADABLE` when the act does not say what it signed."""
    details = act.details
    figures, digest, changed = details["figures"], details["digest"], details.get("changed")
    if not (isinstance(figures, dict) and isinstance(digest, str)):
        raise TypeError("a version has its figures and their digest")
    return Closing(
        act_id=act.act_id,
        version=int(str(details["version"])),
        signed_at=act.at,
        desk=act.author.desk,
        agent=act.author.agent,
        digest=digest,
        figures=figures,
        changed=tuple(one for one in changed if isinstance(one, dict)) if isinstance(changed, list) else (),
        provisional=details.get("provisional") is True,
        remarks=str(details.get("remarks", "")),
    )
