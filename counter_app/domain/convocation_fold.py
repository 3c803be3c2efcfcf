"""The pure fold of the acts about one person's appointment.

Every rule here is a register or a set, never "last writer seen": whatever order acts arrive in, and however often,
the fold over the same set of acts gives the same convocation (see `fold`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from counter_app.domain import list_names
from counter_app.domain.acts import UNREADABLE, VERSION, Act, ActKind, Json
from counter_app.domain.convocation import Convocation
from counter_app.domain.list_answers import ListsAnswer
from counter_app.domain.listing import Listing, Vanishing
from counter_app.domain.recorded_arrival import Arrival, ArrivalsAnswer


def apply(convocation: Convocation | None, act: Act) -> Convocation | None:
    """The convocation after one more act.

    An act of a kind or version that this desk does not know, or whose details cannot be read, changes nothing and
    gives back the very same object: it stays in the journal and stops nobody. Any other act gives a new object.
    """
    if act.version > VERSION:
        return convocation
    try:
        after = _applied(convocation, act)
    except UNREADABLE:
        return convocation
    return _settled(after) if after and after is not convocation and _many_said(after) else after


def _many_said(convocation: Convocation) -> bool:
    return bool(convocation.told or convocation.vanished or convocation.withdrawn or convocation.covered)


def with_covered(convocation: Convocation, words: tuple[Listing, ...]) -> Convocation:
    """The convocation where lists as a whole say these words (see `list_names.covered`); the very same object when
    they did already."""
    if words == convocation.covered:
        return convocation
    return _settled(replace(convocation, told=convocation.told or convocation.listings, covered=words))


def _applied(convocation: Convocation | None, act: Act) -> Convocation | None:
    now = convocation or Convocation(id=act.subject.id)
    match act.kind:
        case ActKind.CONVOCATION_LISTED:
            return _listed(now, Listing.read(act.details))
        case ActKind.CONVOCATION_VANISHED:
            return _vanished(now, Vanishing.read(act.details))
        case ActKind.CONVOCATION_WITHDRAWN:
            return _withdrawn(now, str(act.details["list_id"]))
        case ActKind.CHECKED_IN:
            return replace(now, arrivals=_with(now.arrivals, _arrival(act)))
        case ActKind.ARRIVAL_UNDONE:
            return replace(now, undone=tuple(sorted({*now.undone, str(act.details["act"])})))
        case ActKind.ARRIVALS_SETTLED:
            return replace(now, answers=(*now.answers, _answer(act.details)))
        case ActKind.LISTINGS_SETTLED:
            return replace(now, list_answers=(*now.list_answers, ListsAnswer.read(act.details)))
        case ActKind.ARRIVAL_ATTEMPTED:
            return replace(now, attempts=now.attempts + 1)
        case ActKind.NUMBER_CONFIRMED:
            return replace(now, confirmed_number=str(act.details["number"]))
        case ActKind.INSTRUCTION_GIVEN:
            return replace(now, instruction=_text(act.details, "instruction"))
        case _:
            return convocation


def fold(acts: Iterable[Act]) -> Convocation | None:
    """The convocation that a set of acts tells, whatever order and however often they are given."""
    convocation: Convocation | None = None
    unique = {act.act_id: act for act in acts}
    for act in sorted(unique.values(), key=lambda act: act.order):
        convocation = apply(convocation, act)
    return convocation


def _listed(convocation: Convocation, listing: Listing) -> Convocation:
    held = convocation.told or convocation.listings
    if not held:
        return replace(convocation, listings=(listing,))
    return replace(convocation, told=(*(one for one in held if one != listing), listing))


def _vanished(convocation: Convocation, vanishing: Vanishing) -> Convocation:
    told = convocation.told or convocation.listings
    return replace(convocation, told=told, vanished=tuple(sorted({*convocation.vanished, vanishing}, key=_written)))


def _withdrawn(convocation: Convocation, list_id: str) -> Convocation:
    told = convocation.told or convocation.listings
    return replace(convocation, told=told, withdrawn=tuple(sorted({*convocation.withdrawn, list_id})))


def _written(vanishing: Vanishing) -> tuple[str, ...]:
    return (vanishing.exported_at, vanishing.source, vanishing.list_id or "", vanishing.replaced_by or "")


def _settled(convocation: Convocation) -> Convocation:
    """The listings that speak: the newest of each source, as the undone imports and the newer lists leave them."""
    told = convocation.told or convocation.listings
    standing = list_names.standing(told, convocation.vanished, convocation.withdrawn)
    standing |= {listing.source: listing for listing in convocation.covered}
    listings = _in_order(standing.values()) or _last_seen(convocation, told)
    return replace(convocation, listings=listings, told=told if set(told) != set(listings) else ())


def _last_seen(convocation: Convocation, told: tuple[Listing, ...]) -> tuple[Listing, ...]:
    """Every import that named the person was undone: somebody whom a desk saw stays in sight, absent from all lists."""
    return (replace(_in_order(told)[-1], present=False),) if convocation.touched and told else ()


def _in_order(listings: Iterable[Listing]) -> tuple[Listing, ...]:
    return tuple(sorted(listings, key=lambda listing: (listing.exported_at, listing.source)))


def _arrival(act: Act) -> Arrival:
    details = act.details
    return Arrival(
        act_id=act.act_id,
        at=act.at.isoformat(),
        desk=act.author.desk,
        agent=act.author.agent,
        stream=act.author.stream,
        verdict=_text(details, "verdict") or "",
        reason=_text(details, "reason"),
        approved_by=_text(details, "approved_by"),
        besides=_acts(details.get("besides")),
    )


def _acts(named: Json) -> tuple[str, ...]:
    return tuple(sorted({str(act) for act in named})) if isinstance(named, list) else ()


def _answer(details: Mapping[str, Json]) -> ArrivalsAnswer:
    acts, kept = details["acts"], details["kept"]
    if not isinstance(acts, list) or not all(isinstance(act, str) for act in acts):
        raise TypeError("an answer names acts")
    if not (kept is None or kept in acts):
        raise ValueError("an answer keeps one of the acts it is about")
    return ArrivalsAnswer(tuple(sorted({str(act) for act in acts})), None if kept is None else str(kept))


def _with(arrivals: tuple[Arrival, ...], arrival: Arrival) -> tuple[Arrival, ...]:
    return tuple(sorted((*arrivals, arrival), key=lambda one: one.act_id))


def _text(details: Mapping[str, object], key: str) -> str | None:
    value = details.get(key)
    return None if value is None else str(value)


def to_json(convocation: Convocation) -> dict[str, Json]:
    """The whole state, as a projection keeps it."""
    return {
        **_said(convocation),
        "listings": [listing.to_json() for listing in convocation.listings],
        "arrivals": [_arrival_json(arrival) for arrival in convocation.arrivals],
        "undone": list(convocation.undone),
        "attempts": convocation.attempts,
        "confirmed_number": convocation.confirmed_number,
        "instruction": convocation.instruction,
    }


def _said(convocation: Convocation) -> dict[str, Json]:
    """What most convocations do not have: left out when there is none."""
    if not (_many_said(convocation) or convocation.answers or convocation.list_answers):
        return {}
    said: dict[str, Json] = {
        "told": [listing.to_json() for listing in convocation.told],
        "vanished": [vanishing.to_json() for vanishing in convocation.vanished],
        "withdrawn": list(convocation.withdrawn),
        "answers": [{"acts": list(one.acts), "kept": one.kept} for one in convocation.answers],
        "list_answers": [one.to_json() for one in convocation.list_answers],
        "covered": [listing.to_json() for listing in convocation.covered],
    }
    return {name: values for name, values in said.items() if values}


def from_json(subject_id: str, state: Mapping[str, object]) -> Convocation:
    """Read back what `to_json` wrote."""
    return Convocation(
        id=subject_id,
        listings=tuple(map(Listing.from_json, _list(state["listings"]))),
        arrivals=tuple(map(_arrival_from, _list(state["arrivals"]))),
        undone=tuple(map(str, _list(state["undone"]))),
        attempts=int(str(state["attempts"])),
        confirmed_number=_text(state, "confirmed_number"),
        instruction=_text(state, "instruction"),
        told=tuple(map(Listing.from_json, _list(state.get("told", [])))),
        vanished=tuple(map(Vanishing.read, _list(state.get("vanished", [])))),
        withdrawn=tuple(map(str, _list(state.get("withdrawn", [])))),
        answers=tuple(map(_answer, _list(state.get("answers", [])))),
        list_answers=tuple(map(ListsAnswer.read, _list(state.get("list_answers", [])))),
        covered=tuple(map(Listing.from_json, _list(state.get("covered", [])))),
    )


def _arrival_json(arrival: Arrival) -> Json:
    values = {name: getattr(arrival, name) for name in Arrival.__dataclass_fields__}
    values["besides"] = [*arrival.besides] or None
    return {name: value for name, value in values.items() if value is not None}


def _arrival_from(values: Mapping[str, Json]) -> Arrival:
    return Arrival(**{**values, "besides": _acts(values.get("besides"))})  # type: ignore[arg-type]


def _list(value: object) -> list[dict[str, Json]]:
    assert isinstance(value, list)
    return value
