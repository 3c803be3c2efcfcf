"""Acts about permits as hypothesis invents them: any desk, any kind, in any sense or none."""

from datetime import timedelta

from hypothesis import strategies as st

from counter_app.domain.acts import Act, ActKind, Author, Details, Json, Subject, SubjectType
from counter_app.domain.permit_listing import permit_id
from counter_app.domain.permit_marks import KEPT
from counter_app.store.heads import Head
from counter_app.store.journal import chain
from tests.domain.invented_acts import START, instants, told

CARD = "F5V9RY2WJ"
PERMIT = Subject(SubjectType.PERMIT, permit_id("nord", CARD))
KINDS = (
    *sorted(KEPT),
    *(ActKind.PERMIT_RECEIVED, ActKind.HANDOVER_ATTEMPTED, ActKind.PERMIT_HANDED_OVER, "kind_of_a_newer_desk"),
)
DESKS = ("Guichet a", "Guichet b", "Guichet c", "safe")


@st.composite
def receptions(draw: st.DrawFn) -> dict[str, Json]:
    """Details of a permit received, as a lot or a hand writes them."""
    details: dict[str, Json] = {
        "source": draw(st.sampled_from(["list", "by_hand"])),
        "exported_at": draw(instants).isoformat(),
        "card_number": CARD,
        "name": draw(st.sampled_from(["SOW Aïssata", "SOW A.", "LI Wei"])),
        draw(st.sampled_from(["unheard", "in_hand", "a_newer_detail"])): True,
    }
    silent: dict[str, Json] = dict.fromkeys(draw(st.sets(st.sampled_from(["tray", "phone", "a_newer_value"]))), "")
    optional: dict[str, Json] = {
        "tray": draw(st.sampled_from([None, "A", "B"])),
        "rank": draw(st.sampled_from([None, "7"])),
        "stamp_amount": draw(st.sampled_from([None, 0, 250])),
        "received_on": draw(st.sampled_from([None, "2026-11-22", "2026-11-23", "2026-11-25"])),
        "slot": draw(st.sampled_from([None, "2026-11-23T09:20:00+01:00"])),
        "told_at": silent or None,
    }
    return {**details, **{name: value for name, value in optional.items() if value is not None}}


def _details(draw: st.DrawFn, kind: str, ids: list[str]) -> Details:
    acts: list[Json] = [*draw(st.lists(st.sampled_from(ids), max_size=3))]
    if kind == ActKind.PERMIT_RECEIVED:
        return draw(receptions())
    return {
        "acts": acts,
        "tray": draw(st.sampled_from(["A", "B", "C"])),
        "from": draw(st.sampled_from(DESKS)),
        "to": draw(st.sampled_from(DESKS)),
        "offer": draw(st.sampled_from(ids)),
        "slot": (draw(instants) + timedelta(hours=3)).isoformat(),
        "phone": draw(st.sampled_from(["+33612340001", "+33612340002"])),
        "reason": "motif",
        "field": "prénom",
    }


@st.composite
def permit_acts(draw: st.DrawFn, subject: Subject = PERMIT, *, poison: bool = False) -> list[Act]:
    """Acts about one permit (see `told`)."""
    return told(draw, subject, KINDS, _details, named=7, poison=poison)


class Story:
    """Acts told one after the other, by named desks."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self._places: dict[str, Head] = {}

    def tell(self, kind: str, desk: str = "Guichet 1", **details: Json) -> Act:
        """One more act, a minute later."""
        place = self._places.setdefault(desk, Head(0, "0" * 64, 0))
        at = START + timedelta(minutes=len(self.acts))
        act = chain(place, Author("nord", f"{desk}:x", desk, "A. Petit"), at, kind, PERMIT, details)
        self.acts.append(act)
        return act

    def received(self, desk: str = "Guichet 1", exported_at: str = "2026-11-20T08:00:00+00:00", **known: Json) -> Act:
        """The card comes in a lot."""
        base: dict[str, Json] = {"source": "list", "exported_at": exported_at, "card_number": CARD, "name": "SOW A."}
        return self.tell(ActKind.PERMIT_RECEIVED, desk, **{**base, **known})
