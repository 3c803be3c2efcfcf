"""A morning at the handover window: sixty permits by keyboard and reader, every verdict met, nothing lost."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

import pytest

from counter_app import membership
from counter_app.central.codes import make_code
from counter_app.config import Settings, write_settings
from counter_app.domain.acts import ActKind
from counter_app.domain.enrolment_code import grouped, make_enrolment_code
from counter_app.domain.handover import RESTRICTION
from counter_app.domain.handover_draft import Collector, HandoverDraft, Line, OldDocument, Signature
from counter_app.domain.handover_record import HandoverRecord, record_in
from counter_app.domain.permit import OUT, PermitState
from counter_app.domain.verdict import Verdict
from counter_app.home import read_home
from counter_app.usecases.handover_look import look
from counter_app.usecases.handover_page import fails
from counter_app.wording.verdicts import verdict_rows
from tests.central.live import training_central
from tests.cli.cli import Door
from tests.documents.reading import LASER, codes_on, pictures, words
from tests.imports.lists import PARTICIPATIONS, table, write_csv
from tests.journeys.agent import Window, second_door, window_on
from tests.journeys.handing import FULL, GIVEN_BACK, PAID, SCANNED, SHOWN, Remise
from tests.journeys.lot import AT, DAY, READY, Holder, holders, write_lot
from tests.journeys.monday import Listed, row
from tests.journeys.xserver import XServer

pytestmark = pytest.mark.xdist_group("window")

PEOPLE = holders()
PLAIN = [PEOPLE[str(place)] for place in range(READY)]
VERDICTS = {one.value for one in (*RESTRICTION, Verdict.HANDED_OVER)}
CODES = [f"R{number:02d}" for number in range(1, 23)]
HANDOVERS = READY + 5
"""Those with a reason, for a relative, with a parent (taken back), and the one served last."""


@pytest.fixture
def stocked(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Door:
    """A training home that received the lot, with three permits that something happened to."""
    door = Door(home, capsys)
    write_settings(home, Settings(desk="Guichet 3", agent="A. Petit", theme="light"))
    received = door.at("08:00", "permits", "receive", write_lot(tmp_path / "titres_recus.csv"))
    assert (received.json["added"], received.json["rejected"]) == (len(PEOPLE), [])
    for happened in (
        ("to-send-back", PEOPLE["Renvoi"].card, "mention inexacte"),
        ("send-back", PEOPLE["Renvoi"].card, "--reason", "mention inexacte"),
        ("faulty", PEOPLE["Faute"].card, "prénom"),
        ("hold", PEOPLE["Blocage"].card, "contrôle en cours"),
    ):
        assert door.at("08:10", "permits", *happened).code == 0
    return door


@pytest.fixture
def agent(server: XServer, stocked: Door, tmp_path: Path) -> Iterator[Remise]:
    moment = datetime.fromisoformat(AT).replace(tzinfo=ZoneInfo("Europe/Paris"))
    with (
        window_on(server, stocked.home, AT, tmp_path / "window.log") as window,
        second_door(stocked.home, moment) as door,
    ):
        yield Remise(window, door)


@dataclass
class Morning:
    """The steps of the morning, one after the other, in one window."""

    agent: Remise
    met: set[str]
    """Verdicts that somebody was told."""

    def is_told(self, family: str, verdict: str, text: str, one: Holder | None) -> None:
        """Somebody who does not simply get their permit: the page says so, it is kept, and Enter hands nothing over."""
        agent = self.agent
        agent.hears(one, verdict, family, lambda: agent.scan(text))
        agent.press("Escape")
        agent.sees_no_answer()
        self.met.add(verdict)

    def goes_on(self, family: str, verdict: str, door: Door, hour: str) -> None:
        """The page says so and its lines may be done; the second door says the same of this permit at this hour."""
        agent, one = self.agent, PEOPLE["Midi"]
        agent.shows(family, lambda: agent.scan(agent.sleeve(one)))
        agent.sees_ticks(SCANNED)
        assert door.at(hour, "hand-over", one.card, "--dry-run").json["verdict"] == verdict
        self.met.add(verdict)

    @contextmanager
    def asks(self, box: str) -> Iterator[None]:
        """A question over the page: the block answers it, Enter says so."""
        window = self.agent.window
        window.until(lambda: window.shown(box), f"the question « {box} »")
        window.take_keyboard(box)
        yield
        self.agent.press("Return")
        window.until(lambda: not window.shown(box), f"no question « {box} » any more")
        window.take_keyboard()

    def says(self, verdict: Verdict, one: Holder) -> None:
        """What the second door says of a sleeve now, without recording anything."""
        assert look(self.agent.door.office.desk, self.agent.sleeve(one)).verdict is verdict
        self.met.add(verdict.value)

    def lacks(self, verdict: Verdict, one: Holder, line: Line) -> None:
        """What the second door says when this line of the page cannot be done; it waits for a reason."""
        desk, page = self.agent.door.office.desk, HandoverDraft(sleeve=self.agent.sleeve(one))
        assert fails(desk, self.agent.permit(one).id, page, line).verdict is verdict
        self.met.add(verdict.value)

    def now_at(self, hour: str) -> AbstractContextManager[Window]:
        """The window, closed, and opened again at another hour of the day."""
        agent = self.agent
        agent.window.close()
        home, log = agent.door.office.home.path, agent.window.log
        return window_on(agent.window.server, home, f"{DAY}T{hour}", log.with_name(f"window-{hour[:2]}.log"))

    def record(self, one: Holder) -> HandoverRecord:
        """What the journal tells of a handover."""
        (mark,) = self.agent.permit(one).departures
        record = record_in(mark)
        assert record is not None
        return record


def test_an_agent_hands_over_sixty_permits(agent: Remise, stocked: Door, tmp_path: Path) -> None:
    morning = Morning(agent, set())
    serve(morning)
    for step in STEPS:
        step(morning)
    cut_off(morning, stocked, tmp_path)
    after_closing(morning, stocked, tmp_path)
    assert morning.met == VERDICTS
    assert sorted(verdict_rows()[slug].code for slug in morning.met) == CODES
    by_the_second_door(stocked)


def serve(morning: Morning) -> None:
    """Sixty people whose papers are all in order."""
    agent = morning.agent
    for one in PLAIN:
        morning.says(Verdict.PERMIT_READY, one)
        agent.hands_over(one)
        agent.sees("ok")
        morning.says(Verdict.ALREADY_HANDED_OVER, one)
    assert agent.served == [4] * 60, "four keys each, once all is scanned"
    told = (agent.permit(one).departures for one in PLAIN)
    assert [[mark.kind for mark in marks] for marks in told] == [[ActKind.PERMIT_HANDED_OVER]] * 60
    morning.met.add("handed_over")


def refusals(morning: Morning) -> None:
    """Those who come and cannot have their permit."""
    for family, verdict, name in (
        ("warn", "permit_other_day", "Demain"),
        ("go", "permit_not_summoned", "Attente"),
        ("tech", "permit_to_locate", "Perdu"),
        ("stop", "permit_out_of_stock", "Renvoi"),
        ("warn", "permit_error", "Faute"),
        ("stop", "handover_on_hold", "Blocage"),
    ):
        morning.is_told(family, verdict, PEOPLE[name].number, PEOPLE[name])
    morning.is_told("go", "permit_not_received", "5987654321", None)
    morning.met.remove("already_handed_over")
    morning.is_told("stop", "already_handed_over", morning.agent.sleeve(PLAIN[0]), PLAIN[0])


def another_person(morning: Morning) -> None:
    """Another sleeve, another passport: neither ticks its line, each is kept."""
    agent, one, other = morning.agent, PEOPLE["Reste"], PEOPLE["Double"]
    misread = agent.misread

    def shows_another_sleeve() -> None:
        agent.opens(one)
        agent.scan(agent.sleeve(other))

    agent.shows("stop", shows_another_sleeve)
    agent.keeps(one, "wrong_sleeve", 0, misread)

    def shows_another() -> None:
        agent.opens(one)
        agent.scan_passport(other)

    agent.shows("warn", shows_another)
    agent.sees_ticks(SCANNED)
    agent.press("Down", "Tab", "Return")
    agent.sees("stop")
    agent.press("Return")
    agent.sees_no_answer()
    agent.keeps(one, "identity_not_verified", 0, agent.misread)
    morning.met |= {"wrong_sleeve", "identity_not_verified"}


def stamps(morning: Morning) -> None:
    """No stamp, then somebody else's, then one's own."""
    agent, one = morning.agent, PEOPLE["Double"]
    agent.opens(one)
    agent.ticks_by(lambda: agent.scan_passport(one), SHOWN)
    agent.sees_ticks(SHOWN)
    agent.press("Down", "Tab", "Tab", "Return")
    agent.sees("go")
    agent.keeps(one, "stamp_missing", 0, agent.misread)
    misread = agent.misread

    def shows_a_spent_stamp() -> None:
        agent.ticks_by(lambda: agent.scan(agent.sleeve(one)), SHOWN)
        agent.scan(PLAIN[0].stamp)

    agent.shows("stop", shows_a_spent_stamp)
    agent.keeps(one, "stamp_already_used", 0, misread)
    agent.press("Return")
    agent.sees_ticks(SHOWN)
    agent.ticks_by(lambda: agent.scan(one.stamp), PAID)
    agent.closes(one)
    assert [stamp.last for stamp in morning.record(one).stamps] == [one.stamp[-4:]]
    morning.met |= {"stamp_missing", "stamp_already_used"}


def reasons(morning: Morning) -> None:
    """An old permit lost, a signature refused: each has its reason, and the permit changes hands."""
    agent, one = morning.agent, PEOPLE["Manque"]
    agent.scans_all(one)
    agent.at_the_line(PAID)
    agent.press("Tab", "Tab", "Return")
    agent.sees("warn")
    morning.lacks(Verdict.OLD_DOCUMENT_MISSING, one, Line.OLD_DOCUMENT)
    with morning.asks("Pourquoi"):
        agent.press("1")
    agent.at_the_line(GIVEN_BACK)
    agent.press("Tab", "Tab", "Return")
    agent.sees("warn")
    morning.lacks(Verdict.SIGNATURE_MISSING, one, Line.SIGNATURE)
    with morning.asks("Pourquoi"):
        agent.press("1")
    agent.sees_ticks(FULL)
    agent.confirms(one)
    record = morning.record(one)
    reason = record.old_document.reason if record.old_document else ""
    assert (record.old_document, bool(reason)) == (OldDocument(False, reason=reason), True)
    assert record.signature is Signature.REFUSED


def a_child(morning: Morning) -> None:
    """A minor comes with a parent, whose name is kept."""
    agent, one = morning.agent, PEOPLE["Enfant"]
    morning.says(Verdict.MINOR_WITH_GUARDIAN, one)
    agent.shows("warn", lambda: agent.scan(agent.sleeve(one)))
    agent.press("Return")
    with morning.asks("Remis à"):
        agent.type("Rosa")
    agent.sees_ticks(SCANNED)
    agent.ticks_by(lambda: agent.scan_passport(one, one.stamp), PAID)
    agent.closes(one)
    record = morning.record(one)
    assert (record.collector, record.collector_name) == (Collector.GUARDIAN, "Rosa")


def a_relative(morning: Morning) -> None:
    """A stamp too low, and a relative with a medical certificate: both wait for the supervisor, who agrees."""
    agent, one = morning.agent, PEOPLE["Proche"]
    agent.scans_all(one)
    agent.fills_in()
    agent.from_the_field("Down", "Down", "Down", "shift+Tab", "Return")
    with morning.asks("Montants du timbre"):
        agent.type("10")
    agent.sees("warn")
    agent.from_the_field("Down", "Down", "Down", "Down", "Down", "Return")
    with morning.asks("Remis à"):
        agent.press("3", "Tab")
        agent.type("Ada")
        agent.press("Tab", "Tab", "space")
    agent.sees("stop")
    agent.press("ctrl+Return")
    with morning.asks("Remise avec l’accord"):
        agent.press("1", "Tab", "Tab")
        agent.type("Roux")
    agent.confirms(one)
    record = morning.record(one)
    assert (record.collector, record.collector_name, record.medical_certificate) == (Collector.PROXY, "Ada", True)
    assert record.agreed is not None
    assert record.agreed.lifted == ("in_person_only", "stamp_too_low")
    morning.met |= {"in_person_only", "stamp_too_low"}


def undo_and_reprint(morning: Morning) -> None:
    """Ctrl+Z within the minute takes the last handover back, and the next person is served; F9 prints once more."""
    agent, one = morning.agent, PEOPLE["Enfant"]
    agent.press("ctrl+z")
    agent.window.until(lambda: agent.permit(one).state is PermitState.SHELVED, "the handover taken back")
    agent.press("Escape")
    agent.sees_no_answer()
    agent.hands_over(PEOPLE["Reste"])
    home = agent.door.office.home.path
    agent.window.until(lambda: len(receipts(home)) == HANDOVERS, "every receipt in the folder")
    agent.press("F9")
    agent.window.until(lambda: len(receipts(home)) == HANDOVERS + 1, "the duplicate")


STEPS: tuple[Callable[[Morning], None], ...] = (
    refusals,
    another_person,
    stamps,
    reasons,
    a_relative,
    a_child,
    undo_and_reprint,
)


def cut_off(morning: Morning, door: Door, folder: Path) -> None:
    """A desk that joined a central which does not answer says so."""
    agent = morning.agent
    agent.window.close()
    home = read_home(door.home)
    with training_central(folder, home.identity.site) as service:
        secret = make_code(service.engine, home.identity.site, service.clock(), timedelta(hours=1))
        code = grouped(make_enrolment_code(secret, service.authority.root_der))
        membership.enrol(home, code, service.url, monotonic)
    with morning.now_at("10:30") as agent.window:
        morning.goes_on("tech", "offline_handover", door, "10:30")


def after_closing(morning: Morning, door: Door, folder: Path) -> None:
    """Whoever comes after noon is not begun, who came before is finished."""
    agent, one, late = morning.agent, PEOPLE["Midi"], PEOPLE["Demain"]
    came = Listed(f"{one.family} {one.given}", one.number, "11h50", one.born, one.number)
    listing = write_csv(folder / "rendez-vous.csv", table(PARTICIPATIONS, row(0, came)))
    assert door.at("11:40", "import", listing).json["added"] == 1
    assert door.at("11:50", "check-in", one.number).code == 0
    with morning.now_at("12:10") as agent.window:
        morning.is_told("stop", "handover_closed", agent.sleeve(late), late)
        morning.goes_on("warn", "handover_closing_soon", door, "12:10")


def receipts(home: Path) -> list[Path]:
    """Receipts of handovers in the folder."""
    return sorted((home / "papiers").glob("R-*.pdf"))


def by_the_second_door(door: Door) -> None:
    """To the unit: every permit that came in was handed over, left, or is still here. Every act is sound."""
    listed = door.at("12:00", "permits", "list").json["permits"]
    assert sorted(one["card_number"] for one in listed) == sorted(one.card for one in PEOPLE.values())
    left = [one["card_number"] for one in listed if one["state"] == "handed_over"]
    came = (*PLAIN, *(PEOPLE[name] for name in ("Double", "Manque", "Proche", "Reste")))
    assert sorted(left) == sorted(one.card for one in came)
    states = Counter(one["state"] for one in listed)
    assert states == {"handed_over": 64, "sent_back": 1, "on_hold": 1, "faulty": 1, "received": 1, "shelved": 4}
    out = sum(states[one.value] for one in OUT)
    remaining = sum(one["state"] not in OUT for one in listed)
    assert (len(PEOPLE), out, remaining) == (72, 65, 7), "stock in = stock out + remaining"
    read_back(door)
    assert door.at("12:00", "verify").json["ok"]
    assert door.at("12:00", "rebuild").json["same"]


def read_back(door: Door) -> None:
    """The first receipt and the last one, as a reader sees them: both copies, all four codes, name this handover."""
    first, *_others, last, duplicate = receipts(door.home)
    assert ["DUPLICATA" in words(paper.read_bytes()) for paper in (first, last, duplicate)] == [False, False, True]
    for paper, one in ((first, PLAIN[0]), (last, PEOPLE["Reste"]), (duplicate, PEOPLE["Reste"])):
        (page,) = pictures(paper.read_bytes(), LASER)
        halves = [page.crop((x, 0, x + page.width // 2, page.height)) for x in (0, page.width // 2)]
        codes = {code for half in halves for code in codes_on(half).values()}
        assert [sorted(codes_on(half)) for half in halves] == [["Code 128", "QR Code"]] * 2
        said = door.at("12:00", "hand-over", *codes, "--dry-run").json
        assert (said["verdict"], said["permit"]["card_number"]) == ("already_handed_over", one.card)
        assert said["receipt"]["number"] in paper.stem
