"""Close a day: its figures signed as a version. What comes late makes another version that says what changed."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from counter_app.domain.acts import UNREADABLE, VERSION, Act, ActKind, Json, Subject, SubjectType, canonical
from counter_app.domain.calendar import YEARS
from counter_app.domain.day_figures import DayFigures, Group, times
from counter_app.store import counted_acts, journal
from counter_app.store.connection import Connection
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
    """SHA-256 of what is signed (`signed_text`)."""
    figures: dict[str, Json]
    changed: tuple[dict[str, Json], ...]
    """What differs from the newest version before."""
    since: tuple["Since", ...]
    """What differs from each version that stood, the newest last: several when desks apart each signed one."""
    provisional: bool
    """Some desk had not sent everything, or nobody knew: this desk was cut off."""
    remarks: str
    remarks_before: str = ""
    """Observations of the newest version that stood before, which this one does not carry on by itself."""

    @property
    def remarks_moved(self) -> bool:
        """Whether the observations are others than those of the version before."""
        return self.version > 1 and self.remarks != self.remarks_before

    @property
    def signed_text(self) -> str:
        """What the digest is of, in canonical JSON: the figures, with the observations when there are any. Versions
        of before signed the figures alone."""
        alone = _text(self.figures, "")
        return alone if _sha256(alone) == self.digest else _text(self.figures, self.remarks)


@dataclass(frozen=True, slots=True)
class Since:
    """A version that stood when another was signed, and what the other changed."""

    version: int
    desk: str
    signed_at: datetime
    digest: str
    changed: tuple[dict[str, Json], ...]

    def told(self) -> dict[str, Json]:
        """As the act and the command line say it."""
        at = self.signed_at.isoformat()
        changed: list[Json] = [*self.changed]
        return {"version": self.version, "desk": self.desk, "signed_at": at, "digest": self.digest, "changed": changed}


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


def close_day(desk: Desk, day: date, remarks: str = "", *, heard: bool = True) -> Closed | DayRefusal:
    """Sign the figures of a day as they are known here. The same figures are not signed twice, unless they were signed
    provisional and are so no more.

    `heard`: whether all that the other desks recorded was asked for just before, and came.
    """
    remarks = remarks.strip()
    if refusal := _not_to_close(desk, day, remarks):
        return refusal
    figures = day_figures(desk, day)
    shape = told(figures)
    with desk.gesture() as gesture:
        acts = journal.acts_of(gesture.connection, _subject(day))
        before = _closings(acts)
        last, since = before[-1] if before else None, since_each(before, shape)
        provisional = not heard or _in_doubt(desk, gesture.connection, figures)
        surer = last is not None and last.provisional and not provisional
        if last and not surer and not any(one.changed for one in since) and remarks in ("", last.remarks):
            return Closed(as_signed(figures, last), last, new=False)
        details: dict[str, Json] = {
            "version": max((one.version for one in before), default=0) + 1,
            "digest": digest_of(shape, remarks),
            "figures": shape,
            "changed": [*since[-1].changed] if since else [],
            "since": [one.told() for one in since],
            "provisional": provisional,
            "remarks": remarks,
        }
        act = gesture.record(ActKind.DAY_CLOSED, _subject(day), details)
    return Closed(figures, _closings([*acts, act])[-1], new=True)


def _in_doubt(desk: Desk, connection: Connection, figures: DayFigures) -> bool:
    """Whether another desk may have recorded something that is not here."""
    return bool(figures.not_sent) or other_desks(desk, connection, figures.at).cut_off


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


def since_each(before: Sequence[Closing], shape: dict[str, Json]) -> tuple[Since, ...]:
    """What differs from each version that stands, the newest last. From the first of the highest number on, none knew
    of another: desks apart signed them."""
    highest = max((one.version for one in before), default=0)
    first = next((place for place, one in enumerate(before) if one.version == highest), 0)
    return tuple(
        Since(one.version, one.desk, one.signed_at, one.digest, tuple(_changed(one.figures, shape)))
        for one in before[first:]
    )


def _changed(before: dict[str, Json], after: dict[str, Json]) -> Iterator[dict[str, Json]]:
    """What differs between two versions. Conflicts wait whatever their day: one that opens or closes since changes
    nothing of this one."""
    return (one for one in changes(before, after) if one["figure"] != "open_conflicts")


def as_signed(figures: DayFigures, closing: Closing | None) -> DayFigures:
    """What the files of a version tell, of which the digest is printed: the conflicts that it signed, however many wait
    since, and no figure that was not counted yet."""
    if closing is None:
        return figures
    signed = closing.figures
    waited = signed.get("open_conflicts")
    return replace(
        figures,
        open_conflicts=waited if isinstance(waited, int) else figures.open_conflicts,
        walk_in_waits=figures.walk_in_waits if "walk_in_waits" in signed else times(()),
        by_service=_timed(figures.by_service, signed.get("by_service")),
        by_purpose=_timed(figures.by_purpose, signed.get("by_purpose")),
    )


def _timed(groups: tuple[Group, ...], signed: Json) -> tuple[Group, ...]:
    """Groups with their service times when a version signed some."""
    if any("service_times" in one for one in _several(signed)):
        return groups
    return tuple(replace(one, services=times(())) for one in groups)


def digest_of(shape: dict[str, Json], remarks: str = "") -> str:
    """SHA-256 of figures and observations, hexadecimal: what the page prints and the act keeps."""
    return _sha256(_text(shape, remarks))


def _text(shape: dict[str, Json], remarks: str) -> str:
    return canonical({**shape, "remarks": remarks} if remarks else shape)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _subject(day: date) -> Subject:
    return Subject(SubjectType.DAY, day.isoformat())


def _closings(acts: list[Act]) -> list[Closing]:
    """The versions that can be read: one of a newer desk, or whose figures retention erased, stays in the journal."""
    closed = (act for act in acts if act.kind == ActKind.DAY_CLOSED and act.version <= VERSION)
    found: list[Closing] = []
    for closing in (read for act in closed if (read := _read(act))):
        found.append(replace(closing, remarks_before=_remarks_before(found, closing)))
    return found


def _remarks_before(before: Sequence[Closing], closing: Closing) -> str:
    """Observations of the version that a version names as the newest that stood; of an old act, which names none, of
    the one before."""
    stood = closing.since[-1].digest if closing.since else None
    older = (one for one in reversed(before) if one.version < closing.version and stood in (None, one.digest))
    return next((one.remarks for one in older), "")


def _read(act: Act) -> Closing | None:
    try:
        return _closing(act)
    except UNREADABLE:
        return None


def _closing(act: Act) -> Closing:
    """Raises one of `UNREADABLE` when the act does not say what it signed."""
    details = act.details
    figures, digest = details["figures"], details["digest"]
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
        changed=_several(details.get("changed")),
        since=tuple(map(_since, _several(details.get("since")))),
        provisional=details.get("provisional") is True,
        remarks=str(details.get("remarks", "")),
    )


def _since(told: dict[str, Json]) -> Since:
    at = datetime.fromisoformat(str(told["signed_at"]))
    version, desk, digest = int(str(told["version"])), str(told["desk"]), str(told["digest"])
    return Since(version, desk, at, digest, _several(told.get("changed")))


def _several(told: Json) -> tuple[dict[str, Json], ...]:
    return tuple(one for one in told if isinstance(one, dict)) if isinstance(told, list) else ()
