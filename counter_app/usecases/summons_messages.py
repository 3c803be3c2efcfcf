"""What is to be told to people about their permit: the message of each, and those whom no message reaches."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.documents.paper_texts import FRENCH, language
from counter_app.domain.acts import ActKind
from counter_app.domain.handover_draft import Line
from counter_app.domain.handover_obstacles import is_minor
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import SUMMONS, Mark
from counter_app.domain.phone import read_phone, takes_messages
from counter_app.domain.summons import given_by_a_desk, slot_was_missed
from counter_app.domain.told_apart import hours_apart, is_told, phones_apart
from counter_app.domain.work_items import WorkItemKind
from counter_app.messages.outbox import EMAIL, LETTER, PHONE, SMS, Outgoing
from counter_app.messages.summons_texts import SummonsFacts, email, missed_lines, segments, sms, summons_lines
from counter_app.store import permit_rows
from counter_app.usecases.desk import Desk

BY_PEOPLE = frozenset({LETTER, PHONE})
"""Ways to tell somebody that no machine carries: an agent says that it was done."""
SAID_BY_PEOPLE = BY_PEOPLE | {EMAIL}
"""Ways that an agent may say somebody was told by: an e-mail too, when the person has one that perhaps left."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Messages ready to leave, and the permits whose holders no message reaches."""

    messages: tuple[tuple[Permit, Outgoing], ...]
    unreachable: tuple[Permit, ...]
    """No telephone, or one that takes no SMS, or no address, or somebody to be told by letter or by phone."""
    doubtful: tuple[Permit, ...] = ()
    """People whose message may have left already: none leaves again before an agent says so."""
    held: tuple[tuple[Permit, WorkItemKind], ...] = ()
    """People to whom desks that were apart gave two hours, or whose SMS could go to either of two numbers: none leaves
    before that work item is settled."""

    @property
    def segments(self) -> int:
        """SMS that the network bills for all of them."""
        return sum(message.segments for _permit, message in self.messages if message.channel == SMS)


def to_send(desk: Desk) -> list[Permit]:
    """Permits whose holders a desk gave an hour, and nobody told them yet, or not where they are reached now."""
    now = desk.now()
    with desk.looking() as connection:
        permits = permit_rows.with_slot(connection, since=now.astimezone(desk.rules.zone).date())
    return [one for one in permits if not _told(one) and one.slot and one.slot > now]


def _told(permit: Permit) -> bool:
    """Whether somebody was told the hour that a desk gave; an hour of a list waits to be given."""
    return is_told(permit) or not given_by_a_desk(permit)


def _since_given(permit: Permit) -> Sequence[Mark]:
    """Marks since a desk last gave an hour; all of them when none did."""
    given = [place for place, mark in enumerate(permit.standing) if mark.kind in SUMMONS]
    return permit.standing[given[-1] :] if given else permit.standing


def told_so(permit: Permit, kind: ActKind, channel: str) -> bool:
    """Whether it is noted already that the person was told in this way of the hour that stands (`SUMMONS_SENT`), or of
    what follows its miss (`MISSED_TOLD`). Not while a later message may have left: it is that one which is in doubt."""
    if permit.slot is None or permit.maybe_told(kind) or (kind == ActKind.SUMMONS_SENT and not is_told(permit)):
        return False
    about = (kind, channel, permit.slot.isoformat())
    return any((one.kind, one.text("channel"), one.text("slot")) == about for one in _since_given(permit))


def missed_untold(permit: Permit) -> bool:
    """Whether the absence was noted and nobody told the person what follows."""
    return permit.slot is not None and slot_was_missed(permit) and permit.missed_told(permit.slot) is None


def summons_messages(
    desk: Desk,
    permits: Sequence[Permit],
    addresses: Mapping[str, str] | None = None,
    again: Container[str] = frozenset(),
) -> Ready:
    """The message of each summons: by e-mail to those whose address is given, by SMS to the others.

    `again`: permits whose message leaves once more, though it may have left already.
    """
    given, apart = addresses or {}, [one for one in permits if hours_apart(one)]
    settled = [one for one in permits if one not in apart]
    doubtful = [one for one in settled if one.maybe_told(ActKind.SUMMONS_SENT) and one.id not in again]
    written = [(one, _summons(desk, one, given.get(one.id, ""))) for one in settled if one not in doubtful]
    return _ready(written, doubtful, apart)


def missed_messages(
    desk: Desk,
    permits: Sequence[Permit],
    addresses: Mapping[str, str] | None = None,
    again: Container[str] = frozenset(),
) -> Ready:
    """The message of each missed hour that was noted and not told yet; `again` as in `summons_messages`."""
    given, late = addresses or {}, [one for one in permits if missed_untold(one)]
    held = [one for one in late if one.maybe_told(ActKind.MISSED_TOLD) and one.id not in again]
    free = [(one, one.slot) for one in late if one.slot and one not in held]
    return _ready([(one, missed_message(desk, one, slot, given.get(one.id, ""))) for one, slot in free], held)


def _ready(
    written: Sequence[tuple[Permit, Outgoing | None]], doubtful: Sequence[Permit], apart: Sequence[Permit] = ()
) -> Ready:
    """`apart`: people to whom desks gave two hours."""
    of_two = [permit for permit, one in written if one and one.channel == SMS and phones_apart(permit)]
    held = (
        *((permit, WorkItemKind.DOUBLE_SUMMONS) for permit in apart),
        *((permit, WorkItemKind.DOUBLE_PHONE) for permit in of_two),
    )
    messages = tuple((permit, message) for permit, message in written if message and permit not in of_two)
    return Ready(messages, tuple(permit for permit, message in written if message is None), tuple(doubtful), held)


def _summons(desk: Desk, permit: Permit, address: str) -> Outgoing | None:
    assert permit.slot is not None, "a summons has an hour"
    if not address and _given(permit, "channel") in BY_PEOPLE:
        return None
    return message_of(desk, permit, permit.slot, _language(permit), address)


def message_of(desk: Desk, permit: Permit, slot: datetime, code: str, address: str = "") -> Outgoing | None:
    """The message for an hour in a language, given or only proposed; None when nobody can be reached."""
    facts, brief = _facts(desk, permit, slot), not address
    helped = summons_lines(code, facts, brief=brief) if code != FRENCH else ()
    return _outgoing(desk, permit, address, summons_lines(FRENCH, facts, brief=brief), code, helped)


def missed_message(desk: Desk, permit: Permit, slot: datetime, address: str = "") -> Outgoing | None:
    """The message after a missed hour; None when nobody can be reached."""
    code, contact, brief = _language(permit), _contact(desk), not address
    here = slot.astimezone(desk.rules.zone)
    helped = missed_lines(code, here, contact, brief=brief) if code != FRENCH else ()
    return _outgoing(desk, permit, address, missed_lines(FRENCH, here, contact, brief=brief), code, helped)


def _outgoing(
    desk: Desk, permit: Permit, address: str, french: tuple[str, ...], code: str, helped: tuple[str, ...]
) -> Outgoing | None:
    reference, checked = permit_rows.code_of(permit), not helped or language(code).checked
    if address:
        subject, body = email(desk.rules.name, french, code, helped)
        return Outgoing(reference, EMAIL, address, body, subject, code, checked=checked)
    phone = read_phone(permit.phone or "")
    if phone is None or not takes_messages(phone):
        return None
    texts = sms(french, helped)
    body, billed, apart = "\n".join(texts), sum(map(segments, texts)), texts if len(texts) > 1 else ()
    return Outgoing(reference, SMS, phone, body, language=code, segments=billed, apart=apart, checked=checked)


def _facts(desk: Desk, permit: Permit, slot: datetime) -> SummonsFacts:
    rules, day = desk.rules, slot.astimezone(desk.rules.zone).date()
    lines = rules.handover_rules.checklist(permit.best("kind"), day).required
    return SummonsFacts(
        place=f"{rules.name}, {rules.address}",
        short_place=f"{rules.name.partition(' ')[0]}, {rules.address}",
        slot=slot.astimezone(rules.zone),
        old_document=Line.OLD_DOCUMENT in lines,
        stamp_amount=permit.stamp_amount if Line.STAMP in lines else None,
        minor=is_minor(permit, day),
        contact=_contact(desk),
    )


def _contact(desk: Desk) -> str:
    """An address to write to; the words of a site that gives none are for agents, not for messages."""
    channel = desk.rules.handover_rules.limits_on(desk.now().date()).missed_channel
    return channel if "@" in channel else ""


def _language(permit: Permit) -> str:
    return _given(permit, "language") or FRENCH


def _given(permit: Permit, detail: str) -> str:
    """What the desk that gave the hour said of the person: the language, the way to tell them."""
    given = next((mark for mark in reversed(permit.standing) if mark.kind == ActKind.PERMIT_SUMMONED), None)
    return (given.text(detail) if given else None) or ""
