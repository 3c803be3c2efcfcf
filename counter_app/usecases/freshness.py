"""How far this desk can be believed: the age of the day's list, a clock that went back, what other desks did since."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from counter_app.domain.clock import BEHIND, minutes_behind
from counter_app.domain.custody import same_desk
from counter_app.store import journal, list_rows, sync_rows
from counter_app.store.connection import Connection
from counter_app.usecases.answers import Certainty
from counter_app.usecases.desk import Desk

OLD = timedelta(minutes=5)
"""Beyond this, what other desks did since the last verification with the central makes an answer doubtful."""
BEGINNING = timedelta(minutes=1)
"""How long a desk whose exchanges begin may wait for the end of the first before it calls itself offline."""
LOOKED_AT = 50
"""Last acts whose hours are compared with the clock: one wrong hour, once corrected, is not reproached for ever."""


def list_imported_at(desk: Desk) -> datetime | None:
    """When the newest list that covers today was imported here; None when there is none."""
    with desk.looking() as connection:
        return list_rows.freshest(connection, desk.now().date())


def newest_moment(desk: Desk) -> datetime | None:
    """The latest hour that the last acts of this desk bear. A training desk has none: its days are played again."""
    with desk.looking() as connection:
        return None if desk.training else journal.newest_moment(connection, desk.stream, LOOKED_AT)


def newest_if_ahead(desk: Desk, connection: Connection, at: datetime) -> datetime | None:
    """The same within a look or a gesture; None, at the cost of one row, when no act can make `at` doubtful."""
    if desk.training or not journal.may_bear_later(connection, desk.stream, at + BEHIND):
        return None
    return journal.newest_moment(connection, desk.stream, LOOKED_AT)


def clock_behind(desk: Desk, newest: datetime | None) -> int:
    """Minutes by which the clock of this desk is behind its own last acts; 0 when it can be believed."""
    return minutes_behind(newest, desk.now())


@dataclass(frozen=True, slots=True)
class OtherDesks:
    """What is known here of what the other desks did."""

    verified_at: datetime | None = None
    """When this desk and the central last held the same; None: never, or this desk is alone."""
    unsure: bool = False
    """They may have recorded something since that is not here: unknown is not no."""
    cut_off: bool = False
    """The same, or the last exchange did not go through."""
    asking: bool = False
    """A window has just opened and its first exchange has not ended: what is known is of another hour."""


def known_desks(desk: Desk, connection: Connection) -> list[str]:
    """The other desks of the site by name, as the central last told them; none in a home that is alone."""
    names = {str(one["desk"]) for one in sync_rows.peers(connection) if not one["revoked"]}
    return sorted(one for one in names if not same_desk(one, desk.name))


def other_desks(desk: Desk, connection: Connection, at: datetime) -> OtherDesks:
    """How far the other desks are known at a moment. A desk that is enrolled nowhere has none."""
    if not desk.shared:
        return OtherDesks()
    noted = sync_rows.noted(connection, "verified_at")
    verified = datetime.fromisoformat(noted) if isinstance(noted, str) else None
    unsure = verified is None or not verified - OLD <= at <= verified + OLD
    cut_off = unsure or sync_rows.noted(connection, "error") is not None
    return OtherDesks(verified, unsure, cut_off, _just_begun(connection, at))


def others_now(desk: Desk) -> OtherDesks:
    """How far the other desks are known at this moment."""
    with desk.looking() as connection:
        return other_desks(desk, connection, desk.now())


def certainty(desk: Desk, others: OtherDesks, *, here: bool = False) -> Certainty:
    """How far what this desk says can be believed; `here`: of what was recorded at this desk."""
    if not desk.shared or (here and not others.unsure):
        return Certainty.THIS_DESK
    return Certainty.UNSURE if others.unsure else Certainty.VERIFIED


def _just_begun(connection: Connection, at: datetime) -> bool:
    """Whether the exchanges began a moment ago and none has ended yet: nothing is known of the line."""
    noted = sync_rows.noted(connection, "begun_at")
    return isinstance(noted, str) and timedelta(0) <= at - datetime.fromisoformat(noted) <= BEGINNING
