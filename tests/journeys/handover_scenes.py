"""Pictures of the handover window: somebody for each of its verdicts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from counter_app.domain.acts import ActKind, Json
from counter_app.domain.handover_draft import Collector, HandoverDraft, IdentityResult, Line, Signature
from counter_app.store import permit_rows
from counter_app.ui.screens.handover.page import HandoverScreen
from counter_app.usecases.desk import Desk
from counter_app.usecases.hand_over import hand_over, stamp_shown
from tests.homes import another_desk
from tests.journeys.lot import holders
from tests.journeys.studio import Studio
from tests.ui.workbenches import NOW
from tests.usecases.permits_at_hand import OTHER_STAMP, STAMP, full_draft, mark, receive, sleeve_of

Scene = Callable[[Studio], None]


def at(hour: int, minute: int, day: int = 24) -> str:
    """A slot, ISO 8601."""
    return datetime(2026, 11, day, hour, minute, tzinfo=NOW.tzinfo).isoformat()


PEOPLE: dict[str, dict[str, Json]] = {
    "PRÊT Anne": {},
    "JOUR Autre": {"slot": at(9, 20, 25)},
    "SANS Message": {"summoned_on": None, "slot": None},
    "PERDU Luc": {"tray": None, "rank": None},
    "DÉJÀ Remis": {},
    "RENVOYÉ Paul": {},
    "SUSPENDU Guy": {},
    "ENFANT Tom": {"birth_date": "2012-05-04"},
    "TIMBRE Vu": {},
    "DOUBLE Léa": {},
    "AILLEURS Zoé": {},
}
"""Names, and what differs from a permit that is ready for 9:20."""


def fill(desk: Desk) -> None:
    """Receive a permit for everybody."""
    permits = {}
    for place, (name, more) in enumerate(PEOPLE.items()):
        number = {"name": name, "foreign_number": f"59777777{place:02}", "rank": str(10 + place)}
        permits[name] = receive(desk, f"PH{place:02}RY2WJ", **{"slot": at(9, 20), **number, **more})
    receive(desk, "PH99RY2WJ", name="DOUBLE Léa", foreign_number="5977777709", slot=at(9, 20), rank="99")
    done = permits["DÉJÀ Remis"]
    hand_over(desk, done, full_draft(desk, sleeve_of(desk, done), OTHER_STAMP))
    mark(desk, permits["RENVOYÉ Paul"], ActKind.PERMIT_SENT_BACK, bordereau="B-59-R-004", reason="Erreur")
    there = another_desk(desk, "Poste 7 – Accueil des étrangers B")
    mark(there, permits["AILLEURS Zoé"], ActKind.CUSTODY_OVERRIDDEN, to=there.name)
    mark(desk, permits["SUSPENDU Guy"], ActKind.PERMIT_HELD, reason="Contrôle en cours")


def page(made: Studio) -> HandoverScreen:
    """The page in front."""
    front = made.window.front
    assert isinstance(front, HandoverScreen)
    return front


def permit(name: str, days: float = 0) -> Scene:
    """Somebody at the window, by the code of the sleeve."""

    def scene(made: Studio) -> None:
        made.later(days)
        with made.bench.desk.looking() as connection:
            code = permit_rows.code_of(permit_rows.by_person(connection, name)[0])
        made.open("handover", code)
        if page(made).state.working:
            page(made).tick(HandoverDraft(sleeve=code, started_at=made.bench.desk.now()))
            made.settle()

    return scene


def ticked(name: str, change: Callable[[Studio, HandoverDraft], HandoverDraft]) -> Scene:
    """The same, with something done on the page."""

    def scene(made: Studio) -> None:
        permit(name)(made)
        page(made).tick(change(made, page(made).state.draft))
        made.settle()

    return scene


def full(made: Studio, draft: HandoverDraft) -> HandoverDraft:
    """Every line done."""
    return replace(full_draft(made.bench.desk, draft.sleeve), started_at=draft.started_at, read_through=True)


def stamped(number: str, amount: int | None) -> Callable[[Studio, HandoverDraft], HandoverDraft]:
    def change(made: Studio, draft: HandoverDraft) -> HandoverDraft:
        shown = stamp_shown(made.bench.desk, number, amount)[1]
        assert shown is not None
        return replace(draft, stamps=(shown,))

    return change


def fails(line: Line) -> Scene:
    """A line that cannot be done."""

    def scene(made: Studio) -> None:
        permit("PRÊT Anne")(made)
        page(made).deeds.fail(line)
        made.settle()

    return scene


def asks(question: str) -> Scene:
    """A box over the page."""

    def scene(made: Studio) -> None:
        permit("PRÊT Anne")(made)
        page(made).deeds.ask(question)
        made.settle()

    return scene


def scanned(text: str) -> Scene:
    """Something else read while a page is open."""

    def scene(made: Studio) -> None:
        permit("PRÊT Anne")(made)
        page(made).scanned(text)
        made.settle()

    return scene


def another_hour(made: Studio) -> None:
    """The box of another hour, for a child who came alone."""
    permit("ENFANT Tom")(made)
    page(made).deeds.run("reschedule")
    made.settle()


def committed(times: int, name: str = "PRÊT Anne") -> Scene:
    """Ctrl+Enter: once the summary, twice the act."""

    def scene(made: Studio) -> None:
        ticked(name, full)(made)
        for _ in range(times):
            page(made).commit()
            made.settle()

    return scene


def cut_off(made: Studio) -> None:
    """A desk that shares with others and never reached them."""
    made.bench.desk.shared = True
    permit("PRÊT Anne")(made)
    made.bench.desk.shared = False


def typed(text: str) -> Scene:
    def scene(made: Studio) -> None:
        made.open("handover")
        made.type(text)

    return scene


HANDOVER_SCENES: dict[str, Scene] = {
    "handover": lambda made: made.open("handover"),
    "handover_r01_ready": permit("PRÊT Anne"),
    "handover_r02_other_day": permit("JOUR Autre"),
    "handover_r03_not_summoned": permit("SANS Message"),
    "handover_r04_not_received": lambda made: made.open("handover", "5999999999"),
    "handover_r05_to_locate": lambda made: made.open("handover", "5977777703"),
    "handover_r05_elsewhere": permit("AILLEURS Zoé"),
    "handover_r06_closed": permit("PRÊT Anne", days=-0.05),
    "handover_r07_closing": permit("PRÊT Anne", days=0.105),
    "handover_r08_already": permit("DÉJÀ Remis"),
    "handover_r09_sent_back": permit("RENVOYÉ Paul"),
    "handover_r10_wrong_sleeve": ticked("PRÊT Anne", lambda _made, draft: replace(draft, sleeve="PGRBBBBBBBBB")),
    "handover_r11_mismatch": ticked(
        "PRÊT Anne",
        lambda _made, draft: replace(draft, identity_document="passport", identity_result=IdentityResult.MISMATCH),
    ),
    "handover_to_compare": scanned("\r".join(holders()["Reste"].passport)),
    "handover_r12_proxy": ticked(
        "PRÊT Anne", lambda _made, draft: replace(draft, collector=Collector.PROXY, collector_name="PRÊT Jean")
    ),
    "handover_r13_old_document": fails(Line.OLD_DOCUMENT),
    "handover_r14_no_stamp": fails(Line.STAMP),
    "handover_r15_stamp_low": ticked("PRÊT Anne", stamped(STAMP, 200)),
    "handover_r16_stamp_used": ticked("TIMBRE Vu", stamped(OTHER_STAMP, 250)),
    "handover_r17_error": ticked("PRÊT Anne", lambda _made, draft: replace(draft, fault="photo")),
    "handover_r18_on_hold": permit("SUSPENDU Guy"),
    "handover_r19_minor": permit("ENFANT Tom"),
    "handover_reschedule": another_hour,
    "handover_r20_no_signature": fails(Line.SIGNATURE),
    "handover_r21_offline": cut_off,
    "handover_all_done": ticked("PRÊT Anne", full),
    "handover_unable": ticked("PRÊT Anne", lambda made, draft: replace(full(made, draft), signature=Signature.UNABLE)),
    "handover_review": committed(1),
    "handover_several": lambda made: made.open("handover", "5977777709"),
    "handover_search": typed("re"),
    "handover_nobody": typed("zzyx"),
    "handover_collector": asks("collector"),
    "handover_amounts": asks("amounts"),
    "handover_sign": asks("sign"),
    "handover_exempt": asks("exempt"),
    "handover_no_signature": asks("no_signature"),
    "handover_r22_done": committed(2),
}
"""The last one hands the permit over: it comes last."""
