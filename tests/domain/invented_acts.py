"""Acts as hypothesis invents them: of several desks, of any kind, some erased, some that nobody here understands."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind, Author, Details, Json, Subject, SubjectType, canonical
from counter_app.domain.list_answers import Word
from counter_app.domain.listing import ListedStatus
from counter_app.domain.receipt import ReceiptKind
from counter_app.store.heads import Head
from counter_app.store.journal import chain

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
PERSON = Subject(SubjectType.CONVOCATION, "0f" * 16)
PAPER = Subject(SubjectType.RECEIPT, "01a2076f-d7e0-7a35-a33f-4524b791b877")
STREAMS = ("poste3:a", "poste9:b", "poste9:c")


def act_ids(subject: Subject) -> list[str]:
    """A few identities of acts for one subject: the same act can be drawn, undone or received again."""
    mark = sha256(subject.id.encode()).hexdigest()[:8]
    return [f"01a2076f-d7e0-7000-8000-{mark}00{place:02d}" for place in range(20)]


instants = st.integers(0, 40).map(lambda minutes: START + timedelta(minutes=minutes))
LISTS = (None, "l1", "l2", "l3")
maybe = st.sampled_from([None, "5912345678", "59650", "Guichet 3"])


@st.composite
def listings(draw: st.DrawFn) -> dict[str, Json]:
    """Details of a listing, as an import writes them."""
    details: dict[str, Json] = {
        "source": draw(st.sampled_from(["a", "b", "c"])),
        "source_key": draw(st.sampled_from(["1", "2"])),
        "exported_at": draw(instants).isoformat(),
        "name": draw(st.sampled_from(["SOW Aïssata", "SOW A."])),
        "slot": (draw(instants) + timedelta(hours=3)).isoformat(),
        "purpose": draw(st.sampled_from(["Remise", "Dépôt", ""])),
        "status": draw(st.sampled_from(list(ListedStatus))).value,
    }
    optional = {name: draw(maybe) for name in ("foreign_number", "postcode", "desk", "reference", "service")}
    optional["list_id"] = draw(st.sampled_from(LISTS))
    return {**details, **{name: value for name, value in optional.items() if value}}


def _vanished(draw: st.DrawFn) -> dict[str, Json]:
    told: dict[str, Json] = {
        "source": draw(st.sampled_from(["a", "b", "c"])),
        "exported_at": draw(instants).isoformat(),
    }
    more = {"list_id": draw(st.sampled_from(LISTS)), "replaced_by": draw(st.sampled_from([None, "0e" * 16]))}
    return {**told, **{name: value for name, value in more.items() if value}}


def _lists_answered(draw: st.DrawFn, ids: list[str]) -> dict[str, Json]:
    acts = draw(st.lists(st.sampled_from(ids), max_size=2))
    said = [{name: told[name] for name in Word._fields} for told in draw(st.lists(listings(), min_size=1, max_size=3))]
    return {"acts": [*acts], "listings": [*said], "kept": draw(st.sampled_from([None, *acts, *said]))}


def _issued(draw: st.DrawFn, ids: list[str]) -> dict[str, Json]:
    ordinal = draw(st.integers(1, 9))
    return {
        "kind": draw(st.sampled_from(list(ReceiptKind))).value,
        "number": f"T-59-C-261123-{ordinal:03d}",
        "code": "PGTBBBBBBBBB",
        "series": "T-59-C-261123",
        "ordinal": ordinal,
        "ticket": "C 001",
        "convocation": PERSON.id,
        "arrival": draw(st.sampled_from(ids)),
    }


def _details(draw: st.DrawFn, kind: str, ids: list[str]) -> Details:
    match kind:
        case ActKind.CONVOCATION_LISTED:
            return draw(listings())
        case ActKind.CONVOCATION_VANISHED:
            return _vanished(draw)
        case ActKind.CONVOCATION_WITHDRAWN:
            return {"list_id": draw(st.sampled_from(LISTS[1:]))}
        case ActKind.CHECKED_IN:
            return {"verdict": draw(st.sampled_from(["admitted", "late"])), "minutes": 3}
        case ActKind.ARRIVAL_UNDONE:
            return {"act": draw(st.sampled_from(ids))}
        case ActKind.ARRIVALS_SETTLED:
            acts = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=4))
            return {"acts": [*acts], "kept": draw(st.sampled_from([None, *acts]))}
        case ActKind.LISTINGS_SETTLED:
            return _lists_answered(draw, ids)
        case ActKind.NUMBER_CONFIRMED:
            return {"number": draw(st.sampled_from(["5900000001", "5900000002"])), "as_read": "59"}
        case ActKind.INSTRUCTION_GIVEN:
            return {"instruction": draw(st.sampled_from([None, "voir M. Durand"]))}
        case ActKind.RECEIPT_ISSUED:
            return _issued(draw, ids)
        case _:
            return {"verdict": "cancelled"}


OF_A_PERSON = (
    ActKind.CONVOCATION_LISTED,
    ActKind.CONVOCATION_VANISHED,
    ActKind.CONVOCATION_WITHDRAWN,
    ActKind.CHECKED_IN,
    ActKind.ARRIVAL_UNDONE,
    ActKind.ARRIVALS_SETTLED,
    ActKind.LISTINGS_SETTLED,
    ActKind.ARRIVAL_ATTEMPTED,
    ActKind.NUMBER_CONFIRMED,
    ActKind.INSTRUCTION_GIVEN,
    "kind_of_a_newer_desk",
)
OF_A_PAPER = (ActKind.RECEIPT_ISSUED, ActKind.RECEIPT_PRINTED, "kind_of_a_newer_desk")

nonsense: st.SearchStrategy[Details] = st.dictionaries(
    st.sampled_from(
        ["source", "exported_at", "slot", "status", "act", "number", "verdict", "ordinal", "name", "cells"]
    ),
    st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.text(max_size=4), st.lists(st.integers(), max_size=1)),
)
"""Details that no desk of ours would write."""


def told(
    draw: st.DrawFn,
    subject: Subject,
    kinds: Sequence[str],
    details_of: Callable[[st.DrawFn, str, list[str]], Details],
    *,
    named: int,
    poison: bool = False,
    as_made: bool = False,
) -> list[Act]:
    """Up to a dozen acts about one subject, in the order they were made, each stream contiguous and chained.

    `named`: place in the stream of the sign that names its desk.
    """
    ids, places = act_ids(subject), {stream: Head(0, "0" * 64, 0) for stream in STREAMS}
    made = []
    for act_id in draw(st.lists(st.sampled_from(ids), unique=True, max_size=12)):
        stream, kind = draw(st.sampled_from(STREAMS)), draw(st.sampled_from(kinds))
        details = draw(nonsense) if poison and draw(st.booleans()) else details_of(draw, kind, ids)
        author = Author("nord", stream, f"Guichet {stream[named]}", "A. Petit")
        act = chain(places[stream], author, draw(instants), kind, subject, details)
        version = 2 if poison and draw(st.booleans()) else 1
        made.append(act if as_made else replace(act, act_id=act_id, version=version))
    return made


@st.composite
def acts_of(draw: st.DrawFn, subject: Subject = PERSON, *, poison: bool = False, as_made: bool = False) -> list[Act]:
    """Acts about a person convened, or about a paper (see `told`)."""
    kinds = OF_A_PERSON if subject.type == SubjectType.CONVOCATION else OF_A_PAPER
    return told(draw, subject, kinds, _details, named=5, poison=poison, as_made=as_made)


def bytes_of(state: object) -> str:
    """A state as it is compared: to the letter."""
    return canonical(state)
