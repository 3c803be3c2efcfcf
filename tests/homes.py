"""A desk to work at in tests: a real home with a real encrypted file, a clock that stands where it is put, lists."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from counter_app.app import open_office
from counter_app.domain.convocation import Convocation
from counter_app.office import Office
from counter_app.store import convocation_rows
from counter_app.usecases.answers import ArrivalAnswer, ImportOutcome
from counter_app.usecases.check_in import check_in
from counter_app.usecases.close_day import Closed, close_day
from counter_app.usecases.desk import Desk
from counter_app.usecases.import_list import import_list
from tests.imports.lists import (
    DOSSIER,
    DOSSIERS,
    PARTICIPATION,
    PARTICIPATIONS,
    RDV,
    RDV_INSERTION,
    RDV_INSERTION_ROW,
    RDV_ROW,
    table,
    write_csv,
    write_xls,
)

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 23)
"""An ordinary Monday, neither a holiday nor near a change of hour."""
EIGHT = datetime(2026, 11, 23, 8, 0, tzinfo=PARIS)


class Clock:
    """The desk's clock: it goes where it is sent, and never by itself."""

    def __init__(self, now: datetime = EIGHT) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def at(self, hour: str, day: date = MONDAY) -> None:
        """Go to a local hour, such as « 9:10 » or « 9:10:30 »."""
        self.now = moment(hour, day)

    def later(self, minutes: int = 1) -> None:
        self.now += timedelta(minutes=minutes)


def moment(hour: str, day: date = MONDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour if hour[2:3] == ":" else f"0{hour}"), PARIS)


def opened(home: Path, clock: Callable[[], datetime]) -> Office:
    """A home opened for work at a chosen moment."""
    return open_office(home, clock=clock)


def closed_day(desk: Desk, day: date, remarks: str = "") -> Closed:
    """A day that can be signed, signed."""
    closed = close_day(desk, day, remarks)
    assert isinstance(closed, Closed), closed
    return closed


def another_desk(desk: Desk, name: str = "Guichet 9") -> Desk:
    """A second desk that writes in the same file, in a stream of its own, as once its acts have been received."""
    return replace(desk, stream="autre:1", name=name, agent="B. Colin", ticket_letter="Z")


@dataclass(slots=True)
class Lists:
    """Appointment lists as offices export them, written now and imported at the desk."""

    folder: Path
    clock: Clock
    count: int = 0

    def participations(self, *rows: dict[str, str], exported: datetime | None = None) -> Path:
        """« participations » of rdv-service-public, a real .xls."""
        return self._dated(write_xls(self._path("xls"), table(PARTICIPATIONS, *_with_ids(rows))), exported)

    def rdv(self, *rows: dict[str, str], exported: datetime | None = None) -> Path:
        """« rdv » of rdv-service-public, a real .xls: all the people of an appointment in one cell."""
        lines = table(RDV, *({**RDV_ROW, **row} for row in rows))
        return self._dated(write_xls(self._path("xls"), lines), exported)

    def rdv_insertion(self, *rows: dict[str, str], exported: datetime | None = None) -> Path:
        """The CSV of rdv-insertion."""
        lines = table(RDV_INSERTION, *({**RDV_INSERTION_ROW, **row} for row in rows))
        return self._dated(write_csv(self._path("csv"), lines, encoding="utf-8-sig"), exported)

    def dossiers(self, *rows: dict[str, str], exported: datetime | None = None) -> Path:
        """The CSV of demarches-simplifiees."""
        lines = table(DOSSIERS, *({**DOSSIER, **row} for row in rows))
        return self._dated(write_csv(self._path("csv"), lines, separator=","), exported)

    def _path(self, kind: str) -> Path:
        self.count += 1
        self.folder.mkdir(exist_ok=True)
        return self.folder / f"liste-{self.count}.{kind}"

    def _dated(self, path: Path, exported: datetime | None) -> Path:
        """A file is as old as its date says; each one written in a test is newer than the one before."""
        at = (exported or self.clock() - timedelta(hours=1) + timedelta(seconds=self.count)).timestamp()
        os.utime(path, (at, at))
        return path


def _with_ids(rows: tuple[dict[str, str], ...]) -> list[dict[str, str]]:
    return [{**PARTICIPATION, "rdv_id": str(700001 + place), **row} for place, row in enumerate(rows)]


def person(name: str, number: str = "5912345678", hour: str = "09h10", **more: str) -> dict[str, str]:
    """A row of « participations »; keywords name its columns with `_` for a space (`rdv_id` has its own)."""
    columns = {"usager": name, "contexte": f"N° étranger : {number}" if number else "", "heure rdv": hour}
    return {**columns, **{key if key == "rdv_id" else key.replace("_", " "): value for key, value in more.items()}}


@dataclass(slots=True)
class AtDesk:
    """An open home, its clock and its lists."""

    office: Office
    clock: Clock
    lists: Lists

    @property
    def desk(self) -> Desk:
        return self.office.desk

    def expects(self, *rows: dict[str, str]) -> ImportOutcome:
        """The day's list, imported: each row replaces the usual person's columns."""
        return import_list(self.desk, self.lists.participations(*(rows or ({},))))

    def everybody(self) -> list[Convocation]:
        with self.desk.looking() as connection:
            return list(convocation_rows.every(connection))

    def only(self) -> Convocation:
        (one,) = self.everybody()
        return one

    def code(self, name: str = "") -> str:
        """The printed code of somebody."""
        one = next(one for one in self.everybody() if name in one.name)
        return convocation_rows.code_of(one)

    def scan(self, raw: str | None = None) -> ArrivalAnswer:
        """What a scan answers; of the only person when nothing is named."""
        return check_in(self.desk, self.code() if raw is None else raw)
