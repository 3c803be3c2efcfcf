"""Where a person without an appointment has to go: motives, dated rules of a site, one question at a time.

Nothing here says no: a motive that nobody foresaw leads to the supervisor and to the site's general contact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta
from enum import StrEnum

from counter_app.domain.questions import Question
from counter_app.domain.verdict import Verdict

OTHER = "other"
"""The motive of a demand that no other motive names."""


class Channel(StrEnum):
    """How a demand is made."""

    ANEF_ONLINE = "anef_online"
    DEMARCHES_SIMPLIFIEES = "demarches_simplifiees"
    ONLINE_FORM = "online_form"
    ONLINE_SERVICE = "online_service"
    ANTS_ONLINE = "ants_online"
    ONLINE_APPOINTMENT = "online_appointment"
    APPOINTMENT = "appointment"
    CONVOCATION = "convocation"
    SMS_CONVOCATION = "sms_convocation"
    WAIT_CONVOCATION = "wait_convocation"
    POST = "post"
    REGISTERED_LETTER = "registered_letter"
    POST_OR_LETTERBOX = "post_or_letterbox"
    POSTAL_DELIVERY = "postal_delivery"
    EMAIL = "email"
    EMAIL_OR_POST = "email_or_post"
    PHONE = "phone"
    PHONE_OR_EMAIL = "phone_or_email"
    SPADA_PHONE = "spada_phone"
    NOTIFICATIONS = "notifications"
    DIGITAL_HELP = "digital_help"
    AUTOMATIC = "automatic"
    SUPERVISOR = "supervisor"


NEEDS_NETWORK = frozenset(
    {
        *(Channel.ANEF_ONLINE, Channel.DEMARCHES_SIMPLIFIEES, Channel.ONLINE_FORM, Channel.ONLINE_SERVICE),
        *(Channel.ANTS_ONLINE, Channel.ONLINE_APPOINTMENT, Channel.EMAIL, Channel.EMAIL_OR_POST),
    }
)
"""Channels that somebody without internet cannot take alone."""


class Held(StrEnum):
    """The document that the person holds."""

    RECEPISSE = "recepisse"
    APS = "aps"
    ANEF_CERTIFICATE = "anef_certificate"
    ASYLUM_CERTIFICATE = "asylum_certificate"
    PERMIT = "permit"
    VISA = "visa"
    NOTHING = "nothing"


class Timing(StrEnum):
    """Where a day stands in the time given for a demand."""

    EARLY = "early"
    IN_TIME = "in_time"
    LATE = "late"
    EXPIRED = "expired"


class Span(StrEnum):
    """When a demand is made, counted back from the expiry of the document."""

    LAST_MONTH = "last_month"
    """Within the month before (guide of the Nord)."""
    BEFORE_EXPIRY = "before_expiry"
    """Between the 120th and the 60th day before (CESEDA R.431-5)."""


@dataclass(frozen=True, slots=True)
class Motive:
    """What people ask for."""

    slug: str
    names: Mapping[str, str]
    """Its name in French (`fr`) and in English (`en`)."""
    phrases: tuple[str, ...] = ()
    """Other names and words that find it."""
    held: Held | None = None
    """The document that the demand is about."""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every name that stands for it alone."""
        return (self.slug, *self.names.values(), *self.phrases)


@dataclass(frozen=True, slots=True)
class Source:
    """The notice that a rule comes from."""

    name: str
    checked_on: date
    """Day on which the notice was last read again."""
    since: date
    """First day on which what it says holds, unless a rule says otherwise."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one notice says of some motives, from a day to a day."""

    motives: tuple[str, ...]
    channel: Channel
    source: Source
    since: date
    until: date | None = None
    link: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    hours: str = ""
    documents: tuple[str, ...] = ()
    documents_from: str = ""
    """`notice`, `partial` (the notice names some), `usual` (not in the notice), empty without documents."""
    span: Span | None = None
    advice: str = ""
    question: str = ""
    """Whom to ask about this demand."""
    remarks: tuple[str, ...] = ()
    """What the notices leave open or say against themselves."""

    def in_force(self, day: date) -> bool:
        """Whether the rule holds on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything a site knows about channels. Rules of the site come before those of the whole country."""

    site: str
    prefecture: str
    motives: Mapping[str, Motive]
    rules: tuple[Rule, ...]
    questions: Mapping[str, Question]
    contact: Rule
    """Where to turn when no rule answers."""
    digital_help: str
    """Where people who cannot use the network are helped, with the text that gives them this right."""


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer: one channel, when to act, and what other notices say."""

    motive: Motive | None
    """None when nobody understood what was asked."""
    rule: Rule
    verdict: Verdict | None
    """None when no verdict names this channel: its words are those of the channel."""
    others: tuple[Rule, ...] = ()
    """Rules of other notices about the same motive that send people elsewhere."""
    foreseen: bool = True
    """False when no rule was in force: the answer is the general contact."""
    expiry: date | None = None
    act_from: date | None = None
    act_until: date | None = None
    timing: Timing | None = None

    @property
    def channel(self) -> Channel:
        """The channel to take."""
        return self.rule.channel


def decide(
    directory: Directory, motive: Motive | None, day: date, *, expiry: date | None = None, held: Held | None = None
) -> Advice:
    """Where the person goes, on a day. Always one channel: without a rule in force, the general contact."""
    about = [rule for rule in directory.rules if motive and motive.slug in rule.motives]
    standing = [rule for rule in about if rule.in_force(day)]
    rule = standing[0] if standing else directory.contact
    others = tuple(one for one in about if one is not rule and (one.channel, one.link) != (rule.channel, rule.link))
    act_from, act_until = _window(rule.span, expiry)
    return Advice(
        motive=motive,
        rule=rule,
        verdict=_verdict(rule.channel, (motive and motive.held) or held),
        others=others,
        foreseen=bool(standing),
        expiry=expiry,
        act_from=act_from,
        act_until=act_until,
        timing=_timing(day, expiry, act_from, act_until),
    )


_ONLINE = frozenset({Channel.DEMARCHES_SIMPLIFIEES, Channel.ONLINE_FORM, Channel.ONLINE_SERVICE, Channel.ANEF_ONLINE})
_OF_DOCUMENT = {
    Held.RECEPISSE: Verdict.RECEPISSE_ONLINE,
    Held.APS: Verdict.APS_ONLINE,
    Held.ANEF_CERTIFICATE: Verdict.ANEF_CERTIFICATE_ONLINE,
}
_OF_CHANNEL = {
    Channel.ANEF_ONLINE: Verdict.ANEF_ONLINE,
    Channel.POST: Verdict.BY_POST,
    Channel.REGISTERED_LETTER: Verdict.BY_POST,
    Channel.POST_OR_LETTERBOX: Verdict.BY_POST,
    Channel.EMAIL: Verdict.BY_EMAIL,
    Channel.EMAIL_OR_POST: Verdict.BY_EMAIL,
    Channel.SPADA_PHONE: Verdict.ASYLUM_SPADA_FIRST,
    Channel.ANTS_ONLINE: Verdict.ANTS_ONLINE,
}


def _verdict(channel: Channel, held: Held | None) -> Verdict | None:
    if channel in _ONLINE and held in _OF_DOCUMENT:
        return _OF_DOCUMENT[held]
    return _OF_CHANNEL.get(channel)


def _window(span: Span | None, expiry: date | None) -> tuple[date | None, date | None]:
    if expiry is None or span is None:
        return None, None
    if expiry.year == MINYEAR:
        # No days come before the first ones: whatever was meant, it is past.
        return expiry, expiry
    if span is Span.LAST_MONTH:
        return month_before(expiry), expiry
    return expiry - timedelta(days=120), expiry - timedelta(days=60)


def _timing(day: date, expiry: date | None, act_from: date | None, act_until: date | None) -> Timing | None:
    if expiry is None or act_from is None or act_until is None:
        return None
    if day > expiry:
        return Timing.EXPIRED
    if day > act_until:
        return Timing.LATE
    return Timing.IN_TIME if day >= act_from else Timing.EARLY


def month_before(day: date) -> date:
    """The same day of the month before, or its last day."""
    last_of_previous = day.replace(day=1) - timedelta(days=1)
    return last_of_previous.replace(day=min(day.day, last_of_previous.day))
