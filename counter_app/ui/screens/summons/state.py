"""What the screen of summonses shows, as one frozen value, and what the agent may do next. Pure but for its look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from counter_app.documents.paper_texts import FRENCH
from counter_app.domain.permit import Permit
from counter_app.domain.summons import Crowded, Proposal, slot_was_missed
from counter_app.domain.work_items import WorkItemKind
from counter_app.usecases import summon
from counter_app.usecases.desk import Desk
from counter_app.usecases.summon import Apart, Missed
from counter_app.usecases.summons_messages import Ready, missed_messages, missed_untold, summons_messages, to_send
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import VerdictAction, enter_key, key_name


class Tab(StrEnum):
    """From the permit that is ready to the person who did not come."""

    WAITING = "waiting"
    TO_SEND = "to_send"
    MISSED = "missed"
    NOT_ABSENT = "not_absent"


KEYS = {
    "accept": "",
    "accept_all": "Ctrl+Entrée",
    "send": "Ctrl+Entrée",
    "note_missed": "Ctrl+Entrée",
    "send_missed": "Ctrl+Entrée",
    "move": "Ctrl+R",
    "language": "Ctrl+L",
    "phone": "Ctrl+T",
    "email": "Ctrl+M",
    "by_letter": "Ctrl+L",
    "by_phone": "Ctrl+D",
    "got_email": "Ctrl+E",
    "sign_sheet": "Ctrl+P",
}
"""Keys as French keyboards name them; those that share one are never on offer together."""


NOTHING = Ready((), ())


@dataclass(frozen=True, slots=True)
class SummonsLook:
    """Who waits with the hour proposed, whose message is ready, who did not come."""

    at: datetime
    proposals: tuple[Proposal, ...]
    ready: Ready
    missed: tuple[Missed, ...]
    missed_ready: Ready = NOTHING
    """Messages about absences noted, that nobody was told of yet."""
    apart: tuple[Apart, ...] = ()
    """Whose hour passed too and who came, or whose card was kept back: another hour is given by hand."""
    crowded: tuple[Crowded, ...] = ()
    """Hours to come with more people than places."""

    @property
    def sending(self) -> tuple[Permit, ...]:
        """People whose message did not leave yet, those whom none reaches at the end, whom it may have reached, and
        whose message waits for a conflict to be settled."""
        ready, held = (permit for permit, _message in self.ready.messages), (permit for permit, _why in self.ready.held)
        return (*ready, *self.ready.unreachable, *self.ready.doubtful, *held)


@dataclass(frozen=True, slots=True)
class SummonsState:
    """One moment of the screen. What is changed here stands only once it is accepted or sent."""

    look: SummonsLook | None = None
    tab: Tab = Tab.WAITING
    chosen: str = ""
    slots: Mapping[str, datetime] = field(default_factory=dict)
    """Hours that the agent gave instead of those proposed."""
    languages: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    """E-mail addresses, for those whom no SMS reaches. They are kept nowhere."""
    preview: str = ""
    """The message to the person chosen."""

    @property
    def permits(self) -> tuple[Permit, ...]:
        """People under the tab."""
        if self.look is None:
            return ()
        of_tab = {
            Tab.WAITING: tuple(one.permit for one in self.look.proposals),
            Tab.TO_SEND: self.look.sending,
            Tab.MISSED: tuple(one.permit for one in self.look.missed),
            Tab.NOT_ABSENT: tuple(one.permit for one in self.look.apart),
        }
        return of_tab[self.tab]

    @property
    def permit(self) -> Permit | None:
        """The permit of the current row."""
        return next((one for one in self.permits if one.id == self.chosen), None)

    def slot_of(self, permit: Permit) -> datetime | None:
        """The hour proposed, given or missed."""
        if self.look and self.tab is Tab.WAITING:
            proposed = (one.slot for one in self.look.proposals if one.permit.id == permit.id)
            return self.slots.get(permit.id) or next(proposed, None)
        return permit.slot

    def is_over(self, permit: Permit) -> bool:
        """No hour is proposed: the card is valid no more at the first that is free. Not once the agent gave one."""
        proposals = self.look.proposals if self.look and self.tab is Tab.WAITING else ()
        return any(one.over and one.permit.id == permit.id for one in proposals)

    @property
    def in_doubt(self) -> bool:
        """The message to the person chosen may have left already; it leaves again only with an address given anew."""
        return self.permit in self._ready.doubtful

    @property
    def _ready(self) -> Ready:
        """The messages of the tab."""
        return (self.look.missed_ready if self.tab is Tab.MISSED else self.look.ready) if self.look else NOTHING

    def held(self, permit: Permit) -> WorkItemKind | None:
        """The work item that keeps the message to a person from leaving; None when none does."""
        return next((why for one, why in self._ready.held if one.id == permit.id), None)

    def why_apart(self, permit: Permit) -> str:
        """Why a person whose hour passed was not absent; empty of others."""
        return next((one.why.value for one in self.look.apart if one.permit.id == permit.id), "") if self.look else ""

    def language_of(self, permit: Permit) -> str:
        """Code of the language that helps the person beside French."""
        return self.languages.get(permit.id, FRENCH)


def look_at_summonses(desk: Desk, slots: Mapping[str, datetime], addresses: Mapping[str, str]) -> SummonsLook:
    """Look at it all; hours already chosen on the page are kept free from the proposals."""
    waiting, missed = summon.waiting(desk), tuple(summon.missed(desk))
    open_ones = [one for one in waiting if one.id not in slots]
    proposed = {one.permit.id: one for one in summon.propose(desk, open_ones, keep=tuple(slots.values()))}
    chosen = {one.id: Proposal(one, slots[one.id]) for one in waiting if one.id in slots}
    return SummonsLook(
        at=desk.now(),
        proposals=tuple(chosen.get(one.id) or proposed[one.id] for one in waiting),
        ready=summons_messages(desk, to_send(desk), addresses, again=addresses),
        missed=missed,
        missed_ready=missed_messages(desk, [one.permit for one in missed], addresses, again=addresses),
        apart=tuple(summon.not_absent(desk)),
        crowded=summon.over_places(desk),
    )


def counts_of(look: SummonsLook | None) -> dict[str, int]:
    """How many people stand under each tab."""
    if look is None:
        return dict.fromkeys(Tab, 0)
    return {
        Tab.WAITING.value: len(look.proposals),
        Tab.TO_SEND.value: len(look.sending),
        Tab.MISSED.value: len(look.missed),
        Tab.NOT_ABSENT.value: len(look.apart),
    }


def actions_of(state: SummonsState, words: Words) -> tuple[VerdictAction, ...]:
    """What the agent may do now, the likeliest first."""
    of_tab = {
        Tab.WAITING: _of_waiting,
        Tab.TO_SEND: _of_sending,
        Tab.MISSED: _of_missed,
        Tab.NOT_ABSENT: _of_apart,
    }
    slugs = of_tab[state.tab](state)
    return tuple(_action(slug, words) for slug in (slugs if state.permits else ("sign_sheet",)))


def _of_waiting(state: SummonsState) -> tuple[str, ...]:
    return ("accept", "accept_all", "move", "language", "phone") if state.permit else ("accept_all",)


def _of_sending(state: SummonsState) -> tuple[str, ...]:
    """Messages that are ready leave together; the person chosen may be told by hand, unless of two hours."""
    ready = ("send",) if state.look and state.look.ready.messages else ()
    if state.permit and state.held(state.permit) is WorkItemKind.DOUBLE_SUMMONS:
        return (*ready, "move", "phone")
    return (*ready, *_got(state), *(("by_phone", "by_letter", "email", "move", "phone") if state.permit else ()))


def _got(state: SummonsState) -> tuple[str, ...]:
    """Of a message that may have left, the person may say that it came."""
    return ("got_email",) if state.in_doubt else ()


def _of_apart(state: SummonsState) -> tuple[str, ...]:
    """Nobody writes to them: another hour is given by hand."""
    return ("move", "phone") if state.permit else ("sign_sheet",)


def _of_missed(state: SummonsState) -> tuple[str, ...]:
    """Absences are noted first; then the person is told."""
    look, permit = state.look, state.permit
    noted = look is not None and all(slot_was_missed(one.permit) for one in look.missed)
    telling = ("send_missed",) if noted and look and look.missed_ready.messages else ()
    by_hand = (*_got(state), "by_phone", "by_letter", "email") if permit and missed_untold(permit) else ()
    return (*(telling if noted else ("note_missed",)), *by_hand, *(("move", "phone") if permit else ()))


def _action(slug: str, words: Words) -> VerdictAction:
    key = key_name(KEYS[slug], words.lang) if KEYS[slug] else enter_key(words.lang)
    return VerdictAction(slug, words(f"summons_desk.actions.{slug}"), key)
