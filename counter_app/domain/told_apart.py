"""What desks told the person of a permit, and which of them did not know of each other: hours, messages, telephones.

An act about a person convened names those that its desk knew of (`after`). One of an older version names none, and is
taken to have known all that come before it in the order of acts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import combinations

from counter_app.domain.acts import ActKind, Json
from counter_app.domain.instants import read_instant
from counter_app.domain.permit import Permit
from counter_app.domain.permit_listing import PermitListing
from counter_app.domain.permit_marks import CONVENING, DEPARTURES, SUMMONS, UNDOES, Mark, elsewhere, names

AFTER = "after"
"""The detail that names what the desk knew of."""


def heads(permit: Permit) -> list[Json]:
    """What the next act about the person knows of: marks through which all the others are known."""
    marks, known = _convening(permit.marks), knowledge(permit.marks)
    return [one.act_id for one in marks if not _known_to_another(one, marks, known)]


def knowledge(marks: Sequence[Mark]) -> dict[str, frozenset[str]]:
    """For each mark about the person, all those that its desk knew of, itself included. A mark that was taken back is
    known; one that has not come yet is not."""
    known: dict[str, frozenset[str]] = {}
    for mark in _convening(marks):
        named = mark.details.get(AFTER, [*known])
        before = (known.get(str(name), frozenset()) for name in (named if isinstance(named, list) else ()))
        known[mark.act_id] = frozenset({mark.act_id}).union(*before)
    return known


def _convening(marks: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.kind in CONVENING]


def _known_to_another(mark: Mark, marks: Iterable[Mark], known: Mapping[str, frozenset[str]]) -> bool:
    return any(mark.act_id in known[one.act_id] for one in marks if one is not mark)


def _last_words(permit: Permit, marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Those of these marks that no other of them knew of: several when desks were apart."""
    told = list(marks)
    if len(told) < 2:
        return tuple(told)
    known = knowledge(permit.marks)
    return tuple(one for one in told if not _known_to_another(one, told, known))


def hours_apart(permit: Permit) -> tuple[Mark, ...]:
    """Different hours given to one person by desks that did not know of each other; none once the card is out."""
    given = _last_words(permit, (mark for mark in permit.standing if mark.kind in SUMMONS))
    return given if permit.in_stock and len(set(map(hour_of, given))) > 1 else ()


def phones_apart(permit: Permit) -> tuple[Mark, ...]:
    """Different telephones noted by desks that did not know of each other; none once the card is out."""
    noted = _last_words(permit, (mark for mark in permit.standing if mark.kind == ActKind.PHONE_CHANGED))
    return noted if permit.in_stock and len({mark.text("phone") for mark in noted}) > 1 else ()


def holders_apart(permit: Permit) -> tuple[Mark, ...]:
    """Desks that each received this card, in hand or in a lot, without knowing of the other, under the names of
    different people."""
    told = [mark for mark in permit.standing if mark.kind == ActKind.PERMIT_RECEIVED]
    read = [PermitListing.from_json(mark.details) for mark in told]
    return tuple(told) if any(one.of_another(other) for one, other in combinations(read, 2)) else ()


def custody_apart(permit: Permit) -> tuple[Mark, ...]:
    """Takings of this card by desks that say they have it, and what contradicts them: an offer withdrawn meanwhile, the
    taking of another desk. None of them once the card is out."""
    contradicting = {act_id for claim in permit.custody.claims for act_id in claim.acts}
    return tuple(mark for mark in permit.standing if mark.act_id in contradicting)


def undone_apart(permit: Permit) -> tuple[Mark, ...]:
    """The departure that somebody contests and that a desk took back without knowing of it, then what took it back;
    none while a departure stands."""
    contested = next((mark for mark in permit.standing if mark.kind == ActKind.HANDOVER_CONTESTED), None)
    if contested is None or permit.departures:
        return ()
    before = permit.marks[: permit.marks.index(contested)]
    left = [mark for mark in before if mark.kind in DEPARTURES][-1:]
    by = [mark for mark in permit.standing for gone in left if mark.kind in UNDOES and names(mark, gone.act_id)]
    return (*left, *by) if by else ()


def taken_apart(permit: Permit, left: Mark) -> tuple[Mark, ...]:
    """Takings of the card by other desks before a departure, unknown to the desk that let it go: one that knew takes
    the card back first, with a supervisor."""
    before = permit.standing[: permit.standing.index(left)]
    custody = replace(permit, marks=before).custody
    if custody.holder is None or custody.held_by(left.desk, left.stream):
        return ()
    by = {custody.since}.union(*(claim.acts for claim in custody.claims))
    taken = (mark for mark in before if mark.kind == ActKind.CUSTODY_TAKEN and mark.act_id in by)
    return tuple(mark for mark in taken if elsewhere(mark, left))


def hour_of(mark: Mark) -> datetime | None:
    """The hour that a mark gives or tells; None when it tells none, or one that nobody can read."""
    try:
        return read_instant(mark.text("slot") or "")
    except ValueError:
        return None


def is_told(permit: Permit) -> bool:
    """Whether the person was told the hour that stands, and nothing else since, at the number that messages go to."""
    sent = _messages(permit, doubtful=False)
    return all(hour_of(one) == permit.slot for one in sent) and any(map(permit.reached_by, sent))


def hours_told(permit: Permit) -> tuple[datetime, ...]:
    """Hours that our last messages gave the person, or may have: they come at any of them."""
    return tuple(sorted({hour for one in _messages(permit, doubtful=True) if (hour := hour_of(one))}))


def other_hours(permit: Permit) -> tuple[datetime, ...]:
    """Those of them that do not stand."""
    return tuple(hour for hour in hours_told(permit) if hour != permit.slot)


def hour_today(permit: Permit, here: datetime) -> datetime | None:
    """The hour of a local day at which the person is expected, by the hour that stands or by another that our message
    gave, in the zone of that day: the nearest one; None when there is none."""
    return min(hours_on(permit, here), key=lambda one: abs(here - one), default=None)


def hours_on(permit: Permit, here: datetime) -> tuple[datetime, ...]:
    """The hours of the local day of `here` at which the person is expected: the one that stands, then any other that
    our message gave."""
    hours = [hour.astimezone(here.tzinfo) for hour in (permit.slot, *other_hours(permit)) if hour]
    return tuple(one for one in hours if one.date() == here.date())


def _messages(permit: Permit, *, doubtful: bool) -> tuple[Mark, ...]:
    """The last words told of an hour; `doubtful`: also those that may have left."""
    return _last_words(permit, (mark for mark in permit.standing if _tells_an_hour(mark, doubtful=doubtful)))


def _tells_an_hour(mark: Mark, *, doubtful: bool) -> bool:
    return mark.kind == ActKind.SUMMONS_SENT or (doubtful and mark.text("about") == ActKind.SUMMONS_SENT)
