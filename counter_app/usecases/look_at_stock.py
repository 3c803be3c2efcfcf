"""The stock as one screen looks at it: what is here, what left last, the files received, what grows old."""

from dataclasses import dataclass
from datetime import date

from counter_app.domain.permit import OUT, Permit, PermitState
from counter_app.store import permit_rows
from counter_app.usecases.desk import Desk
from counter_app.usecases.find_permit import sought
from counter_app.usecases.stock_answers import LotFile, StockAnswer
from counter_app.usecases.stock_lots import lot_files

LAST = 500
"""Permits that left last: older ones are found by their number, the list of a year is read by nobody."""


@dataclass(frozen=True, slots=True)
class StockLook:
    """What a desk knows of its stock at a moment."""

    on: date
    here: tuple[Permit, ...] = ()
    """In the stock or disputed, by tray and rank."""
    left: int = 0
    """How many left, disputes aside."""
    gone: tuple[Permit, ...] = ()
    """Those that left last, when they are asked for."""
    files: tuple[LotFile, ...] = ()
    delay: int | None = None
    """Days after which a permit is told as old; None: no delay is set."""
    offered: int = 0
    """Permits that wait for this desk to take them."""

    @property
    def trays(self) -> frozenset[str]:
        """Trays in use."""
        return frozenset(one.place.tray for one in self.here if one.place)


def look_at_stock(desk: Desk, *, with_gone: bool = False) -> StockLook:
    """Look at the whole stock; permits that left are read only `with_gone`."""
    today = desk.now().date()
    with desk.looking() as connection:
        here = [*permit_rows.in_stock(connection), *permit_rows.every(connection, PermitState.DISPUTED.value)]
        counts = permit_rows.counts(connection)
        gone = permit_rows.gone(connection, LAST) if with_gone else []
    here.sort(key=_by_place)
    gone.sort(key=lambda one: max(mark.at for mark in one.departures), reverse=True)
    return StockLook(
        on=today,
        here=tuple(here),
        left=sum(counts.get(state.value, 0) for state in OUT if state is not PermitState.DISPUTED),
        gone=tuple(gone),
        files=tuple(lot_files(desk)),
        delay=desk.rules.handover_rules.limits_on(today).ageing_days,
        offered=sum(one.custody.offered_to(desk.name) is not None for one in here),
    )


def find(desk: Desk, raw: str) -> StockAnswer:
    """The permit of what was scanned or typed; nothing is written."""
    with desk.looking() as connection:
        return sought(connection, raw)


def _by_place(permit: Permit) -> tuple[bool, str, int, str, str]:
    place = permit.place
    if place is None:
        return True, "", 0, permit.name, permit.id
    rank = int(place.rank) if place.rank and place.rank.isdecimal() else 0
    return False, place.tray, rank, permit.name, permit.id
